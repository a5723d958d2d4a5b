//! Every rule against its fixtures: `tests/rules/<rule>/bad` must give exactly the marked findings, `good` none.
//!
//! A fixture is laid over `tests/rules/_base`: `order.toml`, `docs.toml`, `money.toml` directly in it go to
//! `orders/2026/GD26-0001/`, everything else keeps its path. The line above the fault carries the mark
//! `#~ rule-name` (several names where one fault honestly trips several rules); `#~ file rule-name` in any file
//! marks a finding without a line, with the path it is about (a blank is `%20`): `#~ file orders/x/order.toml
//! rule-name`. `#~ as-of 2026-03-01` sets the day (default 2026-11-20). `#~ commit 2026-03-01` makes the fixture
//! a repository with one commit of that day. A fixture with folders `1/`, `2/` … is a repository with one commit for
//! each, laid over the one before; `commit.toml` in it says `date`, `author`, `message` and what to `delete`; without a
//! date it is not committed. `#~ past rule-name` marks what another rule says as history, in `good`
//! too. Marks are compared apart from the rendering, so that
//! blessing (`GENDAN_BLESS=1`) cannot lock in a wrong line.

#![expect(clippy::unwrap_used, reason = "helpers of tests fail the test")]

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use chrono::NaiveDate;
use gendan::check::finding::{Finding, Severity};
use gendan::check::rule::{Rule, Scope};
use gendan::check::{check, rules};
use gendan::load::files::Files;
use gendan::report::Langs;
use gendan::report::explain::SEPARATOR;
use gendan::report::human::Human;
use gendan::text::Lang;
use gendan::{derive, history, load};

fn home() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/rules")
}

/// Copies a fixture over a scratch root. Files named `*.hex` become bytes, `*.symlink` become links, `*.times`
/// (a number, then text) become the text that often: what git does not keep, or nobody wants to read.
fn lay(from: &Path, root: &Path) {
    for entry in walkdir::WalkDir::new(from).sort_by_file_name() {
        let entry = entry.unwrap();
        if !entry.file_type().is_file() {
            continue;
        }
        let below = entry.path().strip_prefix(from).unwrap();
        let name = below.to_str().unwrap();
        let role = ["order.toml", "docs.toml", "money.toml", "notes.md"].iter().any(|role| {
            name == *role || [".hex", ".times"].iter().any(|end| name.strip_suffix(end) == Some(*role))
        });
        let to = if role { root.join("orders/2026/GD26-0001").join(below) } else { root.join(below) };
        fs::create_dir_all(to.parent().unwrap()).unwrap();
        let bytes = fs::read(entry.path()).unwrap();
        if let Some(target) = to.to_str().unwrap().strip_suffix(".symlink") {
            let link = String::from_utf8(bytes).unwrap();
            #[cfg(unix)]
            std::os::unix::fs::symlink(link.trim(), target).unwrap();
        } else if let Some(target) = to.to_str().unwrap().strip_suffix(".hex") {
            let text = String::from_utf8(bytes).unwrap();
            let digits: Vec<u8> = text
                .lines()
                .filter(|l| !l.starts_with('#'))
                .flat_map(str::split_whitespace)
                .map(|pair| u8::from_str_radix(pair, 16).unwrap())
                .collect();
            fs::write(target, digits).unwrap();
        } else if let Some(target) = to.to_str().unwrap().strip_suffix(".times") {
            let text = String::from_utf8(bytes).unwrap();
            let (times, text) = text.split_once('\n').unwrap();
            fs::write(target, text.repeat(times.parse().unwrap())).unwrap();
        } else {
            fs::write(to, bytes).unwrap();
        }
    }
}

/// What a fixture promises: `(file, line, rule)`; line 0 for the file as a whole.
type Mark = (String, usize, String);

struct Fixture {
    root: tempfile::TempDir,
    marks: BTreeSet<Mark>,
    /// What other rules say as history.
    history: BTreeSet<Mark>,
    as_of: NaiveDate,
}

