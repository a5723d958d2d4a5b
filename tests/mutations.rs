//! One value of a scenario order is broken, and exactly the findings that the rules promise appear, at the right
//! line; no other finding comes or goes.
//!
//! A place is named by text that ends in the line meant and stands once in the file, so that the example may grow.

#![expect(clippy::unwrap_used, reason = "helpers of tests fail the test")]

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use gendan::check::check;
use gendan::check::finding::{Class, Severity};
use gendan::report::{Langs, short};
use gendan::text::Lang;
use gendan::{derive, history, load};

/// A break, and what must be said about it.
struct Break {
    /// What happened, for the report of a failing test.
    story: &'static str,
    /// The folder of the order, below `orders/2026`.
    order: &'static str,
    /// File, text, text instead. A file with a folder is meant from the data root.
    change: (&'static str, &'static str, &'static str),
    /// Severity, rule, file, text that ends in the line.
    expect: &'static [(&'static str, &'static str, &'static str, &'static str)],
}

/// Severity, rule, file and line of a finding.
type Row = (String, String, String, usize);

const AS_OF: &str = "2026-11-20";

fn data() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("data")
}

/// The example's parties and settings with its twelve scenario orders.
fn scenarios() -> tempfile::TempDir {
    let root = tempfile::tempdir().unwrap();
    for entry in walkdir::WalkDir::new(data()) {
        let entry = entry.unwrap();
        let below = entry.path().strip_prefix(data()).unwrap().to_str().unwrap().replace('\\', "/");
        let wanted = !below.starts_with("orders/") || below.starts_with("orders/2026/GD-2026-01");
        if entry.file_type().is_file() && wanted {
            let to = root.path().join(&below);
            fs::create_dir_all(to.parent().unwrap()).unwrap();
            fs::copy(entry.path(), to).unwrap();
        }
    }
    root
}

/// Errors and warnings with their lines, and the same for reading.
fn findings(root: &Path, as_of: &str) -> (Vec<Row>, String) {
    let as_of: NaiveDate = as_of.parse().unwrap();
    let loaded = load::load(root).unwrap();
    let history = history::read(root);
    let facts = derive::derive(&loaded.book, &history, as_of);
    let mut text = String::new();
    let mut rows = Vec::new();
    for finding in check(&facts, loaded.findings).findings {
        if finding.severity == Severity::Info {
            continue;
        }
        let spot = finding.spots.first().unwrap();
        let line = spot.region.map_or(0, |r| r.line);
        rows.push((
            finding.severity.code().to_owned(),
            finding.rule.name.to_owned(),
            spot.place.file.to_string(),
            line,
        ));
        for lang in [Lang::Zh, Lang::En] {
            text += &short::line(&finding, Langs::One(lang));
            let _ = writeln!(text, "    {}", finding.help.get(lang));
        }
    }
    rows.sort_unstable();
    (rows, text)
}

fn path(order: &str, file: &str) -> String {
    if file.contains('/') || file == "gendan.toml" {
        file.to_owned()
    } else {
        format!("orders/2026/{order}/{file}")
    }
}

/// The line in which a text ends that stands once in a file.
fn line_of(root: &Path, file: &str, snippet: &str) -> usize {
    let text = fs::read_to_string(root.join(file)).unwrap();
    assert_eq!(text.matches(snippet).count(), 1, "{file}: `{snippet}` stands once");
    let end = text.find(snippet).unwrap() + snippet.len();
    text[..end].matches('\n').count() + 1
}

fn run(case: &Break, before: &[Row], problems: &mut String) {
    let root = scenarios();
    let (file, old, new) = case.change;
    let file = path(case.order, file);
    line_of(root.path(), &file, old);
    let text = fs::read_to_string(root.path().join(&file)).unwrap();
    fs::write(root.path().join(&file), text.replacen(old, new, 1)).unwrap();
    let shift = new.matches('\n').count().cast_signed() - old.matches('\n').count().cast_signed();
    let after_line = text[..text.find(old).unwrap()].matches('\n').count() + 1;
    let mut wanted: Vec<Row> = before
        .iter()
        .cloned()
        .map(|(severity, rule, name, line)| {
            let moved = name == file && line > after_line;
            (severity, rule, name, if moved { line.saturating_add_signed(shift) } else { line })
        })
        .collect();
    for (severity, rule, name, snippet) in case.expect {
        let name = path(case.order, name);
        // What is absent is said of the file as a whole.
        let line = if snippet.is_empty() { 0 } else { line_of(root.path(), &name, snippet) };
        wanted.push(((*severity).to_owned(), (*rule).to_owned(), name, line));
    }
    wanted.sort_unstable();
    let (found, text) = findings(root.path(), AS_OF);
    if found != wanted {
        let _ = writeln!(problems, "== {} ({})", case.story, case.order);
        for (what, rows, others) in [("missing", &wanted, &found), ("not expected", &found, &wanted)] {
            let count = |list: &[Row], row: &Row| list.iter().filter(|r| *r == row).count();
            for row in rows.iter().filter(|row| count(rows, row) > count(others, row)) {
                let (severity, rule, file, line) = row;
                let words = fs::read_to_string(root.path().join(file)).unwrap_or_default();
                let words = words.lines().nth(line.saturating_sub(1)).unwrap_or_default();
                let _ = writeln!(problems, "   {what}: {severity} {rule} {file}:{line}: {words}");
            }
        }
        let _ = writeln!(problems, "{text}");
    }
}

#[test]
fn every_break_gives_what_its_rules_promise_and_nothing_else() {
    let before = findings(scenarios().path(), AS_OF).0;
    let mut problems = String::new();
    for case in BREAKS {
        run(case, &before, &mut problems);
    }
    assert!(problems.is_empty(), "{problems}");
}

