//! Packing list.

use serde::Serialize;

use super::{Address, Sheet, made};
use crate::site::view::Field;

/// `o/<ID>/packing.html`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct PackingPage {
    /// Path, heading, watermark.
    pub sheet: Sheet,
    /// Letterhead.
    pub seller: Address,
    /// Made out to.
    pub buyer: Address,
    /// Number, date, invoice, references.
    pub facts: Vec<Field>,
    /// Route, vessel.
    pub terms: Vec<Field>,
    /// Shipping marks, line by line.
    pub marks: Vec<String>,
    /// Wording above the rows; empty = none.
    pub description: String,
    /// A row shows its container.
    pub by_container: bool,
    /// Item by item.
    pub items: Vec<PackingItem>,
    /// Sums.
    pub totals: PackingTotals,
    /// Containers; empty = none recorded.
    pub containers: Vec<ContainerRow>,
    /// `SAY TWO THOUSAND ONE HUNDRED AND EIGHTEEN CARTONS ONLY`
    pub words: String,
    /// Wooden packing: `ISPM 15 mark CN-330 HT`; empty = nothing recorded.
    pub wood: String,
}

/// An item with its cartons.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct PackingItem {
    /// `ELECTRIC STAND FAN FN-16`
    pub name: String,
    /// Size and weights of one carton: `60 × 46 × 20 cm · G.W. 13.6 / N.W. 11.8 kg each`.
    pub detail: String,
    /// Full cartons, container by container, and the last, short one.
    pub rows: Vec<PackingRow>,
}

/// A row of cartons that are packed alike.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct PackingRow {
    /// `1-1200`
    pub cartons: String,
    /// `2`
    pub each: String,
    /// `1,200`
    pub packages: String,
    /// `CARTONS`
    pub kind: String,
    /// `2,400`
    pub quantity: String,
    /// `PCS`
    pub unit: String,
    /// `14,160.00`
    pub net: String,
    /// `16,320.00`
    pub gross: String,
    /// `66.240`
    pub cbm: String,
    /// `CSQU3054383`
    pub container: String,
}

/// Sums of the rows; empty where one row's figure is not known.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct PackingTotals {
    /// `2,118`
    pub packages: String,
    /// `CARTONS`, `PACKAGES` where kinds differ.
    pub kind: String,
    /// `4,236 PCS`; empty where units differ.
    pub quantity: String,
    /// Kilograms.
    pub net: String,
    /// Kilograms.
    pub gross: String,
    /// Cubic metres.
    pub cbm: String,
}

/// A container.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct ContainerRow {
    /// `CSQU3054383`
    pub number: String,
    /// `40HQ`
    pub size: String,
    /// `GSL0088121`
    pub seal: String,
    /// `1,200`
    pub packages: String,
    /// Kilograms.
    pub gross: String,
    /// Cubic metres.
    pub cbm: String,
    /// Kilograms.
    pub tare: String,
    /// Verified gross mass, kilograms.
    pub vgm: String,
}

made!(PackingPage, "making/packing.html");
