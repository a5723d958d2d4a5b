//! Lines of invoices against the lines of 45A: which goods each means, and how much of them was shipped. Decides
//! nothing.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use crate::compare::goods::{self, Token};
use crate::compare::typo;
use crate::derive::credit::Said;
use crate::derive::exam::Exam;
use crate::derive::papers::Paper;
use crate::model::document::{CreditItem, Line, Printed};
use crate::model::value::Unit;
use crate::model::value::fold::fold;

/// What a line of an invoice means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Means {
    /// A line of 45A, by position.
    Item(usize),
    /// Goods that no line of 45A names.
    Other,
    /// Nobody can tell: it prints no name, or 45A is not recorded line by line.
    Unknown,
}

/// A line of an invoice.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Row<'a> {
    /// Position of the invoice.
    pub invoice: usize,
    /// The invoice.
    pub printed: &'a Printed,
    /// Position of the line.
    pub index: usize,
    /// The line.
    pub line: &'a Line,
    /// What it means.
    pub means: Means,
}

impl<'a> Row<'a> {
    /// The invoice as a paper.
    pub(crate) fn paper(&self) -> Paper<'a> {
        Paper { key: "invoice", index: self.invoice, printed: self.printed }
    }

    /// Where a field of the line stands.
    pub(crate) fn path(&self, field: &str) -> String {
        format!("invoice[{}].lines[{}].{field}", self.invoice, self.index)
    }
}

/// Least likeness, in per mille, at which a line means an item.
const ALIKE: u32 = 400;
/// The same where only one line and one item are left over: a misprinted model is still that item.
const LEFT_OVER: u32 = 250;

/// The lines of the invoices of an exam, each with what it means.
pub(crate) fn rows<'a>(exam: &Exam<'a>) -> Vec<Row<'a>> {
    let mut rows: Vec<Row<'a>> = exam
        .papers
        .invoice
        .iter()
        .flat_map(|&(invoice, doc)| {
            doc.lines.iter().enumerate().map(move |(index, line)| Row {
                invoice,
                printed: &doc.paper,
                index,
                line,
                means: Means::Unknown,
            })
        })
        .collect();
    assign(&exam.credit.items, &mut rows);
    rows
}

