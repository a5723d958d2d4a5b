//! What the goods themselves ask for: controls, danger, wooden packing.

use super::ask::Asks;
use super::kind::Kind;
use super::need::Clause;
use super::need::CompletenessGate::{Presentation, Shipment};
use super::view::View;
use crate::model::order::Control;
use crate::model::order::Item;

/// UN numbers of lithium and sodium-ion batteries, alone, with or in equipment.
const BATTERIES: [&str; 7] = ["3090", "3091", "3480", "3481", "3171", "3551", "3552"];

pub(super) fn ask(view: &View<'_>, asks: &mut Asks<'_>) {
    for (control, kind) in
        [(Control::Ciq, Kind::Ciq), (Control::Health, Kind::Health), (Control::Brand, Kind::Authorisation)]
    {
        if view.controls(control) {
            asks.ask(Shipment, Clause::Goods(control), &[kind]);
        }
    }
    let items = &view.order.items;
    if items.iter().any(is_in_wood) {
        asks.ask(Shipment, Clause::WoodPacking, &[Kind::Wood]);
    }
    let dangerous: Vec<&str> =
        items.iter().filter_map(|i| Some(i.dg.as_deref()?.un.as_deref().unwrap_or_default())).collect();
    if dangerous.is_empty() {
        return;
    }
    let battery = |un: &&str| BATTERIES.contains(&un.trim_start_matches("UN").trim());
    asks.ask(Shipment, Clause::Dangerous, &[Kind::Dgd, Kind::Msds]);
    if dangerous.iter().any(battery) {
        asks.ask(Shipment, Clause::Dangerous, &[Kind::Un383]);
    }
    if dangerous.iter().any(|un| !battery(un)) {
        asks.ask(Shipment, Clause::Dangerous, &[Kind::PackingCertificate]);
    }
    asks.ask(Presentation, Clause::Dangerous, &[Kind::Dgd]);
}

fn is_in_wood(item: &Item) -> bool {
    item.wood.as_deref().is_some_and(|mark| !mark.eq_ignore_ascii_case("none"))
}
