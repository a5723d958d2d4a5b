//! JSON for programs: a head, then one object per row under stable keys. Numbers are strings with every digit, days
//! are ISO, what is not recorded is `null`, and a word is its code: `words` of its column says what people read.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::{About, Cell, Column, Kind, Table, TableError, figure};
use crate::exchange::plain::{plain, plain_line};

/// The table as JSON, one line per row, so that two versions can be compared by line.
///
/// # Errors
/// Never in practice: the file is written to memory.
pub fn bytes(table: &Table, about: &About) -> Result<Vec<u8>, TableError> {
    let line = |value: &Value| serde_json::to_string(value).map_err(TableError::because);
    let mut out = String::from("{\n");
    let head = [
        ("schema", Value::from(table.schema())),
        ("title", Value::from(table.title.get(about.lang))),
        ("as_of", Value::from(about.as_of.to_string())),
        ("company", Value::from(&*plain_line(&about.company))),
        ("lang", Value::from(about.lang.tag())),
    ];
    for (key, value) in &head {
        out.push_str(&format!("  \"{key}\": {},\n", line(value)?));
    }
    let columns: Vec<String> = table
        .columns
        .iter()
        .enumerate()
        .map(|(at, column)| line(&describe(table, at, column, about)))
        .collect::<Result<_, _>>()?;
    out.push_str(&list("columns", &columns));
    out.push_str(",\n");
    let rows: Vec<String> = table
        .rows
        .iter()
        .map(|row| {
            // The order of the keys is that of the columns; a map of the library would sort them.
            let cells: Vec<String> = table
                .cells(row)
                .map(|(column, cell)| Ok(format!("\"{}\":{}", column.key, line(&value(cell))?)))
                .collect::<Result<_, TableError>>()?;
            Ok(format!("{{{}}}", cells.join(",")))
        })
        .collect::<Result<_, TableError>>()?;
    out.push_str(&list("rows", &rows));
    out.push_str("\n}\n");
    Ok(out.into_bytes())
}

fn list(key: &str, lines: &[String]) -> String {
    if lines.is_empty() {
        return format!("  \"{key}\": []");
    }
    format!("  \"{key}\": [\n    {}\n  ]", lines.join(",\n    "))
}

fn describe(table: &Table, at: usize, column: &Column, about: &About) -> Value {
    let mut told = json!({
        "key": column.key,
        "kind": column.kind.code(),
        "title": column.title.get(about.lang),
        "note": column.note.get(about.lang),
    });
    if column.kind == Kind::Word
        && let Some(told) = told.as_object_mut()
    {
        let words: BTreeMap<&str, String> = table
            .rows
            .iter()
            .filter_map(|row| match row.get(at) {
                Some(Cell::Word { code, text }) => Some((&**code, plain(text).into_owned())),
                _ => None,
            })
            .collect();
        told.insert("words".to_owned(), json!(words));
    }
    told
}

fn value(cell: &Cell) -> Value {
    match cell {
        Cell::Empty => Value::Null,
        Cell::Text(text) | Cell::Id(text) => Value::from(&*plain(text)),
        Cell::Word { code, .. } => Value::from(&**code),
        Cell::Amount { value, minor } => Value::from(figure(*value, *minor)),
        Cell::Number(value) => Value::from(figure(*value, 0)),
        Cell::Date(day) => Value::from(day.to_string()),
        Cell::Bool(yes) => Value::from(*yes),
    }
}
