//! What a person has to do now: what is overdue, what is due today and within the next working days, what happens
//! otherwise, and the record that proves it. What others have to do on the same orders stands apart.

mod record;

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::changes::{self, Changes, Entry};
use super::chase;
use super::ctx::Ctx;
use super::dashboard;
use super::dates::{Dates, SOON};
use super::handover;
use super::tables::deadlines::Feed;
use crate::derive::deadlines::{Deadline, Family, Kind};
use crate::model::Order;
use crate::say;
use crate::site::format;
use crate::site::view::{
    ChangeEntry, ChaseText, CopyText, DateEntry, Link, Mark, OrdersVariant, PersonRow, Task, TodayGroup,
    TodayIndexPage, TodayPage,
};

/// Changes of others shown on a page.
const CHANGES: usize = 12;

/// How pressing something is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Pressure {
    Overdue,
    Today,
    Soon,
}

/// Tasks and waiting of all people, made once for both languages.
pub struct Desks<'d> {
    dates: &'d Dates,
    changes: &'d Changes<'d>,
    as_of: NaiveDate,
    /// By owner; `None` = nobody's. By pressure, then by the last safe day.
    tasks: BTreeMap<Option<&'d str>, Vec<(Pressure, usize)>>,
    /// What somebody waits for, by the one who waits.
    waiting: BTreeMap<&'d str, Vec<usize>>,
}

impl<'d> Desks<'d> {
    /// Sorts what is due now by person.
    #[must_use]
    pub fn of(ctx: &Ctx<'d>, dates: &'d Dates, changes: &'d Changes<'d>) -> Self {
        let (tasks, waiting) = (BTreeMap::new(), BTreeMap::new());
        let mut desks = Self { dates, changes, as_of: ctx.as_of(), tasks, waiting };
        for (index, deadline) in dates.all.iter().enumerate() {
            let Some(pressure) = desks.pressure(deadline) else { continue };
            let owner = deadline.owner.as_deref();
            let waits = is_waiting(deadline) && pressure != Pressure::Overdue;
            if !waits {
                desks.tasks.entry(owner).or_default().push((pressure, index));
            } else if let Some(owner) = owner {
                desks.waiting.entry(owner).or_default().push(index);
            }
            let order = deadline.order.as_deref().and_then(|id| ctx.book().order(id));
            for other in order.iter().flat_map(|o| involved(o)).filter(|id| Some(*id) != owner) {
                if concerns_others(deadline) {
                    desks.waiting.entry(other).or_default().push(index);
                }
            }
        }
        for list in desks.tasks.values_mut() {
            list.sort_by_key(|(pressure, index)| {
                let deadline = dates.all.get(*index);
                (*pressure, deadline.map(|d| (d.safe, d.day, d.time.is_none(), d.time)), *index)
            });
        }
        desks
    }

    /// Open, and due by the last of the next working days.
    fn pressure(&self, deadline: &Deadline) -> Option<Pressure> {
        if deadline.done.is_some() || deadline.kind.family() == Family::Holiday {
            return None;
        }
        match deadline.day < self.as_of {
            true => Some(Pressure::Overdue),
            false if deadline.day == self.as_of || deadline.safe <= self.as_of => Some(Pressure::Today),
            false => (deadline.safe <= self.dates.soon).then_some(Pressure::Soon),
        }
    }

    fn count(&self, id: Option<&str>, wanted: Pressure) -> usize {
        self.tasks.get(&id).map_or(0, |list| list.iter().filter(|(p, _)| *p == wanted).count())
    }

    /// What somebody has to do, as positions among the deadlines: overdue, today, within the next working days.
    #[must_use]
    pub fn tasks(&self, id: Option<&str>) -> [Vec<usize>; 3] {
        let all = self.tasks.get(&id).map_or(&[][..], Vec::as_slice);
        [Pressure::Overdue, Pressure::Today, Pressure::Soon]
            .map(|wanted| all.iter().filter(|(p, _)| *p == wanted).map(|(_, index)| *index).collect())
    }

    /// What somebody waits for, as positions among the deadlines.
    #[must_use]
    pub fn awaits(&self, id: Option<&str>) -> &[usize] {
        id.and_then(|id| self.waiting.get(id)).map_or(&[], Vec::as_slice)
    }

