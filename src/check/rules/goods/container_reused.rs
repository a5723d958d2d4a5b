//! `container-reused`: one container on two voyages at the same time.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;

use super::super::prelude::*;
use crate::check::shared::containers;
use crate::compare::reference;
use crate::derive::OrderFacts;
use crate::model::Order;
use crate::model::order::Shipment;
use crate::model::value::ContainerNumber;
use crate::text::Bi;

/// The rule.
pub static RULE: Rule = Rule {
    name: "container-reused",
    group: Group::Goods,
    class: Class::Record,
    severity: Severity::Error,
    opt_in: false,
    since: "0.2.0",
    source: ("公司规定", "house rule"),
    title: ("一个柜同时在两个航次", "one container on two voyages"),
    docs: Docs {
        checks: (
            "同一个柜号登记在两批出运里，而两批从装柜到到港的时间有重叠。船名航次、订舱号或运输单据号相同的是拼装一柜，不报；时间不全的不比。校验位不对的柜号由 container-iso6346 报。",
            "A container number stands in two shipments whose times from loading to arrival overlap. With the same vessel and voyage, booking or transport document it is one box for both and nothing is said; nor where the times are not known. A number that is none is for `container-iso6346` to say.",
        ),
        why: (
            "多半是从上一单复制时忘了改柜号；错的那一单的 VGM、提单、报关单都会跟着错。",
            "Mostly the record was copied from an earlier order and the number not changed: VGM, bill of lading and declaration of that order follow the mistake.",
        ),
        fix: (
            "照设备交接单核对两单的柜号，改错的那一单。",
            "Compare both with their interchange receipts and correct the wrong one.",
        ),
    },
    example: example!("container-reused"),
    scope: Scope::Book(check),
};

/// A container in a shipment, with the time in which it was under way.
struct Use<'a> {
    order: &'a Order,
    shipment: &'a Shipment,
    path: String,
    document: Option<&'a str>,
    from: NaiveDate,
    to: NaiveDate,
}

fn check(facts: &Facts<'_>, out: &mut Sink<'_>) {
    let mut uses: BTreeMap<String, Vec<Use<'_>>> = BTreeMap::new();
    for (order, own) in facts.each().filter(|(_, own)| !own.is_cancelled()) {
        for (index, shipment) in order.shipments.iter().enumerate() {
            gather(order, own, index, shipment, &mut uses);
        }
    }
    for (number, mut uses) in uses {
        uses.sort_by_key(|of| (of.from, Arc::clone(&of.order.id)));
        let mut rest = uses.as_slice();
        while let Some((later, earlier)) = rest.split_last() {
            if let Some(other) =
                earlier.iter().rev().find(|other| overlap(other, later) && !together(other, later))
            {
                say(&number, later, other, out);
            }
            rest = earlier;
        }
    }
}

fn gather<'a>(
    order: &'a Order,
    own: &'a OrderFacts,
    index: usize,
    shipment: &'a Shipment,
    uses: &mut BTreeMap<String, Vec<Use<'a>>>,
) {
    if shipment.containers.is_empty() {
        return;
    }
    let fact = own.shipments.iter().find(|fact| fact.index == Some(index));
    let shipped = fact.and_then(|fact| fact.shipped);
    let left = shipment.loaded.or(shipped).or(shipment.loading).or(shipment.etd);
    let there = shipment.delivered.or(shipment.arrived).or(shipment.eta);
    let Some((from, to)) = left.zip(there) else { return };
    for (i, container) in shipment.containers.iter().enumerate() {
        let number = container.number.as_deref().map(containers::plain);
        let Some(number) = number.filter(|number| ContainerNumber::parse(number).is_ok()) else { continue };
        let path = format!("shipments[{index}].containers[{i}].number");
        let document = fact.and_then(|fact| fact.document.as_deref());
        uses.entry(number).or_default().push(Use { order, shipment, path, document, from, to });
    }
}

fn overlap(a: &Use<'_>, b: &Use<'_>) -> bool {
    // A box may be emptied on the day on which it is filled again.
    a.from < b.to && b.from < a.to
}

/// One box for both: the same voyage, booking or transport document.
fn together(a: &Use<'_>, b: &Use<'_>) -> bool {
    let same =
        |a: Option<&str>, b: Option<&str>| a.zip(b).is_some_and(|(a, b)| reference::compare(a, b).agrees());
    let (x, y) = (a.shipment, b.shipment);
    let voyage =
        same(x.vessel.as_deref(), y.vessel.as_deref()) && same(x.voyage.as_deref(), y.voyage.as_deref());
    voyage || same(x.booking.as_deref(), y.booking.as_deref()) || same(a.document, b.document)
}

fn label(of: &Use<'_>) -> Bi {
    let (id, from, to) = (&of.order.id, of.from, of.to);
    bi!("{id}：{from} 到 {to}", "{id}: {from} to {to}")
}

fn say(number: &str, later: &Use<'_>, earlier: &Use<'_>, out: &mut Sink<'_>) {
    let (own, other) = (&later.order.id, &earlier.order.id);
    let (from, to, before, until) = (later.from, later.to, earlier.from, earlier.to);
    let subject = Subject::Order(Arc::clone(own));
    out.report_on(
        subject,
        bi!(
            "柜 {number} 在本批 {from} 到 {to} 途中，同时又登记在 {other} 的 {before} 到 {until}",
            "container {number} is under way here from {from} to {to}, and in {other} from {before} to {until}"
        ),
    )
    .at(later.order.origin.place(&later.path), label(later))
    .at(earlier.order.origin.place(&earlier.path), label(earlier))
    .values([own.to_string(), other.to_string()])
    .help(bi!(
        "照设备交接单核对两单的柜号，多半有一单是复制后没改；真是拼装一柜，两批写同一个船名航次或订舱号",
        "compare both with their interchange receipts, one was probably copied and not changed; if it is one box for both, write the same vessel and voyage or booking in both"
    ));
}
