//! Data quality: can I believe the other pages. Admits weakness: what was not read, what is missing, what has
//! not been touched.

use chrono::{Datelike, NaiveDate};

use crate::check::finding::{Class, Finding as Found, Severity, Subject};
use crate::check::rule::Group;
use crate::derive::OrderFacts;
use crate::history::State;
use crate::model::Order;
use crate::model::order::Until;
use crate::publish::ctx::Ctx;
use crate::publish::finding::Sources;
use crate::publish::order::history;
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

fn recorded(ctx: &Ctx<'_>) -> QualityGroup {
    let history = ctx.facts.history;
    let figures = if history.state == State::Complete {
        vec![
            figure(say!(ctx, "完整", "complete"), say!(ctx, "克隆", "clone"), Mark::Done),
            figure(
                history.uncommitted.len().to_string(),
                say!(ctx, "单还没提交", "orders not committed yet"),
                if history.uncommitted.is_empty() { Mark::Done } else { Mark::Warn },
            ),
        ]
    } else {
        Vec::new()
    };
    let note = if history.state == State::Complete { String::new() } else { history::unknown(ctx) };
    QualityGroup { name: say!(ctx, "历史", "History"), figures, note }
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
