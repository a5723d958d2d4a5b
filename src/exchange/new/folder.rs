//! Where a new order goes: beside its neighbours.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};

/// The levels of folders between `orders` and an order's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Levels {
    None,
    Year,
    Month,
}

/// The folder of a new order, below the data root. `others` are the folders of the orders there are: most of the
/// year's decide, else most of all.
#[must_use]
pub fn folder<'a>(id: &str, day: NaiveDate, others: impl IntoIterator<Item = &'a str>) -> String {
    let (year, month) = (format!("{:04}", day.year()), format!("{:02}", day.month()));
    let levels: Vec<(&str, Levels)> = others.into_iter().filter_map(levels_of).collect();
    let own = most(levels.iter().filter(|(of, _)| *of == year).map(|(_, levels)| *levels));
    match own.or_else(|| most(levels.iter().map(|(_, levels)| *levels))).unwrap_or(Levels::Year) {
        Levels::None => format!("orders/{id}"),
        Levels::Year => format!("orders/{year}/{id}"),
        Levels::Month => format!("orders/{year}/{month}/{id}"),
    }
}

fn levels_of(folder: &str) -> Option<(&str, Levels)> {
    let digits = |part: &str, count: usize| part.len() == count && part.bytes().all(|b| b.is_ascii_digit());
    let parts: Vec<&str> = folder.split('/').collect();
    match parts.as_slice() {
        ["orders", _] => Some(("", Levels::None)),
        ["orders", year, _] if digits(year, 4) => Some((year, Levels::Year)),
        ["orders", year, month, _] if digits(year, 4) && digits(month, 2) => Some((year, Levels::Month)),
        _ => None,
    }
}

fn most(levels: impl Iterator<Item = Levels>) -> Option<Levels> {
    let mut counts: BTreeMap<Levels, usize> = BTreeMap::new();
    for level in levels {
        *counts.entry(level).or_default() += 1;
    }
    counts.into_iter().max_by_key(|(_, count)| *count).map(|(level, _)| level)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn beside_the_neighbours() {
        let day = NaiveDate::from_ymd_opt(2026, 3, 9).unwrap();
        let at = |others: &[&str]| folder("N", day, others.iter().copied());
        assert_eq!(at(&[]), "orders/2026/N");
        assert_eq!(at(&["orders/2026/A", "orders/2025/03/B", "orders/2025/04/C"]), "orders/2026/N");
        assert_eq!(at(&["orders/2026/02/A"]), "orders/2026/03/N");
        assert_eq!(at(&["orders/2025/02/A"]), "orders/2026/03/N");
        assert_eq!(at(&["orders/A", "orders/B"]), "orders/N");
        assert_eq!(at(&["orders/eu/x/A"]), "orders/2026/N");
    }
}
