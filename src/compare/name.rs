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

/// Words that say what kind of company a name belongs to, as [`plain`] writes them.
const FORMS: &[&str] = &[
    "AB",
    "AG",
    "APS",
    "AS",
    "ASA",
    "BHD",
    "BV",
    "CJSC",
    "COMPANY",
    "CORPORATION",
    "CV",
    "DOO",
    "EOOD",
    "FZCO",
    "FZE",
    "GMBH",
    "INCORPORATED",
    "JSC",
    "KFT",
    "KG",
    "KK",
    "LIMITADA",
    "LIMITED",
    "LLC",
    "LLP",
    "LP",
    "MBH",
    "NV",
    "OHG",
    "OJSC",
    "OO",
    "OOD",
    "OOO",
    "OY",
    "OYJ",
    "PJSC",
    "PLC",
    "PRIVATE",
    "PROPRIETARY",
    "RL",
    "SA",
    "SARL",
    "SAS",
    "SDN",
    "SE",
    "SL",
    "SLU",
    "SP",
    "SPA",
    "SRL",
    "SRO",
    "STI",
    "TOO",
    "UG",
    "WLL",
    "ZRT",
];

/// Words that belong to a form of company only between others: `S.A. de C.V.`, `Sp. z o.o.`, `GmbH & Co. KG`.
const JOINTS: &[&str] = &["AND", "DE", "Z"];

/// The same for names in Chinese, the longest first.
const FORMS_ZH: &[&str] = &["股份有限公司", "有限责任公司", "有限公司", "公司"];

/// A name and its form of company, both as [`plain`] writes them.
fn formed(name: &str) -> (String, String) {
    let plain = plain(name);
    if let Some((stem, form)) = FORMS_ZH.iter().find_map(|f| Some((plain.strip_suffix(f)?, *f)))
        && !stem.is_empty()
    {
        return (stem.trim_end().to_owned(), form.to_owned());
    }
    let words: Vec<&str> = plain.split(' ').collect();
    let mut at = words.len();
    let mut end = at;
    while let Some(word) = at.checked_sub(1).filter(|n| *n > 0).and_then(|n| words.get(n)) {
        if FORMS.contains(word) {
            end = at - 1;
        } else if !JOINTS.contains(word) {
            break;
        }
        at -= 1;
    }
    let (stem, form) = words.split_at(end);
    (stem.join(" "), form.join(" "))
}

/// Compares the names of two firms as somebody reads them on a bank's advice, which often leaves out the form of
/// company or cuts it short. Two different forms are two firms.
#[must_use]
pub fn firm(a: &str, b: &str) -> Outcome {
    let whole = compare(a, b);
    if whole.agrees() {
        return whole;
    }
    let ((x, form), (y, other)) = (formed(a), formed(b));
    let (form, other) = (form.replace(' ', ""), other.replace(' ', ""));
    let loose = form.starts_with(&other) || other.starts_with(&form);
    let (x, y) = (x.replace(' ', ""), y.replace(' ', ""));
    match (loose && !x.is_empty(), whole) {
        (true, _) if x == y => Outcome::Normalised,
        (true, _) if typo::is_slip(&x, &y) => Outcome::Typo,
        (false, Outcome::Typo) if x == y => Outcome::Different,
        (_, outcome) => outcome,
    }
}

/// Compares the name of a firm with a text that begins with a name and may go on with an address, parted from it by
/// a comma or a line.
#[must_use]
pub fn firm_block(block: &str, name: &str) -> Outcome {
    let ends = block.match_indices([',', '，', ';', '；', '\n']).map(|(at, _)| at).take(4);
    let heads = ends.filter_map(|at| block.get(..at)).map(str::trim).filter(|head| !head.is_empty());
    let all = std::iter::once(block).chain(heads);
    all.map(|text| firm(text, name)).min().unwrap_or(Outcome::Different)
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
    fn firms_on_a_bank_advice() {
        for (a, b) in [
            ("HANSE LICHT", "Hanse Licht GmbH"),
            ("Hanse Licht GmbH", "Hanse Licht GmbH & Co. KG"),
            ("UMHLANGA TILES PTY", "Umhlanga Tiles (Pty) Ltd"),
            ("CASA BLANCA HOGAR", "Casa Blanca Hogar S.A. de C.V."),
            ("Wisla Home", "Wisla Home Sp. z o.o."),
            ("SUMMIT PACKS INC", "Summit Packs, Inc."),
            ("YIWU LAMP CO", "Yiwu Lamp Co., Ltd."),
            ("汉萨照明", "汉萨照明有限公司"),
        ] {
            assert!(firm(a, b).agrees() && firm(b, a).agrees(), "{a} / {b}: {:?} {:?}", formed(a), formed(b));
        }
        for (a, b) in [
            ("Hanse Licht AG", "Hanse Licht GmbH"),
            ("Hanse Licht SA", "Hanse Licht SAS Holding"),
            ("Hanse Licht Trading GmbH", "Hanse Licht GmbH"),
            ("Company Limited", "Limited"),
            ("汉萨贸易有限公司", "汉萨照明有限公司"),
        ] {
            assert_eq!(firm(a, b), Outcome::Different, "{a} / {b}: {:?} {:?}", formed(a), formed(b));
        }
        assert_eq!(firm("HANSE LIGHT", "Hanse Licht GmbH"), Outcome::Typo);
        assert_eq!(
            firm_block("HANSE LICHT, SPEICHERSTRASSE 12, HAMBURG", "Hanse Licht GmbH"),
            Outcome::Normalised
        );
        assert_eq!(firm_block("SUMMIT PACKS, INC.", "Summit Packs Inc"), Outcome::Normalised);
        assert_eq!(firm_block("HANSE LICHT TRADING FZE, DUBAI", "Hanse Licht GmbH"), Outcome::Different);
        assert_eq!(firm_block("", "Hanse Licht GmbH"), Outcome::Different);
    }

    #[test]
    fn blocks_with_an_address() {
        assert_eq!(compare_block("AL NOOR LLC, P.O. BOX 12, DUBAI", "Al Noor L.L.C."), Outcome::Normalised);
        assert_eq!(compare_block("AL NOUR LLC, P.O. BOX 12, DUBAI", "Al Noor LLC"), Outcome::Typo);
        assert_eq!(compare_block("SOMEBODY ELSE, DUBAI", "Al Noor LLC"), Outcome::Different);
        assert_eq!(compare_block("AL NOORA TRADING", "Al Noor"), Outcome::Typo);
    }
}
