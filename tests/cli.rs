//! The command line as people and pipelines use it: exit codes, where the data root is found, formats, waivers,
//! levels.

#![expect(clippy::unwrap_used, reason = "helpers of tests fail the test")]

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;

const GOOD: &str = r#"customer = "hanse-licht"
po       = "4500091877"
currency = "USD"
signed   = 2026-11-20
ship_by  = 2027-01-15

[[items]]
name  = "LED Bulb 12W E27 3000K"
qty   = 12000
price = 2.35
"#;

/// One error: an unknown key.
const ERROR: &str = "colour = \"red\"\n";
/// One warning: a comma that only TOML 1.1 has.
const WARNING: &str = "charges = [{ kind = \"courier\", amount = 64.00, }]\n";

struct Root(tempfile::TempDir);

impl Root {
    /// The base of the rule fixtures with one order: `top` stands above its first table, `end` at its end.
    fn new(top: &str, end: &str) -> Self {
        let root = Self(tempfile::tempdir().unwrap());
        let base = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/rules/_base");
        for entry in walkdir::WalkDir::new(&base) {
            let entry = entry.unwrap();
            if entry.file_type().is_file() {
                let below = entry.path().strip_prefix(&base).unwrap().to_str().unwrap().to_owned();
                let text = fs::read_to_string(entry.path()).unwrap();
                // Defaults would add a note to every order that does not write them.
                root.write(&below, text.split("[defaults]").next().unwrap());
            }
        }
        root.write("orders/2026/GD26-0001/order.toml", &format!("{top}{GOOD}{end}"));
        root
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    fn write(&self, name: &str, text: &str) {
        let to = self.path().join(name);
        fs::create_dir_all(to.parent().unwrap()).unwrap();
        fs::write(to, text).unwrap();
    }

    /// Adds lines to `gendan.toml`.
    fn configure(&self, text: &str) {
        let to = self.path().join("gendan.toml");
        let before = fs::read_to_string(&to).unwrap();
        fs::write(to, before + text).unwrap();
    }

    fn check(&self, args: &[&str]) -> Run {
        run(self.path(), &[&["check", "--as-of", "2026-11-20"], args].concat())
    }

    fn json(&self) -> Value {
        serde_json::from_str(&self.check(&["--format", "json"]).out).unwrap()
    }

    /// `(rule, severity, waived)` of every finding.
    fn found(&self) -> Vec<(String, String, bool)> {
        let json = self.json();
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        json["findings"]
            .as_array()
            .unwrap()
            .iter()
            .map(|f| (text(&f["rule"]), text(&f["severity"]), f.get("waived").is_some()))
            .collect()
    }
}

struct Run {
    code: i32,
    out: String,
    err: String,
}

fn gendan(here: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_gendan"));
    command
        .current_dir(here)
        .env_remove("GITHUB_ACTIONS")
        .env_remove("GENDAN_ROOT")
        .env_remove("NO_COLOR")
        .env_remove("CLICOLOR_FORCE");
    command
}

fn finish(command: &mut Command) -> Run {
    let output = command.output().unwrap();
    Run {
        code: output.status.code().unwrap(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

fn run(here: &Path, args: &[&str]) -> Run {
    finish(gendan(here).args(args))
}

fn row(rule: &str, severity: &str, waived: bool) -> (String, String, bool) {
    (rule.to_owned(), severity.to_owned(), waived)
}

#[test]
fn every_format_has_the_three_exit_codes() {
    let (clean, wrong, broken) = (Root::new("", ""), Root::new("", ERROR), Root::new("", ""));
    broken.configure("\nfoo = 1\n");
    for format in ["human", "short", "json"] {
        let codes = [&clean, &wrong, &broken].map(|root| root.check(&["--format", format]).code);
        assert_eq!(codes, [0, 1, 2], "{format}");
    }
    let said = broken.check(&["--format", "short"]);
    assert!(
        said.out.contains("gendan.toml:") && said.err.contains("gendan.toml"),
        "{} {}",
        said.out,
        said.err
    );
}

#[test]
fn a_clean_check_prints_nothing_but_the_count() {
    let run = Root::new("", "").check(&[]);
    assert_eq!(run.out, "");
    assert!(run.err.starts_with("读入 1 单，"), "{}", run.err);
    assert!(run.err.contains("错误 0，警告 0"), "{}", run.err);
}

#[test]
fn the_short_format_is_a_line_per_finding_with_its_place() {
    let root = Root::new("", ERROR);
    let zh = root.check(&["--format", "short"]).out;
    assert_eq!(
        zh,
        "orders/2026/GD26-0001/order.toml:11:1: 错误[toml-unknown-key] GD26-0001: 货物里没有 `colour` 这个字段\n"
    );
    let en = root.check(&["--format", "short", "--lang", "en"]);
    assert!(en.out.contains(": error[toml-unknown-key] GD26-0001: item has no key `colour`"), "{}", en.out);
    assert!(en.err.contains("1 error, 0 warnings"), "{}", en.err);
    let both = root.check(&["--format", "short", "--lang", "both"]);
    assert!(both.out.contains("货物里没有") && both.out.contains("item has no key"), "{}", both.out);
    assert_eq!(both.err.lines().count(), 2, "{}", both.err);
}

#[test]
fn json_is_versioned_and_whole() {
    let root = Root::new(WARNING, ERROR);
    let json = root.json();
    assert_eq!(json["version"], 1);
    assert_eq!(json["tool"], "gendan");
    assert_eq!(json["tool_version"], env!("CARGO_PKG_VERSION"));
    assert_eq!(json["as_of"], "2026-11-20");
    assert_eq!(json["orders"], 1);
    assert_eq!((&json["counts"]["errors"], &json["counts"]["warnings"]), (&Value::from(1), &Value::from(1)));
    let finding = &json["findings"][1];
    assert_eq!(finding["rule"], "toml-unknown-key");
    assert_eq!(finding["class"], "record");
    assert_eq!(finding["subject"], "orders/GD26-0001");
    assert_eq!(finding["title"]["en"], "item has no key `colour`");
    assert_eq!(finding["places"][0]["file"], "orders/2026/GD26-0001/order.toml");
    assert_eq!(
        (&finding["places"][0]["line"], &finding["places"][0]["column"]),
        (&Value::from(12), &Value::from(1))
    );
    assert_eq!(finding["path"], "items[LED Bulb 12W E27 3000K].colour");
    let print = finding["fingerprint"].as_str().unwrap();
    assert!(print.len() == 32 && print.bytes().all(|b| b.is_ascii_hexdigit()), "{print}");
    assert_eq!(
        root.check(&["--format", "json"]).out,
        root.check(&["--format", "json"]).out,
        "the same bytes"
    );
}

#[test]
fn a_fingerprint_survives_lines_above() {
    let print = |top: &str| {
        let json = Root::new(top, ERROR).json();
        let findings = json["findings"].as_array().unwrap();
        findings.iter().find(|f| f["rule"] == "toml-unknown-key").unwrap()["fingerprint"].clone()
    };
    assert_eq!(print(""), print("# 备注\n# 再一行\nhedged = \"x\"\n"));
}

#[test]
fn findings_stand_in_order_of_file_place_and_rule() {
    let root = Root::new(WARNING, ERROR);
    root.write("orders/2026/GD26-0001/docs.toml", "abc = 1\nxyz = 2\n");
    root.write("customers/zz.toml", "nmae = \"x\"\n");
    let out = root.check(&["--format", "short"]).out;
    let places: Vec<&str> =
        out.lines().map(|l| l.split(": ").next().unwrap()).filter(|p| p.contains(".toml:")).collect();
    assert_eq!(
        places,
        [
            "customers/zz.toml:1:1",
            "orders/2026/GD26-0001/docs.toml:1:1",
            "orders/2026/GD26-0001/docs.toml:2:1",
            "orders/2026/GD26-0001/order.toml:1:46",
            "orders/2026/GD26-0001/order.toml:12:1",
        ]
    );
}

#[test]
fn fail_on_lowers_the_threshold() {
    let root = Root::new(WARNING, "");
    let code = |args: &[&str]| root.check(args).code;
    assert_eq!(code(&[]), 0);
    assert_eq!(code(&["--fail-on", "error"]), 0);
    assert_eq!(code(&["--fail-on", "warning"]), 1);
    assert_eq!(code(&["--fail-on", "info"]), 1);
    assert_eq!(code(&["--fail-on", "loud"]), 2);
}

#[test]
fn risks_fail_only_when_asked() {
    use gendan::check::finding::{Class, Finding, Severity, Subject};
    let risk = |class| {
        let mut finding = Finding::new(
            &gendan::check::rules::toml_syntax::RULE,
            Subject::Root,
            gendan::text::Bi::same("x"),
        );
        finding.class(class);
        finding
    };
    assert!(!risk(Class::Risk).fails(Severity::Error, false));
    assert!(risk(Class::Risk).fails(Severity::Error, true));
    assert!(risk(Class::Document).fails(Severity::Error, false));
    assert_eq!(Root::new("", ERROR).check(&["--fail-on-risk"]).code, 1);
    assert_eq!(Root::new("", "").check(&["--fail-on-risk"]).code, 0);
}

#[test]
fn the_root_is_the_named_then_the_environments_then_the_nearest_then_data() {
    let (wrong, clean) = (Root::new("", ERROR), Root::new("", ""));
    let wrong_path = wrong.path().to_str().unwrap();
    let below: PathBuf = wrong.path().join("orders/2026/GD26-0001");
    assert_eq!(run(&below, &["check", "--as-of", "2026-11-20"]).code, 1, "the nearest gendan.toml upwards");
    let environment = |args: &[&str]| finish(gendan(&below).env("GENDAN_ROOT", clean.path()).args(args)).code;
    assert_eq!(environment(&["check", "--as-of", "2026-11-20"]), 0, "the environment before the nearest");
    assert_eq!(
        environment(&["check", "--as-of", "2026-11-20", "--root", wrong_path]),
        1,
        "the option before it"
    );
    assert_eq!(environment(&["check", "--as-of", "2026-11-20", wrong_path]), 1, "the argument is the option");
    let outer = tempfile::tempdir().unwrap();
    let nothing = run(outer.path(), &["check"]);
    assert_eq!(nothing.code, 2);
    assert!(nothing.err.contains("--root"), "{}", nothing.err);
    let order = outer.path().join("data/orders/2026/A");
    fs::create_dir_all(&order).unwrap();
    fs::write(order.join("order.toml"), ERROR).unwrap();
    assert_eq!(run(outer.path(), &["check", "--as-of", "2026-11-20"]).code, 1, "./data");
    assert_eq!(run(outer.path(), &["check", "--root", "nowhere"]).code, 2);
}

#[test]
fn a_folder_that_is_no_data_root_is_not_clean() {
    let outer = tempfile::tempdir().unwrap();
    fs::create_dir_all(outer.path().join("data/pictures")).unwrap();
    for args in [&["check"][..], &["check", "data"], &["build"]] {
        let run = run(outer.path(), args);
        assert_eq!(run.code, 2, "{args:?} {}", run.err);
        assert!(run.err.contains("gendan.toml"), "{}", run.err);
    }
}

#[test]
fn an_empty_environment_variable_names_no_root() {
    let wrong = Root::new("", ERROR);
    let below = wrong.path().join("orders/2026");
    let run = finish(gendan(&below).env("GENDAN_ROOT", "").args(["check", "--as-of", "2026-11-20"]));
    assert_eq!(run.code, 1, "the nearest gendan.toml upwards: {}", run.err);
}

#[test]
fn a_root_may_be_a_link_or_a_relative_path() {
    let root = Root::new("", ERROR);
    let here = tempfile::tempdir().unwrap();
    let plain = root.check(&["--format", "short"]).out;
    let below = root.path().join("orders/2026");
    assert_eq!(run(&below, &["check", "../..", "--as-of", "2026-11-20", "--format", "short"]).out, plain);
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink(root.path(), here.path().join("data")).unwrap();
        assert_eq!(run(here.path(), &["check", "--as-of", "2026-11-20", "--format", "short"]).out, plain);
    }
}

#[test]
fn colour_follows_the_option_then_the_environment() {
    let root = Root::new("", ERROR);
    let styled = |env: &[(&str, &str)], args: &[&str]| {
        let args = [&["check", "--as-of", "2026-11-20"], args].concat();
        finish(gendan(root.path()).envs(env.iter().copied()).args(args)).out.contains('\u{1b}')
    };
    assert!(!styled(&[], &[]), "a pipe");
    assert!(styled(&[("CLICOLOR_FORCE", "1")], &[]));
    assert!(!styled(&[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")], &[]));
    assert!(styled(&[("NO_COLOR", "1")], &["--color", "always"]));
    assert!(!styled(&[("CLICOLOR_FORCE", "1")], &["--color", "never"]));
}

#[test]
fn a_configuration_in_doubt_builds_nothing() {
    let root = Root::new("", "");
    root.write("gendan.toml", "timezon = \"Asia/Shanghai\"\n");
    let built = run(root.path(), &["build", "--as-of", "2026-11-20"]);
    assert_eq!(built.code, 2, "{}", built.err);
    assert!(built.err.contains("gendan.toml") && !root.path().join("public").exists(), "{}", built.err);
}

#[test]
fn a_mistyped_word_publishes_nothing_that_was_to_be_hidden() {
    let root = Root::new("", "");
    root.write("gendan.toml", "[audience.internal]\nhide = [\"payd\"]\n");
    let said = root.check(&["--format", "short", "--lang", "en"]);
    assert_eq!(said.code, 2, "{}", said.out);
    assert!(said.out.contains("gendan.toml:2:") && said.out.contains("payd"), "{}", said.out);
    let built = run(root.path(), &["build", "--as-of", "2026-11-20"]);
    assert!(built.code == 2 && !root.path().join("public").exists(), "{}", built.err);
    root.write("gendan.toml", "[audience.internal]\nhide = [\"paid\"]\n");
    assert_eq!(root.check(&[]).code, 0);
}

#[test]
fn a_newer_format_and_an_unknown_zone_are_not_read_past() {
    for line in ["schema = 2\n", "schema = 1\ntimezone = \"Mars/Olympus\"\n"] {
        let root = Root::new("", "");
        root.write("gendan.toml", line);
        let said = root.check(&["--format", "short"]);
        assert_eq!(said.code, 2, "{line}{}", said.out);
        assert!(
            said.out.contains("gendan.toml:") && said.out.contains("[toml-unknown-value]"),
            "{}",
            said.out
        );
    }
}

#[test]
fn a_stray_file_hides_no_order() {
    let lone = "orders/2026/GD26-0001/order.toml";
    for stray in ["orders/2026/template.toml", "orders/template.toml"] {
        let root = Root::new("", ERROR);
        root.write(stray, GOOD);
        let said = root.check(&["--format", "short"]);
        assert_eq!(said.code, 1, "{}", said.out);
        assert!(said.out.contains(&format!("{lone}:")), "{}", said.out);
        assert!(
            said.out.contains(&format!("{stray}: ")) && said.out.contains("[file-misplaced]"),
            "{}",
            said.out
        );
    }
}

#[test]
fn records_that_are_not_read_are_named() {
    for (file, rule) in [
        ("orders/2026/GD26-0002/order.toml.txt", "file-misplaced"),
        ("orders/2026/GD26-0002/ORDER.TOML", "file-misplaced"),
        ("orders/2026/GD26-0002/notes.md", "file-misplaced"),
        ("orders/2026/GD26-0001/files/docs.toml", "file-misplaced"),
        ("orders/2026/GD26-0001/docs.toml/scan.pdf", "file-unreadable"),
        ("customers/new.toml.txt", "file-misplaced"),
    ] {
        let root = Root::new("", "");
        root.write(file, "");
        let said = root.check(&["--format", "short"]);
        assert!(said.out.contains(&format!("[{rule}]")), "{file}: {}", said.out);
        assert!(said.out.lines().count() == 1, "{file}: {}", said.out);
    }
}

#[test]
fn rates_need_no_header() {
    let root = Root::new("", "");
    root.write("rates/2026.csv", "\u{feff}2026-11-19,USD,x,ECB\r\n2026-11-20,USD,7.1,ECB\r\n");
    let said = root.check(&["--format", "short"]);
    assert_eq!(said.out.lines().count(), 1, "{}", said.out);
    assert!(said.out.contains("rates/2026.csv:1:1: "), "{}", said.out);
}

#[test]
fn as_of_is_the_only_today() {
    let waiver = waiver("until = 2026-11-25");
    let root = Root::new(WARNING, &waiver);
    let on = |day: &str| run(root.path(), &["check", "--fail-on", "warning", "--as-of", day]).code;
    assert_eq!((on("2026-11-25"), on("2026-11-26")), (0, 1));
    assert_eq!(run(root.path(), &["check", "--as-of", "26.11.2026"]).code, 2);
    let json = run(root.path(), &["check", "--format", "json", "--as-of", "2026-12-01"]).out;
    assert!(json.contains("\"as_of\": \"2026-12-01\""));
}

fn waiver(more: &str) -> String {
    format!("\n[[waivers]]\nrule = \"toml-version\"\nwhy = \"ERP 导出\"\nby = \"zhou.min\"\n{more}\n")
}

#[test]
fn a_valid_waiver_is_shown_and_does_not_fail() {
    for until in ["until = 2026-11-20", "until = \"archived\""] {
        let root = Root::new(WARNING, &waiver(until));
        assert_eq!(root.found(), [row("toml-version", "warning", true)], "{until}");
        assert_eq!(root.check(&["--fail-on", "warning"]).code, 0);
        let human = root.check(&[]);
        assert!(human.out.contains("= 已豁免: ERP 导出（zhou.min）"), "{}", human.out);
        assert!(human.err.contains("已豁免 1"), "{}", human.err);
    }
}

#[test]
fn a_waiver_may_name_the_place() {
    let here = Root::new(WARNING, &waiver("until = \"archived\"\nat = \"charges[0].amount\""));
    let path = here.json()["findings"][0]["path"].as_str().unwrap().to_owned();
    let right = Root::new(WARNING, &waiver(&format!("until = \"archived\"\nat = \"{path}\"")));
    assert_eq!(right.found(), [row("toml-version", "warning", true)], "{path}");
    let wrong = Root::new(WARNING, &waiver("until = \"archived\"\nat = \"bl.gross_kg\""));
    assert_eq!(
        wrong.found(),
        [row("toml-version", "warning", false), row("waiver-unused", "warning", false)]
    );
}

#[test]
fn what_was_not_read_cannot_be_accepted() {
    let waiver = "[[waivers]]\nrule = \"toml-unknown-key\"\nwhy = \"x\"\nby = \"y\"\nuntil = \"archived\"\n";
    let run = Root::new("", &format!("{ERROR}{waiver}")).check(&["--format", "short"]);
    assert_eq!(run.code, 1, "{}", run.out);
    assert!(run.out.contains("[waiver-unused]"), "{}", run.out);
}

#[test]
fn expired_unused_and_incomplete_waivers_accept_nothing() {
    let expired = Root::new(WARNING, &waiver("until = 2026-11-19"));
    assert_eq!(
        expired.found(),
        [row("toml-version", "warning", false), row("waiver-expired", "warning", false)]
    );
    let unused = Root::new("", &waiver("until = 2026-12-31"));
    assert_eq!(unused.found(), [row("waiver-unused", "warning", false)]);
    let incomplete = Root::new(WARNING, &waiver(""));
    assert_eq!(
        incomplete.found(),
        [row("toml-version", "warning", false), row("waiver-incomplete", "error", false)]
    );
}

#[test]
fn a_level_in_the_configuration_holds() {
    let level = |level: &str| {
        let root = Root::new(WARNING, "");
        root.configure(&format!("\n[rules]\n\"toml-version\" = {level}\n"));
        (root.found(), root.check(&[]).code)
    };
    assert_eq!(level("\"error\""), (vec![row("toml-version", "error", false)], 1));
    assert_eq!(level("\"info\""), (vec![row("toml-version", "info", false)], 0));
    assert_eq!(level("{ level = \"error\" }"), (vec![row("toml-version", "error", false)], 1));
    // What the loader cannot read would be lost silently: switched off it is still shown.
    assert_eq!(level("\"off\""), (vec![row("toml-version", "info", false)], 0));
    assert_eq!(level("\"loud\"").1, 2);
}

#[test]
fn a_rule_of_the_check_can_be_switched_off() {
    let root = Root::new("", &waiver("until = 2026-12-31"));
    root.configure("\n[rules]\n\"waiver-unused\" = \"off\"\n");
    assert_eq!(root.found(), []);
}

#[test]
fn a_reader_that_goes_away_is_no_failure() {
    let many: String = (0..150).map(|n| format!("key{n} = {n}\n")).collect();
    let root = Root::new("", &many);
    let mut child = gendan(root.path())
        .args(["check", "--as-of", "2026-11-20"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let mut said = String::new();
    child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(0), "{said}");
    assert!(!said.contains("panicked") && !said.to_lowercase().contains("pipe"), "{said}");
}

#[test]
fn explain_knows_every_rule_and_what_was_meant() {
    let here = tempfile::tempdir().unwrap();
    let known = run(here.path(), &["explain", "toml-fullwidth"]);
    assert_eq!(known.code, 0);
    for part in ["toml-fullwidth", "检查什么", "为什么", "依据", "怎么改", "错误[toml-fullwidth]"]
    {
        assert!(known.out.contains(part), "{part}: {}", known.out);
    }
    assert!(!known.out.contains("[[waivers]]"), "what cannot be read cannot be waived");
    let english = run(here.path(), &["explain", "toml-fullwidth", "--lang", "en"]).out;
    assert!(english.contains("What it checks") && english.contains("error[toml-fullwidth]"), "{english}");
    let near = run(here.path(), &["explain", "toml-fulwidth"]);
    assert_eq!((near.code, near.out.as_str()), (2, ""));
    assert!(near.err.contains("toml-fullwidth"), "{}", near.err);
    assert_eq!(run(here.path(), &["explain", "something-else-entirely"]).code, 2);
    let all = run(here.path(), &["explain", "all"]).out;
    assert!(gendan::check::rules::all().all(|rule| all.contains(&format!("\n{} · ", rule.name))));
}

#[test]
fn help_names_commands_options_and_exit_codes() {
    let here = tempfile::tempdir().unwrap();
    let help = run(here.path(), &["--help"]);
    assert_eq!(help.code, 0);
    for part in
        ["check", "build", "explain", "schema", "demo", "import", "--root", "--as-of", "--lang", "Exit codes"]
    {
        assert!(help.out.contains(part), "{part}: {}", help.out);
    }
    let check = run(here.path(), &["check", "--help"]).out;
    for part in ["--format", "--fail-on", "--fail-on-risk", "human", "short", "json"] {
        assert!(check.contains(part), "{part}: {check}");
    }
    assert_eq!(run(here.path(), &[]).code, 2, "no command");
    assert_eq!(run(here.path(), &["chekc"]).code, 2);
    assert_eq!(run(here.path(), &["--version"]).out, format!("gendan {}\n", env!("CARGO_PKG_VERSION")));
}

#[test]
fn output_names_no_folder_of_this_machine() {
    let root = Root::new(WARNING, ERROR);
    for format in ["human", "short", "json"] {
        let run = root.check(&["--format", format]);
        let path = root.path().to_str().unwrap();
        assert!(!run.out.contains(path) && !run.err.contains(path), "{format}");
    }
}
