//! `stale-order`: order not touched for long.

use super::super::prelude::*;

use crate::check::shared::trail::called;
use crate::model::stage::StageKey;

/// The rule.
pub static RULE: Rule = Rule {
    name: "stale-order",
    group: Group::History,
    class: Class::Risk,
    severity: Severity::Warning,
    opt_in: false,
    since: "0.1.0",
    source: ("公司规定", "house rule"),
    title: ("订单很久没人动", "order not touched for long"),
    docs: Docs {
        checks: (
            "生产到收款阶段的在手订单，最近一次提交距今超过规定天数（默认 14 天，leads.stale）。未提交的改动算动过。历史不完整（浅克隆、没有 git）时算没查。",
            "An open order between production and collection whose last commit is older than the configured days (14 by default, leads.stale). Uncommitted changes count as touched. Not checked where the history is not complete (shallow clone, no git).",
        ),
        why: (
            "没人更新的订单，页面上的状态就是旧的；出了问题没人知道。",
            "An order nobody updates shows an old state, and trouble goes unseen.",
        ),
        fix: (
            "问一下进度，登记一笔 [[progress]] 或改预计日期；真没有变化，在 notes.md 记一句。",
            "Ask for the state, add a [[progress]] line or a forecast; if nothing has changed, say so in notes.md.",
        ),
    },
    example: example!("stale-order"),
    scope: Scope::OrderHistory(check),
};

fn check(case: &Case<'_>, out: &mut Sink<'_>) {
    let history = case.all.history;
    let order = case.order;
    let between =
        case.facts.progress.current.is_some_and(|s| (StageKey::Produce..=StageKey::Collect).contains(&s));
    if !between || !case.facts.is_open() || history.is_uncommitted(&order.id) {
        return;
    }
    // Defaults of the customer that changed are nobody's work on this order.
    let past = case.past();
    let own = past.steps().iter().filter(|step| !step.files.is_empty());
    let Some(last) = own.filter_map(|step| step.event.as_deref()).max_by_key(|event| event.date) else {
        return;
    };
    let limit = case.config().stale_days();
    let days = (case.as_of() - last.date).num_days();
    if days <= limit {
        return;
    }
    let name = called(Some(last));
    let Some(file) =
        order.origin.files().iter().find(|f| f.ends_with("/order.toml")).or(order.origin.files().first())
    else {
        return;
    };
    out.report(bi!(
        "{days} 天没人更新，上次是 {name}，超过 {limit} 天",
        "not updated for {days} days, the last time in {name}; the limit is {limit}";
        name
    ))
    .at(crate::check::finding::Place::file(file), bi!("订单", "order"))
    .help(bi!(
        "问清进度，登记进度或预计日期；没有变化就在 notes.md 记一句",
        "find out where it stands and record progress or a forecast; if nothing has changed, say so in notes.md"
    ))
    .values([last.date.to_string(), case.as_of().to_string()]);
}
