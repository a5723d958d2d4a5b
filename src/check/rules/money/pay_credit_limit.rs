//! `pay-credit-limit`: a customer owes more without security than was allowed, or the limit has run out.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::check::shared::{banks, figures};
use crate::derive::OrderFacts;
use crate::derive::money::{Line, Security};
use crate::model::Order;
use crate::model::party::{CreditLimit, Party, PartyKind};
use crate::model::value::Currency;
use crate::text::Bi;

use super::super::prelude::*;

/// The rule.
pub static RULE: Rule = Rule {
    name: "pay-credit-limit",
    group: Group::Money,
    class: Class::Risk,
    severity: Severity::Error,
    opt_in: false,
    since: "0.3.0",
    source: ("公司规定；信保保单的限额", "house rule; the limit of the credit insurance"),
    title: ("超过信用额度", "over the credit limit"),
    docs: Docs {
        checks: (
            "写了 `credit_limit` 的客户：名下所有订单未收、又没有保障的钱（赊销、D/A 从投产起算；其余的，货走了、单据也不在手里的），按额度的币种合计，不超过额度。没投产的、信用证项下的、货或单据还在手里的不算。额度过了 `until`、还有这样的钱未收的，给警告。别的币种的不换算，只提示。没有额度的客户由 gate-deposit-or-credit 和 gate-document-control 说。",
            "For a customer with `credit_limit`: what is open without security over all orders (open account and acceptance from the start of production; anything else once goods and papers are out of our hands), in the currency of the limit, is at most the limit. What is not in production, under a credit, or held by goods or papers in hand does not count. A limit past `until` with money of that kind open is a warning. Other currencies are not converted, only named. Customers without a limit are for gate-deposit-or-credit and gate-document-control.",
        ),
        why: (
            "超过额度的部分，信保不赔，客户一倒全是我们的。",
            "Beyond the limit no insurer pays: if the customer fails, it is all ours.",
        ),
        fix: (
            "先催到期的；没发的货先停，或改成付款发货。老板或信保同意加的，改 `credit_limit` 的 amount、by、until。",
            "Collect what is due first; hold what has not left, or have it paid before it does. If the boss or the insurer grants more, change amount, by and until of `credit_limit`.",
        ),
    },
    example: example!("pay-credit-limit"),
    scope: Scope::Book(check),
};

/// Orders that are named at their places.
const NAMED: usize = 5;

/// What the orders of a customer have open without security, by currency.
type Exposure<'a> = BTreeMap<Option<Currency>, Vec<(&'a Order, Decimal)>>;

fn check(facts: &Facts<'_>, out: &mut Sink<'_>) {
    let limited = |party: &&Party| party.credit_limit.as_deref().is_some_and(|l| l.amount.is_some());
    if !facts.book.of_kind(PartyKind::Customer).any(|party| limited(&party)) {
        return;
    }
    let mut by_customer: BTreeMap<&str, Exposure<'_>> = BTreeMap::new();
    for (order, own) in facts.each() {
        let (Some(customer), open) = (order.customer.as_deref(), unsecured(own)) else { continue };
        if open > Decimal::ZERO {
            let exposure = by_customer.entry(customer).or_default();
            exposure.entry(own.goods.currency).or_default().push((order, open));
        }
    }
    for party in facts.book.of_kind(PartyKind::Customer).filter(limited) {
        if let (Some(exposure), Some(limit)) = (by_customer.get(&*party.id), party.credit_limit.as_deref()) {
            judge(facts, party, limit, exposure, out);
        }
    }
}

/// What an order has open without security.
fn unsecured(own: &OrderFacts) -> Decimal {
    let lines = own.money.lines.iter().filter(|line| line.security == Security::Unsecured);
    lines.filter_map(Line::outstanding).fold(Decimal::ZERO, Decimal::saturating_add)
}

fn judge(facts: &Facts<'_>, party: &Party, limit: &CreditLimit, exposure: &Exposure<'_>, out: &mut Sink<'_>) {
    let Some(amount) = limit.amount else { return };
    let usual = party.file.defaults.as_deref().and_then(|d| d.currency.as_deref()).and_then(Currency::parse);
    let currency = amount.currency.or(usual);
    if let Some(own) = exposure.get(&currency) {
        within(facts, party, (limit, amount.value, currency), own, out);
    }
    for (other, orders) in exposure.iter().filter(|(other, _)| **other != currency) {
        apart(party, (amount.value, currency), (*other, orders), out);
    }
}

fn sum(orders: &[(&Order, Decimal)]) -> Decimal {
    orders.iter().fold(Decimal::ZERO, |sum, (_, open)| sum.saturating_add(*open))
}

