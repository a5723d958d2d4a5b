//! What customers owe and what stands behind it, customer by customer and currency by currency, with the credit they
//! were granted and how they pay. A currency is never added to another, nothing is netted, and what a customer has
//! paid too much lowers nothing here.

pub mod habit;
pub mod limit;

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::derive::Facts;
use crate::derive::money::{Line, Security};
use crate::model::value::Currency;

pub use habit::{Delay, Habit, Paid};
pub use limit::{Granted, Limit};

/// Open amounts of one currency, by what stands behind them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Owed {
    /// A bank pays.
    pub secured: Decimal,
    /// We hold the goods or their documents.
    pub controlled: Decimal,
    /// Nothing but the buyer's word.
    pub unsecured: Decimal,
    /// Of these three, what is overdue and nobody disputes.
    pub overdue: Decimal,
    /// Of these three, what the buyer disputes.
    pub disputed: Decimal,
    /// Days the oldest of what is overdue is late; 0 where nothing is.
    pub oldest: i64,
    /// Open, and nothing is at stake yet: production is not released. No part of the exposure.
    pub pending: Decimal,
}

impl Owed {
    /// The exposure: everything but what is not in production.
    #[must_use]
    pub fn total(&self) -> Decimal {
        self.secured.saturating_add(self.controlled).saturating_add(self.unsecured)
    }

    /// Nothing is open.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.total().is_zero() && self.pending.is_zero()
    }

    fn add(&mut self, line: &Line) {
        let Some(open) = line.outstanding() else { return };
        let part = match line.security {
            Security::Secured => &mut self.secured,
            Security::Controlled => &mut self.controlled,
            Security::Unsecured => &mut self.unsecured,
            Security::Pending => &mut self.pending,
        };
        *part = part.saturating_add(open);
        if line.security == Security::Pending {
            return;
        }
        self.disputed = self.disputed.saturating_add(line.disputed);
        let clear = open.saturating_sub(line.disputed);
        if line.overdue > 0 && clear > Decimal::ZERO {
            self.overdue = self.overdue.saturating_add(clear);
            self.oldest = self.oldest.max(line.overdue);
        }
    }

    fn merge(&mut self, other: &Self) {
        for (own, part) in [
            (&mut self.secured, other.secured),
            (&mut self.controlled, other.controlled),
            (&mut self.unsecured, other.unsecured),
            (&mut self.overdue, other.overdue),
            (&mut self.disputed, other.disputed),
            (&mut self.pending, other.pending),
        ] {
            *own = own.saturating_add(part);
        }
        self.oldest = self.oldest.max(other.oldest);
    }
}

/// Open amounts by currency; `None` where an order has none that can be read.
pub type ByCurrency = BTreeMap<Option<Currency>, Owed>;

/// One customer.
#[derive(Debug, Clone, Default)]
pub struct Customer<'a> {
    /// As the orders name it.
    pub id: &'a str,
    /// What it owes.
    pub owed: ByCurrency,
    /// Parts that will be owed whose amount is not known.
    pub unknown: usize,
    /// The credit it was granted, by currency.
    pub limits: Vec<Limit<'a>>,
    /// How it pays.
    pub habit: Habit,
}

impl Customer<'_> {
    /// There is something to say about it.
    fn is_worth_a_row(&self) -> bool {
        !self.limits.is_empty() || self.habit.longest.is_some() || !self.habit.paid.is_empty() || self.owes()
    }

    /// Something is open that is at stake.
    #[must_use]
    pub fn owes(&self) -> bool {
        self.owed.values().any(|owed| !owed.total().is_zero())
    }

    /// How much of a limit is used, in percent: what is unsecured in the limit's own currency. `None` where the limit
    /// is nothing or has no currency.
    #[must_use]
    pub fn used(&self, limit: &Limit<'_>) -> Option<Decimal> {
        let unsecured = self.owed.get(&Some(limit.currency?)).map(|owed| owed.unsecured).unwrap_or_default();
        unsecured.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(limit.amount)
    }
}

/// All customers.
#[derive(Debug, Clone, Default)]
pub struct Exposure<'a> {
    /// By id; those with nothing open, no credit and no payment in the last year are left out.
    pub customers: Vec<Customer<'a>>,
    /// Over all of them.
    pub total: ByCurrency,
}

impl<'a> Exposure<'a> {
    /// What everybody owes as of the day of the facts.
    #[must_use]
    pub fn of(facts: &Facts<'a>) -> Self {
        let mut customers: BTreeMap<&'a str, (Customer<'a>, Vec<usize>)> = BTreeMap::new();
        for (index, order) in facts.book.orders.iter().enumerate() {
            let id = order.customer.as_deref().unwrap_or_default();
            let (_, orders) =
                customers.entry(id).or_insert_with(|| (Customer { id, ..Customer::default() }, Vec::new()));
            orders.push(index);
        }
        let mut all = Self::default();
        for (mut customer, orders) in customers.into_values() {
            for own in orders.iter().filter_map(|i| facts.orders.get(*i)).filter(|o| o.money.binding) {
                let owed = customer.owed.entry(own.goods.currency).or_default();
                own.money.lines.iter().for_each(|line| owed.add(line));
                let unknown = own.money.lines.iter().filter(|l| l.amount.is_none() && !l.settled);
                customer.unknown = customer.unknown.saturating_add(unknown.count());
            }
            customer.owed.retain(|_, owed| !owed.is_empty());
            customer.limits = limit::of(facts, customer.id, &orders);
            customer.habit = Habit::of(facts, &orders);
            for (currency, owed) in &customer.owed {
                all.total.entry(*currency).or_default().merge(owed);
            }
            if customer.is_worth_a_row() {
                all.customers.push(customer);
            }
        }
        all
    }

    /// A customer by its id.
    #[must_use]
    pub fn customer(&self, id: &str) -> Option<&Customer<'a>> {
        let at = self.customers.binary_search_by(|c| c.id.cmp(id)).ok()?;
        self.customers.get(at)
    }
}
