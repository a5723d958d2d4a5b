//! One value of an example order is changed, and the gates that must speak do, and no other.

#![expect(clippy::unwrap_used, reason = "helpers of tests fail the test")]

use std::fs;
use std::path::{Path, PathBuf};

use gendan::check::check;
use gendan::check::finding::Severity;
use gendan::check::rule::Group;
use gendan::{derive, history, load};

fn copy(from: &Path, to: &Path) {
    for entry in walkdir::WalkDir::new(from) {
        let entry = entry.unwrap();
        let target = to.join(entry.path().strip_prefix(from).unwrap());
        if entry.file_type().is_dir() {
            fs::create_dir_all(target).unwrap();
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// The findings of the gates on one example order, with replacements in its files: `(file, from, to)`.
fn gates(id: &str, changes: &[(&str, &str, &str)], as_of: &str) -> Vec<String> {
    let data = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("data");
    let root = tempfile::tempdir().unwrap();
    for part in ["gendan.toml", "people.toml"] {
        fs::copy(data.join(part), root.path().join(part)).unwrap();
    }
    for part in ["customers", "suppliers", "forwarders", "calendar"] {
        copy(&data.join(part), &root.path().join(part));
    }
    let folder = format!("orders/2026/{id}");
    copy(&data.join(&folder), &root.path().join(&folder));
    for (file, from, to) in changes {
        let path = root.path().join(&folder).join(file);
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.contains(from), "{file} says {from}");
        fs::write(&path, text.replacen(from, to, 1)).unwrap();
    }
    let loaded = load::load(root.path()).unwrap();
    let history = history::read(root.path());
    let facts = derive::derive(&loaded.book, &history, as_of.parse().unwrap());
    let found = check(&facts, loaded.findings).findings;
    let gates = found.iter().filter(|f| f.rule.group == Group::Gate && f.severity > Severity::Info);
    gates.map(|f| format!("{}: {}", f.rule.name, f.title.en)).collect()
}

const TODAY: &str = "2026-11-20";

#[test]
fn the_twelve_orders_pass_their_gates() {
    for n in 1..=12 {
        let id = format!("GD-2026-01{n:02}");
        // Looking back must not turn what came later into mistakes.
        for day in [TODAY, "2026-11-01", "2026-09-05", "2026-07-01"] {
            if (id.as_str(), day) == ("GD-2026-0111", "2026-07-01") {
                continue;
            }
            assert_eq!(gates(&id, &[], day), Vec::<String>::new(), "{id} on {day}");
        }
    }
}

#[test]
fn a_corrective_action_left_open_keeps_the_inspection_gate_shut() {
    let found = gates("GD-2026-0109", &[("order.toml", ", closed = 2026-10-27", "")], TODAY);
    assert_eq!(
        found,
        [
            "gate-inspection-passed: the final inspection of 2026-10-20 failed and the re-inspection passed, but the \
          corrective action is not closed"
        ]
    );
}

#[test]
fn a_refund_that_is_short_leaves_the_deposit_unaccounted_for() {
    let found = gates("GD-2026-0111", &[("money.toml", "amount = 3150.00", "amount = 3100.00")], TODAY);
    assert_eq!(
        found,
        [
            "cancel-clean: after the cancellation refund 3,100.00 and forfeit 5,250.00 make USD 8,350.00 ≠ 8,400.00 \
          received, 50.00 apart"
        ]
    );
}

#[test]
fn a_cancelled_order_says_why_and_stays_where_it_was() {
    let unexplained = [("order.toml", "cancelled_by  = \"buyer\"\n", "")];
    let found = gates("GD-2026-0111", &unexplained, TODAY);
    assert_eq!(found, ["cancel-clean: order cancelled on 2026-08-05: it is not written who cancelled"]);
    let moving = [("order.toml", "[actual]\n", "[actual]\nproduced = 2026-09-01\n")];
    let found = gates("GD-2026-0111", &moving, TODAY);
    assert_eq!(
        found,
        [
            "cancel-clean: order cancelled on 2026-08-05, yet \"production finished\" is recorded on 2026-09-01"
        ]
    );
}

#[test]
fn an_exchanged_report_is_noticed() {
    let digest = ("order.toml", "fd9786e7ec41e5b9", "0d9786e7ec41e5b9");
    let found = gates("GD-2026-0101", &[digest], TODAY);
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(
        found[0].starts_with("stage-dates: file files/QC-20260817.pdf is not the one recorded"),
        "{found:?}"
    );
}

#[test]
fn an_archived_order_without_its_settlement_sheet_is_not_complete() {
    let found = gates("GD-2026-0101", &[("docs.toml", "= \"settlement\"", "= \"msds\"")], TODAY);
    assert_eq!(found, ["gate-archive-complete: archived on 2026-10-30 with 1 missing: settlement sheet"]);
}
