//! Where a rule begins: the last day that is in time and the first that is not, the figure that is still allowed and
//! the next one. The fixtures of the rules show a clear case; here the same papers stand on either side of the line.

#![expect(clippy::unwrap_used, reason = "helpers of tests fail the test")]

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use gendan::check::check;
use gendan::{derive, history, load};

/// A fixture of a rule with some texts exchanged, and the severities of what that rule says of it.
struct Edge {
    rule: &'static str,
    /// Folder below `tests/rules`.
    from: &'static str,
    as_of: &'static str,
    /// File of the order, text that stands once, text instead.
    changes: &'static [(&'static str, &'static str, &'static str)],
    said: &'static [&'static str],
}

fn lay(from: &Path, root: &Path) {
    for entry in walkdir::WalkDir::new(from) {
        let entry = entry.unwrap();
        if entry.file_type().is_file() {
            let below = entry.path().strip_prefix(from).unwrap();
            let role = ["order.toml", "docs.toml", "money.toml"].iter().any(|name| below == Path::new(name));
            let to = if role { root.join("orders/2026/GD26-0001").join(below) } else { root.join(below) };
            fs::create_dir_all(to.parent().unwrap()).unwrap();
            fs::copy(entry.path(), to).unwrap();
        }
    }
}

impl Edge {
    fn found(&self) -> Vec<&'static str> {
        let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/rules");
        let root = tempfile::tempdir().unwrap();
        lay(&fixtures.join("_base"), root.path());
        lay(&fixtures.join(self.from), root.path());
        for (file, old, new) in self.changes {
            let path = root.path().join("orders/2026/GD26-0001").join(file);
            let text = fs::read_to_string(&path).unwrap();
            assert_eq!(text.matches(old).count(), 1, "{}/{file}: `{old}` stands once", self.from);
            fs::write(path, text.replacen(old, new, 1)).unwrap();
        }
        let loaded = load::load(root.path()).unwrap();
        let history = history::read(root.path());
        let facts = derive::derive(&loaded.book, &history, self.as_of.parse().unwrap());
        let found = check(&facts, loaded.findings).findings;
        found.iter().filter(|f| f.rule.name == self.rule).map(|f| f.severity.code()).collect()
    }
}

#[test]
fn a_rule_begins_where_it_says() {
    let mut problems = String::new();
    for edge in EDGES {
        let found = edge.found();
        if found != edge.said {
            let _ = writeln!(
                problems,
                "{} on {} with {:?}: wanted {:?}, found {found:?}",
                edge.rule, edge.as_of, edge.changes, edge.said
            );
        }
    }
    assert!(problems.is_empty(), "{problems}");
}

const fn edge(
    rule: &'static str,
    from: &'static str,
    as_of: &'static str,
    changes: &'static [(&'static str, &'static str, &'static str)],
    said: &'static [&'static str],
) -> Edge {
    Edge { rule, from, as_of, changes, said }
}

const SET: &str = "credit-late-shipment/good";
const TODAY: &str = "2026-11-20";
const ARRIVAL: &str = "2026-09-24";

