//! `lc-currency`: the credit is in another currency.

use super::super::prelude::*;

use crate::check::shared::arrival::{self, Matters};
use crate::check::shared::terms;

/// The rule.
pub static RULE: Rule = Rule {
    name: "lc-currency",
    group: Group::Intake,
    class: Class::Risk,
    severity: Severity::Error,
    opt_in: false,
    since: "0.2.0",
    source: ("UCP 600 第 18 条 a 款 iii 项", "UCP 600 article 18 a iii"),
    title: ("信用证币种和订单不同", "the credit is in another currency"),
    docs: Docs {
        checks: ("信用证 32B 的币种和订单的币种相同。", "The currency of 32B is the currency of the order."),
        why: (
            "发票币种必须和信用证一致，合同、报关和收汇又按订单的币种，两边总有一边不符；汇率风险也落到我们头上。",
            "The invoice must be in the currency of the credit while contract, declaration and receipts follow the order: one side is always wrong, and the currency risk becomes ours.",
        ),
        fix: (
            "先看 32B 是不是抄错。没抄错，请客户改证；双方已同意换币种的，把合同和订单一起改，旧值写进 amendments。",
            "See first whether 32B was copied wrongly. If not, have the credit amended; if both sides agreed on the other currency, change contract and order and keep the old value in amendments.",
        ),
    },
    example: example!("lc-currency"),
    scope: Scope::Order(check),
};

fn check(case: &Case<'_>, out: &mut Sink<'_>) {
    let Some(own) = case.facts.goods.currency else { return };
    for credit in arrival::credits(case) {
        let Some(money) = credit.money().filter(|money| *money != own) else { continue };
        let source = credit.currency.map(|c| c.source).or(credit.amount.map(|a| a.source));
        let Some(source) = source else { continue };
        let (called, is, own) = (arrival::called(credit), money.code(), own.code());
        let finding = out.report(bi!(
            "{called} 是 {is}，订单是 {own}",
            "{called} is in {is}, the order in {own}"; called
        ));
        finding
            .at(
                case.order.origin.place(&source.path()),
                arrival::label(credit, source, ("32B 币种", "32B currency")),
            )
            .at(terms::filled(case, "currency"), bi!("订单币种", "currency of the order"))
            .help(arrival::amend(&bi!("32B 改成 {own}", "32B to be in {own}")))
            .values([is, own]);
        arrival::close(case, credit, finding, Matters::UntilPresented);
    }
}
