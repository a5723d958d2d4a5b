//! The credits of the scenario orders: terms in force, clocks, limits, maturities, as their stories tell them.

#![expect(clippy::unwrap_used, reason = "helpers of tests fail the test")]

use std::fs;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use gendan::book::Book;
use gendan::derive::claims::Figure;
use gendan::derive::credit::{clock, limit};
use gendan::derive::exam::{Exam, Exams};
use gendan::load;
use gendan::model::value::load::insured_minimum;
use rust_decimal::Decimal;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn n(text: &str) -> Decimal {
    text.parse().unwrap()
}

fn data() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("data")
}

fn book() -> Book {
    load::load(&data()).unwrap().book
}

fn exams<T>(book: &Book, id: &str, as_of: &str, look: impl FnOnce(&Exams<'_>) -> T) -> T {
    look(&Exams::of(book, book.order(id).unwrap(), day(as_of)))
}

fn last(exam: &Exam<'_>) -> NaiveDate {
    exam.limit.last().unwrap().date
}

fn total(exam: &Exam<'_>, key: &str, figure: Figure) -> Decimal {
    exam.claims(figure).into_iter().find(|c| c.key == key).unwrap().value
}

#[test]
fn a_make_up_saturday_is_the_last_day_where_the_counter_is_open() {
    let book = book();
    exams(&book, "GD-2026-0102", "2026-11-20", |exams| {
        let exam = &exams.all[0];
        assert_eq!((exam.presented_on(), last(exam)), (Some(day("2026-10-09")), day("2026-10-10")));
        let range = limit::amount(&exam.credit).unwrap();
        assert_eq!(range.high, Some(n("70087.50")));
        assert!(range.holds(n("67374.60")) && !range.holds(n("70087.51")));
        let shipped = exam.credit.items.iter().map(|i| limit::quantity(i.value).unwrap()).collect::<Vec<_>>();
        assert!(shipped[1].holds(n("1836")) && !shipped[1].holds(n("1890.1")));
        assert_eq!(total(exam, "packing", Figure::Packages), n("2118"));
        assert_eq!(total(exam, "invoice", Figure::Quantity), n("4236"));
        assert_eq!(total(exam, "bl", Figure::Gross), n("30273.6"));
        let calendar = clock::issuer_calendar(&book, &exam.credit).unwrap();
        assert_eq!(clock::refusal_deadline(day("2026-10-14"), &calendar).date, day("2026-10-21"));
    });
    assert_eq!(insured_minimum(n("67374.60"), n("110")), Some(n("74112.0600")));
    // A counter that stays shut on make-up days moves the limit to Monday.
    let mut shut = book.clone();
    for (file, _) in shut.calendars.get_mut("cn-bank").unwrap().values_mut() {
        file.makeup_counts = Some(false);
    }
    exams(&shut, "GD-2026-0102", "2026-11-20", |exams| assert_eq!(last(&exams.all[0]), day("2026-10-12")));
}

#[test]
fn before_an_amendment_is_accepted_the_old_terms_bind() {
    let book = book();
    exams(&book, "GD-2026-0103", "2026-09-08", |exams| {
        let credit = &exams.credits[0];
        assert_eq!(credit.latest_shipment.unwrap().value, day("2026-09-10"));
        assert_eq!(credit.expiry.unwrap().value, day("2026-10-01"));
    });
    exams(&book, "GD-2026-0103", "2026-11-20", |exams| {
        let exam = &exams.all[0];
        assert_eq!(exam.credit.latest_shipment.unwrap().value, day("2026-09-30"));
        assert_eq!((exam.presented_on(), last(exam)), (Some(day("2026-09-29")), day("2026-10-13")));
        // The presenting bank's five days, with the make-up Saturday; the issuing bank's, with its own weekend.
        let china = clock::expiry_calendar(&book, &exam.credit);
        assert_eq!(clock::refusal_deadline(day("2026-09-29"), &china).date, day("2026-10-12"));
        let dhaka = clock::issuer_calendar(&book, &exam.credit).unwrap();
        assert_eq!(clock::refusal_deadline(day("2026-10-11"), &dhaka).date, day("2026-10-18"));
        // 60 days after 09-22 is a Saturday; dollars settle in New York.
        assert_eq!(exam.maturity(&book).unwrap().date, day("2026-11-23"));
    });
}

#[test]
fn a_cured_presentation_stays_with_the_papers_it_had() {
    exams(&book(), "GD-2026-0104", "2026-11-20", |exams| {
        let [first, second] = exams.all.as_slice() else { panic!("two presentations") };
        assert!(first.past && !second.past);
        assert_eq!((last(first), last(second)), (day("2026-11-02"), day("2026-11-02")));
        assert_ne!(first.papers.invoice[0].0, second.papers.invoice[0].0);
    });
    // The day before it was cured, the first presentation was the present.
    exams(&book(), "GD-2026-0104", "2026-10-29", |exams| {
        assert_eq!(exams.all.iter().map(|e| e.past).collect::<Vec<_>>(), [false]);
    });
}

#[test]
fn two_lots_in_one_presentation_run_from_the_first_and_fall_due_with_the_last() {
    let book = book();
    exams(&book, "GD-2026-0108", "2026-11-20", |exams| {
        let exam = &exams.all[0];
        assert_eq!(exam.shipped, [day("2026-10-05"), day("2026-10-14")]);
        assert_eq!((last(exam), exam.maturity(&book).unwrap().date), (day("2026-10-26"), day("2026-11-13")));
        assert_eq!(total(exam, "invoice", Figure::Quantity), n("499.600"));
        assert_eq!(total(exam, "bl", Figure::Gross), n("501598.4"));
    });
    assert_eq!(insured_minimum(n("574540.00"), n("110")), Some(n("631994.0000")));
}

#[test]
fn what_is_dated_later_is_not_known_yet() {
    exams(&book(), "GD-2026-0102", "2026-09-18", |exams| {
        let exam = &exams.all[0];
        assert!(exam.presentation.is_none() && exam.papers.bl.is_empty());
        assert_eq!(exam.papers.invoice.len(), 1);
    });
    exams(&book(), "GD-2026-0102", "2026-07-19", |exams| assert!(exams.credits.is_empty()));
}

#[test]
fn hostile_terms_are_no_panic() {
    let root = tempfile::tempdir().unwrap();
    let folder = root.path().join("orders/2026/A-1");
    fs::create_dir_all(&folder).unwrap();
    fs::write(root.path().join("gendan.toml"), "schema = 1\n").unwrap();
    fs::write(folder.join("order.toml"), "customer = \"x\"\n[[items]]\nname = \"x\"\nqty = 1\nprice = 1\n")
        .unwrap();
    let big = "99999999999999.99";
    let docs = format!(
        "[[lc]]\nnumber = \"\"\nexpiry = 9999-12-31\nlatest_shipment = 0001-01-01\namount = {big}\ntolerance = \"100%\"\npresent_within = 4294967295\n\
         drafts = \"4294967295 DAYS AFTER B/L DATE\"\nextra = [{{ amount = {big} }}, {{ amount = {big} }}]\n\
         items = [{{ name = \"\", qty = {big}, unit = \"MT\", price = {big}, tolerance = \"100%\" }}]\n\
         shipment_period = [{{ to = 0001-01-01, qty = {big} }}, {{ from = 9999-12-31 }}]\n\
         documents = [{{ }}, {{ kind = \"bl\", consignee = \"\", notify = \"\", endorsed = \"\", freight = \"prepaid\" }}]\n\
         [[lc.amendments]]\naccepted = 2026-01-01\nremove = {{ documents = [{{ }}], items = [{{ }}] }}\n\
         [[bl]]\nform = \"received\"\non_board = 9999-12-31\nclauses = [\"\", \"\u{202e}WET\"]\nnotify = [\"\"]\noriginals = 0\n\
         [[bl]]\non_board = 0001-01-01\nvessel = \"A\"\n\
         [[invoice]]\ndate = 0001-01-01\ntotal = {big}\nlines = [{{ qty = {big}, unit = \"KG\", price = {big}, amount = {big} }}]\n\
         [[presentation]]\nid = \"1\"\nagain = \"1\"\ndate = 9999-12-31\ndocuments = [{{ ref = \"\" }}]\nrefusal = {{ }}\n"
    );
    fs::write(folder.join("docs.toml"), docs).unwrap();
    let loaded = load::load(root.path()).unwrap();
    let history = gendan::history::read(root.path());
    for as_of in ["0001-01-01", "2026-11-20", "9999-12-31"] {
        let facts = gendan::derive::derive(&loaded.book, &history, day(as_of));
        let checked = gendan::check::check(&facts, Vec::new());
        assert!(!checked.findings.is_empty());
    }
}
