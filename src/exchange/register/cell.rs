//! Reads one cell as the map says: text, day or exact number. What is none of these becomes a note.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use chrono::{Datelike, NaiveDate};
use rust_decimal::Decimal;

use super::map::{Do, Field, FileSpec, Kind, Map};
use super::read::{Row, heading};
use super::report::{Problem, is_hidden, shown};
use super::table::Val;
use crate::bi;
use crate::text::Bi;

/// A text longer than this is no name and no number; it goes to the notes.
const MAX_TEXT: usize = 4096;

/// Years a trade register can speak of. Without bounds, `%Y` reads the `14` of `1/9/14` as the year 14.
const YEARS: std::ops::RangeInclusive<i32> = 1900..=2100;

/// A cell kept in its own words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Note {
    pub(super) column: String,
    pub(super) text: String,
}

/// Reads cells, and collects what could not be read.
#[derive(Debug)]
pub(super) struct Reading<'a> {
    pub(super) map: &'a Map,
    columns: &'a BTreeMap<String, usize>,
    problems: BTreeSet<Problem>,
    /// By row, then by column number.
    notes: BTreeMap<u64, BTreeMap<usize, Note>>,
}

/// A cell's text after words and translations.
struct Resolved {
    text: String,
    /// Whether the map wrote it, so that its own forms of dates and numbers count.
    from_map: bool,
}

impl<'a> Reading<'a> {
    pub(super) fn new(map: &'a Map, columns: &'a BTreeMap<String, usize>, problems: Vec<Problem>) -> Self {
        Self { map, columns, problems: problems.into_iter().collect(), notes: BTreeMap::new() }
    }

    /// The value of a field in a row, as the kind of the key it goes to.
    pub(super) fn value(&mut self, field: &Field, kind: Kind, row: &Row) -> Option<Val> {
        match kind {
            Kind::Text => self.text(field, row).map(Val::Text),
            Kind::Lines => self.text(field, row).map(|text| {
                Val::List(text.lines().map(str::trim).filter(|l| !l.is_empty()).map(Val::text).collect())
            }),
            Kind::Date => self.date(field, row).map(Val::Date),
            Kind::Number | Kind::Signed => self.number(field, kind, row).map(Val::Number),
        }
    }

    /// A text cell. Characters that print as nothing are taken out, and that is reported.
    pub(super) fn text(&mut self, field: &Field, row: &Row) -> Option<String> {
        let text = self.resolve(field, row, false)?.text;
        if text.chars().nth(MAX_TEXT).is_some() {
            let what = bi!(
                "超过 {MAX_TEXT} 个字, 不写入栏目, 原文留作备注",
                "longer than {MAX_TEXT} characters; not entered, kept as a note"
            );
            self.refuse(field, row, what);
            return None;
        }
        if text.starts_with(['=', '@', '+']) {
            let what = bi!(
                "看起来像表格公式; 按普通文字保留",
                "looks like a spreadsheet formula; kept as plain text"
            );
            self.problem(field, row, what);
        }
        if !text.contains(is_hidden) {
            return Some(text);
        }
        let what = bi!(
            "含有看不见的控制字符; 已去掉, 原文留作备注",
            "holds control characters that cannot be seen; taken out, the original kept as a note"
        );
        self.refuse(field, row, what);
        let clean: String = text.chars().filter(|&c| !is_hidden(c)).collect();
        let clean = clean.trim();
        (!clean.is_empty()).then(|| clean.to_owned())
    }

    /// A date cell.
    pub(super) fn date(&mut self, field: &Field, row: &Row) -> Option<NaiveDate> {
        let found = self.resolve(field, row, true)?;
        let iso = ["%Y-%m-%d".to_owned()];
        let map = self.map;
        let forms = if found.from_map { &iso } else { map.forms(field) };
        match parse_date(&found.text, forms) {
            Ok(date) => Some(date),
            Err(what) => {
                self.refuse(field, row, what);
                None
            }
        }
    }

