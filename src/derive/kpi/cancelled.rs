//! Orders that were signed and then cancelled.

use super::{Case, Pair};
use crate::derive::Facts;
use crate::text::StaticBi;

/// What it is called.
pub const TITLE: StaticBi = ("取消率", "Cancelled");

/// What is counted.
pub const DEFINITION: StaticBi = (
    "这 12 个月签的订单里，到今天已取消的，除以签的订单数",
    "Of the orders signed in these 12 months, those cancelled to date",
);

/// Orders by the day they were signed, and whether they are cancelled.
pub(super) fn of(facts: &Facts<'_>) -> Pair<bool> {
    let mut pair = Pair::default();
    for (index, (order, own)) in facts.each().enumerate() {
        if let Some(day) = order.signed.filter(|day| *day <= facts.as_of) {
            pair.put(facts.as_of, Case { order: index, day, value: own.is_cancelled() });
        }
    }
    pair.sort();
    pair
}
