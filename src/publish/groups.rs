//! What several pages count, computed once per build and used by both languages: orders by standing, customer,
//! supplier, forwarder, and what hurts in each.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, NaiveDate};
use rayon::prelude::*;

use super::ctx::Findings;
use super::indicators;
use super::threat::{self, Threat};
use crate::check::finding::{Finding, Subject};
use crate::derive::exposure::Exposure;
use crate::derive::kpi::Kpis;
use crate::derive::{Facts, OrderFacts};
use crate::model::Order;
use crate::model::party::PartyKind;
use crate::model::stage::{Milestone, StageKey};

/// A month: year and month from 1.
pub type Month = (i32, u32);

/// The month of a day.
#[must_use]
pub fn month(day: NaiveDate) -> Month {
    (day.year(), day.month())
}

/// Numbers of orders are positions in `facts.orders` and `book.orders`.
#[derive(Debug)]
pub struct Groups<'a> {
    /// Everything the groups were made of.
    pub facts: &'a Facts<'a>,
    /// The worst of each order, parallel to the orders.
    pub threats: Vec<Option<Threat<'a>>>,
    /// Open orders, the most pressing first.
    pub open: Vec<usize>,
    /// Orders on the board by their stage, the most pressing first; ten entries.
    pub stages: Vec<Vec<usize>>,
    /// Closed and archived orders by the year of closing, newest first.
    pub closed: BTreeMap<i32, Vec<usize>>,
    /// Cancelled orders, newest first.
    pub cancelled: Vec<usize>,
    /// Archived (else closed) and cancelled orders by month, by number.
    pub archive: BTreeMap<Month, Vec<usize>>,
    /// Orders of a party, open ones first by pressure, then closed ones, newest first.
    parties: BTreeMap<PartyKind, BTreeMap<&'a str, Vec<usize>>>,
    /// What customers owe, what stands behind it, how they pay.
    pub exposure: Exposure<'a>,
    /// How good we are.
    pub kpis: Kpis,
    /// Findings about a party's own file.
    notes: BTreeMap<PartyKind, BTreeMap<&'a str, Vec<&'a Finding>>>,
}

/// Feedback is asked for within this many days after closing; older cards only fill the board.
const FEEDBACK_DAYS: i64 = 90;

impl<'a> Groups<'a> {
    /// Groups all orders.
    #[must_use]
    pub fn of(facts: &'a Facts<'a>, findings: &Findings<'a>) -> Self {
        let threats: Vec<Option<Threat<'a>>> = facts
            .book
            .orders
            .par_iter()
            .zip(&facts.orders)
            .map(|(order, own)| threat::worst(facts, findings, order, own))
            .collect();
        let mut groups = Self {
            facts,
            threats,
            open: Vec::new(),
            stages: vec![Vec::new(); StageKey::ALL.len()],
            closed: BTreeMap::new(),
            cancelled: Vec::new(),
            archive: BTreeMap::new(),
            parties: BTreeMap::new(),
            exposure: Exposure::of(facts),
            kpis: Kpis::of(facts, &indicators::found(facts, findings)),
            notes: party_findings(findings),
        };
        groups.sort_orders();
        groups.fill_board();
        groups.fill_parties();
        groups
    }

    fn sort_orders(&mut self) {
        let mut closed: Vec<(NaiveDate, usize)> = Vec::new();
        let mut cancelled: Vec<(NaiveDate, usize)> = Vec::new();
        for (index, (order, own)) in self.facts.each().enumerate() {
            let filed = if let Some(day) = own.progress.cancelled {
                cancelled.push((day, index));
                Some(day)
            } else if own.is_open() {
                self.open.push(index);
                None
            } else {
                let day = closed_on(order, own, self.facts.as_of);
                closed.push((day, index));
                Some(filed_on(own).unwrap_or(day))
            };
            if let Some(day) = filed {
                self.archive.entry(month(day)).or_default().push(index);
            }
        }
        let newest =
            |list: &mut Vec<(NaiveDate, usize)>| list.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
        newest(&mut closed);
        newest(&mut cancelled);
        for (day, index) in closed {
            self.closed.entry(day.year()).or_default().push(index);
        }
        self.cancelled = cancelled.into_iter().map(|(_, index)| index).collect();
        let mut open = std::mem::take(&mut self.open);
        open.sort_by_cached_key(|index| self.pressure(*index));
        // What hurts leads; the sort is stable, so the rest keeps its order.
        open.sort_by(|a, b| match (self.threat(*a), self.threat(*b)) {
            (Some(a), Some(b)) => a.rank(b),
            (a, b) => b.is_some().cmp(&a.is_some()),
        });
        self.open = open;
    }

    /// Without a threat: the least slack first, then the earliest shipment.
    fn pressure(&self, index: usize) -> (i64, NaiveDate, usize) {
        let slack = self.own(index).and_then(|own| own.slack).map_or(i64::MAX, |s| s.days);
        let ship = self.order(index).and_then(|o| o.ship_by).unwrap_or(NaiveDate::MAX);
        (slack, ship, index)
    }

