//! The site as a whole, through the binary: which pages exist, same bytes on any machine, a broken order does not
//! take the others off the air, templates can be overridden by block, foreign folders are refused.

#![expect(clippy::unwrap_used, reason = "helpers of tests fail the test")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn repo() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn gendan(args: &[&str], envs: &[(&str, &str)]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_gendan"));
    command.args(args).envs(envs.iter().copied()).env_remove("GENDAN_ROOT");
    command.output().unwrap()
}

fn build(root: &Path, out: &Path, envs: &[(&str, &str)]) -> Output {
    build_for("internal", root, out, envs)
}

fn build_for(audience: &str, root: &Path, out: &Path, envs: &[(&str, &str)]) -> Output {
    let (root, out) = (root.to_str().unwrap(), out.to_str().unwrap());
    gendan(&["build", "--audience", audience, "--root", root, "--out", out, "--as-of", "2026-11-20"], envs)
}

/// Every file below a folder with its bytes.
fn tree(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    walkdir::WalkDir::new(folder)
        .into_iter()
        .map(Result::unwrap)
        .filter(|e| e.file_type().is_file())
        .map(|e| {
            let name = e.path().strip_prefix(folder).unwrap().to_str().unwrap().replace('\\', "/");
            (name, fs::read(e.path()).unwrap())
        })
        .collect()
}

fn copy(from: &Path, to: &Path) {
    for (name, bytes) in tree(from) {
        let target = to.join(name);
        fs::create_dir_all(target.parent().unwrap()).unwrap();
        fs::write(target, bytes).unwrap();
    }
}

/// The example in a folder of its own, outside any repository.
fn example() -> (tempfile::TempDir, PathBuf) {
    let dir = tempfile::tempdir().unwrap();
    let root = dir.path().join("data");
    copy(&repo().join("data"), &root);
    (dir, root)
}

#[test]
fn the_example_has_exactly_these_pages() {
    let (dir, root) = example();
    let out = dir.path().join("public");
    let built = build(&root, &out, &[]);
    assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
    // The complete files of orders are no pages of the site, and the same for both languages: tests/archive.rs.
    let complete = |p: &str| p.starts_with("archive/2") && p.matches('/').count() != 2;
    let rules = |p: &str| p.starts_with("rules/") || p.starts_with("en/rules/");
    let pages: Vec<String> = tree(&out).into_keys().filter(|p| !rules(p) && !complete(p)).collect();
    insta::assert_snapshot!("pages", pages.join("\n"));
    for path in pages.iter().filter(|p| p.ends_with(".html") && !p.starts_with("en/")) {
        assert!(pages.contains(&format!("en/{path}")), "{path} has no English counterpart");
    }
    for rule in gendan::check::rules::all() {
        assert!(out.join(format!("rules/{}.html", rule.name)).is_file(), "{} has no page", rule.name);
    }
}

#[test]
fn the_same_data_and_day_give_the_same_bytes() {
    let (dir, root) = example();
    let (a, b) = (dir.path().join("a"), dir.path().join("b"));
    assert!(build(&root, &a, &[("TZ", "Asia/Shanghai"), ("LC_ALL", "zh_CN.UTF-8")]).status.success());
    let moved = dir.path().join("elsewhere/with a space");
    copy(&root, &moved);
    let envs = [("TZ", "America/New_York"), ("LC_ALL", "C"), ("RAYON_NUM_THREADS", "1")];
    assert!(build(&moved, &b, &envs).status.success());
    let (a, b) = (tree(&a), tree(&b));
    assert_eq!(a.keys().collect::<Vec<_>>(), b.keys().collect::<Vec<_>>());
    for (path, bytes) in &a {
        assert!(b.get(path) == Some(bytes), "{path} differs");
    }
    let text = String::from_utf8_lossy(&a["index.html"]).into_owned();
    assert!(!text.contains(dir.path().to_str().unwrap()), "a path of the machine is in the output");
}

