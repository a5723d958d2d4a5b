//! `gendan init`: what it writes is complete and clean on any day and for every forge, and it never touches what
//! stands there. That the pipelines are valid and the scripts work is tested by `tests/init/run`.

#![expect(clippy::unwrap_used, reason = "helpers of tests fail the test")]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;

const FORGES: [&str; 6] = ["github", "gitlab", "gitea", "forgejo", "gitee", "generic"];

fn gendan(here: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_gendan"))
        .args(args)
        .current_dir(here)
        .env_remove("GENDAN_ROOT")
        .output()
        .unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// Every file below a folder with its content.
fn tree(dir: &Path) -> BTreeMap<String, String> {
    let files =
        walkdir::WalkDir::new(dir).into_iter().map(Result::unwrap).filter(|e| e.file_type().is_file());
    files
        .map(|entry| {
            let path = entry.path().strip_prefix(dir).unwrap().to_str().unwrap().to_owned();
            (path, fs::read_to_string(entry.path()).unwrap())
        })
        .collect()
}

fn init(here: &Path, dir: &str, forge: &str, as_of: &str) -> BTreeMap<String, String> {
    let done = gendan(here, &["init", dir, "--forge", forge, "--as-of", as_of]);
    assert_eq!(done.status.code(), Some(0), "{}", text(&done.stderr));
    tree(&here.join(dir))
}

/// `(rule, severity, class)` of everything above a note.
fn faults(root: &Path, as_of: &str) -> Vec<(String, String, String)> {
    let checked = gendan(root, &["check", "--as-of", as_of, "--format", "json"]);
    assert_eq!(checked.status.code(), Some(0), "{as_of}: {}", text(&checked.stdout));
    let report: Value = serde_json::from_slice(&checked.stdout).unwrap();
    assert_eq!(report["orders"], 1);
    let of = |finding: &Value, key: &str| finding[key].as_str().unwrap().to_owned();
    let findings = report["findings"].as_array().unwrap().iter();
    findings
        .map(|f| (of(f, "rule"), of(f, "severity"), of(f, "class")))
        .filter(|(_, severity, _)| severity != "info")
        .collect()
}

#[test]
fn what_is_written_is_clean_on_any_day() {
    let dir = tempfile::tempdir().unwrap();
    // A new year, a leap day, the Spring Festival, a year without calendars, and the limits.
    for day in
        ["2026-11-26", "2026-01-01", "2028-02-29", "2026-02-18", "2031-07-05", "2001-01-07", "2098-12-31"]
    {
        let root = dir.path().join(day);
        init(dir.path(), day, "gitlab", day);
        let found: Vec<_> =
            faults(&root, day).into_iter().filter(|(rule, ..)| rule != "calendar-missing").collect();
        assert!(found.is_empty(), "{day}: {found:?}");
    }
    // A week later the record still contradicts nothing.
    let later = faults(&dir.path().join("2026-11-26"), "2026-12-03");
    assert!(later.iter().all(|(_, _, class)| class == "risk"), "{later:?}");
}

#[test]
fn each_forge_gets_its_pipeline_where_it_looks_for_it() {
    let common = [
        ".editorconfig",
        ".gendan/schema/calendar.json",
        ".gendan/schema/config.json",
        ".gendan/schema/customer.json",
        ".gendan/schema/docs.json",
        ".gendan/schema/forwarder.json",
        ".gendan/schema/money.json",
        ".gendan/schema/order.json",
        ".gendan/schema/people.json",
        ".gendan/schema/supplier.json",
        ".gitattributes",
        ".gitignore",
        "CONTRIBUTING.md",
        "README.md",
        "calendar/cn-bank-2025.toml",
        "calendar/cn-bank-2026.toml",
        "calendar/cn-factory-2025.toml",
        "calendar/cn-factory-2026.toml",
        "ci/web/Caddyfile",
        "ci/web/nginx.conf",
        "customers/hanse-licht.toml",
        "forwarders/ningbo-yuanhai.toml",
        "gendan.toml",
        "orders/2026/GD26-0001/docs.toml",
        "orders/2026/GD26-0001/money.toml",
        "orders/2026/GD26-0001/order.toml",
        "people.toml",
        "suppliers/ningbo-haoyu.toml",
    ];
    let scripts = ["ci/gendan.sh", "ci/get-gendan.sh"];
    let own: [&[&str]; 6] = [
        &[
            ".github/CODEOWNERS",
            ".github/workflows/gendan-comment.yml",
            ".github/workflows/gendan.yml",
            "ci/get-gendan.sh",
        ],
        &[".gitlab-ci.yml", ".gitlab/CODEOWNERS"],
        &[".gitea/workflows/gendan.yml", "CODEOWNERS", scripts[0], scripts[1]],
        &[".forgejo/workflows/gendan.yml", "CODEOWNERS", scripts[0], scripts[1]],
        &["CODEOWNERS", scripts[0], scripts[1]],
        &["CODEOWNERS", scripts[0], scripts[1]],
    ];
    let dir = tempfile::tempdir().unwrap();
    for (forge, own) in FORGES.iter().zip(own) {
        let files = init(dir.path(), forge, forge, "2026-11-26");
        let mut wanted: Vec<&str> = common.iter().chain(own).copied().collect();
        wanted.sort_unstable();
        assert_eq!(files.keys().collect::<Vec<_>>(), wanted, "{forge}");
        assert_eq!(faults(&dir.path().join(forge), "2026-11-26"), [], "{forge}");
        let kind = match *forge {
            "generic" => "\n# kind   = \"gitlab\"".to_owned(),
            "forgejo" => "\nkind   = \"gitea\"".to_owned(),
            other => format!("\nkind   = \"{other}\""),
        };
        assert!(files["gendan.toml"].contains(&kind), "{forge}: {}", files["gendan.toml"]);
        assert!(!files["gendan.toml"].contains("\nurl"), "no address is made up");

        let again = init(dir.path(), &format!("again-{forge}"), forge, "2026-11-26");
        assert_eq!(files, again, "{forge}: the same day gives the same bytes");
    }
}

/// The site shows prices and customers: nothing that `init` writes puts it where everybody can read it.
#[test]
fn nothing_is_published_and_nothing_unpinned_is_run() {
    let dir = tempfile::tempdir().unwrap();
    for forge in FORGES {
        for (path, text) in init(dir.path(), forge, forge, "2026-11-26") {
            for word in [
                "deploy-pages",
                "configure-pages",
                "upload-pages-artifact",
                "pages: write",
                "id-token",
                "pull_request_target",
            ] {
                assert!(!text.contains(word), "{forge} {path}: {word}");
            }
            for (_, used) in text.lines().filter_map(|line| line.split_once("uses: ")) {
                let commit = used.split(['@', ' ']).nth(1).unwrap();
                assert!(
                    commit.len() == 40 && commit.bytes().all(|b| b.is_ascii_hexdigit()),
                    "{path}: {used}"
                );
                assert!(used.contains(" # v"), "{path}: {used}");
            }
            if path.starts_with("ci/web/") {
                assert!(text.contains("default-src 'none'; style-src 'self'; script-src 'self'"), "{path}");
                assert!(text.contains("auth"), "{path}");
            }
        }
    }
    let gitlab = fs::read_to_string(dir.path().join("gitlab/.gitlab-ci.yml")).unwrap();
    let pages = gitlab.split("\npages:\n").nth(1).unwrap();
    assert!(
        pages.contains("&& $GENDAN_PAGES == \"members-only\" && $CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH")
    );
    assert!(!gitlab.contains("GENDAN_PAGES: "), "only a setting of the project switches it on");

    let comment = fs::read_to_string(dir.path().join("github/.github/workflows/gendan-comment.yml")).unwrap();
    assert!(
        !comment.contains("actions/checkout") && !comment.contains("run: "),
        "it runs nothing of a request"
    );
}

#[test]
fn the_site_builds_and_the_schemas_are_current() {
    let dir = tempfile::tempdir().unwrap();
    init(dir.path(), "数据 data", "github", "2026-11-26");
    let root = dir.path().join("数据 data");
    let built = gendan(&root, &["build", "--as-of", "2026-11-26", "--strict"]);
    assert_eq!(built.status.code(), Some(0), "{}", text(&built.stderr));
    assert!(root.join("public/o/GD26-0001.html").is_file());
    let ignored = fs::read_to_string(root.join(".gitignore")).unwrap();
    assert!(ignored.contains("\n/public/\n") && ignored.contains("\n/.gendan/cache/\n"));
    assert_eq!(gendan(&root, &["schema", "--check"]).status.code(), Some(0));
}

#[test]
fn what_stands_there_is_left_alone() {
    let dir = tempfile::tempdir().unwrap();
    let here = dir.path();
    init(here, "one", "generic", "2026-11-26");
    let before = tree(here);

    let again = gendan(here, &["init", "one"]);
    assert_eq!(again.status.code(), Some(2));
    assert!(text(&again.stderr).contains("已经有东西"), "{}", text(&again.stderr));
    assert!(text(&gendan(here, &["init", "one", "--lang", "en"]).stderr).contains("is not empty"));
    // The same for a folder with one stray file, which is named.
    fs::create_dir(here.join("stray")).unwrap();
    fs::write(here.join("stray/order.xlsx"), "x").unwrap();
    let stray = gendan(here, &["init", "stray/", "--lang", "en"]);
    assert_eq!(stray.status.code(), Some(2));
    assert!(text(&stray.stderr).contains("order.xlsx"));
    fs::remove_dir_all(here.join("stray")).unwrap();
    assert_eq!(tree(here), before);

    // A repository as a forge creates it.
    fs::create_dir_all(here.join("new/.git")).unwrap();
    fs::write(here.join("new/README.md"), "ours").unwrap();
    fs::write(here.join("new/LICENSE"), "ours").unwrap();
    let done = gendan(&here.join("new"), &["init", "--as-of", "2026-11-26", "--lang", "en"]);
    assert_eq!(done.status.code(), Some(0), "{}", text(&done.stderr));
    let said = text(&done.stdout);
    assert!(said.contains("README.md was there and is left as it is"), "{said}");
    assert!(said.contains("without --forge"), "{said}");
    assert!(!said.contains("git init") && !said.contains("cd -- "), "{said}");
    assert_eq!(fs::read_to_string(here.join("new/README.md")).unwrap(), "ours");
    assert_eq!(faults(&here.join("new"), "2026-11-26"), []);

    // Deeper in a repository, a pipeline would never start.
    let inner = gendan(here, &["init", "new/data/深", "--lang", "both", "--as-of", "2026-11-26"]);
    let said = text(&inner.stdout);
    assert!(said.contains("另一个 git 仓库") && said.contains("inside another git repository"), "{said}");
}

#[test]
fn a_place_that_is_not_fit_is_refused_and_nothing_is_left() {
    let dir = tempfile::tempdir().unwrap();
    let here = dir.path();
    fs::write(here.join("file"), "x").unwrap();
    fs::create_dir(here.join("empty")).unwrap();
    #[cfg(unix)]
    std::os::unix::fs::symlink(here.join("empty"), here.join("link")).unwrap();
    #[cfg(unix)]
    std::os::unix::fs::symlink(here.join("nowhere"), here.join("dangling")).unwrap();
    let names = || -> Vec<_> {
        let entries = walkdir::WalkDir::new(here).sort_by_file_name().into_iter().map(Result::unwrap);
        entries.map(|entry| entry.path().to_path_buf()).collect()
    };
    let before = names();
    let mut bad: Vec<(Vec<&str>, &str)> = vec![
        (vec!["file"], "is a file"),
        (vec!["file/below"], "file"),
        (vec!["missing/.."], "names no folder"),
        (vec!["new", "--as-of", "1850-01-01"], "1850-01-01"),
        (vec!["new", "--root", "empty"], "takes no --root"),
    ];
    if cfg!(unix) {
        bad.push((vec!["link"], "symbolic link"));
        bad.push((vec!["link/"], "symbolic link"));
        bad.push((vec!["dangling"], "symbolic link"));
    }
    for (args, wanted) in bad {
        let mut all = vec!["init", "--lang", "en"];
        all.extend(&args);
        let done = gendan(here, &all);
        assert_eq!(done.status.code(), Some(2), "{args:?}: {}", text(&done.stdout));
        assert!(text(&done.stderr).contains(wanted), "{args:?}: {}", text(&done.stderr));
        assert!(done.stdout.is_empty(), "{args:?}");
        assert_eq!(names(), before, "{args:?}");
    }
    // What a name does to a terminal is not repeated.
    let done = gendan(here, &["init", "a\u{1b}[31mb'c", "--as-of", "2026-11-26"]);
    assert_eq!(done.status.code(), Some(0), "{}", text(&done.stderr));
    assert!(!done.stdout.contains(&0x1b));
    assert!(text(&done.stdout).contains(r"'\''c'"), "{}", text(&done.stdout));
}
