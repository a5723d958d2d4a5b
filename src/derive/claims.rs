//! Who says what: the totals that papers of a set print, voice by voice. Several papers of one kind (two bills of
//! lading for one shipment) speak together, with the sum; where one of them prints nothing, the kind says nothing.
//! Master and house bills speak apart, because they carry the same goods, and so does every certificate.

use rust_decimal::Decimal;

use super::papers::{Paper, Papers};
use crate::model::document::{
    AirWaybill, AwbKind, BillOfLading, BlKind, DeclarationItem, Line, PackingLine, Printed,
};
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

/// What the papers of one voice say of a figure.
#[derive(Debug, Clone)]
pub struct Claim<'a> {
    /// Key of the table.
    pub key: &'static str,
    /// The papers that speak, with the key path where each says it.
    pub said: Vec<(Paper<'a>, String)>,
    /// The figure, summed over them; where each of them prints the whole, that whole.
    pub value: Decimal,
    /// Unit of a quantity, as printed.
    pub unit: Option<&'a str>,
    /// Each of several papers prints the same whole: they are not parts of it.
    pub alike: bool,
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
                if self.alike {
                    Bi { zh: format!("{zh}（{n} 份各自）"), en: format!("{en} ({n}, each)") }
                } else {
                    Bi { zh: format!("{zh}（{n} 份合计）"), en: format!("{en} ({n} together)") }
                }
            }
        }
    }
}

/// Papers that speak with one voice.
#[derive(Debug, Clone)]
pub struct Voice<'a> {
    /// Key of the table.
    pub key: &'static str,
    /// They; never empty.
    pub papers: Vec<Paper<'a>>,
}

/// The voices of a set, in the order of the trade. Drafts of exchange and collections are not among them: they say
/// nothing of the goods.
#[must_use]
pub fn voices<'a>(papers: &Papers<'a>) -> Vec<Voice<'a>> {
    let mut all: Vec<Voice<'a>> = Vec::new();
    let mut add = |key: &'static str, mut papers: Vec<Paper<'a>>| {
        // A draft under the number of a paper that was issued since is that paper.
        let issued: Vec<&str> = papers
            .iter()
            .filter(|p| !p.printed.is_draft())
            .filter_map(|p| p.printed.number.as_deref())
            .collect();
        papers.retain(|p| {
            !p.printed.is_draft() || p.printed.number.as_deref().is_none_or(|n| !issued.contains(&n))
        });
        if !papers.is_empty() {
            all.push(Voice { key, papers });
        }
    };
    // Which of a table's papers, in its order.
    macro_rules! of {
        ($key:ident, $wanted:expr) => {
            papers
                .$key
                .iter()
                .filter(|&(_, d)| $wanted(d))
                .map(|&(index, d)| Paper { key: stringify!($key), index, printed: &d.paper })
                .collect()
        };
    }
    add("invoice", of!(invoice, |_| true));
    add("packing", of!(packing, |_| true));
    let house = |d: &BillOfLading| d.kind == Some(BlKind::House);
    add("bl", of!(bl, |d| !house(d)));
    add("bl", of!(bl, house));
    let house = |d: &AirWaybill| d.kind == Some(AwbKind::House);
    add("awb", of!(awb, |d| !house(d)));
    add("awb", of!(awb, house));
    add("waybill", of!(waybill, |_| true));
    add("courier", of!(courier, |_| true));
    add("insurance", of!(insurance, |_| true));
    add("origin", of!(origin, |_| true));
    for &(index, d) in &papers.certificate {
        add("certificate", vec![Paper { key: "certificate", index, printed: &d.paper }]);
    }
    add("customs", of!(customs, |_| true));
    all
}

/// What each voice of a set says of a figure. Voices that print nothing of it are not there.
#[must_use]
pub fn figure<'a>(papers: &Papers<'a>, figure: Figure) -> Vec<Claim<'a>> {
    let mut all: Vec<Claim<'a>> =
        voices(papers).into_iter().filter_map(|voice| claim(papers, figure, &voice)).collect();
    whole(&mut all, papers, figure);
    all
}

/// Several papers of a kind may each print the whole (two originals of one certificate, recorded apart). They do
/// where somebody else prints what each of them prints, and nobody their sum.
fn whole<'a>(all: &mut [Claim<'a>], papers: &Papers<'a>, figure: Figure) {
    let values: Vec<Decimal> = all.iter().map(|c| c.value).collect();
    for (at, claim) in all.iter_mut().enumerate().filter(|(_, c)| c.said.len() > 1) {
        let each: Vec<Decimal> =
            claim.said.iter().filter_map(|(paper, _)| Some(own(papers, *paper, figure)?.0)).collect();
        let Some(first) = each.first().copied().filter(|first| each.iter().all(|v| v == first)) else {
            continue;
        };
        let elsewhere =
            |wanted: Decimal| values.iter().enumerate().any(|(i, value)| i != at && *value == wanted);
        if elsewhere(first) && !elsewhere(claim.value) {
            (claim.value, claim.alike) = (first, true);
        }
    }
}

