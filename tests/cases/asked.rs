//! Reads 46A as a document clerk does: which paper, how many, and what it must show. In a company a person does this
//! when the credit arrives; here it stands in for that person and is no part of the tool.

use crate::record::{Record, Value};
use crate::words;

/// One paper that 46A asks for, under the keys of `lc.documents`.
pub(crate) fn read(text: &str) -> Record {
    let upper = text.to_ascii_uppercase();
    let kind = kind(&upper);
    let mut asked = Record::default();
    asked.text("kind", kind.map(str::to_owned));
    numbers(&upper, &mut asked);
    asked.text("issuer", after(text, &upper, &["ISSUED BY "]));
    if matches!(kind, Some("bl" | "awb" | "waybill" | "courier" | "origin")) {
        asked.text("consignee", consignee(text, &upper));
        asked.text("notify", after(text, &upper, &["NOTIFY PARTY", "NOTIFYING", "NOTIFY"]));
    }
    if matches!(kind, Some("bl" | "awb" | "waybill")) {
        asked.text("freight", freight(&upper).map(str::to_owned));
    }
    asked.text("endorsed", endorsed(text, &upper));
    if kind == Some("insurance") {
        asked.text("percent", words::percent(&upper));
        asked.texts("risks", risks(&upper));
    }
    if split(&upper).contains(&"SIGNED") {
        asked.bare("signed", Some(true));
    }
    asked.text("text", Some(text.to_owned()));
    asked
}

/// The paper that is named first; what it must show may name others.
fn kind(upper: &str) -> Option<&'static str> {
    const NAMES: &[(&str, &str)] = &[
        ("DRAFT", "draft"),
        ("BILL OF EXCHANGE", "draft"),
        ("BILLS OF EXCHANGE", "draft"),
        ("BILL OF LADING", "bl"),
        ("BILLS OF LADING", "bl"),
        ("BILL(S) OF LADING", "bl"),
        ("B/L", "bl"),
        ("SEA WAYBILL", "bl"),
        ("MULTIMODAL TRANSPORT DOCUMENT", "bl"),
        ("COMBINED TRANSPORT DOCUMENT", "bl"),
        ("AIR WAYBILL", "awb"),
        ("AIRWAY BILL", "awb"),
        ("AIR WAY BILL", "awb"),
        ("AWB", "awb"),
        ("RAIL", "waybill"),
        ("CIM", "waybill"),
        ("SMGS", "waybill"),
        ("CMR", "waybill"),
        ("ROAD WAYBILL", "waybill"),
        ("TRUCK", "waybill"),
        ("COURIER RECEIPT", "courier"),
        ("POST RECEIPT", "courier"),
        ("INSURANCE", "insurance"),
        ("CERTIFICATE OF ORIGIN", "origin"),
        ("CERTIFICATES OF ORIGIN", "origin"),
        ("ORIGIN CERTIFICATE", "origin"),
        ("GSP", "origin"),
        ("PACKING LIST", "packing"),
        ("WEIGHT LIST", "packing"),
        ("PACKING AND WEIGHT LIST", "packing"),
        ("INVOICE", "invoice"),
        ("CERTIFICATE", "certificate"),
        ("STATEMENT", "certificate"),
        ("DECLARATION", "certificate"),
        ("SHIPPING ADVICE", "certificate"),
        ("SHIPMENT ADVICE", "certificate"),
        ("REPORT", "certificate"),
    ];
    NAMES
        .iter()
        .filter_map(|(name, kind)| Some((upper.find(name)?, std::cmp::Reverse(name.len()), *kind)))
        .min()
        .map(|(_, _, kind)| kind)
}

fn split(upper: &str) -> Vec<&str> {
    upper.split(|c: char| !c.is_alphanumeric() && c != '/').filter(|w| !w.is_empty()).collect()
}

fn count(word: &str) -> Option<u32> {
    const NAMES: [&str; 10] = ["ONE", "TWO", "THREE", "FOUR", "FIVE", "SIX", "SEVEN", "EIGHT", "NINE", "TEN"];
    let named = NAMES.iter().position(|n| *n == word).and_then(|i| u32::try_from(i + 1).ok());
    named.or_else(|| word.parse().ok().filter(|n| (1..=20).contains(n)))
}

