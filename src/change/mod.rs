//! What a change of an order means for the business: which facts came, went, or say something else, and what kind
//! of decision that is. Works on the texts of two versions; knows nothing of git and decides nothing about right
//! or wrong.
//!
//! Records are compared by what they say, not by how they are written: order of keys, comments, spaces, quotes and
//! the form of a number do not matter. Elements of lists are matched by their identity (number, sku, reference,
//! date), so that an insertion above is not a change of everything below.

use serde::{Deserialize, Serialize};

/// What kind of decision a change is; decides who has to look at it. Ordered by weight.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Kind {
    /// Progress, actual dates, notes, forecasts: what a merchandiser records every day.
    Routine,
    /// `[plan]`: what was promised inside the company.
    Plan,
    /// A document or a credit: what the papers say.
    Document,
    /// Receipts, payments, credits, bills.
    Money,
    /// What buyer and seller agreed: parties, goods, prices, terms, latest shipment, amendments.
    Contract,
}

/// One fact that came, went, or says something else.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// What kind of decision it is.
    pub kind: Kind,
    /// The fact, order-wide, elements by identity: `plan.shipped`, `received[BR-77].amount`, `items[A].price`. A
    /// record that came or went as a whole is one change: `received[BR-77]`.
    pub key: String,
    /// The same place by position (`received[2].amount`): in the newer version, or in the older one when it went.
    pub path: String,
    /// What stood there, in one line, as people read it; `None` when nothing did.
    pub before: Option<String>,
    /// What stands there now; `None` when it went.
    pub after: Option<String>,
}

/// One version of an order, flat and normalised.
#[derive(Debug, Clone)]
pub struct Sheet;
impl Sheet {
    /// From the texts of its TOML files (path, text).
    pub fn read(_: &[(&str, &str)]) -> Self {
        Self
    }
    /// Adds what the customer's file gives where the order does not say it.
    pub fn fill(&mut self, _: Option<&str>) {}
    /// The customer's id.
    pub fn customer(&self) -> Option<&str> {
        None
    }
}
/// What differs.
pub fn between(_: Option<&Sheet>, _: Option<&Sheet>) -> Vec<Change> {
    Vec::new()
}
