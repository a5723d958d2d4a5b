//! How to read the pages: one of everything they are made of, each with a sentence about what it means.

use serde::Serialize;

use super::{
    BoardCard, CashChart, CashPeriod, CreditClock, DateEntry, Event, Field, Figure, Finding, Gate, Mark,
    Matrix, OrderRow, Section, Stage, Table, View,
};

/// `style.html`; made by [`crate::site::style`]. Whoever changes a component sees here what it does to all pages.
#[derive(Debug, Clone, Default, Serialize)]
pub struct StylePage {
    /// `怎么看这些页面`.
    pub title: String,
    /// That nothing on it is real.
    pub intro: String,
    /// The status symbols, with what each means.
    pub symbols: Vec<StyleSymbol>,
    /// The first line of a page, once in each colour.
    pub verdicts: Vec<StyleSymbol>,
    /// Large figures.
    pub figures: Vec<Figure>,
    /// Labelled values.
    pub facts: Vec<Field>,
    /// The order of the examples: `GD26-0000`.
    pub id: String,
    /// Its stages, for the strip and the table.
    pub stages: Vec<Stage>,
    /// What must be in order before a step.
    pub gates: Vec<Gate>,
    /// What the contract changed.
    pub amendments: Vec<Event>,
    /// It on the board.
    pub card: BoardCard,
    /// Its papers side by side.
    pub matrices: Vec<Matrix>,
    /// Dates of a credit, the decisive one marked.
    pub clocks: Vec<CreditClock>,
    /// Part done, in percent.
    pub done: u8,
    /// Money by week.
    pub chart: CashChart,
    /// A remark that stands out.
    pub note: String,
    /// A list of orders.
    pub rows: Vec<OrderRow>,
    /// A plain table.
    pub table: Table,
    /// Days of a list of deadlines.
    pub dates: Vec<DateEntry>,
    /// Bars with their numbers.
    pub cash: Vec<CashPeriod>,
    /// A finding with its place and its edit.
    pub finding: Finding,
    /// Keys of the keyboard.
    pub keys: Vec<Field>,
}

impl View for StylePage {
    const TEMPLATE: &'static str = "style.html";

    fn path(&self) -> String {
        "style.html".to_owned()
    }

    fn data(&self) -> String {
        "glossary.json".to_owned()
    }

    fn title(&self) -> &str {
        &self.title
    }

    fn section(&self) -> Section {
        Section::About
    }
}

/// A symbol with its meaning.
#[derive(Debug, Clone, Default, Serialize)]
pub struct StyleSymbol {
    /// The symbol and its colour.
    pub mark: Mark,
    /// What it means, in a sentence.
    pub text: String,
}
