//! Which papers each step needs, by which clause, and how far each one is. A paper that an open error points at is
//! there and does not do.

use super::documents;
use super::stages::proof_href;
use crate::check::finding::{At, Finding, Severity};
use crate::derive::completeness::{self, CompletenessGate, Giver, Kind, Need, State};
use crate::derive::gates::{self, GateFact, GateState};
use crate::derive::{OrderFacts, StageState};
use crate::model::Order;
use crate::model::stage::Milestone;
use crate::publish::audience::Sees;
use crate::publish::ctx::Ctx;
use crate::publish::finding::anchor_of;
use crate::say;
use crate::site::view::{Link, Mark, PaperNeed, PapersGate};

/// What the summary names; the rest is counted.
const NAMED: usize = 4;

/// The gates that ask for papers, in the order of the work. A cancelled order has none.
pub(super) fn of(ctx: &Ctx<'_>, order: &Order, facts: &OrderFacts) -> Vec<PapersGate> {
    if facts.is_cancelled() {
        return Vec::new();
    }
    let all = gates::of(ctx.book(), order, facts, ctx.as_of());
    all.iter().filter_map(|fact| Some(gate(ctx, order, facts, fact, fact.papers?))).collect()
}

/// What is missing by now, in few words: milestones without evidence, and the papers of steps that are near or over.
#[must_use]
pub fn missing(ctx: &Ctx<'_>, order: &Order, facts: &OrderFacts) -> Vec<String> {
    let milestones = facts.progress.stages.iter().flat_map(|stage| &stage.milestones);
    let typed = milestones.filter(|m| m.actual.as_ref().is_some_and(|a| a.proof.is_none() && !a.implied));
    let typed: Vec<&str> = typed.map(|m| ctx.word(m.key.title())).collect();
    let mut all = Vec::new();
    if !typed.is_empty() {
        let typed = typed.join(ctx.word(("、", ", ")));
        all.push(say!(ctx, "凭证：{typed}", "evidence: {typed}"));
    }
    let colon = ctx.word(("：", ": "));
    let gates = of(ctx, order, facts)
        .into_iter()
        .filter(|g| matches!(g.mark, Mark::Late | Mark::Hollow | Mark::Warn));
    all.extend(gates.map(|gate| format!("{}{colon}{}", gate.name, gate.text)));
    all
}

/// Terms that leave us without a hold on the goods.
pub(super) fn notes(ctx: &Ctx<'_>, order: &Order, facts: &OrderFacts) -> Vec<String> {
    if facts.is_cancelled() {
        return Vec::new();
    }
    let notes = papers(ctx, order, facts, CompletenessGate::Shipment).notes;
    notes.into_iter().map(|note| ctx.word(note).to_owned()).collect()
}

/// How many papers the archive still lacks.
pub(super) fn missing_for_archive(ctx: &Ctx<'_>, order: &Order, facts: &OrderFacts) -> usize {
    papers(ctx, order, facts, CompletenessGate::Archive).missing().count()
}

fn papers<'a>(
    ctx: &Ctx<'a>,
    order: &'a Order,
    facts: &'a OrderFacts,
    gate: CompletenessGate,
) -> completeness::Completeness<'a> {
    completeness::of(ctx.book(), order, &facts.money, &facts.shipments, gate, ctx.as_of())
}

