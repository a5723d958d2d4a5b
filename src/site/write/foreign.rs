//! Whether an output folder is gendan's own: only then is it replaced.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::{MARKER, MARKER_HEAD, WriteError, at, exists, is_empty, is_folder, is_plain_file};

/// An absent or empty folder is fine, and one in which the marker lists every file.
pub(super) fn refuse_foreign(folder: &Path) -> Result<(), WriteError> {
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
