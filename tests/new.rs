//! `gendan new`: the next ID, the layout, defaults written out, copies of older orders, hostile values, and that
//! nothing is ever overwritten.

#![expect(clippy::unwrap_used, reason = "helpers of tests fail the test")]

use std::fs;
use std::path::Path;
use std::process::Command;

struct Run {
    code: i32,
    out: String,
    err: String,
}

struct Root(tempfile::TempDir);

const SETUP: &str = "schema = 1\nid = \"GD{yy}-{nnnn}\"\n[company]\nname = \"N\"\n";
const HANSE: &str = "name = \"Hanse Licht GmbH\"\nname_zh = \"汉萨照明\"\ncountry = \"DE\"\naddress = [\"Hamburg\"]\nemail = \"a@b.example\"\n\n[defaults]\ncurrency = \"USD\"\nincoterm = \"FOB Ningbo\"  # 合同\npayment = '30% deposit, 70% copy-bl'\nmarks = [\"HANSE LICHT\", \"HAMBURG\"]\n";
const OLD: &str = r#"customer = "hanse-licht"
po = "45"
signed = 2026-01-05
ship_by = 2026-03-01
currency = "EUR"
incoterm = "CIF Hamburg"   # 旧单的话
payment = "100% tt on 2026-02-01"
tolerance = "5%"
hedged = "远期"
terms = ["口头约定"]
charges = [{ kind = "courier", amount = 64.00 }]
waivers = []

[[items]]
sku = "A"
customer_sku = "HL-1"
name = "LED \"bulb\""
qty = 1_200
price = 2.3500
amount = 2820.01
pack = { per_carton = 60, gross_kg = 8.40 }
[items.buy]
from = "haoyu"
price = 12.10

[plan]
paid = 2026-02-02

[actual]
started = 2026-01-20

[[received]]
date = 2026-01-09
amount = 5.00

[invoice]
number = "INV1"
"#;

impl Root {
    fn new() -> Self {
        let root = Self(tempfile::tempdir().unwrap());
        root.write("gendan.toml", SETUP);
        root.write("customers/hanse-licht.toml", HANSE);
        root.write("customers/aoyama.toml", "name = \"Aoyama\"\n\n[defaults]\ncurrency = \"JPY\"\n");
        root.write("orders/2026/GD26-0007/order.toml", OLD);
        root
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    fn write(&self, name: &str, text: &str) {
        let path = self.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path().join(name)).unwrap()
    }

    fn table(&self, name: &str) -> toml::Table {
        toml::from_str(&self.read(name)).unwrap()
    }

    fn new_(&self, args: &[&str]) -> Run {
        let done = Command::new(env!("CARGO_BIN_EXE_gendan"))
            .args(["new"])
            .args(args)
            .args(["--lang", "en", "--as-of", "2026-11-20"])
            .current_dir(self.path())
            .env_remove("GENDAN_ROOT")
            .output()
            .unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        Run { code: done.status.code().unwrap(), out: text(done.stdout), err: text(done.stderr) }
    }

    /// The file that was written, which is the first line of the output.
    fn made(&self, args: &[&str]) -> String {
        let run = self.new_(args);
        assert_eq!(run.code, 0, "{}{}", run.out, run.err);
        run.out.lines().next().unwrap().to_owned()
    }

    fn git(&self, args: &[&str]) {
        let done = Command::new("git")
            .args(["-c", "user.name=a", "-c", "user.email=a@b.example", "-c", "init.defaultBranch=main"])
            .args(args)
            .current_dir(self.path())
            .output()
            .unwrap();
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    }
}

#[test]
fn defaults_of_the_customer_are_written_out() {
    let root = Root::new();
    let file = root.made(&["order", "--customer", "hanse-licht", "--po", "77", "--signed", "2026-11-19"]);
    assert_eq!(file, "orders/2026/GD26-0008/order.toml");
    let text = root.read(&file);
    assert!(
        text.contains("payment        = '30% deposit, 70% copy-bl'"),
        "as the customer's file writes it\n{text}"
    );
    assert!(!text.contains("# 合同\n"), "what stands beside it there is not copied\n{text}");
    assert!(text.starts_with("# GD26-0008 汉萨照明\n"), "{text}");
    let table = root.table(&file);
    assert_eq!(table["incoterm"].as_str(), Some("FOB Ningbo"));
    assert_eq!(table["signed"].to_string(), "2026-11-19");
    assert!(!table.contains_key("ship_by") && text.contains("# ship_by"), "nobody said it");
    // A later edit of the customer changes nothing.
    root.write("customers/hanse-licht.toml", &HANSE.replace("FOB Ningbo", "EXW Ningbo"));
    assert_eq!(root.table(&file)["incoterm"].as_str(), Some("FOB Ningbo"));
}

