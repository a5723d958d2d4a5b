//! Opens what a command works on: the data root as it lies on disk, or as a revision has it (`--at`).

use std::path::{Path, PathBuf};

use clap::Args;

use crate::bi;
use crate::cli::{Common, Failure, Surroundings, find_root};
use crate::history::{self, History, NoSnapshot, Snapshot, State};
use crate::load::files::Files;
use crate::load::{Loaded, load, load_files};
use crate::report::clean;

/// `--at`.
#[derive(Debug, Clone, Default, Args)]
pub struct AtArgs {
    /// Read the data as a revision has it (commit, tag, branch, HEAD~2), from git and without a checkout. --root may
    /// name a bare repository; the data is looked for at its top and in data/
    #[arg(long, value_name = "REV")]
    pub at: Option<String>,
}

/// The data and its history.
pub struct Opened {
    /// Where the data root is, or was.
    pub root: PathBuf,
    /// Orders, parties, and what is wrong with their writing.
    pub loaded: Loaded,
    /// What git knows.
    pub history: History,
}

/// Reads the data root. `lines`: whether the authors of lines are wanted.
///
/// # Errors
/// When there is no data root, or no such revision.
pub fn open(common: &Common, around: &Surroundings, at: &AtArgs, lines: bool) -> Result<Opened, Failure> {
    let reading = common.reading(lines);
    match &at.at {
        None => {
            let root = find_root(common, around)?;
            let loaded = load(&root).map_err(|e| Failure::io(&root, &e))?;
            let history = history::read_with(&root, reading);
            Ok(Opened { root, loaded, history })
        }
        Some(rev) => {
            let root = place(common, around);
            let snapshot = Snapshot::at(&root, rev).map_err(|why| failure("--at", rev, &root, &why))?;
            let history = snapshot.history(reading);
            Ok(Opened { root, loaded: load_files(Files::commit(snapshot)), history })
        }
    }
}

/// Where the data root is or was: as [`find_root`], but it need not be there any more.
pub(super) fn place(common: &Common, around: &Surroundings) -> PathBuf {
    let named = common.root.as_ref().or(around.env_root.as_ref()).map(|root| around.here.join(root));
    let marked = || around.here.ancestors().find(|dir| dir.join("gendan.toml").is_file());
    named.or_else(|| marked().map(Path::to_path_buf)).unwrap_or_else(|| around.here.clone())
}

/// Why a revision cannot be read, and what to do.
pub fn failure(option: &str, rev: &str, root: &Path, why: &NoSnapshot) -> Failure {
    let (rev, path) = (clean(rev), clean(&root.display().to_string()));
    Failure(match why {
        NoSnapshot::State(State::NoRepository) => bi!(
            "{option} 要从 git 读，而 {path} 不在 git 仓库里：git init 并提交，或不用 {option}",
            "{option} reads from git, and {path} is in no git repository: git init and commit, or leave out {option}"
        ),
        NoSnapshot::State(State::Unborn) => bi!(
            "{option} {rev}：仓库里还没有提交：先 git commit",
            "{option} {rev}: the repository has no commit yet: git commit first"
        ),
        NoSnapshot::State(State::Unreadable(reason)) => bi!(
            "{option} {rev}：仓库读不了：{reason}",
            "{option} {rev}: the repository cannot be read: {reason}"
        ),
        NoSnapshot::State(_) | NoSnapshot::NoData { .. } => bi!(
            "{rev} 里没有这个数据目录（{path}）：那时还没有，或用 --root 指定它当时的位置",
            "{rev} has no data root at {path}: it was not there yet, or name its place of then with --root"
        ),
        NoSnapshot::Unknown { shallow: true } => bi!(
            "找不到版本 {rev}，这是浅克隆，多半没有取到：git fetch --unshallow，或在 CI 里设 fetch-depth: 0（GitLab 设 GIT_DEPTH: 0）",
            "no revision {rev}; this is a shallow clone and it was probably not fetched: git fetch --unshallow, or set fetch-depth: 0 in CI (GIT_DEPTH: 0 on GitLab)"
        ),
        NoSnapshot::Unknown { shallow: false } => bi!(
            "找不到版本 {rev}：看有没有写错，远程的先 git fetch",
            "no revision {rev}: see whether it is misspelt; fetch it first when it is on the remote"
        ),
        NoSnapshot::Ambiguous => {
            bi!("版本 {rev} 不止一个：多写几位", "revision {rev} is ambiguous: write more of its digits")
        }
        NoSnapshot::NotACommit => {
            bi!("{rev} 不是提交：写提交、标签或分支", "{rev} is no commit: name a commit, tag or branch")
        }
        NoSnapshot::NoBase { shallow: true } => bi!(
            "{rev} 和 HEAD 的共同祖先没有取到（浅克隆）：git fetch --unshallow，或在 CI 里设 fetch-depth: 0（GitLab 设 GIT_DEPTH: 0）",
            "the common ancestor of {rev} and HEAD was not fetched (shallow clone): git fetch --unshallow, or set fetch-depth: 0 in CI (GIT_DEPTH: 0 on GitLab)"
        ),
        NoSnapshot::NoBase { shallow: false } => bi!(
            "{rev} 和 HEAD 没有共同祖先，比不了：换一个版本",
            "{rev} and HEAD have no common ancestor and cannot be compared: name another revision"
        ),
    })
}
