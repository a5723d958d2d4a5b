//! What somebody takes over: every open order of a person.

use serde::Serialize;

use super::{DateEntry, Day, Link, Mark, OrdersVariant, Section, View};

/// `people/lin.yan.html`.
#[derive(Debug, Clone, Default, Serialize)]
pub struct HandoverPage {
    /// Path below the language's root.
    pub path: String,
    /// `交接：林岩`.
    pub title: String,
    /// As-of date in full.
    pub as_of: Day,
    /// `14 单在手：已延误或有风险 3；本周截止 2 项`.
    pub verdict: String,
    /// Its state.
    pub verdict_mark: Mark,
    /// `已离职`; empty = nothing.
    pub remark: String,
    /// The other people.
    pub people: Vec<OrdersVariant>,
    /// The person's list of today.
    pub today: Link,
    /// The person's feed.
    pub feed: String,
    /// The most pressing first.
    pub rows: Vec<HandoverRow>,
}

impl View for HandoverPage {
    const TEMPLATE: &'static str = "handover.html";

    fn path(&self) -> String {
        self.path.clone()
    }

    fn data(&self) -> String {
        super::beside(&self.path())
    }

    fn title(&self) -> &str {
        &self.title
    }

    fn section(&self) -> Section {
        Section::Today
    }
}

/// One open order.
#[derive(Debug, Clone, Default, Serialize)]
pub struct HandoverRow {
    /// Order with its page.
    pub order: Link,
    /// Customer's short name.
    pub customer: String,
    /// `跟单`, `单证`: as what the person looks after it.
    pub role: String,
    /// `8 收款`.
    pub stage: String,
    /// Its state.
    pub mark: Mark,
    /// `余 2 天`.
    pub slack: String,
    /// `等收齐`, with the day it is expected.
    pub next: String,
    /// That day; none while nobody said.
    pub day: Option<Day>,
    /// It is past.
    pub late: bool,
    /// What is missing: `凭证：到料`, `交单 8 件缺 3：…`.
    pub missing: Vec<String>,
    /// The next deadlines.
    pub dates: Vec<DateEntry>,
    /// `另 4 项`; empty = all are shown.
    pub dates_more: String,
    /// Last word with anybody outside; none where none is on record.
    pub contact: Option<Day>,
    /// `邮件 客户`.
    pub contact_how: String,
    /// Last recorded change: `11-21 林岩`.
    pub changed: String,
    /// That change.
    pub change: Link,
    /// Something of it is not committed.
    pub uncommitted: bool,
}
