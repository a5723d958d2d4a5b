//! One order's story: its changes in order, and who wrote each line of its files now. Goes through its versions once.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, PoisonError, RwLock};

use super::authors::{Author, Follow, Written, moved_from};
use super::blobs::Blobs;
use super::log::{Log, Own, Version, is_toml, parent};
use super::packed::Runs;
use super::trail::What;
use super::tree::{Id, Was};
use crate::change::{self, Change, Kind, Sections, Sheet};

/// What is told of one order.
#[derive(Debug, Default)]
pub(super) struct Told {
    pub(super) steps: Vec<Passed>,
    /// Its TOML files now, by path, and who wrote their lines: how many in a row, and who. Without lines where nobody
    /// asked for them.
    pub(super) lines: Runs,
    /// Customers whose defaults it used at some time.
    pub(super) customers: BTreeSet<String>,
}

/// One step.
#[derive(Debug, Clone)]
pub(super) struct Passed {
    /// The commit, and for a merge which of the merged commits recorded it.
    pub(super) who: Author,
    pub(super) what: What,
    pub(super) files: Vec<Vec<u8>>,
    pub(super) changes: Vec<Change>,
}

/// What is needed to tell a story.
pub(super) struct Teller<'a> {
    pub(super) log: &'a Log,
    pub(super) blobs: &'a Blobs<'a>,
    pub(super) ignored: &'a BTreeSet<Id>,
    /// Whether the authors of lines are wanted.
    pub(super) lines: bool,
    /// Every order's files.
    pub(super) orders: &'a BTreeMap<&'a [u8], Own<'a>>,
    /// Which file of that content went in a commit.
    pub(super) gone: &'a Gone<'a>,
    /// What customers' files gave.
    pub(super) defaults: &'a Given,
}

/// What the versions of customers' files give to orders, each read once for all orders.
#[derive(Default)]
pub(super) struct Given(RwLock<BTreeMap<Id, Arc<Sheet>>>);

impl Given {
    fn of(&self, was: Was, blobs: &Blobs<'_>) -> Arc<Sheet> {
        let Was::File(id) = was else { return Arc::default() };
        if let Some(known) = self.0.read().unwrap_or_else(PoisonError::into_inner).get(&id) {
            return Arc::clone(known);
        }
        let text = blobs.read(was).unwrap_or_default();
        let sheet = Arc::new(Sheet::defaults(&String::from_utf8_lossy(&text)));
        self.0.write().unwrap_or_else(PoisonError::into_inner).insert(id, Arc::clone(&sheet));
        sheet
    }
}

/// Files that went, by commit and content.
pub(super) struct Gone<'l>(BTreeMap<(u32, Id), &'l [u8]>);

impl<'l> Gone<'l> {
    pub(super) fn of(log: &'l Log) -> Self {
        let mut gone = BTreeMap::new();
        for (path, versions) in log.files.iter().filter(|(path, _)| is_toml(path)) {
            for pair in versions.windows(2) {
                if let [Version { was: Was::File(id), .. }, Version { commit, was: Was::Absent }] = pair {
                    gone.entry((*commit, *id)).or_insert(path.as_slice());
                }
            }
        }
        Self(gone)
    }
}

/// An order renamed more often than this has no memory of its first name.
const MAX_RENAMES: usize = 32;

/// The files of an order while its commits pass by.
#[derive(Default)]
struct Now<'l> {
    was: BTreeMap<&'l [u8], Was>,
    texts: BTreeMap<&'l [u8], Written>,
    /// What each of them says: only a file that changed is read again.
    sheets: BTreeMap<&'l [u8], Sheet>,
    /// And of such a file only the sections that changed.
    sections: BTreeMap<&'l [u8], Sections>,
    /// Who wrote the lines of every version so far, by content: a branch may have begun at any of them.
    earlier: BTreeMap<Id, Vec<Author>>,
    sheet: Option<Sheet>,
    /// Without the customer's defaults, and whose they are.
    bare: Option<(Sheet, Option<String>)>,
}

