//! `credit-bl-ports`: other ports than the credit asks for.

use super::super::prelude::*;

use crate::check::shared::exams;
use crate::compare::Outcome;
use crate::compare::place::{self, Place};
use crate::derive::exam::Exam;
use crate::derive::papers::{Paper, Transport};
use crate::model::document::BlKind;

/// The rule.
pub static RULE: Rule = Rule {
    name: "credit-bl-ports",
    group: Group::Credit,
    class: Class::Document,
    severity: Severity::Error,
    opt_in: false,
    since: "0.2.0",
    source: (
        "UCP 600 第 20 条 a 款 iii 项，第 19、21 至 24 条；ISBP 745 E6 至 E10",
        "UCP 600 article 20(a)(iii), articles 19, 21 to 24; ISBP 745 E6 to E10",
    ),
    title: ("装卸港与信用证不符", "ports differ from the credit"),
    docs: Docs {
        checks: (
            "提单的装货港、卸货港与 44E、44F 一致；运单、多式联运单的起运地、目的地与 44A、44B 一致。信用证写范围（“任一中国港口”）的，在范围内即可。一个港的不同写法、加国名都算同一个；城市与其中的港区、名录里没有的范围请人看一眼。",
            "Ports of loading and discharge agree with 44E and 44F; places of a waybill or multimodal document with 44A and 44B. A range (\"any Chinese port\") accepts its members. Other names of one port and an added country are the same; a city and a port inside it, and ranges no list knows, are for somebody to look at.",
        ),
        why: ("港口不符很难补：船已经开了。", "Wrong ports can hardly be cured: the ship has sailed."),
        fix: (
            "先核对登记与单据。单据印错就请船公司改单；货确实走了别的港，请客户改证或书面接受。",
            "First compare record and paper. If the paper is wrong have the carrier issue it again; if the goods really went another way, have the credit amended or the buyer accept in writing.",
        ),
    },
    example: example!("credit-bl-ports"),
    scope: Scope::Order(check),
};

fn check(case: &Case<'_>, out: &mut Sink<'_>) {
    for exam in &case.exams().all {
        let transports = exam.papers.transports();
        let carried = |t: &&Transport<'_>| !matches!(t.paper.key, "courier" | "awb");
        for transport in transports.iter().filter(carried) {
            let multimodal = transport.paper.key == "waybill" || is_multimodal(exam, transport.paper.index);
            for side in [Side::From, Side::To] {
                compare(case, exam, &transport.paper, (side, multimodal), out);
            }
        }
    }
}

fn is_multimodal(exam: &Exam<'_>, index: usize) -> bool {
    exam.papers.bl.iter().any(|(i, bl)| *i == index && bl.kind == Some(BlKind::Multimodal))
}

#[derive(Clone, Copy)]
enum Side {
    From,
    To,
}

fn compare(case: &Case<'_>, exam: &Exam<'_>, paper: &Paper<'_>, what: (Side, bool), out: &mut Sink<'_>) {
    let (side, multimodal) = what;
    let credit = &exam.credit;
    let printed = paper.printed;
    let (field, value, port, place) = match side {
        Side::From => ("from", printed.from.as_deref(), credit.from, credit.receipt),
        Side::To => ("to", printed.to.as_deref(), credit.to, credit.delivery),
    };
    // A waybill goes from place to place; a credit for one often names ports all the same.
    let asked = if multimodal && paper.key == "waybill" { place.or(port) } else { port };
    let (Some(value), Some(asked)) = (value, asked) else { return };
    let fits = place::fits(value, asked.value);
    // The port may stand in the on-board notation instead (ISBP 745 E6).
    let noted = exam.papers.bl.iter().find(|(i, _)| paper.key == "bl" && *i == paper.index);
    let notation =
        noted.and_then(|(_, bl)| bl.on_board_port.as_deref()).filter(|_| matches!(side, Side::From));
    if notation.is_some_and(|port| place::fits(port, asked.value).is_some_and(agrees))
        || fits.is_some_and(agrees)
    {
        return;
    }
    let (name, number, want) = (paper.name(), credit.number(), asked.value);
    let label = match (side, paper.key) {
        (Side::From, "waybill") => bi!("起运地", "place of dispatch"),
        (Side::To, "waybill") => bi!("目的地", "destination"),
        (Side::From, _) => bi!("装货港", "port of loading"),
        (Side::To, _) => bi!("卸货港", "port of discharge"),
    };
    let finding = exams::say(
        case,
        exam,
        paper,
        field,
        Some(&asked.source),
        bi!(
            "{name} 的{label}是 {value}，信用证 {number} 要求 {want}",
            "{name}: {label} {value}, credit {number} asks for {want}";
            name, label
        ),
        out,
    );
    finding
        .help(bi!(
            "先核对登记与单据；单据印错请船公司改单，货真走了别的港就请客户改证或书面接受",
            "first compare record and paper; have the carrier correct a wrong paper, or have the credit amended if the goods really went another way"
        ))
        .values([value, want]);
    if !matches!(fits, Some(Place::Is(Outcome::Different))) {
        finding.severity(Severity::Warning).judgement();
    }
}

fn agrees(place: Place) -> bool {
    matches!(place, Place::Is(outcome) if outcome.agrees())
}
