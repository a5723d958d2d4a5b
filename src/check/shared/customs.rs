//! Export declarations beside the papers of the same goods, and what a declared value includes. Decides nothing.

use rust_decimal::Decimal;

use super::terms;
use crate::check::rule::Case;
use crate::derive::papers::{Paper, Papers, Set};
use crate::model::document::{DealMode, Declaration, Invoice};
use crate::model::value::{Country, Currency, Incoterm, TermRule};

/// Declarations with the invoices or packing lists of the same goods: those of a shipment, and, where one of the two is
/// made out for the whole order and the other per shipment, all of the order.
pub(crate) fn beside<'a>(case: &Case<'a>, other: impl Fn(&Papers<'a>) -> bool) -> Vec<Papers<'a>> {
    let sets = case.sets();
    let both = |set: &&Set<'a>| !set.papers.customs.is_empty() && other(&set.papers);
    let mut all: Vec<Papers<'a>> = sets.iter().filter(both).map(|set| set.papers.clone()).collect();
    all.extend(across(case, sets, other));
    all
}

fn across<'a>(case: &Case<'a>, sets: &[Set<'a>], other: impl Fn(&Papers<'a>) -> bool) -> Option<Papers<'a>> {
    let whole = sets.iter().find(|set| set.whole)?;
    let parts: Vec<&Set<'a>> = sets.iter().filter(|set| !set.whole).collect();
    let says = |papers: &Papers<'a>| (!papers.customs.is_empty(), other(papers));
    let alike = match says(&whole.papers) {
        (true, false) => parts.iter().all(|part| says(&part.papers) == (false, true)),
        (false, true) => parts.iter().all(|part| says(&part.papers) == (true, false)),
        _ => false,
    };
    if !alike || parts.len() < case.order.shipments.len() {
        return None;
    }
    let mut all = whole.papers.clone();
    for part in parts {
        all.customs.extend(&part.papers.customs);
        all.invoice.extend(&part.papers.invoice);
        all.packing.extend(&part.papers.packing);
    }
    Some(all)
}

/// The declaration as a paper.
pub(crate) fn paper(index: usize, declaration: &Declaration) -> Paper<'_> {
    Paper { key: "customs", index, printed: &declaration.paper }
}

/// The invoice as a paper.
pub(crate) fn invoice(index: usize, invoice: &Invoice) -> Paper<'_> {
    Paper { key: "invoice", index, printed: &invoice.paper }
}

/// We export from China: only its customs is known here.
pub(crate) fn is_chinese(case: &Case<'_>) -> bool {
    let country = case.config().company.as_deref().and_then(|c| c.country.as_deref());
    country.is_none_or(|text| Country::parse(text).is_none_or(|country| country.code() == "CN"))
}

/// Whether a value includes the main freight and the insurance.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Basis {
    /// The main freight.
    pub(crate) freight: bool,
    /// The insurance.
    pub(crate) insurance: bool,
}

/// What a price under a term includes.
pub(crate) fn of_term(rule: TermRule) -> Basis {
    match expected(rule).first() {
        Some(mode) => of_mode(*mode),
        None => Basis { freight: true, insurance: true },
    }
}

/// What a value declared in a deal mode includes.
pub(crate) fn of_mode(mode: DealMode) -> Basis {
    match mode {
        DealMode::Cif => Basis { freight: true, insurance: true },
        DealMode::Cf => Basis { freight: true, insurance: false },
        DealMode::Ci => Basis { freight: false, insurance: true },
        DealMode::Fob | DealMode::Exw => Basis { freight: false, insurance: false },
    }
}

/// The deal modes under which a price of a term is declared, the usual one first.
pub(crate) fn expected(rule: TermRule) -> &'static [DealMode] {
    match rule {
        TermRule::Exw => &[DealMode::Exw, DealMode::Fob],
        TermRule::Fca | TermRule::Fas | TermRule::Fob => &[DealMode::Fob],
        TermRule::Cfr | TermRule::Cpt => &[DealMode::Cf],
        _ => &[DealMode::Cif],
    }
}

/// The price of the goods is to be read under this term: as the invoice prints it, else the order's. With the index of
/// the invoice that prints it.
pub(crate) fn term<'a>(case: &Case<'a>, papers: &Papers<'a>) -> Option<(&'a Incoterm, Option<usize>)> {
    let printed = papers.invoice.iter().find_map(|(i, d)| Some((d.term.as_ref()?.term.as_ref()?, Some(*i))));
    printed.or_else(|| Some((terms::of(case)?, None)))
}

/// Totals of several papers, in one currency.
#[derive(Debug, Clone)]
pub(crate) struct Total<'a> {
    /// Their sum.
    pub(crate) value: Decimal,
    /// As printed on the first of them, `None` where none is printed.
    pub(crate) currency: Option<&'a str>,
    /// The papers, and where each says its total.
    pub(crate) said: Vec<(Paper<'a>, String)>,
}

impl<'a> Total<'a> {
    /// The sum; `None` where a paper prints no total or their currencies differ.
    pub(crate) fn of(
        papers: impl Iterator<Item = (Paper<'a>, Option<&'a str>, Option<(Decimal, &'static str)>)>,
    ) -> Option<Self> {
        let mut all = Self { value: Decimal::ZERO, currency: None, said: Vec::new() };
        for (paper, currency, total) in papers {
            let (total, field) = total?;
            if all.said.is_empty() {
                all.currency = currency;
            } else if all.currency != currency {
                return None;
            }
            all.value = all.value.checked_add(total)?;
            all.said.push((paper, paper.path(field)));
        }
        (!all.said.is_empty()).then_some(all)
    }

    /// The currency, the order's where none is printed.
    pub(crate) fn unit(&self, order: Option<Currency>) -> Option<Currency> {
        super::figures::currency(self.currency, order)
    }
}

/// The declared total, else the sum of the items.
pub(crate) fn declared(declaration: &Declaration) -> Option<(Decimal, &'static str)> {
    if let Some(total) = &declaration.total {
        return Some((total.value, "total"));
    }
    if declaration.items.is_empty() {
        return None;
    }
    let sum = declaration.items.iter().try_fold(Decimal::ZERO, |sum, item| {
        sum.checked_add(item.total.as_ref().map(|amount| amount.value)?)
    });
    sum.map(|sum| (sum, "items"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn deal_modes_of_terms() {
        for (rule, mode) in [
            (TermRule::Exw, DealMode::Exw),
            (TermRule::Fca, DealMode::Fob),
            (TermRule::Fas, DealMode::Fob),
            (TermRule::Fob, DealMode::Fob),
            (TermRule::Cfr, DealMode::Cf),
            (TermRule::Cpt, DealMode::Cf),
            (TermRule::Cif, DealMode::Cif),
            (TermRule::Cip, DealMode::Cif),
            (TermRule::Dap, DealMode::Cif),
            (TermRule::Dpu, DealMode::Cif),
            (TermRule::Ddp, DealMode::Cif),
        ] {
            assert_eq!(expected(rule).first(), Some(&mode), "{}", rule.code());
            assert_eq!(of_term(rule), of_mode(mode));
        }
        assert!(expected(TermRule::Exw).contains(&DealMode::Fob), "with the inland costs added");
    }
}