#[test]
fn a_broken_order_is_red_and_the_rest_is_published() {
    let (dir, root) = example();
    let file = root.join("orders/2026/GD26-0131/order.toml");
    fs::write(&file, "customer = “hanse-licht”\npo = <script>alert(1)</script>\n[[items]\nqty = 1,2\n")
        .unwrap();
    fs::create_dir_all(root.join("orders/2026/GD26-9999")).unwrap();
    fs::write(root.join("orders/2026/GD26-9999/order.toml"), [0xff, 0xfe, 0x00]).unwrap();
    let out = dir.path().join("public");
    let built = build(&root, &out, &[]);
    assert!(
        built.status.success(),
        "a broken order does not stop the build: {}",
        String::from_utf8_lossy(&built.stderr)
    );
    let page = fs::read_to_string(out.join("o/GD26-0131.html")).unwrap();
    assert!(page.contains("toml-fullwidth") && page.contains("中文引号"), "the red page says what is wrong");
    assert!(!page.contains("<script>alert"), "and does not run what it shows");
    assert!(out.join("o/GD26-9999.html").is_file(), "an order that cannot be read at all has a page too");
    assert!(out.join("o/GD26-0117.html").is_file());
    let strict = gendan(
        &[
            "build",
            "--strict",
            "--root",
            root.to_str().unwrap(),
            "--out",
            out.to_str().unwrap(),
            "--as-of",
            "2026-11-20",
        ],
        &[],
    );
    assert_eq!(strict.status.code(), Some(1), "--strict exits with 1");
}

#[test]
fn one_block_of_a_template_can_be_replaced() {
    let (dir, root) = example();
    fs::create_dir_all(root.join("templates")).unwrap();
    fs::write(
        root.join("templates/base.html"),
        "{% extends \"builtin/base.html\" %}{% block footer %}<footer class=\"foot\"><p>Our own footer</p></footer>{% endblock footer %}",
    )
    .unwrap();
    let out = dir.path().join("public");
    let built = build(&root, &out, &[]);
    assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
    let page = fs::read_to_string(out.join("o/GD26-0117.html")).unwrap();
    assert!(page.contains("Our own footer") && page.contains("GD26-0117"), "only the block is replaced");
    fs::write(
        root.join("templates/base.html"),
        "{% extends \"builtin/base.html\" %}{% block footer %}{{ nonsense(",
    )
    .unwrap();
    let broken = build(&root, &out, &[]);
    assert_eq!(broken.status.code(), Some(2), "a wrong template stops the build");
    assert!(String::from_utf8_lossy(&broken.stderr).contains("base.html"), "and is named");
    assert!(
        fs::read_to_string(out.join("o/GD26-0117.html")).unwrap().contains("Our own footer"),
        "the old site stays"
    );
}

#[test]
fn a_folder_with_other_files_is_refused_and_an_old_site_is_replaced_whole() {
    let (dir, root) = example();
    let out = dir.path().join("public");
    fs::create_dir_all(&out).unwrap();
    fs::write(out.join("precious.txt"), "do not lose me").unwrap();
    let refused = build(&root, &out, &[]);
    assert_eq!(refused.status.code(), Some(2));
    assert_eq!(tree(&out).len(), 1, "nothing was written");
    fs::remove_file(out.join("precious.txt")).unwrap();
    assert!(build(&root, &out, &[]).status.success());
    assert!(out.join("o/GD26-0131.html").is_file());
    fs::remove_dir_all(root.join("orders/2026/GD26-0131")).unwrap();
    assert!(build(&root, &out, &[]).status.success());
    assert!(!out.join("o/GD26-0131.html").exists(), "pages of the old site do not linger");
}

#[test]
fn nothing_of_the_machine_is_published_and_what_a_supplier_was_paid_is_finances_alone() {
    let (dir, root) = example();
    let out = dir.path().join("public");
    assert!(build(&root, &out, &[]).status.success());
    let here = repo().to_str().unwrap();
    let shown = |text: &str| text.contains("68,040.00") || text.contains("68040");
    for (path, bytes) in tree(&out) {
        let text = String::from_utf8_lossy(&bytes);
        assert!(!text.contains(here), "{path} names a folder of this machine");
        assert!(!shown(&text), "{path} shows what a supplier was paid");
        assert!(!path.contains("payables") && !text.contains("payables.html"), "{path} leads to what we owe");
    }
    let finance = dir.path().join("finance");
    assert!(build_for("finance", &root, &finance, &[]).status.success());
    let shown: Vec<String> = tree(&finance)
        .into_iter()
        // The records themselves say everything.
        .filter(|(path, bytes)| !path.starts_with("archive/") && shown(&String::from_utf8_lossy(bytes)))
        .map(|(path, _)| path)
        .collect();
    let known = ["o/GD26-0117.html", "payables.csv", "payables.html", "payables.json"];
    let known: Vec<String> =
        known.iter().flat_map(|path| [(*path).to_owned(), format!("en/{path}")]).collect();
    assert!(known.iter().all(|path| shown.contains(path)), "finance sees it: {shown:?}");
}

