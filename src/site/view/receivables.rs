//! Receivables: who owes, since when, in which currency, secured by what, who is chasing; and which money is expected
//! in which week.

use serde::Serialize;

use super::{Day, Link, Mark, OrdersVariant, PayDue, Said, Section, View};

/// `receivables.html`.
#[derive(Debug, Clone, Default, Serialize)]
pub struct ReceivablesPage {
    /// Path below the language's root: `receivables.html`, `receivables-2.html`.
    pub path: String,
    /// `应收`.
    pub title: String,
    /// `2026-11-23 周一`.
    pub as_of: Day,
    /// The answer: `逾期 4 笔：USD 65,410.00，其中无保障 USD 40,450.00；最久 GD26-0098，81 天`.
    pub verdict: String,
    /// Its state.
    pub verdict_mark: Mark,
    /// The same as files.
    pub downloads: Vec<Link>,
    /// One row per currency, and what they come to in the base currency for display.
    pub sums: Vec<OwedSum>,
    /// `约合 CNY`; empty where nothing can be converted.
    pub base: String,
    /// The last row: all currencies in the base currency; empty = not shown.
    pub base_open: String,
    /// The same of what is overdue.
    pub base_overdue: String,
    /// What the conversion rests on: rates are for display only, which are missing, which are old.
    pub base_notes: Vec<Said>,
    /// The number of rows by which the table can be cut: all, overdue, not due.
    pub counts: OwedCounts,
    /// Heads of the buckets: `1–30`.
    pub buckets: Vec<String>,
    /// One group per currency.
    pub groups: Vec<OwedGroup>,
    /// What the sums do not hold, and why.
    pub notes: Vec<OwedNote>,
    /// Money that is set against nothing, or has to go back.
    pub loose: Vec<LooseRow>,
    /// Which money is expected when, one chart per currency; empty on all pages but the first.
    pub cash: Vec<CashChart>,
    /// `2026-11-16 起 12 周`.
    pub cash_title: String,
    /// Other pages of a long list; empty = one page.
    pub pages: Vec<OrdersVariant>,
}

impl View for ReceivablesPage {
    const TEMPLATE: &'static str = "receivables.html";

    fn path(&self) -> String {
        self.path.clone()
    }

    fn data(&self) -> String {
        "receivables.json".to_owned()
    }

    fn title(&self) -> &str {
        &self.title
    }

    fn section(&self) -> Section {
        Section::Receivables
    }
}

/// What is owed in a currency.
#[derive(Debug, Clone, Default, Serialize)]
pub struct OwedSum {
    /// `USD`.
    pub currency: String,
    /// Where its rows stand, without `#`.
    pub anchor: String,
    /// Open.
    pub open: String,
    /// Overdue.
    pub overdue: String,
    /// Overdue with nothing behind it.
    pub unsecured: String,
    /// Disputed; empty = nothing.
    pub disputed: String,
    /// `7.0812`; empty = none.
    pub rate: String,
    /// `2026-10-30 ECB`, or that there is none.
    pub rate_note: String,
    /// Whether the rate can be used: `Done`, `Warn` old, `Late` missing.
    pub rate_mark: Mark,
    /// Open in the base currency, for display.
    pub base_open: String,
    /// Overdue in the base currency, for display.
    pub base_overdue: String,
}

/// How many rows there are.
#[derive(Debug, Clone, Default, Serialize)]
pub struct OwedCounts {
    /// All.
    pub all: usize,
    /// Overdue.
    pub overdue: usize,
    /// Not due.
    pub not_due: usize,
}

/// What is owed in one currency, row by row.
#[derive(Debug, Clone, Default, Serialize)]
pub struct OwedGroup {
    /// Id on the page: `USD`.
    pub anchor: String,
    /// `USD`.
    pub currency: String,
    /// `13 笔`.
    pub note: String,
    /// What hurts most on top.
    pub rows: Vec<OwedRow>,
    /// Sums of the whole currency, also where its rows go on on another page.
    pub total: OwedCells,
}

/// The amounts of a row or of a sum, by column.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct OwedCells {
    /// Not due; empty = nothing.
    pub not_due: String,
    /// By bucket; empty texts = nothing.
    pub buckets: Vec<String>,
    /// Disputed; empty = nothing.
    pub disputed: String,
    /// All together.
    pub open: String,
}

