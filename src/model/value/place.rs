//! Ports and places: the short list of those that export orders name, by UN/LOCODE, with the other names they go by.
//! A place that is not here is unknown, not wrong.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::country::Country;
use super::fold::fold;
use crate::text::StaticBi;

/// A place of the list.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Location {
    /// UN/LOCODE without the space.
    pub code: &'static str,
    /// Name in English.
    pub name: &'static str,
    /// Name in Chinese.
    pub name_zh: &'static str,
    /// UN/LOCODE functions: 1 port, 2 rail, 3 road, 4 airport, 5 post, 6 multimodal.
    pub functions: &'static str,
    /// One place may own several codes; those of one class are the same place.
    class: &'static str,
}

impl Location {
    /// The country's two letters.
    #[must_use]
    pub fn country(&self) -> &'static str {
        self.code.get(..2).unwrap_or_default()
    }

    /// Chinese and English name.
    #[must_use]
    pub fn names(&self) -> StaticBi {
        (self.name_zh, self.name)
    }

    /// True when the place has that UN/LOCODE function.
    #[must_use]
    pub fn has(&self, function: char) -> bool {
        self.functions.contains(function)
    }

    /// The code as papers print it: `CN NGB`.
    #[must_use]
    pub fn printed(&self) -> String {
        format!("{} {}", self.country(), self.code.get(2..).unwrap_or_default())
    }

    /// True when both are the same place under different codes.
    #[must_use]
    pub fn is_same(&self, other: &Self) -> bool {
        self.class == other.class
    }
}

/// How two written places compare.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SamePlace {
    /// One place.
    Same,
    /// One lies in the other: Yantian in Shenzhen. To be looked at, no conflict.
    Contains,
    /// Two places.
    Different,
}

/// City and the ports inside it that have their own code.
const WITHIN: &[(&str, &str)] = &[
    ("CNSZX", "CNYTN"),
    ("CNSZX", "CNSHK"),
    ("CNSZX", "CNCWN"),
    ("CNSZX", "CNDCB"),
    ("CNTSN", "CNTXG"),
    ("CNSHA", "CNYAN"),
    ("CNSHA", "CNPVG"),
    ("CNCAN", "CNNSA"),
    ("CNCAN", "CNHUA"),
    ("CNBJS", "CNPEK"),
    ("VNSGN", "VNCLI"),
    ("PHMNL", "PHMNN"),
    ("PHMNL", "PHMNS"),
    ("NGLOS", "NGAPP"),
    ("NGLOS", "NGTIN"),
    ("PKKHI", "PKBQM"),
    ("KRINC", "KRICN"),
    ("JPTYO", "JPNRT"),
    ("FRPAR", "FRCDG"),
    ("GBLON", "GBLHR"),
];

/// `code;name;name_zh;functions;class;alias|alias`.
const TABLE: &str = include_str!("places.csv");

static PLACES: LazyLock<Vec<(Location, &'static str)>> =
    LazyLock::new(|| TABLE.lines().skip(1).filter_map(row).collect());

/// Every name, code and alias in its plain form.
static NAMES: LazyLock<BTreeMap<String, &'static Location>> = LazyLock::new(|| {
    let mut names = BTreeMap::new();
    for (place, aliases) in PLACES.iter() {
        let written = [place.code, place.name, place.name_zh].into_iter().chain(aliases.split('|'));
        for name in written.filter(|name| !name.is_empty()) {
            // The first code of a place is its main one, as in Shanghai CNSHA before CNSGH.
            names.entry(plain(name)).or_insert(place);
        }
    }
    names
});

fn row(line: &'static str) -> Option<(Location, &'static str)> {
    let mut cells = line.split(';');
    let mut next = || cells.next();
    let (code, name, name_zh, functions, class) = (next()?, next()?, next()?, next()?, next()?);
    let class = if class.is_empty() { code } else { class };
    Some((Location { code, name, name_zh, functions, class }, next()?))
}

/// The place that a text names: a code (`CNNGB`, `CN NGB`), a name, an old name, with or without `Port` and the
/// country. A country that is not the place's own makes it another place, which is unknown.
#[must_use]
pub fn resolve(text: &str) -> Option<&'static Location> {
    let folded = fold(text);
    let squeezed: String = folded.chars().filter(|c| *c != ' ').collect();
    if is_locode_shape(&squeezed)
        && let Some((place, _)) = PLACES.iter().find(|(p, _)| p.code == squeezed)
    {
        return Some(place);
    }
    let name = plain(text);
    if let Some(place) = NAMES.get(&name) {
        return Some(place);
    }
    // `FRANKFURT AIRPORT`: where the airport has no entry of its own, the city stands for it.
    if let Some((head, tail)) = folded.split_once(" AIRPORT") {
        return resolve(&format!("{head}{tail}"));
    }
    let (head, country) = split_country(&folded)?;
    let head = plain(&head);
    let found = NAMES.get(&head).copied().filter(|p| p.country() == country);
    found.or_else(|| {
        let other = |(p, _): &&(Location, &str)| p.country() == country && plain(p.name) == head;
        PLACES.iter().find(other).map(|(p, _)| p)
    })
}

