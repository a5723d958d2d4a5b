//! `gendan fmt`: what is written says the same as before, twice is once, and nothing is touched that need not be.

#![expect(clippy::unwrap_used, reason = "helpers of tests fail the test")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use gendan::exchange::fmt::{Schemas, comments, format};
use proptest::prelude::*;

/// Every value is the same, as written out by the parser.
fn say_the_same(before: &str, after: &str) {
    let value = |text: &str| toml::from_str::<toml::Table>(text).unwrap();
    assert_eq!(value(before).to_string(), value(after).to_string(), "\n{before}\n---\n{after}");
    assert_eq!(comments(before), comments(after), "\n{before}\n---\n{after}");
}

/// True when the text could be read and was found to be kept.
fn keeps(text: &str) -> bool {
    let Ok(once) = format(text.as_bytes(), None) else {
        // Or it is nested too deeply for anybody.
        let deep = text.contains(&"[".repeat(60));
        assert!(
            deep || toml::from_str::<toml::Table>(text.trim_start_matches('\u{feff}')).is_err(),
            "{text}"
        );
        return false;
    };
    say_the_same(text.trim_start_matches('\u{feff}'), &once);
    assert_eq!(format(once.as_bytes(), None).unwrap(), once, "a second time\n{text}");
    let open = once.lines().filter(|line| line.ends_with([' ', '\t'])).count();
    if !once.contains("\"\"\"") && !once.contains("'''") {
        assert_eq!(open, 0, "{once}");
    }
    assert!(once.is_empty() || (once.ends_with('\n') && !once.ends_with("\n\n") && !once.starts_with('\n')));
    // On Windows.
    let windows = once.replace('\n', "\r\n");
    if !once.contains("\"\"\"") && !once.contains("'''") {
        assert_eq!(format(std::format!("\u{feff}{windows}").as_bytes(), None).unwrap(), once);
    }
    true
}

fn files(below: &str) -> Vec<PathBuf> {
    let top = Path::new(env!("CARGO_MANIFEST_DIR")).join(below);
    walkdir::WalkDir::new(top)
        .into_iter()
        .map(|entry| entry.unwrap().into_path())
        .filter(|path| path.is_file() && path.extension().is_some_and(|e| e == "toml"))
        .collect()
}

#[test]
fn every_file_at_hand_says_the_same_afterwards() {
    let (mut kept, mut left) = (0, 0);
    for below in ["data", "tests/reference", "tests/rules", "tests/cases"] {
        for path in files(below) {
            match fs::read_to_string(&path) {
                Ok(text) if keeps(&text) => kept += 1,
                _ => left += 1,
            }
        }
    }
    assert!(kept > 500, "{kept} read, {left} left");
}

#[test]
fn the_example_is_in_order() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("data");
    let run = gendan(&root, &["fmt", "--check"]);
    assert_eq!((run.0, run.1.as_str()), (0, ""), "{}", run.2);
}

#[test]
fn a_demo_is_put_in_order_once() {
    let dir = tempfile::tempdir().unwrap();
    gendan(dir.path(), &["demo", "d", "--orders", "60"]);
    let root = dir.path().join("d");
    for path in walkdir::WalkDir::new(&root).into_iter().map(|e| e.unwrap().into_path()) {
        if path.extension().is_some_and(|e| e == "toml") {
            assert!(keeps(&fs::read_to_string(path).unwrap()));
        }
    }
    let findings = |root: &Path| gendan(root, &["check", "--as-of", "2026-11-20", "--format", "json"]).1;
    let rules = |text: &str| -> Vec<String> {
        let json: serde_json::Value = serde_json::from_str(text).unwrap();
        json["findings"]
            .as_array()
            .unwrap()
            .iter()
            .map(|f| std::format!("{}{}", f["rule"], f["title"]))
            .collect()
    };
    let before = rules(&findings(&root));
    assert_eq!(gendan(&root, &["fmt"]).0, 0);
    assert_eq!(gendan(&root, &["fmt", "--check"]).0, 0);
    assert_eq!(rules(&findings(&root)), before);
}

