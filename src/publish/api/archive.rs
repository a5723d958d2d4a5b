//! The archive: which file is complete, and until when it is kept.

use schemars::JsonSchema;
use serde::Serialize;

use super::value::{Day, Version, day};
use super::who::PartyRef;
use super::{Api, order_data, order_href};
use crate::derive::tax;
use crate::model::party::PartyKind;
use crate::model::stage::Milestone;
use crate::publish::archive;
use crate::publish::groups::{Groups, Month};

/// The months of the archive, beside `archive/index.html`.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(title = "archive")]
pub struct ArchiveDoc {
    /// Version of the document.
    pub version: Version,
    /// Name of its schema: `archive`.
    pub document: &'static str,
    /// The day for which everything was computed.
    pub as_of: Day,
    /// Newest first.
    pub months: Vec<ArchiveMonthRow>,
}

/// A month of the archive.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ArchiveMonthRow {
    /// `2026-09`.
    pub month: String,
    /// Orders filed in it.
    pub orders: usize,
    /// Its page.
    pub href: String,
    /// Its data.
    pub data: String,
}

/// The orders filed in a month, beside its page.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(title = "archive-month")]
pub struct ArchiveMonthDoc<'a> {
    /// Version of the document.
    pub version: Version,
    /// Name of its schema: `archive-month`.
    pub document: &'static str,
    /// The day for which everything was computed.
    pub as_of: Day,
    /// `2026-09`.
    pub month: String,
    /// By id.
    pub orders: Vec<FiledDoc<'a>>,
}

/// A filed order.
#[derive(Debug, Serialize, JsonSchema)]
pub struct FiledDoc<'a> {
    /// The order.
    pub order: &'a str,
    /// The customer.
    pub customer: Option<PartyRef<'a>>,
    /// Cancelled on this day.
    pub cancelled: Option<Day>,
    /// Closed on this day.
    pub closed: Option<Day>,
    /// Archived on this day.
    pub archived: Option<Day>,
    /// Nothing is missing in its file; null for a cancelled order.
    pub complete: Option<bool>,
    /// Until when its papers are kept, once archived.
    pub keep_until: Option<Day>,
    /// Its page.
    pub href: String,
    /// The complete order as data.
    pub data: String,
}

impl<'c, 'a: 'c> Api<'c, 'a> {
    /// The months of the archive.
    #[must_use]
    pub fn archive(&self, groups: &Groups<'_>) -> ArchiveDoc {
        let month = |((year, month), list): (&Month, &Vec<usize>)| ArchiveMonthRow {
            month: format!("{year}-{month:02}"),
            orders: list.len(),
            href: format!("archive/{year}/{month:02}.html"),
            data: month_path((*year, *month)),
        };
        ArchiveDoc {
            version: Version,
            document: "archive",
            as_of: self.ctx.as_of().into(),
            months: groups.archive.iter().rev().map(month).collect(),
        }
    }

    /// The orders filed in a month.
    #[must_use]
    pub fn archive_month(&self, groups: &'c Groups<'a>, (year, month): Month) -> ArchiveMonthDoc<'c> {
        let list = groups.archive.get(&(year, month)).map_or(&[][..], Vec::as_slice);
        let filed = |index: &usize| {
            let (order, own) = groups.get(*index)?;
            let archived = own.progress.done_on(Milestone::Archived);
            Some(FiledDoc {
                order: &order.id,
                customer: order.customer.as_deref().map(|id| self.party(PartyKind::Customer, id)),
                cancelled: day(own.progress.cancelled),
                closed: day(own.progress.done_on(Milestone::Closed)),
                archived: day(archived),
                complete: (!own.is_cancelled()).then(|| archive::is_complete(self.ctx, order, own)),
                keep_until: day(archived.and_then(|_| tax::kept_until(order, own, self.ctx.as_of()))),
                href: order_href(&order.id),
                data: order_data(&order.id),
            })
        };
        ArchiveMonthDoc {
            version: Version,
            document: "archive-month",
            as_of: self.ctx.as_of().into(),
            month: format!("{year}-{month:02}"),
            orders: list.iter().filter_map(filed).collect(),
        }
    }
}

/// Where the data of a month lies.
#[must_use]
pub fn month_path((year, month): Month) -> String {
    format!("archive/{year}/{month:02}.json")
}
