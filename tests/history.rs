//! History read from real repositories, built with the `git` command at fixed times and compared with what
//! `git log` says about them.
#![expect(clippy::unwrap_used, reason = "a helper that cannot build its repository fails the test")]

use std::collections::BTreeSet;
use std::fs;
use std::process::Command;

use gendan::history::{History, State, read};

#[path = "support/repo.rs"]
mod repo;

use repo::{BOSS, LIN, Repo, ZHOU, git_in};

fn names(history: &History, order: &str) -> Vec<String> {
    history.orders[order].people.iter().map(|person| person.name.clone()).collect()
}

/// The order's commits, first and last are those that `git log` lists for its folders.
fn agrees(repo: &Repo, order: &str, paths: &[&str]) {
    let history = read(repo.path());
    let recorded = &history.orders[order];
    let log = repo.log(paths);
    assert_eq!(recorded.commits as usize, log.len(), "{order}");
    assert_eq!(recorded.last.commit, log[0], "{order}");
    assert_eq!(recorded.first.commit, log[log.len() - 1], "{order}");
}

#[test]
fn every_commit_that_touches_the_folder_counts() {
    let repo = Repo::new();
    repo.write("orders/2026/A/order.toml", "po = 1");
    repo.write("orders/2026/B/order.toml", "po = 2");
    repo.commit(LIN, "2026-03-01T23:30:00+08:00");
    repo.write("orders/2026/A/files/scan.pdf", "scan");
    repo.commit(ZHOU, "2026-03-02T09:00:00+08:00");
    repo.write("README.md", "not an order");
    repo.commit(BOSS, "2026-03-03T09:00:00+08:00");
    repo.write("orders/2026/A/money.toml", "x = 1");
    repo.write("orders/2026/A/notes.md", "## x");
    repo.commit(LIN, "2026-03-04T00:10:00+08:00");

    let history = read(repo.path());
    assert_eq!(history.state, State::Complete);
    agrees(&repo, "A", &["orders/2026/A"]);
    agrees(&repo, "B", &["orders/2026/B"]);
    assert_eq!(history.events, repo.log_events("orders"));
    assert_eq!(history.events, 5);
    assert_eq!(names(&history, "A"), ["林燕", "Zhou Min"]);
    assert_eq!(history.orders.keys().collect::<Vec<_>>(), ["A", "B"]);
    assert!(history.uncommitted.is_empty());
}

#[test]
fn dates_are_those_of_the_authors_calendar() {
    let repo = Repo::new();
    repo.write("orders/A/order.toml", "");
    // Half past midnight in Ningbo, still the day before in UTC.
    let id = repo.commit(LIN, "2026-03-02T00:30:00+08:00");
    let history = read(repo.path());
    assert_eq!(history.orders["A"].first.date.to_string(), "2026-03-02");
    let head = history.head.unwrap();
    assert_eq!((head.id.as_str(), head.short.as_str()), (id.as_str(), &id[..10]));
    assert_eq!(
        (head.date.to_string(), head.committed.to_string()),
        ("2026-03-02".into(), "2026-03-02".into())
    );
}

#[test]
fn a_moved_order_keeps_its_history() {
    let repo = Repo::new();
    repo.write("orders/2026/A/order.toml", "same");
    repo.commit(LIN, "2026-03-01T09:00:00+08:00");
    fs::create_dir_all(repo.dir.join("orders/2026/03")).unwrap();
    repo.git(&["mv", "orders/2026/A", "orders/2026/03/A"]);
    repo.commit(ZHOU, "2026-03-02T09:00:00+08:00");
    repo.write("orders/2026/03/A/order.toml", "changed");
    repo.commit(LIN, "2026-03-03T09:00:00+08:00");
    agrees(&repo, "A", &["orders/2026/A", "orders/2026/03/A"]);
    let history = read(repo.path());
    assert_eq!(history.orders["A"].commits, 3);
    assert!(!history.orders["A"].deleted);
    assert_eq!(history.events, repo.log_events("orders"));
}

#[test]
fn a_deleted_order_stays_and_says_so() {
    let repo = Repo::new();
    repo.write("orders/A/order.toml", "");
    repo.write("orders/B/order.toml", "");
    repo.commit(LIN, "2026-03-01T09:00:00+08:00");
    fs::remove_dir_all(repo.dir.join("orders/A")).unwrap();
    let gone = repo.commit(ZHOU, "2026-03-02T09:00:00+08:00");
    let history = read(repo.path());
    assert!(history.orders["A"].deleted && !history.orders["B"].deleted);
    assert_eq!(history.orders["A"].last.commit, gone);
    agrees(&repo, "A", &["orders/A"]);
}

