//! Until goods are ready: what suppliers promised, the last days on which production and inspection may end for the
//! last possible shipment, agreed inspections, corrective actions and other problems.

use chrono::NaiveDate;

use super::{Deadline, Done, Entry, Kind, Look};
use crate::bi;
use crate::derive::credit;
use crate::derive::deadline::{AFTER_FINISH, AFTER_INSPECTION};
use crate::derive::plan::shift;
use crate::model::stage::Milestone;

pub(super) fn find(look: &mut Look<'_, '_>) {
    purchases(look);
    last_safe_days(look);
    inspections(look);
    corrective(look);
    issues(look);
}

/// When a step was done, where it is; a stage that does not apply has no deadlines.
enum State {
    Open,
    Done(Done),
    Skipped,
}

fn state(look: &Look<'_, '_>, step: Milestone) -> State {
    match look.own.progress.milestone(step).actual {
        Some(actual) => State::Done(Done { on: actual.date }),
        None if look.own.progress.stage(step.stage()).is_some_and(|s| s.state.is_over()) => State::Skipped,
        None => State::Open,
    }
}

fn purchases(look: &mut Look<'_, '_>) {
    let done = match state(look, Milestone::Produced) {
        State::Open => None,
        State::Done(done) => Some(done),
        State::Skipped => return,
    };
    for (index, purchase) in look.order.purchases.iter().enumerate() {
        let known = purchase.issued.is_none_or(|day| day <= look.as_of);
        let Some(day) = purchase.due.filter(|_| known) else { continue };
        let number = purchase.number.as_deref().unwrap_or_default();
        let part = if number.is_empty() { (index + 1).to_string() } else { number.to_owned() };
        let number = if number.is_empty() { String::new() } else { format!(" {number}") };
        let entry = Entry { kind: Kind::Purchase, part, day, path: format!("purchases[{index}].due") };
        let deadline = look.entry(
            entry,
            bi!("采购单{number} 要求完工", "purchase order{number} due"),
            bi!(
                "工厂晚一天，验货、订舱都晚一天",
                "each day the factory is late moves inspection and booking"
            ),
        );
        look.push(Deadline { done, ..deadline });
    }
}

/// The last days on which goods may be finished and inspected, counted back from the last possible shipment.
fn last_safe_days(look: &mut Look<'_, '_>) {
    let Some(slack) = look.own.slack else { return };
    let latest = slack.latest;
    let of_credit = || {
        let credits = credit::in_force(look.order, look.as_of);
        let said = credits.iter().filter_map(|c| c.latest_shipment).find(|said| said.value == latest)?;
        Some(said.source.path())
    };
    let path = slack.by_credit.then(of_credit).flatten().unwrap_or_else(|| "ship_by".to_owned());
    let steps = [
        (Milestone::Produced, Kind::Produced, AFTER_FINISH),
        (Milestone::Inspected, Kind::Inspected, AFTER_INSPECTION),
    ];
    for (step, kind, days) in steps {
        let done = match state(look, step) {
            State::Open => None,
            State::Done(done) => Some(done),
            State::Skipped => continue,
        };
        let Some(day) = shift(latest, -days) else { continue };
        let entry = Entry { kind, part: String::new(), day, path: path.clone() };
        let what = match kind {
            Kind::Produced => bi!("最晚完工", "last safe day to finish"),
            _ => bi!("最晚终检", "last safe day to inspect"),
        };
        let deadline = look.entry(
            entry,
            what,
            bi!(
                "再晚就赶不上 {latest} 的最迟装运（完工到上船按 {AFTER_FINISH} 天算）",
                "later, the latest shipment {latest} is missed ({AFTER_FINISH} days from finish to ship)"
            ),
        );
        look.push(Deadline { estimated: true, done, ..deadline });
    }
}

/// An inspection that is agreed on is recorded with its day and without a result.
fn inspections(look: &mut Look<'_, '_>) {
    for (index, inspection) in look.order.inspections.iter().enumerate() {
        let Some(day) = inspection.date.filter(|_| inspection.result.is_none()) else { continue };
        let by = inspection.by.as_deref().unwrap_or_default();
        let by = if by.is_empty() { String::new() } else { format!("（{by}）") };
        let stage = inspection.stage.map_or(("验货", "inspection"), |s| s.title());
        let (zh, en) = stage;
        let entry = Entry {
            kind: Kind::Inspection,
            part: (index + 1).to_string(),
            day,
            path: format!("inspections[{index}].date"),
        };
        let en_by = by.replace('（', " (").replace('）', ")");
        let deadline = look.entry(
            entry,
            bi!("约好的验货：{zh}{by}", "inspection agreed on: {en}{en_by}"),
            bi!(
                "没验就不能装柜；改约要等检验员的空档",
                "nothing is loaded uninspected; a new appointment waits for the inspector"
            ),
        );
        look.push(Deadline { estimated: true, ..deadline });
    }
}

fn corrective(look: &mut Look<'_, '_>) {
    for (index, inspection) in look.order.inspections.iter().enumerate() {
        let Some(action) = inspection.corrective.as_deref() else { continue };
        let Some(day) = action.due.filter(|_| inspection.date.is_none_or(|day| day <= look.as_of)) else {
            continue;
        };
        let kind = Kind::Corrective;
        let path = format!("inspections[{index}].corrective.due");
        let entry = Entry { kind, part: (index + 1).to_string(), day, path };
        let deadline = look.entry(
            entry,
            bi!("整改完成", "corrective action finished"),
            bi!(
                "没整改完不能复验，货就装不了",
                "no re-inspection before it is finished, and nothing is loaded"
            ),
        );
        let done = look.known(action.closed).map(|day| Done { on: Some(day) });
        let owner = look.owner(kind, action.owner.as_deref());
        look.push(Deadline { done, owner, ..deadline });
    }
}

fn issues(look: &mut Look<'_, '_>) {
    for (index, issue) in look.order.issues.iter().enumerate() {
        let Some(day) = issue.due.filter(|_| opened(issue.opened, look.as_of)) else { continue };
        let (zh, en) = issue.kind.map_or(("异常", "problem"), |kind| kind.title());
        let (kind, path) = (Kind::Issue, format!("issues[{index}].due"));
        let entry = Entry { kind, part: (index + 1).to_string(), day, path };
        let deadline = look.entry(
            entry,
            bi!("解决异常：{zh}", "problem to be solved: {en}"),
            bi!("拖着不解决，交期和客户都受影响", "unsolved, it reaches the delivery and the customer"),
        );
        let done = look.known(issue.closed).map(|day| Done { on: Some(day) });
        let owner = look.owner(kind, issue.owner.as_deref());
        look.push(Deadline { done, owner, ..deadline });
    }
}

pub(super) fn opened(day: Option<NaiveDate>, as_of: NaiveDate) -> bool {
    day.is_none_or(|day| day <= as_of)
}