fn fixture(dir: &Path) -> Fixture {
    let root = tempfile::tempdir().unwrap();
    lay(&home().join("_base"), root.path());
    if dir.join("1").is_dir() {
        replay(dir, root.path());
    } else {
        lay(dir, root.path());
    }
    let mut marks = BTreeSet::new();
    let mut history = BTreeSet::new();
    let mut as_of = "2026-11-20".parse().unwrap();
    let mut committed = None;
    for entry in walkdir::WalkDir::new(root.path()).sort_by_file_name() {
        let entry = entry.unwrap();
        let Ok(text) = fs::read_to_string(entry.path()) else { continue };
        let file = entry.path().strip_prefix(root.path()).unwrap().to_str().unwrap().to_owned();
        for (index, line) in text.lines().enumerate() {
            let Some(mark) = line.trim_start().strip_prefix("#~ ") else { continue };
            if let Some(day) = mark.strip_prefix("as-of ") {
                as_of = day.trim().parse().unwrap();
            } else if let Some(day) = mark.strip_prefix("commit ") {
                committed = Some(day.trim().to_owned());
            } else if let Some(rest) = mark.strip_prefix("file ") {
                let (path, rule) = rest.trim().split_once(' ').unwrap();
                marks.insert((path.replace("%20", " "), 0, rule.to_owned()));
            } else {
                let skip =
                    text.lines().skip(index + 1).take_while(|l| l.trim_start().starts_with("#~ ")).count();
                let (rules, list) = match mark.strip_prefix("past ") {
                    Some(rules) => (rules, &mut history),
                    None => (mark, &mut marks),
                };
                for rule in rules.split_whitespace() {
                    list.insert((file.clone(), index + 2 + skip, rule.to_owned()));
                }
            }
        }
    }
    if let Some(day) = committed {
        commit(root.path(), &day);
    }
    Fixture { root, marks, history, as_of }
}

/// Lays the numbered folders of a fixture one over the other, each a commit.
fn replay(dir: &Path, root: &Path) {
    git(root, "2026-01-01", "Lin Yan <lin.yan@example.com>", &["init", "-q", "-b", "main"]);
    for number in 1.. {
        let state = dir.join(number.to_string());
        if !state.is_dir() {
            break;
        }
        lay(&state, root);
        let about = fs::read_to_string(root.join("commit.toml")).unwrap();
        fs::remove_file(root.join("commit.toml")).unwrap();
        let said = |key: &str| {
            let line = about.lines().find_map(|l| l.strip_prefix(key)?.trim_start().strip_prefix('='));
            line.map_or_else(Vec::new, |l| l.split('"').skip(1).step_by(2).collect::<Vec<_>>())
        };
        for path in said("delete") {
            fs::remove_dir_all(root.join(path)).unwrap();
        }
        let Some(day) = said("date").first().copied() else { continue };
        let author = said("author").first().copied().unwrap_or("Lin Yan <lin.yan@example.com>");
        let plain = format!("record (#{number})");
        let message = said("message").first().map_or(plain, ToString::to_string);
        git(root, day, author, &["add", "-A"]);
        git(root, day, author, &["commit", "-q", "-m", &message]);
    }
}

/// Turns a fixture into a repository whose only commit is of that day.
fn commit(root: &Path, day: &str) {
    let author = "Lin Yan <lin.yan@example.com>";
    for args in [&["init", "-q", "-b", "main"][..], &["add", "-A"], &["commit", "-q", "-m", "record (#1)"]] {
        git(root, day, author, args);
    }
}

impl Fixture {
    fn files(&self) -> Files {
        Files::folder(self.root.path()).unwrap()
    }
}

fn git(root: &Path, day: &str, author: &str, args: &[&str]) {
    let when = format!("{day}T09:00:00+08:00");
    let (name, email) = author.trim_end_matches('>').split_once(" <").unwrap();
    let done = Command::new("git")
        .args(args)
        .current_dir(root)
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .envs([("GIT_AUTHOR_NAME", name), ("GIT_AUTHOR_EMAIL", email)])
        .envs([("GIT_COMMITTER_NAME", name), ("GIT_COMMITTER_EMAIL", email)])
        .envs([("GIT_AUTHOR_DATE", &when), ("GIT_COMMITTER_DATE", &when)])
        .status()
        .unwrap();
    assert!(done.success(), "git {args:?}");
}

