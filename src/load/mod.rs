//! From a folder to a [`Book`]: reads, parses once, decodes, and says what is wrong with the *writing*.
//!
//! A broken file never hides another file, a broken table never hides another table. Nothing here judges the
//! trade; that is for [`crate::check`].

pub mod below;
pub mod decode;
pub mod discover;
pub mod fields;
pub mod files;
pub mod newer;
pub mod rates;
pub mod schema;
pub mod shape;
pub mod source;
pub mod span;
pub mod suggest;
pub mod syntax;

use std::io;
use std::path::Path;
use std::sync::{Arc, LazyLock};

use rayon::prelude::*;
use toml::de::{DeTable, DeValue};

use crate::bi;
use crate::book::Book;
use crate::check::finding::{At, Finding, Place, Severity, Subject};
use crate::check::rules;
use crate::key::Key;
use crate::load::decode::{Cx, Field, Record};
use crate::load::discover::{Found, OrderFolder, Role, discover};
use crate::load::files::{Files, ReadError};
use crate::load::shape::Shape;
use crate::model::origin::Origin;
use crate::model::party::{Party, PartyFile, PartyKind};
use crate::model::setup::{CalendarFile, Person, Setup};
use crate::model::{Order, OrderFile};

/// The version of the data format that this program reads.
const SCHEMA: u32 = 1;

/// A book, and what is wrong with its writing.
#[derive(Debug, Default)]
pub struct Loaded {
    /// What could be read.
    pub book: Book,
    /// What could not.
    pub findings: Vec<Finding>,
}

/// Reads a data root on disk. `Err` only when the root itself cannot be opened.
pub fn load(root: &Path) -> io::Result<Loaded> {
    Ok(load_files(Files::folder(root)?))
}

/// Reads a data root from wherever its files come.
#[must_use]
pub fn load_files(root: Files) -> Loaded {
    let Found { single, orders, attachments, findings } = discover(&root);
    let mut loaded = Loaded { book: Book { root: root.clone(), attachments, ..Book::default() }, findings };
    loaded.book.files_read = single.len() + orders.iter().map(|o| o.files.len()).sum::<usize>();
    let mut sums = Sums::new();
    for (role, path) in &single {
        load_single(&root, role, path, &mut loaded, &mut sums);
    }
    let read: Vec<(Order, Vec<Finding>, Sums)> =
        orders.par_iter().map(|folder| load_order(&root, folder, &loaded.book)).collect();
    loaded.book.orders.reserve_exact(read.len());
    for (order, findings, own) in read {
        loaded.book.orders.push(order);
        loaded.findings.extend(findings);
        sums.extend(own);
    }
    loaded.book.sums = sums.into_iter().collect();
    loaded.book.attachments.sort();
    loaded
}

/// The bytes that were read of each file, as keys.
type Sums = Vec<(Arc<str>, Key)>;

/// The text of a file, or the finding that says why it cannot be read.
fn read(root: &Files, path: &Arc<str>, subject: &Subject, sums: &mut Sums) -> Result<String, Box<Finding>> {
    let refuse = |mut finding: Finding| {
        finding.subject = subject.clone();
        Box::new(finding)
    };
    let bytes = root.read(path, source::MAX_BYTES).map_err(|error| match error {
        ReadError::Io(error) => refuse(discover::unreadable(path, &discover::io_reason(Some(&error)))),
        ReadError::TooLarge(size) => Box::new(too_large(path, size, subject)),
    })?;
    sums.push((Arc::clone(path), Key::of(&bytes)));
    source::text(bytes).map_err(|why| {
        let mut finding = match &why {
            source::Unreadable::NotUtf8(at) => {
                let mut finding = Finding::new(
                    &rules::file_not_utf8::RULE,
                    subject.clone(),
                    bi!(
                        "{path} 不是 UTF-8 编码（第 {at} 个字节起），没有读",
                        "{path} is not UTF-8 (from byte {at} on) and was not read"
                    ),
                );
                finding.help(bi!(
                    "用编辑器“另存为 UTF-8”；从 Excel 或记事本粘贴的多半是 GBK",
                    "save it as UTF-8 in the editor; text from Excel or Notepad is often GBK"
                ));
                finding
            }
            source::Unreadable::TooDeep(_) => {
                let mut finding = Finding::new(
                    &rules::file_too_deep::RULE,
                    subject.clone(),
                    bi!(
                        "{path} 嵌套太深（超过 {} 层），没有读",
                        "{path} is nested too deeply (over {} levels) and was not read",
                        source::MAX_DEPTH
                    ),
                );
                finding.help(bi!("多半是多打了 [ 或 {{", "probably a run of [ or {{ typed by mistake"));
                finding
            }
        };
        match why {
            source::Unreadable::TooDeep(place) => {
                finding.at(Place::bytes(path, place), bi!("到这里", "here"))
            }
            source::Unreadable::NotUtf8(_) => finding.at(Place::file(path), bi!("", "")),
        };
        Box::new(finding)
    })
}

