//! Slack: how many days the goods may still be late before the last possible shipment is missed.

use chrono::NaiveDate;

use crate::derive::credit;
use crate::derive::progress::Progress;
use crate::model::Order;
use crate::model::stage::Milestone;

/// Days between finished goods and the ship: inspection 2, to the port 2, yard 2, next sailing 3.
pub const AFTER_FINISH: i64 = 9;

/// Days from a passed inspection to the ship: to the port 2, yard 2, next sailing 3.
pub const AFTER_INSPECTION: i64 = AFTER_FINISH - 2;

/// Slack of an order that has not been shipped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Slack {
    /// Days left; negative when the last shipment is missed.
    pub days: i64,
    /// The finish it was computed from.
    pub finish: NaiveDate,
    /// Where that finish comes from.
    pub basis: Basis,
    /// The latest shipment it was computed to.
    pub latest: NaiveDate,
    /// The credit's date is the tighter one.
    pub by_credit: bool,
}

/// Where the finish of production comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Basis {
    /// It happened.
    Actual,
    /// Forecast.
    Forecast,
    /// Typed plan.
    Plan,
    /// Derived plan: shown `~`, makes no finding.
    Derived,
}

impl Slack {
    /// The slack of an order, while it is not shipped and the dates are known.
    #[must_use]
    pub fn of(order: &Order, progress: &Progress, as_of: NaiveDate) -> Option<Self> {
        if progress.is_done(Milestone::Shipped) || progress.cancelled.is_some() {
            return None;
        }
        let credit = credit::order_latest_shipment(order, as_of);
        let contract = credit::contract_latest_shipment(order, as_of);
        let latest = [contract, credit].into_iter().flatten().min()?;
        let fact = progress.milestone(Milestone::Produced);
        let (finish, basis) = match (fact.actual.as_ref().and_then(|a| a.date), fact.forecast, fact.plan) {
            (Some(date), ..) => (date, Basis::Actual),
            // Neither a forecast nor a plan that has passed can still come true: today is the earliest.
            (None, Some(date), _) => (date.max(as_of), Basis::Forecast),
            (None, None, Some(plan)) if plan.derived => (plan.date.max(as_of), Basis::Derived),
            (None, None, Some(plan)) => (plan.date.max(as_of), Basis::Plan),
            (None, None, None) => return None,
        };
        let days = (latest - finish).num_days() - AFTER_FINISH;
        Some(Self { days, finish, basis, latest, by_credit: credit == Some(latest) && contract != credit })
    }
}
