//! What we owe, and to whom: bills, the payments set against them, what was paid ahead, and what was ordered and not
//! billed yet. Each party and each currency by itself; nothing is converted and nothing is netted across parties.
//!
//! A payment that names a bill pays that bill; every other one pays the party's bills, what falls due first coming
//! first. What is left of it was paid ahead. Neither the order of records nor how a payment is split changes a balance.

#[cfg(test)]
mod tests;

use std::cmp::Reverse;
use std::collections::BTreeMap;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::book::Book;
use crate::derive::money::security::is_released;
use crate::derive::{Facts, OrderFacts, shipment};
use crate::model::Order;
use crate::model::money::{Bill, BillKind, Payment};
use crate::model::order::Item;
use crate::model::party::PartyKind;
use crate::model::value::money::round;
use crate::model::value::{Amount, Currency};
use crate::text::StaticBi;

/// Whether the VAT invoice of a bill is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Vat {
    /// Its number is recorded.
    There,
    /// It is not.
    Missing,
    /// None is to be expected: the party is abroad, or a bank.
    None,
}

/// A bill, and what was paid for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BillFact {
    /// `[[bills]]`, by position.
    pub index: usize,
    /// What it is for.
    pub amount: Decimal,
    /// In which currency; `None` where neither the bill nor the order has one.
    pub currency: Option<Currency>,
    /// Its due day.
    pub due: Option<NaiveDate>,
    /// Paid for it.
    pub paid: Decimal,
    /// Not paid yet. Negative: a credit in our favour that no bill has used up.
    pub open: Decimal,
    /// Days it is overdue; 0 where it is not.
    pub overdue: i64,
    /// Its VAT invoice.
    pub vat: Vat,
}

impl BillFact {
    /// Something is to be paid.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.open > Decimal::ZERO
    }
}

/// A record that pays bills.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Source {
    /// `[[paid]]`, by position.
    Payment(usize),
    /// A negative `[[bills]]`, by position: the party's own credit note.
    Bill(usize),
}

/// A part of a payment that was set against a bill. Negative where the party paid it back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Posting {
    /// The record.
    pub source: Source,
    /// `[[bills]]`, by position.
    pub bill: usize,
    /// How much.
    pub amount: Decimal,
}

/// Why a payment, or a part of it, is set against no bill.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// Paid ahead of any bill of the party.
    Advance,
    /// More than the party has billed.
    Over,
    /// The bill that it names is not recorded, or is somebody else's.
    UnknownBill,
    /// The bill that it names is in another currency.
    Foreign,
    /// Nobody wrote to whom.
    NoParty,
    /// Paid back beyond what was paid.
    BeyondPaid,
    /// Without a date nobody knows that it was paid.
    NoDate,
    /// Dated after the day of the facts.
    Future,
}

impl Reason {
    /// What people call it.
    #[must_use]
    pub fn title(self) -> StaticBi {
        match self {
            Self::Advance => ("预付，还没有账单", "paid ahead, no bill yet"),
            Self::Over => ("付得比账单多", "more than was billed"),
            Self::UnknownBill => {
                ("写的账单号没登记，或是别家的", "names a bill that is not recorded or is another party's")
            }
            Self::Foreign => ("和账单币种不同", "in another currency than the bill"),
            Self::NoParty => ("没写付给谁", "does not say to whom"),
            Self::BeyondPaid => ("退回的比付的多", "more came back than was paid"),
            Self::NoDate => ("没写日期", "without a date"),
            Self::Future => ("日期还没到", "dated in the future"),
        }
    }

    /// It is money that left and that the party still owes us goods, a service or a bill for.
    #[must_use]
    pub fn is_ahead(self) -> bool {
        !matches!(self, Self::NoDate | Self::Future | Self::BeyondPaid)
    }
}

/// Money that was paid and is set against no bill.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unmatched {
    /// `[[paid]]`, by position.
    pub payment: usize,
    /// How much.
    pub amount: Decimal,
    /// In which currency.
    pub currency: Option<Currency>,
    /// Why.
    pub reason: Reason,
}

