//! The archive, through the binary: `sha256sum` verifies what `gendan archive` writes, `gendan verify` finds whatever is
//! changed, taken away, added or swapped, nothing that is archived is written again, and nothing hostile gets in or out.
#![expect(clippy::unwrap_used, reason = "helpers of tests fail the test")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;

use gendan::archive::verify::{self, NotVerified};
use proptest::prelude::*;

#[path = "support/repo.rs"]
mod repo;
use repo::{BOSS, LIN, Repo, ZHOU};

const AS_OF: &str = "2026-11-20";

struct Run {
    code: i32,
    out: String,
    err: String,
}

fn gendan(args: &[&str]) -> Run {
    let mut command = Command::new(env!("CARGO_BIN_EXE_gendan"));
    let output = command.args(args).env_remove("GENDAN_ROOT").output().unwrap();
    Run {
        code: output.status.code().unwrap(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

fn archive(root: &Path, out: &Path, what: &[&str]) -> Run {
    let fixed = ["archive", "--as-of", AS_OF, "--lang", "en", "--root", text(root), "--out", text(out)];
    gendan(&[&fixed, what].concat())
}

fn verified(dir: &Path) -> Run {
    gendan(&["verify", text(dir), "--lang", "en"])
}

fn copy(from: &Path, to: &Path) {
    for entry in walkdir::WalkDir::new(from) {
        let entry = entry.unwrap();
        let to = to.join(entry.path().strip_prefix(from).unwrap());
        if entry.file_type().is_dir() {
            fs::create_dir_all(to).unwrap();
        } else {
            fs::copy(entry.path(), to).unwrap();
        }
    }
}

/// The example's data in a folder that is in no repository.
fn example() -> (tempfile::TempDir, PathBuf) {
    let dir = tempfile::tempdir().unwrap();
    let root = dir.path().join("data");
    copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("data"), &root);
    (dir, root)
}

fn tree(dir: &Path) -> BTreeMap<String, Vec<u8>> {
    let files =
        walkdir::WalkDir::new(dir).into_iter().map(Result::unwrap).filter(|e| e.file_type().is_file());
    let below = |path: &Path| path.strip_prefix(dir).unwrap().to_str().unwrap().to_owned();
    files.map(|entry| (below(entry.path()), fs::read(entry.path()).unwrap())).collect()
}

/// Every list of an archive, as plain `sha256sum` checks it.
fn sha256sum(dir: &Path) {
    let check = |dir: &Path, list: &str| {
        let mut command = Command::new("sha256sum");
        let output = command.current_dir(dir).args(["-c", "--strict", "--quiet", list]).output().unwrap();
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(output.status.success(), "{} {list}: {said}", dir.display());
    };
    let mut lists = 0;
    for path in tree(dir).keys() {
        if path.ends_with(".sha256") {
            check(dir, path);
        } else if path.ends_with("/SHA256SUMS") {
            check(dir.join(path).parent().unwrap(), "SHA256SUMS");
        } else {
            continue;
        }
        lists += 1;
    }
    assert!(lists > 1, "nothing was checked");
}

/// An archive of the example, made once; tests that change it work on a copy.
static ARCHIVE: LazyLock<(tempfile::TempDir, PathBuf)> = LazyLock::new(|| {
    let (dir, root) = example();
    let out = dir.path().join("archive");
    let run = archive(&root, &out, &["--closed-before", AS_OF]);
    assert_eq!(run.code, 0, "{}{}", run.out, run.err);
    (dir, out)
});

fn copied() -> (tempfile::TempDir, PathBuf) {
    let dir = tempfile::tempdir().unwrap();
    let out = dir.path().join("archive");
    copy(&ARCHIVE.1, &out);
    (dir, out)
}

#[test]
fn plain_sha256sum_verifies_every_list() {
    let out = &ARCHIVE.1;
    sha256sum(out);
    let run = verified(out);
    assert_eq!(run.code, 0, "{}{}", run.out, run.err);
    assert!(run.out.is_empty() && run.err.contains("nothing differs"), "{}", run.err);
    let run = verified(&out.join("2026/GD26-0061"));
    assert_eq!(run.code, 0, "{}{}", run.out, run.err);
}

#[test]
fn the_complete_file_is_there_and_reads_as_a_data_root() {
    let (_dir, root) = example();
    let folder = ARCHIVE.1.join("2026/GD26-0061");
    let kept = folder.join("records/orders/GD26-0061");
    let own = tree(&root.join("orders/2026/GD26-0061"));
    assert_eq!(tree(&kept), own, "the records as they stand, byte for byte");
    assert!(own.len() > 10);
    for path in ["gendan.toml", "people.toml", "customers/maple.toml", "suppliers/anji-zhuye.toml"] {
        let kept = fs::read(folder.join("records").join(path)).unwrap();
        assert_eq!(kept, fs::read(root.join(path)).unwrap(), "{path}");
    }
    // Read again, the check says the same.
    let check = |root: &Path| {
        let run =
            gendan(&["check", "--format", "json", "--exit-zero", "--as-of", AS_OF, "--root", text(root)]);
        let all: serde_json::Value = serde_json::from_str(&run.out).unwrap();
        let all = all["findings"].as_array().unwrap().clone();
        let own = all.iter().filter(|f| f["order"] == "GD26-0061").map(|f| f["fingerprint"].to_string());
        own.collect::<Vec<_>>()
    };
    assert_eq!(check(&folder.join("records")), check(&root));
    for (page, said) in [("index.html", "保存到"), ("index.en.html", "Kept until")] {
        let page = fs::read_to_string(folder.join(page)).unwrap();
        assert!(
            page.contains(said)
                && page.contains("2036-09-30")
                && page.contains("Maple") | page.contains("枫")
        );
        assert!(!page.contains("<script") && !page.contains("http:") && !page.contains("https:"));
        // Everything it leads to lies beside it.
        for href in page.split("href=\"").skip(1).map(|rest| rest.split('"').next().unwrap()) {
            let name = percent_decoded(href);
            assert!(folder.join(&name).is_file(), "{name} is not there");
        }
    }
    let invoice = fs::read_to_string(folder.join("documents/invoice.html")).unwrap();
    assert!(invoice.contains("<style>") && !invoice.contains("<link") && !invoice.contains("<script"));
    let history: serde_json::Value =
        serde_json::from_slice(&fs::read(folder.join("history.json")).unwrap()).unwrap();
    assert_eq!((&history["version"], &history["state"]), (&1.into(), &"no-repository".into()));
    // The month's page leads to it.
    let month = fs::read_to_string(ARCHIVE.1.join("2026-09.html")).unwrap();
    assert!(month.contains("href=\"2026/GD26-0061/index.html\""));
}

fn percent_decoded(href: &str) -> String {
    let (mut bytes, mut rest) = (Vec::new(), href.as_bytes());
    while let Some((first, more)) = rest.split_first() {
        match first {
            b'%' => {
                bytes.push(u8::from_str_radix(std::str::from_utf8(&more[..2]).unwrap(), 16).unwrap());
                rest = &more[2..];
            }
            byte => {
                bytes.push(*byte);
                rest = more;
            }
        }
    }
    String::from_utf8(bytes).unwrap()
}

/// One thing that somebody does to an archive.
#[derive(Debug, Clone)]
enum Deed {
    Flip(prop::sample::Index, prop::sample::Index, u8),
    Cut(prop::sample::Index),
    Append(prop::sample::Index, Vec<u8>),
    Remove(prop::sample::Index),
    Rename(prop::sample::Index, String),
    Swap(prop::sample::Index, prop::sample::Index),
    Add(prop::sample::Index, String),
    Folder(prop::sample::Index, String),
    Link(prop::sample::Index),
}

fn deed() -> impl Strategy<Value = Deed> {
    let at = any::<prop::sample::Index>;
    let name = "[a-zA-Z0-9 .~_-]{1,12}|[0-9]{4}-[01][0-9]\\.(sha256|html)|SHA256SUMS|水单\\.pdf|\\.hidden";
    prop_oneof![
        (at(), at(), 0_u8..8).prop_map(|(f, b, bit)| Deed::Flip(f, b, bit)),
        at().prop_map(Deed::Cut),
        (at(), prop::collection::vec(any::<u8>(), 1..4)).prop_map(|(f, more)| Deed::Append(f, more)),
        at().prop_map(Deed::Remove),
        (at(), name).prop_map(|(f, name)| Deed::Rename(f, name)),
        (at(), at()).prop_map(|(a, b)| Deed::Swap(a, b)),
        (at(), name).prop_map(|(f, name)| Deed::Add(f, name)),
        (at(), name).prop_map(|(f, name)| Deed::Folder(f, name)),
        at().prop_map(Deed::Link),
    ]
}

/// Does it, and says how to undo it; `None` when it would change nothing.
fn done(dir: &Path, files: &[PathBuf], deed: &Deed) -> Option<Box<dyn FnOnce()>> {
    let pick = |at: &prop::sample::Index| files[at.index(files.len())].clone();
    let rewritten = |file: PathBuf, bytes: Vec<u8>| -> Option<Box<dyn FnOnce()>> {
        let before = fs::read(&file).unwrap();
        if before == bytes {
            return None;
        }
        fs::write(&file, bytes).unwrap();
        Some(Box::new(move || fs::write(file, before).unwrap()))
    };
    match deed {
        Deed::Flip(file, at, bit) => {
            let file = pick(file);
            let mut bytes = fs::read(&file).unwrap();
            if bytes.is_empty() {
                return None;
            }
            let at = at.index(bytes.len());
            bytes[at] ^= 1 << bit;
            rewritten(file, bytes)
        }
        Deed::Cut(file) => {
            let file = pick(file);
            let mut bytes = fs::read(&file).unwrap();
            bytes.pop();
            rewritten(file, bytes)
        }
        Deed::Append(file, more) => {
            let file = pick(file);
            let mut bytes = fs::read(&file).unwrap();
            bytes.extend(more);
            rewritten(file, bytes)
        }
        Deed::Remove(file) => {
            let file = pick(file);
            let before = fs::read(&file).unwrap();
            fs::remove_file(&file).unwrap();
            Some(Box::new(move || fs::write(file, before).unwrap()))
        }
        Deed::Rename(file, name) => {
            let file = pick(file);
            let to = file.with_file_name(name);
            if to.exists() || !to.starts_with(dir) || matches!(name.as_str(), "." | "..") {
                return None;
            }
            fs::rename(&file, &to).unwrap();
            Some(Box::new(move || fs::rename(to, file).unwrap()))
        }
        Deed::Swap(a, b) => {
            let (a, b) = (pick(a), pick(b));
            let (one, other) = (fs::read(&a).unwrap(), fs::read(&b).unwrap());
            if one == other {
                return None;
            }
            fs::write(&a, &other).unwrap();
            fs::write(&b, &one).unwrap();
            Some(Box::new(move || {
                fs::write(a, one).unwrap();
                fs::write(b, other).unwrap();
            }))
        }
        Deed::Add(beside, name) | Deed::Folder(beside, name) => {
            let to = pick(beside).with_file_name(name);
            if to.exists() || matches!(name.as_str(), "." | "..") {
                return None;
            }
            if matches!(deed, Deed::Folder(..)) {
                fs::create_dir(&to).unwrap();
                return Some(Box::new(move || fs::remove_dir(to).unwrap()));
            }
            fs::write(&to, b"").unwrap();
            Some(Box::new(move || fs::remove_file(to).unwrap()))
        }
        Deed::Link(file) => {
            let file = pick(file);
            let aside = dir.with_file_name("aside");
            fs::rename(&file, &aside).unwrap();
            std::os::unix::fs::symlink(&aside, &file).unwrap();
            Some(Box::new(move || {
                fs::remove_file(&file).unwrap();
                fs::rename(aside, file).unwrap();
            }))
        }
    }
}

/// Everything that is done, anywhere, is found: in the archive as a whole, and what is done in an order's folder by
/// looking at that folder alone.
#[test]
fn whatever_is_done_to_an_archive_is_found() {
    let (_dir, out) = copied();
    let files: Vec<PathBuf> = tree(&out).into_keys().map(|path| out.join(path)).collect();
    let seldom: Vec<PathBuf> =
        files.iter().filter(|f| f.parent() == Some(&out) || f.ends_with("SHA256SUMS")).cloned().collect();
    let found = |dir: &Path| match verify::verify(dir, None) {
        Ok(report) => !report.problems.is_empty(),
        // An archive without any manifest, an order without its list.
        Err(NotVerified::NoArchive) => true,
        Err(NotVerified::Io(error)) => panic!("{error}"),
    };
    assert!(!found(&out));
    let count = std::cell::Cell::new(0);
    let config = ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() };
    proptest!(config, |(deed in deed(), lists: bool)| {
        // Lists and what lies at the top are few among many files, and most worth forging.
        let all = if lists { &seldom } else { &files };
        if let Some(undo) = done(&out, all, &deed) {
            let seen = found(&out);
            undo();
            count.set(count.get() + 1);
            prop_assert!(seen, "{deed:?}");
        }
    });
    assert!(count.get() > 200, "{} deeds", count.get());
    let order = out.join("2026/GD26-0061");
    let files: Vec<PathBuf> = tree(&order).into_keys().map(|path| order.join(path)).collect();
    let config = ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() };
    proptest!(config, |(deed in deed())| {
        if let Some(undo) = done(&order, &files, &deed) {
            let seen = found(&order);
            undo();
            prop_assert!(seen, "{deed:?}");
        }
    });
    assert!(!found(&out), "all of it was undone");
}