fn gate(
    ctx: &Ctx<'_>,
    order: &Order,
    facts: &OrderFacts,
    fact: &GateFact,
    gate: CompletenessGate,
) -> PapersGate {
    let all = papers(ctx, order, facts, gate);
    // What an earlier step asked for stands there; for the archive it counts while it is missing.
    let archive = gate == CompletenessGate::Archive;
    let shown = all.needs.iter().filter(|n| n.last == gate || (archive && !n.is_met()));
    let mut list: Vec<(&Need<'_>, Option<&Finding>)> =
        shown.map(|need| (need, conflict(ctx, order, need))).collect();
    list.sort_by_key(|(need, conflict)| (need.is_met() && conflict.is_none(), need.is_left_out()));
    let mark = mark(facts, fact, list.iter().any(|(need, conflict)| need.is_met() && conflict.is_some()));
    let rows: Vec<PaperNeed> =
        list.iter().map(|(need, conflict)| row(ctx, order, mark, need, *conflict)).collect();
    let met = rows.iter().filter(|r| matches!(r.mark, Mark::Done | Mark::Na)).count();
    PapersGate {
        name: ctx.word(fact.title).to_owned(),
        mark,
        text: summary(ctx, mark, &list),
        open: matches!(mark, Mark::Open | Mark::Late),
        rows,
        met,
        met_text: say!(ctx, "其余 {met} 件没有问题", "nothing open about the other {met}"),
        rule: Link::new(fact.rule, format!("rules/{}.html", fact.rule)),
    }
}

/// The step was taken: what is missing can only be recorded now.
fn is_behind(facts: &OrderFacts, gate: CompletenessGate) -> bool {
    match gate {
        CompletenessGate::Shipment => facts.progress.is_done(Milestone::Shipped),
        CompletenessGate::Presentation => facts.progress.is_done(Milestone::Presented),
        CompletenessGate::Archive => false,
    }
}

fn mark(facts: &OrderFacts, fact: &GateFact, conflict: bool) -> Mark {
    let gate = fact.papers.unwrap_or(CompletenessGate::Shipment);
    let late = facts.progress.stage(fact.stage).is_some_and(|s| s.state == StageState::Late);
    match fact.state {
        GateState::NotNeeded => Mark::Na,
        _ if facts.is_archived() && !fact.missing.is_empty() => Mark::Late,
        GateState::Passed if conflict => Mark::Late,
        GateState::Passed => Mark::Done,
        _ if is_behind(facts, gate) => Mark::Hollow,
        GateState::Blocked if late || conflict => Mark::Late,
        GateState::Blocked => Mark::Open,
        GateState::Open => Mark::Todo,
    }
}

/// An open error whose first place is in the record that answers a need.
fn conflict<'a>(ctx: &Ctx<'a>, order: &Order, need: &Need<'_>) -> Option<&'a Finding> {
    let path = need.path.as_deref()?;
    let table = path.split(['[', '.']).next().unwrap_or_default();
    // Only papers are compared; what happened (a shipment, a receipt) is there or not.
    if documents::href_of(order, path).is_empty() || table == "papers" {
        return None;
    }
    let whole = path.split_once(']').map_or(path, |(head, _)| path.get(..=head.len()).unwrap_or(path));
    let place = order.origin.place(whole);
    let At::Value(own) = &place.at else { return None };
    let inside = |path: &str| {
        [Some(own.as_str()), own.strip_suffix("[0]")]
            .into_iter()
            .flatten()
            .any(|own| path.strip_prefix(own).is_some_and(|rest| rest.is_empty() || rest.starts_with('.')))
    };
    ctx.findings.order(&order.id).iter().copied().find(|f| {
        f.severity == Severity::Error
            && f.waived.is_none()
            && !f.past
            && f.spots.first().is_some_and(|s| match &s.place.at {
                At::Value(path) | At::Key(path) => s.place.file == place.file && inside(path),
                At::File | At::Bytes(..) => false,
            })
    })
}

fn summary(ctx: &Ctx<'_>, mark: Mark, list: &[(&Need<'_>, Option<&Finding>)]) -> String {
    let asked = list.iter().filter(|(need, _)| !need.is_left_out()).count();
    let missing: Vec<String> =
        list.iter().filter(|(need, _)| !need.is_met()).map(|(need, _)| ctx.text(&need.label())).collect();
    let wrong = list.iter().filter(|(need, conflict)| need.is_met() && conflict.is_some()).count();
    let (n, named) = (missing.len(), missing.iter().take(NAMED).cloned().collect::<Vec<_>>());
    let mut list = named.join(ctx.word(("、", ", ")));
    if n > NAMED {
        list += ctx.word((" 等", " and more"));
    }
    let text = match (n, mark) {
        (0, _) if wrong > 0 => say!(ctx, "{asked} 件都在", "all {asked} there"),
        (0, _) => return say!(ctx, "{asked} 件都在", "all {asked} there"),
        (_, Mark::Hollow) => say!(ctx, "已过，{n} 件没登记：{list}", "behind, {n} not recorded: {list}"),
        (_, Mark::Todo) => {
            say!(ctx, "还没到，要 {asked} 件，缺 {n}", "not yet; {n} of {asked} still to come")
        }
        _ => say!(ctx, "{asked} 件缺 {n}：{list}", "{n} of {asked} missing: {list}"),
    };
    match wrong {
        0 => text,
        _ => say!(ctx, "{text}；{wrong} 件有错误", "{text}; {wrong} with an error"),
    }
}

