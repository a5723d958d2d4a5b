//! 42C: when a draft falls due, as credits word it.

use chrono::NaiveDate;

use crate::model::value::calendar::add_days;
use crate::model::value::fold::fold;

/// What a draft's days run from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum From {
    /// Sight: the bank's receipt of complying papers, or its acceptance of others.
    Sight,
    /// The date of the transport document.
    Shipment,
    /// The invoice.
    Invoice,
    /// The draft's own date.
    Draft,
    /// Acceptance by the bank.
    Acceptance,
}

/// A tenor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tenor {
    /// At sight.
    Sight,
    /// So many days from an event.
    Days(u32, From),
    /// On a day.
    On(NaiveDate),
}

/// Reads `SIGHT`, `AT SIGHT`, `60 DAYS AFTER B/L DATE`, `90 DAYS SIGHT`, `30 DAYS FROM INVOICE DATE`. Nothing where
/// the words are not understood.
#[must_use]
pub fn read(text: &str) -> Option<Tenor> {
    let folded = fold(text).replace('\'', "");
    let words: Vec<&str> =
        folded.split([' ', ',', '.', ';', '(', ')', '-']).filter(|w| !w.is_empty()).collect();
    let days = words.windows(2).find_map(|pair| match pair {
        [number, unit] if unit.starts_with("DAY") => number.parse::<u32>().ok(),
        _ => None,
    });
    let days = days.or_else(|| words.iter().find_map(|w| w.strip_suffix('D')?.parse().ok()));
    let has = |word: &str| words.contains(&word);
    match days {
        None => (has("SIGHT") || has("DEMAND")).then_some(Tenor::Sight),
        Some(days) => Some(Tenor::Days(days, from(&folded, &has)?)),
    }
}

fn from(folded: &str, has: &impl Fn(&str) -> bool) -> Option<From> {
    let shipment =
        ["B/L", "BL", "BILL", "LADING", "SHIPMENT", "AWB", "WAYBILL", "BOARD", "SHIPPED", "TRANSPORT"];
    if shipment.iter().any(|w| has(w)) || folded.contains("ON BOARD") {
        Some(From::Shipment)
    } else if has("INVOICE") {
        Some(From::Invoice)
    } else if has("ACCEPTANCE") {
        Some(From::Acceptance)
    } else if has("SIGHT") {
        Some(From::Sight)
    } else if has("DRAFT") || (has("DATE") && !has("OF")) {
        Some(From::Draft)
    } else {
        None
    }
}

impl Tenor {
    /// The maturity, not rolled, when the event's day is known. Sight falls due when the bank honours: not a date of
    /// the draft's own.
    #[must_use]
    pub fn due(self, event: Option<NaiveDate>) -> Option<NaiveDate> {
        match self {
            Self::Sight => None,
            Self::Days(days, _) => Some(add_days(event?, i64::from(days))),
            Self::On(day) => Some(day),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wordings() {
        for (text, tenor) in [
            ("SIGHT", Some(Tenor::Sight)),
            ("AT SIGHT", Some(Tenor::Sight)),
            ("60 DAYS AFTER B/L DATE", Some(Tenor::Days(60, From::Shipment))),
            ("60 DAYS AFTER B/L DATE 2026-09-22", Some(Tenor::Days(60, From::Shipment))),
            ("AT 60 DAYS FROM THE DATE OF SHIPMENT", Some(Tenor::Days(60, From::Shipment))),
            ("90 days after bill of lading date", Some(Tenor::Days(90, From::Shipment))),
            ("AT 60 DAYS SIGHT", Some(Tenor::Days(60, From::Sight))),
            ("60 DAYS AFTER SIGHT", Some(Tenor::Days(60, From::Sight))),
            ("30 DAYS FROM INVOICE DATE", Some(Tenor::Days(30, From::Invoice))),
            ("30 DAYS DATE", Some(Tenor::Days(30, From::Draft))),
            ("AS AGREED", None),
            ("60 DAYS", None),
        ] {
            assert_eq!(read(text), tenor, "{text}");
        }
    }

    #[test]
    fn due() {
        let day: NaiveDate = "2002-05-12".parse().unwrap();
        assert_eq!(Tenor::Days(60, From::Shipment).due(Some(day)).unwrap().to_string(), "2002-07-11");
        assert_eq!(Tenor::Sight.due(Some(day)), None);
    }
}
