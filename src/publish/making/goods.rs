//! The table of goods of an invoice: lines, charges, deductions, totals in figures and words.

use super::credit::Credit;
use super::settlement::Advance;
use super::text::{field, known, number, with_unit};
use super::{Job, packing, text};
use crate::model::order::{Charge, Item};
use crate::model::value::{Amount, Method, words};
use crate::site::view::Field;
use crate::site::view::making::{GoodsRow, GoodsTable};

/// The goods of a consignment.
pub(super) fn table(job: &Job<'_, '_>, description: &str, advances: &[Advance]) -> GoodsTable {
    let (ctx, cargo, currency) = (job.ctx, job.cargo, job.facts.goods.currency);
    let figure = |value| ctx.amount(value, currency);
    let row = |line: &super::consignment::Line<'_>| GoodsRow {
        name: line.name.to_owned(),
        detail: line.item.map(detail).unwrap_or_default(),
        quantity: line.qty.map(number).unwrap_or_default(),
        unit: line.unit.to_owned(),
        price: line.item.and_then(|i| i.price.as_ref()).map(|p| price(job, p)).unwrap_or_default(),
        amount: line.amount.map(figure).unwrap_or_default(),
    };
    let charge = |(charge, part): &(&Charge, Option<rust_decimal::Decimal>)| {
        field(&charge_name(charge), part.map(figure).unwrap_or_default())
    };
    let deduction = |a: &Advance| field(advance_name(a.method), figure(a.amount));
    let due =
        advances.iter().try_fold(cargo.total, |left, a| Some(left.and_then(|l| l.checked_sub(a.amount))));
    let due = due.flatten().filter(|_| !advances.is_empty());
    GoodsTable {
        description: description.to_owned(),
        currency: currency.map(|c| c.code().to_owned()).unwrap_or_default(),
        term: term(job),
        rows: cargo.lines.iter().map(row).collect(),
        quantity: cargo.quantity().map(|(qty, unit)| with_unit(qty, unit)).unwrap_or_default(),
        subtotal: cargo.value.filter(|_| !cargo.charges.is_empty()).map(figure).unwrap_or_default(),
        charges: cargo.charges.iter().map(charge).collect(),
        total: cargo.total.map(figure).unwrap_or_default(),
        deductions: advances.iter().map(deduction).collect(),
        due: due.map(figure).unwrap_or_default(),
        words: cargo.total.zip(currency).and_then(|(t, c)| words::amount(t, c)).unwrap_or_default(),
    }
}

/// The trade term, always with its edition; what cannot be read is printed as written.
pub(super) fn term(job: &Job<'_, '_>) -> String {
    let written = job.order.incoterm.as_ref();
    let read = written.and_then(|t| t.term.as_ref()).map(|term| {
        let mut term = term.clone();
        term.place = text::place(&term.place);
        term.with_year()
    });
    read.or_else(|| written.map(|t| t.text.clone())).unwrap_or_default()
}

/// Packages, weights, volume and origin of a consignment, as far as they are known.
pub(super) fn packed(job: &Job<'_, '_>) -> Vec<Field> {
    let totals = packing::totals(job.cargo);
    let mut list = Vec::new();
    known(&mut list, "Packed in", format!("{} {}", totals.packages, totals.kind).trim());
    let with = |figure: &str, unit: &str| {
        if figure.is_empty() { String::new() } else { format!("{figure} {unit}") }
    };
    known(&mut list, "Gross weight", with(&totals.gross, "KG"));
    known(&mut list, "Net weight", with(&totals.net, "KG"));
    known(&mut list, "Measurement", with(&totals.cbm, "CBM"));
    known(&mut list, "Country of origin", text::origin(job.cargo.items()));
    list
}

/// Wording above the lines: 45A as the credit has it, else what the registered paper adds.
pub(super) fn description(job: &Job<'_, '_>, registered: Option<&String>) -> String {
    let credit = job.credit.and_then(Credit::goods);
    credit.or_else(|| registered.cloned()).unwrap_or_default()
}

/// A price in its own currency's decimals; with its code when it is another than the order's.
fn price(job: &Job<'_, '_>, price: &Amount) -> String {
    let own = job.facts.goods.currency;
    match price.currency.filter(|c| Some(*c) != own) {
        Some(other) => job.ctx.money(price.value, Some(other)),
        None => job.ctx.amount(price.value, own),
    }
}

fn detail(item: &Item) -> String {
    let named = |sku: &&String| item.name.as_ref().is_none_or(|name| !name.contains(sku.as_str()));
    let parts = [
        item.sku.as_ref().filter(named).map(|sku| format!("Item {sku}")),
        item.customer_sku.as_ref().map(|sku| format!("Your ref. {sku}")),
        item.hs.as_ref().map(|hs| format!("HS {hs}")),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

fn charge_name(charge: &Charge) -> String {
    let known = match charge.kind.as_deref() {
        Some("freight") => "Freight",
        Some("insurance") => "Insurance",
        Some("courier") => "Courier",
        Some("tooling") => "Tooling",
        Some("discount") => "Discount",
        Some("commission") => "Commission",
        other => return other.unwrap_or("Other charge").to_owned(),
    };
    known.to_owned()
}

fn advance_name(method: Method) -> &'static str {
    match method {
        Method::Deposit => "Less: deposit received",
        _ => "Less: advance payment received",
    }
}
