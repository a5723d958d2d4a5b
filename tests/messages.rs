//! What the terminal shows, letter by letter: the worked messages of the design, languages, two files, wide text.

#![expect(clippy::unwrap_used, reason = "helpers of tests fail the test")]

use std::fs;
use std::path::Path;
use std::process::Command;

use chrono::NaiveDate;
use gendan::check::check;
use gendan::check::finding::Finding;
use gendan::report::Langs;
use gendan::report::human::Human;
use gendan::text::Lang;
use gendan::{derive, history, load};

const ITEM: &str = "\n[[items]]\nname  = \"LED Bulb 12W E27 3000K\"\nqty   = 12000\nprice = 2.35\n";

/// A root of the customer Hanse Licht and one order's files.
fn root(id: &str, files: &[(&str, &str)]) -> tempfile::TempDir {
    let root = tempfile::tempdir().unwrap();
    let base = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/rules/_base");
    for entry in walkdir::WalkDir::new(&base) {
        let entry = entry.unwrap();
        let to = root.path().join(entry.path().strip_prefix(&base).unwrap());
        if entry.file_type().is_dir() {
            fs::create_dir_all(to).unwrap();
        } else {
            fs::copy(entry.path(), to).unwrap();
        }
    }
    let folder = root.path().join("orders/2026").join(id);
    fs::create_dir_all(&folder).unwrap();
    for (name, text) in files {
        fs::write(folder.join(name), text).unwrap();
    }
    root
}

fn findings(root: &Path) -> Vec<Finding> {
    let loaded = load::load(root).unwrap();
    let history = history::read(root);
    let day: NaiveDate = "2026-11-23".parse().unwrap();
    let facts = derive::derive(&loaded.book, &history, day);
    check(&facts, loaded.findings).findings
}

/// The one finding of a rule, as the terminal prints it.
fn shown(root: &Path, rule: &str, langs: Langs) -> String {
    let found = findings(root);
    let of_rule: Vec<&Finding> = found.iter().filter(|f| f.rule.name == rule).collect();
    assert_eq!(of_rule.len(), 1, "{found:#?}");
    Human::new(&load::files::Files::folder(root).unwrap(), langs, false).render(of_rule[0])
}

const ZH: Langs = Langs::One(Lang::Zh);
const EN: Langs = Langs::One(Lang::En);

fn quotes() -> tempfile::TempDir {
    let text = format!(
        "po       = \"4500091877\"\ncustomer = “hanse-licht”\ncurrency = \"USD\"\nsigned   = 2026-11-20\n{ITEM}"
    );
    root("GD26-0131", &[("order.toml", &text)])
}

#[test]
fn message_1_chinese_quotes() {
    let root = quotes();
    assert_eq!(
        shown(root.path(), "toml-fullwidth", ZH),
        r#"错误[toml-fullwidth]: 这里用了中文引号，TOML 只认英文直引号 "
 --> orders/2026/GD26-0131/order.toml:2:12
  |
2 | customer = “hanse-licht”
  |            ^^^^^^^^^^^^^ “ ” 是中文引号
  |
怎么改: 输入法切到英文再打引号
  |
2 - customer = “hanse-licht”
2 + customer = "hanse-licht"
  |
"#
    );
}

#[test]
fn message_1_in_english_and_in_both() {
    let root = quotes();
    assert_eq!(
        shown(root.path(), "toml-fullwidth", EN),
        r#"error[toml-fullwidth]: Chinese quotes here; TOML takes only the straight quote "
 --> orders/2026/GD26-0131/order.toml:2:12
  |
2 | customer = “hanse-licht”
  |            ^^^^^^^^^^^^^ “ ” are Chinese quotes
  |
how to fix: switch the input method to English and type the quotes again
  |
2 - customer = “hanse-licht”
2 + customer = "hanse-licht"
  |
"#
    );
    let both = shown(root.path(), "toml-fullwidth", Langs::Both);
    assert_eq!(
        both.replace("  = en: Chinese quotes here; TOML takes only the straight quote \"\n", ""),
        shown(root.path(), "toml-fullwidth", ZH),
        "both adds exactly one line"
    );
}

