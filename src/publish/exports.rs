//! What `gendan export` offers. One line in [`ALL`] per export; what it is and how it is made stands in its own file.

use crate::exchange::calendar::{self, Calendar};
use crate::exchange::table::{Table, TableError};
use crate::publish::ctx::Ctx;
use crate::publish::ledgers;
use crate::publish::tables::{self, TableFormat};
use crate::text::StaticBi;

/// Every export, by name.
pub const ALL: &[&Export] = &[
    &tables::orders::EXPORT,
    &tables::receivables::EXPORT,
    &tables::exposure::EXPORT,
    &tables::payables::EXPORT,
    &tables::deadlines::EXPORT,
    &ledgers::HLEDGER,
    &ledgers::BEANCOUNT,
    &ledgers::BALANCES,
];

/// Something that can be exported.
#[derive(Debug)]
pub struct Export {
    /// What is typed: `orders`.
    pub name: &'static str,
    /// What it is.
    pub title: StaticBi,
    /// What it is made of, the usual one first. A table and a calendar may say the same.
    pub makes: &'static [Make],
}

/// How an export is made, in the language of the context.
#[derive(Debug, Clone, Copy)]
pub enum Make {
    /// A table: `csv`, `xlsx`, `json`.
    Table(for<'a, 'b> fn(&'a Ctx<'b>) -> Table),
    /// A calendar: `ics`.
    Calendar(for<'a, 'b> fn(&'a Ctx<'b>) -> Calendar),
    /// A text in a format of its own.
    Text {
        /// Name of the format and usual ending of the file.
        format: &'static str,
        /// Makes it.
        make: for<'a, 'b> fn(&'a Ctx<'b>) -> String,
    },
}

/// A format of an export.
#[derive(Debug, Clone, Copy)]
pub struct Format {
    make: Make,
    table: Option<TableFormat>,
}

impl Format {
    /// What is typed, and the usual ending of the file.
    #[must_use]
    pub fn code(self) -> &'static str {
        match (self.make, self.table) {
            (_, Some(format)) => format.code(),
            (Make::Text { format, .. }, None) => format,
            (Make::Calendar(_) | Make::Table(_), None) => "ics",
        }
    }

    /// A terminal cannot show it.
    #[must_use]
    pub fn is_binary(self) -> bool {
        self.table == Some(TableFormat::Xlsx)
    }

    /// The export in this format.
    ///
    /// # Errors
    /// When the format cannot hold it.
    pub fn bytes(self, ctx: &Ctx<'_>) -> Result<Vec<u8>, TableError> {
        match self.make {
            Make::Table(make) => {
                self.table.unwrap_or(TableFormat::Csv).bytes(&make(ctx), &tables::about(ctx))
            }
            Make::Calendar(make) => Ok(calendar::bytes(&make(ctx), ctx.as_of())),
            Make::Text { make, .. } => Ok(make(ctx).into_bytes()),
        }
    }
}

impl Export {
    /// An export by its name.
    #[must_use]
    pub fn named(name: &str) -> Option<&'static Self> {
        ALL.iter().find(|export| export.name == name).copied()
    }

    /// Its formats; the first is used where none is asked for.
    #[must_use]
    pub fn formats(&self) -> Vec<Format> {
        let mut formats = Vec::new();
        for &make in self.makes {
            match make {
                Make::Table(_) => {
                    let order = [TableFormat::Csv, TableFormat::Xlsx, TableFormat::Json];
                    formats.extend(order.map(|format| Format { make, table: Some(format) }));
                }
                Make::Calendar(_) | Make::Text { .. } => formats.push(Format { make, table: None }),
            }
        }
        formats
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn names_are_unique_and_every_export_has_formats() {
        let names: BTreeSet<&str> = ALL.iter().map(|e| e.name).collect();
        assert_eq!(names.len(), ALL.len());
        for export in ALL {
            let formats: Vec<&str> = export.formats().iter().map(|f| f.code()).collect();
            let each: BTreeSet<&str> = formats.iter().copied().collect();
            assert!(!formats.is_empty() && each.len() == formats.len(), "{}: {formats:?}", export.name);
            assert!(!export.title.0.is_ascii() && export.title.1.is_ascii(), "{}", export.name);
        }
    }
}
