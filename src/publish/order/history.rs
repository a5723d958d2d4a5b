//! Who recorded the order and when, as far as git can tell; why nothing can be said where it cannot.

use crate::history::{self, State, Step, What};
use crate::model::Order;
use crate::publish::changes;
use crate::publish::ctx::Ctx;
use crate::publish::witness::{self, person};
use crate::say;
use crate::site::view::{Event, History, HistoryStep};

/// Changes shown; the rest is counted, and stands on the forge.
const STEPS: usize = 20;

/// The history of an order.
pub(super) fn of(ctx: &Ctx<'_>, order: &Order) -> History {
    let known = ctx.facts.history;
    let unknown = unknown(ctx);
    if !unknown.is_empty() {
        return History { unknown, ..History::default() };
    }
    let uncommitted = known.is_uncommitted(&order.id);
    let Some(recorded) = known.orders.get(&*order.id) else {
        return History {
            unknown: say!(ctx, "还没提交到 git。", "Not committed to git yet."),
            ..History::default()
        };
    };
    let (commits, people) = (recorded.commits, recorded.people.len());
    let mut summary = match (commits, people) {
        (1, _) => say!(ctx, "1 次改动", "1 change"),
        (_, 1) => say!(ctx, "共 {commits} 次改动，1 人", "{commits} changes by 1 person"),
        _ => say!(ctx, "共 {commits} 次改动，{people} 人", "{commits} changes by {people} people"),
    };
    if uncommitted {
        summary.push_str(ctx.word(("；有改动还没提交", "; some changes are not committed yet")));
    }
    let told = told(ctx, order);
    History {
        first: Some(event(ctx, &recorded.first)),
        last: Some(event(ctx, &recorded.last)),
        summary,
        people: recorded.people.iter().map(|p| person(ctx, p)).collect(),
        older: older(ctx, told.len()),
        steps: told.iter().take(STEPS).map(|found| step(ctx, found)).collect(),
        unknown: String::new(),
        href: ctx.forge().log(&order.folder),
    }
}

/// The changes by the day of the facts, newest first; what is not committed stands before them.
fn told(ctx: &Ctx<'_>, order: &Order) -> Vec<Step> {
    let mut steps = ctx.facts.history.trail(&order.id).unwrap_or_default().steps;
    steps.retain(|step| step.event.as_ref().is_none_or(|event| event.date <= ctx.as_of()));
    steps.reverse();
    steps
}

fn older(ctx: &Ctx<'_>, told: usize) -> String {
    match told.saturating_sub(STEPS) {
        0 => String::new(),
        1 => say!(ctx, "更早还有 1 次", "1 earlier change"),
        n => say!(ctx, "更早还有 {n} 次", "{n} earlier changes"),
    }
}

fn step(ctx: &Ctx<'_>, step: &Step) -> HistoryStep {
    let (said, mut more) = changes::said(ctx, step.what, &step.changes, 1);
    if said.is_empty() {
        more = ctx.word(quiet(ctx, step)).to_owned();
    }
    let what = said.into_iter().map(|said| said.text).collect();
    match step.event.as_deref() {
        None => HistoryStep {
            who: say!(ctx, "还没提交", "not committed yet"),
            what,
            more,
            ..HistoryStep::default()
        },
        Some(event) => HistoryStep {
            day: Some(ctx.day(event.date)),
            who: person(ctx, &event.person),
            change: witness::change(ctx, event),
            what,
            more,
        },
    }
}

/// What a change is that says nothing of the business, or nothing that may be told here.
fn quiet(ctx: &Ctx<'_>, step: &Step) -> (&'static str, &'static str) {
    if step.what != What::Changed || !step.changes.is_empty() {
        return match changes::has_effect(ctx.audience, step) {
            true => ("", ""),
            false => ("其他改动", "something else"),
        };
    }
    match step.files.iter().any(|file| file.ends_with(".toml")) {
        true => ("只改了写法", "only the way of writing"),
        false => ("备注或附件", "notes or attachments"),
    }
}

/// Why the history cannot be told, in words; empty when it can.
#[must_use]
pub(crate) fn unknown(ctx: &Ctx<'_>) -> String {
    match &ctx.facts.history.state {
        State::Complete => String::new(),
        State::Shallow => say!(
            ctx,
            "历史不完整（浅克隆），看不出是谁记的。",
            "History is incomplete (a shallow clone): it cannot tell who recorded this."
        ),
        State::NoRepository => {
            say!(
                ctx,
                "数据不在 git 仓库里，没有改动记录。",
                "The data is not in a git repository: no changes are known."
            )
        }
        State::Unborn => say!(ctx, "仓库还没有第一次提交。", "The repository has no commit yet."),
        State::OutsideData => say!(ctx, "数据还没提交到 git。", "The data has not been committed to git."),
        State::Unreadable(why) => {
            say!(ctx, "读不了 git 历史：{why}", "The git history cannot be read: {why}")
        }
    }
}

fn event(ctx: &Ctx<'_>, event: &history::Event) -> Event {
    Event {
        day: ctx.day(event.date),
        who: person(ctx, &event.person),
        what: String::new(),
        change: witness::change(ctx, event),
    }
}
