//! What changed, told as business: one entry for each order that a commit changed, newest first. Made once for both
//! languages; pages, feeds and the lists on other pages take their part of it.
//!
//! What was recorded after the day of the facts is left out. Purchase prices, bills and payments to suppliers are
//! finance's: that something about them changed may be said to others, what it was never is.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::{DateTime, Days, FixedOffset, NaiveDate};
use rayon::prelude::*;

use super::audience::{Audience, Sees};
use super::ctx::Ctx;
use super::dashboard::short_customer;
use super::paging;
use super::witness::{self, cut};
use crate::change::{Change, Kind};
use crate::derive::Facts;
use crate::history::{Event, History, State, Step, What};
use crate::model::Order;
use crate::model::setup::Hidden;
use crate::say;
use crate::site::format;
use crate::site::view::{ChangeDay, ChangeEntry, ChangeSaid, ChangesPage, Chip, Link, OrdersVariant};

/// The page looks back so many days.
const WINDOW: u64 = 90;

/// Entries on one page, as on other lists.
const PAGE: usize = paging::PAGE;

/// Sentences of one entry; the rest is counted, and stands on the order's page and on the forge.
pub const SENTENCES: usize = 3;

/// Characters of a sentence.
const SENTENCE: usize = 300;

/// More orders that one commit brings or removes are one entry: an import is one event.
const BULK: usize = 12;

/// All kinds, what needs most eyes first.
const KINDS: [Kind; 5] = [Kind::Contract, Kind::Money, Kind::Document, Kind::Plan, Kind::Routine];

/// What one commit did to one order, or to many at once.
#[derive(Debug, Clone)]
pub struct Entry<'a> {
    /// Who, when, in which change.
    pub event: Arc<Event>,
    /// The orders: mostly one.
    pub orders: Vec<&'a str>,
    /// What happened to them as a whole.
    pub what: What,
    /// What kinds of decisions the change is, as far as this site tells them.
    kinds: Vec<Kind>,
    /// Where to read what the change says of the order: the history, and which step it is; nothing for many.
    step: Option<(&'a History, usize)>,
}

impl Entry<'_> {
    /// What the change says. Read again for the few that are shown: all together they are many.
    #[must_use]
    pub fn changes(&self) -> Vec<Change> {
        let ([id], Some((history, at))) = (self.orders.as_slice(), self.step) else { return Vec::new() };
        let step = history.trail(id).and_then(|trail| trail.steps.into_iter().nth(at));
        step.map(|step| step.changes).unwrap_or_default()
    }
}

/// Every change with an effect, newest first.
#[derive(Debug, Clone, Default)]
pub struct Changes<'a> {
    /// The entries.
    pub all: Vec<Entry<'a>>,
}

