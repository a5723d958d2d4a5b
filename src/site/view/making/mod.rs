//! Documents made from the order record, as print views. Each follows its own language: papers for the buyer and the
//! bank are English, what goes to the forwarder carries Chinese and English. What stands around the paper (why it is
//! a draft, what to look at) is in the language of the page and is not printed.
//!
//! An empty value of a labelled line is a blank to be filled in by hand: nothing is printed that is not recorded.

mod bill;
mod certificate;
mod check;
mod cover;
mod instructions;
mod invoice;
mod packing;

use serde::Serialize;

pub use bill::{Bill, DraftPage};
pub use certificate::{CertificatePage, Statement};
pub use check::{CheckPage, CheckRow, CheckState};
pub use cover::{CoverDate, CoverLine, CoverPage, CoverPaper, CoverStage};
pub use instructions::{BiField, BiLabel, InstructionsPage, Tick};
pub use invoice::{GoodsRow, GoodsTable, InvoicePage, ProformaPage};
pub use packing::{ContainerRow, PackingItem, PackingPage, PackingRow, PackingTotals};

use super::{Field, Link};

/// What all made documents share.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Sheet {
    /// Below the language's root: `o/GD26-0117/invoice.html`.
    pub path: String,
    /// For `<title>`: `GD26-0117 商业发票`.
    pub title: String,
    /// The heading of the paper: `COMMERCIAL INVOICE`.
    pub name: String,
    /// The heading in Chinese; empty on papers that are English only.
    pub name_zh: String,
    /// The order's ID, small at the foot of the paper.
    pub order: String,
    /// Back to the order's page; without a target where the paper stands alone.
    pub back: Link,
    /// The paper's number, repeated in the table's head on every printed page; empty while there is none.
    pub reference: String,
    /// The order has open errors: the paper is a draft.
    pub draft: bool,
    /// Those errors, with their places on the order's page.
    pub why: Vec<Link>,
    /// What whoever signs should look at; on the screen only.
    pub notes: Vec<Field>,
}

impl Sheet {
    /// Takes the links away that lead to other pages of the site: the paper will stand alone.
    pub fn alone(&mut self) {
        self.back.href.clear();
        for why in &mut self.why {
            why.href.clear();
        }
    }
}

/// A party with its address, as papers print it. An empty name is a blank.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Address {
    /// `Hanse Licht GmbH`
    pub name: String,
    /// Address, country, telephone, tax number.
    pub lines: Vec<String>,
}

/// Implements [`super::View`] for a document whose `sheet` names its path and title.
macro_rules! made {
    ($page:ty, $template:literal) => {
        impl $crate::site::view::View for $page {
            const TEMPLATE: &'static str = $template;

            fn path(&self) -> String {
                self.sheet.path.clone()
            }

            fn data(&self) -> String {
                // A document is made from its order: `o/GD26-0117/invoice.html` from `o/GD26-0117.json`.
                let path = &self.sheet.path;
                path.rsplit_once('/').map(|(order, _)| format!("{order}.json")).unwrap_or_default()
            }

            fn title(&self) -> &str {
                &self.sheet.title
            }

            fn section(&self) -> $crate::site::view::Section {
                $crate::site::view::Section::Orders
            }
        }
    };
}
use made;
