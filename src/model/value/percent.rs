//! Percentages and tolerances, kept as exact decimals: `5%`, `+5%/-0%`, and `05/10` as in field 39A of a credit.

use std::fmt;

use rust_decimal::Decimal;

use super::fold::ws;
use super::money;
use crate::bi;
use crate::text::Bi;

/// A percentage; `30` means 30 %.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Percent(pub Decimal);

/// How far a quantity or an amount may be above and below what was agreed, in percent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Tolerance {
    /// Percent above.
    pub plus: Decimal,
    /// Percent below.
    pub minus: Decimal,
}

/// Why a text is no percentage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PercentError {
    /// Nothing is written.
    Empty,
    /// A figure without its sign; carries the figure.
    NoSign(String),
    /// Below 0 or above 100; carries the figure.
    OutOfRange(Decimal),
    /// Anything else; carries the text.
    Unreadable(String),
}

impl PercentError {
    /// The error in words for the person who wrote the percentage.
    #[must_use]
    pub fn message(&self) -> Bi {
        match self {
            Self::Empty => bi!("百分比是空的，写成 \"5%\"", "the percentage is empty; write it like \"5%\""),
            Self::NoSign(figure) => {
                bi!("少了百分号：写 \"{figure}%\"", "the percent sign is missing: write \"{figure}%\"")
            }
            Self::OutOfRange(figure) => {
                bi!("{figure}% 不在 0% 到 100% 之间", "{figure}% is not between 0% and 100%")
            }
            Self::Unreadable(text) => bi!(
                "“{text}”看不懂，写成 \"5%\"、\"+5%/-0%\" 或 \"05/10\"",
                "`{text}` cannot be read; write \"5%\", \"+5%/-0%\" or \"05/10\""
            ),
        }
    }
}

impl Percent {
    /// Reads `13%`.
    ///
    /// # Errors
    /// A [`PercentError`] when the sign is missing or the figure is not between 0 and 1000.
    pub fn parse(text: &str) -> Result<Self, PercentError> {
        let text = ws(text);
        if text.is_empty() {
            return Err(PercentError::Empty);
        }
        match text.strip_suffix('%') {
            Some(figure) => figure_of(figure, &text, MOST).map(Self),
            None if money::decimal(&text).is_ok() => Err(PercentError::NoSign(text)),
            None => Err(PercentError::Unreadable(text)),
        }
    }

    /// That share of a value, exact and not rounded; `None` beyond the range of decimals.
    #[must_use]
    pub fn of(self, value: Decimal) -> Option<Decimal> {
        (self.0 / Decimal::ONE_HUNDRED).checked_mul(value)
    }
}

impl fmt::Display for Percent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}%", self.0.normalize())
    }
}

impl Tolerance {
    /// The same percentage both ways.
    #[must_use]
    pub fn both(percent: Decimal) -> Self {
        Self { plus: percent, minus: percent }
    }

    /// Reads `5%`, `±5%`, `+5%/-0%`, `-0%/+5%`, `+5%` (above only), `-5%` (below only) and `05/10`
    /// (plus first, as in field 39A).
    ///
    /// # Errors
    /// A [`PercentError`] when the text is none of these or a figure is not between 0 and 100.
    pub fn parse(text: &str) -> Result<Self, PercentError> {
        let text = ws(text);
        if text.is_empty() {
            return Err(PercentError::Empty);
        }
        let both = text.strip_prefix('±').or_else(|| text.strip_prefix("+/-")).unwrap_or(&text).trim();
        match both.split_once('/') {
            Some((a, b)) => pair(a.trim(), b.trim(), &text),
            None => match (both.strip_prefix('+'), both.strip_prefix('-')) {
                (Some(plus), _) => Ok(Self { plus: Percent::parse(plus)?.0, minus: Decimal::ZERO }),
                (_, Some(minus)) => Ok(Self { plus: Decimal::ZERO, minus: Percent::parse(minus)?.0 }),
                _ => Percent::parse(both).map(|p| Self::both(p.0)),
            },
        }
    }

    /// The lowest and the highest value inside, exact and not rounded: rounding a bound would let an overdrawn cent
    /// pass. `None` beyond the range of decimals.
    #[must_use]
    pub fn range(self, value: Decimal) -> Option<(Decimal, Decimal)> {
        let low = value.checked_sub(Percent(self.minus).of(value)?)?;
        let high = value.checked_add(Percent(self.plus).of(value)?)?;
        Some((low, high))
    }

    /// True when `actual` is inside the tolerance around `agreed`.
    #[must_use]
    pub fn allows(self, agreed: Decimal, actual: Decimal) -> bool {
        self.range(agreed).is_some_and(|(low, high)| low <= actual && actual <= high)
    }
}

impl fmt::Display for Tolerance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (plus, minus) = (self.plus.normalize(), self.minus.normalize());
        if plus == minus { write!(f, "{plus}%") } else { write!(f, "+{plus}%/-{minus}%") }
    }
}

/// The largest percentage that is one: insurance is written for 110 % and more of the value.
const MOST: Decimal = Decimal::ONE_THOUSAND;

