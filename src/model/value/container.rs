//! Container numbers by ISO 6346, with the right check digit where the written one is wrong.

use std::fmt;

use super::fold::fold;

/// A container number with a right check digit: eleven characters without spaces.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ContainerNumber(String);

/// Why a text is no container number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ContainerError {
    /// Not four letters and seven digits.
    Shape,
    /// The fourth letter is not U, J or Z.
    Category(char),
    /// The check digit is wrong.
    CheckDigit {
        /// The digit that is written.
        written: u8,
        /// The digit that belongs to the other ten characters.
        right: u8,
        /// Numbers that are right and differ by two neighbours swapped.
        swapped: Vec<String>,
    },
}

impl ContainerNumber {
    /// Reads a number; spaces, hyphens and case do not count.
    ///
    /// # Errors
    /// A [`ContainerError`] that tells shape, category and check digit apart.
    pub fn parse(text: &str) -> Result<Self, ContainerError> {
        let number: String = fold(text).chars().filter(|c| !matches!(c, ' ' | '-' | '/')).collect();
        let written = shape(&number)?;
        let right = check_digit(&number).ok_or(ContainerError::Shape)?;
        if written == right {
            return Ok(Self(number));
        }
        Err(ContainerError::CheckDigit { written, right, swapped: swapped(&number) })
    }

    /// The eleven characters.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// True when the sum leaves 10 and the digit is 0: ISO 6346 advises against such numbers, yet they exist.
    #[must_use]
    pub fn is_discouraged(&self) -> bool {
        sum(&self.0) % 11 == 10
    }
}

impl fmt::Display for ContainerNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

/// The check digit that belongs to the first ten characters.
#[must_use]
pub fn check_digit(number: &str) -> Option<u8> {
    let ten = number.get(..10)?;
    if !ten.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit()) {
        return None;
    }
    u8::try_from(sum(ten) % 11 % 10).ok()
}

fn shape(number: &str) -> Result<u8, ContainerError> {
    let bytes = number.as_bytes();
    let (Some(letters), Some(digits)) = (bytes.get(..4), bytes.get(4..11)) else {
        return Err(ContainerError::Shape);
    };
    let fits = bytes.len() == 11
        && letters.iter().all(u8::is_ascii_uppercase)
        && digits.iter().all(u8::is_ascii_digit);
    match (fits, letters, digits) {
        (true, [.., b'U' | b'J' | b'Z'], [.., last]) => Ok(last - b'0'),
        (true, [.., category], _) => Err(ContainerError::Category(char::from(*category))),
        _ => Err(ContainerError::Shape),
    }
}

/// Σ value · 2^i over the first ten characters.
fn sum(number: &str) -> u32 {
    number.bytes().take(10).enumerate().map(|(i, c)| value(c) << i).sum()
}

/// A is 10; 11, 22 and 33 are skipped.
fn value(c: u8) -> u32 {
    let at = u32::from(c);
    match c {
        b'0'..=b'9' => at - 48,
        b'A' => 10,
        b'B'..=b'K' => at - 66 + 12,
        b'L'..=b'U' => at - 76 + 23,
        b'V'..=b'Z' => at - 86 + 34,
        _ => 0,
    }
}

fn swapped(number: &str) -> Vec<String> {
    (0..10)
        .filter_map(|i| {
            let mut bytes = number.as_bytes().to_vec();
            if bytes.get(i) == bytes.get(i + 1) {
                return None;
            }
            bytes.swap(i, i + 1);
            let candidate = String::from_utf8(bytes).ok()?;
            let last = shape(&candidate).ok()?;
            (check_digit(&candidate) == Some(last)).then_some(candidate)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn check_digits() {
        for (ten, total, digit) in [
            ("CSQU305438", 6185, 3),
            ("TGHU123456", 5529, 7),
            ("MSCU663987", 7656, 0),
            ("CBHU320273", 4061, 2),
            ("MWCU605978", 7858, 4),
            ("COSU600123", 2713, 7),
            ("OOLU771234", 3898, 4),
            ("HLXU200841", 3056, 9),
            ("EGHU900125", 3721, 3),
            ("MSCU100007", 3992, 0),
            ("COSU100008", 4553, 0),
        ] {
            assert_eq!((sum(ten), check_digit(ten)), (total, Some(digit)), "{ten}");
            let full = format!("{ten}{digit}");
            assert_eq!(
                ContainerNumber::parse(&full).as_ref().map(ContainerNumber::as_str),
                Ok(full.as_str())
            );
        }
    }

    #[test]
    fn letter_values_skip_the_elevens() {
        let values: Vec<u32> = (b'A'..=b'Z').map(value).collect();
        let right: Vec<u32> = (10..=38).filter(|v| v % 11 != 0).collect();
        assert_eq!(values, right);
    }

    #[test]
    fn wrong_numbers() {
        let error = |text| ContainerNumber::parse(text).unwrap_err();
        assert!(matches!(error("CSQU3054384"), ContainerError::CheckDigit { written: 4, right: 3, .. }));
        assert!(matches!(error("TGHU1234568"), ContainerError::CheckDigit { written: 8, right: 7, .. }));
        assert_eq!(error("CSQ13054383"), ContainerError::Shape);
        assert_eq!(error("CSQX3054383"), ContainerError::Category('X'));
        for text in ["", "CSQU305438", "CSQU30543833", "箱子", "CSQU305438三"] {
            assert_eq!(error(text), ContainerError::Shape, "{text}");
        }
        let ContainerError::CheckDigit { swapped, .. } = error("CSQU3504383") else { panic!() };
        assert!(swapped.contains(&"CSQU3054383".to_owned()), "{swapped:?}");
    }

    #[test]
    fn liberties_and_remainder_ten() {
        assert_eq!(
            ContainerNumber::parse(" csqu 305438-3 ").map(|n| n.to_string()),
            Ok("CSQU3054383".into())
        );
        assert!(ContainerNumber::parse("MSCU1000070").is_ok_and(|n| n.is_discouraged()));
        assert!(ContainerNumber::parse("MSCU6639870").is_ok_and(|n| !n.is_discouraged()));
    }

    proptest! {
        #[test]
        fn one_digit_fits(ten in "[A-Z]{3}[UJZ][0-9]{6}") {
            let right: Vec<u8> =
                (0..10).filter(|d| ContainerNumber::parse(&format!("{ten}{d}")).is_ok()).collect();
            prop_assert_eq!(right, vec![check_digit(&ten).unwrap()]);
        }

        #[test]
        fn any_text_is_read_or_refused(text in "\\PC{0,14}") {
            let _ = ContainerNumber::parse(&text);
        }
    }
}
