//! Shipments on their way, where their originals are, and their tax files: small orders, each tries one thing.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::custody::{BankStep, Control, Held, Holder};
use super::sailing::{self, Bill, Cutoff, CutoffState, Departure, Phase, Sailing};
use super::tax::{self, Clearing, ReceiptState, SetPaper, TaxFile};
use super::{Facts, OrderFacts, derive};
use crate::history::{History, State};
use crate::load::load;
use crate::model::Order;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn dec(text: &str) -> Decimal {
    text.parse().unwrap()
}

/// Looks at an order from its three files on a day.
fn look<T>(
    [order, docs, money]: [&str; 3],
    as_of: &str,
    see: impl FnOnce(&Order, &OrderFacts, NaiveDate) -> T,
) -> T {
    let root = tempfile::tempdir().unwrap();
    let folder = root.path().join("orders/A-1");
    std::fs::create_dir_all(&folder).unwrap();
    for (name, text) in [("order.toml", order), ("docs.toml", docs), ("money.toml", money)] {
        std::fs::write(folder.join(name), text).unwrap();
    }
    let loaded = load(root.path()).unwrap();
    assert!(loaded.findings.is_empty(), "{:#?}", loaded.findings);
    let history = History::empty(State::NoRepository);
    let as_of = day(as_of);
    let facts: Facts<'_> = derive(&loaded.book, &history, as_of);
    let order = facts.book.order("A-1").unwrap();
    see(order, facts.of(order).unwrap(), as_of)
}

fn sailings(order: &str, docs: &str, as_of: &str) -> Vec<Sailing> {
    look([order, docs, ""], as_of, sailing::of)
}

fn file(order: &str, docs: &str, money: &str, as_of: &str) -> TaxFile {
    look([order, docs, money], as_of, tax::of)
}

/// 100 lamps for USD 1,000 FOB, not yet shipped.
fn order(more: &str) -> String {
    format!(
        "customer = \"hanse\"\nsigned = 2026-09-03\ncurrency = \"USD\"\nincoterm = \"FOB Ningbo\"\n\
         mode = \"sea-fcl\"\npayment = \"30% deposit, 70% copy-bl\"\nship_by = 2026-11-10\n\
         [[items]]\nsku = \"A\"\nname = \"Lamp\"\nqty = 100\nprice = 10\n{more}"
    )
}

const BOOKED: &str = "[[shipments]]\nbooking = \"B1\"\nvessel = \"EVER GOLDEN\"\netd = 2026-11-07\neta = 2026-12-12\n\
    cutoffs = { si = 2026-11-03T12:00:00+08:00, vgm = 2026-11-04T12:00:00+08:00, cy = 2026-11-05T18:00:00+08:00 }\n";

const BL: &str = "[[bl]]\nnumber = \"BL1\"\non_board = 2026-11-07\nissued = 2026-11-07\noriginals = 3\nrelease = \"original\"\n";

fn states(sailing: &Sailing) -> Vec<(Cutoff, CutoffState)> {
    sailing.cutoffs.iter().map(|c| (c.cutoff, c.state)).collect()
}

#[test]
fn the_next_cut_off_is_the_first_that_is_not_met() {
    use {Cutoff::*, CutoffState::*};
    let booked = order(&format!("{BOOKED}si_sent = 2026-11-02T16:00:00+08:00\n"));
    let before = sailings(&booked, "", "2026-11-01");
    // What is recorded for a later day is not known yet.
    assert_eq!(states(&before[0]), [(Si, Ahead), (Vgm, Ahead), (Yard, Ahead)]);
    assert_eq!(before[0].next().unwrap().cutoff, Si);
    let after = sailings(&booked, "", "2026-11-04");
    assert_eq!(states(&after[0]), [(Si, Met), (Vgm, Ahead), (Yard, Ahead)]);
    assert_eq!(after[0].next().unwrap().cutoff, Vgm);
    assert_eq!((after[0].phase, after[0].departure), (Phase::Ahead, Departure::NotYet));
    let missed = sailings(&booked, "", "2026-11-05");
    assert_eq!(states(&missed[0]), [(Si, Met), (Vgm, Missed), (Yard, Ahead)]);
    assert_eq!(missed[0].missed().map(|c| c.cutoff).collect::<Vec<_>>(), [Vgm]);
    let pressing = |as_of| look([&booked, "", ""], as_of, |o, f, d| sailing::of(o, f, d)[0].pressing(o));
    assert_eq!(pressing("2026-11-01"), Some(day("2026-11-03")));
    assert_eq!(pressing("2026-11-05"), Some(day("2026-11-04")), "a missed cut-off presses most");
}

