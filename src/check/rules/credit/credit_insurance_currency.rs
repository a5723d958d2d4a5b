//! `credit-insurance-currency`: insured in other money than the credit.

use super::super::prelude::*;
use crate::check::shared::{exams, presented};
use crate::compare::{Outcome, currency};

/// The rule.
pub static RULE: Rule = Rule {
    name: "credit-insurance-currency",
    group: Group::Credit,
    class: Class::Document,
    severity: Severity::Error,
    opt_in: false,
    since: "0.2.0",
    source: ("UCP 600 第 28 条 f 款 i 项", "UCP 600 art. 28 f i"),
    title: ("保险币种与信用证不同", "insured in other money than the credit"),
    docs: Docs {
        checks: (
            "保险单据的币种就是信用证 32B 的币种。没印币种的不比。",
            "The insurance document is in the currency of 32B. One that prints none is not compared.",
        ),
        why: (
            "汇率一变，人民币保额就不够了，所以 UCP 要求同一种货币，银行不折算。",
            "A sum in other money changes with the rate; UCP wants the same currency and banks do not convert.",
        ),
        fix: (
            "请保险公司按信用证币种重出或批改。",
            "Have the insurer issue or endorse it in the currency of the credit.",
        ),
    },
    example: example!("credit-insurance-currency"),
    scope: Scope::Order(check),
};

fn check(case: &Case<'_>, out: &mut Sink<'_>) {
    let mut seen = presented::Seen::default();
    for exam in presented::all(case) {
        let Some(ours) = exam.credit.money() else { continue };
        for (paper, doc) in presented::insured(exam) {
            let beside = doc.amount.and_then(|a| a.currency).map(|c| c.code());
            let Some(is) = doc.currency.as_deref().or(beside) else { continue };
            if currency::compare(is, ours.code()) != Some(Outcome::Different)
                || !seen.first(exam, paper.whole())
            {
                continue;
            }
            let (name, due) = (paper.name(), ours.code());
            let finding = out.report(bi!(
                "{name} 币种 {is}，信用证 {due}",
                "{name} is in {is}, the credit in {due}"; name
            ));
            let field = if doc.currency.is_some() { "currency" } else { "amount" };
            finding.at(case.order.origin.place(&paper.path(field)), name);
            let source = exam.credit.currency.as_ref().map(|c| c.source.path());
            if let Some(path) = source.or(exam.credit.amount.as_ref().map(|a| a.source.path())) {
                finding.at(case.order.origin.place(&path), bi!("信用证 32B", "32B of the credit"));
            }
            finding.values([is, due]).help(bi!(
                "先看抄错没有；保单确是 {is}，请保险公司按 {due} 重出或出批单",
                "see first whether it was copied wrongly; if the policy is in {is}, have the insurer issue or endorse it in {due}"
            ));
            exams::weigh(finding, exam, &paper);
        }
    }
}