impl<'a> Changes<'a> {
    /// Collects them.
    #[must_use]
    pub fn of(facts: &Facts<'a>, audience: Audience<'_>) -> Self {
        let history = facts.history;
        if history.state != State::Complete {
            return Self::default();
        }
        let mut single: Vec<Entry<'a>> = Vec::new();
        let mut many: BTreeMap<(String, bool), Vec<Entry<'a>>> = BTreeMap::new();
        let ids: Vec<&str> = history.trails.ids().collect();
        let of = |id: &&'a str| -> Vec<Entry<'a>> {
            let steps = history.trail(id).unwrap_or_default().steps.into_iter().enumerate();
            steps.filter_map(|(at, step)| entry(facts, audience, id, at, &step)).collect()
        };
        let found: Vec<Vec<Entry<'a>>> = ids.par_iter().map(of).collect();
        for entry in found.into_iter().flatten() {
            match entry.what {
                What::Changed => single.push(entry),
                what => {
                    let commit = entry.event.commit.clone();
                    many.entry((commit, what == What::Added)).or_default().push(entry);
                }
            }
        }
        for group in many.into_values() {
            if group.len() <= BULK {
                single.extend(group);
                continue;
            }
            let orders = group.iter().flat_map(|entry| entry.orders.iter().copied()).collect();
            single.extend(group.into_iter().next().map(|first| Entry {
                orders,
                kinds: Vec::new(),
                step: None,
                ..first
            }));
        }
        // Newest first; what one commit did stays together.
        single.sort_by(|a, b| {
            fn key<'e>(e: &'e Entry<'_>) -> (NaiveDate, DateTime<FixedOffset>, &'e str) {
                (e.event.date, e.event.moment, &e.event.commit)
            }
            key(b).cmp(&key(a)).then_with(|| a.orders.cmp(&b.orders))
        });
        Self { all: single }
    }

    /// Those from a day on.
    pub fn since(&self, day: NaiveDate) -> impl Iterator<Item = &Entry<'a>> {
        self.all.iter().take_while(move |entry| entry.event.date >= day)
    }

    /// Those that the pages show.
    #[must_use]
    pub fn recent(&self, as_of: NaiveDate) -> &[Entry<'a>] {
        let first = as_of.checked_sub_days(Days::new(WINDOW)).unwrap_or(as_of);
        let n = self.since(first).count();
        self.all.get(..n).unwrap_or_default()
    }

    /// How many pages there are.
    #[must_use]
    pub fn pages(&self, as_of: NaiveDate) -> usize {
        self.recent(as_of).len().div_ceil(PAGE).max(1)
    }

    /// One page, from 0.
    #[must_use]
    pub fn page(&self, ctx: &Ctx<'_>, page: usize) -> ChangesPage {
        let all = self.recent(ctx.as_of());
        let shown = paging::slice(all, page);
        let mut days: Vec<(NaiveDate, Vec<ChangeEntry>)> = Vec::new();
        for entry in shown {
            let row = row(ctx, entry);
            match days.last_mut() {
                Some((day, rows)) if *day == entry.event.date => rows.push(row),
                _ => days.push((entry.event.date, vec![row])),
            }
        }
        let n = all.len();
        let people: BTreeSet<String> = all.iter().map(|e| witness::person(ctx, &e.event.person)).collect();
        let people = people.len();
        ChangesPage {
            path: paging::file("changes", page),
            title: say!(ctx, "改动", "Changes"),
            as_of: format::full(ctx.as_of(), ctx.lang),
            summary: match (n, people) {
                (0, _) => String::new(),
                (1, _) => say!(ctx, "近 {WINDOW} 天 1 处", "1 in {WINDOW} days"),
                (_, 1) => say!(ctx, "近 {WINDOW} 天 {n} 处，1 人", "{n} in {WINDOW} days, by 1 person"),
                _ => say!(
                    ctx,
                    "近 {WINDOW} 天 {n} 处，{people} 人",
                    "{n} in {WINDOW} days, by {people} people"
                ),
            },
            unknown: super::order::history::unknown(ctx),
            chips: chips(ctx, all),
            uncommitted: if page == 0 { uncommitted(ctx) } else { Vec::new() },
            days: days.into_iter().map(|(day, rows)| self::day(ctx, day, rows)).collect(),
            pages: pages(self.pages(ctx.as_of()), page),
        }
    }
}

fn pages(count: usize, current: usize) -> Vec<OrdersVariant> {
    paging::links("changes", count, current)
}

fn day(ctx: &Ctx<'_>, day: NaiveDate, rows: Vec<ChangeEntry>) -> ChangeDay {
    let families: BTreeSet<&str> = rows.iter().flat_map(|row| row.families.split(' ')).collect();
    let n = rows.len();
    ChangeDay {
        day: ctx.weekday(day),
        note: match n {
            1 => say!(ctx, "1 处", "1 change"),
            _ => say!(ctx, "{n} 处", "{n} changes"),
        },
        families: families.into_iter().collect::<Vec<_>>().join(" "),
        entries: rows,
    }
}

/// One row of a list.
#[must_use]
pub fn row(ctx: &Ctx<'_>, entry: &Entry<'_>) -> ChangeEntry {
    let (order, customer) = order_of(ctx, entry);
    let (what, more) = said(ctx, entry.what, &entry.changes(), entry.orders.len());
    ChangeEntry {
        day: ctx.day(entry.event.date),
        time: entry.event.moment.format("%H:%M").to_string(),
        who: witness::person(ctx, &entry.event.person),
        order,
        customer,
        families: families(entry).into_iter().collect::<Vec<_>>().join(" "),
        what,
        more,
        change: witness::change(ctx, &entry.event),
    }
}