#[test]
fn a_cut_off_is_over_when_the_day_of_its_port_is() {
    let west = "[[shipments]]\ncutoffs = { si = 2026-11-03T23:00:00-05:00 }\n";
    assert_eq!(states(&sailings(&order(west), "", "2026-11-03")[0])[0].1, CutoffState::Ahead);
    assert_eq!(states(&sailings(&order(west), "", "2026-11-04")[0])[0].1, CutoffState::Missed);
    // Sent at noon in China on the 4th, which is still the evening of the 3rd there.
    let sent = format!("{west}si_sent = 2026-11-04T11:00:00+08:00\n");
    assert_eq!(states(&sailings(&order(&sent), "", "2026-11-04")[0])[0].1, CutoffState::Met);
    let late = format!("{west}si_sent = 2026-11-04T13:00:00+08:00\n");
    assert_eq!(states(&sailings(&order(&late), "", "2026-11-04")[0])[0].1, CutoffState::MetLate);
}

#[test]
fn work_that_was_not_recorded_is_no_question_once_the_goods_have_gone_on() {
    use CutoffState::*;
    let typed = format!("{BOOKED}[actual]\ngated_in = 2026-11-05\n");
    let of = |as_of: &str, docs: &str| -> Vec<CutoffState> {
        states(&sailings(&order(&typed), docs, as_of)[0]).into_iter().map(|(_, state)| state).collect()
    };
    assert_eq!(of("2026-11-06", ""), [Overtaken, Overtaken, Met]);
    assert_eq!(of("2026-11-04", ""), [Missed, Ahead, Ahead]);
    let gone = states(&sailings(&order(BOOKED), BL, "2026-11-08")[0]);
    assert!(gone.iter().all(|(_, state)| *state == Overtaken), "{gone:?}");
}

#[test]
fn customs_must_release_by_its_day() {
    let cut = BOOKED.replace("si =", "customs = 2026-11-05T17:00:00+08:00, si =");
    let of = |docs: &str, as_of: &str| {
        let all = sailings(&order(&cut), docs, as_of);
        all[0].cutoffs.iter().find(|c| c.cutoff == Cutoff::Customs).unwrap().state
    };
    let released = |d: &str| format!("[[customs]]\nnumber = \"1\"\ndate = 2026-11-03\nreleased = {d}\n");
    assert_eq!(of("", "2026-11-05"), CutoffState::Ahead);
    assert_eq!(of("", "2026-11-06"), CutoffState::Missed);
    assert_eq!(of(&released("2026-11-05"), "2026-11-06"), CutoffState::Met);
    assert_eq!(of(&released("2026-11-06"), "2026-11-06"), CutoffState::MetLate);
    assert_eq!(of(&released("2026-11-06"), "2026-11-05"), CutoffState::Ahead);
}

#[test]
fn a_draft_is_checked_and_then_issued() {
    let docs = "[[bl]]\nid = \"d\"\ndrafted = 2026-11-02\nchecked = 2026-11-04\n";
    let bill = |docs: &str, as_of| sailings(&order(BOOKED), docs, as_of)[0].bill.clone();
    assert_eq!(bill(docs, "2026-11-01"), (Bill::None, None));
    assert_eq!(bill(docs, "2026-11-03"), (Bill::Draft(day("2026-11-02")), Some("bl[0]".to_owned())));
    assert_eq!(bill(docs, "2026-11-04").0, Bill::Checked(day("2026-11-04")));
    let issued = format!("{docs}issued = 2026-11-07\non_board = 2026-11-07\n");
    assert_eq!(bill(&issued, "2026-11-06").0, Bill::Checked(day("2026-11-04")), "not issued yet that day");
    assert_eq!(bill(&issued, "2026-11-07").0, Bill::Issued(Some(day("2026-11-07"))));
    let lacking = |docs: &str| {
        let all = sailings(&order(BOOKED), docs, "2026-11-05");
        all[0].lacking.iter().map(|(_, en)| *en).collect::<Vec<_>>()
    };
    assert_eq!(lacking(""), ["invoice", "packing list", "declaration"]);
    assert_eq!(lacking("[[invoice]]\nnumber = \"I\"\ndate = 2026-11-04\n"), ["packing list", "declaration"]);
    assert_eq!(lacking("[[invoice]]\nnumber = \"I\"\ndate = 2026-11-06\n").len(), 3, "dated tomorrow");
}

