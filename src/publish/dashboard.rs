//! The dashboard: what will hurt this week, what money comes in, can I believe the data.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};
use rust_decimal::Decimal;

use super::changes::{self, Changes, Entry};
use super::ctx::Ctx;
use super::groups::{Groups, Month, month};
use super::indicators;
use super::pay;
use super::state;
use super::sums::Sums;
use super::threat::{Cause, Threat};
use crate::check::finding::{Class, Finding, Severity};
use crate::derive::aging::Aging;
use crate::derive::cash::Cash;
use crate::derive::deadline::{AFTER_FINISH, Basis};
use crate::derive::money::Line;
use crate::derive::plan::shift;
use crate::derive::sailing::Cutoff;
use crate::derive::{OrderFacts, Slack};
use crate::history::State;
use crate::model::Order;
use crate::model::stage::{Milestone, StageKey};
use crate::model::value::Currency;
use crate::say;
use crate::site::format;
use crate::site::view::{
    CashAmount, CashPeriod, ChangeEntry, DashboardPage, Day, Figure, Link, Mark, StageCount, Todo,
};

/// More than seven things cannot be kept in mind; the rest stand at the top of the list of orders.
pub(super) const TODOS: usize = 7;

/// Changes shown; the rest is counted.
const CHANGES: usize = 10;

/// The page.
#[must_use]
pub fn page(ctx: &Ctx<'_>, groups: &Groups<'_>, all: &Changes<'_>) -> DashboardPage {
    let hurting: Vec<usize> = groups.open.iter().copied().filter(|i| groups.threat(*i).is_some()).collect();
    let shown = hurting.len().min(TODOS);
    let more = hurting.len() - shown;
    let (cash, cash_basis) = cash(ctx);
    let (changes, changes_more) = changes(ctx, all);
    DashboardPage {
        title: say!(ctx, "总览", "Overview"),
        as_of: format::full(ctx.as_of(), ctx.lang),
        todos: hurting.iter().take(shown).filter_map(|i| todo(ctx, groups, *i)).collect(),
        todos_title: match more {
            0 => say!(ctx, "要处理 {shown} 单", "{shown} to deal with"),
            _ => {
                let all = hurting.len();
                say!(ctx, "要处理 {all} 单，先看这 {shown} 单", "{all} to deal with, these {shown} first")
            }
        },
        todos_more: match more {
            0 => Link::default(),
            1 => Link::new(say!(ctx, "另有 1 单", "1 more order"), "orders.html"),
            _ => Link::new(say!(ctx, "另有 {more} 单", "{more} more orders"), "orders.html"),
        },
        counts: counts(ctx, groups),
        stages: stages(ctx, groups),
        cash,
        cash_basis,
        indicators: indicators::strip(ctx, &groups.kpis),
        changes,
        changes_more,
        changes_unknown: changes_unknown(ctx),
        quality: quality(ctx, groups),
    }
}

fn todo(ctx: &Ctx<'_>, groups: &Groups<'_>, index: usize) -> Option<Todo> {
    let (order, own) = groups.get(index)?;
    let threat = groups.threat(index)?;
    Some(Todo {
        urgent: threat.urgent,
        order: ctx.order_link(&order.id),
        customer: short_customer(ctx, order),
        text: text(ctx, order, threat),
        day: threat.until.filter(|day| *day >= ctx.as_of()).map(|day| by(ctx, day)),
        amount: threat.amount.map(|amount| ctx.money(amount, own.goods.currency)).unwrap_or_default(),
        owner: order.merchandiser.as_deref().map(|id| ctx.person(id)).unwrap_or_default(),
    })
}

/// `11-25 周三前`: the last safe day.
pub(super) fn by(ctx: &Ctx<'_>, day: NaiveDate) -> Day {
    let shown = ctx.weekday(day);
    let text = shown.text;
    Day { text: say!(ctx, "{text}前", "by {text}"), ..shown }
}

/// The customer's short name where one is recorded: lists have little room.
#[must_use]
pub fn short_customer(ctx: &Ctx<'_>, order: &Order) -> String {
    match ctx.book().customer(order) {
        Some(party) => party.short.clone().unwrap_or_else(|| party.label(ctx.lang).to_owned()),
        None => order.customer.clone().unwrap_or_default(),
    }
}

