//! Ports and places: one place may have several codes and names (Chittagong, Chattogram, BDCGP), and a credit may
//! name a range (`ANY CHINESE PORT`).

use super::{Outcome, typo};
use crate::model::value::Country;
use crate::model::value::fold::{fold, ws};
use crate::model::value::place::{self, SamePlace};

/// How two written places compare; [`Place::Within`] is for a person to look at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// As other values compare.
    Is(Outcome),
    /// One lies in the other: Yantian in Shenzhen.
    Within,
}

/// Compares two places that papers print.
#[must_use]
pub fn compare(a: &str, b: &str) -> Place {
    if ws(a) == ws(b) {
        return Place::Is(Outcome::Same);
    }
    match place::same_place(a, b) {
        Some(SamePlace::Same) => Place::Is(Outcome::Normalised),
        Some(SamePlace::Contains) => Place::Within,
        Some(SamePlace::Different) => Place::Is(Outcome::Different),
        // Neither may be on the list: what they have in common decides.
        // A code of three letters (LGG) may be that airport: only a person can tell.
        None if is_air_code(a) != is_air_code(b) => Place::Within,
        None => Place::Is(unlisted(a, b)),
    }
}

fn is_air_code(text: &str) -> bool {
    let text = text.trim();
    text.len() == 3 && text.bytes().all(|b| b.is_ascii_uppercase())
}

fn unlisted(a: &str, b: &str) -> Outcome {
    let (x, y) = (words(a), words(b));
    let (short, long) = if x.len() <= y.len() { (&x, &y) } else { (&y, &x) };
    if !short.is_empty() && long.starts_with(short) {
        return Outcome::Normalised;
    }
    if typo::is_slip(&x.join(" "), &y.join(" ")) { Outcome::Typo } else { Outcome::Different }
}

/// The words of a place, without `PORT` and what stands around it.
fn words(text: &str) -> Vec<String> {
    let folded = fold(text);
    let letters: String = folded.chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
    let filler = ["PORT", "SEAPORT", "AIRPORT", "OF", "INTERNATIONAL", "THE", "ANY"];
    letters.split_whitespace().filter(|w| !filler.contains(w)).map(str::to_owned).collect()
}

/// What a credit asks of a place: one, or any of a country or a region.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Range {
    /// Any port or airport of a country.
    Country(&'static str),
    /// Any of several places: `NINGBO OR SHANGHAI`, `SHANGHAI/NINGBO`.
    OneOf(Vec<String>),
    /// A region that no list knows (`ANY EUROPEAN PORT`): a person must look.
    Unknown,
}

/// More places than any credit names side by side are no list of places.
const MOST: usize = 40;

/// The range that a text names; nothing where it names a single place.
#[must_use]
pub fn range(text: &str) -> Option<Range> {
    let folded = fold(text);
    let letters: String =
        folded.chars().map(|c| if c.is_alphanumeric() || c == '/' { c } else { ' ' }).collect();
    let all: Vec<&str> = letters.split_whitespace().collect();
    let port =
        |w: &&str| matches!(*w, "PORT" | "PORTS" | "SEAPORT" | "SEAPORTS" | "AIRPORT" | "AIRPORTS" | "PLACE");
    let open = all.iter().any(|w| matches!(*w, "ANY" | "MAIN"))
        && (all.iter().any(port) || all.first() == Some(&"ANY"));
    if open {
        let filler = ["ANY", "MAIN", "IN", "OF", "THE", "A", "OR"];
        let rest: Vec<&str> = all.into_iter().filter(|w| !port(w) && !filler.contains(w)).collect();
        let name = rest.join(" ");
        return Some(country(&name).map_or(Range::Unknown, Range::Country));
    }
    let parts: Vec<String> = folded
        .replace(" OR ", "/")
        .split(['/', ';'])
        .map(|part| part.trim().trim_matches(',').trim().to_owned())
        .filter(|part| !part.is_empty())
        .collect();
    if parts.len() > MOST {
        return Some(Range::Unknown);
    }
    (parts.len() > 1 && parts.iter().all(|part| part.chars().count() > 2)).then_some(Range::OneOf(parts))
}

