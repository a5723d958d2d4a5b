//! What is owed to us: every amount with its due day, its age and what stands behind it.

use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::Serialize;

use super::value::{Day, Figure, Version, Words, day};
use super::who::{PartyRef, PersonRef};
use super::{Api, Part, order_href, words};
use crate::derive::aging::{Aging, Buckets, Owed};
use crate::derive::cash::Cash;
use crate::model::party::PartyKind;
use crate::model::value::Currency;
use crate::publish::ctx::Ctx;
use crate::publish::pay;
use crate::text::Lang;

/// An amount that somebody owes.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ReceivableDoc<'a> {
    /// The order.
    pub order: &'a str,
    /// The customer's order number.
    pub po: Option<&'a str>,
    /// Who owes it.
    pub customer: Option<PartyRef<'a>>,
    /// Position of the instalment in the payment terms, from 1; null where they cannot be read.
    pub instalment: Option<usize>,
    /// How it is paid: `deposit`, `lc`, `oa` …
    pub method: Option<&'static str>,
    /// Share and method in words.
    pub what: Option<Words<'a>>,
    /// The shipment it is paid for, where it is paid by shipment.
    pub shipment: Option<&'a str>,
    /// Currency of the amounts, ISO 4217. Amounts of several currencies are not to be added.
    pub currency: Option<&'static str>,
    /// What falls due.
    pub amount: Option<Figure>,
    /// Received of it, net.
    pub received: Option<Figure>,
    /// Charges on the way, as the bank advices show them.
    pub charges: Option<Figure>,
    /// Credit notes, discounts, write-offs.
    pub credited: Option<Figure>,
    /// Still open.
    pub open: Figure,
    /// The part of it that the customer disputes.
    pub disputed: Figure,
    /// The due day, moved to an open day.
    pub due: Option<Day>,
    /// Its event has not happened; the day is taken from the plan.
    pub due_estimated: bool,
    /// Days overdue; 0 where it is not.
    pub days_overdue: i64,
    /// `not-due`, `1-30`, `over-90` …: the company's buckets.
    pub bucket: String,
    /// `secured`, `controlled`, `unsecured` or `pending`.
    pub security: &'static str,
    /// The day on which it is expected.
    pub expected: Option<Day>,
    /// Why that day: `due`, `estimate` or `forecast`.
    pub expected_by: Option<&'static str>,
    /// Who follows the order.
    pub owner: Option<PersonRef<'a>>,
    /// Its page.
    pub href: String,
}

/// The sums of one currency.
#[derive(Debug, Serialize, JsonSchema)]
pub struct OwedSumDoc {
    /// Currency, ISO 4217.
    pub currency: Option<&'static str>,
    /// How many amounts.
    pub count: usize,
    /// Everything open.
    pub open: Figure,
    /// Not due, and not disputed.
    pub not_due: Figure,
    /// Overdue, and not disputed.
    pub overdue: Figure,
    /// Disputed.
    pub disputed: Figure,
    /// Overdue with nothing behind it.
    pub unsecured: Figure,
    /// Overdue by age.
    pub buckets: Vec<BucketDoc>,
}

/// What is overdue for so many days.
#[derive(Debug, Serialize, JsonSchema)]
pub struct BucketDoc {
    /// First day of the bucket.
    pub from: i64,
    /// Last day; null for the oldest bucket.
    pub to: Option<i64>,
    /// How much.
    pub amount: Figure,
}

/// Money that is set against nothing.
#[derive(Debug, Serialize, JsonSchema)]
pub struct LooseDoc<'a> {
    /// The order.
    pub order: &'a str,
    /// How much.
    pub amount: Figure,
    /// In which currency.
    pub currency: Option<&'static str>,
    /// Why: `over`, `foreign`, `unknown-instalment`, `refund` …
    pub reason: &'static str,
}

/// The receivables of the book.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(title = "receivables")]
pub struct ReceivablesDoc<'a> {
    /// Version of the document.
    pub version: Version,
    /// Name of its schema: `receivables`.
    pub document: &'static str,
    /// The day for which everything was computed.
    pub as_of: Day,
    /// Which part this is of how many, and where the next one lies.
    #[serde(flatten)]
    pub part: Part,
    /// The sums of all parts, by currency.
    pub sums: Vec<OwedSumDoc>,
    /// By currency, and in it what hurts most first.
    pub receivables: Vec<ReceivableDoc<'a>>,
    /// Money set against nothing, of all parts.
    pub unallocated: Vec<LooseDoc<'a>>,
    /// Orders whose amounts are not known, missing from the sums.
    pub unknown: Vec<&'a str>,
}

