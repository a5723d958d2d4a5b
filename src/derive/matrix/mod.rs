//! Field by document: what the order, the credit and each paper of a shipment say of the same thing, side by side.
//! Who says what stands here with its place; whether two values contradict each other, the rules decide, and pages
//! only lay it out.

mod paper;
mod same;
mod terms;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::OrderFacts;
use super::claims::{self, Figure, Voice};
use super::credit::Credit;
use super::exam::Exams;
use super::papers::{Paper, Papers, Set};
use crate::book::Book;
use crate::model::Order;
use crate::model::order::Container;
use crate::model::value::{Currency, Tolerance};

/// What is compared, in the order in which it is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Field {
    /// Who buys: the invoice is made out to him, the credit opened for him.
    Buyer,
    /// Consignee.
    Consignee,
    /// Notify party.
    Notify,
    /// Quantity of goods.
    Quantity,
    /// Number of packages.
    Packages,
    /// Gross weight, kg.
    Gross,
    /// Net weight, kg.
    Net,
    /// Volume, m³.
    Volume,
    /// Value of the goods.
    Amount,
    /// What is claimed: net of advances.
    Claim,
    /// Sum insured.
    Insured,
    /// What the goods are, in words: general terms are no contradiction.
    Goods,
    /// Trade term.
    Term,
    /// Port of loading.
    From,
    /// Port of discharge.
    To,
    /// Vessel and voyage.
    Vessel,
    /// Day of shipment, and until when it may be.
    Shipped,
    /// Shipping marks.
    Marks,
    /// Containers with their seals.
    Containers,
    /// HS code.
    Hs,
    /// Number of the credit.
    Credit,
    /// Number of the contract.
    Contract,
    /// The buyer's order number.
    Po,
    /// Number of the invoice.
    Invoice,
}

impl Field {
    /// All of them.
    pub const ALL: [Self; 24] = [
        Self::Buyer,
        Self::Consignee,
        Self::Notify,
        Self::Quantity,
        Self::Packages,
        Self::Gross,
        Self::Net,
        Self::Volume,
        Self::Amount,
        Self::Claim,
        Self::Insured,
        Self::Goods,
        Self::Term,
        Self::From,
        Self::To,
        Self::Vessel,
        Self::Shipped,
        Self::Marks,
        Self::Containers,
        Self::Hs,
        Self::Credit,
        Self::Contract,
        Self::Po,
        Self::Invoice,
    ];

    /// The total that papers print, where the field is one.
    fn figure(self) -> Option<Figure> {
        Some(match self {
            Self::Quantity => Figure::Quantity,
            Self::Packages => Figure::Packages,
            Self::Gross => Figure::Gross,
            Self::Net => Figure::Net,
            Self::Volume => Figure::Volume,
            _ => return None,
        })
    }
}

/// Who speaks in a column.
#[derive(Debug, Clone)]
pub enum Column<'a> {
    /// The order.
    Order,
    /// The credit, as amended and accepted.
    Credit(std::rc::Rc<Credit<'a>>),
    /// Papers that speak with one voice.
    Papers(Voice<'a>),
    /// The papers of all shipments together, beside those that are for the whole order.
    Shipments,
    /// A paper that the credit requires and nobody has.
    Missing(&'static str),
}

/// What stands in a cell.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// Words as printed.
    Text(String),
    /// Lines as printed.
    Lines(Vec<String>),
    /// A figure with its unit.
    Figure(Decimal, Option<String>),
    /// An amount.
    Amount(Decimal, Option<Currency>),
    /// A day.
    Day(NaiveDate),
    /// The last day allowed.
    Until(NaiveDate),
    /// Containers, each with its seal.
    Containers(Vec<(String, Option<String>)>),
}

/// What one column says of one field.
#[derive(Debug, Clone)]
pub struct Cell {
    /// What.
    pub value: Value,
    /// More or less that the term allows.
    pub tolerance: Option<Tolerance>,
    /// Key paths that say it.
    pub paths: Vec<String>,
}

impl Cell {
    fn new(value: Value, path: impl Into<String>) -> Self {
        Self { value, tolerance: None, paths: vec![path.into()] }
    }

    fn within(self, tolerance: Option<Tolerance>) -> Self {
        Self { tolerance, ..self }
    }
}

/// A field over all columns.
#[derive(Debug, Clone)]
pub struct Row {
    /// The field.
    pub field: Field,
    /// As many as columns.
    pub cells: Vec<Option<Cell>>,
    /// The column that the others are measured by: the invoice, else the first that speaks.
    pub anchor: Option<usize>,
    /// Whether each says what the anchor says.
    pub same: Vec<bool>,
    /// Whether the credit requires it there, and it is not there.
    pub missing: Vec<bool>,
}

impl Row {
    /// How many columns say something.
    #[must_use]
    pub fn said(&self) -> usize {
        self.cells.iter().flatten().count()
    }
}

/// The matrix of one set of papers.
#[derive(Debug, Clone)]
pub struct Matrix<'a> {
    /// The shipment, where there are several.
    pub shipment: Option<&'a str>,
    /// The papers are for the whole order.
    pub whole: bool,
    /// Who speaks.
    pub columns: Vec<Column<'a>>,
    /// What is said; fields that nobody or only one names are left out, except what is missing.
    pub rows: Vec<Row>,
}

