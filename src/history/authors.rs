//! Who wrote each line of a file: followed forward from its first version, one comparison for each change.
//!
//! The same answer as `git blame`, from the versions that the walk brought home: a line belongs to the last commit
//! that brought it in. Where that is a merge, to the commit among the merged ones that did; to the merge itself only
//! when none of them did, as in the resolution of a conflict. A commit in `.git-blame-ignore-revs` is seen through:
//! the lines it rewrote keep who wrote them before.

use std::collections::BTreeSet;

use git2::{DiffOptions, Patch};
use serde::{Deserialize, Serialize};

use super::blobs::Blobs;
use super::log::{Commit, Merged};
use super::tree::{Id, Was};

/// A commit of the common line, and where it is a merge, which of the merged commits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(super) struct Author {
    pub(super) commit: u32,
    pub(super) merged: Option<u32>,
}

/// A file at one moment: its text and who wrote each line.
#[derive(Debug, Clone, Default)]
pub(super) struct Written {
    pub(super) text: Vec<u8>,
    pub(super) authors: Vec<Author>,
}

/// Branches merged into branches, deeper than this, are the merge's own.
const MAX_DEPTH: usize = 16;

/// Follows lines through the commits of the common line.
pub(super) struct Follow<'a> {
    pub(super) blobs: &'a Blobs<'a>,
    pub(super) ignored: &'a BTreeSet<Id>,
}

impl Follow<'_> {
    /// The file after commit `number`, which changed it from `old` to `text` under `path`.
    pub(super) fn step(
        &self,
        old: Option<&Written>,
        text: Vec<u8>,
        path: &[u8],
        number: u32,
        commit: &Commit,
    ) -> Written {
        let none = Written::default();
        let old = old.unwrap_or(&none);
        let hunks = hunks(&old.text, &text);
        let mut authors: Vec<Option<Author>> = carry(&old.authors, &hunks, count(&text));
        let mut seen_through = self.ignored.contains(&commit.id);
        for arm in commit.arms.iter().flatten().copied() {
            if authors.iter().all(Option::is_some) {
                break;
            }
            let side = Side { follow: self, number, merged: &commit.merged };
            seen_through |= side.has_ignored(arm);
            let Some((theirs, wrote)) = side.lines(arm, path, 0) else { continue };
            let kept = carry(&wrote, &self::hunks(&theirs, &text), authors.len());
            for (line, author) in authors.iter_mut().zip(kept) {
                *line = line.or(author.flatten());
            }
        }
        if seen_through {
            see_through(&mut authors, &old.authors, &hunks, &old.text, &text);
        }
        let own = Author { commit: number, merged: None };
        Written { authors: authors.into_iter().map(|author| author.unwrap_or(own)).collect(), text }
    }
}

/// The commits that one merge brought in.
struct Side<'a> {
    follow: &'a Follow<'a>,
    number: u32,
    merged: &'a [Merged],
}

impl Side<'_> {
    /// First parents from `tip` on, newest first, as far as they were merged here.
    fn chain(&self, tip: u32) -> impl Iterator<Item = (u32, &Merged)> {
        let get = |at: u32| self.merged.get(at as usize).map(|commit| (at, commit));
        std::iter::successors(get(tip), move |(_, commit)| get(commit.parents.first().copied().flatten()?))
    }

    fn has_ignored(&self, tip: u32) -> bool {
        self.chain(tip).any(|(_, commit)| self.follow.ignored.contains(&commit.id))
    }

    /// The file at `tip` and who wrote each line: `None` for lines that are older than the branch. `None` when the
    /// branch did not touch it.
    fn lines(&self, tip: u32, path: &[u8], depth: usize) -> Option<(Vec<u8>, Vec<Option<Author>>)> {
        let mut touched = Vec::new();
        let mut path = path.to_vec();
        for (at, commit) in self.chain(tip) {
            let Some((_, was, is)) = commit.files.iter().find(|(name, ..)| *name == path) else { continue };
            let moved = (*was == Was::Absent).then(|| moved_from(&commit.files, &path, *is)).flatten();
            let before = moved.as_ref().map_or(*was, |(_, was)| *was);
            touched.push((at, commit, before, *is, path.clone()));
            if let Some((from, _)) = moved {
                path = from;
            }
        }
        let (_, _, oldest, ..) = touched.last()?;
        let mut text = self.follow.blobs.read(*oldest).unwrap_or_default();
        let mut authors: Vec<Option<Author>> = vec![None; count(&text)];
        for (at, commit, _, is, path) in touched.into_iter().rev() {
            let new = self.follow.blobs.read(is).unwrap_or_default();
            let hunks = hunks(&text, &new);
            let mut next = carry(&authors, &hunks, count(&new));
            for arm in commit.parents.iter().skip(1).flatten().filter(|_| depth < MAX_DEPTH) {
                let Some((theirs, wrote)) = self.lines(*arm, &path, depth + 1) else { continue };
                let kept = carry(&wrote, &self::hunks(&theirs, &new), next.len());
                for (line, author) in next.iter_mut().zip(kept) {
                    if line.is_none() {
                        *line = author.filter(Option::is_some);
                    }
                }
            }
            if self.follow.ignored.contains(&commit.id) {
                see_through(&mut next, &authors, &hunks, &text, &new);
            }
            let own = Some(Author { commit: self.number, merged: Some(at) });
            authors = next.into_iter().map(|line| line.unwrap_or(own)).collect();
            text = new;
        }
        Some((text, authors))
    }
}

