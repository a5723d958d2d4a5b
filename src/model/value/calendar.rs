//! Date arithmetic: calendar days, months, banking days and what happens to a date that falls on a closed day.
//! Which calendar belongs to which place, and which event starts a clock, is decided elsewhere.

use std::collections::BTreeSet;

use chrono::{Datelike, Days, Months, NaiveDate, TimeDelta, Weekday};

/// How far a search for an open day goes before it gives up: a calendar that closes a whole year is a mistake.
const SEARCH: usize = 400;
/// The most banking days that are counted; no clock of trade runs longer.
const CENTURY: u32 = 36_500;

/// The open and closed days of one place: a bank, a factory, a customs office.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Calendar {
    /// Its name, such as `cn-bank`, or the country where only the weekend is known.
    pub id: String,
    /// Weekdays that are closed.
    pub weekend: Vec<Weekday>,
    /// Holidays.
    pub closed: BTreeSet<NaiveDate>,
    /// Make-up working days 调休上班日 that fall on a weekend.
    pub open: BTreeSet<NaiveDate>,
    /// Whether the place works on the make-up days; a bank's L/C counter may not.
    pub makeup_counts: bool,
    /// The years whose holidays are known.
    pub years: BTreeSet<i32>,
}

/// What to do with a date that falls on a closed day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Roll {
    /// Leave it.
    #[default]
    None,
    /// The first open day on or after it.
    Following,
    /// The last open day on or before it.
    Preceding,
    /// Following, unless that leaves the month; then preceding.
    ModifiedFollowing,
}

/// A date that was computed with a calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Dated {
    /// The date.
    pub date: NaiveDate,
    /// True when a day was looked at whose year has no holidays on record: the date may still move.
    pub provisional: bool,
}

impl Calendar {
    /// A calendar that knows a country's weekend and none of its holidays; everything it computes is provisional.
    /// `country` is ISO 3166-1 alpha-2; an unknown one has Saturday and Sunday.
    #[must_use]
    pub fn weekend_only(country: &str) -> Self {
        Self { id: country.to_ascii_uppercase(), weekend: weekend_of(country), ..Self::default() }
    }

    /// True when the place works on that day.
    #[must_use]
    pub fn is_open(&self, date: NaiveDate) -> bool {
        if self.makeup_counts && self.open.contains(&date) {
            return true;
        }
        !self.closed.contains(&date) && !self.weekend.contains(&date.weekday())
    }

    /// True when the holidays of that day's year are on record.
    #[must_use]
    pub fn covers(&self, date: NaiveDate) -> bool {
        self.years.contains(&date.year())
    }

    /// The date moved off a closed day. A calendar without an open day near it leaves the date alone.
    #[must_use]
    pub fn roll(&self, date: NaiveDate, roll: Roll) -> NaiveDate {
        match roll {
            Roll::None => date,
            Roll::Following => self.next_open(date).unwrap_or(date),
            Roll::Preceding => self.last_open(date).unwrap_or(date),
            Roll::ModifiedFollowing => match self.next_open(date) {
                Some(next) if (next.year(), next.month()) == (date.year(), date.month()) => next,
                _ => self.last_open(date).unwrap_or(date),
            },
        }
    }

    /// [`Calendar::roll`], with a mark when the holidays of a year it needed are not known.
    #[must_use]
    pub fn roll_dated(&self, date: NaiveDate, roll: Roll) -> Dated {
        let rolled = self.roll(date, roll);
        let provisional = roll != Roll::None && !(self.covers(date) && self.covers(rolled));
        Dated { date: rolled, provisional }
    }

    /// The `n`-th open day strictly after `date`; `date` itself for 0. Stops where no further day opens, and
    /// after a century.
    #[must_use]
    pub fn add_banking_days(&self, date: NaiveDate, n: u32) -> NaiveDate {
        let mut day = date;
        for _ in 0..n.min(CENTURY) {
            match day.succ_opt().and_then(|next| self.next_open(next)) {
                Some(open) => day = open,
                None => break,
            }
        }
        day
    }

