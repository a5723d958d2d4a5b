//! What earlier runs found, so that the next one reads only what is new.
//!
//! It lies in the repository's own folder (`.git/gendan/`), not in the work tree: a file in the work tree can be
//! committed by anybody, and a story from there would be believed. Nothing in it is trusted either: a file of another
//! version, with another check sum (of any part), of another data root or of commits that are no longer there counts as
//! none.

use std::fs;
use std::io::{BufWriter, Read, Write};
use std::path::PathBuf;
use std::sync::Arc;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::log::Log;
use super::open::Source;
use super::packed::Slice;
use super::story::Story;
use super::tree::Id;

/// Raised whenever what is kept, or how it is worked out, changes.
const FORMAT: u32 = 3;
/// In the repository's own folder.
pub(super) const FOLDER: &str = "gendan";
/// A larger file was not written by this program.
const MAX_BYTES: u64 = 1 << 30;
/// Bytes of a SHA-256.
const SUM: usize = 32;
/// Bytes of the length that follows it.
const LENGTH: usize = 8;

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

/// One packed part, all of which follow the rest.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
struct Piece {
    length: u64,
    sum: [u8; 16],
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

    /// The story, and the commit up to which it goes. What is packed in it is checked, and stays packed.
    pub(super) fn story(&self) -> Option<(Id, Story)> {
        let bytes = Arc::new(self.bytes("story")?);
        let (top, rest) = bytes.split_at_checked(SUM + LENGTH)?;
        let (sum, length) = top.split_at_checked(SUM)?;
        let length = usize::try_from(u64::from_le_bytes(length.try_into().ok()?)).ok()?;
        let begin = rest.get(..length)?;
        if digest(begin) != sum {
            return None;
        }
        let (commit, rest) = self.opened(begin)?;
        let (mut story, pieces): (Story, Vec<Piece>) = postcard::from_bytes(rest).ok()?;
        let mut at = top.len() + length;
        let mut slices = Vec::with_capacity(pieces.len());
        for piece in &pieces {
            let end = at.checked_add(usize::try_from(piece.length).ok()?)?;
            slices.push(Slice::of(&bytes, at..end)?);
            at = end;
        }
        let whole = at == bytes.len() && pieces.len() == story.slices().count();
        let sound = || slices.par_iter().zip(&pieces).all(|(slice, piece)| short(slice) == piece.sum);
        if !whole || !sound() {
            return None;
        }
        story.slices_mut().zip(slices).for_each(|(place, slice)| *place = slice);
        Some((commit, story))
    }

    /// The log, and the commit up to which it goes.
    pub(super) fn log(&self) -> Option<(Id, Log)> {
        let bytes = self.bytes("log")?;
        let (sum, body) = bytes.split_at_checked(SUM)?;
        if digest(body) != sum {
            return None;
        }
        let (commit, rest) = self.opened(body)?;
        Some((commit, postcard::from_bytes(rest).ok()?))
    }

    /// Keeps both. A folder that cannot be written is no reason to fail: the next run reads everything again.
    pub(super) fn keep(&self, commit: Id, log: &Log, story: &Story) {
        let _ = self.keep_log(commit, log);
        let _ = self.keep_story(commit, story);
    }

    fn keep_log(&self, commit: Id, log: &Log) -> std::io::Result<()> {
        let body = postcard::to_stdvec(&self.head(commit)).map_err(std::io::Error::other)?;
        let body = postcard::to_extend(log, body).map_err(std::io::Error::other)?;
        self.write("log", |file| {
            file.write_all(&digest(&body))?;
            file.write_all(&body)
        })
    }

    fn keep_story(&self, commit: Id, story: &Story) -> std::io::Result<()> {
        let slices: Vec<&Slice> = story.slices().collect();
        let piece = |slice: &&Slice| Piece { length: slice.bytes().len() as u64, sum: short(slice) };
        let pieces: Vec<Piece> = slices.par_iter().map(piece).collect();
        let begin = postcard::to_stdvec(&self.head(commit)).map_err(std::io::Error::other)?;
        let begin = postcard::to_extend(&(story, pieces), begin).map_err(std::io::Error::other)?;
        self.write("story", |file| {
            file.write_all(&digest(&begin))?;
            file.write_all(&(begin.len() as u64).to_le_bytes())?;
            file.write_all(&begin)?;
            slices.iter().try_for_each(|slice| file.write_all(slice.bytes()))
        })
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

    /// The file; `None` when there is none that could be ours.
    fn bytes(&self, what: &str) -> Option<Vec<u8>> {
        let path = self.path(what);
        // Neither a link nor a device: only what `write` made.
        let meta = path.symlink_metadata().ok()?;
        if !meta.is_file() || meta.len() > MAX_BYTES {
            return None;
        }
        let mut bytes = Vec::with_capacity(usize::try_from(meta.len()).ok()?);
        fs::File::open(&path).ok()?.take(MAX_BYTES).read_to_end(&mut bytes).ok()?;
        Some(bytes)
    }

    /// The commit, and what follows the head; `None` when the head is not this program's and data root's.
    fn opened<'b>(&self, bytes: &'b [u8]) -> Option<(Id, &'b [u8])> {
        let (head, rest) = postcard::take_from_bytes::<Head>(bytes).ok()?;
        (head == self.head(head.commit)).then_some((head.commit, rest))
    }

    fn write(
        &self,
        what: &str,
        fill: impl FnOnce(&mut BufWriter<fs::File>) -> std::io::Result<()>,
    ) -> std::io::Result<()> {
        fs::create_dir_all(&self.folder)?;
        // Two runs at the same time write two files; the later name wins, and either is whole.
        let temporary = self.folder.join(format!(".{what}-{}", std::process::id()));
        let mut file = BufWriter::new(fs::File::create(&temporary)?);
        let written = fill(&mut file).and_then(|()| file.flush());
        drop(file);
        written.and_then(|()| fs::rename(&temporary, self.path(what))).inspect_err(|_| {
            let _ = fs::remove_file(&temporary);
        })
    }
}

fn digest(bytes: &[u8]) -> [u8; SUM] {
    Sha256::digest(bytes).into()
}

/// Enough of a sum to see damage; nobody is kept out by it who can write here.
fn short(slice: &Slice) -> [u8; 16] {
    let mut short = [0; 16];
    short.iter_mut().zip(digest(slice.bytes())).for_each(|(short, byte)| *short = byte);
    short
}
