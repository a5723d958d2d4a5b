//! Codes of the Harmonized System: their form, and which ones an edition withdrew. No tariff is built in.

use std::fmt;
use std::sync::LazyLock;

/// A code of 6, 8, 10 or 13 digits: subheading, tariff line, declaration code, declaration code with CIQ suffix.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct HsCode(String);

/// Why a text is no HS code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HsError {
    /// A character that is no digit (dots and spaces between digits are fine).
    NotDigits,
    /// Not 6, 8, 10 or 13 digits; carries how many there are.
    Length(usize),
    /// Chapter 00 or 77, or above 97 and not reserved for national use.
    Chapter(u8),
}

impl HsCode {
    /// Reads a code; dots and spaces between the digits do not count.
    ///
    /// # Errors
    /// An [`HsError`].
    pub fn parse(text: &str) -> Result<Self, HsError> {
        let code: String = text.trim().chars().filter(|c| !matches!(c, '.' | ' ')).collect();
        if !code.bytes().all(|b| b.is_ascii_digit()) {
            return Err(HsError::NotDigits);
        }
        if !matches!(code.len(), 6 | 8 | 10 | 13) {
            return Err(HsError::Length(code.len()));
        }
        let chapter = code.get(..2).and_then(|c| c.parse().ok()).unwrap_or_default();
        match chapter {
            1..=76 | 78..=99 => Ok(Self(code)),
            other => Err(HsError::Chapter(other)),
        }
    }

    /// The digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The first six digits, which agree on all documents of the world.
    #[must_use]
    pub fn root(&self) -> &str {
        self.0.get(..6).unwrap_or_default()
    }

    /// The chapter, 1 to 99.
    #[must_use]
    pub fn chapter(&self) -> u8 {
        self.0.get(..2).and_then(|c| c.parse().ok()).unwrap_or_default()
    }

    /// True where the edition of 2022 no longer has the subheading; with the ones it was split into, where the
    /// numbers show them.
    #[must_use]
    pub fn withdrawn_in_2022(&self) -> Option<&'static str> {
        let at = WITHDRAWN.binary_search_by_key(&self.root(), |(old, _)| *old).ok()?;
        WITHDRAWN.get(at).map(|(_, new)| *new)
    }

    /// True for chapters 98 and 99, which mean something else in every country.
    #[must_use]
    pub fn is_national(&self) -> bool {
        self.chapter() >= 98
    }
}

/// Subheadings of the edition of 2017 that the edition of 2022 no longer has, by number, each with what it was split
/// into. The difference of the two lists of codes (UN Comtrade, H5 and H6).
static WITHDRAWN: LazyLock<Vec<(&'static str, &'static str)>> = LazyLock::new(|| {
    include_str!("hs_withdrawn.csv").lines().filter_map(|line| line.split_once(',')).collect()
});

impl fmt::Display for HsCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes() {
        for text in ["732393", "73239300", "7323930000", "7323930000101", "8539520000"] {
            assert_eq!(HsCode::parse(text).map(|c| c.to_string()).as_deref(), Ok(text));
        }
        let dotted = HsCode::parse("8539.52.0000").unwrap();
        assert_eq!((dotted.as_str(), dotted.root(), dotted.chapter()), ("8539520000", "853952", 85));
        assert_eq!(HsCode::parse("73239"), Err(HsError::Length(5)));
        assert_eq!(HsCode::parse("7323"), Err(HsError::Length(4)));
        assert_eq!(HsCode::parse(""), Err(HsError::Length(0)));
        assert_eq!(HsCode::parse("772393"), Err(HsError::Chapter(77)));
        assert_eq!(HsCode::parse("002393"), Err(HsError::Chapter(0)));
        assert_eq!(HsCode::parse("73239X"), Err(HsError::NotDigits));
        assert_eq!(HsCode::parse("７３２３９３"), Err(HsError::NotDigits));
        assert!(HsCode::parse("980100").is_ok_and(|c| c.is_national()));
    }

    #[test]
    fn subheadings_of_an_older_edition() {
        let withdrawn = |code| HsCode::parse(code).unwrap().withdrawn_in_2022();
        assert_eq!(withdrawn("8541.40"), Some("854141 854142 854143 854149"));
        assert_eq!(withdrawn("8541430000"), None);
        assert_eq!(withdrawn("9405100000"), Some("940511 940519"));
        assert_eq!(withdrawn("880390"), Some(""), "a whole heading moved");
        assert_eq!(withdrawn("7323930000"), None);
        assert!(WITHDRAWN.is_sorted() && WITHDRAWN.len() > 100);
        assert!(WITHDRAWN.iter().all(|(old, _)| HsCode::parse(old).is_ok_and(|c| c.root() == *old)));
    }
}
