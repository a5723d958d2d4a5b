//! The dates that bite: the scenario orders on their day and on earlier ones, and records that say little or nonsense.

#![expect(clippy::unwrap_used, reason = "helpers of tests fail the test")]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;

use chrono::NaiveDate;
use gendan::derive::deadlines::{self, Deadline};
use gendan::derive::derive;
use gendan::history;
use gendan::load;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn look(root: &Path, as_of: &str) -> Vec<Deadline> {
    let loaded = load::load(root).unwrap();
    let history = history::read(Path::new("/nowhere"));
    deadlines::of(&derive(&loaded.book, &history, day(as_of)))
}

/// `2026-11-24 18:00 ! cutoff-cy-1 截港 CY (lin.yan) @shipments[0].cutoffs.cy`.
fn line(d: &Deadline) -> String {
    let mark = |on: bool, mark: &str| if on { mark.to_owned() } else { String::new() };
    let id = d.id();
    let parts = [
        d.day.to_string(),
        d.until.filter(|day| *day != d.day).map(|day| format!("..{day}")).unwrap_or_default(),
        d.time.map(|at| at.format("%H:%M").to_string()).unwrap_or_default(),
        mark(d.hard, "!"),
        mark(d.estimated, "~"),
        mark(d.provisional.is_some(), "?"),
        d.done.map(|done| done.on.map_or("done".to_owned(), |day| format!("done {day}"))).unwrap_or_default(),
        mark(d.safe != d.day, &format!("safe {}", d.safe)),
        d.order.as_deref().map_or(id.clone(), |order| id[order.len() + 1..].to_owned()),
        d.what.zh.clone(),
        d.owner.clone().map(|owner| format!("({owner})")).unwrap_or_default(),
        format!("@{}", d.path),
    ];
    parts.into_iter().filter(|p| !p.is_empty()).collect::<Vec<_>>().join(" ")
}

fn example(as_of: &str) -> Vec<Deadline> {
    look(&Path::new(env!("CARGO_MANIFEST_DIR")).join("data"), as_of)
}

#[track_caller]
fn expect(all: &[Deadline], order: Option<&str>, wanted: &[&str]) {
    let own: Vec<String> = all.iter().filter(|d| d.order.as_deref() == order).map(line).collect();
    assert_eq!(own, wanted, "{order:?}");
}

#[test]
fn cut_offs_loading_and_money_before_shipment() {
    let all = example("2026-11-20");
    expect(
        &all,
        Some("GD-2026-0109"),
        &[
            "2026-11-16 ~ done 2026-11-16 chase-2-T-7 催款 T-7：到期前提醒，附银行信息，未收 USD 27,650.00 (lin.yan) @payment",
            "2026-11-20 17:00 ! done 2026-11-19 cutoff-si-1 截单 SI (zhou.min) @shipments[0].cutoffs.si",
            "2026-11-23 ~ loading-1 装柜 (lin.yan) @shipments[0].loading",
            "2026-11-23 ~ due-2 应收 USD 27,650.00（装运前付款） (sun.li) @payment",
            "2026-11-24 12:00 ! cutoff-vgm-1 截 VGM (zhou.min) @shipments[0].cutoffs.vgm",
            "2026-11-24 18:00 ! cutoff-cy-1 截港 CY (lin.yan) @shipments[0].cutoffs.cy",
            "2026-11-25 ! ~ isf-1 美国 ISF 申报 (zhou.min) @shipments[0].etd",
            "2026-11-26 ! ~ departure-1 开船 PACIFIC SPECIMEN 212E (lin.yan) @shipments[0].etd",
            "2026-11-30 latest-shipment 合同最迟装运 (lin.yan) @ship_by",
            "2026-12-05 safe 2026-12-04 bill-1 付货款 (sun.li) @bills[0].due",
        ],
    );
    // A month before: the corrective action runs, the goods are not inspected.
    let all = example("2026-10-26");
    let own: Vec<String> =
        all.iter().filter(|d| d.order.as_deref() == Some("GD-2026-0109")).map(line).collect();
    for wanted in [
        "2026-10-28 corrective-1 整改完成 (chen.hao) @inspections[0].corrective.due",
        "2026-11-20 17:00 ! cutoff-si-1 截单 SI (zhou.min) @shipments[0].cutoffs.si",
        "2026-11-23 ~ inspected 最晚终检 (lin.yan) @ship_by",
    ] {
        assert!(own.iter().any(|line| line == wanted), "{wanted}\n{own:#?}");
    }
}

