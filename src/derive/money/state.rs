//! What the payment of an order has come to, in one word and what must be said beside it. Derived, never typed in.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::{Line, Money, Waiting};
use crate::derive::standing::is_refused;
use crate::model::Order;
use crate::model::document::{Presentation, PresentedSet};
use crate::model::money::Credit;
use crate::model::order::Complaint;
use crate::model::value::{Amount, Method};
use crate::text::StaticBi;

/// How far the payment has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum PayState {
    /// Nothing is due yet, and nothing came in.
    #[default]
    NoneDue,
    /// A deposit is to come.
    DepositDue,
    /// Something else is due, and nothing came in.
    Due,
    /// The deposit is there, nothing more.
    DepositPaid,
    /// Some of it is there.
    PartPaid,
    /// Everything is there, within the tolerance.
    PaidInFull,
    /// Cancelled: nothing is due any more.
    Cancelled,
}

impl PayState {
    /// What people call it.
    #[must_use]
    pub fn title(self) -> StaticBi {
        match self {
            Self::NoneDue => ("未到期", "nothing due"),
            Self::DepositDue => ("待收定金", "deposit due"),
            Self::Due => ("待收", "due"),
            Self::DepositPaid => ("定金已收", "deposit paid"),
            Self::PartPaid => ("部分已收", "part paid"),
            Self::PaidInFull => ("收齐", "paid in full"),
            Self::Cancelled => ("已取消", "cancelled"),
        }
    }

    /// The word in machine formats.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::NoneDue => "none-due",
            Self::DepositDue => "deposit-due",
            Self::Due => "due",
            Self::DepositPaid => "deposit-paid",
            Self::PartPaid => "part-paid",
            Self::PaidInFull => "paid-in-full",
            Self::Cancelled => "cancelled",
        }
    }
}

/// What is to be said beside the state.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Overlay {
    /// The oldest part is overdue for so many days; so much is overdue in all.
    Overdue(i64, Decimal),
    /// The buyer disputes so much.
    Disputed(Decimal),
    /// A draft under a collection is not accepted yet.
    AwaitingAcceptance,
    /// Documents lie at a bank since then.
    AtBank(NaiveDate),
    /// The bank refused the documents.
    Refused(NaiveDate),
    /// A bank or the buyer accepted, and pays on that day.
    Accepted(NaiveDate),
    /// Paid beyond what is due.
    Overpaid(Decimal),
    /// To be paid back or decided upon after a cancellation.
    RefundDue(Decimal),
    /// Written off.
    WrittenOff(Decimal),
    /// Received, and set against nothing.
    Unallocated,
}

/// The state of an order's money, and what is to be said beside it.
pub(super) fn of(money: &Money, order: &Order, as_of: NaiveDate) -> (PayState, Vec<Overlay>) {
    (state(money, as_of), overlays(money, order, as_of))
}

fn state(money: &Money, as_of: NaiveDate) -> PayState {
    if money.cancelled {
        return PayState::Cancelled;
    }
    if money.settled {
        return PayState::PaidInFull;
    }
    let is_deposit = |line: &&Line| matches!(line.method, Method::Deposit | Method::BeforeProduction);
    let deposits = || money.lines.iter().filter(is_deposit);
    let has_deposit = deposits().next().is_some();
    let applied = |line: &Line| line.applied > Decimal::ZERO;
    if money.lines.iter().any(applied) {
        let rest = money.lines.iter().filter(|l| !is_deposit(l)).any(applied);
        let done = has_deposit && deposits().all(|l| l.settled);
        return if done && !rest { PayState::DepositPaid } else { PayState::PartPaid };
    }
    if money.received > Decimal::ZERO {
        return PayState::PartPaid;
    }
    let due = |line: &Line| line.due.hard().is_some_and(|day| day <= as_of) && line.outstanding().is_some();
    if has_deposit && money.binding && deposits().any(|l| !l.settled) {
        PayState::DepositDue
    } else if money.binding && money.lines.iter().any(due) {
        PayState::Due
    } else {
        PayState::NoneDue
    }
}

fn overlays(money: &Money, order: &Order, as_of: NaiveDate) -> Vec<Overlay> {
    let mut all = Vec::new();
    let overdue = money.lines.iter().filter(|line| line.overdue > 0);
    if let Some(days) = overdue.clone().map(|line| line.overdue).max() {
        let sum = overdue.filter_map(Line::outstanding).fold(Decimal::ZERO, Decimal::saturating_add);
        all.push(Overlay::Overdue(days, sum));
    }
    let disputed = money.lines.iter().fold(Decimal::ZERO, |sum, line| sum.saturating_add(line.disputed));
    if disputed > Decimal::ZERO {
        all.push(Overlay::Disputed(disputed));
    }
    if !money.settled && !money.cancelled {
        all.extend(bank(money, order, as_of));
    }
    if money.cancelled {
        let disposed = money.refunded.saturating_add(money.forfeited);
        let rest = money.received.saturating_sub(disposed);
        if rest > Decimal::ZERO {
            all.push(Overlay::RefundDue(rest));
        }
    } else if money.over > Decimal::ZERO {
        all.push(Overlay::Overpaid(money.over));
    }
    if money.written_off > Decimal::ZERO {
        all.push(Overlay::WrittenOff(money.written_off));
    }
    let lost = |u: &super::Unallocated| !matches!(u.reason, super::Reason::Over | super::Reason::Future);
    if money.unallocated.iter().any(lost) {
        all.push(Overlay::Unallocated);
    }
    all
}