fn row(ctx: &Ctx<'_>, order: &Order, gate: Mark, need: &Need<'_>, conflict: Option<&Finding>) -> PaperNeed {
    let mark = match (&need.state, need.is_met()) {
        (State::NotNeeded(_), _) => Mark::Na,
        _ if conflict.is_some() => Mark::Late,
        (State::Missing, true) => Mark::Warn,
        (State::Draft, true) => Mark::Open,
        (_, true) => Mark::Done,
        (_, false) if gate == Mark::Done => Mark::Open,
        (_, false) => gate,
    };
    let clause: Vec<String> = need.clauses.iter().map(|c| ctx.text(&c.title())).collect();
    let state = if need.unsure && need.state == State::Missing {
        ctx.word(("要人看", "to be looked at"))
    } else {
        ctx.word(need.state.word())
    };
    PaperNeed {
        what: ctx.text(&need.name()),
        mark,
        state: state.to_owned(),
        clause: clause.join(" · "),
        text: words(need).unwrap_or_default().to_owned(),
        record: need.path.as_deref().map(|path| record(ctx, order, path)).unwrap_or_default(),
        note: note(ctx, need),
        finding: conflict.map_or_else(Link::default, |f| {
            Link::new(ctx.word(("有错误", "has an error")), format!("#{}", anchor_of(f)))
        }),
    }
}

/// The words of 46A, where the name does not say which paper is meant. The others stand in the part of the credit.
fn words<'n>(need: &'n Need<'_>) -> Option<&'n str> {
    matches!(need.kind, Kind::Asked(_)).then(|| need.clauses.iter().find_map(|c| c.text()))?
}

/// What the record lacks, whom to ask, why it is left out.
fn note(ctx: &Ctx<'_>, need: &Need<'_>) -> String {
    if let State::NotNeeded(why) = &need.state {
        return why.clone();
    }
    let fault = need.fault().map(|fault| ctx.word(fault).to_owned());
    let whom = (need.state == State::Missing && !need.is_met()).then(|| {
        let giver = need.kind.giver();
        let whom = ctx.word(giver.title());
        match giver {
            Giver::Us => ctx.word(("自己做", "ours to make")).to_owned(),
            _ => say!(ctx, "找{whom}", "from {whom}"),
        }
    });
    [fault, whom].into_iter().flatten().collect::<Vec<_>>().join(ctx.word(("，", ", ")))
}

/// The record by its number, else by the part of the page it stands in.
fn record(ctx: &Ctx<'_>, order: &Order, path: &str) -> Link {
    let (key, rest) = path.split_once(['[', '.']).unwrap_or((path, ""));
    let index = rest.split(']').next().and_then(|n| n.parse::<usize>().ok());
    let docs = &order.docs;
    let number = match (key, index) {
        ("shipments", Some(i)) if path.ends_with("booking") => {
            order.shipments.get(i).and_then(|s| s.booking.clone())
        }
        ("purchases", Some(i)) => order.purchases.get(i).and_then(|p| p.number.clone()),
        ("lc", Some(i)) => docs.lc.get(i).and_then(|lc| lc.paper.number.clone()),
        ("received", Some(i)) if ctx.audience.sees(Sees::BankReferences) => {
            order.received.get(i).and_then(|r| r.r#ref.clone())
        }
        ("received", Some(i)) => order.received.get(i).and_then(|r| r.date).map(|day| ctx.day(day).text),
        ("papers", Some(i)) => {
            let paper = docs.papers.get(i);
            paper.and_then(|p| p.number.clone().or_else(|| p.date.map(|day| ctx.day(day).text)))
        }
        ("inspections", Some(i)) => {
            order.inspections.get(i).and_then(|q| q.date).map(|day| ctx.day(day).text)
        }
        ("review", _) => order.review.as_deref().and_then(|r| r.date).map(|day| ctx.day(day).text),
        ("presentation", Some(i)) => {
            docs.presentation.get(i).and_then(|p| p.date).map(|day| ctx.day(day).text)
        }
        ("filings", Some(i)) => order.filings.get(i).and_then(|f| f.date).map(|day| ctx.day(day).text),
        ("", _) => return Link::default(),
        _ => documents::number_of(order, path),
    };
    let word = match key {
        "shipments" => ("装运", "shipment"),
        "received" | "payment" => ("收款", "money"),
        "bills" => ("账单", "bill"),
        "approvals" => ("批准", "approval"),
        "customer" => ("客户额度", "customer's limit"),
        "items" => ("货物资料", "goods"),
        "import" => ("进口资料", "import data"),
        "actual" => ("手填", "typed"),
        "feedback" | "complaints" => ("售后", "feedback"),
        "charges" => ("费用", "charge"),
        _ => ("有", "there"),
    };
    let text = number.unwrap_or_else(|| ctx.word(word).to_owned());
    let section = match key {
        "lc" => "#credit".to_owned(),
        "items" | "charges" => "#items".to_owned(),
        "complaints" => "#feedback".to_owned(),
        "bills" | "approvals" | "customer" | "import" | "actual" | "filings" | "payment" => String::new(),
        _ => proof_href(order, path),
    };
    Link::new(text, section)
}
