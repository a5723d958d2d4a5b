//! Whatever stands in a file of the data root: no panic, no hang, no other order lost, nothing located outside.
//!
//! Mutations are drawn from a fixed seed, so a failure names the case that repeats it.

#![expect(clippy::unwrap_used, reason = "helpers of tests fail the test")]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use gendan::check::finding::Finding;
use gendan::check::{check, locate};
use gendan::history::{History, State};
use gendan::load::files::Files;
use gendan::report::human::Human;
use gendan::report::{Langs, json, short};
use gendan::text::Lang;
use gendan::{derive, load};

const CASES: u64 = 10_000;
const THREADS: u64 = 4;

/// xorshift64*: enough to choose places.
struct Dice(u64);

impl Dice {
    fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    fn roll(&mut self, below: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        let drawn = self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33;
        if below == 0 { 0 } else { usize::try_from(drawn).unwrap() % below }
    }

    fn pick<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.roll(of.len())]
    }
}

/// What people and machines put where a value should be.
const VALUES: &[&str] = &[
    "9999-12-31",
    "0000-01-01",
    "0001-01-01",
    "2026-02-30",
    "2024-02-29",
    "9999-12-31T23:59:59+14:00",
    "0000-01-01T00:00:00-23:59",
    "2026-06-30T23:59:60Z",
    "12:30",
    "79228162514264337593543950335",
    "-79228162514264337593543950335",
    "99999999999999999999",
    "0.0000000000000000000000000001",
    "1e308",
    "1e-308",
    "inf",
    "nan",
    "-1",
    "0",
    "0x7fffffffffffffff",
    "4294967295",
    "4294967296",
    "\"\"",
    "\" \"",
    "\"USD 79228162514264337593543950335\"",
    "\"CNY -0.01\"",
    "\"100%\"",
    "\"9999999999%\"",
    "\"+79228162514264337593543950335%/-0%\"",
    "\"30% deposit, 70% copy-bl\"",
    "\"USD 99999999999999999999 deposit, balance oa 4000000000d bl-date\"",
    "\"100% oa 99999d bl-date\"",
    "\"100% tt on 9999-12-31\"",
    "\"produced+3650\"",
    "\"archived\"",
    "\"\\u001b[31m\\u0007\\u202e\"",
    "\"\\u0000\"",
    "\"漢萨照明💡👨‍👩‍👧\"",
    "[]",
    "{}",
    "[[]]",
    "[{}, {}]",
    "{ a = { b = { c = [1, \"x\", 2026-01-01] } } }",
    "true",
];

/// Pieces thrown in anywhere.
const PIECES: &[&str] = &[
    "“",
    "”",
    "，",
    "＝",
    "０",
    "\u{feff}",
    "\u{202e}",
    "\u{1b}[2J",
    "\0",
    "\r",
    "\n",
    "\r\n",
    "\"",
    "'",
    "\"\"\"",
    "'''",
    "[",
    "]",
    "{",
    "}",
    "=",
    ",",
    "#",
    "\\",
    ".",
    "[[items]]\n",
    "[plan]\n",
    "[lc]\n",
    "\u{300}",
    "💡",
    "客户 = 1\n",
    "a.b.c.d = 1\n",
    "\u{2028}",
];

fn mutate(text: &str, dice: &mut Dice) -> Vec<u8> {
    let mut bytes = text.as_bytes().to_vec();
    for _ in 0..=dice.roll(3) {
        let (at, other) = (dice.roll(bytes.len()), dice.roll(bytes.len()));
        match dice.roll(12) {
            0 => {
                let end = (at + 1 + dice.roll(8)).min(bytes.len());
                bytes.drain(at.min(end)..end);
            }
            1 => {
                let byte = u8::try_from(dice.roll(256)).unwrap();
                bytes.insert(at, byte);
            }
            2 if !bytes.is_empty() => bytes.swap(at, other),
            3 if dice.roll(4) == 0 => bytes.truncate(at),
            4 | 5 => lines(&mut bytes, dice),
            6 => {
                let depth = *dice.pick(&[3, 30, 64, 65, 500]);
                let open = *dice.pick(&["[", "{a=", "a.", "[[", "\"", "("]);
                bytes.splice(at..at, open.repeat(depth).into_bytes());
            }
            7 => {
                let piece = dice.pick(PIECES);
                bytes.splice(at..at, piece.bytes());
            }
            _ => value(&mut bytes, dice),
        }
    }
    bytes
}

