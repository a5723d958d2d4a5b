//! The archive: is a file complete, until when is it kept, how can one prove that nothing changed.

use serde::Serialize;

use super::{Field, Link, Mark, OrdersVariant, Section, View};

/// `archive/index.html`.
#[derive(Debug, Clone, Default, Serialize)]
pub struct ArchiveIndexPage {
    /// `归档`.
    pub title: String,
    /// `共 61 单，缺件 2 单`.
    pub summary: String,
    /// Newest first.
    pub years: Vec<ArchiveYear>,
    /// How to prove that nothing was changed: text `README.txt`; empty where the site has no complete files.
    pub guides: Vec<Link>,
}

impl View for ArchiveIndexPage {
    const TEMPLATE: &'static str = "archive/index.html";

    fn path(&self) -> String {
        Section::Archive.path().to_owned()
    }

    fn data(&self) -> String {
        super::beside(&self.path())
    }

    fn title(&self) -> &str {
        &self.title
    }

    fn section(&self) -> Section {
        Section::Archive
    }
}

/// One year.
#[derive(Debug, Clone, Default, Serialize)]
pub struct ArchiveYear {
    /// `2026`.
    pub year: String,
    /// Months with archived orders, newest first.
    pub months: Vec<ArchiveMonth>,
}

/// One month in the index.
#[derive(Debug, Clone, Default, Serialize)]
pub struct ArchiveMonth {
    /// `2026-09`.
    pub name: String,
    /// `archive/2026/09.html`.
    pub href: String,
    /// Orders.
    pub orders: usize,
    /// Of these complete.
    pub complete: usize,
    /// Of these with something missing.
    pub incomplete: usize,
    /// Of these cancelled.
    pub cancelled: usize,
}

/// `archive/2026/09.html`.
#[derive(Debug, Clone, Default, Serialize)]
pub struct ArchiveMonthPage {
    /// `2026`.
    pub year: String,
    /// `09`; `09-2` for the second page of a long month.
    pub month: String,
    /// `归档 2026-09`.
    pub title: String,
    /// `12 单，完整 10，缺件 2`.
    pub summary: String,
    /// Other pages of a long month: text `2`; empty = one page.
    pub pages: Vec<OrdersVariant>,
    /// Orders, by number.
    pub entries: Vec<ArchiveEntry>,
    /// Commands that verify the folder: label `Linux, macOS`, value `sha256sum -c SHA256SUMS`.
    pub verify: Vec<Field>,
}

impl View for ArchiveMonthPage {
    const TEMPLATE: &'static str = "archive/month.html";

    fn path(&self) -> String {
        format!("archive/{}/{}.html", self.year, self.month)
    }

    fn data(&self) -> String {
        // One document holds the whole month, however many pages it has.
        let month = self.month.split('-').next().unwrap_or_default();
        format!("archive/{}/{month}.json", self.year)
    }

    fn title(&self) -> &str {
        &self.title
    }

    fn section(&self) -> Section {
        Section::Archive
    }
}

/// One archived order.
#[derive(Debug, Clone, Default, Serialize)]
pub struct ArchiveEntry {
    /// Order with its page.
    pub order: Link,
    /// Customer.
    pub customer: String,
    /// `Done` complete, `Late` something is missing.
    pub mark: Mark,
    /// The papers asked for.
    pub items: Vec<ArchiveItem>,
    /// Filing number, refund filing, kept until, commit, tag: `[保存到: 2036]`.
    pub facts: Vec<Field>,
}

/// One paper of the file.
#[derive(Debug, Clone, Default, Serialize)]
pub struct ArchiveItem {
    /// `提单`, `水单 2/2`.
    pub label: String,
    /// `Done`, `Late` = missing, `Na` = not asked for.
    pub mark: Mark,
}
