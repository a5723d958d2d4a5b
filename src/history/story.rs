//! What is told of all orders, worked out from the log; small enough to be read at every start. Raw names, as in the
//! log: `.mailmap` is applied when the story is told.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use chrono::{DateTime, FixedOffset};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::authors::Author;
use super::blobs::Blobs;
use super::log::{Homes, Log, Own};
use super::people::People;
use super::told::{Given, Gone, Teller, Told, customer_path};
use super::trail::{Lines, Step, Trail};
use super::tree::Id;
use super::{Event, History, Recorded};

/// Everything that is told.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Story {
    people: Vec<(Vec<u8>, Vec<u8>)>,
    /// The commits of the common line, oldest first.
    commits: Vec<Stamp>,
    /// Merged commits that wrote something, by their merge and position.
    merged: BTreeMap<(u32, u32), Stamp>,
    orders: BTreeMap<String, OrderStory>,
    events: u64,
    /// Whether the authors of lines are in it.
    pub(super) lines: bool,
    /// The commits that were seen through.
    pub(super) ignored: BTreeSet<Id>,
}

/// Who and when, of one commit.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Stamp {
    id: Id,
    author: u32,
    seconds: i64,
    offset: i32,
    number: Option<String>,
}

#[derive(Debug, Default, Serialize, Deserialize)]
struct OrderStory {
    /// The commits that touched it: how many, the first and the last, and who recorded those.
    commits: u32,
    ends: Option<(Author, Author)>,
    /// Everybody, by first contribution; positions in [`Story::people`].
    people: Vec<u32>,
    deleted: bool,
    told: Told,
}

/// What a new story is made from.
pub(super) struct Making<'a> {
    pub(super) log: &'a Log,
    /// The repository, opened once for each thread.
    pub(super) git_dir: &'a Path,
    pub(super) lines: bool,
    pub(super) ignored: BTreeSet<Id>,
    /// The story before, where the log only grew, and how many commits it knew.
    pub(super) before: Option<(Story, u32)>,
}

impl Making<'_> {
    /// Tells every order that changed anew, and takes the others over.
    pub(super) fn make(self) -> Result<Story, git2::Error> {
        let homes = Homes::of(self.log);
        let orders = self.log.orders(&homes);
        let (mut before, known) =
            self.before.map_or_else(Default::default, |(story, known)| (story.orders, known));
        let people = recorders(self.log, &homes);
        let gone = Gone::of(self.log);
        let defaults = Given::default();
        let work: Vec<(String, &Own<'_>, Option<OrderStory>)> = orders
            .iter()
            .map(|(id, own)| {
                let id = String::from_utf8_lossy(id).into_owned();
                let kept = before.remove(&id).filter(|story| !changed(self.log, own, story, known));
                (id, own, kept)
            })
            .collect();
        let open = || git2::Repository::open(self.git_dir);
        let stories: Result<BTreeMap<String, OrderStory>, git2::Error> = work
            .into_par_iter()
            .map_init(open, |repo, (id, own, kept)| {
                if let Some(kept) = kept {
                    return Ok((id, kept));
                }
                let repo = repo.as_ref().map_err(|e| git2::Error::new(e.code(), e.class(), e.message()))?;
                let blobs = Blobs::of(repo)?;
                let teller = Teller {
                    log: self.log,
                    blobs: &blobs,
                    ignored: &self.ignored,
                    lines: self.lines,
                    orders: &orders,
                    gone: &gone,
                    defaults: &defaults,
                };
                let story = order_story(self.log, &id, own, &people, teller.tell(own));
                Ok((id, story))
            })
            .collect();
        let mut story = Story {
            people: self.log.people.clone(),
            commits: self
                .log
                .commits
                .iter()
                .map(|c| stamp(c.id, c.author, c.seconds, c.offset, &c.number))
                .collect(),
            merged: BTreeMap::new(),
            orders: stories?,
            events: self.log.events,
            lines: self.lines,
            ignored: self.ignored,
        };
        story.merged = merged(self.log, &story.orders);
        Ok(story)
    }
}

