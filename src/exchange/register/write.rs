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
    make_dir(into)?;
    let taken = taken_ids(&into.join("orders"), into);
    for (path, text) in &files.shared {
        match standing(into, path, text)? {
            Standing::Nothing => {
                write(into, path, text)?;
                outcome.written += 1;
            }
            Standing::Same => outcome.unchanged += 1,
            Standing::Other => outcome.kept.push(path.clone()),
            Standing::Barred => outcome.conflicts.push(barred(path)),
        }
    }
    for order in &files.orders {
        write_order(order, into, &taken, outcome)?;
    }
    Ok(())
}

fn write_order(
    order: &OrderFiles,
    into: &Path,
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
        match standing(into, &path, text)? {
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
        write(into, &path, text)?;
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

fn standing(into: &Path, path: &str, text: &str) -> Result<Standing, ImportError> {
    let mut at = into.to_path_buf();
    let mut parts = path.split('/').peekable();
    while let Some(part) = parts.next() {
        at.push(part);
        let kind = match fs::symlink_metadata(&at) {
            Ok(metadata) => metadata.file_type(),
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Standing::Nothing),
            Err(source) => return Err(ImportError::Io { path: at, source }),
        };
        let fits = if parts.peek().is_some() { kind.is_dir() } else { kind.is_file() };
        if !fits {
            return Ok(Standing::Barred);
        }
    }
    let bytes = fs::read(&at).map_err(|source| ImportError::Io { path: at, source })?;
    Ok(if bytes == text.as_bytes() { Standing::Same } else { Standing::Other })
}

fn write(into: &Path, path: &str, text: &str) -> Result<(), ImportError> {
    let target: PathBuf = into.join(path);
    if let Some(folder) = target.parent() {
        make_dir(folder)?;
    }
    // `create_new` neither follows a link nor overwrites what appeared meanwhile.
    fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .open(&target)
        .and_then(|mut file| file.write_all(text.as_bytes()))
        .map_err(|source| ImportError::Io { path: target, source })
}

fn make_dir(path: &Path) -> Result<(), ImportError> {
    fs::create_dir_all(path).map_err(|source| ImportError::Io { path: path.to_path_buf(), source })
}
