//! Worked vectors of the schedule and the ledger, and properties that hold for any order.

use chrono::NaiveDate;
use proptest::prelude::*;
use rust_decimal::Decimal;

use super::*;
use crate::derive::{Facts, OrderFacts, derive};
use crate::history::{History, State};
use crate::load::load;
use crate::model::money::Receipt;
use crate::model::value::Amount;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn n(text: &str) -> Decimal {
    text.parse().unwrap()
}

const CONFIG: &str =
    "schema = 1\n[company]\nname = \"Seller\"\ncountry = \"CN\"\n[calendars]\nCN = \"cn-bank\"\n";

/// Chinese bank holidays and make-up working days of 2026; CN* has the make-up days closed.
fn china(makeup: bool) -> String {
    let mut closed = Vec::new();
    for (from, to) in [
        ("2026-01-01", "2026-01-03"),
        ("2026-02-15", "2026-02-23"),
        ("2026-04-04", "2026-04-06"),
        ("2026-05-01", "2026-05-05"),
        ("2026-06-19", "2026-06-21"),
        ("2026-09-25", "2026-09-27"),
        ("2026-10-01", "2026-10-07"),
    ] {
        closed.extend(day(from).iter_days().take_while(|d| *d <= day(to)).map(|d| d.to_string()));
    }
    format!(
        "weekend = [\"sat\", \"sun\"]\nclosed = [{}]\nopen = [2026-02-28, 2026-05-09, 2026-09-20, 2026-10-10]\nmakeup_counts = {makeup}\n",
        closed.join(", ")
    )
}

/// Looks at the money of one order.
fn see<T>(
    order: &str,
    docs: &str,
    money: &str,
    as_of: &str,
    calendar: &str,
    look: impl FnOnce(&Money) -> T,
) -> T {
    with(order, docs, money, as_of, calendar, |_, _, own| look(&own.money))
}