/// Doubles, drops, swaps or moves lines.
fn lines(bytes: &mut Vec<u8>, dice: &mut Dice) {
    let mut lines: Vec<Vec<u8>> = bytes.split_inclusive(|b| *b == b'\n').map(<[u8]>::to_vec).collect();
    if lines.is_empty() {
        return;
    }
    let (at, other) = (dice.roll(lines.len()), dice.roll(lines.len()));
    match dice.roll(4) {
        0 => {
            let copy = lines[at].clone();
            lines.insert(other, copy);
        }
        1 => drop(lines.remove(at)),
        2 => lines.swap(at, other),
        _ => {
            let line = lines.remove(at);
            let to = other.min(lines.len());
            lines.insert(to, line);
        }
    }
    *bytes = lines.concat();
}

/// Puts a strange value after some `=`.
fn value(bytes: &mut Vec<u8>, dice: &mut Dice) {
    let places: Vec<usize> =
        bytes.iter().enumerate().filter(|(_, b)| **b == b'=').map(|(at, _)| at).collect();
    if places.is_empty() {
        return;
    }
    let start = *dice.pick(&places) + 1;
    let stop = |b: &u8| matches!(b, b'\n' | b'#' | b'}' | b',');
    let end = bytes[start..].iter().position(stop).map_or(bytes.len(), |n| start + n);
    let value = dice.pick(VALUES);
    bytes.splice(start..end, format!(" {value} ").into_bytes());
}

fn data() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("data")
}

/// Order folders of the example company, with their files.
fn examples() -> Vec<(String, Vec<(String, String)>)> {
    let mut orders: Vec<(String, Vec<(String, String)>)> = Vec::new();
    for entry in walkdir::WalkDir::new(data().join("orders")).sort_by_file_name() {
        let path = entry.unwrap().into_path();
        if path.extension().is_none_or(|e| e != "toml") {
            continue;
        }
        let folder = path.parent().unwrap().strip_prefix(data()).unwrap().to_str().unwrap().to_owned();
        let file =
            (path.file_name().unwrap().to_str().unwrap().to_owned(), fs::read_to_string(&path).unwrap());
        match orders.last_mut() {
            Some((last, files)) if *last == folder => files.push(file),
            _ => orders.push((folder, vec![file])),
        }
    }
    orders
}

/// Files that every order depends on.
const SHARED: &[&str] = &[
    "gendan.toml",
    "people.toml",
    "calendar/cn-bank-2026.toml",
    "rates/2026.csv",
    "customers/hansewerk.toml",
    "suppliers/hz-wheels.toml",
];

const INTACT: &str = "customer = \"x\"\ncurrency = \"USD\"\nsigned = 2026-11-02\nship_by = 2027-01-15\n\n[[items]]\nname = \"Lamp\"\nqty = 10\nprice = 2.00\n";

/// A root with the configuration, the customers and one intact order.
fn root() -> tempfile::TempDir {
    let root = tempfile::tempdir().unwrap();
    for file in SHARED {
        let to = root.path().join(file);
        fs::create_dir_all(to.parent().unwrap()).unwrap();
        fs::copy(data().join(file), to).unwrap();
    }
    for entry in fs::read_dir(data().join("customers")).unwrap() {
        let entry = entry.unwrap();
        let to = root.path().join("customers").join(entry.file_name());
        fs::create_dir_all(to.parent().unwrap()).unwrap();
        fs::copy(entry.path(), to).unwrap();
    }
    let intact = root.path().join("orders/2026/INTACT");
    fs::create_dir_all(&intact).unwrap();
    fs::write(intact.join("order.toml"), INTACT).unwrap();
    root
}

fn day() -> NaiveDate {
    "2026-11-20".parse().unwrap()
}