/// "In triplicate", "3 copies", "three fold" are met by one original and the rest in copies (UCP 600 art. 17 e);
/// "3 originals" are three originals; a full set is all that were issued.
fn numbers(upper: &str, asked: &mut Record) {
    let words = split(upper);
    let fold = |word: &str| {
        let all = [("DUPLICATE", 2), ("TRIPLICATE", 3), ("QUADRUPLICATE", 4), ("QUINTUPLICATE", 5)];
        all.iter().find(|(name, _)| *name == word).map(|(_, n)| *n)
    };
    let before = |is: &dyn Fn(&str) -> bool| {
        words.iter().enumerate().skip(1).find(|(_, w)| is(w)).and_then(|(i, _)| {
            // `THREE (3) ORIGINALS`, `3/3 ORIGINAL`, `IN 3 SIGNED COPIES`
            (1..=2).find_map(|back| {
                let word = words.get(i.checked_sub(back)?)?;
                count(word.split_once('/').map_or(*word, |(some, _)| some))
            })
        })
    };
    let full = upper.contains("FULL SET") || upper.contains("COMPLETE SET");
    let originals = before(&|w| w.starts_with("ORIGINAL"));
    let copies = before(&|w| w == "COPY" || w == "COPIES");
    let folds = words.iter().find_map(|w| fold(w)).or_else(|| before(&|w| w.starts_with("FOLD")));
    // `2/3 CLEAN BILLS OF LADING`
    let part = words.iter().find_map(|w| {
        let (some, all) = w.split_once('/')?;
        Some((count(some)?, count(all)?))
    });
    if full {
        asked.text("originals", Some("full".into()));
        asked.bare("copies", copies);
    } else if originals.is_some() {
        asked.bare("originals", originals);
        asked.bare("copies", copies);
    } else if let Some((some, all)) = part {
        match some == all {
            true => asked.text("originals", Some("full".into())),
            false => asked.bare("originals", Some(some)),
        }
    } else if let Some(n) = folds.or(copies) {
        asked.bare("originals", Some(1));
        asked.bare("copies", n.checked_sub(1).filter(|n| *n > 0));
    }
}

/// Where a phrase of 46A ends: at the next thing that is asked.
fn cut(text: &str) -> Option<String> {
    let upper = text.to_ascii_uppercase();
    let ends = [
        " NOTIFY",
        " MARKED",
        " FREIGHT",
        " BLANK",
        " ENDORSED",
        " SHOWING",
        " EVIDENCING",
        " INDICATING",
        " STATING",
        " CERTIFYING",
        " IN DUPLICATE",
        " IN TRIPLICATE",
        " IN ONE ",
        " IN TWO ",
        " IN THREE ",
        " DATED",
        " ISSUED BY",
        ";",
        "\n",
        ". ",
    ];
    let end = ends.iter().filter_map(|e| upper.find(e)).min().unwrap_or(text.len());
    let mut kept = text[..end].trim().trim_matches([',', ':', '.']).trim();
    while let Some(shorter) = kept.strip_suffix(" and").or_else(|| kept.strip_suffix(" AND")) {
        kept = shorter.trim().trim_end_matches(',');
    }
    (!kept.is_empty()).then(|| kept.to_owned())
}

fn after(text: &str, upper: &str, marks: &[&str]) -> Option<String> {
    let (at, mark) = marks.iter().find_map(|m| Some((upper.find(m)?, m)))?;
    let rest = text[at + mark.len()..].trim_start_matches([':', ' ']);
    let rest = ["AS ", "as ", "PARTY ", "party "].iter().find_map(|w| rest.strip_prefix(w)).unwrap_or(rest);
    cut(rest)
}

fn consignee(text: &str, upper: &str) -> Option<String> {
    let order = ["TO THE ORDER", "TO ORDER"].iter().filter_map(|m| upper.find(m)).min();
    // "Endorsed to the order of" says who may endorse, not who is named.
    let order = order.filter(|at| !upper[..*at].trim_end().ends_with("ENDORSED"));
    if let Some(at) = order {
        return cut(&text[at..]);
    }
    after(text, upper, &["CONSIGNED TO ", "MADE OUT TO ", "MADE OUT IN THE NAME OF "])
}

fn freight(upper: &str) -> Option<&'static str> {
    let words = split(upper);
    let at = words.iter().position(|w| *w == "FREIGHT")?;
    let near = &words[at..words.len().min(at + 5)];
    if near.contains(&"COLLECT") || near.contains(&"PAYABLE") {
        Some("collect")
    } else if near.contains(&"PREPAID") || near.contains(&"PAID") {
        Some("prepaid")
    } else {
        None
    }
}

/// `blank`, or to whom.
pub(crate) fn endorsed(text: &str, upper: &str) -> Option<String> {
    let blank = ["BLANK ENDORSED", "ENDORSED IN BLANK", "BLANK ENDORSEMENT", "ENDORSED BLANK"];
    if blank.iter().any(|b| upper.contains(b)) {
        return Some("blank".into());
    }
    after(text, upper, &["ENDORSED TO "]).map(|to| format!("to {to}"))
}

