//! Exposure and risk: what is my largest unsecured amount, who pays late, are we getting better.

use std::cmp::Reverse;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::ctx::Ctx;
use super::groups::Groups;
use super::indicators::{self, days_text, percent_text};
use super::paging;
use super::row::amount_key;
use super::sums::weight;
use super::tables;
use crate::book::Book;
use crate::check::rules;
use crate::derive::exposure::{Customer, Delay, Exposure, Granted, Habit, Limit, Owed};
use crate::derive::kpi::refusals::Item;
use crate::derive::kpi::{self, FEW, Heard, Objection};
use crate::derive::money::Security;
use crate::model::party::PartyKind;
use crate::model::value::Currency;
use crate::say;
use crate::site::format;
use crate::site::view::{
    ExposureCustomer, ExposureLimit, ExposureOwed, ExposurePage, ExposurePart, ExposureSum, Link, Mark,
    PayHabit, RefusalRow,
};

/// A limit that is used so far is nearly used up, in percent.
const NEARLY: u32 = 80;

/// Objections shown; a bank that names more is read on the order's page.
const OBJECTIONS: usize = 200;

/// How many pages the list of customers has.
#[must_use]
pub fn pages(groups: &Groups<'_>) -> usize {
    paging::count(groups.exposure.customers.len())
}

/// One page, from 0. Sums, indicators and refusals stand on the first.
#[must_use]
pub fn page(ctx: &Ctx<'_>, groups: &Groups<'_>, page: usize) -> ExposurePage {
    let exposure = &groups.exposure;
    let kpis = &groups.kpis;
    let ranked = ranked(ctx.book(), ctx.as_of(), exposure);
    let sums = ordered(ctx, exposure);
    let first = page == 0;
    let shown = paging::slice(&ranked, page);
    let rows = |owing: bool| {
        let own = shown.iter().filter(|customer| customer.owes() == owing);
        own.map(|customer| row(ctx, customer)).collect::<Vec<_>>()
    };
    let paid_up = ranked.iter().filter(|customer| !customer.owes()).count();
    let (verdict, verdict_mark) = verdict(ctx, &sums, &ranked);
    let n = ranked.len().saturating_sub(paid_up);
    let (from, to, old) = (kpis.window.first, kpis.window.last, kpis.window.before().first);
    ExposurePage {
        path: paging::file("exposure", page),
        title: say!(ctx, "敞口与风险", "Exposure and risk"),
        as_of: format::full(ctx.as_of(), ctx.lang),
        downloads: tables::downloads(tables::exposure::EXPORT.name),
        verdict,
        verdict_mark,
        sums: sums.iter().map(|(currency, owed)| sum(ctx, *currency, owed)).collect(),
        pending: pending(ctx, exposure),
        customers: rows(true),
        customers_note: match n {
            1 => say!(ctx, "1 家", "1"),
            _ => say!(ctx, "{n} 家", "{n}"),
        },
        paid_up: rows(false),
        paid_up_title: match paid_up {
            1 => say!(ctx, "没有未收的 1 家", "1 that owes nothing"),
            _ => say!(ctx, "没有未收的 {paid_up} 家", "{paid_up} that owe nothing"),
        },
        pages: paging::links("exposure", pages(groups), page),
        period: say!(
            ctx,
            "{from} 至 {to}；上期从 {old} 起，也是 12 个月。已取消的订单只算进取消率。",
            "{from} to {to}; the period before starts on {old} and has 12 months too. Cancelled orders count in the cancellation rate alone."
        ),
        indicators: if first { indicators::list(ctx, kpis) } else { Vec::new() },
        refusals: if first {
            kpis.refusals.iter().take(OBJECTIONS).map(|objection| refusal(ctx, objection)).collect()
        } else {
            Vec::new()
        },
        refusals_note: ctx.word(kpi::refusals::DEFINITION).to_owned(),
        refusals_sum: refusals_sum(ctx, &kpis.refusals),
    }
}

/// Currencies with something at stake, the largest sum first.
fn ordered(ctx: &Ctx<'_>, exposure: &Exposure<'_>) -> Vec<(Option<Currency>, Owed)> {
    let mut all: Vec<(Option<Currency>, Owed)> = exposure
        .total
        .iter()
        .filter(|(_, owed)| !owed.total().is_zero())
        .map(|(c, owed)| (*c, *owed))
        .collect();
    all.sort_by_key(|(currency, owed)| Reverse(weight(ctx.book(), ctx.as_of(), *currency, owed.total())));
    all
}

