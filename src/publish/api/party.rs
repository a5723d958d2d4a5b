//! Customers, suppliers and forwarders with their orders. Bank details, limits and tax numbers are not told.

use schemars::JsonSchema;
use serde::Serialize;

use super::finding::FindingDoc;
use super::summary::OrderRow;
use super::value::{Day, Version, Words};
use super::{Api, PART, Part};
use crate::model::party::Party;
use crate::publish::finding::Sources;
use crate::publish::groups::Groups;
use crate::text::Lang;

/// A party.
#[derive(Debug, Serialize, JsonSchema)]
pub struct PartyDoc<'a> {
    /// `customer`, `supplier` or `forwarder`.
    pub kind: &'static str,
    /// Name of its file in the data root; stable.
    pub id: &'a str,
    /// Its name.
    pub name: Words<'a>,
    /// Country, ISO 3166.
    pub country: Option<&'a str>,
    /// Orders with it.
    pub orders: usize,
    /// Open ones among them.
    pub open: usize,
    /// Its page.
    pub href: String,
}

/// The parties of the book.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(title = "parties")]
pub struct PartiesDoc<'a> {
    /// Version of the document.
    pub version: Version,
    /// Name of its schema: `parties`.
    pub document: &'static str,
    /// The day for which everything was computed.
    pub as_of: Day,
    /// Which part this is of how many, and where the next one lies.
    #[serde(flatten)]
    pub part: Part,
    /// Customers, suppliers, forwarders, each by id.
    pub parties: Vec<PartyDoc<'a>>,
}

/// One party with its orders, beside its page.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(title = "party")]
pub struct PartyPageDoc<'a> {
    /// Version of the document.
    pub version: Version,
    /// Name of its schema: `party`.
    pub document: &'static str,
    /// The day for which everything was computed.
    pub as_of: Day,
    /// The party.
    pub party: PartyDoc<'a>,
    /// Its orders, the first thousand: open ones by pressure, then closed ones, newest first.
    pub orders: Vec<OrderRow<'a>>,
    /// Findings about its own file.
    pub findings: Vec<FindingDoc<'a>>,
}

impl<'c, 'a: 'c> Api<'c, 'a> {
    /// A party.
    #[must_use]
    pub fn party_row(&self, groups: &'c Groups<'a>, party: &'c Party) -> PartyDoc<'c> {
        let own = groups.party(party.kind, &party.id);
        let open = own.iter().filter_map(|i| groups.own(*i)).filter(|own| own.is_open()).count();
        PartyDoc {
            kind: super::who::kind(party.kind),
            id: &party.id,
            name: Words { zh: party.label(Lang::Zh).into(), en: party.label(Lang::En).into() },
            country: party.country.as_deref(),
            orders: own.len(),
            open,
            href: self.ctx.party_href(party),
        }
    }

    /// A party with its orders.
    #[must_use]
    pub fn party_page(&self, groups: &'c Groups<'a>, party: &'c Party) -> PartyPageDoc<'c> {
        let mut sources = Sources::new(&self.ctx.book().root);
        let own = groups.party(party.kind, &party.id);
        let notes = groups.party_findings(party.kind, &party.id);
        PartyPageDoc {
            version: Version,
            document: "party",
            as_of: self.ctx.as_of().into(),
            party: self.party_row(groups, party),
            orders: own
                .iter()
                .take(PART)
                .filter_map(|i| groups.get(*i))
                .map(|(order, facts)| self.row(order, facts))
                .collect(),
            findings: notes.iter().map(|f| self.finding(f, &mut sources)).collect(),
        }
    }
}
