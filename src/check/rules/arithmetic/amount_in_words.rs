//! `amount-in-words`: words of an amount say another amount than the figure.

use super::super::prelude::*;
use crate::check::shared::{figures, papers};
use crate::model::document::Printed;
use crate::model::value::{Amount, Currency, words};

/// The rule.
pub static RULE: Rule = Rule {
    name: "amount-in-words",
    group: Group::Arithmetic,
    class: Class::Record,
    severity: Severity::Error,
    opt_in: false,
    since: "0.1.0",
    source: ("ISBP 821 第 B14 段；公司规定", "ISBP 821 para. B14; house rule"),
    title: ("大写金额和小写不一致", "amount in words differs from the figure"),
    docs: Docs {
        checks: (
            "商业发票的 words 和 total（或扣减后的 total_net）、汇票的 words 和 amount 说的是同一个金额；标点、连字符、AND、ONLY、SAY 不计。",
            "The words of an invoice and its total (or its total after deductions), the words of a draft and its amount, say the same amount; punctuation, hyphens, AND, ONLY and SAY do not count.",
        ),
        why: (
            "银行审单时大小写金额必须一致；大写是照旧单改的，最容易忘记改。",
            "Banks read words and figures against each other, and the words are what is forgotten when an old paper is reused.",
        ),
        fix: (
            "改错的那一处；单据已经出具就改单重出。",
            "Correct the one that is wrong; if the paper is issued, have it reissued.",
        ),
    },
    example: example!("amount-in-words"),
    scope: Scope::Order(check),
};

fn check(case: &Case<'_>, out: &mut Sink<'_>) {
    let own = case.facts.goods.currency;
    for (index, invoice) in case.order.docs.invoice.iter().enumerate() {
        let currency = figures::currency(invoice.currency.as_deref(), own);
        let figures = [("total", invoice.total.as_ref()), ("total_net", invoice.total_net.as_ref())];
        let words = invoice.words.as_deref();
        compare(
            case,
            &Sheet { key: "invoice", index, paper: &invoice.paper, words, currency },
            &figures,
            out,
        );
    }
    for (index, draft) in case.order.docs.draft.iter().enumerate() {
        let currency = figures::currency(draft.currency.as_deref(), own);
        let figures = [("amount", draft.amount.as_ref())];
        let words = draft.words.as_deref();
        compare(case, &Sheet { key: "draft", index, paper: &draft.paper, words, currency }, &figures, out);
    }
}

struct Sheet<'a> {
    key: &'static str,
    index: usize,
    paper: &'a Printed,
    words: Option<&'a str>,
    currency: Option<Currency>,
}

fn compare(case: &Case<'_>, sheet: &Sheet<'_>, figures: &[(&str, Option<&Amount>)], out: &mut Sink<'_>) {
    let (Some(printed), true) = (sheet.words, sheet.paper.is_current()) else { return };
    let said = |amount: &Amount| {
        let currency = amount.currency.or(sheet.currency);
        currency.is_none_or(|c| words::says(printed, amount.value, c))
    };
    let mut known = figures.iter().filter_map(|(field, amount)| amount.map(|a| (*field, a))).peekable();
    let Some(&(field, first)) = known.peek() else { return };
    if known.any(|(_, amount)| said(amount)) {
        return;
    }
    let currency = first.currency.or(sheet.currency);
    let figure = figures::money(first.value, currency);
    let right = currency.and_then(|c| words::amount(first.value, c)).unwrap_or_default();
    let (zh, en) = papers::title(sheet.key);
    let Sheet { key, index, .. } = *sheet;
    let finding = out
        .report(bi!(
            "{zh}大写写的是“{printed}”，小写是 {figure}",
            "{en}: the words say `{printed}`, the figure is {figure}"
        ))
        .at(case.order.origin.place(&format!("{key}[{index}].words")), bi!("大写", "words"))
        .at(case.order.origin.place(&format!("{key}[{index}].{field}")), bi!("小写", "figure"))
        .values([printed, &figure])
        .help(bi!(
            "先看小写对不对；小写没错，大写应是 {right}。已经出具的单据要改单",
            "check the figure first; if it is right, the words are {right}. A paper that is issued must be reissued"
        ));
    papers::soften(finding, sheet.paper);
}
