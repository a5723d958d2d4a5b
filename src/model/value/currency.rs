//! Currencies: the active ISO 4217 codes, how many decimals each has, and how it is written in words.
//! Exchange rates are no part of this.

use std::fmt;

/// A currency in which goods can be priced: an active ISO 4217 code. Metals, testing codes and codes that were
/// withdrawn (HRK, BGN) are not currencies here.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Currency(iso_currency::Currency);

impl Currency {
    /// United States dollar.
    pub const USD: Self = Self(iso_currency::Currency::USD);
    /// Euro.
    pub const EUR: Self = Self(iso_currency::Currency::EUR);
    /// Chinese yuan renminbi.
    pub const CNY: Self = Self(iso_currency::Currency::CNY);

    /// Reads an exact upper-case code. `None` for anything else; see [`hint`] for what was probably meant.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        if WITHDRAWN.iter().any(|(old, _)| *old == code) {
            return None;
        }
        iso_currency::Currency::from_code(code).filter(|c| c.code() == code && !c.is_special()).map(Self)
    }

    /// The three-letter code.
    #[must_use]
    pub fn code(self) -> &'static str {
        self.0.code()
    }

    /// Decimals of the smallest unit: 2 for USD, 0 for JPY, 3 for KWD.
    #[must_use]
    pub fn minor(self) -> u32 {
        self.0.exponent().map_or(2, u32::from)
    }

    /// The name used in an amount in words (`US DOLLARS`); the code where no name is usual.
    #[must_use]
    pub fn words(self) -> &'static str {
        NAMES.iter().find(|(code, ..)| *code == self.code()).map_or(self.code(), |(_, name, _)| name)
    }

    /// The name of the smaller unit in an amount in words (`CENTS`, `PENCE`, `FILS`).
    #[must_use]
    pub fn minor_words(self) -> &'static str {
        NAMES.iter().find(|(code, ..)| *code == self.code()).map_or("CENTS", |(_, _, minor)| minor)
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.code())
    }
}

impl fmt::Debug for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// The code that people mean when they write a sign, a name or a withdrawn code: `RMB` → `CNY`.
#[must_use]
pub fn hint(text: &str) -> Option<&'static str> {
    let folded = text.trim().to_uppercase();
    if let Some(currency) = Currency::parse(&folded) {
        return Some(currency.code());
    }
    HINTS.iter().chain(WITHDRAWN).find(|(written, _)| *written == folded).map(|(_, code)| *code)
}

/// Codes that ISO 4217 withdrew, with the code that replaced each.
const WITHDRAWN: &[(&str, &str)] = &[
    ("ANG", "XCG"),
    ("BGN", "EUR"),
    ("BYR", "BYN"),
    ("CUC", "CUP"),
    ("DEM", "EUR"),
    ("FRF", "EUR"),
    ("HRK", "EUR"),
    ("ITL", "EUR"),
    ("SLL", "SLE"),
    ("STD", "STN"),
    ("TRL", "TRY"),
    ("VEF", "VES"),
    ("ZWL", "ZWG"),
];

const HINTS: &[(&str, &str)] = &[
    ("$", "USD"),
    ("US$", "USD"),
    ("USD$", "USD"),
    ("$US", "USD"),
    ("US", "USD"),
    ("DOLLAR", "USD"),
    ("DOLLARS", "USD"),
    ("US DOLLAR", "USD"),
    ("US DOLLARS", "USD"),
    ("美元", "USD"),
    ("美金", "USD"),
    ("€", "EUR"),
    ("EURO", "EUR"),
    ("EUROS", "EUR"),
    ("欧元", "EUR"),
    ("RMB", "CNY"),
    ("RMB¥", "CNY"),
    ("CNH", "CNY"),
    ("YUAN", "CNY"),
    ("RENMINBI", "CNY"),
    ("人民币", "CNY"),
    ("元", "CNY"),
    ("£", "GBP"),
    ("GBP£", "GBP"),
    ("STG", "GBP"),
    ("POUND", "GBP"),
    ("POUNDS", "GBP"),
    ("英镑", "GBP"),
    ("YEN", "JPY"),
    ("日元", "JPY"),
    ("HK$", "HKD"),
    ("港币", "HKD"),
    ("港元", "HKD"),
    ("A$", "AUD"),
    ("AU$", "AUD"),
    ("澳元", "AUD"),
    ("C$", "CAD"),
    ("CA$", "CAD"),
    ("CAN$", "CAD"),
    ("加元", "CAD"),
    ("S$", "SGD"),
    ("NT$", "TWD"),
    ("NTD", "TWD"),
    ("R$", "BRL"),
    ("RS", "INR"),
    ("₹", "INR"),
    ("₩", "KRW"),
    ("WON", "KRW"),
    ("SFR", "CHF"),
    ("FRANKEN", "CHF"),
    ("DHS", "AED"),
    ("DIRHAM", "AED"),
    ("卢布", "RUB"),
    ("RUR", "RUB"),
    ("TL", "TRY"),
    ("BAHT", "THB"),
];

