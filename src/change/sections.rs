//! One file as it passes through its versions: a section that reads as it did before is not parsed again.
//!
//! A change touches one table of many, and parsing is most of what a history costs. Sections with different keys do
//! not depend on each other in TOML, so that a text says what its sections say, each read by itself. Where that does
//! not hold, because a section is broken (also one cut within a text of several lines) or a key comes back later, the
//! text is read as a whole.

use std::collections::{BTreeMap, BTreeSet};

use super::sheet::{Sheet, with_section};

/// The sections of the version that was read last.
#[derive(Debug, Default)]
pub struct Sections {
    known: BTreeMap<String, Section>,
}

/// What one section says.
#[derive(Debug)]
struct Section {
    /// The keys at its top, also those that mean nothing to an order.
    keys: Vec<String>,
    sheet: Sheet,
}

impl Sections {
    /// Reads the next version of a file: what [`Sheet::read`] reads from it.
    #[must_use]
    pub fn read(&mut self, path: &str, text: &str) -> Sheet {
        let bare = text.strip_prefix('\u{feff}').unwrap_or(text);
        self.parts(bare).unwrap_or_else(|| {
            self.known.clear();
            Sheet::read(&[(path, text)])
        })
    }

    fn parts(&mut self, text: &str) -> Option<Sheet> {
        let mut before = std::mem::take(&mut self.known);
        let mut sheet = Sheet::default();
        for part in split(text) {
            let (text, section) = match before.remove_entry(part) {
                Some(kept) => kept,
                None => (part.to_owned(), Section::read(part)?),
            };
            sheet.add_all(&section.sheet);
            self.known.insert(text, section);
        }
        let mut keys = BTreeSet::new();
        let mut all = self.known.values().flat_map(|section| &section.keys);
        all.all(|key| keys.insert(key)).then_some(sheet)
    }
}

impl Section {
    fn read(text: &str) -> Option<Self> {
        with_section(text, |table, sheet| Self {
            keys: table.keys().map(|key| key.get_ref().to_string()).collect(),
            sheet,
        })
    }
}

/// Cuts a text before each header whose first key is another than that of the header before.
fn split(text: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut from, mut at, mut last) = (0, 0, "");
    for line in text.split_inclusive('\n') {
        let header = line.trim_start_matches([' ', '\t']);
        if let Some(name) = header.strip_prefix('[') {
            let name = name.trim_start_matches(['[', ' ', '\t']);
            let end = name.find(['.', ']', ' ', '\t', '\n', '\r']).unwrap_or(name.len());
            let name = name.get(..end).unwrap_or_default();
            if name != last {
                parts.extend(text.get(from..at).filter(|part| !part.is_empty()));
                (from, last) = (at, name);
            }
        }
        at += line.len();
    }
    parts.extend(text.get(from..).filter(|part| !part.is_empty()));
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whatever the versions are, reading them one after the other says what reading each alone says.
    fn same(versions: &[&str]) {
        let mut sections = Sections::default();
        for text in versions {
            assert_eq!(sections.read("x.toml", text), Sheet::read(&[("x.toml", text)]), "{text}");
        }
    }

    #[test]
    fn only_the_section_that_changed_is_read_again() {
        let one = "po = \"1\"\n\n[plan]\nshipped = 2026-11-06\n[[items]]\nsku = \"A\"\n[items.buy]\nprice = 1\n[[items]]\nsku = \"B\"\n";
        let two = one.replace("11-06", "11-09");
        assert_eq!(split(one).len(), 3);
        let mut sections = Sections::default();
        let (first, second) = (sections.read("a", one), sections.read("a", &two));
        assert_eq!(second, Sheet::read(&[("a", &two)]));
        let shared: Vec<bool> =
            first.keys.iter().map(|(key, node)| std::sync::Arc::ptr_eq(node, &second.keys[key])).collect();
        assert_eq!(shared.iter().filter(|same| !**same).count(), 1, "{shared:?}");
        same(&[one, &two, one, "", &two]);
    }

    #[test]
    fn what_is_no_section_is_read_as_a_whole() {
        let long = "marks = \"\"\"\n[plan]\nshipped = 2026-11-06\n\"\"\"\n[plan]\nshipped = 2026-11-07\n";
        let list = "sample = [\n[1],\n]\n[plan]\nshipped = 2026-11-07\n";
        let twice = "[plan]\nshipped = 2026-11-06\n[lc]\nnumber = \"1\"\n[plan]\nproduced = 2026-11-06\n";
        let back = "[plan]\nshipped = 2026-11-06\n[lc]\nnumber = \"1\"\n[plan.x]\nproduced = 2026-11-06\n";
        let dotted = "plan.shipped = 2026-11-06\n[lc]\nnumber = \"1\"\n[plan]\nproduced = 2026-11-06\n";
        let broken = "po = \"1\"\n[plan]\nshipped = 2026-11-06\nproduced = = 3\n[lc]\nnumber = \"1\"\n";
        let quoted = "[\"plan\"]\nshipped = 2026-11-06\n[ plan . x ]\na = 1\n[[ items ]]\nsku = \"A\"\n";
        let deep = format!("[plan]\nshipped = 2026-11-06\n[lc]\nnumber = {}\n", "[".repeat(100));
        let bare = "\u{feff}po = \"1\"\r\n[plan]\r\nshipped = 2026-11-06\r\n";
        for text in
            [long, list, twice, back, dotted, broken, quoted, &deep, bare, "[", "]", "[[", "[a\n[b]\n"]
        {
            same(&[text, "[plan]\nshipped = 2026-11-06\n", text, text]);
        }
    }
}
