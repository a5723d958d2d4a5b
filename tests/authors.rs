//! Who wrote each line, and what became of each order: compared with `git blame` on real repositories, and read
//! again from what an earlier run kept.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a helper that cannot build its repository fails the test"
)]

#[path = "support/repo.rs"]
mod repo;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use gendan::history::{Author, History, Reading, State, What, read, read_with};
use repo::{BOSS, LIN, Repo, ZHOU, git_in};

const KEPT: Reading = Reading { lines: true, cache: true };

/// For each line of a file in `HEAD`: commit and author's e-mail, as git blames it.
fn blame(repo: &Repo, file: &str, more: &[&str]) -> Vec<(String, String)> {
    let args = [&["blame", "--line-porcelain"][..], more, &["HEAD", "--", file]].concat();
    let text = repo.git(&args);
    let mut lines = Vec::new();
    let (mut commit, mut mail) = (String::new(), String::new());
    let mut begins = true;
    for line in text.lines() {
        if begins {
            commit = line.split(' ').next().unwrap().to_owned();
            begins = false;
        } else if let Some(address) = line.strip_prefix("author-mail <") {
            mail = address.trim_end_matches('>').to_owned();
        } else if line.starts_with('\t') {
            lines.push((commit.clone(), mail.clone()));
            begins = true;
        }
    }
    lines
}

/// The same, as gendan says it.
fn ours(history: &History, file: &str) -> Vec<(String, String)> {
    let lines = history.lines.get(file).unwrap_or_else(|| panic!("no lines of {file}")).count();
    let known = |at: usize| match history.author(file, at + 1) {
        Author::Known(event) => (event.commit.clone(), event.person.email.clone()),
        other => panic!("{file}:{}: {other:?}", at + 1),
    };
    (0..lines).map(known).collect()
}

/// Every TOML file of `HEAD` is written by whom git says.
fn agrees(repo: &Repo, more: &[&str]) -> usize {
    let history = read(repo.path());
    assert_eq!(history.state, State::Complete);
    let files = repo.git(&["ls-tree", "-r", "--name-only", "HEAD", "orders"]);
    let mut lines = 0;
    for file in files.lines().filter(|file| file.ends_with(".toml")) {
        let (theirs, ours) = (blame(repo, file, more), ours(&history, file));
        assert_eq!(
            ours,
            theirs,
            "{file}\n{}",
            repo.git(&[
                "log",
                "--graph",
                "--oneline",
                "--format=%h %p",
                "-p",
                "-m",
                "-U1",
                "--",
                &format!("orders/**/{}", file.split('/').skip(2).collect::<Vec<_>>().join("/"))
            ])
        );
        lines += theirs.len();
    }
    lines
}

const ORDER: &str = "customer = \"a\"\npo = \"1\"\n\n[plan]\nproduced = 2026-10-25\nshipped = 2026-11-06\n";

#[test]
fn a_line_belongs_to_the_commit_that_wrote_it() {
    let repo = Repo::new();
    repo.write("orders/A/order.toml", ORDER);
    let first = repo.commit(LIN, "2026-09-03T09:00:00+08:00");
    repo.write("orders/A/order.toml", &format!("{ORDER}\n[actual]\nmaterials = 2026-09-26\n"));
    let second = repo.commit(ZHOU, "2026-09-28T09:00:00+08:00");
    repo.write("orders/A/order.toml", &format!("# note\n{ORDER}\n[actual]\nmaterials = 2026-09-26\n"));
    repo.commit(BOSS, "2026-09-29T09:00:00+08:00");
    let history = read(repo.path());
    let file = "orders/A/order.toml";
    assert!(matches!(history.author(file, 2), Author::Known(event) if event.commit == first));
    let Author::Known(event) = history.author(file, 10) else { panic!("the new line") };
    assert_eq!((event.commit.as_str(), event.date.to_string().as_str()), (second.as_str(), "2026-09-28"));
    assert_eq!(history.author(file, 11), Author::Unknown, "there is no such line");
    assert_eq!(history.author(file, 0), Author::Unknown);
    assert_eq!(agrees(&repo, &[]), 10);
}

