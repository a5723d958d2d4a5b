//! Addresses: only the country counts (UCP 600 art. 14 j), except where the party is consignee or notify party on a
//! transport document; there the figures in it (telephone, postcode) must not differ.

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

/// Figures of two and more digits (house numbers, postcodes, telephone) that a text prints and an address does not
/// have. Telephone numbers are grouped by taste, so that a group counts as there when the address has its digits.
#[must_use]
pub fn strange_figures(printed: &str, address: &str) -> Vec<String> {
    let known: String = fold(address).chars().filter(char::is_ascii_digit).collect();
    fold(printed)
        .split(|c: char| !c.is_ascii_digit())
        .filter(|run| run.len() > 1 && !known.contains(run))
        .map(str::to_owned)
        .collect()
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
        let address = "Speicherstr. 12, 20457 Hamburg, Tel. 97148812233";
        assert!(strange_figures("SPEICHERSTRASSE 12, D-20457 HAMBURG, +971 4 881-2233", address).is_empty());
        assert_eq!(strange_figures("20475 Hamburg, FAX 97148812332", address), ["20475", "97148812332"]);
    }
}
