//! Lists of orders; the same rows serve customer and supplier pages.

use serde::Serialize;

use super::{Day, Link, Mark, Section, View};

/// `orders.html`, `orders/by-customer.html`, `orders/closed-2026.html` …
#[derive(Debug, Clone, Default, Serialize)]
pub struct OrdersPage {
    /// Path below the language's root: `orders/closed-2026.html`.
    pub path: String,
    /// `订单`, `2026 年结案的订单`.
    pub title: String,
    /// `38 单进行中`.
    pub summary: String,
    /// The other lists: open, by customer, by year closed. The current one has `current`.
    pub variants: Vec<OrdersVariant>,
    /// Rows in the useful order.
    pub rows: Vec<OrderRow>,
    /// Rows under headings instead, for lists by customer or month; empty = `rows`.
    pub groups: Vec<OrderGroup>,
    /// Every group with the page it begins on, on the first page of several; empty elsewhere.
    pub index: Vec<GroupLink>,
    /// Other pages of a long list, by what stands on them: `2026-12`, `501–1000`; empty = one page.
    pub pages: Vec<OrdersVariant>,
    /// Downloads: `XLSX`, `CSV`; empty when none were built.
    pub downloads: Vec<Link>,
}

impl View for OrdersPage {
    const TEMPLATE: &'static str = "orders.html";

    fn path(&self) -> String {
        self.path.clone()
    }

    fn data(&self) -> String {
        "orders.json".to_owned()
    }

    fn title(&self) -> &str {
        &self.title
    }

    fn section(&self) -> Section {
        Section::Orders
    }
}

/// A list that can be chosen.
#[derive(Debug, Clone, Default, Serialize)]
pub struct OrdersVariant {
    /// `按装运日`.
    pub text: String,
    /// `orders.html`.
    pub href: String,
    /// The list that is shown.
    pub current: bool,
}

/// A group in the index of a long list.
#[derive(Debug, Clone, Default, Serialize)]
pub struct GroupLink {
    /// Customer, person or month, leading to where the group begins.
    pub link: Link,
    /// How many orders: `42`.
    pub note: String,
}

/// Rows under a heading.
#[derive(Debug, Clone, Default, Serialize)]
pub struct OrderGroup {
    /// Id on the page: `g7`.
    pub anchor: String,
    /// Customer with its page, or month.
    pub title: Link,
    /// Count and sums per currency of the whole group: `3 单 · USD 72,240.00 · EUR 18,400.00`.
    pub note: String,
    /// The rows name their customers; the heading does where it is one.
    pub customers: bool,
    /// The part of the group that stands on this page.
    pub rows: Vec<OrderRow>,
}

/// One order in a list.
#[derive(Debug, Clone, Default, Serialize)]
pub struct OrderRow {
    /// `GD26-0117`.
    pub id: String,
    /// `o/GD26-0117.html`.
    pub href: String,
    /// Customer with its page.
    pub customer: Link,
    /// Customer's order number.
    pub po: String,
    /// `LED灯泡 2 款`.
    pub goods: String,
    /// `USD 44,040.00`; empty when it cannot be told.
    pub amount: String,
    /// For sorting, by currency and then amount, since currencies cannot be compared: code, blank, amount
    /// padded with zeros to one length, `USD 0000000000044040.00`.
    pub amount_sort: String,
    /// Latest shipment.
    pub ship_by: Option<Day>,
    /// The ten stages.
    pub marks: Vec<Mark>,
    /// The strip in words, for those who do not see it: `第 8 步收款，已过计划`.
    pub stage: String,
    /// What hurts most: `截港 11-22 18:00 已过，还没进港`; empty = nothing.
    pub why: String,
    /// For sorting: `08`.
    pub stage_sort: String,
    /// `-3 天（收款）`, `~4 天（完工）`; empty = nothing to tell.
    pub slack: String,
    /// For sorting, days: `-3`; empty sorts last.
    pub slack_sort: String,
    /// State of the order: `Late`, `Open`, `Done`, `Na` = cancelled.
    pub mark: Mark,
    /// The files are broken: the row leads to the red page.
    pub broken: bool,
}
