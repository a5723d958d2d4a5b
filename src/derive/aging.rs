//! Who owes what, and for how long: every open line of every order that somebody owes, in the bucket of its days.
//! Currencies are never added to one another, and what a buyer disputes is aged apart.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::book::Book;
use crate::derive::money::{Line, Overlay, Reason, Security, Source};
use crate::derive::{Facts, OrderFacts};
use crate::model::Order;
use crate::model::stage::Milestone;
use crate::model::value::Currency;

/// Upper bounds of the buckets where `gendan.toml` has none, in days.
const DEFAULT: [i64; 4] = [30, 60, 90, 180];

/// More buckets than this nobody reads side by side.
const MOST: usize = 8;

/// The buckets by days overdue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Buckets(Vec<i64>);

impl Buckets {
    /// The company's buckets.
    #[must_use]
    pub fn of(book: &Book) -> Self {
        let mut bounds: Vec<i64> =
            book.config.aging.iter().map(|days| i64::from(*days)).filter(|days| *days > 0).collect();
        if bounds.is_empty() {
            bounds = DEFAULT.to_vec();
        }
        bounds.sort_unstable();
        bounds.dedup();
        bounds.truncate(MOST);
        Self(bounds)
    }

    /// Their upper bounds in days; what is later is the last one.
    #[must_use]
    pub fn bounds(&self) -> &[i64] {
        &self.0
    }

    /// How many there are; the last one is open.
    #[must_use]
    pub fn count(&self) -> usize {
        self.0.len().saturating_add(1)
    }

    /// The bucket of so many days; none of what is not overdue.
    #[must_use]
    pub fn place(&self, overdue: i64) -> Option<usize> {
        (overdue > 0).then(|| self.0.iter().position(|bound| overdue <= *bound).unwrap_or(self.0.len()))
    }

    /// The first and the last day of each bucket; the last one has no end.
    pub fn ranges(&self) -> impl Iterator<Item = (i64, Option<i64>)> {
        let starts = std::iter::once(0).chain(self.0.iter().copied());
        let ends = self.0.iter().copied().map(Some).chain(std::iter::once(None));
        starts.zip(ends).map(|(start, end)| (start.saturating_add(1), end))
    }
}

/// An amount that somebody owes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Owed {
    /// The order, by position.
    pub order: usize,
    /// The line of its schedule, by position; `None` where the payment line cannot be read and only the balance is
    /// known.
    pub line: Option<usize>,
    /// Its currency; `None` where the order does not say.
    pub currency: Option<Currency>,
    /// What is open beyond the tolerance.
    pub open: Decimal,
    /// The part of it that the buyer disputes.
    pub disputed: Decimal,
    /// Days overdue; 0 where it is not.
    pub overdue: i64,
    /// The bucket; `None` = not due.
    pub bucket: Option<usize>,
    /// When it falls due, also where that is only expected.
    pub due: Option<NaiveDate>,
    /// What stands behind it.
    pub security: Security,
}

impl Owed {
    /// What nobody disputes.
    #[must_use]
    pub fn clear(&self) -> Decimal {
        self.open.saturating_sub(self.disputed)
    }
}

/// Sums of one currency.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Total {
    /// How many amounts.
    pub count: usize,
    /// Everything open.
    pub open: Decimal,
    /// Not due, and not disputed.
    pub not_due: Decimal,
    /// Overdue and not disputed, by bucket.
    pub buckets: Vec<Decimal>,
    /// Disputed.
    pub disputed: Decimal,
    /// Overdue and not disputed.
    pub overdue: Decimal,
    /// The part of that behind which nothing stands.
    pub unsecured: Decimal,
}

/// Money that is set against nothing, or has to go back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Loose {
    /// The order, by position.
    pub order: usize,
    /// How much, in `currency`.
    pub amount: Decimal,
    /// Its currency.
    pub currency: Option<Currency>,
    /// Why.
    pub why: Why,
}

/// Why money is set against nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// A record that could not be set against a line.
    Kept(Source, Reason),
    /// The order is cancelled, and the money was neither paid back nor kept.
    Refund,
}

/// The receivables of a book as of a day.
#[derive(Debug, Clone)]
pub struct Aging {
    /// The buckets.
    pub buckets: Buckets,
    /// What is owed: by currency, and in it what hurts most on top.
    pub owed: Vec<Owed>,
    /// Orders whose lines have no amount yet, by position: they are missing from the sums.
    pub unknown: Vec<usize>,
    /// Orders that nobody has signed yet, by position, with what they would be worth.
    pub unsigned: Vec<(usize, Option<Decimal>)>,
    /// Money set against nothing, or to be paid back.
    pub loose: Vec<Loose>,
}

impl Aging {
    /// Looks at every order. Closed and archived ones count as long as money is open.
    #[must_use]
    pub fn of(facts: &Facts<'_>) -> Self {
        let buckets = Buckets::of(facts.book);
        let mut aging = Self {
            buckets: buckets.clone(),
            owed: Vec::new(),
            unknown: Vec::new(),
            unsigned: Vec::new(),
            loose: Vec::new(),
        };
        for (at, (order, own)) in facts.each().enumerate() {
            aging.loose.extend(loose(facts, at, order, own));
            if own.money.cancelled {
                continue;
            }
            if !own.money.binding {
                if own.money.open.is_none_or(|open| open > Decimal::ZERO) {
                    aging.unsigned.push((at, own.money.total));
                }
                continue;
            }
            let unknown = own.money.open.is_none() && !own.money.settled;
            aging.unknown.extend(unknown.then_some(at));
            aging.owed.extend(owed(at, own, &buckets));
        }
        aging.sort();
        aging
    }

