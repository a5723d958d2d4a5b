//! The pages inside the archive: what one order was, and which orders a month holds. They are read in ten years from a
//! stick, without the site around them: nothing here leads out of the archive.

use serde::Serialize;

use super::{ArchiveItem, Field, Level, Link, Mark, Section, View};

/// `archive/2026/GD26-0061/index.html`: what the order was, what lies beside this page, and what is missing.
#[derive(Debug, Clone, Default, Serialize)]
pub struct FiledOrderPage {
    /// Path below the site: `archive/2026/GD26-0061/index.html`.
    pub file: String,
    /// `GD26-0061 · Hanse Licht GmbH`.
    pub title: String,
    /// Our company.
    pub company: String,
    /// The same page in the other language: text `English`.
    pub other: Link,
    /// `en`, for the link to it.
    pub other_lang: String,
    /// The order in one or two sentences.
    pub lead: String,
    /// As of which day the page speaks.
    pub stand: String,
    /// Who, what, when, until when it is kept.
    pub facts: Vec<Field>,
    /// `完整：要求的都在。`
    pub verdict: String,
    /// `Done` complete, `Late` something is missing, `Na` cancelled.
    pub mark: Mark,
    /// The papers asked for.
    pub items: Vec<ArchiveItem>,
    /// Files that the records name and that are not here: label file, value why.
    pub absent: Vec<Field>,
    /// What lies beside this page.
    pub groups: Vec<FiledGroup>,
    /// `没有没解决的问题。`
    pub findings_note: String,
    /// What the check says about the order.
    pub findings: Vec<FiledFinding>,
    /// `共 12 次改动，3 人`, or why nothing is known.
    pub history_note: String,
    /// Changes, newest first.
    pub history: Vec<FiledStep>,
    /// Commands that verify the folder.
    pub verify: Vec<Field>,
}

impl View for FiledOrderPage {
    const TEMPLATE: &'static str = "archive/order.html";

    fn path(&self) -> String {
        self.file.clone()
    }

    fn title(&self) -> &str {
        &self.title
    }

    fn section(&self) -> Section {
        Section::Archive
    }
}

/// Files of a kind.
#[derive(Debug, Clone, Default, Serialize)]
pub struct FiledGroup {
    /// `记录`.
    pub title: String,
    /// What they are for.
    pub note: String,
    /// The files.
    pub files: Vec<FiledFile>,
}

/// One file.
#[derive(Debug, Clone, Default, Serialize)]
pub struct FiledFile {
    /// The file, with its name.
    pub link: Link,
    /// What it is, and what names it.
    pub what: String,
}

/// What the check says.
#[derive(Debug, Clone, Default, Serialize)]
pub struct FiledFinding {
    /// How much it matters.
    pub level: Level,
    /// In one sentence.
    pub title: String,
    /// Name of the rule.
    pub rule: String,
    /// History, or accepted by whom and why; empty = stands.
    pub note: String,
}

/// One change.
#[derive(Debug, Clone, Default, Serialize)]
pub struct FiledStep {
    /// `2026-09-16`.
    pub day: String,
    /// Who.
    pub who: String,
    /// Request and commit.
    pub change: String,
    /// What changed, fact by fact.
    pub what: Vec<String>,
}

/// `archive/2026-09.html`: the orders that a manifest lists. In both languages at once, because there is one a month.
#[derive(Debug, Clone, Default, Serialize)]
pub struct FiledMonthPage {
    /// Path below the site.
    pub file: String,
    /// `归档 Archive 2026-09`.
    pub title: String,
    /// Our company.
    pub company: String,
    /// Headings of the columns.
    pub columns: Vec<String>,
    /// One an order: cells after the link.
    pub rows: Vec<FiledRow>,
    /// How to check the month.
    pub verify: Vec<String>,
}

impl View for FiledMonthPage {
    const TEMPLATE: &'static str = "archive/bundle.html";

    fn path(&self) -> String {
        self.file.clone()
    }

    fn title(&self) -> &str {
        &self.title
    }

    fn section(&self) -> Section {
        Section::Archive
    }
}

/// One order of a month.
#[derive(Debug, Clone, Default, Serialize)]
pub struct FiledRow {
    /// The order, with its page.
    pub order: Link,
    /// The other cells.
    pub cells: Vec<String>,
}
