//! What an earlier build left, so that the next one makes only what changed.
//!
//! It names every file of the site with its length, its time and the digest of its bytes, and for each group of files
//! that was made together (a [unit](super::Unit)) the key of what it was made from. Nothing in it is believed of a
//! file that does not look as it was left: then the file is made again. A list of another version, with another check
//! sum or of another folder counts as none. It lies where nobody can commit it (see [`crate::cli::build`]): a list
//! that came with a pull request could vouch for forged pages.

use std::collections::BTreeMap;
use std::fs;
use std::io::Read;
use std::path::Path;
use std::time::UNIX_EPOCH;

use serde::{Deserialize, Serialize};

use crate::key::Key;

/// Raised whenever what is kept changes.
const FORMAT: u32 = 1;

/// A larger list was not written by this program.
const MAX_BYTES: u64 = 1 << 30;

/// A file as it was left.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Left {
    pub(super) len: u64,
    /// When it was written, in nanoseconds.
    pub(super) time: u128,
    pub(super) sum: [u8; 32],
}

/// Files that were made together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Made {
    pub(super) key: [u8; 32],
    pub(super) files: Vec<String>,
}

/// The list.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Kept {
    format: u32,
    /// The output folder.
    folder: String,
    pub(super) units: BTreeMap<String, Made>,
    pub(super) files: BTreeMap<String, Left>,
}

impl Kept {
    pub(super) fn new(out: &Path, units: BTreeMap<String, Made>, files: BTreeMap<String, Left>) -> Self {
        Self { format: FORMAT, folder: out.to_string_lossy().into_owned(), units, files }
    }

    /// The list that the last build of a folder kept at a path.
    pub(super) fn load(path: &Path, out: &Path) -> Option<Self> {
        let meta = path.symlink_metadata().ok()?;
        if !meta.is_file() || meta.len() > MAX_BYTES {
            return None;
        }
        let mut bytes = Vec::with_capacity(usize::try_from(meta.len()).ok()?);
        fs::File::open(path).ok()?.take(MAX_BYTES).read_to_end(&mut bytes).ok()?;
        let (sum, body) = bytes.split_at_checked(32)?;
        if Key::of(body).bytes() != sum {
            return None;
        }
        let kept: Self = postcard::from_bytes(body).ok()?;
        (kept.format == FORMAT && kept.folder == out.to_string_lossy()).then_some(kept)
    }

    /// Keeps the list. A place that cannot be written is no reason to fail: the next build makes everything again.
    pub(super) fn save(&self, path: &Path) {
        let Ok(body) = postcard::to_stdvec(self) else { return };
        let mut bytes = Key::of(&body).bytes().to_vec();
        bytes.extend_from_slice(&body);
        let Some(folder) = path.parent() else { return };
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        // Two builds into two folders may end at the same time; either list is whole.
        let temporary = folder.join(format!(".{name}-{}", std::process::id()));
        let written = fs::create_dir_all(folder)
            .and_then(|()| fs::write(&temporary, bytes))
            .and_then(|()| fs::rename(&temporary, path));
        if written.is_err() {
            let _ = fs::remove_file(&temporary);
        }
    }
}

/// When a file was written; `None` where the system cannot say.
pub(super) fn time(meta: &fs::Metadata) -> Option<u128> {
    Some(meta.modified().ok()?.duration_since(UNIX_EPOCH).ok()?.as_nanos())
}
