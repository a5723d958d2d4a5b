//! Families of deadlines, one thing at a time: small orders, each tries one date.

use chrono::NaiveDate;

use super::{Deadline, Kind, Outside, of};
use crate::derive::derive;
use crate::derive::sailing::Cutoff;
use crate::load::load;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// The deadlines of one order from its three files on a day.
fn look([order, docs, money]: [&str; 3], as_of: &str) -> Vec<Deadline> {
    let root = tempfile::tempdir().unwrap();
    let folder = root.path().join("orders/A-1");
    std::fs::create_dir_all(&folder).unwrap();
    for (name, text) in [("order.toml", order), ("docs.toml", docs), ("money.toml", money)] {
        std::fs::write(folder.join(name), text).unwrap();
    }
    let people = "[\"m\"]\nrole = \"merchandiser\"\n[\"c\"]\nrole = \"clerk\"\n[\"old\"]\nrole = \"finance\"\nleft = 2026-01-01\n[\"z\"]\nrole = \"Finance\"\n[\"q\"]\nrole = \"qc\"\n";
    std::fs::write(root.path().join("people.toml"), people).unwrap();
    let loaded = load(root.path()).unwrap();
    assert!(loaded.findings.is_empty(), "{:#?}", loaded.findings);
    let history = crate::history::read(std::path::Path::new("/nowhere"));
    of(&derive(&loaded.book, &history, day(as_of)))
}

fn find(all: &[Deadline], kind: Kind) -> Option<&Deadline> {
    all.iter().find(|d| d.kind == kind)
}

fn days(all: &[Deadline], kind: Kind) -> Vec<String> {
    all.iter().filter(|d| d.kind == kind).map(|d| d.day.to_string()).collect()
}

const BASE: &str = "merchandiser = \"m\"\nclerk = \"c\"\nsigned = 2026-09-01\ncurrency = \"USD\"\nmode = \"sea-fcl\"\n[[items]]\nname = \"X\"\nqty = 100\nprice = 10\n";

/// [`BASE`] with keys before its tables, and tables after.
fn order(keys: &str, tables: &str) -> String {
    format!("{keys}\n{BASE}{tables}")
}

#[test]
fn owners_follow_the_kind_and_whoever_is_named() {
    let order = order(
        "ship_by = 2026-11-30\npayment = \"100% oa 30d bl-date\"",
        "[[shipments]]\netd = 2026-11-25\ncutoffs = { si = 2026-11-20T12:00:00+08:00, cy = 2026-11-22T12:00:00+08:00 }\n[[complaints]]\nopened = 2026-10-01\ndue = 2026-12-01\nowner = \"q\"\n[[issues]]\ndue = 2026-11-01\nowner = \"the factory\"\n",
    );
    let all = look([&order, "", "[[bills]]\ndue = 2026-11-30\n"], "2026-10-01");
    let owner = |kind| find(&all, kind).unwrap().owner.as_deref().unwrap();
    assert_eq!(owner(Kind::Cutoff(Cutoff::Si)), "c");
    assert_eq!(owner(Kind::Cutoff(Cutoff::Yard)), "m");
    assert_eq!(owner(Kind::Bill), "z", "the first of finance who has not left");
    assert_eq!(owner(Kind::Complaint), "q");
    assert_eq!(owner(Kind::Issue), "m", "who is not one of ours owns nothing");
    assert_eq!(owner(Kind::Shipment), "m");
    let nobody = order.replace("merchandiser = \"m\"\n", "").replace("clerk = \"c\"\n", "");
    let all = look([&nobody, "", ""], "2026-10-01");
    assert_eq!(find(&all, Kind::Shipment).unwrap().owner, None);
}

