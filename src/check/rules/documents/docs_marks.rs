//! `docs-marks`: papers disagree on the marks.

use super::super::prelude::*;

use crate::check::shared::conflicts::{self, Group as Papers};
use crate::check::shared::texts::{self, Split, Text};
use crate::compare::marks::{self, Marks};
use crate::derive::papers::Paper;
use crate::text::StaticBi;

const FIELD: StaticBi = ("唛头", "marks are");

/// The rule.
pub static RULE: Rule = Rule {
    name: "docs-marks",
    group: Group::Documents,
    class: Class::Document,
    severity: Severity::Warning,
    opt_in: false,
    since: "0.2.0",
    source: (
        "UCP 600 第 14 条 d 款；ISBP 745 第 A32 至 A34 段（信用证项下）",
        "UCP 600 art. 14(d); ISBP 745 A32 to A34, under a credit",
    ),
    title: ("单据之间唛头不一致", "papers disagree on the marks"),
    docs: Docs {
        checks: (
            "同一批的发票、装箱单、提单、产地证、保险单的唛头逐行比，不管大小写、标点、行序和分行。少印几行没关系；提单多印柜号、封号、重量、产地、警告语没关系；1-UP 和 1-300 不矛盾；写 AS PER INVOICE 的不比。文字不同是错误，只差一个字母要人看，多出别的文字提醒看一眼。",
            "Marks on invoice, packing list, transport document, certificate of origin and insurance are compared line by line, whatever their case, punctuation, order and line breaks. Fewer lines are fine; so are containers, seals, weights, origin and handling words besides; 1-UP does not contradict 1-300; AS PER INVOICE is not compared. Other text is an error, one slip of a letter is for a person to look at, more text is worth a look.",
        ),
        why: (
            "唛头是货和单据的唯一连接；箱号对不上，仓库按短少收货，银行按不符拒付。",
            "Marks tie the goods to the papers; if the carton numbers differ, the warehouse books a shortage and the bank refuses.",
        ),
        fix: (
            "先看箱子上印的是什么，再改和它不同的那份单据；多半是箱数改了唛头没跟着改。",
            "See what the cartons carry, then correct the paper that differs; most often the number of cartons changed and the marks did not.",
        ),
    },
    example: example!("docs-marks"),
    scope: Scope::Order(check),
};

/// What one paper prints, line by line.
struct Printed<'a> {
    paper: Paper<'a>,
    lines: &'a [String],
}

fn check(case: &Case<'_>, out: &mut Sink<'_>) {
    for group in conflicts::groups(case) {
        one(case, &group, out);
    }
}

fn one(case: &Case<'_>, group: &Papers<'_, '_>, out: &mut Sink<'_>) {
    // The declaration often prints N/M whatever the cartons carry.
    let papers = group.papers.each().filter(|p| p.key != "customs" && !p.printed.marks.is_empty());
    let all: Vec<Printed<'_>> = papers.map(|paper| Printed { paper, lines: &paper.printed.marks }).collect();
    if all.windows(2).all(|pair| matches!(pair, [a, b] if a.lines == b.lines)) {
        return;
    }
    let texts: Vec<Text<'_>> =
        all.iter().map(|p| Text { paper: p.paper, field: "marks", text: p.lines.join(" / ") }).collect();
    let lines = |text: &Text<'_>| {
        let is = |p: &&Printed<'_>| p.paper.key == text.paper.key && p.paper.index == text.paper.index;
        all.iter().find(is).map_or(&[][..], |p| p.lines)
    };
    let agree =
        |a: &Text<'_>, b: &Text<'_>| !matches!(marks::compare(lines(a), lines(b)), Marks::Different(..));
    let Some(split) = texts::split(group, &texts, texts::invoice_first, agree) else { return };
    // What either of our own papers prints may stand on any other.
    let ours: Vec<String> = all
        .iter()
        .filter(|p| matches!(p.paper.key, "invoice" | "packing"))
        .flat_map(|p| p.lines.iter().cloned())
        .collect();
    // Two invoices or two bills of lading of one shipment may carry a range of cartons each.
    let several =
        all.iter().enumerate().any(|(i, p)| all.iter().skip(i + 1).any(|q| q.paper.key == p.paper.key));
    for odd in &split.out {
        if let Marks::Different(missing, added) = marks::compare(lines(split.reference), lines(odd)) {
            let finding = put(case, group, &split, odd, (&missing, &added), out);
            if several || group.whole {
                finding.judgement();
            } else if finding.class != Class::Risk {
                finding.severity(Severity::Error);
            }
        }
    }
    for near in split.supporters.iter().skip(1).filter(|t| group.blames(&t.paper)) {
        match marks::compare(lines(split.reference), lines(near)) {
            Marks::Slip(pairs) => {
                let (ought, is): (Vec<String>, Vec<String>) = pairs.into_iter().unzip();
                put(case, group, &against(&split, near), near, (&ought, &is), out).judgement();
            }
            _ if matches!(near.paper.key, "invoice" | "packing") || ours.is_empty() => {}
            _ => {
                if let Marks::More(added) = marks::compare(&ours, lines(near)) {
                    more(case, group, near, &added, out);
                }
            }
        }
    }
}

/// The reference alone stands against one that is nearly the same.
fn against<'t, 'a>(split: &Split<'t, 'a>, near: &'t Text<'a>) -> Split<'t, 'a> {
    let supporters = vec![split.reference];
    Split { reference: split.reference, supporters, out: vec![near], alone: true }
}

fn put<'o>(
    case: &Case<'_>,
    group: &Papers<'_, '_>,
    split: &Split<'_, '_>,
    odd: &Text<'_>,
    (ought, is): (&[String], &[String]),
    out: &'o mut Sink<'_>,
) -> &'o mut crate::check::finding::Finding {
    // Only the lines that differ; the rest would hide them.
    let reference = Text { text: ought.join(" / "), ..split.reference.clone() };
    let odd = Text { text: is.join(" / "), ..odd.clone() };
    let supporters = std::iter::once(&reference).chain(split.supporters.iter().skip(1).copied()).collect();
    let split = Split { reference: &reference, supporters, out: Vec::new(), alone: split.alone };
    texts::say(case, group, FIELD, &split, &odd, out)
}

fn more(case: &Case<'_>, group: &Papers<'_, '_>, near: &Text<'_>, added: &[String], out: &mut Sink<'_>) {
    let (name, text) = (conflicts::name(case, &near.paper), added.join(" / "));
    let cure = conflicts::cure(case, &near.paper);
    let who = conflicts::subject(&name);
    let finding = out.report(bi!(
        "{who}唛头多出 {text}，发票、装箱单上没有",
        "{who}: the marks also show {text}, which is on neither invoice nor packing list";
        who
    ));
    finding.judgement().at(case.order.origin.place(&near.paper.path("marks")), name).values([&text]).help(
        bi!(
            "箱子上真有这行，发票、装箱单也补上；没有，{cure}",
            "if the cartons carry it, add it to invoice and packing list; if not, {cure}";
            cure
        ),
    );
    conflicts::weigh(case, finding, group, &near.paper, false);
}