fn too_large(path: &Arc<str>, size: u64, subject: &Subject) -> Finding {
    let mut finding = Finding::new(
        &rules::file_too_large::RULE,
        subject.clone(),
        bi!(
            "{path} 有 {size} 字节，超过 4 MiB，没有读",
            "{path} has {size} bytes, more than 4 MiB, and was not read"
        ),
    );
    finding.at(Place::file(path), bi!("", "")).help(bi!(
        "长文写进 notes.md，扫描件放 files/，TOML 里只留数据",
        "put long text into notes.md and scans into files/; keep only data in TOML"
    ));
    finding
}

/// Parses a text and gives its top-level table to `each`; syntax problems go to the context first.
fn parse(cx: &mut Cx<'_>, each: impl FnOnce(&DeTable<'_>, &mut Cx<'_>)) {
    if let Ok(table) = DeTable::parse(cx.text) {
        newer::report(cx);
        return each(table.get_ref(), cx);
    }
    let recovered = syntax::recover(&cx.file, &cx.subject, cx.text);
    cx.findings.extend(recovered.problems.findings);
    cx.broken = recovered.problems.lines;
    cx.more += recovered.problems.more;
    let (table, _) = DeTable::parse_recoverable(&recovered.text);
    each(table.get_ref(), cx);
}

fn context<'s>(file: &Arc<str>, text: &'s str, subject: Subject) -> Cx<'s> {
    Cx { file: Arc::clone(file), text, subject, broken: Vec::new(), findings: Vec::new(), more: 0 }
}

fn load_single(root: &Files, role: &Role, path: &Arc<str>, loaded: &mut Loaded, sums: &mut Sums) {
    let stem = path.rsplit('/').next().and_then(|n| n.strip_suffix(".toml")).unwrap_or_default().to_owned();
    let id: Arc<str> = Arc::from(stem.as_str());
    let subject = match role {
        Role::Party(PartyKind::Customer) => Subject::Customer(Arc::clone(&id)),
        Role::Party(PartyKind::Supplier) => Subject::Supplier(Arc::clone(&id)),
        Role::Party(PartyKind::Forwarder) => Subject::Forwarder(Arc::clone(&id)),
        _ => Subject::Root,
    };
    let text = match read(root, path, &subject, sums) {
        Ok(text) => text,
        Err(finding) => {
            loaded.findings.push(*finding);
            return;
        }
    };
    let origin = Origin::single(Arc::clone(path));
    let mut cx = context(path, &text, subject);
    let book = &mut loaded.book;
    match role {
        Role::Setup => parse(&mut cx, |table, cx| {
            book.config.file = Setup::read(table, cx);
            setup_values(table, &book.config.file, cx);
            book.config.origin = origin;
        }),
        Role::People => parse(&mut cx, |table, cx| {
            book.people = people(table, cx);
            book.people_origin = origin;
        }),
        Role::Party(kind) => parse(&mut cx, |table, cx| {
            let file = PartyFile::read(table, cx);
            let party = Party { id: Arc::clone(&id), kind: *kind, file, origin };
            if discover::is_id(&id) {
                book.parties.insert((*kind, id), party);
            } else {
                cx.findings.push(bad_party_id(path, &id));
            }
        }),
        Role::Calendar => parse(&mut cx, |table, cx| {
            let file = CalendarFile::read(table, cx);
            match calendar_name(&stem) {
                Some((id, year)) => {
                    book.calendars.entry(id).or_default().insert(year, (file, origin));
                }
                None => cx.findings.push(bad_calendar_name(path)),
            }
        }),
        Role::Rates => rates::read(path, &text, &mut book.rates, &mut cx.findings),
    }
    loaded.findings.append(&mut cx.finish());
}