/// Goods that were ordered from a supplier and not billed yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Commitment {
    /// The supplier, as the items name it.
    pub to: String,
    /// In which currency.
    pub currency: Option<Currency>,
    /// Quantity × purchase price, over the items bought there.
    pub ordered: Decimal,
    /// Of that, billed.
    pub billed: Decimal,
    /// What is still to be billed.
    pub rest: Decimal,
    /// Of that, paid ahead.
    pub ahead: Decimal,
    /// When the supplier must have finished.
    pub due: Option<NaiveDate>,
    /// Items bought there whose quantity or price is not recorded: the sum is larger.
    pub unpriced: usize,
}

/// What we owe for one order, as of a day.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Payables {
    /// Bills that are known by the day, in their order in the files.
    pub bills: Vec<BillFact>,
    /// Which payment went to which bill.
    pub postings: Vec<Posting>,
    /// What was paid and set against no bill.
    pub unmatched: Vec<Unmatched>,
    /// What was ordered and not billed.
    pub commitments: Vec<Commitment>,
}

/// The account of a party in a currency.
type Key<'a> = (&'a str, Option<Currency>);

/// Bills in the order in which they are paid, and how far they are.
#[derive(Default)]
struct Queue {
    bills: Vec<usize>,
    next: usize,
}

/// What moves on an account.
#[derive(Default)]
struct Account {
    /// Bills, what falls due first coming first.
    queue: Queue,
    /// What is free to pay any of them.
    free: Vec<(Source, Decimal)>,
    /// What came back.
    taken: Vec<(usize, Decimal)>,
}

impl Payables {
    /// What we owe for an order as of the day of the facts.
    #[must_use]
    pub fn of(facts: &Facts<'_>, order: &Order, own: &OrderFacts) -> Self {
        let mut work = Work {
            book: facts.book,
            order,
            own: own.goods.currency,
            as_of: facts.as_of,
            all: Self::default(),
        };
        work.bills();
        let mut accounts = work.accounts();
        work.payments(&mut accounts);
        for (key, account) in accounts {
            work.settle(key, account);
        }
        let mut all = work.all;
        for fact in all.bills.iter_mut().filter(|fact| fact.is_open()) {
            if let Some(day) = fact.due.filter(|day| *day < facts.as_of) {
                fact.overdue = (facts.as_of - day).num_days();
            }
        }
        all.unmatched.sort_by_key(|u| (u.payment, u.reason));
        all.commitments = commitments(order, own, &all, facts.as_of);
        all.look_ahead(order);
        all
    }

    /// What is beyond the bills that came is paid ahead where more is to be billed.
    fn look_ahead(&mut self, order: &Order) {
        for kept in self.unmatched.iter_mut().filter(|u| u.reason == Reason::Over) {
            let to = name(order.paid.get(kept.payment).and_then(|p| p.to.as_deref()));
            let more = |c: &Commitment| c.to == to && c.currency == kept.currency && !c.rest.is_zero();
            if self.commitments.iter().any(more) {
                kept.reason = Reason::Advance;
            }
        }
    }

    /// A bill by its position in the files.
    #[must_use]
    pub fn bill(&self, index: usize) -> Option<&BillFact> {
        let at = self.bills.binary_search_by_key(&index, |bill| bill.index).ok()?;
        self.bills.get(at)
    }
}

/// A name without the blanks around it.
fn name(text: Option<&str>) -> &str {
    text.unwrap_or_default().trim()
}

struct Work<'a> {
    book: &'a Book,
    order: &'a Order,
    own: Option<Currency>,
    as_of: NaiveDate,
    all: Payables,
}

impl<'a> Work<'a> {
    fn currency(&self, amount: &Amount) -> Option<Currency> {
        amount.currency.or(self.own)
    }

    fn bills(&mut self) {
        // A bill that nobody dated came with the order at the earliest.
        let begun = self.order.signed.is_none_or(|day| day <= self.as_of);
        let known = |bill: &Bill| bill.date.map_or(begun, |day| day <= self.as_of);
        let bills = self.order.bills.iter().enumerate().filter(|(_, bill)| known(bill));
        let facts = bills.filter_map(|(index, bill)| {
            let amount = bill.amount.as_ref()?;
            let currency = self.currency(amount);
            Some(BillFact {
                index,
                amount: amount.value,
                currency,
                due: bill.due,
                paid: Decimal::ZERO,
                open: amount.value,
                overdue: 0,
                vat: vat(self.book, bill, currency),
            })
        });
        self.all.bills = facts.collect();
    }