#[test]
fn what_we_owe_is_left_out_where_the_company_says_so() {
    let (dir, root) = example();
    let out = dir.path().join("public");
    let config = root.join("gendan.toml");
    let text = fs::read_to_string(&config).unwrap();
    // What a customer is not shown says nothing about what finance is shown.
    assert!(text.contains("[audience.customer]") && text.contains("\"paid\""));
    fs::write(&config, format!("{text}\n[audience.finance]\nhide = [\"paid\"]\n")).unwrap();
    assert!(build_for("finance", &root, &out, &[]).status.success());
    for (path, bytes) in tree(&out) {
        assert!(!path.contains("payables"), "{path} is written all the same");
        let text = String::from_utf8_lossy(&bytes);
        assert!(!text.contains("payables.html"), "{path} leads to a page that is not there");
        assert!(
            !text.contains("68,040.00") && !text.contains("68040"),
            "{path} shows what a supplier was paid"
        );
    }
    assert!(out.join("exposure.html").is_file() && out.join("exposure.json").is_file());
    // Purchase orders alone: the page stays, what was ordered goes.
    fs::write(&config, format!("{text}\n[audience.finance]\nhide = [\"buy\"]\n")).unwrap();
    assert!(build_for("finance", &root, &out, &[]).status.success());
    assert!(out.join("payables.html").is_file() && out.join("en/payables.xlsx").is_file());
}

#[test]
fn an_empty_data_root_becomes_a_site_too() {
    let dir = tempfile::tempdir().unwrap();
    let root = dir.path().join("data");
    fs::create_dir_all(&root).unwrap();
    fs::write(root.join("gendan.toml"), "schema = 1\n").unwrap();
    let out = dir.path().join("public");
    let built = build(&root, &out, &[]);
    assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
    assert!(out.join("index.html").is_file() && out.join("en/board.html").is_file());
}

/// Text that would do something if a page, a link or a script took it as more than text. Bidi controls turn
/// what is read around; one very long word tries the layout.
fn hostile(of: &str) -> String {
    format!(
        "{of}</script><script>alert(1)</script><img src=x onerror=alert(2)>\"'`&lt;\u{202e}{{{{ 7919*7907 }}}}{{% include 'base.html' %}}"
    )
}

/// What people try who want a page to run something, a spreadsheet to compute something, or a reader to see something
/// else: after the lists of OWASP for cross-site scripting and formulas, and what Unicode adds.
const TRICKS: &[&str] = &[
    "<svg/onload=alert(1)>",
    "\"><svg onload=alert(1)>",
    "' onmouseover='alert(1)",
    "\" autofocus onfocus=alert(1) x=\"",
    "javascript:/*--></title></style></textarea></script></xmp><svg/onload='+/\"/+/onmouseover=1/+/[*/[]/+alert(1)//'>",
    "<a href=\"jav&#x09;ascript:alert(1)\">x</a>",
    "<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "%3Cscript%3Ealert(1)%3C/script%3E &#60;script&#62; \\u003cscript\\u003e",
    "<!--><script>alert(1)</script>-->",
    "]]><script>alert(1)</script><![CDATA[",
    "=HYPERLINK(\"https://example.com\",\"x\")",
    "=cmd|' /C calc'!A0",
    "+1+cmd|' /C calc'!A0",
    "-2+3+cmd|' /C calc'!A0",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "\t=1+1",
    "\r\n=1+1\r\nBEGIN:VEVENT\r\nSUMMARY:x",
    "\u{200b}\u{2066}\u{202e}drow\u{202c}\u{2069}\u{feff}\u{00ad}",
    "\u{1b}[31mred\u{7}\u{85}\u{2028}\u{2029}",
    "::error file=x::y",
];

/// Every text of a TOML file that is no key of its own (an id, a date, a code) replaced by hostile text, in turn.
fn poison(table: &mut toml::Table, free: &[&str], turn: &mut usize) {
    for (key, value) in table.iter_mut() {
        poison_value(key, value, free, turn);
    }
}