#[test]
fn a_collection_that_the_buyer_does_not_take_up() {
    expect(
        &example("2026-11-20"),
        Some("GD-2026-0105"),
        &[
            "2026-10-14 ? due-1 应收 USD 24,960.00（付款交单 D/P） (sun.li) @collection[0].at_bank",
            "2026-11-07 ! safe 2026-11-06 free-time-1 目的港免箱期到期 (he.jun) @shipments[0].free_days",
            "2026-11-13 done 2026-11-13 chase-1-T+30 催款 T+30：正式催款函，停止赊销，请银行查询，未收 USD 24,960.00 (he.jun) @collection[0].at_bank",
            "2026-11-27 feedback 回访客户 (he.jun) @shipments[0].arrived",
            "2026-11-28 safe 2026-11-27 chase-1-T+45 催款 T+45：最后通知，查信保保单期限，未收 USD 24,960.00 (he.jun) @collection[0].at_bank",
            "2027-04-30 ! tax-receipt-420220260100050556 出口收汇（退税） (sun.li) @customs[0].total",
            "2027-04-30 tax-claim-420220260100050556 申报退税 (sun.li) @customs[0].released",
        ],
    );
}

#[test]
fn before_an_amendment_is_accepted_the_old_dates_stand() {
    let all = example("2026-09-08");
    let own: Vec<String> =
        all.iter().filter(|d| d.order.as_deref() == Some("GD-2026-0103")).map(line).collect();
    for wanted in [
        // Agreed with the factory, past.
        "2026-08-25 purchase-PO26-0103-1 采购单 PO26-0103-1 要求完工 (he.jun) @purchases[0].due",
        // Nine days before the old latest shipment.
        "2026-09-01 ~ produced 最晚完工 (he.jun) @ship_by",
        "2026-09-10 ! credit-shipment-PSBL26DC01198 信用证和合同最迟装运 (he.jun) @lc[0].latest_shipment",
        "2026-09-10 amendment-PSBL26DC01198-01 答复改证 01：31D = 2026-10-21，44C = 2026-09-30 (zhou.min) @lc[0].amendments[0].received",
        // 31D is the first of October: the counter opens on the eighth.
        "2026-10-08 ! expiry-PSBL26DC01198 信用证到期 31D（CN） (zhou.min) @lc[0].expiry",
    ] {
        assert!(own.iter().any(|line| line == wanted), "{wanted}\n{own:#?}");
    }
    // Accepted the day after: the new dates, and the answer stays for two weeks.
    let all = example("2026-09-10");
    let own: Vec<String> =
        all.iter().filter(|d| d.order.as_deref() == Some("GD-2026-0103")).map(line).collect();
    for wanted in [
        "2026-09-10 done 2026-09-09 amendment-PSBL26DC01198-01 答复改证 01：31D = 2026-10-21，44C = 2026-09-30 (zhou.min) @lc[0].amendments[0].received",
        "2026-09-30 ! credit-shipment-PSBL26DC01198 信用证和合同最迟装运 (he.jun) @lc[0].amendments[0].set.latest_shipment",
    ] {
        assert!(own.iter().any(|line| line == wanted), "{wanted}\n{own:#?}");
    }
    // Presented, and with the issuing bank: its clock runs in Dhaka, where Friday and Saturday are closed.
    let all = example("2026-10-13");
    let clock = all.iter().find(|d| d.order.as_deref() == Some("GD-2026-0103") && d.kind.code() == "refusal");
    let clock = clock.unwrap();
    assert_eq!((clock.day, clock.hard, clock.outside.is_some()), (day("2026-10-18"), true, true));
    // Before it left: the last day of presentation runs from the on-board date.
    let all = example("2026-09-28");
    let last =
        all.iter().find(|d| d.order.as_deref() == Some("GD-2026-0103") && d.kind.code() == "presentation");
    assert_eq!(last.unwrap().day, day("2026-10-13"));
}

#[test]
fn refused_papers_are_presented_again_within_the_old_limit() {
    let all = example("2026-10-28");
    let own: Vec<&Deadline> = all.iter().filter(|d| d.order.as_deref() == Some("GD-2026-0104")).collect();
    let cure = own.iter().find(|d| d.kind.code() == "presentation").unwrap();
    assert_eq!(
        line(cure),
        "2026-11-02 ! presentation-BEX-CD-26-00871 补正后重新交单 (zhou.min) @lc[0].present_within"
    );
    assert!(own.iter().all(|d| d.kind.code() != "refusal"), "the bank has refused already");
}

