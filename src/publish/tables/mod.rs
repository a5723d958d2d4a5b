//! The tables that people download: one file here per table, one line in [`PUBLISHED`] to have it on the site.

pub mod deadlines;
pub mod exposure;
pub mod orders;
pub mod payables;
pub mod receivables;

use crate::exchange::table::{About, Table, TableError, csv, json, xlsx};
use crate::publish::BuildError;
use crate::publish::ctx::Ctx;
use crate::site::view::Link;
use crate::site::write::Writer;

/// Makes a table in the language of the pages.
pub type Make = for<'a, 'b> fn(&'a Ctx<'b>) -> Table;

/// The tables on the site: `orders` lies beside `orders.html` as `orders.xlsx`, `orders.csv` and `orders.json`, once
/// per language.
pub const PUBLISHED: &[Make] = &[orders::table, receivables::table, exposure::table];

/// Those of finance, which are written only beside its pages.
pub const FINANCE: &[Make] = &[payables::table];

/// A file format of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TableFormat {
    /// A workbook: the one that loses nothing.
    Xlsx,
    /// For spreadsheets and scripts.
    Csv,
    /// For programs.
    Json,
}

impl TableFormat {
    /// All formats, in the order in which they are offered.
    pub const ALL: [Self; 3] = [Self::Xlsx, Self::Csv, Self::Json];

    /// Name and file ending.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Xlsx => "xlsx",
            Self::Csv => "csv",
            Self::Json => "json",
        }
    }

    /// The table in this format.
    ///
    /// # Errors
    /// When the format cannot hold it.
    pub fn bytes(self, table: &Table, about: &About) -> Result<Vec<u8>, TableError> {
        match self {
            Self::Xlsx => xlsx::bytes(table, about),
            Self::Csv => csv::bytes(table, about.lang),
            Self::Json => json::bytes(table, about),
        }
    }
}

/// What the files of a build share.
#[must_use]
pub fn about(ctx: &Ctx<'_>) -> About {
    About { as_of: ctx.as_of(), company: ctx.company(), lang: ctx.lang }
}

/// Writes a table in all formats into the folder of a language (empty or `en/`).
///
/// # Errors
/// When a format cannot hold it, or the operating system refuses.
pub fn put(writer: &Writer, folder: &str, table: &Table, about: &About) -> Result<(), BuildError> {
    for format in TableFormat::ALL {
        let path = format!("{folder}{}.{}", table.name, format.code());
        let bytes = format.bytes(table, about).map_err(|e| BuildError::Table(path.clone(), e))?;
        writer.put(&path, &bytes)?;
    }
    Ok(())
}

/// Links to the files of a table, for the page beside which they lie.
#[must_use]
pub fn downloads(name: &str) -> Vec<Link> {
    TableFormat::ALL
        .iter()
        .map(|format| Link::new(format.code().to_uppercase(), format!("{name}.{}", format.code())))
        .collect()
}
