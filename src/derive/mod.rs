//! What nobody types: stages, slack, instalments, balances. Total: never fails, never decides that something
//! is wrong. An over-payment is a negative balance, a missing date is `None`.

pub mod aging;
pub mod ahead;
pub mod alike;
pub mod cash;
pub mod claims;
pub mod completeness;
pub mod credit;
pub mod custody;
pub mod deadline;
pub mod deadlines;
pub mod drawing;
pub mod exam;
#[cfg(test)]
mod export_tests;
pub mod exposure;
pub mod files;
pub mod gates;
pub mod goods;
pub mod inspection;
pub mod kpi;
pub mod matrix;
pub mod money;
pub mod odd;
pub mod papers;
pub mod payable;
pub mod plan;
pub mod production;
pub mod progress;
pub mod release;
pub mod safe;
pub mod sailing;
pub mod shipment;
pub mod standing;
pub mod tax;

use chrono::NaiveDate;
use rayon::prelude::*;

use crate::book::Book;
use crate::history::History;
use crate::model::Order;
use crate::model::order::Shipment;

pub use deadline::Slack;
pub use goods::Goods;
pub use money::Money;
pub use progress::{Actual, MilestoneFact, Progress, Proof, StageFact, StageState};
pub use shipment::ShipmentFact;

/// Everything derived from one book at one date.
#[derive(Debug)]
pub struct Facts<'a> {
    /// The records.
    pub book: &'a Book,
    /// The one "today".
    pub as_of: NaiveDate,
    /// Who recorded what, as far as git knows.
    pub history: &'a History,
    /// Parallel to `book.orders`.
    pub orders: Vec<OrderFacts>,
}

/// What is derived from one order.
#[derive(Debug, Clone)]
pub struct OrderFacts {
    /// Quantities, packages, weights, amounts of the contract.
    pub goods: Goods,
    /// One per shipment, in order; an order without `[[shipments]]` but with a transport document has one.
    pub shipments: Vec<ShipmentFact>,
    /// What is due and what came in.
    pub money: Money,
    /// The ten stages.
    pub progress: Progress,
    /// Days between the finished goods and the last possible shipment.
    pub slack: Option<Slack>,
}

/// Derives everything, one order per task.
#[must_use]
pub fn derive<'a>(book: &'a Book, history: &'a History, as_of: NaiveDate) -> Facts<'a> {
    let orders = book.orders.par_iter().map(|order| order_facts(book, order, as_of)).collect();
    Facts { book, as_of, history, orders }
}

fn order_facts(book: &Book, order: &Order, as_of: NaiveDate) -> OrderFacts {
    let goods = Goods::of(order);
    let shipments = shipment::of(order, &goods, as_of);
    let money = Money::of(book, order, &goods, &shipments, as_of);
    let progress = Progress::of(book, order, &goods, &shipments, &money, as_of);
    let slack = Slack::of(order, &progress, as_of);
    OrderFacts { goods, shipments, money, progress, slack }
}

impl<'a> Facts<'a> {
    /// Orders with what was derived from them, by ID.
    pub fn each(&self) -> impl Iterator<Item = (&'a Order, &OrderFacts)> {
        self.book.orders.iter().zip(&self.orders)
    }

    /// Recorded by now, and later than the day that is looked back to: on that day it was not there. What is later
    /// than the newest commit too has a mistaken date, and stays visible.
    #[must_use]
    pub fn is_hindsight(&self, day: NaiveDate) -> bool {
        day > self.as_of && self.history.head.as_ref().is_some_and(|head| day <= head.committed)
    }

    /// What of an order's money is set against nothing, as it was known on the day of the facts.
    pub fn unallocated<'f>(
        &'f self,
        order: &'f Order,
        own: &'f OrderFacts,
    ) -> impl Iterator<Item = &'f money::Unallocated> {
        own.money
            .unallocated
            .iter()
            .filter(|u| !u.source.date(order).is_some_and(|day| self.is_hindsight(day)))
    }

    /// The facts of an order.
    #[must_use]
    pub fn of(&self, order: &Order) -> Option<&OrderFacts> {
        let index = self.book.orders.binary_search_by(|o| o.id.cmp(&order.id)).ok()?;
        self.orders.get(index)
    }
}

impl OrderFacts {
    /// Cancelled as of the day the facts were derived for.
    #[must_use]
    pub fn is_cancelled(&self) -> bool {
        self.progress.cancelled.is_some()
    }

    /// Archived as of the day the facts were derived for.
    #[must_use]
    pub fn is_archived(&self) -> bool {
        self.progress.is_done(crate::model::stage::Milestone::Archived)
    }

    /// Entered after the fact from a register: every shipment is delivered, and none of the papers by which an
    /// order is agreed or paid is recorded. What ought to have been agreed or bought before the goods moved is
    /// no longer anybody's decision.
    #[must_use]
    pub fn is_register_entry(&self, order: &Order, as_of: NaiveDate) -> bool {
        let delivered = |shipment: &Shipment| shipment.delivered.is_some_and(|day| day <= as_of);
        let docs = &order.docs;
        docs.contract.is_empty()
            && docs.proforma.is_empty()
            && docs.invoice.is_empty()
            && !order.shipments.is_empty()
            && order.shipments.iter().all(delivered)
    }

    /// Neither cancelled, nor closed, nor archived.
    #[must_use]
    pub fn is_open(&self) -> bool {
        use crate::model::stage::Milestone;
        !self.is_cancelled() && !self.is_archived() && !self.progress.is_done(Milestone::Closed)
    }
}
