//! How values stand in the documents: days and moments in ISO 8601, figures as strings with every digit, words for
//! people in both languages. A program never has to parse a sentence.

use std::borrow::Cow;

use chrono::{DateTime, FixedOffset, NaiveDate};
use rust_decimal::Decimal;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Serialize, Serializer};

use crate::model::value::Currency;
use crate::model::value::money::group;
use crate::text::{Bi, StaticBi};

/// The version of the documents. It is raised when a field changes its meaning or goes away, and then the old
/// documents stay where they are for a while: within a version fields are only added.
pub const VERSION: u32 = 1;

/// The version a document is written in.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Version;

impl Serialize for Version {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_u32(VERSION)
    }
}

impl JsonSchema for Version {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        "Version".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "integer", "const": VERSION })
    }
}

/// A day: `2026-11-20`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Day(pub NaiveDate);

impl From<NaiveDate> for Day {
    fn from(day: NaiveDate) -> Self {
        Self(day)
    }
}

impl Serialize for Day {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(&self.0)
    }
}

impl JsonSchema for Day {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        "Day".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "format": "date" })
    }
}

/// A moment with the offset of its place: `2026-11-20T16:00:00+08:00`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Moment(pub DateTime<FixedOffset>);

impl From<DateTime<FixedOffset>> for Moment {
    fn from(moment: DateTime<FixedOffset>) -> Self {
        Self(moment)
    }
}

impl Serialize for Moment {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&self.0.to_rfc3339())
    }
}

impl JsonSchema for Moment {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        "Moment".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "format": "date-time" })
    }
}

/// An amount, a quantity, a weight: a string, so that no program turns it into a float. Its currency or unit stands
/// beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Figure {
    value: Decimal,
    minor: u32,
}

impl Figure {
    /// An amount, with at least the decimals of its currency.
    #[must_use]
    pub fn amount(value: Decimal, currency: Option<Currency>) -> Self {
        Self { value, minor: currency.map_or(2, Currency::minor) }
    }

    /// Any other number, without needless zeros.
    #[must_use]
    pub fn number(value: Decimal) -> Self {
        Self { value: value.normalize(), minor: 0 }
    }
}

impl From<Decimal> for Figure {
    fn from(value: Decimal) -> Self {
        Self::number(value)
    }
}

impl Serialize for Figure {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&group(self.value, self.minor).replace(',', ""))
    }
}

impl JsonSchema for Figure {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        "Figure".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "pattern": r"^-?[0-9]+(\.[0-9]+)?$" })
    }
}

/// Words for people, in both languages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Words<'a> {
    /// Chinese.
    pub zh: Cow<'a, str>,
    /// English.
    pub en: Cow<'a, str>,
}

impl Words<'_> {
    /// True where there is nothing to say.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.zh.is_empty() && self.en.is_empty()
    }

    /// Nothing instead of empty words.
    #[must_use]
    pub fn some(self) -> Option<Self> {
        if self.is_empty() { None } else { Some(self) }
    }
}

impl From<StaticBi> for Words<'_> {
    fn from((zh, en): StaticBi) -> Self {
        Self { zh: zh.into(), en: en.into() }
    }
}

impl<'a> From<&'a Bi> for Words<'a> {
    fn from(text: &'a Bi) -> Self {
        Self { zh: (&*text.zh).into(), en: (&*text.en).into() }
    }
}

impl From<Bi> for Words<'_> {
    fn from(text: Bi) -> Self {
        Self { zh: text.zh.into(), en: text.en.into() }
    }
}

/// A day, where one is known.
#[must_use]
pub fn day(day: Option<NaiveDate>) -> Option<Day> {
    day.map(Day)
}

/// A number, where one is known.
#[must_use]
pub fn number(value: Option<Decimal>) -> Option<Figure> {
    value.map(Figure::number)
}
