//! Amounts: read exactly from the text as people write them, rounded half up, shown with thousands groups.
//! No float ever holds one. Which currency an amount without a code has is the order's business, not decided here.

use std::fmt;

use rust_decimal::{Decimal, RoundingStrategy};

use super::currency::{self, Currency};
use crate::bi;
use crate::text::Bi;

/// The most digits an amount may have, before and after the point together.
pub const MAX_DIGITS: usize = 20;
/// The most decimals that carry a value, enough for a unit price.
pub const MAX_DECIMALS: u32 = 6;

/// An amount as written: the currency only where the text names one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Amount {
    /// The figure with the decimals that were written.
    pub value: Decimal,
    /// The currency that stands beside it; `None` means the order's currency.
    pub currency: Option<Currency>,
}

/// A figure with its currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Money {
    /// The figure.
    pub value: Decimal,
    /// Its currency.
    pub currency: Currency,
}

/// Why a text is no amount.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AmountError {
    /// Nothing is written.
    Empty,
    /// `1e3`: an exponent.
    Exponent,
    /// `inf`.
    Infinite,
    /// `nan`.
    NotANumber,
    /// `1_000`: TOML's digit separator.
    Underscore,
    /// `0xFF`, `0o7`, `0b1`.
    Radix,
    /// A comma in a bare number.
    BareComma,
    /// Commas that do not part groups of three, such as `1,23` or `13.187,00`.
    Thousands,
    /// A space inside the figure.
    Spaces,
    /// Full-width characters; carries the same text in half-width.
    FullWidth(String),
    /// A code that is no active currency; carries what was written and what was probably meant.
    Currency(String, Option<&'static str>),
    /// A currency before and after the figure.
    TwoCurrencies,
    /// More than [`MAX_DIGITS`] digits.
    TooManyDigits(usize),
    /// More than [`MAX_DECIMALS`] decimals.
    TooManyDecimals(u32),
    /// Anything else; carries the text.
    NoFigure(String),
}

impl AmountError {
    /// The error in words for the person who wrote the amount.
    #[must_use]
    pub fn message(&self) -> Bi {
        match self {
            Self::Empty => bi!("金额是空的", "the amount is empty"),
            Self::Exponent => bi!(
                "金额不能写成科学计数法 (1e3)，请写出全部数字",
                "an amount is not written with an exponent (1e3); write all digits"
            ),
            Self::Infinite => bi!("inf 不是金额", "inf is no amount"),
            Self::NotANumber => bi!("nan 不是金额", "nan is no amount"),
            Self::Underscore => {
                bi!(
                    "金额里不要用下划线：写 1000，不写 1_000",
                    "no underscores in an amount: write 1000, not 1_000"
                )
            }
            Self::Radix => bi!("金额只用十进制数字", "an amount is written in decimal digits"),
            Self::BareComma => bi!(
                "不加引号的数字里不能有逗号：写 13187.00 或 \"USD 13,187.00\"",
                "no comma in an unquoted number: write 13187.00 or \"USD 13,187.00\""
            ),
            Self::Thousands => bi!(
                "逗号只用来分千位（每三位一个），小数点写点号：13,187.00",
                "commas part groups of three digits, the decimal sign is a point: 13,187.00"
            ),
            Self::Spaces => bi!("数字中间不要有空格", "no space inside the figure"),
            Self::FullWidth(half) => {
                bi!(
                    "金额用了全角字符，请写成半角：{half}",
                    "the amount has full-width characters; write {half}"
                )
            }
            Self::Currency(code, Some(meant)) => {
                bi!(
                    "“{code}”不是 ISO 4217 币种代码，应写 {meant}",
                    "`{code}` is no ISO 4217 currency code; write {meant}"
                )
            }
            Self::Currency(code, None) => {
                bi!("“{code}”不是现行的 ISO 4217 币种代码", "`{code}` is no active ISO 4217 currency code")
            }
            Self::TwoCurrencies => {
                bi!(
                    "币种只写一次，写在数字前：USD 13,187.00",
                    "write the currency once, before the figure: USD 13,187.00"
                )
            }
            Self::TooManyDigits(n) => bi!(
                "金额有 {n} 位数字，最多 {MAX_DIGITS} 位",
                "the amount has {n} digits; at most {MAX_DIGITS} are allowed"
            ),
            Self::TooManyDecimals(n) => bi!(
                "金额有 {n} 位小数，最多 {MAX_DECIMALS} 位",
                "the amount has {n} decimals; at most {MAX_DECIMALS} are allowed"
            ),
            Self::NoFigure(text) => {
                bi!("“{text}”不是金额，应像 13187.00", "`{text}` is no amount; write it like 13187.00")
            }
        }
    }
}

