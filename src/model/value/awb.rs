//! Master air waybill numbers: airline prefix and a serial whose last digit is the rest of seven.
//! House air waybills have no check digit and are not read here.

use std::fmt;

use super::fold::fold;

/// A master air waybill number, `176-12345675`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AwbNumber {
    prefix: String,
    serial: String,
}

/// Why a text is no master air waybill number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AwbError {
    /// Not three and eight digits.
    Shape,
    /// The last digit is wrong; carries the right one.
    CheckDigit(u8),
}

impl AwbNumber {
    /// Reads a number; spaces and hyphens do not count.
    ///
    /// # Errors
    /// [`AwbError::Shape`], or the right last digit.
    pub fn parse(text: &str) -> Result<Self, AwbError> {
        let digits: String = fold(text).chars().filter(|c| !matches!(c, ' ' | '-')).collect();
        if digits.len() != 11 || !digits.bytes().all(|b| b.is_ascii_digit()) {
            return Err(AwbError::Shape);
        }
        let (prefix, serial) = digits.split_at(3);
        let (seven, last) = serial.split_at(7);
        let rest = seven.parse::<u32>().map_err(|_| AwbError::Shape)? % 7;
        if last.parse() == Ok(rest) {
            return Ok(Self { prefix: prefix.to_owned(), serial: serial.to_owned() });
        }
        Err(AwbError::CheckDigit(u8::try_from(rest).map_err(|_| AwbError::Shape)?))
    }

    /// The airline's three digits.
    #[must_use]
    pub fn prefix(&self) -> &str {
        &self.prefix
    }
}

impl fmt::Display for AwbNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.prefix, self.serial)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers() {
        for text in
            ["176-12345675", "020-81140743", "180-98765435", "784-55667780", "618-70000000", "999-00000011"]
        {
            assert_eq!(AwbNumber::parse(text).map(|n| n.to_string()).as_deref(), Ok(text));
        }
        assert_eq!(AwbNumber::parse("176 1234 5675").map(|n| n.to_string()).as_deref(), Ok("176-12345675"));
        assert_eq!(AwbNumber::parse("176-12345676"), Err(AwbError::CheckDigit(5)));
        for last in 7..=9 {
            assert!(matches!(AwbNumber::parse(&format!("176-1234567{last}")), Err(AwbError::CheckDigit(5))));
        }
        for text in ["", "176-1234567", "17A-12345675", "176-123456755", "HAWB12345678"] {
            assert_eq!(AwbNumber::parse(text), Err(AwbError::Shape), "{text}");
        }
        assert_eq!(AwbNumber::parse("176-12345675").map(|n| n.prefix().to_owned()).as_deref(), Ok("176"));
    }
}
