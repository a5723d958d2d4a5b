//! Working days in China, as far as the State Council has published them.

use std::fmt::Write;

use chrono::{Datelike, Days, NaiveDate, Weekday};

/// Published closures (first, last day) as month and day.
type Span = ((u32, u32), (u32, u32));

/// A published year: closures, and the weekend days worked in exchange.
struct Year {
    year: i32,
    closed: &'static [Span],
    open: &'static [(u32, u32)],
}

/// Notices of the General Office of the State Council for 2025 and 2026.
const YEARS: &[Year] = &[
    Year {
        year: 2025,
        closed: &[
            ((1, 1), (1, 1)),
            ((1, 28), (2, 4)),
            ((4, 4), (4, 6)),
            ((5, 1), (5, 5)),
            ((5, 31), (6, 2)),
            ((10, 1), (10, 8)),
        ],
        open: &[(1, 26), (2, 8), (4, 27), (9, 28), (10, 11)],
    },
    Year {
        year: 2026,
        closed: &[
            ((1, 1), (1, 3)),
            ((2, 15), (2, 23)),
            ((4, 4), (4, 6)),
            ((5, 1), (5, 5)),
            ((6, 19), (6, 21)),
            ((9, 25), (9, 27)),
            ((10, 1), (10, 7)),
        ],
        open: &[(1, 4), (2, 14), (2, 28), (5, 9), (9, 20), (10, 10)],
    },
];

/// True on a day on which banks and offices in China work. A year not published has its weekends only.
pub(super) fn is_workday(date: NaiveDate) -> bool {
    let day = (date.month(), date.day());
    let year = YEARS.iter().find(|year| year.year == date.year());
    if year.is_some_and(|year| year.open.contains(&day)) {
        return true;
    }
    let closed = year.is_some_and(|year| year.closed.iter().any(|(from, to)| *from <= day && day <= *to));
    !closed && !matches!(date.weekday(), Weekday::Sat | Weekday::Sun)
}

/// `date` plus days; the date itself at the end of the calendar.
pub(super) fn add(date: NaiveDate, days: i64) -> NaiveDate {
    let size = Days::new(days.unsigned_abs());
    let moved = if days < 0 { date.checked_sub_days(size) } else { date.checked_add_days(size) };
    moved.unwrap_or(date)
}

/// The first working day on or after `date` plus days.
pub(super) fn work(date: NaiveDate, days: i64) -> NaiveDate {
    let mut day = add(date, days);
    // The longest closure is nine days.
    for _ in 0..15 {
        if is_workday(day) {
            break;
        }
        day = add(day, 1);
    }
    day
}

/// `calendar/<id>-<year>.toml`.
pub(super) fn file(name: &str, year: i32) -> String {
    let mut out = format!("name = \"{name} {year}\"\nweekend = [\"sat\", \"sun\"]\n");
    let known = YEARS.iter().find(|known| known.year == year);
    let (mut closed, mut open) = (Vec::new(), Vec::new());
    for (from, to) in known.map_or(&[][..], |known| known.closed) {
        let mut day = NaiveDate::from_ymd_opt(year, from.0, from.1);
        let last = NaiveDate::from_ymd_opt(year, to.0, to.1);
        while let Some(date) = day.filter(|date| Some(*date) <= last) {
            closed.push(date.to_string());
            day = date.succ_opt();
        }
    }
    for (month, day) in known.map_or(&[][..], |known| known.open) {
        open.extend(NaiveDate::from_ymd_opt(year, *month, *day).map(|date| date.to_string()));
    }
    // Writing to a String cannot fail.
    let _ = write!(out, "closed = [{}]\nopen = [{}]\n", closed.join(", "), open.join(", "));
    out.push_str("makeup_counts = true\n");
    out
}
