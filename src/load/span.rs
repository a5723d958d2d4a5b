//! Key path → byte range, from a fresh parse of the one file that a finding names.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// A step of a key path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// A key.
    Key(String),
    /// An element of an array.
    Index(usize),
}

/// Reads `items[0].pack."a.b"` into steps. What is malformed ends the path: a shorter one names a parent.
#[must_use]
pub fn steps(path: &str) -> Vec<Step> {
    let mut steps = Vec::new();
    let mut rest = path;
    while !rest.is_empty() {
        if let Some(after) = rest.strip_prefix('.') {
            rest = after;
        } else if let Some(after) = rest.strip_prefix('[') {
            let Some((index, after)) = after.split_once(']') else { break };
            let Ok(index) = index.parse() else { break };
            steps.push(Step::Index(index));
            rest = after;
        } else if let Some(after) = rest.strip_prefix('"') {
            let Some((key, after)) = after.split_once('"') else { break };
            steps.push(Step::Key(key.to_owned()));
            rest = after;
        } else {
            let end = rest.find(['.', '[']).unwrap_or(rest.len());
            let (key, after) = rest.split_at(end);
            steps.push(Step::Key(key.to_owned()));
            rest = after;
        }
    }
    steps
}

/// Where a path stands: the range of its key and of its value, and how many steps were found. A single table
/// written `[bl]` is also found as `bl[0]`.
pub struct Found {
    /// Range of the last key found, when the last step was a key.
    pub key: Option<Range<usize>>,
    /// Range of the value.
    pub value: Range<usize>,
    /// Steps that exist.
    pub depth: usize,
}

/// Follows a path as far as it exists; `None` when not even its first key does.
#[must_use]
pub fn find(table: &DeTable<'_>, path: &[Step]) -> Option<Found> {
    let (first, rest) = path.split_first()?;
    let Step::Key(first) = first else { return None };
    let (key, mut value) = entry(table, first)?;
    let mut found = Found { key: Some(key), value: value.span(), depth: 1 };
    for step in rest {
        let next = match (step, value.get_ref()) {
            (Step::Index(index), DeValue::Array(items)) => items.get(*index).map(|v| (None, v)),
            (Step::Index(0), DeValue::Table(_)) => Some((found.key.clone(), value)),
            (Step::Key(key), DeValue::Table(table)) => entry(table, key).map(|(k, v)| (Some(k), v)),
            _ => None,
        };
        let Some((key, inner)) = next else { break };
        found = Found { key, value: inner.span(), depth: found.depth + 1 };
        value = inner;
    }
    Some(found)
}

fn entry<'t, 'i>(table: &'t DeTable<'i>, key: &str) -> Option<(Range<usize>, &'t Spanned<DeValue<'i>>)> {
    let (found, value) = table.get_key_value(key)?;
    Some((found.span(), value))
}

/// The stable name of a place: elements by `id`, `number`, `sku`, `ref` or `name`, by position only where
/// they have none. Used in fingerprints and by waivers.
#[must_use]
pub fn identity(table: &DeTable<'_>, path: &[Step]) -> String {
    let mut name = String::new();
    let mut value: Option<&DeValue<'_>> = None;
    for step in path {
        match step {
            Step::Key(key) => {
                if !name.is_empty() {
                    name.push('.');
                }
                name.push_str(key);
                value = match value {
                    None => table.get(key.as_str()).map(Spanned::get_ref),
                    Some(DeValue::Table(inner)) => inner.get(key.as_str()).map(Spanned::get_ref),
                    Some(_) => None,
                };
            }
            Step::Index(index) => {
                let element = match value {
                    Some(DeValue::Array(items)) => items.get(*index).map(Spanned::get_ref),
                    Some(table @ DeValue::Table(_)) if *index == 0 => Some(table),
                    _ => None,
                };
                let called = element.and_then(element_name);
                name.push('[');
                match called {
                    Some(called) => name.push_str(&called),
                    None => name.push_str(&index.to_string()),
                }
                name.push(']');
                value = element;
            }
        }
    }
    name
}

