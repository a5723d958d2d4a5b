//! Puts orders and months into an archive on disk. What is there already is never written again: orders and manifests
//! are only added.
//!
//! Everything is written into a folder of its own inside the archive ([`STAGING`]), because a stick or a network disk
//! may be the archive's own file system, and then moved into place, orders first and manifests last. A run that is
//! killed before it was ready leaves nothing; one that is killed while moving is finished by the next.

use std::fmt;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use super::verify::{Outline, outline};
use crate::archive::manifest::Stem;
use crate::bi;
use crate::report::clean;
use crate::text::Bi;

/// The folder of an unfinished run.
pub const STAGING: &str = ".gendan-staging";

/// Held while a run is under way.
const LOCK: &str = "lock";

/// What will be moved, laid out as in the archive.
const NEW: &str = "new";

/// There once everything in [`NEW`] is whole.
const READY: &str = "ready";

/// Why an archive was not written. It is as it was then.
#[derive(Debug)]
pub enum ShelfError {
    /// The folder holds something else.
    Foreign(PathBuf, String),
    /// It is a link, or no folder.
    NotAFolder(PathBuf),
    /// Its chain or its lists are not as they were written: the first problem.
    Damaged(PathBuf, Bi),
    /// Another run writes to it.
    Busy(PathBuf),
    /// The operating system refused.
    Io(PathBuf, io::Error),
}

impl ShelfError {
    /// In words, with what to do.
    #[must_use]
    pub fn text(&self) -> Bi {
        let shown = |path: &Path| clean(&path.display().to_string());
        match self {
            Self::Foreign(dir, entry) => {
                let (dir, entry) = (shown(dir), clean(entry));
                bi!(
                    "{dir} 不是 gendan 的归档：里面有 {entry}。换一个空文件夹",
                    "{dir} is no archive of gendan: it holds {entry}; choose an empty folder"
                )
            }
            Self::NotAFolder(dir) => {
                let dir = shown(dir);
                bi!("{dir} 是符号链接，或不是文件夹", "{dir} is a symbolic link or not a folder")
            }
            Self::Damaged(dir, first) => {
                let dir = shown(dir);
                let first = Bi { zh: clean(&first.zh), en: clean(&first.en) };
                bi!(
                    "{dir} 已经和它的清单不一样，没有往里加：{first}。先运行 gendan verify",
                    "{dir} differs from its own lists and nothing was added: {first}. Run gendan verify first"; first
                )
            }
            Self::Busy(dir) => {
                let dir = shown(dir);
                bi!("另一个 gendan 正在写 {dir}", "another gendan is writing {dir}")
            }
            Self::Io(path, error) => {
                let (path, why) = (shown(path), error.kind());
                bi!("{path}：{why}", "{path}: {why}")
            }
        }
    }
}

impl fmt::Display for ShelfError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text().en)
    }
}

impl std::error::Error for ShelfError {}

fn at(path: &Path) -> impl FnOnce(io::Error) -> ShelfError {
    let path = path.to_owned();
    move |error| ShelfError::Io(path, error)
}

/// An archive that is being added to. Dropped without [`Shelf::commit`], it leaves the archive as it was.
#[derive(Debug)]
pub struct Shelf {
    out: PathBuf,
    /// The folder itself was made by this run.
    made: bool,
    lock: Option<File>,
    /// What the archive holds.
    pub outline: Outline,
}

