//! Shipped by the contract's latest date.

use super::{Pair, cases};
use crate::derive::Facts;
use crate::derive::credit::contract_latest_shipment;
use crate::model::stage::Milestone;
use crate::text::StaticBi;

/// What it is called.
pub const TITLE: StaticBi = ("准时装运", "Shipped on time");

/// What is counted.
pub const DEFINITION: StaticBi = (
    "全部货物装运不晚于合同最迟装运日（含改单）的订单数，除以这 12 个月装完的订单数。过了最迟日还没装的，算没准时",
    "Orders whose last shipment left by the contract's latest date, as amended, of those that left in these 12 months. One whose latest date has passed unshipped counts as late",
);

/// How an order left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Punctual {
    /// Days to the latest date; negative: so many days late.
    pub spare: i64,
    /// It has left; else its latest date has passed.
    pub shipped: bool,
}

impl Punctual {
    /// In time.
    #[must_use]
    pub fn is_met(self) -> bool {
        self.shipped && self.spare >= 0
    }
}

/// Orders by the day of their last shipment, or of the date they missed.
pub(super) fn of(facts: &Facts<'_>) -> Pair<Punctual> {
    cases(facts, |order, own| {
        let Some(latest) = contract_latest_shipment(order, facts.as_of) else { return Vec::new() };
        if let Some(day) = own.progress.done_on(Milestone::Shipped) {
            return vec![(day, Punctual { spare: (latest - day).num_days(), shipped: true })];
        }
        // One that nobody dated tells nothing.
        let missed = latest < facts.as_of && own.is_open() && !own.progress.is_done(Milestone::Shipped);
        let late = Punctual { spare: (latest - facts.as_of).num_days(), shipped: false };
        missed.then_some((latest, late)).into_iter().collect()
    })
}
