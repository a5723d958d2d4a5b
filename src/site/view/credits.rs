//! The register of letters of credit: which live, with which terms, what is still to draw, which clock runs out first.

use serde::Serialize;

use super::{CreditFinding, Day, Link, Mark, OrdersVariant, Section, View};

/// `credits.html`.
#[derive(Debug, Clone, Default, Serialize)]
pub struct CreditsPage {
    /// Path below the language's root: `credits.html`, `credits-2.html`.
    pub path: String,
    /// `信用证`.
    pub title: String,
    /// `2026-11-23 周一`.
    pub as_of: Day,
    /// The answer: `在用 2 份。最先到点：GD26-0122 最迟装运 11-30，剩 10 天`.
    pub verdict: String,
    /// Its state.
    pub verdict_mark: Mark,
    /// Credits under which something is to be done, the clock that runs out first on top.
    pub live: Vec<CreditRow>,
    /// The others, newest first.
    pub closed: Vec<CreditRow>,
    /// `已结束 5 份`.
    pub closed_title: String,
    /// Other pages of a long register; empty = one page.
    pub pages: Vec<OrdersVariant>,
}

impl View for CreditsPage {
    const TEMPLATE: &'static str = "credits.html";

    fn path(&self) -> String {
        self.path.clone()
    }

    fn data(&self) -> String {
        "credits.json".to_owned()
    }

    fn title(&self) -> &str {
        &self.title
    }

    fn section(&self) -> Section {
        Section::Credits
    }
}

/// One credit of the register.
#[derive(Debug, Clone, Default, Serialize)]
pub struct CreditRow {
    /// Number, leading to the block on the order's page.
    pub number: Link,
    /// The order.
    pub order: Link,
    /// Its customer, short.
    pub customer: String,
    /// 32B with 39A: `USD 57,200.00 ±5%`.
    pub amount: String,
    /// Presented for, without what was refused: `0`, `58,344.00`.
    pub drawn: String,
    /// What may still be drawn: `60,060.00`.
    pub left: String,
    /// 44C in force.
    pub latest: CreditDay,
    /// Last presentation.
    pub last: CreditDay,
    /// 31D in force, with its place.
    pub expiry: CreditDay,
    /// `01 接受`, `02 待答 4 天`.
    pub amendments: Vec<CreditState>,
    /// What to do: `交单`, `答复改证 02`.
    pub step: CreditState,
    /// Findings of the examination on arrival that still matter.
    pub findings: Vec<CreditFinding>,
}

/// A day of a credit with what it means today.
#[derive(Debug, Clone, Default, Serialize)]
pub struct CreditDay {
    /// The day; none = not written.
    pub day: Option<Day>,
    /// Computed from a date that is not fixed yet: shown with `~`.
    pub derived: bool,
    /// `已装`, `剩 10 天`, `中国`.
    pub note: String,
    /// Colours the note; `Todo` leaves it plain.
    pub mark: Mark,
}

/// A word with its mark.
#[derive(Debug, Clone, Default, Serialize)]
pub struct CreditState {
    /// `交单`.
    pub text: String,
    /// Its state.
    pub mark: Mark,
}
