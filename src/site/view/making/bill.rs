//! Bill of exchange.

use serde::Serialize;

use super::{Address, Sheet, made};

/// `o/<ID>/draft.html`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct DraftPage {
    /// Path, heading, watermark.
    pub sheet: Sheet,
    /// First and second of exchange, for each drawing.
    pub bills: Vec<Bill>,
}

/// One part of a bill of exchange.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Bill {
    /// `FIRST`
    pub part: String,
    /// `SECOND`
    pub other: String,
    /// The draft's number.
    pub number: String,
    /// `NINGBO`
    pub place: String,
    /// `9 Oct 2026`
    pub date: String,
    /// `USD 67,374.60`
    pub amount: String,
    /// `SIGHT`, `30 DAYS AFTER B/L DATE`
    pub tenor: String,
    /// What the tenor runs from, so that the maturity follows from the draft: `B/L DATE`; empty = sight.
    pub event: String,
    /// That day; empty = a blank, when there is an event.
    pub event_day: String,
    /// To whose order.
    pub payee: String,
    /// The amount in words.
    pub words: String,
    /// Drawn under a credit: its bank, number and day of issue. Without a credit empty.
    pub bank: String,
    /// `GSBLC2600417`
    pub credit: String,
    /// `16 Jul 2026`
    pub issued: String,
    /// A draft under a credit.
    pub under_credit: bool,
    /// `D/P AT SIGHT`, for a collection; empty under a credit.
    pub collection: String,
    /// Invoice it is drawn for; empty = a blank.
    pub invoice: String,
    /// On whom.
    pub drawee: Address,
    /// By whom.
    pub drawer: String,
}

made!(DraftPage, "making/draft.html");
