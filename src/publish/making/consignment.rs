//! What one shipment carries, priced: lines, charges, total. Exact decimals; the parts of a split order add up to it.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::cartons::{self, CartonRow};
use crate::derive::OrderFacts;
use crate::derive::goods::ItemFact;
use crate::model::Order;
use crate::model::order::{Charge, Item, Shipment};
use crate::model::value::money::round;

/// One item of a consignment.
#[derive(Debug, Clone)]
pub(super) struct Line<'a> {
    /// The order's item; `None` for goods that the order does not know.
    pub(super) item: Option<&'a Item>,
    /// Wording on the papers.
    pub(super) name: &'a str,
    pub(super) qty: Option<Decimal>,
    pub(super) unit: &'a str,
    /// Rounded to the currency's minor unit.
    pub(super) amount: Option<Decimal>,
}

/// What a document covers.
#[derive(Debug, Clone)]
pub(super) struct Consignment<'a> {
    /// The shipment's id; empty for the order as one.
    pub(super) id: &'a str,
    /// It is one of several shipments.
    pub(super) several: bool,
    /// Position in the order's shipments.
    pub(super) position: Option<usize>,
    /// The record; `None` while nothing is booked, or where several go together.
    pub(super) shipment: Option<&'a Shipment>,
    pub(super) lines: Vec<Line<'a>>,
    /// Sum of the lines; `None` while one is not known.
    pub(super) value: Option<Decimal>,
    /// The order's charges, or this shipment's part of them.
    pub(super) charges: Vec<(&'a Charge, Option<Decimal>)>,
    /// Lines and charges.
    pub(super) total: Option<Decimal>,
}

impl<'a> Consignment<'a> {
    fn new(lines: Vec<Line<'a>>, charges: Vec<(&'a Charge, Option<Decimal>)>) -> Self {
        let value = sum(lines.iter().map(|l| l.amount));
        let mut new = Self {
            id: "",
            several: false,
            position: None,
            shipment: None,
            lines,
            value,
            charges,
            total: None,
        };
        new.add_up();
        new
    }

    fn add_up(&mut self) {
        let charges = self.charges.iter().try_fold(Decimal::ZERO, |sum, (_, part)| sum.checked_add((*part)?));
        self.total = self.value.zip(charges).and_then(|(value, charges)| value.checked_add(charges));
    }

    /// Quantity of all lines with their unit, when it is one.
    pub(super) fn quantity(&self) -> Option<(Decimal, &'a str)> {
        let (first, rest) = self.lines.split_first()?;
        let same = rest.iter().all(|l| l.unit == first.unit);
        sum(self.lines.iter().map(|l| l.qty)).filter(|_| same).map(|qty| (qty, first.unit))
    }

    /// The rows of its packing list.
    pub(super) fn cartons(&self) -> Vec<CartonRow> {
        cartons::rows(&self.lines)
    }

    /// The items that the order knows.
    pub(super) fn items(&self) -> impl Iterator<Item = &'a Item> {
        self.lines.iter().filter_map(|l| l.item)
    }
}

/// `None` when a part is not known, or there is none: a partial sum would look whole.
pub(super) fn sum(parts: impl Iterator<Item = Option<Decimal>>) -> Option<Decimal> {
    let mut parts = parts.peekable();
    parts.peek()?;
    parts.try_fold(Decimal::ZERO, |sum, part| sum.checked_add(part?))
}

/// The order as it was contracted.
pub(super) fn contract<'a>(order: &'a Order, facts: &'a OrderFacts) -> Consignment<'a> {
    let lines = order.items.iter().zip(&facts.goods.items);
    let lines = lines.map(|(item, fact)| line(item, fact, fact.qty, facts.goods.minor())).collect();
    Consignment::new(lines, order.charges.iter().map(|c| (c, c.amount.as_ref().map(|a| a.value))).collect())
}

/// The shipments of an order, each with its part; an order that is not split is one.
pub(super) fn all<'a>(order: &'a Order, facts: &'a OrderFacts) -> Vec<Consignment<'a>> {
    let records = &order.shipments;
    let typed = records.iter().any(|s| !s.items.is_empty());
    if records.len() <= 1 && !typed {
        let mut one = contract(order, facts);
        one.shipment = records.first();
        one.id = facts.shipments.first().map(|s| s.id.as_str()).unwrap_or_default();
        return vec![one];
    }
    let shipments = records.iter().zip(&facts.shipments).enumerate();
    let mut all: Vec<Consignment<'a>> = shipments
        .map(|(at, (record, fact))| {
            let mut one = Consignment::new(lines(order, facts, &fact.items), Vec::new());
            (one.id, one.position, one.shipment) = (&fact.id, Some(at), Some(record));
            one.several = records.len() > 1;
            one
        })
        .collect();
    charge(order, facts, &mut all);
    all
}

/// All shipments as one, for a paper that covers them together.
pub(super) fn together<'a>(all: &[Consignment<'a>]) -> Option<Consignment<'a>> {
    let (first, rest) = all.split_first()?;
    let mut one = first.clone();
    if rest.is_empty() {
        return Some(one);
    }
    (one.id, one.several, one.position, one.shipment) = ("", false, None, None);
    for next in rest {
        one.lines.extend(next.lines.iter().cloned());
        one.value = one.value.zip(next.value).and_then(|(a, b)| a.checked_add(b));
        one.total = one.total.zip(next.total).and_then(|(a, b)| a.checked_add(b));
        for (sum, (_, part)) in one.charges.iter_mut().zip(&next.charges) {
            sum.1 = sum.1.zip(*part).and_then(|(a, b)| a.checked_add(b));
        }
    }
    Some(one)
}

