//! `gate-inspection-passed`: a final inspection counted as passed that did not.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use crate::derive::inspection;
use crate::model::order::{Inspection, InspectionResult, InspectionStage};
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
            "复检通过的，前一次不合格的整改要有完成日（`corrective` 的 `closed`）；结论写通过的，缺陷数不超过 AQL 表的接收数 Ac，没有致命缺陷；终检样本不少于表里的数，少了警告。终检没写 AQL 的按致命 0、主要 2.5、次要 4.0。样本比表多、检验水平不是 II、表里没有的 AQL，不判。",
            "Where a re-inspection passed, the corrective action of the failed one is closed (`closed` in `corrective`); where the result says pass, the defects are not more than the acceptance number Ac of the AQL table and none is critical; the sample of a final inspection is not smaller than the table's, else a warning. A final inspection without AQL is judged by critical 0, major 2.5, minor 4.0. Not judged: a sample larger than the table's, a level other than II, an AQL that is not in the table.",
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
    let limits = limits(held);
    let classes = [(("主要", "major"), found.major, limits[0]), (("次要", "minor"), found.minor, limits[1])];
    for (name, found, limit) in classes {
        let Some((found, plan)) = found.zip(limit.and_then(|limit| plan_of(held, limit))) else { continue };
        // A larger sample may find more; a smaller one that finds too many would have found no fewer.
        let comparable = held.sample.is_none_or(|sample| sample <= Decimal::from(plan.sample));
        if comparable && found > Decimal::from(plan.accept) {
            exceeded(case, i, held, name.into(), found, Some(plan), out);
        }
    }
    if held.stage == Some(InspectionStage::Final) {
        sampled(case, i, held, &limits, out);
    }
}

/// The limits for major and minor defects; the usual ones where a final inspection names none.
fn limits(held: &Inspection) -> [Option<Decimal>; 2] {
    match held.aql.as_deref() {
        Some(aql) => [aql.major, aql.minor],
        None if held.stage == Some(InspectionStage::Final) => {
            [Some(Decimal::new(25, 1)), Some(Decimal::new(40, 1))]
        }
        None => [None, None],
    }
}

/// A pass from fewer pieces than any of its plans asks for.
fn sampled(case: &Case<'_>, i: usize, held: &Inspection, limits: &[Option<Decimal>; 2], out: &mut Sink<'_>) {
    let plans = limits.iter().flatten().filter_map(|limit| plan_of(held, *limit));
    let Some((plan, sample)) = plans.min_by_key(|plan| plan.sample).zip(held.sample) else { return };
    if sample >= Decimal::from(plan.sample) {
        return;
    }
    let date = held.date.map(|d| d.to_string()).unwrap_or_default();
    let (sample, least) = (group(sample, 0), group(Decimal::from(plan.sample), 0));
    let lot = lot(held).map(|lot| group(lot, 0)).unwrap_or_default();
    let origin = &case.order.origin;
    let field = if held.lot.is_some() { "lot" } else { "lots" };
    out.report(bi!(
        "{date} 终检只抽 {sample}，批量 {lot} 按表要抽 {least}，却写了通过",
        "the final inspection of {date} says pass on a sample of {sample}; a lot of {lot} needs {least}"
    ))
    .severity(Severity::Warning)
    .at(origin.place(&format!("inspections[{i}].sample")), bi!("抽样 {sample}", "sample {sample}"))
    .at(origin.place(&format!("inspections[{i}].{field}")), bi!("批量 {lot}", "lot {lot}"))
    .values([sample, least])
    .help(bi!(
        "先看样本、批量有没有抄错；用别的检验水平就写 level；真抽少了，补抽或请客户书面接受",
        "see first whether sample or lot was copied wrongly; write `level` where another was agreed; if too few were taken, take the rest, or have the customer accept it in writing"
    ));
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
    aql::plan(lot(held)?.to_u32()?, Aql::of(limit)?)
}

/// The lot, else the sum of the items' lots.
fn lot(held: &Inspection) -> Option<Decimal> {
    let lots = || held.lots.values().try_fold(Decimal::ZERO, |sum, qty| sum.checked_add(*qty));
    held.lot.or_else(lots).filter(|lot| *lot > Decimal::ZERO)
}
