//! Who sees what. A unique mark is planted into every text of the reference, into its notes, comments, names of files,
//! its forge and its authors; all three trees are built through the binary, and every file of them, unpacked where it
//! is packed, is searched for marks. What a customer may see is a list of keys: a key that is not on it, and so every
//! key that will be added, is forbidden.

#![expect(clippy::unwrap_used, clippy::panic, reason = "helpers of tests fail the test")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use gendan::load::decode::Record;
use gendan::load::shape::{Shape, Table};
use gendan::model::OrderFile;
use gendan::model::party::PartyFile;
use gendan::model::setup::{Person, Setup};
use toml_edit::{DocumentMut, Item, TableLike, Value};

#[path = "support/repo.rs"]
mod repo;
use repo::{Repo, git_in};

const AS_OF: &str = "2026-11-20";
const PORTAL: &str = "hl-7f3k9q2m";
const OWN: &str = "hanse-licht";
const OTHER: &str = "other-kunde";

/// What a customer may read of the texts in the data: of the own order and file, and of the company.
const CUSTOMER: &[&str] = &[
    "order.po",
    "order.from",
    "order.to",
    "order.items.name",
    "order.items.sku",
    "order.items.customer_sku",
    "order.items.unit",
    "order.shipments.id",
    "order.shipments.vessel",
    "order.shipments.voyage",
    "order.shipments.from",
    "order.shipments.to",
    "order.complaints.number",
    "order.complaints.lines.sku",
    // Of a document only its number, and only once it was handed to the buyer.
    "order.contract.number",
    "order.proforma.number",
    "order.invoice.number",
    "order.packing.number",
    "order.bl.number",
    "party.name",
    "party.name_zh",
    "company.name",
    "company.name_zh",
    "company.email",
    "company.phone",
    "people.lin.yan.name",
    "people.lin.yan.name_zh",
];

/// What must be among it: a tree that shows nothing leaks nothing either.
const CUSTOMER_SEES: &[&str] = &[
    "order.po",
    "order.items.name",
    "order.items.customer_sku",
    "order.shipments.vessel",
    "order.invoice.number",
    "order.proforma.number",
    "order.complaints.number",
    "party.name",
    "party.name_zh",
    "company.name",
    "company.name_zh",
    "company.email",
    "people.lin.yan.name",
    "people.lin.yan.name_zh",
];

/// What is finance's alone. A key stands for all below it.
const FINANCE: &[&str] = &[
    "order.items.buy.price",
    "order.paid",
    "order.bills.amount",
    "order.bills.number",
    "order.received.ref",
    "order.received.bank",
    "order.review.margin",
    "order.complaints.recovered.amount",
];

/// What finance must find.
const FINANCE_SEES: &[&str] =
    &["order.items.buy.price", "order.paid.amount", "order.bills.amount", "order.bills.number", "order.received.ref"];

/// Texts that mean something to the program: another would change what the order is.
const KEPT: &[&str] = &[
    "customer", "currency", "payment", "incoterm", "term", "merchandiser", "clerk", "schema", "timezone", "languages",
    "base", "ladder", "sha256", "country", "hs", "expiry_place", "payable_at", "issuer_place", "place", "decision",
    "rule", "at", "role", "reports_to", "portal", "type", "vat_rate", "class", "un", "code", "size", "for", "step",
];

/// Texts by which records name each other: the same text is the same mark within an order.
const NAMES: &[&str] = &[
    "sku", "ref", "number", "shipment", "id", "bill", "lc", "complaint", "invoice", "contract", "again", "replaced_by",
    "po", "docs", "name",
];

/// Sums that are planted: each with a figure that stands nowhere else.
const SUMS: &[&str] = &[
    "order.items.buy.price",
    "order.paid.amount",
    "order.bills.amount",
    "order.complaints.recovered.amount",
    "order.import.duty_budget",
    "party.credit_limit.amount",
];

/// Where a mark was planted: the file and the key.
type Places = BTreeSet<(String, String)>;

/// The marks with their places.
#[derive(Default)]
struct Planted {
    marks: BTreeMap<String, Places>,
    sums: BTreeMap<String, Places>,
    names: BTreeMap<(String, String), String>,
}

