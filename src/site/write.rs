//! Puts a site on disk: into a fresh folder beside the output folder, then exchanged for it by renaming.
//!
//! Whoever opens a page gets the old site or the new one, never half of either. Two renames are needed (old
//! one aside, new one in place); a build killed between them leaves the old site under its side name, and
//! the next [`Writer::begin`] puts it back. An output folder is replaced only if gendan wrote every file in
//! it: the marker [`MARKER`] lists them. Symbolic links are neither followed nor replaced.
//!
//! Not for incremental builds: everything is written anew.

use std::{
    collections::BTreeSet,
    fmt,
    fs::{self, File, OpenOptions, TryLockError},
    io::{self, Write},
    path::{Component, Path, PathBuf},
    sync::Mutex,
};

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
    /// Files, without the marker.
    pub files: usize,
    /// Their bytes.
    pub bytes: u64,
}

#[derive(Debug, Default)]
struct Progress {
    /// Path of every file.
    files: BTreeSet<String>,
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
}

impl Writer {
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
        let file = self.staging.join(path);
        {
            let mut progress = self.progress.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
            if !progress.folded.insert(path.to_lowercase()) {
                return Err(WriteError::Twice(path.to_owned()));
            }
            progress.files.insert(path.to_owned());
            progress.bytes = progress.bytes.saturating_add(bytes.len() as u64);
            if let Some(folder) = file.parent()
                && progress.folders.insert(folder.to_owned())
            {
                fs::create_dir_all(folder).map_err(at(folder))?;
            }
        }
        create(&file, bytes)
    }

    /// Puts the new site in the place of the old one.
    ///
    /// # Errors
    /// When the operating system refuses; the old site is in place then.
    pub fn commit(mut self) -> Result<Written, WriteError> {
        let (list, written) = {
            let progress = self.progress.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
            let mut list = String::from(MARKER_HEAD);
            list.push('\n');
            for file in &progress.files {
                list.push_str(file);
                list.push('\n');
            }
            (list, Written { files: progress.files.len(), bytes: progress.bytes })
        };
        create(&self.staging.join(MARKER), list.as_bytes())?;
        // Checked again: somebody may have put a file there while pages were rendered.
        refuse_foreign(&self.out)?;
        let marker = self.staging.join(STAGING_MARKER);
        fs::remove_file(&marker).map_err(at(&marker))?;
        let had_old = exists(&self.out)?;
        if had_old {
            fs::rename(&self.out, &self.aside).map_err(at(&self.out))?;
        }
        if let Err(source) = fs::rename(&self.staging, &self.out) {
            if had_old {
                fs::rename(&self.aside, &self.out).map_err(at(&self.aside))?;
            }
            return Err(WriteError::Io { path: self.staging.clone(), source });
        }
        self.committed = true;
        if had_old {
            fs::remove_dir_all(&self.aside).map_err(at(&self.aside))?;
        }
        Ok(written)
    }

    /// Puts an old site back that an interrupted exchange left aside, and removes leftovers.
    fn recover(&self) -> Result<(), WriteError> {
        if exists(&self.aside)? {
            refuse_foreign(&self.aside)?;
            if exists(&self.out)? {
                fs::remove_dir_all(&self.aside).map_err(at(&self.aside))?;
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
            fs::remove_dir_all(&self.staging).map_err(at(&self.staging))?;
        }
        Ok(())
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        if !self.committed {
            // Nothing better can be done with an error here: the next build removes the leftovers.
            drop(fs::remove_dir_all(&self.staging));
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

fn create(path: &Path, bytes: &[u8]) -> Result<(), WriteError> {
    let mut file = OpenOptions::new().write(true).create_new(true).open(path).map_err(at(path))?;
    file.write_all(bytes).map_err(at(path))
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

/// An absent or empty folder is fine, and one in which the marker lists every file.
fn refuse_foreign(folder: &Path) -> Result<(), WriteError> {
    if !exists(folder)? {
        return Ok(());
    }
    if !is_folder(folder)? {
        return Err(WriteError::NotAFolder(folder.to_owned()));
    }
    if is_empty(folder)? {
        return Ok(());
    }
    let foreign = |entry: &Path| WriteError::Foreign { folder: folder.to_owned(), entry: entry.to_owned() };
    let marker = folder.join(MARKER);
    let list = if is_plain_file(&marker) {
        fs::read_to_string(&marker).map_err(at(&marker))?
    } else {
        let mut entries: Vec<_> = fs::read_dir(folder)
            .map_err(at(folder))?
            .filter_map(|e| e.ok().map(|e| PathBuf::from(e.file_name())))
            .collect();
        entries.sort();
        return Err(foreign(entries.first().map_or(Path::new("."), PathBuf::as_path)));
    };
    let mut lines = list.lines();
    if lines.next() != Some(MARKER_HEAD) {
        return Err(foreign(Path::new(MARKER)));
    }
    let ours: BTreeSet<PathBuf> = lines.map(PathBuf::from).collect();
    for entry in walkdir::WalkDir::new(folder).min_depth(1).follow_links(false).sort_by_file_name() {
        let entry = entry.map_err(|e| WriteError::Io {
            path: folder.to_owned(),
            source: e.into_io_error().unwrap_or_else(|| io::Error::other("cannot walk the folder")),
        })?;
        let relative = entry.path().strip_prefix(folder).unwrap_or(entry.path());
        let kind = entry.file_type();
        let known =
            kind.is_dir() || (kind.is_file() && (relative == Path::new(MARKER) || ours.contains(relative)));
        if !known {
            return Err(foreign(relative));
        }
    }
    Ok(())
}

/// Names that Windows keeps for devices, whatever their suffix.
const DEVICES: [&str; 22] = [
    "con", "prn", "aux", "nul", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8", "com9",
    "lpt1", "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9",
];

fn check_path(path: &str) -> Result<(), WriteError> {
    let good = path.len() <= 400 && path.split('/').all(good_name);
    if good { Ok(()) } else { Err(WriteError::BadPath(path.to_owned())) }
}

/// Whether every system takes it for the name of one file: nothing hidden, nothing that leads elsewhere.
pub(crate) fn good_name(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default();
    !name.is_empty()
        && name.len() <= 200
        // Hidden names are ours (the markers); a final dot or blank disappears on Windows.
        && !name.starts_with('.')
        && !name.ends_with(['.', ' '])
        && !name.contains(|c: char| c.is_control() || "\\:*?\"<>|".contains(c))
        && !DEVICES.iter().any(|d| stem.eq_ignore_ascii_case(d))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn build(out: &Path, files: &[(&str, &str)]) -> Result<Written, WriteError> {
        let writer = Writer::begin(out)?;
        for (path, text) in files {
            writer.put(path, text.as_bytes())?;
        }
        writer.commit()
    }

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<String> = fs::read_dir(folder)
            .unwrap()
            .map(|e| e.unwrap().file_name().to_string_lossy().into_owned())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn writes_replaces_and_leaves_nothing_behind() {
        let dir = tempfile::tempdir().unwrap();
        let out = dir.path().join("deep/public");
        let written = build(&out, &[("index.html", "one"), ("o/A.html", "a")]).unwrap();
        assert_eq!(written, Written { files: 2, bytes: 4 });
        assert_eq!(fs::read_to_string(out.join("o/A.html")).unwrap(), "a");
        build(&out, &[("index.html", "two"), ("o/B.html", "b")]).unwrap();
        assert_eq!(fs::read_to_string(out.join("index.html")).unwrap(), "two");
        assert!(!out.join("o/A.html").exists(), "a page that no longer exists stays");
        assert_eq!(names(&out), [MARKER, "index.html", "o"]);
        assert_eq!(names(out.parent().unwrap()), ["public"]);
        assert_eq!(fs::read_to_string(out.join(MARKER)).unwrap(), "gendan site 1\nindex.html\no/B.html\n");
    }

    #[test]
    fn the_old_site_stays_until_commit_and_when_dropped() {
        let dir = tempfile::tempdir().unwrap();
        let out = dir.path().join("public");
        build(&out, &[("index.html", "old")]).unwrap();
        let writer = Writer::begin(&out).unwrap();
        writer.put("index.html", b"new").unwrap();
        assert_eq!(fs::read_to_string(out.join("index.html")).unwrap(), "old");
        drop(writer);
        assert_eq!(fs::read_to_string(out.join("index.html")).unwrap(), "old");
        assert_eq!(names(dir.path()), ["public"]);
    }

    #[test]
    fn a_foreign_folder_is_refused_and_untouched() {
        let dir = tempfile::tempdir().unwrap();
        let out = dir.path().join("home");
        fs::create_dir(&out).unwrap();
        fs::write(out.join("thesis.doc"), "x").unwrap();
        let error = Writer::begin(&out).unwrap_err();
        assert!(
            matches!(&error, WriteError::Foreign { entry, .. } if entry == Path::new("thesis.doc")),
            "{error}"
        );
        assert_eq!(names(&out), ["thesis.doc"]);
        assert_eq!(names(dir.path()), ["home"]);
    }

    #[test]
    fn a_foreign_file_in_our_folder_is_refused() {
        let dir = tempfile::tempdir().unwrap();
        let out = dir.path().join("public");
        build(&out, &[("o/A.html", "a")]).unwrap();
        fs::write(out.join("o/mine.txt"), "x").unwrap();
        let error = build(&out, &[("o/A.html", "b")]).unwrap_err();
        assert!(
            matches!(&error, WriteError::Foreign { entry, .. } if entry == Path::new("o/mine.txt")),
            "{error}"
        );
        assert_eq!(fs::read_to_string(out.join("o/A.html")).unwrap(), "a");
    }

    #[test]
    fn a_file_that_appears_during_the_build_is_not_lost() {
        let dir = tempfile::tempdir().unwrap();
        let out = dir.path().join("public");
        build(&out, &[("a.html", "a")]).unwrap();
        let writer = Writer::begin(&out).unwrap();
        writer.put("a.html", b"b").unwrap();
        fs::write(out.join("mine.txt"), "x").unwrap();
        assert!(matches!(writer.commit(), Err(WriteError::Foreign { .. })));
        assert_eq!(fs::read_to_string(out.join("mine.txt")).unwrap(), "x");
        assert_eq!(fs::read_to_string(out.join("a.html")).unwrap(), "a");
    }

    #[test]
    fn an_empty_folder_is_taken() {
        let dir = tempfile::tempdir().unwrap();
        build(dir.path().join("public").as_path(), &[("a.html", "a")]).unwrap();
        let empty = dir.path().join("empty");
        fs::create_dir(&empty).unwrap();
        build(&empty, &[("a.html", "a")]).unwrap();
        assert!(empty.join("a.html").exists());
    }

    #[test]
    fn paths_cannot_escape() {
        let dir = tempfile::tempdir().unwrap();
        let writer = Writer::begin(&dir.path().join("public")).unwrap();
        for bad in [
            "",
            "/etc/passwd",
            "../x.html",
            "o/../../x.html",
            "o//x.html",
            "./x.html",
            "o/",
            "C:x",
            "a\\b.html",
            "nul.html",
            "o/COM1.txt",
            "a.",
            "a ",
            ".hidden",
            ".gendan-site",
            "a\0b",
            "a\nb",
            "a|b",
            "x/.git/config",
        ] {
            assert!(matches!(writer.put(bad, b"x"), Err(WriteError::BadPath(_))), "{bad:?} was accepted");
        }
        for good in ["o/GD26-0117.html", "en/index.html", "search-data.js", "o/水单.html"] {
            writer.put(good, b"x").unwrap();
        }
        assert!(matches!(writer.put("O/gd26-0117.html", b"x"), Err(WriteError::Twice(_))));
        assert_eq!(names(dir.path()).iter().filter(|n| !n.starts_with(".public")).count(), 0);
    }

    #[cfg(unix)]
    #[test]
    fn symbolic_links_are_refused() {
        let dir = tempfile::tempdir().unwrap();
        let target = dir.path().join("target");
        fs::create_dir(&target).unwrap();
        let link = dir.path().join("public");
        std::os::unix::fs::symlink(&target, &link).unwrap();
        assert!(matches!(Writer::begin(&link), Err(WriteError::NotAFolder(_))));

        let out = dir.path().join("site");
        build(&out, &[("a.html", "a")]).unwrap();
        fs::remove_file(out.join("a.html")).unwrap();
        std::os::unix::fs::symlink("/etc/hostname", out.join("a.html")).unwrap();
        assert!(matches!(Writer::begin(&out), Err(WriteError::Foreign { .. })));

        let staging = dir.path().join(".other.gendan-staging");
        std::os::unix::fs::symlink(&target, &staging).unwrap();
        assert!(Writer::begin(&dir.path().join("other")).is_err());
        assert!(target.exists());
    }

    #[test]
    fn leftovers_of_a_killed_build_are_removed_and_the_old_site_comes_back() {
        let dir = tempfile::tempdir().unwrap();
        let out = dir.path().join("public");
        build(&out, &[("a.html", "old")]).unwrap();
        // Killed between the two renames.
        fs::rename(&out, dir.path().join(".public.gendan-old")).unwrap();
        let staging = dir.path().join(".public.gendan-staging");
        fs::create_dir(&staging).unwrap();
        fs::write(staging.join(STAGING_MARKER), MARKER_HEAD).unwrap();
        fs::write(staging.join("half.html"), "half").unwrap();
        let writer = Writer::begin(&out).unwrap();
        assert_eq!(fs::read_to_string(out.join("a.html")).unwrap(), "old");
        assert!(!staging.join("half.html").exists());
        writer.put("a.html", b"new").unwrap();
        writer.commit().unwrap();
        assert_eq!(fs::read_to_string(out.join("a.html")).unwrap(), "new");
        assert_eq!(names(dir.path()), ["public"]);
    }

    #[test]
    fn a_staging_folder_that_is_not_ours_is_kept() {
        let dir = tempfile::tempdir().unwrap();
        let staging = dir.path().join(".public.gendan-staging");
        fs::create_dir(&staging).unwrap();
        fs::write(staging.join("mine.txt"), "x").unwrap();
        assert!(matches!(Writer::begin(&dir.path().join("public")), Err(WriteError::Foreign { .. })));
        assert!(staging.join("mine.txt").exists());
    }

    #[test]
    fn two_builds_do_not_mix() {
        let dir = tempfile::tempdir().unwrap();
        let out = dir.path().join("public");
        let first = Writer::begin(&out).unwrap();
        first.put("a.html", b"a").unwrap();
        assert!(matches!(Writer::begin(&out), Err(WriteError::Busy(_))));
        first.commit().unwrap();
        drop(Writer::begin(&out).unwrap());
    }

    #[test]
    fn many_threads_write_at_once() {
        let dir = tempfile::tempdir().unwrap();
        let out = dir.path().join("public");
        let writer = Writer::begin(&out).unwrap();
        std::thread::scope(|scope| {
            for thread in 0..4 {
                let writer = &writer;
                scope.spawn(move || {
                    for n in 0..50 {
                        writer.put(&format!("o/{thread}/{n}.html"), b"12345").unwrap();
                    }
                });
            }
        });
        assert_eq!(writer.commit().unwrap(), Written { files: 200, bytes: 1000 });
        assert!(out.join("o/3/49.html").exists());
    }
}
