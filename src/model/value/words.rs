//! Amounts in words, as drafts and invoices print them, and whether printed words say the same amount.

use rust_decimal::Decimal;
use rust_decimal::prelude::{FromPrimitive, ToPrimitive};

use super::currency::Currency;
use super::fold::fold;

const SMALL: [&str; 20] = [
    "ZERO",
    "ONE",
    "TWO",
    "THREE",
    "FOUR",
    "FIVE",
    "SIX",
    "SEVEN",
    "EIGHT",
    "NINE",
    "TEN",
    "ELEVEN",
    "TWELVE",
    "THIRTEEN",
    "FOURTEEN",
    "FIFTEEN",
    "SIXTEEN",
    "SEVENTEEN",
    "EIGHTEEN",
    "NINETEEN",
];
const TENS: [&str; 10] =
    ["", "", "TWENTY", "THIRTY", "FORTY", "FIFTY", "SIXTY", "SEVENTY", "EIGHTY", "NINETY"];
const GROUPS: [&str; 7] = ["", "THOUSAND", "MILLION", "BILLION", "TRILLION", "QUADRILLION", "QUINTILLION"];

/// `SAY US DOLLARS … AND CENTS … ONLY`. `None` for a negative amount, or one with more decimals than its currency.
#[must_use]
pub fn amount(value: Decimal, currency: Currency) -> Option<String> {
    if (value.is_sign_negative() && !value.is_zero()) || !super::money::fits(value, currency.minor()) {
        return None;
    }
    let whole = cardinal(value.trunc().to_u128()?)?;
    let factor = Decimal::from(10_u64.checked_pow(currency.minor())?);
    let minor = value.fract().checked_mul(factor)?.to_u128()?;
    let minor = match minor {
        0 => String::new(),
        n => format!(" AND {} {}", currency.minor_words(), cardinal(n)?),
    };
    Some(format!("SAY {} {whole}{minor} ONLY", currency.words()))
}

/// A number in words, hyphenated from 21 to 99, with AND before the tens of each group. `None` from 10²¹ on.
#[must_use]
pub fn cardinal(n: u128) -> Option<String> {
    if n == 0 {
        return Some(SMALL[0].to_owned());
    }
    let mut rest = n;
    let mut parts = Vec::new();
    for (i, name) in GROUPS.iter().enumerate() {
        let three = usize::try_from(rest % 1000).ok()?;
        rest /= 1000;
        if three > 0 {
            let words = hundreds(three, rest > 0 && i == 0);
            parts.push(if name.is_empty() { words } else { format!("{words} {name}") });
        }
    }
    parts.reverse();
    (rest == 0).then(|| parts.join(" "))
}

/// Words of 1 to 999; `joined` puts an AND before a last group without hundreds: ONE THOUSAND AND ONE.
fn hundreds(n: usize, joined: bool) -> String {
    let (h, rest) = (n / 100, n % 100);
    let small = |i: usize| SMALL.get(i).copied().unwrap_or_default();
    let tens = match rest {
        0 => String::new(),
        1..=19 => small(rest).to_owned(),
        _ => {
            let ten = TENS.get(rest / 10).copied().unwrap_or_default();
            if rest % 10 == 0 { ten.to_owned() } else { format!("{ten}-{}", small(rest % 10)) }
        }
    };
    match (h, rest) {
        (0, _) if joined => format!("AND {tens}"),
        (0, _) => tens,
        (_, 0) => format!("{} HUNDRED", small(h)),
        _ => format!("{} HUNDRED AND {tens}", small(h)),
    }
}

/// The words without what may differ: SAY, ONLY, AND, TOTAL, hyphens, punctuation, the plural S.
#[must_use]
pub fn comparable(words: &str) -> String {
    let letters: String = fold(words).chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
    let plain: Vec<&str> = letters
        .split_whitespace()
        .filter(|w| !matches!(*w, "SAY" | "SAYS" | "ONLY" | "AND" | "TOTAL" | "THE" | "SUM" | "OF"))
        .map(|w| if w.len() > 3 { w.strip_suffix('S').unwrap_or(w) } else { w })
        .collect();
    plain.join(" ")
}

/// True when printed words say this amount. The currency may be named by its name, its code or, for the dollar of
/// the United States, in full, before, behind or between; cents may be written in words, in figures, as `50/100`, and
/// as zero or left out when there are none.
#[must_use]
pub fn says(printed: &str, value: Decimal, currency: Currency) -> bool {
    let numbers = numbers(value, currency).unwrap_or_default();
    let printed = comparable(printed);
    let words = comparable(currency.words());
    let names =
        [words.as_str(), currency.code(), "UNITED STATE DOLLAR", "US DOLLAR", "U S DOLLAR", "USDOLLAR", "US"];
    let usable = if currency == Currency::USD { &names[..] } else { &names[..2] };
    numbers.iter().any(|(whole, rest)| {
        usable.iter().any(|name| {
            [
                format!("{name} {whole} {rest}"),
                format!("{whole} {rest} {name}"),
                format!("{whole} {name} {rest}"),
            ]
            .iter()
            .any(|text| printed == text.split_whitespace().collect::<Vec<_>>().join(" "))
        })
    })
}

