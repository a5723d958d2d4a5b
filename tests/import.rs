//! `import register`: small registers in each dialect, a dirty one, and the real one when `GENDAN_REAL_DATA` is set.
//!
//! `GENDAN_BLESS=1` rewrites the expected trees.

#![expect(clippy::unwrap_used, clippy::panic, reason = "helpers of tests fail the test")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use gendan::check::finding::Severity;
use gendan::exchange::register::{ImportError, LineEnd, Outcome, import};
use gendan::text::Lang;
use gendan::{check, derive, history, load, publish};
use rust_decimal::Decimal;
use toml::de::{DeTable, DeValue};

fn here(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/import").join(name)
}

/// All files below a folder, by path with `/`.
fn tree(root: &Path) -> BTreeMap<String, String> {
    walkdir::WalkDir::new(root)
        .into_iter()
        .map(Result::unwrap)
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| {
            let path = entry.path().strip_prefix(root).unwrap().to_str().unwrap().replace('\\', "/");
            (path, fs::read_to_string(entry.path()).unwrap())
        })
        .collect()
}

fn run(file: &str, map: &str, into: &Path) -> Outcome {
    import(&here(file), &here(map), into).unwrap()
}

/// Compares a tree with the expected one, file by file.
fn compare(name: &str, got: &BTreeMap<String, String>) {
    let expected = here(name);
    if std::env::var_os("GENDAN_BLESS").is_some() {
        if expected.exists() {
            fs::remove_dir_all(&expected).unwrap();
        }
        for (path, text) in got {
            let path = expected.join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
    }
    let expected = tree(&expected);
    assert_eq!(got.keys().collect::<Vec<_>>(), expected.keys().collect::<Vec<_>>());
    for (path, text) in got {
        assert_eq!(text, &expected[path], "{path}");
    }
}

#[test]
fn every_dialect_gives_the_same_tree() {
    for (file, map, encoding, separator, line_end) in [
        ("small.comma-lf.csv", "small.map.toml", "UTF-8", ',', LineEnd::Lf),
        ("small.semicolon-crlf-bom.csv", "small.comma-decimal.map.toml", "UTF-8", ';', LineEnd::Crlf),
        ("small.tab-cr-1252.csv", "small.map.toml", "windows-1252", '\t', LineEnd::Cr),
        ("small.pipe-crlf.csv", "small.map.toml", "UTF-8", '|', LineEnd::Crlf),
    ] {
        let into = tempfile::tempdir().unwrap();
        let outcome = run(file, map, into.path());
        let d = outcome.dialect;
        assert_eq!((d.encoding, d.separator, d.line_end), (encoding, separator, line_end), "{file}");
        assert_eq!(d.bom, file.contains("bom"), "{file}");
        assert_eq!((outcome.orders, outcome.rows), (2, 4), "{file}");
        let problems: Vec<_> = outcome.problems.iter().map(|p| (p.row, p.column.as_str())).collect();
        assert_eq!(problems, [(4, "Kilos")], "{file}");
        compare("small", &tree(into.path()));
    }
}

#[test]
fn a_dirty_register_is_reported_row_by_row() {
    let into = tempfile::tempdir().unwrap();
    let outcome = run("dirty.csv", "dirty.map.toml", into.path());
    let mut got = tree(into.path());
    for lang in Lang::ALL {
        got.insert(format!("report.{}.txt", lang.tag()), outcome.lines(lang).join("\n") + "\n");
    }
    compare("dirty", &got);
}

#[test]
fn a_second_run_writes_nothing() {
    let into = tempfile::tempdir().unwrap();
    for file in [("small.comma-lf.csv", "small.map.toml"), ("dirty.csv", "dirty.map.toml")] {
        let first = run(file.0, file.1, into.path());
        assert!(first.written > 0);
        let before = tree(into.path());
        let second = run(file.0, file.1, into.path());
        assert_eq!((second.written, second.conflicts.len(), second.kept.len()), (0, 0, 0));
        assert_eq!(tree(into.path()), before);
    }
}

#[test]
fn what_somebody_edited_is_left_alone() {
    let into = tempfile::tempdir().unwrap();
    let root = into.path();
    run("small.comma-lf.csv", "small.map.toml", root);
    let edit = |path: &str| {
        let text = fs::read_to_string(root.join(path)).unwrap() + "# seen\n";
        fs::write(root.join(path), text).unwrap();
    };
    edit("orders/2024/EX-2024-7/order.toml");
    edit("customers/cafe-ole.toml");
    edit("gendan.toml");
    fs::remove_file(root.join("orders/2024/ex-9/docs.toml")).unwrap();
    let before = tree(root);
    let outcome = run("small.comma-lf.csv", "small.map.toml", root);
    let conflicts: Vec<_> = outcome.conflicts.iter().map(|c| c.path.as_str()).collect();
    assert_eq!(conflicts, ["orders/2024/EX-2024-7/order.toml", "orders/2024/ex-9/docs.toml"]);
    assert_eq!(outcome.kept, ["gendan.toml", "customers/cafe-ole.toml"]);
    assert_eq!(outcome.written, 0);
    assert_eq!(tree(root), before);
}

#[test]
fn an_interrupted_run_is_finished_by_the_next() {
    let into = tempfile::tempdir().unwrap();
    let root = into.path();
    run("small.comma-lf.csv", "small.map.toml", root);
    let whole = tree(root);
    fs::remove_file(root.join("orders/2024/EX-2024-7/order.toml")).unwrap();
    fs::remove_dir_all(root.join("orders/2024/ex-9")).unwrap();
    let outcome = run("small.comma-lf.csv", "small.map.toml", root);
    assert!(outcome.conflicts.is_empty());
    assert_eq!(tree(root), whole);
}

#[test]
fn an_id_used_elsewhere_is_a_conflict() {
    let into = tempfile::tempdir().unwrap();
    let root = into.path();
    fs::create_dir_all(root.join("orders/2023/05/EX-9")).unwrap();
    fs::write(root.join("orders/2023/05/EX-9/order.toml"), "po = \"hand\"\n").unwrap();
    let outcome = run("small.comma-lf.csv", "small.map.toml", root);
    assert_eq!(outcome.conflicts.len(), 1);
    assert!(outcome.conflicts[0].what.en.contains("orders/2023/05/EX-9"), "{:?}", outcome.conflicts);
    assert!(!root.join("orders/2024/ex-9").exists());
    assert!(root.join("orders/2024/EX-2024-7/order.toml").exists());
}

#[cfg(unix)]
#[test]
fn nothing_is_written_through_a_link() {
    let (into, outside) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    std::os::unix::fs::symlink(outside.path(), into.path().join("orders")).unwrap();
    let outcome = run("small.comma-lf.csv", "small.map.toml", into.path());
    assert_eq!(outcome.conflicts.len(), 2);
    assert_eq!(fs::read_dir(outside.path()).unwrap().count(), 0);
}

/// Imports a register and a map given as text.
fn try_text(register: &[u8], map: &str) -> Result<(Outcome, BTreeMap<String, String>), ImportError> {
    let folder = tempfile::tempdir().unwrap();
    let (file, rules, into) =
        (folder.path().join("r.csv"), folder.path().join("m.toml"), folder.path().join("d"));
    fs::write(&file, register).unwrap();
    fs::write(&rules, map).unwrap();
    let outcome = import(&file, &rules, &into)?;
    Ok((outcome, tree(&into)))
}

const TINY: &str = "register-map = 1\n[order]\nnumber = \"No\"\n[item]\nname = \"Name\"\nqty = \"Qty\"\n";

#[test]
fn a_register_that_cannot_be_cut_stops_before_anything_is_written() {
    for (register, says) in [
        (b"No,Name,Qty\n1,\"Lamp,2\n3,Lamp,4\n".as_slice(), "line 2 is never closed"),
        (b"No,Nme,Qty\n1,Lamp,2\n", "no column “Name”"),
        (b"No,Name,Qty,Qty\n1,Lamp,2,3\n", "two columns “Qty”"),
        (b"No,Name,Qty\n1,\x81\xff,2\n", "[file] encoding"),
        (b"", "is empty"),
        (b"\xff\xfeN\x00\x00\xd8", "not valid UTF-16LE"),
    ] {
        let error = try_text(register, TINY).unwrap_err();
        assert!(error.to_string().contains(says), "{error}");
        assert!(!error.text().zh.is_empty());
    }
}

#[test]
fn a_wrong_map_says_where() {
    for (map, says) in [
        (
            "register-map = 2\n[order]\nnumber=\"No\"\n[item]\nname=\"Name\"\nqty=\"Qty\"\n".to_owned(),
            "only 1",
        ),
        (TINY.replace("qty", "qyt"), "nearest is qty"),
        (TINY.replace("[item]", "[items]"), "line 4"),
        (format!("{TINY}price = {{ column = \"P\", colour = 1 }}\n"), "colour"),
        (format!("{TINY}price = {{ column = \"P\", value = \"1\" }}\n"), "either"),
        (format!("{TINY}[shipment]\netd = \"Qty\"\n"), "date column"),
        (format!("{TINY}[shipment]\netd = {{ column = \"Qty\", dates = [\"%m/%d\"] }}\n"), "whole day"),
        (format!("{TINY}[charges]\nfreight = \"Qty\"\n"), "per ="),
        (format!("{TINY}price = {{ column = \"Qty\", words = [{{ is = \"x\" }}] }}\n"), "do or value"),
        (
            format!("{TINY}price = {{ column = \"Qty\", words = [{{ do = \"note\" }}] }}\n"),
            "is, starts or contains",
        ),
        ("register-map = 1\n[order]\n[item]\n".to_owned(), "lacks [order] number"),
    ] {
        let error = try_text(b"No,Name,Qty\n1,Lamp,2\n", &map).unwrap_err();
        assert!(matches!(error, ImportError::Map { .. }) && error.to_string().contains(says), "{error}");
    }
}

#[test]
fn a_huge_cell_becomes_a_note() {
    let huge = "x".repeat(1_000_000);
    let (outcome, files) = try_text(format!("No,Name,Qty\n1,{huge},2\n").as_bytes(), TINY).unwrap();
    assert_eq!(outcome.problems.len(), 1);
    assert!(outcome.problems[0].value.chars().count() < 100);
    assert!(!files["orders/undated/1/order.toml"].contains("name"));
    assert!(files["orders/undated/1/notes.md"].contains(&huge));
}

#[test]
fn the_map_can_fix_what_cannot_be_told() {
    let gbk = b"No;Name;Qty\n1;\xb5\xc6\xc5\xdd;2\n";
    let map = TINY.replace("[order]", "[file]\nencoding = \"gb18030\"\nseparator = \";\"\nskip = 0\n[order]");
    let (outcome, files) = try_text(gbk, &map).unwrap();
    assert_eq!(outcome.dialect.encoding, "gb18030");
    assert!(files["orders/undated/1/order.toml"].contains("name = \"灯泡\""));
    let skipped = b"Register of 2024\r\n\"No\",Name,Qty\r\n1,Lamp,2\r\n";
    let (outcome, _) = try_text(skipped, &TINY.replace("[order]", "[file]\nskip = 1\n[order]")).unwrap();
    assert_eq!(outcome.orders, 1);
}

// The real register. Its figures are computed from the TOML that was written and from nothing else.

/// A value of the written TOML; numbers keep their digits.
fn digits(value: &DeValue<'_>) -> Option<Decimal> {
    let text = match value {
        DeValue::Integer(number) => number.as_str(),
        DeValue::Float(number) => number.as_str(),
        _ => return None,
    };
    Some(Decimal::from_str_exact(text).unwrap())
}

fn get<'t>(table: &'t DeTable<'_>, key: &str) -> Option<&'t DeValue<'t>> {
    table.iter().find(|(k, _)| k.get_ref() == key).map(|(_, value)| value.get_ref())
}

