//! The site as data: every document is true of the schema published beside it, every page has its data, the schemas of
//! a version only grow, and what the company hides is in none of them.
#![expect(clippy::unwrap_used, clippy::panic, reason = "helpers of tests fail the test")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use gendan::publish::api::schema;
use jsonschema::Validator;
use serde_json::Value;

const DAY: &str = "2026-11-20";

fn home() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn gendan(args: &[&str]) {
    let output =
        Command::new(env!("CARGO_BIN_EXE_gendan")).args(args).env_remove("GENDAN_ROOT").output().unwrap();
    assert!(output.status.success(), "gendan {args:?}: {}", String::from_utf8_lossy(&output.stderr));
}

fn build(root: &Path, out: &Path) -> BTreeMap<String, Vec<u8>> {
    gendan(&["build", "--root", root.to_str().unwrap(), "--out", out.to_str().unwrap(), "--as-of", DAY]);
    tree(out)
}

fn tree(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let files = walkdir::WalkDir::new(folder).into_iter().map(Result::unwrap);
    files
        .filter(|e| e.file_type().is_file())
        .map(|e| {
            let name = e.path().strip_prefix(folder).unwrap().to_str().unwrap().replace('\\', "/");
            (name, fs::read(e.path()).unwrap())
        })
        .collect()
}

fn copy(from: &Path, to: &Path) {
    for (name, bytes) in tree(from) {
        let target = to.join(name);
        fs::create_dir_all(target.parent().unwrap()).unwrap();
        fs::write(target, bytes).unwrap();
    }
}

/// The documents of a site: JSON that says which version and which document it is.
fn documents(site: &BTreeMap<String, Vec<u8>>) -> BTreeMap<&str, Value> {
    let json = site.iter().filter(|(p, _)| p.ends_with(".json") && !p.starts_with("api/v1/schema/"));
    let all = json.map(|(path, bytes)| {
        let value = serde_json::from_slice(bytes).unwrap_or_else(|e| panic!("{path}: {e}"));
        (path.as_str(), value)
    });
    all.filter(|(_, value): &(&str, Value)| value.get("document").is_some()).collect()
}

/// Compiled from what the site itself publishes.
fn validators(site: &BTreeMap<String, Vec<u8>>) -> BTreeMap<String, Validator> {
    let published = site.iter().filter_map(|(path, bytes)| {
        let name = path.strip_prefix("api/v1/schema/")?.strip_suffix(".json")?;
        let schema: Value = serde_json::from_slice(bytes).unwrap();
        assert!(jsonschema::meta::is_valid(&schema), "{path} is a schema");
        Some((name.to_owned(), jsonschema::validator_for(&schema).unwrap()))
    });
    published.collect()
}

/// Every document of a root is true of its schema and every page leads to data that is there; the names of the
/// documents that were seen.
fn holds(root: &Path, out: &Path) -> BTreeSet<String> {
    let site = build(root, out);
    let validators = validators(&site);
    let documents = documents(&site);
    let mut seen = BTreeSet::new();
    for (path, value) in &documents {
        assert_eq!(value["version"], 1, "{path}");
        let name = value["document"].as_str().unwrap();
        let validator = validators.get(name).unwrap_or_else(|| panic!("{path}: no schema {name}"));
        if let Err(error) = validator.validate(value) {
            panic!("{path}: {} at {}", error, error.instance_path());
        }
        seen.insert(name.to_owned());
    }
    for (path, bytes) in site.iter().filter(|(path, _)| path.ends_with(".html")) {
        let page = String::from_utf8_lossy(bytes);
        let link = page.split("type=\"application/json\" href=\"").nth(1);
        let href = link.and_then(|rest| rest.split('"').next()).unwrap_or_else(|| panic!("{path}: no data"));
        let (up, rest) = (href.matches("../").count(), href.trim_start_matches("../"));
        let folder: Vec<&str> = path.split('/').collect();
        let mut target = folder[..folder.len() - 1 - up].to_vec();
        target.push(rest);
        assert!(site.contains_key(&target.join("/")), "{path} leads to {href}");
    }
    for (path, value) in documents {
        let text = String::from_utf8_lossy(&site[path]);
        assert!(!text.contains(out.to_str().unwrap()), "{path} holds a path of the machine");
        for href in texts(&value, "href").into_iter().chain(texts(&value, "data")) {
            let file = href.split('#').next().unwrap();
            assert!(file.contains('{') || site.contains_key(file), "{path} leads to {href}");
        }
        for next in texts(&value, "next") {
            assert!(site.contains_key(&next), "{path} goes on in {next}");
        }
    }
    seen
}

