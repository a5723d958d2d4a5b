//! Data quality: can I believe the other pages. Admits weakness: what was not read, what is missing, what has
//! not been touched.

use std::collections::BTreeSet;

use chrono::{Datelike, NaiveDate};
use rayon::prelude::*;

use crate::check::finding::{Class, Finding as Found, Severity, Subject};
use crate::check::rule::Group;
use crate::derive::OrderFacts;
use crate::derive::kpi::median;
use crate::history::{Person, State};
use crate::model::Order;
use crate::model::order::Until;
use crate::model::stage::Milestone;
use crate::publish::ctx::Ctx;
use crate::publish::finding::Sources;
use crate::publish::order::history;
use crate::publish::witness::{self, Witness};
use crate::publish::{finding, rules};
use crate::report::Counts;
use crate::say;
use crate::site::format;
use crate::site::view::{Day, Figure, Finding, Link, Mark, QualityGroup, QualityPage, WaiverRow};

/// At most this many findings are shown in full; the summary counts all of them.
const SHOWN: usize = 100;

/// The page.
#[must_use]
pub fn page(ctx: &Ctx<'_>) -> QualityPage {
    let book = ctx.book();
    let broken: Vec<&Order> = book.orders.iter().filter(|o| o.broken).collect();
    let (total, read) = (book.orders.len(), book.orders.len() - broken.len());
    let Counts { errors, warnings, waived, .. } = Counts::of(ctx.findings.all);
    let mut shown: Vec<&Found> = ctx
        .findings
        .all
        .iter()
        .filter(|f| f.class != Class::Risk && !f.past && f.waived.is_none() && f.severity > Severity::Info)
        .collect();
    shown.sort_by_key(|f| std::cmp::Reverse(f.severity));
    let mut sources = Sources::new(&book.root);
    QualityPage {
        title: say!(ctx, "数据质量", "Data quality"),
        as_of: format::full(ctx.as_of(), ctx.lang),
        verdict: say!(
            ctx,
            "读入 {read}/{total} 单，错误 {errors}，警告 {warnings}，已豁免 {waived}",
            "{read} of {total} orders read, {errors} errors, {warnings} warnings, {waived} waived"
        ),
        verdict_mark: match (errors, warnings) {
            (0, 0) => Mark::Done,
            (0, _) => Mark::Warn,
            _ => Mark::Late,
        },
        groups: vec![
            reading(ctx, broken.len()),
            coverage(ctx),
            stale(ctx),
            lag(ctx),
            calendars(ctx),
            rates(ctx),
            files(ctx),
            recorded(ctx),
        ],
        broken: broken.iter().map(|o| ctx.order_link(&o.id)).collect(),
        findings: shown.iter().take(SHOWN).map(|f| across(ctx, f, &mut sources)).collect(),
        waivers: waivers(ctx),
        not_checked: Vec::new(),
    }
}

/// A finding in a list across orders: names its order and leads to it.
fn across(ctx: &Ctx<'_>, found: &Found, sources: &mut Sources<'_>) -> Finding {
    let mut shown = finding::of(ctx, found, sources);
    // One address for each: the same mistake may stand in many orders, and twice in one.
    let (order, print) = (&shown.order, found.fingerprint.get(..8).unwrap_or_default());
    shown.anchor = format!("{order}-{}-{print}", shown.anchor).trim_start_matches('-').to_owned();
    if let Some(id) = found.subject.order() {
        shown.order = id.to_string();
        shown.order_href = format!("o/{id}.html");
    }
    shown
}

fn figure(value: String, label: String, mark: Mark) -> Figure {
    Figure { value, label, mark, ..Figure::default() }
}

/// A count that should be zero.
fn fault(count: usize, label: String) -> Figure {
    figure(count.to_string(), label, if count == 0 { Mark::Done } else { Mark::Late })
}

/// A part that should be the whole.
fn share(part: usize, whole: usize, label: String) -> Figure {
    figure(format!("{part}/{whole}"), label, if part == whole { Mark::Done } else { Mark::Warn })
}

