//! Labels: one table per language, embedded. Templates name a label as `[[ nav.board ]]`; the name is replaced
//! by the HTML-escaped label before the template is compiled, so that a page costs no look-ups.
//!
//! Not for sentences about data: those are written in both languages where the fact is known
//! ([`crate::text::Bi`]).

use std::collections::BTreeMap;

use crate::text::Lang;

/// The table of one language, keys joined by dots.
#[derive(Debug, Clone)]
pub struct Labels {
    lang: Lang,
    map: BTreeMap<String, String>,
}

/// Why a table or a label cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LabelError {
    /// What is wrong, for a person.
    pub message: String,
    /// 1-based line in the template; 0 for an error in the table itself.
    pub line: usize,
}

fn source(lang: Lang) -> &'static str {
    match lang {
        Lang::Zh => include_str!("../../site/locales/zh-CN.toml"),
        Lang::En => include_str!("../../site/locales/en.toml"),
    }
}

impl Labels {
    /// The embedded table.
    ///
    /// # Errors
    /// When the table is not TOML, nests anything but tables of strings, or holds a label that would be read
    /// as template syntax or break a line (line numbers of template errors must stay true).
    pub fn load(lang: Lang) -> Result<Self, LabelError> {
        Self::parse(lang, source(lang))
    }

    fn parse(lang: Lang, text: &str) -> Result<Self, LabelError> {
        let table: toml::Table =
            text.parse().map_err(|e: toml::de::Error| table_error(format!("{}: {e}", lang.tag())))?;
        let mut map = BTreeMap::new();
        flatten("", &table, &mut map)?;
        Ok(Self { lang, map })
    }

    /// The language.
    #[must_use]
    pub fn lang(&self) -> Lang {
        self.lang
    }

    /// The label as plain text: `labels.get("nav.board")`. None when there is no such key.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&str> {
        self.map.get(key).map(String::as_str)
    }

    /// A label with numbers in it.
    #[must_use]
    pub fn phrase(&self, phrase: Phrase) -> String {
        let (key, n) = phrase.parts();
        let pattern = self.get(key).unwrap_or(key);
        // `one order|{n} orders`: Chinese has one form and no bar.
        let form = match pattern.split_once('|') {
            Some((one, _)) if n == 1 => one,
            Some((_, many)) => many,
            None => pattern,
        };
        let mut text = form.replace("{n}", &n.to_string());
        if let Phrase::OrdersRead { total, .. } = phrase {
            text = text.replace("{total}", &total.to_string());
        }
        text
    }

    /// Replaces every `[[ key ]]` of a template by its label.
    ///
    /// # Errors
    /// An unknown key, or a `[[` that is not closed on its line, with the line.
    pub(crate) fn resolve(&self, template: &str) -> Result<String, LabelError> {
        let mut out = String::with_capacity(template.len());
        for (index, line) in template.split_inclusive('\n').enumerate() {
            let error = |message| LabelError { message, line: index.saturating_add(1) };
            let mut rest = line;
            while let Some((before, after)) = rest.split_once("[[") {
                let (key, tail) = after.split_once("]]").ok_or_else(|| error("[[ without ]]".to_owned()))?;
                let key = key.trim();
                let label = self.get(key).ok_or_else(|| error(format!("unknown label `{key}`")))?;
                out.push_str(before);
                push_escaped(&mut out, label);
                rest = tail;
            }
            out.push_str(rest);
        }
        Ok(out)
    }
}

/// A label with a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phrase {
    /// `38 单` / `38 orders`
    Orders(usize),
    /// `38 单进行中` / `38 open orders`
    OpenOrders(usize),
    /// `要处理 7 项` / `7 to deal with`
    Todos(usize),
    /// `另有 1 项` / `1 more`
    More(usize),
    /// `全部 23 条` / `all 23`
    All(usize),
    /// `142 条规则` / `142 rules`
    Rules(usize),
    /// `晚 3 天` / `3 days late`
    DaysLate(usize),
    /// `余 2 天` / `2 days left`
    DaysLeft(usize),
    /// `3 天` / `3 days`
    Days(usize),
    /// `缺 4 件` / `4 missing`
    Missing(usize),
    /// `读入 38/38 单` / `38 of 38 orders read`
    OrdersRead {
        /// Orders read without error.
        read: usize,
        /// Orders found.
        total: usize,
    },
}

impl Phrase {
    /// One of each, for the tests that compare the tables with their users.
    #[cfg(test)]
    const EACH: [Self; 11] = [
        Self::Orders(2),
        Self::OpenOrders(2),
        Self::Todos(2),
        Self::More(2),
        Self::All(2),
        Self::Rules(2),
        Self::DaysLate(2),
        Self::DaysLeft(2),
        Self::Days(2),
        Self::Missing(2),
        Self::OrdersRead { read: 2, total: 3 },
    ];