/// What hurts, in one short sentence.
#[must_use]
pub fn text(ctx: &Ctx<'_>, order: &Order, threat: &Threat<'_>) -> String {
    let as_of = ctx.as_of();
    match &threat.cause {
        Cause::Finding(finding) => finding_text(ctx, order, finding),
        Cause::Short(slack) => short(ctx, slack),
        Cause::Limit { step, limit, latest } => limit_text(ctx, *step, *limit, *latest),
        Cause::Cutoff { cutoff, at } => {
            let (name, missing) = cutoff_words(ctx, *cutoff);
            let day = ctx.day(at.date_naive()).text;
            let time = at.format("%H:%M");
            if at.date_naive() < as_of {
                say!(ctx, "{name} {day} {time} 已过，{missing}", "{name} {day} {time} has passed, {missing}")
            } else {
                say!(ctx, "{name} {day} {time}，{missing}", "{name} {day} {time}, {missing}")
            }
        }
        Cause::Overdue { step, due, overtaken: true, .. } => not_recorded(ctx, *step, *due),
        Cause::Overdue { step, due, forecast, .. } => overdue(ctx, *step, *due, *forecast, threat),
        Cause::Amendment { number, days } => match days {
            0 => say!(
                ctx,
                "信用证修改 {number} 今天收到，还没答复",
                "amendment {number} of the credit came today, not answered"
            ),
            1 => say!(
                ctx,
                "信用证修改 {number} 收到 1 天，还没答复",
                "amendment {number} of the credit unanswered for 1 day"
            ),
            _ => say!(
                ctx,
                "信用证修改 {number} 收到 {days} 天，还没答复",
                "amendment {number} of the credit unanswered for {days} days"
            ),
        },
        Cause::Unpaid { line, due, forecast, reminded, disputed } => {
            let expected = expected(ctx, *forecast);
            let reminded = match reminded {
                Some(day) => {
                    let day = ctx.day(*day).text;
                    say!(ctx, "，上次催 {day}", ", last reminder {day}")
                }
                None => say!(ctx, "，还没催过", ", no reminder yet"),
            };
            let (what, late) = (unpaid(ctx, order, *line), unpaid_late(ctx, threat, *line));
            let due = match line {
                Some(_) => String::new(),
                None => {
                    let due = ctx.day(*due).text;
                    say!(ctx, "计划 {due} 到账，", " planned {due},")
                }
            };
            let disputed = if *disputed { ctx.word(("，有争议", ", disputed")) } else { "" };
            let text = pay::beside(ctx, &format!("{what}{due}"), &late);
            format!("{text}{disputed}{expected}{reminded}")
        }
    }
}

/// `尾款 40%`.
fn unpaid(ctx: &Ctx<'_>, order: &Order, line: Option<usize>) -> String {
    let own = ctx.facts.of(order);
    let line = own.zip(line).and_then(|(own, at)| Some((own, own.money.lines.get(at)?)));
    match line {
        Some((own, line)) => pay::short(ctx, own, line),
        None => ctx.word(("货款", "payment")).to_owned(),
    }
}

/// Overdue where the day was agreed, late where it was only planned.
fn unpaid_late(ctx: &Ctx<'_>, threat: &Threat<'_>, line: Option<usize>) -> String {
    match line {
        Some(_) => pay::overdue(ctx, threat.late),
        None => state::late_text(ctx, threat.late),
    }
}

/// The same for a card: without plans and reminders.
#[must_use]
pub fn brief(ctx: &Ctx<'_>, order: &Order, threat: &Threat<'_>) -> String {
    let late = state::late_text(ctx, threat.late);
    match &threat.cause {
        Cause::Overdue { step, forecast, overtaken: false, .. } => {
            let (name, expected) = (step_name(ctx, *step), expected(ctx, *forecast));
            say!(ctx, "{name}{late}{expected}", "{name} {late}{expected}")
        }
        Cause::Unpaid { line, forecast, disputed, .. } => {
            let (what, late) = (unpaid(ctx, order, *line), unpaid_late(ctx, threat, *line));
            let disputed = if *disputed { ctx.word(("，有争议", ", disputed")) } else { "" };
            let expected = expected(ctx, *forecast);
            let text = pay::beside(ctx, &what, &late);
            format!("{text}{disputed}{expected}")
        }
        Cause::Short(slack) => {
            let (finish, days) = (ctx.day(slack.finish).text, slack.days.unsigned_abs());
            say!(ctx, "{finish} 完工，赶船差 {days} 天", "finish {finish}, {days} days short of the sailing")
        }
        _ => text(ctx, order, threat),
    }
}