/// Code, name and name of the smaller unit as drafts and invoices spell them.
const NAMES: &[(&str, &str, &str)] = &[
    ("AED", "UAE DIRHAMS", "FILS"),
    ("ARS", "ARGENTINE PESOS", "CENTAVOS"),
    ("AUD", "AUSTRALIAN DOLLARS", "CENTS"),
    ("BDT", "BANGLADESH TAKA", "POISHA"),
    ("BHD", "BAHRAINI DINARS", "FILS"),
    ("BRL", "BRAZILIAN REAIS", "CENTAVOS"),
    ("CAD", "CANADIAN DOLLARS", "CENTS"),
    ("CHF", "SWISS FRANCS", "CENTIMES"),
    ("CLP", "CHILEAN PESOS", "CENTAVOS"),
    ("CNY", "CHINESE YUAN", "CENTS"),
    ("COP", "COLOMBIAN PESOS", "CENTAVOS"),
    ("CZK", "CZECH KORUNAS", "HALERS"),
    ("DKK", "DANISH KRONER", "ORE"),
    ("EGP", "EGYPTIAN POUNDS", "PIASTRES"),
    ("EUR", "EUROS", "CENTS"),
    ("GBP", "POUNDS STERLING", "PENCE"),
    ("HKD", "HONG KONG DOLLARS", "CENTS"),
    ("HUF", "HUNGARIAN FORINTS", "FILLERS"),
    ("IDR", "INDONESIAN RUPIAH", "SEN"),
    ("ILS", "ISRAELI SHEKELS", "AGOROT"),
    ("INR", "INDIAN RUPEES", "PAISE"),
    ("JOD", "JORDANIAN DINARS", "FILS"),
    ("JPY", "JAPANESE YEN", "SEN"),
    ("KES", "KENYAN SHILLINGS", "CENTS"),
    ("KRW", "KOREAN WON", "JEON"),
    ("KWD", "KUWAITI DINARS", "FILS"),
    ("KZT", "KAZAKHSTAN TENGE", "TIYN"),
    ("LKR", "SRI LANKA RUPEES", "CENTS"),
    ("MAD", "MOROCCAN DIRHAMS", "CENTIMES"),
    ("MXN", "MEXICAN PESOS", "CENTAVOS"),
    ("MYR", "MALAYSIAN RINGGIT", "SEN"),
    ("NGN", "NIGERIAN NAIRA", "KOBO"),
    ("NOK", "NORWEGIAN KRONER", "ORE"),
    ("NZD", "NEW ZEALAND DOLLARS", "CENTS"),
    ("OMR", "OMANI RIALS", "BAISA"),
    ("PEN", "PERUVIAN SOLES", "CENTIMOS"),
    ("PHP", "PHILIPPINE PESOS", "CENTAVOS"),
    ("PKR", "PAKISTAN RUPEES", "PAISA"),
    ("PLN", "POLISH ZLOTYS", "GROSZY"),
    ("QAR", "QATARI RIYALS", "DIRHAMS"),
    ("RON", "ROMANIAN LEI", "BANI"),
    ("RUB", "RUSSIAN RUBLES", "KOPECKS"),
    ("SAR", "SAUDI RIYALS", "HALALAS"),
    ("SEK", "SWEDISH KRONOR", "ORE"),
    ("SGD", "SINGAPORE DOLLARS", "CENTS"),
    ("THB", "THAI BAHT", "SATANG"),
    ("TND", "TUNISIAN DINARS", "MILLIMES"),
    ("TRY", "TURKISH LIRAS", "KURUS"),
    ("TWD", "NEW TAIWAN DOLLARS", "CENTS"),
    ("UAH", "UKRAINIAN HRYVNIAS", "KOPIYKAS"),
    ("USD", "US DOLLARS", "CENTS"),
    ("VND", "VIETNAMESE DONG", "XU"),
    ("XAF", "CFA FRANCS", "CENTIMES"),
    ("XOF", "CFA FRANCS", "CENTIMES"),
    ("ZAR", "SOUTH AFRICAN RAND", "CENTS"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_active_upper_case_codes() {
        for code in ["USD", "EUR", "CNY", "JPY", "KWD", "VES", "XOF", "ZWG", "SLE"] {
            assert_eq!(Currency::parse(code).map(Currency::code), Some(code));
        }
        for code in ["usd", "RMB", "HRK", "BGN", "SLL", "ZWL", "XXX", "XAU", "XTS", "", "US", "USDX", " USD"]
        {
            assert_eq!(Currency::parse(code), None, "{code}");
        }
    }

    #[test]
    fn minor_units() {
        let minor = |code| Currency::parse(code).map(Currency::minor);
        for code in ["JPY", "KRW", "VND"] {
            assert_eq!(minor(code), Some(0), "{code}");
        }
        for code in ["USD", "EUR", "CNY"] {
            assert_eq!(minor(code), Some(2), "{code}");
        }
        for code in ["KWD", "BHD", "OMR", "JOD", "TND"] {
            assert_eq!(minor(code), Some(3), "{code}");
        }
    }

    #[test]
    fn hints_lead_to_real_codes() {
        assert_eq!(hint("RMB"), Some("CNY"));
        assert_eq!(hint("US$"), Some("USD"));
        assert_eq!(hint("EURO"), Some("EUR"));
        assert_eq!(hint("usd"), Some("USD"));
        assert_eq!(hint("HRK"), Some("EUR"));
        assert_eq!(hint("QQQ"), None);
        for (_, code) in HINTS.iter().chain(WITHDRAWN) {
            assert!(Currency::parse(code).is_some(), "{code}");
        }
    }

    #[test]
    fn words_belong_to_real_codes() {
        assert_eq!(Currency::USD.words(), "US DOLLARS");
        assert_eq!(Currency::EUR.words(), "EUROS");
        assert_eq!(Currency::parse("JPY").map(Currency::words), Some("JAPANESE YEN"));
        assert_eq!(Currency::parse("MNT").map(Currency::words), Some("MNT"));
        assert_eq!(Currency::parse("GBP").map(Currency::minor_words), Some("PENCE"));
        for (code, ..) in NAMES {
            assert!(Currency::parse(code).is_some(), "{code}");
        }
    }
}
