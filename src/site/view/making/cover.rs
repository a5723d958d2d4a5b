//! File cover: one A4 page on top of the paper file.

use serde::Serialize;

use super::{BiField, BiLabel, Sheet, made};

/// `o/<ID>/cover.html`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct CoverPage {
    /// Path and heading.
    pub sheet: Sheet,
    /// Our company.
    pub company: String,
    /// The order's number, large.
    pub number: String,
    /// How large: `xl`, `l`, `m`, `s`. A long number is smaller.
    pub size: String,
    /// The modules of the QR code as one SVG path; empty when nothing can be encoded.
    pub qr: String,
    /// Modules on each side, with the quiet zone.
    pub qr_size: usize,
    /// What the code holds: the address of the order's page, else the number.
    pub qr_text: String,
    /// Customer, purchase order, terms, route, who is responsible.
    pub facts: Vec<BiField>,
    /// `货物 Goods`.
    pub goods_label: BiLabel,
    /// The goods, as many lines as there is room for.
    pub goods: Vec<CoverLine>,
    /// `另有 194 款`; empty = all are shown.
    pub goods_more: String,
    /// `共 12,000 PCS，300 箱`.
    pub goods_total: String,
    /// The ten stages.
    pub stages: Vec<CoverStage>,
    /// `单据 Documents`.
    pub papers_label: BiLabel,
    /// What the order needs, as many as there is room for.
    pub papers: Vec<CoverPaper>,
    /// `另有 18 件，见网页`; empty = all are shown.
    pub papers_more: String,
    /// `期限 Deadlines`.
    pub dates_label: BiLabel,
    /// The next deadlines.
    pub dates: Vec<CoverDate>,
    /// `另有 5 个，见网页`; empty = all are shown.
    pub dates_more: String,
    /// `备注 Notes`.
    pub notes_label: BiLabel,
    /// The commit that last changed the order, and its day; empty = not known.
    pub commit: String,
    /// That what is ticked by hand is a reminder.
    pub remark: String,
}

/// A line of goods.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct CoverLine {
    /// `LED灯泡 · LED Bulb`.
    pub name: String,
    /// `12,000 PCS`.
    pub quantity: String,
}

/// A stage with its box.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct CoverStage {
    /// From 1.
    pub number: u8,
    /// `确认`.
    pub name: BiLabel,
    /// On record as done, or not needed: the box is ticked.
    pub done: bool,
    /// When it was done, else when it is planned.
    pub day: String,
}

/// A paper with its box.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct CoverPaper {
    /// `提单`.
    pub name: BiLabel,
    /// On record: the box is ticked.
    pub on: bool,
}

/// A deadline.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct CoverDate {
    /// `2026-12-03`.
    pub day: String,
    /// Only a bank, an authority or a carrier can move it.
    pub hard: bool,
    /// It follows from a plan.
    pub estimated: bool,
    /// What is due.
    pub what: BiLabel,
}

made!(CoverPage, "making/cover.html");
