//! Production and inspections of open orders: which factory is behind, what is to be inspected.

use schemars::JsonSchema;
use serde::Serialize;

use super::order::work::{InspectionDoc, ProductionDoc};
use super::value::{Day, Version, day};
use super::who::PartyRef;
use super::{Api, Part, order_href, words};
use crate::derive::OrderFacts;
use crate::model::Order;
use crate::model::party::PartyKind;
use crate::model::stage::{Milestone, StageKey};

/// Production of one order.
#[derive(Debug, Serialize, JsonSchema)]
pub struct MakingDoc<'a> {
    /// The order.
    pub order: &'a str,
    /// The customer.
    pub customer: Option<PartyRef<'a>>,
    /// Suppliers and workshops, each once.
    pub suppliers: Vec<PartyRef<'a>>,
    /// State of the stage of production.
    pub state: &'static str,
    /// Planned start.
    pub start_planned: Option<Day>,
    /// Actual start.
    pub started: Option<Day>,
    /// Planned finish.
    pub finish_planned: Option<Day>,
    /// Expected finish.
    pub finish_forecast: Option<Day>,
    /// Actual finish.
    pub finished: Option<Day>,
    /// Days between the finish and the last possible shipment that are left; negative: too late.
    pub slack_days: Option<i64>,
    /// Where that finish comes from: `actual`, `forecast`, `plan` or `derived`.
    pub slack_from: Option<&'static str>,
    /// Quantities, releases and reports.
    pub production: ProductionDoc<'a>,
    /// Inspections.
    pub inspections: Vec<InspectionDoc<'a>>,
    /// The page of the order.
    pub href: String,
}

/// Production of the book.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(title = "production")]
pub struct MakingsDoc<'a> {
    /// Version of the document.
    pub version: Version,
    /// Name of its schema: `production`.
    pub document: &'static str,
    /// The day for which everything was computed.
    pub as_of: Day,
    /// Which part this is of how many, and where the next one lies.
    #[serde(flatten)]
    pub part: Part,
    /// Open orders, by id.
    pub production: Vec<MakingDoc<'a>>,
}

impl<'c, 'a: 'c> Api<'c, 'a> {
    /// Production of an order.
    #[must_use]
    pub fn making(&self, order: &'c Order, own: &'c OrderFacts) -> MakingDoc<'c> {
        let start = own.progress.milestone(Milestone::Started);
        let finish = own.progress.milestone(Milestone::Produced);
        let bought = order.items.iter().filter_map(|item| item.buy.as_deref()?.from.as_deref());
        let ordered = order.purchases.iter().filter_map(|purchase| purchase.to.as_deref());
        let suppliers: std::collections::BTreeSet<&str> = bought.chain(ordered).collect();
        let state = own.progress.stage(StageKey::Produce).map(|stage| words::stage(stage.state));
        MakingDoc {
            order: &order.id,
            customer: order.customer.as_deref().map(|id| self.party(PartyKind::Customer, id)),
            suppliers: suppliers.into_iter().map(|id| self.party(PartyKind::Supplier, id)).collect(),
            state: state.unwrap_or("not-yet"),
            start_planned: day(start.plan.map(|p| p.date)),
            started: day(start.actual.as_ref().and_then(|a| a.date)),
            finish_planned: day(finish.plan.map(|p| p.date)),
            finish_forecast: day(finish.forecast),
            finished: day(finish.actual.as_ref().and_then(|a| a.date)),
            slack_days: own.slack.map(|slack| slack.days),
            slack_from: own.slack.map(|slack| words::finish(slack.basis)),
            production: self.production(order, own),
            inspections: self.inspections(order),
            href: order_href(&order.id),
        }
    }
}
