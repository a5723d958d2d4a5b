//! The ledger export: what was booked adds up to what gendan says, on every day, for the example, for records as
//! wrong as records get, and for a generated root. The accounting programs themselves are asked by `tests/proof/run`.

#![expect(clippy::unwrap_used, reason = "helpers of tests fail the test")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use chrono::{Days, NaiveDate};
use gendan::derive::Facts;
use gendan::exchange::demo::{DemoOptions, write};
use gendan::exchange::ledger::{Account, Commodity, Journal};
use gendan::text::Lang;
use gendan::{derive, history, load};
use rust_decimal::Decimal;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn root(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

/// The ledger of a root on each of some days.
fn journals(root: &Path, days: &[NaiveDate], mut look: impl FnMut(&Facts<'_>, &Journal)) {
    let loaded = load::load(root).unwrap();
    let history = history::read(root);
    for as_of in days {
        let facts = derive::derive(&loaded.book, &history, *as_of);
        look(&facts, &Journal::of(&facts, Lang::En));
    }
}

/// Every transaction adds up, nothing is later than the day, and accounts hold what gendan says.
fn proven(journal: &Journal) {
    let as_of = journal.as_of;
    let mut held: BTreeMap<(&Account, Commodity), Decimal> = BTreeMap::new();
    let mut all: BTreeMap<Commodity, Decimal> = BTreeMap::new();
    for transaction in &journal.transactions {
        assert!(transaction.date <= as_of, "{transaction:?} on {as_of}");
        assert!(!transaction.legs.is_empty());
        let mut sums: BTreeMap<Commodity, Decimal> = BTreeMap::new();
        for leg in &transaction.legs {
            assert!(!leg.amount.is_zero(), "{transaction:?}");
            *sums.entry(leg.commodity).or_default() += leg.amount;
            *held.entry((&leg.account, leg.commodity)).or_default() += leg.amount;
            *all.entry(leg.commodity).or_default() += leg.amount;
        }
        assert!(sums.values().all(Decimal::is_zero), "{transaction:#?}");
    }
    assert!(all.values().all(Decimal::is_zero), "{all:?}");
    assert!(journal.transactions.is_sorted_by_key(|t| t.date));
    for balance in &journal.balances {
        let held = held.remove(&(&balance.account, balance.commodity)).unwrap_or_default();
        assert_eq!(held, balance.amount, "{} {} on {as_of}", balance.account, balance.commodity.code());
    }
    // What is asserted is every account of others, and the bank.
    for (account, _) in held.keys() {
        let asserted = ["Assets:", "Liabilities:Customers", "Liabilities:Unallocated", "Liabilities:Payable"];
        assert!(!asserted.iter().any(|head| account.as_str().starts_with(head)), "{account} on {as_of}");
    }
}

/// Days all over the records.
fn every(days: u64) -> Vec<NaiveDate> {
    let first = day("2025-01-01");
    (0..730 / days)
        .map(|n| first + Days::new(n * days))
        .chain([day("2026-09-30"), day("2026-11-20")])
        .collect()
}

#[test]
fn the_example_adds_up_on_every_day() {
    journals(&root("data"), &every(31), |_, journal| proven(journal));
}

#[test]
fn the_worst_records_add_up_on_every_day() {
    journals(&root("tests/proof/hostile"), &every(7), |_, journal| proven(journal));
}

#[test]
fn a_generated_root_adds_up() {
    let dir = tempfile::tempdir().unwrap();
    write(dir.path(), &DemoOptions { orders: 200, ..DemoOptions::default() }).unwrap();
    journals(dir.path(), &every(120), |_, journal| proven(journal));
}

/// What the export says of the past: nothing that was recorded later changes it.
#[test]
fn the_ledger_of_a_day_does_not_know_what_came_later() {
    let hostile = root("tests/proof/hostile");
    journals(&hostile, &[day("2026-11-20")], |facts, journal| {
        let text = journal.beancount();
        assert!(!text.contains("2026-12-24") && !text.contains("2027-01-01 *"), "future records are in it");
        let future = facts.book.rates.iter().filter(|r| r.date > facts.as_of).count();
        assert!(future > 0 && !text.contains("2026-12-31 price"));
    });
}

#[test]
fn texts_mean_nothing_in_either_language() {
    journals(&root("tests/proof/hostile"), &[day("2026-11-20")], |_, journal| {
        let (beancount, hledger) = (journal.beancount(), journal.hledger());
        for text in [&beancount, &hledger] {
            let odd = |c: char| (c.is_control() && c != '\n') || c == '\u{2028}';
            assert!(!text.contains(odd));
        }
        // Whatever stands in the records, a line is one of those that the export writes.
        let known = |line: &str| {
            let dated = line.get(..10).is_some_and(|d| d.parse::<NaiveDate>().is_ok());
            let word = line.get(11..).and_then(|rest| rest.split(' ').next());
            match (dated, word) {
                (true, word) => matches!(word, Some("*" | "open" | "price" | "balance")),
                (false, _) => {
                    line.is_empty() || [";", "  ", "option "].iter().any(|head| line.starts_with(head))
                }
            }
        };
        let strange: Vec<&str> = beancount.lines().filter(|line| !known(line)).collect();
        assert!(strange.is_empty(), "{strange:#?}");
        let opened = beancount.lines().filter(|line| line.get(10..16) == Some(" open ")).count();
        assert_eq!(opened, journal.accounts.len());
        assert!(
            hledger.lines().all(|line| !line.contains("[2020")),
            "a date in brackets would date a posting"
        );
    });
}

#[test]
fn the_same_bytes_every_time() {
    let mut seen: Vec<[String; 2]> = Vec::new();
    for threads in [1, 4] {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| {
            journals(&root("data"), &[day("2026-11-20")], |_, journal| {
                seen.push([journal.beancount(), journal.hledger()]);
            });
        });
    }
    assert_eq!(seen.first(), seen.last());
}

/// An order's records may stand in any of its files.
#[test]
fn which_file_a_record_stands_in_changes_no_balance() {
    let copy = tempfile::tempdir().unwrap();
    let from = root("tests/proof/hostile");
    for entry in walkdir::WalkDir::new(&from) {
        let entry = entry.unwrap();
        let to = copy.path().join(entry.path().strip_prefix(&from).unwrap());
        if entry.file_type().is_dir() {
            std::fs::create_dir_all(to).unwrap();
        } else if entry.file_name() == "money.toml" {
            // One file for each record, the last first.
            let text = std::fs::read_to_string(entry.path()).unwrap();
            let records: Vec<&str> = text.split("\n[[").collect();
            for (n, record) in records.iter().rev().enumerate() {
                let head = if record.starts_with("[[") { "" } else { "[[" };
                std::fs::write(to.with_file_name(format!("{n:02}.toml")), format!("{head}{record}\n"))
                    .unwrap();
            }
        } else {
            std::fs::copy(entry.path(), to).unwrap();
        }
    }
    let mut seen = Vec::new();
    for root in [&from, &copy.path().to_path_buf()] {
        journals(root, &[day("2026-11-20")], |_, journal| {
            proven(journal);
            let mut dated: Vec<_> = journal
                .transactions
                .iter()
                .map(|t| (t.date, t.order.clone(), t.text.clone(), format!("{:?}", t.legs)))
                .collect();
            dated.sort();
            seen.push((journal.balances.clone(), dated));
        });
    }
    assert_eq!(seen.first().unwrap().0, seen.last().unwrap().0);
    assert_eq!(seen.first().unwrap().1, seen.last().unwrap().1);
}

/// Through the binary: by name, by the ending of the file, the same as the library says.
#[test]
fn the_command_writes_both_and_the_sums() {
    let dir = tempfile::tempdir().unwrap();
    let export = |what: &str, file: &str| {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_gendan"));
        command.current_dir(dir.path()).args([
            "export",
            what,
            "--as-of",
            "2026-11-20",
            "--lang",
            "en",
            "-o",
            file,
        ]);
        let out = command.arg("--root").arg(root("data")).output().unwrap();
        assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
        std::fs::read_to_string(dir.path().join(file)).unwrap()
    };
    journals(&root("data"), &[day("2026-11-20")], |_, journal| {
        assert_eq!(export("hledger", "a.journal"), journal.hledger());
        assert_eq!(export("beancount", "a.beancount"), journal.beancount());
    });
    let sums: serde_json::Value = serde_json::from_str(&export("balances", "a.json")).unwrap();
    assert_eq!((&sums["schema"], &sums["as_of"]), (&"balances/1".into(), &"2026-11-20".into()));
    let first = sums["orders"].as_array().unwrap().iter().find(|o| o["order"] == "GD-2026-0101").unwrap();
    // 58,200.00 in all; 25.00 short, which nobody asks for.
    assert_eq!((&first["total"], &first["short"]), (&"58200.00".into(), &"25.00".into()));
}

/// One story from the first day to the last, as it is booked.
#[test]
fn a_cancelled_order_from_beginning_to_end() {
    journals(&root("tests/proof/hostile"), &[day("2026-11-20")], |_, journal| {
        let told: Vec<String> = journal
            .transactions
            .iter()
            .filter(|t| &*t.order == "A-09")
            .map(|t| {
                let legs = t.legs.iter().map(|l| format!("{} {}", l.account, l.amount)).collect::<Vec<_>>();
                format!("{} {}", t.date, legs.join(", "))
                    .replace(":Hanse-licht:A-09", "")
                    .replace(":A-09", "")
            })
            .collect();
        assert_eq!(
            told,
            [
                "2026-01-05 Assets:Receivable 10000.00, Liabilities:Undelivered -10000.00",
                "2026-01-12 Assets:Bank:USD 3000.00, Expenses:Bank-Charges 10.00, Assets:Receivable -3010.00",
                "2026-03-01 Liabilities:Undelivered 10000.00, Assets:Receivable -6990.00, \
                 Liabilities:Customers -3010.00",
                "2026-03-02 Liabilities:Customers 2000.00, Income:Forfeits -2000.00",
                "2026-03-03 Assets:Bank:USD -500.00, Liabilities:Customers 500.00",
            ]
        );
    });
}
