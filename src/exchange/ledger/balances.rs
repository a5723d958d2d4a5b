//! The sums of each order for programs: what the ledger has to agree with. Amounts are strings.

use serde::Serialize;

use super::payable;
use super::record::code;
use super::work::is_counted;
use crate::derive::money::Source;
use crate::derive::payable::Payables;
use crate::derive::{Facts, OrderFacts};
use crate::model::Order;

/// The document.
#[derive(Serialize)]
struct Document<'a> {
    schema: &'static str,
    as_of: String,
    orders: Vec<View<'a>>,
}

/// One order, in its own currency.
#[derive(Serialize)]
struct View<'a> {
    order: &'a str,
    customer: Option<&'a str>,
    currency: Option<&'static str>,
    state: &'static str,
    binding: bool,
    cancelled: bool,
    scheduled: bool,
    total: Option<String>,
    received: String,
    charges: String,
    credited: String,
    written_off: String,
    refunded: String,
    forfeited: String,
    short: String,
    over: String,
    open: Option<String>,
    unallocated: Vec<Kept>,
    creditors: Vec<Creditor>,
}

#[derive(Serialize)]
struct Kept {
    record: String,
    kind: &'static str,
    reason: &'static str,
    counted: bool,
    currency: Option<&'static str>,
    amount: String,
}

#[derive(Serialize)]
struct Creditor {
    to: String,
    currency: &'static str,
    open: String,
    ahead: String,
}

/// The sums as JSON.
#[must_use]
pub fn json(facts: &Facts<'_>) -> String {
    let orders = facts.each().map(|(order, own)| view(facts, order, own)).collect();
    let document = Document { schema: "balances/1", as_of: facts.as_of.to_string(), orders };
    // There is nothing in it that has no JSON.
    let mut text = serde_json::to_string_pretty(&document).unwrap_or_default();
    text.push('\n');
    text
}

fn view<'a>(facts: &Facts<'_>, order: &'a Order, own: &OrderFacts) -> View<'a> {
    let money = &own.money;
    let kept = facts.unallocated(order, own).map(|u| {
        let (record, kind) = match u.source {
            Source::Receipt(i) => (format!("received[{i}]"), "receipt"),
            Source::Credit(i) => {
                let kind = order.credits.get(i).and_then(|c| c.kind);
                (format!("credits[{i}]"), kind.map_or("", |k| k.code()))
            }
        };
        Kept {
            record,
            kind,
            reason: code(u.reason),
            counted: is_counted(order, money, u),
            currency: u.currency.map(|c| c.code()),
            amount: u.amount.to_string(),
        }
    });
    let owed = payable::owed(order, &Payables::of(facts, order, own));
    let creditors = owed.into_iter().map(|((to, commodity), owed)| Creditor {
        to,
        currency: commodity.code(),
        open: owed.open.to_string(),
        ahead: owed.ahead.to_string(),
    });
    View {
        order: &order.id,
        customer: order.customer.as_deref(),
        currency: own.goods.currency.map(|c| c.code()),
        state: money.state.code(),
        binding: money.binding,
        cancelled: money.cancelled,
        scheduled: !money.lines.is_empty(),
        total: money.total.map(|d| d.to_string()),
        received: money.received.to_string(),
        charges: money.charges.to_string(),
        credited: money.credited.to_string(),
        written_off: money.written_off.to_string(),
        refunded: money.refunded.to_string(),
        forfeited: money.forfeited.to_string(),
        short: money.short.to_string(),
        over: money.over.to_string(),
        open: money.open.map(|d| d.to_string()),
        unallocated: kept.collect(),
        creditors: creditors.collect(),
    }
}
