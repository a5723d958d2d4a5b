//! The calendar of deadlines: week by week from the day of the facts, what is overdue on top, what is far off folded;
//! and the same weeks as a grid.

use std::collections::BTreeSet;

use chrono::{Datelike, NaiveDate};

use super::ctx::Ctx;
use super::dates::{self, Dates};
use super::groups::{Month, month};
use super::state::left_text;
use super::tables::{self, deadlines::Feed};
use crate::derive::deadlines::{Deadline, Family};
use crate::derive::plan::shift;
use crate::say;
use crate::site::format;
use crate::site::view::{
    CalendarDay, CalendarPage, CalendarWeek, Chip, DateEntry, Figure, GridDay, GridItem, GridMonth, GridWeek,
    Link, Mark,
};

/// Weeks shown beside the current one.
const WEEKS: i64 = 12;

/// Days within which something immovable is near.
const NEAR: i64 = 7;

/// Entries of one day in the grid; the rest is counted.
const CELL: usize = 5;

/// The page.
#[must_use]
pub fn page(ctx: &Ctx<'_>, dates: &Dates) -> CalendarPage {
    let look = Look::of(ctx, dates);
    // What somebody else has set comes first: it is the dearest to have missed.
    let mut overdue: Vec<DateEntry> = look.pick(|d| d.is_overdue(ctx.as_of()));
    overdue.sort_by_key(|entry| !entry.hard);
    let done: Vec<DateEntry> =
        look.pick(|d| d.done.is_some() && d.last() < ctx.as_of()).into_iter().rev().collect();
    let later = look.later();
    let (n, d) = (overdue.len(), done.len());
    let l: usize = later.iter().flat_map(|m| &m.days).map(|day| day.entries.len()).sum();
    CalendarPage {
        title: say!(ctx, "截止日", "Deadlines"),
        as_of: format::full(ctx.as_of(), ctx.lang),
        range: look.range(),
        figures: look.figures(&overdue),
        chips: look.chips(),
        downloads: look.downloads(),
        overdue_title: say!(ctx, "已过期，还没办：{n} 项", "Overdue and open: {n}"),
        overdue_families: families(&overdue),
        overdue,
        weeks: look.weeks(),
        later_title: say!(ctx, "{WEEKS} 周以后：{l} 项", "After {WEEKS} weeks: {l}"),
        later,
        done_title: say!(ctx, "最近两周办完：{d} 项", "Done within two weeks: {d}"),
        done,
        months: look.months(),
        weekdays: match ctx.lang {
            crate::text::Lang::Zh => ["一", "二", "三", "四", "五", "六", "日"],
            crate::text::Lang::En => ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"],
        }
        .map(str::to_owned)
        .to_vec(),
    }
}

struct Look<'l, 'a> {
    ctx: &'l Ctx<'a>,
    dates: &'l Dates,
    /// Monday of the current week.
    first: NaiveDate,
    /// Sunday of the last week shown.
    last: NaiveDate,
}

impl<'l, 'a> Look<'l, 'a> {
    fn of(ctx: &'l Ctx<'a>, dates: &'l Dates) -> Self {
        let back = i64::from(ctx.as_of().weekday().num_days_from_monday());
        let first = shift(ctx.as_of(), -back).unwrap_or(ctx.as_of());
        let last = shift(first, WEEKS * 7 + 6).unwrap_or(first);
        Self { ctx, dates, first, last }
    }

    fn pick(&self, wanted: impl Fn(&Deadline) -> bool) -> Vec<DateEntry> {
        let all = self.dates.all.iter().enumerate();
        all.filter(|(_, d)| wanted(d)).map(|(i, _)| self.dates.entry(self.ctx, i)).collect()
    }

    /// Ahead: not before today, or a run of closed days that has begun.
    fn ahead(&self) -> impl Iterator<Item = (usize, &'l Deadline)> {
        let as_of = self.ctx.as_of();
        self.dates.all.iter().enumerate().filter(move |(_, d)| d.last() >= as_of)
    }

    /// The day under which it is listed.
    fn shown(&self, deadline: &Deadline) -> NaiveDate {
        deadline.day.max(self.ctx.as_of())
    }

    fn range(&self) -> String {
        let ctx = self.ctx;
        let week = |day: NaiveDate| (day.iso_week().year(), day.iso_week().week());
        let ((y1, w1), (y2, w2)) = (week(self.first), week(self.last));
        match y1 == y2 {
            true => say!(ctx, "{y1} 年第 {w1} 周到第 {w2} 周", "weeks {w1} to {w2} of {y1}"),
            false => {
                say!(ctx, "{y1} 年第 {w1} 周到 {y2} 年第 {w2} 周", "week {w1} of {y1} to week {w2} of {y2}")
            }
        }
    }