/// The breaks. `M…` and `S…` are those of the scenarios' own list.
const BREAKS: &[Break] = &[
    Break {
        story: "M1: the invoice's line amount with two digits swapped",
        order: "GD-2026-0101",
        change: ("docs.toml", "price  = 6.80\namount = 20400.00", "price  = 6.80\namount = 20040.00"),
        expect: &[
            ("error", "line-amount", "docs.toml", "amount = 20040.00"),
            (
                "error",
                "order-total",
                "docs.toml",
                "term      = \"FOB NINGBO INCOTERMS 2020\"\ncurrency  = \"USD\"\ntotal     = 58200.00",
            ),
        ],
    },
    Break {
        story: "M5: freight prepaid on a FOB bill",
        order: "GD-2026-0101",
        change: ("docs.toml", "freight      = \"collect\"", "freight      = \"prepaid\""),
        expect: &[("error", "freight-marking", "docs.toml", "freight      = \"prepaid\"")],
    },
    Break {
        story: "M17: two ships where partial shipments are not allowed",
        order: "GD-2026-0108",
        change: ("docs.toml", "partial         = true", "partial         = false"),
        expect: &[("error", "credit-partial", "docs.toml", "vessel       = \"KONKAN EXEMPLAR\"")],
    },
    Break {
        story: "S8: both lots presented on a day when only the second is in time",
        order: "GD-2026-0108",
        change: ("docs.toml", "date      = 2026-10-23 ", "date      = 2026-10-30 "),
        expect: &[("error", "credit-late-presentation", "docs.toml", "date      = 2026-10-30")],
    },
    Break {
        story: "presented the day after a make-up working day, the last of the period",
        order: "GD-2026-0102",
        change: ("docs.toml", "date      = 2026-10-09 ", "date      = 2026-10-12 "),
        expect: &[("error", "credit-late-presentation", "docs.toml", "date      = 2026-10-12")],
    },
    Break {
        story: "another port of discharge on the bill",
        order: "GD-2026-0102",
        change: (
            "docs.toml",
            "voyage          = \"118W\"\nfrom            = \"NINGBO\"\nto              = \"JEBEL ALI\"",
            "voyage          = \"118W\"\nfrom            = \"NINGBO\"\nto              = \"DUBAI\"",
        ),
        expect: &[(
            "error",
            "credit-bl-ports",
            "docs.toml",
            "from            = \"NINGBO\"\nto              = \"DUBAI\"",
        )],
    },
    Break {
        story: "an unclean bill",
        order: "GD-2026-0102",
        change: ("docs.toml", "release         = \"original\"", "clauses         = [\"12 CARTONS TORN\"]"),
        expect: &[("error", "credit-bl-clean", "docs.toml", "clauses         = [\"12 CARTONS TORN\"]")],
    },
    Break {
        story: "M21: the notify party with one letter off",
        order: "GD-2026-0102",
        change: ("docs.toml", "notify          = \"Al Noor Home", "notify          = \"Al Nour Home"),
        expect: &[("warning", "credit-bl-notify", "docs.toml", "notify          = \"Al Nour Home")],
    },
    Break {
        story: "a bill for the buyer's order instead of the shipper's",
        order: "GD-2026-0102",
        change: ("docs.toml", "consignee       = \"TO ORDER\"", "consignee       = \"TO ORDER OF AL NOOR\""),
        expect: &[("error", "credit-bl-consignee", "docs.toml", "consignee       = \"TO ORDER OF AL NOOR\"")],
    },
    Break {
        story: "another amount in words",
        order: "GD-2026-0101",
        change: ("docs.toml", "FIFTY-EIGHT THOUSAND", "FIFTY-NINE THOUSAND"),
        expect: &[(
            "error",
            "amount-in-words",
            "docs.toml",
            "words     = \"SAY US DOLLARS FIFTY-NINE THOUSAND ",
        )],
    },
    Break {
        story: "an invoice total of another amount",
        order: "GD-2026-0101",
        change: ("docs.toml", "total     = 58200.00\nwords", "total     = 58300.00\nwords"),
        expect: &[
            ("error", "amount-in-words", "docs.toml", "words     = \"SAY US DOLLARS FIFTY-EIGHT THOUSAND"),
            (
                "error",
                "decl-vs-invoice-amount",
                "docs.toml",
                "deal_mode = \"FOB\"\ncurrency  = \"USD\"\ntotal     = 58200.00",
            ),
            ("error", "order-total", "docs.toml", "total     = 58300.00"),
            // What is due follows from the invoice: another 70.00 of the balance, on an order that is closed.
            ("error", "gate-paid", "order.toml", "closed          = 2026-10-30"),
            ("warning", "pay-short-charges", "money.toml", "amount = 40715.00"),
        ],
    },
    Break {
        story: "a packing row 100 kg too heavy",
        order: "GD-2026-0101",
        change: ("docs.toml", "gross_kg   = 4200.00", "gross_kg   = 4300.00"),
        expect: &[(
            "error",
            "weights-rollup",
            "docs.toml",
            "invoice      = \"INV26-0101\"\npackages     = 1025\npackage_kind = \"CT\"\ngross_kg     = 11045.00",
        )],
    },
    Break {
        story: "a packing row with another net weight",
        order: "GD-2026-0101",
        change: ("docs.toml", "net_kg     = 3712.50", "net_kg     = 3721.50"),
        expect: &[("warning", "weights-rollup", "docs.toml", "net_kg       = 9802.50")],
    },
    Break {
        story: "a net weight above the gross weight",
        order: "GD-2026-0101",
        change: ("docs.toml", "net_kg     = 2250.00", "net_kg     = 2550.00"),
        expect: &[
            ("error", "gross-ge-net", "docs.toml", "net_kg     = 2550.00"),
            ("error", "weights-rollup", "docs.toml", "net_kg       = 9802.50"),
        ],
    },
    Break {
        story: "a carton number left out",
        order: "GD-2026-0101",
        change: ("docs.toml", "\"401-775\"", "\"402-775\""),
        expect: &[
            ("error", "packages-from-qty", "docs.toml", "cartons    = \"402-775\""),
            ("warning", "carton-numbers-contiguous", "docs.toml", "cartons    = \"402-775\""),
        ],
    },
    Break {
        story: "fewer packages than the carton numbers",
        order: "GD-2026-0101",
        change: (
            "docs.toml",
            "packages     = 1025\npackage_kind = \"CT\"\ngross_kg     = 11045.00\nnet_kg",
            "packages     = 1024\npackage_kind = \"CT\"\ngross_kg     = 11045.00\nnet_kg",
        ),
        expect: &[
            ("error", "docs-total-packages", "docs.toml", "packages     = 1024"),
            ("warning", "carton-numbers-contiguous", "docs.toml", "packages     = 1024"),
        ],
    },
    Break {
        story: "a packing row of another quantity",
        order: "GD-2026-0101",
        change: ("docs.toml", "per_carton = 8\nqty        = 3000", "per_carton = 8\nqty        = 3008"),
        expect: &[
            ("error", "docs-total-quantity", "docs.toml", "C/NO. 1-1025\"]\n\n[[packing.lines]]"),
            ("error", "packages-from-qty", "docs.toml", "cartons    = \"401-775\""),
        ],
    },
    Break {
        story: "a currency nobody knows",
        order: "GD-2026-0105",
        change: ("order.toml", "currency     = \"USD\"", "currency     = \"USB\""),
        expect: &[("error", "currency-known-and-scale", "order.toml", "currency     = \"USB\"")],
    },
    Break {
        story: "an IBAN with one digit off",
        order: "GD-2026-0101",
        change: ("customers/hansewerk.toml", "DE89370400440532013000", "DE89370400440532013001"),
        expect: &[(
            "error",
            "iban-check",
            "customers/hansewerk.toml",
            "bank     = { name = \"Hamburger Musterbank AG\", i",
        )],
    },
    Break {
        story: "a credit code with one digit off",
        order: "GD-2026-0101",
        change: ("gendan.toml", "91330201MA2GEND07G", "91330201MA2GEND08G"),
        expect: &[("error", "uscc-check", "gendan.toml", "uscc    = \"91330201MA2GEND08G\"")],
    },
    Break {
        story: "a BIC of ten characters",
        order: "GD-2026-0101",
        change: ("gendan.toml", "BEXACNBN330", "BEXACNBN33"),
        expect: &[("error", "bic-format", "gendan.toml", "bic     = \"BEXACNBN33\"")],
    },
    Break {
        story: "FOB at the port of discharge",
        order: "GD-2026-0101",
        change: ("order.toml", "\"FOB Ningbo\"", "\"FOB Hamburg\""),
        expect: &[
            ("error", "rev-agreed", "order.toml", "incoterm     = \"FOB Hamburg\""),
            ("error", "term-place-kind", "order.toml", "incoterm     = \"FOB Hamburg\""),
        ],
    },
    Break {
        story: "no year after the term on the invoice",
        order: "GD-2026-0101",
        change: ("docs.toml", "term      = \"FOB NINGBO INCOTERMS 2020\"", "term      = \"FOB NINGBO\""),
        expect: &[("warning", "term-year-printed", "docs.toml", "term      = \"FOB NINGBO\"")],
    },
    Break {
        story: "a term of an older set",
        order: "GD-2026-0106",
        change: ("order.toml", "CFR Durban", "DDU Durban"),
        expect: &[
            ("error", "rev-agreed", "order.toml", "incoterm     = \"DDU Durban\""),
            ("error", "term-in-set", "order.toml", "incoterm     = \"DDU Durban\""),
        ],
    },
    Break {
        story: "a sea term by rail",
        order: "GD-2026-0107",
        change: ("order.toml", "DAP Duisburg", "CIF Duisburg"),
        expect: &[
            ("error", "insurance-duty", "order.toml", "incoterm     = \"CIF Duisburg\""),
            ("error", "rev-agreed", "order.toml", "incoterm     = \"CIF Duisburg\""),
            ("error", "term-mode", "order.toml", "incoterm     = \"CIF Duisburg\""),
        ],
    },
    Break {
        story: "no place after the term",
        order: "GD-2026-0110",
        change: ("order.toml", "\"CIP Frankfurt\"", "\"CIP\""),
        expect: &[("error", "term-place-present", "order.toml", "incoterm     = \"CIP\"")],
    },
    Break {
        story: "released by customs after the ship sailed",
        order: "GD-2026-0101",
        change: ("docs.toml", "released  = 2026-08-25", "released  = 2026-08-30"),
        expect: &[("error", "gate-customs-cleared", "docs.toml", "released  = 2026-08-30")],
    },
    Break {
        story: "M7: the originals sent a day before the balance came",
        order: "GD-2026-0101",
        change: ("docs.toml", "date      = 2026-09-07 ", "date      = 2026-09-03 "),
        expect: &[("error", "gate-document-control", "docs.toml", "date      = 2026-09-03")],
    },
    Break {
        story: "S5: the collecting bank let the papers go unpaid",
        order: "GD-2026-0105",
        change: (
            "docs.toml",
            "at_bank = 2026-10-09\n",
            "at_bank = 2026-10-09\ndocuments_released = 2026-10-20\n",
        ),
        expect: &[("error", "gate-document-control", "docs.toml", "documents_released = 2026-10-20")],
    },
    Break {
        story: "S2: the set went to the buyer instead of the bank",
        order: "GD-2026-0102",
        change: (
            "docs.toml",
            "to        = \"bank\"\namount    = 67374.60\n",
            "to        = \"buyer\"\namount    = 67374.60\n",
        ),
        expect: &[
            ("error", "gate-document-control", "docs.toml", "date      = 2026-10-09"),
            ("error", "slack-presentation", "docs.toml", "on_board        = 2026-09-19"),
        ],
    },
    Break {
        story: "S9: the corrective action is not closed",
        order: "GD-2026-0109",
        change: ("order.toml", ", due = 2026-10-28, closed = 2026-10-27 }", ", due = 2026-10-28 }"),
        expect: &[(
            "error",
            "gate-inspection-passed",
            "order.toml",
            "corrective = { cause = \"拉链批次硬度不足, 拉头铆接裂\", action",
        )],
    },
    Break {
        story: "S10: minimum cover under CIP",
        order: "GD-2026-0110",
        change: ("docs.toml", "[\"ICC(A)\"]", "[\"ICC(C)\"]"),
        expect: &[("error", "insurance-clauses", "docs.toml", "risks          = [\"ICC(C)\"]")],
    },
    Break {
        story: "S11: fifty dollars of the deposit unaccounted for",
        order: "GD-2026-0111",
        change: ("money.toml", "3150.00\nkind", "3100.00\nkind"),
        expect: &[("error", "cancel-clean", "money.toml", "amount = 3100.00")],
    },
    Break {
        story: "a pass with more defects than allowed",
        order: "GD-2026-0102",
        change: ("order.toml", "major = 3, minor = 8", "major = 11, minor = 8"),
        expect: &[(
            "error",
            "gate-inspection-passed",
            "order.toml",
            "found  = { critical = 0, major = 11, minor = 8 }",
        )],
    },
    Break {
        story: "a sailing date that the bill of lading does not show",
        order: "GD-2026-0101",
        change: (
            "order.toml",
            "started         = 2026-07-06",
            "started         = 2026-07-06\nshipped = 2026-08-27",
        ),
        expect: &[("error", "milestone-proof-differs", "order.toml", "shipped = 2026-08-27")],
    },
    Break {
        story: "delivered before it arrived",
        order: "GD-2026-0101",
        change: ("order.toml", "delivered  = 2026-10-08", "delivered  = 2026-10-01"),
        expect: &[("error", "stage-dates", "order.toml", "arrived    = 2026-10-03")],
    },
    Break {
        story: "loaded before the inspection",
        order: "GD-2026-0101",
        change: ("order.toml", "loaded     = 2026-08-22", "loaded     = 2026-08-15"),
        expect: &[("error", "gate-no-shipment-before-inspection", "order.toml", "loaded     = 2026-08-15")],
    },
    Break {
        story: "a signature in the wrong year",
        order: "GD-2026-0104",
        change: ("order.toml", "signed       = 2026", "signed       = 2062"),
        expect: &[("error", "dates-plausible", "order.toml", "signed       = 2062-08-10")],
    },
    Break {
        story: "a payment that adds up to 90 per cent",
        order: "GD-2026-0101",
        change: ("order.toml", "30% deposit, 70% copy-bl", "30% deposit, 60% copy-bl"),
        expect: &[("error", "payment-terms", "order.toml", "payment      = \"30% deposit, 60% copy-bl\"")],
    },
    Break {
        story: "an attachment that was exchanged",
        order: "GD-2026-0101",
        change: ("order.toml", "fd9786e7", "fd9786e8"),
        expect: &[(
            "error",
            "stage-dates",
            "order.toml",
            "sha256 = \"fd9786e8ec41e5b96225285460232c667f908e",
        )],
    },
    Break {
        story: "a merchandiser nobody knows",
        order: "GD-2026-0102",
        change: ("order.toml", "merchandiser = \"he.jun\"", "merchandiser = \"he.jin\""),
        expect: &[("warning", "ref-unknown", "order.toml", "merchandiser = \"he.jin\"")],
    },
    Break {
        story: "a carton heavier inside than outside",
        order: "GD-2026-0101",
        change: ("order.toml", "gross_kg = 11.20, net_kg = 9.90", "gross_kg = 9.20, net_kg = 9.90"),
        expect: &[(
            "error",
            "gross-ge-net",
            "order.toml",
            "pack    = { per_carton = 8, kind = \"CT\", size_cm",
        )],
    },
    Break {
        story: "another carton size",
        order: "GD-2026-0101",
        change: ("order.toml", "[50, 45, 40]", "[50, 45, 50]"),
        expect: &[(
            "warning",
            "cbm-from-dims",
            "order.toml",
            "pack    = { per_carton = 8, kind = \"CT\", size_cm",
        )],
    },
    Break {
        story: "three decimals in dollars",
        order: "GD-2026-0101",
        change: ("money.toml", "amount = 17460.00", "amount = 17460.005"),
        expect: &[("error", "currency-known-and-scale", "money.toml", "amount = 17460.005")],
    },
    Break {
        story: "a comma in an amount",
        order: "GD-2026-0101",
        change: ("money.toml", "amount = 17460.00", "amount = 17,460.00"),
        expect: &[("error", "toml-thousands-separator", "money.toml", "amount = 17,460.00")],
    },
    Break {
        story: "an unknown key",
        order: "GD-2026-0102",
        change: ("order.toml", "feedback]\nasked", "feedback]\naskde"),
        expect: &[("error", "toml-unknown-key", "order.toml", "askde = 2026-11-02")],
    },
    Break {
        story: "a waiver nobody signed",
        order: "GD-2026-0104",
        change: (
            "order.toml",
            "[[shipments]]\n",
            "[[waivers]]\nrule = \"term-year-printed\"\nwhy = \"x\"\nuntil = \"archived\"\n\n[[shipments]]\n",
        ),
        expect: &[("error", "waiver-incomplete", "order.toml", "[[waivers]]")],
    },
    Break {
        story: "a waiver of a rule that does not exist",
        order: "GD-2026-0104",
        change: (
            "order.toml",
            "[[shipments]]\n",
            "[[waivers]]\nrule = \"term-yaer\"\nwhy = \"x\"\nby = \"wang.lei\"\nuntil = 2026-12-31\n\n[[shipments]]\n",
        ),
        expect: &[("warning", "waiver-unused", "order.toml", "[[waivers]]")],
    },
    Break {
        story: "a buyer without an address",
        order: "GD-2026-0101",
        change: ("customers/hansewerk.toml", "address  = [\"Speicherstrasse 12\", \"20457 Hamburg\"]\n", ""),
        expect: &[("warning", "party-complete", "customers/hansewerk.toml", "")],
    },
    Break {
        story: "reviewed after production began",
        order: "GD-2026-0101",
        change: ("order.toml", "date      = 2026-06-23", "date      = 2026-07-23"),
        expect: &[("warning", "gate-review", "order.toml", "date      = 2026-07-23")],
    },
    Break {
        story: "unsigned by the buyer",
        order: "GD-2026-0101",
        change: ("docs.toml", "signed_by_buyer = 2026-06-22\n", ""),
        expect: &[("error", "gate-archive-complete", "order.toml", "archived        = 2026-10-30")],
    },
    Break {
        story: "a line without price",
        order: "GD-2026-0105",
        change: ("order.toml", "price   = 1.60\n", ""),
        expect: &[("error", "line-required-fields", "order.toml", "[[items]]")],
    },
    Break {
        story: "an order total on the proforma that is not the order's",
        order: "GD-2026-0101",
        change: ("docs.toml", "total           = 58200.00", "total           = 58020.00"),
        expect: &[("error", "order-total", "docs.toml", "total           = 58020.00")],
    },
    Break {
        story: "a price that differs from the proforma",
        order: "GD-2026-0106",
        change: ("order.toml", "price   = 8.00", "price   = 8.10"),
        expect: &[("error", "rev-agreed", "order.toml", "price   = 8.10")],
    },
    Break {
        story: "a cancellation without a person",
        order: "GD-2026-0111",
        change: ("order.toml", "cancelled_by  = \"buyer\"\n", ""),
        expect: &[("error", "cancel-clean", "order.toml", "cancelled     = 2026-08-05")],
    },
    Break {
        story: "another bank account on the proforma of an open order",
        order: "GD-2026-0109",
        change: ("docs.toml", "3301 0000 0000 1178", "3301 0000 0000 1187"),
        expect: &[(
            "warning",
            "bank-details-changed",
            "docs.toml",
            "bank            = { name = \"Bank of Example Ning",
        )],
    },
    Break {
        story: "a waiver by an unknown person",
        order: "GD-2026-0104",
        change: (
            "order.toml",
            "[[shipments]]\n",
            "[[waivers]]\nrule = \"term-year-printed\"\nwhy = \"x\"\nby = \"nobody\"\nuntil = 2026-12-31\n\n[[shipments]]\n",
        ),
        expect: &[("warning", "ref-unknown", "order.toml", "by = \"nobody\"")],
    },
    Break {
        story: "S4: the new invoice has the year in its goods only, which is enough",
        order: "GD-2026-0104",
        change: (
            "docs.toml",
            "checked     = 2026-10-29\nterm        = \"CIF SANTOS INCOTERMS 2020\"",
            "checked     = 2026-10-29\nterm        = \"CIF SANTOS\"",
        ),
        expect: &[],
    },
    Break {
        story: "duty and tax of the buyer's country on us",
        order: "GD-2026-0112",
        change: ("order.toml", "\"DAP Warsaw\"", "\"DDP Warsaw\""),
        expect: &[
            ("error", "rev-agreed", "order.toml", "incoterm     = \"DDP Warsaw\""),
            ("warning", "ddp-tax-trap", "order.toml", "incoterm     = \"DDP Warsaw\""),
        ],
    },
    Break {
        story: "ex works, but we clear for export",
        order: "GD-2026-0109",
        change: ("order.toml", "\"FCA Shanghai", "\"EXW Shanghai"),
        expect: &[
            ("error", "rev-agreed", "order.toml", "incoterm     = \"EXW Shanghai Waigaoqiao\""),
            ("warning", "exw-export-trap", "order.toml", "incoterm     = \"EXW Shanghai Waigaoqiao\""),
        ],
    },
    Break {
        story: "a forecast of papers handed over before the goods sail",
        order: "GD-2026-0109",
        change: ("order.toml", "presented = 2026-12-01", "presented = 2026-11-25"),
        expect: &[("error", "plan-chain", "order.toml", "shipped   = 2026-11-26")],
    },
    Break {
        story: "an arrival before the departure",
        order: "GD-2026-0101",
        change: ("order.toml", "eta        = 2026-10-02", "eta        = 2026-08-02"),
        expect: &[("error", "dates-plausible", "order.toml", "eta        = 2026-08-02")],
    },
    Break {
        story: "an exporter's number of other digits on the declaration",
        order: "GD-2026-0101",
        change: ("docs.toml", "exporter  = \"91330201MA2GEND07G\"", "exporter  = \"91330201MA2GEND70G\""),
        expect: &[("error", "uscc-check", "docs.toml", "exporter  = \"91330201MA2GEND70G\"")],
    },
    Break {
        story: "a full-width digit",
        order: "GD-2026-0105",
        change: ("order.toml", "price   = 1.60", "price   = １.60"),
        expect: &[("error", "toml-fullwidth", "order.toml", "price   = １.60")],
    },
    Break {
        story: "a word without quotes",
        order: "GD-2026-0105",
        change: ("order.toml", "to           = \"Ambarli\"", "to           = Ambarli"),
        expect: &[("error", "toml-unquoted", "order.toml", "to           = Ambarli")],
    },
    Break {
        story: "a day of one digit",
        order: "GD-2026-0105",
        change: ("order.toml", "eta       = 2026-10-27", "eta       = 2026-10-7"),
        expect: &[("error", "toml-date", "order.toml", "eta       = 2026-10-7")],
    },
    Break {
        story: "a customer nobody has on file",
        order: "GD-2026-0105",
        change: ("order.toml", "\"bosfor-gida\"", "\"bosfor-gidda\""),
        expect: &[("error", "ref-unknown", "order.toml", "customer     = \"bosfor-gidda\"")],
    },
    Break {
        story: "a receipt in another year",
        order: "GD-2026-0110",
        change: ("money.toml", "2026-10-23\namount = 11178", "2036-10-23\namount = 11178"),
        expect: &[("error", "dates-plausible", "money.toml", "date   = 2036-10-23")],
    },
    Break {
        story: "S2: the policy without its main clauses",
        order: "GD-2026-0102",
        change: (
            "docs.toml",
            "risks          = [\"ICC(A)\", \"WAR\", \"STRIKES\"]",
            "risks          = [\"WAR\", \"STRIKES\"]",
        ),
        expect: &[
            ("error", "credit-insurance-risks", "docs.toml", "risks          = [\"WAR\", \"STRIKES\"]"),
            ("warning", "insurance-clauses", "docs.toml", "risks          = [\"WAR\", \"STRIKES\"]"),
        ],
    },
    Break {
        story: "prepaid freight marked collect under CIF",
        order: "GD-2026-0104",
        change: ("docs.toml", "freight      = \"prepaid\"", "freight      = \"collect\""),
        // In both presentations: what the first had is history, the second is open.
        expect: &[
            ("error", "credit-freight-wording", "docs.toml", "freight      = \"collect\""),
            ("error", "credit-freight-wording", "docs.toml", "freight      = \"collect\""),
        ],
    },
    Break {
        story: "M19: an air waybill number with a wrong last digit",
        order: "GD-2026-0110",
        change: ("docs.toml", "number        = \"180-98765435\"", "number        = \"180-98765436\""),
        expect: &[
            ("error", "awb-check", "docs.toml", "number        = \"180-98765436\""),
            ("error", "ref-unknown", "docs.toml", "{ ref = \"180-98765435\", copies = 1 }"),
        ],
    },
    Break {
        story: "declared for another amount",
        order: "GD-2026-0102",
        change: ("docs.toml", "total     = 67374.60\nfreight", "total     = 63774.60\nfreight"),
        expect: &[("error", "decl-vs-invoice-amount", "docs.toml", "total     = 63774.60")],
    },
    Break {
        story: "CIF goods declared at their FOB value: the mode is wrong, the value with freight and premium is not",
        order: "GD-2026-0102",
        change: (
            "docs.toml",
            "deal_mode = \"CIF\"\ncurrency  = \"USD\"\ntotal     = 67374.60",
            "deal_mode = \"FOB\"\ncurrency  = \"USD\"\ntotal     = 63126.37",
        ),
        expect: &[("error", "decl-deal-mode", "docs.toml", "deal_mode = \"FOB\"")],
    },
    Break {
        story: "declared in another currency",
        order: "GD-2026-0110",
        change: (
            "docs.toml",
            "deal_mode = \"CIF\"\ncurrency  = \"EUR\"",
            "deal_mode = \"CIF\"\ncurrency  = \"USD\"",
        ),
        expect: &[(
            "error",
            "decl-vs-invoice-amount",
            "docs.toml",
            "deal_mode = \"CIF\"\ncurrency  = \"USD\"",
        )],
    },
    Break {
        story: "delivered at place, declared lower: costs after arrival may have been left out",
        order: "GD-2026-0107",
        change: ("docs.toml", "total     = 53760.00\nfreight", "total     = 52760.00\nfreight"),
        expect: &[("warning", "decl-vs-invoice-amount", "docs.toml", "total     = 52760.00")],
    },
    Break {
        story: "packages with two digits swapped on the declaration",
        order: "GD-2026-0101",
        change: (
            "docs.toml",
            "packages  = 1025\ngross_kg  = 11045\n",
            "packages  = 1052\ngross_kg  = 11045\n",
        ),
        expect: &[("error", "decl-vs-packing", "docs.toml", "packages  = 1052")],
    },
    Break {
        story: "the net weight on the declaration cut off instead of rounded",
        order: "GD-2026-0101",
        change: ("docs.toml", "net_kg    = 9803 ", "net_kg    = 9802 "),
        expect: &[("error", "decl-vs-packing", "docs.toml", "net_kg    = 9802 ")],
    },
    Break {
        story: "an import declaration's number",
        order: "GD-2026-0101",
        change: ("docs.toml", "310120260100010112", "310120261100010112"),
        expect: &[("error", "decl-entry-no", "docs.toml", "number    = \"310120261100010112\"")],
    },
    Break {
        story: "a declaration number of another year",
        order: "GD-2026-0101",
        change: ("docs.toml", "310120260100010112", "310120250100010112"),
        expect: &[("warning", "decl-entry-no", "docs.toml", "number    = \"310120250100010112\"")],
    },
    Break {
        story: "the factory as exporter",
        order: "GD-2026-0101",
        change: ("docs.toml", "exporter  = \"91330201MA2GEND07G\"", "exporter  = \"91330782MA2FACT14C\""),
        expect: &[("error", "decl-exporter", "docs.toml", "exporter  = \"91330782MA2FACT14C\"")],
    },
    Break {
        story: "another commodity on the declaration",
        order: "GD-2026-0106",
        change: ("docs.toml", "hs = \"6907211000\"", "hs = \"6907221000\""),
        expect: &[("error", "hs-format", "docs.toml", "items = [{ hs = \"6907221000\"")],
    },
    Break {
        story: "a container number with two digits swapped",
        order: "GD-2026-0101",
        change: ("docs.toml", "{ number = \"MSCU6639870\", type", "{ number = \"MSCU6693870\", type"),
        expect: &[("error", "container-iso6346", "docs.toml", "{ number = \"MSCU6693870\"")],
    },
    Break {
        story: "another container than was loaded, with a right check digit",
        order: "GD-2026-0101",
        change: ("docs.toml", "{ number = \"MSCU6639870\", type", "{ number = \"MSCU7639875\", type"),
        expect: &[("error", "container-seal-match", "docs.toml", "{ number = \"MSCU7639875\"")],
    },
    Break {
        story: "a seal with two digits swapped on the bill of lading",
        order: "GD-2026-0101",
        change: ("docs.toml", "seal = \"ML-CN5520872\"", "seal = \"ML-CN5520827\""),
        expect: &[("error", "container-seal-match", "docs.toml", "seal = \"ML-CN5520827\"")],
    },
    Break {
        story: "65.9 cubic metres in a 20' container",
        order: "GD-2026-0101",
        change: (
            "order.toml",
            "type = \"40HQ\", seal = \"ML-CN5520871\"",
            "type = \"20GP\", seal = \"ML-CN5520871\"",
        ),
        expect: &[("error", "container-capacity", "order.toml", "type = \"20GP\", seal = \"ML-CN5520871\"")],
    },
    Break {
        story: "a container yet to be loaded that is fuller than cartons usually get it",
        order: "GD-2026-0109",
        change: ("order.toml", "gross_kg = 3625.0, cbm = 33.75", "gross_kg = 3625.0, cbm = 58.75"),
        expect: &[("warning", "container-capacity", "order.toml", "gross_kg = 3625.0, cbm = 58.75")],
    },
    Break {
        story: "more than the payload on the plate",
        order: "GD-2026-0101",
        change: (
            "order.toml",
            "tare_kg = 3900, vgm_kg = 12420",
            "tare_kg = 3900, payload_kg = 8500, vgm_kg = 12420",
        ),
        expect: &[("error", "container-capacity", "order.toml", "payload_kg = 8500")],
    },
    Break {
        story: "the cargo's weight sent as VGM",
        order: "GD-2026-0101",
        change: ("order.toml", "vgm_kg = 12420", "vgm_kg = 8520"),
        expect: &[("error", "vgm", "order.toml", "vgm_kg = 8520")],
    },
    Break {
        story: "300 kg of dunnage nobody recorded",
        order: "GD-2026-0101",
        change: ("order.toml", "vgm_kg = 12420", "vgm_kg = 12720"),
        expect: &[("warning", "vgm", "order.toml", "vgm_kg = 12720")],
    },
    Break {
        story: "on board without a verified gross mass",
        order: "GD-2026-0101",
        change: ("order.toml", ", vgm_kg = 4755", ""),
        expect: &[("warning", "vgm", "order.toml", "{ number = \"TGHU1234567\"")],
    },
    Break {
        story: "fewer inspected than shipped",
        order: "GD-2026-0101",
        change: ("order.toml", "\"BW-30\" = 1500 }", "\"BW-30\" = 1400 }"),
        expect: &[("warning", "qc-lot-equals-shipment", "order.toml", "\"BW-30\" = 1400 }")],
    },
    Break {
        story: "a pass on too small a sample",
        order: "GD-2026-0102",
        change: ("order.toml", "sample = 200", "sample = 125"),
        expect: &[("warning", "gate-inspection-passed", "order.toml", "sample = 125")],
    },
    Break {
        story: "a code of the edition of 2017",
        order: "GD-2026-0109",
        change: ("order.toml", "hs      = \"4202920000\"", "hs      = \"8541400000\""),
        expect: &[
            ("warning", "hs-format", "docs.toml", "items = [{ hs = \"4202920000\""),
            ("warning", "hs-valid-year", "order.toml", "hs      = \"8541400000\""),
        ],
    },
    Break {
        story: "an invoice number that another order has already",
        order: "GD-2026-0106",
        change: (
            "docs.toml",
            "number    = \"INV26-0106\"",
            "id        = \"INV26-0106\"\nnumber    = \"INV26-0105\"",
        ),
        expect: &[
            ("error", "docs-number-reused", "docs.toml", "number    = \"INV26-0105\""),
            ("warning", "docs-invoice-ref", "docs.toml", "invoice      = \"INV26-0106\""),
        ],
    },
    Break {
        story: "goods that look like lithium batteries by their name",
        order: "GD-2026-0109",
        change: ("order.toml", "name_zh = \"涤纶背包 25L\"", "name_zh = \"锂电池加热背包 25L\""),
        expect: &[("warning", "dg-complete", "order.toml", "POLYESTER DAYPACK 25L DP-25\"")],
    },
    Break {
        story: "pallets of unmarked wood",
        order: "GD-2026-0109",
        change: (
            "order.toml",
            "wood    = \"none\"\npack    = { per_carton = 20, kind = \"CT\"",
            "pack    = { per_carton = 20, kind = \"PX\"",
        ),
        expect: &[("warning", "wood-packing", "order.toml", "pack    = { per_carton = 20, kind = \"PX\"")],
    },
    Break {
        story: "M11: no more or less in 45A; 39A alone does not help pieces",
        order: "GD-2026-0102",
        change: (
            "docs.toml",
            " 5 PCT MORE OR LESS IN QUANTITY AND AMOUNT ACCEPTABLE.\"\nconditions      = [\"ALL DOCUMENTS IN ENGLISH\"]\ncharges         = \"ALL BANKING CHARGES OUTSIDE U.A.E. ARE FOR ACCOUNT OF BENEFICIARY\"\npresent_within  = 21\nconfirmation    = \"WITHOUT\"\n\n[[lc.items]]\nname      = \"ELECTRIC STAND FAN FN-16\"\nqty       = 2400\nunit      = \"PCS\"\nprice     = 14.80\ntolerance = \"5%\"\n\n[[lc.items]]\nname      = \"ELECTRIC STAND FAN FN-18\"\nqty       = 1800\nunit      = \"PCS\"\nprice     = 17.35\ntolerance = \"5%\"\n",
            "\"\nconditions      = [\"ALL DOCUMENTS IN ENGLISH\"]\ncharges         = \"ALL BANKING CHARGES OUTSIDE U.A.E. ARE FOR ACCOUNT OF BENEFICIARY\"\npresent_within  = 21\nconfirmation    = \"WITHOUT\"\n\n[[lc.items]]\nname      = \"ELECTRIC STAND FAN FN-16\"\nqty       = 2400\nunit      = \"PCS\"\nprice     = 14.80\n\n[[lc.items]]\nname      = \"ELECTRIC STAND FAN FN-18\"\nqty       = 1800\nunit      = \"PCS\"\nprice     = 17.35\n",
        ),
        expect: &[
            (
                "error",
                "credit-quantity",
                "docs.toml",
                "qty = 2400, unit = \"PCS\", price = 14.80, amount = 35520.00 },\n  { name = \"ELECTRIC STAND FAN FN-18\", qty = 1836",
            ),
            ("warning", "lc-tolerance-aligned", "docs.toml", "qty       = 2400"),
        ],
    },
    Break {
        story: "M13: the amendment was never accepted, the goods went on board all the same",
        order: "GD-2026-0103",
        change: ("docs.toml", "accepted = 2026-09-09\n", ""),
        expect: &[
            ("error", "credit-late-shipment", "docs.toml", "on_board     = 2026-09-22"),
            ("error", "etd-after-latest", "order.toml", "etd        = 2026-09-22"),
            ("error", "lc-dates-workable", "docs.toml", "latest_shipment = 2026-09-10"),
            ("warning", "lc-amend-pending", "docs.toml", "received = 2026-09-08"),
        ],
    },
    Break {
        story: "M3: the bill of lading one carton short",
        order: "GD-2026-0101",
        change: (
            "docs.toml",
            "packages     = 1025\npackage_kind = \"CT\"\ngross_kg     = 11045.00\ncbm          = 92.569\ngoods",
            "packages     = 1024\npackage_kind = \"CT\"\ngross_kg     = 11045.00\ncbm          = 92.569\ngoods",
        ),
        expect: &[("error", "docs-total-packages", "docs.toml", "packages     = 1024")],
    },
    Break {
        story: "S1: digits swapped in the gross weight of the bill of lading",
        order: "GD-2026-0101",
        change: (
            "docs.toml",
            "gross_kg     = 11045.00\ncbm          = 92.569\ngoods",
            "gross_kg     = 11054.00\ncbm          = 92.569\ngoods",
        ),
        expect: &[("error", "docs-total-gross", "docs.toml", "gross_kg     = 11054.00")],
    },
    Break {
        story: "S1: another net weight on the invoice than on the packing list",
        order: "GD-2026-0101",
        change: ("docs.toml", "net_kg    = 9802.50", "net_kg    = 9820.50"),
        expect: &[("error", "docs-total-net", "docs.toml", "net_kg    = 9820.50")],
    },
    Break {
        story: "S1: digits swapped in the volume of the bill of lading",
        order: "GD-2026-0101",
        change: ("docs.toml", "cbm          = 92.569\ngoods", "cbm          = 95.269\ngoods"),
        expect: &[("warning", "docs-volume", "docs.toml", "cbm          = 95.269")],
    },
    Break {
        story: "S1: carton numbers of the marks not changed with the cartons",
        order: "GD-2026-0101",
        change: (
            "docs.toml",
            "goods        = \"STAINLESS STEEL MIXING BOWL SETS\"\nmarks        = [\"HANSEWERK\", \"HAMBURG\", \"C/NO. 1-1025\"]",
            "goods        = \"STAINLESS STEEL MIXING BOWL SETS\"\nmarks        = [\"HANSEWERK\", \"HAMBURG\", \"C/NO. 1-1020\"]",
        ),
        expect: &[(
            "error",
            "docs-marks",
            "docs.toml",
            "marks        = [\"HANSEWERK\", \"HAMBURG\", \"C/NO. 1-1020\"]",
        )],
    },
    Break {
        story: "S1: the invoice still names the vessel before the roll-over",
        order: "GD-2026-0101",
        change: (
            "docs.toml",
            "vessel    = \"EVER SAMPLE\"\nvoyage    = \"0631W\"\ncontract",
            "vessel    = \"EVER EARLIER\"\nvoyage    = \"0629W\"\ncontract",
        ),
        expect: &[("warning", "docs-vessel", "docs.toml", "vessel    = \"EVER EARLIER\"")],
    },
    Break {
        story: "S1: other bowls on the bill of lading",
        order: "GD-2026-0101",
        change: (
            "docs.toml",
            "goods        = \"STAINLESS STEEL MIXING BOWL SETS\"",
            "goods        = \"ALUMINIUM BOWLS\"",
        ),
        expect: &[("warning", "docs-description", "docs.toml", "goods        = \"ALUMINIUM BOWLS\"")],
    },
    Break {
        story: "S1: kitchenware is a general term for bowls",
        order: "GD-2026-0101",
        change: (
            "docs.toml",
            "goods        = \"STAINLESS STEEL MIXING BOWL SETS\"",
            "goods        = \"KITCHENWARE\"",
        ),
        expect: &[],
    },
    Break {
        story: "S2: a quantity with two digits swapped on the certificate of origin",
        order: "GD-2026-0102",
        change: ("docs.toml", "qty          = 4236", "qty          = 4263"),
        expect: &[("error", "docs-total-quantity", "docs.toml", "qty          = 4263")],
    },
    Break {
        story: "S2: the certificate of origin quotes another invoice",
        order: "GD-2026-0102",
        change: (
            "docs.toml",
            "invoice      = \"INV26-0102\"\ninvoice_date",
            "invoice      = \"INV26-0110\"\ninvoice_date",
        ),
        expect: &[("warning", "docs-invoice-ref", "docs.toml", "invoice      = \"INV26-0110\"")],
    },
    Break {
        story: "S2: whole kilograms on the bill of lading",
        order: "GD-2026-0102",
        change: ("docs.toml", "gross_kg        = 30273.6", "gross_kg        = 30274"),
        expect: &[("warning", "docs-total-gross", "docs.toml", "gross_kg        = 30274")],
    },
    Break {
        story: "S5: digits swapped in the amount of the draft",
        order: "GD-2026-0105",
        change: (
            "docs.toml",
            "amount    = 24960.00\nwords     = \"SAY US DOLLARS TWENTY-FOUR THOUSAND NINE HUNDRED AND SIXTY ONLY\"\ntenor",
            "amount    = 24690.00\nwords     = \"SAY US DOLLARS TWENTY-FOUR THOUSAND SIX HUNDRED AND NINETY ONLY\"\ntenor",
        ),
        expect: &[("error", "docs-amount", "docs.toml", "amount    = 24690.00")],
    },
    Break {
        story: "S5: the draft dated after it went to the bank",
        order: "GD-2026-0105",
        change: ("docs.toml", "date      = 2026-09-30\nplace", "date      = 2026-10-03\nplace"),
        expect: &[("error", "docs-dates-order", "docs.toml", "date      = 2026-10-03")],
    },
    Break {
        story: "S6: the bill of lading from Yantian, the invoice from Nansha",
        order: "GD-2026-0106",
        change: ("docs.toml", "from         = \"NANSHA\"", "from         = \"YANTIAN\""),
        expect: &[("error", "docs-ports", "docs.toml", "from         = \"YANTIAN\"")],
    },
    Break {
        story: "S8: the draft claims only the first lot",
        order: "GD-2026-0108",
        change: (
            "docs.toml",
            "amount      = 574540.00\nwords       = \"SAY US DOLLARS FIVE HUNDRED AND SEVENTY-FOUR THOUSAND FIVE HUNDRED AND FORTY ONLY\"",
            "amount      = 287960.00\nwords       = \"SAY US DOLLARS TWO HUNDRED AND EIGHTY-SEVEN THOUSAND NINE HUNDRED AND SIXTY ONLY\"",
        ),
        expect: &[("error", "docs-amount", "docs.toml", "amount      = 287960.00")],
    },
    Break {
        story: "S8: bags of the second lot on its bill of lading",
        order: "GD-2026-0108",
        change: (
            "docs.toml",
            "packages     = 9968\npackage_kind = \"BG\"\ngross_kg     = 250196.8\ncbm          = 274.1200\ngoods",
            "packages     = 9986\npackage_kind = \"BG\"\ngross_kg     = 250196.8\ncbm          = 274.1200\ngoods",
        ),
        expect: &[("error", "docs-total-packages", "docs.toml", "packages     = 9986")],
    },
    Break {
        story: "S9: the draft of the invoice with another weight is a risk, not yet an error",
        order: "GD-2026-0109",
        change: ("docs.toml", "gross_kg  = 3625.0", "gross_kg  = 3652.0"),
        expect: &[("warning", "docs-total-gross", "docs.toml", "gross_kg  = 3652.0")],
    },
    Break {
        story: "S10: a package too many on the air waybill",
        order: "GD-2026-0110",
        change: ("docs.toml", "packages      = 18", "packages      = 19"),
        expect: &[("error", "docs-total-packages", "docs.toml", "packages      = 19")],
    },
    Break {
        story: "S4: the refused invoice had another weight too, which is history",
        order: "GD-2026-0104",
        change: (
            "docs.toml",
            "goods       = \"1,200 PCS WOODEN FRAME DINING CHAIR DC-77 AT USD38.50/PC\"\nfrom        = \"NINGBO\"\nto          = \"SANTOS\"\ncontract    = \"SC26-0104\"\nlc          = \"BEX-CD-26-00871\"\npackages    = 600\ngross_kg    = 11640",
            "goods       = \"1,200 PCS WOODEN FRAME DINING CHAIR DC-77 AT USD38.50/PC\"\nfrom        = \"NINGBO\"\nto          = \"SANTOS\"\ncontract    = \"SC26-0104\"\nlc          = \"BEX-CD-26-00871\"\npackages    = 600\ngross_kg    = 11460",
        ),
        expect: &[("error", "docs-total-gross", "docs.toml", "gross_kg    = 11460")],
    },
];

