//! `term-place-present`: trade term without a place.

use super::super::prelude::*;

use crate::check::shared::terms;
use crate::model::value::place::resolve;
use crate::model::value::{Country, Incoterm, fold};
use crate::text::Bi;

/// The rule.
pub static RULE: Rule = Rule {
    name: "term-place-present",
    group: Group::Term,
    class: Class::Record,
    severity: Severity::Error,
    opt_in: false,
    since: "0.1.0",
    source: (
        "Incoterms 2020 引言：写明地点，越具体越好",
        "Incoterms 2020, introduction: name the place as precisely as possible",
    ),
    title: ("术语后没有具体地点", "trade term without a place"),
    docs: Docs {
        checks: (
            "贸易术语后面有地点，而且比国家具体。订单写了地点、单据上印的没有，也报。事后从登记表录入、货已交付的订单不再要求补地点。",
            "The trade term names a place, more precise than a country. A paper that prints the term without the place is reported too. Orders entered after delivery from a register are not asked for one.",
        ),
        why: (
            "FCA 没有地点，货交到哪里才算交货就没有约定；FOB China 让客户随便挑港口，内陆运费由我们出。",
            "FCA without a place leaves open where the goods are handed over; FOB China lets the buyer choose any port at our expense.",
        ),
        fix: (
            "照合同把地点写全，例如 FOB Ningbo、FCA Shanghai Waigaoqiao CFS；合同也没写，请客户书面确认。",
            "Write the place from the contract, like FOB Ningbo or FCA Shanghai Waigaoqiao CFS; if the contract has none, have the buyer confirm one in writing.",
        ),
    },
    example: example!("term-place-present"),
    scope: Scope::Order(check),
};

fn check(case: &Case<'_>, out: &mut Sink<'_>) {
    if case.facts.is_cancelled() {
        return;
    }
    // A place that nobody needed to deliver the goods is not worth looking up for old orders.
    let open = terms::of(case).filter(|t| is_vague(&t.place) && !case.is_register_entry());
    if let Some(term) = open {
        out.report(title(term, &bi!("订单", "the order")))
            .at(terms::place(case), bi!("贸易术语", "trade term"))
            .help(help(term))
            .values([&term.written]);
        return;
    }
    for paper in terms::printed(case) {
        let Some(term) = paper.term.term.as_ref().filter(|t| is_vague(&t.place)) else { continue };
        let finding = out.report(title(term, &paper.name));
        finding
            .at(case.order.origin.place(&paper.path), paper.name.clone())
            .help(bi!(
                "先看单据原件：登记时漏抄就补上；单据确实没印，重出时印上合同里的地点",
                "look at the paper: if the place was only not copied, add it; if it is not printed, issue the paper again with the contract's place"
            ))
            .values([&term.written]);
        paper.weigh(finding);
    }
}

/// No place, a country, or any port of one.
fn is_vague(place: &str) -> bool {
    let folded = fold::fold(place);
    let filler = ["ANY", "PORT", "PORTS", "OF", "IN", "MAIN", "A", "THE", "AIRPORT"];
    let words: Vec<&str> = folded
        .split(|c: char| c.is_whitespace() || matches!(c, ',' | '.' | '(' | ')'))
        .filter(|w| !w.is_empty() && !filler.contains(w))
        .collect();
    let rest = words.join(" ");
    // Singapore and Hong Kong are both.
    rest.is_empty() || (resolve(place).is_none() && resolve(&rest).is_none() && is_country(&rest))
}

fn is_country(text: &str) -> bool {
    text == "CHINESE"
        || text.strip_suffix("港口").or(text.strip_suffix('港')).is_some_and(is_country)
        || Country::parse(text).is_some()
}

fn title(term: &Incoterm, paper: &Bi) -> Bi {
    let (rule, written, place) = (term.rule, term.written.trim(), &term.place);
    let kind = Bi::from(rule.facts().place.name());
    let (zh, en) = if place.is_empty() {
        (
            format!("{}的术语只写“{written}”，{rule} 后面还缺{}", paper.zh, kind.zh),
            format!("{} says only `{written}`; {rule} needs the {}", paper.en, kind.en),
        )
    } else {
        (
            format!("{}的术语“{written}”只说到“{place}”，{rule} 要写具体的{}", paper.zh, kind.zh),
            format!("{} says `{written}`: `{place}` is too wide, {rule} needs the {}", paper.en, kind.en),
        )
    };
    Bi { zh, en }
}

fn help(term: &Incoterm) -> Bi {
    let rule = term.rule;
    bi!(
        "照合同补上地点，像 \"{rule} Ningbo\"；合同也没写，请客户书面确认一个地点",
        "add the place from the contract, like \"{rule} Ningbo\"; if the contract has none, have the buyer confirm one in writing"
    )
}