    fn figures(&self, overdue: &[DateEntry]) -> Vec<Figure> {
        let ctx = self.ctx;
        let open = || {
            self.ahead()
                .filter(|(_, d)| d.done.is_none() && d.kind.family() != Family::Holiday && d.day <= self.last)
        };
        let hard = || open().filter(|(_, d)| d.hard);
        let mut all = Vec::new();
        // What moves with a plan, or is somebody else's to do, is not what we have to keep.
        if let Some((_, next)) = hard().find(|(_, d)| !d.estimated && d.outside.is_none()) {
            let days = (next.day - ctx.as_of()).num_days();
            let time = next.time.map(|at| format!(" {}", at.format("%H:%M"))).unwrap_or_default();
            let what = dates::short(ctx, next);
            all.push(Figure {
                value: format!("{}{time}", ctx.day(next.day).text),
                label: say!(ctx, "下一个硬期限：{what}", "next immovable date: {what}"),
                note: format!("{} · {}", next.order.as_deref().unwrap_or_default(), left_text(ctx, days)),
                href: format!("#{}", dates::anchor(next)),
                mark: if days <= 1 { Mark::Warn } else { Mark::Todo },
            });
        }
        let near = hard().filter(|(_, d)| (d.day - ctx.as_of()).num_days() <= NEAR).count();
        all.push(Figure {
            value: hard().count().to_string(),
            label: say!(ctx, "硬期限，{WEEKS} 周内", "immovable, within {WEEKS} weeks"),
            note: say!(ctx, "{NEAR} 天内 {near}", "{near} within {NEAR} days"),
            ..Figure::default()
        });
        let clash = open().filter(|(_, d)| self.dates.collides(d)).count();
        let clashing = hard().filter(|(_, d)| self.dates.collides(d)).count();
        all.push(Figure {
            value: clash.to_string(),
            label: say!(ctx, "落在周末或假日", "on a weekend or holiday"),
            note: match clashing {
                0 => say!(ctx, "没有硬期限", "none of them immovable"),
                n => say!(ctx, "其中硬期限 {n}", "{n} of them immovable"),
            },
            mark: if clashing == 0 { Mark::Todo } else { Mark::Warn },
            ..Figure::default()
        });
        all.push(Figure {
            value: overdue.len().to_string(),
            label: say!(ctx, "过期没办", "overdue and open"),
            href: if overdue.is_empty() { String::new() } else { "#overdue".to_owned() },
            mark: if overdue.is_empty() { Mark::Done } else { Mark::Late },
            ..Figure::default()
        });
        all
    }

    fn chips(&self) -> Vec<Chip> {
        let count = |family: Family| {
            self.dates.all.iter().filter(|d| d.kind.family() == family && d.done.is_none()).count()
        };
        Family::ALL
            .iter()
            .map(|family| Chip {
                family: family.code().to_owned(),
                label: self.ctx.word(family.title()).to_owned(),
                count: count(*family),
            })
            .filter(|chip| chip.count > 0)
            .collect()
    }

    /// Tables, then calendars.
    fn downloads(&self) -> Vec<Link> {
        let calendars = [
            (Feed::All, say!(self.ctx, "ICS 全部", "ICS all")),
            (Feed::Money, say!(self.ctx, "ICS 收付款", "ICS money")),
            (Feed::Credits, say!(self.ctx, "ICS 信用证", "ICS credits")),
        ];
        let calendars = calendars.into_iter().filter(|(feed, _)| feed.is_used(self.dates));
        let calendars = calendars.filter_map(|(feed, text)| Some(Link::new(text, feed.path(self.dates)?)));
        tables::downloads("deadlines").into_iter().chain(calendars).collect()
    }

    fn weeks(&self) -> Vec<CalendarWeek> {
        let mut notes = self.dates.unknown_years(self.ctx, self.ctx.as_of(), self.last);
        (0..=WEEKS)
            .filter_map(|n| {
                let from = shift(self.first, n * 7)?;
                let to = shift(from, 6)?;
                let (year, week) = (from.iso_week().year(), from.iso_week().week());
                let ctx = self.ctx;
                let (first, last) = (ctx.day(from).text, ctx.day(to).text);
                let days = self.days(from.max(ctx.as_of()), to);
                // Said once, in the week in which the year begins.
                let notes =
                    [from.year(), to.year()].iter().filter_map(|y| notes.remove(y)).flatten().collect();
                Some(CalendarWeek {
                    id: format!("w{year}-{week:02}"),
                    label: say!(ctx, "第 {week} 周", "Week {week}"),
                    range: say!(ctx, "{first} 至 {last}", "{first} – {last}"),
                    families: families(days.iter().flat_map(|d| &d.entries)),
                    notes,
                    days,
                })
            })
            .collect()
    }

    /// The days of a span on which something is due.
    fn days(&self, from: NaiveDate, to: NaiveDate) -> Vec<CalendarDay> {
        let mut days: Vec<(NaiveDate, Vec<DateEntry>)> = Vec::new();
        for (index, deadline) in self.ahead() {
            let day = self.shown(deadline);
            if !(from..=to).contains(&day) {
                continue;
            }
            let entry = self.dates.entry(self.ctx, index);
            match days.last_mut().filter(|(last, _)| *last == day) {
                Some((_, list)) => list.push(entry),
                None => days.push((day, vec![entry])),
            }
        }
        days.into_iter().map(|(day, entries)| self.day(day, entries)).collect()
    }