fn element_name(element: &DeValue<'_>) -> Option<String> {
    let DeValue::Table(table) = element else { return None };
    ["id", "number", "sku", "ref", "name"]
        .iter()
        .find_map(|key| table.get(*key)?.get_ref().as_str().map(str::to_owned))
        .or_else(|| table.get("date")?.get_ref().as_datetime().map(ToString::to_string))
}

/// The deepest key path whose value holds a byte range: the way back from a range to a name.
#[must_use]
pub fn path_at(table: &DeTable<'_>, span: &Range<usize>) -> Vec<Step> {
    let mut path = Vec::new();
    let holds = |range: &Range<usize>| range.start <= span.start && span.end <= range.end;
    let mut current = Inner::Table(table);
    loop {
        let next = match current {
            Inner::Table(table) => table
                .iter()
                .find(|(key, value)| holds(&key.span()) || holds(&value.span()))
                .map(|(key, value)| (Step::Key(key.get_ref().to_string()), value.get_ref())),
            Inner::Array(items) => items
                .iter()
                .enumerate()
                .find(|(_, value)| holds(&value.span()) || contains(value.get_ref(), span))
                .map(|(index, value)| (Step::Index(index), value.get_ref())),
        }
        .or_else(|| match current {
            // The span of a `[table]` is its header only; its content is looked for inside.
            Inner::Table(table) => table
                .iter()
                .find(|(_, value)| contains(value.get_ref(), span))
                .map(|(key, value)| (Step::Key(key.get_ref().to_string()), value.get_ref())),
            Inner::Array(_) => None,
        });
        let Some((step, value)) = next else { return path };
        path.push(step);
        current = match value {
            DeValue::Table(table) => Inner::Table(table),
            DeValue::Array(items) => Inner::Array(items),
            _ => return path,
        };
    }
}

#[derive(Clone, Copy)]
enum Inner<'t, 'i> {
    Table(&'t DeTable<'i>),
    Array(&'t [Spanned<DeValue<'i>>]),
}

fn contains(value: &DeValue<'_>, span: &Range<usize>) -> bool {
    let holds = |range: &Range<usize>| range.start <= span.start && span.end <= range.end;
    match value {
        DeValue::Table(table) => table.iter().any(|(key, value)| {
            holds(&key.span()) || holds(&value.span()) || contains(value.get_ref(), span)
        }),
        DeValue::Array(items) => {
            items.iter().any(|value| holds(&value.span()) || contains(value.get_ref(), span))
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "po = 1\n[[items]]\nsku = \"A\"\nqty = 5\n[[items]]\nsku = \"B\"\npack = { gross_kg = 8.4 }\n[bl]\nnumber = \"X\"\n";

    #[test]
    fn a_path_leads_to_its_value_or_its_nearest_parent() {
        let (table, errors) = DeTable::parse_recoverable(TEXT);
        assert!(errors.is_empty());
        let at = |path: &str| {
            let found = find(table.get_ref(), &steps(path)).unwrap();
            (&TEXT[found.value], found.depth)
        };
        assert_eq!(at("items[1].pack.gross_kg"), ("8.4", 4));
        assert_eq!(at("items[1].pack.net_kg"), ("{ gross_kg = 8.4 }", 3));
        assert_eq!(at("bl[0].number"), ("\"X\"", 3));
        assert!(find(table.get_ref(), &steps("plan.shipped")).is_none());
    }

    #[test]
    fn elements_are_named_by_what_they_are_called() {
        let (table, _) = DeTable::parse_recoverable(TEXT);
        assert_eq!(identity(table.get_ref(), &steps("items[1].pack.gross_kg")), "items[B].pack.gross_kg");
        assert_eq!(identity(table.get_ref(), &steps("bl[0].gross_kg")), "bl[X].gross_kg");
        assert_eq!(identity(table.get_ref(), &steps("received[7].amount")), "received[7].amount");
    }

    #[test]
    fn a_range_leads_back_to_its_path() {
        let (table, _) = DeTable::parse_recoverable(TEXT);
        let at = TEXT.find("8.4").unwrap();
        assert_eq!(path_at(table.get_ref(), &(at..at + 3)), steps("items[1].pack.gross_kg"));
        let at = TEXT.find("\"X\"").unwrap();
        assert_eq!(path_at(table.get_ref(), &(at..at + 3)), steps("bl.number"));
    }
}