impl Amount {
    /// Reads the text of a quoted amount: `13187.00`, `USD 13,187.00`, `13,187.00 USD`.
    ///
    /// # Errors
    /// An [`AmountError`] that names what is wrong with the writing.
    pub fn parse(text: &str) -> Result<Self, AmountError> {
        let text = text.trim();
        if text.is_empty() {
            return Err(AmountError::Empty);
        }
        let half = half_width(text);
        if half != text {
            return Err(AmountError::FullWidth(half));
        }
        if ["0x", "0X", "0o", "0b"].iter().any(|prefix| text.starts_with(prefix)) {
            return Err(AmountError::Radix);
        }
        let is_sign = |c: char| !c.is_ascii_digit() && !matches!(c, '.' | ',' | '-' | '+' | '_');
        let Some(start) = text.find(|c| !is_sign(c)) else {
            return Err(wordy(text));
        };
        let end = text.rfind(|c: char| c.is_ascii_digit() || matches!(c, '.' | ',')).map_or(start, |i| i + 1);
        let (before, figure, after) = match (text.get(..start), text.get(start..end), text.get(end..)) {
            (Some(b), Some(f), Some(a)) => (b.trim(), f, a.trim()),
            _ => return Err(AmountError::NoFigure(text.to_owned())),
        };
        let currency = match (before, after) {
            ("", "") => None,
            (code, "") | ("", code) => Some(code_of(code)?),
            _ => return Err(AmountError::TwoCurrencies),
        };
        Ok(Self { value: figure_of(figure, true)?, currency })
    }

    /// The same amount in its own currency, or in `default` where none is written.
    #[must_use]
    pub fn in_currency(self, default: Currency) -> Money {
        Money { value: self.value, currency: self.currency.unwrap_or(default) }
    }
}

impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.currency {
            Some(currency) => Money { value: self.value, currency }.fmt(f),
            None => f.write_str(&group(self.value, 2)),
        }
    }
}

impl Money {
    /// A figure in a currency.
    #[must_use]
    pub fn new(value: Decimal, currency: Currency) -> Self {
        Self { value, currency }
    }
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.currency, group(self.value, self.currency.minor()))
    }
}

/// Reads the text of an unquoted TOML number exactly as it is written, integer or float.
///
/// # Errors
/// Exponents, `inf`, `nan`, underscores, other radixes and figures beyond [`MAX_DIGITS`] or [`MAX_DECIMALS`].
pub fn decimal(text: &str) -> Result<Decimal, AmountError> {
    figure_of(text.trim(), false)
}

/// Rounds half up (a midpoint goes away from zero) to `minor` decimals, as invoices do.
#[must_use]
pub fn round(value: Decimal, minor: u32) -> Decimal {
    value.round_dp_with_strategy(minor, RoundingStrategy::MidpointAwayFromZero)
}

/// True when the value needs no more than `minor` decimals: JPY 1500.00 fits 0, JPY 1500.50 does not.
#[must_use]
pub fn fits(value: Decimal, minor: u32) -> bool {
    value.normalize().scale() <= minor
}

