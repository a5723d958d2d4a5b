//! The clocks of a credit: latest shipment (never moved), period for presentation and expiry (moved to a banking day
//! of the place of expiry), and the earlier of the two.

use chrono::NaiveDate;

use super::Block;
use crate::derive::credit::clock as clocks;
use crate::derive::plan::shift;
use crate::derive::standing::Step;
use crate::model::stage::Milestone;
use crate::model::value::calendar::Dated;
use crate::publish::credits;
use crate::publish::ctx::Ctx;
use crate::publish::order::goods::percent;
use crate::publish::state::left_text;
use crate::say;
use crate::site::view::{CreditClock, Mark};
use crate::text::StaticBi;

/// The clocks, the deciding one last.
pub(super) fn of(block: &Block<'_, '_>) -> Vec<CreditClock> {
    let (ctx, credit) = (block.ctx, block.credit);
    let waits = matches!(block.standing.step, Step::Ship | Step::Present | Step::Cure);
    let mut all = Vec::new();
    if let Some(latest) = credit.latest_shipment {
        let (mark, note) = shipment(block, latest.value);
        all.push(clock(ctx, ("最迟装运 44C", "Latest shipment 44C"), Some(fixed(latest.value)), note, mark));
    }
    let limit = block.standing.limit;
    let days = credit
        .present_within
        .map(|d| d.value)
        .or_else(|| clocks::asks_original_transport(credit).then_some(clocks::DEFAULT_DAYS));
    if let Some(days) = days {
        let raw = start(block).and_then(|day| shift(day, i64::from(days)));
        let note =
            moved(ctx, say!(ctx, "装运后 {days} 天", "{days} days after shipment"), raw, limit.by_period);
        let mark = mark(ctx, waits, limit.by_period);
        all.push(clock(ctx, ("交单期 48", "Presentation period 48"), limit.by_period, note, mark));
    }
    if let Some(expiry) = credit.expiry {
        let place = credit.expiry_place.map(|p| credits::place(ctx, p.value)).unwrap_or_default();
        let note = moved(ctx, place, Some(expiry.value), limit.by_expiry);
        let mark = mark(ctx, waits, limit.by_expiry);
        all.push(clock(ctx, ("有效期 31D", "Expiry 31D"), limit.by_expiry, note, mark));
    }
    if let Some(last) = block.standing.last_presentation() {
        let note = if waits { last_note(block, last) } else { handed_over(block, last) };
        let label = ("最后交单", "Last presentation");
        let shown = clock(ctx, label, Some(last), note, mark(ctx, waits, Some(last)));
        all.push(CreditClock { decisive: true, ..shown });
    } else if let Some(last) = credits::latest_presentation(ctx, credit).filter(|_| waits) {
        let note = say!(ctx, "按最迟装运算，{}", "if shipped on the last day, {}", last_note(block, last));
        let label = ("最后交单", "Last presentation");
        all.push(clock(ctx, label, Some(last), note, mark(ctx, waits, Some(last))));
    }
    all
}

/// The shipment from which the period runs.
fn start(block: &Block<'_, '_>) -> Option<NaiveDate> {
    clocks::presentation_start(block.credit.allows_partial(), &block.standing.shipped)
}

fn fixed(date: NaiveDate) -> Dated {
    Dated { date, provisional: false }
}

/// A date that is behind us is late only while something waits for it.
fn mark(ctx: &Ctx<'_>, waits: bool, day: Option<Dated>) -> Mark {
    match day {
        None => Mark::Todo,
        Some(_) if !waits => Mark::Done,
        Some(day) if day.date < ctx.as_of() => Mark::Late,
        Some(_) => Mark::Open,
    }
}

/// Says that a date was moved off a closed day, or may still move.
fn moved(ctx: &Ctx<'_>, note: String, raw: Option<NaiveDate>, day: Option<Dated>) -> String {
    let mut parts: Vec<String> = vec![note];
    if let (Some(raw), Some(day)) = (raw, day) {
        if raw != day.date {
            let raw = ctx.weekday(raw).text;
            parts.push(say!(ctx, "{raw} 不营业，顺延", "{raw} is no banking day"));
        }
        if day.provisional {
            parts.push(ctx.word(("暂定：缺日历", "provisional: no calendar")).to_owned());
        }
    }
    parts.retain(|part| !part.is_empty());
    parts.join(ctx.word(("；", "; ")))
}

