//! What a change of an order means for the business: which facts came, went, or say something else, and what kind
//! of decision that is. Works on the texts of two versions; knows nothing of git and decides nothing about right
//! or wrong.
//!
//! Records are compared by what they say, not by how they are written: order of keys, comments, spaces, quotes and
//! the form of a number do not matter. Elements of lists are matched by their identity (number, sku, reference,
//! date), so that an insertion above is not a change of everything below.

mod form;
mod kind;
mod pair;
mod say;
mod sections;
mod sheet;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::sync::Arc;

use form::{Form, ORDER, TableForm};
pub use sections::Sections;
use serde::{Deserialize, Serialize};
pub use sheet::Sheet;
use sheet::{Leaf, Node};

use crate::model::value::Currency;

/// What kind of decision a change is; decides who has to look at it. Ordered by weight.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Kind {
    /// Progress, actual dates, notes, forecasts: what a merchandiser records every day.
    Routine,
    /// `[plan]`: what was promised inside the company.
    Plan,
    /// A document or a credit: what the papers say.
    Document,
    /// Receipts, payments, credits, bills.
    Money,
    /// What buyer and seller agreed: parties, goods, prices, terms, latest shipment, amendments.
    Contract,
}

/// One fact that came, went, or says something else.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// What kind of decision it is.
    pub kind: Kind,
    /// The fact, order-wide, elements by identity: `plan.shipped`, `received[BR-77].amount`, `items[A].price`. A
    /// record that came or went as a whole is one change: `received[BR-77]`.
    pub key: String,
    /// The same place by position (`received[2].amount`): in the newer version, or in the older one when it went.
    pub path: String,
    /// What stood there, in one line, as people read it; `None` when nothing did.
    pub before: Option<String>,
    /// What stands there now; `None` when it went.
    pub after: Option<String>,
}

/// What changed from one version of an order to another, weightiest first and then in the order of the reference.
/// `None` stands for no order at all; an order that came or went is one change, with the key `order`.
#[must_use]
pub fn between(old: Option<&Sheet>, new: Option<&Sheet>) -> Vec<Change> {
    let whole = |sheet: &Sheet| {
        let said = ["customer", "po", "incoterm", "payment", "ship_by"];
        let parts = said.iter().filter_map(|key| Some(say::leaf(sheet.leaf(key)?, None)));
        say::short(&parts.collect::<Vec<_>>().join(" · "))
    };
    let (old, new) = match (old, new) {
        (Some(old), Some(new)) => (old, new),
        (None, None) => return Vec::new(),
        (old, new) => {
            return vec![Change {
                kind: Kind::Contract,
                key: "order".to_owned(),
                path: String::new(),
                before: old.map(whole),
                after: new.map(whole),
            }];
        }
    };
    let mut walk = Walk { was: old.currency(), is: new.currency(), changes: Vec::new(), at: At::default() };
    for (index, key) in ORDER.keys.iter().enumerate() {
        let (before, after) = (old.keys.get(&index), new.keys.get(&index));
        // What both versions share is not looked into.
        let shared = before.zip(after).is_some_and(|(before, after)| Arc::ptr_eq(before, after));
        if !shared || walk.was != walk.is {
            walk.key(key.name, &key.form, before.map(|node| &**node), after.map(|node| &**node));
        }
    }
    let mut changes = walk.changes;
    changes.sort_by_key(|change| std::cmp::Reverse(change.kind));
    changes
}

/// Where the walk is: by names, by the older and the newer position, and without elements (for the kind).
#[derive(Default)]
struct At {
    key: String,
    old: String,
    new: String,
    kind: String,
}

struct Walk {
    was: Option<Currency>,
    is: Option<Currency>,
    changes: Vec<Change>,
    at: At,
}

impl Walk {
    /// Does something one step further down.
    fn inside(&mut self, key: &str, old: &str, new: &str, kind: &str, then: impl FnOnce(&mut Self)) {
        let At { key: k, old: o, new: n, kind: d } = &self.at;
        let lengths = (k.len(), o.len(), n.len(), d.len());
        self.at.key.push_str(key);
        self.at.old.push_str(old);
        self.at.new.push_str(new);
        self.at.kind.push_str(kind);
        then(self);
        self.at.key.truncate(lengths.0);
        self.at.old.truncate(lengths.1);
        self.at.new.truncate(lengths.2);
        self.at.kind.truncate(lengths.3);
    }

    fn key(&mut self, name: &str, form: &Form, old: Option<&Node>, new: Option<&Node>) {
        if old.is_none() && new.is_none() {
            return;
        }
        let bare =
            !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-'));
        let dot = if self.at.key.is_empty() { "" } else { "." };
        let step = if bare { format!("{dot}{name}") } else { format!("{dot}\"{}\"", say::short(name)) };
        self.inside(&step, &step, &step, &step, |walk| walk.value(form, old, new));
    }

