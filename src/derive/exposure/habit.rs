//! How a customer pays: of what was settled in the last year, how much was there on its day, how many days the rest
//! took, and the longest delay, settled or still open.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::book::Book;
use crate::derive::Facts;
use crate::derive::kpi::{Window, median};
use crate::derive::money::{Line, Money, Posting, Source, tolerance};
use crate::model::Order;
use crate::model::money::CreditKind;
use crate::model::value::Currency;

/// A part of an order that was settled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Paid {
    /// The order, by position in the book.
    pub order: usize,
    /// The line of its schedule, by position.
    pub line: usize,
    /// The day it was settled.
    pub day: NaiveDate,
    /// Days after the day it was due, negative before it; `None` where it was paid before anybody knew when it would
    /// fall due.
    pub late: Option<i64>,
    /// It was written off in the end, not paid.
    pub written_off: bool,
}

impl Paid {
    /// Paid, and not after its day.
    #[must_use]
    pub fn on_time(&self) -> bool {
        !self.written_off && self.late.is_none_or(|days| days <= 0)
    }
}

/// A delay.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Delay {
    /// Days.
    pub days: i64,
    /// The order, by position in the book.
    pub order: usize,
    /// It goes on: the money is still not there.
    pub open: bool,
    /// What is open is disputed in full.
    pub disputed: bool,
}

/// How a customer paid in the last year.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Habit {
    /// What was settled, by day.
    pub paid: Vec<Paid>,
    /// The longest delay, of what was settled and of what is open.
    pub longest: Option<Delay>,
}

impl Habit {
    /// The habit that the orders of a customer show, as of the day of the facts.
    pub(super) fn of(facts: &Facts<'_>, orders: &[usize]) -> Self {
        let year = Window::ending(facts.as_of);
        let mut habit = Self::default();
        for &index in orders {
            let Some((order, own)) = facts.book.orders.get(index).zip(facts.orders.get(index)) else {
                continue;
            };
            if own.money.cancelled {
                continue;
            }
            let postings = by_line(&own.money);
            for (at, line) in own.money.lines.iter().enumerate() {
                if line.overdue > 0 {
                    let disputed = line.outstanding().is_some_and(|open| line.disputed >= open);
                    habit.note(Delay { days: line.overdue, order: index, open: true, disputed });
                    continue;
                }
                let own = postings.get(at).map_or(&[][..], Vec::as_slice);
                let Some((day, written_off)) = settled_on(facts.book, order, line, own) else { continue };
                if !year.holds(day) {
                    continue;
                }
                let late = line.due.hard().map(|due| (day - due).num_days());
                habit.paid.push(Paid { order: index, line: at, day, late, written_off });
                if let Some(days) = late.filter(|days| *days > 0) {
                    habit.note(Delay { days, order: index, open: false, disputed: false });
                }
            }
        }
        habit.paid.sort_by_key(|paid| (paid.day, paid.order, paid.line));
        habit
    }

    fn note(&mut self, delay: Delay) {
        // Of two that are equally long, the one that goes on.
        let rank = |d: &Delay| (d.days, d.open);
        if self.longest.as_ref().is_none_or(|longest| rank(longest) < rank(&delay)) {
            self.longest = Some(delay);
        }
    }

    /// How many parts were settled on time, of how many.
    #[must_use]
    pub fn on_time(&self) -> (usize, usize) {
        (self.paid.iter().filter(|paid| paid.on_time()).count(), self.paid.len())
    }

    /// The median of the days after the due date, negative where most is paid before it.
    #[must_use]
    pub fn median(&self) -> Option<Decimal> {
        median(self.paid.iter().filter_map(|paid| paid.late).collect())
    }
}

/// What was set against each line.
fn by_line(money: &Money) -> Vec<Vec<&Posting>> {
    let mut all: Vec<Vec<&Posting>> = vec![Vec::new(); money.lines.len()];
    for posting in &money.postings {
        if let Some(own) = all.get_mut(posting.line) {
            own.push(posting);
        }
    }
    all
}

/// The day on which a line was settled for good, and whether by a write-off. A credit note lowers what was due from
/// the beginning; a write-off counts on its day. `None` for what is open, and where there was nothing to pay.
fn settled_on(book: &Book, order: &Order, line: &Line, postings: &[&Posting]) -> Option<(NaiveDate, bool)> {
    let amount = line.amount.filter(|_| line.settled)?;
    let slack = tolerance(book, amount, order.currency.as_deref().and_then(Currency::parse));
    let mut left = amount;
    let mut days: BTreeMap<NaiveDate, (Decimal, bool)> = BTreeMap::new();
    for posting in postings {
        let (day, lost) = match posting.source {
            Source::Receipt(i) => (order.received.get(i).and_then(|r| r.date), false),
            Source::Credit(i) => {
                let credit = order.credits.get(i);
                let kind = credit.and_then(|c| c.kind);
                let dated = matches!(kind, Some(CreditKind::WriteOff | CreditKind::Refund));
                let day = credit.and_then(|c| c.date).filter(|_| dated);
                (day, kind == Some(CreditKind::WriteOff))
            }
        };
        match day {
            None => left = left.saturating_sub(posting.amount),
            Some(day) => {
                let (sum, write_off) = days.entry(day).or_default();
                *sum = sum.saturating_add(posting.amount);
                *write_off |= lost;
            }
        }
    }
    let mut settled = None;
    for (day, (sum, write_off)) in days {
        left = left.saturating_sub(sum);
        if left > slack {
            settled = None;
        } else if settled.is_none() {
            settled = Some((day, write_off));
        }
    }
    settled
}
