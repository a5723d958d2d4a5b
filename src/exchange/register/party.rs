//! Customers and suppliers: one file each, named by what the register calls them.

use std::collections::BTreeMap;

use super::cell::Reading;
use super::map::{Fields, PARTY};
use super::read::{Row, heading};
use super::report::shown;
use super::slug::{self, Names};
use super::table::{Pairs, Text, Val};
use crate::bi;

/// The parties of one kind met so far.
#[derive(Debug)]
pub(super) struct Parties<'a> {
    folder: &'static str,
    fields: &'a Fields,
    names: Names,
    /// By name, letter case and space aside: the id.
    ids: BTreeMap<String, String>,
    /// By id: what the file says.
    files: BTreeMap<String, Pairs>,
}

impl<'a> Parties<'a> {
    pub(super) fn new(folder: &'static str, fields: &'a Fields) -> Self {
        Self { folder, fields, names: Names::default(), ids: BTreeMap::new(), files: BTreeMap::new() }
    }

    /// The id of the party of a row, if the row names one.
    pub(super) fn id(&mut self, reading: &mut Reading<'_>, row: &Row) -> Option<String> {
        let fields = self.fields;
        let by = fields.get("id").or_else(|| fields.get("name"))?;
        let written = reading.text(by, row)?;
        let key = heading(&written);
        let id = match self.ids.get(&key) {
            Some(id) => id.clone(),
            None => {
                let id = self.name(reading, row, &written);
                self.ids.insert(key, id.clone());
                id
            }
        };
        self.learn(reading, row, &id);
        Some(id)
    }

    /// The files, by path within the data root.
    pub(super) fn into_files(self) -> impl Iterator<Item = (String, String)> {
        let folder = self.folder;
        self.files.into_iter().filter_map(move |(id, pairs)| {
            let mut text = Text::default();
            text.keys(&pairs);
            Some((format!("{folder}/{id}.toml"), text.finish()?))
        })
    }

    fn name(&mut self, reading: &mut Reading<'_>, row: &Row, written: &str) -> String {
        let fields = self.fields;
        let Some(by) = fields.get("id").or_else(|| fields.get("name")) else { return String::new() };
        if let Some(id) = by.ids.get(&written.to_lowercase()).and_then(|id| slug::party(id)) {
            return id;
        }
        let base = slug::party(written).unwrap_or_else(|| {
            let id = format!("{}-{}", self.folder.trim_end_matches('s'), slug::hash8(written));
            let what = bi!(
                "名称里没有可作文件名的字母, 暂用 {id}; 可在映射文件 ids 里指定",
                "no letters for a file name, {id} is used; the map can name it under ids"
            );
            reading.problem(by, row, what);
            id
        });
        let (id, other) = self.names.take(&base, written);
        if let Some(other) = other {
            let other = shown(&other);
            let what = bi!(
                "与“{other}”的文件名相同, 另用 {id}; 若是同一家, 在映射文件 ids 里写明",
                "has the same file name as “{other}”, {id} is used; if they are one, say so in the map's ids"
            );
            reading.problem(by, row, what);
        }
        id
    }

    /// Adds what this row says; the first row that says something counts.
    fn learn(&mut self, reading: &mut Reading<'_>, row: &Row, id: &str) {
        let file = self.files.entry(id.to_owned()).or_default();
        for (key, kind) in PARTY {
            let Some(field) = self.fields.get(*key) else { continue };
            let Some(value) = reading.value(field, *kind, row) else { continue };
            match file.iter().find(|(k, _)| k == key) {
                None => file.push((key, value)),
                Some((_, counts)) if *counts == value || same_name(key, counts, &value) => {}
                Some((_, counts)) => {
                    let counts = counts.plain();
                    reading.differs(field, row, &counts, &value.plain());
                }
            }
        }
        let rank = |key: &str| PARTY.iter().position(|(k, _)| *k == key);
        file.sort_by_key(|(key, _)| rank(key));
    }
}

/// Names of one party that the map's `ids` joins, or that differ in letter case or space alone.
fn same_name(key: &str, one: &Val, two: &Val) -> bool {
    match (one, two) {
        (Val::Text(one), Val::Text(two)) => key == "name" && heading(one) == heading(two),
        _ => false,
    }
}
