//! The book at a glance, and the board: what hurts, how many orders stand where, what money is expected.

use schemars::JsonSchema;
use serde::Serialize;

use super::receivable::{OwedSumDoc, sums};
use super::summary::OrderRow;
use super::value::{Day, Figure, Version, Words, day};
use super::who::PersonRef;
use super::{Api, order_href};
use crate::derive::StageState;
use crate::derive::aging::Aging;
use crate::derive::cash::{Cash, Part as CashPart};
use crate::model::stage::StageKey;
use crate::publish::dashboard;
use crate::publish::groups::Groups;
use crate::publish::threat::Cause;
use crate::report::Counts;

/// The book at a glance, beside `index.html`.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(title = "overview")]
pub struct OverviewDoc<'a> {
    /// Version of the document.
    pub version: Version,
    /// Name of its schema: `overview`.
    pub document: &'static str,
    /// The day for which everything was computed.
    pub as_of: Day,
    /// How many orders there are.
    pub orders: OrderCounts,
    /// Open orders by stage.
    pub stages: Vec<StageCountDoc>,
    /// What hurts, the most pressing first, at most a hundred.
    pub pressing: Vec<PressingDoc<'a>>,
    /// What is owed, by currency.
    pub receivables: Vec<OwedSumDoc>,
    /// What is expected to come in, by currency.
    pub cash: Vec<CashDoc>,
    /// Findings of the whole book.
    pub findings: FindingCounts,
}

/// How many orders there are.
#[derive(Debug, Serialize, JsonSchema)]
pub struct OrderCounts {
    /// All.
    pub total: usize,
    /// Neither cancelled, nor closed, nor archived.
    pub open: usize,
    /// Of the open ones: something is late.
    pub late: usize,
    /// Closed or archived.
    pub closed: usize,
    /// Cancelled.
    pub cancelled: usize,
    /// With mistakes of writing in their files.
    pub broken: usize,
}

/// Open orders in a stage.
#[derive(Debug, Serialize, JsonSchema)]
pub struct StageCountDoc {
    /// The stage.
    pub stage: &'static str,
    /// 1 to 10.
    pub number: u8,
    /// Its name.
    pub name: Words<'static>,
    /// How many.
    pub orders: usize,
}

/// Why an open order hurts most.
#[derive(Debug, Serialize, JsonSchema)]
pub struct PressingDoc<'a> {
    /// The order.
    pub order: &'a str,
    /// `finding`, `slack`, `limit`, `cutoff`, `overdue`, `amendment` or `unpaid`.
    pub cause: &'static str,
    /// The rule, where one speaks.
    pub rule: Option<&'static str>,
    /// In one sentence.
    pub text: Words<'static>,
    /// It comes before everything else.
    pub urgent: bool,
    /// Last day on which it can be saved, also when it has passed.
    pub until: Option<Day>,
    /// Days late.
    pub days_late: i64,
    /// What is at stake.
    pub amount: Option<Figure>,
    /// Its currency.
    pub currency: Option<&'static str>,
    /// Who follows the order.
    pub owner: Option<PersonRef<'a>>,
    /// Its page.
    pub href: String,
}

/// What is expected in one currency.
#[derive(Debug, Serialize, JsonSchema)]
pub struct CashDoc {
    /// Currency, ISO 4217.
    pub currency: Option<&'static str>,
    /// Overdue, without a new day.
    pub overdue: Figure,
    /// The next weeks, from that of the day of the document.
    pub weeks: Vec<CashWeekDoc>,
    /// After these weeks.
    pub later: Figure,
    /// Without a day.
    pub unknown: Figure,
    /// Disputed: not expected.
    pub disputed: Figure,
}

/// What is expected in one week.
#[derive(Debug, Serialize, JsonSchema)]
pub struct CashWeekDoc {
    /// Its Monday.
    pub monday: Day,
    /// What falls due for certain.
    pub firm: Figure,
    /// What is estimated or promised.
    pub soft: Figure,
}

/// How many findings there are.
#[derive(Debug, Serialize, JsonSchema)]
pub struct FindingCounts {
    /// Errors of records and papers.
    pub errors: usize,
    /// Warnings of them.
    pub warnings: usize,
    /// Information of them.
    pub infos: usize,
    /// Risks of any level.
    pub risks: usize,
    /// Accepted.
    pub waived: usize,
    /// History.
    pub past: usize,
}

impl From<Counts> for FindingCounts {
    fn from(counts: Counts) -> Self {
        let Counts { errors, warnings, infos, risks, waived, past } = counts;
        Self { errors, warnings, infos, risks, waived, past }
    }
}

/// Orders by stage, beside `board.html`.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(title = "board")]
pub struct BoardDoc<'a> {
    /// Version of the document.
    pub version: Version,
    /// Name of its schema: `board`.
    pub document: &'static str,
    /// The day for which everything was computed.
    pub as_of: Day,
    /// The ten stages.
    pub stages: Vec<BoardStageDoc<'a>>,
}