fn with<T>(
    order: &str,
    docs: &str,
    money: &str,
    as_of: &str,
    calendar: &str,
    look: impl FnOnce(&Facts<'_>, &Order, &OrderFacts) -> T,
) -> T {
    let root = tempfile::tempdir().unwrap();
    let folder = root.path().join("orders/A-1");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::create_dir_all(root.path().join("calendar")).unwrap();
    let mut config = CONFIG.to_owned();
    match calendar {
        "CN" => std::fs::write(root.path().join("calendar/cn-bank-2026.toml"), china(true)).unwrap(),
        "CN*" => std::fs::write(root.path().join("calendar/cn-bank-2026.toml"), china(false)).unwrap(),
        _ => config = config.replace("[calendars]\nCN = \"cn-bank\"\n", ""),
    }
    std::fs::write(root.path().join("gendan.toml"), config).unwrap();
    for (name, text) in [("order.toml", order), ("docs.toml", docs), ("money.toml", money)] {
        std::fs::write(folder.join(name), text).unwrap();
    }
    let loaded = load(root.path()).unwrap();
    assert!(loaded.findings.is_empty(), "{:#?}", loaded.findings);
    let history = History::empty(State::NoRepository);
    let facts: Facts<'_> = derive(&loaded.book, &history, day(as_of));
    let order = facts.book.order("A-1").unwrap();
    look(&facts, order, facts.of(order).unwrap())
}

/// An order of USD 1,000 on some terms.
fn order(payment: &str, more: &str) -> String {
    format!(
        "signed = 2026-01-02\ncurrency = \"USD\"\npayment = \"{payment}\"\nship_by = 2026-12-01\n{more}\n\
         [[items]]\nname = \"Lamp\"\nqty = 100\nprice = 10.00\n"
    )
}

fn bl(on_board: &str) -> String {
    format!("[[bl]]\nnumber = \"BL1\"\non_board = {on_board}\n")
}

/// D vectors: what the rule of the payment line makes of an event.
#[test]
fn due_days() {
    let invoice = "[[invoice]]\nnumber = \"I1\"\ndate = 2026-11-12\ntotal = 1000.00\n";
    let credit = |place: &str, drafts: &str| {
        format!(
            "[[lc]]\nnumber = \"LC1\"\nissued = 2026-07-01\nexpiry = 2026-12-31\nissuer_place = \"{place}\"\ndrafts = \"{drafts}\"\npartial = true\n"
        )
    };
    let presented = |date: &str, more: &str| {
        format!("[[presentation]]\nid = \"1\"\nset = \"originals\"\nto = \"bank\"\ndate = {date}\n{more}\n")
    };
    let collection = "[[collection]]\nnumber = \"C1\"\nkind = \"da\"\nplace = \"ZA\"\nsent = 2026-07-01\naccepted = 2026-07-15\n";
    let copies = "[[presentation]]\nset = \"copies\"\nto = \"buyer\"\ndate = 2026-08-31\n";
    let loading = |on: &str| format!("[[shipments]]\nid = \"1\"\nloading = {on}\nloaded = {on}\n");
    let rail = "[[waybill]]\nnumber = \"W1\"\nkind = \"cim\"\nstamped = 2026-06-30\n";
    let lots = "[[shipments]]\nid = \"1\"\nitems = [{ name = \"Lamp\", qty = 50 }]\n[[shipments]]\nid = \"2\"\nitems = [{ name = \"Lamp\", qty = 50 }]\n";
    let two = "[[bl]]\nnumber = \"B1\"\nshipment = \"1\"\non_board = 2026-10-05\n[[bl]]\nnumber = \"B2\"\nshipment = \"2\"\non_board = 2026-10-14\n";
    let at_sight = credit("DE", "60 DAYS SIGHT");
    let cases: Vec<(&str, String, String, &str, &str, &str)> = vec![
        // id, order, documents, calendar, counted, due
        (
            "D1",
            order("100% oa 60d bl-date", "").replace("2026-01-02", "2002-01-02"),
            bl("2002-05-12"),
            "SS",
            "2002-07-11",
            "2002-07-11",
        ),
        ("D2", order("100% oa 10d", ""), bl("2026-03-01"), "SS", "2026-03-11", "2026-03-11"),
        ("D4", order("100% oa 60d bl-date", ""), bl("2026-09-15"), "SS", "2026-11-14", "2026-11-16"),
        ("D5", order("100% tt 90d bl-date", ""), bl("2026-08-21"), "SS", "2026-11-19", "2026-11-19"),
        ("D6", order("100% oa 30d", ""), bl("2026-01-31"), "CN", "2026-03-02", "2026-03-02"),
        ("D11", order("100% oa 60d", ""), bl("2026-08-02"), "CN", "2026-10-01", "2026-10-08"),
        (
            "D12",
            order("100% before-shipment", &loading("2026-10-01")),
            String::new(),
            "CN",
            "2026-10-01",
            "2026-09-30",
        ),
        ("D13", order("100% oa 60d", ""), bl("2026-08-11"), "CN", "2026-10-10", "2026-10-10"),
        ("D14", order("100% oa 60d", ""), bl("2026-08-11"), "CN*", "2026-10-10", "2026-10-12"),
        ("D15", order("100% oa 30d", ""), bl("2026-05-01"), "SS", "2026-05-31", "2026-06-01"),
        (
            "D17",
            order("100% lc 60d bl-date", ""),
            credit("BD", "60 DAYS AFTER B/L DATE") + &bl("2026-09-22") + &presented("2026-09-29", ""),
            "CN",
            "2026-11-22",
            "2026-11-22",
        ),
        (
            "D18",
            order("100% lc 60d bl-date", ""),
            credit("US", "60 DAYS AFTER B/L DATE") + &bl("2026-09-22") + &presented("2026-09-29", ""),
            "CN",
            "2026-11-23",
            "2026-11-23",
        ),
        ("D19", order("100% da 60d", ""), collection.to_owned(), "CN", "2026-09-13", "2026-09-14"),
        ("D20", order("100% oa 90d bl-date", ""), rail.to_owned(), "CN", "2026-09-28", "2026-09-28"),
        ("D21", order("100% tt eom+30d", ""), invoice.to_owned(), "SS", "2026-12-30", "2026-12-30"),
        (
            "D23",
            order("100% lc 60d sight", ""),
            at_sight.clone() + &bl("2026-09-22") + &presented("2026-10-01", "received = 2026-10-09"),
            "SS",
            "2026-12-08",
            "2026-12-08",
        ),
        (
            "D24",
            order("100% lc 60d sight", ""),
            at_sight
                + &bl("2026-09-22")
                + &presented(
                    "2026-10-01",
                    "received = 2026-10-09\nrefused = 2026-10-14\naccepted = 2026-10-21",
                ),
            "SS",
            "2026-12-21",
            "2026-12-21",
        ),
        (
            "D25",
            order("100% lc 30d bl-date", lots),
            credit("DE", "30 DAYS AFTER B/L DATE") + two + &presented("2026-10-23", ""),
            "SS",
            "2026-11-13",
            "2026-11-13",
        ),
        ("D26", order("100% copy-bl", ""), bl("2026-08-28") + copies, "SS", "2026-09-07", "2026-09-07"),
        (
            "D27",
            order("100% before-shipment", &loading("2026-09-26")),
            String::new(),
            "CN",
            "2026-09-26",
            "2026-09-24",
        ),
        ("deposit", order("100% deposit", ""), String::new(), "CN", "2026-01-09", "2026-01-09"),
        ("agreed", order("100% tt on 2026-10-03", ""), String::new(), "CN", "2026-10-03", "2026-10-08"),
        (
            "agreed deposit",
            order("100% deposit on 2026-10-03", ""),
            String::new(),
            "CN",
            "2026-10-03",
            "2026-10-03",
        ),
        (
            "sight",
            order("100% lc sight", ""),
            credit("DE", "SIGHT") + &bl("2026-09-22") + &presented("2026-10-01", "received = 2026-10-09"),
            "CN",
            "2026-10-16",
            "2026-10-16",
        ),
        (
            "D/P",
            order("100% dp sight", ""),
            "[[collection]]\nnumber = \"C1\"\nkind = \"dp\"\nplace = \"TR\"\nat_bank = 2026-10-09\n"
                .to_owned(),
            "CN",
            "2026-10-14",
            "2026-10-14",
        ),
    ];
    for (id, order, docs, calendar, raw, due) in cases {
        // Nothing is overdue on the day itself (D29). Before loading the day is an estimate until the goods are loaded.
        let seen = day(raw).max(day(due));
        see(&order, &docs, "", &seen.to_string(), calendar, |money| {
            for line in &money.lines {
                assert_eq!(line.due.raw, Some(day(raw)), "{id} {line:?}");
                assert_eq!(line.due.hard(), Some(day(due)), "{id}");
                assert_eq!(line.overdue, (seen - day(due)).num_days(), "{id}");
            }
        });
        let next = seen.succ_opt().unwrap();
        see(&order, &docs, "", &next.to_string(), calendar, |money| {
            let days = (next - day(due)).num_days();
            assert!(money.lines.iter().all(|line| line.overdue == days), "{id} {:?}", money.lines);
        });
    }
}

#[test]
fn sixty_seven_days() {
    // D28
    let docs = "[[collection]]\nnumber = \"C1\"\nkind = \"da\"\nplace = \"ZA\"\naccepted = 2026-07-15\n";
    see(&order("100% da 60d", ""), docs, "", "2026-11-20", "CN", |money| {
        assert_eq!(money.lines[0].overdue, 67);
    });
}

#[test]
fn a_planned_event_makes_an_estimate_that_is_never_overdue() {
    let planned = order("30% deposit, 70% copy-bl", "")
        .replace("[[items]]", "[plan]\npresented = 2026-10-09\n[[items]]");
    let due = |as_of: &str| see(&planned, "", "", as_of, "CN", |money| money.lines[1].due.clone());
    let early = due("2026-09-01");
    assert_eq!((early.day, early.estimated), (Some(day("2026-10-16")), true));
    // Nobody sent copies on the planned day: they can go today at the earliest.
    let late = due("2026-11-02");
    assert_eq!((late.event, late.day, late.hard()), (Some(day("2026-11-02")), Some(day("2026-11-09")), None));
    // Sent: hard, from the day on which they were, and not before that day is known.
    let docs = "[[presentation]]\nset = \"copies\"\nto = \"buyer\"\ndate = 2026-10-20\n";
    let sent = |as_of: &str| see(&planned, docs, "", as_of, "CN", |money| money.lines[1].due.hard());
    assert_eq!((sent("2026-10-19"), sent("2026-10-20")), (None, Some(day("2026-10-27"))));
}

#[test]
fn why_there_is_no_day() {
    let waits =
        |order: &str, docs: &str| see(order, docs, "", "2026-11-20", "CN", |m| m.lines[0].due.waiting);
    let unsigned = order("100% deposit", "").replace("signed = 2026-01-02\n", "");
    assert_eq!(waits(&unsigned, ""), Some(Waiting::Signature));
    assert_eq!(waits(&order("100% da 60d", ""), ""), Some(Waiting::Acceptance));
    assert_eq!(waits(&order("100% oa 30d arrival", ""), ""), Some(Waiting::Event));
    let refused = "[[lc]]\nnumber = \"L\"\nissued = 2026-07-01\nexpiry = 2026-12-01\n[[presentation]]\nto = \"bank\"\ndate = 2026-10-16\nrefused = 2026-10-26\n";
    assert_eq!(waits(&order("100% lc sight", ""), refused), Some(Waiting::Refused));
}

fn paid(lines: &str) -> String {
    lines
        .lines()
        .map(|line| {
            let (date, rest) = line.trim().split_once(' ').unwrap();
            format!("[[received]]\ndate = {date}\n{}\n", rest.replace("; ", "\n"))
        })
        .collect()
}

#[test]
fn settlement_tolerance() {
    let of = |total: &str, received: &str, charges: &str| {
        let order = order("100% before-shipment", "")
            .replace("qty = 100\nprice = 10.00", &format!("qty = 1\nprice = {total}"));
        let money = paid(&format!("2026-02-01 amount = {received}{charges}"));
        see(&order, "", &money, "2026-11-20", "CN", |m| (m.settled, m.short, m.open.unwrap()))
    };
    assert_eq!(of("40740.00", "40715.00", ""), (true, n("25.00"), n("25.00")));
    assert_eq!(of("11200.00", "11178.50", ""), (true, n("21.50"), n("21.50")));
    assert_eq!(of("250.00", "238.70", ""), (false, n("0"), n("11.30")));
    assert_eq!(of("250.00", "238.70", "; charges = 11.30"), (true, n("0"), n("0")));
    assert_eq!(of("40740.00", "40610.00", ""), (false, n("0"), n("130.00")));
    // A yen is about a cent: 30.00 is 3,000 yen.
    let yen = |received: &str| {
        let order = order("100% before-shipment", "")
            .replace("qty = 100\nprice = 10.00", "qty = 1\nprice = 1260000")
            .replace("USD", "JPY");
        let money = paid(&format!("2026-02-01 amount = {received}"));
        see(&order, "", &money, "2026-11-20", "CN", |m| m.settled)
    };
    assert!(yen("1257000") && !yen("1256999"));
    // On the border, and a cent beyond it.
    assert!(of("40740.00", "40710.00", "").0);
    assert!(!of("40740.00", "40709.99", "").0);
}

#[test]
fn what_is_named_first_and_the_oldest_due_next() {
    let order = order("30% deposit, 70% tt 30d bl-date", "");
    let docs = bl("2026-05-01");
    let applied = |money: &str| {
        see(&order, &docs, &paid(money), "2026-11-20", "CN", |m| {
            (m.lines.iter().map(|l| l.applied).collect::<Vec<_>>(), m.over)
        })
    };
    assert_eq!(applied("2026-02-01 amount = 500.00"), (vec![n("300.00"), n("200.00")], n("0")));
    assert_eq!(applied("2026-02-01 amount = 500.00; for = \"tt\""), (vec![n("0"), n("500.00")], n("0")));
    assert_eq!(applied("2026-02-01 amount = 500.00; for = \"2\""), (vec![n("0"), n("500.00")], n("0")));
    assert_eq!(applied("2026-02-01 amount = 500.00; for = \"balance\""), (vec![n("0"), n("500.00")], n("0")));
    // More than the deposit: the rest goes on; more than everything: a credit balance.
    assert_eq!(
        applied("2026-02-01 amount = 500.00; for = \"deposit\""),
        (vec![n("300.00"), n("200.00")], n("0"))
    );
    assert_eq!(applied("2026-02-01 amount = 1200.00"), (vec![n("300.00"), n("700.00")], n("200.00")));
    // A slightly short deposit is settled; what comes later is for the balance, and tops up the deposit last.
    assert_eq!(
        applied("2026-02-01 amount = 299.00\n2026-06-01 amount = 700.00"),
        (vec![n("299.00"), n("700.00")], n("0"))
    );
    assert_eq!(
        applied("2026-02-01 amount = 299.00\n2026-06-01 amount = 701.00"),
        (vec![n("300.00"), n("700.00")], n("0"))
    );
}

#[test]
fn nothing_is_lost() {
    let order = order("30% deposit, 70% copy-bl", "");
    let of = |money: &str| {
        see(&order, "", &paid(money), "2026-11-20", "CN", |m| {
            let kept: Vec<(Reason, Decimal)> = m.unallocated.iter().map(|u| (u.reason, u.amount)).collect();
            (kept, m.received, m.open.unwrap())
        })
    };
    let open = n("1000.00");
    let kept = |reason, amount: &str| vec![(reason, n(amount))];
    assert_eq!(of("2026-02-01 amount = \"EUR 100.00\""), (kept(Reason::Foreign, "100.00"), n("0"), open));
    assert_eq!(of("2026-12-01 amount = 100.00"), (kept(Reason::Future, "100.00"), n("0"), open));
    assert_eq!(
        of("2026-02-01 amount = 100.00; for = \"lc\""),
        (kept(Reason::UnknownInstalment, "100.00"), n("100.00"), open)
    );
    assert_eq!(
        of("2026-02-01 amount = 100.00; for = \"3\""),
        (kept(Reason::UnknownInstalment, "100.00"), n("100.00"), open)
    );
    assert_eq!(of("2026-02-01 amount = -100.00"), (kept(Reason::NoReason, "-100.00"), n("-100.00"), open));
    assert_eq!(
        of("2026-02-01 amount = 100.00\n2026-02-02 amount = -150.00; why = \"booked twice\""),
        (kept(Reason::BeyondReceived, "-50.00"), n("-50.00"), open)
    );
    // Converted as the record says.
    let converted = of("2026-02-01 amount = \"CNY 7102.10\"; fx = { rate = 7.1021, order_amount = 1000.00 }");
    assert_eq!(converted, (vec![], n("1000.00"), n("0.00")));
    let undated = "[[received]]\namount = 100.00\n";
    see(&order, "", undated, "2026-11-20", "CN", |m| assert_eq!(m.unallocated[0].reason, Reason::NoDate));
    let nowhere = order_without_terms();
    see(&nowhere, "", &paid("2026-02-01 amount = 100.00"), "2026-11-20", "CN", |m| {
        assert_eq!((m.unallocated[0].reason, m.open), (Reason::NoSchedule, Some(n("900.00"))));
    });
}

/// What is due is not known while a price is missing: money that came in is no credit balance.
#[test]
fn without_a_total_nothing_is_too_much() {
    let open = order("30% deposit, 70% copy-bl", "").replace("price = 10.00", "");
    let credit = "[[credits]]\ndate = 2026-02-02\namount = 5.00\nkind = \"write-off\"\n";
    let money = paid("2026-02-01 amount = 300.00; for = \"deposit\"") + credit;
    see(&open, "", &money, "2026-11-20", "CN", |m| {
        assert!(m.unallocated.iter().all(|u| u.reason == Reason::NoSchedule), "{:?}", m.unallocated);
        assert_eq!((m.unallocated.len(), m.over), (2, n("0")));
    });
}

/// A shipment on record is no unknown one, also where nothing is due by shipment.
#[test]
fn a_receipt_may_name_any_shipment_on_record() {
    let lots = "[[shipments]]\nid = \"A\"\nitems = [{ name = \"Lamp\", qty = 50 }]\n[[shipments]]\nitems = [{ name = \"Lamp\", qty = 50 }]\n";
    for (shipment, wanted) in
        [("A", None), ("2", None), ("1", Some(Reason::UnknownShipment)), ("B", Some(Reason::UnknownShipment))]
    {
        let money = paid(&format!("2026-02-01 amount = 100.00; shipment = \"{shipment}\""));
        for terms in ["100% deposit", "100% copy-bl"] {
            let reason = see(&order(terms, lots), "", &money, "2026-11-20", "CN", |m| {
                m.unallocated.first().map(|u| u.reason)
            });
            assert_eq!(reason, wanted, "{terms} {shipment}");
        }
    }
}

/// Nobody wrote down when production began; the goods have left, so it did.
#[test]
fn money_before_production_is_due_once_the_goods_have_left() {
    let terms = order("30% before-production, 70% copy-bl", "").replace("ship_by = 2026-12-01\n", "");
    let due = |docs: &str| see(&terms, docs, "", "2026-11-20", "CN", |m| m.lines[0].due.hard());
    assert_eq!(due(""), None);
    assert_eq!(due(&bl("2026-08-21")), Some(day("2026-08-21")));
}

/// A negative credit withdraws an earlier one and says why; without a reason nobody knows which way it is meant.
#[test]
fn a_negative_credit_without_a_reason_counts_for_nothing_and_stays_visible() {
    for kind in ["credit-note", "refund", "forfeit"] {
        let credit = format!("[[credits]]\ndate = 2026-02-02\namount = -50.00\nkind = \"{kind}\"\n");
        see(&order("100% deposit", ""), "", &credit, "2026-11-20", "CN", |m| {
            assert_eq!((m.credited, m.refunded, m.forfeited), (n("0"), n("0"), n("0")), "{kind}");
            assert_eq!((m.open, m.unallocated[0].amount), (Some(n("1000.00")), n("-50.00")), "{kind}");
        });
    }
}

fn order_without_terms() -> String {
    order("100% deposit", "").replace("payment = \"100% deposit\"\n", "")
}

#[test]
fn credits_lower_what_is_due_and_refunds_open_it_again() {
    let order = order("30% deposit, 70% copy-bl", "");
    let credit = |kind: &str, amount: &str| {
        format!(
            "[[credits]]\ndate = 2026-07-01\nkind = \"{kind}\"\namount = {amount}\nwhy = \"w\"\nby = \"b\"\n"
        )
    };
    let of = |money: &str| {
        see(&order, "", money, "2026-11-20", "CN", |m| {
            (m.lines.iter().map(|l| l.open.unwrap()).collect::<Vec<_>>(), m.over, m.open.unwrap())
        })
    };
    let full = paid("2026-02-01 amount = 1000.00");
    // A discount is taken from the balance, not from the deposit.
    assert_eq!(of(&credit("discount", "100.00")), (vec![n("300.00"), n("600.00")], n("0"), n("900.00")));
    assert_eq!(
        of(&(full.clone() + &credit("credit-note", "50.00"))),
        (vec![n("0.00"), n("0.00")], n("50.00"), n("-50.00"))
    );
    assert_eq!(
        of(&(full.clone() + &credit("refund", "50.00"))),
        (vec![n("0.00"), n("50.00")], n("0"), n("50.00"))
    );
    let both =
        full.clone() + &credit("credit-note", "50.00") + &credit("refund", "50.00").replace("07-01", "07-02");
    assert_eq!(of(&both), (vec![n("0.00"), n("0.00")], n("0"), n("0.00")));
    // Withdrawn, a credit note is due again, and a refund that came back pays.
    let on = |kind: &str, amount: &str, day: &str| credit(kind, amount).replace("07-01", day);
    let noted = credit("credit-note", "100.00");
    assert_eq!(
        of(&(noted.clone() + &on("credit-note", "-40.00", "07-02"))),
        (vec![n("300.00"), n("640.00")], n("0"), n("940.00"))
    );
    let back = full.clone() + &credit("refund", "50.00") + &on("refund", "-60.00", "07-02");
    assert_eq!(of(&back), (vec![n("0.00"), n("0.00")], n("10.00"), n("-10.00")));
    see(&order, "", &(noted + &on("credit-note", "-140.00", "07-02")), "2026-11-20", "CN", |m| {
        assert_eq!((m.credited, m.open), (n("-40.00"), Some(n("1000.00"))));
        assert_eq!((m.unallocated[0].reason, m.unallocated[0].amount), (Reason::BeyondReceived, n("-40.00")));
    });
    // A write-off beyond what is due is no claim of the buyer.
    see(&order, "", &credit("write-off", "1100.00"), "2026-11-20", "CN", |m| {
        assert_eq!((m.over, m.open, m.written_off), (n("0"), Some(n("0.00")), n("1100.00")));
        assert_eq!(m.unallocated[0].reason, Reason::BeyondDue);
    });
}

#[test]
fn split_shipments_scale_what_each_is_paid_for() {
    // 60 000 in three lots, 30 % ahead.
    let lots = "[[shipments]]\nid = \"1\"\nitems = [{ name = \"Lamp\", qty = 25 }]\n[[shipments]]\nid = \"2\"\nitems = [{ name = \"Lamp\", qty = 20 }]\n[[shipments]]\nid = \"3\"\nitems = [{ name = \"Lamp\", qty = 15 }]\n";
    let of = |offset: &str| {
        let order = order("30% deposit, 70% copy-bl", &format!("{offset}\n{lots}"))
            .replace("qty = 100\nprice = 10.00", "qty = 60\nprice = 1000.00");
        see(&order, "", "", "2026-11-20", "CN", |m| {
            m.lines
                .iter()
                .map(|l| (l.shipment.clone().unwrap_or_default(), l.amount.unwrap()))
                .collect::<Vec<_>>()
        })
    };
    let line = |shipment: &str, amount: &str| (shipment.to_owned(), n(amount));
    let pro_rata =
        vec![line("", "18000.00"), line("1", "17500.00"), line("2", "14000.00"), line("3", "10500.00")];
    assert_eq!(of(""), pro_rata);
    assert_eq!(
        of("deposit_offset = \"first\""),
        vec![line("", "18000.00"), line("1", "7000.00"), line("2", "20000.00"), line("3", "15000.00")]
    );
    // The third lot is paid for by the deposit: nothing is left to be due.
    assert_eq!(
        of("deposit_offset = \"last\""),
        vec![line("", "18000.00"), line("1", "25000.00"), line("2", "17000.00")]
    );
}

#[test]
fn goods_without_a_shipment_yet_are_due_too() {
    let one = "[[shipments]]\nid = \"1\"\nitems = [{ name = \"Lamp\", qty = 40 }]\n";
    see(&order("100% copy-bl", one), "", "", "2026-11-20", "CN", |m| {
        let lines: Vec<_> = m.lines.iter().map(|l| (l.shipment.as_deref(), l.amount.unwrap())).collect();
        assert_eq!(lines, [(Some("1"), n("400.00")), (None, n("600.00"))]);
    });
}

/// Receipts as a generator makes them: on a few days, some named, some not, some taken back.
fn receipts() -> impl Strategy<Value = Vec<(u8, i64, u8, bool)>> {
    prop::collection::vec((0_u8..4, -30_000_i64..90_000, 0_u8..4, any::<bool>()), 0..9)
}

fn recorded(all: &[(u8, i64, u8, bool)]) -> Vec<Receipt> {
    all.iter()
        .map(|(on, cents, of, charged)| Receipt {
            date: day("2026-03-01").checked_add_days(chrono::Days::new(u64::from(*on) * 40)),
            amount: Some(Amount { value: Decimal::new(*cents, 2), currency: None }),
            charges: charged.then(|| Amount { value: n("5.00"), currency: None }).into_iter().collect(),
            r#for: match of {
                1 => Some("1".into()),
                2 => Some("2".into()),
                3 => Some("lc".into()),
                _ => None,
            },
            why: (*cents < 0).then(|| "correction".into()),
            ..Receipt::default()
        })
        .collect()
}

