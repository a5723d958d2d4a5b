//! Production and inspection: who finishes when and is that in time, which inspection is next, what is still to be put
//! right. Orders whose goods are made, bought in or taken from stock stand here from the contract to a passed final
//! inspection.

use std::cmp::Reverse;

use chrono::NaiveDate;
use rayon::prelude::*;

use super::ctx::Ctx;
use super::dashboard::short_customer;
use super::order::{inspection as inspection_view, inspection_part, production_part};
use super::row::goods_text;
use super::shipments::on_page;
use super::state::{late_text, left_text};
use super::threat::NEAR;
use super::{orders, paging};
use crate::derive::deadline::Basis;
use crate::derive::production::{self, Action, Part, Risk};
use crate::derive::{Facts, OrderFacts, StageState, inspection};
use crate::model::Order;
use crate::model::order::{Inspection, InspectionResult, InspectionStage};
use crate::model::party::PartyKind;
use crate::model::stage::{Milestone, StageKey};
use crate::say;
use crate::site::format;
use crate::site::view::{
    ActionRow, Day, Figure, GroupLink, HeldRow, Link, Mark, NextInspection, OrdersVariant, ProductionPage,
    Remark, WorkGroup, WorkRow,
};
use crate::text::StaticBi;

/// Days for which inspections are looked ahead.
const AHEAD: i64 = 14;

/// Inspections and actions that stand under the orders; the others have a page of their own.
const BRIEF: usize = 20;

/// Inspections stay in the list for so many days after they were held; in the order they stay for ever.
const HELD_DAYS: i64 = 366;

/// A list of this part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum List {
    /// `production.html`: orders, the worst first.
    Orders,
    /// `production/by-factory.html`
    Factories,
    /// `production/inspections.html`: inspections to come and held, actions that are open.
    Inspections,
}

impl List {
    const ALL: [Self; 3] = [Self::Orders, Self::Factories, Self::Inspections];

    /// Path without page number and `.html`.
    #[must_use]
    pub fn base(self) -> &'static str {
        match self {
            Self::Orders => "production",
            Self::Factories => "production/by-factory",
            Self::Inspections => "production/inspections",
        }
    }
}

/// How an order stands, the worst first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Standing {
    /// As it is, the last possible shipment is missed.
    TooLate,
    /// Something stands in the way.
    AtRisk,
    /// In time.
    InTime,
    /// Nobody has told a factory to begin.
    Waiting,
}

impl Standing {
    const ALL: [Self; 4] = [Self::TooLate, Self::AtRisk, Self::InTime, Self::Waiting];

    fn title(self) -> StaticBi {
        match self {
            Self::TooLate => ("赶不上", "Too late as it stands"),
            Self::AtRisk => ("有风险", "At risk"),
            Self::InTime => ("来得及", "In time"),
            Self::Waiting => ("还没下达", "Not released yet"),
        }
    }

    fn anchor(self) -> &'static str {
        match self {
            Self::TooLate => "late",
            Self::AtRisk => "risk",
            Self::InTime => "in-time",
            Self::Waiting => "waiting",
        }
    }

    fn mark(self) -> Mark {
        match self {
            Self::TooLate => Mark::Late,
            Self::AtRisk => Mark::Warn,
            Self::InTime => Mark::Open,
            Self::Waiting => Mark::Todo,
        }
    }
}

/// An order whose goods are not ready, with everything that is shown of it.
#[derive(Debug)]
struct Job<'a> {
    order: &'a Order,
    own: &'a OrderFacts,
    parts: Vec<Part<'a>>,
    risks: Vec<Risk>,
    slack: Option<(i64, Basis)>,
    standing: Standing,
}

/// An inspection to come.
#[derive(Debug)]
struct Next<'a> {
    order: &'a Order,
    own: &'a OrderFacts,
    day: NaiveDate,
    /// Agreed on; without it the day is the last safe one.
    agreed: Option<&'a Inspection>,
}

/// A job and a part of it, by position.
type PartOf = (usize, usize);