/// The texts under a key, anywhere in a document.
fn texts(value: &Value, wanted: &str) -> Vec<String> {
    match value {
        Value::Object(map) => map
            .iter()
            .flat_map(|(key, value)| match value {
                Value::String(text) if key == wanted => vec![text.clone()],
                other => texts(other, wanted),
            })
            .collect(),
        Value::Array(list) => list.iter().flat_map(|value| texts(value, wanted)).collect(),
        _ => Vec::new(),
    }
}

#[test]
fn every_document_of_the_example_and_of_the_reference_is_true_of_its_schema() {
    let dir = tempfile::tempdir().unwrap();
    let mut seen = BTreeSet::new();
    for (at, root) in ["data", "tests/reference"].into_iter().enumerate() {
        let copied = dir.path().join(format!("root-{at}"));
        copy(&home().join(root), &copied);
        seen.extend(holds(&copied, &dir.path().join(format!("site-{at}"))));
    }
    let all: BTreeSet<String> =
        schema::files().unwrap().into_iter().map(|file| file.name.to_owned()).collect();
    assert_eq!(seen, all, "a schema of a document that nobody writes proves nothing");
}

#[test]
fn an_empty_root_and_a_large_one_have_true_documents_too() {
    let dir = tempfile::tempdir().unwrap();
    let empty = dir.path().join("empty");
    fs::create_dir_all(&empty).unwrap();
    fs::write(empty.join("gendan.toml"), "schema = 1\n").unwrap();
    holds(&empty, &dir.path().join("empty-site"));
    let demo = dir.path().join("demo");
    gendan(&["demo", demo.to_str().unwrap(), "--orders", "200"]);
    let out = dir.path().join("demo-site");
    holds(&demo, &out);
    let site = tree(&out);
    let orders: Value = serde_json::from_slice(&site["api/v1/orders.json"]).unwrap();
    assert_eq!(orders["total"], 200);
    assert_eq!(orders["orders"].as_array().unwrap().len(), 200);
}

#[test]
fn the_order_beside_the_page_is_the_one_of_the_api_and_says_what_the_page_says() {
    let dir = tempfile::tempdir().unwrap();
    let root = dir.path().join("data");
    copy(&home().join("data"), &root);
    let site = build(&root, &dir.path().join("site"));
    assert_eq!(site["o/GD26-0117.json"], site["api/v1/orders/GD26-0117.json"]);
    let order: Value = serde_json::from_slice(&site["o/GD26-0117.json"]).unwrap();
    // The worked example of the design: amounts, weights, the bank's charge.
    assert_eq!(order["goods"]["total"], "44040.00");
    assert_eq!(order["goods"]["items"][0]["amount"], "28200.00");
    assert_eq!(order["goods"]["gross_kg"], "2470");
    let receipt = &order["money"]["receipts"][0];
    assert_eq!((&receipt["amount"], &receipt["currency"]), (&"13187.00".into(), &"USD".into()));
    assert_eq!(receipt["charges"][0], "25.00");
    let shipped =
        order["stages"].as_array().unwrap().iter().flat_map(|s| s["milestones"].as_array().unwrap());
    let shipped = shipped.clone().find(|m| m["milestone"] == "shipped").unwrap();
    assert_eq!((&shipped["done"], &shipped["actual"]), (&true.into(), &"2026-11-07".into()));
    assert_eq!(shipped["evidence"]["path"], "bl[0].on_board");
    assert!(!site.contains_key("en/o/GD26-0117.json"), "documents are the same in every language");
}

