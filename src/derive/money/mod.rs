//! What is due and when, what came in for it, and what stands behind the rest: the money of an order as of a day, in
//! the order's own currency. Amounts in other currencies are kept apart; they are never converted to settle anything.
//!
//! `basis` says what the payment line is a share of, `due` when each part falls due, `ledger` which receipt pays which
//! part, `security` what we hold until it is paid, `state` what all that means in one word, `chase` which reminder is
//! due.

pub mod basis;
pub mod chase;
pub mod due;
pub mod ledger;
pub mod security;
pub mod state;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::book::Book;
use crate::derive::goods::Goods;
use crate::derive::shipment::ShipmentFact;
use crate::model::Order;
use crate::model::money::CreditKind;
use crate::model::order::DepositOffset;
use crate::model::value::{Currency, Method, PaymentTerms};

pub use due::{Due, Trigger, Waiting};
pub use ledger::{Posting, Reason, Source, Unallocated, gross};
pub use security::Security;
pub use state::{Overlay, PayState};

/// The most lines of an order: shipments times instalments.
const MAX_LINES: usize = 2000;

/// One instalment of the payment terms with its amount, over all shipments.
#[derive(Debug, Clone)]
pub struct InstalmentFact {
    /// Position in the terms, from 0.
    pub index: usize,
    /// Its share of the total, in the order's currency; `None` while the total is unknown.
    pub amount: Option<Decimal>,
    /// What is not yet paid or credited of it; `None` while the amount is unknown.
    pub open: Option<Decimal>,
    /// What is open is within the settlement tolerance.
    pub settled: bool,
}

/// One amount that falls due on one day: an instalment, or the part of it that a shipment is paid for.
#[derive(Debug, Clone)]
pub struct Line {
    /// Position of the instalment in the payment line, from 0.
    pub instalment: usize,
    /// How it is paid.
    pub method: Method,
    /// The shipment; `None` where it is paid for the whole order.
    pub shipment: Option<String>,
    /// What is due; `None` while the total is unknown.
    pub amount: Option<Decimal>,
    /// Received for it, with the charges on the advices.
    pub applied: Decimal,
    /// Charges within that.
    pub charges: Decimal,
    /// Credited: credit notes, discounts, write-offs.
    pub credited: Decimal,
    /// The receipt that paid it last.
    pub paid_by: Option<Source>,
    /// When it falls due.
    pub due: Due,
    /// What is open; nothing once the order is cancelled, `None` while the amount is unknown.
    pub open: Option<Decimal>,
    /// What is open is within the settlement tolerance, or there is nothing to pay any more.
    pub settled: bool,
    /// Settled, and so much short: charges that no advice shows.
    pub short: Decimal,
    /// Days it is overdue as of the day of the facts; 0 where it is not.
    pub overdue: i64,
    /// The part of what is open that the buyer disputes.
    pub disputed: Decimal,
    /// What stands behind what is open.
    pub security: Security,
}

impl Line {
    /// What neither receipts nor credits have covered, whatever became of the order.
    fn left(&self) -> Decimal {
        let paid = self.amount.unwrap_or_default().saturating_sub(self.applied);
        // Taking nothing from nothing would lose the decimals of the currency.
        if self.credited.is_zero() { paid } else { paid.saturating_sub(self.credited) }
    }

    /// Open beyond the tolerance: somebody still has to pay.
    #[must_use]
    pub fn outstanding(&self) -> Option<Decimal> {
        self.open.filter(|open| !self.settled && *open > Decimal::ZERO)
    }
}

