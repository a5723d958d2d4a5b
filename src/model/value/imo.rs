//! IMO ship numbers: seven digits with a check digit.

/// Why a text is no IMO number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ImoError {
    /// Not seven digits.
    Shape,
    /// The last digit is wrong; carries the right one.
    CheckDigit(u8),
}

/// Checks a number, with or without `IMO` before it; gives the seven digits.
///
/// # Errors
/// [`ImoError::Shape`], or the right last digit.
pub fn parse(text: &str) -> Result<String, ImoError> {
    let folded = super::fold::fold(text);
    let digits = folded.strip_prefix("IMO").unwrap_or(&folded).trim();
    if digits.len() != 7 || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return Err(ImoError::Shape);
    }
    let figure = |b: u8| u32::from(b - b'0');
    let sum: u32 = digits.bytes().take(6).zip((2..=7).rev()).map(|(b, weight)| figure(b) * weight).sum();
    if digits.bytes().last().map(figure) == Some(sum % 10) {
        return Ok(digits.to_owned());
    }
    Err(ImoError::CheckDigit(u8::try_from(sum % 10).map_err(|_| ImoError::Shape)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers() {
        for text in ["9074729", "9319466", "8814275", "IMO 9074729", "imo9074729"] {
            assert!(parse(text).is_ok(), "{text}");
        }
        assert_eq!(parse("8814274"), Err(ImoError::CheckDigit(5)));
        for text in ["", "907472", "90747299", "EVER GOLDEN", "907472X"] {
            assert_eq!(parse(text), Err(ImoError::Shape), "{text}");
        }
    }
}
