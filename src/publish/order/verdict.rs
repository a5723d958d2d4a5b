//! The answer in five seconds: one sentence saying where the order stands, what is late or open and by how much.

use rust_decimal::Decimal;

use crate::derive::deadline::Basis;
use crate::derive::exam::Exams;
use crate::derive::money::Line;
use crate::derive::standing::{Standing, Step, last_presentation};
use crate::derive::{OrderFacts, StageFact, StageState};
use crate::model::Order;
use crate::model::stage::{Milestone, StageKey};
use crate::publish::ctx::Ctx;
use crate::publish::dashboard::brief;
use crate::publish::errors::Errors;
use crate::publish::pay;
use crate::publish::state::{self, days_late, late_text, left_text, sailing_days, stage_late};
use crate::publish::threat::{self, Cause};
use crate::say;
use crate::site::view::Mark;

/// The sentence, and its colour.
pub(super) fn of(ctx: &Ctx<'_>, order: &Order, facts: &OrderFacts) -> (String, Mark) {
    let findings = ctx.findings.order(&order.id);
    let state = state::of(ctx, order, facts);
    let errors = Errors::of(findings);
    let mark = match state.mark {
        Mark::Open | Mark::Done if errors.any() => Mark::Late,
        mark => mark,
    };
    if facts.is_cancelled() {
        return (cancelled(ctx, order, facts), Mark::Na);
    }
    let stage = state.stage.and_then(|key| facts.progress.stage(key));
    let threat = threat::worst(ctx.facts, ctx.findings, order, facts).filter(|_| state.stage.is_some());
    let mark = if threat.is_some() && mark == Mark::Open { Mark::Late } else { mark };
    // What cannot be trusted comes first: the rest of the sentence rests on what could be read.
    let refused = refused(ctx, order, facts);
    let mark = if refused.is_some() { Mark::Late } else { mark };
    let cure = |t: &Cause<'_>| matches!(t, Cause::Finding(f) if f.rule.name == "credit-cure-window");
    let threat = threat.filter(|t| refused.is_none() || !cure(&t.cause));
    let mut parts: Vec<String> = refused.into_iter().collect();
    parts.extend(errors.texts(ctx));
    parts.push(match stage {
        Some(stage) => at_stage(ctx, order, facts, stage, &state),
        None => over(ctx, facts),
    });
    parts.extend(threat.filter(|t| unsaid(&t.cause)).map(|t| brief(ctx, order, &t)));
    parts.extend(stage.and_then(|stage| elsewhere(ctx, facts, stage)));
    if stage.is_none_or(|s| s.key != StageKey::Collect) {
        parts.extend(money_open(ctx, facts));
    }
    (parts.join(ctx.word(("；", "; "))), mark)
}

/// The bank has said no, and until when the papers may be presented again: nothing else is as urgent.
fn refused(ctx: &Ctx<'_>, order: &Order, facts: &OrderFacts) -> Option<String> {
    if order.file.docs.presentation.is_empty() {
        return None;
    }
    let (book, as_of) = (ctx.book(), ctx.as_of());
    let exams = Exams::of(book, order, as_of);
    let all = exams.credits.iter().map(|credit| Standing::of(book, facts, &exams, credit, as_of));
    let standing = all.into_iter().find(|s| s.step == Step::Cure)?;
    Some(match standing.due {
        Some(due) => {
            let (day, left) = (ctx.weekday(due.date).text, left_text(ctx, (due.date - as_of).num_days()));
            say!(
                ctx,
                "银行拒付，补正重交最后一天 {day}，{left}",
                "Refused by the bank: cure and present again by {day}, {left}"
            )
        }
        None => say!(ctx, "银行拒付", "Refused by the bank"),
    })
}

/// What hurts and does not follow from the schedule: the rest of the sentence tells delays and slack.
fn unsaid(cause: &Cause<'_>) -> bool {
    matches!(cause, Cause::Cutoff { .. } | Cause::Amendment { .. } | Cause::Finding(_))
}

