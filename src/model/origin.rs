//! Which file a key of an order came from. Turns the order-wide path a rule names (`received[3].amount`)
//! into a place in a file, where that element may be the first.

use std::ops::Range;
use std::sync::Arc;

use crate::check::finding::{At, Place};

/// The files of one record, and which part came from which.
#[derive(Debug, Clone, Default)]
pub struct Origin {
    files: Vec<Arc<str>>,
    parts: Vec<Part>,
}

#[derive(Debug, Clone)]
struct Part {
    key: Box<str>,
    file: usize,
    first: usize,
    count: usize,
    /// Key of the part in its file, for messages about the same key in two files.
    span: Range<usize>,
}

impl Origin {
    /// The origin of a record that is one file.
    #[must_use]
    pub fn single(file: Arc<str>) -> Self {
        Self { files: vec![file], parts: Vec::new() }
    }

    /// Adds a file; parts recorded next belong to it.
    pub fn add_file(&mut self, file: Arc<str>) {
        self.files.push(file);
    }

    /// Records that the file added last gave `count` elements of `key`.
    pub fn add(&mut self, key: &str, count: usize, span: Range<usize>) {
        let first = self.parts.iter().filter(|p| &*p.key == key).map(|p| p.count).sum();
        let file = self.files.len().saturating_sub(1);
        self.parts.push(Part { key: key.into(), file, first, count, span });
    }

    /// Where a top-level key stands already.
    #[must_use]
    pub fn of_key(&self, key: &str) -> Option<(&Arc<str>, Range<usize>)> {
        let part = self.parts.iter().find(|p| &*p.key == key)?;
        Some((self.files.get(part.file)?, part.span.clone()))
    }

    /// The files, in the order in which they were read.
    #[must_use]
    pub fn files(&self) -> &[Arc<str>] {
        &self.files
    }

    /// The file in which a key that is absent would be written.
    fn home(&self, key: &str) -> Option<&Arc<str>> {
        let name = home(key);
        self.files
            .iter()
            .find(|f| f.rsplit('/').next() == Some(name))
            .or_else(|| self.files.iter().find(|f| f.ends_with("/order.toml")))
            .or(self.files.first())
    }

    /// The place of an order-wide key path such as `items[0].price` or `plan.shipped`.
    #[must_use]
    pub fn place(&self, path: &str) -> Place {
        let key_end = path.find(['.', '[']).unwrap_or(path.len());
        let (key, rest) = path.split_at(key_end);
        let index = rest
            .strip_prefix('[')
            .and_then(|r| r.split_once(']'))
            .and_then(|(index, rest)| Some((index.parse::<usize>().ok()?, rest)));
        let part = match index {
            Some((index, _)) => {
                self.parts.iter().find(|p| &*p.key == key && (p.first..p.first + p.count).contains(&index))
            }
            None => self.parts.iter().find(|p| &*p.key == key),
        };
        match (part, index) {
            (Some(part), Some((index, rest))) => {
                Place { file: self.file(part), at: At::Value(format!("{key}[{}]{rest}", index - part.first)) }
            }
            (Some(part), None) => Place { file: self.file(part), at: At::Value(path.to_owned()) },
            (None, _) => match (self.home(key), self.files.first()) {
                (Some(file), _) => Place { file: Arc::clone(file), at: At::Value(path.to_owned()) },
                (None, Some(file)) => Place::file(file),
                (None, None) => Place { file: Arc::from(""), at: At::File },
            },
        }
    }

    fn file(&self, part: &Part) -> Arc<str> {
        self.files.get(part.file).map_or_else(|| Arc::from(""), Arc::clone)
    }
}

/// The name of the file in which a key of an order belongs, by role: merchandiser, document clerk, finance.
#[must_use]
pub fn home(key: &str) -> &'static str {
    match key {
        "received" | "reminders" | "paid" | "credits" | "filings" | "bills" => "money.toml",
        "lc" | "contract" | "proforma" | "invoice" | "packing" | "bl" | "awb" | "waybill" | "courier"
        | "insurance" | "origin" | "customs" | "certificate" | "draft" | "collection" | "presentation"
        | "papers" => "docs.toml",
        _ => "order.toml",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_element_of_a_second_file_is_counted_from_that_files_start() {
        let mut origin = Origin::default();
        origin.add_file(Arc::from("orders/A/money.toml"));
        origin.add("received", 2, 0..1);
        origin.add_file(Arc::from("orders/A/more.toml"));
        origin.add("received", 3, 0..1);
        let place = origin.place("received[3].amount");
        assert_eq!(&*place.file, "orders/A/more.toml");
        assert_eq!(place.at, At::Value("received[1].amount".into()));
    }

    #[test]
    fn an_absent_key_belongs_to_the_file_of_its_role() {
        let mut origin = Origin::default();
        origin.add_file(Arc::from("orders/A/money.toml"));
        origin.add_file(Arc::from("orders/A/order.toml"));
        assert_eq!(&*origin.place("received[0].amount").file, "orders/A/money.toml");
        assert_eq!(&*origin.place("bl[0].gross_kg").file, "orders/A/order.toml");
    }
}