const EDGES: &[Edge] = &[
    // Shipped on board 2026-11-07, presented on 2026-11-13.
    edge(
        "credit-late-shipment",
        SET,
        TODAY,
        &[("docs.toml", "latest_shipment = 2026-11-20", "latest_shipment = 2026-11-07")],
        &[],
    ),
    edge(
        "credit-late-shipment",
        SET,
        TODAY,
        &[("docs.toml", "latest_shipment = 2026-11-20", "latest_shipment = 2026-11-06")],
        &["error"],
    ),
    edge(
        "credit-expiry",
        SET,
        TODAY,
        &[("docs.toml", "expiry     = 2026-12-15", "expiry     = 2026-11-13")],
        &[],
    ),
    edge(
        "credit-expiry",
        SET,
        TODAY,
        &[("docs.toml", "expiry     = 2026-12-15", "expiry     = 2026-11-12")],
        &["error"],
    ),
    edge(
        "credit-doc-date",
        SET,
        TODAY,
        &[("docs.toml", "date     = 2026-11-12", "date     = 2026-11-13")],
        &[],
    ),
    edge(
        "credit-doc-date",
        SET,
        TODAY,
        &[("docs.toml", "date     = 2026-11-12", "date     = 2026-11-14")],
        &["error"],
    ),
    edge(
        "credit-insurance-date",
        "credit-insurance-date/good",
        TODAY,
        &[("docs.toml", "date           = 2026-11-05", "date           = 2026-11-07")],
        &[],
    ),
    edge(
        "credit-insurance-date",
        "credit-insurance-date/good",
        TODAY,
        &[("docs.toml", "date           = 2026-11-05", "date           = 2026-11-08")],
        &["error"],
    ),
    edge(
        "credit-preshipment-cert",
        "credit-preshipment-cert/bad",
        TODAY,
        &[(
            "docs.toml",
            "date      = 2026-11-09\nissuer    = \"Specimen",
            "date      = 2026-11-07\nissuer    = \"Specimen",
        )],
        &[],
    ),
    edge(
        "credit-preshipment-cert",
        "credit-preshipment-cert/bad",
        TODAY,
        &[(
            "docs.toml",
            "date      = 2026-11-09\nissuer    = \"Specimen",
            "date      = 2026-11-08\nissuer    = \"Specimen",
        )],
        &["error"],
    ),
    // 21 days end on a Saturday; the counter opens again on Monday.
    edge(
        "credit-late-presentation",
        SET,
        "2026-12-05",
        &[("docs.toml", "date = 2026-11-13", "date = 2026-11-30")],
        &[],
    ),
    edge(
        "credit-late-presentation",
        SET,
        "2026-12-05",
        &[("docs.toml", "date = 2026-11-13", "date = 2026-12-01")],
        &["error"],
    ),
    edge("credit-early-shipment", "credit-early-shipment/good", TODAY, &[], &[]),
    edge(
        "credit-early-shipment",
        "credit-early-shipment/good",
        TODAY,
        &[("docs.toml", "about = 2026-11-12", "about = 2026-11-13")],
        &["error"],
    ),
    // Received on 2026-11-02 by a bank that closes at weekends: the fifth banking day is 2026-11-09.
    edge(
        "credit-refusal-clock",
        "credit-refusal-clock/bad",
        TODAY,
        &[("docs.toml", "sent = 2026-11-12", "sent = 2026-11-09")],
        &[],
    ),
    edge(
        "credit-refusal-clock",
        "credit-refusal-clock/bad",
        TODAY,
        &[("docs.toml", "sent = 2026-11-12", "sent = 2026-11-10")],
        &["error"],
    ),
    edge("credit-cure-window", "credit-cure-window/bad", "2026-11-08", &[], &[]),
    edge("credit-cure-window", "credit-cure-window/bad", "2026-11-09", &[], &["warning"]),
    edge("credit-cure-window", "credit-cure-window/bad", "2026-11-30", &[], &["warning"]),
    edge("credit-cure-window", "credit-cure-window/bad", "2026-12-01", &[], &["warning"]),
    edge(
        "credit-instalment",
        "credit-instalment/good",
        TODAY,
        &[("docs.toml", "from = 2026-11-01, to = 2026-11-15", "from = 2026-11-07, to = 2026-11-07")],
        &[],
    ),
    edge(
        "credit-instalment",
        "credit-instalment/good",
        TODAY,
        &[("docs.toml", "from = 2026-11-01, to = 2026-11-15", "from = 2026-11-01, to = 2026-11-06")],
        &["error"],
    ),
    edge("credit-instalment", "credit-instalment/good", "2026-11-30", &[], &[]),
    edge("credit-instalment", "credit-instalment/good", "2026-12-01", &[], &["error"]),
    // The day on which a credit arrives.
    edge("lc-presentation-window", "lc-presentation-window/good", ARRIVAL, &[], &[]),
    edge(
        "lc-presentation-window",
        "lc-presentation-window/good",
        ARRIVAL,
        &[("docs.toml", "present_within  = 10", "present_within  = 9")],
        &["warning"],
    ),
    edge(
        "lc-presentation-window",
        "lc-presentation-window/good",
        ARRIVAL,
        &[("docs.toml", "present_within  = 10", "present_within  = 7")],
        &["warning"],
    ),
    edge(
        "lc-presentation-window",
        "lc-presentation-window/good",
        ARRIVAL,
        &[("docs.toml", "present_within  = 10", "present_within  = 6")],
        &["error"],
    ),
    edge(
        "lc-ship-expiry-gap",
        "lc-ship-expiry-gap/good",
        ARRIVAL,
        &[("docs.toml", "expiry          = 2026-12-11", "expiry          = 2026-12-10")],
        &["warning"],
    ),
    edge(
        "lc-dates-workable",
        "lc-dates-workable/good",
        ARRIVAL,
        &[("docs.toml", "latest_shipment = 2026-11-20", "latest_shipment = 2026-11-07")],
        &[],
    ),
    edge(
        "lc-dates-workable",
        "lc-dates-workable/good",
        ARRIVAL,
        &[("docs.toml", "latest_shipment = 2026-11-20", "latest_shipment = 2026-11-06")],
        &["error"],
    ),
    // Seven days for the papers end on a Saturday: an expiry on it is moved to Monday, one on Friday is not.
    edge(
        "lc-dates-workable",
        "lc-dates-workable/good",
        ARRIVAL,
        &[("docs.toml", "expiry          = 2026-12-15", "expiry          = 2026-11-14")],
        &[],
    ),
    edge(
        "lc-dates-workable",
        "lc-dates-workable/good",
        ARRIVAL,
        &[("docs.toml", "expiry          = 2026-12-15", "expiry          = 2026-11-13")],
        &["error"],
    ),
    edge("lc-amend-pending", "lc-amend-pending/bad", "2026-09-23", &[], &[]),
    edge("lc-amend-pending", "lc-amend-pending/bad", "2026-09-24", &[], &["warning"]),
    // Goods and customs.
    edge(
        "decl-entry-no",
        "decl-entry-no/good",
        TODAY,
        &[("docs.toml", "310420260560417713", "31042026056041771")],
        &["warning"],
    ),
    edge(
        "decl-entry-no",
        "decl-entry-no/good",
        TODAY,
        &[("docs.toml", "310420260560417713", "310420250560417713")],
        &["warning"],
    ),
    edge(
        "container-capacity",
        "container-capacity/good",
        "2026-11-02",
        &[("order.toml", "gross_kg = 2470, cbm = 15, tare", "gross_kg = 2470, cbm = 28, tare")],
        &[],
    ),
    edge(
        "container-capacity",
        "container-capacity/good",
        "2026-11-02",
        &[("order.toml", "gross_kg = 2470, cbm = 15, tare", "gross_kg = 2470, cbm = 28.1, tare")],
        &["warning"],
    ),
    edge(
        "container-capacity",
        "container-capacity/good",
        "2026-11-02",
        &[("order.toml", "gross_kg = 2470, cbm = 15, tare", "gross_kg = 2470, cbm = 33.2, tare")],
        &["warning"],
    ),
    edge(
        "container-capacity",
        "container-capacity/good",
        "2026-11-02",
        &[("order.toml", "gross_kg = 2470, cbm = 15, tare", "gross_kg = 2470, cbm = 33.3, tare")],
        &["error"],
    ),
    // 2,470 kg of goods and a tare of 2,230 kg: 100 kg apart is allowed, five per cent is not.
    edge("vgm", "vgm/good", TODAY, &[("order.toml", "vgm_kg = 4790", "vgm_kg = 4800")], &[]),
    edge("vgm", "vgm/good", TODAY, &[("order.toml", "vgm_kg = 4790", "vgm_kg = 4801")], &["warning"]),
    edge("vgm", "vgm/good", TODAY, &[("order.toml", "vgm_kg = 4790", "vgm_kg = 4935")], &["warning"]),
    edge("vgm", "vgm/good", TODAY, &[("order.toml", "vgm_kg = 4790", "vgm_kg = 4936")], &["error"]),
    edge(
        "qc-lot-equals-shipment",
        "qc-lot-equals-shipment/good",
        TODAY,
        &[("order.toml", "{ \"LED-12W\" = 12000", "{ \"LED-12W\" = 11999")],
        &["warning"],
    ),
    // Nothing recorded is not nothing done.
    edge(
        "credit-bl-consignee",
        "credit-bl-consignee/bad",
        TODAY,
        &[("docs.toml", "endorsed = \"none\"\n", "")],
        &["warning", "error"],
    ),
    edge(
        "credit-freight-wording",
        "credit-freight-wording/bad",
        TODAY,
        &[("docs.toml", "freight  = \"collect\"\n", "")],
        &["warning"],
    ),
    edge(
        "credit-bl-carrier-signed",
        "credit-bl-carrier-signed/bad",
        TODAY,
        &[("docs.toml", "signed_as = \"unstated\"", "signed_as = \"agent-for-carrier\"")],
        &["warning"],
    ),
    // A slip of the pen, a place on no list, words that nobody knows.
    edge(
        "credit-invoice-party",
        "credit-invoice-party/bad",
        TODAY,
        &[("docs.toml", "Hanse Licht Vertriebs GmbH", "Hanse Lichd GmbH")],
        &["warning"],
    ),
    edge(
        "credit-invoice-party",
        "credit-invoice-party/bad",
        TODAY,
        &[("docs.toml", "Hanse Licht Vertriebs GmbH", "HANSE LICHT GMBH.")],
        &[],
    ),
    edge(
        "credit-bl-notify",
        "credit-bl-notify/bad",
        TODAY,
        &[("docs.toml", "Elbe Lampen Handel GmbH", "Hanse Lichd GmbH")],
        &["warning"],
    ),
    edge(
        "credit-bl-clean",
        "credit-bl-clean/bad",
        TODAY,
        &[("docs.toml", "3 CARTONS WET", "STOWED AS PER PLAN 7")],
        &["info"],
    ),
    edge(
        "credit-bl-clean",
        "credit-bl-clean/bad",
        TODAY,
        &[("docs.toml", "3 CARTONS WET", "LOADED ON DECK")],
        &["error"],
    ),
    edge(
        "credit-bl-clean",
        "credit-bl-clean/bad",
        TODAY,
        &[("docs.toml", "3 CARTONS WET", "MAY BE CARRIED ON DECK")],
        &[],
    ),
    edge(
        "credit-co",
        "credit-co/bad",
        TODAY,
        &[(
            "docs.toml",
            "#~ credit-co\nissuer       = \"Ningbo Gendan Trading Co., Ltd.\"",
            "issuer       = \"Zhedong Attestation Office\"",
        )],
        &["warning"],
    ),
    edge(
        "credit-draft",
        "credit-draft/bad",
        TODAY,
        &[("docs.toml", "tenor       = \"30 DAYS SIGHT\"", "tenor       = \"AS AGREED\"")],
        &["warning"],
    ),
    edge(
        "credit-draft",
        "credit-draft/bad",
        TODAY,
        &[("docs.toml", "tenor       = \"30 DAYS SIGHT\"", "tenor       = \"30 DAYS AFTER B/L DATE\"")],
        &[],
    ),
    edge(
        "credit-insurance-span",
        "credit-insurance-span/bad",
        TODAY,
        &[("docs.toml", "to             = \"HAMBURG\"", "to             = \"SCHWABING WAREHOUSE\"")],
        &["warning"],
    ),
    edge(
        "credit-insurance-endorsed",
        "credit-insurance-endorsed/bad",
        TODAY,
        &[("docs.toml", "endorsed       = \"none\"", "endorsed       = \"Hansa Example Bank AG\"")],
        &["warning"],
    ),
    edge(
        "credit-insurance-risks",
        "credit-insurance-risks/bad",
        TODAY,
        &[("docs.toml", "\"ICC(A)\", \"WAR\", \"STRIKES\"]", "\"ICC(A)\", \"WAR\", \"TPND\"]")],
        &["warning"],
    ),
    edge(
        "credit-insurance-risks",
        "credit-insurance-risks/bad",
        TODAY,
        &[("docs.toml", "[\"ICC(A)\", \"WAR\"]", "[\"ICC(B)\", \"WAR\", \"STRIKES\"]")],
        &["error"],
    ),
    edge(
        "credit-invoice-no-extra-goods",
        "credit-invoice-no-extra-goods/bad",
        TODAY,
        &[(
            "docs.toml",
            "{ name = \"DIMMER SWITCH, FREE SAMPLE\", qty = 30, unit = \"PCS\", price = 0",
            "{ name = \"SPARE LED DRIVER\", qty = 30, unit = \"PCS\", price = 0",
        )],
        &["error"],
    ),
    // A claim within the credit for an invoice beyond it: a bank may take it or not.
    edge(
        "credit-amount",
        "credit-amount/bad",
        TODAY,
        &[
            ("docs.toml", "amount      = 20950.00", "amount      = 20800.00"),
            ("docs.toml", "amount    = 20950.00", "amount    = 20800.00"),
        ],
        &["warning"],
    ),
    edge(
        "credit-bl-tranship",
        "credit-bl-tranship/bad",
        TODAY,
        &[("docs.toml", "transhipment = false", "transhipment = true")],
        &[],
    ),
];
