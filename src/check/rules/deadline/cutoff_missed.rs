//! `cutoff-missed`: cut-off missed.

use super::super::prelude::*;

use chrono::{DateTime, FixedOffset, NaiveDate};

use crate::check::shared::timing;
use crate::text::Bi;

/// The rule.
pub static RULE: Rule = Rule {
    name: "cutoff-missed",
    group: Group::Deadline,
    class: Class::Risk,
    severity: Severity::Error,
    opt_in: false,
    since: "0.1.0",
    source: (
        "船公司、码头截止时间；SOLAS VI/2（VGM）；公司规定",
        "the carrier's and terminal's cut-offs; SOLAS VI/2 (VGM); house rule",
    ),
    title: ("错过截止时间", "cut-off missed"),
    docs: Docs {
        checks: (
            "补料、VGM、进港的时刻不晚于各自的截止时刻；报关放行日不晚于截关日。截止日已过还没有登记的，警告。货已开船的只作提示。时刻按截止时间所写的时区比较。",
            "Shipping instructions, VGM and gate-in are not later than their cut-offs; customs release is not after the day of its cut-off. A cut-off that has passed without a record is a warning. Once the ship has left it is information only. Times are compared as instants and shown in the cut-off's zone.",
        ),
        why: (
            "错过截单，提单可能出不来或收改单费；错过截 VGM、截港、截关，货就甩到下一班，最迟装运日跟着危险。",
            "A missed SI cut-off means amendment fees or no B/L; a missed VGM, yard or customs cut-off rolls the goods to the next ship and endangers the latest shipment.",
        ),
        fix: (
            "马上问货代能否加急或延时；确认甩柜就换下一班，更新 etd 和各截止时间，把旧船期写进 rolled。",
            "Ask the forwarder at once for late acceptance; if the goods are rolled, take the next sailing, update etd and cut-offs and note the old one in rolled.",
        ),
    },
    example: example!("cutoff-missed"),
    scope: Scope::Order(check),
};

/// One cut-off with what had to be done before it.
struct Gate {
    name: Bi,
    done: Option<DateTime<FixedOffset>>,
    cut: DateTime<FixedOffset>,
    done_key: &'static str,
    cut_key: &'static str,
}

fn check(case: &Case<'_>, out: &mut Sink<'_>) {
    if case.facts.is_cancelled() {
        return;
    }
    for index in 0..case.order.shipments.len() {
        let left = timing::has_left(case, index);
        for gate in gates(case, index) {
            match gate.done.filter(|done| done.with_timezone(gate.cut.offset()).date_naive() <= case.as_of())
            {
                Some(done) if done > gate.cut => late(case, index, &gate, done, left, out),
                Some(_) => {}
                None if !left && case.facts.is_open() && case.as_of() > gate.cut.date_naive() => {
                    unrecorded(case, index, &gate, out);
                }
                None => {}
            }
        }
        customs(case, index, left, out);
    }
}

fn gates(case: &Case<'_>, index: usize) -> Vec<Gate> {
    let Some(shipment) = case.order.shipments.get(index) else { return Vec::new() };
    let Some(cut) = shipment.cutoffs.as_deref() else { return Vec::new() };
    [
        (bi!("补料", "shipping instructions"), shipment.si_sent, cut.si, "si_sent", "cutoffs.si"),
        (bi!("VGM", "VGM"), shipment.vgm_sent, cut.vgm, "vgm_sent", "cutoffs.vgm"),
        (bi!("进港", "gate-in"), shipment.gated_in, cut.cy, "gated_in", "cutoffs.cy"),
    ]
    .into_iter()
    .filter_map(|(name, done, cut, done_key, cut_key)| {
        Some(Gate { name, done, cut: cut?, done_key, cut_key })
    })
    .collect()
}