    /// Everybody with a page, the most pressed first; `None` for what is nobody's.
    #[must_use]
    pub fn people(&self) -> Vec<Option<&'d str>> {
        let mut all: Vec<Option<&str>> = self.dates.people.ids().map(Some).collect();
        if self.dates.people.nobody {
            all.push(None);
        }
        all.sort_by_key(|id| {
            let counts = [Pressure::Overdue, Pressure::Today, Pressure::Soon].map(|p| self.count(*id, p));
            (counts.map(std::cmp::Reverse), *id)
        });
        all
    }

    /// The index of people.
    #[must_use]
    pub fn index(&self, ctx: &Ctx<'_>) -> TodayIndexPage {
        let until = ctx.weekday(self.dates.soon).text;
        TodayIndexPage {
            title: say!(ctx, "今天", "Today"),
            as_of: format::full(ctx.as_of(), ctx.lang),
            note: say!(ctx, "接下来 {SOON} 个工作日，到 {until}", "the next {SOON} working days end {until}"),
            rows: self.people().into_iter().map(|id| self.row(ctx, id)).collect(),
        }
    }

    fn row(&self, ctx: &Ctx<'_>, id: Option<&str>) -> PersonRow {
        let (role, warn) = role(ctx, id);
        let first = self.tasks.get(&id).and_then(|list| list.first());
        PersonRow {
            person: Link::new(name(ctx, id), self.dates.people.path(id).unwrap_or_default()),
            role,
            warn,
            overdue: self.count(id, Pressure::Overdue),
            today: self.count(id, Pressure::Today),
            soon: self.count(id, Pressure::Soon),
            next: first.map(|(_, index)| DateEntry { id: String::new(), ..self.dates.entry(ctx, *index) }),
        }
    }

    /// The page of a person, or of what is nobody's.
    #[must_use]
    pub fn page(&self, ctx: &Ctx<'_>, id: Option<&str>) -> TodayPage {
        let name = name(ctx, id);
        let (verdict, verdict_mark) = self.verdict(ctx, id);
        let (role, warn) = role(ctx, id);
        let tab = |other: Option<&str>| OrdersVariant {
            text: self::name(ctx, other),
            href: self.dates.people.path(other).unwrap_or_default(),
            current: other == id,
        };
        let mut people = self.people();
        people.sort_unstable();
        TodayPage {
            path: self.dates.people.path(id).unwrap_or_default(),
            title: say!(ctx, "今天：{name}", "Today: {name}"),
            as_of: format::full(ctx.as_of(), ctx.lang),
            verdict,
            verdict_mark,
            remark: if warn { role } else { String::new() },
            people: people.into_iter().map(tab).collect(),
            groups: self.groups(ctx, id),
            waiting: self.waiting(ctx, id),
            changes: id.map(|id| changes(ctx, self.changes, id)).unwrap_or_default(),
            downloads: id.map(|id| self.feed(id)).unwrap_or_default(),
            handover: id
                .map(|id| Link::new(say!(ctx, "交接页", "Hand-over page"), handover::path(self.dates, id)))
                .unwrap_or_default(),
        }
    }

    /// The person's calendar, where it holds something.
    fn feed(&self, id: &str) -> Vec<Link> {
        let feed = Feed::Person(id);
        let path = feed.path(self.dates).filter(|_| feed.is_used(self.dates));
        path.map(|path| Link::new("ICS", path)).into_iter().collect()
    }

    fn verdict(&self, ctx: &Ctx<'_>, id: Option<&str>) -> (String, Mark) {
        let [overdue, today, soon] =
            [Pressure::Overdue, Pressure::Today, Pressure::Soon].map(|p| self.count(id, p));
        let until = ctx.weekday(self.dates.soon).text;
        if overdue + today + soon == 0 {
            let text = say!(ctx, "到 {until}没有到期的事", "nothing is due until {until}");
            return (text, Mark::Done);
        }
        let mark = match (overdue, today) {
            (1.., _) => Mark::Late,
            (0, 1..) => Mark::Warn,
            (0, 0) => Mark::Open,
        };
        let text = say!(
            ctx,
            "过期 {overdue} 项，今天 {today} 项，接下来到 {until}还有 {soon} 项",
            "{overdue} overdue, {today} today, {soon} more until {until}"
        );
        (text, mark)
    }

    fn groups(&self, ctx: &Ctx<'_>, id: Option<&str>) -> Vec<TodayGroup> {
        let all = self.tasks.get(&id).map_or(&[][..], Vec::as_slice);
        let titles = [
            (Pressure::Overdue, "overdue", say!(ctx, "已过期", "Overdue")),
            (Pressure::Today, "now", say!(ctx, "今天", "Today")),
            (Pressure::Soon, "soon", say!(ctx, "未来 {SOON} 个工作日", "The next {SOON} working days")),
        ];
        let groups = titles.into_iter().map(|(pressure, id, title)| {
            let own = all.iter().filter(|(p, _)| *p == pressure);
            let items: Vec<Task> = own.filter_map(|(_, index)| self.task(ctx, *index)).collect();
            let n = items.len();
            let note = match n {
                1 => say!(ctx, "1 项", "1 task"),
                _ => say!(ctx, "{n} 项", "{n} tasks"),
            };
            TodayGroup { id: id.to_owned(), title, note, items }
        });
        groups.filter(|group| !group.items.is_empty()).collect()
    }

    fn task(&self, ctx: &Ctx<'_>, index: usize) -> Option<Task> {
        let deadline = self.dates.all.get(index)?;
        let order = ctx.book().order(deadline.order.as_deref()?)?;
        Some(Task {
            date: self.dates.entry(ctx, index),
            consequence: ctx.text(&deadline.consequence),
            record: record::of(ctx, order, deadline),
            chase: send(ctx, order, deadline),
        })
    }

    fn waiting(&self, ctx: &Ctx<'_>, id: Option<&str>) -> Vec<DateEntry> {
        self.awaits(id).iter().map(|index| self.awaited(ctx, *index)).collect()
    }

    /// What somebody waits for, with the one he waits for.
    fn awaited(&self, ctx: &Ctx<'_>, index: usize) -> DateEntry {
        let mut entry = DateEntry { id: String::new(), ..self.dates.entry(ctx, index) };
        let deadline = self.dates.all.get(index).filter(|d| is_waiting(d));
        if let Some(outside) = deadline.and_then(|d| d.outside) {
            entry.owner = Link::text(ctx.word(outside.title()));
        }
        entry
    }
}

