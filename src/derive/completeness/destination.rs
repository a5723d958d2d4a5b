//! What the country of destination asks for.

use super::ask::Asks;
use super::kind::Kind;
use super::need::CompletenessGate::{Presentation, Shipment};
use super::need::{Clause, Why};
use super::view::View;
use crate::model::value::Mode;

/// Members of the European Union, whose import control system wants data before the goods arrive.
pub const EU: [&str; 27] = [
    "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IT", "LT",
    "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK",
];

/// Countries with a trade agreement under which goods of China pay less duty on a certificate of origin: ASEAN and
/// RCEP, and those with an agreement of their own.
const PREFERENTIAL: [&str; 27] = [
    "AU", "BN", "CH", "CL", "CR", "EC", "GE", "HN", "ID", "IS", "JP", "KH", "KR", "LA", "MM", "MU", "MV",
    "MY", "NI", "NZ", "PE", "PH", "PK", "RS", "SG", "TH", "VN",
];

/// Countries whose customs usually want invoice and certificate of origin legalised by their consulate. An order
/// whose buyer does not says so with `not_needed`.
const LEGALISED: [&str; 5] = ["EG", "IQ", "LB", "LY", "SY"];

pub(super) fn ask(view: &View<'_>, asks: &mut Asks<'_>) {
    // A courier files by himself, and takes no certificates along.
    if view.all_by(Mode::Courier) {
        return;
    }
    let Some(country) = view.destination() else { return };
    let code = country.code();
    let by = |why| Clause::Destination(country, why);
    if EU.contains(&code) {
        asks.ask(Shipment, by(Why::AdvanceData), &[Kind::Ens]);
    }
    // The importer's filing is for goods in boxes that come by sea.
    let boxed = |mode| matches!(mode, Some(Mode::SeaFcl | Mode::SeaLcl | Mode::Multimodal));
    if code == "US" && view.scopes().iter().any(|s| boxed(view.mode(*s))) {
        asks.ask(Shipment, by(Why::AdvanceData), &[Kind::Isf]);
    }
    if PREFERENTIAL.contains(&code) {
        asks.ask(Presentation, by(Why::Preference), &[Kind::Origin]);
    }
    if LEGALISED.contains(&code) {
        asks.ask(Presentation, by(Why::Legalisation), &[Kind::Legalisation]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::value::Country;

    #[test]
    fn the_lists_name_countries() {
        for code in EU.iter().chain(&PREFERENTIAL).chain(&LEGALISED) {
            assert!(Country::by_code(code).is_some(), "{code}");
        }
    }
}
