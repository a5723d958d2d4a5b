//! Bills of suppliers, forwarders and others, and what was paid to them: owed where billed, advanced where a payment
//! comes before its bill or has none. Which payment pays which bill says [`Payables`].

use std::collections::BTreeMap;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::account::Account;
use super::record::{no_amount, no_date, push, with};
use super::work::{Draft, Rank, Work};
use super::{Commodity, Leg};
use crate::derive::payable::{BillFact, Payables, Reason, Source};
use crate::model::Order;
use crate::model::money::{Bill, BillKind, Payment};
use crate::model::party::PartyKind;
use crate::text::StaticBi;

/// What we owe somebody.
const PAYABLE: &str = "Liabilities:Payable";
/// What we paid ahead of a bill, or without one.
const ADVANCES: &str = "Assets:Advances";

/// Whom, and in what.
pub(super) type Creditor = (String, Commodity);

/// What an account of somebody holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Owed {
    /// Bills, not paid yet; less credits in our favour.
    pub(super) open: Decimal,
    /// Paid, and set against no bill; less what came back beyond what was paid.
    pub(super) ahead: Decimal,
}

/// What is owed and was paid ahead, by creditor.
pub(super) fn owed(order: &Order, payables: &Payables) -> BTreeMap<Creditor, Owed> {
    let mut all: BTreeMap<Creditor, Owed> = BTreeMap::new();
    for fact in &payables.bills {
        let from = name(order.bills.get(fact.index).and_then(|b| b.from.as_deref()));
        let owed = all.entry((from.to_owned(), Commodity::from(fact.currency))).or_default();
        owed.open = owed.open.saturating_add(fact.open);
    }
    for kept in payables.unmatched.iter().filter(|u| !matches!(u.reason, Reason::NoDate | Reason::Future)) {
        let to = name(order.paid.get(kept.payment).and_then(|p| p.to.as_deref()));
        let owed = all.entry((to.to_owned(), Commodity::from(kept.currency))).or_default();
        owed.ahead = owed.ahead.saturating_add(kept.amount);
    }
    all
}

fn name(text: Option<&str>) -> &str {
    text.unwrap_or_default().trim()
}

