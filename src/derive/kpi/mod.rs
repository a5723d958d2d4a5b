//! Indicators: how good we are, over the twelve months that end on the day of the facts and the twelve before. Each has
//! a file of its own with its definition in words; pages print that definition beside the figure. Cases are kept with
//! their orders, so that a figure can be followed to what it was made of, and few cases can be listed instead.
//!
//! Cancelled orders count in the cancellation rate alone.

pub mod cancelled;
pub mod claims;
pub mod clean;
pub mod collect;
pub mod findings;
pub mod first_pass;
pub mod on_time;
pub mod overdue;
pub mod refusals;
pub mod slack;

use std::collections::BTreeMap;

use chrono::{Months, NaiveDate};
use rust_decimal::{Decimal, RoundingStrategy};

use crate::derive::{Facts, OrderFacts};
use crate::model::Order;
use crate::model::value::Currency;

pub use claims::Claimed;
pub use clean::Clean;
pub use collect::PayKind;
pub use on_time::Punctual;
pub use overdue::Receivables;
pub use refusals::{Heard, Objection};

/// With fewer cases than this a statistic says nothing: the cases themselves do.
pub const FEW: usize = 5;

/// Twelve months, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    /// First day.
    pub first: NaiveDate,
    /// Last day.
    pub last: NaiveDate,
}

impl Window {
    /// The twelve months that end on a day.
    #[must_use]
    pub fn ending(last: NaiveDate) -> Self {
        let before = last.checked_sub_months(Months::new(12)).unwrap_or(last);
        Self { first: before.succ_opt().unwrap_or(before), last }
    }

    /// The twelve months before these.
    #[must_use]
    pub fn before(self) -> Self {
        Self::ending(self.first.pred_opt().unwrap_or(self.first))
    }

    /// Whether a day lies in it.
    #[must_use]
    pub fn holds(self, day: NaiveDate) -> bool {
        (self.first..=self.last).contains(&day)
    }
}

/// One thing that is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Case<T> {
    /// The order, by position in the book.
    pub order: usize,
    /// The day that puts it into its period.
    pub day: NaiveDate,
    /// What was seen.
    pub value: T,
}

/// Cases of both periods, by day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pair<T> {
    /// Of the twelve months that end today.
    pub now: Vec<Case<T>>,
    /// Of the twelve before.
    pub before: Vec<Case<T>>,
}

impl<T> Default for Pair<T> {
    fn default() -> Self {
        Self { now: Vec::new(), before: Vec::new() }
    }
}

impl<T> Pair<T> {
    fn put(&mut self, as_of: NaiveDate, case: Case<T>) {
        let now = Window::ending(as_of);
        if now.holds(case.day) {
            self.now.push(case);
        } else if now.before().holds(case.day) {
            self.before.push(case);
        }
    }

    fn sort(&mut self) {
        self.now.sort_by_key(|case| (case.day, case.order));
        self.before.sort_by_key(|case| (case.day, case.order));
    }
}

/// The cases of an indicator: what each order that is not cancelled has to say, with its day.
fn cases<T>(facts: &Facts<'_>, look: impl Fn(&Order, &OrderFacts) -> Vec<(NaiveDate, T)>) -> Pair<T> {
    let mut pair = Pair::default();
    for (index, (order, own)) in facts.each().enumerate().filter(|(_, (_, own))| !own.is_cancelled()) {
        for (day, value) in look(order, own) {
            pair.put(facts.as_of, Case { order: index, day, value });
        }
    }
    pair.sort();
    pair
}

/// What the check found, as far as indicators ask. The check comes after what is derived, so it is handed in.
#[derive(Debug, Clone, Default)]
pub struct Found {
    /// By order, how many findings of which rule: conflicts and warnings about records and papers, history included.
    pub orders: BTreeMap<usize, BTreeMap<&'static str, usize>>,
    /// By order and presentation, the rules that spoke about its papers, and whether one called it an error.
    pub presented: BTreeMap<(usize, usize), BTreeMap<&'static str, bool>>,
}

