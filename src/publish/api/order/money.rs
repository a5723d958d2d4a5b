//! The money of an order: what falls due and when, what came in, which receipt paid which part.

use schemars::JsonSchema;
use serde::Serialize;

use super::super::value::{Day, Figure, Words, day};
use super::super::who::PersonRef;
use super::super::{Api, words};
use super::records::Records;
use crate::derive::OrderFacts;
use crate::derive::money::chase::Chase;
use crate::derive::money::{Line, Source};
use crate::model::Order;
use crate::model::money::{Credit, Receipt, Reminder};
use crate::model::value::{Amount, Currency};
use crate::publish::pay;

/// The money of an order, in its own currency unless another stands beside an amount.
#[derive(Debug, Serialize, JsonSchema)]
pub struct MoneyDoc<'a> {
    /// Currency, ISO 4217.
    pub currency: Option<&'static str>,
    /// `none-due`, `deposit-due`, `due`, `deposit-paid`, `part-paid`, `paid-in-full` or `cancelled`.
    pub state: &'static str,
    /// What is to be paid: final invoices, and the contract value of goods not yet invoiced.
    pub total: Option<Figure>,
    /// Received, with the charges on the bank advices.
    pub received: Figure,
    /// Charges within that.
    pub charges: Figure,
    /// Credit notes, discounts and write-offs.
    pub credited: Figure,
    /// Paid back.
    pub refunded: Figure,
    /// Still open; negative where too much came in.
    pub open: Option<Figure>,
    /// Paid beyond what is due.
    pub over: Figure,
    /// Nothing beyond the tolerance is open.
    pub settled: bool,
    /// The day of the record that settled it.
    pub settled_on: Option<Day>,
    /// What falls due, by instalment and shipment.
    pub instalments: Vec<InstalmentDoc<'a>>,
    /// What came in.
    pub receipts: Vec<ReceiptDoc<'a>>,
    /// Credit notes, discounts, write-offs, refunds, forfeits.
    pub credits: Vec<CreditNoteDoc<'a>>,
    /// What could not be set against anything.
    pub unallocated: Vec<UnallocatedDoc>,
    /// Reminders that were sent.
    pub reminders: Vec<ReminderDoc<'a>>,
}

/// An amount that falls due on one day.
#[derive(Debug, Serialize, JsonSchema)]
pub struct InstalmentDoc<'a> {
    /// Position in the payment terms, from 1.
    pub instalment: usize,
    /// `deposit`, `tt`, `copy-bl`, `lc`, `dp`, `da`, `oa` …
    pub method: &'static str,
    /// Share and method in words.
    pub what: Words<'static>,
    /// The shipment; null where it is paid for the whole order.
    pub shipment: Option<&'a str>,
    /// What falls due.
    pub amount: Option<Figure>,
    /// Received for it, with charges.
    pub received: Figure,
    /// Charges within that.
    pub charges: Figure,
    /// Credited.
    pub credited: Figure,
    /// Still open.
    pub open: Option<Figure>,
    /// Nothing beyond the tolerance is open.
    pub settled: bool,
    /// The part of what is open that the customer disputes.
    pub disputed: Figure,
    /// The due day, moved to an open day.
    pub due: Option<Day>,
    /// The same before it was moved.
    pub due_unmoved: Option<Day>,
    /// What starts its clock: `signed`, `shipped`, `copies` …
    pub due_from: &'static str,
    /// The day of that event.
    pub due_from_day: Option<Day>,
    /// That event has not happened; the day is taken from the plan.
    pub due_estimated: bool,
    /// It was computed in a year or for a place whose holidays are not on record.
    pub due_provisional: bool,
    /// Why there is no day: `signature`, `acceptance`, `refused` or `event`.
    pub due_waits: Option<&'static str>,
    /// Days overdue; 0 where it is not.
    pub days_overdue: i64,
    /// `secured`, `controlled`, `unsecured` or `pending`.
    pub security: &'static str,
    /// The step of the ladder of reminders that is to be done now: `T+7`.
    pub reminder_due: Option<String>,
    /// The highest step that was done.
    pub reminder_done: Option<String>,
}

