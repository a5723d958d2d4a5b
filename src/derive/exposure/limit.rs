//! The credit a customer was granted: the limit in its own file, else what was approved for its open orders.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::derive::{Facts, OrderFacts};
use crate::model::order::ApprovalKind;
use crate::model::party::PartyKind;
use crate::model::value::Currency;

/// Where a limit stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Granted {
    /// `credit_limit` in the customer's file.
    Customer,
    /// `[[approvals]]` of so many open orders, together.
    Orders(usize),
}

/// Credit granted in one currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limit<'a> {
    /// How much.
    pub amount: Decimal,
    /// In which currency; `None` where neither the limit nor the customer's defaults name one.
    pub currency: Option<Currency>,
    /// Who granted it.
    pub by: Option<&'a str>,
    /// Its last day.
    pub until: Option<NaiveDate>,
    /// That day has passed.
    pub expired: bool,
    /// Where it stands.
    pub granted: Granted,
}

/// The limits of a customer. One that has expired is still shown, and what was approved for open orders beside it.
pub(super) fn of<'a>(facts: &Facts<'a>, customer: &str, orders: &[usize]) -> Vec<Limit<'a>> {
    let own = from_file(facts, customer);
    let counts = own.is_some_and(|limit| !limit.expired);
    let mut all: Vec<Limit<'a>> = own.into_iter().collect();
    if !counts {
        all.extend(approved(facts, orders));
    }
    all
}

fn from_file<'a>(facts: &Facts<'a>, customer: &str) -> Option<Limit<'a>> {
    let party = facts.book.party(PartyKind::Customer, customer)?;
    let written = party.credit_limit.as_deref()?;
    let amount = written.amount.as_ref()?;
    let usual = || Currency::parse(party.defaults.as_deref()?.currency.as_deref()?);
    Some(Limit {
        amount: amount.value,
        currency: amount.currency.or_else(usual),
        by: written.by.as_deref(),
        until: written.until,
        expired: written.until.is_some_and(|day| day < facts.as_of),
        granted: Granted::Customer,
    })
}

fn approved<'a>(facts: &Facts<'a>, orders: &[usize]) -> Vec<Limit<'a>> {
    let mut sums: BTreeMap<Option<Currency>, (Decimal, usize, Option<&'a str>)> = BTreeMap::new();
    for (order, own) in orders.iter().filter_map(|i| facts.book.orders.get(*i).zip(facts.orders.get(*i))) {
        if !OrderFacts::is_open(own) {
            continue;
        }
        let mut seen: Vec<Option<Currency>> = Vec::new();
        let known = order
            .approvals
            .iter()
            .filter(|a| a.kind == Some(ApprovalKind::Credit) && a.date.is_none_or(|day| day <= facts.as_of));
        for (approval, amount) in known.filter_map(|a| Some((a, a.amount.as_ref()?))) {
            let currency = amount.currency.or(own.goods.currency);
            let (sum, orders, by) = sums.entry(currency).or_default();
            *sum = sum.saturating_add(amount.value);
            if !seen.contains(&currency) {
                *orders = orders.saturating_add(1);
                seen.push(currency);
            }
            *by = approval.by.as_deref();
        }
    }
    let limit = |(currency, (amount, orders, by))| Limit {
        amount,
        currency,
        // Several orders, several people: the orders say who.
        by: if orders == 1 { by } else { None },
        until: None,
        expired: false,
        granted: Granted::Orders(orders),
    };
    sums.into_iter().map(limit).collect()
}