/// Production of all open orders, made once for both languages.
#[derive(Debug)]
pub struct Works<'a> {
    jobs: Vec<Job<'a>>,
    /// Factories with the jobs and parts of them, the factory with the worst order first.
    factories: Vec<(Option<&'a str>, Vec<PartOf>)>,
    next: Vec<Next<'a>>,
    /// Inspections that somebody has to see to later than the list looks ahead.
    later: usize,
    actions: Vec<(&'a Order, Action)>,
    held: Vec<(&'a Order, &'a Inspection, bool)>,
    as_of: NaiveDate,
}

impl<'a> Works<'a> {
    /// Collects and sorts everything.
    #[must_use]
    pub fn of(facts: &'a Facts<'a>) -> Self {
        let as_of = facts.as_of;
        let all = || facts.book.orders.par_iter().zip(&facts.orders);
        let mut jobs: Vec<Job<'a>> =
            all().filter(|(_, own)| is_making(own)).map(|(order, own)| Job::of(facts, order, own)).collect();
        jobs.sort_by_cached_key(|job| {
            let ship = job.order.ship_by.unwrap_or(NaiveDate::MAX);
            (job.standing, job.slack.map_or(i64::MAX, |(days, _)| days), ship, job.order.id.clone())
        });
        let (next, later) = next(facts);
        let live = || facts.each().filter(|(_, own)| !own.is_cancelled() && !own.is_archived());
        let mut actions: Vec<(&Order, Action)> = live()
            .flat_map(|(order, _)| production::actions(order, as_of).into_iter().map(move |a| (order, a)))
            .collect();
        // What has a day stands by it, the longest overdue first; what has none is asked for before what lies ahead.
        actions.sort_by_cached_key(|(order, action)| {
            let due = action.due(order);
            (due.unwrap_or(as_of), action.opened(order), order.id.clone())
        });
        Self { factories: factories(&jobs), jobs, next, later, actions, held: held(facts), as_of }
    }

    fn len(&self, list: List) -> usize {
        match list {
            List::Orders => self.jobs.len(),
            List::Factories => self.factories.iter().map(|(_, parts)| parts.len()).sum(),
            List::Inspections => self.next.len() + self.actions.len() + self.held.len(),
        }
    }

    /// Every page of every list.
    #[must_use]
    pub fn pages(&self) -> Vec<(List, usize)> {
        let pages = |list| (0..paging::count(self.len(list))).map(move |page| (list, page));
        List::ALL.into_iter().flat_map(pages).collect()
    }

    /// One page in one language.
    #[must_use]
    pub fn page(&self, ctx: &Ctx<'_>, (list, page): (List, usize)) -> ProductionPage {
        let mut view = ProductionPage {
            path: paging::file(list.base(), page),
            title: ctx.word(title(list)).to_owned(),
            as_of: format::full(ctx.as_of(), ctx.lang),
            variants: variants(ctx, list),
            figures: self.figures(ctx),
            pages: paging::links(list.base(), paging::count(self.len(list)), page),
            ..ProductionPage::default()
        };
        match list {
            List::Orders => {
                view.groups = self.groups(ctx, page);
                view.idle = self.jobs.is_empty();
                if page == 0 {
                    self.inspections(ctx, &mut view, (BRIEF, BRIEF, BRIEF), 0);
                    view.more = Link::new(
                        say!(ctx, "全部验货和整改", "All inspections and actions"),
                        paging::file(List::Inspections.base(), 0),
                    );
                }
            }
            List::Factories => {
                self.by_factory(ctx, &mut view, page);
                view.idle = self.jobs.is_empty();
            }
            List::Inspections => {
                self.inspections(ctx, &mut view, (usize::MAX, usize::MAX, usize::MAX), page);
                view.idle = self.len(list) == 0;
            }
        }
        view
    }

    fn figures(&self, ctx: &Ctx<'_>) -> Vec<Figure> {
        let count = |standing| self.jobs.iter().filter(|job| job.standing == standing).count();
        let home = paging::file(List::Orders.base(), 0);
        let figure = |n: usize, label: StaticBi, at: &str, mark: Mark| Figure {
            value: n.to_string(),
            label: ctx.word(label).to_owned(),
            href: if n == 0 { String::new() } else { format!("{home}#{at}") },
            mark: if n == 0 { Mark::Todo } else { mark },
            ..Figure::default()
        };
        let soon = self.jobs.iter().filter(|job| {
            let days = job.finish().map(|day| (day - self.as_of).num_days());
            !job.is_made() && days.is_some_and(|days| (0..7).contains(&days))
        });
        let mut list = vec![
            figure(count(Standing::TooLate), ("单赶不上", "too late as they stand"), "late", Mark::Late),
            figure(count(Standing::AtRisk), ("单有风险", "at risk"), "risk", Mark::Warn),
            figure(count(Standing::InTime), ("单来得及", "in time"), "in-time", Mark::Todo),
            Figure {
                value: soon.count().to_string(),
                label: say!(ctx, "单 7 天内完工", "to finish within 7 days"),
                ..Figure::default()
            },
        ];
        if let Some(next) = self.next.first() {
            let (id, days) = (&next.order.id, (next.day - self.as_of).num_days());
            list.push(Figure {
                value: ctx.day(next.day).text,
                label: say!(ctx, "下一次验货", "next inspection"),
                note: format!("{id} · {}", left_text(ctx, days)),
                href: format!("{home}#next"),
                mark: if days < 0 {
                    Mark::Late
                } else if days <= NEAR {
                    Mark::Warn
                } else {
                    Mark::Todo
                },
            });
        }
        let late = self.overdue_actions();
        let mut actions = figure(
            self.actions.len(),
            ("件整改和异常没完", "actions and problems open"),
            "actions",
            Mark::Todo,
        );
        if late > 0 {
            actions.mark = Mark::Late;
            actions.note = say!(ctx, "过期 {late} 件", "{late} overdue");
        }
        list.push(actions);
        list
    }

    fn overdue_actions(&self) -> usize {
        let late =
            |(order, action): &&(&Order, Action)| action.due(order).is_some_and(|day| day < self.as_of);
        self.actions.iter().filter(late).count()
    }

    fn groups(&self, ctx: &Ctx<'_>, page: usize) -> Vec<WorkGroup> {
        let mut before = 0;
        let mut groups = Vec::new();
        for standing in Standing::ALL {
            let first = self.jobs.partition_point(|job| job.standing < standing);
            let last = self.jobs.partition_point(|job| job.standing <= standing);
            let all = self.jobs.get(first..last).unwrap_or_default();
            let part = paging::part(all, before, page);
            before += all.len();
            if part.is_empty() {
                continue;
            }
            groups.push(WorkGroup {
                anchor: standing.anchor().to_owned(),
                title: Link::text(ctx.word(standing.title())),
                note: orders::orders(ctx, all.len()),
                mark: standing.mark(),
                factories: true,
                rows: part.iter().map(|job| job.row(ctx, None)).collect(),
            });
        }
        groups
    }

    fn by_factory(&self, ctx: &Ctx<'_>, view: &mut ProductionPage, page: usize) {
        let name = |factory: Option<&str>| match factory {
            Some(id) => ctx.party(PartyKind::Supplier, id),
            None => Link::text(say!(ctx, "没写工厂", "No factory")),
        };
        let mut starts = Vec::with_capacity(self.factories.len());
        let mut at = 0;
        for (number, (factory, all)) in self.factories.iter().enumerate() {
            starts.push(at);
            let part = paging::part(all, at, page);
            at += all.len();
            if part.is_empty() {
                continue;
            }
            let job = |(job, part): &PartOf| Some((self.jobs.get(*job)?, *part));
            let late = all.iter().filter_map(job).filter(|(j, _)| j.standing == Standing::TooLate).count();
            let mut note = vec![orders::orders(ctx, all.len())];
            if late > 0 {
                note.push(say!(ctx, "{late} 单赶不上", "{late} too late"));
            }
            view.groups.push(WorkGroup {
                anchor: format!("g{}", number + 1),
                title: name(*factory),
                note: note.join(" · "),
                mark: all
                    .iter()
                    .filter_map(job)
                    .map(|(j, _)| j.standing)
                    .min()
                    .map_or(Mark::Todo, Standing::mark),
                factories: false,
                rows: part.iter().filter_map(job).map(|(job, part)| job.row(ctx, Some(part))).collect(),
            });
        }
        let pages = paging::count(at);
        let base = List::Factories.base();
        view.pages = paging::named(base, pages, page, |page| {
            let number = starts.partition_point(|start| *start <= page * paging::PAGE).saturating_sub(1);
            self.factories.get(number).map(|(factory, _)| name(*factory).text).unwrap_or_default()
        });
        if pages > 1 && page == 0 {
            let entry = |(number, ((factory, all), start)): (usize, (&(Option<&str>, Vec<_>), &usize))| {
                let href = format!("{}#g{}", paging::file(base, start / paging::PAGE), number + 1);
                GroupLink { link: Link::new(name(*factory).text, href), note: all.len().to_string() }
            };
            view.index = self.factories.iter().zip(&starts).enumerate().map(entry).collect();
            view.index.sort_by_cached_key(|entry| entry.link.text.to_lowercase());
        }
    }

    /// Inspections to come, actions and inspections held, at most so many of each, from a page on.
    fn inspections(
        &self,
        ctx: &Ctx<'_>,
        view: &mut ProductionPage,
        (next, actions, held): (usize, usize, usize),
        page: usize,
    ) {
        fn brief<T>(all: &[T], most: usize, before: usize, page: usize) -> &[T] {
            let shown = all.get(..most.min(all.len())).unwrap_or_default();
            paging::part(shown, before, page)
        }
        // Under the orders a few of each stand on the first page, whatever stands before them.
        let (second, third) = match next {
            usize::MAX => (self.next.len(), self.next.len() + self.actions.len()),
            _ => (0, 0),
        };
        view.next = brief(&self.next, next, 0, page).iter().map(|next| next.row(ctx)).collect();
        view.next_note = match (self.next.len(), self.later) {
            (n, 0) => say!(ctx, "{n} 次", "{n}"),
            (n, later) => say!(
                ctx,
                "{n} 次；另有 {later} 单 {AHEAD} 天以后才要验",
                "{n}; {later} more are not due for {AHEAD} days"
            ),
        };
        let action = |(order, action): &(&Order, Action)| action_row(ctx, order, *action);
        view.actions = brief(&self.actions, actions, second, page).iter().filter_map(action).collect();
        view.actions_note = match (self.actions.len(), self.overdue_actions()) {
            (n, 0) => say!(ctx, "{n} 件", "{n}"),
            (n, late) => say!(ctx, "{n} 件，过期 {late} 件", "{n}, {late} overdue"),
        };
        let row = |(order, record, open): &(&Order, &Inspection, bool)| HeldRow {
            order: Link::new(order.id.to_string(), on_page(order, inspection_part(ctx, order))),
            customer: short_customer(ctx, order),
            factories: factory_links(ctx, &production::factories(order)),
            inspection: inspection_view(ctx, order, record),
            open: *open,
        };
        view.held = brief(&self.held, held, third, page).iter().map(row).collect();
        view.held_note = match self.held.len() {
            n if n > held => say!(ctx, "{n} 次里最近 {held} 次", "the last {held} of {n}"),
            n => say!(ctx, "12 个月 {n} 次", "{n} in 12 months"),
        };
    }
}

/// The goods have not left, and are not both finished and inspected.
fn is_making(own: &OrderFacts) -> bool {
    let over = |key| own.progress.stage(key).is_some_and(|stage| stage.state.is_over());
    own.is_open()
        && !own.progress.is_done(Milestone::Shipped)
        && !(over(StageKey::Produce) && over(StageKey::Inspect))
}

/// The jobs and parts of each factory; jobs stand worst first, and so do the factories.
fn factories<'a>(jobs: &[Job<'a>]) -> Vec<(Option<&'a str>, Vec<PartOf>)> {
    let mut all: Vec<(Option<&str>, Vec<PartOf>)> = Vec::new();
    let mut place = std::collections::BTreeMap::new();
    for (index, job) in jobs.iter().enumerate() {
        for (part, of) in job.parts.iter().enumerate() {
            let at = *place.entry(of.factory).or_insert_with(|| {
                all.push((of.factory, Vec::new()));
                all.len() - 1
            });
            if let Some((_, list)) = all.get_mut(at) {
                list.push((index, part));
            }
        }
    }
    all
}