/// The matrices of an order, one for each set of papers in which something can be compared.
#[must_use]
pub fn of<'a>(
    book: &Book,
    order: &'a Order,
    facts: &OrderFacts,
    exams: &Exams<'a>,
    sets: &[Set<'a>],
) -> Vec<Matrix<'a>> {
    let scene = Scene { book, order, facts, sets };
    let several = sets.len() > 1;
    sets.iter().filter_map(|set| scene.matrix(set, credit_of(exams, set), several)).collect()
}

/// The credit under which papers are examined; the order's only one where none of them was.
fn credit_of<'a>(exams: &Exams<'a>, set: &Set<'a>) -> Option<std::rc::Rc<Credit<'a>>> {
    let own = |p: &Paper<'_>| set.papers.each().any(|q| q.key == p.key && q.index == p.index);
    let exam = exams.all.iter().find(|exam| !exam.past && exam.papers.each().any(|p| own(&p)));
    let only = exams.credits.first().filter(|_| exams.credits.len() == 1);
    exam.map(|exam| &exam.credit).or(only).map(std::rc::Rc::clone)
}

/// What cells are filled from.
struct Scene<'s, 'a> {
    book: &'s Book,
    order: &'a Order,
    facts: &'s OrderFacts,
    sets: &'s [Set<'a>],
}

