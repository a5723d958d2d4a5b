//! One version of an order as it reads, however it is written.

use std::collections::BTreeMap;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

use chrono::{DateTime, FixedOffset, NaiveDate};
use rust_decimal::Decimal;
use toml::de::{DeTable, DeValue};

use crate::change::form::{Form, ORDER, TableForm};
use crate::check::finding::Subject;
use crate::load::decode::{Cx, Field, Record, Value};
use crate::load::{source, suggest, syntax};
use crate::model::party::Defaults;
use crate::model::value::{Amount, Currency, Tolerance};

/// A single value, in one way of writing.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Leaf {
    Text(String),
    Date(NaiveDate),
    Moment(DateTime<FixedOffset>),
    Number(Decimal),
    Amount(Decimal, Option<Currency>),
    Flag(bool),
    Code(&'static str),
    Many(Vec<Leaf>),
}

/// A value with what is below it. Keys of a table are positions in its form.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Node {
    Leaf(Leaf),
    Table(Vec<(usize, Node)>),
    List(Vec<Node>),
    Map(BTreeMap<String, Node>),
}

/// One version of an order: what its files say together, and nothing of how they say it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sheet {
    /// Shared between the versions of an order: most of what an order says stays as it was.
    pub(super) keys: BTreeMap<usize, Arc<Node>>,
}

impl Sheet {
    /// Reads the texts of an order's TOML files: `(path, text)`, in the order of their paths. Never fails: broken
    /// text is read as far as the loader reads it, and a key in two files counts where it stands first.
    #[must_use]
    pub fn read(files: &[(&str, &str)]) -> Self {
        let mut sheet = Self::default();
        for (path, text) in files {
            with_table(path, text, |table, cx| sheet.add_table(table, cx));
        }
        sheet
    }

    /// The order that its files make together, each read by itself, in the order of their paths.
    #[must_use]
    pub fn join<'s>(files: impl IntoIterator<Item = &'s Self>) -> Self {
        let mut sheet = Self::default();
        for file in files {
            sheet.add_all(file);
        }
        sheet
    }

    /// Adds what another file or section says.
    pub(super) fn add_all(&mut self, other: &Self) {
        for (index, node) in &other.keys {
            self.put(*index, Arc::clone(node));
        }
    }

    /// What a customer's file gives orders that do not say it: its `[defaults]`.
    #[must_use]
    pub fn defaults(customer: &str) -> Self {
        let mut sheet = Self::default();
        let mut names = Vec::new();
        Defaults::keys(&mut names);
        with_table("", customer, |table, cx| {
            let Some(DeValue::Table(defaults)) = table.get("defaults").map(toml::Spanned::get_ref) else {
                return;
            };
            for key in names {
                let Some((index, form)) = ORDER.find(key.name) else { continue };
                if let Some(value) = defaults.get(key.name) {
                    sheet.add(index, &form.form, value, cx);
                }
            }
        });
        sheet
    }

    /// Adds what the customer gives where the order says nothing.
    pub fn fill_from(&mut self, defaults: &Self) {
        for (index, node) in &defaults.keys {
            self.keys.entry(*index).or_insert_with(|| Arc::clone(node));
        }
    }

    /// Adds what the customer's `[defaults]` say where the order says nothing.
    pub fn fill(&mut self, customer: Option<&str>) {
        if let Some(text) = customer {
            self.fill_from(&Self::defaults(text));
        }
    }

    /// The file name of the customer in `customers/`, as the order names it.
    #[must_use]
    pub fn customer(&self) -> Option<&str> {
        match self.leaf("customer")? {
            Leaf::Text(id) => Some(id),
            _ => None,
        }
    }

    pub(super) fn leaf(&self, key: &str) -> Option<&Leaf> {
        match &**self.keys.get(&ORDER.find(key)?.0)? {
            Node::Leaf(leaf) => Some(leaf),
            _ => None,
        }
    }

    /// The order's currency, in which bare amounts are.
    pub(super) fn currency(&self) -> Option<Currency> {
        match self.leaf("currency")? {
            Leaf::Text(code) => Currency::parse(code),
            _ => None,
        }
    }

    fn add(&mut self, index: usize, form: &Form, value: &Value<'_>, cx: &mut Cx<'_>) {
        if let Some(node) = node(form, value, cx) {
            self.put(index, Arc::new(node));
        }
    }

    fn add_table(&mut self, table: &DeTable<'_>, cx: &mut Cx<'_>) {
        for (key, value) in table {
            let Some((index, key)) = ORDER.find(key.get_ref()) else { continue };
            self.add(index, &key.form, value, cx);
        }
    }

    /// Lists are put together; of anything else the first counts.
    fn put(&mut self, index: usize, node: Arc<Node>) {
        let Some(known) = self.keys.get_mut(&index) else {
            self.keys.insert(index, node);
            return;
        };
        if let (Node::List(_), Node::List(more)) = (&**known, &*node)
            && let Node::List(list) = Arc::make_mut(known)
        {
            list.extend_from_slice(more);
        }
    }
}

