//! The values of `gendan.toml` with their lines, and the defaults of what it does not say.

use toml::de::{DeTable, DeValue};

use super::{Origin, Setting, read};
use crate::book::Book;
use crate::derive::aging::Buckets;
use crate::derive::money::chase::ladder;
use crate::derive::plan::default_offsets;

/// Longest value that is shown.
const LONGEST: usize = 100;

pub(super) fn of(book: &Book) -> Vec<Setting> {
    let text = read(&book.root.place().join("gendan.toml")).unwrap_or_default();
    let text = text.trim_start_matches('\u{feff}');
    let mut settings = Vec::new();
    let (table, _) = DeTable::parse_recoverable(text);
    flatten(table.get_ref(), "", text, &mut settings);
    let said = |key: &str| {
        settings
            .iter()
            .any(|s| s.key == key || s.key.strip_prefix(key).is_some_and(|rest| rest.starts_with('.')))
    };
    let missing: Vec<Setting> = defaults(book)
        .into_iter()
        .filter(|(key, _)| !said(key))
        .map(|(key, value)| Setting::new(key, value, Origin::Default))
        .collect();
    settings.extend(missing);
    for (milestone, value) in default_offsets() {
        let key = format!("offsets.{milestone}");
        if !settings.iter().any(|s| s.key == key) {
            settings.push(Setting::new(&key, value, Origin::Default));
        }
    }
    settings
}

/// What holds where the file says nothing.
fn defaults(book: &Book) -> Vec<(&'static str, String)> {
    let config = &book.config;
    let list = |parts: Vec<String>| format!("[{}]", parts.join(", "));
    let quoted = |text: &str| format!("\"{text}\"");
    vec![
        ("schema", "1".to_owned()),
        ("timezone", quoted("Asia/Shanghai")),
        ("languages", list(config.languages().iter().map(|lang| quoted(lang.tag())).collect())),
        ("ladder", list(ladder(book).iter().map(|step| quoted(&step.to_string())).collect())),
        ("aging", list(Buckets::of(book).bounds().iter().map(i64::to_string).collect())),
        ("company.country", quoted(&config.home())),
        ("digest.amounts", "false".to_owned()),
        ("tolerances.short_abs", "30.00".to_owned()),
        ("tolerances.short_pct", quoted("0.5%")),
        ("leads.documents", config.documents_days().to_string()),
        ("leads.courier", config.courier_days().to_string()),
        ("leads.stale", config.stale_days().to_string()),
    ]
}

fn flatten(table: &DeTable<'_>, above: &str, text: &str, settings: &mut Vec<Setting>) {
    let mut entries: Vec<_> = table.iter().collect();
    entries.sort_by_key(|(key, _)| key.span().start);
    for (key, value) in entries {
        let name: &str = key.get_ref();
        let path = match (above.is_empty(), name.contains('.')) {
            (true, _) => name.to_owned(),
            (false, false) => format!("{above}.{name}"),
            (false, true) => format!("{above}.\"{name}\""),
        };
        if let DeValue::Table(inner) = value.get_ref()
            && !inner.is_empty()
        {
            flatten(inner, &path, text, settings);
            continue;
        }
        let before = text.get(..key.span().start).unwrap_or_default();
        let line = before.matches('\n').count() + 1;
        let written = text.get(value.span()).unwrap_or_default();
        let written = written.split_whitespace().collect::<Vec<_>>().join(" ");
        let shown = if matches!(name, "account" | "iban") { hidden(&written) } else { shortened(&written) };
        settings.push(Setting::new(&path, shown, Origin::File("gendan.toml".to_owned(), line)));
    }
}

fn shortened(text: &str) -> String {
    let mut out: String = text.chars().take(LONGEST).collect();
    if out.len() < text.len() {
        out.push('…');
    }
    out
}

/// An account by its last digits: what doctor prints is pasted into mails.
fn hidden(text: &str) -> String {
    let digits: Vec<char> = text.chars().filter(|c| c.is_alphanumeric()).collect();
    let last: String = digits.iter().skip(digits.len().saturating_sub(4)).collect();
    format!("\"…{last}\"")
}