/// Where a file came from that was not there before: one with its name, or its content, that went in the same commit.
pub(super) fn moved_from(files: &[(Vec<u8>, Was, Was)], path: &[u8], is: Was) -> Option<(Vec<u8>, Was)> {
    let gone = || files.iter().filter(|(_, was, now)| *now == Was::Absent && matches!(was, Was::File(_)));
    let alike = gone().find(|(from, was, _)| Blobs::same(*was, is) && name(from) == name(path));
    let content = || gone().find(|(_, was, _)| Blobs::same(*was, is));
    let same_folder = |from: &[u8]| name(super::log::parent(from)) == name(super::log::parent(path));
    let named = || gone().find(|(from, ..)| name(from) == name(path) && same_folder(from));
    alike.or_else(content).or_else(named).map(|(from, was, _)| (from.clone(), *was))
}

/// The last part of a path.
fn name(path: &[u8]) -> &[u8] {
    path.rsplit(|byte| *byte == b'/').next().unwrap_or_default()
}

/// A place where two texts differ: lines from 0, and how many.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Hunk {
    old: (usize, usize),
    new: (usize, usize),
}

/// Where two texts differ, as `git blame` compares them.
fn hunks(old: &[u8], new: &[u8]) -> Vec<Hunk> {
    if old == new {
        return Vec::new();
    }
    let mut options = DiffOptions::new();
    options.context_lines(0).interhunk_lines(0).indent_heuristic(true).force_text(true);
    let whole = || vec![Hunk { old: (0, count(old)), new: (0, count(new)) }];
    let Ok(patch) = Patch::from_buffers(old, None, new, None, Some(&mut options)) else { return whole() };
    let mut hunks = Vec::with_capacity(patch.num_hunks());
    for number in 0..patch.num_hunks() {
        let Ok((hunk, _)) = patch.hunk(number) else { return whole() };
        hunks.push(Hunk {
            old: range(hunk.old_start(), hunk.old_lines()),
            new: range(hunk.new_start(), hunk.new_lines()),
        });
    }
    hunks
}

/// A hunk counts lines from 1; where it has none, it names the line before.
fn range(start: u32, lines: u32) -> (usize, usize) {
    let first = if lines == 0 { start } else { start.saturating_sub(1) };
    (first as usize, lines as usize)
}

/// What is known of the old lines, put where they stand now; `None` for lines that came.
fn carry<T: Copy>(old: &[T], hunks: &[Hunk], lines: usize) -> Vec<Option<T>> {
    let mut new = Vec::with_capacity(lines);
    let mut at = 0;
    for hunk in hunks {
        new.extend(old.get(at..hunk.old.0).unwrap_or_default().iter().copied().map(Some));
        new.extend(std::iter::repeat_n(None, hunk.new.1));
        at = hunk.old.0 + hunk.old.1;
    }
    new.extend(old.get(at..).unwrap_or_default().iter().copied().map(Some));
    new.resize(lines, None);
    new
}

/// Gives the lines that an ignored commit rewrote back to who wrote them: within each place that it changed, the
/// old line that says the same but for spaces, else the one at the same position when their number is the same.
fn see_through<T: Copy>(lines: &mut [Option<T>], old: &[T], hunks: &[Hunk], was: &[u8], is: &[u8]) {
    let (was, is) = (split(was), split(is));
    for hunk in hunks {
        let before: Vec<Vec<u8>> = (hunk.old.0..hunk.old.0 + hunk.old.1)
            .map(|at| was.get(at).map(|line| plain(line)).unwrap_or_default())
            .collect();
        let mut from = 0;
        for offset in 0..hunk.new.1 {
            let at = hunk.new.0 + offset;
            let Some(line) = lines.get_mut(at).filter(|line| line.is_none()) else { continue };
            let text = is.get(at).map(|line| plain(line)).unwrap_or_default();
            let same = before.iter().skip(from).position(|line| *line == text).map(|skip| from + skip);
            let found = same.or_else(|| (hunk.old.1 == hunk.new.1).then_some(offset));
            if let Some(found) = found {
                *line = old.get(hunk.old.0 + found).copied();
            }
            if let Some(same) = same {
                from = same + 1;
            }
        }
    }
}

/// A line without its spaces.
fn plain(line: &[u8]) -> Vec<u8> {
    line.iter().copied().filter(|byte| !byte.is_ascii_whitespace()).collect()
}

fn split(text: &[u8]) -> Vec<&[u8]> {
    text.split_inclusive(|byte| *byte == b'\n').collect()
}

/// How many lines a text has.
pub(super) fn count(text: &[u8]) -> usize {
    text.split_inclusive(|byte| *byte == b'\n').count()
}

/// What is known of the lines of `old`, for the lines of `new` that stand there unchanged.
pub(super) fn kept<T: Clone>(old: &[u8], known: &[Option<T>], new: &[u8]) -> Vec<Option<T>> {
    let places: Vec<usize> = (0..known.len()).collect();
    let places = carry(&places, &hunks(old, new), count(new));
    places.into_iter().map(|at| known.get(at?).cloned().flatten()).collect()
}