fn reading(ctx: &Ctx<'_>, broken: usize) -> QualityGroup {
    let book = ctx.book();
    let errors = |wanted: fn(&Found) -> bool| {
        ctx.findings.all.iter().filter(|f| f.severity == Severity::Error && !f.past && wanted(f)).count()
    };
    let total = book.orders.len();
    QualityGroup {
        name: say!(ctx, "读入", "Reading"),
        figures: vec![
            share(total - broken, total, say!(ctx, "单", "orders")),
            figure(book.files_read.to_string(), say!(ctx, "文件", "files"), Mark::Todo),
            fault(errors(|f| f.rule.group == Group::Writing), say!(ctx, "写法错误", "writing mistakes")),
            fault(errors(|f| f.rule.name == "ref-unknown"), say!(ctx, "引用错误", "broken references")),
        ],
        note: String::new(),
    }
}

fn coverage(ctx: &Ctx<'_>) -> QualityGroup {
    let open: Vec<(&Order, &OrderFacts)> = ctx.facts.each().filter(|(_, f)| f.is_open()).collect();
    let count = |has: fn(&Order, &OrderFacts) -> bool| open.iter().filter(|(o, f)| has(o, f)).count();
    let whole = open.len();
    QualityGroup {
        name: say!(ctx, "覆盖率（进行中的订单）", "Coverage (open orders)"),
        figures: vec![
            share(count(|o, _| o.plan.is_some()), whole, say!(ctx, "写了计划", "with a plan")),
            share(
                count(|o, _| o.merchandiser.is_some()),
                whole,
                say!(ctx, "有跟单员", "with a merchandiser"),
            ),
            share(
                count(|o, _| !o.docs.contract.is_empty() || !o.docs.proforma.is_empty()),
                whole,
                say!(ctx, "登记了合同或形式发票", "with a contract or proforma"),
            ),
            share(
                count(|_, f| f.money.terms.is_some()),
                whole,
                say!(ctx, "付款方式读得懂", "with payment terms that can be read"),
            ),
        ],
        note: String::new(),
    }
}

/// Orders nobody has touched; only full history can say.
fn stale(ctx: &Ctx<'_>) -> QualityGroup {
    let days = ctx.book().config.stale_days();
    let name = say!(ctx, "停滞", "Stale");
    if ctx.facts.history.state != State::Complete {
        return QualityGroup { name, figures: Vec::new(), note: history::unknown(ctx) };
    }
    let mut still: Vec<(i64, &Order)> = ctx
        .facts
        .each()
        .filter(|(order, facts)| facts.is_open() && !ctx.facts.history.is_uncommitted(&order.id))
        .filter_map(|(order, _)| {
            let last = ctx.facts.history.orders.get(&*order.id)?.last.date;
            Some(((ctx.as_of() - last).num_days(), order))
        })
        .filter(|(age, _)| *age > days)
        .collect();
    still.sort_by(|a, b| (b.0, &a.1.id).cmp(&(a.0, &b.1.id)));
    let named: Vec<String> = still
        .iter()
        .take(8)
        .map(|(age, order)| say!(ctx, "{} {age} 天", "{} {age} days", order.id))
        .collect();
    let mark = if still.is_empty() { Mark::Done } else { Mark::Warn };
    QualityGroup {
        name,
        figures: vec![figure(
            still.len().to_string(),
            say!(ctx, "{days} 天没有改动", "untouched for {days} days"),
            mark,
        )],
        note: named.join(ctx.word(("，", ", "))),
    }
}

fn calendars(ctx: &Ctx<'_>) -> QualityGroup {
    let book = ctx.book();
    let year = ctx.as_of().year();
    let mut figures = Vec::new();
    for (id, years) in &book.calendars {
        for year in [year, year + 1] {
            let known = years.contains_key(&year);
            if known || year == ctx.as_of().year() || id == "cn-bank" {
                let label = if known {
                    say!(ctx, "{id} 有", "{id} present")
                } else {
                    say!(ctx, "{id} 缺，日期暂定", "{id} missing, dates provisional")
                };
                figures.push(figure(year.to_string(), label, if known { Mark::Done } else { Mark::Warn }));
            }
        }
    }
    QualityGroup { name: say!(ctx, "日历", "Calendars"), figures, note: String::new() }
}

