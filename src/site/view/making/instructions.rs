//! Shipping instructions to the forwarder 托单/补料.

use serde::Serialize;

use super::{Address, ContainerRow, PackingTotals, Sheet, made};

/// A label in two languages, the first one large.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct BiLabel {
    /// `发货人`
    pub first: String,
    /// `Shipper`
    pub second: String,
}

/// A labelled value of one or several lines; none = a blank.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct BiField {
    /// What it is.
    pub label: BiLabel,
    /// The lines as they are to be printed.
    pub lines: Vec<String>,
}

/// A box to tick.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Tick {
    /// What it says.
    pub label: BiLabel,
    /// Ticked.
    pub on: bool,
}

/// `o/<ID>/si.html`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct InstructionsPage {
    /// Path, heading, watermark.
    pub sheet: Sheet,
    /// Letterhead.
    pub seller: Address,
    /// To the forwarder.
    pub forwarder: BiField,
    /// Our numbers, the day, who is responsible.
    pub facts: Vec<BiField>,
    /// Shipper, consignee, notify party.
    pub parties: Vec<BiField>,
    /// Booking, vessel, ports, freight.
    pub carriage: Vec<BiField>,
    /// Cut-offs in port time.
    pub cutoffs: Vec<BiField>,
    /// Labels of the table of goods: marks, packages, description, gross, volume.
    pub columns: Vec<BiLabel>,
    /// Marks, line by line.
    pub marks: Vec<String>,
    /// `2,118 CARTONS`
    pub packages: String,
    /// Goods as they are to stand on the bill of lading, HS codes, dangerous goods.
    pub goods: Vec<String>,
    /// Sums.
    pub totals: PackingTotals,
    /// The goods go in containers: the table is there, with a blank row before they are known.
    pub boxed: bool,
    /// Label of the containers.
    pub container_label: BiLabel,
    /// Labels of their columns.
    pub container_columns: Vec<BiLabel>,
    /// Containers; empty = a blank row.
    pub containers: Vec<ContainerRow>,
    /// Kind of transport document and way of release.
    pub release_label: BiLabel,
    /// Boxes to tick; empty = no bill of lading.
    pub release: Vec<Tick>,
    /// Originals, endorsement, freight payable at.
    pub document: Vec<BiField>,
    /// Instructions in words.
    pub remarks: BiField,
    /// `签章`, `Signature`
    pub signature: BiLabel,
}

made!(InstructionsPage, "making/si.html");
