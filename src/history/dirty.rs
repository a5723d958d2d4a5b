//! Which orders differ from `HEAD`: staged, changed, removed or never added.
//!
//! Only below `orders/`, and without reading a file whose size and time are those git noted in its index.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::Metadata;
use std::path::{Path, PathBuf};

use git2::{Index, IndexEntry, IndexEntryExtendedFlag, Oid, Repository, Status};

use super::log::{is_toml, parent};
use super::open::Source;
use super::tree::Trees;

/// Folders nested deeper hold no orders.
const MAX_DEPTH: usize = 64;

/// Paths below `orders/` that differ, and the folders that are orders.
#[derive(Default)]
struct Found {
    changed: BTreeSet<Vec<u8>>,
    folders: BTreeSet<Vec<u8>>,
}

impl Found {
    fn see(&mut self, path: &[u8]) {
        if is_toml(path) {
            self.folders.insert(parent(path).to_vec());
        }
    }

    fn change(&mut self, path: &[u8]) {
        self.see(path);
        self.changed.insert(path.to_vec());
    }

    /// The paths that differ, below the data root, by order.
    fn orders(&self) -> Changed {
        let mut orders = Changed::new();
        for path in &self.changed {
            if let Some(id) = self.order_of(path) {
                orders.entry(id).or_default().insert([super::log::ORDERS, path].concat());
            }
        }
        orders
    }

    fn order_of(&self, path: &[u8]) -> Option<String> {
        let mut dir = parent(path);
        loop {
            if self.folders.contains(dir) {
                return folder_name(dir);
            }
            if dir.is_empty() {
                return None;
            }
            dir = parent(dir);
        }
    }
}

/// Paths by order.
pub(super) type Changed = BTreeMap<String, BTreeSet<Vec<u8>>>;

/// The orders that differ from `head` (a tree), or from nothing before the first commit, and their paths that do.
pub(super) fn orders(source: &Source, head: Option<Oid>) -> Result<Changed, git2::Error> {
    let mut found = Found::default();
    // A handle of its own: asking the index for its tree writes objects, here into memory alone.
    let repo = Repository::open(source.repo.path())?;
    let odb = repo.odb()?;
    odb.add_new_mempack_backend(1000)?;
    let mut index = repo.index()?;
    staged(source, &repo, &mut index, head, &mut found)?;
    unstaged(source, &repo, &index, &mut found);
    Ok(found.orders())
}

/// Index against `HEAD`.
fn staged(
    source: &Source,
    repo: &Repository,
    index: &mut Index,
    head: Option<Oid>,
    found: &mut Found,
) -> Result<(), git2::Error> {
    let path = source.orders_path();
    let odb = repo.odb()?;
    let mut trees = Trees::new(&odb);
    if let Ok(tree) = index.write_tree() {
        let new = trees.descend(tree, &path)?;
        let old = head.map(|head| trees.descend(head, &path)).transpose()?.flatten();
        return trees.compare(old, new, &mut |dir, name, _, _| found.change(&join(dir, name)));
    }
    // An index in the middle of a merge has no tree; git's slower comparison says what is unresolved.
    let old = head.map(|head| repo.find_tree(head)).transpose()?;
    let diff = repo.diff_tree_to_index(old.as_ref(), Some(index), None)?;
    let prefix = prefix(&path);
    for delta in diff.deltas() {
        let path = delta.new_file().path_bytes().or_else(|| delta.old_file().path_bytes());
        if let Some(below) = path.and_then(|path| path.strip_prefix(prefix.as_slice())) {
            found.change(below);
        }
    }
    Ok(())
}

