//! `git-plan-rewritten`: a date of the plan changed after the order was signed.

use super::super::prelude::*;

use crate::change::Change;
use crate::check::shared::trail::{Judged, Past, place, within};
use crate::history::Step;
use crate::model::Order;
use crate::model::order::Amendment;
use crate::model::stage::Milestone;
use crate::text::Bi;

/// The rule.
pub static RULE: Rule = Rule {
    name: "git-plan-rewritten",
    group: Group::History,
    class: Class::Record,
    severity: Severity::Warning,
    opt_in: false,
    since: "0.4.0",
    source: ("公司规定：计划只填一次", "house rule: the plan is filled once"),
    title: ("计划在签约后被改写", "plan rewritten after signing"),
    docs: Docs {
        checks: (
            "签约（signed）之后，[plan] 里已有的日期被改掉或删掉。补填原来空着的日期不算；改回原来的日期也就没事了。同一次改动登记了 [[amendments]]，或者有一条改单的日期在原计划登记之后、这次改动当天或之前，而且没写 was 或 was 里有 ship_by、qty，就算有理由。[forecast] 只有日期，写不了理由。同一天同一个人、或同一个合并请求里改的，只作提示。历史不完整时算没查。",
            "A date of [plan] that changed or went after the order was signed. A date filled in where there was none does not count, nor one that was put back. It has a reason when the same change records an entry in [[amendments]], or when an amendment is dated after the plan was recorded and not after the change, and has no `was` or one that names ship_by or qty. [forecast] holds dates only and cannot carry a reason. What the same person mends on the same day, or within one request, is information. Not checked where the history is not complete.",
        ),
        why: (
            "计划是衡量准时的尺子。改了计划，晚的就变成准时的，谁也看不出来。",
            "The plan is what punctuality is measured by. Rewrite it, and what is late becomes on time without anybody seeing it.",
        ),
        fix: (
            "把 [plan] 改回第一次提交的日期，新的日期写到 [forecast]。客户同意改交期或改数量的，登记 [[amendments]]。",
            "Put the first date back into [plan] and write the new one into [forecast]. Where the customer agreed to another date or quantity, record it in [[amendments]].",
        ),
    },
    example: example!("git-plan-rewritten"),
    scope: Scope::OrderHistory(check),
};

fn check(case: &Case<'_>, out: &mut Sink<'_>) {
    let order = case.order;
    let past = case.past();
    let signed = past.before("signed", order.signed.map(|day| day.to_string()));
    let judge = |at: usize, step: &Step, change: &Change| {
        let planned = change.key.starts_with("plan.") && change.before.is_some();
        if !planned || signed.get(at).is_none_or(Option::is_none) {
            Judged::Other
        } else if has_reason(order, &past, at, step, &change.key) {
            Judged::Excused
        } else {
            Judged::Edit
        }
    };
    let elements = case.elements();
    for edit in past.edits(judge) {
        let (values, changes) = (edit.values(), edit.changes());
        let code = edit.key.trim_start_matches("plan.");
        let what = Milestone::ALL.iter().find(|m| m.code() == code);
        let what = what.map_or_else(|| bi!("{code}", "{code}"), |m| Bi::from(m.title()));
        let title = bi!(
            "计划的“{what}”签约后被改写：{values}，见 {changes}",
            "the plan for \"{what}\" was rewritten after signing: {values}, in {changes}";
            what, values, changes
        );
        let finding = out.report(title);
        finding
            .at(place(order, elements, edit.key, edit.path), bi!("计划", "plan"))
            .help(bi!(
                "[plan] 改回 {first}，新日期写到 [forecast]；客户同意的改期登记在 [[amendments]]",
                "put {first} back into [plan] and the new date into [forecast]; record what the customer agreed to in [[amendments]]",
                first = edit.first.as_deref().unwrap_or_default()
            ))
            .values(edit.pair());
        if edit.slip {
            finding.severity(Severity::Info);
        }
    }
}

/// An amendment that was recorded with the change, or dated between the plan and the change, about dates or goods.
fn has_reason(order: &Order, past: &Past<'_>, at: usize, step: &Step, key: &str) -> bool {
    let about = |amendment: &Amendment| {
        amendment.was.as_ref().is_none_or(|was| was.ship_by.is_some() || !was.qty.is_empty())
    };
    let recorded = |amendment: &Amendment| {
        let name = amendment.date.map(|day| day.to_string()).or(amendment.what.clone()).unwrap_or_default();
        step.changes.iter().any(|c| c.after.is_some() && within(&c.key, &format!("amendments[{name}]")))
    };
    let from = past.introduced(at, key).and_then(|step| step.event.as_ref()).map(|event| event.date);
    let to = step.event.as_ref().map(|event| event.date);
    let between = |amendment: &Amendment| {
        amendment.date.is_some_and(|day| from.is_none_or(|from| from <= day) && to.is_none_or(|to| day <= to))
    };
    order.amendments.iter().any(|a| about(a) && (recorded(a) || between(a)))
}