/// A break that takes other figures with it, so that only what is meant is wrong. Every occurrence of a text changes.
struct Story {
    story: &'static str,
    order: &'static str,
    /// File, text, text instead.
    changes: &'static [(&'static str, &'static str, &'static str)],
    /// As in [`Break`].
    expect: &'static [(&'static str, &'static str, &'static str, &'static str)],
}

impl Story {
    fn run(&self, before: &[Row], problems: &mut String) {
        let root = scenarios();
        for (file, old, new) in self.changes {
            let file = root.path().join(path(self.order, file));
            let text = fs::read_to_string(&file).unwrap();
            assert!(text.contains(old), "{}: `{old}` in {}", self.story, file.display());
            fs::write(&file, text.replace(old, new)).unwrap();
        }
        let names: Vec<String> = self.changes.iter().map(|(file, ..)| path(self.order, file)).collect();
        // Lines move: what was said before is compared without them in the files that changed.
        let still = |row: &Row| {
            if names.contains(&row.2) {
                (row.0.clone(), row.1.clone(), row.2.clone(), 0)
            } else {
                row.clone()
            }
        };
        let (found, text) = findings(root.path(), AS_OF);
        let mut wanted: Vec<Row> = before.iter().map(still).collect();
        for (severity, rule, name, snippet) in self.expect {
            let name = path(self.order, name);
            let line = line_of(root.path(), &name, snippet);
            let row = ((*severity).to_owned(), (*rule).to_owned(), name, line);
            if !found.contains(&row) {
                let _ = writeln!(problems, "== {}: {row:?} is missing", self.story);
            }
            wanted.push(still(&row));
        }
        let mut found: Vec<Row> = found.iter().map(still).collect();
        wanted.sort_unstable();
        found.sort_unstable();
        if found != wanted {
            let _ = writeln!(
                problems,
                "== {} ({})\nwanted {wanted:#?}\nfound {found:#?}\n{text}",
                self.story, self.order
            );
        }
    }
}

