//! Credits with papers and what examiners found in them, against what the tool finds.
//!
//! Real cases lie in `cases/` below the folder that `GENDAN_REAL_DATA` names; they are not part of this project.
//! Invented ones of the same schema lie in `tests/cases/invented` and run always: there the errors must be exactly
//! those that the case names. How a case becomes an order: `clerk`; 46A is read by `asked`; what counts as found:
//! `topics` and `score`. `CASE=16` shows the files of a case and everything that is found in it.

#![expect(clippy::unwrap_used, reason = "helpers of tests fail the test")]

use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use crate::case::{Case, Label};
use crate::score::Outcome;

#[path = "cases/asked.rs"]
mod asked;
#[path = "cases/atoms.rs"]
mod atoms;
#[path = "cases/case.rs"]
mod case;
#[path = "cases/clerk.rs"]
mod clerk;
#[path = "cases/keys.rs"]
mod keys;
#[path = "cases/record.rs"]
mod record;
#[path = "cases/score.rs"]
mod score;
#[path = "cases/topics.rs"]
mod topics;
#[path = "cases/words.rs"]
mod words;

/// Labels that nobody can find in what the case records, each with the reason: `(case, field, why)`.
const UNDECIDABLE: &[(&str, &str, &str)] = &[];

/// Errors on whole cases that no label names and that a person has looked at: `(case or *, rule, why it is right)`.
const LOOKED_AT: &[(&str, &str, &str)] = &[
    (
        "18",
        "docs-ports",
        "the planted port of the bill contradicts the insurance too, which has the right one",
    ),
    ("22", "credit-late-presentation", AFTER_THE_PERIOD),
    ("23", "credit-late-presentation", AFTER_THE_PERIOD),
    ("24", "credit-late-presentation", AFTER_THE_PERIOD),
    ("25", "credit-late-presentation", AFTER_THE_PERIOD),
    ("26", "credit-late-presentation", AFTER_THE_PERIOD),
];

/// No day of presentation is given; the set holds a paper dated later than the last day on which it could be presented.
const AFTER_THE_PERIOD: &str =
    "a paper of the set is dated after the period for presentation: late on any day";

/// The least share of agreed, decidable labels that must be found, in percent.
const RECALL: usize = 95;

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut all: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|end| end == "json"))
        .collect();
    all.sort();
    all
}

/// The real cases, unless the folder is not named: then says so.
fn real(test: &str) -> Option<PathBuf> {
    let folder = std::env::var_os("GENDAN_REAL_DATA").map(|data| PathBuf::from(data).join("cases"));
    if folder.is_none() {
        // Straight to the handle: what the macros print of a passing test is not shown.
        let said = format!("SKIPPED {test}: GENDAN_REAL_DATA is not set\n");
        std::io::stderr().write_all(said.as_bytes()).unwrap();
    }
    folder
}

fn undecidable(case: &Case) -> impl Fn(&Label) -> bool {
    |label| UNDECIDABLE.iter().any(|(id, field, _)| *id == case.id && *field == label.field)
}

fn say(text: &str) {
    std::io::stderr().write_all(text.as_bytes()).unwrap();
}

/// What every set of cases must hold.
fn judge(outcomes: &[Outcome]) -> String {
    let mut problems = String::new();
    for o in outcomes {
        for line in &o.broken {
            let _ = writeln!(problems, "{}: {line}", o.id);
        }
        for line in &o.wrong {
            let _ = writeln!(problems, "{}: an error on what is fine: {line}", o.id);
        }
    }
    let labels: usize = outcomes.iter().map(|o| o.labels).sum();
    let found: usize = outcomes.iter().map(|o| o.found.len()).sum();
    if found * 100 < labels * RECALL {
        let _ = writeln!(problems, "{found} of {labels} labels found; {RECALL} % must be");
    }
    problems
}

#[test]
fn the_real_cases() {
    let Some(folder) = real("the_real_cases") else { return };
    let mut outcomes = Vec::new();
    for path in files(&folder) {
        if path.file_stem().is_some_and(|name| name == "atoms") {
            continue;
        }
        for case in case::read(&fs::read_to_string(path).unwrap()) {
            outcomes.push(score::score(&case, &undecidable(&case)));
        }
    }
    say(&format!("\nreal cases\n{}", score::table(&outcomes)));
    for (id, field, why) in UNDECIDABLE {
        say(&format!("not decidable: {id} {field}: {why}\n"));
    }
    let mut problems = judge(&outcomes);
    for o in outcomes.iter().filter(|o| o.whole) {
        let looked =
            |rule: &str| LOOKED_AT.iter().any(|(id, r, _)| (*id == "*" || *id == o.id) && *r == rule);
        for (rule, title) in o.extra.iter().filter(|(rule, _)| !looked(rule)) {
            let _ = writeln!(problems, "{}: to be looked at: {rule}: {title}", o.id);
        }
    }
    assert!(problems.is_empty(), "{problems}");
}

#[test]
fn the_atoms() {
    let Some(folder) = real("the_atoms") else { return };
    let text = fs::read_to_string(folder.join("atoms.json")).unwrap();
    let atoms: Vec<serde_json::Value> = serde_json::from_str(&text).unwrap();
    let cases: Vec<Case> = atoms.iter().flat_map(atoms::read).collect();
    let outcomes: Vec<Outcome> = cases.iter().map(|case| score::score(case, &undecidable(case))).collect();
    say(&format!("\natoms\n{}", score::table(&outcomes)));
    let problems = judge(&outcomes);
    assert!(problems.is_empty(), "{problems}");
}

#[test]
fn the_invented_cases() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/invented");
    let mut outcomes = Vec::new();
    for path in files(&folder) {
        let cases = case::read(&fs::read_to_string(&path).unwrap());
        assert!(!cases.is_empty(), "{} cannot be read", path.display());
        outcomes.extend(cases.iter().map(|case| score::score(case, &|_| false)));
    }
    let mut problems = judge(&outcomes);
    for o in &outcomes {
        for line in &o.unread {
            let _ = writeln!(problems, "{}: {line}", o.id);
        }
        for line in &o.missed {
            let _ = writeln!(problems, "{}: not found: {line}", o.id);
        }
        for (rule, title) in &o.extra {
            let _ = writeln!(problems, "{}: not named in the case: {rule}: {title}", o.id);
        }
    }
    assert!(problems.is_empty(), "{}\n{problems}", score::table(&outcomes));
}