fn text<'t>(table: &'t DeTable<'_>, key: &str) -> Option<&'t str> {
    get(table, key)?.as_str()
}

fn number(table: &DeTable<'_>, key: &str) -> Option<Decimal> {
    digits(get(table, key)?)
}

fn tables<'t>(table: &'t DeTable<'_>, key: &str) -> Vec<&'t DeTable<'t>> {
    get(table, key)
        .and_then(DeValue::as_array)
        .map_or_else(Vec::new, |list| list.iter().map(|entry| entry.get_ref().as_table().unwrap()).collect())
}

fn day(table: &DeTable<'_>, key: &str) -> Option<String> {
    match get(table, key)? {
        DeValue::Datetime(day) => Some(day.to_string()),
        _ => None,
    }
}

#[derive(Debug, Default, PartialEq, Eq)]
struct Figures {
    orders: usize,
    several: usize,
    lines: usize,
    countries: BTreeSet<String>,
    vendors: BTreeSet<String>,
    value: Decimal,
    quantity: Decimal,
    off: usize,
    weights: (usize, Decimal),
    freight: (usize, Decimal),
    insurance: (usize, Decimal),
    shipments: usize,
    late: usize,
    incoterms: BTreeMap<String, usize>,
    modes: BTreeMap<String, usize>,
    notes: BTreeMap<String, usize>,
}

