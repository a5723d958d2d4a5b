//! What hurts in an open order, and which of it hurts most. Language comes later: this is computed once for
//! both trees.
//!
//! Nothing is judged here that a rule judges: a finding of class risk is taken as it is. The other causes are
//! plain dates: a day that is near or has passed while the record shows nothing.

use std::cmp::{Ordering, Reverse};

use chrono::{DateTime, FixedOffset, NaiveDate};
use rust_decimal::Decimal;

use super::ctx::Findings;
use crate::book::Book;
use crate::check::finding::{Class, Finding, Severity};
use crate::derive::cash::{self, Basis};
use crate::derive::deadline::{self, AFTER_FINISH};
use crate::derive::money::{Line, chase as ladder};
use crate::derive::plan::shift;
use crate::derive::sailing::{self, Cutoff, CutoffState};
use crate::derive::{Facts, OrderFacts, Slack, StageState, credit, standing};
use crate::model::Order;
use crate::model::stage::{Milestone, StageKey};
use crate::model::value::Currency;

/// A last safe day this near, ahead or just behind, comes before everything else.
pub const NEAR: i64 = 3;

/// Days from a passed inspection to the ship: to the port 2, yard 2, next sailing 3.
const AFTER_INSPECTION: i64 = AFTER_FINISH - 2;

/// Why an order hurts.
#[derive(Debug, Clone)]
pub enum Cause<'a> {
    /// A rule found a risk.
    Finding(&'a Finding),
    /// Production ends too late for the last possible shipment.
    Short(Slack),
    /// The next step must be done by its limit, or the latest shipment is missed.
    Limit {
        /// The step.
        step: Milestone,
        /// Last day on which it may be done.
        limit: NaiveDate,
        /// The latest shipment it follows from.
        latest: NaiveDate,
    },
    /// A cut-off is near or has passed, and what it asks for is not recorded.
    Cutoff {
        /// Which.
        cutoff: Cutoff,
        /// When, with the port's offset.
        at: DateTime<FixedOffset>,
    },
    /// A step is later than typed.
    Overdue {
        /// The step.
        step: Milestone,
        /// The typed plan, else the forecast.
        due: NaiveDate,
        /// A forecast that may still come true.
        forecast: Option<NaiveDate>,
        /// A later step of the same stage has happened: it is only not recorded.
        overtaken: bool,
    },
    /// An amendment of a credit that nobody has answered.
    Amendment {
        /// `02`
        number: &'a str,
        /// Days since it came.
        days: i64,
    },
    /// Money is overdue.
    Unpaid {
        /// The line of the schedule, by position; `None` where the terms cannot be read and a plan stands for the day.
        line: Option<usize>,
        /// The day it fell due; without terms the typed plan, else the forecast.
        due: NaiveDate,
        /// A day that somebody promised and that may still come.
        forecast: Option<NaiveDate>,
        /// The last reminder of it.
        reminded: Option<NaiveDate>,
        /// All of it is disputed.
        disputed: bool,
    },
}

/// One thing that hurts.
#[derive(Debug, Clone)]
pub struct Threat<'a> {
    /// Why.
    pub cause: Cause<'a>,
    /// Last day on which it can still be saved, also when it has passed.
    pub until: Option<NaiveDate>,
    /// Days late; 0 when it is not late yet.
    pub late: i64,
    /// The last safe day is within [`NEAR`] days, or money is so long overdue that the boss has to know.
    pub urgent: bool,
    /// The last safe day is within [`NEAR`] days.
    near: bool,
    /// Money that is overdue and that nobody disputes.
    owed: bool,
    /// What is at stake, in the order's currency.
    pub amount: Option<Decimal>,
    /// Amount × days late in the base currency: orders the list and is shown nowhere.
    weight: Decimal,
}

impl Threat<'_> {
    /// The worse first: limits within three days by day, then money that is overdue, then the rest; these two by
    /// amount × days late.
    #[must_use]
    pub fn rank(&self, other: &Self) -> Ordering {
        let near = |t: &Self| t.near.then_some(t.until).flatten().unwrap_or(NaiveDate::MAX);
        Reverse(self.near)
            .cmp(&Reverse(other.near))
            .then_with(|| near(self).cmp(&near(other)))
            .then_with(|| other.owed.cmp(&self.owed))
            .then_with(|| other.weight.cmp(&self.weight))
            .then_with(|| self.until.unwrap_or(NaiveDate::MAX).cmp(&other.until.unwrap_or(NaiveDate::MAX)))
            .then_with(|| other.amount.cmp(&self.amount))
    }
}

/// The worst thing of an open order; `None` when nothing hurts.
#[must_use]
pub fn worst<'a>(
    facts: &Facts<'a>,
    findings: &Findings<'a>,
    order: &'a Order,
    own: &OrderFacts,
) -> Option<Threat<'a>> {
    all(facts, findings, order, own).into_iter().min_by(Threat::rank)
}

