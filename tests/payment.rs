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
        "{} open {} short {:.2} over {:.2}",
        money.state.code(),
        money.open.map_or("?".into(), |d| format!("{d:.2}")),
        money.short,
        money.over
    )];
    for line in &money.lines {
        let due = match (line.due.day, line.due.waiting) {
            (Some(day), _) => format!("{}{day}", if line.due.estimated { "~" } else { "" }),
            (None, waiting) => format!("{waiting:?}"),
        };
        all.push(format!(
            "{}{} {} due {due} applied {:.2} credited {:.2} open {}{}{}{} {:?}",
            line.method.code(),
            line.shipment.as_ref().map(|s| format!("/{s}")).unwrap_or_default(),
            line.amount.map_or("?".into(), |d| format!("{d:.2}")),
            line.applied,
            line.credited,
            line.open.map_or("?".into(), |d| format!("{d:.2}")),
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

/// An order's money on a day, in lines.
fn on(id: &str, as_of: &str) -> Vec<String> {
    at(as_of, |facts| told(&facts.of(facts.book.order(id).unwrap()).unwrap().money))
}

#[test]
fn s1_is_paid_but_for_a_charge_nobody_printed() {
    let deposit = "deposit 17460.00 due 2026-06-29 applied 17460.00 credited 0.00 open 0.00 settled Pending";
    assert_eq!(
        on("GD-2026-0101", "2026-11-20"),
        [
            "paid-in-full open 25.00 short 25.00 over 0.00",
            deposit,
            "copy-bl 40740.00 due 2026-09-07 applied 40715.00 credited 0.00 open 25.00 settled Pending",
        ]
    );
    // The day before the balance came in, with the copies sent.
    assert_eq!(
        on("GD-2026-0101", "2026-09-03"),
        [
            "deposit-paid open 40740.00 short 0.00 over 0.00",
            deposit,
            "copy-bl 40740.00 due 2026-09-07 applied 0.00 credited 0.00 open 40740.00 Controlled",
            "chase 1 reached T-7 2026-08-31 done T-7 next T+1 2026-09-08",
        ]
    );
    // Before the deposit: its day is hard from the signature on.
    assert_eq!(on("GD-2026-0101", "2026-06-25")[0], "deposit-due open 58200.00 short 0.00 over 0.00");
}

#[test]
fn s3_is_accepted_for_the_day_new_york_pays() {
    assert_eq!(
        on("GD-2026-0103", "2026-11-20"),
        [
            "none-due open 56800.00 short 0.00 over 0.00",
            "lc 56800.00 due 2026-11-23 applied 0.00 credited 0.00 open 56800.00 Secured",
            "Accepted(2026-11-23)",
            "chase 0 reached T-7 2026-11-16 done T-7 next T+1 2026-11-24",
        ]
    );
    assert_eq!(on("GD-2026-0103", "2026-10-01")[2], "AtBank(2026-09-29)");
    // Nobody paid: the bank is late from the next day on.
    let late = on("GD-2026-0103", "2026-11-24");
    assert_eq!(late[0], "due open 56800.00 short 0.00 over 0.00");
    assert_eq!(late[2], "overdue 1 days 56800.00");
}

#[test]
fn s4_is_refused_until_other_papers_are_there() {
    let refused = on("GD-2026-0104", "2026-10-29");
    assert_eq!(
        refused,
        [
            "none-due open 46200.00 short 0.00 over 0.00",
            "lc 46200.00 due Some(Refused) applied 0.00 credited 0.00 open 46200.00 Controlled",
            "Refused(2026-10-26)",
        ]
    );
    assert_eq!(on("GD-2026-0104", "2026-11-02")[2], "AtBank(2026-10-30)");
    assert_eq!(on("GD-2026-0104", "2026-11-20")[0], "paid-in-full open 0.00 short 0.00 over 0.00");
}

#[test]
fn s5_lies_at_the_bank_and_is_overdue() {
    assert_eq!(
        on("GD-2026-0105", "2026-11-20"),
        [
            "due open 24960.00 short 0.00 over 0.00",
            "dp 24960.00 due 2026-10-14 applied 0.00 credited 0.00 open 24960.00 overdue 37 Controlled",
            "overdue 37 days 24960.00",
            "AtBank(2026-10-09)",
            "chase 0 reached T+30 2026-11-13 done T+30 next T+45 2026-11-28",
        ]
    );
    // On the due day nothing is overdue.
    let due = on("GD-2026-0105", "2026-10-14");
    assert_eq!(due[1], "dp 24960.00 due 2026-10-14 applied 0.00 credited 0.00 open 24960.00 Controlled");
}

#[test]
fn s6_is_overdue_and_the_notice_of_loss_is_due() {
    assert_eq!(
        on("GD-2026-0106", "2026-11-20"),
        [
            "part-paid open 28400.00 short 0.00 over 0.00",
            "da 38400.00 due 2026-09-14 applied 10000.00 credited 0.00 open 28400.00 overdue 67 Unsecured",
            "overdue 67 days 28400.00",
            "Accepted(2026-09-14)",
            "chase 0 reached T+60 2026-11-13 done T+45 next T+90 2026-12-13",
        ]
    );
    // Before the part payment all of it is open; before the acceptance nobody knows a day.
    assert_eq!(
        on("GD-2026-0106", "2026-10-01")[1],
        "da 38400.00 due 2026-09-14 applied 0.00 credited 0.00 open 38400.00 overdue 17 Unsecured"
    );
    assert_eq!(
        on("GD-2026-0106", "2026-07-01")[1..],
        [
            "da 38400.00 due Some(Acceptance) applied 0.00 credited 0.00 open 38400.00 Unsecured",
            "AwaitingAcceptance"
        ]
    );
}

#[test]
fn s7_has_a_disputed_rest() {
    assert_eq!(
        on("GD-2026-0107", "2026-11-20"),
        [
            "part-paid open 1612.80 short 0.00 over 0.00",
            "oa 53760.00 due 2026-09-28 applied 49996.80 credited 2150.40 open 1612.80 overdue 53 disputed 1612.80 Unsecured",
            "overdue 53 days 1612.80",
            "Disputed(1612.80)",
            "chase 0 reached T+45 2026-11-12 done T+45 next T+60 2026-11-27",
        ]
    );
    // Before the credit note nothing was agreed: all that was withheld is disputed.
    assert_eq!(
        on("GD-2026-0107", "2026-10-12")[1],
        "oa 53760.00 due 2026-09-28 applied 49996.80 credited 0.00 open 3763.20 overdue 14 disputed 3763.20 Unsecured"
    );
}

#[test]
fn s8_matures_with_its_last_lot() {
    assert_eq!(
        on("GD-2026-0108", "2026-11-20"),
        [
            "paid-in-full open 0.00 short 0.00 over 0.00",
            "lc/1 287960.00 due 2026-11-13 applied 287960.00 credited 0.00 open 0.00 settled Pending",
            "lc/2 286580.00 due 2026-11-13 applied 286580.00 credited 0.00 open 0.00 settled Pending",
        ]
    );
    // Presented together, not paid yet: both mature on the same day.
    let open = on("GD-2026-0108", "2026-11-12");
    assert_eq!(open[0], "none-due open 574540.00 short 0.00 over 0.00");
    assert!(open[1].starts_with("lc/1 287960.00 due 2026-11-13 "), "{}", open[1]);
    assert!(open[2].starts_with("lc/2 286580.00 due 2026-11-13 "), "{}", open[2]);
}

#[test]
fn s9_waits_for_the_balance_before_loading() {
    assert_eq!(
        on("GD-2026-0109", "2026-11-20"),
        [
            "deposit-paid open 27650.00 short 0.00 over 0.00",
            "deposit 11850.00 due 2026-09-04 applied 11850.00 credited 0.00 open 0.00 settled Pending",
            "before-shipment 27650.00 due ~2026-11-23 applied 0.00 credited 0.00 open 27650.00 Controlled",
            "chase 1 reached T-7 2026-11-16 done T-7 next -",
        ]
    );
}

#[test]
fn s10_is_paid_in_two_parts_each_a_little_short() {
    assert_eq!(
        on("GD-2026-0110", "2026-11-20"),
        [
            "paid-in-full open 36.50 short 36.50 over 0.00",
            "deposit 11200.00 due 2026-09-28 applied 11185.00 credited 0.00 open 15.00 settled Pending",
            "before-shipment 11200.00 due 2026-10-26 applied 11178.50 credited 0.00 open 21.50 settled Pending",
        ]
    );
    assert_eq!(on("GD-2026-0110", "2026-10-01")[0], "deposit-paid open 11215.00 short 15.00 over 0.00");
}

#[test]
fn s11_is_cancelled_and_accounted_for() {
    assert_eq!(on("GD-2026-0111", "2026-11-20")[0], "cancelled open 0.00 short 0.00 over 0.00");
    assert_eq!(on("GD-2026-0111", "2026-11-20").len(), 3, "nothing is due, nothing is chased");
    // Cancelled, and the deposit not decided upon yet; then forfeited in part.
    assert_eq!(on("GD-2026-0111", "2026-08-06").last().unwrap(), "RefundDue(8400.00)");
    assert_eq!(on("GD-2026-0111", "2026-08-12").last().unwrap(), "RefundDue(3150.00)");
    // Before the cancellation it was an order like others.
    assert_eq!(on("GD-2026-0111", "2026-08-01")[0], "deposit-paid open 33600.00 short 0.00 over 0.00");
}

#[test]
fn s12_is_paid_with_its_fee() {
    assert_eq!(
        on("GD-2026-0112", "2026-11-20"),
        [
            "paid-in-full open 0.00 short 0.00 over 0.00",
            "before-shipment 250.00 due 2026-11-18 applied 250.00 credited 0.00 open 0.00 settled Pending",
        ]
    );
}
