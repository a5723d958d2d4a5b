//! What an import reports: problems by row and column, conflicts with what stands there, and errors that stop it.

use std::path::PathBuf;

use super::dialect::Dialect;
use crate::bi;
use crate::text::{Bi, Lang};

/// One cell, row or column that could not be read as the map says, and what was done with it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    /// Row as a spreadsheet numbers it, the header being row 1.
    pub row: u64,
    /// The column's heading; empty where the whole row is meant.
    pub column: String,
    /// What stands there, shortened, control characters shown as escapes.
    pub value: String,
    /// What is wrong with it and what was done.
    pub what: Bi,
}

/// A file that stands there with other content and was left alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conflict {
    /// Path within the data root, with `/`.
    pub path: String,
    /// Why nothing was written.
    pub what: Bi,
}

/// What an import did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// How the register was read.
    pub dialect: Dialect,
    /// Orders in the register.
    pub orders: usize,
    /// Line items in the register, without the header and empty rows.
    pub rows: usize,
    /// Cells that stand in a `notes.md`, because no key takes them.
    pub noted: usize,
    /// Files written.
    pub written: usize,
    /// Files that were there already with the same content.
    pub unchanged: usize,
    /// Parties and `gendan.toml` that were there already with other content; they belong to their editor.
    pub kept: Vec<String>,
    /// Orders that were there already with other content.
    pub conflicts: Vec<Conflict>,
    /// What could not be read, by row and column.
    pub problems: Vec<Problem>,
}

impl Outcome {
    /// The report as lines of text in one language; safe to print on a terminal.
    #[must_use]
    pub fn lines(&self, lang: Lang) -> Vec<String> {
        let mut lines =
            vec![self.dialect.describe().get(lang).to_owned(), self.summary().get(lang).to_owned()];
        lines.extend(self.kept.iter().map(|path| bi!("保留: {path}", "kept: {path}").get(lang).to_owned()));
        lines.extend(self.conflicts.iter().map(|c| format!("{}: {}", c.path, c.what.get(lang))));
        lines.extend(self.problems.iter().map(|p| p.text().get(lang).to_owned()));
        lines
    }

    fn summary(&self) -> Bi {
        let Self { orders, rows, written, unchanged, noted, .. } = self;
        let (kept, conflicts, problems) = (self.kept.len(), self.conflicts.len(), self.problems.len());
        bi!(
            "{rows} 行, {orders} 个订单; 写入 {written} 个文件, 未变 {unchanged}, 保留 {kept}, 冲突 {conflicts}; \
             存为备注 {noted} 格, 需要看 {problems} 处",
            "{rows} rows, {orders} orders; {written} files written, {unchanged} unchanged, {kept} kept, \
             {conflicts} in conflict; {noted} cells kept as notes, {problems} to look at"
        )
    }
}

impl Problem {
    /// The problem as one line: place, what stands there, what was done.
    #[must_use]
    pub fn text(&self) -> Bi {
        let Self { row, value, what, .. } = self;
        let column = shown(&self.column);
        let (zh, en) = (&what.zh, &what.en);
        if column.is_empty() {
            return bi!("第 {row} 行: {zh} [{value}]", "row {row}: {en} [{value}]");
        }
        bi!("第 {row} 行, {column} 栏: {zh} [{value}]", "row {row}, column {column}: {en} [{value}]")
    }
}

/// Why an import could not be done.
#[derive(Debug)]
pub enum ImportError {
    /// A file could not be read or written.
    Io {
        /// Which file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// The mapping file is wrong.
    Map {
        /// The mapping file.
        path: PathBuf,
        /// What is wrong.
        what: Bi,
    },
    /// The register cannot be cut into rows, or lacks columns the map names.
    Register {
        /// The register.
        path: PathBuf,
        /// What is wrong.
        what: Bi,
    },
}

impl ImportError {
    /// The error as text in both languages.
    #[must_use]
    pub fn text(&self) -> Bi {
        match self {
            Self::Io { path, source } => Bi::same(format!("{}: {source}", path.display())),
            Self::Map { path, what } | Self::Register { path, what } => {
                let (path, zh, en) = (path.display(), &what.zh, &what.en);
                bi!("{path}: {zh}", "{path}: {en}")
            }
        }
    }
}

impl std::fmt::Display for ImportError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.text().en)
    }
}

impl std::error::Error for ImportError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Io { source, .. } => Some(source),
            Self::Map { .. } | Self::Register { .. } => None,
        }
    }
}

/// How many characters of a cell a report shows.
const SHOWN: usize = 80;

/// A cell as a report shows it: shortened, and without anything a terminal would act on.
pub(super) fn shown(text: &str) -> String {
    let mut out = escape(text.chars().take(SHOWN));
    if text.chars().nth(SHOWN).is_some() {
        out.push('…');
    }
    out
}

/// Text with control and direction characters written as `\u{…}`, line ends and tabs as `\n`, `\r`, `\t`.
pub(super) fn escape(text: impl Iterator<Item = char>) -> String {
    let mut out = String::new();
    for c in text {
        if is_hidden(c) || c.is_control() {
            out.extend(c.escape_default());
        } else {
            out.push(c);
        }
    }
    out
}

/// Characters that print as nothing and change how others are shown or read.
pub(super) fn is_hidden(c: char) -> bool {
    matches!(c, '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}')
        || (c.is_control() && !matches!(c, '\n' | '\r' | '\t'))
}
