//! The repository of a generated root: dated commits by several people, the same ids every time.
//!
//! Objects are built here and handed over as packs, without a work tree, an index, hooks or signatures in
//! between: writing hundreds of thousands of loose objects would take minutes.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Write;
use std::path::Path;

use chrono::{NaiveDate, NaiveTime};
use git2::{
    Buf, Error, IndexEntry, IndexTime, Mempack, ObjectType, Odb, Oid, Repository, RepositoryInitOptions,
    Signature, Time,
};
use rayon::prelude::*;

use super::calendar::add;
use super::order::Order;
use super::parties::{BOSS, FINANCE, Person};
use super::{DemoOptions, File};

/// China has one offset, all year.
const OFFSET_MINUTES: i32 = 480;
/// Commits in one pack; keeps what is held in memory small.
const COMMITS_PER_PACK: u32 = 400;

/// Writes the repository into `dir`. Gives the number of commits and the id of the last.
pub(super) fn write(dir: &Path, options: &DemoOptions, setup: &[File]) -> Result<(u32, String), Error> {
    let mut init = RepositoryInitOptions::new();
    init.initial_head("main").external_template(false);
    let repo = Repository::init_opts(dir, &init)?;
    let odb = repo.odb()?;
    let mempack = odb.add_new_mempack_backend(1_000)?;
    let orders: Vec<Order> = (1..options.orders.saturating_add(1))
        .into_par_iter()
        .map(|k| Order::new(options.seed, options.as_of, k))
        .collect();
    let mut days: BTreeMap<NaiveDate, BTreeSet<usize>> = BTreeMap::new();
    let recorded: Vec<_> = orders.par_iter().map(|order| days_of(order, options.as_of)).collect();
    for (at, recorded) in recorded.into_iter().enumerate() {
        for day in recorded {
            days.entry(day).or_default().insert(at);
        }
    }
    let mut line = Line {
        repo: &repo,
        odb: &odb,
        mempack,
        objects: Vec::new(),
        root: Folder::default(),
        last: None,
        commits: 0,
    };
    for (path, text) in setup {
        line.put(path, text)?;
    }
    let start = days.keys().next().copied().unwrap_or(options.as_of);
    line.commit(&BOSS, add(start, -1), 9, "建库: 公司, 人员, 日历, 客户 / set up the data root")?;
    for (day, at) in &days {
        let chosen: Vec<&Order> = at.iter().filter_map(|at| orders.get(*at)).collect();
        line.day(*day, &chosen)?;
    }
    line.flush()?;
    let head = line.last.ok_or_else(|| Error::from_str("nothing was committed"))?;
    let commits = line.commits;
    repo.reference("refs/heads/main", head, true, "demo")?;
    index(&repo, dir, head)?;
    Ok((commits, head.to_string()))
}

/// What is recorded waits this many days at most, as in an office that keeps up.
const DELAY: i64 = 2;

/// The days on which somebody records something of this order: what happened within a few days together, on the last
/// of them.
fn days_of(order: &Order, as_of: NaiveDate) -> BTreeSet<NaiveDate> {
    let signed = order.life.signed;
    if signed > as_of {
        return BTreeSet::new();
    }
    let mut days = BTreeSet::from([signed]);
    let mut waiting: Option<(NaiveDate, NaiveDate)> = None;
    for day in happened(order, as_of).range(add(signed, 1)..) {
        waiting = match waiting {
            Some((first, _)) if *day <= add(first, DELAY) => Some((first, *day)),
            other => {
                days.extend(other.map(|(_, last)| last));
                Some((*day, *day))
            }
        };
    }
    days.extend(waiting.map(|(_, last)| last));
    // Whatever is left is recorded by the end of the period, so that the last commit is the work tree.
    days.insert(as_of);
    days
}

