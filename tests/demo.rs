//! The generated data root contradicts nothing: whoever tries the tool on it sees risks, as in life, and no mistakes.

#![expect(clippy::unwrap_used, reason = "a test that cannot be set up has failed")]

use std::collections::BTreeSet;

use gendan::check::finding::{Class, Finding, Severity};
use gendan::exchange::demo::{DemoOptions, write};
use gendan::{check, derive, history, load};

const ORDERS: u32 = 400;

fn findings(seed: u64) -> Vec<Finding> {
    let dir = tempfile::tempdir().unwrap();
    let options = DemoOptions { orders: ORDERS, seed, ..DemoOptions::default() };
    write(dir.path(), &options).unwrap();
    let loaded = load::load(dir.path()).unwrap();
    assert_eq!(loaded.book.orders.len(), ORDERS as usize);
    let history = history::read(dir.path());
    let facts = derive::derive(&loaded.book, &history, options.as_of);
    check::check(&facts, loaded.findings).findings
}

#[test]
fn records_and_documents_are_clean_and_risks_are_few_but_there() {
    for seed in 1..=3 {
        let findings = findings(seed);
        let (risks, faults): (Vec<&Finding>, Vec<&Finding>) = findings
            .iter()
            .filter(|f| f.waived.is_none() && f.severity != Severity::Info)
            .partition(|f| f.class == Class::Risk);
        let said: Vec<String> =
            faults.iter().map(|f| format!("{} {:?}: {}", f.rule.name, f.subject, f.title.en)).collect();
        assert!(said.is_empty(), "seed {seed}: {said:#?}");
        let late = risks.iter().filter(|f| !f.past && f.rule.name != "calendar-missing").count();
        assert!((1..ORDERS as usize / 8).contains(&late), "seed {seed}: {late} risks");
        let waived: BTreeSet<&str> =
            findings.iter().filter(|f| f.waived.is_some()).map(|f| f.rule.name).collect();
        assert_eq!(waived, BTreeSet::from(["gate-review"]), "seed {seed}");
    }
}
