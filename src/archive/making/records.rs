//! Which files of the data root belong to the file of an order: everything in its folder, and of the rest what is needed
//! to read it again (parties, people, calendars, configuration). What is named and not there, or lies there and was not
//! taken, is said.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::{Datelike, NaiveDate};

use crate::archive::name::Names;
use crate::bi;
use crate::book::Book;
use crate::derive::files;
use crate::load::files::{Entry, Kind};
use crate::model::Order;
use crate::model::party::PartyKind;
use crate::text::Bi;

/// Largest file that is taken: larger ones are named as missing.
pub const MAX_BYTES: u64 = crate::check::digest::MAX_BYTES;

/// How a file begins that only points to one kept elsewhere (Git LFS).
const POINTER: &[u8] = b"version https://git-lfs.github.com/spec/";

/// A file that is taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// In the data root.
    pub path: Arc<str>,
    /// In the archive, below the records: `orders/GD26-0061/docs.toml`, without the folders by which a data root groups
    /// its orders; and but for names that not every system takes.
    pub name: String,
    /// Records that name it: `docs.bl[0]`.
    pub by: Vec<String>,
}

/// A file that is not there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Absent {
    /// As written, or its path in the data root.
    pub file: String,
    /// Why.
    pub why: Why,
}

/// Why a file is not in the archive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Why {
    /// A record names it, and it does not lie there.
    Missing(String),
    /// A record names it, and it lies outside the folder of the order.
    Outside(String),
    /// A record names an address: it is kept elsewhere.
    Elsewhere(String),
    /// Only a pointer to it lies there.
    Pointer,
    /// A symbolic link.
    Link,
    /// It cannot be read, or has no name that can be written.
    Unreadable,
    /// It is too large.
    TooLarge,
}

impl Absent {
    /// Something that a complete file would hold.
    #[must_use]
    pub fn counts(&self) -> bool {
        !matches!(self.why, Why::Elsewhere(_))
    }
}

impl Why {
    /// In words.
    #[must_use]
    pub fn text(&self) -> Bi {
        match self {
            Self::Missing(record) => {
                bi!(
                    "{record} 写了这个文件，订单文件夹里没有",
                    "{record} names it; it is not in the order's folder"
                )
            }
            Self::Outside(record) => bi!(
                "{record} 写的路径不在订单文件夹里，没有收",
                "{record} names a path outside the order's folder; not taken"
            ),
            Self::Elsewhere(record) => {
                bi!(
                    "{record} 写的是网址，文件在别处，没有收",
                    "{record} names an address; the file is kept elsewhere"
                )
            }
            Self::Pointer => bi!(
                "只有 Git LFS 的指针，文件本身没有取到：git lfs pull 后再归档",
                "only a Git LFS pointer lies there: run git lfs pull and archive again"
            ),
            Self::Link => bi!("是符号链接，没有跟过去", "a symbolic link; it was not followed"),
            Self::Unreadable => bi!("读不了", "it could not be read"),
            Self::TooLarge => bi!("超过 256 MiB，没有收", "larger than 256 MiB; not taken"),
        }
    }
}

/// The records of one order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Records {
    /// The order's own folder: TOML, notes, attachments.
    pub own: Vec<Kept>,
    /// What is needed to read it again.
    pub shared: Vec<Kept>,
    /// What is not here.
    pub absent: Vec<Absent>,
}

impl Records {
    /// Everything that is taken.
    pub fn each(&self) -> impl Iterator<Item = &Kept> {
        self.own.iter().chain(&self.shared)
    }
}

/// What lies in the folders of orders.
pub(super) struct Root {
    folders: BTreeMap<Arc<str>, Vec<Entry>>,
}

impl Root {
    /// Walks the data root once, and sorts what it finds to the orders.
    pub(super) fn of(book: &Book) -> Self {
        let mut folders: BTreeMap<Arc<str>, Vec<Entry>> =
            book.orders.iter().map(|order| (Arc::clone(&order.folder), Vec::new())).collect();
        for entry in book.root.entries() {
            // A folder is nothing to keep; what lies in it is.
            let ends = entry.path.match_indices('/').map(|(at, _)| at);
            let home = ends.filter_map(|at| entry.path.get(..at)).find(|dir| folders.contains_key(*dir));
            let home = home.map(str::to_owned);
            if let Some(list) = home.and_then(|home| folders.get_mut(home.as_str()))
                && entry.kind != Kind::NotFile
            {
                list.push(entry);
            }
        }
        Self { folders }
    }