impl<'a> Work<'a> {
    /// Books bills and payments.
    pub(super) fn payables(&mut self) {
        let order = self.order;
        for (index, bill) in order.bills.iter().enumerate() {
            let known = bill.date.map_or_else(|| self.is_known(), |day| day <= self.as_of());
            if known && bill.amount.is_none() {
                self.leave_out(format!("bills[{index}].from"), no_amount());
            }
        }
        let payables = std::mem::take(&mut self.payables);
        for fact in &payables.bills {
            if let Some(bill) = order.bills.get(fact.index) {
                self.bill(&payables, fact, bill);
            }
        }
        let mut returned = self.returned(&payables);
        let mut payments: Vec<(usize, &'a Payment)> = order.paid.iter().enumerate().collect();
        payments.sort_by_key(|(index, payment)| (payment.date, *index));
        for (index, payment) in payments {
            match (payment.date, &payment.amount) {
                (Some(day), _) if day > self.as_of() => {}
                (_, None) => self.leave_out(format!("paid[{index}].to"), no_amount()),
                (None, _) => self.leave_out(format!("paid[{index}].amount"), no_date()),
                (Some(_), Some(_)) => self.payment(&payables, index, payment, &mut returned),
            }
        }
        self.payables = payables;
    }

    /// The day of a bill: the one it has, else its due day, or the day on which all of it was paid if that was
    /// earlier; never after the day of the export.
    fn day_of(&self, payables: &Payables, fact: &BillFact, bill: &Bill) -> NaiveDate {
        if let Some(day) = bill.date {
            return day;
        }
        let due = bill.due.unwrap_or(self.as_of()).min(self.as_of());
        let mine = payables.postings.iter().filter(|p| p.bill == fact.index);
        let last = mine.filter_map(|p| self.paid_on(p.source)).max();
        last.filter(|_| fact.open.is_zero()).map_or(due, |paid| paid.min(due))
    }

    fn paid_on(&self, source: Source) -> Option<NaiveDate> {
        match source {
            Source::Payment(index) => self.order.paid.get(index)?.date,
            Source::Bill(_) => None,
        }
    }

    fn bill(&mut self, payables: &Payables, fact: &BillFact, bill: &Bill) {
        let (index, from) = (fact.index, name(bill.from.as_deref()));
        let date = self.day_of(payables, fact, bill);
        let commodity = Commodity::from(fact.currency);
        let (account, title) = expense(bill.kind);
        // What was paid before ends being an advance.
        let before = |at: Option<NaiveDate>| at.is_some_and(|day| day < date);
        let ahead = payables.postings.iter().filter(|p| p.bill == index && before(self.paid_on(p.source)));
        let ahead = ahead.fold(Decimal::ZERO, |sum, p| sum.saturating_add(p.amount));
        let leg = |account, amount| Leg { account, amount, commodity, worth: None };
        let legs = vec![
            leg(Account::named(account), fact.amount),
            leg(self.of_supplier(PAYABLE, from), ahead.saturating_sub(fact.amount)),
            leg(self.of_supplier(ADVANCES, from), -ahead),
        ];
        let mut meta = Vec::new();
        push(&mut meta, "supplier", Some(from));
        push(&mut meta, "due", bill.due.map(|day| day.to_string()).as_deref());
        push(&mut meta, "vat", bill.vat.as_deref());
        self.add(Draft {
            date,
            rank: (Rank::Bill, index),
            text: with(title, ""),
            path: format!("bills[{index}].amount"),
            payee: Some(self.creditor_name(from)),
            reference: bill.number.clone(),
            meta,
            legs,
        });
    }

    fn payment(
        &mut self,
        payables: &Payables,
        index: usize,
        payment: &'a Payment,
        returned: &mut BTreeMap<Creditor, Decimal>,
    ) {
        let (Some(date), Some(amount)) = (payment.date, &payment.amount) else { return };
        let to = name(payment.to.as_deref());
        let commodity = Commodity::from(amount.currency.or(self.own.goods.currency));
        let leg = |account, amount| Leg { account, amount, commodity, worth: None };
        let mut legs = vec![self.pay(commodity, -amount.value)];
        let mut left = amount.value;
        for posting in payables.postings.iter().filter(|p| p.source == Source::Payment(index)) {
            let Some(bill) = self.order.bills.get(posting.bill) else { continue };
            let fact = payables.bill(posting.bill);
            let later = fact.is_some_and(|fact| self.day_of(payables, fact, bill) > date);
            let account = if later { ADVANCES } else { PAYABLE };
            legs.push(leg(self.of_supplier(account, name(bill.from.as_deref())), posting.amount));
            left = left.saturating_sub(posting.amount);
        }
        let mine = || payables.unmatched.iter().filter(|u| u.payment == index);
        let kept = mine().fold(Decimal::ZERO, |sum, u| sum.saturating_add(u.amount));
        legs.push(leg(self.of_supplier(ADVANCES, to), kept));
        left = left.saturating_sub(kept);
        // What is left was paid back, or is the paying back of it: of a credit note first, else of an advance.
        let party = self.paid_to(payables, payment);
        let pool = returned.entry((party.to_owned(), commodity)).or_default();
        let part = if left < Decimal::ZERO { (-left).min(*pool) } else { Decimal::ZERO };
        *pool = pool.saturating_sub(part);
        legs.push(leg(self.of_supplier(PAYABLE, party), -part));
        legs.push(leg(self.of_supplier(ADVANCES, party), left.saturating_add(part)));
        let mut meta = Vec::new();
        push(&mut meta, "supplier", Some(if to.is_empty() { party } else { to }));
        push(&mut meta, "bill", payment.bill.as_deref());
        let why: Vec<&str> = mine().map(|u| code(u.reason)).collect();
        push(&mut meta, "unmatched", Some(why.join(" ").as_str()));
        self.add(Draft {
            date,
            rank: (Rank::Payment, index),
            text: with(("付款", "payment"), payment.r#for.as_deref().unwrap_or_default()),
            path: format!("paid[{index}].amount"),
            payee: Some(self.creditor_name(if to.is_empty() { party } else { to })),
            reference: payment.r#ref.clone(),
            meta,
            legs: merged(legs),
        });
    }

    /// Whose account a payment is on: as it says, else that of the bill it names.
    fn paid_to(&self, payables: &Payables, payment: &'a Payment) -> &'a str {
        let (to, number) = (name(payment.to.as_deref()), name(payment.bill.as_deref()));
        if !to.is_empty() || number.is_empty() {
            return to;
        }
        let order: &'a Order = self.order;
        let bills = payables.bills.iter().filter(|fact| fact.amount >= Decimal::ZERO);
        let mut bills = bills.filter_map(|fact| order.bills.get(fact.index));
        let named = bills.find(|b| name(b.number.as_deref()) == number);
        named.map_or(to, |b| name(b.from.as_deref()))
    }

    /// What parties paid back of their own credit notes, by creditor: used up, and not by a bill.
    fn returned(&self, payables: &Payables) -> BTreeMap<Creditor, Decimal> {
        let mut all: BTreeMap<Creditor, Decimal> = BTreeMap::new();
        for fact in payables.bills.iter().filter(|fact| fact.amount < Decimal::ZERO) {
            let from = name(self.order.bills.get(fact.index).and_then(|b| b.from.as_deref()));
            let used = payables.postings.iter().filter(|p| p.source == Source::Bill(fact.index));
            let used = used.fold(Decimal::ZERO, |sum, p| sum.saturating_add(p.amount));
            let back = fact.open.saturating_sub(fact.amount).saturating_sub(used);
            let sum = all.entry((from.to_owned(), Commodity::from(fact.currency))).or_default();
            *sum = sum.saturating_add(back);
        }
        all
    }

    fn creditor_name(&self, id: &str) -> String {
        self.party(&[PartyKind::Supplier, PartyKind::Forwarder], id)
    }

    /// The accounts of a creditor, with what each holds.
    pub(super) fn creditor(&self, who: &str, owed: Owed) -> [(Account, Decimal); 2] {
        [(self.of_supplier(PAYABLE, who), -owed.open), (self.of_supplier(ADVANCES, who), owed.ahead)]
    }
}

/// One leg for each account.
fn merged(legs: Vec<Leg>) -> Vec<Leg> {
    let mut all: Vec<Leg> = Vec::new();
    for leg in legs {
        match all.iter_mut().find(|l| l.account == leg.account) {
            Some(same) => same.amount = same.amount.saturating_add(leg.amount),
            None => all.push(leg),
        }
    }
    all
}

/// The reason in machine formats.
fn code(reason: Reason) -> &'static str {
    match reason {
        Reason::Advance => "advance",
        Reason::Over => "over",
        Reason::UnknownBill => "unknown-bill",
        Reason::Foreign => "foreign",
        Reason::NoParty => "no-party",
        Reason::BeyondPaid => "beyond-paid",
        Reason::NoDate => "no-date",
        Reason::Future => "future",
    }
}

/// The account of a bill, and what it is called.
fn expense(kind: Option<BillKind>) -> (&'static str, StaticBi) {
    match kind {
        Some(BillKind::Goods) => ("Expenses:Goods", ("账单 货款", "bill, goods")),
        Some(BillKind::Freight) => ("Expenses:Freight", ("账单 运费", "bill, freight")),
        Some(BillKind::Local) => ("Expenses:Local-Charges", ("账单 港杂", "bill, local charges")),
        Some(BillKind::Premium) => ("Expenses:Insurance", ("账单 保费", "bill, premium")),
        Some(BillKind::Inspection) => ("Expenses:Inspection", ("账单 检验费", "bill, inspection")),
        Some(BillKind::Bank) => ("Expenses:Bank-Bills", ("账单 银行费用", "bill, bank charges")),
        None => ("Expenses:Other", ("账单", "bill")),
    }
}