#[test]
fn a_merged_line_is_its_writers_and_names_the_request() {
    let repo = Repo::new();
    repo.write("orders/A/order.toml", ORDER);
    repo.commit(BOSS, "2026-09-01T09:00:00+08:00");
    repo.git(&["switch", "-q", "-c", "docs"]);
    repo.write("orders/A/docs.toml", "[bl]\nnumber = \"X\"\n");
    repo.commit(ZHOU, "2026-09-02T09:00:00+08:00");
    repo.write("orders/A/docs.toml", "[bl]\nnumber = \"X\"\non_board = 2026-11-07\n");
    let wrote = repo.commit(LIN, "2026-09-03T09:00:00+08:00");
    repo.git(&["switch", "-q", "main"]);
    let merge =
        repo.merge_as(&["docs"], "Merge pull request #291 from docs", BOSS, "2026-09-05T09:00:00+08:00");
    agrees(&repo, &[]);
    let history = read(repo.path());
    let Author::Known(event) = history.author("orders/A/docs.toml", 3) else { panic!("known") };
    assert_eq!(event.commit, wrote);
    assert_eq!(event.number.as_deref(), Some("#291"));
    assert_eq!((event.person.name.as_str(), event.date.to_string().as_str()), ("林燕", "2026-09-03"));
    let step = history.trail("A").unwrap().steps.pop().unwrap().event.unwrap();
    assert_eq!((step.commit.as_str(), step.person.name.as_str()), (merge.as_str(), "林燕"));
    assert_eq!(step.date.to_string(), "2026-09-05", "a step is when it reached the common line");
}

#[test]
fn a_conflicts_resolution_is_the_mergers_line_alone() {
    let repo = Repo::new();
    repo.write("orders/A/order.toml", "a = 1\nb = 1\nc = 1\n");
    repo.commit(BOSS, "2026-09-01T09:00:00+08:00");
    repo.git(&["switch", "-q", "-c", "side"]);
    repo.write("orders/A/order.toml", "a = 1\nb = 2\nc = 1\nd = 1\n");
    repo.commit(ZHOU, "2026-09-02T09:00:00+08:00");
    repo.git(&["switch", "-q", "main"]);
    repo.write("orders/A/order.toml", "a = 1\nb = 3\nc = 1\n");
    repo.commit(LIN, "2026-09-03T09:00:00+08:00");
    repo.git(&["merge", "-q", "--no-ff", "--no-commit", "-X", "ours", "side"]);
    repo.write("orders/A/order.toml", "a = 1\nb = 4\nc = 1\nd = 1\n");
    repo.commit(BOSS, "2026-09-05T09:00:00+08:00");
    agrees(&repo, &[]);
}

#[test]
fn a_move_to_another_folder_is_nobodys_work() {
    let repo = Repo::new();
    repo.write("orders/2026/A/order.toml", ORDER);
    repo.write("orders/2026/A/money.toml", "[[received]]\ndate = 2026-09-11\n");
    repo.commit(LIN, "2026-09-01T09:00:00+08:00");
    fs::create_dir_all(repo.dir.join("orders/2026/09")).unwrap();
    repo.git(&["mv", "orders/2026/A", "orders/2026/09/A"]);
    repo.commit(BOSS, "2026-09-02T09:00:00+08:00");
    agrees(&repo, &[]);
    // Renamed to another ID: the same text.
    repo.git(&["mv", "orders/2026/09/A", "orders/2026/09/B"]);
    repo.commit(BOSS, "2026-09-03T09:00:00+08:00");
    agrees(&repo, &[]);
}

