//! The ten stages with their milestones: plan, forecast, what happened, what proves it.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::derive::{MilestoneFact, OrderFacts, StageFact, StageState};
use crate::model::Order;
use crate::model::stage::{Milestone as Key, StageKey};
use crate::publish::baseline;
use crate::publish::ctx::Ctx;
use crate::publish::order::{documents, papers};
use crate::publish::pay;
use crate::publish::state::{days_late, late_text, left_text, required, stage_late, stage_mark};
use crate::publish::witness::Witness;
use crate::say;
use crate::site::view::{Link, Mark, Milestone, Stage};

/// What git says beside the facts: what was first planned, and who recorded what.
struct Said<'w, 'c, 'a> {
    baseline: BTreeMap<Key, NaiveDate>,
    witness: &'w Witness<'c, 'a>,
}

/// The ten stages, in order.
pub(super) fn of(ctx: &Ctx<'_>, order: &Order, facts: &OrderFacts, witness: &Witness<'_, '_>) -> Vec<Stage> {
    let said = Said { baseline: baseline::of(ctx.facts.history, &order.id), witness };
    facts.progress.stages.iter().map(|stage| row(ctx, order, facts, stage, &said)).collect()
}

fn row(
    ctx: &Ctx<'_>,
    order: &Order,
    facts: &OrderFacts,
    stage: &StageFact,
    said: &Said<'_, '_, '_>,
) -> Stage {
    let skipped = stage.state == StageState::Skipped;
    let milestones = if skipped {
        Vec::new()
    } else {
        let planned = |m: &MilestoneFact| said.baseline.contains_key(&m.key);
        let shown = stage.milestones.iter().filter(|m| planned(m) || is_shown(order, stage, m));
        shown.map(|m| milestone(ctx, order, facts, stage, m, said)).collect()
    };
    Stage {
        number: stage.key.number(),
        name: ctx.word(stage.key.title()).to_owned(),
        mark: stage_mark(stage.state),
        current: facts.progress.current == Some(stage.key) && !facts.is_cancelled(),
        date: if skipped { String::new() } else { date(ctx, facts, stage) },
        slack: slack(ctx, facts, stage),
        note: stage.skipped.clone().or_else(|| archive_note(ctx, order, facts, stage)).unwrap_or_default(),
        milestones,
    }
}

/// What the archive still lacks, once the goods have left.
fn archive_note(ctx: &Ctx<'_>, order: &Order, facts: &OrderFacts, stage: &StageFact) -> Option<String> {
    let waits = stage.key == StageKey::Archive && !stage.state.is_over();
    if !waits || facts.is_cancelled() || !facts.progress.is_done(Key::Shipped) {
        return None;
    }
    let n = papers::missing_for_archive(ctx, order, facts);
    (n > 0).then(|| say!(ctx, "缺 {n} 件", "{n} missing"))
}

/// What an order must reach is always shown, the rest once somebody planned or did it.
fn is_shown(order: &Order, stage: &StageFact, fact: &MilestoneFact) -> bool {
    let happened = fact.actual.as_ref().is_some_and(|a| !a.implied);
    let typed = fact.plan.is_some_and(|p| !p.derived);
    happened || typed || fact.forecast.is_some() || required(order, stage.key).contains(&fact.key)
}

/// Under the symbol: when the stage was completed, else when it is expected to be.
fn date(ctx: &Ctx<'_>, facts: &OrderFacts, stage: &StageFact) -> String {
    let Some(last) = stage.milestones.last() else { return String::new() };
    if let Some(actual) = &last.actual {
        return actual.date.map(|day| ctx.day(day).text).unwrap_or_default();
    }
    if facts.is_cancelled() {
        return String::new();
    }
    if let Some(day) = last.forecast {
        let day = ctx.day(day).text;
        return say!(ctx, "预计 {day}", "exp. {day}");
    }
    match last.plan {
        Some(plan) => {
            let (tilde, day) = (if plan.derived { "~" } else { "" }, ctx.day(plan.date).text);
            say!(ctx, "计划 {tilde}{day}", "plan {tilde}{day}")
        }
        None => String::new(),
    }
}

/// By how much an open stage is late.
fn slack(ctx: &Ctx<'_>, facts: &OrderFacts, stage: &StageFact) -> String {
    if stage.state != StageState::Late {
        return String::new();
    }
    stage_late(ctx, facts, stage).map(|days| stage_late_text(ctx, stage, days)).unwrap_or_default()
}

/// Money is overdue, work is late.
fn stage_late_text(ctx: &Ctx<'_>, stage: &StageFact, days: i64) -> String {
    match stage.key {
        StageKey::Collect => pay::overdue(ctx, days),
        _ => late_text(ctx, days),
    }
}

