//! `locode-known`: a place that is not in the list of ports, or that lacks the terminal the mode needs.

use super::super::prelude::*;
use crate::model::value::{Mode, place};

/// The rule.
pub static RULE: Rule = Rule {
    name: "locode-known",
    group: Group::Validity,
    class: Class::Record,
    severity: Severity::Info,
    opt_in: false,
    since: "0.1.0",
    source: ("UN/LOCODE（联合国口岸代码）", "UN/LOCODE"),
    title: ("港口不认识", "port not known"),
    docs: Docs {
        checks: (
            "装货港、卸货港在内置口岸表里；表里的地方有这种运输方式要用的码头、机场或车站。",
            "Ports and places of loading and destination are in the built-in list, and have the port, airport or railway that the mode needs.",
        ),
        why: (
            "认识的口岸，单据上写法不同也能对上；不认识的只能按字面比。",
            "Known places match however a paper writes them; unknown ones are compared letter by letter.",
        ),
        fix: (
            "只是提示。多半拼写不同；写英文港名或五位代码，例如 CNNGB。小港口可以不理。",
            "Only information. Write the English name or the five-letter code, like CNNGB; a small port may stay as it is.",
        ),
    },
    example: example!("locode-known"),
    scope: Scope::Order(check),
};

fn check(case: &Case<'_>, out: &mut Sink<'_>) {
    if !case.facts.is_open() {
        return;
    }
    let order = case.order;
    let own = ["from", "to"].map(|key| (key, if key == "from" { &order.from } else { &order.to }));
    for (key, text) in own {
        let filled = order.filled.contains(&key);
        if let Some(text) = text.as_deref().filter(|_| !filled) {
            look(case, text, order.mode, key, out);
        }
    }
    for (i, shipment) in order.shipments.iter().enumerate() {
        for (key, text) in [("from", &shipment.from), ("to", &shipment.to)] {
            if let Some(text) = text.as_deref() {
                look(case, text, shipment.mode.or(order.mode), &format!("shipments[{i}].{key}"), out);
            }
        }
    }
}

fn look(case: &Case<'_>, text: &str, mode: Option<Mode>, path: &str, out: &mut Sink<'_>) {
    let Some(location) = place::resolve(text) else {
        out.report(bi!("口岸“{text}”不在表里", "place `{text}` is not in the list of ports"))
            .at(case.order.origin.place(path), bi!("不认识", "not known"))
            .values([text])
            .help(bi!(
                "核对拼写；可以写五位口岸代码，例如 CNNGB。确实是小港口就不用改",
                "check the spelling, or write the code of five letters, like CNNGB; a small port may stay"
            ));
        return;
    };
    let Some((mode, function)) = mode.and_then(|m| Some((m, m.function()?))) else { return };
    if location.has(function) || location.has('6') {
        return;
    }
    let ((zh, en), (mode_zh, mode_en)) = (location.names(), mode.name());
    out.report(bi!("{zh}在口岸表里不走{mode_zh}", "{en} is not listed for {mode_en}"))
        .at(case.order.origin.place(path), bi!("{}", "{}", location.printed()))
        .at(case.order.origin.place("mode"), bi!("{mode_zh}", "{mode_en}"))
        .values([text])
        .help(bi!(
            "核对运输方式，或写真正装卸的口岸",
            "check the mode, or write the port where goods are really loaded or landed"
        ));
}
