//! Receivables: who owes, since when, in which currency, secured by what, who is chasing; and which money is expected
//! in which week. A row is an amount that falls due on one day. Currencies are never added; what they come to in the
//! base currency is for display and says with which rate.

use rust_decimal::Decimal;

use super::ctx::Ctx;
use super::dashboard::short_customer;
use super::sums::Sums;
use super::{paging, pay, tables};
use crate::derive::aging::{Aging, Owed, Total, Why};
use crate::derive::cash::{Basis, Cash, Expected, Flow, Part, When};
use crate::derive::money::Line;
use crate::derive::plan::shift;
use crate::derive::{Facts, OrderFacts};
use crate::model::Order;
use crate::model::value::Currency;
use crate::say;
use crate::site::format;
use crate::site::view::{
    CashBar, CashChart, CashOrder, CashRow, Link, LooseRow, Mark, OwedCells, OwedCounts, OwedGroup, OwedNote,
    OwedRow, OwedSum, PayDue, ReceivablesPage, Said,
};

/// Path of the first page without `.html`.
const BASE: &str = "receivables";

/// Orders that are named where many share a remark or a week; the rest is counted.
const NAMED: usize = 4;

/// A rate older than this many days is marked.
const FRESH: i64 = 7;

/// What is owed and expected, made once for both languages.
#[derive(Debug)]
pub struct Receivables<'a> {
    facts: &'a Facts<'a>,
    /// What is owed.
    pub aging: Aging,
    /// When it is expected.
    pub cash: Cash,
}

impl<'a> Receivables<'a> {
    /// Looks at every order.
    #[must_use]
    pub fn of(facts: &'a Facts<'a>) -> Self {
        let aging = Aging::of(facts);
        let cash = Cash::of(facts, &aging);
        Self { facts, aging, cash }
    }

    /// Every page, from 0.
    #[must_use]
    pub fn pages(&self) -> Vec<usize> {
        (0..paging::count(self.aging.owed.len())).collect()
    }

    fn get(&self, at: usize) -> Option<(&'a Order, &'a OrderFacts)> {
        self.facts.book.orders.get(at).zip(self.facts.orders.get(at))
    }

    /// One page in one language.
    #[must_use]
    pub fn page(&self, ctx: &Ctx<'_>, page: usize) -> ReceivablesPage {
        let aging = &self.aging;
        let mut before = 0;
        let mut groups = Vec::new();
        for currency in aging.currencies() {
            let all: Vec<(usize, &Owed)> =
                aging.owed.iter().enumerate().filter(|(_, owed)| owed.currency == currency).collect();
            let rows = paging::part(&all, before, page);
            before += all.len();
            if !rows.is_empty() {
                groups.push(self.group(ctx, currency, rows));
            }
        }
        let (verdict, verdict_mark) = self.verdict(ctx);
        let converted = self.converted(ctx);
        let first = page == 0;
        let overdue = aging.owed.iter().filter(|owed| owed.bucket.is_some()).count();
        ReceivablesPage {
            path: paging::file(BASE, page),
            title: say!(ctx, "应收", "Receivables"),
            as_of: format::full(ctx.as_of(), ctx.lang),
            verdict,
            verdict_mark,
            downloads: tables::downloads(BASE),
            sums: converted.sums,
            base: converted.label,
            base_open: converted.open,
            base_overdue: converted.overdue,
            base_notes: converted.notes,
            counts: OwedCounts {
                all: aging.owed.len(),
                overdue,
                not_due: aging.owed.len().saturating_sub(overdue),
            },
            buckets: aging.buckets.ranges().map(range).collect(),
            groups,
            notes: if first { self.notes(ctx) } else { Vec::new() },
            loose: if first { self.loose(ctx) } else { Vec::new() },
            cash: if first { self.charts(ctx) } else { Vec::new() },
            cash_title: say!(ctx, "预计收汇，按周", "Expected money, by week"),
            pages: paging::links(BASE, paging::count(aging.owed.len()), page),
        }
    }