    fn fill_board(&mut self) {
        let place = |stage: StageKey| usize::from(stage.number().saturating_sub(1));
        for position in 0..self.open.len() {
            let Some(&index) = self.open.get(position) else { continue };
            let current = self.own(index).and_then(|own| own.progress.current);
            if let Some(column) = current.and_then(|stage| self.stages.get_mut(place(stage))) {
                column.push(index);
            }
        }
        let asked: Vec<usize> = self
            .closed
            .values()
            .rev()
            .flatten()
            .copied()
            .filter(|index| self.own(*index).is_some_and(|own| self.waits_for_feedback(own)))
            .collect();
        if let Some(column) = self.stages.get_mut(place(StageKey::Feedback)) {
            column.extend(asked);
        }
    }

    fn waits_for_feedback(&self, own: &OrderFacts) -> bool {
        own.progress.current == Some(StageKey::Feedback)
            && filed_on(own).is_some_and(|day| (self.facts.as_of - day).num_days() <= FEEDBACK_DAYS)
    }

    fn fill_parties(&mut self) {
        let book = self.facts.book;
        let closed = self.closed.values().rev().flatten();
        let all: Vec<usize> = self.open.iter().chain(closed).chain(&self.cancelled).copied().collect();
        for index in all {
            let Some(order) = book.orders.get(index) else { continue };
            for (kind, id) in parties_of(order) {
                self.parties.entry(kind).or_default().entry(id).or_default().push(index);
            }
        }
    }

    /// An order by its number.
    #[must_use]
    pub fn order(&self, index: usize) -> Option<&'a Order> {
        self.facts.book.orders.get(index)
    }

    /// The facts of an order by its number.
    #[must_use]
    pub fn own(&self, index: usize) -> Option<&'a OrderFacts> {
        self.facts.orders.get(index)
    }

    /// An order with its facts.
    #[must_use]
    pub fn get(&self, index: usize) -> Option<(&'a Order, &'a OrderFacts)> {
        self.order(index).zip(self.own(index))
    }

    /// The worst of an order.
    #[must_use]
    pub fn threat(&self, index: usize) -> Option<&Threat<'a>> {
        self.threats.get(index).and_then(Option::as_ref)
    }

    /// Orders of a party: open ones first, then closed, then cancelled ones.
    #[must_use]
    pub fn party(&self, kind: PartyKind, id: &str) -> &[usize] {
        self.parties.get(&kind).and_then(|all| all.get(id)).map_or(&[], Vec::as_slice)
    }

    /// Findings about a party's own file.
    #[must_use]
    pub fn party_findings(&self, kind: PartyKind, id: &str) -> &[&'a Finding] {
        self.notes.get(&kind).and_then(|all| all.get(id)).map_or(&[], Vec::as_slice)
    }
}

/// The parties of an order, each once.
fn parties_of(order: &Order) -> BTreeSet<(PartyKind, &str)> {
    let customer = order.customer.as_deref().map(|id| (PartyKind::Customer, id));
    let bought = order.items.iter().filter_map(|item| item.buy.as_deref()?.from.as_deref());
    let ordered = order.purchases.iter().filter_map(|purchase| purchase.to.as_deref());
    let carried = order.shipments.iter().filter_map(|shipment| shipment.forwarder.as_deref());
    customer
        .into_iter()
        .chain(bought.chain(ordered).map(|id| (PartyKind::Supplier, id)))
        .chain(carried.map(|id| (PartyKind::Forwarder, id)))
        .collect()
}

/// The day an order was filed: archived, else closed.
#[must_use]
pub fn filed_on(own: &OrderFacts) -> Option<NaiveDate> {
    own.progress.done_on(Milestone::Archived).or_else(|| own.progress.done_on(Milestone::Closed))
}

/// The day an order was closed; where nobody recorded it, the best day that is known.
#[must_use]
pub fn closed_on(order: &Order, own: &OrderFacts, as_of: NaiveDate) -> NaiveDate {
    own.progress
        .done_on(Milestone::Closed)
        .or_else(|| own.progress.done_on(Milestone::Archived))
        .or_else(|| own.progress.done_on(Milestone::Paid))
        .or(order.ship_by)
        .unwrap_or(as_of)
}

fn party_findings<'a>(findings: &Findings<'a>) -> BTreeMap<PartyKind, BTreeMap<&'a str, Vec<&'a Finding>>> {
    let mut by_party: BTreeMap<PartyKind, BTreeMap<&str, Vec<&Finding>>> = BTreeMap::new();
    for finding in findings.all {
        let (kind, id) = match &finding.subject {
            Subject::Customer(id) => (PartyKind::Customer, &**id),
            Subject::Supplier(id) => (PartyKind::Supplier, &**id),
            Subject::Forwarder(id) => (PartyKind::Forwarder, &**id),
            Subject::Order(_) | Subject::Root => continue,
        };
        by_party.entry(kind).or_default().entry(id).or_default().push(finding);
    }
    by_party
}
