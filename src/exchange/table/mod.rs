//! A table that people download: columns with stable names, typed cells, and one file per format that writes it.
//!
//! The cell decides how it is written, so that no digit is lost: an order number is text even where it is all
//! digits, an amount keeps the decimals of its currency, a day is a day. All formats of a table say the same.

pub mod csv;
mod guard;
pub mod json;
#[cfg(test)]
mod tests;
pub mod xlsx;

use std::borrow::Cow;
use std::fmt;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::model::value::Currency;
use crate::model::value::money::group;
use crate::text::{Bi, Lang, StaticBi};

/// What the files of one build share.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct About {
    /// The one "today": also the date of creation of a workbook, so that the same data give the same bytes.
    pub as_of: NaiveDate,
    /// Our company, in the language of the file.
    pub company: String,
    /// The language of titles and texts.
    pub lang: Lang,
}

/// A table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// Name of its files and of its schema: `orders`.
    pub name: &'static str,
    /// Raised when a key changes its meaning or goes away; a new key leaves it alone.
    pub version: u32,
    /// What it holds: `订单登记表`.
    pub title: Bi,
    /// Columns, left to right.
    pub columns: Vec<Column>,
    /// Rows, each as long as `columns`.
    pub rows: Vec<Vec<Cell>>,
}

/// A column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Stable name for programs: `ship_by`. Never translated, never reused for something else.
    pub key: &'static str,
    /// Heading for people.
    pub title: Bi,
    /// What stands in it, for the sheet that explains the columns.
    pub note: Bi,
    /// What its cells are.
    pub kind: Kind,
}

/// What the cells of a column are. Any cell may be empty instead.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Free text.
    Text,
    /// A number that nobody computes with.
    Id,
    /// One of a few words.
    Word,
    /// An amount of money.
    Amount,
    /// Any other number.
    Number,
    /// A day.
    Date,
    /// Yes or no.
    Bool,
}

impl Kind {
    /// The name in JSON.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Id => "id",
            Self::Word => "word",
            Self::Amount => "amount",
            Self::Number => "number",
            Self::Date => "date",
            Self::Bool => "bool",
        }
    }
}

/// A cell.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Cell {
    /// Nothing is recorded, or it does not apply.
    #[default]
    Empty,
    /// Free text, in the language of the file.
    Text(String),
    /// An order number, a bill of lading, a code: text with every digit, leading zeros included.
    Id(String),
    /// A word of a fixed list.
    Word {
        /// What JSON says, the same in every language: `open`.
        code: Cow<'static, str>,
        /// What people read.
        text: String,
    },
    /// An amount of money; its currency stands in a column of its own.
    Amount {
        /// The exact value.
        value: Decimal,
        /// Decimals of the currency.
        minor: u32,
    },
    /// A quantity, a weight, days.
    Number(Decimal),
    /// A day.
    Date(NaiveDate),
    /// Yes or no.
    Bool(bool),
}

impl Cell {
    /// A text; empty where there is none.
    pub fn text(text: impl Into<String>) -> Self {
        let text: String = text.into();
        if text.is_empty() { Self::Empty } else { Self::Text(text) }
    }

    /// A number that nobody computes with; empty where there is none.
    pub fn id(text: impl Into<String>) -> Self {
        let text: String = text.into();
        if text.is_empty() { Self::Empty } else { Self::Id(text) }
    }

    /// A word of a fixed list: its code and what people read.
    pub fn word(code: impl Into<Cow<'static, str>>, text: impl Into<String>) -> Self {
        Self::Word { code: code.into(), text: text.into() }
    }

    /// An amount with the decimals of its currency, two where that is not known.
    #[must_use]
    pub fn amount(value: Option<Decimal>, currency: Option<Currency>) -> Self {
        let minor = currency.map_or(2, Currency::minor);
        value.map_or(Self::Empty, |value| Self::Amount { value, minor })
    }

    /// A number that is no amount.
    #[must_use]
    pub fn number(value: Option<Decimal>) -> Self {
        value.map_or(Self::Empty, Self::Number)
    }

