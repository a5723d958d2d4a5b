//! What was probably meant: a word close to a known one, digits in the wrong order, a slipped decimal point,
//! pounds for kilograms. These are hints for messages; nothing is decided by them.

use rust_decimal::Decimal;

/// One pound in kilograms, exactly.
pub const KG_PER_LB: Decimal = Decimal::from_parts(45_359_237, 0, 0, false, 8);

/// The candidate nearest to `word`: at most two edits away, one for words of up to four letters. Case counts for
/// nothing; the first of equally near candidates wins.
pub fn did_you_mean<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word = word.to_lowercase();
    let length = word.chars().count();
    let allowed = match length {
        0 | 1 => return None,
        2..=4 => 1,
        _ => 2,
    };
    candidates
        .into_iter()
        .filter(|candidate| candidate.chars().count().abs_diff(length) <= allowed)
        .map(|candidate| (strsim::osa_distance(&word, &candidate.to_lowercase()), candidate))
        .filter(|(distance, _)| *distance <= allowed)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// The two neighbouring characters whose order differs between the texts and nothing else: `2470` and `2740`
/// give `("47", "74")`.
#[must_use]
pub fn transposed(a: &str, b: &str) -> Option<(String, String)> {
    let (left, right): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    if left.len() != right.len() {
        return None;
    }
    let at = left.iter().zip(&right).position(|(x, y)| x != y)?;
    let (x, y) = (left.get(at..at + 2)?, right.get(at..at + 2)?);
    let swapped = x.iter().eq(y.iter().rev());
    let rest_equal = left.get(at + 2..) == right.get(at + 2..);
    (swapped && rest_equal).then(|| (x.iter().collect(), y.iter().collect()))
}

/// [`transposed`] on figures; both are written with the same number of decimals first.
#[must_use]
pub fn transposed_digits(a: Decimal, b: Decimal) -> Option<(String, String)> {
    let (mut left, mut right) = (a.normalize(), b.normalize());
    let scale = left.scale().max(right.scale());
    left.rescale(scale);
    right.rescale(scale);
    transposed(&left.to_string(), &right.to_string())
}

/// The power of ten by which `b` differs from `a` and nothing else: 1 when `b` is ten times `a`, −2 for a hundredth.
#[must_use]
pub fn factor_of_ten(a: Decimal, b: Decimal) -> Option<i32> {
    if a.is_zero() || b.is_zero() || a == b || a.is_sign_negative() != b.is_sign_negative() {
        return None;
    }
    (1..=6).find_map(|power| {
        let factor = Decimal::from(10_i64.checked_pow(power)?);
        let exponent = i32::try_from(power).ok()?;
        if a.checked_mul(factor) == Some(b) {
            Some(exponent)
        } else if b.checked_mul(factor) == Some(a) {
            Some(-exponent)
        } else {
            None
        }
    })
}

/// Which way two weights differ by the pound, within half a percent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KgLb {
    /// The first is in pounds, the second in kilograms.
    FirstInPounds,
    /// The second is in pounds, the first in kilograms.
    SecondInPounds,
}

/// Recognises two figures of which one is the other in pounds.
#[must_use]
pub fn kg_lb(a: Decimal, b: Decimal) -> Option<KgLb> {
    let near = |pounds: Decimal, kilograms: Decimal| {
        let Some(converted) = pounds.checked_mul(KG_PER_LB) else {
            return false;
        };
        let slack = kilograms.checked_mul(Decimal::new(5, 3));
        kilograms > Decimal::ZERO && slack.is_some_and(|slack| (converted - kilograms).abs() <= slack)
    };
    if near(a, b) {
        Some(KgLb::FirstInPounds)
    } else if near(b, a) {
        Some(KgLb::SecondInPounds)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn n(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    #[test]
    fn near_words() {
        let keys = ["shipped", "ship_by", "signed", "incoterm"];
        assert_eq!(did_you_mean("incotrem", keys), Some("incoterm"));
        assert_eq!(did_you_mean("SHIP_BY", keys), Some("ship_by"));
        assert_eq!(did_you_mean("ship_buy", keys), Some("ship_by"));
        assert_eq!(did_you_mean("payment", keys), None);
        assert_eq!(did_you_mean("fbo", ["fob", "fas"]), Some("fob"));
        assert_eq!(did_you_mean("xyz", ["fob", "fas"]), None);
        assert_eq!(did_you_mean("f", ["fob"]), None);
        assert_eq!(did_you_mean("", ["fob"]), None);
    }

    #[test]
    fn swapped_digits() {
        assert_eq!(transposed("2470", "2740"), Some(("47".into(), "74".into())));
        assert_eq!(transposed("11045", "11054"), Some(("45".into(), "54".into())));
        assert_eq!(transposed("2470", "2740.0"), None);
        assert_eq!(transposed("2470", "2471"), None);
        assert_eq!(transposed("2470", "2470"), None);
        assert_eq!(transposed("1212", "2121"), None);
        assert_eq!(transposed_digits(n("9802.50"), n("9820.5")), Some(("02".into(), "20".into())));
        assert_eq!(transposed_digits(n("12.3"), n("13.2")), None);
    }

    #[test]
    fn slipped_points() {
        assert_eq!(factor_of_ten(n("2.35"), n("23.5")), Some(1));
        assert_eq!(factor_of_ten(n("1500"), n("15")), Some(-2));
        assert_eq!(factor_of_ten(n("15"), n("15")), None);
        assert_eq!(factor_of_ten(n("0"), n("10")), None);
        assert_eq!(factor_of_ten(n("-1"), n("10")), None);
        assert_eq!(factor_of_ten(Decimal::MAX, n("1")), None);
    }

    #[test]
    fn pounds_and_kilograms() {
        assert_eq!(kg_lb(n("5445.42"), n("2470")), Some(KgLb::FirstInPounds));
        assert_eq!(kg_lb(n("2470"), n("5445")), Some(KgLb::SecondInPounds));
        assert_eq!(kg_lb(n("2470"), n("2740")), None);
        assert_eq!(kg_lb(n("0"), n("0")), None);
        assert_eq!(kg_lb(Decimal::MAX, n("2")), None);
        assert_eq!(KG_PER_LB, n("0.45359237"));
    }
}
