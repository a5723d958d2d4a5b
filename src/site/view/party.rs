//! A customer, a supplier or a forwarder.

use serde::Serialize;

use super::{
    ExposureLimit, ExposureOwed, Field, Figure, Finding, Html, Link, OrderRow, PayHabit, Section, View,
};

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
    /// Open orders, orders signed, late finishes, complaints: `[2 进行中] [9 12 个月内签约]`.
    pub figures: Vec<Figure>,
    /// What a customer owes, its credit, its habits; none for others, and where there is nothing to say.
    pub money: Option<PartyMoney>,
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

/// What a customer owes and how it pays.
#[derive(Debug, Clone, Default, Serialize)]
pub struct PartyMoney {
    /// Open, by currency.
    pub owed: Vec<ExposureOwed>,
    /// Open for goods nobody makes yet: `USD 28,200.00`; empty = nothing.
    pub pending: String,
    /// Credit granted.
    pub limits: Vec<ExposureLimit>,
    /// How it pays.
    pub habit: PayHabit,
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

    fn data(&self) -> String {
        super::beside(&self.path())
    }

    fn title(&self) -> &str {
        &self.title
    }

    fn section(&self) -> Section {
        Section::Orders
    }
}
