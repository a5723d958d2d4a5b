//! Where an order is, in plain words: never a stage number, never a delay, never whose fault it is. A day that has
//! passed without the thing having happened is not shown: the next one follows.

use chrono::NaiveDate;

use super::teller::Teller;
use crate::derive::{OrderFacts, ShipmentFact};
use crate::model::Order;
use crate::model::order::Shipment;
use crate::model::stage::Milestone;
use crate::say;

/// The order has been offered or is agreed: before that it is only a thought of ours.
pub(super) fn is_theirs(teller: &Teller<'_>, order: &Order, own: &OrderFacts) -> bool {
    order.po.is_some() || own.progress.is_done(Milestone::Confirmed) || is_offered(teller, order, own)
}

/// A proforma or a contract went out.
pub(super) fn is_offered(teller: &Teller<'_>, order: &Order, own: &OrderFacts) -> bool {
    let papers = order.docs.proforma.iter().chain(&order.docs.contract);
    own.progress.is_done(Milestone::PiSent)
        || papers.filter(|p| p.paper.is_current()).any(|p| teller.known(p.paper.sent).is_some())
}

/// Where it is, in one sentence.
pub(super) fn state(teller: &Teller<'_>, order: &Order, own: &OrderFacts) -> String {
    let done = |milestone| own.progress.is_done(milestone);
    if let Some(day) = own.progress.cancelled {
        let day = teller.day(day).text;
        return say!(teller, "{day} 已取消。", "Cancelled on {day}.");
    }
    let (gone, all) = (own.shipments.iter().filter(|s| s.shipped.is_some()).count(), own.shipments.len());
    if done(Milestone::Shipped) || gone > 0 {
        let every = |day: fn(&Shipment) -> Option<NaiveDate>| {
            !order.shipments.is_empty() && order.shipments.iter().all(|s| teller.known(day(s)).is_some())
        };
        return match () {
            () if every(|s| s.delivered) => say!(teller, "已送达。", "Delivered."),
            () if every(|s| s.arrived.or(s.delivered)) => say!(teller, "已到港。", "Arrived."),
            () if gone > 0 && gone < all => {
                say!(teller, "已发运 {gone} 批，共 {all} 批。", "{gone} of {all} shipments have left.")
            }
            () => say!(teller, "已发运。", "Shipped."),
        };
    }
    match () {
        () if !done(Milestone::Confirmed) && is_offered(teller, order, own) => {
            say!(teller, "已报价，等您确认。", "Offered; we wait for your confirmation.")
        }
        () if !done(Milestone::Confirmed) => say!(teller, "订单在准备。", "Your order is being prepared."),
        () if done(Milestone::Booked) && done(Milestone::Produced) => {
            say!(teller, "货已备好，舱位已订。", "Ready; space is booked.")
        }
        () if done(Milestone::Inspected) => {
            say!(teller, "已完工并验货，在安排装运。", "Finished and inspected; shipment is being arranged.")
        }
        () if done(Milestone::Produced) => {
            say!(teller, "已完工，接着验货。", "Finished; final inspection follows.")
        }
        () if done(Milestone::Started) => say!(teller, "在生产。", "In production."),
        () => say!(teller, "订单已确认，在准备生产。", "Order confirmed; production is being prepared."),
    }
}

/// What happened to each shipment, and what comes next.
pub(super) fn lines(teller: &Teller<'_>, order: &Order, own: &OrderFacts) -> Vec<String> {
    if own.is_cancelled() || !own.progress.is_done(Milestone::Confirmed) {
        return Vec::new();
    }
    let several = own.shipments.len() > 1;
    let mut lines: Vec<String> = own
        .shipments
        .iter()
        .filter_map(|fact| {
            let text = shipment(teller, order, fact)?;
            let id = &fact.id;
            Some(if several { say!(teller, "第 {id} 批：{text}", "Shipment {id}: {text}") } else { text })
        })
        .collect();
    if own.progress.is_done(Milestone::Shipped) {
        return lines;
    }
    if let Some(day) = expected(own, Milestone::Produced).filter(|day| *day >= teller.as_of()) {
        let day = teller.day(day).text;
        lines.push(say!(teller, "预计 {day} 完工。", "Expected to be finished by {day}."));
    }
    if lines.is_empty() || own.shipments.iter().all(|s| s.shipped.is_none() && sails(order, s).is_none()) {
        lines.extend(departure(teller, order, own));
    }
    lines
}