fn last_note(block: &Block<'_, '_>, last: Dated) -> String {
    let ctx = block.ctx;
    let mut note = left_text(ctx, (last.date - ctx.as_of()).num_days());
    if clocks::expires_abroad(block.credit, &ctx.book().config.home()).is_some()
        && let Some(day) = shift(last.date, -ctx.book().config.courier_days())
    {
        let day = ctx.weekday(day).text;
        note.push_str(&say!(ctx, "；{day} 前要寄出", "; to be sent off by {day}"));
    }
    note
}

/// `10-09 交单，早 1 天`.
fn handed_over(block: &Block<'_, '_>, last: Dated) -> String {
    let ctx = block.ctx;
    let presented = block.exams.iter().filter(|e| !e.past).filter_map(|e| e.presented_on()).max();
    let Some(day) = presented else { return String::new() };
    early(ctx, say!(ctx, "{} 交单", "presented {}", ctx.day(day).text), (last.date - day).num_days())
}

fn early(ctx: &Ctx<'_>, text: String, days: i64) -> String {
    let late = days.unsigned_abs();
    match days {
        0 => say!(ctx, "{text}，最后一天", "{text}, the last day"),
        1 => say!(ctx, "{text}，早 1 天", "{text}, 1 day early"),
        2.. => say!(ctx, "{text}，早 {days} 天", "{text}, {days} days early"),
        -1 => say!(ctx, "{text}，晚 1 天", "{text}, 1 day late"),
        _ => say!(ctx, "{text}，晚 {late} 天", "{text}, {late} days late"),
    }
}

fn shipment(block: &Block<'_, '_>, latest: NaiveDate) -> (Mark, String) {
    let ctx = block.ctx;
    let left: Vec<NaiveDate> = block.facts.shipments.iter().filter_map(|s| s.shipped).collect();
    let Some(last) = left.iter().max().copied().filter(|_| block.facts.progress.is_done(Milestone::Shipped))
    else {
        let days = (latest - ctx.as_of()).num_days();
        let waits = block.standing.step == Step::Ship;
        let mark = match waits {
            true if days < 0 => Mark::Late,
            true => Mark::Open,
            false => Mark::Done,
        };
        return (mark, if waits { left_text(ctx, days) } else { String::new() });
    };
    let days = (latest - last).num_days();
    let text = say!(ctx, "实装 {}", "shipped {}", ctx.day(last).text);
    (if days < 0 { Mark::Late } else { Mark::Done }, early(ctx, text, days))
}

fn clock(ctx: &Ctx<'_>, label: StaticBi, day: Option<Dated>, note: String, mark: Mark) -> CreditClock {
    CreditClock {
        label: ctx.word(label).to_owned(),
        day: day.map(|d| ctx.weekday(d.date)),
        note,
        mark,
        decisive: false,
    }
}

/// `交单剩 10 天`, while papers are to be presented.
pub(super) fn left(block: &Block<'_, '_>) -> String {
    let ctx = block.ctx;
    let word = match block.standing.step {
        Step::Present => ("交单", "Presentation"),
        Step::Cure => ("补正重交", "Cure and present again"),
        _ => return String::new(),
    };
    let Some(last) = block.standing.last_presentation() else { return String::new() };
    let left = left_text(ctx, (last.date - ctx.as_of()).num_days());
    let word = ctx.word(word);
    say!(ctx, "{word}{left}", "{word}: {left}")
}

/// How much of the time from shipment to the last presentation is used.
pub(super) fn used(block: &Block<'_, '_>) -> u8 {
    let Some((from, last)) = start(block).zip(block.standing.last_presentation()) else { return 0 };
    let (gone, all) = ((block.ctx.as_of() - from).num_days(), (last.date - from).num_days());
    percent(gone.into(), all.into())
}