    /// A number cell; below zero only where the kind allows it.
    pub(super) fn number(&mut self, field: &Field, kind: Kind, row: &Row) -> Option<Decimal> {
        let found = self.resolve(field, row, true)?;
        let plain = FileSpec::default();
        let map = self.map;
        let spec = if found.from_map { &plain } else { &map.file };
        let what = match parse_number(&found.text, spec) {
            Ok(number) if kind == Kind::Number && number.is_sign_negative() && !number.is_zero() => {
                bi!("不能是负数; 原文留作备注", "cannot be below zero; kept as a note")
            }
            Ok(number) => return Some(number),
            Err(what) => what,
        };
        self.refuse(field, row, what);
        None
    }

    /// The value that rows agree on. The first one counts; rows that differ are reported and keep theirs as a note.
    pub(super) fn agreed(&mut self, field: &Field, kind: Kind, rows: &[&Row]) -> Option<Val> {
        let mut first: Option<Val> = None;
        for row in rows {
            let Some(value) = self.value(field, kind, row) else { continue };
            match &first {
                None => first = Some(value),
                Some(counts) if *counts == value => {}
                Some(counts) => self.differs(field, row, &counts.plain(), &value.plain()),
            }
        }
        first
    }

    /// Keeps a cell that other rows contradict.
    pub(super) fn differs(&mut self, field: &Field, row: &Row, counts: &str, own: &str) {
        let counts = shown(counts);
        let what = bi!(
            "与同一单的前面一行不同, 以前面的 {counts} 为准; 这一行的留作备注",
            "differs from an earlier row of the same order, whose {counts} counts; this row's is kept as a note"
        );
        self.problem(field, row, what);
        self.note_as(field, row, own.to_owned());
    }

    /// Keeps a cell in `notes.md`: days in ISO form, all else as it stands.
    pub(super) fn keep(&mut self, field: &Field, row: &Row) {
        if field.dates.is_empty() {
            self.note(field, row);
        } else if let Some(date) = self.date(field, row) {
            self.note_as(field, row, date.to_string());
        }
    }

    /// Reports a cell and keeps it as a note.
    pub(super) fn refuse(&mut self, field: &Field, row: &Row, what: Bi) {
        self.problem(field, row, what);
        self.note(field, row);
    }

    /// Reports a cell.
    pub(super) fn problem(&mut self, field: &Field, row: &Row, what: Bi) {
        let column = field.column.clone().unwrap_or_default();
        let value =
            shown(self.cell(field, row).map_or_else(|| field.fixed.as_deref().unwrap_or(""), |(_, c)| c));
        self.problems.insert(Problem { row: row.number, column, value, what });
    }

    /// Reports a whole row.
    pub(super) fn problem_row(&mut self, row: &Row, what: Bi) {
        self.problems.insert(row.problem(what));
    }

    /// The notes of one row, in the order of the columns.
    pub(super) fn take_notes(&mut self, row: &Row) -> Vec<Note> {
        self.notes.remove(&row.number).unwrap_or_default().into_values().collect()
    }

    /// All problems, by row and column.
    pub(super) fn into_problems(self) -> Vec<Problem> {
        self.problems.into_iter().collect()
    }

    fn cell<'r>(&self, field: &Field, row: &'r Row) -> Option<(usize, &'r str)> {
        let column = *self.columns.get(&heading(field.column.as_deref()?))?;
        Some((column, row.cell(column)))
    }

    fn note(&mut self, field: &Field, row: &Row) {
        if let Some((_, cell)) = self.cell(field, row) {
            self.note_as(field, row, cell.to_owned());
        }
    }

    fn note_as(&mut self, field: &Field, row: &Row, text: String) {
        if let Some((at, cell)) = self.cell(field, row)
            && !cell.is_empty()
        {
            let column = field.column.clone().unwrap_or_default();
            self.notes.entry(row.number).or_default().insert(at, Note { column, text });
        }
    }

    /// The cell after words and translations; `None` when it is empty or has become a note.
    fn resolve(&mut self, field: &Field, row: &Row, with_common: bool) -> Option<Resolved> {
        if let Some(text) = &field.fixed {
            return Some(Resolved { text: text.clone(), from_map: true });
        }
        let (_, cell) = self.cell(field, row)?;
        if cell.is_empty() {
            return None;
        }
        let map = self.map;
        let common: &[_] = if with_common { &map.words } else { &[] };
        if let Some(word) = field.words.iter().chain(common).find(|word| word.fits(cell)) {
            self.note(field, row);
            if word.act == Some(Do::Note) {
                let what = bi!("是文字不是值; 留作备注", "words and no value; kept as a note");
                self.problem(field, row, what);
            }
            return word.value.clone().map(|text| Resolved { text, from_map: true });
        }
        if field.values.is_empty() {
            return Some(Resolved { text: cell.to_owned(), from_map: false });
        }
        if let Some(text) = field.values.get(&cell.to_lowercase()) {
            return Some(Resolved { text: text.clone(), from_map: true });
        }
        let what = bi!(
            "映射文件的 values 里没有这个值; 没有写入, 留作备注",
            "not among the values of the map; not entered, kept as a note"
        );
        self.refuse(field, row, what);
        None
    }
}