    pub(super) fn records(&self, book: &Book, order: &Order, filed: NaiveDate) -> Records {
        let mut records = Records::default();
        let mut names = Names::default();
        let home = home(&order.id);
        let named = named(order);
        let entries = self.folders.get(&order.folder).map_or(&[][..], Vec::as_slice);
        for Entry { path, kind } in entries {
            let why = match kind {
                Kind::File => {
                    let below = path.strip_prefix(&*order.folder).unwrap_or_default().trim_start_matches('/');
                    let by = named.get(below).cloned().unwrap_or_default();
                    self::readable(book, path, &mut records.absent);
                    if !records.absent.iter().any(|a| *a.file == **path && a.why != Why::Pointer) {
                        records.own.push(Kept {
                            path: Arc::clone(path),
                            name: format!("{home}{}", names.take(below)),
                            by,
                        });
                    }
                    continue;
                }
                Kind::NotFile => continue,
                Kind::Link { .. } => Why::Link,
                Kind::Module | Kind::Unnamed | Kind::Broken(_) => Why::Unreadable,
            };
            records.absent.push(Absent { file: path.to_string(), why });
        }
        records.absent.extend(missing(order, &records));
        records.absent.sort_by(|a, b| a.file.cmp(&b.file));
        let mut names = Names::default();
        for path in shared(book, order, filed) {
            records.shared.push(Kept { name: names.take(&path), path, by: Vec::new() });
        }
        records
    }
}

/// Where the order's own files lie among the records: `orders/GD26-0061/`.
#[must_use]
pub fn home(id: &str) -> String {
    format!("orders/{}/", crate::archive::name::folder(id))
}

/// Notes a file that cannot be taken, or is not itself.
fn readable(book: &Book, path: &Arc<str>, absent: &mut Vec<Absent>) {
    let why = match book.root.size(path) {
        None => Why::Unreadable,
        Some(size) if size > MAX_BYTES => Why::TooLarge,
        // A pointer is three short lines.
        Some(size) if size > 1024 => return,
        Some(_) => match book.root.beginning(path, POINTER.len() as u64) {
            Some(head) if head == POINTER => Why::Pointer,
            _ => return,
        },
    };
    absent.push(Absent { file: path.to_string(), why });
}

/// The records that name each file, by its path below the folder.
fn named(order: &Order) -> BTreeMap<String, Vec<String>> {
    let mut by: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for named in files::of(order) {
        if let Some(below) = named.below().filter(|_| !named.is_elsewhere()) {
            by.entry(below).or_default().push(named.record);
        }
    }
    by
}

/// Files that a record names and that are not here.
fn missing(order: &Order, records: &Records) -> Vec<Absent> {
    let have: BTreeSet<&str> = records.own.iter().map(|kept| &*kept.path).collect();
    let said: BTreeSet<&str> = records.absent.iter().map(|absent| absent.file.as_str()).collect();
    let mut absent = Vec::new();
    for named in files::of(order) {
        let why = match named.below() {
            _ if named.is_elsewhere() => Why::Elsewhere(named.record.clone()),
            None => Why::Outside(named.record.clone()),
            Some(below) => {
                let path = format!("{}/{below}", order.folder);
                if have.contains(path.as_str()) || said.contains(path.as_str()) {
                    continue;
                }
                Why::Missing(named.record.clone())
            }
        };
        absent.push(Absent { file: named.file.to_owned(), why });
    }
    absent
}

/// The parties an order names, wherever it may name one.
pub(super) fn parties(book: &Book, order: &Order) -> impl Iterator<Item = (PartyKind, Arc<str>)> {
    let bought = order.items.iter().filter_map(|item| item.buy.as_deref()?.from.as_deref());
    let ordered = order.purchases.iter().filter_map(|purchase| purchase.to.as_deref());
    let carried = order.shipments.iter().filter_map(|shipment| shipment.forwarder.as_deref());
    let paid = order.paid.iter().filter_map(|payment| payment.to.as_deref());
    let billed = order.bills.iter().filter_map(|bill| bill.from.as_deref());
    let blamed =
        order.complaints.iter().filter_map(|complaint| complaint.recovered.as_deref()?.from.as_deref());
    let inspected = order.inspections.iter().filter_map(|inspection| inspection.by.as_deref());
    let ids: BTreeSet<&str> = order
        .customer
        .as_deref()
        .into_iter()
        .chain(bought)
        .chain(ordered)
        .chain(carried)
        .chain(paid)
        .chain(billed)
        .chain(blamed)
        .chain(inspected)
        .collect();
    let kinds = [PartyKind::Customer, PartyKind::Supplier, PartyKind::Forwarder];
    let keys = ids.into_iter().flat_map(move |id| kinds.map(|kind| (kind, Arc::from(id))));
    let known: BTreeSet<(PartyKind, Arc<str>)> = keys.filter(|key| book.parties.contains_key(key)).collect();
    known.into_iter()
}

/// What is needed to read the order again: the configuration, people, its parties, and the calendars of its years.
fn shared(book: &Book, order: &Order, filed: NaiveDate) -> Vec<Arc<str>> {
    let mut paths: BTreeSet<Arc<str>> = BTreeSet::new();
    paths.extend(book.config.origin.files().iter().cloned());
    paths.extend(book.people_origin.files().iter().cloned());
    for key in parties(book, order) {
        let files = book.parties.get(&key).map_or(&[][..], |party| party.origin.files());
        paths.extend(files.iter().cloned());
    }
    let begun = order.signed.map_or(filed.year() - 1, |day| day.year());
    let years = begun.min(filed.year())..=filed.year() + 1;
    for (year, (_, origin)) in book.calendars.values().flatten() {
        if years.contains(year) {
            paths.extend(origin.files().iter().cloned());
        }
    }
    paths.into_iter().collect()
}
