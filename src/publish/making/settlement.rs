//! How the price of a consignment is settled: advances that came in and are deducted, and what is drawn under a credit
//! or a collection. The parts of each shipment add up to its total.

use rust_decimal::Decimal;

use super::Job;
use super::consignment::{self, Consignment, share};
use super::credit::Credit;
use crate::book::Book;
use crate::derive::OrderFacts;
use crate::derive::money::{gross, tolerance};
use crate::model::Order;
use crate::model::order::DepositOffset;
use crate::model::value::money::round;
use crate::model::value::{Currency, Instalment, Method, PaymentTerms};

/// Money paid before the goods left, set against an invoice.
#[derive(Debug, Clone)]
pub(super) struct Advance {
    pub(super) method: Method,
    pub(super) amount: Decimal,
}

/// What a draft is drawn for.
#[derive(Debug, Clone)]
pub(super) struct Drawing<'a> {
    /// The instalment; `None` for a credit that the payment terms do not mention.
    pub(super) instalment: Option<&'a Instalment>,
    /// `None` while the total is not known.
    pub(super) amount: Option<Decimal>,
}

/// A draft is drawn at all: for a credit that wants one, or for a collection.
pub(super) fn collects(order: &Order, facts: &OrderFacts, credit: Option<&Credit<'_>>) -> bool {
    let wanted = credit.is_none_or(Credit::wants_draft);
    let Some(terms) = &facts.money.terms else { return credit.is_some() && wanted };
    let collected = terms.has(Method::Dp) || terms.has(Method::Da);
    let drawn = terms.has(Method::Lc) || (credit.is_some() && !order.docs.lc.is_empty());
    collected || (drawn && wanted)
}

/// The drafts of a consignment.
pub(super) fn drawings<'c>(job: &Job<'c, '_>) -> Vec<Drawing<'c>> {
    let terms = job.facts.money.terms.as_ref();
    let parts = terms.and_then(|terms| parts(job, terms));
    let wanted = job.credit.is_none_or(Credit::wants_draft);
    let drawn = |method: Method| match method {
        Method::Lc => wanted,
        method => matches!(method, Method::Dp | Method::Da),
    };
    let mut all = Vec::new();
    for (index, instalment) in terms.into_iter().flat_map(|t| &t.instalments).enumerate() {
        if drawn(instalment.method) {
            let amount = parts.as_ref().and_then(|p| p.get(index).copied());
            all.push(Drawing { instalment: Some(instalment), amount });
        }
    }
    if all.is_empty() && job.credit.is_some() {
        all.push(Drawing { instalment: None, amount: job.cargo.total });
    }
    all
}

/// The instalments of what a document covers; they add up to its total.
fn parts(job: &Job<'_, '_>, terms: &PaymentTerms) -> Option<Vec<Decimal>> {
    let (total, minor) = (job.cargo.total?, job.facts.goods.minor());
    if job.all.len() <= 1 {
        return Some(terms.split(total, minor));
    }
    if let Some(at) = job.cargo.position {
        return of_shipment(job, terms, at);
    }
    let mut sums = vec![Decimal::ZERO; terms.instalments.len()];
    for at in 0..job.all.len() {
        for (sum, part) in sums.iter_mut().zip(of_shipment(job, terms, at)?) {
            *sum = sum.checked_add(part)?;
        }
    }
    Some(sums)
}

/// The instalments of one of several shipments: its part of the deposit as agreed, the rest in proportion.
fn of_shipment(job: &Job<'_, '_>, terms: &PaymentTerms, at: usize) -> Option<Vec<Decimal>> {
    let minor = job.facts.goods.minor();
    let agreed = terms.split(job.facts.goods.total?, minor);
    let mut rest = job.all.get(at)?.total?;
    let mut parts = vec![Decimal::ZERO; agreed.len()];
    for (index, _) in terms.instalments.iter().enumerate().filter(|(_, i)| is_advance(i.method)) {
        let part = spread(job.order, job.facts, job.all, *agreed.get(index)?).get(at).copied()??;
        *parts.get_mut(index)? = part;
        rest = rest.checked_sub(part)?;
    }
    let later: Vec<usize> = (0..agreed.len())
        .filter(|i| terms.instalments.get(*i).is_some_and(|i| !is_advance(i.method)))
        .collect();
    let of = later.iter().try_fold(Decimal::ZERO, |sum, i| sum.checked_add(*agreed.get(*i)?))?;
    let mut left = rest;
    for (n, index) in later.iter().enumerate() {
        let part = if n + 1 == later.len() {
            left
        } else {
            round(rest.checked_mul(*agreed.get(*index)?)?.checked_div(of)?, minor)
        };
        left = left.checked_sub(part)?;
        *parts.get_mut(*index)? = part;
    }
    Some(parts)
}