fn findings(fixture: &Fixture) -> Vec<Finding> {
    let loaded = load::load(fixture.root.path()).unwrap();
    let history = history::read(fixture.root.path());
    let facts = derive::derive(&loaded.book, &history, fixture.as_of);
    check(&facts, loaded.findings).findings
}

/// Where a finding points: its first place.
fn mark(finding: &Finding) -> Mark {
    let spot = finding.spots.first();
    let file = spot.map_or(String::new(), |s| s.place.file.to_string());
    let line = spot.and_then(|s| s.region).map_or(0, |r| r.line);
    (file, line, finding.rule.name.to_owned())
}

/// What another rule says as history: marked apart.
fn is_history(finding: &Finding, rule: &Rule) -> bool {
    finding.past && finding.severity > Severity::Info && !std::ptr::eq(finding.rule, rule)
}

/// The history of other rules is exactly what the fixture marks as such.
fn same_history(rule: &Rule, side: &str, fixture: &Fixture, all: &[Finding], problems: &mut String) {
    let open = |f: &&Finding| is_history(f, rule) && f.waived.is_none();
    let got: BTreeSet<Mark> = all.iter().filter(open).map(mark).collect();
    for (file, line, name) in got.symmetric_difference(&fixture.history) {
        let what = if fixture.history.contains(&(file.clone(), *line, name.clone())) {
            "gone"
        } else {
            "not marked"
        };
        let _ = writeln!(problems, "{}/{side}: history {what}: {file}:{line} {name}", rule.name);
    }
}

/// What has to be marked: everything but what other rules say for information or as history.
fn counts(finding: &Finding, rule: &Rule) -> bool {
    (finding.severity > Severity::Info && !finding.past) || std::ptr::eq(finding.rule, rule)
}

fn run_bad(rule: &'static Rule, dir: &Path, problems: &mut String) {
    let fixture = fixture(&dir.join("bad"));
    let all = findings(&fixture);
    same_history(rule, "bad", &fixture, &all, problems);
    let found: Vec<Finding> = all.into_iter().filter(|f| counts(f, rule)).collect();
    let got: BTreeSet<Mark> = found.iter().map(mark).collect();
    if got != fixture.marks || got.is_empty() {
        let _ = writeln!(problems, "{}/bad: marked {:#?}\nfound {:#?}", rule.name, fixture.marks, got);
        for finding in &found {
            let _ =
                writeln!(problems, "{}", Human::new(&fixture.files(), Langs::Both, false).render(finding));
        }
        return;
    }
    if !got.iter().any(|(_, _, name)| name == rule.name) {
        let _ = writeln!(problems, "{}/bad does not trip its own rule", rule.name);
    }
    let mut texts = Lang::ALL.map(|lang| {
        let files = fixture.files();
        let mut human = Human::new(&files, Langs::One(lang), false);
        found.iter().map(|f| human.render(f)).collect::<Vec<_>>().join("\n")
    });
    let text = texts.iter_mut().map(|t| t.trim_end().to_owned()).collect::<Vec<_>>().join(SEPARATOR) + "\n";
    let expected = dir.join("expected.txt");
    #[expect(clippy::disallowed_methods, reason = "blessing is asked for by the environment")]
    let bless = std::env::var("GENDAN_BLESS").is_ok();
    if bless {
        fs::write(&expected, &text).unwrap();
    } else if fs::read_to_string(&expected).unwrap_or_default() != text {
        let _ =
            writeln!(problems, "{}: expected.txt differs; GENDAN_BLESS=1 writes it. Now:\n{text}", rule.name);
    }
}

