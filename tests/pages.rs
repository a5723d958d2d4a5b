//! Pages from history, through the binary, on real repositories: who recorded what, what changed, the feeds; the same
//! bytes from any clone, no names from a clone that is cut off, and nothing that a commit says taken for more than text.
#![expect(clippy::unwrap_used, clippy::panic, reason = "helpers of tests fail the test")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use quick_xml::Reader;
use quick_xml::events::Event;

const LIN: (&str, &str) = ("Lin Yan", "lin.yan@gendan.example");
const ZHOU: (&str, &str) = ("zm", "zhou@home.example");
const SUN: (&str, &str) = ("Sun Li", "sun.li@gendan.example");

const ORDER: &str = "customer = \"hanse\"\nmerchandiser = \"lin.yan\"\nsigned = 2026-09-01\ncurrency = \"USD\"\nship_by = 2026-11-30\npayment = \"30% deposit, 70% copy-bl\"\n\n[[items]]\nsku = \"A\"\nname = \"Lamp\"\nqty = 1000\nprice = 5.00\n\n[plan]\nproduced = 2026-10-25\nshipped = 2026-11-06\n";
const BL: &str = "[[bl]]\nnumber = \"EGLV1\"\non_board = 2026-11-07\n";
const PEOPLE: &str = "[\"lin.yan\"]\nname_zh = \"林岩\"\nemails = [\"lin.yan@gendan.example\"]\n[\"zhou.min\"]\nname_zh = \"周敏\"\nemails = [\"zhou.min@gendan.example\"]\n[\"sun.li\"]\nname_zh = \"孙丽\"\nemails = [\"sun.li@gendan.example\"]\n";
const SETUP: &str = "schema = 1\nlanguages = [\"zh-CN\", \"en\"]\n[forge]\nkind = \"gitlab\"\nurl = \"https://git.example/t/o\"\n";

struct Repo {
    keep: tempfile::TempDir,
    dir: PathBuf,
}

fn git(dir: &Path, (name, email): (&str, &str), when: &str, args: &[&str]) -> String {
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
    String::from_utf8_lossy(&output.stdout).trim_end().to_owned()
}

impl Repo {
    /// An order, its plan rewritten, its bill of lading from a merged branch, its receipt.
    fn new() -> Self {
        let keep = tempfile::tempdir().unwrap();
        let repo = Self { dir: keep.path().join("data"), keep };
        fs::create_dir(&repo.dir).unwrap();
        git(&repo.dir, LIN, "2026-01-01T00:00:00+08:00", &["init", "-q", "-b", "main"]);
        repo.write("gendan.toml", SETUP);
        repo.write("people.toml", PEOPLE);
        repo.write("customers/hanse.toml", "name = \"Hanse Licht\"\n");
        repo.write(".mailmap", "Zhou Min <zhou.min@gendan.example> <zhou@home.example>\n");
        repo.write("orders/2026/A/order.toml", ORDER);
        repo.commit(LIN, "2026-09-03T09:00:00+08:00", "建立 A");
        repo.write(
            "orders/2026/A/order.toml",
            &ORDER.replace("shipped = 2026-11-06", "shipped = 2026-11-20"),
        );
        repo.commit(LIN, "2026-10-08T09:00:00+08:00", "改计划");
        repo.git(&["checkout", "-qb", "docs"]);
        repo.write("orders/2026/A/docs.toml", BL);
        repo.commit(ZHOU, "2026-11-09T16:20:00+08:00", "提单");
        repo.git(&["checkout", "-q", "main"]);
        repo.write("orders/2026/A/money.toml", "[[received]]\ndate = 2026-09-10\namount = 1500\n");
        repo.commit(SUN, "2026-09-10T08:30:00+08:00", "收款");
        let said = "Merge branch 'docs' into 'main'\n\nSee merge request t/o!291";
        git(&repo.dir, LIN, "2026-11-10T10:00:00+08:00", &["merge", "-q", "--no-ff", "-m", said, "docs"]);
        repo
    }