    /// The answer in one sentence.
    fn verdict(&self, ctx: &Ctx<'_>) -> (String, Mark) {
        let owed = &self.aging.owed;
        if owed.is_empty() {
            return (say!(ctx, "没有应收", "Nothing is owed"), Mark::Done);
        }
        let late: Vec<&Owed> = owed.iter().filter(|o| o.bucket.is_some()).collect();
        let Some(oldest) = late.iter().max_by_key(|o| o.overdue) else {
            let open = sums(owed.iter().map(|o| (o.currency, o.open))).text(ctx);
            return (say!(ctx, "没有逾期；未收 {open}", "Nothing is overdue; open: {open}"), Mark::Done);
        };
        let n = late.len();
        let clear = sums(late.iter().map(|o| (o.currency, o.clear())));
        let mut text = match (n, clear.is_empty()) {
            (1, true) => say!(ctx, "逾期 1 笔，有争议", "1 overdue, disputed"),
            (_, true) => say!(ctx, "逾期 {n} 笔，都有争议", "{n} overdue, all disputed"),
            (_, false) => {
                let clear = clear.text(ctx);
                say!(ctx, "逾期 {n} 笔：{clear}", "{n} overdue: {clear}")
            }
        };
        let bare = late.iter().filter(|o| o.security == crate::derive::money::Security::Unsecured);
        let bare = sums(bare.map(|o| (o.currency, o.clear())));
        if !bare.is_empty() {
            let bare = bare.text(ctx);
            text.push_str(&say!(ctx, "，其中无保障 {bare}", ", of it unsecured {bare}"));
        }
        if let Some((order, _)) = self.get(oldest.order) {
            let (id, customer, days) = (&order.id, short_customer(ctx, order), oldest.overdue);
            let days = pay::overdue(ctx, days);
            text.push_str(&say!(
                ctx,
                "；最久的 {id} {customer}，{days}",
                "; the oldest: {id} {customer}, {days}"
            ));
        }
        (text, Mark::Late)
    }

    fn group(&self, ctx: &Ctx<'_>, currency: Option<Currency>, rows: &[(usize, &Owed)]) -> OwedGroup {
        let total = self.aging.total(currency);
        let (n, open) = (total.count, ctx.amount(total.open, currency));
        OwedGroup {
            anchor: anchor(currency),
            currency: code(ctx, currency),
            note: match n {
                1 => say!(ctx, "1 笔，未收 {open}", "1 amount, {open} open"),
                _ => say!(ctx, "{n} 笔，未收 {open}", "{n} amounts, {open} open"),
            },
            rows: rows.iter().filter_map(|(_, owed)| self.row(ctx, owed)).collect(),
            total: self.total(ctx, currency, &total),
        }
    }

    fn total(&self, ctx: &Ctx<'_>, currency: Option<Currency>, total: &Total) -> OwedCells {
        let figure = |amount: Decimal| ctx.amount(amount, currency);
        OwedCells {
            not_due: figure(total.not_due),
            buckets: total.buckets.iter().map(|amount| figure(*amount)).collect(),
            disputed: figure(total.disputed),
            open: figure(total.open),
        }
    }

    fn row(&self, ctx: &Ctx<'_>, owed: &Owed) -> Option<OwedRow> {
        let (order, own) = self.get(owed.order)?;
        let line = owed.line.and_then(|at| own.money.lines.get(at).map(|line| (at, line)));
        let figure = |amount: Decimal| match amount.is_zero() {
            true => String::new(),
            false => ctx.amount(amount, owed.currency),
        };
        let clear = figure(owed.clear());
        let mut buckets = vec![String::new(); self.aging.buckets.count()];
        let not_due = match owed.bucket.and_then(|at| buckets.get_mut(at)) {
            Some(cell) => {
                *cell = clear;
                String::new()
            }
            None => clear,
        };
        let row = OwedRow {
            customer: self.customer(ctx, order),
            order: money_link(order),
            overdue: owed.bucket.is_some(),
            cells: OwedCells { not_due, buckets, disputed: figure(owed.disputed), open: figure(owed.open) },
            owner: order.merchandiser.as_deref().map(|id| ctx.person(id)).unwrap_or_default(),
            ..OwedRow::default()
        };
        let Some((at, line)) = line else {
            return Some(OwedRow {
                instalment: say!(ctx, "付款条款读不出来", "payment terms cannot be read"),
                due: PayDue {
                    day: owed.due.map(|day| ctx.day(day)),
                    derived: owed.due.is_some(),
                    basis: owed.due.map(|_| say!(ctx, "按计划", "as planned")).unwrap_or_default(),
                    waits: say!(ctx, "没有到期日", "no due day"),
                    ..PayDue::default()
                },
                ..row
            });
        };
        Some(OwedRow {
            instalment: pay::label(ctx, own, line),
            lot: pay::lot(ctx, own, line),
            due: pay::due(ctx, line),
            state: pay::standing(ctx, own, line),
            expected: pay::expected(ctx, own, Some(at)).trim_start_matches(['，', ',', ' ']).to_owned(),
            security: pay::security(ctx, order, own, line),
            reminded: reminded(ctx, order, own, line),
            next: next(ctx, own, at),
            ..row
        })
    }

