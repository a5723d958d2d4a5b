//! `milestone-proof-differs`: a typed date against the record that proves it.

use chrono::NaiveDate;

use crate::derive::{Actual, inspection};
use crate::model::stage::Milestone;
use crate::text::Bi;

use super::super::prelude::*;
use crate::check::shared::timing;

/// The rule.
pub static RULE: Rule = Rule {
    name: "milestone-proof-differs",
    group: Group::Gate,
    class: Class::Record,
    severity: Severity::Error,
    opt_in: false,
    since: "0.1.0",
    source: ("公司规定", "house rule"),
    title: ("手写日期和凭证不一致", "typed date differs from its proof"),
    docs: Docs {
        checks: (
            "[actual] 里写的日期，和证明同一件事的记录（采购单、进度、验货、报关单、运输单据、交单、收款等）是同一天；写了终检日的，最近一次终检没有不合格。投产日只要不晚于第一次进度报告，结案日只要不晚于结案表。",
            "A date under [actual] is that of the record that proves the same step (purchase order, progress, inspection, declaration, transport document, presentation, receipt and so on); where an inspection date is typed, the last final inspection did not fail. The start of production only has to be not later than the first progress report, and the closing not later than the closing sheet.",
        ),
        why: (
            "同一件事两个日期，看板信哪个都可能错。有凭证的节点不用手写。",
            "Two dates for one step make every list doubtful. A step that a record proves is not typed at all.",
        ),
        fix: (
            "看凭证：凭证对，就删去手写的那一行；凭证登记错了，改登记。",
            "Look at the record: if it is right, delete the typed line; if it was copied wrongly, correct the record.",
        ),
    },
    example: example!("milestone-proof-differs"),
    scope: Scope::Order(check),
};

fn check(case: &Case<'_>, out: &mut Sink<'_>) {
    let Some(typed) = case.order.actual.as_deref() else { return };
    for fact in case.facts.progress.stages.iter().flat_map(|s| &s.milestones) {
        let Some(day) = typed.get(fact.key).filter(|day| *day <= case.as_of()) else { continue };
        match &fact.actual {
            Some(actual @ Actual { date: Some(proved), .. }) if *proved != day => {
                differs(case, fact.key, day, *proved, actual, out);
            }
            None if fact.key == Milestone::Inspected => failed(case, day, out),
            _ => {}
        }
    }
}

fn differs(
    case: &Case<'_>,
    key: Milestone,
    typed: NaiveDate,
    proved: NaiveDate,
    actual: &Actual,
    out: &mut Sink<'_>,
) {
    // The day of the contract is `signed`; the countersigned paper only supports it.
    let signed = key == Milestone::Confirmed && case.order.signed == Some(proved);
    let (what, path) = match &actual.proof {
        Some(proof) if !signed => (proof.what.clone(), proof.path.as_str()),
        _ => (bi!("签字日", "the signature"), "signed"),
    };
    let name: Bi = key.title().into();
    let days = (typed - proved).num_days().abs();
    let apart = timing::days(days);
    let code = key.code();
    let origin = &case.order.origin;
    let (zh, en, what_zh, what_en) = (&name.zh, &name.en, &what.zh, &what.en);
    out.report(bi!(
        "{zh}：手写 {typed}，{what_zh} 是 {proved}，差 {days} 天",
        "{en}: typed {typed}, but {what_en} says {proved}, {apart} apart"
    ))
    .at(origin.place(&format!("actual.{code}")), bi!("手写 {typed}", "typed {typed}"))
    .at(origin.place(path), bi!("凭证 {proved}", "proof {proved}"))
    .values([typed, proved])
    .help(bi!(
        "先核对凭证。凭证对：删去 [actual] 里的 `{code}`，这一步会自动取凭证的日期；凭证抄错：改登记那一处",
        "look at the record first. If it is right, delete `{code}` under [actual]: the step takes the record's date by itself; if it was copied wrongly, correct it there"
    ));
}

fn failed(case: &Case<'_>, typed: NaiveDate, out: &mut Sink<'_>) {
    let finals = inspection::finals(case.order, case.as_of());
    let open = inspection::open(&finals);
    let Some((i, held)) = open.last().and_then(|at| finals.get(*at)) else { return };
    let date = held.date.map(|d| d.to_string()).unwrap_or_default();
    out.report(bi!(
        "终检：手写 {typed} 完成，但 {date} 的终检没有通过，也没有复检通过",
        "inspected: typed {typed}, but the final inspection of {date} did not pass and none has passed since"
    ))
    .at(case.order.origin.place("actual.inspected"), bi!("手写 {typed}", "typed {typed}"))
    .at(case.order.origin.place(&format!("inspections[{i}]")), bi!("没有通过", "not passed"))
    .values([typed])
    .help(bi!(
        "复检通过了就登记复检的 [[inspections]]，并删去手写的 `inspected`；没复检就只删去",
        "record the re-inspection as [[inspections]] if it passed, and delete the typed `inspected`; if there was none, just delete it"
    ));
}