fn assign(items: &[Said<&CreditItem>], rows: &mut [Row<'_>]) {
    for row in rows.iter_mut() {
        row.means = best(items, row.line).map_or(Means::Unknown, Means::Item);
    }
    let taken: BTreeSet<usize> = rows.iter().filter_map(item_of).collect();
    for row in rows.iter_mut().filter(|r| r.means == Means::Unknown) {
        let Some(name) = row.line.name.as_deref() else { continue };
        let free = items.iter().enumerate().filter(|(i, _)| !taken.contains(i));
        let near = free
            .filter_map(|(i, item)| Some((likeness(item.value.name.as_deref()?, name), i)))
            .filter(|(like, _)| *like >= LEFT_OVER)
            .max_by_key(|(like, i)| (*like, std::cmp::Reverse(*i)));
        row.means = near.map_or(Means::Unknown, |(_, i)| Means::Item(i));
    }
    if let ([only], [_]) = (&mut *rows, items) {
        only.means = Means::Item(0);
    }
    // Where no line reads like 45A, its description is another altogether: that is one fault, not one a line.
    if rows.iter().any(|r| item_of(r).is_some()) {
        for row in rows.iter_mut().filter(|r| r.means == Means::Unknown && r.line.name.is_some()) {
            row.means = Means::Other;
        }
    }
}

fn item_of(row: &Row<'_>) -> Option<usize> {
    match row.means {
        Means::Item(i) => Some(i),
        _ => None,
    }
}

/// The item that a line reads most like. Items of one name are told apart by price and quantity.
fn best(items: &[Said<&CreditItem>], line: &Line) -> Option<usize> {
    let name = line.name.as_deref()?;
    let score = |item: &CreditItem| -> Option<(u32, bool, bool)> {
        let asked = item.name.as_deref()?;
        let like = likeness(asked, name);
        let price = item.price.zip(line.price).is_some_and(|(a, b)| a.value == b.value);
        let qty = item.qty.zip(line.qty).is_some_and(|(a, b)| a == b);
        (like >= ALIKE && !other_model(asked, name)).then_some((like, price, qty))
    };
    let all = items.iter().enumerate().filter_map(|(i, item)| Some((score(item.value)?, i)));
    all.max_by_key(|(score, i)| (*score, std::cmp::Reverse(*i))).map(|(_, i)| i)
}

/// How much two names have in common: twice the shared words over all words, in per mille. A slip is still shared.
pub(crate) fn likeness(a: &str, b: &str) -> u32 {
    let (x, y) = (goods::tokens(a), goods::tokens(b));
    let total = x.len() + y.len();
    let shared = x.iter().filter(|t| y.contains(*t) || has_slip(&y, t)).count();
    if total == 0 { 0 } else { u32::try_from(2000 * shared / total).unwrap_or(0).min(1000) }
}

fn has_slip(words: &BTreeSet<Token>, token: &Token) -> bool {
    !token.hard && words.iter().any(|w| !w.hard && typo::is_slip(&w.text, &token.text))
}

/// Both name figures or models, and none in common.
fn other_model(a: &str, b: &str) -> bool {
    let hard = |text: &str| goods::tokens(text).into_iter().filter(|t| t.hard).collect::<BTreeSet<Token>>();
    let (x, y) = (hard(a), hard(b));
    !x.is_empty() && !y.is_empty() && x.is_disjoint(&y)
}

/// How much of an item the lines ship, in the item's unit: nothing where a line prints no quantity, or one in a unit
/// that cannot be compared.
pub(crate) fn shipped(rows: &[Row<'_>], index: usize, item: &CreditItem) -> Option<Decimal> {
    let mine = rows.iter().filter(|r| r.means == Means::Item(index));
    mine.map(|r| in_unit(r.line.qty?, r.line.unit.as_deref(), item.unit.as_deref()))
        .try_fold(Decimal::ZERO, |sum, qty| sum.checked_add(qty?))
}

/// A quantity in another unit, exactly. A unit that is not printed is the other's.
pub(crate) fn in_unit(qty: Decimal, from: Option<&str>, to: Option<&str>) -> Option<Decimal> {
    let (Some(from), Some(to)) = (from, to) else { return Some(qty) };
    match (Unit::parse(from), Unit::parse(to)) {
        (Some(x), Some(y)) => x.convert(qty, y),
        _ => (fold(from) == fold(to)).then_some(qty),
    }
}

/// A price per one unit as a price per another.
pub(crate) fn price_per(price: Decimal, from: Option<&str>, to: Option<&str>) -> Option<Decimal> {
    price.checked_mul(in_unit(Decimal::ONE, to, from)?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::derive::credit::Credit;
    use crate::model::document::LetterOfCredit;
    use crate::model::value::Amount;

    fn n(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    fn means(items: &[&str], lines: &[&str]) -> Vec<Means> {
        let item = |name: &&str| CreditItem { name: Some((*name).to_owned()), ..CreditItem::default() };
        let lc = LetterOfCredit { items: items.iter().map(item).collect(), ..LetterOfCredit::default() };
        let credit = Credit::issued(0, &lc);
        let lines: Vec<Line> =
            lines.iter().map(|name| Line { name: Some((*name).to_owned()), ..Line::default() }).collect();
        let printed = Printed::default();
        let row = |(index, line)| Row { invoice: 0, printed: &printed, index, line, means: Means::Unknown };
        let mut rows: Vec<Row<'_>> = lines.iter().enumerate().map(row).collect();
        assign(&credit.items, &mut rows);
        rows.iter().map(|r| r.means).collect()
    }

    #[test]
    fn lines_find_their_items() {
        use Means::{Item, Other, Unknown};
        assert_eq!(
            means(
                &["ELECTRIC STAND FAN FN-16", "ELECTRIC STAND FAN FN-18"],
                &["Stand fan FN18, electric", "Stand fan FN16, electric", "Stand fan FN16, electric"]
            ),
            [Item(1), Item(0), Item(0)]
        );
        assert_eq!(means(&["MIXING BOWLS BW-18"], &["MIXING BOWLS BW-18", "PRICE LIST"]), [Item(0), Other]);
        // A misprinted model is that item; the only line is the only item.
        assert_eq!(
            means(&["PUMP MODEL 321", "HOSE 5 M"], &["PUMP MODEL 123", "HOSE 5 M"]),
            [Item(0), Item(1)]
        );
        assert_eq!(means(&["SUEDE JACKETS"], &["LEATHER COATS"]), [Item(0)]);
        assert_eq!(means(&["GARMENTS"], &["JACKETS", "SHIRTS"]), [Unknown, Unknown]);
        assert_eq!(means(&[], &["JACKETS"]), [Unknown]);
    }

    #[test]
    fn quantities_and_prices_in_the_credits_unit() {
        assert_eq!(in_unit(n("250400"), Some("KGS"), Some("MT")), Some(n("250.4")));
        assert_eq!(in_unit(n("10016"), Some("BAGS"), Some("MT")), None);
        assert_eq!(in_unit(n("5"), None, Some("MT")), Some(n("5")));
        assert_eq!(in_unit(n("5"), Some("WIDGET"), Some("widget")), Some(n("5")));
        assert_eq!(price_per(n("1.15"), Some("KG"), Some("MT")), Some(n("1150.00")));
        assert_eq!(price_per(n("1150"), Some("MT"), Some("MT")), Some(n("1150")));
    }

    #[test]
    fn one_name_twice_is_told_apart_by_price() {
        let amount = |text: &str| Some(Amount { value: n(text), currency: None });
        let item = |price| CreditItem {
            name: Some("T-SHIRTS".into()),
            price: amount(price),
            ..CreditItem::default()
        };
        let lc = LetterOfCredit { items: vec![item("3.00"), item("4.00")], ..LetterOfCredit::default() };
        let credit = Credit::issued(0, &lc);
        let line = Line { name: Some("T-SHIRTS".into()), price: amount("4.00"), ..Line::default() };
        assert_eq!(best(&credit.items, &line), Some(1));
    }
}
