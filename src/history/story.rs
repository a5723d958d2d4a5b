//! What is told of all orders, worked out from the log. Of each order the little that every run needs, and the rest
//! packed. Raw names, as in the log: `.mailmap` is applied when the story is told.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use chrono::{DateTime, FixedOffset};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::authors::Author;
use super::blobs::Blobs;
use super::events::Events;
use super::log::{Homes, Log, Own};
use super::packed::{self, Slice};
use super::people::People;
use super::told::{Given, Gone, Teller, Told, customer_path};
use super::trail::Lines;
use super::trails::Trails;
use super::tree::Id;
use super::{Event, History, Person, Recorded};

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
    /// Customers whose defaults it used at some time: it is told anew when one of them changes.
    customers: BTreeSet<String>,
    /// The merged commits that are named in it.
    named: BTreeSet<(u32, u32)>,
    /// Its steps, and who wrote the lines of its TOML files; kept beside it.
    #[serde(skip)]
    steps: Slice,
    #[serde(skip)]
    lines: Slice,
}

/// What a new story is made from.
pub(super) struct Making<'a> {
    pub(super) log: &'a Log,
    /// The repository.
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
        let stories: Result<BTreeMap<String, OrderStory>, git2::Error> = work
            .into_par_iter()
            .with_min_len(TOGETHER)
            .map_init(Lazy::default, |repo, (id, own, kept)| {
                if let Some(kept) = kept {
                    return Ok((id, kept));
                }
                let blobs = Blobs::of(repo.open(self.git_dir)?)?;
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

/// So many orders at least are told with one handle of the repository.
const TOGETHER: usize = 32;

/// A handle of the repository, opened when the first order has to be told: mostly none has.
#[derive(Default)]
struct Lazy(Option<git2::Repository>);

impl Lazy {
    fn open(&mut self, git_dir: &Path) -> Result<&git2::Repository, git2::Error> {
        match &mut self.0 {
            Some(open) => Ok(open),
            closed => Ok(closed.insert(git2::Repository::open(git_dir)?)),
        }
    }
}

fn stamp(id: Id, author: u32, seconds: i64, offset: i32, number: &Option<String>) -> Stamp {
    Stamp { id, author, seconds, offset, number: number.clone() }
}

/// Whether a commit that the story does not know touched the order, or the defaults it uses.
fn changed(log: &Log, own: &Own<'_>, story: &OrderStory, known: u32) -> bool {
    let newer = |versions: &[super::log::Version]| versions.last().is_some_and(|v| v.commit >= known);
    own.files.iter().any(|(_, versions)| newer(versions))
        || story.customers.iter().any(|id| log.files.get(&customer_path(id)).is_some_and(|v| newer(v)))
}

/// The stamps of the merged commits that are named anywhere.
fn merged(log: &Log, orders: &BTreeMap<String, OrderStory>) -> BTreeMap<(u32, u32), Stamp> {
    let named: BTreeSet<(u32, u32)> = orders.values().flat_map(|story| &story.named).copied().collect();
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
    let lines = told.lines.values().flatten().map(|(_, who)| who);
    let all = lines.chain(told.steps.iter().map(|step| &step.who));
    let all = all.chain(ends.iter().flat_map(|(first, last)| [first, last]));
    OrderStory {
        commits: count,
        people,
        deleted: !own.is_live(),
        named: all.filter_map(|who| Some((who.commit, who.merged?))).collect(),
        ends,
        steps: packed::pack(&told.steps),
        lines: packed::pack_lines(&told.lines),
        customers: told.customers,
    }
}

impl Story {
    /// What is packed, in a fixed order.
    pub(super) fn slices(&self) -> impl Iterator<Item = &Slice> {
        self.orders.values().flat_map(|story| [&story.steps, &story.lines])
    }

    /// Where what is packed goes, in the same order.
    pub(super) fn slices_mut(&mut self) -> impl Iterator<Item = &mut Slice> {
        self.orders.values_mut().flat_map(|story| [&mut story.steps, &mut story.lines])
    }

    /// Puts it into the history, with the names that `.mailmap` gives, and the authors of lines where they are
    /// wanted. Returns the committed TOML files of the orders that differ from the work tree.
    pub(super) fn put(
        self,
        people: &People,
        lines: bool,
        history: &mut History,
    ) -> BTreeMap<String, BTreeSet<Vec<u8>>> {
        let names: Vec<_> = self.people.iter().map(|(name, email)| people.resolve(name, email)).collect();
        let events = self.events(&names);
        history.events = self.events;
        if lines && self.lines {
            let each = |story: &OrderStory| {
                let of = |(count, who): &(u32, Author)| (*count as usize, events.line(*who).cloned());
                let files = packed::lines(&story.lines).into_iter();
                files
                    .map(|(path, runs)| (Arc::from(text(&path)), Lines::of(runs.iter().map(of))))
                    .collect::<Vec<(Arc<str>, Lines)>>()
            };
            let each: Vec<_> = self.orders.par_iter().map(|(_, story)| each(story)).collect();
            history.lines = each.into_iter().flatten().collect();
        }
        let mut committed = BTreeMap::new();
        history.trails = Trails::new(Arc::clone(&events));
        for (id, story) in self.orders {
            let ends = story.ends.and_then(|(first, last)| Some((events.step(first)?, events.step(last)?)));
            let Some((first, last)) = ends else { continue };
            let mut everybody = Vec::with_capacity(story.people.len());
            for person in story.people.iter().filter_map(|at| names.get(*at as usize)) {
                if !everybody.contains(person) {
                    everybody.push(person.clone());
                }
            }
            let recorded = Recorded {
                first: Arc::clone(first),
                last: Arc::clone(last),
                commits: story.commits,
                people: everybody,
                uncommitted: false,
                deleted: story.deleted,
            };
            if history.uncommitted.contains(&id) {
                committed.insert(id.clone(), packed::lines(&story.lines).into_keys().collect());
            }
            history.orders.insert(id.clone(), recorded);
            history.trails.put(id, story.steps);
        }
        committed
    }

    fn events(&self, names: &[Person]) -> Arc<Events> {
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
        let commits = self.commits.iter().map(|c| event(c, &c.id, &c.number)).collect();
        let mut events = Events { commits, ..Events::default() };
        for (at, stamp) in &self.merged {
            let Some(merge) = self.commits.get(at.0 as usize) else { continue };
            events.lines.insert(*at, event(stamp, &stamp.id, &merge.number));
            let by = Stamp { author: stamp.author, ..merge.clone() };
            events.steps.insert(*at, event(&by, &merge.id, &merge.number));
        }
        Arc::new(events)
    }
}

/// A path as it is told.
pub(super) fn text(path: &[u8]) -> String {
    String::from_utf8_lossy(path).into_owned()
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
