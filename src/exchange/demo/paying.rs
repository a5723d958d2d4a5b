//! How a buyer pays the balance: mostly in full, and in the ways in which it is not quite that.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::calendar::{add, work};
use super::dice::Dice;
use super::goods;
use super::plan::Life;
use super::terms::{Method, Terms};

/// What comes in for the balance.
pub(super) enum Manner {
    /// All of it.
    Full,
    /// So little less that nobody asks for it: a bank on the way took it, and no advice shows it.
    Short(Decimal),
    /// A part of it on an earlier day.
    Parts(NaiveDate, Decimal),
    /// So much more; the second is the day on which it is paid back, where it is.
    Over(Decimal, Option<NaiveDate>),
    /// In renminbi, at that rate.
    Renminbi(Decimal),
    /// So much less, which is written off.
    WrittenOff(Decimal, NaiveDate),
}

#[derive(Clone, Copy)]
enum Kind {
    Full,
    Short,
    Parts,
    Over,
    Renminbi,
    WrittenOff,
}

impl Manner {
    /// Draws one that fits; always the same number of choices.
    pub(super) fn draw(dice: &mut Dice, terms: &Terms, life: &Life, balance: Decimal) -> Self {
        let kinds = [
            (Kind::Full, 71),
            (Kind::Short, 10),
            (Kind::Parts, 7),
            (Kind::Over, 4),
            (Kind::Renminbi, 3),
            (Kind::WrittenOff, 5),
        ];
        let kind = dice.weighted(&kinds, Kind::Full);
        let (size, days) = (dice.range(1, 100), dice.range(5, 45));
        let currency = terms.currency;
        let sum = |amount: Decimal| goods::money(amount, currency);
        let percent = |n: Decimal| sum(balance * n / Decimal::ONE_HUNDRED);
        // Banks pay credits and collections to the cent; a claim or a cancellation has its own story.
        let plain = life.complaint.is_some() || life.cancelled.is_some();
        let earliest = match terms.method {
            Method::CopyBl => work(life.copies, 1),
            Method::Tt | Method::Oa => work(life.originals, 1),
            Method::BeforeShipment => work(life.started, 1),
            Method::Cod => work(life.delivered, 1),
            _ => return Self::Full,
        };
        match kind {
            Kind::Full => Self::Full,
            _ if plain => Self::Full,
            // Within the tolerance of each of two loads.
            Kind::Short => Self::Short(percent(Decimal::new(2, 1)).min(small(currency, 8 + size / 6))),
            Kind::Parts => {
                let day = work(add(life.paid, -days), 0).max(earliest);
                let first = percent(Decimal::from(30 + size / 2));
                if day < life.paid { Self::Parts(day, first) } else { Self::Full }
            }
            Kind::Over => {
                let back = (size > 50).then(|| work(life.paid, 3 + days / 4));
                Self::Over(small(currency, 100 + 10 * size), back)
            }
            Kind::Renminbi => renminbi(currency).map_or(Self::Full, Self::Renminbi),
            Kind::WrittenOff if matches!(terms.method, Method::Tt | Method::Oa) => {
                Self::WrittenOff(small(currency, 35 + size / 2), work(life.paid, 2))
            }
            Kind::WrittenOff => Self::Full,
        }
    }
}

/// A small sum of about so many dollars.
fn small(currency: &str, dollars: i64) -> Decimal {
    let times = if currency == "JPY" { 100 } else { 1 };
    goods::money(Decimal::from(dollars * times), currency)
}

/// What one unit is in renminbi, about.
fn renminbi(currency: &str) -> Option<Decimal> {
    match currency {
        "USD" => Some(Decimal::new(71_200, 4)),
        "EUR" => Some(Decimal::new(77_500, 4)),
        "GBP" => Some(Decimal::new(90_800, 4)),
        _ => None,
    }
}
