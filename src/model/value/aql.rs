//! Acceptance sampling: single plans, normal inspection, general level II (ISO 2859-1, ANSI/ASQ Z1.4).
//! Other levels and switching rules are not known here.

use rust_decimal::Decimal;

/// An acceptance quality limit of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Aql {
    /// 1.0
    A10,
    /// 1.5
    A15,
    /// 2.5, usual for major defects.
    A25,
    /// 4.0, usual for minor defects.
    A40,
}

impl Aql {
    /// The limit of a figure; `None` for a limit that is not in the table.
    #[must_use]
    pub fn of(limit: Decimal) -> Option<Self> {
        let tenths = limit.checked_mul(Decimal::TEN)?;
        [(10, Self::A10), (15, Self::A15), (25, Self::A25), (40, Self::A40)]
            .into_iter()
            .find(|(n, _)| Decimal::from(*n) == tenths)
            .map(|(_, aql)| aql)
    }
}

/// How many to take and how many defects are too many.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Plan {
    /// The code letter of the lot size; an arrow may lead to the plan of another.
    pub letter: char,
    /// Pieces to inspect, never more than the lot.
    pub sample: u32,
    /// Most defects with which the lot passes.
    pub accept: u32,
    /// Fewest defects with which it fails.
    pub reject: u32,
    /// True when the sample is the whole lot.
    pub whole_lot: bool,
}

impl Plan {
    /// True when a lot with so many defective pieces in the sample passes.
    #[must_use]
    pub fn passes(&self, found: u32) -> bool {
        found <= self.accept
    }
}

/// Defects that were found, by class.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Defects {
    /// Dangerous or against the law.
    pub critical: u32,
    /// The customer would send it back.
    pub major: u32,
    /// The customer would keep it.
    pub minor: u32,
}

/// Why a lot fails; empty when it passes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Verdict {
    /// A critical defect was found.
    pub critical: bool,
    /// More major defects than accepted.
    pub major: bool,
    /// More minor defects than accepted.
    pub minor: bool,
}

impl Verdict {
    /// True when the lot passes.
    #[must_use]
    pub fn passed(&self) -> bool {
        !(self.critical || self.major || self.minor)
    }
}

/// Judges what was found: no critical defect is accepted, major and minor ones up to their plan.
#[must_use]
pub fn judge(major: &Plan, minor: &Plan, found: Defects) -> Verdict {
    Verdict {
        critical: found.critical > 0,
        major: !major.passes(found.major),
        minor: !minor.passes(found.minor),
    }
}

/// The plan of a lot under a limit. `None` for an empty lot.
#[must_use]
pub fn plan(lot: u32, aql: Aql) -> Option<Plan> {
    if lot == 0 {
        return None;
    }
    let row = ROWS.iter().find(|row| lot <= row.lot).or(ROWS.last())?;
    let (sample, accept) = match aql {
        Aql::A10 => row.a10,
        Aql::A15 => row.a15,
        Aql::A25 => row.a25,
        Aql::A40 => row.a40,
    };
    let whole_lot = sample >= lot;
    Some(Plan { letter: row.letter, sample: sample.min(lot), accept, reject: accept + 1, whole_lot })
}

struct Row {
    /// The largest lot of the row.
    lot: u32,
    letter: char,
    /// Sample and acceptance number of the plan that counts, arrows followed.
    a10: (u32, u32),
    a15: (u32, u32),
    a25: (u32, u32),
    a40: (u32, u32),
}

type Cell = (u32, u32);

const fn row(lot: u32, letter: char, a10: Cell, a15: Cell, a25: Cell, a40: Cell) -> Row {
    Row { lot, letter, a10, a15, a25, a40 }
}