    fn value(&mut self, form: &Form, old: Option<&Node>, new: Option<&Node>) {
        match form {
            Form::List(inner) if matches!(**inner, Form::Table(_)) => {
                fn list(node: Option<&Node>) -> &[Node] {
                    match node {
                        Some(Node::List(list)) => list,
                        _ => &[],
                    }
                }
                let Form::Table(form) = &**inner else { return };
                self.list(form, list(old), list(new));
            }
            Form::Table(form) => match (old, new) {
                (Some(Node::Table(_)), Some(Node::Table(_))) => self.table(form, old, new),
                // Dates of milestones and cut-offs are facts of their own, each with its day.
                (old, new) if matches!(form.name, "Dates" | "Cutoffs") => self.table(form, old, new),
                (old, new) => {
                    let (before, after) = (
                        old.map(|node| say::record(form, node, self.was)),
                        new.map(|node| say::record(form, node, self.is)),
                    );
                    self.push(before, after);
                }
            },
            Form::Map(inner) => {
                let empty = BTreeMap::new();
                let known = |node: &Option<&Node>| matches!(node, None | Some(Node::Map(_)));
                if !known(&old) || !known(&new) {
                    return self.leaf(old, new);
                }
                fn map<'n>(
                    node: Option<&'n Node>,
                    none: &'n BTreeMap<String, Node>,
                ) -> &'n BTreeMap<String, Node> {
                    match node {
                        Some(Node::Map(map)) => map,
                        _ => none,
                    }
                }
                let (before, after) = (map(old, &empty), map(new, &empty));
                let keys: std::collections::BTreeSet<&String> = before.keys().chain(after.keys()).collect();
                for key in keys {
                    self.key(key, inner, before.get(key), after.get(key));
                }
            }
            _ => self.leaf(old, new),
        }
    }

    fn table(&mut self, form: &TableForm, old: Option<&Node>, new: Option<&Node>) {
        let keys = |node: Option<&Node>| match node {
            Some(Node::Table(keys)) => keys.len(),
            _ => 0,
        };
        if keys(old) == 0 && keys(new) == 0 {
            return;
        }
        for key in &form.keys {
            let before = old.and_then(|node| node.get(form, key.name));
            let after = new.and_then(|node| node.get(form, key.name));
            if before != after {
                self.key(key.name, &key.form, before, after);
            }
        }
    }

    fn list(&mut self, form: &TableForm, old: &[Node], new: &[Node]) {
        if old == new && self.was == self.is {
            return;
        }
        let (was, is) = (pair::Named::of(form, old), pair::Named::of(form, new));
        let pairs = pair::pairs(old, new, &was, &is);
        let mut kept = vec![false; old.len()];
        for (index, (node, from)) in new.iter().zip(&pairs).enumerate() {
            let before = from.and_then(|from| old.get(from));
            if let Some(kept) = from.and_then(|from| kept.get_mut(from)) {
                *kept = true;
            }
            // Most elements of a list say what they said before.
            if before == Some(node) && self.was == self.is {
                continue;
            }
            let called = is.called.get(index).cloned().unwrap_or_default();
            let at_old = format!("[{}]", from.unwrap_or(index));
            self.inside(&format!("[{called}]"), &at_old, &format!("[{index}]"), "", |walk| match before {
                Some(before) => walk.table(form, Some(before), Some(node)),
                None => {
                    let after = say::record(form, node, walk.is);
                    walk.push(None, Some(after));
                }
            });
        }
        for (index, node) in old.iter().enumerate().filter(|(index, _)| kept.get(*index) == Some(&false)) {
            let called = was.called.get(index).cloned().unwrap_or_default();
            let position = format!("[{index}]");
            self.inside(&format!("[{called}]"), &position, &position, "", |walk| {
                let before = say::record(form, node, walk.was);
                walk.push(Some(before), None);
            });
        }
    }

    fn leaf(&mut self, old: Option<&Node>, new: Option<&Node>) {
        if self.same(old, new) {
            return;
        }
        let said = |node: Option<&Node>, currency| {
            node.map(|node| match node {
                Node::Leaf(leaf) => say::leaf(leaf, currency),
                _ => "…".to_owned(),
            })
        };
        let (before, after) = (said(old, self.was), said(new, self.is));
        self.push(before, after);
    }

    /// A bare amount is in the order's currency. While it stays bare, a new currency of the order is told once, by
    /// the order, and not again by every amount.
    fn same(&self, old: Option<&Node>, new: Option<&Node>) -> bool {
        match (old, new) {
            (Some(Node::Leaf(old)), Some(Node::Leaf(new))) => self.same_leaf(old, new),
            (old, new) => old == new,
        }
    }

    fn same_leaf(&self, old: &Leaf, new: &Leaf) -> bool {
        match (old, new) {
            (Leaf::Amount(old, None), Leaf::Amount(new, None)) => old == new,
            (Leaf::Amount(old, from), Leaf::Amount(new, to)) => {
                old == new && from.or(self.was) == to.or(self.is)
            }
            (Leaf::Many(old), Leaf::Many(new)) => {
                old.len() == new.len() && old.iter().zip(new).all(|(old, new)| self.same_leaf(old, new))
            }
            (old, new) => old == new,
        }
    }

    fn push(&mut self, before: Option<String>, after: Option<String>) {
        if before.is_none() && after.is_none() {
            return;
        }
        let path = if after.is_none() { &self.at.old } else { &self.at.new };
        self.changes.push(Change {
            kind: kind::of(&self.at.kind),
            key: self.at.key.clone(),
            path: path.clone(),
            before,
            after,
        });
    }
}