#[test]
fn papers_against_the_credit() {
    let before = findings(scenarios().path(), AS_OF).0;
    let mut problems = String::new();
    for story in STORIES {
        story.run(&before, &mut problems);
    }
    assert!(problems.is_empty(), "{problems}");
}

/// Breaks of papers under a credit.
const STORIES: &[Story] = &[
    Story {
        story: "M9: insured for six cents too little",
        order: "GD-2026-0102",
        changes: &[("docs.toml", "amount         = 74113 ", "amount         = 74112.00 ")],
        expect: &[("error", "credit-insurance-amount", "docs.toml", "amount         = 74112.00")],
    },
    Story {
        story: "S8: 510.4 MT, within five per cent of the quantity and beyond the amount",
        order: "GD-2026-0108",
        changes: &[
            ("order.toml", "qty = 250.400", "qty = 261.200"),
            ("order.toml", "done = 500", "done = 511"),
            ("order.toml", "\"CA-MONO\" = 500", "\"CA-MONO\" = 511"),
            (
                "order.toml",
                "  { number = \"OOLU2108408\", type = \"20GP\", seal = \"NEX033050\", packages = 1001, gross_kg = 25125.1, cbm = 27.5275, tare_kg = 2230, vgm_kg = 27355 },\n",
                "  { number = \"OOLU2108408\", type = \"20GP\", seal = \"NEX033050\", packages = 1001, gross_kg = 25125.1, cbm = 27.5275, tare_kg = 2230, vgm_kg = 27355 },\n  { number = \"EGHU9001253\", type = \"20GP\", seal = \"NEX033051\", packages = 432, gross_kg = 10843.2, cbm = 11.8800, tare_kg = 2240, vgm_kg = 13083 },\n",
            ),
            (
                "docs.toml",
                "  { cartons = \"9016-10016\", name = \"CITRIC ACID MONOHYDRATE FOOD GRADE\", per_carton = 0.025, qty = 25.025, gross_kg = 25125.1, net_kg = 25025, cbm = 27.5275, container = \"OOLU2108408\" },\n",
                "  { cartons = \"9016-10016\", name = \"CITRIC ACID MONOHYDRATE FOOD GRADE\", per_carton = 0.025, qty = 25.025, gross_kg = 25125.1, net_kg = 25025, cbm = 27.5275, container = \"OOLU2108408\" },\n  { cartons = \"10017-10448\", name = \"CITRIC ACID MONOHYDRATE FOOD GRADE\", per_carton = 0.025, qty = 10.800, gross_kg = 10843.2, net_kg = 10800, cbm = 11.8800, container = \"EGHU9001253\" },\n",
            ),
            (
                "docs.toml",
                "  { number = \"OOLU2108408\", type = \"20GP\", seal = \"NEX033050\", packages = 1001, gross_kg = 25125.1, cbm = 27.5275 },\n",
                "  { number = \"OOLU2108408\", type = \"20GP\", seal = \"NEX033050\", packages = 1001, gross_kg = 25125.1, cbm = 27.5275 },\n  { number = \"EGHU9001253\", type = \"20GP\", seal = \"NEX033051\", packages = 432, gross_kg = 10843.2, cbm = 11.8800 },\n",
            ),
            ("docs.toml", "250.400", "261.200"),
            ("docs.toml", "= 10016", "= 10448"),
            ("docs.toml", "251401.6", "262244.8"),
            ("docs.toml", "251402", "262245"),
            ("docs.toml", "250400", "261200"),
            ("docs.toml", "275.4400", "287.3200"),
            ("docs.toml", "287960.00", "300380.00"),
            (
                "docs.toml",
                "TWO HUNDRED AND EIGHTY-SEVEN THOUSAND NINE HUNDRED AND SIXTY",
                "THREE HUNDRED THOUSAND THREE HUNDRED AND EIGHTY",
            ),
            ("docs.toml", "574540.00\n", "586960.00\n"),
            (
                "docs.toml",
                "FIVE HUNDRED AND SEVENTY-FOUR THOUSAND FIVE HUNDRED AND FORTY",
                "FIVE HUNDRED AND EIGHTY-SIX THOUSAND NINE HUNDRED AND SIXTY",
            ),
            ("docs.toml", "631994.00", "645656.00"),
            ("money.toml", "amount = 574540.00", "amount = 586960.00"),
        ],
        expect: &[(
            "error",
            "credit-amount",
            "docs.toml",
            "term      = \"CIF NHAVA SHEVA INCOTERMS 2020\"\ncurrency  = \"USD\"\ntotal     = 300380.00",
        )],
    },
    Story {
        story: "S8: 525.001 MT, a kilogram beyond five per cent",
        order: "GD-2026-0108",
        changes: &[
            ("order.toml", "qty = 250.400", "qty = 275.801"),
            ("order.toml", "done = 500", "done = 526"),
            ("order.toml", "\"CA-MONO\" = 500", "\"CA-MONO\" = 526"),
            (
                "order.toml",
                "  { number = \"OOLU2108408\", type = \"20GP\", seal = \"NEX033050\", packages = 1001, gross_kg = 25125.1, cbm = 27.5275, tare_kg = 2230, vgm_kg = 27355 },\n",
                "  { number = \"OOLU2108408\", type = \"20GP\", seal = \"NEX033050\", packages = 1001, gross_kg = 25125.1, cbm = 27.5275, tare_kg = 2230, vgm_kg = 27355 },\n  { number = \"EGHU9001253\", type = \"20GP\", seal = \"NEX033051\", packages = 1017, gross_kg = 25502.7, cbm = 27.9410, tare_kg = 2240, vgm_kg = 27743 },\n",
            ),
            (
                "docs.toml",
                "  { cartons = \"9016-10016\", name = \"CITRIC ACID MONOHYDRATE FOOD GRADE\", per_carton = 0.025, qty = 25.025, gross_kg = 25125.1, net_kg = 25025, cbm = 27.5275, container = \"OOLU2108408\" },\n",
                "  { cartons = \"9016-10016\", name = \"CITRIC ACID MONOHYDRATE FOOD GRADE\", per_carton = 0.025, qty = 25.025, gross_kg = 25125.1, net_kg = 25025, cbm = 27.5275, container = \"OOLU2108408\" },\n  { cartons = \"10017-11032\", name = \"CITRIC ACID MONOHYDRATE FOOD GRADE\", per_carton = 0.025, qty = 25.400, gross_kg = 25501.6, net_kg = 25400, cbm = 27.9400, container = \"EGHU9001253\" },\n  { cartons = \"11033\", name = \"CITRIC ACID MONOHYDRATE FOOD GRADE\", per_carton = 0.001, qty = 0.001, gross_kg = 1.1, net_kg = 1, cbm = 0.0010, container = \"EGHU9001253\" },\n",
            ),
            (
                "docs.toml",
                "  { number = \"OOLU2108408\", type = \"20GP\", seal = \"NEX033050\", packages = 1001, gross_kg = 25125.1, cbm = 27.5275 },\n",
                "  { number = \"OOLU2108408\", type = \"20GP\", seal = \"NEX033050\", packages = 1001, gross_kg = 25125.1, cbm = 27.5275 },\n  { number = \"EGHU9001253\", type = \"20GP\", seal = \"NEX033051\", packages = 1017, gross_kg = 25502.7, cbm = 27.9410 },\n",
            ),
            ("docs.toml", "250.400", "275.801"),
            ("docs.toml", "= 10016", "= 11033"),
            ("docs.toml", "251401.6", "276904.3"),
            ("docs.toml", "251402", "276904"),
            ("docs.toml", "250400", "275801"),
            ("docs.toml", "275.4400", "303.3810"),
            ("docs.toml", "287960.00", "317171.15"),
            (
                "docs.toml",
                "TWO HUNDRED AND EIGHTY-SEVEN THOUSAND NINE HUNDRED AND SIXTY",
                "THREE HUNDRED AND SEVENTEEN THOUSAND ONE HUNDRED AND SEVENTY-ONE AND CENTS FIFTEEN",
            ),
            ("docs.toml", "574540.00\n", "603751.15\n"),
            (
                "docs.toml",
                "FIVE HUNDRED AND SEVENTY-FOUR THOUSAND FIVE HUNDRED AND FORTY",
                "SIX HUNDRED AND THREE THOUSAND SEVEN HUNDRED AND FIFTY-ONE AND CENTS FIFTEEN",
            ),
            ("docs.toml", "631994.00", "664127.00"),
            ("money.toml", "amount = 574540.00", "amount = 603751.15"),
        ],
        expect: &[
            (
                "error",
                "credit-amount",
                "docs.toml",
                "term      = \"CIF NHAVA SHEVA INCOTERMS 2020\"\ncurrency  = \"USD\"\ntotal     = 317171.15",
            ),
            ("error", "credit-quantity", "docs.toml", "qty = 275.801, unit = \"MT\", price = 1150, amount"),
        ],
    },
    Story {
        story: "S4: the insurer endorsed nothing",
        order: "GD-2026-0104",
        changes: &[(
            "docs.toml",
            "endorsements   = [{ date = 2026-10-28, effective = 2026-10-11 }]",
            "endorsements   = []",
        )],
        expect: &[(
            "error",
            "credit-insurance-date",
            "docs.toml",
            "kind           = \"policy\"\ndate           = 2026-10-14",
        )],
    },
    Story {
        story: "S2: one original of the policy stays at home",
        order: "GD-2026-0102",
        changes: &[(
            "docs.toml",
            "{ ref = \"EIC26NB00417\", originals = 2 }",
            "{ ref = \"EIC26NB00417\", originals = 1 }",
        )],
        expect: &[("error", "credit-docs-complete", "docs.toml", "paid      = 2026-10-20\ndocuments = [")],
    },
    Story {
        story: "S2: no certificate of origin in the presentation",
        order: "GD-2026-0102",
        changes: &[("docs.toml", ", { ref = \"26C3302A0102/00017\", originals = 1 }", "")],
        expect: &[("error", "credit-docs-complete", "docs.toml", "paid      = 2026-10-20\ndocuments = [")],
    },
    Story {
        story: "S3: a draft that runs from sight",
        order: "GD-2026-0103",
        changes: &[(
            "docs.toml",
            "tenor       = \"60 DAYS AFTER B/L DATE\"",
            "tenor       = \"60 DAYS SIGHT\"",
        )],
        expect: &[("error", "credit-draft", "docs.toml", "tenor       = \"60 DAYS SIGHT\"")],
    },
    Story {
        story: "S2: an invoice to another company of the buyer",
        order: "GD-2026-0102",
        changes: &[(
            "docs.toml",
            "buyer     = \"Al Noor Home Appliances Trading LLC\"",
            "buyer     = \"Al Noor General Trading LLC\"",
        )],
        expect: &[(
            "error",
            "credit-invoice-party",
            "docs.toml",
            "buyer     = \"Al Noor General Trading LLC\"",
        )],
    },
    Story {
        story: "M21: the buyer one letter off on the invoice",
        order: "GD-2026-0102",
        changes: &[(
            "docs.toml",
            "buyer     = \"Al Noor Home Appliances Trading LLC\"",
            "buyer     = \"Al Noor Home Applianses Trading LLC\"",
        )],
        expect: &[(
            "warning",
            "credit-invoice-party",
            "docs.toml",
            "buyer     = \"Al Noor Home Applianses Trading LLC\"",
        )],
    },
    Story {
        story: "M21: two digits of the notify party's address swapped",
        order: "GD-2026-0102",
        changes: &[
            (
                "docs.toml",
                "notify    = \"Al Noor Home Appliances Trading LLC\"",
                "notify    = \"Al Noor Home Appliances Trading LLC, Warehouse 7, Jebel Ali Free Zone South, P.O. Box 61188, Dubai\"",
            ),
            (
                "docs.toml",
                "notify          = \"Al Noor Home Appliances Trading LLC\"",
                "notify          = \"Al Noor Home Appliances Trading LLC, Warehouse 7, Jebel Ali Free Zone South, P.O. Box 61818, Dubai\"",
            ),
        ],
        expect: &[("error", "credit-bl-notify", "docs.toml", "P.O. Box 61818, Dubai\"")],
    },
    Story {
        story: "S8: an origin certified by the exporter",
        order: "GD-2026-0108",
        changes: &[(
            "docs.toml",
            "date         = 2026-09-30\nissuer       = \"CCPIT\"",
            "date         = 2026-09-30\nissuer       = \"Ningbo Gendan Trading Co., Ltd.\"",
        )],
        expect: &[(
            "error",
            "credit-co",
            "docs.toml",
            "date         = 2026-09-30\nissuer       = \"Ningbo Gendan Trading Co., Ltd.\"",
        )],
    },
    Story {
        story: "S3: another yarn on the invoice",
        order: "GD-2026-0103",
        changes: &[
            (
                "docs.toml",
                "goods     = \"40,000 KG POLYESTER TEXTURED YARN DTY 150D/48F",
                "goods     = \"40,000 KG POLYESTER TEXTURED YARN DTY 150D/144F",
            ),
            (
                "docs.toml",
                "lines = [{ name = \"POLYESTER TEXTURED YARN DTY 150D/48F\", qty = 40000, unit = \"KG\", price = 1.42, amount = 56800.00 }]\n\n[packing]",
                "lines = [{ name = \"POLYESTER TEXTURED YARN DTY 150D/144F\", qty = 40000, unit = \"KG\", price = 1.42, amount = 56800.00 }]\n\n[packing]",
            ),
        ],
        expect: &[(
            "error",
            "credit-invoice-description",
            "docs.toml",
            "goods     = \"40,000 KG POLYESTER TEXTURED YARN DTY 150D/144F",
        )],
    },
];

