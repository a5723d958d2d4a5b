//! `term-year-printed`: Incoterms year not printed.

use super::super::prelude::*;

use crate::check::shared::terms::{self, Printing};
use crate::model::document::{LetterOfCredit, Printed};
use crate::model::value::fold;

/// The rule.
pub static RULE: Rule = Rule {
    name: "term-year-printed",
    group: Group::Term,
    class: Class::Document,
    severity: Severity::Warning,
    opt_in: false,
    since: "0.1.0",
    source: (
        "ISBP 821 C8；单据印版本年份是公司规定",
        "ISBP 821 C8; the year on our own papers is a house rule",
    ),
    title: ("没有印 Incoterms 年份", "Incoterms year not printed"),
    docs: Docs {
        checks: (
            "合同、形式发票、发票上的贸易术语印了 INCOTERMS 和年份，没有就警告。信用证写了 INCOTERMS 年份而发票没有，是不符点，报错。",
            "The trade term on contract, proforma and invoice prints INCOTERMS and the year; a warning where it does not. Where the credit states INCOTERMS with a year and the invoice does not, it is a discrepancy and an error.",
        ),
        why: (
            "各版本的责任不同（CIP 的保险、DAT 与 DPU）；信用证引用了版本，发票就要跟着写，否则银行拒付。",
            "Editions differ (insurance under CIP, DAT and DPU); when the credit names the edition the invoice must too, or the bank refuses.",
        ),
        fix: (
            "登记时漏抄就补上；单据确实没印，重出时写成 CIF SANTOS INCOTERMS 2020 这样。",
            "If it was only not copied, add it; if it is not printed, issue the paper again with the term like CIF SANTOS INCOTERMS 2020.",
        ),
    },
    example: example!("term-year-printed"),
    scope: Scope::Order(check),
};

fn check(case: &Case<'_>, out: &mut Sink<'_>) {
    if case.facts.is_cancelled() {
        return;
    }
    let credit = credit_year(case);
    // A spelling that is no rule at all is for `term-in-set` to say.
    let bare: Vec<Printing<'_>> = terms::printed(case)
        .into_iter()
        .filter(|p| p.term.term.as_ref().is_some_and(|t| t.year.is_none() && t.alias.is_none()))
        .filter(|p| p.paper.goods.as_deref().and_then(stated_year).is_none())
        .collect();
    let (refused, plain): (Vec<_>, Vec<_>) =
        bare.into_iter().partition(|p| credit.is_some() && p.path.starts_with("invoice"));
    if let Some(first) = plain.first() {
        warn(case, first, &plain, out);
    }
    if let Some((year, path)) = &credit {
        let refused = refused.into_iter().map(|paper| (paper, false));
        for (paper, past) in refused.chain(shown(case)) {
            let (text, name) = (paper.term.text.trim(), paper.paper.number.as_deref().unwrap_or_default());
            let finding = out.report(bi!(
                "发票 {name} 印“{text}”，信用证写明 Incoterms {year}，发票没有年份",
                "invoice {name} prints `{text}` without a year; the credit says Incoterms {year}"
            ));
            finding
                .severity(Severity::Error)
                .at(case.order.origin.place(&paper.path), bi!("发票", "invoice"))
                .at(case.order.origin.place(path), bi!("信用证", "letter of credit"))
                .help(bi!(
                    "登记时漏抄就补上；发票确实没印，交单前重出一份，术语照信用证写全，含 INCOTERMS {year}",
                    "if it was only not copied, add it; if it is not printed, issue the invoice again before presentation with the term as in the credit, INCOTERMS {year} included"
                ))
                .values([text.to_owned(), format!("INCOTERMS {year}")]);
            paper.weigh(finding);
            finding.past = past;
        }
    }
}