fn stamp(id: Id, author: u32, seconds: i64, offset: i32, number: &Option<String>) -> Stamp {
    Stamp { id, author, seconds, offset, number: number.clone() }
}

/// Whether a commit that the story does not know touched the order, or the defaults it uses.
fn changed(log: &Log, own: &Own<'_>, story: &OrderStory, known: u32) -> bool {
    let newer = |versions: &[super::log::Version]| versions.last().is_some_and(|v| v.commit >= known);
    own.files.iter().any(|(_, versions)| newer(versions))
        || story.told.customers.iter().any(|id| log.files.get(&customer_path(id)).is_some_and(|v| newer(v)))
}

/// The stamps of the merged commits that are named anywhere.
fn merged(log: &Log, orders: &BTreeMap<String, OrderStory>) -> BTreeMap<(u32, u32), Stamp> {
    let mut named: BTreeSet<(u32, u32)> = BTreeSet::new();
    let mut name = |author: &Author| named.extend(author.merged.map(|merged| (author.commit, merged)));
    for story in orders.values() {
        story.told.lines.values().flatten().for_each(|(_, author)| name(author));
        story.told.steps.iter().for_each(|step| name(&step.who));
        if let Some((first, last)) = &story.ends {
            name(first);
            name(last);
        }
    }
    let stamp_of = |(commit, at): (u32, u32)| {
        let merged = log.commits.get(commit as usize)?.merged.get(at as usize)?;
        Some(((commit, at), stamp(merged.id, merged.author, merged.seconds, merged.offset, &None)))
    };
    named.into_iter().filter_map(stamp_of).collect()
}

/// For each merge: order → positions of the merged commits that touched it and are no merges, newest first.
type Recorders = BTreeMap<u32, BTreeMap<String, Vec<u32>>>;

fn recorders(log: &Log, homes: &Homes<'_>) -> Recorders {
    let mut all = Recorders::new();
    for (number, commit) in log.commits.iter().enumerate().filter(|(_, commit)| !commit.merged.is_empty()) {
        let mut orders: BTreeMap<String, Vec<u32>> = BTreeMap::new();
        for (at, merged) in commit.merged.iter().enumerate().filter(|(_, m)| m.parents.len() < 2) {
            let at = u32::try_from(at).unwrap_or(u32::MAX);
            for id in merged.files.iter().filter_map(|(path, ..)| homes.order(path)) {
                let list = orders.entry(String::from_utf8_lossy(id).into_owned()).or_default();
                if list.last() != Some(&at) {
                    list.push(at);
                }
            }
        }
        all.insert(u32::try_from(number).unwrap_or(u32::MAX), orders);
    }
    all
}

fn order_story(log: &Log, id: &str, own: &Own<'_>, recorders: &Recorders, told: Told) -> OrderStory {
    let commits = own.commits();
    let merged = |commit: &u32| {
        recorders.get(commit).and_then(|orders| orders.get(id)).map(Vec::as_slice).unwrap_or_default()
    };
    let mut people: Vec<u32> = Vec::new();
    for commit in &commits {
        let Some(own) = log.commits.get(*commit as usize) else { continue };
        let of = |at: &u32| own.merged.get(*at as usize).map(|merged| merged.author);
        let theirs: Vec<u32> = merged(commit).iter().rev().filter_map(of).collect();
        let all = if theirs.is_empty() { vec![own.author] } else { theirs };
        for person in all {
            if !people.contains(&person) {
                people.push(person);
            }
        }
    }
    let (oldest, newest) = (commits.first().copied(), commits.last().copied());
    let ends = oldest.zip(newest).map(|(oldest, newest)| {
        (
            Author { commit: oldest, merged: merged(&oldest).last().copied() },
            Author { commit: newest, merged: merged(&newest).first().copied() },
        )
    });
    let count = u32::try_from(commits.len()).unwrap_or(u32::MAX);
    OrderStory { commits: count, ends, people, deleted: !own.is_live(), told }
}

