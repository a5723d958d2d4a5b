//! One walk over the first parents of a commit, back to the first one or to where an earlier walk began.

use std::collections::BTreeMap;

use git2::{Commit, Oid, Repository, Sort};

use super::log::{self, Log, Merged, ORDERS, Version};
use super::message;
use super::open::Source;
use super::tree::{Id, Trees, Was};

/// The folders of a data root whose history is told.
const TOLD: [&str; 2] = ["orders", "customers"];

/// What a commit changed, before its number is known.
struct Found {
    commit: log::Commit,
    files: Vec<(Vec<u8>, Was)>,
}

/// Brings a log up to date with `head`. `seen` is the newest commit it knows; where that is no longer an ancestor
/// on the common line (history was rewritten), everything is read anew. With the log, whether it only grew.
pub(super) fn walk(
    source: &Source,
    head: Oid,
    known: Log,
    seen: Option<Oid>,
) -> Result<(Log, bool), git2::Error> {
    let odb = source.repo.odb()?;
    let mut walk = Walk {
        repo: &source.repo,
        path: source.data.clone(),
        trees: Trees::new(&odb),
        people: BTreeMap::new(),
        log: known,
    };
    for (number, person) in walk.log.people.iter().enumerate() {
        walk.people.insert(person.clone(), index(number));
    }
    let (found, reached) = walk.back(head, seen)?;
    if !reached {
        walk.log.commits.clear();
        walk.log.files.clear();
        walk.log.events = 0;
    }
    for found in found.into_iter().rev() {
        let number = index(walk.log.commits.len());
        for (path, was) in found.files {
            walk.log.events += u64::from(path.starts_with(ORDERS));
            walk.log.files.entry(path).or_default().push(Version { commit: number, was });
        }
        walk.log.commits.push(found.commit);
    }
    Ok((walk.log, reached))
}

/// Positions are kept as `u32`: four thousand million commits are none.
fn index(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

struct Walk<'r> {
    repo: &'r Repository,
    path: Vec<String>,
    trees: Trees<'r>,
    people: BTreeMap<(Vec<u8>, Vec<u8>), u32>,
    log: Log,
}

impl Walk<'_> {
    /// Newest first, and whether `seen` was met.
    fn back(&mut self, head: Oid, seen: Option<Oid>) -> Result<(Vec<Found>, bool), git2::Error> {
        let mut found = Vec::new();
        if Some(head) == seen {
            return Ok((found, true));
        }
        let mut commit = self.repo.find_commit(head)?;
        let mut data = self.trees.descend(commit.tree_id(), &self.path)?;
        loop {
            let parent = if commit.parent_count() == 0 { None } else { Some(commit.parent(0)?) };
            let before = match &parent {
                Some(parent) if parent.tree_id() == commit.tree_id() => data,
                Some(parent) => self.trees.descend(parent.tree_id(), &self.path)?,
                None => None,
            };
            if let Some(step) = self.record(&commit, before, data)? {
                found.push(step);
            }
            self.trees.step();
            match parent {
                Some(parent) if Some(parent.id()) == seen => return Ok((found, true)),
                Some(parent) => (commit, data) = (parent, before),
                None => return Ok((found, false)),
            }
        }
    }

    fn record(
        &mut self,
        commit: &Commit<'_>,
        before: Option<Oid>,
        after: Option<Oid>,
    ) -> Result<Option<Found>, git2::Error> {
        let mut files = Vec::new();
        self.compare(before, after, &mut |path, _, is| files.push((path, is)))?;
        if files.is_empty() {
            return Ok(None);
        }
        let (merged, arms) =
            if commit.parent_count() > 1 { self.merged(commit)? } else { Default::default() };
        let (author, seconds, offset) = self.author(commit);
        let number = message::number(&String::from_utf8_lossy(commit.message_bytes()));
        let id = bytes(commit.id());
        Ok(Some(Found { commit: log::Commit { id, author, seconds, offset, number, merged, arms }, files }))
    }

    /// Every file of the told folders that differs between two versions of the data root.
    fn compare(
        &mut self,
        before: Option<Oid>,
        after: Option<Oid>,
        sink: &mut dyn FnMut(Vec<u8>, Was, Was),
    ) -> Result<(), git2::Error> {
        if before == after {
            return Ok(());
        }
        for folder in TOLD {
            let below = [folder.to_owned()];
            let old = before.map(|tree| self.trees.descend(tree, &below)).transpose()?.flatten();
            let new = after.map(|tree| self.trees.descend(tree, &below)).transpose()?.flatten();
            self.trees.compare(old, new, &mut |dir, name, was, is| {
                let mut path = Vec::with_capacity(folder.len() + dir.len() + name.len() + 2);
                path.extend_from_slice(folder.as_bytes());
                path.push(b'/');
                if !dir.is_empty() {
                    path.extend_from_slice(dir);
                    path.push(b'/');
                }
                path.extend_from_slice(name);
                sink(path, was, is);
            })?;
        }
        Ok(())
    }

    fn author(&mut self, commit: &Commit<'_>) -> (u32, i64, i32) {
        let signature = commit.author();
        let person = (signature.name_bytes().to_vec(), signature.email_bytes().to_vec());
        let number = *self.people.entry(person).or_insert_with_key(|person| {
            self.log.people.push(person.clone());
            index(self.log.people.len() - 1)
        });
        (number, signature.when().seconds(), signature.when().offset_minutes())
    }

    /// The commits that a merge brought in: reachable from its other parents, not from the first. Newest first; with
    /// them the positions of those other parents.
    fn merged(&mut self, merge: &Commit<'_>) -> Result<(Vec<Merged>, Vec<Option<u32>>), git2::Error> {
        let mut range = self.repo.revwalk()?;
        range.set_sorting(Sort::TOPOLOGICAL | Sort::TIME)?;
        for parent in merge.parent_ids().skip(1) {
            range.push(parent)?;
        }
        range.hide(merge.parent_id(0)?)?;
        let ids: Vec<Oid> = range.collect::<Result<_, _>>()?;
        let at: BTreeMap<Oid, u32> =
            ids.iter().enumerate().map(|(number, id)| (*id, index(number))).collect();
        let mut merged = Vec::with_capacity(ids.len());
        for id in ids {
            let commit = self.repo.find_commit(id)?;
            let after = self.trees.descend(commit.tree_id(), &self.path)?;
            let before = match commit.parent_count() {
                0 => None,
                _ => self.trees.descend(commit.parent(0)?.tree_id(), &self.path)?,
            };
            let mut files = Vec::new();
            self.compare(before, after, &mut |path, was, is| files.push((path, was, is)))?;
            let (author, seconds, offset) = self.author(&commit);
            let parents = commit.parent_ids().map(|id| at.get(&id).copied()).collect();
            merged.push(Merged { id: bytes(commit.id()), author, seconds, offset, parents, files });
        }
        let arms = merge.parent_ids().skip(1).map(|id| at.get(&id).copied()).collect();
        Ok((merged, arms))
    }
}

fn bytes(id: Oid) -> Id {
    id.as_bytes().try_into().unwrap_or_default()
}
