//! The shape of a key: what may be written there. Feeds the decoder's messages, the editor schemas and the
//! list of known keys, so that the three cannot disagree.

/// What a value may look like.
#[derive(Clone)]
pub enum Shape {
    /// Free text.
    Text,
    /// A TOML date without a time.
    Date,
    /// A date-time with an offset.
    Moment,
    /// An amount: a bare decimal in the order's currency, or quoted with a currency.
    Amount,
    /// A bare exact decimal (quantity, weight, volume, rate).
    Number,
    /// A whole number.
    Integer,
    /// `true` or `false`.
    Flag,
    /// A percentage or tolerance in quotes.
    Percent,
    /// One of fixed words.
    Choice(&'static [Choice]),
    /// A table.
    Table(fn() -> Table),
    /// Elements of one shape; a single one may be written without brackets.
    List(Box<Shape>),
    /// A table with free keys.
    Map(Box<Shape>),
    /// Any of these.
    Either(Vec<Shape>),
}

/// One word of an enumeration.
#[derive(Debug, Clone, Copy)]
pub struct Choice {
    /// What is written in the file.
    pub code: &'static str,
    /// Chinese name.
    pub zh: &'static str,
    /// English name.
    pub en: &'static str,
    /// What people write instead; recognised to offer the fix.
    pub aliases: &'static [&'static str],
}

/// A kind of table: its keys.
#[derive(Clone)]
pub struct Table {
    /// Name used in schema definitions.
    pub name: &'static str,
    /// What one of these is called.
    pub title: (&'static str, &'static str),
    /// The keys, in the order of the reference.
    pub keys: Vec<Key>,
}

/// One key of a table.
#[derive(Clone)]
pub struct Key {
    /// As written.
    pub name: &'static str,
    /// Meaning, Chinese and English, with the unit where there is one.
    pub about: (&'static str, &'static str),
    /// What may be written there.
    pub shape: Shape,
}
