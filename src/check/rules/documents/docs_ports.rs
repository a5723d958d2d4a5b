//! `docs-ports`: papers disagree on the ports.

use super::super::prelude::*;

use crate::check::shared::conflicts::{self, Group as Papers};
use crate::check::shared::terms;
use crate::check::shared::texts::{self, Text};
use crate::compare::place::{self, Place};
use crate::compare::{Outcome, route};
use crate::derive::papers::Paper;
use crate::model::document::Printed;
use crate::model::value::fold::fold;
use crate::model::value::place::same_place;
use crate::text::StaticBi;

/// The rule.
pub static RULE: Rule = Rule {
    name: "docs-ports",
    group: Group::Documents,
    class: Class::Document,
    severity: Severity::Error,
    opt_in: false,
    since: "0.2.0",
    source: ("UCP 600 第 14 条 d 款（信用证项下）", "UCP 600 art. 14(d), under a credit"),
    title: ("单据之间装卸港不一致", "papers disagree on the ports"),
    docs: Docs {
        checks: (
            "同一批的发票、装箱单、运输单据、保险单、产地证、证明，凡印了起运地、目的地的，是同一个地方：新旧港名、UN/LOCODE、带不带国名、Port 都算一样；提单的收货地、交货地也算。盐田和蛇口是两个港，错误；盐田和深圳，一个在另一个里，要人看；表里没有的地名、多式联运术语的内陆交货地，也只请人看。提单和信用证不符的由 credit-bl-ports 说。",
            "Places of departure and destination printed by invoice, packing list, transport document, insurance and certificates of one shipment are the same place: old and new names, UN/LOCODE, country and the word Port make no difference, and places of receipt and delivery of a bill of lading count too. Yantian and Shekou are two ports, an error; Yantian and Shenzhen, one inside the other, are for a person to look at, and so are places that are on no list and the inland place of a multimodal term. A bill of lading that differs from the credit is the business of credit-bl-ports.",
        ),
        why: (
            "港口不一致是银行最常挑的不符点之一；目的港印错，货会被卸在别处。",
            "Ports that disagree are among the discrepancies banks find most; with a wrong port of discharge the goods are landed elsewhere.",
        ),
        fix: (
            "先看订舱单和提单上是哪个港，改和它不同的那份；信用证上的港不对，请客户改证。",
            "See which port the booking and the bill of lading name and correct the paper that differs; if the credit names the wrong one, have it amended.",
        ),
    },
    example: example!("docs-ports"),
    scope: Scope::Order(check),
};

/// One end of the journey.
struct End {
    name: StaticBi,
    field: &'static str,
    get: fn(&Printed) -> Option<&str>,
}

const ENDS: [End; 2] = [
    End { name: ("起运港", "port of loading is"), field: "from", get: |p| p.from.as_deref() },
    End { name: ("目的港", "port of discharge is"), field: "to", get: |p| p.to.as_deref() },
];

/// How two ends compare, from the same to two places.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Ends {
    Same,
    Look,
    Apart,
}

fn check(case: &Case<'_>, out: &mut Sink<'_>) {
    for group in conflicts::groups(case) {
        for end in &ENDS {
            one(case, &group, end, out);
        }
    }
}

fn one(case: &Case<'_>, group: &Papers<'_, '_>, end: &End, out: &mut Sink<'_>) {
    let mut texts = texts::printed(group, end.field, end.get);
    texts.extend(routes(group, end));
    let compare = |a: &Text<'_>, b: &Text<'_>| {
        let (ours, theirs) = (places(case, end, a), places(case, end, b));
        let pairs = ours.iter().flat_map(|x| theirs.iter().map(move |y| ends(x, y)));
        pairs.min().unwrap_or(Ends::Same)
    };
    // Transport documents may load at several ports (UCP 600 art. 31 b): they speak together, and another paper agrees
    // with them when it agrees with one.
    let carried: Vec<&Text<'_>> = texts.iter().filter(|t| is_transport(&t.paper)).collect();
    let agree = |a: &Text<'_>, b: &Text<'_>| {
        let any = |other: &Text<'_>| carried.iter().any(|t| compare(t, other) != Ends::Apart);
        match (is_transport(&a.paper), is_transport(&b.paper)) {
            (true, true) => true,
            (true, false) => any(b),
            (false, true) => any(a),
            (false, false) => compare(a, b) != Ends::Apart,
        }
    };
    let Some(split) = texts::split(group, &texts, texts::invoice_first, agree) else { return };
    for odd in &split.out {
        if told_by_credit(case, end, odd) {
            continue;
        }
        let finding = texts::say(case, group, end.name, &split, odd, out);
        // The credit says who is right.
        for credit in conflicts::examined(case, &odd.paper) {
            let Some(asked) = (if end.field == "from" { &credit.from } else { &credit.to }) else { continue };
            let against = place::fits(&odd.text, asked.value);
            if matches!(against, Some(Place::Is(Outcome::Different))) {
                finding.at(
                    case.order.origin.place(&asked.source.path()),
                    bi!("信用证 {}", "the credit: {}", asked.value),
                );
                break;
            }
        }
        if is_term_place(case, end, odd) || is_term_place(case, end, split.reference) {
            finding.severity(Severity::Warning).judgement().help(bi!(
                "术语的地点在内陆、单据的港口在海边时两个都对；不是这样，就改印错的那份",
                "both are right where the term names an inland place and the paper a port; otherwise correct the paper that is wrong"
            ));
        }
    }
    for near in split.supporters.iter().skip(1).filter(|t| group.blames(&t.paper)) {
        if compare(split.reference, near) == Ends::Look {
            let alone =
                texts::Split { supporters: vec![split.reference], out: Vec::new(), alone: true, ..split };
            texts::say(case, group, end.name, &alone, near, out).severity(Severity::Warning).judgement().help(bi!(
                "看是不是同一个地方；是，两份最好印得一样，不是，改印错的那份",
                "see whether it is one place; if so, both papers had better print it alike, if not, correct the wrong one"
            ));
        }
    }
}

