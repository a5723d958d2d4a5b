//! `lc-ports-match`: the credit names another port.

use super::super::prelude::*;

use crate::check::finding::Place;
use crate::check::shared::arrival::{self, Matters};
use crate::check::shared::terms;
use crate::compare::Outcome;
use crate::compare::place::{self, Place as Compared};
use crate::derive::credit::{Credit, Said};
use crate::model::value::place::same_place;
use crate::text::StaticBi;

/// The rule.
pub static RULE: Rule = Rule {
    name: "lc-ports-match",
    group: Group::Intake,
    class: Class::Risk,
    severity: Severity::Error,
    opt_in: false,
    since: "0.2.0",
    source: ("UCP 600 第 20 条 a 款 iii 项", "UCP 600 article 20 a iii"),
    title: ("信用证的港口和订单不同", "the credit names another port"),
    docs: Docs {
        checks: (
            "信用证 44E、44F 的港口和订单（或各批）的起运港、目的港是同一处；写“任何中国港口”的，范围内的都算。范围认不出、地名不在表里、只差一笔、一处在另一处里面的，请人看。",
            "Ports in 44E and 44F are those of the order, or of its shipments; a range such as ANY CHINESE PORT accepts its members. A range nobody knows, a name that is not on the list, one slip, or a place inside the other is for a person to look at.",
        ),
        why: (
            "提单装卸港要和信用证一致，装船以后港口改不了，这种不符点几乎没法补。",
            "The ports on the bill of lading must be those of the credit, and once loaded they cannot be changed: this discrepancy can hardly be cured.",
        ),
        fix: (
            "先看 44E、44F 是不是抄错。没抄错：订舱前请客户改证，或改从信用证写的港口走。",
            "See first whether 44E and 44F were copied wrongly. If not, have the credit amended before booking, or ship from the port it names.",
        ),
    },
    example: example!("lc-ports-match"),
    scope: Scope::Order(check),
};

fn check(case: &Case<'_>, out: &mut Sink<'_>) {
    let (from, to) = (own(case, "from"), own(case, "to"));
    for credit in arrival::credits(case) {
        if let Some(said) = credit.from {
            compare(case, credit, &said, &from, ("44E 装货港", "44E port of loading"), out);
        }
        if let Some(said) = credit.to {
            compare(case, credit, &said, &to, ("44F 卸货港", "44F port of discharge"), out);
        }
    }
}

/// Where goods leave or arrive: the order's place, or those of shipments that go another way.
fn own<'a>(case: &Case<'a>, key: &'static str) -> Vec<(&'a str, Place)> {
    let order = case.order;
    let pick = |from: &'a Option<String>, to: &'a Option<String>| {
        if key == "from" { from.as_deref() } else { to.as_deref() }
    };
    let whole = pick(&order.from, &order.to).map(|name| (name, terms::filled(case, key)));
    let mut all: Vec<(&str, Place)> = order
        .shipments
        .iter()
        .enumerate()
        .filter_map(|(i, s)| match pick(&s.from, &s.to) {
            Some(name) => Some((name, order.origin.place(&format!("shipments[{i}].{key}")))),
            None => whole.clone(),
        })
        .collect();
    if all.is_empty() {
        all.extend(whole);
    }
    all.dedup_by(|a, b| a.0 == b.0);
    all
}

fn compare(
    case: &Case<'_>,
    credit: &Credit<'_>,
    said: &Said<&str>,
    own: &[(&str, Place)],
    what: StaticBi,
    out: &mut Sink<'_>,
) {
    for (name, place) in own {
        let sure = match place::fits(name, said.value) {
            Some(Compared::Is(outcome)) if outcome.agrees() => continue,
            // Two names of which one is on no list may still mean one place.
            Some(Compared::Is(Outcome::Different)) => {
                place::range(said.value).is_some() || same_place(name, said.value).is_some()
            }
            _ => false,
        };
        let (called, is) = (arrival::called(credit), said.value);
        let field = crate::text::Bi::from(what);
        let finding = out.report(bi!(
            "{called} 的 {field}是 {is}，订单是 {name}",
            "{field} of {called} is {is}, the order says {name}"; called, field
        ));
        if !sure {
            finding.severity(Severity::Warning).judgement();
        }
        finding
            .at(arrival::at(case, said), arrival::label(credit, said.source, what))
            .at(place.clone(), bi!("订单", "order"))
            .help(arrival::amend(&bi!("{field}改成 {name}", "{field} to read {name}"; field)))
            .values([is, name]);
        arrival::close(case, credit, finding, Matters::UntilPresented);
    }
}
