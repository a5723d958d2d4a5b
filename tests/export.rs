//! `gendan export` through the binary: what there is, formats by option and by file name, tables read back, the same
//! bytes as on the site. The last test writes hostile samples for tests/proof, where other programs read them.

#![expect(clippy::unwrap_used, clippy::panic, reason = "helpers of tests fail the test")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use gendan::cli::{Cli, Surroundings};
use gendan::exchange::calendar::{self, Alarm, Calendar, Event, When};
use gendan::exchange::table::{About, Cell, Field, Kind, Table};
use gendan::publish::tables::TableFormat;
use gendan::text::Lang;
use rust_decimal::Decimal;
use serde_json::{Value, json};

const DAY: &str = "2026-11-20";

fn data() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("data")
}

fn run(here: &Path, args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_gendan"));
    command.current_dir(here).env_remove("GENDAN_ROOT").args(args).output().unwrap()
}

/// The export of a data root, which has to succeed.
fn export(root: &Path, args: &[&str]) -> Vec<u8> {
    let out = run(root, &[&["export", "--as-of", DAY], args].concat());
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    out.stdout
}

/// Exit code and message of an export that cannot be made.
fn refused(root: &Path, args: &[&str]) -> String {
    let out = run(root, &[&["export", "--as-of", DAY], args].concat());
    assert_eq!(out.status.code(), Some(2), "{args:?}");
    assert!(out.stdout.is_empty(), "{args:?} prints something all the same");
    String::from_utf8(out.stderr).unwrap()
}

/// A CSV as another program reads it: headings and rows.
fn read(bytes: &[u8]) -> (Vec<String>, Vec<Vec<String>>) {
    let text = std::str::from_utf8(bytes).unwrap().strip_prefix('\u{feff}').expect("Excel needs the mark");
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let row = |record: &csv::StringRecord| record.iter().map(str::to_owned).collect::<Vec<_>>();
    let head = row(reader.headers().unwrap());
    (head, reader.records().map(|r| row(&r.unwrap())).collect())
}

/// A data root with these orders, each the text of an `order.toml`.
fn root(orders: &[(&str, &str)]) -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("gendan.toml"), "schema = 1\ncompany = { name = \"=Evil\\nLtd\" }\n").unwrap();
    for (id, text) in orders {
        let folder = dir.path().join("orders/2026").join(id);
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join("order.toml"), text).unwrap();
    }
    dir
}

/// The value below a heading in the row of an order.
fn cell(bytes: &[u8], id: &str, heading: &str) -> String {
    let (head, rows) = read(bytes);
    let at =
        head.iter().position(|h| h == heading).unwrap_or_else(|| panic!("no column {heading}: {head:?}"));
    let row = rows.iter().find(|row| row[0].trim_start_matches('\'') == id).unwrap();
    row[at].clone()
}

#[test]
fn without_a_name_it_says_what_there_is() {
    let out = String::from_utf8(export(&data(), &[])).unwrap();
    assert!(
        out.lines().any(|l| l.starts_with("orders ") && l.contains("订单登记表 (csv xlsx json)")),
        "{out}"
    );
    let names: Vec<&str> = out.lines().filter_map(|l| l.split(' ').next()).collect();
    assert_eq!(names.iter().collect::<BTreeSet<_>>().len(), names.len());
}

#[test]
fn what_cannot_be_exported_is_refused_with_what_can() {
    assert!(refused(&data(), &["order"]).contains("orders"));
    let nothing = refused(&data(), &["moonshine", "--lang", "en"]);
    assert!(nothing.contains("no export moonshine") && nothing.contains("orders"), "{nothing}");
    let format = refused(&data(), &["orders", "--format", "pdf"]);
    assert!(format.contains("pdf") && format.contains("csv xlsx json"), "{format}");
    let broken = root(&[]);
    fs::write(broken.path().join("gendan.toml"), "schema = 1\nfoo = 2\n").unwrap();
    assert!(refused(broken.path(), &["orders", "-o", "orders.csv"]).contains("gendan check"));
    assert!(!broken.path().join("orders.csv").exists(), "nothing is written then");
    assert!(refused(&data(), &["orders", "-o", "no/such/folder/orders.csv"]).contains("no/such/folder"));
}