/// The day that somebody typed for a milestone; one that is only computed is no promise.
pub(super) fn expected(own: &OrderFacts, milestone: Milestone) -> Option<NaiveDate> {
    let fact = own.progress.milestone(milestone);
    match fact.actual {
        Some(_) => None,
        None => fact.forecast.or(fact.plan.filter(|plan| !plan.derived).map(|plan| plan.date)),
    }
}

/// When the goods are to leave.
pub(super) fn leaves(teller: &Teller<'_>, own: &OrderFacts) -> Option<NaiveDate> {
    expected(own, Milestone::Shipped).filter(|day| *day >= teller.as_of())
}

fn departure(teller: &Teller<'_>, order: &Order, own: &OrderFacts) -> Option<String> {
    let by = order.ship_by.filter(|day| *day >= teller.as_of()).map(|day| teller.day(day).text);
    let at = leaves(teller, own).map(|day| teller.day(day).text);
    match (at, by) {
        (Some(at), Some(by)) => Some(say!(
            teller,
            "预计 {at} 装运（合同：{by} 前）。",
            "Expected to leave on {at} (contract: by {by})."
        )),
        (Some(at), None) => Some(say!(teller, "预计 {at} 装运。", "Expected to leave on {at}.")),
        (None, Some(by)) => Some(say!(teller, "合同装运期：{by} 前。", "To be shipped by {by}, as agreed.")),
        (None, None) => order
            .ship_by
            .is_some()
            .then(|| say!(teller, "新的装运日期会通知您。", "We will tell you the new date of shipment.")),
    }
}

/// The record of a shipment.
pub(super) fn record<'o>(order: &'o Order, fact: &ShipmentFact) -> Option<&'o Shipment> {
    order.shipments.get(fact.index?)
}

fn sails(order: &Order, fact: &ShipmentFact) -> Option<NaiveDate> {
    record(order, fact)?.etd
}

fn shipment(teller: &Teller<'_>, order: &Order, fact: &ShipmentFact) -> Option<String> {
    let record = record(order, fact);
    let known = |day: fn(&Shipment) -> Option<NaiveDate>| teller.known(record.and_then(day));
    let place = |own: fn(&Shipment) -> Option<&String>, whole: &Option<String>| -> String {
        record.and_then(own).or(whole.as_ref()).cloned().unwrap_or_default()
    };
    let (from, to) = (place(|s| s.from.as_ref(), &order.from), place(|s| s.to.as_ref(), &order.to));
    if let Some(day) = known(|s| s.delivered) {
        let day = teller.day(day).text;
        return Some(say!(teller, "{day} 送达。", "Delivered on {day}."));
    }
    if let Some(day) = known(|s| s.arrived) {
        let day = teller.day(day).text;
        return Some(say!(teller, "{day} 到 {to}。", "Arrived in {to} on {day}."));
    }
    let eta = record.and_then(|s| s.eta).filter(|day| *day >= teller.as_of()).map(|day| teller.day(day).text);
    let eta = eta.map(|day| say!(teller, "，预计 {day} 到 {to}", ", expected in {to} on {day}"));
    let eta = eta.unwrap_or_default();
    let on = vessel(order, fact);
    let on = if on.is_empty() { on } else { say!(teller, "，{on}", " on {on}") };
    let from = if from.is_empty() { from } else { say!(teller, "从 {from} ", " {from}") };
    if let Some(day) = fact.shipped {
        let day = teller.day(day).text;
        return Some(say!(teller, "{day} {from}发运{on}{eta}。", "Left{from} on {day}{on}{eta}."));
    }
    let day = record?.etd.filter(|day| *day >= teller.as_of())?;
    let day = teller.day(day).text;
    Some(say!(teller, "计划 {day} {from}开船{on}{eta}。", "Is to leave{from} on {day}{on}{eta}."))
}

/// The vessel and the voyage, by the booking, else by the bill of lading.
fn vessel(order: &Order, fact: &ShipmentFact) -> String {
    let booked = record(order, fact).and_then(|s| Some((s.vessel.as_deref()?, s.voyage.as_deref())));
    let printed = || {
        let number = fact.document.as_deref()?;
        let bl = order.docs.bl.iter().find(|bl| bl.paper.number.as_deref() == Some(number))?;
        Some((bl.paper.vessel.as_deref()?, bl.paper.voyage.as_deref()))
    };
    let (vessel, voyage) = match booked.or_else(printed) {
        Some(found) => found,
        None => return String::new(),
    };
    [vessel, voyage.unwrap_or_default()].join(" ").trim().to_owned()
}