/// What `notes.md` says of each line: `(column, text)`, the common ones for every line.
fn notes_of(text: &str, skus: &[String]) -> BTreeMap<String, Vec<(String, String)>> {
    let mut found: BTreeMap<String, Vec<(String, String)>> =
        skus.iter().map(|sku| (sku.clone(), Vec::new())).collect();
    let mut current: Option<String> = None;
    for line in text.lines() {
        if let Some(sku) = line.strip_prefix("### `") {
            current = Some(sku.trim_end_matches('`').to_owned());
        } else if let Some((column, text)) = line.strip_prefix("- `").and_then(|l| l.split_once("`: `")) {
            let note = (column.to_owned(), text.trim_end_matches('`').to_owned());
            for sku in skus.iter().filter(|sku| current.as_ref().is_none_or(|c| c == *sku)) {
                found.get_mut(sku).unwrap().push(note.clone());
            }
        }
    }
    found
}

fn add(figure: &mut (usize, Decimal), number: Decimal) {
    figure.0 += 1;
    figure.1 += number;
}

fn figures(files: &BTreeMap<String, String>) -> Figures {
    let mut f = Figures::default();
    for (path, source) in files.iter().filter(|(path, _)| path.ends_with("/order.toml")) {
        let order = DeTable::parse(source).unwrap();
        let order = order.get_ref();
        let items = tables(order, "items");
        f.orders += 1;
        f.several += usize::from(items.len() > 1);
        f.lines += items.len();
        f.countries.insert(text(order, "customer").unwrap().to_owned());
        *f.incoterms.entry(text(order, "incoterm").unwrap_or("-").to_owned()).or_default() += items.len();
        *f.modes.entry(text(order, "mode").unwrap_or("-").to_owned()).or_default() += items.len();
        for item in &items {
            let (qty, price) = (number(item, "qty").unwrap(), number(item, "price").unwrap());
            let amount = number(item, "amount").unwrap_or(qty * price);
            f.value += amount;
            f.quantity += qty;
            f.off += usize::from((qty * price - amount).abs() > Decimal::new(1, 2));
            f.vendors.insert(text(get(item, "buy").unwrap().as_table().unwrap(), "from").unwrap().to_owned());
        }
        for charge in tables(order, "charges") {
            let amount = number(charge, "amount").unwrap();
            match text(charge, "kind") {
                Some("freight") => add(&mut f.freight, amount),
                Some("insurance") => add(&mut f.insurance, amount),
                other => panic!("{path}: {other:?}"),
            }
        }
        if let Some(docs) = files.get(&path.replace("order.toml", "docs.toml")) {
            for packing in tables(DeTable::parse(docs).unwrap().get_ref(), "packing") {
                add(&mut f.weights, number(packing, "gross_kg").unwrap());
            }
        }
        let skus: Vec<String> = items.iter().map(|item| text(item, "sku").unwrap().to_owned()).collect();
        let notes = notes_of(&files[&path.replace("order.toml", "notes.md")], &skus);
        for (column, text) in notes.values().flatten() {
            let known =
                ["Project", "PQ #", "Managed", "Fulfill", "Recorded", "Product", "Sub", "Molecule", "Brand"];
            let known = known.iter().any(|k| column.contains(k));
            if !known && !["Dosage", "Unit", "Manufacturing", "First"].iter().any(|k| column.starts_with(k)) {
                let text = if text.starts_with("See ") { "See" } else { text };
                *f.notes.entry(format!("{column}: {text}")).or_default() += 1;
            }
        }
        let shipments = tables(order, "shipments");
        f.shipments += shipments.len();
        for shipment in &shipments {
            let loads: Vec<String> = match tables(shipment, "items") {
                loads if loads.is_empty() => skus.clone(),
                loads => loads.iter().map(|load| text(load, "sku").unwrap().to_owned()).collect(),
            };
            let (planned, delivered) =
                (day(shipment, "planned").unwrap(), day(shipment, "delivered").unwrap());
            for sku in loads {
                // A line whose own scheduled day differs from that of its delivery note has it in the notes.
                let own = notes[&sku].iter().find(|(column, _)| column == "Scheduled Delivery Date");
                f.late += usize::from(delivered > *own.map_or(&planned, |(_, day)| day));
            }
        }
    }
    f
}

