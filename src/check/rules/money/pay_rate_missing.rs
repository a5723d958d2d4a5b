//! `pay-rate-missing`: open money in a currency of which no current rate is on record.

use std::collections::BTreeMap;

use super::super::prelude::*;

use rust_decimal::Decimal;

use crate::check::finding::Place;
use crate::check::shared::figures::money;
use crate::check::shared::{terms, timing};
use crate::model::value::Currency;

/// The rule.
pub static RULE: Rule = Rule {
    name: "pay-rate-missing",
    group: Group::Money,
    class: Class::Record,
    severity: Severity::Warning,
    opt_in: false,
    since: "0.3.0",
    source: ("公司规定", "house rule"),
    title: ("没有近期汇率", "no current rate"),
    docs: Docs {
        checks: (
            "签了约的在手订单还有没收的钱，币种不是本位币（gendan.toml 的 base）的：rates/ 里要有基准日当天或之前 7 天内的汇率。一个币种报一次。没写 base 的不查。天数可以改：\"pay-rate-missing\" = { days = 10 }。",
            "Where an open, signed order has money to come in another currency than the base (base in gendan.toml), rates/ has a rate of that currency of the day itself or of the seven days before. One finding per currency; silent without a base. The days can be set: \"pay-rate-missing\" = { days = 10 }.",
        ),
        why: (
            "应收折合本位币要用汇率。汇率旧了，合计看着准，其实不准；没有汇率的币种合不进去。",
            "Receivables in the base currency need a rate. With an old one the total looks exact and is not; without any the currency is missing from it.",
        ),
        fix: (
            "在 rates/<年>.csv 加一行：日期,币种,汇率,来源。汇率是 1 个外币折多少本位币，写清出处。",
            "Add a line to rates/<year>.csv: date, currency, rate, source. The rate is one unit of the currency in the base; say where it is from.",
        ),
    },
    example: example!("pay-rate-missing"),
    scope: Scope::Book(check),
};

/// Days for which a rate serves.
const DAYS: i64 = 7;

/// What is open in a currency: the sum, the orders, and the first of them.
struct Open<'a> {
    sum: Decimal,
    orders: usize,
    first: Case<'a>,
}

fn check(facts: &Facts<'_>, out: &mut Sink<'_>) {
    let Some(base) = facts.book.config.base.as_deref().and_then(Currency::parse) else { return };
    let days = facts.book.config.rule_days(RULE.name, "days", DAYS);
    let mut all: BTreeMap<Currency, Open<'_>> = BTreeMap::new();
    for (order, own) in
        facts.each().filter(|(_, own)| own.is_open() && own.money.binding && !own.money.settled)
    {
        let open = own.money.open.filter(|open| *open > Decimal::ZERO);
        let Some((currency, open)) = own.goods.currency.filter(|c| *c != base).zip(open) else { continue };
        let entry = all.entry(currency).or_insert_with(|| Open {
            sum: Decimal::ZERO,
            orders: 0,
            first: Case::new(order, own, facts),
        });
        entry.sum = entry.sum.saturating_add(open);
        entry.orders += 1;
    }
    for (currency, open) in all {
        let rate = facts.book.rate(currency.code(), facts.as_of);
        let age = rate.map(|rate| (facts.as_of - rate.date).num_days());
        if age.is_some_and(|age| age <= days) {
            continue;
        }
        let (sum, orders) = (money(open.sum, Some(currency)), open.orders);
        let in_all = in_orders(orders);
        let (code, base) = (currency.code(), base.code());
        let (title, place, label) = match rate.zip(age) {
            Some((rate, age)) => {
                let (last, gone) = (rate.date, timing::days(age));
                let title = bi!(
                    "{code} 最近的汇率是 {last}，{age} 天前的，超过 {days} 天；没收的 {sum}（{orders} 单）折 {base} 不准",
                    "the last rate of {code} is of {last}, {gone} ago, the limit is {days}; {sum} to come ({in_all}) is worth something else in {base} by now"
                );
                (title, Place::file(&rate.file), bi!("最近一条 {last}", "the last one, {last}"))
            }
            None => (
                bi!(
                    "没有 {code} 的汇率，没收的 {sum}（{orders} 单）折不成 {base}",
                    "no rate of {code} on record: {sum} to come ({in_all}) cannot be told in {base}"
                ),
                facts.book.config.origin.place("base"),
                bi!("本位币", "base currency"),
            ),
        };
        let year = facts.as_of.format("%Y");
        let finding = out.report(title);
        finding
            .at(place, label)
            .at(terms::filled(&open.first, "currency"), bi!("用 {code} 的订单", "an order in {code}"))
            .values([code.to_owned(), sum])
            .help(bi!(
                "在 rates/{year}.csv 加一行 `日期,{code},汇率,来源`，汇率是 1 {code} 折多少 {base}",
                "add a line `date,{code},rate,source` to rates/{year}.csv: what one {code} is in {base}"
            ));
    }
}

fn in_orders(n: usize) -> String {
    if n == 1 { "1 order".to_owned() } else { format!("{n} orders") }
}
