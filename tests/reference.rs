//! The commented reference: every key there is occurs in it, and nothing is wrong with it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use gendan::check::rule::Group;
use gendan::load::decode::Record;
use gendan::load::load;
use gendan::load::shape::{Shape, Table};
use gendan::model::OrderFile;
use gendan::model::document::Printed;
use gendan::model::party::PartyFile;
use gendan::model::setup::{CalendarFile, Person, Setup};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/reference")
}

#[test]
fn nothing_is_wrong_with_its_writing() {
    let loaded = load(&root()).unwrap();
    let wrong: Vec<_> = loaded.findings.iter().filter(|f| f.rule.group == Group::Writing).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(loaded.findings.is_empty(), "{:#?}", loaded.findings);
    assert!(loaded.book.orders.iter().all(|o| !o.broken) && loaded.book.orders.len() >= 2);
}

/// Keys that occur, by the name of their table.
type Used = BTreeMap<&'static str, BTreeSet<String>>;

fn use_table(table: &Table, value: &toml::Value, used: &mut Used) {
    let Some(entries) = value.as_table() else { return };
    for (key, value) in entries {
        used.entry(table.name).or_default().insert(key.clone());
        if let Some(known) = table.keys.iter().find(|k| k.name == key) {
            use_shape(&known.shape, value, used);
        }
    }
}

fn use_shape(shape: &Shape, value: &toml::Value, used: &mut Used) {
    match shape {
        Shape::Table(table) => use_table(&table(), value, used),
        Shape::List(inner) => match value.as_array() {
            Some(items) => items.iter().for_each(|item| use_shape(inner, item, used)),
            None => use_shape(inner, value, used),
        },
        Shape::Map(inner) => {
            value.as_table().into_iter().flatten().for_each(|(_, value)| use_shape(inner, value, used));
        }
        Shape::Either(shapes) => shapes.iter().for_each(|shape| use_shape(shape, value, used)),
        _ => {}
    }
}

/// Every table that a record may hold, with itself.
fn tables(table: Table, all: &mut BTreeMap<&'static str, Table>) {
    if all.contains_key(table.name) {
        return;
    }
    let keys = table.keys.clone();
    all.insert(table.name, table);
    keys.iter().for_each(|key| tables_in(&key.shape, all));
}

fn tables_in(shape: &Shape, all: &mut BTreeMap<&'static str, Table>) {
    match shape {
        Shape::Table(table) => tables(table(), all),
        Shape::List(inner) | Shape::Map(inner) => tables_in(inner, all),
        Shape::Either(shapes) => shapes.iter().for_each(|shape| tables_in(shape, all)),
        _ => {}
    }
}

/// True when a key occurs in a table, or in one that holds all keys of this table and more (the terms of a credit
/// stand in the credit itself and, changed, in its amendments).
fn used_in(table: &Table, key: &str, used: &Used, all: &BTreeMap<&'static str, Table>) -> bool {
    let wider = all.values().filter(|other| {
        // A handful of keys is in many tables by chance.
        other.name == table.name
            || table.keys.len() > 10 && table.keys.iter().all(|k| other.keys.iter().any(|o| o.name == k.name))
    });
    wider.map(|t| t.name).any(|name| used.get(name).is_some_and(|keys| keys.contains(key)))
}

#[test]
fn every_key_occurs_in_it() {
    let mut used = Used::new();
    for entry in walkdir::WalkDir::new(root()) {
        let path = entry.unwrap().into_path();
        if path.extension().is_none_or(|e| e != "toml") {
            continue;
        }
        let below = path.strip_prefix(root()).unwrap().to_str().unwrap().to_owned();
        let value = toml::Value::Table(fs::read_to_string(&path).unwrap().parse().unwrap());
        match below.split('/').next().unwrap() {
            "orders" => use_table(&OrderFile::table(), &value, &mut used),
            "gendan.toml" => use_table(&Setup::table(), &value, &mut used),
            "people.toml" => {
                for (_, person) in value.as_table().unwrap() {
                    use_table(&Person::table(), person, &mut used);
                }
            }
            "calendar" => use_table(&CalendarFile::table(), &value, &mut used),
            _ => use_table(&PartyFile::table(), &value, &mut used),
        }
    }
    let mut all = BTreeMap::new();
    for table in
        [OrderFile::table(), Setup::table(), Person::table(), CalendarFile::table(), PartyFile::table()]
    {
        tables(table, &mut all);
    }
    // What papers of every kind may carry is shown once, on the paper where it is usual.
    let common: BTreeMap<&str, (&str, &str)> =
        Printed::table().keys.iter().map(|k| (k.name, k.about)).collect();
    let papers: BTreeSet<&str> = all
        .values()
        .filter(|t| common.keys().all(|name| t.keys.iter().any(|k| k.name == *name)))
        .map(|t| t.name)
        .collect();
    let on_papers: BTreeSet<&String> = papers.iter().filter_map(|name| used.get(name)).flatten().collect();
    let mut missing = Vec::new();
    for table in all.values() {
        for key in &table.keys {
            let shared = papers.contains(table.name) && common.get(key.name) == Some(&key.about);
            let seen = match shared {
                true => on_papers.contains(&key.name.to_owned()),
                false => used_in(table, key.name, &used, &all),
            };
            if !seen {
                missing.push(format!("{}.{}", table.name, key.name));
            }
        }
    }
    assert!(missing.is_empty(), "{} keys are missing in the reference: {missing:#?}", missing.len());
}
