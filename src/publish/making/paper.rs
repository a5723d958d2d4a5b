//! Registered papers: whose number and date a made document carries.

use super::consignment::Consignment;
use crate::model::document::Printed;

/// The registered paper of a kind that stands for a consignment: the last that nothing replaced. Where the order goes
/// in several shipments it has to name the shipment.
pub(super) fn of<'a, T>(list: &'a [T], common: fn(&T) -> &Printed, cargo: &Consignment<'_>) -> Option<&'a T> {
    if cargo.several {
        return current(list, common, cargo.id);
    }
    list.iter().rfind(|record| common(record).is_current())
}

/// The last current paper of a shipment; of none when `shipment` is empty.
pub(super) fn current<'a, T>(list: &'a [T], common: fn(&T) -> &Printed, shipment: &str) -> Option<&'a T> {
    list.iter().rfind(|record| {
        let paper = common(record);
        paper.is_current() && paper.shipment.as_deref().unwrap_or_default() == shipment
    })
}

/// A paper's number, or nothing.
pub(super) fn number(paper: Option<&Printed>) -> String {
    paper.and_then(|p| p.number.clone()).unwrap_or_default()
}

/// A paper's day, or nothing.
pub(super) fn day(paper: Option<&Printed>) -> String {
    super::text::day(paper.and_then(Printed::day))
}