/// Inspections that were agreed on and the last safe days of those that were not; and how many lie further ahead.
fn next<'a>(facts: &'a Facts<'a>) -> (Vec<Next<'a>>, usize) {
    let as_of = facts.as_of;
    let (mut all, mut later) = (Vec::new(), 0);
    for (order, own) in
        facts.each().filter(|(_, own)| own.is_open() && !own.progress.is_done(Milestone::Shipped))
    {
        let agreed = order.inspections.iter().filter(|q| q.result.is_none());
        let agreed: Vec<(NaiveDate, &Inspection)> = agreed.filter_map(|q| Some((q.date?, q))).collect();
        let is_final = |q: &Inspection| matches!(q.stage, None | Some(InspectionStage::Final));
        let arranged = agreed.iter().any(|(_, q)| is_final(q));
        all.extend(agreed.into_iter().map(|(day, q)| Next { order, own, day, agreed: Some(q) }));
        let over = own.progress.stage(StageKey::Inspect).is_some_and(|stage| stage.state.is_over());
        let Some(day) = production::inspect_by(own).filter(|_| !arranged && !over) else { continue };
        let ready = own.progress.milestone(Milestone::Produced).expected();
        let soon = [Some(day), ready].into_iter().flatten().any(|day| (day - as_of).num_days() <= AHEAD);
        if soon { all.push(Next { order, own, day, agreed: None }) } else { later += 1 }
    }
    all.sort_by(|a, b| (a.day, &a.order.id).cmp(&(b.day, &b.order.id)));
    (all, later)
}

