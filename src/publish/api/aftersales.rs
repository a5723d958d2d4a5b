//! Complaints of all orders: what customers claim, what was decided, what is open.

use schemars::JsonSchema;
use serde::Serialize;

use super::order::work::ComplaintDoc;
use super::value::{Day, Version};
use super::who::PartyRef;
use super::{Api, Part, order_href};
use crate::derive::OrderFacts;
use crate::model::Order;
use crate::model::party::PartyKind;

/// A complaint with its order.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ClaimDoc<'a> {
    /// The order.
    pub order: &'a str,
    /// The customer.
    pub customer: Option<PartyRef<'a>>,
    /// The complaint.
    #[serde(flatten)]
    pub complaint: ComplaintDoc<'a>,
    /// The page of the order.
    pub href: String,
}

/// Complaints of the book.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(title = "aftersales")]
pub struct AfterSalesDoc<'a> {
    /// Version of the document.
    pub version: Version,
    /// Name of its schema: `aftersales`.
    pub document: &'static str,
    /// The day for which everything was computed.
    pub as_of: Day,
    /// Which part this is of how many, and where the next one lies.
    #[serde(flatten)]
    pub part: Part,
    /// Complaints recorded by that day, by order.
    pub complaints: Vec<ClaimDoc<'a>>,
}

impl<'c, 'a: 'c> Api<'c, 'a> {
    /// The complaints about an order.
    pub fn claims(
        &self,
        order: &'c Order,
        own: &'c OrderFacts,
    ) -> impl Iterator<Item = ClaimDoc<'c>> + use<'_, 'c, 'a> {
        let known = order.complaints.iter().filter(|complaint| self.ctx.known(complaint.opened));
        known.map(|complaint| ClaimDoc {
            order: &order.id,
            customer: order.customer.as_deref().map(|id| self.party(PartyKind::Customer, id)),
            complaint: self.complaint(complaint, own),
            href: order_href(&order.id),
        })
    }
}
