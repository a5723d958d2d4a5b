//! What an order needs at each gate: the fifteen common combinations of term, payment and transport written out, and
//! how far each paper is.

#![expect(clippy::unwrap_used, reason = "helpers of tests fail the test")]

use std::collections::BTreeSet;
use std::fs;

use chrono::NaiveDate;
use gendan::derive::completeness::{self, Completeness, CompletenessGate, State};
use gendan::derive::{OrderFacts, derive};
use gendan::model::Order;
use gendan::{history, load};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

const TODAY: &str = "2026-11-20";

/// Looks at an order written in the test: `order.toml` (goods are added) and `docs.toml`.
fn with<T>(
    order: &str,
    docs: &str,
    as_of: &str,
    look: impl FnOnce(&gendan::book::Book, &Order, &OrderFacts) -> T,
) -> T {
    let root = tempfile::tempdir().unwrap();
    let folder = root.path().join("orders/2026/A-1");
    fs::create_dir_all(&folder).unwrap();
    fs::write(root.path().join("gendan.toml"), "schema = 1\n").unwrap();
    fs::write(folder.join("order.toml"), order).unwrap();
    fs::write(folder.join("docs.toml"), docs).unwrap();
    let loaded = load::load(root.path()).unwrap();
    assert!(loaded.findings.is_empty(), "{:#?}", loaded.findings);
    let history = history::read(root.path());
    let facts = derive(&loaded.book, &history, day(as_of));
    let order = facts.book.order("A-1").unwrap();
    look(facts.book, order, facts.of(order).unwrap())
}

fn at<T>(
    order: &str,
    docs: &str,
    gate: CompletenessGate,
    as_of: &str,
    look: impl FnOnce(&Completeness<'_>) -> T,
) -> T {
    with(order, docs, as_of, |book, order, facts| {
        let day = day(as_of);
        look(&completeness::of(book, order, &facts.money, &facts.shipments, gate, day))
    })
}

/// Keys asked for at a gate, with the shipment where there are several: `bl`, `bl#2`.
fn keys(order: &str, docs: &str, gate: CompletenessGate) -> BTreeSet<String> {
    at(order, docs, gate, TODAY, |all| {
        let key = |n: &completeness::Need<'_>| match n.shipment {
            Some(id) => format!("{}#{id}", n.key()),
            None => n.key().into_owned(),
        };
        all.needs.iter().map(key).collect()
    })
}

/// Every order that we carry and clear.
const BASE: &str =
    "contract review purchase inspection booking invoice packing customs-authorisation customs";
/// What the archive of every order adds, where goods are bought at home and the VAT refund is claimed.
const ARCHIVE: &str = "receipt settlement record-set broker vat-invoice freight-bill feedback closing hashes";

const GOODS: &str = "\n[[items]]\nsku = \"A\"\nname = \"STEEL BOWL\"\nhs = \"732393\"\nqty = 100\nprice = 10.00\nbuy = { from = \"f\", price = 50.00, currency = \"CNY\", vat = \"13%\" }\n";

fn terms(incoterm: &str, mode: &str, to: &str, payment: &str) -> String {
    format!(
        "signed = 2026-08-01\ncurrency = \"USD\"\nrebate = true\nincoterm = \"{incoterm}\"\nmode = \"{mode}\"\nto = \"{to}\"\npayment = \"{payment}\"\n"
    )
}

fn credit(kinds: &[&str], drafts: bool) -> String {
    let rows: Vec<String> = kinds.iter().map(|k| format!("{{ kind = \"{k}\" }}")).collect();
    let drafts = if drafts { "drafts = \"SIGHT\"\n" } else { "" };
    format!("[lc]\nnumber = \"LC1\"\nreceived = 2026-08-20\n{drafts}documents = [{}]\n", rows.join(", "))
}