/// Inspections with a result, those that failed and were not made good first, then the newest first.
fn held<'a>(facts: &'a Facts<'a>) -> Vec<(&'a Order, &'a Inspection, bool)> {
    let as_of = facts.as_of;
    let mut all: Vec<(&Order, &Inspection, bool)> = Vec::new();
    for (order, own) in facts.each().filter(|(_, own)| !own.is_cancelled()) {
        let finals = inspection::finals(order, as_of);
        let open: Vec<usize> = inspection::open(&finals)
            .into_iter()
            .filter_map(|at| finals.get(at))
            .filter(|(_, held)| own.is_open() && held.result == Some(InspectionResult::Fail))
            .map(|(index, _)| *index)
            .collect();
        let recent = |q: &Inspection| {
            q.result.is_some() && q.date.is_some_and(|day| (0..HELD_DAYS).contains(&(as_of - day).num_days()))
        };
        let mine = order.inspections.iter().enumerate().filter(|(_, q)| recent(q));
        all.extend(mine.map(|(index, q)| (order, q, open.contains(&index))));
    }
    all.sort_by(|a, b| (!a.2, Reverse(a.1.date), &a.0.id).cmp(&(!b.2, Reverse(b.1.date), &b.0.id)));
    all
}

impl<'a> Job<'a> {
    fn of(facts: &'a Facts<'a>, order: &'a Order, own: &'a OrderFacts) -> Self {
        let as_of = facts.as_of;
        let parts = production::parts(order, own, as_of);
        let risks = production::risks(facts.book, order, own, as_of);
        let worst =
            parts.iter().filter_map(|part| production::slack(own, part, as_of)).min_by_key(|(days, _)| *days);
        let released = own.progress.is_done(Milestone::Released) || own.progress.reached(StageKey::Produce);
        let standing = match worst {
            Some((days, basis)) if days < 0 && basis != Basis::Derived => Standing::TooLate,
            _ if !risks.is_empty() => Standing::AtRisk,
            _ if !released => Standing::Waiting,
            _ => Standing::InTime,
        };
        Self { order, own, parts, risks, slack: worst, standing }
    }

