//! Worked examples of trade terms and deadlines on the orders of the example company: the figures a merchandiser
//! gets with pencil and calendar.
#![expect(clippy::unwrap_used, reason = "a helper that cannot read the example fails the test")]

use std::fs;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use gendan::check::check;
use gendan::check::finding::{Finding, Severity};
use gendan::{derive, history, load};

const TODAY: &str = "2026-11-20";

fn example() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("data")
}

/// A copy of the example's set-up and parties with one order, after edits of `(file, old, new)`.
fn with(id: &str, edits: &[(&str, &str, &str)]) -> tempfile::TempDir {
    let root = tempfile::tempdir().unwrap();
    let order = format!("orders/2026/{id}/");
    for entry in walkdir::WalkDir::new(example()) {
        let entry = entry.unwrap();
        let below = entry.path().strip_prefix(example()).unwrap().to_str().unwrap().replace('\\', "/");
        if !entry.file_type().is_file() || (below.starts_with("orders/") && !below.starts_with(&order)) {
            continue;
        }
        let to = root.path().join(&below);
        fs::create_dir_all(to.parent().unwrap()).unwrap();
        fs::copy(entry.path(), &to).unwrap();
        for (_, old, new) in edits.iter().filter(|(file, ..)| below == format!("{order}{file}")) {
            let text = fs::read_to_string(&to).unwrap();
            assert!(text.contains(old), "{below} has no {old}");
            fs::write(&to, text.replacen(old, new, 1)).unwrap();
        }
    }
    root
}

/// Findings of one rule on the only order of a root.
fn found(root: &Path, rule: &str, as_of: &str) -> Vec<Finding> {
    let as_of: NaiveDate = as_of.parse().unwrap();
    let loaded = load::load(root).unwrap();
    let history = history::read(root);
    let facts = derive::derive(&loaded.book, &history, as_of);
    check(&facts, loaded.findings).findings.into_iter().filter(|f| f.rule.name == rule).collect()
}

fn titles(id: &str, edits: &[(&str, &str, &str)], rule: &str, as_of: &str) -> Vec<(Severity, String)> {
    let root = with(id, edits);
    found(root.path(), rule, as_of).into_iter().map(|f| (f.severity, f.title.zh)).collect()
}

#[test]
fn a_finish_four_days_after_the_credits_latest_shipment_has_a_slack_of_minus_thirteen() {
    let forecast = [("order.toml", "[forecast]\n", "[forecast]\nproduced = 2026-09-14\n")];
    let found = titles("GD-2026-0103", &forecast, "slack-production", "2026-09-01");
    let [(Severity::Error, title)] = found.as_slice() else { panic!("{found:?}") };
    for part in ["2026-09-14", "2026-09-10", "13 天"] {
        assert!(title.contains(part), "{title}");
    }
    assert_eq!(titles("GD-2026-0103", &forecast, "slack-production", TODAY), [], "shipped since");
}

#[test]
fn goods_under_collection_are_thirteen_days_past_their_free_time() {
    let found = titles("GD-2026-0105", &[], "demurrage-risk", TODAY);
    let [(Severity::Warning, title)] = found.as_slice() else { panic!("{found:?}") };
    assert!(title.contains("2026-11-07") && title.contains("13 天"), "{title}");
    assert_eq!(titles("GD-2026-0105", &[], "demurrage-risk", "2026-11-04"), [], "three days left");
    assert_eq!(titles("GD-2026-0105", &[], "demurrage-risk", "2026-11-05").len(), 1, "two days left");
}

#[test]
fn a_rolled_sailing_leaves_four_days_to_the_contracts_latest_shipment() {
    let found = titles("GD-2026-0109", &[], "etd-after-latest", TODAY);
    let [(Severity::Info, title)] = found.as_slice() else { panic!("{found:?}") };
    for part in ["2026-11-26", "2026-11-30", "4 天"] {
        assert!(title.contains(part), "{title}");
    }
    let later = [("order.toml", "etd        = 2026-11-26", "etd        = 2026-12-01")];
    let found = titles("GD-2026-0109", &later, "etd-after-latest", TODAY);
    let [(Severity::Error, title)] = found.as_slice() else { panic!("{found:?}") };
    assert!(title.contains("晚 1 天"), "{title}");
}

#[test]
fn the_last_day_is_in_time() {
    let last = [("order.toml", "etd        = 2026-11-26", "etd        = 2026-11-30")];
    let found = titles("GD-2026-0109", &last, "etd-after-latest", TODAY);
    assert!(matches!(found.as_slice(), [(Severity::Info, _)]), "{found:?}");
}

#[test]
fn cip_by_air_is_insured_under_clauses_a() {
    assert_eq!(titles("GD-2026-0110", &[], "insurance-clauses", TODAY), []);
    let narrower = [("docs.toml", r#"["ICC(A)"]"#, r#"["ICC(C)"]"#)];
    let found = titles("GD-2026-0110", &narrower, "insurance-clauses", TODAY);
    assert!(matches!(found.as_slice(), [(Severity::Error, _)]), "{found:?}");
}

#[test]
fn fob_goods_travel_freight_collect() {
    assert_eq!(titles("GD-2026-0101", &[], "freight-marking", TODAY), []);
    let prepaid = [("docs.toml", r#"freight      = "collect""#, r#"freight      = "prepaid""#)];
    let root = with("GD-2026-0101", &prepaid);
    let found = found(root.path(), "freight-marking", TODAY);
    let [finding] = found.as_slice() else { panic!("{found:?}") };
    assert_eq!((finding.severity, finding.past), (Severity::Error, true), "archived: shown, not failing");
}

#[test]
fn a_refused_invoice_without_the_year_is_history_once_it_is_presented_again() {
    let root = with("GD-2026-0104", &[]);
    let found = found(root.path(), "term-year-printed", TODAY);
    let [finding] = found.as_slice() else { panic!("{found:?}") };
    assert_eq!((finding.severity, finding.past), (Severity::Error, true));
    assert!(
        finding.title.zh.contains("CIF SANTOS") && finding.title.zh.contains("2020"),
        "{}",
        finding.title.zh
    );
}
