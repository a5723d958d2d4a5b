//! The words of the trade in both languages.

use schemars::JsonSchema;
use serde::Serialize;

use super::value::{Version, Words};
use crate::site::pages;
use crate::site::view::{GlossaryPage, Term};
use crate::text::Lang;

/// The glossary, beside `glossary.html`.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(title = "glossary")]
pub struct GlossaryDoc {
    /// Version of the document.
    pub version: Version,
    /// Name of its schema: `glossary`.
    pub document: &'static str,
    /// In the order of the trade.
    pub terms: Vec<TermDoc>,
}

/// A term.
#[derive(Debug, Serialize, JsonSchema)]
pub struct TermDoc {
    /// Its id on the page.
    pub id: String,
    /// The subject it belongs to.
    pub group: Words<'static>,
    /// The term.
    pub term: Words<'static>,
    /// Abbreviation.
    pub short: Option<String>,
    /// What it means.
    pub text: Words<'static>,
}

/// The glossary; nothing where its file cannot be read.
#[must_use]
pub fn of() -> Option<GlossaryDoc> {
    let [zh, en] = Lang::ALL.map(|lang| pages::glossary(lang).ok());
    let terms = |page: GlossaryPage| {
        let groups = page.groups.into_iter();
        groups.flat_map(|group| group.terms.into_iter().map(move |term| (group.name.clone(), term)))
    };
    let pairs = terms(zh?).zip(terms(en?));
    let term = |((group_zh, zh), (group_en, en)): ((String, Term), (String, Term))| TermDoc {
        id: zh.anchor,
        group: Words { zh: group_zh.into(), en: group_en.into() },
        term: Words { zh: zh.zh.into(), en: zh.en.into() },
        short: Some(zh.short).filter(|short| !short.is_empty()),
        text: Words { zh: zh.text.into(), en: en.text.into() },
    };
    Some(GlossaryDoc { version: Version, document: "glossary", terms: pairs.map(term).collect() })
}
