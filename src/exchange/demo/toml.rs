//! Writes TOML the way people do: one fact a line, tables in the order of the trade.

use std::fmt::{Display, Write};

use chrono::NaiveDate;

/// A file in the making.
#[derive(Default)]
pub(super) struct Toml {
    out: String,
}

impl Toml {
    /// A file whose first line names the schema that editors use.
    pub(super) fn with_schema(name: &str) -> Self {
        Self { out: format!("#:schema ../../../../.gendan/schema/{name}.json\n") }
    }

    /// `[name]`
    pub(super) fn table(&mut self, name: &str) {
        self.line(&format!("\n[{name}]"));
    }

    /// `[[name]]`
    pub(super) fn element(&mut self, name: &str) {
        self.line(&format!("\n[[{name}]]"));
    }

    /// A value as it stands: number, date, flag, array, inline table.
    pub(super) fn raw(&mut self, key: &str, value: impl Display) {
        // Writing to a String cannot fail.
        let _ = writeln!(self.out, "{key} = {value}");
    }

    /// A string.
    pub(super) fn text(&mut self, key: &str, value: &str) {
        self.raw(key, quoted(value));
    }

    /// A list of strings.
    pub(super) fn texts(&mut self, key: &str, values: &[String]) {
        let list: Vec<String> = values.iter().map(|value| quoted(value)).collect();
        self.raw(key, format!("[{}]", list.join(", ")));
    }

    /// The date, where it is not after the horizon.
    pub(super) fn date_until(&mut self, key: &str, date: NaiveDate, horizon: NaiveDate) {
        if date <= horizon {
            self.raw(key, date);
        }
    }

    /// A whole line.
    pub(super) fn line(&mut self, text: &str) {
        self.out.push_str(text);
        self.out.push('\n');
    }

    /// The file.
    pub(super) fn finish(self) -> String {
        self.out
    }

    /// True while nothing but comments was written.
    pub(super) fn is_blank(&self) -> bool {
        self.out.lines().all(|line| line.is_empty() || line.starts_with('#'))
    }
}

/// A basic string with its escapes.
pub(super) fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}
