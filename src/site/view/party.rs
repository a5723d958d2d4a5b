//! A customer, a supplier or a forwarder.

use serde::Serialize;

use super::{Field, Figure, Finding, Html, Link, OrderRow, Section, View};

/// Which kind of party.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum PartyKind {
    /// `c/<id>.html`
    #[default]
    Customer,
    /// `s/<id>.html`
    Supplier,
    /// `f/<id>.html`
    Forwarder,
}

/// `c/<id>.html`, `s/<id>.html`, `f/<id>.html`.
#[derive(Debug, Clone, Default, Serialize)]
pub struct PartyPage {
    /// `hanse-licht`.
    pub id: String,
    /// Which.
    pub kind: PartyKind,
    /// `Hanse Licht GmbH`.
    pub title: String,
    /// Name in the other script; empty = none.
    pub other_name: String,
    /// Open orders, due and not received, habits, late finishes: `[2 进行中] [USD 30,828.00 到期未收]`.
    pub figures: Vec<Figure>,
    /// Address, country, e-mail, tax number, defaults, lead time.
    pub fields: Vec<Field>,
    /// Remarks from the file, rendered; empty = none.
    pub notes_html: Html,
    /// Open orders.
    pub open: Vec<OrderRow>,
    /// Closed ones, newest first; folded.
    pub closed: Vec<OrderRow>,
    /// Closed orders that are not shown: text `另有 300 单`; empty = all are.
    pub more: Link,
    /// Findings in the party's own file.
    pub findings: Vec<Finding>,
}

impl View for PartyPage {
    const TEMPLATE: &'static str = "party.html";

    fn path(&self) -> String {
        match self.kind {
            PartyKind::Customer => format!("c/{}.html", self.id),
            PartyKind::Supplier => format!("s/{}.html", self.id),
            PartyKind::Forwarder => format!("f/{}.html", self.id),
        }
    }

    fn title(&self) -> &str {
        &self.title
    }

    fn section(&self) -> Section {
        Section::Orders
    }
}