/// The money of an order as of a day.
#[derive(Debug, Clone, Default)]
pub struct Money {
    /// The terms, when the line can be read.
    pub terms: Option<PaymentTerms>,
    /// The order's currency, in which all of this is.
    pub currency: Option<Currency>,
    /// What the instalments are a share of: final invoices, and the contract value of goods not yet shipped.
    pub total: Option<Decimal>,
    /// The instalments.
    pub instalments: Vec<InstalmentFact>,
    /// What falls due, by instalment and shipment.
    pub lines: Vec<Line>,
    /// Which record went to which line.
    pub postings: Vec<Posting>,
    /// What could not be set against anything, and why.
    pub unallocated: Vec<Unallocated>,
    /// Receipts in the order's currency, with the charges the bank advice shows.
    pub received: Decimal,
    /// Charges within that sum.
    pub charges: Decimal,
    /// Credit notes, discounts and write-offs, which lower what is due.
    pub credited: Decimal,
    /// Write-offs within that sum.
    pub written_off: Decimal,
    /// Paid back.
    pub refunded: Decimal,
    /// Deposits kept after a cancellation.
    pub forfeited: Decimal,
    /// Receipts in other currencies without a conversion, by currency code.
    pub foreign: BTreeMap<String, Decimal>,
    /// Charges no advice shows: what settled lines are short.
    pub short: Decimal,
    /// Paid beyond what is due: a credit balance of the buyer.
    pub over: Decimal,
    /// Open over all lines, less a credit balance. Negative: over-paid.
    pub open: Option<Decimal>,
    /// What is open of every instalment is within the settlement tolerance.
    pub settled: bool,
    /// The day of the receipt or credit that settled it.
    pub settled_on: Option<NaiveDate>,
    /// Index of that receipt; `None` where a credit settled it.
    pub settled_by: Option<usize>,
    /// Key path of that receipt's or credit's date.
    pub settled_path: Option<String>,
    /// Signed by the day of the facts, or already being paid or shipped: somebody owes it.
    pub binding: bool,
    /// Cancelled by the day of the facts.
    pub cancelled: bool,
    /// The state in one word.
    pub state: PayState,
    /// What else is to be said about it.
    pub overlays: Vec<Overlay>,
    /// For each line that is chased, the step of the ladder it has reached.
    pub chase: Vec<chase::Chase>,
}

impl Money {
    /// Computes the money of an order; receipts after `as_of` are not known yet.
    #[must_use]
    pub fn of(
        book: &Book,
        order: &Order,
        goods: &Goods,
        shipments: &[ShipmentFact],
        as_of: NaiveDate,
    ) -> Self {
        let terms = order.payment.as_deref().and_then(|text| PaymentTerms::parse(text).ok());
        let total = basis::total(order, goods, shipments, as_of);
        let lines = schedule(book, order, goods, shipments, (terms.as_ref(), total), as_of);
        let ledger = ledger::run(book, order, lines, goods.currency, as_of);
        let mut money = Self {
            terms,
            currency: goods.currency,
            total,
            lines: ledger.lines,
            postings: ledger.postings,
            unallocated: ledger.unallocated,
            received: ledger.received,
            charges: ledger.charges,
            credited: ledger.credited,
            written_off: ledger.written_off,
            refunded: ledger.refunded,
            forfeited: ledger.forfeited,
            cancelled: order.cancelled.is_some_and(|day| day <= as_of),
            ..Self::default()
        };
        money.binding = order.signed.is_some_and(|day| day <= as_of)
            || (order.signed.is_none()
                && (!money.received.is_zero() || shipments.iter().any(|s| s.shipped.is_some())));
        money.close(book, as_of);
        money.sum(book);
        if money.settled {
            money.note_settled(order, ledger.settled);
        }
        money.look(book, order, shipments, as_of);
        money
    }

    /// What is open of each line, and for how long.
    fn close(&mut self, book: &Book, as_of: NaiveDate) {
        let owed = self.binding && !self.cancelled;
        for line in &mut self.lines {
            if self.cancelled {
                // Nothing is due any more; what was received is accounted for by refund and forfeit.
                (line.open, line.settled) = (Some(Decimal::ZERO), true);
                continue;
            }
            let Some(amount) = line.amount else { continue };
            let left = line.left();
            line.open = Some(left);
            line.settled = left <= tolerance(book, amount, self.currency);
            if line.settled && left > Decimal::ZERO {
                line.short = left;
            }
            if let Some(day) = line.due.hard().filter(|day| owed && !line.settled && *day < as_of) {
                line.overdue = (as_of - day).num_days();
            }
        }
    }

