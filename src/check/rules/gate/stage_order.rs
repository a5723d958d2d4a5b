//! `stage-order`: a stage done while the records of an earlier one say it is not.

use crate::model::stage::{Milestone, StageKey};
use crate::model::value::money::group;
use crate::text::Bi;

use super::super::prelude::*;

/// The rule.
pub static RULE: Rule = Rule {
    name: "stage-order",
    group: Group::Gate,
    class: Class::Record,
    severity: Severity::Error,
    opt_in: false,
    since: "0.1.0",
    source: ("公司规定", "house rule"),
    title: ("阶段顺序不对", "stages out of order"),
    docs: Docs {
        checks: (
            "后面的阶段有记录做完了，前面的阶段却按记录没完：终检通过但进度报告的数量没到；结案或归档了，货却没出完。没有记录不算；物流、报关可以和生产同时做，收款随时可以做；分批的订单不比较生产。",
            "A later stage is done by its records while the records of an earlier one say it is not: the final inspection passed although progress reports are short; closed or archived although goods have not all left. No record is no contradiction; logistics and customs may run during production, payment at any time; production is not compared in split orders.",
        ),
        why: (
            "不是进度忘了更新，就是抽检了没做完的货。",
            "Either progress was not updated, or unfinished goods were inspected.",
        ),
        fix: (
            "多数是进度没更新：补最后一次 [[progress]]。少做的，和客户确认后改订单数量。",
            "Mostly progress was not updated: add the last [[progress]]. If fewer were made, agree it with the customer and change the quantity.",
        ),
    },
    example: example!("stage-order"),
    scope: Scope::Order(check),
};

fn check(case: &Case<'_>, out: &mut Sink<'_>) {
    if case.facts.is_cancelled() {
        return;
    }
    unfinished(case, out);
    unshipped(case, out);
}

fn unfinished(case: &Case<'_>, out: &mut Sink<'_>) {
    let progress = &case.facts.progress;
    let over = progress.stage(StageKey::Produce).is_none_or(|s| s.state.is_over());
    let inspected = progress.milestone(Milestone::Inspected).actual.and_then(|a| a.proof);
    let (Some(inspected), Some((done, wanted))) = (inspected, progress.produced) else { return };
    let enough = case.order.tolerance.is_some_and(|t| t.allows(wanted, done));
    if over || enough || case.order.shipments.len() > 1 {
        return;
    }
    let reports = case.order.progress.iter().enumerate();
    let known = reports.filter(|(_, p)| p.date.is_some_and(|day| day <= case.as_of()));
    let last = known.max_by_key(|(i, p)| (p.date, *i)).map_or(0, |(i, _)| i);
    let missing = group(wanted.saturating_sub(done), 0);
    let (done, wanted) = (group(done, 0), group(wanted, 0));
    out.report(bi!(
        "终检通过了，进度报告才完成 {done}/{wanted}，差 {missing}",
        "the final inspection passed, but progress reports show {done} of {wanted}: {missing} short"
    ))
    .at(
        case.order.origin.place(&format!("progress[{last}].done")),
        bi!("最近一次进度 {done}", "last report {done}"),
    )
    .at(case.order.origin.place(&inspected.path), bi!("终检通过", "final inspection passed"))
    .values([done, wanted])
    .help(bi!(
        "做完了就补一条 [[progress]]，`done` 写累计数量；没做完，验的是半批货，做完要重验",
        "if production is finished add [[progress]] with the total in `done`; if it is not, half a lot was inspected, and the whole needs inspecting when it is done"
    ));
}

fn unshipped(case: &Case<'_>, out: &mut Sink<'_>) {
    let progress = &case.facts.progress;
    let waiting = case.facts.shipments.iter().find(|s| s.shipped.is_none());
    let Some((waiting, index)) = waiting.and_then(|s| Some((s, s.index?))) else { return };
    let done = [Milestone::Archived, Milestone::Closed].into_iter().find(|key| progress.is_done(*key));
    let Some((key, actual)) = done.and_then(|key| Some((key, progress.milestone(key).actual?))) else {
        return;
    };
    let (Some(day), false) = (actual.date, progress.is_done(Milestone::Shipped)) else { return };
    let typed = case.order.actual.as_deref().and_then(|a| a.get(key)) == Some(day);
    let path = match actual.proof {
        Some(proof) if !typed => proof.path,
        _ => format!("actual.{}", key.code()),
    };
    let name: Bi = key.title().into();
    let (zh, en, id) = (&name.zh, &name.en, &waiting.id);
    out.report(bi!(
        "{day} 已{zh}，第 {id} 批还没有运输单据",
        "{en} on {day}, but shipment {id} has no transport document"
    ))
    .at(case.order.origin.place(&path), name.clone())
    .at(case.order.origin.place(&format!("shipments[{index}]")), bi!("还没装运", "not shipped"))
    .help(bi!(
        "运输单据漏登记就补；这一批不出了，在最后出运的一批写 `last = true` 并删去这一批",
        "record the transport document if it exists; if this shipment will not go, delete it and write `last = true` in the one that was the last"
    ));
}
