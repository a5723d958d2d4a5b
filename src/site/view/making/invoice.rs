//! Proforma and commercial invoice.

use serde::Serialize;

use super::{Address, Sheet, made};
use crate::site::view::Field;

/// `o/<ID>/proforma.html`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct ProformaPage {
    /// Path, heading, watermark.
    pub sheet: Sheet,
    /// Letterhead.
    pub seller: Address,
    /// To whom.
    pub buyer: Address,
    /// Number, revision, date, validity, references.
    pub facts: Vec<Field>,
    /// Shipment and payment.
    pub terms: Vec<Field>,
    /// Shipping marks, line by line.
    pub marks: Vec<String>,
    /// What is offered.
    pub goods: GoodsTable,
    /// Packages, weights, volume.
    pub packing: Vec<Field>,
    /// Every further term, in writing.
    pub remarks: Vec<String>,
    /// Beneficiary, bank, account.
    pub bank: Vec<Field>,
}

/// `o/<ID>/invoice.html`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct InvoicePage {
    /// Path, heading, watermark.
    pub sheet: Sheet,
    /// Letterhead.
    pub seller: Address,
    /// Made out to.
    pub buyer: Address,
    /// Number, date, references.
    pub facts: Vec<Field>,
    /// Route, vessel, payment.
    pub terms: Vec<Field>,
    /// Shipping marks, line by line.
    pub marks: Vec<String>,
    /// What is invoiced.
    pub goods: GoodsTable,
    /// Packages, weights, volume, origin.
    pub packing: Vec<Field>,
}

/// Goods with their amounts.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct GoodsTable {
    /// Wording above the lines: 45A of the credit, or a remark of the registered paper; empty = none.
    pub description: String,
    /// `USD`; empty where the order's currency is not known.
    pub currency: String,
    /// `CIF Jebel Ali Incoterms 2020`.
    pub term: String,
    /// One per item.
    pub rows: Vec<GoodsRow>,
    /// Sum of quantities where all units are one: `4,236 PCS`.
    pub quantity: String,
    /// Sum of the goods, when charges follow: `186.00`.
    pub subtotal: String,
    /// Charges beside the goods: `[Courier: 64.00]`.
    pub charges: Vec<Field>,
    /// `67,374.60`; empty while an amount is not known.
    pub total: String,
    /// What is deducted: `[Deposit received: 13,212.00]`.
    pub deductions: Vec<Field>,
    /// What is left to pay, when something is deducted.
    pub due: String,
    /// The total in words.
    pub words: String,
}

/// One line of goods.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct GoodsRow {
    /// `ELECTRIC STAND FAN FN-16`
    pub name: String,
    /// Numbers: `Item FN-16 · HS 8414510000`.
    pub detail: String,
    /// `2,400`
    pub quantity: String,
    /// `PCS`
    pub unit: String,
    /// `14.80`
    pub price: String,
    /// `35,520.00`
    pub amount: String,
}

made!(ProformaPage, "making/proforma.html");
made!(InvoicePage, "making/invoice.html");
