//! Puts a TOML file in order without changing what it says: every byte that is not white space stays, in its place.
//!
//! It is careful on purpose. Who wrote a line is evidence here, so a line that already looks as it should is never
//! written again: a block whose `=` stand in one column is left as it is, even when the column could be narrower,
//! and a comment keeps its column where there is room.
//!
//! The text is cut into statements and put together again. No value is ever printed from its decoded form, so that
//! `13187.00` cannot become `13187.0`.

mod align;
mod changes;
mod schema_line;
mod split;
mod statement;

use std::collections::BTreeMap;

use toml::de::DeTable;

pub use changes::{Change, changes};
pub use schema_line::{Schemas, role_schema};
pub use split::{NotSplit, split};

use crate::load::source::{self, Unreadable};
use statement::{Statement, cut};

/// Why a file is left as it is, byte for byte.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Left {
    /// Not UTF-8, from this byte on.
    NotUtf8(usize),
    /// Nested too deeply.
    TooDeep,
    /// Larger than a data file may be.
    TooLarge,
    /// No TOML: the line of the first mistake.
    NoToml(usize),
    /// What would be written does not say the same. It never should; the file is worth more than its looks.
    Unsafe,
}

/// The file in order. `schema` is the address for its first line, when the folder of schemas exists.
///
/// # Errors
/// When the file cannot be read as TOML.
pub fn format(bytes: &[u8], schema: Option<&schema_line::Wanted>) -> Result<String, Left> {
    let text = text(bytes)?;
    let mut statements = cut(&text);
    if let Some(wanted) = schema {
        schema_line::put(&mut statements, wanted);
    }
    let out = render(statements);
    if same(&text, &out) { Ok(out) } else { Err(Left::Unsafe) }
}

/// The text of a file that parses.
fn text(bytes: &[u8]) -> Result<String, Left> {
    if u64::try_from(bytes.len()).map_or(true, |size| size > source::MAX_BYTES) {
        return Err(Left::TooLarge);
    }
    let text = source::text(bytes.to_vec()).map_err(|why| match why {
        Unreadable::NotUtf8(at) => Left::NotUtf8(at),
        Unreadable::TooDeep(_) => Left::TooDeep,
    })?;
    match DeTable::parse(&text) {
        Ok(_) => Ok(text),
        Err(error) => {
            let at = error.span().map_or(0, |span| span.start);
            Err(Left::NoToml(text.get(..at).unwrap_or(&text).matches('\n').count() + 1))
        }
    }
}

/// Puts statements together: blank lines between tables, none at the ends, one line break at the end.
fn render(statements: Vec<Statement>) -> String {
    let mut statements = spaced(statements);
    align::keys(&mut statements);
    let mut out = String::new();
    let gaps = align::comments(&statements);
    for (statement, gap) in statements.iter().zip(gaps) {
        statement.write(gap, &mut out);
    }
    out
}

/// One blank line before each table with the comments above it, never two in a row.
fn spaced(statements: Vec<Statement>) -> Vec<Statement> {
    let mut out: Vec<Statement> = Vec::with_capacity(statements.len());
    for statement in statements {
        match statement {
            Statement::Blank if out.last().is_none_or(|last| matches!(last, Statement::Blank)) => continue,
            Statement::Header { .. } => {
                let above = out.iter().rposition(|s| !matches!(s, Statement::Comment(_)));
                if let Some(above) = above
                    && !matches!(out.get(above), Some(Statement::Blank))
                {
                    out.insert(above + 1, Statement::Blank);
                }
            }
            _ => {}
        }
        out.push(statement);
    }
    while matches!(out.last(), Some(Statement::Blank)) {
        out.pop();
    }
    out
}

/// Whether two texts say the same: the values are equal, and so are all marks and comments in their order, the line
/// that names the schema excepted.
fn same(before: &str, after: &str) -> bool {
    let value = |text: &str| toml::from_str::<toml::Table>(text).ok();
    // Compared as written: `nan` is not equal to itself.
    let equal = value(before).map(|v| v.to_string()) == value(after).map(|v| v.to_string());
    equal && bones(before) == bones(after) && comments(before) == comments(after)
}

