//! `demurrage-risk`: arrived and not collected.

use super::super::prelude::*;

use chrono::{Datelike, NaiveDate};

use crate::check::shared::timing;
use crate::derive::plan::shift;
use crate::model::document::PaperKind;
use crate::model::order::Shipment;

/// Days before the end of free time from which somebody should look.
const AHEAD: i64 = 2;

/// The rule.
pub static RULE: Rule = Rule {
    name: "demurrage-risk",
    group: Group::Deadline,
    class: Class::Risk,
    severity: Severity::Warning,
    opt_in: false,
    since: "0.1.0",
    source: ("船公司免箱期、港口免堆期；公司规定", "the carrier's and port's free time; house rule"),
    title: ("到港没人提货", "arrived and not collected"),
    docs: Docs {
        checks: (
            "货已到港、没有放货或交货记录，且免箱期（free_days）只剩 2 天或已过。没写免箱期的不算。",
            "The goods have arrived, no release or delivery is recorded, and the free time (free_days) ends within 2 days or has passed. Without free_days nothing is computed.",
        ),
        why: (
            "滞箱费、滞港费按天涨，客户弃货时都算到发货人头上，几周就超过货值的一大截。",
            "Demurrage and detention grow by the day and fall back on the shipper when the buyer abandons the goods.",
        ),
        fix: (
            "已经提了就登记 released。没提：D/P 的请代收行查询进展并报告；问货代免箱期能否延长、退运或转卖的费用，找好第二买家。",
            "Record released if the goods are gone. If not: have the collecting bank report, ask the forwarder for an extension of free time and for the cost of return freight, and look for a second buyer.",
        ),
    },
    example: example!("demurrage-risk"),
    scope: Scope::Order(check),
};

fn check(case: &Case<'_>, out: &mut Sink<'_>) {
    if case.facts.is_archived() {
        return;
    }
    for (index, shipment) in case.order.shipments.iter().enumerate() {
        if let Some((arrived, end)) = waiting(case, shipment)
            && (end - case.as_of()).num_days() <= AHEAD
        {
            say(case, index, arrived, end, out);
        }
    }
}

/// Arrival and last free day of goods that nobody has collected.
fn waiting(case: &Case<'_>, shipment: &Shipment) -> Option<(NaiveDate, NaiveDate)> {
    let known = |day: Option<NaiveDate>| day.filter(|day| *day <= case.as_of());
    let arrived = known(shipment.arrived)?;
    let proof = |p: &&crate::model::document::Paper| {
        matches!(p.kind, Some(PaperKind::Release | PaperKind::Pod))
            && p.shipment.as_deref().is_none_or(|s| Some(s) == shipment.id.as_deref())
            && p.date.is_none_or(|day| day <= case.as_of())
    };
    let gone = known(shipment.released).or(known(shipment.delivered)).is_some();
    if gone || case.order.docs.papers.iter().any(|p| proof(&p)) {
        return None;
    }
    let end = shift(arrived, i64::from(shipment.free_days?))?;
    // A typing error in free_days must not reach beyond any calendar.
    (end.year() - arrived.year() <= 10).then_some((arrived, end))
}

fn say(case: &Case<'_>, index: usize, arrived: NaiveDate, end: NaiveDate, out: &mut Sink<'_>) {
    let left = (end - case.as_of()).num_days();
    let title = if left < 0 {
        let past = left.abs();
        bi!(
            "{arrived} 到港还没人提，免箱期 {end} 到期，已超 {past} 天",
            "arrived on {arrived} and not collected: free time ended on {end}, day {past} past it"
        )
    } else {
        let still = timing::days(left);
        bi!(
            "{arrived} 到港还没人提，免箱期 {end} 到期，还剩 {left} 天",
            "arrived on {arrived} and not collected: free time ends on {end}, {still} left"
        )
    };
    out.report(title)
        .at(case.order.origin.place(&format!("shipments[{index}].arrived")), bi!("到港", "arrived"))
        .at(case.order.origin.place(&format!("shipments[{index}].free_days")), bi!("免箱期", "free days"))
        .until(Some(end))
        .help(bi!(
            "先看是不是提了没登记（released）。没提：催客户，托收的请代收行查询；向货代要延长免箱期的报价和退运运费，找第二买家",
            "see first whether it was collected and not recorded (released). If not: press the buyer, have the collecting bank inquire; get quotes for more free time and for return freight, look for a second buyer"
        ))
        .values([arrived, end]);
}
