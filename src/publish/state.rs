//! Where an order stands, in one line: what the lists, the board, the dashboard and the order page all say.

use chrono::NaiveDate;

use super::ctx::Ctx;
use crate::derive::deadline::Basis;
use crate::derive::{MilestoneFact, OrderFacts, Slack, StageFact, StageState, standing};
use crate::model::Order;
use crate::model::order::InspectionStage;
use crate::model::stage::{Milestone, StageKey};
use crate::say;
use crate::site::view::Mark;
use crate::text::StaticBi;

/// Where an order stands, in the language of the page.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OrderState {
    /// `Late`, `Open`, `Done`, or `Na` for a cancelled order. Late is the schedule's word; papers in conflict do
    /// not make an order late.
    pub mark: Mark,
    /// The stage it stands at; `None` when nothing is left to do or the order is cancelled.
    pub stage: Option<StageKey>,
    /// `8 收款`, `已归档`, `已取消`.
    pub text: String,
    /// `-3 天（收款）`, `~4 天（完工）`; empty = nothing to tell.
    pub slack: String,
    /// The same for sorting; negative = too late.
    pub slack_days: Option<i64>,
    /// Which limit it is counted to: `收款`, `完工`.
    pub slack_to: Option<StaticBi>,
    /// It rests on a derived plan.
    pub slack_derived: bool,
    /// What it waits for next: `等签回`, `等终检`; empty when nothing is left to do.
    pub waits: String,
    /// Days in the stage it stands at, from the day the stage before was completed.
    pub days_in_stage: Option<i64>,
}

/// Where an order stands.
#[must_use]
pub fn of(ctx: &Ctx<'_>, order: &Order, facts: &OrderFacts) -> OrderState {
    let progress = &facts.progress;
    if facts.is_cancelled() {
        return OrderState {
            mark: Mark::Na,
            text: say!(ctx, "已取消", "Cancelled"),
            ..OrderState::default()
        };
    }
    let stage = progress.current.and_then(|key| progress.stage(key));
    let Some(stage) = stage else {
        let text = if facts.is_archived() {
            say!(ctx, "已归档", "Archived")
        } else {
            say!(ctx, "全部完成", "All done")
        };
        return OrderState { mark: Mark::Done, text, ..OrderState::default() };
    };
    let limit = limit(ctx, order, facts, stage);
    let late = progress.stages.iter().any(|s| s.state == StageState::Late)
        || limit.as_ref().is_some_and(|l| l.days < 0 && !l.derived);
    OrderState {
        mark: if late || order.broken { Mark::Late } else { Mark::Open },
        stage: Some(stage.key),
        text: stage_name(ctx, stage.key),
        slack: limit.as_ref().map(|l| l.text(ctx)).unwrap_or_default(),
        slack_days: limit.as_ref().map(|l| l.days),
        slack_to: limit.as_ref().map(|l| l.what),
        slack_derived: limit.as_ref().is_some_and(|l| l.derived),
        waits: waits(ctx, order, facts, stage),
        days_in_stage: entered(facts, stage.key)
            .map(|day| (ctx.as_of() - day).num_days())
            .filter(|n| *n >= 0),
    }
}

/// `8 收款`.
#[must_use]
pub fn stage_name(ctx: &Ctx<'_>, key: StageKey) -> String {
    format!("{} {}", key.number(), ctx.word(key.title()))
}

/// The symbol of a stage.
#[must_use]
pub fn stage_mark(state: StageState) -> Mark {
    match state {
        StageState::Done => Mark::Done,
        StageState::DoneWithoutEvidence => Mark::Hollow,
        StageState::Open => Mark::Open,
        StageState::Late => Mark::Late,
        StageState::NotYet => Mark::Todo,
        StageState::Skipped => Mark::Na,
    }
}

/// The symbols of the ten stages.
#[must_use]
pub fn marks(facts: &OrderFacts) -> Vec<Mark> {
    facts.progress.stages.iter().map(|s| stage_mark(s.state)).collect()
}

/// Days by which an open milestone has passed its typed plan. A derived plan makes nobody late.
#[must_use]
pub fn days_late(ctx: &Ctx<'_>, fact: &MilestoneFact) -> Option<i64> {
    if fact.actual.is_some() {
        return None;
    }
    let day = fact.plan.filter(|p| !p.derived).map(|p| p.date).or(fact.forecast)?;
    Some((ctx.as_of() - day).num_days()).filter(|days| *days > 0)
}

