//! `stage-backdated`: facts that were recorded long after they happened.

use super::super::prelude::*;

use chrono::NaiveDate;

use crate::change::Change;
use crate::check::shared::trail::{Element, called, place, some};
use crate::history::{Step, What};

/// The rule.
pub static RULE: Rule = Rule {
    name: "stage-backdated",
    group: Group::History,
    class: Class::Record,
    severity: Severity::Info,
    opt_in: false,
    since: "0.4.0",
    source: ("公司规定：三天内登记", "house rule: record within three days"),
    title: ("事后补录", "recorded late"),
    docs: Docs {
        checks: (
            "登记的事发生日比登记它的改动早超过规定天数（默认 3 天，gendan.toml 里 \"stage-backdated\" = { level = \"info\", days = 5 }）：[actual] 的日期、收款、付款、贷项、催款、进度、验货，以及单据的日期。一张订单一次改动一条。订单第一次提交时带来的、收货后才从台账补录的整单不算。还没提交的，按检查日算。历史不完整时算没查。",
            "Facts that happened more than the configured days (3 by default; in gendan.toml \"stage-backdated\" = { level = \"info\", days = 5 }) before the change that records them: dates of [actual], receipts, payments, credits, reminders, progress, inspections, and the dates of papers. One finding for each order and change. What came with the order's first commit does not count, nor an order entered from a register after delivery. What is not committed yet is measured by the day of the check. Not checked where the history is not complete.",
        ),
        why: (
            "事后一次补齐的进度不能拿来预警，日期也容易记错。",
            "Progress that is filled in afterwards warns nobody, and its dates are easily wrong.",
        ),
        fix: (
            "核对日期。提单、水单这类本来就晚到的不用管；进度和节点当天登记。",
            "Check the dates. Papers and bank advices that arrive later are innocent; record progress and milestones on the day.",
        ),
    },
    example: example!("stage-backdated"),
    scope: Scope::OrderHistory(check),
};

/// Days without a remark.
const DAYS: i64 = 3;
/// Facts named in a title.
const NAMED: usize = 4;

fn check(case: &Case<'_>, out: &mut Sink<'_>) {
    if case.is_register_entry() {
        return;
    }
    let order = case.order;
    let limit = case.config().rule_days("stage-backdated", "days", DAYS);
    let past = case.past();
    let elements = case.elements();
    for step in past.steps().iter().filter(|step| step.what == What::Changed && !step.files.is_empty()) {
        let recorded = step.event.as_ref().map_or(case.as_of(), |event| event.date);
        let mut late: Vec<(NaiveDate, &Change)> = step
            .changes
            .iter()
            .filter_map(|change| Some((happened(change, elements, step)?, change)))
            .filter(|(day, _)| (recorded - *day).num_days() > limit)
            .collect();
        late.sort_by_key(|(day, _)| *day);
        let Some((first, change)) = late.first() else { continue };
        let days = (recorded - *first).num_days();
        let facts = some(late.iter().map(|(_, change)| change.sentence()).collect(), NAMED);
        let name = called(step.event.as_deref());
        out.report(bi!(
            "补录，最久的晚 {days} 天：{facts}，见 {name}",
            "recorded late, the oldest by {days} days: {facts}, in {name}";
            facts, name
        ))
        .at(
            place(order, elements, &change.key, &change.path),
            bi!("{days} 天后才记", "recorded {days} days later"),
        )
        .help(bi!(
            "核对这些日期；进度和节点以后当天登记",
            "check these dates; record progress and milestones on the day"
        ))
        .values([recorded.to_string(), first.to_string()]);
    }
}

/// The day on which a fact happened that a change records: of a milestone the date itself, of an element the date it
/// has, when it came or got it.
fn happened(change: &Change, elements: &[Element], step: &Step) -> Option<NaiveDate> {
    let key = change.key.as_str();
    let after = change.after.as_deref().filter(|_| change.before.is_none())?;
    if key.starts_with("actual.") {
        return after.parse().ok();
    }
    if let Some(element) = elements.iter().find(|element| element.key == key) {
        return element.day;
    }
    // The date was filled in later than the rest.
    let (entry, fact) = key.rsplit_once('.')?;
    let dated = matches!(fact, "date" | "issued") && elements.iter().any(|element| element.key == entry);
    let came = step.changes.iter().any(|other| other.key == entry);
    (dated && !came).then(|| after.parse().ok()).flatten()
}