impl Teller<'_> {
    /// The story of an order.
    pub(super) fn tell(&self, own: &Own<'_>) -> Told {
        let (mut told, now) = self.run(own, u32::MAX, 0);
        let texts = now.texts.iter();
        told.lines = texts.map(|(path, written)| (path.to_vec(), runs(&written.authors))).collect();
        told
    }

    /// The story before a commit, and the order as it was then.
    fn run<'l>(&self, own: &Own<'l>, until: u32, renames: usize) -> (Told, Now<'l>) {
        let mut told = Told::default();
        let mut now = Now::default();
        let mut by_commit: BTreeMap<u32, Vec<(&[u8], Was)>> = BTreeMap::new();
        for (path, versions) in &own.files {
            for version in versions.iter().filter(|version| version.commit < until) {
                by_commit.entry(version.commit).or_default().push((*path, version.was));
            }
        }
        let mut from = 0;
        for (commit, files) in &by_commit {
            self.defaults(from..*commit, &mut now, &mut told);
            from = *commit + 1;
            self.pass(*commit, files, &mut now, &mut told, renames);
        }
        self.defaults(from..until, &mut now, &mut told);
        (told, now)
    }

    /// A file that another order had under another name until this commit: an order's folder was renamed.
    fn renamed(&self, number: u32, is: Was, renames: usize) -> Option<Written> {
        let Was::File(id) = is else { return None };
        let path = *self.gone.0.get(&(number, id)).filter(|_| renames < MAX_RENAMES)?;
        let own = self.orders.values().find(|own| own.files.iter().any(|(other, _)| *other == path))?;
        let (_, mut then) = self.run(own, number, renames + 1);
        then.texts.remove(path)
    }

    /// One commit that touched the order's files.
    fn pass<'l>(
        &self,
        number: u32,
        files: &[(&'l [u8], Was)],
        now: &mut Now<'l>,
        told: &mut Told,
        renames: usize,
    ) {
        let Some(commit) = self.log.commits.get(number as usize) else { return };
        let follow = Follow { blobs: self.blobs, ignored: self.ignored, earlier: &now.earlier };
        let before: Vec<(Vec<u8>, Was, Was)> = files
            .iter()
            .map(|(path, is)| (path.to_vec(), now.was.get(path).copied().unwrap_or(Was::Absent), *is))
            .collect();
        let was_there = now.sheet.is_some();
        let mut texts = Vec::new();
        for (path, is) in files.iter().filter(|(path, _)| is_toml(path)) {
            let Some(text) = self.blobs.read(*is) else { continue };
            let moved = || moved_from(&before, path, *is).and_then(|(from, _)| now.texts.get(&*from));
            let written = if self.lines {
                let before = now.texts.get(path).or_else(moved);
                let renamed = if before.is_none() { self.renamed(number, *is, renames) } else { None };
                follow.step(before.or(renamed.as_ref()), text, path, number, commit)
            } else {
                Written { text, authors: Vec::new() }
            };
            texts.push((*path, written));
        }
        for (path, is) in files {
            if let (true, Was::File(id), Some((_, written))) =
                (self.lines, is, texts.iter().find(|(other, _)| other == path))
            {
                now.earlier.insert(*id, written.authors.clone());
            }
            now.texts.remove(path);
            now.sheets.remove(path);
            if *is == Was::Absent {
                now.was.remove(path)
            } else {
                now.was.insert(path, *is)
            };
        }
        now.texts.extend(texts);
        now.read();
        let sheet = self.filled(number, now, told);
        let what = match (was_there, sheet.is_some()) {
            (true, false) => What::Removed,
            (true, true) => What::Changed,
            (false, true) => What::Added,
            // Notes or scans without an order: nothing that anybody is told.
            (false, false) => return,
        };
        let changes = between(now.sheet.as_ref(), sheet.as_ref(), what);
        now.sheet = sheet;
        told.steps.push(Passed {
            who: self.who(number, files),
            what,
            files: files.iter().map(|(path, _)| path.to_vec()).collect(),
            changes,
        });
    }

    /// Commits that changed the defaults of the customer, and with them what the order says.
    fn defaults(&self, commits: std::ops::Range<u32>, now: &mut Now<'_>, told: &mut Told) {
        let Some((_, Some(customer))) = &now.bare else { return };
        let path = customer_path(customer);
        let versions = self.log.files.get(&path).map(Vec::as_slice).unwrap_or_default();
        for version in versions.iter().filter(|version| commits.contains(&version.commit)) {
            let sheet = self.filled(version.commit, now, told);
            let changes = between(now.sheet.as_ref(), sheet.as_ref(), What::Changed);
            now.sheet = sheet;
            if changes.is_empty() {
                continue;
            }
            told.steps.push(Passed {
                who: self.who(version.commit, &[(&path, version.was)]),
                what: What::Changed,
                files: Vec::new(),
                changes,
            });
        }
    }

    /// The order with what its customer's file gave at a commit.
    fn filled(&self, commit: u32, now: &Now<'_>, told: &mut Told) -> Option<Sheet> {
        let (bare, customer) = now.bare.as_ref()?;
        let mut sheet = bare.clone();
        if let Some(customer) = customer {
            told.customers.insert(customer.clone());
            let versions =
                self.log.files.get(&customer_path(customer)).map(Vec::as_slice).unwrap_or_default();
            if let Some(was) = at(versions, commit) {
                sheet.fill_from(&self.defaults.of(was, self.blobs));
            }
        }
        Some(sheet)
    }

    /// Who recorded a change of these files: for a merge, the newest merged commit that touched one of their folders
    /// and is no merge itself.
    fn who(&self, number: u32, files: &[(&[u8], Was)]) -> Author {
        let folders: BTreeSet<&[u8]> = files.iter().map(|(path, _)| parent(path)).collect();
        let merged = self.log.commits.get(number as usize).and_then(|commit| {
            let touches = |path: &[u8]| folders.contains(parent(path));
            commit.merged.iter().position(|merged| {
                merged.parents.len() < 2 && merged.files.iter().any(|(path, ..)| touches(path))
            })
        });
        Author { commit: number, merged: merged.and_then(|at| u32::try_from(at).ok()) }
    }
}

