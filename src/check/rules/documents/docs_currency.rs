//! `docs-currency`: papers disagree on the currency.

use super::super::prelude::*;

use crate::check::shared::conflicts::{self, Group as Papers};
use crate::check::shared::texts::{self, Text};
use crate::compare::{Outcome, currency};
use crate::derive::papers::Papers as All;
use crate::model::value::{Amount, Currency};

/// The rule.
pub static RULE: Rule = Rule {
    name: "docs-currency",
    group: Group::Documents,
    class: Class::Document,
    severity: Severity::Error,
    opt_in: false,
    since: "0.2.0",
    source: (
        "UCP 600 第 18 条 a 款 iii 项、第 28 条 f 款 i 项（信用证项下）",
        "UCP 600 art. 18(a)(iii) and 28(f)(i), under a credit",
    ),
    title: ("单据之间币种不一致", "papers disagree on the currency"),
    docs: Docs {
        checks: (
            "发票、汇票、保险单、托收和交单的金额，凡印了币种的，是同一个币种；US$、$ 和 USD 一样，RMB 和 CNY 一样。发票、保险单和信用证币种不同的，由 credit- 规则说。",
            "Currencies printed on invoice, draft, insurance, collection and presentation are one; US$ and $ are USD, RMB is CNY. An invoice or insurance in another currency than the credit's is the business of the credit rules.",
        ),
        why: (
            "人民币保单配美元发票，赔款和货款对不上，银行按不符拒付。",
            "A policy in yuan beside an invoice in dollars does not cover the debt, and the bank refuses it.",
        ),
        fix: (
            "先看原件，抄错就改登记。保险单币种错的，让保险公司换单。",
            "Look at the original and correct the record if it was copied wrongly. A policy in the wrong currency is replaced by the insurer.",
        ),
    },
    example: example!("docs-currency"),
    scope: Scope::Order(check),
};

fn check(case: &Case<'_>, out: &mut Sink<'_>) {
    if case.facts.is_cancelled() {
        return;
    }
    // An order is in one currency, whatever it is shipped in: all its papers stand against each other.
    let papers = All::of(case.order, |p| crate::derive::papers::is_known(p.printed, case.as_of()));
    let group = Papers { papers: &papers, past: false, whole: false };
    let texts = said(&papers);
    let agree = |a: &Text<'_>, b: &Text<'_>| {
        currency::compare(&a.text, &b.text).is_none_or(|outcome| outcome != Outcome::Different)
    };
    let Some(split) = texts::split(&group, &texts, texts::invoice_first, agree) else { return };
    // Where the invoice itself is in another currency than the credit, the others are not at fault.
    if told_by_credit(case, split.reference) {
        return;
    }
    for odd in split.out.iter().filter(|odd| !told_by_credit(case, odd)) {
        texts::say(case, &group, ("币种", "currency is"), &split, odd, out);
    }
}

/// The currency that each paper prints, apart or beside its amount.
fn said<'a>(papers: &All<'a>) -> Vec<Text<'a>> {
    let amount = |a: &Option<Amount>| a.as_ref().and_then(|a| a.currency).map(Currency::code);
    let mut all = Vec::new();
    for paper in papers.each() {
        let found = match paper.key {
            "invoice" => papers
                .invoice
                .iter()
                .find(|(i, _)| *i == paper.index)
                .map(|(_, d)| (d.currency.as_deref(), amount(&d.total), "total")),
            "draft" => papers
                .draft
                .iter()
                .find(|(i, _)| *i == paper.index)
                .map(|(_, d)| (d.currency.as_deref(), amount(&d.amount), "amount")),
            "insurance" => papers
                .insurance
                .iter()
                .find(|(i, _)| *i == paper.index)
                .map(|(_, d)| (d.currency.as_deref(), amount(&d.amount), "amount")),
            "collection" => papers
                .collection
                .iter()
                .find(|(i, _)| *i == paper.index)
                .map(|(_, d)| (None, amount(&d.amount), "amount")),
            _ => None,
        };
        let Some((apart, beside, field)) = found else { continue };
        let said = apart.map(|text| (text, "currency")).or(beside.map(|code| (code, field)));
        if let Some((text, field)) = said {
            all.push(Text { paper, field, text: text.to_owned() });
        }
    }
    all
}

fn told_by_credit(case: &Case<'_>, odd: &Text<'_>) -> bool {
    matches!(odd.paper.key, "invoice" | "insurance")
        && conflicts::examined(case, &odd.paper).any(|credit| {
            let asked = credit.currency.as_ref().map(|c| c.value);
            asked.is_some_and(|asked| currency::compare(&odd.text, asked) == Some(Outcome::Different))
        })
}
