//! The twelve orders of the example tell twelve stories; on every day that matters they say exactly what the story
//! says, errors, warnings and information alike.
//!
//! Dates, limits and clocks of the same stories are in `credits.rs`, `derive.rs` and `gates.rs`.

#![expect(clippy::unwrap_used, reason = "helpers of tests fail the test")]

use std::fmt::Write as _;
use std::path::Path;

use gendan::check::check;
use gendan::check::finding::{Finding, Severity};
use gendan::report::{Langs, short};
use gendan::{derive, history, load};

const TODAY: &str = "2026-11-20";

/// The findings of one day, all orders.
fn on(day: &str) -> Vec<Finding> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("data");
    let loaded = load::load(&root).unwrap();
    let history = history::read(&root);
    let facts = derive::derive(&loaded.book, &history, day.parse().unwrap());
    check(&facts, loaded.findings).findings
}

/// What is said of an order: severity, rule, and whether it is history.
///
/// A look back at a past day finds in the files what was recorded later; `dates-plausible` and `stage-dates` say so
/// for information (as errors outside a repository), which is no part of any story.
fn said(all: &[Finding], order: &str, day: &str) -> Vec<String> {
    let of = |f: &Finding| {
        f.subject.order().is_some_and(|id| &**id == order)
            || f.spots.iter().any(|s| s.place.file.contains(&format!("/{order}/")))
    };
    let later = |f: &Finding| day != TODAY && ["dates-plausible", "stage-dates"].contains(&f.rule.name);
    let mut lines: Vec<String> = all
        .iter()
        .filter(|f| of(f) && !later(f))
        .map(|f| {
            let past = if f.past { " past" } else { "" };
            format!("{} {}{past}", f.severity.code(), f.rule.name)
        })
        .collect();
    lines.sort_unstable();
    lines
}

fn compare(day: &str, wanted: &[(&str, &[&str])]) -> String {
    let all = on(day);
    let mut problems = String::new();
    for (order, list) in wanted {
        let found = said(&all, order, day);
        if found != *list {
            let _ = writeln!(problems, "{order} on {day}: wanted {list:?}\nfound {found:?}");
            for finding in all.iter().filter(|f| f.subject.order().is_some_and(|id| &**id == *order)) {
                problems += &short::line(finding, Langs::Both);
            }
        }
    }
    problems
}

#[test]
fn the_twelve_orders_say_what_their_stories_say() {
    let problems = compare(
        TODAY,
        &[
            // Clean and archived; 25.00 that a bank took on the way.
            ("GD-2026-0101", &["info pay-short-charges past"]),
            // Clean, settled with charges recorded.
            ("GD-2026-0102", &[]),
            // Accepted, due 2026-11-23: only the exchange rate is open.
            ("GD-2026-0103", &["info fx-exposure"]),
            // Two errors in the first presentation, none in the second.
            ("GD-2026-0104", &["error credit-insurance-date past", "error term-year-printed past"]),
            // Thirteen days past free time; the papers are at the bank, so none about control of the goods.
            ("GD-2026-0105", &["error pay-overdue", "warning demurrage-risk"]),
            // Sixty-seven days, and the notice of loss is not logged; South Africa has no calendar in the example.
            ("GD-2026-0106", &["error pay-overdue", "info calendar-missing", "warning pay-escalation-due"]),
            // The claim keeps the last stage open, and what is disputed unpaid.
            ("GD-2026-0107", &["error pay-overdue", "info gate-feedback"]),
            // Both lots in one presentation, in time for the earlier one.
            ("GD-2026-0108", &[]),
            // Re-inspected and passed; four days to the contract's latest date; the ISF is due before loading.
            ("GD-2026-0109", &["info etd-after-latest", "info fx-exposure", "warning advance-filing-data"]),
            // 15.00 and 21.50 that banks took, each within the tolerance.
            ("GD-2026-0110", &["info pay-short-charges", "info pay-short-charges"]),
            ("GD-2026-0111", &[]),
            ("GD-2026-0112", &[]),
        ],
    );
    assert!(problems.is_empty(), "{problems}");
}

#[test]
fn a_late_finish_is_an_error_until_the_amendment_is_accepted() {
    let before = &["error lc-dates-workable", "error slack-production", "info fx-exposure", "info term-mode"];
    let mut problems = compare("2026-09-07", &[("GD-2026-0103", before)]);
    // On the day the amendment comes two banking days run; the old terms bind.
    problems += &compare("2026-09-08", &[("GD-2026-0103", before)]);
    problems += &compare("2026-09-09", &[("GD-2026-0103", &["info fx-exposure", "info term-mode"])]);
    // Loading comes near: papers of the shipment are asked for.
    let near = &["info fx-exposure", "info term-mode", "warning gate-papers-missing"];
    problems += &compare("2026-09-10", &[("GD-2026-0103", near)]);
    assert!(problems.is_empty(), "{problems}");
}