#[test]
fn last_safe_days_count_back_from_the_earlier_latest_shipment() {
    let docs = "[[lc]]\nnumber = \"L\"\nreceived = 2026-09-05\nlatest_shipment = 2026-11-20\nexpiry = 2026-12-11\nexpiry_place = \"CN\"\npresent_within = 15\n";
    let plain = order("ship_by = 2026-11-30\npayment = \"100% lc sight\"", "");
    let all = look([&plain, docs, ""], "2026-10-01");
    assert_eq!(days(&all, Kind::Produced), ["2026-11-11"]);
    assert_eq!(days(&all, Kind::Inspected), ["2026-11-13"]);
    assert_eq!(find(&all, Kind::Produced).unwrap().path, "lc[0].latest_shipment");
    assert_eq!(days(&all, Kind::CreditShipment), ["2026-11-20"]);
    assert_eq!(days(&all, Kind::Shipment), ["2026-11-30"], "two days, two entries");
    // Shipped on the last day, papers are due on the fifth of December, a Saturday.
    let last = find(&all, Kind::Presentation).unwrap();
    assert_eq!((last.day, last.estimated, last.hard), (day("2026-12-07"), true, true));
    assert_eq!(days(&all, Kind::Expiry), ["2026-12-11"]);
    // Without holidays on record every banking day is provisional.
    assert_eq!(last.provisional.as_ref().map(|gap| (gap.calendar.as_str(), gap.year)), Some(("CN", None)));
    // Finished: marked for two weeks.
    let made = format!("{plain}[actual]\nproduced = 2026-10-28\n");
    let done = |as_of| find(&look([&made, docs, ""], as_of), Kind::Produced).map(|d| d.done.is_some());
    assert_eq!((done("2026-10-27"), done("2026-11-01"), done("2026-11-13")), (Some(false), Some(true), None));
}

#[test]
fn one_day_of_contract_and_credit_is_one_entry() {
    let docs = "[[lc]]\nreceived = 2026-09-05\nlatest_shipment = 2026-11-30\nexpiry = 2026-12-11\n";
    let all = look([&order("ship_by = 2026-11-30", ""), docs, ""], "2026-10-01");
    assert_eq!((find(&all, Kind::Shipment), days(&all, Kind::CreditShipment).len()), (None, 1));
    assert!(find(&all, Kind::CreditShipment).unwrap().hard);
}

#[test]
fn papers_for_a_credit_that_expires_abroad_leave_earlier() {
    let docs = "[[lc]]\nreceived = 2026-09-05\nlatest_shipment = 2026-11-01\nexpiry = 2026-11-25\nexpiry_place = \"Dhaka\"\n[[bl]]\nnumber = \"B\"\non_board = 2026-10-30\n";
    let all = look([&order("payment = \"100% lc sight\"", ""), docs, ""], "2026-11-02");
    let last = find(&all, Kind::Presentation).unwrap();
    // Shipment and 21 days is Friday the twentieth, closed in Dhaka; the courier takes seven of the days to Sunday.
    assert_eq!((last.day, last.safe), (day("2026-11-22"), day("2026-11-13")));
    assert_eq!(days(&all, Kind::Expiry), ["2026-11-25"]);
}

#[test]
fn each_set_of_papers_has_its_own_clock() {
    let parts = "[[shipments]]\nid = \"1\"\nitems = [{ name = \"X\", qty = 40 }]\n[[shipments]]\nid = \"2\"\nitems = [{ name = \"X\", qty = 60 }]\n";
    let docs = "[[lc]]\nreceived = 2026-09-05\nexpiry = 2026-12-31\nexpiry_place = \"CN\"\npresent_within = 10\npartial = true\n[[bl]]\nnumber = \"B1\"\nshipment = \"1\"\non_board = 2026-10-05\n[[bl]]\nnumber = \"B2\"\nshipment = \"2\"\non_board = 2026-10-20\n[[presentation]]\nid = \"P1\"\nshipment = \"1\"\nto = \"bank\"\ndate = 2026-10-12\nreceived = 2026-10-19\n";
    let all = look([&order("payment = \"100% lc sight\"", parts), docs, ""], "2026-10-21");
    let sets: Vec<(String, bool)> = all
        .iter()
        .filter(|d| d.kind == Kind::Presentation)
        .map(|d| (format!("{} {}", d.part, d.day), d.done.is_some()))
        .collect();
    assert_eq!(sets, [("1-1 2026-10-15".to_owned(), true), ("1-2 2026-10-30".to_owned(), false)]);
}

