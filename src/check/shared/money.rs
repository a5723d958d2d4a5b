//! How rules speak of money: what falls due by name, figures in the order's currency, and where the terms and the
//! records stand. Decides nothing.

use chrono::{Datelike, Months, NaiveDate};
use rust_decimal::Decimal;

use super::figures;
use crate::bi;
use crate::check::finding::Place;
use crate::check::rule::Case;
use crate::derive::money::{Line, Source};
use crate::derive::release;
use crate::model::value::Method;
use crate::model::value::money::group;
use crate::text::{Bi, StaticBi};

/// An amount in the order's currency, with its code.
pub(crate) fn figure(case: &Case<'_>, value: Decimal) -> String {
    figures::money(value, case.facts.goods.currency)
}

/// An amount in the order's currency, where the code stands beside it already.
pub(crate) fn bare(case: &Case<'_>, value: Decimal) -> String {
    group(value, case.facts.goods.minor().max(value.normalize().scale()))
}

/// What people call a payment.
fn word(method: Method) -> StaticBi {
    match method {
        Method::Deposit => ("定金", "deposit"),
        Method::Tt => ("电汇款", "T/T payment"),
        Method::BeforeProduction => ("投产前款", "payment before production"),
        Method::BeforeShipment => ("装运前款", "payment before shipment"),
        Method::CopyBl => ("见提单副本款", "payment against copy documents"),
        Method::Lc => ("信用证款", "L/C payment"),
        Method::Dp => ("D/P 款", "D/P payment"),
        Method::Da => ("D/A 款", "D/A payment"),
        Method::Oa => ("赊销款", "open-account payment"),
        Method::Cod => ("货到付款", "cash on delivery"),
    }
}

/// What falls due, by name: `定金`, `第 2 批的装运前款`; with its position where several are paid alike.
pub(crate) fn name(case: &Case<'_>, line: &Line) -> Bi {
    let all = || case.facts.money.lines.iter().filter(|other| other.method == line.method);
    let (zh, en) = word(line.method);
    let mut name = bi!("{zh}", "{en}");
    if all().any(|other| other.instalment != line.instalment) {
        let n = line.instalment + 1;
        name = bi!("第 {n} 期{name}", "{name} (instalment {n})"; name);
    }
    let several = all().any(|other| other.shipment != line.shipment);
    match line.shipment.as_deref().filter(|_| several) {
        Some(id) => bi!("第 {id} 批的{name}", "{name} for shipment {id}"; name),
        None => name,
    }
}

/// Paid but for a remainder that charges along the way explain.
pub(crate) fn is_slight(case: &Case<'_>, line: &Line) -> bool {
    crate::derive::money::is_slight(case.book(), line, case.facts.money.currency)
}

/// Where the payment terms stand: in the order, or with the customer whose defaults filled them.
pub(crate) fn terms(case: &Case<'_>) -> Place {
    let key = if case.order.filled.contains(&"payment") { "customer" } else { "payment" };
    case.order.origin.place(key)
}

/// The amount of a record that moved a balance.
pub(crate) fn amount(case: &Case<'_>, source: Source) -> Place {
    case.order.origin.place(&source.path("amount"))
}

/// The record that touched a line last, on or before the day of the facts.
pub(crate) fn last_posted(case: &Case<'_>, at: usize) -> Option<Source> {
    let mine = case.facts.money.postings.iter().filter(|p| p.line == at && p.amount > Decimal::ZERO);
    mine.max_by_key(|p| crate::derive::ahead::date(case.order, p.source)).map(|p| p.source)
}

/// Days as people sort debts.
pub(crate) fn bucket(days: i64) -> StaticBi {
    match days {
        ..=30 => ("1–30 天", "1–30 days"),
        31..=60 => ("31–60 天", "31–60 days"),
        61..=90 => ("61–90 天", "61–90 days"),
        91..=180 => ("91–180 天", "91–180 days"),
        181.. => ("超过 180 天", "over 180 days"),
    }
}

/// A day that is known.
pub(crate) fn known(case: &Case<'_>, day: Option<NaiveDate>) -> Option<NaiveDate> {
    day.filter(|day| *day <= case.as_of())
}

/// The day on which a bank is on record as having paid for what falls due, and where that stands.
pub(crate) fn paid_at_bank(case: &Case<'_>, line: &Line) -> Option<(NaiveDate, String)> {
    let docs = &case.order.docs;
    let mine =
        |named: Option<&str>| named.is_none() || line.shipment.is_none() || named == line.shipment.as_deref();
    match line.method {
        Method::Lc => {
            let all = release::to_bank(case.order, case.as_of()).filter(|(_, p)| mine(p.shipment.as_deref()));
            let (i, last) = all.max_by_key(|(i, p)| (p.date, *i))?;
            Some((known(case, last.paid)?, format!("presentation[{i}].paid")))
        }
        Method::Dp | Method::Da => {
            let mut all = docs.collection.iter().enumerate();
            let (i, own) = all.find(|(_, c)| c.paper.is_current() && mine(c.paper.shipment.as_deref()))?;
            Some((known(case, own.paid)?, format!("collection[{i}].paid")))
        }
        _ => None,
    }
}

/// Money on record whose amount or day cannot be read or cannot be: it is said where that is, and what depends on it
/// is not told as if the money had not come.
pub(crate) fn is_unread(case: &Case<'_>) -> bool {
    let far = case.as_of().checked_add_months(Months::new(36));
    let odd = |day: NaiveDate| day.year() < 2000 || far.is_some_and(|far| day > far);
    let mut days = case.order.received.iter().map(|r| (r.date, r.amount.is_some()));
    days.any(|(day, amount)| day.is_some_and(odd) || (case.order.broken && (day.is_none() || !amount)))
}