#[test]
fn a_broken_chain_says_how() {
    let (_dir, out) = copied();
    let manifests: Vec<String> = tree(&out).into_keys().filter(|name| name.ends_with(".sha256")).collect();
    assert!(manifests.len() > 4);
    let (a, b) = (&manifests[1], &manifests[2]);
    let (one, other) = (fs::read(out.join(a)).unwrap(), fs::read(out.join(b)).unwrap());
    let says = |what: &[&str]| {
        let run = verified(&out);
        assert_eq!(run.code, 1, "{}{}", run.out, run.err);
        for what in what {
            assert!(run.out.contains(what), "{what} is not in\n{}", run.out);
        }
    };
    // Swapped.
    fs::write(out.join(a), &other).unwrap();
    fs::write(out.join(b), &one).unwrap();
    says(&["the chain is broken", a, b, "renamed"]);
    fs::write(out.join(a), &one).unwrap();
    // Taken away.
    fs::remove_file(out.join(b)).unwrap();
    says(&[&format!("{b}, which this follows, is missing"), "added: no list names it"]);
    // Replaced by an older one, whole and well written: its last order left out.
    let older = String::from_utf8(other.clone()).unwrap();
    let (kept, last) = older.trim_end().rsplit_once('\n').unwrap();
    fs::write(out.join(b), format!("{kept}\n")).unwrap();
    says(&["replaced by an older one", &last[66..]]);
    // A chain that begins anew.
    let anew: String = older.lines().skip(1).map(|line| format!("{line}\n")).collect();
    fs::write(out.join(b), anew).unwrap();
    says(&["names no manifest before it"]);
    fs::write(out.join(b), &other).unwrap();
    assert_eq!(verified(&out).code, 0);
}

