//! The transactions of one order: what all kinds of records have in common.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::account::{Account, Style, part};
use super::place::Places;
use super::{Balance, Commodity, LeftOut, Leg, Transaction};
use crate::bi;
use crate::derive::money::{Reason, Source, Unallocated};
use crate::derive::payable::Payables;
use crate::derive::{Facts, Money, OrderFacts};
use crate::model::Order;
use crate::model::party::PartyKind;
use crate::text::{Bi, Lang};

/// What the ledger says of one order.
pub(super) struct OrderBook {
    pub(super) transactions: Vec<Transaction>,
    pub(super) balances: Vec<Balance>,
    pub(super) left_out: Vec<LeftOut>,
    /// What went through the bank accounts.
    pub(super) cash: BTreeMap<Commodity, Decimal>,
}

/// The order in which a day's transactions of an order are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Rank {
    Contract,
    Change,
    Cancelled,
    Receipt,
    Credit,
    Short,
    Sale,
    Bill,
    Payment,
}

/// Whether anybody owes anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Standing {
    /// The contract binds since that day.
    Live(NaiveDate),
    /// Cancelled on the second day; bound since the first, if it ever did.
    Void(Option<NaiveDate>, NaiveDate),
    /// Not yet.
    Unbound,
}

/// A transaction before it has its place in the files.
pub(super) struct Draft {
    pub(super) date: NaiveDate,
    pub(super) rank: (Rank, usize),
    pub(super) text: Bi,
    /// Key path of the record.
    pub(super) path: String,
    pub(super) payee: Option<String>,
    pub(super) reference: Option<String>,
    pub(super) meta: Vec<(&'static str, String)>,
    pub(super) legs: Vec<Leg>,
}

/// One order, being booked.
pub(super) struct Work<'a> {
    pub(super) facts: &'a Facts<'a>,
    pub(super) order: &'a Order,
    pub(super) own: &'a OrderFacts,
    pub(super) lang: Lang,
    pub(super) standing: Standing,
    /// What we owe for the order.
    pub(super) payables: Payables,
    /// The order's currency.
    pub(super) commodity: Commodity,
    pub(super) cash: BTreeMap<Commodity, Decimal>,
    /// Set against the claim so far, by receipts and by credits.
    pub(super) applied: Decimal,
    pub(super) credited: Decimal,
    customer: String,
    id: String,
    drafts: Vec<Draft>,
    left_out: Vec<(String, Bi)>,
}

/// Books one order.
pub(super) fn book<'a>(facts: &'a Facts<'a>, order: &'a Order, own: &'a OrderFacts, lang: Lang) -> OrderBook {
    let mut work = Work {
        facts,
        order,
        own,
        lang,
        standing: standing(order, own, facts.as_of),
        payables: Payables::of(facts, order, own),
        commodity: Commodity::from(own.goods.currency),
        cash: BTreeMap::new(),
        applied: Decimal::ZERO,
        credited: Decimal::ZERO,
        customer: part(order.customer.as_deref().unwrap_or_default(), Style::Party),
        id: part(&order.id, Style::Order),
        drafts: Vec::new(),
        left_out: Vec::new(),
    };
    work.records();
    work.claim();
    work.payables();
    work.finish()
}

fn standing(order: &Order, own: &OrderFacts, as_of: NaiveDate) -> Standing {
    let bound = own.money.binding.then(|| bound(order, own, as_of));
    match (order.cancelled.filter(|day| *day <= as_of), bound) {
        (Some(day), Some(bound)) => Standing::Void(Some(bound), day.max(bound)),
        (Some(day), None) => Standing::Void(None, day),
        (None, Some(bound)) => Standing::Live(bound),
        (None, None) => Standing::Unbound,
    }
}

