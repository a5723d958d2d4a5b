//! Bank identifier codes by ISO 9362.

use std::fmt;

use super::country::Country;
use super::fold::fold;

/// A bank identifier code of eight or eleven characters.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Bic(String);

/// Why a text is no BIC.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BicError {
    /// Not 8 or 11 characters; carries how many there are.
    Length(usize),
    /// A digit among the first four, which are letters in practice, or a character that does not belong.
    Shape,
    /// The fifth and sixth characters are no country.
    Country(String),
}

impl Bic {
    /// Reads a code; spaces and case do not count.
    ///
    /// # Errors
    /// A [`BicError`].
    pub fn parse(text: &str) -> Result<Self, BicError> {
        let code: String = fold(text).chars().filter(|c| *c != ' ').collect();
        let length = code.chars().count();
        if !matches!(length, 8 | 11) {
            return Err(BicError::Length(length));
        }
        let (Some(bank), Some(country), Some(rest)) = (code.get(..4), code.get(4..6), code.get(6..)) else {
            return Err(BicError::Shape);
        };
        let letters = |s: &str| s.bytes().all(|b| b.is_ascii_uppercase());
        let both = |s: &str| s.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit());
        if !letters(bank) || !letters(country) || !both(rest) {
            return Err(BicError::Shape);
        }
        if country != "XK" && Country::by_code(country).is_none() {
            return Err(BicError::Country(country.to_owned()));
        }
        Ok(Self(code))
    }

    /// The bank's country, to be compared with that of the IBAN.
    #[must_use]
    pub fn country(&self) -> &str {
        self.0.get(4..6).unwrap_or_default()
    }

    /// True for a test code, whose eighth character is 0.
    #[must_use]
    pub fn is_test(&self) -> bool {
        self.0.as_bytes().get(7) == Some(&b'0')
    }

    /// True for a passive participant, whose eighth character is 1.
    #[must_use]
    pub fn is_passive(&self) -> bool {
        self.0.as_bytes().get(7) == Some(&b'1')
    }

    /// The code as written by machines.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Bic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes() {
        for (text, country) in
            [("BKCHCNBJ910", "CN"), ("DEUTDEFF", "DE"), ("HSBCHKHHHKH", "HK"), ("deutdeff", "DE")]
        {
            assert_eq!(Bic::parse(text).map(|b| b.country().to_owned()).as_deref(), Ok(country), "{text}");
        }
        assert_eq!(Bic::parse("CHASUS33XX"), Err(BicError::Length(10)));
        assert_eq!(Bic::parse("1KCHCNBJ"), Err(BicError::Shape));
        assert_eq!(Bic::parse("DEUTXXFF"), Err(BicError::Country("XX".into())));
        assert_eq!(Bic::parse("中国银行北京分行"), Err(BicError::Shape));
        assert_eq!(Bic::parse(""), Err(BicError::Length(0)));
        assert!(Bic::parse("DEUTDEF0").is_ok_and(|b| b.is_test() && !b.is_passive()));
        assert!(Bic::parse("DEUTDEF1").is_ok_and(|b| b.is_passive()));
    }
}
