//! `gate-feedback`: the customer was not asked, or a complaint has no owner.

use crate::model::stage::StageKey;
use crate::text::Bi;

use super::super::prelude::*;

/// The rule.
pub static RULE: Rule = Rule {
    name: "gate-feedback",
    group: Group::Gate,
    class: Class::Risk,
    severity: Severity::Info,
    opt_in: false,
    since: "0.1.0",
    source: ("行业惯例", "trade practice"),
    title: ("到货后没有回访", "no follow-up after arrival"),
    docs: Docs {
        checks: (
            "货到 30 天内问过客户；没结案的投诉写了负责人和期限。",
            "The customer was asked within 30 days of arrival; a complaint that is not closed has an owner and a date.",
        ),
        why: (
            "小毛病早问早知道，等客户扣款再谈就晚了。",
            "A small fault is cheap when heard early; once the customer deducts it, it is late.",
        ),
        fix: (
            "问过就补 [feedback] 的 `asked`；投诉补 `owner` 和 `due`。",
            "Add `asked` in [feedback] if the customer was asked; give the complaint `owner` and `due`.",
        ),
    },
    example: example!("gate-feedback"),
    scope: Scope::Order(check),
};

/// Days after arrival within which the customer is asked.
const DAYS_TO_ASK: i64 = 30;

fn check(case: &Case<'_>, out: &mut Sink<'_>) {
    let skipped = case.order.skipped(StageKey::Feedback).is_some();
    if skipped || case.facts.is_cancelled() || case.facts.is_archived() {
        return;
    }
    asked(case, out);
    owned(case, out);
}

fn asked(case: &Case<'_>, out: &mut Sink<'_>) {
    let shipments = case.order.shipments.iter().enumerate();
    let arrived = shipments.filter_map(|(i, s)| Some((s.arrived.filter(|day| *day <= case.as_of())?, i)));
    let Some((arrived, i)) = arrived.max() else { return };
    let asked = case.order.feedback.as_deref().and_then(|f| f.asked).filter(|day| *day <= case.as_of());
    let days = (asked.unwrap_or_else(|| case.as_of()) - arrived).num_days();
    if days <= DAYS_TO_ASK {
        return;
    }
    let place = case.order.origin.place(&format!("shipments[{i}].arrived"));
    let title = match asked {
        Some(asked) => bi!(
            "{arrived} 到货，{asked} 才回访，隔了 {days} 天",
            "arrived on {arrived}, the customer was asked on {asked}: {days} days later"
        ),
        None => bi!(
            "{arrived} 到货已 {days} 天，还没有回访客户",
            "arrived on {arrived}, {days} days ago; the customer has not been asked"
        ),
    };
    out.report(title).at(place, bi!("到港 {arrived}", "arrived {arrived}")).help(bi!(
        "问客户货好不好、包装好不好、准不准时，记到 [feedback]：asked、score、text",
        "ask about goods, packing and time, and record it in [feedback]: asked, score, text"
    ));
}

fn owned(case: &Case<'_>, out: &mut Sink<'_>) {
    for (i, complaint) in case.order.complaints.iter().enumerate() {
        let known = complaint.opened.is_none_or(|day| day <= case.as_of());
        let closed = complaint.closed.is_some_and(|day| day <= case.as_of());
        let missing: Bi = match (complaint.owner.is_some(), complaint.due.is_some()) {
            (true, true) => continue,
            _ if closed || !known => continue,
            (false, true) => ("没有负责人", "no owner").into(),
            (true, false) => ("没有期限", "no due date").into(),
            (false, false) => ("没有负责人和期限", "neither owner nor due date").into(),
        };
        let number = complaint.number.clone().unwrap_or_else(|| (i + 1).to_string());
        let (zh, en) = (missing.zh, missing.en);
        out.report(bi!("投诉 {number} 没结案，{zh}", "complaint {number} is open and has {en}"))
            .at(case.order.origin.place(&format!("complaints[{i}]")), bi!("没结案", "open"))
            .help(bi!("补 `owner = \"…\"` 和 `due = 日期`", "add `owner = \"…\"` and `due = DATE`"));
    }
}