/// What no check from inside can find: the last month taken away with everything in it.
#[test]
fn the_digest_that_was_kept_elsewhere_finds_a_shortened_archive() {
    let (_dir, out) = copied();
    let newest = |run: &Run| {
        let (_, rest) = run.err.split_once("has the SHA-256 ").unwrap();
        rest[..64].to_owned()
    };
    let digest = newest(&verified(&out));
    let with = |digest: &str| gendan(&["verify", text(&out), "--lang", "en", "--newest", digest]);
    assert_eq!(with(&digest).code, 0);
    let last = tree(&out).into_keys().rfind(|name| name.ends_with(".sha256")).unwrap();
    let list = fs::read_to_string(out.join(&last)).unwrap();
    for line in list.lines().filter(|line| line.ends_with("/SHA256SUMS")) {
        fs::remove_dir_all(out.join(&line[66..]).parent().unwrap()).unwrap();
    }
    fs::remove_file(out.join(last.replace(".sha256", ".html"))).unwrap();
    fs::remove_file(out.join(&last)).unwrap();
    assert_eq!(verified(&out).code, 0, "by itself it is whole");
    let run = with(&digest);
    assert_eq!(run.code, 1);
    assert!(run.out.contains("its last months were taken away"), "{}", run.out);
    assert_eq!(gendan(&["verify", text(&out), "--newest", "abc"]).code, 2);
}