/// All indicators.
#[derive(Debug, Clone)]
pub struct Kpis {
    /// The twelve months that end on the day of the facts.
    pub window: Window,
    /// Shipped by the contract's latest date.
    pub on_time: Pair<Punctual>,
    /// Days to spare at shipment.
    pub slack: Pair<i64>,
    /// First presentations without a conflict.
    pub clean: Pair<Clean>,
    /// Days from shipment to the last payment.
    pub collect: BTreeMap<PayKind, Pair<i64>>,
    /// What is overdue of what is owed, now and a year ago.
    pub overdue: BTreeMap<Currency, (Receivables, Receivables)>,
    /// Goods that passed their first final inspection.
    pub first_pass: Pair<bool>,
    /// Claims as a share of sales.
    pub claims: BTreeMap<Currency, Pair<Claimed>>,
    /// Orders that were cancelled.
    pub cancelled: Pair<bool>,
    /// Findings per order.
    pub findings: Pair<usize>,
    /// The rule that spoke most about the orders of this period, and how often.
    pub most: Option<(&'static str, usize)>,
    /// What banks objected to in this period.
    pub refusals: Vec<Objection>,
}

impl Kpis {
    /// All indicators as of the day of the facts.
    #[must_use]
    pub fn of(facts: &Facts<'_>, found: &Found) -> Self {
        let findings = findings::of(facts, found);
        Self {
            window: Window::ending(facts.as_of),
            on_time: on_time::of(facts),
            slack: slack::of(facts),
            clean: clean::of(facts, found),
            collect: collect::of(facts),
            overdue: overdue::of(facts),
            first_pass: first_pass::of(facts),
            claims: claims::of(facts),
            cancelled: cancelled::of(facts),
            most: findings::most(&findings, found),
            findings,
            refusals: refusals::of(facts, found),
        }
    }
}

/// The middle value; between two, their mean.
#[must_use]
pub fn median(mut values: Vec<i64>) -> Option<Decimal> {
    values.sort_unstable();
    let middle = values.len() / 2;
    let upper = Decimal::from(*values.get(middle)?);
    if values.len() % 2 == 1 {
        return Some(upper);
    }
    let lower = Decimal::from(*values.get(middle.checked_sub(1)?)?);
    upper.checked_add(lower)?.checked_div(Decimal::TWO)
}

/// `part` of `whole` in percent, exact; `None` where there is no whole.
#[must_use]
pub fn percent(part: Decimal, whole: Decimal) -> Option<Decimal> {
    part.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(whole)
}

/// Rounded half up to so many decimals, as figures of pages are.
#[must_use]
pub fn rounded(value: Decimal, decimals: u32) -> Decimal {
    value.round_dp_with_strategy(decimals, RoundingStrategy::MidpointAwayFromZero)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn twelve_months_end_today_and_follow_each_other() {
        let window = Window::ending(day("2026-11-20"));
        assert_eq!((window.first, window.last), (day("2025-11-21"), day("2026-11-20")));
        let before = window.before();
        assert_eq!((before.first, before.last), (day("2024-11-21"), day("2025-11-20")));
        assert!(window.holds(day("2025-11-21")) && !window.holds(day("2025-11-20")));
        // A leap day has its year, too.
        assert_eq!(Window::ending(day("2028-02-29")).first, day("2027-03-01"));
        assert_eq!(Window::ending(day("2028-02-29")).before().last, day("2027-02-28"));
    }

    #[test]
    fn medians_and_percentages_are_exact() {
        let n = |text: &str| text.parse::<Decimal>().unwrap();
        assert_eq!(median(vec![9, -2, 4]), Some(n("4")));
        assert_eq!(median(vec![3, 4, 9, 1]), Some(n("3.5")));
        assert_eq!(median(Vec::new()), None);
        assert_eq!(percent(n("2150.40"), n("53760")), Some(n("4")));
        assert_eq!(percent(n("1"), Decimal::ZERO), None);
        assert_eq!(rounded(n("80.25"), 1), n("80.3"));
        assert_eq!(rounded(n("-0.25"), 1), n("-0.3"));
    }
}
