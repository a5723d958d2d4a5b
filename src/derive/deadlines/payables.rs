//! Bills of suppliers and forwarders that are not paid. Amounts are not shown: who may see a deadline may not see a
//! price.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::{Deadline, Done, Entry, Kind, Look};
use crate::bi;
use crate::model::money::{Bill, Payment};

pub(super) fn find(look: &mut Look<'_, '_>) {
    for (index, bill) in look.order.bills.iter().enumerate() {
        let known = bill.date.is_none_or(|day| day <= look.as_of);
        let Some(day) = bill.due.filter(|_| known) else { continue };
        let number = bill.number.as_deref().unwrap_or_default();
        let part = if number.is_empty() { (index + 1).to_string() } else { number.to_owned() };
        let number = if number.is_empty() { String::new() } else { format!(" {number}") };
        let (zh, en) = bill.kind.map_or(("账单", "bill"), |kind| kind.title());
        let entry = Entry { kind: Kind::Bill, part, day, path: format!("bills[{index}].due") };
        let deadline = look.entry(
            entry,
            bi!("付{zh}{number}", "pay {en}{number}"),
            bi!(
                "拖欠了，货代扣提单、工厂压下一单",
                "unpaid, the forwarder holds the bill of lading and the factory the next order"
            ),
        );
        let done = paid(look, index);
        look.push(Deadline { done, ..deadline });
    }
}

/// Paid by payments that name the bill; else by what the party was paid beside those, its oldest bills first. Only
/// amounts in one currency are held against each other.
fn paid(look: &Look<'_, '_>, at: usize) -> Option<Done> {
    let bill = look.order.bills.get(at)?;
    let known = |day: Option<NaiveDate>| day.is_none_or(|day| day <= look.as_of);
    let payments = || look.order.paid.iter().filter(|p| known(p.date));
    let names = |name: Option<&str>, bill: &Bill| {
        let number = bill.number.as_deref().map(str::trim).filter(|n| !n.is_empty());
        number.is_some() && name.map(str::trim) == number
    };
    if let Some(on) = payments().filter(|p| names(p.bill.as_deref(), bill)).map(|p| p.date).max() {
        return Some(Done { on });
    }
    let (party, wanted) = (bill.from.as_deref()?, bill.amount?);
    let mut own: Vec<(usize, &Bill)> = look.order.bills.iter().enumerate().collect();
    own.retain(|(_, b)| {
        let named = payments().any(|p| names(p.bill.as_deref(), b));
        b.from.as_deref() == Some(party) && b.amount.is_some_and(|a| a.currency == wanted.currency) && !named
    });
    own.sort_by_key(|(i, b)| (b.due.or(b.date).unwrap_or(NaiveDate::MAX), *i));
    let upto = own.iter().position(|(i, _)| *i == at)?;
    let before = own.iter().take(upto + 1).filter_map(|(_, b)| b.amount);
    let due = before.fold(Decimal::ZERO, |sum, a| sum.saturating_add(a.value));
    let free = |p: &&Payment| p.bill.is_none() && p.to.as_deref() == Some(party);
    let mut free: Vec<(Option<NaiveDate>, Decimal)> = payments()
        .filter(free)
        .filter_map(|p| Some((p.date, p.amount.filter(|a| a.currency == wanted.currency)?.value)))
        .collect();
    free.sort_by_key(|(day, _)| *day);
    let mut sum = Decimal::ZERO;
    let reached = free.into_iter().find(|(_, amount)| {
        sum = sum.saturating_add(*amount);
        sum >= due
    });
    reached.map(|(on, _)| Done { on })
}
