//! A file in the making: values, and lines that wait for one.

use toml_edit::{Array, Value};

use crate::report::clean;
use crate::text::StaticBi;

/// Where comments stand when there is room.
const COLUMN: usize = 37;

/// One line.
enum Line {
    Set(String, String, StaticBi),
    Open(String, &'static str, StaticBi),
}

/// Collects the lines of one table and sets them into columns.
#[derive(Default)]
pub(super) struct Sheet {
    lines: Vec<Line>,
}

impl Sheet {
    /// A value as TOML.
    pub(super) fn set(&mut self, key: &str, value: impl Into<String>, meaning: StaticBi) {
        self.lines.push(Line::Set(key.to_owned(), value.into(), meaning));
    }

    /// A line that waits for a value.
    pub(super) fn open(&mut self, key: &str, example: &'static str, meaning: StaticBi) {
        self.lines.push(Line::Open(key.to_owned(), example, meaning));
    }

    /// The lines, appended to a text.
    pub(super) fn write(self, out: &mut String) {
        let key = |line: &Line| match line {
            Line::Set(key, ..) => key.len(),
            Line::Open(key, ..) => key.len() + 2,
        };
        let width = self.lines.iter().map(key).max().unwrap_or(0);
        for line in self.lines {
            let (left, key, value, (zh, en)) = match &line {
                Line::Set(key, value, meaning) => ("", key, value.as_str(), meaning),
                Line::Open(key, example, meaning) => ("# ", key, *example, meaning),
            };
            let width = width - left.len();
            let text = format!("{left}{key:width$} = {value}");
            out.push_str(&text);
            if !zh.is_empty() {
                let last = text.rsplit('\n').next().map_or(0, unicode_width::UnicodeWidthStr::width);
                out.extend(std::iter::repeat_n(' ', COLUMN.saturating_sub(last).max(2)));
                out.push_str(&format!("# {zh} / {en}"));
            }
            out.push('\n');
        }
    }
}

/// A text as TOML.
pub(super) fn text(text: &str) -> String {
    Value::from(text).to_string()
}

/// A list of texts as TOML.
pub(super) fn texts<'a>(list: impl IntoIterator<Item = &'a str>) -> String {
    Value::from(list.into_iter().collect::<Array>()).to_string()
}

/// A comment on one line that says a name, which may be anybody's.
pub(super) fn comment(words: &[&str]) -> String {
    let words: Vec<String> = words.iter().filter(|w| !w.is_empty()).map(|w| clean(w)).collect();
    let line: String = words.join(" ").chars().take(80).collect();
    format!("# {}\n", line.trim_end())
}
