//! TOML text in the style of the format: one key a line, values as written, the same bytes every time.

use chrono::NaiveDate;
use rust_decimal::Decimal;

/// A value of a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Val {
    Text(String),
    Date(NaiveDate),
    Number(Decimal),
    /// On one line.
    List(Vec<Val>),
    /// One entry a line.
    Rows(Vec<Val>),
    Inline(Pairs),
}

/// Keys and values of one table, in the order in which they are written.
pub(super) type Pairs = Vec<(&'static str, Val)>;

impl Val {
    pub(super) fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    /// The value as a person would write it, without quotation marks.
    pub(super) fn plain(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            other => other.to_string(),
        }
    }
}

impl std::fmt::Display for Val {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Text(text) => write!(f, "{}", toml::Value::String(text.clone())),
            Self::Date(date) => write!(f, "{date}"),
            Self::Number(number) => write!(f, "{number}"),
            Self::List(values) => {
                f.write_str("[")?;
                for (i, value) in values.iter().enumerate() {
                    write!(f, "{}{value}", if i == 0 { "" } else { ", " })?;
                }
                f.write_str("]")
            }
            Self::Rows(values) => {
                f.write_str("[\n")?;
                for value in values {
                    writeln!(f, "  {value},")?;
                }
                f.write_str("]")
            }
            Self::Inline(pairs) => {
                f.write_str("{ ")?;
                for (i, (key, value)) in pairs.iter().enumerate() {
                    write!(f, "{}{key} = {value}", if i == 0 { "" } else { ", " })?;
                }
                f.write_str(" }")
            }
        }
    }
}

/// One file's text.
#[derive(Debug, Default)]
pub(super) struct Text(String);

impl Text {
    /// Adds keys before the first table.
    pub(super) fn keys(&mut self, pairs: &Pairs) {
        for (key, value) in pairs {
            self.0.push_str(&format!("{key} = {value}\n"));
        }
    }

    /// Adds a table (`[plan]`, `[[items]]`) with an empty line above; nothing when it has no keys.
    pub(super) fn table(&mut self, head: &str, pairs: &Pairs) {
        if pairs.is_empty() {
            return;
        }
        if !self.0.is_empty() {
            self.0.push('\n');
        }
        self.0.push_str(head);
        self.0.push('\n');
        self.keys(pairs);
    }

    /// The file, or `None` when nothing was added.
    pub(super) fn finish(self) -> Option<String> {
        (!self.0.is_empty()).then_some(self.0)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn line_ends_and_quotation_marks_come_back() {
        for text in
            ["a\rb", "a\r\nb", "\n", "'''", "\"\"\"", "'\"\\", "a\n'''\"\"\"\n", "\t", " ", "", "ends\\"]
        {
            let mut file = Text::default();
            file.table("[a]", &vec![("list", Val::Inline(vec![("name", Val::text(text))]))]);
            let back: toml::Table = toml::from_str(&file.finish().unwrap()).unwrap();
            assert_eq!(back["a"]["list"]["name"].as_str(), Some(text));
        }
    }

    proptest! {
        #[test]
        fn any_text_comes_back(text in any::<String>()) {
            let mut file = Text::default();
            file.table("[[items]]", &vec![
                ("name", Val::text(&text)),
                ("buy", Val::Inline(vec![("from", Val::text(&text))])),
                ("list", Val::List(vec![Val::text(&text), Val::text("x")])),
            ]);
            let back: toml::Table = toml::from_str(&file.finish().unwrap()).unwrap();
            let item = &back["items"][0];
            prop_assert_eq!(item["name"].as_str(), Some(text.as_str()));
            prop_assert_eq!(item["buy"]["from"].as_str(), Some(text.as_str()));
            prop_assert_eq!(item["list"][0].as_str(), Some(text.as_str()));
        }
    }
}
