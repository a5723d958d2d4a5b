//! Runs a case and compares what the tool finds with what examiners found, by paper and field.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;

use gendan::check::check;
use gendan::check::finding::{At, Finding, Severity};
use gendan::check::rule::Group;
use gendan::{derive, history, load};

use crate::case::{Case, Label};
use crate::clerk::{self, Recorded, table_of};
use crate::topics;

/// What came of a case.
#[derive(Debug, Default)]
pub(crate) struct Outcome {
    pub(crate) id: String,
    pub(crate) whole: bool,
    /// Agreed labels that count, and those of them that were found.
    pub(crate) labels: usize,
    pub(crate) found: Vec<String>,
    pub(crate) missed: Vec<String>,
    /// Errors on what is fine.
    pub(crate) wrong: Vec<String>,
    /// Errors that no label names: `(rule, title)`.
    pub(crate) extra: Vec<(String, String)>,
    /// Of the faults that the source does not label.
    pub(crate) also: (usize, usize),
    /// The record itself is not sound.
    pub(crate) broken: Vec<String>,
    /// Keys, values and labels that nobody reads: said of cases that others wrote, a fault of our own.
    pub(crate) unread: Vec<String>,
    pub(crate) unplaced: BTreeSet<String>,
}

/// A finding with the papers and keys it points at.
struct Seen {
    finding: Finding,
    /// Table, what the case calls the paper, keys of the path.
    touched: Vec<(String, String, Vec<String>)>,
}

impl Seen {
    fn is_error(&self) -> bool {
        self.finding.severity == Severity::Error && self.finding.waived.is_none()
    }

    fn said(&self) -> String {
        let past = if self.finding.past { ", past" } else { "" };
        format!(
            "{} ({}{past}): {}",
            self.finding.rule.name,
            self.finding.severity.code(),
            self.finding.title.en
        )
    }
}

/// `lc[0].documents[2].percent` → table, position, keys.
fn parts(path: &str) -> (String, usize, Vec<String>) {
    let mut steps = path.split('.');
    let head = steps.next().unwrap_or_default();
    let (table, index) = head.split_once('[').unwrap_or((head, "0]"));
    let index = index.trim_end_matches(']').parse().unwrap_or(0);
    let keys = steps.map(|s| s.split('[').next().unwrap_or_default().to_owned()).collect();
    (table.to_owned(), index, keys)
}

