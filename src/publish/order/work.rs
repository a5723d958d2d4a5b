//! What happens to the goods: production, issues, inspections, shipments, and what the customer says afterwards.

use chrono::NaiveDate;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::goods::percent;
use super::show::{Sheet, amount, day_text, file};
use crate::derive::production::expected;
use crate::derive::sailing;
use crate::derive::shipment::complete;
use crate::derive::{OrderFacts, ShipmentFact, StageState};
use crate::model::Order;
use crate::model::document::Release;
use crate::model::order::{self, InspectionResult};
use crate::model::party::PartyKind;
use crate::model::stage::{Milestone, StageKey};
use crate::model::value::aql::{self, Aql};
use crate::model::value::{ContainerError, ContainerNumber};
use crate::publish::ctx::Ctx;
use crate::publish::shipments::{cutoff_state, moment};
use crate::publish::state::late_text;
use crate::say;
use crate::site::view::{
    Complaint, Container, CutOff, Feedback, Inspection, Issue, Link, Mark, Production, Progress, Shipment,
};

/// Production; nothing before it was planned with a factory or reported on.
pub(super) fn production(ctx: &Ctx<'_>, order: &Order, facts: &OrderFacts) -> Option<Production> {
    if !is_made(order, facts) {
        return None;
    }
    let wanted = facts.goods.pieces();
    let finished = facts.progress.is_done(Milestone::Produced);
    let done = facts.progress.produced.map(|(done, _)| done);
    let (state, share) =
        (stage_state(facts, StageKey::Produce), done.zip(wanted).map(|(d, w)| percent(d, w)));
    let mut sheet = Sheet::new(ctx);
    let due = order.purchases.iter().filter_map(|p| p.due).max();
    sheet.day(("要求完工", "Due"), due);
    let fact = facts.progress.milestone(Milestone::Produced);
    let late = due.zip(fact.expected()).map(|(due, day)| (day - due).num_days()).filter(|days| *days > 0);
    let late = late.map(|days| late_text(ctx, days));
    let with_late = |day: NaiveDate| {
        let day = ctx.day(day).text;
        late.as_ref().map_or(day.clone(), |late| say!(ctx, "{day}（{late}）", "{day} ({late})"))
    };
    match &fact.actual {
        Some(actual) => sheet.put(("完工", "Finished"), actual.date.map(with_late).unwrap_or_default()),
        None => sheet.put(("预计完工", "Expected"), fact.forecast.map(with_late).unwrap_or_default()),
    }
    for purchase in &order.purchases {
        sheet.text(("单号", "Order to factory"), purchase.number.as_ref());
    }
    Some(Production {
        factory: factory(ctx, order),
        // Nothing reported is not nothing made: no figure before the first report.
        done: done.map(|n| ctx.number(n)).unwrap_or_default(),
        reported: done.is_some() || finished,
        quantity: quantity(ctx, facts),
        percent: share.unwrap_or(if finished { 100 } else { 0 }),
        expected_percent: expected(facts, ctx.as_of()).filter(|_| !finished && !facts.is_cancelled()),
        mark: match state {
            _ if finished => Mark::Done,
            StageState::Late => Mark::Late,
            StageState::NotYet => Mark::Todo,
            _ => Mark::Open,
        },
        facts: sheet.fields,
        reports: reports(ctx, order, wanted),
    })
}

fn quantity(ctx: &Ctx<'_>, facts: &OrderFacts) -> String {
    let pieces = facts.goods.pieces().map(|n| ctx.number(n)).unwrap_or_default();
    match &facts.goods.unit {
        Some(unit) => format!("{pieces} {unit}"),
        None => pieces,
    }
}

fn stage_state(facts: &OrderFacts, key: StageKey) -> StageState {
    facts.progress.stage(key).map_or(StageState::NotYet, |s| s.state)
}