fn poison_value(key: &str, value: &mut toml::Value, free: &[&str], turn: &mut usize) {
    match value {
        toml::Value::String(text) if free.contains(&key) => {
            *turn += 1;
            // Every second one is the long one, which tries the templates too.
            *text = match TRICKS.get((*turn / 2) % TRICKS.len()) {
                Some(trick) if turn.is_multiple_of(2) => format!("{trick} {key}"),
                _ => hostile(key),
            };
        }
        toml::Value::Array(list) => list.iter_mut().for_each(|v| poison_value(key, v, free, turn)),
        toml::Value::Table(table) => poison(table, free, turn),
        _ => {}
    }
}

/// Keys that hold free text, whatever table they stand in.
const FREE: &[&str] = &[
    "po",
    "name",
    "name_zh",
    "customer_sku",
    "marks",
    "said",
    "payer",
    "ref",
    "number",
    "buyer",
    "seller",
    "words",
    "from",
    "to",
    "term",
    "what",
    "action",
    "note",
    "text",
    "why",
    "by",
    "vessel",
    "voyage",
    "booking",
    "seal",
    "cancel_reason",
    "agreed_by",
    "address",
    "email",
    "tax_id",
    "eori",
    "consignee",
    "notify",
    "goods",
    "applicant",
    "beneficiary",
    "drafts",
    "origin",
    "cause",
    "decision",
    "settled",
    "corrective",
    "file",
];

/// A data root in which every free text of every order, party and person is hostile.
fn hostile_root() -> (tempfile::TempDir, PathBuf) {
    let (dir, root) = example();
    let mut turn = 0;
    for (name, bytes) in tree(&root) {
        let wanted = name.starts_with("orders/")
            || name.starts_with("customers/")
            || name.starts_with("suppliers/")
            || name.starts_with("forwarders/")
            || name == "people.toml";
        if !wanted || !name.ends_with(".toml") {
            continue;
        }
        let mut table: toml::Table = toml::from_str(std::str::from_utf8(&bytes).unwrap()).unwrap();
        poison(&mut table, FREE, &mut turn);
        fs::write(root.join(&name), toml::to_string(&table).unwrap()).unwrap();
    }
    let order = root.join("orders/2026/GD26-0117");
    fs::write(
        order.join("notes.md"),
        format!(
            "# {}\n\n[a](javascript:alert(3)) [b](data:text/html,<script>alert(4)</script>) ![c](https://example.com/x.png)\n\n<iframe src=//example.com></iframe>\n\n[d][e]\n\n[e]: JaVaScRiPt:alert(5)\n",
            hostile("notes")
        ),
    )
    .unwrap();
    let long = "长".repeat(300);
    let text = fs::read_to_string(order.join("order.toml")).unwrap();
    let mut table: toml::Table = toml::from_str(&text).unwrap();
    table.insert("po".into(), toml::Value::String(format!("{long}{}", "W".repeat(300))));
    fs::write(order.join("order.toml"), toml::to_string(&table).unwrap()).unwrap();
    // A mailbox pasted into the notes: ten megabytes.
    fs::write(root.join("orders/2026/GD26-0131/notes.md"), "<b onclick=alert(6)>*a*</b> ".repeat(400_000))
        .unwrap();
    let config = fs::read_to_string(root.join("gendan.toml")).unwrap();
    let config = config
        .replace("\"https://git.example.internal/trade/orders\"", "\"javascript:alert(7)//\"")
        .replace("\"Ningbo Gendan Trading Co., Ltd.\"", "\"</title><script>alert(8)</script>\"")
        .replace("\"宁波跟单贸易有限公司\"", "\"</title><script>alert(8)</script>\"");
    fs::write(root.join("gendan.toml"), config).unwrap();
    (dir, root)
}