struct Golden<'a> {
    name: &'a str,
    order: String,
    docs: String,
    /// Asked for before shipment; what presentation adds; what the archive adds.
    lists: [String; 3],
}

fn golden<'a>(name: &'a str, order: String, docs: &str, lists: [String; 3]) -> Golden<'a> {
    Golden { name, order: order + GOODS, docs: docs.to_owned(), lists }
}

fn plus(base: &str, more: &str) -> String {
    format!("{base} {more}")
}

#[test]
fn the_fifteen_common_combinations() {
    let lc = credit(&["invoice", "packing", "bl", "origin"], true);
    let lc_cif = credit(&["invoice", "packing", "bl", "insurance", "origin"], true);
    let bulk = "signed = 2026-08-01\ncurrency = \"USD\"\nrebate = true\npartial = true\nincoterm = \"CIF Nhava Sheva\"\nmode = \"sea-bulk\"\nto = \"Nhava Sheva\"\npayment = \"100% lc sight\"\n";
    let lots = "[[shipments]]\nid = \"A\"\nitems = [{ sku = \"A\", qty = 60 }]\n[[shipments]]\nid = \"B\"\nitems = [{ sku = \"A\", qty = 40 }]\n";
    let per_lot = |keys: &str| {
        let each = keys.split(' ').flat_map(|k| [format!("{k}#A"), format!("{k}#B")]);
        each.collect::<Vec<_>>().join(" ")
    };
    let all = [
        golden(
            "1 EXW, T/T before shipment, road",
            terms("EXW Yiwu", "road", "Almaty", "100% before-shipment"),
            "",
            [
                "contract review purchase inspection invoice packing handover balance".into(),
                "fcr".into(),
                "receipt settlement record-set broker vat-invoice feedback closing hashes export-proof"
                    .into(),
            ],
        ),
        golden(
            "2 FCA, T/T 30/70 before shipment, full container",
            terms("FCA Ningbo", "sea-fcl", "Vancouver", "30% deposit, 70% before-shipment"),
            "",
            [
                plus(BASE, "handover containers vgm si photos deposit balance"),
                "bl".into(),
                plus(ARCHIVE, "release"),
            ],
        ),
        golden(
            "3 FOB, T/T 30/70 against copies, full container",
            terms("FOB Ningbo", "sea-fcl", "Vancouver", "30% deposit, 70% copy-bl"),
            "",
            [
                plus(BASE, "nomination si containers vgm photos deposit"),
                "bl copies balance".into(),
                plus(ARCHIVE, "release"),
            ],
        ),
        golden(
            "4 FOB, L/C at sight, full container",
            terms("FOB Ningbo", "sea-fcl", "Jebel Ali", "100% lc sight"),
            &lc,
            [
                plus(BASE, "nomination si containers vgm photos lc"),
                "bl origin draft presentation".into(),
                plus(ARCHIVE, "release bank-advice"),
            ],
        ),
        golden(
            "5 CFR, L/C 60 days after B/L, full container",
            terms("CFR Jebel Ali", "sea-fcl", "Jebel Ali", "100% lc 60d bl-date"),
            &lc,
            [
                plus(BASE, "freight-quote containers vgm si photos lc"),
                "bl origin draft presentation".into(),
                plus(ARCHIVE, "release bank-advice"),
            ],
        ),
        golden(
            "6 CIF, L/C at sight, full container",
            terms("CIF Jebel Ali", "sea-fcl", "Jebel Ali", "100% lc sight"),
            &lc_cif,
            [
                plus(BASE, "freight-quote insurance containers vgm si photos lc"),
                "bl origin draft presentation".into(),
                plus(ARCHIVE, "premium-bill release bank-advice"),
            ],
        ),
        golden(
            "7 CIF, D/P at sight, full container, a draft is used, goods pay less duty with an origin",
            terms("CIF Valparaiso", "sea-fcl", "Valparaiso", "100% dp sight"),
            "[draft]\nnumber = \"D\"\ndrafted = 2026-11-01\n",
            [
                plus(BASE, "freight-quote insurance containers vgm si photos"),
                "bl collection draft presentation origin".into(),
                plus(ARCHIVE, "premium-bill release"),
            ],
        ),
        golden(
            "8 CFR, D/A 60 days, sea",
            terms("CFR Valparaiso", "sea-fcl", "Valparaiso", "100% da 60d acceptance"),
            "",
            [
                plus(BASE, "freight-quote containers vgm si photos credit-approval"),
                "bl collection draft presentation acceptance origin".into(),
                plus(ARCHIVE, "release"),
            ],
        ),
        golden(
            "9 CIP, T/T before shipment, air",
            terms("CIP Mexico City", "air", "Mexico City", "100% before-shipment"),
            "",
            [plus(BASE, "freight-quote insurance si balance"), "awb".into(), plus(ARCHIVE, "premium-bill")],
        ),
        golden(
            "10 CPT, O/A 60 days, air",
            terms("CPT Mexico City", "air", "Mexico City", "100% oa 60d invoice-date"),
            "",
            [
                plus(BASE, "freight-quote si credit-approval"),
                "awb originals-sent".into(),
                plus(ARCHIVE, "credit-insurance"),
            ],
        ),
        golden(
            "11 DAP, O/A 90 days, rail",
            terms("DAP Almaty", "rail", "Almaty", "100% oa 90d bl-date"),
            "",
            [
                plus(BASE, "delivery-plan destination-broker si credit-approval"),
                "waybill arrival originals-sent".into(),
                plus(ARCHIVE, "pod credit-insurance"),
            ],
        ),
        golden(
            "12 DDP, T/T 50/50, part container",
            terms("DDP Vancouver", "sea-lcl", "Vancouver", "50% deposit, 50% tt 15d delivery"),
            "",
            [
                plus(BASE, "delivery-plan destination-broker import warehouse-receipt si deposit"),
                "bl arrival".into(),
                plus(ARCHIVE, "pod duty"),
            ],
        ),
        golden(
            "12 DDP, T/T 50/50, courier",
            terms("DDP Vancouver", "courier", "Vancouver", "50% deposit, 50% tt 15d delivery"),
            "",
            [plus(BASE, "import deposit"), "courier".into(), plus(ARCHIVE, "pod duty")],
        ),
        golden(
            "13 CIF, L/C at sight, bulk in two lots",
            bulk.to_owned() + lots,
            &credit(&["invoice", "bl", "insurance", "certificate", "certificate"], true),
            [
                format!(
                    "contract review purchase inspection freight-quote lc {}",
                    per_lot("booking invoice packing customs-authorisation customs insurance draft-survey")
                ),
                per_lot("bl certificate certificate-2 draft presentation"),
                plus(ARCHIVE, "premium-bill bank-advice"),
            ],
        ),
        golden(
            "14 DAP sample, prepaid, courier",
            terms("DAP Warsaw", "courier", "Warsaw", "100% before-shipment"),
            "",
            [plus(BASE, "balance"), "courier".into(), plus(ARCHIVE, "pod")],
        ),
        golden(
            "15 FAS, L/C, bulk",
            terms("FAS Ningbo", "sea-bulk", "Vancouver", "100% lc sight"),
            &credit(&["invoice", "bl"], false),
            [
                plus(BASE, "nomination si draft-survey lc"),
                "bl presentation".into(),
                plus(ARCHIVE, "bank-advice"),
            ],
        ),
    ];
    for case in &all {
        let mut before = BTreeSet::new();
        for (gate, wanted) in CompletenessGate::ALL.into_iter().zip(&case.lists) {
            let all = keys(&case.order, &case.docs, gate);
            assert!(before.is_subset(&all), "{}: a later gate asks for what the earlier did", case.name);
            let new: BTreeSet<String> = all.difference(&before).cloned().collect();
            let wanted: BTreeSet<String> = wanted.split_whitespace().map(str::to_owned).collect();
            let (more, fewer) = (new.difference(&wanted), wanted.difference(&new));
            let (more, fewer): (Vec<_>, Vec<_>) = (more.collect(), fewer.collect());
            assert!(
                more.is_empty() && fewer.is_empty(),
                "{} at {gate:?}: too many {more:?}, too few {fewer:?}",
                case.name
            );
            before = all;
        }
    }
}

