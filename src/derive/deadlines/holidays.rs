//! The days on which the seller's bank and the factories are closed, beside their weekends.

use std::sync::Arc;

use chrono::{Datelike, NaiveDate};

use super::{Deadline, Kind};
use crate::bi;
use crate::book::Book;
use crate::check::finding::{At, Place};
use crate::derive::plan::shift;
use crate::model::value::Calendar;
use crate::text::Bi;

/// How far ahead closed days are listed.
const AHEAD: i64 = 400;

/// A run of days on which a calendar is closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Closure {
    /// First day.
    pub from: NaiveDate,
    /// Last day.
    pub to: NaiveDate,
}

/// Closed days of our own calendars from a day on.
pub(super) fn of(book: &Book, as_of: NaiveDate) -> Vec<Deadline> {
    let bank = book.bank_calendar().calendar;
    let factory = book.calendar_of("factory");
    let mut all = list(book, &bank, Kind::BankHoliday, as_of);
    // Without a calendar of their own the factories are closed when nobody knows.
    if !factory.weekend_only && factory.calendar.id != bank.id {
        all.extend(list(book, &factory.calendar, Kind::FactoryHoliday, as_of));
    }
    all
}

fn list(book: &Book, calendar: &Calendar, kind: Kind, as_of: NaiveDate) -> Vec<Deadline> {
    let Some(end) = shift(as_of, AHEAD) else { return Vec::new() };
    let runs = closures(calendar).into_iter().filter(|run| run.to >= as_of && run.from <= end);
    runs.map(|run| deadline(book, calendar, kind, run)).collect()
}

/// Runs of closed days as the calendar lists them; weekends between two of them belong to the run, weekends around
/// them do not.
#[must_use]
pub(super) fn closures(calendar: &Calendar) -> Vec<Closure> {
    let mut runs: Vec<Closure> = Vec::new();
    for day in calendar.closed.iter().copied().filter(|day| !calendar.is_open(*day)) {
        match runs.last_mut().filter(|run| touches(calendar, run.to, day)) {
            Some(run) => run.to = day,
            None => runs.push(Closure { from: day, to: day }),
        }
    }
    runs
}

fn touches(calendar: &Calendar, last: NaiveDate, day: NaiveDate) -> bool {
    // A weekend is no longer than a week.
    (day - last).num_days() <= 7
        && last.iter_days().skip(1).take_while(|d| *d < day).all(|d| !calendar.is_open(d))
}

fn deadline(book: &Book, calendar: &Calendar, kind: Kind, run: Closure) -> Deadline {
    let what: Bi = match kind {
        Kind::FactoryHoliday => bi!("工厂放假", "factories closed"),
        _ => bi!("银行放假", "bank closed"),
    };
    let consequence = match kind {
        Kind::FactoryHoliday => {
            bi!("不开工、不装柜，交期要避开", "no production and no loading: plan around it")
        }
        _ => bi!("不交单、不收汇，放假前要办完", "no presentation and no receipt: be done before it"),
    };
    let year = book.calendars.get(&calendar.id).and_then(|years| years.get(&run.from.year()));
    let file = year.and_then(|(_, origin)| origin.files().first().cloned());
    Deadline {
        order: None,
        kind,
        day: run.from,
        until: Some(run.to),
        time: None,
        safe: calendar.roll(run.from, crate::model::value::Roll::Preceding),
        what,
        consequence,
        hard: true,
        estimated: false,
        provisional: None,
        owner: None,
        outside: None,
        done: None,
        path: "closed".to_owned(),
        place: Place { file: file.unwrap_or_else(|| Arc::from("")), at: At::Value("closed".to_owned()) },
        part: run.from.to_string(),
    }
}
