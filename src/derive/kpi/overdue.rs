//! How much of what is owed is overdue, in each currency: today, and a year ago.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::Window;
use crate::book::Book;
use crate::derive::money::{Line, Money, Security};
use crate::derive::{Facts, shipment};
use crate::model::value::Currency;
use crate::text::StaticBi;

/// What it is called.
pub const TITLE: StaticBi = ("逾期占应收", "Overdue share of receivables");

/// What is counted.
pub const DEFINITION: StaticBi = (
    "过了到期日还没收的（含有争议的），除以全部应收；应收是已投产或已到期可催的未收款。每个币种各算各的；上期是一年前的那一天",
    "Open past its due day, disputed parts included, as a share of all receivables: what is open and in production, or falls due whatever happens. Each currency by itself; the period before is the day one year ago",
);

/// What is owed on a day, in one currency.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Receivables {
    /// All of it.
    pub owed: Decimal,
    /// Overdue.
    pub overdue: Decimal,
    /// Parts that make it up.
    pub parts: usize,
    /// Parts that are overdue.
    pub late: usize,
}

impl Receivables {
    fn add(&mut self, line: &Line) {
        let Some(open) = line.outstanding() else { return };
        // A deposit is due from the signature on; a balance of goods nobody makes yet is not.
        if line.security == Security::Pending && line.due.hard().is_none() {
            return;
        }
        self.owed = self.owed.saturating_add(open);
        self.parts = self.parts.saturating_add(1);
        if line.overdue > 0 {
            self.overdue = self.overdue.saturating_add(open);
            self.late = self.late.saturating_add(1);
        }
    }
}

/// By currency, today and on the last day of the period before.
pub(super) fn of(facts: &Facts<'_>) -> BTreeMap<Currency, (Receivables, Receivables)> {
    let earlier = Window::ending(facts.as_of).before().last;
    let mut all: BTreeMap<Currency, (Receivables, Receivables)> = BTreeMap::new();
    for (order, own) in facts.each() {
        let Some(currency) = own.goods.currency else { continue };
        let (now, before) = all.entry(currency).or_default();
        if own.money.binding {
            own.money.lines.iter().for_each(|line| now.add(line));
        }
        // Only what was signed by then and not yet settled can have been open.
        let begun = order.signed.is_none_or(|day| day <= earlier);
        if begun && own.money.settled_on.is_none_or(|day| day > earlier) {
            let money = at(facts.book, order, &own.goods, earlier);
            if money.binding {
                money.lines.iter().for_each(|line| before.add(line));
            }
        }
    }
    all.retain(|_, (now, before)| now.parts > 0 || before.parts > 0);
    all
}

/// The money of an order as it stood on an earlier day.
fn at(book: &Book, order: &crate::model::Order, goods: &crate::derive::Goods, day: NaiveDate) -> Money {
    let shipments = shipment::of(order, goods, day);
    Money::of(book, order, goods, &shipments, day)
}