#[test]
fn what_could_not_be_read_is_neither_good_nor_bad() {
    let dir = tempfile::tempdir().unwrap();
    assert_eq!(verified(&dir.path().join("nowhere")).code, 2);
    let run = verified(dir.path());
    assert_eq!(run.code, 2);
    assert!(run.err.contains("neither SHA256SUMS nor a manifest"), "{}", run.err);
}

#[test]
fn a_time_stamp_beside_a_manifest_is_named_and_left_alone() {
    let (_dir, out) = copied();
    fs::write(out.join("2026-09.sha256.tsr"), b"\x30\x82").unwrap();
    let run = verified(&out);
    assert_eq!(run.code, 0, "{}", run.out);
    assert!(run.err.contains("time stamps were not checked") && run.err.contains("2026-09.sha256.tsr"));
    fs::write(out.join("2031-09.sha256.tsr"), b"\x30\x82").unwrap();
    assert_eq!(verified(&out).code, 1, "of no manifest");
    // It is not in the way of what comes later.
    fs::remove_file(out.join("2031-09.sha256.tsr")).unwrap();
    let (_keep, root) = example();
    assert_eq!(archive(&root, &out, &["--closed-before", AS_OF]).code, 0);
}

#[test]
fn the_same_orders_give_the_same_bytes() {
    let (dir, root) = example();
    let again = dir.path().join("另一个 folder/archive");
    let run = gendan(&[
        "archive",
        "--root",
        text(&root),
        "--as-of",
        "2026-11-25",
        "--lang",
        "zh",
        "--out",
        text(&again),
        "--closed-before",
        AS_OF,
    ]);
    assert_eq!(run.code, 0, "{}", run.err);
    // Another folder, another language, another day.
    assert_eq!(tree(&again), tree(&ARCHIVE.1));
    let here = text(dir.path());
    assert!(tree(&again).values().all(|bytes| !String::from_utf8_lossy(bytes).contains(here)));
    // A second run finds everything there, and writes nothing.
    let run = archive(&root, &again, &["--closed-before", AS_OF]);
    assert_eq!((run.code, run.out.as_str()), (0, ""), "{}", run.err);
    assert_eq!(tree(&again), tree(&ARCHIVE.1));
}

#[test]
fn a_later_month_lengthens_the_chain_and_writes_nothing_anew() {
    let (dir, root) = example();
    let out = dir.path().join("archive");
    assert_eq!(archive(&root, &out, &["GD26-0009"]).code, 0);
    let first = tree(&out);
    assert!(first.contains_key("2026-06.sha256") && first.contains_key("README.txt"));
    let run = archive(&root, &out, &["--closed-before", AS_OF]);
    assert_eq!(run.code, 0, "{}{}", run.out, run.err);
    let all = tree(&out);
    for (path, bytes) in &first {
        assert_eq!(all.get(path), Some(bytes), "{path} was written again");
    }
    // The month has a second manifest, and months before it come after it in the chain.
    assert!(all.contains_key("2026-06-2.sha256") && all.contains_key("2026-06-2.html"));
    let list = String::from_utf8(all["2025-06.sha256"].clone()).unwrap();
    assert!(list.lines().next().unwrap().ends_with("  2026-06.sha256"), "{list}");
    sha256sum(&out);
    assert_eq!(verified(&out).code, 0);
}