fn cancelled(ctx: &Ctx<'_>, order: &Order, facts: &OrderFacts) -> String {
    let day = facts.progress.cancelled.map(|d| ctx.day(d).text).unwrap_or_default();
    let by = order.cancelled_by.map(|by| ctx.word(by.title()));
    let mut text = match by {
        Some(by) => say!(ctx, "{day} 取消（{by}）", "Cancelled {day} ({by})"),
        None => say!(ctx, "{day} 取消", "Cancelled {day}"),
    };
    if let Some(why) = order.cancel_reason.as_deref().filter(|w| !w.trim().is_empty()) {
        text.push_str(&say!(ctx, "：{why}", ": {why}"));
    }
    let money = &facts.money;
    let (got, back, kept) = (money.received, money.refunded, money.forfeited);
    let figure = |sum: Decimal| ctx.money(sum, facts.goods.currency);
    if !got.is_zero() {
        let got = figure(got);
        text.push_str(&say!(ctx, "；收过 {got}", "; {got} had been received"));
    }
    if !back.is_zero() {
        let back = figure(back);
        text.push_str(&say!(ctx, "，退了 {back}", ", {back} refunded"));
    }
    if !kept.is_zero() {
        let kept = figure(kept);
        text.push_str(&say!(ctx, "，留下 {kept}", ", {kept} kept"));
    }
    text
}

/// Nothing is left to do.
fn over(ctx: &Ctx<'_>, facts: &OrderFacts) -> String {
    let paid = facts.progress.done_on(Milestone::Paid).map(|d| ctx.day(d).text);
    let archived = facts.progress.done_on(Milestone::Archived).map(|d| ctx.day(d).text);
    match (archived, paid) {
        (Some(day), Some(paid)) => {
            say!(ctx, "{day} 归档，款 {paid} 收齐", "Archived {day}, paid in full {paid}")
        }
        (Some(day), None) => say!(ctx, "{day} 归档", "Archived {day}"),
        (None, _) => say!(ctx, "全部完成", "All done"),
    }
}

fn at_stage(
    ctx: &Ctx<'_>,
    order: &Order,
    facts: &OrderFacts,
    stage: &StageFact,
    state: &state::OrderState,
) -> String {
    let (number, name) = (stage.key.number(), ctx.word(stage.key.title()));
    let what = match stage.key {
        StageKey::Collect => collecting(ctx, order, facts, stage),
        StageKey::Ship => shipping(ctx, order, facts, stage, &state.waits),
        StageKey::Produce => producing(ctx, facts, stage, state),
        StageKey::Archive => archiving(ctx, facts, stage, &state.waits),
        _ => with_lateness(ctx, facts, stage, &state.waits),
    };
    say!(ctx, "第 {number} 步{name}。{what}", "Step {number}, {name}: {what}")
}

/// What is waited for, and by how much it is late; before shipment also whether the ship can still be reached.
fn with_lateness(ctx: &Ctx<'_>, facts: &OrderFacts, stage: &StageFact, waits: &str) -> String {
    let mut text = waits.to_owned();
    if let Some(late) = plan_late(ctx, stage) {
        text.push_str(&say!(ctx, "，{late}", ", {late}"));
    }
    text.push_str(&sailing(ctx, facts));
    text
}

/// A stage other than the current one that is late: booking may be, while the goods are still made.
fn elsewhere(ctx: &Ctx<'_>, facts: &OrderFacts, current: &StageFact) -> Option<String> {
    let stages = facts.progress.stages.iter().filter(|s| s.key != current.key && s.state == StageState::Late);
    // Money that is overdue has its own words.
    let stages = stages.filter(|s| s.key != StageKey::Collect);
    let (days, stage) =
        stages.filter_map(|s| Some((stage_late(ctx, facts, s)?, s))).max_by_key(|(days, _)| *days)?;
    let (name, late) = (ctx.word(stage.key.title()), late_text(ctx, days));
    Some(say!(ctx, "{name}{late}", "{name} is {late}"))
}

/// `比计划晚 3 天`, with the forecast where there is one: `，预计 11-27`.
fn plan_late(ctx: &Ctx<'_>, stage: &StageFact) -> Option<String> {
    let fact = stage.milestones.iter().rev().find(|m| days_late(ctx, m).is_some())?;
    let late = late_text(ctx, days_late(ctx, fact)?);
    Some(match fact.forecast.filter(|day| *day >= ctx.as_of()) {
        Some(day) => {
            let day = ctx.day(day).text;
            say!(ctx, "比计划{late}，预计 {day}", "{late} against the plan, expected {day}")
        }
        None => say!(ctx, "比计划{late}", "{late} against the plan"),
    })
}