/// What to send for a reminder: subject and text of a mail in one piece.
fn send(ctx: &Ctx<'_>, order: &Order, deadline: &Deadline) -> Vec<CopyText> {
    let copy = |text: ChaseText| CopyText {
        label: [text.label, text.to]
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join(" · "),
        text: match text.subject.is_empty() {
            true => text.body,
            false => format!("{}\n\n{}", text.subject, text.body),
        },
    };
    chase::for_deadline(ctx, order, deadline).into_iter().map(copy).collect()
}

/// Somebody outside moves it, and until it has passed we can only look.
fn is_waiting(deadline: &Deadline) -> bool {
    matches!(deadline.kind, Kind::Departure | Kind::Arrival | Kind::Refusal)
}

/// The people who look after an order.
pub fn involved(order: &Order) -> impl Iterator<Item = &str> {
    let [first, second] = [order.merchandiser.as_deref(), order.clerk.as_deref()];
    first.into_iter().chain(second.filter(|id| Some(*id) != first))
}

/// What somebody else's work on an order means to the others who look after it: not bills, nor tax, nor reminders.
fn concerns_others(deadline: &Deadline) -> bool {
    let desk = matches!(deadline.kind, Kind::Bill | Kind::Chase | Kind::Waiver | Kind::Keep | Kind::Feedback);
    let tax = matches!(deadline.kind, Kind::TaxReceipt | Kind::TaxClaim | Kind::FilingSet | Kind::Safe);
    let voyage = matches!(deadline.kind, Kind::Departure | Kind::Arrival | Kind::Loading);
    !(desk || tax || voyage)
}

/// The name on pages of people.
#[must_use]
pub fn name(ctx: &Ctx<'_>, id: Option<&str>) -> String {
    id.map_or_else(|| say!(ctx, "没人负责", "Unassigned"), |id| ctx.person(id))
}

/// The role; a remark where the person has left or is not one of ours.
#[must_use]
pub fn role(ctx: &Ctx<'_>, id: Option<&str>) -> (String, bool) {
    let Some(id) = id else {
        return (say!(ctx, "订单没写 merchandiser", "orders without a merchandiser"), true);
    };
    let Some(person) = ctx.book().people.get(id) else {
        return (say!(ctx, "people.toml 里没有这个人", "not in people.toml"), true);
    };
    if let Some(left) = person.left.filter(|day| *day <= ctx.as_of()) {
        let left = ctx.day(left).text;
        return (say!(ctx, "{left} 已离职，还有事没交出去", "left on {left} and still owns these"), true);
    }
    let role = person.role.as_deref().unwrap_or_default();
    let known = match role {
        "merchandiser" => ("跟单", "merchandiser"),
        "clerk" => ("单证", "document clerk"),
        "finance" => ("财务", "finance"),
        "qc" => ("质检", "quality control"),
        "boss" => ("老板", "boss"),
        other => return (other.to_owned(), false),
    };
    (ctx.word(known).to_owned(), false)
}

/// What others changed in the orders that a person looks after, since the last working day.
fn changes(ctx: &Ctx<'_>, all: &Changes<'_>, id: &str) -> Vec<ChangeEntry> {
    let own = |order: &str| ctx.book().order(order).is_some_and(|o| involved(o).any(|own| own == id));
    let by = |entry: &Entry<'_>| ctx.book().person_by_email(&entry.event.person.email) == Some(id);
    let recent = changes::of_orders(all, dashboard::last_working_day(ctx), own).filter(|entry| !by(entry));
    recent.take(CHANGES).map(|entry| changes::row(ctx, entry)).collect()
}
