//! Addresses: only the country counts (UCP 600 art. 14 j), except where the party is consignee or notify party on a
//! transport document; there the figures in it (telephone, postcode) must not differ.

use std::collections::BTreeSet;

use crate::model::value::Country;
use crate::model::value::fold::fold;

/// The country that a text of one or more lines ends with.
#[must_use]
pub fn country(text: &str) -> Option<&'static str> {
    let folded = fold(text);
    let tail = folded.rsplit(',').next()?.trim().trim_end_matches('.');
    Country::parse(tail).map(Country::code).or_else(|| {
        let words: Vec<&str> = tail.split_whitespace().collect();
        (1..=words.len().min(3)).find_map(|n| {
            let name = words.get(words.len() - n..)?.join(" ");
            (name.len() > 2).then(|| Country::parse(&name).map(Country::code)).flatten()
        })
    })
}

/// Runs of two and more digits of a text: house numbers, postcodes, telephone and fax.
#[must_use]
pub fn figures(text: &str) -> BTreeSet<String> {
    // Telephone numbers are grouped by taste; spaces and hyphens inside them say nothing.
    let joined: String = fold(text).chars().filter(|c| !matches!(c, ' ' | '-' | '(' | ')' | '+')).collect();
    joined.split(|c: char| !c.is_ascii_digit()).filter(|run| run.len() > 1).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_counts() {
        assert_eq!(country("123 Commerce Street, New York, NY 10001, USA"), Some("US"));
        assert_eq!(country("45 Export Zone, Chittagong, Bangladesh"), Some("BD"));
        assert_eq!(country("88 EXPORT ROAD, HAMBURG GERMANY"), Some("DE"));
        assert_eq!(country("Speicherstrasse 41"), None);
        assert_eq!(figures("TEL +971 4 881-2233, P.O. BOX 12"), figures("Tel. 97148812233 PO Box 12"));
        assert_ne!(figures("FAX 97148812233"), figures("FAX 97148812332"));
    }
}