#[test]
fn closed_days_are_entries_without_an_order() {
    expect(
        &example("2026-09-24"),
        None,
        &[
            "2026-09-25 ..2026-09-27 ! safe 2026-09-24 calendar-bank-holiday-2026-09-25 银行放假 @closed",
            "2026-09-25 ..2026-09-27 ! safe 2026-09-24 calendar-factory-holiday-2026-09-25 工厂放假 @closed",
            "2026-10-01 ..2026-10-07 ! safe 2026-09-30 calendar-bank-holiday-2026-10-01 银行放假 @closed",
            "2026-10-01 ..2026-10-07 ! safe 2026-09-30 calendar-factory-holiday-2026-10-01 工厂放假 @closed",
        ],
    );
    // A holiday that has begun is not over.
    let all = example("2026-10-03");
    assert!(all.iter().filter(|d| d.order.is_none()).all(|d| !d.is_overdue(day("2026-10-03"))));
    expect(&example("2026-11-20"), None, &[]);
}

#[test]
fn every_entry_has_an_identity_a_place_and_two_texts() {
    for as_of in ["2026-07-01", "2026-09-08", "2026-11-20", "2027-03-01"] {
        let all = example(as_of);
        let ids: BTreeSet<String> = all.iter().map(Deadline::id).collect();
        assert_eq!(ids.len(), all.len(), "{as_of}: an identity stands twice");
        assert!(all.windows(2).all(|w| w[0].day <= w[1].day), "{as_of}: not by day");
        for d in &all {
            for text in [&d.what, &d.consequence] {
                assert!(!text.zh.is_empty() && !text.en.is_empty(), "{as_of} {}", d.id());
                assert!(text.en.is_ascii() || d.what.en == text.en, "{as_of} {}: {}", d.id(), text.en);
            }
            assert!(d.order.is_none() || d.place.file.ends_with(".toml"), "{as_of} {}", d.id());
            assert!(d.safe <= d.day, "{as_of} {}", d.id());
            if let Some(done) = d.done {
                let age = (day(as_of) - done.on.unwrap_or(d.day)).num_days();
                assert!(age <= 14, "{as_of} {} was done {age} days ago", d.id());
            }
        }
    }
}

#[test]
fn identities_stay_when_dates_move() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("data");
    let mut loaded = load::load(&root).unwrap();
    let history = history::read(Path::new("/nowhere"));
    let ids = |book: &gendan::book::Book| -> BTreeSet<String> {
        let all = deadlines::of(&derive(book, &history, day("2026-11-20")));
        all.iter().filter(|d| d.order.as_deref() == Some("GD-2026-0109")).map(Deadline::id).collect()
    };
    let before = ids(&loaded.book);
    let order = loaded.book.orders.iter_mut().find(|o| &*o.id == "GD-2026-0109").unwrap();
    let shipment = &mut order.file.shipments[0];
    shipment.etd = Some(day("2026-11-28"));
    let cutoffs = shipment.cutoffs.as_deref_mut().unwrap();
    cutoffs.cy = cutoffs.cy.map(|at| at + chrono::TimeDelta::days(1));
    assert_eq!(ids(&loaded.book), before);
}

/// A root with some orders, each a list of files.
fn root(orders: &[(&str, &[(&str, &str)])]) -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    for (id, files) in orders {
        let folder = dir.path().join("orders").join(id);
        fs::create_dir_all(&folder).unwrap();
        for (name, text) in *files {
            fs::write(folder.join(name), text).unwrap();
        }
    }
    fs::write(dir.path().join("gendan.toml"), "schema = 1\n").unwrap();
    dir
}

const FULL: &str = r#"
customer = "a"
signed = 2026-09-01
ship_by = 2026-11-30
currency = "USD"
incoterm = "CIF Hamburg"
mode = "sea-fcl"
to = "Hamburg"
payment = "30% deposit, 70% copy-bl"
merchandiser = "lin.yan"
[[items]]
name = "X"
qty = 10
price = 5
[[purchases]]
number = "P"
issued = 2026-09-02
due = 2026-11-01
[[shipments]]
id = "1"
etd = 2026-11-25
cutoffs = { cy = 2026-11-22T12:00:00+08:00 }
[[complaints]]
number = "C1"
opened = 2026-11-01
due = 2026-11-25
"#;