fn decimal(text: &str) -> Decimal {
    Decimal::from_str_exact(text).unwrap()
}

fn counts(pairs: &[(&str, usize)]) -> BTreeMap<String, usize> {
    pairs.iter().map(|(key, count)| ((*key).to_owned(), *count)).collect()
}

/// A register as a spreadsheet saves it in Western Europe: semicolons, CRLF, Windows-1252.
fn as_excel(register: &[u8]) -> Vec<u8> {
    let mut writer =
        csv::WriterBuilder::new().delimiter(b';').terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    for record in csv::ReaderBuilder::new().has_headers(false).from_reader(register).records() {
        writer.write_record(&record.unwrap()).unwrap();
    }
    let text = String::from_utf8(writer.into_inner().unwrap()).unwrap();
    let (bytes, _, lost) = encoding_rs::WINDOWS_1252.encode(&text);
    assert!(!lost);
    bytes.into_owned()
}

#[test]
fn the_real_register_keeps_its_figures() {
    let Some(data) = std::env::var_os("GENDAN_REAL_DATA") else {
        // Straight to the handle: what the macros print of a passing test is not shown.
        let said = "SKIPPED the_real_register_keeps_its_figures: GENDAN_REAL_DATA is not set\n";
        std::io::stderr().write_all(said.as_bytes()).unwrap();
        return;
    };
    let register = PathBuf::from(data).join("register");
    let mut trees = Vec::new();
    for (file, separator, line_end) in
        [("scms.comma-lf-utf8.dev.csv", ',', LineEnd::Lf), ("scms.tab-cr-utf8.dev.csv", '\t', LineEnd::Cr)]
    {
        let into = tempfile::tempdir().unwrap();
        let outcome = import(&register.join(file), &here("scms.map.toml"), into.path()).unwrap();
        assert_eq!((outcome.dialect.separator, outcome.dialect.line_end), (separator, line_end));
        assert_eq!((outcome.orders, outcome.rows), (3125, 5168));
        assert!(outcome.conflicts.is_empty() && outcome.kept.is_empty());
        let scheduled = outcome.problems.iter().filter(|p| p.column == "Scheduled Delivery Date").count();
        assert_eq!((scheduled, outcome.problems.len()), (7, 7), "{:?}", outcome.problems);
        let written = tree(into.path());
        assert_eq!(written.len(), outcome.written);
        let again = import(&register.join(file), &here("scms.map.toml"), into.path()).unwrap();
        assert_eq!((again.written, again.unchanged, again.conflicts.len()), (0, outcome.written, 0));
        trees.push(written);
    }
    assert!(trees[0] == trees[1], "the two dialects give different trees");
    let (folder, into) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let excel = folder.path().join("excel.csv");
    fs::write(&excel, as_excel(&fs::read(register.join("scms.comma-lf-utf8.dev.csv")).unwrap())).unwrap();
    let outcome = import(&excel, &here("scms.map.toml"), into.path()).unwrap();
    let d = outcome.dialect;
    assert_eq!((d.encoding, d.separator, d.line_end), ("windows-1252", ';', LineEnd::Crlf));
    assert!(trees[0] == tree(into.path()), "semicolons, CRLF and Windows-1252 give another tree");
    it_is_checked_and_published(into.path());

    let f = figures(&trees[0]);
    assert_eq!((f.orders, f.several, f.lines), (3125, 857, 5168));
    assert_eq!((f.countries.len(), f.vendors.len(), f.shipments), (42, 60, 3548));
    assert_eq!((f.value, f.quantity), (decimal("845104975.99"), decimal("96488564")));
    assert_eq!(f.weights, (3207, decimal("10875911")));
    assert_eq!(f.freight, (3121, decimal("35398568.91")));
    assert_eq!(f.insurance, (5168 - 138, decimal("1239473.10")));
    assert_eq!((f.off, f.late), (291, 613));
    let terms =
        [("-", 2709), ("EXW", 1411), ("DDP", 686), ("FCA", 200), ("CIP", 154), ("DDU", 4), ("DAP", 4)];
    assert_eq!(f.incoterms, counts(&terms));
    assert_eq!(f.modes, counts(&[("air", 3096 + 329), ("road", 1387), ("sea-fcl", 184), ("-", 172)]));
    assert_eq!(
        f.notes
            .iter()
            .filter(|(key, _)| !key.starts_with("Scheduled"))
            .map(|(k, n)| (k.clone(), *n))
            .collect::<BTreeMap<_, _>>(),
        counts(&[
            ("Vendor INCO Term: N/A - From RDC", 2709),
            ("Shipment Mode: Air Charter", 329),
            ("Shipment Mode: Ocean", 184),
            ("Shipment Mode: N/A", 172),
            ("Weight (Kilograms): See", 1235),
            ("Weight (Kilograms): Weight Captured Separately", 726),
            ("Freight Cost (USD): See", 1235),
            ("Freight Cost (USD): Freight Included in Commodity Cost", 693),
            ("Freight Cost (USD): Invoiced Separately", 119),
            ("PQ First Sent to Client Date: Pre-PQ Process", 1204),
            ("PQ First Sent to Client Date: Date Not Captured", 108),
            ("PO Sent to Vendor Date: N/A - From RDC", 2709),
            ("PO Sent to Vendor Date: Date Not Captured", 107),
        ])
    );
    let parties = |folder: &str| trees[0].keys().filter(|path| path.starts_with(folder)).count();
    assert_eq!((parties("customers/"), parties("suppliers/")), (42, 60));
}

