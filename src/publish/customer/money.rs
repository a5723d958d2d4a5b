//! What a customer pays: each instalment with its day, what came in for it and what is open, in the order's currency.
//! What we wrote off is ours to know: it stays open here. Bank charges count as paid, as the buyer sees them.

use rust_decimal::Decimal;

use super::teller::Teller;
use crate::derive::OrderFacts;
use crate::derive::money::{Line, Source};
use crate::model::Order;
use crate::model::money::CreditKind;
use crate::model::value::Share;
use crate::say;
use crate::site::view::CustomerInstalment;

/// The instalments of an order.
pub(super) fn instalments(teller: &Teller<'_>, order: &Order, own: &OrderFacts) -> Vec<CustomerInstalment> {
    if own.is_cancelled() {
        return Vec::new();
    }
    own.money.lines.iter().enumerate().map(|(at, line)| row(teller, order, own, at, line)).collect()
}

fn row(teller: &Teller<'_>, order: &Order, own: &OrderFacts, at: usize, line: &Line) -> CustomerInstalment {
    let currency = own.goods.currency;
    let open = open(order, own, at, line);
    let settled = open == Some(Decimal::ZERO);
    let late = own.money.binding && !settled && line.due.hard().is_some_and(|day| day < teller.as_of());
    let state = match (line.due.day, open) {
        (_, None) => String::new(),
        (_, Some(open)) if open.is_zero() => say!(teller, "已付", "paid"),
        _ if !own.money.binding => say!(teller, "订单确认后", "once the order is confirmed"),
        _ if late => say!(teller, "已到期", "was due"),
        (Some(_), _) if !line.due.estimated => say!(teller, "待付", "due"),
        _ => say!(teller, "还没到期", "not due yet"),
    };
    CustomerInstalment {
        label: label(teller, own, line),
        amount: line.amount.map(|amount| teller.money(amount, currency)).unwrap_or_default(),
        // An estimate may move; only a day that stands is told.
        due: line.due.day.filter(|_| !line.due.estimated).map(|day| teller.day(day)),
        paid: teller.money(line.applied, currency),
        open: open.map(|open| teller.money(open, currency)).unwrap_or_default(),
        state,
        late,
    }
}

/// What is open for the buyer: nothing where only charges along the way are missing, and what we wrote off.
pub(super) fn open(order: &Order, own: &OrderFacts, at: usize, line: &Line) -> Option<Decimal> {
    let open = line.open?;
    let written_off = own
        .money
        .postings
        .iter()
        .filter(|posting| posting.line == at)
        .filter(|posting| match posting.source {
            Source::Credit(i) => order.credits.get(i).and_then(|c| c.kind) == Some(CreditKind::WriteOff),
            Source::Receipt(_) => false,
        })
        .fold(Decimal::ZERO, |sum, posting| sum.saturating_add(posting.amount));
    let open = if line.settled { Decimal::ZERO } else { open.max(Decimal::ZERO) };
    Some(open.saturating_add(written_off))
}

/// `30% deposit`, with the shipment where the order goes in several.
pub(super) fn label(teller: &Teller<'_>, own: &OrderFacts, line: &Line) -> String {
    let term = own.money.terms.as_ref().and_then(|terms| terms.instalments.get(line.instalment));
    let share = match term.map(|term| &term.share) {
        Some(Share::Percent(percent)) => format!("{}% ", percent.normalize()),
        Some(Share::Balance) => say!(teller, "余款 ", "balance, "),
        Some(Share::Fixed(_)) | None => String::new(),
    };
    let method = teller.word(line.method.name());
    let several = own.money.lines.iter().filter(|l| l.instalment == line.instalment).count() > 1;
    match line.shipment.as_deref().filter(|_| several) {
        Some(id) => say!(teller, "{share}{method}，第 {id} 批", "{share}{method}, shipment {id}"),
        None => format!("{share}{method}"),
    }
}
