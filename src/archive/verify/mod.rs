//! Reads an archive and says everything that differs from its lists: a file that was changed, is missing, or came on
//! top; a manifest that was swapped or replaced; a chain that is broken.
//!
//! Trusts nothing it reads: links are not followed, a list that is not written exactly as gendan writes lists is no
//! list, and a file counts as unchanged only when it was read to its end. What no check from inside can find is an
//! archive that was made anew as a whole, or whose last months were all taken away: for that the digest of the newest
//! manifest is written down elsewhere, and handed in as `newest`.

mod chain;
mod problem;
mod tree;

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::Path;

use rayon::prelude::*;

use super::manifest::{self, Stem};
use super::shelf;
use super::sums::{self, Hex, Sum, Sums};
use crate::site::write::MARKER;
pub use problem::{Problem, What};
use tree::{Entry, Tree};

/// What was found.
#[derive(Debug, Default)]
pub struct Report {
    /// Everything that differs, by path.
    pub problems: Vec<Problem>,
    /// Manifests.
    pub manifests: usize,
    /// Orders.
    pub orders: usize,
    /// Files that were read and compared.
    pub files: usize,
    /// Their bytes.
    pub bytes: u64,
    /// The manifest at the end of the chain.
    pub newest: Option<Sum>,
    /// Time stamps beside manifests. They are left for `openssl ts -verify`.
    pub stamps: Vec<String>,
    /// Pages of the site around the archive: no list has them.
    pub pages: usize,
}

impl Report {
    /// Files that could not be read: nobody can say whether they differ.
    #[must_use]
    pub fn unreadable(&self) -> usize {
        self.problems.iter().filter(|p| matches!(p.what, What::Unreadable(_))).count()
    }
}

/// Why a folder was not verified at all.
#[derive(Debug)]
pub enum NotVerified {
    /// It cannot be opened.
    Io(io::Error),
    /// It has neither a list of an order nor a manifest.
    NoArchive,
}

/// Verifies one order's folder, an archive, or the `archive/` of a site.
///
/// # Errors
/// When there is nothing to verify.
pub fn verify(dir: &Path, newest: Option<&str>) -> Result<Report, NotVerified> {
    let dir = dir.canonicalize().map_err(NotVerified::Io)?;
    // An error here is the folder's own: what lies below it is a problem of its path.
    std::fs::read_dir(&dir).map_err(NotVerified::Io)?;
    let tree = Tree::of(&dir);
    let mut check =
        Check { tree: &tree, expected: BTreeMap::new(), known: BTreeSet::new(), report: Report::default() };
    if tree.get(sums::FILE).is_some() {
        check.order("", None);
    } else if tree.top().any(|name| Stem::of_manifest(name).is_some()) {
        chain::check(&mut check);
    } else {
        return Err(NotVerified::NoArchive);
    }
    check.compare();
    check.others(&pages(&dir));
    let mut report = check.report;
    if let Some(wanted) = newest
        && !chain::has(&tree, wanted)
    {
        report.problems.push(Problem::new("", What::NotNewest(wanted.to_owned())));
    }
    report.problems.sort();
    Ok(report)
}

/// A verification under way.
struct Check<'t> {
    tree: &'t Tree,
    /// Every file that a list names, by path: its digest, and the list.
    expected: BTreeMap<String, (Hex, String)>,
    /// Lists that were read already.
    known: BTreeSet<String>,
    report: Report,
}

impl Check<'_> {
    fn problem(&mut self, path: impl Into<String>, what: What) {
        self.report.problems.push(Problem::new(path, what));
    }

    /// A file that a list names.
    fn expect(&mut self, path: String, digest: &str, list: &str) {
        if let Some((_, other)) = self.expected.get(&path) {
            let what = What::ListedTwice(other.clone(), list.to_owned());
            self.problem(path, what);
            return;
        }
        self.expected.insert(path, (digest.to_owned(), list.to_owned()));
    }

    /// The list of an order, in a folder below the archive; `by` says which manifest has it and with which digest.
    fn order(&mut self, folder: &str, by: Option<(&str, &str)>) {
        let prefix = if folder.is_empty() { String::new() } else { format!("{folder}/") };
        let path = format!("{prefix}{}", sums::FILE);
        let Some(bytes) = self.list(&path, by.map(|(_, manifest)| manifest)) else { return };
        self.report.orders += 1;
        if let Some((digest, manifest)) = by
            && sums::sha256(&bytes) != digest
        {
            self.problem(path.clone(), What::Changed(manifest.to_owned()));
        }
        match Sums::read(&bytes, |_| false) {
            None => self.problem(path, What::NoList),
            Some(list) => {
                for Sum { name, digest } in &list.files {
                    self.expect(format!("{prefix}{name}"), digest, &path);
                }
            }
        }
    }

    /// The bytes of a list; says so when it is not there.
    fn list(&mut self, path: &str, by: Option<&str>) -> Option<Vec<u8>> {
        self.known.insert(path.to_owned());
        match self.tree.read(path) {
            Ok(bytes) => {
                self.report.files += 1;
                self.report.bytes += bytes.len() as u64;
                Some(bytes)
            }
            Err(what) => {
                let what = match (what, by) {
                    (What::Missing(_), Some(by)) => What::Missing(by.to_owned()),
                    (what, _) => what,
                };
                self.problem(path, what);
                None
            }
        }
    }

    /// Reads every file that a list names.
    fn compare(&mut self) {
        let tree = self.tree;
        let found: Vec<Result<u64, Problem>> = self
            .expected
            .par_iter()
            .map(|(path, (digest, list))| match tree.digest(path) {
                Ok((found, bytes)) if found == *digest => Ok(bytes),
                Ok(_) => Err(Problem::new(path, What::Changed(list.clone()))),
                Err(What::Missing(_)) => Err(Problem::new(path, What::Missing(list.clone()))),
                Err(what) => Err(Problem::new(path, what)),
            })
            .collect();
        for one in found {
            match one {
                Ok(bytes) => {
                    self.report.files += 1;
                    self.report.bytes += bytes;
                }
                Err(problem) => self.report.problems.push(problem),
            }
        }
    }

    /// What lies there and no list names.
    fn others(&mut self, pages: &BTreeSet<String>) {
        let tree = self.tree;
        for (path, entry) in tree.each() {
            if self.known.contains(path) || self.expected.contains_key(path) {
                continue;
            }
            let left = path == shelf::STAGING || path.starts_with(&format!("{}/", shelf::STAGING));
            match entry {
                _ if left && path == shelf::STAGING => self.problem(path, What::Interrupted),
                _ if left => {}
                Entry::Folder if tree.is_empty(path) => self.problem(path, What::Added),
                Entry::Folder => {}
                Entry::File if pages.contains(path) => self.report.pages += 1,
                Entry::File if self.is_stamp(path) => self.report.stamps.push(path.to_owned()),
                Entry::File => self.problem(path, What::Added),
                Entry::Link => self.problem(path, What::Link),
                Entry::Special => self.problem(path, What::Special),
                Entry::Unreadable(why) => self.problem(path, What::Unreadable(why.clone())),
            }
        }
    }

    fn is_stamp(&self, path: &str) -> bool {
        Stem::of_stamp(path).is_some_and(|stem| self.known.contains(&stem.manifest()))
    }
}

