//! From a parsed table to records, key by key: a value that cannot be read costs that value and nothing else.
//!
//! serde would stop at the first problem of a table and loses positions behind `flatten` and untagged enums,
//! so records are declared with [`record!`](crate::record) and decode themselves. One declaration gives the
//! struct, the decoder, the list of known keys, and the editor schema.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use chrono::{DateTime, FixedOffset, NaiveDate, TimeZone};
use rust_decimal::Decimal;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::bi;
use crate::check::finding::{Finding, Place, Subject};
use crate::check::rules;
use crate::load::shape::{Choice, Key, Shape, Table};
use crate::load::suggest;
use crate::model::value::money::decimal;
use crate::model::value::{Amount, Incoterm, Mode, Percent, Tolerance};
use crate::text::Bi;

/// A parsed value with its byte range.
pub type Value<'i> = Spanned<DeValue<'i>>;

/// What decoding one file needs to know, and where it puts what is wrong.
pub struct Cx<'s> {
    /// The file, relative to the data root.
    pub file: Arc<str>,
    /// Its whole text.
    pub text: &'s str,
    /// What the file is about.
    pub subject: Subject,
    /// Byte ranges of lines that already have a syntax finding: nothing more is said about them.
    pub broken: Vec<Range<usize>>,
    /// What is wrong with the writing.
    pub findings: Vec<Finding>,
    /// Problems beyond [`MAX_FINDINGS`].
    pub more: usize,
}

/// Most findings about the writing of one file: who reads two hundred needs no more, and a file that is no data
/// at all (a table pasted as text) must not take minutes.
pub const MAX_FINDINGS: usize = 200;

impl Cx<'_> {
    /// True when the file has as many findings as are listed.
    #[must_use]
    pub fn is_full(&self) -> bool {
        self.findings.len() >= MAX_FINDINGS
    }

    /// Counts a problem that is not listed.
    pub fn count_more(&mut self) {
        self.more += 1;
    }

    /// The findings, and one that says how many are not listed.
    pub fn finish(&mut self) -> Vec<Finding> {
        let mut findings = std::mem::take(&mut self.findings);
        let (file, more) = (&self.file, self.more);
        if more > 0 {
            let mut finding = Finding::new(
                &rules::toml_syntax::RULE,
                self.subject.clone(),
                bi!(
                    "{file} 还有 {more} 处问题没有列出",
                    "{file} has {more} more problems that are not listed"
                ),
            );
            finding.at(Place::file(file), Bi::default()).help(bi!(
                "先改前面的；整个文件都读不懂，多半是内容贴错了",
                "correct the first ones; if nothing in the file can be read, the wrong text was probably pasted"
            ));
            findings.push(finding);
        }
        findings
    }

    /// True when a syntax finding already speaks for this place.
    #[must_use]
    pub fn is_broken(&self, span: &Range<usize>) -> bool {
        self.broken.iter().any(|line| span.start < line.end && line.start < span.end.max(span.start + 1))
    }

    /// Reports a problem at a byte range, unless the line is already known to be broken.
    pub fn report(
        &mut self,
        rule: &'static crate::check::rule::Rule,
        span: &Range<usize>,
        title: Bi,
        label: Bi,
    ) -> Option<&mut Finding> {
        if self.is_broken(span) {
            return None;
        }
        if self.is_full() {
            self.more += 1;
            return None;
        }
        let mut finding = Finding::new(rule, self.subject.clone(), title);
        finding.at(Place::bytes(&self.file, span.clone()), label);
        self.findings.push(finding);
        self.findings.last_mut()
    }

    /// Reports that another kind of value was expected.
    pub fn wrong_type(&mut self, value: &Value<'_>, wanted: Bi, edit: Option<String>) {
        let span = value.span();
        let file = Arc::clone(&self.file);
        let found = self.snippet(&span);
        if let Some(finding) = self.report(
            &rules::toml_wrong_type::RULE,
            &span,
            bi!("{found} 写法不对，这里要写：{wanted}", "{found} is not what belongs here: {wanted}"; wanted),
            bi!("要写：{wanted}", "wanted: {wanted}"; wanted),
        ) {
            finding.values([found]);
            match edit {
                Some(text) => {
                    finding.help(bi!("写成 {text}", "write {text}")).edit(Place::bytes(&file, span), text);
                }
                None => {
                    finding.help(bi!("改成：{wanted}", "change it to {wanted}"; wanted));
                }
            }
        }
    }

    /// The text of a range, shortened for a title.
    #[must_use]
    pub fn snippet(&self, span: &Range<usize>) -> String {
        let text = self.text.get(span.clone()).unwrap_or_default();
        let line = text.lines().next().unwrap_or_default();
        let mut short: String = line.chars().take(40).collect();
        if short.len() < text.len() {
            short.push('…');
        }
        short
    }
}

/// Something a single value decodes into.
pub trait Field: Sized {
    /// Reads the value; on failure reports why and returns `None`.
    fn decode(value: &Value<'_>, cx: &mut Cx<'_>) -> Option<Self>;
    /// What may be written.
    fn shape() -> Shape;
}