/// Customers, the largest unsecured amount first.
fn ranked<'e, 'a>(book: &Book, as_of: NaiveDate, exposure: &'e Exposure<'a>) -> Vec<&'e Customer<'a>> {
    let weight = |customer: &Customer<'_>, part: fn(&Owed) -> Decimal| {
        customer.owed.iter().fold(Decimal::ZERO, |sum, (currency, owed)| {
            sum.saturating_add(weight(book, as_of, *currency, part(owed)))
        })
    };
    let mut all: Vec<&Customer<'a>> = exposure.customers.iter().collect();
    all.sort_by_cached_key(|c| {
        (
            Reverse(weight(c, |o| o.unsecured)),
            Reverse(weight(c, Owed::total)),
            c.habit.longest.is_none(),
            c.id,
        )
    });
    all
}

/// The largest unsecured amount in each currency, and whose it is.
fn verdict(ctx: &Ctx<'_>, sums: &[(Option<Currency>, Owed)], ranked: &[&Customer<'_>]) -> (String, Mark) {
    let mut parts = Vec::new();
    let mut mark = Mark::Done;
    for currency in sums.iter().filter(|(_, owed)| !owed.unsecured.is_zero()).map(|(currency, _)| currency) {
        let of = |c: &&&Customer<'_>| c.owed.get(currency).map(|o| o.unsecured).unwrap_or_default();
        let Some(most) = ranked.iter().max_by_key(|c| (of(c), Reverse(c.id))) else { continue };
        let Some(owed) = most.owed.get(currency) else { continue };
        let (amount, name) = (ctx.money(owed.unsecured, *currency), name(ctx, most.id).text);
        let late = owed.oldest;
        let note = if owed.oldest > 0 {
            mark = Mark::Late;
            match late {
                1 => say!(ctx, "（逾期 1 天）", " (1 day overdue)"),
                _ => say!(ctx, "（逾期 {late} 天）", " ({late} days overdue)"),
            }
        } else {
            mark = if mark == Mark::Late { mark } else { Mark::Warn };
            let disputed = owed.disputed >= owed.unsecured;
            ctx.word(if disputed { ("（有争议）", " (disputed)") } else { ("", "") }).to_owned()
        };
        parts.push(say!(ctx, "{name} {amount}{note}", "{name} {amount}{note}"));
    }
    if parts.is_empty() {
        let text = if sums.is_empty() {
            say!(ctx, "没有未收款", "Nothing is open")
        } else {
            say!(ctx, "没有无保障的未收款", "Nothing that is open is unsecured")
        };
        return (text, Mark::Done);
    }
    let list = parts.join(ctx.word(("；", "; ")));
    (say!(ctx, "无保障最多：{list}", "Largest unsecured: {list}"), mark)
}

fn code(ctx: &Ctx<'_>, currency: Option<Currency>) -> String {
    currency.map_or_else(|| ctx.word(("没写币种", "no currency")).to_owned(), |c| c.code().to_owned())
}

fn sum(ctx: &Ctx<'_>, currency: Option<Currency>, owed: &Owed) -> ExposureSum {
    let amount = |value: Decimal| ctx.amount(value, currency);
    let some = |value: Decimal| if value.is_zero() { String::new() } else { amount(value) };
    let total = owed.total();
    let ends = |part: Decimal| {
        let share = kpi::percent(part, total).unwrap_or_default();
        u8::try_from(kpi::rounded(share, 0)).unwrap_or(100)
    };
    ExposureSum {
        currency: code(ctx, currency),
        secured: amount(owed.secured),
        controlled: amount(owed.controlled),
        unsecured: amount(owed.unsecured),
        total: amount(total),
        overdue: some(owed.overdue),
        overdue_note: oldest(ctx, owed.oldest),
        disputed: some(owed.disputed),
        bar: [ends(owed.secured), ends(owed.secured.saturating_add(owed.controlled))],
    }
}

fn oldest(ctx: &Ctx<'_>, days: i64) -> String {
    match days {
        0 => String::new(),
        1 => say!(ctx, "最久 1 天", "oldest 1 day"),
        _ => say!(ctx, "最久 {days} 天", "oldest {days} days"),
    }
}

fn pending(ctx: &Ctx<'_>, exposure: &Exposure<'_>) -> String {
    let waiting: super::sums::Sums = exposure
        .total
        .iter()
        .filter(|(_, owed)| !owed.pending.is_zero())
        .filter_map(|(currency, owed)| Some(((*currency)?, owed.pending)))
        .collect();
    if waiting.is_empty() {
        return String::new();
    }
    let sums = waiting.text(ctx);
    say!(
        ctx,
        "还没投产的 {sums} 不算敞口，没算进来。",
        "Not in production yet, hence no exposure and not counted: {sums}."
    )
}