/// The day since which an order binds: its signature, else the first receipt or shipment.
fn bound(order: &Order, own: &OrderFacts, as_of: NaiveDate) -> NaiveDate {
    let shipped = own.shipments.iter().filter_map(|s| s.shipped);
    let received = order.received.iter().filter_map(|r| r.date);
    let first = shipped.chain(received).filter(|day| *day <= as_of).min();
    order.signed.or(first).unwrap_or(as_of)
}

/// Where money of a currency comes in.
pub(super) fn bank(commodity: Commodity) -> Account {
    Account::below("Assets:Bank", &[commodity.code()])
}

impl<'a> Work<'a> {
    pub(super) fn money(&self) -> &'a Money {
        &self.own.money
    }

    pub(super) fn as_of(&self) -> NaiveDate {
        self.facts.as_of
    }

    // Accounts.

    /// What the buyer owes.
    pub(super) fn receivable(&self) -> Account {
        Account::below("Assets:Receivable", &[&self.customer, &self.id])
    }

    /// What we owe the buyer: credit balances, money received before the contract binds or after it was cancelled.
    pub(super) fn credit_balance(&self) -> Account {
        Account::below("Liabilities:Customers", &[&self.customer, &self.id])
    }

    /// What is set against nothing.
    pub(super) fn unallocated(&self) -> Account {
        Account::below("Liabilities:Unallocated", &[&self.customer, &self.id])
    }

    /// Sold, and not yet shipped.
    pub(super) fn undelivered(&self) -> Account {
        Account::below("Liabilities:Undelivered", &[&self.id])
    }

    /// Shipped.
    pub(super) fn sales(&self) -> Account {
        Account::below("Income:Sales", &[&self.id])
    }

    /// An account of what is owed to, or was paid ahead to, a supplier.
    pub(super) fn of_supplier(&self, name: &str, supplier: &str) -> Account {
        Account::below(name, &[&part(supplier, Style::Party), &self.id])
    }

    // Records.

    /// What is set against the claim of an order without a schedule: everything in its own currency.
    pub(super) fn is_direct(&self) -> bool {
        is_direct(self.money(), self.standing)
    }

    /// What of a record is kept unallocated in the order's own currency, other than a credit balance.
    pub(super) fn kept(&self, source: Source) -> Decimal {
        let all = self.money().unallocated.iter().filter(|u| u.source == source);
        let mine = all.filter(|u| u.reason != Reason::Over && is_counted(self.order, self.money(), u));
        mine.fold(Decimal::ZERO, |sum, u| sum.saturating_add(u.amount))
    }

    /// Why a record is set against nothing at all, and counts nowhere.
    pub(super) fn loose(&self, source: Source) -> Option<&'a Unallocated> {
        self.money()
            .unallocated
            .iter()
            .find(|u| u.source == source && !is_counted(self.order, self.money(), u))
    }

    /// The day of what has no date: when the contract binds.
    pub(super) fn first_day(&self) -> NaiveDate {
        match self.standing {
            Standing::Live(day) | Standing::Void(Some(day), _) | Standing::Void(None, day) => day,
            Standing::Unbound => self.as_of(),
        }
    }

    /// A contract that is signed only later is not known, nor bills that have no date.
    pub(super) fn is_known(&self) -> bool {
        self.order.signed.is_none_or(|day| day <= self.as_of())
    }

    pub(super) fn leg(&self, account: Account, amount: Decimal) -> Leg {
        Leg { account, amount, commodity: self.commodity, worth: None }
    }

    pub(super) fn pay(&mut self, commodity: Commodity, amount: Decimal) -> Leg {
        let sum = self.cash.entry(commodity).or_default();
        *sum = sum.saturating_add(amount);
        Leg { account: bank(commodity), amount, commodity, worth: None }
    }

    pub(super) fn customer_name(&self) -> String {
        let id = self.order.customer.as_deref().unwrap_or_default();
        self.party(&[PartyKind::Customer], id)
    }

    /// The name of a party, else its id.
    pub(super) fn party(&self, kinds: &[PartyKind], id: &str) -> String {
        let party = kinds.iter().find_map(|kind| self.facts.book.party(*kind, id));
        let names = party.map(|p| match self.lang {
            Lang::Zh => [&p.name_zh, &p.name],
            Lang::En => [&p.name, &p.name_zh],
        });
        names.and_then(|n| n.into_iter().flatten().next()).map_or_else(|| id.to_owned(), Clone::clone)
    }

    pub(super) fn add(&mut self, mut draft: Draft) {
        draft.legs.retain(|leg| !leg.amount.is_zero());
        if draft.legs.is_empty() {
            return;
        }
        if !balances(&draft.legs) {
            // Figures beyond anything that can be added up exactly.
            return self
                .leave_out(draft.path, bi!("数字太大，加不准", "figures too large to add up exactly"));
        }
        self.drafts.push(draft);
    }

    pub(super) fn leave_out(&mut self, path: String, why: Bi) {
        self.left_out.push((path, why));
    }

    fn finish(self) -> OrderBook {
        let balances = super::expected::of(&self);
        let paths = self.drafts.iter().map(|d| d.path.clone());
        let paths = paths.chain(self.left_out.iter().map(|(path, _)| path.clone())).collect();
        let places = Places::of(&self.facts.book.root, self.order, paths);
        let customer = self.customer_name();
        let order: Arc<str> = Arc::clone(&self.order.id);
        let text = |text: &Bi| text.get(self.lang).to_owned();
        let left_out = self
            .left_out
            .iter()
            .map(|(path, why)| LeftOut { place: places.get(path), why: text(why) })
            .collect();
        let transactions = self
            .drafts
            .into_iter()
            .map(|draft| {
                let mut meta = vec![("order", order.to_string())];
                let customer_id = self.order.customer.iter().map(|id| ("customer", id.clone()));
                meta.extend(customer_id.filter(|_| draft.payee.is_none()));
                meta.push(("source", places.get(&draft.path)));
                meta.extend(draft.meta);
                Transaction {
                    date: draft.date,
                    order: Arc::clone(&order),
                    rank: (draft.rank.0 as u8, draft.rank.1),
                    payee: draft.payee.unwrap_or_else(|| customer.clone()),
                    text: draft.text.get(self.lang).to_owned(),
                    reference: draft.reference,
                    meta,
                    legs: draft.legs,
                }
            })
            .collect();
        OrderBook { transactions, balances, left_out, cash: self.cash }
    }
}