/// Lines from which a total is summed where the paper prints none.
enum Own<'a> {
    None,
    Lines(&'a [Line]),
    Rows(&'a [PackingLine]),
    Declared(&'a [DeclarationItem]),
}

fn claim<'a>(papers: &Papers<'a>, figure: Figure, voice: &Voice<'a>) -> Option<Claim<'a>> {
    let mut claim =
        Claim { key: voice.key, said: Vec::new(), value: Decimal::ZERO, unit: None, alike: false };
    for paper in &voice.papers {
        let (value, unit, field) = own(papers, *paper, figure)?;
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

/// What one paper says of a figure.
fn own<'a>(papers: &Papers<'a>, paper: Paper<'a>, figure: Figure) -> Option<Said<'a>> {
    let own = match paper.key {
        "invoice" => {
            papers.invoice.iter().find(|(i, _)| *i == paper.index).map(|(_, d)| Own::Lines(&d.lines))
        }
        "packing" => papers.packing.iter().find(|(i, _)| *i == paper.index).map(|(_, d)| Own::Rows(&d.lines)),
        "customs" => {
            papers.customs.iter().find(|(i, _)| *i == paper.index).map(|(_, d)| Own::Declared(&d.items))
        }
        _ => None,
    };
    says(paper.printed, &own.unwrap_or(Own::None), figure)
}

fn same_unit(a: Option<&str>, b: Option<&str>) -> bool {
    let read = |unit: Option<&str>| unit.map_or(Some(Unit::piece()), Unit::parse);
    a == b || (read(a).is_some() && read(a) == read(b))
}

type Said<'a> = (Decimal, Option<&'a str>, &'static str);

fn says<'a>(paper: &'a Printed, own: &Own<'a>, figure: Figure) -> Option<Said<'a>> {
    let row = |get: fn(&PackingLine) -> Option<Decimal>| sum(own, get).map(|n| (n, None, "lines"));
    match figure {
        Figure::Quantity => quantity(paper, own),
        Figure::Packages => paper
            .packages
            .map(|n| (n, None, "packages"))
            .or_else(|| row(|r| r.packages.or_else(|| cartons(r)))),
        Figure::Gross => paper.gross_kg.map(|n| (n, None, "gross_kg")).or_else(|| row(|r| r.gross_kg)),
        Figure::Net => paper.net_kg.map(|n| (n, None, "net_kg")).or_else(|| row(|r| r.net_kg)),
        Figure::Volume => paper.cbm.map(|n| (n, None, "cbm")).or_else(|| row(|r| r.cbm)),
    }
}

/// The sum over packing rows, where every row says it.
fn sum(own: &Own<'_>, get: fn(&PackingLine) -> Option<Decimal>) -> Option<Decimal> {
    let Own::Rows(rows) = own else { return None };
    if rows.is_empty() {
        return None;
    }
    rows.iter().try_fold(Decimal::ZERO, |sum, row| sum.checked_add(get(row)?))
}

/// How many cartons `1-200` are.
fn cartons(row: &PackingLine) -> Option<Decimal> {
    let (from, to) = carton_range(row.cartons.as_deref()?)?;
    Some(Decimal::from(to - from + 1))
}

/// First and last carton number of `1-200`, or of a single `18`; the last is not below the first.
#[must_use]
pub fn carton_range(text: &str) -> Option<(u64, u64)> {
    let (from, to) = text.split_once(['-', '–', '~', '至']).unwrap_or((text, text));
    let (from, to): (u64, u64) = (from.trim().parse().ok()?, to.trim().parse().ok()?);
    (from <= to && to < u64::from(u32::MAX)).then_some((from, to))
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
    use crate::model::document::{Certificate, Invoice, PackingList};

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

    #[test]
    fn papers_that_carry_the_same_goods_are_not_added() {
        let mut order = Order::default();
        let house = BillOfLading { kind: Some(BlKind::House), ..bl(Some("300")) };
        order.file.docs.bl = vec![bl(Some("100")), bl(Some("200")), house];
        let printed = Printed { gross_kg: Some(n("300")), ..Printed::default() };
        order.file.docs.certificate =
            vec![Certificate { paper: printed.clone(), ..Certificate::default() }, Certificate::default()];
        let origin =
            crate::model::document::OriginCertificate { paper: printed.clone(), ..Default::default() };
        order.file.docs.origin = vec![origin.clone(), origin];
        let claims = figure(&Papers::of(&order, |_| true), Figure::Gross);
        let said: Vec<(&str, Decimal, bool)> = claims.iter().map(|c| (c.key, c.value, c.alike)).collect();
        let three = n("300");
        assert_eq!(
            said,
            [
                ("bl", three, false),
                ("bl", three, false),
                ("origin", three, true),
                ("certificate", three, false)
            ]
        );
    }

    #[test]
    fn a_packing_list_without_totals_speaks_with_its_rows() {
        let row = |cartons: &str, gross: &str| PackingLine {
            cartons: Some(cartons.into()),
            gross_kg: Some(n(gross)),
            ..PackingLine::default()
        };
        let mut order = Order::default();
        order.file.docs.packing = vec![PackingList {
            lines: vec![row("1-200", "10.5"), row("201-300", "4")],
            ..Default::default()
        }];
        let papers = Papers::of(&order, |_| true);
        let claims = (figure(&papers, Figure::Packages), figure(&papers, Figure::Gross));
        assert_eq!((claims.0[0].value, claims.1[0].value), (n("300"), n("14.5")));
        assert_eq!(claims.0[0].path(), "packing[0].lines");
        assert!(figure(&papers, Figure::Net).is_empty());
    }
}