#[test]
fn an_order_that_changed_since_is_refused_with_what_differs() {
    let (dir, root) = example();
    let out = dir.path().join("archive");
    assert_eq!(archive(&root, &out, &["GD26-0061"]).code, 0);
    let before = tree(&out);
    let folder = root.join("orders/2026/GD26-0061");
    // Somebody else's file, and a folder that moved: the order says the same.
    let people = root.join("people.toml");
    fs::write(&people, format!("{}\n# later\n", fs::read_to_string(&people).unwrap())).unwrap();
    fs::create_dir(root.join("orders/old")).unwrap();
    let moved = root.join("orders/old/GD26-0061");
    fs::rename(&folder, &moved).unwrap();
    let run = archive(&root, &out, &["GD26-0061"]);
    assert_eq!((run.code, run.out.as_str()), (0, ""), "{}", run.err);
    // Its own.
    let notes = moved.join("notes.md");
    fs::write(&notes, format!("{}later\n", fs::read_to_string(&notes).unwrap())).unwrap();
    fs::write(moved.join("files/late.pdf"), b"%PDF").unwrap();
    let run = archive(&root, &out, &["--closed-before", AS_OF]);
    assert_eq!(run.code, 1, "{}", run.err);
    let said = run.out.lines().find(|line| line.contains("changed since")).unwrap();
    for what in ["GD26-0061", "2026/GD26-0061", "notes.md changed", "files/late.pdf is new", "--again"] {
        assert!(said.contains(what), "{what} is not in {said}");
    }
    let after = tree(&out);
    for (path, bytes) in &before {
        assert_eq!(after.get(path), Some(bytes), "{path} was written again");
    }
    assert!(run.out.contains("2026/GD26-0066"), "the others are archived all the same");
    // Beside it, where that is what is wanted.
    let run = archive(&root, &out, &["GD26-0061", "--again"]);
    assert_eq!((run.code, run.out.contains("2026/GD26-0061~2")), (0, true), "{}{}", run.out, run.err);
    assert!(out.join("2026/GD26-0061~2/records/orders/GD26-0061/files/late.pdf").is_file());
    assert_eq!(archive(&root, &out, &["GD26-0061"]).code, 0, "the newer one is compared with");
    sha256sum(&out);
    assert_eq!(verified(&out).code, 0);
}

#[test]
fn open_orders_and_unknown_ids_are_refused() {
    let (dir, root) = example();
    let out = dir.path().join("archive");
    let run = archive(&root, &out, &["GD26-0117"]);
    assert_eq!(run.code, 2);
    assert!(
        run.err.contains("GD26-0117 is still open on 2026-11-20") && run.err.contains("at step"),
        "{}",
        run.err
    );
    let zh = gendan(&["archive", "GD26-0117", "--root", text(&root), "--as-of", AS_OF, "--out", text(&out)]);
    assert!(zh.err.contains("还没结案，不能归档"), "{}", zh.err);
    let run = archive(&root, &out, &["GD26-0062"]);
    assert_eq!((run.code, run.err.contains("did you mean")), (2, true), "{}", run.err);
    let run = archive(&root, &out, &["--closed-before", "2001-01-01"]);
    assert_eq!((run.code, run.err.contains("no order to archive")), (0, true), "{}", run.err);
    assert_eq!(archive(&root, &out, &[]).code, 2, "neither an order nor a day");
    assert!(!out.exists(), "nothing was written");
}

#[test]
fn a_folder_with_other_files_and_a_damaged_archive_are_refused_and_untouched() {
    let (dir, root) = example();
    let home = dir.path().join("home");
    fs::create_dir(&home).unwrap();
    fs::write(home.join("thesis.doc"), "x").unwrap();
    let run = archive(&root, &home, &["GD26-0061"]);
    assert_eq!((run.code, run.err.contains("it holds thesis.doc")), (2, true), "{}", run.err);
    assert_eq!(fs::read_dir(&home).unwrap().count(), 1);
    let link = dir.path().join("link");
    std::os::unix::fs::symlink(&home, &link).unwrap();
    assert_eq!(archive(&root, &link, &["GD26-0061"]).code, 2);
    let (_keep, out) = copied();
    fs::write(out.join("2026/GD26-0061/SHA256SUMS"), "x").unwrap();
    let before = tree(&out);
    let run = archive(&root, &out, &["GD26-0066"]);
    assert_eq!((run.code, run.err.contains("Run gendan verify first")), (2, true), "{}", run.err);
    assert_eq!(tree(&out), before);
    let (_keep, out) = copied();
    fs::write(out.join("2026/extra.txt"), "x").unwrap();
    assert_eq!(archive(&root, &out, &["GD26-0066"]).code, 2);
}

