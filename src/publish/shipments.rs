//! Sailings of all orders: which cut-off is next, and once the goods have left, where the originals are. Archived
//! orders are in the archive.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use chrono::{FixedOffset, NaiveDate};
use rayon::prelude::*;

use super::ctx::Ctx;
use super::dashboard::short_customer;
use super::order::paper_href;
use super::threat::NEAR;
use super::{finding, paging, state};
use crate::check::finding::{Class, Severity};
use crate::derive::custody::{BankStep, Control, Custody, Held, Holder};
use crate::derive::sailing::{
    self, Bill, Cutoff, CutoffFact, CutoffState, Departure, Moment, Phase, Sailing,
};
use crate::derive::{Facts, OrderFacts};
use crate::model::Order;
use crate::model::order::Shipment;
use crate::model::value::Mode;
use crate::say;
use crate::site::format;
use crate::site::view::{
    CutoffCell, Day, Figure, Link, Mark, Remark, Sailed, SailedGroup, SailingHead, ShipmentsPage, Upcoming,
};
use crate::text::StaticBi;

/// Path of the first page without `.html`.
const BASE: &str = "shipments";

/// Container numbers shown beside a shipment; the rest is counted.
const NUMBERS: usize = 2;

/// Rules whose findings the columns already show.
const SHOWN: [&str; 2] = ["cutoff-missed", "demurrage-risk"];

/// A shipment with its order.
#[derive(Debug)]
struct Entry<'a> {
    order: &'a Order,
    own: &'a OrderFacts,
    sailing: Sailing,
}

/// The shipments of all orders that are not archived, made once for both languages.
#[derive(Debug)]
pub struct Sailings<'a> {
    ahead: Vec<Entry<'a>>,
    under_way: Vec<Entry<'a>>,
    arrived: Vec<Entry<'a>>,
    over: Vec<Entry<'a>>,
}

impl<'a> Sailings<'a> {
    /// Sorts the shipments: what is ahead by its next cut-off, what is under way by its departure, newest first, what
    /// has arrived by the end of its free time, what was handed out newest first.
    #[must_use]
    pub fn of(facts: &'a Facts<'a>) -> Self {
        let entries: Vec<Entry<'a>> = facts
            .book
            .orders
            .par_iter()
            .zip(&facts.orders)
            .filter(|(_, own)| !own.is_archived())
            .flat_map_iter(|(order, own)| {
                let all = sailing::of(order, own, facts.as_of).into_iter();
                let wanted = |s: &Sailing| !own.is_cancelled() || s.departure != Departure::NotYet;
                all.filter(wanted).map(move |sailing| Entry { order, own, sailing })
            })
            .collect();
        let mut all = Self { ahead: vec![], under_way: vec![], arrived: vec![], over: vec![] };
        for entry in entries {
            match entry.sailing.phase {
                Phase::Ahead => all.ahead.push(entry),
                Phase::UnderWay => all.under_way.push(entry),
                Phase::Arrived { .. } => all.arrived.push(entry),
                Phase::Over { .. } => all.over.push(entry),
            }
        }
        let far = NaiveDate::MAX;
        all.ahead.sort_by_cached_key(|e| {
            let etd = e.record().and_then(|r| r.etd.or(r.planned));
            (e.sailing.pressing(e.order).unwrap_or(far), etd.unwrap_or(far), e.ship(), e.order.id.clone())
        });
        all.under_way.sort_by_cached_key(|e| (Reverse(e.left()), e.ship(), e.order.id.clone()));
        all.arrived.sort_by_cached_key(|e| match e.sailing.phase {
            Phase::Arrived { on, free_until } => (free_until.unwrap_or(far), on, e.order.id.clone()),
            _ => (far, far, e.order.id.clone()),
        });
        all.over.sort_by_cached_key(|e| {
            let on = if let Phase::Over { on } = e.sailing.phase { on } else { None };
            (Reverse(on.or(e.left())), e.order.id.clone())
        });
        all
    }

    fn len(&self) -> usize {
        self.ahead.len() + self.under_way.len() + self.arrived.len() + self.over.len()
    }

    /// Every page, from 0.
    #[must_use]
    pub fn pages(&self) -> Vec<usize> {
        (0..paging::count(self.len())).collect()
    }

