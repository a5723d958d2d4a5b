//! What a presentation claims and in which money, and how many of each paper were in it, for rules that hold papers
//! against the credit. Decides nothing.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use crate::check::rule::Case;
use crate::compare::currency;
use crate::derive::credit::Credit;
use crate::derive::exam::Exam;
use crate::derive::papers::Paper;
use crate::model::document::{Deduction, Insurance, Invoice};
use crate::model::value::Currency;

/// Everything examined under the order's credits; nothing for a cancelled order.
pub(crate) fn all<'c, 'a>(case: &'c Case<'a>) -> &'c [Exam<'a>] {
    if case.facts.is_cancelled() { &[] } else { &case.exams().all }
}

/// What has been spoken of. A policy for all shipments is examined with each of them and spoken of once; a paper of
/// a cured presentation that also stands in a later one is spoken of in both.
#[derive(Default)]
pub(crate) struct Seen(BTreeSet<(bool, String)>);

impl Seen {
    /// True the first time.
    pub(crate) fn first(&mut self, exam: &Exam<'_>, path: String) -> bool {
        self.0.insert((exam.past, path))
    }
}

/// The money of a credit, the order's where it names none.
pub(crate) fn money(case: &Case<'_>, credit: &Credit<'_>) -> Option<Currency> {
    credit.money().or(case.facts.goods.currency)
}

/// True where a figure on a paper is in that money, or prints none of its own. A sign that nobody can read is not.
pub(crate) fn is_in(ours: Option<Currency>, printed: Option<&str>, beside: Option<Currency>) -> bool {
    let Some(ours) = ours else { return printed.is_none() };
    beside.is_none_or(|c| c == ours)
        && printed.is_none_or(|text| currency::compare(text, ours.code()).is_some_and(|o| o.agrees()))
}

/// What an invoice claims.
pub(crate) struct Bill<'a> {
    /// Position of the invoice.
    pub index: usize,
    /// The invoice.
    pub invoice: &'a Invoice,
    /// The value of the goods with charges, before advance, discount, commission.
    pub gross: Decimal,
    /// What is claimed.
    pub net: Decimal,
}

impl<'a> Bill<'a> {
    /// Nothing where the invoice prints neither a total nor the amounts of its lines.
    pub(crate) fn of(index: usize, invoice: &'a Invoice) -> Option<Self> {
        let sum = |list: &[Deduction]| {
            list.iter().filter_map(|d| d.amount).try_fold(Decimal::ZERO, |sum, a| sum.checked_add(a.value))
        };
        let lines = || -> Option<Decimal> {
            let amounts: Vec<Decimal> =
                invoice.lines.iter().map(|l| l.amount.map(|a| a.value)).collect::<Option<_>>()?;
            (!amounts.is_empty()).then_some(())?;
            let goods = amounts.into_iter().try_fold(Decimal::ZERO, Decimal::checked_add)?;
            goods.checked_add(sum(&invoice.charges)?)
        };
        let gross = invoice.total.map(|t| t.value).or_else(lines)?;
        let net = match invoice.total_net {
            Some(net) => net.value,
            None => gross.checked_sub(sum(&invoice.deductions)?.abs())?,
        };
        Some(Self { index, invoice, gross, net })
    }

    /// The paper.
    pub(crate) fn paper(&self) -> Paper<'a> {
        Paper { key: "invoice", index: self.index, printed: &self.invoice.paper }
    }

    /// Where the claim stands.
    pub(crate) fn path(&self) -> String {
        let field = if self.invoice.total_net.is_some() { "total_net" } else { "total" };
        format!("invoice[{}].{field}", self.index)
    }
}

/// What the invoices of a presentation claim together.
pub(crate) struct Claim<'a> {
    /// One by one.
    pub bills: Vec<Bill<'a>>,
    /// Value of the goods with charges.
    pub gross: Decimal,
    /// What is claimed.
    pub net: Decimal,
}