/// A run that was killed before it was ready leaves nothing; one that was killed while it moved is finished by the next.
#[test]
fn a_run_that_was_killed_is_cleared_or_finished() {
    let (dir, root) = example();
    let whole = dir.path().join("whole");
    assert_eq!(archive(&root, &whole, &["--closed-before", AS_OF]).code, 0);
    // Not ready: the beginning of an archive.
    let out = dir.path().join("archive");
    let staging = out.join(".gendan-staging");
    fs::create_dir_all(staging.join("new/2026/HALF")).unwrap();
    fs::write(staging.join("new/2026/HALF/index.html"), "half").unwrap();
    fs::write(staging.join("lock"), "").unwrap();
    assert_eq!(archive(&root, &out, &["--closed-before", AS_OF]).code, 0);
    assert_eq!(tree(&out), tree(&whole));
    // Ready, and stopped while moving: some orders in place, no manifest.
    let out = dir.path().join("moving");
    let staging = out.join(".gendan-staging");
    copy(&whole, &staging.join("new"));
    fs::create_dir_all(out.join("2026")).unwrap();
    fs::rename(staging.join("new/2026/GD26-0061"), out.join("2026/GD26-0061")).unwrap();
    fs::write(staging.join("ready"), "").unwrap();
    let run = archive(&root, &out, &["--closed-before", AS_OF]);
    assert_eq!((run.code, run.out.as_str()), (0, ""), "{}", run.err);
    assert_eq!(tree(&out), tree(&whole));
    // Meanwhile it is no good archive.
    fs::create_dir(&staging).unwrap();
    let run = verified(&out);
    assert_eq!((run.code, run.out.contains("was interrupted")), (1, true), "{}", run.out);
}

/// Killed at any moment: never a bad archive that looks good, and the next run makes it whole.
#[test]
fn a_run_that_is_killed_at_any_moment_is_made_good_by_the_next() {
    let (dir, root) = example();
    let mut interrupted = 0;
    for at in 0..14_u64 {
        let out = dir.path().join(format!("archive-{at}"));
        let mut command = Command::new(env!("CARGO_BIN_EXE_gendan"));
        command.args(["archive", "--closed-before", AS_OF, "--as-of", AS_OF, "--root", text(&root)]);
        command.args(["--out", text(&out)]).env_remove("GENDAN_ROOT");
        let mut child =
            command.stdout(std::process::Stdio::null()).stderr(std::process::Stdio::null()).spawn().unwrap();
        // From the moment at which it begins to write.
        while !out.join(".gendan-staging/new").exists() && child.try_wait().unwrap().is_none() {
            std::thread::sleep(std::time::Duration::from_millis(1));
        }
        std::thread::sleep(std::time::Duration::from_millis(at * at * 6));
        child.kill().unwrap();
        child.wait().unwrap();
        if out.is_dir() {
            let whole = tree(&out) == tree(&ARCHIVE.1);
            let code = verified(&out).code;
            assert!(whole || code != 0, "killed at {at}: verify says {code}");
            interrupted += usize::from(!whole);
        }
        let run = archive(&root, &out, &["--closed-before", AS_OF]);
        assert_eq!(run.code, 0, "killed at {at}: {}{}", run.out, run.err);
        assert_eq!(tree(&out), tree(&ARCHIVE.1), "killed at {at}");
    }
    assert!(interrupted > 0, "no run was caught at work");
}

#[test]
fn hostile_files_are_kept_named_or_left_out_and_never_followed() {
    let (dir, root) = example();
    let folder = root.join("orders/2026/GD26-0061");
    let files = folder.join("files");
    let secret = dir.path().join("secret.txt");
    fs::write(&secret, "TOP-SECRET").unwrap();
    std::os::unix::fs::symlink(&secret, files.join("link.pdf")).unwrap();
    std::os::unix::fs::symlink(dir.path(), files.join("up")).unwrap();
    let hostile = [
        "a:b?.pdf",
        "con.pdf",
        "line\nbreak.pdf",
        "back\\slash",
        "gpj.\u{202e}exe",
        "trailing. ",
        "-rf",
        "A.PDF",
        "a.pdf",
        "evil.html",
        "x\"><script>alert(1)</script>.pdf",
        "% 100.pdf",
        "\u{7f}",
    ];
    for (at, name) in hostile.iter().enumerate() {
        fs::create_dir_all(files.join(name).parent().unwrap()).unwrap();
        fs::write(files.join(name), format!("hostile {at}")).unwrap();
    }
    fs::write(files.join("lfs.pdf"), "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n")
        .unwrap();
    let docs = folder.join("docs.toml");
    let more = "\n[[papers]]\nkind = \"photos\"\nfile = \"files/gone.pdf\"\n\n[[papers]]\nkind = \"photos\"\nfile = \"../../../secret.txt\"\n\n[[papers]]\nkind = \"photos\"\nfile = \"https://drive.example/x\"\n";
    fs::write(&docs, format!("{}{more}", fs::read_to_string(&docs).unwrap())).unwrap();
    let out = dir.path().join("archive");
    let run = archive(&root, &out, &["GD26-0061"]);
    assert_eq!(run.code, 0, "{}{}", run.out, run.err);
    assert!(run.err.contains("the records name are not there"), "{}", run.err);
    sha256sum(&out);
    assert_eq!(verified(&out).code, 0);
    let all = tree(&out);
    assert!(all.values().all(|bytes| !String::from_utf8_lossy(bytes).contains("TOP-SECRET")));
    for (at, name) in hostile.iter().enumerate() {
        let wanted = format!("hostile {at}").into_bytes();
        assert_eq!(all.values().filter(|bytes| **bytes == wanted).count(), 1, "{name:?}");
    }
    for name in all.keys() {
        assert!(!name.contains(['\\', ':', '\n', '?', '"', '<', '\u{202e}', '\u{7f}']), "{name:?}");
        assert!(!name.contains("/records/") || !name.ends_with(".html"), "{name}");
    }
    let page = String::from_utf8(all["2026/GD26-0061/index.en.html"].clone()).unwrap();
    for said in
        ["files/gone.pdf", "files/link.pdf", "symbolic link", "outside the order", "https://drive.example/x"]
    {
        assert!(page.contains(said), "{said}");
    }
    assert!(page.contains("Git LFS pointer") && page.contains("file missing: files/gone.pdf"));
    assert!(!page.contains("Complete: everything") && !page.contains("<script>alert"));
}