/// What no other reader of `gendan.toml` would miss: a format this version does not know, and a time zone that
/// does not exist, which would silently move "today".
fn setup_values(table: &DeTable<'_>, setup: &Setup, cx: &mut Cx<'_>) {
    let schema = setup.schema.filter(|s| *s != SCHEMA);
    if let (Some(schema), Some(value)) = (schema, table.get("schema"))
        && let Some(finding) = cx.report(
            &rules::toml_unknown_value::RULE,
            &value.span(),
            bi!(
                "数据格式是第 {schema} 版，这个 gendan 只认第 {SCHEMA} 版",
                "the data has format {schema}; this gendan reads format {SCHEMA}"
            ),
            bi!("认识的是 {SCHEMA}", "known: {SCHEMA}"),
        )
    {
        finding.values([schema]).help(bi!(
            "换用支持它的 gendan；如果只是写错，改回 {SCHEMA}",
            "use a gendan that knows it; if it is a slip, write {SCHEMA}"
        ));
    }
    let zone = setup.timezone.as_deref().filter(|z| z.parse::<chrono_tz::Tz>().is_err());
    if let (Some(zone), Some(value)) = (zone, table.get("timezone"))
        && let Some(finding) = cx.report(
            &rules::toml_unknown_value::RULE,
            &value.span(),
            bi!("没有时区 {zone}", "there is no time zone {zone}"),
            bi!("不认识", "not known"),
        )
    {
        finding
            .values([zone])
            .help(bi!("写 IANA 时区名，例如 Asia/Shanghai", "write an IANA time zone, like Asia/Shanghai"));
    }
}

/// `cn-bank-2026` → (`cn-bank`, 2026).
fn calendar_name(stem: &str) -> Option<(String, i32)> {
    let (id, year) = stem.rsplit_once('-')?;
    let year = year.parse().ok().filter(|y| (2000..=2100).contains(y))?;
    (!id.is_empty()).then(|| (id.to_owned(), year))
}

fn bad_calendar_name(path: &Arc<str>) -> Finding {
    let mut finding = Finding::new(
        &rules::file_misplaced::RULE,
        Subject::Root,
        bi!("日历文件名看不出是哪一年：{path}", "the calendar's file name does not say which year: {path}"),
    );
    finding.at(Place::file(path), bi!("", "")).help(bi!(
        "文件名写成 <日历>-<年>.toml，例如 cn-bank-2026.toml",
        "name it <calendar>-<year>.toml, like cn-bank-2026.toml"
    ));
    finding
}

fn bad_party_id(path: &Arc<str>, id: &str) -> Finding {
    let mut finding = Finding::new(
        &rules::file_order_id::RULE,
        Subject::Root,
        bi!("文件名 {id} 不能当编号，没有读", "the file name {id} cannot be an id; it was not read"),
    );
    finding.at(Place::file(path), bi!("", "")).values([id]).help(bi!(
        "文件名只用英文字母、数字、- _ .，最多 64 个字符；它也是网页地址",
        "use ASCII letters, digits, - _ . and at most 64 characters; it is also the page's address"
    ));
    finding
}

/// A table per person. `[lin.yan]` without quotes is two tables in TOML, and gets its own message.
fn people(table: &DeTable<'_>, cx: &mut Cx<'_>) -> std::collections::BTreeMap<String, Person> {
    let mut people = std::collections::BTreeMap::new();
    for (key, value) in table.iter() {
        let id = key.get_ref();
        let inner = match value.get_ref() {
            DeValue::Table(inner) if !inner.is_empty() => inner,
            _ => {
                people.insert(id.to_string(), Person::decode(value, cx).unwrap_or_default());
                continue;
            }
        };
        if inner.iter().all(|(_, v)| v.get_ref().is_table()) {
            for (second, value) in inner.iter() {
                let full = format!("{id}.{}", second.get_ref());
                dotted(&full, &key.span(), &second.span(), cx);
                people.insert(full, Person::decode(value, cx).unwrap_or_default());
            }
        } else {
            people.insert(id.to_string(), Person::decode(value, cx).unwrap_or_default());
        }
    }
    people
}

fn dotted(full: &str, first: &std::ops::Range<usize>, second: &std::ops::Range<usize>, cx: &mut Cx<'_>) {
    let span = first.start..second.end.max(first.end);
    let file = Arc::clone(&cx.file);
    if let Some(finding) = cx.report(
        &rules::toml_dotted_id::RULE,
        &span,
        bi!("[{full}] 里的点要放在引号里", "the dot in [{full}] belongs inside quotes"),
        bi!("没有引号，TOML 读成两层表", "without quotes TOML reads two nested tables"),
    ) {
        finding
            .help(bi!("写成 [\"{full}\"]", "write [\"{full}\"]"))
            .edit(Place::bytes(&file, span), format!("\"{full}\""));
    }
}

