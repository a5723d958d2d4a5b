//! How single values are written: text, flags, dates, numbers, amounts, percentages, terms. Each says what it wanted
//! when it cannot read what stands there, and offers the replacement when only one thing can be meant.

use std::borrow::Cow;

use chrono::{DateTime, FixedOffset, NaiveDate, TimeZone};
use rust_decimal::Decimal;
use toml::de::DeValue;

use crate::bi;
use crate::check::rules;
use crate::load::decode::{Cx, Field, Value, decode_choice};
use crate::load::shape::{Choice, Shape};
use crate::load::suggest;
use crate::model::value::money::decimal;
use crate::model::value::{Amount, Incoterm, Mode, Percent, Tolerance};
use crate::text::Bi;

/// The digits of a bare number as written, `None` for anything else.
fn bare_number<'v>(value: &'v Value<'_>) -> Option<Cow<'v, str>> {
    match value.get_ref() {
        // The radix prefix is not part of `as_str`; it is put back so that the decimal reader refuses it.
        DeValue::Integer(i) if i.radix() != 10 => Some(Cow::Owned(format!("0x{}", i.as_str()))),
        DeValue::Integer(i) => Some(Cow::Borrowed(i.as_str())),
        DeValue::Float(f) => Some(Cow::Borrowed(f.as_str())),
        _ => None,
    }
}

impl Field for String {
    fn decode(value: &Value<'_>, cx: &mut Cx<'_>) -> Option<Self> {
        match value.get_ref() {
            DeValue::String(text) => Some(text.to_string()),
            DeValue::Integer(_) | DeValue::Float(_) | DeValue::Datetime(_) => {
                let raw = cx.text.get(value.span()).unwrap_or_default().to_owned();
                cx.wrong_type(value, bi!("加引号的文字", "text in quotes"), Some(format!("\"{raw}\"")));
                Some(raw)
            }
            _ => {
                cx.wrong_type(value, bi!("加引号的文字", "text in quotes"), None);
                None
            }
        }
    }
    fn shape() -> Shape {
        Shape::Text
    }
}

impl Field for bool {
    fn decode(value: &Value<'_>, cx: &mut Cx<'_>) -> Option<Self> {
        match value.get_ref() {
            DeValue::Boolean(flag) => Some(*flag),
            DeValue::String(text) => {
                let meant = match text.trim().to_lowercase().as_str() {
                    "true" | "yes" | "y" | "是" | "允许" | "allowed" => Some(true),
                    "false" | "no" | "n" | "否" | "不允许" | "not allowed" => Some(false),
                    _ => None,
                };
                cx.wrong_type(
                    value,
                    bi!("true 或 false（不加引号）", "true or false (without quotes)"),
                    meant.map(|m| m.to_string()),
                );
                meant
            }
            _ => {
                cx.wrong_type(value, bi!("true 或 false", "true or false"), None);
                None
            }
        }
    }
    fn shape() -> Shape {
        Shape::Flag
    }
}

/// The date of a TOML date, `None` when the calendar has no such day.
#[must_use]
pub fn naive(date: toml::value::Date) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(i32::from(date.year), u32::from(date.month), u32::from(date.day))
}

impl Field for NaiveDate {
    fn decode(value: &Value<'_>, cx: &mut Cx<'_>) -> Option<Self> {
        match value.get_ref() {
            DeValue::Datetime(moment) => {
                let date = moment.date.and_then(naive);
                if date.is_none() || moment.time.is_some() {
                    cx.wrong_type(
                        value,
                        bi!("只到日的日期，例如 2026-11-07", "a date without a time, like 2026-11-07"),
                        date.map(|d| d.to_string()),
                    );
                }
                date
            }
            DeValue::String(text) => {
                let meant = suggest::date(text);
                cx.wrong_type(
                    value,
                    bi!("不加引号的日期，例如 2026-11-07", "a date without quotes, like 2026-11-07"),
                    meant.map(|d| d.to_string()),
                );
                meant
            }
            _ => {
                cx.wrong_type(value, bi!("日期，例如 2026-11-07", "a date like 2026-11-07"), None);
                None
            }
        }
    }
    fn shape() -> Shape {
        Shape::Date
    }
}

/// A date-time with its offset; `None` when a part is missing or no such moment exists.
fn moment(written: &toml::value::Datetime) -> Option<DateTime<FixedOffset>> {
    let (date, time) = (naive(written.date?)?, written.time?);
    let second = time.second.unwrap_or(0);
    let local = date.and_hms_opt(u32::from(time.hour), u32::from(time.minute), u32::from(second).min(59))?;
    let minutes = match written.offset? {
        toml::value::Offset::Z => 0,
        toml::value::Offset::Custom { minutes } => i32::from(minutes),
    };
    FixedOffset::east_opt(minutes.checked_mul(60)?)?.from_local_datetime(&local).single()
}