/// Lines that people, spreadsheets and careless editors leave; some make no TOML.
fn line() -> impl Strategy<Value = String> {
    let key = prop_oneof![
        "[a-z]{1,9}",
        Just("\"lin.yan\"".to_owned()),
        Just("a . b".to_owned()),
        Just("'键'".to_owned()),
    ];
    let value = prop_oneof![
        Just("1".to_owned()),
        Just("13187.00".to_owned()),
        Just("nan".to_owned()),
        Just("1_000.50".to_owned()),
        Just("2026-11-07".to_owned()),
        Just("2026-11-07T12:00:00+08:00".to_owned()),
        Just("\"a # b = [c] \\\" \"".to_owned()),
        Just("'中文，“引号” \\'".to_owned()),
        Just("\"\"\"\n  x = 1  \n# no\r\n[y]\"\"\"".to_owned()),
        Just("'''  \n\n\n'' '''''".to_owned()),
        Just("\"\"\"a \\\n   b\"\"\"".to_owned()),
        Just("[ 1,\t\n\n  2 , # two  \n 3]".to_owned()),
        Just("[{ a = 1 }, { b = \"}\" }]".to_owned()),
        Just("[\r\n  { a = 1 },\r\n  # c\r\n]".to_owned()),
        Just("{ x = 1, y = [2] }".to_owned()),
    ];
    let blank = prop_oneof![Just(""), Just(" "), Just("\t"), Just("      ")];
    let comment = prop_oneof![
        4 => Just(String::new()),
        1 => Just("# x".to_owned()),
        1 => Just("   # 客户 = \"a\" [b]  ".to_owned()),
        1 => Just("#".to_owned()),
    ];
    let end = prop_oneof![3 => Just("\n"), 1 => Just("\r\n"), 1 => Just("  \n"), 1 => Just("\n\n\n")];
    let pair = (blank.clone(), key.clone(), blank.clone(), blank.clone(), value, comment.clone())
        .prop_map(|(a, key, b, c, value, comment)| std::format!("{a}{key}{b}={c}{value}{comment}"));
    let header =
        (blank, key, comment.clone(), any::<bool>()).prop_map(|(a, key, comment, many)| match many {
            true => std::format!("{a}[[{key}]]{comment}"),
            false => std::format!("{a}[{key}]{comment}"),
        });
    let line = prop_oneof![6 => pair, 2 => header, 2 => comment, 1 => Just("#:schema x".to_owned())];
    (line, end).prop_map(|(line, end)| line + end)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_parses_says_the_same_afterwards(lines in prop::collection::vec(line(), 0..12)) {
        keeps(&lines.concat());
    }

    #[test]
    fn any_text_at_all_is_kept_or_left(text in "[ -~\n\r\t“中]{0,60}") {
        keeps(&text);
    }

    #[test]
    fn a_schema_line_is_put_once(lines in prop::collection::vec(line(), 0..6)) {
        let dir = tempfile::tempdir().unwrap();
        fs::create_dir_all(dir.path().join(".gendan/schema")).unwrap();
        fs::write(dir.path().join(".gendan/schema/config.json"), "{}").unwrap();
        let wanted = Schemas::of(dir.path()).wanted("gendan.toml").unwrap();
        let text = lines.concat();
        if let Ok(once) = format(text.as_bytes(), Some(&wanted)) {
            assert!(once.starts_with("#:schema .gendan/schema/config.json\n"), "{once}");
            say_the_same(&text, &once);
            assert_eq!(format(once.as_bytes(), Some(&wanted)).unwrap(), once);
        }
    }
}

fn gendan(here: &Path, args: &[&str]) -> (i32, String, String) {
    let done = Command::new(env!("CARGO_BIN_EXE_gendan"))
        .args(args)
        .current_dir(here)
        .env_remove("GENDAN_ROOT")
        .output()
        .unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (done.status.code().unwrap(), text(done.stdout), text(done.stderr))
}

struct Root(tempfile::TempDir);

impl Root {
    fn new(files: &[(&str, &str)]) -> Self {
        let root = Self(tempfile::tempdir().unwrap());
        for (name, text) in [("gendan.toml", "schema = 1\n")].iter().chain(files) {
            let path = root.0.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        root
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.0.path().join(name)).unwrap()
    }

    fn all(&self) -> BTreeMap<PathBuf, Vec<u8>> {
        walkdir::WalkDir::new(self.0.path())
            .into_iter()
            .map(|e| e.unwrap().into_path())
            .filter(|p| p.is_file())
            .map(|p| (p.clone(), fs::read(p).unwrap()))
            .collect()
    }

    fn run(&self, args: &[&str]) -> (i32, String, String) {
        gendan(self.0.path(), args)
    }
}

const UNTIDY: &str = "customer=\"a\"\r\npo   = \"1\"  # 号 \r\n";
const TIDY: &str = "customer = \"a\"\npo       = \"1\"  # 号\n";

