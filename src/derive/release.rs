//! Who let go of the papers that give the goods, and what had to come first: money, a payment, an acceptance, the
//! bank, an approval. Custody is what `[[presentation]]` and a collecting bank's release say, nothing else.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::book::Book;
use crate::derive::OrderFacts;
use crate::derive::money::{self, Money};
use crate::load::fields::Originals;
use crate::model::Order;
use crate::model::document::{BlKind, Presentation, PresentedSet};
use crate::model::order::ApprovalKind;
use crate::model::value::Method;

/// How the papers, or the goods without them, were let go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum How {
    /// Originals went to the buyer, or back to the carrier.
    Originals,
    /// The carrier was told to hand out the goods without them.
    Telex,
    /// The collecting bank handed them over.
    Collection,
}

/// Papers that were let go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Handed<'a> {
    /// How.
    pub how: How,
    /// When.
    pub date: NaiveDate,
    /// Key path of that date.
    pub path: String,
    /// Of which shipment, where it says so.
    pub shipment: Option<&'a str>,
}

/// What has to come before papers are let go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wait {
    /// Money due before them: so much is open.
    Money(Decimal),
    /// The payment of a collection.
    Payment,
    /// The acceptance of a collection.
    Acceptance,
    /// The presentation to the bank, which pays against them.
    Bank,
    /// An approval of open credit.
    Approval,
}

/// Everything that was let go by a day, oldest first.
#[must_use]
pub fn handed(order: &Order, as_of: NaiveDate) -> Vec<Handed<'_>> {
    let docs = &order.docs;
    let mut all = Vec::new();
    for (i, presentation) in docs.presentation.iter().enumerate() {
        let Some(date) = presentation.date.filter(|day| *day <= as_of) else { continue };
        let how = match (presentation.set, presentation.to.as_deref()) {
            (Some(PresentedSet::Telex), _) => How::Telex,
            (Some(PresentedSet::Originals), Some("buyer" | "carrier")) => How::Originals,
            _ => continue,
        };
        if how == How::Telex || gives_goods(order, presentation) {
            let shipment = presentation.shipment.as_deref();
            all.push(Handed { how, date, path: format!("presentation[{i}].date"), shipment });
        }
    }
    for (i, collection) in docs.collection.iter().enumerate().filter(|(_, c)| c.paper.is_current()) {
        if let Some(date) = collection.documents_released.filter(|day| *day <= as_of) {
            let path = format!("collection[{i}].documents_released");
            let shipment = collection.paper.shipment.as_deref();
            all.push(Handed { how: How::Collection, date, path, shipment });
        }
    }
    all.sort_by_key(|handed| handed.date);
    all
}