/// Whether a form of dates is one, and gives a whole day.
pub(super) fn check_form(form: &str) -> Result<(), Bi> {
    let sample = NaiveDate::from_ymd_opt(2014, 11, 23).unwrap_or_default();
    let mut text = String::new();
    let whole = write!(text, "{}", sample.format(form)).is_ok()
        && NaiveDate::parse_from_str(&text, form).is_ok_and(|date| date == sample);
    if whole {
        return Ok(());
    }
    let form = shown(form);
    Err(bi!(
        "日期写法 {form} 读不出完整的年月日; 例如 \"%d/%m/%Y\"、\"%d-%b-%y\"",
        "the date form {form} does not give a whole day; such as \"%d/%m/%Y\", \"%d-%b-%y\""
    ))
}

/// A day in one of the forms. Forms that read it differently are an error: a day is never guessed.
fn parse_date(text: &str, forms: &[String]) -> Result<NaiveDate, Bi> {
    let days: BTreeSet<NaiveDate> = forms
        .iter()
        .filter_map(|form| NaiveDate::parse_from_str(text, form).ok())
        .filter(|day| YEARS.contains(&day.year()))
        .collect();
    let mut days = days.into_iter();
    match (days.next(), days.next()) {
        (Some(day), None) => Ok(day),
        (Some(one), Some(two)) => Err(bi!(
            "可以读成 {one} 也可以读成 {two}; 没有写入, 留作备注, 请在映射文件只留一种写法",
            "reads as {one} and as {two}; not entered, kept as a note; leave one form in the map"
        )),
        (None, _) => Err(bi!(
            "不是映射文件所列写法的日期; 没有写入, 留作备注",
            "no date in any form of the map; not entered, kept as a note"
        )),
    }
}

/// An exact number of at most 18 digits before and 10 behind the decimal mark.
fn parse_number(text: &str, spec: &FileSpec) -> Result<Decimal, Bi> {
    let no = || {
        bi!(
            "不是数字; 没有写入, 留作备注, 不当作零",
            "no number; not entered, kept as a note, not taken as zero"
        )
    };
    let bare = strip(text, &spec.strip);
    let (sign, digits) = bare.strip_prefix('-').map_or(("", bare), |rest| ("-", rest));
    let (whole, fraction) = match digits.split_once(spec.decimal.unwrap_or('.')) {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (digits, None),
    };
    let whole = ungroup(whole, spec.thousands).ok_or_else(no)?;
    let is_digits = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
    if !is_digits(&whole) || fraction.is_some_and(|f| !is_digits(f)) {
        return Err(no());
    }
    let whole = whole.trim_start_matches('0');
    let fraction = fraction.unwrap_or_default();
    if whole.len() > 18 || fraction.len() > 10 {
        return Err(bi!(
            "数字太长 (整数最多 18 位, 小数最多 10 位); 没有写入, 留作备注",
            "too long a number (18 digits, 10 decimals at most); not entered, kept as a note"
        ));
    }
    let point = if fraction.is_empty() { "" } else { "." };
    Decimal::from_str_exact(&format!("{sign}0{whole}{point}{fraction}")).map_err(|_| no())
}

