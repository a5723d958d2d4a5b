//! Writing single files of a data root: whole or not at all, and never through a link out of the root.

use std::fs;
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

/// True when no folder on the way from the root to a path is a link, nor the path itself. Parts that do not exist
/// yet are none.
#[must_use]
pub fn is_inside(root: &Path, below: &str) -> bool {
    let mut path = root.to_path_buf();
    below.split('/').all(|part| {
        if part.is_empty() || part == "." || part == ".." {
            return false;
        }
        path.push(part);
        match fs::symlink_metadata(&path) {
            Ok(meta) => !meta.file_type().is_symlink(),
            Err(error) => error.kind() == ErrorKind::NotFound,
        }
    })
}

/// Writes a new file.
///
/// # Errors
/// When it exists already, or cannot be written; then nothing is left behind.
pub fn create(path: &Path, text: &str) -> io::Result<()> {
    let mut file = fs::OpenOptions::new().write(true).create_new(true).open(path)?;
    file.write_all(text.as_bytes()).and_then(|()| file.sync_all()).inspect_err(|_| {
        // What is half written would be read as an order.
        let _ = fs::remove_file(path);
    })
}

/// Puts new content in the place of a file at once, with the permissions the file had.
///
/// # Errors
/// When writing fails; then the file is as it was.
pub fn replace(path: &Path, text: &str) -> io::Result<()> {
    let mode = fs::symlink_metadata(path)?.permissions();
    let (temp, mut file) = beside(path)?;
    let written = file
        .write_all(text.as_bytes())
        .and_then(|()| file.set_permissions(mode))
        .and_then(|()| file.sync_all())
        .and_then(|()| fs::rename(&temp, path));
    written.inspect_err(|_| {
        let _ = fs::remove_file(&temp);
    })
}

/// A new file in the same folder. Its name begins with a dot, so that no other run reads it as data.
fn beside(path: &Path) -> io::Result<(PathBuf, fs::File)> {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    for attempt in 0..100 {
        let temp = path.with_file_name(format!(".{name}.{}.{attempt}.tmp", std::process::id()));
        match fs::OpenOptions::new().write(true).create_new(true).open(&temp) {
            Ok(file) => return Ok((temp, file)),
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error),
        }
    }
    Err(io::Error::from(ErrorKind::AlreadyExists))
}
