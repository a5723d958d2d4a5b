//! The mapping file: which column means what. It knows nothing of any one register.
//!
//! A field is a column's heading, or a table: `column` or a fixed `value`; `dates` (the forms that occur, as in
//! `strftime`); `values` (translations, letter case aside; a cell that is not listed is a problem); `words` (texts
//! that are no value: `do = "drop-as-note"` keeps them quietly, `do = "note"` reports them, `value = "…"` reads them
//! as something else and keeps the text); `per` for sums; `ids` and `replace` for names of folders.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use serde::de::value::MapAccessDeserializer;

use super::cell;
use crate::bi;
use crate::text::Bi;

/// What kind of value a key takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Text as it stands.
    Text,
    /// Text of several lines or of several cells: a list.
    Lines,
    /// A day.
    Date,
    /// An exact number, zero or more.
    Number,
    /// An exact number that may be below zero.
    Signed,
}

use Kind::{Date, Lines, Number, Signed, Text};

/// Keys a table of the map may give, in the order in which they are written.
pub(super) type Keys = &'static [(&'static str, Kind)];

/// Keys of `order.toml` itself.
pub(super) const ORDER: Keys = &[
    ("po", Text),
    ("signed", Date),
    ("currency", Text),
    ("incoterm", Text),
    ("mode", Text),
    ("from", Text),
    ("to", Text),
    ("payment", Text),
    ("ship_by", Date),
    ("merchandiser", Text),
    ("clerk", Text),
    ("cancelled", Date),
    ("cancel_reason", Text),
];
/// Keys of `[[items]]`.
pub(super) const ITEM: Keys = &[
    ("sku", Text),
    ("customer_sku", Text),
    ("name", Text),
    ("name_zh", Text),
    ("hs", Text),
    ("origin", Text),
    ("qty", Number),
    ("unit", Text),
    ("price", Number),
    ("amount", Signed),
];
/// Keys of `[[shipments]]`.
pub(super) const SHIPMENT: Keys = &[
    ("id", Text),
    ("mode", Text),
    ("from", Text),
    ("to", Text),
    ("booking", Text),
    ("vessel", Text),
    ("voyage", Text),
    ("planned", Date),
    ("etd", Date),
    ("eta", Date),
    ("arrived", Date),
    ("delivered", Date),
];
/// Keys of `[[packing]]` in `docs.toml`.
pub(super) const PACKING: Keys = &[
    ("number", Text),
    ("date", Date),
    ("packages", Number),
    ("gross_kg", Number),
    ("net_kg", Number),
    ("cbm", Number),
];
/// Keys of `[[purchases]]`.
pub(super) const PURCHASE: Keys = &[("number", Text), ("kind", Text), ("issued", Date), ("due", Date)];
/// Keys of a customer's or supplier's file.
pub(super) const PARTY: Keys = &[
    ("name", Text),
    ("name_zh", Text),
    ("address", Lines),
    ("country", Text),
    ("email", Text),
    ("tax_id", Text),
];
/// The milestones of `[plan]` and `[actual]`, in the order of the stages.
pub(super) const MILESTONE: Keys = &[
    ("inquiry", Date),
    ("pi_sent", Date),
    ("confirmed", Date),
    ("reviewed", Date),
    ("released", Date),
    ("sample_approved", Date),
    ("materials", Date),
    ("started", Date),
    ("produced", Date),
    ("inspected", Date),
    ("booked", Date),
    ("gated_in", Date),
    ("ciq", Date),
    ("declared", Date),
    ("cleared", Date),
    ("shipped", Date),
    ("presented", Date),
    ("noticed", Date),
    ("paid", Date),
    ("closed", Date),
    ("archived", Date),
    ("followed_up", Date),
];
/// Kinds of `charges`.
pub(super) const CHARGE: Keys = &[
    ("freight", Signed),
    ("insurance", Signed),
    ("courier", Signed),
    ("tooling", Signed),
    ("discount", Signed),
];

