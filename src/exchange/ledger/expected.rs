//! What gendan says that the accounts of an order hold, from its sums and not from what was booked: the two must
//! agree, and the accounting program is asked to make sure.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::work::{Standing, Work, is_counted};
use super::{Balance, Commodity, payable};
use crate::derive::money::{Reason, Source, Unallocated};
use crate::model::money::CreditKind;

/// The balances of an order's accounts.
pub(super) fn of(work: &Work<'_>) -> Vec<Balance> {
    let own = work.commodity;
    let mut all = vec![
        Balance { account: work.receivable(), commodity: own, amount: receivable(work) },
        Balance { account: work.credit_balance(), commodity: own, amount: -credit_balance(work) },
    ];
    for (commodity, amount) in unallocated(work) {
        all.push(Balance { account: work.unallocated(), commodity, amount: -amount });
    }
    for ((who, commodity), owed) in payable::owed(work.order, &work.payables) {
        let accounts = work.creditor(&who, owed).into_iter();
        all.extend(accounts.map(|(account, amount)| Balance { account, commodity, amount }));
    }
    all
}

/// What the buyer owes: what is open, less what nobody asks for; a credit balance stands apart.
fn receivable(work: &Work<'_>) -> Decimal {
    let money = work.money();
    match (work.standing, money.total, money.open) {
        (Standing::Live(_), Some(_), Some(open)) => {
            open.saturating_add(money.over).saturating_sub(money.short).saturating_sub(work.short())
        }
        _ => Decimal::ZERO,
    }
}

/// What we owe the buyer.
fn credit_balance(work: &Work<'_>) -> Decimal {
    let money = work.money();
    // What is kept unallocated of receipts and refunds, without what is a credit balance.
    let kept = |receipts_only: bool| {
        let mine = money.unallocated.iter().filter(|u| match u.source {
            Source::Receipt(_) => true,
            Source::Credit(i) => !receipts_only && is_refund(work, i),
        });
        let mine = mine.filter(|u| u.reason != Reason::Over && is_counted(work.order, money, u));
        mine.fold(Decimal::ZERO, |sum, u| sum.saturating_add(u.amount))
    };
    match work.standing {
        Standing::Live(_) => money.over,
        Standing::Void(..) => {
            let kept = if work.is_direct() { Decimal::ZERO } else { kept(true) };
            let gone = money.refunded.saturating_add(money.forfeited).saturating_add(kept);
            money.received.saturating_sub(gone)
        }
        Standing::Unbound => money.received.saturating_sub(money.refunded).saturating_sub(kept(false)),
    }
}

fn is_refund(work: &Work<'_>, index: usize) -> bool {
    work.order.credits.get(index).is_some_and(|c| c.kind == Some(CreditKind::Refund))
}

/// What is set against nothing, by currency: positive where it is in the buyer's favour.
fn unallocated(work: &Work<'_>) -> BTreeMap<Commodity, Decimal> {
    let money = work.money();
    let mut all: BTreeMap<Commodity, Decimal> = BTreeMap::new();
    let mut add = |commodity: Commodity, amount: Decimal| {
        let sum = all.entry(commodity).or_default();
        *sum = sum.saturating_add(amount);
    };
    for kept in &money.unallocated {
        if let Some(amount) = favour(work, kept) {
            add(Commodity::from(kept.currency.or(work.own.goods.currency)), amount);
        }
    }
    if !matches!(work.standing, Standing::Void(..)) {
        // Nothing was there to be kept.
        add(work.commodity, -money.forfeited);
    }
    all
}

/// How much of it is in the buyer's favour; `None` for what is no part of the account.
fn favour(work: &Work<'_>, kept: &Unallocated) -> Option<Decimal> {
    if matches!(kept.reason, Reason::Over | Reason::Future | Reason::NoDate) {
        return None;
    }
    let counted = is_counted(work.order, work.money(), kept);
    if counted && work.is_direct() {
        return None;
    }
    let Source::Credit(index) = kept.source else { return Some(kept.amount) };
    let lowers = match work.order.credits.get(index)?.kind? {
        CreditKind::Refund if counted => return Some(kept.amount),
        // Money out, and income: against what would be the buyer's.
        CreditKind::Refund | CreditKind::Forfeit => return Some(-kept.amount),
        CreditKind::CreditNote | CreditKind::Discount | CreditKind::WriteOff => Some(kept.amount),
    };
    // Where nobody owes anything, credits that count have lowered nothing.
    lowers.filter(|_| !counted || matches!(work.standing, Standing::Live(_)))
}
