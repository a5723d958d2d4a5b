//! What git knows about the orders: when each was first and last recorded, how often, and by whom.
//!
//! The only user of git in the reading direction. One walk over the first parents of `HEAD` serves every
//! order; nothing here decides that something is wrong, and nothing is guessed: where git cannot answer (no
//! repository, a shallow clone, a damaged object) the answer is a [`State`], never an error and never a
//! plausible date.
//!
//! Not here: who wrote a single line (blame), and what a commit changed inside a file.

mod authors;
mod blobs;
mod cache;
mod dirty;
mod events;
mod log;
mod message;
mod open;
mod overlay;
mod packed;
mod people;
mod snapshot;
mod story;
mod told;
mod trail;
mod trails;
mod tree;
mod walk;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use chrono::{DateTime, FixedOffset, NaiveDate};

pub use snapshot::{NoSnapshot, Snapshot};
pub use trail::{Author, Lines, Step, Trail, What};
pub use trails::Trails;

/// What git knows about one data root.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct History {
    /// How far the rest can be trusted.
    pub state: State,
    /// By order ID (the folder's name, so that a move keeps its history). Empty unless [`State::Complete`].
    /// Orders that were deleted stay.
    pub orders: BTreeMap<String, Recorded>,
    /// IDs of all orders whose folder differs from `HEAD`, including those never committed. Empty when there is
    /// no repository to compare with.
    pub uncommitted: BTreeSet<String>,
    /// The commit that is checked out; absent without a repository and before the first commit.
    pub head: Option<Head>,
    /// What became of each order, by ID. Empty unless [`State::Complete`].
    pub trails: Trails,
    /// Who wrote each line of the files of the orders, by path relative to the data root. Empty unless
    /// [`State::Complete`], and where nobody asked for it.
    pub lines: BTreeMap<Arc<str>, Lines>,
    /// File-level events below `orders/`: what `git log --first-parent -m --no-renames --name-status` prints.
    pub events: u64,
    /// Bulk commits that `.git-blame-ignore-revs` names: nobody's lines.
    pub ignored: BTreeSet<[u8; 20]>,
}

impl History {
    /// A history with nothing in it but its reason.
    #[must_use]
    pub fn empty(state: State) -> Self {
        Self {
            state,
            orders: BTreeMap::new(),
            uncommitted: BTreeSet::new(),
            head: None,
            trails: Trails::default(),
            lines: BTreeMap::new(),
            events: 0,
            ignored: BTreeSet::new(),
        }
    }

    /// True when the order's files differ from `HEAD` or were never committed.
    #[must_use]
    pub fn is_uncommitted(&self, order: &str) -> bool {
        self.uncommitted.contains(order)
    }

    /// What became of an order; `None` where the history cannot tell. Put together for this call.
    #[must_use]
    pub fn trail(&self, order: &str) -> Option<Trail> {
        self.trails.get(order)
    }

    /// Who wrote a line (from 1) of a file of an order.
    #[must_use]
    pub fn author(&self, file: &str, line: usize) -> Author<'_> {
        let known = self.lines.get(file).and_then(|lines| lines.author(line.checked_sub(1)?));
        match known {
            None => Author::Unknown,
            Some(None) => Author::Uncommitted,
            Some(Some(event)) => Author::Known(event),
        }
    }
}

/// Whether the history can be read, and if not, why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum State {
    /// Everything back to the first commit was read.
    Complete,
    /// The clone has been cut off. In it the boundary commit seems to have written everything, which accuses
    /// the wrong person; therefore no order has an entry.
    Shallow,
    /// The data root is in no work tree (nor can a bare repository have one).
    NoRepository,
    /// A repository without a first commit.
    Unborn,
    /// The data root lies in a work tree whose `HEAD` does not contain it.
    OutsideData,
    /// There is a repository that cannot be read (damaged, SHA-256 objects, another owner, …): git's own words.
    Unreadable(String),
}