#[test]
fn bulk_commits_that_the_repository_names_are_seen_through() {
    let repo = Repo::new();
    repo.write("orders/A/order.toml", "po = 1\ncustomer = \"a\"\n[plan]\nshipped = 2026-11-06\n");
    repo.commit(LIN, "2026-09-01T09:00:00+08:00");
    repo.write(
        "orders/A/order.toml",
        "po = 1\ncustomer = \"a\"\n[plan]\nshipped = 2026-11-06\nproduced = 2026-10-25\n",
    );
    repo.commit(ZHOU, "2026-09-02T09:00:00+08:00");
    repo.write(
        "orders/A/order.toml",
        "po       = 1\ncustomer = \"a\"\n\n[plan]\nshipped  = 2026-11-06\nproduced = 2026-10-25\n",
    );
    let bulk = repo.commit(BOSS, "2026-09-03T09:00:00+08:00");
    let of = |line| match read(repo.path()).author("orders/A/order.toml", line) {
        Author::Known(event) => event.person.name.clone(),
        other => format!("{other:?}"),
    };
    assert_eq!((of(1), of(5), of(6)), ("Chen Hao".into(), "Chen Hao".into(), "Zhou Min".into()));
    repo.write(
        ".git-blame-ignore-revs",
        &format!("# 统一格式 / reformatted\n{bulk}  # fmt\nnonsense\n{}\n", "0".repeat(40)),
    );
    assert_eq!((of(1), of(5), of(6)), ("林燕".into(), "林燕".into(), "Zhou Min".into()));
    assert_eq!(of(3), "Chen Hao", "an empty line that was not there before is still the bulk commit's");
    repo.write("ignore", &format!("{bulk}\n"));
    agrees_on_people(&repo, &["--ignore-revs-file", "ignore"]);

    // The same on a branch.
    fs::remove_file(repo.dir.join("ignore")).unwrap();
    repo.git(&["switch", "-q", "-c", "fmt"]);
    repo.write(
        "orders/A/order.toml",
        "po = 1\ncustomer = \"a\"\n\n[plan]\nshipped = 2026-11-06\nproduced = 2026-10-25\n",
    );
    let second = repo.commit(BOSS, "2026-09-04T09:00:00+08:00");
    repo.git(&["switch", "-q", "main"]);
    repo.merge(&["fmt"], BOSS, "2026-09-05T09:00:00+08:00");
    repo.write(".git-blame-ignore-revs", &format!("{bulk}\n{second}\n"));
    assert_eq!((of(1), of(5), of(6)), ("林燕".into(), "林燕".into(), "Zhou Min".into()));
}

/// As [`agrees`], by the people alone.
fn agrees_on_people(repo: &Repo, more: &[&str]) {
    let history = read(repo.path());
    let file = "orders/A/order.toml";
    let people = |lines: Vec<(String, String)>| lines.into_iter().map(|(_, mail)| mail).collect::<Vec<_>>();
    assert_eq!(people(ours(&history, file)), people(blame(repo, file, more)));
}

#[test]
fn what_is_not_committed_has_no_author() {
    let repo = Repo::new();
    repo.write("orders/A/order.toml", ORDER);
    repo.write("orders/B/order.toml", ORDER);
    repo.commit(LIN, "2026-09-01T09:00:00+08:00");
    repo.write("orders/A/order.toml", &ORDER.replace("2026-11-06", "2026-11-09"));
    repo.write("orders/A/money.toml", "[[received]]\n");
    repo.write("orders/C/order.toml", ORDER);
    fs::remove_file(repo.dir.join("orders/B/order.toml")).unwrap();
    let history = read(repo.path());
    let of = |file: &str, line| match history.author(file, line) {
        Author::Known(event) => event.person.name.clone(),
        other => format!("{other:?}"),
    };
    assert_eq!(of("orders/A/order.toml", 5), "林燕");
    assert_eq!(of("orders/A/order.toml", 6), "Uncommitted");
    assert_eq!(of("orders/A/money.toml", 1), "Uncommitted");
    assert_eq!(of("orders/C/order.toml", 1), "Uncommitted");
    assert_eq!(of("orders/B/order.toml", 1), "Unknown", "it is gone");
    let last = |id: &str| {
        let step = history.trail(id).unwrap().steps.pop().unwrap();
        (step.event.is_none(), step.what, step.changes.iter().map(|c| c.key.clone()).collect::<Vec<_>>())
    };
    assert_eq!(last("A"), (true, What::Changed, vec!["received[0]".to_owned(), "plan.shipped".to_owned()]));
    let keys = |keys: &[&str]| keys.iter().map(|key| (*key).to_owned()).collect::<Vec<_>>();
    assert_eq!(last("B"), (true, What::Removed, keys(&["customer", "po"])));
    assert_eq!(last("C"), (true, What::Added, keys(&["customer", "po", "plan.produced", "plan.shipped"])));
    assert!(!history.orders.contains_key("C"));
}

