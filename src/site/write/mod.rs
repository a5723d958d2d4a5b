//! Puts a site on disk: into a fresh folder beside the output folder, then exchanged for it.
//!
//! Whoever opens a page gets the old site or the new one, never half of either, and neither does a build that is killed
//! leave anything else: where the system can exchange two names that is one step; elsewhere the old site is moved
//! aside first, and the next [`Writer::begin`] puts it back if the build died between the two. An output folder is
//! replaced only if gendan wrote every file in it: the marker [`MARKER`] lists them. Symbolic links are neither
//! followed nor replaced.
//!
//! With a list of what the last build left, only what changed is made: a [`Unit`] whose key is the same is taken over
//! without being made, and a file with the same bytes is taken over without being written. Taking over is a second name
//! (hard link) for the old file, which costs as much as an empty file.

mod foreign;
mod kept;
mod path;
mod swap;
#[cfg(test)]
mod tests;

use std::{
    cell::RefCell,
    collections::{BTreeMap, BTreeSet},
    fmt,
    fs::{self, File, OpenOptions, TryLockError},
    io::{self, Write},
    path::{Component, Path, PathBuf},
    sync::{Mutex, MutexGuard, PoisonError},
};

use crate::key::Key;
use foreign::refuse_foreign;
use kept::{Kept, Left, Made};
use path::check_path;
pub(crate) use path::good_name;

use swap::{Swapped, swap};

/// The file in an output folder that lists every other file gendan wrote there, one per line.
pub const MARKER: &str = ".gendan-site";

const MARKER_HEAD: &str = "gendan site 1";

/// Marks a staging folder as ours, so that only ours is ever removed.
const STAGING_MARKER: &str = ".gendan-staging";

/// Why a site cannot be written.
#[derive(Debug)]
pub enum WriteError {
    /// The output folder holds something that gendan did not write there.
    Foreign {
        /// The folder.
        folder: PathBuf,
        /// The first file or folder found that is not ours, relative to it.
        entry: PathBuf,
    },
    /// The output folder, its parent or a folder on the way is a symbolic link or no folder.
    NotAFolder(PathBuf),
    /// A page's path is absolute, leaves the folder, or cannot be a file name everywhere.
    BadPath(String),
    /// Two pages have the same path, or differ in case only (one file on Windows and macOS).
    Twice(String),
    /// Another build writes to the same folder.
    Busy(PathBuf),
    /// The operating system refused.
    Io {
        /// What was read or written.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
}

impl fmt::Display for WriteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Foreign { folder, entry } => write!(
                f,
                "{} was not written by gendan alone: it holds {}; choose an empty folder",
                folder.display(),
                entry.display()
            ),
            Self::NotAFolder(path) => write!(f, "{} is a symbolic link or not a folder", path.display()),
            Self::BadPath(path) => write!(f, "`{path}` cannot be a page's path"),
            Self::Twice(path) => write!(f, "two pages are called `{path}`, perhaps in different case"),
            Self::Busy(path) => write!(f, "another build is writing {}", path.display()),
            Self::Io { path, source } => write!(f, "{}: {source}", path.display()),
        }
    }
}

impl std::error::Error for WriteError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Io { source, .. } => Some(source),
            _ => None,
        }
    }
}

/// What a build wrote.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Written {
    /// Files of the site, without the marker.
    pub files: usize,
    /// Their bytes.
    pub bytes: u64,
    /// Files that were written; the others are those of the site before.
    pub new: usize,
}

#[derive(Debug, Default)]
struct Progress {
    /// Every file. What it looks like is known only where the next build asks.
    files: BTreeMap<String, Option<Left>>,
    units: BTreeMap<String, Made>,
    new: usize,
    /// The same in lower case, folders included.
    folded: BTreeSet<String>,
    /// Folders that exist in the staging folder.
    folders: BTreeSet<PathBuf>,
    bytes: u64,
}

/// A site being written. Dropped without [`Writer::commit`], it leaves the old site as it was.
#[derive(Debug)]
pub struct Writer {
    out: PathBuf,
    staging: PathBuf,
    aside: PathBuf,
    lock_path: PathBuf,
    lock: Option<File>,
    progress: Mutex<Progress>,
    committed: bool,
    /// Where the list for the next build is kept.
    list: Option<PathBuf>,
    /// What the build before left.
    before: Option<Kept>,
}

