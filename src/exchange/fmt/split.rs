//! Divides an order that stands in one file among the files of the roles: `order.toml`, `docs.toml`, `money.toml`.
//!
//! Tables move as they are written, each with the comments above it. What the files say together does not change;
//! where it would, nothing is divided.

use std::collections::BTreeMap;

use super::schema_line::{Schemas, is_schema};
use super::statement::{Statement, cut};
use super::{Left, render, text};
use crate::model::origin::home;

/// Why an order is not divided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotSplit {
    /// A file cannot be read: its name, and why.
    Left(String, Left),
    /// A key stands in `order.toml` and in the file where it belongs, and the two cannot be put together.
    Twice(String),
    /// The parts would be counted in another order, because a further file adds to the same list.
    Order(String),
}

/// A table or a top-level key, with what belongs to it.
struct Part {
    key: String,
    header: bool,
    statements: Vec<Statement>,
}

/// A file in parts: what stands at its top and belongs to no key, then its parts.
struct Parts {
    top: Vec<Statement>,
    parts: Vec<Part>,
}

/// Divides the files of one order, by name (`order.toml` …). Gives the files that change; empty when there is
/// nothing to divide. `folder` is the order's folder below the data root.
///
/// # Errors
/// When a file cannot be read, or the files would say something else.
pub fn split(
    files: &BTreeMap<String, Vec<u8>>,
    folder: &str,
    schemas: &Schemas,
) -> Result<BTreeMap<String, String>, NotSplit> {
    let mut texts = BTreeMap::new();
    for (name, bytes) in files {
        let text = text(bytes).map_err(|why| NotSplit::Left(name.clone(), why))?;
        texts.insert(name.clone(), text);
    }
    let Some(order) = texts.get("order.toml") else { return Ok(BTreeMap::new()) };
    let Parts { top, parts } = take_apart(order);
    let (stay, go): (Vec<Part>, Vec<Part>) =
        parts.into_iter().partition(|part| home(&part.key) == "order.toml");
    if go.is_empty() {
        return Ok(BTreeMap::new());
    }
    let mut written = BTreeMap::new();
    for name in ["docs.toml", "money.toml"] {
        let moved = go.iter().filter(|part| home(&part.key) == name);
        let mut moved = moved.peekable();
        if moved.peek().is_none() {
            continue;
        }
        let mut file = match texts.get(name) {
            Some(text) => take_apart(text),
            None => {
                let line = schemas.wanted(&format!("{folder}/{name}")).map(|wanted| wanted.line());
                Parts { top: line.map(Statement::Comment).into_iter().collect(), parts: Vec::new() }
            }
        };
        file.parts.extend(moved.map(|part| Part {
            key: part.key.clone(),
            header: part.header,
            statements: part.statements.clone(),
        }));
        written.insert(name.to_owned(), put_together(file));
    }
    written.insert("order.toml".to_owned(), put_together(Parts { top, parts: stay }));
    agree(&texts, &written)?;
    Ok(written)
}

fn put_together(file: Parts) -> String {
    let Parts { mut top, parts } = file;
    // A key without a table of its own would belong to the table above it.
    let (tables, keys): (Vec<Part>, Vec<Part>) = parts.into_iter().partition(|part| part.header);
    top.extend(keys.into_iter().chain(tables).flat_map(|part| part.statements));
    render(top)
}

fn take_apart(text: &str) -> Parts {
    let mut top = Vec::new();
    let mut parts: Vec<Part> = Vec::new();
    let mut in_table = false;
    // Comments and blank lines whose owner is not known yet.
    let mut open: Vec<Statement> = Vec::new();
    for statement in cut(text) {
        let (key, header) = match &statement {
            Statement::Blank | Statement::Comment(_) => {
                open.push(statement);
                continue;
            }
            Statement::Header { text, .. } => (first_key(text.trim_start_matches('[')), true),
            Statement::Pair { key, .. } => (first_key(key), false),
        };
        let own = owned(&mut open, parts.is_empty());
        let before = parts.last_mut().map_or(&mut top, |part| &mut part.statements);
        before.append(&mut open);
        if !header && in_table {
            let statements = parts.last_mut().map_or(&mut top, |part| &mut part.statements);
            statements.extend(own);
            statements.push(statement);
            continue;
        }
        in_table |= header;
        let mut statements = own;
        statements.push(statement);
        parts.push(Part { key, header, statements });
    }
    parts.last_mut().map_or(&mut top, |part| &mut part.statements).append(&mut open);
    Parts { top, parts }
}

/// Takes from the comments between two keys those that belong to the second: what follows the first blank line, or
/// everything when there is none. At the top of a file the first comments are about the file.
fn owned(open: &mut Vec<Statement>, top: bool) -> Vec<Statement> {
    let blank = open.iter().position(|s| matches!(s, Statement::Blank));
    let schema = open.iter().position(|s| matches!(s, Statement::Comment(text) if is_schema(text)));
    let at = match (blank, schema) {
        (Some(blank), _) => blank,
        (None, Some(schema)) if top => schema + 1,
        (None, _) => 0,
    };
    open.split_off(at.min(open.len()))
}

