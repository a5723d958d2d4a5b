//! `credit-language-originals`: a document in another language than the credit's, or presented in copies only.

use super::super::prelude::*;
use crate::check::shared::asked;
use crate::check::shared::{exams, presented};
use crate::derive::credit::Said;
use crate::derive::exam::Exam;
use crate::derive::papers::Paper;
use crate::model::value::fold::{fold, is_han};

/// The rule.
pub static RULE: Rule = Rule {
    name: "credit-language-originals",
    group: Group::Credit,
    class: Class::Document,
    severity: Severity::Info,
    opt_in: false,
    since: "0.2.0",
    source: ("UCP 600 第 17 条 a 款；ISBP 745 A21", "UCP 600 art. 17 a; ISBP 745 A21"),
    title: ("语言或正本", "language and originals"),
    docs: Docs {
        checks: (
            "信用证写明单据用英文的，货描、品名、证明正文里没有汉字。46A 没写份数的单据，至少交一份正本（写了份数的由 credit-docs-complete 说）。只是提示。",
            "Where the credit wants documents in English there are no Chinese characters in goods, names of lines and words of certificates. A document for which 46A says no number is presented in at least one original (where it says one, credit-docs-complete speaks). For information only.",
        ),
        why: (
            "语言是信用证写死的条件；没写份数也不等于可以只交副本。",
            "The language is a term of the credit, and no number does not mean copies will do.",
        ),
        fix: ("用英文重出；补交一份正本。", "Issue it again in English; present an original."),
    },
    example: example!("credit-language-originals"),
    scope: Scope::Order(check),
};

fn check(case: &Case<'_>, out: &mut Sink<'_>) {
    let mut seen = presented::Seen::default();
    for exam in presented::all(case) {
        let english = english(exam);
        for paper in exam.papers.each().filter(|p| !matches!(p.key, "customs" | "collection")) {
            if let Some((clause, (path, text))) = english.zip(chinese(case, &paper))
                && seen.first(exam, paper.whole())
            {
                language(case, exam, &paper, (&path, &text), &clause, out);
            }
        }
        if exam.listed {
            for asked in asked::answers(exam) {
                let counted = asked::needs(asked.said.value).is_some();
                for paper in asked.papers().iter().filter(|_| !counted) {
                    if presented::originals(exam, paper) == Some(0) {
                        original(case, exam, paper, &format!("{}.text", asked.said.source.path()), out);
                    }
                }
            }
        }
    }
}

/// The condition that wants English.
fn english<'a>(exam: &Exam<'a>) -> Option<Said<&'a str>> {
    exam.credit.conditions.iter().copied().find(|c| {
        let text = fold(c.value);
        text.contains("ENGLISH") && text.contains("DOCUMENT") && !text.contains(" OR ")
    })
}

/// A printed text with Chinese characters, and where.
fn chinese(case: &Case<'_>, paper: &Paper<'_>) -> Option<(String, String)> {
    let mut texts: Vec<(String, &str)> = Vec::new();
    if let Some(goods) = paper.printed.goods.as_deref() {
        texts.push((paper.path("goods"), goods));
    }
    let docs = &case.order.docs;
    if let Some(doc) = docs.certificate.get(paper.index).filter(|_| paper.key == "certificate") {
        texts.extend(doc.title.as_deref().map(|t| (paper.path("title"), t)));
        texts.extend(doc.text.as_deref().map(|t| (paper.path("text"), t)));
    }
    if let Some(doc) = docs.invoice.get(paper.index).filter(|_| paper.key == "invoice") {
        let names = doc.lines.iter().enumerate();
        texts.extend(
            names.filter_map(|(i, l)| Some((paper.path(&format!("lines[{i}].name")), l.name.as_deref()?))),
        );
    }
    let found = texts.into_iter().find(|(_, text)| text.chars().any(is_han));
    found.map(|(path, text)| (path, text.to_owned()))
}

fn language(
    case: &Case<'_>,
    exam: &Exam<'_>,
    paper: &Paper<'_>,
    (path, text): (&str, &str),
    clause: &Said<&str>,
    out: &mut Sink<'_>,
) {
    let (name, words) = (paper.name(), asked::short(text));
    let finding = out.report(bi!(
        "{name} 有中文“{words}”，信用证要英文单据",
        "{name} has Chinese, `{words}`; the credit wants documents in English"; name
    ));
    finding
        .at(case.order.origin.place(path), name)
        .at(case.order.origin.place(&clause.source.path()), bi!("信用证 47A", "47A of the credit"))
        .values([text, clause.value])
        .help(bi!(
            "纸面是英文、登记写了中文，就照纸面登记；纸面确有中文，用英文重出",
            "if the paper is in English, record it as printed; if it has Chinese, issue it again in English"
        ));
    exams::weigh(finding, exam, paper);
}

fn original(case: &Case<'_>, exam: &Exam<'_>, paper: &Paper<'_>, source: &str, out: &mut Sink<'_>) {
    let Some(path) = exam.path("documents") else { return };
    let name = paper.name();
    let finding = out.report(bi!(
        "{name} 只交了副本，至少要一份正本",
        "{name}: copies only; at least one original is due"; name
    ));
    finding
        .at(case.order.origin.place(&path), bi!("交单", "presentation"))
        .at(case.order.origin.place(source), bi!("信用证 46A", "46A of the credit"))
        .values(["0", "1"])
        .help(bi!(
            "交了正本只是没记，就补交单记录；没交，交单期内补一份正本",
            "if an original was presented, correct the record; if not, present one in time"
        ));
    exams::weigh(finding, exam, paper);
}
