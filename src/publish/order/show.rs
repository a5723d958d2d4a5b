//! Small formatters for parts of the order page: labelled values that leave out what is not recorded.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::load::fields::{Allowed, TermText};
use crate::model::Order;
use crate::model::value::{Amount, Currency};
use crate::publish::ctx::Ctx;
use crate::site::view::{Field, Link, TableColumn};
use crate::text::StaticBi;

/// A list of labelled values under construction. Nothing recorded, nothing shown.
pub(super) struct Sheet<'c, 'a> {
    ctx: &'c Ctx<'a>,
    /// What was put so far.
    pub(super) fields: Vec<Field>,
}

impl<'c, 'a> Sheet<'c, 'a> {
    pub(super) fn new(ctx: &'c Ctx<'a>) -> Self {
        Self { ctx, fields: Vec::new() }
    }

    pub(super) fn ctx(&self) -> &'c Ctx<'a> {
        self.ctx
    }

    pub(super) fn put(&mut self, label: StaticBi, value: impl Into<String>) {
        let value = value.into();
        if !value.is_empty() {
            self.fields.push(Field::new(self.ctx.word(label), value));
        }
    }

    pub(super) fn link(&mut self, label: StaticBi, link: Link) {
        if !link.text.is_empty() {
            self.fields.push(Field {
                label: self.ctx.word(label).to_owned(),
                value: link.text,
                href: link.href,
            });
        }
    }

    pub(super) fn text(&mut self, label: StaticBi, value: Option<&String>) {
        self.put(label, value.cloned().unwrap_or_default());
    }

    pub(super) fn lines(&mut self, label: StaticBi, value: &[String]) {
        self.put(label, value.join(" / "));
    }

    pub(super) fn day(&mut self, label: StaticBi, value: Option<NaiveDate>) {
        self.put(label, value.map(|day| self.ctx.day(day).text).unwrap_or_default());
    }

    pub(super) fn number(&mut self, label: StaticBi, value: Option<Decimal>, unit: &str) {
        let value = value.map(|n| with_unit(self.ctx, n, unit));
        self.put(label, value.unwrap_or_default());
    }

    pub(super) fn count(&mut self, label: StaticBi, value: Option<u32>) {
        self.put(label, value.map(|n| n.to_string()).unwrap_or_default());
    }

    pub(super) fn amount(&mut self, label: StaticBi, value: Option<&Amount>, currency: Option<Currency>) {
        self.put(label, value.map(|a| amount(self.ctx, a, currency)).unwrap_or_default());
    }

    pub(super) fn word(&mut self, label: StaticBi, value: Option<StaticBi>) {
        self.put(label, value.map(|word| self.ctx.word(word)).unwrap_or_default());
    }

    pub(super) fn yes(&mut self, label: StaticBi, value: Option<bool>) {
        self.word(label, value.map(|yes| if yes { ("是", "yes") } else { ("否", "no") }));
    }

    pub(super) fn term(&mut self, label: StaticBi, value: Option<&TermText>) {
        self.put(label, value.map(|t| t.text.clone()).unwrap_or_default());
    }
}

/// Partial shipment and transhipment in words.
pub(super) fn allowed(value: Allowed) -> StaticBi {
    match value {
        Allowed::Yes => ("允许", "allowed"),
        Allowed::No => ("不允许", "not allowed"),
        Allowed::Conditional => ("有条件", "conditional"),
    }
}

/// `2,470 KG`.
pub(super) fn with_unit(ctx: &Ctx<'_>, value: Decimal, unit: &str) -> String {
    let number = ctx.number(value);
    if unit.is_empty() { number } else { format!("{number} {unit}") }
}

/// An amount in its own currency, else in the one it is read in.
pub(super) fn amount(ctx: &Ctx<'_>, amount: &Amount, currency: Option<Currency>) -> String {
    ctx.money(amount.value, amount.currency.or(currency))
}

/// A unit price: at least the currency's decimals, and as many as were written.
pub(super) fn price(ctx: &Ctx<'_>, value: Option<&Amount>, currency: Option<Currency>) -> String {
    value.map(|a| ctx.amount(a.value, a.currency.or(currency))).unwrap_or_default()
}

/// A column of a table of lines.
pub(super) fn column(ctx: &Ctx<'_>, label: StaticBi, number: bool) -> TableColumn {
    TableColumn { label: ctx.word(label).to_owned(), number }
}

/// A file that an order refers to: its name, and its place on the forge when it lies in the data root. A name alone
/// leads nowhere: it may point outside.
pub(super) fn file(ctx: &Ctx<'_>, order: &Order, file: Option<&String>) -> Link {
    let Some(file) = file else { return Link::default() };
    let name = file.rsplit('/').next().unwrap_or(file);
    let path = format!("{}/{file}", order.folder);
    let known = ctx.book().attachments.binary_search_by(|known| (**known).cmp(path.as_str())).is_ok();
    Link::new(name, if known { ctx.file_href(&path, None) } else { String::new() })
}

/// The first and the last day in one text: `11-07`, or nothing.
pub(super) fn day_text(ctx: &Ctx<'_>, day: Option<NaiveDate>) -> String {
    day.map(|day| ctx.day(day).text).unwrap_or_default()
}
