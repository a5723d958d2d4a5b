//! How many findings an order collects on its way.

use std::collections::BTreeMap;

use super::{Case, Found, Pair};
use crate::derive::Facts;
use crate::model::stage::Milestone;
use crate::text::StaticBi;

/// What it is called.
pub const TITLE: StaticBi = ("每单问题数", "Findings per order");

/// What is counted.
pub const DEFINITION: StaticBi = (
    "这 12 个月装完的订单，登记和单据上的错误和警告（含已补正的历史，不含已豁免的），平均每单几条",
    "For the orders that left in these 12 months, errors and warnings about records and papers, cured ones included, waived ones not: how many on average",
);

/// Orders by the day of their last shipment.
pub(super) fn of(facts: &Facts<'_>, found: &Found) -> Pair<usize> {
    let mut pair = Pair::default();
    for (index, (_, own)) in facts.each().enumerate().filter(|(_, (_, own))| !own.is_cancelled()) {
        if let Some(day) = own.progress.done_on(Milestone::Shipped) {
            let value = found.orders.get(&index).map_or(0, |rules| rules.values().sum());
            pair.put(facts.as_of, Case { order: index, day, value });
        }
    }
    pair.sort();
    pair
}

/// The rule that spoke most about the orders of this period, and how often; by name where several did.
pub(super) fn most(pair: &Pair<usize>, found: &Found) -> Option<(&'static str, usize)> {
    let mut sums: BTreeMap<&'static str, usize> = BTreeMap::new();
    for rules in pair.now.iter().filter_map(|case| found.orders.get(&case.order)) {
        for (rule, count) in rules {
            let sum = sums.entry(rule).or_default();
            *sum = sum.saturating_add(*count);
        }
    }
    sums.into_iter().max_by_key(|(rule, count)| (*count, std::cmp::Reverse(*rule)))
}
