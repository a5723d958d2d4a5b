//! `plan-chain`: planned dates in the wrong order.

use super::super::prelude::*;

use chrono::NaiveDate;

use crate::check::shared::timing;
use crate::model::stage::{Dates, Milestone};
use crate::text::Bi;

/// What may not be planned after what.
const PAIRS: &[(Milestone, Milestone)] = &[
    (Milestone::Materials, Milestone::Produced),
    (Milestone::Started, Milestone::Produced),
    (Milestone::Produced, Milestone::Inspected),
    (Milestone::Inspected, Milestone::GatedIn),
    (Milestone::Inspected, Milestone::Shipped),
    (Milestone::Declared, Milestone::Cleared),
    (Milestone::GatedIn, Milestone::Shipped),
    (Milestone::Cleared, Milestone::Shipped),
    (Milestone::Shipped, Milestone::Presented),
];

/// The rule.
pub static RULE: Rule = Rule {
    name: "plan-chain",
    group: Group::Deadline,
    class: Class::Risk,
    severity: Severity::Error,
    opt_in: false,
    since: "0.1.0",
    source: ("公司规定", "house rule"),
    title: ("计划日期前后颠倒", "planned dates in the wrong order"),
    docs: Docs {
        checks: (
            "未装运的订单，同一张表（计划或预计）里：到料、投产不晚于完工，完工不晚于终检，终检不晚于进港，申报不晚于放行，进港、放行不晚于装运，装运不晚于交单。每批货：装柜不晚于截港，截港早于开船（海运），终检不晚于截港。只比填写的日期。",
            "For orders not yet shipped, within one table (plan or forecast): materials and start not after finish, finish not after inspection, inspection not after gate-in, declaration not after release, gate-in and release not after shipment, shipment not after presentation. Per shipment: loading not after the yard cut-off, the cut-off before departure (sea), inspection not after the cut-off. Typed dates only.",
        ),
        why: (
            "颠倒的计划没法执行，按它倒推的每个提醒都是错的。",
            "A plan in the wrong order cannot be carried out, and every reminder counted from it is wrong.",
        ),
        fix: (
            "多半是一处日期填错或改期后漏改；按顺序把后面的一起顺延。",
            "Usually one date is mistyped or was not moved with the others; move the later steps along.",
        ),
    },
    example: example!("plan-chain"),
    scope: Scope::Order(check),
};

/// A dated step: its name, day and key path.
type Step = (Bi, NaiveDate, String);

fn check(case: &Case<'_>, out: &mut Sink<'_>) {
    if !case.facts.is_open() || case.facts.progress.is_done(Milestone::Shipped) {
        return;
    }
    let order = case.order;
    for (dates, table) in [(order.plan.as_deref(), "plan"), (order.forecast.as_deref(), "forecast")] {
        if let Some((before, after)) = dates.and_then(|dates| first_turned(dates, table)) {
            say(case, &before, &after, out);
        }
    }
    for index in 0..order.shipments.len() {
        if !timing::has_left(case, index)
            && let Some((before, after)) = sailing(case, index)
        {
            say(case, &before, &after, out);
        }
    }
}

fn first_turned(dates: &Dates, table: &str) -> Option<(Step, Step)> {
    PAIRS.iter().find_map(|&(a, b)| {
        let step = |m: Milestone| Some((Bi::from(m.title()), dates.get(m)?, format!("{table}.{}", m.code())));
        let (before, after) = (step(a)?, step(b)?);
        (before.1 > after.1).then_some((before, after))
    })
}

fn sailing(case: &Case<'_>, index: usize) -> Option<(Step, Step)> {
    let shipment = case.order.shipments.get(index)?;
    let step = |zh: &str, en: &str, day: NaiveDate, key: &str| -> Step {
        (bi!("{zh}", "{en}"), day, format!("shipments[{index}].{key}"))
    };
    let loading = shipment.loading.map(|day| step("装柜", "loading", day, "loading"));
    let cy = shipment.cutoffs.as_deref().and_then(|c| c.cy);
    let cy = cy.map(|at| step("截港", "yard cut-off", at.date_naive(), "cutoffs.cy"));
    let etd = shipment.etd.map(|day| step("开船", "departure", day, "etd"));
    let done = case.facts.progress.is_done(Milestone::Inspected);
    let inspected = timing::typed(case.order, Milestone::Inspected)
        // With several lots the last inspection belongs to the last of them.
        .filter(|_| !done && case.order.shipments.len() == 1)
        .map(|(day, path)| (bi!("终检", "inspection"), day, path));
    let sea = shipment.mode.or(case.order.mode).is_none_or(crate::model::value::Mode::is_sea);
    let turned = |a: &Option<Step>, b: &Option<Step>, strict: bool| {
        let (a, b) = (a.clone()?, b.clone()?);
        (a.1 > b.1 || (strict && a.1 == b.1)).then_some((a, b))
    };
    turned(&loading, &cy, false)
        .or_else(|| turned(&inspected, &cy, false))
        .or_else(|| turned(&cy, &etd, sea))
        .or_else(|| turned(&loading, &etd, false))
}

fn say(case: &Case<'_>, before: &Step, after: &Step, out: &mut Sink<'_>) {
    let ((a, first, _), (b, second, _)) = (before, after);
    let days = (*first - *second).num_days();
    let (zh, en) = if days == 0 {
        (
            format!("{}和{}同一天 {first}，{}应在前", a.zh, b.zh, a.zh),
            format!("{} and {} both on {first}; {} comes first", a.en, b.en, a.en),
        )
    } else {
        (
            format!("{} {first} 排在{} {second} 之后 {days} 天", a.zh, b.zh),
            format!("{} {first} stands {} after {} {second}", a.en, timing::days(days), b.en),
        )
    };
    out.report(Bi { zh, en })
        .at(case.order.origin.place(&before.2), a.clone())
        .at(case.order.origin.place(&after.2), b.clone())
        .help(bi!(
            "看哪个日期填错了；若前一步真的推迟，把后面的日期一起改到“预计”里",
            "see which date is mistyped; if the earlier step has really moved, move the later ones too, in the forecast"
        ))
        .values([first, second]);
}
