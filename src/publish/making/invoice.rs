//! Commercial invoice 商业发票.

use super::credit::{self, Credit};
use super::text::{day, field, known};
use super::{Job, goods, paper, party, settlement, sheet, text};
use crate::model::value::{Mode, PlaceKind};
use crate::site::view::Field;
use crate::site::view::making::InvoicePage;

/// Fills the invoice of a consignment.
pub(super) fn page(job: &Job<'_, '_>) -> InvoicePage {
    let registered = paper::of(&job.order.docs.invoice, |d| &d.paper, job.cargo);
    let printed = registered.map(|d| &d.paper);
    let number = paper::number(printed);
    let advances = settlement::advances(job);
    let description = goods::description(job, printed.and_then(|p| p.goods.as_ref()));
    let mut facts = vec![field("Invoice No.", &number), field("Date", paper::day(printed))];
    references(job, &mut facts);
    let asked = job.credit.and_then(|c| c.asked("invoice"));
    let originals = printed.and_then(|p| p.originals).map(|n| n.to_string());
    known(&mut facts, "Originals", originals.unwrap_or_else(|| credit::originals(asked)));
    InvoicePage {
        sheet: sheet::of(job, "COMMERCIAL INVOICE", &number),
        seller: party::seller(job.ctx),
        buyer: party::buyer(job),
        facts,
        terms: terms(job),
        marks: marks(job),
        goods: goods::table(job, &description, &advances),
        packing: goods::packed(job),
    }
}

/// Contract, order and credit that the papers of a consignment refer to.
pub(super) fn references(job: &Job<'_, '_>, facts: &mut Vec<Field>) {
    let docs = &job.order.docs;
    let contract = docs.contract.iter().rfind(|d| d.paper.is_current());
    let proforma = docs.proforma.iter().rfind(|d| d.paper.is_current());
    match (contract, proforma) {
        (Some(contract), _) => known(facts, "Contract No.", paper::number(Some(&contract.paper))),
        (None, Some(proforma)) => known(facts, "Proforma No.", paper::number(Some(&proforma.paper))),
        (None, None) => {}
    }
    known(facts, "Order No.", job.order.po.clone().unwrap_or_default());
    if let Some(credit) = job.credit {
        facts.push(field("L/C No.", credit.number()));
        known(facts, "L/C date", day(credit.issued()));
        known(facts, "Issuing bank", credit.bank());
    }
}

/// Route, vessel and payment.
fn terms(job: &Job<'_, '_>) -> Vec<Field> {
    let mut list = route(job);
    if let Some(s) = job.cargo.shipment {
        let vessel = [s.vessel.as_deref(), s.voyage.as_deref()].into_iter().flatten();
        known(&mut list, "Vessel / voyage", vessel.collect::<Vec<_>>().join(" / "));
    }
    known(&mut list, "Trade term", goods::term(job));
    known(&mut list, "Payment", payment(job));
    list
}

/// From, to, by.
pub(super) fn route(job: &Job<'_, '_>) -> Vec<Field> {
    let (order, shipment) = (job.order, job.cargo.shipment);
    let from = shipment.and_then(|s| s.from.as_deref()).or(order.from.as_deref());
    let to = shipment.and_then(|s| s.to.as_deref()).or(order.to.as_deref());
    // The place of a term that names a port is that port.
    let term = order.incoterm.as_ref().and_then(|t| t.term.as_ref());
    let named =
        |kind| term.filter(|t| t.rule.facts().place == kind && !t.place.is_empty()).map(|t| t.place.as_str());
    let from =
        from.or_else(|| job.credit.and_then(Credit::from)).or_else(|| named(PlaceKind::PortOfShipment));
    let to = to.or_else(|| job.credit.and_then(Credit::to)).or_else(|| named(PlaceKind::PortOfDestination));
    let mut list = vec![
        field("From", from.map(text::place).unwrap_or_default()),
        field("To", to.map(text::place).unwrap_or_default()),
    ];
    known(&mut list, "By", shipment.and_then(|s| s.mode).or(order.mode).map(mode).unwrap_or_default());
    list
}

/// Payment terms in words, or as written.
pub(super) fn payment(job: &Job<'_, '_>) -> String {
    let echo = job.facts.money.terms.as_ref().map(|t| t.echo().en);
    echo.or_else(|| job.order.payment.clone()).unwrap_or_default()
}

/// The marks of a consignment. Where the order goes in several shipments its own marks number the cartons of all of
/// them, so those of the registered papers come first.
pub(super) fn marks(job: &Job<'_, '_>) -> Vec<String> {
    let docs = &job.order.docs;
    let packing = paper::of(&docs.packing, |d| &d.paper, job.cargo).map(|d| d.paper.marks.as_slice());
    let invoice = paper::of(&docs.invoice, |d| &d.paper, job.cargo).map(|d| d.paper.marks.as_slice());
    let order = Some(job.order.marks.as_slice());
    let found = if job.cargo.several { [packing, invoice, order] } else { [order, packing, invoice] };
    found.into_iter().flatten().find(|m| !m.is_empty()).unwrap_or_default().to_vec()
}

fn mode(mode: Mode) -> &'static str {
    match mode {
        Mode::SeaFcl => "Sea freight, FCL",
        Mode::SeaLcl => "Sea freight, LCL",
        Mode::SeaBulk => "Sea freight, bulk",
        Mode::Air => "Air freight",
        Mode::Rail => "Rail freight",
        Mode::Road => "Road freight",
        Mode::Courier => "Courier",
        Mode::Multimodal => "Multimodal transport",
    }
}