/// The place of an exact code, without the space.
#[must_use]
pub fn by_code(code: &str) -> Option<&'static Location> {
    PLACES.iter().find(|(p, _)| p.code == code).map(|(p, _)| p)
}

/// True for two letters and three of A to Z and 2 to 9, whose country exists.
#[must_use]
pub fn is_locode_shape(text: &str) -> bool {
    let bytes = text.as_bytes();
    let (Some(country), Some(place)) = (bytes.get(..2), bytes.get(2..)) else { return false };
    place.len() == 3
        && country.iter().all(u8::is_ascii_uppercase)
        && place.iter().all(|b| b.is_ascii_uppercase() || (b'2'..=b'9').contains(b))
        && text.get(..2).is_some_and(|code| Country::by_code(code).is_some())
}

/// Compares two written places. `None` when they read differently and one of them is not on the list.
#[must_use]
pub fn same_place(a: &str, b: &str) -> Option<SamePlace> {
    match (resolve(a), resolve(b)) {
        (Some(x), Some(y)) if x.is_same(y) => Some(SamePlace::Same),
        (Some(x), Some(y)) => {
            let inside = |city: &Location, port: &Location| {
                WITHIN.iter().any(|(c, p)| {
                    let same = |place: &Location, code: &str| by_code(code).is_some_and(|l| l.is_same(place));
                    same(city, c) && same(port, p)
                })
            };
            Some(if inside(x, y) || inside(y, x) { SamePlace::Contains } else { SamePlace::Different })
        }
        _ => (without_country(a) == without_country(b)).then_some(SamePlace::Same),
    }
}

fn without_country(text: &str) -> String {
    let folded = fold(text);
    split_country(&folded).map_or_else(|| plain(&folded), |(head, _)| plain(&head))
}

/// Takes a country off the end: behind a comma, or the last word or words.
fn split_country(folded: &str) -> Option<(String, &'static str)> {
    if let Some((head, tail)) = folded.rsplit_once(',')
        && let Some(country) = Country::parse(tail)
    {
        return Some((nested(head), country.code()));
    }
    let words: Vec<&str> = folded.split([' ', ',']).filter(|w| !w.is_empty()).collect();
    (1..words.len().min(6)).rev().find_map(|n| {
        let (head, tail) = words.split_at_checked(words.len() - n)?;
        let tail = tail.join(" ");
        // A word of two letters behind a name without a comma is as likely a province or a part of the name.
        let country = (tail.len() > 2).then(|| Country::parse(tail.trim_matches(['(', ')'])))??;
        Some((nested(&head.join(" ")), country.code()))
    })
}

/// `NINGBO, ZHEJIANG`: the first part is the place.
fn nested(head: &str) -> String {
    head.split(',').next().unwrap_or_default().trim().to_owned()
}

