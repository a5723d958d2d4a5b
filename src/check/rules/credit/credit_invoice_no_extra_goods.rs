//! `credit-invoice-no-extra-goods`: the invoice lists goods that 45A does not.

use std::collections::BTreeSet;

use super::super::prelude::*;
use crate::check::shared::{exams, lines, presented};
use crate::compare::goods;
use crate::derive::exam::Exam;
use rust_decimal::Decimal;

/// The rule.
pub static RULE: Rule = Rule {
    name: "credit-invoice-no-extra-goods",
    group: Group::Credit,
    class: Class::Document,
    severity: Severity::Error,
    opt_in: false,
    since: "0.2.0",
    source: ("ISBP 745 C12 b", "ISBP 745 C12 b"),
    title: ("发票上有信用证以外的货", "goods on the invoice that the credit does not list"),
    docs: Docs {
        checks: (
            "发票的每一行都是 45A 里的货，免费的、样品、赠品也不能有。45A 逐项登记了才比。和 45A 有共同的词、可能属于总称的（配件、附件），请人看；整张发票没有一行对得上的，由 credit-invoice-description 说。",
            "Every line of the invoice is goods of 45A; nothing else, not even free of charge, as samples or gifts. Compared only where 45A is recorded line by line. A line that shares words with 45A and may belong to a general description (parts, accessories) is for a person to look at; an invoice of which no line agrees is for credit-invoice-description.",
        ),
        why: (
            "信用证没要的货，写上了就是不符，免费也一样；进口国海关还可能要另报。",
            "Goods that the credit does not call for are a discrepancy even when free; customs at destination may want them declared too.",
        ),
        fix: (
            "样品、赠品另开形式发票，不写进信用证项下的发票；确要一起走的，请客户改证加上。",
            "Put samples and gifts on an invoice of their own, outside the credit; if they must go with it, have the credit name them.",
        ),
    },
    example: example!("credit-invoice-no-extra-goods"),
    scope: Scope::Order(check),
};

fn check(case: &Case<'_>, out: &mut Sink<'_>) {
    let mut seen = presented::Seen::default();
    for exam in presented::all(case) {
        let asked = words(exam);
        for row in lines::Rows::of(exam).all {
            if row.means == lines::Means::Other && seen.first(exam, row.path("name")) {
                say(case, exam, &row, &asked, out);
            }
        }
    }
}

/// The words of 45A, of its text and its lines.
fn words(exam: &Exam<'_>) -> BTreeSet<String> {
    let names = exam.credit.items.iter().filter_map(|i| i.value.name.as_deref());
    let texts = exam.credit.goods.iter().map(|g| g.value).chain(names);
    texts.flat_map(goods::tokens).filter(|t| !t.hard).map(|t| t.text).collect()
}

/// Words of what is given away.
const FREE: &[&str] = &["FREE", "SAMPLE", "GIFT", "FOC", "PROMOTION", "PROMOTIONAL", "CHARGE"];

fn say(case: &Case<'_>, exam: &Exam<'_>, row: &lines::Row<'_>, asked: &BTreeSet<String>, out: &mut Sink<'_>) {
    let goods = row.line.name.as_deref().unwrap_or_default();
    let own: Vec<String> = goods::tokens(goods).into_iter().filter(|t| !t.hard).map(|t| t.text).collect();
    let free = own.iter().any(|w| FREE.contains(&w.as_str()))
        || [row.line.price, row.line.amount].into_iter().flatten().any(|a| a.value == Decimal::ZERO);
    let shares = own.iter().any(|w| asked.contains(w));
    let paper = row.paper();
    let name = paper.name();
    let finding = out.report(if free {
        bi!(
            "{name} 有 45A 没有的货“{goods}”，免费的也不能写",
            "{name} lists `{goods}`, which 45A does not, not even free of charge"; name
        )
    } else {
        bi!("{name} 有 45A 没有的货“{goods}”", "{name} lists `{goods}`, which 45A does not"; name)
    });
    finding.at(case.order.origin.place(&row.path("name")), name);
    let source = exam.credit.goods.first().map(|g| g.source.path());
    if let Some(path) = source.or(exam.credit.items.first().map(|i| i.source.path())) {
        finding.at(case.order.origin.place(&path), bi!("信用证 45A", "45A of the credit"));
    }
    let listed: Vec<&str> = exam.credit.items.iter().filter_map(|i| i.value.name.as_deref()).collect();
    finding.values([goods.to_owned(), listed.join("; ")]);
    if shares && !free {
        finding.severity(Severity::Warning).judgement().help(bi!(
            "看它是不是 45A 总称里的一部分（配件、附件）：是就留着；不是就另开发票，或请客户改证加上",
            "see whether it is part of what 45A names in general (parts, accessories); if not, put it on an invoice of its own or have the credit name it"
        ));
    } else {
        finding.help(bi!(
            "另开一张形式发票走，不写进信用证项下的发票；确要一起写，请客户改证",
            "put it on an invoice of its own, outside the credit; if it must stand here, have the credit name it"
        ));
    }
    exams::weigh(finding, exam, &paper);
}