/// Work tree against index.
fn unstaged(source: &Source, repo: &Repository, index: &Index, found: &mut Found) {
    let prefix = prefix(&source.orders_path());
    let mut tracked: BTreeMap<Vec<u8>, (IndexEntry, bool)> = BTreeMap::new();
    for entry in index.iter().filter(|entry| entry.path.starts_with(&prefix)) {
        let Some(below) = entry.path.strip_prefix(prefix.as_slice()).map(<[u8]>::to_vec) else { continue };
        found.see(&below);
        tracked.insert(below, (entry, false));
    }
    let written = std::fs::metadata(repo.path().join("index")).ok().and_then(|meta| modified(&meta));
    let top: PathBuf = source.workdir.join(source.orders_path().iter().collect::<PathBuf>());
    for (path, meta) in files(&top) {
        let Some(below) = below(&path, &top) else { continue };
        match tracked.get_mut(&below) {
            Some((entry, seen)) => {
                *seen = true;
                if !untouched(entry, &meta, written) && differs(repo, &path, entry) {
                    found.change(&below);
                }
            }
            None if !ignored(source, repo, &path) => found.change(&below),
            None => {}
        }
    }
    for (path, (entry, seen)) in &tracked {
        if !seen && !skipped(entry) {
            found.change(path);
        }
    }
}

/// All files below a folder; links are files and are not followed.
fn files(top: &Path) -> impl Iterator<Item = (PathBuf, Metadata)> {
    walkdir::WalkDir::new(top)
        .max_depth(MAX_DEPTH)
        .into_iter()
        .filter_map(Result::ok)
        .filter(|entry| !entry.file_type().is_dir())
        .filter_map(|entry| Some((entry.path().to_owned(), entry.metadata().ok()?)))
}

/// Size and time are those of the index, and the file is older than the index (else it may have changed within
/// the same tick of the clock).
fn untouched(entry: &IndexEntry, meta: &Metadata, written: Option<(i32, u32)>) -> bool {
    let noted = (entry.mtime.seconds(), entry.mtime.nanoseconds());
    let same = modified(meta) == Some(noted) && u64::from(entry.file_size) == meta.len();
    same && written.is_some_and(|written| noted < written)
}

/// Modification time as the index notes it.
fn modified(meta: &Metadata) -> Option<(i32, u32)> {
    let since = meta.modified().ok()?.duration_since(std::time::UNIX_EPOCH).ok()?;
    Some((i32::try_from(since.as_secs()).ok()?, since.subsec_nanos()))
}

/// Compares the content; asks git, which knows about line endings, only when the bytes differ.
fn differs(repo: &Repository, path: &Path, entry: &IndexEntry) -> bool {
    let plain = Oid::hash_file(git2::ObjectType::Blob, path).is_ok_and(|id| id == entry.id);
    let link = path.symlink_metadata().is_ok_and(|meta| meta.file_type().is_symlink());
    if plain && !link {
        return false;
    }
    let Some(relative) = std::str::from_utf8(&entry.path).ok() else { return true };
    let work = Status::WT_MODIFIED | Status::WT_DELETED | Status::WT_TYPECHANGE | Status::CONFLICTED;
    repo.status_file(Path::new(relative)).map_or(true, |status| status.intersects(work))
}

fn ignored(source: &Source, repo: &Repository, path: &Path) -> bool {
    path.strip_prefix(&source.workdir).is_ok_and(|path| repo.is_path_ignored(path).unwrap_or(false))
}

/// Left out of the work tree on purpose (sparse checkout).
fn skipped(entry: &IndexEntry) -> bool {
    IndexEntryExtendedFlag::from_bits_truncate(entry.flags_extended)
        .contains(IndexEntryExtendedFlag::SKIP_WORKTREE)
}

/// The path below `top` as git writes it.
fn below(path: &Path, top: &Path) -> Option<Vec<u8>> {
    let parts: Option<Vec<&str>> = path.strip_prefix(top).ok()?.iter().map(|part| part.to_str()).collect();
    Some(parts?.join("/").into_bytes())
}

fn prefix(path: &[String]) -> Vec<u8> {
    let mut prefix = path.join("/").into_bytes();
    prefix.push(b'/');
    prefix
}

fn join(dir: &[u8], name: &[u8]) -> Vec<u8> {
    let mut path = dir.to_vec();
    if !path.is_empty() {
        path.push(b'/');
    }
    path.extend_from_slice(name);
    path
}

/// The last part of a path; `None` for `orders/` itself, which is no order whatever it holds.
fn folder_name(path: &[u8]) -> Option<String> {
    let name = path.rsplit(|byte| *byte == b'/').next().filter(|name| !name.is_empty())?;
    Some(String::from_utf8_lossy(name).into_owned())
}