/// Days by which an open stage is late: of money, the days overdue; else the most by which a milestone has passed its
/// plan.
#[must_use]
pub fn stage_late(ctx: &Ctx<'_>, facts: &OrderFacts, stage: &StageFact) -> Option<i64> {
    if stage.key == StageKey::Collect && !facts.money.lines.is_empty() {
        return facts.money.lines.iter().map(|line| line.overdue).max().filter(|days| *days > 0);
    }
    stage.milestones.iter().filter_map(|m| days_late(ctx, m)).max()
}

/// `晚 3 天`.
#[must_use]
pub fn late_text(ctx: &Ctx<'_>, days: i64) -> String {
    match days {
        1 => say!(ctx, "晚 1 天", "1 day late"),
        _ => say!(ctx, "晚 {days} 天", "{days} days late"),
    }
}

/// `剩 10 天`, `今天到期`, `过了 3 天`.
#[must_use]
pub fn left_text(ctx: &Ctx<'_>, days: i64) -> String {
    match days {
        0 => say!(ctx, "今天到期", "due today"),
        1 => say!(ctx, "剩 1 天", "1 day left"),
        2.. => say!(ctx, "剩 {days} 天", "{days} days left"),
        -1 => say!(ctx, "过了 1 天", "1 day past"),
        _ => {
            let days = days.unsigned_abs();
            say!(ctx, "过了 {days} 天", "{days} days past")
        }
    }
}

/// The milestones an order must reach in a stage, in order. Others are shown when somebody recorded them.
#[must_use]
pub fn required(order: &Order, stage: StageKey) -> &'static [Milestone] {
    match stage {
        StageKey::Confirm => &[Milestone::Confirmed],
        StageKey::Release => &[Milestone::Reviewed, Milestone::Released],
        StageKey::Produce if order.sample == Some(true) => {
            &[Milestone::SampleApproved, Milestone::Materials, Milestone::Produced]
        }
        StageKey::Produce => &[Milestone::Materials, Milestone::Produced],
        StageKey::Inspect => &[Milestone::Inspected],
        StageKey::Book => &[Milestone::Booked, Milestone::GatedIn],
        StageKey::Declare => &[Milestone::Declared, Milestone::Cleared],
        StageKey::Ship => &[Milestone::Shipped, Milestone::Presented],
        StageKey::Collect => &[Milestone::Paid],
        StageKey::Archive => &[Milestone::Archived],
        StageKey::Feedback => &[Milestone::FollowedUp],
    }
}

/// The first milestone of a stage that has not happened; late ones before it count as well.
fn next<'f>(order: &Order, stage: &'f StageFact) -> Option<&'f MilestoneFact> {
    let required = required(order, stage.key);
    stage.milestones.iter().find(|m| m.actual.is_none() && required.contains(&m.key))
}

fn waits(ctx: &Ctx<'_>, order: &Order, facts: &OrderFacts, stage: &StageFact) -> String {
    let Some(next) = next(order, stage) else { return String::new() };
    match next.key {
        Milestone::Confirmed => say!(ctx, "等客户签回", "waiting for the signed contract"),
        Milestone::Reviewed => say!(ctx, "评审未做", "review not done"),
        Milestone::Released => say!(ctx, "还没下达", "not released yet"),
        Milestone::SampleApproved => say!(ctx, "等样品确认", "waiting for the sample approval"),
        Milestone::Materials if facts.progress.produced.is_none() => {
            say!(ctx, "等到料", "waiting for materials")
        }
        Milestone::Materials | Milestone::Produced => match facts.progress.produced {
            Some((done, wanted)) => {
                let (done, wanted) = (ctx.number(done), ctx.number(wanted));
                say!(ctx, "已完成 {done}/{wanted}", "{done} of {wanted} made")
            }
            None => say!(ctx, "等完工", "in production"),
        },
        Milestone::Inspected if failed_final(ctx, order) => {
            say!(ctx, "终检没通过，等复验", "failed final inspection")
        }
        Milestone::Inspected => say!(ctx, "等终检", "waiting for the final inspection"),
        Milestone::Booked => say!(ctx, "等订舱", "waiting for the booking"),
        Milestone::GatedIn => say!(ctx, "等进港", "waiting to gate in"),
        Milestone::Declared => say!(ctx, "等报关", "waiting for the declaration"),
        Milestone::Cleared => say!(ctx, "等放行", "waiting for customs release"),
        Milestone::Shipped => say!(ctx, "等装运", "waiting to ship"),
        Milestone::Presented => say!(ctx, "等交单", "papers to be presented"),
        Milestone::Paid => say!(ctx, "等收齐", "waiting for payment"),
        Milestone::Archived => say!(ctx, "等归档", "to be archived"),
        Milestone::FollowedUp => say!(ctx, "等回访", "to be followed up"),
        other => ctx.word(other.title()).to_owned(),
    }
}

