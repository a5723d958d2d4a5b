//! Papers: the matrix that compares them, and each one as printed.

use serde::Serialize;

use super::{Day, Field, Link, Mark, Recorded, Table};

/// Field × document, for one shipment.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Matrix {
    /// `第 1 批`, `整单`; empty where there is one matrix.
    pub title: String,
    /// `订单`, `信用证`, `发票`, `装箱单`, `提单`, `报关单`.
    pub columns: Vec<MatrixColumn>,
    /// One row per compared field.
    pub rows: Vec<MatrixRow>,
    /// The answer in five seconds: `1 处冲突 · 1 处要人看`; empty where there is none.
    pub verdict: String,
    /// Colours the verdict: `Late` = conflict, `Warn` = something to look at or to get, `Done`.
    pub mark: Mark,
    /// Last line: `比了 13 个字段：未见冲突 11，冲突 1，要人看 1`. Never "相符".
    pub summary: String,
}

/// One column: who speaks.
#[derive(Debug, Clone, Default, Serialize)]
pub struct MatrixColumn {
    /// `提单`.
    pub label: String,
    /// Its number, abridged, with its place on the page.
    pub number: Link,
    /// A draft, not issued yet.
    pub draft: bool,
    /// Demanded by the credit, but nobody has it.
    pub missing: bool,
}

/// One compared field.
#[derive(Debug, Clone, Default, Serialize)]
pub struct MatrixRow {
    /// `毛重 KG`.
    pub label: String,
    /// As many as columns.
    pub cells: Vec<MatrixCell>,
    /// `未见冲突`, or the rules: text `docs-total-gross`, href `#docs-total-gross-bl.gross_kg`.
    pub results: Vec<Link>,
    /// `Done` = no conflict seen, `Late` = conflict, `Open` = a person must look, `Todo` = nothing to compare with.
    pub mark: Mark,
}

/// One cell.
#[derive(Debug, Clone, Default, Serialize)]
pub struct MatrixCell {
    /// `2,740`; `=` where it says what was said before; empty for `Absent` and `Missing`.
    pub text: String,
    /// The value behind `=`.
    pub full: String,
    /// What it means.
    pub kind: MatrixKind,
    /// Words, which may run over lines; figures stand right.
    pub long: bool,
}

/// Meaning of a cell.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum MatrixKind {
    /// The value others are compared with, or a value that agrees.
    Same,
    /// Not printed on this paper.
    #[default]
    Absent,
    /// Differs.
    Conflict,
    /// Demanded by the credit, but absent.
    Missing,
    /// A person must look.
    Look,
}

/// One paper, as printed.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Document {
    /// Id on the page: `doc-bl-EGLV143600117421`.
    pub anchor: String,
    /// `提单`.
    pub kind: String,
    /// `EGLV143600117421`.
    pub number: String,
    /// Date on the paper.
    pub date: Option<Day>,
    /// A draft, not issued yet.
    pub draft: bool,
    /// Number of the paper that replaced it; empty = it counts. Replaced ones are folded.
    pub replaced_by: String,
    /// What is printed, field by field, in the order of the format.
    pub fields: Vec<Field>,
    /// Lines, where the paper has them.
    pub lines: Option<Table>,
    /// Long printed text (goods, clauses), kept line by line.
    pub text: String,
    /// The scan: text is its file name.
    pub file: Link,
    /// Who registered it: `zhou.min 11-09 #291`.
    pub recorded: Recorded,
    /// Findings on this paper, as links to their anchors.
    pub findings: Vec<Link>,
}
