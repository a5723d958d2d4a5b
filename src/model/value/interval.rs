//! What words about time mean in credits and contracts (UCP 600 art. 3, ISBP A14): a first and a last day.
//! The words themselves are not read here.

use chrono::{Datelike, NaiveDate};

use super::calendar::{add_days, eom};

/// A span of days, both ends included; an open end is `None`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Interval {
    /// First day.
    pub from: Option<NaiveDate>,
    /// Last day.
    pub to: Option<NaiveDate>,
}

impl Interval {
    /// "From … to …", "between … and …" for shipment: the named dates are included.
    #[must_use]
    pub fn between(from: NaiveDate, to: NaiveDate) -> Self {
        Self { from: Some(from), to: Some(to) }
    }

    /// "Until", "till", "to": the named date is included.
    #[must_use]
    pub fn until(to: NaiveDate) -> Self {
        Self { from: None, to: Some(to) }
    }

    /// "Before": the named date is excluded.
    #[must_use]
    pub fn before(date: NaiveDate) -> Self {
        Self::until(add_days(date, -1))
    }

    /// "After": the named date is excluded.
    #[must_use]
    pub fn after(date: NaiveDate) -> Self {
        Self { from: Some(add_days(date, 1)), to: None }
    }

    /// "First half": the 1st to the 15th. `None` where year and month name no month; so for its sisters.
    #[must_use]
    pub fn first_half(year: i32, month: u32) -> Option<Self> {
        days(year, month, 1, Some(15))
    }

    /// "Second half": the 16th to the last day.
    #[must_use]
    pub fn second_half(year: i32, month: u32) -> Option<Self> {
        days(year, month, 16, None)
    }

    /// "Beginning": the 1st to the 10th.
    #[must_use]
    pub fn beginning(year: i32, month: u32) -> Option<Self> {
        days(year, month, 1, Some(10))
    }

    /// "Middle": the 11th to the 20th.
    #[must_use]
    pub fn middle(year: i32, month: u32) -> Option<Self> {
        days(year, month, 11, Some(20))
    }

    /// "End": the 21st to the last day.
    #[must_use]
    pub fn end(year: i32, month: u32) -> Option<Self> {
        days(year, month, 21, None)
    }

    /// "On or about": five days before to five days after.
    #[must_use]
    pub fn on_or_about(date: NaiveDate) -> Self {
        Self::between(add_days(date, -5), add_days(date, 5))
    }

    /// "Within n days after".
    #[must_use]
    pub fn within_days_after(n: u32, date: NaiveDate) -> Self {
        Self::between(date, add_days(date, i64::from(n)))
    }

    /// "Within n days of": on either side.
    #[must_use]
    pub fn within_days_of(n: u32, date: NaiveDate) -> Self {
        Self::between(add_days(date, -i64::from(n)), add_days(date, i64::from(n)))
    }

    /// "Not later than n days after".
    #[must_use]
    pub fn not_later_than_days_after(n: u32, date: NaiveDate) -> Self {
        Self::until(add_days(date, i64::from(n)))
    }

    /// "At least n days before".
    #[must_use]
    pub fn at_least_days_before(n: u32, date: NaiveDate) -> Self {
        Self::until(add_days(date, -i64::from(n)))
    }

    /// True when the day lies inside.
    #[must_use]
    pub fn contains(&self, day: NaiveDate) -> bool {
        self.from.is_none_or(|from| from <= day) && self.to.is_none_or(|to| day <= to)
    }
}

fn days(year: i32, month: u32, first: u32, last: Option<u32>) -> Option<Interval> {
    let from = NaiveDate::from_ymd_opt(year, month, first)?;
    let to = last.map_or(Some(eom(from)), |day| from.with_day(day))?;
    Some(Interval::between(from, to))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn d(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn span(from: &str, to: &str) -> Interval {
        let end = |text: &str| (!text.is_empty()).then(|| d(text));
        Interval { from: end(from), to: end(to) }
    }

    #[test]
    fn words_and_their_days() {
        let sep10 = d("2026-09-10");
        for (id, got, want) in [
            ("W1", Interval::between(d("2026-10-01"), d("2026-10-31")), span("2026-10-01", "2026-10-31")),
            ("W2", Interval::before(d("2026-10-31")), span("", "2026-10-30")),
            ("W3", Interval::after(d("2026-10-31")), span("2026-11-01", "")),
            ("W4", Interval::until(d("2026-10-31")), span("", "2026-10-31")),
            ("W10", Interval::on_or_about(d("2026-11-15")), span("2026-11-10", "2026-11-20")),
            ("W11", Interval::on_or_about(d("2026-03-03")), span("2026-02-26", "2026-03-08")),
            ("W12", Interval::within_days_after(2, sep10), span("2026-09-10", "2026-09-12")),
            ("W13", Interval::within_days_of(2, sep10), span("2026-09-08", "2026-09-12")),
            ("W14", Interval::not_later_than_days_after(2, sep10), span("", "2026-09-12")),
            ("W15", Interval::at_least_days_before(2, sep10), span("", "2026-09-08")),
        ] {
            assert_eq!(got, want, "{id}");
        }
    }

    #[test]
    fn parts_of_a_month() {
        for (id, got, want) in [
            ("W5", Interval::first_half(2026, 10), span("2026-10-01", "2026-10-15")),
            ("W6", Interval::second_half(2026, 2), span("2026-02-16", "2026-02-28")),
            ("W7", Interval::middle(2026, 11), span("2026-11-11", "2026-11-20")),
            ("W8", Interval::end(2028, 2), span("2028-02-21", "2028-02-29")),
            ("W9", Interval::beginning(2027, 1), span("2027-01-01", "2027-01-10")),
        ] {
            assert_eq!(got, Some(want), "{id}");
        }
        assert_eq!(Interval::end(2026, 13), None);
    }

    #[test]
    fn both_ends_are_inside() {
        let about = Interval::on_or_about(d("2026-11-15"));
        assert!(about.contains(d("2026-11-10")) && about.contains(d("2026-11-20")));
        assert!(!about.contains(d("2026-11-09")) && !about.contains(d("2026-11-21")));
        assert!(Interval::after(d("2026-10-31")).contains(d("2030-01-01")));
    }
}
