//! What we owe, to whom, when, for which order, and whether the VAT invoice is there: finance's view.

use serde::Serialize;

use super::{CashPeriod, Day, Link, Mark, OrdersVariant, Section, View};

/// `payables.html`, `payables-2.html` …
#[derive(Debug, Clone, Default, Serialize)]
pub struct PayablesPage {
    /// Path below the language's root.
    pub path: String,
    /// `应付`.
    pub title: String,
    /// As-of date in full.
    pub as_of: Day,
    /// The same as files: `XLSX`, `CSV`, `JSON`.
    pub downloads: Vec<Link>,
    /// The answer: `未付 CNY 86,438.00，逾期 0；7 天内要付 CNY 576.00`.
    pub verdict: String,
    /// Its state.
    pub verdict_mark: Mark,
    /// What falls due when, by currency.
    pub weeks: Vec<CashPeriod>,
    /// Whom we owe; on the first page alone.
    pub parties: Vec<PayableParty>,
    /// Open bills, what falls due first coming first.
    pub bills: Vec<PayableBill>,
    /// `12 张`.
    pub bills_note: String,
    /// Other pages of a long list; empty = one page.
    pub pages: Vec<OrdersVariant>,
    /// Paid ahead, and what could not be set against a bill.
    pub ahead: Vec<PayableAhead>,
    /// `3 笔`; with very many, that these are the newest.
    pub ahead_note: String,
    /// Ordered and not billed; on the first page alone.
    pub ordered: Vec<PayableOrdered>,
    /// `CNY 1,210.50，不在上面的应付里`.
    pub ordered_note: String,
    /// Paid bills whose VAT invoice is not there; on the first page alone.
    pub invoices: Vec<PayableBill>,
    /// `3 张，CNY 12,000.00`.
    pub invoices_note: String,
}

impl View for PayablesPage {
    const TEMPLATE: &'static str = "payables.html";

    fn path(&self) -> String {
        self.path.clone()
    }

    fn data(&self) -> String {
        "payables.json".to_owned()
    }

    fn title(&self) -> &str {
        &self.title
    }

    fn section(&self) -> Section {
        Section::Payables
    }
}

/// What is owed to one party in one currency.
#[derive(Debug, Clone, Default, Serialize)]
pub struct PayableParty {
    /// The party, leading to its page where it has one.
    pub name: Link,
    /// `CNY 62,000.00`.
    pub open: String,
    /// A key that sorts it as text.
    pub open_sort: String,
    /// Of it, overdue; empty = nothing.
    pub overdue: String,
    /// The next due day.
    pub next: Option<Day>,
    /// How many bills; empty = none is open.
    pub bills: String,
    /// Paid ahead; empty = nothing.
    pub ahead: String,
}

/// A bill.
#[derive(Debug, Clone, Default, Serialize)]
pub struct PayableBill {
    /// Its due day; none = not recorded.
    pub due: Option<Day>,
    /// `剩 10 天`, `逾期 3 天`, `没写到期日`.
    pub when: String,
    /// Its state.
    pub mark: Mark,
    /// The party.
    pub party: Link,
    /// `货款`.
    pub kind: String,
    /// The bill's number.
    pub number: String,
    /// The order, leading to its money.
    pub order: Link,
    /// `CNY 62,000.00`.
    pub amount: String,
    /// Paid for it; empty = nothing.
    pub paid: String,
    /// Not paid.
    pub open: String,
    /// A key that sorts it as text.
    pub open_sort: String,
    /// The VAT invoice's number, `没登记`, `不适用`.
    pub vat: String,
    /// Whether it is there.
    pub vat_mark: Mark,
}

/// Money paid that is set against no bill.
#[derive(Debug, Clone, Default, Serialize)]
pub struct PayableAhead {
    /// When it was paid.
    pub day: Option<Day>,
    /// To whom.
    pub party: Link,
    /// The order.
    pub order: Link,
    /// `CNY 19,200.00`.
    pub amount: String,
    /// What it was for, as written.
    pub what: String,
    /// `预付，还没有账单`.
    pub why: String,
    /// Paid ahead is `Open`, what nobody can place is `Warn`.
    pub mark: Mark,
}

/// Goods ordered and not billed.
#[derive(Debug, Clone, Default, Serialize)]
pub struct PayableOrdered {
    /// The supplier.
    pub party: Link,
    /// The order.
    pub order: Link,
    /// When the supplier must have finished.
    pub due: Option<Day>,
    /// Quantity × price.
    pub ordered: String,
    /// Billed; empty = nothing.
    pub billed: String,
    /// Paid ahead; empty = nothing.
    pub ahead: String,
    /// Still to be billed.
    pub rest: String,
    /// A key that sorts it as text.
    pub rest_sort: String,
    /// `2 款没写采购价`; empty = all are priced.
    pub note: String,
}