/// Risks by the names that credits give them.
fn risks(upper: &str) -> Vec<String> {
    const NAMES: &[(&str, &str)] = &[
        ("INSTITUTE CARGO CLAUSES (A)", "ICC (A)"),
        ("INSTITUTE CARGO CLAUSE (A)", "ICC (A)"),
        ("INSTITUTE CARGO CLAUSES A", "ICC (A)"),
        ("ICC (A)", "ICC (A)"),
        ("ICC(A)", "ICC (A)"),
        ("INSTITUTE CARGO CLAUSES (B)", "ICC (B)"),
        ("ICC (B)", "ICC (B)"),
        ("ICC(B)", "ICC (B)"),
        ("INSTITUTE CARGO CLAUSES (C)", "ICC (C)"),
        ("ICC (C)", "ICC (C)"),
        ("ICC(C)", "ICC (C)"),
        ("ALL RISKS", "ALL RISKS"),
        ("ALL RISK", "ALL RISKS"),
        ("WAR", "WAR"),
        ("STRIKES", "STRIKES"),
        ("SRCC", "SRCC"),
        ("TPND", "TPND"),
    ];
    let mut found: Vec<String> = Vec::new();
    for (name, risk) in NAMES {
        let at = upper.find(name);
        // WAR in WAREHOUSE is no risk.
        let whole =
            at.is_some_and(|at| !upper[at + name.len()..].starts_with(|c: char| c.is_ascii_alphabetic()));
        if whole && !found.iter().any(|f| f == risk) {
            found.push((*risk).to_owned());
        }
    }
    found
}

/// Risks as an insurance document prints them, one by one.
pub(crate) fn printed_risks(text: &str) -> Vec<Value> {
    let text = text.replace(" and ", "+").replace(" AND ", "+").replace(" plus ", "+");
    text.split(['+', ';', ',', '&'])
        .map(|part| part.trim().to_owned())
        .filter(|part| !part.is_empty())
        .map(Value::Text)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str) -> Vec<String> {
        let read = read(text).lines();
        read.lines().filter(|l| !l.starts_with("text =")).map(str::to_owned).collect()
    }

    #[test]
    fn papers_and_numbers() {
        for (text, keys) in [
            ("Commercial invoice in triplicate", &["kind = \"invoice\"", "originals = 1", "copies = 2"][..]),
            (
                "Commercial invoice, manually signed, 3 copies",
                &["kind = \"invoice\"", "originals = 1", "copies = 2", "signed = true"],
            ),
            ("INVOICE IN THREE ORIGINALS", &["kind = \"invoice\"", "originals = 3"]),
            (
                "Weight list in one original and one copy",
                &["kind = \"packing\"", "originals = 1", "copies = 1"],
            ),
            ("Packing list", &["kind = \"packing\""]),
            ("2/3 set of clean on board B/L", &["kind = \"bl\"", "originals = 2"]),
            ("FULL SET 3/3 OCEAN BILLS OF LADING", &["kind = \"bl\"", "originals = \"full\""]),
            ("Beneficiary's certificate that one set of B/L was sent", &["kind = \"certificate\""]),
            (
                "CERTIFICATE OF ORIGIN ISSUED BY THE CHAMBER OF COMMERCE IN DUPLICATE",
                &["kind = \"origin\"", "originals = 1", "copies = 1", "issuer = \"THE CHAMBER OF COMMERCE\""],
            ),
        ] {
            assert_eq!(lines(text), keys, "{text}");
        }
    }

    #[test]
    fn what_a_bill_of_lading_must_show() {
        let read = lines(
            "FULL SET CLEAN ON BOARD B/L MADE OUT TO THE ORDER OF EXAMPLE BANK, DHAKA, MARKED FREIGHT PREPAID AND NOTIFY APPLICANT",
        );
        assert_eq!(
            read,
            [
                "kind = \"bl\"",
                "originals = \"full\"",
                "consignee = \"TO THE ORDER OF EXAMPLE BANK, DHAKA\"",
                "notify = \"APPLICANT\"",
                "freight = \"prepaid\""
            ]
        );
        let read = lines("B/L made out to order and blank endorsed, freight payable at destination");
        let keys =
            ["kind = \"bl\"", "consignee = \"to order\"", "freight = \"collect\"", "endorsed = \"blank\""];
        assert_eq!(read, keys);
    }

    #[test]
    fn what_an_insurance_document_must_cover() {
        let read = lines(
            "Insurance policy in duplicate for 110% of invoice value, blank endorsed, covering Institute Cargo Clauses (A), war and strikes, warehouse to warehouse",
        );
        assert_eq!(
            read,
            [
                "kind = \"insurance\"",
                "originals = 1",
                "copies = 1",
                "endorsed = \"blank\"",
                "percent = \"110%\"",
                "risks = [\"ICC (A)\", \"WAR\", \"STRIKES\"]"
            ]
        );
    }
}
