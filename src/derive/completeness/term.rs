//! What the trade term asks for.

use super::ask::Asks;
use super::kind::Kind;
use super::need::Clause;
use super::need::CompletenessGate::{Archive, Presentation, Shipment};
use super::view::View;
use crate::model::value::Mode;
use crate::model::value::incoterm::TermRule;

pub(super) fn ask(view: &View<'_>, asks: &mut Asks<'_>) {
    let Some(rule) = view.term() else { return };
    let term = Clause::Term(rule);
    match rule {
        TermRule::Exw => {
            asks.ask(Shipment, term, &[Kind::Handover]);
            asks.ask(Presentation, term, &[Kind::Fcr]);
            asks.ask(Archive, term, &[Kind::ExportProof]);
        }
        TermRule::Fca => {
            asks.ask(Shipment, term, &[Kind::Handover]);
            transport(view, asks, term);
        }
        TermRule::Fas | TermRule::Fob => {
            asks.ask(Shipment, term, &[Kind::Nomination, Kind::Si]);
            transport(view, asks, term);
        }
        TermRule::Cfr | TermRule::Cpt => carriage(view, asks, term),
        TermRule::Cif | TermRule::Cip => {
            carriage(view, asks, term);
            asks.ask(Shipment, term, &[Kind::Insurance]);
            asks.ask(Presentation, term, &[Kind::Insurance]);
            asks.ask(Archive, term, &[Kind::PremiumBill]);
        }
        TermRule::Dap | TermRule::Dpu | TermRule::Ddp => delivered(view, asks, rule),
        // Rules of elder editions stand under the rule that took their place.
        TermRule::Dat | TermRule::Daf | TermRule::Des | TermRule::Deq | TermRule::Ddu => {}
    }
}

/// We contract and pay the main carriage.
fn carriage<'a>(view: &View<'_>, asks: &mut Asks<'a>, term: Clause<'a>) {
    asks.ask(Shipment, term, &[Kind::FreightQuote]);
    transport(view, asks, term);
    asks.ask(Archive, term, &[Kind::FreightBill]);
}

fn transport<'a>(view: &View<'_>, asks: &mut Asks<'a>, term: Clause<'a>) {
    for scope in view.scopes() {
        asks.of_shipment(scope.index, |asks| asks.ask(Presentation, term, &[view.transport(scope)]));
    }
}

/// We bring the goods to the named place. A courier plans, clears and delivers by himself.
fn delivered(view: &View<'_>, asks: &mut Asks<'_>, rule: TermRule) {
    let term = Clause::Term(rule);
    let by_courier = view.all_by(Mode::Courier);
    if !by_courier {
        asks.ask(Shipment, term, &[Kind::DeliveryPlan, Kind::DestinationBroker]);
    }
    if rule == TermRule::Ddp {
        asks.ask(Shipment, term, &[Kind::Import]);
    }
    transport(view, asks, term);
    if !by_courier {
        asks.ask(Presentation, term, &[Kind::Arrival]);
    }
    asks.ask(Archive, term, &[Kind::Pod]);
    if rule == TermRule::Ddp {
        asks.ask(Archive, term, &[Kind::Duty]);
    }
}
