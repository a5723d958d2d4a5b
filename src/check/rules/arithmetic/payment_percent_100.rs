//! `payment-percent-100`: fixed instalments that do not come to the order's total.

use super::super::prelude::*;
use crate::check::shared::figures;
use crate::model::value::Share;
use rust_decimal::Decimal;

/// The rule.
pub static RULE: Rule = Rule {
    name: "payment-percent-100",
    group: Group::Arithmetic,
    class: Class::Record,
    severity: Severity::Error,
    opt_in: false,
    since: "0.1.0",
    source: ("合同；公司规定", "the contract; house rule"),
    title: ("分期合计不等于总额", "instalments do not add to the total"),
    docs: Docs {
        checks: (
            "付款方式写固定金额时，各期之和等于订单总额；和 balance 或百分比混写时，固定部分不超过总额。百分比加不到 100% 由 payment-terms 说。",
            "Fixed instalments add to the order's total; beside a balance or a percentage the fixed part does not exceed it. Percentages that do not add to 100 % are for payment-terms.",
        ),
        why: (
            "差额没有到期日，没人催，最后变坏账。",
            "A remainder without a due date is chased by nobody and becomes a loss.",
        ),
        fix: (
            "改期款金额，或把最后一期写成 balance。",
            "Correct the instalments, or write the last one as `balance`.",
        ),
    },
    example: example!("payment-percent-100"),
    scope: Scope::Order(check),
};

fn check(case: &Case<'_>, out: &mut Sink<'_>) {
    let goods = &case.facts.goods;
    let (Some(terms), Some(total)) = (&case.facts.money.terms, goods.total) else { return };
    let exact = terms.fixed_total();
    let fixed = exact.unwrap_or_else(|| {
        terms.instalments.iter().fold(Decimal::ZERO, |sum, part| match part.share {
            Share::Fixed(amount) => sum.saturating_add(amount.value),
            _ => sum,
        })
    });
    let wrong = if exact.is_some() { fixed != total } else { fixed > total };
    if !wrong {
        return;
    }
    let (sum, total_text) = (figures::money(fixed, goods.currency), figures::money(total, goods.currency));
    let apart = figures::money(figures::apart(fixed, total), goods.currency);
    out.report(bi!(
        "付款方式各期合计 {sum}，订单总额 {total_text}，差 {apart}",
        "instalments come to {sum}, the order to {total_text}, {apart} apart"
    ))
    .at(case.order.origin.place("payment"), bi!("合计 {sum}", "together {sum}"))
    .at(case.order.origin.place("items"), bi!("订单 {total_text}", "order {total_text}"))
    .values([&sum, &total_text])
    .help(bi!(
        "改单以后数量变了，期款也要改；最后一期写 balance，就总是加得起来",
        "after a change of quantity the instalments change too; write the last one as `balance` and it always adds up"
    ));
}