    /// [`Calendar::add_banking_days`], with a mark when the holidays of a year it needed are not known.
    #[must_use]
    pub fn add_banking_days_dated(&self, date: NaiveDate, n: u32) -> Dated {
        let end = self.add_banking_days(date, n);
        let known = (date.year()..=end.year()).all(|year| self.years.contains(&year));
        Dated { date: end, provisional: n > 0 && !known }
    }

    fn next_open(&self, from: NaiveDate) -> Option<NaiveDate> {
        from.iter_days().take(SEARCH).find(|day| self.is_open(*day))
    }

    fn last_open(&self, from: NaiveDate) -> Option<NaiveDate> {
        let before = |day: &NaiveDate| day.pred_opt();
        std::iter::successors(Some(from), before).take(SEARCH).find(|day| self.is_open(*day))
    }
}

/// `n` calendar days later (earlier when negative); the day itself is day 0. Stops at the ends of the calendar.
#[must_use]
pub fn add_days(date: NaiveDate, n: i64) -> NaiveDate {
    let end = if n < 0 { NaiveDate::MIN } else { NaiveDate::MAX };
    TimeDelta::try_days(n).and_then(|span| date.checked_add_signed(span)).unwrap_or(end)
}

/// The same day `n` months later, or that month's last day where it has no such day
/// (PRC Negotiable Instruments Law art. 107). Stops at the ends of the calendar.
#[must_use]
pub fn add_months(date: NaiveDate, n: i32) -> NaiveDate {
    let months = Months::new(n.unsigned_abs());
    if n < 0 {
        date.checked_sub_months(months).unwrap_or(NaiveDate::MIN)
    } else {
        date.checked_add_months(months).unwrap_or(NaiveDate::MAX)
    }
}

/// The last day of the date's month.
#[must_use]
pub fn eom(date: NaiveDate) -> NaiveDate {
    let first = date.with_day(1).unwrap_or(date);
    first
        .checked_add_months(Months::new(1))
        .and_then(|next| next.checked_sub_days(Days::new(1)))
        .unwrap_or(NaiveDate::MAX)
}

/// Days from `a` to `b`, negative when `b` is earlier.
#[must_use]
pub fn days_between(a: NaiveDate, b: NaiveDate) -> i64 {
    b.signed_duration_since(a).num_days()
}

