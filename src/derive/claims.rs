//! Who says what: the totals that papers of a set print, kind by kind. Several papers of one kind (two bills of
//! lading for one shipment) speak together, with the sum; where one of them prints nothing, the kind says nothing.

use rust_decimal::Decimal;

use super::papers::{Paper, Papers};
use crate::model::document::{Line, PackingLine, Printed};
use crate::model::value::Unit;
use crate::text::Bi;

/// A total that papers print.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Figure {
    /// Quantity of goods.
    Quantity,
    /// Number of packages.
    Packages,
    /// Gross weight, kg.
    Gross,
    /// Net weight, kg.
    Net,
    /// Volume, m³.
    Volume,
}

/// What the papers of one kind say of a figure.
#[derive(Debug, Clone)]
pub struct Claim<'a> {
    /// Key of the table.
    pub key: &'static str,
    /// The papers that speak, with the key path where each says it.
    pub said: Vec<(Paper<'a>, String)>,
    /// The figure, summed over them.
    pub value: Decimal,
    /// Unit of a quantity, as printed.
    pub unit: Option<&'a str>,
}

impl Claim<'_> {
    /// Where to look first.
    #[must_use]
    pub fn path(&self) -> &str {
        self.said.first().map_or("", |(_, path)| path.as_str())
    }

    /// Every paper of the claim is a draft.
    #[must_use]
    pub fn is_draft(&self) -> bool {
        self.said.iter().all(|(paper, _)| paper.printed.is_draft())
    }

    /// `提单 EGLV143600117421`; `提单（3 份合计）` where several speak together.
    #[must_use]
    pub fn name(&self) -> Bi {
        match self.said.as_slice() {
            [(paper, _)] => paper.name(),
            several => {
                let (zh, en) = super::papers::title(self.key);
                let n = several.len();
                Bi { zh: format!("{zh}（{n} 份合计）"), en: format!("{en} ({n} together)") }
            }
        }
    }
}

/// What each kind of paper in a set says of a figure. Kinds that print nothing of it are not there.
#[must_use]
pub fn figure<'a>(papers: &Papers<'a>, figure: Figure) -> Vec<Claim<'a>> {
    let mut all = Vec::new();
    macro_rules! common {
        ($($key:ident)*) => { $(
            let list: Vec<(Paper<'a>, Own<'a>)> = papers.$key.iter().map(|&(index, record)| {
                (Paper { key: stringify!($key), index, printed: &record.paper }, Own::None)
            }).collect();
            all.extend(claim(stringify!($key), figure, &list));
        )* };
    }
    let invoices: Vec<(Paper<'a>, Own<'a>)> = papers
        .invoice
        .iter()
        .map(|&(index, d)| (Paper { key: "invoice", index, printed: &d.paper }, Own::Lines(&d.lines)))
        .collect();
    all.extend(claim("invoice", figure, &invoices));
    let lists: Vec<(Paper<'a>, Own<'a>)> = papers
        .packing
        .iter()
        .map(|&(index, d)| (Paper { key: "packing", index, printed: &d.paper }, Own::Rows(&d.lines)))
        .collect();
    all.extend(claim("packing", figure, &lists));
    common!(bl awb waybill courier insurance origin certificate);
    let declared: Vec<(Paper<'a>, Own<'a>)> = papers
        .customs
        .iter()
        .map(|&(index, d)| (Paper { key: "customs", index, printed: &d.paper }, Own::Declared(&d.items)))
        .collect();
    all.extend(claim("customs", figure, &declared));
    all
}

/// Lines from which a total is summed where the paper prints none.
enum Own<'a> {
    None,
    Lines(&'a [Line]),
    Rows(&'a [PackingLine]),
    Declared(&'a [crate::model::document::DeclarationItem]),
}

fn claim<'a>(key: &'static str, figure: Figure, papers: &[(Paper<'a>, Own<'a>)]) -> Option<Claim<'a>> {
    let mut claim = Claim { key, said: Vec::new(), value: Decimal::ZERO, unit: None };
    for (paper, own) in papers {
        let (value, unit, field) = says(paper.printed, own, figure)?;
        if claim.said.is_empty() {
            claim.unit = unit;
        } else if figure == Figure::Quantity && !same_unit(claim.unit, unit) {
            return None;
        }
        claim.value = claim.value.checked_add(value)?;
        claim.said.push((*paper, paper.path(field)));
    }
    (!claim.said.is_empty()).then_some(claim)
}