#[test]
fn goods_arrive_wait_and_are_collected() {
    let way = format!("{BOOKED}arrived = 2026-12-11\nfree_days = 10\nreleased = 2026-12-20\n");
    let phase = |as_of| sailings(&order(&way), BL, as_of)[0].phase;
    assert_eq!(phase("2026-11-06"), Phase::Ahead);
    assert_eq!(phase("2026-11-07"), Phase::UnderWay);
    let waiting = Phase::Arrived { on: day("2026-12-11"), free_until: Some(day("2026-12-21")) };
    assert_eq!(phase("2026-12-19"), waiting);
    assert_eq!(phase("2026-12-20"), Phase::Over { on: Some(day("2026-12-20")) });
    // A release note of the carrier is written long before the goods are there.
    let note = format!("{BL}[[papers]]\nkind = \"release\"\ndate = 2026-11-10\n");
    assert_eq!(sailings(&order(BOOKED), &note, "2026-11-20")[0].phase, Phase::UnderWay);
    let pod = format!("{BL}[[papers]]\nkind = \"pod\"\ndate = 2026-12-15\n");
    assert_eq!(
        sailings(&order(BOOKED), &pod, "2026-12-16")[0].phase,
        Phase::Over { on: Some(day("2026-12-15")) }
    );
    let typed = order(&format!("{BOOKED}[actual]\nshipped = 2026-11-08\n"));
    let left = &sailings(&typed, "", "2026-11-09")[0];
    assert_eq!((left.departure, left.phase), (Departure::Unproved(Some(day("2026-11-08"))), Phase::UnderWay));
    assert!(left.custody.is_empty());
    assert_eq!(sailings(&typed, "", "2026-11-07")[0].phase, Phase::Ahead);
}

const TWO: &str = "[[shipments]]\nid = \"1\"\netd = 2026-11-07\n[[shipments]]\nid = \"2\"\netd = 2026-11-28\n\
    items = [{ sku = \"A\", qty = 40 }]\nlast = true\n";

#[test]
fn each_of_several_shipments_has_its_own_papers() {
    let docs = format!(
        "{BL}shipment = \"1\"\n[[invoice]]\nnumber = \"I1\"\ndate = 2026-11-05\nshipment = \"1\"\n\
         [[bl]]\nid = \"x\"\ndrafted = 2026-11-18\nshipment = \"2\"\n\
         [[presentation]]\ndate = 2026-11-12\nset = \"copies\"\nto = \"buyer\"\n"
    );
    let all = sailings(&order(TWO), &docs, "2026-11-20");
    assert_eq!((all[0].phase, all[1].phase), (Phase::UnderWay, Phase::Ahead));
    assert_eq!(all[1].bill.0, Bill::Draft(day("2026-11-18")));
    assert_eq!(all[1].lacking.len(), 3, "the invoice is that of the first shipment");
    assert_eq!((all[0].custody.len(), all[1].custody.len()), (1, 0));
    assert_eq!(all[0].copies, Some(day("2026-11-12")));
    // Copies that went before the second bill of lading was issued cannot be of it.
    let both = docs.replace("drafted = 2026-11-18", "on_board = 2026-11-19\nnumber = \"BL2\"");
    let all = sailings(&order(TWO), &both, "2026-11-20");
    assert_eq!((all[1].departure, all[1].copies), (Departure::Proved(day("2026-11-19")), None));
}

