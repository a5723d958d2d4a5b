//! What was first planned: the value of `[plan]` in the first commit that had one. A plan that is rewritten afterwards
//! does not make an order less late.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::history::{History, Trail};
use crate::model::stage::Milestone;

/// The first committed plan of each milestone of an order; nothing where the history does not tell.
#[must_use]
pub fn of(history: &History, order: &str) -> BTreeMap<Milestone, NaiveDate> {
    history.trail(order).as_ref().map(of_trail).unwrap_or_default()
}

fn of_trail(trail: &Trail) -> BTreeMap<Milestone, NaiveDate> {
    let mut first = BTreeMap::new();
    for step in trail.steps.iter().filter(|step| step.event.is_some()) {
        for change in &step.changes {
            let Some(key) = change.key.strip_prefix("plan.") else { continue };
            let Some(milestone) = Milestone::ALL.iter().find(|m| m.code() == key) else { continue };
            // Where the story begins in the middle, the older value is the first.
            let value = change.before.as_deref().and_then(day).or(change.after.as_deref().and_then(day));
            if let Some(value) = value {
                first.entry(*milestone).or_insert(value);
            }
        }
    }
    first
}

fn day(text: &str) -> Option<NaiveDate> {
    text.trim().get(..10)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::change::{Change, Kind};
    use crate::history::{Event, Person, Step, What};

    fn step(committed: bool, list: &[(&str, Option<&str>, Option<&str>)]) -> Step {
        let event = Event {
            commit: "0".repeat(40),
            number: None,
            date: NaiveDate::default(),
            moment: chrono::DateTime::default(),
            person: Person::default(),
        };
        let change = |(key, before, after): &(&str, Option<&str>, Option<&str>)| Change {
            kind: Kind::Plan,
            key: (*key).to_owned(),
            path: (*key).to_owned(),
            before: before.map(str::to_owned),
            after: after.map(str::to_owned),
        };
        Step {
            event: committed.then(|| Arc::new(event)),
            what: What::Changed,
            files: Vec::new(),
            changes: list.iter().map(change).collect(),
        }
    }

    #[test]
    fn the_first_committed_plan_stands_whatever_was_written_later() {
        let trail = Trail {
            steps: vec![
                step(
                    true,
                    &[("plan.shipped", None, Some("2026-11-06")), ("plan.odd", None, Some("2026-01-01"))],
                ),
                step(
                    true,
                    &[
                        ("plan.shipped", Some("2026-11-06"), Some("2026-11-20")),
                        ("plan.paid", None, Some("2026-11-30")),
                        ("plan.produced", Some("2026-10-01"), None),
                    ],
                ),
                step(true, &[("plan.shipped", Some("2026-11-20"), None)]),
                step(
                    true,
                    &[("plan.shipped", None, Some("2026-12-01")), ("planned.paid", None, Some("2026-01-01"))],
                ),
                // What is not committed is no baseline.
                step(false, &[("plan.declared", None, Some("2026-11-01"))]),
            ],
        };
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let wanted = [
            (Milestone::Shipped, day("2026-11-06")),
            (Milestone::Paid, day("2026-11-30")),
            (Milestone::Produced, day("2026-10-01")),
        ];
        assert_eq!(of_trail(&trail), BTreeMap::from(wanted));
    }
}