/// Everything that hurts in an open order, in no particular order.
#[must_use]
pub fn all<'a>(
    facts: &Facts<'a>,
    findings: &Findings<'a>,
    order: &'a Order,
    own: &OrderFacts,
) -> Vec<Threat<'a>> {
    if !own.is_open() {
        return Vec::new();
    }
    let mut look =
        Look { book: facts.book, order, own, as_of: facts.as_of, found: Vec::new(), rate: rate(facts, own) };
    look.findings(findings.order(&order.id));
    look.shipment_limit();
    look.cutoffs();
    look.steps();
    look.amendments();
    look.money();
    look.found
}

/// The rate that makes amounts comparable for ordering; 1 where none is recorded.
fn rate(facts: &Facts<'_>, own: &OrderFacts) -> Decimal {
    own.goods
        .currency
        .map(Currency::code)
        .and_then(|code| facts.book.rate(code, facts.as_of))
        .map_or(Decimal::ONE, |rate| rate.rate)
}

/// A finding that leads the dashboard: a risk that matters, neither accepted nor history.
#[must_use]
pub fn is_threat(finding: &Finding) -> bool {
    finding.class == Class::Risk
        && finding.severity >= Severity::Warning
        && finding.waived.is_none()
        && !finding.past
}

struct Look<'a, 'f> {
    book: &'a Book,
    order: &'a Order,
    own: &'f OrderFacts,
    as_of: NaiveDate,
    found: Vec<Threat<'a>>,
    rate: Decimal,
}

