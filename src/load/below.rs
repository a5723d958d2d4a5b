//! Keys of the order itself that were pasted below a `[table]` header. TOML has no end of a table: such a key
//! belongs to the table above it. Where that table does not know the key, it is an unknown key; where it does
//! (`from` of a shipment), the line would be taken silently for something else.

use std::ops::Range;
use std::sync::{Arc, LazyLock};

use toml::de::{DeTable, DeValue};

use crate::bi;
use crate::check::finding::{Finding, Place};
use crate::check::rules;
use crate::load::decode::{Cx, Record};
use crate::load::shape::Shape;
use crate::load::suggest::whole_line;
use crate::model::OrderFile;
use crate::model::document::Documents;

/// Top-level keys of an order that hold a value, no table.
static SCALARS: LazyLock<Vec<&'static str>> = LazyLock::new(|| {
    let mut keys = Vec::new();
    OrderFile::keys(&mut keys);
    keys.iter()
        .filter(|k| match &k.shape {
            Shape::Table(_) | Shape::Map(_) => false,
            Shape::List(inner) => !matches!(**inner, Shape::Table(_)),
            _ => true,
        })
        .map(|k| k.name)
        .collect()
});

/// Tables of documents: their paragraphs repeat the order's words (`from`, `currency`, `partial`) by nature.
static DOCUMENTS: LazyLock<Vec<&'static str>> = LazyLock::new(|| {
    let mut keys = Vec::new();
    Documents::keys(&mut keys);
    keys.iter().map(|k| k.name).collect()
});

/// More of these in one order are not looked for: it is not an order then.
const MAX: usize = 20;

/// True for a key that stands at the top of an order and holds a value.
#[must_use]
pub fn is_top_level(key: &str) -> bool {
    SCALARS.contains(&key)
}

/// A line that its table takes, but that reads like the order's own.
pub struct Below {
    /// The key.
    pub key: String,
    /// Whose it is now.
    table: String,
    /// Where it stands.
    pub place: Place,
    /// The offered move, as edits.
    moved: Option<Move>,
}

/// What to cut, and where to put it.
pub struct Move {
    /// The line as it is to stand.
    line: String,
    /// Its bytes with the line break.
    cut: Range<usize>,
    /// Before the first header.
    to: usize,
}

/// Looks through the tables of one parsed file for paragraphs made only of the order's own keys.
pub fn find(table: &DeTable<'_>, cx: &Cx<'_>, out: &mut Vec<Below>) {
    for (name, value) in table.iter() {
        if DOCUMENTS.contains(&&**name.get_ref()) {
            continue;
        }
        match value.get_ref() {
            DeValue::Table(inner) => find_in(name.get_ref(), inner, cx, out),
            DeValue::Array(items) => {
                for item in items.iter() {
                    if let DeValue::Table(inner) = item.get_ref() {
                        find_in(name.get_ref(), inner, cx, out);
                    }
                }
            }
            _ => {}
        }
    }
}

fn find_in(name: &str, table: &DeTable<'_>, cx: &Cx<'_>, out: &mut Vec<Below>) {
    for (key, _) in table.iter() {
        let span = key.span();
        if out.len() < MAX && is_top_level(key.get_ref()) && is_own_paragraph(cx.text, &span) {
            out.push(Below {
                key: key.get_ref().to_string(),
                table: name.to_owned(),
                place: Place::bytes(&cx.file, span.clone()),
                moved: move_up(cx.text, &span),
            });
        }
    }
}

/// True when the key's line belongs to a run of lines after a blank one that are all keys of the order.
fn is_own_paragraph(text: &str, span: &Range<usize>) -> bool {
    let line = whole_line(text, span.start);
    if text.get(line.start..span.start).is_none_or(|lead| !lead.trim().is_empty()) {
        return false;
    }
    let own = |line: &str| {
        line.starts_with('#') || line.split_once('=').is_some_and(|(key, _)| is_top_level(key.trim()))
    };
    let after = text.get(line.start..).unwrap_or_default();
    if !after.lines().take_while(|l| !l.trim().is_empty() && !l.starts_with('[')).all(own) {
        return false;
    }
    let before = text.get(..line.start).unwrap_or_default();
    let mut above = before.lines().rev().skip_while(|l| own(l));
    above.next().is_some_and(|l| l.trim().is_empty())
}

/// The edits that move a one-line key above the first header.
#[must_use]
pub fn move_up(text: &str, span: &Range<usize>) -> Option<Move> {
    let line = whole_line(text, span.start);
    let content = text.get(line.clone())?.trim_end();
    text.get(line.start..span.start).filter(|lead| lead.trim().is_empty())?;
    let value = content.split_once('=')?.1.trim();
    // A value that goes on in the next line is left to the writer.
    if value.starts_with("\"\"\"") || value.starts_with("'''") || matches!(value, "[" | "{") {
        return None;
    }
    let to = first_header(text)?;
    let end = text.len().min(line.end + 1);
    (to <= line.start).then(|| Move { line: content.trim_start().to_owned(), cut: line.start..end, to })
}

/// Where the first `[table]` begins: with the comment lines directly above it.
fn first_header(text: &str) -> Option<usize> {
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if line.trim_start().starts_with('[') {
            return Some(at);
        }
        at += line.len();
    }
    None
}

/// Adds a move to a finding.
pub fn offer(finding: &mut Finding, file: &Arc<str>, moved: Option<Move>) {
    if let Some(Move { line, cut, to }) = moved {
        finding
            .edit(Place::bytes(file, to..to), format!("{line}\n"))
            .edit(Place::bytes(file, cut), String::new());
    }
}

/// The finding about a line whose key the order itself lacks.
pub fn finding(below: Below, subject: &crate::check::finding::Subject) -> Finding {
    let Below { key, table, place, moved } = below;
    let file = Arc::clone(&place.file);
    let mut finding = Finding::new(
        &rules::toml_key_below_table::RULE,
        subject.clone(),
        bi!(
            "空行之后的 `{key}` 仍属于上面的 {table}，订单自己没有 `{key}`",
            "`{key}` after the blank line still belongs to {table} above; the order itself has no `{key}`"
        ),
    );
    finding.at(place, bi!("算作 {table} 的字段", "counts as a key of {table}")).values([key]).help(bi!(
        "是整单的字段：把这一行移到第一个 [表] 之前；确实属于 {table}：去掉前面的空行",
        "a key of the whole order goes above the first [table]; if it belongs to {table}, remove the blank line before it"
    ));
    offer(&mut finding, &file, moved);
    finding
}