/// Something a key of a record holds: one value, several, or a table of them.
pub trait Slot: Default {
    /// True when the same key may stand in several files of an order.
    const REPEATS: bool;
    /// Adds what the value holds; returns how many elements were added.
    fn fill(&mut self, value: &Value<'_>, cx: &mut Cx<'_>) -> usize;
    /// What may be written.
    fn shape() -> Shape;
}

impl<T: Field> Slot for Option<T> {
    const REPEATS: bool = false;
    fn fill(&mut self, value: &Value<'_>, cx: &mut Cx<'_>) -> usize {
        if let Some(read) = T::decode(value, cx) {
            *self = Some(read);
        }
        1
    }
    fn shape() -> Shape {
        T::shape()
    }
}

impl<T: Field> Slot for Vec<T> {
    const REPEATS: bool = true;
    fn fill(&mut self, value: &Value<'_>, cx: &mut Cx<'_>) -> usize {
        match value.get_ref() {
            DeValue::Array(items) => {
                self.reserve_exact(items.len());
                self.extend(items.iter().filter_map(|item| T::decode(item, cx)));
                items.len()
            }
            _ => {
                // Most lists hold one large record; doubling would reserve room for four.
                self.reserve_exact(1);
                self.extend(T::decode(value, cx));
                1
            }
        }
    }
    fn shape() -> Shape {
        Shape::List(Box::new(T::shape()))
    }
}

impl<T: Field> Slot for BTreeMap<String, T> {
    const REPEATS: bool = false;
    fn fill(&mut self, value: &Value<'_>, cx: &mut Cx<'_>) -> usize {
        let DeValue::Table(table) = value.get_ref() else {
            cx.wrong_type(value, bi!("一个表", "a table"), None);
            return 0;
        };
        for (key, value) in table.iter() {
            if let Some(read) = T::decode(value, cx) {
                self.insert(key.get_ref().to_string(), read);
            }
        }
        1
    }
    fn shape() -> Shape {
        Shape::Map(Box::new(T::shape()))
    }
}

impl<T: Field> Field for Box<T> {
    fn decode(value: &Value<'_>, cx: &mut Cx<'_>) -> Option<Self> {
        T::decode(value, cx).map(Self::new)
    }
    fn shape() -> Shape {
        T::shape()
    }
}

/// A table with declared keys; implemented by [`record!`](crate::record).
pub trait Record: Default {
    /// Takes one key. `false` when the record does not know it.
    fn take(&mut self, key: &str, value: &Value<'_>, cx: &mut Cx<'_>) -> bool;
    /// Adds the record's keys to a list.
    fn keys(out: &mut Vec<Key>);
    /// What one of these is called.
    fn title() -> (&'static str, &'static str);
    /// Name for schema definitions.
    fn name() -> &'static str;

    /// The record as a shape.
    #[must_use]
    fn table() -> Table {
        let mut keys = Vec::new();
        Self::keys(&mut keys);
        Table { name: Self::name(), title: Self::title(), keys }
    }

    /// Reads every key of a table; unknown ones are findings.
    fn read(table: &DeTable<'_>, cx: &mut Cx<'_>) -> Self {
        let mut record = Self::default();
        for (key, value) in table.iter() {
            if !record.take(key.get_ref(), value, cx) {
                suggest::unknown_key::<Self>(key.get_ref(), &key.span(), cx);
            }
        }
        record
    }
}

/// A record as the value of a key. A record is never lost as a whole: what is no table becomes an empty one,
/// so that the elements after it keep their position.
pub fn decode_record<R: Record>(value: &Value<'_>, cx: &mut Cx<'_>) -> Option<R> {
    match value.get_ref() {
        DeValue::Table(table) => Some(R::read(table, cx)),
        _ => {
            let (zh, en) = R::title();
            cx.wrong_type(value, bi!("一个表（{zh}）", "a table ({en})"), None);
            Some(R::default())
        }
    }
}