#[test]
fn what_is_missing_is_said() {
    let root = Root::new();
    let run = root.new_(&["order", "--customer", "aoyama", "--incoterm", "FOB Ningbo"]);
    assert!(
        run.err.contains(
            "still to be filled in (lines that start with #): po signed mode from to payment ship_by"
        ),
        "{}",
        run.err
    );
    let run = root.new_(&["customer", "neu", "--name", "Neu"]);
    assert!(run.code == 0 && run.out.contains("party-complete"), "{}", run.out);
    // A value that is none is written, and said to be wrong.
    let run = root.new_(&["order", "--customer", "aoyama", "--mode", "spaceship"]);
    assert!(run.code == 1 && run.out.contains("spaceship"), "{}", run.out);
}

#[test]
fn flags_win_over_an_older_order_and_that_over_defaults() {
    let root = Root::new();
    let file = root.made(&["order", "--from", "GD26-0007", "--currency", "USD"]);
    let table = root.table(&file);
    assert_eq!(table["currency"].as_str(), Some("USD"));
    assert_eq!(table["incoterm"].as_str(), Some("CIF Hamburg"));
    assert_eq!(table["marks"].as_array().unwrap().len(), 2, "which the older order left to the defaults");
}

#[test]
fn a_copy_takes_goods_and_terms_and_nothing_that_happened() {
    let root = Root::new();
    let file = root.made(&["order", "--from", "GD26-0007"]);
    let text = root.read(&file);
    let mut keys: Vec<String> = root.table(&file).keys().cloned().collect();
    keys.sort();
    assert_eq!(keys, ["currency", "customer", "incoterm", "items", "marks", "payment", "tolerance"]);
    for kept in [
        "qty          = 1_200",
        "price        = 2.3500",
        "'LED \"bulb\"'",
        "gross_kg = 8.40",
        "price = 12.10",
        "HL-1",
    ] {
        let kept = if kept.starts_with('\'') { "LED \\\"bulb\\\"" } else { kept };
        assert!(text.contains(kept), "{kept}\n{text}");
    }
    for gone in ["2820.01", "旧单", "2026-01", "INV1", "远期", "口头", "64.00"] {
        assert!(!text.contains(gone), "{gone}\n{text}");
    }
}

#[test]
fn a_copy_for_another_customer_takes_the_goods_only() {
    let root = Root::new();
    let file = root.made(&["order", "--from", "GD26-0007", "--customer", "aoyama"]);
    let table = root.table(&file);
    assert_eq!(table["currency"].as_str(), Some("JPY"), "its own default");
    assert!(!table.contains_key("payment") && !table.contains_key("incoterm"));
    assert!(!root.read(&file).contains("HL-1"), "a customer's number of an item is that customer's");
    assert_eq!(table["items"].as_array().unwrap().len(), 1);
}

#[test]
fn an_id_is_never_used_again() {
    let root = Root::new();
    root.git(&["init", "-q"]);
    root.write("orders/2026/GD26-0041/order.toml", "customer = \"aoyama\"\n");
    root.git(&["add", "-A"]);
    root.git(&["commit", "-qm", "a"]);
    root.git(&["rm", "-qr", "orders/2026/GD26-0041"]);
    root.git(&["commit", "-qm", "b"]);
    assert!(!root.path().join("orders/2026/GD26-0041").exists());
    assert_eq!(root.made(&["order", "--customer", "aoyama"]), "orders/2026/GD26-0042/order.toml");
    let run = root.new_(&["order", "gd26-0041", "--customer", "aoyama"]);
    assert!(run.code == 2 && run.err.contains("was used before"), "{}", run.err);
    // Nor in a year of its own.
    assert_eq!(
        root.made(&["order", "--customer", "aoyama", "--signed", "2027-01-02"]),
        "orders/2027/GD27-0001/order.toml"
    );
}

