//! Lists of orders: open ones by urgency, by customer, by merchandiser, by month of shipment; closed ones by year;
//! cancelled ones. A list that takes several pages names each page by what stands on it, and one in groups has an index
//! of them, so that an order is found without a script.

use std::collections::BTreeMap;

use super::ctx::Ctx;
use super::dashboard::brief;
use super::groups::{Groups, Month, closed_on, month};
use super::paging;
use super::people;
use super::row;
use super::state;
use super::sums::Sums;
use super::tables;
use crate::model::Order;
use crate::say;
use crate::site::view::{GroupLink, Link, Mark, OrderGroup, OrderRow, OrdersPage, OrdersVariant};

/// A list of orders.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum List {
    /// `orders.html`: open orders, the most pressing first.
    Open,
    /// `orders/by-customer.html`
    ByCustomer,
    /// `orders/by-merchandiser.html`
    ByMerchandiser,
    /// `orders/by-month.html`: by the month of the latest shipment.
    ByMonth,
    /// `orders/closed-2026.html`
    Closed(i32),
    /// `orders/cancelled.html`
    Cancelled,
}

impl List {
    /// Path without page number and `.html`.
    #[must_use]
    pub fn base(self) -> String {
        match self {
            Self::Open => "orders".to_owned(),
            Self::ByCustomer => "orders/by-customer".to_owned(),
            Self::ByMerchandiser => "orders/by-merchandiser".to_owned(),
            Self::ByMonth => "orders/by-month".to_owned(),
            Self::Closed(year) => format!("orders/closed-{year}"),
            Self::Cancelled => "orders/cancelled".to_owned(),
        }
    }
}

/// Orders under headings: what each is about, and its orders, the most pressing first.
type Heads<K> = Vec<(K, Vec<usize>)>;

/// The lists of a build with their rows in order, made once for both languages.
#[derive(Debug)]
pub struct Lists<'a> {
    groups: &'a Groups<'a>,
    customers: Heads<Option<&'a str>>,
    merchandisers: Heads<Option<&'a str>>,
    months: Heads<Option<Month>>,
    by_customer: Vec<usize>,
    by_merchandiser: Vec<usize>,
    by_month: Vec<usize>,
}

/// One page of one list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ListPage {
    /// The list.
    pub list: List,
    /// Page, from 0.
    pub page: usize,
}

impl<'a> Lists<'a> {
    /// Groups the open orders. Groups stand by the most pressing order in them (customers, merchandisers) or by time
    /// (months); within a group the most pressing order is first.
    #[must_use]
    pub fn of(groups: &'a Groups<'a>) -> Self {
        let customers = under(groups, |order| order.customer.as_deref());
        let merchandisers = under(groups, |order| order.merchandiser.as_deref());
        let mut months = under(groups, |order| order.ship_by.map(month));
        months.sort_by_key(|(month, _)| (month.is_none(), *month));
        Self {
            by_customer: flat(&customers),
            by_merchandiser: flat(&merchandisers),
            by_month: flat(&months),
            groups,
            customers,
            merchandisers,
            months,
        }
    }

    /// The lists that exist: those of open orders always, the others when they hold something.
    #[must_use]
    pub fn lists(&self) -> Vec<List> {
        let mut lists = vec![List::Open, List::ByCustomer, List::ByMerchandiser, List::ByMonth];
        lists.extend(self.groups.closed.keys().rev().map(|year| List::Closed(*year)));
        if !self.groups.cancelled.is_empty() {
            lists.push(List::Cancelled);
        }
        lists
    }

    /// Every page of every list.
    #[must_use]
    pub fn pages(&self) -> Vec<ListPage> {
        self.lists()
            .into_iter()
            .flat_map(|list| {
                let pages = paging::count(self.rows(list).len());
                (0..pages).map(move |page| ListPage { list, page })
            })
            .collect()
    }

    /// The orders that a page is made from. The sums of a group are those of the whole group, so that a page in groups
    /// depends on all.
    #[must_use]
    pub fn shown(&self, wanted: ListPage) -> &[usize] {
        let rows = self.rows(wanted.list);
        match wanted.list {
            List::ByCustomer | List::ByMerchandiser | List::ByMonth => rows,
            List::Open | List::Closed(_) | List::Cancelled => paging::slice(rows, wanted.page),
        }
    }

    /// Orders in a list.
    #[must_use]
    pub fn count(&self, list: List) -> usize {
        self.rows(list).len()
    }

    fn rows(&self, list: List) -> &[usize] {
        match list {
            List::Open => &self.groups.open,
            List::ByCustomer => &self.by_customer,
            List::ByMerchandiser => &self.by_merchandiser,
            List::ByMonth => &self.by_month,
            List::Closed(year) => self.groups.closed.get(&year).map_or(&[], Vec::as_slice),
            List::Cancelled => &self.groups.cancelled,
        }
    }

