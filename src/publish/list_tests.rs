//! Dashboard, board, lists, parties and archive, from small books and from the example company.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use super::archive::{self, MonthPage};
use super::audience::{Audience, Reader};
use super::changes::Changes;
use super::ctx::{Ctx, Findings};
use super::customs::Exports;
use super::groups::Groups;
use super::orders::{List, ListPage, Lists};
use super::shipments::Sailings;
use super::threat::is_threat;
use super::{board, dashboard, party, search};
use crate::bi;
use crate::book::Book;
use crate::change::{Change, Kind};
use crate::check::check;
use crate::check::finding::{Class, Finding, Severity, Subject, WaivedBy};
use crate::derive::{Facts, derive};
use crate::history::{self, Event, History, Person, State, Step, What};
use crate::load::load;
use crate::model::party::PartyKind;
use crate::site::assets;
use crate::site::search::Kind as Word;
use crate::site::template::{Rendered, Renderer};
use crate::site::view::{
    BuildFacts, CashPeriod, CustomsPage, DashboardPage, ExportRow, Mark, PageFacts, Section, Shell,
    ShipmentsPage, View,
};
use crate::site::write::Writer;
use crate::text::Lang;

const TODAY: &str = "2026-11-23";

/// A book from files of a data root.
fn book(files: &[(&str, &str)]) -> Book {
    let dir = tempfile::tempdir().unwrap();
    for (path, text) in files {
        let path = dir.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    load(dir.path()).unwrap().book
}

/// A shipped order that nobody has paid; `due` is the day agreed for it.
fn unpaid(currency: &str, amount: &str, due: &str) -> String {
    planned(currency, amount, due).replace("signed", &format!("payment = \"100% deposit on {due}\"\nsigned"))
}

/// The same without payment terms: `plan` is the planned day of payment.
fn planned(currency: &str, amount: &str, plan: &str) -> String {
    format!(
        "customer = \"hanse\"\nsigned = 2026-01-05\ncurrency = \"{currency}\"\nship_by = 2026-06-30\n\
         [[items]]\nsku = \"A\"\nname = \"Lamp\"\nqty = 1\nprice = {amount}\n\
         [plan]\npaid = {plan}\n[actual]\nproduced = 2026-05-01\ninspected = 2026-05-02\n\
         cleared = 2026-06-01\nshipped = 2026-06-02\npresented = 2026-06-05\n"
    )
}

/// An order in production that nothing is wrong with.
fn fine() -> String {
    "customer = \"hanse\"\nsigned = 2026-11-05\ncurrency = \"USD\"\nship_by = 2027-03-31\n\
     [[items]]\nsku = \"A\"\nname = \"Lamp\"\nqty = 100\nprice = 5\n[plan]\nproduced = 2027-02-20\n"
        .to_owned()
}

fn no_history() -> History {
    History::empty(State::NoRepository)
}

/// The dashboard with what changed.
fn overview(ctx: &Ctx<'_>, groups: &Groups<'_>) -> crate::site::view::DashboardPage {
    dashboard::page(ctx, groups, &Changes::of(ctx.facts, ctx.audience))
}

/// Looks at a book as of [`TODAY`].
fn look<T>(
    book: &Book,
    history: &History,
    found: &[Finding],
    see: impl FnOnce(&Ctx<'_>, &Groups<'_>) -> T,
) -> T {
    let facts: Facts<'_> = derive(book, history, TODAY.parse().unwrap());
    let findings = Findings::of(found);
    let groups = Groups::of(&facts, &findings);
    see(&Ctx::of(&facts, &findings, Reader::Internal, Lang::Zh), &groups)
}

fn seen(files: &[(&str, &str)]) -> DashboardPage {
    look(&book(files), &no_history(), &[], overview)
}

fn ids(page: &DashboardPage) -> Vec<&str> {
    page.todos.iter().map(|t| t.order.text.as_str()).collect()
}

#[test]
fn limits_within_three_days_come_first_then_amount_times_days() {
    let sailing =
        fine().replace("[plan]", "[[shipments]]\ncutoffs = { si = 2026-11-25T12:00:00+08:00 }\n[plan]");
    let page = seen(&[
        ("orders/A/order.toml", &unpaid("USD", "1000", "2026-08-15")),
        ("orders/B/order.toml", &unpaid("USD", "20000", "2026-11-13")),
        ("orders/C/order.toml", &sailing),
        ("orders/D/order.toml", &fine()),
    ]);
    // 20,000 × 10 days outweighs 1,000 × 100 days; the cut-off leads although only 500 are at stake.
    assert_eq!(ids(&page), ["C", "B", "A"]);
    // A step of the ladder at which the boss has to know is urgent, and does not outweigh a larger sum.
    let urgent: Vec<bool> = page.todos.iter().map(|t| t.urgent).collect();
    assert_eq!(urgent, [true, false, true]);
    assert_eq!(page.todos[0].text, "截单 11-25 12:00，补料没发");
    assert_eq!(page.todos[0].day.as_ref().unwrap().text, "11-25 周三前");
    assert_eq!(page.todos[1].text, "定金逾期 10 天，还没催过");
    assert_eq!((page.todos[1].amount.as_str(), &page.todos[1].day), ("USD 20,000.00", &None));
}

#[test]
fn rates_order_the_list_and_are_shown_nowhere() {
    let yen = unpaid("JPY", "100000", "2026-11-13");
    let dollars = unpaid("USD", "5000", "2026-11-13");
    let files = [("orders/A/order.toml", yen.as_str()), ("orders/B/order.toml", dollars.as_str())];
    assert_eq!(ids(&seen(&files)), ["A", "B"]);
    let rates = "date,currency,rate,source\n2026-11-20,JPY,0.045,ECB\n2026-11-20,USD,7.1,ECB\n";
    let page = seen(&[files[0], files[1], ("rates/2026.csv", rates)]);
    assert_eq!(ids(&page), ["B", "A"]);
    let amounts: Vec<&str> = page.todos.iter().map(|t| t.amount.as_str()).collect();
    assert_eq!(amounts, ["USD 5,000.00", "JPY 100,000"]);
}

#[test]
fn seven_things_one_line_an_order_and_the_rest_is_counted() {
    let files: Vec<(String, String)> = (1..=9)
        .map(|n| (format!("orders/N{n}/order.toml"), unpaid("USD", &format!("{n}000"), "2026-11-13")))
        .collect();
    let files: Vec<(&str, &str)> = files.iter().map(|(p, t)| (p.as_str(), t.as_str())).collect();
    let page = seen(&files);
    assert_eq!(ids(&page), ["N9", "N8", "N7", "N6", "N5", "N4", "N3"]);
    assert_eq!(page.todos_title, "要处理 9 单，先看这 7 单");
    assert_eq!((page.todos_more.text.as_str(), page.todos_more.href.as_str()), ("另有 2 单", "orders.html"));
}

#[test]
fn a_late_finish_says_until_when_it_can_be_saved() {
    let late = "customer = \"hanse\"\nsigned = 2026-09-05\ncurrency = \"USD\"\nship_by = 2026-12-20\n\
                [[items]]\nsku = \"A\"\nname = \"Lamp\"\nqty = 100\nprice = 5\n\
                [plan]\nproduced = 2026-12-01\n[forecast]\nproduced = 2026-12-15\n";
    let page = seen(&[("orders/A/order.toml", late)]);
    assert_eq!(page.todos[0].text, "预计完工 12-15，最迟装运 12-20，差 4 天；12-11 前完工还来得及");
    assert_eq!(page.todos[0].day.as_ref().unwrap().iso, "2026-12-11");
    let lost = late.replace("2026-12-20", "2026-11-30");
    let page = seen(&[("orders/A/order.toml", &lost)]);
    assert_eq!(page.todos[0].text, "预计完工 12-15，赶不上最迟装运 11-30（差 24 天），要和客户改期");
    assert_eq!(page.todos[0].day.as_ref().unwrap().iso, "2026-11-30");
}

#[test]
fn goods_that_must_be_inspected_now_are_named_with_the_last_day() {
    let made = fine()
        .replace("ship_by = 2027-03-31", "ship_by = 2026-12-02")
        .replace("[plan]\nproduced = 2027-02-20", "[actual]\nproduced = 2026-11-10");
    let page = seen(&[("orders/A/order.toml", &made)]);
    assert_eq!(page.todos[0].text, "11-25 前不验货就赶不上 12-02 的最迟装运");
    assert!(page.todos[0].urgent);
}

#[test]
fn an_amendment_without_an_answer_hurts_until_it_has_one() {
    let order = fine();
    let lc = "[[lc]]\nnumber = \"LC1\"\nlatest_shipment = 2027-03-20\nexpiry = 2027-04-10\n\
              [[lc.amendments]]\nnumber = \"02\"\nreceived = 2026-11-19\n";
    let page = seen(&[("orders/A/order.toml", &order), ("orders/A/docs.toml", lc)]);
    assert_eq!(page.todos[0].text, "信用证修改 02 收到 4 天，还没答复");
    assert_eq!(page.todos[0].day.as_ref().unwrap().iso, "2027-03-20");
    let answered = format!("{lc}accepted = 2026-11-20\n");
    assert!(seen(&[("orders/A/order.toml", &order), ("orders/A/docs.toml", &answered)]).todos.is_empty());
}

fn finding(class: Class, severity: Severity) -> Finding {
    let rule = crate::check::rules::all().next().unwrap();
    let mut finding = Finding::new(
        rule,
        Subject::Order(Arc::from("A")),
        bi!("A：提单没寄", "A: the B/L has not been sent"),
    );
    finding.class(class).severity(severity);
    finding
}

#[test]
fn findings_of_class_risk_lead_and_the_others_are_counted() {
    let book = book(&[("orders/A/order.toml", &fine())]);
    let mut risk = finding(Class::Risk, Severity::Warning);
    risk.until(Some("2026-11-24".parse().unwrap()));
    let wrong = [finding(Class::Document, Severity::Error), finding(Class::Record, Severity::Error)];
    let found = [&wrong[..], &[risk.clone()]].concat();
    let page = look(&book, &no_history(), &found, overview);
    assert_eq!(page.todos.len(), 1);
    assert_eq!((page.todos[0].text.as_str(), page.todos[0].urgent), ("提单没寄", true));
    let counted: Vec<(&str, &str)> =
        page.quality.iter().map(|f| (f.label.as_str(), f.value.as_str())).collect();
    assert!(counted.contains(&("登记错误", "1")) && counted.contains(&("单据错误", "1")), "{counted:?}");
    assert!(page.quality.iter().all(|f| f.href == "quality.html"));

    let page = look(&book, &no_history(), &wrong, overview);
    assert!(page.todos.is_empty());
    assert!(is_threat(&risk));
    assert!(!is_threat(&finding(Class::Risk, Severity::Info)));
    risk.past = true;
    assert!(!is_threat(&risk));
    risk.past = false;
    risk.waived = Some(WaivedBy { why: "x".into(), by: "y".into(), until: None });
    assert!(!is_threat(&risk));
}

fn amounts(periods: &[CashPeriod]) -> Vec<(&str, Vec<&str>)> {
    periods.iter().map(|p| (p.label.as_str(), p.amounts.iter().map(|a| a.text.as_str()).collect())).collect()
}

#[test]
fn cash_stands_once_by_period_and_currency() {
    let page = seen(&[
        ("orders/A/order.toml", &unpaid("USD", "1000", "2026-11-29")),
        ("orders/B/order.toml", &unpaid("USD", "500", "2026-11-23")),
        ("orders/C/order.toml", &unpaid("EUR", "300", "2026-11-27")),
        ("orders/D/order.toml", &unpaid("USD", "70", "2026-11-22")),
        ("orders/E/order.toml", &unpaid("USD", "80", "2026-11-30")),
        ("orders/F/order.toml", &unpaid("USD", "90", "2026-12-23")),
        ("orders/G/order.toml", &unpaid("USD", "60", "2026-12-24")),
        ("orders/H/order.toml", &fine()),
    ]);
    assert_eq!(
        amounts(&page.cash),
        [
            ("已到期未收", vec!["USD 70.00"]),
            ("本周", vec!["EUR 300.00", "USD 1,500.00"]),
            ("下周", vec!["USD 80.00"]),
            ("30 天内其余", vec!["USD 90.00"]),
            ("30 天后", vec!["USD 60.00"]),
        ]
    );
    assert!(page.cash[0].amounts[0].overdue && !page.cash[1].amounts[0].overdue);
    // Bars compare within a currency: the only euros fill theirs.
    assert_eq!(page.cash[1].amounts[0].percent, 100);
    assert!(
        page.cash_basis.contains("7 笔") && page.cash_basis.contains("另有 1 笔没有日期：USD 500.00"),
        "{}",
        page.cash_basis
    );
}

#[test]
fn a_forecast_of_the_payment_counts_before_the_plan() {
    let promised = unpaid("USD", "1000", "2026-11-10") + "[forecast]\npaid = 2026-11-27\n";
    let page = seen(&[("orders/A/order.toml", &promised)]);
    assert_eq!(amounts(&page.cash), [("本周", vec!["USD 1,000.00"])]);
    assert_eq!(page.todos[0].text, "定金逾期 13 天，预计 11-27，还没催过");
}

#[test]
fn a_plan_makes_money_late_only_where_no_day_is_agreed() {
    let page = seen(&[("orders/A/order.toml", &planned("USD", "1000", "2026-11-10"))]);
    assert_eq!(page.todos[0].text, "货款计划 11-10 到账，晚 13 天，还没催过");
    let agreed = unpaid("USD", "1000", "2026-12-10").replace("paid = 2026-12-10", "paid = 2026-11-10");
    assert!(seen(&[("orders/A/order.toml", &agreed)]).todos.is_empty());
}

#[test]
fn overdue_money_comes_before_late_work_and_a_dispute_after_it() {
    let late = "customer = \"hanse\"\nsigned = 2026-09-05\ncurrency = \"USD\"\nship_by = 2027-03-31\n\
                [[items]]\nsku = \"A\"\nname = \"Lamp\"\nqty = 1000\nprice = 5\n\
                [plan]\nreviewed = 2026-09-10\nproduced = 2027-02-20\n";
    let claim = "[[complaints]]\nnumber = \"C1\"\nopened = 2026-11-01\nclaimed = 9000\n";
    let disputed = unpaid("USD", "9000", "2026-10-10") + claim;
    let page = seen(&[
        ("orders/A/order.toml", late),
        ("orders/B/order.toml", &unpaid("USD", "100", "2026-11-20")),
        ("orders/C/order.toml", &disputed),
    ]);
    // 5,000 × 74 days and 9,000 × 44 days both outweigh 100 × 3 days.
    assert_eq!(ids(&page)[0], "B");
    assert_eq!(page.todos.len(), 3);
    let text = &page.todos.iter().find(|t| t.order.text == "C").unwrap().text;
    assert_eq!(text, "定金逾期 44 天，有争议，还没催过");
    assert!(page.cash_basis.contains("有争议的没算：USD 9,000.00"), "{}", page.cash_basis);
}

#[test]
fn the_line_of_indicators_leads_to_their_definitions() {
    let page = seen(&[("orders/A/order.toml", &unpaid("USD", "1000", "2026-12-10"))]);
    let told: Vec<String> =
        page.indicators.iter().map(|f| format!("{} {} {}", f.label, f.value, f.note)).collect();
    assert_eq!(told, ["准时装运 1/1 ", "装运时余量 28 天 ", "逾期 USD 0 应收 1,000"]);
    assert!(page.indicators.iter().all(|f| f.href == "exposure.html#indicators"));
}

/// A step of an order in a history made by hand.
fn step(commit: &str, day: &str, what: What, changes: &[(Kind, &str, &str)]) -> Step {
    let event = Event {
        number: Some("#301".to_owned()).filter(|_| commit.starts_with('a')),
        moment: format!("{day}T16:44:00+08:00").parse().unwrap(),
        commit: commit.to_owned(),
        date: day.parse().unwrap(),
        person: Person { name: "Lin Yan".into(), email: "lin@x.example".into() },
    };
    let change = |(kind, key, after): &(Kind, &str, &str)| Change {
        kind: *kind,
        key: (*key).to_owned(),
        path: (*key).to_owned(),
        before: None,
        after: Some((*after).to_owned()),
    };
    Step {
        event: Some(Arc::new(event)),
        what,
        files: vec![Arc::from("orders/A/order.toml")],
        changes: changes.iter().map(change).collect(),
    }
}

fn told(steps: Vec<(&str, Step)>) -> History {
    let mut history = History { state: State::Complete, ..no_history() };
    for (id, step) in steps {
        history.trails.add(id, step);
    }
    history
}

#[test]
fn the_dashboard_tells_what_changed_since_the_last_working_day_and_an_incomplete_history_says_why() {
    let book = book(&[("orders/A/order.toml", &fine()), ("orders/B/order.toml", &fine())]);
    let plan = [(Kind::Plan, "plan.shipped", "2026-12-01")];
    let mut history = told(vec![
        ("A", step("1111111111", "2026-11-19", What::Changed, &plan)),
        ("A", step("abcdef012345", "2026-11-20", What::Changed, &plan)),
        // Only the way of writing.
        ("B", step("2222222222", "2026-11-20", What::Changed, &[])),
        ("B", step("3333333333", "2026-11-23", What::Removed, &[])),
        // Not yet.
        ("B", step("4444444444", "2026-11-24", What::Added, &[])),
    ]);
    // Monday looks back to Friday.
    let page = look(&book, &history, &[], overview);
    let lines: Vec<(&str, &str)> =
        page.changes.iter().map(|c| (c.order.text.as_str(), c.change.text.as_str())).collect();
    assert_eq!(lines, [("B", "3333333333"), ("A", "#301")]);
    assert_eq!(page.changes[0].what[0].text, "删除订单");
    assert!(page.changes[1].what[0].text.contains("12-01"), "{:?}", page.changes[1].what);
    assert_eq!(page.changes[1].who, "Lin Yan");
    // An import is one line.
    let ids: Vec<String> = (0..40).map(|n| format!("N{n}")).collect();
    for id in &ids {
        let new = step("5555555555", "2026-11-23", What::Added, &[]);
        history.trails.add(id, new);
    }
    let page = look(&book, &history, &[], overview);
    assert_eq!((page.changes.len(), &*page.changes[0].what[0].text), (3, "建立 40 单"));
    history.state = State::Shallow;
    let page = look(&book, &history, &[], overview);
    assert!(page.changes.is_empty() && page.changes_unknown.contains("浅克隆"));
}

#[test]
fn changes_tell_neither_prices_of_purchases_nor_payments() {
    let text = |history: &History, hide: &str| {
        let config = format!("schema = 1\n[audience.internal]\nhide = [{hide}]\n");
        let order = fine();
        let book = book(&[("orders/A/order.toml", &order), ("gendan.toml", &config)]);
        look(&book, history, &[], |ctx, _| {
            let all = Changes::of(ctx.facts, ctx.audience);
            let page = all.page(ctx, 0);
            let feed = super::feeds::feed(
                ctx,
                (&all, &Default::default()),
                &Default::default(),
                super::feeds::Of::Book,
            )
            .unwrap()
            .1;
            let rows: Vec<_> = page.days.iter().flat_map(|day| &day.entries).collect();
            (
                rows.len(),
                format!("{rows:?}") + &String::from_utf8(crate::exchange::atom::bytes(&feed)).unwrap(),
            )
        })
    };
    let paid = [(Kind::Money, "paid[P-1].amount", "68040.00"), (Kind::Money, "items[buy.x].qty", "12")];
    let bill = [(Kind::Money, "bills[B-1]", "68040.00")];
    let buy = [(Kind::Contract, "items[A].buy.price", "68040.00")];
    for (changes, hide) in [(&paid[..1], "\"paid\""), (&bill[..], "\"paid\""), (&buy[..], "\"buy\"")] {
        let history = told(vec![("A", step("1111111111", "2026-11-20", What::Changed, changes))]);
        let (rows, said) = text(&history, "");
        assert!(rows == 1 && !said.contains("68040") && !said.contains("68,040"), "{said}");
        assert!(said.contains("采购或付款有改动"));
        assert_eq!(text(&history, hide).0, 0, "left out whole");
    }
    // What else the change says is told, and an identity is no key.
    let history = told(vec![("A", step("1111111111", "2026-11-20", What::Changed, &paid))]);
    let (rows, said) = text(&history, "\"paid\"");
    assert!(rows == 1 && said.contains("12") && !said.contains("采购或付款"), "{said}");
}

/// The same feed whatever order the trails come in, with identifiers that do not move.
#[test]
fn a_feed_is_whole_and_tells_the_newest_first() {
    let mut history = told(vec![]);
    for n in 0..130_u32 {
        let day = format!("2026-{:02}-{:02}", 1 + n / 28, 1 + n % 28);
        let said = [(Kind::Contract, "ship_by", "2026-12-31"), (Kind::Plan, "plan.paid", "2026-12-31")];
        let step = step(&format!("{n:010}"), &day, What::Changed, &said);
        history.trails.add(if n % 2 == 0 { "A" } else { "Z" }, step);
    }
    let book = book(&[("orders/A/order.toml", &fine())]);
    let feed = look(&book, &history, &[], |ctx, _| {
        let all = Changes::of(ctx.facts, ctx.audience);
        super::feeds::feed(ctx, (&all, &Default::default()), &Default::default(), super::feeds::Of::Book)
            .unwrap()
            .1
    });
    assert_eq!(feed.entries.len(), 100);
    assert_eq!(feed.updated, "2026-05-18T16:44:00+08:00");
    assert!(feed.entries.windows(2).all(|pair| pair[0].updated >= pair[1].updated));
    let ids: BTreeSet<&str> = feed.entries.iter().map(|entry| entry.id.as_str()).collect();
    assert_eq!(ids.len(), 100);
    assert_eq!(feed.entries[0].id, "tag:gendan.invalid,2026:change/zh-Hans/0000000129/Z");
    // Deleted: it has no page.
    assert_eq!((&*feed.entries[0].href, &*feed.entries[1].href), ("changes.html", "o/A.html"));
    assert!(feed.entries[0].text.contains('\n') && !feed.entries[0].title.contains('\n'));
    assert!(feed.entries.iter().all(|e| !e.author.is_empty() && !e.title.is_empty()));
}

#[test]
fn the_board_holds_each_open_order_once_and_says_what_hurts() {
    let feedback = |day: &str| {
        format!("{}[[received]]\ndate = 2026-07-01\namount = 1000\n", unpaid("USD", "1000", "2026-07-01"))
            .replace(
                "presented = 2026-06-05",
                &format!("presented = 2026-06-05\nclosed = {day}\narchived = {day}"),
            )
    };
    let files = [
        ("orders/A/order.toml", unpaid("USD", "1000", "2026-11-13")),
        ("orders/B/order.toml", fine()),
        ("orders/C/order.toml", feedback("2026-10-20")),
        ("orders/D/order.toml", feedback("2026-07-20")),
        ("orders/E/order.toml", format!("cancelled = 2026-11-10\n{}", fine())),
    ];
    let files: Vec<(&str, &str)> = files.iter().map(|(p, t)| (*p, t.as_str())).collect();
    let page = look(&book(&files), &no_history(), &[], board::page);
    let cards: Vec<(u8, &str)> =
        page.columns.iter().flat_map(|c| c.cards.iter().map(|k| (c.number, k.order.text.as_str()))).collect();
    // C was closed a month ago and waits for feedback; D has waited too long, E is cancelled.
    assert_eq!(cards, [(2, "B"), (8, "A"), (10, "C")]);
    let late = &page.columns[7].cards[0];
    assert_eq!((late.mark, late.waits.as_str()), (Mark::Late, "定金逾期 10 天"));
}

/// Copies of one order under many numbers.
fn many(n: usize, text: &str) -> Book {
    let mut book = book(&[("orders/A/order.toml", text), ("customers/hanse.toml", "name = \"Hanse\"\n")]);
    let one = book.orders[0].clone();
    book.orders = (0..n)
        .map(|n| {
            let mut order = one.clone();
            order.id = Arc::from(format!("N{n:05}"));
            if n % 3 == 0 {
                order.file.customer = Some("other".to_owned());
            }
            order
        })
        .collect();
    book
}

#[test]
fn long_lists_are_cut_into_pages_that_hold_every_order_once() {
    let book = many(1_201, &fine());
    look(&book, &no_history(), &[], |ctx, groups| {
        let lists = Lists::of(groups);
        for list in [List::Open, List::ByCustomer, List::ByMonth] {
            let pages: Vec<ListPage> = lists.pages().into_iter().filter(|p| p.list == list).collect();
            assert_eq!(pages.len(), 3);
            let mut seen = BTreeSet::new();
            for wanted in pages {
                let page = lists.page(ctx, wanted);
                let rows = page.rows.iter().chain(page.groups.iter().flat_map(|g| &g.rows));
                let ids: Vec<&str> = rows.map(|r| r.id.as_str()).collect();
                assert!(ids.len() <= 500, "{list:?}: {}", ids.len());
                assert!(ids.iter().all(|id| seen.insert((*id).to_owned())), "{list:?}: twice");
                assert_eq!(page.pages.len(), 3);
            }
            assert_eq!(seen.len(), 1_201, "{list:?}");
        }
        let second = lists.page(ctx, ListPage { list: List::ByCustomer, page: 1 });
        assert_eq!(second.path, "orders/by-customer-2.html");
        // 401 orders of the first group stand on page one with 99 of the second, which goes on here.
        assert!(second.groups[0].note.ends_with("接上页"), "{}", second.groups[0].note);
        let party = ctx.book().party(PartyKind::Customer, "hanse").unwrap();
        let page = party::page(ctx, groups, party);
        assert_eq!(page.open.len(), 400);
        assert_eq!(
            (page.more.text.as_str(), page.more.href.as_str()),
            ("另有 400 单，在订单清单里", "orders.html")
        );
    });
}

#[test]
fn lists_by_customer_sum_each_currency_alone() {
    let files = [
        ("orders/A/order.toml", unpaid("USD", "1000", "2026-12-13")),
        ("orders/B/order.toml", unpaid("EUR", "300", "2026-12-13")),
        ("orders/C/order.toml", unpaid("USD", "20", "2026-12-13")),
    ];
    let files: Vec<(&str, &str)> = files.iter().map(|(p, t)| (*p, t.as_str())).collect();
    look(&book(&files), &no_history(), &[], |ctx, groups| {
        let page = Lists::of(groups).page(ctx, ListPage { list: List::ByCustomer, page: 0 });
        assert_eq!(page.groups.len(), 1);
        assert_eq!(page.groups[0].note, "3 单 · EUR 300.00 · USD 1,020.00");
    });
}

#[test]
fn a_supplier_sees_what_is_bought_from_it_and_no_amounts() {
    let bought = fine().replace("price = 5\n", "price = 5\nbuy = { from = \"haoyu\", price = 3.77 }\n");
    let ordered = fine() + "[[purchases]]\nnumber = \"P1\"\nto = \"haoyu\"\n";
    let book = book(&[
        ("orders/A/order.toml", &bought),
        ("orders/B/order.toml", &ordered),
        ("orders/C/order.toml", &fine()),
        (
            "suppliers/haoyu.toml",
            "name = \"Haoyu\"\nname_zh = \"浩宇\"\nbank = { iban = \"DE97200400600123456789\" }\nnote = \"<b>交期</b> **准**\"\n",
        ),
        ("customers/hanse.toml", "name = \"Hanse\"\nportal = \"secret-folder\"\n"),
    ]);
    look(&book, &no_history(), &[], |ctx, groups| {
        let page = party::page(ctx, groups, ctx.book().party(PartyKind::Supplier, "haoyu").unwrap());
        let ids: Vec<&str> = page.open.iter().map(|r| r.id.as_str()).collect();
        assert_eq!(ids, ["A", "B"]);
        assert!(page.open.iter().all(|r| r.amount.is_empty() && r.amount_sort.is_empty()));
        assert!(
            page.notes_html.as_str().contains("<strong>准</strong>")
                && !page.notes_html.as_str().contains("<b>")
        );
        let text = format!("{page:?}");
        assert!(!text.contains("DE97") && !text.contains("3.77") && !text.contains("500"), "{text}");
        let customer = party::page(ctx, groups, ctx.book().party(PartyKind::Customer, "hanse").unwrap());
        assert_eq!(customer.open.len(), 3);
        assert_eq!(customer.open[0].amount, "USD 500.00");
        assert!(!format!("{customer:?}").contains("secret-folder"));
    });
}

#[test]
fn the_archive_names_what_a_file_lacks_and_how_long_it_is_kept() {
    let closed = unpaid("USD", "1000", "2026-07-01")
        .replace(
            "presented = 2026-06-05",
            "presented = 2026-06-05\nclosed = 2026-08-30\narchived = 2026-09-12",
        )
        .replace("currency =", "not_needed = { packing = \"样品一箱\" }\ncurrency =")
        + "[[received]]\ndate = 2026-07-01\namount = 1000\nfile = \"files/a.pdf\"\n";
    let docs = "[[invoice]]\nnumber = \"I1\"\ndate = 2026-06-01\ntotal = 1000\nfile = \"files/i.pdf\"\n\
                [[customs]]\nnumber = \"C1\"\ndate = 2026-06-01\n";
    let cancelled = format!("cancelled = 2026-09-03\ncancel_reason = \"客户改款\"\n{}", fine());
    let book = book(&[
        ("orders/A/order.toml", &closed),
        ("orders/A/docs.toml", docs),
        ("orders/B/order.toml", &cancelled),
        ("orders/C/order.toml", &fine()),
    ]);
    look(&book, &no_history(), &[], |ctx, groups| {
        assert_eq!(archive::pages(groups), [MonthPage { month: (2026, 9), page: 0 }]);
        let inside = archive::month(ctx, groups, MonthPage { month: (2026, 9), page: 0 });
        let leads = inside.entries.iter().flat_map(|e| &e.facts).any(|f| f.href.starts_with("archive/"));
        assert!(!leads && inside.verify.is_empty(), "the records themselves are finance's");
        let ctx = &Ctx { audience: Audience::of(Reader::Finance, &ctx.book().config), ..*ctx };
        let page = archive::month(ctx, groups, MonthPage { month: (2026, 9), page: 0 });
        assert_eq!(
            (page.path().as_str(), page.summary.as_str()),
            ("archive/2026/09.html", "2 单，完整 0，缺件 1，取消 1")
        );
        let [a, b] = page.entries.as_slice() else { panic!("{:?}", page.entries) };
        assert_eq!((a.mark, b.mark), (Mark::Late, Mark::Na));
        let mark = |label: &str| a.items.iter().find(|i| i.label == label).map(|i| i.mark);
        assert_eq!(mark("发票"), Some(Mark::Done));
        assert_eq!(mark("报关单，没有文件"), Some(Mark::Hollow));
        assert_eq!(mark("装箱单 不需要：样品一箱"), Some(Mark::Na));
        assert_eq!(mark("缺合同"), Some(Mark::Late));
        assert_eq!(mark("产地证 不要求"), Some(Mark::Na));
        assert_eq!(mark("水单 1/1"), Some(Mark::Done));
        assert!(a.facts.iter().any(|f| f.label == "保存到" && f.value == "2036-09-12"));
        assert!(b.facts.iter().any(|f| f.value == "客户改款"));
        assert!(page.verify[0].value.starts_with("sha256sum -c 2026-09.sha256 && for d in 2026/*/"));
        assert!(a.facts.iter().any(|f| f.href == "archive/2026/A/index.html"));
        let index = archive::index(ctx, groups);
        assert_eq!(index.years[0].months[0].href, "archive/2026/09.html");
        assert_eq!((index.years[0].months[0].incomplete, index.years[0].months[0].cancelled), (1, 1));
        let closed = Lists::of(groups).page(ctx, ListPage { list: List::Closed(2026), page: 0 });
        assert_eq!(closed.rows[0].id, "A");
    });
}

#[test]
fn search_knows_both_languages_and_the_numbers_of_papers() {
    let order = fine().replace("name = \"Lamp\"", "name = \"Lamp\"\nname_zh = \"台灯\"");
    let book = book(&[
        ("orders/A/order.toml", &order),
        ("orders/A/docs.toml", "[[bl]]\nnumber = \"EGLV1\"\ncontainers = [{ number = \"CSQU3054383\" }]\n"),
        ("customers/hanse.toml", "name = \"Hanse Licht\"\nname_zh = \"汉萨\"\n"),
    ]);
    look(&book, &no_history(), &[], |ctx, _| {
        let entries = search::entries(ctx.facts);
        assert_eq!(entries[0].id, "A");
        // The label leads, since the list of hits shows it; every word says what it is.
        assert_eq!(entries[0].words[0], (Word::Label, "Hanse Licht · 台灯".to_owned()));
        for (kind, word) in [
            (Word::Customer, "汉萨"),
            (Word::Goods, "Lamp"),
            (Word::Goods, "台灯"),
            (Word::Bl, "EGLV1"),
            (Word::Container, "CSQU3054383"),
        ] {
            assert!(entries[0].words.contains(&(kind, word.to_owned())), "{word}");
        }
    });
}

/// The page of shipments as of [`TODAY`], from orders with an ID, `order.toml` and `docs.toml`.
fn shipments_of(orders: &[(&str, String, String)]) -> ShipmentsPage {
    let files = order_files(orders);
    let files: Vec<(&str, &str)> = files.iter().map(|(p, t)| (p.as_str(), t.as_str())).collect();
    look(&book(&files), &no_history(), &[], |ctx, _| Sailings::of(ctx.facts).page(ctx, 0))
}

fn order_files(orders: &[(&str, String, String)]) -> Vec<(String, String)> {
    let each = |(id, order, docs): &(&str, String, String)| {
        [(format!("orders/{id}/order.toml"), order.clone()), (format!("orders/{id}/docs.toml"), docs.clone())]
    };
    orders.iter().flat_map(each).collect()
}

/// An order with one shipment: its further keys, and the departure.
fn sailing(etd: &str, more: &str) -> String {
    let shipment =
        format!("[[shipments]]\nvessel = \"NORDIC\"\nvoyage = \"12N\"\netd = {etd}\n{more}\n[plan]");
    fine().replace("[plan]", &shipment).replace("currency", "mode = \"sea-fcl\"\ncurrency")
}

fn bill(on_board: &str) -> String {
    format!("[[bl]]\nnumber = \"BL1\"\non_board = {on_board}\noriginals = 3\nrelease = \"original\"\n")
}

#[test]
fn shipments_stand_by_their_next_cut_off_and_then_by_how_far_they_have_come() {
    let cut = |day: &str| format!("cutoffs = {{ si = {day}T12:00:00+08:00 }}");
    let rolled = "rolled = [{ from = 2026-11-20, to = 2026-12-02 }, { from = 2026-11-15, to = 2026-11-20 }]";
    let archived = sailing("2026-10-01", "")
        .replace("[plan]", "[actual]\nclosed = 2026-11-01\narchived = 2026-11-02\n[plan]");
    let page = shipments_of(&[
        ("A", sailing("2026-12-09", &cut("2026-12-04")), String::new()),
        ("B", sailing("2026-12-02", &format!("{rolled}\n{}", cut("2026-11-24"))), String::new()),
        ("C", sailing("2026-11-28", &cut("2026-11-22")), String::new()),
        ("D", sailing("2026-11-20", ""), String::new()),
        ("E", sailing("2026-11-07", "eta = 2026-12-12"), bill("2026-11-07")),
        ("F", sailing("2026-11-14", "eta = 2026-11-20"), bill("2026-11-14")),
        ("G", sailing("2026-10-10", "arrived = 2026-11-10\nfree_days = 10"), bill("2026-10-10")),
        ("H", sailing("2026-10-10", "arrived = 2026-11-10\nreleased = 2026-11-15"), bill("2026-10-10")),
        ("I", archived, bill("2026-10-01")),
        ("J", format!("cancelled = 2026-11-10\n{}", sailing("2026-12-09", "")), String::new()),
    ]);
    let ahead: Vec<&str> = page.ahead.iter().map(|r| r.head.order.text.as_str()).collect();
    assert_eq!(
        ahead,
        ["D", "C", "B", "A"],
        "a departure that has passed, then missed, next and later cut-offs"
    );
    assert_eq!(page.ahead[2].head.rolled, "甩柜 2 次，原 11-15");
    assert!(page.ahead[0].late && !page.ahead[1].late);
    let si: Vec<(Mark, bool, &str)> =
        page.ahead.iter().map(|r| (r.si.mark, r.si.next, r.si.note.as_str())).collect();
    assert_eq!(si[1], (Mark::Late, false, "过了 1 天，没登记"));
    assert_eq!(si[2], (Mark::Open, true, "剩 1 天"));
    let groups: Vec<(&str, Vec<&str>)> = page
        .groups
        .iter()
        .map(|g| (g.id.as_str(), g.rows.iter().map(|r| r.head.order.text.as_str()).collect()))
        .collect();
    assert_eq!(groups, [("under-way", vec!["F", "E"]), ("arrived", vec!["G"]), ("over", vec!["H"])]);
    let next = &page.figures[0];
    assert_eq!((next.value.as_str(), next.mark), ("11-24 12:00", Mark::Warn));
    assert_eq!((next.note.as_str(), next.href.as_str()), ("B NORDIC 12N · 剩 1 天", "o/B.html#shipment-1"));
    assert_eq!((page.figures[1].value.as_str(), page.figures[1].mark), ("1", Mark::Late));
    let way = &page.groups[0].rows;
    assert_eq!((way[0].arrival_mark, way[0].arrival_note.as_str()), (Mark::Warn, "过了 3 天，没登记到港"));
    let held = &way[1].originals[0];
    assert_eq!((held.text.text.as_str(), held.text.href.as_str()), ("正本 3/3 在手", "o/E.html#doc-bl-BL1"));
    assert_eq!(page.groups[1].rows[0].arrival_note, "免箱期到 11-20，过了 3 天");
    assert_eq!(page.zone, "截止时间为港口当地时间（UTC+8）");
    assert_eq!(page.archive.href, "archive/index.html");
}

#[test]
fn cut_offs_name_their_zone_where_ports_differ() {
    let at = |zone: &str| sailing("2026-12-09", &format!("cutoffs = {{ cy = 2026-12-04T12:00:00{zone} }}"));
    let page = shipments_of(&[("A", at("+08:00"), String::new()), ("B", at("-03:30"), String::new())]);
    let cells: Vec<&str> = page.ahead.iter().map(|r| r.cy.at.as_ref().unwrap().text.as_str()).collect();
    assert_eq!(cells, ["12-04 12:00 UTC+8", "12-04 12:00 UTC−3:30"]);
    assert_eq!(page.zone, "截止时间为各港口当地时间");
}

#[test]
fn a_shipment_says_where_its_originals_went_and_which_risk_a_rule_saw() {
    let docs = bill("2026-11-07")
        + "[[presentation]]\ndate = 2026-11-09\nset = \"copies\"\nto = \"buyer\"\n\
           [[presentation]]\ndate = 2026-11-12\nset = \"originals\"\nto = \"bank\"\nrefused = 2026-11-18\n\
           documents = [{ ref = \"BL1\", originals = 2 }]\n";
    let files = order_files(&[("A", sailing("2026-11-07", "eta = 2026-12-12"), docs)]);
    let files: Vec<(&str, &str)> = files.iter().map(|(p, t)| (p.as_str(), t.as_str())).collect();
    let book = book(&files);
    let mut risk = finding(Class::Risk, Severity::Warning);
    risk.at(book.orders[0].origin.place("shipments[0].eta"), bi!("到港", "arrival"));
    let page = look(&book, &no_history(), &[risk], |ctx, _| Sailings::of(ctx.facts).page(ctx, 0));
    let row = &page.groups[0].rows[0];
    let said: Vec<(Mark, &str)> = row.originals.iter().map(|r| (r.mark, r.text.text.as_str())).collect();
    assert_eq!(
        said,
        [
            (Mark::Open, "正本 1/3 在手"),
            (Mark::Late, "正本 2/3 交银行 11-12，11-18 拒付"),
            (Mark::Done, "副本 11-09 已发"),
        ]
    );
    assert_eq!(row.head.risks.len(), 1);
    assert!(row.head.risks[0].href.starts_with("o/A.html#"));
}

fn customs_of(orders: &[(&str, String, String)]) -> CustomsPage {
    let files = order_files(orders);
    let files: Vec<(&str, &str)> = files.iter().map(|(p, t)| (p.as_str(), t.as_str())).collect();
    look(&book(&files), &no_history(), &[], |ctx, _| Exports::of(ctx.facts).page(ctx, 0))
}

/// A declaration of an export of that day, with what came in for it.
fn exported(day: &str, currency: &str, received: &str) -> String {
    let docs = format!(
        "{}[[customs]]\nnumber = \"310420260560417713\"\ndate = {day}\nreleased = {day}\ncurrency = \"{currency}\"\ntotal = 500\n",
        bill(day)
    );
    match received {
        "" => docs,
        amount => format!("{docs}[[received]]\ndate = {day}\namount = {amount}\ncharges = 5\n"),
    }
}

#[test]
fn exports_stand_by_what_is_left_to_do_and_currencies_apart() {
    let euro = sailing("2026-11-07", "").replace("\"USD\"", "\"EUR\"");
    let exw = sailing("2026-11-07", "").replace("mode =", "incoterm = \"EXW Ningbo\"\nmode =");
    let none = sailing("2026-11-07", "").replace("mode =", "rebate = false\nmode =");
    let page = customs_of(&[
        ("A", sailing("2026-11-07", ""), exported("2026-11-07", "USD", "195")),
        ("B", euro, exported("2026-11-06", "EUR", "")),
        ("C", sailing("2025-03-01", ""), exported("2025-03-01", "USD", "")),
        ("D", sailing("2026-11-07", ""), bill("2026-11-07")),
        ("E", sailing("2026-11-07", ""), exported("2026-11-07", "USD", "495")),
        (
            "F",
            sailing("2026-12-07", ""),
            exported("2026-11-22", "USD", "").replace("on_board = 2026-11-22", "on_board = 2026-12-07"),
        ),
        ("G", none, exported("2026-11-07", "USD", "500")),
        ("H", exw, bill("2026-11-07")),
        ("I", sailing("2026-12-07", ""), String::new()),
    ]);
    let groups: Vec<(&str, Vec<&str>)> = page
        .groups
        .iter()
        .map(|g| (g.id.as_str(), g.rows.iter().map(|r| r.order.text.as_str()).collect()))
        .collect();
    assert_eq!(
        groups,
        [
            ("receipts", vec!["C", "B", "A"]),
            ("undeclared", vec!["D"]),
            ("filing", vec!["E"]),
            ("declared", vec!["F"]),
            ("done", vec!["G"]),
            ("others", vec!["H"]),
        ]
    );
    assert_eq!(page.groups[0].note, "3 票；报关 EUR 500.00 · USD 1,000.00；未收 EUR 500.00 · USD 800.00");
    let row = |group: usize, at: usize| -> &ExportRow { &page.groups[group].rows[at] };
    let late = row(0, 0);
    assert_eq!(
        (late.deadline.as_ref().unwrap().iso.as_str(), late.deadline_mark),
        ("2026-04-30", Mark::Late)
    );
    let part = row(0, 2);
    assert_eq!(part.number.text, "310420260560417713");
    assert_eq!(part.number.href, "o/A.html#doc-customs-310420260560417713");
    assert_eq!((part.received.text.as_str(), part.received.href.as_str()), ("USD 195.00", "o/A.html#money"));
    assert_eq!(part.received_notes, ["另手续费 5.00", "差 300.00"]);
    assert_eq!((part.deadline_note.as_str(), part.claimed_word.as_str()), ("剩 158 天", "未申报"));
    assert_eq!(part.set.text, "1/6");
    assert_eq!((row(1, 0).no_number.as_str(), row(1, 0).no_number_mark), ("没登记报关单", Mark::Warn));
    assert_eq!((row(2, 0).deadline_note.as_str(), &row(2, 0).deadline), ("已收齐", &None));
    assert_eq!((row(4, 0).deadline_mark, row(4, 0).set.text.as_str()), (Mark::Na, ""));
    assert_eq!((row(5, 0).no_number.as_str(), row(5, 0).no_number_mark), ("买方报关", Mark::Na));
    let figures: Vec<(&str, &str)> =
        page.figures.iter().map(|f| (f.value.as_str(), f.label.as_str())).collect();
    assert_eq!(figures[..2], [("3", "票收汇未齐"), ("1", "票过了收汇期限")]);
    assert!(page.source.contains("国家税务总局公告 2026 年第 5 号") && page.source.contains("以公告为准"));
    assert!(page.periods.iter().any(|f| f.value == "报关出口次年 4 月 30 日前（第 48 条）"));
}

#[test]
fn long_lists_of_shipments_and_exports_are_cut_into_pages() {
    let mut one = many(1, &sailing("2026-11-07", ""));
    let docs = book(&[
        ("orders/A/order.toml", &sailing("2026-11-07", "")),
        ("orders/A/docs.toml", &exported("2026-11-07", "USD", "")),
    ]);
    one.orders = (0..1_201)
        .map(|n| {
            let mut order = docs.orders[0].clone();
            order.id = Arc::from(format!("N{n:05}"));
            order
        })
        .collect();
    look(&one, &no_history(), &[], |ctx, _| {
        let (sailings, exports) = (Sailings::of(ctx.facts), Exports::of(ctx.facts));
        assert_eq!((sailings.pages().len(), exports.pages().len()), (3, 3));
        let mut seen = BTreeSet::new();
        for page in exports.pages() {
            let view = exports.page(ctx, page);
            let rows: Vec<String> =
                view.groups.iter().flat_map(|g| &g.rows).map(|r| r.order.text.clone()).collect();
            assert!(rows.len() <= 500 && rows.into_iter().all(|id| seen.insert(id)));
            let shipped = sailings.page(ctx, page);
            assert_eq!(shipped.groups[0].note, "1201 批", "the count is that of the whole group");
        }
        assert_eq!(seen.len(), 1_201);
        assert_eq!(exports.page(ctx, 1).path(), "customs-2.html");
        assert_eq!(sailings.page(ctx, 2).path(), "shipments-3.html");
    });
}

#[test]
fn nothing_shipped_is_said_on_both_pages() {
    let book = book(&[("orders/A/order.toml", &fine())]);
    look(&book, &no_history(), &[], |ctx, groups| {
        let renderer = Renderer::new(&BTreeMap::new()).unwrap();
        let mut said = 0;
        render(ctx, groups, &renderer, &mut |page| {
            let html = String::from_utf8(page.bytes).unwrap();
            said += usize::from(page.path == "shipments.html" && html.contains("没有登记出运。"));
            said += usize::from(page.path == "customs.html" && html.contains("没有出口。"));
        });
        assert_eq!(said, 2);
    });
}

/// What people wrote into shipments, papers and presentations is text on these pages too.
#[test]
fn hostile_shipments_and_declarations_stay_texts() {
    let bad = "\\\"><script>alert(1)</script>";
    let ahead = sailing(
        "2026-12-09",
        &format!("booking = \"{bad}\"\ncontainers = [{{ number = \"{bad}\", type = \"{bad}\" }}]"),
    )
    .replace("NORDIC", bad)
    .replace("mode =", &format!("from = \"{bad}\"\nto = \"{bad}\"\nmode ="));
    let sailed = sailing("2026-11-07", "")
        .replace("NORDIC", bad)
        .replace("mode =", &format!("skip = {{ declare = \"{bad}\" }}\nmode ="));
    let docs = format!(
        "[[bl]]\nnumber = \"{bad}\"\non_board = 2026-11-07\noriginals = 3\n\
         [[bl]]\nnumber = \"javascript:alert(2)\"\non_board = 2026-11-07\noriginals = 3\n\
         [[presentation]]\ndate = 2026-11-12\nset = \"originals\"\nto = \"{bad}\"\n"
    );
    let declared = docs.clone()
        + &format!("[[customs]]\nnumber = \"{bad}\"\ndate = 2026-11-05\ncurrency = \"{bad}\"\ntotal = 500\n");
    let files =
        order_files(&[("A", ahead, String::new()), ("B", sailed.clone(), docs), ("C", sailed, declared)]);
    let files: Vec<(&str, &str)> = files.iter().map(|(p, t)| (p.as_str(), t.as_str())).collect();
    look(&book(&files), &no_history(), &[], |ctx, groups| {
        let renderer = Renderer::new(&BTreeMap::new()).unwrap();
        let mut pages = 0;
        render(ctx, groups, &renderer, &mut |page| {
            if !["shipments.html", "customs.html"].contains(&page.path.as_str()) {
                return;
            }
            let html = String::from_utf8(page.bytes).unwrap();
            assert!(
                !html.contains("<script>alert") && html.contains("&lt;script&gt;alert(1)"),
                "{}",
                page.path
            );
            assert!(!html.contains("href=\"javascript:"), "{}", page.path);
            pages += 1;
        });
        assert_eq!(pages, 2);
    });
}

/// Names from files reach pages as text, and hrefs hold nothing but safe parts.
#[test]
fn hostile_texts_stay_texts() {
    let hostile =
        fine().replace("customer = \"hanse\"", "customer = \"<script>alert(1)</script>\"\npo = \"\\\"><s>\"");
    let book = book(&[("orders/A/order.toml", &hostile)]);
    look(&book, &no_history(), &[], |ctx, groups| {
        let renderer = Renderer::new(&BTreeMap::new()).unwrap();
        let mut pages = 0;
        render(ctx, groups, &renderer, &mut |page| {
            let html = String::from_utf8(page.bytes).unwrap();
            assert!(!html.contains("<script>alert") && !html.contains("\"><s>"), "{}", page.path);
            pages += 1;
        });
        assert!(pages >= 5);
    });
}

/// Everything rendered for one language, in both forms that tests want.
fn render(ctx: &Ctx<'_>, groups: &Groups<'_>, renderer: &Renderer, out: &mut dyn FnMut(Rendered)) {
    let shell = Shell {
        lang: ctx.lang,
        languages: Lang::ALL.to_vec(),
        company: "宁波跟单贸易有限公司".into(),
        sections: BTreeSet::from(Section::ALL),
        csp_meta: false,
        warning: String::new(),
    };
    fn page<V: View>(renderer: &Renderer, shell: &Shell, view: &V) -> Rendered {
        let facts = PageFacts { as_of: "2026-11-23".into(), ..PageFacts::default() };
        renderer.page(shell, &facts, view).unwrap_or_else(|e| panic!("{e}"))
    }
    out(page(renderer, &shell, &dashboard::page(ctx, groups, &Changes::of(ctx.facts, ctx.audience))));
    out(page(renderer, &shell, &board::page(ctx, groups)));
    let lists = Lists::of(groups);
    for wanted in lists.pages() {
        out(page(renderer, &shell, &lists.page(ctx, wanted)));
    }
    for of in ctx.book().parties.values() {
        out(page(renderer, &shell, &party::page(ctx, groups, of)));
    }
    let (sailings, exports) = (Sailings::of(ctx.facts), Exports::of(ctx.facts));
    for wanted in sailings.pages() {
        out(page(renderer, &shell, &sailings.page(ctx, wanted)));
    }
    for wanted in exports.pages() {
        out(page(renderer, &shell, &exports.page(ctx, wanted)));
    }
    out(page(renderer, &shell, &archive::index(ctx, groups)));
    for wanted in archive::pages(groups) {
        out(page(renderer, &shell, &archive::month(ctx, groups, wanted)));
    }
}

/// Writes these pages of the example company, to be looked at, into a fixed folder below `target`.
#[test]
#[ignore = "writes target/site-lists, for looking at it in a browser"]
fn write_lists() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let loaded = load(&root.join("data")).unwrap();
    let history = history::read(&root.join("data"));
    let facts = derive(&loaded.book, &history, "2026-11-23".parse().unwrap());
    let checked = check(&facts, loaded.findings);
    let findings = Findings::of(&checked.findings);
    let groups = Groups::of(&facts, &findings);
    let renderer = Renderer::new(&BTreeMap::new()).unwrap();
    let writer = Writer::begin(&root.join("target/site-lists")).unwrap();
    for lang in Lang::ALL {
        let ctx = Ctx::of(&facts, &findings, Reader::Internal, lang);
        render(&ctx, &groups, &renderer, &mut |page| writer.put(&page.path, &page.bytes).unwrap());
    }
    for (name, bytes) in crate::site::search::files(&search::entries(&facts)) {
        writer.put(&name, &bytes).unwrap();
    }
    for (name, bytes) in assets::FILES {
        writer.put(name, bytes).unwrap();
    }
    for (name, bytes) in assets::build_files(&BuildFacts::default()) {
        writer.put(name, &bytes).unwrap();
    }
    assert!(writer.commit().unwrap().files > 50);
}
