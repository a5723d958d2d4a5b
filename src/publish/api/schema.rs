//! The JSON Schemas (2020-12) of the documents, from the structs that are written: `api/v1/schema/NAME.json` on the
//! site, and `gendan schema --api`. A field that is not in a struct is neither in a document nor in its schema.

use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema};

use super::aftersales::AfterSalesDoc;
use super::archive::{ArchiveDoc, ArchiveMonthDoc};
use super::change::ChangesDoc;
use super::credit::CreditsDoc;
use super::deadline::DeadlinesDoc;
use super::desk::{DeskDoc, PersonDoc, TodayDoc};
use super::export::ExportsDoc;
use super::finding::FindingsDoc;
use super::glossary::GlossaryDoc;
use super::index::IndexDoc;
use super::making::MakingsDoc;
use super::order::OrderDoc;
use super::overview::{BoardDoc, OverviewDoc};
use super::party::{PartiesDoc, PartyPageDoc};
use super::quality::QualityDoc;
use super::receivable::ReceivablesDoc;
use super::rule::{RulePageDoc, RulesDoc};
use super::shipment::ShipmentsDoc;
use super::summary::OrdersDoc;

/// The schema of a document: its name, which the document carries in `document`, and its text.
pub struct SchemaFile {
    /// `orders`.
    pub name: &'static str,
    /// Two-space indentation, a line break at the end.
    pub text: String,
}

/// Where the schema of a document lies below the root of the site.
#[must_use]
pub fn path(name: &str) -> String {
    format!("api/v1/schema/{name}.json")
}

/// Every schema, by name. The same bytes for the same version of the tool.
///
/// # Errors
/// Only when serialisation fails, which schemas do not.
pub fn files() -> serde_json::Result<Vec<SchemaFile>> {
    let all: [(&'static str, Schema); 23] = [
        ("aftersales", of::<AfterSalesDoc<'static>>()),
        ("archive", of::<ArchiveDoc>()),
        ("archive-month", of::<ArchiveMonthDoc<'static>>()),
        ("board", of::<BoardDoc<'static>>()),
        ("changes", of::<ChangesDoc<'static>>()),
        ("credits", of::<CreditsDoc<'static>>()),
        ("deadlines", of::<DeadlinesDoc<'static>>()),
        ("desk", of::<DeskDoc<'static>>()),
        ("exports", of::<ExportsDoc<'static>>()),
        ("findings", of::<FindingsDoc<'static>>()),
        ("glossary", of::<GlossaryDoc>()),
        ("index", of::<IndexDoc>()),
        ("order", of::<OrderDoc<'static>>()),
        ("orders", of::<OrdersDoc<'static>>()),
        ("overview", of::<OverviewDoc<'static>>()),
        ("parties", of::<PartiesDoc<'static>>()),
        ("party", of::<PartyPageDoc<'static>>()),
        ("person", of::<PersonDoc<'static>>()),
        ("production", of::<MakingsDoc<'static>>()),
        ("quality", of::<QualityDoc<'static>>()),
        ("receivables", of::<ReceivablesDoc<'static>>()),
        ("rule", of::<RulePageDoc<'static>>()),
        ("rules", of::<RulesDoc>()),
    ];
    let more: [(&'static str, Schema); 2] =
        [("shipments", of::<ShipmentsDoc<'static>>()), ("today", of::<TodayDoc<'static>>())];
    all.into_iter()
        .chain(more)
        .map(|(name, mut schema)| {
            schema.insert("$id".to_owned(), format!("gendan/api/v1/{name}.json").into());
            let text = serde_json::to_string_pretty(&schema)? + "\n";
            Ok(SchemaFile { name, text })
        })
        .collect()
}

fn of<T: JsonSchema>() -> Schema {
    // What is written, not what could be read: every field is there, also where it is null.
    SchemaSettings::draft2020_12().for_serialize().into_generator().into_root_schema_for::<T>()
}
