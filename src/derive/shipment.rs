//! The shipment date S of each shipment, and what it carries. Source: UCP 600 art. 19 to 25 for which date on a
//! transport document counts.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::derive::goods::{self, Goods};
use crate::model::Order;
use crate::model::document::{AirWaybill, BillOfLading, BlForm, CourierReceipt, Printed, Waybill};
use crate::model::order::Shipment;

/// A shipment as its papers show it.
#[derive(Debug, Clone, Default)]
pub struct ShipmentFact {
    /// The shipment's id, `"1"` where there is only one and it has none.
    pub id: String,
    /// Index into `[[shipments]]`, `None` when only a transport document is recorded.
    pub index: Option<usize>,
    /// The shipment date by its transport document, when known and not after the day of the facts.
    pub shipped: Option<NaiveDate>,
    /// Key path of the date on the document that says so.
    pub proof: Option<String>,
    /// The document's number.
    pub document: Option<String>,
    /// Quantity by item; the whole order where the shipment does not say.
    pub items: BTreeMap<String, Decimal>,
}

/// The shipment date of a bill of lading: the on-board notation, else the issue date of a shipped form
/// (UCP 600 art. 20 a ii). A received form without a notation has none.
#[must_use]
pub fn bl_date(bl: &BillOfLading) -> Option<(NaiveDate, &'static str)> {
    if let Some(date) = bl.on_board {
        return Some((date, "on_board"));
    }
    if bl.form == Some(BlForm::Received) {
        return None;
    }
    paper_date(&bl.paper)
}

/// The shipment date of an air waybill: a notation of actual dispatch, else the issue date; the flight box
/// never counts (UCP 600 art. 23 a iii).
#[must_use]
pub fn awb_date(awb: &AirWaybill) -> Option<(NaiveDate, &'static str)> {
    awb.dispatched.map(|d| (d, "dispatched")).or_else(|| paper_date(&awb.paper))
}

/// The shipment date of a rail or road waybill: the stamp of receipt, else the issue date (art. 24 a ii).
#[must_use]
pub fn waybill_date(waybill: &Waybill) -> Option<(NaiveDate, &'static str)> {
    waybill.stamped.map(|d| (d, "stamped")).or_else(|| paper_date(&waybill.paper))
}

/// The shipment date of a courier receipt: the pick-up (art. 25 a ii).
#[must_use]
pub fn courier_date(courier: &CourierReceipt) -> Option<(NaiveDate, &'static str)> {
    courier.pickup.map(|d| (d, "pickup")).or_else(|| paper_date(&courier.paper))
}

fn paper_date(paper: &Printed) -> Option<(NaiveDate, &'static str)> {
    match (paper.issued, paper.date) {
        (Some(date), _) => Some((date, "issued")),
        (None, Some(date)) => Some((date, "date")),
        (None, None) => None,
    }
}

/// A current transport document of any kind: which shipment, its date and where that stands.
struct Transport<'a> {
    kind: &'static str,
    shipment: Option<&'a str>,
    number: Option<&'a str>,
    date: NaiveDate,
    path: String,
}

fn transports(order: &Order) -> Vec<Transport<'_>> {
    let docs = &order.docs;
    let mut all = Vec::new();
    for (i, bl) in docs.bl.iter().enumerate() {
        all.extend(transport("bl", i, &bl.paper, bl_date(bl)));
    }
    for (i, awb) in docs.awb.iter().enumerate() {
        all.extend(transport("awb", i, &awb.paper, awb_date(awb)));
    }
    for (i, waybill) in docs.waybill.iter().enumerate() {
        all.extend(transport("waybill", i, &waybill.paper, waybill_date(waybill)));
    }
    for (i, courier) in docs.courier.iter().enumerate() {
        all.extend(transport("courier", i, &courier.paper, courier_date(courier)));
    }
    all
}

fn transport<'a>(
    key: &'static str,
    index: usize,
    paper: &'a Printed,
    date: Option<(NaiveDate, &'static str)>,
) -> Option<Transport<'a>> {
    let (date, field) = date.filter(|_| paper.is_current() && !paper.is_draft())?;
    Some(Transport {
        kind: key,
        shipment: paper.shipment.as_deref(),
        number: paper.number.as_deref(),
        date,
        path: format!("{key}[{index}].{field}"),
    })
}

/// The shipments of an order.
#[must_use]
pub fn of(order: &Order, goods: &Goods, as_of: NaiveDate) -> Vec<ShipmentFact> {
    let papers = transports(order);
    let known = |t: &&Transport<'_>| t.date <= as_of;
    if order.shipments.is_empty() {
        return papers
            .iter()
            .find(known)
            .and_then(|_| carriage(&papers, |_| true))
            .filter(known)
            .map(|t| ShipmentFact {
                id: t.shipment.unwrap_or("1").to_owned(),
                index: None,
                shipped: Some(t.date),
                proof: Some(t.path.clone()),
                document: t.number.map(str::to_owned),
                items: whole(goods),
            })
            .into_iter()
            .collect();
    }
    let single = order.shipments.len() == 1;
    order
        .shipments
        .iter()
        .enumerate()
        .map(|(index, shipment)| {
            let id = shipment.id.clone().unwrap_or_else(|| (index + 1).to_string());
            let mine = |t: &&Transport<'_>| t.shipment.map_or(single, |s| s == id);
            let first = carriage(&papers, mine).filter(known);
            ShipmentFact {
                index: Some(index),
                shipped: first.map(|t| t.date),
                proof: first.map(|t| t.path.clone()),
                document: first.and_then(|t| t.number).map(str::to_owned),
                items: if shipment.items.is_empty() && index == 0 {
                    rest(order, goods)
                } else {
                    carried(order, shipment)
                },
                id,
            }
        })
        .collect()
}