impl<'a> Look<'a, '_> {
    fn add(&mut self, cause: Cause<'a>, until: Option<NaiveDate>, late: i64) {
        let near = until.is_some_and(|day| (day - self.as_of).num_days().abs() <= NEAR);
        let urgent = near || self.is_grave(&cause);
        let owed = matches!(cause, Cause::Unpaid { line: Some(_), disputed: false, .. });
        let late = late.max(0);
        let amount = self.at_stake(&cause);
        let weight = amount.unwrap_or_default().saturating_mul(self.rate).saturating_mul(Decimal::from(late));
        self.found.push(Threat { cause, until, late, urgent, near, owed, amount, weight });
    }

    /// Money so long overdue that the boss has to know, and that nobody disputes.
    fn is_grave(&self, cause: &Cause<'_>) -> bool {
        let Cause::Unpaid { line: Some(at), disputed: false, .. } = cause else { return false };
        let chase = self.own.money.chase.iter().find(|chase| chase.line == *at);
        chase.and_then(|chase| chase.reached).is_some_and(|(step, _)| step.is_escalated())
    }

    /// What is overdue; money still open once the goods have left, the whole contract before.
    fn at_stake(&self, cause: &Cause<'_>) -> Option<Decimal> {
        if let Cause::Unpaid { line: Some(at), .. } = cause {
            return self.own.money.lines.get(*at).and_then(Line::outstanding);
        }
        let money = matches!(cause, Cause::Unpaid { .. });
        if money || self.own.progress.is_done(Milestone::Shipped) {
            return self.own.money.open.filter(|open| *open > Decimal::ZERO);
        }
        self.own.money.total.or(self.own.goods.total)
    }

    fn findings(&mut self, findings: &[&'a Finding]) {
        for finding in findings.iter().filter(|f| is_threat(f)) {
            let late = finding.until.map_or(0, |day| (self.as_of - day).num_days());
            // A risk without a day still outweighs one that is far away.
            let late = if finding.until.is_none() { 1 } else { late };
            self.add(Cause::Finding(finding), finding.until, late);
        }
    }

    /// The latest shipment, and the last day of the next step before it.
    fn shipment_limit(&mut self) {
        let Some(slack) = self.own.slack else { return };
        let limit = |days: i64| shift(slack.latest, -days);
        let short = slack.days < 0 && slack.basis != deadline::Basis::Derived;
        if short {
            // Past the last day for finishing, another day can still be agreed on.
            let until = limit(AFTER_FINISH).filter(|day| *day >= self.as_of).unwrap_or(slack.latest);
            self.add(Cause::Short(slack), Some(until), -slack.days);
        }
        let next = [
            (Milestone::Produced, AFTER_FINISH),
            (Milestone::Inspected, AFTER_INSPECTION),
            (Milestone::Shipped, 0),
        ]
        .into_iter()
        .find(|(step, _)| !self.is_over(*step));
        // How much too late the finish is says more than that its last day has come.
        let Some((step, days)) = next.filter(|(step, _)| !short || *step != Milestone::Produced) else {
            return;
        };
        let Some(limit) = limit(days) else { return };
        if (limit - self.as_of).num_days() <= NEAR {
            let cause = Cause::Limit { step, limit, latest: slack.latest };
            self.add(cause, Some(limit), (self.as_of - limit).num_days());
        }
    }

    fn is_over(&self, step: Milestone) -> bool {
        self.own.progress.is_done(step)
            || self.own.progress.stage(step.stage()).is_some_and(|s| s.state.is_over())
    }

    /// Cut-offs whose work is not recorded: as the shipment itself says, so that no page says otherwise.
    fn cutoffs(&mut self) {
        for at in 0..self.own.shipments.len() {
            for fact in sailing::cutoffs(self.order, self.own, at, self.as_of) {
                let day = fact.at.date_naive();
                let open = matches!(fact.state, CutoffState::Ahead | CutoffState::Missed);
                if open && (day - self.as_of).num_days() <= NEAR {
                    let cause = Cause::Cutoff { cutoff: fact.cutoff, at: fact.at };
                    self.add(cause, Some(day), (self.as_of - day).num_days());
                }
            }
        }
    }

    /// Steps of stages that are late. Those that a later step of the same stage has overtaken count for nothing in
    /// the ranking, but a stage that is shown late must have a reason.
    fn steps(&mut self) {
        let own = self.own;
        for stage in own.progress.stages.iter().filter(|s| s.state == StageState::Late) {
            // Money has its own wording, follow-ups hurt nobody.
            if matches!(stage.key, StageKey::Collect | StageKey::Archive | StageKey::Feedback) {
                continue;
            }
            let done = stage.milestones.iter().rposition(|m| m.actual.is_some()).map_or(0, |i| i + 1);
            for (place, fact) in stage.milestones.iter().enumerate().filter(|(_, m)| m.actual.is_none()) {
                let typed = fact.plan.filter(|p| !p.derived).map(|p| p.date);
                let Some(due) = typed.or(fact.forecast).filter(|due| *due < self.as_of) else { continue };
                let forecast = fact.forecast.filter(|day| *day >= self.as_of);
                let overtaken = place < done && forecast.is_none();
                let cause = Cause::Overdue { step: fact.key, due, forecast, overtaken };
                let (until, late) = match overtaken {
                    true => (None, 0),
                    false => (self.until(fact.key), (self.as_of - due).num_days()),
                };
                self.add(cause, until, late);
            }
        }
    }

    /// The last day on which a step may be done for the latest shipment, or for the credit.
    fn until(&self, step: Milestone) -> Option<NaiveDate> {
        if step == Milestone::Presented {
            return self.last_presentation();
        }
        let latest = self.own.slack?.latest;
        let days = match step.stage() {
            StageKey::Confirm | StageKey::Release | StageKey::Produce => AFTER_FINISH,
            StageKey::Inspect => AFTER_INSPECTION,
            StageKey::Book | StageKey::Declare => 1,
            _ => 0,
        };
        shift(latest, -days)
    }

    fn last_presentation(&self) -> Option<NaiveDate> {
        standing::last_presentation(self.book, self.order, self.as_of).map(|d| d.date)
    }

    /// Amendments too young for the rule that speaks of unanswered ones.
    fn amendments(&mut self) {
        let said = |threat: &Threat<'_>| matches!(threat.cause, Cause::Finding(f) if f.rule.name == "lc-amend-pending");
        if self.own.progress.is_done(Milestone::Presented) || self.found.iter().any(said) {
            return;
        }
        let order = self.order;
        for lc in order.docs.lc.iter().filter(|lc| lc.paper.is_current()) {
            let until = credit::latest_shipment(lc, self.as_of)
                .filter(|_| !self.own.progress.is_done(Milestone::Shipped))
                .or_else(|| self.last_presentation())
                .or_else(|| credit::expiry(lc, self.as_of));
            for amendment in &lc.amendments {
                let answer = [amendment.accepted, amendment.rejected].into_iter().flatten().min();
                let Some(received) = amendment.received.filter(|day| *day <= self.as_of) else { continue };
                if answer.is_none_or(|day| day > self.as_of) {
                    let days = (self.as_of - received).num_days();
                    let number = amendment.number.as_deref().unwrap_or_default();
                    self.add(Cause::Amendment { number, days }, until, days);
                }
            }
        }
    }

    fn money(&mut self) {
        let own = self.own;
        let money = &own.money;
        if money.settled || money.open.is_none_or(|open| open <= Decimal::ZERO) {
            return;
        }
        for (at, line) in money.lines.iter().enumerate().filter(|(_, line)| line.overdue > 0) {
            let Some((due, open)) = line.due.day.zip(line.outstanding()) else { continue };
            let forecast = match cash::expect(own, Some(at), self.as_of) {
                (day, Basis::Forecast) => day,
                _ => None,
            };
            let reminder = ladder::last(self.book, self.order, money, line, self.as_of);
            let reminded = reminder.and_then(|n| self.order.reminders.get(n)?.date);
            let disputed = line.disputed >= open;
            self.add(Cause::Unpaid { line: Some(at), due, forecast, reminded, disputed }, None, line.overdue);
        }
        if money.lines.is_empty() {
            self.unpaid_by_plan();
        }
    }

    /// Without terms that can be read the plan is the only day there is.
    fn unpaid_by_plan(&mut self) {
        let paid = self.own.progress.milestone(Milestone::Paid);
        let typed = paid.plan.filter(|p| !p.derived).map(|p| p.date);
        let Some(due) = typed.or(paid.forecast).filter(|due| *due < self.as_of) else { return };
        let reminded =
            self.order.reminders.iter().filter_map(|r| r.date).filter(|day| *day <= self.as_of).max();
        let forecast = paid.forecast.filter(|day| *day >= self.as_of);
        let cause = Cause::Unpaid { line: None, due, forecast, reminded, disputed: false };
        self.add(cause, None, (self.as_of - due).num_days());
    }
}
