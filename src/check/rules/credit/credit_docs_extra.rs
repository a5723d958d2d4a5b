//! `credit-docs-extra`: papers in the presentation that the credit does not ask for.

use super::super::prelude::*;
use crate::check::shared::asked::{self, Answer};
use crate::check::shared::presented;
use crate::derive::exam::Exam;
use crate::derive::papers::Paper;
use crate::model::value::fold::fold;

/// The rule.
pub static RULE: Rule = Rule {
    name: "credit-docs-extra",
    group: Group::Credit,
    class: Class::Document,
    severity: Severity::Info,
    opt_in: false,
    since: "0.2.0",
    source: ("UCP 600 第 14 条 g 款", "UCP 600 art. 14 g"),
    title: ("交了信用证没要的单据", "papers presented that the credit does not ask for"),
    docs: Docs {
        checks: (
            "交单列出的单据都是 46A 要的（加上 42C 的汇票）。47A 提到的单据不算多。46A 有认不出的种类时，证明不算多。只是提示。",
            "Every paper that the presentation lists is asked for by 46A (or is the draft of 42C). Documents that 47A speaks of are none too many, nor are certificates where 46A has kinds that are not understood. For information only.",
        ),
        why: (
            "没要的单据银行不看，退回或不管；可上面的数据多一处，就多一处和别的单据打架的机会。",
            "A bank disregards or returns what was not called for, and each needless paper is one more chance of a contradiction.",
        ),
        fix: (
            "交单时抽出来；客户要的，另外寄。",
            "Leave it out of the presentation; send the buyer what he wants directly.",
        ),
    },
    example: example!("credit-docs-extra"),
    scope: Scope::Order(check),
};

fn check(case: &Case<'_>, out: &mut Sink<'_>) {
    for exam in presented::all(case) {
        if exam.listed && !exam.credit.documents.is_empty() {
            examine(case, exam, out);
        }
    }
}

fn examine(case: &Case<'_>, exam: &Exam<'_>, out: &mut Sink<'_>) {
    let all = asked::answers(exam);
    let open = all.iter().any(|a| matches!(a.answer, Answer::Unknown));
    let wanted = |paper: &Paper<'_>| {
        paper.key == "draft"
            || all.iter().flat_map(|a| a.papers()).any(|p| p.whole() == paper.whole())
            || (open && paper.key == "certificate")
            || spoken_of(exam, paper)
    };
    let extra: Vec<Paper<'_>> = exam.papers.each().filter(|p| !wanted(p)).collect();
    let Some(path) = exam.path("documents").filter(|_| !extra.is_empty()) else { return };
    let zh = extra.iter().map(|p| p.name().zh).collect::<Vec<_>>().join("、");
    let en = extra.iter().map(|p| p.name().en).collect::<Vec<_>>().join(", ");
    let names = crate::text::Bi { zh, en };
    let finding = out.report(bi!(
        "信用证没要{names}，交单时抽出来",
        "the credit does not ask for {names}; leave it out"; names
    ));
    finding.at(case.order.origin.place(&path), bi!("交单", "presentation"));
    for paper in &extra {
        finding.at(case.order.origin.place(&paper.whole()), paper.name());
    }
    finding.values(extra.iter().filter_map(|p| p.printed.number.clone())).help(bi!(
        "银行不审没要的单据；客户要的另外寄，不要放进交单",
        "banks do not examine what was not called for; send it to the buyer directly instead"
    ));
    finding.past |= exam.past;
}

/// 47A names a document like this one.
fn spoken_of(exam: &Exam<'_>, paper: &Paper<'_>) -> bool {
    let words: &[&str] = match paper.key {
        "courier" => &["COURIER"],
        "insurance" => &["INSURANCE"],
        "origin" => &["CERTIFICATE OF ORIGIN"],
        "packing" => &["PACKING LIST"],
        "certificate" => &["CERTIFICATE", "STATEMENT", "DECLARATION"],
        "customs" => &["CUSTOMS DECLARATION", "EXPORT DECLARATION"],
        _ => &[],
    };
    let texts = exam.credit.conditions.iter().map(|c| fold(c.value));
    texts.into_iter().any(|text| words.iter().any(|word| text.contains(word)))
}
