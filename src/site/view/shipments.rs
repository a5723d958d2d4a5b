//! Sailings of all orders: which cut-off is next, where the originals are.

use serde::Serialize;

use super::{Day, Figure, Link, Mark, OrdersVariant, Section, View};

/// `shipments.html`, `shipments-2.html` …
#[derive(Debug, Clone, Default, Serialize)]
pub struct ShipmentsPage {
    /// Path below the language's root.
    pub path: String,
    /// `出运`.
    pub title: String,
    /// As-of date in full.
    pub as_of: Day,
    /// The next cut-off, and how many stand where.
    pub figures: Vec<Figure>,
    /// Not yet left, the most pressing first.
    pub ahead: Vec<Upcoming>,
    /// `4 批`.
    pub ahead_note: String,
    /// Whose time cut-offs are in: `截止时间为港口当地时间（UTC+8）`; empty = no cut-offs.
    pub zone: String,
    /// Those that have left, by how far they have come.
    pub groups: Vec<SailedGroup>,
    /// Other pages of a long list; empty = one page.
    pub pages: Vec<OrdersVariant>,
    /// Where the shipments of archived orders are.
    pub archive: Link,
}

impl View for ShipmentsPage {
    const TEMPLATE: &'static str = "shipments.html";

    fn path(&self) -> String {
        self.path.clone()
    }

    fn data(&self) -> String {
        "shipments.json".to_owned()
    }

    fn title(&self) -> &str {
        &self.title
    }

    fn section(&self) -> Section {
        Section::Shipments
    }
}

/// What every shipment shows: ship, order, containers, remarks.
#[derive(Debug, Clone, Default, Serialize)]
pub struct SailingHead {
    /// Departure: on board, else ETD, else planned; none = not known.
    pub day: Option<Day>,
    /// What that day is when it is not the ETD: `计划`, `手填`.
    pub day_note: String,
    /// `NORDIC 12N`, leads to the shipment on the order's page.
    pub ship: Link,
    /// `Ningbo → Helsinki`.
    pub route: String,
    /// Roll-overs: `甩柜 1 次，原 11-28`; empty = none.
    pub rolled: String,
    /// The order.
    pub order: Link,
    /// Which of several shipments: `第 2 批`; empty = the only one.
    pub batch: String,
    /// The customer's short name.
    pub customer: String,
    /// `2×40HQ`, else the mode: `拼箱`.
    pub boxes: String,
    /// Container numbers.
    pub numbers: Vec<String>,
    /// Risks that rules found on this shipment, each leads to the finding.
    pub risks: Vec<Link>,
}

/// A shipment that has not left.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Upcoming {
    /// See [`SailingHead`].
    pub head: SailingHead,
    /// The day itself has passed without a transport document.
    pub late: bool,
    /// Shipping instructions.
    pub si: CutoffCell,
    /// Verified gross mass.
    pub vgm: CutoffCell,
    /// Container yard.
    pub cy: CutoffCell,
    /// Customs and dangerous goods, where there are such.
    pub others: Vec<CutoffCell>,
    /// Expected arrival.
    pub eta: Option<Day>,
    /// Draft of the bill of lading and papers that are not registered.
    pub papers: Vec<Remark>,
}

/// One cut-off of a sailing.
#[derive(Debug, Clone, Default, Serialize)]
pub struct CutoffCell {
    /// `截关`.
    pub label: String,
    /// In the port's time: `11-25 12:00`; none = no such cut-off.
    pub at: Option<Day>,
    /// The next of the shipment.
    pub next: bool,
    /// `Done` met, `Open` ahead, `Late` missed or met late, `Todo` nothing recorded but no longer a question.
    pub mark: Mark,
    /// `剩 5 天`; empty = nothing.
    pub note: String,
}

/// A remark with its state.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Remark {
    /// State.
    pub mark: Mark,
    /// `正本 3/3 在手`, leads to the paper.
    pub text: Link,
}

/// Shipments that have left, of one kind.
#[derive(Debug, Clone, Default, Serialize)]
pub struct SailedGroup {
    /// Id on the page: `arrived`.
    pub id: String,
    /// `已到港，没提货`.
    pub title: String,
    /// `2 批`.
    pub note: String,
    /// Rows in the useful order.
    pub rows: Vec<Sailed>,
}

/// A shipment that has left.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Sailed {
    /// See [`SailingHead`].
    pub head: SailingHead,
    /// Arrival or expected arrival.
    pub arrival: Option<Day>,
    /// `ETA`, `到港`, `提货`.
    pub arrival_label: String,
    /// `免箱期到 11-08，剩 3 天`.
    pub arrival_note: String,
    /// How the arrival stands.
    pub arrival_mark: Mark,
    /// Where the transport documents are.
    pub originals: Vec<Remark>,
}