/// Where documents lie whose payment is open.
fn bank(money: &Money, order: &Order, as_of: NaiveDate) -> Option<Overlay> {
    let known = |day: Option<NaiveDate>| day.filter(|day| *day <= as_of);
    let open = |method: Method| money.lines.iter().any(|l| l.method == method && l.outstanding().is_some());
    if open(Method::Lc) {
        let to_bank = |p: &&Presentation| {
            known(p.date).is_some()
                && !matches!(p.set, Some(PresentedSet::Copies | PresentedSet::Telex))
                && !matches!(p.to.as_deref(), Some("buyer" | "carrier"))
        };
        let last = order.docs.presentation.iter().filter(to_bank).max_by_key(|p| p.date)?;
        if is_refused(last, as_of) {
            let sent = last.refusal.as_deref().and_then(|r| r.sent).or(last.refused);
            return sent.map(Overlay::Refused);
        }
        if known(last.accepted).is_some() {
            let due = money.lines.iter().filter(|l| l.method == Method::Lc && l.outstanding().is_some());
            return due.filter_map(|l| l.due.day).min().map(Overlay::Accepted);
        }
        return last.date.map(Overlay::AtBank);
    }
    if open(Method::Dp) || open(Method::Da) {
        let collection = order.docs.collection.iter().find(|c| c.paper.is_current())?;
        if known(collection.paid).is_some() {
            return None;
        }
        if open(Method::Da) {
            if known(collection.accepted).is_some() {
                let due = money.lines.iter().find(|l| l.method == Method::Da && l.outstanding().is_some())?;
                return due.due.day.map(Overlay::Accepted);
            }
            let waits = money.lines.iter().any(|l| l.due.waiting == Some(Waiting::Acceptance));
            let there = known(collection.paper.sent).or(known(collection.at_bank));
            return there.filter(|_| waits).map(|_| Overlay::AwaitingAcceptance);
        }
        let there =
            known(collection.at_bank).or(known(collection.presented)).or(known(collection.paper.sent))?;
        return known(collection.documents_released).is_none().then_some(Overlay::AtBank(there));
    }
    None
}

/// Sets the disputed part of what is open: what complaints claim and nobody has agreed to, of what is due first.
pub(super) fn dispute(lines: &mut [Line], order: &Order, as_of: NaiveDate) {
    let mut left = order
        .complaints
        .iter()
        .filter(|c| is_open(c, as_of))
        .filter_map(|c| disputed(c, &order.credits, as_of))
        .fold(Decimal::ZERO, Decimal::saturating_add);
    let mut by_age: Vec<usize> = (0..lines.len()).collect();
    by_age.sort_by_key(|at| {
        let line = lines.get(*at);
        (line.and_then(|l| l.due.hard()).unwrap_or(NaiveDate::MAX), *at)
    });
    for at in by_age {
        let Some(line) = lines.get_mut(at) else { continue };
        // Nobody disputes goods that have not been delivered: the clock of the line must have started.
        if line.due.hard().is_none() {
            continue;
        }
        let Some(open) = line.outstanding() else { continue };
        line.disputed = open.min(left).max(Decimal::ZERO);
        left = left.saturating_sub(line.disputed);
    }
}

/// Opened, and not closed, by a day.
#[must_use]
pub fn is_open(complaint: &Complaint, as_of: NaiveDate) -> bool {
    complaint.opened.is_none_or(|day| day <= as_of) && complaint.closed.is_none_or(|day| day > as_of)
}

/// What was agreed on a complaint. It is known from the day of the credit that carries it out.
#[must_use]
pub fn agreed<'a>(complaint: &'a Complaint, credits: &[Credit], as_of: NaiveDate) -> Option<&'a Amount> {
    let linked = |c: &&Credit| c.complaint.is_some() && c.complaint == complaint.number;
    let first = credits.iter().filter(linked).filter_map(|c| c.date).min();
    complaint.accepted.as_ref().filter(|_| first.is_none_or(|day| day <= as_of))
}

/// What a complaint claims beyond what is agreed.
#[must_use]
pub fn disputed(complaint: &Complaint, credits: &[Credit], as_of: NaiveDate) -> Option<Decimal> {
    let claimed = complaint.claimed.as_ref()?.value;
    let agreed = agreed(complaint, credits, as_of).map_or(Decimal::ZERO, |a| a.value);
    Some(claimed.saturating_sub(agreed).max(Decimal::ZERO))
}
