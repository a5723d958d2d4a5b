//! One walk over the first parents of `HEAD`, and from it what is known of every order.

use std::collections::BTreeMap;

use git2::{Commit, Oid, Repository, Sort};

use super::open::{Source, local_date};
use super::people::People;
use super::tree::Trees;
use super::{Event, Recorded};

/// What the walk found.
pub(super) struct Walked {
    pub(super) orders: BTreeMap<String, Recorded>,
    pub(super) events: u64,
}

/// A commit that changed something below `orders/`.
struct Step {
    id: Oid,
    date: chrono::NaiveDate,
    author: usize,
    /// For a merge: folder → authors of the merged commits that touched it, newest first.
    merged: BTreeMap<Vec<u8>, Vec<usize>>,
}

/// A folder below `orders/` in which a file changed.
#[derive(Default)]
struct Folder {
    /// It held a `*.toml` at some time, and so is or was an order.
    toml: bool,
    /// Positions in the list of steps, newest first.
    steps: Vec<usize>,
}

/// Walks from `head` to the first commit.
pub(super) fn walk(source: &Source, head: Oid) -> Result<Walked, git2::Error> {
    let odb = source.repo.odb()?;
    let mut walk = Walk {
        repo: &source.repo,
        path: source.orders_path(),
        trees: Trees::new(&odb),
        people: People::new(source),
        steps: Vec::new(),
        folders: BTreeMap::new(),
        events: 0,
    };
    walk.run(head)?;
    let live = walk.live(head)?;
    Ok(Walked { orders: walk.orders(&live), events: walk.events })
}

struct Walk<'r> {
    repo: &'r Repository,
    path: Vec<String>,
    trees: Trees<'r>,
    people: People,
    steps: Vec<Step>,
    folders: BTreeMap<Vec<u8>, Folder>,
    events: u64,
}