fn run(recorded: &Recorded) -> Vec<Seen> {
    let root = tempfile::tempdir().unwrap();
    for (path, text) in &recorded.files {
        let path = root.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    let loaded = load::load(root.path()).unwrap();
    let history = history::read(root.path());
    let facts = derive::derive(&loaded.book, &history, recorded.as_of);
    let seen = |finding: Finding| {
        let touched = finding
            .spots
            .iter()
            .filter_map(|spot| match &spot.place.at {
                At::Value(path) | At::Key(path) => Some(parts(path)),
                _ => None,
            })
            .map(|(table, index, keys)| {
                let called = recorded.kinds.get(&(table.clone(), index)).cloned().unwrap_or_default();
                (table, called, keys)
            })
            .collect();
        Seen { finding, touched }
    };
    check(&facts, loaded.findings).findings.into_iter().map(seen).collect()
}

/// Whether a finding is about a paper that a label names. Certificates are told apart by what they are called, other
/// papers by their table.
fn names(document: &str, table: &str, called: &str) -> bool {
    match table_of(document) {
        Some("certificate") => called == document,
        Some(own) => own == table,
        None => false,
    }
}

/// Whether a finding says what a label says: it touches a paper of the label other than the credit, and the field.
fn fits(label: &Label, seen: &Seen) -> bool {
    let Some(topic) = topics::of(&label.field, &label.documents) else { return false };
    // A paper that is not there cannot be touched: the finding stands at what asks for it.
    let missing = label.field == "missing_document" || label.field == "documents_presented";
    let beside = |d: &&String| table_of(d) != Some("lc") && !(missing && table_of(d) == Some("presentation"));
    let papers: Vec<&String> = label.documents.iter().filter(beside).collect();
    let touched: Vec<&(String, String, Vec<String>)> = seen
        .touched
        .iter()
        .filter(|(table, called, _)| {
            if papers.is_empty() {
                table == "lc" || (missing && table == "presentation")
            } else {
                papers.iter().any(|d| names(d, table, called))
            }
        })
        .filter(|(table, ..)| topic.on.is_empty() || topic.on.contains(&table.as_str()))
        .collect();
    if touched.is_empty() {
        return false;
    }
    if topic.rules.contains(&seen.finding.rule.name) {
        return true;
    }
    // A rule that judges one paper by itself says nothing of the credit.
    let compares =
        matches!(seen.finding.rule.group, Group::Documents | Group::Credit | Group::Intake | Group::Goods);
    let credit = label.documents.iter().any(|d| table_of(d) == Some("lc"));
    let compares = compares
        && (!credit
            || matches!(seen.finding.rule.group, Group::Credit | Group::Intake)
            || seen.touched.iter().any(|(table, ..)| table == "lc"));
    let alone = label.documents.len() == 1
        && matches!(
            seen.finding.rule.group,
            Group::Arithmetic | Group::Validity | Group::Deadline | Group::Term
        );
    // 47A stands at the credit; every other key at the paper itself.
    let keys = touched.iter().flat_map(|(.., keys)| keys);
    let condition = seen.touched.iter().filter(|(table, ..)| table == "lc").flat_map(|(.., keys)| keys);
    let condition = condition.filter(|key| *key == "conditions");
    (compares || alone) && keys.chain(condition).any(|key| topic.keys.contains(&key.as_str()))
}

/// The files of a case and all that the tool says of them, for a person who looks into it: `CASE=id`.
fn show(recorded: &Recorded, all: &[Seen]) {
    let mut text = format!("as of {}\n", recorded.as_of);
    for (path, file) in &recorded.files {
        let _ = writeln!(text, "-- {path}\n{file}");
    }
    for seen in all {
        let _ = writeln!(text, "{}", seen.said());
    }
    std::io::stderr().write_all(text.as_bytes()).unwrap();
}

/// Runs and scores a case. `undecidable` labels do not count; the caller lists them.
pub(crate) fn score(case: &Case, undecidable: &dyn Fn(&Label) -> bool) -> Outcome {
    let recorded = clerk::record(case);
    let all = run(&recorded);
    if std::env::var_os("CASE").is_some_and(|id| id.to_str() == Some(&case.id)) {
        show(&recorded, &all);
    }
    let mut outcome = Outcome {
        id: case.id.clone(),
        whole: case.whole,
        unplaced: recorded.unplaced.clone(),
        unread: recorded.unknown.iter().map(|k| format!("unknown key or value: {k}")).collect(),
        ..Outcome::default()
    };
    let writing = all.iter().filter(|s| s.finding.rule.group == Group::Writing);
    outcome.broken.extend(writing.map(|s| format!("the record is not sound: {}", s.said())));
    let labels = case.wrong.iter().chain(&case.fine).chain(&case.also);
    let unmapped = labels.filter(|l| topics::of(&l.field, &l.documents).is_none());
    outcome.unread.extend(unmapped.map(|l| format!("no topic for {}", l.name())));
    for label in case.wrong.iter().filter(|l| l.is_agreed() && !undecidable(l)) {
        outcome.labels += 1;
        let severe =
            |s: &&Seen| label.severity.as_deref().is_none_or(|code| s.finding.severity.code() == code);
        match all.iter().filter(|s| fits(label, s)).find(severe) {
            Some(seen) => outcome.found.push(format!("{} ← {}", label.name(), seen.said())),
            None => outcome.missed.push(format!("{}: {}", label.name(), label.text)),
        }
    }
    let told = |seen: &Seen| case.wrong.iter().chain(&case.also).any(|label| fits(label, seen));
    for label in &case.fine {
        let on = all.iter().filter(|s| s.is_error() && fits(label, s) && !told(s));
        outcome.wrong.extend(on.map(|s| format!("{} ← {}", label.name(), s.said())));
    }
    let point = |seen: &Seen| case.fine.iter().any(|label| fits(label, seen));
    for seen in all.iter().filter(|s| s.is_error() && !told(s) && !point(s)) {
        outcome.extra.push((seen.finding.rule.name.to_owned(), seen.finding.title.en.clone()));
    }
    outcome.also = (case.also.iter().filter(|l| all.iter().any(|s| fits(l, s))).count(), case.also.len());
    outcome
}

/// A table of outcomes, one case a line, with what needs saying below it.
pub(crate) fn table(outcomes: &[Outcome]) -> String {
    let mut text = String::from("case        found/labels  also  false  extra\n");
    for o in outcomes {
        let (found, also) = (format!("{}/{}", o.found.len(), o.labels), format!("{}/{}", o.also.0, o.also.1));
        let _ = writeln!(
            text,
            "{:<11} {found:<13} {also:<5} {:<6} {}{}",
            o.id,
            o.wrong.len(),
            o.extra.len(),
            if o.whole { "" } else { " (not whole)" },
        );
        for (what, list) in [
            ("found", &o.found),
            ("missed", &o.missed),
            ("FALSE", &o.wrong),
            ("broken", &o.broken),
            ("unread", &o.unread),
        ] {
            for line in list {
                let _ = writeln!(text, "    {what}  {line}");
            }
        }
        for (rule, title) in &o.extra {
            let _ = writeln!(text, "    extra  {rule}: {title}");
        }
    }
    let sum = |count: &dyn Fn(&Outcome) -> usize| outcomes.iter().map(count).sum::<usize>();
    let _ = writeln!(
        text,
        "all         {}/{} labels, {}/{} also, {} false, {} extra",
        sum(&|o| o.found.len()),
        sum(&|o| o.labels),
        sum(&|o| o.also.0),
        sum(&|o| o.also.1),
        sum(&|o| o.wrong.len()),
        sum(&|o| o.extra.len()),
    );
    let unplaced: BTreeSet<&String> = outcomes.iter().flat_map(|o| &o.unplaced).collect();
    if !unplaced.is_empty() {
        let _ = writeln!(text, "no place in the format for: {unplaced:?}");
    }
    text
}
