//! What every order needs, whatever its terms.

use super::ask::Asks;
use super::kind::Kind;
use super::need::Clause;
use super::need::CompletenessGate::{Archive, Presentation, Shipment};
use super::view::View;
use crate::model::value::incoterm::TermRule;

pub(super) fn ask(view: &View<'_>, asks: &mut Asks<'_>) {
    // Under EXW the buyer books, clears for export and pays the freight.
    let we_carry = view.term() != Some(TermRule::Exw);
    let every = Clause::Every;
    asks.ask(Shipment, every, &[Kind::Contract, Kind::Review, Kind::Purchase, Kind::Inspection]);
    if we_carry {
        asks.ask(Shipment, every, &[Kind::Booking]);
    }
    asks.draft(Shipment, every, &[Kind::Invoice, Kind::Packing]);
    if we_carry {
        asks.ask(Shipment, every, &[Kind::CustomsAuthorisation]);
        asks.draft(Shipment, every, &[Kind::Customs]);
    }
    asks.ask(Presentation, every, &[Kind::Invoice, Kind::Packing]);
    for scope in view.scopes() {
        asks.of_shipment(scope.index, |asks| asks.ask(Presentation, every, &[view.transport(scope)]));
    }
    if we_carry {
        asks.ask(Presentation, every, &[Kind::Customs]);
    }
    archive(view, asks, we_carry);
}

fn archive(view: &View<'_>, asks: &mut Asks<'_>, we_carry: bool) {
    let every = Clause::Every;
    if view.money.total.is_none_or(|total| !total.is_zero()) {
        asks.ask(Archive, every, &[Kind::Receipt]);
    }
    asks.ask(Archive, every, &[Kind::Settlement]);
    if view.order.rebate == Some(true) {
        asks.ask(Archive, Clause::Refund, &[Kind::RecordSet, Kind::Broker]);
    }
    if view.order.items.iter().any(|i| i.buy.as_deref().is_some_and(|b| b.vat.is_some())) {
        asks.ask(Archive, every, &[Kind::VatInvoice]);
    }
    if we_carry {
        asks.ask(Archive, every, &[Kind::FreightBill]);
    }
    asks.ask(Archive, every, &[Kind::Feedback, Kind::Closing, Kind::Hashes]);
}
