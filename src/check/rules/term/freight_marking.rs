//! `freight-marking`: freight marking contradicts the term.

use super::super::prelude::*;
use crate::check::finding::Place;

use crate::check::shared::terms;
use crate::model::document::{self, Printed};
use crate::model::value::{Freight, Incoterm};
use crate::text::Bi;

/// The rule.
pub static RULE: Rule = Rule {
    name: "freight-marking",
    group: Group::Term,
    class: Class::Document,
    severity: Severity::Error,
    opt_in: false,
    since: "0.1.0",
    source: (
        "ISBP 821 E26；Incoterms 2020 各术语 A9、B9 条",
        "ISBP 821 E26; Incoterms 2020, articles A9 and B9 of each rule",
    ),
    title: ("运费标注与术语不符", "freight marking contradicts the term"),
    docs: Docs {
        checks: (
            "运输单据上的运费：EXW、FCA、FAS、FOB 标到付，C 组和 D 组标预付。信用证 46A 明写了另一种的，以信用证为准，不报。没写运费的不比；草稿只是警告。",
            "Freight on the transport document: collect under EXW, FCA, FAS, FOB, prepaid under the C and D rules. Where 46A of the credit asks for the other marking it counts and nothing is said. A document without a marking is not compared; a draft is a warning only.",
        ),
        why: (
            "FOB 标预付，船公司找我们要运费；CFR 标到付，客户提货时再付一次运费，然后从货款里扣。",
            "Prepaid under FOB makes the carrier bill us; collect under CFR makes the buyer pay freight at the port and deduct it from our money.",
        ),
        fix: (
            "先看单据：抄错就改登记。单据真印错了，开船前找货代改单；已签发的找船公司改单。合同另有约定的，写豁免说明。",
            "Look at the paper first; if it was copied wrongly, correct the record. If it is printed wrongly, have the forwarder correct the draft, or the carrier the issued document. If the contract agrees otherwise, waive it with the reason.",
        ),
    },
    example: example!("freight-marking"),
    scope: Scope::Order(check),
};

/// A transport document that marks the freight.
struct Marked<'a> {
    key: &'static str,
    index: usize,
    name: Bi,
    paper: &'a Printed,
    freight: document::Freight,
}

fn check(case: &Case<'_>, out: &mut Sink<'_>) {
    // An order that names no term is shipped on that of its credit.
    let lent = || {
        let [credit] = case.exams().credits.as_slice() else { return None };
        let (term, source) = credit.trade_term()?;
        Some((term, case.order.origin.place(&source.path())))
    };
    let Some((term, place)) = terms::of(case).cloned().map(|term| (term, terms::place(case))).or_else(lent)
    else {
        return;
    };
    if case.facts.is_cancelled() {
        return;
    }
    let due = term.rule.facts().freight;
    for marked in documents(case) {
        let is = match marked.freight {
            document::Freight::Prepaid => Freight::Prepaid,
            document::Freight::Collect => Freight::Collect,
        };
        if is != due && !asked(case, &marked) {
            say(case, (&term, &place), &marked, (is, due), out);
        }
    }
}

fn documents<'a>(case: &Case<'a>) -> Vec<Marked<'a>> {
    let docs = &case.order.docs;
    let bl = docs.bl.iter().enumerate().map(|(i, d)| ("bl", i, &d.paper, d.freight));
    let awb = docs.awb.iter().enumerate().map(|(i, d)| ("awb", i, &d.paper, d.freight));
    let waybill = docs.waybill.iter().enumerate().map(|(i, d)| ("waybill", i, &d.paper, d.freight));
    bl.chain(awb)
        .chain(waybill)
        .filter(|(_, _, paper, _)| paper.is_current() && paper.day().is_none_or(|day| day <= case.as_of()))
        .filter_map(|(key, index, paper, freight)| {
            let name = match key {
                "bl" => bi!("提单", "B/L"),
                "awb" => bi!("空运单", "AWB"),
                _ => bi!("运单", "waybill"),
            };
            Some(Marked { key, index, name, paper, freight: freight? })
        })
        .collect()
}

/// A credit that asks for a marking decides: what the paper says is compared with that, by `credit-freight-wording`.
fn asked(case: &Case<'_>, marked: &Marked<'_>) -> bool {
    let mut credits = case.order.docs.lc.iter().filter(|lc| lc.paper.is_current());
    credits
        .any(|lc| lc.documents.iter().any(|d| d.kind.as_deref() == Some(marked.key) && d.freight.is_some()))
}

fn say(
    case: &Case<'_>,
    (term, place): (&Incoterm, &Place),
    marked: &Marked<'_>,
    (is, due): (Freight, Freight),
    out: &mut Sink<'_>,
) {
    let (rule, number) = (term.rule, marked.paper.number.as_deref().unwrap_or_default());
    let name = &marked.name;
    let word = |f: Freight| if f == Freight::Prepaid { ("预付", "prepaid") } else { ("到付", "collect") };
    let ((is_zh, is_en), (due_zh, due_en)) = (word(is), word(due));
    let payer = if due == Freight::Prepaid { ("卖方", "the seller") } else { ("买方", "the buyer") };
    let (zh, en) = (
        format!("{} {number} 运费标{is_zh}，{rule} 应标{due_zh}（主运费由{}付）", name.zh, payer.0),
        format!(
            "{} {number} says freight {is_en}; {rule} means {due_en}, {} pays the main carriage",
            name.en, payer.1
        ),
    );
    let key = marked.key;
    let finding = out.report(Bi { zh, en });
    finding
        .at(case.order.origin.place(&format!("{key}[{}].freight", marked.index)), name.clone())
        .at(place.clone(), bi!("贸易术语", "trade term"))
        .values([is.to_string(), due.to_string()]);
    if marked.paper.is_draft() {
        finding.class(Class::Risk).severity(Severity::Warning).help(bi!(
            "草稿抄错就改登记；否则回货代改成 {due}，签发前改不收费",
            "if the draft was copied wrongly, correct the record; otherwise have the forwarder change it to {due}, which is free before issue"
        ));
    } else {
        finding.help(bi!(
            "先看原件，抄错就改登记；真印错了，找船公司或货代改单为 {due}，交单前换回来",
            "look at the original first and correct the record if it was copied wrongly; if it is printed so, have the carrier or forwarder issue it again with {due} before presentation"
        ));
    }
}