    fn git(&self, args: &[&str]) -> String {
        git(&self.dir, LIN, "2026-11-10T10:00:00+08:00", args)
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.dir.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn commit(&self, who: (&str, &str), when: &str, message: &str) {
        git(&self.dir, who, when, &["add", "-A"]);
        git(&self.dir, who, when, &["commit", "-q", "--cleanup=verbatim", "-m", message]);
    }

    fn build(&self) -> BTreeMap<String, String> {
        build(&self.dir, &self.keep.path().join("public"))
    }
}

fn build(root: &Path, out: &Path) -> BTreeMap<String, String> {
    let (root, to) = (root.to_str().unwrap(), out.to_str().unwrap());
    let output = Command::new(env!("CARGO_BIN_EXE_gendan"))
        .args(["build", "--root", root, "--out", to, "--as-of", "2026-11-20"])
        .env_remove("GENDAN_ROOT")
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let files =
        walkdir::WalkDir::new(out).into_iter().map(Result::unwrap).filter(|e| e.file_type().is_file());
    files
        .map(|e| {
            let name = e.path().strip_prefix(out).unwrap().to_str().unwrap().replace('\\', "/");
            (name, String::from_utf8_lossy(&fs::read(e.path()).unwrap()).into_owned())
        })
        .collect()
}

/// The row of a milestone on an order's page, without tags.
fn row(page: &str, key: &str) -> String {
    let at = page.find(&format!("<code>{key}</code>")).unwrap_or_else(|| panic!("no {key}"));
    let row = page.get(at..).unwrap().split("</tr>").next().unwrap();
    row.split('<').map(|part| part.split_once('>').map_or(part, |(_, text)| text)).collect()
}

/// Every start tag and the text of a feed; panics where it is no XML.
fn xml(text: &str) -> Vec<(String, String)> {
    let mut reader = Reader::from_str(text);
    let (mut depth, mut all) = (0_i32, Vec::new());
    loop {
        match reader.read_event().unwrap() {
            Event::Start(tag) => {
                depth += 1;
                all.push((tag.name().as_ref().to_owned(), String::new()));
            }
            Event::End(_) => depth -= 1,
            Event::Text(text) if depth > 0 => all.last_mut().unwrap().1.push_str(&text),
            Event::Eof => break,
            _ => {}
        }
    }
    assert_eq!(depth, 0);
    all
}

#[test]
fn each_fact_is_told_with_who_recorded_it_when_and_in_which_change() {
    let site = Repo::new().build();
    let page = &site["o/A.html"];
    let shipped = row(page, "shipped");
    // The first plan, and that it was rewritten; a day late against the first one.
    assert!(shipped.contains("11-06 改为 11-20") && shipped.contains("+1"), "{shipped}");
    // Whoever wrote the line, by the mailmap, not whoever merged it; the request is that of the merge.
    assert!(
        shipped.contains("周敏") && shipped.contains("!291") && shipped.contains("docs.toml:3"),
        "{shipped}"
    );
    assert!(!shipped.contains("林岩"), "{shipped}");
    assert!(page.contains("https://git.example/t/o/-/merge_requests/291"));
    assert!(page.contains("https://git.example/t/o/-/blame/main/orders/2026/A/docs.toml#L3"));
    let confirmed = row(page, "confirmed");
    assert!(confirmed.contains("林岩 09-03") && confirmed.contains("补录 2 天"), "{confirmed}");
    assert!(row(&site["en/o/A.html"], "confirmed").contains("recorded 2 days later"));
    let money = page.split("id=\"money\"").nth(1).unwrap();
    assert!(money.contains("孙丽") && money.contains("money.toml:2"));
    let history = page.split("id=\"history\"").nth(1).unwrap();
    assert!(history.contains("改计划") && history.contains("建立订单") && history.contains("EGLV1"));
    assert!(site["changes.html"].contains("2026-11-06 → 2026-11-20"), "{}", site["changes.html"]);
    assert!(site["people/lin.yan.html"].contains("o/A.html"));
}

#[test]
fn what_is_not_committed_is_nobodys_yet() {
    let repo = Repo::new();
    let before = repo.build();
    repo.write(
        "orders/2026/A/docs.toml",
        &format!("{BL}\n[[presentation]]\ndate = 2026-11-12\nto = \"buyer\"\nset = \"copies\"\n"),
    );
    let site = repo.build();
    let presented = row(&site["o/A.html"], "presented");
    assert!(presented.contains("还没提交") && !presented.contains("周敏"), "{presented}");
    // What stood above it keeps its author.
    assert_eq!(row(&site["o/A.html"], "shipped"), row(&before["o/A.html"], "shipped"));
    assert!(site["changes.html"].contains("还没提交") && site["people/lin.yan.html"].contains("还没提交"));
    assert_eq!(site["feed.xml"], before["feed.xml"], "a feed tells what was committed");
}

#[test]
fn any_clone_of_the_same_data_makes_the_same_site_and_one_that_is_cut_off_names_nobody() {
    let repo = Repo::new();
    let first = repo.build();
    let other = repo.keep.path().join("another place/with a long name");
    let url = format!("file://{}", repo.dir.to_str().unwrap());
    let clone = |to: &Path, depth: &[&str]| {
        let args =
            [&["clone", "-q", "-c", "core.autocrlf=false"], depth, &[url.as_str(), to.to_str().unwrap()]]
                .concat();
        repo.git(&args);
    };
    clone(&other, &[]);
    git(&other, SUN, "2026-11-19T10:00:00+08:00", &["checkout", "-qb", "somebody/else"]);
    let second = build(&other, &repo.keep.path().join("second"));
    // Again, with what the run before left behind.
    let third = build(&other, &repo.keep.path().join("third"));
    for site in [&second, &third] {
        assert_eq!(first.keys().collect::<Vec<_>>(), site.keys().collect::<Vec<_>>());
        for (path, text) in &first {
            assert!(site[path] == *text, "{path} differs");
        }
    }
    let shallow = repo.keep.path().join("shallow");
    clone(&shallow, &["--depth", "1"]);
    let site = build(&shallow, &repo.keep.path().join("fourth"));
    let page = &site["o/A.html"];
    assert!(page.contains("warnbar") && page.contains("浅克隆"));
    for name in ["周敏", "孙丽", "!291"] {
        assert!(!page.contains(name), "{name} is named though nobody can know");
    }
    assert!(row(page, "shipped").contains("docs.toml"));
    assert_eq!(xml(&site["feed.xml"]).iter().filter(|(tag, _)| tag == "entry").count(), 0);
    assert!(site["changes.html"].contains("浅克隆"));
}

#[test]
fn nothing_a_commit_says_is_more_than_text() {
    let repo = Repo::new();
    let long = "长".repeat(5_000);
    let bidi = "\u{202e}evil\u{202c}";
    for (n, name) in ["'\"&amp;lt;script&gt; [x](javascript:1)", bidi, &long, "."].into_iter().enumerate() {
        let text = ORDER.replace(
            "ship_by = 2026-11-30",
            &format!("ship_by = 2026-12-0{}\npo = \"<script>alert(1)</script>]]>&\"", n + 1),
        );
        repo.write("orders/2026/A/order.toml", &text);
        let message =
            "<script>alert(2)</script> (#99999999999) (#7)\n\nSee merge request ../../x!1\"onload=1";
        repo.commit((name, "x@\u{200b}y"), &format!("2026-11-1{}T10:00:00+08:00", n + 2), message);
    }
    // Git takes no mark of a tag in a name; the mailmap of a data repository does not ask.
    repo.write(".mailmap", "Zhou Min <zhou.min@gendan.example> <zhou@home.example>\n<img src=x onerror=alert(3)> <q@x> <x@\u{200b}y>\n");
    let site = repo.build();
    for (path, text) in site.iter().filter(|(path, _)| path.ends_with(".html")) {
        let lower = text.to_lowercase();
        assert!(!lower.contains("<script>alert") && !lower.contains("<img"), "{path}");
        assert!(!lower.contains("href=\"javascript") && !text.contains('\u{202e}'), "{path}");
        assert!(!text.contains(&"长".repeat(100)), "{path} shows a name of 5,000 characters");
    }
    for (path, text) in site.iter().filter(|(path, _)| path.ends_with(".xml")) {
        let all = xml(text);
        assert!(!text.contains('\u{202e}'), "{path}");
        for tag in ["script", "img"] {
            assert!(all.iter().all(|(name, _)| name != tag), "{path}");
        }
        // What RFC 4287 asks of a feed and of each entry.
        let of = |tag: &str| all.iter().filter(|(name, _)| name == tag).count();
        let entries = of("entry");
        assert_eq!(
            (of("id"), of("title"), of("updated"), of("name")),
            (entries + 1, entries + 1, entries + 1, entries),
            "{path}"
        );
        for (_, moment) in all.iter().filter(|(name, _)| name == "updated") {
            assert!(chrono::DateTime::parse_from_rfc3339(moment.trim()).is_ok(), "{path}: {moment}");
        }
        let ids: std::collections::BTreeSet<&String> =
            all.iter().filter(|(n, _)| n == "id").map(|(_, id)| id).collect();
        assert_eq!(ids.len(), entries + 1, "{path} uses an id twice");
        assert!(all.iter().all(|(name, text)| name != "name" || !text.trim().is_empty()), "{path}");
    }
    assert!(site["feed.xml"].matches("<entry>").count() >= 6 && site.contains_key("c/hanse.xml"));
    assert!(site["en/people/lin.yan.xml"].contains("href=\"../o/A.html\""));
}