#[test]
fn goods_and_countries_ask_for_more() {
    use CompletenessGate::{Presentation, Shipment};
    let to = |to: &str| terms("FOB Ningbo", "sea-fcl", to, "100% tt") + GOODS;
    let asks = |order: &str, gate, key: &str| keys(order, "", gate).contains(key);
    assert!(asks(&to("Hamburg"), Shipment, "ens") && !asks(&to("Vancouver"), Shipment, "ens"));
    assert!(asks(&to("Los Angeles"), Shipment, "isf"));
    assert!(asks(&to("Sydney"), Presentation, "origin") && !asks(&to("Hamburg"), Presentation, "origin"));
    assert!(asks(&to("Egypt"), Presentation, "legalisation"));
    let goods = |more: &str| to("Vancouver") + more;
    let battery = goods("dg = { un = \"UN3480\", class = \"9\" }\n");
    for key in ["dgd", "msds", "un38-3"] {
        assert!(asks(&battery, Shipment, key), "{key}");
    }
    assert!(!asks(&battery, Shipment, "packing-certificate"), "batteries travel without one");
    assert!(asks(&goods("dg = { un = \"UN1993\" }\n"), Shipment, "packing-certificate"));
    let controls = goods("controls = [\"ciq\", \"health\", \"brand\"]\nwood = \"CN-330 HT\"\n");
    for key in ["ciq", "health", "authorisation", "wood"] {
        assert!(asks(&controls, Shipment, key), "{key}");
    }
    assert!(!asks(&goods("wood = \"none\"\n"), Shipment, "wood"));
}

