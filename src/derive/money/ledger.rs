//! Which receipt and which credit pays which instalment. What a record names is set against that; the rest goes to
//! the oldest due date first. What cannot be set against anything stays visible, with the reason.
//!
//! Everything of one day is one step: neither the order of files nor that of records on a day changes a balance, and
//! a receipt entered in two parts counts like one.

use std::cmp::Reverse;
use std::collections::VecDeque;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::{Line, tolerance};
use crate::book::Book;
use crate::model::Order;
use crate::model::money::{Credit, CreditKind, Receipt};
use crate::model::order::Shipment;
use crate::model::value::{Amount, Currency, Method};

/// A record that moves a balance.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Source {
    /// `[[received]]`, by position.
    Receipt(usize),
    /// `[[credits]]`, by position.
    Credit(usize),
}

impl Source {
    /// The day of the record.
    #[must_use]
    pub fn date(self, order: &Order) -> Option<NaiveDate> {
        match self {
            Self::Receipt(at) => order.received.get(at)?.date,
            Self::Credit(at) => order.credits.get(at)?.date,
        }
    }

    /// Key path of a field of the record.
    #[must_use]
    pub fn path(self, field: &str) -> String {
        match self {
            Self::Receipt(i) => format!("received[{i}].{field}"),
            Self::Credit(i) => format!("credits[{i}].{field}"),
        }
    }
}

/// A part of a record that was set against a line of the schedule. Negative where it was taken back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Posting {
    /// The record.
    pub source: Source,
    /// The line, by position.
    pub line: usize,
    /// How much, in the order's currency.
    pub amount: Decimal,
}

/// Why money could not be set against an instalment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// More than was due: a credit balance in the buyer's favour.
    Over,
    /// In another currency, and the record does not say what it counts for.
    Foreign,
    /// `for` names no instalment, or not only one.
    UnknownInstalment,
    /// `shipment` names none of the order's.
    UnknownShipment,
    /// Dated after the day of the facts: not in yet.
    Future,
    /// Without a date nobody knows that it came in.
    NoDate,
    /// Negative without a reason.
    NoReason,
    /// Takes back more than there was.
    BeyondReceived,
    /// Lowers what is due by more than was due.
    BeyondDue,
    /// The terms or the total are not known yet.
    NoSchedule,
}

/// Money, or a credit, that is set against nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unallocated {
    /// The record.
    pub source: Source,
    /// How much, in `currency`.
    pub amount: Decimal,
    /// Its currency; `None` where neither record nor order has one.
    pub currency: Option<Currency>,
    /// Why.
    pub reason: Reason,
}

/// Receipts and credits set against the lines of a schedule.
#[derive(Debug, Default)]
pub(super) struct Ledger {
    pub(super) lines: Vec<Line>,
    pub(super) postings: Vec<Posting>,
    pub(super) unallocated: Vec<Unallocated>,
    pub(super) received: Decimal,
    pub(super) charges: Decimal,
    pub(super) credited: Decimal,
    pub(super) written_off: Decimal,
    pub(super) refunded: Decimal,
    pub(super) forfeited: Decimal,
    /// The day on which nothing was left open beyond the tolerance, and the record that did it.
    pub(super) settled: Option<(Option<NaiveDate>, Source)>,
}

/// What a receipt counts in the order's currency: net plus the charges on the advice, or what the record says a
/// foreign amount was converted to. `None` for money in another currency that was not converted.
#[must_use]
pub fn counted(receipt: &Receipt, own: Option<Currency>) -> Option<(Decimal, Decimal)> {
    let amount = receipt.amount.as_ref()?;
    if let Some(converted) = receipt.fx.as_deref().and_then(|fx| fx.order_amount.as_ref()) {
        let ours = converted.currency.is_none() || converted.currency == own;
        return ours.then_some((converted.value, Decimal::ZERO));
    }
    let is_own = |a: &Amount| a.currency.is_none() || a.currency == own;
    if !is_own(amount) {
        return None;
    }
    let charges = receipt.charges.iter().filter(|c| is_own(c));
    let charges = charges.fold(Decimal::ZERO, |sum, c| sum.saturating_add(c.value));
    Some((amount.value.saturating_add(charges), charges))
}