/// Money that came in.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ReceiptDoc<'a> {
    /// Value date.
    pub date: Option<Day>,
    /// Net amount, as the bank advice says.
    pub amount: Option<Figure>,
    /// Its currency, ISO 4217.
    pub currency: Option<&'static str>,
    /// Charges deducted on the way.
    pub charges: Vec<Figure>,
    /// Who paid.
    pub payer: Option<&'a str>,
    /// Reference on the bank advice.
    pub reference: Option<&'a str>,
    /// Which instalments it paid, with how much of it.
    pub paid: Vec<PaidDoc>,
    /// Why, for a correction.
    pub why: Option<&'a str>,
    /// The commit that recorded it, a key of `commits`; null where git cannot tell.
    pub recorded: Option<&'a str>,
}

/// The part of a record that was set against an instalment.
#[derive(Debug, Serialize, JsonSchema)]
pub struct PaidDoc {
    /// Position among `instalments`, from 0.
    pub at: usize,
    /// How much, in the order's currency.
    pub amount: Figure,
}

/// A credit.
#[derive(Debug, Serialize, JsonSchema)]
pub struct CreditNoteDoc<'a> {
    /// Date.
    pub date: Option<Day>,
    /// `credit-note`, `discount`, `write-off`, `refund` or `forfeit`.
    pub kind: Option<&'static str>,
    /// How much.
    pub amount: Option<Figure>,
    /// Its currency, ISO 4217.
    pub currency: Option<&'static str>,
    /// Why.
    pub why: Option<&'a str>,
    /// Who approved it.
    pub by: Option<PersonRef<'a>>,
    /// The complaint that it settles.
    pub complaint: Option<&'a str>,
    /// Which instalments it lowers, with how much of it.
    pub paid: Vec<PaidDoc>,
}

/// Money or a credit that is set against nothing.
#[derive(Debug, Serialize, JsonSchema)]
pub struct UnallocatedDoc {
    /// Where the record stands: `received[2]`.
    pub path: String,
    /// How much.
    pub amount: Figure,
    /// Its currency.
    pub currency: Option<&'static str>,
    /// Why: `over`, `foreign`, `unknown-instalment`, `future` …
    pub reason: &'static str,
}

/// A reminder.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ReminderDoc<'a> {
    /// Date.
    pub date: Option<Day>,
    /// `mail`, `chat`, `phone`, `letter` …
    pub how: Option<&'a str>,
    /// Who reminded.
    pub who: Option<PersonRef<'a>>,
    /// What the customer said.
    pub said: Option<&'a str>,
    /// The step of the ladder: `T+30`.
    pub step: Option<&'a str>,
}

