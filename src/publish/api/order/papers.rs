//! The documents of an order as printed, and the matrix that lays out field by document who says what.

use chrono::NaiveDate;
use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::Serialize;

use super::super::shipment::{ContainerDoc, container};
use super::super::value::{Day, Figure, day, number};
use super::super::{Api, words};
use super::goods::ToleranceDoc;
use super::records::Records;
use crate::derive::OrderFacts;
use crate::derive::matrix::{Column, Value};
use crate::derive::{drawing, shipment};
use crate::model::Order;
use crate::model::document::{Paper, PaperKind, Printed};
use crate::model::order::Container;
use crate::model::value::{Amount, Currency};
use crate::publish::order::matrix::{Judged, judged};

/// A document.
#[derive(Debug, Serialize, JsonSchema)]
pub struct PaperDoc<'a> {
    /// `contract`, `proforma`, `invoice`, `packing`, `bl`, `awb`, `waybill`, `courier`, `insurance`, `origin`,
    /// `customs`, `certificate`, `draft`, `collection` or `paper`. Credits and presentations stand apart.
    pub kind: &'static str,
    /// Where it stands in the order: `bl[0]`.
    pub path: String,
    /// Its number.
    pub number: Option<&'a str>,
    /// Its date, else the day it was issued.
    pub date: Option<Day>,
    /// It is only a draft.
    pub draft: bool,
    /// It counts; false where another has replaced it.
    pub current: bool,
    /// The shipment it belongs to.
    pub shipment: Option<&'a str>,
    /// What else is known of it.
    pub printed: PrintedDoc<'a>,
    /// The file, relative to the folder of the order.
    pub file: Option<&'a str>,
    /// Its SHA-256, as recorded.
    pub sha256: Option<&'a str>,
    /// The commit that recorded it, a key of `commits`; null where git cannot tell.
    pub recorded: Option<&'a str>,
}

/// What stands on a document. Here, and nowhere else, a field is absent where nothing is printed: that is not the same
/// as an empty one.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub struct PrintedDoc<'a> {
    /// What kind of it: `master`, `form-e`, `booking` …
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sort: Option<&'a str>,
    /// Which one replaced it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub replaced_by: Option<&'a str>,
    /// Who issued it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub issuer: Option<&'a str>,
    /// Issued.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub issued: Option<Day>,
    /// Originals.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub originals: Option<u32>,
    /// Copies.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub copies: Option<u32>,
    /// Sent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sent: Option<Day>,
    /// Checked by us.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub checked: Option<Day>,
    /// The day of shipment that it proves.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub shipped: Option<Day>,
    /// Its total.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub amount: Option<Figure>,
    /// Currency of the total, ISO 4217.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub currency: Option<&'a str>,
    /// Description of the goods.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub goods: Option<&'a str>,
    /// Consignee, or the one it is made out to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub consignee: Option<&'a str>,
    /// From.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<&'a str>,
    /// To.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<&'a str>,
    /// Vessel.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub vessel: Option<&'a str>,
    /// Voyage.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub voyage: Option<&'a str>,
    /// Quantity.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quantity: Option<Figure>,
    /// Its unit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<&'a str>,
    /// Packages.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub packages: Option<Figure>,
    /// Gross weight, kg.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub gross_kg: Option<Figure>,
    /// Net weight, kg.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub net_kg: Option<Figure>,
    /// Volume, m³.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cbm: Option<Figure>,
    /// Containers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub containers: Option<Vec<ContainerDoc<'a>>>,
    /// Number of the credit, as printed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lc: Option<&'a str>,
    /// Number of the invoice, as printed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub invoice: Option<&'a str>,
}

/// The papers of one set, compared field by field.
#[derive(Debug, Serialize, JsonSchema)]
pub struct MatrixDoc {
    /// The shipment; null where there is only one set.
    pub shipment: Option<String>,
    /// Who speaks, from left to right.
    pub columns: Vec<ColumnDoc>,
    /// The fields.
    pub rows: Vec<RowDoc>,
}