/// One amount that somebody owes.
#[derive(Debug, Clone, Default, Serialize)]
pub struct OwedRow {
    /// The customer, short, with its page.
    pub customer: Link,
    /// The order, leading to the payment on its page.
    pub order: Link,
    /// `70% 见提单副本付款`.
    pub instalment: String,
    /// `第 2 批`; empty where the order goes at once.
    pub lot: String,
    /// When it falls due.
    pub due: PayDue,
    /// `逾期 81 天`, `3 天后到期`.
    pub state: Said,
    /// `预计 12-31`, where somebody promised it; empty = nobody did.
    pub expected: String,
    /// The row is overdue: the filter keeps it.
    pub overdue: bool,
    /// Amounts by column.
    pub cells: OwedCells,
    /// What stands behind it.
    pub security: Said,
    /// The last reminder: `11-18 林岩 T+60`; empty = none.
    pub reminded: String,
    /// What is to be done now or next: `现在 T+60 报信保可损`, `11-28 T+45 最后通知`.
    pub next: Said,
    /// Who has to act.
    pub owner: String,
}

/// What the sums do not hold.
#[derive(Debug, Clone, Default, Serialize)]
pub struct OwedNote {
    /// `还没签约，没算：USD 20,400.00`.
    pub text: String,
    /// The orders, a few of them.
    pub orders: Vec<Link>,
    /// How many more; empty = none.
    pub more: String,
}

/// Money that is set against nothing.
#[derive(Debug, Clone, Default, Serialize)]
pub struct LooseRow {
    /// The customer, short, with its page.
    pub customer: Link,
    /// The order, leading to the payment on its page.
    pub order: Link,
    /// `USD 500.00`.
    pub amount: String,
    /// The record's day; none for what has no record.
    pub day: Option<Day>,
    /// Why, in plain words, and what to do.
    pub why: Said,
}

/// The expected money of one currency.
#[derive(Debug, Clone, Default, Serialize)]
pub struct CashChart {
    /// `USD`; part of ids on the page.
    pub currency: String,
    /// Said instead of the picture: the sums in one sentence.
    pub alt: String,
    /// The bars, left to right.
    pub bars: Vec<CashBar>,
    /// The same numbers, with their orders.
    pub rows: Vec<CashRow>,
    /// `USD 303,276.80`
    pub total: String,
    /// Firm part of the total.
    pub total_firm: String,
    /// Estimated part of the total.
    pub total_soft: String,
}

/// One bar. Positions are percent of the picture, written out.
#[derive(Debug, Clone, Default, Serialize)]
pub struct CashBar {
    /// Left edge.
    pub x: String,
    /// Its middle.
    pub middle: String,
    /// Width.
    pub width: String,
    /// Top of the firm part.
    pub firm_y: String,
    /// Height of the firm part; `0` = none.
    pub firm: String,
    /// Top of the estimated part, which stands on the firm one.
    pub soft_y: String,
    /// Height of the estimated part; `0` = none.
    pub soft: String,
    /// Above it: `5.7万`; empty = nothing.
    pub value: String,
    /// Below it: `23`.
    pub label: String,
    /// Below that: `11月`, where a month begins.
    pub month: String,
    /// Overdue: has a colour of its own.
    pub late: bool,
}

/// One period of the table.
#[derive(Debug, Clone, Default, Serialize)]
pub struct CashRow {
    /// `11-23 至 11-29`, `已到期未收`, `12 周以后`, `没有日期`.
    pub label: String,
    /// `第 48 周`; empty where it is no week.
    pub week: String,
    /// Certain.
    pub firm: String,
    /// Estimated or promised.
    pub soft: String,
    /// Both.
    pub sum: String,
    /// It is overdue: colours the row.
    pub late: bool,
    /// What comes, a few of them: text `GD26-0117 30,828.00`.
    pub orders: Vec<CashOrder>,
    /// `另有 12 笔`; empty = none.
    pub more: String,
}

/// An amount that is expected.
#[derive(Debug, Clone, Default, Serialize)]
pub struct CashOrder {
    /// The order, leading to the payment on its page.
    pub order: Link,
    /// `30,828.00`.
    pub amount: String,
    /// `~`, `预计，已逾期 3 天`; empty = certain.
    pub note: String,
}