fn run_good(rule: &'static Rule, dir: &Path, problems: &mut String) {
    for entry in fs::read_dir(dir).unwrap() {
        let good = entry.unwrap().path();
        if !good.file_name().unwrap().to_str().unwrap().starts_with("good") {
            continue;
        }
        let fixture = fixture(&good);
        let all = findings(&fixture);
        same_history(rule, good.file_name().unwrap().to_str().unwrap(), &fixture, &all, problems);
        for finding in all.iter().filter(|f| counts(f, rule) && f.waived.is_none()) {
            let _ = writeln!(
                problems,
                "{}/{} should be clean:\n{}",
                rule.name,
                good.file_name().unwrap().to_str().unwrap(),
                Human::new(&fixture.files(), Langs::Both, false).render(finding)
            );
        }
    }
}

#[test]
fn every_rule_says_what_its_fixture_marks() {
    #[expect(clippy::disallowed_methods, reason = "RULE=name runs one rule while it is being written")]
    let only = std::env::var("RULE").ok();
    let mut problems = String::new();
    for rule in rules::all().filter(|r| only.as_deref().is_none_or(|name| name == r.name)) {
        let dir = home().join(rule.name);
        if !dir.join("bad").is_dir() || !dir.join("good").is_dir() {
            let _ = writeln!(problems, "{}: needs bad/ and good/", rule.name);
            continue;
        }
        run_bad(rule, &dir, &mut problems);
        run_good(rule, &dir, &mut problems);
    }
    assert!(problems.is_empty(), "{problems}");
}

#[test]
fn the_list_is_sorted_documented_and_whole() {
    let rules: Vec<&Rule> = rules::all().collect();
    let mut keys: Vec<_> = rules.iter().map(|r| (r.group, r.name)).collect();
    let listed = keys.clone();
    keys.sort_unstable();
    assert_eq!(listed, keys, "rules are listed by group, then by name");
    keys.dedup_by_key(|k| k.1);
    assert_eq!(keys.len(), rules.len(), "a name is given once");
    for rule in &rules {
        let name = rule.name;
        assert!(name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-'), "{name}");
        let texts = [rule.title, rule.source, rule.docs.checks, rule.docs.why, rule.docs.fix];
        for (zh, en) in texts {
            assert!(
                !zh.trim().is_empty() && !en.trim().is_empty(),
                "{name} documents every section in both languages"
            );
            assert!(
                en.is_ascii() || !en.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c)),
                "{name}: Chinese in English docs"
            );
        }
        assert!(
            !matches!(rule.scope, Scope::Order(_)) || rule.group != gendan::check::rule::Group::Writing,
            "{name}"
        );
    }
}

#[test]
fn every_rule_file_and_fixture_is_in_the_list() {
    let names: BTreeSet<String> = rules::all().map(|r| r.name.to_owned()).collect();
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/check/rules");
    let files: BTreeSet<String> = walkdir::WalkDir::new(source)
        .min_depth(2)
        .into_iter()
        .map(|e| e.unwrap())
        .filter(|e| e.file_type().is_file())
        .map(|e| e.path().file_stem().unwrap().to_str().unwrap().replace('_', "-"))
        .collect();
    assert_eq!(files, names, "files under src/check/rules and the list");
    let fixtures: BTreeSet<String> = fs::read_dir(home())
        .unwrap()
        .map(|e| e.unwrap().file_name().to_str().unwrap().to_owned())
        .filter(|n| !n.starts_with('_'))
        .collect();
    assert_eq!(fixtures, names, "folders under tests/rules and the list");
}

/// Rules whose findings are held to [`reads_well`]: papers against papers, credits, goods, money, and the gates of
/// papers and money.
fn is_of_papers(rule: &Rule) -> bool {
    use gendan::check::rule::Group;
    match rule.group {
        Group::Documents | Group::Intake | Group::Credit | Group::Goods | Group::Money => true,
        Group::Gate => rule.since != "0.1.0",
        _ => false,
    }
}