/// Who speaks in a column.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ColumnDoc {
    /// `order`, `lc`, `shipments`, or the kind of the papers.
    pub kind: String,
    /// Their numbers.
    pub numbers: Vec<String>,
    /// The credit asks for this paper and nobody has it.
    pub missing: bool,
}

/// One field.
#[derive(Debug, Serialize, JsonSchema)]
pub struct RowDoc {
    /// `gross_kg`, `consignee` …
    pub field: &'static str,
    /// `no-conflict`, `look` (a person has to), `conflict`, or `alone` where only one column speaks.
    pub verdict: &'static str,
    /// As many as columns; null where a column says nothing and need not.
    pub cells: Vec<Option<CellDoc>>,
}

/// What one column says of a field.
#[derive(Debug, Serialize, JsonSchema)]
pub struct CellDoc {
    /// `said`, `look`, `conflict`, or `missing` where the credit asks for it.
    pub verdict: &'static str,
    /// What: text, an ISO date, or a figure. Several lines are joined by line breaks.
    pub value: Option<String>,
    /// Currency or unit of a figure.
    pub unit: Option<String>,
    /// It says the same as the column that the others are measured by.
    pub same: bool,
    /// More or less that the term allows.
    pub tolerance: Option<ToleranceDoc>,
}

/// What a kind of paper has beside what all have.
#[derive(Default)]
struct More<'a> {
    sort: Option<&'a str>,
    shipped: Option<NaiveDate>,
    amount: Option<Decimal>,
    currency: Option<&'a str>,
    consignee: Option<&'a str>,
    containers: &'a [Container],
}