fn same_unit(a: Option<&str>, b: Option<&str>) -> bool {
    let read = |unit: Option<&str>| unit.map_or(Some(Unit::piece()), Unit::parse);
    a == b || (read(a).is_some() && read(a) == read(b))
}

type Said<'a> = (Decimal, Option<&'a str>, &'static str);

fn says<'a>(paper: &'a Printed, own: &Own<'a>, figure: Figure) -> Option<Said<'a>> {
    match figure {
        Figure::Quantity => quantity(paper, own),
        Figure::Packages => paper.packages.map(|n| (n, None, "packages")),
        Figure::Gross => paper.gross_kg.map(|n| (n, None, "gross_kg")),
        Figure::Net => paper.net_kg.map(|n| (n, None, "net_kg")),
        Figure::Volume => paper.cbm.map(|n| (n, None, "cbm")),
    }
}

fn quantity<'a>(paper: &'a Printed, own: &Own<'a>) -> Option<Said<'a>> {
    if let Some(qty) = paper.qty {
        return Some((qty, paper.unit.as_deref(), "qty"));
    }
    let rows: Vec<(Decimal, Option<&'a str>)> = match own {
        Own::None => return None,
        Own::Lines(lines) => {
            lines.iter().map(|l| Some((l.qty?, l.unit.as_deref()))).collect::<Option<_>>()?
        }
        // A packing row prints no unit of its own.
        Own::Rows(rows) => {
            rows.iter().map(|r| Some((r.qty?, paper.unit.as_deref()))).collect::<Option<_>>()?
        }
        Own::Declared(items) => {
            items.iter().map(|i| Some((i.qty?, i.unit.as_deref()))).collect::<Option<_>>()?
        }
    };
    let field = if matches!(own, Own::Declared(_)) { "items" } else { "lines" };
    let (_, unit) = *rows.first()?;
    let alike = rows.iter().all(|(_, u)| same_unit(unit, *u));
    let sum = rows.iter().try_fold(Decimal::ZERO, |sum, (qty, _)| sum.checked_add(*qty))?;
    alike.then_some((sum, unit, field))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Order;
    use crate::model::document::{BillOfLading, Invoice};

    fn n(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    fn bl(gross: Option<&str>) -> BillOfLading {
        let paper = Printed { gross_kg: gross.map(n), ..Printed::default() };
        BillOfLading { paper, ..BillOfLading::default() }
    }

    #[test]
    fn two_bills_speak_together_or_not_at_all() {
        let mut order = Order::default();
        order.file.docs.bl = vec![bl(Some("100.5")), bl(Some("50"))];
        let papers = Papers::of(&order, |_| true);
        let claims = figure(&papers, Figure::Gross);
        assert_eq!((claims.len(), claims[0].value, claims[0].path()), (1, n("150.5"), "bl[0].gross_kg"));
        order.file.docs.bl.push(bl(None));
        assert!(figure(&Papers::of(&order, |_| true), Figure::Gross).is_empty());
    }

    #[test]
    fn a_quantity_is_summed_from_lines_of_one_unit() {
        let line =
            |qty: &str, unit: &str| Line { qty: Some(n(qty)), unit: Some(unit.into()), ..Line::default() };
        let mut order = Order::default();
        order.file.docs.invoice =
            vec![Invoice { lines: vec![line("2400", "PCS"), line("1836", "PC")], ..Invoice::default() }];
        let claims = figure(&Papers::of(&order, |_| true), Figure::Quantity);
        assert_eq!((claims[0].value, claims[0].unit), (n("4236"), Some("PCS")));
        order.file.docs.invoice[0].lines.push(line("5", "SET"));
        assert!(figure(&Papers::of(&order, |_| true), Figure::Quantity).is_empty());
    }
}