/// Letters and digits only, numbers without trailing zeros and thousands groups: `1,025.00` is found as `1025`.
fn folded(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let of_number = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',');
        let end = rest.find(|c| !of_number(c)).unwrap_or(rest.len());
        let (run, after) =
            if first.is_ascii_digit() { rest.split_at(end) } else { rest.split_at(first.len_utf8()) };
        match run.trim_end_matches(['.', ',']).replace(',', "").parse::<rust_decimal::Decimal>() {
            Ok(number) => out += &number.normalize().to_string(),
            Err(_) => out.extend(run.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase)),
        }
        rest = after;
    }
    out
}

/// Whether a sentence shows a value. A sentence of the files that is too long for a title is quoted in part or stands
/// at one of the places; that it is the files' own words is enough.
fn shows(title: &str, value: &str, data: &str) -> bool {
    let start: String = folded(value).chars().take(20).collect();
    folded(title).contains(&folded(value)) || (value.chars().count() > 24 && folded(data).contains(&start))
}

/// Rules whose values are codes of the data format; the title says them in the trade's own words.
const CODES: &[&str] = &[
    "credit-bl-carrier-signed",
    "credit-bl-consignee",
    "credit-freight-wording",
    "credit-insurance-endorsed",
    "credit-insurance-kind",
    "credit-signature",
    "gate-papers-missing",
    "lc-docs-obtainable",
    "wood-packing",
];

/// Rules whose second value is a whole list, of which the title names what is missing, or that something is not on it.
const LISTS: &[&str] = &["credit-insurance-risks", "credit-invoice-no-extra-goods"];

/// Rules about something that is not there: no second value to show.
const ABSENT: &[&str] =
    &["advance-filing-data", "credit-awb", "credit-bl-no-charterparty", "credit-bl-onboard", "dg-complete"];

/// Rules of the credit whose finding no paper cures, so that no last day can be named: late or early shipment,
/// expiry, the period for presentation, parts, what the carrier saw or did; a needless paper, which hurts nothing; and
/// a refusal that is the bank's own mistake.
const INCURABLE: &[&str] = &[
    "credit-bl-clean",
    "credit-bl-tranship",
    "credit-docs-extra",
    "credit-early-shipment",
    "credit-expiry",
    "credit-instalment",
    "credit-late-presentation",
    "credit-late-shipment",
    "credit-partial",
    "credit-refusal-clock",
];

/// Runs of characters of a text for which `of` holds.
fn runs(text: &str, of: impl Fn(char) -> bool) -> Vec<&str> {
    text.split(|c: char| !of(c)).filter(|run| !run.is_empty()).collect()
}

fn is_han(c: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&c)
}

