//! What changed lately, newest first: the facts behind `changes.html`.

use schemars::JsonSchema;
use serde::Serialize;

use super::order::history::FactDoc;
use super::order::records::CommitDoc;
use super::value::{Day, Version};
use super::{Api, Part, words};
use crate::publish::changes::Entry;

/// What one commit did to one order, or to many at once.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ChangeDoc<'a> {
    /// Who, when, in which commit.
    pub recorded: CommitDoc<'a>,
    /// `added`, `changed` or `removed`.
    pub what: &'static str,
    /// The orders: mostly one.
    pub orders: Vec<&'a str>,
    /// What it says of the order; nothing where there are many.
    pub facts: Vec<FactDoc>,
}

/// The changes of the last days.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(title = "changes")]
pub struct ChangesDoc<'a> {
    /// Version of the document.
    pub version: Version,
    /// Name of its schema: `changes`.
    pub document: &'static str,
    /// The day for which everything was computed.
    pub as_of: Day,
    /// `complete`; else why nothing can be said: `shallow`, `no-repository`, `unborn`, `outside-data`, `unreadable`.
    pub history: &'static str,
    /// Orders whose files differ from the last commit.
    pub uncommitted: Vec<&'a str>,
    /// Which part this is of how many, and where the next one lies.
    #[serde(flatten)]
    pub part: Part,
    /// Newest first.
    pub changes: Vec<ChangeDoc<'a>>,
}

impl<'c, 'a: 'c> Api<'c, 'a> {
    /// One change.
    #[must_use]
    pub fn change(&self, entry: &'c Entry<'a>) -> ChangeDoc<'c> {
        ChangeDoc {
            recorded: self.commit(&entry.event),
            what: words::what(entry.what),
            orders: entry.orders.clone(),
            facts: self.facts(entry.what, &entry.changes()),
        }
    }
}
