//! What papers print. Several that speak with one voice say a figure together, and words once where they agree.

use super::{Cell, Field, Value, containers, terms};
use crate::derive::claims::{Claim, Figure, Voice};
use crate::derive::drawing;
use crate::derive::papers::Paper;
use crate::derive::shipment;
use crate::model::Order;
use crate::model::order::Container;
use crate::model::value::fold::fold;
use crate::model::value::{Amount, Currency};
use rust_decimal::Decimal;

/// The total that a voice prints.
pub(super) fn total(claims: &[Claim<'_>], voice: &Voice<'_>, figure: Figure) -> Option<Cell> {
    let first = voice.papers.first()?;
    let claim = claims
        .iter()
        .find(|c| c.said.first().is_some_and(|(p, _)| p.key == first.key && p.index == first.index))?;
    let unit = claim.unit.filter(|_| figure == Figure::Quantity).map(str::to_owned);
    let paths = claim.said.iter().map(|(_, path)| path.clone()).collect();
    Some(Cell { value: Value::Figure(claim.value, unit), tolerance: None, paths })
}

/// What a voice prints in any other field.
pub(super) fn says(order: &Order, voice: &Voice<'_>, field: Field) -> Option<Cell> {
    let mut said = voice.papers.iter().filter_map(|paper| one(order, paper, field));
    let first = said.next()?;
    said.try_fold(first, join)
}

/// Two papers of one voice: amounts and lists are added, words are said once.
fn join(a: Cell, b: Cell) -> Option<Cell> {
    let value = match (a.value, b.value) {
        (Value::Amount(x, c), Value::Amount(y, d)) if c == d => Value::Amount(x.checked_add(y)?, c),
        (Value::Containers(mut x), Value::Containers(y)) => {
            x.extend(y);
            Value::Containers(x)
        }
        (Value::Text(x), Value::Text(y)) if !fold(&x).contains(&fold(&y)) => {
            Value::Text(format!("{x} / {y}"))
        }
        (first, _) => first,
    };
    let paths = a.paths.into_iter().chain(b.paths).collect();
    Some(Cell { value, tolerance: None, paths })
}

fn one(order: &Order, paper: &Paper<'_>, field: Field) -> Option<Cell> {
    let printed = paper.printed;
    let text = |value: Option<&str>, key: &str| {
        let value = value?.trim();
        (!value.is_empty()).then(|| Cell::new(Value::Text(value.to_owned()), paper.path(key)))
    };
    match field {
        Field::From => text(printed.from.as_deref(), "from").or_else(|| route(order, paper, true)),
        Field::To => text(printed.to.as_deref(), "to").or_else(|| route(order, paper, false)),
        Field::Vessel => {
            let named =
                format!("{} {}", printed.vessel.as_deref()?, printed.voyage.as_deref().unwrap_or_default());
            text(Some(&named), "vessel")
        }
        Field::Marks => (!printed.marks.is_empty())
            .then(|| Cell::new(Value::Lines(printed.marks.clone()), paper.path("marks"))),
        Field::Goods => text(printed.goods.as_deref(), "goods").or_else(|| named(order, paper)),
        Field::Contract => text(printed.contract.as_deref(), "contract"),
        Field::Po => text(printed.po.as_deref(), "po"),
        Field::Credit => text(printed.lc.as_deref(), "lc").or_else(|| {
            let draft = order.docs.draft.get(paper.index).filter(|_| paper.key == "draft")?;
            text(draft.drawn_under.as_deref(), "drawn_under")
        }),
        Field::Invoice if paper.key == "invoice" => text(printed.number.as_deref(), "number"),
        Field::Invoice => text(printed.invoice.as_deref(), "invoice"),
        Field::Amount | Field::Claim | Field::Insured => amount(order, paper, field),
        _ => own(order, paper, field),
    }
}

/// One end of the route that a certificate of origin prints in a sentence.
fn route(order: &Order, paper: &Paper<'_>, from: bool) -> Option<Cell> {
    let origin = order.docs.origin.get(paper.index).filter(|_| paper.key == "origin")?;
    let (start, end) = crate::compare::route::ends(origin.transport.as_deref()?)?;
    Some(Cell::new(Value::Text(if from { start } else { end }), paper.path("transport")))
}

/// The goods as the lines of an invoice or a packing list name them.
fn named(order: &Order, paper: &Paper<'_>) -> Option<Cell> {
    let docs = &order.docs;
    let mut names: Vec<&str> = match paper.key {
        "invoice" => docs.invoice.get(paper.index)?.lines.iter().filter_map(|l| l.name.as_deref()).collect(),
        "packing" => docs.packing.get(paper.index)?.lines.iter().filter_map(|l| l.name.as_deref()).collect(),
        _ => return None,
    };
    names.dedup();
    (!names.is_empty()).then(|| Cell::new(Value::Text(names.join(", ")), paper.path("lines")))
}

/// Fields that only some papers have.
fn own(order: &Order, paper: &Paper<'_>, field: Field) -> Option<Cell> {
    let docs = &order.docs;
    let i = paper.index;
    let text = |value: Option<&str>, key: &str| {
        Some(Cell::new(Value::Text(value?.trim().to_owned()), paper.path(key)))
    };
    let boxes = |list: &[Container], key: &str| Some(Cell::new(containers(list)?, paper.path(key)));
    let day = |dated: Option<(chrono::NaiveDate, &'static str)>| {
        dated.map(|(day, key)| Cell::new(Value::Day(day), paper.path(key)))
    };
    match (paper.key, field) {
        ("invoice", Field::Buyer) => text(docs.invoice.get(i)?.buyer.as_deref(), "buyer"),
        ("invoice", Field::Term) => text(docs.invoice.get(i)?.term.as_ref().map(|t| t.text.as_str()), "term"),
        ("packing", Field::Containers) => {
            let list = docs.packing.get(i)?;
            boxes(&list.containers, "containers").or_else(|| {
                let mut named: Vec<(String, Option<String>)> =
                    list.lines.iter().filter_map(|l| Some((l.container.clone()?, None))).collect();
                named.dedup();
                (!named.is_empty()).then(|| Cell::new(Value::Containers(named), paper.path("lines")))
            })
        }
        ("bl", Field::Consignee) => text(docs.bl.get(i)?.consignee.as_deref(), "consignee"),
        ("bl", Field::Notify) => lines(&docs.bl.get(i)?.notify, paper.path("notify")),
        ("bl", Field::Containers) => boxes(&docs.bl.get(i)?.containers, "containers"),
        ("bl", Field::Shipped) => day(shipment::bl_date(docs.bl.get(i)?)),
        ("awb", Field::Consignee) => text(docs.awb.get(i)?.consignee.as_deref(), "consignee"),
        ("awb", Field::Notify) => lines(&docs.awb.get(i)?.notify, paper.path("notify")),
        ("awb", Field::Shipped) => day(shipment::awb_date(docs.awb.get(i)?)),
        ("waybill", Field::Consignee) => text(docs.waybill.get(i)?.consignee.as_deref(), "consignee"),
        ("waybill", Field::Containers) => boxes(&docs.waybill.get(i)?.containers, "containers"),
        ("waybill", Field::Shipped) => day(shipment::waybill_date(docs.waybill.get(i)?)),
        ("courier", Field::Shipped) => day(shipment::courier_date(docs.courier.get(i)?)),
        ("origin", Field::Consignee) => text(docs.origin.get(i)?.consignee.as_deref(), "consignee"),
        ("origin", Field::Hs) => {
            let code = docs.origin.get(i)?.hs.clone()?;
            Some(Cell::new(Value::Lines(vec![code]), paper.path("hs")))
        }
        ("customs", Field::Hs) => {
            let mut codes: Vec<String> =
                docs.customs.get(i)?.items.iter().filter_map(|item| item.hs.clone()).collect();
            codes.sort_unstable();
            codes.dedup();
            (!codes.is_empty()).then(|| Cell::new(Value::Lines(codes), paper.path("items")))
        }
        ("customs", Field::Containers) => boxes(&docs.customs.get(i)?.containers, "containers"),
        ("customs", Field::Term) => {
            let mode = docs.customs.get(i)?.deal_mode?;
            text(Some(mode.title().1), "deal_mode")
        }
        _ => None,
    }
}

fn lines(list: &[String], path: String) -> Option<Cell> {
    (!list.is_empty()).then(|| Cell::new(Value::Text(list.join(" / ")), path))
}

fn amount(order: &Order, paper: &Paper<'_>, field: Field) -> Option<Cell> {
    let docs = &order.docs;
    let own = order.currency.as_deref().and_then(Currency::parse);
    let i = paper.index;
    let cell = |value: Decimal, currency: Option<Currency>, key: &str| {
        Some(Cell::new(Value::Amount(value, currency), paper.path(key)))
    };
    let of = |amount: &Amount, printed: Option<&str>| amount.currency.or(terms::currency(printed, own));
    match (paper.key, field) {
        ("invoice", Field::Amount) => {
            let invoice = docs.invoice.get(i)?;
            let total = invoice.total.as_ref()?;
            cell(total.value, of(total, invoice.currency.as_deref()), "total")
        }
        ("invoice", Field::Claim) => {
            let invoice = docs.invoice.get(i)?;
            let (value, key) = drawing::claimed(invoice)?;
            cell(value, of(invoice.total.as_ref()?, invoice.currency.as_deref()), key)
        }
        ("customs", Field::Amount) => {
            let customs = docs.customs.get(i)?;
            let total = customs.total.as_ref()?;
            cell(total.value, of(total, customs.currency.as_deref()), "total")
        }
        ("insurance", Field::Insured) => {
            let insurance = docs.insurance.get(i)?;
            let sum = insurance.amount.as_ref()?;
            cell(sum.value, of(sum, insurance.currency.as_deref()), "amount")
        }
        ("draft", Field::Claim) => {
            let draft = docs.draft.get(i)?;
            let sum = draft.amount.as_ref()?;
            cell(sum.value, of(sum, draft.currency.as_deref()), "amount")
        }
        ("collection", Field::Claim) => {
            let sum = docs.collection.get(i)?.amount.as_ref()?;
            cell(sum.value, of(sum, None), "amount")
        }
        _ => None,
    }
}
