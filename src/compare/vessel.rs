//! Vessels and voyages as papers print them: `M/V EVER GOLDEN V.0742W`, `EVER GOLDEN / 0742W`, `PER B/L`.

use super::{Outcome, typo};
use crate::model::value::fold::fold;

/// A vessel with its voyage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Vessel {
    /// Without `M/V` before it.
    pub name: String,
    /// Without `V.` and leading zeros; empty where none is printed.
    pub voyage: String,
}

/// Reads a vessel from its field and, where it has one, the field of the voyage. Nothing where the paper leaves it
/// to the bill of lading, or it is not yet known.
#[must_use]
pub fn read(vessel: &str, voyage: Option<&str>) -> Option<Vessel> {
    let folded = fold(vessel);
    let left_open =
        ["PER B/L", "PER BILL", "AS PER", "TBA", "T.B.A", "TBN", "TO BE ", "UNKNOWN", "BY SEA", "BY VESSEL"];
    if left_open.iter().any(|text| folded.contains(text)) {
        return None;
    }
    let letters: String = folded.chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
    let mut words: Vec<&str> = letters.split_whitespace().collect();
    for prefix in [&["M", "V"][..], &["MV"], &["M", "S"], &["S", "S"], &["SS"], &["VESSEL"]] {
        if words.len() > prefix.len() && words.starts_with(prefix) {
            words.drain(..prefix.len());
            break;
        }
    }
    let printed = voyage.map(fold).unwrap_or_default();
    let mut voyage = plain_voyage(&printed);
    if let Some((last, rest)) = words.split_last() {
        // The voyage may stand behind the name: a word with a digit, after `V` or `VOY` or alone.
        let tail = plain_voyage(last);
        let own = last.chars().any(|c| c.is_ascii_digit()) && !rest.is_empty();
        if own && (voyage.is_empty() || voyage == tail) {
            let keep = rest
                .iter()
                .rposition(|w| !matches!(*w, "V" | "VOY" | "VOYAGE" | "NO"))
                .map_or(0, |at| at + 1);
            voyage = tail;
            words.truncate(keep);
        }
    }
    (!words.is_empty()).then(|| Vessel { name: words.join(" "), voyage })
}

/// `V.0742W` and `742W` are one voyage.
fn plain_voyage(text: &str) -> String {
    let letters: String = text.chars().filter(|c| c.is_alphanumeric()).collect();
    let number = ["VOYAGE", "VOY", "V"].iter().find_map(|p| letters.strip_prefix(p)).unwrap_or(&letters);
    let number = if number.starts_with(|c: char| c.is_ascii_digit()) { number } else { &letters };
    number.trim_start_matches('0').to_owned()
}

/// Compares two vessels; a voyage that one of them does not print is no difference.
#[must_use]
pub fn compare(a: &Vessel, b: &Vessel) -> Outcome {
    let voyage = a.voyage.is_empty() || b.voyage.is_empty() || a.voyage == b.voyage;
    let close = |x: &str, y: &str| x.replace(' ', "") == y.replace(' ', "");
    match (a.name == b.name || close(&a.name, &b.name), voyage) {
        (true, true) if a == b => Outcome::Same,
        (true, true) => Outcome::Normalised,
        (false, true) if typo::is_slip(&a.name, &b.name) => Outcome::Typo,
        _ => Outcome::Different,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn v(vessel: &str, voyage: &str) -> Vessel {
        read(vessel, (!voyage.is_empty()).then_some(voyage)).unwrap()
    }

    #[test]
    fn writings_of_one_vessel() {
        let golden = v("EVER GOLDEN", "0742W");
        for (vessel, voyage) in [
            ("M/V Ever Golden", "0742W"),
            ("EVER GOLDEN V.0742W", ""),
            ("EVER GOLDEN / 742W", ""),
            ("EVER GOLDEN", "V.742W"),
            ("EVER GOLDEN VOY. NO. 0742W", ""),
            ("EVER GOLDEN", ""),
        ] {
            assert!(
                compare(&golden, &v(vessel, voyage)).agrees(),
                "{vessel} {voyage}: {:?}",
                v(vessel, voyage)
            );
        }
        assert_eq!(compare(&golden, &v("EVER GLODEN", "0742W")), Outcome::Typo);
        assert_eq!(compare(&golden, &v("EVER GOLDEN", "0743W")), Outcome::Different);
        assert_eq!(compare(&golden, &v("EVER GREEN", "0742W")), Outcome::Different);
        assert_eq!(v("COSCO 9", ""), Vessel { name: "COSCO".into(), voyage: "9".into() });
        assert_eq!(compare(&v("MSC 12", "5W"), &v("MSC 12", "5W")), Outcome::Same);
    }

    #[test]
    fn left_to_the_bill_of_lading() {
        for text in ["PER B/L", "AS PER BILL OF LADING", "TO BE ADVISED", "TBN", "BY SEA FREIGHT"] {
            assert_eq!(read(text, None), None, "{text}");
        }
    }
}