    fn customer(&self, ctx: &Ctx<'_>, order: &Order) -> Link {
        Link { text: short_customer(ctx, order), ..ctx.customer(order) }
    }

    /// Every currency in the base currency, with its rate.
    fn converted(&self, ctx: &Ctx<'_>) -> Converted {
        let base = ctx.book().config.base.as_deref().and_then(Currency::parse);
        let mut all = Converted::default();
        let (mut open, mut overdue) = (Decimal::ZERO, Decimal::ZERO);
        let mut missing: Vec<String> = Vec::new();
        let mut old = false;
        let currencies = self.aging.currencies();
        for currency in &currencies {
            let total = self.aging.total(*currency);
            let figure = |amount: Decimal| ctx.amount(amount, *currency);
            let some = |amount: Decimal| if amount.is_zero() { String::new() } else { figure(amount) };
            let mut row = OwedSum {
                currency: code(ctx, *currency),
                anchor: anchor(*currency),
                open: figure(total.open),
                overdue: some(total.overdue),
                unsecured: some(total.unsecured),
                disputed: some(total.disputed),
                ..OwedSum::default()
            };
            if let Some(base) = base {
                let rate = self.rate(ctx, base, *currency, &mut row);
                match rate {
                    None => missing.push(code(ctx, *currency)),
                    Some(rate) => {
                        let (o, d) = (total.open.saturating_mul(rate), total.overdue.saturating_mul(rate));
                        (open, overdue) = (open.saturating_add(o), overdue.saturating_add(d));
                        row.base_open = whole(ctx, o);
                        row.base_overdue = if d.is_zero() { String::new() } else { whole(ctx, d) };
                    }
                }
                old |= row.rate_mark == Mark::Warn;
            }
            all.sums.push(row);
        }
        // What is open in the base currency alone needs no second column.
        let foreign = currencies.iter().any(|c| *c != base);
        let Some(base) = base.filter(|_| foreign) else {
            for row in &mut all.sums {
                (row.base_open, row.base_overdue) = (String::new(), String::new());
                (row.rate, row.rate_note) = (String::new(), String::new());
            }
            return all;
        };
        let code = base.code();
        all.label = say!(ctx, "约合 {code}", "in {code}, about");
        if missing.len() < currencies.len() {
            (all.open, all.overdue) = (whole(ctx, open), whole(ctx, overdue));
        }
        all.notes.push(Said {
            mark: Mark::Todo,
            text: say!(
                ctx,
                "折成 {code} 只供参考：按表里的汇率，不用来核销，也不进任何应收合计。",
                "In {code} for display only, at the rates shown; nothing is settled or summed with it."
            ),
        });
        if !missing.is_empty() {
            let names = missing.join(ctx.word(("、", ", ")));
            all.notes.push(Said {
                mark: Mark::Late,
                text: say!(
                    ctx,
                    "没有 {names} 的汇率，{code} 合计里没算它：在 rates/ 里补一行。",
                    "No rate for {names}: the total in {code} is without it. Add a line below rates/."
                ),
            });
        }
        if old {
            all.notes.push(Said {
                mark: Mark::Warn,
                text: say!(
                    ctx,
                    "有汇率超过 {FRESH} 天没更新。",
                    "Some rates are more than {FRESH} days old."
                ),
            });
        }
        all
    }

    /// The rate of a currency, put into its row; `None` where there is none.
    fn rate(
        &self,
        ctx: &Ctx<'_>,
        base: Currency,
        currency: Option<Currency>,
        row: &mut OwedSum,
    ) -> Option<Decimal> {
        if currency == Some(base) {
            row.rate_note = say!(ctx, "本位币", "base currency");
            row.rate_mark = Mark::Done;
            return Some(Decimal::ONE);
        }
        let known = currency.and_then(|c| ctx.book().rate(c.code(), ctx.as_of()));
        let Some(rate) = known else {
            row.rate_note = say!(ctx, "没有汇率", "no rate");
            row.rate_mark = Mark::Late;
            return None;
        };
        let age = (ctx.as_of() - rate.date).num_days();
        row.rate_mark = if age > FRESH { Mark::Warn } else { Mark::Done };
        row.rate = ctx.number(rate.rate);
        row.rate_note = format!("{} {}", rate.date, rate.source).trim_end().to_owned();
        Some(rate.rate)
    }

