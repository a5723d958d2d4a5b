//! GitLab's Code Quality report: a list of findings that a merge request shows beside its lines.

use std::collections::BTreeSet;

use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::check::finding::{Finding, Severity};
use crate::check::rule::Group;
use crate::report::json::escaped;
use crate::report::whole::{Report, is_settled};

#[derive(Serialize)]
struct Issue {
    description: String,
    check_name: &'static str,
    fingerprint: String,
    severity: &'static str,
    location: Location,
}

#[derive(Serialize)]
struct Location {
    path: String,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: usize,
}

/// Renders the report.
///
/// # Errors
/// Only when serialisation fails, which the types above do not.
pub fn document(report: &Report<'_>) -> serde_json::Result<String> {
    // Equal fingerprints collapse into one finding.
    let mut seen = BTreeSet::new();
    let mut issues: Vec<Issue> = Vec::new();
    if let Some(unchecked) = report.unchecked.as_ref().filter(|u| u.wrong) {
        let description = report.text(&unchecked.sentence());
        let fingerprint = unique("not-checked", &mut seen);
        let location = Location { path: report.file("gendan.toml"), lines: Lines { begin: 1 } };
        issues.push(Issue {
            description,
            check_name: "not-checked",
            fingerprint,
            severity: "info",
            location,
        });
    }
    for finding in report.findings {
        let (path, begin, _) = report.place(finding);
        issues.push(Issue {
            description: report.title(finding),
            check_name: finding.rule.name,
            fingerprint: unique(&finding.fingerprint, &mut seen),
            severity: severity(finding),
            location: Location { path, lines: Lines { begin } },
        });
    }
    serde_json::to_string_pretty(&issues).map(|text| escaped(&text) + "\n")
}

/// The fingerprint, or one made from it when it is taken.
fn unique(fingerprint: &str, seen: &mut BTreeSet<String>) -> String {
    let mut candidate = fingerprint.to_owned();
    while !seen.insert(candidate.clone()) {
        let hash = Sha256::digest(candidate.as_bytes());
        candidate = hash.iter().take(16).map(|byte| format!("{byte:02x}")).collect();
    }
    candidate
}

/// What cannot be read blocks; what is settled informs. A finding that stood there before keeps its level: GitLab
/// compares the reports of both branches itself.
fn severity(finding: &Finding) -> &'static str {
    if is_settled(finding) && !finding.known {
        return "info";
    }
    let unreadable = finding.rule.group == Group::Writing && finding.rule.name.starts_with("toml-");
    match finding.severity {
        Severity::Error if unreadable => "blocker",
        Severity::Error => "critical",
        Severity::Warning => "minor",
        Severity::Info => "info",
    }
}
