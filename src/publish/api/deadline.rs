//! Deadlines: of banks, authorities, carriers, buyers and of our own plans.

use schemars::JsonSchema;
use serde::Serialize;

use super::value::{Day, Moment, Version, Words, day};
use super::who::PersonRef;
use super::{Api, Part, order_href, words};

/// A day by which something is to be done.
#[derive(Debug, Serialize, JsonSchema)]
pub struct DeadlineDoc<'a> {
    /// Stays the same when the day moves.
    pub id: String,
    /// The order; null for closed days.
    pub order: Option<&'a str>,
    /// What it is about: `shipment`, `presentation`, `due` …
    pub kind: &'static str,
    /// `production`, `shipping`, `credit`, `money`, `tax`, `after-sales`, `house` or `holiday`.
    pub family: &'static str,
    /// The last day on which it may be done.
    pub day: Day,
    /// The last of several days; null for one.
    pub until: Option<Day>,
    /// The moment, where one is recorded.
    pub at: Option<Moment>,
    /// The last day on which somebody can act: a working day, before the way of the papers.
    pub safe: Day,
    /// What is due.
    pub what: Words<'a>,
    /// What happens when it passes.
    pub consequence: Option<Words<'a>>,
    /// Nobody but a bank, an authority or a carrier can move it.
    pub hard: bool,
    /// It follows from a plan and moves with it.
    pub estimated: bool,
    /// It was computed in a year or for a place whose holidays are not on record.
    pub provisional: bool,
    /// Its day has passed, and it is not done.
    pub overdue: bool,
    /// It is done.
    pub done: bool,
    /// When, where that is recorded.
    pub done_on: Option<Day>,
    /// Whose work it is.
    pub owner: Option<PersonRef<'a>>,
    /// Who outside has to act: `bank`, `carrier` or `buyer`.
    pub outside: Option<&'static str>,
    /// The file in which the date stands, relative to the data root; null for closed days.
    pub file: Option<&'a str>,
    /// The line.
    pub line: Option<usize>,
    /// The page of the order.
    pub href: Option<String>,
}

/// The deadlines of the book.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(title = "deadlines")]
pub struct DeadlinesDoc<'a> {
    /// Version of the document.
    pub version: Version,
    /// Name of its schema: `deadlines`.
    pub document: &'static str,
    /// The day for which everything was computed.
    pub as_of: Day,
    /// Which part this is of how many, and where the next one lies.
    #[serde(flatten)]
    pub part: Part,
    /// By day. What is done stays for two weeks.
    pub deadlines: Vec<DeadlineDoc<'a>>,
}

impl<'c, 'a: 'c> Api<'c, 'a> {
    /// One deadline, by its position among all; nothing where it may not be told.
    #[must_use]
    pub fn deadline(&self, index: usize) -> Option<DeadlineDoc<'c>> {
        let deadline = self.dates.all.get(index).filter(|d| self.shown.deadline(d))?;
        let file = &*deadline.place.file;
        Some(DeadlineDoc {
            id: deadline.id(),
            order: deadline.order.as_deref(),
            kind: deadline.kind.code(),
            family: deadline.kind.family().code(),
            day: deadline.day.into(),
            until: day(deadline.until),
            at: deadline.time.map(Moment),
            safe: deadline.safe.into(),
            what: (&deadline.what).into(),
            consequence: Words::from(&deadline.consequence).some(),
            hard: deadline.hard,
            estimated: deadline.estimated,
            provisional: deadline.provisional.is_some(),
            overdue: deadline.is_overdue(self.ctx.as_of()),
            done: deadline.done.is_some(),
            done_on: day(deadline.done.and_then(|done| done.on)),
            owner: deadline.owner.as_deref().map(|id| self.person(id)),
            outside: deadline.outside.map(words::outside),
            file: Some(file).filter(|file| !file.is_empty()),
            line: self.dates.line(index),
            href: deadline.order.as_deref().map(order_href),
        })
    }

    /// The deadlines of one order, by day.
    #[must_use]
    pub fn deadlines_of(&self, order: &str) -> Vec<DeadlineDoc<'c>> {
        let own = self.due.get(order).map_or(&[][..], Vec::as_slice);
        own.iter().filter_map(|index| self.deadline(*index)).collect()
    }
}
