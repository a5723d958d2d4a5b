//! The workbook: typed cells, a heading that stays in sight, filters, and a second sheet that says what the columns
//! mean. Nothing in it is ever a formula. The date of creation is the day of the facts: same data, same bytes.

use chrono::{Datelike, NaiveDate};
use rust_decimal::Decimal;
use rust_xlsxwriter::{
    Color, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, IgnoreError, Workbook, Worksheet,
    XlsxError,
};
use unicode_width::UnicodeWidthStr;

use super::{About, Cell, Column, Kind, Table, TableError, figure, fits_float, yes};
use crate::exchange::plain::{plain, plain_line};
use crate::text::Lang;

/// The longest text of a cell, in UTF-16 units.
const MAX_TEXT: usize = 32_767;
/// The longest name of a sheet, in UTF-16 units.
const MAX_SHEET: usize = 31;
/// The longest property of a document, in UTF-16 units.
const MAX_PROPERTY: usize = 255;
/// Columns are as wide as their longest text, within these bounds. A Chinese character counts double.
const MIN_WIDTH: usize = 7;
const MAX_WIDTH: usize = 48;
/// Room for the arrow of the filter in a heading.
const ARROW: usize = 3;

/// The table as a workbook.
///
/// # Errors
/// When there are more rows than a sheet has.
pub fn bytes(table: &Table, about: &About) -> Result<Vec<u8>, TableError> {
    write(table, about).map_err(TableError::because)
}

fn write(table: &Table, about: &About) -> Result<Vec<u8>, XlsxError> {
    let title = cut(&plain_line(table.title.get(about.lang)), MAX_PROPERTY);
    let mut book = Workbook::new();
    let company = cut(&plain_line(&about.company), MAX_PROPERTY);
    let mut properties = DocProperties::new().set_title(&title).set_author("gendan").set_company(company);
    if let Some(day) = excel_date(about.as_of) {
        properties = properties.set_creation_datetime(&day);
    }
    book.set_properties(&properties);
    let explain = match about.lang {
        Lang::Zh => "说明",
        Lang::En => "About",
    };
    let mut name = sheet_name(&title);
    if name.eq_ignore_ascii_case(explain) || name.is_empty() {
        name = table.name.to_owned();
    }
    data(book.add_worksheet().set_name(name)?, table, about)?;
    describe(book.add_worksheet().set_name(explain)?, table, about, &title)?;
    book.save_to_buffer()
}

/// The rows.
fn data(sheet: &mut Worksheet, table: &Table, about: &About) -> Result<(), XlsxError> {
    let styles = Styles::new();
    for (at, column) in (0_u16..).zip(&table.columns) {
        let heading = plain_line(column.title.get(about.lang)).into_owned();
        sheet.write_string_with_format(0, at, &heading, &styles.head(column.kind))?;
        sheet.set_column_width(at, u16::try_from(width(table, at, &heading)).unwrap_or(u16::MAX))?;
        if let Some(style) = styles.column(column.kind) {
            sheet.set_column_format(at, style)?;
        }
    }
    for (at, row) in (1_u32..).zip(&table.rows) {
        for (column, (_, cell)) in (0_u16..).zip(table.cells(row)) {
            put(sheet, (at, column), cell, &styles, about.lang)?;
        }
    }
    let last_row = u32::try_from(table.rows.len()).unwrap_or(u32::MAX);
    if let Some(last) = table.columns.len().checked_sub(1).and_then(|n| u16::try_from(n).ok()) {
        sheet.autofilter(0, 0, last_row, last)?;
        if last_row > 0 {
            // A number as text is meant so; without this every one of them gets a green corner.
            sheet.ignore_error_range(1, 0, last_row, last, IgnoreError::NumberStoredAsText)?;
        }
    }
    let names_rows = table.columns.first().is_some_and(|c| c.kind == Kind::Id);
    sheet.set_freeze_panes(1, u16::from(names_rows))?;
    sheet.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0).set_repeat_rows(0, 0)?;
    Ok(())
}

fn put(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    cell: &Cell,
    styles: &Styles,
    lang: Lang,
) -> Result<(), XlsxError> {
    match cell {
        Cell::Empty => {}
        Cell::Text(text) | Cell::Word { text, .. } => {
            sheet.write_string(row, column, cut(&plain(text), MAX_TEXT))?;
        }
        Cell::Id(text) => {
            sheet.write_string_with_format(row, column, cut(&plain(text), MAX_TEXT), &styles.text)?;
        }
        Cell::Amount { value, minor } => number(sheet, (row, column), *value, *minor, styles)?,
        Cell::Number(value) => number(sheet, (row, column), *value, 0, styles)?,
        Cell::Date(day) => match excel_date(*day) {
            Some(date) => {
                sheet.write_datetime_with_format(row, column, &date, &styles.date)?;
            }
            None => {
                sheet.write_string(row, column, day.to_string())?;
            }
        },
        Cell::Bool(answer) => {
            sheet.write_string(row, column, yes(*answer, lang))?;
        }
    }
    Ok(())
}

/// A number where a float keeps every digit, else text.
fn number(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    value: Decimal,
    minor: u32,
    styles: &Styles,
) -> Result<(), XlsxError> {
    let written = figure(value, minor);
    match written.parse::<f64>() {
        Ok(float) if fits_float(value) => {
            let decimals = value.normalize().scale().max(minor);
            sheet.write_number_with_format(row, column, float, &styles.number(decimals))?;
        }
        _ => {
            sheet.write_string_with_format(row, column, written, &styles.long)?;
        }
    }
    Ok(())
}

