//! What claims cost: what was agreed on complaints, as a share of the sales they belong to.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::{Case, Pair};
use crate::derive::Facts;
use crate::model::Order;
use crate::model::money::{Credit, CreditKind};
use crate::model::order::Complaint;
use crate::model::stage::Milestone;
use crate::model::value::Currency;
use crate::text::StaticBi;

/// What it is called.
pub const TITLE: StaticBi = ("索赔占销售", "Claims as a share of sales");

/// What is counted.
pub const DEFINITION: StaticBi = (
    "这 12 个月装完的订单，到今天认可的索赔额除以它们的销售额（最终发票，没有就用合同额）。每个币种各算各的；没谈定的和工厂承担的不减",
    "For the orders that left in these 12 months, the claims agreed to date as a share of their sales (final invoices, else the contract). Each currency by itself; what is not agreed is not counted, what a supplier bears is not deducted",
);

/// One order's sales, and what was agreed on complaints about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Claimed {
    /// Agreed.
    pub agreed: Decimal,
    /// Sales.
    pub sales: Decimal,
}

/// Orders by the day of their last shipment, in their own currency.
pub(super) fn of(facts: &Facts<'_>) -> BTreeMap<Currency, Pair<Claimed>> {
    let mut all: BTreeMap<Currency, Pair<Claimed>> = BTreeMap::new();
    for (index, (order, own)) in facts.each().enumerate().filter(|(_, (_, own))| !own.is_cancelled()) {
        let day = own.progress.done_on(Milestone::Shipped);
        let sales = own.money.total.or(own.goods.total).filter(|sum| *sum > Decimal::ZERO);
        let Some(((day, sales), currency)) = day.zip(sales).zip(own.goods.currency) else { continue };
        let value = Claimed { agreed: agreed(order, currency, facts.as_of), sales };
        all.entry(currency).or_default().put(facts.as_of, Case { order: index, day, value });
    }
    all.values_mut().for_each(Pair::sort);
    all.retain(|_, pair| !pair.now.is_empty() || !pair.before.is_empty());
    all
}

/// What was agreed on an order's complaints by a day, in the order's currency.
fn agreed(order: &Order, currency: Currency, as_of: NaiveDate) -> Decimal {
    let mut credits: BTreeMap<&str, Vec<&Credit>> = BTreeMap::new();
    for credit in &order.credits {
        if let Some(complaint) = credit.complaint.as_deref() {
            credits.entry(complaint).or_default().push(credit);
        }
    }
    let known = order.complaints.iter().filter(|c| c.opened.is_none_or(|day| day <= as_of));
    known.fold(Decimal::ZERO, |sum, complaint| {
        let own = complaint.number.as_deref().and_then(|number| credits.get(number));
        let own = own.map_or(&[][..], Vec::as_slice);
        sum.saturating_add(settled(complaint, own, currency, as_of))
    })
}

/// The amount agreed on a complaint, known from the day of the credit that carries it out; without one that is
/// written, what was credited for it.
fn settled(complaint: &Complaint, credits: &[&Credit], currency: Currency, as_of: NaiveDate) -> Decimal {
    let own = |c: Option<Currency>| c.is_none_or(|c| c == currency);
    if let Some(accepted) = &complaint.accepted {
        let first = credits.iter().filter_map(|c| c.date).min();
        let counts = own(accepted.currency) && first.is_none_or(|day| day <= as_of);
        return if counts { accepted.value } else { Decimal::ZERO };
    }
    let known = |c: &&&Credit| c.date.is_none_or(|day| day <= as_of);
    let lowers = |c: &&&Credit| matches!(c.kind, Some(CreditKind::CreditNote | CreditKind::Discount));
    let amounts = credits.iter().filter(known).filter(lowers).filter_map(|c| c.amount.as_ref());
    amounts.filter(|a| own(a.currency)).fold(Decimal::ZERO, |sum, a| sum.saturating_add(a.value))
}