#[test]
fn cancelled_orders_have_no_dates_and_closed_ones_only_what_outlives_them() {
    let closed = format!("{FULL}\n[actual]\nclosed = 2026-11-10\n");
    let cancelled = FULL.replace("signed =", "cancelled = 2026-11-01\ncancel_reason = \"x\"\nsigned =");
    let dir = root(&[
        ("OPEN", &[("order.toml", FULL)]),
        ("CLOSED", &[("order.toml", &closed)]),
        ("CANCELLED", &[("order.toml", &cancelled)]),
        ("EMPTY", &[("order.toml", "")]),
        (
            "NO-DATES",
            &[
                (
                    "order.toml",
                    "customer = \"a\"\n[[shipments]]\n[[complaints]]\n[[purchases]]\n[[issues]]\n[[inspections]]\n[[waivers]]\n",
                ),
                ("docs.toml", "[[lc]]\n[[proforma]]\n[[customs]]\n[[presentation]]\n"),
                ("money.toml", "[[bills]]\n[[filings]]\n[[received]]\n"),
            ],
        ),
    ]);
    let all = look(dir.path(), "2026-11-20");
    let of = |id: &str| -> Vec<&str> {
        all.iter().filter(|d| d.order.as_deref() == Some(id)).map(|d| d.kind.code()).collect()
    };
    assert!(of("OPEN").len() > 8, "{:?}", of("OPEN"));
    assert_eq!(of("CLOSED"), ["complaint"]);
    assert_eq!(of("CANCELLED"), [""; 0]);
    assert_eq!(of("EMPTY"), [""; 0]);
    assert_eq!(of("NO-DATES"), [""; 0]);
}

#[test]
fn nonsense_neither_panics_nor_shares_files() {
    let wild = r#"
customer = "../../x"
signed = 0001-01-01
ship_by = 9999-12-31
currency = "USD"
incoterm = "CIF Hamburg"
mode = "sea-fcl"
to = "Los Angeles"
payment = "100% oa 3650d bl-date"
merchandiser = "../../etc/passwd"
clerk = "UNASSIGNED"
[[items]]
name = "</script><script>alert(1)</script>"
qty = 99999999999999999999
price = 99999999999999999999
[[purchases]]
number = "=cmd|' /C calc'!A0"
due = 9999-12-31
[[purchases]]
number = "=cmd|' /C calc'!A0"
due = 0001-01-01
[[shipments]]
id = "1\"><b>"
vessel = "<img src=x onerror=alert(1)>"
planned = 0001-01-01
etd = 9999-12-31
eta = 9999-12-31
free_days = 4294967295
arrived = 2026-01-01
cutoffs = { cy = 0001-01-01T00:00:00-23:59, si = 9999-12-31T23:59:59+23:59 }
[[complaints]]
number = "C\u0000\u202e"
due = 0001-01-01
owner = "Lin.Yan"
[[waivers]]
rule = "x"
until = 0001-01-01
[[inspections]]
date = 9999-12-31
by = "（）()"
corrective = { due = 9999-12-31, owner = "lin.yan" }
"#;
    let docs = r#"
[[lc]]
number = "\"\"\""
expiry = 9999-12-31
latest_shipment = 9999-12-31
present_within = 4294967295
expiry_place = "Dhaka"
[[lc.amendments]]
received = 0001-01-01
[[customs]]
number = "1"
date = 0001-01-01
released = 0001-01-01
[[proforma]]
valid_until = 9999-12-31
"#;
    let dir = root(&[
        ("WILD", &[("order.toml", wild), ("docs.toml", docs)]),
        ("TWIN", &[("order.toml", &FULL.replace("lin.yan", "Lin.Yan"))]),
        ("OTHER", &[("order.toml", &FULL.replace("lin.yan", "lin.YAN"))]),
        ("NOBODY", &[("order.toml", &FULL.replace("merchandiser = \"lin.yan\"\n", ""))]),
    ]);
    fs::write(
        dir.path().join("people.toml"),
        "[\"Lin.Yan\"]\nname = \"<b>Lin</b>\"\nleft = 2026-01-01\n[\"gone\"]\nname = \"Gone\"\nleft = 2026-01-01\n[\"here\"]\nname = \"Here\"\n",
    )
    .unwrap();
    for as_of in ["0001-01-02", "2026-11-20", "9999-12-30"] {
        let all = look(dir.path(), as_of);
        let ids: BTreeSet<String> = all.iter().map(Deadline::id).collect();
        assert_eq!(ids.len(), all.len(), "{as_of}");
    }
    let out = dir.path().join("public");
    let built = Command::new(env!("CARGO_BIN_EXE_gendan"))
        .args(["build", "--root", dir.path().to_str().unwrap(), "--out", out.to_str().unwrap()])
        .args(["--as-of", "2026-11-20"])
        .output()
        .unwrap();
    assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
    let mut pages: Vec<String> = fs::read_dir(out.join("today"))
        .unwrap()
        .map(|e| e.unwrap().file_name().into_string().unwrap().to_lowercase())
        .filter(|name| name.ends_with(".html"))
        .collect();
    pages.sort();
    // Three people with odd ids own something, one is here, one left and owns nothing, and some of it is nobody's.
    let odd = pages.iter().filter(|p| p.starts_with("p-")).count();
    let plain: Vec<&str> = pages.iter().filter(|p| !p.starts_with("p-")).map(String::as_str).collect();
    assert_eq!((odd, plain), (4, vec!["here.html", "unassigned.html"]), "{pages:?}");
    for page in ["calendar.html", "today.html", "today/unassigned.html"] {
        let text = fs::read_to_string(out.join(page)).unwrap();
        assert!(!text.contains("<img src=x") && !text.contains("<b>Lin"), "{page}");
    }
}