/// The order with its page, which one that was deleted does not have.
fn order_of(ctx: &Ctx<'_>, entry: &Entry<'_>) -> (Link, String) {
    let [id] = entry.orders.as_slice() else { return (Link::default(), String::new()) };
    match ctx.book().order(id) {
        Some(order) => (ctx.order_link(&order.id), short_customer(ctx, order)),
        None => (Link::text(*id), String::new()),
    }
}

/// One step as an entry, where it has an effect and had been recorded by the day of the facts.
fn entry<'a>(
    facts: &Facts<'a>,
    audience: Audience<'_>,
    id: &'a str,
    at: usize,
    step: &Step,
) -> Option<Entry<'a>> {
    let event = step.event.as_ref().filter(|event| event.date <= facts.as_of)?;
    let shown = step.changes.iter().filter(|change| !is_hidden(audience, change));
    let kinds: BTreeSet<Kind> = shown.map(|change| change.kind).collect();
    has_effect(audience, step).then(|| Entry {
        event: Arc::clone(event),
        orders: vec![id],
        what: step.what,
        kinds: kinds.into_iter().collect(),
        step: Some((facts.history, at)),
    })
}

fn families(entry: &Entry<'_>) -> BTreeSet<&'static str> {
    let mut all: BTreeSet<&str> = entry.kinds.iter().map(|kind| kind.code()).collect();
    // An order that came or went is a matter of the contract.
    if entry.what != What::Changed {
        all.insert(Kind::Contract.code());
    }
    all
}

fn chips(ctx: &Ctx<'_>, all: &[Entry<'_>]) -> Vec<Chip> {
    let sets: Vec<BTreeSet<&str>> = all.iter().map(families).collect();
    let chip = |kind: &Kind| {
        let count = sets.iter().filter(|set| set.contains(kind.code())).count();
        (count > 0).then(|| Chip {
            family: kind.code().to_owned(),
            label: ctx.word(kind.title()).to_owned(),
            count,
        })
    };
    KINDS.iter().filter_map(chip).collect()
}

/// Orders whose work tree says more than the last commit.
fn uncommitted(ctx: &Ctx<'_>) -> Vec<ChangeEntry> {
    let history = ctx.facts.history;
    let row = |id: &String| {
        let order = ctx.book().order(id);
        let step = open_step(history, id);
        let (what, more) = step.map(|s| said(ctx, s.what, &s.changes, 1)).unwrap_or_default();
        ChangeEntry {
            order: order.map_or_else(|| Link::text(id.as_str()), |o| ctx.order_link(&o.id)),
            customer: order.map(|o| short_customer(ctx, o)).unwrap_or_default(),
            what,
            more,
            ..ChangeEntry::default()
        }
    };
    history.uncommitted.iter().map(row).collect()
}

/// What of an order is not committed yet.
fn open_step<'h>(history: &'h History, id: &str) -> Option<&'h Step> {
    history.trails.uncommitted(id)
}

/// What a step says: a few sentences, and what is not among them.
#[must_use]
pub fn said(ctx: &Ctx<'_>, what: What, changes: &[Change], orders: usize) -> (Vec<ChangeSaid>, String) {
    let whole = |text: String| vec![ChangeSaid { kind: String::new(), text }];
    match (what, orders) {
        (What::Added, 0 | 1) => return (whole(say!(ctx, "建立订单", "order created")), String::new()),
        (What::Added, n) => return (whole(say!(ctx, "建立 {n} 单", "{n} orders created")), String::new()),
        (What::Removed, 0 | 1) => return (whole(say!(ctx, "删除订单", "order deleted")), String::new()),
        (What::Removed, n) => return (whole(say!(ctx, "删除 {n} 单", "{n} orders deleted")), String::new()),
        (What::Changed, _) => {}
    }
    let shown: Vec<&Change> = changes.iter().filter(|change| !is_hidden(ctx.audience, change)).collect();
    let (owed, mut open): (Vec<&Change>, Vec<&Change>) =
        shown.into_iter().partition(|c| is_withheld(ctx.audience, c));
    // What needs most eyes first; within a kind as recorded.
    open.sort_by_key(|change| std::cmp::Reverse(change.kind));
    let mut list: Vec<ChangeSaid> = open
        .iter()
        .map(|change| ChangeSaid {
            kind: ctx.word(change.kind.title()).to_owned(),
            text: sentence(ctx, change),
        })
        .collect();
    if !owed.is_empty() {
        let text = say!(ctx, "采购或付款有改动", "purchases or payments changed");
        list.push(ChangeSaid { kind: ctx.word(Kind::Money.title()).to_owned(), text });
    }
    let rest = list.len().saturating_sub(SENTENCES);
    list.truncate(SENTENCES);
    let more = match rest {
        0 => String::new(),
        1 => say!(ctx, "另 1 处", "and 1 more"),
        _ => say!(ctx, "另 {rest} 处", "and {rest} more"),
    };
    (list, more)
}

