//! A letter of credit as it counts: its terms as amended and accepted, its limits, its clocks. Source: UCP 600
//! art. 10: until an amendment is accepted, the old terms bind.

pub mod clause;
pub mod clock;
pub mod limit;
pub mod tenor;
pub mod terms;

use chrono::NaiveDate;

use crate::compare::address;
use crate::model::Order;
use crate::model::document::{CreditAmendment, LetterOfCredit, LetterOfCreditTerms};
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

/// What an amendment changes, by field of the credit, with the new value where it is short: `44C = 2026-09-30`.
#[must_use]
pub fn changes(amendment: &CreditAmendment) -> Vec<String> {
    let mut all = Vec::new();
    if let Some(set) = amendment.set.as_deref() {
        let mut add = |tag: &str, value: Option<String>| {
            let shown =
                |value: String| if value.is_empty() { tag.to_owned() } else { format!("{tag} = {value}") };
            all.extend(value.map(shown));
        };
        let seen = |there: bool| there.then(String::new);
        add("31D", set.expiry.map(|d| d.to_string()));
        add("31D", set.expiry_place.clone());
        add("32B", set.amount.as_ref().map(ToString::to_string));
        add("39A", set.tolerance.map(|t| t.to_string()));
        add("42C", set.drafts.clone());
        add("44C", set.latest_shipment.map(|d| d.to_string()));
        add("48", set.present_within.map(|n| n.to_string()));
        add("39C", seen(!set.extra.is_empty()));
        add("41a", seen(set.available_with.is_some()));
        add("42a", seen(set.drawee.is_some()));
        add("43P", seen(set.partial.is_some()));
        add("43T", seen(set.transhipment.is_some()));
        add("44D", seen(!set.shipment_period.is_empty()));
        add("44E", set.from.clone());
        add("44F", set.to.clone());
        add("49", seen(set.confirmation.is_some()));
        add("50", seen(set.applicant.is_some()));
        add("59", seen(set.beneficiary.is_some()));
        add("71D", seen(set.charges.is_some()));
    }
    let lists = [
        ("45A", |t: &LetterOfCreditTerms| t.goods.is_some() || !t.items.is_empty()),
        ("46A", |t: &LetterOfCreditTerms| !t.documents.is_empty()),
        ("47A", |t: &LetterOfCreditTerms| !t.conditions.is_empty()),
    ] as [(&str, fn(&LetterOfCreditTerms) -> bool); 3];
    let parts = [amendment.set.as_deref(), amendment.add.as_deref(), amendment.remove.as_deref()];
    for (tag, touched) in lists {
        if parts.into_iter().flatten().any(touched) {
            all.push(tag.to_owned());
        }
    }
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
