//! `gate-archive-complete`: archived although papers are missing.

use crate::derive::OrderFacts;
use crate::derive::completeness::{self, CompletenessGate, Need, listed};
use crate::model::stage::Milestone;

use super::super::prelude::*;

/// The rule.
pub static RULE: Rule = Rule {
    name: "gate-archive-complete",
    group: Group::Gate,
    class: Class::Record,
    severity: Severity::Error,
    opt_in: false,
    since: "0.1.0",
    source: (
        "公司规定；退税备案单证按税务总局规定留存",
        "house rule; filing sets for the tax refund as the tax administration requires",
    ),
    title: ("已归档，资料不全", "archived with papers missing"),
    docs: Docs {
        checks: (
            "写了 `archived` 的订单，资料要齐：每一单都要的，加上贸易术语、运输方式、付款方式、信用证 46A、货物、目的国各自要的；`not_needed` 里写明理由的除外。登记了文件的要有 sha256。一次列出所有缺的。单据对不对由别的规则核对。",
            "An order with `archived` has every paper: those of every order and those that its trade term, mode of transport, payment, 46A of its credit, goods and country of destination ask for, except what `not_needed` gives a reason for. A file on record has its sha256. All that is missing is listed at once. Whether the papers are right, other rules say.",
        ),
        why: (
            "归档以后没人再找。退税、查账、索赔要的是当时的单据，缺一张就可能退不了税。",
            "Nobody looks again after archiving. Tax refund, audit and claims need the papers of the time; one missing paper can cost the refund.",
        ),
        fix: (
            "多数是有单据没登记：补登记。确实不需要的，写 `not_needed = { 名称 = \"理由\" }`。还没齐就先删去 `archived`。",
            "Mostly the paper exists and was not recorded: record it. What is truly not needed goes to `not_needed = { name = \"reason\" }`. If it is still to come, remove `archived`.",
        ),
    },
    example: example!("gate-archive-complete"),
    scope: Scope::Order(check),
};

fn check(case: &Case<'_>, out: &mut Sink<'_>) {
    // The stage is proved by the same papers: with a proof nothing is missing.
    let archived = case.facts.progress.milestone(Milestone::Archived).actual.filter(|a| a.proof.is_none());
    let Some(day) = archived.and_then(|a| a.date) else { return };
    if case.facts.is_cancelled() {
        return;
    }
    let OrderFacts { money, shipments, .. } = case.facts;
    let gate = CompletenessGate::Archive;
    let papers = completeness::of(case.book(), case.order, money, shipments, gate, day);
    let missing: Vec<&Need<'_>> = papers.missing().collect();
    if missing.is_empty() {
        return;
    }
    let count = missing.len();
    let list = listed(&missing);
    let keys = missing.iter().map(|n| n.key()).collect::<Vec<_>>().join(" ");
    out.report(bi!("{day} 归档，还缺 {count} 样：{list}", "archived on {day} with {count} missing: {list}"; list))
        .at(case.order.origin.place("actual.archived"), bi!("归档日", "archived"))
        .values(missing.iter().map(|n| n.key()))
        .help(bi!(
            "有单据没登记的补登记；不需要的写 `not_needed = {{ 名称 = \"理由\" }}`，名称是：{keys}；还没齐就先删去 `archived`",
            "record what exists; what is not needed goes to `not_needed = {{ name = \"reason\" }}` with these names: {keys}; if papers are still to come, remove `archived`"
        ));
}
