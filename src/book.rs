//! All orders and parties of one data root, and how they refer to each other.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{Datelike, NaiveDate};

use crate::config::Config;
use crate::key::Key;
use crate::load::files::Files;
use crate::model::Order;
use crate::model::origin::Origin;
use crate::model::party::{Party, PartyKind};
use crate::model::setup::{CalendarFile, Person, Rate};
use crate::model::value::{Calendar, Country};

/// Everything one data root says.
#[derive(Debug, Clone, Default)]
pub struct Book {
    /// Where the files come from, to show their text beside a finding. Never printed.
    pub root: Files,
    /// `gendan.toml`.
    pub config: Config,
    /// Orders, by ID.
    pub orders: Vec<Order>,
    /// Customers, suppliers, forwarders by kind and id.
    pub parties: BTreeMap<(PartyKind, Arc<str>), Party>,
    /// People by id.
    pub people: BTreeMap<String, Person>,
    /// For naming places in `people.toml`.
    pub people_origin: Origin,
    /// Calendar files by calendar id and year.
    pub calendars: BTreeMap<String, BTreeMap<i32, (CalendarFile, Origin)>>,
    /// Display rates, oldest first.
    pub rates: Vec<Rate>,
    /// Files that were read.
    pub files_read: usize,
    /// Files of the root, relative, that orders may refer to (`files/…`); sorted.
    pub attachments: Vec<Arc<str>>,
    /// What was read of each file, as a key: whether something changed is decided by what was read, not by what lies
    /// there later.
    pub sums: BTreeMap<Arc<str>, Key>,
}

/// A calendar for a place, and why it is the one.
#[derive(Debug, Clone)]
pub struct PlaceCalendar {
    /// The days.
    pub calendar: Calendar,
    /// No calendar file names this place: weekends only, and every date computed with it is provisional.
    pub weekend_only: bool,
}

impl Book {
    /// An order by its ID.
    #[must_use]
    pub fn order(&self, id: &str) -> Option<&Order> {
        self.orders.binary_search_by(|o| (*o.id).cmp(id)).ok().and_then(|i| self.orders.get(i))
    }

    /// A party by kind and id.
    #[must_use]
    pub fn party(&self, kind: PartyKind, id: &str) -> Option<&Party> {
        self.parties.get(&(kind, Arc::from(id)))
    }

    /// The customer of an order.
    #[must_use]
    pub fn customer(&self, order: &Order) -> Option<&Party> {
        self.party(PartyKind::Customer, order.customer.as_deref()?)
    }

    /// The parties of a kind, by id.
    pub fn of_kind(&self, kind: PartyKind) -> impl Iterator<Item = &Party> {
        self.parties.values().filter(move |p| p.kind == kind)
    }

    /// The person's name in a language, or the id as written.
    #[must_use]
    pub fn person<'a>(&'a self, id: &'a str, lang: crate::text::Lang) -> &'a str {
        let Some(person) = self.people.get(id) else { return id };
        let (first, second) = match lang {
            crate::text::Lang::Zh => (&person.name_zh, &person.name),
            crate::text::Lang::En => (&person.name, &person.name_zh),
        };
        first.as_deref().or(second.as_deref()).unwrap_or(id)
    }

    /// The id of the person with a git e-mail.
    #[must_use]
    pub fn person_by_email(&self, email: &str) -> Option<&str> {
        self.people
            .iter()
            .find(|(_, p)| p.emails.iter().any(|e| e.eq_ignore_ascii_case(email)))
            .map(|(id, _)| id.as_str())
    }

    /// The calendar with an id, over all its years.
    #[must_use]
    pub fn calendar(&self, id: &str) -> Option<Calendar> {
        let years = self.calendars.get(id)?;
        let mut calendar = Calendar {
            id: id.to_owned(),
            weekend: Vec::new(),
            closed: Default::default(),
            open: Default::default(),
            makeup_counts: true,
            years: years.keys().copied().collect(),
        };
        for (file, _) in years.values() {
            // The latest weekend that is written stands for all years: a country changes it once in a
            // generation.
            if !file.weekend.is_empty() {
                calendar.weekend = file.weekend.iter().map(|d| d.day()).collect();
            }
            calendar.closed.extend(file.closed.iter().copied());
            calendar.open.extend(file.open.iter().copied());
            calendar.makeup_counts = file.makeup_counts.unwrap_or(true);
        }
        Some(calendar)
    }

    /// The calendar of a role (`factory`) or a country: the configured one, else the country's weekend.
    #[must_use]
    pub fn calendar_of(&self, place: &str) -> PlaceCalendar {
        let country = Country::parse(place).map_or(place, |c| c.code());
        let configured = self.config.calendars.get(place).or_else(|| self.config.calendars.get(country));
        match configured.and_then(|id| self.calendar(id)) {
            Some(mut calendar) => {
                if calendar.weekend.is_empty() {
                    calendar.weekend = Calendar::weekend_only(country).weekend;
                }
                PlaceCalendar { calendar, weekend_only: false }
            }
            None => PlaceCalendar { calendar: Calendar::weekend_only(country), weekend_only: true },
        }
    }

    /// The seller's bank calendar.
    #[must_use]
    pub fn bank_calendar(&self) -> PlaceCalendar {
        let country = self.config.company.as_deref().and_then(|c| c.country.as_deref()).unwrap_or("CN");
        self.calendar_of(country)
    }

    /// The newest rate of a currency that is not later than a day.
    #[must_use]
    pub fn rate(&self, currency: &str, as_of: NaiveDate) -> Option<&Rate> {
        self.rates.iter().rev().find(|r| r.currency == currency && r.date <= as_of)
    }

    /// True when the seller's bank calendar has a file for a day's year.
    #[must_use]
    pub fn covers(&self, day: NaiveDate) -> bool {
        self.bank_calendar().calendar.years.contains(&day.year())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::setup::Weekend;

    #[test]
    fn a_year_that_does_not_write_the_weekend_keeps_it() {
        let written = CalendarFile { weekend: vec![Weekend::Fri, Weekend::Sat], ..CalendarFile::default() };
        let years = |first: CalendarFile| {
            let files = [(2026, first), (2027, CalendarFile::default())];
            files.into_iter().map(|(year, file)| (year, (file, Origin::default()))).collect()
        };
        let mut book = Book::default();
        book.config.file.calendars = [("BD".to_owned(), "bd".to_owned())].into();
        book.calendars = [("bd".to_owned(), years(written))].into();
        let friday = NaiveDate::from_ymd_opt(2027, 1, 1).unwrap();
        assert!(!book.calendar_of("BD").calendar.is_open(friday));
        // Nobody wrote one: the country's.
        book.calendars = [("bd".to_owned(), years(CalendarFile::default()))].into();
        assert!(!book.calendar_of("BD").calendar.is_open(friday));
        assert!(!book.calendar_of("BD").weekend_only);
    }
}
