//! `ref-unknown`: a reference to something that is not recorded.

use super::super::prelude::*;
use crate::check::finding::Place;
use crate::check::shared::{papers, references};
use crate::derive::OrderFacts;
use crate::model::Order;
use crate::model::document::Printed;
use crate::model::money::CreditKind;
use crate::model::party::PartyKind;
use crate::model::value::near::did_you_mean;
use crate::text::StaticBi;
use std::cell::LazyCell;
use std::collections::{BTreeMap, BTreeSet};

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
        if let Some(name) = person.reports_to.as_deref().filter(|name| !facts.book.people.contains_key(*name))
        {
            let place = facts.book.people_origin.place(&format!("\"{id}\".reports_to"));
            unknown(
                &Missing { subject: Subject::Root, kind: PERSON, name, place, weak: true },
                people(facts),
                out,
            );
        }
    }
    for (order, own) in facts.each() {
        parties(facts, order, out);
        persons(facts, order, out);
        shipments(order, own, out);
        items(order, out);
        documents(order, out);
        accounts(order, out);
    }
}

const PERSON: StaticBi = ("人员", "person");

/// The longest name for which a near one is looked for.
const LONGEST: usize = 64;
/// How many known names are tried.
const MOST: usize = 200;

/// Names on record, gathered when the first reference asks for them.
type Names<'a, F> = LazyCell<BTreeSet<&'a str>, F>;

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
    // A name of any length among any number of names: a suggestion must not cost more than reading the file.
    let meant = if name.len() > LONGEST { None } else { did_you_mean(name, candidates.clone().take(MOST)) };
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
        finding
            .edit(missing.place.clone(), format!("\"{}\"", meant.replace('\\', "\\\\").replace('"', "\\\"")));
    }
    if missing.weak {
        finding.severity(Severity::Warning);
    }
}

fn itself<'c>(missing: &Missing<'_>, others: impl Iterator<Item = &'c str>, out: &mut Sink<'_>) {
    let ((zh, en), name) = (missing.kind, missing.name);
    let others: Vec<&str> = others.take(8).collect();
    let others = others.join(" ");
    out.report_on(
        missing.subject.clone(),
        bi!("{zh}“{name}”写成被自己替换", "{en} `{name}` is said to be replaced by itself"),
    )
    .at(missing.place.clone(), bi!("自己", "itself"))
    .values([name])
    .help(bi!(
        "写新的那一份的编号（{others}）；没有被替换就删掉这一行",
        "name the new one ({others}), or remove the line if it was not replaced"
    ));
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
        let missing = Missing {
            subject: subject(order),
            kind: kind.title(),
            name,
            place: order.origin.place(&path()),
            weak: false,
        };
        let known = facts.book.parties.keys().filter(|(k, _)| *k == kind).map(|(_, id)| &**id);
        unknown(&missing, known, out);
    };
    look(PartyKind::Customer, order.customer.as_deref(), &|| "customer".to_owned());
    for (i, item) in order.items.iter().enumerate() {
        look(PartyKind::Supplier, item.buy.as_deref().and_then(|b| b.from.as_deref()), &|| {
            format!("items[{i}].buy.from")
        });
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
    // Who approved a write-off is for the rule about write-offs.
    let given_up: LazyCell<BTreeSet<String>, _> = LazyCell::new(|| {
        let all = order.credits.iter().enumerate().filter(|(_, c)| c.kind == Some(CreditKind::WriteOff));
        all.map(|(i, _)| format!("credits[{i}].by")).collect()
    });
    references::people(order, &mut |name, path| {
        if !facts.book.people.contains_key(name) && !given_up.contains(&path()) {
            let missing = Missing {
                subject: subject(order),
                kind: PERSON,
                name,
                place: order.origin.place(&path()),
                weak: true,
            };
            unknown(&missing, people(facts), out);
        }
    });
}

/// Looks a name up among those on record.
fn look<'a, F: FnOnce() -> BTreeSet<&'a str>>(
    order: &Order,
    kind: StaticBi,
    names: &Names<'a, F>,
    name: &str,
    path: &dyn Fn() -> String,
    out: &mut Sink<'_>,
) {
    if !names.contains(name) {
        let place = order.origin.place(&path());
        unknown(
            &Missing { subject: subject(order), kind, name, place, weak: false },
            names.iter().copied(),
            out,
        );
    }
}

