//! Files closed orders in an archive: those that are not there yet are added, each under its month; one that is there and
//! whose records are the same is left as it is; one whose records changed since is named, with what differs, and not
//! written again.
//!
//! Only the order's own records decide: a page that a newer gendan would make differently, or a customer's new address,
//! does not change what was archived.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;

use super::making::{Content, Filed, Maker, Piece, RECORDS, Records, home};
use super::manifest::{self, Manifest, Stem};
use super::name;
use super::shelf::{Shelf, ShelfError};
use super::sums::{Sum, Sums, sha256};
use crate::bi;
use crate::derive::OrderFacts;
use crate::load::discover::io_reason;
use crate::load::files::{Files, ReadError};
use crate::model::Order;
use crate::publish::groups::Month;
use crate::site::template::TemplateError;
use crate::text::Bi;

/// Why nothing was filed.
#[derive(Debug)]
pub enum FilingError {
    /// The archive cannot be written.
    Shelf(ShelfError),
    /// A template of the data root is wrong.
    Template(TemplateError),
    /// A file of the data root could not be read after all: its path, and why.
    Read(String, String),
}

impl From<ShelfError> for FilingError {
    fn from(error: ShelfError) -> Self {
        Self::Shelf(error)
    }
}

impl From<TemplateError> for FilingError {
    fn from(error: TemplateError) -> Self {
        Self::Template(error)
    }
}

impl FilingError {
    /// In words.
    #[must_use]
    pub fn text(&self) -> Bi {
        match self {
            Self::Shelf(error) => error.text(),
            Self::Template(error) => {
                bi!("模板有错，没有归档：{error}", "a template is wrong, nothing was archived: {error}")
            }
            Self::Read(path, why) => {
                bi!("{path} 读不了，没有归档：{why}", "{path} cannot be read, nothing was archived: {why}")
            }
        }
    }
}

/// What differs between an order and its archived file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Differs {
    /// A record that says something else now.
    Changed(String),
    /// A file that came since.
    New(String),
    /// A file that is gone.
    Gone(String),
}

impl Differs {
    /// In words, with the file.
    #[must_use]
    pub fn text(&self) -> Bi {
        match self {
            Self::Changed(file) => bi!("{file} 改了", "{file} changed"),
            Self::New(file) => bi!("多了 {file}", "{file} is new"),
            Self::Gone(file) => bi!("{file} 没有了", "{file} is gone"),
        }
    }
}

/// An archived order whose records changed since.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changed {
    /// Its ID.
    pub id: Arc<str>,
    /// Where it is archived.
    pub folder: String,
    /// What differs.
    pub differs: Vec<Differs>,
}

/// What was done.
#[derive(Debug, Default)]
pub struct Done {
    /// Folders that were added.
    pub added: Vec<String>,
    /// Manifests that were added.
    pub manifests: Vec<String>,
    /// Orders that are archived as they are.
    pub same: usize,
    /// Orders that were left out because their records changed since they were archived.
    pub changed: Vec<Changed>,
    /// Files that were written.
    pub files: usize,
    /// Files that records name and that could not be taken, in the orders that were added.
    pub absent: usize,
    /// The end of the chain.
    pub newest: Option<Sum>,
}

/// An order to be filed.
pub type Closed<'a> = (&'a Order, &'a OrderFacts, Month);

