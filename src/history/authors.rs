//! Who wrote each line of a file: followed forward from its first version, one comparison for each change.
//!
//! The same answer as `git blame`, from the versions that the walk brought home: a line belongs to the last commit
//! that brought it in. Where that is a merge, to the commit among the merged ones that did; to the merge itself only
//! when none of them did, as in the resolution of a conflict. A commit in `.git-blame-ignore-revs` is seen through:
//! the lines it rewrote keep who wrote them before.

use std::collections::{BTreeMap, BTreeSet};

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

/// What is known of a line while a merge is looked into.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Line {
    /// It came with the commit that is looked at.
    New,
    /// It is older than the branch; by whom, where the version from which the branch began is known.
    Old(Option<Author>),
    /// It came when the branch took in the common line: from there, or written to resolve a conflict.
    Perhaps(Author),
    /// This commit wrote it.
    Sure(Author),
}

impl Line {
    fn author(self) -> Option<Author> {
        match self {
            Self::New => None,
            Self::Old(author) => author,
            Self::Perhaps(author) | Self::Sure(author) => Some(author),
        }
    }
}

/// Follows lines through the commits of the common line.
pub(super) struct Follow<'a> {
    pub(super) blobs: &'a Blobs<'a>,
    pub(super) ignored: &'a BTreeSet<Id>,
    /// Who wrote the lines of the versions that the order's files had before, by content.
    pub(super) earlier: &'a BTreeMap<Id, Vec<Author>>,
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
        let known: Vec<Line> = old.authors.iter().copied().map(Line::Sure).collect();
        let mut lines = carry(&known, &hunks, count(&text), Line::New);
        let side = Side { follow: self, number, merged: &commit.merged };
        let ignored = side.join(&mut lines, &text, path, &commit.arms, 0);
        if ignored || self.ignored.contains(&commit.id) {
            see_through(&mut lines, &known, &hunks, &old.text, &text);
        }
        let own = Author { commit: number, merged: None };
        Written { authors: lines.into_iter().map(|line| line.author().unwrap_or(own)).collect(), text }
    }
}

/// The commits that one merge brought in.
struct Side<'a> {
    follow: &'a Follow<'a>,
    number: u32,
    merged: &'a [Merged],
}

impl Side<'_> {
    /// Gives the lines of a merge that its arms wrote to them. As git does: an arm that has exactly this text is
    /// where all of it came from; else what stood before comes first. Whether a commit that is seen through
    /// was among them.
    fn join(&self, lines: &mut [Line], text: &[u8], path: &[u8], arms: &[Option<u32>], depth: usize) -> bool {
        let mut ignored = false;
        if depth > MAX_DEPTH {
            return ignored;
        }
        for arm in arms.iter().flatten().copied() {
            let Some((theirs, wrote)) = self.lines(arm, path, depth) else { continue };
            ignored |= self.chain(arm).any(|(_, commit)| self.follow.ignored.contains(&commit.id));
            let whole = theirs == text;
            let kept = carry(&wrote, &hunks(&theirs, text), lines.len(), Line::New);
            for (line, theirs) in lines.iter_mut().zip(kept) {
                match (*line, theirs) {
                    (_, Line::Sure(_) | Line::Old(Some(_))) if whole => *line = theirs,
                    (Line::New, _) | (Line::Old(_), Line::Sure(_) | Line::Perhaps(_)) => *line = theirs,
                    _ => {}
                }
            }
            if whole {
                break;
            }
        }
        ignored
    }

    /// First parents from `tip` on, newest first, as far as they were merged here.
    fn chain(&self, tip: u32) -> impl Iterator<Item = (u32, &Merged)> {
        let get = |at: u32| self.merged.get(at as usize).map(|commit| (at, commit));
        std::iter::successors(get(tip), move |(_, commit)| get(commit.parents.first().copied().flatten()?))
    }

    /// The lines of a version that the common line had.
    fn common(&self, was: Was) -> Option<Vec<Line>> {
        let Was::File(id) = was else { return None };
        let known = self.follow.earlier.get(&id)?;
        Some(known.iter().map(|author| Line::Old(Some(*author))).collect())
    }

    /// The file at `tip` and what is known of its lines; `None` when the branch did not touch it.
    fn lines(&self, tip: u32, path: &[u8], depth: usize) -> Option<(Vec<u8>, Vec<Line>)> {
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
        let mut lines = self.common(*oldest).unwrap_or_else(|| vec![Line::Old(None); count(&text)]);
        for (at, commit, _, is, path) in touched.into_iter().rev() {
            let new = self.follow.blobs.read(is).unwrap_or_default();
            let arms = commit.parents.get(1..).unwrap_or_default();
            // The branch took in the common line, and the file is what it was there.
            if let Some(common) = self.common(is).filter(|_| arms.contains(&None)) {
                (text, lines) = (new, common);
                continue;
            }
            let hunks = hunks(&text, &new);
            let mut next = carry(&lines, &hunks, count(&new), Line::New);
            let ignored = self.join(&mut next, &new, &path, arms, depth + 1);
            if ignored || self.follow.ignored.contains(&commit.id) {
                see_through(&mut next, &lines, &hunks, &text, &new);
            }
            let own = Author { commit: self.number, merged: Some(at) };
            let own = if arms.contains(&None) { Line::Perhaps(own) } else { Line::Sure(own) };
            next.iter_mut().filter(|line| **line == Line::New).for_each(|line| *line = own);
            (text, lines) = (new, next);
        }
        Some((text, lines))
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

/// What is known of the old lines, put where they stand now; `came` for lines that came.
fn carry<T: Copy>(old: &[T], hunks: &[Hunk], lines: usize, came: T) -> Vec<T> {
    let mut new = Vec::with_capacity(lines);
    let mut at = 0;
    for hunk in hunks {
        new.extend_from_slice(old.get(at..hunk.old.0).unwrap_or_default());
        new.extend(std::iter::repeat_n(came, hunk.new.1));
        at = hunk.old.0 + hunk.old.1;
    }
    new.extend_from_slice(old.get(at..).unwrap_or_default());
    new.resize(lines, came);
    new
}

/// Gives the lines that an ignored commit rewrote back to who wrote them: within each place that it changed, the
/// old line that says the same but for spaces, else the one at the same position when their number is the same.
fn see_through(lines: &mut [Line], old: &[Line], hunks: &[Hunk], was: &[u8], is: &[u8]) {
    let (was, is) = (split(was), split(is));
    for hunk in hunks {
        let before: Vec<Vec<u8>> = (hunk.old.0..hunk.old.0 + hunk.old.1)
            .map(|at| was.get(at).map(|line| plain(line)).unwrap_or_default())
            .collect();
        let mut from = 0;
        for offset in 0..hunk.new.1 {
            let at = hunk.new.0 + offset;
            let Some(line) = lines.get_mut(at).filter(|line| line.author().is_none()) else { continue };
            let text = is.get(at).map(|line| plain(line)).unwrap_or_default();
            let same = before.iter().skip(from).position(|line| *line == text).map(|skip| from + skip);
            let found = same.or_else(|| (hunk.old.1 == hunk.new.1).then_some(offset));
            if let Some(found) = found.and_then(|found| old.get(hunk.old.0 + found)) {
                *line = *found;
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
    let places: Vec<Option<usize>> = (0..known.len()).map(Some).collect();
    let places = carry(&places, &hunks(old, new), count(new), None);
    places.into_iter().map(|at| known.get(at?).cloned().flatten()).collect()
}
