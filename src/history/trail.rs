//! What became of an order, change by change, and who wrote each line of its files.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::Event;
use crate::change::Change;

/// The changes of one order, oldest first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Trail {
    /// One per commit of the common line that touched the order, or changed a default of its customer that it uses.
    pub steps: Vec<Step>,
}

/// One change of an order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// Who, when, in which change; `None`: not committed yet.
    pub event: Option<Arc<Event>>,
    /// What happened to the order as a whole.
    pub what: What,
    /// Files of the order that differ, relative to the data root; empty when only the customer's defaults changed.
    pub files: Vec<Arc<str>>,
    /// What the change says. For an order that came: its first plan, and whose it is (`customer`, `po`, `signed`); for
    /// one that went: whose it was. Empty when only notes, attachments or the way of writing changed.
    pub changes: Vec<Change>,
}

/// What a change did to an order as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum What {
    /// The order came, for the first time or after it had gone.
    Added,
    /// It was there before and after.
    Changed,
    /// It is gone.
    Removed,
}

/// Who wrote each line of a file as it stands now.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Lines {
    /// So many lines in a row, and who wrote them; `None`: not committed yet. Neighbours differ.
    runs: Vec<(usize, Option<Arc<Event>>)>,
}

impl Lines {
    /// From the first line on.
    pub(super) fn of(authors: impl IntoIterator<Item = (usize, Option<Arc<Event>>)>) -> Self {
        let mut runs: Vec<(usize, Option<Arc<Event>>)> = Vec::new();
        for (count, who) in authors {
            match runs.last_mut() {
                Some((all, last)) if *last == who => *all += count,
                _ => runs.push((count, who)),
            }
        }
        Self { runs }
    }

    /// How many lines there are.
    #[must_use]
    pub fn count(&self) -> usize {
        self.runs.iter().map(|(count, _)| count).sum()
    }

    /// Who wrote a line, from 0; `None` when there is no such line.
    pub(super) fn author(&self, line: usize) -> Option<Option<&Event>> {
        let mut end = 0;
        let run = self.runs.iter().find(|(count, _)| {
            end += count;
            line < end
        });
        run.map(|(_, who)| who.as_deref())
    }

    /// Each line.
    pub(super) fn authors(&self) -> Vec<Option<Arc<Event>>> {
        self.runs.iter().flat_map(|(count, who)| std::iter::repeat_n(who.clone(), *count)).collect()
    }
}

/// Who wrote a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Author<'a> {
    /// Nobody can say: no history, a shallow clone, no such line.
    Unknown,
    /// The line is not committed yet.
    Uncommitted,
    /// In this commit.
    Known(&'a Event),
}