/// What is wrong with how a finding is told. `data` is everything that the fixture's files say.
fn reads_well(finding: &Finding, data: &str) -> Vec<String> {
    let mut wrong = Vec::new();
    let (title, help) = (&finding.title, &finding.help);
    if title.zh == title.en || !title.zh.chars().any(is_han) {
        wrong.push("the title is not told in Chinese".into());
    }
    if help.zh.trim().is_empty() || help.en.trim().is_empty() || help.zh == help.en {
        wrong.push("no help in both languages".into());
    }
    if finding.source.zh.trim().is_empty() || finding.source.en.trim().is_empty() {
        wrong.push("no source".into());
    }
    if finding.spots.is_empty()
        || finding.spots.iter().any(|s| s.label.zh.is_empty() != s.label.en.is_empty())
    {
        wrong.push("no place, or one labelled in one language".into());
    }
    for text in [&title.en, &help.en, &finding.source.en] {
        for run in runs(text, is_han).into_iter().filter(|run| !data.contains(run)) {
            wrong.push(format!("Chinese in English: {run}"));
        }
    }
    let lower = data.to_lowercase();
    for run in runs(&title.zh, |c| c.is_ascii_lowercase() || matches!(c, '_' | '-')) {
        if run.len() > 3 && !lower.contains(run) && rules::all().all(|r| r.name != run) {
            wrong.push(format!("English in a Chinese title: {run}"));
        }
    }
    // Keys and values of the format are typed in English letters; a phrase of three words is prose.
    let is_word = |w: &&str| w.len() > 1 && w.bytes().all(|b| b.is_ascii_lowercase());
    let plain = help.zh.split('`').step_by(2).flat_map(|part| part.split('“')).collect::<Vec<_>>();
    let plain: Vec<&str> =
        plain.into_iter().map(|part| part.split_once('”').map_or(part, |(_, rest)| rest)).collect();
    let plain = plain.join("。");
    for clause in runs(&plain, |c| c.is_ascii() && !matches!(c, '"' | '=')) {
        let words: Vec<&str> = clause.split(' ').collect();
        if words.windows(3).any(|three| three.iter().all(&is_word)) && !lower.contains(clause.trim()) {
            wrong.push(format!("English prose in Chinese help: {clause}"));
        }
    }
    let name = finding.rule.name;
    if finding.values.iter().all(String::is_empty) && !ABSENT.contains(&name) {
        wrong.push("no values".into());
    }
    let own = finding.subject.order().map(ToString::to_string);
    for value in finding.values.iter().filter(|v| Some(*v) != own.as_ref()) {
        for text in [&title.zh, &title.en] {
            if !shows(text, value, data) && !CODES.contains(&name) && !LISTS.contains(&name) {
                wrong.push(format!("`{value}` is not in `{text}`"));
            }
        }
    }
    if name.starts_with("credit-") && finding.until.is_none() && !INCURABLE.contains(&name) {
        wrong.push("no last day of the cure".into());
    }
    wrong
}

#[test]
fn each_finding_shows_both_values_where_why_and_the_cure() {
    let mut problems = String::new();
    for rule in rules::all().filter(|r| is_of_papers(r)) {
        let fixture = fixture(&home().join(rule.name).join("bad"));
        let mut data = String::new();
        for entry in walkdir::WalkDir::new(fixture.root.path()).sort_by_file_name() {
            data += &fs::read_to_string(entry.unwrap().path()).unwrap_or_default();
        }
        for finding in findings(&fixture).iter().filter(|f| std::ptr::eq(f.rule, rule)) {
            for wrong in reads_well(finding, &data) {
                let _ = writeln!(
                    problems,
                    "{}: {wrong}\n    {}\n    {}",
                    rule.name, finding.title.zh, finding.title.en
                );
            }
        }
    }
    assert!(problems.is_empty(), "{problems}");
}

#[test]
fn without_a_whole_history_nothing_passes_silently() {
    let fixture = fixture(&home().join("git-plan-rewritten/bad"));
    let wanted: Vec<&str> = rules::all().filter(|r| r.scope.needs_history()).map(|r| r.name).collect();
    assert!(wanted.contains(&"git-plan-rewritten") && wanted.len() >= 9, "{wanted:?}");
    let unchecked = |root: &Path| {
        let loaded = load::load(root).unwrap();
        let history = history::read(root);
        let facts = derive::derive(&loaded.book, &history, fixture.as_of);
        let checked = check(&facts, loaded.findings);
        assert!(checked.findings.iter().all(|f| !f.rule.scope.needs_history()));
        checked.unchecked.iter().map(|r| r.name).collect::<Vec<_>>()
    };
    let whole = fixture.root.path();
    let shallow = tempfile::tempdir().unwrap();
    let from = format!("file://{}", whole.display());
    let author = "Lin Yan <lin.yan@example.com>";
    git(shallow.path(), "2026-11-20", author, &["clone", "-q", "--depth", "1", &from, "copy"]);
    assert_eq!(unchecked(&shallow.path().join("copy")), wanted, "a shallow clone");
    fs::remove_dir_all(whole.join(".git")).unwrap();
    assert_eq!(unchecked(whole), wanted, "no repository");
}

#[test]
fn the_base_of_the_fixtures_is_clean() {
    let fixture = fixture(&home().join("_base"));
    let found = findings(&fixture);
    assert!(found.is_empty(), "{found:#?}");
}
