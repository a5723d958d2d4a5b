//! What somebody takes over: one page for each person with every open order, its next step, what is missing, the last
//! word with anybody outside, the last change and the next deadlines.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::changes;
use super::ctx::Ctx;
use super::dashboard::short_customer;
use super::dates::Dates;
use super::groups::Groups;
use super::notes;
use super::order::missing;
use super::people;
use super::state;
use super::today::{involved, name, role};
use super::witness;
use crate::derive::OrderFacts;
use crate::derive::deadlines::Family;
use crate::model::Order;
use crate::say;
use crate::site::format;
use crate::site::view::{DateEntry, Day, HandoverPage, HandoverRow, Link, Mark, OrdersVariant};

/// Deadlines of one order; the calendar has all.
const DATES: usize = 3;

/// The open orders of each person, the most pressing first.
pub struct Handover<'d> {
    dates: &'d Dates,
    /// Positions in `groups.open` order, by person.
    orders: BTreeMap<String, Vec<usize>>,
    /// What is due, by order.
    due: BTreeMap<&'d str, Vec<usize>>,
}

impl<'d> Handover<'d> {
    /// Sorts the open orders by person.
    #[must_use]
    pub fn of(groups: &Groups<'_>, dates: &'d Dates) -> Self {
        let mut orders: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for &index in &groups.open {
            for id in groups.order(index).into_iter().flat_map(involved) {
                orders.entry(id.to_owned()).or_default().push(index);
            }
        }
        let mut due: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (index, deadline) in dates.all.iter().enumerate() {
            let open = deadline.done.is_none() && deadline.kind.family() != Family::Holiday;
            if let Some(order) = deadline.order.as_deref().filter(|_| open) {
                due.entry(order).or_default().push(index);
            }
        }
        for list in due.values_mut() {
            list.sort_by_key(|index| dates.all.get(*index).map(|d| (d.safe, d.day, *index)));
        }
        Self { dates, orders, due }
    }

    /// Everybody with a page.
    #[must_use]
    pub fn people(&self) -> Vec<&str> {
        self.dates.people.ids().collect()
    }

    /// The page of a person.
    #[must_use]
    pub fn page(&self, ctx: &Ctx<'_>, groups: &Groups<'_>, id: &str) -> HandoverPage {
        let own = self.orders.get(id).map_or(&[][..], Vec::as_slice);
        let rows: Vec<HandoverRow> = own
            .iter()
            .filter_map(|i| groups.get(*i))
            .map(|(order, facts)| self.row(ctx, order, facts, id))
            .collect();
        let person = name(ctx, Some(id));
        let (role, warn) = role(ctx, Some(id));
        let tab = |other: &str| {
            let n = self.orders.get(other).map_or(0, Vec::len);
            (n > 0 || other == id).then(|| OrdersVariant {
                text: format!("{} {n}", name(ctx, Some(other))),
                href: path(self.dates, other),
                current: other == id,
            })
        };
        let (verdict, verdict_mark) = verdict(ctx, &rows);
        HandoverPage {
            path: path(self.dates, id),
            title: say!(ctx, "交接：{person}", "Hand-over: {person}"),
            as_of: format::full(ctx.as_of(), ctx.lang),
            verdict,
            verdict_mark,
            remark: if warn { role } else { String::new() },
            people: self.dates.people.ids().filter_map(tab).collect(),
            today: Link::new(
                say!(ctx, "今天要办的", "Today's tasks"),
                self.dates.people.path(Some(id)).unwrap_or_default(),
            ),
            feed: path(self.dates, id).replace(".html", ".xml"),
            rows,
        }
    }

    fn row(&self, ctx: &Ctx<'_>, order: &Order, facts: &OrderFacts, id: &str) -> HandoverRow {
        let state = state::of(ctx, order, facts);
        let step = state.stage.and_then(|key| facts.progress.stage(key));
        let open =
            step.and_then(|s| s.milestones.iter().filter(|m| m.actual.is_none()).find_map(|m| m.expected()));
        let due = self.due.get(&*order.id).map_or(&[][..], Vec::as_slice);
        let entry = |index: &usize| DateEntry { id: String::new(), ..self.dates.entry(ctx, *index) };
        let history = ctx.facts.history;
        let last = changes::newest(ctx, order);
        let (contact, contact_how) = contact(ctx, order).unzip();
        let as_what = if order.merchandiser.as_deref() == Some(id) {
            ("跟单", "merchandiser")
        } else {
            ("单证", "clerk")
        };
        HandoverRow {
            order: ctx.order_link(&order.id),
            customer: short_customer(ctx, order),
            role: ctx.word(as_what).to_owned(),
            stage: state.text,
            mark: state.mark,
            slack: state.slack,
            next: state.waits,
            day: open.map(|day| ctx.weekday(day)),
            late: open.is_some_and(|day| day < ctx.as_of()),
            missing: missing(ctx, order, facts),
            dates: due.iter().take(DATES).map(entry).collect(),
            dates_more: match due.len().saturating_sub(DATES) {
                0 => String::new(),
                n => say!(ctx, "另 {n} 项", "and {n} more"),
            },
            contact,
            contact_how: contact_how.unwrap_or_default(),
            changed: last
                .map(|event| {
                    let (day, who) = (ctx.day(event.date).text, witness::person(ctx, &event.person));
                    say!(ctx, "{day} {who}", "{day} {who}")
                })
                .unwrap_or_default(),
            change: last.map(|event| witness::change(ctx, event)).unwrap_or_default(),
            uncommitted: history.is_uncommitted(&order.id),
        }
    }
}

/// Path of somebody's page below the language's root.
#[must_use]
pub fn path(dates: &Dates, id: &str) -> String {
    dates.people.file(id).map(|_| people::handover(id)).unwrap_or_default()
}

fn verdict(ctx: &Ctx<'_>, rows: &[HandoverRow]) -> (String, Mark) {
    let all = rows.len();
    let late = rows.iter().filter(|row| row.mark == Mark::Late).count();
    let open = rows.iter().filter(|row| row.uncommitted).count();
    let mut parts = vec![match all {
        0 => say!(ctx, "没有进行中的订单", "no open orders"),
        1 => say!(ctx, "1 单在手", "1 open order"),
        _ => say!(ctx, "{all} 单在手", "{all} open orders"),
    }];
    if late > 0 {
        parts.push(say!(ctx, "{late} 单有延误或风险", "{late} late or at risk"));
    }
    match open {
        0 => {}
        1 => parts.push(say!(ctx, "1 单有改动还没提交", "1 with changes not committed")),
        _ => parts.push(say!(ctx, "{open} 单有改动还没提交", "{open} with changes not committed")),
    }
    let mark = match (all, late) {
        (0, _) => Mark::Done,
        (_, 0) => Mark::Open,
        _ => Mark::Late,
    };
    (parts.join(ctx.word(("，", ", "))), mark)
}

/// The last word with anybody outside: a reminder, or an entry of the notes.
fn contact(ctx: &Ctx<'_>, order: &Order) -> Option<(Day, String)> {
    let reminders = order.reminders.iter().filter_map(|r| {
        let day = r.date.filter(|day| *day <= ctx.as_of())?;
        Some((day, say!(ctx, "催款", "reminder")))
    });
    let noted = order.notes.as_deref().and_then(|file| notes::newest(&ctx.book().root, file, ctx.as_of()));
    // On one day what the notes say tells more.
    let last: Option<(NaiveDate, String)> =
        reminders.chain(noted).max_by(|a, b| a.0.cmp(&b.0).then(a.1.len().cmp(&b.1.len())));
    last.map(|(day, how)| (ctx.day(day), how))
}