/// A country by its name or by the adjective that credits use.
fn country(name: &str) -> Option<&'static str> {
    const ADJECTIVES: &[(&str, &str)] = &[
        ("CHINESE", "CN"),
        ("GERMAN", "DE"),
        ("INDIAN", "IN"),
        ("JAPANESE", "JP"),
        ("KOREAN", "KR"),
        ("BRITISH", "GB"),
        ("UK", "GB"),
        ("US", "US"),
        ("AMERICAN", "US"),
        ("FRENCH", "FR"),
        ("ITALIAN", "IT"),
        ("SPANISH", "ES"),
        ("DUTCH", "NL"),
        ("TURKISH", "TR"),
        ("BRAZILIAN", "BR"),
        ("MEXICAN", "MX"),
        ("CANADIAN", "CA"),
        ("AUSTRALIAN", "AU"),
        ("VIETNAMESE", "VN"),
        ("THAI", "TH"),
        ("INDONESIAN", "ID"),
        ("MALAYSIAN", "MY"),
        ("BANGLADESHI", "BD"),
        ("PAKISTANI", "PK"),
        ("UAE", "AE"),
        ("PRC", "CN"),
        ("MAINLAND CHINA", "CN"),
        ("P R CHINA", "CN"),
        ("PR CHINA", "CN"),
    ];
    let known = ADJECTIVES.iter().find(|(word, _)| *word == name).map(|(_, code)| *code);
    known.or_else(|| Country::parse(name).map(Country::code))
}

/// Compares a place on a paper with what the credit asks; `None` where a person must look.
#[must_use]
pub fn fits(printed: &str, asked: &str) -> Option<Place> {
    match range(asked) {
        None => Some(compare(printed, asked)),
        Some(Range::Unknown) => None,
        Some(Range::Country(code)) => {
            let found =
                place::resolve(printed).map(place::Location::country).or_else(|| named_country(printed));
            // A place that is on no list may still lie in that country.
            found.map(|c| Place::Is(if c == code { Outcome::Normalised } else { Outcome::Different }))
        }
        Some(Range::OneOf(places)) => places
            .iter()
            .map(|asked| compare(printed, asked))
            .find(|outcome| matches!(outcome, Place::Is(o) if o.agrees()))
            .or(Some(Place::Is(Outcome::Different))),
    }
}

/// The country behind the last comma.
fn named_country(text: &str) -> Option<&'static str> {
    Country::parse(fold(text).rsplit(',').next()?.trim()).map(Country::code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writings_of_one_place() {
        for (a, b) in [
            ("Ningbo Port, China", "CNNGB"),
            ("NINGBO", "Ningbo"),
            ("Chittagong, Bangladesh", "Chattogram"),
            ("New York, USA", "New York"),
            ("Somewhere", "SOMEWHERE PORT, CHILE"),
        ] {
            assert_eq!(compare(a, b), Place::Is(Outcome::Normalised), "{a} / {b}");
        }
        assert_eq!(compare("FRA", "FRANKFURT AIRPORT, GERMANY"), Place::Is(Outcome::Normalised));
        assert_eq!(compare("XQZ", "LITTLE TOWN AIRPORT"), Place::Within);
        assert_eq!(compare("NINGBO", "NINGBO"), Place::Is(Outcome::Same));
        assert_eq!(compare("SHEKOU", "YANTIAN"), Place::Is(Outcome::Different));
        assert_eq!(compare("YANTIAN", "SHENZHEN"), Place::Within);
        assert_eq!(compare("Nowhere", "Elsewhere"), Place::Is(Outcome::Different));
        assert_eq!(compare("Portville Harbor", "Portvile Harbor"), Place::Is(Outcome::Typo));
    }

    #[test]
    fn ranges() {
        assert_eq!(range("ANY CHINESE PORT"), Some(Range::Country("CN")));
        assert_eq!(range("ANY CHINA PORT"), Some(Range::Country("CN")));
        assert_eq!(range("ANY PORT IN CHINA"), Some(Range::Country("CN")));
        assert_eq!(range("MAIN PORTS OF JAPAN"), Some(Range::Country("JP")));
        assert_eq!(range("ANY EUROPEAN PORT"), Some(Range::Unknown));
        assert_eq!(range("NINGBO OR SHANGHAI"), Some(Range::OneOf(vec!["NINGBO".into(), "SHANGHAI".into()])));
        for single in ["NINGBO", "PORT OF NINGBO, CHINA", "JEBEL ALI", "PORT KLANG"] {
            assert_eq!(range(single), None, "{single}");
        }
        assert_eq!(fits("NINGBO", "ANY CHINA PORT"), Some(Place::Is(Outcome::Normalised)));
        assert_eq!(fits("HAMBURG", "ANY CHINA PORT"), Some(Place::Is(Outcome::Different)));
        assert_eq!(fits("HAMBURG", "ANY EUROPEAN PORT"), None);
        assert_eq!(fits("Beilun, China", "ANY CHINESE PORT"), Some(Place::Is(Outcome::Normalised)));
        assert_eq!(fits("SHANGHAI", "NINGBO/SHANGHAI"), Some(Place::Is(Outcome::Same)));
        assert_eq!(fits("QINGDAO", "NINGBO/SHANGHAI"), Some(Place::Is(Outcome::Different)));
    }
}