/// The finding's title, without the order it stands beside.
fn finding_text(ctx: &Ctx<'_>, order: &Order, finding: &Finding) -> String {
    let title = super::finding::title(ctx, finding);
    let rest = title.strip_prefix(&*order.id).unwrap_or(&title);
    rest.trim_start_matches(['：', ':', ' ', '，', ',']).to_owned()
}

fn expected(ctx: &Ctx<'_>, forecast: Option<NaiveDate>) -> String {
    forecast.map_or_else(String::new, |day| {
        let day = ctx.day(day).text;
        say!(ctx, "，预计 {day}", ", expected {day}")
    })
}

/// `信用证最迟装运 11-05` where the credit is the tighter one.
fn short(ctx: &Ctx<'_>, slack: &Slack) -> String {
    let (finish, latest) = (ctx.day(slack.finish).text, ctx.day(slack.latest).text);
    let by = ctx.word(if slack.by_credit {
        ("信用证最迟装运", "latest shipment of the credit")
    } else {
        ("最迟装运", "latest shipment")
    });
    let days = slack.days.unsigned_abs();
    let what = ctx.word(match slack.basis {
        Basis::Actual => ("完工", "finished"),
        Basis::Forecast => ("预计完工", "finish expected"),
        Basis::Plan | Basis::Derived => ("计划完工", "finish planned"),
    });
    let last =
        shift(slack.latest, -AFTER_FINISH).filter(|day| *day >= ctx.as_of() && slack.basis != Basis::Actual);
    match last {
        Some(day) => {
            let day = ctx.day(day).text;
            say!(
                ctx,
                "{what} {finish}，{by} {latest}，差 {days} 天；{day} 前完工还来得及",
                "{what} {finish}, {by} {latest}: {days} short; finish by {day} to make it"
            )
        }
        None if slack.latest >= ctx.as_of() => say!(
            ctx,
            "{what} {finish}，赶不上{by} {latest}（差 {days} 天），要和客户改期",
            "{what} {finish} misses the {by} {latest} by {days} days: agree on a new date"
        ),
        None => say!(ctx, "{what} {finish}，{by} {latest} 已过", "{what} {finish}, {by} {latest} has passed"),
    }
}

fn limit_text(ctx: &Ctx<'_>, step: Milestone, limit: NaiveDate, latest: NaiveDate) -> String {
    let (limit_day, latest_day) = (ctx.day(limit).text, ctx.day(latest).text);
    let passed = limit < ctx.as_of();
    match step {
        Milestone::Shipped if passed => say!(
            ctx,
            "最迟装运 {latest_day} 已过，还没装运",
            "latest shipment {latest_day} has passed, not shipped"
        ),
        Milestone::Shipped => {
            say!(ctx, "最迟装运 {latest_day}，还没装运", "latest shipment {latest_day}, not shipped")
        }
        Milestone::Inspected if passed => say!(
            ctx,
            "终检没做，{limit_day} 就该验完；{latest_day} 的最迟装运很紧",
            "not inspected; it had to be done by {limit_day} for the latest shipment {latest_day}"
        ),
        Milestone::Inspected => say!(
            ctx,
            "{limit_day} 前不验货就赶不上 {latest_day} 的最迟装运",
            "inspect by {limit_day} or the latest shipment {latest_day} is missed"
        ),
        _ if passed => say!(
            ctx,
            "还没完工，{limit_day} 就该完工；{latest_day} 的最迟装运很紧",
            "not finished; it had to be by {limit_day} for the latest shipment {latest_day}"
        ),
        _ => say!(
            ctx,
            "{limit_day} 前不完工就赶不上 {latest_day} 的最迟装运",
            "finish by {limit_day} or the latest shipment {latest_day} is missed"
        ),
    }
}