#[test]
fn a_cut_off_history_is_said() {
    let root = Root::new();
    root.git(&["init", "-q"]);
    for text in ["a", "b"] {
        root.write("note.md", text);
        root.git(&["add", "-A"]);
        root.git(&["commit", "-qm", text]);
    }
    let clone = tempfile::tempdir().unwrap();
    let from = format!("file://{}", root.path().display());
    root.git(&["clone", "-q", "--depth", "1", &from, clone.path().join("c").to_str().unwrap()]);
    let done = Command::new(env!("CARGO_BIN_EXE_gendan"))
        .args(["new", "order", "--customer", "aoyama", "--lang", "en", "--as-of", "2026-11-20"])
        .current_dir(clone.path().join("c"))
        .env_remove("GENDAN_ROOT")
        .output()
        .unwrap();
    let err = String::from_utf8(done.stderr).unwrap();
    assert!(err.contains("make sure that GD26-0008 was never used"), "{err}");
}

#[test]
fn nothing_is_overwritten() {
    let root = Root::new();
    for (args, file, words) in [
        (
            &["order", "GD26-0007", "--customer", "aoyama"][..],
            "orders/2026/GD26-0007/order.toml",
            "exists already",
        ),
        (
            &["order", "gd26-0007", "--customer", "aoyama"],
            "orders/2026/GD26-0007/order.toml",
            "exists already",
        ),
        (&["customer", "hanse-licht", "--name", "x"], "customers/hanse-licht.toml", "exists already"),
        (&["customer", "Hanse-Licht", "--name", "x"], "customers/hanse-licht.toml", "exists already"),
    ] {
        let before = root.read(file);
        let run = root.new_(args);
        assert!(run.code == 2 && run.err.contains(words) && run.out.is_empty(), "{args:?} {}", run.err);
        assert_eq!(root.read(file), before);
    }
    // A folder with scans alone is nobody's order yet, but somebody's.
    root.write("orders/2026/GD26-0050/files/a.pdf", "");
    let run = root.new_(&["order", "GD26-0050", "--customer", "aoyama"]);
    assert_eq!(run.code, 2, "{}", run.err);
    assert_eq!(root.made(&["order", "--customer", "aoyama"]), "orders/2026/GD26-0051/order.toml");
}

#[test]
fn ids_are_addresses_and_lead_nowhere_else() {
    let root = Root::new();
    let long = "x".repeat(65);
    for id in ["../x", "a/b", "订单", ".x", "a b", "", "x\u{1b}[31m", &long] {
        for args in [&["order", id, "--customer", "aoyama"][..], &["supplier", id, "--name", "x"]] {
            let run = root.new_(args);
            assert!(run.code == 2 && run.err.contains("cannot be an ID"), "{id:?} {}", run.err);
            assert!(!run.err.contains('\u{1b}'));
        }
    }
    let run = root.new_(&["order", "--customer", "hanse-lihct"]);
    assert!(run.code == 2 && run.err.contains("did you mean hanse-licht?"), "{}", run.err);
    let run = root.new_(&["order", "--from", "GD26-0070"]);
    assert!(run.code == 2 && run.err.contains("did you mean GD26-0007?"), "{}", run.err);
    assert_eq!(root.new_(&["order", "X"]).code, 2, "for whom?");
}

#[cfg(unix)]
#[test]
fn links_are_not_followed_out_of_the_root() {
    let root = Root::new();
    let elsewhere = tempfile::tempdir().unwrap();
    std::os::unix::fs::symlink(elsewhere.path(), root.path().join("orders/2027")).unwrap();
    std::os::unix::fs::symlink(elsewhere.path(), root.path().join("suppliers")).unwrap();
    for args in
        [&["order", "--customer", "aoyama", "--signed", "2027-01-02"][..], &["supplier", "s", "--name", "S"]]
    {
        let run = root.new_(args);
        assert!(run.code == 2 && run.err.contains("symbolic link"), "{}", run.err);
    }
    assert_eq!(fs::read_dir(elsewhere.path()).unwrap().count(), 0);
}

