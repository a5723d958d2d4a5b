//! Numbers of Chinese customs declarations 报关单号: 18 digits that tell the office, the year and the direction.

use std::fmt;

/// A declaration number.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DeclarationNumber(String);

/// Which way the goods go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Direction {
    /// Export 出口.
    Export,
    /// Import 进口.
    Import,
}

/// Why a text is no declaration number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DeclarationError {
    /// Not 18 digits; carries how many characters there are.
    Length(usize),
    /// A character that is no digit.
    NotDigits,
    /// The ninth digit is neither 0 (export) nor 1 (import).
    Flag(u8),
}

impl DeclarationNumber {
    /// Reads a number; spaces do not count.
    ///
    /// # Errors
    /// A [`DeclarationError`].
    pub fn parse(text: &str) -> Result<Self, DeclarationError> {
        let number: String = text.chars().filter(|c| *c != ' ').collect();
        if !number.bytes().all(|b| b.is_ascii_digit()) {
            return Err(DeclarationError::NotDigits);
        }
        if number.len() != 18 {
            return Err(DeclarationError::Length(number.len()));
        }
        match number.as_bytes().get(8) {
            Some(b'0' | b'1') => Ok(Self(number)),
            flag => Err(DeclarationError::Flag(flag.map_or(0, |b| b - b'0'))),
        }
    }

    /// The four digits of the customs office.
    #[must_use]
    pub fn office(&self) -> &str {
        self.0.get(..4).unwrap_or_default()
    }

    /// The year of the declaration.
    #[must_use]
    pub fn year(&self) -> i32 {
        self.0.get(4..8).and_then(|y| y.parse().ok()).unwrap_or_default()
    }

    /// Export or import.
    #[must_use]
    pub fn direction(&self) -> Direction {
        if self.0.as_bytes().get(8) == Some(&b'1') { Direction::Import } else { Direction::Export }
    }
}

impl fmt::Display for DeclarationNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers() {
        let export = DeclarationNumber::parse("310120260123456789").unwrap();
        assert_eq!((export.office(), export.year(), export.direction()), ("3101", 2026, Direction::Export));
        let import = DeclarationNumber::parse("310120261123456789").unwrap();
        assert_eq!(import.direction(), Direction::Import);
        assert_eq!(DeclarationNumber::parse("310120262123456789"), Err(DeclarationError::Flag(2)));
        assert_eq!(DeclarationNumber::parse("31012026012345678"), Err(DeclarationError::Length(17)));
        assert_eq!(DeclarationNumber::parse("31012026012345678X"), Err(DeclarationError::NotDigits));
        assert_eq!(DeclarationNumber::parse(""), Err(DeclarationError::Length(0)));
    }
}
