//! `gendan doctor`: from where values come, what it says about git and the things around the data, and that it sees
//! a pipeline that publishes the internal site.

#![expect(clippy::unwrap_used, reason = "helpers of tests fail the test")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

struct Root(tempfile::TempDir);

impl Root {
    fn new() -> Self {
        let root = Self(tempfile::tempdir().unwrap());
        root.write("data/gendan.toml", "schema = 1\ntimezone = \"Asia/Tokyo\"\nbase = \"CNY\"\n\n[company]\nname = \"N\"\nbank = { account = \"3301 0000 1178\" }\n\n[calendars]\nCN = \"cn-bank\"\n\n[leads]\nstale = 9\n");
        root.write("data/calendar/cn-bank-2026.toml", "weekend = [\"sat\", \"sun\"]\n");
        root.write(
            "data/people.toml",
            "[\"lin.yan\"]\nname = \"Lin\"\nemails = [\"lin@x.example\"]\n\n[bob]\nname = \"Bob\"\n",
        );
        root.write("data/orders/2026/A/order.toml", "currency = \"USD\"\n");
        root
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    fn write(&self, name: &str, text: &str) {
        let path = self.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn git(&self, args: &[&str]) {
        let done = Command::new("git")
            .args(["-c", "user.name=a", "-c", "user.email=who@x.example", "-c", "init.defaultBranch=main"])
            .args(args)
            .current_dir(self.path())
            .output()
            .unwrap();
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    }

    fn commit(&self) {
        self.git(&["init", "-q"]);
        self.git(&["add", "-A"]);
        self.git(&["commit", "-qm", "a"]);
    }

    fn doctor(&self, args: &[&str]) -> (i32, String, String) {
        doctor(self.path(), &[&["--as-of", "2026-08-20"], args].concat(), None)
    }

    fn json(&self, args: &[&str]) -> Value {
        let (code, out, err) = self.doctor(&[&["--format", "json"], args].concat());
        assert_eq!(code, 0, "{err}");
        serde_json::from_str(&out).unwrap()
    }

    /// `(level, English text)` of a topic.
    fn about(&self, topic: &str) -> Vec<(String, String)> {
        let json = self.json(&[]);
        assert_eq!(json["version"], 1);
        let text = |v: &Value| v.as_str().unwrap().to_owned();
        json["lines"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|line| line["topic"] == topic)
            .map(|line| {
                assert!(!line["text"]["zh"].as_str().unwrap().is_empty());
                (text(&line["level"]), text(&line["text"]["en"]))
            })
            .collect()
    }

    fn says(&self, topic: &str, level: &str, words: &str) {
        let lines = self.about(topic);
        assert!(lines.iter().any(|(l, text)| l == level && text.contains(words)), "{topic}: {lines:?}");
    }
}

fn doctor(here: &Path, args: &[&str], env: Option<&Path>) -> (i32, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_gendan"));
    command.arg("doctor").args(args).current_dir(here).env_remove("GENDAN_ROOT").env_remove("CLICOLOR_FORCE");
    if let Some(root) = env {
        command.env("GENDAN_ROOT", root);
    }
    let done = command.output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (done.status.code().unwrap(), text(done.stdout), text(done.stderr))
}

fn origin(json: &Value, key: &str) -> (String, String, Option<u64>) {
    let all = json["settings"].as_array().unwrap();
    let found: Vec<&Value> = all.iter().filter(|s| s["key"] == key).collect();
    assert_eq!(found.len(), 1, "{key}: {found:?}");
    let text = |name: &str| found[0][name].as_str().unwrap().to_owned();
    (text("value"), text("origin"), found[0]["line"].as_u64())
}

#[test]
fn every_value_has_its_origin() {
    let root = Root::new();
    let json = root.json(&[]);
    for (key, value, from, line) in [
        ("root", "data", "found", None),
        ("as-of", "2026-08-20", "flag", None),
        ("lang", "zh", "default", None),
        ("timezone", "\"Asia/Tokyo\"", "file", Some(2)),
        ("calendars.CN", "\"cn-bank\"", "file", Some(10)),
        ("leads.stale", "9", "file", Some(13)),
        ("leads.courier", "7", "default", None),
        ("aging", "[30, 60, 90, 180]", "default", None),
        ("offsets.produced", "-14", "default", None),
        ("offsets.released", "\"signed+3\"", "default", None),
        ("company.bank.account", "\"…1178\"", "file", Some(7)),
    ] {
        assert_eq!(origin(&json, key), (value.to_owned(), from.to_owned(), line), "{key}");
    }
    let data = root.path().join("data");
    let of = |here: &Path, args: &[&str], env: Option<&Path>| {
        let (code, out, err) = doctor(here, &[&["--format", "json"], args].concat(), env);
        assert_eq!(code, 0, "{err}");
        origin(&serde_json::from_str(&out).unwrap(), "root")
    };
    assert_eq!(of(root.path(), &["--root", "data"], None).1, "flag");
    assert_eq!(of(root.path(), &[], Some(&data)).1, "environment");
    assert_eq!(of(&data, &[], None).0, ".");
    let (_, out, _) = root.doctor(&["--lang", "en"]);
    assert!(
        out.contains("timezone") && out.contains("(gendan.toml:2)") && out.contains("(--as-of)"),
        "{out}"
    );
    assert!(!out.contains("3301"), "an account by its last digits");
}

#[test]
fn the_state_of_git_and_what_to_do() {
    let root = Root::new();
    root.says("git", "problem", "no git repository");
    root.git(&["init", "-q"]);
    root.says("git", "note", "no commit yet");
    root.commit();
    root.says("git", "ok", "complete; 1 orders");
    root.says("uncommitted", "ok", "no order differs");
    root.says("authors", "note", "1 (who@x.example)");
    root.says("people", "note", "1 (bob)");
    root.write("data/orders/2026/A/order.toml", "currency = \"EUR\"\n");
    root.says("uncommitted", "note", "1 (A)");
    root.git(&["commit", "-qam", "b"]);
    let clone = tempfile::tempdir().unwrap();
    let to = clone.path().join("c");
    root.git(&[
        "clone",
        "-q",
        "--depth",
        "1",
        &format!("file://{}", root.path().display()),
        to.to_str().unwrap(),
    ]);
    let (code, out, _) = doctor(&to, &["--lang", "en"], None);
    assert_eq!(code, 0);
    assert!(out.contains("✗ problem git: a shallow clone") && out.contains("git fetch --unshallow"), "{out}");
    assert!(out.contains("fetch-depth: 0") && out.contains("GIT_DEPTH"), "{out}");
}

#[test]
fn what_is_missing_around_the_data() {
    let root = Root::new();
    root.commit();
    root.says("calendars", "ok", "1 calendars");
    root.says("rates", "note", "without a rate: USD");
    root.says("schema", "note", "9 of 9");
    root.says(".gitattributes", "note", "no such file");
    root.says("CODEOWNERS", "note", "no such file");
    root.says("forge", "note", "no [forge]");
    root.says("symlinks", "ok", "none");
    root.write("data/rates/2026.csv", "date,currency,rate,source\n2026-01-05,USD,7.1,x\n");
    root.says("rates", "note", "old rates: USD 2026-01-05");
    root.write("data/rates/2026.csv", "date,currency,rate,source\n2026-08-05,USD,7.1,x\n");
    root.says("rates", "ok", "every currency");
    root.write(".gitattributes", "*.toml text eol=lf\n");
    root.says(".gitattributes", "ok", "LF");
    root.write(".github/CODEOWNERS", "money.toml @finance\n");
    root.says("CODEOWNERS", "ok", "review");
    root.says("cache", "ok", "no cache yet");
    let _ = gendan::history::read_with(
        &root.path().join("data"),
        gendan::history::Reading { lines: false, cache: true },
    );
    root.says("cache", "ok", "history cache of 1 KiB");
    let all = doctor(root.path(), &["--as-of", "2026-11-20", "--lang", "en"], None).1;
    assert!(all.contains("end on 2026-12-31, without 2027 yet: cn-bank"), "{all}");
    let all = doctor(root.path(), &["--as-of", "2027-01-20", "--lang", "en"], None).1;
    assert!(all.contains("✗ problem calendars: calendar/cn-bank-2027.toml is missing"), "{all}");
}

#[cfg(unix)]
#[test]
fn links_are_named_and_not_followed() {
    let root = Root::new();
    std::os::unix::fs::symlink("/etc", root.path().join("data/orders/2026/L")).unwrap();
    root.says("symlinks", "problem", "1 (orders/2026/L)");
    let outside = tempfile::tempdir().unwrap();
    let evil = outside.path().join("evil.yml");
    fs::write(&evil, "uses: actions/deploy-pages@v4\n").unwrap();
    fs::create_dir_all(root.path().join("data/.github/workflows")).unwrap();
    std::os::unix::fs::symlink(&evil, root.path().join("data/.github/workflows/a.yml")).unwrap();
    root.says("publishing", "ok", "no pipeline");
}

#[test]
fn a_pipeline_that_publishes_is_a_red_line() {
    let cases: [(&str, &str, &str, &str); 11] = [
        (
            ".github/workflows/pages.yml",
            "- run: gendan build\n- uses: actions/deploy-pages@v4\n",
            "problem",
            "GitHub Pages",
        ),
        (".github/workflows/x.yaml", "- uses: peaceiris/actions-gh-pages@v3\n", "problem", "may be public"),
        (".github/workflows/x.yml", "# - uses: actions/deploy-pages@v4\n", "ok", "no pipeline"),
        (".github/workflows/x.yml", "- uses: actions/upload-artifact@v4\n", "ok", "no pipeline"),
        (
            ".github/workflows/c.yml",
            "- run: gendan build --audience customer=x\n- uses: actions/deploy-pages@v4\n",
            "note",
            "customer's site",
        ),
        (".gitlab-ci.yml", "pages:\n  script: [gendan build]\n", "problem", "pages job"),
        (
            ".gitlab-ci.yml",
            "# Pages 的访问只给成员\npages:\n  script: [gendan build]\n",
            "note",
            "access is limited",
        ),
        (".gitlab-ci.yml", "check:\n  script: [gendan check]\n", "ok", "no pipeline"),
        ("CNAME", "orders.example.com\n", "problem", "GitHub Pages"),
        ("netlify.toml", "", "problem", "Netlify"),
        ("data/vercel.json", "{}", "problem", "Vercel"),
    ];
    for (file, text, level, words) in cases {
        let root = Root::new();
        root.write(file, text);
        root.commit();
        let lines = root.about("publishing");
        assert_eq!(lines.len(), 1, "{file}: {lines:?}");
        assert!(lines[0].0 == level && lines[0].1.contains(words), "{file}: {lines:?}");
        let (code, out, _) = root.doctor(&["--color", "always"]);
        assert_eq!(code, 0, "what it sees fails nothing");
        assert_eq!(out.contains("\u{1b}[31m✗ 问题 publishing"), level == "problem", "{out}");
    }
}

#[test]
fn what_the_files_say_cannot_drive_the_terminal() {
    let root = Root::new();
    root.write(
        "data/gendan.toml",
        "timezone = \"Asia/Shanghai\"\nbase = \"\u{9b}31m\u{202e}\"\n[forge]\nurl = \"\\u001b]0;x\\u0007\"\n",
    );
    let (_, out, err) = root.doctor(&[]);
    assert!(!out.contains(['\u{1b}', '\u{9b}', '\u{202e}', '\u{7}']) && !err.contains('\u{1b}'), "{out:?}");
    assert!(out.contains("base"), "{out}");
}

#[test]
fn it_fails_only_where_it_cannot_work() {
    let empty = tempfile::tempdir().unwrap();
    let (code, out, err) = doctor(empty.path(), &["--lang", "en"], None);
    assert!(code == 2 && out.is_empty() && err.contains("no data root"), "{err}");
    let root = Root::new();
    root.write("data/gendan.toml", "timezone = \"Nowhere\"\n");
    let (code, out, err) = root.doctor(&["--lang", "en"]);
    assert!(code == 2 && err.contains("has errors"), "{err}");
    assert!(
        out.contains("✗ problem configuration") && out.contains("timezone"),
        "the rest is said all the same\n{out}"
    );
}

#[test]
fn the_same_bytes_from_any_folder() {
    let root = Root::new();
    root.commit();
    let other = tempfile::tempdir().unwrap();
    let to: PathBuf = other.path().join("elsewhere");
    root.git(&["clone", "-q", root.path().to_str().unwrap(), to.to_str().unwrap()]);
    let of = |here: &Path| doctor(here, &["--as-of", "2026-08-20", "--format", "json"], None).1;
    assert_eq!(of(root.path()), of(&to));
    assert!(!of(root.path()).contains(root.path().to_str().unwrap()));
}
