//! Papers against papers: one clean set is changed in one place after another, and what is said of it, and what is
//! not, is written beside the change. The fixtures of the rules show each rule once; this shows where it stops.

#![expect(clippy::unwrap_used, reason = "helpers of tests fail the test")]

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use gendan::check::check;
use gendan::check::finding::{Class, Finding, Severity, Verdict};
use gendan::text::Lang;
use gendan::{derive, history, load};

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/rules")
}

fn copy(from: &Path, to: &Path) {
    for entry in walkdir::WalkDir::new(from) {
        let entry = entry.unwrap();
        if entry.file_type().is_file() {
            let to = to.join(entry.path().strip_prefix(from).unwrap());
            fs::create_dir_all(to.parent().unwrap()).unwrap();
            fs::copy(entry.path(), to).unwrap();
        }
    }
}

/// What the rules about papers say of the clean set with some texts exchanged. A text names its file before `|`
/// (`docs` where it does not) and stands once.
fn said(changes: &[(&str, &str)]) -> Vec<Finding> {
    let root = tempfile::tempdir().unwrap();
    copy(&fixtures().join("_base"), root.path());
    let order = root.path().join("orders/2026/GD26-0001");
    copy(&fixtures().join("docs-total-gross/good"), &order);
    for (old, new) in changes {
        let (file, old) = old.split_once('|').unwrap_or(("docs", old));
        let path = order.join(format!("{file}.toml"));
        let text = fs::read_to_string(&path).unwrap();
        assert_eq!(text.matches(old).count(), 1, "{file}: `{old}` stands once");
        fs::write(path, text.replacen(old, new, 1)).unwrap();
    }
    let loaded = load::load(root.path()).unwrap();
    assert!(loaded.findings.is_empty(), "{:#?}", loaded.findings);
    let history = history::read(root.path());
    let facts = derive::derive(&loaded.book, &history, "2026-11-20".parse().unwrap());
    let found = check(&facts, Vec::new()).findings;
    found.into_iter().filter(|f| f.rule.name.starts_with("docs-")).collect()
}

/// `error docs-total-gross 提单毛重 …`; a matter for a person's judgement has `?` behind the level, a risk `~`.
fn line(finding: &Finding) -> String {
    let level = match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "info",
    };
    let look = if finding.verdict == Verdict::Judgement { "?" } else { "" };
    let risk = if finding.class == Class::Risk { "~" } else { "" };
    let past = if finding.past { " (past)" } else { "" };
    format!("{level}{look}{risk} {} {}{past}", finding.rule.name, finding.title.get(Lang::Zh))
}

struct Case {
    story: &'static str,
    changes: &'static [(&'static str, &'static str)],
    said: &'static [&'static str],
}

#[test]
fn where_the_rules_speak_and_where_they_stop() {
    let mut problems = String::new();
    for case in CASES {
        let found: Vec<String> = said(case.changes).iter().map(line).collect();
        if found != case.said {
            let _ = writeln!(problems, "== {}\n   wanted {:#?}\n   found {found:#?}", case.story, case.said);
        }
    }
    assert!(problems.is_empty(), "{problems}");
}

