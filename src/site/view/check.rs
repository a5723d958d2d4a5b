//! The document check report of an order: what conflicts, what a person must read, what a bank may not refuse for.

use serde::Serialize;

use super::{Day, Field, Finding, Level, Link, Mark, Section, View};

/// `o/<ID>/check.html`.
#[derive(Debug, Clone, Default, Serialize)]
pub struct CheckPage {
    /// `GD26-0124`.
    pub id: String,
    /// `GD26-0124 单据检查`.
    pub title: String,
    /// The order's page.
    pub order: Link,
    /// `对 61 项检查：未见冲突 58，冲突 1，要人看 2`. Never a verdict of compliance.
    pub verdict: String,
    /// `Late` with conflicts, `Warn` with something to read, else `Done`.
    pub verdict_mark: Mark,
    /// Buyer, credit, last day of presentation.
    pub facts: Vec<Field>,
    /// The papers that were compared.
    pub papers: Vec<CheckPaper>,
    /// Conflicts, then what a person must look at, then notes.
    pub groups: Vec<CheckGroup>,
    /// Differences that are none.
    pub alike: Vec<CheckAlike>,
    /// Words of the credit that no rule understands: to be read by a person.
    pub reading: Vec<CheckText>,
    /// What was cured or accepted: shown, not counted.
    pub settled: Vec<Finding>,
}

impl View for CheckPage {
    const TEMPLATE: &'static str = "check.html";

    fn path(&self) -> String {
        format!("o/{}/check.html", self.id)
    }

    fn data(&self) -> String {
        format!("o/{}.json", self.id)
    }

    fn title(&self) -> &str {
        &self.title
    }

    fn section(&self) -> Section {
        Section::Orders
    }
}

/// A paper that was compared.
#[derive(Debug, Clone, Default, Serialize)]
pub struct CheckPaper {
    /// `提单`.
    pub kind: String,
    /// Number, with its place on the order's page.
    pub number: Link,
    /// Its date.
    pub date: Option<Day>,
    /// A draft, not yet issued.
    pub draft: bool,
    /// Open conflicts and things to look at in it: `1 冲突`; empty = none.
    pub state: String,
    /// Colours the state.
    pub mark: Mark,
}

/// Findings of one kind.
#[derive(Debug, Clone, Default, Serialize)]
pub struct CheckGroup {
    /// Anchor: `conflict`, `look`, `note`.
    pub anchor: String,
    /// `冲突`.
    pub name: String,
    /// What the group means, in a sentence.
    pub note: String,
    /// Colours the heading.
    pub mark: Mark,
    /// The rows.
    pub rows: Vec<CheckRow>,
}

/// One finding, short enough for a table.
#[derive(Debug, Clone, Default, Serialize)]
pub struct CheckRow {
    /// Its id on this page, the same as on the order's: `docs-total-gross-bl.gross_kg`.
    pub anchor: String,
    /// Severity.
    pub level: Level,
    /// `docs-total-gross`, with its page.
    pub rule: Link,
    /// What is wrong, with both values.
    pub title: String,
    /// Who says what, and where that stands.
    pub values: Vec<CheckValue>,
    /// The article.
    pub source: String,
    /// What to do.
    pub help: String,
    /// Until when that works; empty = no date, or no cure.
    pub until: String,
    /// The finding on the order's page.
    pub href: String,
}

/// What one paper says.
#[derive(Debug, Clone, Default, Serialize)]
pub struct CheckValue {
    /// `提单 EGLV143600117421`.
    pub who: String,
    /// As written in the record: `2740`.
    pub value: String,
    /// `docs.toml:36`, on the forge.
    pub place: Link,
}

/// Two writings of one thing.
#[derive(Debug, Clone, Default, Serialize)]
pub struct CheckAlike {
    /// `提单 EGLV143600117421`.
    pub paper: String,
    /// `装货港`.
    pub what: String,
    /// As printed.
    pub printed: String,
    /// As the credit has it.
    pub credit: String,
    /// Why no bank may refuse for it.
    pub why: String,
}

/// Words to be read.
#[derive(Debug, Clone, Default, Serialize)]
pub struct CheckText {
    /// `47A`.
    pub tag: String,
    /// The words as written.
    pub text: String,
}
