//! The data root as a commit has it: its files, read from git without a checkout and without writing anything.

use std::collections::BTreeMap;
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use git2::{ErrorCode, ObjectType, Oid, Repository};
use rayon::prelude::*;

use super::open::{Source, describe};
use super::{Head, History, Reading, State, printable};
use crate::load::files::{Entry, Kind, ReadError, is_left_out};

/// Deeper folders are not read: a hostile tree must not exhaust the stack.
const MAX_DEPTH: usize = 64;
/// More entries are not read. A few small objects can describe more files than there are atoms.
const MAX_ENTRIES: usize = 2_000_000;

/// Why a revision cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NoSnapshot {
    /// The repository cannot be used.
    State(State),
    /// No commit, tag or branch of this name is there. `shallow`: it may not have been fetched.
    Unknown {
        /// The clone is cut off.
        shallow: bool,
    },
    /// Several objects begin with these digits.
    Ambiguous,
    /// It names something, but not a commit.
    NotACommit,
    /// The commit has no data root there.
    NoData {
        /// Its full id.
        commit: String,
    },
    /// Two revisions have no commit in common. `shallow`: it may not have been fetched.
    NoBase {
        /// The clone is cut off.
        shallow: bool,
    },
}

/// A commit, and where the data root lies in it.
pub struct Snapshot {
    git: PathBuf,
    commit: Oid,
    /// The commit's own tree.
    top: Oid,
    /// The tree of the data root.
    tree: Oid,
    /// Folder names from the top to the data root.
    data: Vec<String>,
    head: Head,
    /// Handles of the repository, one for each thread that reads: a handle is not to be shared.
    pool: Mutex<Vec<Repository>>,
    listed: OnceLock<Listed>,
}

/// The walked tree.
struct Listed {
    entries: Vec<Entry>,
    blobs: BTreeMap<Arc<str>, Oid>,
}

impl fmt::Debug for Snapshot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Snapshot").field("commit", &self.commit).field("data", &self.data).finish()
    }
}

/// The repository at or above a path that need not exist any more, and the path below its work tree.
fn find(root: &Path) -> Result<(Repository, Vec<String>), NoSnapshot> {
    git2::opts::strict_hash_verification(false);
    let unreadable = |text: &str| NoSnapshot::State(State::Unreadable(printable(text)));
    let there = root.ancestors().find(|p| p.exists()).ok_or_else(|| unreadable("?"))?;
    let gone = root.strip_prefix(there).unwrap_or(Path::new(""));
    let there = there.canonicalize().map_err(|error| unreadable(&error.to_string()))?;
    let repo = Repository::discover(&there).map_err(|error| match error.code() {
        ErrorCode::NotFound => NoSnapshot::State(State::NoRepository),
        _ => unreadable(error.message()),
    })?;
    let full = there.join(gone);
    let below = match repo.workdir().and_then(|dir| dir.canonicalize().ok()) {
        // A bare repository: the path names it, not a folder in it.
        None => PathBuf::new(),
        Some(dir) => {
            full.strip_prefix(&dir).map_err(|_| NoSnapshot::State(State::NoRepository))?.to_path_buf()
        }
    };
    let data: Option<Vec<String>> = below.iter().map(|part| part.to_str().map(ToOwned::to_owned)).collect();
    Ok((repo, data.ok_or(NoSnapshot::State(State::OutsideData))?))
}

fn is_shallow(repo: &Repository) -> bool {
    let mark = repo.commondir().join("shallow");
    repo.is_shallow() || std::fs::metadata(mark).is_ok_and(|meta| meta.len() > 0)
}

fn resolve(repo: &Repository, rev: &str) -> Result<Oid, NoSnapshot> {
    let object = repo.revparse_single(rev).map_err(|error| match error.code() {
        ErrorCode::Ambiguous => NoSnapshot::Ambiguous,
        _ if repo.references().is_ok_and(|mut all| all.next().is_none()) && repo.head().is_err() => {
            NoSnapshot::State(State::Unborn)
        }
        _ => NoSnapshot::Unknown { shallow: is_shallow(repo) },
    })?;
    object.peel_to_commit().map(|commit| commit.id()).map_err(|_| NoSnapshot::NotACommit)
}

fn damaged(error: &git2::Error) -> NoSnapshot {
    NoSnapshot::State(State::Unreadable(printable(error.message())))
}

impl Snapshot {
    /// Reads the data root as a revision has it. `root` is the data root, or a bare repository; the data is looked
    /// for there and in its folder `data`.
    ///
    /// # Errors
    /// When there is no such revision, or it has no data there.
    pub fn at(root: &Path, rev: &str) -> Result<Self, NoSnapshot> {
        let (repo, data) = find(root)?;
        let commit = resolve(&repo, rev)?;
        Self::of(repo, commit, data)
    }

