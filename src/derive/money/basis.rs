//! What the instalments are a share of, and how it is spread over the shipments: final invoices, and the contract
//! value of goods that are still to be invoiced.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::derive::goods::Goods;
use crate::derive::shipment::{self, ShipmentFact};
use crate::model::Order;
use crate::model::document::Invoice;
use crate::model::order::DepositOffset;
use crate::model::value::money::round;

/// The part of the total that one shipment is paid for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lot {
    /// The shipment; `None` for an order that goes at once, and for goods not yet put into a shipment.
    pub shipment: Option<String>,
    /// What it is worth.
    pub value: Decimal,
}

/// The sum of final invoices plus the contract value of goods not yet invoiced (none once nothing more follows).
#[must_use]
pub fn total(order: &Order, goods: &Goods, shipments: &[ShipmentFact], as_of: NaiveDate) -> Option<Decimal> {
    let invoices = finals(order, as_of);
    let invoiced = invoices.iter().try_fold(Decimal::ZERO, |sum, i| sum.checked_add(i.total.as_ref()?.value));
    let Some(invoiced) = invoiced.filter(|_| !invoices.is_empty()) else { return goods.total };
    if !is_split(order) {
        return Some(invoiced);
    }
    let rest = uninvoiced(order, goods, shipments, &invoices)?;
    invoiced.checked_add(round(rest, goods.minor()))
}

/// The lots of an order; they add up to `total`. One where the order goes at once.
#[must_use]
pub fn lots(
    order: &Order,
    goods: &Goods,
    shipments: &[ShipmentFact],
    total: Decimal,
    as_of: NaiveDate,
) -> Vec<Lot> {
    if !is_split(order) || shipments.is_empty() {
        return vec![Lot { shipment: None, value: total }];
    }
    let invoices = finals(order, as_of);
    let mut rest = total;
    let mut lots: Vec<Lot> = Vec::new();
    for fact in shipments {
        let mut own =
            invoices.iter().filter(|i| i.paper.shipment.as_deref() == Some(fact.id.as_str())).peekable();
        let invoiced = own.peek().is_some().then(|| {
            own.filter_map(|i| i.total.as_ref()).fold(Decimal::ZERO, |sum, a| sum.saturating_add(a.value))
        });
        let value = invoiced.or_else(|| contract_value(goods, fact)).unwrap_or_default();
        // Never more than there is: a shipment that says too much is for the rules to name.
        let value = round(value, goods.minor()).min(rest).max(Decimal::ZERO);
        rest = rest.saturating_sub(value);
        lots.push(Lot { shipment: Some(fact.id.clone()), value });
    }
    let assigned = shipment::complete(order, goods, shipments) || all_assigned(goods, shipments);
    match lots.last_mut().filter(|_| assigned) {
        // What rounding and charges leave belongs to the last one.
        Some(last) => last.value = last.value.saturating_add(rest),
        None if rest.is_zero() => {}
        None => lots.push(Lot { shipment: None, value: rest }),
    }
    lots
}

/// What each lot still has to bring when `front` was paid ahead for all of them: in proportion, from the first lots,
/// or from the last ones.
#[must_use]
pub fn after_deposit(lots: &[Decimal], front: Decimal, offset: DepositOffset, minor: u32) -> Vec<Decimal> {
    let total = lots.iter().fold(Decimal::ZERO, |sum, lot| sum.saturating_add(*lot));
    let due = total.saturating_sub(front);
    match offset {
        DepositOffset::ProRata => spread(due, lots, minor),
        DepositOffset::First => against(lots.iter(), front),
        DepositOffset::Last => {
            let mut left = against(lots.iter().rev(), front);
            left.reverse();
            left
        }
    }
}

fn against<'a>(lots: impl Iterator<Item = &'a Decimal>, mut front: Decimal) -> Vec<Decimal> {
    let mut all = Vec::new();
    for lot in lots {
        let part = front.min(*lot).max(Decimal::ZERO);
        front = front.saturating_sub(part);
        all.push(lot.saturating_sub(part));
    }
    all
}

/// An amount spread in proportion, rounded half up; the last part that is not nothing takes the rest.
#[must_use]
pub fn spread(amount: Decimal, weights: &[Decimal], minor: u32) -> Vec<Decimal> {
    let total = weights.iter().fold(Decimal::ZERO, |sum, w| sum.saturating_add(*w));
    let last = weights.iter().rposition(|w| !w.is_zero()).unwrap_or(weights.len().saturating_sub(1));
    let mut rest = amount;
    weights
        .iter()
        .enumerate()
        .map(|(at, weight)| {
            let share = || amount.checked_mul(*weight)?.checked_div(total);
            let part = if at == last { rest } else { share().map(|p| round(p, minor)).unwrap_or_default() };
            rest = rest.saturating_sub(part);
            part
        })
        .collect()
}

