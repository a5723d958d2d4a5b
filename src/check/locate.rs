//! Makes places concrete: key path → bytes, line, column, and the finding's stable name and fingerprint. Reads
//! and parses each file that a finding names once; files without findings are not touched.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::ops::Range;
use std::sync::Arc;

use rayon::prelude::*;
use sha2::{Digest, Sha256};
use toml::de::DeTable;

use crate::check::finding::{At, Finding, Place, Region, Subject};
use crate::load::files::Files;
use crate::load::source;
use crate::load::span::{self, Step};
use crate::load::syntax;

/// Fills regions, identities and fingerprints of findings that do not have them yet.
pub fn locate(root: &Files, findings: &mut [Finding]) {
    let mut by_file: BTreeMap<Arc<str>, Vec<(usize, usize)>> = BTreeMap::new();
    for (index, finding) in findings.iter().enumerate() {
        for (spot, place) in places(finding).enumerate() {
            by_file.entry(Arc::clone(&place.file)).or_default().push((index, spot));
        }
    }
    let located: Vec<Vec<(usize, usize, Located)>> = by_file
        .par_iter()
        .map(|(file, wanted)| {
            let text = text(root, file).unwrap_or_default();
            let lines = Lines::of(&text);
            with_table(file, &text, |table| {
                let locate = |&(index, spot): &(usize, usize)| {
                    let place = places(findings.get(index)?).nth(spot)?;
                    Some((index, spot, place_in(&place.at, table, &text, &lines)))
                };
                wanted.iter().filter_map(locate).collect()
            })
        })
        .collect();
    for (index, spot, place) in located.into_iter().flatten() {
        if let Some(finding) = findings.get_mut(index) {
            put(finding, spot, place);
        }
    }
    fingerprints(findings);
}

/// The text of a file of the root, or nothing when it cannot be shown.
#[must_use]
pub fn text(root: &Files, file: &str) -> Option<String> {
    source::decode(root.plain(file, source::MAX_BYTES)?).ok()
}