    /// One page in one language.
    #[must_use]
    pub fn page(&self, ctx: &Ctx<'_>, page: usize) -> ShipmentsPage {
        let zones: BTreeSet<i32> = self.ahead.iter().flat_map(|e| e.zones()).collect();
        let zone = Zone { several: zones.len() > 1 };
        let ahead = paging::part(&self.ahead, 0, page);
        ShipmentsPage {
            path: paging::file(BASE, page),
            title: say!(ctx, "出运", "Shipments"),
            as_of: format::full(ctx.as_of(), ctx.lang),
            figures: self.figures(ctx),
            ahead: ahead.iter().map(|e| upcoming(ctx, e, zone)).collect(),
            ahead_note: batches(ctx, self.ahead.len()),
            zone: match (zones.first(), zones.len()) {
                (Some(only), 1) => {
                    let zone = zone_name(*only);
                    say!(ctx, "截止时间为港口当地时间（{zone}）", "Cut-offs in the port's time ({zone})")
                }
                (Some(_), _) => say!(ctx, "截止时间为各港口当地时间", "Cut-offs in the time of each port"),
                (None, _) => String::new(),
            },
            groups: self.groups(ctx, page),
            pages: paging::links(BASE, paging::count(self.len()), page),
            archive: Link::new(
                say!(ctx, "已归档订单的出运在归档里", "Shipments of archived orders are in the archive"),
                "archive/index.html",
            ),
        }
    }