fn gendan(args: &[&str]) -> Vec<u8> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("data");
    let common = ["--root", root.to_str().unwrap(), "--as-of", "2026-11-20"];
    let out = Command::new(env!("CARGO_BIN_EXE_gendan")).args(args).args(common).output().unwrap();
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    out.stdout
}

/// Programs rely on these: a key may be added, and none may go away or change its meaning without a new version.
#[test]
fn the_keys_of_the_table_are_a_contract() {
    let json: serde_json::Value =
        serde_json::from_slice(&gendan(&["export", "deadlines", "--format", "json"])).unwrap();
    assert_eq!(json["schema"], "deadlines/1");
    let columns = json["columns"].as_array().unwrap();
    let keys: Vec<String> = columns
        .iter()
        .map(|c| format!("{} {}", c["key"].as_str().unwrap(), c["kind"].as_str().unwrap()))
        .collect();
    insta::assert_snapshot!("table", keys.join("\n"));
    let rows = json["rows"].as_array().unwrap();
    let row = rows.iter().find(|row| row["id"] == "GD-2026-0109-cutoff-cy-1").unwrap();
    for (key, value) in [
        ("day", "2026-11-24".into()),
        ("time", "18:00+08:00".into()),
        ("days_left", "4".into()),
        ("hard", serde_json::Value::Bool(true)),
        ("owner", "lin.yan".into()),
        ("file", "orders/2026/GD-2026-0109/order.toml".into()),
    ] {
        assert_eq!(row[key], value, "{key}");
    }
    let text = fs::read_to_string(
        Path::new(env!("CARGO_MANIFEST_DIR")).join("data/orders/2026/GD-2026-0109/order.toml"),
    );
    let line: usize = row["line"].as_str().unwrap().parse().unwrap();
    assert!(text.unwrap().lines().nth(line - 1).unwrap().contains("cy = 2026-11-24T18:00:00+08:00"));
}