fn cutoff_words(ctx: &Ctx<'_>, cutoff: Cutoff) -> (&'static str, &'static str) {
    let (name, missing) = match cutoff {
        Cutoff::Si => (("截单", "SI cut-off"), ("补料没发", "shipping instructions not sent")),
        Cutoff::Vgm => (("截 VGM", "VGM cut-off"), ("VGM 没发", "VGM not sent")),
        Cutoff::Yard => (("截港", "CY cut-off"), ("还没进港", "not gated in")),
        Cutoff::Customs => (("截关", "customs cut-off"), ("还没放行", "not released")),
        Cutoff::DangerousGoods => (("危险品截单", "DG cut-off"), ("还没进港", "not gated in")),
    };
    (ctx.word(name), ctx.word(missing))
}

/// A step as a noun; the titles of milestones are participles in English.
fn step_name(ctx: &Ctx<'_>, step: Milestone) -> &'static str {
    let (zh, _) = step.title();
    let en = match step {
        Milestone::Inquiry => "inquiry",
        Milestone::PiSent => "proforma",
        Milestone::Confirmed => "contract",
        Milestone::Reviewed => "review",
        Milestone::Released => "release to the factory",
        Milestone::SampleApproved => "sample approval",
        Milestone::Materials => "materials",
        Milestone::Started => "start of production",
        Milestone::Produced => "finish of production",
        Milestone::Inspected => "final inspection",
        Milestone::Booked => "booking",
        Milestone::GatedIn => "gate-in",
        Milestone::Ciq => "commodity inspection",
        Milestone::Declared => "customs declaration",
        Milestone::Cleared => "customs release",
        Milestone::Shipped => "shipment",
        Milestone::Presented => "presentation",
        Milestone::Noticed => "reminder",
        Milestone::Paid => "payment",
        Milestone::Closed => "closing",
        Milestone::Archived => "filing",
        Milestone::FollowedUp => "follow-up",
    };
    ctx.word((zh, en))
}

fn not_recorded(ctx: &Ctx<'_>, step: Milestone, due: NaiveDate) -> String {
    let (name, due) = (step_name(ctx, step), ctx.day(due).text);
    say!(ctx, "{name}计划 {due}，没登记", "{name} planned {due}, not recorded")
}

fn overdue(
    ctx: &Ctx<'_>,
    step: Milestone,
    due: NaiveDate,
    forecast: Option<NaiveDate>,
    threat: &Threat<'_>,
) -> String {
    let (name, due) = (step_name(ctx, step), ctx.day(due).text);
    let late = state::late_text(ctx, threat.late);
    let expected = expected(ctx, forecast);
    say!(ctx, "{name}计划 {due}，{late}{expected}", "{name} planned {due}, {late}{expected}")
}

/// Open orders by state, and what leaves this month and the next.
pub(super) fn counts(ctx: &Ctx<'_>, groups: &Groups<'_>) -> Vec<Figure> {
    let (mut late, mut risk) = (0_usize, 0_usize);
    for &index in &groups.open {
        let Some((order, own)) = groups.get(index) else { continue };
        if state::of(ctx, order, own).mark == Mark::Late {
            late += 1;
        } else if groups.threat(index).is_some() {
            risk += 1;
        }
    }
    let open = groups.open.len();
    let fine = open - late - risk;
    let colour = |n: usize, mark: Mark| if n == 0 { Mark::Todo } else { mark };
    let this = month(ctx.as_of());
    let next = shift(ctx.as_of().with_day(1).unwrap_or(ctx.as_of()), 31).map_or(this, month);
    vec![
        figure(open, say!(ctx, "进行中", "open"), Mark::Todo, "orders.html"),
        figure(late, say!(ctx, "已延误", "late"), colour(late, Mark::Late), "orders.html"),
        figure(risk, say!(ctx, "有风险", "at risk"), colour(risk, Mark::Warn), "orders.html"),
        figure(fine, say!(ctx, "正常", "on track"), colour(fine, Mark::Done), "board.html"),
        shipping(ctx, groups, this, say!(ctx, "本月装运", "shipping this month")),
        shipping(ctx, groups, next, say!(ctx, "下月装运", "shipping next month")),
    ]
}

fn figure(n: usize, label: String, mark: Mark, href: &str) -> Figure {
    Figure { value: n.to_string(), label, mark, href: href.to_owned(), note: String::new() }
}

/// Orders that leave in a month; how many have left, and how many are only derived from the latest shipment.
fn shipping(ctx: &Ctx<'_>, groups: &Groups<'_>, wanted: Month, label: String) -> Figure {
    let (mut left, mut waiting, mut derived) = (0_usize, 0_usize, 0_usize);
    for (_, own) in groups.facts.each().filter(|(_, own)| !own.is_cancelled()) {
        let fact = own.progress.milestone(Milestone::Shipped);
        if fact.expected().map(month) != Some(wanted) {
            continue;
        }
        if fact.actual.is_some() {
            left += 1;
        } else if own.is_open() {
            waiting += 1;
            derived += usize::from(fact.forecast.is_none() && fact.plan.is_some_and(|p| p.derived));
        }
    }
    let note = match (left, derived) {
        (0, 0) => String::new(),
        (0, d) => say!(ctx, "其中推算 {d}", "{d} derived"),
        (l, 0) => say!(ctx, "已装 {l}", "{l} have left"),
        (l, d) => say!(ctx, "已装 {l}，推算 {d}", "{l} have left, {d} derived"),
    };
    let total = left + waiting;
    Figure { note, ..figure(total, label, Mark::Todo, "orders/by-month.html") }
}

fn stages(ctx: &Ctx<'_>, groups: &Groups<'_>) -> Vec<StageCount> {
    let open = |list: &[usize]| -> Vec<usize> {
        list.iter().copied().filter(|i| groups.own(*i).is_some_and(OrderFacts::is_open)).collect()
    };
    let lists: Vec<Vec<usize>> = groups.stages.iter().map(|list| open(list)).collect();
    let largest = lists.iter().map(Vec::len).max().unwrap_or_default();
    let share = |n: usize| percent(Decimal::from(n), Decimal::from(largest));
    StageKey::ALL
        .iter()
        .zip(&lists)
        .map(|(key, list)| {
            let late = list.iter().filter(|i| is_pressing(ctx, groups, **i)).count();
            StageCount {
                number: key.number(),
                name: ctx.word(key.title()).to_owned(),
                count: list.len(),
                late,
                percent: share(list.len()),
                late_percent: share(late),
            }
        })
        .collect()
}

fn is_pressing(ctx: &Ctx<'_>, groups: &Groups<'_>, index: usize) -> bool {
    groups.threat(index).is_some()
        || groups.get(index).is_some_and(|(order, own)| state::of(ctx, order, own).mark == Mark::Late)
}

/// `part` of `whole` in percent, at least 1 where there is something.
#[must_use]
pub fn percent(part: Decimal, whole: Decimal) -> u8 {
    if part <= Decimal::ZERO || whole <= Decimal::ZERO {
        return 0;
    }
    let share = part.saturating_mul(Decimal::ONE_HUNDRED).checked_div(whole).unwrap_or_default();
    u8::try_from(share.round().clamp(Decimal::ONE, Decimal::ONE_HUNDRED)).unwrap_or(100)
}

/// When money is expected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Period {
    Overdue,
    ThisWeek,
    NextWeek,
    Days30,
    Later,
}

