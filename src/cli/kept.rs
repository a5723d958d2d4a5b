//! Where the list lies from which the next build of a site knows what it need not make again.
//!
//! In the repository's own folder (`.git/gendan/`), as what is kept of the history: a list in the work tree could come
//! with a pull request, together with forged pages for which it vouches. Outside a repository nobody sends pull
//! requests, and it lies beside the output folder.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use crate::history;
use crate::key::Key;

/// Lists of output folders that nobody builds any more are dropped beyond this number.
const MOST: usize = 8;

const PREFIX: &str = "site-";

/// The list of an output folder, for a data root.
#[must_use]
pub fn list(root: &Path, out: &Path) -> PathBuf {
    let name: String = Key::of(out.to_string_lossy().as_bytes())
        .bytes()
        .iter()
        .take(6)
        .map(|b| format!("{b:02x}"))
        .collect();
    match history::keeping(root) {
        Some(folder) => {
            prune(&folder);
            folder.join(format!("{PREFIX}{name}"))
        }
        None => {
            let side = out.file_name().unwrap_or_default().to_string_lossy();
            out.with_file_name(format!(".{side}.gendan-list"))
        }
    }
}

/// Drops the oldest lists.
fn prune(folder: &Path) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    let mut lists: Vec<(SystemTime, PathBuf)> = entries
        .filter_map(Result::ok)
        .filter(|entry| entry.file_name().to_string_lossy().starts_with(PREFIX))
        .filter_map(|entry| Some((entry.metadata().ok()?.modified().ok()?, entry.path())))
        .collect();
    lists.sort();
    let old = lists.len().saturating_sub(MOST);
    for (_, path) in lists.into_iter().take(old) {
        let _ = fs::remove_file(path);
    }
}