    /// The bill of a fact, by the fact's position.
    fn bill(&self, at: usize) -> Option<(&BillFact, &'a Bill)> {
        let fact = self.all.bills.get(at)?;
        Some((fact, self.order.bills.get(fact.index)?))
    }

    /// The bills, what falls due first coming first. A bill without a due day is due when it was written, and last where nobody wrote that
    /// either; between two of one day decides what they say, not their place in the file.
    fn by_age(&self) -> Vec<usize> {
        let mut all: Vec<usize> = (0..self.all.bills.len()).collect();
        all.sort_by_cached_key(|&at| {
            let (fact, bill) = self.bill(at)?;
            let due = bill.due.or(bill.date).unwrap_or(NaiveDate::MAX);
            Some((due, fact.amount, name(bill.number.as_deref()), at))
        });
        all
    }

    /// The accounts that bills make.
    fn accounts(&self) -> BTreeMap<Key<'a>, Account> {
        let mut accounts: BTreeMap<Key<'a>, Account> = BTreeMap::new();
        for at in self.by_age() {
            let Some((fact, bill)) = self.bill(at) else { continue };
            let account = accounts.entry((name(bill.from.as_deref()), fact.currency)).or_default();
            if fact.amount < Decimal::ZERO {
                // The party's own credit note: it pays its other bills.
                account.free.push((Source::Bill(fact.index), -fact.amount));
            } else {
                account.queue.bills.push(at);
            }
        }
        accounts
    }

    /// Puts each payment on its account; one that names a bill pays that first.
    fn payments(&mut self, accounts: &mut BTreeMap<Key<'a>, Account>) {
        let order = self.order;
        let mut numbers = self.numbers();
        let mut records: Vec<(usize, &'a Payment)> = order.paid.iter().enumerate().collect();
        records.sort_by(|(_, a), (_, b)| rank(a).cmp(&rank(b)));
        for (index, payment) in records {
            let Some(amount) = &payment.amount else { continue };
            let currency = self.currency(amount);
            let reason = match payment.date {
                None => Some(Reason::NoDate),
                Some(day) if day > self.as_of => Some(Reason::Future),
                Some(_) => None,
            };
            if let Some(reason) = reason {
                self.keep(index, amount.value, currency, reason);
                continue;
            }
            let (to, number) = (name(payment.to.as_deref()), name(payment.bill.as_deref()));
            let named = match numbers.get_mut(number).filter(|_| !number.is_empty()) {
                Some(parties) => parties.of(to, currency),
                None if !number.is_empty() => Err(Reason::UnknownBill),
                None if to.is_empty() => Err(Reason::NoParty),
                None => Ok((to, None)),
            };
            let (party, queue) = match named {
                Ok(named) => named,
                Err(reason) => {
                    self.keep(index, amount.value, currency, reason);
                    continue;
                }
            };
            let account = accounts.entry((party, currency)).or_default();
            if amount.value < Decimal::ZERO {
                account.taken.push((index, -amount.value));
                continue;
            }
            let source = Source::Payment(index);
            let left = queue.map_or(amount.value, |queue| self.pay(source, amount.value, queue));
            account.free.push((source, left));
        }
    }

    /// Bills by number, party and currency.
    fn numbers(&self) -> BTreeMap<&'a str, Parties<'a>> {
        let mut numbers: BTreeMap<&'a str, Parties<'a>> = BTreeMap::new();
        for at in self.by_age() {
            let Some((fact, bill)) = self.bill(at).filter(|(fact, _)| fact.amount >= Decimal::ZERO) else {
                continue;
            };
            let parties = numbers.entry(name(bill.number.as_deref())).or_default();
            let own = parties.0.entry(name(bill.from.as_deref())).or_default();
            own.entry(fact.currency).or_default().bills.push(at);
        }
        numbers
    }

    /// Pays bills in their order; returns what is left.
    fn pay(&mut self, source: Source, amount: Decimal, queue: &mut Queue) -> Decimal {
        let mut left = amount;
        while left > Decimal::ZERO {
            let Some(fact) = queue.bills.get(queue.next).and_then(|at| self.all.bills.get_mut(*at)) else {
                break;
            };
            let part = left.min(fact.open);
            if part > Decimal::ZERO {
                fact.paid = fact.paid.saturating_add(part);
                fact.open = fact.open.saturating_sub(part);
                left = left.saturating_sub(part);
                self.all.postings.push(Posting { source, bill: fact.index, amount: part });
            }
            if fact.open <= Decimal::ZERO {
                queue.next = queue.next.saturating_add(1);
            }
        }
        left
    }

    /// Sets what is free on an account against its bills, then what came back against what is left, or else against
    /// what was paid last.
    fn settle(&mut self, key: Key<'a>, mut account: Account) {
        let reason = if account.queue.bills.is_empty() { Reason::Advance } else { Reason::Over };
        let mut ahead: Vec<(Source, Decimal)> = Vec::new();
        for (source, amount) in std::mem::take(&mut account.free) {
            let left = self.pay(source, amount, &mut account.queue);
            self.use_up(source, amount.saturating_sub(left));
            ahead.push((source, left));
        }
        for (payment, amount) in account.taken {
            let mut left = amount;
            while let Some((source, rest)) = ahead.last_mut().filter(|_| left > Decimal::ZERO) {
                let part = left.min(*rest);
                *rest = rest.saturating_sub(part);
                left = left.saturating_sub(part);
                let (source, done) = (*source, rest.is_zero());
                self.use_up(source, part);
                if done {
                    ahead.pop();
                }
            }
            left = self.take_back(payment, left, &mut account.queue.bills);
            self.keep(payment, -left, key.1, Reason::BeyondPaid);
        }
        for (source, left) in ahead {
            if let Source::Payment(index) = source {
                self.keep(index, left, key.1, reason);
            }
        }
    }

    /// A credit note is used up by as much as it paid, or as was paid back for it.
    fn use_up(&mut self, source: Source, part: Decimal) {
        let Source::Bill(index) = source else { return };
        let Ok(at) = self.all.bills.binary_search_by_key(&index, |bill| bill.index) else { return };
        if let Some(note) = self.all.bills.get_mut(at) {
            note.paid = note.paid.saturating_sub(part);
            note.open = note.open.saturating_add(part);
        }
    }

    /// Takes money back from the bills that were paid last; returns what was never paid.
    fn take_back(&mut self, payment: usize, amount: Decimal, bills: &mut Vec<usize>) -> Decimal {
        let mut left = amount;
        while let Some(fact) =
            bills.last().filter(|_| left > Decimal::ZERO).and_then(|at| self.all.bills.get_mut(*at))
        {
            let part = left.min(fact.paid);
            if part > Decimal::ZERO {
                fact.paid = fact.paid.saturating_sub(part);
                fact.open = fact.open.saturating_add(part);
                left = left.saturating_sub(part);
                let posting = Posting { source: Source::Payment(payment), bill: fact.index, amount: -part };
                self.all.postings.push(posting);
            }
            if fact.paid.is_zero() {
                bills.pop();
            }
        }
        left
    }

    fn keep(&mut self, payment: usize, amount: Decimal, currency: Option<Currency>, reason: Reason) {
        if !amount.is_zero() {
            self.all.unmatched.push(Unmatched { payment, amount, currency, reason });
        }
    }
}