    fn notes(&self, ctx: &Ctx<'_>) -> Vec<OwedNote> {
        let aging = &self.aging;
        let mut notes = Vec::new();
        let named = |orders: &[usize]| -> (Vec<Link>, String) {
            let links = orders.iter().take(NAMED).filter_map(|at| self.get(*at)).map(|(o, _)| money_link(o));
            let more = orders.len().saturating_sub(NAMED);
            (links.collect(), if more == 0 { String::new() } else { more_text(ctx, more) })
        };
        if !aging.unknown.is_empty() {
            let n = aging.unknown.len();
            let (orders, more) = named(&aging.unknown);
            notes.push(OwedNote {
                text: say!(
                    ctx,
                    "{n} 单的金额还算不出来，没算进去",
                    "Amounts of {n} orders are not known, and not in the sums"
                ),
                orders,
                more,
            });
        }
        if !aging.unsigned.is_empty() {
            let n = aging.unsigned.len();
            let all: Vec<usize> = aging.unsigned.iter().map(|(at, _)| *at).collect();
            let worth = aging
                .unsigned
                .iter()
                .filter_map(|(at, worth)| Some((self.get(*at)?.1.goods.currency, (*worth)?)));
            let worth = sums(worth).text(ctx);
            let (orders, more) = named(&all);
            notes.push(OwedNote {
                text: match n {
                    1 => say!(
                        ctx,
                        "1 单还没签约，没算：{worth}",
                        "1 order is not signed, and not in the sums: {worth}"
                    ),
                    _ => say!(
                        ctx,
                        "{n} 单还没签约，没算：{worth}",
                        "{n} orders are not signed, and not in the sums: {worth}"
                    ),
                },
                orders,
                more,
            });
        }
        notes
    }

    fn loose(&self, ctx: &Ctx<'_>) -> Vec<LooseRow> {
        let row = |loose: &crate::derive::aging::Loose| {
            let (order, _) = self.get(loose.order)?;
            let (why, date) = match loose.why {
                Why::Refund => {
                    let text = say!(
                        ctx,
                        "订单取消，收的钱没退也没定：登记退款或没收",
                        "order cancelled, money neither paid back nor kept: record a refund or a forfeit"
                    );
                    (Said { mark: Mark::Late, text }, order.cancelled)
                }
                Why::Kept(source, reason) => {
                    let date = match source {
                        crate::derive::money::Source::Receipt(at) => {
                            order.received.get(at).and_then(|r| r.date)
                        }
                        crate::derive::money::Source::Credit(at) => {
                            order.credits.get(at).and_then(|c| c.date)
                        }
                    };
                    (Said { mark: Mark::Warn, text: pay::unmatched(ctx, source, reason) }, date)
                }
            };
            Some(LooseRow {
                customer: self.customer(ctx, order),
                order: money_link(order),
                amount: ctx.money(loose.amount, loose.currency),
                day: date.map(|day| ctx.day(day)),
                why,
            })
        };
        self.aging.loose.iter().filter_map(row).collect()
    }

    fn charts(&self, ctx: &Ctx<'_>) -> Vec<CashChart> {
        self.aging.currencies().into_iter().filter_map(|currency| self.chart(ctx, currency)).collect()
    }

