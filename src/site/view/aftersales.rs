//! After-sales: what claims cost, whose fault they were, what is still open; whom to ask how the goods were.

use serde::Serialize;

use super::{Day, Figure, IndicatorRow, Link, Mark, OrdersVariant, Section, View};

/// `aftersales.html`, `aftersales-2.html` …
#[derive(Debug, Clone, Default, Serialize)]
pub struct AfterSalesPage {
    /// Path below the language's root.
    pub path: String,
    /// `售后`.
    pub title: String,
    /// As-of date in full.
    pub as_of: Day,
    /// Open complaints, those open for long, what is disputed, whom to ask.
    pub figures: Vec<Figure>,
    /// What suppliers bear is shown. Else the column is not there, and no row holds the figure.
    pub recovery: bool,
    /// Open complaints, the oldest first.
    pub open: Vec<ClaimRow>,
    /// `3 件，2 件超过 30 天`.
    pub open_note: String,
    /// Disputed amounts by currency and age; stands apart from what is owed.
    pub disputed: Vec<DisputedRow>,
    /// Complaints of twelve months by cause, the most frequent first.
    pub causes: Vec<CauseRow>,
    /// `n = 5`.
    pub causes_note: String,
    /// Agreed claims as a share of sales, a row per currency.
    pub share: Vec<IndicatorRow>,
    /// Who has not been asked, or has not answered.
    pub feedback: Vec<FeedbackRow>,
    /// `6 单`.
    pub feedback_note: String,
    /// Settled complaints, the newest first.
    pub closed: Vec<ClaimRow>,
    /// `12 件`.
    pub closed_note: String,
    /// Other pages of a long list; empty = one page.
    pub pages: Vec<OrdersVariant>,
}

impl View for AfterSalesPage {
    const TEMPLATE: &'static str = "aftersales.html";

    fn path(&self) -> String {
        self.path.clone()
    }

    fn data(&self) -> String {
        "aftersales.json".to_owned()
    }

    fn title(&self) -> &str {
        &self.title
    }

    fn section(&self) -> Section {
        Section::AfterSales
    }
}

/// One complaint.
#[derive(Debug, Clone, Default, Serialize)]
pub struct ClaimRow {
    /// Since when; none = not recorded.
    pub opened: Option<Day>,
    /// `CL26-05`.
    pub number: String,
    /// The order.
    pub order: Link,
    /// The customer with its page.
    pub customer: Link,
    /// Who made the goods.
    pub factories: Vec<Link>,
    /// `质量`.
    pub kind: String,
    /// `前叉掉漆 40 台`.
    pub what: String,
    /// `EUR 960.00`.
    pub claimed: String,
    /// `EUR 640.00`; empty = nothing agreed.
    pub accepted: String,
    /// `EUR 320.00`, still open between the two; empty = nothing, or closed.
    pub disputed: String,
    /// What the supplier bears: `EUR 400.00`; empty where it is not shown.
    pub recovered: String,
    /// By when it is to be answered.
    pub due: Option<Day>,
    /// `开了 54 天`, `21 天结案`.
    pub age: String,
    /// For sorting, days.
    pub age_sort: String,
    /// How it stands.
    pub mark: Mark,
    /// What was decided, and how it was settled.
    pub decision: String,
    /// Corrective action.
    pub corrective: String,
    /// Who looks after it.
    pub owner: String,
}

/// What is disputed in one currency, by how long the complaints are open.
#[derive(Debug, Clone, Default, Serialize)]
pub struct DisputedRow {
    /// `EUR`.
    pub currency: String,
    /// How many complaints.
    pub n: String,
    /// Claimed.
    pub claimed: String,
    /// Of it agreed.
    pub accepted: String,
    /// The rest.
    pub disputed: String,
    /// The rest by age: up to 30 days, to 60, to 90, more. Empty = nothing.
    pub ages: Vec<String>,
}

/// Complaints of one cause.
#[derive(Debug, Clone, Default, Serialize)]
pub struct CauseRow {
    /// `质量`.
    pub name: String,
    /// How many.
    pub n: String,
    /// Share of all complaints, 0 to 100; draws the bar.
    pub percent: u8,
    /// How many of them are open: `2 件没结`; empty = none.
    pub open: String,
    /// Claimed, currencies apart.
    pub claimed: String,
    /// Agreed, currencies apart.
    pub accepted: String,
    /// What suppliers bear; empty where it is not shown.
    pub recovered: String,
}

/// Somebody who has not said yet how the goods were.
#[derive(Debug, Clone, Default, Serialize)]
pub struct FeedbackRow {
    /// By when to ask, or when somebody asked.
    pub day: Day,
    /// That day follows from an expected arrival.
    pub estimated: bool,
    /// The order.
    pub order: Link,
    /// The customer with its page.
    pub customer: Link,
    /// `没问`, `问了没回`.
    pub state: String,
    /// `过了 3 天`.
    pub left: String,
    /// How it stands.
    pub mark: Mark,
    /// Whose work it is.
    pub owner: Link,
}
