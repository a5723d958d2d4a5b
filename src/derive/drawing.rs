//! What is drawn together: the invoices of a shipment, or of several, with the drafts, the collection and the covering
//! schedule that claim their amount.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::papers::Set;
use crate::model::Order;
use crate::model::document::{Collection, Draft, Invoice, Presentation, PresentedSet};

/// Papers and presentations that claim one amount.
#[derive(Debug, Default)]
pub struct Drawing<'a> {
    /// Invoices.
    pub invoices: Vec<(usize, &'a Invoice)>,
    /// Drafts, added up.
    pub drafts: Vec<(usize, &'a Draft)>,
    /// Collection instructions.
    pub collections: Vec<(usize, &'a Collection)>,
    /// Presentations that state an amount.
    pub presentations: Vec<(usize, &'a Presentation)>,
}

/// What an invoice claims: the net total, else the total less what is deducted, with the field that says it.
#[must_use]
pub fn claimed(invoice: &Invoice) -> Option<(Decimal, &'static str)> {
    if let Some(net) = &invoice.total_net {
        return Some((net.value, "total_net"));
    }
    let total = invoice.total.as_ref()?.value;
    if invoice.deductions.is_empty() || is_net(invoice)? {
        return Some((total, "total"));
    }
    Some((total.checked_sub(deducted(invoice)?)?, "total"))
}

/// What the goods of an invoice are worth before advances and discounts are taken off: the base of insurance.
#[must_use]
pub fn gross(invoice: &Invoice) -> Option<Decimal> {
    let total = invoice.total.as_ref()?.value;
    if invoice.total_net.is_none() && !invoice.deductions.is_empty() && is_net(invoice)? {
        return total.checked_add(deducted(invoice)?);
    }
    Some(total)
}

/// The total is printed after deductions; nothing where the lines do not show it.
fn is_net(invoice: &Invoice) -> Option<bool> {
    let lines =
        invoice.lines.iter().try_fold(Decimal::ZERO, |sum, l| sum.checked_add(l.amount.as_ref()?.value))?;
    let charges =
        invoice.charges.iter().try_fold(lines, |sum, c| sum.checked_add(c.amount.as_ref()?.value))?;
    let total = invoice.total.as_ref()?.value;
    if invoice.lines.is_empty() {
        return None;
    }
    Some(charges != total && charges.checked_sub(deducted(invoice)?) == Some(total))
}

/// Deductions, some of which are printed with a minus.
fn deducted(invoice: &Invoice) -> Option<Decimal> {
    invoice
        .deductions
        .iter()
        .try_fold(Decimal::ZERO, |sum, d| sum.checked_add(d.amount.as_ref()?.value.abs()))
}

/// The drawings of an order: one for each set of papers, one for presentations that take other invoices together.
#[must_use]
pub fn of<'a>(order: &'a Order, sets: &[Set<'a>], as_of: NaiveDate) -> Vec<Drawing<'a>> {
    let parts: Vec<&Set<'a>> = sets.iter().filter(|s| !s.whole).collect();
    let mut all: Vec<Drawing<'a>> = parts
        .iter()
        .map(|set| Drawing {
            invoices: set.papers.invoice.clone(),
            drafts: set.papers.draft.clone(),
            collections: set.papers.collection.clone(),
            presentations: Vec::new(),
        })
        .collect();
    let shipments: Vec<Option<&str>> = parts.iter().map(|set| set.shipment).collect();
    let together = sets.iter().find(|s| s.whole).map(|set| {
        // A draft for all shipments claims what all their invoices claim, where each has one.
        let complete =
            parts.len() >= order.shipments.len() && parts.iter().all(|p| !p.papers.invoice.is_empty());
        let every = parts.iter().chain([&set]).flat_map(|s| s.papers.invoice.iter().copied());
        Drawing {
            invoices: if complete { every.collect() } else { Vec::new() },
            drafts: set.papers.draft.clone(),
            collections: set.papers.collection.clone(),
            presentations: Vec::new(),
        }
    });
    all.extend(together);
    for (index, presentation) in stated(order, as_of) {
        let listed = listed(order, presentation);
        let same = |d: &Drawing<'_>| {
            let mut own: Vec<usize> = d.invoices.iter().map(|(i, _)| *i).collect();
            own.sort_unstable();
            !listed.is_empty() && own == listed.iter().map(|(i, _)| *i).collect::<Vec<_>>()
        };
        let own = all.iter().position(same).or_else(|| {
            let single = shipments.len() == 1;
            let named = shipments
                .iter()
                .position(|s| single || (s.is_some() && *s == presentation.shipment.as_deref()));
            named.filter(|_| listed.is_empty())
        });
        match own.and_then(|at| all.get_mut(at)) {
            Some(drawing) => drawing.presentations.push((index, presentation)),
            None if !listed.is_empty() => all.push(Drawing {
                invoices: listed,
                presentations: vec![(index, presentation)],
                ..Drawing::default()
            }),
            None => {}
        }
    }
    all
}

/// Presentations to a bank that state an amount and were not refused and cured.
fn stated(order: &Order, as_of: NaiveDate) -> impl Iterator<Item = (usize, &Presentation)> {
    let all = &order.docs.presentation;
    all.iter().enumerate().filter(move |(_, p)| {
        let cured = p.id.is_some() && all.iter().any(|later| later.again == p.id);
        p.amount.is_some()
            && p.set != Some(PresentedSet::Copies)
            && p.to.as_deref() != Some("buyer")
            && p.date.is_none_or(|day| day <= as_of)
            && !cured
    })
}

/// The invoices that a presentation lists; of two under one number, the one that counts.
fn listed<'a>(order: &'a Order, presentation: &Presentation) -> Vec<(usize, &'a Invoice)> {
    let named = |invoice: &Invoice| {
        let name = invoice.paper.reference();
        name.is_some() && presentation.documents.iter().any(|d| d.r#ref.as_deref() == name)
    };
    order.docs.invoice.iter().enumerate().filter(|(_, i)| i.paper.is_current() && named(i)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::document::{Deduction, Line, PresentedPaper, Printed};
    use crate::model::value::Amount;

    fn amount(text: &str) -> Option<Amount> {
        Some(Amount { value: text.parse().unwrap(), currency: None })
    }

    fn invoice(number: &str, shipment: &str, total: &str) -> Invoice {
        let paper = Printed {
            number: Some(number.into()),
            shipment: (!shipment.is_empty()).then(|| shipment.into()),
            ..Printed::default()
        };
        Invoice { total: amount(total), paper, ..Invoice::default() }
    }

    #[test]
    fn what_an_invoice_claims() {
        let deductions = vec![Deduction { amount: amount("17460"), ..Deduction::default() }];
        let lines = vec![Line { amount: amount("58200"), ..Line::default() }];
        let plain = invoice("A", "", "58200");
        let gross_total = Invoice { deductions, lines, ..plain.clone() };
        let net_total = Invoice { total: amount("40740"), ..gross_total.clone() };
        let both = Invoice { total_net: amount("40740"), ..gross_total.clone() };
        for (invoice, claim) in
            [(&plain, "58200"), (&gross_total, "40740"), (&net_total, "40740"), (&both, "40740")]
        {
            assert_eq!(claimed(invoice).unwrap().0, claim.parse().unwrap());
            assert_eq!(gross(invoice), Some("58200".parse().unwrap()));
        }
    }

    #[test]
    fn a_draft_for_two_lots_claims_both_invoices() {
        let mut order = Order::default();
        order.file.docs.invoice = vec![invoice("A", "1", "10"), invoice("B", "2", "20")];
        order.file.docs.draft = vec![Draft { amount: amount("30"), ..Draft::default() }];
        let listed = |name: &str| PresentedPaper { r#ref: Some(name.into()), ..PresentedPaper::default() };
        order.file.docs.presentation = vec![Presentation {
            amount: amount("30"),
            documents: vec![listed("A"), listed("B")],
            ..Presentation::default()
        }];
        let day = "2026-11-20".parse().unwrap();
        let sets = crate::derive::papers::sets(&order, day);
        let drawings = of(&order, &sets, day);
        let shape: Vec<(usize, usize, usize)> =
            drawings.iter().map(|d| (d.invoices.len(), d.drafts.len(), d.presentations.len())).collect();
        assert_eq!(shape, [(1, 0, 0), (1, 0, 0), (2, 1, 1)]);
    }
}