/// The number as it may be written: whole units, and the ways to put what is behind them.
fn numbers(value: Decimal, currency: Currency) -> Option<Vec<(String, String)>> {
    amount(value, currency)?;
    let whole = comparable(&cardinal(value.trunc().to_u128()?)?);
    let factor = 10_u128.checked_pow(currency.minor())?;
    let minor = value.fract().checked_mul(Decimal::from_u128(factor)?)?.to_u128()?;
    let cent = comparable(currency.minor_words());
    let mut rests = Vec::new();
    if minor == 0 {
        rests.push(String::new());
    }
    if factor > 1 {
        let width = usize::try_from(currency.minor()).ok()?;
        let count = comparable(&cardinal(minor)?);
        rests.extend([format!("{cent} {count}"), format!("{count} {cent}")]);
        rests.extend([format!("{cent} {minor:0width$}"), format!("{minor:0width$} {cent}")]);
        rests.extend([format!("{minor:0width$} {factor}"), format!("{minor} {factor}")]);
        if minor == 0 {
            rests.extend(
                ["NO", "NIL", "XX"].iter().flat_map(|no| {
                    [format!("{no} {cent}"), format!("{cent} {no}"), format!("{no} {factor}")]
                }),
            );
        }
    }
    Some(rests.into_iter().map(|rest| (whole.clone(), rest)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const VECTORS: [(&str, &str, &str); 9] = [
        (
            "USD",
            "86420.50",
            "SAY US DOLLARS EIGHTY-SIX THOUSAND FOUR HUNDRED AND TWENTY AND CENTS FIFTY ONLY",
        ),
        ("USD", "100000.00", "SAY US DOLLARS ONE HUNDRED THOUSAND ONLY"),
        ("USD", "1001.00", "SAY US DOLLARS ONE THOUSAND AND ONE ONLY"),
        ("EUR", "12015.07", "SAY EUROS TWELVE THOUSAND AND FIFTEEN AND CENTS SEVEN ONLY"),
        ("USD", "575000.00", "SAY US DOLLARS FIVE HUNDRED AND SEVENTY-FIVE THOUSAND ONLY"),
        (
            "USD",
            "1234567.89",
            "SAY US DOLLARS ONE MILLION TWO HUNDRED AND THIRTY-FOUR THOUSAND FIVE HUNDRED AND SIXTY-SEVEN AND CENTS EIGHTY-NINE ONLY",
        ),
        ("USD", "19.99", "SAY US DOLLARS NINETEEN AND CENTS NINETY-NINE ONLY"),
        ("JPY", "1500000", "SAY JAPANESE YEN ONE MILLION FIVE HUNDRED THOUSAND ONLY"),
        ("USD", "2000000.01", "SAY US DOLLARS TWO MILLION AND CENTS ONE ONLY"),
    ];

    fn n(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    #[test]
    fn words_of_amounts() {
        for (code, value, words) in VECTORS {
            let currency = Currency::parse(code).unwrap();
            assert_eq!(amount(n(value), currency).as_deref(), Some(words));
            assert!(says(words, n(value), currency), "{words}");
            assert!(!says(words, n(value) + Decimal::ONE, currency), "{words}");
        }
        assert_eq!(amount(n("0"), Currency::USD).as_deref(), Some("SAY US DOLLARS ZERO ONLY"));
        assert_eq!(amount(n("-1"), Currency::USD), None);
        assert_eq!(amount(n("1.005"), Currency::USD), None);
        assert_eq!(amount(Decimal::MAX, Currency::USD), None);
        let dinar = Currency::parse("KWD").unwrap();
        assert_eq!(amount(n("1.005"), dinar).as_deref(), Some("SAY KUWAITI DINARS ONE AND FILS FIVE ONLY"));
    }

    #[test]
    fn what_may_differ_in_print() {
        for words in [
            "US Dollars Eighty Six Thousand Four Hundred Twenty and Cents Fifty Only",
            "SAY TOTAL U.S. DOLLARS EIGHTY-SIX THOUSAND FOUR HUNDRED AND TWENTY AND FIFTY CENTS ONLY.",
            "USD EIGHTY SIX THOUSAND FOUR HUNDRED TWENTY CENTS FIFTY",
            "UNITED STATES DOLLARS EIGHTY-SIX THOUSAND FOUR HUNDRED AND TWENTY AND CENTS FIFTY ONLY",
        ] {
            assert!(says(words, n("86420.50"), Currency::USD), "{words}");
            assert!(!says(words, n("86420.50"), Currency::EUR), "{words}");
        }
        for words in [
            "UNITED STATES DOLLARS TWENTY THOUSAND EIGHT HUNDRED AND 00/100 ONLY",
            "US Dollars Twenty Thousand Eight Hundred and Cents Zero Only",
            "TWENTY THOUSAND EIGHT HUNDRED US DOLLARS AND NO CENTS",
            "US$ TWENTY THOUSAND EIGHT HUNDRED ONLY",
        ] {
            assert!(says(words, n("20800"), Currency::USD), "{words}");
            assert!(!says(words, n("20800.50"), Currency::USD), "{words}");
            assert!(!says(words, n("20080"), Currency::USD), "{words}");
        }
        for words in [
            "SAY US DOLLARS NINETEEN AND 99/100 ONLY",
            "NINETEEN US DOLLARS AND NINETY-NINE CENTS",
            "USD NINETEEN AND CENTS 99 ONLY",
        ] {
            assert!(says(words, n("19.99"), Currency::USD), "{words}");
            assert!(!says(words, n("19.90"), Currency::USD), "{words}");
        }
        assert!(says("ONE HUNDRED THOUSAND US DOLLARS ONLY", n("100000"), Currency::USD));
        assert!(!says("SAY US DOLLARS SIXTEEN ONLY", n("60"), Currency::USD));
        assert!(!says("", n("60"), Currency::USD));
    }

    proptest! {
        #[test]
        fn different_amounts_read_differently(a in 0_u32.., b in 0_u32..) {
            prop_assume!(a != b);
            let words = |n: u32| comparable(&amount(Decimal::new(i64::from(n), 2), Currency::USD).unwrap());
            prop_assert_ne!(words(a), words(b));
        }
    }
}
