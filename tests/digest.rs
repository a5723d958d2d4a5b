//! `gendan digest`: what the morning message says, that it stays within what each service takes, and that nothing in it
//! comes alive.

#![expect(clippy::unwrap_used, reason = "helpers of tests fail the test")]

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

const SERVICES: [&str; 4] = ["wecom", "feishu", "dingtalk", "text"];

fn data() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("data")
}

fn run(root: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_gendan"))
        .args(["digest", "--no-cache", "--as-of", "2026-11-20", "--root"])
        .arg(root)
        .args(args)
        .env_remove("GENDAN_ROOT")
        .output()
        .unwrap()
}

fn said(root: &Path, args: &[&str]) -> String {
    let done = run(root, args);
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    assert!(done.stderr.is_empty(), "{}", String::from_utf8_lossy(&done.stderr));
    String::from_utf8(done.stdout).unwrap()
}

/// A root with orders of one customer whose last days are near.
struct Root(tempfile::TempDir);

impl Root {
    fn new(customer: &str, orders: usize) -> Self {
        let root = Self(tempfile::tempdir().unwrap());
        root.write(
            "gendan.toml",
            "schema = 1\ntimezone = \"Asia/Shanghai\"\n\n[company]\nname = \"Nimbus\"\n",
        );
        root.write("customers/c.toml", &format!("name = {}\ncountry = \"DE\"\n", quoted(customer)));
        root.write(
            "people.toml",
            &format!("[\"lin.yan\"]\nname = {}\nemails = [\"a@x.example\"]\n", quoted(customer)),
        );
        for n in 0..orders {
            let text = format!(
                "customer = \"c\"\nmerchandiser = \"lin.yan\"\ncurrency = \"USD\"\npayment = \"30% deposit, 70% before-shipment\"\nship_by = 2026-11-25\npo = {po}\nsigned = 2026-10-01\n\n[[items]]\nsku = \"L-1\"\nname = {po}\nqty = 1000\nunit = \"PCS\"\nprice = 98.76\n",
                po = quoted(customer)
            );
            root.write(&format!("orders/2026/GD26-{n:04}/order.toml"), &text);
        }
        root
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    fn write(&self, name: &str, text: &str) {
        let path = self.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
}

/// A TOML string.
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            c if c.is_control() => write!(out, "\\u{:04X}", u32::from(c)).unwrap(),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// All text in a payload that a reader sees, and the addresses its links lead to.
fn parts(service: &str, message: &str) -> (String, Vec<String>) {
    if service == "text" {
        return (message.to_owned(), Vec::new());
    }
    let value: Value = serde_json::from_str(message).unwrap();
    match service {
        "wecom" => {
            assert_eq!(value["msgtype"], "markdown");
            markdown(value["markdown"]["content"].as_str().unwrap())
        }
        "dingtalk" => {
            assert_eq!(value["msgtype"], "markdown");
            assert_eq!(value["at"]["isAtAll"], false);
            let (mut text, links) = markdown(value["markdown"]["text"].as_str().unwrap());
            text.push_str(value["markdown"]["title"].as_str().unwrap());
            (text, links)
        }
        _ => {
            assert_eq!(value["msg_type"], "post");
            let (mut text, mut links) = (String::new(), Vec::new());
            for (lang, post) in value["content"]["post"].as_object().unwrap() {
                assert!(["zh_cn", "en_us"].contains(&lang.as_str()), "{lang}");
                text.push_str(post["title"].as_str().unwrap());
                for element in post["content"].as_array().unwrap().iter().flat_map(|p| p.as_array().unwrap())
                {
                    assert!(matches!(element["tag"].as_str(), Some("text" | "a")), "{element}");
                    text.push('\n');
                    text.push_str(element["text"].as_str().unwrap());
                    links.extend(element["href"].as_str().map(ToOwned::to_owned));
                }
            }
            (text, links)
        }
    }
}

/// The text with the links taken out.
fn markdown(text: &str) -> (String, Vec<String>) {
    let (mut plain, mut links, mut rest) = (String::new(), Vec::new(), text);
    while let Some((before, after)) = rest.split_once("](") {
        let (link, after) = after.split_once(')').unwrap();
        let (before, name) = before.rsplit_once('[').unwrap();
        plain.push_str(before);
        plain.push_str(name);
        links.push(link.to_owned());
        rest = after;
    }
    plain.push_str(rest);
    (plain, links)
}

fn assert_fits(service: &str, message: &str) {
    let body = message.trim_end_matches('\n').len();
    match service {
        "wecom" => {
            let value: Value = serde_json::from_str(message).unwrap();
            let content = value["markdown"]["content"].as_str().unwrap().len();
            assert!(content <= 4096, "{content} bytes of content");
        }
        "feishu" | "dingtalk" => assert!(body < 20_000, "{body} bytes"),
        _ => {}
    }
}

#[test]
fn the_example_says_what_its_dashboard_says() {
    let text =
        said(&data(), &["--to", "text", "--lang", "both", "--site", "https://orders.example.internal/"]);
    insta::assert_snapshot!("example_text", text);
    insta::assert_snapshot!("example_wecom", said(&data(), &["--to", "wecom", "--amounts"]));
}

#[test]
fn every_service_gets_the_same_seven_orders_with_links_to_pages_that_exist() {
    let out = tempfile::tempdir().unwrap();
    let site = out.path().join("public");
    let built = Command::new(env!("CARGO_BIN_EXE_gendan"))
        .args(["build", "--no-cache", "--as-of", "2026-11-20", "--root"])
        .arg(data())
        .arg("--out")
        .arg(&site)
        .output()
        .unwrap();
    assert!(built.status.success());
    let dashboard = fs::read_to_string(site.join("index.html")).unwrap();
    let todos = dashboard.split("<ol class=\"todos\">").nth(1).unwrap().split("</ol>").next().unwrap();
    let wanted: Vec<&str> =
        todos.split("href=\"o/").skip(1).map(|s| s.split(".html").next().unwrap()).collect();
    assert_eq!(wanted.len(), 7);
    let address = "https://orders.example.internal/site";
    for lang in ["zh", "en", "both"] {
        for service in SERVICES {
            let message = said(&data(), &["--to", service, "--lang", lang, "--site", address]);
            assert_fits(service, &message);
            let (text, links) = parts(service, &message);
            let mut from = 0;
            for order in &wanted {
                let at = text[from..]
                    .find(order)
                    .unwrap_or_else(|| unreachable!("{service} {lang}: {order} in {text}"));
                from += at;
            }
            for link in &links {
                let page = link.strip_prefix(address).unwrap().trim_start_matches('/');
                assert!(site.join(page).is_file(), "{service} {lang}: {link}");
                assert_eq!(
                    page.starts_with("en/"),
                    lang == "en" || (lang == "both" && page.starts_with("en/"))
                );
            }
            if service != "text" {
                assert!(links.iter().any(|link| link.contains("/o/")), "{links:?}");
            }
        }
        let bare = said(&data(), &["--to", "wecom", "--lang", lang]);
        assert!(!bare.contains("]("), "no address, no link: {bare}");
    }
}

#[test]
fn no_amount_unless_it_is_allowed() {
    let root = Root::new("Hanse Licht", 3);
    root.write("orders/2026/GD26-0009/order.toml", "customer = \"c\"\ncurrency = \"USD\"\npayment = \"USD 12345.67 deposit, balance oa 60d bl-date\"\nship_by = 2027-03-31\nsigned = 2026-09-01\n\n[[items]]\nsku = \"L-1\"\nname = \"x\"\nqty = 1000\nunit = \"PCS\"\nprice = 98.76\n");
    // The sentence of this one names its instalment by the amount.
    for from in [root.path(), &data()] {
        for service in SERVICES {
            for lang in ["zh", "en"] {
                let (text, _) = parts(service, &said(from, &["--to", service, "--lang", lang]));
                for code in ["USD", "EUR", "GBP", "JPY", "CNY", ".00", ".67"] {
                    assert!(!text.contains(code), "{service}: {code} in {text}");
                }
            }
        }
    }
    let with = said(root.path(), &["--to", "text", "--amounts"]);
    assert!(with.contains("USD 29,628.00") && with.contains("定金 USD 12,345.67 逾期"), "{with}");
    root.write("gendan.toml", "schema = 1\n\n[digest]\namounts = true\nsite = \"https://set.example\"\n");
    let with = said(root.path(), &["--to", "text"]);
    assert!(with.contains("USD") && with.contains("https://set.example/o/GD26-0000.html"), "{with}");
    let other = said(root.path(), &["--to", "text", "--site", "https://typed.example"]);
    assert!(
        other.contains("https://typed.example/o/") && !other.contains("set.example"),
        "what is typed wins"
    );
}

#[test]
fn names_of_ten_thousand_characters_still_fit_and_are_whole_characters() {
    for name in ["单".repeat(10_000), "😀".repeat(10_000), "a".repeat(10_000), "\u{1}\u{202e}".repeat(5_000)]
    {
        let root = Root::new(&name, 12);
        let site = format!("https://{}.example", "x".repeat(180));
        for service in SERVICES {
            for lang in ["en", "both"] {
                let args = ["--to", service, "--lang", lang, "--amounts", "--site", &site];
                let message = said(root.path(), &args);
                assert_fits(service, &message);
                let (text, _) = parts(service, &message);
                assert!(!text.contains('\u{202e}') && !text.contains('\u{1}'), "{service}");
                let items = (0..12).filter(|n| text.contains(&format!("GD26-{n:04}"))).count();
                let left = 12 - items;
                assert!(items <= 7, "{items}");
                let more = if lang == "en" { format!("{left} more") } else { format!("另有 {left} 条") };
                assert!(text.contains(&more), "{service} {lang}: {more} in {text}");
            }
        }
    }
}

#[test]
fn hostile_names_stay_names() {
    let names = [
        "<@all> @所有人 @all",
        "<at user_id=\"all\">所有人</at><at id=all></at>",
        "[点这里](https://evil.example)",
        "![](http://evil.example/x.png) http://evil.example www.evil.example",
        "**x** __y__ `z` ~~w~~ # h | t | $q$",
        "x\n# 标题\n> 引用\n- 列表\n1. 一\n---",
        "<font color=\"warning\">红</font> &lt;@all&gt;",
        "\"}],\"at\":{\"isAtAll\":true},\"x\":[{\"",
        "](https://evil.example) [x",
        "\\](https://evil.example)",
        "\u{1b}]8;;https://evil.example\u{7}x",
    ];
    for name in names {
        let root = Root::new(name, 2);
        for service in ["wecom", "feishu", "dingtalk"] {
            let message =
                said(root.path(), &["--to", service, "--lang", "both", "--site", "https://ours.example"]);
            let (text, links) = parts(service, &message);
            for link in links {
                assert!(link.starts_with("https://ours.example/"), "{service}: {link}");
            }
            for evil in ["<", "@", "`", "://", "www.", "![", "~", "#", "|", "\u{1b}", "\\", "$"] {
                assert!(!text.contains(evil), "{service}: {evil} of {name} in {text}");
            }
            assert!(!text.contains("\n- 列表") && !text.contains("\n＃"), "{service}: {text}");
            let value: Value = serde_json::from_str(&message).unwrap();
            let keys: Vec<&String> = value.as_object().unwrap().keys().collect();
            assert!(keys.len() <= 3 && value["at"]["isAtAll"] != true, "{keys:?}");
        }
        let text = said(root.path(), &["--to", "text"]);
        assert!(!text.contains('\u{1b}') && !text.contains("\n# "), "{text}");
    }
}

#[test]
fn an_empty_root_and_a_broken_order_have_a_morning_too() {
    let root = Root::new("Hanse", 0);
    for service in SERVICES {
        let (text, _) = parts(service, &said(root.path(), &["--to", service]));
        assert!(text.contains("没有进行中的订单") && text.contains("2026-11-20"), "{text}");
    }
    assert!(said(root.path(), &["--to", "text", "--lang", "en"]).starts_with("gendan: no open orders"));
    root.write("orders/2026/GD26-0001/order.toml", "customer = [[[\n");
    let text = said(root.path(), &["--to", "text"]);
    assert!(text.contains("读入 0/1"), "{text}");
    root.write("gendan.toml", "schema = \n");
    let done = run(root.path(), &["--to", "text"]);
    assert_eq!((done.status.code(), done.stdout.len()), (Some(2), 0), "levels are in doubt");
}

#[test]
fn an_address_that_is_none_is_refused() {
    let root = Root::new("Hanse", 1);
    for bad in ["orders.example", "javascript:alert(1)", "https://x/)(", "https://u:p@x/", "https://x/?a"] {
        let done = run(root.path(), &["--to", "wecom", "--site", bad]);
        assert_eq!((done.status.code(), done.stdout.len()), (Some(2), 0), "{bad}");
    }
    assert_eq!(run(root.path(), &[]).status.code(), Some(2), "--to is asked for");
    assert_eq!(run(root.path(), &["--to", "fax"]).status.code(), Some(2));
}

#[test]
fn the_same_data_says_the_same() {
    for service in SERVICES {
        let args = ["--to", service, "--lang", "both", "--amounts"];
        assert_eq!(said(&data(), &args), said(&data(), &args));
    }
}