/// An archived order with a history of several people.
fn repository() -> Repo {
    let repo = Repo::new();
    repo.write("gendan.toml", "schema = 1\nlanguages = [\"zh-CN\", \"en\"]\n");
    repo.write(
        "people.toml",
        "[\"zhou.min\"]\nname = \"Zhou Min\"\nname_zh = \"周敏\"\nemails = [\"zhou.min@example.com\"]\n",
    );
    repo.write("customers/hanse.toml", "name = \"Hanse Licht\"\n");
    repo.write("orders/2026/A/order.toml", ORDER);
    repo.commit(LIN, "2026-09-03T09:00:00+08:00");
    repo.write("orders/2026/A/order.toml", &ORDER.replace("5.00", "5.10"));
    repo.commit(BOSS, "2026-09-04T09:00:00+08:00");
    let closed =
        format!("{}\n[actual]\nclosed = 2026-10-08\narchived = 2026-10-09\n", ORDER.replace("5.00", "5.10"));
    repo.write("orders/2026/A/order.toml", &closed);
    repo.commit(ZHOU, "2026-10-12T09:00:00+08:00");
    repo
}

const ORDER: &str = "customer = \"hanse\"\nsigned = 2026-09-01\ncurrency = \"USD\"\n\n[[items]]\nsku = \"A\"\nname = \"Lamp\"\nqty = 1000\nprice = 5.00\n";

#[test]
fn the_archive_says_what_happened_and_who_closed_it() {
    let repo = repository();
    let dir = tempfile::tempdir().unwrap();
    let out = dir.path().join("archive");
    let run = archive(repo.path(), &out, &["A"]);
    assert_eq!(run.code, 0, "{}{}", run.out, run.err);
    assert!(out.join("2026-10.sha256").is_file());
    let page = fs::read_to_string(out.join("2026/A/index.en.html")).unwrap();
    assert!(page.contains("2026-10-08 · recorded by Zhou Min on 2026-10-12"), "{page}");
    assert!(page.contains("speak as of 2026-10-12") && page.contains("Changes: 3, people: 3"));
    let zh = fs::read_to_string(out.join("2026/A/index.html")).unwrap();
    assert!(zh.contains("周敏 记于 2026-10-12"), "{zh}");
    let history: serde_json::Value =
        serde_json::from_slice(&fs::read(out.join("2026/A/history.json")).unwrap()).unwrap();
    let steps = history["steps"].as_array().unwrap();
    let people: Vec<&str> = steps.iter().map(|step| step["person"]["name"].as_str().unwrap()).collect();
    assert_eq!(people, ["林燕", "Chen Hao", "Zhou Min"]);
    assert_eq!(steps[0]["when"], "2026-09-03T09:00:00+08:00");
    assert_eq!(
        (&steps[1]["changes"][0]["key"], &steps[1]["changes"][0]["after"]),
        (&"items[A].price".into(), &"USD 5.10".into())
    );
    // A commit elsewhere changes nothing, nor does the day.
    repo.write("customers/other.toml", "name = \"Other\"\n");
    repo.commit(LIN, "2026-10-20T09:00:00+08:00");
    let again = dir.path().join("again");
    assert_eq!(archive(repo.path(), &again, &["A", "--at", "HEAD"]).code, 0);
    assert_eq!(tree(&again), tree(&out));
    // A clone without its history cannot say it.
    let shallow = dir.path().join("shallow");
    let from = format!("file://{}", text(repo.path()));
    repo.git(&["clone", "-q", "--depth", "1", &from, text(&shallow)]);
    let run = archive(&shallow, &dir.path().join("none"), &["A"]);
    assert_eq!((run.code, run.err.contains("shallow clone")), (2, true), "{}", run.err);
    // What is not committed is said.
    repo.write("orders/2026/A/notes.md", "later\n");
    let run = archive(repo.path(), &dir.path().join("open"), &["A"]);
    assert_eq!((run.code, run.err.contains("not committed")), (0, true), "{}", run.err);
}

