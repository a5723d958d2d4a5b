//! What the order and the credit ask.

use super::{Cell, Field, Scene, Value, containers};
use crate::derive::credit::Credit;
use crate::derive::papers::Set;
use crate::model::order::Shipment;
use crate::model::value::Currency;
use crate::model::value::Tolerance;
use rust_decimal::Decimal;

/// What the order says of a field, for the shipment of a set.
pub(super) fn order(scene: &Scene<'_, '_>, set: &Set<'_>, field: Field) -> Option<Cell> {
    let order = scene.order;
    let shipment = shipment(scene, set);
    // Figures of the contract are those of all its goods.
    let all = set.whole || scene.sets.len() == 1;
    let goods = &scene.facts.goods;
    let figure = |value: Option<Decimal>, path: &str| {
        value.filter(|_| all).map(|value| Cell::new(Value::Figure(value, None), path))
    };
    let text = |value: Option<&str>, path: &str| Some(Cell::new(Value::Text(value?.to_owned()), path));
    match field {
        Field::Buyer => {
            let id = order.customer.as_deref()?;
            let party = scene.book.party(crate::model::party::PartyKind::Customer, id)?;
            text(party.name.as_deref(), "customer")
        }
        Field::Quantity => {
            let unit = goods.unit.clone();
            let own = part(scene, set).filter(|_| !all);
            let value = own.or(goods.qty.filter(|_| all))?;
            Some(Cell::new(Value::Figure(value, unit), "items").within(order.tolerance))
        }
        Field::Packages => figure(goods.packages, "items"),
        Field::Gross => figure(goods.gross_kg, "items"),
        Field::Net => figure(goods.net_kg, "items"),
        Field::Volume => figure(goods.cbm, "items"),
        Field::Amount => {
            let value = goods.total.filter(|_| all)?;
            Some(Cell::new(Value::Amount(value, goods.currency), "items").within(order.tolerance))
        }
        Field::Term => text(order.incoterm.as_ref().map(|t| t.text.as_str()), "incoterm"),
        Field::From => {
            let own = shipment.and_then(|(i, s)| text(s.from.as_deref(), &format!("shipments[{i}].from")));
            own.or_else(|| text(order.from.as_deref(), "from"))
        }
        Field::To => {
            let own = shipment.and_then(|(i, s)| text(s.to.as_deref(), &format!("shipments[{i}].to")));
            own.or_else(|| text(order.to.as_deref(), "to"))
        }
        Field::Vessel => {
            let (i, s) = shipment?;
            let named = format!("{} {}", s.vessel.as_deref()?, s.voyage.as_deref().unwrap_or_default());
            text(Some(named.trim()), &format!("shipments[{i}].vessel"))
        }
        Field::Shipped => order.ship_by.map(|day| Cell::new(Value::Until(day), "ship_by")),
        Field::Marks => {
            (!order.marks.is_empty()).then(|| Cell::new(Value::Lines(order.marks.clone()), "marks"))
        }
        Field::Containers => {
            let (i, s) = shipment?;
            Some(Cell::new(containers(&s.containers)?, format!("shipments[{i}].containers")))
        }
        Field::Hs => {
            let mut codes: Vec<String> = order.items.iter().filter_map(|i| i.hs.clone()).collect();
            codes.sort_unstable();
            codes.dedup();
            (!codes.is_empty()).then(|| Cell::new(Value::Lines(codes), "items"))
        }
        Field::Contract => {
            let docs = &order.docs;
            let contract = docs.contract.iter().enumerate().map(|(i, c)| ("contract", i, &c.paper));
            let proforma = docs.proforma.iter().enumerate().map(|(i, c)| ("proforma", i, &c.paper));
            let (key, i, paper) = contract.chain(proforma).rfind(|(_, _, p)| p.is_current())?;
            text(paper.number.as_deref(), &format!("{key}[{i}].number"))
        }
        Field::Po => text(order.po.as_deref(), "po"),
        Field::Consignee
        | Field::Notify
        | Field::Claim
        | Field::Insured
        | Field::Goods
        | Field::Credit
        | Field::Invoice => None,
    }
}

/// The shipment of a set.
fn shipment<'s>(scene: &'s Scene<'_, '_>, set: &Set<'_>) -> Option<(usize, &'s Shipment)> {
    let all = &scene.order.shipments;
    let found = match set.shipment {
        _ if set.whole => None,
        Some(id) => all.iter().position(|s| s.id.as_deref() == Some(id)),
        None => None,
    };
    let only = (all.len() == 1 && !set.whole).then_some(0);
    let index = found.or(only)?;
    Some((index, all.get(index)?))
}

