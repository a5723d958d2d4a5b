//! The trails of all orders. They lie packed; one is unpacked when somebody asks for it, and not kept.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use super::Event;
use super::events::Events;
use super::packed::{self, Slice};
use super::trail::{Step, Trail};

/// What became of each order, by ID.
#[derive(Clone, Default)]
pub struct Trails {
    events: Arc<Events>,
    orders: BTreeMap<String, Kept>,
}

/// One order's.
#[derive(Clone, Default)]
struct Kept {
    told: Slice,
    /// What came since: the work tree, which differs from the last commit.
    more: Vec<Step>,
}

impl Trails {
    pub(super) fn new(events: Arc<Events>) -> Self {
        Self { events, orders: BTreeMap::new() }
    }

    pub(super) fn put(&mut self, id: String, told: Slice) {
        self.orders.insert(id, Kept { told, more: Vec::new() });
    }

    /// Adds a step to an order's.
    pub fn add(&mut self, id: &str, step: Step) {
        self.orders.entry(id.to_owned()).or_default().more.push(step);
    }

    /// True when there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.orders.is_empty()
    }

    /// The IDs, in order; those of orders that are gone too.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.orders.keys().map(String::as_str)
    }

    /// One order's trail.
    #[must_use]
    pub fn get(&self, id: &str) -> Option<Trail> {
        let kept = self.orders.get(id)?;
        let told = packed::unpack(&kept.told).into_iter().filter_map(|step| {
            let event = Some(Arc::clone(self.events.step(step.head.who)?));
            Some(Step { event, what: step.head.what, files: step.files, changes: step.changes })
        });
        Some(Trail { steps: told.chain(kept.more.iter().cloned()).collect() })
    }

    /// What is not committed yet of an order.
    #[must_use]
    pub fn uncommitted(&self, id: &str) -> Option<&Step> {
        self.orders.get(id)?.more.iter().find(|step| step.event.is_none())
    }

    /// Who recorded the steps of an order, oldest first; without what they say, which is most of the work.
    pub fn events(&self, id: &str) -> impl Iterator<Item = &Arc<Event>> {
        let kept = self.orders.get(id);
        let heads = kept.map(|kept| packed::heads(&kept.told)).unwrap_or_default();
        let told = heads.into_iter().filter_map(|head| self.events.step(head.who));
        let more = kept.into_iter().flat_map(|kept| &kept.more).filter_map(|step| step.event.as_ref());
        told.chain(more)
    }
}

/// Two are equal when they tell the same, however it is packed.
impl PartialEq for Trails {
    fn eq(&self, other: &Self) -> bool {
        self.orders.len() == other.orders.len()
            && self.orders.keys().all(|id| other.orders.contains_key(id) && self.get(id) == other.get(id))
    }
}

impl Eq for Trails {}

impl fmt::Debug for Trails {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.orders.keys().map(|id| (id, self.get(id)))).finish()
    }
}
