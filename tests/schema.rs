//! The schemas for editors: current, and true of every example file.

#![expect(clippy::unwrap_used, reason = "helpers of tests fail the test")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use gendan::load::decode::Record;
use gendan::load::schema::files;
use gendan::load::shape::{Shape, Table};
use gendan::model::OrderFile;
use jsonschema::Validator;
use serde_json::{Value, json};

fn home() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn validators() -> BTreeMap<&'static str, Validator> {
    files()
        .unwrap()
        .iter()
        .map(|file| {
            let schema: Value = serde_json::from_str(&file.text).unwrap();
            assert!(jsonschema::meta::is_valid(&schema), "{} is a schema", file.name);
            (file.name, jsonschema::validator_for(&schema).unwrap())
        })
        .collect()
}

/// As editors see a TOML file: dates are strings.
fn as_json(value: &toml::Value) -> Value {
    match value {
        toml::Value::String(text) => json!(text),
        toml::Value::Integer(number) => json!(number),
        toml::Value::Float(number) => json!(number),
        toml::Value::Boolean(flag) => json!(flag),
        toml::Value::Datetime(moment) => json!(moment.to_string()),
        toml::Value::Array(items) => items.iter().map(as_json).collect(),
        toml::Value::Table(table) => {
            Value::Object(table.iter().map(|(key, value)| (key.clone(), as_json(value))).collect())
        }
    }
}

/// Which schema a file of a data root has.
fn schema_of(path: &str) -> Option<&'static str> {
    let name = path.rsplit('/').next()?;
    Some(match path.split('/').next()? {
        "orders" => match name {
            "docs.toml" => "docs.json",
            "money.toml" => "money.json",
            _ => "order.json",
        },
        "customers" => "customer.json",
        "suppliers" => "supplier.json",
        "forwarders" => "forwarder.json",
        "calendar" => "calendar.json",
        "gendan.toml" => "config.json",
        "people.toml" => "people.json",
        _ => return None,
    })
}

fn problems(root: &Path, validators: &BTreeMap<&'static str, Validator>) -> (usize, Vec<String>) {
    let (mut count, mut problems) = (0, Vec::new());
    for entry in walkdir::WalkDir::new(root).sort_by_file_name() {
        let path = entry.unwrap().into_path();
        let below = path.strip_prefix(root).unwrap().to_str().unwrap().to_owned();
        let Some(name) = schema_of(&below).filter(|_| below.ends_with(".toml")) else { continue };
        let table: toml::Table = fs::read_to_string(&path).unwrap().parse().unwrap();
        let value = as_json(&toml::Value::Table(table));
        count += 1;
        for error in validators[name].iter_errors(&value) {
            problems.push(format!("{}: {} at {}", path.display(), error, error.instance_path()));
        }
    }
    (count, problems)
}

#[test]
fn committed_schemas_are_current() {
    for file in files().unwrap() {
        let committed = fs::read_to_string(home().join("data/.gendan/schema").join(file.name));
        assert!(
            committed.is_ok_and(|text| text == file.text),
            "{} is not current: gendan schema --root data",
            file.name
        );
    }
}

#[test]
fn every_example_file_is_valid() {
    let validators = validators();
    for (root, least) in [("data", 60), ("tests/reference", 10), ("tests/rules/_base", 6)] {
        let (count, problems) = problems(&home().join(root), &validators);
        assert!(count >= least, "{root}: {count} files");
        assert!(problems.is_empty(), "{root}: {problems:#?}");
    }
}

#[test]
fn wrong_files_are_not() {
    let validators = validators();
    let order = &validators["order.json"];
    let good = json!({ "customer": "x", "items": [{ "name": "Lamp", "qty": 10, "price": "USD 2.00" }] });
    assert!(order.is_valid(&good));
    for bad in [
        json!({ "ship_date": "2027-01-15" }),
        json!({ "ship_by": true }),
        json!({ "mode": "海运" }),
        json!({ "items": [{ "name": "Lamp", "colour": "red" }] }),
        json!({ "items": [{ "qty": "10" }] }),
        json!({ "plan": { "shiped": "2027-01-15" } }),
        json!({ "sample": "yes" }),
    ] {
        assert!(!order.is_valid(&bad), "{bad}");
    }
    assert!(!validators["people.json"].is_valid(&json!({ "lin": { "yan": { "name": "Lin Yan" } } })));
    assert!(!validators["config.json"].is_valid(&json!({ "rules": { "stale-order": "loud" } })));
}