/// The days that the order's files name by the end, and those of its life that they do not name.
fn happened(order: &Order, as_of: NaiveDate) -> BTreeSet<NaiveDate> {
    let life = &order.life;
    let mut days: BTreeSet<NaiveDate> = [life.released, life.copies, life.closed].into();
    days.extend(order.loads.iter().map(|load| load.life.etd));
    days.extend(life.amended.map(|(day, _)| day));
    days.extend(life.complaint);
    days.extend(order.files(as_of).iter().flat_map(|(_, text)| dates(text)));
    if let Some(cancelled) = life.cancelled {
        days.retain(|day| *day <= cancelled);
        days.insert(cancelled);
    }
    days.retain(|day| *day < as_of);
    days
}

/// Every `2026-11-20` in a text.
fn dates(text: &str) -> impl Iterator<Item = NaiveDate> {
    const LENGTH: usize = 10;
    let starts = text.match_indices('-').filter_map(|(at, _)| at.checked_sub(4));
    starts.filter_map(|at| text.get(at..at + LENGTH)?.parse().ok())
}

/// Path and text of a file that may have changed, and the order's ID.
type Change<'a> = (String, &'a str, &'a str);

/// A folder in the making: files and folders by name.
#[derive(Default)]
struct Folder {
    files: BTreeMap<String, Oid>,
    folders: BTreeMap<String, Folder>,
    /// The tree's id while nothing below changed.
    written: Option<Oid>,
}

impl Folder {
    /// Puts a file; false when it stood there already.
    fn put(&mut self, path: &str, blob: Oid) -> bool {
        let changed = match path.split_once('/') {
            Some((folder, rest)) => self.folders.entry(folder.to_owned()).or_default().put(rest, blob),
            None => self.files.insert(path.to_owned(), blob) != Some(blob),
        };
        if changed {
            self.written = None;
        }
        changed
    }

    fn write(&mut self, odb: &Odb<'_>, path: &str, objects: &mut Vec<(Oid, String)>) -> Result<Oid, Error> {
        if let Some(id) = self.written {
            return Ok(id);
        }
        // Git sorts a folder as if its name ended in a slash.
        let mut entries: BTreeMap<String, (&str, &str, Oid)> = BTreeMap::new();
        for (name, folder) in &mut self.folders {
            entries.insert(
                format!("{name}/"),
                ("40000", name, folder.write(odb, &format!("{path}/{name}"), objects)?),
            );
        }
        for (name, blob) in &self.files {
            entries.insert(name.clone(), ("100644", name, *blob));
        }
        let mut bytes = Vec::new();
        for (mode, name, id) in entries.values() {
            bytes.extend_from_slice(format!("{mode} {name}\0").as_bytes());
            bytes.extend_from_slice(id.as_bytes());
        }
        let id = odb.write(ObjectType::Tree, &bytes)?;
        objects.push((id, path.to_owned()));
        self.written = Some(id);
        Ok(id)
    }
}

/// The line of commits.
struct Line<'r> {
    repo: &'r Repository,
    odb: &'r Odb<'r>,
    mempack: Mempack<'r>,
    /// What is in memory only, with a path that says what it is a version of.
    objects: Vec<(Oid, String)>,
    root: Folder,
    last: Option<Oid>,
    commits: u32,
}

