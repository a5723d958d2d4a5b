//! Which element of a list was which before: by what it says, by its name, by all but its name, and only then by its
//! place. Linear in the number of elements.

use std::collections::{BTreeMap, VecDeque};

use crate::change::form::TableForm;
use crate::change::sheet::{Leaf, Node};

/// What elements are called by, first what is most their own.
const NAMES: &[&str] = &[
    "id", "number", "sku", "bank_ref", "ref", "name", "cartons", "date", "kind", "rule", "opened", "from",
    "what", "text",
];

/// The keys by which elements of a table are called, of which the first that is written counts.
fn names(form: &TableForm) -> &'static [&'static str] {
    match form.name {
        // Many reports about one item; the day tells them apart.
        "Progress" | "Inspection" | "Reminder" => &["date"],
        "PackingLine" => &["cartons", "sku", "name"],
        "Amendment" | "CreditAmendment" => &["number", "date", "what"],
        "Credit" => &["date", "kind"],
        _ => NAMES,
    }
}

/// A second key that tells apart what the first one does not.
fn second(form: &TableForm) -> Option<&'static str> {
    match form.name {
        "Progress" => Some("sku"),
        "Inspection" => Some("stage"),
        "Approval" => Some("date"),
        _ => None,
    }
}

/// What an element is called, and the keys of its table that say so.
fn name(form: &TableForm, node: &Node) -> Option<(String, Vec<usize>)> {
    let of = |key: &str| match node.get(form, key)? {
        Node::Leaf(leaf @ (Leaf::Text(_) | Leaf::Date(_) | Leaf::Code(_))) => {
            let text = super::say::leaf(leaf, None);
            (!text.is_empty()).then_some(text)
        }
        _ => None,
    };
    let at = |key: &str| form.find(key).map(|(index, _)| index);
    let (key, mut called) = names(form).iter().find_map(|key| Some((*key, of(key)?)))?;
    let mut keys: Vec<usize> = at(key).into_iter().collect();
    if let Some((more, index)) = second(form).and_then(|key| Some((of(key)?, at(key)?))) {
        called.push(' ');
        called.push_str(&more);
        keys.push(index);
    }
    Some((called, keys))
}

/// The elements of a list with their names; a name that was there before is followed by `#2`.
pub(super) struct Named {
    /// What each is called in a key: its name, or its position.
    pub called: Vec<String>,
    bare: Vec<Option<String>>,
    keys: Vec<Vec<usize>>,
}

impl Named {
    pub(super) fn of(form: &TableForm, list: &[Node]) -> Self {
        let mut seen: BTreeMap<String, usize> = BTreeMap::new();
        let mut named = Self { called: Vec::new(), bare: Vec::new(), keys: Vec::new() };
        for (index, node) in list.iter().enumerate() {
            match name(form, node) {
                Some((name, keys)) => {
                    let count = seen.entry(name.clone()).or_default();
                    *count += 1;
                    named.called.push(if *count > 1 { format!("{name}#{count}") } else { name.clone() });
                    named.bare.push(Some(name));
                    named.keys.push(keys);
                }
                None => {
                    named.called.push(index.to_string());
                    named.bare.push(None);
                    named.keys.push(Vec::new());
                }
            }
        }
        named
    }
}

/// For each element of the newer list the element of the older one that it was.
pub(super) fn pairs(old: &[Node], new: &[Node], was: &Named, is: &Named) -> Vec<Option<usize>> {
    let mut found = vec![None; new.len()];
    let mut taken = vec![false; old.len()];
    // The same in everything.
    run(
        &mut found,
        &mut taken,
        |i| Some((was.bare.get(i)?.clone(), old.get(i)?.digest(&[]))),
        |i| Some((is.bare.get(i)?.clone(), new.get(i)?.digest(&[]))),
    );
    // The same name.
    run(&mut found, &mut taken, |i| was.bare.get(i)?.clone(), |i| is.bare.get(i)?.clone());
    // The same but for the name: a number was mistyped. What has nothing but a name is not the same as anything.
    let rest = |node: &Node, keys: &Vec<usize>| match node {
        Node::Table(all) if all.len() > keys.len() => Some(node.digest(keys)),
        _ => None,
    };
    run(
        &mut found,
        &mut taken,
        |i| rest(old.get(i)?, was.keys.get(i)?),
        |i| rest(new.get(i)?, is.keys.get(i)?),
    );
    // No name on either side: by their order among what is left.
    let nameless = |named: &Named, i: usize| named.bare.get(i).filter(|n| n.is_none()).map(|_| ());
    run(&mut found, &mut taken, |i| nameless(was, i), |i| nameless(is, i));
    found
}

/// Pairs what is left on both sides and has the same key, in order.
fn run<K: Ord>(
    found: &mut [Option<usize>],
    taken: &mut [bool],
    old: impl Fn(usize) -> Option<K>,
    new: impl Fn(usize) -> Option<K>,
) {
    if found.iter().all(Option::is_some) || taken.iter().all(|t| *t) {
        return;
    }
    let mut waiting: BTreeMap<K, VecDeque<usize>> = BTreeMap::new();
    for (index, _) in taken.iter().enumerate().filter(|(_, taken)| !**taken) {
        if let Some(key) = old(index) {
            waiting.entry(key).or_default().push_back(index);
        }
    }
    for (index, slot) in found.iter_mut().enumerate().filter(|(_, slot)| slot.is_none()) {
        let Some(key) = new(index) else { continue };
        if let Some(match_) = waiting.get_mut(&key).and_then(VecDeque::pop_front) {
            *slot = Some(match_);
            if let Some(taken) = taken.get_mut(match_) {
                *taken = true;
            }
        }
    }
}
