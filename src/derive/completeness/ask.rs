//! Collects who asks for what. The sets of the formula write here; what several of them ask for is one need.

use super::kind::Kind;
use super::need::{Clause, CompletenessGate, Level};

/// One clause asks for one thing from a gate on.
pub(super) struct Ask<'a> {
    pub(super) gate: CompletenessGate,
    pub(super) kind: Kind,
    pub(super) level: Level,
    pub(super) clause: Clause<'a>,
    /// Of one shipment only, by its position.
    pub(super) only: Option<usize>,
}

/// What the sets ask for, in their order.
#[derive(Default)]
pub(super) struct Asks<'a> {
    list: Vec<Ask<'a>>,
    /// The shipment that is being asked about.
    only: Option<usize>,
}

impl<'a> Asks<'a> {
    /// Asks for final papers.
    pub(super) fn ask(&mut self, gate: CompletenessGate, clause: Clause<'a>, kinds: &[Kind]) {
        self.list.extend(kinds.iter().map(|&kind| Ask {
            gate,
            kind,
            level: Level::Final,
            clause,
            only: self.only,
        }));
    }

    /// Asks for papers of which a draft is enough.
    pub(super) fn draft(&mut self, gate: CompletenessGate, clause: Clause<'a>, kinds: &[Kind]) {
        let from = self.list.len();
        self.ask(gate, clause, kinds);
        self.list.iter_mut().skip(from).for_each(|ask| ask.level = Level::Draft);
    }

    /// What is asked inside is asked of one shipment.
    pub(super) fn of_shipment(&mut self, index: usize, ask: impl FnOnce(&mut Self)) {
        self.only = Some(index);
        ask(self);
        self.only = None;
    }

    /// What is asked up to a gate, gate by gate.
    pub(super) fn up_to(mut self, gate: CompletenessGate) -> Vec<Ask<'a>> {
        self.list.retain(|ask| ask.gate <= gate);
        self.list.sort_by_key(|ask| ask.gate);
        self.list
    }
}