#[test]
fn what_we_pay_is_in_no_document_and_what_is_hidden_goes_too() {
    let dir = tempfile::tempdir().unwrap();
    let root = dir.path().join("data");
    copy(&home().join("data"), &root);
    let canary = "7654321.09";
    for (path, bytes) in tree(&root).into_iter().filter(|(path, _)| path.starts_with("orders/")) {
        let Ok(text) = String::from_utf8(bytes) else { continue };
        // Every amount that we pay becomes a mark that stands nowhere else.
        let mut table = String::new();
        let lines = text.lines().map(|line| {
            if line.trim_start().starts_with('[') {
                table = line.trim().trim_start_matches('[').split(']').next().unwrap().to_owned();
            }
            let ours = matches!(table.as_str(), "paid" | "bills") && line.trim_start().starts_with("amount");
            let received = table == "received";
            let bank = received && line.trim_start().starts_with("bank");
            let bought = line.split_once("price = ").filter(|_| line.trim_start().starts_with("buy"));
            match (ours, bank, bought) {
                (true, ..) => format!("amount = {canary}"),
                (_, true, _) => String::new(),
                (.., Some((before, after))) => {
                    let rest = after.split_once(',').map_or(" }", |(_, rest)| rest);
                    let comma = if rest == " }" { "" } else { "," };
                    format!("{before}price = {canary}{comma}{rest}")
                }
                _ if received && line.trim_start().starts_with("date") => {
                    format!("{line}\nbank = \"BANKMARK-1\"")
                }
                _ => line.to_owned(),
            }
        });
        let text = lines.collect::<Vec<_>>().join("\n") + "\n";
        fs::write(root.join(path), text).unwrap();
    }
    let config = fs::read_to_string(root.join("gendan.toml")).unwrap();
    let hides = |list: &str| {
        let text = format!("{config}\n[audience.internal]\nhide = [{list}]\n");
        fs::write(root.join("gendan.toml"), text).unwrap();
    };
    let holds = |site: &BTreeMap<String, Vec<u8>>, mark: &str| {
        let documents = documents(site);
        let told = documents.keys().filter(|path| String::from_utf8_lossy(&site[**path]).contains(mark));
        told.map(|path| (*path).to_owned()).collect::<Vec<_>>()
    };
    hides("");
    let site = build(&root, &dir.path().join("open"));
    for mark in ["BANKMARK-1", "7654321"] {
        assert_eq!(holds(&site, mark), Vec::<String>::new());
    }
    let (from, out) = (root.to_str().unwrap(), dir.path().join("finance"));
    let out = (out.to_str().unwrap(), out.as_path());
    gendan(&["build", "--audience", "finance", "--root", from, "--out", out.0, "--as-of", DAY]);
    let finance = tree(out.1);
    let bills = |site: &BTreeMap<String, Vec<u8>>| {
        let all: Value = serde_json::from_slice(&site["api/v1/deadlines.json"]).unwrap();
        all["deadlines"].as_array().unwrap().iter().filter(|d| d["kind"] == "bill").count()
    };
    assert!(bills(&finance) > 0, "the day of a bill is told where bills are shown");
    assert_eq!(bills(&site), 0);
    hides("\"received.bank\", \"paid\", \"buy\"");
    let site = build(&root, &dir.path().join("hidden"));
    for mark in ["BANKMARK-1", "7654321"] {
        assert_eq!(holds(&site, mark), Vec::<String>::new());
    }
    assert_eq!(bills(&site), 0);
}

/// The schemas on record. `GENDAN_API=update` writes what was added; what went or changed stays an error.
#[test]
fn within_a_version_fields_are_only_added() {
    let folder = home().join("tests/api/v1");
    let update = std::env::var_os("GENDAN_API").is_some_and(|v| v == "update");
    let mut faults = Vec::new();
    let mut stale = Vec::new();
    for file in schema::files().unwrap() {
        let path = folder.join(format!("{}.json", file.name));
        let new: Value = serde_json::from_str(&file.text).unwrap();
        let old = fs::read_to_string(&path).unwrap_or_default();
        if let Ok(old) = serde_json::from_str::<Value>(&old) {
            narrower((&old, &old), (&new, &new), file.name, &mut faults, 0);
        }
        if old != file.text {
            stale.push(file.name);
            if update && faults.is_empty() {
                fs::create_dir_all(&folder).unwrap();
                fs::write(&path, &file.text).unwrap();
            }
        }
    }
    let names: BTreeSet<String> =
        schema::files().unwrap().iter().map(|f| format!("{}.json", f.name)).collect();
    fs::create_dir_all(&folder).unwrap();
    for gone in fs::read_dir(&folder).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap()) {
        if !names.contains(&gone) {
            faults.push(format!("{gone} is gone"));
        }
    }
    assert!(faults.is_empty(), "a reader of version 1 would break:\n{}", faults.join("\n"));
    assert!(stale.is_empty() || update, "put the new fields on record with GENDAN_API=update: {stale:?}");
}

