//! `eta-docs`: goods arrive before the documents.

use super::super::prelude::*;

use chrono::NaiveDate;

use crate::check::shared::timing;
use crate::derive::plan::shift;
use crate::model::document::{BlKind, PresentedSet, Release};
use crate::model::order::Shipment;

/// Days the documents should be ahead of the goods.
const AHEAD: i64 = 3;
/// Days it takes to get original bills after shipment.
const ORIGINALS: i64 = 5;

/// The rule.
pub static RULE: Rule = Rule {
    name: "eta-docs",
    group: Group::Deadline,
    class: Class::Risk,
    severity: Severity::Warning,
    opt_in: false,
    since: "0.1.0",
    source: ("公司规定", "house rule"),
    title: ("货比单据先到", "goods arrive before the documents"),
    docs: Docs {
        checks: (
            "海运、要正本提单提货的批次：正本到客户的日子（装运后 5 天拿到正本，加快递天数；正本已寄的从寄出日算）至少比到港早 3 天。电放、海运单的不报，到港后不报。",
            "For sea shipments released against original bills: the originals reach the buyer (5 days after shipment to get them, and the courier's days; from the day they were sent once they were) at least 3 days before arrival. Silent for telex release and sea waybills, and once arrived.",
        ),
        why: (
            "货到了单据没到，客户提不了货，滞港费、滞箱费算谁的就要吵。",
            "Goods without documents wait at the port, and demurrage becomes a quarrel.",
        ),
        fix: (
            "近洋航线：收齐款的做电放或出海运单；信用证的，开船当天就交单，或请客户办担保提货。",
            "On short routes release by telex or issue a sea waybill once paid; under a credit present at once, or let the buyer arrange a letter of indemnity with his bank.",
        ),
    },
    example: example!("eta-docs"),
    scope: Scope::Order(check),
};

fn check(case: &Case<'_>, out: &mut Sink<'_>) {
    if !case.facts.is_open() {
        return;
    }
    for (index, shipment) in case.order.shipments.iter().enumerate() {
        if let Some((documents, from)) = expected(case, index, shipment)
            && let Some(eta) = shipment.eta
            && (eta - documents).num_days() < AHEAD
        {
            say(case, index, (eta, documents, from), out);
        }
    }
}

/// The day on which originals reach the buyer and the day the count starts; `None` where none are needed.
fn expected(case: &Case<'_>, index: usize, shipment: &Shipment) -> Option<(NaiveDate, NaiveDate)> {
    let gone = |day: Option<NaiveDate>| day.is_some_and(|day| day <= case.as_of());
    let sea = shipment.mode.or(case.order.mode).is_some_and(crate::model::value::Mode::is_sea);
    let over =
        gone(shipment.arrived) || gone(shipment.released) || gone(shipment.delivered) || gone(shipment.eta);
    if !sea || over || is_released(case, shipment) {
        return None;
    }
    let fact = case.facts.shipments.iter().find(|s| s.index == Some(index));
    let left = fact.and_then(|s| s.shipped).or(shipment.etd)?;
    let courier = case.config().courier_days();
    if let Some(sent) = sent(case, shipment) {
        return Some((shift(sent, courier)?, sent));
    }
    let ready = shift(left, case.config().rule_days("eta-docs", "originals", ORIGINALS))?;
    Some((shift(ready.max(case.as_of()), courier)?, left))
}

fn mine(case: &Case<'_>, shipment: &Shipment, named: Option<&str>) -> bool {
    named.map_or(case.order.shipments.len() == 1, |n| Some(n) == shipment.id.as_deref())
}

fn is_released(case: &Case<'_>, shipment: &Shipment) -> bool {
    case.order.docs.bl.iter().filter(|bl| bl.paper.is_current()).any(|bl| {
        mine(case, shipment, bl.paper.shipment.as_deref())
            && (bl.kind == Some(BlKind::SeaWaybill)
                || matches!(bl.release, Some(Release::Telex | Release::Express | Release::Surrendered)))
    }) || presented(case, shipment, PresentedSet::Telex).is_some()
}

fn sent(case: &Case<'_>, shipment: &Shipment) -> Option<NaiveDate> {
    let bill = case.order.docs.bl.iter().find(|bl| {
        bl.paper.is_current() && mine(case, shipment, bl.paper.shipment.as_deref()) && bl.paper.sent.is_some()
    });
    presented(case, shipment, PresentedSet::Originals)
        .or_else(|| bill.and_then(|bl| bl.paper.sent))
        .filter(|day| *day <= case.as_of())
}

fn presented(case: &Case<'_>, shipment: &Shipment, set: PresentedSet) -> Option<NaiveDate> {
    let all = case.order.docs.presentation.iter();
    all.filter(|p| {
        p.set == Some(set) && p.shipment.as_deref().is_none_or(|s| Some(s) == shipment.id.as_deref())
    })
    .filter_map(|p| p.date)
    .filter(|day| *day <= case.as_of())
    .min()
}

fn say(
    case: &Case<'_>,
    index: usize,
    (eta, documents, from): (NaiveDate, NaiveDate, NaiveDate),
    out: &mut Sink<'_>,
) {
    let path = format!("shipments[{index}].eta");
    let etd =
        if timing::has_left(case, index) { bi!("装运", "shipped") } else { bi!("开船", "departure") };
    let title = if documents > eta {
        let days = (documents - eta).num_days();
        let gap = timing::days(days);
        bi!(
            "预计 {eta} 到港，正本单据最快 {documents} 到客户，货比单据早 {days} 天",
            "the goods arrive on {eta}, the originals reach the buyer on {documents} at the earliest: {gap} after them"
        )
    } else {
        let days = (eta - documents).num_days();
        let gap = timing::days(days);
        bi!(
            "预计 {eta} 到港，正本单据 {documents} 才到客户，只早 {days} 天",
            "the goods arrive on {eta}, the originals reach the buyer on {documents}, only {gap} ahead"
        )
    };
    out.report(title)
        .at(case.order.origin.place(&path), bi!("到港", "arrival"))
        .at(case.order.origin.place(&format!("shipments[{index}].etd")), etd)
        .until(Some(eta))
        .help(bi!(
            "货款收齐的，做电放或出海运单；信用证的，单据一齐就交单，并提醒客户向银行办提货担保",
            "if it is paid, release by telex or have a sea waybill issued; under a credit present as soon as the set is complete and tell the buyer to arrange a delivery indemnity with the bank"
        ))
        .values([eta, documents, from]);
}