#[test]
fn hostile_texts_make_no_markup_no_link_and_no_script() {
    let (dir, root) = hostile_root();
    // For a look in a browser: tests/browser/run on this folder finds a dialog, a request or a console message.
    let out =
        std::env::var_os("GENDAN_HOSTILE_SITE").map_or_else(|| dir.path().join("public"), PathBuf::from);
    let built = build(&root, &out, &[]);
    assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
    let site = tree(&out);
    for (path, bytes) in &site {
        let text = String::from_utf8_lossy(bytes);
        if path.ends_with(".html") {
            let lower = text.to_lowercase();
            let tags = tags(&lower);
            for bad in [
                "<script>",
                "<img",
                "<iframe",
                "<math",
                "onerror",
                "onclick",
                "onload",
                "onmouseover",
                "onfocus",
            ] {
                assert!(!tags.contains(bad), "{path} has {bad}");
            }
            for link in lower.split("href=\"").skip(1) {
                let safe = ["javascript:", "data:", "vbscript:"]
                    .iter()
                    .all(|bad| !link.trim_start().starts_with(bad));
                assert!(safe, "{path} links to {}", link.chars().take(40).collect::<String>());
            }
            assert!(tags.contains("<main"), "{path} lost its markup");
            assert!(!text.contains("62615533"), "{path}: data was taken for a template");
            assert!(bytes.len() < 2 * 1024 * 1024, "{path} is {} bytes", bytes.len());
        }
        if path.ends_with(".js") {
            assert!(!text.contains("</script"), "{path} could end the script that holds it");
        }
        if path.ends_with(".json") {
            let read: Result<serde_json::Value, _> = serde_json::from_slice(bytes);
            assert!(read.is_ok(), "{path} is no JSON: {read:?}");
        }
        if path.ends_with(".csv") {
            let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
            for record in reader.records() {
                for cell in &record.unwrap() {
                    let computes = cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
                    let number = cell.parse::<rust_decimal::Decimal>().is_ok();
                    assert!(!computes || number, "{path}: a spreadsheet would compute {cell:?}");
                }
            }
        }
        if path.ends_with(".xml") {
            let mut reader = quick_xml::Reader::from_str(&text);
            loop {
                match reader.read_event() {
                    Ok(quick_xml::events::Event::Eof) => break,
                    Ok(_) => {}
                    Err(error) => panic!("{path}: {error}"),
                }
            }
        }
        if path.ends_with(".ics") {
            for line in text.split("\r\n") {
                assert!(
                    !line.contains(['\n', '\r']),
                    "{path}: a line break of the data ends a line: {line:?}"
                );
            }
            let begun = text.split("\r\n").filter(|line| *line == "BEGIN:VEVENT").count();
            let ended = text.split("\r\n").filter(|line| *line == "END:VEVENT").count();
            assert_eq!(begun, ended, "{path}: the data begins an event");
        }
    }
    let page = String::from_utf8_lossy(&site["o/GD26-0117.html"]).into_owned();
    assert!(page.contains("&lt;/script&gt;"), "the text itself is still shown");
    assert!(page.contains(&"长".repeat(300)), "a long number is shown whole");
    assert!(site.contains_key("o/GD26-0131.html"), "ten megabytes of notes take no page off the air");
}

/// The tags of a page without the values of their attributes: there the words are harmless text.
fn tags(page: &str) -> String {
    let (mut tags, mut inside, mut quoted) = (String::new(), false, false);
    for c in page.chars() {
        match c {
            '<' if !inside => inside = true,
            '"' if inside => quoted = !quoted,
            '>' if inside && !quoted => {
                inside = false;
                tags.push(c);
            }
            _ => {}
        }
        if inside && !quoted {
            tags.push(c);
        }
    }
    tags
}

#[test]
fn a_partly_broken_order_keeps_its_page_with_what_is_wrong_first() {
    let (dir, root) = example();
    let file = root.join("orders/2026/GD26-0117/order.toml");
    let text = fs::read_to_string(&file).unwrap().replacen("qty          = 12000", "qty = 12,000", 1);
    fs::write(&file, text).unwrap();
    let out = dir.path().join("public");
    assert!(build(&root, &out, &[]).status.success());
    let page = fs::read_to_string(out.join("o/GD26-0117.html")).unwrap();
    assert!(page.contains("v-late") && page.contains("写法错误 1 处"), "the verdict says so");
    let at = |id: &str| page.find(&format!("<section class=\"sec\" id=\"{id}\"")).unwrap();
    assert!(at("findings") < at("stages"), "what is wrong stands first");
    assert!(fs::read_to_string(out.join("en/orders.html")).unwrap().contains("1 entry could not be read"));
}