    /// Reads the data root at the newest common ancestor of a revision and `head`.
    ///
    /// # Errors
    /// When there is no such revision or no common ancestor, or it has no data there.
    pub fn base(root: &Path, rev: &str, head: &str) -> Result<Self, NoSnapshot> {
        let (repo, data) = find(root)?;
        let (one, two) = (resolve(&repo, rev)?, resolve(&repo, head)?);
        let base = repo.merge_base(one, two).map_err(|error| match error.code() {
            ErrorCode::NotFound => NoSnapshot::NoBase { shallow: is_shallow(&repo) },
            _ => damaged(&error),
        })?;
        Self::of(repo, base, data)
    }

    fn of(repo: Repository, commit: Oid, data: Vec<String>) -> Result<Self, NoSnapshot> {
        let git = repo.path().to_path_buf();
        let (top, head, tree, data) = {
            let commit = repo.find_commit(commit).map_err(|error| damaged(&error))?;
            let mut below = data.clone();
            below.push("data".to_owned());
            let (tree, data) = [data, below]
                .into_iter()
                .find_map(|path| data_tree(&repo, commit.tree_id(), &path).map(|tree| (tree, path)))
                .ok_or_else(|| NoSnapshot::NoData { commit: commit.id().to_string() })?;
            (commit.tree_id(), describe(&commit), tree, data)
        };
        let pool = Mutex::new(vec![repo]);
        Ok(Self { git, commit, top, tree, data, head, pool, listed: OnceLock::new() })
    }

    /// The commit.
    #[must_use]
    pub fn head(&self) -> &Head {
        &self.head
    }

    /// What git knows about the data root as of this commit.
    #[must_use]
    pub fn history(&self, reading: Reading) -> History {
        match Repository::open(&self.git) {
            Ok(repo) => {
                let workdir = PathBuf::new();
                let data = self.data.clone();
                super::read_commit(&Source { repo, workdir, data, at: Some(self.top) }, self.commit, reading)
            }
            Err(error) => History::empty(super::unreadable(&error)),
        }
    }

    /// Everything below the data root, folder by folder in the order of names.
    #[must_use]
    pub fn entries(&self) -> Vec<Entry> {
        self.listed().entries.clone()
    }

    /// The bytes of a file.
    ///
    /// # Errors
    /// When there is none, or it has more than `max` bytes.
    pub fn read(&self, path: &str, max: u64) -> Result<Vec<u8>, ReadError> {
        self.with_blob(path, max, <[u8]>::to_vec)
    }

    /// The beginning of a file.
    pub fn beginning(&self, path: &str, max: u64) -> Option<Vec<u8>> {
        let max = usize::try_from(max).unwrap_or(usize::MAX);
        self.with_blob(path, u64::MAX, |bytes| bytes.get(..max).unwrap_or(bytes).to_vec()).ok()
    }

    /// Shows the bytes of a file.
    ///
    /// # Errors
    /// When there is none, or it has more than `max` bytes.
    pub fn with_blob<T>(&self, path: &str, max: u64, look: impl FnOnce(&[u8]) -> T) -> Result<T, ReadError> {
        let id = self.listed().blobs.get(path).copied();
        let id = id.ok_or_else(|| ReadError::Io(io::Error::from(io::ErrorKind::NotFound)))?;
        self.blob(id, max, look)
    }

    /// The text files below a folder of the data root, by name.
    #[must_use]
    pub fn texts(&self, folder: &str, max: u64) -> Vec<(String, String)> {
        let folder = self.with(|repo| {
            let tree = repo.find_tree(self.tree)?;
            Ok(tree.get_name(folder).filter(|e| e.kind() == Some(ObjectType::Tree)).map(|e| e.id()))
        });
        let Ok(Some(folder)) = folder else { return Vec::new() };
        let count = AtomicUsize::new(0);
        let found = self.walk(folder, "", 2, false, &count);
        let text = |(entry, id): (Entry, Option<Oid>)| {
            let bytes = self.blob(id?, max, <[u8]>::to_vec).ok()?;
            Some((entry.path.to_string(), String::from_utf8(bytes).ok()?))
        };
        found.into_iter().filter_map(text).collect()
    }

    fn listed(&self) -> &Listed {
        self.listed.get_or_init(|| {
            let found = self.walk(self.tree, "", 1, true, &AtomicUsize::new(0));
            let blobs = found.iter().filter_map(|(e, id)| Some((Arc::clone(&e.path), (*id)?))).collect();
            Listed { entries: found.into_iter().map(|(entry, _)| entry).collect(), blobs }
        })
    }

