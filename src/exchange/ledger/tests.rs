//! Properties of the ledger on orders nobody shaped for it.

use chrono::{Days, NaiveDate};
use proptest::prelude::*;
use rust_decimal::Decimal;

use super::*;
use crate::book::Book;
use crate::history::{History, State};
use crate::model::Order;
use crate::model::money::{Bill, Credit, CreditKind, Fx, Payment, Receipt};
use crate::model::value::Amount;

fn start() -> NaiveDate {
    "2026-03-01".parse().unwrap()
}

fn on(day: u8) -> Option<NaiveDate> {
    // 9 is never, 8 after the day of the export.
    (day < 9).then(|| start() + Days::new(u64::from(day) * 20))
}

fn as_of() -> NaiveDate {
    start() + Days::new(150)
}

fn amount(cents: i64, currency: u8) -> Option<Amount> {
    let currency = match currency {
        0 => Some(Currency::EUR),
        1 => Currency::parse("JPY"),
        2 => Some(Currency::USD),
        _ => None,
    };
    Some(Amount { value: Decimal::new(cents, 2), currency })
}

fn names(of: u8) -> Option<String> {
    match of {
        1 => Some("1".into()),
        2 => Some("2".into()),
        3 => Some("lc".into()),
        _ => None,
    }
}

type Row = (u8, i64, u8, u8, u8);

fn receipt((day, cents, currency, of, how): &Row) -> Receipt {
    Receipt {
        date: on(*day),
        amount: amount(*cents, *currency),
        charges: (how & 1 == 1)
            .then(|| amount(500, currency.wrapping_add(how >> 3)).unwrap())
            .into_iter()
            .collect(),
        r#for: names(*of),
        shipment: (how & 2 == 2).then(|| "2".into()),
        fx: (how & 4 == 4).then(|| Box::new(Fx { rate: None, order_amount: amount(cents / 3, 9) })),
        why: (how & 8 == 8).then(|| "correction".into()),
        ..Receipt::default()
    }
}

fn credit((day, cents, currency, of, how): &Row) -> Credit {
    Credit {
        date: on(*day),
        amount: amount(*cents, currency.saturating_mul(2)),
        kind: CreditKind::ALL.get(usize::from(how % 6)).copied(),
        r#for: names(*of),
        why: (how & 16 == 16).then(|| "why".into()),
        ..Credit::default()
    }
}

fn bill((day, cents, currency, of, how): &Row) -> Bill {
    Bill {
        date: on(*day),
        due: on(day / 2),
        amount: amount(*cents, *currency),
        from: names(*of),
        number: names(how % 4),
        ..Bill::default()
    }
}

fn payment((day, cents, currency, of, how): &Row) -> Payment {
    Payment {
        date: on(*day),
        amount: amount(*cents, *currency),
        to: names(*of),
        bill: names(how % 8),
        ..Payment::default()
    }
}

const TERMS: [Option<&str>; 5] = [
    Some("30% deposit, 70% copy-bl"),
    Some("33.33% deposit, 33.33% before-shipment, balance oa 30d bl-date"),
    Some("USD 123.45 deposit, balance tt 60d shipment"),
    Some("nonsense"),
    None,
];

/// Terms, price, signed, cancelled, split.
type Shape = (usize, i64, u8, u8, bool);

fn order((terms, price, signed, cancelled, split): Shape) -> Order {
    let mut order = Order { id: "A-1".into(), ..Order::default() };
    order.file.customer = Some("buyer".into());
    order.file.signed = on(signed);
    order.file.cancelled = on(cancelled);
    order.file.currency = Some("USD".into());
    order.file.payment = TERMS.get(terms).copied().flatten().map(str::to_owned);
    order.file.items = vec![crate::model::order::Item {
        name: Some("Lamp".into()),
        qty: Some(Decimal::from(100)),
        price: (price > 0).then(|| Amount { value: Decimal::new(price, 2), currency: None }),
        ..Default::default()
    }];
    let lot = |id: &str, qty: i64| crate::model::order::Shipment {
        id: Some(id.into()),
        items: vec![crate::model::order::ShippedItem {
            name: Some("Lamp".into()),
            qty: Some(Decimal::from(qty)),
            ..Default::default()
        }],
        ..Default::default()
    };
    if split {
        order.file.shipments = vec![lot("1", 33), lot("2", 67)];
    }
    let paper = |day: u8, ship: &str| crate::model::document::Printed {
        number: Some(format!("N{ship}")),
        date: on(day),
        shipment: split.then(|| ship.into()),
        ..Default::default()
    };
    order.file.docs.invoice = vec![crate::model::document::Invoice {
        paper: paper(3, "1"),
        total: amount(price.saturating_mul(40), 9),
        ..Default::default()
    }];
    order.file.docs.bl =
        vec![crate::model::document::BillOfLading { paper: paper(4, "1"), ..Default::default() }];
    order
}

