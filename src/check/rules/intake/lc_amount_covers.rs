//! `lc-amount-covers`: the credit is too small.

use rust_decimal::Decimal;

use super::super::prelude::*;

use crate::check::shared::arrival::{self, Matters};
use crate::check::shared::{figures, terms};
use crate::derive::credit::limit;
use crate::model::value::Method;
use crate::text::Bi;

/// The rule.
pub static RULE: Rule = Rule {
    name: "lc-amount-covers",
    group: Group::Intake,
    class: Class::Risk,
    severity: Severity::Error,
    opt_in: false,
    since: "0.2.0",
    source: ("UCP 600 第 18 条 b 款、第 30 条", "UCP 600 articles 18 b and 30"),
    title: ("信用证金额不够", "the credit is too small"),
    docs: Docs {
        checks: (
            "信用证最多可支的金额（32B 加 39A 上浮，再加 39C）不少于要在信用证下收的金额：合同总额里用信用证付的那几期，乘以（1 + 订单允许的溢装）。一单有几份信用证的合计。比的是准确数，不四舍五入。",
            "The most that may be drawn (32B with 39A, plus 39C) covers what is to be collected under the credit: the instalments of the contract total paid by credit, times 1 plus the surplus the order allows. Several credits of an order are added up. Figures are exact, not rounded.",
        ),
        why: (
            "超过信用证金额的部分银行不付，差一分也是超支；少开的那部分实际变成了赊账。",
            "Banks pay nothing above the credit, and one cent too much is overdrawn; what the credit lacks has become open account.",
        ),
        fix: (
            "请客户增加 32B，或在 39A 加上浮动；不改的话，把溢装控制在信用证金额以内，差额另谈付款方式并写进合同。",
            "Have 32B increased or a tolerance put into 39A; otherwise ship no more than the credit covers and agree in writing how the rest is paid.",
        ),
    },
    example: example!("lc-amount-covers"),
    scope: Scope::Order(check),
};

fn check(case: &Case<'_>, out: &mut Sink<'_>) {
    let credits = arrival::credits(case);
    let currency = case.facts.goods.currency;
    // Amounts are compared in their own currency; another one is another rule's fault.
    if credits.iter().any(|c| c.money().is_some_and(|m| Some(m) != currency)) {
        return;
    }
    let Some(credit) = credits.first() else { return };
    let mut caps = credits.iter().map(|c| limit::amount(c)?.high);
    let cap = caps.try_fold(Decimal::ZERO, |sum, cap| sum.checked_add(cap?));
    let plus = case.order.tolerance.map_or(Decimal::ZERO, |t| t.plus);
    let Some((cap, drawn)) = cap.zip(to_draw(case)) else { return };
    let factor = (Decimal::ONE_HUNDRED + plus) / Decimal::ONE_HUNDRED;
    let Some(need) = drawn.checked_mul(factor).filter(|need| *need > cap) else { return };
    let Some(said) = credit.amount else { return };
    let money = |value: Decimal| figures::money(value, currency);
    let (most, want, short) = (money(cap), money(need), money(figures::apart(need, cap)));
    let called = if credits.len() == 1 {
        arrival::called(credit)
    } else {
        let n = credits.len();
        bi!("{n} 份信用证", "{n} credits")
    };
    let why = if plus.is_zero() {
        Bi::default()
    } else {
        let (base, plus) = (money(drawn), plus.normalize());
        bi!("（{base} 加溢装 {plus}%）", " ({base} and {plus}% more)")
    };
    let finding = out.report(bi!(
        "{called} 最多可支 {most}，要支 {want}{why}，少 {short}",
        "{called} covers at most {most}; {want}{why} is to be drawn, {short} too little"; called, why
    ));
    finding.at(arrival::at(case, &said), arrival::label(credit, said.source, ("32B 金额", "32B amount")));
    if plus.is_zero() {
        finding.at(case.order.origin.place("items"), bi!("订单货物", "goods of the order"));
    } else {
        finding.at(terms::filled(case, "tolerance"), bi!("订单允许的溢短装", "more or less in the order"));
    }
    finding
        .help(arrival::amend(&bi!(
            "金额加到 {want}，或 39A 加浮动；改不了就少装，或差额另谈付款方式",
            "increase the amount to {want}, or add a tolerance in 39A; failing that, ship less, or agree how the rest is paid"
        )))
        .values([most, want]);
    arrival::close(case, credit, finding, Matters::UntilShipped);
}

/// What is to be collected under credits: the instalments paid so, or the whole contract where the terms do not say.
fn to_draw(case: &Case<'_>) -> Option<Decimal> {
    let total = case.facts.goods.total?;
    let Some(terms) = case.facts.money.terms.as_ref().filter(|t| t.has(Method::Lc)) else {
        return Some(total);
    };
    let parts = terms.split(total, case.facts.goods.minor());
    let by_credit = terms.instalments.iter().zip(parts).filter(|(i, _)| i.method == Method::Lc);
    by_credit.map(|(_, part)| part).try_fold(Decimal::ZERO, Decimal::checked_add)
}