impl Planted {
    fn mark(&mut self, file: &str, key: &str) -> String {
        let mark = format!("q{:04}zx", self.marks.len());
        self.marks.insert(mark.clone(), [(file.to_owned(), key.to_owned())].into());
        mark
    }

    /// The mark for a text by which records name each other.
    fn name(&mut self, file: &str, key: &str, text: &str) -> String {
        let within = file.rsplit_once('/').map_or(file, |(folder, _)| folder).to_owned();
        let known = self.names.get(&(within.clone(), text.to_owned())).cloned();
        let mark = known.unwrap_or_else(|| self.mark(file, key));
        self.marks.get_mut(&mark).unwrap().insert((file.to_owned(), key.to_owned()));
        self.names.insert((within, text.to_owned()), mark.clone());
        mark
    }

    fn sum(&mut self, file: &str, key: &str) -> String {
        let sum = format!("{}", 9_100_003 + 7 * self.sums.len());
        self.sums.insert(sum.clone(), [(file.to_owned(), key.to_owned())].into());
        sum
    }

    fn table(&mut self, file: &str, path: &str, shape: &Table, table: &mut dyn TableLike) {
        for (key, item) in table.iter_mut() {
            let key = key.get().to_owned();
            let Some(known) = shape.keys.iter().find(|k| k.name == key) else { continue };
            self.item(file, &format!("{path}.{key}"), &known.shape, item);
        }
    }

    fn item(&mut self, file: &str, path: &str, shape: &Shape, item: &mut Item) {
        if let Some(tables) = item.as_array_of_tables_mut() {
            for table in tables.iter_mut() {
                self.within(file, path, shape, table);
            }
        } else if item.is_table() {
            self.within(file, path, shape, item.as_table_like_mut().unwrap());
        } else if let Some(value) = item.as_value_mut() {
            self.value(file, path, shape, value);
        }
    }

    fn within(&mut self, file: &str, path: &str, shape: &Shape, table: &mut dyn TableLike) {
        match shape {
            Shape::Table(known) => self.table(file, path, &known(), table),
            Shape::List(inner) => self.within(file, path, inner, table),
            Shape::Either(shapes) => shapes.iter().for_each(|shape| self.within(file, path, shape, table)),
            Shape::Map(inner) => {
                for (_, item) in table.iter_mut() {
                    self.item(file, path, inner, item);
                }
            }
            _ => {}
        }
    }

    fn value(&mut self, file: &str, path: &str, shape: &Shape, value: &mut Value) {
        if let Some(array) = value.as_array_mut() {
            let inner = match shape {
                Shape::List(inner) => (**inner).clone(),
                other => other.clone(),
            };
            array.iter_mut().for_each(|value| self.value(file, path, &inner, value));
            return;
        }
        if let Some(table) = value.as_inline_table_mut() {
            self.within(file, path, shape, table);
            return;
        }
        let key = path.rsplit('.').next().unwrap();
        if SUMS.contains(&path) {
            let sum = self.sum(file, path);
            let currency = value.as_str().and_then(|text| text.split_once(' ')).map(|(code, _)| code.to_owned());
            put(value, match currency {
                Some(code) => Value::from(format!("{code} {sum}.00")),
                None => format!("{sum}.00").parse().unwrap(),
            });
            return;
        }
        let Some(text) = value.as_str().map(str::to_owned).filter(|_| is_text(shape)) else { return };
        // Whom papers went to and where goods were bought is what the order is.
        let kept = KEPT.contains(&key)
            || ["order.presentation.to", "order.purchases.to", "order.items.buy.from", "order.setup.id"].contains(&path)
            || text.is_empty();
        if kept {
            return;
        }
        let mark = if key == "file" {
            let (folder, name) = text.rsplit_once('/').unwrap_or(("", &text));
            let ending = name.rsplit('.').next().unwrap();
            format!("{folder}/{}.{ending}", self.name(file, path, &text))
        } else if NAMES.contains(&key) {
            self.name(file, path, &text)
        } else {
            self.mark(file, path)
        };
        put(value, Value::from(mark));
    }
}

fn put(value: &mut Value, new: Value) {
    let decor = value.decor().clone();
    *value = new;
    *value.decor_mut() = decor;
}