/// A date-time with its offset (a cut-off); a bare date stands for the start of that day without a zone.
impl Field for DateTime<FixedOffset> {
    fn decode(value: &Value<'_>, cx: &mut Cx<'_>) -> Option<Self> {
        let read = match value.get_ref() {
            DeValue::Datetime(moment) => self::moment(moment),
            _ => None,
        };
        if read.is_none() {
            cx.wrong_type(
                value,
                bi!(
                    "带时区的时刻，例如 2026-11-03T12:00:00+08:00",
                    "a date and time with its zone, like 2026-11-03T12:00:00+08:00"
                ),
                None,
            );
        }
        read
    }
    fn shape() -> Shape {
        Shape::Moment
    }
}

impl Field for Decimal {
    fn decode(value: &Value<'_>, cx: &mut Cx<'_>) -> Option<Self> {
        if let Some(digits) = bare_number(value) {
            return match decimal(&digits) {
                Ok(number) => Some(number),
                Err(error) => {
                    amount_problem(value, cx, error.message());
                    None
                }
            };
        }
        let meant = value.get_ref().as_str().and_then(|t| decimal(&t.trim().replace(',', "")).ok());
        cx.wrong_type(value, bi!("不加引号的数字", "a bare number"), meant.map(|d| d.to_string()));
        meant
    }
    fn shape() -> Shape {
        Shape::Number
    }
}

impl Field for u32 {
    fn decode(value: &Value<'_>, cx: &mut Cx<'_>) -> Option<Self> {
        let read = bare_number(value).and_then(|digits| digits.replace('_', "").parse().ok());
        if read.is_none() {
            cx.wrong_type(value, bi!("不加引号的整数", "a whole number"), None);
        }
        read
    }
    fn shape() -> Shape {
        Shape::Integer
    }
}

fn amount_problem(value: &Value<'_>, cx: &mut Cx<'_>, why: Bi) {
    let span = value.span();
    let found = cx.snippet(&span);
    if let Some(finding) = cx.report(
        &rules::amount_exact::RULE,
        &span,
        bi!("{found} 不能当作精确的数：{why}", "{found} cannot be read as an exact number: {why}"; why),
        why,
    ) {
        finding.values([found]).help(bi!(
            "数字照写，例如 13187.00；带币种或千分位就加引号，例如 \"USD 13,187.00\"",
            "write the digits, like 13187.00; with a currency or thousands separators put it in quotes, like \"USD 13,187.00\""
        ));
    }
}

impl Field for Amount {
    fn decode(value: &Value<'_>, cx: &mut Cx<'_>) -> Option<Self> {
        let read = match (bare_number(value), value.get_ref().as_str()) {
            (Some(digits), _) => decimal(&digits).map(|number| Self { value: number, currency: None }),
            (None, Some(text)) => Self::parse(text),
            _ => {
                cx.wrong_type(
                    value,
                    bi!(
                        "金额，例如 13187.00 或 \"USD 13,187.00\"",
                        "an amount like 13187.00 or \"USD 13,187.00\""
                    ),
                    None,
                );
                return None;
            }
        };
        read.map_err(|error| amount_problem(value, cx, error.message())).ok()
    }
    fn shape() -> Shape {
        Shape::Amount
    }
}

/// Reads a value written as text with `parse`; the error's explanation becomes the label.
fn parsed<T>(
    value: &Value<'_>,
    cx: &mut Cx<'_>,
    wanted: Bi,
    parse: impl FnOnce(&str) -> Result<T, Bi>,
) -> Option<T> {
    let Some(text) = value.get_ref().as_str() else {
        let quoted = bare_number(value).map(|n| format!("\"{n}\""));
        cx.wrong_type(value, wanted, quoted);
        return None;
    };
    match parse(text) {
        Ok(read) => Some(read),
        Err(why) => {
            let span = value.span();
            if let Some(finding) = cx.report(
                &rules::toml_wrong_type::RULE,
                &span,
                bi!("“{text}” 读不成{wanted}", "“{text}” cannot be read as {wanted}"; wanted),
                why,
            ) {
                finding.values([text]).help(bi!("写成{wanted}", "write {wanted}"; wanted));
            }
            None
        }
    }
}

impl Field for Percent {
    fn decode(value: &Value<'_>, cx: &mut Cx<'_>) -> Option<Self> {
        parsed(value, cx, bi!("带 % 的百分数，例如 \"5%\"", "a percentage like \"5%\""), |text| {
            Self::parse(text).map_err(|why| why.message())
        })
    }
    fn shape() -> Shape {
        Shape::Percent
    }
}

