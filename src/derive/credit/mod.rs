//! A letter of credit as it counts: its terms as amended and accepted, its limits, its clocks. Source: UCP 600
//! art. 10: until an amendment is accepted, the old terms bind.

pub mod clock;
pub mod limit;
pub mod tenor;
pub mod terms;

use chrono::NaiveDate;

use crate::compare::address;
use crate::model::Order;
use crate::model::document::{CreditAmendment, LetterOfCredit};
use crate::model::value::{Country, place};

pub use terms::{Credit, Said};

/// The credits of an order that are known by a day and not replaced by another.
#[must_use]
pub fn in_force(order: &Order, as_of: NaiveDate) -> Vec<Credit<'_>> {
    let known = |lc: &LetterOfCredit| {
        lc.paper.is_current() && lc.received.or(lc.paper.day()).is_none_or(|day| day <= as_of)
    };
    let all = order.docs.lc.iter().enumerate().filter(|(_, lc)| known(lc));
    all.map(|(index, lc)| Credit::of(index, lc, as_of)).collect()
}

/// The country in which a place of a credit lies: a code, a country, a city, or words that end in one
/// (`AT THE COUNTERS OF ISSUING BANK, DHAKA`).
#[must_use]
pub fn country_of(text: &str) -> Option<&'static str> {
    let named = Country::parse(text).map(Country::code);
    let city = || place::resolve(text).map(place::Location::country);
    let last = || {
        let word = text.split([' ', ',', '(', ')']).rfind(|w| !w.is_empty())?;
        (word.chars().count() > 3).then(|| place::resolve(word).map(place::Location::country)).flatten()
    };
    named.or_else(city).or_else(|| address::country(text)).or_else(last)
}

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_of_expiry() {
        for (text, code) in [
            ("CN", Some("CN")),
            ("CHINA", Some("CN")),
            ("NINGBO", Some("CN")),
            ("New York, USA", Some("US")),
            ("AT ISSUING BANK COUNTER DHAKA", Some("BD")),
            ("COUNTERS OF THE NOMINATED BANK", None),
        ] {
            assert_eq!(country_of(text), code, "{text}");
        }
    }
}
