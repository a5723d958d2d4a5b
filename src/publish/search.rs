//! What the search knows of each order: both languages in one entry, because people mix them.

use crate::derive::Facts;
use crate::model::Order;
use crate::site::search::{Kind, SearchEntry};

/// Words of one order; a file with thousands of containers must not make the search slow for all.
const WORDS: usize = 120;

/// One entry per order, the newest number first: that is what people look for.
#[must_use]
pub fn entries(facts: &Facts<'_>) -> Vec<SearchEntry> {
    facts.book.orders.iter().rev().map(|order| entry(facts, order)).collect()
}

fn entry(facts: &Facts<'_>, order: &Order) -> SearchEntry {
    let customer = facts.book.customer(order);
    let name = customer
        .and_then(|c| c.short.as_deref().or(c.name.as_deref()).or(c.name_zh.as_deref()))
        .or(order.customer.as_deref())
        .unwrap_or_default();
    let goods = order
        .items
        .first()
        .and_then(|item| item.name_zh.as_deref().or(item.name.as_deref()))
        .unwrap_or_default();
    let label: Vec<&str> = [name, goods].into_iter().filter(|t| !t.is_empty()).collect();
    let mut words = Words::default();
    words.add(Kind::Label, Some(&label.join(" · ")));
    words.add(Kind::Po, order.po.as_deref());
    if let Some(customer) = customer {
        words.add(Kind::Customer, customer.name.as_deref());
        words.add(Kind::Customer, customer.name_zh.as_deref());
    }
    words.add(Kind::Customer, order.customer.as_deref());
    words.add(Kind::Person, order.merchandiser.as_deref());
    let docs = &order.docs;
    words.all(Kind::Invoice, docs.invoice.iter().map(|d| d.paper.number.as_deref()));
    words.all(Kind::Bl, docs.bl.iter().map(|d| d.paper.number.as_deref()));
    words.all(Kind::Credit, docs.lc.iter().map(|d| d.paper.number.as_deref()));
    for shipment in &order.shipments {
        words.add(Kind::Booking, shipment.booking.as_deref());
        words.add(Kind::Vessel, shipment.vessel.as_deref());
        words.all(Kind::Container, shipment.containers.iter().map(|c| c.number.as_deref()));
    }
    for bl in &docs.bl {
        words.add(Kind::Vessel, bl.paper.vessel.as_deref());
        words.all(Kind::Container, bl.containers.iter().map(|c| c.number.as_deref()));
    }
    words.all(Kind::Waybill, docs.awb.iter().map(|d| d.paper.number.as_deref()));
    words.all(Kind::Waybill, docs.waybill.iter().map(|d| d.paper.number.as_deref()));
    words.all(Kind::Waybill, docs.courier.iter().map(|d| d.paper.number.as_deref()));
    words.all(Kind::Declaration, docs.customs.iter().map(|d| d.paper.number.as_deref()));
    words.all(Kind::Contract, docs.contract.iter().map(|d| d.paper.number.as_deref()));
    words.all(Kind::Purchase, order.purchases.iter().map(|p| p.number.as_deref()));
    for item in &order.items {
        words.add(Kind::Goods, item.sku.as_deref());
        words.add(Kind::Goods, item.customer_sku.as_deref());
        words.add(Kind::Goods, item.name.as_deref());
        words.add(Kind::Goods, item.name_zh.as_deref());
    }
    SearchEntry { id: order.id.to_string(), words: words.0 }
}

/// Words, each once of its kind.
#[derive(Default)]
struct Words(Vec<(Kind, String)>);

impl Words {
    fn add(&mut self, kind: Kind, text: Option<&str>) {
        let Some(text) = text.map(str::trim).filter(|t| !t.is_empty()).map(cut) else { return };
        if self.0.len() < WORDS && !self.0.iter().any(|(k, t)| *k == kind && t == text) {
            self.0.push((kind, text.to_owned()));
        }
    }

    fn all<'t>(&mut self, kind: Kind, texts: impl Iterator<Item = Option<&'t str>>) {
        texts.for_each(|text| self.add(kind, text));
    }
}

/// The first 120 characters: nobody searches for more, and the file is loaded by every page.
fn cut(text: &str) -> &str {
    match text.char_indices().nth(WORDS) {
        Some((at, _)) => text.get(..at).unwrap_or_default(),
        None => text,
    }
}
