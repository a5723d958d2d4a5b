//! Parties and people as documents name them: by their id, which is stable, with the name beside it.

use schemars::JsonSchema;
use serde::Serialize;

use super::Api;
use super::value::Words;
use crate::book::Book;
use crate::model::party::{Party, PartyKind};
use crate::text::Lang;

/// A customer, supplier or forwarder.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct PartyRef<'a> {
    /// `customer`, `supplier` or `forwarder`.
    pub kind: &'static str,
    /// Name of its file in the data root; stable.
    pub id: &'a str,
    /// Its name; the id where none is recorded.
    pub name: Words<'a>,
    /// Its page; null where no file describes it.
    pub href: Option<String>,
}

/// A person of the company.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct PersonRef<'a> {
    /// Id in `people.toml`; as written where that file does not know it.
    pub id: &'a str,
    /// The name; the id where none is recorded.
    pub name: Words<'a>,
}

/// What a party is called in documents.
#[must_use]
pub fn kind(kind: PartyKind) -> &'static str {
    match kind {
        PartyKind::Customer => "customer",
        PartyKind::Supplier => "supplier",
        PartyKind::Forwarder => "forwarder",
    }
}

impl<'a> Api<'_, 'a> {
    /// A party by its id.
    #[must_use]
    pub fn party<'x>(&self, kind: PartyKind, id: &'x str) -> PartyRef<'x>
    where
        'a: 'x,
    {
        let party = self.ctx.book().party(kind, id);
        PartyRef {
            kind: self::kind(kind),
            id,
            name: party.map_or_else(
                || Words { zh: id.into(), en: id.into() },
                |p: &'x Party| Words { zh: p.label(Lang::Zh).into(), en: p.label(Lang::En).into() },
            ),
            href: party.map(|p| self.ctx.party_href(p)),
        }
    }

    /// A person by the id that somebody wrote.
    #[must_use]
    pub fn person<'x>(&self, id: &'x str) -> PersonRef<'x>
    where
        'a: 'x,
    {
        let book: &'x Book = self.ctx.book();
        let name = |lang| book.person(id, lang).into();
        PersonRef { id, name: Words { zh: name(Lang::Zh), en: name(Lang::En) } }
    }

    /// The same, where somebody is named.
    #[must_use]
    pub fn someone<'x>(&self, id: Option<&'x str>) -> Option<PersonRef<'x>>
    where
        'a: 'x,
    {
        id.map(|id| self.person(id))
    }
}
