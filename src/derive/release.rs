//! Who let go of the papers that give the goods, and what had to come first: money, a payment, an acceptance, the
//! bank, an approval. Custody is what `[[presentation]]` and a collecting bank's release say, nothing else.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::book::Book;
use crate::derive::OrderFacts;
use crate::derive::ahead::{self, approved};
use crate::derive::money::{self, Line};
use crate::load::fields::Originals;
use crate::model::Order;
use crate::model::document::{BlKind, Collection, Presentation, PresentedSet};
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
    /// Position of the presentation or collection that says so.
    pub index: usize,
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
            all.push(Handed { how, date, path: format!("presentation[{i}].date"), index: i, shipment });
        }
    }
    for (i, collection) in docs.collection.iter().enumerate().filter(|(_, c)| c.paper.is_current()) {
        if let Some(date) = collection.documents_released.filter(|day| *day <= as_of) {
            let path = format!("collection[{i}].documents_released");
            let shipment = collection.paper.shipment.as_deref();
            all.push(Handed { how: How::Collection, date, path, index: i, shipment });
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
    let part = Part { order, facts, handed: Some(handed), day: handed.date, as_of };
    let mut waits = Vec::new();
    if to_buyer && terms.has(Method::CopyBl) {
        waits.extend(part.copies(book).map(Wait::Money));
    }
    if terms.has(Method::Dp) && !part.is_collected(book) {
        waits.push(Wait::Payment);
    }
    if terms.has(Method::Da) && !part.is_accepted() {
        waits.push(Wait::Acceptance);
    }
    if to_buyer && terms.has(Method::Lc) && !asks_for_less(order) && !part.is_presented() {
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
    let before = [Method::Deposit, Method::BeforeProduction, Method::BeforeShipment, Method::CopyBl];
    let part = Part { order, facts, handed: None, day: as_of, as_of };
    let open = ahead::open(book, &facts.money, |line| before.contains(&line.method));
    let mut waits: Vec<Wait> = open.map(Wait::Money).into_iter().collect();
    if terms.has(Method::Dp) && !part.is_collected(book) {
        waits.push(Wait::Payment);
    }
    if terms.has(Method::Da) && !part.is_accepted() {
        waits.push(Wait::Acceptance);
    }
    if terms.has(Method::Lc) && !part.is_presented() {
        waits.push(Wait::Bank);
    }
    if terms.has(Method::Oa) && !credit_approved(book, order, as_of) {
        waits.push(Wait::Approval);
    }
    waits
}

/// Open credit is approved for the order, or its customer had a limit when it was signed.
#[must_use]
pub fn credit_approved(book: &Book, order: &Order, as_of: NaiveDate) -> bool {
    approved(order, ApprovalKind::Credit, as_of) || has_limit(book, order, as_of)
}

/// The customer's limit ran on the day the order was signed.
#[must_use]
pub fn has_limit(book: &Book, order: &Order, as_of: NaiveDate) -> bool {
    let limit = book.customer(order).and_then(|c| c.credit_limit.as_deref());
    limit.is_some_and(|limit| {
        limit.amount.is_some() && limit.until.is_none_or(|until| until >= order.signed.unwrap_or(as_of))
    })
}

/// The shipments whose papers were let go together, or, where none were, all of them; on a day.
struct Part<'a, 'h> {
    order: &'a Order,
    facts: &'a OrderFacts,
    handed: Option<&'h Handed<'a>>,
    day: NaiveDate,
    as_of: NaiveDate,
}

impl<'a> Part<'a, '_> {
    /// A record that names this shipment, or none.
    fn holds(&self, named: Option<&str>) -> bool {
        match (self.handed.and_then(|h| h.shipment), named) {
            (Some(own), Some(named)) => own == named,
            _ => true,
        }
    }

    /// Money that the papers of the shipment stand for. Papers that name no shipment are those of all that had left.
    fn is_for(&self, line: &Line) -> bool {
        let (Some(handed), Some(of)) = (self.handed, line.shipment.as_deref()) else { return true };
        match handed.shipment {
            Some(own) => own == of,
            None => {
                let mut all = self.facts.shipments.iter();
                all.any(|s| s.id == of && s.shipped.is_some_and(|on| on <= self.day))
            }
        }
    }

    /// What was open against copies when papers were let go. A remainder of one per cent is a matter of charges, not
    /// of control.
    fn copies(&self, book: &Book) -> Option<Decimal> {
        let money = ahead::on(book, self.order, self.facts, (self.day, self.as_of));
        let meant = |line: &&Line| line.method == Method::CopyBl && self.is_for(line);
        let sum = |of: fn(&Line) -> Option<Decimal>| {
            let mine = money.lines.iter().filter(meant);
            mine.filter_map(of).fold(Decimal::ZERO, Decimal::saturating_add)
        };
        let (due, open) = (sum(|l| l.amount), sum(Line::outstanding));
        let slight = due.checked_div(Decimal::ONE_HUNDRED)?.max(money::tolerance(book, due, money.currency));
        (open > slight).then_some(open)
    }

    /// The collection was paid: its own record says so, or the money came in.
    fn is_collected(&self, book: &Book) -> bool {
        let dp = |line: &Line| line.method == Method::Dp && self.is_for(line);
        self.is_collection(|c| c.paid)
            || ahead::open_on(book, self.order, self.facts, (self.day, self.as_of), dp).is_none()
    }

    fn is_accepted(&self) -> bool {
        let known = |day: Option<NaiveDate>| day.is_some_and(|on| on <= self.day);
        let mut presented = self.order.docs.presentation.iter().filter(|p| self.holds(p.shipment.as_deref()));
        self.is_collection(|c| c.accepted) || presented.any(|p| known(p.accepted))
    }

    /// The collections of the papers say so: the one that let them go, else those of the shipment, else all of them,
    /// and none is missing.
    fn is_collection(&self, step: fn(&Collection) -> Option<NaiveDate>) -> bool {
        let known = |c: &Collection| step(c).is_some_and(|on| on <= self.day);
        let all = &self.order.docs.collection;
        if let Some(own) = self.handed.filter(|h| h.how == How::Collection) {
            return all.get(own.index).is_some_and(known);
        }
        let mine = || all.iter().filter(|c| c.paper.is_current() && self.holds(c.paper.shipment.as_deref()));
        let whole = mine().any(|c| c.paper.shipment.is_none());
        let enough = self.handed.is_some() || whole || mine().count() >= self.facts.shipments.len();
        enough && mine().next().is_some() && mine().all(known)
    }

    /// A bank has the papers of every shipment meant.
    fn is_presented(&self) -> bool {
        let has = |shipment: Option<&str>| {
            to_bank(self.order, self.day)
                .any(|(_, p)| p.shipment.is_none() || shipment.is_none() || p.shipment.as_deref() == shipment)
        };
        match self.handed {
            Some(handed) => has(handed.shipment),
            None => has(None) && self.facts.shipments.iter().all(|s| has(Some(&s.id))),
        }
    }
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
