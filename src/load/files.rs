//! Where the files of a data root come from: a folder on disk, or the tree of a commit.
//!
//! Everything that reads the data root reads through [`Files`], so that a past revision is never mixed with what
//! happens to be checked out. No symbolic link is followed, and a path with `..` names nothing.

use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use sha2::{Digest, Sha256};
use walkdir::WalkDir;

use crate::history::Snapshot;

/// The files of one data root. Cheap to clone.
#[derive(Debug, Clone, Default)]
pub struct Files(Arc<From>);

#[derive(Debug, Default)]
enum From {
    /// No files at all.
    #[default]
    Nothing,
    /// A folder, resolved.
    Folder(PathBuf),
    /// The tree of a commit.
    Commit(Box<Snapshot>),
}

/// Something below the data root.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Relative to the root, with `/`. Where it is no UTF-8, as it can be shown.
    pub path: Arc<str>,
    /// What it is.
    pub kind: Kind,
}

/// What an entry is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// A file.
    File,
    /// A folder, pipe or device.
    NotFile,
    /// A symbolic link, and whether it leads out of the root. It is not followed.
    Link {
        /// It leads out of the data root.
        outside: bool,
    },
    /// Another repository inside this one. It is not read.
    Module,
    /// Its name is not UTF-8.
    Unnamed,
    /// It cannot be read, with the reason.
    Broken(String),
}

/// Why a file was not read.
#[derive(Debug)]
pub enum ReadError {
    /// The disk or the repository said no.
    Io(io::Error),
    /// It has this many bytes, more than were allowed.
    TooLarge(u64),
}

impl std::convert::From<io::Error> for ReadError {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

/// Left out of the walk: hidden files and folders, and folders at the top that hold no data.
#[must_use]
pub fn is_left_out(name: &str, depth: usize) -> bool {
    (depth > 0 && name.starts_with('.'))
        || (depth == 1 && matches!(name, "templates" | "public" | "target" | "node_modules"))
}

/// A path of plain names only: nothing that leads up, starts at the top of the disk, or is empty.
fn is_plain(path: &str) -> bool {
    path.split('/').all(|part| !matches!(part, "" | "." | ".."))
}

impl Files {
    /// The files of a folder.
    ///
    /// # Errors
    /// When it cannot be opened or is no folder.
    pub fn folder(root: &Path) -> io::Result<Self> {
        let root = std::fs::canonicalize(root)?;
        if !root.is_dir() {
            return Err(io::Error::new(io::ErrorKind::NotADirectory, "not a folder"));
        }
        Ok(Self(Arc::new(From::Folder(root))))
    }

    /// The files of a commit.
    #[must_use]
    pub fn commit(snapshot: Snapshot) -> Self {
        Self(Arc::new(From::Commit(Box::new(snapshot))))
    }

    /// Where the folder is, for commands that write into it; empty for a commit.
    #[must_use]
    pub fn place(&self) -> &Path {
        match &*self.0 {
            From::Folder(root) => root,
            From::Nothing | From::Commit(_) => Path::new(""),
        }
    }

    /// Everything below the root but what [`is_left_out`], folder by folder in the order of names.
    #[must_use]
    pub fn entries(&self) -> Vec<Entry> {
        match &*self.0 {
            From::Nothing => Vec::new(),
            From::Folder(root) => walk(root),
            From::Commit(snapshot) => snapshot.entries(),
        }
    }

    /// The bytes of a file that [`Self::entries`] named.
    ///
    /// # Errors
    /// When it cannot be read or has more than `max` bytes, which is known before it is read.
    pub fn read(&self, path: &str, max: u64) -> Result<Vec<u8>, ReadError> {
        match &*self.0 {
            From::Nothing => Err(io::Error::from(io::ErrorKind::NotFound).into()),
            From::Folder(root) => {
                let mut opened = std::fs::File::open(root.join(path))?;
                let size = opened.metadata()?.len();
                if size > max {
                    return Err(ReadError::TooLarge(size));
                }
                let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or(0).saturating_add(1));
                opened.read_to_end(&mut bytes)?;
                Ok(bytes)
            }
            From::Commit(snapshot) => snapshot.read(path, max),
        }
    }

    /// How many bytes a file has that [`Self::entries`] named; `None` when it cannot be read.
    #[must_use]
    pub fn size(&self, path: &str) -> Option<u64> {
        match &*self.0 {
            From::Nothing => None,
            From::Folder(root) => {
                // Opened, because a file that may not be read has a size all the same.
                let about = std::fs::File::open(root.join(path)).ok()?.metadata().ok()?;
                about.is_file().then_some(about.len())
            }
            From::Commit(snapshot) => match snapshot.with_blob(path, 0, |_| ()) {
                Ok(()) => Some(0),
                Err(ReadError::TooLarge(size)) => Some(size),
                Err(ReadError::Io(_)) => None,
            },
        }
    }