/// An order that has a total and no schedule: what is in its own currency counts against the whole.
pub(super) fn is_direct(money: &Money, standing: Standing) -> bool {
    money.lines.is_empty() && money.total.is_some() && standing != Standing::Unbound
}

/// True for what counts among the sums of an order (received, credited, refunded, forfeited), although no instalment
/// took it; false for what is in another currency, or names something that does not exist.
pub(super) fn is_counted(order: &Order, money: &Money, unallocated: &Unallocated) -> bool {
    let Source::Credit(index) = unallocated.source else {
        return !matches!(unallocated.reason, Reason::Future | Reason::NoDate | Reason::Foreign);
    };
    match unallocated.reason {
        Reason::Over | Reason::BeyondDue | Reason::BeyondReceived => true,
        // What names an instalment of no schedule is looked for in vain.
        Reason::NoSchedule => {
            !money.lines.is_empty() || order.credits.get(index).is_none_or(|c| c.r#for.is_none())
        }
        _ => false,
    }
}

/// The movements add up to nothing, in each currency.
fn balances(legs: &[Leg]) -> bool {
    let mut sums: BTreeMap<Commodity, Option<Decimal>> = BTreeMap::new();
    for leg in legs {
        let sum = sums.entry(leg.commodity).or_insert(Some(Decimal::ZERO));
        *sum = sum.and_then(|s| s.checked_add(leg.amount));
    }
    sums.values().all(|sum| sum.is_some_and(|s| s.is_zero()))
}
