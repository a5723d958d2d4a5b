//! The data root as a past commit has it (`--at`), and what a change brought (`--since`), on real repositories built
//! with the `git` command.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a helper that cannot build its repository fails the test"
)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

const WHEN: &str = "2026-11-01T09:00:00+08:00";
const SETUP: &str = "schema = 1\ntimezone = \"Asia/Shanghai\"\n";
/// Two findings: the amount is not quantity times price, and the payment line cannot be read.
const WRONG: &str = "customer = \"hanse\"\ncurrency = \"USD\"\npayment = \"soon\"\n";
const RIGHT: &str = "customer = \"hanse\"\ncurrency = \"USD\"\n";

struct Repo {
    keep: tempfile::TempDir,
    dir: PathBuf,
}

impl Repo {
    fn new() -> Self {
        let keep = tempfile::tempdir().unwrap();
        let dir = keep.path().join("单证 repo");
        fs::create_dir(&dir).unwrap();
        let repo = Self { keep, dir };
        repo.git(&["init", "-q", "-b", "main"]);
        repo.write("gendan.toml", SETUP);
        repo.write("customers/hanse.toml", "name = \"Hanse Licht GmbH\"\ncountry = \"DE\"\n");
        repo
    }

    fn git(&self, args: &[&str]) -> String {
        git_in(&self.dir, args)
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.dir.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn commit(&self) -> String {
        self.git(&["add", "-A"]);
        self.git(&["commit", "-q", "--allow-empty", "-m", "change"]);
        self.git(&["rev-parse", "HEAD"])
    }

    fn run(&self, args: &[&str]) -> Output {
        gendan(&self.dir, args)
    }

    /// Exit code and the document of `check --format json`.
    fn json(&self, args: &[&str]) -> (i32, serde_json::Value) {
        let output = self.run(&[&["check", "--format", "json"], args].concat());
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        let json = serde_json::from_str(&text).unwrap_or_else(|e| panic!("{e}: {text}{said}"));
        (output.status.code().unwrap(), json)
    }

    fn refused(&self, args: &[&str]) -> String {
        let output = self.run(&[&["--lang", "both"], args].concat());
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(2), "{args:?}: {said}");
        said
    }
}

