//! Days to spare at shipment.

use super::{Pair, cases};
use crate::derive::Facts;
use crate::derive::credit::{contract_latest_shipment, order_latest_shipment};
use crate::model::stage::Milestone;
use crate::text::StaticBi;

/// What it is called.
pub const TITLE: StaticBi = ("装运时余量", "Slack at shipment");

/// What is counted.
pub const DEFINITION: StaticBi = (
    "从最后一批装运到最迟装运日还有几天，取中位数；合同和信用证（44C，含已接受的修改）取早的那个。负数是晚了几天",
    "Days from the last shipment to the latest date of the contract or of the credit (44C, as amended and accepted), whichever is earlier; the median. Negative: days late",
);

/// Orders by the day of their last shipment.
pub(super) fn of(facts: &Facts<'_>) -> Pair<i64> {
    cases(facts, |order, own| {
        let limits =
            [contract_latest_shipment(order, facts.as_of), order_latest_shipment(order, facts.as_of)];
        let latest = limits.into_iter().flatten().min();
        let day = own.progress.done_on(Milestone::Shipped);
        day.zip(latest).map(|(day, latest)| (day, (latest - day).num_days())).into_iter().collect()
    })
}
