//! What the mode of transport asks for, shipment by shipment.

use super::ask::Asks;
use super::kind::Kind;
use super::need::Clause;
use super::need::CompletenessGate::{Archive, Presentation, Shipment};
use super::view::View;
use crate::model::value::Mode;
use crate::model::value::incoterm::TermRule;

pub(super) fn ask(view: &View<'_>, asks: &mut Asks<'_>) {
    // Under EXW it is the buyer who ships.
    if view.term() == Some(TermRule::Exw) {
        return;
    }
    for scope in view.scopes() {
        if let Some(mode) = view.mode(scope) {
            asks.of_shipment(scope.index, |asks| of(mode, asks));
        }
    }
}

fn of(mode: Mode, asks: &mut Asks<'_>) {
    let by = Clause::Mode(mode);
    match mode {
        Mode::SeaFcl => {
            asks.ask(Shipment, by, &[Kind::Containers, Kind::Vgm, Kind::Si, Kind::Photos]);
            asks.ask(Presentation, by, &[Kind::Bl]);
            asks.ask(Archive, by, &[Kind::Release]);
        }
        Mode::SeaLcl => {
            asks.ask(Shipment, by, &[Kind::WarehouseReceipt, Kind::Si]);
            asks.ask(Presentation, by, &[Kind::Bl]);
        }
        Mode::SeaBulk => {
            asks.ask(Shipment, by, &[Kind::DraftSurvey]);
            asks.ask(Presentation, by, &[Kind::Bl]);
        }
        Mode::Air => {
            asks.ask(Shipment, by, &[Kind::Si]);
            asks.ask(Presentation, by, &[Kind::Awb]);
        }
        Mode::Rail | Mode::Road => {
            asks.ask(Shipment, by, &[Kind::Si]);
            asks.ask(Presentation, by, &[Kind::Waybill]);
            asks.ask(Archive, by, &[Kind::Pod]);
        }
        Mode::Courier => {
            asks.ask(Shipment, by, &[Kind::Booking]);
            asks.ask(Presentation, by, &[Kind::Courier]);
            asks.ask(Archive, by, &[Kind::Pod]);
        }
        Mode::Multimodal => {}
    }
}
