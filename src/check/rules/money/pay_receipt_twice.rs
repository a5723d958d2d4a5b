//! `pay-receipt-twice`: the same money entered in two places.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::check::shared::figures;
use crate::model::Order;
use crate::model::money::Receipt;
use crate::model::value::Currency;

use super::super::prelude::*;

/// The rule.
pub static RULE: Rule = Rule {
    name: "pay-receipt-twice",
    group: Group::Money,
    class: Class::Record,
    severity: Severity::Error,
    opt_in: false,
    since: "0.3.0",
    source: ("公司规定", "house rule"),
    title: ("同一笔收款登记了两次", "receipt entered twice"),
    docs: Docs {
        checks: (
            "两条 [[received]]（同一订单或不同订单）的银行流水号、到账日、金额、币种都一样。已经用负数冲掉的不算；一笔汇款平分给几期、几单的，每条写上 `why`。流水号里没有数字的不比。",
            "Two [[received]] of one order or of two have the same bank reference, date, amount and currency. One that a negative receipt takes back does not count. Where one transfer is split evenly between instalments or orders, say so in `why` of each. References without a digit are not compared.",
        ),
        why: (
            "多登记一笔，客户就少付一笔，而且没有人会去催。",
            "What is entered twice is paid once less, and nobody will ask for it.",
        ),
        fix: (
            "照银行流水，删掉多的那一条；登记错了订单的，移过去。",
            "Compare with the bank statement and delete the one too many, or move it to the order that it pays.",
        ),
    },
    example: example!("pay-receipt-twice"),
    scope: Scope::Book(check),
};

/// A reference as a bank counts it, the day, the amount and its currency.
type Key = (String, NaiveDate, Decimal, Option<Currency>);

/// Receipts under one reference that are told one by one.
const MOST: usize = 20;

struct Entry<'a> {
    order: &'a Order,
    index: usize,
    receipt: &'a Receipt,
}

fn check(facts: &Facts<'_>, out: &mut Sink<'_>) {
    let mut all: BTreeMap<Key, Vec<Entry<'_>>> = BTreeMap::new();
    let mut taken_back: BTreeMap<(String, Decimal, Option<Currency>), usize> = BTreeMap::new();
    for (order, own) in facts.each() {
        for (index, receipt) in order.received.iter().enumerate() {
            let Some((reference, day, amount)) = identified(receipt) else { continue };
            if day > facts.as_of || amount.is_zero() {
                continue;
            }
            let currency = receipt.amount.and_then(|a| a.currency).or(own.goods.currency);
            if amount < Decimal::ZERO {
                *taken_back.entry((reference, -amount, currency)).or_default() += 1;
            } else {
                let key = (reference, day, amount, currency);
                all.entry(key).or_default().push(Entry { order, index, receipt });
            }
        }
    }
    for ((reference, day, amount, currency), entries) in &all {
        let back = taken_back.get(&(reference.clone(), *amount, *currency)).copied().unwrap_or_default();
        let split = entries.iter().any(|e| e.receipt.why.as_deref().is_some_and(|w| !w.trim().is_empty()));
        if split || entries.len().saturating_sub(back) < 2 {
            continue;
        }
        let Some((first, rest)) = entries.split_first() else { continue };
        for again in rest.iter().take(MOST) {
            report(first, again, (*day, figures::money(*amount, *currency)), out);
        }
    }
}

/// What a receipt is known by: a reference with a digit, its day and its amount.
fn identified(receipt: &Receipt) -> Option<(String, NaiveDate, Decimal)> {
    let text = receipt.r#ref.as_deref()?;
    let reference: String =
        text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_uppercase).collect();
    let numbered = reference.chars().any(|c| c.is_numeric());
    numbered.then_some((reference, receipt.date?, receipt.amount?.value))
}

fn report(first: &Entry<'_>, again: &Entry<'_>, (day, amount): (NaiveDate, String), out: &mut Sink<'_>) {
    let reference = again.receipt.r#ref.as_deref().unwrap_or_default().trim();
    let (here, there) = (&again.order.id, &first.order.id);
    let title = if here == there {
        bi!(
            "收款 {reference}（{day}，{amount}）登记了两次",
            "receipt {reference} of {amount} on {day} entered twice"
        )
    } else {
        bi!(
            "收款 {reference}（{day}，{amount}）在 {there} 已经登记过",
            "receipt {reference} of {amount} on {day} is entered in {there} too"
        )
    };
    let place = |e: &Entry<'_>, field: &str| e.order.origin.place(&format!("received[{}].{field}", e.index));
    out.report_on(Subject::Order(std::sync::Arc::clone(here)), title)
        .at(place(again, "ref"), bi!("又一次", "again"))
        .at(place(first, "ref"), bi!("{there} 的一条", "in {there}"))
        .values([reference, &amount])
        .help(bi!(
            "照银行流水核对：只到过一笔，就删掉登记错的那一条；一笔汇款平分给几期或几单，金额正好一样的，每条写上 `why`",
            "compare with the bank statement: if it came once, delete the one that is wrong; if one transfer was split evenly between instalments or orders, say so in `why` of each"
        ));
}
