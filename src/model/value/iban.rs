//! Bank account numbers: IBAN where the country has one, a plain account number where it has none.

use std::fmt;

use iban::{BaseIban, Iban as Checked, IbanLike, ParseBaseIbanError, ParseIbanError};

/// A valid IBAN.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Iban(BaseIban);

/// Why a text is no IBAN.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IbanError {
    /// Not two letters, two digits and letters or digits.
    Shape,
    /// The check digits do not fit: a character is wrong or two are swapped.
    Checksum,
    /// The country's IBAN is of another length or form.
    Length,
    /// The country has no IBAN; carries its code. The number is a plain account number or mistyped.
    NoIbanCountry([char; 2]),
}

/// Countries of the trade whose banks have no IBAN.
const WITHOUT: [&str; 20] = [
    "AU", "BD", "CA", "CN", "HK", "ID", "IN", "JP", "KR", "MX", "MY", "NG", "NZ", "PH", "SG", "TH", "TW",
    "US", "VN", "ZA",
];

impl Iban {
    /// Reads an IBAN; spaces and case do not count.
    ///
    /// # Errors
    /// An [`IbanError`].
    pub fn parse(text: &str) -> Result<Self, IbanError> {
        let plain: String = super::fold::fold(text).chars().filter(|c| !matches!(c, ' ' | '-')).collect();
        let country: Vec<char> = plain.chars().take(2).collect();
        if let [a, b] = country.as_slice()
            && WITHOUT.contains(&format!("{a}{b}").as_str())
        {
            return Err(IbanError::NoIbanCountry([*a, *b]));
        }
        let base = plain.parse::<BaseIban>().map_err(|error| match error {
            ParseBaseIbanError::InvalidChecksum => IbanError::Checksum,
            _ => IbanError::Shape,
        })?;
        match Checked::try_from(base) {
            Ok(_) => Ok(Self(base)),
            Err(ParseIbanError::UnknownCountry(_)) => further(&plain).map(|()| Self(base)),
            Err(_) => Err(IbanError::Length),
        }
    }

    /// The country's two letters.
    #[must_use]
    pub fn country(&self) -> &str {
        self.0.country_code()
    }

    /// Without spaces, as machines read it.
    #[must_use]
    pub fn electronic(&self) -> &str {
        self.0.electronic_str()
    }
}

/// Countries of the register that the library's table does not hold: four letters, then letters or digits.
const FURTHER: [(&str, usize); 2] = [("HN", 28), ("PK", 24)];

fn further(plain: &str) -> Result<(), IbanError> {
    match FURTHER.iter().find(|(country, _)| plain.starts_with(country)) {
        Some((_, length)) => {
            let bank = plain.get(4..8).is_some_and(|bank| bank.bytes().all(|b| b.is_ascii_uppercase()));
            if bank && plain.len() == *length { Ok(()) } else { Err(IbanError::Length) }
        }
        None => {
            let mut letters = plain.chars();
            Err(IbanError::NoIbanCountry([letters.next().unwrap_or('?'), letters.next().unwrap_or('?')]))
        }
    }
}

/// False for the countries whose banks are known to use plain account numbers.
#[must_use]
pub fn country_has_iban(code: &str) -> bool {
    !WITHOUT.contains(&code)
}

/// True when a text begins like an IBAN, so that it is worth checking as one.
#[must_use]
pub fn looks_like_iban(text: &str) -> bool {
    let plain: Vec<u8> = text.bytes().filter(|b| *b != b' ').take(4).collect();
    matches!(plain.as_slice(), [a, b, c, d]
        if a.is_ascii_alphabetic() && b.is_ascii_alphabetic() && c.is_ascii_digit() && d.is_ascii_digit())
}

impl fmt::Display for Iban {
    /// In groups of four, as papers print it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn valid() {
        for text in [
            "GB82WEST12345698765432",
            "DE89370400440532013000",
            "FR1420041010050500013M02606",
            "NL91ABNA0417164300",
            "AE070331234567890123456",
            "SA0380000000608010167519",
            "TR330006100519786457841326",
            "PL61109010140000071219812874",
            "ES9121000418450200051332",
            "BR1800360305000010009795493C1",
            "PK36SCBL0000001123456702",
        ] {
            assert_eq!(Iban::parse(text).map(|i| i.electronic().to_owned()).as_deref(), Ok(text));
        }
        let spaced = Iban::parse("de89 3704 0044 0532 0130 00").unwrap();
        assert_eq!((spaced.to_string().as_str(), spaced.country()), ("DE89 3704 0044 0532 0130 00", "DE"));
    }

    #[test]
    fn invalid() {
        assert_eq!(Iban::parse("GB82WEST12345698765433"), Err(IbanError::Checksum));
        assert_eq!(Iban::parse("DE89370400440532013001"), Err(IbanError::Checksum));
        assert!(Iban::parse("DE8937040044053201300").is_err());
        assert_eq!(Iban::parse("CN12345678901234567890"), Err(IbanError::NoIbanCountry(['C', 'N'])));
        assert!(Iban::parse("").is_err());
        assert!(Iban::parse("汇丰银行").is_err());
    }

    #[test]
    fn countries_without() {
        for code in [
            "CN", "HK", "US", "CA", "AU", "NZ", "JP", "KR", "IN", "SG", "MX", "ZA", "BD", "VN", "TH", "ID",
            "NG",
        ] {
            assert!(!country_has_iban(code), "{code}");
        }
        assert!(country_has_iban("DE"));
        assert!(looks_like_iban("DE89 3704") && !looks_like_iban("3901 0120") && !looks_like_iban("DE"));
    }
}