    fn parts(self) -> (&'static str, usize) {
        match self {
            Self::Orders(n) => ("n.orders", n),
            Self::OpenOrders(n) => ("n.open_orders", n),
            Self::Todos(n) => ("n.todos", n),
            Self::More(n) => ("n.more", n),
            Self::All(n) => ("n.all", n),
            Self::Rules(n) => ("n.rules", n),
            Self::DaysLate(n) => ("n.days_late", n),
            Self::DaysLeft(n) => ("n.days_left", n),
            Self::Days(n) => ("n.days", n),
            Self::Missing(n) => ("n.missing", n),
            Self::OrdersRead { read, .. } => ("n.orders_read", read),
        }
    }
}

fn table_error(message: String) -> LabelError {
    LabelError { message, line: 0 }
}

fn flatten(prefix: &str, table: &toml::Table, map: &mut BTreeMap<String, String>) -> Result<(), LabelError> {
    for (name, value) in table {
        let key = if prefix.is_empty() { name.clone() } else { format!("{prefix}.{name}") };
        match value {
            toml::Value::Table(inner) => flatten(&key, inner, map)?,
            toml::Value::String(label) => {
                if ["{{", "{%", "{#", "\n", "[["].iter().any(|bad| label.contains(bad)) {
                    return Err(table_error(format!("label `{key}` holds template syntax or a line break")));
                }
                map.insert(key, label.clone());
            }
            _ => return Err(table_error(format!("label `{key}` is not a text"))),
        }
    }
    Ok(())
}

/// Labels also stand inside string literals of the template language (`text="[[ x ]]"`), where the escaped
/// quote keeps the literal whole.
fn push_escaped(out: &mut String, label: &str) {
    for c in label.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::site::{template, view::Section};

    fn both() -> (Labels, Labels) {
        (Labels::load(Lang::Zh).unwrap(), Labels::load(Lang::En).unwrap())
    }

    fn placeholders(text: &str) -> BTreeSet<&str> {
        text.split('{').skip(1).filter_map(|s| s.split_once('}')).map(|(name, _)| name).collect()
    }

    #[test]
    fn tables_have_equal_keys_and_placeholders() {
        let (zh, en) = both();
        assert_eq!(zh.map.keys().collect::<Vec<_>>(), en.map.keys().collect::<Vec<_>>());
        for (key, label) in &zh.map {
            assert_eq!(placeholders(label), placeholders(&en.map[key]), "{key}");
            assert!(!label.trim().is_empty() && !en.map[key].trim().is_empty(), "{key} is empty");
        }
    }

    #[test]
    fn every_key_is_used_and_every_used_key_exists() {
        let (zh, _) = both();
        let mut used = BTreeSet::new();
        for (_, source) in template::BUILTIN {
            for part in source.split("[[").skip(1) {
                used.insert(part.split_once("]]").unwrap().0.trim().to_owned());
            }
        }
        used.extend(Section::ALL.iter().map(|s| s.label_key().to_owned()));
        used.extend(Section::COLUMNS.iter().map(|key| (*key).to_owned()));
        used.extend(Phrase::EACH.iter().map(|p| p.parts().0.to_owned()));
        let known: BTreeSet<String> = zh.map.keys().cloned().collect();
        assert_eq!(known.difference(&used).collect::<Vec<_>>(), Vec::<&String>::new(), "labels nobody uses");
        assert_eq!(
            used.difference(&known).collect::<Vec<_>>(),
            Vec::<&String>::new(),
            "labels nobody defined"
        );
    }

    /// A label that stands in a template's string literal would be escaped twice if it held a special character.
    #[test]
    fn labels_need_no_escaping() {
        let (zh, en) = both();
        for (key, label) in zh.map.iter().chain(&en.map) {
            assert!(!label.contains(['&', '<', '>', '"', '\'']), "{key}: {label}");
        }
    }

    #[test]
    fn phrases_count() {
        let (zh, en) = both();
        assert_eq!(en.phrase(Phrase::Orders(1)), "1 order");
        assert_eq!(en.phrase(Phrase::Orders(0)), "0 orders");
        assert_eq!(zh.phrase(Phrase::DaysLate(3)), "晚 3 天");
        assert_eq!(zh.phrase(Phrase::OrdersRead { read: 37, total: 38 }), "读入 37/38 单");
        for phrase in Phrase::EACH {
            assert!(!en.phrase(phrase).contains(['{', '|']), "{phrase:?}");
        }
    }

    #[test]
    fn unknown_label_names_its_line() {
        let (zh, _) = both();
        assert_eq!(zh.resolve("a\n<p>[[ nav.board ]]</p>").unwrap(), "a\n<p>看板</p>");
        let error = zh.resolve("a\nb [[ nav.bord ]]").unwrap_err();
        assert_eq!((error.line, error.message.as_str()), (2, "unknown label `nav.bord`"));
        assert_eq!(zh.resolve("[[ nav.board").unwrap_err().line, 1);
    }

    #[test]
    fn a_table_with_template_syntax_is_refused() {
        assert!(Labels::parse(Lang::En, "a = '{{ x }}'").is_err());
        assert!(Labels::parse(Lang::En, "a = 1").is_err());
        let quoted = Labels::parse(Lang::En, "a = 'x\" <y'").unwrap();
        assert_eq!(quoted.resolve("[[a]]").unwrap(), "x&quot; &lt;y");
    }
}