/// A story of money: what was said of its order before and no longer is, and what comes instead.
struct Account {
    story: &'static str,
    order: &'static str,
    /// File, text, text instead.
    changes: &'static [(&'static str, &'static str, &'static str)],
    /// Rules that spoke of the order and are silent now.
    gone: &'static [&'static str],
    /// As in [`Break`].
    expect: &'static [(&'static str, &'static str, &'static str, &'static str)],
}

#[test]
fn money_against_the_terms() {
    let before = findings(scenarios().path(), AS_OF).0;
    let mut problems = String::new();
    for account in ACCOUNTS {
        let folder = path(account.order, "");
        let mine = |row: &&Row| row.2.starts_with(&folder);
        for rule in account.gone {
            assert!(before.iter().filter(mine).any(|row| row.1 == *rule), "{}: {rule} spoke", account.story);
        }
        let stays = |row: &&Row| !(mine(row) && account.gone.contains(&row.1.as_str()));
        let rest: Vec<Row> = before.iter().filter(stays).cloned().collect();
        let story = Story {
            story: account.story,
            order: account.order,
            changes: account.changes,
            expect: account.expect,
        };
        story.run(&rest, &mut problems);
    }
    assert!(problems.is_empty(), "{problems}");
}

const ACCOUNTS: &[Account] = &[
    Account {
        story: "M15: paid in full on the due date",
        order: "GD-2026-0106",
        changes: &[(
            "money.toml",
            "date   = 2026-10-09\namount = 10000.00",
            "date   = 2026-09-14\namount = 38400.00",
        )],
        gone: &["pay-overdue", "pay-escalation-due"],
        expect: &[],
    },
    Account {
        story: "words that are no payment term: nothing can be due",
        order: "GD-2026-0106",
        changes: &[("order.toml", "payment      = \"", "payment      = \"some ")],
        gone: &["pay-overdue", "pay-escalation-due"],
        expect: &[("error", "payment-terms", "order.toml", "payment      = \"some 100% da 60d\"")],
    },
    Account {
        story: "S6: the notice of loss is on file",
        order: "GD-2026-0106",
        changes: &[(
            "money.toml",
            "[[filings]]\nkind = \"tax-refund\"",
            "[[filings]]\nkind = \"loss-notice\"\ndate = 2026-11-12\n\n[[filings]]\nkind = \"tax-refund\"",
        )],
        gone: &["pay-escalation-due"],
        expect: &[],
    },
    Account {
        story: "S6: money for an instalment that the terms do not have",
        order: "GD-2026-0106",
        changes: &[("money.toml", "for    = \"da\"", "for    = \"dp\"")],
        gone: &[],
        expect: &[("error", "pay-receipt-allocated", "money.toml", "for    = \"dp\"")],
    },
    Account {
        story: "S6: neither an approval nor a limit of the customer",
        order: "GD-2026-0106",
        changes: &[
            ("order.toml", "kind   = \"credit\"", "kind   = \"release-unpaid\""),
            (
                "customers/umhlanga-tiles.toml",
                "credit_limit = { amount = \"USD 40000.00\", by = \"wang.lei\", until = 2026-12-31 }\n",
                "",
            ),
        ],
        gone: &[],
        expect: &[("error", "gate-deposit-or-credit", "order.toml", "started         = 2026-05-04")],
    },
    Account {
        story: "S6: a limit smaller than what is open",
        order: "GD-2026-0106",
        changes: &[("customers/umhlanga-tiles.toml", "USD 40000.00", "USD 28399.99")],
        gone: &[],
        expect: &[(
            "error",
            "pay-credit-limit",
            "customers/umhlanga-tiles.toml",
            "credit_limit = { amount = \"USD 28399.99\"",
        )],
    },
    Account {
        story: "S6: a limit that ran out yesterday",
        order: "GD-2026-0106",
        changes: &[("customers/umhlanga-tiles.toml", "until = 2026-12-31", "until = 2026-11-19")],
        gone: &[],
        expect: &[(
            "warning",
            "pay-credit-limit",
            "customers/umhlanga-tiles.toml",
            "credit_limit = { amount = \"USD 40000.00\"",
        )],
    },
    Account {
        story: "S7: closed with the disputed part unpaid",
        order: "GD-2026-0107",
        changes: &[("order.toml", "[actual]\n", "[actual]\nclosed = 2026-11-19\n")],
        gone: &[],
        expect: &[
            ("error", "gate-paid", "order.toml", "closed = 2026-11-19"),
            ("warning", "gate-papers-missing", "order.toml", "closed = 2026-11-19"),
        ],
    },
    Account {
        story: "S7: the disputed part credited",
        order: "GD-2026-0107",
        changes: &[("money.toml", "amount    = 2150.40", "amount    = 3763.20")],
        gone: &["pay-overdue"],
        expect: &[],
    },
    Account {
        story: "S9: loaded before the balance came",
        order: "GD-2026-0109",
        changes: &[("order.toml", "loading    = 2026-11-23", "loaded     = 2026-11-20")],
        gone: &[],
        expect: &[
            ("error", "gate-balance-before-shipment", "order.toml", "loaded     = 2026-11-20"),
            ("warning", "gate-papers-missing", "order.toml", "loaded     = 2026-11-20"),
        ],
    },
    Account {
        story: "S9: loaded, and the balance came that day",
        order: "GD-2026-0109",
        changes: &[
            ("order.toml", "loading    = 2026-11-23", "loaded     = 2026-11-20"),
            (
                "money.toml",
                "[[bills]]\nfrom   = \"pinghu-bags\"",
                "[[received]]\ndate   = 2026-11-20\namount = 27650.00\nfor    = \"before-shipment\"\n\n[[bills]]\nfrom   = \"pinghu-bags\"",
            ),
        ],
        gone: &[],
        expect: &[("warning", "gate-papers-missing", "order.toml", "loaded     = 2026-11-20")],
    },
    Account {
        story: "S9: loaded unpaid, and the boss agreed",
        order: "GD-2026-0109",
        changes: &[
            ("order.toml", "loading    = 2026-11-23", "loaded     = 2026-11-20"),
            (
                "order.toml",
                "[[purchases]]\n",
                "[[approvals]]\nkind = \"ship-unpaid\"\ndate = 2026-11-19\nby   = \"wang.lei\"\nwhy  = \"x\"\n\n[[purchases]]\n",
            ),
        ],
        gone: &[],
        expect: &[("warning", "gate-papers-missing", "order.toml", "loaded     = 2026-11-20")],
    },
    Account {
        story: "S9: more than the deposit is said to be for the deposit",
        order: "GD-2026-0109",
        changes: &[("money.toml", "amount = 11850.00", "amount = 13000.00")],
        gone: &[],
        expect: &[("error", "pay-receipt-allocated", "money.toml", "amount = 13000.00")],
    },
    Account {
        story: "S10: the balance came the day after the goods left",
        order: "GD-2026-0110",
        changes: &[(
            "money.toml",
            "date   = 2026-10-23\namount = 11178.50",
            "date   = 2026-10-27\namount = 11178.50",
        )],
        gone: &[],
        expect: &[("error", "gate-balance-before-shipment", "order.toml", "loaded    = 2026-10-26")],
    },
    Account {
        story: "S10: 500.00 too much, of which 36.50 makes up what banks took",
        order: "GD-2026-0110",
        changes: &[("money.toml", "amount = 11178.50", "amount = 11678.50")],
        gone: &[],
        expect: &[("warning", "pay-overpaid", "money.toml", "amount = 11678.50")],
    },
    Account {
        story: "S12: the fee of the wallet is not recorded",
        order: "GD-2026-0112",
        changes: &[("money.toml", "charges = 11.30                      # 钱包手续费 4.4% + 0.30\n", "")],
        gone: &[],
        expect: &[("warning", "pay-short-charges", "money.toml", "amount  = 238.70")],
    },
    Account {
        story: "S1: the deposit came two days after production began",
        order: "GD-2026-0101",
        changes: &[("money.toml", "date   = 2026-06-26", "date   = 2026-07-08")],
        gone: &[],
        // The report of the advance that is on record was made before this money came.
        expect: &[
            ("error", "gate-deposit-or-credit", "order.toml", "started         = 2026-07-06"),
            ("warning", "safe-trade-credit-report", "money.toml", "date   = 2026-07-08"),
        ],
    },
    Account {
        story: "S1: the balance 130.00 short, and closed all the same",
        order: "GD-2026-0101",
        changes: &[("money.toml", "amount = 40715.00", "amount = 40610.00")],
        gone: &[],
        expect: &[
            ("error", "gate-paid", "order.toml", "closed          = 2026-10-30"),
            ("warning", "pay-short-charges", "money.toml", "amount = 40610.00"),
        ],
    },
    Account {
        story: "S5: the collection is not on record",
        order: "GD-2026-0105",
        changes: &[(
            "docs.toml",
            "[collection]\nnumber  = \"OC26NB00338\"\nkind    = \"dp\"\nbank    = \"Ornek Bankasi A.S.\"\nplace   = \"TR\"\nrelease = \"against payment\"\nsent    = 2026-09-30\nat_bank = 2026-10-09\n",
            "",
        )],
        gone: &["pay-overdue"],
        expect: &[(
            "error",
            "pay-trigger-resolvable",
            "docs.toml",
            "set       = \"originals\"\ndate      = 2026-09-30",
        )],
    },
    Account {
        story: "S8: drawn in two parts under a credit for 540 less",
        order: "GD-2026-0108",
        changes: &[
            ("docs.toml", "amount          = 575000.00", "amount          = 574000.00"),
            ("docs.toml", "amount    = 574540.00\n", "amount    = 287960.00\n"),
            (
                "docs.toml",
                "{ ref = \"INV26-0108A\", originals = 3 }, { ref = \"INV26-0108B\", originals = 3 },",
                "{ ref = \"INV26-0108A\", originals = 3 },",
            ),
            (
                "docs.toml",
                "{ ref = \"PL26-0108A\", originals = 2 }, { ref = \"PL26-0108B\", originals = 2 },",
                "{ ref = \"PL26-0108A\", originals = 2 },",
            ),
            (
                "docs.toml",
                "{ ref = \"NEXLTAO033118\", originals = 3 }, { ref = \"KEXLTAO118072\", originals = 3 },",
                "{ ref = \"NEXLTAO033118\", originals = 3 },",
            ),
            (
                "docs.toml",
                "{ ref = \"26C3702A0108/00061\", originals = 1 }, { ref = \"26C3702A0108/00066\", originals = 1 },",
                "{ ref = \"26C3702A0108/00061\", originals = 1 },",
            ),
            (
                "docs.toml",
                "{ ref = \"SIQ26-2201\", originals = 1 }, { ref = \"SIQ26-2217\", originals = 1 },\n  { ref = \"DR26-0108\", originals = 2 },\n]\n",
                "{ ref = \"SIQ26-2201\", originals = 1 },\n]\n\n[[presentation]]\nid        = \"2\"\nset       = \"originals\"\ndate      = 2026-10-26\nto        = \"bank\"\namount    = 286580.00\nreceived  = 2026-10-28\naccepted  = 2026-11-03\nmaturity  = 2026-11-13\npaid      = 2026-11-13\ndocuments = [\n  { ref = \"INV26-0108B\", originals = 3 }, { ref = \"PL26-0108B\", originals = 2 }, { ref = \"KEXLTAO118072\", originals = 3 },\n  { ref = \"EIC26QD00733\", originals = 2 }, { ref = \"26C3702A0108/00066\", originals = 1 }, { ref = \"SIQ26-2217\", originals = 1 },\n]\n",
            ),
        ],
        gone: &[],
        expect: &[
            ("error", "lc-amount-covers", "docs.toml", "amount          = 574000.00"),
            ("error", "pay-lc-drawing-balance", "docs.toml", "amount    = 286580.00"),
            // The one draft was for both lots.
            ("warning", "credit-docs-complete", "docs.toml", "30 天\npaid      = 2026-11-13\ndocuments = ["),
            (
                "warning",
                "credit-docs-complete",
                "docs.toml",
                "maturity  = 2026-11-13\npaid      = 2026-11-13\ndocuments = [",
            ),
        ],
    },
];

