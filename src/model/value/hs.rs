//! Codes of the Harmonized System. Only their form is known here; no tariff is built in.

use std::fmt;

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

    /// True for chapters 98 and 99, which mean something else in every country.
    #[must_use]
    pub fn is_national(&self) -> bool {
        self.chapter() >= 98
    }
}

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
}
