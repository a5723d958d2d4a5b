//! `gate-archive-unchanged`: an archived order was changed.

use super::super::prelude::*;

use crate::change::Change;
use crate::check::shared::trail::{Past, called, place, some};
use crate::history::{Step, What};
use crate::model::Order;

/// The rule.
pub static RULE: Rule = Rule {
    name: "gate-archive-unchanged",
    group: Group::History,
    class: Class::Record,
    severity: Severity::Error,
    opt_in: false,
    since: "0.4.0",
    source: (
        "公司规定：归档后不改，要改先重开",
        "house rule: an archived order is not changed unless it is reopened",
    ),
    title: ("归档后又改了", "changed after archiving"),
    docs: Docs {
        checks: (
            "登记了 [actual] archived 之后，订单的文件又改了。登记归档的当天算在归档里。归档之后本来就要做的不算：[feedback]、[[complaints]]、followed_up，以及新登记的收款、付款、贷项、账单和申报（改已有的算）、notes.md。去掉 archived 就是重开，重开期间改的不算；在同一次改动里既改内容又换归档日期的，作提示。只改写法（空格、注释、顺序、移动文件夹）或只动附件的，作提示。历史不完整时算没查。",
            "A file of the order changed after [actual] archived was recorded; what is recorded on the same day is part of archiving. What comes after archiving anyway does not count: [feedback], [[complaints]], followed_up, new receipts, payments, credits, bills and filings (editing one that was there does), notes.md. Taking `archived` out reopens the order, and nothing counts while it is open; a change that edits and gives a new day of archiving is information. So is one of the way of writing only (spaces, comments, order, a moved folder), or of attachments only. Not checked where the history is not complete.",
        ),
        why: (
            "归档的单子是给审计、退税和以后索赔看的，改过就不是当时那一份了。",
            "Archived orders are what audits, tax refunds and later claims look at; once changed they are no longer what was archived.",
        ),
        fix: (
            "确实要改的，先去掉 [actual] archived（重开），改完再写新的归档日期。改错了的，改回去也会留下这条；用 [[waivers]] 写明是谁核对过的。",
            "Where it has to change, take [actual] archived out first (that reopens it), and write the new day when it is done. A change that was put back again stays in the history; a waiver says who looked at it.",
        ),
    },
    example: example!("gate-archive-unchanged"),
    scope: Scope::OrderHistory(check),
};

/// Keys named in a title.
const NAMED: usize = 4;

/// What is done after an order is archived anyway.
fn is_aftercare(change: &Change) -> bool {
    let key = change.key.as_str();
    let new = change.before.is_none() && key.ends_with(']');
    let own = |name: &&str| key.starts_with(*name);
    ["feedback", "complaints"].iter().any(&own)
        || key.ends_with(".followed_up")
        || (key.starts_with("waivers[") && key.contains("gate-archive-unchanged"))
        || (new && ["received[", "paid[", "credits[", "bills[", "filings["].iter().any(own))
}

fn check(case: &Case<'_>, out: &mut Sink<'_>) {
    let order = case.order;
    let past = case.past();
    let now = order.actual.as_deref().and_then(|actual| actual.archived).map(|day| day.to_string());
    let archived = past.before("actual.archived", now);
    let elements = case.elements();
    for (at, (step, day)) in past.steps().iter().zip(archived).enumerate() {
        let Some(day) = day.filter(|_| step.what == What::Changed && !step.files.is_empty()) else {
            continue;
        };
        if is_archiving(&past, at, step) {
            continue;
        }
        let again = step.changes.iter().find(|change| change.key == "actual.archived");
        if again.is_some_and(|change| change.after.is_none()) {
            continue;
        }
        let own = |change: &&Change| !is_aftercare(change) && change.key != "actual.archived";
        let touched: Vec<&Change> = step.changes.iter().filter(own).collect();
        let Some(first) = touched.first() else {
            if again.is_none() {
                quiet(step, order, &day, out);
            }
            continue;
        };
        let name = called(step.event.as_deref());
        let keys = some(touched.iter().map(|change| change.sentence()).collect(), NAMED);
        let finding = out.report(bi!(
            "{day} 归档后又改了：{keys}，见 {name}",
            "changed after it was archived on {day}: {keys}, in {name}";
            keys, name
        ));
        finding
            .at(place(order, elements, &first.key, &first.path), bi!("改过", "changed"))
            .at(order.origin.place("actual.archived"), bi!("归档", "archived"))
            .help(bi!(
                "确实要改的，先去掉 [actual] archived（重开），改完再写新的归档日期；改错的，改回去",
                "where it has to change, take [actual] archived out first and write the new day when it is done; put back what was a mistake"
            ))
            .values([first.after.clone().unwrap_or_default(), first.before.clone().unwrap_or_default()]);
        if again.is_some() {
            finding.severity(Severity::Info);
        }
    }
}

/// Part of archiving itself: on the day on which the archiving was recorded, whoever files the last papers then.
fn is_archiving(past: &Past<'_>, at: usize, step: &Step) -> bool {
    let archived = past.introduced(at, "actual.archived").and_then(|from| from.event.as_deref());
    archived.zip(step.event.as_deref()).is_some_and(|(from, event)| from.date == event.date)
}

/// A change that says nothing new.
fn quiet(step: &Step, order: &Order, day: &str, out: &mut Sink<'_>) {
    if !step.changes.is_empty() || step.files.iter().all(|file| file.ends_with("notes.md")) {
        return;
    }
    let name = called(step.event.as_deref());
    let title = if step.files.iter().any(|file| file.ends_with(".toml")) {
        bi!(
            "{day} 归档后只改了写法，内容没变，见 {name}",
            "after it was archived on {day} only the way of writing changed, in {name}";
            name
        )
    } else {
        bi!(
            "{day} 归档后动了附件，见 {name}",
            "attachments changed after it was archived on {day}, in {name}";
            name
        )
    };
    out.report(title)
        .at(order.origin.place("actual.archived"), bi!("归档", "archived"))
        .help(bi!("不用改；以后归档的单子不要再动", "nothing to do; leave archived orders alone"))
        .values([day])
        .severity(Severity::Info);
}