/// The last final inspection known by the day of the facts did not pass.
#[must_use]
pub fn failed_final(ctx: &Ctx<'_>, order: &Order) -> bool {
    order
        .inspections
        .iter()
        .enumerate()
        .filter(|(_, q)| q.stage == Some(InspectionStage::Final) && q.date.is_some_and(|d| d <= ctx.as_of()))
        .max_by_key(|(i, q)| (q.date, *i))
        .is_some_and(|(_, q)| q.result == Some(crate::model::order::InspectionResult::Fail))
}

/// The day an order entered a stage: the day on which the last stage before it that applies was completed.
#[must_use]
pub fn entered(facts: &OrderFacts, key: StageKey) -> Option<NaiveDate> {
    let before = facts
        .progress
        .stages
        .iter()
        .rev()
        // Collecting starts when the goods have left, and feedback need not wait for the archive.
        .filter(|s| s.key < key && s.state != StageState::Skipped && s.key != StageKey::Feedback);
    before.filter_map(|s| s.milestones.last()?.actual.as_ref()).find_map(|a| a.date)
}

/// The next limit of an order.
struct Limit {
    days: i64,
    derived: bool,
    what: (&'static str, &'static str),
}

impl Limit {
    fn text(&self, ctx: &Ctx<'_>) -> String {
        let tilde = if self.derived { "~" } else { "" };
        let (days, what) = (self.days, ctx.word(self.what));
        match days {
            1 | -1 => say!(ctx, "{tilde}{days} 天（{what}）", "{tilde}{days} day ({what})"),
            _ => say!(ctx, "{tilde}{days} 天（{what}）", "{tilde}{days} days ({what})"),
        }
    }
}

/// Before shipment: the slack to the last possible sailing. Under a credit: to the last day of presentation. Of money:
/// to the first day on which some falls due. Else to the typed plan of the stage.
fn limit(ctx: &Ctx<'_>, order: &Order, facts: &OrderFacts, stage: &StageFact) -> Option<Limit> {
    if let Some(slack) = facts.slack {
        let what = match slack.basis {
            Basis::Actual => ("船期", "sailing"),
            _ => ("完工", "production"),
        };
        return Some(Limit { days: sailing_days(ctx, &slack), derived: slack.basis == Basis::Derived, what });
    }
    let days = |day: NaiveDate| (day - ctx.as_of()).num_days();
    if stage.key == StageKey::Ship
        && let Some(last) = standing::last_presentation(ctx.book(), order, ctx.as_of())
    {
        return Some(Limit { days: days(last.date), derived: false, what: ("交单", "presentation") });
    }
    if stage.key == StageKey::Collect && !facts.money.lines.is_empty() {
        let open = facts.money.lines.iter().filter(|line| line.outstanding().is_some());
        let first = open.filter_map(|line| Some((line.due.day?, line.due.estimated))).min()?;
        return Some(Limit { days: days(first.0), derived: first.1, what: ("收款", "payment") });
    }
    let waited = stage.milestones.last()?;
    let plan = waited.plan.filter(|p| !p.derived)?;
    let what = match stage.key {
        StageKey::Collect => ("收款", "payment"),
        StageKey::Ship => ("交单", "presentation"),
        other => other.title(),
    };
    Some(Limit { days: days(plan.date), derived: false, what })
}

/// Days that are left before the last possible shipment is missed. Finished goods that wait eat up their slack: it is
/// never more than the days until that shipment.
#[must_use]
pub fn sailing_days(ctx: &Ctx<'_>, slack: &Slack) -> i64 {
    match slack.basis {
        Basis::Actual => slack.days.min((slack.latest - ctx.as_of()).num_days()),
        _ => slack.days,
    }
}