    fn chart(&self, ctx: &Ctx<'_>, currency: Option<Currency>) -> Option<CashChart> {
        let flow = self.cash.flow(&self.aging, currency);
        let mine: Vec<(&Owed, &Expected)> = self
            .cash
            .expected
            .iter()
            .filter_map(|e| Some((self.aging.owed.get(e.owed)?, e)))
            .filter(|(owed, _)| owed.currency == currency)
            .collect();
        let parts = parts(&flow);
        let sum = parts.iter().map(|(_, part)| part.sum()).fold(Decimal::ZERO, Decimal::saturating_add);
        if sum.is_zero() && flow.disputed.is_zero() {
            return None;
        }
        let shown = parts.iter().filter(|(_, part)| !part.sum().is_zero());
        let mut rows: Vec<CashRow> =
            shown.map(|(when, part)| self.period(ctx, currency, *when, *part, &mine)).collect();
        if !flow.disputed.is_zero() {
            rows.push(self.disputed(ctx, currency, flow.disputed));
        }
        let firm = parts.iter().map(|(_, part)| part.firm).fold(Decimal::ZERO, Decimal::saturating_add);
        let soft = parts.iter().map(|(_, part)| part.soft).fold(Decimal::ZERO, Decimal::saturating_add);
        let (code, total) = (code(ctx, currency), ctx.amount(sum, currency));
        let overdue = ctx.amount(flow.overdue, currency);
        Some(CashChart {
            alt: say!(
                ctx,
                "{code} 共 {total}，其中已到期未收 {overdue}；各周的数在下面的表里",
                "{code} {total} in all, of it overdue {overdue}; the weeks stand in the table below"
            ),
            currency: code,
            bars: bars(ctx, self.cash.monday, &flow),
            rows,
            total,
            total_firm: ctx.amount(firm, currency),
            total_soft: ctx.amount(soft, currency),
        })
    }

    fn period(
        &self,
        ctx: &Ctx<'_>,
        currency: Option<Currency>,
        when: When,
        part: Part,
        all: &[(&Owed, &Expected)],
    ) -> CashRow {
        let (label, week) = self.name(ctx, when);
        let mut mine: Vec<&(&Owed, &Expected)> = all.iter().filter(|(_, e)| e.when == when).collect();
        mine.sort_by_key(|(_, e)| std::cmp::Reverse(e.amount));
        let orders = mine.iter().take(NAMED).filter_map(|(owed, expected)| {
            let (order, _) = self.get(owed.order)?;
            Some(CashOrder {
                order: money_link(order),
                amount: ctx.amount(expected.amount, currency),
                note: note(ctx, owed, expected),
            })
        });
        let figure =
            |amount: Decimal| if amount.is_zero() { String::new() } else { ctx.amount(amount, currency) };
        let more = mine.len().saturating_sub(NAMED);
        CashRow {
            label,
            week,
            firm: figure(part.firm),
            soft: figure(part.soft),
            sum: figure(part.sum()),
            late: when == When::Overdue,
            orders: orders.collect(),
            more: if more == 0 { String::new() } else { more_text(ctx, more) },
        }
    }

    fn disputed(&self, ctx: &Ctx<'_>, currency: Option<Currency>, amount: Decimal) -> CashRow {
        let mine: Vec<&Owed> = self.aging.within(currency).filter(|o| !o.disputed.is_zero()).collect();
        let orders = mine.iter().take(NAMED).filter_map(|owed| {
            let (order, _) = self.get(owed.order)?;
            Some(CashOrder {
                order: money_link(order),
                amount: ctx.amount(owed.disputed, currency),
                note: String::new(),
            })
        });
        let more = mine.len().saturating_sub(NAMED);
        CashRow {
            label: say!(ctx, "有争议，不算：{}", "Disputed, not counted: {}", ctx.amount(amount, currency)),
            orders: orders.collect(),
            more: if more == 0 { String::new() } else { more_text(ctx, more) },
            ..CashRow::default()
        }
    }

    /// The name of a period, and the number of its week.
    fn name(&self, ctx: &Ctx<'_>, when: When) -> (String, String) {
        use chrono::Datelike;
        let week = |at: usize| {
            let monday =
                i64::try_from(at).ok().and_then(|at| shift(self.cash.monday, at.saturating_mul(7)))?;
            let sunday = shift(monday, 6)?;
            // The year is said once.
            let to = format::day(sunday, monday, ctx.lang).text;
            Some((ctx.day(monday).text, to, monday.iso_week().week()))
        };
        let plain = |text: String| (text, String::new());
        match when {
            When::Overdue => plain(say!(ctx, "已到期未收", "Overdue, no new day")),
            When::Later => plain(say!(ctx, "12 周以后", "After 12 weeks")),
            When::Unknown => plain(say!(ctx, "没有日期", "No day yet")),
            When::Week(at) => match week(at) {
                Some((from, to, number)) => (
                    say!(ctx, "{from} 至 {to}", "{from} to {to}"),
                    match at {
                        0 => say!(ctx, "本周", "this week"),
                        _ => say!(ctx, "第 {number} 周", "week {number}"),
                    },
                ),
                None => plain(String::new()),
            },
        }
    }
}

