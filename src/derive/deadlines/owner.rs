//! Whose work a deadline is. The one place that says so: papers are the clerk's, money and tax are finance's, the
//! rest is the merchandiser's, who also presses the buyer he knows; whoever is named in a record comes first.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::Kind;
use crate::book::Book;
use crate::derive::sailing::Cutoff;
use crate::model::Order;
use crate::model::setup::Person;
use crate::model::stage::Milestone;

/// How `people.toml` may call the people who look after money.
const FINANCE: [&str; 4] = ["finance", "accountant", "财务", "会计"];

/// The people without an order of their own.
#[derive(Debug, Clone)]
pub struct Desk<'a> {
    /// Who looks after money: the first in `people.toml` who has not left.
    pub finance: Option<String>,
    people: &'a BTreeMap<String, Person>,
}

impl<'a> Desk<'a> {
    /// The desk as of a day.
    #[must_use]
    pub fn of(book: &'a Book, as_of: NaiveDate) -> Self {
        let here = |left: Option<NaiveDate>| left.is_none_or(|day| day > as_of);
        let counts = |role: &str| FINANCE.contains(&role.trim().to_lowercase().as_str());
        let found = book.people.iter().find(|(_, p)| p.role.as_deref().is_some_and(counts) && here(p.left));
        Self { finance: found.map(|(id, _)| id.clone()), people: &book.people }
    }
}

/// Who does it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    Merchandiser,
    Clerk,
    Finance,
}

fn role(kind: Kind) -> Role {
    match kind {
        Kind::Cutoff(Cutoff::Si | Cutoff::Vgm | Cutoff::Customs)
        | Kind::Isf
        | Kind::Ens
        | Kind::Insurance
        | Kind::Amendment
        | Kind::Presentation
        | Kind::Expiry
        | Kind::Refusal
        | Kind::FilingSet
        | Kind::Step(Milestone::Declared | Milestone::Cleared | Milestone::Presented) => Role::Clerk,
        Kind::Due | Kind::Bill | Kind::TaxReceipt | Kind::TaxClaim | Kind::Safe | Kind::Keep => Role::Finance,
        _ => Role::Merchandiser,
    }
}

/// The person whose work it is: who is named in the record and is one of ours, else the role's person, else the
/// merchandiser.
#[must_use]
pub fn of(desk: &Desk<'_>, order: &Order, kind: Kind, named: Option<&str>) -> Option<String> {
    let said = |id: Option<&str>| id.map(str::trim).filter(|id| !id.is_empty()).map(str::to_owned);
    let own = match role(kind) {
        Role::Merchandiser => None,
        Role::Clerk => said(order.clerk.as_deref()),
        Role::Finance => desk.finance.clone(),
    };
    said(named)
        .filter(|id| desk.people.contains_key(id))
        .or(own)
        .or_else(|| said(order.merchandiser.as_deref()))
}
