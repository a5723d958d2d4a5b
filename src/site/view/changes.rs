//! What changed, by whom, in business words.

use serde::Serialize;

use super::{Chip, Day, Link, OrdersVariant, Section, View};

/// `changes.html`, `changes-2.html` …
#[derive(Debug, Clone, Default, Serialize)]
pub struct ChangesPage {
    /// Path below the language's root.
    pub path: String,
    /// `改动`.
    pub title: String,
    /// As-of date in full.
    pub as_of: Day,
    /// `近 90 天 214 处，5 人`.
    pub summary: String,
    /// Why nothing can be said: `历史不完整：浅克隆`; empty = known.
    pub unknown: String,
    /// Kinds of changes, to choose from.
    pub chips: Vec<Chip>,
    /// Orders with changes that are not committed; on the first page.
    pub uncommitted: Vec<ChangeEntry>,
    /// Newest first.
    pub days: Vec<ChangeDay>,
    /// The other pages; empty = this is all.
    pub pages: Vec<OrdersVariant>,
}

impl View for ChangesPage {
    const TEMPLATE: &'static str = "changes.html";

    fn path(&self) -> String {
        self.path.clone()
    }

    fn data(&self) -> String {
        "changes.json".to_owned()
    }

    fn title(&self) -> &str {
        &self.title
    }

    fn section(&self) -> Section {
        Section::Quality
    }
}

/// The changes of one day.
#[derive(Debug, Clone, Default, Serialize)]
pub struct ChangeDay {
    /// Which.
    pub day: Day,
    /// `3 处`.
    pub note: String,
    /// Kinds that occur, for the filter.
    pub families: String,
    /// Newest first.
    pub entries: Vec<ChangeEntry>,
}

/// What one change did to one order, or to many at once.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct ChangeEntry {
    /// When.
    pub day: Day,
    /// `16:44`, on the clock of whoever recorded it.
    pub time: String,
    /// Who.
    pub who: String,
    /// The order with its page; empty text for many.
    pub order: Link,
    /// Customer's short name.
    pub customer: String,
    /// Kinds, for the filter.
    pub families: String,
    /// A few sentences.
    pub what: Vec<ChangeSaid>,
    /// `另 4 处`; empty = all are told.
    pub more: String,
    /// Change request or commit: text `#291`.
    pub change: Link,
}

/// One fact that changed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct ChangeSaid {
    /// `合同`; empty for the order as a whole.
    pub kind: String,
    /// `最迟装运 11-05 → 11-10`.
    pub text: String,
}