    fn is_made(&self) -> bool {
        self.own.progress.is_done(Milestone::Produced)
    }

    fn is_from_stock(&self) -> bool {
        self.own.progress.stage(StageKey::Produce).is_some_and(|stage| stage.state == StageState::Skipped)
    }

    fn finish(&self) -> Option<NaiveDate> {
        self.own.progress.milestone(Milestone::Produced).expected()
    }

    /// The whole order, or what one factory makes of it.
    fn row(&self, ctx: &Ctx<'_>, part: Option<usize>) -> WorkRow {
        let (order, own, as_of) = (self.order, self.own, ctx.as_of());
        let one = part.and_then(|at| self.parts.get(at));
        let (wanted, done) = match one {
            Some(part) => (part.wanted, part.done),
            None => (own.goods.pieces(), own.progress.produced.map(|(done, _)| done)),
        };
        let slack = match one {
            Some(part) => production::slack(own, part, as_of),
            None => self.slack,
        };
        let fact = own.progress.milestone(Milestone::Produced);
        let made = self.is_made() || self.is_from_stock();
        let due = one.map_or_else(|| self.parts.iter().filter_map(|p| p.due).max(), |part| part.due);
        let need = production::finish_by(own).or(due);
        let unit = own.goods.unit.as_deref().unwrap_or_default();
        let percent = match (done, wanted) {
            _ if made => 100,
            (Some(done), Some(wanted)) => production::share(done, wanted),
            _ => 0,
        };
        WorkRow {
            order: Link::new(order.id.to_string(), on_page(order, production_part(ctx, order, own))),
            customer: short_customer(ctx, order),
            goods: goods_text(ctx, order),
            factories: factory_links(ctx, &self.parts.iter().filter_map(|p| p.factory).collect::<Vec<_>>()),
            done: done.map(|n| ctx.number(n)).unwrap_or_default(),
            wanted: wanted.map(|n| format!("{} {unit}", ctx.number(n)).trim().to_owned()).unwrap_or_default(),
            percent,
            expected: production::expected(own, as_of).filter(|_| !made),
            mark: match (self.standing, made) {
                (Standing::TooLate, _) => Mark::Late,
                (Standing::AtRisk, _) => Mark::Warn,
                (_, true) => Mark::Done,
                (Standing::Waiting, _) => Mark::Todo,
                (Standing::InTime, _) => Mark::Open,
            },
            need: need.map(|day| ctx.day(day)),
            need_note: match due.filter(|due| Some(*due) != need) {
                Some(due) => {
                    let due = ctx.day(due).text;
                    say!(ctx, "采购单要求 {due}", "ordered for {due}")
                }
                None => String::new(),
            },
            finish: fact.expected().filter(|_| !self.is_from_stock()).map(|day| ctx.day(day)),
            finish_note: match (&fact.actual, fact.forecast) {
                _ if self.is_from_stock() => say!(ctx, "现货", "from stock"),
                (Some(_), _) => say!(ctx, "已完工", "finished"),
                (None, Some(_)) => say!(ctx, "预计", "forecast"),
                (None, None) if fact.plan.is_some() => say!(ctx, "计划", "planned"),
                (None, None) => say!(ctx, "没写", "not recorded"),
            },
            derived: fact.actual.is_none() && fact.forecast.is_none() && fact.plan.is_some_and(|p| p.derived),
            slack: slack.map(|(days, basis)| slack_text(ctx, days, basis)).unwrap_or_default(),
            slack_sort: slack.map(|(days, _)| days.to_string()).unwrap_or_default(),
            materials: self.materials(ctx),
            said: self.said(ctx),
        }
    }

