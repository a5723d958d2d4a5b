//! Tables of every kind of cell, hostile ones among them, in each format. Workbooks are read back by another program
//! (tests/proof); here it is that they come to be at all, and the same every time.

use std::fmt::Write as _;

use serde_json::Value;

use super::*;
use crate::bi;

fn dec(text: &str) -> Decimal {
    text.parse().unwrap()
}

fn about(lang: Lang) -> About {
    About { as_of: "2026-11-20".parse().unwrap(), company: "宁波跟单贸易有限公司".to_owned(), lang }
}

/// One record of each kind of cell.
type Record = (&'static str, &'static str, &'static str, &'static str, u32, &'static str);

fn table(records: &[Record]) -> Table {
    fn currency(minor: u32) -> Option<Currency> {
        Currency::parse(match minor {
            0 => "JPY",
            3 => "KWD",
            _ => "USD",
        })
    }
    let fields: [Field<Record>; 7] = [
        Field::new("id", Kind::Id, ("订单号", "Order"), ("号码", "Its number"), |r| Cell::id(r.0)),
        Field::new("what", Kind::Text, ("内容", "What"), ("随便", "Anything"), |r| Cell::text(r.1)),
        Field::new("state", Kind::Word, ("状态", "State"), ("状态", "State"), |r| match r.2 {
            "" => Cell::Empty,
            code => Cell::word(code, format!("{code}!")),
        }),
        Field::new("amount", Kind::Amount, ("金额", "Amount"), ("金额", "Amount"), |r| {
            Cell::amount(r.3.parse().ok(), currency(r.4))
        }),
        Field::new("days", Kind::Number, ("天", "Days"), ("天数", "Days"), |r| {
            Cell::number(r.5.parse().ok())
        }),
        Field::new("day", Kind::Date, ("日期", "Day"), ("日期", "Day"), |r| {
            Cell::date(if r.0.is_empty() { None } else { NaiveDate::from_ymd_opt(2026, 11, 7) })
        }),
        Field::new("late", Kind::Bool, ("晚", "Late"), ("晚", "Late"), |r| Cell::Bool(r.4 == 0)),
    ];
    Table::of("samples", 1, ("样本", "Samples"), &fields, records.iter().copied())
}

fn sample() -> Table {
    table(&[
        ("GD26-0117", "LED灯泡, \"暖白\"", "open", "44040", 2, "-3"),
        ("223120260001234567", "=HYPERLINK(\"http://x\")", "closed", "-1234567890.5", 0, "1.50"),
        ("0012", "two\r\nlines\0", "open", "12345678901.2345", 3, ""),
        ("", "", "", "", 2, ""),
        ("3-4", "-5", "open", "12345678901234567.89", 2, "1234567890123456"),
    ])
}

/// The rows of a CSV as another program reads them.
fn read(bytes: &[u8]) -> Vec<Vec<String>> {
    let text = std::str::from_utf8(bytes).unwrap().strip_prefix('\u{feff}').expect("no mark");
    let mut reader = ::csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
    reader.records().map(|r| r.unwrap().iter().map(str::to_owned).collect()).collect()
}

#[test]
fn csv_keeps_every_digit_and_computes_nothing() {
    let bytes = csv::bytes(&sample(), Lang::Zh).unwrap();
    let rows = read(&bytes);
    assert_eq!(rows[0], ["订单号", "内容", "状态", "金额", "天", "日期", "晚"]);
    assert_eq!(rows[1], ["GD26-0117", "LED灯泡, \"暖白\"", "open!", "44040.00", "-3", "2026-11-07", "否"]);
    assert_eq!(
        rows[2],
        [
            "'223120260001234567",
            "'=HYPERLINK(\"http://x\")",
            "closed!",
            "-1234567890.5",
            "1.5",
            "2026-11-07",
            "是"
        ]
    );
    assert_eq!(rows[3][..4], ["'0012", "two\nlines", "open!", "12345678901.2345"]);
    assert_eq!(rows[4], ["", "", "", "", "", "", "否"]);
    // A text that begins with a minus is guarded, a number beyond fifteen digits too.
    assert_eq!(rows[5][..5], ["'3-4", "'-5", "open!", "'12345678901234567.89", "'1234567890123456"]);
    let text = String::from_utf8(bytes).unwrap();
    assert_eq!(text.matches("\r\n").count(), 6, "CRLF after each record");
    assert!(csv::bytes(&sample(), Lang::En).unwrap().starts_with("\u{feff}Order,What,State".as_bytes()));
}

#[test]
fn amounts_have_the_decimals_of_their_currency() {
    let of = |minor, amount| {
        let table = table(&[("A", "x", "open", amount, minor, "")]);
        let rows = read(&csv::bytes(&table, Lang::En).unwrap());
        let json: Value = serde_json::from_slice(&json::bytes(&table, &about(Lang::En)).unwrap()).unwrap();
        assert_eq!(json["rows"][0]["amount"], rows[1][3].as_str(), "both formats agree");
        rows[1][3].clone()
    };
    assert_eq!(of(2, "1000"), "1000.00");
    assert_eq!(of(0, "1000"), "1000");
    assert_eq!(of(3, "1000.5"), "1000.500");
    assert_eq!(of(2, "0.0005"), "0.0005", "what carries a value is never rounded away");
    assert_eq!(of(2, "-0.00"), "0.00");
    assert_eq!(of(2, "1000.5000"), "1000.50");
}

#[test]
fn json_has_stable_keys_in_order_and_numbers_as_strings() {
    let bytes = json::bytes(&sample(), &about(Lang::En)).unwrap();
    let text = String::from_utf8(bytes.clone()).unwrap();
    let json: Value = serde_json::from_slice(&bytes).unwrap();
    assert_eq!(json["schema"], "samples/1");
    assert_eq!(json["as_of"], "2026-11-20");
    assert_eq!(json["lang"], "en");
    assert_eq!(json["columns"][2]["words"], serde_json::json!({ "closed": "closed!", "open": "open!" }));
    assert_eq!(json["columns"][0]["note"], "Its number");
    assert_eq!(
        json["rows"][1],
        serde_json::json!({
            "id": "223120260001234567", "what": "=HYPERLINK(\"http://x\")", "state": "closed",
            "amount": "-1234567890.5", "days": "1.5", "day": "2026-11-07", "late": true
        })
    );
    assert_eq!(json["rows"][2]["what"], "two\nlines");
    assert_eq!(json["rows"][3]["id"], Value::Null);
    assert_eq!(json["rows"][4]["amount"], "12345678901234567.89");
    assert!(text.contains("{\"id\":\"GD26-0117\",\"what\":"), "keys stand in the order of the columns");
    assert_eq!(text.lines().filter(|l| l.contains("\"amount\":")).count(), 5, "one line per row");
    let chinese: Value = serde_json::from_slice(&json::bytes(&sample(), &about(Lang::Zh)).unwrap()).unwrap();
    assert_eq!(chinese["rows"][0]["state"], "open", "a code is the same in every language");
    assert_eq!(chinese["columns"][0]["title"], "订单号");
}

#[test]
fn the_same_table_gives_the_same_bytes_and_another_day_others() {
    for lang in Lang::ALL {
        let all = || {
            let (table, about) = (sample(), about(lang));
            (
                csv::bytes(&table, lang).unwrap(),
                json::bytes(&table, &about).unwrap(),
                xlsx::bytes(&table, &about).unwrap(),
            )
        };
        let first = all();
        // The time of day of a zip archive is kept in steps of two seconds.
        std::thread::sleep(std::time::Duration::from_millis(2100));
        assert!(first == all(), "{lang:?}");
    }
    let later = About { as_of: "2026-11-21".parse().unwrap(), ..about(Lang::Zh) };
    assert_ne!(xlsx::bytes(&sample(), &about(Lang::Zh)), xlsx::bytes(&sample(), &later));
}

#[test]
fn an_empty_table_has_its_headings() {
    let table = table(&[]);
    assert_eq!(read(&csv::bytes(&table, Lang::En).unwrap()).len(), 1);
    let json: Value = serde_json::from_slice(&json::bytes(&table, &about(Lang::Zh)).unwrap()).unwrap();
    assert_eq!(json["rows"], serde_json::json!([]));
    assert_eq!(json["columns"].as_array().unwrap().len(), 7);
    assert!(xlsx::bytes(&table, &about(Lang::En)).unwrap().starts_with(b"PK"));
    let nothing = Table { columns: vec![], rows: vec![], ..table };
    assert!(xlsx::bytes(&nothing, &about(Lang::En)).is_ok());
}

#[test]
fn a_short_row_is_filled_up_and_a_long_one_ends_with_the_columns() {
    let mut table = sample();
    table.rows = vec![vec![Cell::id("A")], vec![Cell::id("B"); 9]];
    let rows = read(&csv::bytes(&table, Lang::En).unwrap());
    assert_eq!((rows[1].len(), rows[2].len()), (7, 7));
    assert!(xlsx::bytes(&table, &about(Lang::En)).is_ok());
}

#[test]
fn cells_that_a_workbook_refuses_do_not_stop_it() {
    let long = "长😀".repeat(20_000);
    let mut controls = String::new();
    for c in 0..0x20_u8 {
        let _ = write!(controls, "{}_x{c:04X}_", char::from(c));
    }
    let mut table = sample();
    table.title = bi!("[a]:*?/\\ 'History' {long}", "history");
    let day = |text: &str| Cell::date(Some(text.parse().unwrap()));
    table.rows = vec![
        vec![Cell::id(long.clone()), Cell::text(long.clone()), Cell::word("x", long)],
        vec![Cell::id(controls.clone()), Cell::text(controls)],
        vec![
            Cell::Empty,
            Cell::Empty,
            Cell::Empty,
            Cell::amount(Some(Decimal::MAX), None),
            Cell::number(Some(Decimal::MIN)),
        ],
        vec![Cell::Empty, Cell::Empty, Cell::Empty, Cell::Empty, Cell::Empty, day("1899-12-31")],
        vec![Cell::Empty, Cell::Empty, Cell::Empty, Cell::Empty, Cell::Empty, day("9999-12-31")],
        vec![Cell::Empty, Cell::Empty, Cell::Empty, Cell::Empty, Cell::Empty, Cell::Date(NaiveDate::MAX)],
    ];
    for lang in Lang::ALL {
        let hostile = About { company: "\0\n[x]".repeat(500), ..about(lang) };
        xlsx::bytes(&table, &hostile).unwrap();
        csv::bytes(&table, lang).unwrap();
        json::bytes(&table, &hostile).unwrap();
    }
}

#[test]
fn a_column_holds_its_kind() {
    for row in &sample().rows {
        for (column, cell) in sample().columns.iter().zip(row) {
            assert!(cell.kind().is_none_or(|kind| kind == column.kind), "{}: {cell:?}", column.key);
        }
    }
    assert_eq!(Kind::Amount.code(), "amount");
    assert!(fits_float(dec("123456789012345")) && !fits_float(dec("1234567890123456")));
    assert!(fits_float(dec("1234567890123450000")), "zeros at the end take no digits");
}