    /// One page in one language.
    #[must_use]
    pub fn page(&self, ctx: &Ctx<'_>, wanted: ListPage) -> OrdersPage {
        let ListPage { list, page } = wanted;
        let rows = self.rows(list);
        let base = list.base();
        let mut view = OrdersPage {
            path: paging::file(&base, page),
            title: title(ctx, list),
            summary: summary(ctx, list, rows.len()),
            variants: self.variants(ctx, list),
            downloads: tables::downloads("orders"),
            ..OrdersPage::default()
        };
        let at = (base.as_str(), page);
        match list {
            List::ByCustomer => {
                self.grouped(ctx, &mut view, (&self.customers, false), at, |id| customer_link(ctx, *id));
            }
            List::ByMerchandiser => {
                self.grouped(ctx, &mut view, (&self.merchandisers, true), at, |id| {
                    merchandiser_link(ctx, *id)
                });
            }
            List::ByMonth => {
                let head = |month: &Option<Month>| Link::text(month_name(ctx, *month));
                self.grouped(ctx, &mut view, (&self.months, true), at, head);
            }
            List::Open => {
                view.rows = self.views(ctx, paging::slice(rows, page));
                view.pages = paging::links(&base, paging::count(rows.len()), page);
            }
            List::Closed(_) | List::Cancelled => {
                view.rows = self.views(ctx, paging::slice(rows, page));
                view.pages = paging::named(&base, paging::count(rows.len()), page, |page| {
                    self.days(list, paging::slice(rows, page))
                });
            }
        }
        view
    }

    /// The days between which the orders of a page were closed or cancelled, newest first: `12-30 – 10-02`.
    fn days(&self, list: List, rows: &[usize]) -> String {
        let day = |index: &usize| {
            let (order, own) = self.groups.get(*index)?;
            own.progress.cancelled.or_else(|| Some(closed_on(order, own, self.groups.facts.as_of)))
        };
        // The list says the year where it has one.
        let shape = if list == List::Cancelled { "%Y-%m-%d" } else { "%m-%d" };
        let ends = [rows.first(), rows.last()].into_iter().flatten().filter_map(day);
        let ends: Vec<String> = ends.map(|day| day.format(shape).to_string()).collect();
        ends.join(" – ")
    }

    fn views(&self, ctx: &Ctx<'_>, rows: &[usize]) -> Vec<OrderRow> {
        rows.iter().filter_map(|i| row(ctx, self.groups, *i)).collect()
    }

    /// The part of the groups that stands on a page; their sums are those of the whole group. Pages are named by the
    /// first group on them; the first page of several has an index.
    fn grouped<K>(
        &self,
        ctx: &Ctx<'_>,
        view: &mut OrdersPage,
        (heads, customers): (&Heads<K>, bool),
        (base, page): (&str, usize),
        head: impl Fn(&K) -> Link,
    ) {
        let mut starts = Vec::with_capacity(heads.len());
        let mut at = 0_usize;
        for (number, (key, list)) in heads.iter().enumerate() {
            starts.push(at);
            let part = paging::part(list, at, page);
            let continued = at < page.saturating_mul(paging::PAGE);
            at = at.saturating_add(list.len());
            if part.is_empty() {
                continue;
            }
            view.groups.push(OrderGroup {
                anchor: anchor(number),
                title: head(key),
                note: self.note(ctx, list, continued),
                customers,
                rows: self.views(ctx, part),
            });
        }
        let pages = paging::count(at);
        // The group to which the first row of a page belongs.
        let first = |page: usize| {
            let number = starts.partition_point(|start| *start <= page.saturating_mul(paging::PAGE));
            heads.get(number.saturating_sub(1)).map(|(key, _)| head(key).text).unwrap_or_default()
        };
        view.pages = paging::named(base, pages, page, first);
        if pages > 1 && page == 0 {
            let mut index: Vec<(String, GroupLink)> = Vec::with_capacity(heads.len());
            for (number, ((key, list), start)) in heads.iter().zip(&starts).enumerate() {
                let file = paging::file(base, start / paging::PAGE);
                let text = head(key).text;
                let link = Link::new(text.clone(), format!("{file}#{}", anchor(number)));
                index.push((text.to_lowercase(), GroupLink { link, note: list.len().to_string() }));
            }
            // Months stand in their order already, names in that of the alphabet.
            if !base.ends_with("month") {
                index.sort_by(|a, b| a.0.cmp(&b.0));
            }
            view.index = index.into_iter().map(|(_, link)| link).collect();
        }
    }

    /// `3 单 · USD 72,240.00 · EUR 18,400.00`.
    fn note(&self, ctx: &Ctx<'_>, list: &[usize], continued: bool) -> String {
        let sums: Sums = list
            .iter()
            .filter_map(|i| self.groups.own(*i)?.goods.currency.zip(self.groups.own(*i)?.goods.total))
            .collect();
        let mut parts = vec![orders(ctx, list.len())];
        if !sums.is_empty() {
            parts.push(sums.text(ctx));
        }
        if continued {
            parts.push(say!(ctx, "接上页", "continued"));
        }
        parts.join(" · ")
    }