/// The states of needs as words, `key: state`.
fn states(order: &str, docs: &str, gate: CompletenessGate, as_of: &str, wanted: &[&str]) -> Vec<String> {
    at(order, docs, gate, as_of, |all| {
        let mine = all.needs.iter().filter(|n| wanted.contains(&&*n.key()));
        mine.map(|n| {
            let fault = n.fault().map(|f| format!(", {}", f.1)).unwrap_or_default();
            format!("{}: {}{fault}", n.key(), n.state.word().1)
        })
        .collect()
    })
}

#[test]
fn a_paper_goes_its_way() {
    use CompletenessGate::{Presentation, Shipment};
    let order = terms("FOB Ningbo", "sea-fcl", "Vancouver", "30% deposit, 70% copy-bl") + GOODS;
    let docs = |more: &str| format!("[invoice]\nnumber = \"INV\"\n{more}");
    let of = |more: &str, gate| states(&order, &docs(more), gate, TODAY, &["invoice"]);
    assert_eq!(of("drafted = 2026-11-01\n", Shipment), ["invoice: draft"]);
    assert_eq!(of("drafted = 2026-11-01\n", Presentation), ["invoice: draft, still a draft"]);
    assert_eq!(of("drafted = 2026-12-01\n", Presentation), ["invoice: missing"], "not known yet");
    assert_eq!(of("date = 2026-11-01\n", Presentation), ["invoice: on record"]);
    assert_eq!(of("date = 2026-11-01\nchecked = 2026-11-02\n", Presentation), ["invoice: checked"]);
    assert_eq!(of("date = 2026-11-01\nsent = 2026-11-03\n", Presentation), ["invoice: sent"]);
    let sent = "date = 2026-11-01\n[[presentation]]\ndate = 2026-11-05\nset = \"originals\"\nto = \"buyer\"\ndocuments = [{ ref = \"INV\", originals = 3 }]\n";
    assert_eq!(of(sent, Presentation), ["invoice: sent"]);
    let refused = "date = 2026-11-01\n[[presentation]]\ndate = 2026-11-05\nto = \"bank\"\nrefusal = { sent = 2026-11-10, disposal = \"return\" }\ndocuments = [{ ref = \"INV\", originals = 3 }]\n";
    assert_eq!(of(refused, Presentation), ["invoice: received back"]);
    assert_eq!(of("date = 2026-11-01\nreplaced_by = \"INV-A\"\n", Presentation), ["invoice: missing"]);
    let left = format!("not_needed = {{ invoice = \"样品\" }}\n{order}");
    let all = at(&left, "", Presentation, TODAY, |all| {
        let need = all.needs.iter().find(|n| n.key() == "invoice").unwrap();
        (need.state.clone(), need.is_met())
    });
    assert_eq!(all, (State::NotNeeded("样品".to_owned()), true));
}

