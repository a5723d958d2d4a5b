//! Finds the repository of a data root and the place of the data in it.

use std::path::{Path, PathBuf};

use git2::{Commit, ErrorCode, Oid, Repository, Time};

use super::blobs::Blobs;
use super::story::moment;
use super::tree::Trees;
use super::{Head, State, printable};

/// A larger file is no list of names or commits.
const MAX_TEXT: u64 = 1 << 20;

/// A repository with a work tree, and where the data root lies in it.
pub(super) struct Source {
    pub(super) repo: Repository,
    /// The work tree, resolved.
    pub(super) workdir: PathBuf,
    /// The data root's path below the work tree, one entry per folder; empty when it is the work tree.
    pub(super) data: Vec<String>,
    /// The tree of a past commit that is read instead of the work tree.
    pub(super) at: Option<Oid>,
}

/// Opens the nearest repository at or above `root`.
pub(super) fn open(root: &Path) -> Result<Source, State> {
    // Hashing each object again while reading it doubles the time of the walk; `git log` does not either.
    git2::opts::strict_hash_verification(false);
    let root = root.canonicalize().map_err(|error| State::Unreadable(printable(&error.to_string())))?;
    let repo = Repository::discover(&root).map_err(|error| match error.code() {
        ErrorCode::NotFound => State::NoRepository,
        _ => State::Unreadable(printable(error.message())),
    })?;
    let workdir = repo.workdir().and_then(|dir| dir.canonicalize().ok()).ok_or(State::NoRepository)?;
    let below = root.strip_prefix(&workdir).map_err(|_| State::NoRepository)?;
    if root.starts_with(repo.commondir()) || below.iter().any(|part| part == ".git") {
        return Err(State::NoRepository);
    }
    let data = folders(below).ok_or(State::OutsideData)?;
    Ok(Source { repo, workdir, data, at: None })
}

/// The path as UTF-8 folder names; `None` when a name is not UTF-8.
fn folders(path: &Path) -> Option<Vec<String>> {
    path.iter().map(|part| part.to_str().map(ToOwned::to_owned)).collect()
}

impl Source {
    /// The commit that is checked out, `None` before the first one.
    pub(super) fn head(&self) -> Result<Option<Commit<'_>>, git2::Error> {
        match self.repo.head() {
            Ok(head) => head.peel_to_commit().map(Some),
            Err(error) if matches!(error.code(), ErrorCode::UnbornBranch | ErrorCode::NotFound) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// True when older commits were not fetched. A linked work tree keeps that mark in the common folder, where
    /// libgit2 does not look.
    pub(super) fn is_shallow(&self) -> bool {
        let mark = self.repo.commondir().join("shallow");
        self.repo.is_shallow() || std::fs::metadata(mark).is_ok_and(|meta| meta.len() > 0)
    }

    /// True when the tree has the data root.
    pub(super) fn contains_data(&self, tree: Oid) -> Result<bool, git2::Error> {
        let odb = self.repo.odb()?;
        let mut trees = Trees::new(&odb);
        Ok(trees.descend(tree, &self.data)?.is_some())
    }

    /// A small text file at the top of the work tree, or of the commit that is read instead. As git does, a link is
    /// not followed: it could point anywhere.
    pub(super) fn text(&self, name: &str) -> Option<String> {
        let Some(top) = self.at else {
            let path = self.workdir.join(name);
            let meta = path.symlink_metadata().ok()?;
            return (meta.is_file() && meta.len() <= MAX_TEXT)
                .then(|| std::fs::read_to_string(path).ok())
                .flatten();
        };
        let odb = self.repo.odb().ok()?;
        let mut trees = Trees::new(&odb);
        let blob = Blobs::of(&self.repo).ok()?.read(trees.file(top, name.as_bytes()).ok()??)?;
        String::from_utf8(blob).ok().filter(|text| text.len() as u64 <= MAX_TEXT)
    }

    /// The folder names from the top of the repository to `orders`.
    pub(super) fn orders_path(&self) -> Vec<String> {
        let mut path = self.data.clone();
        path.push("orders".to_owned());
        path
    }
}

/// What is shown of the checked-out commit.
pub(super) fn describe(commit: &Commit<'_>) -> Head {
    let id = commit.id().to_string();
    Head {
        short: id.chars().take(10).collect(),
        date: local_date(commit.author().when()),
        committed: local_date(commit.time()),
        id,
    }
}

/// The calendar day in the offset that the commit carries.
fn local_date(time: Time) -> chrono::NaiveDate {
    moment(time.seconds(), time.offset_minutes()).date_naive()
}
