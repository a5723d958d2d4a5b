//! Countries, by ISO 3166-1. The table is data; names are short names as trade documents print them.

use std::fmt;
use std::sync::LazyLock;

use super::fold::fold;
use crate::text::StaticBi;

/// A country or territory of ISO 3166-1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Country(&'static Row);

#[derive(Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct Row {
    code: &'static str,
    code3: &'static str,
    name: &'static str,
    name_zh: &'static str,
    folded: (String, String),
}

/// `code,code3,name,name_zh`, sorted by code; a name with a comma stands in double quotes.
const TABLE: &str = include_str!("countries.csv");

static ROWS: LazyLock<Vec<Row>> = LazyLock::new(|| TABLE.lines().skip(1).filter_map(row).collect());

fn row(line: &'static str) -> Option<Row> {
    let (code, rest) = line.split_once(',')?;
    let (code3, rest) = rest.split_once(',')?;
    let (name, name_zh) = rest.rsplit_once(',')?;
    let name = name.trim_matches('"');
    Some(Row { code, code3, name, name_zh, folded: (plain(name), plain(name_zh)) })
}

/// Names by which documents call a country beside its own.
const ALIASES: &[(&str, &str)] = &[
    ("PRC", "CN"),
    ("P R CHINA", "CN"),
    ("PR CHINA", "CN"),
    ("PEOPLES REPUBLIC OF CHINA", "CN"),
    ("THE PEOPLES REPUBLIC OF CHINA", "CN"),
    ("MAINLAND CHINA", "CN"),
    ("HONG KONG SAR", "HK"),
    ("HONGKONG", "HK"),
    ("HONG KONG CHINA", "HK"),
    ("MACAU", "MO"),
    ("TAIWAN", "TW"),
    ("TAIWAN PROVINCE OF CHINA", "TW"),
    ("UNITED STATES OF AMERICA", "US"),
    ("U S A", "US"),
    ("U S", "US"),
    ("AMERICA", "US"),
    ("UK", "GB"),
    ("U K", "GB"),
    ("GREAT BRITAIN", "GB"),
    ("ENGLAND", "GB"),
    ("SCOTLAND", "GB"),
    ("UNITED KINGDOM OF GREAT BRITAIN AND NORTHERN IRELAND", "GB"),
    ("UAE", "AE"),
    ("U A E", "AE"),
    ("KSA", "SA"),
    ("KINGDOM OF SAUDI ARABIA", "SA"),
    ("KOREA", "KR"),
    ("REPUBLIC OF KOREA", "KR"),
    ("KOREA REPUBLIC OF", "KR"),
    ("DPRK", "KP"),
    ("VIET NAM", "VN"),
    ("RUSSIAN FEDERATION", "RU"),
    ("TURKEY", "TR"),
    ("TURKIYE", "TR"),
    ("HOLLAND", "NL"),
    ("THE NETHERLANDS", "NL"),
    ("CZECH REPUBLIC", "CZ"),
    ("SLOVAK REPUBLIC", "SK"),
    ("MACEDONIA", "MK"),
    ("IVORY COAST", "CI"),
    ("CONGO DR", "CD"),
    ("DR CONGO", "CD"),
    ("DRC", "CD"),
    ("CONGO DRC", "CD"),
    ("CONGO DEM REP", "CD"),
    ("CAPE VERDE", "CV"),
    ("SWAZILAND", "SZ"),
    ("BURMA", "MM"),
    ("BRUNEI DARUSSALAM", "BN"),
    ("LAO PDR", "LA"),
    ("LAO PEOPLES DEMOCRATIC REPUBLIC", "LA"),
    ("SYRIAN ARAB REPUBLIC", "SY"),
    ("ISLAMIC REPUBLIC OF IRAN", "IR"),
    ("UNITED REPUBLIC OF TANZANIA", "TZ"),
    ("REPUBLIC OF MOLDOVA", "MD"),
    ("BOSNIA", "BA"),
    ("EAST TIMOR", "TL"),
    ("HOLY SEE", "VA"),
    ("DEUTSCHLAND", "DE"),
    ("ESPANA", "ES"),
    ("ITALIA", "IT"),
    ("BRASIL", "BR"),
    ("POLSKA", "PL"),
    ("英格兰", "GB"),
    ("阿拉伯联合酋长国", "AE"),
    ("大韩民国", "KR"),
    ("美利坚合众国", "US"),
    ("香港", "HK"),
    ("澳门", "MO"),
    ("台湾", "TW"),
    ("孟加拉", "BD"),
    ("沙特", "SA"),
    ("俄罗斯联邦", "RU"),
];