fn is_text(shape: &Shape) -> bool {
    match shape {
        Shape::Text => true,
        Shape::List(inner) => is_text(inner),
        Shape::Either(shapes) => shapes.iter().any(is_text) && !shapes.iter().any(|s| matches!(s, Shape::Choice(_))),
        _ => false,
    }
}

fn copy(from: &Path, to: &Path) {
    for entry in walkdir::WalkDir::new(from).into_iter().map(Result::unwrap).filter(|e| e.file_type().is_file()) {
        let target = to.join(entry.path().strip_prefix(from).unwrap());
        fs::create_dir_all(target.parent().unwrap()).unwrap();
        fs::copy(entry.path(), target).unwrap();
    }
}

/// The reference with a second customer who ordered the same, and with what was handed to the buyer.
fn reference(root: &Path) {
    copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/reference"), root);
    let customer = fs::read_to_string(root.join("customers/hanse-licht.toml")).unwrap();
    fs::write(root.join("customers/other-kunde.toml"), customer.replace(PORTAL, "ok-9w4x2m7t")).unwrap();
    let (own, other) = (root.join("orders/2026/GD26-0001"), root.join("orders/2026/GD26-0777"));
    let docs = fs::read_to_string(own.join("docs.toml")).unwrap();
    let handed = "\n[[presentation]]\nto = \"buyer\"\nset = \"copies\"\ndate = 2026-09-11\ndocuments = [{ ref = \"INV26-0001-1\", copies = 1 }]\n";
    fs::write(own.join("docs.toml"), format!("{docs}{handed}")).unwrap();
    copy(&own, &other);
    let order = fs::read_to_string(other.join("order.toml")).unwrap();
    let order = order.replacen("\"hanse-licht\"", "\"other-kunde\"", 1);
    fs::write(other.join("order.toml"), order).unwrap();
}

/// The reference with a mark in every text, committed by an author with marks.
fn planted() -> (Repo, PathBuf, Planted) {
    let repo = Repo::new();
    let root = repo.dir.join("data");
    reference(&root);
    let mut all = Planted::default();
    let mut files: Vec<PathBuf> = walkdir::WalkDir::new(&root)
        .into_iter()
        .map(|e| e.unwrap().into_path())
        .filter(|p| p.extension().is_some_and(|e| e == "toml"))
        .collect();
    files.sort();
    for path in &files {
        let file = path.strip_prefix(&root).unwrap().to_str().unwrap().to_owned();
        let mut text: DocumentMut = fs::read_to_string(path).unwrap().parse().unwrap();
        match file.split('/').next().unwrap() {
            "orders" => all.table(&file, "order", &OrderFile::table(), text.as_table_mut()),
            "gendan.toml" => {
                let setup = Setup::table();
                for (key, item) in text.as_table_mut().iter_mut() {
                    let known = setup.keys.iter().find(|k| k.name == key.get()).unwrap();
                    if matches!(key.get(), "company") {
                        all.item(&file, key.get(), &known.shape, item);
                    }
                }
                let (host, path) = (all.mark(&file, "forge.url"), all.mark(&file, "forge.url"));
                text["forge"]["url"] = toml_edit::value(format!("https://git.{host}.example/{path}/orders"));
            }
            "people.toml" => {
                for (id, item) in text.as_table_mut().iter_mut() {
                    let id = format!("people.{}", id.get());
                    all.within(&file, &id, &Shape::Table(Person::table), item.as_table_like_mut().unwrap());
                }
            }
            "calendar" => continue,
            _ => all.table(&file, "party", &PartyFile::table(), text.as_table_mut()),
        }
        let comment = all.mark(&file, "comment");
        fs::write(path, format!("{text}\n# {comment}\n")).unwrap();
    }
    for id in ["GD26-0001", "GD26-0777"] {
        let folder = root.join("orders/2026").join(id);
        let file = format!("orders/2026/{id}/notes.md");
        let (head, body) = (all.mark(&file, "notes"), all.mark(&file, "notes"));
        fs::write(folder.join("notes.md"), format!("# {head}\n\n## 2026-07-15 {head}\n{body}\n")).unwrap();
        for entry in fs::read_dir(folder.join("files")).unwrap().map(Result::unwrap) {
            let name = entry.file_name().into_string().unwrap();
            let within = format!("orders/2026/{id}");
            let Some(mark) = all.names.get(&(within, format!("files/{name}"))) else { continue };
            let ending = name.rsplit('.').next().unwrap();
            fs::rename(entry.path(), folder.join(format!("files/{mark}.{ending}"))).unwrap();
        }
    }
    let (name, mail) = (all.mark("git", "author"), all.mark("git", "author"));
    let message = all.mark("git", "message");
    repo.git(&["add", "-A"]);
    let author = format!("{name} <{mail}@{mail}.example>");
    git_in(&repo.dir, &["commit", "-q", "-m", &message], &author, "2026-11-01T09:00:00+08:00");
    (repo, root, all)
}