impl<'c, 'a: 'c> Api<'c, 'a> {
    /// Every document, kind by kind in the order of the trade.
    pub(super) fn papers(&self, order: &'c Order, records: &Records<'_, 'c>) -> Vec<PaperDoc<'c>> {
        let docs = &order.docs;
        let mut all = Vec::new();
        let mut put = |key: &'static str, index: usize, paper: &'c Printed, more: More<'c>| {
            if self.is_hindsight(paper.day()) {
                return;
            }
            all.push(self.paper(order, (key, index), paper, more, records));
        };
        for (key, list) in [("contract", &docs.contract), ("proforma", &docs.proforma)] {
            for (i, p) in list.iter().enumerate() {
                let money = value(p.total.as_ref());
                let (currency, consignee) = (p.currency.as_deref(), p.buyer.as_deref());
                put(key, i, &p.paper, More { amount: money, currency, consignee, ..More::default() });
            }
        }
        for (i, p) in docs.invoice.iter().enumerate() {
            let amount = drawing::gross(p);
            let (currency, consignee) = (p.currency.as_deref(), p.buyer.as_deref());
            put("invoice", i, &p.paper, More { amount, currency, consignee, ..More::default() });
        }
        for (i, p) in docs.packing.iter().enumerate() {
            put("packing", i, &p.paper, More { containers: &p.containers, ..More::default() });
        }
        for (i, p) in docs.bl.iter().enumerate() {
            let more = More {
                sort: p.kind.map(|k| k.code()),
                shipped: shipment::bl_date(p).map(|(day, _)| day),
                consignee: p.consignee.as_deref(),
                containers: &p.containers,
                ..More::default()
            };
            put("bl", i, &p.paper, more);
        }
        for (i, p) in docs.awb.iter().enumerate() {
            let more = More {
                sort: p.kind.map(|k| k.code()),
                shipped: shipment::awb_date(p).map(|(day, _)| day),
                consignee: p.consignee.as_deref(),
                ..More::default()
            };
            put("awb", i, &p.paper, more);
        }
        for (i, p) in docs.waybill.iter().enumerate() {
            let more = More {
                sort: p.kind.map(|k| k.code()),
                shipped: shipment::waybill_date(p).map(|(day, _)| day),
                consignee: p.consignee.as_deref(),
                containers: &p.containers,
                ..More::default()
            };
            put("waybill", i, &p.paper, more);
        }
        for (i, p) in docs.courier.iter().enumerate() {
            let shipped = shipment::courier_date(p).map(|(day, _)| day);
            put("courier", i, &p.paper, More { shipped, ..More::default() });
        }
        for (i, p) in docs.insurance.iter().enumerate() {
            let more = More {
                sort: p.kind.map(|k| k.code()),
                amount: value(p.amount.as_ref()),
                currency: p.currency.as_deref(),
                consignee: p.insured.as_deref(),
                ..More::default()
            };
            put("insurance", i, &p.paper, more);
        }
        for (i, p) in docs.origin.iter().enumerate() {
            let (sort, consignee) = (p.kind.as_deref(), p.consignee.as_deref());
            put("origin", i, &p.paper, More { sort, consignee, ..More::default() });
        }
        for (i, p) in docs.customs.iter().enumerate() {
            let more = More {
                sort: p.mode.as_deref(),
                amount: value(p.total.as_ref()),
                currency: p.currency.as_deref(),
                containers: &p.containers,
                ..More::default()
            };
            put("customs", i, &p.paper, more);
        }
        for (i, p) in docs.certificate.iter().enumerate() {
            put("certificate", i, &p.paper, More { sort: p.kind.as_deref(), ..More::default() });
        }
        for (i, p) in docs.draft.iter().enumerate() {
            let (amount, currency) = (value(p.amount.as_ref()), p.currency.as_deref());
            let more = More { amount, currency, consignee: p.drawee.as_deref(), ..More::default() };
            put("draft", i, &p.paper, more);
        }
        for (i, p) in docs.collection.iter().enumerate() {
            let (amount, sort) = (value(p.amount.as_ref()), p.kind.map(|k| k.code()));
            put("collection", i, &p.paper, More { sort, amount, ..More::default() });
        }
        let papers = docs.papers.iter().enumerate().filter(|(_, p)| !self.is_hindsight(p.date));
        all.extend(papers.map(|(i, p)| self.evidence(i, p, records)));
        all
    }

    fn paper(
        &self,
        order: &Order,
        (kind, index): (&'static str, usize),
        paper: &'c Printed,
        more: More<'c>,
        records: &Records<'_, 'c>,
    ) -> PaperDoc<'c> {
        let own = order.currency.as_deref().and_then(Currency::parse);
        let currency = more.currency.and_then(Currency::parse).or(own);
        let path = format!("{kind}[{index}]");
        let boxes: Vec<ContainerDoc<'c>> = more.containers.iter().map(container).collect();
        PaperDoc {
            kind,
            number: paper.number.as_deref(),
            date: day(paper.day()),
            draft: paper.is_draft(),
            current: paper.is_current(),
            shipment: paper.shipment.as_deref(),
            printed: PrintedDoc {
                sort: more.sort,
                replaced_by: paper.replaced_by.as_deref(),
                issuer: paper.issuer.as_deref(),
                issued: day(paper.issued),
                originals: paper.originals,
                copies: paper.copies,
                sent: day(paper.sent),
                checked: day(paper.checked),
                shipped: day(more.shipped),
                amount: more.amount.map(|amount| Figure::amount(amount, currency)),
                currency: more.amount.and_then(|_| more.currency.or(currency.map(Currency::code))),
                goods: paper.goods.as_deref(),
                consignee: more.consignee,
                from: paper.from.as_deref(),
                to: paper.to.as_deref(),
                vessel: paper.vessel.as_deref(),
                voyage: paper.voyage.as_deref(),
                quantity: number(paper.qty),
                unit: paper.unit.as_deref(),
                packages: number(paper.packages),
                gross_kg: number(paper.gross_kg),
                net_kg: number(paper.net_kg),
                cbm: number(paper.cbm),
                containers: (!boxes.is_empty()).then_some(boxes),
                lc: paper.lc.as_deref(),
                invoice: paper.invoice.as_deref(),
            },
            file: paper.file.as_deref(),
            sha256: paper.sha256.as_deref(),
            recorded: records.of(&path, paper.day()),
            path,
        }
    }

    fn evidence(&self, index: usize, paper: &'c Paper, records: &Records<'_, 'c>) -> PaperDoc<'c> {
        let path = format!("papers[{index}]");
        let (sort, issuer) = (paper.kind.map(PaperKind::code), paper.from.as_deref());
        PaperDoc {
            kind: "paper",
            number: paper.number.as_deref(),
            date: day(paper.date),
            draft: false,
            current: true,
            shipment: paper.shipment.as_deref(),
            printed: PrintedDoc { sort, issuer, ..PrintedDoc::default() },
            file: paper.file.as_deref(),
            sha256: paper.sha256.as_deref(),
            recorded: records.of(&path, paper.date),
            path,
        }
    }

    /// The matrices: one for each set of papers in which something can be compared.
    pub(super) fn matrices(&self, order: &'c Order, own: &'c OrderFacts) -> Vec<MatrixDoc> {
        judged(self.ctx, order, own, matrix)
    }
}