/// What a receipt counts in the order's currency, charges included.
#[must_use]
pub fn gross(receipt: &Receipt, own: Option<Currency>) -> Option<Decimal> {
    counted(receipt, own).map(|(gross, _)| gross)
}

/// What is set against the lines on one day.
struct Entry<'a> {
    source: Source,
    record: Record<'a>,
    amount: Decimal,
    charges: Decimal,
    /// The lines it names; empty where it names none.
    named: Vec<usize>,
}

#[derive(Clone, Copy)]
enum Record<'a> {
    Receipt(&'a Receipt),
    Credit(&'a Credit),
}

impl Entry<'_> {
    /// What a record names and says, so that its place in the files decides nothing: the more it names, the earlier
    /// it counts. What names the same comes together, whatever the amounts.
    fn rank(&self) -> (bool, usize, [&str; 2], Reverse<Decimal>, [&str; 2]) {
        fn text(of: &Option<String>) -> &str {
            of.as_deref().map(str::trim).unwrap_or_default()
        }
        let (names, says) = match self.record {
            Record::Receipt(r) => ([&r.r#for, &r.shipment], [&r.r#ref, &r.payer]),
            Record::Credit(c) => ([&c.r#for, &c.shipment], [&c.why, &c.by]),
        };
        (self.named.is_empty(), self.named.len(), names.map(text), Reverse(self.amount), says.map(text))
    }
}

/// Sets everything known by a day against the lines.
pub(super) fn run(
    book: &Book,
    order: &Order,
    lines: Vec<Line>,
    own: Option<Currency>,
    as_of: NaiveDate,
) -> Ledger {
    let cancelled = order.cancelled.filter(|day| *day <= as_of);
    let by_age = by_age(&lines);
    let over = VecDeque::new();
    let mut work =
        Work { book, order, own, cancelled, by_age, over, ledger: Ledger { lines, ..Ledger::default() } };
    let mut receipts: Vec<(Option<NaiveDate>, usize, &Receipt)> = Vec::new();
    for (i, receipt) in order.received.iter().enumerate() {
        if let Some(day) = work.admit(i, receipt, as_of) {
            receipts.push((Some(day), i, receipt));
        }
    }
    let known = order.credits.iter().enumerate().filter(|(_, c)| c.date.is_none_or(|day| day <= as_of));
    let mut credits: Vec<(Option<NaiveDate>, usize, &Credit)> = known.map(|(i, c)| (c.date, i, c)).collect();
    receipts.sort_by_key(|(day, i, _)| (*day, *i));
    credits.sort_by_key(|(day, i, _)| (*day, *i));
    let (mut receipts, mut credits) = (receipts.as_slice(), credits.as_slice());
    while let Some(day) =
        [receipts.first().map(|r| r.0), credits.first().map(|c| c.0)].into_iter().flatten().min()
    {
        let of_day = receipts.partition_point(|r| r.0 <= day);
        let (today, later) = receipts.split_at(of_day);
        work.receipts(today);
        receipts = later;
        let of_day = credits.partition_point(|c| c.0 <= day);
        let (today, later) = credits.split_at(of_day);
        work.credits(today);
        credits = later;
        work.note_settled(day);
    }
    for (source, amount) in std::mem::take(&mut work.over) {
        work.keep(source, amount, Reason::Over);
    }
    work.ledger
}

struct Work<'a> {
    book: &'a Book,
    order: &'a Order,
    own: Option<Currency>,
    cancelled: Option<NaiveDate>,
    /// The lines, the oldest due date first.
    by_age: Vec<usize>,
    /// What was paid beyond what was due, the oldest first.
    over: VecDeque<(Source, Decimal)>,
    ledger: Ledger,
}

/// The oldest due date first, what has none last; then by the payment line.
fn by_age(lines: &[Line]) -> Vec<usize> {
    let mut all: Vec<usize> = (0..lines.len()).collect();
    all.sort_by_key(|at| {
        let line = lines.get(*at);
        (line.and_then(|l| l.due.day).unwrap_or(NaiveDate::MAX), line.map(|l| l.instalment), *at)
    });
    all
}

impl Work<'_> {
    /// The day on which a receipt counts; what does not count is kept visible.
    fn admit(&mut self, index: usize, receipt: &Receipt, as_of: NaiveDate) -> Option<NaiveDate> {
        let amount = receipt.amount.as_ref()?;
        let reason = match receipt.date {
            None => Some(Reason::NoDate),
            Some(day) if day > as_of => Some(Reason::Future),
            Some(_) => None,
        };
        let foreign = gross(receipt, self.own).is_none();
        if let Some(reason) = reason.or(foreign.then_some(Reason::Foreign)) {
            let currency = amount.currency.or(self.own);
            let source = Source::Receipt(index);
            let charges = receipt.charges.iter().filter(|c| c.currency.or(self.own) == currency);
            let amount = charges.fold(amount.value, |sum, c| sum.saturating_add(c.value));
            self.ledger.unallocated.push(Unallocated { source, amount, currency, reason });
            return None;
        }
        receipt.date
    }

    fn receipts(&mut self, receipts: &[(Option<NaiveDate>, usize, &Receipt)]) {
        let mut entries: Vec<Entry<'_>> = Vec::new();
        for (_, index, receipt) in receipts {
            let Some((amount, charges)) = counted(receipt, self.own) else { continue };
            self.ledger.received = self.ledger.received.saturating_add(amount);
            self.ledger.charges = self.ledger.charges.saturating_add(charges);
            let source = Source::Receipt(*index);
            match self.named(receipt.r#for.as_deref(), receipt.shipment.as_deref()) {
                _ if amount < Decimal::ZERO && receipt.why.as_deref().is_none_or(|w| w.trim().is_empty()) => {
                    self.keep(source, amount, Reason::NoReason);
                }
                Err(reason) => self.keep(source, amount, reason),
                Ok(named) => {
                    let record = Record::Receipt(receipt);
                    entries.push(Entry { source, record, amount, charges, named });
                }
            }
        }
        entries.sort_by(|a, b| a.rank().cmp(&b.rank()));
        let (paid, taken): (Vec<Entry<'_>>, Vec<Entry<'_>>) =
            entries.into_iter().partition(|e| e.amount >= Decimal::ZERO);
        // Judged once a day, so that a receipt in two parts counts like one.
        let done: Vec<bool> = self.ledger.lines.iter().map(|l| self.is_settled(l)).collect();
        let free: Vec<(Source, Decimal, Decimal)> = paid
            .iter()
            .map(|entry| {
                let (left, charges) = self.pay(entry.source, entry.amount, entry.charges, &entry.named);
                (entry.source, left, charges)
            })
            .collect();
        let (open, slight): (Vec<usize>, Vec<usize>) =
            self.by_age.iter().partition(|at| !done.get(**at).copied().unwrap_or_default());
        for (source, amount, charges) in free {
            let (left, charges) = self.pay(source, amount, charges, &open);
            let (left, _) = self.pay(source, left, charges, &slight);
            if left > Decimal::ZERO {
                self.beyond(source, left);
            }
        }
        let applied: fn(&mut Line) -> &mut Decimal = |line| &mut line.applied;
        let more: Vec<(Source, Decimal)> = taken
            .iter()
            .map(|entry| (entry.source, self.take(entry.source, -entry.amount, &entry.named, applied)))
            .collect();
        for (source, left) in more {
            self.take_anywhere(source, left, applied);
        }
    }

    fn credits(&mut self, credits: &[(Option<NaiveDate>, usize, &Credit)]) {
        let mut entries: Vec<Entry<'_>> = Vec::new();
        for (_, index, credit) in credits {
            let Some(amount) = credit.amount.as_ref() else { continue };
            let source = Source::Credit(*index);
            if amount.currency.is_some_and(|c| Some(c) != self.own) {
                let (amount, currency) = (amount.value, amount.currency);
                self.ledger.unallocated.push(Unallocated {
                    source,
                    amount,
                    currency,
                    reason: Reason::Foreign,
                });
                continue;
            }
            match self.named(credit.r#for.as_deref(), credit.shipment.as_deref()) {
                // Withdrawn, with the reason; without one nobody knows which way it is meant.
                _ if amount.value < Decimal::ZERO
                    && credit.why.as_deref().is_none_or(|w| w.trim().is_empty()) =>
                {
                    self.keep(source, amount.value, Reason::NoReason);
                }
                Err(reason) => self.keep(source, amount.value, reason),
                Ok(named) => entries.push(Entry {
                    source,
                    record: Record::Credit(credit),
                    amount: amount.value,
                    charges: Decimal::ZERO,
                    named,
                }),
            }
        }
        entries.sort_by(|a, b| a.rank().cmp(&b.rank()));
        for entry in entries {
            let Record::Credit(credit) = entry.record else { continue };
            match credit.kind {
                Some(CreditKind::Refund) => self.refund(&entry),
                Some(CreditKind::Forfeit) => {
                    self.ledger.forfeited = self.ledger.forfeited.saturating_add(entry.amount);
                }
                Some(kind) => self.lower(&entry, kind),
                None => self.keep(entry.source, entry.amount, Reason::UnknownInstalment),
            }
        }
    }

    /// A credit note, a discount or a write-off lowers what is due: of the lines it names, else of what is paid for
    /// by shipment, the oldest first, and of a deposit last.
    fn lower(&mut self, entry: &Entry<'_>, kind: CreditKind) {
        self.ledger.credited = self.ledger.credited.saturating_add(entry.amount);
        if kind == CreditKind::WriteOff {
            self.ledger.written_off = self.ledger.written_off.saturating_add(entry.amount);
        }
        if entry.amount < Decimal::ZERO {
            // A credit withdrawn: what it covered is due again.
            return self.take_back(entry.source, -entry.amount, &entry.named, |line| &mut line.credited);
        }
        let mut targets = entry.named.clone();
        let mut rest = self.by_age.clone();
        let ahead = |at: &usize| {
            let method = self.ledger.lines.get(*at).map(|l| l.method);
            matches!(method, Some(Method::Deposit | Method::BeforeProduction))
        };
        rest.sort_by_key(ahead);
        targets.extend(rest);
        let mut left = entry.amount;
        for at in targets {
            let Some(line) = self.ledger.lines.get_mut(at) else { continue };
            let part = left.min(line.left()).max(Decimal::ZERO);
            line.credited = line.credited.saturating_add(part);
            left = left.saturating_sub(part);
            self.post(entry.source, at, part);
        }
        if left > Decimal::ZERO {
            if kind == CreditKind::WriteOff && self.is_known() {
                self.keep(entry.source, left, Reason::BeyondDue);
            } else {
                self.beyond(entry.source, left);
            }
        }
    }

    /// It is known what was due.
    fn is_known(&self) -> bool {
        self.ledger.lines.iter().any(|line| line.amount.is_some())
    }

    /// Money paid back: of a credit balance first, else what it was paid for is open again. After a cancellation
    /// nothing is due, and it only counts.
    fn refund(&mut self, entry: &Entry<'_>) {
        self.ledger.refunded = self.ledger.refunded.saturating_add(entry.amount);
        if self.cancelled.is_some() {
            return;
        }
        if entry.amount >= Decimal::ZERO {
            return self.take_back(entry.source, entry.amount, &entry.named, |line| &mut line.applied);
        }
        // A refund that came back pays like a receipt.
        let mut lines = entry.named.clone();
        lines.extend(self.by_age.iter().copied());
        let (left, _) = self.pay(entry.source, -entry.amount, Decimal::ZERO, &lines);
        if left > Decimal::ZERO {
            self.beyond(entry.source, left);
        }
    }

    /// Pays lines in the order given; returns what is left, and the charges in it.
    fn pay(
        &mut self,
        source: Source,
        amount: Decimal,
        charges: Decimal,
        lines: &[usize],
    ) -> (Decimal, Decimal) {
        let (mut left, mut fees) = (amount, charges);
        for &at in lines {
            if left <= Decimal::ZERO {
                break;
            }
            let Some(line) = self.ledger.lines.get_mut(at) else { continue };
            let part = left.min(line.left());
            if part <= Decimal::ZERO {
                continue;
            }
            let fee = fees.min(part).max(Decimal::ZERO);
            line.applied = line.applied.saturating_add(part);
            line.charges = line.charges.saturating_add(fee);
            line.paid_by = Some(source);
            (left, fees) = (left.saturating_sub(part), fees.saturating_sub(fee));
            self.post(source, at, part);
        }
        (left, fees)
    }

    /// Takes money or a credit back: from the lines named, else from a credit balance and then from what was due
    /// last.
    fn take_back(
        &mut self,
        source: Source,
        amount: Decimal,
        named: &[usize],
        of: fn(&mut Line) -> &mut Decimal,
    ) {
        let left = self.take(source, amount, named, of);
        self.take_anywhere(source, left, of);
    }

    /// Takes back from lines in the order given; returns what they could not give.
    fn take(
        &mut self,
        source: Source,
        amount: Decimal,
        lines: &[usize],
        of: fn(&mut Line) -> &mut Decimal,
    ) -> Decimal {
        let mut left = amount;
        for &at in lines {
            let Some(line) = self.ledger.lines.get_mut(at) else { continue };
            let covered = of(line);
            let part = left.min(*covered).max(Decimal::ZERO);
            *covered = covered.saturating_sub(part);
            line.charges = line.charges.min(line.applied);
            left = left.saturating_sub(part);
            self.post(source, at, -part);
        }
        left
    }

    fn take_anywhere(&mut self, source: Source, amount: Decimal, of: fn(&mut Line) -> &mut Decimal) {
        let mut left = amount;
        while let Some((_, kept)) = self.over.front_mut().filter(|_| left > Decimal::ZERO) {
            let part = left.min(*kept);
            *kept = kept.saturating_sub(part);
            left = left.saturating_sub(part);
            if kept.is_zero() {
                self.over.pop_front();
            }
        }
        let lines: Vec<usize> = self.by_age.iter().rev().copied().collect();
        let left = self.take(source, left, &lines, of);
        if left > Decimal::ZERO {
            self.keep(source, -left, Reason::BeyondReceived);
        }
    }

    fn post(&mut self, source: Source, line: usize, amount: Decimal) {
        if !amount.is_zero() {
            self.ledger.postings.push(Posting { source, line, amount });
        }
    }

    /// More than is due: the buyer's until somebody decides; without a schedule nobody knows.
    fn beyond(&mut self, source: Source, amount: Decimal) {
        if self.is_known() {
            self.over.push_back((source, amount));
        } else {
            self.keep(source, amount, Reason::NoSchedule);
        }
    }

    fn keep(&mut self, source: Source, amount: Decimal, reason: Reason) {
        if !amount.is_zero() {
            let currency = self.own;
            self.ledger.unallocated.push(Unallocated { source, amount, currency, reason });
        }
    }

    /// The lines that a record names: by position from 1, by a method that is there once, by shipment.
    fn named(&self, of: Option<&str>, shipment: Option<&str>) -> Result<Vec<usize>, Reason> {
        let lines = &self.ledger.lines;
        let instalment = match of {
            Some(_) if lines.is_empty() => return Err(Reason::NoSchedule),
            Some(name) => Some(super::named(lines, name).ok_or(Reason::UnknownInstalment)?),
            None => None,
        };
        if let Some(id) = shipment {
            let shipments = &self.order.shipments;
            let is_it = |(i, s): (usize, &Shipment)| match s.id.as_deref() {
                Some(own) => own == id,
                None => id == (i + 1).to_string(),
            };
            if shipments.len() > 1 && !shipments.iter().enumerate().any(is_it) {
                return Err(Reason::UnknownShipment);
            }
        }
        if instalment.is_none() && shipment.is_none() {
            return Ok(Vec::new());
        }
        let mine = |line: &Line| {
            instalment.is_none_or(|at| line.instalment == at)
                && (shipment.is_none() || line.shipment.is_none() || line.shipment.as_deref() == shipment)
        };
        let mut named: Vec<usize> =
            self.by_age.iter().copied().filter(|at| lines.get(*at).is_some_and(mine)).collect();
        // Of the shipment that is named, its own part comes before what is paid for the whole order.
        named.sort_by_key(|at| lines.get(*at).is_some_and(|l| shipment.is_some() && l.shipment.is_none()));
        Ok(named)
    }

    fn is_settled(&self, line: &Line) -> bool {
        line.amount.is_some_and(|amount| line.left() <= tolerance(self.book, amount, self.own))
    }

    fn note_settled(&mut self, day: Option<NaiveDate>) {
        let lines = &self.ledger.lines;
        let settled = !lines.is_empty() && lines.iter().all(|line| self.is_settled(line));
        let last = self.ledger.postings.last().map(|p| p.source);
        match (settled, self.ledger.settled, last) {
            (true, None, Some(source)) => self.ledger.settled = Some((day, source)),
            (false, Some(_), _) => self.ledger.settled = None,
            _ => {}
        }
    }
}