impl Shelf {
    /// Opens an archive, or begins a new one in an empty or absent folder. Finishes what an earlier run left.
    ///
    /// # Errors
    /// See [`ShelfError`].
    pub fn open(out: &Path) -> Result<Self, ShelfError> {
        let made = !exists(out)?;
        if made {
            fs::create_dir_all(out).map_err(at(out))?;
        }
        if !fs::symlink_metadata(out).map_err(at(out))?.is_dir() {
            return Err(ShelfError::NotAFolder(out.to_owned()));
        }
        refuse_foreign(out)?;
        let mut shelf = Self { out: out.to_owned(), made, lock: None, outline: Outline::default() };
        let staging = shelf.staging();
        match fs::create_dir(&staging) {
            Err(error) if error.kind() != ErrorKind::AlreadyExists => {
                return Err(ShelfError::Io(staging, error));
            }
            _ => {}
        }
        shelf.lock = Some(lock(&staging.join(LOCK), out)?);
        if exists(&staging.join(READY))? {
            shelf.move_all()?;
        }
        shelf.clear()?;
        shelf.outline = outline(out);
        if let Some(first) = shelf.outline.problems.first() {
            return Err(ShelfError::Damaged(out.to_owned(), first.text()));
        }
        fs::create_dir(staging.join(NEW)).map_err(at(&staging))?;
        Ok(shelf)
    }

    fn staging(&self) -> PathBuf {
        self.out.join(STAGING)
    }

    /// Writes a file, not yet into its place. May be called from several threads.
    ///
    /// # Errors
    /// When it exists already, or the operating system refuses.
    pub fn put(&self, path: &str, bytes: &[u8]) -> Result<(), ShelfError> {
        let file = self.staging().join(NEW).join(path);
        if let Some(folder) = file.parent() {
            fs::create_dir_all(folder).map_err(at(folder))?;
        }
        create(&file, bytes)
    }

    /// Moves everything that was written into its place.
    ///
    /// # Errors
    /// When something is in the way, or the operating system refuses; the next run goes on from there.
    pub fn commit(mut self) -> Result<(), ShelfError> {
        flush(&self.staging().join(NEW))?;
        create(&self.staging().join(READY), b"")?;
        self.move_all()?;
        self.made = false;
        Ok(())
    }

    /// Moves what is in [`NEW`], orders first and manifests last: a folder without a manifest is seen as one too many,
    /// a manifest without its folders as a loss.
    fn move_all(&self) -> Result<(), ShelfError> {
        let new = self.staging().join(NEW);
        let mut files = Vec::new();
        for (name, path) in list(&new)? {
            if !path.is_dir() {
                files.push((Stem::of_manifest(&name).is_some(), name));
                continue;
            }
            let year = self.out.join(&name);
            if !exists(&year)? {
                fs::create_dir(&year).map_err(at(&year))?;
            }
            for (order, path) in list(&path)? {
                move_to(&path, &year.join(order))?;
            }
        }
        files.sort();
        for (_, name) in files {
            move_to(&new.join(&name), &self.out.join(&name))?;
        }
        Ok(())
    }

    /// Removes what a run leaves in the staging folder, but for the lock.
    fn clear(&self) -> Result<(), ShelfError> {
        let (new, ready) = (self.staging().join(NEW), self.staging().join(READY));
        if exists(&new)? {
            fs::remove_dir_all(&new).map_err(at(&new))?;
        }
        if exists(&ready)? {
            fs::remove_file(&ready).map_err(at(&ready))?;
        }
        Ok(())
    }
}

impl Drop for Shelf {
    fn drop(&mut self) {
        // Another run holds it: nothing here is ours.
        let Some(lock) = self.lock.take() else { return };
        let staging = self.staging();
        // A run that was stopped while moving keeps what is not moved yet, for the next one to finish.
        let unfinished = staging.join(READY).exists() && fs::read_dir(staging.join(NEW)).is_ok_and(has_files);
        // Errors are left: the next run clears up.
        if !unfinished {
            drop(self.clear());
            drop(fs::remove_file(staging.join(LOCK)));
        }
        drop(lock);
        if !unfinished {
            drop(fs::remove_dir(&staging));
            if self.made {
                drop(fs::remove_dir(&self.out));
            }
        }
    }
}