fn rates(ctx: &Ctx<'_>) -> QualityGroup {
    let book = ctx.book();
    let last: Option<NaiveDate> = book.rates.iter().map(|r| r.date).filter(|d| *d <= ctx.as_of()).max();
    let figures = match last {
        Some(day) => {
            let fresh = (ctx.as_of() - day).num_days() <= 7;
            vec![figure(
                day.to_string(),
                say!(ctx, "最新汇率（只用于显示）", "newest rate (display only)"),
                if fresh { Mark::Done } else { Mark::Warn },
            )]
        }
        None => vec![figure("0".to_owned(), say!(ctx, "没有汇率", "no rates"), Mark::Todo)],
    };
    QualityGroup { name: say!(ctx, "汇率", "Rates"), figures, note: String::new() }
}

fn files(ctx: &Ctx<'_>) -> QualityGroup {
    let faults = ctx.findings.all.iter().filter(|f| f.rule.name == "stage-dates" && !f.past).count();
    QualityGroup {
        name: say!(ctx, "附件", "Attachments"),
        figures: vec![
            figure(
                ctx.book().attachments.len().to_string(),
                say!(ctx, "在目录里", "in the root"),
                Mark::Todo,
            ),
            fault(faults, say!(ctx, "缺失、对不上或日期有误", "absent, changed, or misdated")),
        ],
        note: String::new(),
    }
}

/// Days after the event from which a record counts as late: a weekend is none.
const LATE: i64 = 3;

/// Late records that are named; the rest is counted.
const NAMED: usize = 12;

/// How long after the event the facts of open orders were recorded; only full history can say.
fn lag(ctx: &Ctx<'_>) -> QualityGroup {
    let name = say!(ctx, "补录", "Recorded late");
    if ctx.facts.history.state != State::Complete {
        return QualityGroup { name, figures: Vec::new(), note: history::unknown(ctx) };
    }
    let orders: Vec<(&Order, &OrderFacts)> = ctx.facts.each().filter(|(_, f)| f.is_open()).collect();
    let all: Vec<(i64, &Order, String)> =
        orders.into_par_iter().flat_map_iter(|(order, facts)| lags(ctx, order, facts)).collect();
    let n = all.len();
    // What is dated ahead of its record is not early, it is on time.
    let median = median(all.iter().map(|(days, ..)| (*days).max(0)).collect());
    let mut late: Vec<_> = all.into_iter().filter(|(days, ..)| *days > LATE).collect();
    late.sort_by(|a, b| (b.0, &a.1.id, &a.2).cmp(&(a.0, &b.1.id, &b.2)));
    let mut named: Vec<String> = late
        .iter()
        .take(NAMED)
        .map(|(days, order, what)| say!(ctx, "{} {what} {days} 天", "{} {what} {days} days", order.id))
        .collect();
    match late.len().saturating_sub(NAMED) {
        0 => {}
        rest => named.push(say!(ctx, "另 {rest} 条", "{rest} more")),
    }
    let count = late.len();
    let mut figures = vec![Figure {
        note: if n > 0 { format!("n = {n}") } else { String::new() },
        ..figure(
            count.to_string(),
            say!(ctx, "事后超过 {LATE} 天才登记", "recorded more than {LATE} days later"),
            if count == 0 { Mark::Done } else { Mark::Warn },
        )
    }];
    if let Some(median) = median {
        let median = ctx.number(median);
        let label = say!(ctx, "从发生到登记，中位", "from event to record, median");
        figures.insert(0, figure(say!(ctx, "{median} 天", "{median} days"), label, Mark::Todo));
    }
    QualityGroup { name, figures, note: named.join(ctx.word(("，", ", "))) }
}

/// The milestones and receipts of an order whose record git can date: days, and which.
fn lags<'o>(ctx: &Ctx<'_>, order: &'o Order, facts: &OrderFacts) -> Vec<(i64, &'o Order, String)> {
    let witness = Witness::of(ctx, order, facts);
    let milestones = facts.progress.stages.iter().flat_map(|stage| &stage.milestones);
    let reached = milestones.filter_map(|m| {
        let day = m.actual.as_ref()?.date?;
        Some((witness.days_later(&witness::path_of(m)?, day)?, order, ctx.word(m.key.title()).to_owned()))
    });
    let received = order.received.iter().enumerate().filter_map(|(at, receipt)| {
        let (day, what) = (receipt.date?, ctx.word(("收款", "receipt")));
        let shown = ctx.day(day).text;
        Some((witness.days_later(&format!("received[{at}]"), day)?, order, format!("{what} {shown}")))
    });
    // The last receipt is what makes an order paid: told once.
    let paid = ctx.word(Milestone::Paid.title());
    reached.filter(|(.., what)| what != paid).chain(received).collect()
}

