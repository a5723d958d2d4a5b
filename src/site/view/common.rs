//! The small pieces most pages share: a link, a day, a status mark, a labelled value.

use serde::Serialize;

/// HTML that may stand in a page as it is. Only [`crate::site::markdown`] makes it, from untrusted Markdown.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Html(String);

impl Html {
    /// For the renderer of Markdown alone: `html` is already neutralised.
    pub(in crate::site) fn trusted(html: String) -> Self {
        Self(html)
    }

    /// The markup.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A text that may lead somewhere.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Link {
    /// What is read: `Hanse Licht GmbH`.
    pub text: String,
    /// Where it leads, from the language's root or absolute: `c/hanse-licht.html`; empty = plain text.
    pub href: String,
}

impl Link {
    /// A link.
    pub fn new(text: impl Into<String>, href: impl Into<String>) -> Self {
        Self { text: text.into(), href: href.into() }
    }

    /// A text without a target.
    pub fn text(text: impl Into<String>) -> Self {
        Self { text: text.into(), href: String::new() }
    }
}

/// A day as people read it, with the form machines read.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Day {
    /// For `<time datetime>` and for sorting: `2026-11-07` (a cut-off: `2026-11-05T18:00+08:00`).
    pub iso: String,
    /// As shown: `11-07`, `11-07 周六`, `Sat 7 Nov`; with the year when it is not the as-of year.
    pub text: String,
}

impl Day {
    /// A day: `Day::new("2026-11-07", "11-07 周六")`.
    pub fn new(iso: impl Into<String>, text: impl Into<String>) -> Self {
        Self { iso: iso.into(), text: text.into() }
    }
}

/// An id for a page from text that came from a file: `docs-total-gross-bl[EGLV 1].gross_kg` →
/// `docs-total-gross-bl-EGLV-1-.gross_kg`. Letters and digits of any script stay, so that ids stay readable.
#[must_use]
pub fn anchor(text: &str) -> String {
    text.chars().map(|c| if c.is_alphanumeric() || "._-".contains(c) { c } else { '-' }).collect()
}

/// The state of a stage, a milestone, an order or a paper: symbol, colour and word together.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Mark {
    /// Done, with evidence.
    Done,
    /// Done as somebody typed, without evidence: hollow.
    Hollow,
    /// Open, or some milestone done early.
    Open,
    /// Open, and late or at risk.
    Late,
    /// Not yet reached.
    #[default]
    Todo,
    /// Does not apply (skipped with a reason).
    Na,
    /// Needs attention, for figures and remarks; a stage or milestone is never `Warn`.
    Warn,
}

/// A labelled value of a definition list.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Field {
    /// What it is: `毛重`.
    pub label: String,
    /// The value as printed or computed: `2,470 KG`.
    pub value: String,
    /// Where the value leads; empty = nowhere.
    pub href: String,
}

impl Field {
    /// A plain labelled value.
    pub fn new(label: impl Into<String>, value: impl Into<String>) -> Self {
        Self { label: label.into(), value: value.into(), href: String::new() }
    }
}

/// A number that stands large, with its meaning below.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Figure {
    /// The number with its unit: `38`, `21/23`, `USD 42,878`.
    pub value: String,
    /// What it counts: `进行中`.
    pub label: String,
    /// A remark below, mostly *n* or a comparison: `上期 86%，23 单`.
    pub note: String,
    /// Page that lists what was counted.
    pub href: String,
    /// Colours the number; `Todo` leaves it plain.
    pub mark: Mark,
}

/// A plain table, for lines of documents and other lists whose columns depend on the data.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Table {
    /// What the table holds, read out by screen readers: `发票明细`.
    pub caption: String,
    /// Columns, left to right.
    pub columns: Vec<TableColumn>,
    /// Rows; each as long as `columns`.
    pub rows: Vec<Vec<String>>,
}

/// A column of a [`Table`].
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct TableColumn {
    /// Heading: `单价`.
    pub label: String,
    /// Right-aligned with tabular figures.
    pub number: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn anchors_hold_nothing_that_ends_an_attribute_or_a_fragment() {
        assert_eq!(anchor("pay overdue\"><b>#1"), "pay-overdue---b--1");
        assert_eq!(anchor("doc-报关单_1.2"), "doc-报关单_1.2");
    }
}