#[test]
fn message_2_a_plausible_but_unknown_key() {
    let text = format!(
        "customer = \"hanse-licht\"\npo = \"4500091877\"\ncurrency = \"USD\"\nsigned = 2026-11-20\nship_date = 2027-01-15\n{ITEM}"
    );
    let root = root("GD26-0131", &[("order.toml", &text)]);
    assert_eq!(
        shown(root.path(), "toml-unknown-key", ZH),
        "错误[toml-unknown-key]: 订单里没有 `ship_date` 这个字段
 --> orders/2026/GD26-0131/order.toml:5:1
  |
5 | ship_date = 2027-01-15
  | ^^^^^^^^^ 不认识
  |
  = 怎么改: 合同最迟装运日写 `ship_by = 2027-01-15`；计划装运日写 [plan] 下的 `shipped`；实际装船日不用写，在 docs.toml 登记提单的 `on_board` 就有了
"
    );
}

#[test]
fn message_3_a_thousands_separator_with_the_orders_currency() {
    let order = format!("customer = \"hanse-licht\"\ncurrency = \"USD\"\nsigned = 2026-09-03\n{ITEM}");
    let money = "# 收款\n\n[[received]]\ndate    = 2026-09-11\namount  = 13,187.00\n";
    let root = root("GD26-0117", &[("order.toml", &order), ("money.toml", money)]);
    assert_eq!(
        shown(root.path(), "toml-thousands-separator", ZH),
        "错误[toml-thousands-separator]: 金额里有逗号，读到 13 就断了
 --> orders/2026/GD26-0117/money.toml:5:11
  |
5 | amount  = 13,187.00
  |           ^^^^^^^^^ 不加引号的数字不能有逗号
  |
怎么改: 写成 13187.00，或者连币种一起加引号
  |
5 - amount  = 13,187.00
5 + amount  = \"USD 13,187.00\"
  |
"
    );
}

#[test]
fn message_7_a_short_receipt_is_probably_a_bank_charge() {
    let order = "customer = \"hanse-licht\"\ncurrency = \"USD\"\nsigned = 2026-09-03\npayment = \"30% deposit, 70% copy-bl\"\n\n[[items]]\nname  = \"LED Bulb 12W E27 3000K\"\nqty   = 20000\nprice = 2.202\n";
    let money = "# 收款\n\n[[received]]\ndate    = 2026-09-11\namount  = 13187.00\nfor     = \"deposit\"\n";
    let root = root("GD26-0117", &[("order.toml", order), ("money.toml", money)]);
    assert_eq!(
        shown(root.path(), "pay-short-charges", ZH),
        "提示[pay-short-charges]: 定金少 USD 25.00：应收 13,212.00，到账 13,187.00
 --> orders/2026/GD26-0117/money.toml:5:11
  |
5 | amount  = 13187.00
  |           ^^^^^^^^ 少 25.00（0.19%），像银行扣费；在容差内，已按收齐算
  |
怎么改: 水单上写了手续费就加一行；金额照水单，不要改
  |
5 ~ amount  = 13187.00
6 + charges = 25.00
  |
"
    );
}

#[test]
fn without_a_currency_the_fix_names_none() {
    let money = "[[received]]\ndate    = 2026-09-11\namount  = 13,187.00\n";
    let root = root("GD26-0117", &[("order.toml", "customer = \"hanse-licht\"\n"), ("money.toml", money)]);
    let text = shown(root.path(), "toml-thousands-separator", ZH);
    assert!(text.contains("3 + amount  = \"13,187.00\"\n"), "{text}");
}

#[test]
fn carets_stand_under_wide_text() {
    let text = format!(
        "customer = \"hanse-licht\"\ncurrency = \"USD\"\nnot_needed = {{ origin = \"客户书面确认不要\", 产地 = 5 }}\n{ITEM}"
    )
    .replace("产地", "\"产地\"");
    let root = root("GD26-0131", &[("order.toml", &text)]);
    assert_eq!(
        shown(root.path(), "toml-wrong-type", ZH),
        r#"错误[toml-wrong-type]: 5 写法不对，这里要写：加引号的文字
 --> orders/2026/GD26-0131/order.toml:3:44
  |
3 | not_needed = { origin = "客户书面确认不要", "产地" = 5 }
  |                                                      ^ 要写：加引号的文字
  |
怎么改: 写成 "5"
  |
3 - not_needed = { origin = "客户书面确认不要", "产地" = 5 }
3 + not_needed = { origin = "客户书面确认不要", "产地" = "5" }
  |
"#
    );
}

