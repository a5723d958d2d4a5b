//! The documents of an order as printed, and the matrix that lays out field by document who says what.

use chrono::NaiveDate;
use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::Serialize;

use super::super::shipment::{ContainerDoc, container};
use super::super::value::{Day, Figure, day, number};
use super::super::{Api, words};
use super::goods::ToleranceDoc;
use super::stages::RecordedDoc;
use crate::derive::OrderFacts;
use crate::derive::matrix::{Column, Value};
use crate::derive::{drawing, shipment};
use crate::model::Order;
use crate::model::document::{Paper, PaperKind, Printed};
use crate::model::order::Container;
use crate::model::value::{Amount, Currency};
use crate::publish::order::matrix::{Judged, judged};
use crate::publish::witness::Witness;

/// A document. What is not printed on it is null.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub struct PaperDoc<'a> {
    /// `contract`, `proforma`, `invoice`, `packing`, `bl`, `awb`, `waybill`, `courier`, `insurance`, `origin`,
    /// `customs`, `certificate`, `draft`, `collection` or `paper`. Credits and presentations stand apart.
    pub kind: &'static str,
    /// What kind of it: `master`, `form-e`, `booking` …
    pub sort: Option<&'a str>,
    /// Where it stands in the order: `bl[0]`.
    pub path: String,
    /// Its number.
    pub number: Option<&'a str>,
    /// Its date.
    pub date: Option<Day>,
    /// Issued.
    pub issued: Option<Day>,
    /// It is only a draft.
    pub draft: bool,
    /// It counts; false where another has replaced it.
    pub current: bool,
    /// Which one replaced it.
    pub replaced_by: Option<&'a str>,
    /// The shipment it belongs to.
    pub shipment: Option<&'a str>,
    /// Who issued it.
    pub issuer: Option<&'a str>,
    /// Originals.
    pub originals: Option<u32>,
    /// Copies.
    pub copies: Option<u32>,
    /// Sent.
    pub sent: Option<Day>,
    /// Checked by us.
    pub checked: Option<Day>,
    /// The day of shipment that it proves.
    pub shipped: Option<Day>,
    /// Its total.
    pub amount: Option<Figure>,
    /// Currency of the total, ISO 4217.
    pub currency: Option<&'a str>,
    /// Description of the goods.
    pub goods: Option<&'a str>,
    /// Consignee, or the one it is made out to.
    pub consignee: Option<&'a str>,
    /// From.
    pub from: Option<&'a str>,
    /// To.
    pub to: Option<&'a str>,
    /// Vessel.
    pub vessel: Option<&'a str>,
    /// Voyage.
    pub voyage: Option<&'a str>,
    /// Quantity.
    pub quantity: Option<Figure>,
    /// Its unit.
    pub unit: Option<&'a str>,
    /// Packages.
    pub packages: Option<Figure>,
    /// Gross weight, kg.
    pub gross_kg: Option<Figure>,
    /// Net weight, kg.
    pub net_kg: Option<Figure>,
    /// Volume, m³.
    pub cbm: Option<Figure>,
    /// Containers.
    pub containers: Vec<ContainerDoc<'a>>,
    /// Number of the credit, as printed.
    pub lc: Option<&'a str>,
    /// Number of the invoice, as printed.
    pub invoice: Option<&'a str>,
    /// The file, relative to the folder of the order.
    pub file: Option<&'a str>,
    /// Its SHA-256, as recorded.
    pub sha256: Option<&'a str>,
    /// Who recorded it; null where git cannot tell.
    pub recorded: Option<RecordedDoc>,
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
    /// Where it stands in the order.
    pub paths: Vec<String>,
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
    pub(super) fn papers(&self, order: &'c Order, witness: &Witness<'_, '_>) -> Vec<PaperDoc<'c>> {
        let docs = &order.docs;
        let mut all = Vec::new();
        let mut put = |key: &'static str, index: usize, paper: &'c Printed, more: More<'c>| {
            all.push(self.paper(order, (key, index), paper, more, witness));
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
        all.extend(docs.papers.iter().enumerate().map(|(i, p)| self.evidence(i, p, witness)));
        all
    }

    fn paper(
        &self,
        order: &Order,
        (kind, index): (&'static str, usize),
        paper: &'c Printed,
        more: More<'c>,
        witness: &Witness<'_, '_>,
    ) -> PaperDoc<'c> {
        let own = order.currency.as_deref().and_then(Currency::parse);
        let currency = more.currency.and_then(Currency::parse).or(own);
        let path = format!("{kind}[{index}]");
        PaperDoc {
            kind,
            sort: more.sort,
            number: paper.number.as_deref(),
            date: day(paper.date),
            issued: day(paper.issued),
            draft: paper.is_draft(),
            current: paper.is_current(),
            replaced_by: paper.replaced_by.as_deref(),
            shipment: paper.shipment.as_deref(),
            issuer: paper.issuer.as_deref(),
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
            containers: more.containers.iter().map(container).collect(),
            lc: paper.lc.as_deref(),
            invoice: paper.invoice.as_deref(),
            file: paper.file.as_deref(),
            sha256: paper.sha256.as_deref(),
            recorded: self.recorded(witness, &path, paper.day()),
            path,
        }
    }

    fn evidence(&self, index: usize, paper: &'c Paper, witness: &Witness<'_, '_>) -> PaperDoc<'c> {
        let path = format!("papers[{index}]");
        PaperDoc {
            kind: "paper",
            sort: paper.kind.map(PaperKind::code),
            number: paper.number.as_deref(),
            date: day(paper.date),
            current: true,
            shipment: paper.shipment.as_deref(),
            issuer: paper.from.as_deref(),
            file: paper.file.as_deref(),
            sha256: paper.sha256.as_deref(),
            recorded: self.recorded(witness, &path, paper.date),
            path,
            ..PaperDoc::default()
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
                    paths: cell.as_ref().map(|c| c.paths.clone()).unwrap_or_default(),
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