/// How much of the goods a shipment carries, where its items are of one unit.
fn part(scene: &Scene<'_, '_>, set: &Set<'_>) -> Option<Decimal> {
    scene.facts.goods.unit.as_ref()?;
    let fact = scene.facts.shipments.iter().find(|s| Some(s.id.as_str()) == set.shipment)?;
    let (index, _) = shipment(scene, set)?;
    // A shipment that does not say what it carries would seem to carry all of it.
    scene.order.shipments.get(index).filter(|s| !s.items.is_empty())?;
    fact.items.values().try_fold(Decimal::ZERO, |sum, qty| sum.checked_add(*qty))
}

/// What the credit asks, as amended and accepted.
pub(super) fn credit(credit: &Credit<'_>, field: Field) -> Option<Cell> {
    let text = |said: Option<&crate::derive::credit::Said<&str>>| {
        said.map(|s| Cell::new(Value::Text(s.value.to_owned()), s.source.path()))
    };
    // What 46A says of the bill of lading, or of the air waybill in its place.
    let transport = || ["bl", "awb", "waybill"].into_iter().find_map(|kind| credit.asked(kind).next());
    let asked = |get: fn(&crate::model::document::Required) -> Option<&str>, key: &str| {
        let said = transport()?;
        let path = format!("{}.{key}", said.source.path());
        Some(Cell::new(Value::Text(get(said.value)?.to_owned()), path))
    };
    match field {
        Field::Buyer => text(credit.applicant.as_ref()),
        Field::Consignee => asked(|r| r.consignee.as_deref(), "consignee"),
        Field::Notify => asked(|r| r.notify.as_deref(), "notify"),
        Field::Quantity => quantity(credit),
        Field::Amount => {
            let said = credit.amount.as_ref()?;
            let currency = said.value.currency.or(credit.money());
            let tolerance = credit.tolerance.as_ref().map(|t| t.value);
            Some(Cell::new(Value::Amount(said.value.value, currency), said.source.path()).within(tolerance))
        }
        Field::Insured => {
            let said = credit.asked("insurance").next()?;
            let percent = said.value.percent?;
            Some(Cell::new(Value::Text(format!("≥ {percent}")), format!("{}.percent", said.source.path())))
        }
        Field::Term => {
            let (term, source) = credit.trade_term()?;
            Some(Cell::new(Value::Text(term.with_year()), source.path()))
        }
        Field::Goods => {
            let paths = credit.goods.iter().map(|g| g.source.path()).collect();
            Some(Cell { value: Value::Text(credit.goods_text()?), tolerance: None, paths })
        }
        Field::From => text(credit.from.as_ref()),
        Field::To => text(credit.to.as_ref()),
        Field::Shipped => {
            credit.latest_shipment.as_ref().map(|s| Cell::new(Value::Until(s.value), s.source.path()))
        }
        Field::Credit => {
            let number = credit.lc.paper.number.as_ref()?;
            Some(Cell::new(Value::Text(number.clone()), credit.path("number")))
        }
        _ => None,
    }
}

fn quantity(credit: &Credit<'_>) -> Option<Cell> {
    let (first, rest) = credit.items.split_first()?;
    let alike =
        rest.iter().all(|i| i.value.unit == first.value.unit && i.value.tolerance == first.value.tolerance);
    let sum = credit.items.iter().try_fold(Decimal::ZERO, |sum, i| sum.checked_add(i.value.qty?))?;
    let tolerance: Option<Tolerance> = first.value.tolerance;
    let paths = credit.items.iter().map(|i| i.source.path()).collect();
    let value = Value::Figure(sum, first.value.unit.clone());
    alike.then_some(Cell { value, tolerance, paths })
}

/// What a paper of a kind usually prints, and so would be there if the paper were.
pub(super) fn is_usual(kind: &str, field: Field) -> bool {
    match kind {
        "invoice" => matches!(field, Field::Buyer | Field::Quantity | Field::Amount | Field::Term),
        "packing" => matches!(field, Field::Packages | Field::Gross | Field::Net),
        "bl" | "awb" | "waybill" => {
            matches!(
                field,
                Field::Consignee | Field::Packages | Field::Gross | Field::From | Field::To | Field::Shipped
            )
        }
        "insurance" => matches!(field, Field::Insured | Field::From | Field::To),
        "origin" => matches!(field, Field::Consignee | Field::Packages | Field::Invoice),
        "draft" => field == Field::Claim,
        _ => false,
    }
}

/// 46A asks for a field on a paper of this kind.
pub(super) fn asks(credit: &Credit<'_>, kind: &str, field: Field) -> bool {
    credit.asked(kind).any(|said| match field {
        Field::Consignee => said.value.consignee.is_some(),
        Field::Notify => said.value.notify.is_some(),
        _ => false,
    })
}

/// The currency that a paper prints, else the order's.
pub(super) fn currency(printed: Option<&str>, own: Option<Currency>) -> Option<Currency> {
    printed.map_or(own, Currency::parse)
}