#[test]
fn a_workbook_does_not_go_to_a_terminal() {
    use clap::Parser as _;
    let go = |args: &[&str], terminal: bool| {
        let root = data();
        let root = root.to_str().unwrap();
        let cli = Cli::parse_from([&["gendan", "export", "--root", root, "--as-of", DAY], args].concat());
        let around = Surroundings {
            here: std::env::temp_dir(),
            env_root: None,
            now: chrono::DateTime::UNIX_EPOCH,
            clock: || chrono::DateTime::UNIX_EPOCH,
            color: false,
            terminal,
            runner: gendan::cli::Runner::None,
        };
        let mut out = Vec::new();
        gendan::cli::run(&cli, &around, &mut out).map(|_| out).map_err(|failure| failure.0)
    };
    let failure = go(&["orders", "--format", "xlsx"], true).unwrap_err();
    assert!(failure.zh.contains("-o orders.xlsx") && failure.en.contains("terminal"), "{failure:?}");
    assert!(go(&["orders", "--format", "xlsx"], false).unwrap().starts_with(b"PK"), "a pipe takes it");
    assert!(!go(&["orders", "--format", "csv"], true).unwrap().is_empty(), "text may");
}

#[test]
fn the_ending_of_the_file_says_the_format_and_the_option_overrides_it() {
    let dir = tempfile::tempdir().unwrap();
    let root = data();
    let out = |name: &str, more: &[&str]| {
        let args = ["export", "orders", "--as-of", DAY, "--root", root.to_str().unwrap(), "-o", name];
        let done = run(dir.path(), &[&args, more].concat());
        assert!(done.status.success() && done.stdout.is_empty(), "{}", String::from_utf8_lossy(&done.stderr));
        fs::read(dir.path().join(name)).unwrap()
    };
    assert!(out("a.xlsx", &[]).starts_with(b"PK"));
    assert!(out("b.JSON", &[]).starts_with(b"{"));
    assert!(out("c.txt", &[]).starts_with("\u{feff}订单号".as_bytes()));
    assert!(out("d.xlsx", &["--format", "csv", "--lang", "en"]).starts_with("\u{feff}Order,".as_bytes()));
}

/// Programs rely on these: a key may be added, and none may go away or change its meaning without a new version.
#[test]
fn the_keys_of_the_register_are_a_contract() {
    let json: Value = serde_json::from_slice(&export(&data(), &["orders", "--format", "json"])).unwrap();
    assert_eq!(json["schema"], "orders/1");
    assert_eq!(json["as_of"], DAY);
    let columns = json["columns"].as_array().unwrap();
    let keys: Vec<String> = columns
        .iter()
        .map(|c| format!("{} {}", c["key"].as_str().unwrap(), c["kind"].as_str().unwrap()))
        .collect();
    insta::assert_snapshot!("orders", keys.join("\n"));
    for row in json["rows"].as_array().unwrap() {
        assert_eq!(row.as_object().unwrap().len(), columns.len());
    }
}

#[test]
fn receivables_say_what_the_pages_say() {
    let json: Value = serde_json::from_slice(&export(&data(), &["receivables", "--format", "json"])).unwrap();
    assert_eq!(json["schema"], "receivables/1");
    let columns = json["columns"].as_array().unwrap();
    let keys: Vec<String> = columns
        .iter()
        .map(|c| format!("{} {}", c["key"].as_str().unwrap(), c["kind"].as_str().unwrap()))
        .collect();
    insta::assert_snapshot!("receivables", keys.join("\n"));
    let rows = json["rows"].as_array().unwrap();
    assert_eq!(rows.len(), 19);
    let decimal = |row: &Value, key: &str| row[key].as_str().map_or(Decimal::ZERO, |t| t.parse().unwrap());
    let sum = |currency: &str, key: &str| -> Decimal {
        rows.iter().filter(|row| row["currency"] == currency).map(|row| decimal(row, key)).sum()
    };
    assert_eq!(
        (sum("USD", "open"), sum("EUR", "open")),
        ("453420.00".parse().unwrap(), "32052.80".parse().unwrap())
    );
    assert_eq!(sum("EUR", "disputed"), "1612.80".parse().unwrap());
    let row = |id: &str| rows.iter().find(|row| row["order"] == id).unwrap();
    let late = row("GD-2026-0106");
    assert_eq!(
        (&late["days_overdue"], &late["bucket"], &late["security"]),
        (&json!("67"), &json!("61-90"), &json!("unsecured"))
    );
    assert_eq!(
        (&late["step_done"], &late["step_now"], &late["step_now_since"]),
        (&json!("T+45"), &json!("T+60"), &json!("2026-11-13"))
    );
    assert_eq!((&late["expected"], &late["expected_by"]), (&json!("2026-12-31"), &json!("forecast")));
    let credit = row("GD-2026-0103");
    assert_eq!(
        (&credit["due"], &credit["bucket"], &credit["expected_by"]),
        (&json!("2026-11-23"), &json!("not-due"), &json!("due"))
    );
    for row in rows {
        let parts = ["received", "charges", "credited", "open"].map(|key| decimal(row, key));
        assert_eq!(parts.iter().sum::<Decimal>(), decimal(row, "amount"), "{row}");
    }
}