/// Files orders. `again`: an order that changed is filed once more, beside what is there.
///
/// # Errors
/// See [`FilingError`]; the archive is as it was then.
pub fn file(
    maker: &Maker<'_>,
    orders: &[Closed<'_>],
    shelf: Shelf,
    again: bool,
) -> Result<Done, FilingError> {
    let mut done = Done { newest: shelf.outline.newest.clone(), ..Done::default() };
    let mut wanted: Vec<(Closed<'_>, String)> = Vec::new();
    for &(order, own, month) in orders {
        let fresh = manifest::folder(month, &order.id);
        let Some((folder, list, number)) = archived(&shelf, &order.id) else {
            wanted.push(((order, own, month), fresh));
            continue;
        };
        let differs = differs(maker, order, &maker.records(order, own), list);
        match (differs.is_empty(), again) {
            (true, _) => done.same += 1,
            (false, true) => wanted.push(((order, own, month), format!("{fresh}~{}", number + 1))),
            (false, false) => {
                done.changed.push(Changed { id: Arc::clone(&order.id), folder: folder.to_owned(), differs });
            }
        }
    }
    if wanted.is_empty() {
        return Ok(done);
    }
    let put = |desk: &mut _, ((order, own, month), folder): &(Closed<'_>, String)| {
        let complete = maker.order(desk, order, own)?;
        let root = &maker.facts().book.root;
        let to = |path: &str, bytes: &[u8]| Ok(shelf.put(path, bytes)?);
        let list = write::<FilingError>(root, folder, &complete.pieces, to)?;
        let count = complete.pieces.len() + 1;
        Ok((*month, list, Filed { folder: folder.clone(), ..complete.filed }, count, complete.absent))
    };
    let made: Vec<Result<_, FilingError>> = wanted.par_iter().map_init(|| maker.desk(), put).collect();
    let mut months: BTreeMap<Month, (Vec<Sum>, Vec<Filed>)> = BTreeMap::new();
    for one in made {
        let (month, list, filed, files, absent) = one?;
        done.files += files;
        done.absent += absent;
        done.added.push(filed.folder.clone());
        let entry = months.entry(month).or_default();
        entry.0.push(list);
        entry.1.push(filed);
    }
    done.added.sort();
    let used = |month: Month| shelf.outline.used.get(&month).copied().unwrap_or(0);
    let made = bind(maker, shelf.outline.newest.clone(), used, months)?;
    for (path, bytes) in &made.files {
        shelf.put(path, bytes)?;
        done.files += 1;
    }
    done.newest = made.manifests.last().map(Manifest::sum);
    done.manifests = made.manifests.iter().map(|manifest| manifest.stem.manifest()).collect();
    shelf.commit()?;
    Ok(done)
}

/// The files at the top of an archive that months add.
#[derive(Debug, Default)]
pub struct Bound {
    /// Paths with their bytes: pages, manifests, and at the beginning of a chain the guides.
    pub files: Vec<(String, Vec<u8>)>,
    /// The manifests among them, in the order of the chain.
    pub manifests: Vec<Manifest>,
}

/// Binds months to the end of a chain: the page of each, and its manifest.
///
/// # Errors
/// A template of the data root that is wrong.
pub fn bind(
    maker: &Maker<'_>,
    before: Option<Sum>,
    used: impl Fn(Month) -> u32,
    months: BTreeMap<Month, (Vec<Sum>, Vec<Filed>)>,
) -> Result<Bound, TemplateError> {
    let mut bound = Bound::default();
    let mut listed: BTreeMap<Month, Vec<Sum>> = BTreeMap::new();
    for (month, (mut sums, mut rows)) in months {
        rows.sort_by(|a, b| a.folder.cmp(&b.folder));
        let stem = Stem { month, number: used(month) + 1 };
        let page = maker.month(stem, &rows)?;
        sums.push(manifest::sum(&stem.page(), &page));
        bound.files.push((stem.page(), page));
        listed.insert(month, sums);
    }
    if before.is_none() && !listed.is_empty() {
        bound.files.extend(super::guides().map(|(name, bytes)| (name.to_owned(), bytes)));
    }
    bound.manifests = manifest::chain(before, used, manifest::guides(), listed);
    let manifests = bound.manifests.iter().map(|made| (made.stem.manifest(), made.text.clone().into_bytes()));
    bound.files.extend(manifests);
    Ok(bound)
}

/// Puts the files of an order somewhere, and the list of what was put there. Returns how a manifest names that list.
///
/// # Errors
/// When a file of the data root cannot be read, or `put` fails.
pub fn write<E: From<FilingError>>(
    root: &Files,
    folder: &str,
    pieces: &[Piece],
    put: impl Fn(&str, &[u8]) -> Result<(), E>,
) -> Result<Sum, E> {
    let mut list = Vec::with_capacity(pieces.len());
    for piece in pieces {
        let bytes = bytes(root, &piece.content)?;
        list.push(Sum { name: piece.name.clone(), digest: sha256(&bytes) });
        put(&format!("{folder}/{}", piece.name), &bytes)?;
    }
    let text = Sums::of(None, list).text();
    let path = manifest::list_of(folder);
    put(&path, text.as_bytes())?;
    Ok(Sum { name: path, digest: sha256(text.as_bytes()) })
}

/// The bytes of a file of the archive.
fn bytes<'c>(root: &Files, content: &'c Content) -> Result<std::borrow::Cow<'c, [u8]>, FilingError> {
    match content {
        Content::Made(bytes) => Ok(bytes.as_slice().into()),
        Content::Copy(path) => match root.read(path, super::making::MAX_BYTES) {
            Ok(bytes) => Ok(bytes.into()),
            Err(ReadError::Io(error)) => Err(FilingError::Read(path.to_string(), io_reason(Some(&error)))),
            Err(ReadError::TooLarge(size)) => Err(FilingError::Read(path.to_string(), format!("{size}"))),
        },
    }
}

/// Where an order is archived, newest first: its folder, its list, and which of several it is.
fn archived<'s>(shelf: &'s Shelf, id: &str) -> Option<(&'s str, &'s Sums, u32)> {
    let base = name::folder(id);
    let number = |folder: &str| {
        let rest = folder.split_once('/')?.1.strip_prefix(&base)?;
        match rest.strip_prefix('~') {
            None => rest.is_empty().then_some(1),
            Some(number) => number.parse::<u32>().ok().filter(|n| *n > 1),
        }
    };
    let all = shelf.outline.orders.iter();
    let own = all.filter_map(|(folder, list)| Some((folder.as_str(), list, number(folder)?)));
    own.max_by_key(|(_, _, number)| *number)
}

/// What of an order's own records is not as it was archived.
fn differs(maker: &Maker<'_>, order: &Order, records: &Records, list: &Sums) -> Vec<Differs> {
    let root = &maker.facts().book.root;
    let home = home(&order.id);
    let prefix = format!("{RECORDS}/{home}");
    let own =
        list.files.iter().filter_map(|sum| Some((sum.name.strip_prefix(&prefix)?, sum.digest.as_str())));
    let then: BTreeMap<String, &str> = own.map(|(name, digest)| (name.to_owned(), digest)).collect();
    let mut differs = BTreeSet::new();
    let mut now = BTreeSet::new();
    for kept in &records.own {
        let Some(name) = kept.name.strip_prefix(&home).map(str::to_owned) else { continue };
        let digest = root.sha256(&kept.path, super::making::MAX_BYTES);
        match then.get(&name) {
            None => differs.insert(Differs::New(name.clone())),
            Some(then) if digest.as_deref() != Some(*then) => differs.insert(Differs::Changed(name.clone())),
            Some(_) => false,
        };
        now.insert(name);
    }
    differs.extend(then.into_keys().filter(|name| !now.contains(name)).map(Differs::Gone));
    differs.into_iter().collect()
}