fn gendan(audience: &str, root: &Path, out: &Path) -> Output {
    let (root, out) = (root.to_str().unwrap(), out.to_str().unwrap());
    Command::new(env!("CARGO_BIN_EXE_gendan"))
        .args(["build", "--audience", audience, "--root", root, "--out", out, "--as-of", AS_OF, "--lang", "en"])
        .env_remove("GENDAN_ROOT")
        .output()
        .unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned() + &String::from_utf8_lossy(&output.stdout)
}

/// Every file of a tree by its path, with its text: unpacked, where it is a workbook.
fn texts(out: &Path) -> BTreeMap<String, String> {
    let mut all = BTreeMap::new();
    for entry in walkdir::WalkDir::new(out).into_iter().map(Result::unwrap).filter(|e| e.file_type().is_file()) {
        let path = entry.path().strip_prefix(out).unwrap().to_str().unwrap().replace('\\', "/");
        let bytes = fs::read(entry.path()).unwrap();
        let text = if bytes.starts_with(b"PK") { unpacked(&bytes) } else { String::from_utf8_lossy(&bytes).into_owned() };
        all.insert(path.clone(), format!("{path}\n{text}"));
    }
    all
}

/// The parts of a workbook, by its directory at the end.
fn unpacked(bytes: &[u8]) -> String {
    let u16_at = |at: usize| usize::from(u16::from_le_bytes([bytes[at], bytes[at + 1]]));
    let u32_at = |at: usize| u32::from_le_bytes(bytes[at..at + 4].try_into().unwrap()) as usize;
    let end = bytes.windows(4).rposition(|w| w == b"PK\x05\x06").unwrap();
    let (mut at, mut text) = (u32_at(end + 16), String::new());
    for _ in 0..u16_at(end + 10) {
        assert_eq!(&bytes[at..at + 4], b"PK\x01\x02");
        let (packed, names, local) = (u32_at(at + 20), u16_at(at + 28), u32_at(at + 42));
        let start = local + 30 + u16_at(local + 26) + u16_at(local + 28);
        text.push_str(&String::from_utf8_lossy(&bytes[at + 46..at + 46 + names]));
        let data = &bytes[start..start + packed];
        match u16_at(at + 10) {
            0 => text.push_str(&String::from_utf8_lossy(data)),
            8 => {
                let read = flate2::read::DeflateDecoder::new(data).read_to_string(&mut text);
                assert!(read.is_ok(), "a part of a workbook cannot be read");
            }
            other => panic!("packed in way {other}"),
        }
        at += 46 + names + u16_at(at + 30) + u16_at(at + 32);
    }
    text
}

/// Marks that stand in a text.
fn marks_in(text: &str) -> BTreeSet<String> {
    let found = text.match_indices('q').filter_map(|(at, _)| text.get(at..at + 7));
    found.filter(|m| m.ends_with("zx") && m[1..5].bytes().all(|b| b.is_ascii_digit())).map(str::to_owned).collect()
}

/// Sums that stand in a text, with or without marks between thousands.
fn sums_in<'p>(all: &'p Planted, text: &str) -> BTreeSet<&'p str> {
    let close = text.replace(',', "");
    all.sums.keys().filter(|sum| close.contains(sum.as_str())).map(String::as_str).collect()
}