/// Something is left to move: a file at the top, or an order in a year.
fn has_files(mut new: fs::ReadDir) -> bool {
    new.any(|entry| {
        entry.is_ok_and(|entry| {
            let path = entry.path();
            !path.is_dir() || fs::read_dir(&path).is_ok_and(|mut orders| orders.next().is_some())
        })
    })
}

fn exists(path: &Path) -> Result<bool, ShelfError> {
    match fs::symlink_metadata(path) {
        Ok(_) => Ok(true),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(false),
        Err(error) => Err(ShelfError::Io(path.to_owned(), error)),
    }
}

/// What lies in a folder, by name.
fn list(dir: &Path) -> Result<Vec<(String, PathBuf)>, ShelfError> {
    let mut all = Vec::new();
    if !exists(dir)? {
        return Ok(all);
    }
    for entry in fs::read_dir(dir).map_err(at(dir))? {
        let entry = entry.map_err(at(dir))?;
        all.push((entry.file_name().to_string_lossy().into_owned(), entry.path()));
    }
    all.sort();
    Ok(all)
}

/// Never onto something: what is archived stays.
fn move_to(from: &Path, to: &Path) -> Result<(), ShelfError> {
    if exists(to)? {
        return Err(ShelfError::Io(to.to_owned(), io::Error::from(ErrorKind::AlreadyExists)));
    }
    fs::rename(from, to).map_err(at(to))
}

fn create(path: &Path, bytes: &[u8]) -> Result<(), ShelfError> {
    let mut file = OpenOptions::new().write(true).create_new(true).open(path).map_err(at(path))?;
    file.write_all(bytes).map_err(at(path))
}

/// From the system's cache to the disk: what is moved into place must be whole after a power cut too. All at once at the
/// end, because the first call writes most of what the others would wait for.
fn flush(dir: &Path) -> Result<(), ShelfError> {
    for entry in walkdir::WalkDir::new(dir) {
        let entry = entry.map_err(|e| ShelfError::Io(dir.to_owned(), e.into()))?;
        if entry.file_type().is_file() {
            let path = entry.path();
            // Windows flushes only what is open for writing.
            let file = OpenOptions::new().append(true).open(path).map_err(at(path))?;
            file.sync_all().map_err(at(path))?;
        }
    }
    Ok(())
}

fn lock(path: &Path, out: &Path) -> Result<File, ShelfError> {
    if fs::symlink_metadata(path).is_ok_and(|about| !about.is_file()) {
        return Err(ShelfError::Foreign(out.to_owned(), STAGING.to_owned()));
    }
    let file = OpenOptions::new().create(true).truncate(false).write(true).open(path).map_err(at(path))?;
    match file.try_lock() {
        // Removed between opening and locking: the run that held it has just ended.
        Ok(()) if !exists(path)? => Err(ShelfError::Busy(out.to_owned())),
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(ShelfError::Busy(out.to_owned())),
        Err(TryLockError::Error(error)) => Err(ShelfError::Io(path.to_owned(), error)),
    }
}

/// A folder that holds something is an archive when it has a manifest; and what an unfinished run left may be there.
fn refuse_foreign(out: &Path) -> Result<(), ShelfError> {
    let entries = list(out)?;
    let foreign = |name: &str| ShelfError::Foreign(out.to_owned(), name.to_owned());
    if let Some((name, path)) = entries.iter().find(|(name, _)| name == STAGING) {
        let known = [LOCK, NEW, READY];
        let plain = fs::symlink_metadata(path).map_err(at(path))?.is_dir();
        if !plain || list(path)?.iter().any(|(name, _)| !known.contains(&name.as_str())) {
            return Err(foreign(name));
        }
    }
    let is_archive = entries.iter().any(|(name, _)| Stem::of_manifest(name).is_some());
    let unfinished = exists(&out.join(STAGING).join(READY))?;
    match entries.iter().find(|(name, _)| name != STAGING) {
        Some((name, _)) if !is_archive && !unfinished => Err(foreign(name)),
        _ => Ok(()),
    }
}
