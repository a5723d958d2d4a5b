//! What several deadline rules need: the latest shipment that binds and where it stands, and when goods are
//! expected to leave.

use chrono::NaiveDate;

use crate::bi;
use crate::check::rule::Case;
use crate::derive::credit;
use crate::model::Order;
use crate::model::stage::Milestone;
use crate::text::Bi;

/// The last day on which goods may leave, by contract or credit, whichever is earlier.
pub(crate) struct Latest {
    /// The day.
    pub(crate) date: NaiveDate,
    /// Key path of the date.
    pub(crate) path: String,
    /// By the credit, not by the contract.
    pub(crate) by_credit: bool,
}

impl Latest {
    /// What the day is called.
    pub(crate) fn name(&self) -> Bi {
        if self.by_credit {
            bi!("信用证最迟装运", "latest shipment of the credit")
        } else {
            bi!("合同最迟装运", "latest shipment of the contract")
        }
    }
}

/// A number of days in English.
pub(crate) fn days(n: i64) -> String {
    if n == 1 { "1 day".to_owned() } else { format!("{n} days") }
}

/// The first day on which production was released by a purchase order or notice, and which entry says so.
pub(crate) fn first_release(case: &Case<'_>) -> Option<(NaiveDate, usize)> {
    let issued = case.order.purchases.iter().enumerate().filter_map(|(i, p)| Some((p.issued?, i)));
    issued.filter(|(day, _)| *day <= case.as_of()).min()
}

/// The latest shipment of an order as it stood on a day.
pub(crate) fn latest(order: &Order, as_of: NaiveDate) -> Option<Latest> {
    let contract =
        contract(order, as_of).map(|date| Latest { date, path: "ship_by".to_owned(), by_credit: false });
    let credit = credit::order_latest_shipment(order, as_of).map(|date| Latest {
        date,
        path: credit_path(order, as_of, date),
        by_credit: true,
    });
    [contract, credit].into_iter().flatten().min_by_key(|latest| latest.date)
}

/// The contract's date: one changed later than that day was still the old one.
fn contract(order: &Order, as_of: NaiveDate) -> Option<NaiveDate> {
    let later = order.amendments.iter().filter(|a| a.date.is_some_and(|day| day > as_of));
    let was = later.filter_map(|a| Some((a.date?, a.was.as_deref()?.ship_by?)));
    was.min_by_key(|(date, _)| *date).map(|(_, ship_by)| ship_by).or(order.ship_by)
}

fn credit_path(order: &Order, as_of: NaiveDate, date: NaiveDate) -> String {
    let found = order.docs.lc.iter().enumerate().find_map(|(i, lc)| {
        if lc.latest_shipment == Some(date) {
            return Some(format!("lc[{i}].latest_shipment"));
        }
        let accepted = credit::accepted(lc, as_of);
        let n = lc.amendments.iter().position(|a| {
            a.set.as_deref().is_some_and(|s| s.latest_shipment == Some(date))
                && accepted.iter().any(|b| std::ptr::eq(*b, a))
        })?;
        Some(format!("lc[{i}].amendments[{n}].set.latest_shipment"))
    });
    found.unwrap_or_else(|| "lc".to_owned())
}

/// When something not yet shipped is expected to leave, by what people typed; derived plans do not count.
pub(crate) fn departure(case: &Case<'_>) -> Vec<(NaiveDate, String)> {
    let order = case.order;
    let sailings: Vec<(NaiveDate, String)> = order
        .shipments
        .iter()
        .enumerate()
        .filter_map(|(i, s)| {
            let path = |key: &str| format!("shipments[{i}].{key}");
            s.etd.map(|day| (day, path("etd"))).or_else(|| s.planned.map(|day| (day, path("planned"))))
        })
        .collect();
    if !sailings.is_empty() {
        return sailings;
    }
    typed(order, Milestone::Shipped).into_iter().collect()
}

/// The forecast of a milestone, else its typed plan, with the key path.
pub(crate) fn typed(order: &Order, key: Milestone) -> Option<(NaiveDate, String)> {
    let forecast = order.forecast.as_deref().and_then(|f| f.get(key)).map(|day| (day, "forecast"));
    let plan = order.plan.as_deref().and_then(|p| p.get(key)).map(|day| (day, "plan"));
    forecast.or(plan).map(|(day, table)| (day, format!("{table}.{}", key.code())))
}

/// The departure of a shipment is known to have happened.
pub(crate) fn has_left(case: &Case<'_>, index: usize) -> bool {
    case.facts.shipments.iter().any(|s| s.index == Some(index) && s.shipped.is_some())
}
