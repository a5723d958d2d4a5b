//! How a customer is spoken to: amounts, days and words in one language. A context of its own, which knows neither
//! findings nor the forge nor who recorded what.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::derive::Facts;
use crate::model::Order;
use crate::model::value::Currency;
use crate::model::value::money::group;
use crate::site::format;
use crate::site::view::Day;
use crate::text::{Lang, StaticBi};

/// One language of a customer's pages.
#[derive(Clone, Copy)]
pub(super) struct Teller<'a> {
    /// Records and what was derived from them.
    pub facts: &'a Facts<'a>,
    /// The language.
    pub lang: Lang,
}

impl<'a> Teller<'a> {
    pub(super) fn as_of(&self) -> NaiveDate {
        self.facts.as_of
    }

    pub(super) fn word(&self, (zh, en): StaticBi) -> &'static str {
        match self.lang {
            Lang::Zh => zh,
            Lang::En => en,
        }
    }

    pub(super) fn day(&self, day: NaiveDate) -> Day {
        format::day(day, self.as_of(), self.lang)
    }

    /// What is dated later is not known yet.
    pub(super) fn known(&self, day: Option<NaiveDate>) -> Option<NaiveDate> {
        day.filter(|day| *day <= self.as_of())
    }

    pub(super) fn money(&self, value: Decimal, currency: Option<Currency>) -> String {
        match currency {
            Some(currency) => format!("{} {}", currency.code(), group(value, currency.minor())),
            None => group(value, 2),
        }
    }

    pub(super) fn number(&self, value: Decimal) -> String {
        group(value.normalize(), 0)
    }

    /// The seller's name.
    pub(super) fn seller(&self) -> String {
        let company = self.facts.book.config.company();
        let (first, second) = match self.lang {
            Lang::Zh => (company.name_zh, company.name),
            Lang::En => (company.name, company.name_zh),
        };
        first.or(second).unwrap_or_default()
    }

    /// Who looks after an order, by id, unless that person has left.
    pub(super) fn contact(&self, order: &'a Order) -> Option<&'a str> {
        let id = order.merchandiser.as_deref()?;
        let person = self.facts.book.people.get(id)?;
        person.left.is_none_or(|day| day > self.as_of()).then_some(id)
    }

    /// That person's name; nothing where only an id is known.
    pub(super) fn name(&self, id: &str) -> Option<&'a str> {
        let person = self.facts.book.people.get(id)?;
        let (first, second) = match self.lang {
            Lang::Zh => (&person.name_zh, &person.name),
            Lang::En => (&person.name, &person.name_zh),
        };
        first.as_deref().or(second.as_deref())
    }
}
