//! Cuts the text into rows, and sets aside rows that do not fit the header.

use std::collections::{BTreeMap, BTreeSet};

use super::dialect::{Dialect, LineEnd, check_quotes};
use super::map::{Map, nearest};
use super::report::{Problem, shown};
use crate::bi;
use crate::text::Bi;

/// A row of the register.
#[derive(Debug, Clone)]
pub(super) struct Row {
    /// As a spreadsheet numbers it; the header is row 1.
    pub(super) number: u64,
    cells: csv::StringRecord,
}

impl Row {
    /// The cell of a column, without space around it.
    pub(super) fn cell(&self, column: usize) -> &str {
        self.cells.get(column).unwrap_or_default().trim()
    }

    /// A problem of the whole row.
    pub(super) fn problem(&self, what: Bi) -> Problem {
        let value = shown(&self.cells().collect::<Vec<_>>().join(" | "));
        Problem { row: self.number, column: String::new(), value, what }
    }

    /// All cells as they stand.
    pub(super) fn cells(&self) -> impl Iterator<Item = &str> {
        self.cells.iter()
    }
}

/// A register cut into rows.
#[derive(Debug)]
pub(super) struct Register {
    /// Column number by heading in the normal form of [`heading`].
    pub(super) columns: BTreeMap<String, usize>,
    pub(super) rows: Vec<Row>,
    /// Rows whose cells cannot be trusted to stand under their headings.
    pub(super) unread: Vec<Row>,
    pub(super) problems: Vec<Problem>,
}

/// A heading in the form in which headings are compared: letter case and space aside.
pub(super) fn heading(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// The cells of the first row, for finding out the separator.
pub(super) fn header(text: &str, separator: char) -> Vec<String> {
    let dialect = Dialect { encoding: "UTF-8", bom: false, separator, line_end: LineEnd::Crlf };
    let mut record = csv::StringRecord::new();
    match reader(text, &dialect).read_record(&mut record) {
        Ok(true) => record.iter().map(str::to_owned).collect(),
        Ok(false) | Err(_) => Vec::new(),
    }
}

fn reader<'a>(text: &'a str, dialect: &Dialect) -> csv::Reader<&'a [u8]> {
    let end = match dialect.line_end {
        LineEnd::Lf => csv::Terminator::Any(b'\n'),
        LineEnd::Cr => csv::Terminator::Any(b'\r'),
        LineEnd::Crlf => csv::Terminator::CRLF,
    };
    csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(dialect.separator_byte())
        .terminator(end)
        .from_reader(text.as_bytes())
}

/// Reads all rows. An error when the header lacks a column that the map names, or has it twice.
pub(super) fn rows(text: &str, dialect: &Dialect, map: &Map) -> Result<Register, Bi> {
    let spoiled = check_quotes(text, dialect)?;
    let mut reader = reader(text, dialect);
    let mut record = csv::StringRecord::new();
    let mut next = |record: &mut csv::StringRecord| -> Result<Option<std::ops::Range<usize>>, Bi> {
        let from = usize::try_from(reader.position().byte()).unwrap_or(usize::MAX);
        let more = reader.read_record(record).map_err(|error| Bi::same(shown(&error.to_string())))?;
        let to = usize::try_from(reader.position().byte()).unwrap_or(usize::MAX);
        Ok(more.then_some(from..to))
    };
    if next(&mut record)?.is_none() {
        return Err(bi!("登记表是空的", "the register is empty"));
    }
    let (columns, mut problems) = columns(&record, map)?;
    let width = record.len();
    let (mut rows, mut unread) = (Vec::new(), Vec::new());
    let mut number = 1;
    while let Some(range) = next(&mut record)? {
        number += 1;
        if record.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        let row = Row { number, cells: record.clone() };
        let after = spoiled.partition_point(|&at| at < range.start);
        let quote = spoiled.get(after).is_some_and(|&at| at < range.end);
        match fault(&row, width, quote) {
            None => rows.push(row),
            Some((what, trusted)) => {
                problems.push(row.problem(what));
                if trusted { &mut rows } else { &mut unread }.push(row);
            }
        }
    }
    Ok(Register { columns, rows, unread, problems })
}

/// What is wrong with the shape of a row, and whether its cells still stand under their headings.
fn fault(row: &Row, width: usize, quote: bool) -> Option<(Bi, bool)> {
    let cells = row.cells.len();
    if quote {
        let what = bi!(
            "引号后面还有文字, 格子的分界不可靠; 整行没有导入, 原文另存",
            "text follows a closing quotation mark, so the cells cannot be told apart; the row is kept unread"
        );
        return Some((what, false));
    }
    if cells < width {
        let what = bi!(
            "只有 {cells} 格, 表头有 {width} 格; 缺的按空格处理",
            "only {cells} cells, the header has {width}; those missing are taken as empty"
        );
        return Some((what, true));
    }
    if row.cells().skip(width).any(|cell| !cell.trim().is_empty()) {
        let what = bi!(
            "有 {cells} 格, 表头只有 {width} 格; 整行没有导入, 原文另存",
            "{cells} cells, the header has {width}; the row is kept unread"
        );
        return Some((what, false));
    }
    None
}

fn columns(header: &csv::StringRecord, map: &Map) -> Result<(BTreeMap<String, usize>, Vec<Problem>), Bi> {
    let wanted = map.columns();
    let mut columns = BTreeMap::new();
    let mut twice = BTreeSet::new();
    for (at, text) in header.iter().enumerate() {
        if columns.insert(heading(text), at).is_some() {
            twice.insert(heading(text));
        }
    }
    for column in &wanted {
        let name = shown(column);
        if twice.contains(&heading(column)) {
            return Err(bi!("表头有两个“{name}”栏", "the header has two columns “{name}”"));
        }
        if !columns.contains_key(&heading(column)) {
            let near = shown(&nearest(column, header.iter()));
            return Err(bi!(
                "表头没有映射文件写的“{name}”栏; 最接近的是“{near}”",
                "the header has no column “{name}” that the map names; the nearest is “{near}”"
            ));
        }
    }
    let wanted: BTreeSet<String> = wanted.iter().map(|w| heading(w)).collect();
    let unmapped = header.iter().filter(|h| !h.trim().is_empty() && !wanted.contains(&heading(h)));
    let problems = unmapped
        .map(|h| Problem {
            row: 1,
            column: h.trim().to_owned(),
            value: shown(h.trim()),
            what: bi!(
                "映射文件没有提到这一栏, 没有导入; 写进 notes 或 ignore",
                "the map does not mention this column, it is not imported; put it in notes or ignore"
            ),
        })
        .collect();
    Ok((columns, problems))
}