impl<'c, 'a: 'c> Api<'c, 'a> {
    /// Every amount that is owed.
    #[must_use]
    pub fn receivables(&self, aging: &Aging) -> Vec<ReceivableDoc<'c>> {
        let cash = Cash::of(self.ctx.facts, aging);
        let all = aging.owed.iter().enumerate();
        all.filter_map(|(at, owed)| self.receivable(aging, &cash, at, owed)).collect()
    }

    fn receivable(&self, aging: &Aging, cash: &Cash, at: usize, owed: &Owed) -> Option<ReceivableDoc<'c>> {
        let facts = self.ctx.facts;
        let (order, own) = (facts.book.orders.get(owed.order)?, facts.orders.get(owed.order)?);
        let line = owed.line.and_then(|at| own.money.lines.get(at));
        let money = |value| Figure::amount(value, owed.currency);
        let label = |line| {
            let [zh, en] = Lang::ALL.map(|lang| pay::label(&Ctx { lang, ..*self.ctx }, own, line));
            Words { zh: zh.into(), en: en.into() }
        };
        let expected = cash.expected(at).filter(|e| e.day.is_some());
        Some(ReceivableDoc {
            order: &order.id,
            po: order.po.as_deref(),
            customer: order.customer.as_deref().map(|id| self.party(PartyKind::Customer, id)),
            instalment: line.map(|line| line.instalment.saturating_add(1)),
            method: line.map(|line| line.method.code()),
            what: line.map(label),
            shipment: line.and_then(|line| line.shipment.as_deref()),
            currency: owed.currency.map(Currency::code),
            amount: line.and_then(|line| line.amount).map(money),
            received: line.map(|line| money(line.applied.saturating_sub(line.charges))),
            charges: line.map(|line| money(line.charges)),
            credited: line.map(|line| money(line.credited)),
            open: money(owed.open),
            disputed: money(owed.disputed),
            due: day(owed.due),
            due_estimated: line.is_none_or(|line| line.due.estimated),
            days_overdue: owed.overdue,
            bucket: bucket(&aging.buckets, owed.bucket),
            security: words::security(owed.security),
            expected: day(expected.and_then(|e| e.day)),
            expected_by: expected.map(|e| words::basis(e.basis)),
            owner: self.someone(order.merchandiser.as_deref()),
            href: order_href(&order.id),
        })
    }

    /// Money set against nothing.
    #[must_use]
    pub fn loose(&self, aging: &Aging) -> Vec<LooseDoc<'c>> {
        let orders = &self.ctx.facts.book.orders;
        let row = |loose: &crate::derive::aging::Loose| {
            Some(LooseDoc {
                order: &orders.get(loose.order)?.id,
                amount: Figure::amount(loose.amount, loose.currency),
                currency: loose.currency.map(Currency::code),
                reason: words::loose(loose.why),
            })
        };
        aging.loose.iter().filter_map(row).collect()
    }
}

/// The sums by currency.
#[must_use]
pub fn sums(aging: &Aging) -> Vec<OwedSumDoc> {
    let sum = |currency: Option<Currency>| {
        let total = aging.total(currency);
        let money = |value: Decimal| Figure::amount(value, currency);
        let buckets = aging.buckets.ranges().zip(&total.buckets);
        OwedSumDoc {
            currency: currency.map(Currency::code),
            count: total.count,
            open: money(total.open),
            not_due: money(total.not_due),
            overdue: money(total.overdue),
            disputed: money(total.disputed),
            unsecured: money(total.unsecured),
            buckets: buckets
                .map(|((from, to), amount)| BucketDoc { from, to, amount: money(*amount) })
                .collect(),
        }
    };
    aging.currencies().into_iter().map(sum).collect()
}

fn bucket(buckets: &Buckets, at: Option<usize>) -> String {
    match at.and_then(|at| buckets.ranges().nth(at)) {
        None => "not-due".to_owned(),
        Some((from, Some(to))) => format!("{from}-{to}"),
        Some((from, None)) => format!("over-{}", from.saturating_sub(1)),
    }
}