#[test]
fn the_recorder_of_a_merge_is_who_wrote_the_branch() {
    let repo = Repo::new();
    repo.write("orders/A/order.toml", "1");
    repo.write("orders/B/order.toml", "1");
    repo.commit(BOSS, "2026-03-01T09:00:00+08:00");
    repo.git(&["switch", "-q", "-c", "docs"]);
    repo.write("orders/A/docs.toml", "1");
    repo.commit(ZHOU, "2026-03-02T09:00:00+08:00");
    repo.write("orders/A/docs.toml", "2");
    repo.commit(LIN, "2026-03-03T09:00:00+08:00");
    repo.write("orders/B/docs.toml", "2");
    repo.commit(ZHOU, "2026-03-04T09:00:00+08:00");
    repo.git(&["switch", "-q", "main"]);
    let merge = repo.merge(&["docs"], BOSS, "2026-03-05T09:00:00+08:00");

    let history = read(repo.path());
    let a = &history.orders["A"];
    assert_eq!(a.commits, 2, "the merge is one commit on the common line");
    assert_eq!((a.last.commit.as_str(), a.last.person.name.as_str()), (merge.as_str(), "林燕"));
    assert_eq!(names(&history, "A"), ["Chen Hao", "Zhou Min", "林燕"]);
    assert_eq!(names(&history, "B"), ["Chen Hao", "Zhou Min"]);
    agrees(&repo, "A", &["orders/A"]);
    assert_eq!(history.events, repo.log_events("orders"));
}

#[test]
fn a_branch_that_took_in_main_does_not_claim_mains_work() {
    let repo = Repo::new();
    repo.write("orders/A/order.toml", "1");
    repo.commit(BOSS, "2026-03-01T09:00:00+08:00");
    repo.git(&["switch", "-q", "-c", "side"]);
    repo.write("orders/B/order.toml", "1");
    repo.commit(ZHOU, "2026-03-02T09:00:00+08:00");
    repo.git(&["switch", "-q", "main"]);
    repo.write("orders/A/order.toml", "2");
    repo.commit(LIN, "2026-03-03T09:00:00+08:00");
    repo.git(&["switch", "-q", "side"]);
    repo.merge(&["main"], ZHOU, "2026-03-04T09:00:00+08:00");
    repo.git(&["switch", "-q", "main"]);
    repo.merge(&["side"], BOSS, "2026-03-05T09:00:00+08:00");
    let history = read(repo.path());
    assert_eq!(names(&history, "A"), ["Chen Hao", "林燕"]);
    assert_eq!(names(&history, "B"), ["Zhou Min"]);
    agrees(&repo, "A", &["orders/A"]);
    agrees(&repo, "B", &["orders/B"]);
}

#[test]
fn an_octopus_has_the_people_of_all_its_arms() {
    let repo = Repo::new();
    repo.write("orders/A/order.toml", "1");
    repo.commit(BOSS, "2026-03-01T09:00:00+08:00");
    for (branch, who, file) in [("x", LIN, "x.toml"), ("y", ZHOU, "y.toml")] {
        repo.git(&["switch", "-q", "-c", branch, "main"]);
        repo.write(&format!("orders/A/{file}"), "1");
        repo.commit(who, "2026-03-02T09:00:00+08:00");
    }
    repo.git(&["switch", "-q", "main"]);
    repo.merge(&["x", "y"], BOSS, "2026-03-05T09:00:00+08:00");
    let history = read(repo.path());
    let people: BTreeSet<_> = names(&history, "A").into_iter().collect();
    assert_eq!(people, ["Chen Hao", "Zhou Min", "林燕"].map(ToOwned::to_owned).into());
    agrees(&repo, "A", &["orders/A"]);
}

#[test]
fn what_only_the_resolution_changed_is_the_mergers() {
    let repo = Repo::new();
    repo.write("orders/A/order.toml", "1");
    repo.commit(LIN, "2026-03-01T09:00:00+08:00");
    repo.git(&["switch", "-q", "-c", "side"]);
    repo.write("README.md", "1");
    repo.commit(ZHOU, "2026-03-02T09:00:00+08:00");
    repo.git(&["switch", "-q", "main"]);
    repo.git(&["merge", "-q", "--no-ff", "--no-commit", "side"]);
    repo.write("orders/A/order.toml", "2");
    repo.commit(BOSS, "2026-03-05T09:00:00+08:00");
    let history = read(repo.path());
    assert_eq!(history.orders["A"].last.person.name, "Chen Hao");
    assert_eq!(names(&history, "A"), ["林燕", "Chen Hao"]);
}