#[test]
fn what_the_carrier_and_customs_abroad_want() {
    let ship = |to: &str, more: &str| {
        order(
            &format!("to = \"{to}\"\nincoterm = \"CIF {to}\""),
            &format!("[[shipments]]\netd = 2026-11-25\n{more}"),
        )
    };
    let all = look([&ship("Los Angeles", ""), "", ""], "2026-11-01");
    assert_eq!(
        (days(&all, Kind::Isf), days(&all, Kind::Insurance)),
        (vec!["2026-11-24".into()], vec!["2026-11-25".into()])
    );
    assert_eq!(days(&look([&ship("Hamburg", ""), "", ""], "2026-11-01"), Kind::Ens), ["2026-11-24"]);
    assert_eq!(find(&look([&ship("Sydney", ""), "", ""], "2026-11-01"), Kind::Ens), None);
    assert_eq!(find(&look([&ship("Hamburg", "mode = \"air\"\n"), "", ""], "2026-11-01"), Kind::Ens), None);
    let filed = "[[filings]]\nkind = \"isf\"\ndate = 2026-11-10\n";
    let isf = |as_of| {
        let all = look([&ship("Los Angeles", ""), "", filed], as_of);
        find(&all, Kind::Isf).map(|d| d.done.is_some())
    };
    assert_eq!((isf("2026-11-09"), isf("2026-11-12"), isf("2026-11-25")), (Some(false), Some(true), None));
    let policy = "[[insurance]]\nnumber = \"P\"\ndate = 2026-11-20\n";
    let all = look([&ship("Sydney", ""), policy, ""], "2026-11-21");
    assert!(find(&all, Kind::Insurance).unwrap().done.is_some());
}

#[test]
fn free_time_is_expected_until_the_goods_arrive_and_over_when_they_are_collected() {
    let shipment = |more: &str| {
        order("", &format!("[[shipments]]\netd = 2026-10-01\neta = 2026-10-28\nfree_days = 10\n{more}"))
    };
    let docs = "[[bl]]\nnumber = \"B\"\non_board = 2026-10-01\n";
    let free = |more: &str, as_of| {
        let all = look([&shipment(more), docs, ""], as_of);
        find(&all, Kind::FreeTime).map(|d| (d.day.to_string(), d.estimated, d.done.is_some()))
    };
    assert_eq!(free("", "2026-10-20"), Some(("2026-11-07".into(), true, false)));
    let arrived = "arrived = 2026-10-30\n";
    assert_eq!(free(arrived, "2026-10-29"), Some(("2026-11-07".into(), true, false)), "not known yet");
    assert_eq!(free(arrived, "2026-11-20"), Some(("2026-11-09".into(), false, false)));
    let gone = "arrived = 2026-10-30\nreleased = 2026-11-05\n";
    assert_eq!(free(gone, "2026-11-06"), Some(("2026-11-09".into(), false, true)));
    assert_eq!(free(gone, "2026-11-20"), None);
}

#[test]
fn an_answer_to_an_amendment_is_due_in_two_banking_days() {
    let docs = |answer: &str| {
        format!(
            "[[lc]]\nreceived = 2026-09-05\nexpiry = 2026-12-31\n[[lc.amendments]]\nnumber = \"01\"\nreceived = 2026-10-16\n{answer}"
        )
    };
    let plain = order("", "");
    let all = look([&plain, &docs(""), ""], "2026-10-20");
    // The sixteenth is a Friday.
    let due = find(&all, Kind::Amendment).unwrap();
    assert_eq!((due.day, due.hard, due.is_overdue(day("2026-10-21"))), (day("2026-10-20"), false, true));
    assert_eq!(find(&look([&plain, &docs(""), ""], "2026-10-15"), Kind::Amendment), None);
    let answered = look([&plain, &docs("rejected = 2026-10-19\n"), ""], "2026-10-20");
    assert!(find(&answered, Kind::Amendment).unwrap().done.is_some());
}

#[test]
fn money_and_the_ladder() {
    let terms = order("payment = \"30% deposit, 70% oa 30d bl-date\"", "[[shipments]]\netd = 2026-10-10\n");
    let docs = "[[bl]]\nnumber = \"B\"\non_board = 2026-10-10\n";
    let money = "[[received]]\ndate = 2026-09-05\namount = 300\n";
    let all = look([&terms, docs, money], "2026-11-20");
    let due: Vec<String> = all.iter().filter(|d| d.kind == Kind::Due).map(|d| d.what.en.clone()).collect();
    assert_eq!(due, ["USD 700.00 due (open account)"], "the deposit was settled long ago");
    let open = find(&all, Kind::Due).unwrap();
    assert_eq!((open.day, open.outside, open.hard), (day("2026-11-09"), Some(Outside::Buyer), false));
    let steps: Vec<(&str, String)> =
        all.iter().filter(|d| d.kind == Kind::Chase).map(|d| (d.part.as_str(), d.day.to_string())).collect();
    assert_eq!(steps, [("2-T+7", "2026-11-16".to_owned()), ("2-T+15", "2026-11-24".to_owned())]);
    let logged = format!("{money}[[reminders]]\ndate = 2026-11-17\nstep = \"T+7\"\n");
    let all = look([&terms, docs, &logged], "2026-11-20");
    let done: Vec<(&str, bool)> =
        all.iter().filter(|d| d.kind == Kind::Chase).map(|d| (d.part.as_str(), d.done.is_some())).collect();
    assert_eq!(done, [("2-T+7", true), ("2-T+15", false)]);
}