fn held(docs: &str, as_of: &str) -> Vec<Held> {
    let all = sailings(&order(BOOKED), docs, as_of);
    match &all[0].custody[0].control {
        Control::Originals(held) => held.clone(),
        other => panic!("{other:?}"),
    }
}

fn hand(holder: Holder, count: u32, since: Option<&str>, step: Option<BankStep>) -> Held {
    Held { holder, count: Some(count), since: since.map(day), step }
}

#[test]
fn originals_go_from_us_to_the_bank_and_on() {
    let docs = format!(
        "{BL}[[presentation]]\ndate = 2026-11-09\nset = \"copies\"\nto = \"buyer\"\n\
         [[presentation]]\nid = \"1\"\ndate = 2026-11-12\nset = \"originals\"\nto = \"bank\"\n\
         documents = [{{ ref = \"BL1\", originals = 3 }}]\nrefusal = {{ sent = 2026-11-19, disposal = \"hold\" }}\n\
         [[presentation]]\nid = \"2\"\nagain = \"1\"\ndate = 2026-11-22\nset = \"originals\"\nto = \"bank\"\n\
         documents = [{{ ref = \"BL1\", originals = 3 }}]\naccepted = 2026-11-25\nmaturity = 2026-12-20\npaid = 2026-12-20\n"
    );
    assert_eq!(held(&docs, "2026-11-10"), [hand(Holder::Us, 3, None, None)], "copies are no originals");
    assert_eq!(held(&docs, "2026-11-12"), [hand(Holder::Bank, 3, Some("2026-11-12"), None)]);
    let refused = BankStep::Refused(day("2026-11-19"));
    assert_eq!(held(&docs, "2026-11-20"), [hand(Holder::Bank, 3, Some("2026-11-12"), Some(refused))]);
    assert_eq!(held(&docs, "2026-11-22"), [hand(Holder::Bank, 3, Some("2026-11-22"), None)]);
    let accepted = BankStep::Accepted(day("2026-11-25"), Some(day("2026-12-20")));
    assert_eq!(held(&docs, "2026-11-26"), [hand(Holder::Bank, 3, Some("2026-11-22"), Some(accepted))]);
    let paid = BankStep::Paid(day("2026-12-20"));
    assert_eq!(held(&docs, "2026-12-20"), [hand(Holder::Bank, 3, Some("2026-11-22"), Some(paid))]);
}

#[test]
fn a_set_may_be_split_and_its_number_unknown() {
    let split = format!(
        "{BL}[[presentation]]\ndate = 2026-11-10\nset = \"originals\"\nto = \"buyer\"\n\
         documents = [{{ ref = \"BL1\", originals = 1 }}, {{ ref = \"OTHER\", originals = 9 }}]\n\
         [[presentation]]\ndate = 2026-11-12\nset = \"originals\"\nto = \"Notary\"\ndocuments = [{{ ref = \"BL1\", originals = 1 }}]\n"
    );
    assert_eq!(
        held(&split, "2026-11-20"),
        [
            hand(Holder::Us, 1, None, None),
            hand(Holder::Buyer, 1, Some("2026-11-10"), None),
            hand(Holder::Other("Notary".into()), 1, Some("2026-11-12"), None),
        ]
    );
    // Presented after they came back: the new holder has them all.
    let back = format!("{split}[[presentation]]\ndate = 2026-11-15\nset = \"originals\"\nto = \"bank\"\n");
    assert_eq!(held(&back, "2026-11-20"), [hand(Holder::Bank, 3, Some("2026-11-15"), None)]);
    let unknown = BL.replace("originals = 3\n", "");
    assert_eq!(held(&unknown, "2026-11-20")[0].count, None);
    let sent = format!("{unknown}[[presentation]]\ndate = 2026-11-15\nset = \"originals\"\nto = \"buyer\"\n");
    assert_eq!(held(&sent, "2026-11-20").iter().map(|h| &h.holder).collect::<Vec<_>>(), [&Holder::Buyer]);
}