/// Gives the top-level table of a text to `each`; what is nested too deeply for the loader is empty.
fn with_table(path: &str, text: &str, each: impl FnOnce(&DeTable<'_>, &mut Cx<'_>)) {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if source::too_deep(text).is_some() {
        return;
    }
    let mut cx = cx(path, text);
    if let Ok(table) = DeTable::parse(text) {
        return each(table.get_ref(), &mut cx);
    }
    let recovered = syntax::recover(&cx.file, &cx.subject, text);
    let (table, _) = DeTable::parse_recoverable(&recovered.text);
    each(table.get_ref(), &mut cx);
}

/// Reads a text that is a whole by itself; `None` when it is broken or nested too deeply.
pub(super) fn with_section<T>(text: &str, each: impl FnOnce(&DeTable<'_>, Sheet) -> T) -> Option<T> {
    if source::too_deep(text).is_some() {
        return None;
    }
    let table = DeTable::parse(text).ok()?;
    let mut sheet = Sheet::default();
    sheet.add_table(table.get_ref(), &mut cx("", text));
    Some(each(table.get_ref(), sheet))
}

fn cx<'t>(path: &str, text: &'t str) -> Cx<'t> {
    Cx {
        file: Arc::from(path),
        text,
        subject: Subject::Root,
        broken: Vec::new(),
        findings: Vec::new(),
        more: 0,
    }
}

/// Reads a value. `None` when it says nothing: an empty table or list, as an absent one.
fn node(form: &Form, value: &Value<'_>, cx: &mut Cx<'_>) -> Option<Node> {
    match form {
        Form::Table(form) => Some(Node::Table(table(form, value, cx))),
        Form::List(inner) if matches!(**inner, Form::Table(_)) => {
            let list: Vec<Node> = match value.get_ref() {
                DeValue::Array(items) => items.iter().filter_map(|item| node(inner, item, cx)).collect(),
                _ => node(inner, value, cx).into_iter().collect(),
            };
            (!list.is_empty()).then_some(Node::List(list))
        }
        Form::List(inner) => {
            let leaves: Vec<Leaf> = match value.get_ref() {
                DeValue::Array(items) => items.iter().map(|item| leaf(inner, item, cx)).collect(),
                _ => vec![leaf(inner, value, cx)],
            };
            (!leaves.is_empty()).then_some(Node::Leaf(Leaf::Many(leaves)))
        }
        Form::Map(inner) => match value.get_ref() {
            DeValue::Table(table) => {
                let map: BTreeMap<String, Node> = table
                    .iter()
                    .filter_map(|(key, value)| Some((key.get_ref().to_string(), node(inner, value, cx)?)))
                    .collect();
                (!map.is_empty()).then_some(Node::Map(map))
            }
            _ => Some(Node::Leaf(raw(value, cx))),
        },
        _ => Some(Node::Leaf(leaf(form, value, cx))),
    }
}

fn table(form: &TableForm, value: &Value<'_>, cx: &mut Cx<'_>) -> Vec<(usize, Node)> {
    let DeValue::Table(table) = value.get_ref() else { return Vec::new() };
    let mut keys: Vec<(usize, Node)> = table
        .iter()
        .filter_map(|(key, value)| {
            let (index, key) = form.find(key.get_ref())?;
            Some((index, node(&key.form, value, cx)?))
        })
        .collect();
    keys.sort_unstable_by_key(|(index, _)| *index);
    keys
}

