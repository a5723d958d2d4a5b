//! About this site, and the glossary of the trade.

use serde::Serialize;

use super::{Field, Html, Section, View};

/// `about.html`: the manual's first page, and the build section the footers lead to (`#build`).
#[derive(Debug, Clone, Default, Serialize)]
pub struct AboutPage {
    /// `关于`.
    pub title: String,
    /// `site/pages/about.<lang>.md`, rendered by [`crate::site::pages::about_html`].
    pub text_html: Html,
    /// Commit, as-of, orders read and failed, versions, calendar coverage.
    pub build: Vec<Field>,
}

impl View for AboutPage {
    const TEMPLATE: &'static str = "about.html";

    fn path(&self) -> String {
        Section::About.path().to_owned()
    }

    fn data(&self) -> String {
        "build.json".to_owned()
    }

    fn title(&self) -> &str {
        &self.title
    }

    fn section(&self) -> Section {
        Section::About
    }
}

/// `glossary.html`; made by [`crate::site::pages::glossary`].
#[derive(Debug, Clone, Default, Serialize)]
pub struct GlossaryPage {
    /// `词汇`.
    pub title: String,
    /// In the order of the trade.
    pub groups: Vec<TermGroup>,
}

impl View for GlossaryPage {
    const TEMPLATE: &'static str = "glossary.html";

    fn path(&self) -> String {
        "glossary.html".to_owned()
    }

    fn data(&self) -> String {
        super::beside(&self.path())
    }

    fn title(&self) -> &str {
        &self.title
    }

    fn section(&self) -> Section {
        Section::About
    }
}

/// Terms of one subject.
#[derive(Debug, Clone, Default, Serialize)]
pub struct TermGroup {
    /// `信用证`.
    pub name: String,
    /// Terms.
    pub terms: Vec<Term>,
}

/// One term in both languages, explained in the page's language.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Term {
    /// Id on the page: `presentation-period`.
    pub anchor: String,
    /// 中文.
    pub zh: String,
    /// English.
    pub en: String,
    /// Abbreviation: `B/L`; empty = none.
    pub short: String,
    /// Explanation.
    pub text: String,
}
