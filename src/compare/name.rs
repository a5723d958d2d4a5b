//! Names of companies and banks. Case, punctuation and the usual abbreviations (ISBP 745 A1, A2) make no difference.

use super::Outcome;
use super::typo;
use crate::model::value::fold::{fold, ws};

/// Abbreviation and what it stands for. Where a word has two readings (IND), the shortest stem stands for both.
const SHORT: &[(&str, &str)] = &[
    ("CO", "COMPANY"),
    ("COS", "COMPANIES"),
    ("LTD", "LIMITED"),
    ("LTDA", "LIMITADA"),
    ("CORP", "CORPORATION"),
    ("INC", "INCORPORATED"),
    ("INTL", "INTERNATIONAL"),
    ("INT'L", "INTERNATIONAL"),
    ("IND", "INDUSTRY"),
    ("INDS", "INDUSTRY"),
    ("INDUSTRIES", "INDUSTRY"),
    ("MFG", "MANUFACTURING"),
    ("MFR", "MANUFACTURER"),
    ("MFRS", "MANUFACTURER"),
    ("MANUFACTURERS", "MANUFACTURER"),
    ("IMP", "IMPORT"),
    ("EXP", "EXPORT"),
    ("TRDG", "TRADING"),
    ("TRD", "TRADING"),
    ("BROS", "BROTHERS"),
    ("ENT", "ENTERPRISE"),
    ("ENTERPRISES", "ENTERPRISE"),
    ("PVT", "PRIVATE"),
    ("PTY", "PROPRIETARY"),
    ("PTE", "PRIVATE"),
    ("DEPT", "DEPARTMENT"),
    ("TECH", "TECHNOLOGY"),
    ("ELEC", "ELECTRIC"),
    ("BR", "BRANCH"),
    ("BK", "BANK"),
    ("NATL", "NATIONAL"),
];

/// The name by which two writings are compared: `Gendan Trdg. Co.,Ltd` is `GENDAN TRADING COMPANY LIMITED`.
#[must_use]
pub fn plain(name: &str) -> String {
    let folded = fold(name).replace('&', " AND ");
    let mut spaced = String::with_capacity(folded.len());
    for c in folded.chars() {
        match c {
            '\'' | '"' | '(' | ')' => {}
            // A comma or a full stop parts words as often as it ends one: `Co.,Ltd`.
            '-' | '/' | ',' | ';' | ':' => spaced.push(' '),
            '.' => spaced.push('.'),
            _ => spaced.push(c),
        }
    }
    let words = spaced.split_whitespace().flat_map(|word| dotted(word).collect::<Vec<_>>());
    words.map(|word| long(&word).to_owned()).collect::<Vec<_>>().join(" ")
}

/// `S.A.` is one word, `CO.LTD` is two.
fn dotted(word: &str) -> impl Iterator<Item = String> {
    let parts: Vec<&str> = word.split('.').filter(|part| !part.is_empty()).collect();
    let initials = parts.len() > 1 && parts.iter().all(|part| part.chars().count() == 1);
    if initials { vec![parts.concat()] } else { parts.into_iter().map(str::to_owned).collect() }.into_iter()
}

fn long(word: &str) -> &str {
    SHORT.iter().find(|(short, _)| *short == word).map_or(word, |(_, long)| long)
}

/// Compares two names.
#[must_use]
pub fn compare(a: &str, b: &str) -> Outcome {
    if ws(a) == ws(b) {
        return Outcome::Same;
    }
    let (x, y) = (plain(a), plain(b));
    if x == y || x.replace(' ', "") == y.replace(' ', "") {
        Outcome::Normalised
    } else if typo::is_slip(&x, &y) {
        Outcome::Typo
    } else {
        Outcome::Different
    }
}

/// True when a text of several lines (a party block on a paper) begins with this name, whatever follows it.
#[must_use]
pub fn heads(block: &str, name: &str) -> bool {
    let (block, name) = (plain(block), plain(name));
    !name.is_empty() && block.strip_prefix(&name).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
}

/// Compares a name with a party block: the name alone, or the name followed by an address.
#[must_use]
pub fn compare_block(block: &str, name: &str) -> Outcome {
    match compare(block, name) {
        Outcome::Different if heads(block, name) => Outcome::Normalised,
        Outcome::Different => {
            // The name line of the block with as many words as the name has: a slip in it is still a slip.
            let words = plain(name).split(' ').count();
            let head = plain(block).split(' ').take(words).collect::<Vec<_>>().join(" ");
            if typo::is_slip(&head, &plain(name)) { Outcome::Typo } else { Outcome::Different }
        }
        outcome => outcome,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writings_of_one_name() {
        assert_eq!(plain("Gendan Trdg. Co.,Ltd"), "GENDAN TRADING COMPANY LIMITED");
        for (a, b) in [
            ("GENDAN TRADING CO.,LTD", "Gendan Trading Company Limited"),
            ("A & B Imp. & Exp. Corp.", "A AND B IMPORT AND EXPORT CORPORATION"),
            ("Casa Lima S.A.", "CASA LIMA SA"),
            ("SUN-RISE IND. CO. LTD.", "Sun Rise Industries Co., Ltd"),
            ("Al Noor (Dubai) L.L.C", "AL NOOR DUBAI LLC"),
            ("Global Inc", "Global Incorporated"),
            ("Wal-Mart Stores", "Walmart Stores"),
        ] {
            assert_eq!(compare(a, b), Outcome::Normalised, "{a} / {b}: {} / {}", plain(a), plain(b));
        }
        assert_eq!(compare("Ａ公司", "A公司"), Outcome::Same);
        assert_eq!(compare("GENDAN TRADING", "GENDAM TRADING"), Outcome::Typo);
        assert_eq!(compare("Global Trade Corp", "Global Traders Corp"), Outcome::Typo);
        assert_eq!(compare("Hanse Licht GmbH", "Baltyk Sp. z o.o."), Outcome::Different);
        assert_eq!(compare("Mitra Textiles 1", "Mitra Textiles 2"), Outcome::Different);
    }

    #[test]
    fn blocks_with_an_address() {
        assert_eq!(compare_block("AL NOOR LLC, P.O. BOX 12, DUBAI", "Al Noor L.L.C."), Outcome::Normalised);
        assert_eq!(compare_block("AL NOUR LLC, P.O. BOX 12, DUBAI", "Al Noor LLC"), Outcome::Typo);
        assert_eq!(compare_block("SOMEBODY ELSE, DUBAI", "Al Noor LLC"), Outcome::Different);
        assert_eq!(compare_block("AL NOORA TRADING", "Al Noor"), Outcome::Typo);
    }
}