#[test]
fn mailmap_joins_the_identities_of_one_person() {
    let repo = Repo::new();
    repo.write("orders/A/order.toml", "1");
    repo.commit("ly <ly@laptop.local>", "2026-03-01T09:00:00+08:00");
    repo.write("orders/A/order.toml", "2");
    repo.commit(LIN, "2026-03-02T09:00:00+08:00");
    assert_eq!(read(repo.path()).orders["A"].people.len(), 2);
    repo.write(".mailmap", "林燕 <lin.yan@example.com> <ly@laptop.local>\n");
    let history = read(repo.path());
    assert_eq!(names(&history, "A"), ["林燕"]);
    assert_eq!(history.orders["A"].first.person.email, "lin.yan@example.com");
}

#[test]
fn a_data_root_below_the_top_has_only_its_own_orders() {
    let repo = Repo::new();
    repo.write("trade/数据/orders/2026/单-A/order.toml", "1");
    repo.write("other/orders/X/order.toml", "1");
    repo.write("orders/Y/order.toml", "1");
    repo.commit(LIN, "2026-03-01T09:00:00+08:00");
    repo.write("trade/数据/orders/2026/单-A/订单.toml", "1");
    let history = read(&repo.dir.join("trade/数据"));
    assert_eq!(history.state, State::Complete);
    assert_eq!(history.orders.keys().collect::<Vec<_>>(), ["单-A"]);
    assert!(history.is_uncommitted("单-A"));
    assert_eq!(history.events, repo.log_events("trade/数据/orders"));
}

#[test]
fn a_folder_without_toml_is_no_order_and_a_stray_file_swallows_none() {
    let repo = Repo::new();
    repo.write("orders/2026/A/notes.md", "first");
    repo.commit(LIN, "2026-03-01T09:00:00+08:00");
    repo.write("orders/2026/A/order.toml", "1");
    repo.write("orders/2026/stray.toml", "1");
    repo.write("orders/top.toml", "1");
    repo.write("orders/2026/empty/notes.md", "1");
    repo.commit(LIN, "2026-03-02T09:00:00+08:00");
    let history = read(repo.path());
    agrees(&repo, "A", &["orders/2026/A"]);
    assert_eq!(history.orders["A"].commits, 2, "the notes came first");
    assert_eq!(history.orders.keys().collect::<Vec<_>>(), ["2026", "A"]);
}

#[test]
fn a_file_that_becomes_a_folder_is_compared_entry_by_entry() {
    let repo = Repo::new();
    for path in ["orders/A/x", "orders/A/x.toml", "orders/A/x-1", "orders/A/order.toml", "orders/A/y/deep"] {
        repo.write(path, "1");
    }
    repo.commit(LIN, "2026-03-01T09:00:00+08:00");
    fs::remove_file(repo.dir.join("orders/A/x")).unwrap();
    fs::remove_dir_all(repo.dir.join("orders/A/y")).unwrap();
    repo.write("orders/A/x/inner.pdf", "1");
    repo.write("orders/A/y", "1");
    repo.commit(LIN, "2026-03-02T09:00:00+08:00");
    assert_eq!(read(repo.path()).events, repo.log_events("orders"));
    agrees(&repo, "A", &["orders/A"]);
}

#[test]
fn whatever_differs_from_head_is_uncommitted() {
    let repo = Repo::new();
    for order in ["CLEAN", "EDITED", "SAMESIZE", "STAGED", "REMOVED", "UNSTAGED", "MODE"] {
        repo.write(&format!("orders/{order}/order.toml"), "po = 1\n");
    }
    repo.write(".gitignore", "*.tmp\n");
    repo.commit(LIN, "2026-03-01T09:00:00+08:00");
    repo.write("orders/CLEAN/scratch.tmp", "ignored");
    repo.write("orders/EDITED/order.toml", "po = 12\n");
    repo.write("orders/SAMESIZE/order.toml", "po = 9\n");
    repo.write("orders/STAGED/docs.toml", "");
    repo.git(&["add", "orders/STAGED/docs.toml"]);
    fs::remove_file(repo.dir.join("orders/REMOVED/order.toml")).unwrap();
    repo.git(&["rm", "-q", "--cached", "orders/UNSTAGED/order.toml"]);
    repo.git(&["update-index", "--chmod=+x", "orders/MODE/order.toml"]);
    repo.write("orders/2027/NEW/order.toml", "");
    repo.write("orders/2027/NEW/files/a.pdf", "");
    let objects = repo.git(&["count-objects"]);
    let history = read(repo.path());
    let expected = ["EDITED", "MODE", "NEW", "REMOVED", "SAMESIZE", "STAGED", "UNSTAGED"];
    assert_eq!(history.uncommitted.iter().collect::<Vec<_>>(), expected);
    assert!(history.orders["EDITED"].uncommitted && !history.orders["CLEAN"].uncommitted);
    assert!(!history.orders.contains_key("NEW"), "never committed: no event is made up");
    assert_eq!(repo.git(&["count-objects"]), objects, "reading writes nothing");
}