    /// Where the order stands, then what is in the way.
    fn said(&self, ctx: &Ctx<'_>) -> Vec<Remark> {
        let (progress, made) = (&self.own.progress, self.is_made() || self.is_from_stock());
        let failed = self.risks.contains(&Risk::Failed);
        let skipped = self.order.skipped(StageKey::Produce).filter(|_| self.is_from_stock());
        let mut said: Vec<Remark> = Vec::new();
        let mut say_it = |mark, text: String| said.push(Remark { mark, text: Link::text(text) });
        if let Some(why) = skipped.filter(|why| !why.is_empty()) {
            say_it(Mark::Na, why.to_owned());
        }
        match () {
            () if made && !failed => {
                say_it(Mark::Open, say!(ctx, "待终检", "waiting for the final inspection"))
            }
            () if made => {}
            () if !progress.is_done(Milestone::Confirmed) => {
                say_it(Mark::Todo, say!(ctx, "还没签约", "not signed yet"));
            }
            () if self.standing == Standing::Waiting => {
                say_it(Mark::Todo, say!(ctx, "还没下达", "not released yet"));
            }
            () if progress.produced.is_none() && progress.is_done(Milestone::Started) => {
                say_it(Mark::Open, say!(ctx, "还没有进度报告", "nothing reported yet"));
            }
            () => {}
        }
        for risk in &self.risks {
            let mark = if matches!(risk, Risk::Failed | Risk::Overdue(_)) { Mark::Late } else { Mark::Warn };
            say_it(mark, risk_text(ctx, *risk));
        }
        said
    }

