//! Data quality: how much was read, what is missing, what nobody has touched.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use super::order::work::WaiverDoc;
use super::overview::FindingCounts;
use super::value::{Day, Version, day};
use super::{Api, words};
use crate::derive::OrderFacts;
use crate::history::State;
use crate::model::Order;
use crate::report::Counts;

/// Data quality, beside `quality.html`.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(title = "quality")]
pub struct QualityDoc<'a> {
    /// Version of the document.
    pub version: Version,
    /// Name of its schema: `quality`.
    pub document: &'static str,
    /// The day for which everything was computed.
    pub as_of: Day,
    /// Orders in the data root.
    pub orders: usize,
    /// Orders with mistakes of writing, by id.
    pub broken: Vec<&'a str>,
    /// Data files that were read.
    pub files: usize,
    /// Attachments in the data root.
    pub attachments: usize,
    /// Findings.
    pub findings: FindingCounts,
    /// How complete the open orders are.
    pub coverage: CoverageDoc,
    /// Days without a change after which an open order is stale.
    pub stale_after_days: i64,
    /// Open orders without a change for longer, the longest first. Empty unless the history is complete.
    pub stale: Vec<StaleDoc<'a>>,
    /// Years on record, by calendar.
    pub calendars: BTreeMap<&'a str, Vec<i32>>,
    /// The newest rate of exchange.
    pub newest_rate: Option<Day>,
    /// What git knows.
    pub history: HistoryQualityDoc<'a>,
    /// Accepted findings, by order.
    pub waivers: BTreeMap<&'a str, Vec<WaiverDoc<'a>>>,
}

/// How complete the open orders are.
#[derive(Debug, Serialize, JsonSchema)]
pub struct CoverageDoc {
    /// Open orders.
    pub open: usize,
    /// With a plan.
    pub planned: usize,
    /// With a merchandiser.
    pub merchandiser: usize,
    /// With a contract or proforma on record.
    pub contract: usize,
    /// With payment terms that can be read.
    pub payment: usize,
}

/// An order that nobody has touched.
#[derive(Debug, Serialize, JsonSchema)]
pub struct StaleDoc<'a> {
    /// The order.
    pub order: &'a str,
    /// Days since its last change.
    pub days: i64,
}

/// What git knows.
#[derive(Debug, Serialize, JsonSchema)]
pub struct HistoryQualityDoc<'a> {
    /// `complete`; else why nothing can be said: `shallow`, `no-repository`, `unborn`, `outside-data`, `unreadable`.
    pub state: &'static str,
    /// Orders whose files differ from the last commit.
    pub uncommitted: Vec<&'a str>,
    /// Bulk commits that count for nobody.
    pub ignored: usize,
}

impl<'c, 'a: 'c> Api<'c, 'a> {
    /// Data quality.
    #[must_use]
    pub fn quality(&self) -> QualityDoc<'c> {
        let (facts, book, history) = (self.ctx.facts, self.ctx.book(), self.ctx.facts.history);
        let open: Vec<(&Order, &OrderFacts)> = facts.each().filter(|(_, own)| own.is_open()).collect();
        let count = |has: fn(&Order, &OrderFacts) -> bool| open.iter().filter(|(o, f)| has(o, f)).count();
        let rates = book.rates.iter().map(|rate| rate.date).filter(|day| *day <= self.ctx.as_of());
        QualityDoc {
            version: Version,
            document: "quality",
            as_of: self.ctx.as_of().into(),
            orders: book.orders.len(),
            broken: book.orders.iter().filter(|o| o.broken).map(|o| &*o.id).collect(),
            files: book.files_read,
            attachments: book.attachments.len(),
            findings: Counts::of(self.ctx.findings.all).into(),
            coverage: CoverageDoc {
                open: open.len(),
                planned: count(|o, _| o.plan.is_some()),
                merchandiser: count(|o, _| o.merchandiser.is_some()),
                contract: count(|o, _| !o.docs.contract.is_empty() || !o.docs.proforma.is_empty()),
                payment: count(|_, own| own.money.terms.is_some()),
            },
            stale_after_days: book.config.stale_days(),
            stale: self.stale(),
            calendars: book
                .calendars
                .iter()
                .map(|(id, years)| (&**id, years.keys().copied().collect()))
                .collect(),
            newest_rate: day(rates.max()),
            history: HistoryQualityDoc {
                state: words::history(&history.state),
                uncommitted: history.uncommitted.iter().map(String::as_str).collect(),
                ignored: history.ignored.len(),
            },
            waivers: book
                .orders
                .iter()
                .filter(|order| !order.waivers.is_empty())
                .map(|order| (&*order.id, self.waivers(order)))
                .collect(),
        }
    }

    fn stale(&self) -> Vec<StaleDoc<'c>> {
        let (facts, history) = (self.ctx.facts, self.ctx.facts.history);
        if history.state != State::Complete {
            return Vec::new();
        }
        let after = self.ctx.book().config.stale_days();
        let still = |(order, own): (&'c Order, &'c OrderFacts)| {
            let last = history.orders.get(&*order.id)?.last.date;
            let days = (self.ctx.as_of() - last).num_days();
            let stale = own.is_open() && days > after && !history.is_uncommitted(&order.id);
            stale.then_some(StaleDoc { order: &order.id, days })
        };
        let mut all: Vec<StaleDoc<'c>> = facts.each().filter_map(still).collect();
        all.sort_by(|a, b| b.days.cmp(&a.days).then(a.order.cmp(b.order)));
        all
    }
}
