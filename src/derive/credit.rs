//! The terms of a letter of credit that decide dates, as amended and accepted. Source: UCP 600 art. 10: until an
//! amendment is accepted, the old terms bind.

use chrono::NaiveDate;

use crate::model::Order;
use crate::model::document::{CreditAmendment, LetterOfCredit};

/// Amendments accepted by a day, in the order of their numbers.
#[must_use]
pub fn accepted(lc: &LetterOfCredit, as_of: NaiveDate) -> Vec<&CreditAmendment> {
    let mut all: Vec<&CreditAmendment> = lc
        .amendments
        .iter()
        .filter(|a| a.rejected.is_none() && a.accepted.is_some_and(|day| day <= as_of))
        .collect();
    all.sort_by_key(|a| a.number.as_deref().and_then(|n| n.trim().parse::<u32>().ok()).unwrap_or(u32::MAX));
    all
}

/// 44C as amended: the latest date of shipment. Never rolled (art. 29 c).
#[must_use]
pub fn latest_shipment(lc: &LetterOfCredit, as_of: NaiveDate) -> Option<NaiveDate> {
    accepted(lc, as_of).iter().rev().find_map(|a| a.set.as_deref()?.latest_shipment).or(lc.latest_shipment)
}

/// 31D as amended: the expiry date, not rolled.
#[must_use]
pub fn expiry(lc: &LetterOfCredit, as_of: NaiveDate) -> Option<NaiveDate> {
    accepted(lc, as_of).iter().rev().find_map(|a| a.set.as_deref()?.expiry).or(lc.expiry)
}

/// The earliest 44C over the order's credits that are in force on a day.
#[must_use]
pub fn order_latest_shipment(order: &Order, as_of: NaiveDate) -> Option<NaiveDate> {
    let known = |lc: &&LetterOfCredit| lc.received.or(lc.paper.day()).is_none_or(|day| day <= as_of);
    let current = order.docs.lc.iter().filter(|lc| lc.paper.is_current()).filter(known);
    current.filter_map(|lc| latest_shipment(lc, as_of)).min()
}

/// The contract's latest shipment as it stood on a day: an amendment agreed later does not count yet.
#[must_use]
pub fn contract_latest_shipment(order: &Order, as_of: NaiveDate) -> Option<NaiveDate> {
    let later = order.amendments.iter().filter(|a| a.date.is_some_and(|day| day > as_of));
    let was = later.filter_map(|a| Some((a.date?, a.was.as_deref()?.ship_by?)));
    was.min_by_key(|(date, _)| *date).map(|(_, ship_by)| ship_by).or(order.ship_by)
}
