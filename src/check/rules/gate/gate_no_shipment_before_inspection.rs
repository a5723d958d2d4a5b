//! `gate-no-shipment-before-inspection`: goods left before the final inspection passed.

use chrono::NaiveDate;

use crate::check::finding::Place;
use crate::derive::inspection;
use crate::derive::shipment::ShipmentFact;
use crate::model::order::{ApprovalKind, Inspection, InspectionResult};
use crate::model::stage::StageKey;
use crate::text::Bi;

use super::super::prelude::*;
use crate::check::shared::timing;

/// The rule.
pub static RULE: Rule = Rule {
    name: "gate-no-shipment-before-inspection",
    group: Group::Gate,
    class: Class::Risk,
    severity: Severity::Error,
    opt_in: false,
    since: "0.1.0",
    source: ("行业惯例", "trade practice"),
    title: ("没验货就装运", "shipped before the final inspection passed"),
    docs: Docs {
        checks: (
            "装柜日（没有就看装运日）不早于通过的终检，而且那之前最近一次终检是通过的。有生产记录、没有终检记录的订单给一条警告。登记了 [[approvals]] 的 ship-uninspected，或跳过质检阶段的不查。",
            "Loading (or shipment where it is not recorded) is not earlier than a final inspection that passed, and the last one before it did pass. An order with production records but no final inspection gets a warning. Silent with an approval ship-uninspected under [[approvals]], or where the stage is skipped.",
        ),
        why: (
            "货装上船，有问题就只能在国外处理，费用是国内返工的许多倍。",
            "Once goods are on board a defect is settled abroad, at many times the cost of rework at home.",
        ),
        fix: (
            "先看日期有没有抄错、验货报告有没有漏登记；客户书面同意先装的，登记 [[approvals]]。",
            "First see whether a date was copied wrongly or a report was not recorded; if the customer agreed in writing, record [[approvals]].",
        ),
    },
    example: example!("gate-no-shipment-before-inspection"),
    scope: Scope::Order(check),
};

fn check(case: &Case<'_>, out: &mut Sink<'_>) {
    let order = case.order;
    let known = |day: Option<NaiveDate>| day.is_none_or(|day| day <= case.as_of());
    let approved =
        order.approvals.iter().any(|a| a.kind == Some(ApprovalKind::ShipUninspected) && known(a.date));
    if approved || order.skipped(StageKey::Inspect).is_some() || case.facts.is_cancelled() {
        return;
    }
    let finals = inspection::finals(order, case.as_of());
    let departures = case.facts.shipments.iter().filter_map(|s| departure(case, s));
    let Some((day, path)) = departures.filter(|(day, _)| !passed_by(&finals, *day)).min() else { return };
    report(case, &finals, day, &path, out);
}

/// When the goods of a shipment left us: loaded, else shipped.
fn departure(case: &Case<'_>, shipment: &ShipmentFact) -> Option<(NaiveDate, String)> {
    let loaded = shipment.index.and_then(|i| {
        let day = case.order.shipments.get(i)?.loaded.filter(|day| *day <= case.as_of())?;
        Some((day, format!("shipments[{i}].loaded")))
    });
    loaded.or_else(|| Some((shipment.shipped?, shipment.proof.clone()?)))
}

/// The last final inspection up to a day passed.
fn passed_by(finals: &[(usize, &Inspection)], day: NaiveDate) -> bool {
    let before = finals.partition_point(|(_, q)| q.date.is_some_and(|date| date <= day));
    let last = before.checked_sub(1).and_then(|at| finals.get(at));
    last.is_some_and(|(_, q)| q.result == Some(InspectionResult::Pass))
}

fn report(case: &Case<'_>, finals: &[(usize, &Inspection)], day: NaiveDate, path: &str, out: &mut Sink<'_>) {
    let place = case.order.origin.place(path);
    let later = finals.iter().find_map(|(i, q)| {
        let date = q.date.filter(|date| *date > day)?;
        (q.result == Some(InspectionResult::Pass)).then_some((*i, date))
    });
    let help = bi!(
        "先看日期是否抄错、验货报告是否漏登记；客户书面同意先装的，登记 [[approvals]]，kind = \"ship-uninspected\"",
        "first see whether a date was copied wrongly or a report was not recorded; if the customer agreed in writing, record [[approvals]] with kind = \"ship-uninspected\""
    );
    match (later, finals.last()) {
        (Some((i, passed)), _) => {
            let days = (passed - day).num_days();
            let apart = timing::days(days);
            out.report(bi!(
                "货 {day} 就装走了，终检 {passed} 才通过，早了 {days} 天",
                "goods left on {day}, the final inspection passed on {passed}: {apart} too early"
            ))
            .at(place, bi!("装走 {day}", "left {day}"))
            .at(
                case.order.origin.place(&format!("inspections[{i}].date")),
                bi!("终检通过 {passed}", "passed {passed}"),
            )
            .values([day, passed])
            .help(help);
        }
        (None, Some((i, last))) => {
            let held = last.date.map(|d| d.to_string()).unwrap_or_default();
            out.report(bi!(
                "货 {day} 装走了，{held} 的终检没有通过，之后也没有复检通过",
                "goods left on {day}; the final inspection of {held} did not pass, and none has passed since"
            ))
            .at(place, bi!("装走 {day}", "left {day}"))
            .at(case.order.origin.place(&format!("inspections[{i}]")), bi!("没有通过", "not passed"))
            .help(help);
        }
        (None, None) => absent(case, day, place, help, out),
    }
}

/// No final inspection is recorded at all. Where production was never recorded either (an imported order), that
/// says nothing.
fn absent(case: &Case<'_>, day: NaiveDate, place: Place, help: Bi, out: &mut Sink<'_>) {
    let order = case.order;
    if order.purchases.is_empty() && order.progress.is_empty() && order.inspections.is_empty() {
        return;
    }
    out.report(bi!(
        "货 {day} 装走了，没有终检记录",
        "goods left on {day} without a final inspection on record"
    ))
    .severity(Severity::Warning)
    .at(place, bi!("装走 {day}", "left {day}"))
    .help(help);
}
