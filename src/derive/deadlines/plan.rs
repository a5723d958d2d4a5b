//! The next step of an order as somebody planned it, where no other date speaks of it. Without this an order on whose
//! next step only the plan has a word would be on nobody's list.

use super::{Deadline, Entry, Kind, Look};
use crate::bi;
use crate::derive::StageState;
use crate::model::stage::{Milestone, StageKey};

pub(super) fn find(look: &mut Look<'_, '_>) {
    let Some((step, day, table)) = next(look) else { return };
    let (zh, en) = step.title();
    let entry = Entry {
        kind: Kind::Step(step),
        part: step.code().to_owned(),
        day,
        path: format!("{table}.{}", step.code()),
    };
    let what = match table {
        "forecast" => bi!("{zh}（预计）", "{en} (forecast)"),
        _ => bi!("{zh}（计划）", "{en} (planned)"),
    };
    let deadline = look.entry(
        entry,
        what,
        bi!(
            "晚了后面各步都往后推；做完就登记，做不完就改 [forecast]",
            "late, every later step moves; record it when done, or move [forecast] when it cannot be"
        ),
    );
    look.push(Deadline { estimated: true, ..deadline });
}

/// The first typed step of the current stage that has not happened and that no other deadline covers.
fn next(look: &Look<'_, '_>) -> Option<(Milestone, chrono::NaiveDate, &'static str)> {
    let current = look.own.progress.current?;
    // Money and follow-ups have their own lists; closing and filing hurt nobody.
    if matches!(current, StageKey::Collect | StageKey::Archive | StageKey::Feedback) {
        return None;
    }
    let stage = look.own.progress.stage(current)?;
    if stage.state == StageState::Skipped {
        return None;
    }
    let done = stage.milestones.iter().rposition(|m| m.actual.is_some()).map_or(0, |at| at + 1);
    // Nobody plans to be asked.
    let open =
        stage.milestones.iter().skip(done).filter(|m| m.actual.is_none() && m.key != Milestone::Inquiry);
    open.filter(|m| !covered(look, m.key)).find_map(|m| {
        let typed = m.plan.filter(|p| !p.derived).map(|p| (m.key, p.date, "plan"));
        m.forecast.map(|day| (m.key, day, "forecast")).or(typed)
    })
}

/// Another date says until when: the sailing for what goes before it, the credit for the papers.
fn covered(look: &Look<'_, '_>, step: Milestone) -> bool {
    let has = |wanted: &[Kind]| look.found.iter().any(|d| wanted.contains(&d.kind) && d.done.is_none());
    use crate::derive::sailing::Cutoff;
    match step {
        Milestone::Produced => has(&[Kind::Produced, Kind::Purchase]),
        Milestone::Inspected => has(&[Kind::Inspected, Kind::Inspection]),
        Milestone::GatedIn => has(&[Kind::Cutoff(Cutoff::Yard)]),
        Milestone::Cleared | Milestone::Declared => has(&[Kind::Cutoff(Cutoff::Customs)]),
        Milestone::Shipped => has(&[Kind::Departure]),
        Milestone::Presented => has(&[Kind::Presentation]),
        _ => false,
    }
}
