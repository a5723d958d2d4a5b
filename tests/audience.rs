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
const FINANCE_SEES: &[&str] = &[
    "order.items.buy.price",
    "order.paid.amount",
    "order.bills.amount",
    "order.bills.number",
    "order.received.ref",
];

/// Texts that mean something to the program: another would change what the order is.
const KEPT: &[&str] = &[
    "customer",
    "currency",
    "payment",
    "incoterm",
    "term",
    "merchandiser",
    "clerk",
    "schema",
    "timezone",
    "languages",
    "base",
    "ladder",
    "sha256",
    "country",
    "hs",
    "expiry_place",
    "payable_at",
    "issuer_place",
    "place",
    "decision",
    "rule",
    "at",
    "role",
    "reports_to",
    "portal",
    "type",
    "vat_rate",
    "class",
    "un",
    "code",
    "size",
    "for",
    "step",
];

/// Texts by which records name each other: the same text is the same mark within an order.
const NAMES: &[&str] = &[
    "sku",
    "ref",
    "number",
    "shipment",
    "id",
    "bill",
    "lc",
    "complaint",
    "invoice",
    "contract",
    "again",
    "replaced_by",
    "po",
    "docs",
    "name",
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
        let folder = file.rsplit_once('/').filter(|_| file.starts_with("orders/"));
        let within = folder.map_or(file, |(folder, _)| folder).to_owned();
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
            let currency =
                value.as_str().and_then(|text| text.split_once(' ')).map(|(code, _)| code.to_owned());
            put(
                value,
                match currency {
                    Some(code) => Value::from(format!("{code} {sum}.00")),
                    None => format!("{sum}.00").parse().unwrap(),
                },
            );
            return;
        }
        let Some(text) = value.as_str().map(str::to_owned).filter(|_| is_text(shape)) else { return };
        // Whom papers went to and where goods were bought is what the order is.
        let kept = KEPT.contains(&key)
            || ["order.presentation.to", "order.purchases.to", "order.items.buy.from", "order.setup.id"]
                .contains(&path)
            || ["", "full", "conditional", "archived"].contains(&text.as_str());
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
        Shape::Either(shapes) => {
            shapes.iter().any(is_text) && !shapes.iter().any(|s| matches!(s, Shape::Choice(_)))
        }
        _ => false,
    }
}