/// The sheet that says what the columns mean.
fn describe(sheet: &mut Worksheet, table: &Table, about: &About, title: &str) -> Result<(), XlsxError> {
    let say = |zh: &'static str, en: &'static str| match about.lang {
        Lang::Zh => zh,
        Lang::En => en,
    };
    let bold = Format::new().set_bold();
    let head = Styles::new().head(Kind::Text);
    let wrap = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    let top = Format::new().set_align(FormatAlign::Top);
    sheet.write_string_with_format(0, 0, title, &Format::new().set_bold().set_font_size(14))?;
    let facts = [
        (say("公司", "Company"), plain_line(&about.company).into_owned()),
        (say("数据日期", "As of"), about.as_of.to_string()),
        (say("行数", "Rows"), table.rows.len().to_string()),
    ];
    for (row, (label, value)) in (1_u32..).zip(&facts) {
        sheet.write_string_with_format(row, 0, *label, &bold)?;
        sheet.write_string(row, 1, cut(value, MAX_TEXT))?;
    }
    let labels = [say("列", "Column"), say("含义", "What stands in it"), say("JSON 里的名字", "Key in JSON")];
    for (column, label) in (0_u16..).zip(labels) {
        sheet.write_string_with_format(5, column, label, &head)?;
    }
    for (row, column) in (6_u32..).zip(&table.columns) {
        let Column { key, title, note, .. } = column;
        sheet.write_string_with_format(row, 0, plain_line(title.get(about.lang)), &top)?;
        sheet.write_string_with_format(row, 1, plain(note.get(about.lang)), &wrap)?;
        sheet.write_string_with_format(row, 2, *key, &top)?;
    }
    sheet.set_column_width(0, 22)?.set_column_width(1, 72)?.set_column_width(2, 20)?;
    sheet.set_paper_size(9).set_print_fit_to_pages(1, 0);
    Ok(())
}

/// The formats of the cells.
struct Styles {
    text: Format,
    date: Format,
    long: Format,
}

impl Styles {
    fn new() -> Self {
        Self {
            text: Format::new().set_num_format("@"),
            date: Format::new().set_num_format("yyyy-mm-dd").set_align(FormatAlign::Left),
            long: Format::new().set_num_format("@").set_align(FormatAlign::Right).set_indent(1),
        }
    }

    fn head(&self, kind: Kind) -> Format {
        // Figures keep away from the text of the next column.
        let (align, indent) = match kind {
            Kind::Amount | Kind::Number => (FormatAlign::Right, 1),
            _ => (FormatAlign::Left, 0),
        };
        Format::new()
            .set_bold()
            .set_align(align)
            .set_indent(indent)
            .set_background_color(Color::RGB(0x00E6_F1F3))
            .set_border_bottom(FormatBorder::Thin)
    }

    /// What a cell has that somebody fills in later.
    fn column(&self, kind: Kind) -> Option<&Format> {
        match kind {
            Kind::Id => Some(&self.text),
            Kind::Date => Some(&self.date),
            _ => None,
        }
    }

    /// `#,##0.00`.
    fn number(&self, decimals: u32) -> Format {
        let zeros = "0".repeat(usize::try_from(decimals).unwrap_or(0));
        let code = if zeros.is_empty() { "#,##0".to_owned() } else { format!("#,##0.{zeros}") };
        Format::new().set_num_format(code).set_align(FormatAlign::Right).set_indent(1)
    }
}

/// As wide as the longest text of a column, within bounds.
fn width(table: &Table, at: u16, heading: &str) -> usize {
    let wide = |text: &str| text.split('\n').map(UnicodeWidthStr::width).max().unwrap_or(0);
    let cell = |cell: &Cell| match cell {
        Cell::Empty => 0,
        Cell::Text(text) | Cell::Id(text) | Cell::Word { text, .. } => wide(&plain(text)),
        // Marks of thousands are not in the figure.
        Cell::Amount { value, minor } => figure(*value, *minor).len() * 4 / 3 + 1,
        Cell::Number(value) => figure(*value, 0).len() * 4 / 3 + 1,
        Cell::Date(_) => 10,
        Cell::Bool(_) => 3,
    };
    let cells = table.rows.iter().filter_map(|row| row.get(usize::from(at))).map(cell).max().unwrap_or(0);
    (cells + 1).max(wide(heading) + ARROW).clamp(MIN_WIDTH, MAX_WIDTH)
}

/// A day as the workbook knows it: from 1900 on.
fn excel_date(day: NaiveDate) -> Option<ExcelDateTime> {
    let (year, month, date) = (u16::try_from(day.year()).ok()?, day.month(), day.day());
    // The workbook's calendar has a 29 February 1900; earlier days would be one off.
    if (year, month) < (1900, 3) {
        return None;
    }
    ExcelDateTime::from_ymd(year, u8::try_from(month).ok()?, u8::try_from(date).ok()?).ok()
}

/// The text, or its beginning and an ellipsis where it is longer than `max` UTF-16 units.
fn cut(text: &str, max: usize) -> String {
    if text.len() <= max || text.encode_utf16().count() <= max {
        return text.to_owned();
    }
    let mut used = 1;
    let kept = text.chars().take_while(|c| {
        used += c.len_utf16();
        used <= max
    });
    kept.chain(['…']).collect()
}

/// A title as the name of a sheet.
fn sheet_name(title: &str) -> String {
    let name: String = title.chars().map(|c| if "[]:*?/\\".contains(c) { ' ' } else { c }).collect();
    let name = cut(name.trim().trim_matches('\''), MAX_SHEET);
    if name.eq_ignore_ascii_case("history") { format!("{name} 1") } else { name }
}