/// What git knows about one order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recorded {
    /// The oldest commit that touched the order's folder.
    pub first: Arc<Event>,
    /// The newest one.
    pub last: Arc<Event>,
    /// How many there are, as `git log --first-parent -m --no-renames -- <folder>` counts.
    pub commits: u32,
    /// Everybody who recorded something, in the order of their first contribution.
    pub people: Vec<Person>,
    /// The folder differs from `HEAD`.
    pub uncommitted: bool,
    /// The last commit removed the order's files.
    pub deleted: bool,
}

/// One commit as far as it concerns one order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// Full commit id; for a merge that of the merge, because there the change reached the common line.
    pub commit: String,
    /// Number of the merge or pull request, with the forge's mark (`#12`, `!12`), when the commit's message names it.
    pub number: Option<String>,
    /// The commit's author date, in the offset the author wrote it with.
    pub date: NaiveDate,
    /// The same to the second.
    pub moment: DateTime<FixedOffset>,
    /// Who recorded it. For a merge: the author of the merged commit that touched the order, not of the merge,
    /// whose author only pressed the button. See [`read`].
    pub person: Person,
}

/// A name and e-mail after `.mailmap`. Control characters are replaced, the rest is as the author wrote it.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Person {
    /// Display name; may be empty.
    pub name: String,
    /// E-mail address; may be empty.
    pub email: String,
}

/// The commit that is checked out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// Full commit id.
    pub id: String,
    /// Its first ten digits. Not git's own abbreviation, which grows with the number of objects at hand.
    pub short: String,
    /// Author date in the author's offset.
    pub date: NaiveDate,
    /// Committer date in the committer's offset: the date of `HEAD`.
    pub committed: NaiveDate,
}

/// How the history is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reading {
    /// Whether the authors of lines are wanted.
    pub lines: bool,
    /// Whether what earlier runs found may be used, and kept for the next one, in the repository's own folder.
    pub cache: bool,
}

/// How many bytes earlier runs kept for the repository of a data root; `None` when nothing is kept.
#[must_use]
pub fn kept(root: &Path) -> Option<u64> {
    open::open(root).ok().and_then(|source| cache::size(&source))
}

/// The folder in the repository of a data root where gendan keeps what it need not work out again. Nothing that somebody
/// commits comes to lie there. `None` outside a repository.
#[must_use]
pub fn keeping(root: &Path) -> Option<PathBuf> {
    open::open(root).ok().map(|source| source.repo.commondir().join(cache::FOLDER))
}

/// Where git keeps what changes with a commit, for whoever watches the disk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Places {
    /// The top of the work tree, with `.mailmap` and `.git-blame-ignore-revs`.
    pub top: PathBuf,
    /// The folder with `HEAD`.
    pub git: PathBuf,
    /// The folder with the branches: the same, but in a linked work tree.
    pub common: PathBuf,
}

/// The places of the repository of a data root; `None` without one.
#[must_use]
pub fn places(root: &Path) -> Option<Places> {
    let source = open::open(root).ok()?;
    let real = |path: &Path| path.canonicalize().ok();
    Some(Places {
        git: real(source.repo.path())?,
        common: real(source.repo.commondir())?,
        top: source.workdir,
    })
}

/// Reads the history of the data root, everything and without a cache.
#[must_use]
pub fn read(root: &Path) -> History {
    read_with(root, Reading { lines: true, cache: false })
}

/// Reads the history of the data root. Total: every odd case is a [`State`].
///
/// Only the first parents are walked. When a merge touched an order, its people are the authors of the commits
/// it brought in (all merged branches of an octopus alike; reachable from the merged parents, not from the
/// first) that touched the order and are not merges themselves. If none did, as when only the conflict's
/// resolution did, it is the merge's own author.
#[must_use]
pub fn read_with(root: &Path, reading: Reading) -> History {
    match open::open(root) {
        Ok(source) => read_source(&source, reading),
        Err(state) => History::empty(state),
    }
}