/// What one number stands for, where a register has it on each row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Per {
    /// This row alone: values add up.
    Row,
    /// The whole delivery note: rows repeat it.
    Shipment,
    /// The whole order: rows repeat it.
    Order,
}

/// What to do with a text that is no value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Do {
    /// Known and expected: keep it as a note, say nothing.
    DropAsNote,
    /// Keep it as a note and report it.
    Note,
}

/// A text in a date, number or code column that the map knows.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Word {
    is: Option<String>,
    starts: Option<String>,
    contains: Option<String>,
    /// What is done with it, unless it has a value.
    #[serde(rename = "do")]
    pub(super) act: Option<Do>,
    /// What it is read as.
    pub(super) value: Option<String>,
}

impl Word {
    /// Whether a cell is this word, letter case aside; all patterns given must fit.
    pub(super) fn fits(&self, cell: &str) -> bool {
        let cell = cell.to_lowercase();
        let test = |pattern: &Option<String>, fits: &dyn Fn(&str) -> bool| {
            pattern.as_ref().is_none_or(|p| fits(&p.to_lowercase()))
        };
        test(&self.is, &|p| cell == p)
            && test(&self.starts, &|p| cell.starts_with(p))
            && test(&self.contains, &|p| cell.contains(p))
    }

    fn check(&self) -> Result<(), Bi> {
        let patterns = [&self.is, &self.starts, &self.contains];
        if patterns.iter().all(|p| p.as_deref().is_none_or(|p| p.trim().is_empty())) {
            return Err(bi!(
                "words 里的每一条都要写 is、starts 或 contains",
                "each entry of words needs is, starts or contains"
            ));
        }
        if self.act.is_some() == self.value.is_some() {
            return Err(bi!(
                "words 里的每一条写 do 或 value 之一",
                "each entry of words takes either do or value"
            ));
        }
        Ok(())
    }
}

/// Where a value comes from and how it is read.
#[derive(Debug, Clone, Default)]
pub(super) struct Field {
    /// The column's heading; without one, `fixed` counts for every row.
    pub(super) column: Option<String>,
    pub(super) fixed: Option<String>,
    pub(super) dates: Vec<String>,
    /// Keys in small letters.
    pub(super) values: BTreeMap<String, String>,
    pub(super) words: Vec<Word>,
    pub(super) per: Option<Per>,
    /// Keys in small letters.
    pub(super) ids: BTreeMap<String, String>,
    pub(super) replace: Vec<(String, String)>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FieldTable {
    column: Option<String>,
    value: Option<String>,
    #[serde(default)]
    dates: Vec<String>,
    #[serde(default)]
    values: BTreeMap<String, String>,
    #[serde(default)]
    words: Vec<Word>,
    per: Option<Per>,
    #[serde(default)]
    ids: BTreeMap<String, String>,
    #[serde(default)]
    replace: Vec<(String, String)>,
}

impl<'de> Deserialize<'de> for Field {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Either;
        impl<'de> serde::de::Visitor<'de> for Either {
            type Value = Field;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("a column's heading, or a table with `column` or `value`")
            }

            fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Field, E> {
                Ok(Field { column: Some(text.to_owned()), ..Field::default() })
            }

            fn visit_map<A: serde::de::MapAccess<'de>>(self, map: A) -> Result<Field, A::Error> {
                let t = FieldTable::deserialize(MapAccessDeserializer::new(map))?;
                if t.column.is_some() == t.value.is_some() {
                    return Err(serde::de::Error::custom("a field takes either `column` or `value`"));
                }
                Ok(Field {
                    column: t.column,
                    fixed: t.value,
                    dates: t.dates,
                    values: lower(t.values).map_err(serde::de::Error::custom)?,
                    words: t.words,
                    per: t.per,
                    ids: lower(t.ids).map_err(serde::de::Error::custom)?,
                    replace: t.replace,
                })
            }
        }
        deserializer.deserialize_any(Either)
    }
}

