//! Quantities in different units, converted exactly. Units that measure different things cannot be compared.

use rust_decimal::Decimal;

use super::Outcome;
use crate::model::value::Unit;
use crate::model::value::fold::fold;

/// A quantity with its unit as printed; pieces where nothing is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quantity<'a> {
    /// The figure.
    pub value: Decimal,
    /// The unit as printed.
    pub unit: Option<&'a str>,
}

/// Compares two quantities; `None` where their units cannot be compared.
#[must_use]
pub fn compare(a: Quantity<'_>, b: Quantity<'_>) -> Option<Outcome> {
    let same = |equal| if equal { Outcome::Normalised } else { Outcome::Different };
    let (x, y) = (a.unit.unwrap_or("PCS"), b.unit.unwrap_or("PCS"));
    if x == y {
        return Some(if a.value == b.value { Outcome::Same } else { Outcome::Different });
    }
    match (Unit::parse(x), Unit::parse(y)) {
        (Some(x), Some(y)) => x.same(a.value, y, b.value).map(same),
        // Two unknown units of one spelling still count the same thing.
        _ => (fold(x) == fold(y)).then(|| same(a.value == b.value)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn q<'a>(value: &str, unit: &'a str) -> Quantity<'a> {
        Quantity { value: value.parse().unwrap(), unit: (!unit.is_empty()).then_some(unit) }
    }

    #[test]
    fn units() {
        assert_eq!(compare(q("2", "DOZ"), q("24", "PCS")), Some(Outcome::Normalised));
        assert_eq!(compare(q("1.5", "MT"), q("1500", "KGS")), Some(Outcome::Normalised));
        assert_eq!(compare(q("9300", "SET"), q("9030", "SETS")), Some(Outcome::Different));
        assert_eq!(compare(q("9300", ""), q("9300", "PCS")), Some(Outcome::Same));
        assert_eq!(compare(q("10", "PCS"), q("10", "KG")), None);
        assert_eq!(compare(q("10", "WIDGETS"), q("10", "widgets")), Some(Outcome::Normalised));
        assert_eq!(compare(q("10", "WIDGETS"), q("10", "PCS")), None);
    }
}
