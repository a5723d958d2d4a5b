//! How much of what is owed is overdue, in each currency: today, and a year ago.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::Window;
use crate::book::Book;
use crate::derive::money::Money;
use crate::derive::{Facts, shipment};
use crate::model::value::Currency;
use crate::text::StaticBi;

/// What it is called.
pub const TITLE: StaticBi = ("逾期占应收", "Overdue share of receivables");

/// What is counted.
pub const DEFINITION: StaticBi = (
    "过了到期日还没收、也没有争议的，除以全部未收款，和应收页一个口径。每个币种各算各的；上期是一年前的那一天",
    "What is open past its due day and not disputed, as a share of all that is open, as on the page of receivables. Each currency by itself; the period before is the day one year ago",
);

/// What is owed on a day, in one currency.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Receivables {
    /// All of it.
    pub owed: Decimal,
    /// Overdue and not disputed.
    pub overdue: Decimal,
    /// Parts that make it up.
    pub parts: usize,
}

impl Receivables {
    fn add(&mut self, money: &Money) {
        if !money.binding || money.cancelled {
            return;
        }
        // Without terms that can be read, only the balance is known.
        let whole =
            money.open.filter(|open| money.lines.is_empty() && !money.settled && *open > Decimal::ZERO);
        let lines = money.lines.iter().filter_map(|line| {
            let open = line.outstanding()?;
            let late = line.overdue > 0;
            Some((open, if late { open.saturating_sub(line.disputed) } else { Decimal::ZERO }))
        });
        for (open, overdue) in whole.map(|open| (open, Decimal::ZERO)).into_iter().chain(lines) {
            self.owed = self.owed.saturating_add(open);
            self.overdue = self.overdue.saturating_add(overdue);
            self.parts = self.parts.saturating_add(1);
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
        now.add(&own.money);
        // Only what was signed by then and not yet settled can have been open.
        let begun = order.signed.is_none_or(|day| day <= earlier);
        if begun && own.money.settled_on.is_none_or(|day| day > earlier) {
            before.add(&at(facts.book, order, &own.goods, earlier));
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