/// The order goes in several shipments, or in one that says what it carries.
#[must_use]
pub fn is_split(order: &Order) -> bool {
    order.shipments.len() > 1 || order.shipments.iter().any(|s| !s.items.is_empty())
}

fn finals(order: &Order, as_of: NaiveDate) -> Vec<&Invoice> {
    order
        .docs
        .invoice
        .iter()
        .filter(|i| i.paper.is_current() && !i.paper.is_draft())
        .filter(|i| i.paper.day().is_none_or(|day| day <= as_of))
        .collect()
}

fn all_assigned(goods: &Goods, shipments: &[ShipmentFact]) -> bool {
    goods.by_item().iter().all(|(key, qty)| {
        let carried = shipments.iter().filter_map(|s| s.items.get(*key));
        carried.fold(Decimal::ZERO, |sum, part| sum.saturating_add(*part)) >= *qty
    })
}

/// What the contract says a shipment is worth, with its share of the order's charges.
fn contract_value(goods: &Goods, fact: &ShipmentFact) -> Option<Decimal> {
    let value = goods.items.iter().try_fold(Decimal::ZERO, |sum, item| {
        let (qty, amount) = (item.qty?, item.amount?);
        let carried = fact.items.get(&item.key).copied().unwrap_or_default();
        let part = if carried == qty { amount } else { amount.checked_mul(carried)?.checked_div(qty)? };
        sum.checked_add(part)
    })?;
    with_charges(goods, value)
}

fn with_charges(goods: &Goods, value: Decimal) -> Option<Decimal> {
    let (total, items) = (goods.total?, goods.value?);
    if total == items || items.is_zero() {
        return Some(value);
    }
    value.checked_mul(total)?.checked_div(items)
}

/// The contract value of goods that no invoice covers: of shipments without one, and of what is still to be
/// shipped. An invoice that names no shipment covers those that have left.
fn uninvoiced(
    order: &Order,
    goods: &Goods,
    shipments: &[ShipmentFact],
    invoices: &[&Invoice],
) -> Option<Decimal> {
    let whole = invoices.iter().any(|i| i.paper.shipment.is_none());
    let covered = |s: &ShipmentFact| {
        (whole && s.shipped.is_some())
            || invoices.iter().any(|i| i.paper.shipment.as_deref() == Some(s.id.as_str()))
    };
    let complete = shipment::complete(order, goods, shipments);
    let value = goods.items.iter().try_fold(Decimal::ZERO, |sum, item| {
        let (qty, amount) = (item.qty?, item.amount?);
        let of = |wanted: bool| {
            let mine = shipments.iter().filter(|s| covered(s) == wanted);
            mine.filter_map(|s| s.items.get(&item.key))
                .fold(Decimal::ZERO, |sum, qty| sum.saturating_add(*qty))
        };
        let left = if complete { of(false) } else { qty.checked_sub(of(true))?.max(Decimal::ZERO) };
        let value = if left == qty { amount } else { amount.checked_mul(left)?.checked_div(qty)? };
        sum.checked_add(value)
    })?;
    with_charges(goods, value)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn n(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    fn all(texts: &[&str]) -> Vec<Decimal> {
        texts.iter().map(|t| n(t)).collect()
    }

    #[test]
    fn a_deposit_is_set_against_the_lots() {
        // 60 000 in lots of 25 000, 20 000 and 15 000, 18 000 paid ahead.
        let lots = all(&["25000", "20000", "15000"]);
        let of = |offset| after_deposit(&lots, n("18000"), offset, 2);
        assert_eq!(of(DepositOffset::ProRata), all(&["17500", "14000", "10500"]));
        assert_eq!(of(DepositOffset::First), all(&["7000", "20000", "15000"]));
        assert_eq!(of(DepositOffset::Last), all(&["25000", "17000", "0"]));
    }

    #[test]
    fn the_last_part_takes_the_rounding() {
        assert_eq!(spread(n("100"), &all(&["1", "1", "1"]), 2), all(&["33.33", "33.33", "33.34"]));
        assert_eq!(spread(n("100"), &all(&["2", "1", "0"]), 0), all(&["67", "33", "0"]));
        assert_eq!(spread(n("5"), &all(&["0", "0"]), 2), all(&["0", "5"]));
        assert_eq!(spread(n("5"), &[], 2), all(&[]));
    }
}
