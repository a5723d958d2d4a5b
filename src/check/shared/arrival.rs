//! What rules about a credit on its arrival share: how the credit and its terms are called, until when an amendment
//! still helps, and when a fault of the credit no longer matters. Decides nothing.

use std::rc::Rc;

use chrono::NaiveDate;

use super::timing;
use crate::bi;
use crate::check::finding::{Finding, Place};
use crate::check::rule::Case;
use crate::derive::credit::terms::Source;
use crate::derive::credit::{Credit, Said, clock};
use crate::model::document::Period;
use crate::model::stage::Milestone;
use crate::text::{Bi, StaticBi};

/// How long a fault of the credit matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Matters {
    /// Until the goods have left: afterwards the dates and quantities are what they are.
    UntilShipped,
    /// Until the papers are with a bank: afterwards the examination of the papers speaks.
    UntilPresented,
}

/// The credits to be examined; none of a cancelled order.
pub(crate) fn credits<'c, 'a>(case: &'c Case<'a>) -> &'c [Rc<Credit<'a>>] {
    if case.facts.is_cancelled() { &[] } else { &case.exams().credits }
}

/// `信用证 LC26DAC00912`, `credit LC26DAC00912`.
pub(crate) fn called(credit: &Credit<'_>) -> Bi {
    let number = credit.number();
    let (zh, en) = (format!("信用证 {number}"), format!("credit {number}"));
    Bi { zh: zh.trim_end().to_owned(), en: en.trim_end().to_owned() }
}

/// What stands at a place of the credit: `44C 最迟装运日`, `修改 01 的 44C 最迟装运日`.
pub(crate) fn label(credit: &Credit<'_>, source: Source, (zh, en): StaticBi) -> Bi {
    let amendment = source.amendment().and_then(|n| credit.lc.amendments.get(n));
    match amendment.map(|a| a.number.as_deref().unwrap_or_default()) {
        Some(number) => bi!("{zh}，修改 {number}", "{en}, amendment {number}"),
        None => bi!("{zh}", "{en}"),
    }
}

/// The place of a term.
pub(crate) fn at<T>(case: &Case<'_>, said: &Said<T>) -> Place {
    case.order.origin.place(&said.source.path())
}

/// The instruction that cures a fault of the credit, the innocent explanation first.
pub(crate) fn amend(what: &Bi) -> Bi {
    bi!(
        "先看信用证原文，登记抄错就改；没抄错，请客户通知开证行改证：{what}；收到后登记 [[lc.amendments]]",
        "look at the credit itself first and correct the record if it was copied wrongly; otherwise ask the buyer to have the issuing bank amend it: {what}; record the amendment in [[lc.amendments]] when it comes"; what
    )
}

/// The amendment must be there before the goods leave, and before they may no longer leave. Once the fault no longer
/// matters it is history.
pub(crate) fn close(case: &Case<'_>, credit: &Credit<'_>, finding: &mut Finding, matters: Matters) {
    finding.until(too_late(case, credit));
    let done = |step: Milestone| case.facts.progress.is_done(step);
    let used = !case.facts.is_open() || done(Milestone::Presented) || done(Milestone::Paid);
    finding.past |= used || (matters == Matters::UntilShipped && done(Milestone::Shipped));
}

/// The last day on which an amendment still helps.
pub(crate) fn too_late(case: &Case<'_>, credit: &Credit<'_>) -> Option<NaiveDate> {
    let leaves = departures(case).into_iter().filter(|d| !d.left && d.date >= case.as_of()).map(|d| d.date);
    [leaves.min(), latest(credit)].into_iter().flatten().min().or(credit.expiry.as_ref().map(|e| e.value))
}

/// 44C, or the end of 44D.
pub(crate) fn latest(credit: &Credit<'_>) -> Option<NaiveDate> {
    let ends = || credit.shipment_period.iter().filter_map(|p| bounds(p.value).1).max();
    credit.latest_shipment.map(|l| l.value).or_else(ends)
}

/// First and last day of a shipment period; "on or about" is five days either side (UCP 600 art. 3).
pub(crate) fn bounds(period: &Period) -> (Option<NaiveDate>, Option<NaiveDate>) {
    use crate::derive::plan::shift;
    match period.about {
        Some(day) => (shift(day, -5), shift(day, 5)),
        None => (period.from, period.to),
    }
}

/// When goods leave, or have left.
#[derive(Debug, Clone)]
pub(crate) struct Departure {
    /// The day.
    pub(crate) date: NaiveDate,
    /// Key path of the day.
    pub(crate) path: String,
    /// They have left.
    pub(crate) left: bool,
}

/// The departures of an order: what happened, else what people typed. Derived plans do not count.
pub(crate) fn departures(case: &Case<'_>) -> Vec<Departure> {
    let order = case.order;
    let gone = case
        .facts
        .shipments
        .iter()
        .filter_map(|s| Some(Departure { date: s.shipped?, path: s.proof.clone()?, left: true }));
    let mut all: Vec<Departure> = gone.collect();
    let ahead = order.shipments.iter().enumerate().filter(|(i, _)| !timing::has_left(case, *i));
    let dated = ahead.filter_map(|(i, s)| {
        let path = |key: &str| format!("shipments[{i}].{key}");
        let etd = s.etd.map(|date| Departure { date, path: path("etd"), left: false });
        etd.or_else(|| s.planned.map(|date| Departure { date, path: path("planned"), left: false }))
    });
    all.extend(dated);
    if all.is_empty() {
        let typed = timing::typed(order, Milestone::Shipped);
        all.extend(typed.map(|(date, path)| Departure { date, path, left: false }));
    }
    all
}

/// The place where a credit expires, when it is abroad.
pub(crate) fn expires_abroad<'a>(
    case: &Case<'_>,
    credit: &Credit<'a>,
) -> Option<(Said<&'a str>, Option<&'static str>)> {
    clock::expires_abroad(credit, &case.config().home())
}

/// Days until the papers can be where the credit expires: making them, and the courier where it expires abroad.
pub(crate) fn lead(case: &Case<'_>, credit: &Credit<'_>) -> i64 {
    let courier = if expires_abroad(case, credit).is_some() { case.config().courier_days() } else { 0 };
    case.config().documents_days().saturating_add(courier)
}
