//! Lists of orders: open ones by urgency, by customer, by month of shipment; closed ones by year; cancelled ones.

use std::collections::BTreeMap;

use super::ctx::Ctx;
use super::dashboard::brief;
use super::groups::{Groups, Month, month};
use super::paging;
use super::row;
use super::state;
use super::sums::Sums;
use super::tables;
use crate::say;
use crate::site::view::{Link, Mark, OrderGroup, OrderRow, OrdersPage, OrdersVariant};

/// A list of orders.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum List {
    /// `orders.html`: open orders, the most pressing first.
    Open,
    /// `orders/by-customer.html`
    ByCustomer,
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
            Self::ByMonth => "orders/by-month".to_owned(),
            Self::Closed(year) => format!("orders/closed-{year}"),
            Self::Cancelled => "orders/cancelled".to_owned(),
        }
    }
}

/// The lists of a build with their rows in order, made once for both languages.
#[derive(Debug)]
pub struct Lists<'a> {
    groups: &'a Groups<'a>,
    customers: Vec<(Option<&'a str>, Vec<usize>)>,
    months: Vec<(Option<Month>, Vec<usize>)>,
    by_customer: Vec<usize>,
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
    /// Groups the open orders. Groups stand by the most pressing order in them (customers) or by time (months);
    /// within a group the most pressing order is first.
    #[must_use]
    pub fn of(groups: &'a Groups<'a>) -> Self {
        let mut customers: Vec<(Option<&str>, Vec<usize>)> = Vec::new();
        let mut place: BTreeMap<Option<&str>, usize> = BTreeMap::new();
        let mut months: BTreeMap<(bool, Month), Vec<usize>> = BTreeMap::new();
        for &index in &groups.open {
            let Some(order) = groups.order(index) else { continue };
            let customer = order.customer.as_deref();
            let at = *place.entry(customer).or_insert_with(|| {
                customers.push((customer, Vec::new()));
                customers.len() - 1
            });
            if let Some((_, list)) = customers.get_mut(at) {
                list.push(index);
            }
            let ship = order.ship_by.map(month);
            months.entry((ship.is_none(), ship.unwrap_or_default())).or_default().push(index);
        }
        let months: Vec<(Option<Month>, Vec<usize>)> =
            months.into_iter().map(|((none, month), list)| ((!none).then_some(month), list)).collect();
        Self {
            by_customer: customers.iter().flat_map(|(_, list)| list.iter().copied()).collect(),
            by_month: months.iter().flat_map(|(_, list)| list.iter().copied()).collect(),
            groups,
            customers,
            months,
        }
    }

    /// The lists that exist: those of open orders always, the others when they hold something.
    #[must_use]
    pub fn lists(&self) -> Vec<List> {
        let mut lists = vec![List::Open, List::ByCustomer, List::ByMonth];
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
            List::ByCustomer | List::ByMonth => rows,
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
        let shown = paging::slice(rows, page);
        let mut view = OrdersPage {
            path: paging::file(&base, page),
            title: title(ctx, list),
            summary: summary(ctx, list, rows.len()),
            variants: self.variants(ctx, list),
            pages: paging::links(&base, paging::count(rows.len()), page),
            downloads: tables::downloads("orders"),
            ..OrdersPage::default()
        };
        match list {
            List::ByCustomer => {
                let head = |customer: &Option<&str>| customer_link(ctx, *customer);
                view.groups = self.grouped(ctx, (&self.customers, false), page, head);
            }
            List::ByMonth => {
                let head = |month: &Option<Month>| Link::text(month_name(ctx, *month));
                view.groups = self.grouped(ctx, (&self.months, true), page, head);
            }
            _ => view.rows = self.views(ctx, shown),
        }
        view
    }

    fn views(&self, ctx: &Ctx<'_>, rows: &[usize]) -> Vec<OrderRow> {
        rows.iter().filter_map(|i| row(ctx, self.groups, *i)).collect()
    }

    /// The part of the groups that stands on a page; their sums are those of the whole group.
    fn grouped<K>(
        &self,
        ctx: &Ctx<'_>,
        (groups, customers): (&[(K, Vec<usize>)], bool),
        page: usize,
        head: impl Fn(&K) -> Link,
    ) -> Vec<OrderGroup> {
        let first = page.saturating_mul(paging::PAGE);
        let last = first.saturating_add(paging::PAGE);
        let mut at = 0_usize;
        let mut shown = Vec::new();
        for (key, list) in groups {
            let start = first.saturating_sub(at).min(list.len());
            let end = last.saturating_sub(at).min(list.len());
            at = at.saturating_add(list.len());
            let Some(part) = list.get(start..end).filter(|part| !part.is_empty()) else { continue };
            shown.push(OrderGroup {
                title: head(key),
                note: self.note(ctx, list, start > 0),
                customers,
                rows: self.views(ctx, part),
            });
        }
        shown
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
        List::ByMonth => say!(ctx, "订单，按最迟装运月份", "Orders by month of latest shipment"),
        List::Closed(year) => say!(ctx, "{year} 年结案的订单", "Orders closed in {year}"),
        List::Cancelled => say!(ctx, "已取消的订单", "Cancelled orders"),
    }
}

fn variant(ctx: &Ctx<'_>, list: List) -> String {
    match list {
        List::Open => say!(ctx, "按紧急程度", "Most urgent"),
        List::ByCustomer => say!(ctx, "按客户", "By customer"),
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
        List::ByCustomer | List::ByMonth => say!(ctx, "{n} 单进行中", "{n} open"),
        List::Closed(_) | List::Cancelled => say!(ctx, "{count}，新的在前", "{count}, newest first"),
    }
}

fn customer_link(ctx: &Ctx<'_>, customer: Option<&str>) -> Link {
    match customer {
        Some(id) => ctx.party(crate::model::party::PartyKind::Customer, id),
        None => Link::text(say!(ctx, "没写客户", "No customer")),
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