#[test]
fn check_writes_nothing_and_shows_what_differs() {
    let root = Root::new(&[("orders/2026/A/order.toml", UNTIDY)]);
    let before = root.all();
    let (code, out, err) = root.run(&["fmt", "--check", "--lang", "en"]);
    assert_eq!(code, 1);
    for line in [
        "orders/2026/A/order.toml",
        "  * line ends become LF",
        "  -1: customer=\"a\"",
        "  +1: customer = \"a\"",
    ] {
        assert!(out.lines().any(|l| l == line), "{line}\n{out}");
    }
    assert!(err.contains("2 files, 1 to be put in order"), "{err}");
    assert_eq!(root.all(), before);
    assert_eq!(root.run(&["fmt"]).0, 0);
    assert_eq!(root.read("orders/2026/A/order.toml"), TIDY);
    assert_eq!(root.run(&["fmt", "--check"]).0, 0);
}

#[test]
fn what_cannot_be_read_is_left_and_the_rest_is_done() {
    let broken = "customer=“a”\r\n";
    let root = Root::new(&[("orders/2026/A/order.toml", broken), ("orders/2026/B/order.toml", UNTIDY)]);
    let (code, out, err) = root.run(&["fmt", "--lang", "en"]);
    assert_eq!(code, 1, "{out}{err}");
    assert!(out.contains("orders/2026/A/order.toml:1: no valid TOML"), "{out}");
    assert_eq!(root.read("orders/2026/A/order.toml"), broken);
    assert_eq!(root.read("orders/2026/B/order.toml"), TIDY);
}

#[test]
fn full_width_signs_in_values_and_comments_stay() {
    let text = "customer = \"“ａ”，＝\"  # １２：“”\n";
    let root = Root::new(&[("orders/2026/A/order.toml", text)]);
    assert_eq!(root.run(&["fmt"]).0, 0);
    assert_eq!(root.read("orders/2026/A/order.toml"), text);
}

#[test]
fn only_the_paths_that_are_named() {
    let root = Root::new(&[
        ("orders/2026/A/order.toml", UNTIDY),
        ("orders/2026/AB/order.toml", UNTIDY),
        ("customers/a.toml", "name=\"A\"\n"),
    ]);
    assert_eq!(root.run(&["fmt", "orders/2026/A"]).0, 0);
    assert_eq!(root.read("orders/2026/A/order.toml"), TIDY);
    assert_eq!(root.read("orders/2026/AB/order.toml"), UNTIDY);
    assert_eq!(root.run(&["fmt", "customers/a.toml"]).0, 0);
    assert_eq!(root.read("customers/a.toml"), "name = \"A\"\n");
    let (code, _, err) = root.run(&["fmt", "/etc/hostname", "--lang", "en"]);
    assert!(code == 2 && err.contains("not in the data root"), "{err}");
    assert_eq!(root.run(&["fmt", "nowhere.toml"]).0, 2);
}

#[cfg(unix)]
#[test]
fn links_are_not_followed_and_the_mode_stays() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let elsewhere = tempfile::tempdir().unwrap();
    fs::write(elsewhere.path().join("order.toml"), UNTIDY).unwrap();
    let root = Root::new(&[("orders/2026/A/order.toml", UNTIDY)]);
    symlink(elsewhere.path(), root.0.path().join("orders/2026/B")).unwrap();
    fs::create_dir(root.0.path().join("orders/2026/C")).unwrap();
    let link = root.0.path().join("orders/2026/C/order.toml");
    symlink(elsewhere.path().join("order.toml"), &link).unwrap();
    let own = root.0.path().join("orders/2026/A/order.toml");
    fs::set_permissions(&own, fs::Permissions::from_mode(0o640)).unwrap();
    assert_eq!(root.run(&["fmt"]).0, 0);
    assert_eq!(root.run(&["fmt", "orders/2026/C/order.toml"]).0, 2, "it leads out of the root");
    assert_eq!(fs::read_to_string(elsewhere.path().join("order.toml")).unwrap(), UNTIDY);
    assert!(link.symlink_metadata().unwrap().is_symlink());
    assert_eq!(root.read("orders/2026/A/order.toml"), TIDY);
    assert_eq!(fs::metadata(&own).unwrap().permissions().mode() & 0o777, 0o640);
    let names: Vec<_> =
        fs::read_dir(own.parent().unwrap()).unwrap().map(|e| e.unwrap().file_name()).collect();
    assert_eq!(names, ["order.toml"], "nothing is left beside it");
}

