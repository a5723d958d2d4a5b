//! Containers of an order wherever they are recorded or printed. Decides nothing.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::bi;
use crate::derive::papers::{Paper, Papers, is_known};
use crate::model::Order;
use crate::model::document::PackingLine;
use crate::model::order::{Container, Shipment};
use crate::model::value::Mode;
use crate::model::value::fold::fold;
use crate::text::Bi;

/// Who names a container.
#[derive(Debug, Clone, Copy)]
pub(crate) enum By<'a> {
    /// The shipment's own record.
    Shipment(&'a Shipment),
    /// A paper.
    Paper(Paper<'a>),
}

/// A container that somebody names.
#[derive(Debug, Clone)]
pub(crate) struct Mention<'a> {
    /// Its number without spaces and hyphens.
    pub(crate) number: String,
    /// Who.
    pub(crate) by: By<'a>,
    /// Key path of what names it, without the field: `bl[0].containers[1]`.
    at: String,
    /// The field that holds the number.
    field: &'static str,
    /// The container as recorded; a packing row only names one.
    pub(crate) record: Option<&'a Container>,
}

impl<'a> Mention<'a> {
    /// Where the number stands.
    pub(crate) fn path(&self) -> String {
        self.field(self.field)
    }

    /// Where another field stands.
    pub(crate) fn field(&self, field: &str) -> String {
        format!("{}.{field}", self.at)
    }

    /// Key of the table it stands in.
    pub(crate) fn key(&self) -> &'static str {
        match self.by {
            By::Shipment(..) => "shipments",
            By::Paper(paper) => paper.key,
        }
    }

    /// What names it, for people.
    pub(crate) fn name(&self) -> Bi {
        match self.by {
            By::Shipment(..) => bi!("出运记录", "shipment record"),
            By::Paper(paper) => paper.name(),
        }
    }

    /// The shipment it belongs to, where that is written.
    pub(crate) fn shipment(&self) -> Option<&'a str> {
        match self.by {
            By::Shipment(shipment) => shipment.id.as_deref(),
            By::Paper(paper) => paper.printed.shipment.as_deref(),
        }
    }

    /// The paper, where it is one.
    pub(crate) fn paper(&self) -> Option<Paper<'a>> {
        match self.by {
            By::Shipment(..) => None,
            By::Paper(paper) => Some(paper),
        }
    }
}

/// The number as it is compared.
pub(crate) fn plain(text: &str) -> String {
    fold(text).chars().filter(|c| !matches!(c, ' ' | '-' | '/')).collect()
}

/// Every container of an order that is named by a day, the shipments' records first.
pub(crate) fn each(order: &Order, as_of: NaiveDate) -> Vec<Mention<'_>> {
    let mut all = Vec::new();
    for (i, shipment) in order.shipments.iter().enumerate() {
        list(&mut all, By::Shipment(shipment), &format!("shipments[{i}]"), &shipment.containers);
    }
    let papers = Papers::of(order, |paper| is_known(paper.printed, as_of));
    for (index, list_of_rows) in &papers.packing {
        let by = Paper { key: "packing", index: *index, printed: &list_of_rows.paper };
        list(&mut all, By::Paper(by), &by.whole(), &list_of_rows.containers);
        rows(&mut all, by, &list_of_rows.lines);
    }
    macro_rules! printed {
        ($($key:ident)*) => { $( for (index, paper) in &papers.$key {
            let by = Paper { key: stringify!($key), index: *index, printed: &paper.paper };
            list(&mut all, By::Paper(by), &by.whole(), &paper.containers);
        } )* };
    }
    printed!(bl waybill customs);
    all
}

fn list<'a>(all: &mut Vec<Mention<'a>>, by: By<'a>, at: &str, containers: &'a [Container]) {
    all.extend(containers.iter().enumerate().filter_map(|(i, container)| {
        let text = container.number.as_deref().filter(|text| !text.trim().is_empty())?;
        let at = format!("{at}.containers[{i}]");
        Some(Mention { number: plain(text), by, at, field: "number", record: Some(container) })
    }));
}

fn rows<'a>(all: &mut Vec<Mention<'a>>, by: Paper<'a>, lines: &'a [PackingLine]) {
    all.extend(lines.iter().enumerate().filter_map(|(i, line)| {
        let text = line.container.as_deref().filter(|text| !text.trim().is_empty())?;
        let at = format!("{}.lines[{i}]", by.whole());
        Some(Mention { number: plain(text), by: By::Paper(by), at, field: "container", record: None })
    }));
}

/// How a shipment travels: as it says, else as the order does.
pub(crate) fn mode(order: &Order, shipment: &Shipment) -> Option<Mode> {
    shipment.mode.or(order.mode)
}

/// What the rows of packing lists put into a container: gross weight and volume, `None` where a row does not say.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Load {
    /// Gross weight, kg.
    pub(crate) gross_kg: Option<Decimal>,
    /// Volume, m³.
    pub(crate) cbm: Option<Decimal>,
}

/// Loads by container number, from the packing rows of a shipment's papers.
pub(crate) fn packed(papers: &Papers<'_>) -> BTreeMap<String, Load> {
    let mut all: BTreeMap<String, Load> = BTreeMap::new();
    for line in papers.packing.iter().flat_map(|(_, list)| &list.lines) {
        let Some(text) = line.container.as_deref() else { continue };
        let fresh = Load { gross_kg: Some(Decimal::ZERO), cbm: Some(Decimal::ZERO) };
        let load = all.entry(plain(text)).or_insert(fresh);
        let add = |sum: Option<Decimal>, part: Option<Decimal>| sum?.checked_add(part?);
        load.gross_kg = add(load.gross_kg, line.gross_kg);
        load.cbm = add(load.cbm, line.cbm);
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::document::PackingList;

    #[test]
    fn rows_of_one_container_add_up() {
        let row = |text: &str, gross: Option<i64>| PackingLine {
            container: Some(text.into()),
            gross_kg: gross.map(Decimal::from),
            ..PackingLine::default()
        };
        let mut order = Order::default();
        let lines =
            vec![row("MSCU 663987-0", Some(10)), row("MSCU6639870", Some(5)), row("TGHU1234567", None)];
        order.file.docs.packing = vec![PackingList { lines, ..PackingList::default() }];
        let loads = packed(&Papers::of(&order, |_| true));
        assert_eq!(loads["MSCU6639870"].gross_kg, Some(Decimal::from(15)));
        assert_eq!(loads["TGHU1234567"], Load::default());
    }
}