#[test]
fn a_collecting_bank_has_the_papers_and_releases_them() {
    let docs = format!(
        "{BL}[[collection]]\nnumber = \"OC\"\nkind = \"dp\"\nat_bank = 2026-11-20\npaid = 2026-11-24\ndocuments_released = 2026-11-25\n"
    );
    assert_eq!(held(&docs, "2026-11-19"), [hand(Holder::Us, 3, None, None)]);
    let at = |step| [hand(Holder::Bank, 3, Some("2026-11-20"), step)];
    assert_eq!(held(&docs, "2026-11-20"), at(None));
    assert_eq!(held(&docs, "2026-11-24"), at(Some(BankStep::Paid(day("2026-11-24")))));
    assert_eq!(held(&docs, "2026-11-25"), at(Some(BankStep::Released(day("2026-11-25")))));
}

#[test]
fn some_goods_are_handed_out_without_an_original() {
    let control = |docs: &str, as_of| sailings(&order(BOOKED), docs, as_of)[0].custody[0].control.clone();
    use crate::model::document::Release;
    let telex = format!("{BL}[[presentation]]\ndate = 2026-11-12\nset = \"telex\"\nto = \"buyer\"\n");
    assert!(matches!(control(&telex, "2026-11-11"), Control::Originals(_)));
    let told = Control::Released { how: Release::Telex, on: Some(day("2026-11-12")) };
    assert_eq!(control(&telex, "2026-11-12"), told);
    let printed = BL.replace("release = \"original\"", "release = \"express\"");
    assert_eq!(control(&printed, "2026-11-12"), Control::Released { how: Release::Express, on: None });
    let waybill = BL.replace("originals = 3", "kind = \"sea-waybill\"");
    assert_eq!(control(&waybill, "2026-11-12"), Control::NoOriginal);
    let air = "[[awb]]\nnumber = \"999-1\"\nissued = 2026-11-07\n";
    assert_eq!(control(air, "2026-11-12"), Control::NoOriginal);
}

#[test]
fn money_must_be_in_by_april_of_the_next_year_or_as_the_contract_says() {
    let by =
        |exported: &str, contract: Option<&str>| tax::receipt_by(day(exported), contract.map(day)).unwrap();
    assert_eq!(by("2026-12-31", None).day, day("2027-04-30"));
    assert_eq!(by("2027-01-01", None).day, day("2028-04-30"));
    assert_eq!(by("2026-08-10", Some("2027-04-30")), by("2026-08-10", None));
    let later = by("2026-08-10", Some("2027-09-01"));
    assert_eq!((later.day, later.by_contract), (day("2027-09-01"), true));
    assert_eq!(by("2026-08-10", Some("2031-01-01")).day, day("2029-08-10"), "36 months at most");
    assert_eq!(tax::receipt_by(NaiveDate::MAX, None), None);
}

const DECLARED: &str = "[[customs]]\nnumber = \"310420260560417713\"\ndate = 2026-11-04\nreleased = 2026-11-05\n\
    currency = \"USD\"\ntotal = 1000\n";

fn receipt(date: &str, amount: &str, more: &str) -> String {
    format!("[[received]]\ndate = {date}\namount = {amount}\n{more}")
}