/// Everything but white space outside of quotes; each comment without blanks at its end.
fn bones(text: &str) -> Vec<String> {
    let mut out = Vec::new();
    for statement in cut(text) {
        match statement {
            Statement::Blank => {}
            Statement::Comment(text) if schema_line::is_schema(&text) => {}
            Statement::Comment(text) => out.push(text),
            Statement::Header { text, comment } => out.extend([text, comment.text]),
            Statement::Pair { key, value, comment, .. } => out.extend([key, value, comment.text]),
        }
    }
    out
}

/// How often each comment stands in a text, the schema line excepted.
#[must_use]
pub fn comments(text: &str) -> BTreeMap<String, usize> {
    let mut found = BTreeMap::new();
    for comment in statement::all_comments(text) {
        if !schema_line::is_schema(&comment) {
            *found.entry(comment).or_insert(0) += 1;
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn formatted(text: &str) -> String {
        let once = format(text.as_bytes(), None).unwrap();
        assert_eq!(format(once.as_bytes(), None).unwrap(), once, "a second time changes nothing");
        once
    }

    #[test]
    fn the_signs_of_a_block_stand_in_one_column() {
        assert_eq!(
            formatted("po=\"1\"\ncustomer   =   \"a\"\n\n[[items]]\nqty = 1\n"),
            "po       = \"1\"\ncustomer = \"a\"\n\n[[items]]\nqty = 1\n"
        );
        let wide = "[plan]\npaid      = 2026-11-27\n";
        assert_eq!(formatted(wide), wide, "a column that is wider than needed is nobody's business");
    }

    #[test]
    fn windows_line_ends_a_mark_and_blanks_go() {
        assert_eq!(
            formatted("\u{feff}\r\n\r\n# a  \r\npo = 1 \t\r\n\r\n\r\n[x]\r\ny = [ \r\n  1, \r\n]\r\n\r\n"),
            "# a\npo = 1\n\n[x]\ny = [\n  1,\n]\n"
        );
        assert_eq!(formatted("po = 1"), "po = 1\n");
        assert_eq!(formatted(""), "");
    }

    #[test]
    fn what_stands_in_quotes_is_untouched() {
        for text in [
            "a = \"\"\"\n  x = 1  \n\n\n[y]  # no\n\"\"\"\n",
            "a = '''\n# no  \n'''  # yes\n",
            "a = \"x  #  = \\\" [\"\n",
            "a = '“，” ０'\n",
        ] {
            assert_eq!(formatted(text), text);
        }
    }

    #[test]
    fn amounts_keep_their_digits() {
        assert_eq!(
            formatted("a=13187.00\nb= 1_000.50\nc =0.000\n"),
            "a = 13187.00\nb = 1_000.50\nc = 0.000\n"
        );
    }

    #[test]
    fn comments_keep_their_column_where_there_is_room() {
        assert_eq!(formatted("a=1      # one\nlong = 2 # two\n"), "a    = 1  # one\nlong = 2  # two\n");
        assert_eq!(formatted("a = 1# x\n"), "a = 1  # x\n");
        assert_eq!(
            formatted("[plan]                 # of the day\nproduced=1             # b\n"),
            "[plan]                 # of the day\nproduced = 1           # b\n"
        );
    }

    #[test]
    fn a_table_stands_apart_with_its_comments() {
        assert_eq!(
            formatted("#:schema x\n[a]\nb = 1\n# about c\n[c]\n[c.d]\n   e = 1\n"),
            "#:schema x\n[a]\nb = 1\n\n# about c\n[c]\n\n[c.d]\ne = 1\n"
        );
    }

    #[test]
    fn a_list_over_several_lines_may_stand_for_itself() {
        let text = "weekend       = [\"sat\"]\nmakeup_counts = true\nclosed = [\n  2026-01-01,  # a\n]\n";
        assert_eq!(formatted(text), text);
        let text = "weekend = [\"sat\"]\nclosed  = [\n  2026-01-01,  # a\n]\n";
        assert_eq!(formatted(text), text);
    }

    #[test]
    fn what_does_not_parse_is_left() {
        assert_eq!(format(b"a = 1\nb = \xe2\x80\x9c1\xe2\x80\x9d\n", None), Err(Left::NoToml(2)));
        assert_eq!(format(b"a = \"\xc4\xfa\"", None), Err(Left::NotUtf8(5)));
        assert_eq!(format(format!("a = {}", "[".repeat(70)).as_bytes(), None), Err(Left::TooDeep));
    }
}
