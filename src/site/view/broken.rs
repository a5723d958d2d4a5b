//! An order whose files cannot be read: a red page with the messages and whatever could be read.

use serde::Serialize;

use super::{Field, Finding, Section, View};

/// `o/<ID>.html` of a broken order.
#[derive(Debug, Clone, Default, Serialize)]
pub struct BrokenOrderPage {
    /// `GD26-0131`.
    pub id: String,
    /// `GD26-0131 读不了`.
    pub title: String,
    /// `order.toml 有 2 处写错，改好以前这一单不参加统计`.
    pub verdict: String,
    /// What could be read: customer, PO, dates.
    pub fields: Vec<Field>,
    /// The files of the folder and their state.
    pub files: Vec<BrokenFile>,
    /// The messages.
    pub findings: Vec<Finding>,
}

impl View for BrokenOrderPage {
    const TEMPLATE: &'static str = "broken.html";

    fn path(&self) -> String {
        format!("o/{}.html", self.id)
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

/// One file of a broken order.
#[derive(Debug, Clone, Default, Serialize)]
pub struct BrokenFile {
    /// `orders/2026/GD26-0131/order.toml`.
    pub file: String,
    /// It could not be read.
    pub broken: bool,
    /// `2 处写错`; `读好了`.
    pub state: String,
    /// To edit it on the forge; empty = no link.
    pub href: String,
}