impl Country {
    /// Reads a code (`DE`, `DEU`) or a name in English or Chinese (`Germany`, `德国`).
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let word = plain(text);
        Self::by_code(&word).or_else(|| {
            let alias = ALIASES.iter().find(|(name, _)| *name == word).map(|(_, code)| *code);
            match alias {
                Some(code) => Self::by_code(code),
                None => ROWS
                    .iter()
                    .find(|r| {
                        r.folded.0 == word || r.folded.1 == word || (word.len() == 3 && r.code3 == word)
                    })
                    .map(Self),
            }
        })
    }

    /// The country of an exact two-letter code.
    #[must_use]
    pub fn by_code(code: &str) -> Option<Self> {
        let at = ROWS.binary_search_by(|row| row.code.cmp(code)).ok()?;
        ROWS.get(at).map(Self)
    }

    /// ISO 3166-1 alpha-2.
    #[must_use]
    pub fn code(self) -> &'static str {
        self.0.code
    }

    /// ISO 3166-1 alpha-3.
    #[must_use]
    pub fn code3(self) -> &'static str {
        self.0.code3
    }

    /// Short name, Chinese and English.
    #[must_use]
    pub fn name(self) -> StaticBi {
        (self.0.name_zh, self.0.name)
    }

    /// All countries by code.
    pub fn all() -> impl Iterator<Item = Self> {
        ROWS.iter().map(Self)
    }
}

impl fmt::Display for Country {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.code())
    }
}

/// Upper case without accents and punctuation, `&` as AND, so that `Côte d'Ivoire` and `COTE D IVOIRE` meet.
fn plain(text: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    let letters: String = fold(text)
        .replace('&', " AND ")
        .nfd()
        .filter(|c| !('\u{300}'..='\u{36f}').contains(c) && *c != '\'')
        .map(|c| if c.is_alphanumeric() { c } else { ' ' })
        .collect();
    letters.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(text: &str) -> Option<&'static str> {
        Country::parse(text).map(Country::code)
    }

    #[test]
    fn the_table_is_whole_and_sorted() {
        assert_eq!(ROWS.len(), 249);
        assert!(ROWS.is_sorted_by(|a, b| a.code < b.code));
        for row in ROWS.iter() {
            assert_eq!((row.code.len(), row.code3.len()), (2, 3), "{}", row.code);
            assert!(row.name_zh.chars().all(|c| !c.is_ascii()), "{}", row.code);
            assert_eq!(code(row.name), Some(row.code), "{}", row.name);
            assert_eq!(code(row.name_zh), Some(row.code), "{}", row.name_zh);
            assert_eq!(code(row.code3), Some(row.code), "{}", row.code3);
        }
        for (name, iso) in ALIASES {
            assert_eq!(code(name), Some(*iso), "{name}");
        }
    }

    #[test]
    fn codes_and_names() {
        for (text, iso) in [
            ("DE", "DE"),
            ("de", "DE"),
            ("Germany", "DE"),
            ("德国", "DE"),
            ("U.S.A.", "US"),
            ("USA", "US"),
            ("United States of America", "US"),
            ("P.R. China", "CN"),
            ("Côte d’Ivoire", "CI"),
            ("COTE D'IVOIRE", "CI"),
            ("Trinidad & Tobago", "TT"),
            ("Viet Nam", "VN"),
            ("Turkey", "TR"),
            ("Taiwan, China", "TW"),
            ("Korea, Republic of", "KR"),
        ] {
            assert_eq!(code(text), Some(iso), "{text}");
        }
        assert_eq!(code("Atlantis"), None);
        assert_eq!(code("XX"), None);
        assert_eq!(code(""), None);
        assert_eq!(Country::parse("KR").map(Country::name), Some(("韩国", "South Korea")));
    }
}
