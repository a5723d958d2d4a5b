//! One value of a scenario order is broken, and exactly the findings that the rules promise appear, at the right
//! line; no other finding comes or goes.
//!
//! A place is named by text that ends in the line meant and stands once in the file, so that the example may grow.

#![expect(clippy::unwrap_used, reason = "helpers of tests fail the test")]

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use gendan::check::check;
use gendan::check::finding::Severity;
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
fn findings(root: &Path, as_of: &str) -> (BTreeSet<Row>, String) {
    let as_of: NaiveDate = as_of.parse().unwrap();
    let loaded = load::load(root).unwrap();
    let history = history::read(root);
    let facts = derive::derive(&loaded.book, &history, as_of);
    let mut text = String::new();
    let mut rows = BTreeSet::new();
    for finding in check(&facts, loaded.findings).findings {
        if finding.severity == Severity::Info {
            continue;
        }
        let spot = finding.spots.first().unwrap();
        let line = spot.region.map_or(0, |r| r.line);
        rows.insert((
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
    (rows, text)
}

fn path(order: &str, file: &str) -> String {
    if file.contains('/') || file == "gendan.toml" { file.to_owned() } else { format!("orders/2026/{order}/{file}") }
}

/// The line in which a text ends that stands once in a file.
fn line_of(root: &Path, file: &str, snippet: &str) -> usize {
    let text = fs::read_to_string(root.join(file)).unwrap();
    assert_eq!(text.matches(snippet).count(), 1, "{file}: `{snippet}` stands once");
    let end = text.find(snippet).unwrap() + snippet.len();
    text[..end].matches('\n').count() + 1
}

fn run(case: &Break, before: &BTreeSet<Row>, problems: &mut String) {
    let root = scenarios();
    let (file, old, new) = case.change;
    let file = path(case.order, file);
    line_of(root.path(), &file, old);
    let text = fs::read_to_string(root.path().join(&file)).unwrap();
    fs::write(root.path().join(&file), text.replacen(old, new, 1)).unwrap();
    let shift = new.matches('\n').count().cast_signed() - old.matches('\n').count().cast_signed();
    let after_line = text[..text.find(old).unwrap()].matches('\n').count() + 1;
    let mut wanted: BTreeSet<Row> = before
        .iter()
        .cloned()
        .map(|(severity, rule, name, line)| {
            let moved = name == file && line > after_line;
            (severity, rule, name, if moved { line.saturating_add_signed(shift) } else { line })
        })
        .collect();
    for (severity, rule, name, snippet) in case.expect {
        let name = path(case.order, name);
        let line = line_of(root.path(), &name, snippet);
        wanted.insert(((*severity).to_owned(), (*rule).to_owned(), name, line));
    }
    let (found, text) = findings(root.path(), AS_OF);
    if found != wanted {
        let _ = writeln!(problems, "== {} ({})", case.story, case.order);
        for (what, rows) in [("missing", wanted.difference(&found)), ("not expected", found.difference(&wanted))] {
            for (severity, rule, file, line) in rows {
                let words = fs::read_to_string(root.path().join(file)).unwrap_or_default();
                let words = words.lines().nth(line.saturating_sub(1)).unwrap_or_default().to_owned();
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
        expect: &[],
    },
    Break {
        story: "M5: freight prepaid on a FOB bill",
        order: "GD-2026-0101",
        change: ("docs.toml", "freight      = \"collect\"", "freight      = \"prepaid\""),
        expect: &[],
    },
    Break {
        story: "another amount in words",
        order: "GD-2026-0101",
        change: ("docs.toml", "FIFTY-EIGHT THOUSAND", "FIFTY-NINE THOUSAND"),
        expect: &[],
    },
    Break {
        story: "an invoice total of another amount",
        order: "GD-2026-0101",
        change: ("docs.toml", "total     = 58200.00\nwords", "total     = 58300.00\nwords"),
        expect: &[],
    },
    Break {
        story: "a packing row 100 kg too heavy",
        order: "GD-2026-0101",
        change: ("docs.toml", "gross_kg   = 4200.00", "gross_kg   = 4300.00"),
        expect: &[],
    },
    Break {
        story: "a packing row with another net weight",
        order: "GD-2026-0101",
        change: ("docs.toml", "net_kg     = 3712.50", "net_kg     = 3721.50"),
        expect: &[],
    },
    Break {
        story: "a net weight above the gross weight",
        order: "GD-2026-0101",
        change: ("docs.toml", "net_kg     = 2250.00", "net_kg     = 2550.00"),
        expect: &[],
    },
    Break {
        story: "a packing row of another volume",
        order: "GD-2026-0101",
        change: ("docs.toml", "cbm        = 33.75", "cbm        = 35.75"),
        expect: &[],
    },
    Break {
        story: "a carton number left out",
        order: "GD-2026-0101",
        change: ("docs.toml", "\"401-775\"", "\"402-775\""),
        expect: &[],
    },
    Break {
        story: "fewer packages than the carton numbers",
        order: "GD-2026-0101",
        change: ("docs.toml", "packages     = 1025\npackage_kind = \"CT\"\ngross_kg     = 11045.00\nnet_kg", "packages     = 1024\npackage_kind = \"CT\"\ngross_kg     = 11045.00\nnet_kg"),
        expect: &[],
    },
    Break {
        story: "a packing row of another quantity",
        order: "GD-2026-0101",
        change: ("docs.toml", "per_carton = 8\nqty        = 3000", "per_carton = 8\nqty        = 3008"),
        expect: &[],
    },
    Break {
        story: "a currency nobody knows",
        order: "GD-2026-0105",
        change: ("order.toml", "currency     = \"USD\"", "currency     = \"USB\""),
        expect: &[],
    },
    Break {
        story: "an IBAN with one digit off",
        order: "GD-2026-0101",
        change: ("customers/hansewerk.toml", "DE89370400440532013000", "DE89370400440532013001"),
        expect: &[],
    },
    Break {
        story: "a credit code with one digit off",
        order: "GD-2026-0101",
        change: ("gendan.toml", "91330201MA2GEND07G", "91330201MA2GEND08G"),
        expect: &[],
    },
    Break {
        story: "a BIC of ten characters",
        order: "GD-2026-0101",
        change: ("gendan.toml", "BEXACNBN330", "BEXACNBN33"),
        expect: &[],
    },
    Break {
        story: "FOB at the port of discharge",
        order: "GD-2026-0101",
        change: ("order.toml", "\"FOB Ningbo\"", "\"FOB Hamburg\""),
        expect: &[],
    },
    Break {
        story: "a port code that does not exist",
        order: "GD-2026-0101",
        change: ("order.toml", "to           = \"Hamburg\"", "to           = \"DEHHM\""),
        expect: &[],
    },
    Break {
        story: "no year after the term on the invoice",
        order: "GD-2026-0101",
        change: ("docs.toml", "term      = \"FOB NINGBO INCOTERMS 2020\"", "term      = \"FOB NINGBO\""),
        expect: &[],
    },
    Break {
        story: "a term of an older set",
        order: "GD-2026-0106",
        change: ("order.toml", "CFR Durban", "DDU Durban"),
        expect: &[],
    },
    Break {
        story: "a sea term by rail",
        order: "GD-2026-0107",
        change: ("order.toml", "DAP Duisburg", "CIF Duisburg"),
        expect: &[],
    },
    Break {
        story: "no place after the term",
        order: "GD-2026-0110",
        change: ("order.toml", "\"CIP Frankfurt\"", "\"CIP\""),
        expect: &[],
    },
    Break {
        story: "released by customs after the ship sailed",
        order: "GD-2026-0101",
        change: ("docs.toml", "released  = 2026-08-25", "released  = 2026-08-30"),
        expect: &[],
    },
    Break {
        story: "S9: the corrective action is not closed",
        order: "GD-2026-0109",
        change: ("order.toml", ", due = 2026-10-28, closed = 2026-10-27 }", ", due = 2026-10-28 }"),
        expect: &[],
    },
    Break {
        story: "S10: minimum cover under CIP",
        order: "GD-2026-0110",
        change: ("docs.toml", "[\"ICC(A)\"]", "[\"ICC(C)\"]"),
        expect: &[],
    },
    Break {
        story: "S11: fifty dollars of the deposit unaccounted for",
        order: "GD-2026-0111",
        change: ("money.toml", "3150.00\nkind", "3100.00\nkind"),
        expect: &[],
    },
    Break {
        story: "a cancellation without a reason",
        order: "GD-2026-0111",
        change: ("order.toml", "cancel_reason = \"", "remark = \""),
        expect: &[],
    },
    Break {
        story: "a pass with more defects than allowed",
        order: "GD-2026-0102",
        change: ("order.toml", "major = 3, minor = 8", "major = 11, minor = 8"),
        expect: &[],
    },
    Break {
        story: "a sailing date that the bill of lading does not show",
        order: "GD-2026-0101",
        change: ("order.toml", "started         = 2026-07-06", "started         = 2026-07-06\nshipped = 2026-08-27"),
        expect: &[],
    },
    Break {
        story: "delivered before it arrived",
        order: "GD-2026-0101",
        change: ("order.toml", "delivered  = 2026-10-08", "delivered  = 2026-10-01"),
        expect: &[],
    },
    Break {
        story: "loaded before the inspection",
        order: "GD-2026-0101",
        change: ("order.toml", "loaded     = 2026-08-22", "loaded     = 2026-08-15"),
        expect: &[],
    },
    Break {
        story: "a signature in the wrong year",
        order: "GD-2026-0104",
        change: ("order.toml", "signed       = 2026", "signed       = 2062"),
        expect: &[],
    },
    Break {
        story: "a payment that adds up to 90 per cent",
        order: "GD-2026-0101",
        change: ("order.toml", "30% deposit, 70% copy-bl", "30% deposit, 60% copy-bl"),
        expect: &[],
    },
    Break {
        story: "words that are no payment term",
        order: "GD-2026-0106",
        change: ("order.toml", "payment      = \"", "payment      = \"some "),
        expect: &[],
    },
    Break {
        story: "an attachment that was exchanged",
        order: "GD-2026-0101",
        change: ("order.toml", "fd9786e7", "fd9786e8"),
        expect: &[],
    },
    Break {
        story: "a purchase from a supplier without a file",
        order: "GD-2026-0101",
        change: ("order.toml", "to     = \"yongkang-steelware\"\nissued", "to     = \"yongkang-steelwear\"\nissued"),
        expect: &[],
    },
    Break {
        story: "a merchandiser nobody knows",
        order: "GD-2026-0102",
        change: ("order.toml", "merchandiser = \"he.jun\"", "merchandiser = \"he.jin\""),
        expect: &[],
    },
    Break {
        story: "a carton heavier inside than outside",
        order: "GD-2026-0101",
        change: ("order.toml", "gross_kg = 11.20, net_kg = 9.90", "gross_kg = 9.20, net_kg = 9.90"),
        expect: &[],
    },
    Break {
        story: "another number in a carton",
        order: "GD-2026-0101",
        change: ("order.toml", "per_carton = 8", "per_carton = 7"),
        expect: &[],
    },
    Break {
        story: "another carton size",
        order: "GD-2026-0101",
        change: ("order.toml", "[50, 45, 40]", "[50, 45, 50]"),
        expect: &[],
    },
    Break {
        story: "three decimals in dollars",
        order: "GD-2026-0101",
        change: ("money.toml", "amount = 17460.00", "amount = 17460.005"),
        expect: &[],
    },
    Break {
        story: "a comma in an amount",
        order: "GD-2026-0101",
        change: ("money.toml", "amount = 17460.00", "amount = 17,460.00"),
        expect: &[],
    },
    Break {
        story: "another bank account on the proforma",
        order: "GD-2026-0101",
        change: ("docs.toml", "3301 0000 0000 1178", "3301 0000 0000 1187"),
        expect: &[],
    },
    Break {
        story: "an unknown key",
        order: "GD-2026-0102",
        change: ("order.toml", "feedback]\nasked", "feedback]\naskde"),
        expect: &[],
    },
    Break {
        story: "a waiver nobody signed",
        order: "GD-2026-0104",
        change: ("order.toml", "[[shipments]]\n", "[[waivers]]\nrule = \"term-year-printed\"\nwhy = \"x\"\nuntil = \"archived\"\n\n[[shipments]]\n"),
        expect: &[],
    },
    Break {
        story: "a waiver by an unknown person",
        order: "GD-2026-0104",
        change: ("order.toml", "[[shipments]]\n", "[[waivers]]\nrule = \"term-mode\"\nwhy = \"x\"\nby = \"nobody\"\nuntil = 2026-12-31\n\n[[shipments]]\n"),
        expect: &[],
    },
    Break {
        story: "a waiver of a rule that does not exist",
        order: "GD-2026-0104",
        change: ("order.toml", "[[shipments]]\n", "[[waivers]]\nrule = \"term-yaer\"\nwhy = \"x\"\nby = \"wang.lei\"\nuntil = 2026-12-31\n\n[[shipments]]\n"),
        expect: &[],
    },
    Break {
        story: "archived but not closed",
        order: "GD-2026-0101",
        change: ("order.toml", "closed          = 2026-10-30\n", ""),
        expect: &[],
    },
    Break {
        story: "a buyer without an address",
        order: "GD-2026-0101",
        change: ("customers/hansewerk.toml", "address  = [\"Speicherstrasse 12\", \"20457 Hamburg\"]\n", ""),
        expect: &[],
    },
    Break {
        story: "reviewed after production began",
        order: "GD-2026-0101",
        change: ("order.toml", "date      = 2026-06-23", "date      = 2026-07-23"),
        expect: &[],
    },
    Break {
        story: "samples approved after production began",
        order: "GD-2026-0101",
        change: ("order.toml", "sample_approved = 2026-07-02", "sample_approved = 2026-07-12"),
        expect: &[],
    },
    Break {
        story: "unsigned by the buyer",
        order: "GD-2026-0101",
        change: ("docs.toml", "signed_by_buyer = 2026-06-22\n", ""),
        expect: &[],
    },
    Break {
        story: "a line without price",
        order: "GD-2026-0105",
        change: ("order.toml", "price   = 1.60\n", ""),
        expect: &[],
    },
    Break {
        story: "an order total on the proforma that is not the order's",
        order: "GD-2026-0101",
        change: ("docs.toml", "total           = 58200.00", "total           = 58020.00"),
        expect: &[],
    },
    Break {
        story: "a price that differs from the proforma",
        order: "GD-2026-0106",
        change: ("order.toml", "price   = 8.00", "price   = 8.10"),
        expect: &[],
    },
];