/// The pages of the site that stand in its archive: its overview, and one a month. Only those that the site's own list
/// names, so that in an archive without a site nothing is overlooked.
fn pages(dir: &Path) -> BTreeSet<String> {
    let listed =
        dir.parent().and_then(|site| std::fs::read_to_string(site.join(MARKER)).ok()).unwrap_or_default();
    let Some(name) = dir.file_name().and_then(|name| name.to_str()) else { return BTreeSet::new() };
    let below = listed.lines().filter_map(|line| line.strip_prefix(name)?.strip_prefix('/'));
    below.filter(|path| is_page(path)).map(str::to_owned).collect()
}

/// `index.html`, `2026/09.html`, `2026/09-2.html`, and the data beside them.
fn is_page(path: &str) -> bool {
    let digits = |text: &str, most: usize| {
        !text.is_empty() && text.len() <= most && text.bytes().all(|b| b.is_ascii_digit())
    };
    let Some(path) = path.strip_suffix(".html").or_else(|| path.strip_suffix(".json")) else { return false };
    let Some((year, stem)) = path.split_once('/') else { return path == "index" };
    let (month, page) = stem.split_once('-').map_or((stem, None), |(month, page)| (month, Some(page)));
    digits(year, 4) && digits(month, 2) && month.len() == 2 && page.is_none_or(|page| digits(page, 6))
}

/// What an archive holds and how its chain stands, without reading the files of its orders: enough to see whether more
/// may be added at its end.
#[derive(Debug, Default)]
pub struct Outline {
    /// What is wrong with the chain, its manifests and the lists of its orders.
    pub problems: Vec<Problem>,
    /// The manifest at the end.
    pub newest: Option<Sum>,
    /// How many manifests each month has.
    pub used: BTreeMap<crate::publish::groups::Month, u32>,
    /// The list of each order, by its folder.
    pub orders: BTreeMap<String, Sums>,
}

/// Reads the outline of an archive; an empty folder has none.
#[must_use]
pub fn outline(dir: &Path) -> Outline {
    let tree = Tree::shallow(dir);
    let mut check =
        Check { tree: &tree, expected: BTreeMap::new(), known: BTreeSet::new(), report: Report::default() };
    chain::check(&mut check);
    let mut outline = Outline { newest: check.report.newest.clone(), ..Outline::default() };
    for stem in check.known.iter().filter_map(|path| Stem::of_manifest(path)) {
        let used = outline.used.entry(stem.month).or_default();
        *used = (*used).max(stem.number);
    }
    for folder in check.known.iter().filter_map(|path| manifest::folder_of(path)) {
        let list = tree.read(&manifest::list_of(folder)).ok();
        if let Some(list) = list.and_then(|bytes| Sums::read(&bytes, |_| false)) {
            outline.orders.insert(folder.to_owned(), list);
        }
    }
    // Only what lies at the top or beside orders: the files of the orders were not looked for.
    check.expected.retain(|path, _| path.matches('/').count() == 0);
    check.compare();
    for (path, entry) in tree.each() {
        // The run that asks works there.
        if path.split('/').next() == Some(shelf::STAGING) {
            continue;
        }
        let known = check.known.contains(path) || check.expected.contains_key(path) || check.is_stamp(path);
        let year = path.len() == 4 && path.bytes().all(|b| b.is_ascii_digit());
        let order = outline.orders.contains_key(path) || check.known.contains(&manifest::list_of(path));
        let folder = matches!(entry, Entry::Folder) && (year || order);
        if !known && !folder && path.matches('/').count() < 2 {
            check.report.problems.push(Problem::new(path, What::Added));
        }
    }
    outline.problems = check.report.problems;
    outline.problems.sort();
    outline
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_pages_of_a_site_are_its_pages() {
        for page in ["index.html", "2026/09.html", "2026/09-2.html"] {
            assert!(is_page(page), "{page}");
        }
        for other in
            ["2026/9.html", "2026/09.pdf", "2026/A/index.html", "x.html", "2026/09-.html", "2026-09.html"]
        {
            assert!(!is_page(other), "{other}");
        }
    }
}
