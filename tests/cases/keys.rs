//! Takes keys out of a table of a case, so that what nobody took is known.

use serde_json::Value;

use crate::case::Table;

/// The keys of one table.
pub(crate) struct Keys {
    /// `credit`, `bill_of_lading`.
    pub(crate) whose: String,
    table: Table,
}

/// A party with its address.
pub(crate) struct Party {
    pub(crate) name: String,
    pub(crate) address: Option<String>,
}

impl Keys {
    pub(crate) fn new(whose: &str, table: &Table) -> Self {
        Self { whose: whose.to_owned(), table: table.clone() }
    }

    /// The value under the first of these names that has one. `null` is not shown or not known: no value.
    pub(crate) fn take(&mut self, names: &[&str]) -> Option<Value> {
        let mut found = None;
        for name in names {
            match self.table.get(*name) {
                Some(Value::Null) => {
                    self.table.remove(*name);
                }
                Some(_) if found.is_none() => found = self.table.remove(*name),
                _ => {}
            }
        }
        found
    }

    /// As [`Keys::take`], as text. A table or a list stays where it is and is reported.
    pub(crate) fn text(&mut self, names: &[&str]) -> Option<String> {
        let name = names.iter().find(|n| self.table.get(**n).is_some_and(|v| !v.is_null()));
        if name.is_some_and(|n| self.table[*n].is_array() || self.table[*n].is_object()) {
            return None;
        }
        match self.take(names)? {
            Value::String(text) => Some(text),
            other => Some(other.to_string()),
        }
    }

    pub(crate) fn flag(&mut self, names: &[&str]) -> Option<bool> {
        let text = self.text(names)?;
        match text.trim().to_ascii_lowercase().as_str() {
            "true" | "yes" | "signed" | "shown" => Some(true),
            "false" | "no" | "unsigned" | "not signed" | "not shown" => Some(false),
            // Who or how: it is signed.
            _ => Some(true),
        }
    }

    pub(crate) fn texts(&mut self, names: &[&str]) -> Vec<String> {
        match self.take(names) {
            Some(Value::Array(list)) => {
                list.iter().map(|v| v.as_str().map_or_else(|| v.to_string(), str::to_owned)).collect()
            }
            Some(Value::String(text)) => vec![text],
            Some(other) => vec![other.to_string()],
            None => Vec::new(),
        }
    }

    pub(crate) fn tables(&mut self, names: &[&str]) -> Vec<Table> {
        match self.take(names) {
            Some(Value::Array(list)) => list
                .into_iter()
                .filter_map(|v| match v {
                    Value::Object(table) => Some(table),
                    _ => None,
                })
                .collect(),
            Some(Value::Object(table)) => vec![table],
            _ => Vec::new(),
        }
    }

    /// A name, or a table of name and address.
    pub(crate) fn party(&mut self, names: &[&str]) -> Option<Party> {
        match self.take(names)? {
            Value::Object(mut table) => {
                let mut text = |key: &str| match table.remove(key) {
                    Some(Value::String(text)) => Some(text),
                    Some(Value::Array(lines)) => {
                        Some(lines.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(", "))
                    }
                    _ => None,
                };
                let (address, country) = (text("address"), text("country"));
                let address = match (address, country) {
                    (Some(address), Some(country)) => Some(format!("{address}, {country}")),
                    (address, country) => address.or(country),
                };
                Some(Party { name: text("name").unwrap_or_default(), address })
            }
            Value::String(name) => Some(Party { name, address: None }),
            _ => None,
        }
    }

    /// What nobody took.
    pub(crate) fn rest(self) -> Vec<String> {
        let whose = self.whose;
        self.table.keys().map(|key| format!("{whose}: {key}")).collect()
    }
}