#[test]
fn a_declaration_will_do_before_shipment_and_must_be_released_after() {
    use CompletenessGate::{Presentation, Shipment};
    let order = terms("FOB Ningbo", "sea-fcl", "Vancouver", "100% tt") + GOODS;
    let of = |docs: &str, gate| states(&order, docs, gate, TODAY, &["customs"]);
    let declared = "[customs]\nnumber = \"310120260100010112\"\ndate = 2026-11-10\n";
    assert_eq!(of(declared, Shipment), ["customs: on record"]);
    assert_eq!(of(declared, Presentation), ["customs: on record, not released"]);
    assert_eq!(of(&format!("{declared}released = 2026-11-11\n"), Presentation), ["customs: received back"]);
    let signed = "[proforma]\nnumber = \"PI\"\ndate = 2026-08-01\n";
    let contract = |docs: &str| states(&order, docs, Shipment, TODAY, &["contract"]);
    assert_eq!(contract(signed), ["contract: on record, no date of the buyer's signature"]);
    assert_eq!(contract(&format!("{signed}signed_by_buyer = 2026-08-02\n")), ["contract: received back"]);
}

#[test]
fn a_credit_asks_in_the_words_of_its_accepted_amendments() {
    use CompletenessGate::Presentation;
    let order = terms("FOB Ningbo", "sea-fcl", "Jebel Ali", "100% lc sight") + GOODS;
    let lc = "[lc]\nnumber = \"LC1\"\nreceived = 2026-08-20\ndocuments = [{ kind = \"origin\", text = \"CERTIFICATE OF ORIGIN BY CCPIT\" }, { kind = \"certificate\", text = \"BENEFICIARY'S CERTIFICATE\" }]\n[[lc.amendments]]\nnumber = \"01\"\nreceived = 2026-09-01\naccepted = 2026-09-10\n[lc.amendments.add]\ndocuments = [{ kind = \"certificate\", text = \"CERTIFICATE OF WEIGHT\" }]\n";
    let clause = |as_of: &str, key: &str| {
        at(&order, lc, Presentation, as_of, |all| {
            let need = all.needs.iter().find(|n| n.key() == key)?;
            let first = need.clauses.first()?;
            Some((first.title().en, first.text().unwrap_or_default().to_owned()))
        })
    };
    let asked = |text: &str| Some(("46A of the credit".to_owned(), text.to_owned()));
    assert_eq!(clause(TODAY, "origin"), asked("CERTIFICATE OF ORIGIN BY CCPIT"));
    assert_eq!(clause("2026-09-05", "certificate-2"), None, "not accepted yet");
    assert_eq!(clause(TODAY, "certificate-2"), asked("CERTIFICATE OF WEIGHT"));
    // The one certificate on record answers the line that its title names.
    let docs = format!("{lc}[certificate]\ntitle = \"CERTIFICATE OF WEIGHT\"\ndate = 2026-11-01\n");
    let of = states(&order, &docs, Presentation, TODAY, &["certificate", "certificate-2"]);
    assert_eq!(of, ["certificate: missing", "certificate-2: on record"]);
    let pending = states(&order, lc, Presentation, "2026-09-05", &["lc-amendments"]);
    assert_eq!(pending, ["lc-amendments: on record, an amendment is not answered"]);
}

