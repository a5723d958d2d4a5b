//! The list of deadlines as pages show it: computed once for both languages, each entry with the line it comes from and
//! what its day means here (a weekend, a holiday, a year whose holidays are not known).

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};

use super::audience::{Audience, Sees};
use super::ctx::Ctx;
use super::dashboard::short_customer;
use super::people::People;
use super::state::left_text;
use crate::check::locate;
use crate::derive::Facts;
use crate::derive::deadlines::{self, Deadline, Family, Gap, Kind};
use crate::model::value::Calendar;
use crate::say;
use crate::site::view::{DateEntry, Link};

/// Working days for which a person looks ahead.
pub const SOON: u32 = 5;

/// Every deadline of the book.
#[derive(Debug)]
pub struct Dates {
    /// By day.
    pub all: Vec<Deadline>,
    /// Parallel: the line of the record.
    lines: Vec<Option<usize>>,
    /// Pages of people.
    pub people: People,
    /// The days on which we work.
    pub bank: Calendar,
    /// Those of the factories, where they have a calendar of their own.
    pub factory: Option<Calendar>,
    /// The last of the next working days.
    pub soon: NaiveDate,
    /// Cut-offs are in the time of several places.
    zones: bool,
}

impl Dates {
    /// Collects them.
    #[must_use]
    pub fn of(facts: &Facts<'_>, audience: Audience<'_>) -> Self {
        let mut all = deadlines::of(facts);
        // Who may not see what is paid may not see what is to be paid.
        if !audience.sees(Sees::SupplierPayments) {
            all.retain(|deadline| deadline.kind != Kind::Bill);
        }
        let places: Vec<_> = all.iter().map(|d| &d.place).collect();
        let lines = locate::lines(&facts.book.root, &places);
        let bank = facts.book.bank_calendar().calendar;
        let factory = facts.book.calendar_of("factory");
        let mut zones: Vec<i32> =
            all.iter().filter_map(|d| Some(d.time?.offset().local_minus_utc())).collect();
        zones.sort_unstable();
        zones.dedup();
        Self {
            people: People::of(facts, &all),
            soon: bank.add_banking_days(facts.as_of, SOON),
            factory: (!factory.weekend_only).then_some(factory.calendar),
            zones: zones.len() > 1,
            all,
            lines,
            bank,
        }
    }

    /// The line of the file on which a deadline's date stands.
    #[must_use]
    pub fn line(&self, index: usize) -> Option<usize> {
        self.lines.get(index).copied().flatten()
    }

    /// A deadline as lists show it.
    #[must_use]
    pub fn entry(&self, ctx: &Ctx<'_>, index: usize) -> DateEntry {
        let Some(deadline) = self.all.get(index) else { return DateEntry::default() };
        let as_of = ctx.as_of();
        let line = self.line(index);
        let order = deadline.order.as_deref().and_then(|id| ctx.book().order(id));
        let overdue = deadline.is_overdue(as_of);
        DateEntry {
            id: anchor(deadline),
            family: deadline.kind.family().code().to_owned(),
            day: ctx.weekday(deadline.day),
            time: self.time(deadline),
            hard: deadline.hard && deadline.kind.family() != Family::Holiday,
            estimated: deadline.estimated,
            provisional: deadline.provisional.as_ref().map(|gap| provisional(ctx, gap)).unwrap_or_default(),
            done: deadline.done.is_some(),
            done_note: done_note(ctx, deadline),
            overdue,
            left: match (deadline.done, deadline.kind.family()) {
                (None, family) if family != Family::Holiday => {
                    left_text(ctx, (deadline.day - as_of).num_days())
                }
                _ => String::new(),
            },
            clash: if overdue { String::new() } else { self.clash(ctx, deadline) },
            order: deadline.order.as_deref().map(|id| ctx.order_link(id)).unwrap_or_default(),
            customer: order.map(|order| short_customer(ctx, order)).unwrap_or_default(),
            what: Link::new(what(ctx, deadline), ctx.file_href(&deadline.place.file, line)),
            owner: deadline.owner.as_deref().map(|id| self.people.link(ctx, id)).unwrap_or_default(),
        }
    }

    fn time(&self, deadline: &Deadline) -> String {
        let Some(at) = deadline.time else { return String::new() };
        match self.zones {
            true => format!("{} UTC{}", at.format("%H:%M"), at.format("%:z")),
            false => at.format("%H:%M").to_string(),
        }
    }

