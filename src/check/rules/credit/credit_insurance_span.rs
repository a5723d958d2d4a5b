//! `credit-insurance-span`: the insured journey is shorter than the credit's.

use super::super::prelude::*;
use crate::check::shared::{exams, presented};
use crate::compare::Outcome;
use crate::compare::place::{self, Place};
use crate::derive::credit::Said;
use crate::derive::exam::Exam;
use crate::derive::papers::Paper;
use crate::model::value::fold::fold;
use crate::model::value::place::resolve;
use crate::text::Bi;

/// The rule.
pub static RULE: Rule = Rule {
    name: "credit-insurance-span",
    group: Group::Credit,
    class: Class::Document,
    severity: Severity::Error,
    opt_in: false,
    since: "0.2.0",
    source: ("UCP 600 第 28 条 f 款 iii 项", "UCP 600 art. 28 f iii"),
    title: ("保险没有覆盖信用证的全程", "insured journey is shorter than the credit's"),
    docs: Docs {
        checks: (
            "保险至少从信用证的接管地 44A（没有就装货港 44E）保到最终目的地 44B（没有就卸货港 44F）。保单写了另一个港口，或证上要到内陆而保单只到港口，报错；写的地方不在口岸表里（可能更早起运、更远送达），请人看。没印起讫地的不比。",
            "Cover runs at least from the place of taking in charge 44A (else the port of loading 44E) to the final destination 44B (else the port of discharge 44F). Another port on the policy, or cover to the port where the credit goes inland, is an error; a place that is on no list (it may lie before or beyond) is for a person to look at. A document that prints no places is not compared.",
        ),
        why: (
            "少保一段，那一段出事没人赔；银行也拒。",
            "On the stretch left out nobody pays for a loss, and the bank refuses.",
        ),
        fix: (
            "请保险公司批改起讫地，保满信用证的全程。",
            "Have the insurer endorse the journey so that it covers all of the credit's.",
        ),
    },
    example: example!("credit-insurance-span"),
    scope: Scope::Order(check),
};

fn check(case: &Case<'_>, out: &mut Sink<'_>) {
    let mut seen = presented::Seen::default();
    for exam in presented::all(case) {
        let credit = &exam.credit;
        let start = credit.receipt.as_ref().or(credit.from.as_ref());
        let end = credit.delivery.as_ref().or(credit.to.as_ref());
        for (paper, doc) in presented::insured(exam) {
            if !seen.first(exam, paper.whole()) {
                continue;
            }
            // The port on the way, where the credit goes further: cover that stops there is short.
            let ends = [
                ("from", doc.paper.from.as_deref(), start, credit.from.as_ref(), bi!("起点", "from")),
                ("to", doc.paper.to.as_deref(), end, credit.to.as_ref(), bi!("终点", "to")),
            ];
            for (field, printed, asked, port, side) in ends {
                if let (Some(printed), Some(asked)) = (printed, asked) {
                    let stop = End { field, printed, asked, port, side };
                    examine(case, exam, &paper, &stop, out);
                }
            }
        }
    }
}

/// One end of the journey, on the paper and in the credit.
struct End<'a> {
    field: &'static str,
    printed: &'a str,
    asked: &'a Said<&'a str>,
    port: Option<&'a Said<&'a str>>,
    side: Bi,
}

/// `NINGBO, CHINA (WAREHOUSE TO WAREHOUSE)`, `BERLIN VIA HAMBURG`: the place without what is said beside it.
fn place_alone(text: &str) -> String {
    let folded = fold(text);
    let ends = ["(", " VIA ", " W/W", " WAREHOUSE TO WAREHOUSE", " AND THENCE ", " PER "];
    let end = ends.iter().filter_map(|word| folded.find(word)).min().unwrap_or(folded.len());
    let place = folded.get(..end).unwrap_or(&folded);
    let heads = ["SELLER'S WAREHOUSE ", "BUYER'S WAREHOUSE ", "WAREHOUSE ", "ANY WAREHOUSE "];
    let place = heads.iter().find_map(|head| place.strip_prefix(head)).unwrap_or(place);
    let place = ["IN ", "AT "].iter().find_map(|word| place.strip_prefix(word)).unwrap_or(place);
    place.trim().trim_end_matches([',', ';']).to_owned()
}

fn examine(case: &Case<'_>, exam: &Exam<'_>, paper: &Paper<'_>, end: &End<'_>, out: &mut Sink<'_>) {
    let alone = place_alone(end.printed);
    if alone != end.printed
        && matches!(place::fits(&alone, end.asked.value), Some(Place::Is(o)) if o.agrees())
    {
        return;
    }
    let sure = match place::fits(end.printed, end.asked.value) {
        Some(Place::Is(outcome)) if outcome.agrees() => return,
        Some(Place::Is(Outcome::Different)) => {
            let names = |text: &str| fold(end.printed).contains(&fold(text));
            if names(end.asked.value) {
                return;
            }
            let at_port = end.port.is_some_and(|p| {
                p.value != end.asked.value
                    && matches!(place::fits(end.printed, p.value), Some(Place::Is(o)) if o.agrees())
            });
            at_port || resolve(end.printed).is_some_and(|p| p.has('1') || p.has('4'))
        }
        _ => false,
    };
    let (name, side, is, due) = (paper.name(), &end.side, end.printed, end.asked.value);
    let finding = out.report(bi!(
        "{name} 保险{side} {is}，信用证{side} {due}",
        "{name} insures {side} {is}; the credit goes {side} {due}"; name, side
    ));
    finding
        .at(case.order.origin.place(&paper.path(end.field)), name)
        .at(
            case.order.origin.place(&end.asked.source.path()),
            bi!("信用证{side}", "{side}, in the credit"; side),
        )
        .values([is, due]);
    if sure {
        finding.help(bi!(
            "先看抄错没有；保单确是这样，请保险公司批改{side}为 {due}",
            "see first whether it was copied wrongly; if the policy is so, have the insurer endorse it {side} {due}"; side
        ));
    } else {
        finding.severity(Severity::Warning).judgement().help(bi!(
            "看 {is} 是不是在 {due} 之前（起点）或之后（终点）：是，保险够长；不是，请保险公司批改",
            "see whether {is} lies before (at the start) or beyond (at the end) {due}: then cover is long enough; if not, have the insurer endorse it"
        ));
    }
    exams::weigh(finding, exam, paper);
}
