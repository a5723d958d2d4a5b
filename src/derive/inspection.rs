//! Final inspections known on a day, and which of them still wait for a re-inspection that passes.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use crate::model::Order;
use crate::model::order::{Inspection, InspectionResult, InspectionStage};

/// Final inspections held by a day with their positions, oldest first.
#[must_use]
pub fn finals(order: &Order, as_of: NaiveDate) -> Vec<(usize, &Inspection)> {
    let held = |q: &Inspection| q.date.is_some_and(|day| day <= as_of);
    let mut all: Vec<(usize, &Inspection)> = order
        .inspections
        .iter()
        .enumerate()
        .filter(|(_, q)| q.stage == Some(InspectionStage::Final) && held(q))
        .collect();
    all.sort_by_key(|(i, q)| (q.date, *i));
    all
}

/// Positions in `finals` of those that did not pass and were not made good: no later one passed for what they
/// looked at.
#[must_use]
pub fn open(finals: &[(usize, &Inspection)]) -> Vec<usize> {
    let mut later = Passed::default();
    let mut open = Vec::new();
    for (at, (_, held)) in finals.iter().enumerate().rev() {
        if held.result == Some(InspectionResult::Pass) {
            later.add(held);
        } else if !later.covers(held) {
            open.push(at);
        }
    }
    open.reverse();
    open
}

/// Positions in `finals` of those that failed and were made good by a later one that passed.
#[must_use]
pub fn made_good(finals: &[(usize, &Inspection)]) -> Vec<usize> {
    let open = open(finals);
    let failed = |at: &usize| {
        finals.get(*at).is_some_and(|(_, q)| q.result == Some(InspectionResult::Fail))
            && open.binary_search(at).is_err()
    };
    (0..finals.len()).filter(failed).collect()
}

/// What later inspections have passed.
#[derive(Default)]
struct Passed<'a> {
    any: bool,
    whole: bool,
    items: BTreeSet<&'a str>,
}

impl<'a> Passed<'a> {
    fn add(&mut self, held: &'a Inspection) {
        self.any = true;
        self.whole |= held.lots.is_empty();
        self.items.extend(held.lots.keys().map(String::as_str));
    }

    /// The same items, or the whole order where either does not say.
    fn covers(&self, held: &Inspection) -> bool {
        self.whole
            || (self.any && held.lots.is_empty())
            || (self.any && held.lots.keys().all(|key| self.items.contains(key.as_str())))
    }
}
