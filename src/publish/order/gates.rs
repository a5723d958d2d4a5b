//! The gates of an order in words: which are passed, which one the work waits for, and what is missing.

use crate::check::finding::Finding;
use crate::derive::gates::{self, GateFact, GateState};
use crate::derive::{OrderFacts, StageState};
use crate::model::Order;
use crate::model::stage::StageKey;
use crate::publish::ctx::Ctx;
use crate::say;
use crate::site::view::{Gate, Link, Mark};

/// What is listed by name of a gate whose turn has not come; the rest is counted.
const NAMED: usize = 3;

/// The gates that are passed in one line, then the others in the order of the work. A cancelled order has none.
pub(super) fn of(ctx: &Ctx<'_>, order: &Order, facts: &OrderFacts) -> Vec<Gate> {
    if facts.is_cancelled() {
        return Vec::new();
    }
    let all = gates::of(ctx.book(), order, facts, ctx.as_of());
    // What asks for papers has a part of the page of its own.
    let all: Vec<GateFact> = all.into_iter().filter(|gate| gate.papers.is_none()).collect();
    let findings = ctx.findings.order(&order.id);
    passed(ctx, &all)
        .into_iter()
        .chain(all.iter().filter_map(|gate| open(ctx, order, facts, findings, gate)))
        .collect()
}

fn passed(ctx: &Ctx<'_>, all: &[GateFact]) -> Option<Gate> {
    let names: Vec<&str> =
        all.iter().filter(|g| g.state == GateState::Passed).map(|g| ctx.word(g.title)).collect();
    let (n, of) = (names.len(), all.iter().filter(|g| g.state != GateState::NotNeeded).count());
    (n > 0).then(|| Gate {
        name: say!(ctx, "已过 {n}/{of}", "{n} of {of} passed"),
        mark: Mark::Done,
        text: names.join(ctx.word(("、", ", "))),
        rule: Link::default(),
    })
}

fn open(
    ctx: &Ctx<'_>,
    order: &Order,
    facts: &OrderFacts,
    findings: &[&Finding],
    gate: &GateFact,
) -> Option<Gate> {
    let missing: Vec<String> = gate.missing.iter().map(|m| ctx.text(m)).collect();
    let state = facts.progress.stage(gate.stage).map_or(StageState::NotYet, |s| s.state);
    // Copies may be presented before the money is in; the originals stay here until then, also in the next stage.
    let held = gate.rule == "gate-document-control" && facts.progress.current == Some(StageKey::Collect);
    let behind = !held && matches!(state, StageState::Done | StageState::DoneWithoutEvidence);
    let passed_by = findings.iter().any(|f| f.rule.name == gate.rule && f.waived.is_none() && !f.past);
    let (mark, text) = match gate.state {
        GateState::Passed => return None,
        GateState::NotNeeded => {
            let why = order.skipped(gate.stage)?;
            (Mark::Na, say!(ctx, "不适用：{why}", "does not apply: {why}"))
        }
        _ if passed_by && behind => {
            (Mark::Late, missing_text(ctx, ("已越过，缺", "passed by without"), &missing))
        }
        _ if passed_by => (Mark::Late, missing_text(ctx, ("该做没做", "overdue"), &missing)),
        // The order went on: what is missing was not written down, or nobody asked for it.
        _ if behind || facts.is_archived() => {
            (Mark::Hollow, missing_text(ctx, ("已过，没登记", "behind, not recorded"), &missing))
        }
        GateState::Blocked if state == StageState::Late => {
            (Mark::Late, missing_text(ctx, ("卡住，缺", "blocked, missing"), &missing))
        }
        GateState::Blocked if held => {
            (Mark::Open, missing_text(ctx, ("正本不放，等", "originals stay here until"), &missing))
        }
        GateState::Blocked => (Mark::Open, missing_text(ctx, ("现在等", "waiting for"), &missing)),
        GateState::Open => (Mark::Todo, later(ctx, &missing)),
    };
    Some(Gate { name: ctx.word(gate.title).to_owned(), mark, text, rule: rule(gate.rule) })
}

fn missing_text(ctx: &Ctx<'_>, what: crate::text::StaticBi, missing: &[String]) -> String {
    let (what, list) = (ctx.word(what), missing.join(ctx.word(("、", ", "))));
    say!(ctx, "{what}：{list}", "{what}: {list}")
}

/// What will be asked for; long lists are cut, nobody collects them yet.
fn later(ctx: &Ctx<'_>, missing: &[String]) -> String {
    let named: Vec<&str> = missing.iter().take(NAMED).map(String::as_str).collect();
    let list = named.join(ctx.word(("、", ", ")));
    match (missing.len(), missing.len().saturating_sub(NAMED)) {
        (_, 0) => say!(ctx, "还没到，要：{list}", "not yet, needs: {list}"),
        (n, _) => say!(ctx, "还没到，要 {n} 件：{list} 等", "not yet, needs {n} things: {list} and more"),
    }
}

/// The page of the rule behind a gate; some gates are states that no rule speaks about.
fn rule(name: &str) -> Link {
    if crate::check::rules::all().all(|rule| rule.name != name) {
        return Link::default();
    }
    Link::new(name, format!("rules/{name}.html"))
}
