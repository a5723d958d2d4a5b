//! Lines of invoices against the lines of 45A: which goods each means, and how much of them was shipped. Decides
//! nothing.

use std::collections::{BTreeMap, BTreeSet};

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
#[derive(Debug, Default)]
pub(crate) struct Rows<'a> {
    /// All of them, in order.
    pub all: Vec<Row<'a>>,
    /// Positions of those that mean an item, by item.
    items: BTreeMap<usize, Vec<usize>>,
    /// Every line means an item, and every invoice has lines.
    whole: bool,
}

impl<'a> Rows<'a> {
    /// The lines of the invoices of an exam.
    pub(crate) fn of(exam: &Exam<'a>) -> Self {
        let invoices = &exam.papers.invoice;
        let all: Vec<Row<'a>> = invoices
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
        let itemised = invoices.iter().all(|(_, doc)| !doc.lines.is_empty());
        Self::assigned(&exam.credit.items, all, itemised)
    }

    fn assigned(items: &[Said<&CreditItem>], mut all: Vec<Row<'a>>, itemised: bool) -> Self {
        assign(items, &mut all);
        let mut by_item: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (position, row) in all.iter().enumerate() {
            if let Means::Item(item) = row.means {
                by_item.entry(item).or_default().push(position);
            }
        }
        let whole = itemised && all.iter().all(|r| matches!(r.means, Means::Item(_)));
        Self { all, items: by_item, whole }
    }

    /// The lines that mean an item.
    pub(crate) fn item(&self, index: usize) -> impl Iterator<Item = &Row<'a>> {
        self.items.get(&index).into_iter().flatten().filter_map(|&position| self.all.get(position))
    }

    /// How much of an item the lines ship, in the item's unit: nothing where a line prints no quantity, or one in a
    /// unit that cannot be compared, and where lines that nobody understands may mean it too.
    pub(crate) fn shipped(&self, index: usize, item: &CreditItem) -> Option<Decimal> {
        if !self.whole && self.item(index).next().is_none() {
            return None;
        }
        self.item(index)
            .map(|r| in_unit(r.line.qty?, r.line.unit.as_deref(), item.unit.as_deref()))
            .try_fold(Decimal::ZERO, |sum, qty| sum.checked_add(qty?))
    }
}

/// Most pairs of line and item that are compared: no paper of an order has more, and a file of a hundred thousand
/// lines must not take minutes.
const MOST: usize = 250_000;

/// A name as it is compared.
struct Name {
    words: BTreeSet<Token>,
    hard: bool,
}

impl Name {
    fn of(text: Option<&str>) -> Option<Self> {
        let words = goods::tokens(text?);
        let hard = words.iter().any(|t| t.hard);
        Some(Self { words, hard })
    }

    /// How much two names have in common: twice the shared words over all words, in per mille. A slip is still shared.
    fn likeness(&self, other: &Self) -> u32 {
        let total = self.words.len() + other.words.len();
        let shared =
            self.words.iter().filter(|t| other.words.contains(*t) || has_slip(&other.words, t)).count();
        let share = (2000 * shared).checked_div(total).unwrap_or(0);
        u32::try_from(share).unwrap_or(0).min(1000)
    }

    /// Both name figures or models, and none in common.
    fn is_other_model(&self, other: &Self) -> bool {
        let shared = self.words.iter().any(|t| t.hard && other.words.contains(t));
        self.hard && other.hard && !shared
    }
}

fn has_slip(words: &BTreeSet<Token>, token: &Token) -> bool {
    !token.hard && words.iter().any(|w| !w.hard && typo::is_slip(&w.text, &token.text))
}

fn assign(items: &[Said<&CreditItem>], rows: &mut [Row<'_>]) {
    if items.len().saturating_mul(rows.len()) > MOST {
        return;
    }
    let asked: Vec<Option<Name>> = items.iter().map(|i| Name::of(i.value.name.as_deref())).collect();
    let named: Vec<Option<Name>> = rows.iter().map(|r| Name::of(r.line.name.as_deref())).collect();
    for (row, name) in rows.iter_mut().zip(&named) {
        let Some(name) = name else { continue };
        row.means = best(items, &asked, row.line, name).map_or(Means::Unknown, Means::Item);
    }
    let taken: BTreeSet<usize> = rows.iter().filter_map(item_of).collect();
    for (row, name) in rows.iter_mut().zip(&named).filter(|(r, _)| r.means == Means::Unknown) {
        let Some(name) = name else { continue };
        let free = asked.iter().enumerate().filter(|(i, _)| !taken.contains(i));
        let near = free
            .filter_map(|(i, item)| Some((item.as_ref()?.likeness(name), i)))
            .filter(|(like, _)| *like >= LEFT_OVER)
            .max_by_key(|(like, i)| (*like, std::cmp::Reverse(*i)));
        row.means = near.map_or(Means::Unknown, |(_, i)| Means::Item(i));
    }
    // The only line is the only item where one of them has no name to tell.
    if let ([only], [item]) = (&mut *rows, items)
        && (only.line.name.is_none() || item.value.name.is_none())
    {
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
fn best(items: &[Said<&CreditItem>], asked: &[Option<Name>], line: &Line, name: &Name) -> Option<usize> {
    let score = |item: &CreditItem, own: &Name| -> Option<(u32, bool, bool)> {
        let like = own.likeness(name);
        let price = item.price.zip(line.price).is_some_and(|(a, b)| a.value == b.value);
        let qty = item.qty.zip(line.qty).is_some_and(|(a, b)| a == b);
        (like >= ALIKE && !own.is_other_model(name)).then_some((like, price, qty))
    };
    let pairs = items.iter().zip(asked).enumerate();
    let all = pairs.filter_map(|(i, (item, own))| Some((score(item.value, own.as_ref()?)?, i)));
    all.max_by_key(|(score, i)| (*score, std::cmp::Reverse(*i))).map(|(_, i)| i)
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
        let rows = Rows::assigned(&credit.items, lines.iter().enumerate().map(row).collect(), true);
        rows.all.iter().map(|r| r.means).collect()
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
        // A misprinted model is that item; other goods are not.
        assert_eq!(
            means(&["PUMP MODEL 321", "HOSE 5 M"], &["PUMP MODEL 123", "HOSE 5 M"]),
            [Item(0), Item(1)]
        );
        assert_eq!(means(&["SUEDE JACKETS"], &["LEATHER COATS"]), [Unknown]);
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
        let names: Vec<Option<Name>> =
            credit.items.iter().map(|i| Name::of(i.value.name.as_deref())).collect();
        let name = Name::of(line.name.as_deref()).unwrap();
        assert_eq!(best(&credit.items, &names, &line, &name), Some(1));
    }
}