impl<'c, 'a: 'c> Api<'c, 'a> {
    pub(super) fn money(
        &self,
        order: &'c Order,
        own: &'c OrderFacts,
        records: &Records<'_, 'c>,
    ) -> MoneyDoc<'c> {
        let money = &own.money;
        let figure = |value| Figure::amount(value, money.currency);
        let receipt = |(at, receipt): (usize, &'c Receipt)| self.receipt(own, at, receipt, records);
        let credit = |(at, credit): (usize, &'c Credit)| self.credit_note(own, at, credit);
        MoneyDoc {
            currency: money.currency.map(Currency::code),
            state: money.state.code(),
            total: money.total.map(figure),
            received: figure(money.received),
            charges: figure(money.charges),
            credited: figure(money.credited),
            refunded: figure(money.refunded),
            open: money.open.map(figure),
            over: figure(money.over),
            settled: money.settled,
            settled_on: day(money.settled_on),
            instalments: money
                .lines
                .iter()
                .enumerate()
                .map(|(at, line)| self.instalment(own, at, line))
                .collect(),
            receipts: order
                .received
                .iter()
                .enumerate()
                .filter(|(_, r)| !self.is_hindsight(r.date))
                .map(receipt)
                .collect(),
            credits: order
                .credits
                .iter()
                .enumerate()
                .filter(|(_, c)| self.known(c.date))
                .map(credit)
                .collect(),
            unallocated: self
                .ctx
                .facts
                .unallocated(order, own)
                .map(|u| UnallocatedDoc {
                    path: match u.source {
                        Source::Receipt(at) => format!("received[{at}]"),
                        Source::Credit(at) => format!("credits[{at}]"),
                    },
                    amount: Figure::amount(u.amount, u.currency),
                    currency: u.currency.map(Currency::code),
                    reason: words::reason(u.reason),
                })
                .collect(),
            reminders: order
                .reminders
                .iter()
                .filter(|r| self.known(r.date))
                .map(|r| self.reminder(r))
                .collect(),
        }
    }

    fn instalment(&self, own: &'c OrderFacts, at: usize, line: &'c Line) -> InstalmentDoc<'c> {
        let figure = |value| Figure::amount(value, own.money.currency);
        let [zh, en] = self.both().map(|ctx| pay::label(&ctx, own, line));
        let chase = own.money.chase.iter().find(|chase| chase.line == at);
        InstalmentDoc {
            instalment: line.instalment.saturating_add(1),
            method: line.method.code(),
            what: Words { zh: zh.into(), en: en.into() },
            shipment: line.shipment.as_deref(),
            amount: line.amount.map(figure),
            received: figure(line.applied),
            charges: figure(line.charges),
            credited: figure(line.credited),
            open: line.open.map(figure),
            settled: line.settled,
            disputed: figure(line.disputed),
            due: day(line.due.day),
            due_unmoved: day(line.due.raw),
            due_from: words::trigger(line.due.trigger),
            due_from_day: day(line.due.event),
            due_estimated: line.due.estimated,
            due_provisional: line.due.provisional,
            due_waits: line.due.waiting.map(words::waiting),
            days_overdue: line.overdue,
            security: words::security(line.security),
            reminder_due: chase.and_then(Chase::waiting).map(|(step, _)| step.to_string()),
            reminder_done: chase.and_then(|c| c.done).map(|(step, _)| step.to_string()),
        }
    }

    fn receipt(
        &self,
        own: &'c OrderFacts,
        at: usize,
        receipt: &'c Receipt,
        records: &Records<'_, 'c>,
    ) -> ReceiptDoc<'c> {
        let currency = currency(receipt.amount.as_ref(), own);
        ReceiptDoc {
            date: day(receipt.date),
            amount: receipt.amount.as_ref().map(|a| Figure::amount(a.value, currency)),
            currency: currency.map(Currency::code),
            charges: receipt
                .charges
                .iter()
                .map(|c| Figure::amount(c.value, c.currency.or(currency)))
                .collect(),
            payer: receipt.payer.as_deref(),
            reference: receipt.r#ref.as_deref().filter(|_| self.shown.bank_references()),
            paid: paid(own, Source::Receipt(at)),
            why: receipt.why.as_deref(),
            recorded: records.of(&format!("received[{at}]"), receipt.date),
        }
    }

    fn credit_note(&self, own: &'c OrderFacts, at: usize, credit: &'c Credit) -> CreditNoteDoc<'c> {
        let currency = currency(credit.amount.as_ref(), own);
        CreditNoteDoc {
            date: day(credit.date),
            kind: credit.kind.map(|k| k.code()),
            amount: credit.amount.as_ref().map(|a| Figure::amount(a.value, currency)),
            currency: currency.map(Currency::code),
            why: credit.why.as_deref(),
            by: self.someone(credit.by.as_deref()),
            complaint: credit.complaint.as_deref(),
            paid: paid(own, Source::Credit(at)),
        }
    }

    fn reminder(&self, reminder: &'c Reminder) -> ReminderDoc<'c> {
        ReminderDoc {
            date: day(reminder.date),
            how: reminder.how.as_deref(),
            who: self.someone(reminder.who.as_deref()),
            said: reminder.said.as_deref(),
            step: reminder.step.as_deref(),
        }
    }
}

/// The currency of an amount: its own, else the order's.
fn currency(amount: Option<&Amount>, own: &OrderFacts) -> Option<Currency> {
    amount.and_then(|a| a.currency).or(own.money.currency)
}

fn paid(own: &OrderFacts, source: Source) -> Vec<PaidDoc> {
    let amount = |value| Figure::amount(value, own.money.currency);
    own.money.postings_of(source).map(|p| PaidDoc { at: p.line, amount: amount(p.amount) }).collect()
}