/// Where the keys of a list stand in a tree: the file of the tree with the place in the data.
fn found<'p>(all: &'p Planted, out: &Path) -> Vec<(String, &'p Places)> {
    let mut list = Vec::new();
    for (path, text) in texts(out) {
        for mark in marks_in(&text) {
            list.push((path.clone(), &all.marks[&mark]));
        }
        for sum in sums_in(all, &text) {
            list.push((path.clone(), &all.sums[sum]));
        }
    }
    list
}

fn is_or_below(key: &str, list: &[&str]) -> bool {
    list.iter().any(|known| key == *known || key.strip_prefix(known).is_some_and(|rest| rest.starts_with('.')))
}

#[test]
fn a_customer_sees_what_is_on_the_list_and_nothing_else() {
    let (repo, root, all) = planted();
    assert!(all.marks.len() > 400 && all.sums.len() > 8, "{} marks, {} sums", all.marks.len(), all.sums.len());
    let out = repo.dir.join("out");
    let built = gendan(&format!("customer={OWN}"), &root, &out);
    assert!(built.status.success(), "{}", said(&built));
    let mine = |(file, key): &(String, String)| {
        let own = !file.contains("GD26-0777") && !file.contains(OTHER);
        own && CUSTOMER.contains(&key.as_str())
    };
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    for (path, places) in found(&all, &out) {
        assert!(places.iter().any(mine), "{path} shows {places:?}");
        seen.extend(places.iter().filter(|place| mine(place)).map(|(_, key)| key.as_str()));
    }
    let missing: Vec<&&str> = CUSTOMER_SEES.iter().filter(|key| !seen.contains(**key)).collect();
    assert!(missing.is_empty(), "the customer does not see {missing:?}");
    let head = repo.git(&["rev-parse", "HEAD"]);
    let here = repo.dir.to_str().unwrap().to_owned();
    for (path, text) in texts(&out) {
        let others = [OTHER, "GD26-0777", "ok-9w4x2m7t", "ningbo-haoyu", "cosco-nb", "lin.yan", "wang.lei", "zhou.min"];
        for word in others.iter().copied().chain([&head[..10], &*here, ".toml", "notes.md", "files/"]) {
            assert!(!text.contains(word), "{path} holds {word}");
        }
    }
    let page = fs::read_to_string(out.join(PORTAL).join("index.html")).unwrap();
    assert!(page.contains("noindex") && page.contains("We never change account details by e-mail"));
    assert!(page.find("lang=\"en\"").unwrap() < page.find("lang=\"zh-Hans\"").unwrap(), "English first");
    let above: Vec<String> = fs::read_dir(&out)
        .unwrap()
        .map(|e| e.unwrap().file_name().into_string().unwrap())
        .collect();
    assert_eq!(above, [PORTAL], "there is no page above a customer's folder");
    let scan = fs::read(out.join(PORTAL).join("papers/GD26-0001/invoice-1.pdf")).unwrap();
    assert!(scan.starts_with(b"%PDF-"), "the scan of a paper that was handed over comes along");
    let scans: Vec<String> = texts(&out).into_keys().filter(|path| path.contains("papers/")).collect();
    assert_eq!(scans.len(), 1, "and no other: {scans:?}");
}

#[test]
fn purchase_prices_payments_and_references_of_banks_are_finances() {
    let (repo, root, all) = planted();
    let (internal, finance) = (repo.dir.join("internal"), repo.dir.join("finance"));
    let built = gendan("internal", &root, &internal);
    assert!(built.status.success(), "{}", said(&built));
    let mut shown = 0;
    for (path, places) in found(&all, &internal) {
        shown += 1;
        let hidden = places.iter().all(|(_, key)| is_or_below(key, FINANCE));
        assert!(!hidden, "{path} shows {places:?}");
    }
    assert!(shown > 1000, "the search finds what is there: {shown}");
    let built = gendan("finance", &root, &finance);
    assert!(built.status.success(), "{}", said(&built));
    let seen: BTreeSet<&str> =
        found(&all, &finance).into_iter().flat_map(|(_, places)| places).map(|(_, key)| key.as_str()).collect();
    let missing: Vec<&&str> = FINANCE_SEES.iter().filter(|key| !seen.contains(**key)).collect();
    assert!(missing.is_empty(), "finance does not see {missing:?}");
}
