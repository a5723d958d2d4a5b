//! What one walk brings home, in a form that can be kept: the commits of the common line that changed the data, the
//! commits they merged, and for each file what it was after each of them. Names are raw (as in the commits), paths
//! are below the data root.
//!
//! Commits are numbered from the oldest, so that a later walk only appends.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::tree::{Id, Was};

/// The commits and files.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Log {
    /// (name, e-mail) as in the commits, each once.
    pub(super) people: Vec<(Vec<u8>, Vec<u8>)>,
    /// The commits of the common line that changed something, oldest first.
    pub(super) commits: Vec<Commit>,
    /// Every file below `orders/` and `customers/` that ever was, by path.
    pub(super) files: BTreeMap<Vec<u8>, Vec<Version>>,
    /// File-level events below `orders/`.
    pub(super) events: u64,
}

/// One commit.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Commit {
    pub(super) id: Id,
    /// Position in [`Log::people`].
    pub(super) author: u32,
    /// When its author made it: seconds since 1970, and the offset of the author's clock in minutes.
    pub(super) seconds: i64,
    pub(super) offset: i32,
    /// Number of the request, as the message names it.
    pub(super) number: Option<String>,
    /// For a merge: the commits it brought in, newest first.
    pub(super) merged: Vec<Merged>,
    /// For a merge: positions in `merged` of its parents but the first; `None` where the parent is older.
    pub(super) arms: Vec<Option<u32>>,
}

/// A commit that a merge brought in.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Merged {
    pub(super) id: Id,
    pub(super) author: u32,
    pub(super) seconds: i64,
    pub(super) offset: i32,
    /// Positions of its parents among the merged commits; `None` for one on the common line or before.
    pub(super) parents: Vec<Option<u32>>,
    /// What it changed against its first parent: path, before, after.
    pub(super) files: Vec<(Vec<u8>, Was, Was)>,
}

/// What a file was after a commit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Version {
    /// Position in [`Log::commits`].
    pub(super) commit: u32,
    /// What it was then.
    pub(super) was: Was,
}

/// One order's part of the log.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(super) struct Own<'l> {
    /// Its files, by path: those in its folder and below, wherever the folder stood.
    pub(super) files: Vec<(&'l [u8], &'l [Version])>,
}

impl Own<'_> {
    /// The commits that touched it, oldest first.
    pub(super) fn commits(&self) -> BTreeSet<u32> {
        self.files.iter().flat_map(|(_, versions)| versions.iter().map(|v| v.commit)).collect()
    }

    /// True when one of its TOML files is there.
    pub(super) fn is_live(&self) -> bool {
        let there = |versions: &[Version]| versions.last().is_some_and(|v| v.was != Was::Absent);
        self.files.iter().any(|(path, versions)| is_toml(path) && there(versions))
    }
}

/// Which folder below `orders/` belongs to which order: one that ever held a `*.toml`, and everything below it.
pub(super) struct Homes<'l>(BTreeSet<&'l [u8]>);

impl<'l> Homes<'l> {
    pub(super) fn of(log: &'l Log) -> Self {
        let orders = log.files.keys().filter(|path| path.starts_with(ORDERS) && is_toml(path));
        Self(orders.map(|path| parent(path)).collect())
    }

    /// The ID of the order that a file belongs to: the name of the nearest such folder upwards.
    pub(super) fn order<'p>(&self, path: &'p [u8]) -> Option<&'p [u8]> {
        let mut dir = parent(path);
        loop {
            if self.0.contains(dir) {
                // `orders/` itself is no order, whatever it holds.
                let below = dir.strip_prefix(ORDERS).filter(|below| !below.is_empty())?;
                return below.rsplit(|byte| *byte == b'/').next();
            }
            dir = dir.get(..dir.iter().rposition(|byte| *byte == b'/')?)?;
        }
    }
}

/// Files below this folder are orders'.
pub(super) const ORDERS: &[u8] = b"orders/";

impl Log {
    /// The files of each order, by ID.
    pub(super) fn orders<'l>(&'l self, homes: &Homes<'l>) -> BTreeMap<&'l [u8], Own<'l>> {
        let mut orders: BTreeMap<&[u8], Own<'_>> = BTreeMap::new();
        for (path, versions) in self.files.iter().filter(|(path, _)| path.starts_with(ORDERS)) {
            if let Some(id) = homes.order(path) {
                orders.entry(id).or_default().files.push((path, versions));
            }
        }
        // Of a folder that was renamed into another order's, only its own files make it an order.
        orders.retain(|_, own| own.files.iter().any(|(path, _)| is_toml(path)));
        orders
    }
}

/// Files of an order's data, as opposed to its notes and scans.
pub(super) fn is_toml(name: &[u8]) -> bool {
    name.ends_with(b".toml")
}

/// The folder of a path.
pub(super) fn parent(path: &[u8]) -> &[u8] {
    path.iter().rposition(|byte| *byte == b'/').and_then(|at| path.get(..at)).unwrap_or_default()
}