    fn materials(&self, ctx: &Ctx<'_>) -> Remark {
        let fact = self.own.progress.milestone(Milestone::Materials);
        let day = |day: Option<NaiveDate>| day.map(|day| ctx.day(day).text).unwrap_or_default();
        let (mark, text) = match &fact.actual {
            _ if self.is_from_stock() => return Remark { mark: Mark::Na, text: Link::default() },
            Some(actual) if actual.proof.is_some() => (Mark::Done, day(actual.date)),
            Some(actual) => (Mark::Hollow, day(actual.date)),
            None if self.own.progress.produced.is_some() || self.is_made() => (Mark::Hollow, String::new()),
            None if self.risks.iter().any(|risk| matches!(risk, Risk::Materials(_))) => {
                (Mark::Late, day(fact.expected()))
            }
            None => {
                let derived = fact.forecast.is_none() && fact.plan.is_some_and(|plan| plan.derived);
                let tilde = if derived { "~" } else { "" };
                (Mark::Todo, format!("{tilde}{}", day(fact.expected())))
            }
        };
        Remark { mark, text: Link::text(text) }
    }
}

fn risk_text(ctx: &Ctx<'_>, risk: Risk) -> String {
    match risk {
        Risk::Failed => say!(ctx, "终检没通过，等复验", "failed the final inspection"),
        Risk::Overdue(days) => {
            let late = late_text(ctx, days);
            say!(ctx, "计划完工已过，{late}", "planned finish has passed, {late}")
        }
        Risk::Materials(days) => {
            let late = late_text(ctx, days);
            say!(ctx, "等料，{late}", "waiting for materials, {late}")
        }
        Risk::Behind(points) => {
            say!(ctx, "比匀速少 {points} 个百分点", "{points} points behind an even pace")
        }
        Risk::Silent(days) => say!(ctx, "{days} 天没报进度", "no report for {days} days"),
        Risk::Action(1) => say!(ctx, "整改或异常过期 1 天", "an action or problem is 1 day overdue"),
        Risk::Action(days) => {
            say!(ctx, "整改或异常过期 {days} 天", "an action or problem is {days} days overdue")
        }
    }
}

fn slack_text(ctx: &Ctx<'_>, days: i64, basis: Basis) -> String {
    let tilde = if basis == Basis::Derived { "~" } else { "" };
    let sign = if days > 0 { "+" } else { "" };
    match days {
        1 | -1 => say!(ctx, "{tilde}{sign}{days} 天", "{tilde}{sign}{days} day"),
        _ => say!(ctx, "{tilde}{sign}{days} 天", "{tilde}{sign}{days} days"),
    }
}

fn factory_links(ctx: &Ctx<'_>, ids: &[&str]) -> Vec<Link> {
    ids.iter().map(|id| ctx.party(PartyKind::Supplier, id)).collect()
}

