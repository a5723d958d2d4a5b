//! Figures that differ, and what probably happened: digits swapped, a point slipped, pounds for kilograms. Hints for
//! messages, nothing more.

use rust_decimal::Decimal;

use crate::bi;
use crate::model::value::near::{self, KgLb};
use crate::text::Bi;

/// The likeliest innocent explanation for a figure that ought to be another; empty where there is none.
#[must_use]
pub fn hint(is: Decimal, ought: Decimal) -> Bi {
    if let Some((a, b)) = near::transposed_digits(is, ought) {
        return bi!("像是 {a} 和 {b} 写反了。", "digits look swapped, {a} for {b}. ");
    }
    match near::factor_of_ten(ought, is) {
        Some(1..) => {
            return bi!("像是多了一位，或小数点错位。", "a digit too many, or a slipped decimal point. ");
        }
        Some(_) => {
            return bi!("像是少了一位，或小数点错位。", "a digit too few, or a slipped decimal point. ");
        }
        None => {}
    }
    Bi::default()
}

/// [`hint`] for weights, where one may be in pounds.
#[must_use]
pub fn weight_hint(is: Decimal, ought: Decimal) -> Bi {
    match near::kg_lb(is, ought) {
        Some(KgLb::FirstInPounds) => {
            bi!("像是磅数当成了公斤。", "this looks like pounds taken for kilograms. ")
        }
        Some(KgLb::SecondInPounds) => {
            bi!("另一个数像是磅数当成了公斤。", "the other figure looks like pounds taken for kilograms. ")
        }
        None => hint(is, ought),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn n(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    #[test]
    fn explanations() {
        assert!(hint(n("2740"), n("2470")).en.contains("swapped"));
        assert!(hint(n("23.5"), n("2.35")).en.contains("too many"));
        assert!(hint(n("2.35"), n("23.5")).en.contains("too few"));
        assert!(weight_hint(n("5445.42"), n("2470")).en.contains("pounds"));
        assert!(hint(n("2471"), n("2470")).is_empty());
    }
}