impl Line<'_> {
    fn put(&mut self, path: &str, text: &str) -> Result<bool, Error> {
        let blob = Oid::hash_object(ObjectType::Blob, text.as_bytes())?;
        let changed = self.root.put(path, blob);
        if changed {
            self.odb.write(ObjectType::Blob, text.as_bytes())?;
            self.objects.push((blob, path.to_owned()));
        }
        Ok(changed)
    }

    /// One commit for each person who recorded something that day.
    fn day(&mut self, day: NaiveDate, orders: &[&Order]) -> Result<(), Error> {
        let rendered: Vec<(&Order, Vec<(&'static str, String)>)> =
            orders.par_iter().map(|order| (*order, order.files(day))).collect();
        let mut people: BTreeMap<&str, (&'static Person, Vec<Change<'_>>)> = BTreeMap::new();
        for (order, files) in &rendered {
            for (name, text) in files {
                let person = author(order, name, day);
                let path = format!("{}/{name}", order.folder());
                people.entry(person.id).or_insert((person, Vec::new())).1.push((path, text, &order.id));
            }
        }
        for (hour, (person, files)) in (9..).zip(people.values()) {
            let mut changed = BTreeSet::new();
            for (path, text, id) in files {
                if self.put(path, text)? {
                    changed.insert(*id);
                }
            }
            if !changed.is_empty() {
                self.commit(person, day, hour, &message(&changed))?;
            }
        }
        Ok(())
    }

    fn commit(&mut self, person: &Person, day: NaiveDate, hour: u32, message: &str) -> Result<(), Error> {
        let tree = self.root.write(self.odb, "", &mut self.objects)?;
        let moment = day.and_time(NaiveTime::from_hms_opt(hour.min(20), 30, 0).unwrap_or_default());
        let seconds = moment.and_utc().timestamp() - i64::from(OFFSET_MINUTES) * 60;
        let email = person.email();
        let who = Signature::new(person.name, &email, &Time::new(seconds, OFFSET_MINUTES))?;
        let tree = self.repo.find_tree(tree)?;
        let parent = self.last.map(|id| self.repo.find_commit(id)).transpose()?;
        let parents: Vec<_> = parent.iter().collect();
        let id = self.repo.commit(None, &who, &who, message, &tree, &parents)?;
        self.objects.push((id, String::new()));
        self.last = Some(id);
        self.commits += 1;
        if self.commits.is_multiple_of(COMMITS_PER_PACK) {
            self.flush()?;
        }
        Ok(())
    }

    /// Moves what is in memory into a pack. Object by object: dumping the memory would follow each commit
    /// through its whole tree again.
    fn flush(&mut self) -> Result<(), Error> {
        let mut builder = self.repo.packbuilder()?;
        builder.set_threads(0);
        // The name makes versions of one file neighbours, so that they are stored as differences.
        for (id, name) in std::mem::take(&mut self.objects) {
            builder.insert_object(id, Some(&name))?;
        }
        let mut pack = Buf::new();
        builder.write_buf(&mut pack)?;
        let mut writer = self.odb.packwriter()?;
        writer.write_all(&pack).map_err(|error| Error::from_str(&error.to_string()))?;
        writer.commit()?;
        self.mempack.reset()?;
        self.odb.refresh()
    }
}

/// Who writes which file. Whoever takes an order on sets its folder up, with the papers it began with.
fn author(order: &Order, file: &str, day: NaiveDate) -> &'static Person {
    match file {
        _ if day == order.life.signed => order.customer.merchandiser,
        "docs.toml" => order.customer.clerk,
        "money.toml" => &FINANCE,
        _ => order.customer.merchandiser,
    }
}

fn message(orders: &BTreeSet<&str>) -> String {
    let named: Vec<&str> = orders.iter().take(3).copied().collect();
    match orders.len() {
        0..=3 => format!("更新 {}\n", named.join(", ")),
        n => format!("更新 {} 等 {n} 单 / {n} orders\n", named.join(", ")),
    }
}

/// An index that agrees with the files as they were just written, so that the work tree is clean.
fn index(repo: &Repository, dir: &Path, head: Oid) -> Result<(), Error> {
    let tree = repo.find_commit(head)?.tree()?;
    let mut index = repo.index()?;
    index.read_tree(&tree)?;
    let entries: Vec<IndexEntry> = index.iter().collect();
    for mut entry in entries {
        let meta = std::str::from_utf8(&entry.path).ok().and_then(|path| fs::metadata(dir.join(path)).ok());
        let Some(meta) = meta else { continue };
        let since = meta.modified().ok().and_then(|time| time.duration_since(std::time::UNIX_EPOCH).ok());
        if let Some(since) = since {
            let seconds = i32::try_from(since.as_secs()).unwrap_or(0);
            entry.mtime = IndexTime::new(seconds, since.subsec_nanos());
            entry.file_size = u32::try_from(meta.len()).unwrap_or(0);
            index.add(&entry)?;
        }
    }
    // As after a checkout, the index remembers the trees it stands for: a status need not work them out.
    index.write_tree()?;
    index.write()
}
