//! Amounts in several currencies. A currency is never added to another.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::ctx::Ctx;
use crate::book::Book;
use crate::model::value::Currency;

/// An amount at the display rate of the day, 1 where none is recorded: it orders lists and is shown nowhere.
#[must_use]
pub fn weight(book: &Book, as_of: NaiveDate, currency: Option<Currency>, amount: Decimal) -> Decimal {
    let rate = currency.and_then(|c| book.rate(c.code(), as_of)).map_or(Decimal::ONE, |rate| rate.rate);
    amount.saturating_mul(rate)
}

/// Sums by currency.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sums(BTreeMap<&'static str, (Currency, Decimal)>);

impl Sums {
    /// Adds an amount to the sum of its currency.
    pub fn add(&mut self, currency: Currency, amount: Decimal) {
        let sum = self.0.entry(currency.code()).or_insert((currency, Decimal::ZERO));
        sum.1 = sum.1.saturating_add(amount);
    }

    /// The sums, by code.
    pub fn each(&self) -> impl Iterator<Item = (Currency, Decimal)> {
        self.0.values().copied()
    }

    /// The sum of one currency.
    #[must_use]
    pub fn get(&self, currency: Currency) -> Option<Decimal> {
        self.0.get(currency.code()).map(|(_, sum)| *sum)
    }

    /// Nothing was added.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// `USD 72,240.00 · EUR 18,400.00`.
    #[must_use]
    pub fn text(&self, ctx: &Ctx<'_>) -> String {
        let parts: Vec<String> = self.each().map(|(currency, sum)| ctx.money(sum, Some(currency))).collect();
        parts.join(" · ")
    }
}

impl FromIterator<(Currency, Decimal)> for Sums {
    fn from_iter<T: IntoIterator<Item = (Currency, Decimal)>>(amounts: T) -> Self {
        let mut sums = Self::default();
        for (currency, amount) in amounts {
            sums.add(currency, amount);
        }
        sums
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn currencies_stay_apart() {
        let (usd, eur) = (Currency::parse("USD").unwrap(), Currency::parse("EUR").unwrap());
        let sums: Sums =
            [(usd, Decimal::TEN), (eur, Decimal::ONE), (usd, Decimal::TEN)].into_iter().collect();
        assert_eq!(sums.get(usd), Some(Decimal::from(20)));
        assert_eq!(sums.get(eur), Some(Decimal::ONE));
        assert_eq!(sums.each().count(), 2);
    }
}
