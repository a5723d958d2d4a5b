//! Bills of suppliers, forwarders and others, and what was paid to them: owed where billed, advanced where paid
//! before.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::account::Account;
use super::record::{no_amount, no_date, push, with};
use super::work::{Draft, Rank, Work};
use super::{Commodity, Leg};
use crate::derive::OrderFacts;
use crate::model::Order;
use crate::model::money::{Bill, BillKind, Payment};
use crate::model::party::PartyKind;

/// What we owe somebody.
const PAYABLE: &str = "Liabilities:Payable";
/// What we paid ahead of a bill.
const ADVANCES: &str = "Assets:Advances";

/// Whom, and in what.
pub(super) type Creditor = (String, Commodity);

/// What is owed by creditor; negative where more was paid than billed.
pub(super) fn owed(order: &Order, own: &OrderFacts, as_of: NaiveDate) -> BTreeMap<Creditor, Decimal> {
    let mut all: BTreeMap<Creditor, Decimal> = BTreeMap::new();
    let known = order.signed.is_none_or(|day| day <= as_of);
    let mut add = |who: &Option<String>, currency, amount: Decimal| {
        let commodity = Commodity::from(currency);
        let sum = all.entry((who.clone().unwrap_or_default(), commodity)).or_default();
        *sum = sum.saturating_add(amount);
    };
    for bill in order.bills.iter().filter(|b| b.date.map_or(known, |day| day <= as_of)) {
        if let Some(amount) = &bill.amount {
            add(&bill.from, amount.currency.or(own.goods.currency), amount.value);
        }
    }
    for payment in order.paid.iter().filter(|p| p.date.is_some_and(|day| day <= as_of)) {
        if let Some(amount) = &payment.amount {
            add(&payment.to, amount.currency.or(own.goods.currency), -amount.value);
        }
    }
    all
}

enum Record<'a> {
    Bill(&'a Bill),
    Payment(&'a Payment),
}

impl Work<'_> {
    /// Books bills and payments, day by day.
    pub(super) fn payables(&mut self) {
        let order = self.order;
        let mut all: Vec<(NaiveDate, Rank, usize, Record<'_>)> = Vec::new();
        for (index, bill) in order.bills.iter().enumerate() {
            let known = bill.date.map_or_else(|| self.is_known(), |day| day <= self.as_of());
            if known && bill.amount.is_none() {
                self.leave_out(format!("bills[{index}].from"), no_amount());
            } else if known {
                let day = bill.date.or(bill.due).unwrap_or(self.as_of()).min(self.as_of());
                all.push((day, Rank::Bill, index, Record::Bill(bill)));
            }
        }
        for (index, payment) in order.paid.iter().enumerate() {
            match (payment.date, &payment.amount) {
                (Some(day), _) if day > self.as_of() => {}
                (_, None) => self.leave_out(format!("paid[{index}].to"), no_amount()),
                (None, _) => self.leave_out(format!("paid[{index}].amount"), no_date()),
                (Some(day), _) => all.push((day, Rank::Payment, index, Record::Payment(payment))),
            }
        }
        all.sort_by_key(|(day, rank, index, _)| (*day, *rank, *index));
        let mut balances: BTreeMap<Creditor, Decimal> = BTreeMap::new();
        for (date, rank, index, record) in all {
            self.payable(date, (rank, index), &record, &mut balances);
        }
    }

    fn payable(
        &mut self,
        date: NaiveDate,
        rank: (Rank, usize),
        record: &Record<'_>,
        balances: &mut BTreeMap<Creditor, Decimal>,
    ) {
        let (who, amount) = match record {
            Record::Bill(bill) => (&bill.from, &bill.amount),
            Record::Payment(payment) => (&payment.to, &payment.amount),
        };
        let Some(amount) = amount else { return };
        let who = who.clone().unwrap_or_default();
        let commodity = Commodity::from(amount.currency.or(self.own.goods.currency));
        let index = rank.1;
        let mut meta = Vec::new();
        push(&mut meta, "supplier", Some(who.as_str()));
        let (first, change, path, text, reference) = match record {
            Record::Bill(bill) => {
                let (account, title) = expense(bill.kind);
                let first =
                    Leg { account: Account::named(account), amount: amount.value, commodity, worth: None };
                push(&mut meta, "due", bill.due.map(|day| day.to_string()).as_deref());
                push(&mut meta, "vat", bill.vat.as_deref());
                (first, amount.value, format!("bills[{index}].amount"), with(title, ""), bill.number.clone())
            }
            Record::Payment(payment) => {
                let first = self.pay(commodity, -amount.value);
                push(&mut meta, "bill", payment.bill.as_deref());
                let text = with(("付款", "payment"), payment.r#for.as_deref().unwrap_or_default());
                let path = format!("paid[{index}].amount");
                (first, -amount.value, path, text, payment.r#ref.clone())
            }
        };
        let balance = balances.entry((who.clone(), commodity)).or_default();
        let before = *balance;
        *balance = balance.saturating_add(change);
        let after = *balance;
        let owed = after.max(Decimal::ZERO).saturating_sub(before.max(Decimal::ZERO));
        let ahead = after.min(Decimal::ZERO).saturating_sub(before.min(Decimal::ZERO));
        let leg = |account, amount: Decimal| Leg { account, amount: -amount, commodity, worth: None };
        let legs = vec![
            first,
            leg(self.of_supplier(PAYABLE, &who), owed),
            leg(self.of_supplier(ADVANCES, &who), ahead),
        ];
        let payee = Some(self.party(&[PartyKind::Supplier, PartyKind::Forwarder], &who));
        self.add(Draft { date, rank, text, path, payee, reference, meta, legs });
    }

    /// The accounts of a creditor, with what each holds.
    pub(super) fn creditor(&self, who: &str, owed: Decimal) -> [(Account, Decimal); 2] {
        [
            (self.of_supplier(PAYABLE, who), -owed.max(Decimal::ZERO)),
            (self.of_supplier(ADVANCES, who), -owed.min(Decimal::ZERO)),
        ]
    }
}

/// The account of a bill, and what it is called.
fn expense(kind: Option<BillKind>) -> (&'static str, crate::text::StaticBi) {
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
