//! Papers: the matrix that compares them, each one as printed, and the letter of credit.

use serde::Serialize;

use super::{Day, Field, Link, Mark, Table};

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
    pub recorded: Link,
    /// Findings on this paper, as links to their anchors.
    pub findings: Vec<Link>,
}

/// A letter of credit, as it stands after the accepted amendments.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Credit {
    /// `ILC26DXB07731`.
    pub number: String,
    /// `即期 · 任一银行议付 · UCP LATEST VERSION`.
    pub summary: String,
    /// Terms with their MT700 tags: `[32B 金额: USD 57,200.00] [39A 溢短装: +5%/-5%]`.
    pub fields: Vec<Field>,
    /// The three clocks: latest shipment, presentation period, expiry, and the resulting last day.
    pub clocks: Vec<CreditClock>,
    /// Days left until the last presentation: `剩 10 天`; empty when presented.
    pub left: String,
    /// How much of the time from shipment to the last presentation is used, 0 to 100.
    pub used_percent: u8,
    /// 46A, row by row.
    pub requirements: Vec<Requirement>,
    /// Arithmetic in words: `数量 20,400 ≤ 20,000 + 5%（45A 写明）`.
    pub checks: Vec<String>,
    /// 45A and 47A texts: label `45A 货物`, value the text.
    pub texts: Vec<Field>,
    /// Amendments, in order.
    pub amendments: Vec<Amendment>,
}

/// One limit of a credit.
#[derive(Debug, Clone, Default, Serialize)]
pub struct CreditClock {
    /// `最迟装运 44C`.
    pub label: String,
    /// The day; none when it cannot be told yet.
    pub day: Option<Day>,
    /// `实 11-12，早 8 天`, `装运后 21 天`.
    pub note: String,
    /// State.
    pub mark: Mark,
    /// The limit that decides.
    pub decisive: bool,
}

/// A paper that the credit asks for.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Requirement {
    /// `提单 全套正本 凭指示 运费预付`.
    pub what: String,
    /// `3/3`, `1 + 2`.
    pub copies: String,
    /// The registered paper: text `COSU6408812340`, href to its anchor; empty text = missing.
    pub registered: Link,
    /// `Done` registered, `Late` missing or in conflict, `Open` to be looked at.
    pub mark: Mark,
    /// Problem in words, or the arithmetic that shows there is none; empty = nothing to say.
    pub problem: Link,
}

/// One amendment.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Amendment {
    /// `01`.
    pub number: String,
    /// Date of the amendment.
    pub day: Option<Day>,
    /// `已接受`, `待答 4 天`.
    pub state: String,
    /// State as a mark.
    pub mark: Mark,
    /// What it changes.
    pub text: String,
}
