//! Every date that bites, as one list: what it is, whether anybody here can move it, who has to act, what happens when
//! it passes, and the record it comes from. Pages, calendars and files are made from this list and compute no date.
//!
//! Orders that are cancelled or closed have none, but for what outlives an order (tax, complaints, feedback, keeping).
//! What is done stays in the list for two weeks, marked.

pub mod kind;
pub mod owner;

mod after;
mod credit;
mod holidays;
mod house;
mod money;
mod payables;
mod plan;
mod production;
mod shipping;
mod tax;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{DateTime, Datelike, FixedOffset, NaiveDate};
use rayon::prelude::*;

use crate::book::Book;
use crate::check::finding::Place;
use crate::derive::{Facts, OrderFacts};
use crate::model::Order;
use crate::model::value::Calendar;
use crate::model::value::calendar::Roll;
use crate::text::{Bi, StaticBi};

pub use after::ASK_WITHIN;
pub use holidays::Closure;
pub use kind::{Family, Kind};
use owner::Desk;

/// Days for which something done stays in the list.
pub const DONE_DAYS: i64 = 14;

/// A date that bites.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deadline {
    /// The order; `None` for closed days.
    pub order: Option<Arc<str>>,
    /// What it is about.
    pub kind: Kind,
    /// The last day on which it may be done.
    pub day: NaiveDate,
    /// The last of several days, for closed days.
    pub until: Option<NaiveDate>,
    /// The moment, where one is recorded, in the time of its place.
    pub time: Option<DateTime<FixedOffset>>,
    /// The last day on which somebody can act: the last working day, and before the way of the papers where they have
    /// to be elsewhere.
    pub safe: NaiveDate,
    /// What is due, without the order.
    pub what: Bi,
    /// What happens when it passes.
    pub consequence: Bi,
    /// Nobody but a bank, an authority or a carrier can move it.
    pub hard: bool,
    /// It follows from a plan or a forecast and moves with it.
    pub estimated: bool,
    /// It was computed in a year or for a place whose holidays are not on record.
    pub provisional: Option<Gap>,
    /// Whose work it is, an id of `people.toml` where the record is right.
    pub owner: Option<String>,
    /// Somebody outside has to act: we can only ask.
    pub outside: Option<Outside>,
    /// It is done.
    pub done: Option<Done>,
    /// Key path of the date it comes from.
    pub path: String,
    /// Where that stands.
    pub place: Place,
    /// Distinguishes deadlines of one kind in one order; stays when the date moves.
    pub part: String,
}

/// Holidays that are not on record.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Gap {
    /// The calendar, or the country where no calendar is configured for it; empty where the place is not known.
    pub calendar: String,
    /// The year; `None` where there is no calendar at all.
    pub year: Option<i32>,
}

/// Who outside has to act.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outside {
    /// A bank.
    Bank,
    /// A carrier.
    Carrier,
    /// The buyer.
    Buyer,
}

impl Outside {
    /// What people call it.
    #[must_use]
    pub fn title(self) -> StaticBi {
        match self {
            Self::Bank => ("银行", "bank"),
            Self::Carrier => ("船公司", "carrier"),
            Self::Buyer => ("客户", "buyer"),
        }
    }
}

/// Something done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Done {
    /// When, where that is recorded.
    pub on: Option<NaiveDate>,
}

impl Deadline {
    /// Its identifier among all deadlines: stays the same when the date moves.
    #[must_use]
    pub fn id(&self) -> String {
        let order = self.order.as_deref().unwrap_or("calendar");
        match self.part.is_empty() {
            true => format!("{order}-{}", self.kind.code()),
            false => format!("{order}-{}-{}", self.kind.code(), self.part),
        }
    }

    /// Not done, and its day has passed.
    #[must_use]
    pub fn is_overdue(&self, as_of: NaiveDate) -> bool {
        self.done.is_none() && self.until.unwrap_or(self.day) < as_of
    }

    /// The last of its days.
    #[must_use]
    pub fn last(&self) -> NaiveDate {
        self.until.unwrap_or(self.day)
    }
}

