//! The dates that bite, on the example company and on records that say little or nonsense.

#![expect(clippy::unwrap_used, reason = "helpers of tests fail the test")]

use std::path::Path;

use chrono::NaiveDate;
use gendan::derive::deadlines::{self, Deadline};
use gendan::derive::derive;
use gendan::history;
use gendan::load;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn look(root: &Path, as_of: &str) -> Vec<Deadline> {
    let loaded = load::load(root).unwrap();
    let history = history::read(Path::new("/nowhere"));
    deadlines::of(&derive(&loaded.book, &history, day(as_of)))
}

/// `11-24 18:00 ! GD-2026-0109 cutoff-cy 截港 CY (lin.yan)`.
fn line(d: &Deadline) -> String {
    let mark = |on: bool, mark: &str| if on { mark.to_owned() } else { String::new() };
    let parts = [
        d.day.to_string(),
        d.until.filter(|day| *day != d.day).map(|day| format!("..{day}")).unwrap_or_default(),
        d.time.map(|at| at.format("%H:%M").to_string()).unwrap_or_default(),
        mark(d.hard, "!"),
        mark(d.estimated, "~"),
        mark(d.provisional.is_some(), "?"),
        mark(d.done.is_some(), "done"),
        mark(d.safe != d.day, &format!("safe {}", d.safe)),
        d.id(),
        d.what.zh.clone(),
        d.owner.clone().map(|owner| format!("({owner})")).unwrap_or_default(),
        mark(d.outside.is_some(), "outside"),
    ];
    parts.into_iter().filter(|p| !p.is_empty()).collect::<Vec<_>>().join(" ")
}

#[test]
fn print() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("data");
    let root = std::env::var("ROOT").map(std::path::PathBuf::from).unwrap_or(root);
    let as_of = std::env::var("ASOF").unwrap_or("2026-11-20".into());
    for d in look(&root, &as_of) {
        println!("{}", line(&d));
    }
}
