//! One-line discrepancies and rules: each becomes the smallest credit and paper that state it.

use serde_json::{Value, json};

use crate::case::{Case, Label, Table};

/// What an atom says must come of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Expect {
    Discrepancy,
    Fine,
}

/// A paper that shows where a rule of one line begins and ends: `(category, paper, key, value, outcome)`.
const PROBES: &[(&str, &str, &str, &str, Expect)] = &[
    ("approximate_quantity", "commercial_invoice", "quantity", "11,000 MT", Expect::Fine),
    ("approximate_quantity", "commercial_invoice", "quantity", "9,000 MT", Expect::Fine),
    ("approximate_quantity", "commercial_invoice", "quantity", "11,000.001 MT", Expect::Discrepancy),
    ("approximate_amount", "commercial_invoice", "total", "110000.00", Expect::Fine),
    ("approximate_amount", "commercial_invoice", "total", "110000.01", Expect::Discrepancy),
    ("tolerance_5_percent", "commercial_invoice", "quantity", "10,500 MT", Expect::Fine),
    ("tolerance_5_percent", "commercial_invoice", "quantity", "10,500.001 MT", Expect::Discrepancy),
    ("partial_shipment_allowed", "bill_of_lading", "shipment", "1 of 3", Expect::Fine),
    ("transshipment_allowed", "bill_of_lading", "transhipment_port", "Busan", Expect::Fine),
];

/// Turns an atom into cases; what it says that nobody reads is listed.
pub(crate) fn read(atom: &Value) -> Vec<Case> {
    let text = |key: &str| atom.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
    let (id, category, review) = (text("id"), text("category"), text("review"));
    let mut base = Case { id, ..Case::default() };
    credit(atom, &mut base);
    // Kept for what an amount or a paper is measured by.
    if let Some(day) = atom.pointer("/reference/presentation_date").and_then(Value::as_str) {
        base.presented = Some(day.to_owned());
    }
    if let Some(amount) = atom.pointer("/reference/invoice_amount") {
        base.documents.push(table(json!({ "kind": "commercial_invoice", "total": amount.to_string() })));
    }
    let expect = if text("expect") == "discrepancy" { Expect::Discrepancy } else { Expect::Fine };
    if atom.get("document").is_some_and(Value::is_object) {
        document(atom, &mut base, expect, &review);
        return vec![base];
    }
    let probes: Vec<Case> = PROBES
        .iter()
        .filter(|(of, ..)| *of == category)
        .enumerate()
        .map(|(n, (_, paper, key, value, expect))| {
            let mut case = base.clone();
            case.id = format!("{}.{}", case.id, n + 1);
            let mut document = Table::new();
            document.insert("kind".into(), (*paper).into());
            document.insert((*key).into(), (*value).into());
            case.documents.push(document);
            let field = match *key {
                "shipment" => "partial_shipments",
                "transhipment_port" => "transhipment",
                key => key,
            };
            label(&mut case, paper, field, *expect, &review);
            case
        })
        .collect();
    if probes.is_empty() {
        base.unknown.push(format!("atom {}: no probe for {category}", base.id));
        return vec![base];
    }
    probes
}

fn table(value: Value) -> Table {
    match value {
        Value::Object(table) => table,
        _ => Table::new(),
    }
}

fn label(case: &mut Case, paper: &str, field: &str, expect: Expect, review: &str) {
    let label = Label {
        documents: vec!["credit".into(), paper.to_owned()],
        field: field.to_owned(),
        text: String::new(),
        review: review.to_owned(),
        severity: None,
    };
    match expect {
        Expect::Discrepancy => case.wrong.push(label),
        // What is disputed counts neither way.
        Expect::Fine if review.starts_with("agreed") => case.fine.push(label),
        Expect::Fine => case.also.push(label),
    }
}

/// A value as text; figures keep their digits.
fn words(value: Option<&Value>) -> String {
    match value {
        Some(Value::String(text)) => text.clone(),
        Some(other) => other.to_string(),
        None => String::new(),
    }
}

/// What stands behind `Beneficiary: `.
fn behind(text: &str) -> String {
    text.split_once(": ").map_or(text, |(_, rest)| rest).to_owned()
}

