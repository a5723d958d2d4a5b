//! The commits of a story as they are told: with the names that `.mailmap` gives, each made once and shared.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::Event;
use super::authors::Author;

/// Every commit that a story names.
#[derive(Debug, Default)]
pub(super) struct Events {
    /// The commits of the common line, oldest first.
    pub(super) commits: Vec<Arc<Event>>,
    /// A step that a merge brought: the merge, by whom its author was. By merge and position.
    pub(super) steps: BTreeMap<(u32, u32), Arc<Event>>,
    /// A line that a merge brought: the commit that wrote it, in the merge's request.
    pub(super) lines: BTreeMap<(u32, u32), Arc<Event>>,
}

impl Events {
    /// Who recorded a step.
    pub(super) fn step(&self, who: Author) -> Option<&Arc<Event>> {
        self.find(who, &self.steps)
    }

    /// Who wrote a line.
    pub(super) fn line(&self, who: Author) -> Option<&Arc<Event>> {
        self.find(who, &self.lines)
    }

    fn find<'e>(
        &'e self,
        who: Author,
        merged: &'e BTreeMap<(u32, u32), Arc<Event>>,
    ) -> Option<&'e Arc<Event>> {
        let inner = who.merged.and_then(|at| merged.get(&(who.commit, at)));
        inner.or_else(|| self.commits.get(who.commit as usize))
    }
}
