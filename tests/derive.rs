//! What is derived from orders: stages and proofs, money, slack, gates, completeness. The example orders are
//! the twelve stories of the trade; small ones below try one thing each.

#![expect(clippy::unwrap_used, reason = "helpers of tests fail the test")]

use std::fs;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use gendan::book::Book;
use gendan::derive::completeness::{self, CompletenessGate};
use gendan::derive::gates::{self, GateState};
use gendan::derive::{Facts, OrderFacts, StageState, deadline, derive};
use gendan::model::Order;
use gendan::model::stage::{Milestone, StageKey};
use gendan::{history, load};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn data() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("data")
}

fn at<T>(root: &Path, as_of: &str, look: impl FnOnce(&Facts<'_>) -> T) -> T {
    let loaded = load::load(root).unwrap();
    let history = history::read(root);
    look(&derive(&loaded.book, &history, day(as_of)))
}

/// Looks at one of the example orders.
fn example<T>(id: &str, as_of: &str, look: impl FnOnce(&Order, &OrderFacts) -> T) -> T {
    at(&data(), as_of, |facts| {
        let order = facts.book.order(id).unwrap();
        look(order, facts.of(order).unwrap())
    })
}

/// Looks at an order written in the test: `order.toml` and `docs.toml`.
fn small<T>(order: &str, docs: &str, as_of: &str, look: impl FnOnce(&Order, &OrderFacts) -> T) -> T {
    let root = tempfile::tempdir().unwrap();
    let folder = root.path().join("orders/2026/A-1");
    fs::create_dir_all(&folder).unwrap();
    fs::write(root.path().join("gendan.toml"), "schema = 1\n").unwrap();
    fs::write(folder.join("order.toml"), order).unwrap();
    fs::write(folder.join("docs.toml"), docs).unwrap();
    let loaded = load::load(root.path()).unwrap();
    assert!(loaded.findings.is_empty(), "{:#?}", loaded.findings);
    at(root.path(), as_of, |facts| {
        let order = facts.book.order("A-1").unwrap();
        look(order, facts.of(order).unwrap())
    })
}

/// The states of the ten stages, one letter each: Done, hollow, Open, Late, not yet (-), Skipped.
fn states(facts: &OrderFacts) -> String {
    let letter = |state| match state {
        StageState::Done => 'D',
        StageState::DoneWithoutEvidence => 'h',
        StageState::Open => 'O',
        StageState::Late => 'L',
        StageState::NotYet => '-',
        StageState::Skipped => 'S',
    };
    facts.progress.stages.iter().map(|s| letter(s.state)).collect()
}

fn done(facts: &OrderFacts, milestone: Milestone) -> String {
    facts.progress.done_on(milestone).map_or_else(String::new, |d| d.to_string())
}

fn path(facts: &OrderFacts, milestone: Milestone) -> String {
    facts.progress.milestone(milestone).actual.and_then(|a| a.proof).map_or_else(String::new, |p| p.path)
}

#[test]
fn the_twelve_orders_stand_where_their_stories_say() {
    let expected = [
        ("GD-2026-0101", "DDDDhDDDDD"),
        ("GD-2026-0102", "DDDDhDDDOD"),
        ("GD-2026-0103", "DDDDhDDO-D"),
        ("GD-2026-0104", "DDDDhDDDOO"),
        ("GD-2026-0105", "DDDDhDDL-O"),
        ("GD-2026-0106", "DDDDhDDL-D"),
        ("GD-2026-0107", "DDDDhDDL-O"),
        ("GD-2026-0108", "DDDDhDDDOO"),
        ("GD-2026-0109", "DDDDL--O--"),
        ("GD-2026-0110", "DDDDhDDDOD"),
        ("GD-2026-0111", "DD--------"),
        ("GD-2026-0112", "DDSDSSDDOO"),
    ];
    at(&data(), "2026-11-20", |facts| {
        let of = |id: &str| facts.of(facts.book.order(id).unwrap()).unwrap();
        let got: Vec<(&str, String)> = expected.iter().map(|(id, _)| (*id, states(of(id)))).collect();
        let wanted: Vec<(&str, String)> = expected.iter().map(|(id, s)| (*id, (*s).to_owned())).collect();
        assert_eq!(got, wanted);
    });
}

#[test]
fn an_archived_order_shows_what_proves_each_step() {
    example("GD-2026-0101", "2026-11-20", |_, facts| {
        for (milestone, date, proof) in [
            (Milestone::PiSent, "2026-06-22", "proforma[0].date"),
            (Milestone::Confirmed, "2026-06-22", "proforma[0].signed_by_buyer"),
            (Milestone::Reviewed, "2026-06-23", "review.date"),
            (Milestone::Released, "2026-06-25", "purchases[0].issued"),
            (Milestone::SampleApproved, "2026-07-02", ""),
            (Milestone::Started, "2026-07-06", "progress[0].date"),
            (Milestone::Produced, "2026-08-14", "progress[2].date"),
            (Milestone::Inspected, "2026-08-17", "inspections[0].date"),
            (Milestone::Booked, "2026-08-11", "shipments[0].booking"),
            (Milestone::GatedIn, "2026-08-23", ""),
            (Milestone::Declared, "2026-08-24", "customs[0].date"),
            (Milestone::Cleared, "2026-08-25", "customs[0].released"),
            (Milestone::Shipped, "2026-08-28", "bl[0].on_board"),
            (Milestone::Presented, "2026-08-31", "presentation[0].date"),
            (Milestone::Noticed, "2026-08-31", "reminders[0].date"),
            (Milestone::Paid, "2026-09-04", "received[1].date"),
            (Milestone::Closed, "2026-10-30", "papers[8].date"),
            (Milestone::Archived, "2026-10-30", "actual.archived"),
            (Milestone::FollowedUp, "2026-10-15", "feedback.asked"),
        ] {
            assert_eq!(
                (done(facts, milestone), path(facts, milestone)),
                (date.into(), proof.into()),
                "{milestone:?}"
            );
        }
        assert!(facts.is_archived() && !facts.is_open());
        assert_eq!(facts.progress.current, None);
        assert_eq!(facts.slack, None);
    });
}

#[test]
fn on_a_past_day_only_what_was_known_counts() {
    example("GD-2026-0103", "2026-09-05", |_, facts| {
        assert_eq!(states(facts), "DDL-------");
        assert_eq!(facts.progress.produced, Some((28_000.into(), 40_000.into())));
        // Amendment 01 and the contract's new date came on 09-09; till then 09-10 binds.
        let slack = facts.slack.unwrap();
        assert_eq!((slack.latest, slack.finish, slack.days), (day("2026-09-10"), day("2026-09-05"), -4));
        assert!(facts.shipments.iter().all(|s| s.shipped.is_none()));
        // The typed gate-in of 09-18 has not happened; it counts as a forecast.
        let gated_in = facts.progress.milestone(Milestone::GatedIn);
        assert_eq!((gated_in.actual, gated_in.forecast), (None, Some(day("2026-09-18"))));
        assert!(!facts.progress.is_done(Milestone::Booked) || !path(facts, Milestone::Booked).is_empty());
    });
    example("GD-2026-0103", "2026-09-09", |_, facts| {
        assert_eq!(facts.slack.unwrap().latest, day("2026-09-30"), "accepted on 09-09");
    });
    example("GD-2026-0101", "2026-09-03", |_, facts| {
        assert!(!facts.progress.is_done(Milestone::Paid) && !facts.is_archived());
        assert_eq!(facts.money.open, Some("40740.00".parse().unwrap()));
    });
}

#[test]
fn inspection_is_done_by_the_re_inspection_and_not_before() {
    example("GD-2026-0109", "2026-10-28", |_, facts| {
        assert!(!facts.progress.is_done(Milestone::Inspected));
    });
    example("GD-2026-0109", "2026-10-29", |_, facts| {
        assert_eq!(path(facts, Milestone::Inspected), "inspections[1].date");
    });
}

#[test]
fn a_typed_date_does_not_paint_a_failed_inspection_green() {
    let failed = "signed = 2026-08-01\n[actual]\ninspected = 2026-09-02\n[[inspections]]\ndate = 2026-09-01\n\
                  stage = \"final\"\nresult = \"fail\"\n";
    small(failed, "", "2026-10-01", |_, facts| assert!(!facts.progress.is_done(Milestone::Inspected)));
}

#[test]
fn a_lot_that_failed_is_not_cured_by_another_lot() {
    let lots = "signed = 2026-08-01\n\
        [[inspections]]\ndate = 2026-09-01\nstage = \"final\"\nlots = { A = 100 }\nresult = \"fail\"\n\
        [[inspections]]\ndate = 2026-09-03\nstage = \"final\"\nlots = { B = 100 }\nresult = \"pass\"\n";
    small(lots, "", "2026-10-01", |_, facts| assert!(!facts.progress.is_done(Milestone::Inspected)));
    let cured = format!(
        "{lots}[[inspections]]\ndate = 2026-09-05\nstage = \"final\"\nlots = {{ A = 100 }}\nresult = \"pass\"\n"
    );
    small(&cured, "", "2026-10-01", |_, facts| assert_eq!(done(facts, Milestone::Inspected), "2026-09-05"));
}

#[test]
fn short_receipts_within_the_tolerance_of_each_instalment_are_charges() {
    example("GD-2026-0110", "2026-11-20", |_, facts| {
        assert!(facts.money.settled);
        assert_eq!(facts.money.open, Some("36.50".parse().unwrap()), "15.00 and 21.50");
        assert_eq!(done(facts, Milestone::Paid), "2026-10-23");
    });
    example("GD-2026-0112", "2026-11-20", |_, facts| {
        assert_eq!(
            (facts.money.open, facts.money.charges),
            (Some("0".parse().unwrap()), "11.30".parse().unwrap())
        );
    });
}

const PAID: &str = "signed = 2026-08-01\ncurrency = \"USD\"\npayment = \"50% deposit, 50% before-shipment\"\n\
    [[items]]\nname = \"A\"\nqty = 100\nprice = 200\n";

#[test]
fn a_short_deposit_is_not_hidden_by_the_other_instalment() {
    // 45.00 short of one instalment: beyond the 30.00 each may be short, although both together may be 60.00.
    let one = format!(
        "{PAID}[[received]]\ndate = 2026-08-05\namount = 9955.00\nfor = \"deposit\"\n\
         [[received]]\ndate = 2026-09-05\namount = 10000.00\nfor = \"before-shipment\"\n"
    );
    small(&one, "", "2026-10-01", |_, facts| {
        let open: Vec<_> = facts.money.instalments.iter().map(|i| i.open.unwrap().to_string()).collect();
        assert_eq!((facts.money.settled, open), (false, vec!["45.00".to_owned(), "0.00".to_owned()]));
    });
    // Without a name, money goes to the oldest that is not settled, and what is too much goes on.
    let unnamed = format!("{PAID}[[received]]\ndate = 2026-08-05\namount = 15000.00\n");
    small(&unnamed, "", "2026-10-01", |_, facts| {
        let open: Vec<_> = facts.money.instalments.iter().map(|i| i.open.unwrap().to_string()).collect();
        assert_eq!(open, vec!["0.00".to_owned(), "5000.00".to_owned()]);
    });
}

#[test]
fn a_later_credit_note_settles_on_its_own_day() {
    let text = format!(
        "{PAID}[[received]]\ndate = 2026-08-05\namount = 19000.00\n\
         [[credits]]\ndate = 2026-09-20\namount = 1000.00\nkind = \"credit-note\"\nwhy = \"CN-1\"\nby = \"x\"\n"
    );
    small(&text, "", "2026-09-19", |_, facts| assert!(!facts.money.settled));
    small(&text, "", "2026-10-01", |_, facts| {
        assert_eq!(
            (done(facts, Milestone::Paid), path(facts, Milestone::Paid)),
            ("2026-09-20".into(), "credits[0].date".into())
        );
    });
}

const SPLIT: &str = "signed = 2026-08-01\ncurrency = \"USD\"\npartial = true\n\
    [[items]]\nsku = \"A\"\nname = \"A\"\nqty = 100\nprice = 10\n\
    [[shipments]]\nid = \"1\"\nbooking = \"B1\"\nitems = [{ sku = \"A\", qty = 60 }]\n\
    [[shipments]]\nid = \"2\"\nbooking = \"B2\"\nitems = [{ name = \"A\", qty = 40 }]\n";

#[test]
fn a_split_order_is_shipped_and_cleared_with_its_last_part() {
    let first = "[[customs]]\nshipment = \"1\"\nnumber = \"C1\"\ndate = 2026-09-01\nreleased = 2026-09-02\n\
        [[bl]]\nshipment = \"1\"\nnumber = \"BL1\"\non_board = 2026-09-03\n";
    let second = "[[customs]]\nshipment = \"2\"\nnumber = \"C2\"\ndate = 2026-10-01\nreleased = 2026-10-02\n\
        [[bl]]\nshipment = \"2\"\nnumber = \"BL2\"\non_board = 2026-10-03\n\
        [[presentation]]\nshipment = \"1\"\ndate = 2026-10-04\nto = \"buyer\"\n\
        [[presentation]]\nshipment = \"2\"\ndate = 2026-10-08\nto = \"buyer\"\n";
    small(SPLIT, first, "2026-11-20", |_, facts| {
        for milestone in [Milestone::Declared, Milestone::Cleared, Milestone::Shipped] {
            assert!(!facts.progress.is_done(milestone), "{milestone:?}");
        }
        assert_eq!(facts.shipments[0].shipped, Some(day("2026-09-03")));
    });
    small(SPLIT, &format!("{first}{second}"), "2026-11-20", |_, facts| {
        assert_eq!(done(facts, Milestone::Cleared), "2026-10-02");
        assert_eq!(
            (done(facts, Milestone::Shipped), path(facts, Milestone::Shipped)),
            ("2026-10-03".into(), "bl[1].on_board".into())
        );
        assert_eq!(done(facts, Milestone::Presented), "2026-10-08");
        assert_eq!(facts.shipments[1].items["A"], 40.into(), "named by its name, kept by its sku");
    });
    small(SPLIT, &format!("{first}{second}"), "2026-09-30", |_, facts| {
        assert!(!facts.progress.is_done(Milestone::Shipped), "the second part has not left");
    });
}

#[test]
fn goods_invoiced_before_they_leave_count_once() {
    let invoice = "[[invoice]]\nshipment = \"1\"\nnumber = \"I1\"\ndate = 2026-09-01\ntotal = 600.00\n";
    small(SPLIT, invoice, "2026-09-02", |_, facts| {
        assert_eq!(facts.money.total, Some("1000".parse().unwrap()));
    });
    let both = format!(
        "{invoice}[[invoice]]\nshipment = \"2\"\nnumber = \"I2\"\ndate = 2026-09-20\ntotal = 410.00\n"
    );
    small(SPLIT, &both, "2026-10-02", |_, facts| {
        assert_eq!(facts.money.total, Some("1010".parse().unwrap()), "as invoiced");
    });
}

#[test]
fn the_first_shipment_carries_what_the_others_do_not() {
    let text = SPLIT.replace("items = [{ sku = \"A\", qty = 60 }]\n", "");
    small(&text, "", "2026-09-02", |_, facts| assert_eq!(facts.shipments[0].items["A"], 60.into()));
}

#[test]
fn a_courier_receipt_beside_a_bill_of_lading_carries_papers() {
    let docs =
        "[bl]\nnumber = \"BL1\"\non_board = 2026-09-10\n[courier]\nnumber = \"C1\"\npickup = 2026-09-01\n";
    let order = "signed = 2026-08-01\n[[items]]\nname = \"A\"\nqty = 1\n";
    small(order, docs, "2026-09-05", |_, facts| assert!(!facts.progress.is_done(Milestone::Shipped)));
    small(order, docs, "2026-09-10", |_, facts| {
        assert_eq!(path(facts, Milestone::Shipped), "bl[0].on_board")
    });
}

#[test]
fn a_bank_is_presented_originals() {
    example("GD-2026-0102", "2026-11-20", |_, facts| {
        // Copies went to the buyer on 09-22; the bank got its originals on 10-09.
        assert_eq!(
            (done(facts, Milestone::Presented), path(facts, Milestone::Presented)),
            ("2026-10-09".into(), "presentation[1].date".into())
        );
    });
}

#[test]
fn what_nobody_recorded_but_must_have_happened_is_hollow() {
    small(
        "signed = 2026-08-01\n",
        "[bl]\nnumber = \"B\"\non_board = 2026-09-01\n",
        "2026-10-01",
        |_, facts| {
            // Inspection is never implied: goods do leave without one.
            assert_eq!(states(facts), "hhhOhhO---");
            let produced = facts.progress.milestone(Milestone::Produced).actual.unwrap();
            assert!(produced.implied && produced.date.is_none() && produced.proof.is_none());
            assert!(facts.progress.reached(StageKey::Ship) && !facts.progress.reached(StageKey::Archive));
        },
    );
    small("signed = 2026-08-01\n[actual]\nproduced = 2026-09-01\n", "", "2026-10-01", |_, facts| {
        assert_eq!(states(facts), "hhhO------");
    });
    small(
        "",
        "[customs]\nnumber = \"C\"\ndate = 2026-09-01\nreleased = 2026-09-02\n",
        "2026-10-01",
        |_, facts| {
            assert!(!facts.progress.is_done(Milestone::GatedIn), "customs may clear goods before the yard");
        },
    );
}

#[test]
fn reports_count_by_their_date_not_by_their_place() {
    let text = "signed = 2026-08-01\n[[items]]\nsku = \"A\"\nqty = 60\n[[items]]\nsku = \"B\"\nqty = 40\n\
        [[progress]]\ndate = 2026-09-05\nsku = \"B\"\ndone = 40\n[[progress]]\nsku = \"B\"\ndone = 1\n\
        [[progress]]\ndate = 2026-09-01\nsku = \"A\"\ndone = 30\n[[progress]]\ndate = 2026-09-07\nsku = \"A\"\ndone = 60\n";
    small(text, "", "2026-09-06", |_, facts| {
        assert_eq!(facts.progress.produced, Some((70.into(), 100.into())));
        assert_eq!(done(facts, Milestone::Started), "2026-09-01", "an undated report hides none");
    });
    small(text, "", "2026-09-07", |_, facts| {
        assert_eq!(path(facts, Milestone::Produced), "progress[3].date")
    });
}

#[test]
fn an_open_complaint_keeps_the_last_stage_open() {
    let text = "signed = 2026-08-01\n[feedback]\nasked = 2026-09-20\n[[complaints]]\nopened = 2026-09-21\nclosed = 2026-10-05\n";
    small(text, "", "2026-09-20", |_, facts| assert!(facts.progress.is_done(Milestone::FollowedUp)));
    small(text, "", "2026-10-01", |_, facts| assert!(!facts.progress.is_done(Milestone::FollowedUp)));
    small(text, "", "2026-10-05", |_, facts| {
        assert_eq!(path(facts, Milestone::FollowedUp), "complaints[0].closed")
    });
}

#[test]
fn slack_counts_from_the_best_known_finish() {
    let text = |more: &str| format!("signed = 2026-08-01\nship_by = 2026-10-31\n{more}");
    let slack = |more: &str| small(&text(more), "", "2026-09-01", |_, facts| facts.slack.unwrap());
    let derived = slack("");
    assert_eq!(
        (derived.basis, derived.finish, derived.days),
        (deadline::Basis::Derived, day("2026-10-17"), 5)
    );
    let plan = slack("[plan]\nproduced = 2026-10-20\n");
    assert_eq!((plan.basis, plan.days), (deadline::Basis::Plan, 2));
    let forecast = slack("[plan]\nproduced = 2026-10-20\n[forecast]\nproduced = 2026-10-25\n");
    assert_eq!((forecast.basis, forecast.days), (deadline::Basis::Forecast, -3));
    // A plan that has passed cannot come true: the goods are finished today at the earliest.
    assert_eq!(slack("[plan]\nproduced = 2026-08-20\n").finish, day("2026-09-01"));
    assert_eq!(slack("[actual]\nproduced = 2026-08-20\n").days, 63);
}

/// Two lots of 60, each paid before it is loaded.
#[test]
fn a_lot_that_was_paid_does_not_release_another() {
    let order = |terms: &str, received: &str| {
        format!(
            "signed = 2026-08-03\ncurrency = \"USD\"\npayment = \"{terms}\"\n{received}\n[[items]]\nname = \"Lamp\"\nqty = 120\nprice = 1.00\n\n[[shipments]]\nid = \"1\"\nitems = [{{ name = \"Lamp\", qty = 60 }}]\n\n[[shipments]]\nid = \"2\"\nitems = [{{ name = \"Lamp\", qty = 60 }}]\n"
        )
    };
    let paid =
        |lot: &str| format!("received = [{{ date = 2026-09-01, amount = 60.00, shipment = \"{lot}\" }}]");
    let of = |terms: &str, received: &str, rule: &str| {
        small(&order(terms, received), "", "2026-10-01", |order, facts| {
            gate(order, facts, rule, "2026-10-01").1
        })
    };
    let rule = "gate-balance-before-shipment";
    assert_eq!(of("100% before-shipment", &paid("1"), rule), ["USD 60.00 due before shipment 2"]);
    assert_eq!(of("100% before-shipment", &paid("2"), rule), ["USD 60.00 due before shipment 1"]);
    assert_eq!(
        of("100% before-shipment", "", rule),
        ["USD 60.00 due before shipment 1", "USD 60.00 due before shipment 2"]
    );
    // Each lot has its own balance among the papers of the gate.
    let balance = |received: &str| {
        small(&order("100% before-shipment", received), "", "2026-10-01", |order, facts| {
            let book = Book::default();
            let gate = CompletenessGate::Shipment;
            let all = completeness::of(&book, order, &facts.money, &facts.shipments, gate, day("2026-10-01"));
            let open = all.missing().filter(|need| need.key() == "balance");
            open.map(|need| need.shipment.unwrap_or_default().to_owned()).collect::<Vec<_>>()
        })
    };
    assert_eq!(balance(&paid("1")), ["2"]);
    assert_eq!(balance(&paid("2")), ["1"]);
    assert_eq!(balance(""), ["1", "2"]);
}

/// A collection of one lot says nothing of the other.
#[test]
fn papers_wait_for_every_lot() {
    let order = "signed = 2026-08-03\ncurrency = \"USD\"\npayment = \"100% da 30d\"\n[[items]]\nname = \"Lamp\"\nqty = 120\nprice = 1.00\n\n[[shipments]]\nid = \"1\"\nitems = [{ name = \"Lamp\", qty = 60 }]\n\n[[shipments]]\nid = \"2\"\nitems = [{ name = \"Lamp\", qty = 60 }]\n";
    let accepted = |lot: &str, on: &str| {
        format!(
            "[[collection]]\nnumber = \"C{lot}\"\nkind = \"da\"\nshipment = \"{lot}\"\nsent = 2026-09-01\n{on}\n"
        )
    };
    let of = |docs: &str| {
        small(order, docs, "2026-10-01", |order, facts| {
            gate(order, facts, "gate-document-control", "2026-10-01").1
        })
    };
    let waits = ["acceptance of the collection (D/A)"];
    assert_eq!(of(&accepted("1", "accepted = 2026-09-10")), waits, "the second lot has none yet");
    let one = accepted("1", "accepted = 2026-09-10") + &accepted("2", "");
    assert_eq!(of(&one), waits);
    let both = accepted("1", "accepted = 2026-09-10") + &accepted("2", "accepted = 2026-09-11");
    assert_eq!(of(&both), Vec::<String>::new());
}

/// The example's customers, for the limits they have.
fn parties() -> Book {
    load::load(&data()).unwrap().book
}

fn gate(order: &Order, facts: &OrderFacts, rule: &str, as_of: &str) -> (GateState, Vec<String>) {
    let all = gates::of(&parties(), order, facts, day(as_of));
    let gate = all.into_iter().find(|g| g.rule == rule).unwrap();
    (gate.state, gate.missing.into_iter().map(|m| m.en).collect())
}

#[test]
fn gates_say_what_they_wait_for() {
    example("GD-2026-0109", "2026-11-20", |order, facts| {
        let of = |rule| gate(order, facts, rule, "2026-11-20");
        assert_eq!(of("gate-inspection-passed"), (GateState::Passed, vec![]));
        assert_eq!(
            of("gate-balance-before-shipment"),
            (GateState::Blocked, vec!["USD 27,650.00 due before shipment".to_owned()])
        );
        assert_eq!(of("gate-deposit-or-credit").0, GateState::Passed);
        assert_eq!(of("gate-customs-cleared").0, GateState::Open, "not declared yet");
    });
    example("GD-2026-0107", "2026-11-20", |order, facts| {
        let (state, missing) = gate(order, facts, "gate-paid", "2026-11-20");
        assert_eq!((state, missing), (GateState::Blocked, vec!["EUR 1,612.80 open".to_owned()]));
    });
    example("GD-2026-0111", "2026-11-20", |order, facts| {
        assert!(
            gates::of(&parties(), order, facts, day("2026-11-20"))
                .iter()
                .all(|g| g.state == GateState::NotNeeded)
        );
    });
    example("GD-2026-0101", "2026-11-20", |order, facts| {
        let open: Vec<_> = gates::of(&parties(), order, facts, day("2026-11-20"));
        let not_asked = ["gate-sample-approved", "gate-presented"];
        let (free, rest): (Vec<_>, Vec<_>) = open.into_iter().partition(|g| not_asked.contains(&g.rule));
        assert!(rest.iter().all(|g| g.state == GateState::Passed), "{rest:#?}");
        assert!(free.iter().all(|g| g.state == GateState::NotNeeded), "no sample, and no bank");
    });
    example("GD-2026-0105", "2026-11-20", |order, facts| {
        let of = |rule| gate(order, facts, rule, "2026-11-20");
        let waits = vec!["payment of the collection (D/P)".to_owned()];
        assert_eq!(of("gate-document-control"), (GateState::Blocked, waits));
        assert_eq!(of("gate-presented").0, GateState::Passed);
    });
    example("GD-2026-0106", "2026-11-20", |order, facts| {
        let of = |rule| gate(order, facts, rule, "2026-11-20");
        assert_eq!(of("gate-document-control").0, GateState::Passed, "accepted, though not paid");
    });
    example("GD26-0122", "2026-11-20", |order, facts| {
        let of = |rule| gate(order, facts, rule, "2026-11-20");
        assert_eq!(
            of("gate-document-control"),
            (GateState::Open, vec!["the papers presented to the bank".to_owned()]),
            "under a credit, nothing is under control before the bank has it"
        );
        assert_eq!(
            of("gate-balance-before-shipment").0,
            GateState::NotNeeded,
            "all of it is paid by the credit"
        );
    });
}

fn missing(order: &str, docs: &str, gate: CompletenessGate) -> Vec<String> {
    small(order, docs, "2026-11-20", |order, facts| {
        let (book, today) = (Book::default(), day("2026-11-20"));
        let papers = completeness::of(&book, order, &facts.money, &facts.shipments, gate, today);
        papers.missing().map(|need| need.key().into_owned()).collect()
    })
}

#[test]
fn each_clause_asks_for_its_papers() {
    use CompletenessGate::{Archive, Presentation, Shipment};
    let base = [
        "contract",
        "review",
        "purchase",
        "inspection",
        "booking",
        "invoice",
        "packing",
        "customs-authorisation",
        "customs",
    ];
    assert_eq!(missing("signed = 2026-08-01\n", "", Shipment), base);
    let cif = "incoterm = \"CIF Hamburg\"\nmode = \"sea-fcl\"\npayment = \"100% dp sight\"\n";
    let got = missing(cif, "", Presentation);
    let wanted = [
        "freight-quote",
        "insurance",
        "containers",
        "vgm",
        "si",
        "photos",
        "bl",
        "collection",
        "presentation",
    ];
    assert_eq!(got, [&base[..], &wanted[..]].concat());
    let exw = "incoterm = \"EXW Cixi\"\nmode = \"road\"\nskip = { inspect = \"客户自提自验\" }\n";
    let fcr = "[[papers]]\nkind = \"fcr\"\ndate = 2026-09-01\n";
    let got = missing(exw, fcr, Presentation);
    assert_eq!(
        got,
        ["contract", "review", "purchase", "invoice", "packing"],
        "the buyer books and clears, the forwarder's receipt is enough"
    );
    let air = "mode = \"air\"\npayment = \"100% oa 60d bl-date\"\nnot_needed = { packing = \"一件\" }\n";
    let docs = "[awb]\nnumber = \"180-98765435\"\ndate = 2026-09-01\n[invoice]\nnumber = \"I\"\ndrafted = 2026-09-01\n";
    let got = missing(air, docs, Shipment);
    let but = |left: &str| base.iter().copied().filter(|k| !left.contains(k)).collect::<Vec<_>>();
    assert_eq!(got, [but("packing invoice"), vec!["si", "credit-approval"]].concat(), "a draft will do");
    let got = missing(air, docs, Presentation);
    let rest = vec!["si", "credit-approval", "originals-sent"];
    assert_eq!(got, [but("packing"), rest].concat(), "a draft is no invoice");
    let dap = missing("incoterm = \"DAP Duisburg\"\nmode = \"rail\"\nrebate = true\n", "", Archive);
    for key in ["waybill", "pod", "record-set", "broker", "receipt", "settlement", "closing", "feedback"] {
        assert!(dap.iter().any(|k| k == key), "{key}: {dap:?}");
    }
}