/// A day's period. Weeks end on Sunday; the thirty days hold the days after next week alone, so that every amount
/// stands in one row.
pub(super) fn period(day: NaiveDate, as_of: NaiveDate) -> Period {
    let ahead = (day - as_of).num_days();
    let to_sunday = i64::from(6 - as_of.weekday().num_days_from_monday());
    if ahead < 0 {
        Period::Overdue
    } else if ahead <= to_sunday {
        Period::ThisWeek
    } else if ahead <= to_sunday + 7 {
        Period::NextWeek
    } else if ahead <= 30 {
        Period::Days30
    } else {
        Period::Later
    }
}

/// What is overdue on an order, in its currency.
#[must_use]
pub fn overdue_money(own: &OrderFacts) -> Option<(Currency, Decimal)> {
    let late = own.money.lines.iter().filter(|line| line.overdue > 0).filter_map(Line::outstanding);
    let sum = late.fold(Decimal::ZERO, Decimal::saturating_add);
    (sum > Decimal::ZERO).then_some((own.goods.currency?, sum))
}

/// Money that is owed by period, and what it rests on.
fn cash(ctx: &Ctx<'_>) -> (Vec<CashPeriod>, String) {
    let aging = Aging::of(ctx.facts);
    let cash = Cash::of(ctx.facts, &aging);
    let mut sums: BTreeMap<Period, Sums> = BTreeMap::new();
    let mut undated = Sums::default();
    let mut without = 0_usize;
    for expected in &cash.expected {
        let Some(currency) = aging.owed.get(expected.owed).and_then(|owed| owed.currency) else { continue };
        match expected.day {
            Some(day) => sums.entry(period(day, ctx.as_of())).or_default().add(currency, expected.amount),
            None => {
                without += 1;
                undated.add(currency, expected.amount);
            }
        }
    }
    let mut most: BTreeMap<&str, Decimal> = BTreeMap::new();
    for (currency, sum) in sums.values().flat_map(Sums::each) {
        let top = most.entry(currency.code()).or_default();
        *top = sum.max(*top);
    }
    let periods = sums
        .iter()
        .map(|(period, sums)| CashPeriod {
            label: period_name(ctx, *period),
            amounts: sums
                .each()
                .map(|(currency, sum)| CashAmount {
                    text: ctx.money(sum, Some(currency)),
                    percent: percent(sum, most.get(currency.code()).copied().unwrap_or_default()),
                    overdue: *period == Period::Overdue,
                })
                .collect(),
        })
        .collect();
    let dated = cash.expected.len().saturating_sub(without);
    (periods, cash_basis(ctx, dated, (without, &undated), &aging))
}