/// Before shipment: whether the last possible ship is still within reach.
fn sailing(ctx: &Ctx<'_>, facts: &OrderFacts) -> String {
    let Some(slack) = facts.slack else { return String::new() };
    let latest = ctx.day(slack.latest).text;
    let limit = if slack.by_credit {
        ("信用证最迟装运", "latest shipment in the credit")
    } else {
        ("最迟装运", "latest shipment")
    };
    let limit = ctx.word(limit);
    // Without a plan of its own the finish is counted back from the shipment: a guide, not a promise.
    let about = if slack.basis == Basis::Derived { ctx.word(("约", "about ")) } else { "" };
    let days = sailing_days(ctx, &slack);
    match days {
        ..0 => {
            let short = days.unsigned_abs();
            say!(
                ctx,
                "；照现在赶不上{limit} {latest}，差{about} {short} 天",
                "; as it stands it misses the {limit} on {latest} by {about}{short} days"
            )
        }
        0..=7 => {
            say!(
                ctx,
                "；{limit} {latest}，余量只有{about} {days} 天",
                "; {limit} {latest}, only {about}{days} days of slack"
            )
        }
        _ => say!(
            ctx,
            "；{limit} {latest}，余量{about} {days} 天",
            "; {limit} {latest}, {about}{days} days of slack"
        ),
    }
}

fn archiving(ctx: &Ctx<'_>, facts: &OrderFacts, stage: &StageFact, waits: &str) -> String {
    let rest = with_lateness(ctx, facts, stage, waits);
    match facts.progress.done_on(Milestone::Paid).map(|d| ctx.day(d).text) {
        Some(day) => say!(ctx, "款 {day} 收齐，{rest}", "paid in full {day}, {rest}"),
        None => rest,
    }
}

fn producing(ctx: &Ctx<'_>, facts: &OrderFacts, stage: &StageFact, state: &state::OrderState) -> String {
    let fact = facts.progress.milestone(Milestone::Produced);
    let mut text = state.waits.clone();
    match plan_late(ctx, stage) {
        Some(late) => text.push_str(&say!(ctx, "，{late}", ", {late}")),
        None => {
            if let Some(day) = fact.forecast.or(fact.plan.map(|p| p.date)) {
                let day = ctx.day(day).text;
                text.push_str(&say!(ctx, "，预计 {day} 完工", ", finish expected {day}"));
            }
        }
    }
    text.push_str(&sailing(ctx, facts));
    text
}

fn shipping(ctx: &Ctx<'_>, order: &Order, facts: &OrderFacts, stage: &StageFact, waits: &str) -> String {
    let Some(shipped) = facts.progress.done_on(Milestone::Shipped) else {
        let left = facts.shipments.iter().filter(|s| s.shipped.is_some()).count();
        let mut text = match (left, facts.shipments.len()) {
            (0, _) | (_, 0 | 1) => waits.to_owned(),
            (left, all) => say!(ctx, "{all} 批已装 {left} 批", "{left} of {all} shipments have left"),
        };
        if let Some(late) = plan_late(ctx, stage) {
            text.push_str(&say!(ctx, "，{late}", ", {late}"));
        }
        text.push_str(&sailing(ctx, facts));
        return text;
    };
    let day = ctx.day(shipped).text;
    let mut text = say!(ctx, "{day} 已装运，等交单", "shipped {day}, papers to be presented");
    if let Some(late) = plan_late(ctx, stage) {
        text.push_str(&say!(ctx, "，{late}", ", {late}"));
    }
    if let Some(last) = last_presentation(ctx.book(), order, ctx.as_of()).map(|d| d.date) {
        let (last_day, left) = (ctx.weekday(last).text, left_text(ctx, (last - ctx.as_of()).num_days()));
        text.push_str(&say!(ctx, "，最后一天 {last_day}，{left}", ", last day {last_day}, {left}"));
    }
    text
}