#[test]
fn receipts_are_net_with_the_charges_beside_them() {
    let docs = format!("{BL}{DECLARED}");
    let see = |money: &str, as_of: &str| file(&order(BOOKED), &docs, money, as_of).exports[0].clone();
    let deposit = receipt("2026-09-11", "280", "charges = 20\n");
    let part = see(&deposit, "2026-11-20");
    assert_eq!((part.received.net, part.received.charges), (dec("280"), dec("20")));
    assert_eq!(
        (part.state, part.departure),
        (ReceiptState::Short(dec("700")), Departure::Proved(day("2026-11-07")))
    );
    assert_eq!(part.deadline.unwrap().day, day("2027-04-30"));
    let both = format!("{deposit}{}", receipt("2026-11-30", "690", "charges = 10\n"));
    assert_eq!(
        see(&both, "2026-11-20").state,
        ReceiptState::Short(dec("700")),
        "the second is not known yet"
    );
    assert_eq!(see(&both, "2026-11-30").state, ReceiptState::FullWithCharges);
    let net = receipt("2026-11-30", "1000", "");
    assert_eq!(see(&net, "2026-11-30").state, ReceiptState::Full);
    // A credit note closes the contract; the declaration still shows more than came in.
    let credit =
        "[[credits]]\ndate = 2026-11-30\namount = 700\nkind = \"credit-note\"\nwhy = \"x\"\nby = \"y\"\n";
    assert_eq!(see(&format!("{deposit}{credit}"), "2026-11-30").state, ReceiptState::Settled(dec("700")));
    // What stands for the receipt is in the file from its day on; evidence of another kind or shipment does not count.
    let evidence = |kind: &str, of: &str| {
        let paper = format!("[[papers]]\nkind = \"{kind}\"\ndate = 2026-11-30\n{of}");
        let see =
            |as_of: &str| file(&order(BOOKED), &format!("{docs}{paper}"), &deposit, as_of).exports[0].state;
        (see("2026-11-29"), see("2026-11-30"))
    };
    let short = ReceiptState::Short(dec("700"));
    assert_eq!(evidence("deemed-receipt", ""), (short, ReceiptState::Deemed(dec("700"))));
    assert_eq!(evidence("deemed-receipt", "shipment = \"1\"\n").1, ReceiptState::Deemed(dec("700")));
    assert_eq!(evidence("settlement", ""), (short, short));
    let back = "[[credits]]\ndate = 2026-11-30\namount = 50\nkind = \"refund\"\nwhy = \"x\"\nby = \"y\"\n";
    let paid_back = see(&format!("{net}{back}"), "2026-11-30");
    assert_eq!((paid_back.received.refunded, paid_back.state), (dec("50"), ReceiptState::Short(dec("50"))));
    let wrong = receipt("2026-11-30", "-100", "why = \"booked twice\"\n");
    assert_eq!(see(&format!("{net}{wrong}"), "2026-11-30").state, ReceiptState::Short(dec("100")));
}

#[test]
fn money_in_another_currency_stays_apart() {
    let docs = format!("{BL}{DECLARED}");
    let see = |money: &str| file(&order(BOOKED), &docs, money, "2026-12-01").exports[0].clone();
    let euros = see(&receipt("2026-11-30", "\"EUR 900\"", ""));
    assert_eq!(euros.received.net, Decimal::ZERO);
    assert_eq!(euros.received.foreign.iter().collect::<Vec<_>>(), [(&"EUR", &dec("900"))]);
    assert_eq!(euros.state, ReceiptState::Short(dec("1000")));
    let converted = see(&receipt("2026-11-30", "\"EUR 900\"", "fx = { rate = 1.2, order_amount = 1000 }\n"));
    assert_eq!((converted.received.net, converted.received.converted), (Decimal::ZERO, dec("1000")));
    assert_eq!(converted.state, ReceiptState::FullWithCharges);
    // Declared in euros under a contract in dollars: dollars are the other currency then.
    let euro = docs.replace("\"USD\"", "\"EUR\"");
    let other =
        file(&order(BOOKED), &euro, &receipt("2026-11-30", "1000", ""), "2026-12-01").exports[0].clone();
    assert_eq!(other.received.foreign.iter().collect::<Vec<_>>(), [(&"USD", &dec("1000"))]);
}

#[test]
fn receipts_go_to_the_shipment_they_name_else_to_the_oldest_export() {
    let docs = format!(
        "{BL}shipment = \"1\"\n[[bl]]\nnumber = \"BL2\"\non_board = 2026-11-28\nshipment = \"2\"\n\
         [[customs]]\nnumber = \"C2\"\ndate = 2026-11-25\ntotal = 400\nbl = \"BL2\"\n\
         [[customs]]\nnumber = \"C1\"\ndate = 2026-11-04\ntotal = 600\nshipment = \"1\"\n"
    );
    let money =
        receipt("2026-09-11", "290", "charges = 10\n") + &receipt("2026-12-05", "390", "shipment = \"2\"\n");
    let see = |money: &str, as_of: &str| file(&order(TWO), &docs, money, as_of).exports;
    let [second, first] = <[_; 2]>::try_from(see(&money, "2026-12-06")).unwrap();
    assert_eq!((first.shipments.as_slice(), second.shipments.as_slice()), ([0].as_slice(), [1].as_slice()));
    assert_eq!((first.received.net, first.received.charges), (dec("290"), dec("10")));
    assert_eq!(
        (first.state, second.state),
        (ReceiptState::Short(dec("300")), ReceiptState::Short(dec("10")))
    );
    // What the first no longer needs goes on to the second, and what is too much stays there.
    let much = receipt("2026-09-11", "1010", "charges = 10\n");
    let [second, first] = <[_; 2]>::try_from(see(&much, "2026-12-06")).unwrap();
    assert_eq!((first.received.net, first.received.charges), (dec("590"), dec("10")));
    assert_eq!((second.received.net, second.state), (dec("420"), ReceiptState::Full));
    // On the 20th the second shipment had not left, and its declaration was not yet made.
    let early = see(&money, "2026-11-20");
    assert_eq!(early.len(), 1);
    assert_eq!(early[0].shipments, [0]);
}