fn recorded(ctx: &Ctx<'_>) -> QualityGroup {
    let history = ctx.facts.history;
    let name = say!(ctx, "历史", "History");
    if history.state != State::Complete {
        let figures = match history.state {
            State::Shallow => {
                vec![figure(say!(ctx, "不完整", "cut off"), say!(ctx, "克隆", "clone"), Mark::Warn)]
            }
            _ => Vec::new(),
        };
        return QualityGroup { name, figures, note: history::unknown(ctx) };
    }
    let steps = history.trails.ids().flat_map(|id| history.trails.events(id));
    let people: BTreeSet<&Person> =
        steps.filter(|event| event.date <= ctx.as_of()).map(|event| &event.person).collect();
    let strangers: BTreeSet<String> = people
        .into_iter()
        .filter(|person| person.email.is_empty() || ctx.book().person_by_email(&person.email).is_none())
        .map(|person| witness::person(ctx, person))
        .collect();
    let note = match strangers.len() {
        0 => String::new(),
        n => {
            let list: Vec<String> = strangers.iter().take(NAMED).cloned().collect();
            let list = list.join(ctx.word(("、", ", ")));
            let more = if n > NAMED { "…" } else { "" };
            say!(
                ctx,
                "people.toml 里没有他们的邮箱：{list}{more}",
                "their e-mail is not in people.toml: {list}{more}"
            )
        }
    };
    let calm = |n: usize| if n == 0 { Mark::Done } else { Mark::Warn };
    let (open, unknown) = (history.uncommitted.len(), strangers.len());
    let figures = vec![
        figure(say!(ctx, "完整", "complete"), say!(ctx, "克隆", "clone"), Mark::Done),
        figure(open.to_string(), say!(ctx, "单还没提交", "orders not committed yet"), calm(open)),
        figure(
            history.ignored.len().to_string(),
            say!(ctx, "批量提交不算作者", "bulk commits not counted as authors"),
            Mark::Todo,
        ),
        figure(unknown.to_string(), say!(ctx, "认不出的作者", "unknown authors"), calm(unknown)),
    ];
    QualityGroup { name, figures, note }
}

/// Every waiver of every order, soonest end first.
fn waivers(ctx: &Ctx<'_>) -> Vec<WaiverRow> {
    let mut rows: Vec<(Option<NaiveDate>, WaiverRow)> = Vec::new();
    for order in &ctx.book().orders {
        for (index, waiver) in order.waivers.iter().enumerate() {
            let rule = waiver.rule.clone().unwrap_or_default();
            let at = waiver.at.clone().unwrap_or_default();
            let spoken = ctx.findings.order(&order.id).iter().find(|f| {
                f.rule.name.starts_with("waiver-")
                    && matches!(&f.subject, Subject::Order(id) if *id == order.id)
                    && f.spots
                        .first()
                        .is_some_and(|s| s.place == order.origin.place(&format!("waivers[{index}]")))
            });
            let until = match waiver.until {
                Some(Until::Date(day)) => Some(day),
                _ => None,
            };
            let day = until.map_or_else(
                || Day { iso: String::new(), text: say!(ctx, "归档为止", "until archived") },
                |day| ctx.day(day),
            );
            let note = match (spoken, until) {
                (Some(finding), _) => ctx.word(finding.rule.title).to_owned(),
                (None, Some(day)) => {
                    let left = (day - ctx.as_of()).num_days();
                    say!(ctx, "{left} 天后到期", "ends in {left} days")
                }
                (None, None) => String::new(),
            };
            rows.push((
                until,
                WaiverRow {
                    order: ctx.order_link(&order.id),
                    rule: match crate::check::rules::find(&rule) {
                        Some(known) => Link::new(known.name, rules::href(known.name)),
                        None => Link::text(rule),
                    },
                    at,
                    why: waiver.why.clone().unwrap_or_default(),
                    by: waiver.by.as_deref().map(|id| ctx.person(id)).unwrap_or_default(),
                    until: day,
                    mark: if spoken.is_some() { Mark::Late } else { Mark::Open },
                    note,
                },
            ));
        }
    }
    rows.sort_by_key(|(until, _)| until.unwrap_or(NaiveDate::MAX));
    rows.into_iter().map(|(_, row)| row).collect()
}