fn cash_basis(ctx: &Ctx<'_>, dated: usize, (without, undated): (usize, &Sums), aging: &Aging) -> String {
    let mut text = String::new();
    if dated > 0 {
        text.push_str(&say!(
            ctx,
            "{dated} 笔，按到期日；客户另说了日子的按他说的。",
            "{dated} amounts on their due days, or on the day the customer named. "
        ));
    }
    if without > 0 {
        let sums = undated.text(ctx);
        text.push_str(&match without {
            1 => say!(ctx, "另有 1 笔没有日期：{sums}。", "1 more has no day: {sums}. "),
            _ => say!(ctx, "另有 {without} 笔没有日期：{sums}。", "{without} more have no day: {sums}. "),
        });
    }
    let disputed = aging.owed.iter().filter_map(|owed| Some((owed.currency?, owed.disputed)));
    let disputed: Sums = disputed.filter(|(_, amount)| !amount.is_zero()).collect();
    if !disputed.is_empty() {
        let sums = disputed.text(ctx);
        text.push_str(&say!(ctx, "有争议的没算：{sums}。", "Disputed, not counted: {sums}. "));
    }
    text
}

fn period_name(ctx: &Ctx<'_>, period: Period) -> String {
    match period {
        Period::Overdue => say!(ctx, "已到期未收", "Overdue"),
        Period::ThisWeek => say!(ctx, "本周", "This week"),
        Period::NextWeek => say!(ctx, "下周", "Next week"),
        Period::Days30 => say!(ctx, "30 天内其余", "Rest of 30 days"),
        Period::Later => say!(ctx, "30 天后", "After 30 days"),
    }
}

/// The working day before the day of the facts, by the seller's calendar.
#[must_use]
pub fn last_working_day(ctx: &Ctx<'_>) -> NaiveDate {
    let calendar = ctx.book().bank_calendar().calendar;
    let yesterday = ctx.as_of().pred_opt().unwrap_or(ctx.as_of());
    // A calendar that closes everything must not make this endless; no holiday is longer.
    (0..30).filter_map(|back| shift(yesterday, -back)).find(|day| calendar.is_open(*day)).unwrap_or(yesterday)
}