fn git_in(dir: &Path, args: &[&str]) -> String {
    let output = Command::new("git")
        .current_dir(dir)
        .args(args)
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_SYSTEM", "/dev/null")
        .envs([("GIT_AUTHOR_NAME", "林燕"), ("GIT_AUTHOR_EMAIL", "lin.yan@example.com")])
        .envs([("GIT_COMMITTER_NAME", "ci"), ("GIT_COMMITTER_EMAIL", "ci@example.com")])
        .envs([("GIT_AUTHOR_DATE", WHEN), ("GIT_COMMITTER_DATE", WHEN)])
        .output()
        .unwrap();
    assert!(output.status.success(), "git {args:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap().trim_end().to_owned()
}

fn gendan(here: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_gendan"))
        .current_dir(here)
        .env_remove("GENDAN_ROOT")
        .args(["--as-of", "2026-11-20"])
        .args(args)
        .output()
        .unwrap()
}

/// Every file of a folder with its bytes.
fn files(dir: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    walkdir::WalkDir::new(dir)
        .into_iter()
        .map(Result::unwrap)
        .filter(|entry| entry.file_type().is_file())
        .map(|e| (e.path().strip_prefix(dir).unwrap().to_owned(), fs::read(e.path()).unwrap()))
        .collect()
}

fn site(repo: &Path, out: &Path, more: &[&str]) -> BTreeMap<PathBuf, Vec<u8>> {
    let built = gendan(repo, &[&["build", "--out", out.to_str().unwrap()], more].concat());
    assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
    let found = files(out);
    assert!(found.len() > 20, "{}", found.len());
    found
}

fn same(one: &BTreeMap<PathBuf, Vec<u8>>, two: &BTreeMap<PathBuf, Vec<u8>>) {
    assert_eq!(one.keys().collect::<Vec<_>>(), two.keys().collect::<Vec<_>>());
    for (path, bytes) in one {
        assert!(two[path] == *bytes, "{} differs", path.display());
    }
}

fn rules(json: &serde_json::Value) -> Vec<String> {
    let name = |f: &serde_json::Value| f["rule"].as_str().unwrap().to_owned();
    json["findings"].as_array().unwrap().iter().map(name).collect()
}

#[test]
fn a_commit_gives_the_site_that_its_checkout_gives() {
    let repo = Repo::new();
    repo.write("orders/2026/A/order.toml", WRONG);
    repo.write("orders/2026/A/notes.md", "# 往来\n\n旧");
    repo.write(".mailmap", "Lin Yan <lin@example.com> 林燕 <lin.yan@example.com>\n");
    let old = repo.commit();
    repo.write("orders/2026/A/notes.md", "# 往来\n\n新");
    repo.write("orders/2026/B/order.toml", RIGHT);
    repo.write(".mailmap", "");
    repo.commit();
    let out = |name: &str| repo.keep.path().join(name);
    let now = site(&repo.dir, &out("now"), &[]);
    same(&now, &site(&repo.dir, &out("head"), &["--at", "HEAD"]));

    let copy = repo.keep.path().join("copy");
    git_in(repo.keep.path(), &["clone", "-q", repo.dir.to_str().unwrap(), "copy"]);
    git_in(&copy, &["checkout", "-q", "--detach", &old]);
    let then = site(&copy, &out("then"), &[]);
    assert_ne!(then, now);
    same(&then, &site(&repo.dir, &out("old"), &["--at", &old[..10]]));

    // Nothing of the work tree is read: neither broken files, nor notes, nor templates.
    repo.write("gendan.toml", "broken = [");
    repo.write("templates/order.html", "{{ broken");
    fs::remove_dir_all(repo.dir.join("orders")).unwrap();
    same(&now, &site(&repo.dir, &out("broken"), &["--at", "main"]));
    fs::remove_file(repo.dir.join("gendan.toml")).unwrap();
    same(&now, &site(&repo.dir, &out("empty"), &["--at", "main"]));
}

#[test]
fn bare_repositories_linked_work_trees_and_data_folders() {
    let repo = Repo::new();
    repo.write("data/gendan.toml", SETUP);
    repo.write("data/orders/2026/A/order.toml", WRONG);
    fs::remove_file(repo.dir.join("gendan.toml")).unwrap();
    repo.commit();
    repo.git(&["tag", "-a", "v1", "-m", "v1"]);
    repo.git(&["worktree", "add", "-q", "--detach", "../linked"]);
    git_in(repo.keep.path(), &["clone", "-q", "--bare", repo.dir.to_str().unwrap(), "bare.git"]);
    let read = |here: &Path, root: &str, rev: &str| {
        let args = ["check", "--no-cache", "--format", "json", "--root", root, "--at", rev];
        let output = gendan(here, &args);
        assert_ne!(output.status.code(), Some(2), "{}", String::from_utf8_lossy(&output.stderr));
        output.stdout
    };
    let wanted = read(&repo.dir, "data", "HEAD");
    assert!(String::from_utf8_lossy(&wanted).contains("payment-terms"));
    assert_eq!(read(&repo.dir, ".", "v1"), wanted);
    assert_eq!(read(repo.keep.path(), "bare.git", "main"), wanted);
    assert_eq!(read(repo.keep.path(), "linked/data", "HEAD"), wanted);
    assert_eq!(fs::read_dir(repo.keep.path().join("bare.git")).unwrap().count(), {
        git_in(repo.keep.path(), &["clone", "-q", "--bare", repo.dir.to_str().unwrap(), "other.git"]);
        fs::read_dir(repo.keep.path().join("other.git")).unwrap().count()
    });
}

#[test]
fn what_cannot_be_read_is_said_in_two_languages() {
    let repo = Repo::new();
    assert!(repo.refused(&["check", "--at", "HEAD"]).contains("commit"));
    repo.write("orders/2026/A/order.toml", RIGHT);
    repo.commit();
    repo.write("orders/2026/A/notes.md", "x");
    repo.commit();
    repo.git(&["tag", "tree", "HEAD^{tree}"]);
    repo.git(&["tag", "blob", "HEAD:gendan.toml"]);
    for command in [&["check"][..], &["build", "-o", "x"], &["doc", "A", "proforma"], &["export", "orders"]] {
        let said = repo.refused(&[command, &["--at", "nowhere"]].concat());
        assert!(said.contains("找不到版本 nowhere") && said.contains("no revision nowhere"), "{said}");
    }
    assert!(!repo.dir.join("x").exists());
    for rev in ["tree", "blob"] {
        assert!(repo.refused(&["check", "--at", rev]).contains("is no commit"));
        assert!(repo.refused(&["check", "--since", rev]).contains("is no commit"));
    }
    repo.git(&["clone", "-q", "--depth", "1", &format!("file://{}", repo.dir.display()), "../shallow"]);
    let shallow = Repo { keep: tempfile::tempdir().unwrap(), dir: repo.keep.path().join("shallow") };
    for option in ["--at", "--since"] {
        let said = shallow.refused(&["check", option, "HEAD~1"]);
        assert!(said.contains("git fetch --unshallow") && said.contains("浅克隆"), "{said}");
    }
    let alone = Repo { keep: tempfile::tempdir().unwrap(), dir: shallow.keep.path().to_owned() };
    alone.write("gendan.toml", SETUP);
    assert!(alone.refused(&["check", "--since", "HEAD"]).contains("in no git repository"));
    repo.git(&["checkout", "-q", "--orphan", "other"]);
    repo.commit();
    assert!(repo.refused(&["check", "--since", "main"]).contains("no common ancestor"));
}

#[cfg(unix)]
#[test]
fn odd_entries_of_a_tree_are_said_and_not_read() {
    use std::os::unix::ffi::OsStrExt;
    let repo = Repo::new();
    repo.write("orders/2026/A/order.toml", RIGHT);
    repo.write("orders/2026/A/big.toml", &"# x\n".repeat(5 << 18));
    let secret = repo.keep.path().join("secret.toml");
    fs::write(&secret, "customer = \"secret\"\n").unwrap();
    std::os::unix::fs::symlink(&secret, repo.dir.join("orders/2026/A/money.toml")).unwrap();
    std::os::unix::fs::symlink("order.toml", repo.dir.join("orders/2026/A/same.toml")).unwrap();
    let odd = std::ffi::OsStr::from_bytes(b"orders/2026/A/\xb6\xa9\xb5\xa5.toml");
    fs::write(repo.dir.join(odd), "").unwrap();
    repo.write("orders/2026/A/\u{1b}[31m.pdf", "x");
    let commit = repo.commit();
    repo.git(&["update-index", "--chmod=+x", "orders/2026/A/order.toml"]);
    repo.git(&["update-index", "--add", "--cacheinfo", &format!("160000,{commit},orders/2026/S")]);
    repo.git(&["commit", "-q", "-m", "submodule"]);
    let (code, json) = repo.json(&["--at", "HEAD"]);
    assert_eq!(code, 1);
    let said = json.to_string();
    let found = rules(&json);
    assert_eq!(found.iter().filter(|r| *r == "file-symlink").count(), 3, "{found:?}");
    assert_eq!(found.iter().filter(|r| *r == "file-too-large").count(), 1, "{found:?}");
    assert_eq!(found.iter().filter(|r| *r == "file-unreadable").count(), 1, "{found:?}");
    assert!(said.contains("leads out of the data root") && said.contains("is a submodule"), "{said}");
    assert!(!said.contains("secret\""), "{said}");

    // But for the submodule, whose folder is empty here, the disk says the same.
    let (_, disk) = repo.json(&[]);
    let titles = |json: &serde_json::Value| -> Vec<String> {
        let all = json["findings"].as_array().unwrap().iter();
        all.map(|f| f["title"]["en"].to_string()).filter(|t| !t.contains("submodule")).collect()
    };
    assert_eq!(titles(&json), titles(&disk));

    // A file that became a folder.
    fs::remove_file(repo.dir.join("orders/2026/A/order.toml")).unwrap();
    repo.write("orders/2026/A/order.toml/x.txt", "x");
    repo.commit();
    let (_, json) = repo.json(&["--at", "HEAD", "--since", "HEAD~1"]);
    assert!(json.to_string().contains("order.toml is not a file"), "{json}");
}

#[test]
fn only_what_the_change_brought_counts() {
    let repo = Repo::new();
    repo.write("orders/2026/A/order.toml", WRONG);
    repo.commit();
    // Nothing changed: everything was there before.
    let (code, json) = repo.json(&["--since", "HEAD"]);
    let all = rules(&json).len();
    assert_eq!(
        (code, json["since"]["new"].as_u64(), json["since"]["known"].as_u64()),
        (0, Some(0), Some(all as u64))
    );
    assert_eq!(repo.run(&["check"]).status.code(), Some(1));
    let printed = repo.run(&["check", "--since", "HEAD", "--format", "short"]);
    assert_eq!(String::from_utf8_lossy(&printed.stdout), "");
    assert!(String::from_utf8_lossy(&printed.stderr).contains(&format!("原有 {all}")));

    // Lines above, and a move to another year, keep what was known.
    repo.write("orders/2026/A/order.toml", &format!("# a\n# b\n\n{WRONG}"));
    let (code, json) = repo.json(&["--since", "HEAD"]);
    assert_eq!((code, json["since"]["new"].as_u64()), (0, Some(0)), "{json}");
    repo.git(&["mv", "orders/2026", "orders/2025"]);
    let (code, json) = repo.json(&["--since", "HEAD"]);
    assert_eq!((code, json["since"]["new"].as_u64()), (0, Some(0)), "{json}");
    repo.git(&["reset", "-q", "--hard"]);

    // Uncommitted is new.
    repo.write("orders/2026/B/order.toml", WRONG);
    let (code, json) = repo.json(&["--since", "HEAD"]);
    assert_eq!(code, 1);
    assert!(json["since"]["new"].as_u64() > Some(0));
    for finding in json["findings"].as_array().unwrap() {
        assert_eq!(finding["known"].as_bool().unwrap_or(false), finding["order"] != "B", "{finding}");
    }
    fs::remove_dir_all(repo.dir.join("orders/2026/B")).unwrap();

    // Resolved ones are listed for programs.
    repo.write("orders/2026/A/order.toml", RIGHT);
    let (_, json) = repo.json(&["--since", "HEAD"]);
    let gone = json["since"]["resolved"].as_array().unwrap();
    let gone = gone.iter().find(|f| f["rule"] == "payment-terms").unwrap();
    assert_eq!(gone["order"], "A");
    assert_eq!(gone["fingerprint"].as_str().unwrap().len(), 32);
}

#[test]
fn the_base_is_the_common_ancestor() {
    let repo = Repo::new();
    repo.write("orders/2026/A/order.toml", RIGHT);
    let base = repo.commit();
    repo.git(&["checkout", "-q", "-b", "work"]);
    repo.write("orders/2026/B/order.toml", RIGHT);
    repo.commit();
    repo.git(&["checkout", "-q", "main"]);
    repo.write("orders/2026/C/order.toml", WRONG);
    repo.commit();
    repo.git(&["checkout", "-q", "work"]);
    let (_, json) = repo.json(&["--since", "main"]);
    assert_eq!(json["since"]["base"], base.as_str());
    assert_eq!(json["since"]["rev"], "main");
    // What main broke meanwhile is not resolved by this branch.
    assert_eq!(json["since"]["resolved"].as_array().unwrap().len(), 0, "{json}");
    // Without the data root at the base everything is new.
    repo.git(&["checkout", "-q", "--orphan", "fresh"]);
    repo.git(&["rm", "-rqf", "."]);
    repo.write("README.md", "x");
    let first = repo.commit();
    repo.write("gendan.toml", SETUP);
    repo.write("orders/2026/A/order.toml", WRONG);
    let (code, json) = repo.json(&["--since", "HEAD"]);
    assert_eq!((code, json["since"]["known"].as_u64()), (1, Some(0)));
    assert_eq!(json["since"]["base"], first.as_str());
}
