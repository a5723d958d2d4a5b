//! What is not committed yet: the work tree's text of an order on top of what git has.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use git2::Oid;

use super::History;
use super::authors;
use super::blobs::Blobs;
use super::log::{is_toml, parent};
use super::open::Source;
use super::told::customer_path;
use super::trail::{Lines, Step, What};
use super::tree::{Trees, Was};
use crate::change::Sheet;
use crate::load::source::MAX_BYTES;

/// Adds to the history what the work tree says of the orders that differ from `head`. `committed` are the TOML files
/// that each of them has in `head`, `changed` the paths that differ; both below the data root.
pub(super) fn add(
    source: &Source,
    head: Oid,
    committed: &BTreeMap<String, BTreeSet<Vec<u8>>>,
    changed: &BTreeMap<String, BTreeSet<Vec<u8>>>,
    history: &mut History,
) -> Result<(), git2::Error> {
    let odb = source.repo.odb()?;
    let blobs = Blobs::of(&source.repo)?;
    let root = source.data.iter().fold(source.workdir.clone(), |path, part| path.join(part));
    let mut trees = Trees::new(&odb);
    for (id, changed) in changed {
        let none = BTreeSet::new();
        let before = committed.get(id).unwrap_or(&none);
        let paths: BTreeSet<&Vec<u8>> =
            before.iter().chain(changed.iter().filter(|path| is_toml(path))).collect();
        let mut texts: [Vec<(String, String)>; 2] = Default::default();
        for path in paths {
            let name = String::from_utf8_lossy(path).into_owned();
            let old = git_text(source, head, &mut trees, &blobs, path)?;
            let new = work_text(&root, path);
            if changed.contains(path) {
                lines(&name, old.as_deref(), new.as_deref(), history);
            }
            for (texts, text) in texts.iter_mut().zip([old, new]) {
                texts.extend(text.map(|text| (name.clone(), String::from_utf8_lossy(&text).into_owned())));
            }
        }
        let [old, new] = texts;
        let old = sheet(&old, |path| git_text(source, head, &mut trees, &blobs, path))?;
        let new = sheet(&new, |path| Ok(work_text(&root, path)))?;
        let what = match (&old, &new) {
            (None, None) => continue,
            (None, Some(_)) => What::Added,
            (Some(_), None) => What::Removed,
            (Some(_), Some(_)) => What::Changed,
        };
        let changes = super::told::between(old.as_ref(), new.as_ref(), what);
        let files = changed.iter().map(|path| Arc::from(&*String::from_utf8_lossy(path))).collect();
        history.trails.add(id, Step { event: None, what, files, changes });
    }
    Ok(())
}

/// Lines of the work tree that stand as they are in git keep who wrote them.
fn lines(name: &str, old: Option<&[u8]>, new: Option<&[u8]>, history: &mut History) {
    let known = history.lines.remove(name);
    let Some(new) = new else { return };
    let authors = match (old, known) {
        (Some(old), Some(known)) => authors::kept(old, &known.authors(), new),
        // Nobody asked for the authors of what is committed.
        (Some(_), None) => return,
        (None, _) => vec![None; authors::count(new)],
    };
    history.lines.insert(Arc::from(name), Lines::of(authors.into_iter().map(|who| (1, who))));
}

/// An order from its texts, with what its customer's file gives.
fn sheet(
    texts: &[(String, String)],
    mut read: impl FnMut(&[u8]) -> Result<Option<Vec<u8>>, git2::Error>,
) -> Result<Option<Sheet>, git2::Error> {
    if texts.is_empty() {
        return Ok(None);
    }
    let files: Vec<(&str, &str)> = texts.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let mut sheet = Sheet::read(&files);
    if let Some(customer) = sheet.customer().map(ToOwned::to_owned) {
        let text = read(&customer_path(&customer))?;
        sheet.fill(text.as_deref().map(String::from_utf8_lossy).as_deref());
    }
    Ok(Some(sheet))
}

fn git_text(
    source: &Source,
    head: Oid,
    trees: &mut Trees<'_>,
    blobs: &Blobs<'_>,
    path: &[u8],
) -> Result<Option<Vec<u8>>, git2::Error> {
    let mut folders = source.data.clone();
    folders.extend(String::from_utf8_lossy(parent(path)).split('/').map(ToOwned::to_owned));
    let name = path.rsplit(|byte| *byte == b'/').next().unwrap_or_default();
    let Some(folder) = trees.descend(head, &folders)? else { return Ok(None) };
    Ok(blobs.read(trees.file(folder, name)?.unwrap_or(Was::Absent)))
}

/// A file of the work tree; `None` for what is no plain file.
fn work_text(root: &Path, path: &[u8]) -> Option<Vec<u8>> {
    let path = root.join(std::str::from_utf8(path).ok()?);
    let meta = path.symlink_metadata().ok()?;
    (meta.is_file() && meta.len() <= MAX_BYTES).then(|| std::fs::read(path).ok()).flatten()
}

/// The commits of `.git-blame-ignore-revs`: full ids, one a line, `#` begins a comment.
pub(super) fn ignored(source: &Source) -> BTreeSet<super::tree::Id> {
    let text = source.text(".git-blame-ignore-revs").unwrap_or_default();
    let lines = text.lines().map(|line| line.split('#').next().unwrap_or_default().trim());
    lines
        .filter(|line| line.len() == 40)
        .filter_map(|line| Oid::from_str(line).ok())
        .filter_map(|id| id.as_bytes().try_into().ok())
        .collect()
}