/// What changed since the last working day, newest first, and how much more there is.
fn changes(ctx: &Ctx<'_>, all: &Changes<'_>) -> (Vec<ChangeEntry>, String) {
    let recent: Vec<&Entry<'_>> = all.since(last_working_day(ctx)).collect();
    let more = recent.len().saturating_sub(CHANGES);
    let list = recent.into_iter().take(CHANGES).map(|entry| changes::row(ctx, entry)).collect();
    let mut rest = Vec::new();
    match more {
        0 => {}
        1 => rest.push(say!(ctx, "另有 1 处改动。", "1 more change.")),
        _ => rest.push(say!(ctx, "另有 {more} 处改动。", "{more} more changes.")),
    }
    match ctx.facts.history.uncommitted.len() {
        0 => {}
        1 => rest.push(say!(ctx, "1 单改了还没提交。", "1 order has changes that are not committed.")),
        n => rest.push(say!(ctx, "{n} 单改了还没提交。", "{n} orders have changes that are not committed.")),
    }
    (list, rest.join(" "))
}

/// Why the changes are not known.
fn changes_unknown(ctx: &Ctx<'_>) -> String {
    match &ctx.facts.history.state {
        State::Complete => String::new(),
        State::Shallow => say!(
            ctx,
            "不知道：这是浅克隆，历史不完整。用完整克隆（fetch-depth: 0）就能看到。",
            "Unknown: this is a shallow clone, its history is cut off. A full clone (fetch-depth: 0) shows it."
        ),
        State::NoRepository => {
            say!(ctx, "不知道：数据不在 git 仓库里。", "Unknown: the data is not in a git repository.")
        }
        State::Unborn => say!(ctx, "还没有第一次提交。", "Nothing has been committed yet."),
        State::OutsideData => {
            say!(ctx, "不知道：数据还没有提交进 git。", "Unknown: the data has not been committed to git.")
        }
        State::Unreadable(why) => {
            say!(
                ctx,
                "不知道：git 仓库读不了（{why}）。",
                "Unknown: the git repository cannot be read ({why})."
            )
        }
    }
}

/// Whether the other figures can be believed.
pub(super) fn quality(ctx: &Ctx<'_>, groups: &Groups<'_>) -> Vec<Figure> {
    let book = ctx.book();
    let broken = book.orders.iter().filter(|o| o.broken).count();
    let all = book.orders.len();
    let whole = all - broken;
    let wrong = |class| ctx.findings.all.iter().filter(|f| counts_as_error(f, class)).count();
    let (record, document) = (wrong(Class::Record), wrong(Class::Document));
    let unplanned =
        groups.open.iter().filter_map(|i| groups.order(*i)).filter(|order| order.plan.is_none()).count();
    let mark = |n: usize, mark: Mark| if n == 0 { Mark::Done } else { mark };
    let mut list = vec![
        Figure {
            value: format!("{whole}/{all}"),
            label: say!(ctx, "读入", "orders read"),
            mark: mark(broken, Mark::Late),
            href: "quality.html".to_owned(),
            note: String::new(),
        },
        figure(record, say!(ctx, "登记错误", "record errors"), mark(record, Mark::Late), "quality.html"),
        figure(
            document,
            say!(ctx, "单据错误", "document errors"),
            mark(document, Mark::Late),
            "quality.html",
        ),
        figure(
            unplanned,
            say!(ctx, "没写计划", "without a plan"),
            mark(unplanned, Mark::Warn),
            "quality.html",
        ),
    ];
    if ctx.facts.history.state == State::Complete {
        let days = book.config.stale_days();
        let stale =
            groups.open.iter().filter_map(|i| groups.order(*i)).filter(|o| is_stale(ctx, o, days)).count();
        let label = say!(ctx, "{days} 天没动", "untouched for {days} days");
        list.push(figure(stale, label, mark(stale, Mark::Warn), "quality.html"));
    }
    list
}

fn counts_as_error(finding: &Finding, class: Class) -> bool {
    finding.class == class && finding.severity == Severity::Error && finding.waived.is_none() && !finding.past
}

fn is_stale(ctx: &Ctx<'_>, order: &Order, days: i64) -> bool {
    let history = ctx.facts.history;
    !history.is_uncommitted(&order.id)
        && history.orders.get(&*order.id).is_some_and(|r| (ctx.as_of() - r.last.date).num_days() > days)
}