const CASES: &[Case] = &[
    Case { story: "the clean set", changes: &[], said: &[] },
    // ---- totals
    Case {
        story: "one against one: the invoice counts",
        changes: &[
            ("net_kg     = 864", "net_kg     = 846"),
            ("net_kg    = 864\n", ""),
            ("order|net_kg = 7.2, ", ""),
        ],
        said: &["error docs-total-net 装箱单净重 864 KG，发票是 846 KG，差 18 KG"],
    },
    Case {
        story: "two papers outweigh the invoice",
        changes: &[("packages   = 120\n", "packages   = 12\n")],
        said: &["error docs-total-packages 发票件数 12，其他六处都是 120，差 108"],
    },
    Case {
        story: "a draft is only a risk",
        changes: &[
            ("issued       = 2026-11-07", "drafted      = 2026-11-06"),
            (
                "gross_kg     = 1008\ncbm          = 6.24\ngoods",
                "gross_kg     = 1080\ncbm          = 6.24\ngoods",
            ),
        ],
        said: &["warning~ docs-total-gross 提单毛重 1,080 KG，其他五处都是 1,008 KG，差 72 KG"],
    },
    Case {
        story: "pounds taken for kilograms are named in the help, the declaration is left to its own rule",
        changes: &[("gross_kg  = 1008", "gross_kg  = 2222")],
        said: &[],
    },
    Case {
        story: "the declaration speaks where there is no packing list to hold it against",
        changes: &[
            ("gross_kg     = 1008\nnet_kg       = 864\n", ""),
            ("gross_kg = 1008, net_kg = 864, cbm = 6.24, container", "container"),
            ("gross_kg  = 1008", "gross_kg  = 2222"),
        ],
        said: &["error docs-total-gross 报关单毛重 2,222 KG，其他四处都是 1,008 KG，差 1,214 KG"],
    },
    Case {
        story: "whole kilograms on a certificate are a warning, on the declaration nothing",
        changes: &[
            ("gross_kg   = 1008", "gross_kg   = 1007.6"),
            ("gross_kg     = 1008\nnet_kg", "gross_kg     = 1007.6\nnet_kg"),
            ("gross_kg = 1008, net_kg", "gross_kg = 1007.6, net_kg"),
            (
                "gross_kg     = 1008\ncbm          = 6.24\ngoods",
                "gross_kg     = 1007.60\ncbm          = 6.24\ngoods",
            ),
        ],
        said: &["warning docs-total-gross 产地证毛重 1,008 KG，发票、装箱单、提单都是 1,007.6 KG，差 0.4 KG"],
    },
    Case {
        story: "half a kilogram more is no rounding",
        changes: &[(
            "gross_kg     = 1008\ncbm          = 6.24\ngoods",
            "gross_kg     = 1008.6\ncbm          = 6.24\ngoods",
        )],
        said: &["error docs-total-gross 提单毛重 1,008.6 KG，其他五处都是 1,008 KG，差 0.6 KG"],
    },
    Case {
        story: "six pallets and the cartons on them are counted differently",
        changes: &[(
            "packages     = 120\npackage_kind = \"CT\"\ngross_kg     = 1008\ncbm",
            "packages     = 6\npackage_kind = \"PALLETS\"\ngross_kg     = 1008\ncbm",
        )],
        said: &["warning? docs-total-packages 提单件数 6 PALLETS，其他六处都是 120 CARTONS"],
    },
    Case {
        story: "the same number of pallets and cartons",
        changes: &[(
            "package_kind = \"CT\"\ngross_kg     = 1008\ncbm",
            "package_kind = \"PALLETS\"\ngross_kg     = 1008\ncbm",
        )],
        said: &["warning docs-total-packages 提单包装是 托盘，装箱单是 纸箱"],
    },
    Case {
        story: "master and house bill carry the same goods",
        changes: &[
            (
                "[insurance]",
                "[[bl]]\nnumber = \"HBL-7\"\nkind = \"house\"\nissued = 2026-11-07\npackages = 120\ngross_kg = 1008\n\n[insurance]",
            ),
            ("[bl]\n", "[[bl]]\nkind = \"master\"\n"),
        ],
        said: &[],
    },
    Case {
        story: "two bills of lading for parts of the goods are added up",
        changes: &[
            (
                "[insurance]",
                "[[bl]]\nnumber = \"EGLV2\"\nissued = 2026-11-07\npackages = 20\ngross_kg = 168\ncbm = 1.04\n\n[insurance]",
            ),
            ("[bl]\n", "[[bl]]\n"),
            (
                "packages     = 120\npackage_kind = \"CT\"\ngross_kg     = 1008\ncbm          = 6.24\ngoods",
                "packages     = 100\npackage_kind = \"CT\"\ngross_kg     = 840\ncbm          = 5.20\ngoods",
            ),
        ],
        said: &[],
    },
    Case {
        story: "a bill of lading that differs by a slip from the order, before there is a packing list",
        changes: &[
            ("packages   = 120\ngross_kg   = 1008\nnet_kg     = 864\n", ""),
            (
                "packages     = 120\npackage_kind = \"CT\"\ngross_kg     = 1008\nnet_kg       = 864\ncbm          = 6.24\n",
                "",
            ),
            ("lines        = [{ cartons = \"1-120\", name", "lines        = [{ name"),
            ("qty = 12000, gross_kg = 1008, net_kg = 864, cbm = 6.24, container", "qty = 12000, container"),
            (
                "gross_kg     = 1008\ncbm          = 6.24\ngoods",
                "gross_kg     = 1080\ncbm          = 6.24\ngoods",
            ),
            ("gross_kg     = 1008\ninvoice      =", "invoice      ="),
            ("gross_kg  = 1008\n", ""),
        ],
        said: &["warning? docs-total-gross 提单毛重 1,080 KG，按订单货物算是 1,008 KG，差 72 KG"],
    },
    // ---- texts
    Case {
        story: "Yantian lies in Shenzhen",
        changes: &[
            ("order|from         = \"Ningbo\"", "from         = \"Shenzhen\""),
            ("from       = \"NINGBO\"", "from       = \"SHENZHEN\""),
            ("from         = \"NINGBO\"", "from         = \"YANTIAN\""),
            ("from      = \"NINGBO\"", "from      = \"SHENZHEN\""),
            ("transport    = \"FROM NINGBO TO HAMBURG BY SEA\"", "transport    = \"BY SEA\""),
        ],
        said: &["warning? docs-ports 提单起运港 YANTIAN，发票是 SHENZHEN"],
    },
    Case {
        story: "the inland place of the buyer is where the goods are delivered",
        changes: &[
            ("to           = \"HAMBURG\"", "to           = \"HAMBURG\"\ndelivery     = \"DUISBURG\""),
            ("to         = \"HAMBURG\"", "to         = \"DUISBURG\""),
        ],
        said: &[],
    },
    Case {
        story: "a place on no list may be another name of the same one",
        changes: &[("to        = \"HAMBURG\"", "to        = \"WALTERSHOF\"")],
        said: &["warning? docs-ports 保险单目的港 WALTERSHOF，发票是 HAMBURG"],
    },
    Case {
        story: "the old vessel on both papers made before the roll-over: the bill of lading is right",
        changes: &[(
            "vessel       = \"EVER GOLDEN\"\nvoyage       = \"0742W\"",
            "vessel       = \"EVER GREET\"\nvoyage       = \"0744W\"",
        )],
        said: &[
            "warning docs-vessel 发票船名航次 EVER GOLDEN 0742W，提单是 EVER GREET 0744W",
            "warning docs-vessel 保险单船名航次 EVER GOLDEN 0742W，提单是 EVER GREET 0744W",
        ],
    },
    Case {
        story: "a slip in the vessel's name",
        changes: &[("vessel    = \"EVER GOLDEN\"", "vessel    = \"EVER GOLDAN\"")],
        said: &["warning? docs-vessel 保险单船名航次 EVER GOLDAN 0742W，提单、发票都是 EVER GOLDEN 0742W"],
    },
    Case {
        story: "the feeder on the invoice, both on the bill of lading",
        changes: &[
            ("vessel     = \"EVER GOLDEN\"\nvoyage     = \"0742W\"", "vessel     = \"FEEDER SEVEN\""),
            (
                "vessel       = \"EVER GOLDEN\"\n",
                "vessel       = \"EVER GOLDEN\"\npre_carriage = \"FEEDER SEVEN\"\n",
            ),
        ],
        said: &[],
    },
    Case {
        story: "one letter in the marks",
        changes: &[(
            "marks        = [\"HANSE LICHT\", \"HAMBURG\", \"C/NO. 1-120\"]\ncontainers",
            "marks        = [\"HANSE LIGHT\", \"HAMBURG\", \"C/NO. 1-120\"]\ncontainers",
        )],
        said: &["warning? docs-marks 提单唛头 HANSE LIGHT，发票是 HANSE LICHT"],
    },
    Case {
        story: "more marks than the goods carry",
        changes: &[(
            "marks        = [\"HANSE LICHT\", \"HAMBURG\", \"C/NO. 1-120\"]\ncontainers",
            "marks        = [\"HANSE LICHT\", \"HAMBURG\", \"C/NO. 1-120\", \"ORDER 88123\"]\ncontainers",
        )],
        said: &["warning? docs-marks 提单唛头多出 ORDER 88123，发票、装箱单上没有"],
    },
    Case {
        story: "another material",
        changes: &[
            ("name = \"LED BULB 12W E27\", qty", "name = \"LED BULB 12W E27, ALUMINIUM HOUSING\", qty"),
            ("goods        = \"LED BULBS\"", "goods        = \"LED BULBS, PLASTIC HOUSING\""),
        ],
        said: &[
            "warning? docs-description 提单货描里有 PLASTIC，发票上没有：“LED BULBS, PLASTIC HOUSING”，发票“LED BULB 12W E27, ALUMINIUM HOUSING, LED-12W-E27-30”",
        ],
    },
    Case {
        story: "second hand goods on the bill of lading",
        changes: &[("goods        = \"LED BULBS\"", "goods        = \"USED LED BULBS\"")],
        said: &[
            "warning? docs-description 提单货描里有 USED，发票上没有：“USED LED BULBS”，发票“LED BULB 12W E27, LED-12W-E27-30”",
        ],
    },
    Case {
        story: "the invoice number without its hyphens is no discrepancy",
        changes: &[("invoice      = \"GDI-26-0410\"\npackages", "invoice      = \"GDI260410\"\npackages")],
        said: &["info docs-invoice-ref 装箱单引用发票 GDI260410，发票是 GDI-26-0410"],
    },
    Case {
        story: "another date of the invoice, which is also later than the certificate",
        changes: &[("invoice_date = 2026-11-03", "invoice_date = 2026-11-06")],
        said: &[
            "warning docs-dates-order 产地证 2026-11-05 出，却引用 2026-11-06 的发票",
            "warning docs-invoice-ref 产地证引用的发票日期是 2026-11-06，发票是 2026-11-03",
        ],
    },
    Case {
        story: "the policy in yuan cannot be compared with the invoice in dollars",
        changes: &[("currency  = \"USD\"\namount    = 14520.00", "currency  = \"RMB\"\namount    = 9000.00")],
        said: &["error docs-currency 保险单币种 RMB，发票、汇票都是 USD"],
    },
    Case {
        story: "the schedule with two digits swapped",
        changes: &[(
            "to        = \"bank\"\namount    = 9240.00",
            "to        = \"bank\"\namount    = 9420.00",
        )],
        said: &[
            "error docs-amount 交单面函金额 USD 9,420.00，发票扣减后、汇票都是 USD 9,240.00，差 USD 180.00",
        ],
    },
    Case {
        story: "an invoice that prints no deduction: the draft for the part under collection is right",
        changes: &[(
            "deductions = [{ kind = \"advance\", amount = 3960.00, text = \"LESS 30 PCT ADVANCE\" }]\ntotal_net  = 9240.00\n",
            "",
        )],
        said: &[],
    },
    Case {
        story: "a contract dated after the invoice that quotes it",
        changes: &[("date            = 2026-09-03", "date            = 2026-11-05")],
        said: &["warning docs-dates-order 合同日期 2026-11-05，比引用它的发票 2026-11-03 还晚"],
    },
    Case {
        story: "an endorsement brings the cover forward",
        changes: &[(
            "date      = 2026-11-05\nkind",
            "date      = 2026-11-09\nendorsements = [{ date = 2026-11-11, effective = 2026-11-06 }]\nkind",
        )],
        said: &[],
    },
    Case {
        story: "inspected before shipment, says a certificate of a later day that does not say when",
        changes: &[(
            "[draft]",
            "[certificate]\nnumber = \"IC-1\"\ntitle = \"PRE-SHIPMENT INSPECTION CERTIFICATE\"\ndate = 2026-11-09\nissuer = \"Example Inspection Ltd\"\n\n[draft]",
        )],
        said: &["error docs-dates-order 证明 2026-11-09 出，货 2026-11-07 已装运，上面没写哪天验的"],
    },
    Case {
        story: "and one that does",
        changes: &[(
            "[draft]",
            "[certificate]\nnumber = \"IC-1\"\ntitle = \"PRE-SHIPMENT INSPECTION CERTIFICATE\"\ndate = 2026-11-09\ninspected = 2026-11-02\nissuer = \"Example Inspection Ltd\"\n\n[draft]",
        )],
        said: &[],
    },
    Case {
        story: "a preferential certificate five days after shipment",
        changes: &[(
            "kind         = \"CO\"\ndate         = 2026-11-05",
            "kind         = \"FORM E\"\ndate         = 2026-11-12",
        )],
        said: &["info docs-dates-order 产地证 2026-11-12 签发，货 2026-11-07 已装运，晚 5 天，要有补发字样"],
    },
    Case {
        story: "a contract number of another order on the declaration",
        changes: &[("contract  = \"SC-26-0410\"\npackages", "contract  = \"SC-26-0401\"\npackages")],
        said: &["info docs-superfluous 报关单印的合同号 SC-26-0401 不是这一单的 SC-26-0410"],
    },
    Case {
        story: "carton numbers of a draft are a risk",
        changes: &[
            ("issued       = 2026-11-07", "drafted      = 2026-11-06"),
            (
                "marks        = [\"HANSE LICHT\", \"HAMBURG\", \"C/NO. 1-120\"]\ncontainers",
                "marks        = [\"HANSE LICHT\", \"HAMBURG\", \"C/NO. 1-102\"]\ncontainers",
            ),
        ],
        said: &["warning~ docs-marks 提单唛头 C/NO. 1-102，发票、装箱单都是 C/NO. 1-120"],
    },
    Case {
        story: "a range of cartons on each of two bills of lading",
        changes: &[
            (
                "[insurance]",
                "[[bl]]\nnumber = \"EGLV2\"\nissued = 2026-11-07\npackages = 20\ngross_kg = 168\ncbm = 1.04\nmarks = [\"HANSE LICHT\", \"HAMBURG\", \"C/NO. 101-120\"]\n\n[insurance]",
            ),
            ("[bl]\n", "[[bl]]\n"),
            (
                "packages     = 120\npackage_kind = \"CT\"\ngross_kg     = 1008\ncbm          = 6.24\ngoods",
                "packages     = 100\npackage_kind = \"CT\"\ngross_kg     = 840\ncbm          = 5.20\ngoods",
            ),
        ],
        said: &["warning? docs-marks 提单 EGLV2 唛头 C/NO. 101-120，其他三处都是 C/NO. 1-120"],
    },
    Case {
        story: "the draft stays recorded under the number of the bill that was issued",
        changes: &[(
            "[bl]\n",
            "[[bl]]\nnumber = \"EGLV143600117421\"\nid = \"draft\"\ndrafted = 2026-11-05\npackages = 119\n\n[[bl]]\n",
        )],
        said: &[],
    },
    Case {
        story: "the route of the certificate of origin leaves from another port",
        changes: &[("FROM NINGBO TO HAMBURG BY SEA", "FROM SHANGHAI TO HAMBURG BY SEA")],
        said: &["error docs-ports 产地证起运港 SHANGHAI，其他三处都是 NINGBO"],
    },
    Case {
        story: "a copy of the bill of lading went to the buyer before it was issued",
        changes: &[(
            "[[presentation]]",
            "[[presentation]]\nset = \"copies\"\nto = \"buyer\"\ndate = 2026-11-06\ndocuments = [{ ref = \"EGLV143600117421\", copies = 1 }]\n\n[[presentation]]",
        )],
        said: &["warning docs-dates-order 提单日期 2026-11-07，2026-11-06 就交出去了"],
    },
    Case {
        story: "the carrier's bill over the consolidator's box speaks of the goods of many",
        changes: &[(
            "[bl]\n",
            "[[bl]]\nnumber = \"MASTER1\"\nkind = \"master\"\nissued = 2026-11-07\npackages = 960\ngross_kg = 9800\ncbm = 60\ngoods = \"CONSOLIDATED CARGO\"\n\n[[bl]]\nkind = \"house\"\n",
        )],
        said: &[],
    },
];