#[test]
fn bills_are_paid_by_name_or_by_what_the_party_got() {
    let bills = "[[bills]]\nfrom = \"f\"\nnumber = \"1\"\namount = \"CNY 100\"\ndue = 2026-10-01\n[[bills]]\nfrom = \"f\"\namount = \"CNY 200\"\ndue = 2026-10-10\n[[bills]]\nfrom = \"f\"\namount = \"CNY 50\"\ndue = 2026-10-20\n[[bills]]\nfrom = \"f\"\namount = \"USD 50\"\ndue = 2026-10-25\n";
    let paid = "[[paid]]\nto = \"f\"\ndate = 2026-10-12\namount = \"CNY 120\"\n[[paid]]\nto = \"f\"\ndate = 2026-10-14\namount = \"CNY 120\"\n[[paid]]\nto = \"f\"\nbill = \"1\"\ndate = 2026-10-13\namount = \"CNY 100\"\n";
    let all = look([&order("", ""), "", &format!("{bills}{paid}")], "2026-10-15");
    let state: Vec<(String, Option<String>)> = all
        .iter()
        .filter(|d| d.kind == Kind::Bill)
        .map(|d| (d.day.to_string(), d.done.map(|done| done.on.unwrap().to_string())))
        .collect();
    let row = |day: &str, on: Option<&str>| (day.to_owned(), on.map(str::to_owned));
    assert_eq!(
        state,
        [
            row("2026-10-01", Some("2026-10-13")),
            row("2026-10-10", Some("2026-10-14")),
            row("2026-10-20", None),
            row("2026-10-25", None),
        ]
    );
}

#[test]
fn tax_and_keeping_outlive_the_order() {
    let docs = "[[bl]]\nnumber = \"B\"\non_board = 2026-10-01\n[[customs]]\nnumber = \"223120260000000001\"\ndate = 2026-09-29\nreleased = 2026-09-30\ntotal = 1000\n";
    let filed = "[[filings]]\nkind = \"tax-refund\"\ndate = 2026-11-10\n";
    let closed = order("payment = \"100% tt\"", "[actual]\nclosed = 2026-11-12\n");
    let all = look([&closed, docs, filed], "2026-11-20");
    assert_eq!(days(&all, Kind::TaxReceipt), ["2027-04-30"]);
    assert_eq!(days(&all, Kind::FilingSet), ["2026-11-25"]);
    assert_eq!(find(&all, Kind::TaxClaim), None, "claimed");
    assert!(find(&all, Kind::FilingSet).unwrap().hard);
    assert!(all.iter().all(|d| d.kind.outlives()), "nothing else outlives it");
    // Ten years after the later of the filing set and the archive.
    let old = order("", "[actual]\narchived = 2016-12-01\n").replace("2026-09-01", "2016-09-01");
    let keep = |as_of| find(&look([&old, "", ""], as_of), Kind::Keep).map(|d| (d.day, d.done.is_some()));
    assert_eq!(keep("2025-11-01"), None);
    assert_eq!(keep("2026-11-20"), Some((day("2026-12-01"), false)));
    assert_eq!(keep("2026-12-05"), Some((day("2026-12-01"), true)));
}

#[test]
fn the_customer_is_asked_a_month_after_arrival() {
    let docs = "[[bl]]\nnumber = \"B\"\non_board = 2026-09-01\n";
    let feedback = |more: &str, as_of| {
        let all = look([&order("", &format!("[[shipments]]\neta = 2026-10-01\n{more}")), docs, ""], as_of);
        find(&all, Kind::Feedback).map(|d| (d.day.to_string(), d.estimated, d.done.is_some()))
    };
    assert_eq!(feedback("", "2026-09-20"), Some(("2026-10-31".into(), true, false)));
    let arrived = "arrived = 2026-10-05\n";
    assert_eq!(feedback(arrived, "2026-11-20"), Some(("2026-11-04".into(), false, false)));
    let planned = "arrived = 2026-10-05\n[plan]\nfollowed_up = 2026-11-30\n";
    assert_eq!(feedback(planned, "2026-11-20"), Some(("2026-11-30".into(), true, false)));
    let asked = "arrived = 2026-10-05\n[feedback]\nasked = 2026-11-01\n";
    assert_eq!(feedback(asked, "2026-11-10"), Some(("2026-11-04".into(), false, true)));
}

