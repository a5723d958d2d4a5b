//! How much may be shipped and drawn. Amount, quantity and unit price have limits of their own that are never mixed
//! (UCP 600 art. 30). Bounds are exact: rounding one would let an overdrawn cent pass.

use rust_decimal::Decimal;

use super::Credit;
use crate::model::document::CreditItem;
use crate::model::value::{Tolerance, Unit};

/// An allowed range; an absent end is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Range {
    /// The least.
    pub low: Option<Decimal>,
    /// The most.
    pub high: Option<Decimal>,
    /// Which clause opens it.
    pub by: By,
}

/// What a range rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// 39A, or "x % more or less" beside the figure (also "about", written as 10 %).
    Stated(Tolerance),
    /// Art. 30 b: five per cent of a quantity that is not counted in items or packing units.
    FivePercent,
    /// "Maximum", "not exceeding".
    Maximum,
    /// Nothing: the figure as it stands.
    Exact,
}

impl Range {
    /// True when the figure lies inside.
    #[must_use]
    pub fn holds(&self, figure: Decimal) -> bool {
        self.low.is_none_or(|low| figure >= low) && self.high.is_none_or(|high| figure <= high)
    }
}

/// The amount that may be drawn in all: 32B with 39A, and 39C on top. The lower end binds only where partial
/// drawings are not allowed.
#[must_use]
pub fn amount(credit: &Credit<'_>) -> Option<Range> {
    let figure = credit.figure()?;
    let extra = credit
        .extra
        .iter()
        .filter_map(|e| e.value.amount.as_ref())
        .fold(Decimal::ZERO, |sum, amount| sum.saturating_add(amount.value));
    let (low, high, by) = match credit.tolerance.as_ref().map(|t| t.value) {
        Some(tolerance) => {
            let (low, high) = tolerance.range(figure)?;
            (low, high, By::Stated(tolerance))
        }
        None => (figure, figure, By::Exact),
    };
    Some(Range { low: Some(low), high: high.checked_add(extra), by })
}

/// The least that may be drawn where partial drawings are not allowed: inside a stated tolerance anything; else down
/// to 95 % when the quantity is shipped in full and the unit price is not reduced (art. 30 c).
#[must_use]
pub fn least_drawing(credit: &Credit<'_>) -> Option<Decimal> {
    let figure = credit.figure()?;
    match credit.tolerance.as_ref() {
        Some(tolerance) => Some(tolerance.value.range(figure)?.0),
        None => figure.checked_mul(Decimal::new(95, 2)),
    }
}

/// The quantity of a 45A line that may be shipped. Nothing where the line states none.
#[must_use]
pub fn quantity(item: &CreditItem) -> Option<Range> {
    let figure = item.qty?;
    if let Some(tolerance) = item.tolerance {
        let (low, high) = tolerance.range(figure)?;
        return Some(Range { low: Some(low), high: Some(high), by: By::Stated(tolerance) });
    }
    if item.max == Some(true) {
        return Some(Range { low: None, high: Some(figure), by: By::Maximum });
    }
    // An unknown unit may be one of items: no five per cent on a guess.
    let counted = item.unit.as_deref().is_none_or(|unit| Unit::parse(unit).is_none_or(Unit::is_item));
    if counted {
        return Some(Range { low: Some(figure), high: Some(figure), by: By::Exact });
    }
    let (low, high) = Tolerance::both(Decimal::from(5)).range(figure)?;
    Some(Range { low: Some(low), high: Some(high), by: By::FivePercent })
}