/// Reads a file as the loader does: places of keys below a broken line are found all the same.
fn with_table<T>(file: &Arc<str>, text: &str, look: impl FnOnce(&DeTable<'_>) -> T) -> T {
    let parse = file.ends_with(".toml") && source::too_deep(text).is_none();
    match DeTable::parse(if parse { text } else { "" }) {
        Ok(table) => look(table.get_ref()),
        Err(_) => {
            let recovered = syntax::recover(file, &Subject::Root, text).text;
            look(DeTable::parse_recoverable(&recovered).0.get_ref())
        }
    }
}

/// The line of each place, for links; a file that cannot be read has none.
#[must_use]
pub fn lines(root: &Files, places: &[&Place]) -> Vec<Option<usize>> {
    let mut by_file: BTreeMap<&Arc<str>, Vec<usize>> = BTreeMap::new();
    for (index, place) in places.iter().enumerate() {
        by_file.entry(&place.file).or_default().push(index);
    }
    let found: Vec<Vec<(usize, usize)>> = by_file
        .into_par_iter()
        .map(|(file, wanted)| {
            let text = text(root, file).unwrap_or_default();
            let lines = Lines::of(&text);
            with_table(file, &text, |table| {
                let line = |index: usize| {
                    let place = places.get(index)?;
                    Some((index, place_in(&place.at, table, &text, &lines).region?.line))
                };
                wanted.into_iter().filter_map(line).collect()
            })
        })
        .collect();
    let mut all = vec![None; places.len()];
    for (index, line) in found.into_iter().flatten() {
        if let Some(slot) = all.get_mut(index) {
            *slot = Some(line);
        }
    }
    all
}

struct Located {
    region: Option<Region>,
    identity: String,
}

/// Every place of a finding: its spots, then its edits.
fn places(finding: &Finding) -> impl Iterator<Item = &Place> {
    finding.spots.iter().map(|s| &s.place).chain(finding.edits.iter().map(|e| &e.place))
}

fn put(finding: &mut Finding, index: usize, located: Located) {
    let spots = finding.spots.len();
    if let Some(spot) = finding.spots.get_mut(index) {
        spot.region = located.region;
        if index == 0 {
            finding.identity = located.identity;
        }
    } else if let Some(edit) = finding.edits.get_mut(index - spots) {
        edit.region = located.region;
    }
}

fn place_in(at: &At, table: &DeTable<'_>, text: &str, lines: &Lines) -> Located {
    let (range, path): (Option<Range<usize>>, Vec<Step>) = match at {
        At::File => (None, Vec::new()),
        At::Bytes(start, end) => (Some(*start..*end), span::path_at(table, &(*start..*end))),
        At::Value(path) => {
            let steps = span::steps(path);
            let range = span::find(table, &steps).map(|found| match found.key {
                // The value of a `[table]` is its header; naming the key shows the same line with less.
                Some(key)
                    if text.get(found.value.clone()).is_some_and(|v| v.starts_with('['))
                        && found.depth < steps.len() =>
                {
                    key
                }
                _ => found.value,
            });
            (range, steps)
        }
        At::Key(path) => {
            let steps = span::steps(path);
            let range = span::find(table, &steps).map(|found| found.key.unwrap_or(found.value));
            (range, steps)
        }
    };
    let identity = match at {
        At::Bytes(start, _) if path.is_empty() => {
            // A line that did not parse has no path: its text names it, so that edits above do not matter.
            let line = crate::load::suggest::whole_line(text, *start);
            text.get(line).unwrap_or_default().trim().to_owned()
        }
        _ => span::identity(table, &path),
    };
    Located { region: range.map(|r| lines.region(text, &first_line(text, r))), identity }
}

/// Keeps a range within its first line: a multi-line table is shown by its beginning.
fn first_line(text: &str, range: Range<usize>) -> Range<usize> {
    match text.get(range.clone()).and_then(|t| t.find('\n')) {
        Some(at) => {
            range.start
                ..range.start + text.get(range.start..range.start + at).map_or(at, |t| t.trim_end().len())
        }
        None => range,
    }
}

/// Starts of lines, for line and column of a byte.
struct Lines {
    starts: Vec<usize>,
}

impl Lines {
    fn of(text: &str) -> Self {
        let starts = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        Self { starts }
    }

    /// 1-based line and column; columns count characters.
    fn at(&self, text: &str, byte: usize) -> (usize, usize) {
        let line = self.starts.partition_point(|start| *start <= byte);
        let start = self.starts.get(line.saturating_sub(1)).copied().unwrap_or(0);
        let column = text.get(start..byte).map_or(0, |t| t.chars().count()) + 1;
        (line, column)
    }

    fn region(&self, text: &str, range: &Range<usize>) -> Region {
        let start = range.start.min(text.len());
        let end = range.end.clamp(start, text.len());
        let (line, column) = self.at(text, start);
        let (end_line, end_column) = self.at(text, end);
        Region { start, end, line, column, end_line, end_column }
    }
}

/// The subject's name in a fingerprint.
fn subject_name(subject: &Subject) -> String {
    match subject {
        Subject::Order(id) => id.to_string(),
        Subject::Customer(id) => format!("customers/{id}"),
        Subject::Supplier(id) => format!("suppliers/{id}"),
        Subject::Forwarder(id) => format!("forwarders/{id}"),
        Subject::Root => String::new(),
    }
}

/// `sha256("gendan/1\0" rule "\0" subject "\0" key path "\0" n)`, first 32 hex digits; `n` counts findings that
/// would otherwise share one, in the order in which they were found. No line numbers.
fn fingerprints(findings: &mut [Finding]) {
    let mut seen: BTreeMap<(&'static str, String, String), usize> = BTreeMap::new();
    for finding in findings {
        if !finding.fingerprint.is_empty() {
            continue;
        }
        let subject = subject_name(&finding.subject);
        let n = seen.entry((finding.rule.name, subject.clone(), finding.identity.clone())).or_default();
        let mut hash = Sha256::new();
        for part in ["gendan/1", finding.rule.name, &subject, &finding.identity, &n.to_string()] {
            hash.update(part.as_bytes());
            hash.update([0]);
        }
        *n += 1;
        finding.fingerprint = hash.finalize().iter().take(16).fold(String::new(), |mut hex, byte| {
            let _ = write!(hex, "{byte:02x}");
            hex
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters() {
        let text = "a = 1\n客户 = \"汉萨\" # x\n";
        let lines = Lines::of(text);
        let at = text.find("汉萨").unwrap();
        let region = lines.region(text, &(at..at + "汉萨".len()));
        assert_eq!((region.line, region.column, region.end_column), (2, 7, 9));
    }
}