/// Twenty-year-old orders that were delivered long ago: what is wrong with their records is said once, what could
/// still have been done about them is not said at all.
fn it_is_checked_and_published(root: &Path) {
    let loaded = load::load(root).unwrap();
    let history = history::read(root);
    let as_of = chrono::NaiveDate::from_ymd_opt(2026, 11, 20).unwrap();
    let facts = derive::derive(&loaded.book, &history, as_of);
    let checked = check::check(&facts, loaded.findings);
    let mut found: BTreeMap<(&str, Severity), usize> = BTreeMap::new();
    for finding in &checked.findings {
        *found.entry((finding.rule.name, finding.severity)).or_default() += 1;
    }
    let expected = [
        // Values kept as delivered, of packs whose price was rounded to the cent.
        (("line-amount", Severity::Info), 364),
        // One for each customer, one for our own company.
        (("party-complete", Severity::Warning), 43),
        (("term-in-set", Severity::Error), 4),
    ];
    assert_eq!(found, BTreeMap::from(expected));

    let out = tempfile::tempdir().unwrap();
    let site = out.path().join("public");
    let built = publish::build(
        &facts,
        &checked,
        gendan::publish::audience::Reader::Internal,
        publish::Target { out: &site, kept: None },
    )
    .unwrap();
    assert_eq!(built.broken, 0);
    for pages in ["o", "en/o"] {
        let ids: BTreeSet<String> = fs::read_dir(site.join(pages))
            .unwrap()
            .filter_map(|entry| Some(entry.unwrap().file_name().to_str()?.strip_suffix(".html")?.to_owned()))
            .collect();
        let orders: BTreeSet<String> = loaded.book.orders.iter().map(|order| order.id.to_string()).collect();
        assert!(ids == orders, "{pages}: {} pages of {} orders", ids.len(), orders.len());
    }
}
