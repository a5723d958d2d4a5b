//! What banks objected to in the last twelve months, and whether a rule had said so.

use chrono::NaiveDate;

use super::{Found, Window};
use crate::derive::Facts;
use crate::text::StaticBi;

/// What is shown.
pub const DEFINITION: StaticBi = (
    "这 12 个月发出的拒付通知，逐条不符点：对应的规则在交的那套单据上报过没有。没写对应规则的，请单证员在 refusal.items 里补 rule",
    "Every discrepancy of the notices of refusal sent in these 12 months: whether the rule it matches had spoken about the papers presented. Where no rule is written, add `rule` to the item of the refusal",
);

/// Whether the rule that matches an objection had spoken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Heard {
    /// It had.
    Reported,
    /// It exists and had said nothing.
    Missed,
    /// Nobody wrote which rule matches.
    Unmatched,
}

/// One discrepancy that a bank named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Objection {
    /// The order, by position in the book.
    pub order: usize,
    /// The presentation, by position.
    pub presentation: usize,
    /// When the bank refused.
    pub day: NaiveDate,
    /// Position of the item in the notice, or of a line of `discrepancies`; `None` where the notice names none.
    pub item: Option<Item>,
    /// The rule it matches, as written.
    pub rule: Option<String>,
    /// It is valid, as somebody judged.
    pub valid: Option<bool>,
    /// Whether that rule had spoken.
    pub heard: Heard,
}

/// Where the bank's words stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Item {
    /// `refusal.items`, by position.
    Refusal(usize),
    /// `discrepancies`, by position.
    Line(usize),
}

/// Objections of the last twelve months, newest first.
pub(super) fn of(facts: &Facts<'_>, found: &Found) -> Vec<Objection> {
    let window = Window::ending(facts.as_of);
    let mut all = Vec::new();
    for (order, (record, own)) in facts.each().enumerate() {
        if own.is_cancelled() {
            continue;
        }
        for (presentation, made) in record.docs.presentation.iter().enumerate() {
            let notice = made.refusal.as_deref();
            let Some(day) = notice.and_then(|n| n.sent).or(made.refused).filter(|d| window.holds(*d)) else {
                continue;
            };
            let base = Objection {
                order,
                presentation,
                day,
                item: None,
                rule: None,
                valid: None,
                heard: Heard::Unmatched,
            };
            let before = all.len();
            for (at, item) in notice.map_or(&[][..], |n| &n.items).iter().enumerate() {
                let heard = item.rule.as_deref().map_or(Heard::Unmatched, |rule| {
                    let spoken = found.presented.get(&(order, presentation));
                    if spoken.is_some_and(|rules| rules.contains_key(rule)) {
                        Heard::Reported
                    } else {
                        Heard::Missed
                    }
                });
                let rule = item.rule.clone();
                all.push(Objection {
                    item: Some(Item::Refusal(at)),
                    rule,
                    valid: item.valid,
                    heard,
                    ..base.clone()
                });
            }
            for at in 0..made.discrepancies.len() {
                all.push(Objection { item: Some(Item::Line(at)), ..base.clone() });
            }
            if all.len() == before {
                all.push(base);
            }
        }
    }
    all.sort_by_key(|o| (std::cmp::Reverse(o.day), o.order, o.presentation));
    all
}