#[test]
fn one_shipment_may_have_several_declarations() {
    let docs = format!("{BL}{DECLARED}[[customs]]\nnumber = \"C2\"\ndate = 2026-11-04\ntotal = 500\n");
    let all = file(
        &order(BOOKED).replace("qty = 100", "qty = 150"),
        &docs,
        &receipt("2026-11-12", "1100", ""),
        "2026-11-20",
    )
    .exports;
    assert_eq!(all.iter().map(|e| e.received.net).collect::<Vec<_>>(), [dec("1000"), dec("100")]);
    assert_eq!((all[0].state, all[1].state), (ReceiptState::Full, ReceiptState::Short(dec("400"))));
}

#[test]
fn what_left_without_a_declaration_is_named_unless_others_clear() {
    let undeclared = file(&order(BOOKED), BL, "", "2026-11-20");
    assert_eq!((undeclared.exports.len(), undeclared.clearing.clone()), (1, Clearing::Ours));
    assert_eq!((undeclared.exports[0].customs, undeclared.exports[0].amount), (None, None));
    assert_eq!(undeclared.exports[0].deadline.unwrap().day, day("2027-04-30"));
    assert!(file(&order(BOOKED), BL, "", "2026-11-06").exports.is_empty(), "it had not left");
    let exw = order(BOOKED).replace("FOB Ningbo", "EXW Ningbo");
    let buyer = file(&exw, BL, "", "2026-11-20");
    assert_eq!((buyer.clearing, buyer.refund, buyer.exports[0].deadline), (Clearing::Buyer, false, None));
    let sample = order(BOOKED).replace("mode =", "skip = { declare = \"courier\" }\nmode =");
    let nobody = file(&sample, BL, "", "2026-11-20");
    assert_eq!((nobody.clearing, nobody.refund), (Clearing::NotNeeded("courier".into()), false));
    let typed = file(&order("[actual]\nshipped = 2026-11-08\n"), "", "", "2026-11-20");
    assert_eq!(typed.exports[0].departure, Departure::Unproved(Some(day("2026-11-08"))));
    // A second shipment that the only declaration does not name.
    let docs = format!(
        "{BL}shipment = \"1\"\n{DECLARED}shipment = \"1\"\n[[bl]]\nnumber = \"BL2\"\non_board = 2026-11-28\nshipment = \"2\"\n"
    );
    let all = file(&order(TWO), &docs, "", "2026-12-01").exports;
    assert_eq!(all.iter().map(|e| e.customs).collect::<Vec<_>>(), [Some(0), None]);
    assert_eq!(all[1].shipments, [1]);
}

const BOUGHT: &str = "[[purchases]]\nnumber = \"P\"\nkind = \"purchase-order\"\nissued = 2026-09-05\n";

