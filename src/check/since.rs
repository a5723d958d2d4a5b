//! Tells findings that a change brought from those that stood there before, by fingerprint.

use std::collections::BTreeMap;

use crate::bi;
use crate::check::finding::Finding;
use crate::text::Bi;

/// How the findings of a run compare with those of the base.
#[derive(Debug, Default)]
pub struct Since {
    /// The revision as asked for.
    pub rev: String,
    /// The commit compared with: the newest common ancestor of the revision and HEAD.
    pub base: String,
    /// Findings that the base does not have.
    pub new: usize,
    /// Findings that it has too.
    pub known: usize,
    /// Findings of the base that are gone.
    pub resolved: Vec<Finding>,
}

/// Marks the findings that stand in `base` too. One that was accepted by a waiver or was history there, and is so
/// no longer, is new: nobody has seen it fail before.
#[must_use]
pub fn split(findings: &mut [Finding], base: Vec<Finding>, rev: &str, commit: &str) -> Since {
    let mut before: BTreeMap<String, Finding> =
        base.into_iter().map(|finding| (finding.fingerprint.clone(), finding)).collect();
    let mut since = Since { rev: rev.to_owned(), base: commit.to_owned(), ..Since::default() };
    for finding in findings {
        let old = before.remove(&finding.fingerprint);
        let quiet = |f: &Finding| f.waived.is_some() || f.past;
        finding.known = old.is_some_and(|old| quiet(finding) || !quiet(&old));
        if finding.known {
            since.known += 1;
        } else {
            since.new += 1;
        }
    }
    since.resolved = before.into_values().collect();
    let place = |f: &Finding| f.spots.first().map(|spot| (spot.place.file.clone(), spot.region));
    since.resolved.sort_by(|a, b| {
        (place(a), a.rule.name, &a.fingerprint).cmp(&(place(b), b.rule.name, &b.fingerprint))
    });
    since
}

impl Since {
    /// What is not listed, in one line: how many stood there before, and how many are gone.
    #[must_use]
    pub fn summary(&self) -> Bi {
        let Self { rev, new, known, .. } = self;
        let (base, gone) = (self.base.chars().take(10).collect::<String>(), self.resolved.len());
        bi!(
            "与 {rev} 相比（{base}）：新 {new}，原有 {known}（不列），已解决 {gone}",
            "since {rev} ({base}): {new} new, {known} existing (not listed), {gone} resolved"
        )
    }
}
