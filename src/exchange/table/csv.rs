//! CSV for spreadsheets and scripts: UTF-8 with the mark that Excel needs, CRLF, headings in the language, ISO days,
//! plain numbers, and text that no spreadsheet takes for a formula or a number (one apostrophe in front; see the
//! README).

use super::guard::guard;
use super::{Cell, Table, TableError, figure, fits_float, yes};
use crate::exchange::plain::plain;
use crate::text::Lang;

/// Without it Excel reads the file in the code page of the machine.
const BOM: &str = "\u{feff}";

/// The table as CSV.
///
/// # Errors
/// Never in practice: the file is written to memory.
pub fn bytes(table: &Table, lang: Lang) -> Result<Vec<u8>, TableError> {
    let mut writer =
        csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::from(BOM.as_bytes()));
    let head = table.columns.iter().map(|c| text(c.title.get(lang)));
    writer.write_record(head).map_err(TableError::because)?;
    for row in &table.rows {
        writer
            .write_record(table.cells(row).map(|(_, cell)| field(cell, lang)))
            .map_err(TableError::because)?;
    }
    writer.into_inner().map_err(TableError::because)
}

fn field(cell: &Cell, lang: Lang) -> String {
    match cell {
        Cell::Empty => String::new(),
        Cell::Text(t) | Cell::Id(t) | Cell::Word { text: t, .. } => text(t),
        Cell::Amount { value, minor } if fits_float(*value) => figure(*value, *minor),
        Cell::Number(value) if fits_float(*value) => figure(*value, 0),
        Cell::Amount { value, minor } => format!("'{}", figure(*value, *minor)),
        Cell::Number(value) => format!("'{}", figure(*value, 0)),
        Cell::Date(day) => day.to_string(),
        Cell::Bool(answer) => yes(*answer, lang).to_owned(),
    }
}

fn text(text: &str) -> String {
    guard(&plain(text)).into_owned()
}
