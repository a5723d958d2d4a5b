//! What a person has to do now: overdue, today, the next working days, what happens otherwise, how to record it.

use serde::Serialize;

use super::{ChangeEntry, DateEntry, Day, Link, Section, View};

/// `today.html`: who has how much to do.
#[derive(Debug, Clone, Default, Serialize)]
pub struct TodayIndexPage {
    /// `今天`.
    pub title: String,
    /// As-of date in full.
    pub as_of: Day,
    /// `接下来 5 个工作日：到 11-27 周五`.
    pub note: String,
    /// People, the most pressed first.
    pub rows: Vec<PersonRow>,
}

impl View for TodayIndexPage {
    const TEMPLATE: &'static str = "today.html";

    fn path(&self) -> String {
        Section::Today.path().to_owned()
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

/// A person in the index.
#[derive(Debug, Clone, Default, Serialize)]
pub struct PersonRow {
    /// Name, leading to the page.
    pub person: Link,
    /// `跟单`, `已离职`.
    pub role: String,
    /// Not one of ours, or gone.
    pub warn: bool,
    /// Overdue.
    pub overdue: usize,
    /// Today.
    pub today: usize,
    /// The next working days.
    pub soon: usize,
    /// The most pressing: `GD26-0122 截单 SI 11-25`.
    pub next: Option<DateEntry>,
}

/// `today/lin.yan.html`.
#[derive(Debug, Clone, Default, Serialize)]
pub struct TodayPage {
    /// Path below the language's root.
    pub path: String,
    /// `今天：林岩`.
    pub title: String,
    /// As-of date in full.
    pub as_of: Day,
    /// The answer in one line: `2 项过期，今天 1 项；最急：…`.
    pub verdict: String,
    /// Its state.
    pub verdict_mark: super::Mark,
    /// `已离职`; empty = nothing.
    pub remark: String,
    /// The other people.
    pub people: Vec<super::OrdersVariant>,
    /// Overdue, today, soon.
    pub groups: Vec<TodayGroup>,
    /// What others have to do on this person's orders.
    pub waiting: Vec<DateEntry>,
    /// What others changed in this person's orders since the last working day.
    pub changes: Vec<ChangeEntry>,
    /// Files with the same dates.
    pub downloads: Vec<Link>,
    /// What the person would hand over: text `交接页`; empty = nobody's page.
    pub handover: Link,
}

impl View for TodayPage {
    const TEMPLATE: &'static str = "person.html";

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

/// Tasks of one pressure.
#[derive(Debug, Clone, Default, Serialize)]
pub struct TodayGroup {
    /// Id on the page: `overdue`.
    pub id: String,
    /// `已过期`.
    pub title: String,
    /// `3 项`.
    pub note: String,
    /// By the last safe day.
    pub items: Vec<Task>,
}

/// Something to do.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Task {
    /// What and until when.
    pub date: DateEntry,
    /// What happens if it passes.
    pub consequence: String,
    /// How to record that it is done.
    pub record: Option<TaskRecord>,
    /// Texts to send, ready to copy.
    pub chase: Vec<CopyText>,
}

/// The record that proves it.
#[derive(Debug, Clone, Default, Serialize)]
pub struct TaskRecord {
    /// `办完写进 docs.toml 末尾`.
    pub hint: String,
    /// TOML.
    pub text: String,
    /// The forge's editor at that file; empty = no link.
    pub edit_href: String,
}

/// A text that is copied and sent by hand.
#[derive(Debug, Clone, Default, Serialize)]
pub struct CopyText {
    /// `英文邮件`.
    pub label: String,
    /// The text.
    pub text: String,
}
