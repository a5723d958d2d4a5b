//! Every date that bites, as a table and as calendars.

use rust_decimal::Decimal;

use crate::derive::deadlines::{Deadline, Family, Kind as Planned, Outside};
use crate::exchange::calendar::{Alarm, Calendar, Event, When};
use crate::exchange::table::{Cell, Field, Kind, Table};
use crate::model::Order;
use crate::publish::ctx::Ctx;
use crate::publish::dates::{self, Dates};
use crate::publish::exports::{Export, Make};
use crate::say;
use crate::text::Bi;

/// `gendan export deadlines`.
pub const EXPORT: Export = Export {
    name: "deadlines",
    title: ("截止日", "Deadlines"),
    makes: &[Make::Table(table), Make::Calendar(calendar)],
};

/// The table of everything.
#[must_use]
pub fn table(ctx: &Ctx<'_>) -> Table {
    of(ctx, &Dates::of(ctx.facts, ctx.audience))
}

/// The calendar of everything.
#[must_use]
pub fn calendar(ctx: &Ctx<'_>) -> Calendar {
    Feed::All.calendar(ctx, &Dates::of(ctx.facts, ctx.audience))
}

/// The table, by day.
#[must_use]
pub fn of(ctx: &Ctx<'_>, dates: &Dates) -> Table {
    let rows = dates.all.iter().enumerate().map(|(index, deadline)| Row {
        ctx,
        dates,
        index,
        deadline,
        order: deadline.order.as_deref().and_then(|id| ctx.book().order(id)),
    });
    Table::of(EXPORT.name, 1, EXPORT.title, &fields(), rows)
}

struct Row<'r, 'a> {
    ctx: &'r Ctx<'a>,
    dates: &'r Dates,
    index: usize,
    deadline: &'r Deadline,
    order: Option<&'a Order>,
}

impl Row<'_, '_> {
    fn text(&self, text: &Bi) -> Cell {
        Cell::text(self.ctx.text(text))
    }

    /// Closed days are no deadline of anybody.
    fn of_order(&self, cell: impl FnOnce() -> Cell) -> Cell {
        if self.deadline.order.is_some() { cell() } else { Cell::Empty }
    }
}

