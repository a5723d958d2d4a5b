//! `ddp-tax-trap`: DDP without importer number or duty budget.

use super::super::prelude::*;

use crate::check::shared::terms;
use crate::model::value::TermRule;
use crate::text::Bi;

/// The rule.
pub static RULE: Rule = Rule {
    name: "ddp-tax-trap",
    group: Group::Term,
    class: Class::Record,
    severity: Severity::Warning,
    opt_in: false,
    since: "0.1.0",
    source: ("Incoterms 2020 DDP A7 条；行业做法", "Incoterms 2020, DDP, article A7; practice"),
    title: ("DDP 没有进口方税号或税费预算", "DDP without importer number or duty budget"),
    docs: Docs {
        checks: (
            "DDP 的订单在 import 里写了进口商登记号（eori 或 ior）和税费预算（duty_budget）。交货后、归档、取消后不再提示。",
            "An order under DDP records the importer's number (eori or ior) and the budget for duty and taxes (duty_budget) in import. Silent once delivered, archived or cancelled.",
        ),
        why: (
            "DDP 由卖方清关完税。没有当地税号货清不了关；没算关税和增值税，利润可能全赔进去。",
            "Under DDP the seller clears and pays duty. Without a local number the goods stay at customs; duty and VAT that were not budgeted can eat the margin.",
        ),
        fix: (
            "请货代或清关代理给出进口商税号和税费估算，写进 import；办不了的，请客户改成 DAP。",
            "Get the importer's number and a duty estimate from forwarder or customs agent and write them into import; if that cannot be done, ask the buyer for DAP.",
        ),
    },
    example: example!("ddp-tax-trap"),
    scope: Scope::Order(check),
};

fn check(case: &Case<'_>, out: &mut Sink<'_>) {
    let order = case.order;
    let Some(term) = terms::of(case).filter(|t| t.rule == TermRule::Ddp) else { return };
    let delivered = order.shipments.iter().any(|s| s.delivered.is_some_and(|day| day <= case.as_of()));
    if !case.facts.is_open() || delivered {
        return;
    }
    let import = order.import.as_deref();
    let said = |text: Option<&String>| text.is_some_and(|t| !t.trim().is_empty());
    let number = said(import.and_then(|i| i.eori.as_ref())) || said(import.and_then(|i| i.ior.as_ref()));
    let budget = import.is_some_and(|i| i.duty_budget.is_some());
    let lacks: Bi = match (number, budget) {
        (true, true) => return,
        (false, false) => bi!("进口方税号和税费预算", "neither an importer's number nor a duty budget"),
        (false, true) => bi!("进口方税号", "no importer's number"),
        (true, false) => bi!("税费预算", "no duty budget"),
    };
    let written = term.written.trim();
    let finding = out.report(Bi {
        zh: format!("{written}：由我们进口清关完税，还没有写{}", lacks.zh),
        en: format!("{written}: we clear the import and pay the duty, but there is {}", lacks.en),
    });
    finding.at(terms::place(case), bi!("贸易术语", "trade term"));
    if import.is_some() {
        finding.at(order.origin.place("import"), bi!("进口方", "import"));
    }
    finding
        .help(bi!(
            "向货代或清关代理要进口商税号和税费估算，写成 import = {{ ior = \"…\", duty_budget = \"USD 1200.00\" }}；办不了请客户改成 DAP",
            "get the importer's number and a duty estimate from the forwarder and write import = {{ ior = \"…\", duty_budget = \"USD 1200.00\" }}; if that is not possible, ask the buyer for DAP"
        ))
        .values([written]);
}