#[test]
fn touching_a_file_or_its_line_endings_changes_nothing() {
    let repo = Repo::new();
    repo.write(".gitattributes", "*.toml text eol=crlf\n");
    repo.write("orders/A/order.toml", "po = 1\r\n");
    repo.commit(LIN, "2026-03-01T09:00:00+08:00");
    repo.write("orders/A/order.toml", "po = 1\r\n");
    assert!(read(repo.path()).uncommitted.is_empty());
}

#[test]
fn an_unfinished_merge_is_uncommitted() {
    let repo = Repo::new();
    repo.write("orders/A/order.toml", "1");
    repo.write("orders/B/order.toml", "1");
    repo.commit(LIN, "2026-03-01T09:00:00+08:00");
    repo.git(&["switch", "-q", "-c", "side"]);
    repo.write("orders/A/order.toml", "2");
    repo.commit(ZHOU, "2026-03-02T09:00:00+08:00");
    repo.git(&["switch", "-q", "main"]);
    repo.write("orders/A/order.toml", "3");
    repo.commit(LIN, "2026-03-03T09:00:00+08:00");
    let conflict = "merge -q side && exit 1 || exit 0";
    repo.git(&["-c", &format!("alias.try=!git {conflict}"), "try"]);
    let history = read(repo.path());
    assert_eq!(history.uncommitted.iter().collect::<Vec<_>>(), ["A"]);
    assert_eq!(history.state, State::Complete);
}

#[test]
fn a_shallow_clone_accuses_nobody() {
    let repo = Repo::new();
    repo.write("orders/A/order.toml", "1");
    repo.commit(LIN, "2026-03-01T09:00:00+08:00");
    repo.write("orders/A/order.toml", "2");
    let head = repo.commit(ZHOU, "2026-03-02T09:00:00+08:00");
    let clone = tempfile::tempdir().unwrap();
    let url = format!("file://{}", repo.dir.display());
    let shallow = clone.path().join("shallow");
    let target = shallow.display().to_string();
    repo.git(&["clone", "-q", "--depth", "1", &url, &target]);
    let history = read(&shallow);
    assert_eq!(history.state, State::Shallow);
    assert!(history.orders.is_empty());
    assert_eq!(history.head.unwrap().id, head);

    let linked = clone.path().join("linked");
    git_in(&shallow, &["worktree", "add", "-q", &linked.display().to_string()], LIN, "2026-03-03T00:00:00Z");
    assert_eq!(read(&linked).state, State::Shallow, "the mark lies in the common folder");
}

#[test]
fn linked_work_trees_and_a_detached_head_are_read() {
    let repo = Repo::new();
    repo.write("orders/A/order.toml", "1");
    let first = repo.commit(LIN, "2026-03-01T09:00:00+08:00");
    repo.write("orders/B/order.toml", "2");
    repo.commit(ZHOU, "2026-03-02T09:00:00+08:00");
    let other = tempfile::tempdir().unwrap();
    let linked = other.path().join("linked");
    repo.git(&["worktree", "add", "-q", "--detach", &linked.display().to_string(), &first]);
    let history = read(&linked);
    assert_eq!(history.state, State::Complete);
    assert_eq!(history.head.as_ref().unwrap().id, first);
    assert_eq!(history.orders.keys().collect::<Vec<_>>(), ["A"]);
    assert!(history.uncommitted.is_empty());
}

#[test]
fn a_submodule_is_a_repository_of_its_own() {
    let inner = Repo::new();
    inner.write("orders/A/order.toml", "1");
    let id = inner.commit(LIN, "2026-03-01T09:00:00+08:00");
    let outer = Repo::new();
    let url = format!("file://{}", inner.dir.display());
    outer.git(&["-c", "protocol.file.allow=always", "submodule", "add", "-q", &url, "data"]);
    outer.commit(BOSS, "2026-03-02T09:00:00+08:00");
    let history = read(&outer.dir.join("data"));
    assert_eq!(history.state, State::Complete);
    assert_eq!(history.orders["A"].first.commit, id);
}