/// Replaced invoices without the year that a presentation showed, and whether a later presentation cured it: then
/// they are history. Until it is presented again, a refused invoice is what the bank holds.
fn shown<'a>(case: &Case<'a>) -> Vec<(Printing<'a>, bool)> {
    let docs = &case.order.docs;
    let known: Vec<_> =
        docs.presentation.iter().filter(|p| p.date.is_some_and(|day| day <= case.as_of())).collect();
    let cured = |id: Option<&str>| id.is_some() && known.iter().any(|p| p.again.as_deref() == id);
    let history = |paper: &Printed| {
        let holds = known.iter().filter(|p| {
            p.documents.iter().any(|d| d.r#ref.is_some() && d.r#ref.as_deref() == paper.reference())
        });
        holds.map(|p| cured(p.id.as_deref())).reduce(|all, one| all && one)
    };
    docs.invoice
        .iter()
        .enumerate()
        .filter(|(_, invoice)| !invoice.paper.is_current())
        .filter(|(_, invoice)| invoice.paper.goods.as_deref().and_then(stated_year).is_none())
        .filter_map(|(i, invoice)| {
            let past = history(&invoice.paper)?;
            let term = invoice.term.as_ref().filter(|t| t.term.as_ref().is_some_and(|t| t.year.is_none()))?;
            let path = format!("invoice[{i}].term");
            Some((Printing { path, name: bi!("发票", "invoice"), paper: &invoice.paper, term }, past))
        })
        .collect()
}

fn warn(case: &Case<'_>, first: &Printing<'_>, all: &[Printing<'_>], out: &mut Sink<'_>) {
    let text = first.term.text.trim();
    let zh: Vec<&str> = all.iter().map(|p| p.name.zh.as_str()).collect();
    let en: Vec<&str> = all.iter().map(|p| p.name.en.as_str()).collect();
    let (zh, en) = (zh.join("、"), en.join(", "));
    let verb = if all.len() == 1 { "prints" } else { "print" };
    let year = first.term.term.as_ref().map_or(2020, crate::model::value::Incoterm::edition);
    let right = first.term.term.as_ref().map(crate::model::value::Incoterm::with_year).unwrap_or_default();
    let finding = out.report(crate::text::Bi {
        zh: format!("{zh}印“{text}”，没有写 Incoterms {year}"),
        en: format!("{en} {verb} `{text}` without Incoterms {year}"),
    });
    for paper in all {
        finding.at(case.order.origin.place(&paper.path), paper.name.clone());
    }
    finding
        .help(bi!(
            "单据上印了年份、只是没抄，补上；确实没印，下次出单写成 \"{right}\"",
            "if the paper has the year and it was only not copied, add it; otherwise print \"{right}\" from now on"
        ))
        .values([text]);
    if all.iter().all(|p| Printed::is_draft(p.paper)) {
        finding.class(Class::Risk);
    }
}

/// The edition that a credit in force states, in its term or in the words of 45A, and where.
fn credit_year(case: &Case<'_>) -> Option<(u16, String)> {
    let known = |lc: &LetterOfCredit| {
        lc.paper.is_current() && lc.received.or(lc.paper.day()).is_none_or(|day| day <= case.as_of())
    };
    case.order.docs.lc.iter().enumerate().filter(|(_, lc)| known(lc)).find_map(|(i, lc)| {
        let term = lc.term.as_ref().and_then(|t| t.term.as_ref()).and_then(|t| t.year);
        term.map(|year| (year, format!("lc[{i}].term"))).or_else(|| {
            lc.paper.goods.as_deref().and_then(stated_year).map(|year| (year, format!("lc[{i}].goods")))
        })
    })
}

/// `INCOTERMS 2020`, `INCOTERMS(R) 2020` in running text.
fn stated_year(text: &str) -> Option<u16> {
    let folded = fold::fold(text);
    let (_, rest) = folded.split_once("INCOTERM")?;
    let near: String = rest.chars().take(12).collect();
    let digits = near.split(|c: char| !c.is_ascii_digit()).find(|part| part.len() == 4)?;
    digits.parse().ok()
}