    /// The bytes of a plain file of at most `max` bytes; a link is none.
    #[must_use]
    pub fn plain(&self, path: &str, max: u64) -> Option<Vec<u8>> {
        if let From::Folder(root) = &*self.0 {
            let meta = std::fs::symlink_metadata(root.join(path)).ok()?;
            if !meta.is_file() || meta.len() > max {
                return None;
            }
        }
        self.read(path, max).ok()
    }

    /// The beginning of a file, at most `max` bytes. Not when a folder above it is a link.
    #[must_use]
    pub fn beginning(&self, path: &str, max: u64) -> Option<Vec<u8>> {
        if !is_plain(path) {
            return None;
        }
        match &*self.0 {
            From::Nothing => None,
            From::Folder(root) => {
                let mut full = root.clone();
                for part in path.split('/') {
                    full.push(part);
                    if std::fs::symlink_metadata(&full).ok()?.is_symlink() {
                        return None;
                    }
                }
                if !std::fs::symlink_metadata(&full).ok()?.is_file() {
                    return None;
                }
                let mut bytes = Vec::new();
                std::fs::File::open(&full).ok()?.take(max).read_to_end(&mut bytes).ok()?;
                Some(bytes)
            }
            From::Commit(snapshot) => snapshot.beginning(path, max),
        }
    }

    /// The SHA-256 of a file in lower-case hexadecimal; `None` when it cannot be read or is larger than `max`.
    #[must_use]
    pub fn sha256(&self, path: &str, max: u64) -> Option<String> {
        let mut hasher = Sha256::new();
        match &*self.0 {
            From::Nothing => return None,
            From::Folder(root) => {
                let file = std::fs::File::open(root.join(path)).ok()?;
                let about = file.metadata().ok()?;
                if !about.is_file() || about.len() > max {
                    return None;
                }
                let mut reader = file.take(max);
                let mut buffer = vec![0; 64 * 1024];
                loop {
                    let read = reader.read(&mut buffer).ok()?;
                    let Some(part) = buffer.get(..read).filter(|part| !part.is_empty()) else { break };
                    hasher.update(part);
                }
            }
            From::Commit(snapshot) => snapshot.with_blob(path, max, |bytes| hasher.update(bytes)).ok()?,
        }
        Some(hasher.finalize().iter().map(|byte| format!("{byte:02x}")).collect())
    }

    /// The text files of a folder at the top, with their names below it, in the order of names. Links, larger files
    /// and what is no UTF-8 are left out.
    #[must_use]
    pub fn texts(&self, folder: &str, max: u64) -> Vec<(String, String)> {
        match &*self.0 {
            From::Nothing => Vec::new(),
            From::Folder(root) => {
                let folder = root.join(folder);
                let read = |entry: walkdir::DirEntry| {
                    let name = entry.path().strip_prefix(&folder).ok()?.to_str()?.replace('\\', "/");
                    Some((name, std::fs::read_to_string(entry.path()).ok()?))
                };
                WalkDir::new(&folder)
                    .sort_by_file_name()
                    .into_iter()
                    .filter_map(Result::ok)
                    .filter(|entry| entry.file_type().is_file())
                    .filter(|entry| entry.metadata().is_ok_and(|meta| meta.len() <= max))
                    .filter_map(read)
                    .collect()
            }
            From::Commit(snapshot) => snapshot.texts(folder, max),
        }
    }
}

fn walk(root: &Path) -> Vec<Entry> {
    let walk = WalkDir::new(root)
        .sort_by_file_name()
        .into_iter()
        .filter_entry(|entry| !is_left_out(&entry.file_name().to_string_lossy(), entry.depth()));
    let mut entries = Vec::new();
    for entry in walk {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                let at = error.path().and_then(|p| relative(root, p)).unwrap_or_else(|| ".".to_owned());
                let reason = super::discover::io_reason(error.io_error());
                entries.push(Entry { path: at.into(), kind: Kind::Broken(reason) });
                continue;
            }
        };
        if entry.depth() == 0 {
            continue;
        }
        let Some(path) = relative(root, entry.path()) else {
            let shown = entry.path().strip_prefix(root).unwrap_or(entry.path());
            let shown = shown.to_string_lossy().replace('\\', "/");
            entries.push(Entry { path: shown.into(), kind: Kind::Unnamed });
            continue;
        };
        let kind = if entry.path_is_symlink() {
            Kind::Link { outside: leads_out(root, entry.path()) }
        } else if entry.file_type().is_file() {
            Kind::File
        } else {
            Kind::NotFile
        };
        entries.push(Entry { path: path.into(), kind });
    }
    entries
}

fn leads_out(root: &Path, link: &Path) -> bool {
    let target = std::fs::canonicalize(link).ok();
    target.is_some_and(|target| std::fs::canonicalize(root).is_ok_and(|r| !target.starts_with(r)))
}

/// A path below the root with `/`; `None` when it is not UTF-8 or is the root itself.
fn relative(root: &Path, path: &Path) -> Option<String> {
    let below = path.strip_prefix(root).ok()?;
    let parts: Option<Vec<&str>> = below.components().map(|c| c.as_os_str().to_str()).collect();
    parts.map(|p| p.join("/")).filter(|p| !p.is_empty())
}