fn shipments(order: &Order, own: &OrderFacts, out: &mut Sink<'_>) {
    if order.shipments.is_empty() {
        return;
    }
    let ids =
        LazyCell::new(|| own.shipments.iter().filter(|s| s.index.is_some()).map(|s| s.id.as_str()).collect());
    references::shipments(order, &mut |name, path| look(order, ("批次", "shipment"), &ids, name, path, out));
}

/// Items are named by sku, else by name.
fn items(order: &Order, out: &mut Sink<'_>) {
    if order.items.is_empty() {
        return;
    }
    let keys = LazyCell::new(|| {
        let skus = order.items.iter().filter_map(|i| i.sku.as_deref());
        skus.chain(order.items.iter().filter_map(|i| i.name.as_deref())).collect()
    });
    references::items(order, &mut |name, path| look(order, ("货号", "item"), &keys, name, path, out));
}

fn names(paper: &Printed) -> impl Iterator<Item = &str> {
    paper.id.as_deref().into_iter().chain(paper.number.as_deref())
}

fn documents(order: &Order, out: &mut Sink<'_>) {
    let by_kind = LazyCell::new(|| {
        let mut all: BTreeMap<&str, BTreeMap<&str, BTreeSet<usize>>> = BTreeMap::new();
        for (key, index, paper) in papers::each(order) {
            for name in names(paper) {
                all.entry(key).or_default().entry(name).or_default().insert(index);
            }
        }
        all
    });
    for (key, index, paper) in papers::each(order) {
        let Some(name) = paper.replaced_by.as_deref() else { continue };
        let known = by_kind.get(key);
        // A paper that replaces itself would never be compared with anything again.
        let other = |papers: &BTreeSet<usize>| papers.len() > 1 || !papers.contains(&index);
        if known.and_then(|names| names.get(name)).is_some_and(other) {
            continue;
        }
        let place = order.origin.place(&format!("{key}[{index}].replaced_by"));
        let missing = Missing { subject: subject(order), kind: papers::title(key), name, place, weak: false };
        let others = known.into_iter().flatten().filter(|(_, papers)| other(papers)).map(|(name, _)| *name);
        if names(paper).any(|own| own == name) {
            itself(&missing, others, out);
        } else {
            unknown(&missing, others, out);
        }
    }
    presentations(order, out);
}

/// Presentations name the one they cure, and papers by id or number.
fn presentations(order: &Order, out: &mut Sink<'_>) {
    let list = &order.docs.presentation;
    let given = LazyCell::new(|| list.iter().filter_map(|p| p.id.as_deref()).collect());
    let all = LazyCell::new(|| {
        papers::each(order)
            .flat_map(|(_, _, p)| names(p))
            .chain(order.docs.insurance.iter().filter_map(|i| i.policy.as_deref()))
            .chain(order.docs.papers.iter().filter_map(|p| p.number.as_deref()))
            .collect()
    });
    for (index, presentation) in list.iter().enumerate() {
        if let Some(name) = presentation.again.as_deref() {
            look(
                order,
                ("交单", "presentation"),
                &given,
                name,
                &|| format!("presentation[{index}].again"),
                out,
            );
        }
        for (row, paper) in presentation.documents.iter().enumerate() {
            if let Some(name) = paper.r#ref.as_deref() {
                let path = || format!("presentation[{index}].documents[{row}].ref");
                look(order, ("单据", "document"), &all, name, &path, out);
            }
        }
    }
}

fn accounts(order: &Order, out: &mut Sink<'_>) {
    let complaints = LazyCell::new(|| order.complaints.iter().filter_map(|c| c.number.as_deref()).collect());
    for (i, credit) in order.credits.iter().enumerate() {
        if let Some(name) = credit.complaint.as_deref() {
            look(order, ("投诉", "complaint"), &complaints, name, &|| format!("credits[{i}].complaint"), out);
        }
    }
    let bills = LazyCell::new(|| order.bills.iter().filter_map(|b| b.number.as_deref()).collect());
    for (i, payment) in order.paid.iter().enumerate() {
        if let Some(name) = payment.bill.as_deref() {
            look(order, ("账单", "bill"), &bills, name, &|| format!("paid[{i}].bill"), out);
        }
    }
}