/// All deadlines of a book, by day; on one day moments first, then by order.
#[must_use]
pub fn of(facts: &Facts<'_>) -> Vec<Deadline> {
    let shared = Shared::of(facts);
    let orders = facts.book.orders.par_iter().zip(&facts.orders);
    let mut all: Vec<Deadline> = orders.flat_map_iter(|(order, own)| of_order(&shared, order, own)).collect();
    all.extend(holidays::of(facts.book, facts.as_of));
    all.sort_by_cached_key(|d| (d.day, d.time.is_none(), d.time, d.order.clone(), d.kind, d.part.clone()));
    all
}

/// What the deadlines of all orders share.
#[derive(Debug)]
pub struct Shared<'a> {
    facts: &'a Facts<'a>,
    desk: Desk<'a>,
    /// The days on which we work.
    bank: Calendar,
}

impl<'a> Shared<'a> {
    /// Prepares what all orders share.
    #[must_use]
    pub fn of(facts: &'a Facts<'a>) -> Self {
        let (desk, bank) = (Desk::of(facts.book, facts.as_of), facts.book.bank_calendar().calendar);
        Self { facts, desk, bank }
    }
}

/// The deadlines of one order, in no particular order.
#[must_use]
pub fn of_order(shared: &Shared<'_>, order: &Order, own: &OrderFacts) -> Vec<Deadline> {
    if own.is_cancelled() {
        return Vec::new();
    }
    let mut look = Look { shared, order, own, as_of: shared.facts.as_of, found: Vec::new() };
    if own.is_open() {
        production::find(&mut look);
        shipping::find(&mut look);
        credit::find(&mut look);
        money::find(&mut look);
        payables::find(&mut look);
        house::find(&mut look);
        plan::find(&mut look);
    }
    after::find(&mut look);
    tax::find(&mut look);
    distinct(&mut look.found);
    look.found
}

/// Two records under one number are two deadlines: the later ones get a count.
fn distinct(all: &mut [Deadline]) {
    let mut seen: BTreeMap<(&'static str, String), usize> = BTreeMap::new();
    for deadline in all {
        let n = seen.entry((deadline.kind.code(), deadline.part.clone())).or_default();
        *n += 1;
        if *n > 1 {
            deadline.part = format!("{}#{n}", deadline.part);
        }
    }
}

/// One order, looked at family by family.
struct Look<'s, 'a> {
    shared: &'s Shared<'s>,
    order: &'a Order,
    own: &'a OrderFacts,
    as_of: NaiveDate,
    found: Vec<Deadline>,
}

/// What makes a deadline: its kind, the part of the order, its day, and the key path it comes from.
struct Entry {
    kind: Kind,
    part: String,
    day: NaiveDate,
    path: String,
}

impl Look<'_, '_> {
    fn book(&self) -> &Book {
        self.shared.facts.book
    }

    /// A day that is not after that of the facts.
    fn known(&self, day: Option<NaiveDate>) -> Option<NaiveDate> {
        day.filter(|day| *day <= self.as_of)
    }

    /// A soft deadline, still open, of the role's person.
    fn entry(&self, entry: Entry, what: Bi, consequence: Bi) -> Deadline {
        let Entry { kind, part, day, path } = entry;
        Deadline {
            order: Some(Arc::clone(&self.order.id)),
            kind,
            day,
            until: None,
            time: None,
            safe: self.shared.bank.roll(day, Roll::Preceding),
            what,
            consequence,
            hard: false,
            estimated: false,
            provisional: None,
            owner: owner::of(&self.shared.desk, self.order, kind, None),
            outside: None,
            done: None,
            place: self.order.origin.place(&path),
            path,
            part,
        }
    }

    fn owner(&self, kind: Kind, named: Option<&str>) -> Option<String> {
        owner::of(&self.shared.desk, self.order, kind, named)
    }

    /// Takes a deadline into the list. What is done stays for two weeks after it was, or after its day where nobody
    /// wrote when.
    fn push(&mut self, deadline: Deadline) {
        let stays = |done: Done| {
            let age = (self.as_of - done.on.unwrap_or(deadline.day)).num_days();
            (0..=DONE_DAYS).contains(&age) || (done.on.is_none() && age < 0)
        };
        if deadline.done.is_none_or(stays) {
            self.found.push(deadline);
        }
    }
}

/// What is not known of the holidays up to a day, where something was computed to it.
fn gap(calendar: &Calendar, day: NaiveDate) -> Gap {
    let year = (!calendar.years.is_empty()).then(|| day.year());
    Gap { calendar: calendar.id.clone(), year }
}