/// Paid before production: what an invoice deducts.
fn is_advance(method: Method) -> bool {
    matches!(method, Method::Deposit | Method::BeforeProduction)
}

/// What came in before the goods left, as far as it falls to this document.
pub(super) fn advances(job: &Job<'_, '_>) -> Vec<Advance> {
    let Some(terms) = job.facts.money.terms.as_ref().filter(|t| t.instalments.len() > 1) else {
        return Vec::new();
    };
    let Some(total) = job.facts.goods.total else { return Vec::new() };
    let agreed = terms.split(total, job.facts.goods.minor());
    let mut unnamed = before_shipment(job);
    let mut all = Vec::new();
    for (index, instalment) in terms.instalments.iter().enumerate().filter(|(_, i)| is_advance(i.method)) {
        let Some(agreed) = agreed.get(index).copied() else { continue };
        let named = receipts(job).filter(|(to, _)| *to == Some(index)).map(|(_, amount)| amount);
        let named = named.fold(Decimal::ZERO, Decimal::saturating_add);
        let free = if named.is_zero() { unnamed.min(agreed) } else { Decimal::ZERO };
        unnamed = unnamed.saturating_sub(free);
        let currency = job.facts.goods.currency;
        let received = settled(job.ctx.book(), named.saturating_add(free), agreed, currency);
        let parts = spread(job.order, job.facts, job.all, received);
        let part = match job.cargo.position {
            Some(at) => parts.get(at).copied().flatten(),
            None => Some(received),
        };
        if let Some(amount) = part.filter(|part| *part > Decimal::ZERO) {
            all.push(Advance { method: instalment.method, amount });
        }
    }
    all
}

/// A receipt that is short of what was agreed by no more than bank charges pays it all.
fn settled(book: &Book, received: Decimal, agreed: Decimal, currency: Option<Currency>) -> Decimal {
    let short = agreed.saturating_sub(received);
    let paid =
        received > Decimal::ZERO && short > Decimal::ZERO && short <= tolerance(book, agreed, currency);
    if paid { agreed } else { received }
}

/// Receipts by the instalment they name.
fn receipts<'j>(job: &'j Job<'_, '_>) -> impl Iterator<Item = (Option<usize>, Decimal)> + 'j {
    let known = job.order.received.iter().filter(|r| r.date.is_some_and(|day| day <= job.ctx.as_of()));
    known.filter_map(|receipt| {
        let to = receipt.r#for.as_deref().and_then(|name| job.facts.money.named(name));
        Some((to, gross(receipt, job.facts.goods.currency)?))
    })
}

/// Receipts that name no instalment and came before the first shipment left.
fn before_shipment(job: &Job<'_, '_>) -> Decimal {
    let left = job.facts.shipments.iter().filter_map(|s| s.shipped).min();
    let early = job.order.received.iter().filter(|r| {
        r.r#for.is_none()
            && r.date.is_some_and(|day| day <= job.ctx.as_of() && left.is_none_or(|left| day <= left))
    });
    let amounts = early.filter_map(|r| gross(r, job.facts.goods.currency));
    amounts.fold(Decimal::ZERO, Decimal::saturating_add).max(Decimal::ZERO)
}

/// An advance over the shipments, as the order says it is set against them; in proportion where it does not say.
fn spread(
    order: &Order,
    facts: &OrderFacts,
    all: &[Consignment<'_>],
    amount: Decimal,
) -> Vec<Option<Decimal>> {
    if all.len() <= 1 {
        return vec![Some(amount)];
    }
    let totals: Vec<Option<Decimal>> = all.iter().map(|c| c.total).collect();
    let whole = consignment::is_whole(order, facts);
    match order.deposit_offset.unwrap_or(DepositOffset::ProRata) {
        DepositOffset::ProRata => match facts.goods.total {
            Some(of) => share(amount, &totals, of, whole, facts.goods.minor()),
            None => vec![None; all.len()],
        },
        DepositOffset::First => fill(amount, totals.iter()),
        // While more shipments may follow, none of these is the last.
        DepositOffset::Last if !whole => vec![Some(Decimal::ZERO); all.len()],
        DepositOffset::Last => {
            let mut parts = fill(amount, totals.iter().rev());
            parts.reverse();
            parts
        }
    }
}

/// Sets an amount against one total after the other until it is used up.
fn fill<'t>(amount: Decimal, totals: impl Iterator<Item = &'t Option<Decimal>>) -> Vec<Option<Decimal>> {
    let mut left = Some(amount);
    totals
        .map(|total| {
            let part = left?.min((*total)?.max(Decimal::ZERO));
            left = left.and_then(|l| l.checked_sub(part));
            Some(part)
        })
        .collect()
}