#[test]
fn the_register_says_what_the_order_says() {
    let (zh, en) = (export(&data(), &["orders"]), export(&data(), &["orders", "--lang", "en"]));
    let (head, rows) = read(&zh);
    assert_eq!(&head[..3], ["订单号", "状态", "阶段"]);
    assert_eq!(rows.len(), 38);
    assert_eq!(read(&en).1.len(), 38);
    let of = |heading: &str| cell(&en, "GD-2026-0106", heading);
    assert_eq!(of("State"), "open");
    assert_eq!(of("Stage"), "8 Collect");
    assert_eq!(of("Customer ID"), "umhlanga-tiles");
    assert_eq!(of("Customer"), "Umhlanga Tiles (Pty) Ltd");
    assert_eq!(of("PO"), "UT-0426-77");
    assert_eq!((of("Signed"), of("Latest shipment")), ("2026-04-20".to_owned(), "2026-06-20".to_owned()));
    assert_eq!(of("Shipped"), "2026-06-10");
    assert_eq!(
        (of("Incoterm"), of("From"), of("To")),
        ("CFR Durban".into(), "Nansha".into(), "Durban".into())
    );
    assert_eq!((of("Currency"), of("Payment")), ("USD".to_owned(), "100% da 60d".to_owned()));
    assert_eq!((of("Contract total"), of("Received")), ("38400.00".to_owned(), "10000.00".to_owned()));
    assert_eq!((of("Open"), of("Paid")), ("28400.00".to_owned(), String::new()));
    assert_eq!((of("Merchandiser"), of("Clerk")), ("He Jun".to_owned(), "Zhou Min".to_owned()));
    assert_eq!((of("Late"), of("Slack to")), ("yes".to_owned(), "payment".to_owned()));
    assert_eq!(cell(&zh, "GD-2026-0106", "状态"), "进行中");
    let states: BTreeSet<String> = rows.iter().map(|row| row[1].clone()).collect();
    assert!(states.contains("已取消") && states.contains("已归档"), "{states:?}");
}

#[test]
fn what_happens_later_is_not_known_yet() {
    let before = run(&data(), &["export", "orders", "--lang", "en", "--as-of", "2026-06-09"]).stdout;
    assert_eq!(cell(&before, "GD-2026-0106", "Shipped"), "");
    assert_eq!(cell(&before, "GD-2026-0106", "Received"), "0.00");
}

#[test]
fn numbers_of_papers_stay_text_and_formulas_are_none() {
    let order = |po: &str, name: &str| {
        format!(
            "po = \"{po}\"\ncurrency = \"KWD\"\nsigned = 2026-11-01\n[[items]]\nname = \"{name}\"\nqty = 3\nprice = 0.5\n"
        )
    };
    let dir = root(&[
        ("A1", &order("223120260001234567", "=HYPERLINK(\\\"http://x\\\")")),
        ("A2", &order("0012", "a, \\\"b\\\"\\r\\nc")),
        ("A3", &order("-1", "＋full width")),
        ("0004", "currency = \"XXX\"\n[[items]\n"),
    ]);
    let csv = export(dir.path(), &["orders", "--lang", "en"]);
    let of = |id: &str, heading: &str| cell(&csv, id, heading);
    assert_eq!(of("A1", "PO"), "'223120260001234567");
    assert_eq!(of("A1", "Goods"), "'=HYPERLINK(\"http://x\")");
    assert_eq!(of("A1", "Contract total"), "1.500", "three decimals");
    assert_eq!((of("A2", "PO"), of("A2", "Goods")), ("'0012".to_owned(), "a, \"b\"\nc".to_owned()));
    assert_eq!((of("A3", "PO"), of("A3", "Goods")), ("'-1".to_owned(), "'＋full width".to_owned()));
    assert_eq!(of("0004", "Order"), "'0004");
    assert_eq!((of("0004", "State"), of("0004", "Received")), ("unreadable".to_owned(), String::new()));
    let json: Value =
        serde_json::from_slice(&export(dir.path(), &["orders", "--format", "json", "--lang", "en"])).unwrap();
    assert_eq!(json["rows"][1]["po"], "223120260001234567", "a program gets the value itself");
    assert_eq!(json["company"], "=Evil Ltd");
}