/// The unit price that may be invoiced: exact, or within what stands beside the price ("about").
#[must_use]
pub fn price(item: &CreditItem) -> Option<Range> {
    let figure = item.price.as_ref()?.value;
    let Some(tolerance) = item.price_tolerance else {
        return Some(Range { low: Some(figure), high: Some(figure), by: By::Exact });
    };
    let (low, high) = tolerance.range(figure)?;
    Some(Range { low: Some(low), high: Some(high), by: By::Stated(tolerance) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::document::{Extra, LetterOfCredit};
    use crate::model::value::Amount;

    fn n(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    fn lc(amount: &str, tolerance: Option<&str>) -> LetterOfCredit {
        LetterOfCredit {
            amount: Some(Amount { value: n(amount), currency: None }),
            tolerance: tolerance.map(|t| Tolerance::parse(t).unwrap()),
            ..LetterOfCredit::default()
        }
    }

    fn high(amount: &str, tolerance: Option<&str>, claim: &str) -> bool {
        let lc = lc(amount, tolerance);
        let credit = Credit::issued(0, &lc);
        super::amount(&credit).unwrap().high.unwrap() >= n(claim)
    }

    fn item(qty: &str, unit: &str, tolerance: Option<&str>) -> CreditItem {
        CreditItem {
            qty: Some(n(qty)),
            unit: Some(unit.into()),
            tolerance: tolerance.map(|t| Tolerance::parse(t).unwrap()),
            ..CreditItem::default()
        }
    }

    fn ships(item: &CreditItem, qty: &str) -> bool {
        quantity(item).unwrap().holds(n(qty))
    }

    #[test]
    fn amounts_are_not_rounded() {
        // T1, T3, T4, T5
        assert!(
            high("100000.00", Some("05/05"), "105000.00") && !high("100000.00", Some("05/05"), "105000.01")
        );
        assert!(
            high("123456.78", Some("05/05"), "129629.61") && !high("123456.78", Some("05/05"), "129629.62")
        );
        assert!(high("100000.00", Some("10%"), "110000.00") && !high("100000.00", Some("10%"), "110000.01"));
        assert!(high("84000.00", Some("05/00"), "88200.00") && !high("84000.00", Some("05/00"), "88200.01"));
        // T2, T6
        for (amount, tolerance, low, most) in [
            ("99999.99", "10/10", "89999.991", "109999.989"),
            ("123456.78", "05/05", "117283.941", "129629.619"),
            ("84000.00", "05/00", "84000.00", "88200.00"),
            ("45500.00", "00/10", "40950.00", "45500.00"),
        ] {
            let lc = lc(amount, Some(tolerance));
            let range = super::amount(&Credit::issued(0, &lc)).unwrap();
            assert_eq!((range.low, range.high), (Some(n(low)), Some(n(most))), "{amount} {tolerance}");
        }
    }

    #[test]
    fn additional_amounts_come_on_top() {
        // T15
        let mut lc = lc("50000.00", None);
        lc.extra = vec![Extra { text: None, amount: Some(Amount { value: n("1200"), currency: None }) }];
        let range = super::amount(&Credit::issued(0, &lc)).unwrap();
        assert!(range.holds(n("51150.00")) && !range.holds(n("51200.01")));
    }

    #[test]
    fn quantities() {
        // T7, T9: five per cent of a weight, without any clause.
        let weight = item("500", "MT", None);
        assert!(ships(&weight, "475") && !ships(&weight, "474.9") && ships(&weight, "510.4"));
        assert!(ships(&weight, "525.0") && !ships(&weight, "525.001"));
        // T10, T11: pieces never, unless the line says so.
        assert!(!ships(&item("1800", "PCS", None), "1836"));
        assert!(ships(&item("1800", "PCS", Some("5%")), "1836"));
        // T12: bags are packing units; a weight in bags is a weight.
        assert!(!ships(&item("20000", "BAGS", None), "20100"));
        let most = CreditItem { max: Some(true), ..item("500", "MT", None) };
        assert!(ships(&most, "400") && !ships(&most, "500.1"));
        assert!(!ships(&item("10", "WIDGETS", None), "10.1"));
    }

    #[test]
    fn prices_are_exact_unless_about() {
        let priced = |about: Option<&str>| CreditItem {
            price: Some(Amount { value: n("14.80"), currency: None }),
            price_tolerance: about.map(|t| Tolerance::parse(t).unwrap()),
            ..CreditItem::default()
        };
        assert!(price(&priced(None)).unwrap().holds(n("14.8")));
        assert!(!price(&priced(None)).unwrap().holds(n("14.50")));
        assert!(price(&priced(Some("10%"))).unwrap().holds(n("14.50")));
    }

    #[test]
    fn the_least_drawing() {
        // T13, T14
        assert_eq!(least_drawing(&Credit::issued(0, &lc("815000.00", None))), Some(n("774250.00")));
        assert_eq!(least_drawing(&Credit::issued(0, &lc("815000.00", Some("03/03")))), Some(n("790550.00")));
    }
}