impl Story {
    /// Puts it into the history, with the names that `.mailmap` gives. Returns the committed TOML files of the orders
    /// that differ from the work tree.
    pub(super) fn put(self, people: &People, history: &mut History) -> BTreeMap<String, BTreeSet<Vec<u8>>> {
        let mut committed = BTreeMap::new();
        let names: Vec<_> = self.people.iter().map(|(name, email)| people.resolve(name, email)).collect();
        let event = |stamp: &Stamp, id: &Id, number: &Option<String>| {
            let moment = moment(stamp.seconds, stamp.offset);
            let person = names.get(stamp.author as usize).cloned().unwrap_or_default();
            Arc::new(Event {
                commit: hex(id),
                number: number.clone(),
                date: moment.date_naive(),
                moment,
                person,
            })
        };
        let commits: Vec<Arc<Event>> = self.commits.iter().map(|c| event(c, &c.id, &c.number)).collect();
        // A step is the merge, by whom its author was; a line is the commit that wrote it, in the merge's request.
        let mut steps: BTreeMap<(u32, u32), Arc<Event>> = BTreeMap::new();
        let mut lines: BTreeMap<(u32, u32), Arc<Event>> = BTreeMap::new();
        for (at, stamp) in &self.merged {
            let Some(merge) = self.commits.get(at.0 as usize) else { continue };
            lines.insert(*at, event(stamp, &stamp.id, &merge.number));
            let by = Stamp { author: stamp.author, ..merge.clone() };
            steps.insert(*at, event(&by, &merge.id, &merge.number));
        }
        let find = |who: Author, merged: &BTreeMap<(u32, u32), Arc<Event>>| {
            let inner = who.merged.and_then(|at| merged.get(&(who.commit, at)));
            inner.or_else(|| commits.get(who.commit as usize)).cloned()
        };
        history.events = self.events;
        for (id, story) in self.orders {
            let ends = story.ends.and_then(|(first, last)| Some((find(first, &steps)?, find(last, &steps)?)));
            let Some((first, last)) = ends else { continue };
            let mut everybody = Vec::with_capacity(story.people.len());
            for person in story.people.iter().filter_map(|at| names.get(*at as usize)) {
                if !everybody.contains(person) {
                    everybody.push(person.clone());
                }
            }
            history.orders.insert(
                id.clone(),
                Recorded {
                    first: Event::clone(&first),
                    last: Event::clone(&last),
                    commits: story.commits,
                    people: everybody,
                    uncommitted: false,
                    deleted: story.deleted,
                },
            );
            if history.uncommitted.contains(&id) {
                committed.insert(id.clone(), story.told.lines.keys().cloned().collect());
            }
            for (path, runs) in story.told.lines.into_iter().filter(|_| self.lines) {
                let authors = runs
                    .iter()
                    .flat_map(|(count, who)| std::iter::repeat_n(find(*who, &lines), *count as usize))
                    .collect();
                history.lines.insert(text(&path), Lines { authors });
            }
            let of = |step: super::told::Passed| {
                Some(Step {
                    event: Some(find(step.who, &steps)?),
                    what: step.what,
                    files: step.files.iter().map(|path| text(path)).collect(),
                    changes: step.changes,
                })
            };
            history.trails.insert(id, Trail { steps: story.told.steps.into_iter().filter_map(of).collect() });
        }
        committed
    }
}

fn text(path: &[u8]) -> Arc<str> {
    Arc::from(&*String::from_utf8_lossy(path))
}

/// The moment in the author's own offset. A time that no calendar knows is the beginning of 1970, as in git.
pub(super) fn moment(seconds: i64, offset: i32) -> DateTime<FixedOffset> {
    let utc = DateTime::from_timestamp(seconds, 0).unwrap_or_default();
    let offset = FixedOffset::east_opt(offset.clamp(-1439, 1439) * 60);
    offset.map_or_else(|| utc.fixed_offset(), |offset| utc.with_timezone(&offset))
}

fn hex(id: &Id) -> String {
    id.iter().fold(String::with_capacity(id.len() * 2), |mut hex, byte| {
        use std::fmt::Write as _;
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}
