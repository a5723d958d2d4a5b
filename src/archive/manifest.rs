//! The manifest of a month: the list of every order's list, and before them the manifest before this one.
//!
//! `sha256sum -c 2026-09.sha256`, run at the top of the archive, checks the month and the link to the one before.

use std::collections::BTreeMap;

use super::sums::{Hex, Sum, Sums, sha256};
use crate::publish::groups::Month;

/// The ending of a manifest.
const ENDING: &str = ".sha256";

/// The ending of a time stamp beside a manifest.
const STAMP: &str = ".sha256.tsr";

/// What a manifest is called without its ending: a month, and a number where it is a further manifest of that month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Stem {
    /// The month in which its orders were filed.
    pub month: Month,
    /// 1 for the first manifest of the month.
    pub number: u32,
}

impl Stem {
    /// Reads the name of a manifest.
    #[must_use]
    pub fn of_manifest(name: &str) -> Option<Self> {
        Self::parse(name.strip_suffix(ENDING)?)
    }

    /// Reads the name of the time stamp of a manifest.
    #[must_use]
    pub fn of_stamp(name: &str) -> Option<Self> {
        Self::parse(name.strip_suffix(STAMP)?)
    }

    fn parse(text: &str) -> Option<Self> {
        let mut parts = text.splitn(3, '-');
        let (year, month) = (parts.next()?, parts.next()?);
        let number = parts.next().map_or(Some(1), |n| n.parse().ok().filter(|n| *n > 1))?;
        let stem = Self { month: (year.parse().ok()?, month.parse().ok()?), number };
        // Only as it is written here: no `+`, no leading zero, no thirteenth month.
        (matches!(stem.month.1, 1..=12) && stem.text() == text).then_some(stem)
    }

    /// `2026-09`, `2026-09-2`.
    #[must_use]
    pub fn text(self) -> String {
        let ((year, month), number) = (self.month, self.number);
        if number == 1 { format!("{year:04}-{month:02}") } else { format!("{year:04}-{month:02}-{number}") }
    }

    /// The manifest.
    #[must_use]
    pub fn manifest(self) -> String {
        format!("{}{ENDING}", self.text())
    }

    /// The page beside it.
    #[must_use]
    pub fn page(self) -> String {
        format!("{}.html", self.text())
    }
}

/// The folder of an order: `2026/GD26-0061`.
#[must_use]
pub fn folder((year, _): Month, id: &str) -> String {
    format!("{year:04}/{}", super::name::folder(id))
}

/// The path of an order's list.
#[must_use]
pub fn list_of(folder: &str) -> String {
    format!("{folder}/{}", super::sums::FILE)
}

/// The folder of an order by the path of its list; `None` when the path is no such list's.
#[must_use]
pub fn folder_of(list: &str) -> Option<&str> {
    let folder = list.strip_suffix(super::sums::FILE)?.strip_suffix('/')?;
    let (year, name) = folder.split_once('/')?;
    let is_year = year.len() == 4 && year.bytes().all(|b| b.is_ascii_digit());
    (is_year && !name.is_empty() && !name.contains('/')).then_some(folder)
}

/// A manifest, finished.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Manifest {
    /// Its name.
    pub stem: Stem,
    /// Its bytes.
    pub text: String,
}

impl Manifest {
    /// How the next one names it.
    #[must_use]
    pub fn sum(&self) -> Sum {
        Sum { name: self.stem.manifest(), digest: sha256(self.text.as_bytes()) }
    }
}

/// Further manifests at the end of a chain, one a month, oldest month first.
///
/// `before` is the last one there is; `used` says how many manifests a month has already. `files` are what each month
/// lists: its orders' lists and its page; what `first` holds is listed by the first manifest of all.
#[must_use]
pub fn chain(
    before: Option<Sum>,
    used: impl Fn(Month) -> u32,
    first: Vec<Sum>,
    months: BTreeMap<Month, Vec<Sum>>,
) -> Vec<Manifest> {
    let mut first = if before.is_none() { first } else { Vec::new() };
    let mut before = before;
    let mut made = Vec::with_capacity(months.len());
    for (month, mut files) in months {
        let stem = Stem { month, number: used(month) + 1 };
        files.append(&mut first);
        let manifest = Manifest { stem, text: Sums::of(before.take(), files).text() };
        before = Some(manifest.sum());
        made.push(manifest);
    }
    made
}

/// Reads a manifest.
#[must_use]
pub fn read(bytes: &[u8]) -> Option<Sums> {
    Sums::read(bytes, |name| Stem::of_manifest(name).is_some())
}

/// The digest of the files at the top, as the first manifest lists them.
#[must_use]
pub fn guides() -> Vec<Sum> {
    super::guides().into_iter().map(|(name, bytes)| sum(name, &bytes)).collect()
}

/// A file with its digest.
#[must_use]
pub fn sum(name: &str, bytes: &[u8]) -> Sum {
    let digest: Hex = sha256(bytes);
    Sum { name: name.to_owned(), digest }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_manifests_are_written_in_one_way() {
        let stem = |name| Stem::of_manifest(name).map(Stem::manifest);
        for good in ["2026-09.sha256", "2026-12-2.sha256", "2026-12-10.sha256"] {
            assert_eq!(stem(good).as_deref(), Some(good));
        }
        for bad in
            ["2026-9.sha256", "2026-13.sha256", "2026-00.sha256", "2026-09-1.sha256", "2026-09-02.sha256"]
        {
            assert_eq!(stem(bad), None, "{bad}");
        }
        assert_eq!(stem("+026-09.sha256"), None);
        assert_eq!(stem("2026-09-+2.sha256"), None);
        assert!(Stem::of_stamp("2026-09.sha256.tsr").is_some() && Stem::of_stamp("2026-09.tsr").is_none());
    }

    #[test]
    fn only_lists_of_orders_are_taken_for_them() {
        assert_eq!(folder_of("2026/GD26-0061/SHA256SUMS"), Some("2026/GD26-0061"));
        for bad in ["2026/SHA256SUMS", "26/A/SHA256SUMS", "2026/A/B/SHA256SUMS", "2026/A/xSHA256SUMS"] {
            assert_eq!(folder_of(bad), None, "{bad}");
        }
    }

    #[test]
    fn each_manifest_begins_with_the_one_before() {
        let file = |name: &str| Sum { name: name.to_owned(), digest: sha256(name.as_bytes()) };
        let months = || [((2026, 9), vec![file("2026/A/SHA256SUMS")]), ((2026, 7), vec![file("x")])].into();
        let made = chain(None, |_| 0, vec![file("README.txt")], months());
        let names: Vec<String> = made.iter().map(|m| m.stem.manifest()).collect();
        assert_eq!(names, ["2026-07.sha256", "2026-09.sha256"]);
        let lists: Vec<Sums> = made.iter().map(|m| read(m.text.as_bytes()).unwrap()).collect();
        assert_eq!((lists[0].before.clone(), lists[0].files.len()), (None, 2));
        assert_eq!(lists[1].before, Some(made[0].sum()));
        // Later, and late.
        let more =
            chain(Some(made[1].sum()), |m| u32::from(m == (2026, 9)), vec![file("README.txt")], months());
        assert_eq!(more[0].stem.manifest(), "2026-07.sha256");
        assert_eq!(more[1].stem.manifest(), "2026-09-2.sha256");
        assert_eq!(read(more[0].text.as_bytes()).unwrap().files.len(), 1);
    }
}
