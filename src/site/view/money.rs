//! Payments as recorded. Payables appear as a count only: purchase prices are not for this tree.

use serde::Serialize;

use super::{Day, Field, Link, Mark};

/// Money of an order.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Money {
    /// How the tool reads the payment term: `30% 定金（签约后 7 天），70% 见提单副本（寄单后 7 天）`.
    pub terms: String,
    /// One row per instalment.
    pub instalments: Vec<Instalment>,
    /// Totals in the order's currency: `[应收: 44,040.00] [已收: 13,187.00] [手续费: 25.00] [未收: 30,828.00]`.
    pub totals: Vec<Field>,
    /// Receipts as the bank advices say.
    pub receipts: Vec<Receipt>,
    /// Reminders sent, newest last.
    pub reminders: Vec<Reminder>,
    /// Credit notes, discounts, write-offs, refunds.
    pub credits: Vec<MoneyCredit>,
    /// Payables, counted: `应付 3 笔，已付 2 笔`; empty when none are recorded.
    pub payables: String,
    /// Deadlines and remarks: `收汇期限（退税）2027-04-30`.
    pub notes: Vec<String>,
}

/// One instalment.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Instalment {
    /// Share and method in words: `30% 定金`.
    pub label: String,
    /// What is due, in the order's currency: `13,212.00`.
    pub due: String,
    /// What starts the clock: `签约`, `提单副本`.
    pub trigger: String,
    /// Due day; none while the trigger has not happened and cannot be derived.
    pub day: Option<Day>,
    /// The day follows from a plan or forecast: shown with `~`.
    pub derived: bool,
    /// Received net: `13,187.00`; empty = nothing.
    pub received: String,
    /// Charges deducted on the way: `25.00`; empty = none.
    pub charges: String,
    /// Still open: `0.00`.
    pub open: String,
    /// `Done` settled, `Late` overdue, `Open` due, `Todo` not yet.
    pub mark: Mark,
    /// `逾期 3 天`, `预计 11-27`.
    pub note: String,
    /// The paper behind the receipt: text `水单-20260911.pdf`.
    pub basis: Link,
}

/// One receipt.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Receipt {
    /// Value day.
    pub day: Day,
    /// Net, with currency: `USD 13,187.00`; a correction is negative.
    pub amount: String,
    /// `25.00`; empty = none.
    pub charges: String,
    /// `30% 定金`.
    pub applied_to: String,
    /// `Hanse Licht GmbH`.
    pub payer: String,
    /// Bank reference.
    pub reference: String,
    /// Remark, exchange, or the reason of a correction.
    pub note: String,
    /// The advice.
    pub file: Link,
    /// Who recorded it.
    pub recorded: Link,
}

/// One reminder.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Reminder {
    /// When.
    pub day: Day,
    /// `邮件`.
    pub how: String,
    /// `lin.yan`.
    pub who: String,
    /// What the customer said.
    pub said: String,
    /// Step of the ladder: `T+1`; empty = none.
    pub step: String,
}

/// A credit note, discount, write-off or refund.
#[derive(Debug, Clone, Default, Serialize)]
pub struct MoneyCredit {
    /// When.
    pub day: Day,
    /// `贷项通知`.
    pub kind: String,
    /// `USD 89.30`.
    pub amount: String,
    /// Reason.
    pub why: String,
    /// Approver.
    pub by: String,
}
