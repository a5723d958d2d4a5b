//! Puts the files into the data root. Nothing that stands there is ever changed.

use std::collections::BTreeMap;
use std::fs;
use std::io::{ErrorKind, Write as _};
use std::path::{Path, PathBuf};

use super::report::{Conflict, ImportError, Outcome, shown};
use crate::bi;
use crate::text::Bi;

/// The texts of all files, by path within the data root.
#[derive(Debug)]
pub(super) struct Files {
    pub(super) orders: Vec<OrderFiles>,
    /// Parties, `gendan.toml` and rows that were not imported.
    pub(super) shared: Vec<(String, String)>,
}

/// The files of one order, in the order in which they are written.
#[derive(Debug)]
pub(super) struct OrderFiles {
    pub(super) id: String,
    pub(super) folder: String,
    pub(super) files: Vec<(&'static str, String)>,
}

/// What stands at a place.
enum Standing {
    Nothing,
    Same,
    Other,
    /// Not a plain file, or behind a symbolic link.
    Barred,
}

/// Writes what is missing. An order is written whole or not at all; a party that exists stays its editor's.
pub(super) fn apply(files: &Files, into: &Path, outcome: &mut Outcome) -> Result<(), ImportError> {
    let mut root = Root::open(into)?;
    let taken = taken_ids(&into.join("orders"), into);
    for (path, text) in &files.shared {
        match root.standing(path, text)? {
            Standing::Nothing => {
                root.write(path, text)?;
                outcome.written += 1;
            }
            Standing::Same => outcome.unchanged += 1,
            Standing::Other => outcome.kept.push(path.clone()),
            Standing::Barred => outcome.conflicts.push(barred(path)),
        }
    }
    for order in &files.orders {
        write_order(order, &mut root, &taken, outcome)?;
    }
    Ok(())
}

fn write_order(
    order: &OrderFiles,
    root: &mut Root<'_>,
    taken: &BTreeMap<String, String>,
    outcome: &mut Outcome,
) -> Result<(), ImportError> {
    let other = taken.get(&order.id.to_ascii_lowercase()).filter(|folder| **folder != order.folder);
    if let Some(other) = other {
        let other = shown(other);
        let what = bi!("订单号已用于 {other}; 没有写入", "the ID is used by {other}; nothing was written");
        outcome.conflicts.push(Conflict { path: order.folder.clone(), what });
        return Ok(());
    }
    let mut missing = Vec::new();
    let mut same = 0;
    for (name, text) in &order.files {
        let path = format!("{}/{name}", order.folder);
        match root.standing(&path, text)? {
            Standing::Nothing => missing.push((path, text)),
            Standing::Same => same += 1,
            Standing::Other => {
                outcome.conflicts.push(Conflict { path, what: edited() });
                return Ok(());
            }
            Standing::Barred => {
                outcome.conflicts.push(barred(&path));
                return Ok(());
            }
        }
    }
    // The order file is written last. Where it stands, what is missing beside it was taken away by somebody.
    let complete = same > 0 && missing.iter().all(|(path, _)| !path.ends_with("/order.toml"));
    if complete && let Some((path, _)) = missing.first() {
        let what = bi!(
            "订单已在, 这个文件被人删掉了; 没有重写",
            "the order is there and somebody took this file away; it is not written again"
        );
        outcome.conflicts.push(Conflict { path: path.clone(), what });
        return Ok(());
    }
    outcome.unchanged += same;
    for (path, text) in missing {
        root.write(&path, text)?;
        outcome.written += 1;
    }
    Ok(())
}

fn edited() -> Bi {
    bi!(
        "已有内容不同的文件; 保留原样, 没有写入",
        "stands there with other content; left alone, nothing was written"
    )
}

fn barred(path: &str) -> Conflict {
    let what = bi!(
        "这里是符号链接或不是普通文件; 没有写入",
        "a symbolic link or no plain file stands there; nothing was written"
    );
    Conflict { path: path.to_owned(), what }
}

/// The IDs in use, in small letters, each with its folder within the data root.
fn taken_ids(orders: &Path, into: &Path) -> BTreeMap<String, String> {
    walkdir::WalkDir::new(orders)
        .sort_by_file_name()
        .into_iter()
        .filter_map(Result::ok)
        .filter(|entry| entry.file_name() == "order.toml")
        .filter_map(|entry| {
            let folder = entry.path().parent()?;
            let id = folder.file_name()?.to_str()?.to_ascii_lowercase();
            let inside: Vec<&str> =
                folder.strip_prefix(into).ok()?.iter().map(|part| part.to_str()).collect::<Option<_>>()?;
            Some((id, inside.join("/")))
        })
        .collect()
}

/// A folder of the data root.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Folder {
    Missing,
    Plain,
    /// A symbolic link or a file.
    Barred,
}

