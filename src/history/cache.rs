//! What earlier runs found, so that the next one reads only what is new.
//!
//! It lies in the repository's own folder (`.git/gendan/`), not in the work tree: a file in the work tree can be
//! committed by anybody, and a story from there would be believed. Nothing in it is trusted either: a file of another
//! version, with another check sum, of another data root or of commits that are no longer there counts as none.

use std::fs;
use std::io::Read;
use std::path::PathBuf;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::log::Log;
use super::open::Source;
use super::story::Story;
use super::tree::Id;

/// Raised whenever what is kept, or how it is worked out, changes.
const FORMAT: u32 = 2;
/// In the repository's own folder.
pub(super) const FOLDER: &str = "gendan";
/// A larger file was not written by this program.
const MAX_BYTES: u64 = 1 << 30;
/// Bytes of a SHA-256.
const SUM: usize = 32;

/// Where one data root's files lie.
pub(super) struct Cache {
    folder: PathBuf,
    /// Which data root: its path in the repository.
    data: String,
    past: bool,
}

/// What both files begin with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Head {
    format: u32,
    tool: String,
    data: String,
    /// The commit up to which it was read.
    commit: Id,
}

/// How many bytes are kept for the data root's repository; `None` when nothing is.
pub(super) fn size(source: &Source) -> Option<u64> {
    let files = fs::read_dir(source.repo.commondir().join(FOLDER)).ok()?;
    Some(files.filter_map(Result::ok).filter_map(|file| file.metadata().ok()).map(|meta| meta.len()).sum())
}

impl Cache {
    /// The cache of a data root. A past commit has one of its own, or it and the work tree's would take turns.
    pub(super) fn of(source: &Source) -> Self {
        let folder = source.repo.commondir().join(FOLDER);
        Self { folder, data: source.data.join("/"), past: source.at.is_some() }
    }

    /// The story, and the commit up to which it goes.
    pub(super) fn story(&self) -> Option<(Id, Story)> {
        self.read("story")
    }

    /// The log, and the commit up to which it goes.
    pub(super) fn log(&self) -> Option<(Id, Log)> {
        self.read("log")
    }

    /// Keeps both. A folder that cannot be written is no reason to fail: the next run reads everything again.
    pub(super) fn keep(&self, commit: Id, log: &Log, story: &Story) {
        let _ = self.write("log", commit, log);
        let _ = self.write("story", commit, story);
    }

    fn path(&self, what: &str) -> PathBuf {
        let name = Sha256::digest(self.data.as_bytes());
        let name: String = name.iter().take(6).map(|byte| format!("{byte:02x}")).collect();
        let past = if self.past { "past-" } else { "" };
        self.folder.join(format!("{past}{what}-{name}"))
    }

    fn head(&self, commit: Id) -> Head {
        Head { format: FORMAT, tool: env!("CARGO_PKG_VERSION").to_owned(), data: self.data.clone(), commit }
    }

    fn read<T: DeserializeOwned>(&self, what: &str) -> Option<(Id, T)> {
        let path = self.path(what);
        // Neither a link nor a device: only what `write` made.
        let meta = path.symlink_metadata().ok()?;
        if !meta.is_file() || meta.len() > MAX_BYTES {
            return None;
        }
        let mut bytes = Vec::with_capacity(usize::try_from(meta.len()).ok()?);
        fs::File::open(&path).ok()?.take(MAX_BYTES).read_to_end(&mut bytes).ok()?;
        let (sum, body) = bytes.split_at_checked(SUM)?;
        if Sha256::digest(body).as_slice() != sum {
            return None;
        }
        let (head, rest) = postcard::take_from_bytes::<Head>(body).ok()?;
        if head != self.head(head.commit) {
            return None;
        }
        let (value, rest) = postcard::take_from_bytes::<T>(rest).ok()?;
        rest.is_empty().then_some((head.commit, value))
    }

    fn write<T: Serialize>(&self, what: &str, commit: Id, value: &T) -> std::io::Result<()> {
        let other = |error: postcard::Error| std::io::Error::other(error);
        let body = postcard::to_stdvec(&self.head(commit)).map_err(other)?;
        let body = postcard::to_extend(value, body).map_err(other)?;
        fs::create_dir_all(&self.folder)?;
        let path = self.path(what);
        // Two runs at the same time write two files; the later name wins, and either is whole.
        let temporary = self.folder.join(format!(".{what}-{}", std::process::id()));
        let mut bytes = Sha256::digest(&body).to_vec();
        bytes.extend_from_slice(&body);
        fs::write(&temporary, bytes)?;
        fs::rename(&temporary, &path).inspect_err(|_| {
            let _ = fs::remove_file(&temporary);
        })
    }
}