#[cfg(unix)]
#[test]
fn a_file_in_order_is_not_written_again() {
    use std::os::unix::fs::MetadataExt;
    let root = Root::new(&[("orders/2026/A/order.toml", TIDY)]);
    let inode = || fs::metadata(root.0.path().join("orders/2026/A/order.toml")).unwrap().ino();
    let before = inode();
    assert_eq!(root.run(&["fmt"]).0, 0);
    assert_eq!(inode(), before);
}

#[test]
fn the_terminal_is_safe_from_what_files_say() {
    let root = Root::new(&[("orders/2026/A/order.toml", "po=\"\u{202e}x\"\n# \u{9b}31m\nto   =1\n")]);
    let (_, out, _) = root.run(&["fmt", "--check"]);
    assert!(out.contains("-1: po") && !out.contains(['\u{202e}', '\u{9b}', '\u{1b}']), "{out:?}");
}

const ONE_FILE: &str = r#"customer = "hanse-licht"
po       = "1"

[[items]]
name  = "LED"
qty   = 10
price = 2.350

# 发票
[invoice]
number = "INV1"  # 照纸面
total  = 23.50

[[invoice.lines]]
name   = "LED"
amount = 23.50

[[received]]
date   = 2026-09-11
amount = 23.50
"#;

#[test]
fn an_order_in_one_file_is_divided_by_role() {
    let root = Root::new(&[("orders/2026/A/order.toml", ONE_FILE)]);
    let (code, out, _) = root.run(&["fmt", "--split", "--check", "--lang", "en"]);
    assert!(code == 1 && out.contains("to be divided into docs.toml money.toml order.toml"), "{out}");
    assert_eq!(root.read("orders/2026/A/order.toml"), ONE_FILE);
    let check = |root: &Root| root.run(&["check", "--as-of", "2026-11-20", "--format", "json"]).1;
    let titles = |text: &str| -> Vec<String> {
        let json: serde_json::Value = serde_json::from_str(text).unwrap();
        let mut titles: Vec<String> = json["findings"]
            .as_array()
            .unwrap()
            .iter()
            .map(|f| std::format!("{}{}", f["rule"], f["title"]))
            .collect();
        titles.sort();
        titles
    };
    let before = titles(&check(&root));
    assert!(!before.is_empty());
    assert_eq!(root.run(&["fmt", "--split"]).0, 0);
    assert_eq!(
        root.read("orders/2026/A/docs.toml"),
        "# 发票\n[invoice]\nnumber = \"INV1\"  # 照纸面\ntotal  = 23.50\n\n[[invoice.lines]]\nname   = \"LED\"\namount = 23.50\n"
    );
    assert_eq!(root.read("orders/2026/A/money.toml"), "[[received]]\ndate   = 2026-09-11\namount = 23.50\n");
    assert!(root.read("orders/2026/A/order.toml").ends_with("price = 2.350\n"));
    assert_eq!(titles(&check(&root)), before, "the order is the same");
    assert_eq!(root.run(&["fmt", "--split", "--check"]).0, 0);
}

#[test]
fn an_order_that_cannot_be_divided_is_left() {
    let docs = "[invoice]\nnumber = \"INV2\"\n";
    let root = Root::new(&[("orders/2026/A/order.toml", ONE_FILE), ("orders/2026/A/docs.toml", docs)]);
    let (code, out, _) = root.run(&["fmt", "--split", "--lang", "en"]);
    assert!(code == 1 && out.contains("`invoice` stands in two files"), "{out}");
    assert_eq!(root.read("orders/2026/A/order.toml"), ONE_FILE);
    assert_eq!(root.read("orders/2026/A/docs.toml"), docs);
}

#[test]
fn every_example_order_put_into_one_file_can_be_divided_again() {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/orders");
    let mut divided = 0;
    for order in walkdir::WalkDir::new(data).min_depth(2).max_depth(2) {
        let order = order.unwrap().into_path();
        let mut whole: Option<String> = None;
        for name in ["order.toml", "docs.toml", "money.toml"] {
            let Ok(text) = fs::read_to_string(order.join(name)) else { continue };
            let text = text.split_once('\n').unwrap().1.to_owned();
            whole = Some(whole.unwrap_or_default() + "\n" + &text);
        }
        let whole = whole.unwrap();
        let Ok(before) = toml::from_str::<toml::Table>(&whole) else { continue };
        let root = Root::new(&[("orders/2026/A/order.toml", &whole)]);
        let (code, out, err) = root.run(&["fmt", "--split"]);
        assert_eq!(code, 0, "{out}{err}");
        let mut after = toml::Table::new();
        let mut said: BTreeMap<String, usize> = BTreeMap::new();
        for name in ["order.toml", "docs.toml", "money.toml"] {
            let Ok(text) = fs::read_to_string(root.0.path().join("orders/2026/A").join(name)) else {
                continue;
            };
            after.extend(toml::from_str::<toml::Table>(&text).unwrap());
            for (comment, count) in comments(&text) {
                *said.entry(comment).or_default() += count;
            }
        }
        assert_eq!(after.to_string(), before.to_string());
        assert_eq!(said, comments(&whole));
        divided += 1;
    }
    assert!(divided > 20, "{divided}");
}

