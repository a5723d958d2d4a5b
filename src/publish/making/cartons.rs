//! The rows of a packing list: full cartons of each item, and its last, short one.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::consignment::{Line, sum};
use crate::derive::goods::volume;
use crate::model::order::Container;

/// Cartons that are packed alike. Figures are `None` where the record does not give enough to know them.
#[derive(Debug, Clone)]
pub(super) struct CartonRow {
    /// Index of the line.
    pub(super) line: usize,
    /// First and last carton number; `None` after a row whose cartons cannot be counted.
    pub(super) numbers: Option<(u64, u64)>,
    pub(super) packages: Option<Decimal>,
    /// Quantity in one.
    pub(super) each: Option<Decimal>,
    pub(super) qty: Option<Decimal>,
    /// Kilograms, of the row.
    pub(super) net: Option<Decimal>,
    /// Kilograms, of the row.
    pub(super) gross: Option<Decimal>,
    /// Cubic metres, of the row.
    pub(super) cbm: Option<Decimal>,
    /// Less than a full carton.
    pub(super) short: bool,
    /// Index of the container it stands in.
    pub(super) container: Option<usize>,
}

/// The rows of lines. A short carton weighs and measures what a full one does, as the order counts it.
pub(super) fn rows(lines: &[Line<'_>]) -> Vec<CartonRow> {
    let mut next = Some(1_u64);
    let mut rows = Vec::new();
    for (index, line) in lines.iter().enumerate() {
        let per = line.item.and_then(|i| i.pack.as_deref()?.per_carton).filter(|per| *per > Decimal::ZERO);
        let (full, rest) = match line.qty.zip(per).and_then(|(qty, per)| divide(qty, per)) {
            Some(parts) => parts,
            None => {
                next = None;
                rows.push(row(index, line, (None, None, line.qty), &mut next));
                continue;
            }
        };
        if !full.is_zero() {
            let qty = per.and_then(|per| per.checked_mul(full));
            rows.push(row(index, line, (Some(full), per, qty), &mut next));
        }
        if !rest.is_zero() {
            let mut short = row(index, line, (Some(Decimal::ONE), Some(rest), Some(rest)), &mut next);
            short.short = true;
            rows.push(short);
        }
    }
    rows
}

/// Full cartons and what is left over.
fn divide(qty: Decimal, per: Decimal) -> Option<(Decimal, Decimal)> {
    let full = qty.checked_div(per)?.floor();
    // Beyond the precision of decimals the quotient of a multiple may fall short of it.
    let rest = qty.checked_sub(full.checked_mul(per)?)?;
    if rest == per { Some((full.checked_add(Decimal::ONE)?, Decimal::ZERO)) } else { Some((full, rest)) }
}

type Filled = (Option<Decimal>, Option<Decimal>, Option<Decimal>);

fn row(line: usize, from: &Line<'_>, filled: Filled, next: &mut Option<u64>) -> CartonRow {
    let (packages, each, qty) = filled;
    let pack = from.item.and_then(|i| i.pack.as_deref());
    let times = |one: Option<Decimal>| packages.zip(one).and_then(|(n, one)| n.checked_mul(one));
    let numbers = packages.and_then(|n| n.to_u64()).zip(*next).and_then(|(n, from)| {
        let last = from.checked_add(n)?.checked_sub(1)?;
        Some((from, last))
    });
    *next = numbers.and_then(|(_, last)| last.checked_add(1));
    CartonRow {
        line,
        numbers,
        packages,
        each,
        qty,
        net: times(pack.and_then(|p| p.net_kg)),
        gross: times(pack.and_then(|p| p.gross_kg)),
        cbm: times(pack.and_then(|p| p.cbm.or_else(|| volume(&p.size_cm)))),
        short: false,
        container: None,
    }
}

/// Puts rows into containers, cutting a row where a container is full, when the record proves it: cartons in the order
/// of their numbers fill exactly the packages, weight and volume that each container is recorded with. Otherwise
/// nobody knows which carton stands where, and the rows stay as they are.
pub(super) fn into_containers(rows: Vec<CartonRow>, containers: &[Container]) -> Vec<CartonRow> {
    let cut = match containers {
        [] => None,
        [only] => {
            let one = |row: &CartonRow| CartonRow { container: Some(0), ..row.clone() };
            let all: Vec<CartonRow> = rows.iter().map(one).collect();
            agrees(&all, 0, only).then_some(all)
        }
        _ => cut(&rows, containers),
    };
    cut.unwrap_or(rows)
}

fn cut(rows: &[CartonRow], containers: &[Container]) -> Option<Vec<CartonRow>> {
    let mut out: Vec<CartonRow> = Vec::new();
    let mut rows = rows.iter().cloned();
    let mut current = rows.next();
    for (index, container) in containers.iter().enumerate() {
        let mut room = container.packages?;
        while room > Decimal::ZERO {
            let row = current.take()?;
            let packages = row.packages?;
            if packages <= room {
                room = room.checked_sub(packages)?;
                out.push(CartonRow { container: Some(index), ..row });
                current = rows.next();
            } else {
                let (mut head, tail) = split(&row, room)?;
                head.container = Some(index);
                out.push(head);
                current = Some(tail);
                room = Decimal::ZERO;
            }
        }
        if !agrees(&out, index, container) {
            return None;
        }
    }
    current.is_none().then_some(out)
}

/// A row of full cartons in two.
fn split(row: &CartonRow, first: Decimal) -> Option<(CartonRow, CartonRow)> {
    let (from, to) = row.numbers?;
    let packages = row.packages?;
    let part = |n: Decimal, numbers: (u64, u64)| {
        let of = |whole: Option<Decimal>| whole?.checked_mul(n)?.checked_div(packages);
        CartonRow {
            numbers: Some(numbers),
            packages: Some(n),
            qty: of(row.qty),
            net: of(row.net),
            gross: of(row.gross),
            cbm: of(row.cbm),
            ..row.clone()
        }
    };
    let middle = from.checked_add(first.to_u64()?)?;
    Some((part(first, (from, middle.checked_sub(1)?)), part(packages.checked_sub(first)?, (middle, to))))
}

/// What is recorded of a container is what the rows in it come to.
fn agrees(rows: &[CartonRow], index: usize, container: &Container) -> bool {
    let mine = || rows.iter().filter(move |row| row.container == Some(index));
    let same = |recorded: Option<Decimal>, get: fn(&CartonRow) -> Option<Decimal>| {
        recorded.is_none_or(|figure| sum(mine().map(get)) == Some(figure))
    };
    same(container.packages, |r| r.packages)
        && same(container.gross_kg, |r| r.gross)
        && same(container.cbm, |r| r.cbm)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::order::{Item, Pack};
    use proptest::prelude::*;

    fn n(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    fn item(per: &str) -> Item {
        let pack = Pack {
            per_carton: Some(n(per)),
            gross_kg: Some(n("8.4")),
            net_kg: Some(n("7.2")),
            size_cm: vec![n("40"), n("35"), n("30")],
            ..Pack::default()
        };
        Item { pack: Some(Box::new(pack)), ..Item::default() }
    }

    fn line<'a>(item: &'a Item, qty: &str) -> Line<'a> {
        Line { item: Some(item), name: "X", qty: Some(n(qty)), unit: "PCS", amount: None }
    }

    fn container(packages: &str, gross: &str) -> Container {
        Container { packages: Some(n(packages)), gross_kg: Some(n(gross)), ..Container::default() }
    }

    type Placed = (Option<(u64, u64)>, Option<usize>);

    fn numbers(rows: &[CartonRow]) -> Vec<Placed> {
        rows.iter().map(|r| (r.numbers, r.container)).collect()
    }

    #[test]
    fn the_short_carton_stands_alone() {
        let (a, b) = (item("60"), item("80"));
        let rows = rows(&[line(&a, "130"), line(&b, "160"), line(&b, "5")]);
        let shown: Vec<_> = rows.iter().map(|r| (r.numbers, r.each, r.qty, r.short)).collect();
        let row = |from, to, each, qty, short| (Some((from, to)), Some(n(each)), Some(n(qty)), short);
        assert_eq!(
            shown,
            [
                row(1, 2, "60", "120", false),
                row(3, 3, "10", "10", true),
                row(4, 5, "80", "160", false),
                row(6, 6, "5", "5", true)
            ]
        );
        assert_eq!(sum(rows.iter().map(|r| r.gross)), Some(n("50.4")));
        assert_eq!(rows[0].cbm, Some(n("0.084")));
    }

    #[test]
    fn what_is_not_recorded_is_not_counted() {
        let bare = Item::default();
        let packed = item("60");
        let rows = rows(&[line(&packed, "60"), line(&bare, "7"), line(&packed, "60")]);
        assert_eq!(rows[1].packages, None);
        // Nobody knows where the numbers go on after cartons that cannot be counted.
        assert_eq!(numbers(&rows), [(Some((1, 1)), None), (None, None), (None, None)]);
        assert_eq!(sum(rows.iter().map(|r| r.packages)), None);
    }

    #[test]
    fn containers_are_named_only_when_the_figures_prove_it() {
        let a = item("60");
        let goods = [line(&a, "600")];
        let two = [container("6", "50.4"), container("4", "33.6")];
        let cut = into_containers(rows(&goods), &two);
        assert_eq!(numbers(&cut), [(Some((1, 6)), Some(0)), (Some((7, 10)), Some(1))]);
        assert_eq!(cut.iter().map(|r| r.qty).collect::<Vec<_>>(), [Some(n("360")), Some(n("240"))]);
        for other in [
            vec![container("6", "50.5"), container("4", "33.6")],
            vec![container("6", "50.4"), container("5", "33.6")],
            vec![container("6", "50.4")],
            vec![],
        ] {
            assert_eq!(numbers(&into_containers(rows(&goods), &other)), [(Some((1, 10)), None)]);
        }
        let one = [container("10", "84")];
        assert_eq!(numbers(&into_containers(rows(&goods), &one)), [(Some((1, 10)), Some(0))]);
    }

    proptest! {
        #[test]
        fn nothing_is_lost_or_added(qty in 1_i64..1_000_000, scale in 0_u32..4, per in 1_i64..10_000) {
            let (qty, per) = (Decimal::new(qty, scale), Decimal::new(per, scale));
            let item = item(&per.to_string());
            let rows = rows(&[Line { qty: Some(qty), ..line(&item, "0") }]);
            prop_assert_eq!(sum(rows.iter().map(|r| r.qty)), Some(qty));
            prop_assert_eq!(sum(rows.iter().map(|r| r.packages)), Some((qty / per).ceil()));
            prop_assert!(rows.iter().all(|r| r.each.unwrap() * r.packages.unwrap() == r.qty.unwrap()));
        }
    }
}
