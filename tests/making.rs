//! Documents made from the order, through the binary: what is made agrees with the order to the cent, reads back as
//! registered papers without a finding, is marked as a draft exactly while an error is open, and is refused, with a
//! reason, when there is nothing to make it from.

#![expect(clippy::unwrap_used, reason = "helpers of tests fail the test")]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::Command;

use gendan::check::finding::Finding;
use gendan::check::{check, finding::Severity};
use gendan::derive::{Facts, derive};
use gendan::history::{self, History};
use gendan::load::load;
use gendan::model::value::{Currency, words};
use gendan::publish::ctx::{Ctx, Findings};
use gendan::publish::making::{Kind, Made, Making, Scope};
use gendan::text::Lang;
use rust_decimal::Decimal;

const AS_OF: &str = "2026-11-20";

struct Run {
    code: i32,
    out: String,
    err: String,
}

fn gendan(root: &Path, args: &[&str]) -> Run {
    let mut command = Command::new(env!("CARGO_BIN_EXE_gendan"));
    command.args(args).args(["--root", root.to_str().unwrap(), "--as-of", AS_OF]).env_remove("GENDAN_ROOT");
    let output = command.output().unwrap();
    Run {
        code: output.status.code().unwrap(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

/// A data root with the parties of the rule fixtures and the orders of this file.
struct Root(tempfile::TempDir);

impl Root {
    fn new() -> Self {
        let root = Self(tempfile::tempdir().unwrap());
        let base = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/rules/_base");
        for entry in walkdir::WalkDir::new(&base) {
            let entry = entry.unwrap();
            if entry.file_type().is_file() {
                let below = entry.path().strip_prefix(&base).unwrap().to_str().unwrap().to_owned();
                root.write(&below, &fs::read_to_string(entry.path()).unwrap());
            }
        }
        let setup = fs::read_to_string(root.path().join("gendan.toml")).unwrap();
        let bank =
            "[company.bank]\nname = \"Bank of Example\"\naccount = \"3301 0000\"\nbic = \"BEXACNBN330\"\n";
        root.write("gendan.toml", &format!("{setup}\n{bank}"));
        root.write("orders/2026/SPLIT/order.toml", SPLIT);
        root.write("orders/2026/SPLIT/money.toml", SPLIT_MONEY);
        root.write("orders/2026/YEN/order.toml", YEN);
        root.write("orders/2026/BARE/order.toml", BARE);
        root.write("orders/2026/CREDIT/order.toml", CREDIT);
        root.write("orders/2026/CREDIT/docs.toml", CREDIT_DOCS);
        root
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    fn write(&self, name: &str, text: &str) {
        let to = self.path().join(name);
        fs::create_dir_all(to.parent().unwrap()).unwrap();
        fs::write(to, text).unwrap();
    }

    /// A file with one text in place of another.
    fn change(&self, name: &str, old: &str, new: &str) {
        let text = fs::read_to_string(self.path().join(name)).unwrap();
        assert_eq!(text.matches(old).count(), 1, "{name}: {old}");
        self.write(name, &text.replace(old, new));
    }

    fn doc(&self, args: &[&str]) -> Run {
        gendan(self.path(), &[&["doc"], args].concat())
    }

    /// A document that has to be there.
    fn made(&self, args: &[&str]) -> Paper {
        let run = self.doc(args);
        assert_eq!(run.code, 0, "{args:?}: {}", run.err);
        Paper(run.out)
    }

    /// Everything the check says, but information: severity, rule, title.
    fn findings(&self) -> Vec<(Severity, &'static str, String)> {
        let loaded = load(self.path()).unwrap();
        let history = history::read(self.path());
        let facts = derive(&loaded.book, &history, AS_OF.parse().unwrap());
        let all = check(&facts, loaded.findings).findings;
        let row = |f: &Finding| (f.severity, f.rule.name, f.title.en.clone());
        all.iter().filter(|f| f.severity > Severity::Info).map(row).collect()
    }
}

/// A made document, read as whoever gets it reads it.
struct Paper(String);

impl Paper {
    fn text(html: &str) -> String {
        let mut out = String::new();
        let mut tag = false;
        let blocks = ["p", "div", "dt", "dd", "td", "th", "li", "h1"];
        let html = blocks.iter().fold(html.to_owned(), |h, b| h.replace(&format!("</{b}>"), " "));
        for c in html.chars() {
            match c {
                '<' => tag = true,
                '>' => tag = false,
                c if !tag => out.push(c),
                _ => {}
            }
        }
        let plain =
            out.replace("&lt;", "<").replace("&gt;", ">").replace("&#39;", "'").replace("&quot;", "\"");
        plain.replace("&amp;", "&").split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// The sheet alone, without what is on the screen only.
    fn sheet(&self) -> &str {
        let sheet = self.0.split("<article class=\"paper\"").nth(1).unwrap().split_once('>').unwrap().1;
        sheet.split("</article>").next().unwrap()
    }

    /// The rows of a table, cell by cell.
    fn rows(&self, class: &str) -> Vec<Vec<String>> {
        let table = self.sheet().split(&format!("<table class=\"{class}\"")).nth(1).unwrap();
        let body = table.split("</table>").next().unwrap().split("</thead>").nth(1).unwrap();
        let cells = |row: &str| {
            let cells = row.split("<t").skip(1).filter(|c| c.starts_with(['d', 'h']));
            cells.map(|cell| Self::text(cell.split_once('>').unwrap().1)).collect()
        };
        body.split("<tr").skip(1).map(cells).collect()
    }

    /// Labelled lines.
    fn pairs(&self) -> BTreeMap<String, String> {
        let pair = |part: &str| {
            let (label, rest) = part.split_once("</dt>").unwrap();
            let value = rest.split_once('>').unwrap().1.split("</dd>").next().unwrap();
            (Self::text(label), Self::text(value))
        };
        self.sheet().split("<dt>").skip(1).map(pair).collect()
    }

    /// The row that starts with a word behind an empty cell: `Total …`, `Balance due`.
    fn sum(&self, table: &str, starts: &str) -> Decimal {
        let rows = self.rows(table);
        let row = rows.iter().find(|r| r.iter().any(|c| c.starts_with(starts)));
        figure(row.expect(starts).last().unwrap())
    }

    fn words(&self) -> String {
        let part = self.sheet().split("class=\"words\"").nth(1).unwrap();
        let text = Self::text(part.split("</p>").next().unwrap().split_once('>').unwrap().1);
        text.split_once("words ").unwrap().1.to_owned()
    }

    fn is_draft(&self) -> bool {
        let marks = [
            self.0.contains("class=\"wm\""),
            self.0.contains("class=\"stamp\""),
            self.0.contains("class=\"why\""),
        ];
        assert!(marks.iter().all(|m| *m == marks[0]), "watermark, stamp and reason go together: {marks:?}");
        marks[0]
    }
}

fn figure(text: &str) -> Decimal {
    text.replace([',', ' '], "").replace('−', "-").parse().expect(text)
}

fn n(text: &str) -> Decimal {
    text.parse().unwrap()
}

#[test]
fn a_split_order_adds_up_to_the_cent() {
    let root = Root::new();
    let invoices = ["1", "2", "3"].map(|id| root.made(&["SPLIT", "invoice", "--shipment", id]));
    let totals = invoices.iter().map(|i| i.sum("goods", "Total")).collect::<Vec<_>>();
    // 12,000 × 2.3333 + 8,001 × 1.985 + freight 301.00 − discount 100.00.
    assert_eq!(totals.iter().sum::<Decimal>(), n("44082.59"));
    assert_eq!(root.made(&["SPLIT", "proforma"]).sum("goods", "Total"), n("44082.59"));
    let deposits: Vec<Decimal> = invoices.iter().map(|i| i.sum("goods", "Less: deposit")).collect();
    assert_eq!(deposits.iter().sum::<Decimal>(), n("-13224.78"), "30%, charges of the bank counted as paid");
    for (at, (invoice, total)) in invoices.iter().zip(&totals).enumerate() {
        assert!(words::says(&invoice.words(), *total, Currency::USD), "{}", invoice.words());
        let due = invoice.sum("goods", "Balance due");
        assert_eq!(due, total + deposits[at]);
        let id = (at + 1).to_string();
        let draft = root.made(&["SPLIT", "draft", "--shipment", &id]);
        let text = Paper::text(draft.sheet());
        assert!(text.contains(&format!(
            "Exchange for USD {}",
            invoice.rows("goods").last().unwrap().last().unwrap()
        )));
        assert!(text.contains(&words::amount(due, Currency::USD).unwrap()), "{text}");
        assert!(
            text.contains("FIRST of Exchange (SECOND") && text.contains("SECOND of Exchange (FIRST"),
            "{text}"
        );
        assert!(text.contains("DOCUMENTS AGAINST PAYMENT") && text.contains("Hanse Licht GmbH"), "{text}");
    }
}

#[test]
fn cartons_are_counted_with_the_short_one() {
    let root = Root::new();
    let list = root.made(&["SPLIT", "packing", "--shipment", "3"]);
    let rows: Vec<Vec<String>> = list.rows("cartons").into_iter().filter(|r| r.len() > 1).collect();
    let cartons: Vec<&str> = rows.iter().map(|r| r[0].as_str()).collect();
    assert_eq!(cartons, ["1-33", "34", "35-46", "47", "Total CARTONS"]);
    let cell = |row: usize, from_end: usize| rows[row][rows[row].len() - from_end].clone();
    assert_eq!((cell(1, 6), cell(1, 4)), ("20".to_owned(), "20 PCS".to_owned()), "2,000 = 33 × 60 + 20");
    assert_eq!((cell(3, 6), cell(3, 4)), ("41".to_owned(), "41 PCS".to_owned()), "1,001 = 12 × 80 + 41");
    // Every carton counts with its full weight, as the order counts it.
    assert_eq!((cell(4, 2), cell(4, 3)), ("388.30".to_owned(), "333.20".to_owned()));
    assert!(list.words().starts_with("SAY FORTY-SEVEN CARTONS ONLY"));
    assert!(list.0.contains("零头箱"), "whoever signs is told to weigh it");
    let whole: Decimal = ["1", "2", "3"]
        .map(|id| {
            figure(
                root.made(&["SPLIT", "packing", "--shipment", id])
                    .rows("cartons")
                    .last()
                    .unwrap()
                    .iter()
                    .rev()
                    .nth(1)
                    .unwrap(),
            )
        })
        .iter()
        .sum();
    // Each shipment has short cartons of its own: 200 + 101 cartons of the order as one have become 202 + 101.
    assert_eq!(whole, n("8.4") * n("202") + n("7.9") * n("101"));
}

#[test]
fn yen_have_no_decimals() {
    let root = Root::new();
    let invoice = root.made(&["YEN", "invoice"]);
    assert_eq!(invoice.sum("goods", "Total"), n("1499333"));
    let yen = Currency::parse("JPY").unwrap();
    assert!(words::says(&invoice.words(), n("1499333"), yen), "{}", invoice.words());
    assert!(Paper::text(invoice.sheet()).contains("1,499,333 ") && !invoice.sheet().contains("1,499,333.0"));
}

#[test]
fn a_credit_speaks_on_every_paper() {
    let root = Root::new();
    let invoice = root.made(&["CREDIT", "invoice"]);
    let facts = invoice.pairs();
    for (label, value) in [
        ("L/C No.", "LC26/0042"),
        ("L/C date", "1 Sep 2026"),
        ("Issuing bank", "Specimen Bank Hamburg"),
        ("Originals", "3"),
        ("Invoice No.", ""),
        ("Date", ""),
        ("Trade term", "CIF Hamburg Incoterms 2020"),
    ] {
        assert_eq!(facts.get(label).map(String::as_str), Some(value), "{label}");
    }
    let text = Paper::text(invoice.sheet());
    assert!(text.contains("LED BULBS 12W AS AMENDED CIF HAMBURG INCOTERMS 2020"), "45A in force: {text}");
    assert!(
        text.contains("To HANSE LICHT GMBH & CO. KG Amended Street 1"),
        "made out to the applicant: {text}"
    );
    assert!(invoice.0.contains("ALL DOCUMENTS MUST BEAR THE CREDIT NUMBER"), "47A beside the sheet");
    assert!(!text.contains("ALL DOCUMENTS"), "and not on it");

    let draft = Paper::text(root.made(&["CREDIT", "draft"]).sheet());
    for said in [
        "Exchange for USD 28,200.00",
        "AT 60 DAYS AFTER B/L DATE (B/L DATE: 9 Nov 2026) pay this FIRST",
        "Drawn under Specimen Bank Hamburg L/C No. LC26/0042 dated 1 Sep 2026",
        "SAY US DOLLARS TWENTY-EIGHT THOUSAND TWO HUNDRED ONLY",
        "To Specimen Bank Hamburg",
    ] {
        assert!(draft.contains(said), "{said}: {draft}");
    }
    let si = Paper::text(root.made(&["CREDIT", "si", "--lang", "en"]).sheet());
    for said in [
        "Consignee 收货人TO ORDER OF SPECIMEN BANK HAMBURG",
        "Notify party 通知人HANSE LICHT GMBH & CO. KG Amended Street 1",
        "FREIGHT PREPAID",
        "FULL SET",
        "NGB100",
        "EVER TEST / 001W",
        "2026-11-05 12:00 (UTC+08:00)",
        "HS 8539520000",
        "200 CARTONS",
        "2,230",
        "3,910",
        "BLANK ENDORSED",
        "☒✓ Original B/L",
    ] {
        assert!(si.contains(said), "{said}: {si}");
    }
}

#[test]
fn a_certificate_asserts_only_what_is_recorded() {
    let root = Root::new();
    let said = "WE HEREBY CERTIFY THAT ONE SET OF NON-NEGOTIABLE DOCUMENTS WAS SENT TO APPLICANT WITHIN 3 DAYS AFTER SHIPMENT.";
    let bare = root.made(&["CREDIT", "certificate"]);
    assert!(Paper::text(bare.sheet()).contains(said));
    assert_eq!(bare.pairs()["Sent on"], "", "nothing was recorded as sent");
    assert_eq!(bare.pairs()["Date of shipment"], "9 Nov 2026");
    let docs = |day: &str| {
        format!(
            "{CREDIT_DOCS}\n[[presentation]]\nid = \"copies\"\nset = \"copies\"\nto = \"buyer\"\ndate = {day}\ntracking = \"DHL 77\"\ndocuments = [{{ ref = \"EGLV1\", copies = 1 }}]\n"
        )
    };
    root.write("orders/2026/CREDIT/docs.toml", &docs("2026-11-12"));
    let sent = root.made(&["CREDIT", "certificate"]);
    assert!(Paper::text(sent.sheet()).contains(said));
    assert_eq!(
        (sent.pairs()["Sent on"].as_str(), sent.pairs()["By / tracking No."].as_str()),
        ("12 Nov 2026", "DHL 77")
    );
    root.write("orders/2026/CREDIT/docs.toml", &docs("2026-11-13"));
    let late = root.made(&["CREDIT", "certificate"]);
    assert!(!Paper::text(late.sheet()).contains("ONE SET"), "four days are not within three");
    assert!(late.0.contains("不能照签"), "and the clerk is told why");
}

#[test]
fn the_check_sheet_marks_what_differs() {
    let root = Root::new();
    let state = |paper: &Paper| {
        let rows = paper.rows("compare");
        rows.iter()
            .map(|r| (r[0].clone(), r.last().unwrap().chars().next().unwrap()))
            .collect::<BTreeMap<_, _>>()
    };
    let marks = state(&root.made(&["CREDIT", "bl-check"]));
    assert!(marks.values().all(|m| *m == '='), "{marks:?}");
    root.change("orders/2026/CREDIT/docs.toml", "gross_kg     = 1680", "gross_kg     = 1608");
    root.change("orders/2026/CREDIT/docs.toml", "freight      = \"prepaid\"", "freight      = \"collect\"");
    root.change("orders/2026/CREDIT/docs.toml", "seal = \"S1\"", "seal = \"S7\"");
    root.change("orders/2026/CREDIT/docs.toml", "notify       = \"Hanse Licht GmbH & Co. KG\"\n", "");
    root.change(
        "orders/2026/CREDIT/docs.toml",
        "goods        = \"LED BULB 12W\"",
        "goods        = \"LED LAMPS\"",
    );
    let paper = root.made(&["CREDIT", "bl-check", "--lang", "en"]);
    let marks = state(&paper);
    let wrong: Vec<(&str, char)> =
        marks.iter().filter(|(_, m)| **m != '=').map(|(l, m)| (l.as_str(), *m)).collect();
    assert_eq!(
        wrong,
        [
            ("Container, seal 柜 封号", '≠'),
            ("Freight 运费", '≠'),
            ("Goods 货物描述", '?'),
            ("Gross KG 毛重 KG", '≠'),
            ("Notify party 通知人", '○'),
        ]
    );
    let text = Paper::text(paper.sheet());
    assert!(text.contains("Please confirm: 4 to be corrected; 1 to be looked at"), "{text}");
    assert!(
        text.contains("differs 不同") && text.contains("not shown 没印"),
        "a word beside each symbol: {text}"
    );
}

/// Without a credit nobody prescribes the consignee: a bill to order is to be looked at, not wrong.
#[test]
fn an_assumed_consignee_is_no_conflict() {
    let root = Root::new();
    root.write(
        "orders/2026/BARE/docs.toml",
        "[bl]\nnumber = \"X1\"\ndrafted = 2026-11-10\nconsignee = \"TO ORDER\"\nnotify = \"Hanse Licht GmbH\"\nshipper = \"Someone Else Ltd\"\n",
    );
    let rows = root.made(&["BARE", "bl-check"]).rows("compare");
    let mark = |label: &str| rows.iter().find(|r| r[0].starts_with(label)).unwrap().last().unwrap().clone();
    assert!(
        mark("收货人").starts_with('?') && mark("通知人").starts_with('=') && mark("发货人").starts_with('≠')
    );
}

#[test]
fn what_cannot_be_made_is_refused_with_a_reason() {
    let root = Root::new();
    for (args, said) in [
        (&["NONE", "invoice"][..], "没有订单 NONE"),
        (&["YEM", "invoice"], "是不是 YEN"),
        (&["YEN", "invoce"], "是不是 invoice"),
        (&["YEN", "letter"], "cover proforma invoice packing draft certificate si bl-check"),
        (&["SPLIT", "invoice"], "3 批出运（1, 2, 3）：用 --shipment"),
        (&["SPLIT", "invoice", "--shipment", "9"], "没有第 9 批；有 1, 2, 3"),
        (&["BARE", "packing"], "没有登记包装"),
        (&["BARE", "draft"], "不用汇票"),
        (&["BARE", "certificate"], "没有信用证"),
        (&["BARE", "bl-check"], "没有登记提单"),
        (&["YEN", "si"], "走快递"),
    ] {
        let run = root.doc(args);
        assert_eq!((run.code, run.out.as_str()), (2, ""), "{args:?}");
        assert!(run.err.contains(said), "{args:?}: {}", run.err);
        let both = root.doc(&[args, &["--lang", "both"]].concat());
        assert_eq!(both.err.lines().count(), 2, "{}", both.err);
        let english = both.err.lines().nth(1).unwrap();
        assert!(!english.chars().any(gendan::model::value::fold::is_han), "{english}");
    }
    root.change("orders/2026/CREDIT/docs.toml", "drafts       = \"60 DAYS AFTER B/L DATE\"\n", "");
    let run = root.doc(&["CREDIT", "draft"]);
    assert!(run.code == 2 && run.err.contains("42C"), "a credit without drafts wants none: {}", run.err);
    let broken = root.path().join("no/such/folder/x.html");
    assert_eq!(root.doc(&["YEN", "invoice", "-o", broken.to_str().unwrap()]).code, 2);
    // The only shipment may be named or not.
    assert_eq!(root.doc(&["CREDIT", "invoice", "--shipment", "1"]).code, 0);
}

/// The cover of a file holds what is cut, says so, and never an amount; its code leads to the page where there is a site.
#[test]
fn a_cover_is_short_and_says_what_it_left_out() {
    let root = Root::new();
    let mut items = String::new();
    for n in 1..=200 {
        let _ = write!(items, "\n[[items]]\nsku = \"X{n}\"\nname = \"Part {n}\"\nqty = 10\nprice = 7919\n");
    }
    let order = format!("{}{items}", YEN.split("\n[[items]]").next().unwrap());
    root.write("orders/2026/MANY/order.toml", &order);
    let cover = root.made(&["MANY", "cover"]);
    assert_eq!(cover.0.matches("class=\"cvline\"").count(), 6);
    assert!(cover.0.contains("另有 194 款，见网页") && cover.0.contains("2,000 PCS"));
    assert_eq!(cover.0.matches("<li><").count(), 10, "ten stages");
    assert!(!cover.0.contains("7919") && !cover.0.contains("7,919"), "no amounts");
    assert!(!cover.is_draft(), "an internal paper goes to nobody");
    let code =
        |cover: &str| cover.split("aria-label=\"QR ").nth(1).unwrap().split('"').next().unwrap().to_owned();
    assert_eq!(code(&cover.0), "MANY");
    let setup = fs::read_to_string(root.path().join("gendan.toml")).unwrap();
    for (site, holds) in [
        ("https://trade.example/orders/", "https://trade.example/orders/o/MANY.html"),
        ("javascript:alert(1)", "MANY"),
        ("https://trade.example/a b", "MANY"),
    ] {
        root.write("gendan.toml", &format!("site = \"{site}\"\n{setup}"));
        assert_eq!(code(&root.made(&["MANY", "cover"]).0), holds);
    }
    let english = root.made(&["MANY", "cover", "--lang", "en"]).0;
    assert!(
        english.contains("194 more on the order")
            && english.contains("封面")
            && english.contains("File cover")
    );
}

#[test]
fn the_watermark_stands_exactly_while_an_error_is_open() {
    let root = Root::new();
    let kinds = ["proforma", "invoice", "packing", "draft", "certificate", "si", "bl-check"];
    let drafts = |root: &Root| kinds.map(|kind| root.made(&["CREDIT", kind]).is_draft());
    assert_eq!(drafts(&root), [false; 7]);
    let order = "orders/2026/CREDIT/order.toml";
    // A risk does not make a paper a draft: the money is late, the papers are right.
    let money = "[[reminders]]\ndate = 2026-11-19\nhow = \"mail\"\n";
    root.write("orders/2026/CREDIT/money.toml", money);
    assert_eq!(drafts(&root), [false; 7]);
    // Freight collect under CIF is an error in a document.
    root.change("orders/2026/CREDIT/docs.toml", "freight      = \"prepaid\"", "freight      = \"collect\"");
    assert!(
        root.findings().iter().any(|f| f.0 == Severity::Error && f.1 == "credit-freight-wording"),
        "{:?}",
        root.findings()
    );
    assert_eq!(drafts(&root), [true; 7]);
    let invoice = root.made(&["CREDIT", "invoice"]);
    assert!(
        invoice.0.contains("credit-freight-wording") && !invoice.sheet().contains("credit-freight-wording"),
        "why, on the screen only"
    );
    assert!(invoice.sheet().contains("DRAFT") && invoice.sheet().contains("草稿"));
    // The paper of another order is not touched.
    assert!(!root.made(&["YEN", "invoice"]).is_draft());
    // Waived: somebody answers for it.
    let text = fs::read_to_string(root.path().join(order)).unwrap();
    let waiver = "\n[[waivers]]\nrule = \"credit-freight-wording\"\nwhy = \"x\"\nby = \"wang.lei\"\nuntil = 2026-12-31\n";
    root.write(order, &format!("{text}{waiver}"));
    assert_eq!(drafts(&root), [false; 7]);
    // An error in the writing.
    root.write(order, &format!("colour = \"red\"\n{text}{waiver}"));
    assert_eq!(drafts(&root), [true; 7]);
}

/// What is made is registered as it was printed, and no rule finds anything to say: it agrees by construction.
#[test]
fn what_is_made_reads_back_without_a_finding() {
    let root = Root::new();
    let before = root.findings();
    let parts =
        [("SPLIT", Some("1")), ("SPLIT", Some("2")), ("SPLIT", Some("3")), ("YEN", None), ("CREDIT", None)];
    let mut docs: BTreeMap<&str, String> = BTreeMap::from([("CREDIT", CREDIT_DOCS.to_owned())]);
    for (order, shipment) in parts {
        let named = shipment.map(|id| ["--shipment", id]);
        let args = |kind| [&[order, kind][..], named.as_ref().map_or(&[], |n| &n[..])].concat();
        let text = docs.entry(order).or_default();
        text.push_str(&registered_invoice(&root.made(&args("invoice")), order, shipment));
        text.push_str(&registered_packing(&root.made(&args("packing")), order, shipment));
    }
    for (order, text) in &docs {
        root.write(&format!("orders/2026/{order}/docs.toml"), text);
    }
    let after = root.findings();
    let new: Vec<_> = after.iter().filter(|f| !before.contains(f)).collect();
    assert_eq!(new, Vec::<&_>::new());
    // And what is made now carries their numbers, and nothing else has changed.
    let invoice = root.made(&["SPLIT", "invoice", "--shipment", "2"]);
    assert_eq!(invoice.pairs()["Invoice No."], "INV-SPLIT-2");
    assert_eq!(invoice.pairs()["Date"], "16 Nov 2026");
    assert_eq!(root.made(&["SPLIT", "packing", "--shipment", "2"]).pairs()["Invoice No."], "INV-SPLIT-2");
    // The counter-test: one figure typed wrongly is found.
    let wrong = docs["CREDIT"].replacen("total = 28200.00", "total = 28020.00", 1);
    root.write("orders/2026/CREDIT/docs.toml", &wrong);
    assert!(root.findings().iter().any(|f| f.1 == "order-total"), "{:?}", root.findings());
}

fn number(order: &str, shipment: Option<&str>) -> String {
    shipment.map_or_else(|| order.to_owned(), |id| format!("{order}-{id}"))
}

fn head(key: &str, prefix: &str, paper: &Paper, order: &str, shipment: Option<&str>) -> String {
    let number = number(order, shipment);
    let mut text = format!("\n[[{key}]]\nnumber = \"{prefix}-{number}\"\ndate = 2026-11-16\n");
    if let Some(id) = shipment {
        writeln!(text, "shipment = \"{id}\"").unwrap();
    }
    let marks: Vec<String> = paper
        .sheet()
        .split("class=\"mk\"")
        .skip(1)
        .map(|m| Paper::text(m.split_once('>').unwrap().1.split("</p>").next().unwrap()))
        .collect();
    writeln!(text, "marks = {marks:?}").unwrap();
    for (key, label) in
        [("from", "From"), ("to", "To"), ("lc", "L/C No."), ("po", "Order No."), ("originals", "Originals")]
    {
        match paper.pairs().get(label) {
            Some(value) if key == "originals" => writeln!(text, "{key} = {value}").unwrap(),
            Some(value) => writeln!(text, "{key} = {value:?}").unwrap(),
            None => {}
        }
    }
    text
}

fn registered_invoice(paper: &Paper, order: &str, shipment: Option<&str>) -> String {
    let mut text = head("invoice", "INV", paper, order, shipment);
    let rows = paper.rows("goods");
    let total = rows.iter().find(|r| r[1].starts_with("Total ")).unwrap();
    let facts = paper.pairs();
    let buyer = paper.sheet().split("class=\"nm\"").nth(1).unwrap().split("</p>").next().unwrap();
    let plain = |cell: &str| cell.replace(',', "");
    writeln!(text, "issuer = \"Ningbo Gendan Trading Co., Ltd.\"\nseller = \"Ningbo Gendan Trading Co., Ltd.\"\nsigned = true").unwrap();
    writeln!(text, "buyer = {:?}", Paper::text(buyer.split_once('>').unwrap().1)).unwrap();
    writeln!(text, "term = {:?}\ncurrency = {:?}", total[1].strip_prefix("Total ").unwrap(), total[3])
        .unwrap();
    writeln!(text, "total = {}\nwords = {:?}", plain(total.last().unwrap()), paper.words()).unwrap();
    let packages = facts["Packed in"].split(' ').next().unwrap().to_owned();
    let kg = |label: &str| plain(facts[label].split(' ').next().unwrap());
    writeln!(
        text,
        "packages = {}\ngross_kg = {}\nnet_kg = {}",
        plain(&packages),
        kg("Gross weight"),
        kg("Net weight")
    )
    .unwrap();
    if let Some(goods) = rows.iter().find(|r| r.len() == 2) {
        writeln!(text, "goods = {:?}", goods[1]).unwrap();
    }
    let mut charges = Vec::new();
    let mut deductions = Vec::new();
    for row in rows.iter().filter(|r| r.len() == 3) {
        let entry =
            format!("{{ kind = {:?}, amount = {} }}", row[1].to_lowercase(), plain(&row[2]).replace('−', ""));
        match row[1].as_str() {
            "Goods" => {}
            label if label.starts_with("Less: deposit") => deductions.push(entry),
            _ => charges.push(entry),
        }
    }
    writeln!(text, "charges = [{}]\ndeductions = [{}]", charges.join(", "), deductions.join(", ")).unwrap();
    if let Some(due) = rows.iter().find(|r| r[1] == "Balance due") {
        writeln!(text, "total_net = {}", plain(due.last().unwrap())).unwrap();
    }
    for row in rows.iter().filter(|r| r.len() == 5 && figure_like(&r[0])) {
        let (qty, unit) = row[2].split_once(' ').unwrap();
        let name =
            row[1].split(" HS ").next().unwrap().split(" Item ").next().unwrap().trim_end_matches(" ·");
        writeln!(
            text,
            "[[invoice.lines]]\nname = {name:?}\nqty = {}\nunit = {unit:?}\nprice = {}\namount = {}",
            plain(qty),
            plain(&row[3]),
            plain(&row[4])
        )
        .unwrap();
    }
    text
}

fn figure_like(cell: &str) -> bool {
    !cell.is_empty() && cell.chars().all(|c| c.is_ascii_digit())
}

fn registered_packing(paper: &Paper, order: &str, shipment: Option<&str>) -> String {
    let mut text = head("packing", "PL", paper, order, shipment);
    let rows = paper.rows("cartons");
    let plain = |cell: &str| cell.replace(',', "");
    let total = rows.last().unwrap();
    let from_end = |row: &[String], n: usize| plain(&row[row.len() - n]);
    writeln!(text, "invoice = \"INV-{}\"\npackage_kind = \"CT\"", number(order, shipment)).unwrap();
    let sums = (from_end(total, 5), from_end(total, 2), from_end(total, 3), from_end(total, 1));
    writeln!(text, "packages = {}\ngross_kg = {}\nnet_kg = {}\ncbm = {}", sums.0, sums.1, sums.2, sums.3)
        .unwrap();
    let mut name = String::new();
    for row in &rows[..rows.len() - 1] {
        if row.len() == 1 {
            name = row[0].split(" G.W.").next().unwrap().split(" 40 ×").next().unwrap().to_owned();
            continue;
        }
        let qty = from_end(row, 4);
        let qty = qty.split(' ').next().unwrap();
        writeln!(
            text,
            "[[packing.lines]]\ncartons = {:?}\nname = {name:?}\nper_carton = {}\npackages = {}\nqty = {qty}\nnet_kg = {}\ngross_kg = {}\ncbm = {}",
            row[0], from_end(row, 6), from_end(row, 5), from_end(row, 3), from_end(row, 2), from_end(row, 1)
        )
        .unwrap();
    }
    text
}

/// Text that would do something if it were taken for more than text.
fn hostile(of: &str) -> String {
    format!(
        "{of}</script><script>alert(1)</script><img src=x onerror=alert(2)>\"'&lt;\u{202e}{{{{ 7919*7907 }}}}{}",
        "W".repeat(200)
    )
}

#[test]
fn hostile_text_stays_text() {
    let root = Root::new();
    let quoted = |of: &str| toml::Value::String(hostile(of)).to_string();
    let order = SPLIT
        .replace("\"SPLIT-PO\"", &quoted("po"))
        .replace("\"LED Bulb 12W\"", &quoted("name"))
        .replace("\"HANSE LICHT\"", &quoted("mark"))
        .replace("\"EVER TEST\"", &quoted("vessel"))
        .replace("\"NGB1\"", &quoted("booking"))
        .replace("kind = \"freight\"", &format!("kind = {}", quoted("kind")));
    root.write("orders/2026/SPLIT/order.toml", &order);
    let address =
        format!("name = {}\naddress = [{}]\ncountry = \"DE\"\n", quoted("customer"), quoted("address"));
    root.write("customers/hanse-licht.toml", &address);
    let docs = format!(
        "[bl]\nnumber = {0}\nshipment = \"1\"\ndrafted = 2026-11-01\ngoods = {0}\nconsignee = {0}\nmarks = [{0}]\n",
        quoted("bl")
    );
    root.write("orders/2026/SPLIT/docs.toml", &docs);
    for kind in ["cover", "proforma", "invoice", "packing", "draft", "si", "bl-check"] {
        let paper = root.made(&["SPLIT", kind, "--shipment", "1"]);
        for bad in ["<script", "<img", "\u{202e}", "62613"] {
            assert!(!paper.0.contains(bad), "{kind} holds {bad}");
        }
        assert!(paper.sheet().contains("&lt;script&gt;"), "{kind} shows it as text");
        for beside in ["<link", " src=\"", "http:", "https:", "href=\"o/"] {
            assert!(!paper.0.contains(beside), "{kind} needs {beside}");
        }
    }
}

/// The example with its facts and findings.
fn example(test: impl Fn(&Ctx<'_>)) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("data");
    let loaded = load(&root).unwrap();
    let history: History = history::read(&root);
    let facts: Facts<'_> = derive(&loaded.book, &history, AS_OF.parse().unwrap());
    let checked = check(&facts, loaded.findings);
    let findings = Findings::of(&checked.findings);
    for lang in Lang::ALL {
        let audience = gendan::publish::audience::Audience::of(
            gendan::publish::audience::Reader::Internal,
            &loaded.book.config,
        );
        test(&Ctx { facts: &facts, findings: &findings, audience, lang });
    }
}

#[test]
fn every_document_of_the_example_agrees_with_its_order() {
    example(|ctx| {
        let mut made = 0;
        for (order, own) in ctx.facts.each() {
            let making = Making::of(ctx, order, own);
            let mut invoiced = Decimal::ZERO;
            for (kind, scope) in making.list() {
                let document =
                    making.make(kind, scope).unwrap_or_else(|e| panic!("{} {kind:?}: {e:?}", order.id));
                made += 1;
                let goods = match &document {
                    Made::Proforma(page) => &page.goods,
                    Made::Invoice(page) => &page.goods,
                    _ => continue,
                };
                let total = figure(&goods.total);
                assert!(
                    words::says(&goods.words, total, own.goods.currency.unwrap()),
                    "{} {kind:?}",
                    order.id
                );
                match kind {
                    Kind::Proforma => assert_eq!(Some(total), own.goods.total, "{}", order.id),
                    _ => invoiced += total,
                }
                // Registered invoices say the same.
                let registered = order.docs.invoice.iter().rfind(|i| i.paper.replaced_by.is_none());
                if let (Scope::Order, Kind::Invoice, Some(paper)) = (scope, kind, registered) {
                    assert_eq!(paper.total.as_ref().map(|t| t.value), Some(total), "{}", order.id);
                }
            }
            let registered: Decimal = order
                .docs
                .invoice
                .iter()
                .filter(|i| i.paper.replaced_by.is_none())
                .map(|i| i.total.as_ref().unwrap().value)
                .sum();
            assert!(registered.is_zero() || registered == invoiced, "{}: {registered} {invoiced}", order.id);
        }
        assert!(made > 100, "{made}");
    });
}

#[test]
fn the_site_has_the_documents_of_open_orders_and_links_to_them() {
    let root = Root::new();
    let closed = YEN.replace("[[items]]", "[actual]\nclosed = 2026-11-18\n\n[[items]]");
    root.write("orders/2026/DONE/order.toml", &closed);
    let filed = closed.replace("closed = 2026-11-18", "closed = 2026-11-18\narchived = 2026-11-19");
    root.write("orders/2026/FILED/order.toml", &filed);
    let out = root.path().join("public");
    let built = gendan(root.path(), &["build", "--out", out.to_str().unwrap()]);
    assert_eq!(built.code, 0, "{}", built.err);
    let pages = |folder: &str| -> Vec<String> {
        let Ok(entries) = fs::read_dir(out.join(folder)) else { return Vec::new() };
        let mut names: Vec<String> = entries.map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    };
    assert_eq!(pages("o/DONE"), ["cover.html"], "of a closed order nothing but the cover of its file");
    assert_eq!(pages("o/FILED"), Vec::<String>::new(), "of an archived one nothing");
    assert_eq!(pages("o/BARE"), ["cover.html", "invoice.html", "proforma.html", "si.html"]);
    assert_eq!(
        pages("en/o/SPLIT"),
        [
            "cover.html",
            "draft-1.html",
            "draft-2.html",
            "draft-3.html",
            "invoice-1.html",
            "invoice-2.html",
            "invoice-3.html",
            "packing-1.html",
            "packing-2.html",
            "packing-3.html",
            "proforma.html",
            "si-1.html",
            "si-2.html",
            "si-3.html"
        ]
    );
    for folder in ["o", "en/o"] {
        for order in ["BARE", "CREDIT", "SPLIT", "YEN"] {
            let page = fs::read_to_string(out.join(format!("{folder}/{order}.html"))).unwrap();
            for name in pages(&format!("{folder}/{order}")) {
                assert!(page.contains(&format!("href=\"../o/{order}/{name}\"")), "{folder}/{order} → {name}");
            }
        }
    }
    // The site's page and the document alone are the same paper.
    let site = Paper(fs::read_to_string(out.join("o/SPLIT/invoice-2.html")).unwrap());
    assert_eq!(
        Paper::text(site.sheet()),
        Paper::text(root.made(&["SPLIT", "invoice", "--shipment", "2"]).sheet())
    );
    assert!(site.0.contains("../../print.css") && !site.0.contains("<style"));
    // Where an order is a draft, the reason leads to the finding.
    root.change("orders/2026/CREDIT/docs.toml", "freight      = \"prepaid\"", "freight      = \"collect\"");
    assert_eq!(gendan(root.path(), &["build", "--out", out.to_str().unwrap()]).code, 0);
    let draft = fs::read_to_string(out.join("o/CREDIT/invoice.html")).unwrap();
    let to =
        draft.split("class=\"why\"").nth(1).unwrap().split("href=\"../../o/CREDIT.html#").nth(1).unwrap();
    let anchor = to.split('"').next().unwrap();
    let page = fs::read_to_string(out.join("o/CREDIT.html")).unwrap();
    assert!(page.contains(&format!("id=\"{anchor}\"")), "{anchor}");
}

/// Three shipments, charges, a deposit that lost bank charges on the way, cartons that do not come out even.
const SPLIT: &str = r#"customer       = "hanse-licht"
po             = "SPLIT-PO"
signed         = 2026-09-01
currency       = "USD"
incoterm       = "FOB Ningbo"
mode           = "sea-fcl"
from           = "Ningbo"
to             = "Hamburg"
payment        = "30% deposit, 70% dp sight"
ship_by        = 2027-01-31
partial        = true
transhipment   = true
merchandiser   = "lin.yan"
marks          = ["HANSE LICHT", "HAMBURG"]
charges        = [{ kind = "freight", amount = 301.00 }, { kind = "discount", amount = -100.00, why = "fair" }]

[[items]]
sku   = "LED-12W"
name  = "LED Bulb 12W"
hs    = "8539520000"
qty   = 12000
unit  = "PCS"
price = 2.3333
pack  = { per_carton = 60, gross_kg = 8.4, net_kg = 7.2, cbm = 0.052 }

[[items]]
sku   = "LED-09W"
name  = "LED Bulb 9W"
hs    = "8539520000"
qty   = 8001
unit  = "PCS"
price = 1.985
pack  = { per_carton = 80, gross_kg = 7.9, net_kg = 6.8, cbm = 0.046 }

[review]
by       = "chen.hao"
date     = 2026-09-02
decision = "accept"

[[shipments]]
id      = "1"
booking = "NGB1"
vessel  = "EVER TEST"
voyage  = "001W"

[[shipments]]
id    = "2"
items = [{ sku = "LED-12W", qty = 5000 }, { sku = "LED-09W", qty = 3200 }]

[[shipments]]
id    = "3"
last  = true
items = [{ sku = "LED-12W", qty = 2000 }, { sku = "LED-09W", qty = 1001 }]
"#;

const SPLIT_MONEY: &str = r#"[[received]]
date    = 2026-09-11
amount  = 13199.78
charges = 25.00
for     = "deposit"
payer   = "Hanse Licht GmbH"
ref     = "FT1"
"#;

/// 1,000 × 1,499.333 = 1,499,333 yen.
const YEN: &str = r#"customer     = "hanse-licht"
po           = "YEN-PO"
signed       = 2026-11-10
currency     = "JPY"
incoterm     = "DAP Hamburg"
mode         = "courier"
from         = "Ningbo"
to           = "Hamburg"
payment      = "100% before-shipment"
ship_by      = 2027-01-15
merchandiser = "lin.yan"
marks        = ["HANSE LICHT"]

[[items]]
sku   = "PEN"
name  = "Pens"
hs    = "9608100000"
qty   = 1000
unit  = "PCS"
price = 1499.333
pack  = { per_carton = 100, gross_kg = 5, net_kg = 4.5, cbm = 0.02 }
"#;

/// Nothing but what was agreed.
const BARE: &str = r#"customer     = "hanse-licht"
po           = "BARE-PO"
signed       = 2026-11-10
currency     = "USD"
incoterm     = "FOB Ningbo"
mode         = "sea-lcl"
from         = "Ningbo"
to           = "Hamburg"
payment      = "100% tt 30d shipment"
ship_by      = 2027-01-15
merchandiser = "lin.yan"

[[items]]
name  = "LED Bulb 12W"
qty   = 100
price = 2.35
"#;

/// Shipped under a credit that an accepted amendment has changed.
const CREDIT: &str = r#"customer     = "hanse-licht"
po           = "CREDIT-PO"
signed       = 2026-08-20
currency     = "USD"
incoterm     = "CIF Hamburg"
mode         = "sea-fcl"
from         = "Ningbo"
to           = "Hamburg"
payment      = "100% lc 60d bl-date"
ship_by      = 2026-11-20
partial      = false
transhipment = true
merchandiser = "lin.yan"
clerk        = "zhou.min"
marks        = ["HANSE LICHT", "HAMBURG", "C/NO. 1-200"]

[[items]]
sku    = "LED-12W"
name   = "LED Bulb 12W"
hs     = "8539520000"
qty    = 12000
unit   = "PCS"
price  = 2.35
origin = "CN"
pack   = { per_carton = 60, gross_kg = 8.4, net_kg = 7.2, cbm = 0.052 }

[review]
by       = "chen.hao"
date     = 2026-08-21
decision = "accept"

[[purchases]]
number = "PO1"
kind   = "purchase-order"
to     = "ningbo-haoyu"
issued = 2026-09-12

[actual]
produced = 2026-10-28

[[inspections]]
date   = 2026-10-30
stage  = "final"
by     = "chen.hao"
result = "pass"

[[shipments]]
id         = "1"
forwarder  = "cosco-nb"
booking    = "NGB100"
vessel     = "EVER TEST"
voyage     = "001W"
cutoffs    = { si = 2026-11-05T12:00:00+08:00 }
etd        = 2026-11-09
last       = true
containers = [{ number = "CSQU3054383", type = "20GP", seal = "S1", packages = 200, gross_kg = 1680, cbm = 10.4, tare_kg = 2230, vgm_kg = 3910 }]
"#;

const CREDIT_DOCS: &str = r#"[contract]
number          = "SC-CREDIT"
date            = 2026-08-20
signed          = true
signed_by_buyer = 2026-08-20

[lc]
number            = "LC26/0042"
form              = "IRREVOCABLE"
rules             = "UCP LATEST VERSION"
issued            = 2026-09-01
received          = 2026-09-03
expiry            = 2026-12-15
expiry_place      = "CN"
applicant         = "HANSE LICHT GMBH & CO. KG"
applicant_address = ["Amended Street 1"]
beneficiary       = "Ningbo Gendan Trading Co., Ltd."
issuer            = "Specimen Bank Hamburg"
issuer_place      = "DE"
currency          = "USD"
amount            = 28200.00
available_with    = "ANY BANK IN CHINA BY NEGOTIATION"
drafts       = "60 DAYS AFTER B/L DATE"
drawee            = "Specimen Bank Hamburg"
partial           = false
transhipment      = true
from              = "NINGBO"
to                = "HAMBURG"
latest_shipment   = 2026-11-20
goods             = "LED BULBS CIF HAMBURG INCOTERMS 2020"
conditions        = ["ALL DOCUMENTS MUST BEAR THE CREDIT NUMBER"]
present_within    = 21
documents = [
  { kind = "invoice", originals = 3, signed = true, text = "SIGNED COMMERCIAL INVOICE IN TRIPLICATE" },
  { kind = "packing", originals = 2, text = "PACKING LIST IN DUPLICATE" },
  { kind = "bl", originals = "full", consignee = "TO ORDER OF SPECIMEN BANK HAMBURG", endorsed = "blank", notify = "APPLICANT", freight = "prepaid", text = "FULL SET CLEAN ON BOARD BILLS OF LADING" },
  { kind = "certificate", originals = 1, text = "BENEFICIARY'S CERTIFICATE CERTIFYING THAT ONE SET OF NON-NEGOTIABLE DOCUMENTS WAS SENT TO APPLICANT WITHIN 3 DAYS AFTER SHIPMENT" },
]

[[lc.items]]
name  = "LED Bulb 12W"
qty   = 12000
unit  = "PCS"
price = 2.35

[[lc.amendments]]
number   = "01"
date     = 2026-09-20
received = 2026-09-21
accepted = 2026-09-22

[lc.amendments.set]
goods = "LED BULBS 12W AS AMENDED CIF HAMBURG INCOTERMS 2020"

[bl]
number       = "EGLV1"
kind         = "master"
form         = "shipped"
on_board     = 2026-11-09
issued       = 2026-11-09
place        = "NINGBO"
shipper      = "Ningbo Gendan Trading Co., Ltd."
consignee    = "TO ORDER OF SPECIMEN BANK HAMBURG"
notify       = "Hanse Licht GmbH & Co. KG"
endorsed     = "blank"
carrier      = "EXAMPLE LINE"
signed_as    = "carrier"
signed       = true
vessel       = "EVER TEST"
voyage       = "001W"
from         = "NINGBO"
to           = "HAMBURG"
goods        = "LED BULB 12W"
packages     = 200
package_kind = "CT"
gross_kg     = 1680
cbm          = 10.4
marks        = ["HANSE LICHT", "HAMBURG", "C/NO. 1-200"]
freight      = "prepaid"
originals    = 3
release      = "original"
containers   = [{ number = "CSQU3054383", type = "20GP", seal = "S1", packages = 200, gross_kg = 1680, cbm = 10.4 }]

[insurance]
number    = "P1"
kind      = "policy"
date      = 2026-11-07
insured   = "Ningbo Gendan Trading Co., Ltd."
currency  = "USD"
amount    = 31020.00
percent   = "110%"
risks     = ["ICC(C)"]
from      = "NINGBO"
to        = "HAMBURG"
endorsed  = "blank"
originals = 2
"#;

/// The sheet in front of the paper file lies where everybody sees it.
#[test]
fn the_cover_does_not_tell_what_we_owe() {
    example(|ctx| {
        let order = ctx.facts.book.order("GD26-0117").unwrap();
        assert!(!order.bills.is_empty(), "there is a bill to keep silent about");
        let own = ctx.facts.of(order).unwrap();
        let made = Making::of(ctx, order, own).make(Kind::Cover, Scope::Order);
        let Ok(Made::Cover(page)) = made else { unreachable!("no cover") };
        let text = serde_json::to_string(&page).unwrap();
        assert!(text.contains("2027-04-30"), "deadlines are there: {text}");
        assert!(!text.contains("付账单") && !text.contains("pay bill"), "{text}");
    });
}
