//! The unified social credit code 统一社会信用代码 (GB 32100-2015) and the organisation code inside it (GB 11714).
//! A right check digit proves that the characters agree, not that the company exists.

use std::fmt;

use super::fold::fold;

/// The digits of the code: no I, O, S, V, Z.
const ALPHABET: &[u8; 31] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";

/// A code with a right check character.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Uscc(String);

/// Why a text is no unified social credit code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UsccError {
    /// Not 18 characters; carries how many there are.
    Length(usize),
    /// A character that the code does not use, such as I, O, S, V, Z.
    Character(char),
    /// Positions 3 to 8 are not digits.
    Region,
    /// The last character is wrong; carries the right one.
    CheckDigit(char),
}

impl Uscc {
    /// Reads a code; spaces and case do not count.
    ///
    /// # Errors
    /// A [`UsccError`].
    pub fn parse(text: &str) -> Result<Self, UsccError> {
        let code: String = fold(text).chars().filter(|c| *c != ' ').collect();
        let length = code.chars().count();
        if length != 18 {
            return Err(UsccError::Length(length));
        }
        if let Some(wrong) = code.chars().find(|c| value(*c).is_none()) {
            return Err(UsccError::Character(wrong));
        }
        if !code.bytes().skip(2).take(6).all(|b| b.is_ascii_digit()) {
            return Err(UsccError::Region);
        }
        match check(&code) {
            Some(right) if code.ends_with(right) => Ok(Self(code)),
            Some(right) => Err(UsccError::CheckDigit(right)),
            None => Err(UsccError::Length(length)),
        }
    }

    /// The organisation code, characters 9 to 17.
    #[must_use]
    pub fn organisation(&self) -> &str {
        self.0.get(8..17).unwrap_or_default()
    }

    /// False when the organisation code inside has a wrong check digit; old codes may deviate.
    #[must_use]
    pub fn organisation_fits(&self) -> bool {
        let code = self.organisation();
        organisation_check(code).is_some_and(|right| code.ends_with(right))
    }

    /// The 18 characters.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Uscc {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

/// The check digit of the first eight characters of an organisation code.
#[must_use]
pub fn organisation_check(code: &str) -> Option<char> {
    const WEIGHTS: [u32; 8] = [3, 7, 9, 10, 5, 8, 4, 2];
    let eight = code.get(..8)?;
    let sum = eight.chars().zip(WEIGHTS).try_fold(0, |sum, (c, weight)| {
        c.is_ascii_alphanumeric().then_some(())?;
        Some(sum + c.to_digit(36)? * weight)
    })?;
    match 11 - sum % 11 {
        10 => Some('X'),
        11 => Some('0'),
        digit => char::from_digit(digit, 10),
    }
}

fn value(c: char) -> Option<usize> {
    ALPHABET.iter().position(|a| char::from(*a) == c)
}

/// The check character of the first seventeen.
fn check(code: &str) -> Option<char> {
    let mut weight = 1;
    let mut sum = 0;
    for c in code.chars().take(17) {
        sum += value(c)? * weight;
        weight = weight * 3 % 31;
    }
    ALPHABET.get((31 - sum % 31) % 31).map(|b| char::from(*b))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes() {
        for text in [
            "91350100M000100Y43",
            "91110000600037341L",
            "91330200MA2G000080",
            "91330201MA2AFXTR95",
            "91330201MA2GEND07G",
            "91330782MA2FACT14C",
            "91440300MA5DEM0208",
            "91370200MA3DEM035W",
        ] {
            assert_eq!(Uscc::parse(text).map(|u| u.to_string()).as_deref(), Ok(text));
        }
        for text in ["91330201MA2GEND07G", "91330782MA2FACT14C", "91440300MA5DEM0208", "91370200MA3DEM035W"] {
            assert!(Uscc::parse(text).is_ok_and(|u| u.organisation_fits()), "{text}");
        }
    }

    #[test]
    fn wrong_codes() {
        assert_eq!(Uscc::parse("91350100M000100Y4Z"), Err(UsccError::Character('Z')));
        assert_eq!(Uscc::parse("91350100M000100Y44"), Err(UsccError::CheckDigit('3')));
        assert_eq!(Uscc::parse("9135010"), Err(UsccError::Length(7)));
        assert_eq!(Uscc::parse("9135A100M000100Y43"), Err(UsccError::Region));
        assert_eq!(Uscc::parse("9135O100M000100Y43"), Err(UsccError::Character('O')));
        assert_eq!(Uscc::parse(""), Err(UsccError::Length(0)));
    }

    #[test]
    fn organisation_codes() {
        for (eight, digit) in [("60003734", '1'), ("M000100Y", '4'), ("MA2GEND0", '7')] {
            assert_eq!(organisation_check(eight), Some(digit), "{eight}");
        }
        assert_eq!(organisation_check("short"), None);
        assert_eq!(
            Uscc::parse("91110000600037341L").map(|u| u.organisation().to_owned()).as_deref(),
            Ok("600037341")
        );
    }
}