fn load_order(root: &Files, folder: &OrderFolder, book: &Book) -> (Order, Vec<Finding>, Sums) {
    let subject = Subject::Order(Arc::clone(&folder.id));
    let mut order = Order {
        id: Arc::clone(&folder.id),
        folder: Arc::clone(&folder.folder),
        notes: folder.notes.clone(),
        ..Order::default()
    };
    let (mut findings, mut sums) = (Vec::new(), Sums::new());
    let mut below = Vec::new();
    for path in &folder.files {
        order.origin.add_file(Arc::clone(path));
        match read(root, path, &subject, &mut sums) {
            Ok(text) => {
                let mut cx = context(path, &text, subject.clone());
                parse(&mut cx, |table, cx| {
                    merge(&mut order, table, cx);
                    below::find(table, cx, &mut below);
                });
                findings.append(&mut cx.finish());
            }
            Err(finding) => findings.push(*finding),
        }
    }
    for below in below {
        let lost = order.origin.of_key(&below.key).is_none();
        let said = findings.iter().any(|f| f.spots.first().is_some_and(|s| s.place == below.place));
        if lost && !said {
            findings.push(below::finding(below, &subject));
        }
    }
    fill_defaults(&mut order, book);
    name_currency(&mut findings, order.currency.as_deref());
    order.broken = findings.iter().any(|f| f.severity == Severity::Error);
    (order, findings, sums)
}

/// Adds the keys of one file to the order. The same key in two files is an error that shows both places;
/// arrays of tables concatenate.
fn merge(order: &mut Order, table: &DeTable<'_>, cx: &mut Cx<'_>) {
    for (key, value) in table.iter() {
        let name: &str = key.get_ref();
        let repeats = repeats(name);
        if !repeats && let Some((file, span)) = order.origin.of_key(name) {
            let other = Place::bytes(file, span);
            duplicate(name, &key.span(), other, cx);
            continue;
        }
        if order.file.take(name, value, cx) {
            let count = match value.get_ref() {
                DeValue::Array(items) if repeats => items.len(),
                _ => 1,
            };
            order.origin.add(name, count, key.span());
        } else {
            suggest::unknown_key::<OrderFile>(name, &key.span(), cx);
        }
    }
}

/// Top-level keys of an order that are lists of tables.
static REPEATING: LazyLock<Vec<&'static str>> = LazyLock::new(|| {
    let mut keys = Vec::new();
    OrderFile::keys(&mut keys);
    keys.iter()
        .filter(|k| matches!(&k.shape, Shape::List(inner) if matches!(**inner, Shape::Table(_))))
        .map(|k| k.name)
        .collect()
});

/// True when a top-level key of an order is a list of tables, which several files may add to.
fn repeats(name: &str) -> bool {
    REPEATING.contains(&name)
}

fn duplicate(name: &str, span: &std::ops::Range<usize>, other: Place, cx: &mut Cx<'_>) {
    if let Some(finding) = cx.report(
        &rules::toml_duplicate_key::RULE,
        span,
        bi!("`{name}` 在这一单的两个文件里都有", "`{name}` stands in two files of this order"),
        bi!("又写了一次，这里的没有读", "again; this one was not read"),
    ) {
        finding
            .at(other, bi!("先写在这里", "first given here"))
            .help(bi!("留一处，删掉另一处", "keep one and remove the other"));
    }
}

/// Absent keys take the customer's defaults; which ones is remembered, so that a rule can offer the lines.
fn fill_defaults(order: &mut Order, book: &Book) {
    let Some(customer) = order.file.customer.as_deref() else { return };
    let Some(defaults) = book.party(PartyKind::Customer, customer).and_then(|c| c.file.defaults.as_deref())
    else {
        return;
    };
    let (file, filled) = (&mut order.file, &mut order.filled);
    macro_rules! fill {
        ($($field:ident)*) => { $(
            if file.$field.is_none() {
                if let Some(value) = &defaults.$field {
                    file.$field = Some(value.clone());
                    filled.push(stringify!($field));
                }
            }
        )* };
    }
    fill!(currency incoterm mode from to payment merchandiser clerk);
    if file.marks.is_empty() && !defaults.marks.is_empty() {
        file.marks = defaults.marks.clone();
        filled.push("marks");
    }
}

/// Offered edits of amounts name the order's currency, which is known only after all files were read.
fn name_currency(findings: &mut [Finding], currency: Option<&str>) {
    let prefix = currency.map(|c| format!("{c} ")).unwrap_or_default();
    for edit in findings.iter_mut().flat_map(|f| &mut f.edits) {
        if edit.text.contains(syntax::CURRENCY_MARK) && matches!(edit.place.at, At::Bytes(..)) {
            edit.text = edit.text.replace(syntax::CURRENCY_MARK, &prefix);
        }
    }
}
