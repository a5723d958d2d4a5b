//! What lies in a folder, before anything is believed of it. No link is followed, neither here nor when a file is read:
//! only paths that were found as plain files below plain folders are opened.

use std::collections::BTreeMap;
use std::io::Read;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};
use walkdir::WalkDir;

use super::problem::What;
use crate::archive::sums::{Hex, hex};
use crate::load::discover::io_reason;

/// Largest list that is read.
const MAX_LIST: u64 = 64 * 1024 * 1024;

/// What something is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Entry {
    File,
    Folder,
    /// A symbolic link.
    Link,
    /// A pipe, a device, or a name that is not UTF-8.
    Special,
    Unreadable(String),
}

/// Everything below a folder, by its path with `/`.
#[derive(Debug)]
pub(super) struct Tree {
    root: PathBuf,
    entries: BTreeMap<String, Entry>,
}

impl Tree {
    /// All of it.
    pub(super) fn of(root: &Path) -> Self {
        Self::walk(root, usize::MAX)
    }

    /// Down to the files in the folders of orders.
    pub(super) fn shallow(root: &Path) -> Self {
        Self::walk(root, 3)
    }

    fn walk(root: &Path, depth: usize) -> Self {
        let mut entries = BTreeMap::new();
        for entry in WalkDir::new(root).min_depth(1).max_depth(depth).follow_links(false) {
            let (path, entry) = match entry {
                Ok(entry) => (entry.path().to_path_buf(), Ok(entry)),
                Err(error) => (error.path().unwrap_or(root).to_path_buf(), Err(error)),
            };
            let below = path.strip_prefix(root).unwrap_or(&path);
            let parts: Option<Vec<&str>> = below.components().map(|c| c.as_os_str().to_str()).collect();
            let (name, is_text) = match parts {
                Some(parts) => (parts.join("/"), true),
                None => (below.to_string_lossy().into_owned(), false),
            };
            let kind = match entry {
                Err(error) => Entry::Unreadable(io_reason(error.io_error())),
                Ok(_) if !is_text => Entry::Special,
                Ok(entry) => match entry.file_type() {
                    kind if kind.is_symlink() => Entry::Link,
                    kind if kind.is_dir() => Entry::Folder,
                    kind if kind.is_file() => Entry::File,
                    _ => Entry::Special,
                },
            };
            // What is not text is shown as it can be, and two such names may look alike: neither hides a file.
            if is_text {
                entries.insert(name, kind);
            } else {
                entries.entry(format!("{name}\u{fffd}")).or_insert(kind);
            }
        }
        Self { root: root.to_path_buf(), entries }
    }

    pub(super) fn get(&self, path: &str) -> Option<&Entry> {
        self.entries.get(path)
    }

    pub(super) fn each(&self) -> impl Iterator<Item = (&str, &Entry)> {
        self.entries.iter().map(|(path, entry)| (path.as_str(), entry))
    }

    /// Names at the top.
    pub(super) fn top(&self) -> impl Iterator<Item = &str> {
        self.entries.keys().map(String::as_str).filter(|path| !path.contains('/'))
    }

    /// Nothing lies in a folder.
    pub(super) fn is_empty(&self, folder: &str) -> bool {
        let prefix = format!("{folder}/");
        self.entries.range(prefix.clone()..).next().is_none_or(|(path, _)| !path.starts_with(&prefix))
    }

    fn open(&self, path: &str) -> Result<std::fs::File, What> {
        match self.entries.get(path) {
            Some(Entry::File) => {}
            Some(Entry::Link) => return Err(What::Link),
            Some(Entry::Special) => return Err(What::Special),
            Some(Entry::Unreadable(why)) => return Err(What::Unreadable(why.clone())),
            Some(Entry::Folder) | None => return Err(What::Missing(String::new())),
        }
        std::fs::File::open(self.root.join(path)).map_err(|e| What::Unreadable(io_reason(Some(&e))))
    }

    /// The bytes of a list.
    pub(super) fn read(&self, path: &str) -> Result<Vec<u8>, What> {
        let mut bytes = Vec::new();
        let file = self.open(path)?;
        let read = file.take(MAX_LIST + 1).read_to_end(&mut bytes);
        match read.map_err(|e| What::Unreadable(io_reason(Some(&e))))? {
            size if size as u64 > MAX_LIST => Err(What::NoList),
            _ => Ok(bytes),
        }
    }

    /// The digest of a file, and how many bytes it has.
    pub(super) fn digest(&self, path: &str) -> Result<(Hex, u64), What> {
        let mut file = self.open(path)?;
        let mut hasher = Sha256::new();
        let mut buffer = vec![0; 64 * 1024];
        let mut bytes = 0_u64;
        loop {
            let read = file.read(&mut buffer).map_err(|e| What::Unreadable(io_reason(Some(&e))))?;
            let Some(part) = buffer.get(..read).filter(|part| !part.is_empty()) else { break };
            hasher.update(part);
            bytes += read as u64;
        }
        Ok((hex(hasher.finalize().as_slice()), bytes))
    }
}
