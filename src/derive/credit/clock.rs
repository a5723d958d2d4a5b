//! The clocks of a credit: until when papers may be presented, until when a bank may refuse, when a usance draft
//! matures. Presentation runs from the earliest shipment of a set, maturity from the latest: two functions, never one.

use chrono::{Days, NaiveDate};

use super::{Credit, Said, country_of};
use crate::book::Book;
use crate::model::value::calendar::{Calendar, Dated, Roll};
use crate::model::value::fold::fold;

/// Field 48 where the credit is silent (UCP 600 art. 14 c).
pub const DEFAULT_DAYS: u32 = 21;

/// Banking days a bank has to examine papers, after the day of presentation (art. 14 b, 16 d).
pub const EXAMINATION_DAYS: u32 = 5;

/// The last day of presentation and the two dates that make it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limit {
    /// Shipment and the period of field 48, moved to an open day (art. 29 a).
    pub by_period: Option<Dated>,
    /// 31D, moved to an open day.
    pub by_expiry: Option<Dated>,
}

impl Limit {
    /// The earlier of the two.
    #[must_use]
    pub fn last(&self) -> Option<Dated> {
        [self.by_period, self.by_expiry].into_iter().flatten().min_by_key(|d| d.date)
    }
}

/// When papers must be presented at the latest. `shipped` is the day from which the period runs; the default of 21
/// days holds only where an original transport document is asked for (art. 14 c).
#[must_use]
pub fn limit(credit: &Credit<'_>, shipped: Option<NaiveDate>, calendar: &Calendar) -> Limit {
    let days = match credit.present_within.as_ref() {
        Some(days) => Some(days.value),
        None => asks_original_transport(credit).then_some(DEFAULT_DAYS),
    };
    let end = shipped.zip(days).and_then(|(day, n)| day.checked_add_days(Days::new(u64::from(n))));
    Limit {
        by_period: end.map(|day| calendar.roll_dated(day, Roll::Following)),
        by_expiry: credit.expiry.as_ref().map(|e| calendar.roll_dated(e.value, Roll::Following)),
    }
}

/// 46A asks for an original transport document. A credit whose 46A is not recorded counts as asking.
#[must_use]
pub fn asks_original_transport(credit: &Credit<'_>) -> bool {
    use crate::load::fields::Originals;
    let transport = |kind: &str| matches!(kind, "bl" | "awb" | "waybill" | "courier");
    credit.documents.is_empty()
        || credit.documents.iter().any(|d| {
            d.value.kind.as_deref().is_some_and(transport) && d.value.originals != Some(Originals::Count(0))
        })
}

/// The calendar of the place where the credit expires; the seller's bank where none is written.
#[must_use]
pub fn expiry_calendar(book: &Book, credit: &Credit<'_>) -> Calendar {
    match credit.expiry_place.as_ref().and_then(|place| country_of(place.value)) {
        Some(country) => book.calendar_of(country).calendar,
        None => book.bank_calendar().calendar,
    }
}

/// The place where a credit expires and its country, when that is not the beneficiary's: every deadline is then
/// earlier by the way of the papers. The issuing bank's counters lie where that bank does.
#[must_use]
pub fn expires_abroad<'a>(credit: &Credit<'a>, home: &str) -> Option<(Said<&'a str>, Option<&'static str>)> {
    let place = credit.expiry_place?;
    let words = fold(place.value);
    let issuing = ["ISSUING BANK", "OPENING BANK", "ISSUER"].iter().any(|word| words.contains(word));
    let by_issuer = || credit.lc.issuer_place.as_deref().filter(|_| issuing).and_then(country_of);
    match country_of(place.value).or_else(by_issuer) {
        Some(country) => (country != home).then_some((place, Some(country))),
        None => issuing.then_some((place, None)),
    }
}

/// The calendar of the issuing bank's place, where it is known.
#[must_use]
pub fn issuer_calendar(book: &Book, credit: &Credit<'_>) -> Option<Calendar> {
    let place = credit.lc.issuer_place.as_deref()?;
    Some(book.calendar_of(country_of(place)?).calendar)
}

/// The calendar of the place of payment: written, else the issuing bank's.
#[must_use]
pub fn payment_calendar(book: &Book, credit: &Credit<'_>) -> Option<Calendar> {
    let written = credit.lc.payable_at.as_deref().and_then(country_of);
    match written {
        Some(country) => Some(book.calendar_of(country).calendar),
        None => issuer_calendar(book, credit),
    }
}

/// The shipment from which the presentation period of a set runs. Where partial shipments are not allowed all
/// documents are one shipment, and the latest date counts (art. 31 b); where they are, the earliest (ISBP 745 E19 c).
#[must_use]
pub fn presentation_start(partial_allowed: bool, shipments: &[NaiveDate]) -> Option<NaiveDate> {
    if partial_allowed { shipments.iter().min() } else { shipments.iter().max() }.copied()
}

/// The shipment from which maturity runs: the latest of the set (ISBP 745 B2 c).
#[must_use]
pub fn maturity_start(shipments: &[NaiveDate]) -> Option<NaiveDate> {
    shipments.iter().max().copied()
}

