//! Where in the files of an order a record stands: `orders/2026/GD26-0117/money.toml:12`.

use std::collections::BTreeMap;
use std::sync::Arc;

use toml::de::DeTable;

use crate::check::finding::At;
use crate::check::locate;
use crate::load::files::Files;
use crate::load::source;
use crate::load::span;
use crate::model::Order;

/// Lines of key paths of one order. A file that cannot be read again is named without a line.
pub(super) struct Places {
    lines: BTreeMap<String, String>,
}

impl Places {
    /// Looks up key paths of an order, reading each of its files once.
    pub(super) fn of(root: &Files, order: &Order, paths: Vec<String>) -> Self {
        let mut by_file: BTreeMap<Arc<str>, Vec<(String, String)>> = BTreeMap::new();
        for path in paths {
            let place = order.origin.place(&path);
            let at = match place.at {
                At::Value(at) | At::Key(at) => at,
                At::File | At::Bytes(..) => String::new(),
            };
            by_file.entry(place.file).or_default().push((path, at));
        }
        let mut lines = BTreeMap::new();
        for (file, wanted) in by_file {
            let text = locate::text(root, &file).filter(|text| source::too_deep(text).is_none());
            let text = text.unwrap_or_default();
            let (table, _) = DeTable::parse_recoverable(&text);
            for (path, at) in wanted {
                let found = span::find(table.get_ref(), &span::steps(&at));
                let byte = found.map(|f| f.key.unwrap_or(f.value).start);
                let before = byte.and_then(|byte| text.as_bytes().get(..byte));
                let place = match before {
                    Some(before) => format!("{file}:{}", before.iter().filter(|b| **b == b'\n').count() + 1),
                    None => file.to_string(),
                };
                lines.insert(path, place);
            }
        }
        Self { lines }
    }

    /// Where a key path stands.
    pub(super) fn get(&self, path: &str) -> String {
        self.lines.get(path).cloned().unwrap_or_default()
    }
}