/// Writes a figure with thousands groups and at least `decimals` decimals. Decimals beyond are kept unless they
/// are zeros that say nothing, so that the text always has exactly the value.
#[must_use]
pub fn group(value: Decimal, decimals: u32) -> String {
    let mut value = value.normalize();
    if value.scale() < decimals {
        value.rescale(decimals);
    }
    let text = value.abs().to_string();
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let mut out = String::with_capacity(text.len() + whole.len() / 3 + 1);
    if value.is_sign_negative() && !value.is_zero() {
        out.push('-');
    }
    for (i, digit) in whole.chars().enumerate() {
        if i > 0 && (whole.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    if !fraction.is_empty() {
        out.push('.');
        out.push_str(fraction);
    }
    // A figure too long for its decimals cannot be rescaled; the zeros are still due on paper.
    let shown = u32::try_from(fraction.len()).unwrap_or(u32::MAX);
    if shown < decimals {
        if shown == 0 {
            out.push('.');
        }
        out.extend(std::iter::repeat_n('0', usize::try_from(decimals - shown).unwrap_or(0)));
    }
    out
}

/// Full-width forms and the ideographic space turned into ASCII; everything else unchanged.
fn half_width(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '\u{3000}' => ' ',
            '。' => '.',
            '、' => ',',
            '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c).saturating_sub(0xfee0)).unwrap_or(c),
            _ => c,
        })
        .collect()
}

fn code_of(text: &str) -> Result<Currency, AmountError> {
    Currency::parse(text).ok_or_else(|| match text.to_ascii_lowercase().as_str() {
        "e" => AmountError::Exponent,
        _ => AmountError::Currency(text.to_owned(), currency::hint(text)),
    })
}

/// The error for a text without any digit.
fn wordy(text: &str) -> AmountError {
    match text.trim_start_matches(['+', '-']).to_ascii_lowercase().as_str() {
        "inf" | "infinity" => AmountError::Infinite,
        "nan" => AmountError::NotANumber,
        _ => AmountError::NoFigure(text.to_owned()),
    }
}

fn figure_of(text: &str, commas: bool) -> Result<Decimal, AmountError> {
    if text.is_empty() {
        return Err(AmountError::Empty);
    }
    let (negative, unsigned) = match text.as_bytes().first() {
        Some(b'-') => (true, &text[1..]),
        Some(b'+') => (false, &text[1..]),
        _ => (false, text),
    };
    if let Some(error) = foreign(unsigned, text, commas) {
        return Err(error);
    }
    let (whole, fraction) = match unsigned.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (unsigned, None),
    };
    if fraction.is_some_and(|f| f.contains(',')) || !groups_of_three(whole) {
        return Err(AmountError::Thousands);
    }
    if whole.is_empty() || fraction.is_some_and(|f| f.is_empty() || f.contains('.')) {
        return Err(AmountError::NoFigure(text.to_owned()));
    }
    exact(whole, fraction.unwrap_or(""), negative).ok_or_else(|| AmountError::NoFigure(text.to_owned()))?
}

/// What is not plain digits, point and (where allowed) commas.
fn foreign(unsigned: &str, text: &str, commas: bool) -> Option<AmountError> {
    let lower = unsigned.to_ascii_lowercase();
    if ["0x", "0o", "0b"].iter().any(|p| lower.starts_with(p)) {
        return Some(AmountError::Radix);
    }
    if unsigned.contains('_') {
        return Some(AmountError::Underscore);
    }
    if !unsigned.contains(|c: char| c.is_ascii_digit()) {
        return Some(wordy(text));
    }
    if let Some(at) = lower.find('e')
        && lower.get(..at).is_some_and(|m| m.chars().all(|c| c.is_ascii_digit() || c == '.'))
    {
        return Some(AmountError::Exponent);
    }
    if !commas && unsigned.contains(',') {
        return Some(AmountError::BareComma);
    }
    if unsigned.contains(char::is_whitespace) {
        return Some(AmountError::Spaces);
    }
    unsigned
        .contains(|c: char| !c.is_ascii_digit() && c != '.' && c != ',')
        .then(|| AmountError::NoFigure(text.to_owned()))
}