/// The README's order of ten lines.
fn ten_lines() -> String {
    let readme = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).unwrap();
    let (_, from) = readme.split_once("```toml\n").unwrap();
    from.split_once("```").unwrap().0.to_owned()
}

#[test]
fn an_order_of_ten_lines_has_no_error_and_no_warning() {
    let order = ten_lines();
    assert!(order.contains("customer = \"hanse-licht\"") && order.lines().count() <= 11, "{order}");
    let (bare, furnished) = (tempfile::tempdir().unwrap(), scenarios());
    for name in ["customers/hanse-licht.toml", "people.toml"] {
        let to = bare.path().join(name);
        fs::create_dir_all(to.parent().unwrap()).unwrap();
        fs::copy(data().join(name), to).unwrap();
    }
    fs::remove_dir_all(furnished.path().join("orders")).unwrap();
    for root in [bare.path(), furnished.path()] {
        let folder = root.join("orders/2026/GD26-0140");
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join("order.toml"), &order).unwrap();
        for day in ["2026-11-20", "2026-11-23"] {
            let (found, text) = findings(root, day);
            assert!(found.is_empty(), "{day}: {text}");
        }
    }
}

/// S3: the day before the amendment came the credit could not be kept; once it was accepted nothing is left to say.
#[test]
fn an_amendment_makes_the_dates_of_a_credit_workable() {
    let root = scenarios();
    let said = |day: &str| {
        let rows = findings(root.path(), day).0.into_iter();
        // Outside a repository, what is recorded for later days is an error of its own.
        let own =
            rows.filter(|(_, rule, file, _)| file.contains("GD-2026-0103") && rule != "dates-plausible");
        own.map(|(severity, rule, ..)| format!("{severity} {rule}")).collect::<Vec<_>>()
    };
    assert_eq!(said("2026-09-07"), ["error lc-dates-workable", "error slack-production"]);
    assert_eq!(said("2026-09-09"), Vec::<String>::new());
}

#[test]
fn time_alone_makes_no_error_of_records_and_papers() {
    let loaded = load::load(&data()).unwrap();
    let history = history::read(&data());
    for day in ["2026-11-20", "2026-11-23", "2027-06-30"] {
        let facts = derive::derive(&loaded.book, &history, day.parse().unwrap());
        let checked = check(&facts, load::load(&data()).unwrap().findings);
        let wrong: String = checked
            .findings
            .iter()
            .filter(|f| f.class != Class::Risk && f.severity == Severity::Error && !f.past)
            .map(|f| short::line(f, Langs::One(Lang::En)))
            .collect();
        assert!(wrong.is_empty(), "{day}:\n{wrong}");
        assert!(
            checked.findings.iter().any(|f| f.class == Class::Risk),
            "{day}: the example has risks to show"
        );
    }
}