/// What follows is nothing: the last shipment is marked, or the quantities reach the order.
pub(super) fn is_whole(order: &Order, facts: &OrderFacts) -> bool {
    let shipped = |key: &str| {
        let parts = facts.shipments.iter().filter_map(|s| s.items.get(key));
        parts.fold(Decimal::ZERO, |sum, qty| sum.saturating_add(*qty))
    };
    order.shipments.iter().any(|s| s.last == Some(true))
        || facts.goods.by_item().iter().all(|(key, qty)| shipped(key) >= *qty)
}

/// Lines of a shipment: the order's items in their order, then what the order does not know.
fn lines<'a>(
    order: &'a Order,
    facts: &'a OrderFacts,
    carried: &'a BTreeMap<String, Decimal>,
) -> Vec<Line<'a>> {
    let mut left: BTreeMap<&str, Decimal> = carried.iter().map(|(key, qty)| (key.as_str(), *qty)).collect();
    let items = order.items.iter().zip(&facts.goods.items);
    let mut lines = Vec::new();
    for (at, (item, fact)) in items.enumerate() {
        let Some(rest) = left.get_mut(fact.key.as_str()) else { continue };
        // Two lines of one article: the first is filled up, the last takes what is more.
        let more = facts.goods.items.iter().skip(at + 1).any(|later| later.key == fact.key);
        let qty = match fact.qty {
            Some(ordered) if more => ordered.min(*rest),
            _ => *rest,
        };
        *rest = rest.saturating_sub(qty);
        if !qty.is_zero() {
            lines.push(line(item, fact, Some(qty), facts.goods.minor()));
        }
    }
    let known = |key: &str| facts.goods.items.iter().any(|i| i.key == key);
    let strange = carried.iter().filter(|(key, _)| !known(key.as_str()));
    lines.extend(strange.map(|(key, qty)| Line {
        item: None,
        name: key,
        qty: Some(*qty),
        unit: "",
        amount: None,
    }));
    lines
}

fn line<'a>(item: &'a Item, fact: &'a ItemFact, qty: Option<Decimal>, minor: u32) -> Line<'a> {
    Line {
        item: Some(item),
        name: item.name.as_deref().or(item.name_zh.as_deref()).unwrap_or(&fact.key),
        qty,
        unit: &fact.unit,
        amount: amount(item, fact, qty, minor),
    }
}

/// The order's own amount for the whole quantity; for a part, quantity × price. An amount that was typed because it is
/// no such product is shared out by quantity.
fn amount(item: &Item, fact: &ItemFact, qty: Option<Decimal>, minor: u32) -> Option<Decimal> {
    if qty == fact.qty {
        return fact.amount;
    }
    let qty = qty?;
    let exact = match &item.amount {
        Some(typed) => typed.value.checked_mul(qty)?.checked_div(fact.qty?)?,
        None => item.price.as_ref()?.value.checked_mul(qty)?,
    };
    Some(round(exact, minor))
}

/// Shares the order's charges out over its shipments by the value of their goods; the last takes the rest.
fn charge<'a>(order: &'a Order, facts: &'a OrderFacts, all: &mut [Consignment<'a>]) {
    let (whole, minor) = (is_whole(order, facts), facts.goods.minor());
    let values: Vec<Option<Decimal>> = all.iter().map(|c| c.value).collect();
    for charge in &order.charges {
        let amount = charge.amount.as_ref().map(|a| a.value);
        let parts = match (amount, facts.goods.value) {
            (amount, _) if all.len() == 1 => vec![amount],
            (Some(amount), Some(value)) => share(amount, &values, value, whole, minor),
            _ => vec![None; all.len()],
        };
        for (one, part) in all.iter_mut().zip(parts) {
            one.charges.push((charge, part));
        }
    }
    all.iter_mut().for_each(Consignment::add_up);
}

/// Parts of an amount in proportion to weights out of `of`, rounded; when the weights are complete the last one takes
/// what the others leave, so that nothing is lost to rounding.
pub(super) fn share(
    amount: Decimal,
    weights: &[Option<Decimal>],
    of: Decimal,
    complete: bool,
    minor: u32,
) -> Vec<Option<Decimal>> {
    let part = |weight: &Option<Decimal>| {
        let exact = amount.checked_mul((*weight)?)?.checked_div(of)?;
        Some(round(exact, minor))
    };
    let mut parts: Vec<Option<Decimal>> = weights.iter().map(part).collect();
    if complete && let Some((last, others)) = parts.split_last_mut() {
        let given = others.iter().try_fold(Decimal::ZERO, |sum, part| sum.checked_add((*part)?));
        *last = given.and_then(|given| amount.checked_sub(given));
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn shares_of_a_whole_add_up(amount in -1_000_000_i64..1_000_000, parts in prop::collection::vec(1_i64..100_000, 1..6)) {
            let weights: Vec<Option<Decimal>> = parts.iter().map(|p| Some(Decimal::new(*p, 2))).collect();
            let of = sum(weights.iter().copied()).unwrap();
            let amount = Decimal::new(amount, 2);
            prop_assert_eq!(sum(share(amount, &weights, of, true, 2).into_iter()), Some(amount));
        }
    }

    #[test]
    fn a_part_that_is_not_known_leaves_the_rest_open() {
        let weights = [Some(Decimal::ONE), None, Some(Decimal::TWO)];
        let parts = share(Decimal::TEN, &weights, Decimal::TEN, true, 2);
        assert_eq!(parts, [Some(Decimal::ONE), None, None]);
        assert_eq!(share(Decimal::TEN, &weights[..1], Decimal::ZERO, false, 2), [None]);
    }
}
