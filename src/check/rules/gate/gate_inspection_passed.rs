//! `gate-inspection-passed`: a final inspection counted as passed that did not.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use crate::derive::inspection;
use crate::model::order::{Inspection, InspectionResult};
use crate::model::value::aql::{self, Aql, Plan};
use crate::model::value::money::group;
use crate::text::Bi;

use super::super::prelude::*;

/// The rule.
pub static RULE: Rule = Rule {
    name: "gate-inspection-passed",
    group: Group::Gate,
    class: Class::Record,
    severity: Severity::Error,
    opt_in: false,
    since: "0.1.0",
    source: (
        "GB/T 2828.1（一般检验水平 II、正常检验一次抽样）；整改为公司规定",
        "ISO 2859-1 (general level II, single sampling, normal inspection); corrective action is a house rule",
    ),
    title: ("验货没有真正通过", "inspection not really passed"),
    docs: Docs {
        checks: (
            "复检通过的，前一次不合格的整改要有完成日（`corrective` 的 `closed`）；结论写通过的，缺陷数不超过 AQL 表的接收数 Ac，没有致命缺陷。样本数和表不一样、检验水平不是 II、没写 AQL 的，不判。",
            "Where a re-inspection passed, the corrective action of the failed one is closed (`closed` in `corrective`); where the result says pass, the defects are not more than the acceptance number Ac of the AQL table and none is critical. Not judged: a sample of another size than the table gives, a level other than II, no AQL.",
        ),
        why: (
            "原因没改掉，下一批还是一样；判定看错行，不合格的货就出去了。",
            "A cause that was not removed comes back with the next lot; a verdict read from the wrong row lets bad goods out.",
        ),
        fix: (
            "整改做完了就补 `closed`；缺陷数先和验货报告核对。",
            "Add `closed` when the action is done; compare the defect figures with the report first.",
        ),
    },
    example: example!("gate-inspection-passed"),
    scope: Scope::Order(check),
};

fn check(case: &Case<'_>, out: &mut Sink<'_>) {
    for (i, held) in case.order.inspections.iter().enumerate() {
        if held.result == Some(InspectionResult::Pass) && held.date.is_none_or(|day| day <= case.as_of()) {
            verdict(case, i, held, out);
        }
    }
    let finals = inspection::finals(case.order, case.as_of());
    let again = finals.iter().rposition(|(_, q)| q.result == Some(InspectionResult::Pass));
    let again = again.and_then(|at| finals.get(at));
    for at in inspection::made_good(&finals) {
        if let (Some((i, failed)), Some((again, _))) = (finals.get(at), again) {
            corrected(case, *i, failed, *again, out);
        }
    }
}

fn corrected(case: &Case<'_>, i: usize, failed: &Inspection, again: usize, out: &mut Sink<'_>) {
    let closed = failed.corrective.as_deref().and_then(|c| c.closed);
    if closed.is_some_and(|day| day <= case.as_of()) {
        return;
    }
    let date = failed.date.map(|d| d.to_string()).unwrap_or_default();
    let key = if failed.corrective.is_some() { "corrective" } else { "result" };
    let origin = &case.order.origin;
    out.report(bi!(
        "{date} 终检不合格，复检通过了，整改却没有完成日",
        "the final inspection of {date} failed and the re-inspection passed, but the corrective action is not closed"
    ))
    .at(origin.place(&format!("inspections[{i}].{key}")), bi!("整改未完成", "corrective action open"))
    .at(origin.place(&format!("inspections[{again}].result")), bi!("复检通过", "re-inspection passed"))
    .help(bi!(
        "整改做完了，在 `corrective` 里补 `closed = 日期`；没做完，复检通过也不能过这一关",
        "if the action is done add `closed = DATE` in `corrective`; if it is not, a passed re-inspection does not open the gate"
    ));
}

/// A pass that the table does not allow.
fn verdict(case: &Case<'_>, i: usize, held: &Inspection, out: &mut Sink<'_>) {
    let Some(found) = held.found.as_deref() else { return };
    if let Some(critical) = found.critical.filter(|n| *n > Decimal::ZERO) {
        exceeded(case, i, held, bi!("致命", "critical"), critical, None, out);
    }
    let limits = held.aql.as_deref();
    let classes = [
        (("主要", "major"), found.major, limits.and_then(|a| a.major)),
        (("次要", "minor"), found.minor, limits.and_then(|a| a.minor)),
    ];
    for (name, found, limit) in classes {
        let Some((found, plan)) = found.zip(limit.and_then(|limit| plan_of(held, limit))) else { continue };
        if found > Decimal::from(plan.accept) {
            exceeded(case, i, held, name.into(), found, Some(plan), out);
        }
    }
}

/// Without a plan nothing is accepted.
fn exceeded(
    case: &Case<'_>,
    i: usize,
    held: &Inspection,
    name: Bi,
    found: Decimal,
    plan: Option<Plan>,
    out: &mut Sink<'_>,
) {
    let date = held.date.map(|d| d.to_string()).unwrap_or_default();
    let accept = plan.map_or(0, |plan| plan.accept);
    let found = group(found, 0);
    let (zh, en) = (&name.zh, &name.en);
    let sample = plan.map_or_else(String::new, |p| p.sample.to_string());
    let title = if plan.is_some() {
        bi!(
            "{date} 验货结论写通过，但{zh}缺陷 {found} 超过接收数 {accept}（抽样 {sample}）",
            "the inspection of {date} says pass, but {found} {en} defects exceed the acceptance number {accept} (sample {sample})"
        )
    } else {
        bi!(
            "{date} 验货结论写通过，但有{zh}缺陷 {found} 个，一个也不接收",
            "the inspection of {date} says pass with {found} {en} defects; none is accepted"
        )
    };
    let origin = &case.order.origin;
    out.report(title)
        .at(origin.place(&format!("inspections[{i}].found")), Bi { zh: format!("{zh} {found}"), en: format!("{en} {found}") })
        .at(origin.place(&format!("inspections[{i}].result")), bi!("通过", "pass"))
        .values([found, accept.to_string()])
        .help(bi!(
            "先核对验货报告上的缺陷数和批量；没抄错的话，结论改成 `fail`，写整改（corrective），复检通过再放行",
            "first compare the defects and the lot with the report; if they are right, the result is `fail`: write the corrective action, and release after a re-inspection that passes"
        ));
}

/// The plan the table gives for the lot; `None` where the inspection was held under another.
fn plan_of(held: &Inspection, limit: Decimal) -> Option<Plan> {
    if held.level.as_deref().is_some_and(|level| level.trim() != "II") {
        return None;
    }
    let lots = || held.lots.values().try_fold(Decimal::ZERO, |sum, qty| sum.checked_add(*qty));
    let lot = held.lot.or_else(lots)?.to_u32()?;
    let plan = aql::plan(lot, Aql::of(limit)?)?;
    held.sample.is_none_or(|sample| sample == Decimal::from(plan.sample)).then_some(plan)
}