/// The customer's short name, leading to its page.
fn name(ctx: &Ctx<'_>, id: &str) -> Link {
    if id.is_empty() {
        return Link::text(ctx.word(("没写客户", "no customer")));
    }
    let link = ctx.party(PartyKind::Customer, id);
    match ctx.book().party(PartyKind::Customer, id).and_then(|party| party.short.clone()) {
        Some(short) => Link { text: short, ..link },
        None => link,
    }
}

fn row(ctx: &Ctx<'_>, customer: &Customer<'_>) -> ExposureCustomer {
    let most = customer.owed.iter().max_by_key(|(_, owed)| owed.unsecured);
    let unknown = customer.unknown;
    ExposureCustomer {
        name: name(ctx, customer.id),
        country: ctx
            .book()
            .party(PartyKind::Customer, customer.id)
            .and_then(|party| party.country.clone())
            .unwrap_or_default(),
        owed: owed(ctx, customer),
        sort: most.map(|(currency, owed)| amount_key(owed.unsecured, *currency)).unwrap_or_default(),
        unknown: match unknown {
            0 => String::new(),
            _ => say!(ctx, "{unknown} 笔金额不详", "{unknown} of unknown amount"),
        },
        limits: limits(ctx, customer),
        habit: habit(ctx, &customer.habit),
    }
}

/// What a customer owes, by currency; what is not in production is left out.
#[must_use]
pub fn owed(ctx: &Ctx<'_>, customer: &Customer<'_>) -> Vec<ExposureOwed> {
    let at_stake = customer.owed.iter().filter(|(_, owed)| !owed.total().is_zero());
    at_stake
        .map(|(currency, owed)| {
            let amount = |value: Decimal| ctx.amount(value, *currency);
            let parts = [
                (owed.unsecured, Security::Unsecured, Mark::Warn),
                (owed.controlled, Security::Controlled, Mark::Open),
                (owed.secured, Security::Secured, Mark::Done),
            ];
            let days = owed.oldest;
            ExposureOwed {
                total: ctx.money(owed.total(), *currency),
                parts: parts
                    .into_iter()
                    .filter(|(value, ..)| !value.is_zero())
                    .map(|(value, security, mark)| ExposurePart {
                        label: ctx.word(security.title()).to_owned(),
                        amount: amount(value),
                        mark,
                    })
                    .collect(),
                overdue: match days {
                    0 => String::new(),
                    _ => {
                        let sum = amount(owed.overdue);
                        let days = days_text(ctx, Decimal::from(days));
                        say!(ctx, "逾期 {sum}，最久 {days}", "{sum} overdue, oldest {days}")
                    }
                },
                disputed: if owed.disputed.is_zero() {
                    String::new()
                } else {
                    let sum = amount(owed.disputed);
                    say!(ctx, "有争议 {sum}", "{sum} disputed")
                },
            }
        })
        .collect()
}

/// The credit granted to a customer, and how much of it is used.
#[must_use]
pub fn limits(ctx: &Ctx<'_>, customer: &Customer<'_>) -> Vec<ExposureLimit> {
    customer.limits.iter().map(|limit| limit_of(ctx, customer, limit)).collect()
}

fn limit_of(ctx: &Ctx<'_>, customer: &Customer<'_>, limit: &Limit<'_>) -> ExposureLimit {
    let used = customer.used(limit);
    let mark = match used {
        _ if limit.expired => Mark::Late,
        Some(used) if used > Decimal::ONE_HUNDRED => Mark::Late,
        Some(used) if used >= Decimal::from(NEARLY) => Mark::Warn,
        _ => Mark::Open,
    };
    ExposureLimit {
        amount: ctx.money(limit.amount, limit.currency),
        note: limit_note(ctx, limit),
        used: used.map_or_else(String::new, |used| {
            let share = percent_text(ctx, used);
            say!(ctx, "已用 {share}", "{share} used")
        }),
        percent: used.map_or(0, |used| {
            u8::try_from(kpi::rounded(used, 0).clamp(Decimal::ZERO, Decimal::ONE_HUNDRED)).unwrap_or(100)
        }),
        mark,
    }
}

fn limit_note(ctx: &Ctx<'_>, limit: &Limit<'_>) -> String {
    let by = limit.by.map(|id| ctx.person(id));
    let until = limit.until.map(|day| {
        let day = ctx.day(day).text;
        if limit.expired {
            say!(ctx, "{day} 已过期", "expired {day}")
        } else {
            say!(ctx, "到 {day}", "until {day}")
        }
    });
    let orders = match limit.granted {
        Granted::Customer => None,
        Granted::Orders(1) => Some(say!(ctx, "1 单批的", "approved for 1 order")),
        Granted::Orders(n) => Some(say!(ctx, "{n} 单批的，合计", "approved for {n} orders together")),
    };
    let parts: Vec<String> = [orders, by, until].into_iter().flatten().collect();
    parts.join(ctx.word(("，", ", ")))
}