fn late(
    case: &Case<'_>,
    index: usize,
    gate: &Gate,
    done: DateTime<FixedOffset>,
    left: bool,
    out: &mut Sink<'_>,
) {
    let (zh, en) = delay((done - gate.cut).num_minutes());
    let show =
        |at: DateTime<FixedOffset>| at.with_timezone(gate.cut.offset()).format("%Y-%m-%d %H:%M").to_string();
    let (is, cut, name) = (show(done), show(gate.cut), &gate.name);
    let title = Bi {
        zh: format!("{} {is}，截止 {cut}，晚了 {zh}", name.zh),
        en: format!("{} at {is}, cut-off {cut}: {en} late", name.en),
    };
    let finding = out.report(title);
    finding
        .at(case.order.origin.place(&format!("shipments[{index}].{}", gate.done_key)), name.clone())
        .at(case.order.origin.place(&format!("shipments[{index}].{}", gate.cut_key)), bi!("截止", "cut-off"))
        .help(help(left))
        .values([is, cut]);
    if left {
        finding.severity(Severity::Info);
    }
}

fn delay(minutes: i64) -> (String, String) {
    let (days, hours, rest) = (minutes / 1440, minutes / 60, minutes % 60);
    if days >= 2 {
        (format!("{days} 天"), format!("{days} days"))
    } else if hours == 0 {
        (format!("{} 分钟", minutes.max(1)), format!("{} minutes", minutes.max(1)))
    } else if rest == 0 {
        (format!("{hours} 小时"), format!("{hours} hours"))
    } else {
        (format!("{hours} 小时 {rest} 分钟"), format!("{hours} hours {rest} minutes"))
    }
}

fn help(left: bool) -> Bi {
    if left {
        bi!(
            "货已开船，只作记录；登记错了就改",
            "the ship has left, this is for the record; correct it if it was recorded wrongly"
        )
    } else {
        bi!(
            "先看两个时刻有没有登记错；没错就马上问货代能否加急，确认甩柜就换船并更新 etd 和截止时间",
            "see first whether both times are right; if so, ask the forwarder at once for late acceptance, or take the next sailing and update etd and cut-offs"
        )
    }
}

fn unrecorded(case: &Case<'_>, index: usize, gate: &Gate, out: &mut Sink<'_>) {
    let (cut, name) = (gate.cut.format("%Y-%m-%d %H:%M").to_string(), &gate.name);
    let actual = case.facts.progress.is_done(crate::model::stage::Milestone::GatedIn);
    if gate.done_key == "gated_in" && actual {
        return;
    }
    out.report(bi!(
        "{name}截止 {cut} 已过，没有登记办了没有",
        "the cut-off for {name} {cut} has passed and nothing is recorded"; name
    ))
    .severity(Severity::Warning)
    .at(case.order.origin.place(&format!("shipments[{index}].{}", gate.cut_key)), bi!("截止", "cut-off"))
    .help(bi!(
        "办了就把时刻登记上；没办，马上联系货代，可能要换船",
        "record the time if it was done; if not, call the forwarder now, the next sailing may be needed"
    ))
    .values([cut]);
}

/// The declaration has a day of release, the cut-off a time: only a later day is certain to be late.
fn customs(case: &Case<'_>, index: usize, left: bool, out: &mut Sink<'_>) {
    let order = case.order;
    let Some(shipment) = order.shipments.get(index) else { return };
    let Some(cut) = shipment.cutoffs.as_deref().and_then(|c| c.customs) else { return };
    let cut: NaiveDate = cut.date_naive();
    let single = order.shipments.len() == 1;
    let mine = |named: Option<&str>| named.map_or(single, |n| Some(n) == shipment.id.as_deref());
    let late = order.docs.customs.iter().enumerate().find_map(|(i, c)| {
        let released = c.released.filter(|day| *day > cut && *day <= case.as_of())?;
        (c.paper.is_current() && mine(c.paper.shipment.as_deref())).then_some((i, released))
    });
    let Some((i, released)) = late else { return };
    let days = (released - cut).num_days();
    let late = timing::days(days);
    let finding = out.report(bi!(
        "报关放行 {released}，截关 {cut}，晚了 {days} 天",
        "customs released on {released}, cut-off {cut}: {late} late"
    ));
    finding
        .at(order.origin.place(&format!("customs[{i}].released")), bi!("放行", "released"))
        .at(
            order.origin.place(&format!("shipments[{index}].cutoffs.customs")),
            bi!("截关", "customs cut-off"),
        )
        .help(help(left))
        .values([released, cut]);
    if left {
        finding.severity(Severity::Info);
    }
}