fn strip<'t>(text: &'t str, signs: &[String]) -> &'t str {
    let mut text = text.trim();
    for sign in signs {
        text = text.strip_prefix(sign.as_str()).unwrap_or(text);
        text = text.strip_suffix(sign.as_str()).unwrap_or(text).trim();
    }
    text
}

/// Takes the marks between thousands out, where they stand at thousands.
fn ungroup(whole: &str, mark: Option<char>) -> Option<String> {
    let Some(mark) = mark.filter(|&mark| whole.contains(mark)) else { return Some(whole.to_owned()) };
    let mut groups = whole.split(mark);
    let first = groups.next().unwrap_or_default();
    let fits = (1..=3).contains(&first.len()) && groups.all(|group| group.len() == 3);
    fits.then(|| whole.chars().filter(|&c| c != mark).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn forms(forms: &[&str]) -> Vec<String> {
        forms.iter().map(|&f| f.to_owned()).collect()
    }

    #[test]
    fn a_day_is_read_or_refused_never_guessed() {
        let day = |y, m, d| NaiveDate::from_ymd_opt(y, m, d).unwrap();
        let american = forms(&["%m/%d/%y", "%m/%d/%Y", "%d-%b-%y", "%Y-%m-%d"]);
        assert_eq!(parse_date("9/11/14", &american), Ok(day(2014, 9, 11)));
        assert_eq!(parse_date("9/11/2014", &american), Ok(day(2014, 9, 11)));
        assert_eq!(parse_date("14-Nov-06", &american), Ok(day(2006, 11, 14)));
        assert!(parse_date("2006-02-30", &american).is_err());
        assert!(parse_date("Pre-PQ Process", &american).is_err());
        let both = forms(&["%d/%m/%Y", "%m/%d/%Y"]);
        assert_eq!(parse_date("13/04/2020", &both), Ok(day(2020, 4, 13)));
        assert_eq!(parse_date("04/04/2020", &both), Ok(day(2020, 4, 4)));
        let error = parse_date("03/04/2020", &both).unwrap_err();
        assert!(error.en.contains("2020-03-04") && error.en.contains("2020-04-03"), "{error:?}");
    }

    #[test]
    fn a_form_must_give_a_whole_day() {
        assert!(check_form("%d-%b-%y").is_ok());
        for form in ["%Y", "%m/%d", "%H:%M", "%Q", "", "%", "plain"] {
            assert!(check_form(form).is_err(), "{form}");
        }
    }

    #[test]
    fn numbers_keep_their_decimals() {
        let plain = FileSpec::default();
        let text = |s: &str| parse_number(s, &plain).map(|n| n.to_string());
        assert_eq!(text("6.20").unwrap(), "6.20");
        assert_eq!(text("007").unwrap(), "7");
        assert_eq!(text("0").unwrap(), "0");
        assert_eq!(text("-0.50").unwrap(), "-0.50");
        assert_eq!(text("123456789012345678.0123456789").unwrap(), "123456789012345678.0123456789");
        for bad in
            ["", "-", ".", "1.", ".5", "1e5", "+5", "1,234", "(12)", "12 kg", "NaN", "١٢", "--1", "1.2.3"]
        {
            assert!(text(bad).is_err(), "{bad}");
        }
        assert!(text("1234567890123456789").is_err());
    }

    #[test]
    fn marks_and_signs_are_those_of_the_map() {
        let german = FileSpec { decimal: Some(','), thousands: Some('.'), ..FileSpec::default() };
        assert_eq!(parse_number("1.234,50", &german).unwrap().to_string(), "1234.50");
        assert!(parse_number("1.23,50", &german).is_err());
        assert!(parse_number("1,234.50", &german).is_err());
        let dollars =
            FileSpec { strip: vec!["$".into(), "USD".into()], thousands: Some(','), ..FileSpec::default() };
        assert_eq!(parse_number("USD 1,234.50", &dollars).unwrap().to_string(), "1234.50");
        assert_eq!(parse_number("$12", &dollars).unwrap().to_string(), "12");
    }
}