const TERMS: [&str; 4] = [
    "30% deposit, 70% copy-bl",
    "33.33% deposit, 33.33% before-shipment, balance oa 30d bl-date",
    "USD 123.45 deposit, balance tt 60d bl-date",
    "100% oa 60d",
];

/// Applied and open of each line, the credit balance, and what is open in all.
type Balances = (Vec<(Decimal, Option<Decimal>)>, Decimal, Option<Decimal>);

/// The balances of an order with some receipts instead of its own.
fn balances(order: &Order, receipts: Vec<Receipt>) -> Balances {
    let mut order = order.clone();
    order.file.received = receipts;
    let money = computed(&order);
    (money.lines.iter().map(|l| (l.applied, l.open)).collect(), money.over, money.open)
}

fn computed(order: &Order) -> Money {
    let book = Book::default();
    let goods = Goods::of(order);
    let as_of = day("2026-08-01");
    let shipments = crate::derive::shipment::of(order, &goods, as_of);
    Money::of(&book, order, &goods, &shipments, as_of)
}

fn any_order(terms: usize, total: i64, split: bool) -> Order {
    let mut order = Order::default();
    order.file.signed = Some(day("2026-01-02"));
    order.file.currency = Some("USD".into());
    order.file.payment = TERMS.get(terms).map(|t| (*t).to_owned());
    let price = Amount { value: Decimal::new(total, 4), currency: None };
    let item = crate::model::order::Item {
        name: Some("Lamp".into()),
        qty: Some(n("100")),
        price: Some(price),
        ..Default::default()
    };
    order.file.items = vec![item];
    if split {
        let lot = |id: &str, qty: &str| crate::model::order::Shipment {
            id: Some(id.into()),
            items: vec![crate::model::order::ShippedItem {
                name: Some("Lamp".into()),
                qty: Some(n(qty)),
                ..Default::default()
            }],
            ..Default::default()
        };
        order.file.shipments = vec![lot("1", "33"), lot("2", "33"), lot("3", "34")];
    }
    order
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn the_lines_add_up_to_the_total(terms in 0_usize..4, total in 1_300_000_i64..9_000_000_000, split: bool) {
        let money = computed(&any_order(terms, total, split));
        let sum: Decimal = money.lines.iter().map(|l| l.amount.unwrap()).sum();
        prop_assert_eq!(Some(sum), money.total);
        let by_terms: Decimal = money.instalments.iter().map(|i| i.amount.unwrap()).sum();
        prop_assert_eq!(Some(by_terms), money.total);
        prop_assert!(money.lines.iter().all(|l| l.amount.unwrap().scale() <= 2));
    }

    #[test]
    fn allocated_and_unallocated_make_what_was_received(terms in 0_usize..4, split: bool, all in receipts()) {
        let mut order = any_order(terms, 10_000_000, split);
        order.file.received = recorded(&all);
        let money = computed(&order);
        let counted: Decimal = order.received.iter()
            .filter(|r| r.date.unwrap() <= day("2026-08-01"))
            .map(|r| gross(r, crate::model::value::Currency::parse("USD")).unwrap()).sum();
        prop_assert_eq!(money.received, counted);
        let applied: Decimal = money.lines.iter().map(|l| l.applied).sum();
        let kept: Decimal = money.unallocated.iter().filter(|u| u.reason != Reason::Future).map(|u| u.amount).sum();
        prop_assert_eq!(applied + kept, money.received);
        let posted: Decimal = money.postings.iter().map(|p| p.amount).sum();
        prop_assert_eq!(posted, applied);
        let open: Decimal = money.lines.iter().map(|l| l.open.unwrap()).sum();
        prop_assert_eq!(Some(open), money.total.map(|t| t - applied));
        prop_assert!(money.lines.iter().all(|l| l.applied >= Decimal::ZERO && l.open.unwrap() >= Decimal::ZERO));
        prop_assert!(money.lines.iter().all(|l| l.charges <= l.applied));
    }

    #[test]
    fn the_order_of_receipts_changes_nothing(terms in 0_usize..4, split: bool, all in receipts(), seed in any::<u64>()) {
        let order = any_order(terms, 10_000_000, split);
        let straight = balances(&order, recorded(&all));
        let mut mixed = recorded(&all);
        let len = mixed.len();
        for i in (1..len).rev() {
            mixed.swap(i, (seed.rotate_left(i as u32) % (i as u64 + 1)) as usize);
        }
        prop_assert_eq!(balances(&order, mixed), straight);
    }

    #[test]
    fn a_receipt_in_two_parts_counts_like_one(terms in 0_usize..4, split: bool, all in receipts(), at in any::<prop::sample::Index>(), cut in 1_i64..100) {
        let order = any_order(terms, 10_000_000, split);
        let whole = recorded(&all);
        if whole.is_empty() {
            return Ok(());
        }
        let straight = balances(&order, whole.clone());
        let mut parts = whole.clone();
        let at = at.index(whole.len());
        let amount = whole[at].amount.as_ref().unwrap().value;
        let part = (amount * Decimal::new(cut, 2)).round_dp(2);
        let mut second = whole[at].clone();
        second.charges = Vec::new();
        second.amount = Some(Amount { value: amount - part, currency: None });
        parts[at].amount = Some(Amount { value: part, currency: None });
        parts.push(second);
        // A part that charges turn positive is another record than the correction it came from.
        let sign = |r: &Receipt| gross(r, None).unwrap() < Decimal::ZERO;
        if whole[at].charges.is_empty() || sign(&parts[at]) == sign(&whole[at]) {
            prop_assert_eq!(balances(&order, parts), straight);
        }
    }
}
