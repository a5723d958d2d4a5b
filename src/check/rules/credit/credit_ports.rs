//! `credit-ports`: a port on an invoice, packing list or certificate contradicts the credit.

use super::super::prelude::*;
use crate::check::shared::{exams, presented};
use crate::compare::Outcome;
use crate::compare::place::{self, Place};
use crate::derive::credit::Said;
use crate::derive::exam::Exam;
use crate::derive::papers::Paper;
use crate::text::Bi;

/// The rule.
pub static RULE: Rule = Rule {
    name: "credit-ports",
    group: Group::Credit,
    class: Class::Document,
    severity: Severity::Error,
    opt_in: false,
    since: "0.2.0",
    source: ("UCP 600 第 14 条 d 款", "UCP 600 art. 14 d"),
    title: ("单据上的港口与信用证矛盾", "a port on a paper contradicts the credit"),
    docs: Docs {
        checks: (
            "发票、装箱单、产地证、证明上印了起运港、目的港的，不和 44E、44F 矛盾（44A、44B 的地点也算）。同一个港的不同叫法、证上写任一港口的，不算矛盾。这一套里运输单据印了同一栏的，由 credit-bl-ports 和 docs-ports 说，这里不重复；保险单由 credit-insurance-span 说。",
            "Ports that an invoice, packing list, certificate of origin or certificate prints do not contradict 44E and 44F (the places of 44A and 44B count too). Other names of one port, and any port of a range, are no contradiction. Where a transport document of the set prints the same field, credit-bl-ports and docs-ports speak of it; the insurance document is for credit-insurance-span.",
        ),
        why: (
            "单据上的资料不必和信用证一样，但不能矛盾。",
            "Data on a paper need not repeat the credit, but must not contradict it.",
        ),
        fix: (
            "登记抄错就改登记；单据打错就重出；真走别的港，请客户改证。",
            "Correct the record if it was copied wrongly, issue the paper again if it is misprinted, have the credit amended if the goods really go there.",
        ),
    },
    example: example!("credit-ports"),
    scope: Scope::Order(check),
};

fn check(case: &Case<'_>, out: &mut Sink<'_>) {
    let mut seen = presented::Seen::default();
    for exam in presented::all(case) {
        let credit = &exam.credit;
        let sides = [
            ("from", credit.from.as_ref(), credit.receipt.as_ref(), bi!("起运港", "from")),
            ("to", credit.to.as_ref(), credit.delivery.as_ref(), bi!("目的港", "to")),
        ];
        for (field, port, place, side) in sides {
            let Some(port) = port else { continue };
            // The transport document is what banks look at for the voyage.
            let carried = exam.papers.transports().iter().any(|t| printed(&t.paper, field).is_some());
            let papers = exam
                .papers
                .each()
                .filter(|p| matches!(p.key, "invoice" | "packing" | "origin" | "certificate"));
            for paper in papers.filter(|_| !carried) {
                let Some(is) = printed(&paper, field) else { continue };
                if seen.first(exam, paper.path(field)) {
                    let stop = Stop { field, is, port, place, side: &side };
                    compare(case, exam, &paper, &stop, out);
                }
            }
        }
    }
}

fn printed<'a>(paper: &Paper<'a>, field: &str) -> Option<&'a str> {
    if field == "from" { paper.printed.from.as_deref() } else { paper.printed.to.as_deref() }
}

/// One side of the voyage on a paper, and what the credit says of it.
struct Stop<'a> {
    field: &'static str,
    is: &'a str,
    port: &'a Said<&'a str>,
    place: Option<&'a Said<&'a str>>,
    side: &'a Bi,
}

fn compare(case: &Case<'_>, exam: &Exam<'_>, paper: &Paper<'_>, stop: &Stop<'_>, out: &mut Sink<'_>) {
    let agrees =
        |said: &Said<&str>| matches!(place::fits(stop.is, said.value), Some(Place::Is(o)) if o.agrees());
    if agrees(stop.port) || stop.place.is_some_and(agrees) {
        return;
    }
    let sure = matches!(place::fits(stop.is, stop.port.value), Some(Place::Is(Outcome::Different)));
    let (name, side, is, due) = (paper.name(), stop.side, stop.is, stop.port.value);
    let finding = out.report(bi!(
        "{name} {side} {is}，信用证 {due}",
        "{name} goes {side} {is}; the credit says {due}"; name, side
    ));
    finding
        .at(case.order.origin.place(&paper.path(stop.field)), name)
        .at(
            case.order.origin.place(&stop.port.source.path()),
            bi!("信用证 {side}", "{side}, in the credit"; side),
        )
        .values([is, due]);
    if sure {
        finding.help(bi!(
            "先看抄错没有；单据打错就重出，真走 {is} 就请客户改证",
            "see first whether it was copied wrongly; issue the paper again if it is misprinted, or have the credit amended if the goods go by {is}"
        ));
    } else {
        finding.severity(Severity::Warning).judgement().help(bi!(
            "看 {is} 和 {due} 是不是一个地方；不是就改单或改证",
            "see whether {is} and {due} are one place; if not, correct the paper or have the credit amended"
        ));
    }
    exams::weigh(finding, exam, paper);
}
