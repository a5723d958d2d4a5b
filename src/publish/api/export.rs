//! Exports with their tax files: declared, received, claimed, and which paper of the filing set is missing.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use super::value::{Day, Figure, Version, day};
use super::who::PartyRef;
use super::{Api, Part, order_href, words};
use crate::derive::OrderFacts;
use crate::derive::sailing::Departure;
use crate::derive::tax::{self, Export, ReceiptState, TaxFile};
use crate::model::Order;
use crate::model::party::PartyKind;

/// One export: a declaration, or a shipment that left without one.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ExportDoc<'a> {
    /// The order.
    pub order: &'a str,
    /// The customer.
    pub customer: Option<PartyRef<'a>>,
    /// Number of the declaration; null where none is registered.
    pub declaration: Option<&'a str>,
    /// `ours`, `buyer` (by the trade term) or `not-needed`.
    pub clearing: &'static str,
    /// Ids of the shipments it covers.
    pub shipments: Vec<&'a str>,
    /// The goods have left.
    pub left: bool,
    /// When, where that is known.
    pub left_on: Option<Day>,
    /// Cleared by customs.
    pub released: Option<Day>,
    /// Currency of the declaration, ISO 4217.
    pub currency: Option<&'static str>,
    /// Declared total.
    pub amount: Option<Figure>,
    /// Net amounts received for it, in that currency.
    pub received: Figure,
    /// Charges that the bank advices show.
    pub charges: Figure,
    /// Receipts in other currencies, by code, as they came.
    pub received_foreign: BTreeMap<&'a str, Figure>,
    /// `full`, `full-with-charges`, `settled`, `deemed`, `short` or `unknown`.
    pub state: &'static str,
    /// How much is missing, where something is.
    pub short: Option<Figure>,
    /// By when the money must be in; null where no refund is claimed, and before export.
    pub receive_by: Option<Day>,
    /// An export VAT refund is or will be claimed.
    pub refund: bool,
    /// The day of the claim.
    pub claimed: Option<Day>,
    /// Papers of the filing set: `there`, `missing` or `not-needed`, by kind.
    pub set: BTreeMap<&'static str, &'static str>,
    /// By when the set must be complete.
    pub set_by: Option<Day>,
    /// Until when the file is kept.
    pub keep_until: Option<Day>,
    /// Nothing is left to do for it.
    pub done: bool,
    /// The page of the order.
    pub href: String,
}

/// The exports of the book.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(title = "exports")]
pub struct ExportsDoc<'a> {
    /// Version of the document.
    pub version: Version,
    /// Name of its schema: `exports`.
    pub document: &'static str,
    /// The day for which everything was computed.
    pub as_of: Day,
    /// Which part this is of how many, and where the next one lies.
    #[serde(flatten)]
    pub part: Part,
    /// By order.
    pub exports: Vec<ExportDoc<'a>>,
}

impl<'c, 'a: 'c> Api<'c, 'a> {
    /// The exports of an order; of a cancelled one those that have left.
    #[must_use]
    pub fn exports_of(&self, order: &'c Order, own: &'c OrderFacts) -> Vec<ExportDoc<'c>> {
        let file = tax::of(order, own, self.ctx.as_of());
        let wanted = |export: &&Export| !own.is_cancelled() || export.has_left();
        file.exports.iter().filter(wanted).map(|export| self.export(order, own, &file, export)).collect()
    }

    fn export(
        &self,
        order: &'c Order,
        own: &'c OrderFacts,
        file: &TaxFile,
        export: &Export,
    ) -> ExportDoc<'c> {
        let figure = |value| Figure::amount(value, export.currency);
        let declaration = export.customs.and_then(|at| order.docs.customs.get(at));
        let shipments = export.shipments.iter().filter_map(|at| own.shipments.get(*at));
        ExportDoc {
            order: &order.id,
            customer: order.customer.as_deref().map(|id| self.party(PartyKind::Customer, id)),
            declaration: declaration.and_then(|d| d.paper.number.as_deref()),
            clearing: words::clearing(&file.clearing),
            shipments: shipments.map(|s| s.id.as_str()).collect(),
            left: export.departure != Departure::NotYet,
            left_on: day(export.departure.day()),
            released: day(export.released),
            currency: export.currency.map(|c| c.code()),
            amount: export.amount.map(figure),
            received: figure(export.received.net),
            charges: figure(export.received.charges),
            received_foreign: export
                .received
                .foreign
                .iter()
                .map(|(code, sum)| (*code, Figure::amount(*sum, None)))
                .collect(),
            state: words::receipt(export.state),
            short: match export.state {
                ReceiptState::Settled(rest) | ReceiptState::Deemed(rest) | ReceiptState::Short(rest) => {
                    Some(figure(rest))
                }
                ReceiptState::Full | ReceiptState::FullWithCharges | ReceiptState::Unknown => None,
            },
            receive_by: day(export.deadline.map(|d| d.day)),
            refund: file.refund,
            claimed: day(export.claimed),
            set: export.set.iter().map(|(p, s)| (words::set_paper(*p), words::set_state(s))).collect(),
            set_by: day(export.set_by),
            keep_until: day(export.keep_until),
            done: file.is_done(export),
            href: order_href(&order.id),
        }
    }
}