fn groups_of_three(whole: &str) -> bool {
    let mut groups = whole.split(',');
    let first = groups.next().map_or(0, str::len);
    let mut more = false;
    let threes = groups.all(|g| {
        more = true;
        g.len() == 3
    });
    threes && (!more || (1..=3).contains(&first))
}

fn exact(whole: &str, fraction: &str, negative: bool) -> Option<Result<Decimal, AmountError>> {
    let whole: String = whole.chars().filter(char::is_ascii_digit).collect();
    let significant = whole.trim_start_matches('0').len().max(1) + fraction.len();
    if significant > MAX_DIGITS {
        return Some(Err(AmountError::TooManyDigits(significant)));
    }
    let decimals = u32::try_from(fraction.trim_end_matches('0').len()).ok()?;
    if decimals > MAX_DECIMALS {
        return Some(Err(AmountError::TooManyDecimals(decimals)));
    }
    let whole = whole.trim_start_matches('0');
    let digits = format!("{whole}{fraction}");
    let mantissa: i128 = if digits.is_empty() { 0 } else { digits.parse().ok()? };
    let signed = if negative { -mantissa } else { mantissa };
    Decimal::try_from_i128_with_scale(signed, u32::try_from(fraction.len()).ok()?).ok().map(Ok)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn dec(text: &str) -> Decimal {
        decimal(text).unwrap()
    }

    fn usd(text: &str) -> Amount {
        Amount { value: dec(text), currency: Some(Currency::USD) }
    }

    #[test]
    fn digits_stay_as_written() {
        assert_eq!(dec("12345678901234567.89").to_string(), "12345678901234567.89");
        assert_eq!(dec("13187.00").to_string(), "13187.00");
        assert_eq!(dec("+5").to_string(), "5");
        assert_eq!(dec("-0.50").to_string(), "-0.50");
        assert_eq!(dec("0.000001").to_string(), "0.000001");
        assert_eq!(dec("99999999999999999999").to_string(), "99999999999999999999");
    }

    #[test]
    fn a_bare_number_has_no_tricks() {
        let error = |text| decimal(text).unwrap_err();
        assert_eq!(error("1e3"), AmountError::Exponent);
        assert_eq!(error("1.5E-3"), AmountError::Exponent);
        assert_eq!(error("inf"), AmountError::Infinite);
        assert_eq!(error("-inf"), AmountError::Infinite);
        assert_eq!(error("+nan"), AmountError::NotANumber);
        assert_eq!(error("1_000"), AmountError::Underscore);
        assert_eq!(error("0xFF"), AmountError::Radix);
        assert_eq!(error("0o17"), AmountError::Radix);
        assert_eq!(error("0b11"), AmountError::Radix);
        assert_eq!(error("1,200.00"), AmountError::BareComma);
        assert_eq!(error(""), AmountError::Empty);
        assert_eq!(error("123456789012345678901"), AmountError::TooManyDigits(21));
        assert_eq!(error("1.2345678"), AmountError::TooManyDecimals(7));
        for text in ["1.", ".5", "1.2.3", "abc", "--1", "+", "12kg"] {
            assert!(matches!(error(text), AmountError::NoFigure(_)), "{text}");
        }
    }

    #[test]
    fn quoted_amounts() {
        assert_eq!(Amount::parse("13187.00"), Ok(Amount { value: dec("13187.00"), currency: None }));
        for text in ["USD 13,187.00", "13,187.00 USD", "USD13187.00", "  USD  13,187.00 "] {
            assert_eq!(Amount::parse(text), Ok(usd("13187.00")), "{text}");
        }
        assert_eq!(Amount::parse("USD -89.30"), Ok(usd("-89.30")));
        assert_eq!(Amount::parse("1,234,567.89").unwrap().value, dec("1234567.89"));
    }

    #[test]
    fn quoted_amounts_gone_wrong() {
        let error = |text| Amount::parse(text).unwrap_err();
        for text in ["1,23", "13.187,00", "1,2345.00", ",123", "1234,567", "1,,000", "0,5", "1.000,000"] {
            assert_eq!(error(text), AmountError::Thousands, "{text}");
        }
        assert_eq!(error("13 187.00"), AmountError::Spaces);
        assert_eq!(error("RMB 100"), AmountError::Currency("RMB".into(), Some("CNY")));
        assert_eq!(error("US$ 100"), AmountError::Currency("US$".into(), Some("USD")));
        assert_eq!(error("usd 100"), AmountError::Currency("usd".into(), Some("USD")));
        assert_eq!(error("QQQ 100"), AmountError::Currency("QQQ".into(), None));
        assert_eq!(error("USD 100 USD"), AmountError::TwoCurrencies);
        assert_eq!(error("１００"), AmountError::FullWidth("100".into()));
        assert_eq!(error("USD 1e3"), AmountError::Exponent);
        assert_eq!(error("1e3"), AmountError::Exponent);
        assert_eq!(error("0xFF"), AmountError::Radix);
        assert_eq!(error("nan"), AmountError::NotANumber);
        assert_eq!(error("inf"), AmountError::Infinite);
        assert_eq!(error("1_000"), AmountError::Underscore);
        assert_eq!(error(" "), AmountError::Empty);
        for text in ["ten", "USD", "$", "-", ".", "金额"] {
            assert!(Amount::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn half_up_not_half_even() {
        assert_eq!(round(dec("0.125"), 2), dec("0.13"));
        assert_eq!(round(dec("-0.125"), 2), dec("-0.13"));
        assert_eq!(round(dec("3703.701"), 2), dec("3703.70"));
        assert_eq!(round(dec("370370.1"), 0), dec("370370"));
        assert_eq!(round(dec("2.5"), 0), dec("3"));
    }

    #[test]
    fn decimals_of_a_currency() {
        assert!(fits(dec("1500000"), 0));
        assert!(fits(dec("1500000.00"), 0));
        assert!(!fits(dec("1500000.50"), 0));
        assert!(fits(dec("1.125"), 3));
    }

    #[test]
    fn groups() {
        assert_eq!(group(dec("13187"), 2), "13,187.00");
        assert_eq!(group(dec("12345678901234567.89"), 2), "12,345,678,901,234,567.89");
        assert_eq!(group(dec("2.355"), 2), "2.355");
        assert_eq!(group(dec("2.3500"), 2), "2.35");
        assert_eq!(group(dec("999"), 0), "999");
        assert_eq!(group(dec("-1000"), 2), "-1,000.00");
        assert_eq!(group(dec("0"), 2), "0.00");
        assert_eq!(group(Decimal::MAX, 2), "79,228,162,514,264,337,593,543,950,335.00");
        assert_eq!(Money::new(dec("13187"), Currency::USD).to_string(), "USD 13,187.00");
        let yen = Currency::parse("JPY").unwrap();
        assert_eq!(Money::new(dec("1500000"), yen).to_string(), "JPY 1,500,000");
    }

    proptest! {
        #[test]
        fn display_reads_back(mantissa in -10_i64.pow(17)..10_i64.pow(17), scale in 0_u32..=6) {
            let amount = Amount { value: Decimal::new(mantissa, scale), currency: Some(Currency::USD) };
            prop_assert_eq!(Amount::parse(&amount.to_string()), Ok(amount));
        }

        #[test]
        fn any_text_is_read_or_refused(text in "\\PC{0,24}") {
            let _ = Amount::parse(&text).map_err(|e| e.message());
            let _ = decimal(&text).map_err(|e| e.message());
        }

        #[test]
        fn rounding_moves_half_a_unit_at_most(mantissa in -10_i64.pow(12)..10_i64.pow(12), minor in 0_u32..=3) {
            let value = Decimal::new(mantissa, 6);
            prop_assert!((round(value, minor) - value).abs() <= Decimal::new(5, minor + 1));
        }
    }
}