/// The key a field is written under: the field's name, without the mark of a raw identifier (`r#for`).
#[must_use]
pub const fn key_of(field: &'static str) -> &'static str {
    match field.as_bytes() {
        [b'r', b'#', ..] => field.split_at(2).1,
        _ => field,
    }
}

/// Declares a record: `field: Slot, "中文", "English";`.
#[macro_export]
macro_rules! record {
    (
        $(#[$meta:meta])*
        $name:ident ($zh:literal, $en:literal) {
            $( $field:ident : $ty:ty, $fzh:literal, $fen:literal; )*
        }
        $( flatten { $( $flat:ident : $fty:ty; )* } )?
        $( extra { $( $(#[$emeta:meta])* $extra:ident : $ety:ty; )* } )?
    ) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Default, PartialEq)]
        pub struct $name {
            $( #[doc = concat!($fen, " · ", $fzh)] pub $field: $ty, )*
            $( $( #[doc = "What papers of every kind may carry."] pub $flat: $fty, )* )?
            $( $( $(#[$emeta])* pub $extra: $ety, )* )?
        }

        impl $crate::load::decode::Record for $name {
            fn take(
                &mut self,
                key: &str,
                value: &$crate::load::decode::Value<'_>,
                cx: &mut $crate::load::decode::Cx<'_>,
            ) -> bool {
                $(
                    {
                        const KEY: &str = $crate::load::decode::key_of(stringify!($field));
                        if key == KEY {
                            $crate::load::decode::Slot::fill(&mut self.$field, value, cx);
                            return true;
                        }
                    }
                )*
                $( $( if $crate::load::decode::Record::take(&mut self.$flat, key, value, cx) { return true; } )* )?
                false
            }
            fn keys(out: &mut Vec<$crate::load::shape::Key>) {
                $(
                    out.push($crate::load::shape::Key {
                        name: $crate::load::decode::key_of(stringify!($field)),
                        about: ($fzh, $fen),
                        shape: <$ty as $crate::load::decode::Slot>::shape(),
                    });
                )*
                $( $( <$fty as $crate::load::decode::Record>::keys(out); )* )?
                let _ = out;
            }
            fn title() -> (&'static str, &'static str) { ($zh, $en) }
            fn name() -> &'static str { stringify!($name) }
        }

        impl $crate::load::decode::Field for $name {
            fn decode(
                value: &$crate::load::decode::Value<'_>,
                cx: &mut $crate::load::decode::Cx<'_>,
            ) -> Option<Self> {
                $crate::load::decode::decode_record(value, cx)
            }
            fn shape() -> $crate::load::shape::Shape {
                $crate::load::shape::Shape::Table(<Self as $crate::load::decode::Record>::table)
            }
        }
    };
}

/// Declares an enumeration: `Variant = "code", "中文", "English", ["what people write instead"];`.
#[macro_export]
macro_rules! choice {
    (
        $(#[$meta:meta])*
        $name:ident { $( $variant:ident = $code:literal, $zh:literal, $en:literal, [$($alias:literal),*]; )* }
    ) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $( #[doc = concat!($en, " · ", $zh)] $variant, )* }

        impl $name {
            /// Every value, in the order of the reference.
            pub const ALL: &'static [Self] = &[ $( Self::$variant, )* ];
            const CHOICES: &'static [$crate::load::shape::Choice] = &[ $(
                $crate::load::shape::Choice { code: $code, zh: $zh, en: $en, aliases: &[$($alias),*] },
            )* ];

            /// As written in files.
            #[must_use]
            pub fn code(self) -> &'static str { match self { $( Self::$variant => $code, )* } }

            /// Its name in both languages.
            #[must_use]
            pub fn title(self) -> $crate::text::StaticBi { match self { $( Self::$variant => ($zh, $en), )* } }
        }

        impl $crate::load::decode::Field for $name {
            fn decode(
                value: &$crate::load::decode::Value<'_>,
                cx: &mut $crate::load::decode::Cx<'_>,
            ) -> Option<Self> {
                $crate::load::decode::decode_choice(value, cx, Self::CHOICES)
                    .and_then(|index| Self::ALL.get(index).copied())
            }
            fn shape() -> $crate::load::shape::Shape {
                $crate::load::shape::Shape::Choice(Self::CHOICES)
            }
        }
    };
}

/// Reads one of fixed words; a Chinese or colloquial word is recognised and offered as a fix.
pub fn decode_choice(value: &Value<'_>, cx: &mut Cx<'_>, choices: &[Choice]) -> Option<usize> {
    let Some(text) = value.get_ref().as_str() else {
        let list = list_of(choices);
        cx.wrong_type(value, bi!("其中一个：{list}", "one of {list}"), None);
        return None;
    };
    if let Some(index) = choices.iter().position(|c| c.code == text) {
        return Some(index);
    }
    let meant = suggest::choice(text, choices);
    let file = Arc::clone(&cx.file);
    let span = value.span();
    let list = list_of(choices);
    if let Some(finding) = cx.report(
        &rules::toml_unknown_value::RULE,
        &span,
        bi!("“{text}” 不是这里认识的值", "“{text}” is not a value known here"),
        bi!("不认识", "unknown"),
    ) {
        finding.values([text]);
        match meant.and_then(|index| choices.get(index)) {
            Some(choice) => {
                let code = choice.code;
                let name = Bi::from((choice.zh, choice.en));
                finding
                    .help(bi!(
                        "写 \"{code}\"（{name}）。可以写的有：{list}",
                        "write \"{code}\" ({name}). Possible values: {list}"; name
                    ))
                    .edit(Place::bytes(&file, span), format!("\"{code}\""));
            }
            None => {
                finding.help(bi!("可以写的有：{list}", "possible values: {list}"));
            }
        }
    }
    // What was clearly meant counts, so that one wrong word does not start a chain of findings.
    meant
}

fn list_of(choices: &[Choice]) -> String {
    choices.iter().map(|c| c.code).collect::<Vec<_>>().join(" ")
}

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
