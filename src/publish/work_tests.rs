//! Production and after-sales pages, and the lists by merchandiser, from small books.

use std::collections::BTreeSet;

use super::aftersales::AfterSales;
use super::audience::Reader;
use super::ctx::{Ctx, Findings};
use super::dates::Dates;
use super::groups::Groups;
use super::orders::{List, ListPage, Lists};
use super::production::{self, Works};
use crate::book::Book;
use crate::derive::derive;
use crate::history::{History, State};
use crate::load::load;
use crate::site::view::{AfterSalesPage, Mark, ProductionPage};
use crate::text::Lang;

fn book(files: &[(&str, &str)]) -> Book {
    let dir = tempfile::tempdir().unwrap();
    for (path, text) in files {
        let path = dir.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    load(dir.path()).unwrap().book
}

/// Looks at a book as of 2026-11-20.
fn look<T>(book: &Book, see: impl FnOnce(&Ctx<'_>, &Groups<'_>) -> T) -> T {
    look_as(Reader::Internal, book, see)
}

fn look_as<T>(reader: Reader, book: &Book, see: impl FnOnce(&Ctx<'_>, &Groups<'_>) -> T) -> T {
    let history = History::empty(State::NoRepository);
    let facts = derive(book, &history, "2026-11-20".parse().unwrap());
    let findings = Findings::of(&[]);
    let groups = Groups::of(&facts, &findings);
    see(&Ctx::of(&facts, &findings, reader, Lang::Zh), &groups)
}

fn works(files: &[(&str, &str)], list: production::List) -> ProductionPage {
    look(&book(files), |ctx, _| Works::of(ctx.facts).page(ctx, (list, 0)))
}

/// An order in production whose goods are ready in time.
const FINE: &str = "customer = \"hanse\"\nsigned = 2026-10-05\nship_by = 2027-01-31\nmerchandiser = \"lin\"\n\
    [[items]]\nsku = \"A\"\nname = \"Lamp\"\nqty = 1000\nprice = 5\nbuy = { from = \"haoyu\", price = 3 }\n\
    [[purchases]]\nto = \"haoyu\"\nissued = 2026-10-07\ndue = 2027-01-05\n\
    [[progress]]\ndate = 2026-11-18\ndone = 500\n[plan]\nstarted = 2026-11-01\nproduced = 2027-01-10\n";

#[test]
fn the_worst_stands_first_and_says_why() {
    let late = FINE.replace("2027-01-31", "2026-12-10").replace("2027-01-10", "2026-12-04");
    let behind = FINE.replace("2027-01-10", "2026-11-25").replace("done = 500", "done = 100");
    let waiting = "signed = 2026-11-19\nship_by = 2027-03-31\n[[items]]\nsku = \"A\"\nqty = 10\nprice = 5\n";
    let shipped = FINE.to_owned() + "[actual]\nshipped = 2026-11-01\n";
    let page = works(
        &[
            ("orders/FINE/order.toml", FINE),
            ("orders/LATE/order.toml", &late),
            ("orders/RISK/order.toml", &behind),
            ("orders/WAIT/order.toml", waiting),
            ("orders/GONE/order.toml", &shipped),
        ],
        production::List::Orders,
    );
    let groups: Vec<(&str, Vec<&str>)> = page
        .groups
        .iter()
        .map(|g| (g.anchor.as_str(), g.rows.iter().map(|r| r.order.text.as_str()).collect()))
        .collect();
    let wanted = [
        ("late", vec!["LATE"]),
        ("risk", vec!["RISK"]),
        ("in-time", vec!["FINE"]),
        ("waiting", vec!["WAIT"]),
    ];
    assert_eq!(groups, wanted);
    let row = &page.groups[0].rows[0];
    // Ready 12-04, nine days to the ship: three too few for 12-10.
    assert_eq!((row.slack.as_str(), row.mark), ("-3 天", Mark::Late));
    assert_eq!(
        (row.need.as_ref().unwrap().text.as_str(), row.need_note.as_str()),
        ("12-01", "采购单要求 2027-01-05")
    );
    assert_eq!((row.done.as_str(), row.wanted.as_str(), row.percent), ("500", "1,000 PCS", 50));
    let said =
        |g: usize| page.groups[g].rows[0].said.iter().map(|s| s.text.text.as_str()).collect::<Vec<_>>();
    assert_eq!(said(1), ["比匀速少 18 个百分点"]);
    assert_eq!(said(3), ["还没下达"]);
    let numbers: Vec<&str> = page.figures.iter().take(3).map(|f| f.value.as_str()).collect();
    assert_eq!(numbers, ["1", "1", "1"]);
}

#[test]
fn an_order_stands_under_each_of_its_factories_with_what_that_one_makes() {
    let two = FINE.replace(
        "[[purchases]]",
        "[[items]]\nsku = \"B\"\nname = \"Shade\"\nqty = 40\nprice = 5\nbuy = { from = \"mingda\", price = 3 }\n[[purchases]]",
    );
    let page = works(&[("orders/A/order.toml", &two)], production::List::Factories);
    let seen: Vec<(&str, &str)> =
        page.groups.iter().map(|g| (g.title.text.as_str(), g.rows[0].wanted.as_str())).collect();
    assert_eq!(seen, [("haoyu", "1,000 PCS"), ("mingda", "40 PCS")]);
}

#[test]
fn goods_from_stock_wait_for_their_inspection_only() {
    let stock = "signed = 2026-11-10\nship_by = 2026-12-20\nskip = { produce = \"现货\" }\n\
                 [[items]]\nsku = \"A\"\nqty = 10\nprice = 5\n";
    let page = works(&[("orders/A/order.toml", stock)], production::List::Orders);
    let row = &page.groups[0].rows[0];
    assert_eq!((row.finish_note.as_str(), row.percent, row.finish.is_none()), ("现货", 100, true));
    let said: Vec<&str> = row.said.iter().map(|s| s.text.text.as_str()).collect();
    assert_eq!(said, ["现货", "待终检"]);
}

#[test]
fn inspections_and_actions_are_told_by_day() {
    let agreed = FINE.to_owned()
        + "[[inspections]]\ndate = 2026-11-19\nstage = \"inline\"\nby = \"SGS\"\n\
           [[inspections]]\ndate = 2026-11-10\nstage = \"inline\"\nresult = \"fail\"\nlot = 1000\nsample = 80\n\
           aql = { major = 2.5 }\nfound = { major = 9 }\n\
           corrective = { cause = \"x\", action = \"y\", due = 2026-11-17 }\n\
           [[issues]]\nopened = 2026-11-01\nkind = \"material\"\nwhat = \"z\"\n\
           [[issues]]\nopened = 2026-11-01\nkind = \"payment\"\nwhat = \"not ours\"\n";
    let due = FINE.replace("2027-01-31", "2026-12-05").replace("2027-01-10", "2026-11-19")
        + "[actual]\nproduced = 2026-11-19\n";
    let files = [("orders/A/order.toml", agreed.as_str()), ("orders/B/order.toml", due.as_str())];
    let page = works(&files, production::List::Inspections);
    let next: Vec<(&str, &str, Mark)> =
        page.next.iter().map(|n| (n.order.text.as_str(), n.left.as_str(), n.mark)).collect();
    // Agreed for yesterday without a result; B is to be inspected seven days before its ship.
    assert_eq!(next, [("A", "没登记结果", Mark::Late), ("B", "剩 8 天", Mark::Todo)]);
    assert!(page.next_note.contains("另有 1 单"), "{}", page.next_note);
    let actions: Vec<(&str, &str)> =
        page.actions.iter().map(|a| (a.kind.as_str(), a.left.as_str())).collect();
    assert_eq!(actions, [("整改", "过了 3 天"), ("异常：物料", "没定期限")]);
    assert_eq!(page.held.len(), 1);
    assert_eq!(page.held[0].inspection.major, "9 / 5");
}

#[test]
fn ten_thousand_orders_are_cut_into_pages() {
    let mut many = book(&[("orders/A0000/order.toml", FINE)]);
    let one = many.orders[0].clone();
    many.orders = (0..10_000)
        .map(|n| {
            let mut order = one.clone();
            order.id = std::sync::Arc::from(format!("A{n:05}"));
            order.file.merchandiser = Some(format!("m{}", n % 7));
            order
        })
        .collect();
    look(&many, |ctx, groups| {
        let works = Works::of(ctx.facts);
        for list in [production::List::Orders, production::List::Factories] {
            let pages: Vec<_> = works.pages().into_iter().filter(|(l, _)| *l == list).collect();
            assert_eq!(pages.len(), 20);
            let mut seen = BTreeSet::new();
            for wanted in pages {
                let page = works.page(ctx, wanted);
                assert_eq!(page.pages.len(), 20);
                let rows: Vec<&str> =
                    page.groups.iter().flat_map(|g| &g.rows).map(|r| r.order.text.as_str()).collect();
                assert_eq!(rows.len(), 500);
                assert!(rows.iter().all(|id| seen.insert((*id).to_owned())));
            }
        }
        let lists = Lists::of(groups);
        let first = lists.page(ctx, ListPage { list: List::ByMerchandiser, page: 0 });
        // The index leads to the page on which each of the seven begins, without a script.
        let index: Vec<(&str, &str)> =
            first.index.iter().map(|g| (g.link.text.as_str(), g.link.href.as_str())).collect();
        assert_eq!(index.len(), 7);
        assert_eq!(index[0], ("m0", "orders/by-merchandiser.html#g1"));
        // 10,000 ÷ 7: the fourth begins after 4,287 orders, on page nine.
        assert_eq!(index[3], ("m3", "orders/by-merchandiser-9.html#g4"));
        assert_eq!(first.pages[8].text, "m2 · 3");
        let ninth = lists.page(ctx, ListPage { list: List::ByMerchandiser, page: 8 });
        let anchors: Vec<(&str, &str)> =
            ninth.groups.iter().map(|g| (g.anchor.as_str(), g.title.text.as_str())).collect();
        assert_eq!(anchors, [("g3", "m2"), ("g4", "m3")]);
        assert!(ninth.index.is_empty());
    });
}

const SOLD: &str = "customer = \"hanse\"\nsigned = 2026-01-05\ncurrency = \"EUR\"\n\
    [[items]]\nsku = \"A\"\nname = \"Lamp\"\nqty = 10\nprice = 100\nbuy = { from = \"haoyu\", price = 3 }\n\
    [actual]\nshipped = 2026-06-01\n";

fn after(files: &[(&str, &str)]) -> AfterSalesPage {
    after_for(Reader::Internal, files)
}

fn after_for(reader: Reader, files: &[(&str, &str)]) -> AfterSalesPage {
    look_as(reader, &book(files), |ctx, groups| {
        let dates = Dates::of(ctx.facts, ctx.audience);
        AfterSales::of(ctx.facts, &dates).page(ctx, groups, 0)
    })
}

#[test]
fn what_is_disputed_is_aged_by_currency_and_never_added() {
    let claim = |opened: &str, claimed: &str, rest: &str| {
        format!("[[complaints]]\nopened = {opened}\nkind = \"quality\"\nclaimed = {claimed}\n{rest}")
    };
    let euro = SOLD.to_owned()
        + &claim(
            "2026-09-30",
            "960",
            "accepted = 640\nrecovered = { from = \"mingda\", amount = 400 }\ndue = 2026-11-30\n",
        )
        + &claim("2026-11-10", "50", "");
    let dollars = SOLD.replace("EUR", "USD")
        + &claim("2026-11-01", "100", "")
        + &claim("2026-03-01", "70", "closed = 2026-03-22\naccepted = 70\n");
    let files = [("orders/E/order.toml", euro.as_str()), ("orders/U/order.toml", dollars.as_str())];
    assert_eq!(after(&files).open[0].factories[0].text, "haoyu", "what who bears is finance's");
    let page = after_for(Reader::Finance, &files);
    let rows: Vec<(&str, &str, &str, Mark)> = page
        .open
        .iter()
        .map(|c| (c.order.text.as_str(), c.disputed.as_str(), c.age.as_str(), c.mark))
        .collect();
    assert_eq!(
        rows,
        [
            ("E", "EUR 320.00", "开了 51 天", Mark::Late),
            ("U", "USD 100.00", "开了 19 天", Mark::Open),
            ("E", "EUR 50.00", "开了 10 天", Mark::Open)
        ]
    );
    assert_eq!(page.open[0].factories[0].text, "mingda", "whoever pays is whose fault it was");
    let sums: Vec<(&str, &str, Vec<&str>)> = page
        .disputed
        .iter()
        .map(|d| (d.currency.as_str(), d.disputed.as_str(), d.ages.iter().map(String::as_str).collect()))
        .collect();
    assert_eq!(
        sums,
        [("EUR", "370.00", vec!["50.00", "320.00", "", ""]), ("USD", "100.00", vec!["100.00", "", "", ""])]
    );
    assert_eq!((page.closed.len(), page.closed[0].age.as_str()), (1, "21 天结案"));
    assert_eq!((page.causes[0].n.as_str(), page.causes_note.as_str()), ("4", "n = 4"));
    assert_eq!(page.causes[0].claimed, "EUR 1,010.00 · USD 170.00");
}

#[test]
fn what_suppliers_bear_is_left_out_where_purchases_are_hidden() {
    let claim = SOLD.to_owned()
        + "[[complaints]]\nopened = 2026-09-30\nclaimed = 960\nrecovered = { from = \"mingda\", amount = 437.21 }\n";
    let shown = after_for(Reader::Finance, &[("orders/E/order.toml", &claim)]);
    assert_eq!((shown.recovery, shown.open[0].recovered.as_str()), (true, "EUR 437.21"));
    for (reader, what) in
        [(Reader::Internal, "received.bank"), (Reader::Finance, "buy"), (Reader::Finance, "paid")]
    {
        let setup = format!("[audience.finance]\nhide = [\"{what}\"]\n");
        let page = after_for(reader, &[("orders/E/order.toml", &claim), ("gendan.toml", &setup)]);
        let text = serde_json::to_string(&page).unwrap();
        assert!(!page.recovery && !text.contains("437.21") && !text.contains("mingda"), "{what}: {text}");
    }
}

#[test]
fn who_has_not_answered_is_listed_and_who_complained_is_not_asked_again() {
    let arrived = "[[shipments]]\netd = 2026-06-01\narrived = 2026-10-10\n";
    let not_asked = SOLD.to_owned() + arrived;
    let later =
        SOLD.to_owned() + &arrived.replace("2026-10-10", "2026-11-19").replace("2026-06-01", "2026-11-01");
    let silent = SOLD.to_owned() + arrived + "[feedback]\nasked = 2026-10-20\n";
    let complained = silent.clone() + "score = 2\n[[complaints]]\nopened = 2026-10-25\nclaimed = 1\n";
    let page = after(&[
        ("orders/ASK/order.toml", &not_asked),
        ("orders/LATER/order.toml", &later.replace("shipped = 2026-06-01", "shipped = 2026-11-01")),
        ("orders/SILENT/order.toml", &silent),
        ("orders/OPEN/order.toml", &complained),
    ]);
    let rows: Vec<(&str, &str, &str)> =
        page.feedback.iter().map(|f| (f.order.text.as_str(), f.state.as_str(), f.left.as_str())).collect();
    assert_eq!(
        rows,
        [("SILENT", "问了没回", "31 天"), ("ASK", "没问", "过了 11 天"), ("LATER", "没问", "剩 29 天")]
    );
}
