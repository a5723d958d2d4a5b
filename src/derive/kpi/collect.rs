//! How long the money takes: days from the last shipment to the last payment, by how it is paid.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::{Case, Pair};
use crate::derive::Facts;
use crate::derive::money::{Money, Source};
use crate::model::Order;
use crate::model::stage::Milestone;
use crate::model::value::Method;
use crate::text::StaticBi;

/// What it is called.
pub const TITLE: StaticBi = ("收款天数", "Days to collect");

/// What is counted.
pub const DEFINITION: StaticBi = (
    "收齐的订单，从最后一批装运到最后一笔款到账的天数，取中位数；按最后到期那一期的付款方式分（货到付款算 T/T）。装运前就收齐的是负数",
    "For orders paid in full, days from the last shipment to the last receipt, the median, by the method of the part that falls due last (cash on delivery with T/T). Negative where everything was paid before shipment",
);

/// How the last part of an order is paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PayKind {
    /// Transfers, ahead or against copies, and cash on delivery.
    Transfer,
    /// Open account.
    OpenAccount,
    /// Letter of credit.
    Credit,
    /// Documents against payment.
    AgainstPayment,
    /// Documents against acceptance.
    AgainstAcceptance,
}

impl PayKind {
    /// What people call it.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Transfer => "T/T",
            Self::OpenAccount => "O/A",
            Self::Credit => "L/C",
            Self::AgainstPayment => "D/P",
            Self::AgainstAcceptance => "D/A",
        }
    }

    fn of(method: Method) -> Self {
        match method {
            Method::Oa => Self::OpenAccount,
            Method::Lc => Self::Credit,
            Method::Dp => Self::AgainstPayment,
            Method::Da => Self::AgainstAcceptance,
            Method::Deposit
            | Method::Tt
            | Method::BeforeProduction
            | Method::BeforeShipment
            | Method::CopyBl
            | Method::Cod => Self::Transfer,
        }
    }
}

/// How the part that falls due last is paid.
fn kind(money: &Money) -> Option<PayKind> {
    let last = money.lines.iter().max_by_key(|l| (l.due.day.unwrap_or(NaiveDate::MAX), l.instalment))?;
    Some(PayKind::of(last.method))
}

/// The day of the last receipt of an order that was paid in full. What a write-off settled was not collected.
fn paid_on(order: &Order, money: &Money) -> Option<NaiveDate> {
    if !money.settled || !money.written_off.is_zero() {
        return None;
    }
    // A few coins that came after it was settled are no payment that anybody waited for.
    if money.settled_by.is_some() {
        return money.settled_on;
    }
    let receipts =
        money.postings.iter().filter(|p| p.amount > Decimal::ZERO).filter_map(|p| match p.source {
            Source::Receipt(i) => order.received.get(i)?.date,
            Source::Credit(_) => None,
        });
    receipts.max()
}

/// Orders paid in full, by the day of the last receipt.
pub(super) fn of(facts: &Facts<'_>) -> BTreeMap<PayKind, Pair<i64>> {
    let mut all: BTreeMap<PayKind, Pair<i64>> = BTreeMap::new();
    for (index, (order, own)) in facts.each().enumerate().filter(|(_, (_, own))| !own.is_cancelled()) {
        let paid = paid_on(order, &own.money);
        let Some((paid, shipped)) = paid.zip(own.progress.done_on(Milestone::Shipped)) else { continue };
        let Some(kind) = kind(&own.money) else { continue };
        let value = (paid - shipped).num_days();
        all.entry(kind).or_default().put(facts.as_of, Case { order: index, day: paid, value });
    }
    all.values_mut().for_each(Pair::sort);
    all.retain(|_, pair| !pair.now.is_empty() || !pair.before.is_empty());
    all
}
