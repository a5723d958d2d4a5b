//! Numbers with check digits, and amounts in words.

use rust_decimal::Decimal;

/// Owners of made-up containers.
const OWNERS: [&str; 6] = ["CSQU", "TGHU", "OOLU", "HLXU", "EGHU", "TEXU"];

/// The `n`-th container number, valid by ISO 6346; numbers whose remainder is 10 are left out, as the standard
/// recommends.
pub(super) fn container(n: u64) -> String {
    // Multiplying by a number coprime to a million visits every serial once.
    let serial = format!("{:06}", n.wrapping_mul(618_033) % 1_000_000);
    let turn = usize::try_from(n / 1_000_000).unwrap_or(0);
    for owner in OWNERS.iter().cycle().skip(turn % OWNERS.len()).take(OWNERS.len()) {
        let code = format!("{owner}{serial}");
        let remainder = container_sum(&code) % 11;
        if remainder < 10 {
            return format!("{code}{remainder}");
        }
    }
    format!("CSQU{serial}0")
}

/// ISO 6346: letters count from 10 without multiples of 11, each place doubles.
pub(super) fn container_sum(code: &str) -> u32 {
    code.chars().take(10).zip(0u32..).map(|(c, place)| character(c) << place).sum()
}

fn character(c: char) -> u32 {
    let plain = c.to_digit(36).unwrap_or(0);
    match plain {
        0..=10 => plain,
        11..=20 => plain + 1,
        21..=30 => plain + 2,
        _ => plain + 3,
    }
}

/// Air waybill: the last digit is the serial number modulo 7.
pub(super) fn air_waybill(prefix: &str, n: u32) -> String {
    let serial = 1_000_000 + n % 9_000_000;
    format!("{prefix}-{serial:07}{}", serial % 7)
}

/// `SAY US DOLLARS … ONLY`, as on drafts and invoices.
pub(super) fn words(currency: &str, amount: Decimal) -> String {
    let name = match currency {
        "USD" => "US DOLLARS",
        "EUR" => "EUROS",
        "GBP" => "POUNDS STERLING",
        "CNY" => "CHINESE YUAN",
        "JPY" => "JAPANESE YEN",
        other => other,
    };
    let whole = u64::try_from(amount.trunc().mantissa()).unwrap_or(0);
    let cents = u64::try_from((amount.fract() * Decimal::ONE_HUNDRED).trunc().mantissa()).unwrap_or(0);
    let minor = if currency == "GBP" { "PENCE" } else { "CENTS" };
    match cents {
        0 => format!("SAY {name} {} ONLY", spell(whole)),
        _ => format!("SAY {name} {} AND {minor} {} ONLY", spell(whole), spell(cents)),
    }
}

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

fn spell(n: u64) -> String {
    for (size, name) in [(1_000_000_000, "BILLION"), (1_000_000, "MILLION"), (1_000, "THOUSAND")] {
        if n >= size {
            let (high, low) = (n / size, n % size);
            return match low {
                0 => format!("{} {name}", group(high)),
                1..100 if size == 1_000 => format!("{} {name} AND {}", group(high), group(low)),
                _ => format!("{} {name} {}", group(high), spell(low)),
            };
        }
    }
    group(n)
}

/// Below a thousand.
fn group(n: u64) -> String {
    let word = |list: &[&str], at: u64| {
        usize::try_from(at).ok().and_then(|at| list.get(at).copied()).unwrap_or_default().to_owned()
    };
    match n {
        0..20 => word(&SMALL, n),
        20..100 if n.is_multiple_of(10) => word(&TENS, n / 10),
        20..100 => format!("{}-{}", word(&TENS, n / 10), word(&SMALL, n % 10)),
        _ if n.is_multiple_of(100) => format!("{} HUNDRED", group(n / 100)),
        _ => format!("{} HUNDRED AND {}", group(n / 100), group(n % 100)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn container_numbers_agree_with_iso_6346() {
        assert_eq!(container_sum("CSQU305438") % 11, 3);
        assert_eq!(container_sum("TGHU123456") % 11, 7);
        assert_eq!(container_sum("MSCU663987"), 7656);
        for n in 0..2_000 {
            let number = container(n);
            let check = number.chars().last().and_then(|c| c.to_digit(10));
            assert_eq!(check, Some(container_sum(&number) % 11), "{number}");
        }
    }

    #[test]
    fn air_waybills_end_in_serial_modulo_seven() {
        assert_eq!(air_waybill("176", 234_567), "176-12345675");
    }

    #[test]
    fn amounts_are_spelled_as_on_drafts() {
        let say = |currency, cents: i64, scale| words(currency, Decimal::new(cents, scale));
        assert_eq!(
            say("USD", 8_642_050, 2),
            "SAY US DOLLARS EIGHTY-SIX THOUSAND FOUR HUNDRED AND TWENTY AND CENTS FIFTY ONLY"
        );
        assert_eq!(say("USD", 100_100, 2), "SAY US DOLLARS ONE THOUSAND AND ONE ONLY");
        assert_eq!(say("EUR", 1_201_507, 2), "SAY EUROS TWELVE THOUSAND AND FIFTEEN AND CENTS SEVEN ONLY");
        assert_eq!(say("JPY", 1_500_000, 0), "SAY JAPANESE YEN ONE MILLION FIVE HUNDRED THOUSAND ONLY");
        assert_eq!(
            say("USD", 123_456_789, 2),
            "SAY US DOLLARS ONE MILLION TWO HUNDRED AND THIRTY-FOUR THOUSAND FIVE HUNDRED AND SIXTY-SEVEN \
             AND CENTS EIGHTY-NINE ONLY"
        );
    }
}