fn credit(atom: &Value, case: &mut Case) {
    let Some(said) = atom.get("credit") else { return };
    let (field, value) = (words(said.get("field")), said.get("value"));
    let text = words(value);
    let credit = &mut case.credit;
    let mut put = |key: &str, value: Value| credit.insert(key.into(), value);
    match field.as_str() {
        "amount" => {
            put("amount", text.into());
            if let Some(currency) = said.get("currency") {
                put("currency", currency.clone());
            }
            if let Some(tolerance) = said.get("tolerance") {
                put("tolerance", tolerance.clone());
            }
        }
        "currency" => _ = put("currency", text.into()),
        "shipment.latest_date" => _ = put("latest_shipment", text.into()),
        "shipment.loading_port" | "loading_port" => _ = put("port_of_loading", text.into()),
        "goods_description" => _ = put("goods", text.into()),
        "expiry_date" => _ = put("expiry_date", text.into()),
        "quantity" => _ = put("quantity", text.into()),
        "insurance_coverage" if text.contains('%') => {
            put("documents_required", json!([format!("Insurance policy for {text}")]));
        }
        "insurance_coverage" => {
            put("documents_required", json!([format!("Insurance policy covering {text}")]));
        }
        "insurance_endorsement" => {
            put("documents_required", json!([format!("Insurance policy, {text}")]));
        }
        "clean_on_board" => {
            put("documents_required", json!(["Clean on board bills of lading"]));
        }
        "consignee" => {
            put("documents_required", json!([format!("Bills of lading made out {text}")]));
        }
        "required_documents" => {
            put("documents_required", value.cloned().unwrap_or_default());
        }
        // Not mentioned in the credit: no key.
        "partial_shipment" | "transshipment" if text == "未提及" => {}
        "partial_shipment" => _ = put("partial_shipments", text.into()),
        "transshipment" => _ = put("transhipment", text.into()),
        "presentation_period" => {
            let days: String = text.chars().filter(char::is_ascii_digit).collect();
            put("presentation_days", days.into());
        }
        "trade_terms" => {
            let (rule, place) = text.split_once(' ').unwrap_or((&text, ""));
            put("incoterm", rule.into());
            put("incoterm_place", place.into());
        }
        "shipper" => _ = put("beneficiary", json!({ "name": behind(&text) })),
        other => case.unknown.push(format!("atom {}: credit field {other}", case.id)),
    }
}

fn document(atom: &Value, case: &mut Case, expect: Expect, review: &str) {
    let (kind, field) = (words(atom.pointer("/document/document")), words(atom.pointer("/document/field")));
    let value = atom.pointer("/document/value");
    let text = words(value);
    let mut paper = Table::new();
    paper.insert("kind".into(), kind.clone().into());
    let mut put = |key: &str, value: Value| paper.insert(key.into(), value);
    let mut about = field.clone();
    match field.as_str() {
        "total_amount" => _ = put("total", text.into()),
        "currency" => _ = put("currency", text.into()),
        "shipped_on_board_date" => _ = put("on_board_date", text.into()),
        "sum_insured" => _ = put("amount", text.into()),
        "loading_port" => _ = put("port_of_loading", text.into()),
        "goods_description" => _ = put("goods", text.into()),
        "coverage" | "remarks" | "consignee" | "on_board_notation" | "endorsement" => {
            put(&field, text.into());
        }
        "shipper" => _ = put("shipper", behind(&text).into()),
        "number_of_originals" => {
            put("originals", text.into());
            case.whole = true;
        }
        "trade_terms" => {
            let (rule, place) = text.split_once(' ').unwrap_or((&text, ""));
            put("incoterm", rule.into());
            put("incoterm_place", place.into());
        }
        "quantity" => {
            // A part, and in brackets what the credit asks.
            let figures: Vec<&str> =
                text.split(|c: char| !c.is_ascii_digit()).filter(|n| !n.is_empty()).collect();
            if let [part, all] = figures.as_slice() {
                put("quantity", format!("{part} units").into());
                case.credit.insert("quantity".into(), format!("{all} units").into());
            } else {
                case.unknown.push(format!("atom {}: quantity {text:?}", case.id));
            }
            about = "partial_shipments".into();
        }
        "route" => {
            let ports: Vec<&str> = text.split("->").map(str::trim).collect();
            if let [from, via, to] = ports.as_slice() {
                put("port_of_loading", (*from).into());
                put("transhipment_port", (*via).into());
                put("port_of_discharge", (*to).into());
            } else {
                case.unknown.push(format!("atom {}: route {text:?}", case.id));
            }
        }
        "presentation_date" => case.presented = Some(text),
        "documents_presented" => {
            for name in value.and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str) {
                let kind = name.to_ascii_lowercase().replace(' ', "_");
                case.documents.push(table(json!({ "kind": kind })));
            }
            case.whole = true;
            about = "missing_document".into();
        }
        other => case.unknown.push(format!("atom {}: document field {other}", case.id)),
    }
    // A stale bill of lading is a late presentation.
    let stale = case.presented.is_some() && field == "shipped_on_board_date";
    if kind != "presentation" {
        case.documents.push(paper);
    }
    if stale {
        label(case, "presentation", "presentation_date", expect, review);
    } else {
        label(case, &kind, &about, expect, review);
    }
}