#[derive(Default)]
struct Converted {
    sums: Vec<OwedSum>,
    label: String,
    open: String,
    overdue: String,
    notes: Vec<Said>,
}

/// A sum in another currency is about so much: nobody needs its cents.
fn whole(ctx: &Ctx<'_>, amount: Decimal) -> String {
    ctx.number(crate::model::value::money::round(amount, 0))
}

fn sums(amounts: impl Iterator<Item = (Option<Currency>, Decimal)>) -> Sums {
    amounts
        .filter(|(_, amount)| !amount.is_zero())
        .filter_map(|(currency, amount)| Some((currency?, amount)))
        .collect()
}

fn code(ctx: &Ctx<'_>, currency: Option<Currency>) -> String {
    currency.map_or_else(|| ctx.word(("没写币种", "no currency")).to_owned(), |c| c.code().to_owned())
}

/// Where the rows of a currency stand, without `#`.
fn anchor(currency: Option<Currency>) -> String {
    currency.map_or_else(|| "none".to_owned(), |c| c.code().to_lowercase())
}

fn money_link(order: &Order) -> Link {
    Link::new(&*order.id, format!("o/{}.html#money", order.id))
}

fn more_text(ctx: &Ctx<'_>, n: usize) -> String {
    match n {
        1 => say!(ctx, "另有 1 笔", "1 more"),
        _ => say!(ctx, "另有 {n} 笔", "{n} more"),
    }
}

/// `1–30`, `>180`.
fn range((from, to): (i64, Option<i64>)) -> String {
    match to {
        Some(to) => format!("{from}–{to}"),
        None => format!(">{}", from.saturating_sub(1)),
    }
}