fn collecting(ctx: &Ctx<'_>, order: &Order, facts: &OrderFacts, stage: &StageFact) -> String {
    let money = &facts.money;
    let Some(open) = money.open else {
        return say!(ctx, "应收多少还算不出来", "what is due cannot be told yet");
    };
    if open < Decimal::ZERO {
        let over = ctx.money(-open, facts.goods.currency);
        return say!(ctx, "多收 {over}，要处理", "{over} over-paid, to be settled");
    }
    let figure = ctx.money(open, facts.goods.currency);
    let mut text = if money.received.is_zero() {
        say!(ctx, "货款 {figure} 未到", "{figure} not received")
    } else {
        say!(ctx, "余款 {figure} 未到", "the balance of {figure} is not in")
    };
    if money.lines.is_empty() {
        text.push_str(&by_plan(ctx, facts, stage));
        return text;
    }
    let late: Vec<(usize, &Line)> = money.lines.iter().enumerate().filter(|(_, l)| l.overdue > 0).collect();
    match late.iter().max_by_key(|(_, line)| line.overdue) {
        Some((at, line)) => {
            let overdue = pay::overdue(ctx, line.overdue);
            let due = line.due.day.map(|day| ctx.day(day).text).unwrap_or_default();
            let sum =
                late.iter().filter_map(|(_, l)| l.outstanding()).fold(Decimal::ZERO, Decimal::saturating_add);
            let part = if sum < open { ctx.money(sum, facts.goods.currency) } else { String::new() };
            text.push_str(&match part.is_empty() {
                true => say!(ctx, "，{due} 到期，{overdue}", ", due {due}, {overdue}"),
                false => say!(
                    ctx,
                    "，其中 {part} {due} 到期，{overdue}",
                    "; of it {part} was due {due}, {overdue}"
                ),
            });
            text.push_str(&pay::expected(ctx, facts, Some(*at)));
            text.push_str(&reminded(ctx, order, facts, line));
        }
        None => text.push_str(&falls_due(ctx, facts)),
    }
    let disputed = money.lines.iter().map(|line| line.disputed).fold(Decimal::ZERO, Decimal::saturating_add);
    if !disputed.is_zero() {
        let part = ctx.money(disputed, facts.goods.currency);
        text.push_str(&match disputed >= open {
            true => say!(ctx, "；客户有争议", "; the customer disputes it"),
            false => say!(ctx, "；其中有争议 {part}", "; of it disputed {part}"),
        });
    }
    text
}

/// What falls due first of what is open.
fn falls_due(ctx: &Ctx<'_>, facts: &OrderFacts) -> String {
    let open = facts.money.lines.iter().enumerate().filter(|(_, line)| line.outstanding().is_some());
    let Some((at, line)) = open.min_by_key(|(_, line)| line.due.day.unwrap_or(chrono::NaiveDate::MAX)) else {
        return String::new();
    };
    let expected = pay::expected(ctx, facts, Some(at));
    match line.due.day {
        Some(day) => {
            let (tilde, day) = (if line.due.estimated { "~" } else { "" }, ctx.weekday(day).text);
            say!(ctx, "，{tilde}{day}到期{expected}", ", due {tilde}{day}{expected}")
        }
        None => match line.due.waiting {
            Some(why) => {
                let why = pay::waiting(ctx, line.due.trigger, why);
                say!(ctx, "，{why}{expected}", ", {why}{expected}")
            }
            None => expected,
        },
    }
}

fn reminded(ctx: &Ctx<'_>, order: &Order, facts: &OrderFacts, line: &Line) -> String {
    match pay::reminded(ctx, order, facts, line).and_then(|r| r.date) {
        Some(day) => {
            let day = ctx.day(day).text;
            say!(ctx, "，上次催 {day}", ", last reminder {day}")
        }
        None => say!(ctx, "，还没催过", ", no reminder yet"),
    }
}

/// Without terms that can be read the plan is the only day there is.
fn by_plan(ctx: &Ctx<'_>, facts: &OrderFacts, stage: &StageFact) -> String {
    if let Some(late) = plan_late(ctx, stage) {
        return say!(ctx, "，{late}", ", {late}");
    }
    let fact = facts.progress.milestone(Milestone::Paid);
    match fact.forecast.or(fact.plan.filter(|p| !p.derived).map(|p| p.date)) {
        Some(day) => {
            let day = ctx.weekday(day).text;
            say!(ctx, "，预计 {day}", ", expected {day}")
        }
        None => String::new(),
    }
}

/// Money that is open in other stages: what is overdue, and by how much.
fn money_open(ctx: &Ctx<'_>, facts: &OrderFacts) -> Option<String> {
    let money = &facts.money;
    let open = money.open.filter(|_| !money.settled)?;
    let figure = ctx.money(open.abs(), facts.goods.currency);
    if open < Decimal::ZERO {
        return Some(say!(ctx, "多收 {figure}", "{figure} over-paid"));
    }
    if open.is_zero() {
        return None;
    }
    let mut text = say!(ctx, "货款未收 {figure}", "{figure} not received yet");
    if let Some(line) = money.lines.iter().filter(|line| line.overdue > 0).max_by_key(|line| line.overdue) {
        let (what, late) = (pay::short(ctx, facts, line), pay::overdue(ctx, line.overdue));
        let late = pay::beside(ctx, &what, &late);
        text.push_str(&say!(ctx, "，{late}", ", {late}"));
    }
    Some(text)
}
