//! Days as each language reads them. Data stays ISO; only what is shown differs.
//!
//! Not for arithmetic: working days and deadlines are derived elsewhere.

use chrono::{Datelike, NaiveDate, Weekday};

use super::view::Day;
use crate::text::Lang;

/// `11-07` / `7 Nov`, with the year when it is not the year of `as_of`: `2027-01-15` / `15 Jan 2027`.
/// For tables.
#[must_use]
pub fn day(date: NaiveDate, as_of: NaiveDate, lang: Lang) -> Day {
    Day { iso: date.to_string(), text: short(date, as_of, lang) }
}

/// `11-07 周六` / `Sat 7 Nov`, with the year when it is not the year of `as_of`. For deadlines, where the day
/// of the week decides what can still be done.
#[must_use]
pub fn weekday(date: NaiveDate, as_of: NaiveDate, lang: Lang) -> Day {
    Day { iso: date.to_string(), text: with_weekday(&short(date, as_of, lang), date, lang) }
}

/// Always with the year: `2026-11-23 周一` / `Mon 23 Nov 2026`. For the as-of date.
#[must_use]
pub fn full(date: NaiveDate, lang: Lang) -> Day {
    Day { iso: date.to_string(), text: with_weekday(&long(date, lang), date, lang) }
}

fn short(date: NaiveDate, as_of: NaiveDate, lang: Lang) -> String {
    if date.year() != as_of.year() {
        return long(date, lang);
    }
    match lang {
        Lang::Zh => format!("{:02}-{:02}", date.month(), date.day()),
        Lang::En => format!("{} {}", date.day(), month(date)),
    }
}

fn long(date: NaiveDate, lang: Lang) -> String {
    match lang {
        Lang::Zh => date.to_string(),
        Lang::En => format!("{} {} {}", date.day(), month(date), date.year()),
    }
}

fn with_weekday(text: &str, date: NaiveDate, lang: Lang) -> String {
    let (zh, en) = match date.weekday() {
        Weekday::Mon => ("周一", "Mon"),
        Weekday::Tue => ("周二", "Tue"),
        Weekday::Wed => ("周三", "Wed"),
        Weekday::Thu => ("周四", "Thu"),
        Weekday::Fri => ("周五", "Fri"),
        Weekday::Sat => ("周六", "Sat"),
        Weekday::Sun => ("周日", "Sun"),
    };
    match lang {
        Lang::Zh => format!("{text} {zh}"),
        Lang::En => format!("{en} {text}"),
    }
}

fn month(date: NaiveDate) -> &'static str {
    match date.month() {
        1 => "Jan",
        2 => "Feb",
        3 => "Mar",
        4 => "Apr",
        5 => "May",
        6 => "Jun",
        7 => "Jul",
        8 => "Aug",
        9 => "Sep",
        10 => "Oct",
        11 => "Nov",
        _ => "Dec",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn the_year_shows_when_it_is_another() {
        let as_of = date("2026-11-23");
        assert_eq!(day(date("2026-11-07"), as_of, Lang::Zh), Day::new("2026-11-07", "11-07"));
        assert_eq!(day(date("2026-11-07"), as_of, Lang::En).text, "7 Nov");
        assert_eq!(day(date("2027-01-15"), as_of, Lang::Zh).text, "2027-01-15");
        assert_eq!(day(date("2027-01-15"), as_of, Lang::En).text, "15 Jan 2027");
    }

    #[test]
    fn weekdays_in_both_languages() {
        let as_of = date("2026-11-23");
        assert_eq!(weekday(date("2026-11-07"), as_of, Lang::Zh).text, "11-07 周六");
        assert_eq!(weekday(date("2026-11-07"), as_of, Lang::En).text, "Sat 7 Nov");
        assert_eq!(weekday(date("2025-12-31"), as_of, Lang::En).text, "Wed 31 Dec 2025");
        assert_eq!(full(as_of, Lang::Zh).text, "2026-11-23 周一");
        assert_eq!(full(as_of, Lang::En).text, "Mon 23 Nov 2026");
    }
}
