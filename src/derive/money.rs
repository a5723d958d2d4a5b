//! What is due and what came in, in the order's own currency. Amounts in other currencies are kept apart; they
//! are never converted to settle anything.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::book::Book;
use crate::derive::goods::Goods;
use crate::derive::shipment::{self, ShipmentFact};
use crate::model::Order;
use crate::model::money::{CreditKind, Receipt};
use crate::model::value::money::round;
use crate::model::value::{Amount, Currency, PaymentTerms};

/// One instalment of the payment terms with its amount.
#[derive(Debug, Clone)]
pub struct InstalmentFact {
    /// Position in the terms, from 0.
    pub index: usize,
    /// Its share of the total, in the order's currency; `None` while the total is unknown.
    pub amount: Option<Decimal>,
}

/// The money of an order as of a day.
#[derive(Debug, Clone, Default)]
pub struct Money {
    /// The terms, when the line can be read.
    pub terms: Option<PaymentTerms>,
    /// What the instalments are a share of: final invoices, and the contract value of goods not yet shipped.
    pub total: Option<Decimal>,
    /// The instalments.
    pub instalments: Vec<InstalmentFact>,
    /// Receipts in the order's currency, with the charges the bank advice shows.
    pub received: Decimal,
    /// Charges within that sum.
    pub charges: Decimal,
    /// Credit notes, discounts and write-offs, which lower what is due.
    pub credited: Decimal,
    /// Paid back.
    pub refunded: Decimal,
    /// Deposits kept after a cancellation.
    pub forfeited: Decimal,
    /// Receipts in other currencies without a conversion, by currency code.
    pub foreign: BTreeMap<String, Decimal>,
    /// Total − received − credited + refunded. Negative: over-paid.
    pub open: Option<Decimal>,
    /// What is open is within the settlement tolerance.
    pub settled: bool,
    /// The day of the receipt that settled it.
    pub settled_on: Option<NaiveDate>,
    /// Index of that receipt.
    pub settled_by: Option<usize>,
}

impl Money {
    /// Computes the money of an order; receipts after `as_of` are not known yet.
    #[must_use]
    pub fn of(
        book: &Book,
        order: &Order,
        goods: &Goods,
        shipments: &[ShipmentFact],
        as_of: NaiveDate,
    ) -> Self {
        let minor = goods.minor();
        let terms = order.payment.as_deref().and_then(|text| PaymentTerms::parse(text).ok());
        let total = basis(order, goods, shipments, as_of);
        let parts = terms.as_ref().zip(total).map(|(terms, total)| terms.split(total, minor));
        let count = terms.as_ref().map_or(0, |t| t.instalments.len());
        let instalments = (0..count)
            .map(|index| InstalmentFact { index, amount: parts.as_ref().and_then(|p| p.get(index).copied()) })
            .collect();
        let mut money = Self { terms, total, instalments, ..Self::default() };
        money.add_credits(order, as_of);
        money.add_receipts(book, order, goods, as_of);
        money
    }

    fn add_credits(&mut self, order: &Order, as_of: NaiveDate) {
        for credit in order.credits.iter().filter(|c| c.date.is_none_or(|d| d <= as_of)) {
            let Some(amount) = credit.amount.as_ref().map(|a| a.value) else { continue };
            let sum = match credit.kind {
                Some(CreditKind::CreditNote | CreditKind::Discount | CreditKind::WriteOff) => {
                    &mut self.credited
                }
                Some(CreditKind::Refund) => &mut self.refunded,
                Some(CreditKind::Forfeit) => &mut self.forfeited,
                None => continue,
            };
            *sum = sum.saturating_add(amount);
        }
    }

