//! `qc-lot-equals-shipment`: more shipped than inspected.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::super::prelude::*;
use crate::check::shared::figures;
use crate::derive::claims::{self, Figure};
use crate::derive::inspection;
use crate::model::order::{ApprovalKind, Inspection, InspectionResult};

/// The rule.
pub static RULE: Rule = Rule {
    name: "qc-lot-equals-shipment",
    group: Group::Goods,
    class: Class::Document,
    severity: Severity::Warning,
    opt_in: false,
    since: "0.2.0",
    source: ("公司规定；GB/T 2828.1（批的组成）", "house rule; ISO 2859-1 on the formation of lots"),
    title: ("出的比验的多", "more shipped than inspected"),
    docs: Docs {
        checks: (
            "通过的终检，批量按货号（lots）加起来不少于已装运的数量；没分货号的比总数，单位不同的不比。没有通过的终检，或有一份没写批量，不查；批准了没验先装（ship-uninspected）的不查。",
            "The lots of final inspections that passed, by item (`lots`), add up to no less than what was shipped; without items the totals are compared, where all units are the same. Not checked without a passed final inspection, where one of them has no lot, or with an approval ship-uninspected.",
        ),
        why: (
            "没验的那部分没有抽样依据，出了问题说不清，客户也可以不认验货报告。",
            "No sample stands for the part that was not inspected: when it fails, the report proves nothing.",
        ),
        fix: (
            "先看批量有没有抄错；真有没验的，补验并登记，或请客户书面同意后登记 [[approvals]]。",
            "See first whether the lot was copied wrongly; inspect the rest and record it, or record the customer's written consent under [[approvals]].",
        ),
    },
    example: example!("qc-lot-equals-shipment"),
    scope: Scope::Order(check),
};

fn check(case: &Case<'_>, out: &mut Sink<'_>) {
    let known = |day: Option<NaiveDate>| day.is_none_or(|day| day <= case.as_of());
    let approved =
        case.order.approvals.iter().any(|a| a.kind == Some(ApprovalKind::ShipUninspected) && known(a.date));
    let finals = inspection::finals(case.order, case.as_of());
    let passed: Vec<(usize, &Inspection)> =
        finals.into_iter().filter(|(_, held)| held.result == Some(InspectionResult::Pass)).collect();
    let Some((last, _)) = passed.last().filter(|_| !approved) else { return };
    let shipped = shipped(case);
    if invoiced(case).zip(inspected(&passed)).is_some_and(|(invoiced, inspected)| invoiced <= inspected) {
        return;
    }
    let by_item = passed.iter().all(|(_, held)| !held.lots.is_empty());
    if by_item {
        let mut lots: BTreeMap<&str, Decimal> = BTreeMap::new();
        for (key, qty) in passed.iter().flat_map(|(_, held)| &held.lots) {
            let sum = lots.entry(key.as_str()).or_default();
            *sum = sum.saturating_add(*qty);
        }
        for (key, (qty, path)) in &shipped {
            let inspected = lots.get(key.as_str()).copied().unwrap_or_default();
            if inspected < *qty {
                say(case, Some(key), (inspected, *last, "lots"), (*qty, path), out);
            }
        }
    } else {
        totals(case, &passed, &shipped, out);
    }
}

/// By item: what has left, and where the quantity stands.
type Shipped = BTreeMap<String, (Decimal, String)>;

fn shipped(case: &Case<'_>) -> Shipped {
    let mut all = Shipped::new();
    for fact in case.facts.shipments.iter().filter(|fact| fact.shipped.is_some()) {
        for (key, qty) in fact.items.iter().filter(|(_, qty)| **qty > Decimal::ZERO) {
            let sum = all.entry(key.clone()).or_insert_with(|| (Decimal::ZERO, path(case, fact.index, key)));
            sum.0 = sum.0.saturating_add(*qty);
        }
    }
    all
}

/// Where a shipment says how much of an item it carries; else where the order does.
fn path(case: &Case<'_>, shipment: Option<usize>, key: &str) -> String {
    let named = shipment.and_then(|s| {
        let items = &case.order.shipments.get(s)?.items;
        let row = items.iter().position(|i| i.sku.as_deref().or(i.name.as_deref()) == Some(key))?;
        Some(format!("shipments[{s}].items[{row}].qty"))
    });
    named.unwrap_or_else(|| {
        let item = case.facts.goods.items.iter().position(|item| item.key == key).unwrap_or_default();
        format!("items[{item}].qty")
    })
}

/// Everything that passed; `None` where an inspection does not say how much it stands for.
fn inspected(passed: &[(usize, &Inspection)]) -> Option<Decimal> {
    let lot = |held: &Inspection| match held.lots.is_empty() {
        true => held.lot,
        false => held.lots.values().try_fold(Decimal::ZERO, |sum, qty| sum.checked_add(*qty)),
    };
    passed.iter().try_fold(Decimal::ZERO, |sum, (_, held)| sum.checked_add(lot(held)?))
}

/// What the invoices charge in all: where a shipment does not say how much it carries it may be less than ordered.
/// `None` where quantities are in several units.
fn invoiced(case: &Case<'_>) -> Option<Decimal> {
    let unspoken = case.order.shipments.iter().any(|shipment| shipment.items.is_empty());
    case.facts.goods.unit.as_ref().filter(|_| unspoken || case.order.shipments.is_empty())?;
    let claims = case.sets().iter().flat_map(|set| claims::figure(&set.papers, Figure::Quantity));
    let mut invoices = claims.filter(|claim| claim.key == "invoice").peekable();
    invoices.peek()?;
    invoices.try_fold(Decimal::ZERO, |sum, claim| sum.checked_add(claim.value))
}

fn totals(case: &Case<'_>, passed: &[(usize, &Inspection)], shipped: &Shipped, out: &mut Sink<'_>) {
    let inspected = inspected(passed);
    let left = shipped.values().try_fold(Decimal::ZERO, |sum, (qty, _)| sum.checked_add(*qty));
    let one_unit = case.facts.goods.unit.is_some();
    let Some(((inspected, left), (_, path))) = inspected
        .zip(left)
        .filter(|(inspected, left)| one_unit && inspected < left)
        .zip(shipped.values().next())
    else {
        return;
    };
    let Some((last, _)) = passed.last() else { return };
    say(case, None, (inspected, *last, "lot"), (left, path), out);
}

fn say(
    case: &Case<'_>,
    key: Option<&str>,
    (inspected, last, field): (Decimal, usize, &str),
    (qty, path): (Decimal, &str),
    out: &mut Sink<'_>,
) {
    let apart = figures::number(figures::apart(qty, inspected));
    let (inspected, qty) = (figures::number(inspected), figures::number(qty));
    let who = key.map_or_else(|| bi!("货", "the goods"), |key| bi!("{key} ", "{key}"));
    out.report(bi!(
        "{who}终检了 {inspected}，装运了 {qty}，有 {apart} 没验",
        "{who}: {inspected} inspected, {qty} shipped, {apart} not inspected"; who
    ))
    .at(case.order.origin.place(&format!("inspections[{last}].{field}")), bi!("终检批量 {inspected}", "lot {inspected}"))
    .at(case.order.origin.place(path), bi!("装运 {qty}", "shipped {qty}"))
    .values([inspected, qty])
    .help(bi!(
        "先看批量有没有抄错、是不是还有一份终检没登记；真有没验的，补验，或请客户书面同意后登记 [[approvals]]",
        "see first whether the lot was copied wrongly or another inspection is not recorded; if some were not inspected, inspect them, or record the customer's written consent under [[approvals]]"
    ));
}