    fn groups(&self, ctx: &Ctx<'_>, page: usize) -> Vec<SailedGroup> {
        let list: [(&str, StaticBi, &[Entry<'_>]); 3] = [
            ("under-way", ("已开船，在途", "Sailed, under way"), &self.under_way),
            ("arrived", ("已到港，没提货", "Arrived, not collected"), &self.arrived),
            ("over", ("已提货或已结案", "Collected or closed"), &self.over),
        ];
        let mut before = self.ahead.len();
        let mut groups = Vec::new();
        for (id, title, entries) in list {
            let rows = paging::part(entries, before, page);
            before += entries.len();
            if rows.is_empty() {
                continue;
            }
            groups.push(SailedGroup {
                id: id.to_owned(),
                title: ctx.word(title).to_owned(),
                note: batches(ctx, entries.len()),
                rows: rows.iter().map(|e| sailed(ctx, e)).collect(),
            });
        }
        groups
    }

    fn figures(&self, ctx: &Ctx<'_>) -> Vec<Figure> {
        let mut list: Vec<Figure> = self.next(ctx).into_iter().collect();
        let missed = self.ahead.iter().filter(|e| e.sailing.missed().next().is_some()).count();
        let count = |value: usize, label: StaticBi, id: &str| Figure {
            value: value.to_string(),
            label: ctx.word(label).to_owned(),
            href: if value == 0 { String::new() } else { format!("#{id}") },
            ..Figure::default()
        };
        if missed > 0 {
            let label = ("批截止已过，没登记", "past a cut-off, nothing recorded");
            list.push(Figure { mark: Mark::Late, ..count(missed, label, "ahead") });
        }
        list.push(count(self.ahead.len(), ("待出运", "not yet left"), "ahead"));
        list.push(count(self.under_way.len(), ("在途", "under way"), "under-way"));
        let worst = self.arrived.iter().filter_map(|e| e.free_days_left(ctx)).min();
        list.push(Figure {
            mark: match worst {
                Some(..=-1) => Mark::Late,
                Some(0..=NEAR) => Mark::Warn,
                _ => Mark::Todo,
            },
            ..count(self.arrived.len(), ("到港没提货", "arrived, not collected"), "arrived")
        });
        let left = || self.under_way.iter().chain(&self.arrived);
        let held = left().filter(|e| e.holds()).count();
        let paid = left().filter(|e| e.holds() && e.own.money.settled).count();
        let mut figure = count(held, ("批正本在手", "with originals in hand"), "under-way");
        if paid > 0 {
            figure.mark = Mark::Warn;
            figure.note = say!(ctx, "其中 {paid} 批货款已收齐", "{paid} of them fully paid");
        }
        list.push(figure);
        list
    }

    /// The next cut-off of all.
    fn next(&self, ctx: &Ctx<'_>) -> Option<Figure> {
        let each = self.ahead.iter().filter_map(|e| Some((e, e.sailing.next()?)));
        let (entry, next) = each.min_by_key(|(e, c)| (c.at, e.order.id.clone()))?;
        let days = (next.at.date_naive() - ctx.as_of()).num_days();
        let (what, id, ship) = (ctx.word(next.cutoff.title()), &entry.order.id, entry.ship());
        Some(Figure {
            value: moment(ctx, next.at).text,
            label: say!(ctx, "下一个截止：{what}", "next cut-off: {what}"),
            note: [format!("{id} {ship}").trim().to_owned(), state::left_text(ctx, days)].join(" · "),
            href: entry.href(),
            mark: if days <= NEAR { Mark::Warn } else { Mark::Todo },
        })
    }
}

impl Entry<'_> {
    fn record(&self) -> Option<&Shipment> {
        self.order.shipments.get(self.sailing.index?)
    }

    fn mode(&self) -> Option<Mode> {
        self.record().and_then(|r| r.mode).or(self.order.mode)
    }

    /// `NORDIC 12N`; empty where no vessel is recorded.
    fn ship(&self) -> String {
        let Some(record) = self.record() else { return String::new() };
        let parts = [record.vessel.as_deref(), record.voyage.as_deref()];
        parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
    }

    fn left(&self) -> Option<NaiveDate> {
        self.sailing.departure.day().or(self.record().and_then(|r| r.etd.or(r.planned)))
    }

    /// The shipment on the order's page, else its transport document there.
    fn href(&self) -> String {
        let path = match (self.sailing.index, &self.sailing.bill.1) {
            (Some(index), _) => format!("#shipment-{}", index + 1),
            (None, Some(path)) => paper_href(self.order, path),
            (None, None) => String::new(),
        };
        on_page(self.order, &path)
    }

    /// Offsets of its cut-offs from UTC, in seconds.
    fn zones(&self) -> impl Iterator<Item = i32> {
        self.sailing.cutoffs.iter().map(|c| c.at.offset().local_minus_utc())
    }

    fn holds(&self) -> bool {
        self.sailing.custody.iter().any(|c| c.in_hand().is_some())
    }

    fn free_days_left(&self, ctx: &Ctx<'_>) -> Option<i64> {
        match self.sailing.phase {
            Phase::Arrived { free_until: Some(end), .. } => Some((end - ctx.as_of()).num_days()),
            _ => None,
        }
    }
}

/// A place on an order's page. The red page of an order that cannot be read has none.
pub(super) fn on_page(order: &Order, anchor: &str) -> String {
    let anchor = if order.broken && order.items.is_empty() { "" } else { anchor };
    format!("o/{}.html{anchor}", order.id)
}

/// `3 批`, `1 shipment`.
fn batches(ctx: &Ctx<'_>, n: usize) -> String {
    match n {
        1 => say!(ctx, "1 批", "1 shipment"),
        _ => say!(ctx, "{n} 批", "{n} shipments"),
    }
}

/// `第 2 批`, where an order has several shipments.
pub(super) fn batch(ctx: &Ctx<'_>, order: &Order, id: &str) -> String {
    if order.shipments.len() < 2 { String::new() } else { say!(ctx, "第 {id} 批", "shipment {id}") }
}

fn head(ctx: &Ctx<'_>, entry: &Entry<'_>) -> SailingHead {
    let Entry { order, sailing, .. } = entry;
    let record = entry.record();
    let (ship, mode) = (entry.ship(), entry.mode().map(|m| ctx.word(m.name()).to_owned()));
    let name = if ship.is_empty() { mode.clone().unwrap_or_default() } else { ship };
    let etd = record.and_then(|r| r.etd);
    let (day, note) = match (sailing.departure, etd, record.and_then(|r| r.planned)) {
        (Departure::Proved(day), ..) => (Some(day), String::new()),
        (Departure::Unproved(Some(day)), ..) => (Some(day), say!(ctx, "手填", "typed")),
        (Departure::Unproved(None), Some(day), _) => (Some(day), "ETD".to_owned()),
        (Departure::NotYet, Some(day), _) => (Some(day), String::new()),
        (_, None, Some(day)) => (Some(day), say!(ctx, "计划", "planned")),
        (_, None, None) => (None, say!(ctx, "船期没登记", "no date recorded")),
    };
    let ends = |get: fn(&Shipment) -> Option<&String>, own: Option<&String>| {
        record.and_then(get).or(own).cloned().unwrap_or_default()
    };
    let (from, to) =
        (ends(|r| r.from.as_ref(), order.from.as_ref()), ends(|r| r.to.as_ref(), order.to.as_ref()));
    let route: Vec<String> = [from, to].into_iter().filter(|p| !p.is_empty()).collect();
    SailingHead {
        day: day.map(|d| ctx.weekday(d)),
        day_note: note,
        ship: Link::new(if name.is_empty() { order.id.to_string() } else { name }, entry.href()),
        route: route.join(" → "),
        rolled: rolled(ctx, record),
        order: ctx.order_link(&order.id),
        batch: batch(ctx, order, &sailing.id),
        customer: short_customer(ctx, order),
        boxes: boxes(ctx, record).or(mode).unwrap_or_default(),
        numbers: numbers(ctx, record),
        risks: risks(ctx, entry),
    }
}

/// `甩柜 1 次，原 11-28`.
fn rolled(ctx: &Ctx<'_>, record: Option<&Shipment>) -> String {
    let Some(record) = record.filter(|r| !r.rolled.is_empty()) else { return String::new() };
    let n = record.rolled.len();
    let first = record.rolled.iter().filter_map(|r| r.from).min().map(|day| ctx.day(day).text);
    let times = match n {
        1 => say!(ctx, "甩柜 1 次", "rolled once"),
        _ => say!(ctx, "甩柜 {n} 次", "rolled {n} times"),
    };
    match first {
        Some(day) => say!(ctx, "{times}，原 {day}", "{times}, was {day}"),
        None => times,
    }
}

/// `2×40HQ`; nothing where no container is recorded.
fn boxes(ctx: &Ctx<'_>, record: Option<&Shipment>) -> Option<String> {
    let containers = record.map(|r| r.containers.as_slice()).filter(|c| !c.is_empty())?;
    let mut types: BTreeMap<&str, usize> = BTreeMap::new();
    for container in containers {
        *types.entry(container.r#type.as_deref().unwrap_or_default()).or_default() += 1;
    }
    let part = |(kind, n): (&&str, &usize)| match *kind {
        "" => say!(ctx, "{n} 柜", "{n} containers"),
        kind => format!("{n}×{kind}"),
    };
    Some(types.iter().map(part).collect::<Vec<_>>().join(" + "))
}

fn numbers(ctx: &Ctx<'_>, record: Option<&Shipment>) -> Vec<String> {
    let all: Vec<String> =
        record.map(|r| r.containers.iter().filter_map(|c| c.number.clone()).collect()).unwrap_or_default();
    let more = all.len().saturating_sub(NUMBERS);
    let mut shown: Vec<String> = all.into_iter().take(NUMBERS).collect();
    if more > 0 {
        shown.push(say!(ctx, "另 {more} 个", "{more} more"));
    }
    shown
}

/// What rules found about the shipment itself and no column shows.
fn risks(ctx: &Ctx<'_>, entry: &Entry<'_>) -> Vec<Link> {
    let Some(index) = entry.sailing.index else { return Vec::new() };
    let part = entry.order.origin.place(&format!("shipments[{index}]"));
    let mut seen = BTreeSet::new();
    ctx.findings
        .order(&entry.order.id)
        .iter()
        .filter(|f| {
            f.class == Class::Risk && f.severity >= Severity::Warning && f.waived.is_none() && !f.past
        })
        .filter(|f| !SHOWN.contains(&f.rule.name) && f.spots.iter().any(|s| finding::inside(&part, &s.place)))
        .filter(|f| seen.insert(f.rule.name))
        .map(|f| {
            let anchor = format!("#{}", finding::anchor_of(f));
            Link::new(ctx.word(f.rule.title), on_page(entry.order, &anchor))
        })
        .collect()
}

/// Whether each cut-off must name its zone.
#[derive(Clone, Copy)]
struct Zone {
    several: bool,
}

fn upcoming(ctx: &Ctx<'_>, entry: &Entry<'_>, zone: Zone) -> Upcoming {
    let record = entry.record();
    let next = entry.sailing.next().map(|c| c.cutoff);
    let cell = |cutoff: &CutoffFact| {
        let (mark, note) = cutoff_state(ctx, cutoff);
        let mut at = moment(ctx, cutoff.at);
        if zone.several {
            at.text = format!("{} {}", at.text, zone_name(cutoff.at.offset().local_minus_utc()));
        }
        let label = ctx.word(cutoff.cutoff.title()).to_owned();
        CutoffCell { label, at: Some(at), next: next == Some(cutoff.cutoff), mark, note }
    };
    let of = |wanted: Cutoff| {
        entry.sailing.cutoffs.iter().find(|c| c.cutoff == wanted).map(cell).unwrap_or_default()
    };
    let others = entry.sailing.cutoffs.iter();
    Upcoming {
        head: head(ctx, entry),
        late: record.and_then(|r| r.etd.or(r.planned)).is_some_and(|day| day < ctx.as_of()),
        si: of(Cutoff::Si),
        vgm: of(Cutoff::Vgm),
        cy: of(Cutoff::Yard),
        others: others
            .filter(|c| matches!(c.cutoff, Cutoff::Customs | Cutoff::DangerousGoods))
            .map(cell)
            .collect(),
        eta: record.and_then(|r| r.eta).map(|day| ctx.day(day)),
        papers: papers(ctx, entry),
    }
}

/// What a cut-off looks like: its symbol and a remark.
pub(super) fn cutoff_state(ctx: &Ctx<'_>, cutoff: &CutoffFact) -> (Mark, String) {
    let days = (cutoff.at.date_naive() - ctx.as_of()).num_days();
    match (cutoff.state, cutoff.met) {
        (CutoffState::Met, _) => (Mark::Done, String::new()),
        (CutoffState::MetLate, Some(met)) => {
            let at = moment(ctx, met).text;
            (Mark::Late, say!(ctx, "{at} 才交", "sent {at}"))
        }
        (CutoffState::MetLate, None) => (Mark::Late, say!(ctx, "晚了", "late")),
        (CutoffState::Overtaken, _) => (Mark::Hollow, say!(ctx, "没登记", "not recorded")),
        (CutoffState::Ahead, _) => (Mark::Open, state::left_text(ctx, days)),
        (CutoffState::Missed, _) => {
            let past = state::left_text(ctx, days);
            (Mark::Late, say!(ctx, "{past}，没登记", "{past}, not recorded"))
        }
    }
}

/// `11-25 12:00`, in the port's time.
pub(super) fn moment(ctx: &Ctx<'_>, at: Moment) -> Day {
    let day = ctx.day(at.date_naive()).text;
    Day::new(at.format("%Y-%m-%dT%H:%M%:z").to_string(), format!("{day} {}", at.format("%H:%M")))
}

/// `UTC+8`, `UTC+5:30`.
fn zone_name(seconds: i32) -> String {
    let Some(offset) = FixedOffset::east_opt(seconds) else { return String::new() };
    let minutes = offset.local_minus_utc() / 60;
    let sign = if minutes < 0 { '−' } else { '+' };
    match (minutes.abs() / 60, minutes.abs() % 60) {
        (hours, 0) => format!("UTC{sign}{hours}"),
        (hours, rest) => format!("UTC{sign}{hours}:{rest:02}"),
    }
}

const BILL: StaticBi = ("提单", "B/L");

/// What the transport document is called.
fn document(mode: Option<Mode>) -> StaticBi {
    match mode {
        Some(Mode::Air) => ("空运单", "AWB"),
        Some(Mode::Rail | Mode::Road) => ("运单", "waybill"),
        Some(Mode::Courier) => ("快递单", "courier receipt"),
        Some(Mode::SeaFcl | Mode::SeaLcl | Mode::SeaBulk | Mode::Multimodal) | None => BILL,
    }
}

fn papers(ctx: &Ctx<'_>, entry: &Entry<'_>) -> Vec<Remark> {
    let what = ctx.word(document(entry.mode()));
    let (bill, path) = &entry.sailing.bill;
    let day = |day: NaiveDate| ctx.day(day).text;
    let (mark, text) = match bill {
        // Only a bill of lading comes as a draft first.
        Bill::None if document(entry.mode()) == BILL => {
            (Mark::Todo, say!(ctx, "{what}草稿未到", "no {what} draft yet"))
        }
        Bill::None => (Mark::Todo, say!(ctx, "{what}未登记", "no {what} yet")),
        Bill::Draft(on) => {
            let on = day(*on);
            (Mark::Warn, say!(ctx, "{what}草稿 {on}，未核", "{what} draft {on}, not checked"))
        }
        Bill::Checked(on) => {
            let on = day(*on);
            (Mark::Done, say!(ctx, "{what}草稿 {on} 已核", "{what} draft checked {on}"))
        }
        Bill::Issued(_) => {
            (Mark::Hollow, say!(ctx, "{what}已签，没有装船日", "{what} issued, no on-board date"))
        }
    };
    let href = path.as_ref().map(|path| on_page(entry.order, &paper_href(entry.order, path)));
    let mut list = vec![Remark { mark, text: Link::new(text, href.unwrap_or_default()) }];
    if !entry.sailing.lacking.is_empty() {
        let names: Vec<&str> = entry.sailing.lacking.iter().map(|what| ctx.word(*what)).collect();
        let names = names.join(ctx.word(("、", ", ")));
        let text = Link::text(say!(ctx, "待登记：{names}", "to come: {names}"));
        list.push(Remark { mark: Mark::Todo, text });
    }
    list
}

fn sailed(ctx: &Ctx<'_>, entry: &Entry<'_>) -> Sailed {
    let mut row = Sailed { head: head(ctx, entry), originals: originals(ctx, entry), ..Sailed::default() };
    let days = |day: NaiveDate| (day - ctx.as_of()).num_days();
    let eta = entry.record().and_then(|r| r.eta);
    let mut put = |label: StaticBi, day: Option<NaiveDate>, mark: Mark, note: String| {
        row.arrival_label = ctx.word(label).to_owned();
        row.arrival = day.map(|day| ctx.day(day));
        (row.arrival_mark, row.arrival_note) = (mark, note);
    };
    match entry.sailing.phase {
        Phase::Arrived { on, free_until: Some(end) } => {
            let (left, until) = (days(end), ctx.day(end).text);
            let left_text = state::left_text(ctx, left);
            let mark = match left {
                ..=-1 => Mark::Late,
                0..=NEAR => Mark::Warn,
                _ => Mark::Open,
            };
            let note = say!(ctx, "免箱期到 {until}，{left_text}", "free time to {until}, {left_text}");
            put(("到港", "Arrived"), Some(on), mark, note);
        }
        Phase::Arrived { on, free_until: None } => {
            let sea = entry.mode().is_some_and(Mode::is_sea);
            let note =
                if sea { say!(ctx, "免箱期没登记", "free time not recorded") } else { String::new() };
            put(("到港", "Arrived"), Some(on), Mark::Open, note);
        }
        Phase::Over { on: Some(on) } => put(("提货", "Collected"), Some(on), Mark::Done, String::new()),
        Phase::Over { on: None } => {
            let note = say!(ctx, "订单已结案", "order closed");
            put(("到港", "Arrived"), entry.record().and_then(|r| r.arrived), Mark::Hollow, note);
        }
        Phase::Ahead | Phase::UnderWay => match eta {
            Some(eta) if days(eta) < 0 => {
                let past = state::left_text(ctx, days(eta));
                let note = say!(ctx, "{past}，没登记到港", "{past}, arrival not recorded");
                put(("ETA", "ETA"), Some(eta), Mark::Warn, note);
            }
            Some(eta) => put(("ETA", "ETA"), Some(eta), Mark::Open, state::left_text(ctx, days(eta))),
            None => put(("ETA", "ETA"), None, Mark::Todo, say!(ctx, "没登记 ETA", "no ETA recorded")),
        },
    }
    row
}

/// Where the transport documents are.
fn originals(ctx: &Ctx<'_>, entry: &Entry<'_>) -> Vec<Remark> {
    let custody = &entry.sailing.custody;
    let mut list: Vec<Remark> = Vec::new();
    for paper in custody {
        let several = custody.len() > 1;
        for (mark, text) in whereabouts(ctx, entry.own.money.settled, paper) {
            let number = paper.number.as_deref().filter(|_| several).unwrap_or_default();
            let href = paper_href(entry.order, &format!("{}[{}]", paper.key, paper.index));
            let text = format!("{number} {text}").trim().to_owned();
            list.push(Remark { mark, text: Link::new(text, on_page(entry.order, &href)) });
        }
    }
    if custody.is_empty() {
        let what = ctx.word(document(entry.mode()));
        let text = say!(ctx, "没登记{what}", "no {what} recorded");
        list.push(Remark { mark: Mark::Hollow, text: Link::text(text) });
    }
    if let Some(day) = entry.sailing.copies {
        let day = ctx.day(day).text;
        let text = Link::text(say!(ctx, "副本 {day} 已发", "copies sent {day}"));
        list.push(Remark { mark: Mark::Done, text });
    }
    list
}

/// Where the originals of a paper are, or why none is needed.
#[must_use]
pub fn whereabouts(ctx: &Ctx<'_>, settled: bool, paper: &Custody) -> Vec<(Mark, String)> {
    match &paper.control {
        Control::Originals(held) => held.iter().map(|held| in_hand(ctx, settled, paper, held)).collect(),
        Control::Released { how, on } => {
            let how = ctx.word(how.title());
            vec![match on {
                Some(day) => {
                    let day = ctx.day(*day).text;
                    (Mark::Done, say!(ctx, "{how} {day}", "{how} {day}"))
                }
                None => (Mark::Hollow, say!(ctx, "{how}（照提单）", "{how}, as the B/L says")),
            }]
        }
        Control::NoOriginal => {
            let what = match paper.key {
                "bl" => ("海运单", "sea waybill"),
                "awb" => ("空运单", "air waybill"),
                "waybill" => ("运单", "waybill"),
                _ => ("快递单", "courier receipt"),
            };
            let what = ctx.word(what);
            vec![(Mark::Na, say!(ctx, "{what}，不凭正本提货", "{what}: no original needed"))]
        }
    }
}

fn in_hand(ctx: &Ctx<'_>, settled: bool, paper: &Custody, held: &Held) -> (Mark, String) {
    let set = match (held.count, paper.issued) {
        (Some(n), Some(of)) => say!(ctx, "正本 {n}/{of}", "originals {n}/{of}"),
        (Some(n), None) => say!(ctx, "正本 {n} 份", "originals {n}"),
        (None, _) => say!(ctx, "正本", "originals"),
    };
    let since = held.since.map(|day| ctx.day(day).text).unwrap_or_default();
    let (mark, text) = match &held.holder {
        Holder::Us if settled => {
            (Mark::Warn, say!(ctx, "{set} 在手，货款已收齐", "{set} in hand, fully paid"))
        }
        Holder::Us => (Mark::Open, say!(ctx, "{set} 在手", "{set} in hand")),
        Holder::Buyer => (Mark::Done, say!(ctx, "{set} 寄客户 {since}", "{set} to the buyer {since}")),
        Holder::Carrier => (Mark::Done, say!(ctx, "{set} 交承运人 {since}", "{set} to the carrier {since}")),
        Holder::Other(name) => (Mark::Open, say!(ctx, "{set} 交 {name} {since}", "{set} to {name} {since}")),
        Holder::Bank => {
            let (mark, step) = bank(ctx, held.step);
            (mark, say!(ctx, "{set} 交银行 {since}{step}", "{set} to the bank {since}{step}"))
        }
    };
    let unknown = held.count.is_none() && held.holder == Holder::Us;
    let more = if unknown { say!(ctx, "，份数没登记", ", number not recorded") } else { String::new() };
    (mark, format!("{text}{more}"))
}

/// What the bank did since.
fn bank(ctx: &Ctx<'_>, step: Option<BankStep>) -> (Mark, String) {
    let day = |day: NaiveDate| ctx.day(day).text;
    match step {
        None => (Mark::Open, String::new()),
        Some(BankStep::Refused(on)) => {
            let on = day(on);
            (Mark::Late, say!(ctx, "，{on} 拒付", ", refused {on}"))
        }
        Some(BankStep::Accepted(on, None)) => {
            let on = day(on);
            (Mark::Open, say!(ctx, "，{on} 承兑", ", accepted {on}"))
        }
        Some(BankStep::Accepted(on, Some(due))) => {
            let (on, due) = (day(on), day(due));
            (Mark::Open, say!(ctx, "，{on} 承兑，到期 {due}", ", accepted {on}, due {due}"))
        }
        Some(BankStep::Paid(on)) => {
            let on = day(on);
            (Mark::Done, say!(ctx, "，{on} 付款", ", paid {on}"))
        }
        Some(BankStep::Released(on)) => {
            let on = day(on);
            (Mark::Done, say!(ctx, "，{on} 放单给客户", ", released to the buyer {on}"))
        }
    }
}
