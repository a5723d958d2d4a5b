//! Currencies as papers write them. `$` alone is the dollar of a credit in US dollars (ISBP 821 C7).

use super::Outcome;
use crate::model::value::Currency;
use crate::model::value::fold::ws;

/// Compares two currencies. `None` where a sign may stand for several: a person must look.
#[must_use]
pub fn compare(a: &str, b: &str) -> Option<Outcome> {
    if ws(a) == ws(b) {
        return Some(Outcome::Same);
    }
    match (read(a), read(b)) {
        (Read::Code(x), Read::Code(y)) => Some(if x == y { Outcome::Normalised } else { Outcome::Different }),
        // A sign that several currencies share agrees with each of them and contradicts the others.
        (Read::Dollar, Read::Code(code)) | (Read::Code(code), Read::Dollar) => {
            Some(if code.ends_with('D') { Outcome::Normalised } else { Outcome::Different })
        }
        (Read::Dollar, Read::Dollar) => Some(Outcome::Normalised),
        _ => None,
    }
}

enum Read {
    Code(String),
    Dollar,
    Unknown,
}

fn read(text: &str) -> Read {
    let word = ws(text).to_uppercase();
    match word.as_str() {
        "$" => Read::Dollar,
        "US$" | "USD$" | "U.S.$" | "US DOLLAR" | "US DOLLARS" => Read::Code("USD".to_owned()),
        "RMB" | "CNH" | "人民币" => Read::Code("CNY".to_owned()),
        "€" | "EURO" | "EUROS" => Read::Code("EUR".to_owned()),
        "£" | "STG" => Read::Code("GBP".to_owned()),
        other => Currency::parse(other).map_or(Read::Unknown, |c| Read::Code(c.code().to_owned())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn currencies() {
        assert_eq!(compare("USD", "USD"), Some(Outcome::Same));
        assert_eq!(compare("US$", "USD"), Some(Outcome::Normalised));
        assert_eq!(compare("$", "USD"), Some(Outcome::Normalised));
        assert_eq!(compare("$", "EUR"), Some(Outcome::Different));
        assert_eq!(compare("RMB", "CNY"), Some(Outcome::Normalised));
        assert_eq!(compare("€", "USD"), Some(Outcome::Different));
        assert_eq!(compare("QQQ", "USD"), None);
    }
}