/// Certificates of origin print both ends in one sentence.
fn routes<'a>(group: &Papers<'_, 'a>, end: &End) -> Vec<Text<'a>> {
    let origins = group.papers.origin.iter().filter(|(_, d)| (end.get)(&d.paper).is_none());
    origins
        .filter_map(|&(index, d)| {
            let (from, to) = route::ends(d.transport.as_deref()?)?;
            let paper = Paper { key: "origin", index, printed: &d.paper };
            Some(Text { paper, field: "transport", text: if end.field == "from" { from } else { to } })
        })
        .collect()
}

/// The places that a paper names at this end. The place of receipt and of delivery of a bill of lading are ends too.
fn places<'t>(case: &'t Case<'_>, end: &End, text: &'t Text<'_>) -> Vec<&'t str> {
    let bl = case.order.docs.bl.get(text.paper.index).filter(|_| text.paper.key == "bl");
    let other =
        bl.and_then(|bl| if end.field == "from" { bl.receipt.as_deref() } else { bl.delivery.as_deref() });
    std::iter::once(text.text.as_str()).chain(other).collect()
}

fn ends(a: &str, b: &str) -> Ends {
    match place::compare(a, b) {
        Place::Is(Outcome::Typo) | Place::Within => Ends::Look,
        Place::Is(outcome) if outcome.agrees() => Ends::Same,
        _ if holds(a, b) || holds(b, a) => Ends::Same,
        // A place that is on no list may be another name of the same one.
        _ if same_place(a, b).is_none() => Ends::Look,
        _ => Ends::Apart,
    }
}

/// `WAREHOUSE NINGBO, CHINA` names NINGBO.
fn holds(long: &str, short: &str) -> bool {
    let words = |text: &str| -> Vec<String> {
        fold(text)
            .split(|c: char| !c.is_alphanumeric())
            .filter(|w| !w.is_empty())
            .map(str::to_owned)
            .collect()
    };
    let (long, short) = (words(long), words(short));
    let meant: Vec<&String> =
        short.iter().filter(|w| !matches!(w.as_str(), "PORT" | "OF" | "CHINA" | "CN")).collect();
    !meant.is_empty() && meant.iter().all(|w| long.contains(w))
}

/// The inland place of a term that lets it differ from the port: the seller's place under EXW and FCA, the place of
/// destination under the rules for any mode.
fn is_term_place(case: &Case<'_>, end: &End, text: &Text<'_>) -> bool {
    let Some(term) = terms::of(case) else { return false };
    let inland = match end.field {
        "from" => matches!(term.rule.code(), "EXW" | "FCA"),
        _ => matches!(term.rule.code(), "CPT" | "CIP" | "DAP" | "DPU" | "DDP"),
    };
    inland && ends(&term.place, &text.text) == Ends::Same
}

/// The credit names this port and the bill of lading another: a rule of the credit says so.
fn told_by_credit(case: &Case<'_>, end: &End, odd: &Text<'_>) -> bool {
    is_transport(&odd.paper)
        && conflicts::examined(case, &odd.paper).any(|credit| {
            let asked = if end.field == "from" { &credit.from } else { &credit.to };
            let fits = asked.as_ref().and_then(|asked| place::fits(&odd.text, asked.value));
            matches!(fits, Some(Place::Is(Outcome::Different)))
        })
}

fn is_transport(paper: &Paper<'_>) -> bool {
    matches!(paper.key, "bl" | "awb" | "waybill")
}
