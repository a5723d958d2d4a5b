//! What is due and what came in, in the order's own currency. Amounts in other currencies are kept apart; they
//! are never converted to settle anything.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::book::Book;
use crate::derive::goods::Goods;
use crate::derive::shipment::{self, ShipmentFact};
use crate::model::Order;
use crate::model::document::Invoice;
use crate::model::money::{Credit, CreditKind, Receipt};
use crate::model::value::money::round;
use crate::model::value::{Amount, Currency, Method, PaymentTerms};

/// One instalment of the payment terms with its amount.
#[derive(Debug, Clone)]
pub struct InstalmentFact {
    /// Position in the terms, from 0.
    pub index: usize,
    /// Its share of the total, in the order's currency; `None` while the total is unknown.
    pub amount: Option<Decimal>,
    /// What is not yet paid or credited of it; `None` while the amount is unknown.
    pub open: Option<Decimal>,
    /// What is open is within the settlement tolerance.
    pub settled: bool,
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
    /// What is open of every instalment is within the settlement tolerance.
    pub settled: bool,
    /// The day of the receipt or credit that settled it.
    pub settled_on: Option<NaiveDate>,
    /// Index of that receipt; `None` where a credit settled it.
    pub settled_by: Option<usize>,
    /// Key path of that receipt's or credit's date.
    pub settled_path: Option<String>,
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
            .map(|index| {
                let amount = parts.as_ref().and_then(|p| p.get(index).copied());
                InstalmentFact { index, amount, open: amount, settled: false }
            })
            .collect();
        let mut money = Self { terms, total, instalments, ..Self::default() };
        let entries = entries(order, as_of);
        for entry in &entries {
            money.add(book, order, goods, entry);
        }
        money.open = money.balance();
        if !money.settled {
            (money.settled_on, money.settled_by, money.settled_path) = (None, None, None);
        }
        if order.cancelled.is_some_and(|day| day <= as_of) {
            // Nothing is due any more; what was received is accounted for by refund and forfeit.
            money.open = Some(Decimal::ZERO);
        }
        money
    }

    fn add(&mut self, book: &Book, order: &Order, goods: &Goods, entry: &Entry<'_>) {
        match entry.kind {
            Kind::Receipt(receipt) => match credited(receipt, goods.currency) {
                Credited::Own { gross, charges } => {
                    self.received = self.received.saturating_add(gross);
                    self.charges = self.charges.saturating_add(charges);
                    self.allocate(book, receipt.r#for.as_deref(), gross);
                }
                Credited::Foreign(currency, amount) => {
                    let sum = self.foreign.entry(currency).or_default();
                    *sum = sum.saturating_add(amount);
                }
                Credited::Nothing => {}
            },
            Kind::Credit(credit) => self.add_credit(book, credit),
        }
        for fact in &mut self.instalments {
            fact.settled = fact_settled(book, fact);
        }
        let settled = self.is_settled(book);
        if settled && !self.settled {
            let receipt = matches!(entry.kind, Kind::Receipt(_));
            let key = if receipt { "received" } else { "credits" };
            self.settled_on = entry.date.or(order.signed);
            self.settled_by = receipt.then_some(entry.index);
            self.settled_path = Some(format!("{key}[{}].date", entry.index));
        }
        self.settled = settled;
    }

    fn add_credit(&mut self, book: &Book, credit: &Credit) {
        let Some(amount) = credit.amount.as_ref().map(|a| a.value) else { return };
        let sum = match credit.kind {
            Some(CreditKind::CreditNote | CreditKind::Discount | CreditKind::WriteOff) => &mut self.credited,
            Some(CreditKind::Refund) => &mut self.refunded,
            Some(CreditKind::Forfeit) => &mut self.forfeited,
            None => return,
        };
        *sum = sum.saturating_add(amount);
        match credit.kind {
            Some(CreditKind::Refund) => {
                self.allocate(book, credit.r#for.as_deref(), Decimal::ZERO.saturating_sub(amount));
            }
            Some(CreditKind::Forfeit) | None => {}
            Some(_) => self.allocate(book, credit.r#for.as_deref(), amount),
        }
    }

    /// Sets an amount against the instalment it names, else against the oldest that is not settled; what is
    /// too much goes on to the next, and in the end to the last.
    fn allocate(&mut self, book: &Book, named: Option<&str>, amount: Decimal) {
        let target = named.and_then(|name| self.named(name));
        let mut left = amount;
        let order: Vec<usize> = target.into_iter().chain(0..self.instalments.len()).collect();
        for at in order {
            if left <= Decimal::ZERO {
                break;
            }
            let Some(fact) = self.instalments.get(at) else { continue };
            let (Some(open), false) = (fact.open, fact_settled(book, fact)) else { continue };
            let part = open.min(left);
            left = left.saturating_sub(part);
            if let Some(fact) = self.instalments.get_mut(at) {
                fact.open = Some(open.saturating_sub(part));
            }
        }
        let last = target.or(self.instalments.len().checked_sub(1));
        if let Some(fact) = last.and_then(|at| self.instalments.get_mut(at)) {
            fact.open = fact.open.map(|open| open.saturating_sub(left));
        }
    }

    /// The instalment that `for` means: its position from 1, or its method where that is unique.
    fn named(&self, name: &str) -> Option<usize> {
        let terms = self.terms.as_ref()?;
        if let Ok(position) = name.trim().parse::<usize>() {
            return position.checked_sub(1).filter(|at| *at < terms.instalments.len());
        }
        let method = Method::parse(name.trim())?;
        let mut all = terms.instalments.iter().enumerate().filter(|(_, i)| i.method == method);
        let (at, _) = all.next()?;
        all.next().is_none().then_some(at)
    }

    /// The instalments leave nothing open beyond the tolerance of each; without readable terms, the total.
    fn is_settled(&self, book: &Book) -> bool {
        let Some(open) = self.balance() else { return false };
        if open <= Decimal::ZERO {
            return true;
        }
        if self.instalments.is_empty() {
            return open <= tolerance(book, self.total.unwrap_or_default());
        }
        self.instalments.iter().all(|fact| fact.settled)
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

/// What happened to the money, in order of date.
struct Entry<'a> {
    date: Option<NaiveDate>,
    index: usize,
    kind: Kind<'a>,
}

enum Kind<'a> {
    Receipt(&'a Receipt),
    Credit(&'a Credit),
}

/// Receipts and credits known on a day, oldest first. A receipt without a date is not known to have come in.
fn entries(order: &Order, as_of: NaiveDate) -> Vec<Entry<'_>> {
    let receipts = order.received.iter().enumerate().filter(|(_, r)| r.date.is_some());
    let receipts =
        receipts.map(|(index, receipt)| Entry { date: receipt.date, index, kind: Kind::Receipt(receipt) });
    let credits = order.credits.iter().enumerate();
    let credits =
        credits.map(|(index, credit)| Entry { date: credit.date, index, kind: Kind::Credit(credit) });
    let mut all: Vec<Entry<'_>> =
        receipts.chain(credits).filter(|e| e.date.is_none_or(|day| day <= as_of)).collect();
    // Sorting is stable: on one day, receipts come before credits.
    all.sort_by_key(|e| e.date);
    all
}

fn fact_settled(book: &Book, fact: &InstalmentFact) -> bool {
    fact.amount.zip(fact.open).is_some_and(|(amount, open)| open <= tolerance(book, amount))
}

/// How much an instalment may be short and still count as paid: the smaller of the absolute and the relative
/// tolerance, never negative.
pub(crate) fn tolerance(book: &Book, amount: Decimal) -> Decimal {
    let set = book.config.tolerances.as_deref();
    let absolute = set.and_then(|t| t.short_abs.as_ref()).map_or(Decimal::from(30), |a| a.value);
    let share = set.and_then(|t| t.short_pct).map_or(Decimal::new(5, 1), |p| p.0);
    let relative = amount.saturating_mul(share).checked_div(Decimal::ONE_HUNDRED).unwrap_or_default();
    absolute.min(relative).max(Decimal::ZERO)
}

/// The sum of final invoices plus the contract value of goods not yet invoiced (none once nothing more follows).
fn basis(order: &Order, goods: &Goods, shipments: &[ShipmentFact], as_of: NaiveDate) -> Option<Decimal> {
    let invoices: Vec<&Invoice> = order
        .docs
        .invoice
        .iter()
        .filter(|i| i.paper.is_current() && !i.paper.is_draft())
        .filter(|i| i.paper.day().is_none_or(|day| day <= as_of))
        .collect();
    let invoiced = invoices.iter().try_fold(Decimal::ZERO, |sum, i| sum.checked_add(i.total.as_ref()?.value));
    let Some(invoiced) = invoiced.filter(|_| !invoices.is_empty()) else { return goods.total };
    let split = order.shipments.len() > 1 || order.shipments.iter().any(|s| !s.items.is_empty());
    if !split {
        return Some(invoiced);
    }
    let rest = uninvoiced(order, goods, shipments, &invoices)?;
    invoiced.checked_add(round(rest, goods.minor()))
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
    goods.items.iter().try_fold(Decimal::ZERO, |sum, item| {
        let (qty, amount) = (item.qty?, item.amount?);
        let of = |wanted: bool| {
            let mine = shipments.iter().filter(|s| covered(s) == wanted);
            mine.filter_map(|s| s.items.get(&item.key))
                .fold(Decimal::ZERO, |sum, qty| sum.saturating_add(*qty))
        };
        let left = if complete { of(false) } else { qty.checked_sub(of(true))?.max(Decimal::ZERO) };
        let value = if left == qty { amount } else { amount.checked_mul(left)?.checked_div(qty)? };
        sum.checked_add(value)
    })
}
