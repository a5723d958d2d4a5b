//! Puts the files down: all of them or none. What stands there is never changed.

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use super::InitFile;

/// What stands where the repository is to be made.
#[derive(Debug, PartialEq, Eq)]
pub enum Standing {
    /// Nothing: the folder appears at once, complete.
    Nothing,
    /// A folder that is empty, or has only what a forge puts into a new repository; the names in it.
    Fresh(Vec<String>),
}

/// Why nothing was written.
#[derive(Debug)]
pub enum Trouble {
    /// The path is a symbolic link.
    Link,
    /// The path is a file.
    NoFolder,
    /// The path has no name of its own, such as `missing/..`.
    NoName,
    /// The folder holds other things; up to five of them.
    NotEmpty(Vec<String>),
    /// The system refused, at a path.
    Io(PathBuf, io::Error),
}

/// What was done.
#[derive(Debug, PartialEq, Eq)]
pub struct Written {
    /// Paths below the folder.
    pub files: Vec<String>,
    /// Paths that existed and were left as they are.
    pub left: Vec<String>,
}

/// Names that a new repository may already have: git's own folder, and what forges offer to create.
fn is_expected(name: &str) -> bool {
    let lower = name.to_lowercase();
    let stem = lower.split('.').next().unwrap_or_default();
    lower == ".git" || matches!(stem, "readme" | "license" | "licence")
}

/// Looks at the place without touching it.
///
/// # Errors
/// When nothing may be written there.
pub fn look(dir: &Path) -> Result<Standing, Trouble> {
    let io = |error| Trouble::Io(dir.to_path_buf(), error);
    match fs::symlink_metadata(dir) {
        Err(error) if error.kind() == ErrorKind::NotFound => {
            return if dir.file_name().is_some() { Ok(Standing::Nothing) } else { Err(Trouble::NoName) };
        }
        Err(error) => return Err(io(error)),
        Ok(meta) if meta.is_symlink() => return Err(Trouble::Link),
        Ok(meta) if !meta.is_dir() => return Err(Trouble::NoFolder),
        Ok(_) => {}
    }
    let mut names = Vec::new();
    for entry in fs::read_dir(dir).map_err(io)? {
        names.push(entry.map_err(io)?.file_name().to_string_lossy().into_owned());
    }
    names.sort();
    let others: Vec<String> = names.iter().filter(|name| !is_expected(name)).take(5).cloned().collect();
    if others.is_empty() { Ok(Standing::Fresh(names)) } else { Err(Trouble::NotEmpty(others)) }
}

/// Writes the files into a place that [`look`] has found fit.
///
/// # Errors
/// When the system refuses; everything written until then is taken back.
pub fn write(dir: &Path, standing: &Standing, files: &[InitFile]) -> Result<Written, Trouble> {
    match standing {
        Standing::Nothing => whole(dir, files),
        Standing::Fresh(names) => beside(dir, names, files),
    }
}

/// A new folder: made under another name, and renamed when it is complete.
fn whole(dir: &Path, files: &[InitFile]) -> Result<Written, Trouble> {
    let (Some(parent), Some(name)) = (dir.parent(), dir.file_name()) else { return Err(Trouble::NoName) };
    let mut undo = Undo::default();
    undo.folders(parent)?;
    let staged = parent.join(format!(".{}.gendan-init.{}", name.to_string_lossy(), std::process::id()));
    undo.folder(&staged)?;
    for file in files {
        undo.file(&staged, file)?;
    }
    fs::rename(&staged, dir).map_err(|error| Trouble::Io(dir.to_path_buf(), error))?;
    undo.keep();
    Ok(Written { files: files.iter().map(|file| file.path.clone()).collect(), left: Vec::new() })
}

/// A folder that stands: file by file, each only where there is none.
fn beside(dir: &Path, names: &[String], files: &[InitFile]) -> Result<Written, Trouble> {
    // Some file systems hold README.md and readme.md for one name; two of them would help nobody anyway.
    let taken: BTreeSet<String> = names.iter().map(|name| name.to_lowercase()).collect();
    let mut written = Written { files: Vec::new(), left: Vec::new() };
    let mut undo = Undo::default();
    for file in files {
        if taken.contains(&file.path.to_lowercase()) {
            written.left.push(file.path.clone());
        } else {
            undo.file(dir, file)?;
            written.files.push(file.path.clone());
        }
    }
    undo.keep();
    Ok(written)
}

/// What was made so far; taken back on drop unless it is to be kept.
#[derive(Default)]
struct Undo {
    files: Vec<PathBuf>,
    folders: Vec<PathBuf>,
    done: bool,
}

impl Undo {
    fn keep(&mut self) {
        self.done = true;
    }

    fn folder(&mut self, path: &Path) -> Result<(), Trouble> {
        fs::create_dir(path).map_err(|error| Trouble::Io(path.to_path_buf(), error))?;
        self.folders.push(path.to_path_buf());
        Ok(())
    }

    /// A folder with those above it, as far as they are missing.
    fn folders(&mut self, path: &Path) -> Result<(), Trouble> {
        let missing: Vec<&Path> = path
            .ancestors()
            .take_while(|each| !each.as_os_str().is_empty() && fs::symlink_metadata(each).is_err())
            .collect();
        missing.into_iter().rev().try_for_each(|each| self.folder(each))
    }

    fn file(&mut self, root: &Path, file: &InitFile) -> Result<(), Trouble> {
        let path = root.join(&file.path);
        if let Some(parent) = path.parent() {
            self.folders(parent)?;
        }
        let io = |error| Trouble::Io(path.clone(), error);
        let mut open = fs::OpenOptions::new().write(true).create_new(true).open(&path).map_err(io)?;
        self.files.push(path.clone());
        open.write_all(file.text.as_bytes()).map_err(io)
    }
}

impl Drop for Undo {
    fn drop(&mut self) {
        if self.done {
            return;
        }
        // Only what was made here goes; a folder into which somebody else has put something stays.
        for file in self.files.iter().rev() {
            let _ = fs::remove_file(file);
        }
        for folder in self.folders.iter().rev() {
            let _ = fs::remove_dir(folder);
        }
    }
}