fn fields<'r, 'a>() -> [Field<Row<'r, 'a>>; 22] {
    use Kind::{Bool, Date, Id, Number, Text, Word};
    [
        Field::new(
            "id",
            Id,
            ("编号", "ID"),
            ("日期改了也不变", "Stays the same when the date moves"),
            |r| Cell::id(r.deadline.id()),
        ),
        Field::new(
            "order",
            Id,
            ("订单号", "Order"),
            ("放假的日子空着", "Empty for closed days"),
            |r| Cell::id(r.deadline.order.as_deref().unwrap_or_default()),
        ),
        Field::new("customer", Text, ("客户", "Customer"), ("客户名称", "The customer's name"), |r| {
            Cell::text(r.order.map(|order| r.ctx.customer(order).text).unwrap_or_default())
        }),
        Field::new(
            "family",
            Word,
            ("类别", "Family"),
            ("生产、装运、信用证、收付款……", "Production, shipping, credits, money …"),
            |r| {
                let family = r.deadline.kind.family();
                Cell::word(family.code(), r.ctx.word(family.title()))
            },
        ),
        Field::new(
            "kind",
            Word,
            ("种类", "Kind"),
            ("截单、最后交单、催款……", "Cut-off, presentation, reminder …"),
            |r| {
                let kind = r.deadline.kind;
                // One word for one code: which step it is stands in the next column.
                let title = match kind {
                    Planned::Step(_) => ("下一步", "next step"),
                    kind => kind.title(),
                };
                Cell::word(kind.code(), r.ctx.word(title))
            },
        ),
        Field::new("what", Text, ("什么事", "What"), ("这一天要办什么", "What is due"), |r| {
            r.text(&r.deadline.what)
        }),
        Field::new("day", Date, ("截止日", "Due"), ("最后一天", "The last day"), |r| {
            Cell::date(Some(r.deadline.day))
        }),
        Field::new(
            "until",
            Date,
            ("到", "Until"),
            ("放假的最后一天", "The last of several closed days"),
            |r| Cell::date(r.deadline.until),
        ),
        Field::new(
            "time",
            Text,
            ("时刻", "Time"),
            ("当地时间，带时差", "In the time of the place, with its offset"),
            |r| Cell::text(r.deadline.time.map(|at| at.format("%H:%M%:z").to_string()).unwrap_or_default()),
        ),
        Field::new(
            "act_by",
            Date,
            ("最晚办理日", "Act by"),
            (
                "截止日碰上周末、假日，或单据路上要时间，就提前到这一天",
                "Earlier than the due day where that is no working day, or the papers have a way to go",
            ),
            |r| r.of_order(|| Cell::date(Some(r.deadline.safe))),
        ),
        Field::new(
            "days_left",
            Number,
            ("还剩（天）", "Days left"),
            ("负数是已经过了", "Negative: past"),
            |r| {
                let days = (r.deadline.day - r.ctx.as_of()).num_days();
                r.of_order(|| Cell::number(r.deadline.done.is_none().then(|| Decimal::from(days))))
            },
        ),
        Field::new(
            "hard",
            Bool,
            ("硬期限", "Immovable"),
            ("只有银行、政府或承运人能改", "Only a bank, an authority or a carrier can move it"),
            |r| r.of_order(|| Cell::Bool(r.deadline.hard)),
        ),
        Field::new(
            "estimated",
            Bool,
            ("预计", "Expected"),
            ("按计划或预计算的，会跟着变", "From a plan or a forecast, and moves with it"),
            |r| Cell::Bool(r.deadline.estimated),
        ),
        Field::new(
            "provisional",
            Text,
            ("暂定，缺日历", "Provisional for want of"),
            ("缺这个日历，日期可能还要顺延", "The calendar that is missing: the date may still move"),
            |r| Cell::text(r.deadline.provisional.as_ref().map(dates::missing_file).unwrap_or_default()),
        ),
        Field::new("overdue", Bool, ("过期", "Overdue"), ("过了还没办", "Past, and open"), |r| {
            r.of_order(|| Cell::Bool(r.deadline.is_overdue(r.ctx.as_of())))
        }),
        Field::new("done", Bool, ("已办", "Done"), ("办完的留两周", "Stays for two weeks"), |r| {
            r.of_order(|| Cell::Bool(r.deadline.done.is_some()))
        }),
        Field::new("done_on", Date, ("办完日", "Done on"), ("记录里的日子", "As recorded"), |r| {
            Cell::date(r.deadline.done.and_then(|done| done.on))
        }),
        Field::new(
            "owner",
            Word,
            ("谁办", "Owner"),
            ("people.toml 里的人", "A person of people.toml"),
            |r| {
                let owner = r.deadline.owner.as_deref();
                owner.map_or(Cell::Empty, |id| Cell::word(id.to_owned(), r.ctx.person(id)))
            },
        ),
        Field::new(
            "waits_for",
            Word,
            ("等谁", "Waits for"),
            ("要由外面的人先动", "Who outside has to act"),
            |r| match r.deadline.outside {
                Some(outside) => Cell::word(outside_code(outside), r.ctx.word(outside.title())),
                None => Cell::Empty,
            },
        ),
        Field::new(
            "consequence",
            Text,
            ("过了会怎样", "What happens if it passes"),
            ("过了这一天的后果", "What follows"),
            |r| r.text(&r.deadline.consequence),
        ),
        Field::new(
            "file",
            Id,
            ("文件", "File"),
            ("日期写在哪个文件", "Where the date stands"),
            |r| Cell::id(&*r.deadline.place.file),
        ),
        Field::new("line", Number, ("行", "Line"), ("在文件的第几行", "Its line in the file"), |r| {
            Cell::number(r.dates.line(r.index).map(Decimal::from))
        }),
    ]
}

fn outside_code(outside: Outside) -> &'static str {
    match outside {
        Outside::Bank => "bank",
        Outside::Carrier => "carrier",
        Outside::Buyer => "buyer",
    }
}

/// A calendar to subscribe to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Feed<'p> {
    /// Everything, closed days included.
    All,
    /// Receipts and payments.
    Money,
    /// Letters of credit.
    Credits,
    /// What one person has to do.
    Person(&'p str),
}