#[test]
fn the_site_holds_the_same_archive_and_it_verifies() {
    let (dir, root) = example();
    let site = dir.path().join("public");
    let build_for = |audience: &str| {
        let to = ["--audience", audience, "--as-of", AS_OF, "--out", text(&site)];
        gendan(&[&["build", "--root", text(&root)][..], &to].concat())
    };
    let build = || build_for("finance");
    // The records name purchase prices.
    assert_eq!(build_for("internal").code, 0);
    assert!(!site.join("archive/README.txt").exists() && !site.join("archive/2026/GD26-0061").exists());
    assert_eq!(build().code, 0);
    let out = site.join("archive");
    let run = verified(&out);
    assert_eq!(run.code, 0, "{}{}", run.out, run.err);
    assert!(run.err.contains("pages of the site itself"), "{}", run.err);
    let all = tree(&out);
    for (path, bytes) in tree(&ARCHIVE.1) {
        assert_eq!(all.get(&path), Some(&bytes), "{path}");
    }
    sha256sum(&out);
    // Pages lead there, in both languages.
    for (page, href) in [
        ("archive/2026/09.html", "../../archive/2026/GD26-0061/index.html"),
        ("en/archive/2026/09.html", "../../../archive/2026/GD26-0061/index.en.html"),
        ("archive/index.html", "../archive/README.txt"),
        ("en/archive/index.html", "../../archive/verify.ps1"),
    ] {
        let text = fs::read_to_string(site.join(page)).unwrap();
        assert!(text.contains(&format!("href=\"{href}\"")), "{page} does not lead to {href}");
        assert!(site.join(page).parent().unwrap().join(href).is_file());
    }
    // A page that the site did not write is one too many; so are its pages where there is no site.
    fs::write(out.join("2026/99.html"), "x").unwrap();
    assert_eq!(verified(&out).code, 1);
    fs::remove_file(out.join("2026/99.html")).unwrap();
    let (_keep, alone) = (tempfile::tempdir().unwrap(), dir.path().join("stick/archive"));
    copy(&out, &alone);
    assert_eq!(verified(&alone).code, 1);
    // Where anything is not for the readers of the site, the records are not there.
    let config = root.join("gendan.toml");
    let text = fs::read_to_string(&config).unwrap();
    fs::write(&config, format!("{text}\n[audience.finance]\nhide = [\"buy\"]\n")).unwrap();
    assert_eq!(build().code, 0);
    assert!(
        tree(&out)
            .keys()
            .all(|path| (path.ends_with(".html") || path.ends_with(".json")) && !path.contains("GD26"))
    );
    let month = fs::read_to_string(site.join("archive/2026/09.html")).unwrap();
    assert!(!month.contains("index.html\">records") && !month.contains("sha256sum"));
}

/// No PowerShell can be run here: the script's text has what it must have, and nothing that version 5.1 does not know.
#[test]
fn the_script_for_windows_has_what_it_needs() {
    let bytes = fs::read(ARCHIVE.1.join("verify.ps1")).unwrap();
    let script = String::from_utf8(bytes).unwrap();
    assert!(script.starts_with('\u{feff}') && script.contains("\r\n"), "Windows PowerShell needs both");
    for part in [
        "Get-FileHash -LiteralPath",
        "-Algorithm SHA256",
        "ReadAllBytes",
        "LinkType",
        "Junction",
        "-cmatch",
        "-cnotmatch",
        "exit 0",
        "exit 1",
        "exit 2",
        "missing",
        "changed",
        "added",
        "the chain is broken",
        "two lists name it",
        "-Force",
        "StringComparer]::Ordinal",
        "$PSScriptRoot",
        ".gendan-site",
    ] {
        assert!(script.contains(part), "{part}");
    }
    // Of PowerShell 7 only.
    for part in ["??", "?.", " ? ", "&&", "||", "-Parallel", "ForEach-Object -P", "clean {"] {
        assert!(!script.contains(part), "{part}");
    }
    for (open, close) in [('{', '}'), ('(', ')'), ('[', ']')] {
        assert_eq!(script.matches(open).count(), script.matches(close).count(), "{open}{close}");
    }
    assert_eq!(script.matches('\'').count() % 2, 0);
    let readme = fs::read_to_string(ARCHIVE.1.join("README.txt")).unwrap();
    for part in [
        "sha256sum -c",
        "shasum -a 256",
        "verify.ps1",
        "gendan verify",
        "openssl ts -verify",
        "签名",
        "can be set",
    ] {
        assert!(readme.contains(part), "{part}");
    }
}