fn read_source(source: &open::Source, reading: Reading) -> History {
    let head = match source.head() {
        Ok(Some(head)) => head,
        Ok(None) => {
            let uncommitted = dirty::orders(source, None).unwrap_or_default().into_keys().collect();
            return History { uncommitted, ..History::empty(State::Unborn) };
        }
        Err(error) => return History::empty(unreadable(&error)),
    };
    let mut history = History::empty(State::Complete);
    history.head = Some(open::describe(&head));
    if let Err(error) = fill(source, &head, reading, &mut history) {
        history = History { head: history.head, ..History::empty(unreadable(&error)) };
    }
    history
}

/// The history up to a past commit: nothing is uncommitted.
fn read_commit(source: &open::Source, id: git2::Oid, reading: Reading) -> History {
    let head = match source.repo.find_commit(id) {
        Ok(head) => head,
        Err(error) => return History::empty(unreadable(&error)),
    };
    let mut history = History { head: Some(open::describe(&head)), ..History::empty(State::Complete) };
    if let Err(error) = fill(source, &head, reading, &mut history) {
        history = History { head: history.head, ..History::empty(unreadable(&error)) };
    }
    history
}

fn fill(
    source: &open::Source,
    head: &git2::Commit<'_>,
    reading: Reading,
    history: &mut History,
) -> Result<(), git2::Error> {
    let changed = match source.at {
        Some(_) => dirty::Changed::new(),
        None => dirty::orders(source, Some(head.tree_id()))?,
    };
    history.uncommitted = changed.keys().cloned().collect();
    if source.is_shallow() {
        history.state = State::Shallow;
        return Ok(());
    }
    if !source.contains_data(head.tree_id())? {
        history.state = State::OutsideData;
        return Ok(());
    }
    let people = people::People::new(source.text(".mailmap").as_deref());
    let committed = story(source, head.id(), reading)?.put(&people, reading.lines, history);
    history.ignored = overlay::ignored(source);
    for (id, recorded) in &mut history.orders {
        recorded.uncommitted = history.uncommitted.contains(id);
    }
    overlay::add(source, head.tree_id(), &committed, &changed, history)
}

/// The story up to `head`: as it was kept, or from the log that was kept and what came since, or from the first
/// commit on.
fn story(source: &open::Source, head: git2::Oid, reading: Reading) -> Result<story::Story, git2::Error> {
    let id: tree::Id = head.as_bytes().try_into().unwrap_or_default();
    let cache = reading.cache.then(|| cache::Cache::of(source));
    let ignored = overlay::ignored(source);
    let kept = cache.as_ref().and_then(cache::Cache::story);
    let fits = |story: &story::Story| !reading.lines || (story.lines && story.ignored == ignored);
    let kept = match kept {
        Some((at, story)) if at == id && fits(&story) => return Ok(story),
        other => other,
    };
    let (seen, known) = cache.as_ref().and_then(cache::Cache::log).unzip();
    let known = known.unwrap_or_default();
    let count = u32::try_from(known.commits.len()).unwrap_or(u32::MAX);
    let seen = seen.and_then(|id: tree::Id| git2::Oid::from_bytes(&id).ok());
    let (log, grown) = walk::walk(source, head, known, seen)?;
    // Once lines were wanted they are kept up: a check between two builds must not make the second slow.
    let lines = reading.lines || kept.as_ref().is_some_and(|(_, story)| story.lines);
    let before = kept.filter(|(at, story)| {
        let same = story.lines == lines && (!lines || story.ignored == ignored);
        grown && same && seen.is_some_and(|seen| seen.as_bytes() == at)
    });
    let before = before.map(|(_, story)| (story, count));
    let git_dir = source.repo.path();
    let story = story::Making { log: &log, git_dir, lines, ignored, before }.make()?;
    if let Some(cache) = &cache {
        cache.keep(id, &log, &story);
    }
    Ok(story)
}

fn unreadable(error: &git2::Error) -> State {
    State::Unreadable(printable(error.message()))
}

/// Text from a repository is anybody's text: control characters could drive a terminal.
fn printable(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { '\u{FFFD}' } else { c }).collect()
}
