//! The first document that a program reads: which others there are, and where.

use schemars::JsonSchema;
use serde::Serialize;

use super::Api;
use super::value::{Day, Version, Words};
use crate::text::{Lang, StaticBi};

/// What the API holds: `api/v1/index.json`. Every address below is relative to the root of the site, the folder in
/// which `api` lies.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(title = "index")]
pub struct IndexDoc {
    /// Version of the document.
    pub version: Version,
    /// Name of its schema: `index`.
    pub document: &'static str,
    /// The day for which everything was computed.
    pub as_of: Day,
    /// The company.
    pub company: Option<Words<'static>>,
    /// Version of the tool.
    pub tool: &'static str,
    /// The commit that was built, its first digits; null outside a repository.
    pub commit: Option<String>,
    /// Its day.
    pub commit_day: Option<Day>,
    /// Languages of the pages, the one at the root first.
    pub languages: Vec<&'static str>,
    /// The documents.
    pub resources: Vec<ResourceDoc>,
}

/// A document of the API.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ResourceDoc {
    /// Its name.
    pub name: &'static str,
    /// What it holds.
    pub about: Words<'static>,
    /// Its first part. `{id}` stands for the id of an order.
    pub href: String,
    /// Its schema.
    pub schema: String,
    /// Entries in all parts; null for a document that is no list.
    pub total: Option<usize>,
    /// How many parts it has.
    pub parts: usize,
}

impl Api<'_, '_> {
    /// The index over these resources.
    #[must_use]
    pub fn index(&self, resources: Vec<ResourceDoc>) -> IndexDoc {
        let head = self.ctx.facts.history.head.as_ref();
        let [zh, en] = self.both().map(|ctx| ctx.company());
        IndexDoc {
            version: Version,
            document: "index",
            as_of: self.ctx.as_of().into(),
            company: Words { zh: zh.into(), en: en.into() }.some(),
            tool: env!("CARGO_PKG_VERSION"),
            commit: head.map(|head| head.short.clone()),
            commit_day: head.map(|head| head.committed.into()),
            languages: self.ctx.book().config.languages().into_iter().map(Lang::tag).collect(),
            resources,
        }
    }
}

/// A resource of the index.
#[must_use]
pub fn resource(name: &'static str, about: StaticBi, total: Option<usize>, parts: usize) -> ResourceDoc {
    ResourceDoc {
        name,
        about: about.into(),
        href: format!("api/v1/{name}.json"),
        schema: super::schema::path(name),
        total,
        parts,
    }
}
