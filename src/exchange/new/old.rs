//! Values of a file that is there already, as they are written: digits, quotes and all.

use std::collections::BTreeMap;

use toml_edit::{DocumentMut, Item};

use crate::load::source;

/// Why a file cannot be copied from: its path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unread(pub String);

/// The top-level values of one record.
#[derive(Debug, Default)]
pub struct Old {
    values: BTreeMap<String, Item>,
    items: Vec<Vec<(String, String)>>,
}

impl Old {
    /// Adds a file of the record.
    ///
    /// # Errors
    /// When it is no TOML.
    pub fn add(&mut self, path: &str, bytes: Vec<u8>) -> Result<(), Unread> {
        let unread = || Unread(path.to_owned());
        let text = source::text(bytes).map_err(|_| unread())?;
        let document: DocumentMut = text.parse().map_err(|_| unread())?;
        for (key, item) in document.as_table() {
            if key == "items" {
                self.items.extend(tables(item));
            } else {
                self.values.entry(key.to_owned()).or_insert_with(|| item.clone());
            }
        }
        Ok(())
    }

    /// A value as written, on one line where it was on one.
    #[must_use]
    pub fn value(&self, key: &str) -> Option<String> {
        self.values.get(key).and_then(written)
    }

    /// A value of a table, such as `[defaults]`.
    #[must_use]
    pub fn inside(&self, table: &str, key: &str) -> Option<String> {
        written(self.values.get(table)?.as_table_like()?.get(key)?)
    }

    /// The goods: key and value.
    #[must_use]
    pub fn items(&self) -> &[Vec<(String, String)>] {
        &self.items
    }
}

fn written(item: &Item) -> Option<String> {
    let mut value = item.clone().into_value().ok()?;
    value.decor_mut().clear();
    Some(value.to_string())
}

fn tables(item: &Item) -> Vec<Vec<(String, String)>> {
    let rows = |table: &dyn toml_edit::TableLike| {
        let row = |(key, item): (&str, &Item)| Some((toml_edit::Key::new(key).to_string(), written(item)?));
        table.iter().filter_map(row).collect()
    };
    match item {
        Item::ArrayOfTables(list) => list.iter().map(|table| rows(table)).collect(),
        Item::Table(table) => vec![rows(table)],
        Item::Value(value) => match (value.as_array(), value.as_inline_table()) {
            (Some(list), _) => list.iter().filter_map(|v| v.as_inline_table()).map(|t| rows(t)).collect(),
            (_, Some(table)) => vec![rows(table)],
            _ => Vec::new(),
        },
        Item::None => Vec::new(),
    }
}