/// Loads, derives, checks and prints a root; says what must not be.
fn inspect(root: &Path) -> Result<Vec<Finding>, String> {
    let loaded = load::load(root).map_err(|e| e.to_string())?;
    let intact = loaded.book.order("INTACT").ok_or("the other order is lost")?;
    if intact.broken || intact.items.len() != 1 {
        return Err("the other order is damaged".to_owned());
    }
    let history = History::empty(State::NoRepository);
    let facts = derive::derive(&loaded.book, &history, day());
    let checked = check(&facts, loaded.findings).findings;
    let files = Files::folder(root).map_err(|e| e.to_string())?;
    let mut human = Human::new(&files, Langs::One(Lang::Zh), false);
    let mut texts: BTreeMap<String, (usize, String)> = BTreeMap::new();
    for finding in &checked {
        if finding.spots.is_empty() {
            return Err(format!("{} has no place", finding.rule.name));
        }
        if finding.fingerprint.len() != 32 {
            return Err(format!("{} has no fingerprint", finding.rule.name));
        }
        let places = finding.spots.iter().map(|s| (&s.place, s.region));
        for (place, region) in places.chain(finding.edits.iter().map(|e| (&e.place, e.region))) {
            let Some(region) = region else { continue };
            if !texts.contains_key(&*place.file) {
                let text = locate::text(&files, &place.file).ok_or("a place in no file")?;
                texts.insert(place.file.to_string(), (text.lines().count(), text));
            }
            let (lines, text) = &texts[&*place.file];
            if text.get(region.start..region.end).is_none() || region.line > lines + 1 {
                return Err(format!("{} points outside {}: {region:?}", finding.rule.name, place.file));
            }
        }
        harmless(&human.render(finding))?;
        harmless(&short::line(finding, Langs::Both))?;
    }
    harmless(&json::document(&checked, day(), 2, 1, None, None).map_err(|e| e.to_string())?)?;
    Ok(checked)
}

/// No control characters and no characters that turn the direction reach a terminal.
fn harmless(text: &str) -> Result<(), String> {
    match text.chars().find(|c| {
        (c.is_control() && *c != '\n') || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    }) {
        Some(c) => Err(format!("{c:?} reaches the terminal: {}", text.escape_debug())),
        None => Ok(()),
    }
}

fn run(from: u64, examples: &[(String, Vec<(String, String)>)]) -> String {
    let root = root();
    let mut problems = String::new();
    for case in (from..CASES).step_by(usize::try_from(THREADS).unwrap()) {
        let mut dice = Dice::new(case + 1);
        let (folder, files) = dice.pick(examples);
        // One case in five spoils what all orders share, in place of the order.
        let shared = (dice.roll(5) == 0).then(|| *dice.pick(SHARED));
        let chosen = if shared.is_some() { usize::MAX } else { dice.roll(files.len()) };
        if let Some(name) = shared {
            let text = fs::read_to_string(data().join(name)).unwrap();
            fs::write(root.path().join(name), mutate(&text, &mut dice)).unwrap();
        }
        let home = root.path().join(folder);
        fs::create_dir_all(&home).unwrap();
        for (index, (name, text)) in files.iter().enumerate() {
            let bytes = if index == chosen { mutate(text, &mut dice) } else { text.clone().into_bytes() };
            fs::write(home.join(name), bytes).unwrap();
        }
        let outcome = catch_unwind(AssertUnwindSafe(|| inspect(root.path())));
        match outcome {
            Ok(Ok(_)) => {}
            Ok(Err(why)) => drop(writeln!(problems, "case {case} ({folder}): {why}")),
            Err(_) => drop(writeln!(problems, "case {case} ({folder}): panicked")),
        }
        fs::remove_dir_all(&home).unwrap();
        if let Some(name) = shared {
            fs::copy(data().join(name), root.path().join(name)).unwrap();
        }
        if problems.lines().count() > 5 {
            break;
        }
    }
    problems
}

#[test]
fn ten_thousand_mutations_break_nothing_else() {
    let examples = examples();
    assert!(examples.len() >= 12);
    let problems: String = std::thread::scope(|scope| {
        let examples = &examples;
        let workers: Vec<_> = (0..THREADS).map(|from| scope.spawn(move || run(from, examples))).collect();
        workers.into_iter().map(|w| w.join().unwrap()).collect()
    });
    assert!(problems.is_empty(), "{problems}");
}

