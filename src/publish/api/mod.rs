//! The site as data, for programs: the versioned API below `api/v1/`, and a JSON document beside every page.
//!
//! One file here per resource. Structs are plain and are the allow-list; they hold codes, ISO dates, figures as strings
//! with currency or unit beside them, and sentences only where people want to read one, then in both languages. Nothing
//! is formatted, no HTML, no clock, no path of the machine. Documents are the same for every language of the site, lie
//! at its root, and are written once.
//!
//! Within a version fields are only added: a test compares the schemas with those on record. Everything that a company
//! may hide is decided in [`shown`].

pub mod aftersales;
pub mod archive;
pub mod bytes;
pub mod change;
pub mod credit;
pub mod deadline;
pub mod desk;
pub mod export;
pub mod finding;
pub mod glossary;
pub mod index;
pub mod making;
pub mod order;
pub mod overview;
pub mod party;
pub mod quality;
pub mod receivable;
pub mod rule;
pub mod schema;
pub mod shipment;
pub mod shown;
pub mod summary;
pub mod value;
pub mod who;
pub mod words;
pub mod write;

use std::collections::BTreeMap;

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::Serialize;

use super::ctx::Ctx;
use super::dates::Dates;
use crate::check::finding::Finding;
use crate::publish::finding::Sources;
use crate::text::Lang;
use shown::Shown;
use value::Day;

/// Entries in one part of a list.
pub const PART: usize = 1_000;

/// What documents are filled from.
pub struct Api<'c, 'a> {
    /// Records, facts and findings.
    pub ctx: &'c Ctx<'a>,
    /// Every deadline.
    pub dates: &'c Dates,
    /// What may be told.
    pub shown: Shown<'a>,
    /// Deadlines by order, as positions, by day.
    due: BTreeMap<&'c str, Vec<usize>>,
}

/// Which part of a list a document is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Part {
    /// Entries in all parts.
    pub total: usize,
    /// Which part this is, from 1.
    pub part: usize,
    /// How many there are.
    pub parts: usize,
    /// The next part, relative to the root of the site; null for the last one.
    pub next: Option<String>,
}

impl<'c, 'a: 'c> Api<'c, 'a> {
    /// Prepares what all documents share.
    #[must_use]
    pub fn of(ctx: &'c Ctx<'a>, dates: &'c Dates) -> Self {
        let mut due: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (at, deadline) in dates.all.iter().enumerate() {
            if let Some(order) = deadline.order.as_deref() {
                due.entry(order).or_default().push(at);
            }
        }
        Self { ctx, dates, shown: Shown::of(ctx.audience), due }
    }

    /// The same in both languages, Chinese first.
    #[must_use]
    pub fn both(&self) -> [Ctx<'a>; 2] {
        Lang::ALL.map(|lang| Ctx { lang, ..*self.ctx })
    }

    /// Whether something recorded for a day has happened by the day of the facts.
    fn known(&self, day: Option<NaiveDate>) -> bool {
        self.ctx.known(day)
    }

    /// A day, once it has come: what is dated later is no fact yet.
    fn happened(&self, day: Option<NaiveDate>) -> Option<Day> {
        day.filter(|day| *day <= self.ctx.as_of()).map(Day)
    }

    /// The day of a record is later than that of the facts, and the record was made since.
    fn is_hindsight(&self, day: Option<NaiveDate>) -> bool {
        day.is_some_and(|day| self.ctx.facts.is_hindsight(day))
    }

    /// Whether the words of a finding may be told.
    fn tells(&self, finding: &Finding) -> bool {
        self.shown.finding(self.ctx, finding, &mut Sources::new(&self.ctx.book().root))
    }
}

/// The page of an order.
#[must_use]
pub fn order_href(id: &str) -> String {
    format!("o/{id}.html")
}

/// The complete order as data.
#[must_use]
pub fn order_data(id: &str) -> String {
    format!("api/v1/orders/{id}.json")
}