fn copy(from: &Path, to: &Path) {
    for entry in
        walkdir::WalkDir::new(from).into_iter().map(Result::unwrap).filter(|e| e.file_type().is_file())
    {
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
    let book = gendan::load::load(&root).unwrap();
    let broken: Vec<&str> = book.book.orders.iter().filter(|o| o.broken).map(|o| &*o.id).collect();
    let wrong: Vec<&str> = book.findings.iter().map(|f| f.title.en.as_str()).collect();
    assert!(broken.is_empty(), "the marks make {broken:?} unreadable: {wrong:?}");
    (repo, root, all)
}

fn gendan(audience: &str, root: &Path, out: &Path) -> Output {
    gendan_on(AS_OF, audience, root, out)
}

fn gendan_on(day: &str, audience: &str, root: &Path, out: &Path) -> Output {
    let (root, out) = (root.to_str().unwrap(), out.to_str().unwrap());
    Command::new(env!("CARGO_BIN_EXE_gendan"))
        .args(["build", "--audience", audience, "--root", root, "--out", out, "--as-of", day, "--lang", "en"])
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
    for entry in
        walkdir::WalkDir::new(out).into_iter().map(Result::unwrap).filter(|e| e.file_type().is_file())
    {
        let path = entry.path().strip_prefix(out).unwrap().to_str().unwrap().replace('\\', "/");
        let bytes = fs::read(entry.path()).unwrap();
        let text = if bytes.starts_with(b"PK") {
            unpacked(&bytes)
        } else {
            String::from_utf8_lossy(&bytes).into_owned()
        };
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
    found
        .filter(|m| m.ends_with("zx") && m[1..5].bytes().all(|b| b.is_ascii_digit()))
        .map(str::to_owned)
        .collect()
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
    list.iter()
        .any(|known| key == *known || key.strip_prefix(known).is_some_and(|rest| rest.starts_with('.')))
}

#[test]
fn a_customer_sees_what_is_on_the_list_and_nothing_else() {
    let (repo, root, all) = planted();
    assert!(
        all.marks.len() > 400 && all.sums.len() > 8,
        "{} marks, {} sums",
        all.marks.len(),
        all.sums.len()
    );
    let out = repo.dir.join("out");
    let mine = |(file, key): &(String, String)| {
        let own = !file.contains("GD26-0777") && !file.contains(OTHER);
        own && CUSTOMER.contains(&key.as_str())
    };
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    // While the goods are made, while they are under way, and when all is done.
    for day in ["2026-08-12", "2026-09-20", AS_OF] {
        let built = gendan_on(day, &format!("customer={OWN}"), &root, &out);
        assert!(built.status.success(), "{day}: {}", said(&built));
        for (path, places) in found(&all, &out) {
            assert!(places.iter().any(mine), "{day}: {path} shows {places:?}");
            seen.extend(places.iter().filter(|place| mine(place)).map(|(_, key)| key.as_str()));
        }
    }
    let missing: Vec<&&str> = CUSTOMER_SEES.iter().filter(|key| !seen.contains(**key)).collect();
    assert!(missing.is_empty(), "the customer does not see {missing:?}");
    let head = repo.git(&["rev-parse", "HEAD"]);
    let here = repo.dir.to_str().unwrap().to_owned();
    for (path, text) in texts(&out) {
        let others = [
            OTHER,
            "GD26-0777",
            "ok-9w4x2m7t",
            "ningbo-haoyu",
            "cosco-nb",
            "lin.yan",
            "wang.lei",
            "zhou.min",
        ];
        for word in others.iter().copied().chain([&head[..10], &*here, ".toml", "notes.md", "files/"]) {
            assert!(!text.contains(word), "{path} holds {word}");
        }
    }
    let page = fs::read_to_string(out.join(PORTAL).join("index.html")).unwrap();
    assert!(page.contains("noindex") && page.contains("We never change account details by e-mail"));
    assert!(page.find("lang=\"en\"").unwrap() < page.find("lang=\"zh-Hans\"").unwrap(), "English first");
    let above: Vec<String> =
        fs::read_dir(&out).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
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
    let seen: BTreeSet<&str> = found(&all, &finance)
        .into_iter()
        .flat_map(|(_, places)| places)
        .map(|(_, key)| key.as_str())
        .collect();
    let missing: Vec<&&str> = FINANCE_SEES.iter().filter(|key| !seen.contains(**key)).collect();
    assert!(missing.is_empty(), "finance does not see {missing:?}");
}

/// The reference as it is, in a folder of its own, with one more customer.
fn plain_root() -> (tempfile::TempDir, PathBuf) {
    let dir = tempfile::tempdir().unwrap();
    let root = dir.path().join("data");
    copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/reference"), &root);
    write(
        &root,
        "customers/nordlys.toml",
        "name = \"Nordlys Handel AS\"\nname_zh = \"北极光\"\nemail = \"kjop@nordlys.example\"\nportal = \"nl-4t8v2k6z\"\n",
    );
    write(
        &root,
        "orders/2026/GD26-0555/order.toml",
        "customer = \"nordlys\"\npo = \"NL-778812\"\nsigned = 2026-10-05\ncurrency = \"USD\"\nship_by = 2027-01-30\nmerchandiser = \"lin.yan\"\n\
         [[items]]\nname = \"Porcelain Insulator\"\nqty = 10\nprice = 5\nbuy = { from = \"ningbo-haoyu\", price = 17.55, currency = \"CNY\" }\n",
    );
    (dir, root)
}

fn write(root: &Path, path: &str, text: &str) {
    let path = root.join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

fn page(out: &Path) -> String {
    fs::read_to_string(out.join(PORTAL).join("index.html")).unwrap()
}

/// A template of the data root that says something on the customer's page.
fn saying(root: &Path, text: &str) {
    let template = format!(
        "{{% extends \"builtin/customer/index.html\" %}}{{% block head %}}<meta name=\"description\" content=\"{text}\">{{% endblock head %}}"
    );
    write(root, "templates/customer/index.html", &template);
}

#[test]
fn one_leak_and_nothing_is_written() {
    let (dir, root) = plain_root();
    let out = dir.path().join("out");
    write(&root, "suppliers/tools.toml", "name = \"Ma & Söhne Werkzeug\"\n");
    write(&root, "customers/hidden.toml", "name = \"Secret Buyer Ltd\"\nshort = \"北方客户\"\n");
    assert!(gendan(&format!("customer={OWN}"), &root, &out).status.success());
    let before = texts(&out);
    let leaks = [
        ("Ningbo Haoyu Lighting Co., Ltd.", "a supplier"),
        ("NINGBO-HAOYU", "a supplier"),
        ("宁波浩宇照明有限公司", "a supplier"),
        ("Ma &amp; Söhne   Werkzeug", "a supplier"),
        ("ops@yuanhai.example", "a supplier"),
        ("Nordlys Handel AS", "another customer"),
        ("北方客户", "another customer"),
        ("for GD26-0555 too", "another customer"),
        ("NL-778812", "another customer"),
        ("nl-4t8v2k6z", "another customer"),
        ("王磊", "one of our people"),
        ("ask wang.lei.", "one of our people"),
        ("wang.lei@gendan.example", "an e-mail address"),
        ("lin.yan@gendan.example", "an e-mail address"),
        ("3301 0000 0000 1178", "an account"),
        ("3301000000001178", "an account"),
        ("FT26191NB0001", "an account"),
        ("DE97200400600123456789", "an account"),
        ("PO26-0001-1", "a number of a purchase"),
        ("VAT20260901001", "a number of a purchase"),
        ("CNY 48.00", "a purchase price"),
        ("https://git.example.internal/x", "the forge"),
        ("orders/2026/GD26-0001", "the forge"),
        ("QC-20260824.pdf", "the forge"),
        ("QC%2D20260824.pdf", "the forge"),
        ("客户财务每周五付款，先订灯头，换 B 供应商，第二条线", ""),
    ];
    for (text, what) in leaks {
        saying(&root, text);
        let built = gendan(&format!("customer={OWN}"), &root, &out);
        if what.is_empty() {
            assert!(built.status.success(), "{text}: {}", said(&built));
            continue;
        }
        assert_eq!(built.status.code(), Some(1), "{text}: {}", said(&built));
        let said = said(&built);
        assert!(said.contains(&format!("{PORTAL}/index.html")) && said.contains(what), "{text}: {said}");
        assert_eq!(texts(&out).keys().collect::<Vec<_>>(), before.keys().collect::<Vec<_>>());
        assert!(
            texts(&out)[&format!("{PORTAL}/index.html")] == before[&format!("{PORTAL}/index.html")]
                || !texts(&out)[&format!("{PORTAL}/index.html")].contains(text),
            "{text} was written"
        );
        let mut left: Vec<String> =
            fs::read_dir(&out).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
        left.sort();
        assert_eq!(left, [PORTAL], "nothing is left beside it");
    }
    // One customer's leak keeps all trees back.
    saying(&root, "Ningbo Haoyu Lighting Co., Ltd.");
    let fresh = dir.path().join("fresh");
    assert_eq!(gendan("customer", &root, &fresh).status.code(), Some(1));
    assert!(texts(&fresh).is_empty(), "nothing is written at all");
}

#[test]
fn short_and_common_words_make_no_alarm() {
    let (dir, root) = plain_root();
    let out = dir.path().join("out");
    // A name of the page's own words, one within a longer word, one on the customer's own papers, short ones.
    write(&root, "suppliers/late.toml", "name = \"main\"\nshort = \"LED\"\n");
    write(&root, "suppliers/lanse.toml", "name = \"anse Lich\"\nshort = \"Bulb\"\nphone = \"4500\"\n");
    write(&root, "suppliers/hamburg.toml", "name = \"Battery Night Lamp\"\n");
    let built = gendan(&format!("customer={OWN}"), &root, &out);
    assert!(built.status.success(), "{}", said(&built));
}

#[test]
fn a_scan_is_searched_too() {
    let (dir, root) = plain_root();
    let out = dir.path().join("out");
    let order = "orders/2026/GD26-0555";
    write(
        &root,
        &format!("{order}/docs.toml"),
        "[proforma]\nnumber = \"PI26-0555\"\ndate = 2026-10-01\nsent = 2026-10-01\nfile = \"files/pi.pdf\"\n",
    );
    let built = |body: &[u8]| {
        let file = root.join(order).join("files/pi.pdf");
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, [b"%PDF-1.4\n", body].concat()).unwrap();
        gendan("customer=nordlys", &root, &out)
    };
    // What a paper carries anyway is no leak on it: our account, who signed.
    let good = built(b"/Author (Wang Lei) 3301 0000 0000 1178");
    assert!(good.status.success(), "{}", said(&good));
    assert!(out.join("nl-4t8v2k6z/papers/GD26-0555/proforma-1.pdf").is_file());
    assert_eq!(built(b"/Title (for Hanse Licht GmbH)").status.code(), Some(1));
    let wide: Vec<u8> = "Hanse Licht GmbH".encode_utf16().flat_map(u16::to_be_bytes).collect();
    assert_eq!(built(&[b"/Title (\xfe\xff", &wide[..], b")"].concat()).status.code(), Some(1));
    let mut packed = flate2::write::ZlibEncoder::new(b"stream\n".to_vec(), flate2::Compression::default());
    std::io::Write::write_all(&mut packed, b"/Title (for Hanse Licht GmbH)").unwrap();
    let packed = [&packed.finish().unwrap()[..], b"\nendstream"].concat();
    assert_eq!(built(&packed).status.code(), Some(1));
    // A link, a page and a file that is not what its name says are no scans.
    let file = root.join(order).join("files/pi.pdf");
    fs::write(&file, "<script>alert(1)</script>").unwrap();
    assert!(gendan("customer=nordlys", &root, &out).status.success());
    assert!(!out.join("nl-4t8v2k6z/papers").exists());
    #[cfg(unix)]
    {
        fs::remove_file(&file).unwrap();
        let outside = dir.path().join("outside.pdf");
        fs::write(&outside, "%PDF-1.4\n").unwrap();
        std::os::unix::fs::symlink(&outside, &file).unwrap();
        assert!(gendan("customer=nordlys", &root, &out).status.success());
        assert!(!out.join("nl-4t8v2k6z/papers").exists());
    }
}

#[test]
fn a_folder_that_is_missing_or_easy_to_guess_is_refused() {
    let (dir, root) = plain_root();
    let out = dir.path().join("out");
    let refused = |audience: &str, words: &str| {
        let built = gendan(audience, &root, &out);
        assert_eq!(built.status.code(), Some(2), "{}", said(&built));
        assert!(said(&built).contains(words), "{}", said(&built));
        assert!(!out.exists() || texts(&out).is_empty(), "nothing is written");
    };
    refused("customer=nobody", "no customer nobody");
    refused("customer=", "customer=ID");
    refused("customers", "customer=ID");
    write(&root, "customers/nordlys.toml", "name = \"Nordlys Handel AS\"\n");
    refused("customer=nordlys", "has no portal");
    for bad in ["nordlys-2026", "handel12", "abcd1234", "../../nordlys", "A7F3K9Q2M"] {
        write(
            &root,
            "customers/nordlys.toml",
            &format!("name = \"Nordlys Handel AS\"\nportal = \"{bad}\"\n"),
        );
        refused("customer=nordlys", "cannot be used");
        refused("customer", "cannot be used");
    }
    write(&root, "customers/nordlys.toml", &format!("portal = \"{PORTAL}\"\n"));
    refused("customer", "each would see the other's orders");
    // The company's own site is never among the customers'.
    write(&root, "customers/nordlys.toml", "portal = \"nl-4t8v2k6z\"\n");
    assert!(gendan("internal", &root, &out).status.success());
    let built = gendan("customer", &root, &out);
    assert!(
        built.status.code() == Some(2) && said(&built).contains("choose another folder"),
        "{}",
        said(&built)
    );
}

#[test]
fn an_address_that_got_about_is_gone_with_the_next_build() {
    let (dir, root) = plain_root();
    let out = dir.path().join("out");
    let built = gendan("customer", &root, &out);
    assert!(built.status.success(), "{}", said(&built));
    write(&out, ".htaccess", "Require valid-user\n");
    write(&out, "own/index.html", "ours");
    let file = fs::read_to_string(root.join("customers/nordlys.toml")).unwrap();
    write(&root, "customers/nordlys.toml", &file.replace("nl-4t8v2k6z", "nl-7w3x9c5b"));
    // Another customer's build leaves it alone.
    assert!(gendan(&format!("customer={OWN}"), &root, &out).status.success());
    assert!(out.join("nl-4t8v2k6z").is_dir());
    assert!(gendan("customer", &root, &out).status.success());
    assert!(!out.join("nl-4t8v2k6z").exists() && out.join("nl-7w3x9c5b/index.html").is_file());
    assert!(
        out.join(".htaccess").is_file() && out.join("own/index.html").is_file(),
        "what is not ours stays"
    );
    let again = texts(&out);
    assert!(gendan("customer", &root, &out).status.success());
    assert_eq!(texts(&out), again, "the same data give the same bytes");
    // A customer without a folder has no pages, and that is said.
    write(&root, "customers/nordlys.toml", "name = \"Nordlys Handel AS\"\n");
    let built = gendan("customer", &root, &out);
    assert!(built.status.success() && said(&built).contains("without a portal"), "{}", said(&built));
    assert!(!out.join("nl-7w3x9c5b").exists());
}

#[test]
fn a_customer_reads_plain_words_about_their_own_orders() {
    let (dir, root) = plain_root();
    let out = dir.path().join("out");
    let order = |id: &str, more: &str| {
        write(
            &root,
            &format!("orders/2026/{id}/order.toml"),
            &format!(
                "customer = \"{OWN}\"\ncurrency = \"USD\"\nmerchandiser = \"lin.yan\"\nfrom = \"Ningbo\"\nto = \"Hamburg\"\n\
                 {more}\n[[items]]\nname = \"Lamp\"\nqty = 100\nprice = 10\n"
            ),
        );
    };
    let offered = "po = \"P-OFFERED\"\npayment = \"100% deposit\"\nship_by = 2027-02-01";
    order("GD26-0301", offered);
    write(
        &root,
        "orders/2026/GD26-0301/docs.toml",
        "[proforma]\nnumber = \"PI26-0301\"\ndate = 2026-11-10\nsent = 2026-11-11\n",
    );
    order(
        "GD26-0302",
        "po = \"P-CREDIT\"\nsigned = 2026-11-10\npayment = \"100% lc sight\"\nship_by = 2027-02-01",
    );
    order("GD26-0303", "payment = \"100% deposit\"");
    order("GD26-0304", "po = \"P-BAD\"\nsigned = 2026-11-10\nship_by = 2027-13-01");
    // Written off: that is ours to know.
    order(
        "GD26-0305",
        "po = \"P-OFF\"\nsigned = 2026-06-01\npayment = \"100% oa on 2026-08-03\"\nship_by = 2026-07-01\n[actual]\nshipped = 2026-06-30",
    );
    write(
        &root,
        "orders/2026/GD26-0305/money.toml",
        "[[received]]\ndate = 2026-08-02\namount = 600.00\n[[credits]]\ndate = 2026-10-01\namount = 400.00\nkind = \"write-off\"\nwhy = \"gone\"\nby = \"wang.lei\"\n",
    );
    // Registered, and handed to the bank alone.
    order(
        "GD26-0306",
        "po = \"P-BANK\"\nsigned = 2026-06-01\npayment = \"100% dp sight\"\nship_by = 2026-07-01",
    );
    write(
        &root,
        "orders/2026/GD26-0306/docs.toml",
        "[invoice]\nnumber = \"INV-NOT-YET\"\ndate = 2026-06-20\n[[presentation]]\nto = \"bank\"\ndate = 2026-07-02\ndocuments = [{ ref = \"INV-NOT-YET\", originals = 1 }]\n",
    );
    let built = gendan(&format!("customer={OWN}"), &root, &out);
    assert!(built.status.success(), "{}", said(&built));
    let page = page(&out);
    for text in [
        "Please sign and return the proforma invoice PI26-0301.",
        "请签回形式发票 PI26-0301。",
        "Offered; we wait for your confirmation.",
        "Please open the letter of credit.",
        "USD 400.00 (100% open account) was due on 3 Aug; please pay.",
    ] {
        assert!(page.contains(text), "{text} is not on the page");
    }
    assert!(page.contains("PO P-BANK"));
    for text in ["GD26-0303", "P-BAD", "INV-NOT-YET", "write", "slack", "overdue", "findings"] {
        assert!(!page.contains(text), "{text} is on the page");
    }
    let json: serde_json::Value =
        serde_json::from_slice(&fs::read(out.join(PORTAL).join("orders.json")).unwrap()).unwrap();
    assert_eq!(json["version"], 1);
    assert_eq!(json["customer"], "Hanse Licht GmbH");
    // Many finished orders have a page for each year, which leads back.
    for n in 0..45 {
        let year = 2024 + n % 2;
        order(
            &format!("GD25-{n:04}"),
            &format!("po = \"P-OLD-{n}\"\nsigned = {year}-03-01\ncancelled = {year}-04-01"),
        );
    }
    assert!(gendan(&format!("customer={OWN}"), &root, &out).status.success());
    let first = self::page(&out);
    assert!(
        first.contains("finished-2025.html") && first.contains("2024 (23)") && !first.contains("P-OLD-0<")
    );
    let year = fs::read_to_string(out.join(PORTAL).join("finished-2024.html")).unwrap();
    assert!(year.contains("P-OLD-0") && !year.contains("P-OLD-1<") && year.contains("index.html"));
    let days = fs::read_to_string(out.join(PORTAL).join("dates.ics")).unwrap();
    assert!(days.starts_with("BEGIN:VCALENDAR") && !days.contains("URL"));
}