/// `lc` of `lc.amendments]]`, `"lc"` or `lc . items`.
fn first_key(text: &str) -> String {
    let text = text.trim_start();
    match text.chars().next() {
        Some(quote @ ('"' | '\'')) => text.split(quote).nth(1).unwrap_or_default().to_owned(),
        _ => text.split(['.', ']', ' ', '\t']).next().unwrap_or_default().to_owned(),
    }
}

/// Each top-level key with everything the files say under it, in the order in which they are read.
fn said(texts: &BTreeMap<String, String>) -> Option<BTreeMap<String, Vec<String>>> {
    let mut said: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for text in texts.values() {
        for (key, value) in toml::from_str::<toml::Table>(text).ok()? {
            let list = said.entry(key).or_default();
            match value {
                toml::Value::Array(items) if items.iter().all(toml::Value::is_table) => {
                    list.extend(items.iter().map(ToString::to_string));
                }
                value => list.push(value.to_string()),
            }
        }
    }
    Some(said)
}

fn agree(before: &BTreeMap<String, String>, written: &BTreeMap<String, String>) -> Result<(), NotSplit> {
    let mut after = before.clone();
    after.extend(written.iter().map(|(name, text)| (name.clone(), text.clone())));
    let twice = || {
        let keys = |name: &str| {
            let text = before.get(name).map(String::as_str).unwrap_or_default();
            toml::from_str::<toml::Table>(text).unwrap_or_default()
        };
        let order = keys("order.toml");
        order.keys().find(|key| keys(home(key)).contains_key(*key) && home(key) != "order.toml").cloned()
    };
    let (Some(old), Some(new)) = (said(before), said(&after)) else {
        return Err(NotSplit::Twice(twice().unwrap_or_default()));
    };
    match old.iter().find(|(key, value)| new.get(*key) != Some(value)) {
        None if old.len() == new.len() => Ok(()),
        None => Err(NotSplit::Order(String::new())),
        Some((key, _)) => Err(NotSplit::Order(key.clone())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn divided(files: &[(&str, &str)]) -> Result<BTreeMap<String, String>, NotSplit> {
        let files = files.iter().map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec())).collect();
        split(&files, "orders/2026/A", &Schemas::default())
    }

    const WHOLE: &str = "#:schema x\n# about the order\ncustomer = \"a\"\n# the money\nreceived = [{ amount = 1.00 }]\n\n# the invoice\n[invoice]\nnumber = \"1\"  # printed\n\n# its lines\n[[invoice.lines]]\nqty = 1\n\n[plan]\npaid = 2026-01-01\n# end of plan\n\n[[bills]]\namount = \"CNY 1.00\"\n";

    #[test]
    fn tables_move_with_their_comments() {
        let found = divided(&[("order.toml", WHOLE)]).unwrap();
        assert_eq!(
            found.get("order.toml").unwrap(),
            "#:schema x\n# about the order\ncustomer = \"a\"\n\n[plan]\npaid = 2026-01-01\n# end of plan\n"
        );
        assert_eq!(
            found.get("docs.toml").unwrap(),
            "# the invoice\n[invoice]\nnumber = \"1\"  # printed\n\n# its lines\n[[invoice.lines]]\nqty = 1\n"
        );
        assert_eq!(
            found.get("money.toml").unwrap(),
            "# the money\nreceived = [{ amount = 1.00 }]\n\n[[bills]]\namount = \"CNY 1.00\"\n"
        );
        assert_eq!(divided(&[("order.toml", found.get("order.toml").unwrap())]).unwrap().len(), 0);
    }

    #[test]
    fn lists_of_two_files_grow_together_in_their_order() {
        let money = "[[received]]\namount = 1.00\n";
        let found =
            divided(&[("money.toml", money), ("order.toml", "po = \"1\"\n[[received]]\namount = 2.00\n")]);
        assert_eq!(
            found.unwrap().get("money.toml").unwrap(),
            "[[received]]\namount = 1.00\n\n[[received]]\namount = 2.00\n"
        );
    }

    #[test]
    fn what_would_say_something_else_is_refused() {
        let invoice = "[invoice]\nnumber = \"1\"\n";
        assert_eq!(
            divided(&[("docs.toml", invoice), ("order.toml", invoice)]),
            Err(NotSplit::Twice("invoice".into()))
        );
        let bill = |n: u8| format!("[[bills]]\namount = {n}\n");
        assert_eq!(
            divided(&[("money.toml", &bill(1)), ("more.toml", &bill(2)), ("order.toml", &bill(3))]),
            Err(NotSplit::Order("bills".into()))
        );
        assert_eq!(
            divided(&[("order.toml", "a = ")]),
            Err(NotSplit::Left("order.toml".into(), Left::NoToml(1)))
        );
    }
}
