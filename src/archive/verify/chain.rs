//! The manifests of an archive: each names the one before it, so that they make one chain from the first month to the
//! newest. A manifest that was changed, swapped with another or put back in an older form is not the one that the next
//! names; one that was renamed does not list the page of its name.

use std::collections::BTreeMap;

use super::Check;
use super::problem::What;
use super::tree::Tree;
use crate::archive::manifest::{self, Stem};
use crate::archive::sums::{self, Hex, Sum, Sums};

/// A manifest that was read.
struct Read {
    stem: Stem,
    digest: Hex,
    list: Option<Sums>,
}

/// Checks the chain, and notes everything its manifests list.
pub(super) fn check(check: &mut Check<'_>) {
    let names: Vec<String> =
        check.tree.top().filter(|name| Stem::of_manifest(name).is_some()).map(str::to_owned).collect();
    let mut all: BTreeMap<String, Read> = BTreeMap::new();
    for name in names {
        let (Some(stem), Some(bytes)) = (Stem::of_manifest(&name), check.list(&name, None)) else { continue };
        check.report.manifests += 1;
        let list = manifest::read(&bytes);
        if list.is_none() {
            check.problem(name.clone(), What::NoList);
        }
        all.insert(name, Read { stem, digest: sums::sha256(&bytes), list });
    }
    links(check, &all);
    for (name, read) in &all {
        let Some(list) = &read.list else { continue };
        if list.digest(&read.stem.page()).is_none() {
            check.problem(name.clone(), What::Renamed(read.stem.page()));
        }
        for Sum { name: path, digest } in &list.files {
            match manifest::folder_of(path) {
                // Listed a second time: not read twice.
                Some(_) if check.known.contains(path) => {
                    check.problem(path.clone(), What::ListedTwice(name.clone(), name.clone()));
                }
                Some(folder) => check.order(folder, Some((digest, name))),
                None => check.expect(path.clone(), digest, name),
            }
        }
    }
}

/// Whether each manifest follows the one that it says, and all of them one another.
fn links(check: &mut Check<'_>, all: &BTreeMap<String, Read>) {
    let mut after: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    let mut starts: Vec<&str> = Vec::new();
    for (name, read) in all {
        let Some(list) = &read.list else { continue };
        let Some(before) = &list.before else {
            starts.push(name);
            continue;
        };
        after.entry(&before.name).or_default().push(name);
        match all.get(&before.name) {
            None => check.problem(name.clone(), What::Gone(before.name.clone())),
            Some(found) if found.digest != before.digest => {
                check.problem(name.clone(), What::Broken(before.name.clone()));
            }
            Some(_) => {}
        }
    }
    for (before, names) in &after {
        for name in names.iter().skip(1) {
            check.problem(*name, What::Fork((*before).to_owned(), names.first().unwrap_or(name).to_string()));
        }
    }
    for name in starts.iter().skip(1) {
        check.problem(*name, What::SecondStart(starts.first().unwrap_or(name).to_string()));
    }
    let last: Vec<&String> = all.keys().filter(|name| !after.contains_key(name.as_str())).collect();
    if let [last] = last.as_slice()
        && let Some(read) = all.get(*last)
    {
        check.report.newest = Some(Sum { name: (*last).clone(), digest: read.digest.clone() });
    }
}

/// Whether some manifest has a digest.
pub(super) fn has(tree: &Tree, wanted: &str) -> bool {
    let manifests = tree.top().filter(|name| Stem::of_manifest(name).is_some());
    manifests.filter_map(|name| tree.digest(name).ok()).any(|(digest, _)| digest == wanted)
}
