//! Numbers with check digits, and amounts in words.

use rust_decimal::Decimal;

use crate::model::value::{Currency, words};

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
    Currency::parse(currency).and_then(|currency| words::amount(amount, currency)).unwrap_or_default()
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
}
