//! `gate-archive-complete`: archived although papers are missing.

use crate::derive::OrderFacts;
use crate::derive::completeness::{self, CompletenessGate, Need};
use crate::model::stage::Milestone;
use crate::text::Bi;

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
            "写了 `archived` 的订单，资料要齐：每一单都要的，加上贸易术语、运输方式、付款方式各自要的；`not_needed` 里写明理由的除外。一次列出所有缺的。信用证 46A 的单据由信用证规则核对。",
            "An order with `archived` has every paper: those of every order and those that its trade term, mode of transport and payment ask for, except what `not_needed` gives a reason for. All that is missing is listed at once. What 46A of a credit asks for is examined by the credit rules.",
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
    let Some(day) = case.facts.progress.done_on(Milestone::Archived) else { return };
    if case.facts.is_cancelled() {
        return;
    }
    let OrderFacts { money, shipments, .. } = case.facts;
    let papers = completeness::of(case.order, money, shipments, CompletenessGate::Archive, day);
    let count = papers.missing.len();
    if count == 0 {
        return;
    }
    let list = |name: fn(&Need) -> String, comma: &str| {
        papers.missing.iter().map(name).collect::<Vec<_>>().join(comma)
    };
    let zh = list(|n| format!("{}（{}）", n.what.0, n.asked_by.0), "、");
    let en = list(|n| format!("{} ({})", n.what.1, n.asked_by.1), ", ");
    let keys = list(|n| n.key.to_owned(), " ");
    out.report(Bi {
        zh: format!("{day} 归档，还缺 {count} 样：{zh}"),
        en: format!("archived on {day} with {count} missing: {en}"),
    })
    .at(case.order.origin.place("actual.archived"), bi!("归档日", "archived"))
    .values(papers.missing.iter().map(|n| n.key))
    .help(bi!(
        "有单据没登记的补登记；不需要的写 `not_needed = {{ 名称 = \"理由\" }}`，名称是：{keys}；还没齐就先删去 `archived`",
        "record what exists; what is not needed goes to `not_needed = {{ name = \"reason\" }}` with these names: {keys}; if papers are still to come, remove `archived`"
    ));
}
