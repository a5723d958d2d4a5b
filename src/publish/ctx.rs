//! What every page is filled from: facts, findings, one language, and the small pieces pages share.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::book::Book;
use crate::check::finding::{Finding, Subject};
use crate::derive::Facts;
use crate::model::Order;
use crate::model::party::{Party, PartyKind};
use crate::model::value::Currency;
use crate::model::value::money::group;
use crate::publish::audience::{Audience, Reader};
use crate::publish::forge::{Forge, percent};
use crate::site::format;
use crate::site::view::{Day, Link};
use crate::text::{Bi, Lang, StaticBi};

/// Formats a sentence in the language of the page only: `say!(ctx, "余 {n} 天", "{n} days left")`.
#[macro_export]
macro_rules! say {
    ($ctx:expr, $zh:literal, $en:literal $(, $($arg:tt)*)?) => {
        match $ctx.lang {
            $crate::text::Lang::Zh => format!($zh $(, $($arg)*)?),
            $crate::text::Lang::En => format!($en $(, $($arg)*)?),
        }
    };
}

/// Findings, grouped by what they are about.
#[derive(Debug, Default)]
pub struct Findings<'a> {
    /// All of them, in order of file, place and rule.
    pub all: &'a [Finding],
    by_order: BTreeMap<Arc<str>, Vec<&'a Finding>>,
}

impl<'a> Findings<'a> {
    /// Groups the findings of a check.
    #[must_use]
    pub fn of(all: &'a [Finding]) -> Self {
        let mut by_order: BTreeMap<Arc<str>, Vec<&Finding>> = BTreeMap::new();
        for finding in all {
            if let Subject::Order(id) = &finding.subject {
                by_order.entry(Arc::clone(id)).or_default().push(finding);
            }
        }
        Self { all, by_order }
    }

    /// The findings about an order.
    #[must_use]
    pub fn order(&self, id: &str) -> &[&'a Finding] {
        self.by_order.get(id).map_or(&[], Vec::as_slice)
    }
}

/// What every page is filled from, in one language.
#[derive(Clone, Copy)]
pub struct Ctx<'a> {
    /// Records and what was derived from them.
    pub facts: &'a Facts<'a>,
    /// What the check found.
    pub findings: &'a Findings<'a>,
    /// Who reads them.
    pub audience: Audience<'a>,
    /// The language of the pages.
    pub lang: Lang,
}

impl<'a> Ctx<'a> {
    /// For the pages of a reader.
    #[must_use]
    pub fn of(facts: &'a Facts<'a>, findings: &'a Findings<'a>, reader: Reader, lang: Lang) -> Self {
        Self { facts, findings, audience: Audience::of(reader, &facts.book.config), lang }
    }

    /// The records.
    #[must_use]
    pub fn book(&self) -> &'a Book {
        self.facts.book
    }

    /// The one "today".
    #[must_use]
    pub fn as_of(&self) -> NaiveDate {
        self.facts.as_of
    }

    /// Our company, by its name in the language of the page, else by the other one.
    #[must_use]
    pub fn company(&self) -> String {
        let company = self.book().config.company();
        let (first, second) = match self.lang {
            Lang::Zh => (company.name_zh, company.name),
            Lang::En => (company.name, company.name_zh),
        };
        first.or(second).unwrap_or_default()
    }

    /// A text in the language of the page.
    #[must_use]
    pub fn text(&self, text: &Bi) -> String {
        text.get(self.lang).to_owned()
    }

    /// A fixed text in the language of the page.
    #[must_use]
    pub fn word(&self, (zh, en): StaticBi) -> &'static str {
        match self.lang {
            Lang::Zh => zh,
            Lang::En => en,
        }
    }

    /// Whether something recorded for a day has happened: what is dated after the day of the facts is no fact yet.
    #[must_use]
    pub fn known(&self, date: Option<NaiveDate>) -> bool {
        date.is_none_or(|date| date <= self.as_of())
    }

    /// A day for tables: `11-07`, with the year when it is another one.
    #[must_use]
    pub fn day(&self, date: NaiveDate) -> Day {
        format::day(date, self.as_of(), self.lang)
    }

    /// A day with its weekday, for deadlines.
    #[must_use]
    pub fn weekday(&self, date: NaiveDate) -> Day {
        format::weekday(date, self.as_of(), self.lang)
    }

    /// `44,040.00` with the decimals of the currency.
    #[must_use]
    pub fn amount(&self, value: Decimal, currency: Option<Currency>) -> String {
        group(value, currency.map_or(2, Currency::minor))
    }

    /// `USD 44,040.00`; without a currency the bare amount.
    #[must_use]
    pub fn money(&self, value: Decimal, currency: Option<Currency>) -> String {
        match currency {
            Some(currency) => format!("{} {}", currency.code(), group(value, currency.minor())),
            None => group(value, 2),
        }
    }

    /// `20,000` without needless zeros.
    #[must_use]
    pub fn number(&self, value: Decimal) -> String {
        group(value.normalize(), 0)
    }

    /// The name of a person, or the id as written.
    #[must_use]
    pub fn person(&self, id: &str) -> String {
        self.book().person(id, self.lang).to_owned()
    }

    /// The page of a party.
    #[must_use]
    pub fn party_href(&self, party: &Party) -> String {
        let folder = match party.kind {
            PartyKind::Customer => "c",
            PartyKind::Supplier => "s",
            PartyKind::Forwarder => "f",
        };
        format!("{folder}/{}.html", percent(&party.id))
    }

    /// A party by its id, with its page when it is known.
    #[must_use]
    pub fn party(&self, kind: PartyKind, id: &str) -> Link {
        match self.book().party(kind, id) {
            Some(party) => Link::new(party.label(self.lang), self.party_href(party)),
            None => Link::text(id),
        }
    }

    /// The customer of an order.
    #[must_use]
    pub fn customer(&self, order: &Order) -> Link {
        order.customer.as_deref().map_or_else(Link::default, |id| self.party(PartyKind::Customer, id))
    }

    /// An order's page.
    #[must_use]
    pub fn order_link(&self, id: &str) -> Link {
        Link::new(id, format!("o/{id}.html"))
    }

    /// The forge on which the data is kept.
    #[must_use]
    pub fn forge(&self) -> Forge<'a> {
        Forge::of(&self.book().config)
    }

    /// A file of the data root on the forge, at a line; empty without a forge.
    #[must_use]
    pub fn file_href(&self, file: &str, line: Option<usize>) -> String {
        self.forge().file(file, line)
    }

    /// The forge's editor for a file; empty without a forge.
    #[must_use]
    pub fn edit_href(&self, file: &str) -> String {
        self.forge().edit(file)
    }

    /// A commit on the forge; empty without a forge.
    #[must_use]
    pub fn commit_href(&self, commit: &str) -> String {
        self.forge().commit(commit)
    }
}