    fn day(&self, day: NaiveDate, mut entries: Vec<DateEntry>) -> CalendarDay {
        entries.sort_by_key(|entry| entry.done);
        let days = (day - self.ctx.as_of()).num_days();
        CalendarDay {
            day: self.ctx.weekday(day),
            left: if days == 0 { say!(self.ctx, "今天", "today") } else { left_text(self.ctx, days) },
            today: days == 0,
            closed: self.dates.holidays(self.ctx, day),
            families: families(&entries),
            entries,
        }
    }

    fn later(&self) -> Vec<CalendarWeek> {
        let after = self.ahead().map(|(_, d)| self.shown(d)).filter(|day| *day > self.last);
        let months: BTreeSet<Month> = after.map(month).collect();
        months
            .into_iter()
            .filter_map(|(year, number)| {
                let ctx = self.ctx;
                let first = NaiveDate::from_ymd_opt(year, number, 1)?;
                let from = first.max(shift(self.last, 1)?);
                let to = crate::model::value::calendar::eom(first);
                let days = self.days(from, to);
                Some(CalendarWeek {
                    id: format!("m{year}-{number:02}"),
                    label: month_of(ctx, first),
                    range: String::new(),
                    families: families(days.iter().flat_map(|d| &d.entries)),
                    notes: Vec::new(),
                    days,
                })
            })
            .collect()
    }

    fn months(&self) -> Vec<GridMonth> {
        let mut months: Vec<(Month, GridMonth)> = Vec::new();
        for n in 0..=WEEKS {
            let Some(monday) = shift(self.first, n * 7) else { continue };
            // A week belongs to the month of its Thursday, as it belongs to that day's year.
            let Some(thursday) = shift(monday, 3) else { continue };
            let week = GridWeek {
                number: monday.iso_week().week().to_string(),
                days: (0..7).filter_map(|d| shift(monday, d)).map(|day| self.cell(day)).collect(),
            };
            match months.last_mut().filter(|(own, _)| *own == month(thursday)) {
                Some((_, list)) => list.weeks.push(week),
                None => {
                    let label = month_of(self.ctx, thursday);
                    months.push((month(thursday), GridMonth { label, weeks: vec![week] }));
                }
            }
        }
        months.into_iter().map(|(_, month)| month).collect()
    }

    fn cell(&self, day: NaiveDate) -> GridDay {
        let ctx = self.ctx;
        let mut own: Vec<&Deadline> = self
            .ahead()
            .map(|(_, d)| d)
            .filter(|d| self.shown(d) == day && d.kind.family() != Family::Holiday)
            .collect();
        // What cannot be moved first, what is done last; the rest keeps its order.
        own.sort_by_key(|d| (d.done.is_some(), !d.hard, d.estimated));
        let more = own.len().saturating_sub(CELL);
        let text = match day.day() {
            1 => ctx.day(day).text,
            day => day.to_string(),
        };
        GridDay {
            day: crate::site::view::Day::new(day.to_string(), text),
            today: day == ctx.as_of(),
            closed: !self.dates.bank.is_open(day),
            holidays: self.dates.holidays(ctx, day),
            items: own.iter().take(CELL).map(|d| item(ctx, d)).collect(),
            more_families: joined(own.iter().skip(CELL).map(|d| d.kind.family().code())),
            more: match more {
                0 => Link::default(),
                _ => Link::new(say!(ctx, "另 {more} 项", "{more} more"), format!("#d-{day}")),
            },
        }
    }
}

fn item(ctx: &Ctx<'_>, deadline: &Deadline) -> GridItem {
    let time = deadline.time.map(|at| format!(" {}", at.format("%H:%M"))).unwrap_or_default();
    GridItem {
        family: deadline.kind.family().code().to_owned(),
        hard: deadline.hard,
        estimated: deadline.estimated,
        done: deadline.done.is_some(),
        order: Link::new(
            deadline.order.as_deref().unwrap_or_default(),
            format!("#{}", dates::anchor(deadline)),
        ),
        text: format!("{}{time}", dates::short(ctx, deadline)),
    }
}

/// The families of some entries, for the filters of the style sheet.
fn families<'e>(entries: impl IntoIterator<Item = &'e DateEntry>) -> String {
    joined(entries.into_iter().map(|entry| entry.family.as_str()))
}

fn joined<'f>(families: impl Iterator<Item = &'f str>) -> String {
    let all: BTreeSet<&str> = families.collect();
    all.into_iter().collect::<Vec<_>>().join(" ")
}

/// `2026 年 11 月`, `November 2026`.
fn month_of(ctx: &Ctx<'_>, day: NaiveDate) -> String {
    let (year, number, english) = (day.year(), day.month(), day.format("%B"));
    say!(ctx, "{year} 年 {number} 月", "{english} {year}")
}