#[test]
fn a_trail_tells_what_each_change_said() {
    let repo = Repo::new();
    repo.write("customers/a.toml", "name = \"A\"\n[defaults]\ncurrency = \"USD\"\n");
    repo.write("orders/A/order.toml", ORDER);
    repo.commit(LIN, "2026-09-01T09:00:00+08:00");
    repo.write("orders/A/order.toml", &ORDER.replace("2026-11-06", "2026-11-09"));
    repo.commit(ZHOU, "2026-09-02T09:00:00+08:00");
    repo.write("customers/a.toml", "name = \"A & Co\"\n[defaults]\ncurrency = \"USD\"\n");
    repo.commit(ZHOU, "2026-09-03T09:00:00+08:00");
    repo.write("customers/a.toml", "name = \"A & Co\"\n[defaults]\ncurrency = \"EUR\"\n");
    repo.commit(BOSS, "2026-09-04T09:00:00+08:00");
    repo.write("orders/A/notes.md", "note");
    repo.commit(BOSS, "2026-09-05T09:00:00+08:00");
    fs::remove_dir_all(repo.dir.join("orders/A")).unwrap();
    repo.commit(BOSS, "2026-09-06T09:00:00+08:00");
    let history = read(repo.path());
    let told: Vec<String> = history
        .trail("A")
        .unwrap()
        .steps
        .iter()
        .map(|step| {
            let changes: Vec<String> = step
                .changes
                .iter()
                .map(|c| format!("{} {:?} {:?}", c.key, c.before.as_deref(), c.after.as_deref()))
                .collect();
            let event = step.event.as_ref().unwrap();
            format!(
                "{} {} {:?} {} {}",
                event.date,
                event.person.name,
                step.what,
                step.files.len(),
                changes.join("; ")
            )
        })
        .collect();
    assert_eq!(
        told,
        [
            "2026-09-01 林燕 Added 1 customer None Some(\"a\"); po None Some(\"1\"); plan.produced None Some(\"2026-10-25\"); plan.shipped None Some(\"2026-11-06\")",
            "2026-09-02 Zhou Min Changed 1 plan.shipped Some(\"2026-11-06\") Some(\"2026-11-09\")",
            "2026-09-04 Chen Hao Changed 0 currency Some(\"USD\") Some(\"EUR\")",
            "2026-09-05 Chen Hao Changed 1 ",
            "2026-09-06 Chen Hao Removed 2 customer Some(\"a\") None; po Some(\"1\") None",
        ]
    );
}

/// A repository of many commits, branches, merges, moves and repeated lines; the same for a seed.
fn random(seed: u64) -> Repo {
    let mut state = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
    let mut next = |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 33).unwrap() % below
    };
    let repo = Repo::new();
    let people = [LIN, ZHOU, BOSS];
    let mut day = 0;
    let mut when = || {
        day += 1;
        format!("2026-{:02}-{:02}T09:{:02}:00+08:00", day / 28 % 12 + 1, day % 28 + 1, day % 60)
    };
    let edit = |repo: &Repo, next: &mut dyn FnMut(usize) -> usize| {
        let order = ["A", "B", "C"][next(3)];
        let file = ["order.toml", "money.toml"][next(2)];
        let found = repo.git(&["ls-files", &format!("orders/**/{order}/{file}")]);
        let path = match found.lines().next() {
            Some(path) => path.to_owned(),
            None => format!("orders/2026/{order}/{file}"),
        };
        let old = fs::read_to_string(repo.dir.join(&path)).unwrap_or_default();
        let mut lines: Vec<String> = old.lines().map(ToOwned::to_owned).collect();
        for _ in 0..=next(3) {
            let at = next(lines.len() + 1);
            match next(4) {
                0 if at < lines.len() => drop(lines.remove(at)),
                1 if at < lines.len() => lines[at] = format!("k{} = {}", next(9), next(9)),
                2 => lines.insert(at, "[[received]]".to_owned()),
                _ => lines.insert(at, format!("k{} = {}", next(50), next(50))),
            }
        }
        let end = if next(8) == 0 { "" } else { "\n" };
        repo.write(&path, &(lines.join("\n") + end));
    };
    repo.write("orders/2026/A/order.toml", ORDER);
    repo.commit(LIN, &when());
    for branch in 0..6 {
        for _ in 0..=next(2) {
            edit(&repo, &mut next);
            repo.commit(people[next(3)], &when());
        }
        repo.git(&["switch", "-q", "-c", &format!("b{branch}")]);
        for _ in 0..=next(3) {
            edit(&repo, &mut next);
            repo.commit(people[next(3)], &when());
            if next(4) == 0 {
                repo.git(&["switch", "-q", "main"]);
                edit(&repo, &mut next);
                repo.commit(people[next(3)], &when());
                repo.git(&["switch", "-q", &format!("b{branch}")]);
            }
        }
        if next(3) == 0 {
            // The branch takes in what happened meanwhile.
            merge(&repo, "main", people[next(3)], &when());
            edit(&repo, &mut next);
            repo.commit(people[next(3)], &when());
        }
        repo.git(&["switch", "-q", "main"]);
        merge(&repo, &format!("b{branch}"), people[next(3)], &when());
        if next(4) == 0 && repo.dir.join("orders/2026/A").exists() {
            fs::create_dir_all(repo.dir.join("orders/2026/09")).unwrap();
            repo.git(&["mv", "orders/2026/A", "orders/2026/09/A"]);
            repo.commit(BOSS, &when());
        }
    }
    repo
}