fn factory(ctx: &Ctx<'_>, order: &Order) -> Link {
    let ordered = order.purchases.iter().find_map(|p| p.to.as_deref());
    let bought = || order.items.iter().find_map(|i| i.buy.as_deref()?.from.as_deref());
    ordered.or_else(bought).map(|id| ctx.party(PartyKind::Supplier, id)).unwrap_or_default()
}

fn reports(ctx: &Ctx<'_>, order: &Order, wanted: Option<Decimal>) -> Vec<Progress> {
    let mut reports: Vec<&order::Progress> =
        order.progress.iter().filter(|p| p.date.is_some_and(|day| ctx.known(Some(day)))).collect();
    reports.sort_by_key(|p| p.date);
    let row = |report: &&order::Progress| {
        let note =
            [report.sku.clone(), report.note.clone()].into_iter().flatten().collect::<Vec<_>>().join("：");
        Some(Progress {
            day: ctx.day(report.date?),
            done: report.done.map(|n| ctx.number(n)).unwrap_or_default(),
            percent: report.done.zip(wanted).map_or(0, |(done, wanted)| percent(done, wanted)),
            note,
        })
    };
    reports.iter().filter_map(row).collect()
}

/// Issues, open ones first, then newest first.
pub(super) fn issues(ctx: &Ctx<'_>, order: &Order) -> Vec<Issue> {
    let closed = |i: &order::Issue| i.closed.filter(|day| *day <= ctx.as_of());
    let mut issues: Vec<&order::Issue> = order.issues.iter().filter(|i| ctx.known(i.opened)).collect();
    issues.sort_by_key(|i| (closed(i).is_some(), std::cmp::Reverse(i.opened)));
    let row = |issue: &order::Issue| Issue {
        opened: issue.opened.map(|d| ctx.day(d)).unwrap_or_default(),
        kind: issue.kind.map(|k| ctx.word(k.title()).to_owned()).unwrap_or_default(),
        what: issue.what.clone().unwrap_or_default(),
        action: issue.action.clone().unwrap_or_default(),
        owner: issue.owner.as_deref().map(|id| ctx.person(id)).unwrap_or_default(),
        told: issue.told.filter(|day| *day <= ctx.as_of()).map(|d| ctx.day(d)),
        closed: closed(issue).map(|d| ctx.day(d)),
    };
    issues.into_iter().map(row).collect()
}

/// Inspections, newest last.
pub(super) fn inspections(ctx: &Ctx<'_>, order: &Order) -> Vec<Inspection> {
    // An inspection that is arranged has no result yet and may lie ahead.
    let mut all: Vec<&order::Inspection> =
        order.inspections.iter().filter(|i| ctx.known(i.date) || i.result.is_none()).collect();
    all.sort_by_key(|i| i.date);
    all.into_iter().map(|i| inspection(ctx, order, i)).collect()
}

/// Goods from stock are not made: nothing to show but what somebody reported all the same.
fn is_made(order: &Order, facts: &OrderFacts) -> bool {
    let made = stage_state(facts, StageKey::Produce) != StageState::Skipped && !order.purchases.is_empty();
    made || !order.progress.is_empty()
}

