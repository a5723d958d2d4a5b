//! Writes TOML tables as a clerk types them: one key a line, figures with the digits that were given.

/// A value.
#[derive(Debug, Clone)]
pub(crate) enum Value {
    /// In quotes.
    Text(String),
    /// As it stands: a figure, a date, a flag.
    Bare(String),
    List(Vec<Value>),
    Table(Record),
}

/// A table; absent values leave no key.
#[derive(Debug, Clone, Default)]
pub(crate) struct Record(Vec<(&'static str, Value)>);

impl Record {
    pub(crate) fn put(&mut self, key: &'static str, value: Option<Value>) {
        if let Some(value) = value {
            self.0.retain(|(k, _)| *k != key);
            self.0.push((key, value));
        }
    }

    pub(crate) fn text(&mut self, key: &'static str, value: Option<String>) {
        self.put(key, value.map(Value::Text));
    }

    pub(crate) fn bare(&mut self, key: &'static str, value: Option<impl ToString>) {
        self.put(key, value.map(|v| Value::Bare(v.to_string())));
    }

    pub(crate) fn texts(&mut self, key: &'static str, list: Vec<String>) {
        self.list(key, list.into_iter().map(Value::Text).collect());
    }

    pub(crate) fn list(&mut self, key: &'static str, list: Vec<Value>) {
        if !list.is_empty() {
            self.put(key, Some(Value::List(list)));
        }
    }

    pub(crate) fn tables(&mut self, key: &'static str, list: Vec<Record>) {
        self.list(key, list.into_iter().map(Value::Table).collect());
    }

    pub(crate) fn has(&self, key: &str) -> bool {
        self.0.iter().any(|(k, _)| *k == key)
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The keys, one a line.
    pub(crate) fn lines(&self) -> String {
        self.0.iter().map(|(key, value)| format!("{key} = {}\n", value.inline())).collect()
    }

    /// As an entry of a repeatable table.
    pub(crate) fn block(&self, table: &str) -> String {
        format!("[[{table}]]\n{}\n", self.lines())
    }
}

impl Value {
    fn inline(&self) -> String {
        match self {
            // A string of JSON is a basic string of TOML.
            Self::Text(text) => serde_json::Value::from(text.as_str()).to_string(),
            Self::Bare(text) => text.clone(),
            Self::List(list) => {
                format!("[{}]", list.iter().map(Self::inline).collect::<Vec<_>>().join(", "))
            }
            Self::Table(record) => {
                let pairs: Vec<String> =
                    record.0.iter().map(|(k, v)| format!("{k} = {}", v.inline())).collect();
                format!("{{ {} }}", pairs.join(", "))
            }
        }
    }
}
