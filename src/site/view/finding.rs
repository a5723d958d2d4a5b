//! A finding as pages show it: title, places with the source, what to do, and on whose authority.

use serde::Serialize;

/// How bad.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Level {
    /// 错误
    Error,
    /// 警告
    Warning,
    /// 提示
    #[default]
    Info,
}

/// What kind of thing is wrong: the files, the papers, or the world.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Class {
    /// The files contradict themselves or cannot be read.
    #[default]
    Record,
    /// A paper contradicts another paper, the credit, the goods or the term.
    Document,
    /// The world is late or exposed; the record is right.
    Risk,
}

/// One finding.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Finding {
    /// Id on the page, `rule-keypath` through [`super::anchor`]: `docs-total-gross-bl.gross_kg`.
    pub anchor: String,
    /// `docs-total-gross`.
    pub rule: String,
    /// `rules/docs-total-gross.html`; empty when the rule has no page.
    pub rule_href: String,
    /// Severity after configuration.
    pub level: Level,
    /// Record, document or risk.
    pub class: Class,
    /// A person must look; the tool does not say it is wrong.
    pub judgement: bool,
    /// `提单毛重 2,740 KG，其他三处都是 2,470 KG，差 270 KG`.
    pub title: String,
    /// Order it belongs to, for lists across orders: `GD26-0117`; empty on the order's own page.
    pub order: String,
    /// `o/GD26-0117.html`; empty on the order's own page.
    pub order_href: String,
    /// Where to look, first the place to look at first.
    pub places: Vec<Place>,
    /// What to do, the innocent explanation first; several lines allowed.
    pub help: String,
    /// The edit to make, as removed, added and kept lines; empty when there is no single edit.
    pub fix: Vec<FixLine>,
    /// `UCP 600 第 14 条 d 款（信用证项下）`.
    pub source: String,
    /// Last day on which the cure still works: `12-03 周四`; empty when there is none.
    pub until: String,
    /// About something that is settled (replaced papers, an archived order): history, not open.
    pub past: bool,
    /// Reason of a waiver, with who and until when; empty = not waived.
    pub waived: String,
}

/// A place in a file.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Place {
    /// From the data root: `orders/2026/GD26-0117/docs.toml`.
    pub file: String,
    /// First line, 1-based; 0 = the whole file.
    pub line: usize,
    /// Column in characters, 1-based.
    pub column: usize,
    /// That line on the forge; empty = no link.
    pub href: String,
    /// What stands there: `提单`, `装箱单；报关单、货物明细合计也是 2470`.
    pub label: String,
    /// The source lines, with the part that is meant.
    pub excerpt: Vec<Excerpt>,
}

/// One source line, cut in three so that the template can mark the middle.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Excerpt {
    /// Line number.
    pub line: usize,
    /// Text before the mark: `gross_kg = `.
    pub before: String,
    /// The part that is meant: `2740`; empty on lines shown for context.
    pub marked: String,
    /// Text after the mark.
    pub after: String,
}

/// One line of a proposed edit.
#[derive(Debug, Clone, Default, Serialize)]
pub struct FixLine {
    /// `-`, `+` or a space.
    pub sign: String,
    /// The line: `customer = "hanse-licht"`.
    pub text: String,
}