/// `1 order`, `3 orders`.
fn count(orders: &[(&Order, Decimal)]) -> Bi {
    let n = orders.len();
    let many = if n == 1 { "" } else { "s" };
    bi!("{n} 张订单", "{n} order{many}")
}

fn within(
    facts: &Facts<'_>,
    party: &Party,
    (limit, most, currency): (&CreditLimit, Decimal, Option<Currency>),
    orders: &[(&Order, Decimal)],
    out: &mut Sink<'_>,
) {
    let open = sum(orders);
    let expired = limit.until.filter(|until| *until < facts.as_of);
    if open <= most && expired.is_none() {
        return;
    }
    let name =
        Bi { zh: party.label(crate::text::Lang::Zh).into(), en: party.label(crate::text::Lang::En).into() };
    let count = count(orders);
    let (is, ought) = (figures::money(open, currency), figures::money(most, currency));
    let ran_out: Bi = expired.map_or_else(Bi::default, |until| {
        bi!("，额度 {until} 也已到期", "; the limit ran out on {until}, too")
    });
    let title = match expired {
        Some(until) if open <= most => bi!(
            "{name}：额度 {ought} 已于 {until} 到期，没有保障的应收还有 {is}（{count}）",
            "{name}: the limit of {ought} ran out on {until}, and {is} is open without security ({count})"; name, count
        ),
        _ => {
            let over = figures::money(figures::apart(open, most), currency);
            bi!(
                "{name}：没有保障的应收 {is}（{count}），额度 {ought}，超 {over}{ran_out}",
                "{name}: {is} open without security ({count}), the limit is {ought}: {over} too much{ran_out}"; name, count, ran_out
            )
        }
    };
    let finding = out.report_on(banks::subject(party), title);
    finding.at(party.origin.place("credit_limit.amount"), bi!("额度 {ought}", "limit {ought}"));
    if let Some(until) = expired {
        finding.at(party.origin.place("credit_limit.until"), bi!("{until} 到期", "until {until}"));
    }
    let mut largest: Vec<&(&Order, Decimal)> = orders.iter().collect();
    largest.sort_by_key(|(order, open)| (std::cmp::Reverse(*open), &order.id));
    for (order, open) in largest.into_iter().take(NAMED) {
        let open = figures::money(*open, currency);
        finding.at(order.origin.place("payment"), bi!("未收 {open}", "{open} open"));
    }
    finding.values([is, ought]).help(if open <= most {
        bi!(
            "先看是不是续过没登记：续了改 until 和 by；没续的，新单先不放账，问信保已出的货还保不保",
            "see first whether it was renewed and not recorded: change until and by. If not, grant no further credit, and ask the insurer whether what has left is still covered"
        )
    } else {
        bi!(
            "先看收款有没有漏登记。真超了：先催到期的，没出的货停下或收了钱再出；老板或信保同意加的，改 credit_limit 的 amount、by、until",
            "see first whether a receipt is not recorded. If it is over: collect what is due, hold what has not left or have it paid first; if the boss or the insurer grants more, change amount, by and until of credit_limit"
        )
    });
    if open <= most {
        finding.severity(Severity::Warning);
    }
}

/// Money in another currency is never added to a limit.
fn apart(
    party: &Party,
    (most, own): (Decimal, Option<Currency>),
    (currency, orders): (Option<Currency>, &[(&Order, Decimal)]),
    out: &mut Sink<'_>,
) {
    let name =
        Bi { zh: party.label(crate::text::Lang::Zh).into(), en: party.label(crate::text::Lang::En).into() };
    let (is, ought, count) =
        (figures::money(sum(orders), currency), figures::money(most, own), count(orders));
    let title = if own.is_none() {
        bi!(
            "{name}：额度 {ought} 没写币种，没有保障的应收 {is}（{count}）没有比",
            "{name}: the limit of {ought} has no currency; {is} open without security ({count}) was not compared"; name, count
        )
    } else {
        bi!(
            "{name}：没有保障的应收 {is}（{count}）和额度 {ought} 币种不同，没有比",
            "{name}: {is} open without security ({count}) is not in the currency of the limit of {ought} and was not compared"; name, count
        )
    };
    let finding = out.report_on(banks::subject(party), title);
    finding
        .severity(Severity::Info)
        .at(party.origin.place("credit_limit.amount"), bi!("额度 {ought}", "limit {ought}"));
    for (order, open) in orders.iter().take(NAMED) {
        let open = figures::money(*open, currency);
        finding.at(order.origin.place("payment"), bi!("未收 {open}", "{open} open"));
    }
    finding.values([is, ought]).help(bi!(
        "不换算；要管住，给这个客户定一个这种币种的额度，或按今天的汇率自己看一眼",
        "nothing is converted here: agree on a limit in this currency, or compare by today's rate yourself"
    ));
}