#[test]
fn a_line_of_46a_that_nobody_can_parse_is_looked_at_and_never_missing() {
    let order = terms("FOB Ningbo", "sea-fcl", "Jebel Ali", "100% lc sight") + GOODS;
    let lc = credit(&["shipping-line-undertaking"], false);
    at(&order, &lc, CompletenessGate::Presentation, TODAY, |all| {
        let need = all.needs.iter().find(|n| n.key() == "certificate").unwrap();
        assert!(need.unsure && need.is_met(), "{need:?}");
    });
}

#[test]
fn each_shipment_has_its_own_papers_and_shares_those_of_the_order() {
    let order = terms("FOB Ningbo", "sea-fcl", "Vancouver", "100% tt")
        + GOODS
        + "[[shipments]]\nid = \"1\"\nbooking = \"B1\"\n[[shipments]]\nid = \"2\"\nmode = \"air\"\nitems = [{ sku = \"A\", qty = 40 }]\n";
    let docs = "[[bl]]\nnumber = \"BL1\"\nshipment = \"1\"\non_board = 2026-11-01\n[[invoice]]\nnumber = \"INV\"\ndate = 2026-11-01\n";
    at(&order, docs, CompletenessGate::Presentation, TODAY, |all| {
        let of = |key: &str| -> Vec<(Option<&str>, bool)> {
            all.needs.iter().filter(|n| n.key() == key).map(|n| (n.shipment, n.is_met())).collect()
        };
        assert_eq!(of("bl"), [(Some("1"), true)], "the second flies");
        assert_eq!(of("awb"), [(Some("2"), false)]);
        assert_eq!(of("booking"), [(Some("1"), true), (Some("2"), false)]);
        assert_eq!(of("invoice"), [(Some("1"), true), (Some("2"), true)], "one invoice for both");
        assert_eq!(of("vgm"), [(Some("1"), false)], "no VGM by air");
    });
}

#[test]
fn the_archive_wants_the_digest_of_every_file() {
    let order = terms("FOB Ningbo", "sea-fcl", "Vancouver", "100% tt") + GOODS;
    let of = |docs: &str| states(&order, docs, CompletenessGate::Archive, TODAY, &["hashes"]);
    assert_eq!(of("[invoice]\nnumber = \"I\"\n"), ["hashes: on record"]);
    assert_eq!(
        of("[invoice]\nnumber = \"I\"\nfile = \"files/I.pdf\"\n"),
        ["hashes: on record, missing for some files"]
    );
    let digest = "0".repeat(64);
    assert_eq!(
        of(&format!("[invoice]\nnumber = \"I\"\nfile = \"files/I.pdf\"\nsha256 = \"{digest}\"\n")),
        ["hashes: on record"]
    );
}

#[test]
fn terms_that_give_no_hold_on_the_goods_are_noted() {
    let notes = |incoterm: &str, mode: &str, payment: &str| {
        let order = terms(incoterm, mode, "Almaty", payment) + GOODS;
        at(&order, "", CompletenessGate::Shipment, TODAY, |all| all.notes.len())
    };
    assert_eq!(notes("CPT Almaty", "rail", "100% lc sight"), 1);
    assert_eq!(notes("DAP Almaty", "rail", "100% oa 90d bl-date"), 1);
    assert_eq!(notes("DAP Almaty", "rail", "100% lc sight"), 1);
    assert_eq!(notes("CPT Almaty", "rail", "100% before-shipment"), 0);
}