/// How a customer pays.
#[must_use]
pub fn habit(ctx: &Ctx<'_>, habit: &Habit) -> PayHabit {
    let (good, n) = habit.on_time();
    let mark = match (good, n) {
        (_, 0) => Mark::Todo,
        (good, n) if good == n => Mark::Done,
        (good, n) if good.saturating_mul(2) < n => Mark::Late,
        _ => Mark::Warn,
    };
    PayHabit {
        on_time: if n == 0 { String::new() } else { format!("{good}/{n}") },
        days: habit_days(ctx, habit),
        mark,
        longest: habit.longest.map(|d| days_text(ctx, Decimal::from(d.days))).unwrap_or_default(),
        longest_note: habit.longest.map(|delay| longest_note(ctx, &delay)).unwrap_or_default(),
        longest_order: habit
            .longest
            .and_then(|delay| ctx.book().orders.get(delay.order))
            .map(|order| ctx.order_link(&order.id))
            .unwrap_or_default(),
    }
}

fn longest_note(ctx: &Ctx<'_>, delay: &Delay) -> String {
    let word = match (delay.open, delay.disputed) {
        (false, _) => return String::new(),
        (true, false) => ("未了", "still open"),
        (true, true) => ("未了，有争议", "still open, disputed"),
    };
    ctx.word(word).to_owned()
}

/// The median of days after the due day; with few cases, each of them.
fn habit_days(ctx: &Ctx<'_>, habit: &Habit) -> String {
    let days: Vec<i64> = habit.paid.iter().filter_map(|paid| paid.late).collect();
    if days.len() >= FEW {
        return habit.median().map(|days| late(ctx, days, true)).unwrap_or_default();
    }
    let each: Vec<String> = days.iter().map(|days| late(ctx, Decimal::from(*days), false)).collect();
    each.join(ctx.word(("、", ", ")))
}

/// `中位晚 6 天`, `早 3 天`, `按时`.
fn late(ctx: &Ctx<'_>, days: Decimal, median: bool) -> String {
    let shown = days_text(ctx, days.abs());
    let text = if days.is_zero() {
        ctx.word(("当天", "on the day")).to_owned()
    } else if days > Decimal::ZERO {
        say!(ctx, "晚 {shown}", "{shown} late")
    } else {
        say!(ctx, "早 {shown}", "{shown} early")
    };
    if median { say!(ctx, "中位{text}", "median {text}") } else { text }
}

fn refusal(ctx: &Ctx<'_>, objection: &Objection) -> RefusalRow {
    let order = ctx.book().orders.get(objection.order);
    let record = order.and_then(|o| o.docs.presentation.get(objection.presentation));
    let text = record.and_then(|record| match objection.item? {
        Item::Refusal(at) => record.refusal.as_deref()?.items.get(at)?.text.clone(),
        Item::Line(at) => record.discrepancies.get(at).cloned(),
    });
    let (heard, mark) = match objection.heard {
        Heard::Reported => (("规则报了", "the rule had reported it"), Mark::Done),
        Heard::Missed => (("规则漏了", "the rule missed it"), Mark::Late),
        Heard::Unmatched => (("没写对应规则", "no rule written"), Mark::Warn),
    };
    let verdict = match objection.valid {
        Some(true) => ("成立", "valid"),
        Some(false) => ("可争辩", "contestable"),
        None => ("还没判断", "not judged yet"),
    };
    RefusalRow {
        order: order.map(|o| Link::new(&*o.id, format!("o/{}.html#credit", o.id))).unwrap_or_default(),
        day: ctx.day(objection.day),
        text: text
            .unwrap_or_else(|| ctx.word(("通知没列不符点", "the notice names no discrepancy")).to_owned()),
        rule: objection.rule.as_deref().map_or_else(Link::default, |name| match rules::find(name) {
            Some(rule) => Link::new(rule.name, format!("rules/{}.html", rule.name)),
            None => Link::text(name),
        }),
        heard: ctx.word(heard).to_owned(),
        mark,
        verdict: ctx.word(verdict).to_owned(),
    }
}

fn refusals_sum(ctx: &Ctx<'_>, all: &[Objection]) -> String {
    let n = all.len();
    if n == 0 {
        return ctx.word(("这 12 个月没有拒付。", "No refusal in these 12 months.")).to_owned();
    }
    let of = |heard: Heard| all.iter().filter(|o| o.heard == heard).count();
    let (reported, missed, open) = (of(Heard::Reported), of(Heard::Missed), of(Heard::Unmatched));
    say!(
        ctx,
        "{n} 条：规则报了 {reported}，漏了 {missed}，没写对应规则 {open}",
        "{n}: {reported} reported by a rule, {missed} missed, {open} without a rule"
    )
}