/// The last day on which a bank may refuse what it received on a day (art. 16 d).
#[must_use]
pub fn refusal_deadline(received: NaiveDate, calendar: &Calendar) -> Dated {
    calendar.add_banking_days_dated(received, EXAMINATION_DAYS)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::fields::Originals;
    use crate::model::document::{LetterOfCredit, Required};

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    /// The Chinese holidays that the rows need, with or without the make-up days.
    fn china(makeup: bool) -> Calendar {
        let span = |from: &str, to: &str| {
            day(from)
                .iter_days()
                .take_while(move |d| *d <= day("2027-12-31"))
                .take(usize::try_from((day(to) - day(from)).num_days() + 1).unwrap())
        };
        let closed = [
            ("2025-10-01", "2025-10-08"),
            ("2026-02-15", "2026-02-23"),
            ("2026-05-01", "2026-05-05"),
            ("2026-06-19", "2026-06-21"),
            ("2026-09-25", "2026-09-27"),
            ("2026-10-01", "2026-10-07"),
        ];
        let open = [
            "2025-09-28",
            "2025-10-11",
            "2026-02-14",
            "2026-02-28",
            "2026-05-09",
            "2026-09-20",
            "2026-10-10",
        ];
        Calendar {
            weekend: Calendar::weekend_only("CN").weekend,
            closed: closed.iter().flat_map(|(from, to)| span(from, to)).collect(),
            open: open.iter().map(|d| day(d)).collect(),
            makeup_counts: makeup,
            years: [2025, 2026].into(),
            id: "cn-bank".into(),
        }
    }

    fn calendar(name: &str) -> Calendar {
        match name {
            "CN" => china(true),
            "CN*" => china(false),
            "SS" => Calendar::weekend_only("DE"),
            _ => Calendar::weekend_only("BD"),
        }
    }

    #[test]
    fn presentation_limits() {
        // P1 to P15: shipment, period, expiry, calendar, limit.
        for (s, days, expiry, place, last) in [
            ("2026-09-08", 21, "2026-10-31", "CN", "2026-09-29"),
            ("2026-09-10", 21, "2026-10-31", "CN", "2026-10-08"),
            ("2026-09-15", 21, "2026-10-03", "CN", "2026-10-08"),
            ("2026-09-19", 21, "2026-10-31", "CN", "2026-10-10"),
            ("2026-09-19", 21, "2026-10-31", "CN*", "2026-10-12"),
            ("2026-10-20", 21, "2026-11-05", "CN", "2026-11-05"),
            ("2026-10-20", 10, "2026-11-30", "CN", "2026-10-30"),
            ("2026-11-07", 15, "2026-12-15", "SS", "2026-11-23"),
            ("2026-11-07", 21, "2026-12-15", "FS", "2026-11-29"),
            ("2026-01-26", 21, "2026-03-15", "CN", "2026-02-24"),
            ("2026-01-24", 21, "2026-03-15", "CN", "2026-02-14"),
            ("2026-01-24", 21, "2026-03-15", "CN*", "2026-02-24"),
            ("2026-10-05", 21, "2026-11-20", "CN", "2026-10-26"),
            ("2026-10-14", 21, "2026-11-20", "CN", "2026-11-04"),
            ("2026-10-12", 21, "2026-11-10", "CN", "2026-11-02"),
        ] {
            let lc = LetterOfCredit {
                expiry: Some(day(expiry)),
                present_within: Some(days),
                ..LetterOfCredit::default()
            };
            let limit = limit(&Credit::issued(0, &lc), Some(day(s)), &calendar(place));
            assert_eq!(limit.last().unwrap().date, day(last), "{s} + {days}, {expiry} {place}");
        }
    }

    #[test]
    fn two_lots_one_set() {
        let lots = [day("2026-10-05"), day("2026-10-14")];
        assert_eq!(presentation_start(true, &lots), Some(lots[0]));
        assert_eq!(presentation_start(false, &lots), Some(lots[1]));
        assert_eq!(maturity_start(&lots), Some(lots[1]));
        assert_eq!(presentation_start(true, &[]), None);
    }

    #[test]
    fn five_banking_days() {
        // R1 to R7: presented, CN, CN*, SS.
        for (presented, cn, starred, ss) in [
            ("2026-09-28", "2026-10-10", "2026-10-12", "2026-10-05"),
            ("2026-02-13", "2026-02-27", "2026-03-02", "2026-02-20"),
            ("2026-11-16", "2026-11-23", "2026-11-23", "2026-11-23"),
            ("2026-04-30", "2026-05-11", "2026-05-12", "2026-05-07"),
            ("2025-09-29", "2025-10-13", "2025-10-14", "2025-10-06"),
            ("2026-06-17", "2026-06-25", "2026-06-25", "2026-06-24"),
        ] {
            for (place, last) in [("CN", cn), ("CN*", starred), ("SS", ss)] {
                let found = refusal_deadline(day(presented), &calendar(place)).date;
                assert_eq!(found, day(last), "{presented} {place}");
            }
        }
        assert_eq!(refusal_deadline(day("2026-11-19"), &calendar("FS")).date, day("2026-11-26"));
    }

    #[test]
    fn the_default_of_21_days_needs_an_original_transport_document() {
        let asked =
            |kind: &str, originals| Required { kind: Some(kind.into()), originals, ..Required::default() };
        let shipped = Some(day("2026-09-08"));
        let ends = |documents: Vec<Required>| {
            let lc = LetterOfCredit { documents, ..LetterOfCredit::default() };
            limit(&Credit::issued(0, &lc), shipped, &calendar("SS")).by_period.map(|d| d.date)
        };
        assert_eq!(ends(vec![asked("bl", Some(Originals::Full))]), Some(day("2026-09-29")));
        assert_eq!(ends(vec![asked("bl", Some(Originals::Count(0)))]), None);
        assert_eq!(ends(vec![asked("invoice", None)]), None);
    }
}