/// A bill of lading went with the papers: no other transport document is needed to get the goods. Where the papers
/// are not listed, the bill of lading of the shipment was among them.
fn gives_goods(order: &Order, presentation: &Presentation) -> bool {
    let listed = presentation.documents.iter().any(|d| d.r#ref.is_some());
    order.docs.bl.iter().filter(|bl| bl.kind != Some(BlKind::SeaWaybill)).any(|bl| {
        let name = bl.paper.reference();
        let own = bl.paper.shipment.as_deref();
        let named = || presentation.documents.iter().any(|d| d.r#ref.is_some() && d.r#ref.as_deref() == name);
        let same =
            || presentation.shipment.is_none() || own.is_none() || own == presentation.shipment.as_deref();
        if listed { named() } else { same() }
    })
}

/// What had to come before papers were let go and had not, by the day on which they were.
#[must_use]
pub fn early(
    book: &Book,
    order: &Order,
    facts: &OrderFacts,
    handed: &Handed<'_>,
    as_of: NaiveDate,
) -> Vec<Wait> {
    let Some(terms) = facts.money.terms.as_ref() else { return Vec::new() };
    if approved(order, ApprovalKind::ReleaseUnpaid, as_of) {
        return Vec::new();
    }
    let to_buyer = handed.how != How::Collection;
    let mut waits = Vec::new();
    if to_buyer && terms.has(Method::CopyBl) {
        waits.extend(open_on(book, order, facts, handed).map(Wait::Money));
    }
    if terms.has(Method::Dp) && !collection_paid(book, order, facts, handed.date) {
        waits.push(Wait::Payment);
    }
    if terms.has(Method::Da) && !accepted(order, handed.date) {
        waits.push(Wait::Acceptance);
    }
    if to_buyer && terms.has(Method::Lc) && !asks_for_less(order) && !presented(order, handed.date) {
        waits.push(Wait::Bank);
    }
    if to_buyer && terms.has(Method::Oa) && !credit_approved(book, order, as_of) {
        waits.push(Wait::Approval);
    }
    waits
}

/// What papers that are still here wait for.
#[must_use]
pub fn waits(book: &Book, order: &Order, facts: &OrderFacts, as_of: NaiveDate) -> Vec<Wait> {
    let Some(terms) = facts.money.terms.as_ref() else { return Vec::new() };
    if approved(order, ApprovalKind::ReleaseUnpaid, as_of) {
        return Vec::new();
    }
    let ahead = [Method::Deposit, Method::BeforeProduction, Method::BeforeShipment, Method::CopyBl];
    let mut waits: Vec<Wait> = open(&facts.money, &ahead).map(Wait::Money).into_iter().collect();
    if terms.has(Method::Dp) && !collection_paid(book, order, facts, as_of) {
        waits.push(Wait::Payment);
    }
    if terms.has(Method::Da) && !accepted(order, as_of) {
        waits.push(Wait::Acceptance);
    }
    if terms.has(Method::Lc) && !presented(order, as_of) {
        waits.push(Wait::Bank);
    }
    if terms.has(Method::Oa) && !credit_approved(book, order, as_of) {
        waits.push(Wait::Approval);
    }
    waits
}

fn approved(order: &Order, kind: ApprovalKind, as_of: NaiveDate) -> bool {
    order.approvals.iter().any(|a| a.kind == Some(kind) && a.date.is_none_or(|day| day <= as_of))
}

/// Open credit is approved for the order, or its customer has a limit.
#[must_use]
pub fn credit_approved(book: &Book, order: &Order, as_of: NaiveDate) -> bool {
    let limit = || {
        book.customer(order).is_some_and(|c| c.credit_limit.as_deref().is_some_and(|l| l.amount.is_some()))
    };
    approved(order, ApprovalKind::Credit, as_of) || limit()
}

fn accepted(order: &Order, day: NaiveDate) -> bool {
    let docs = &order.docs;
    docs.collection.iter().any(|c| c.accepted.is_some_and(|on| on <= day))
        || docs.presentation.iter().any(|p| p.accepted.is_some_and(|on| on <= day))
}

/// The collection was paid: its own record says so, or the money came in.
fn collection_paid(book: &Book, order: &Order, facts: &OrderFacts, day: NaiveDate) -> bool {
    order.docs.collection.iter().any(|c| c.paid.is_some_and(|on| on <= day))
        || open(&on(book, order, facts, day), &[Method::Dp]).is_none()
}

fn presented(order: &Order, day: NaiveDate) -> bool {
    to_bank(order, day).next().is_some()
}

/// Presentations to a bank by a day, with their positions.
pub fn to_bank(order: &Order, day: NaiveDate) -> impl Iterator<Item = (usize, &Presentation)> {
    order.docs.presentation.iter().enumerate().filter(move |(_, p)| {
        p.date.is_some_and(|on| on <= day)
            && !matches!(p.set, Some(PresentedSet::Copies | PresentedSet::Telex))
            && !matches!(p.to.as_deref(), Some("buyer" | "carrier"))
    })
}

/// Presentations to a bank with discrepancies that we knew of and nobody agreed to: neither an approval nor a note
/// on the presentation says so. What a bank found is in its refusal and is not meant.
pub fn unreserved(order: &Order, day: NaiveDate) -> impl Iterator<Item = (usize, &Presentation)> {
    let agreed = approved(order, ApprovalKind::Discrepancies, day);
    to_bank(order, day).filter(move |(_, p)| {
        !agreed
            && p.note.is_none()
            && !p.discrepancies.is_empty()
            && p.refused.is_none()
            && p.refusal.is_none()
    })
}

/// The credit wants fewer than all originals: the rest goes straight to the buyer by its own terms.
fn asks_for_less(order: &Order) -> bool {
    let issued = order.docs.bl.iter().filter_map(|bl| bl.paper.originals).max();
    let asked = order.docs.lc.iter().flat_map(|lc| &lc.documents).filter(|d| d.kind.as_deref() == Some("bl"));
    let mut counts = asked.filter_map(|d| match d.originals? {
        Originals::Count(n) => Some(n),
        Originals::Full => None,
    });
    counts.any(|n| issued.is_some_and(|issued| n < issued))
}

/// The money as it stood on a day.
fn on(book: &Book, order: &Order, facts: &OrderFacts, day: NaiveDate) -> Money {
    if facts.money.settled_on.is_some_and(|settled| settled <= day) {
        return facts.money.clone();
    }
    Money::of(book, order, &facts.goods, &facts.shipments, day)
}

/// What is open of the instalments paid by some methods; `None` when nothing is.
fn open(money: &Money, methods: &[Method]) -> Option<Decimal> {
    if money.settled {
        return None;
    }
    let mine = money.terms.as_ref()?.instalments.iter().zip(&money.instalments);
    let open = mine
        .filter(|(terms, fact)| methods.contains(&terms.method) && !fact.settled)
        .filter_map(|(_, fact)| fact.open)
        .fold(Decimal::ZERO, |sum, open| sum.saturating_add(open));
    (open > Decimal::ZERO).then_some(open)
}

/// What was open against copies when papers were let go. Of several shipments, only those let go by then count, by
/// their invoices. A remainder of one per cent is a matter of charges, not of control.
fn open_on(book: &Book, order: &Order, facts: &OrderFacts, handed: &Handed<'_>) -> Option<Decimal> {
    let money = on(book, order, facts, handed.date);
    if money.settled {
        return None;
    }
    let mine = money.terms.as_ref()?.instalments.iter().zip(&money.instalments);
    let (mut due, mut paid) = (Decimal::ZERO, Decimal::ZERO);
    for (_, fact) in mine.filter(|(terms, _)| terms.method == Method::CopyBl) {
        let amount = fact.amount?;
        due = due.saturating_add(amount);
        paid = paid.saturating_add(amount.saturating_sub(fact.open?));
    }
    if facts.shipments.len() > 1 && handed.shipment.is_some() {
        due = due.checked_mul(released_share(order, handed.date, &money)?)?;
    }
    let open = due.checked_sub(paid)?;
    let slight = due.checked_div(Decimal::ONE_HUNDRED)?.max(money::tolerance(book, due));
    (open > slight).then(|| open.round_dp(facts.goods.minor()))
}

/// The share of the total that the invoices of shipments let go by a day make up.
fn released_share(order: &Order, day: NaiveDate, money: &Money) -> Option<Decimal> {
    let gone: Vec<Option<&str>> = self::handed(order, day).into_iter().map(|h| h.shipment).collect();
    let invoices = order.docs.invoice.iter().filter(|i| i.paper.is_current() && !i.paper.is_draft());
    let mine = invoices.filter(|i| gone.contains(&i.paper.shipment.as_deref()));
    let value =
        mine.filter_map(|i| Some(i.total.as_ref()?.value)).fold(Decimal::ZERO, Decimal::saturating_add);
    value.checked_div(money.total?)
}