fn journal(order: Order) -> Journal {
    let book = Book { orders: vec![order], ..Book::default() };
    let history = History::empty(State::NoRepository);
    Journal::of(&crate::derive::derive(&book, &history, as_of()), Lang::En)
}

fn rows() -> impl Strategy<Value = Vec<Row>> {
    prop::collection::vec((0_u8..10, -40_000_i64..90_000, 0_u8..8, 0_u8..5, 0_u8..32), 0..7)
}

fn shapes() -> impl Strategy<Value = Shape> {
    let sometimes = || prop_oneof![Just(0_u8), 0_u8..10, Just(9)];
    (
        0_usize..5,
        prop_oneof![Just(0_i64), 100_i64..2_000],
        sometimes(),
        prop_oneof![Just(9_u8), 0_u8..10],
        any::<bool>(),
    )
}

fn held(journal: &Journal) -> BTreeMap<(Account, Commodity), Decimal> {
    let mut held = BTreeMap::new();
    for leg in journal.transactions.iter().flat_map(|t| &t.legs) {
        *held.entry((leg.account.clone(), leg.commodity)).or_insert(Decimal::ZERO) += leg.amount;
    }
    held
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn everything_adds_up(shape in shapes(), receipts in rows(), credits in rows(), bills in rows(), paid in rows()) {
        let mut order = order(shape);
        order.file.received = receipts.iter().map(receipt).collect();
        order.file.credits = credits.iter().map(credit).collect();
        order.file.bills = bills.iter().map(bill).collect();
        order.file.paid = paid.iter().map(payment).collect();
        let journal = journal(order);
        let mut all: BTreeMap<Commodity, Decimal> = BTreeMap::new();
        for transaction in &journal.transactions {
            prop_assert!(transaction.date <= as_of());
            let mut sums: BTreeMap<Commodity, Decimal> = BTreeMap::new();
            for leg in &transaction.legs {
                *sums.entry(leg.commodity).or_default() += leg.amount;
                *all.entry(leg.commodity).or_default() += leg.amount;
            }
            prop_assert!(sums.values().all(Decimal::is_zero), "{:#?}", transaction);
        }
        prop_assert!(all.values().all(Decimal::is_zero), "{:?}", all);
        let held = held(&journal);
        for balance in &journal.balances {
            let key = (balance.account.clone(), balance.commodity);
            let held = held.get(&key).copied().unwrap_or_default();
            prop_assert_eq!(held, balance.amount, "{} {:#?}", balance.account, journal.transactions);
        }
    }

    #[test]
    fn the_order_of_records_changes_nothing(shape in shapes(), receipts in rows(), credits in rows(), seed in any::<u64>()) {
        let mut order = order(shape);
        order.file.received = receipts.iter().map(receipt).collect();
        order.file.credits = credits.iter().map(credit).collect();
        let straight = held(&journal(order.clone()));
        let mix = |len: usize, i: usize| (seed.rotate_left(i as u32) % (i as u64 + 1)) as usize % len.max(1);
        for i in (1..order.file.received.len()).rev() {
            let j = mix(order.file.received.len(), i);
            order.file.received.swap(i, j);
        }
        for i in (1..order.file.credits.len()).rev() {
            let j = mix(order.file.credits.len(), i);
            order.file.credits.swap(i, j);
        }
        let mut mixed = held(&journal(order));
        mixed.retain(|_, amount| !amount.is_zero());
        let mut straight = straight;
        straight.retain(|_, amount| !amount.is_zero());
        prop_assert_eq!(mixed, straight);
    }
}