#[test]
fn odd_places_are_states() {
    let plain = tempfile::tempdir().unwrap();
    assert_eq!(read(plain.path()).state, State::NoRepository);
    assert!(matches!(read(&plain.path().join("missing")).state, State::Unreadable(_)));

    let bare = plain.path().join("bare.git");
    git_in(plain.path(), &["init", "-q", "--bare", "bare.git"], LIN, "2026-03-01T00:00:00Z");
    assert_eq!(read(&bare).state, State::NoRepository);

    let repo = Repo::new();
    repo.write("data/orders/A/order.toml", "1");
    let unborn = read(&repo.dir.join("data"));
    assert_eq!((&unborn.state, unborn.head.is_none()), (&State::Unborn, true));
    assert!(unborn.is_uncommitted("A"));
    assert_eq!(read(&repo.dir.join(".git")).state, State::NoRepository);

    repo.write(".gitignore", "/data\n");
    repo.commit(LIN, "2026-03-01T09:00:00+08:00");
    let outside = read(&repo.dir.join("data"));
    assert_eq!(outside.state, State::OutsideData);
    assert!(outside.head.is_some() && outside.orders.is_empty());

    fs::write(repo.dir.join(".git/HEAD"), "garbage").unwrap();
    assert!(matches!(read(repo.path()).state, State::Unreadable(_)));
}

#[test]
fn an_empty_root_is_complete_and_empty() {
    let repo = Repo::new();
    repo.write("gendan.toml", "schema = 1");
    repo.commit(LIN, "2026-03-01T09:00:00+08:00");
    let history = read(repo.path());
    assert_eq!((history.state, history.orders.len(), history.events), (State::Complete, 0, 0));
}

#[test]
fn sha256_and_damaged_repositories_are_said_not_crashed() {
    let plain = tempfile::tempdir().unwrap();
    git_in(plain.path(), &["init", "-q", "--object-format=sha256", "x"], LIN, "2026-03-01T00:00:00Z");
    assert!(matches!(read(&plain.path().join("x")).state, State::Unreadable(why) if !why.is_empty()));

    let repo = Repo::new();
    repo.write("orders/A/order.toml", "1");
    repo.commit(LIN, "2026-03-01T09:00:00+08:00");
    repo.write("orders/A/order.toml", "2");
    repo.commit(LIN, "2026-03-02T09:00:00+08:00");
    let tree = repo.git(&["rev-parse", "HEAD~1:orders/A"]);
    let object = repo.dir.join(".git/objects").join(&tree[..2]).join(&tree[2..]);
    fs::remove_file(&object).unwrap();
    let history = read(repo.path());
    assert!(matches!(history.state, State::Unreadable(_)), "{:?}", history.state);
    assert!(history.orders.is_empty() && history.head.is_some());
}

/// Prints how the walk compares with git's own; run with `--ignored --nocapture`.
#[test]
#[ignore = "a measurement: prints times and asserts only that both count the same"]
fn speed_against_git_log() {
    let repo = Repo::new();
    let mut stream = String::new();
    for n in 0..5_000 {
        let order = n % 2_500;
        let path = format!("orders/2026/{:02}/GD26-{order:04}/order.toml", order % 12 + 1);
        stream += &format!(
            "commit refs/heads/main\ncommitter C <c@e> {} +0800\ndata 1\nx\nM 644 inline {path}\ndata {}\n{n}\n",
            1_770_000_000 + n * 60,
            n.to_string().len(),
        );
    }
    let import = repo.dir.join("stream");
    fs::write(&import, stream).unwrap();
    let status = Command::new("git")
        .current_dir(&repo.dir)
        .args(["fast-import", "--quiet"])
        .stdin(fs::File::open(&import).unwrap())
        .status()
        .unwrap();
    assert!(status.success());
    repo.git(&["reset", "-q", "--hard"]);
    let timed = |name: &str, work: &dyn Fn() -> u64| {
        #[expect(clippy::disallowed_methods, reason = "a measurement")]
        let start = std::time::Instant::now();
        let events = work();
        println!("{name}: {:?} for {events} events", start.elapsed());
        events
    };
    let git = timed("git log", &|| repo.log_events("orders"));
    let ours = timed("history::read", &|| read(repo.path()).events);
    assert_eq!(git, ours);
}