/// A column of the board.
#[derive(Debug, Serialize, JsonSchema)]
pub struct BoardStageDoc<'a> {
    /// The stage.
    pub stage: &'static str,
    /// 1 to 10.
    pub number: u8,
    /// Its name.
    pub name: Words<'static>,
    /// Orders that stand at it, the most pressing first.
    pub orders: Vec<OrderRow<'a>>,
}

/// Sentences about what hurts that a document holds.
const PRESSING: usize = 100;

impl<'c, 'a: 'c> Api<'c, 'a> {
    /// The book at a glance.
    #[must_use]
    pub fn overview(&self, groups: &'c Groups<'a>, aging: &Aging) -> OverviewDoc<'c> {
        let book = self.ctx.book();
        let late = |i: &&usize| {
            groups.own(**i).is_some_and(|own| own.progress.stages.iter().any(|s| s.state == StageState::Late))
        };
        OverviewDoc {
            version: Version,
            document: "overview",
            as_of: self.ctx.as_of().into(),
            orders: OrderCounts {
                total: book.orders.len(),
                open: groups.open.len(),
                late: groups.open.iter().filter(late).count(),
                closed: groups.closed.values().map(Vec::len).sum(),
                cancelled: groups.cancelled.len(),
                broken: book.orders.iter().filter(|o| o.broken).count(),
            },
            stages: StageKey::ALL
                .iter()
                .zip(&groups.stages)
                .map(|(key, orders)| StageCountDoc {
                    stage: key.code(),
                    number: key.number(),
                    name: key.title().into(),
                    orders: orders
                        .iter()
                        .filter(|i| groups.own(**i).is_some_and(crate::derive::OrderFacts::is_open))
                        .count(),
                })
                .collect(),
            pressing: groups.open.iter().filter_map(|i| self.pressing(groups, *i)).take(PRESSING).collect(),
            receivables: sums(aging),
            cash: self.cash(aging),
            findings: Counts::of(self.ctx.findings.all).into(),
        }
    }

    fn pressing(&self, groups: &'c Groups<'a>, index: usize) -> Option<PressingDoc<'c>> {
        let (order, own) = groups.get(index)?;
        let threat = groups.threat(index)?;
        let told = match &threat.cause {
            Cause::Finding(finding) => self.tells(finding),
            _ => true,
        };
        let text = match &threat.cause {
            Cause::Finding(finding) if !told => finding.rule.title.into(),
            _ => {
                let [zh, en] = self.both().map(|ctx| dashboard::text(&ctx, order, threat));
                Words { zh: zh.into(), en: en.into() }
            }
        };
        Some(PressingDoc {
            order: &order.id,
            cause: cause(&threat.cause),
            rule: if let Cause::Finding(finding) = &threat.cause { Some(finding.rule.name) } else { None },
            text,
            urgent: threat.urgent,
            until: day(threat.until),
            days_late: threat.late,
            amount: threat.amount.map(|amount| Figure::amount(amount, own.goods.currency)),
            currency: threat.amount.and(own.goods.currency).map(|c| c.code()),
            owner: self.someone(order.merchandiser.as_deref()),
            href: order_href(&order.id),
        })
    }

    fn cash(&self, aging: &Aging) -> Vec<CashDoc> {
        let cash = Cash::of(self.ctx.facts, aging);
        let flow = |currency: Option<crate::model::value::Currency>| {
            let flow = cash.flow(aging, currency);
            let figure = |value| Figure::amount(value, currency);
            let week = |(at, part): (u64, &CashPart)| CashWeekDoc {
                monday: cash.monday.checked_add_days(chrono::Days::new(at * 7)).unwrap_or(cash.monday).into(),
                firm: figure(part.firm),
                soft: figure(part.soft),
            };
            CashDoc {
                currency: currency.map(|c| c.code()),
                overdue: figure(flow.overdue),
                weeks: (0..).zip(&flow.weeks).map(week).collect(),
                later: figure(flow.later.sum()),
                unknown: figure(flow.unknown),
                disputed: figure(flow.disputed),
            }
        };
        aging.currencies().into_iter().map(flow).collect()
    }

    /// The board.
    #[must_use]
    pub fn board(&self, groups: &'c Groups<'a>) -> BoardDoc<'c> {
        let column = |(key, orders): (&StageKey, &'c Vec<usize>)| BoardStageDoc {
            stage: key.code(),
            number: key.number(),
            name: key.title().into(),
            orders: orders.iter().filter_map(|i| groups.get(*i)).map(|(o, own)| self.row(o, own)).collect(),
        };
        BoardDoc {
            version: Version,
            document: "board",
            as_of: self.ctx.as_of().into(),
            stages: StageKey::ALL.iter().zip(&groups.stages).map(column).collect(),
        }
    }
}

fn cause(cause: &Cause<'_>) -> &'static str {
    match cause {
        Cause::Finding(_) => "finding",
        Cause::Short(_) => "slack",
        Cause::Limit { .. } => "limit",
        Cause::Cutoff { .. } => "cutoff",
        Cause::Overdue { .. } => "overdue",
        Cause::Amendment { .. } => "amendment",
        Cause::Unpaid { .. } => "unpaid",
    }
}