impl Walk<'_> {
    fn run(&mut self, head: Oid) -> Result<(), git2::Error> {
        let mut commit = self.repo.find_commit(head)?;
        let mut orders = self.trees.descend(commit.tree_id(), &self.path)?;
        loop {
            let parent = if commit.parent_count() == 0 { None } else { Some(commit.parent(0)?) };
            let before = match &parent {
                Some(parent) if parent.tree_id() == commit.tree_id() => orders,
                Some(parent) => self.trees.descend(parent.tree_id(), &self.path)?,
                None => None,
            };
            self.record(&commit, before, orders)?;
            self.trees.step();
            match parent {
                Some(parent) => (commit, orders) = (parent, before),
                None => return Ok(()),
            }
        }
    }

    fn record(
        &mut self,
        commit: &Commit<'_>,
        before: Option<Oid>,
        after: Option<Oid>,
    ) -> Result<(), git2::Error> {
        if before == after {
            return Ok(());
        }
        let (number, folders) = (self.steps.len(), &mut self.folders);
        let mut events = 0;
        self.trees.compare(before, after, &mut |dir, name| {
            events += 1;
            note(folders, dir, name, number);
        })?;
        self.events += events;
        let merged = if commit.parent_count() > 1 { self.merged(commit)? } else { BTreeMap::new() };
        let signature = commit.author();
        let author = self.people.number(&signature);
        self.steps.push(Step { id: commit.id(), date: local_date(signature.when()), author, merged });
        Ok(())
    }

    /// Who touched which folder in the commits that a merge brought in.
    fn merged(&mut self, merge: &Commit<'_>) -> Result<BTreeMap<Vec<u8>, Vec<usize>>, git2::Error> {
        let mut range = self.repo.revwalk()?;
        range.set_sorting(Sort::TOPOLOGICAL | Sort::TIME)?;
        for parent in merge.parent_ids().skip(1) {
            range.push(parent)?;
        }
        range.hide(merge.parent_id(0)?)?;
        let mut touched: BTreeMap<Vec<u8>, Vec<usize>> = BTreeMap::new();
        for id in range {
            let commit = self.repo.find_commit(id?)?;
            if commit.parent_count() > 1 {
                continue;
            }
            let after = self.trees.descend(commit.tree_id(), &self.path)?;
            let before = match commit.parent_count() {
                0 => None,
                _ => self.trees.descend(commit.parent(0)?.tree_id(), &self.path)?,
            };
            let author = self.people.number(&commit.author());
            self.trees.compare(before, after, &mut |dir, _| {
                let people = touched.entry(dir.to_vec()).or_default();
                if people.last() != Some(&author) {
                    people.push(author);
                }
            })?;
        }
        Ok(touched)
    }

    /// Folders that directly hold a `*.toml` in `HEAD`.
    fn live(&mut self, head: Oid) -> Result<std::collections::BTreeSet<Vec<u8>>, git2::Error> {
        let mut live = std::collections::BTreeSet::new();
        let tree = self.repo.find_commit(head)?.tree_id();
        let orders = self.trees.descend(tree, &self.path)?;
        self.trees.compare(None, orders, &mut |dir, name| {
            if is_toml(name) {
                live.insert(dir.to_vec());
            }
        })?;
        Ok(live)
    }

    /// Puts the folders together into orders.
    fn orders(&self, live: &std::collections::BTreeSet<Vec<u8>>) -> BTreeMap<String, Recorded> {
        // Order ID → step → who recorded it, newest first.
        let mut touched: BTreeMap<String, BTreeMap<usize, Vec<usize>>> = BTreeMap::new();
        for (dir, folder) in &self.folders {
            let Some(order) = self.order_of(dir) else { continue };
            let steps = touched.entry(order).or_default();
            for step in &folder.steps {
                steps.entry(*step).or_default();
            }
        }
        for (number, step) in self.steps.iter().enumerate() {
            for (dir, people) in &step.merged {
                let order = self.order_of(dir);
                let who = order.and_then(|id| touched.get_mut(&id)).and_then(|steps| steps.get_mut(&number));
                if let Some(who) = who {
                    who.extend(people);
                }
            }
        }
        let live: std::collections::BTreeSet<String> =
            live.iter().filter_map(|dir| folder_name(dir)).collect();
        touched
            .into_iter()
            .filter_map(|(id, steps)| {
                let deleted = !live.contains(&id);
                self.recorded(&steps, deleted).map(|recorded| (id, recorded))
            })
            .collect()
    }

    /// The ID of the order a folder belongs to: the nearest folder upwards that ever held a `*.toml`.
    fn order_of(&self, dir: &[u8]) -> Option<String> {
        let mut path = dir;
        loop {
            if self.folders.get(path).is_some_and(|folder| folder.toml) {
                return folder_name(path);
            }
            path = path.get(..path.iter().rposition(|byte| *byte == b'/')?)?;
        }
    }

    fn recorded(&self, steps: &BTreeMap<usize, Vec<usize>>, deleted: bool) -> Option<Recorded> {
        let (newest, oldest) = (steps.first_key_value()?, steps.last_key_value()?);
        let author = |number: usize| self.steps.get(number).map(|step| step.author);
        let mut people = Vec::new();
        for (number, merged) in steps.iter().rev() {
            let alone = author(*number);
            let all = merged.iter().rev().copied().chain(alone.filter(|_| merged.is_empty()));
            for person in all.filter_map(|number| self.people.get(number)) {
                if !people.contains(person) {
                    people.push(person.clone());
                }
            }
        }
        Some(Recorded {
            first: self.event(*oldest.0, oldest.1.last().copied().or_else(|| author(*oldest.0))?)?,
            last: self.event(*newest.0, newest.1.first().copied().or_else(|| author(*newest.0))?)?,
            commits: u32::try_from(steps.len()).unwrap_or(u32::MAX),
            people,
            uncommitted: false,
            deleted,
        })
    }

    fn event(&self, step: usize, person: usize) -> Option<Event> {
        let step = self.steps.get(step)?;
        let person = self.people.get(person)?.clone();
        Some(Event { commit: step.id.to_string(), number: None, date: step.date, person })
    }
}

fn note(folders: &mut BTreeMap<Vec<u8>, Folder>, dir: &[u8], name: &[u8], step: usize) {
    if !folders.contains_key(dir) {
        folders.insert(dir.to_vec(), Folder::default());
    }
    if let Some(folder) = folders.get_mut(dir) {
        folder.toml |= is_toml(name);
        if folder.steps.last() != Some(&step) {
            folder.steps.push(step);
        }
    }
}

/// Files of an order's data, as opposed to its notes and scans.
pub(super) fn is_toml(name: &[u8]) -> bool {
    name.ends_with(b".toml")
}

/// The last part of a path; `None` for `orders/` itself, which is no order whatever it holds.
pub(super) fn folder_name(path: &[u8]) -> Option<String> {
    let name = path.rsplit(|byte| *byte == b'/').next().filter(|name| !name.is_empty())?;
    Some(String::from_utf8_lossy(name).into_owned())
}
