//! `term-place-kind`: named place contradicts the route.

use super::super::prelude::*;

use crate::check::finding::Place;
use crate::check::shared::terms;
use crate::model::value::place::{resolve, same_place};
use crate::model::value::{Country, Incoterm, PlaceKind, SamePlace};
use crate::text::Bi;

/// The rule.
pub static RULE: Rule = Rule {
    name: "term-place-kind",
    group: Group::Term,
    class: Class::Record,
    severity: Severity::Error,
    opt_in: false,
    since: "0.1.0",
    source: ("Incoterms 2020 各术语 A2、A3 条", "Incoterms 2020, articles A2 and A3 of each rule"),
    title: ("术语后的地点不对", "named place contradicts the route"),
    docs: Docs {
        checks: (
            "FOB、FAS 后面是装运港，CFR、CIF 后面是目的港，和登记的起运地、目的地是同一个地方；EXW、FCA 的地点在出口国；C、D 组其他术语的地点在目的地所在国。认不出的地名不比。",
            "FOB and FAS name the port of shipment, CFR and CIF the port of destination, the same as the recorded route; EXW and FCA name a place in the country of origin, the other C and D rules one in the country of destination. Names that are not known are not compared.",
        ),
        why: (
            "术语后的地点决定费用和风险在哪里转移；写反了，合同等于没有说清楚。",
            "The named place decides where cost and risk pass; the wrong one leaves the contract unclear.",
        ),
        fix: (
            "先看合同：是术语后面的地点写错，还是起运地、目的地登记错，改错的那一处。",
            "Look at the contract: correct whichever is wrong, the place behind the term or the recorded route.",
        ),
    },
    example: example!("term-place-kind"),
    scope: Scope::Order(check),
};

fn check(case: &Case<'_>, out: &mut Sink<'_>) {
    let Some(term) = terms::of(case).filter(|t| !t.place.is_empty()) else { return };
    if case.facts.is_cancelled() {
        return;
    }
    let kind = term.rule.facts().place;
    let (key, exact) = match kind {
        PlaceKind::PortOfShipment => ("from", true),
        PlaceKind::PortOfDestination => ("to", true),
        PlaceKind::Premises | PlaceKind::Origin => ("from", false),
        PlaceKind::Destination | PlaceKind::DestinationUnloaded => ("to", false),
        PlaceKind::Frontier => return,
    };
    let routes = routes(case, key);
    if routes.is_empty() || routes.iter().any(|(route, _)| !differs(&term.place, route, exact)) {
        return;
    }
    // Several shipments may leave from several ports; the term names one of them.
    for (route, at) in routes.into_iter().take(1) {
        say(case, term, key, (&route, at), out);
    }
}

/// The places of the order and of its shipments, the order's first.
fn routes(case: &Case<'_>, key: &str) -> Vec<(String, Place)> {
    let order = case.order;
    let own = if key == "from" { &order.from } else { &order.to };
    let own = own.clone().map(|place| (place, terms::filled(case, key)));
    let shipments = order.shipments.iter().enumerate().filter_map(|(i, s)| {
        let place = if key == "from" { &s.from } else { &s.to };
        Some((place.clone()?, order.origin.place(&format!("shipments[{i}].{key}"))))
    });
    own.into_iter().chain(shipments).collect()
}

fn differs(named: &str, route: &str, exact: bool) -> bool {
    if exact {
        return same_place(named, route) == Some(SamePlace::Different);
    }
    let country = |text: &str| resolve(text).and_then(|p| Country::by_code(p.country()));
    matches!((country(named), country(route)), (Some(a), Some(b)) if a != b)
}

fn say(case: &Case<'_>, term: &Incoterm, key: &str, (route, at): (&str, Place), out: &mut Sink<'_>) {
    let (rule, named) = (term.rule, &term.place);
    let kind = Bi::from(rule.facts().place.name());
    let side =
        if key == "from" { bi!("起运地", "place of loading") } else { bi!("目的地", "destination") };
    let (kind, side) = (&kind, &side);
    let title = both(
        format!("{rule} 后面应写{}，写的是 {named}，登记的{}是 {route}", kind.zh, side.zh),
        format!("{rule} names the {}; it says {named}, the recorded {} is {route}", kind.en, side.en),
    );
    out.report(title)
        .at(terms::place(case), bi!("贸易术语", "trade term"))
        .at(at, side.clone())
        .help(both(
            format!("先看合同：{rule} 后面写的是{}。地点写错就改术语，{}登记错就改{}", kind.zh, side.zh, side.zh),
            format!("look at the contract: {rule} is followed by the {}. Correct the term, or the {} if that was recorded wrongly", kind.en, side.en),
        ))
        .values([named.as_str(), route]);
}

fn both(zh: String, en: String) -> Bi {
    Bi { zh, en }
}