/// Nothing where there is no invoice, or where one prints no figure or is in other money.
pub(crate) fn claim<'a>(case: &Case<'_>, exam: &Exam<'a>) -> Option<Claim<'a>> {
    let ours = money(case, &exam.credit);
    let bills: Vec<Bill<'a>> = exam
        .papers
        .invoice
        .iter()
        .map(|&(index, invoice)| {
            let beside = invoice.total.and_then(|t| t.currency);
            is_in(ours, invoice.currency.as_deref(), beside).then_some(())?;
            Bill::of(index, invoice)
        })
        .collect::<Option<_>>()?;
    bills.first()?;
    let sum = |figure: fn(&Bill<'_>) -> Decimal| {
        bills.iter().map(figure).try_fold(Decimal::ZERO, Decimal::checked_add)
    };
    let (gross, net) = (sum(|b| b.gross)?, sum(|b| b.net)?);
    Some(Claim { bills, gross, net })
}

/// Insurance documents of an exam, where 46A asks for insurance or is not recorded.
pub(crate) fn insured<'e, 'a>(exam: &'e Exam<'a>) -> impl Iterator<Item = (Paper<'a>, &'a Insurance)> + 'e {
    let asked = exam.credit.documents.is_empty() || exam.credit.asked("insurance").next().is_some();
    let papers = exam.papers.insurance.iter().filter(move |_| asked);
    papers.map(|&(index, doc)| (Paper { key: "insurance", index, printed: &doc.paper }, doc))
}

/// Originals and copies that the presentation's own list gives, each only where it is written.
pub(crate) fn listed(exam: &Exam<'_>, paper: &Paper<'_>) -> Option<(Option<u32>, Option<u32>)> {
    let (_, presentation) = exam.presentation?;
    let name = paper.printed.reference()?;
    let row = presentation.documents.iter().find(|d| d.r#ref.as_deref() == Some(name))?;
    Some((row.originals, row.copies))
}

/// Originals of a paper that were presented: as listed, else as many as were issued. Nothing where neither is known.
pub(crate) fn originals(exam: &Exam<'_>, paper: &Paper<'_>) -> Option<u32> {
    match listed(exam, paper) {
        Some((Some(originals), _)) => Some(originals),
        // Copies alone are listed.
        Some((None, Some(_))) => Some(0),
        Some((None, None)) | None => paper.printed.originals,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::document::Line;
    use crate::model::value::Amount;

    fn amount(text: &str) -> Option<Amount> {
        Some(Amount { value: text.parse().unwrap(), currency: None })
    }

    fn n(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    #[test]
    fn the_claim_is_net_of_what_is_deducted() {
        let advance = Deduction { amount: amount("17460.00"), ..Deduction::default() };
        let invoice = Invoice { total: amount("58200.00"), deductions: vec![advance], ..Invoice::default() };
        let bill = Bill::of(0, &invoice).unwrap();
        assert_eq!((bill.gross, bill.net), (n("58200.00"), n("40740.00")));
        let lines = vec![Line { amount: amount("25200.00"), ..Line::default() }; 2];
        let freight = Deduction { amount: amount("300.00"), ..Deduction::default() };
        let invoice = Invoice { lines, charges: vec![freight], ..Invoice::default() };
        assert_eq!(Bill::of(0, &invoice).unwrap().gross, n("50700.00"));
        assert!(Bill::of(0, &Invoice::default()).is_none());
    }

    #[test]
    fn money_of_a_paper() {
        let dollars = Currency::parse("USD");
        assert!(
            is_in(dollars, None, None)
                && is_in(dollars, Some("US$"), None)
                && is_in(dollars, Some("$"), None)
        );
        assert!(!is_in(dollars, Some("EUR"), None) && !is_in(dollars, None, Currency::parse("CNY")));
        assert!(!is_in(dollars, Some("??"), None));
    }
}
