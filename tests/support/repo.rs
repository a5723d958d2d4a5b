//! A repository in a folder of its own, built with the `git` command by people at fixed times.

#![allow(dead_code, unreachable_pub, clippy::allow_attributes, reason = "each surface uses a part")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

pub const LIN: &str = "林燕 <lin.yan@example.com>";
pub const ZHOU: &str = "Zhou Min <zhou.min@example.com>";
pub const BOSS: &str = "Chen Hao <chen.hao@example.com>";

/// A repository in a folder of its own; removed when dropped.
pub struct Repo {
    _keep: tempfile::TempDir,
    pub dir: PathBuf,
}

impl Repo {
    pub fn new() -> Self {
        let keep = tempfile::tempdir().unwrap();
        let dir = keep.path().join("单证 repo");
        fs::create_dir(&dir).unwrap();
        let repo = Self { _keep: keep, dir };
        repo.git(&["init", "-q", "-b", "main"]);
        repo
    }

    pub fn git(&self, args: &[&str]) -> String {
        git_in(&self.dir, args, LIN, "2026-01-01T00:00:00+08:00")
    }

    pub fn write(&self, path: &str, text: &str) {
        let path = self.dir.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// Commits everything in the work tree.
    pub fn commit(&self, who: &str, when: &str) -> String {
        self.git(&["add", "-A"]);
        git_in(&self.dir, &["commit", "-q", "--allow-empty", "-m", "change"], who, when);
        self.git(&["rev-parse", "HEAD"])
    }

    pub fn merge(&self, branches: &[&str], who: &str, when: &str) -> String {
        self.merge_as(branches, "Merge !12", who, when)
    }

    pub fn merge_as(&self, branches: &[&str], message: &str, who: &str, when: &str) -> String {
        let args = [&["merge", "-q", "--no-ff", "-m", message], branches].concat();
        git_in(&self.dir, &args, who, when);
        self.git(&["rev-parse", "HEAD"])
    }

    /// Commit ids that `git log` lists for the paths, newest first.
    pub fn log(&self, paths: &[&str]) -> Vec<String> {
        let fixed = ["log", "--first-parent", "-m", "--no-renames", "--format=%H", "--"];
        let args = [&fixed, paths].concat();
        self.git(&args).lines().map(ToOwned::to_owned).collect()
    }

    /// File-level events that `git log` prints below a path.
    pub fn log_events(&self, path: &str) -> u64 {
        let args = ["log", "--first-parent", "-m", "--no-renames", "--name-status", "--format=", "--", path];
        self.git(&args).lines().filter(|line| !line.is_empty()).count() as u64
    }

    /// The path of the data root, for a command line.
    pub fn path(&self) -> &Path {
        &self.dir
    }
}

pub fn git_in(dir: &Path, args: &[&str], who: &str, when: &str) -> String {
    let (name, email) = who.trim_end_matches('>').split_once(" <").unwrap();
    let output = Command::new("git")
        .current_dir(dir)
        .args(args)
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_SYSTEM", "/dev/null")
        .env("GIT_AUTHOR_NAME", name)
        .env("GIT_AUTHOR_EMAIL", email)
        .env("GIT_AUTHOR_DATE", when)
        .env("GIT_COMMITTER_NAME", "Committer")
        .env("GIT_COMMITTER_EMAIL", "ci@example.com")
        .env("GIT_COMMITTER_DATE", when)
        .output()
        .unwrap();
    assert!(output.status.success(), "git {args:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap().trim_end_matches('\n').to_owned()
}
