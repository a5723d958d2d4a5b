//! `ref-unknown`: a reference to something that is not recorded.

use super::super::prelude::*;
use super::super::{papers, references};
use crate::check::finding::Place;
use crate::derive::OrderFacts;
use crate::model::Order;
use crate::model::party::PartyKind;
use crate::model::value::near::did_you_mean;
use crate::text::StaticBi;

/// The rule.
pub static RULE: Rule = Rule {
    name: "ref-unknown",
    group: Group::Validity,
    class: Class::Record,
    severity: Severity::Error,
    opt_in: false,
    since: "0.1.0",
    source: ("公司规定", "house rule"),
    title: ("引用的东西不存在", "reference to nothing"),
    docs: Docs {
        checks: (
            "订单里的客户、供应商、货代、批次、货号，单据的 replaced_by、again、交单里的单据号，投诉号、账单号都有登记；人员编号在 people.toml 里（没有是警告）。",
            "Customers, suppliers, forwarders, shipments and items that an order names, `replaced_by`, `again`, papers of a presentation, complaints and bills are all recorded; people are in people.toml (else a warning).",
        ),
        why: (
            "写错一个字母，这条记录就挂不到它该挂的地方，网站和合计都会漏。",
            "One wrong letter and the record does not count where it should: pages and totals miss it.",
        ),
        fix: (
            "改成登记过的名字，或补登记那个往来单位、批次、单据。",
            "Write the name that is on record, or record what is missing.",
        ),
    },
    example: example!("ref-unknown"),
    scope: Scope::Book(check),
};

fn check(facts: &Facts<'_>, out: &mut Sink<'_>) {
    for (id, person) in &facts.book.people {
        if let Some(name) = person.reports_to.as_deref().filter(|name| !facts.book.people.contains_key(*name)) {
            let place = facts.book.people_origin.place(&format!("\"{id}\".reports_to"));
            unknown(&Missing { subject: Subject::Root, kind: PERSON, name, place, weak: true }, people(facts), out);
        }
    }
    for (order, own) in facts.each() {
        parties(facts, order, out);
        persons(facts, order, out);
        shipments(order, own, out);
        items(order, own, out);
        documents(order, out);
        accounts(order, out);
    }
}

const PERSON: StaticBi = ("人员", "person");

/// A name that stands for nothing.
struct Missing<'a> {
    subject: Subject,
    kind: StaticBi,
    name: &'a str,
    place: Place,
    /// A warning only.
    weak: bool,
}

fn unknown<'c>(missing: &Missing<'_>, candidates: impl Iterator<Item = &'c str> + Clone, out: &mut Sink<'_>) {
    let ((zh, en), name) = (missing.kind, missing.name);
    let meant = did_you_mean(name, candidates.clone());
    let help = match (meant, candidates.clone().count()) {
        (Some(meant), _) => bi!("是不是 {meant}？", "did you mean {meant}?"),
        (None, 0) => bi!("还没有登记任何{zh}；先登记，再引用", "no {en} is recorded yet; record it first"),
        (None, _) => {
            let few: Vec<&str> = candidates.take(8).collect();
            let few = few.join(" ");
            bi!("登记了的有：{few}", "on record: {few}")
        }
    };
    let finding = out
        .report_on(missing.subject.clone(), bi!("{zh}“{name}”没有登记", "{en} `{name}` is not on record"))
        .at(missing.place.clone(), bi!("没有登记", "not on record"))
        .values([name])
        .help(help);
    if let Some(meant) = meant {
        finding.edit(missing.place.clone(), format!("\"{}\"", meant.replace('\\', "\\\\").replace('"', "\\\"")));
    }
    if missing.weak {
        finding.severity(Severity::Warning);
    }
}

fn people<'a>(facts: &Facts<'a>) -> impl Iterator<Item = &'a str> + Clone {
    facts.book.people.keys().map(String::as_str)
}

fn subject(order: &Order) -> Subject {
    Subject::Order(std::sync::Arc::clone(&order.id))
}

fn parties(facts: &Facts<'_>, order: &Order, out: &mut Sink<'_>) {
    let mut look = |kind: PartyKind, name: Option<&str>, path: &dyn Fn() -> String| {
        let Some(name) = name else { return };
        if facts.book.party(kind, name).is_some() {
            return;
        }
        let missing = Missing { subject: subject(order), kind: kind.title(), name, place: order.origin.place(&path()), weak: false };
        let known = facts.book.parties.keys().filter(|(k, _)| *k == kind).map(|(_, id)| &**id);
        unknown(&missing, known, out);
    };
    look(PartyKind::Customer, order.customer.as_deref(), &|| "customer".to_owned());
    for (i, item) in order.items.iter().enumerate() {
        look(PartyKind::Supplier, item.buy.as_deref().and_then(|b| b.from.as_deref()), &|| format!("items[{i}].buy.from"));
    }
    for (i, shipment) in order.shipments.iter().enumerate() {
        look(PartyKind::Forwarder, shipment.forwarder.as_deref(), &|| format!("shipments[{i}].forwarder"));
    }
}