    fn add_receipts(&mut self, book: &Book, order: &Order, goods: &Goods, as_of: NaiveDate) {
        let mut receipts: Vec<(usize, &Receipt)> =
            order.received.iter().enumerate().filter(|(_, r)| r.date.is_some_and(|d| d <= as_of)).collect();
        receipts.sort_by_key(|(index, r)| (r.date, *index));
        for (index, receipt) in receipts {
            match credited(receipt, goods.currency) {
                Credited::Own { gross, charges } => {
                    self.received = self.received.saturating_add(gross);
                    self.charges = self.charges.saturating_add(charges);
                }
                Credited::Foreign(currency, amount) => {
                    let sum = self.foreign.entry(currency).or_default();
                    *sum = sum.saturating_add(amount);
                }
                Credited::Nothing => {}
            }
            let settled = self.balance().is_some_and(|open| within_tolerance(book, self, open));
            if settled && !self.settled {
                (self.settled_on, self.settled_by) = (receipt.date, Some(index));
            }
            self.settled = settled;
        }
        self.open = self.balance();
        if !self.settled {
            (self.settled_on, self.settled_by) = (None, None);
        }
        if order.cancelled.is_some_and(|day| day <= as_of) {
            // Nothing is due any more; what was received is accounted for by refund and forfeit.
            self.open = Some(Decimal::ZERO);
        }
    }

    fn balance(&self) -> Option<Decimal> {
        let paid = self.received.checked_add(self.credited)?.checked_sub(self.refunded)?;
        self.total?.checked_sub(paid)
    }
}

enum Credited {
    Own { gross: Decimal, charges: Decimal },
    Foreign(String, Decimal),
    Nothing,
}

/// What a receipt counts in the order's currency: net plus the charges on the advice, or what the record says
/// a foreign amount was converted to.
fn credited(receipt: &Receipt, own: Option<Currency>) -> Credited {
    let Some(amount) = &receipt.amount else { return Credited::Nothing };
    if let Some(converted) = receipt.fx.as_deref().and_then(|fx| fx.order_amount.as_ref()) {
        return Credited::Own { gross: converted.value, charges: Decimal::ZERO };
    }
    let is_own = |a: &Amount| a.currency.is_none() || a.currency == own;
    if !is_own(amount) {
        let code = amount.currency.map_or_else(String::new, |c| c.code().to_owned());
        return Credited::Foreign(code, amount.value);
    }
    let charges = receipt
        .charges
        .iter()
        .filter(|c| is_own(c))
        .fold(Decimal::ZERO, |sum, c| sum.saturating_add(c.value));
    Credited::Own { gross: amount.value.saturating_add(charges), charges }
}

/// Short by no more than the smaller of the absolute and the relative tolerance, or over-paid.
fn within_tolerance(book: &Book, money: &Money, open: Decimal) -> bool {
    if open <= Decimal::ZERO {
        return true;
    }
    let set = book.config.tolerances.as_deref();
    let absolute = set.and_then(|t| t.short_abs.as_ref()).map_or(Decimal::from(30), |a| a.value);
    let share = set.and_then(|t| t.short_pct).map_or(Decimal::new(5, 1), |p| p.0);
    let last = money.instalments.last().and_then(|i| i.amount).or(money.total).unwrap_or_default();
    let relative = last.saturating_mul(share).checked_div(Decimal::ONE_HUNDRED).unwrap_or_default();
    open <= absolute.min(relative)
}

/// The sum of final invoices plus the contract value of goods not yet shipped (none once nothing more follows).
fn basis(order: &Order, goods: &Goods, shipments: &[ShipmentFact], as_of: NaiveDate) -> Option<Decimal> {
    let invoices: Vec<_> = order
        .docs
        .invoice
        .iter()
        .filter(|i| i.paper.is_current() && !i.paper.is_draft())
        .filter(|i| i.paper.day().is_none_or(|day| day <= as_of))
        .collect();
    if invoices.is_empty() {
        return goods.total;
    }
    let invoiced =
        invoices.iter().try_fold(Decimal::ZERO, |sum, i| sum.checked_add(i.total.as_ref()?.value))?;
    let split = order.shipments.len() > 1 || order.shipments.iter().any(|s| !s.items.is_empty());
    if !split || shipment::complete(order, goods, shipments) {
        return Some(invoiced);
    }
    let rest = goods.items.iter().try_fold(Decimal::ZERO, |sum, item| {
        let (qty, amount) = (item.qty?, item.amount?);
        let left = qty.checked_sub(shipment::shipped_qty(shipments, &item.key))?.max(Decimal::ZERO);
        let value = if left == qty { amount } else { amount.checked_mul(left)?.checked_div(qty)? };
        sum.checked_add(value)
    })?;
    invoiced.checked_add(round(rest, goods.minor()))
}
