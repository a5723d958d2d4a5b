//! Worked examples and properties of what we owe.

use proptest::prelude::*;

use super::*;
use crate::history::{History, State};
use crate::load::load;
use crate::model::order::{Buy, Purchase};

fn n(text: &str) -> Decimal {
    text.parse().unwrap()
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn no_history() -> History {
    History::empty(State::NoRepository)
}

/// What is owed for an order, as of 2026-11-20.
fn owed(order: &Order) -> Payables {
    let book = Book { orders: vec![order.clone()], ..Book::default() };
    let history = no_history();
    let facts = crate::derive::derive(&book, &history, day("2026-11-20"));
    Payables::of(&facts, &facts.book.orders[0], &facts.orders[0])
}

/// The money of an order from its file.
fn order(money: &str) -> Order {
    let dir = tempfile::tempdir().unwrap();
    std::fs::create_dir_all(dir.path().join("orders/A")).unwrap();
    std::fs::write(dir.path().join("orders/A/order.toml"), "currency = \"USD\"\n").unwrap();
    std::fs::write(dir.path().join("orders/A/money.toml"), money).unwrap();
    let loaded = load(dir.path()).unwrap();
    assert!(loaded.findings.iter().all(|f| !f.rule.name.starts_with("toml-")), "{:?}", loaded.findings);
    loaded.book.orders[0].clone()
}

/// Balances of bills and what is unmatched, in short lines.
fn told(all: &Payables) -> Vec<String> {
    let bills = all
        .bills
        .iter()
        .map(|b| format!("bill {} paid {} open {} late {}", b.index, b.paid, b.open, b.overdue));
    let rest = all.unmatched.iter().map(|u| format!("paid {} {} {:?}", u.payment, u.amount, u.reason));
    bills.chain(rest).collect()
}

#[test]
fn what_falls_due_first_is_paid_first_and_a_named_bill_before_it() {
    let money = "[[bills]]\nnumber = \"F-2\"\nfrom = \"mill\"\namount = \"CNY 500.00\"\ndue = 2026-11-30\n\
                 [[bills]]\nnumber = \"F-1\"\nfrom = \"mill\"\namount = \"CNY 300.00\"\ndue = 2026-11-10\n\
                 [[bills]]\nfrom = \"ship\"\namount = \"CNY 90.00\"\ndue = 2026-11-01\n\
                 [[paid]]\ndate = 2026-11-02\nto = \"mill\"\namount = \"CNY 350.00\"\n";
    assert_eq!(
        told(&owed(&order(money))),
        [
            "bill 0 paid 50.00 open 450.00 late 0",
            "bill 1 paid 300.00 open 0.00 late 0",
            "bill 2 paid 0 open 90.00 late 19"
        ]
    );
    let named = format!("{money}bill = \"F-2\"\n");
    assert_eq!(
        told(&owed(&order(&named))),
        [
            "bill 0 paid 350.00 open 150.00 late 0",
            "bill 1 paid 0 open 300.00 late 10",
            "bill 2 paid 0 open 90.00 late 19"
        ]
    );
}

#[test]
fn due_today_is_not_overdue_and_a_later_bill_is_not_known() {
    let bill = |due: &str, date: &str| {
        owed(&order(&format!("[[bills]]\nfrom = \"mill\"\namount = 5\ndue = {due}\ndate = {date}\n")))
    };
    assert_eq!(bill("2026-11-20", "2026-11-01").bills[0].overdue, 0);
    assert_eq!(bill("2026-11-19", "2026-11-01").bills[0].overdue, 1);
    assert!(bill("2026-11-30", "2026-11-21").bills.is_empty());
}

#[test]
fn what_is_set_against_no_bill_says_why() {
    let bill = "[[bills]]\nnumber = \"F-1\"\nfrom = \"mill\"\namount = \"CNY 300.00\"\ndue = 2026-11-10\n";
    let paid = |text: &str| {
        let all = owed(&order(&format!("{bill}[[paid]]\n{text}")));
        all.unmatched.first().map(|u| (u.amount, u.reason))
    };
    let date = "date = 2026-11-02\n";
    let case = |text: &str| paid(&format!("{date}{text}"));
    assert_eq!(case("to = \"dyer\"\namount = \"CNY 40.00\""), Some((n("40.00"), Reason::Advance)));
    assert_eq!(case("to = \"mill\"\namount = \"CNY 340.00\""), Some((n("40.00"), Reason::Over)));
    assert_eq!(case("to = \"mill\"\namount = \"USD 40.00\""), Some((n("40.00"), Reason::Advance)));
    assert_eq!(
        case("to = \"mill\"\nbill = \"F-9\"\namount = \"CNY 40.00\""),
        Some((n("40.00"), Reason::UnknownBill))
    );
    assert_eq!(
        case("to = \"dyer\"\nbill = \"F-1\"\namount = \"CNY 40.00\""),
        Some((n("40.00"), Reason::UnknownBill))
    );
    assert_eq!(
        case("to = \"mill\"\nbill = \"F-1\"\namount = \"USD 40.00\""),
        Some((n("40.00"), Reason::Foreign))
    );
    assert_eq!(case("amount = \"CNY 40.00\""), Some((n("40.00"), Reason::NoParty)));
    assert_eq!(case("bill = \"F-1\"\namount = \"CNY 40.00\""), None, "the number says who");
    assert_eq!(paid("to = \"mill\"\namount = \"CNY 40.00\""), Some((n("40.00"), Reason::NoDate)));
    let later = "date = 2026-11-21\nto = \"mill\"\namount = \"CNY 40.00\"";
    assert_eq!(paid(later), Some((n("40.00"), Reason::Future)));
}

#[test]
fn what_comes_back_opens_what_was_paid_last() {
    let money = "[[bills]]\nfrom = \"mill\"\namount = \"CNY 300.00\"\ndue = 2026-12-10\n\
                 [[bills]]\nfrom = \"mill\"\namount = \"CNY 200.00\"\ndue = 2026-12-20\n\
                 [[paid]]\ndate = 2026-11-02\nto = \"mill\"\namount = \"CNY 520.00\"\n\
                 [[paid]]\ndate = 2026-11-09\nto = \"mill\"\namount = \"CNY -70.00\"\n";
    // Twenty were ahead of any bill; the rest comes from the bill that falls due last.
    assert_eq!(
        told(&owed(&order(money))),
        ["bill 0 paid 300.00 open 0.00 late 0", "bill 1 paid 150.00 open 50.00 late 0"]
    );
    let more = money.replace("-70.00", "-530.00");
    let all = owed(&order(&more));
    assert_eq!(told(&all)[2], "paid 1 -10.00 BeyondPaid");
}

#[test]
fn a_credit_note_pays_the_other_bills_of_its_party() {
    let money = "[[bills]]\nnumber = \"CN\"\nfrom = \"mill\"\namount = \"CNY -80.00\"\n\
                 [[bills]]\nfrom = \"mill\"\namount = \"CNY 300.00\"\ndue = 2026-12-10\n\
                 [[bills]]\nfrom = \"ship\"\namount = \"CNY 30.00\"\ndue = 2026-12-10\n";
    assert_eq!(
        told(&owed(&order(money))),
        [
            "bill 0 paid -80.00 open 0.00 late 0",
            "bill 1 paid 80.00 open 220.00 late 0",
            "bill 2 paid 0 open 30.00 late 0"
        ]
    );
    let small = money.replace("CNY 300.00", "CNY 50.00");
    let all = owed(&order(&small));
    assert_eq!((all.bills[0].open, all.bills[1].open), (n("-30.00"), n("0.00")));
    // Of several, the place in the file does not decide which is used up first.
    let two = |first: &str, second: &str| {
        let note = |amount: &str| format!("[[bills]]\nfrom = \"mill\"\namount = \"CNY {amount}\"\n");
        let bill = "[[bills]]\nfrom = \"mill\"\namount = \"CNY 5.00\"\ndue = 2026-12-10\n";
        let all = owed(&order(&format!("{}{}{bill}", note(first), note(second))));
        all.bills.iter().map(|b| (b.amount, b.open)).collect::<BTreeMap<_, _>>()
    };
    assert_eq!(two("-5.00", "-30.00"), two("-30.00", "-5.00"));
    // What was not used up and came back in money is settled.
    let settled = format!("{small}[[paid]]\ndate = 2026-11-01\nto = \"mill\"\namount = \"CNY -30.00\"\n");
    let all = owed(&order(&settled));
    assert_eq!(all.bills[0].open, n("0.00"));
    assert!(all.unmatched.is_empty());
}

/// An order of goods from two suppliers.
fn bought() -> Order {
    let mut order = Order::default();
    order.file.currency = Some("USD".into());
    let buy = |from: &str, price: &str| {
        let price = Some(Amount { value: n(price), currency: Some(Currency::CNY) });
        Some(Box::new(Buy { from: Some(from.into()), price, ..Buy::default() }))
    };
    order.file.items = vec![
        Item { sku: Some("A".into()), qty: Some(n("100")), buy: buy("mill", "12.105"), ..Item::default() },
        Item { sku: Some("B".into()), qty: Some(n("10")), buy: buy("dyer", "3"), ..Item::default() },
    ];
    let issued = |to: &str| Purchase {
        to: Some(to.into()),
        issued: Some(day("2026-11-01")),
        due: Some(day("2026-12-01")),
        ..Purchase::default()
    };
    order.file.purchases = vec![issued("mill")];
    order
}

#[test]
fn what_was_ordered_and_not_billed_is_a_commitment() {
    let mut order = bought();
    let all = owed(&order).commitments;
    // Nobody has told the dyer yet.
    assert_eq!(all.len(), 1);
    assert_eq!((all[0].to.as_str(), all[0].ordered, all[0].rest), ("mill", n("1210.50"), n("1210.50")));
    assert_eq!(all[0].due, Some(day("2026-12-01")));
    let pay = |amount: &str| Payment {
        date: Some(day("2026-11-02")),
        to: Some("mill".into()),
        amount: Some(Amount { value: n(amount), currency: Some(Currency::CNY) }),
        ..Payment::default()
    };
    order.file.paid = vec![pay("200")];
    assert_eq!(owed(&order).commitments[0].ahead, n("200"));
    let bill = |kind| Bill {
        from: Some("mill".into()),
        kind: Some(kind),
        amount: Some(Amount { value: n("150"), currency: Some(Currency::CNY) }),
        ..Bill::default()
    };
    order.file.bills = vec![bill(BillKind::Goods), bill(BillKind::Local)];
    let all = owed(&order);
    assert_eq!(all.commitments[0].rest, n("1060.50"), "what is billed for other things is not for the goods");
    order.file.bills.truncate(1);
    let all = owed(&order);
    // Fifty more than was billed: paid ahead, because more is to be billed.
    assert_eq!((all.commitments[0].ahead, all.unmatched[0].reason), (n("50"), Reason::Advance));
    order.file.cancelled = Some(day("2026-11-10"));
    assert!(owed(&order).commitments.is_empty());
}

#[test]
fn a_vat_invoice_is_expected_at_home_and_not_of_a_bank() {
    let vat = |text: &str| owed(&order(&format!("[[bills]]\n{text}"))).bills[0].vat;
    assert_eq!(vat("from = \"mill\"\namount = \"CNY 5.00\""), Vat::Missing);
    assert_eq!(vat("from = \"mill\"\namount = \"CNY 5.00\"\nvat = \"2633\""), Vat::There);
    assert_eq!(vat("from = \"mill\"\namount = \"CNY 5.00\"\nvat = \" \""), Vat::Missing);
    assert_eq!(vat("from = \"line\"\namount = \"USD 5.00\""), Vat::None);
    assert_eq!(vat("from = \"bank\"\namount = \"CNY 5.00\"\nkind = \"bank\""), Vat::None);
}

#[derive(Debug, Clone)]
struct Record {
    party: usize,
    cents: i64,
    day: u32,
    named: Option<usize>,
    yuan: bool,
}

fn record() -> impl Strategy<Value = Record> {
    (0..3_usize, -500..3_000_i64, 1..28_u32, proptest::option::of(0..5_usize), any::<bool>())
        .prop_map(|(party, cents, day, named, yuan)| Record { party, cents, day, named, yuan })
}

const PARTIES: [&str; 3] = ["mill", "dyer", "ship"];

fn amount(record: &Record) -> Option<Amount> {
    let currency = if record.yuan { Currency::CNY } else { Currency::USD };
    Some(Amount { value: Decimal::new(record.cents, 2), currency: Some(currency) })
}

fn filled(bills: &[Record], paid: &[Record]) -> Order {
    let mut order = Order::default();
    order.file.bills = bills
        .iter()
        .map(|r| Bill {
            number: r.named.map(|n| n.to_string()),
            from: PARTIES.get(r.party).map(|p| (*p).to_owned()),
            amount: amount(r),
            due: NaiveDate::from_ymd_opt(2026, 11, r.day),
            ..Bill::default()
        })
        .collect();
    order.file.paid = paid
        .iter()
        .map(|r| Payment {
            date: NaiveDate::from_ymd_opt(2026, 11, r.day),
            to: PARTIES.get(r.party).map(|p| (*p).to_owned()),
            amount: amount(r),
            bill: r.named.map(|n| n.to_string()),
            ..Payment::default()
        })
        .collect();
    order
}

/// What stands on each account, whatever the places of records: bills by what they say with what is open, and what is
/// unmatched for which reason.
fn balances(order: &Order, all: &Payables) -> (Vec<String>, BTreeMap<String, Decimal>) {
    let mut bills: Vec<String> = all
        .bills
        .iter()
        .map(|fact| {
            let bill = &order.bills[fact.index];
            format!(
                "{:?} {:?} {:?} {:?} {} open {}",
                bill.from, bill.number, bill.due, fact.currency, fact.amount, fact.open
            )
        })
        .collect();
    bills.sort();
    let mut rest: BTreeMap<String, Decimal> = BTreeMap::new();
    for u in &all.unmatched {
        let to = &order.paid[u.payment].to;
        *rest.entry(format!("{to:?} {:?} {:?}", u.currency, u.reason)).or_default() += u.amount;
    }
    (bills, rest)
}

proptest! {
    #[test]
    fn matched_and_unmatched_make_what_was_paid(
        bills in proptest::collection::vec(record(), 0..8),
        paid in proptest::collection::vec(record(), 0..8),
    ) {
        let order = filled(&bills, &paid);
        let all = owed(&order);
        for currency in [Currency::CNY, Currency::USD] {
            let own = |c: Option<Currency>| c == Some(currency);
            let sum = |list: Vec<Decimal>| list.into_iter().sum::<Decimal>();
            let paid = sum(order.paid.iter().filter_map(|p| p.amount).filter(|a| own(a.currency)).map(|a| a.value).collect());
            let bill = |index: usize| all.bill(index).unwrap();
            let matched = sum(all.postings.iter()
                .filter(|p| matches!(p.source, Source::Payment(_)) && own(bill(p.bill).currency))
                .map(|p| p.amount).collect());
            let rest = sum(all.unmatched.iter().filter(|u| own(u.currency)).map(|u| u.amount).collect());
            // What a party's credit note gave back in money is neither a bill that was paid nor money ahead.
            let back = sum(all.bills.iter().filter(|b| own(b.currency) && b.amount < Decimal::ZERO).map(|b| {
                let used = sum(all.postings.iter().filter(|p| p.source == Source::Bill(b.index)).map(|p| p.amount).collect());
                b.open - b.amount - used
            }).collect());
            prop_assert_eq!(matched + rest - back, paid);
        }
        for fact in &all.bills {
            let posted: Decimal = all.postings.iter().filter(|p| p.bill == fact.index).map(|p| p.amount).sum();
            if fact.amount >= Decimal::ZERO {
                prop_assert_eq!(fact.paid, posted);
                prop_assert!(fact.paid >= Decimal::ZERO && fact.open >= Decimal::ZERO);
            }
            prop_assert_eq!(fact.paid + fact.open, fact.amount);
        }
    }

    #[test]
    fn the_order_of_records_does_not_matter(
        bills in proptest::collection::vec(record(), 0..7),
        paid in proptest::collection::vec(record(), 0..7),
        turn in 0..7_usize,
    ) {
        let one = filled(&bills, &paid);
        let (mut other_bills, mut other_paid) = (bills.clone(), paid.clone());
        other_bills.reverse();
        let by = turn.min(other_paid.len());
        other_paid.rotate_left(by);
        let two = filled(&other_bills, &other_paid);
        prop_assert_eq!(balances(&one, &owed(&one)), balances(&two, &owed(&two)));
    }

    #[test]
    fn a_payment_in_two_parts_pays_like_one(
        bills in proptest::collection::vec(record(), 0..6),
        paid in proptest::collection::vec(record(), 1..5),
        part in 1..100_i64,
    ) {
        let whole = filled(&bills, &paid);
        let mut parts = paid.clone();
        let first = &mut parts[0];
        let piece = first.cents * part / 100;
        first.cents -= piece;
        let second = Record { cents: piece, ..first.clone() };
        parts.push(second);
        let split = filled(&bills, &parts);
        prop_assert_eq!(balances(&whole, &owed(&whole)), balances(&split, &owed(&split)));
    }
}