/// Where the page of an order tells of production; nothing where it has no such part.
#[must_use]
pub fn production_part(ctx: &Ctx<'_>, order: &Order, facts: &OrderFacts) -> &'static str {
    let told = is_made(order, facts) || order.issues.iter().any(|issue| ctx.known(issue.opened));
    if told { "#production" } else { "" }
}

/// Where the page of an order tells of inspections; nothing where it has no such part.
#[must_use]
pub fn inspection_part(ctx: &Ctx<'_>, order: &Order) -> &'static str {
    let told = order.inspections.iter().any(|i| ctx.known(i.date) || i.result.is_none());
    if told { "#inspections" } else { "" }
}

/// One inspection with its arithmetic.
pub fn inspection(ctx: &Ctx<'_>, order: &Order, record: &order::Inspection) -> Inspection {
    let limits = record.aql.as_deref();
    let found = record.found.as_deref();
    let lot = record.lot.and_then(|n| n.to_u32());
    let compare = |found: Option<Decimal>, limit: Option<Decimal>| {
        let accept =
            lot.zip(limit.and_then(Aql::of)).and_then(|(lot, aql)| aql::plan(lot, aql)).map(|p| p.accept);
        match (found, accept) {
            (Some(found), Some(accept)) => format!("{} / {accept}", found.normalize()),
            (Some(found), None) => found.normalize().to_string(),
            (None, Some(accept)) => format!("– / {accept}"),
            (None, None) => String::new(),
        }
    };
    // No critical defect is ever accepted, whatever the lot.
    let critical =
        found.and_then(|f| f.critical).map(|n| format!("{} / 0", n.normalize())).unwrap_or_default();
    Inspection {
        day: record.date.map(|d| ctx.day(d)).unwrap_or_default(),
        stage: record.stage.map(|s| ctx.word(s.title()).to_owned()).unwrap_or_default(),
        by: record.by.clone().unwrap_or_default(),
        level: level(record),
        lot: record.lot.map(|n| ctx.number(n)).unwrap_or_default(),
        sample: record.sample.map(|n| ctx.number(n)).unwrap_or_default(),
        critical,
        major: compare(found.and_then(|f| f.major), limits.and_then(|l| l.major)),
        minor: compare(found.and_then(|f| f.minor), limits.and_then(|l| l.minor)),
        result: record.result.map(|r| ctx.word(r.title()).to_owned()).unwrap_or_default(),
        mark: match record.result {
            Some(InspectionResult::Pass) => Mark::Done,
            Some(InspectionResult::Fail) => Mark::Late,
            Some(InspectionResult::Pending) | None => Mark::Open,
        },
        file: file(ctx, order, record.file.as_ref()),
        note: inspection_note(ctx, record),
    }
}

fn level(record: &order::Inspection) -> String {
    let level = record.level.as_deref().unwrap_or("II");
    let Some(limits) = record.aql.as_deref() else { return level.to_owned() };
    let limit = |n: Option<Decimal>| n.map_or_else(|| "–".to_owned(), |n| n.to_string());
    format!("{level} · {} / {} / {}", limit(limits.critical), limit(limits.major), limit(limits.minor))
}

fn inspection_note(ctx: &Ctx<'_>, record: &order::Inspection) -> String {
    let mut parts: Vec<String> = record.note.iter().cloned().collect();
    if let Some(action) = record.corrective.as_deref() {
        let what = action.action.as_deref().or(action.cause.as_deref()).unwrap_or_default();
        let (due, closed) = (day_text(ctx, action.due), day_text(ctx, action.closed));
        parts.push(match (action.closed.is_some(), action.due.is_some()) {
            (true, _) => say!(ctx, "整改：{what}，{closed} 完成", "corrective action: {what}, done {closed}"),
            (false, true) => say!(ctx, "整改：{what}，到期 {due}", "corrective action: {what}, due {due}"),
            (false, false) => say!(ctx, "整改：{what}，没定期限", "corrective action: {what}, no due date"),
        });
    }
    parts.join(ctx.word(("；", "; ")))
}

/// Shipments, in the order of the record.
pub(super) fn shipments(ctx: &Ctx<'_>, order: &Order, facts: &OrderFacts) -> Vec<Shipment> {
    let several = order.shipments.len() > 1;
    order
        .shipments
        .iter()
        .zip(&facts.shipments)
        .map(|(record, fact)| shipment(ctx, order, facts, record, fact, several))
        .collect()
}

fn shipment(
    ctx: &Ctx<'_>,
    order: &Order,
    facts: &OrderFacts,
    record: &order::Shipment,
    fact: &ShipmentFact,
    several: bool,
) -> Shipment {
    let vessel = [record.vessel.as_deref(), record.voyage.as_deref()];
    let vessel = vessel.into_iter().flatten().collect::<Vec<_>>().join(" ");
    let mode = record.mode.or(order.mode).map(|m| ctx.word(m.name()).to_owned());
    Shipment {
        id: if several { fact.id.clone() } else { String::new() },
        vessel: if vessel.is_empty() { mode.unwrap_or_default() } else { vessel },
        route: route(record.from.as_ref().or(order.from.as_ref()), record.to.as_ref().or(order.to.as_ref())),
        facts: shipment_facts(ctx, order, record, fact),
        cutoffs: cutoffs(ctx, order, facts, fact),
        containers: record.containers.iter().map(|c| container(ctx, c)).collect(),
        mark: match (fact.shipped, record.etd) {
            (Some(_), _) => Mark::Done,
            (None, Some(etd)) if etd < ctx.as_of() => Mark::Late,
            (None, _) if facts.progress.reached(StageKey::Book) => Mark::Open,
            (None, _) => Mark::Todo,
        },
        note: shipment_note(ctx, order, facts, record),
    }
}

/// `Ningbo → Hamburg`.
pub(super) fn route(from: Option<&String>, to: Option<&String>) -> String {
    let ends: Vec<&str> = [from, to].into_iter().flatten().map(String::as_str).collect();
    ends.join(" → ")
}

fn shipment_facts(
    ctx: &Ctx<'_>,
    order: &Order,
    record: &order::Shipment,
    fact: &ShipmentFact,
) -> Vec<crate::site::view::Field> {
    let mut sheet = Sheet::new(ctx);
    if let Some(id) = record.forwarder.as_deref() {
        sheet.link(("货代", "Forwarder"), ctx.party(PartyKind::Forwarder, id));
    }
    sheet.text(("订舱号", "Booking"), record.booking.as_ref());
    match fact.shipped {
        Some(_) => sheet.day(("装运", "Shipped"), fact.shipped),
        None => {
            sheet.day(("计划装运", "Planned"), record.planned);
            sheet.day(("预计开船 ETD", "ETD"), record.etd);
        }
    }
    match record.arrived {
        Some(_) => sheet.day(("到港", "Arrived"), record.arrived),
        None => sheet.day(("预计到港 ETA", "ETA"), record.eta),
    }
    sheet.day(("交货", "Delivered"), record.delivered);
    sheet.day(("目的港放货", "Released at destination"), record.released);
    sheet.day(("装柜", "Loaded"), record.loaded.or(record.loading));
    if !record.items.is_empty() {
        let items = record.items.iter().map(|item| {
            let key = item.sku.as_deref().or(item.name.as_deref()).unwrap_or_default();
            let qty = item.qty.map(|n| ctx.number(n)).unwrap_or_default();
            format!("{key} × {qty}")
        });
        sheet.put(("货物", "Goods"), items.collect::<Vec<_>>().join("；"));
    }
    sheet.put(("放货方式", "Release"), release(ctx, order, fact));
    sheet.fields
}

/// How many originals the bill of lading has, or how goods are handed out without them.
fn release(ctx: &Ctx<'_>, order: &Order, fact: &ShipmentFact) -> String {
    let bl = order.docs.bl.iter().find(|bl| bl.paper.is_current() && bl.paper.number == fact.document);
    let Some(bl) = bl.filter(|bl| bl.paper.number.is_some()) else { return String::new() };
    match (bl.release, bl.paper.originals) {
        (Some(Release::Original), Some(n)) => say!(ctx, "正本 {n} 份", "{n} originals"),
        (Some(release), _) => ctx.word(release.title()).to_owned(),
        (None, _) => String::new(),
    }
}

fn shipment_note(ctx: &Ctx<'_>, order: &Order, facts: &OrderFacts, record: &order::Shipment) -> String {
    let mut parts = Vec::new();
    if let (Some(first), n) = (record.rolled.first(), record.rolled.len()) {
        let day = day_text(ctx, first.from);
        parts.push(say!(ctx, "甩柜 {n} 次，原船期 {day}", "rolled {n} times, first planned {day}"));
    }
    if record.last == Some(true) && !complete(order, &facts.goods, &facts.shipments) {
        parts.push(say!(ctx, "最后一批", "last shipment"));
    }
    parts.extend(record.note.clone());
    parts.join(ctx.word(("；", "; ")))
}

fn cutoffs(ctx: &Ctx<'_>, order: &Order, facts: &OrderFacts, fact: &ShipmentFact) -> Vec<CutOff> {
    let at = facts.shipments.iter().position(|s| s.index == fact.index).unwrap_or_default();
    sailing::cutoffs(order, facts, at, ctx.as_of())
        .iter()
        .map(|cutoff| {
            let (mark, note) = cutoff_state(ctx, cutoff);
            let label = ctx.word(cutoff.cutoff.title()).to_owned();
            CutOff { label, at: moment(ctx, cutoff.at), mark, note }
        })
        .collect()
}

/// A container with the verdict on its number's check digit.
pub(super) fn container(ctx: &Ctx<'_>, record: &order::Container) -> Container {
    let number = record.number.clone().unwrap_or_default();
    let check = match ContainerNumber::parse(&number) {
        Ok(_) => Mark::Done,
        Err(ContainerError::Shape) => Mark::Na,
        Err(_) => Mark::Late,
    };
    let figure = |value: Option<Decimal>| value.map(|n| ctx.number(n)).unwrap_or_default();
    Container {
        number,
        kind: record.r#type.clone().unwrap_or_default(),
        seal: record.seal.clone().unwrap_or_default(),
        packages: figure(record.packages),
        gross_kg: figure(record.gross_kg),
        vgm_kg: figure(record.vgm_kg),
        check,
    }
}

/// Feedback and complaints; nothing before there are any.
pub(super) fn feedback(ctx: &Ctx<'_>, order: &Order, facts: &OrderFacts) -> Option<Feedback> {
    let said = order.feedback.as_deref();
    if said.is_none() && order.complaints.is_empty() {
        return None;
    }
    let mut complaints: Vec<&order::Complaint> =
        order.complaints.iter().filter(|c| ctx.known(c.opened)).collect();
    complaints.sort_by_key(|c| (c.closed.is_some_and(|day| day <= ctx.as_of()), std::cmp::Reverse(c.opened)));
    let score = said.and_then(|s| s.score).and_then(|n| n.trunc().to_u8()).filter(|n| (1..=5).contains(n));
    Some(Feedback {
        asked: said.and_then(|s| s.asked).filter(|day| *day <= ctx.as_of()).map(|d| ctx.day(d)),
        score: score.unwrap_or(0),
        text: said.and_then(|s| s.text.clone()).unwrap_or_default(),
        complaints: complaints.into_iter().map(|c| complaint(ctx, facts, c)).collect(),
    })
}

fn complaint(ctx: &Ctx<'_>, facts: &OrderFacts, record: &order::Complaint) -> Complaint {
    let currency = facts.goods.currency;
    let open = record.opened.map(|day| (ctx.as_of() - day).num_days()).filter(|n| *n >= 0);
    let accepted = record.accepted.as_ref().map(|a| amount(ctx, a, currency));
    let decision = [record.decision.clone(), accepted.map(|a| say!(ctx, "认可 {a}", "accepted {a}"))];
    Complaint {
        opened: record.opened.map(|d| ctx.day(d)).unwrap_or_default(),
        kind: record.kind.map(|k| ctx.word(k.title()).to_owned()).unwrap_or_default(),
        what: record.what.clone().unwrap_or_default(),
        claimed: record.claimed.as_ref().map(|a| amount(ctx, a, currency)).unwrap_or_default(),
        decision: decision.into_iter().flatten().collect::<Vec<_>>().join(ctx.word(("，", ", "))),
        settled: record.settled.clone().unwrap_or_default(),
        corrective: record.corrective.clone().unwrap_or_default(),
        closed: record.closed.filter(|day| *day <= ctx.as_of()).map(|d| ctx.day(d)),
        note: open.map(|days| say!(ctx, "开了 {days} 天", "open for {days} days")).unwrap_or_default(),
    }
}
