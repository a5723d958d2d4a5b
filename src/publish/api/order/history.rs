//! What became of the order, change by change, as git knows it.

use schemars::JsonSchema;
use serde::Serialize;

use super::super::{Api, words};
use super::records::Records;
use crate::history::{Event, Step, What};
use crate::model::Order;

/// The history of an order.
#[derive(Debug, Serialize, JsonSchema)]
pub struct HistoryDoc<'a> {
    /// `complete`; else why nothing can be said: `shallow`, `no-repository`, `unborn`, `outside-data`, `unreadable`.
    pub state: &'static str,
    /// Its files differ from the last commit.
    pub uncommitted: bool,
    /// The commit that recorded it first, a key of `commits`.
    pub first: Option<&'a str>,
    /// The commit that changed it last.
    pub last: Option<&'a str>,
    /// How many commits touched it.
    pub count: u32,
    /// The changes, oldest first.
    pub changes: Vec<StepDoc<'a>>,
}

/// One change.
#[derive(Debug, Serialize, JsonSchema)]
pub struct StepDoc<'a> {
    /// The commit, a key of `commits`; null: not committed yet.
    pub recorded: Option<&'a str>,
    /// `added`, `changed` or `removed`.
    pub what: &'static str,
    /// What it says. What we pay is not told; notes and attachments have no fact.
    pub facts: Vec<FactDoc>,
}

/// One fact that came, went, or says something else.
#[derive(Debug, Serialize, JsonSchema)]
pub struct FactDoc {
    /// `contract`, `money`, `document`, `plan` or `routine`.
    pub kind: &'static str,
    /// Which, elements by identity: `plan.shipped`, `items[A].price`.
    pub key: String,
    /// What stood there; null when nothing did.
    pub before: Option<String>,
    /// What stands there now; null when it went.
    pub after: Option<String>,
}

impl<'c, 'a: 'c> Api<'c, 'a> {
    /// The history as of the day of the facts.
    pub(super) fn history(&self, order: &Order, records: &Records<'_, 'c>) -> HistoryDoc<'c> {
        let (history, as_of) = (self.ctx.facts.history, self.ctx.as_of());
        let recorded = history.orders.get(&*order.id);
        let steps = history.trail(&order.id).map(|trail| trail.steps).unwrap_or_default();
        // The names of commits outlive the trail, which is unpacked for this document alone.
        let mut events = history.trails.events(&order.id).map(|event| &**event);
        let mut changes = Vec::with_capacity(steps.len());
        for step in &steps {
            let event = step.event.as_ref().and_then(|_| events.next());
            if event.is_none_or(|event| event.date <= as_of) {
                changes.push(self.step(step, event, records));
            }
        }
        HistoryDoc {
            state: words::history(&history.state),
            uncommitted: history.is_uncommitted(&order.id),
            first: recorded.map(|r| records.name(&r.first)),
            last: recorded.map(|r| records.name(&r.last)),
            count: recorded.map_or(0, |r| r.commits),
            changes,
        }
    }

    fn step(&self, step: &Step, event: Option<&'c Event>, records: &Records<'_, 'c>) -> StepDoc<'c> {
        StepDoc {
            recorded: event.map(|event| records.name(event)),
            what: words::what(step.what),
            facts: self.facts(step.what, &step.changes),
        }
    }

    /// What a change says of an order.
    pub(in crate::publish::api) fn facts(
        &self,
        what: What,
        changes: &[crate::change::Change],
    ) -> Vec<FactDoc> {
        if what != What::Changed {
            return Vec::new();
        }
        let told = changes.iter().filter_map(|change| self.shown.change(change));
        told.map(|change| FactDoc {
            kind: change.kind.code(),
            key: change.key.clone(),
            before: change.before.clone(),
            after: change.after.clone(),
        })
        .collect()
    }
}
