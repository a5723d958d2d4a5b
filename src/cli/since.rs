//! `gendan check --since REV`: the same rules over the base of a change, to tell new findings from old ones.

use chrono::NaiveDate;

use crate::check::finding::Finding;
use crate::check::{check, since};
use crate::cli::Failure;
use crate::cli::source::{Opened, failure};
use crate::derive::derive;
use crate::history::{NoSnapshot, Reading, Snapshot};
use crate::load::files::Files;
use crate::load::{Loaded, load_files};

/// Compares findings with those of the newest common ancestor of `rev` and the commit at hand.
///
/// # Errors
/// When that ancestor is not to be had: no repository, no such revision, not fetched.
pub fn compare(
    rev: &str,
    at: Option<&str>,
    opened: &Opened,
    as_of: NaiveDate,
    reading: Reading,
    findings: &mut [Finding],
) -> Result<since::Since, Failure> {
    let found = Snapshot::base(&opened.root, rev, at.unwrap_or("HEAD"));
    let (commit, snapshot) = match found {
        Ok(snapshot) => (snapshot.head().id.clone(), Some(snapshot)),
        // The whole data root is new.
        Err(NoSnapshot::NoData { commit }) => (commit, None),
        Err(why) => return Err(failure("--since", rev, &opened.root, &why)),
    };
    let before = snapshot.map(|snapshot| checked(snapshot, as_of, reading)).unwrap_or_default();
    Ok(since::split(findings, before, rev, &commit))
}

fn checked(snapshot: Snapshot, as_of: NaiveDate, reading: Reading) -> Vec<Finding> {
    let history = snapshot.history(reading);
    let Loaded { book, findings } = load_files(Files::commit(snapshot));
    check(&derive(&book, &history, as_of), findings).findings
}
