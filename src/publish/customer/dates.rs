//! The days of a customer's orders for their own calendar: when goods leave, when they arrive, when money is due.

use super::orders::Orders;
use super::teller::Teller;
use super::{money, place};
use crate::derive::OrderFacts;
use crate::exchange::calendar::{Calendar, Event, When};
use crate::model::Order;
use crate::say;

/// The calendar of a customer, in English.
pub(super) fn calendar<'a>(teller: &Teller<'a>, orders: &Orders<'a>) -> Calendar {
    let seller = teller.seller();
    let events = orders.open.iter().flat_map(|(order, own)| events(teller, order, own)).collect();
    Calendar { name: say!(teller, "{seller} 的订单", "Orders with {seller}"), events }
}

fn events(teller: &Teller<'_>, order: &Order, own: &OrderFacts) -> Vec<Event> {
    let po = order.po.as_deref().unwrap_or(&order.id);
    let event = |kind: &'static str, which: &str, day, summary: String, tentative: bool| Event {
        subject: order.id.to_string(),
        kind,
        which: which.to_owned(),
        when: When::Day(day),
        summary,
        description: String::new(),
        url: String::new(),
        categories: Vec::new(),
        alarms: Vec::new(),
        tentative,
    };
    let mut all = Vec::new();
    if let Some(day) = place::leaves(teller, own) {
        all.push(event("leaves", "", day, say!(teller, "{po} 装运", "{po} leaves"), true));
    }
    for fact in &own.shipments {
        let Some(record) = place::record(order, fact) else { continue };
        let arrived = teller.known(record.arrived.or(record.delivered)).is_some();
        if let Some(day) = record.eta.filter(|day| *day >= teller.as_of() && !arrived) {
            let to = record.to.as_deref().or(order.to.as_deref()).unwrap_or_default();
            all.push(event(
                "arrives",
                &fact.id,
                day,
                say!(teller, "{po} 到 {to}", "{po} arrives in {to}"),
                true,
            ));
        }
    }
    for (at, line) in own.money.lines.iter().enumerate().filter(|_| own.money.binding) {
        let open = money::open(order, own, at, line).filter(|open| !open.is_zero());
        let Some((open, day)) = open.zip(line.due.hard().filter(|day| *day >= teller.as_of())) else {
            continue;
        };
        let amount = teller.money(open, own.goods.currency);
        let which = format!("{}{}", line.instalment, line.shipment.as_deref().unwrap_or_default());
        all.push(event(
            "payment",
            &which,
            day,
            say!(teller, "{po} 付 {amount}", "{po}: {amount} due"),
            false,
        ));
    }
    all
}
