//! Trade terms as printed: rule, place and edition, compared one by one.

use super::Outcome;
use super::place::{self, Place};
use crate::model::value::Incoterm;

/// How the parts of two terms compare.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Compared {
    /// The three letters are the same rule (C&F is CFR).
    pub rule: bool,
    /// The named places.
    pub place: Place,
    /// The editions; [`Outcome::Missing`] where one is not printed.
    pub year: Outcome,
}

/// Compares two terms.
#[must_use]
pub fn compare(a: &Incoterm, b: &Incoterm) -> Compared {
    let place = match (a.place.trim(), b.place.trim()) {
        ("", _) | (_, "") => Place::Is(Outcome::Missing),
        (x, y) => place::compare(x, y),
    };
    let year = Outcome::of(a.year, b.year, |x, y| if x == y { Outcome::Same } else { Outcome::Different });
    Compared { rule: a.rule == b.rule, place, year }
}

/// The first trade term in running text (45A, a goods description) that names a place, with its edition.
#[must_use]
pub fn find(text: &str) -> Option<Incoterm> {
    let words = crate::model::value::fold::ws(text);
    let starts = words.char_indices().filter(|(at, _)| {
        words.get(..*at).is_some_and(|before| before.chars().next_back().is_none_or(|c| !c.is_alphanumeric()))
    });
    for (at, _) in starts {
        let Some(tail) = words.get(at..) else { continue };
        let head: String = tail.chars().take_while(|c| c.is_ascii_uppercase() || *c == '&').collect();
        if head.chars().count() != 3 {
            continue;
        }
        // A term ends where its sentence does; what follows is goods again.
        let end =
            tail.find(['.', ';', '(']).filter(|end| tail.get(*end..).is_some_and(ends)).unwrap_or(tail.len());
        let cut = tail.get(..end).unwrap_or(tail);
        if let Ok(term) = Incoterm::parse(&edition(cut, tail)) {
            return Some(term);
        }
    }
    None
}

/// A full stop inside `U.A.E.` or `ST. PETERSBURG` ends nothing; `(R)` belongs to the word before it.
fn ends(rest: &str) -> bool {
    let mut chars = rest.chars();
    match chars.next() {
        Some('(') => !rest.starts_with("(R)"),
        Some('.') => chars.next().is_none_or(char::is_whitespace),
        _ => true,
    }
}

/// The term up to its edition: `FOB NINGBO INCOTERMS 2020 PACKED IN CARTONS` ends behind 2020.
fn edition(cut: &str, tail: &str) -> String {
    let upper = tail.to_uppercase();
    let Some(at) = upper.find("INCOTERM").filter(|at| *at <= cut.len() + 2) else { return cut.to_owned() };
    let rest = upper.get(at..).unwrap_or_default();
    let digits = rest.find(|c: char| c.is_ascii_digit()).filter(|n| *n <= 14);
    let Some(first) = digits else { return cut.to_owned() };
    let year: String = rest.chars().skip(first).take_while(char::is_ascii_digit).collect();
    let place = tail.get(..at).unwrap_or_default().trim().trim_end_matches(['(', ',', '.', ';']).trim();
    format!("{place} INCOTERMS {year}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::value::TermRule;

    fn term(text: &str) -> Incoterm {
        Incoterm::parse(text).unwrap()
    }

    #[test]
    fn parts() {
        let full = term("CIF Santos Port Incoterms 2020");
        let compared = compare(&full, &term("CIF SANTOS"));
        assert!(compared.rule);
        assert_eq!((compared.place, compared.year), (Place::Is(Outcome::Normalised), Outcome::Missing));
        assert!(compare(&term("C&F Santos"), &term("CFR Santos")).rule);
        assert!(!compare(&term("FOB Santos"), &term("CFR Santos")).rule);
    }

    #[test]
    fn in_running_text() {
        for (text, rule, place, year) in [
            (
                "STEEL BOWLS, 4,800 SETS AT USD5.25/SET FOB NINGBO INCOTERMS 2020",
                TermRule::Fob,
                "NINGBO",
                Some(2020),
            ),
            (
                "ELECTRIC FANS CIF JEBEL ALI INCOTERMS 2020. 5 PCT MORE OR LESS",
                TermRule::Cif,
                "JEBEL ALI",
                Some(2020),
            ),
            ("Mixing bowls, FOB Ningbo (Incoterms 2020)", TermRule::Fob, "Ningbo", Some(2020)),
            ("T-SHIRTS COTTON, CIF DURBAN", TermRule::Cif, "DURBAN", None),
            ("SUGAR, INCOTERMS 2020 CIF HAMBURG", TermRule::Cif, "HAMBURG", None),
            (
                "YARN CFR CHATTOGRAM INCOTERMS(R) 2020 PACKED IN CARTONS",
                TermRule::Cfr,
                "CHATTOGRAM",
                Some(2020),
            ),
        ] {
            let found = find(text).unwrap_or_else(|| panic!("{text}"));
            assert_eq!((found.rule, found.place.as_str(), found.year), (rule, place, year), "{text}");
        }
        assert_eq!(find("FABRIC FOR CAPS"), None);
        assert_eq!(find("NO TERM AT ALL"), None);
    }
}