/// `11-18 林岩`.
fn reminded(ctx: &Ctx<'_>, order: &Order, own: &OrderFacts, line: &Line) -> String {
    let Some(reminder) = pay::reminded(ctx, order, own, line) else { return String::new() };
    let day = reminder.date.map(|day| ctx.day(day).text).unwrap_or_default();
    let who = reminder.who.as_deref().map(|id| ctx.person(id)).unwrap_or_default();
    let step = reminder.step.as_deref().unwrap_or_default();
    [day.as_str(), who.as_str(), step]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

/// What is to be done now, else next.
fn next(ctx: &Ctx<'_>, own: &OrderFacts, line: usize) -> Said {
    let Some(chase) = own.money.chase.iter().find(|c| c.line == line) else { return Said::default() };
    if let Some((step, _)) = chase.waiting() {
        let action = ctx.word(step.action());
        return match step.0 {
            1.. => {
                Said { mark: Mark::Late, text: say!(ctx, "现在 {step}：{action}", "now {step}: {action}") }
            }
            _ => Said {
                mark: Mark::Open,
                text: say!(ctx, "现在 {step}：到期前提醒", "now {step}: friendly notice"),
            },
        };
    }
    match chase.next {
        Some((step, day)) => {
            let day = ctx.day(day).text;
            // What everybody knows by heart needs no words.
            let text = match step.is_escalated() {
                true => {
                    let action = ctx.word(step.action());
                    say!(ctx, "{day} {step}：{action}", "{day} {step}: {action}")
                }
                false => format!("{day} {step}"),
            };
            Said { mark: Mark::Todo, text }
        }
        None => Said::default(),
    }
}

/// How sure a day is; empty where nothing is to be said.
fn note(ctx: &Ctx<'_>, owed: &Owed, expected: &Expected) -> String {
    match (expected.basis, expected.when) {
        (_, When::Overdue) => pay::overdue(ctx, owed.overdue),
        (Basis::Due, _) => String::new(),
        (_, When::Unknown) => String::new(),
        (Basis::Estimated, _) => ctx.word(("推算", "derived")).to_owned(),
        (Basis::Forecast, _) if owed.overdue > 0 => {
            let late = pay::overdue(ctx, owed.overdue);
            say!(ctx, "预计，已{late}", "promised, {late}")
        }
        (Basis::Forecast, _) => ctx.word(("预计", "promised")).to_owned(),
    }
}

/// The periods of a flow in order.
fn parts(flow: &Flow) -> Vec<(When, Part)> {
    let firm = |amount: Decimal| Part { firm: amount, soft: Decimal::ZERO };
    let soft = |amount: Decimal| Part { firm: Decimal::ZERO, soft: amount };
    let weeks = flow.weeks.iter().enumerate().map(|(at, part)| (When::Week(at), *part));
    std::iter::once((When::Overdue, firm(flow.overdue)))
        .chain(weeks)
        .chain([(When::Later, flow.later), (When::Unknown, soft(flow.unknown))])
        .collect()
}

/// Bars for what is overdue, for each week, and for what comes after.
fn bars(ctx: &Ctx<'_>, monday: chrono::NaiveDate, flow: &Flow) -> Vec<CashBar> {
    use chrono::Datelike;
    let parts: Vec<(When, Part)> =
        parts(flow).into_iter().filter(|(when, _)| *when != When::Unknown).collect();
    let most = parts.iter().map(|(_, part)| part.sum()).max().unwrap_or_default();
    // What stands apart has a gap beside it: 1 + 0.5 + weeks + 0.5 + 1.
    let weeks = Decimal::from(flow.weeks.len());
    let half = Decimal::new(5, 1);
    let units = weeks.saturating_add(Decimal::from(3));
    let percent = |units_from_left: Decimal| {
        units_from_left.saturating_mul(Decimal::ONE_HUNDRED).checked_div(units).unwrap_or_default()
    };
    let text = |value: Decimal| value.round_dp(2).normalize().to_string();
    // Room for the numbers above the bars and the days below them.
    let (top, bottom) = (Decimal::from(16), Decimal::from(76));
    let height = |amount: Decimal| {
        amount.saturating_mul(bottom.saturating_sub(top)).checked_div(most).unwrap_or_default()
    };
    let mut month = None;
    let bar = |(place, (when, part)): (usize, &(When, Part))| {
        let gap = match when {
            When::Overdue | When::Unknown => Decimal::ZERO,
            When::Week(_) => half,
            When::Later => Decimal::ONE,
        };
        let left = Decimal::from(place).saturating_add(gap);
        let (firm, soft) = (height(part.firm), height(part.soft));
        let firm_y = bottom.saturating_sub(firm);
        let (label, below) = match when {
            When::Overdue | When::Unknown => (ctx.word(("逾期", "late")).to_owned(), String::new()),
            When::Later => (ctx.word(("以后", "later")).to_owned(), String::new()),
            When::Week(at) => {
                let day = i64::try_from(*at).ok().and_then(|at| shift(monday, at.saturating_mul(7)));
                let day = day.unwrap_or(monday);
                let first = month.replace(day.month()) != Some(day.month());
                let name = match ctx.lang {
                    crate::text::Lang::Zh => format!("{}月", day.month()),
                    crate::text::Lang::En => day.format("%b").to_string(),
                };
                (day.day().to_string(), if first { name } else { String::new() })
            }
        };
        CashBar {
            x: text(percent(left.saturating_add(Decimal::new(14, 2)))),
            middle: text(percent(left.saturating_add(half))),
            width: text(percent(Decimal::new(72, 2))),
            firm_y: text(firm_y),
            firm: text(firm),
            soft_y: text(firm_y.saturating_sub(soft)),
            soft: text(soft),
            value: if part.sum().is_zero() { String::new() } else { compact(ctx, part.sum()) },
            label,
            month: below,
            late: *when == When::Overdue,
        }
    };
    parts.iter().enumerate().map(bar).collect()
}

/// `5.7万`, `57k`: short enough to stand above a bar.
fn compact(ctx: &Ctx<'_>, amount: Decimal) -> String {
    let steps: [(i64, &str); 2] = match ctx.lang {
        crate::text::Lang::Zh => [(100_000_000, "亿"), (10_000, "万")],
        crate::text::Lang::En => [(1_000_000, "M"), (1_000, "k")],
    };
    for (unit, name) in steps {
        let unit = Decimal::from(unit);
        if amount >= unit {
            let value = amount.checked_div(unit).unwrap_or_default();
            let digits = if value >= Decimal::ONE_HUNDRED { 0 } else { 1 };
            return format!("{}{name}", crate::model::value::money::round(value, digits).normalize());
        }
    }
    ctx.number(crate::model::value::money::round(amount, 0))
}
