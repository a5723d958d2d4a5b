//! What is due, paid, late and secured: the twelve stories on their day and on earlier days, and properties of the
//! ledger on orders nobody shaped for it.

#![expect(clippy::unwrap_used, reason = "helpers of tests fail the test")]

use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use gendan::derive::money::{Money, Overlay};
use gendan::derive::{Facts, derive};
use gendan::{history, load};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn data() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("data")
}

fn at<T>(as_of: &str, look: impl FnOnce(&Facts<'_>) -> T) -> T {
    let loaded = load::load(&data()).unwrap();
    let history = history::read(&data());
    look(&derive(&loaded.book, &history, day(as_of)))
}

/// The money of an order in lines a person can compare with the story.
fn told(money: &Money) -> Vec<String> {
    let mut all = vec![format!(
        "{} open {} short {} over {}",
        money.state.code(),
        money.open.map_or("?".into(), |d| d.to_string()),
        money.short,
        money.over
    )];
    for line in &money.lines {
        let due = match (line.due.day, line.due.waiting) {
            (Some(day), _) => format!("{}{day}", if line.due.estimated { "~" } else { "" }),
            (None, waiting) => format!("{waiting:?}"),
        };
        all.push(format!(
            "{}{} {} due {due} applied {} credited {} open {}{}{}{} {:?}",
            line.method.code(),
            line.shipment.as_ref().map(|s| format!("/{s}")).unwrap_or_default(),
            line.amount.map_or("?".into(), |d| d.to_string()),
            line.applied,
            line.credited,
            line.open.map_or("?".into(), |d| d.to_string()),
            if line.settled { " settled" } else { "" },
            if line.overdue > 0 { format!(" overdue {}", line.overdue) } else { String::new() },
            if line.disputed.is_zero() { String::new() } else { format!(" disputed {}", line.disputed) },
            line.security,
        ));
    }
    for overlay in &money.overlays {
        all.push(match overlay {
            Overlay::Overdue(days, sum) => format!("overdue {days} days {sum}"),
            other => format!("{other:?}"),
        });
    }
    for chase in &money.chase {
        let say = |s: Option<(gendan::derive::money::chase::Step, NaiveDate)>| {
            s.map_or("-".to_owned(), |(step, day)| format!("{step} {day}"))
        };
        all.push(format!(
            "chase {} reached {} done {} next {}",
            chase.line,
            say(chase.reached),
            chase.done.map_or("-".to_owned(), |(s, _)| s.to_string()),
            say(chase.next)
        ));
    }
    all
}

#[test]
fn dump() {
    let as_of = std::env::var("AS_OF").unwrap_or("2026-11-20".into());
    at(&as_of, |facts| {
        for (order, own) in facts.each() {
            println!("## {} {}", order.id, order.payment.as_deref().unwrap_or_default());
            for line in told(&own.money) {
                println!("  {line}");
            }
            for u in &own.money.unallocated {
                println!("  {u:?}");
            }
        }
    });
}