const ROWS: [Row; 15] = [
    row(8, 'A', (13, 0), (8, 0), (5, 0), (3, 0)),
    row(15, 'B', (13, 0), (8, 0), (5, 0), (3, 0)),
    row(25, 'C', (13, 0), (8, 0), (5, 0), (3, 0)),
    row(50, 'D', (13, 0), (8, 0), (5, 0), (13, 1)),
    row(90, 'E', (13, 0), (8, 0), (20, 1), (13, 1)),
    row(150, 'F', (13, 0), (32, 1), (20, 1), (20, 2)),
    row(280, 'G', (50, 1), (32, 1), (32, 2), (32, 3)),
    row(500, 'H', (50, 1), (50, 2), (50, 3), (50, 5)),
    row(1_200, 'J', (80, 2), (80, 3), (80, 5), (80, 7)),
    row(3_200, 'K', (125, 3), (125, 5), (125, 7), (125, 10)),
    row(10_000, 'L', (200, 5), (200, 7), (200, 10), (200, 14)),
    row(35_000, 'M', (315, 7), (315, 10), (315, 14), (315, 21)),
    row(150_000, 'N', (500, 10), (500, 14), (500, 21), (315, 21)),
    row(500_000, 'P', (800, 14), (800, 21), (500, 21), (315, 21)),
    row(u32::MAX, 'Q', (1250, 21), (800, 21), (500, 21), (315, 21)),
];

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(lot: u32) -> [(u32, u32, u32); 4] {
        [Aql::A10, Aql::A15, Aql::A25, Aql::A40].map(|aql| {
            let plan = plan(lot, aql).unwrap();
            (plan.sample, plan.accept, plan.reject)
        })
    }

    #[test]
    fn the_table_with_its_arrows() {
        for (lot, letter, want) in [
            (8, 'A', [(8, 0, 1), (8, 0, 1), (5, 0, 1), (3, 0, 1)]),
            (15, 'B', [(13, 0, 1), (8, 0, 1), (5, 0, 1), (3, 0, 1)]),
            (25, 'C', [(13, 0, 1), (8, 0, 1), (5, 0, 1), (3, 0, 1)]),
            (50, 'D', [(13, 0, 1), (8, 0, 1), (5, 0, 1), (13, 1, 2)]),
            (90, 'E', [(13, 0, 1), (8, 0, 1), (20, 1, 2), (13, 1, 2)]),
            (150, 'F', [(13, 0, 1), (32, 1, 2), (20, 1, 2), (20, 2, 3)]),
            (280, 'G', [(50, 1, 2), (32, 1, 2), (32, 2, 3), (32, 3, 4)]),
            (500, 'H', [(50, 1, 2), (50, 2, 3), (50, 3, 4), (50, 5, 6)]),
            (1_200, 'J', [(80, 2, 3), (80, 3, 4), (80, 5, 6), (80, 7, 8)]),
            (3_200, 'K', [(125, 3, 4), (125, 5, 6), (125, 7, 8), (125, 10, 11)]),
            (10_000, 'L', [(200, 5, 6), (200, 7, 8), (200, 10, 11), (200, 14, 15)]),
            (35_000, 'M', [(315, 7, 8), (315, 10, 11), (315, 14, 15), (315, 21, 22)]),
            (u32::MAX, 'Q', [(1250, 21, 22), (800, 21, 22), (500, 21, 22), (315, 21, 22)]),
            (150_000, 'N', [(500, 10, 11), (500, 14, 15), (500, 21, 22), (315, 21, 22)]),
        ] {
            assert_eq!(cells(lot), want, "{lot}");
            assert_eq!(plan(lot, Aql::A25).map(|p| p.letter), Some(letter));
        }
    }

    #[test]
    fn small_lots_are_inspected_whole() {
        assert_eq!(cells(8), [(8, 0, 1), (8, 0, 1), (5, 0, 1), (3, 0, 1)]);
        assert_eq!(cells(15), [(13, 0, 1), (8, 0, 1), (5, 0, 1), (3, 0, 1)]);
        assert!(plan(8, Aql::A10).is_some_and(|p| p.whole_lot));
        assert!(plan(8, Aql::A25).is_some_and(|p| !p.whole_lot));
        assert_eq!(plan(1, Aql::A40).map(|p| p.sample), Some(1));
        assert_eq!(plan(0, Aql::A40), None);
        assert!(plan(u32::MAX, Aql::A25).is_some());
    }

    #[test]
    fn usual_lots() {
        for lot in [9_300, 5_000] {
            let major = plan(lot, Aql::A25).unwrap();
            let minor = plan(lot, Aql::A40).unwrap();
            assert_eq!((major.letter, major.sample, major.accept, major.reject), ('L', 200, 10, 11));
            assert_eq!((minor.sample, minor.accept, minor.reject), (200, 14, 15));
        }
        assert_eq!(cells(300)[2..], [(50, 3, 4), (50, 5, 6)]);
        assert_eq!(cells(40)[3], (13, 1, 2));
    }

    #[test]
    fn verdicts() {
        let (major, minor) = (plan(9_300, Aql::A25).unwrap(), plan(9_300, Aql::A40).unwrap());
        let verdict = |critical, a, b| judge(&major, &minor, Defects { critical, major: a, minor: b });
        assert!(verdict(0, 10, 14).passed());
        assert_eq!(verdict(1, 0, 0), Verdict { critical: true, ..Verdict::default() });
        assert_eq!(verdict(0, 11, 14), Verdict { major: true, ..Verdict::default() });
        assert_eq!(verdict(0, 10, 15), Verdict { minor: true, ..Verdict::default() });
    }

    #[test]
    fn limits_are_figures_of_the_table() {
        assert_eq!(Aql::of("2.5".parse().unwrap()), Some(Aql::A25));
        assert_eq!(Aql::of("4.0".parse().unwrap()), Some(Aql::A40));
        assert_eq!(Aql::of("4".parse().unwrap()), Some(Aql::A40));
        assert_eq!(Aql::of("6.5".parse().unwrap()), None);
    }
}