    /// What stands in the way of acting on the day itself.
    fn clash(&self, ctx: &Ctx<'_>, deadline: &Deadline) -> String {
        if deadline.done.is_some() || deadline.kind.family() == Family::Holiday {
            return String::new();
        }
        let (day, safe) = (deadline.day, deadline.safe);
        let act = match safe {
            _ if safe == day => String::new(),
            _ if safe < ctx.as_of() => say!(ctx, "今天就办", "act today"),
            _ => {
                let safe = ctx.weekday(safe).text;
                say!(ctx, "最晚 {safe}办", "act by {safe}")
            }
        };
        let parts = [self.why_closed(ctx, day), act];
        let parts: Vec<String> = parts.into_iter().filter(|p| !p.is_empty()).collect();
        parts.join(ctx.word(("，", ", ")))
    }

    /// The day is no working day of ours.
    #[must_use]
    pub fn collides(&self, deadline: &Deadline) -> bool {
        deadline.done.is_none()
            && deadline.kind.family() != Family::Holiday
            && !self.bank.is_open(deadline.day)
    }

    fn why_closed(&self, ctx: &Ctx<'_>, day: NaiveDate) -> String {
        if self.bank.is_open(day) {
            return String::new();
        }
        match self.bank.closed.contains(&day) {
            true => say!(ctx, "银行放假", "bank closed"),
            false => say!(ctx, "周末", "weekend"),
        }
    }

    /// `银行放假`, `工厂放假`: beside weekends.
    #[must_use]
    pub fn holidays(&self, ctx: &Ctx<'_>, day: NaiveDate) -> Vec<String> {
        let shut = |calendar: &Calendar| calendar.closed.contains(&day) && !calendar.is_open(day);
        let mut all = Vec::new();
        if shut(&self.bank) {
            all.push(say!(ctx, "银行放假", "bank closed"));
        }
        if self.factory.as_ref().is_some_and(shut) {
            all.push(say!(ctx, "工厂放假", "factories closed"));
        }
        all
    }

    /// Years among these days for which one of our own calendars is not on record, with the sentence that says so.
    #[must_use]
    pub fn unknown_years(&self, ctx: &Ctx<'_>, from: NaiveDate, to: NaiveDate) -> BTreeMap<i32, Vec<String>> {
        let mut all: BTreeMap<i32, Vec<String>> = BTreeMap::new();
        let factory = self.factory.iter().filter(|f| f.id != self.bank.id);
        for calendar in std::iter::once(&self.bank).chain(factory) {
            for year in (from.year()..=to.year()).filter(|year| !calendar.years.contains(year)) {
                let file = missing_file(&Gap { calendar: calendar.id.clone(), year: Some(year) });
                all.entry(year).or_default().push(say!(
                    ctx,
                    "缺 {file}：{year} 年的假日还不知道，这一年的日期都是暂定",
                    "{file} is missing: the holidays of {year} are not known and its dates are provisional"
                ));
            }
        }
        all
    }
}

/// The id of a deadline on a page.
#[must_use]
pub fn anchor(deadline: &Deadline) -> String {
    crate::site::view::anchor(&deadline.id())
}

/// What it is; a run of closed days with its end.
#[must_use]
pub fn what(ctx: &Ctx<'_>, deadline: &Deadline) -> String {
    let what = ctx.text(&deadline.what);
    match deadline.until.filter(|until| *until != deadline.day) {
        Some(until) => {
            let (from, until) = (ctx.day(deadline.day).text, ctx.day(until).text);
            say!(ctx, "{what}，{from} 至 {until}", "{what}, {from} to {until}")
        }
        None => what,
    }
}

/// In few words, for a grid.
#[must_use]
pub fn short(ctx: &Ctx<'_>, deadline: &Deadline) -> String {
    match deadline.kind {
        // Which instalment matters more than that money is due.
        Kind::Chase => ctx.text(&deadline.what).split(['：', ':']).next().unwrap_or_default().to_owned(),
        kind => ctx.word(kind.title()).to_owned(),
    }
}

fn done_note(ctx: &Ctx<'_>, deadline: &Deadline) -> String {
    match deadline.done {
        None => String::new(),
        Some(done) => match done.on {
            Some(day) => {
                let day = ctx.day(day).text;
                say!(ctx, "{day} 办完", "done {day}")
            }
            None => say!(ctx, "已办", "done"),
        },
    }
}

/// The file that would settle a date: `calendar/cn-bank-2027.toml`.
#[must_use]
pub fn missing_file(gap: &Gap) -> String {
    match gap.year {
        Some(year) => format!("calendar/{}-{year}.toml", gap.calendar),
        None => gap.calendar.clone(),
    }
}

fn provisional(ctx: &Ctx<'_>, gap: &Gap) -> String {
    if gap.calendar.is_empty() {
        return say!(ctx, "暂定：付款地没写", "provisional: the place of payment is not recorded");
    }
    let file = missing_file(gap);
    match gap.year {
        Some(_) => say!(ctx, "暂定：缺 {file}", "provisional: {file} is missing"),
        None => say!(
            ctx,
            "暂定：没有 {file} 的日历，只按周末算",
            "provisional: no calendar for {file}, weekends only"
        ),
    }
}
