//! Packing list 装箱单: row by row of cartons, with the sums that bill of lading and declaration copy.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::cartons::{CartonRow, into_containers};
use super::consignment::{Consignment, Line, sum};
use super::text::{cbm, field, kg, known, number, packed_in, with_unit};
use super::{Job, credit, goods, invoice, paper, party, sheet};
use crate::model::order::{Container, Item};
use crate::model::value::words;
use crate::site::view::making::{ContainerRow, PackingItem, PackingPage, PackingRow, PackingTotals};

/// Fills the packing list of a consignment.
pub(super) fn page(job: &Job<'_, '_>) -> PackingPage {
    let docs = &job.order.docs;
    let registered = paper::of(&docs.packing, |d| &d.paper, job.cargo).map(|d| &d.paper);
    let invoiced = paper::of(&docs.invoice, |d| &d.paper, job.cargo).map(|d| &d.paper);
    let number = paper::number(registered);
    let mut facts = vec![field("Packing list No.", &number), field("Date", paper::day(registered))];
    facts.push(field("Invoice No.", paper::number(invoiced)));
    facts.push(field("Invoice date", paper::day(invoiced)));
    invoice::references(job, &mut facts);
    let asked = job.credit.and_then(|c| c.asked("packing"));
    let originals = registered.and_then(|p| p.originals).map(|n| n.to_string());
    known(&mut facts, "Originals", originals.unwrap_or_else(|| credit::originals(asked)));
    let containers = job.cargo.shipment.map(|s| s.containers.as_slice()).unwrap_or_default();
    let rows = into_containers(job.cargo.cartons(), containers);
    let mut terms = invoice::route(job);
    if let Some(s) = job.cargo.shipment {
        let vessel = [s.vessel.as_deref(), s.voyage.as_deref()].into_iter().flatten();
        known(&mut terms, "Vessel / voyage", vessel.collect::<Vec<_>>().join(" / "));
    }
    let totals = totals(job.cargo);
    PackingPage {
        sheet: sheet::of(job, "PACKING LIST", &number),
        seller: party::seller(job.ctx),
        buyer: party::buyer(job),
        facts,
        terms,
        marks: invoice::marks(job),
        description: goods::description(job, registered.and_then(|p| p.goods.as_ref())),
        by_container: rows.iter().any(|r| r.container.is_some()),
        items: items(job.cargo, &rows, containers),
        words: in_words(job.cargo, &totals.kind),
        totals,
        containers: containers.iter().map(container).collect(),
        wood: wood(job.cargo.items()),
    }
}

/// The sums of a consignment's cartons; empty where one row's figure is not known.
pub(super) fn totals(cargo: &Consignment<'_>) -> PackingTotals {
    let rows = cargo.cartons();
    let add = |get: fn(&CartonRow) -> Option<Decimal>| sum(rows.iter().map(get));
    let packages = add(|r| r.packages);
    PackingTotals {
        packages: packages.map(number).unwrap_or_default(),
        kind: packages.map(|_| kind(cargo, packages)).unwrap_or_default(),
        quantity: cargo.quantity().map(|(qty, unit)| with_unit(qty, unit)).unwrap_or_default(),
        net: add(|r| r.net).map(kg).unwrap_or_default(),
        gross: add(|r| r.gross).map(kg).unwrap_or_default(),
        cbm: add(|r| r.cbm).map(cbm).unwrap_or_default(),
    }
}

/// Packages, gross weight and volume as figures, for comparison.
pub(super) fn figures(cargo: &Consignment<'_>) -> [Option<Decimal>; 3] {
    let rows = cargo.cartons();
    let add = |get: fn(&CartonRow) -> Option<Decimal>| sum(rows.iter().map(get));
    [add(|r| r.packages), add(|r| r.gross), add(|r| r.cbm)]
}

/// The word for all packages of a consignment: their kind when it is one.
pub(super) fn kind(cargo: &Consignment<'_>, packages: Option<Decimal>) -> String {
    let mut kinds = cargo.lines.iter().map(|l| packed_in(l.item, packages));
    let first = kinds.next().unwrap_or_default();
    if kinds.all(|k| k == first) { first } else { "PACKAGES".to_owned() }
}