#[test]
fn the_filing_set_holds_what_the_term_of_trade_brings_about() {
    let docs = format!(
        "{BL}{DECLARED}[[contract]]\nnumber = \"S\"\ndate = 2026-09-01\nsigned_by_buyer = 2026-09-03\n\
         [[papers]]\nkind = \"customs-authorisation\"\ndate = 2026-10-30\n"
    );
    let bought = format!("{BOOKED}{BOUGHT}");
    let see = |order: &str, money: &str, as_of: &str| {
        let file = file(order, &docs, money, as_of);
        let export = file.exports[0].clone();
        (export.count(), export.missing().collect::<Vec<_>>())
    };
    use SetPaper::*;
    assert_eq!(see(&order(&bought), "", "2026-11-20"), ((4, 7), vec![Freight, Broker, List]));
    let local = "[[bills]]\nkind = \"local\"\namount = \"CNY 900\"\n";
    assert_eq!(see(&order(&bought), local, "2026-11-20"), ((5, 7), vec![Broker, List]));
    let seller = order(&bought).replace("FOB Ningbo", "CFR Hamburg");
    assert_eq!(
        see(&seller, local, "2026-11-20").1,
        [Freight, Broker, List],
        "main carriage wants its invoice"
    );
    // Made in our own workshop: nothing is bought.
    let made = format!("{BOOKED}{}", BOUGHT.replace("purchase-order", "production-notice"));
    assert_eq!(see(&order(&made), local, "2026-11-20"), ((4, 6), vec![Broker, List]));
    let without = order(&bought).replace("mode =", "not_needed = { broker = \"own broker\" }\nmode =");
    assert_eq!(see(&without, local, "2026-11-20"), ((5, 6), vec![List]));
    let listed = format!("{local}[[filings]]\nkind = \"record-set\"\ndate = 2026-12-01\n");
    assert_eq!(see(&without, &listed, "2026-11-20").1, [List], "listed later");
    assert_eq!(see(&without, &listed, "2026-12-01").1, []);
}

#[test]
fn a_claim_covers_what_had_left_and_opens_the_days_for_the_set() {
    let docs = format!("{BL}{DECLARED}");
    let filed = |kind: &str, date: &str| format!("[[filings]]\nkind = \"{kind}\"\ndate = {date}\n");
    let see = |money: &str, as_of: &str| file(&order(BOOKED), &docs, money, as_of).exports[0].clone();
    let early = see(&filed("tax-refund", "2026-11-06"), "2026-12-20");
    assert_eq!((early.claimed, early.set_by), (None, None), "claimed before this export");
    let claimed = filed("tax-refund", "2026-12-10");
    assert_eq!(see(&claimed, "2026-12-09").claimed, None);
    let export = see(&claimed, "2026-12-20");
    assert_eq!((export.claimed, export.set_by), (Some(day("2026-12-10")), Some(day("2026-12-25"))));
    assert_eq!(export.keep_until, None);
    let set = claimed + &filed("record-set", "2026-12-20");
    assert_eq!(see(&set, "2026-12-20").keep_until, Some(day("2036-12-20")));
    let none = order(BOOKED).replace("mode =", "rebate = false\nmode =");
    let none = file(&none, &docs, "", "2026-12-20");
    assert!(!none.refund && none.exports[0].set.is_empty() && none.exports[0].deadline.is_none());
    let archived = order(&format!("{BOOKED}[actual]\nclosed = 2027-01-09\narchived = 2027-01-10\n"));
    let kept = |as_of| file(&archived, &docs, &set, as_of).exports[0].keep_until;
    assert_eq!(kept("2027-01-09"), Some(day("2036-12-20")));
    assert_eq!(kept("2027-01-10"), Some(day("2037-01-10")), "counted from the later day");
}

#[test]
fn a_long_credit_moves_the_day_of_the_receipt() {
    let usance = order(BOOKED).replace("30% deposit, 70% copy-bl", "100% oa 180d bl-date");
    let export = file(&usance, &format!("{BL}{DECLARED}"), "", "2026-11-20").exports[0].clone();
    let deadline = export.deadline.unwrap();
    assert_eq!((deadline.day, deadline.by_contract), (day("2027-05-06"), true));
    // Counted from an acceptance, once there is one.
    let draft = order(BOOKED).replace("30% deposit, 70% copy-bl", "100% da 180d");
    let accepted = |more: &str| {
        let docs = format!("{BL}{DECLARED}[collection]\nkind = \"da\"\nsent = 2026-11-10\n{more}");
        file(&draft, &docs, "", "2026-12-20").exports[0].deadline.unwrap()
    };
    let waiting = accepted("");
    assert_eq!((waiting.day, waiting.by_contract), (day("2027-04-30"), false));
    let later = accepted("accepted = 2026-12-14\n");
    assert_eq!((later.day, later.by_contract), (day("2027-06-12"), true));
}
