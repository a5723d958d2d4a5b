//! Exports and their tax files: declaration, receipts, refund, filing set, how long it is kept.

use serde::Serialize;

use super::{Day, Field, Figure, Link, Mark, OrdersVariant, Section, View};

/// `customs.html`, `customs-2.html` …
#[derive(Debug, Clone, Default, Serialize)]
pub struct CustomsPage {
    /// Path below the language's root.
    pub path: String,
    /// `报关与退税`.
    pub title: String,
    /// As-of date in full.
    pub as_of: Day,
    /// What lacks receipts, what lacks papers, what is complete.
    pub figures: Vec<Figure>,
    /// Exports by what is left to do.
    pub groups: Vec<ExportGroup>,
    /// Other pages of a long list; empty = one page.
    pub pages: Vec<OrdersVariant>,
    /// The periods, each with its article: `收汇`: `出口次年 4 月 30 日前（第 48 条）`.
    pub periods: Vec<Field>,
    /// `依据：国家税务总局公告 2026 年第 5 号 …`.
    pub source: String,
}

impl View for CustomsPage {
    const TEMPLATE: &'static str = "customs.html";

    fn path(&self) -> String {
        self.path.clone()
    }

    fn data(&self) -> String {
        "customs.json".to_owned()
    }

    fn title(&self) -> &str {
        &self.title
    }

    fn section(&self) -> Section {
        Section::Customs
    }
}

/// Exports with the same thing left to do.
#[derive(Debug, Clone, Default, Serialize)]
pub struct ExportGroup {
    /// Id on the page: `receipts`.
    pub id: String,
    /// `收汇未齐`.
    pub title: String,
    /// Count and sums per currency of the whole group.
    pub note: String,
    /// Some file of the group is complete enough to say how long it is kept.
    pub kept: bool,
    /// Rows in the useful order.
    pub rows: Vec<ExportRow>,
}

/// One declaration, or one shipment without.
#[derive(Debug, Clone, Default, Serialize)]
pub struct ExportRow {
    /// Declaration number, leads to the paper on the order's page; empty text = none.
    pub number: Link,
    /// Said instead of a number: `没登记报关单`, `买方报关（EXW）`.
    pub no_number: String,
    /// Whether that is a fault: `Late`, or `Na` where it is as agreed.
    pub no_number_mark: Mark,
    /// The order.
    pub order: Link,
    /// Which of several shipments; empty = the only one.
    pub batch: String,
    /// The customer's short name.
    pub customer: String,
    /// Day of export.
    pub exported: Option<Day>,
    /// Said beside or instead of it: `没出运`, `手填`.
    pub exported_note: String,
    /// `USD 44,040.00`.
    pub amount: String,
    /// Sort key of the amount.
    pub amount_sort: String,
    /// Net receipts: `USD 13,187.00`; leads to the receipts.
    pub received: Link,
    /// Sort key of what was received.
    pub received_sort: String,
    /// Beside it: `手续费 25.00`, `差 USD 30,828.00`.
    pub received_notes: Vec<String>,
    /// How receipts stand.
    pub received_mark: Mark,
    /// By when the money must be in.
    pub deadline: Option<Day>,
    /// `剩 161 天`, `已收齐`, `不退税`.
    pub deadline_note: String,
    /// How the deadline stands.
    pub deadline_mark: Mark,
    /// Day of the refund claim.
    pub claimed: Option<Day>,
    /// Said instead: `未申报`, `不办`.
    pub claimed_word: String,
    /// Said beside: `缺进项发票`.
    pub claimed_note: String,
    /// How the claim stands.
    pub claimed_mark: Mark,
    /// Papers of the filing set: `5/7`, leads to the papers; empty = no set is asked for.
    pub set: Link,
    /// Sort key of the set: how many are missing.
    pub set_sort: String,
    /// `缺报关费发票、备案目录`.
    pub set_note: String,
    /// `08-27 前成册，过了 85 天`.
    pub set_due: String,
    /// How the set stands.
    pub set_mark: Mark,
    /// Until when the file is kept.
    pub keep: Option<Day>,
}
