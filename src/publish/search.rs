//! What the search knows of each order: both languages in one entry, because people mix them.

use crate::derive::Facts;
use crate::model::Order;
use crate::site::search::SearchEntry;

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
    let mut add = |text| words.add(text);
    if let Some(customer) = customer {
        add(customer.name.as_deref());
        add(customer.name_zh.as_deref());
    }
    add(order.customer.as_deref());
    add(order.merchandiser.as_deref());
    for paper in order.docs.invoice.iter().map(|d| &d.paper).chain(order.docs.bl.iter().map(|d| &d.paper)) {
        add(paper.number.as_deref());
    }
    for lc in &order.docs.lc {
        add(lc.paper.number.as_deref());
    }
    for shipment in &order.shipments {
        add(shipment.booking.as_deref());
        add(shipment.vessel.as_deref());
        for container in &shipment.containers {
            add(container.number.as_deref());
        }
    }
    for bl in &order.docs.bl {
        add(bl.paper.vessel.as_deref());
        for container in &bl.containers {
            add(container.number.as_deref());
        }
    }
    let transport =
        order.docs.awb.iter().map(|d| &d.paper).chain(order.docs.waybill.iter().map(|d| &d.paper));
    for paper in transport.chain(order.docs.courier.iter().map(|d| &d.paper)) {
        add(paper.number.as_deref());
    }
    for paper in
        order.docs.customs.iter().map(|d| &d.paper).chain(order.docs.contract.iter().map(|d| &d.paper))
    {
        add(paper.number.as_deref());
    }
    for purchase in &order.purchases {
        add(purchase.number.as_deref());
    }
    for item in &order.items {
        add(item.sku.as_deref());
        add(item.customer_sku.as_deref());
        add(item.name.as_deref());
        add(item.name_zh.as_deref());
    }
    SearchEntry {
        id: order.id.to_string(),
        po: cut(order.po.as_deref().unwrap_or_default()).to_owned(),
        label: cut(&label.join(" · ")).to_owned(),
        words: words.0.into_iter().map(str::to_owned).collect(),
    }
}

/// Words, each once.
#[derive(Default)]
struct Words<'a>(Vec<&'a str>);

impl<'a> Words<'a> {
    fn add(&mut self, text: Option<&'a str>) {
        let Some(text) = text.map(str::trim).filter(|t| !t.is_empty()).map(cut) else { return };
        if self.0.len() < WORDS && !self.0.contains(&text) {
            self.0.push(text);
        }
    }
}

/// The first 120 characters: nobody searches for more, and the file is loaded by every page.
fn cut(text: &str) -> &str {
    match text.char_indices().nth(WORDS) {
        Some((at, _)) => text.get(..at).unwrap_or_default(),
        None => text,
    }
}
