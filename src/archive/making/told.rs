//! What became of an order, for programs: every change that git has of it, with everything the change says. What is not
//! committed has no author. Versioned: within version 1 keys are only added.

use serde::Serialize;

use crate::change::{Change, Kind};
use crate::history::{Event, State, Step, What};
use crate::model::Order;
use crate::publish::ctx::Ctx;

#[derive(Serialize)]
struct Document<'a> {
    version: u32,
    order: &'a str,
    /// `complete`, or why nothing is known: `shallow`, `no-repository`, `unborn`, `outside-data`, `unreadable`.
    state: &'static str,
    /// Oldest first.
    steps: Vec<StepView<'a>>,
}

#[derive(Serialize)]
struct StepView<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    commit: Option<&'a str>,
    /// Merge or pull request.
    #[serde(skip_serializing_if = "Option::is_none")]
    number: Option<&'a str>,
    /// The author's date, in the author's own offset.
    #[serde(skip_serializing_if = "Option::is_none")]
    when: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    person: Option<Person<'a>>,
    /// `added`, `changed`, `removed`.
    what: &'static str,
    files: Vec<&'a str>,
    changes: Vec<ChangeView<'a>>,
}

#[derive(Serialize)]
struct Person<'a> {
    name: &'a str,
    email: &'a str,
}

#[derive(Serialize)]
struct ChangeView<'a> {
    kind: &'static str,
    key: &'a str,
    before: Option<&'a str>,
    after: Option<&'a str>,
}

/// The changes, oldest first, up to the last that touched the order's own files: a default of its customer that is
/// changed years later does not change its archive. Whatever day the page speaks of, the records have all of them.
pub(super) fn steps(ctx: &Ctx<'_>, order: &Order) -> Vec<Step> {
    let mut steps = ctx.facts.history.trail(&order.id).map(|trail| trail.steps).unwrap_or_default();
    let kept = steps.iter().rposition(|step| !step.files.is_empty()).map_or(0, |last| last.saturating_add(1));
    steps.truncate(kept);
    steps
}

/// The document.
pub(super) fn json(ctx: &Ctx<'_>, order: &Order) -> Vec<u8> {
    let steps = steps(ctx, order);
    let document = Document {
        version: 1,
        order: &order.id,
        state: state(&ctx.facts.history.state),
        steps: steps.iter().map(step).collect(),
    };
    let mut json = serde_json::to_vec_pretty(&document).unwrap_or_default();
    json.push(b'\n');
    json
}

fn state(state: &State) -> &'static str {
    match state {
        State::Complete => "complete",
        State::Shallow => "shallow",
        State::NoRepository => "no-repository",
        State::Unborn => "unborn",
        State::OutsideData => "outside-data",
        State::Unreadable(_) => "unreadable",
    }
}

fn step(step: &Step) -> StepView<'_> {
    let event: Option<&Event> = step.event.as_deref();
    StepView {
        commit: event.map(|event| event.commit.as_str()),
        number: event.and_then(|event| event.number.as_deref()),
        when: event.map(|event| event.moment.to_rfc3339()),
        person: event.map(|event| Person { name: &event.person.name, email: &event.person.email }),
        what: match step.what {
            What::Added => "added",
            What::Changed => "changed",
            What::Removed => "removed",
        },
        files: step.files.iter().map(|file| &**file).collect(),
        changes: step.changes.iter().map(change).collect(),
    }
}

fn change(change: &Change) -> ChangeView<'_> {
    ChangeView {
        kind: Kind::code(change.kind),
        key: &change.key,
        before: change.before.as_deref(),
        after: change.after.as_deref(),
    }
}