    /// How many.
    #[must_use]
    pub fn count(n: usize) -> Self {
        Self::Number(Decimal::from(n))
    }

    /// A day.
    #[must_use]
    pub fn date(day: Option<NaiveDate>) -> Self {
        day.map_or(Self::Empty, Self::Date)
    }

    /// The kind of column it belongs to; `None` for an empty one, which may stand anywhere.
    #[must_use]
    pub fn kind(&self) -> Option<Kind> {
        Some(match self {
            Self::Empty => return None,
            Self::Text(_) => Kind::Text,
            Self::Id(_) => Kind::Id,
            Self::Word { .. } => Kind::Word,
            Self::Amount { .. } => Kind::Amount,
            Self::Number(_) => Kind::Number,
            Self::Date(_) => Kind::Date,
            Self::Bool(_) => Kind::Bool,
        })
    }
}

/// A column together with how its cell is made of a record: a table is a list of these, and no column can come to
/// stand above another one's cells.
pub struct Field<R> {
    key: &'static str,
    kind: Kind,
    title: StaticBi,
    note: StaticBi,
    cell: fn(&R) -> Cell,
}

impl<R> Field<R> {
    /// A column: key, kind, heading, what stands in it, and its cell.
    pub const fn new(
        key: &'static str,
        kind: Kind,
        title: StaticBi,
        note: StaticBi,
        cell: fn(&R) -> Cell,
    ) -> Self {
        Self { key, kind, title, note, cell }
    }
}

impl<R> fmt::Debug for Field<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Field").field("key", &self.key).field("kind", &self.kind).finish_non_exhaustive()
    }
}

impl Table {
    /// A table with one row per record.
    pub fn of<R>(
        name: &'static str,
        version: u32,
        title: StaticBi,
        fields: &[Field<R>],
        records: impl IntoIterator<Item = R>,
    ) -> Self {
        let column =
            |f: &Field<R>| Column { key: f.key, title: f.title.into(), note: f.note.into(), kind: f.kind };
        let row = |record: R| fields.iter().map(|f| (f.cell)(&record)).collect();
        Self {
            name,
            version,
            title: title.into(),
            columns: fields.iter().map(column).collect(),
            rows: records.into_iter().map(row).collect(),
        }
    }

    /// Name and version, for programs: `orders/1`.
    #[must_use]
    pub fn schema(&self) -> String {
        format!("{}/{}", self.name, self.version)
    }

    /// The cells of a row, one per column.
    fn cells<'t>(&'t self, row: &'t [Cell]) -> impl Iterator<Item = (&'t Column, &'t Cell)> {
        self.columns.iter().enumerate().map(|(at, column)| (column, row.get(at).unwrap_or(&Cell::Empty)))
    }
}

/// A number as every format but the workbook writes it: `44040.00`, with all decimals that carry a value and at
/// least those of its currency.
fn figure(value: Decimal, minor: u32) -> String {
    group(value, minor).replace(',', "")
}

/// Yes or no as people read it: a spreadsheet's own truth values are English words or figures, by program.
fn yes(yes: bool, lang: Lang) -> &'static str {
    match (lang, yes) {
        (Lang::Zh, true) => "是",
        (Lang::Zh, false) => "否",
        (Lang::En, true) => "yes",
        (Lang::En, false) => "no",
    }
}

/// Spreadsheets compute with floats, which keep fifteen digits.
const FLOAT_DIGITS: usize = 15;

/// Whether a spreadsheet keeps every digit of a number.
fn fits_float(value: Decimal) -> bool {
    let digits = value.normalize().mantissa().unsigned_abs().to_string();
    digits.trim_end_matches('0').len() <= FLOAT_DIGITS
}

/// A table that could not be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableError(String);

impl fmt::Display for TableError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for TableError {}

impl TableError {
    fn because(error: impl fmt::Display) -> Self {
        Self(error.to_string())
    }
}