impl<'a> Scene<'_, 'a> {
    fn matrix(
        &self,
        set: &Set<'a>,
        credit: Option<std::rc::Rc<Credit<'a>>>,
        several: bool,
    ) -> Option<Matrix<'a>> {
        let mut columns = vec![Column::Order];
        columns.extend(credit.clone().map(Column::Credit));
        if set.whole {
            columns.push(Column::Shipments);
        }
        let voices = claims::voices(&set.papers);
        let drawn = ["draft", "collection"].into_iter().filter_map(|key| {
            let papers: Vec<Paper<'a>> = set.papers.kind(key).collect();
            (!papers.is_empty()).then_some(Voice { key, papers })
        });
        columns.extend(voices.into_iter().chain(drawn).map(Column::Papers));
        let before = columns.len();
        if let Some(credit) = credit.as_deref().filter(|_| has_left(&set.papers)) {
            columns.extend(self.missing(set, credit).into_iter().map(Column::Missing));
        }
        let mut rows: Vec<Row> =
            Field::ALL.into_iter().map(|field| self.row(field, set, credit.as_deref(), &columns)).collect();
        rows.retain(|row| {
            let printed = row
                .cells
                .iter()
                .zip(&columns)
                .any(|(c, col)| c.is_some() && matches!(col, Column::Papers(_) | Column::Shipments));
            printed && (row.said() > 1 || row.missing.contains(&true))
        });
        // Columns that say nothing of any row that is shown only take room.
        let speaks: Vec<bool> = (0..columns.len())
            .map(|i| {
                rows.iter()
                    .any(|r| r.cells.get(i).is_some_and(Option::is_some) || r.missing.get(i) == Some(&true))
            })
            .collect();
        let papers =
            columns.iter().zip(&speaks).take(before).filter(|(c, s)| **s && matches!(c, Column::Papers(_)));
        let others = columns
            .iter()
            .zip(&speaks)
            .any(|(c, s)| *s && matches!(c, Column::Credit(_) | Column::Shipments));
        let enough = papers.count() + usize::from(others) > 1;
        let mut at = speaks.iter();
        columns.retain(|_| at.next() == Some(&true));
        for row in &mut rows {
            row.keep(&speaks);
        }
        (enough && !rows.is_empty()).then_some(Matrix {
            shipment: set.shipment.filter(|_| several),
            whole: set.whole,
            columns,
            rows,
        })
    }

    /// Kinds of papers that the credit requires and that neither this set nor that of the whole order has.
    fn missing(&self, set: &Set<'a>, credit: &Credit<'_>) -> Vec<&'static str> {
        const KINDS: &[&str] =
            &["invoice", "packing", "bl", "awb", "waybill", "insurance", "origin", "draft"];
        let has = |kind: &str| {
            self.sets
                .iter()
                .filter(|s| s.whole || s.shipment == set.shipment)
                .any(|s| s.papers.kind(kind).next().is_some())
        };
        KINDS.iter().copied().filter(|kind| credit.asked(kind).next().is_some() && !has(kind)).collect()
    }

    fn row(&self, field: Field, set: &Set<'a>, credit: Option<&Credit<'a>>, columns: &[Column<'a>]) -> Row {
        let totals = field.figure().map(|figure| claims::figure(&set.papers, figure)).unwrap_or_default();
        let cells: Vec<Option<Cell>> = columns
            .iter()
            .map(|column| match column {
                Column::Order => terms::order(self, set, field),
                Column::Credit(credit) => terms::credit(credit, field),
                Column::Papers(voice) => match field.figure() {
                    Some(figure) => paper::total(&totals, voice, figure),
                    None => paper::says(self.order, voice, field),
                },
                Column::Shipments => self.together(field),
                Column::Missing(_) => None,
            })
            .collect();
        let missing = columns
            .iter()
            .zip(&cells)
            .map(|(column, cell)| match column {
                Column::Missing(kind) => terms::is_usual(kind, field),
                Column::Papers(voice) => {
                    cell.is_none() && credit.is_some_and(|c| terms::asks(c, voice.key, field))
                }
                _ => false,
            })
            .collect();
        let rank = |i: &usize| match columns.get(*i) {
            Some(Column::Papers(voice)) => match voice.key {
                "invoice" => 0,
                "packing" => 1,
                _ => 2,
            },
            Some(Column::Shipments) => 0,
            _ => 3,
        };
        let anchor = (0..cells.len()).filter(|i| cells.get(*i).is_some_and(Option::is_some)).min_by_key(rank);
        let measure = anchor.and_then(|i| cells.get(i)).and_then(Option::as_ref);
        let same = cells
            .iter()
            .map(|cell| {
                cell.as_ref().zip(measure).is_some_and(|(c, m)| same::same(field, &c.value, &m.value))
            })
            .collect();
        Row { field, cells, anchor, same, missing }
    }

    /// What the papers of the shipments say together, where each of them says it.
    fn together(&self, field: Field) -> Option<Cell> {
        let parts: Vec<&Set<'a>> = self.sets.iter().filter(|s| !s.whole).collect();
        if parts.len() < self.order.shipments.len() {
            return None;
        }
        let mut sum: Option<Cell> = None;
        for part in parts {
            let voices = claims::voices(&part.papers);
            let cell = voices.iter().find_map(|voice| match field.figure() {
                Some(figure) => paper::total(&claims::figure(&part.papers, figure), voice, figure),
                None if matches!(field, Field::Amount | Field::Claim) => {
                    paper::says(self.order, voice, field)
                }
                None => None,
            })?;
            sum = Some(match sum {
                None => cell,
                Some(sum) => add(sum, cell)?,
            });
        }
        sum
    }
}

impl Row {
    fn keep(&mut self, wanted: &[bool]) {
        fn pick<T>(list: &mut Vec<T>, wanted: &[bool]) {
            let mut at = wanted.iter();
            list.retain(|_| at.next() == Some(&true));
        }
        let anchor = self.anchor;
        self.anchor = anchor.map(|a| wanted.iter().take(a).filter(|w| **w).count());
        pick(&mut self.cells, wanted);
        pick(&mut self.same, wanted);
        pick(&mut self.missing, wanted);
    }
}

