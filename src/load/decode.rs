//! From a parsed table to records, key by key: a value that cannot be read costs that value and nothing else.
//!
//! serde would stop at the first problem of a table and loses positions behind `flatten` and untagged enums,
//! so records are declared with [`record!`](crate::record) and decode themselves. One declaration gives the
//! struct, the decoder, the list of known keys, and the editor schema.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::bi;
use crate::check::finding::{Finding, Place, Subject};
use crate::check::rules;
use crate::load::shape::{Choice, Key, Shape, Table};
use crate::load::suggest;
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
