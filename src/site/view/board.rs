//! The board: where is every order, what is stuck, and for how long.

use serde::Serialize;

use super::{Link, Mark, Section, View};

/// `board.html`.
#[derive(Debug, Clone, Default, Serialize)]
pub struct BoardPage {
    /// `看板`.
    pub title: String,
    /// Below the title: `38 单进行中，按阶段`.
    pub summary: String,
    /// Ten columns, in order.
    pub columns: Vec<BoardColumn>,
}

impl View for BoardPage {
    const TEMPLATE: &'static str = "board.html";

    fn path(&self) -> String {
        Section::Board.path().to_owned()
    }

    fn data(&self) -> String {
        super::beside(&self.path())
    }

    fn title(&self) -> &str {
        &self.title
    }

    fn section(&self) -> Section {
        Section::Board
    }
}

/// One stage.
#[derive(Debug, Clone, Default, Serialize)]
pub struct BoardColumn {
    /// 1 to 10.
    pub number: u8,
    /// `生产`.
    pub name: String,
    /// Orders at this stage.
    pub count: usize,
    /// Cards, the most pressing first.
    pub cards: Vec<BoardCard>,
    /// Orders without a card: text `另 11 单`; empty = all have one.
    pub more: Link,
}

/// One order on the board.
#[derive(Debug, Clone, Default, Serialize)]
pub struct BoardCard {
    /// Order with its page.
    pub order: Link,
    /// Customer's short name.
    pub customer: String,
    /// `Open` or `Late` (or `Hollow`: the stage before lacks evidence).
    pub mark: Mark,
    /// What it waits for: `余 -4 天`, `截单 11-25`, `等签回`.
    pub waits: String,
    /// Days in this stage: `19 天`.
    pub days: String,
    /// Term, payment and ETD in short: `FOB · 30/70 · ETD 12-02`.
    pub terms: String,
}
