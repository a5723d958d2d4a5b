//! What has to come before the goods move: the deposit, a letter of credit or an approval before production, the
//! balance before loading. The gates of an order say how it stands today, their rules how it stood on the day of the
//! step.

use std::borrow::Cow;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::book::Book;
use crate::derive::OrderFacts;
use crate::derive::money::{self, Line, Money, Source, Trigger};
use crate::derive::release;
use crate::model::Order;
use crate::model::order::ApprovalKind;
use crate::model::value::{Instalment, Method, PaymentTerms};

/// Something that had to come before a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lack {
    /// Money: so much is open.
    Money(Decimal),
    /// The letter of credit.
    Credit,
    /// An approval of open credit.
    Approval,
}

/// What is due before production.
const BEFORE_PRODUCTION: [Method; 2] = [Method::Deposit, Method::BeforeProduction];

/// A line that is due before production.
#[must_use]
pub fn is_before_production(line: &Line) -> bool {
    BEFORE_PRODUCTION.contains(&line.method)
}

/// A line that is due before a shipment is loaded; every shipment where none is named.
#[must_use]
pub fn is_before_loading(line: &Line, shipment: Option<&str>) -> bool {
    let of_it = line.shipment.is_none() || shipment.is_none() || line.shipment.as_deref() == shipment;
    line.method == Method::BeforeShipment && of_it
}

/// An approval of a kind is on record.
#[must_use]
pub fn approved(order: &Order, kind: ApprovalKind, as_of: NaiveDate) -> bool {
    order.approvals.iter().any(|a| a.kind == Some(kind) && a.date.is_none_or(|day| day <= as_of))
}

/// What production waits for, as it stood on a day. An approval counts from the day on which it is known.
#[must_use]
pub fn before_production(
    book: &Book,
    order: &Order,
    facts: &OrderFacts,
    day: NaiveDate,
    as_of: NaiveDate,
) -> Vec<Lack> {
    let Some(terms) = facts.money.terms.as_ref() else { return Vec::new() };
    if approved(order, ApprovalKind::Credit, as_of) {
        return Vec::new();
    }
    let mut lacks = Vec::new();
    // Production without the deposit, or before the credit is there, is the same decision.
    if !approved(order, ApprovalKind::NoDeposit, as_of) {
        lacks.extend(open_on(book, order, facts, (day, as_of), is_before_production).map(Lack::Money));
        if terms.has(Method::Lc) && !has_credit(order, day) {
            lacks.push(Lack::Credit);
        }
    }
    if is_on_credit(terms) && !release::credit_approved(book, order, as_of) {
        lacks.push(Lack::Approval);
    }
    lacks
}

/// Made on credit: open account or acceptance, or all of it by transfers some days after the shipment.
fn is_on_credit(terms: &PaymentTerms) -> bool {
    let late = [Trigger::Shipped, Trigger::Invoiced, Trigger::Arrived, Trigger::Delivered];
    let by_name = |term: &Instalment| matches!(term.method, Method::Oa | Method::Da);
    let by_day = |term: &Instalment| term.method == Method::Tt && late.contains(&Trigger::of(term));
    terms.instalments.iter().any(by_name) || terms.instalments.iter().all(by_day)
}

/// A letter of credit had come in by a day.
fn has_credit(order: &Order, day: NaiveDate) -> bool {
    order.docs.lc.iter().any(|lc| lc.received.or(lc.paper.day()).is_some_and(|on| on <= day))
}

/// What was open on a day of the lines meant, without what charges along the way explain; `None` when nothing was.
/// The facts are those of a later day, or of the same.
#[must_use]
pub fn open_on(
    book: &Book,
    order: &Order,
    facts: &OrderFacts,
    (day, as_of): (NaiveDate, NaiveDate),
    meant: impl Fn(&Line) -> bool,
) -> Option<Decimal> {
    if !facts.money.lines.iter().any(&meant) || paid_by(order, &facts.money, day, &meant) {
        return None;
    }
    open(book, &on(book, order, facts, (day, as_of)), meant)
}

/// What is open of the lines meant, without what charges along the way explain; `None` when nothing is.
#[must_use]
pub fn open(book: &Book, money: &Money, meant: impl Fn(&Line) -> bool) -> Option<Decimal> {
    let slight = |line: &Line| money::is_slight(book, line, money.currency);
    let mine = money.lines.iter().filter(|line| meant(line) && !slight(line));
    let open = mine.filter_map(Line::outstanding).fold(Decimal::ZERO, Decimal::saturating_add);
    (open > Decimal::ZERO).then_some(open)
}

/// The lines meant are settled, by what came in up to a day.
fn paid_by(order: &Order, money: &Money, day: NaiveDate, meant: &impl Fn(&Line) -> bool) -> bool {
    let mut mine = money.lines.iter().enumerate().filter(|(_, line)| meant(line));
    let in_time = |at: usize| {
        money
            .postings
            .iter()
            .filter(|p| p.line == at)
            .all(|p| date(order, p.source).is_none_or(|on| on <= day))
    };
    mine.all(|(at, line)| line.settled && in_time(at))
}

/// The day of a record that moved a balance.
#[must_use]
pub fn date(order: &Order, source: Source) -> Option<NaiveDate> {
    match source {
        Source::Receipt(i) => order.received.get(i)?.date,
        Source::Credit(i) => order.credits.get(i)?.date,
    }
}

/// The record that settled the lines meant at last, with its day; `None` where one of them is open.
#[must_use]
pub fn settled_by(
    order: &Order,
    money: &Money,
    meant: impl Fn(&Line) -> bool,
) -> Option<(NaiveDate, Source)> {
    if !money.lines.iter().filter(|line| meant(line)).all(|line| line.settled) {
        return None;
    }
    let mine = money.postings.iter().filter(|p| money.lines.get(p.line).is_some_and(&meant));
    mine.filter_map(|p| Some((date(order, p.source)?, p.source))).max()
}

/// The money as it stood on a day; the facts are those of a later day, or of the same.
#[must_use]
pub fn on<'f>(
    book: &Book,
    order: &Order,
    facts: &'f OrderFacts,
    (day, as_of): (NaiveDate, NaiveDate),
) -> Cow<'f, Money> {
    if day >= as_of || facts.money.settled_on.is_some_and(|settled| settled <= day) {
        return Cow::Borrowed(&facts.money);
    }
    Cow::Owned(Money::of(book, order, &facts.goods, &facts.shipments, day))
}
