//! How made documents write days, figures and places.

use chrono::{Datelike, NaiveDate};
use rust_decimal::Decimal;

use crate::model::order::Item;
use crate::model::value::fold::fold;
use crate::model::value::money::group;
use crate::model::value::{Country, Package, place};
use crate::site::view::Field;
use crate::site::view::making::{BiField, BiLabel};
use crate::text::{Lang, StaticBi};

/// `9 Oct 2026`: no reader on either side of an ocean takes the month for the day.
pub(super) fn date(day: NaiveDate) -> String {
    const MONTHS: [&str; 12] =
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let month = usize::try_from(day.month0()).ok().and_then(|m| MONTHS.get(m)).copied().unwrap_or_default();
    format!("{} {month} {}", day.day(), day.year())
}

/// The same, nothing for no day.
pub(super) fn day(day: Option<NaiveDate>) -> String {
    day.map(date).unwrap_or_default()
}

/// `2,400`: a quantity without needless zeros.
pub(super) fn number(value: Decimal) -> String {
    group(value.normalize(), 0)
}

/// Kilograms, with two decimals and as many more as the figure has.
pub(super) fn kg(value: Decimal) -> String {
    group(value, 2)
}

/// Cubic metres, with three decimals and as many more as the figure has.
pub(super) fn cbm(value: Decimal) -> String {
    group(value, 3)
}

/// `2,400 PCS`.
pub(super) fn with_unit(value: Decimal, unit: &str) -> String {
    format!("{} {unit}", number(value)).trim().to_owned()
}

/// A place as papers print it: a code is written out.
pub(super) fn place(text: &str) -> String {
    let squeezed: String = fold(text).chars().filter(|c| *c != ' ').collect();
    place::by_code(&squeezed).map_or_else(|| text.to_owned(), |location| location.name.to_owned())
}

/// A country's name in English, or what is written.
pub(super) fn country(text: &str) -> String {
    Country::parse(text).map_or_else(|| text.to_owned(), |c| c.name().1.to_owned())
}

/// Countries of origin of goods, each once: `China`.
pub(super) fn origin<'i>(items: impl Iterator<Item = &'i Item>) -> String {
    let mut names: Vec<String> = Vec::new();
    for name in items.filter_map(|i| i.origin.as_deref()).map(country) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names.join(", ")
}

/// The kind in which so many packages of an item are, in English as papers print it; cartons unless written.
pub(super) fn packed_in(item: Option<&Item>, packages: Option<Decimal>) -> String {
    let written = item.and_then(|i| i.pack.as_deref()?.kind.as_deref()).unwrap_or("CT");
    package_word(Package::parse(written), packages).unwrap_or_else(|| written.to_owned())
}

/// `CARTONS`, `CARTON` for one.
pub(super) fn package_word(kind: Option<Package>, packages: Option<Decimal>) -> Option<String> {
    let one = packages == Some(Decimal::ONE);
    kind.map(|kind| if one { kind.singular() } else { kind.name().1 }.to_owned())
}

/// A labelled value of an English paper.
pub(super) fn field(label: &str, value: impl Into<String>) -> Field {
    Field::new(label, value)
}

/// The same, left out when there is nothing recorded.
pub(super) fn known(list: &mut Vec<Field>, label: &str, value: impl Into<String>) {
    let value = value.into();
    if !value.is_empty() {
        list.push(Field::new(label, value));
    }
}

/// A label in both languages, that of the reader first.
pub(super) fn label(lang: Lang, (zh, en): StaticBi) -> BiLabel {
    let (first, second) = match lang {
        Lang::Zh => (zh, en),
        Lang::En => (en, zh),
    };
    // `VGM` is called so in both.
    let second = if first == second { "" } else { second };
    BiLabel { first: first.to_owned(), second: second.to_owned() }
}

/// A labelled value of a paper in both languages.
pub(super) fn both<T: Into<String>>(
    lang: Lang,
    name: StaticBi,
    lines: impl IntoIterator<Item = T>,
) -> BiField {
    let lines = lines.into_iter().map(Into::into).filter(|l: &String| !l.is_empty()).collect();
    BiField { label: label(lang, name), lines }
}

/// Letters and digits only, folded: what is left when punctuation, case and spacing may differ.
pub(super) fn letters(text: &str) -> String {
    fold(text).chars().filter(|c| c.is_alphanumeric()).collect()
}
