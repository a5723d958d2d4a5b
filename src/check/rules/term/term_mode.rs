//! `term-mode`: term does not suit the transport.

use super::super::prelude::*;

use std::collections::BTreeSet;

use crate::check::shared::terms;
use crate::model::value::{Incoterm, Mode, TermModes, TermRule, fold};
use crate::text::Bi;

/// The rule.
pub static RULE: Rule = Rule {
    name: "term-mode",
    group: Group::Term,
    class: Class::Record,
    severity: Severity::Error,
    opt_in: false,
    since: "0.1.0",
    source: (
        "Incoterms 2020 引言：FAS FOB CFR CIF 只用于海运和内河",
        "Incoterms 2020, introduction: FAS, FOB, CFR and CIF are for sea and inland waterway only",
    ),
    title: ("术语与运输方式不符", "term does not suit the transport"),
    docs: Docs {
        checks: (
            "FAS、FOB、CFR、CIF 只配海运或内河；写了别的运输方式，或指定地点是机场，就报错；多式联运是警告。整箱货用这几个术语只提示一次（每个客户）：ICC 建议 FCA、CPT、CIP。已归档、已取消的订单不提示。",
            "FAS, FOB, CFR and CIF go with sea or inland waterway only; another mode, or an airport as the named place, is an error, multimodal a warning. Full containers are mentioned once per customer: the ICC prefers FCA, CPT, CIP. Archived and cancelled orders are not mentioned.",
        ),
        why: (
            "货交机场后船边、船上的风险转移点根本不存在；集装箱在堆场就交了，到上船之前的风险却还在卖方。",
            "Goods handed over at an airport never reach the ship's rail where the risk would pass; a container is handed over in the yard, yet the risk stays with the seller until it is on board.",
        ),
        fix: (
            "空运、铁路、公路、快递：FOB 换 FCA，CFR 换 CPT，CIF 换 CIP，请客户书面确认；若运输方式登记错了，改运输方式。",
            "By air, rail, road or courier use FCA for FOB, CPT for CFR, CIP for CIF, confirmed by the buyer in writing; if the mode was recorded wrongly, correct the mode.",
        ),
    },
    example: example!("term-mode"),
    scope: Scope::Book(check),
};

fn check(facts: &Facts<'_>, out: &mut Sink<'_>) {
    let mut told: BTreeSet<&str> = BTreeSet::new();
    for (order, own) in facts.each() {
        let case = Case::new(order, own, facts);
        let Some(term) = terms::of(&case).filter(|t| t.rule.facts().modes == TermModes::Sea) else {
            continue;
        };
        if own.is_cancelled() {
            continue;
        }
        conflicts(&case, term, out);
        let open = own.is_open() && !own.progress.is_done(crate::model::stage::Milestone::Shipped);
        let buyer = order.customer.as_deref().filter(|_| open && order.mode == Some(Mode::SeaFcl));
        if buyer.is_some_and(|buyer| told.insert(buyer)) {
            containers(&case, term, out);
        }
    }
}

/// The rule for any mode that stands for the one for ships.
fn instead(rule: TermRule) -> TermRule {
    match rule {
        TermRule::Fas | TermRule::Fob => TermRule::Fca,
        TermRule::Cfr => TermRule::Cpt,
        TermRule::Cif => TermRule::Cip,
        _ => TermRule::Dap,
    }
}

fn conflicts(case: &Case<'_>, term: &Incoterm, out: &mut Sink<'_>) {
    let order = case.order;
    let own = order.mode.map(|mode| (mode, terms::filled(case, "mode")));
    let shipments = order
        .shipments
        .iter()
        .enumerate()
        .filter_map(|(i, s)| Some((s.mode?, order.origin.place(&format!("shipments[{i}].mode")))))
        .filter(|(mode, _)| Some(*mode) != order.mode);
    let modes: Vec<_> = own.into_iter().chain(shipments).collect();
    let airport = modes.is_empty() && is_airport(&term.place);
    let (rule, right) = (term.rule, instead(term.rule));
    for (mode, place) in modes.into_iter().filter(|(mode, _)| !mode.is_sea()) {
        let name = Bi::from(mode.name());
        let name = &name;
        let subject = Subject::Order(std::sync::Arc::clone(&order.id));
        let finding = out.report_on(
            subject,
            bi!(
                "{rule} 只用于海运和内河，这票是{name}",
                "{rule} is for sea and inland waterway only, but the goods go by {name}"; name
            ),
        );
        finding
            .at(terms::place(case), bi!("贸易术语", "trade term"))
            .at(place, bi!("运输方式", "mode of transport"))
            .help(help(rule, right))
            .values([term.written.clone(), mode.code().to_owned()]);
        if mode == Mode::Multimodal {
            finding.severity(Severity::Warning).judgement();
        }
    }
    if airport {
        let place = &term.place;
        out.report_on(
            Subject::Order(std::sync::Arc::clone(&order.id)),
            bi!(
                "{rule} 只用于海运和内河，指定地点却是机场 {place}",
                "{rule} is for sea and inland waterway only, but the named place is the airport {place}"
            ),
        )
        .at(terms::place(case), bi!("贸易术语", "trade term"))
        .help(help(rule, right))
        .values([&term.written]);
    }
}

fn is_airport(place: &str) -> bool {
    let folded = fold::fold(place);
    folded.contains("AIRPORT") || folded.contains("机场")
}

fn help(rule: TermRule, right: TermRule) -> Bi {
    bi!(
        "先看运输方式有没有登记错；没有错就请客户书面确认把 {rule} 改成 {right}，再改这里",
        "check first whether the mode was recorded wrongly; if it is right, have the buyer confirm {right} in place of {rule} in writing, then change it here"
    )
}

fn containers(case: &Case<'_>, term: &Incoterm, out: &mut Sink<'_>) {
    let (rule, right) = (term.rule, instead(term.rule));
    out.report_on(
        Subject::Order(std::sync::Arc::clone(&case.order.id)),
        bi!(
            "整箱货用 {rule}：货进堆场后、上船前的风险还在我们，ICC 建议 {right}",
            "{rule} for a full container: the risk stays ours between yard and ship; the ICC suggests {right}"
        ),
    )
    .severity(Severity::Info)
    .at(terms::place(case), bi!("贸易术语", "trade term"))
    .help(bi!(
        "行业习惯，不改也行；下次和这个客户谈合同时可以提 {right}。同一客户只提示一次",
        "trade habit, nothing has to change; propose {right} with this customer's next contract. Said once per customer"
    ))
    .values([&term.written]);
}