fn merge(repo: &Repo, branch: &str, who: &str, when: &str) {
    git_in(&repo.dir, &["merge", "-q", "--no-ff", "-X", "theirs", "-m", "Merge !12", branch], who, when);
}

#[test]
fn on_random_histories_every_line_is_whose_git_says() {
    let mut lines = 0;
    // The last: a file that came on both sides, of which a merge took the other's.
    for seed in (0..25).chain([239]) {
        lines += agrees(&random(seed), &[]);
    }
    assert!(lines > 700, "{lines}");
}

/// The files that earlier runs kept.
fn kept(repo: &Repo) -> Vec<PathBuf> {
    let folder = repo.dir.join(".git/gendan");
    let mut files: Vec<PathBuf> =
        fs::read_dir(folder).map(|dir| dir.map(|e| e.unwrap().path()).collect()).unwrap_or_default();
    files.sort();
    files
}

#[test]
fn a_kept_history_is_the_history() {
    for seed in 30..36 {
        let repo = random(seed);
        let commits: Vec<String> = repo
            .git(&["rev-list", "--first-parent", "--reverse", "HEAD"])
            .lines()
            .map(ToOwned::to_owned)
            .collect();
        for commit in commits {
            repo.git(&["reset", "-q", "--hard", &commit]);
            let (fresh, again) = (read(repo.path()), read_with(repo.path(), KEPT));
            assert!(fresh == again, "seed {seed} {commit}");
            assert!(fresh == read_with(repo.path(), KEPT), "and once more, from what was kept");
        }
        assert_eq!(kept(&repo).len(), 2);
        // Back in time, and on another line: what was kept is no ancestor any more.
        repo.git(&["reset", "-q", "--hard", "HEAD~3"]);
        assert!(read(repo.path()) == read_with(repo.path(), KEPT));
        repo.write("orders/2026/Z/order.toml", ORDER);
        repo.commit(ZHOU, "2026-12-30T09:00:00+08:00");
        assert!(read(repo.path()) == read_with(repo.path(), KEPT));
    }
}

#[test]
fn what_was_kept_without_lines_serves_nobody_who_wants_them() {
    let repo = random(40);
    let check = Reading { lines: false, cache: true };
    let fresh = read(repo.path());
    let checked = read_with(repo.path(), check);
    assert!(checked.lines.is_empty() && checked.trails == fresh.trails && checked.orders == fresh.orders);
    assert!(read_with(repo.path(), KEPT) == fresh);
    repo.write("orders/2026/Z/order.toml", ORDER);
    let new = repo.commit(ZHOU, "2026-12-30T09:00:00+08:00");
    assert_eq!(read_with(repo.path(), check).orders["Z"].last.commit, new);
    assert!(read_with(repo.path(), KEPT) == read(repo.path()));
    // Another list of bulk commits is another answer about lines.
    let bulk = repo.git(&["rev-parse", "HEAD~2"]);
    repo.write(".git-blame-ignore-revs", &bulk);
    assert!(read_with(repo.path(), KEPT) == read(repo.path()));
}

#[test]
fn a_damaged_or_foreign_cache_counts_as_none() {
    let repo = random(41);
    let fresh = read(repo.path());
    assert!(read_with(repo.path(), KEPT) == fresh);
    let files = kept(&repo);
    let good: BTreeMap<&Path, Vec<u8>> = files.iter().map(|f| (f.as_path(), fs::read(f).unwrap())).collect();
    for file in &files {
        let bytes = &good[file.as_path()];
        for at in (0..bytes.len()).step_by(bytes.len() / 40 + 1) {
            let mut damaged = bytes.clone();
            damaged[at] ^= 0x41;
            for file in &files {
                fs::write(file, &good[file.as_path()]).unwrap();
            }
            fs::write(file, damaged).unwrap();
            assert!(read_with(repo.path(), KEPT) == fresh, "{} byte {at}", file.display());
        }
        for cut in [0, 1, 31, 32, 40, bytes.len() / 2, bytes.len() - 1] {
            fs::write(file, &bytes[..cut]).unwrap();
            assert!(read_with(repo.path(), KEPT) == fresh, "{} cut at {cut}", file.display());
        }
    }
    // The two files of each other's place.
    fs::write(&files[0], &good[files[1].as_path()]).unwrap();
    fs::write(&files[1], &good[files[0].as_path()]).unwrap();
    assert!(read_with(repo.path(), KEPT) == fresh);
    // Another repository's: its commits are not here.
    let other = random(42);
    assert!(read_with(other.path(), KEPT) == read(other.path()));
    for (mine, theirs) in files.iter().zip(kept(&other)) {
        fs::copy(theirs, mine).unwrap();
    }
    assert!(read_with(repo.path(), KEPT) == fresh);
    // A folder that cannot hold it, and a link in its place.
    fs::remove_dir_all(repo.dir.join(".git/gendan")).unwrap();
    fs::write(repo.dir.join(".git/gendan"), "in the way").unwrap();
    assert!(read_with(repo.path(), KEPT) == fresh);
}

