//! Goods that passed their first final inspection.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::{Pair, cases};
use crate::derive::{Facts, inspection};
use crate::model::Order;
use crate::model::order::InspectionResult;
use crate::text::StaticBi;

/// What it is called.
pub const TITLE: StaticBi = ("验货一次通过", "Passed inspection at once");

/// What is counted.
pub const DEFINITION: StaticBi = (
    "第一次终检就通过的，除以第一次终检的次数。同一批货的复验不算；分批验的每批各算一次",
    "First final inspections that passed, of all first final inspections. A re-inspection of the same goods does not count; goods inspected apart count apart",
);

/// First final inspections, by day.
pub(super) fn of(facts: &Facts<'_>) -> Pair<bool> {
    cases(facts, |order, _| firsts(order, facts.as_of))
}

/// The first final inspection of each part of an order's goods, and whether it passed.
#[must_use]
pub fn firsts(order: &Order, as_of: NaiveDate) -> Vec<(NaiveDate, bool)> {
    let mut whole = false;
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    let mut all = Vec::new();
    for (_, held) in inspection::finals(order, as_of) {
        let passed = match held.result {
            Some(InspectionResult::Pass) => true,
            Some(InspectionResult::Fail) => false,
            // Not decided: nothing was found out about the goods yet.
            Some(InspectionResult::Pending) | None => continue,
        };
        let again = if held.lots.is_empty() {
            whole || !seen.is_empty()
        } else {
            whole || held.lots.keys().any(|key| seen.contains(key.as_str()))
        };
        whole |= held.lots.is_empty();
        seen.extend(held.lots.keys().map(String::as_str));
        if let Some(day) = held.date.filter(|_| !again) {
            all.push((day, passed));
        }
    }
    all
}