fn figure_of(figure: &str, text: &str, most: Decimal) -> Result<Decimal, PercentError> {
    let value = money::decimal(figure).map_err(|_| PercentError::Unreadable(text.to_owned()))?;
    if value < Decimal::ZERO || value > most {
        return Err(PercentError::OutOfRange(value));
    }
    Ok(value)
}

fn pair(a: &str, b: &str, text: &str) -> Result<Tolerance, PercentError> {
    let side = |part: &str| {
        figure_of(
            part.trim_start_matches(['+', '-']).trim_end_matches('%').trim(),
            text,
            Decimal::ONE_HUNDRED,
        )
    };
    let (first, second) = (side(a)?, side(b)?);
    match (a.chars().next(), b.chars().next()) {
        (Some('+'), Some('-')) => Ok(Tolerance { plus: first, minus: second }),
        (Some('-'), Some('+')) => Ok(Tolerance { plus: second, minus: first }),
        (Some(c), Some(d)) if c.is_ascii_digit() && d.is_ascii_digit() => {
            Ok(Tolerance { plus: first, minus: second })
        }
        _ => Err(PercentError::Unreadable(text.to_owned())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn n(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    fn tolerance(plus: &str, minus: &str) -> Tolerance {
        Tolerance { plus: n(plus), minus: n(minus) }
    }

    #[test]
    fn percentages() {
        assert_eq!(Percent::parse("13%"), Ok(Percent(n("13"))));
        assert_eq!(Percent::parse(" 0.5 % "), Ok(Percent(n("0.5"))));
        assert_eq!(Percent::parse("13％").unwrap().to_string(), "13%");
        assert_eq!(Percent::parse("13"), Err(PercentError::NoSign("13".into())));
        assert_eq!(Percent::parse("1001%"), Err(PercentError::OutOfRange(n("1001"))));
        assert_eq!(Percent::parse("-1%"), Err(PercentError::OutOfRange(n("-1"))));
        assert_eq!(Percent::parse(""), Err(PercentError::Empty));
        for text in ["%", "abc", "1e1%", "5%%"] {
            assert!(matches!(Percent::parse(text), Err(PercentError::Unreadable(_))), "{text}");
        }
    }

    #[test]
    fn tolerances() {
        for (text, plus, minus) in [
            ("5%", "5", "5"),
            ("±5%", "5", "5"),
            ("+/-5%", "5", "5"),
            ("+5%/-0%", "5", "0"),
            ("-0%/+5%", "5", "0"),
            ("+5% / -3%", "5", "3"),
            ("+5%", "5", "0"),
            ("-10%", "0", "10"),
            ("05/10", "5", "10"),
            ("5/5", "5", "5"),
            ("00/10", "0", "10"),
        ] {
            assert_eq!(Tolerance::parse(text), Ok(tolerance(plus, minus)), "{text}");
        }
        for text in ["+5%/+5%", "5%/-5%", "a/b", "/", "5/", "1/2/3"] {
            assert!(Tolerance::parse(text).is_err(), "{text}");
        }
        assert_eq!(Tolerance::parse("5"), Err(PercentError::NoSign("5".into())));
        assert_eq!(tolerance("5", "0").to_string(), "+5%/-0%");
        assert_eq!(Tolerance::both(n("5.0")).to_string(), "5%");
    }

    #[test]
    fn bounds_are_not_rounded() {
        for (id, amount, t, low, high) in [
            ("T1", "100000.00", tolerance("5", "5"), "95000.00", "105000.00"),
            ("T2", "99999.99", tolerance("10", "10"), "89999.991", "109999.989"),
            ("T3", "123456.78", tolerance("5", "5"), "117283.941", "129629.619"),
            ("T4", "100000", tolerance("10", "10"), "90000", "110000.00"),
            ("T5", "84000.00", tolerance("5", "0"), "84000.00", "88200.00"),
            ("T6", "45500.00", tolerance("0", "10"), "40950.00", "45500.00"),
            ("T7", "500", tolerance("5", "5"), "475", "525"),
        ] {
            assert_eq!(t.range(n(amount)), Some((n(low), n(high))), "{id}");
        }
        let five = Tolerance::both(n("5"));
        assert!(five.allows(n("100000.00"), n("105000.00")) && !five.allows(n("100000.00"), n("105000.01")));
        assert!(five.allows(n("123456.78"), n("129629.61")) && !five.allows(n("123456.78"), n("129629.62")));
        assert!(five.allows(n("500"), n("475")) && !five.allows(n("500"), n("474.9")));
        assert_eq!(five.range(Decimal::MAX), None);
    }

    proptest! {
        #[test]
        fn display_reads_back(plus in 0_i64..=10_000, minus in 0_i64..=10_000) {
            let t = Tolerance { plus: Decimal::new(plus, 2), minus: Decimal::new(minus, 2) };
            prop_assert_eq!(Tolerance::parse(&t.to_string()), Ok(t));
            prop_assert_eq!(Percent::parse(&Percent(t.plus).to_string()), Ok(Percent(t.plus)));
        }
    }
}
