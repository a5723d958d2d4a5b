//! After the goods have arrived: complaints that wait for an answer, and the question how the goods were. Both outlive
//! the order.

use chrono::Days;

use super::production::opened;
use super::{Deadline, Done, Entry, Kind, Look};
use crate::bi;
use crate::model::stage::{Milestone, StageKey};

/// Days after arrival within which the customer is asked.
pub const ASK_WITHIN: i64 = 30;

/// Days after closing for which somebody may still be asked to ask; later nobody does.
const ASKED_LONG_AFTER: i64 = 90;

pub(super) fn find(look: &mut Look<'_, '_>) {
    complaints(look);
    feedback(look);
}

fn complaints(look: &mut Look<'_, '_>) {
    for (index, complaint) in look.order.complaints.iter().enumerate() {
        let Some(day) = complaint.due.filter(|_| opened(complaint.opened, look.as_of)) else { continue };
        let number = complaint.number.as_deref().unwrap_or_default();
        let part = if number.is_empty() { (index + 1).to_string() } else { number.to_owned() };
        let number = if number.is_empty() { String::new() } else { format!(" {number}") };
        let (zh, en) = complaint.kind.map_or(("", ""), |kind| kind.title());
        let (zh, en) = match zh {
            "" => (String::new(), String::new()),
            _ => (format!("（{zh}）"), format!(" ({en})")),
        };
        let kind = Kind::Complaint;
        let entry = Entry { kind, part, day, path: format!("complaints[{index}].due") };
        let deadline = look.entry(
            entry,
            bi!("处理投诉{number}{zh}", "settle complaint{number}{en}"),
            bi!(
                "拖过期限，客户会从货款里扣，数目由他说了算",
                "left open, the buyer deducts what he thinks right from a payment"
            ),
        );
        let done = look.known(complaint.closed).map(|day| Done { on: Some(day) });
        let owner = look.owner(kind, complaint.owner.as_deref());
        look.push(Deadline { done, owner, ..deadline });
    }
}

/// As planned, else thirty days after the last arrival, else after the expected one.
fn feedback(look: &mut Look<'_, '_>) {
    if look.order.skipped(StageKey::Feedback).is_some() || !look.own.progress.is_done(Milestone::Shipped) {
        return;
    }
    let followed = look.own.progress.milestone(Milestone::FollowedUp);
    let dates = look.order.shipments.iter().enumerate();
    let after = |day: chrono::NaiveDate| day.checked_add_days(Days::new(ASK_WITHIN.unsigned_abs()));
    let arrived = dates.clone().filter_map(|(i, s)| Some((look.known(s.arrived)?, i))).max();
    let expected = dates.filter_map(|(i, s)| Some((s.eta?, i))).max();
    let arrives = arrived
        .and_then(|(day, i)| Some((after(day)?, format!("shipments[{i}].arrived"), false)))
        .or_else(|| expected.and_then(|(day, i)| Some((after(day)?, format!("shipments[{i}].eta"), true))));
    let typed = |table: &str| format!("{table}.{}", Milestone::FollowedUp.code());
    let forecast = followed.forecast.map(|day| (day, typed("forecast"), true));
    let plan = followed.plan.filter(|p| !p.derived).map(|p| (p.date, typed("plan"), true));
    let Some((day, path, estimated)) = forecast.or(plan).or(arrives) else { return };
    let done = followed.actual.filter(|a| !a.implied).map(|actual| Done { on: actual.date });
    // Of an order that was closed long ago nobody asks any more.
    let stale = !look.own.is_open() && (look.as_of - day).num_days() > ASKED_LONG_AFTER;
    if stale && done.is_none() {
        return;
    }
    let entry = Entry { kind: Kind::Feedback, part: String::new(), day, path };
    let deadline = look.entry(
        entry,
        bi!("回访客户", "ask the customer"),
        bi!(
            "小毛病早问早知道，等客户扣款再谈就晚了",
            "a small fault is cheap when heard early; once the customer deducts it, it is late"
        ),
    );
    look.push(Deadline { estimated, done, ..deadline });
}
