//! Payments as recorded and as they are due. Payables appear as a count only: purchase prices are not for this tree.

use serde::Serialize;

use super::{CreditClock, Day, Field, Link, Mark, Recorded};

/// Money of an order.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Money {
    /// How the tool reads the payment term: `30% 定金（签约后 7 天），70% 见提单副本（寄单后 7 天）`.
    pub terms: String,
    /// The state in one word, and what must be said beside it: `定金已收` `逾期 3 天 USD 30,828.00`.
    pub states: Vec<Said>,
    /// The worst of them: colours the line.
    pub mark: Mark,
    /// The schedule: one row per instalment and shipment.
    pub lines: Vec<PayLine>,
    /// A credit note, discount or write-off lowers some line: there is a column for it.
    pub credited: bool,
    /// Sums of the rows; none without a schedule.
    pub total: Option<PaySum>,
    /// Totals in the order's currency: `[应收: 44,040.00] [已收: 13,187.00] [手续费: 25.00] [未收: 30,828.00]`.
    pub totals: Vec<Field>,
    /// Money that is set against nothing, and why.
    pub loose: Vec<LooseMoney>,
    /// Where the papers that give the goods are, tied to the money: `正本 3/3 在手，收到 USD 30,828.00 才放`.
    pub custody: Vec<PayNote>,
    /// Collections: sent, at the bank, presented, accepted, maturity, paid, released.
    pub collections: Vec<PayCollection>,
    /// Receipts as the bank advices say.
    pub receipts: Vec<Receipt>,
    /// For each line that is chased: the ladder and the texts to send.
    pub chases: Vec<Chase>,
    /// Reminders sent, newest last.
    pub reminders: Vec<Reminder>,
    /// Credit notes, discounts, write-offs, refunds.
    pub credits: Vec<MoneyCredit>,
    /// Payables, counted: `应付 3 笔，已付 2 笔`; empty when none are recorded.
    pub payables: String,
    /// Deadlines and remarks: `收汇期限（退税）2027-04-30`.
    pub notes: Vec<String>,
}

/// A word with its mark.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Said {
    /// Its state.
    pub mark: Mark,
    /// `逾期 3 天`.
    pub text: String,
}

/// A remark with its mark that may lead somewhere.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct PayNote {
    /// Its state.
    pub mark: Mark,
    /// What is said.
    pub text: Link,
}

/// When a line falls due.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct PayDue {
    /// The day; none while nobody can tell.
    pub day: Option<Day>,
    /// Its event is only planned or forecast: shown with `~`.
    pub derived: bool,
    /// A year was needed whose holidays are not on record.
    pub provisional: bool,
    /// What starts the clock, and what moved the day: `寄提单副本 11-13`.
    pub basis: String,
    /// Why there is no day: `等承兑`; empty where there is one.
    pub waits: String,
}

/// What falls due on one day.
#[derive(Debug, Clone, Default, Serialize)]
pub struct PayLine {
    /// Share and method in words: `30% 定金`.
    pub label: String,
    /// The tenor as agreed: `提单日后 60 天`; empty where the method says everything.
    pub tenor: String,
    /// `第 2 批`; empty where the order goes at once.
    pub lot: String,
    /// What is due, in the order's currency: `13,212.00`.
    pub amount: String,
    /// When.
    pub due: PayDue,
    /// Received net: `13,187.00`; empty = nothing.
    pub received: String,
    /// Charges on the advices: `25.00`; empty = none.
    pub charges: String,
    /// Credited: `2,150.40`; empty = nothing.
    pub credited: String,
    /// Still open: `0.00`.
    pub open: String,
    /// `逾期 3 天，预计 11-27`.
    pub state: Said,
    /// `其中有争议 1,612.80`; empty = none.
    pub disputed: String,
    /// What stands behind what is open; empty text = nothing is open.
    pub security: Said,
    /// Which receipts and credits paid it.
    pub paid_by: Vec<PaidBy>,
}

/// A part of a receipt or credit that was set against a line.
#[derive(Debug, Clone, Default, Serialize)]
pub struct PaidBy {
    /// Day of the record.
    pub day: Option<Day>,
    /// `13,212.00`, with the charges; negative = taken back.
    pub amount: String,
    /// `贷项通知单`; empty for a receipt.
    pub kind: String,
    /// The bank advice; empty text = none is named.
    pub file: Link,
}

/// Sums of the schedule, in the order's currency.
#[derive(Debug, Clone, Default, Serialize)]
pub struct PaySum {
    /// Due.
    pub amount: String,
    /// Received net.
    pub received: String,
    /// Charges.
    pub charges: String,
    /// Credited.
    pub credited: String,
    /// Open.
    pub open: String,
}

/// Money that is set against nothing.
#[derive(Debug, Clone, Default, Serialize)]
pub struct LooseMoney {
    /// The record's day.
    pub day: Option<Day>,
    /// `USD 500.00`.
    pub amount: String,
    /// Why, in plain words, and what to do.
    pub why: String,
    /// The record's file on the forge.
    pub recorded: Link,
}

/// A collection.
#[derive(Debug, Clone, Default, Serialize)]
pub struct PayCollection {
    /// `D/P 托收 OC26-0105 · Ornek Bankasi`.
    pub title: Link,
    /// Its steps.
    pub steps: Vec<CreditClock>,
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
    /// What it paid: `30% 定金 13,212.00`.
    pub applied_to: Vec<String>,
    /// `Hanse Licht GmbH`.
    pub payer: String,
    /// Bank reference.
    pub reference: String,
    /// Remark, exchange, or the reason of a correction.
    pub note: String,
    /// The advice.
    pub file: Link,
    /// Who recorded it.
    pub recorded: Recorded,
}

/// Where a line stands on the ladder of reminders.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Chase {
    /// Id on the page: `chase-2`.
    pub anchor: String,
    /// `70% 见提单副本付款 USD 30,828.00`.
    pub what: String,
    /// Who has to act.
    pub owner: String,
    /// The steps, in order.
    pub steps: Vec<ChaseStep>,
    /// What is to be done now; empty text = nothing.
    pub now: Said,
    /// What comes next, and when; empty = nothing.
    pub next: String,
    /// Texts to copy: for the step that is to be done, else for the next one.
    pub texts: Vec<ChaseText>,
    /// `现在发：T+7 第二次催`.
    pub texts_title: String,
}

/// One step of the ladder.
#[derive(Debug, Clone, Default, Serialize)]
pub struct ChaseStep {
    /// `T+7`.
    pub code: String,
    /// What is done on it.
    pub action: String,
    /// When.
    pub day: Day,
    /// `Done` done or gone by with a later one, `Late` to be done, `Todo` not yet.
    pub mark: Mark,
    /// It was not done itself, a later one was.
    pub passed: bool,
}

/// A text to copy. It is written in its own language, whatever the page's.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct ChaseText {
    /// `英文邮件，给客户`.
    pub label: String,
    /// Language of the text: `en`, `zh-Hans`.
    pub lang: &'static str,
    /// Whom it goes to, as recorded: an address, a name; empty = not recorded.
    pub to: String,
    /// Subject of a mail; empty for a chat.
    pub subject: String,
    /// The text.
    pub body: String,
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
