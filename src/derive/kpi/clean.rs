//! First presentations under a credit in whose papers no conflict was seen, and which no bank refused.

use super::{Case, Found, Pair};
use crate::derive::Facts;
use crate::derive::exam::Exams;
use crate::text::StaticBi;

/// What it is called.
pub const TITLE: StaticBi = ("首次交单未见不符", "First presentation without a conflict");

/// What is counted.
pub const DEFINITION: StaticBi = (
    "信用证下第一次交的单（补正重交的不算），规则没报单据错误（已豁免的不算）、银行也没拒付的次数，除以首次交单次数",
    "First presentations under a credit (not those that cure one) whose papers have no document error by the rules, waived ones aside, and which no bank refused, of all first presentations",
);

/// How a first presentation went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Clean {
    /// Rules that found an error in its papers.
    pub errors: usize,
    /// A bank refused it, whatever came of it.
    pub refused: bool,
}

impl Clean {
    /// No conflict was seen, and nobody refused.
    #[must_use]
    pub fn is_met(self) -> bool {
        self.errors == 0 && !self.refused
    }
}

/// First presentations by their day.
pub(super) fn of(facts: &Facts<'_>, found: &Found) -> Pair<Clean> {
    let mut pair = Pair::default();
    for (index, (order, own)) in facts.each().enumerate() {
        if own.is_cancelled() || order.docs.lc.is_empty() || order.docs.presentation.is_empty() {
            continue;
        }
        let exams = Exams::of(facts.book, order, facts.as_of);
        let mut seen = Vec::new();
        for (at, record) in exams.all.iter().filter_map(|exam| exam.presentation) {
            let Some(day) = record.date.filter(|_| record.again.is_none() && !seen.contains(&at)) else {
                continue;
            };
            seen.push(at);
            let errors = found.presented.get(&(index, at));
            let errors = errors.map_or(0, |rules| rules.values().filter(|error| **error).count());
            let sent = record.refusal.as_deref().map_or(record.refused, |r| r.sent.or(record.refused));
            let told = record.refusal.is_some() && sent.is_none();
            let refused = told || sent.is_some_and(|day| day <= facts.as_of);
            pair.put(facts.as_of, Case { order: index, day, value: Clean { errors, refused } });
        }
    }
    pair.sort();
    pair
}