#[test]
fn an_offer_ends_unless_it_is_signed() {
    let docs = "[[proforma]]\nnumber = \"PI\"\ndate = 2026-10-01\nvalid_until = 2026-10-15\n";
    let unsigned = order("", "").replace("signed = 2026-09-01\n", "");
    let all = look([&unsigned, docs, ""], "2026-10-20");
    let offer = find(&all, Kind::Validity).unwrap();
    assert!(offer.is_overdue(day("2026-10-20")) && !offer.hard);
    let signed =
        look([&unsigned.replace("currency", "signed = 2026-10-14\ncurrency"), docs, ""], "2026-10-20");
    assert!(find(&signed, Kind::Validity).unwrap().done.is_some());
}

#[test]
fn the_next_planned_step_speaks_where_nothing_else_does() {
    let planned = order("", "[plan]\nreviewed = 2026-09-03\nreleased = 2026-09-10\nmaterials = 2026-09-20\n");
    let steps = |text: &str, as_of| {
        let all = look([text, "", ""], as_of);
        all.iter()
            .filter(|d| d.kind.code() == "step")
            .map(|d| format!("{} {}", d.part, d.day))
            .collect::<Vec<_>>()
    };
    assert_eq!(steps(&planned, "2026-09-02"), ["reviewed 2026-09-03"]);
    let further = format!("{planned}[review]\ndate = 2026-09-02\n");
    assert_eq!(steps(&further, "2026-09-02"), ["released 2026-09-10"]);
    let forecast = format!("{further}[forecast]\nreleased = 2026-09-12\n");
    assert_eq!(steps(&forecast, "2026-09-02"), ["released 2026-09-12"]);
}

#[test]
fn runs_of_closed_days_join_over_a_weekend() {
    let calendar = crate::model::value::Calendar {
        closed: ["2026-10-01", "2026-10-02", "2026-10-05", "2026-10-08", "2026-10-10"].map(day).into(),
        open: [day("2026-10-10")].into(),
        makeup_counts: true,
        ..crate::model::value::Calendar::weekend_only("CN")
    };
    let runs: Vec<(String, String)> = super::holidays::closures(&calendar)
        .into_iter()
        .map(|run| (run.from.to_string(), run.to.to_string()))
        .collect();
    let run = |from: &str, to: &str| (from.to_owned(), to.to_owned());
    assert_eq!(runs, [run("2026-10-01", "2026-10-05"), run("2026-10-08", "2026-10-08")]);
}

#[test]
fn two_records_under_one_number_are_two_deadlines() {
    let twice =
        "[[purchases]]\nnumber = \"P\"\ndue = 2026-10-01\n[[purchases]]\nnumber = \"P\"\ndue = 2026-10-02\n";
    let all = look([&order("", twice), "", ""], "2026-09-10");
    let ids: Vec<String> = all.iter().filter(|d| d.kind == Kind::Purchase).map(Deadline::id).collect();
    assert_eq!(ids, ["A-1-purchase-P", "A-1-purchase-P#2"]);
}

#[test]
fn long_advances_and_long_credits_are_reported() {
    let ships = |etd: &str| {
        order("payment = \"30% deposit, 70% oa 120d bl-date\"", &format!("[[shipments]]\netd = {etd}\n"))
    };
    let money = "[[received]]\nid = \"R1\"\ndate = 2026-09-05\namount = 300\n";
    let all = look([&ships("2026-11-20"), "", money], "2026-09-20");
    let safe = find(&all, Kind::Safe).unwrap();
    assert_eq!((safe.part.as_str(), safe.day, safe.estimated), ("advance-R1", day("2026-10-05"), true));
    assert_eq!((safe.owner.as_deref(), safe.hard), (Some("z"), true));
    assert_eq!(find(&look([&ships("2026-09-25"), "", money], "2026-09-20"), Kind::Safe), None, "not long");
    let filed = format!("{money}[[filings]]\nkind = \"safe\"\ndate = 2026-09-19\n");
    let all = look([&ships("2026-11-20"), "", &filed], "2026-09-20");
    assert!(find(&all, Kind::Safe).unwrap().done.is_some());
    let docs = "[[bl]]\nnumber = \"B\"\non_board = 2026-10-01\n";
    let all = look([&ships("2026-10-01"), docs, ""], "2026-10-10");
    assert_eq!(
        find(&all, Kind::Safe).map(|d| (d.part.as_str(), d.day)),
        Some(("deferred-1", day("2026-10-31")))
    );
}