#[test]
fn a_refused_presentation_is_open_until_it_is_presented_again() {
    let errors = &["error credit-insurance-date", "error term-year-printed"];
    let refused = [errors.as_slice(), &["warning credit-cure-window"]].concat();
    let mut problems = String::new();
    // Presented on 10-16: what the bank will find is known before it says so.
    problems += &compare("2026-10-20", &[("GD-2026-0104", errors)]);
    for day in ["2026-10-26", "2026-10-27", "2026-10-29"] {
        problems += &compare(day, &[("GD-2026-0104", &refused)]);
    }
    let history = &["error credit-insurance-date past", "error term-year-printed past"];
    problems += &compare("2026-10-30", &[("GD-2026-0104", history)]);
    assert!(problems.is_empty(), "{problems}");

    let all = on("2026-10-27");
    let window = all.iter().find(|f| f.rule.name == "credit-cure-window").unwrap();
    assert_eq!(window.severity, Severity::Warning);
    assert_eq!(window.until, "2026-11-02".parse().ok(), "the limit from on board 2026-10-12");
    assert!(window.title.en.contains("2 to cure") && window.title.en.contains("6 days left"));
}

#[test]
fn a_failed_inspection_is_told_by_the_gate_and_passed_by_the_second() {
    let mut problems = String::new();
    let rolled = ["info etd-after-latest", "info fx-exposure"];
    // Failed and not yet re-inspected: nothing was loaded, so the gate is shut and nobody is at fault.
    for day in ["2026-10-20", "2026-10-28", "2026-10-29"] {
        problems += &compare(day, &[("GD-2026-0109", &rolled)]);
    }
    let filing = ["info etd-after-latest", "info fx-exposure", "warning advance-filing-data"];
    problems += &compare("2026-11-24", &[("GD-2026-0109", &filing)]);
    assert!(problems.is_empty(), "{problems}");
}

/// Titles of one rule about one order on a day, in English.
fn titles(day: &str, order: &str, rule: &str) -> Vec<String> {
    let all = on(day);
    let mine =
        all.iter().filter(|f| f.rule.name == rule && f.subject.order().is_some_and(|id| &**id == order));
    mine.map(|f| f.title.en.clone()).collect()
}

#[test]
fn what_is_overdue_is_said_with_days_bucket_and_dispute() {
    let of = |order: &str, rule: &str| titles(TODAY, order, rule);
    assert_eq!(
        of("GD-2026-0105", "pay-overdue"),
        ["D/P payment 37 days overdue (31–60 days): due on 2026-10-14, USD 24,960.00 open"]
    );
    assert_eq!(
        of("GD-2026-0106", "pay-overdue"),
        ["D/A payment 67 days overdue (61–90 days): due on 2026-09-14, USD 28,400.00 open"]
    );
    assert_eq!(
        of("GD-2026-0106", "pay-escalation-due"),
        [
            "D/A payment 67 days overdue, USD 28,400.00 open: T+60 (notice of loss to the credit insurer) was to be done on 2026-11-13 and is not logged"
        ]
    );
    assert_eq!(
        of("GD-2026-0107", "pay-overdue"),
        [
            "open-account payment 53 days overdue (31–60 days): due on 2026-09-28, EUR 1,612.80 open, all of it disputed"
        ]
    );
    assert_eq!(
        of("GD26-0098", "pay-overdue"),
        ["open-account payment 81 days overdue (61–90 days): due on 2026-08-31, USD 12,050.00 open"]
    );
    // The step of the 81st day is logged.
    assert!(of("GD26-0098", "pay-escalation-due").is_empty());
}

#[test]
fn an_overdue_collection_climbs_the_ladder_day_by_day() {
    let mut problems = String::new();
    // Due on 10-14: overdue from the 15th, and each step is logged on its day until T+45 is reached.
    problems += &compare("2026-10-14", &[("GD-2026-0105", &[])]);
    problems += &compare("2026-10-15", &[("GD-2026-0105", &["error pay-overdue"])]);
    problems += &compare("2026-11-27", &[("GD-2026-0105", &["error pay-overdue", "warning demurrage-risk"])]);
    let late =
        &["error pay-overdue", "info gate-feedback", "warning demurrage-risk", "warning pay-escalation-due"];
    problems += &compare("2026-11-28", &[("GD-2026-0105", late)]);
    // The notice of loss is reached on 11-13.
    let before = &["error pay-overdue", "info calendar-missing"];
    problems += &compare("2026-11-12", &[("GD-2026-0106", before)]);
    let after = &["error pay-overdue", "info calendar-missing", "warning pay-escalation-due"];
    problems += &compare("2026-11-13", &[("GD-2026-0106", after)]);
    assert!(problems.is_empty(), "{problems}");
}

#[test]
fn accepted_and_not_due_yet_is_not_overdue() {
    let mut problems = compare("2026-11-23", &[("GD-2026-0103", &[])]);
    let late = &["error pay-overdue", "warning pay-escalation-due"];
    problems += &compare("2026-11-24", &[("GD-2026-0103", late)]);
    assert!(problems.is_empty(), "{problems}");
}