/// What of the old schema the new one no longer promises. Both are resolved in their own documents.
fn narrower(
    (old_root, old): (&Value, &Value),
    (new_root, new): (&Value, &Value),
    at: &str,
    faults: &mut Vec<String>,
    depth: usize,
) {
    assert!(depth < 40, "{at}: documents are not nested that deep");
    let (old, new) = (resolved(old_root, old), resolved(new_root, new));
    let go = |old: &Value, new: &Value, at: String, faults: &mut Vec<String>| {
        narrower((old_root, old), (new_root, new), &at, faults, depth + 1);
    };
    for key in ["items", "additionalProperties"] {
        if let (Some(old), Some(new)) = (old.get(key), new.get(key)) {
            go(old, new, format!("{at}.{key}"), faults);
        }
    }
    let list =
        |value: &Value, key: &str| value.get(key).and_then(Value::as_array).cloned().unwrap_or_default();
    let (older, newer) = (list(old, "anyOf"), list(new, "anyOf"));
    for (at_any, (old, new)) in older.iter().zip(&newer).enumerate() {
        go(old, new, format!("{at}.anyOf[{at_any}]"), faults);
    }
    let none = serde_json::Map::new();
    let properties = |value: &'static str, of: &Value| of.get(value).and_then(Value::as_object).cloned();
    let newest = properties("properties", new).unwrap_or_else(|| none.clone());
    for (key, old) in properties("properties", old).unwrap_or_else(|| none.clone()) {
        match newest.get(&key) {
            Some(new) => go(&old, new, format!("{at}.{key}"), faults),
            None => faults.push(format!("{at}.{key} is gone")),
        }
    }
    let required = list(new, "required");
    for key in list(old, "required").iter().filter(|key| !required.contains(key)) {
        faults.push(format!("{at}: {key} may be absent now"));
    }
    for key in ["format", "pattern", "const"] {
        if old.get(key) != new.get(key) {
            faults.push(format!("{at}: {key} was {:?}, is {:?}", old.get(key), new.get(key)));
        }
    }
    let types = |value: &Value| -> BTreeSet<String> {
        match value.get("type") {
            Some(Value::String(one)) => [one.clone()].into(),
            Some(Value::Array(several)) => {
                several.iter().filter_map(|t| t.as_str().map(str::to_owned)).collect()
            }
            _ => BTreeSet::new(),
        }
    };
    let (was, is) = (types(old), types(new));
    // What could be null may become certain; nothing may become null, or something else.
    if !is.is_subset(&was) || was.is_empty() != is.is_empty() || older.len() != newer.len() {
        faults.push(format!("{at} was {was:?}, is {is:?}"));
    }
}

fn resolved<'v>(root: &'v Value, value: &'v Value) -> &'v Value {
    match value.get("$ref").and_then(Value::as_str) {
        Some(path) => root.pointer(path.trim_start_matches('#')).unwrap(),
        None => value,
    }
}

#[test]
fn what_went_or_changed_is_found() {
    let old: Value = serde_json::from_str(
        r##"{"type":"object","required":["a"],"properties":{"a":{"$ref":"#/$defs/A"}},
            "$defs":{"A":{"type":"object","required":["b","c"],
                "properties":{"b":{"type":"string","format":"date"},"c":{"type":["string","null"]}}}}}"##,
    )
    .unwrap();
    let faults = |change: &dyn Fn(&mut Value)| {
        let mut new = old.clone();
        change(&mut new);
        let mut faults = Vec::new();
        narrower((&old, &old), (&new, &new), "order", &mut faults, 0);
        faults
    };
    let a = "/$defs/A";
    assert!(faults(&|_| {}).is_empty());
    let added = |new: &mut Value| new.pointer_mut(a).unwrap()["properties"]["d"] = "x".into();
    assert!(faults(&added).is_empty(), "a new field breaks nobody");
    let certain = |new: &mut Value| new.pointer_mut(a).unwrap()["properties"]["c"]["type"] = "string".into();
    assert!(faults(&certain).is_empty());
    let gone = |new: &mut Value| {
        new.pointer_mut(a).unwrap()["properties"].as_object_mut().unwrap().remove("b");
    };
    assert_eq!(faults(&gone), ["order.a.b is gone"]);
    let other = |new: &mut Value| new.pointer_mut(a).unwrap()["properties"]["b"]["type"] = "number".into();
    assert_eq!(faults(&other).len(), 1);
    let format = |new: &mut Value| new.pointer_mut(a).unwrap()["properties"]["b"]["format"] = "time".into();
    assert_eq!(faults(&format).len(), 1);
    let absent = |new: &mut Value| new.pointer_mut(a).unwrap()["required"] = serde_json::json!(["c"]);
    assert_eq!(faults(&absent).len(), 1);
}