    fn sum(&mut self, book: &Book) {
        for unallocated in &self.unallocated {
            match unallocated.reason {
                Reason::Over => self.over = self.over.saturating_add(unallocated.amount),
                Reason::Foreign if matches!(unallocated.source, Source::Receipt(_)) => {
                    let code = unallocated.currency.map_or_else(String::new, |c| c.code().to_owned());
                    let sum = self.foreign.entry(code).or_default();
                    *sum = sum.saturating_add(unallocated.amount);
                }
                _ => {}
            }
        }
        self.short = self.lines.iter().fold(Decimal::ZERO, |sum, line| sum.saturating_add(line.short));
        let count = self.terms.as_ref().map_or(0, |t| t.instalments.len());
        self.instalments = (0..count).map(|index| self.instalment(index)).collect();
        let by_lines = || {
            let known = self.lines.iter().try_fold(Decimal::ZERO, |sum, line| sum.checked_add(line.open?));
            known.filter(|_| !self.lines.is_empty())?.checked_sub(self.over)
        };
        let by_total = || {
            let paid = self.received.checked_add(self.credited)?.checked_sub(self.refunded)?;
            self.total?.checked_sub(paid)
        };
        self.open = if self.cancelled { Some(Decimal::ZERO) } else { by_lines().or_else(by_total) };
        self.settled = match (self.lines.is_empty(), self.open) {
            (_, None) => false,
            (false, Some(_)) => self.lines.iter().all(|line| line.settled),
            (true, Some(open)) => open <= tolerance(book, self.total.unwrap_or_default(), self.currency),
        };
    }

    fn instalment(&self, index: usize) -> InstalmentFact {
        let mine = || self.lines.iter().filter(move |line| line.instalment == index);
        let sum = |get: fn(&Line) -> Option<Decimal>| {
            mine().map(get).reduce(|sum, part| sum?.checked_add(part?)).flatten()
        };
        let settled = self.total.is_some() && mine().all(|line| line.settled);
        InstalmentFact { index, amount: sum(|l| l.amount), open: sum(|l| l.open), settled }
    }

    fn note_settled(&mut self, order: &Order, settled: Option<(Option<NaiveDate>, Source)>) {
        let Some((day, source)) = settled.or_else(|| self.last_record(order)) else { return };
        self.settled_on = day.or(order.signed);
        self.settled_by = match source {
            Source::Receipt(index) => Some(index),
            Source::Credit(_) => None,
        };
        self.settled_path = Some(source.path("date"));
    }

    /// Without a schedule, the last receipt that counts.
    fn last_record(&self, order: &Order) -> Option<(Option<NaiveDate>, Source)> {
        if !self.lines.is_empty() {
            return None;
        }
        let kept = |i: usize| {
            let mine = |u: &Unallocated| u.source == Source::Receipt(i);
            !self.unallocated.iter().any(|u| mine(u) && u.reason != Reason::NoSchedule)
        };
        let all = order.received.iter().enumerate().filter(|(i, r)| r.date.is_some() && kept(*i));
        all.max_by_key(|(i, r)| (r.date, *i)).map(|(i, r)| (r.date, Source::Receipt(i)))
    }

    /// What stands behind it, what it is called, and who is to be reminded.
    fn look(&mut self, book: &Book, order: &Order, shipments: &[ShipmentFact], as_of: NaiveDate) {
        state::dispute(&mut self.lines, order, as_of);
        if self.binding && !self.cancelled {
            security::judge(&mut self.lines, order, shipments, as_of);
        }
        (self.state, self.overlays) = state::of(self, order, as_of);
        if self.binding && !self.cancelled {
            self.chase = chase::of(book, order, self, as_of);
        }
    }

    /// The instalment that `for` means: its position from 1, or its method where that is unique.
    #[must_use]
    pub fn named(&self, name: &str) -> Option<usize> {
        named(&self.lines, name)
    }

    /// Postings of a record.
    pub fn postings_of(&self, source: Source) -> impl Iterator<Item = &Posting> {
        self.postings.iter().filter(move |p| p.source == source)
    }
}

/// The instalment that a word means: its position from 1, its method where that is unique, or `balance` for the last.
fn named(lines: &[Line], name: &str) -> Option<usize> {
    let name = name.trim();
    let last = lines.iter().map(|line| line.instalment).max()?;
    if let Ok(position) = name.parse::<usize>() {
        return position.checked_sub(1).filter(|at| *at <= last);
    }
    if name.eq_ignore_ascii_case("balance") {
        return Some(last);
    }
    let method = Method::parse(name)?;
    let mut all = lines.iter().filter(|line| line.method == method).map(|line| line.instalment);
    let first = all.next()?;
    all.all(|at| at == first).then_some(first)
}