#[test]
fn hostile_values_stay_values() {
    let root = Root::new();
    let long = "长".repeat(5000);
    let hostile = [
        "\"",
        "'''",
        "\"\"\"",
        "a\n[[received]]\namount = 1",
        "a\r\nb",
        "]",
        "# x",
        "\\",
        "\u{1}\u{1b}[31m\u{7f}",
        "汉萨 “照明”，＝",
        "\u{202e}x",
        "' \" \\ \n ] }",
        " ",
        "\t",
        &long,
    ];
    for (n, value) in hostile.iter().enumerate() {
        let id = format!("p{n}");
        let run = root.new_(&["customer", &id, "--name", value, "--address", value, "--name-zh", value]);
        assert!(!run.out.contains(['\u{1b}', '\u{202e}']), "{:?}", run.out);
        let table = root.table(&format!("customers/{id}.toml"));
        let names: Vec<&str> = table.keys().map(String::as_str).filter(|k| *k != "defaults").collect();
        assert_eq!(names.len(), 3, "{names:?}");
        assert_eq!(table["name"].as_str(), Some(*value));
        assert_eq!(table["address"].as_array().unwrap()[0].as_str(), Some(*value));
        let order = format!("O-{n}");
        let run = root.new_(&["order", &order, "--customer", &id, "--po", value, "--currency", "USD"]);
        assert!(run.code != 2, "{}", run.err);
        let table = root.table(&format!("orders/2026/{order}/order.toml"));
        assert_eq!(table["po"].as_str(), Some(*value));
        assert_eq!(table.len(), 3, "{table:?}");
    }
    // All of it is in the formatter's order, and parses.
    let done = Command::new(env!("CARGO_BIN_EXE_gendan"))
        .args(["fmt", "--check", "orders/2026/O-3", "customers/p3.toml"])
        .current_dir(root.path())
        .output()
        .unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stdout));
}

#[test]
fn the_layout_and_the_schema_of_the_neighbours() {
    let root = Root::new();
    fs::remove_dir_all(root.path().join("orders/2026")).unwrap();
    root.write("orders/2026/03/GD26-0009/order.toml", OLD);
    root.write(".gendan/schema/order.json", "{}");
    root.write(".gendan/schema/forwarder.json", "{}");
    let file = root.made(&["order", "--customer", "aoyama"]);
    assert_eq!(file, "orders/2026/11/GD26-0010/order.toml");
    assert!(root.read(&file).starts_with("#:schema ../../../../.gendan/schema/order.json\n"));
    let file = root.made(&["forwarder", "cosco", "--name", "COSCO"]);
    assert!(root.read(&file).starts_with("#:schema ../.gendan/schema/forwarder.json\n"));
    let file = root.made(&["supplier", "s", "--name", "S"]);
    assert!(!root.read(&file).contains("#:schema"), "there is no schema for it here");
}

#[test]
fn a_pattern_that_is_missing_or_wrong_is_explained() {
    let root = Root::new();
    root.write("gendan.toml", "schema = 1\n");
    let run = root.new_(&["order", "--customer", "aoyama"]);
    assert!(run.code == 2 && run.err.contains("no pattern `id`"), "{}", run.err);
    root.write("gendan.toml", "schema = 1\nid = \"GD{year}-{n}\"\n");
    let run = root.new_(&["order", "--customer", "aoyama"]);
    assert!(run.code == 2 && run.err.contains("{year} is not known"), "{}", run.err);
    assert_eq!(root.new_(&["order", "OWN-1", "--customer", "aoyama"]).code, 0, "a named ID needs no pattern");
}

#[test]
fn nothing_is_copied_from_what_cannot_be_read() {
    let root = Root::new();
    root.write("orders/2026/GD26-0007/order.toml", "customer = \"hanse-licht\"\npo = “1”\n");
    let run = root.new_(&["order", "--from", "GD26-0007"]);
    assert!(run.code == 2 && run.err.contains("cannot be read"), "{}", run.err);
    root.write("customers/aoyama.toml", "name = \n");
    let run = root.new_(&["order", "--customer", "aoyama"]);
    assert!(run.code == 2 && run.err.contains("customers/aoyama.toml cannot be read"), "{}", run.err);
}