    fn sort(&mut self) {
        let code = |owed: &Owed| owed.currency.map_or("~", Currency::code);
        // The currency in which most amounts are open stands first: it is the company's own.
        let mut many: BTreeMap<&str, usize> = BTreeMap::new();
        for owed in &self.owed {
            let count = many.entry(code(owed)).or_default();
            *count = count.saturating_add(1);
        }
        self.owed.sort_by_key(|owed| {
            let weight = owed.clear().saturating_mul(Decimal::from(owed.overdue));
            (
                (Reverse(many.get(code(owed)).copied()), code(owed)),
                owed.bucket.is_none(),
                Reverse(weight),
                owed.due.unwrap_or(NaiveDate::MAX),
                Reverse(owed.open),
                owed.order,
                owed.line,
            )
        });
    }

    /// The currencies in which something is owed, in the order of [`Aging::owed`].
    #[must_use]
    pub fn currencies(&self) -> Vec<Option<Currency>> {
        let mut all: Vec<Option<Currency>> = Vec::new();
        for owed in &self.owed {
            if all.last() != Some(&owed.currency) {
                all.push(owed.currency);
            }
        }
        all
    }

    /// What is owed in a currency.
    pub fn within(&self, currency: Option<Currency>) -> impl Iterator<Item = &Owed> {
        self.owed.iter().filter(move |owed| owed.currency == currency)
    }

    /// The sums of a currency.
    #[must_use]
    pub fn total(&self, currency: Option<Currency>) -> Total {
        let mut total = Total { buckets: vec![Decimal::ZERO; self.buckets.count()], ..Total::default() };
        for owed in self.within(currency) {
            let add = |sum: &mut Decimal, amount: Decimal| *sum = sum.saturating_add(amount);
            total.count = total.count.saturating_add(1);
            add(&mut total.open, owed.open);
            add(&mut total.disputed, owed.disputed);
            match owed.bucket.and_then(|at| total.buckets.get_mut(at)) {
                None => add(&mut total.not_due, owed.clear()),
                Some(bucket) => {
                    add(bucket, owed.clear());
                    add(&mut total.overdue, owed.clear());
                    if owed.security == Security::Unsecured {
                        add(&mut total.unsecured, owed.clear());
                    }
                }
            }
        }
        total
    }
}

/// What is owed on an order, a line each.
fn owed(at: usize, own: &OrderFacts, buckets: &Buckets) -> Vec<Owed> {
    let money = &own.money;
    let currency = own.goods.currency;
    if money.lines.is_empty() {
        let open = money.open.filter(|open| *open > Decimal::ZERO && !money.settled);
        let whole = open.map(|open| Owed {
            order: at,
            line: None,
            currency,
            open,
            disputed: Decimal::ZERO,
            overdue: 0,
            bucket: None,
            due: planned(own),
            security: Security::Pending,
        });
        return whole.into_iter().collect();
    }
    let line = |(index, line): (usize, &Line)| {
        Some(Owed {
            order: at,
            line: Some(index),
            currency,
            open: line.outstanding()?,
            disputed: line.disputed,
            overdue: line.overdue,
            bucket: buckets.place(line.overdue),
            due: line.due.day,
            security: line.security,
        })
    };
    money.lines.iter().enumerate().filter_map(line).collect()
}

/// Without terms that can be read, the day on which somebody planned to be paid.
#[must_use]
pub fn planned(own: &OrderFacts) -> Option<NaiveDate> {
    let paid = own.progress.milestone(Milestone::Paid);
    paid.forecast.or(paid.plan.filter(|p| !p.derived).map(|p| p.date))
}

fn loose(facts: &Facts<'_>, at: usize, order: &Order, own: &OrderFacts) -> Vec<Loose> {
    let money = &own.money;
    // After a cancellation what is too much is a part of what goes back.
    let kept = facts.unallocated(order, own).filter(|u| !(money.cancelled && u.reason == Reason::Over));
    let mut all: Vec<Loose> = kept
        .map(|u| Loose {
            order: at,
            amount: u.amount,
            currency: u.currency,
            why: Why::Kept(u.source, u.reason),
        })
        .collect();
    let refund = money.overlays.iter().find_map(|overlay| match overlay {
        Overlay::RefundDue(amount) => Some(*amount),
        _ => None,
    });
    all.extend(refund.map(|amount| Loose {
        order: at,
        amount,
        currency: own.goods.currency,
        why: Why::Refund,
    }));
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn buckets(days: &[u32]) -> Buckets {
        let mut book = Book::default();
        book.config.file.aging = days.to_vec();
        Buckets::of(&book)
    }

    #[test]
    fn a_bucket_holds_its_last_day() {
        let usual = buckets(&[]);
        let places: Vec<Option<usize>> =
            [0, 1, 30, 31, 60, 61, 90, 91, 180, 181].map(|days| usual.place(days)).to_vec();
        let wanted = [0, 0, 1, 1, 2, 2, 3, 3, 4].map(Some);
        assert_eq!(places, [&[None], &wanted[..]].concat());
        let ranges: Vec<(i64, Option<i64>)> = usual.ranges().collect();
        assert_eq!(ranges.first(), Some(&(1, Some(30))));
        assert_eq!(ranges.last(), Some(&(181, None)));
        assert_eq!(ranges.len(), usual.count());
    }

    #[test]
    fn buckets_are_the_companys_in_any_order() {
        let own = buckets(&[60, 0, 15, 60]);
        assert_eq!(own.ranges().collect::<Vec<_>>(), [(1, Some(15)), (16, Some(60)), (61, None)]);
        assert_eq!(own.place(15), Some(0));
        assert_eq!(own.place(61), Some(2));
        assert!(buckets(&(1..1_000).collect::<Vec<u32>>()).count() <= MOST + 1);
    }
}
