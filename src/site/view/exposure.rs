//! Exposure and risk: the largest unsecured amount, who pays late, whether we are getting better.

use serde::Serialize;

use super::{Day, Link, Mark, OrdersVariant, Section, View};

/// `exposure.html`, `exposure-2.html` …: further pages hold more customers.
#[derive(Debug, Clone, Default, Serialize)]
pub struct ExposurePage {
    /// Path below the language's root.
    pub path: String,
    /// `敞口与风险`.
    pub title: String,
    /// As-of date in full.
    pub as_of: Day,
    /// The same as files: `XLSX`, `CSV`, `JSON`.
    pub downloads: Vec<Link>,
    /// The answer: `无保障最多：USD 28,400.00 乌姆兰加瓷砖（逾期 67 天）`.
    pub verdict: String,
    /// Its state.
    pub verdict_mark: Mark,
    /// Open amounts by currency.
    pub sums: Vec<ExposureSum>,
    /// What is not in them: `未投产的 USD 28,200.00 不算敞口`; empty = nothing.
    pub pending: String,
    /// Customers that owe something, the largest unsecured amount first.
    pub customers: Vec<ExposureCustomer>,
    /// `12 家`.
    pub customers_note: String,
    /// Those that owe nothing, with their credit and habits; folded.
    pub paid_up: Vec<ExposureCustomer>,
    /// `没有未收的 9 家`.
    pub paid_up_title: String,
    /// Other pages of a long list; empty = one page.
    pub pages: Vec<OrdersVariant>,
    /// `2025-11-21 至 2026-11-20，括号里是之前 12 个月`.
    pub period: String,
    /// Indicators; on the first page alone.
    pub indicators: Vec<IndicatorRow>,
    /// What banks objected to; on the first page alone.
    pub refusals: Vec<RefusalRow>,
    /// How the refusals are counted.
    pub refusals_note: String,
    /// What they add up to: `2 条，规则报了 2，漏了 0`.
    pub refusals_sum: String,
}

impl View for ExposurePage {
    const TEMPLATE: &'static str = "exposure.html";

    fn path(&self) -> String {
        self.path.clone()
    }

    fn data(&self) -> String {
        "exposure.json".to_owned()
    }

    fn title(&self) -> &str {
        &self.title
    }

    fn section(&self) -> Section {
        Section::Exposure
    }
}

/// Open amounts of one currency.
#[derive(Debug, Clone, Default, Serialize)]
pub struct ExposureSum {
    /// `USD`.
    pub currency: String,
    /// A bank pays.
    pub secured: String,
    /// Goods or documents in hand.
    pub controlled: String,
    /// Nothing.
    pub unsecured: String,
    /// All three.
    pub total: String,
    /// Of it, overdue; empty = nothing.
    pub overdue: String,
    /// `最久 67 天`.
    pub overdue_note: String,
    /// Of it, disputed; empty = nothing.
    pub disputed: String,
    /// Where the parts of the bar end, in percent of its length: secured, then controlled; the rest is unsecured.
    pub bar: [u8; 2],
}

/// One customer.
#[derive(Debug, Clone, Default, Serialize)]
pub struct ExposureCustomer {
    /// Short name, leading to its page.
    pub name: Link,
    /// `ZA`.
    pub country: String,
    /// What it owes, by currency.
    pub owed: Vec<ExposureOwed>,
    /// A key that sorts by the unsecured amount as text.
    pub sort: String,
    /// `2 笔金额不详`; empty = all are known.
    pub unknown: String,
    /// Credit granted.
    pub limits: Vec<ExposureLimit>,
    /// How it pays.
    pub habit: PayHabit,
}

/// What a customer owes in one currency.
#[derive(Debug, Clone, Default, Serialize)]
pub struct ExposureOwed {
    /// `USD 28,400.00`.
    pub total: String,
    /// The parts, worst first: `无保障 28,400.00`.
    pub parts: Vec<ExposurePart>,
    /// `逾期 28,400.00，67 天`; empty = nothing is.
    pub overdue: String,
    /// `有争议 1,612.80`; empty = nothing is.
    pub disputed: String,
}

/// A part of what a customer owes.
#[derive(Debug, Clone, Default, Serialize)]
pub struct ExposurePart {
    /// `无保障`.
    pub label: String,
    /// `28,400.00`.
    pub amount: String,
    /// Colour: unsecured `Warn`, in hand `Open`, secured `Done`.
    pub mark: Mark,
}

/// Credit granted to a customer.
#[derive(Debug, Clone, Default, Serialize)]
pub struct ExposureLimit {
    /// `USD 15,000.00`.
    pub amount: String,
    /// `王磊，到 2026-12-31`; `2 单批的`.
    pub note: String,
    /// `已用 80.3%`; empty where it cannot be said.
    pub used: String,
    /// Length of the bar, 0 to 100.
    pub percent: u8,
    /// More than the limit, nearly, or not; expired is `Late`.
    pub mark: Mark,
}

/// How a customer pays.
#[derive(Debug, Clone, Default, Serialize)]
pub struct PayHabit {
    /// `4/7`; empty = nothing was settled in the period.
    pub on_time: String,
    /// `中位晚 6 天`, or the cases: `早 3 天、晚 12 天`.
    pub days: String,
    /// Colours the share.
    pub mark: Mark,
    /// The longest delay: `85 天`; empty = none.
    pub longest: String,
    /// `未了`, `未了，有争议`; empty = settled.
    pub longest_note: String,
    /// Its order.
    pub longest_order: Link,
}

/// An indicator.
#[derive(Debug, Clone, Default, Serialize)]
pub struct IndicatorRow {
    /// `准时装运`.
    pub name: String,
    /// `91%`; empty with few cases, which then stand below.
    pub value: String,
    /// What it was made of: `21/23`.
    pub note: String,
    /// The cases where they are few; else those that count against us.
    pub cases: Vec<IndicatorCase>,
    /// Said before the cases: `没准时：`; empty where all cases are listed.
    pub cases_label: String,
    /// `另有 3 单`.
    pub cases_more: String,
    /// The period before: `86%，n = 23`, or its cases in words.
    pub before: String,
    /// How many cases.
    pub n: String,
    /// `好转`, `变差`; empty where the two cannot be compared.
    pub trend: String,
    /// Its colour.
    pub trend_mark: Mark,
    /// How it is computed; empty where the row above says it.
    pub definition: String,
}

/// A case of an indicator.
#[derive(Debug, Clone, Default, Serialize)]
pub struct IndicatorCase {
    /// The order.
    pub order: Link,
    /// `晚 2 天`; empty where the mark says it all.
    pub text: String,
    /// Met, or not.
    pub mark: Mark,
}

/// One discrepancy of a notice of refusal.
#[derive(Debug, Clone, Default, Serialize)]
pub struct RefusalRow {
    /// The order, leading to its presentations.
    pub order: Link,
    /// When the bank refused.
    pub day: Day,
    /// The bank's words.
    pub text: String,
    /// The rule it matches.
    pub rule: Link,
    /// `规则报了`, `规则漏了`, `没写对应规则`.
    pub heard: String,
    /// Its colour.
    pub mark: Mark,
    /// `成立`, `可争辩`, `还没判断`.
    pub verdict: String,
}