/// The lines of the payment terms: those of the whole order once, the others once for each shipment.
fn schedule(
    book: &Book,
    order: &Order,
    goods: &Goods,
    shipments: &[ShipmentFact],
    (terms, total): (Option<&PaymentTerms>, Option<Decimal>),
    as_of: NaiveDate,
) -> Vec<Line> {
    let Some(terms) = terms else { return Vec::new() };
    let minor = goods.minor();
    let parts = total.map(|total| terms.split(total, minor));
    let lots = total.map(|total| basis::lots(order, goods, shipments, total, as_of)).unwrap_or_default();
    // A file of thousands of shipments is no order; it is paid for at once.
    let lots = if lots.len().saturating_mul(terms.instalments.len()) > MAX_LINES { Vec::new() } else { lots };
    let is_of_order = |at: usize| {
        lots.len() <= 1 || terms.instalments.get(at).is_none_or(|term| Trigger::of(term).is_of_order())
    };
    let amount = |at: usize| parts.as_ref().and_then(|p| p.get(at).copied());
    let front = (0..terms.instalments.len())
        .filter(|at| is_of_order(*at))
        .filter_map(amount)
        .fold(Decimal::ZERO, |sum, part| sum.saturating_add(part));
    let values: Vec<Decimal> = lots.iter().map(|lot| lot.value).collect();
    let offset = order.deposit_offset.unwrap_or(DepositOffset::ProRata);
    let weights = basis::after_deposit(&values, front, offset, minor);
    let look = due::Look::new(book, order, shipments, as_of);
    let mut lines = Vec::new();
    for (index, term) in terms.instalments.iter().enumerate() {
        let line = |shipment: Option<String>, amount: Option<Decimal>| Line {
            instalment: index,
            method: term.method,
            due: look.due(term, shipment.as_deref()),
            shipment,
            amount,
            applied: Decimal::ZERO,
            charges: Decimal::ZERO,
            credited: Decimal::ZERO,
            paid_by: None,
            open: amount,
            settled: false,
            short: Decimal::ZERO,
            overdue: 0,
            disputed: Decimal::ZERO,
            security: Security::Pending,
        };
        match amount(index).filter(|_| !is_of_order(index)) {
            None => lines.push(line(None, amount(index))),
            Some(amount) => {
                let parts = basis::spread(amount, &weights, minor);
                let own = lots.iter().zip(parts).filter(|(_, part)| !part.is_zero());
                let before = lines.len();
                lines.extend(own.map(|(lot, part)| line(lot.shipment.clone(), Some(part))));
                if lines.len() == before {
                    lines.push(line(None, Some(amount)));
                }
            }
        }
    }
    lines
}

/// How much an instalment may be short and still count as paid: the smaller of the absolute and the relative
/// tolerance, never negative.
#[must_use]
pub fn tolerance(book: &Book, amount: Decimal, currency: Option<Currency>) -> Decimal {
    let share =
        book.config.tolerances.as_deref().and_then(|t| t.short_pct).map_or(Decimal::new(5, 1), |p| p.0);
    let relative = amount.saturating_mul(share).checked_div(Decimal::ONE_HUNDRED).unwrap_or_default();
    absolute(book, currency).min(relative).max(Decimal::ZERO)
}

/// The absolute tolerance. In a currency without decimals its unit is about a cent of another: 30.00 is 3,000 yen.
fn absolute(book: &Book, currency: Option<Currency>) -> Decimal {
    let set = book.config.tolerances.as_deref().and_then(|t| t.short_abs.as_ref());
    let figure = set.map_or(Decimal::from(30), |a| a.value);
    let whole = currency.is_some_and(|c| c.minor() == 0);
    if whole { figure.saturating_mul(Decimal::ONE_HUNDRED) } else { figure }
}

/// How often the absolute tolerance a remainder may be and still be a matter of charges.
const SLIGHT: u32 = 5;

/// The share of a line that a slight remainder stays within, as a divisor.
const SLIGHT_SHARE: u32 = 20;

/// A line was paid but for a remainder beyond the tolerance that charges along the way explain: no more than five
/// times the absolute tolerance, and than one twentieth of the amount. To be settled, not to be chased.
#[must_use]
pub fn is_slight(book: &Book, line: &Line, currency: Option<Currency>) -> bool {
    let Some((open, amount)) = line.outstanding().zip(line.amount) else { return false };
    let share = amount.checked_div(Decimal::from(SLIGHT_SHARE)).unwrap_or_default();
    let limit = absolute(book, currency).saturating_mul(Decimal::from(SLIGHT)).min(share);
    line.applied > Decimal::ZERO && open <= limit
}

/// True where a credit lowers what is due; a refund pays back, a forfeit keeps.
#[must_use]
pub fn lowers(kind: CreditKind) -> bool {
    matches!(kind, CreditKind::CreditNote | CreditKind::Discount | CreditKind::WriteOff)
}