    fn variants(&self, ctx: &Ctx<'_>, current: List) -> Vec<OrdersVariant> {
        self.lists()
            .into_iter()
            .map(|list| OrdersVariant {
                text: variant(ctx, list),
                href: paging::file(&list.base(), 0),
                current: list == current,
            })
            .collect()
    }
}

/// The open orders under headings, in the order in which these first turn up.
fn under<'a, K: Ord + Copy>(groups: &Groups<'a>, key: impl Fn(&'a Order) -> K) -> Heads<K> {
    let mut heads: Heads<K> = Vec::new();
    let mut place: BTreeMap<K, usize> = BTreeMap::new();
    for &index in &groups.open {
        let Some(order) = groups.order(index) else { continue };
        let key = key(order);
        let at = *place.entry(key).or_insert_with(|| {
            heads.push((key, Vec::new()));
            heads.len() - 1
        });
        if let Some((_, list)) = heads.get_mut(at) {
            list.push(index);
        }
    }
    heads
}

fn flat<K>(heads: &Heads<K>) -> Vec<usize> {
    heads.iter().flat_map(|(_, list)| list.iter().copied()).collect()
}

/// The id of a group on its page: the same on every page on which a part of it stands.
fn anchor(number: usize) -> String {
    format!("g{}", number + 1)
}

/// The row of an order, with what hurts in it.
#[must_use]
pub fn row(ctx: &Ctx<'_>, groups: &Groups<'_>, index: usize) -> Option<OrderRow> {
    let (order, own) = groups.get(index)?;
    let mut row = row::row(ctx, order, own);
    if let Some(threat) = groups.threat(index) {
        let brief = brief(ctx, order, threat);
        row.why = match row.why.as_str() {
            "" => brief,
            errors => say!(ctx, "{errors}；{brief}", "{errors}; {brief}"),
        };
        // What hurts is said; that something does need not be said as well.
        // The red is beside the reason; days that are left stay calm.
        row.mark = if row.slack_sort.starts_with('-') { Mark::Late } else { Mark::Open };
        row.stage = own.progress.current.map(|stage| state::stage_name(ctx, stage)).unwrap_or_default();
    }
    Some(row)
}

/// `3 单`, `1 order`.
#[must_use]
pub fn orders(ctx: &Ctx<'_>, n: usize) -> String {
    match n {
        1 => say!(ctx, "1 单", "1 order"),
        _ => say!(ctx, "{n} 单", "{n} orders"),
    }
}

fn title(ctx: &Ctx<'_>, list: List) -> String {
    match list {
        List::Open => say!(ctx, "订单", "Orders"),
        List::ByCustomer => say!(ctx, "订单，按客户", "Orders by customer"),
        List::ByMerchandiser => say!(ctx, "订单，按跟单", "Orders by merchandiser"),
        List::ByMonth => say!(ctx, "订单，按最迟装运月份", "Orders by month of latest shipment"),
        List::Closed(year) => say!(ctx, "{year} 年结案的订单", "Orders closed in {year}"),
        List::Cancelled => say!(ctx, "已取消的订单", "Cancelled orders"),
    }
}

fn variant(ctx: &Ctx<'_>, list: List) -> String {
    match list {
        List::Open => say!(ctx, "按紧急程度", "Most urgent"),
        List::ByCustomer => say!(ctx, "按客户", "By customer"),
        List::ByMerchandiser => say!(ctx, "按跟单", "By merchandiser"),
        List::ByMonth => say!(ctx, "按装运月份", "By month"),
        List::Closed(year) => say!(ctx, "{year} 结案", "Closed {year}"),
        List::Cancelled => say!(ctx, "已取消", "Cancelled"),
    }
}

fn summary(ctx: &Ctx<'_>, list: List, n: usize) -> String {
    let count = orders(ctx, n);
    match list {
        List::Open => match n {
            1 => say!(ctx, "1 单进行中", "1 open"),
            _ => say!(ctx, "{n} 单进行中，最急的在前", "{n} open, the most urgent first"),
        },
        List::ByCustomer | List::ByMerchandiser | List::ByMonth => say!(ctx, "{n} 单进行中", "{n} open"),
        List::Closed(_) | List::Cancelled => say!(ctx, "{count}，新的在前", "{count}, newest first"),
    }
}

fn customer_link(ctx: &Ctx<'_>, customer: Option<&str>) -> Link {
    match customer {
        Some(id) => ctx.party(crate::model::party::PartyKind::Customer, id),
        None => Link::text(say!(ctx, "没写客户", "No customer")),
    }
}

/// Whoever looks after the orders, leading to what somebody else would take over.
fn merchandiser_link(ctx: &Ctx<'_>, id: Option<&str>) -> Link {
    match id {
        Some(id) => Link::new(ctx.person(id), people::handover(id)),
        None => Link::text(say!(ctx, "没写跟单", "No merchandiser")),
    }
}

/// `2026-12`.
#[must_use]
pub fn month_name(ctx: &Ctx<'_>, month: Option<Month>) -> String {
    match month {
        Some((year, month)) => format!("{year}-{month:02}"),
        None => say!(ctx, "没写最迟装运日", "No latest shipment"),
    }
}