/// The packed parts of a story have sums of their own; damage of any of them is seen, and the whole is made anew.
#[test]
fn a_story_that_is_damaged_anywhere_is_made_anew() {
    let repo = Repo::new();
    repo.write("orders/A/order.toml", ORDER);
    repo.write("orders/B/order.toml", ORDER);
    repo.commit(LIN, "2026-09-01T09:00:00+08:00");
    repo.write("orders/A/order.toml", &ORDER.replace("11-06", "11-09"));
    repo.commit(ZHOU, "2026-09-02T09:00:00+08:00");
    let fresh = read(repo.path());
    assert!(read_with(repo.path(), KEPT) == fresh);
    let story = kept(&repo).pop().unwrap();
    assert!(story.file_name().unwrap().to_str().unwrap().starts_with("story-"));
    let good = fs::read(&story).unwrap();
    let again = |bytes: &[u8], what: &str| {
        fs::write(&story, bytes).unwrap();
        assert!(read_with(repo.path(), KEPT) == fresh, "{what}");
        assert!(fs::read(&story).unwrap() == good, "{what}: kept anew");
    };
    for at in (0..good.len()).step_by(3) {
        let mut bytes = good.clone();
        bytes[at] ^= 0x41;
        again(&bytes, &format!("byte {at}"));
    }
    for cut in [0, 39, 40, good.len() / 2, good.len() - 1] {
        again(&good[..cut], &format!("cut at {cut}"));
    }
    again(&[&good[..], b"x"].concat(), "more than there was");
}

#[test]
fn nothing_new_writes_nothing_and_one_commit_tells_one_order() {
    let repo = random(44);
    assert!(read_with(repo.path(), KEPT) == read(repo.path()));
    let state = || {
        let stamp = |file: &PathBuf| (file.clone(), fs::metadata(file).unwrap().modified().unwrap());
        kept(&repo).iter().map(stamp).collect::<Vec<_>>()
    };
    let before = state();
    for reading in [KEPT, Reading { lines: false, cache: true }] {
        let _ = read_with(repo.path(), reading);
        assert_eq!(state(), before);
    }
    // An order that is not committed yet is told and not kept.
    repo.write("orders/2026/Z/order.toml", ORDER);
    let history = read_with(repo.path(), KEPT);
    assert!(history == read(repo.path()) && history.trails.uncommitted("Z").is_some());
    assert_eq!(state(), before);
    repo.commit(ZHOU, "2026-12-30T09:00:00+08:00");
    assert!(read_with(repo.path(), KEPT) == read(repo.path()));
    assert_ne!(state(), before);
}

#[test]
fn a_cache_in_the_work_tree_is_not_looked_at() {
    let repo = random(43);
    let fresh = read(repo.path());
    assert!(read_with(repo.path(), KEPT) == fresh);
    let status = repo.git(&["status", "--porcelain", "--ignored"]);
    assert_eq!(status, "", "nothing appears in the work tree");
}

#[test]
fn two_data_roots_of_one_repository_keep_two_histories() {
    let repo = Repo::new();
    repo.write("a/orders/A/order.toml", ORDER);
    repo.write("b/orders/B/order.toml", ORDER);
    repo.commit(LIN, "2026-09-01T09:00:00+08:00");
    for _ in 0..2 {
        for (root, id) in [("a", "A"), ("b", "B")] {
            let history = read_with(&repo.dir.join(root), KEPT);
            assert_eq!(history.orders.keys().collect::<Vec<_>>(), [id]);
            assert!(matches!(history.author(&format!("orders/{id}/order.toml"), 1), Author::Known(_)));
        }
    }
    assert_eq!(kept(&repo).len(), 4);
}