fn lower(map: BTreeMap<String, String>) -> Result<BTreeMap<String, String>, String> {
    let mut out = BTreeMap::new();
    for (key, value) in map {
        if out.insert(key.trim().to_lowercase(), value).is_some() {
            return Err(format!("`{}` is listed twice (letter case aside)", key.trim()));
        }
    }
    Ok(out)
}

/// How the register's file is written; what is absent is found out.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FileSpec {
    pub(super) encoding: Option<String>,
    pub(super) separator: Option<String>,
    pub(super) line_end: Option<super::LineEnd>,
    /// Lines above the header.
    #[serde(default)]
    pub(super) skip: usize,
    /// Decimal mark, `.` unless told.
    pub(super) decimal: Option<char>,
    /// Mark between thousands; without it, none is accepted.
    pub(super) thousands: Option<char>,
    /// Currency signs and units around a number that mean nothing more.
    #[serde(default)]
    pub(super) strip: Vec<String>,
}

/// Fields of one table of the map, by key.
pub(super) type Fields = BTreeMap<String, Field>;

/// The mapping file, checked.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Map {
    #[serde(rename = "register-map")]
    version: u32,
    #[serde(default)]
    pub(super) file: FileSpec,
    /// Date forms of every date column that has none of its own.
    #[serde(default)]
    pub(super) dates: Vec<String>,
    /// Words of every date and number column.
    #[serde(default)]
    pub(super) words: Vec<Word>,
    pub(super) order: Fields,
    #[serde(default)]
    pub(super) plan: Fields,
    #[serde(default)]
    pub(super) actual: Fields,
    #[serde(default)]
    pub(super) customer: Fields,
    #[serde(default)]
    pub(super) supplier: Fields,
    #[serde(default)]
    pub(super) purchase: Fields,
    pub(super) item: Fields,
    #[serde(default)]
    pub(super) shipment: Fields,
    #[serde(default)]
    pub(super) packing: Fields,
    #[serde(default)]
    pub(super) charges: Fields,
    /// Columns that no key takes and that are kept in `notes.md`.
    #[serde(default)]
    pub(super) notes: Vec<Field>,
    /// Columns that are left out on purpose.
    #[serde(default)]
    pub(super) ignore: Vec<String>,
}

impl Map {
    /// The headings of all columns that the map names.
    pub(super) fn columns(&self) -> BTreeSet<String> {
        self.fields().filter_map(|field| field.column.clone()).chain(self.ignore.iter().cloned()).collect()
    }