/// Lays files over a root and inspects it.
fn with(files: &[(&str, &[u8])]) -> Vec<Finding> {
    let root = root();
    for (name, bytes) in files {
        let to = root.path().join(name);
        fs::create_dir_all(to.parent().unwrap()).unwrap();
        fs::write(to, bytes).unwrap();
    }
    inspect(root.path()).unwrap()
}

fn names(findings: &[Finding]) -> Vec<&str> {
    findings.iter().map(|f| f.rule.name).collect()
}

#[test]
fn megabytes_of_nonsense_end_in_bounded_findings() {
    let big = 1024 * 1024;
    for piece in [
        "x\n",
        "“",
        "a = “b”\n",
        "= =\n",
        "[x]\n",
        "a.",
        "[",
        "a = [\n",
        "\"",
        "x = 1\n",
        "a",
        "{",
        "k = {\n",
    ] {
        let text = piece.repeat(big / piece.len());
        let found = with(&[("orders/2026/BIG/order.toml", text.as_bytes())]);
        assert!(!found.is_empty() && found.len() <= 260, "{piece:?}: {}", found.len());
    }
}

#[test]
fn one_long_line_of_unknown_keys_is_read_once() {
    let mut line = String::from("review = { ");
    for n in 0..100_000 {
        let _ = write!(line, "k{n} = 1, ");
    }
    line.push_str("z = 1 }\n");
    let found = with(&[("orders/2026/BIG/order.toml", line.as_bytes())]);
    assert!(found.len() <= 260, "{}", found.len());
    assert!(found.iter().any(|f| f.title.en.contains("more problems")));
}

#[test]
fn hostile_names_never_become_orders_or_escape_sequences() {
    let long = format!("orders/2026/{}/order.toml", "x".repeat(200));
    let found = with(&[
        (&long, INTACT.as_bytes()),
        ("orders/2026/a\u{1b}[31mb/order.toml", INTACT.as_bytes()),
        ("orders/2026/\u{202e}evil/order.toml", INTACT.as_bytes()),
        ("orders/2026/<script>/order.toml", INTACT.as_bytes()),
        ("orders/2026/=cmd/order.toml", INTACT.as_bytes()),
        ("customers/\u{7}bell.toml", b"name = \"x\"\n"),
    ]);
    assert_eq!(names(&found).iter().filter(|n| **n == "file-order-id").count(), 6, "{found:#?}");
}

#[test]
fn values_with_escape_sequences_are_shown_not_obeyed() {
    let text = format!(
        "po = \"a\\u001b]0;owned\\u0007b\"\nmode = \"\\u001b[31mred\"\ncustomer = \"\\u202etxt\"\n\u{1b} = 1\nmarks = [\"{}\"]\n\"k\\u001b[2J\" = 1\n",
        "m".repeat(300)
    );
    let found = with(&[("orders/2026/EVIL/order.toml", text.as_bytes())]);
    assert!(names(&found).contains(&"toml-unknown-value"), "{found:#?}");
    assert!(names(&found).contains(&"toml-unknown-key"), "{found:#?}");
}

#[test]
fn a_flood_of_faults_is_cut_short_and_counted() {
    let dir = tempfile::tempdir().unwrap();
    let folder = dir.path().join("orders/2026/FLOOD");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(dir.path().join("gendan.toml"), "schema = 1\n").unwrap();
    // One line of empty items, near the size limit of a file; braces in the thousands on one line.
    std::fs::write(folder.join("order.toml"), format!("items = [{}{{}}]\n", "{},".repeat(200_000))).unwrap();
    let loaded = gendan::load::load(dir.path()).unwrap();
    let history = gendan::history::read(dir.path());
    let facts = gendan::derive::derive(&loaded.book, &history, "2026-11-20".parse().unwrap());
    let findings = gendan::check::check(&facts, loaded.findings).findings;
    let said: Vec<_> = findings.iter().filter(|f| f.rule.name == "line-required-fields").collect();
    assert_eq!(said.len(), 200);
    assert!(
        said.iter().any(|f| f.title.en.contains("more like this") && f.title.zh.contains("同样的还有")),
        "the last one says how many more there are"
    );
}