impl Now<'_> {
    /// Reads the order from its texts.
    fn read(&mut self) {
        for (path, written) in &self.texts {
            self.sheets.entry(path).or_insert_with(|| {
                let sections = self.sections.entry(path).or_default();
                sections.read(&String::from_utf8_lossy(path), &String::from_utf8_lossy(&written.text))
            });
        }
        self.bare = (!self.texts.is_empty()).then(|| {
            let sheet = Sheet::join(self.sheets.values());
            let customer = sheet.customer().map(ToOwned::to_owned);
            (sheet, customer)
        });
    }
}

/// What a step says. Of an order that came only what later changes are measured by is kept: its plan, whose order it
/// is, and when it was signed; of one that went, whose it was. The rest is the order itself.
pub(super) fn between(old: Option<&Sheet>, new: Option<&Sheet>, what: What) -> Vec<Change> {
    let none = Sheet::read(&[]);
    let (old, new) = match what {
        What::Added => (Some(&none), new),
        What::Removed => (old, Some(&none)),
        What::Changed => (old, new),
    };
    let mut changes = change::between(old, new);
    let whose = |change: &Change| matches!(&*change.key, "customer" | "po" | "signed");
    match what {
        What::Added => changes.retain(|change| change.kind == Kind::Plan || whose(change)),
        What::Removed => changes.retain(whose),
        What::Changed => {}
    }
    changes
}

/// What a file was after a commit.
fn at(versions: &[Version], commit: u32) -> Option<Was> {
    let next = versions.partition_point(|version| version.commit <= commit);
    versions.get(next.checked_sub(1)?).map(|version| version.was)
}

/// The file of a customer.
pub(super) fn customer_path(id: &str) -> Vec<u8> {
    format!("customers/{id}.toml").into_bytes()
}

/// Lines in a row by one author, counted.
fn runs(authors: &[Author]) -> Vec<(u32, Author)> {
    let mut runs: Vec<(u32, Author)> = Vec::new();
    for author in authors {
        match runs.last_mut() {
            Some((count, last)) if last == author => *count += 1,
            _ => runs.push((1, *author)),
        }
    }
    runs
}
