//! What each order's pages are made from, as keys: an order whose key is the same as in the last build keeps its pages.
//!
//! An order's pages depend on its own records and history, on what was found about it, and on what stands around all
//! orders (the *world*): the program, the day, the configuration, the parties, people, calendars, rates and templates.
//! No order's page reads another order; what one order learns from others (a number used twice) reaches its page as a
//! finding. `tests/again.rs` holds this against builds from nothing.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::Read;
use std::sync::Arc;

use rayon::prelude::*;

use crate::check::finding::Finding;
use crate::derive::Facts;
use crate::history::History;
use crate::key::{Key, KeyMaker};
use crate::model::Order;
use crate::publish::ctx::Findings;

/// A larger note is not shown whole, and is not read whole here.
const NOTES: u64 = 16 * 1024 * 1024;

/// The keys of one build.
#[derive(Debug)]
pub struct Keys {
    world: Key,
    /// Parallel to the orders.
    orders: Vec<Key>,
}

impl Keys {
    /// The keys of a build. `settings` is what the build was told and its templates. `None` when the program cannot
    /// read itself: then nothing is known to be the same.
    #[must_use]
    pub fn of(facts: &Facts<'_>, findings: &Findings<'_>, settings: &KeyMaker) -> Option<Self> {
        let program = program()?;
        let book = facts.book;
        let in_orders = |path: &str| folder_of(facts, path).is_some();
        let mut world = settings.clone();
        world.key(program).value(&facts.as_of).value(&book.config.languages());
        for (path, sum) in book.sums.iter().filter(|(path, _)| !in_orders(path)) {
            world.text(path).key(*sum);
        }
        for path in book.attachments.iter().filter(|path| !in_orders(path)) {
            world.text(path);
        }
        let history = facts.history;
        // Which commits are nobody's decides who wrote a line.
        world.value(&history.state).value(&history.ignored);
        // Later commits matter only to a build that looks back.
        world.value(&history.head.as_ref().map(|head| head.committed).filter(|day| *day > facts.as_of));
        let world = world.finish();
        let attached = attached(facts);
        let of = |order: &Order| {
            let mut key = KeyMaker::new(&order.id);
            key.key(world);
            records(&mut key, facts, order);
            attached.get(&*order.folder).into_iter().flatten().for_each(|path| {
                key.text(path);
            });
            recorded(&mut key, history, order);
            for found in findings.order(&order.id) {
                finding(&mut key, facts, found);
            }
            key.finish()
        };
        Some(Self { world, orders: book.orders.par_iter().map(of).collect() })
    }

    /// The key of what is made from everything but orders.
    #[must_use]
    pub fn world(&self) -> Key {
        self.world
    }

    /// The key of the pages of an order, by its position.
    #[must_use]
    pub fn order(&self, index: usize) -> Option<Key> {
        self.orders.get(index).copied()
    }

    /// The key of a page that shows some orders in this order, and `more` that it depends on.
    #[must_use]
    pub fn list(&self, orders: impl IntoIterator<Item = usize>, more: &KeyMaker) -> Key {
        let mut key = more.clone();
        key.key(self.world);
        for at in orders {
            match self.order(at) {
                Some(own) => key.key(own),
                None => key.number(at),
            };
        }
        key.finish()
    }
}

/// The program itself: another one may make other pages of the same records.
fn program() -> Option<Key> {
    let mut bytes = Vec::new();
    File::open(std::env::current_exe().ok()?).ok()?.read_to_end(&mut bytes).ok()?;
    Some(Key::of(&bytes))
}

/// The folder of the order that a file belongs to.
fn folder_of<'p>(facts: &Facts<'_>, path: &'p str) -> Option<&'p str> {
    // The name of an order's folder is its ID, at any depth below `orders/`.
    let rest = path.strip_prefix("orders/")?;
    let mut end = "orders/".len();
    for part in rest.split('/') {
        end += part.len();
        if facts.book.order(part).is_some_and(|order| path.get(..end) == Some(&*order.folder)) {
            return path.get(..end);
        }
        end += 1;
    }
    None
}

/// The attachments of each order, by its folder.
fn attached<'a>(facts: &'a Facts<'_>) -> BTreeMap<&'a str, Vec<&'a Arc<str>>> {
    let mut all: BTreeMap<&str, Vec<&Arc<str>>> = BTreeMap::new();
    for path in &facts.book.attachments {
        if let Some(folder) = folder_of(facts, path) {
            all.entry(folder).or_default().push(path);
        }
    }
    all
}

/// What was read of the order's files. The notes are read when the page is made: their key is made before.
fn records(key: &mut KeyMaker, facts: &Facts<'_>, order: &Order) {
    key.text(&order.folder).number(order.origin.files().len());
    for path in order.origin.files() {
        key.text(path);
        match facts.book.sums.get(path) {
            Some(sum) => key.key(*sum),
            None => key.text("unread"),
        };
    }
    if let Some(path) = &order.notes {
        key.text(path);
        match facts.book.root.plain(path, NOTES) {
            Some(bytes) => key.bytes(&bytes),
            None => key.text("unread"),
        };
    }
}

/// What git tells of the order: a commit's id stands for everything before it.
fn recorded(key: &mut KeyMaker, history: &History, order: &Order) {
    key.value(&history.is_uncommitted(&order.id));
    if let Some(known) = history.orders.get(&*order.id) {
        key.text(&known.first.commit).text(&known.last.commit).value(&known.people);
        key.value(&(known.commits, known.uncommitted, known.deleted));
    }
    for event in history.trails.events(&order.id) {
        key.text(&event.commit);
    }
}

/// Everything that a page may say of a finding, and the text that it shows beside it.
pub fn finding(key: &mut KeyMaker, facts: &Facts<'_>, found: &Finding) {
    let Finding {
        rule,
        severity,
        class,
        verdict,
        subject,
        title,
        spots,
        help,
        edits,
        source,
        values,
        until,
        identity,
        fingerprint,
        waived,
        known,
        past,
    } = found;
    key.text(rule.name).text(identity).text(fingerprint);
    key.value(&(severity, class, verdict, subject, title, spots, help));
    key.value(&(edits, source, values, until, waived, known, past));
    for spot in spots {
        if let Some(sum) = facts.book.sums.get(&spot.place.file) {
            key.key(*sum);
        }
    }
}