#[test]
fn a_root_without_orders_gives_the_headings() {
    let dir = root(&[]);
    let (head, rows) = read(&export(dir.path(), &["orders"]));
    assert!(head.len() > 30 && rows.is_empty());
    assert!(export(dir.path(), &["orders", "--format", "xlsx"]).starts_with(b"PK"));
}

#[test]
fn the_keys_of_exposure_and_payables_are_a_contract() {
    for name in ["exposure", "payables"] {
        let json: Value = serde_json::from_slice(&export(&data(), &[name, "--format", "json"])).unwrap();
        assert_eq!(json["schema"], format!("{name}/1"));
        let columns = json["columns"].as_array().unwrap();
        let keys: Vec<String> = columns
            .iter()
            .map(|c| format!("{} {}", c["key"].as_str().unwrap(), c["kind"].as_str().unwrap()))
            .collect();
        insta::assert_snapshot!(name, keys.join("\n"));
    }
}

#[test]
fn exposure_and_payables_say_what_the_records_say() {
    let rows = |name: &str| -> Vec<Value> {
        let json: Value = serde_json::from_slice(&export(&data(), &[name, "--format", "json"])).unwrap();
        json["rows"].as_array().unwrap().clone()
    };
    let owed = rows("exposure");
    let row = owed.iter().find(|r| r["customer"] == "umhlanga-tiles").unwrap();
    assert_eq!((&row["currency"], &row["unsecured"]), (&json!("USD"), &json!("28400.00")));
    assert_eq!((&row["overdue"], &row["oldest_days"]), (&json!("28400.00"), &json!("67")));
    assert_eq!((&row["limit"], &row["used_percent"]), (&json!("40000.00"), &json!("71")));
    assert_eq!((&row["longest_days"], &row["longest_open"]), (&json!("67"), &json!(true)));
    assert_eq!(row["longest_order"], "GD-2026-0106");

    let bills = rows("payables");
    let of = |order: &str, party: &str| {
        bills.iter().find(|r| r["order"] == order && r["party"] == party).cloned().unwrap()
    };
    let haoyu = of("GD26-0117", "ningbo-haoyu");
    assert_eq!((&haoyu["row"], &haoyu["amount"]), (&json!("bill"), &json!("226800.00")));
    assert_eq!((&haoyu["paid"], &haoyu["open"]), (&json!("68040.00"), &json!("158760.00")));
    assert_eq!((&haoyu["due"], &haoyu["vat_state"]), (&json!("2026-11-30"), &json!("recorded")));
    assert_eq!(of("GD-2026-0112", "yuyao-lamps")["vat_state"], "missing");
    let open: Vec<&str> =
        bills.iter().take_while(|r| r["open"] != "0.00").filter_map(|r| r["due"].as_str()).collect();
    assert!(open.len() == 21 && open.is_sorted(), "{open:?}");
}

#[test]
fn the_files_on_the_site_are_the_same_bytes() {
    let dir = tempfile::tempdir().unwrap();
    let (site, root) = (dir.path().join("site"), data());
    let built =
        run(&root, &["build", "--audience", "finance", "--as-of", DAY, "--out", site.to_str().unwrap()]);
    assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
    for (folder, lang) in [("", "zh"), ("en/", "en")] {
        for (what, format) in
            ["orders", "exposure", "payables"].map(|w| TableFormat::ALL.map(|f| (w, f))).concat()
        {
            let code = format.code();
            let name = format!("{folder}{what}.{code}");
            let bytes = fs::read(site.join(&name)).unwrap();
            assert!(bytes == export(&root, &[what, "--format", code, "--lang", lang]), "{name} differs");
        }
        let page = fs::read_to_string(site.join(format!("{folder}orders/by-customer.html"))).unwrap();
        assert!(
            page.contains("href=\"../orders.xlsx\"") && page.contains("href=\"../orders.csv\""),
            "{folder}"
        );
    }
}

/// Text that tries every program that reads it.
const HOSTILE: &[&str] = &[
    "=1+1",
    "@SUM(A1)",
    "＝cmd|' /C calc'!A0",
    "-5",
    "'quoted",
    "0012",
    "223120260001234567",
    "1E10",
    "MAR-26",
    "TRUE",
    "2026-11-20",
    "a,b;\"c\"\\n\\",
    "two\r\nlines\u{2028}three",
    "\0\u{1b}[31m\u{202e}x\u{feff}\u{ffff}",
    "_x000D_ &amp; <b>]]></b>",
    " blanks around ",
    "宁波，“跟单” 😀👨‍👩‍👧",
    "BEGIN:VEVENT\r\nATTENDEE:mailto:a@b",
    "#REF!",
    "{=1}",
];