impl Next<'_> {
    fn row(&self, ctx: &Ctx<'_>) -> NextInspection {
        let (order, own) = (self.order, self.own);
        let days = (self.day - ctx.as_of()).num_days();
        let stage = self.agreed.map_or(Some(InspectionStage::Final), |q| q.stage);
        let wanted = own.goods.pieces().map(|n| ctx.number(n)).unwrap_or_default();
        let wanted = format!("{wanted} {}", own.goods.unit.as_deref().unwrap_or_default());
        let ready = own.progress.milestone(Milestone::Produced);
        let day = ready.expected().map(|day| ctx.day(day).text).unwrap_or_default();
        NextInspection {
            day: ctx.weekday(self.day),
            kind: match self.agreed {
                Some(_) => say!(ctx, "约好", "agreed"),
                None => say!(ctx, "没约，最晚", "not agreed, at the latest"),
            },
            order: Link::new(order.id.to_string(), on_page(order, inspection_part(ctx, order))),
            customer: short_customer(ctx, order),
            factories: factory_links(ctx, &production::factories(order)),
            stage: stage.map(|s| ctx.word(s.title()).to_owned()).unwrap_or_default(),
            by: self.agreed.and_then(|q| q.by.as_deref()).map(|by| ctx.person(by)).unwrap_or_default(),
            goods: match (&ready.actual, day.is_empty()) {
                (Some(_), true) => say!(ctx, "{wanted}，已完工", "{wanted}, finished"),
                (Some(_), false) => say!(ctx, "{wanted}，{day} 完工", "{wanted}, finished {day}"),
                (None, true) => wanted.trim().to_owned(),
                (None, false) => say!(ctx, "{wanted}，预计 {day} 完工", "{wanted}, expected {day}"),
            },
            left: match self.agreed {
                Some(_) if days < 0 => say!(ctx, "没登记结果", "no result recorded"),
                _ => left_text(ctx, days),
            },
            mark: match days {
                ..=-1 => Mark::Late,
                0..=NEAR => Mark::Warn,
                _ => Mark::Todo,
            },
        }
    }
}

fn action_row(ctx: &Ctx<'_>, order: &Order, action: Action) -> Option<ActionRow> {
    let (kind, what, answer, owner, anchor) = match action {
        Action::Corrective(_) => {
            let (_, record) = action.corrective(order)?;
            let kind = ctx.word(("整改", "corrective action")).to_owned();
            (kind, record.cause.clone(), record.action.clone(), record.owner.as_deref(), "#inspections")
        }
        Action::Issue(_) => {
            let record = action.issue(order)?;
            let word = record.kind.map(|kind| ctx.word(kind.title()));
            let kind = match word {
                Some(word) => say!(ctx, "异常：{word}", "problem: {word}"),
                None => say!(ctx, "异常", "problem"),
            };
            (kind, record.what.clone(), record.action.clone(), record.owner.as_deref(), "#production")
        }
    };
    let due = action.due(order);
    let days = due.map(|day| (day - ctx.as_of()).num_days());
    Some(ActionRow {
        due: due.map(|day| ctx.day(day)),
        left: days.map_or_else(|| say!(ctx, "没定期限", "no day set"), |days| left_text(ctx, days)),
        mark: match days {
            Some(..=-1) => Mark::Late,
            Some(0..=NEAR) | None => Mark::Warn,
            Some(_) => Mark::Open,
        },
        order: Link::new(order.id.to_string(), on_page(order, anchor)),
        customer: short_customer(ctx, order),
        factories: factory_links(ctx, &production::factories(order)),
        kind,
        what: what.unwrap_or_default(),
        action: answer.unwrap_or_default(),
        owner: owner.map(|id| ctx.person(id)).unwrap_or_default(),
        opened: action.opened(order).map(|day: NaiveDate| -> Day { ctx.day(day) }),
    })
}

fn title(list: List) -> StaticBi {
    match list {
        List::Orders => ("生产与质检", "Production and inspection"),
        List::Factories => ("生产，按工厂", "Production by factory"),
        List::Inspections => ("验货和整改", "Inspections and actions"),
    }
}

fn variants(ctx: &Ctx<'_>, current: List) -> Vec<OrdersVariant> {
    let text = |list| match list {
        List::Orders => say!(ctx, "最急的在前", "Most urgent"),
        List::Factories => say!(ctx, "按工厂", "By factory"),
        List::Inspections => say!(ctx, "验货和整改", "Inspections and actions"),
    };
    let tab = |list: List| OrdersVariant {
        text: text(list),
        href: paging::file(list.base(), 0),
        current: list == current,
    };
    List::ALL.into_iter().map(tab).collect()
}