/// The data root. Each folder is looked at once: a register has thousands.
struct Root<'a> {
    into: &'a Path,
    /// By path within the root, with `/`.
    folders: BTreeMap<String, Folder>,
}

impl<'a> Root<'a> {
    fn open(into: &'a Path) -> Result<Self, ImportError> {
        fs::create_dir_all(into).map_err(|source| ImportError::Io { path: into.to_path_buf(), source })?;
        Ok(Self { into, folders: BTreeMap::from([(String::new(), Folder::Plain)]) })
    }

    /// What a folder is; one below a missing or barred folder is that too.
    fn folder(&mut self, path: &str) -> Result<Folder, ImportError> {
        if let Some(known) = self.folders.get(path) {
            return Ok(*known);
        }
        let above = self.folder(parent(path))?;
        let kind = if above == Folder::Plain {
            match self.kind(path)? {
                None => Folder::Missing,
                Some(kind) if kind.is_dir() => Folder::Plain,
                Some(_) => Folder::Barred,
            }
        } else {
            above
        };
        self.folders.insert(path.to_owned(), kind);
        Ok(kind)
    }

    fn kind(&self, path: &str) -> Result<Option<fs::FileType>, ImportError> {
        let at = self.into.join(path);
        match fs::symlink_metadata(&at) {
            Ok(metadata) => Ok(Some(metadata.file_type())),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(source) => Err(ImportError::Io { path: at, source }),
        }
    }

    fn standing(&mut self, path: &str, text: &str) -> Result<Standing, ImportError> {
        match self.folder(parent(path))? {
            Folder::Missing => return Ok(Standing::Nothing),
            Folder::Barred => return Ok(Standing::Barred),
            Folder::Plain => {}
        }
        match self.kind(path)? {
            None => return Ok(Standing::Nothing),
            Some(kind) if kind.is_file() => {}
            Some(_) => return Ok(Standing::Barred),
        }
        let at = self.into.join(path);
        let bytes = fs::read(&at).map_err(|source| ImportError::Io { path: at, source })?;
        Ok(if bytes == text.as_bytes() { Standing::Same } else { Standing::Other })
    }

    fn write(&mut self, path: &str, text: &str) -> Result<(), ImportError> {
        self.make(parent(path))?;
        let target: PathBuf = self.into.join(path);
        // `create_new` neither follows a link nor overwrites what appeared meanwhile.
        fs::OpenOptions::new()
            .write(true)
            .create_new(true)
            .open(&target)
            .and_then(|mut file| file.write_all(text.as_bytes()))
            .map_err(|source| ImportError::Io { path: target, source })
    }

    fn make(&mut self, path: &str) -> Result<(), ImportError> {
        if self.folder(path)? != Folder::Missing {
            return Ok(());
        }
        self.make(parent(path))?;
        let at = self.into.join(path);
        fs::create_dir(&at).map_err(|source| ImportError::Io { path: at, source })?;
        self.folders.insert(path.to_owned(), Folder::Plain);
        Ok(())
    }
}

fn parent(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(parent, _)| parent)
}
