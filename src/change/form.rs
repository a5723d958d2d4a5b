//! The keys of an order with their shapes, laid out once: which key holds what, in the order of the reference.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::load::decode::Record;
use crate::load::shape::{Choice, Shape, Table};
use crate::model::OrderFile;

/// What a key may hold.
pub(super) enum Form {
    /// Free text.
    Text,
    /// A day.
    Date,
    /// A date-time.
    Moment,
    /// An amount.
    Amount,
    /// A number.
    Number,
    /// A percentage or tolerance.
    Percent,
    /// `true` or `false`.
    Flag,
    /// A fixed word.
    Choice(&'static [Choice]),
    /// Any of several; compared as written.
    Any,
    /// A table.
    Table(Box<TableForm>),
    /// Several.
    List(Box<Form>),
    /// A table with free keys.
    Map(Box<Form>),
}

/// A table.
pub(super) struct TableForm {
    /// Its name.
    pub name: &'static str,
    /// What one of these is called.
    pub title: (&'static str, &'static str),
    /// Its keys, in the order of the reference.
    pub keys: Vec<KeyForm>,
    index: BTreeMap<&'static str, usize>,
}

/// One key.
pub(super) struct KeyForm {
    /// As written.
    pub name: &'static str,
    /// What it means.
    pub about: (&'static str, &'static str),
    /// What it holds.
    pub form: Form,
}

impl TableForm {
    /// Position and form of a key.
    pub(super) fn find(&self, key: &str) -> Option<(usize, &KeyForm)> {
        let index = *self.index.get(key)?;
        Some((index, self.keys.get(index)?))
    }
}

/// The whole order.
pub(super) static ORDER: LazyLock<TableForm> = LazyLock::new(|| table(OrderFile::table()));

fn table(table: Table) -> TableForm {
    let keys: Vec<KeyForm> = table
        .keys
        .into_iter()
        .map(|key| KeyForm { name: key.name, about: key.about, form: form(key.shape) })
        .collect();
    // A record's own key comes before the one of the same name that any paper may carry, as in the decoder.
    let mut index = BTreeMap::new();
    for (at, key) in keys.iter().enumerate() {
        index.entry(key.name).or_insert(at);
    }
    TableForm { name: table.name, title: table.title, keys, index }
}

fn form(shape: Shape) -> Form {
    match shape {
        Shape::Text => Form::Text,
        Shape::Date => Form::Date,
        Shape::Moment => Form::Moment,
        Shape::Amount => Form::Amount,
        Shape::Number | Shape::Integer => Form::Number,
        Shape::Percent => Form::Percent,
        Shape::Flag => Form::Flag,
        Shape::Choice(choices) => Form::Choice(choices),
        Shape::Either(_) => Form::Any,
        Shape::Table(of) => Form::Table(Box::new(table(of()))),
        Shape::List(inner) => Form::List(Box::new(form(*inner))),
        Shape::Map(inner) => Form::Map(Box::new(form(*inner))),
    }
}