fn milestone(
    ctx: &Ctx<'_>,
    order: &Order,
    facts: &OrderFacts,
    stage: &StageFact,
    fact: &MilestoneFact,
    said: &Said<'_, '_, '_>,
) -> Milestone {
    let typed = fact.plan.filter(|p| !p.derived).map(|p| p.date);
    let baseline = said.baseline.get(&fact.key).copied();
    // A plan that was rewritten does not make anybody less late.
    let difference = match baseline {
        Some(first) => known_day(fact).map(|day| (day - first).num_days()),
        None => fact.difference(),
    };
    // Money counts from the day it fell due, whatever was planned.
    let by_due = fact.key == Key::Paid && fact.actual.is_none() && !facts.money.lines.is_empty();
    let late_days = if by_due { stage_late(ctx, facts, stage) } else { days_late(ctx, fact) };
    let late_days = late_days.filter(|_| is_turn(stage));
    Milestone {
        key: fact.key.code().to_owned(),
        name: ctx.word(fact.key.title()).to_owned(),
        plan: baseline.or(fact.plan.map(|p| p.date)).map(|day| ctx.day(day)),
        plan_derived: baseline.is_none() && fact.plan.is_some_and(|p| p.derived),
        replanned: baseline.map(|first| replanned(ctx, first, typed)).unwrap_or_default(),
        forecast: fact.forecast.filter(|_| fact.actual.is_none()).map(|day| ctx.day(day)),
        actual: fact.actual.as_ref().and_then(|a| a.date).map(|day| ctx.day(day)),
        difference: difference.map(signed).unwrap_or_default(),
        // A derived plan is a guide: missing it makes nobody late.
        late: late_days.is_some()
            || (difference.is_some_and(|days| days > 0) && (typed.is_some() || baseline.is_some())),
        mark: mark(stage, fact, late_days.is_some()),
        proof: proof(ctx, order, fact),
        slack: match late_days.filter(|_| by_due) {
            Some(days) => pay::overdue(ctx, days),
            None if by_due => String::new(),
            None => open_slack(ctx, stage, fact, late_days),
        },
        recorded: said.witness.recorded_for(fact),
    }
}

/// When it happened, else when it is expected.
fn known_day(fact: &MilestoneFact) -> Option<NaiveDate> {
    match &fact.actual {
        Some(actual) => actual.date,
        None => fact.forecast,
    }
}

/// What became of the first plan.
fn replanned(ctx: &Ctx<'_>, first: NaiveDate, now: Option<NaiveDate>) -> String {
    match now {
        Some(now) if now == first => String::new(),
        Some(now) => {
            let now = ctx.day(now).text;
            say!(ctx, "改为 {now}", "now {now}")
        }
        None => say!(ctx, "后来删了", "withdrawn"),
    }
}

fn is_turn(stage: &StageFact) -> bool {
    matches!(stage.state, StageState::Open | StageState::Late)
}

/// `+1`, `-1`, `0`.
pub(super) fn signed(days: i64) -> String {
    if days > 0 { format!("+{days}") } else { days.to_string() }
}

fn mark(stage: &StageFact, fact: &MilestoneFact, late: bool) -> Mark {
    match &fact.actual {
        Some(actual) if actual.proof.is_some() => Mark::Done,
        Some(_) => Mark::Hollow,
        None if late => Mark::Late,
        None if is_turn(stage) => Mark::Open,
        None => Mark::Todo,
    }
}

/// Where what proves a milestone is shown on the page.
fn proof(ctx: &Ctx<'_>, order: &Order, fact: &MilestoneFact) -> Link {
    let Some(actual) = &fact.actual else { return Link::default() };
    match &actual.proof {
        Some(proof) => Link::new(ctx.text(&proof.what).trim(), proof_href(order, &proof.path)),
        None if actual.implied => {
            Link::text(say!(ctx, "没登记，由后面的步骤推定", "not recorded; follows from later steps"))
        }
        None => Link::text(say!(ctx, "手填，无凭证", "typed, no evidence")),
    }
}

pub(super) fn proof_href(order: &Order, path: &str) -> String {
    let section = match path.split(['[', '.']).next().unwrap_or_default() {
        "review" | "purchases" => return String::new(),
        "progress" => "production",
        "inspections" => "inspections",
        "shipments" => "shipments",
        "received" | "reminders" => "money",
        "feedback" => "feedback",
        "presentation" => "documents",
        _ => return documents::href_of(order, path),
    };
    format!("#{section}")
}

fn open_slack(ctx: &Ctx<'_>, stage: &StageFact, fact: &MilestoneFact, late: Option<i64>) -> String {
    if fact.actual.is_some() || !is_turn(stage) {
        return String::new();
    }
    // A forecast is compared with the plan in the same cell already.
    if let Some(days) = late {
        return if fact.forecast.is_some() { String::new() } else { late_text(ctx, days) };
    }
    let planned = fact.plan.filter(|p| !p.derived && fact.forecast.is_none());
    planned.map(|p| left_text(ctx, (p.date - ctx.as_of()).num_days())).unwrap_or_default()
}