/// Files that are made together, from the same facts.
#[derive(Debug)]
pub struct Unit<'w> {
    writer: &'w Writer,
    files: RefCell<Vec<String>>,
}

impl Unit<'_> {
    /// Writes one file. See [`Writer::put`].
    ///
    /// # Errors
    /// See [`Writer::put`].
    pub fn put(&self, path: &str, bytes: &[u8]) -> Result<(), WriteError> {
        self.writer.put(path, bytes)?;
        self.files.borrow_mut().push(path.to_owned());
        Ok(())
    }
}

impl Writer {
    /// As [`Self::begin`], taking over what has not changed since the last build into the same folder. What that
    /// one left is known from a list at `list`, a path at which nobody but gendan writes.
    ///
    /// # Errors
    /// See [`Self::begin`].
    pub fn begin_again(out: &Path, list: &Path) -> Result<Self, WriteError> {
        let mut writer = Self::begin(out)?;
        writer.before = Kept::load(list, &writer.out);
        writer.list = Some(list.to_owned());
        Ok(writer)
    }

    /// Checks the output folder, repairs what an interrupted build left, and makes a fresh staging folder.
    ///
    /// # Errors
    /// See [`WriteError`]; the output folder is untouched then.
    pub fn begin(out: &Path) -> Result<Self, WriteError> {
        let name = match out.components().next_back() {
            Some(Component::Normal(name)) => name.to_string_lossy().into_owned(),
            _ => return Err(WriteError::NotAFolder(out.to_owned())),
        };
        let parent = match out.parent() {
            Some(p) if !p.as_os_str().is_empty() => p.to_owned(),
            _ => PathBuf::from("."),
        };
        fs::create_dir_all(&parent).map_err(at(&parent))?;
        let parent = parent.canonicalize().map_err(at(&parent))?;
        let side = |what: &str| parent.join(format!(".{name}.gendan-{what}"));
        let lock_path = side("lock");
        let lock = lock(&lock_path, out)?;
        let mut writer = Self {
            out: parent.join(&name),
            staging: side("staging"),
            aside: side("old"),
            lock_path,
            lock: Some(lock),
            progress: Mutex::default(),
            committed: true,
            list: None,
            before: None,
        };
        writer.recover()?;
        refuse_foreign(&writer.out)?;
        fs::create_dir(&writer.staging).map_err(at(&writer.staging))?;
        writer.committed = false;
        create(&writer.staging.join(STAGING_MARKER), MARKER_HEAD.as_bytes())?;
        Ok(writer)
    }

    /// Writes one file. May be called from several threads.
    ///
    /// `path` is relative, with `/`.
    ///
    /// # Errors
    /// A path that escapes or is taken, or a refusal of the operating system.
    pub fn put(&self, path: &str, bytes: &[u8]) -> Result<(), WriteError> {
        check_path(path)?;
        let len = bytes.len() as u64;
        let file = self.claim(path, len)?;
        if self.list.is_none() {
            create(&file, bytes)?;
            self.progress().new += 1;
            return Ok(());
        }
        let sum = Key::of(bytes).bytes();
        if let Some(left) = self.unchanged(path).filter(|left| left.len == len && left.sum == sum)
            && fs::hard_link(self.out.join(path), &file).is_ok()
        {
            self.note(path, left);
            return Ok(());
        }
        let meta = create(&file, bytes)?;
        let mut progress = self.progress();
        progress.new += 1;
        if let Some(time) = kept::time(&meta) {
            progress.files.insert(path.to_owned(), Some(Left { len, time, sum }));
        }
        Ok(())
    }