impl<'p> Feed<'p> {
    /// Every calendar that is written.
    pub fn each(dates: &'p Dates) -> impl Iterator<Item = Self> {
        [Self::All, Self::Money, Self::Credits].into_iter().chain(dates.people.ids().map(Self::Person))
    }

    /// Its file below the language's root.
    #[must_use]
    pub fn path(self, dates: &Dates) -> Option<String> {
        let name = match self {
            Self::All => "all",
            Self::Money => "money",
            Self::Credits => "credits",
            Self::Person(id) => dates.people.file(id)?,
        };
        Some(format!("cal/{name}.ics"))
    }

    fn holds(self, deadline: &Deadline) -> bool {
        match self {
            Self::All => true,
            Self::Money => deadline.kind.family() == Family::Money,
            Self::Credits => deadline.kind.family() == Family::Credit,
            Self::Person(id) => deadline.owner.as_deref() == Some(id),
        }
    }

    fn name(self, ctx: &Ctx<'_>) -> String {
        match self {
            Self::All => say!(ctx, "截止日", "Deadlines"),
            Self::Money => say!(ctx, "收付款", "Money"),
            Self::Credits => say!(ctx, "信用证", "Letters of credit"),
            Self::Person(id) => {
                let name = ctx.person(id);
                say!(ctx, "截止日 {name}", "Deadlines {name}")
            }
        }
    }

    /// It has something open: a calendar without an event is none.
    #[must_use]
    pub fn is_used(self, dates: &Dates) -> bool {
        dates.all.iter().any(|d| d.done.is_none() && self.holds(d))
    }

    /// What is open, by day. What is done goes away.
    #[must_use]
    pub fn calendar(self, ctx: &Ctx<'_>, dates: &Dates) -> Calendar {
        let open = dates.all.iter().enumerate().filter(|(_, d)| d.done.is_none() && self.holds(d));
        Calendar {
            name: format!("gendan {}", self.name(ctx)),
            events: open.flat_map(|(index, deadline)| events(ctx, dates, index, deadline)).collect(),
        }
    }
}

/// One event; a run of closed days has one for each.
fn events(ctx: &Ctx<'_>, dates: &Dates, index: usize, deadline: &Deadline) -> Vec<Event> {
    let event = event(ctx, dates, index, deadline);
    match deadline.until.filter(|_| deadline.kind.family() == Family::Holiday) {
        None => vec![event],
        Some(until) => {
            let days = deadline.day.iter_days().take_while(|day| *day <= until);
            days.map(|day| Event { which: day.to_string(), when: When::Day(day), ..event.clone() }).collect()
        }
    }
}

fn event(ctx: &Ctx<'_>, dates: &Dates, index: usize, deadline: &Deadline) -> Event {
    let shown = dates.entry(ctx, index);
    let order = deadline.order.as_deref().unwrap_or_default();
    let what = ctx.text(&deadline.what);
    let hard = if shown.hard { "◆ " } else { "" };
    let lines = [
        shown.customer,
        ctx.text(&deadline.consequence),
        if shown.hard {
            say!(
                ctx,
                "硬期限：只有银行、政府或承运人能改",
                "Immovable: only a bank, an authority or a carrier can move it"
            )
        } else {
            String::new()
        },
        if shown.estimated {
            say!(ctx, "预计：会跟着计划变", "Expected: moves with the plan")
        } else {
            String::new()
        },
        shown.provisional,
        shown.clash,
        shown.owner.text,
    ];
    // A day is announced on the morning before, a moment a day before.
    let alarm = match deadline.time {
        _ if !shown.hard || deadline.estimated => None,
        Some(_) => Some(Alarm::before(chrono::Duration::hours(24))),
        None => Some(Alarm::morning(1)),
    };
    Event {
        subject: if order.is_empty() { "calendar".to_owned() } else { order.to_owned() },
        kind: deadline.kind.code(),
        which: deadline.part.clone(),
        when: deadline.time.map_or(When::Day(deadline.day), When::At),
        summary: format!("{hard}{order} {what}").trim().to_owned(),
        description: lines.into_iter().filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n"),
        url: shown.what.href,
        categories: vec![ctx.word(deadline.kind.family().title()).to_owned()],
        alarms: alarm.into_iter().collect(),
        tentative: deadline.estimated || deadline.provisional.is_some(),
    }
}