fn in_words(cargo: &Consignment<'_>, kind: &str) -> String {
    let packages = sum(cargo.cartons().iter().map(|r| r.packages));
    let words = packages.and_then(|n| n.to_u128()).and_then(words::cardinal);
    words.map(|words| format!("SAY {words} {kind} ONLY")).unwrap_or_default()
}

fn items(cargo: &Consignment<'_>, rows: &[CartonRow], containers: &[Container]) -> Vec<PackingItem> {
    let item = |(index, line): (usize, &Line<'_>)| PackingItem {
        name: line.name.to_owned(),
        detail: line.item.map(carton).unwrap_or_default(),
        rows: rows.iter().filter(|r| r.line == index).map(|r| row(line, r, containers)).collect(),
    };
    cargo.lines.iter().enumerate().map(item).collect()
}

fn row(line: &Line<'_>, row: &CartonRow, containers: &[Container]) -> PackingRow {
    let container = row.container.and_then(|at| containers.get(at)?.number.clone());
    PackingRow {
        cartons: row.numbers.map(range).unwrap_or_default(),
        each: row.each.map(number).unwrap_or_default(),
        packages: row.packages.map(number).unwrap_or_default(),
        kind: row.packages.map(|_| packed_in(line.item, row.packages)).unwrap_or_default(),
        quantity: row.qty.map(number).unwrap_or_default(),
        unit: line.unit.to_owned(),
        net: row.net.map(kg).unwrap_or_default(),
        gross: row.gross.map(kg).unwrap_or_default(),
        cbm: row.cbm.map(cbm).unwrap_or_default(),
        container: container.unwrap_or_default(),
    }
}

fn range((from, to): (u64, u64)) -> String {
    if from == to { from.to_string() } else { format!("{from}-{to}") }
}

/// `60 × 46 × 20 cm · G.W. 13.6 / N.W. 11.8 kg each`.
fn carton(item: &Item) -> String {
    let Some(pack) = item.pack.as_deref() else { return String::new() };
    let size: Vec<String> = pack.size_cm.iter().map(|cm| number(*cm)).collect();
    let mut parts = Vec::new();
    if !size.is_empty() {
        parts.push(format!("{} cm", size.join(" × ")));
    }
    let weights = [("G.W.", pack.gross_kg), ("N.W.", pack.net_kg)];
    let weights: Vec<String> =
        weights.into_iter().filter_map(|(word, kg)| kg.map(|kg| format!("{word} {}", number(kg)))).collect();
    if !weights.is_empty() {
        parts.push(format!("{} kg each", weights.join(" / ")));
    }
    parts.join(" · ")
}

/// A container as recorded.
pub(super) fn container(record: &Container) -> ContainerRow {
    ContainerRow {
        number: record.number.clone().unwrap_or_default(),
        size: record.r#type.clone().unwrap_or_default(),
        seal: record.seal.clone().unwrap_or_default(),
        packages: record.packages.map(number).unwrap_or_default(),
        gross: record.gross_kg.map(kg).unwrap_or_default(),
        cbm: record.cbm.map(cbm).unwrap_or_default(),
        tare: record.tare_kg.map(number).unwrap_or_default(),
        vgm: record.vgm_kg.map(number).unwrap_or_default(),
    }
}

/// Wooden packing of the goods, as recorded. That there is none is said only where it is recorded of all of them.
pub(super) fn wood<'i>(items: impl Iterator<Item = &'i Item>) -> String {
    let recorded: Vec<Option<&str>> = items.map(|i| i.wood.as_deref()).collect();
    let mut marks: Vec<&str> = recorded.iter().copied().flatten().filter(|m| *m != "none").collect();
    marks.sort_unstable();
    marks.dedup();
    if !marks.is_empty() {
        return format!("Wood packing material marked under ISPM 15: {}", marks.join(", "));
    }
    let none = !recorded.is_empty() && recorded.iter().all(Option::is_some);
    if none { "No solid wood packing material".to_owned() } else { String::new() }
}