    /// Lends a handle of the repository to one thread.
    fn with<T>(&self, work: impl FnOnce(&Repository) -> Result<T, git2::Error>) -> Result<T, git2::Error> {
        let kept = self.pool.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let repo = match kept {
            Some(repo) => repo,
            None => Repository::open(&self.git)?,
        };
        let result = work(&repo);
        self.pool.lock().unwrap_or_else(PoisonError::into_inner).push(repo);
        result
    }

    fn blob<T>(&self, id: Oid, max: u64, look: impl FnOnce(&[u8]) -> T) -> Result<T, ReadError> {
        let done = self.with(|repo| {
            let odb = repo.odb()?;
            let (size, _) = odb.read_header(id)?;
            let size = u64::try_from(size).unwrap_or(u64::MAX);
            if size > max {
                return Ok(Err(ReadError::TooLarge(size)));
            }
            Ok(Ok(look(odb.read(id)?.data())))
        });
        done.map_err(|error| ReadError::Io(io::Error::other(printable(error.message()))))?
    }

    /// The entries of a folder and below; files with the id of their content.
    fn walk(
        &self,
        tree: Oid,
        prefix: &str,
        depth: usize,
        leave_out: bool,
        count: &AtomicUsize,
    ) -> Vec<(Entry, Option<Oid>)> {
        let broken = |why: &str| {
            let path = if prefix.is_empty() { "." } else { prefix };
            vec![(Entry { path: path.into(), kind: Kind::Broken(why.to_owned()) }, None)]
        };
        if depth > MAX_DEPTH {
            return broken("too deep");
        }
        let own = self.with(|repo| {
            let tree = repo.find_tree(tree)?;
            let entry = |e: git2::TreeEntry<'_>| (e.name_bytes().to_vec(), e.filemode(), e.id());
            let mut own: Vec<(Vec<u8>, i32, Oid)> = tree.iter().map(entry).collect();
            // Git sorts a folder as if its name ended in a slash; a disk does not.
            own.sort();
            Ok(own)
        });
        let own = match own {
            Ok(own) => own,
            Err(error) => return broken(&printable(error.message())),
        };
        if count.fetch_add(own.len(), Ordering::Relaxed) > MAX_ENTRIES {
            return broken("too many files");
        }
        own.into_par_iter()
            .flat_map_iter(|(name, mode, id)| {
                let shown = String::from_utf8_lossy(&name);
                let skipped = leave_out && is_left_out(&shown, depth);
                if skipped || matches!(&*shown, "" | "." | "..") || name.contains(&b'/') {
                    return Vec::new();
                }
                let path = if prefix.is_empty() { shown.to_string() } else { format!("{prefix}/{shown}") };
                let entry = |kind| Entry { path: path.as_str().into(), kind };
                let named = std::str::from_utf8(&name).is_ok();
                match mode & 0o170_000 {
                    _ if !named => vec![(entry(Kind::Unnamed), None)],
                    0o040_000 => {
                        let mut all = vec![(entry(Kind::NotFile), None)];
                        all.extend(self.walk(id, &path, depth + 1, leave_out, count));
                        all
                    }
                    0o120_000 => {
                        let outside = self.blob(id, 4096, |to| leads_out(prefix, to)).unwrap_or(true);
                        vec![(entry(Kind::Link { outside }), None)]
                    }
                    0o160_000 => vec![(entry(Kind::Module), None)],
                    _ => vec![(entry(Kind::File), Some(id))],
                }
            })
            .collect()
    }
}

/// The tree of the data root at a path, where it is one.
fn data_tree(repo: &Repository, top: Oid, path: &[String]) -> Option<Oid> {
    let mut tree = repo.find_tree(top).ok()?;
    for name in path {
        let next = tree.get_name(name).filter(|e| e.kind() == Some(ObjectType::Tree))?.id();
        tree = repo.find_tree(next).ok()?;
    }
    let kind = |name: &str| tree.get_name(name).and_then(|entry| entry.kind());
    let is_data = kind("gendan.toml") == Some(ObjectType::Blob) || kind("orders") == Some(ObjectType::Tree);
    is_data.then(|| tree.id())
}

/// A link's text, read from the folder it stands in, leads above the data root.
fn leads_out(folder: &str, to: &[u8]) -> bool {
    let mut depth = folder.split('/').filter(|part| !part.is_empty()).count();
    if to.first() == Some(&b'/') {
        return true;
    }
    for part in to.split(|byte| *byte == b'/') {
        match part {
            b"" | b"." => {}
            b".." if depth == 0 => return true,
            b".." => depth -= 1,
            _ => depth += 1,
        }
    }
    false
}
