//! Bills of suppliers and forwarders that are not paid. Amounts are not shown: who may see a deadline may not see a
//! price.

use chrono::NaiveDate;

use super::{Deadline, Done, Entry, Kind, Look};
use crate::bi;
use crate::derive::payable::{Payables, Source};

pub(super) fn find(look: &mut Look<'_, '_>) {
    let owed = Payables::of(look.shared.facts, look.order, look.own);
    for (index, bill) in look.order.bills.iter().enumerate() {
        let known = bill.date.is_none_or(|day| day <= look.as_of);
        let Some(day) = bill.due.filter(|_| known) else { continue };
        // A bill without an amount is in no account, and is to be paid all the same.
        let paid = owed.bills.iter().any(|fact| fact.index == index && !fact.is_open());
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
        let done = paid.then(|| Done { on: paid_on(look, &owed, index) });
        look.push(Deadline { done, ..deadline });
    }
}

/// The day of the last payment that went to a bill.
fn paid_on(look: &Look<'_, '_>, owed: &Payables, bill: usize) -> Option<NaiveDate> {
    let own = owed.postings.iter().filter(|p| p.bill == bill);
    let days = own.filter_map(|posting| match posting.source {
        Source::Payment(i) => look.order.paid.get(i)?.date,
        Source::Bill(i) => look.order.bills.get(i)?.date,
    });
    days.max()
}