#[test]
fn one_is_as_good_as_a_list_of_one() {
    let validators = validators();
    let docs = &validators["docs.json"];
    assert!(docs.is_valid(&json!({ "bl": { "number": "X" } })));
    assert!(docs.is_valid(&json!({ "bl": [{ "number": "X" }] })));
    assert!(!docs.is_valid(&json!({ "bl": [{ "numbr": "X" }] })));
}

#[test]
fn hover_texts_are_in_both_languages_and_words_have_titles() {
    let files = files().unwrap();
    let order: Value =
        serde_json::from_str(&files.iter().find(|f| f.name == "order.json").unwrap().text).unwrap();
    let mode = &order["properties"]["mode"];
    let about = mode["description"].as_str().unwrap();
    assert!(
        about.starts_with("运输方式 · mode of transport\nsea-fcl: 海运整柜 · sea, full container"),
        "{about}"
    );
    assert_eq!(mode["enum"].as_array().unwrap().len(), mode["enumDescriptions"].as_array().unwrap().len());
    let first = |name: &str| {
        let text = &files.iter().find(|f| f.name == name).unwrap().text;
        text.split("\"properties\": {\n").nth(1).unwrap().split('"').nth(1).unwrap().to_owned()
    };
    assert_eq!(
        (first("order.json"), first("docs.json"), first("money.json")),
        ("customer".into(), "lc".into(), "received".into())
    );
}

/// Every table below one, by name.
fn tables(table: Table, known: &mut BTreeMap<&'static str, Vec<&'static str>>) {
    let keys: Vec<&str> = table.keys.iter().map(|k| k.name).collect();
    match known.get(table.name) {
        Some(other) => assert_eq!(*other, keys, "two tables are called {}", table.name),
        None => {
            known.insert(table.name, keys);
            table.keys.into_iter().for_each(|key| inside(&key.shape, known));
        }
    }
}

fn inside(shape: &Shape, known: &mut BTreeMap<&'static str, Vec<&'static str>>) {
    match shape {
        Shape::Table(table) => tables(table(), known),
        Shape::List(inner) | Shape::Map(inner) => inside(inner, known),
        Shape::Either(shapes) => shapes.iter().for_each(|shape| inside(shape, known)),
        _ => {}
    }
}

#[test]
fn a_definition_has_one_meaning() {
    let mut known = BTreeMap::new();
    tables(OrderFile::table(), &mut known);
    assert!(known.len() > 30);
}

fn gendan(args: &[&str]) -> (Option<i32>, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_gendan")).arg("schema").args(args).output().unwrap();
    (output.status.code(), String::from_utf8(output.stdout).unwrap())
}

#[test]
fn the_command_writes_and_checks() {
    let root = tempfile::tempdir().unwrap();
    fs::write(root.path().join("gendan.toml"), "schema = 1\n").unwrap();
    let path = root.path().to_str().unwrap();
    let (code, listed) = gendan(&["--root", path, "--check"]);
    assert_eq!((code, listed.lines().count()), (Some(1), 9));
    assert!(!root.path().join(".gendan").exists(), "--check writes nothing");
    assert_eq!(gendan(&["--root", path]).0, Some(0));
    assert_eq!(gendan(&["--root", path, "--check"]), (Some(0), String::new()));
    let order = root.path().join(".gendan/schema/order.json");
    fs::write(&order, "{}").unwrap();
    assert_eq!(gendan(&["--root", path, "--check"]), (Some(1), "order.json\n".to_owned()));
    let other = tempfile::tempdir().unwrap();
    let out = other.path().join("a/b");
    assert_eq!(gendan(&["--out", out.to_str().unwrap()]).0, Some(0));
    assert!(out.join("order.json").is_file());
}