#[test]
fn calendars_hold_what_is_open() {
    let dir = tempfile::tempdir().unwrap();
    let out = dir.path().join("public");
    gendan(&["build", "--audience", "finance", "--out", out.to_str().unwrap()]);
    let read = |name: &str| fs::read_to_string(out.join(name)).unwrap().replace("\r\n ", "");
    let all = read("cal/all.ics");
    assert!(all.contains("UID:GD-2026-0109.cutoff-cy.1@gendan"));
    assert!(all.contains("DTSTART:20261124T100000Z"), "18:00 in Shanghai");
    assert!(all.contains("UID:GD26-0124.presentation.ILC26DXB07731-1@gendan"));
    assert!(!all.contains("UID:GD-2026-0109.cutoff-si.1@gendan"), "sent on the nineteenth");
    let uids = |name: &str| -> Vec<String> {
        read(name)
            .lines()
            .filter(|l| l.starts_with("UID:") && !l.contains("alarm"))
            .map(str::to_owned)
            .collect()
    };
    let everything: BTreeSet<String> = uids("cal/all.ics").into_iter().collect();
    for (name, some) in [
        ("cal/money.ics", "UID:GD-2026-0106.chase.1-T%2B60@gendan"),
        ("cal/credits.ics", "UID:GD26-0122.amendment.LC26DAC00912-02@gendan"),
        ("cal/zhou.min.ics", "UID:GD-2026-0109.cutoff-vgm.1@gendan"),
        ("en/cal/lin.yan.ics", "UID:GD-2026-0109.cutoff-cy.1@gendan"),
    ] {
        let own = uids(name);
        assert!(own.iter().any(|uid| uid == some), "{name}: {own:#?}");
        assert!(own.iter().all(|uid| everything.contains(uid)) && own.len() < everything.len(), "{name}");
    }
    assert!(!out.join("cal/wang.lei.ics").exists(), "a calendar without an event is none");
    let page = read("today/wang.lei.html");
    assert!(!page.contains(".ics\""), "and nothing leads to it");
    assert_eq!(
        read("deadlines.json"),
        String::from_utf8(gendan(&["export", "deadlines", "--format", "json"])).unwrap()
    );
    // Eight closed days are eight events.
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("data");
    let october = Command::new(env!("CARGO_BIN_EXE_gendan"))
        .args([
            "export",
            "deadlines",
            "--format",
            "ics",
            "--as-of",
            "2026-09-24",
            "--root",
            root.to_str().unwrap(),
        ])
        .output()
        .unwrap();
    let october = String::from_utf8(october.stdout).unwrap();
    assert_eq!(october.matches("UID:calendar.bank-holiday.2026-").count(), 10);
}

#[test]
fn pages_show_what_matters_in_both_languages() {
    let dir = tempfile::tempdir().unwrap();
    let out = dir.path().join("public");
    gendan(&["build", "--out", out.to_str().unwrap()]);
    let read = |name: &str| fs::read_to_string(out.join(name)).unwrap();
    let (zh, en) = (read("calendar.html"), read("en/calendar.html"));
    for (page, wanted) in [
        (
            &zh,
            [
                "11-24 12:00",
                "下一个硬期限：截 VGM",
                "缺 calendar/cn-bank-2027.toml",
                "目的港免箱期到期",
                "过了 13 天",
                "硬期限",
            ],
        ),
        (
            &en,
            [
                "24 Nov 12:00",
                "next immovable date: VGM cut-off",
                "calendar/cn-bank-2027.toml is missing",
                "free time at destination ends",
                "13 days past",
                "immovable",
            ],
        ),
    ] {
        for text in wanted {
            assert!(page.contains(text), "{text}");
        }
        // The overdue ones stand before the weeks, what is far off behind them.
        let place = |what: &str| page.find(what).unwrap_or_else(|| panic!("no {what}"));
        assert!(place("id=\"overdue\"") < place("id=\"w2026-48\""));
        assert!(place("id=\"w2027-05\"").max(place("id=\"w2026-48\"")) < place("id=\"m2027-04\""));
    }
    let chinese: String = en
        .split("<main")
        .nth(1)
        .unwrap()
        .split("</main>")
        .next()
        .unwrap()
        .chars()
        .filter(|c| ('\u{4E00}'..='\u{9FFF}').contains(c))
        .collect();
    assert_eq!(chinese, "", "the English page speaks English");
    let desk = read("today/zhou.min.html");
    for text in [
        "过期 2 项，今天 0 项，接下来到 11-27 周五还有 8 项",
        "没有 VGM 不装船，甩到下一班",
        "vgm_sent = 2026-11-20T12:00:00+08:00",
        "/-/edit/main/orders/2026/GD-2026-0109/order.toml",
        "href=\"../cal/zhou.min.ics\"",
    ] {
        assert!(desk.contains(text), "{text}");
    }
    let index = read("today.html");
    let place = |name: &str| index.find(&format!("today/{name}.html")).unwrap();
    assert!(
        place("sun.li") < place("chen.hao") && place("chen.hao") < place("wang.lei"),
        "the most pressed first"
    );
    assert!(!index.contains("xu.ting"), "who has left and owns nothing has no page");
}