/// A single value; what cannot be read is kept as it is written, so that a change of it is seen.
fn leaf(form: &Form, value: &Value<'_>, cx: &mut Cx<'_>) -> Leaf {
    let read = match form {
        Form::Date => NaiveDate::decode(value, cx).map(Leaf::Date),
        Form::Moment => DateTime::decode(value, cx).map(Leaf::Moment),
        Form::Amount => amount(value, cx),
        Form::Number => number(value, cx),
        Form::Percent => value.get_ref().as_str().map(|text| {
            Leaf::Text(Tolerance::parse(text).map_or_else(|_| text.trim().to_owned(), |t| t.to_string()))
        }),
        Form::Flag => bool::decode(value, cx).map(Leaf::Flag),
        Form::Choice(choices) => value.get_ref().as_str().and_then(|text| {
            let exact = choices.iter().position(|c| c.code == text);
            let index = exact.or_else(|| suggest::choice(text, choices))?;
            choices.get(index).map(|c| Leaf::Code(c.code))
        }),
        Form::Text | Form::Any => match value.get_ref() {
            DeValue::String(text) => Some(Leaf::Text(text.to_string())),
            DeValue::Datetime(_) if matches!(form, Form::Any) => NaiveDate::decode(value, cx).map(Leaf::Date),
            _ => None,
        },
        Form::Table(_) | Form::List(_) | Form::Map(_) => None,
    };
    read.unwrap_or_else(|| raw(value, cx))
}

fn number(value: &Value<'_>, cx: &mut Cx<'_>) -> Option<Leaf> {
    if let Some(number) = plain(value) {
        return Some(Leaf::Number(number));
    }
    Decimal::decode(value, cx).map(Leaf::Number)
}

fn amount(value: &Value<'_>, cx: &mut Cx<'_>) -> Option<Leaf> {
    if let Some(number) = plain(value) {
        return Some(Leaf::Amount(number, None));
    }
    Amount::decode(value, cx).map(|amount| Leaf::Amount(amount.value, amount.currency))
}

/// A bare decimal; underscores, which the loader refuses, part digits and do not change the figure.
fn plain(value: &Value<'_>) -> Option<Decimal> {
    let digits = match value.get_ref() {
        DeValue::Integer(integer) if integer.radix() == 10 => integer.as_str(),
        DeValue::Float(float) => float.as_str(),
        _ => return None,
    };
    crate::model::value::money::decimal(&digits.replace('_', "")).ok()
}

fn raw(value: &Value<'_>, cx: &Cx<'_>) -> Leaf {
    Leaf::Text(match value.get_ref() {
        DeValue::String(text) => text.to_string(),
        DeValue::Integer(integer) => integer.as_str().to_owned(),
        DeValue::Float(float) => float.as_str().to_owned(),
        DeValue::Boolean(flag) => flag.to_string(),
        DeValue::Datetime(moment) => moment.to_string(),
        DeValue::Array(_) | DeValue::Table(_) => {
            cx.text.get(value.span()).unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ")
        }
    })
}

impl Node {
    /// A key of a table.
    pub(super) fn get(&self, form: &TableForm, key: &str) -> Option<&Self> {
        let Self::Table(keys) = self else { return None };
        let (index, _) = form.find(key)?;
        let at = keys.binary_search_by_key(&index, |(index, _)| *index).ok()?;
        keys.get(at).map(|(_, node)| node)
    }

    /// A number over everything but the keys given. Where amounts name their currency does not matter to it.
    pub(super) fn digest(&self, without: &[usize]) -> u64 {
        let mut hasher = std::hash::DefaultHasher::new();
        self.feed(&mut hasher, without);
        hasher.finish()
    }

    fn feed(&self, to: &mut impl Hasher, without: &[usize]) {
        match self {
            Self::Leaf(Leaf::Amount(value, _)) => value.hash(to),
            Self::Leaf(leaf) => leaf.hash(to),
            Self::Table(keys) => {
                for (index, node) in keys.iter().filter(|(index, _)| !without.contains(index)) {
                    index.hash(to);
                    node.feed(to, &[]);
                }
            }
            Self::List(list) => list.iter().for_each(|node| node.feed(to, &[])),
            Self::Map(map) => map.iter().for_each(|(key, node)| {
                key.hash(to);
                node.feed(to, &[]);
            }),
        }
    }
}