fn matrix(judged: &Judged<'_, '_>) -> MatrixDoc {
    let all = &judged.matrix;
    let rows = all.rows.iter().zip(&judged.rows).map(|(row, (mark, kinds))| RowDoc {
        field: words::field(row.field),
        verdict: words::verdict(*mark),
        cells: row
            .cells
            .iter()
            .zip(kinds)
            .enumerate()
            .map(|(at, (cell, kind))| {
                let missing = row.missing.get(at) == Some(&true);
                if cell.is_none() && !missing {
                    return None;
                }
                let (value, unit) = cell.as_ref().map(|c| said(&c.value)).unwrap_or_default();
                Some(CellDoc {
                    verdict: words::cell(*kind),
                    value,
                    unit,
                    same: cell.is_some() && row.same.get(at) == Some(&true),
                    tolerance: cell.as_ref().and_then(|c| c.tolerance).map(Into::into),
                })
            })
            .collect(),
    });
    MatrixDoc {
        shipment: all.shipment.map(str::to_owned),
        columns: all.columns.iter().map(column).collect(),
        rows: rows.collect(),
    }
}

fn column(column: &Column<'_>) -> ColumnDoc {
    let (kind, numbers, missing): (&str, Vec<String>, bool) = match column {
        Column::Order => ("order", Vec::new(), false),
        Column::Credit(credit) => ("lc", vec![credit.number().to_owned()], false),
        Column::Papers(voice) => {
            let numbers = voice.papers.iter().filter_map(|p| p.printed.number.clone());
            (voice.key, numbers.collect(), false)
        }
        Column::Shipments => ("shipments", Vec::new(), false),
        Column::Missing(kind) => (kind, Vec::new(), true),
    };
    ColumnDoc { kind: kind.to_owned(), numbers, missing }
}

fn said(value: &Value) -> (Option<String>, Option<String>) {
    match value {
        Value::Text(text) => (Some(text.clone()), None),
        Value::Lines(lines) => (Some(lines.join("\n")), None),
        Value::Figure(value, unit) => (Some(value.normalize().to_string()), unit.clone()),
        Value::Amount(value, currency) => (Some(value.to_string()), currency.map(|c| c.code().to_owned())),
        Value::Day(day) | Value::Until(day) => (Some(day.to_string()), None),
        Value::Containers(list) => {
            let one = |(number, seal): &(String, Option<String>)| match seal {
                Some(seal) => format!("{number} {seal}"),
                None => number.clone(),
            };
            (Some(list.iter().map(one).collect::<Vec<_>>().join("\n")), None)
        }
    }
}

fn value(amount: Option<&Amount>) -> Option<Decimal> {
    amount.map(|amount| amount.value)
}