    /// Makes the files of a unit, unless those of the last build were made from the same: `key` stands for
    /// everything they depend on. Without a key, or without a list, they are made.
    ///
    /// # Errors
    /// What `make` fails with, and the errors of [`Self::put`].
    pub fn unit<E: From<WriteError>>(
        &self,
        name: &str,
        key: Option<Key>,
        make: impl FnOnce(&Unit<'_>) -> Result<(), E>,
    ) -> Result<(), E> {
        if let Some(key) = key
            && self.take_over(name, key)?
        {
            return Ok(());
        }
        let unit = Unit { writer: self, files: RefCell::default() };
        make(&unit)?;
        if let (Some(key), true) = (key, self.list.is_some()) {
            let made = Made { key: key.bytes(), files: unit.files.into_inner() };
            self.progress().units.insert(name.to_owned(), made);
        }
        Ok(())
    }

    /// Takes over the files of a unit that was made from the same before; `false` when they must be made.
    fn take_over(&self, name: &str, key: Key) -> Result<bool, WriteError> {
        let Some(made) = self.before.as_ref().and_then(|before| before.units.get(name)) else {
            return Ok(false);
        };
        if made.key != key.bytes() {
            return Ok(false);
        }
        let left: Option<Vec<Left>> = made.files.iter().map(|path| self.unchanged(path)).collect();
        let Some(left) = left else { return Ok(false) };
        for (path, left) in made.files.iter().zip(left) {
            check_path(path)?;
            let file = self.claim(path, left.len)?;
            let old = self.out.join(path);
            // A file system without hard links: the same bytes once more.
            if fs::hard_link(&old, &file).is_ok() {
                self.note(path, left);
            } else {
                let bytes = fs::read(&old).map_err(at(&old))?;
                create(&file, &bytes)?;
            }
        }
        self.progress().units.insert(name.to_owned(), made.clone());
        Ok(true)
    }

    /// What the last build left at a path, if it is still as it was left.
    fn unchanged(&self, path: &str) -> Option<Left> {
        let left = *self.before.as_ref()?.files.get(path)?;
        let meta = fs::symlink_metadata(self.out.join(path)).ok()?;
        let same = meta.is_file() && meta.len() == left.len && kept::time(&meta) == Some(left.time);
        same.then_some(left)
    }

    fn note(&self, path: &str, left: Left) {
        self.progress().files.insert(path.to_owned(), Some(left));
    }

    fn progress(&self) -> MutexGuard<'_, Progress> {
        self.progress.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Registers a path and makes its folder.
    fn claim(&self, path: &str, len: u64) -> Result<PathBuf, WriteError> {
        let file = self.staging.join(path);
        let mut progress = self.progress();
        if !progress.folded.insert(path.to_lowercase()) {
            return Err(WriteError::Twice(path.to_owned()));
        }
        progress.files.insert(path.to_owned(), None);
        progress.bytes = progress.bytes.saturating_add(len);
        if let Some(folder) = file.parent()
            && progress.folders.insert(folder.to_owned())
        {
            fs::create_dir_all(folder).map_err(at(folder))?;
        }
        drop(progress);
        Ok(file)
    }

    /// Puts the new site in the place of the old one.
    ///
    /// # Errors
    /// When the operating system refuses; the old site is in place then.
    pub fn commit(mut self) -> Result<Written, WriteError> {
        let (list, written) = {
            let progress = self.progress();
            let mut list = String::from(MARKER_HEAD);
            list.push('\n');
            for file in progress.files.keys() {
                list.push_str(file);
                list.push('\n');
            }
            let written = Written { files: progress.files.len(), bytes: progress.bytes, new: progress.new };
            (list, written)
        };
        create(&self.staging.join(MARKER), list.as_bytes())?;
        // Checked again: somebody may have put a file there while pages were rendered.
        refuse_foreign(&self.out)?;
        let marker = self.staging.join(STAGING_MARKER);
        fs::remove_file(&marker).map_err(at(&marker))?;
        let had_old = exists(&self.out)?;
        let swapped = swap(&self.staging, &self.out, &self.aside, had_old).map_err(at(&self.staging))?;
        self.committed = true;
        // Before the old site goes: without the list the next build would only be slow.
        if let Some(list) = self.list.take() {
            let progress = std::mem::take(&mut *self.progress());
            let files = progress.files.into_iter().filter_map(|(path, left)| Some((path, left?)));
            Kept::new(&self.out, progress.units, files.collect()).save(&list);
        }
        let old = match swapped {
            Swapped::Exchanged => Some(&self.staging),
            Swapped::Aside => Some(&self.aside),
            Swapped::Fresh => None,
        };
        if let Some(old) = old {
            remove_ours(old)?;
        }
        Ok(written)
    }

    /// Puts an old site back that an interrupted exchange left aside, and removes leftovers.
    fn recover(&self) -> Result<(), WriteError> {
        if exists(&self.aside)? {
            refuse_foreign(&self.aside)?;
            if exists(&self.out)? {
                remove_ours(&self.aside)?;
            } else {
                fs::rename(&self.aside, &self.out).map_err(at(&self.aside))?;
            }
        }
        if exists(&self.staging)? {
            let ours = is_folder(&self.staging)?
                && [STAGING_MARKER, MARKER].iter().any(|m| is_plain_file(&self.staging.join(m)));
            let empty = is_folder(&self.staging)? && is_empty(&self.staging)?;
            if !ours && !empty {
                return Err(WriteError::Foreign { folder: self.staging.clone(), entry: PathBuf::from(".") });
            }
            remove_ours(&self.staging)?;
        }
        Ok(())
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        if !self.committed {
            // Nothing better can be done with an error here: the next build removes the leftovers.
            drop(remove_ours(&self.staging));
        }
        if self.lock.is_some() {
            drop(fs::remove_file(&self.lock_path));
        }
    }
}

fn at(path: &Path) -> impl FnOnce(io::Error) -> WriteError {
    let path = path.to_owned();
    move |source| WriteError::Io { path, source }
}

fn lock(path: &Path, out: &Path) -> Result<File, WriteError> {
    refuse_link(path)?;
    let file = OpenOptions::new().create(true).truncate(false).write(true).open(path).map_err(at(path))?;
    match file.try_lock() {
        // Removed between opening and locking: the build that held it has just ended.
        Ok(()) if !exists(path)? => Err(WriteError::Busy(out.to_owned())),
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(WriteError::Busy(out.to_owned())),
        Err(TryLockError::Error(source)) => Err(WriteError::Io { path: path.to_owned(), source }),
    }
}

fn create(path: &Path, bytes: &[u8]) -> Result<fs::Metadata, WriteError> {
    let mut file = OpenOptions::new().write(true).create_new(true).open(path).map_err(at(path))?;
    file.write_all(bytes).map_err(at(path))?;
    file.metadata().map_err(at(path))
}

/// Removes a folder of ours. The markers go last: a build that is killed before leaves a folder that the next one
/// knows as ours.
fn remove_ours(folder: &Path) -> Result<(), WriteError> {
    let markers = [MARKER, STAGING_MARKER];
    for entry in fs::read_dir(folder).map_err(at(folder))? {
        let entry = entry.map_err(at(folder))?;
        if markers.iter().any(|marker| entry.file_name() == *marker) {
            continue;
        }
        let path = entry.path();
        let removed = match entry.file_type().map_err(at(&path))?.is_dir() {
            true => fs::remove_dir_all(&path),
            false => fs::remove_file(&path),
        };
        removed.map_err(at(&path))?;
    }
    for marker in markers.map(|marker| folder.join(marker)) {
        match fs::remove_file(&marker) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(at(&marker)(error)),
            _ => {}
        }
    }
    fs::remove_dir(folder).map_err(at(folder))
}

fn exists(path: &Path) -> Result<bool, WriteError> {
    match fs::symlink_metadata(path) {
        Ok(_) => Ok(true),
        Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(source) => Err(WriteError::Io { path: path.to_owned(), source }),
    }
}

fn refuse_link(path: &Path) -> Result<(), WriteError> {
    match fs::symlink_metadata(path) {
        Ok(meta) if meta.file_type().is_symlink() => Err(WriteError::NotAFolder(path.to_owned())),
        _ => Ok(()),
    }
}

fn is_folder(path: &Path) -> Result<bool, WriteError> {
    Ok(fs::symlink_metadata(path).map_err(at(path))?.file_type().is_dir())
}

fn is_plain_file(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok_and(|meta| meta.file_type().is_file())
}

fn is_empty(path: &Path) -> Result<bool, WriteError> {
    Ok(fs::read_dir(path).map_err(at(path))?.next().is_none())
}