/// The weekly rest of a country's banks as it is now (UAE since 2022, Saudi Arabia since 2013).
fn weekend_of(country: &str) -> Vec<Weekday> {
    match country.to_ascii_uppercase().as_str() {
        "AF" => vec![Weekday::Thu, Weekday::Fri],
        "BD" | "BH" | "DZ" | "EG" | "IL" | "IQ" | "JO" | "KW" | "LY" | "MV" | "OM" | "PS" | "QA" | "SA"
        | "SD" | "SY" | "YE" => vec![Weekday::Fri, Weekday::Sat],
        "BN" => vec![Weekday::Fri, Weekday::Sun],
        "DJ" | "IR" => vec![Weekday::Fri],
        "NP" => vec![Weekday::Sat],
        _ => vec![Weekday::Sat, Weekday::Sun],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn d(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn span(set: &mut BTreeSet<NaiveDate>, from: &str, to: &str) {
        set.extend(d(from).iter_days().take_while(|day| *day <= d(to)));
    }

    /// Chinese bank holidays and make-up working days of 2025 and 2026 as the State Council published them.
    fn china(makeup_counts: bool) -> Calendar {
        let mut closed = BTreeSet::new();
        for (from, to) in [
            ("2025-01-01", "2025-01-01"),
            ("2025-01-28", "2025-02-04"),
            ("2025-04-04", "2025-04-06"),
            ("2025-05-01", "2025-05-05"),
            ("2025-05-31", "2025-06-02"),
            ("2025-10-01", "2025-10-08"),
            ("2026-01-01", "2026-01-03"),
            ("2026-02-15", "2026-02-23"),
            ("2026-04-04", "2026-04-06"),
            ("2026-05-01", "2026-05-05"),
            ("2026-06-19", "2026-06-21"),
            ("2026-09-25", "2026-09-27"),
            ("2026-10-01", "2026-10-07"),
        ] {
            span(&mut closed, from, to);
        }
        let open = [
            "2025-01-26",
            "2025-02-08",
            "2025-04-27",
            "2025-09-28",
            "2025-10-11",
            "2026-01-04",
            "2026-02-14",
            "2026-02-28",
            "2026-05-09",
            "2026-09-20",
            "2026-10-10",
        ];
        Calendar {
            id: "cn-bank".into(),
            weekend: vec![Weekday::Sat, Weekday::Sun],
            closed,
            open: open.into_iter().map(d).collect(),
            makeup_counts,
            years: BTreeSet::from([2025, 2026]),
        }
    }

    fn cn() -> Calendar {
        china(true)
    }

    /// Make-up days closed.
    fn cn_star() -> Calendar {
        china(false)
    }

    fn ss() -> Calendar {
        Calendar::weekend_only("US")
    }

    fn fs() -> Calendar {
        Calendar::weekend_only("BD")
    }

    #[test]
    fn due_dates_by_calendar_days() {
        for (id, from, days, due) in [
            ("D1", "2002-05-12", 60, "2002-07-11"),
            ("D2", "2026-03-01", 10, "2026-03-11"),
            ("D3", "2026-09-15", 60, "2026-11-14"),
            ("D5", "2026-08-21", 90, "2026-11-19"),
            ("D6", "2026-01-31", 30, "2026-03-02"),
            ("D11", "2026-08-02", 60, "2026-10-01"),
            ("D13", "2026-08-11", 60, "2026-10-10"),
            ("D15", "2026-05-01", 30, "2026-05-31"),
            ("D17", "2026-09-22", 60, "2026-11-21"),
            ("D19", "2026-07-15", 60, "2026-09-13"),
            ("D20", "2026-06-30", 90, "2026-09-28"),
            ("D23", "2026-10-09", 60, "2026-12-08"),
            ("D24", "2026-10-21", 60, "2026-12-20"),
            ("D25", "2026-10-14", 30, "2026-11-13"),
            ("D26", "2026-08-31", 7, "2026-09-07"),
        ] {
            assert_eq!(add_days(d(from), days), d(due), "{id}");
            assert_eq!(add_days(d(due), -days), d(from), "{id} backwards");
            assert_eq!(days_between(d(from), d(due)), days, "{id}");
        }
    }

    #[test]
    fn due_dates_by_months() {
        for (id, from, months, due) in [
            ("D7", "2026-01-31", 1, "2026-02-28"),
            ("D8", "2028-01-31", 1, "2028-02-29"),
            ("D9", "2026-11-30", 3, "2027-02-28"),
            ("D10", "2026-12-31", 2, "2027-02-28"),
            ("back", "2026-03-31", -1, "2026-02-28"),
        ] {
            assert_eq!(add_months(d(from), months), d(due), "{id}");
        }
        assert_eq!(add_days(eom(d("2026-11-12")), 30), d("2026-12-30"), "D21");
        assert_eq!(eom(add_days(d("2026-11-12"), 30)), d("2026-12-31"), "D22");
        assert_eq!(eom(d("2028-02-10")), d("2028-02-29"));
        assert_eq!(eom(d("2026-12-31")), d("2026-12-31"));
    }

    #[test]
    fn rolled_due_dates() {
        use Roll::{Following, ModifiedFollowing, None, Preceding};
        for (id, calendar, date, roll, due) in [
            ("none", ss(), "2026-11-14", None, "2026-11-14"),
            ("D4", ss(), "2026-11-14", Following, "2026-11-16"),
            ("D11", cn(), "2026-10-01", Following, "2026-10-08"),
            ("D12", cn(), "2026-10-01", Preceding, "2026-09-30"),
            ("D13", cn(), "2026-10-10", Following, "2026-10-10"),
            ("D14", cn_star(), "2026-10-10", Following, "2026-10-12"),
            ("D15", ss(), "2026-05-31", Following, "2026-06-01"),
            ("D16", ss(), "2026-05-31", ModifiedFollowing, "2026-05-29"),
            ("D17", fs(), "2026-11-21", Following, "2026-11-22"),
            ("D18", ss(), "2026-11-21", Following, "2026-11-23"),
            ("D19", ss(), "2026-09-13", Following, "2026-09-14"),
            ("D24", ss(), "2026-12-20", Following, "2026-12-21"),
            ("D27", cn(), "2026-09-26", Preceding, "2026-09-24"),
        ] {
            assert_eq!(calendar.roll(d(date), roll), d(due), "{id}");
        }
    }

    #[test]
    fn ages() {
        assert_eq!(days_between(d("2026-09-14"), d("2026-11-20")), 67, "D28");
        assert_eq!(days_between(d("2026-11-20"), d("2026-11-20")), 0, "D29");
        assert_eq!(days_between(d("2026-08-28"), d("2026-11-26")), 90, "D30");
        assert_eq!(days_between(d("2026-11-26"), d("2026-08-28")), -90);
    }

    /// UCP 600 arts. 14(c) and 29(a): both legs roll, the earlier one is the limit.
    #[test]
    fn presentation_limits() {
        for (id, shipped, period, expiry, calendar, leg, expiry_rolled, limit) in [
            ("P1", "2026-09-08", 21, "2026-10-31", cn(), "2026-09-29", "2026-11-02", "2026-09-29"),
            ("P2", "2026-09-10", 21, "2026-10-31", cn(), "2026-10-08", "2026-11-02", "2026-10-08"),
            ("P3", "2026-09-15", 21, "2026-10-03", cn(), "2026-10-08", "2026-10-08", "2026-10-08"),
            ("P4", "2026-09-19", 21, "2026-10-31", cn(), "2026-10-10", "2026-11-02", "2026-10-10"),
            ("P5", "2026-09-19", 21, "2026-10-31", cn_star(), "2026-10-12", "2026-11-02", "2026-10-12"),
            ("P6", "2026-10-20", 21, "2026-11-05", cn(), "2026-11-10", "2026-11-05", "2026-11-05"),
            ("P7", "2026-10-20", 10, "2026-11-30", cn(), "2026-10-30", "2026-11-30", "2026-10-30"),
            ("P8", "2026-11-07", 15, "2026-12-15", ss(), "2026-11-23", "2026-12-15", "2026-11-23"),
            ("P9", "2026-11-07", 21, "2026-12-15", fs(), "2026-11-29", "2026-12-15", "2026-11-29"),
            ("P10", "2026-01-26", 21, "2026-03-15", cn(), "2026-02-24", "2026-03-16", "2026-02-24"),
            ("P11", "2026-01-24", 21, "2026-03-15", cn(), "2026-02-14", "2026-03-16", "2026-02-14"),
            ("P12", "2026-01-24", 21, "2026-03-15", cn_star(), "2026-02-24", "2026-03-16", "2026-02-24"),
            ("P13", "2026-10-05", 21, "2026-11-20", cn(), "2026-10-26", "2026-11-20", "2026-10-26"),
            ("P14", "2026-10-14", 21, "2026-11-20", cn(), "2026-11-04", "2026-11-20", "2026-11-04"),
            ("P15", "2026-10-12", 21, "2026-11-10", cn(), "2026-11-02", "2026-11-10", "2026-11-02"),
        ] {
            let presented = calendar.roll(add_days(d(shipped), period), Roll::Following);
            let expires = calendar.roll(d(expiry), Roll::Following);
            assert_eq!((presented, expires), (d(leg), d(expiry_rolled)), "{id}");
            assert_eq!(presented.min(expires), d(limit), "{id}");
        }
    }

    /// UCP 600 art. 14(b): five banking days after the day of presentation.
    #[test]
    fn refusal_deadlines() {
        for (id, presented, in_cn, in_cn_star, in_ss) in [
            ("R1", "2026-09-28", "2026-10-10", "2026-10-12", "2026-10-05"),
            ("R2", "2026-02-13", "2026-02-27", "2026-03-02", "2026-02-20"),
            ("R3", "2026-11-16", "2026-11-23", "2026-11-23", "2026-11-23"),
            ("R4", "2026-04-30", "2026-05-11", "2026-05-12", "2026-05-07"),
            ("R5", "2025-09-29", "2025-10-13", "2025-10-14", "2025-10-06"),
            ("R6", "2026-06-17", "2026-06-25", "2026-06-25", "2026-06-24"),
        ] {
            assert_eq!(cn().add_banking_days(d(presented), 5), d(in_cn), "{id} CN");
            assert_eq!(cn_star().add_banking_days(d(presented), 5), d(in_cn_star), "{id} CN*");
            assert_eq!(ss().add_banking_days(d(presented), 5), d(in_ss), "{id} SS");
        }
        assert_eq!(fs().add_banking_days(d("2026-11-19"), 5), d("2026-11-26"), "R7");
        assert_eq!(cn().add_banking_days(d("2026-10-03"), 0), d("2026-10-03"), "no day, no move");
    }

    #[test]
    fn a_year_without_holidays_is_provisional() {
        assert!(!cn().roll_dated(d("2026-10-01"), Roll::Following).provisional);
        assert!(!cn().roll_dated(d("2027-01-04"), Roll::None).provisional);
        assert!(cn().roll_dated(d("2027-01-04"), Roll::Following).provisional);
        assert!(cn().add_banking_days_dated(d("2026-12-30"), 5).provisional);
        assert!(!cn().add_banking_days_dated(d("2026-11-16"), 5).provisional);
        assert!(ss().roll_dated(d("2026-11-16"), Roll::Following).provisional);
    }

    #[test]
    fn weekends_of_countries() {
        let open = |country: &str, date: &str| Calendar::weekend_only(country).is_open(d(date));
        // 2026-11-20 is a Friday.
        for country in ["SA", "BD", "EG", "KW", "sa"] {
            assert!(!open(country, "2026-11-20") && !open(country, "2026-11-21"), "{country}");
            assert!(open(country, "2026-11-22"), "{country}");
        }
        for country in ["AE", "CN", "DE", "??", ""] {
            assert!(open(country, "2026-11-20"), "{country}");
            assert!(!open(country, "2026-11-21") && !open(country, "2026-11-22"), "{country}");
        }
    }

    #[test]
    fn nothing_hangs_or_overflows() {
        use Weekday::{Fri, Mon, Sat, Sun, Thu, Tue, Wed};
        let shut =
            Calendar { weekend: vec![Mon, Tue, Wed, Thu, Fri, Sat, Sun], ..Calendar::weekend_only("CN") };
        let day = d("2026-11-20");
        for roll in [Roll::None, Roll::Following, Roll::Preceding, Roll::ModifiedFollowing] {
            assert_eq!(shut.roll(day, roll), day);
        }
        assert_eq!(shut.add_banking_days(day, u32::MAX), day);
        for limit in [NaiveDate::MIN, NaiveDate::MAX] {
            for roll in [Roll::Following, Roll::Preceding, Roll::ModifiedFollowing] {
                let _ = shut.roll(limit, roll);
                let _ = ss().roll(limit, roll);
            }
            let _ = (eom(limit), ss().add_banking_days(limit, 3));
        }
        assert_eq!(add_days(day, i64::MAX), NaiveDate::MAX);
        assert_eq!(add_days(day, i64::MIN), NaiveDate::MIN);
        assert_eq!(add_months(day, i32::MAX), NaiveDate::MAX);
        assert_eq!(add_months(day, i32::MIN), NaiveDate::MIN);
    }

    fn any_day() -> impl Strategy<Value = NaiveDate> {
        (0_i64..1200).prop_map(|n| add_days(NaiveDate::from_ymd_opt(2025, 1, 1).unwrap(), n))
    }

    proptest! {
        #[test]
        fn rolling_twice_is_rolling_once(day in any_day(), makeup in any::<bool>(), which in 0_usize..4) {
            let roll = [Roll::None, Roll::Following, Roll::Preceding, Roll::ModifiedFollowing][which];
            let calendar = china(makeup);
            let once = calendar.roll(day, roll);
            prop_assert_eq!(calendar.roll(once, roll), once);
            prop_assert!(roll == Roll::None || calendar.is_open(once));
        }

        #[test]
        fn banking_days_add_up(day in any_day(), a in 0_u32..20, b in 0_u32..20) {
            let calendar = cn();
            let steps = calendar.add_banking_days(calendar.add_banking_days(day, a), b);
            prop_assert_eq!(steps, calendar.add_banking_days(day, a + b));
        }

        #[test]
        fn end_of_month_is_followed_by_the_first(day in any_day()) {
            prop_assert_eq!(add_days(eom(day), 1).day(), 1);
            prop_assert!(eom(day) >= day && days_between(day, eom(day)) < 31);
        }
    }
}