#[test]
fn migrate_says_that_there_is_nothing() {
    let root = Root::new(&[]);
    let (code, out, _) = root.run(&["migrate", "--lang", "en"]);
    assert!(code == 0 && out.contains("nothing to migrate") && out.lines().count() == 1, "{out}");
    fs::write(root.0.path().join("gendan.toml"), "schema = 2\n").unwrap();
    let (code, out, err) = root.run(&["migrate", "--lang", "en"]);
    assert!(code == 2 && out.is_empty() && err.contains("format 2"), "{err}");
}

#[test]
fn completions_are_read_by_their_shell() {
    let dir = tempfile::tempdir().unwrap();
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let (code, out, _) = gendan(dir.path(), &["completions", shell]);
        assert_eq!(code, 0);
        for word in ["check", "fmt", "forwarder", "--split"] {
            let word = if shell == "fish" { word.trim_start_matches('-') } else { word };
            assert!(out.contains(word), "{shell} does not know {word}");
        }
        fs::write(dir.path().join(shell), out).unwrap();
    }
    let run = |args: &[&str]| Command::new("bash").args(args).current_dir(dir.path()).output().unwrap();
    assert!(run(&["-n", "bash"]).status.success());
    let asked = "source ./bash; COMP_WORDS=(gendan fm); COMP_CWORD=1; _gendan gendan fm gendan; echo \"${COMPREPLY[@]}\"";
    let told = run(&["-c", asked]);
    assert_eq!(String::from_utf8(told.stdout).unwrap().trim(), "fmt");
    assert_eq!(gendan(dir.path(), &["completions", "cmd"]).0, 2);
}

#[test]
fn there_is_a_manual_page_for_every_command() {
    let dir = tempfile::tempdir().unwrap();
    let write = |to: &str| gendan(dir.path(), &["man", "-o", to]);
    assert_eq!(write("a").0, 0);
    assert_eq!(write("b").0, 0);
    let (_, help, _) = gendan(dir.path(), &["--help"]);
    let (_, first, _) = gendan(dir.path(), &["man"]);
    assert_eq!(first, fs::read_to_string(dir.path().join("a/gendan.1")).unwrap());
    let mut names: Vec<String> = help
        .lines()
        .skip_while(|l| *l != "Commands:")
        .skip(1)
        .take_while(|l| !l.is_empty())
        .filter_map(|l| l.strip_prefix("  ")?.split_whitespace().next().filter(|_| !l.starts_with("   ")))
        .filter(|name| *name != "help")
        .map(|name| std::format!("gendan-{name}"))
        .collect();
    assert!(names.len() > 10, "{names:?}");
    names.extend(["gendan", "gendan-new-order", "gendan-new-customer"].map(str::to_owned));
    for name in names {
        let page = fs::read(dir.path().join(std::format!("a/{name}.1"))).unwrap();
        assert_eq!(page, fs::read(dir.path().join(std::format!("b/{name}.1"))).unwrap());
        let page = String::from_utf8(page).unwrap();
        let title = page.lines().find(|l| l.starts_with(".TH ")).unwrap();
        assert_eq!(title.split_whitespace().take(3).collect::<Vec<_>>(), [".TH", &name, "1"], "{title}");
        assert!(title.contains("\"\"") || !title.contains("20"), "no date: {title}");
        for section in [".SH NAME", ".SH SYNOPSIS", ".SH DESCRIPTION"] {
            assert!(page.lines().any(|l| l == section), "{name} has no {section}");
        }
        // Where the system can set manual pages, without a word on standard error.
        let set = Command::new("man")
            .args(["-l", "--warnings", &std::format!("a/{name}.1")])
            .current_dir(dir.path())
            .env("MANWIDTH", "80")
            .output();
        match set {
            Ok(set) if set.status.success() && !set.stdout.is_empty() => {
                let text = String::from_utf8_lossy(&set.stdout).into_owned();
                assert!(text.contains(name.split('-').next().unwrap()), "{text}");
            }
            _ => println!("SKIPPED setting {name}.1: no man program"),
        }
    }
}