impl Field for Tolerance {
    fn decode(value: &Value<'_>, cx: &mut Cx<'_>) -> Option<Self> {
        let wanted = bi!("溢短装，例如 \"5%\" 或 \"+5%/-0%\"", "a tolerance like \"5%\" or \"+5%/-0%\"");
        parsed(value, cx, wanted, |text| Self::parse(text).map_err(|why| why.message()))
    }
    fn shape() -> Shape {
        Shape::Percent
    }
}

impl Field for Mode {
    fn decode(value: &Value<'_>, cx: &mut Cx<'_>) -> Option<Self> {
        decode_choice(value, cx, MODES).and_then(|index| Self::parse(MODES.get(index)?.code))
    }
    fn shape() -> Shape {
        Shape::Choice(MODES)
    }
}

macro_rules! modes {
    ($($code:literal $zh:literal $en:literal [$($alias:literal),*])*) => {
        &[$(Choice { code: $code, zh: $zh, en: $en, aliases: &[$($alias),*] }),*]
    };
}

const MODES: &[Choice] = modes! {
    "sea-fcl" "海运整柜" "sea, full container" ["海运", "整柜", "整箱", "FCL", "sea", "ocean", "by sea"]
    "sea-lcl" "海运拼箱" "sea, less than container" ["拼箱", "拼柜", "散货拼箱", "LCL"]
    "sea-bulk" "海运散装" "sea, bulk or break-bulk" ["散装", "散杂货", "bulk", "breakbulk"]
    "air" "空运" "air" ["空运", "air freight", "by air", "飞机"]
    "rail" "铁路" "rail" ["铁路", "中欧班列", "班列", "train"]
    "road" "公路" "road" ["公路", "汽运", "卡车", "truck"]
    "courier" "快递" "courier" ["快递", "express", "DHL", "UPS", "FedEx"]
    "multimodal" "多式联运" "multimodal" ["多式联运", "联运", "combined"]
};

/// The trade term stays as written; whether it is one is for a rule to say.
#[derive(Debug, Clone, PartialEq)]
pub struct TermText {
    /// As written.
    pub text: String,
    /// As understood, when it could be.
    pub term: Option<Incoterm>,
}

impl Field for TermText {
    fn decode(value: &Value<'_>, cx: &mut Cx<'_>) -> Option<Self> {
        let text = String::decode(value, cx)?;
        let term = Incoterm::parse(&text).ok();
        Some(Self { text, term })
    }
    fn shape() -> Shape {
        Shape::Text
    }
}

/// `true`, `false` or `"conditional"` (partial shipment, transhipment).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Allowed {
    /// Allowed.
    Yes,
    /// Not allowed.
    No,
    /// Under a condition that stands elsewhere.
    Conditional,
}

impl Field for Allowed {
    fn decode(value: &Value<'_>, cx: &mut Cx<'_>) -> Option<Self> {
        match value.get_ref() {
            DeValue::Boolean(true) => Some(Self::Yes),
            DeValue::Boolean(false) => Some(Self::No),
            DeValue::String(text) if text == "conditional" => Some(Self::Conditional),
            other => {
                let meant = other.as_str().and_then(|t| match t.trim().to_uppercase().as_str() {
                    "ALLOWED" | "PERMITTED" | "YES" | "允许" | "是" | "TRUE" => Some(Self::Yes),
                    "NOT ALLOWED" | "PROHIBITED" | "FORBIDDEN" | "NO" | "不允许" | "否" | "FALSE" => {
                        Some(Self::No)
                    }
                    "CONDITIONAL" | "有条件" => Some(Self::Conditional),
                    _ => None,
                });
                let edit = meant.map(|m| match m {
                    Self::Yes => "true".to_owned(),
                    Self::No => "false".to_owned(),
                    Self::Conditional => "\"conditional\"".to_owned(),
                });
                cx.wrong_type(
                    value,
                    bi!("true、false 或 \"conditional\"", "true, false or \"conditional\""),
                    edit,
                );
                meant
            }
        }
    }
    fn shape() -> Shape {
        Shape::Either(vec![Shape::Flag, Shape::Text])
    }
}

/// Originals: a number, or `"full"` for a full set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Originals {
    /// This many.
    Count(u32),
    /// All that were issued.
    Full,
}

impl Field for Originals {
    fn decode(value: &Value<'_>, cx: &mut Cx<'_>) -> Option<Self> {
        if value.get_ref().as_str() == Some("full") {
            return Some(Self::Full);
        }
        let read = bare_number(value).and_then(|digits| digits.parse().ok()).map(Self::Count);
        if read.is_none() {
            cx.wrong_type(value, bi!("份数，或 \"full\"（全套）", "a number, or \"full\" (full set)"), None);
        }
        read
    }
    fn shape() -> Shape {
        Shape::Either(vec![Shape::Integer, Shape::Text])
    }
}

/// Text that stands for one value or several lines of it (an address, marks).
pub type Lines = Vec<String>;
