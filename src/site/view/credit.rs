//! A letter of credit on its order's page: will the bank refuse, what is missing, until when.

use serde::Serialize;

use super::{Day, Field, Link, Mark};

/// A letter of credit, as it stands after the accepted amendments.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Credit {
    /// Id on the page: `credit-ILC26DXB07731`.
    pub anchor: String,
    /// `ILC26DXB07731`.
    pub number: String,
    /// `即期 · 任一银行议付 · UCP LATEST VERSION`.
    pub summary: String,
    /// The answer: `46A 5 项：未见冲突 4，还没登记 1`; empty for a replaced credit.
    pub verdict: String,
    /// Its state.
    pub verdict_mark: Mark,
    /// Terms with their MT700 tags: `[32B 金额: USD 57,200.00] [39A 溢短装: +5%/-5%]`.
    pub fields: Vec<Field>,
    /// The three clocks: latest shipment, presentation period, expiry, and the resulting last day.
    pub clocks: Vec<CreditClock>,
    /// Days left until the last presentation: `剩 10 天`; empty when presented.
    pub left: String,
    /// How much of the time from shipment to the last presentation is used, 0 to 100.
    pub used_percent: u8,
    /// What was drawn and what is left: `已支 574,540.00，最多 575,000.00，还剩 460.00`; empty for a replaced credit.
    pub balance: String,
    /// Findings about the terms of the credit, not about one clause of it.
    pub findings: Vec<CreditFinding>,
    /// Limits with their arithmetic: quantity, amount, partial shipment, transhipment.
    pub checks: Vec<CreditCheck>,
    /// 46A, row by row.
    pub requirements: Vec<Requirement>,
    /// Some papers were presented: the column of what was handed over says something.
    pub presented: bool,
    /// 47A, condition by condition.
    pub conditions: Vec<CreditCondition>,
    /// What was handed to the bank, and what it said.
    pub presentations: Vec<CreditPresentation>,
    /// 45A, 46A and 47A in full: label `45A 货物`, value the text.
    pub texts: Vec<Field>,
    /// Amendments, in order.
    pub amendments: Vec<Amendment>,
}

/// One limit of a credit, or one step of a presentation.
#[derive(Debug, Clone, Default, Serialize)]
pub struct CreditClock {
    /// `最迟装运 44C`.
    pub label: String,
    /// The day; none when it cannot be told yet.
    pub day: Option<Day>,
    /// `实 11-12，早 8 天`, `装运后 21 天`.
    pub note: String,
    /// State.
    pub mark: Mark,
    /// The limit that decides.
    pub decisive: bool,
}

/// A finding in one line.
#[derive(Debug, Clone, Default, Serialize)]
pub struct CreditFinding {
    /// `Late` an error, `Warn` a warning, `Open` to be looked at.
    pub mark: Mark,
    /// Its title, leading to it.
    pub link: Link,
}

/// A limit and what it allows.
#[derive(Debug, Clone, Default, Serialize)]
pub struct CreditCheck {
    /// `数量`, `金额`.
    pub label: String,
    /// The arithmetic: `20,400 ≤ 20,000 + 5% = 21,000（45A 写明）`.
    pub text: String,
    /// `Done` inside, `Late` outside, `Warn` to be looked at, `Todo` nothing to compare yet.
    pub mark: Mark,
    /// Findings on it.
    pub problems: Vec<Link>,
}

/// A paper that the credit asks for.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Requirement {
    /// Position in 46A, from 1.
    pub number: usize,
    /// `提单 全套正本 凭指示 运费预付`.
    pub what: String,
    /// How many are asked for: `3`, `全套`, `1 + 2`.
    pub asked: String,
    /// Originals in hand, as registered: `3`.
    pub held: String,
    /// Originals and copies handed over: `3`, `1 + 2`; empty before presentation.
    pub presented: String,
    /// The registered papers: text `COSU6408812340`, href to its anchor; none = missing.
    pub registered: Vec<Link>,
    /// `Done` no conflict seen, `Late` conflict, `Warn` to be looked at, `Todo` not registered, `Open` a draft.
    pub mark: Mark,
    /// The mark in words.
    pub result: String,
    /// Findings on this clause or on the papers that answer it.
    pub problems: Vec<Link>,
}

/// A condition of 47A.
#[derive(Debug, Clone, Default, Serialize)]
pub struct CreditCondition {
    /// Position in 47A, from 1.
    pub number: usize,
    /// Its words.
    pub text: String,
    /// `Late` conflict, `Warn` needs eyes, `Na` nothing for the papers.
    pub mark: Mark,
    /// `软条款`, `要写在单据上，对着单据看`.
    pub result: String,
    /// Findings on it.
    pub problems: Vec<Link>,
}

/// One presentation under the credit.
#[derive(Debug, Clone, Default, Serialize)]
pub struct CreditPresentation {
    /// `第 1 次交单`, leading to the record.
    pub title: Link,
    /// `USD 46,200.00 · 6 份单据`.
    pub summary: String,
    /// State: `10-26 拒付，还没补正`.
    pub state: String,
    /// State as a mark.
    pub mark: Mark,
    /// A later one cured it: shown folded.
    pub past: bool,
    /// Presented, received, examined, refused, accepted, paid.
    pub steps: Vec<CreditClock>,
    /// Whether the notice of refusal keeps the rules that bind the bank.
    pub notice: Vec<CreditCheck>,
    /// What the bank objects to.
    pub discrepancies: Vec<Discrepancy>,
}

/// One discrepancy of a refusal.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Discrepancy {
    /// As the bank words it.
    pub text: String,
    /// `成立`, `可争辩`, `还没判断`.
    pub verdict: String,
    /// The same as a mark.
    pub mark: Mark,
    /// The rule that it matches; empty text = none.
    pub rule: Link,
}

/// One amendment.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Amendment {
    /// `01`.
    pub number: String,
    /// Date of the amendment.
    pub day: Option<Day>,
    /// `已接受`, `待答 4 天`.
    pub state: String,
    /// State as a mark.
    pub mark: Mark,
    /// What it changes.
    pub text: String,
}