fn add(a: Cell, b: Cell) -> Option<Cell> {
    let value = match (a.value, b.value) {
        (Value::Figure(x, u), Value::Figure(y, v)) if u == v => Value::Figure(x.checked_add(y)?, u),
        (Value::Amount(x, c), Value::Amount(y, d)) if c == d => Value::Amount(x.checked_add(y)?, c),
        _ => return None,
    };
    let paths = a.paths.into_iter().chain(b.paths).collect();
    Some(Cell { value, tolerance: None, paths })
}

/// The goods are on their way: what the credit requires ought to be coming in.
fn has_left(papers: &Papers<'_>) -> bool {
    papers.transports().iter().any(|t| !t.paper.printed.is_draft() && t.shipped.is_some())
}

fn containers(list: &[Container]) -> Option<Value> {
    let named: Vec<(String, Option<String>)> =
        list.iter().filter_map(|c| Some((c.number.clone()?, c.seal.clone()))).collect();
    (!named.is_empty()).then_some(Value::Containers(named))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::derive::{derive, papers};
    use crate::history::History;
    use crate::load::load;
    use std::path::Path;

    fn example() -> (Book, History) {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("data");
        let history = crate::history::read(Path::new("/nonexistent"));
        (load(&root).unwrap().book, history)
    }

    fn with<T>(id: &str, see: impl FnOnce(&[Matrix<'_>]) -> T) -> T {
        let (book, history) = example();
        let as_of = "2026-11-20".parse().unwrap();
        let facts = derive(&book, &history, as_of);
        let order = book.order(id).unwrap();
        let exams = Exams::of(&book, order, as_of);
        let sets = papers::sets(order, as_of);
        see(&of(&book, order, facts.of(order).unwrap(), &exams, &sets))
    }

    fn row<'m>(matrix: &'m Matrix<'_>, field: Field) -> &'m Row {
        matrix.rows.iter().find(|r| r.field == field).unwrap()
    }

    #[test]
    fn what_is_shipped_is_measured_by_the_invoice() {
        with("GD-2026-0102", |all| {
            let [matrix] = all else { panic!("one shipment, one matrix") };
            let quantity = row(matrix, Field::Quantity);
            let said: Vec<(Decimal, bool)> = quantity
                .cells
                .iter()
                .zip(&quantity.same)
                .filter_map(|(cell, same)| match &cell.as_ref()?.value {
                    Value::Figure(n, _) => Some((*n, *same)),
                    _ => None,
                })
                .collect();
            let (ordered, shipped) = (Decimal::from(4200), Decimal::from(4236));
            assert_eq!(said.first(), Some(&(ordered, false)));
            assert_eq!(said.get(1), Some(&(ordered, false)), "45A with its tolerance");
            assert!(said.iter().skip(2).all(|s| *s == (shipped, true)) && said.len() > 4, "{said:?}");
            assert!(row(matrix, Field::Vessel).same.iter().filter(|s| **s).count() > 1);
        });
    }

    #[test]
    fn what_the_credit_requires_and_nobody_has_is_missing() {
        with("GD26-0124", |all| {
            let matrix = all.first().unwrap();
            let column = matrix.columns.iter().position(|c| matches!(c, Column::Missing("origin"))).unwrap();
            assert_eq!(row(matrix, Field::Packages).missing.get(column), Some(&true));
            assert!(!matrix.rows.iter().any(|r| r.field == Field::Volume && r.missing[column]));
        });
    }

    #[test]
    fn two_lots_have_a_matrix_each_and_their_common_papers_a_third() {
        with("GD-2026-0108", |all| {
            let shape: Vec<(Option<&str>, bool)> = all.iter().map(|m| (m.shipment, m.whole)).collect();
            assert_eq!(shape, [(Some("1"), false), (Some("2"), false), (None, true)]);
            let claim = row(&all[2], Field::Claim);
            let total: Decimal = "574540".parse().unwrap();
            let equal = |c: &Option<Cell>| {
                c.as_ref().is_none_or(|c| matches!(c.value, Value::Amount(n, _) if n == total))
            };
            assert!(claim.said() > 1 && claim.cells.iter().all(equal), "{claim:#?}");
        });
    }
}