/// The bills that share a number, by party and currency.
#[derive(Default)]
struct Parties<'a>(BTreeMap<&'a str, BTreeMap<Option<Currency>, Queue>>);

impl<'a> Parties<'a> {
    /// Those of a party, or of the only one there is where the payment names none.
    fn of(&mut self, to: &str, currency: Option<Currency>) -> Result<(&'a str, Option<&mut Queue>), Reason> {
        let only = self.0.len() == 1;
        let found = self.0.iter_mut().find(|(from, _)| **from == to || (to.is_empty() && only));
        let (from, own) = found.ok_or(Reason::UnknownBill)?;
        own.get_mut(&currency).map(|queue| (*from, Some(queue))).ok_or(Reason::Foreign)
    }
}

/// What a payment says, so that its place in the files decides nothing.
fn rank(payment: &Payment) -> (Option<NaiveDate>, Reverse<Decimal>, [&str; 4]) {
    let amount = payment.amount.as_ref().map(|a| a.value).unwrap_or_default();
    let words =
        [&payment.to, &payment.bill, &payment.r#ref, &payment.r#for].map(|text| name(text.as_deref()));
    (payment.date, Reverse(amount), words)
}

/// Whether a VAT invoice is to be expected and is there. Banks send none for their charges, parties abroad have none.
fn vat(book: &Book, bill: &Bill, currency: Option<Currency>) -> Vat {
    if !name(bill.vat.as_deref()).is_empty() {
        return Vat::There;
    }
    let from = name(bill.from.as_deref());
    let party = book.party(PartyKind::Supplier, from).or_else(|| book.party(PartyKind::Forwarder, from));
    let country = party.and_then(|p| p.country.as_deref()).map(str::trim);
    let abroad = match country {
        Some(country) => !country.eq_ignore_ascii_case(&book.config.home()),
        // Of somebody whose country nobody wrote, the currency says it.
        None => currency.is_some_and(|c| Some(c.code()) != book.config.base.as_deref().or(Some("CNY"))),
    };
    let credit = bill.amount.as_ref().is_some_and(|a| a.value < Decimal::ZERO);
    if abroad || credit || bill.kind == Some(BillKind::Bank) { Vat::None } else { Vat::Missing }
}

/// What one supplier is to deliver.
#[derive(Default)]
struct Ordered {
    sum: Decimal,
    unpriced: usize,
}

/// What was ordered and is not billed. Once everything has left, what a supplier billed is all that follows.
fn commitments(order: &Order, own: &OrderFacts, all: &Payables, as_of: NaiveDate) -> Vec<Commitment> {
    if !own.is_open() {
        return Vec::new();
    }
    let complete = shipment::complete(order, &own.goods, &own.shipments);
    let mut sums: BTreeMap<Key<'_>, Ordered> = BTreeMap::new();
    for item in &order.items {
        let Some(buy) = item.buy.as_deref() else { continue };
        let from = name(buy.from.as_deref());
        let written = || buy.currency.as_deref().and_then(Currency::parse);
        let currency = buy.price.as_ref().and_then(|p| p.currency).or_else(written).or(own.goods.currency);
        if !is_ordered(order, from, as_of) {
            continue;
        }
        let ordered = sums.entry((from, currency)).or_default();
        match price(item, currency) {
            Some(sum) => ordered.sum = ordered.sum.saturating_add(sum),
            None => ordered.unpriced = ordered.unpriced.saturating_add(1),
        }
    }
    let commitment = |((from, currency), ordered): (Key<'_>, Ordered)| {
        let goods = all.bills.iter().filter(|fact| {
            let bill = order.bills.get(fact.index);
            fact.currency == currency
                && bill.is_some_and(|b| {
                    name(b.from.as_deref()) == from && matches!(b.kind, None | Some(BillKind::Goods))
                })
        });
        let billed = goods.fold(Decimal::ZERO, |sum, fact| sum.saturating_add(fact.amount));
        let rest = ordered.sum.saturating_sub(billed).max(Decimal::ZERO);
        let rest = if complete && billed > Decimal::ZERO { Decimal::ZERO } else { rest };
        let ahead = all.unmatched.iter().filter(|u| {
            let to = order.paid.get(u.payment).and_then(|p| p.to.as_deref());
            u.reason.is_ahead() && u.currency == currency && name(to) == from
        });
        let ahead = ahead.fold(Decimal::ZERO, |sum, u| sum.saturating_add(u.amount));
        let due =
            order.purchases.iter().filter(|p| name(p.to.as_deref()) == from).filter_map(|p| p.due).max();
        Commitment {
            to: from.to_owned(),
            currency,
            ordered: ordered.sum,
            billed,
            rest,
            ahead: ahead.min(rest).max(Decimal::ZERO),
            due,
            unpriced: ordered.unpriced,
        }
    };
    let left = |c: &Commitment| c.rest > Decimal::ZERO || (c.unpriced > 0 && c.billed.is_zero());
    sums.into_iter().map(commitment).filter(left).collect()
}

/// The supplier was told to make the goods.
fn is_ordered(order: &Order, supplier: &str, as_of: NaiveDate) -> bool {
    let mut mine = order.purchases.iter().filter(|p| {
        let to = name(p.to.as_deref());
        to.is_empty() || to == supplier
    });
    if order.purchases.is_empty() {
        return is_released(order, as_of);
    }
    mine.any(|p| p.issued.is_some_and(|day| day <= as_of))
}

/// Quantity × purchase price.
fn price(item: &Item, currency: Option<Currency>) -> Option<Decimal> {
    let price = item.buy.as_deref()?.price.as_ref()?.value;
    let sum = item.qty?.checked_mul(price)?;
    Some(round(sum, currency.map_or(2, Currency::minor)))
}