/// The document that carries a shipment: of the first kind there is (a courier receipt beside a bill of lading is
/// for papers), the latest, because a shipment has left when its last part has.
fn carriage<'a, 'b>(
    papers: &'b [Transport<'a>],
    mine: impl Fn(&&Transport<'a>) -> bool,
) -> Option<&'b Transport<'a>> {
    let first = papers.iter().find(|t| mine(t))?;
    papers.iter().filter(|t| mine(t) && t.kind == first.kind).max_by_key(|t| t.date)
}

/// What a shipment says it carries, under the items' own keys.
fn carried(order: &Order, shipment: &Shipment) -> BTreeMap<String, Decimal> {
    let mut items = BTreeMap::new();
    for item in &shipment.items {
        let named = item.name.as_ref().filter(|_| item.sku.is_none());
        let key = match named {
            Some(name) => order
                .items
                .iter()
                .find(|i| i.name.as_ref() == Some(name))
                .map_or_else(|| name.clone(), goods::key),
            None => item.sku.clone().unwrap_or_default(),
        };
        let sum: &mut Decimal = items.entry(key).or_default();
        *sum = sum.saturating_add(item.qty.unwrap_or_default());
    }
    items
}

/// What the first shipment carries when it does not say: the order less what the others say.
fn rest(order: &Order, goods: &Goods) -> BTreeMap<String, Decimal> {
    let mut items = whole(goods);
    for shipment in order.shipments.iter().skip(1) {
        for (key, qty) in carried(order, shipment) {
            if let Some(left) = items.get_mut(&key) {
                *left = left.saturating_sub(qty).max(Decimal::ZERO);
            }
        }
    }
    items
}

fn whole(goods: &Goods) -> BTreeMap<String, Decimal> {
    goods.by_item().into_iter().map(|(key, qty)| (key.to_owned(), qty)).collect()
}

/// True when nothing more follows: the last shipment is marked, or the quantities shipped reach the order.
#[must_use]
pub fn complete(order: &Order, goods: &Goods, shipments: &[ShipmentFact]) -> bool {
    if shipments.is_empty() || shipments.iter().any(|s| s.shipped.is_none()) {
        return false;
    }
    order.shipments.iter().any(|s| s.last == Some(true))
        || (shipments.len() == 1 && order.shipments.first().is_none_or(|s| s.items.is_empty()))
        || goods.by_item().iter().all(|(key, qty)| shipped_qty(shipments, key) >= *qty)
}

/// Quantity of an item over shipments that have left.
#[must_use]
pub fn shipped_qty(shipments: &[ShipmentFact], key: &str) -> Decimal {
    shipments
        .iter()
        .filter(|s| s.shipped.is_some())
        .filter_map(|s| s.items.get(key))
        .fold(Decimal::ZERO, |sum, qty| sum.saturating_add(*qty))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn issued(text: &str) -> Printed {
        Printed { issued: Some(day(text)), ..Printed::default() }
    }

    #[test]
    fn the_notation_counts_before_and_after_the_date_of_issue() {
        // W16, W17: form, issued, notation, shipment date.
        for (form, notation, wanted) in [
            (BlForm::Shipped, Some("2026-09-18"), Some("2026-09-18")),
            (BlForm::Received, Some("2026-09-23"), Some("2026-09-23")),
            (BlForm::Shipped, None, Some("2026-09-20")),
            (BlForm::Received, None, None),
        ] {
            let bl = BillOfLading {
                paper: issued("2026-09-20"),
                form: Some(form),
                on_board: notation.map(day),
                ..BillOfLading::default()
            };
            assert_eq!(bl_date(&bl).map(|(date, _)| date), wanted.map(day), "{notation:?}");
        }
    }

    #[test]
    fn a_flight_box_is_no_date_of_shipment() {
        // W18, W19
        let mut awb = AirWaybill {
            paper: issued("2026-10-27"),
            flight_date: Some(day("2026-10-28")),
            ..AirWaybill::default()
        };
        assert_eq!(awb_date(&awb), Some((day("2026-10-27"), "issued")));
        awb.dispatched = Some(day("2026-10-28"));
        assert_eq!(awb_date(&awb), Some((day("2026-10-28"), "dispatched")));
    }

    #[test]
    fn stamps_and_pick_ups_count_before_the_date_of_issue() {
        let waybill =
            Waybill { paper: issued("2026-06-29"), stamped: Some(day("2026-06-30")), ..Waybill::default() };
        assert_eq!(waybill_date(&waybill), Some((day("2026-06-30"), "stamped")));
        let courier = CourierReceipt {
            paper: issued("2026-11-17"),
            pickup: Some(day("2026-11-18")),
            ..CourierReceipt::default()
        };
        assert_eq!(courier_date(&courier), Some((day("2026-11-18"), "pickup")));
    }
}
