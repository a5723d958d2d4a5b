//! Whether two cells of a row say the same, as a reader takes it. That they do not is no contradiction yet.

use super::{Field, Value};
use crate::compare::place::{self, Place};
use crate::compare::quantity::{self, Quantity};
use crate::compare::{Outcome, marks, name, reference, term, vessel};
use crate::model::value::Incoterm;
use crate::model::value::fold::fold;

/// Compares two values of one field.
pub(super) fn same(field: Field, a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Figure(x, u), Value::Figure(y, v)) => {
            let of = |value, unit: &Option<String>| (value, unit.clone());
            let ((x, u), (y, v)) = (of(*x, u), of(*y, v));
            match (&u, &v) {
                (Some(_), Some(_)) => {
                    let (a, b) = (
                        Quantity { value: x, unit: u.as_deref() },
                        Quantity { value: y, unit: v.as_deref() },
                    );
                    quantity::compare(a, b).is_some_and(Outcome::agrees)
                }
                _ => x == y,
            }
        }
        (Value::Amount(x, c), Value::Amount(y, d)) => x == y && (c == d || c.is_none() || d.is_none()),
        (Value::Day(x), Value::Day(y)) => x == y,
        (Value::Lines(x), Value::Lines(y)) if field == Field::Hs => roots(x) == roots(y),
        (Value::Lines(x), Value::Lines(y)) => marks::compare(x, y) == marks::Marks::Same,
        (Value::Containers(x), Value::Containers(y)) => containers(x, y),
        (Value::Text(x), Value::Text(y)) => texts(field, x, y),
        _ => false,
    }
}

fn texts(field: Field, a: &str, b: &str) -> bool {
    match field {
        Field::Buyer | Field::Consignee | Field::Notify => {
            name::compare_block(a, b).agrees() || name::compare_block(b, a).agrees()
        }
        Field::Term => match (Incoterm::parse(a), Incoterm::parse(b)) {
            (Ok(x), Ok(y)) => {
                let compared = term::compare(&x, &y);
                let place =
                    !matches!(compared.place, Place::Is(Outcome::Different | Outcome::Typo) | Place::Within);
                compared.rule && place && compared.year != Outcome::Different
            }
            _ => {
                // The declaration prints the three letters alone.
                let head =
                    |text: &str| fold(text).split(' ').next().unwrap_or_default().replace("C&F", "CFR");
                fold(a) == fold(b) || (head(a) == head(b) && (a.trim().len() == 3 || b.trim().len() == 3))
            }
        },
        Field::From | Field::To => matches!(place::compare(a, b), Place::Is(outcome) if outcome.agrees()),
        Field::Vessel => match (vessel::read(a, None), vessel::read(b, None)) {
            (Some(x), Some(y)) => vessel::compare(&x, &y).agrees(),
            _ => fold(a) == fold(b),
        },
        Field::Credit | Field::Contract | Field::Po | Field::Invoice => {
            reference::compare(a, b).agrees() || reference::names(a, b) || reference::names(b, a)
        }
        _ => fold(a) == fold(b),
    }
}

/// The international six digits, each once.
fn roots(codes: &[String]) -> Vec<String> {
    let mut roots: Vec<String> =
        codes.iter().map(|c| c.chars().filter(char::is_ascii_digit).take(6).collect()).collect();
    roots.sort_unstable();
    roots.dedup();
    roots
}

/// The same containers; a seal that one does not print is no difference.
fn containers(a: &[(String, Option<String>)], b: &[(String, Option<String>)]) -> bool {
    let plain = reference::plain;
    let inside = |x: &[(String, Option<String>)], y: &[(String, Option<String>)]| {
        x.iter().all(|(number, seal)| {
            y.iter().any(|(other, theirs)| {
                let seals = seal.as_deref().zip(theirs.as_deref());
                plain(number) == plain(other) && seals.is_none_or(|(s, t)| plain(s) == plain(t))
            })
        })
    };
    inside(a, b) && inside(b, a)
}