#[test]
fn samples_for_other_programs() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("proof");
    fs::create_dir_all(&folder).unwrap();
    let figures =
        ["0", "-0.5", "44040", "1234567890.12", "999999999999.999", "12345678901234567.89", "0.000001"];
    let fields: [Field<usize>; 7] = [
        Field::new("id", Kind::Id, ("号码", "Number"), ("=1", "=1"), |n| {
            Cell::id(HOSTILE[n % HOSTILE.len()])
        }),
        Field::new("text", Kind::Text, ("=文字", "=Text"), ("说明\n两行", "Two\nlines"), |n| match n {
            7 => Cell::text("长😀".repeat(20_000)),
            n => Cell::text(HOSTILE[n % HOSTILE.len()]),
        }),
        Field::new("word", Kind::Word, ("词", "Word"), ("词", "Word"), |n| {
            Cell::word(format!("code-{}", n % 3), HOSTILE[n % 3])
        }),
        Field::new("amount", Kind::Amount, ("金额", "Amount"), ("金额", "Amount"), |_| Cell::Empty),
        Field::new("number", Kind::Number, ("数", "Number of"), ("数", "Number"), |n| Cell::count(*n)),
        Field::new("date", Kind::Date, ("日期", "Date"), ("日期", "Date"), |n| {
            let days = u64::try_from(*n).unwrap() * 997;
            Cell::date("1999-12-31".parse::<chrono::NaiveDate>().ok().map(|d| d + chrono::Days::new(days)))
        }),
        Field::new("bool", Kind::Bool, ("是否", "Yes"), ("是否", "Yes"), |n| Cell::Bool(n % 2 == 0)),
    ];
    let mut table = Table::of("hostile", 1, ("[样本]: 一/二", "History"), &fields, 0..HOSTILE.len());
    for (row, n) in table.rows.iter_mut().zip(0_u32..) {
        let figure: Decimal = figures[usize::try_from(n).unwrap() % figures.len()].parse().unwrap();
        row[3] = Cell::Amount { value: figure, minor: n % 4 };
    }
    let empty = Table { name: "empty", rows: Vec::new(), ..table.clone() };
    for table in [&table, &empty] {
        for lang in Lang::ALL {
            let about = About { as_of: DAY.parse().unwrap(), company: HOSTILE.join(" "), lang };
            for format in TableFormat::ALL {
                let name = format!("{}.{}.{}", table.name, lang.tag(), format.code());
                fs::write(folder.join(name), format.bytes(table, &about).unwrap()).unwrap();
            }
        }
    }
    let events: Vec<Event> = HOSTILE.iter().enumerate().map(|(n, text)| event(n, text)).collect();
    let told: Vec<Value> = events.iter().map(tell).collect();
    let calendar = Calendar { name: HOSTILE.join(" "), events };
    fs::write(folder.join("hostile.ics"), calendar::bytes(&calendar, DAY.parse().unwrap())).unwrap();
    fs::write(folder.join("hostile.ics.json"), serde_json::to_vec(&told).unwrap()).unwrap();
}

fn event(n: usize, text: &str) -> Event {
    let moment = chrono::DateTime::parse_from_rfc3339("2026-11-30T02:00:00+08:00").unwrap();
    Event {
        subject: text.to_owned(),
        kind: "sample",
        which: if n == 0 { String::new() } else { n.to_string() },
        when: if n.is_multiple_of(2) { When::Day(moment.date_naive()) } else { When::At(moment) },
        summary: format!("{text} {}", "长文字 ".repeat(n)),
        description: format!("{text}\n{text}"),
        url: format!("https://forge.example/{n}?a=b,c;d"),
        categories: vec![text.to_owned(), "a,b".to_owned()],
        alarms: vec![Alarm::morning(1), Alarm::before(chrono::Duration::hours(2))],
        tentative: n == 3,
    }
}

/// What another program has to find in an event.
fn tell(event: &Event) -> Value {
    use gendan::exchange::plain::{plain, plain_line};
    json!({
        "uid": format!("{}@gendan", event.uid()),
        "start": match event.when {
            When::Day(day) => day.to_string(),
            When::At(moment) => moment.to_utc().to_rfc3339(),
        },
        "summary": plain_line(&event.summary),
        "description": plain(&event.description),
        "url": event.url,
        "categories": event.categories.iter().map(|c| plain_line(c).into_owned()).collect::<Vec<_>>(),
        "alarms": event.alarms.iter().map(|a| a.minutes).collect::<Vec<_>>(),
    })
}