/// Upper case without `PORT OF` before and `PORT`, `SEAPORT`, `AIRPORT` behind, accents and punctuation.
fn plain(text: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    let letters: String = fold(text)
        .nfd()
        .filter(|c| !('\u{300}'..='\u{36f}').contains(c) && *c != '\'')
        .map(|c| if c.is_alphanumeric() { c } else { ' ' })
        .collect();
    let words: Vec<&str> = letters.split_whitespace().collect();
    let mut name = words.join(" ");
    for prefix in ["PORT OF ", "ANY PORT OF "] {
        if let Some(rest) = name.strip_prefix(prefix) {
            name = rest.to_owned();
        }
    }
    for suffix in [" INTERNATIONAL AIRPORT", " SEAPORT", " SEA PORT", " PORT"] {
        if let Some(rest) = name.strip_suffix(suffix) {
            name = rest.to_owned();
        }
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn code(text: &str) -> Option<&'static str> {
        resolve(text).map(|p| p.code)
    }

    #[test]
    fn every_row_reads_itself() {
        for (place, aliases) in PLACES.iter() {
            assert!(is_locode_shape(place.code), "{}", place.code);
            assert_eq!(code(place.code), Some(place.code));
            assert!(place.functions.bytes().all(|b| (b'1'..=b'7').contains(&b)), "{}", place.code);
            for name in
                [place.name, place.name_zh].into_iter().chain(aliases.split('|')).filter(|n| !n.is_empty())
            {
                assert!(resolve(name).is_some_and(|p| p.is_same(place)), "{name} {}", place.code);
            }
        }
        assert_eq!(PLACES.len(), TABLE.lines().count() - 1);
    }

    #[test]
    fn codes_that_orders_use() {
        let codes = "CNSHA CNNGB CNYTN CNSHK CNTAO CNTXG CNXMN CNNSA CNDLC CNPVG HKHKG DEHAM DEFRA DEDUI NLRTM BEANR \
             GBFXT FRLEH ESVLC ITGOA PLGDN TRAMB AEJEA SAJED INNSA BDCGP PKKHI SGSIN MYPKG VNSGN THLCH IDJKT JPTYO \
             KRPUS AUSYD AUMEL USLAX USLGB USNYC CAVAN MXZLO BRSSZ CLSAI ZADUR NGAPP EGALY KZALA PLWAW";
        for locode in codes.split_whitespace() {
            assert_eq!(code(locode), Some(locode));
        }
    }

    #[test]
    fn as_papers_write_them() {
        for (text, locode) in [
            ("Ningbo", "CNNGB"),
            ("Ningbo Port, China", "CNNGB"),
            ("PORT OF NINGBO", "CNNGB"),
            ("NINGBO, P.R. CHINA", "CNNGB"),
            ("NINGBO PORT,CHINA", "CNNGB"),
            ("NINGBO CHINA", "CNNGB"),
            ("Ningbo, Zhejiang, China", "CNNGB"),
            ("宁波", "CNNGB"),
            ("CN NGB", "CNNGB"),
            ("cnngb", "CNNGB"),
            ("Chittagong", "BDCGP"),
            ("CHATTOGRAM SEAPORT, BANGLADESH", "BDCGP"),
            ("Jebel Ali, U.A.E.", "AEJEA"),
            ("JEBEL ALI PORT, UNITED ARAB EMIRATES", "AEJEA"),
            ("Nhava Sheva", "INNSA"),
            ("LONG BEACH, CA, USA", "USLGB"),
            ("Manzanillo, Mexico", "MXZLO"),
            ("Manzanillo, Panama", "PAMIT"),
            ("SANTOS PORT", "BRSSZ"),
            ("Port Klang", "MYPKG"),
            ("Hong Kong", "HKHKG"),
            ("SINGAPORE", "SGSIN"),
        ] {
            assert_eq!(code(text), Some(locode), "{text}");
        }
        for text in ["Atlantis", "", "Hamburg, China", "CNXXX", "China"] {
            assert_eq!(code(text), None, "{text}");
        }
    }

    #[test]
    fn one_place_with_several_codes() {
        for (a, b) in [
            ("CNSHA", "CNSGH"),
            ("CNNGB", "CNNBO"),
            ("CNXMN", "CNXAM"),
            ("CNCAN", "CNGZG"),
            ("CNTAO", "CNQDG"),
            ("USCHI", "USORD"),
            ("Chittagong", "Chattogram"),
            ("CNNGB", "Ningbo Port, China"),
            ("Nowhere", "NOWHERE PORT"),
            ("Nowhere, Germany", "Nowhere"),
        ] {
            assert_eq!(same_place(a, b), Some(SamePlace::Same), "{a} {b}");
        }
        for (a, b) in [("CNTSN", "CNTXG"), ("Yantian", "Shenzhen"), ("CNSZX", "CNSHK")] {
            assert_eq!(same_place(a, b), Some(SamePlace::Contains), "{a} {b}");
        }
        for (a, b) in [("SHEKOU", "YANTIAN"), ("CNSHA", "CNNGB")] {
            assert_eq!(same_place(a, b), Some(SamePlace::Different), "{a} {b}");
        }
        assert_eq!(same_place("Nowhere", "Elsewhere"), None);
    }

    #[test]
    fn shapes_and_functions() {
        for (text, fits) in [
            ("CNNGB", true),
            ("US2AB", true),
            ("CNNG", false),
            ("CN1GB", false),
            ("XXNGB", false),
            ("cnngb", false),
        ] {
            assert_eq!(is_locode_shape(text), fits, "{text}");
        }
        let ningbo = by_code("CNNGB").unwrap();
        assert_eq!((ningbo.printed().as_str(), ningbo.country()), ("CN NGB", "CN"));
        assert!(ningbo.has('1') && !by_code("CNPVG").unwrap().has('1'));
    }

    proptest! {
        #[test]
        fn any_text_is_a_place_or_not(text in "\\PC{0,20}(, China| PORT|)") {
            let _ = (resolve(&text), same_place(&text, "Ningbo"));
        }
    }
}