/// People are named by id. Without a people.toml names are free.
fn persons(facts: &Facts<'_>, order: &Order, out: &mut Sink<'_>) {
    if facts.book.people.is_empty() {
        return;
    }
    references::people(order, &mut |name, path| {
        if !facts.book.people.contains_key(name) {
            let missing = Missing { subject: subject(order), kind: PERSON, name, place: order.origin.place(&path()), weak: true };
            unknown(&missing, people(facts), out);
        }
    });
}

fn shipments(order: &Order, own: &OrderFacts, out: &mut Sink<'_>) {
    if order.shipments.is_empty() {
        return;
    }
    let ids = own.shipments.iter().filter(|s| s.index.is_some()).map(|s| s.id.as_str());
    references::shipments(order, &mut |name, path| {
        if !ids.clone().any(|id| id == name) {
            let missing = Missing { subject: subject(order), kind: ("批次", "shipment"), name, place: order.origin.place(&path()), weak: false };
            unknown(&missing, ids.clone(), out);
        }
    });
}

fn items(order: &Order, own: &OrderFacts, out: &mut Sink<'_>) {
    let keys = own.goods.items.iter().map(|i| i.key.as_str());
    references::items(order, &mut |name, path| {
        let named = |i: &crate::model::order::Item| i.sku.as_deref() == Some(name) || i.name.as_deref() == Some(name);
        if !order.items.is_empty() && !order.items.iter().any(named) {
            let missing = Missing { subject: subject(order), kind: ("货号", "item"), name, place: order.origin.place(&path()), weak: false };
            unknown(&missing, keys.clone(), out);
        }
    });
}

fn documents(order: &Order, out: &mut Sink<'_>) {
    for (key, index, paper) in papers::each(order) {
        let Some(name) = paper.replaced_by.as_deref() else { continue };
        let same = papers::each(order).filter(|(k, ..)| *k == key);
        let refs = same.flat_map(|(_, _, p)| p.id.as_deref().into_iter().chain(p.number.as_deref()));
        if !refs.clone().any(|r| r == name) {
            let place = order.origin.place(&format!("{key}[{index}].replaced_by"));
            let missing = Missing { subject: subject(order), kind: papers::title(key), name, place, weak: false };
            unknown(&missing, refs, out);
        }
    }
    let given = order.docs.presentation.iter().filter_map(|p| p.id.as_deref());
    for (index, presentation) in order.docs.presentation.iter().enumerate() {
        if let Some(name) = presentation.again.as_deref().filter(|name| !given.clone().any(|id| id == *name)) {
            let place = order.origin.place(&format!("presentation[{index}].again"));
            let missing = Missing { subject: subject(order), kind: ("交单", "presentation"), name, place, weak: false };
            unknown(&missing, given.clone(), out);
        }
        presented(order, index, out);
    }
}

/// Papers of a presentation are named by id or number.
fn presented(order: &Order, index: usize, out: &mut Sink<'_>) {
    let Some(presentation) = order.docs.presentation.get(index) else { return };
    let all = papers::each(order)
        .flat_map(|(_, _, p)| p.id.as_deref().into_iter().chain(p.number.as_deref()))
        .chain(order.docs.insurance.iter().filter_map(|i| i.policy.as_deref()))
        .chain(order.docs.papers.iter().filter_map(|p| p.number.as_deref()));
    for (row, paper) in presentation.documents.iter().enumerate() {
        if let Some(name) = paper.r#ref.as_deref().filter(|name| !all.clone().any(|r| r == *name)) {
            let place = order.origin.place(&format!("presentation[{index}].documents[{row}].ref"));
            let missing = Missing { subject: subject(order), kind: ("单据", "document"), name, place, weak: false };
            unknown(&missing, all.clone(), out);
        }
    }
}

fn accounts(order: &Order, out: &mut Sink<'_>) {
    let complaints = order.complaints.iter().filter_map(|c| c.number.as_deref());
    for (i, credit) in order.credits.iter().enumerate() {
        if let Some(name) = credit.complaint.as_deref().filter(|name| !complaints.clone().any(|c| c == *name)) {
            let place = order.origin.place(&format!("credits[{i}].complaint"));
            unknown(&Missing { subject: subject(order), kind: ("投诉", "complaint"), name, place, weak: false }, complaints.clone(), out);
        }
    }
    let bills = order.bills.iter().filter_map(|b| b.number.as_deref());
    for (i, payment) in order.paid.iter().enumerate() {
        if let Some(name) = payment.bill.as_deref().filter(|name| !bills.clone().any(|b| b == *name)) {
            let place = order.origin.place(&format!("paid[{i}].bill"));
            unknown(&Missing { subject: subject(order), kind: ("账单", "bill"), name, place, weak: false }, bills.clone(), out);
        }
    }
}