#[test]
fn two_files_are_two_spans() {
    let order = format!("customer = \"hanse-licht\"\ncurrency = \"USD\"\nship_by = 2027-01-15\n{ITEM}");
    let root = root("GD26-0131", &[("order.toml", &order), ("docs.toml", "ship_by = 2027-01-20\n")]);
    assert_eq!(
        shown(root.path(), "toml-duplicate-key", EN),
        "error[toml-duplicate-key]: `ship_by` stands in two files of this order
 --> orders/2026/GD26-0131/order.toml:3:1
  |
3 | ship_by = 2027-01-15
  | ^^^^^^^ again; this one was not read
  |
 ::: orders/2026/GD26-0131/docs.toml:1:1
  |
1 | ship_by = 2027-01-20
  | ------- first given here
  |
  = how to fix: keep one and remove the other
"
    );
}

#[test]
fn positions_count_from_the_text_with_bom_and_crlf() {
    let text = format!("\u{feff}customer = \"hanse-licht\"\ncurrency = \"USD\"\nmode = \"海运\"\n{ITEM}")
        .replace('\n', "\r\n");
    let root = root("GD26-0131", &[("order.toml", &text)]);
    let shown = shown(root.path(), "toml-unknown-value", ZH);
    assert!(shown.contains("order.toml:3:8\n"), "{shown}");
    assert!(shown.contains("3 | mode = \"海运\"\n  |        ^^^^^^ 不认识\n"), "{shown}");
    assert!(!shown.contains('\r'), "{shown:?}");
}

#[test]
fn a_line_that_cannot_be_read_hides_no_other() {
    let text = format!(
        "customer = \"hanse-licht\"\ncurrency = \"USD\"\n交期 = 5\nmarks = [\"A\",, \"B\"]\nhedged = \"a\\锁\"\ncolour = 1\n{ITEM}"
    );
    let root = root("GD26-0131", &[("order.toml", &text)]);
    let lines: Vec<(usize, &str)> = findings(root.path())
        .iter()
        .filter_map(|f| Some((f.spots.first()?.region?.line, f.rule.name)))
        .filter(|(_, name)| name.starts_with("toml-"))
        .collect();
    assert_eq!(lines, [(3, "toml-syntax"), (4, "toml-syntax"), (5, "toml-syntax"), (6, "toml-unknown-key")]);
    let loaded = load::load(root.path()).unwrap();
    assert_eq!(loaded.book.orders[0].items.len(), 1, "what follows the broken lines is read");
}

fn colored(root: &Path, args: &[&str], no_color: bool) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_gendan"));
    command.arg("check").arg(root).args(["--as-of", "2026-11-23"]).args(args);
    command.env_remove("NO_COLOR").env_remove("CLICOLOR_FORCE");
    if no_color {
        command.env("NO_COLOR", "1");
    }
    String::from_utf8(command.output().unwrap().stdout).unwrap()
}

#[test]
fn colour_is_a_matter_of_the_terminal_or_of_the_option() {
    let root = quotes();
    assert!(!colored(root.path(), &[], false).contains('\u{1b}'), "a pipe is no terminal");
    let always = colored(root.path(), &["--color", "always"], false);
    assert!(always.contains("\u{1b}["), "{always:?}");
    assert!(colored(root.path(), &["--color", "always"], true).contains('\u{1b}'), "the option wins");
    assert!(!colored(root.path(), &["--color", "never"], false).contains('\u{1b}'));
    let plain = colored(root.path(), &[], true);
    let mut stripped = String::new();
    let mut rest = always.as_str();
    while let Some(at) = rest.find('\u{1b}') {
        stripped.push_str(&rest[..at]);
        rest = &rest[at..];
        rest = &rest[rest.find('m').unwrap() + 1..];
    }
    stripped.push_str(rest);
    assert_eq!(stripped, plain, "colour changes nothing but colour");
}
