//! The dashboard: what will hurt this week, what money comes in, can I believe the data.

use serde::Serialize;

use super::{ChangeEntry, Day, Figure, Link, Section, View};

/// `index.html`.
#[derive(Debug, Clone, Default, Serialize)]
pub struct DashboardPage {
    /// `总览`.
    pub title: String,
    /// `2026-11-23 周一`.
    pub as_of: Day,
    /// At most seven, ranked: last safe day within three days first, then amount × days late.
    pub todos: Vec<Todo>,
    /// `要处理 7 项`.
    pub todos_title: String,
    /// Remainder: text `另有 1 项` or `全部 23 条`; empty text = none.
    pub todos_more: Link,
    /// Open orders by state, shipments of the month: `[38 进行中] [29 正常] [6 有风险] [3 已延误]`.
    pub counts: Vec<Figure>,
    /// Open orders by stage, ten entries.
    pub stages: Vec<StageCount>,
    /// Expected receipts by period; a currency is never added to another.
    pub cash: Vec<CashPeriod>,
    /// What the cash rests on, and what is not in it; empty = nothing is expected.
    pub cash_basis: String,
    /// Indicators with their *n*: `[21/23 准时装运]`.
    pub indicators: Vec<Figure>,
    /// Changes since the last working day, newest first.
    pub changes: Vec<ChangeEntry>,
    /// How many more there are, and what is not committed; empty = nothing.
    pub changes_more: String,
    /// Why there are no changes to show: `历史不完整：浅克隆`; empty = known.
    pub changes_unknown: String,
    /// Errors of class record and document, read orders, stale orders: each leads to its page.
    pub quality: Vec<Figure>,
}

impl View for DashboardPage {
    const TEMPLATE: &'static str = "index.html";

    fn path(&self) -> String {
        Section::Dashboard.path().to_owned()
    }

    fn data(&self) -> String {
        super::beside(&self.path())
    }

    fn title(&self) -> &str {
        &self.title
    }

    fn section(&self) -> Section {
        Section::Dashboard
    }
}

/// One thing to do.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Todo {
    /// The limit is near or passed (`!!`), not merely late (`!`).
    pub urgent: bool,
    /// Order with its page.
    pub order: Link,
    /// Customer's short name.
    pub customer: String,
    /// `截单 11-25 12:00，提单草稿未核；改证 02 待答 4 天`.
    pub text: String,
    /// Last safe day; none when it is past.
    pub day: Option<Day>,
    /// Amount at stake: `USD 56,800.00`.
    pub amount: String,
    /// Who should act: `lin.yan`.
    pub owner: String,
}

/// Open orders at one stage.
#[derive(Debug, Clone, Default, Serialize)]
pub struct StageCount {
    /// 1 to 10.
    pub number: u8,
    /// `生产`.
    pub name: String,
    /// Orders.
    pub count: usize,
    /// Of these, late or at risk.
    pub late: usize,
    /// Height of the bar, 0 to 100, the largest stage being 100.
    pub percent: u8,
    /// Height of the late part, 0 to `percent`.
    pub late_percent: u8,
}

/// Expected receipts of one period.
#[derive(Debug, Clone, Default, Serialize)]
pub struct CashPeriod {
    /// `本周`, `30 天内`.
    pub label: String,
    /// Per currency.
    pub amounts: Vec<CashAmount>,
}

/// One currency in one period.
#[derive(Debug, Clone, Default, Serialize)]
pub struct CashAmount {
    /// `USD 39,288`.
    pub text: String,
    /// Length of the bar, 0 to 100, within this currency.
    pub percent: u8,
    /// Of it, already overdue: colours the row.
    pub overdue: bool,
}