/// One fact in words.
fn sentence(ctx: &Ctx<'_>, change: &Change) -> String {
    let told = without_bank(ctx.audience, change);
    let text = told.as_ref().unwrap_or(change).sentence();
    let words: Vec<&str> = text.get(ctx.lang).split_whitespace().collect();
    cut(&words.join(" "), SENTENCE)
}

/// A receipt that came or went as a whole is told in one line, its bank among the rest: where banks are not shown only
/// the amount stays, which stands first.
pub(crate) fn without_bank(audience: Audience<'_>, change: &Change) -> Option<Change> {
    let whole = change.key.starts_with("received[") && change.key.ends_with(']');
    (whole && !audience.sees(Sees::BankReferences)).then(|| {
        let amount = |side: &Option<String>| {
            side.as_deref().map(|text| text.split(" · ").next().unwrap_or_default().to_owned())
        };
        Change { before: amount(&change.before), after: amount(&change.after), ..change.clone() }
    })
}

/// Whether a step says something of the business that may be told.
#[must_use]
pub fn has_effect(audience: Audience<'_>, step: &Step) -> bool {
    step.what != What::Changed || step.changes.iter().any(|change| !is_hidden(audience, change))
}

/// A bill, a payment or what an item costs us: the reader may know that it changed, not how.
pub(crate) fn is_withheld(audience: Audience<'_>, change: &Change) -> bool {
    is_paid(change) && !audience.sees(Sees::SupplierPayments)
        || is_purchase(change) && !audience.sees(Sees::PurchasePrices)
        || is_recovered(change) && !audience.sees(Sees::Margin)
}

/// What a supplier bears of a claim.
fn is_recovered(change: &Change) -> bool {
    plain(&change.key).split('.').any(|key| key == "recovered" || key == "margin")
}

fn is_paid(change: &Change) -> bool {
    let table = change.key.split(['[', '.']).next().unwrap_or_default();
    matches!(table, "paid" | "bills")
}

fn is_purchase(change: &Change) -> bool {
    plain(&change.key).split('.').any(|key| key == "buy")
}

/// The keys of a path. The identity in brackets is data; only what stands outside names a key.
fn plain(path: &str) -> String {
    let (mut depth, mut plain) = (0_usize, String::new());
    for c in path.chars() {
        match c {
            '[' => depth += 1,
            ']' => depth = depth.saturating_sub(1),
            c if depth == 0 => plain.push(c),
            _ => {}
        }
    }
    plain
}

/// What this site does not say at all.
pub(crate) fn is_hidden(audience: Audience<'_>, change: &Change) -> bool {
    let bank = change.key.starts_with("received[")
        && ["].bank", "].ref"].iter().any(|end| change.key.ends_with(end));
    is_paid(change) && audience.hides(Hidden::Paid)
        || is_purchase(change) && audience.hides(Hidden::Buy)
        || is_recovered(change) && audience.hides(Hidden::Margin)
        || bank && !audience.sees(Sees::BankReferences)
}

/// What became of an order since a day, told in one line each, by whoever is not `but`.
pub fn of_orders<'e, 'a>(
    changes: &'e Changes<'a>,
    since: NaiveDate,
    wanted: impl Fn(&str) -> bool + 'e,
) -> impl Iterator<Item = &'e Entry<'a>> {
    changes.since(since).filter(move |entry| entry.orders.iter().any(|id| wanted(id)))
}

/// The newest change of an order that was recorded by the day of the facts.
#[must_use]
pub fn newest<'h>(ctx: &Ctx<'h>, order: &Order) -> Option<&'h Arc<Event>> {
    ctx.facts.history.trails.events(&order.id).filter(|event| event.date <= ctx.as_of()).last()
}
