//! Which commit recorded what: documents name a commit by its id, and say once who made it, and when.

use std::cell::RefCell;
use std::collections::BTreeMap;

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::Serialize;

use super::super::Api;
use super::super::value::{Day, Moment, Words};
use crate::history::{Author, Event};
use crate::publish::witness::{self, Witness};

/// A commit, as git knows it.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct CommitDoc<'a> {
    /// Its full id.
    pub commit: &'a str,
    /// The author: the name of `people.toml` where the e-mail of the commit is known there. Of a merge, who made the
    /// merged commit.
    pub who: Words<'a>,
    /// Its day.
    pub day: Day,
    /// The same to the second.
    pub at: Moment,
    /// Number of the merge or pull request, with the forge's mark.
    pub change: Option<&'a str>,
}

/// The lines of an order's records with their authors, and the commits that a document has named.
pub(in crate::publish::api) struct Records<'w, 'a> {
    witness: Witness<'w, 'a>,
    named: RefCell<BTreeMap<&'a str, &'a Event>>,
}

impl<'w, 'a> Records<'w, 'a> {
    pub(super) fn new(witness: Witness<'w, 'a>) -> Self {
        Self { witness, named: RefCell::default() }
    }

    /// The commit that recorded what stands at a key path and happened on a day; nothing where git cannot tell, and
    /// while it is not committed.
    pub(super) fn of(&self, path: &str, day: Option<NaiveDate>) -> Option<&'a str> {
        match self.witness.author(path, day) {
            Author::Known(event) => Some(self.name(event)),
            Author::Unknown | Author::Uncommitted => None,
        }
    }

    /// Names a commit.
    pub(super) fn name(&self, event: &'a Event) -> &'a str {
        self.named.borrow_mut().insert(&event.commit, event);
        &event.commit
    }
}

impl<'c, 'a: 'c> Api<'c, 'a> {
    /// A commit.
    pub(in crate::publish::api) fn commit(&self, event: &'c Event) -> CommitDoc<'c> {
        let [zh, en] = self.both().map(|ctx| witness::person(&ctx, &event.person));
        CommitDoc {
            commit: &event.commit,
            who: Words { zh: zh.into(), en: en.into() },
            day: event.date.into(),
            at: event.moment.into(),
            change: event.number.as_deref(),
        }
    }

    /// The commits that were named, by id.
    pub(super) fn commits(&self, records: &Records<'_, 'c>) -> BTreeMap<&'c str, CommitDoc<'c>> {
        records.named.borrow().iter().map(|(id, event)| (*id, self.commit(event))).collect()
    }
}