    /// The tables with the keys each takes besides those of its format table.
    fn tables(&self) -> [(&'static str, &Fields, Keys, &'static [&'static str]); 10] {
        [
            ("order", &self.order, ORDER, &["number", "year"]),
            ("plan", &self.plan, MILESTONE, &[]),
            ("actual", &self.actual, MILESTONE, &[]),
            ("customer", &self.customer, PARTY, &["id"]),
            ("supplier", &self.supplier, PARTY, &["id"]),
            ("purchase", &self.purchase, PURCHASE, &[]),
            ("item", &self.item, ITEM, &[]),
            ("shipment", &self.shipment, SHIPMENT, &[]),
            ("packing", &self.packing, PACKING, &[]),
            ("charges", &self.charges, CHARGE, &[]),
        ]
    }

    fn fields(&self) -> impl Iterator<Item = &Field> {
        self.tables().into_iter().flat_map(|(_, fields, ..)| fields.values()).chain(&self.notes)
    }

    /// The forms in which a date of this field may be written.
    pub(super) fn forms<'a>(&'a self, field: &'a Field) -> &'a [String] {
        if field.dates.is_empty() { &self.dates } else { &field.dates }
    }

    fn check(&self) -> Result<(), Bi> {
        if self.version != 1 {
            let version = self.version;
            return Err(bi!(
                "register-map = {version}: 只认识 1",
                "register-map = {version}: only 1 is known"
            ));
        }
        self.file.check()?;
        for (table, fields, keys, extra) in self.tables() {
            self.check_table(table, fields, keys, extra)?;
        }
        for (table, key, fields) in
            [("order", "number", &self.order), ("item", "qty", &self.item), ("item", "name", &self.item)]
        {
            if !fields.contains_key(key) {
                return Err(bi!("映射文件缺 [{table}] {key}", "the map lacks [{table}] {key}"));
            }
        }
        for (table, fields) in [("customer", &self.customer), ("supplier", &self.supplier)] {
            if !fields.is_empty() && !fields.contains_key("name") {
                return Err(bi!("映射文件缺 [{table}] name", "the map lacks [{table}] name"));
            }
        }
        self.words.iter().chain(self.fields().flat_map(|f| &f.words)).try_for_each(Word::check)?;
        self.dates
            .iter()
            .chain(self.fields().flat_map(|f| &f.dates))
            .try_for_each(|form| cell::check_form(form))
    }

    fn check_table(&self, table: &str, fields: &Fields, keys: Keys, extra: &[&str]) -> Result<(), Bi> {
        for (key, field) in fields {
            let kind = keys.iter().find(|(k, _)| k == key).map(|(_, kind)| *kind);
            if kind.is_none() && !extra.contains(&key.as_str()) {
                let known = keys.iter().map(|(k, _)| *k).chain(extra.iter().copied());
                let near = nearest(key, known);
                return Err(bi!(
                    "映射文件 [{table}] 没有 {key} 这一项; 最接近的是 {near}",
                    "[{table}] of the map takes no {key}; the nearest is {near}"
                ));
            }
            let sums = table == "charges" || (table == "packing" && kind == Some(Number));
            if sums && field.column.is_some() && field.per.is_none() {
                return Err(bi!(
                    "[{table}] {key} 要写 per = \"row\" (各行相加)、\"shipment\" 或 \"order\" (各行重复同一个数)",
                    "[{table}] {key} needs per = \"row\" (rows add up), \"shipment\" or \"order\" (rows repeat it)"
                ));
            }
            if table == "packing" && field.per == Some(Per::Order) {
                return Err(bi!(
                    "[packing] {key} 按出货单登记, per 不能是 order",
                    "[packing] {key} belongs to a delivery note, per cannot be order"
                ));
            }
            let date = kind == Some(Date) || key == "year";
            if date && field.column.is_some() && self.forms(field).is_empty() {
                return Err(bi!(
                    "[{table}] {key} 是日期栏, 要写 dates = [\"%Y-%m-%d\"] 这样的写法",
                    "[{table}] {key} is a date column and needs its forms, such as dates = [\"%Y-%m-%d\"]"
                ));
            }
        }
        Ok(())
    }
}

impl FileSpec {
    fn check(&self) -> Result<(), Bi> {
        let (decimal, thousands) = (self.decimal.unwrap_or('.'), self.thousands);
        if thousands == Some(decimal)
            || decimal.is_ascii_digit()
            || thousands.is_some_and(|c| c.is_ascii_digit())
        {
            return Err(bi!(
                "[file] decimal 与 thousands 不能相同, 也不能是数字",
                "[file] decimal and thousands must differ and be no digits"
            ));
        }
        Ok(())
    }
}

/// Reads and checks a mapping file.
pub(super) fn parse(text: &str) -> Result<Map, Bi> {
    let map: Map = toml::from_str(text).map_err(|error| {
        let at =
            error.span().map_or(1, |span| 1 + text.bytes().take(span.start).filter(|&b| b == b'\n').count());
        let said = super::report::shown(error.message());
        bi!("映射文件第 {at} 行: {said}", "line {at} of the map: {said}")
    })?;
    map.check()?;
    Ok(map)
}

/// The known word nearest to what was written.
pub(super) fn nearest<'a>(written: &str, known: impl Iterator<Item = &'a str>) -> String {
    known
        .min_by_key(|k| strsim::damerau_levenshtein(&k.to_lowercase(), &written.to_lowercase()))
        .unwrap_or_default()
        .to_owned()
}
