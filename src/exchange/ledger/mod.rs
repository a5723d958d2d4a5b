//! Double entry out of the orders: what was agreed, shipped, paid, credited, billed and paid out as transactions that
//! plain-text accounting programs read. A view of what the orders say, in their own currencies and exact; not the
//! statutory books, and nothing is read back from it.
//!
//! When what is booked:
//!
//! * The claim on the buyer: the day the contract binds (signature; without one the first receipt or shipment), for the
//!   contract total, against `Liabilities:Undelivered`. What a final invoice changes: on its day. So the receivable is,
//!   on any day, what the buyer still owes of the whole contract, due or not, as everywhere else in gendan.
//! * Sales: the day of shipment (of delivery under D terms), for what leaves, out of `Liabilities:Undelivered`.
//! * Receipts: their value date. Charges on the advice are an expense, and the buyer is credited with both. What was
//!   paid beyond what is due is a liability to the buyer; what is set against nothing (another currency, an unknown
//!   instalment, a negative amount without a reason) stands in `Liabilities:Unallocated`.
//! * A receipt that was converted: both currencies over `Equity:Conversion`, so that each balances by itself.
//! * A difference within the settlement tolerance: as bank charges, the day of the record that settled the instalment.
//! * Credits: their date, else the day the contract binds.
//! * A cancellation: the claim and the sales end; what was received is owed to the buyer until refunded or kept.
//! * Bills: their date; without one their due day, or the day they were paid where that was earlier, at the latest the
//!   day of the export. Payments: their date; what is paid before its bill, or without one, is an advance.
//!
//! Nothing dated after the day of the export is in it. What cannot be booked (no date, no amount) is named at the end.

pub mod account;
pub mod balances;
mod beancount;
mod claim;
mod expected;
mod header;
mod hledger;
mod payable;
mod place;
mod record;
#[cfg(test)]
mod tests;
mod text;
mod work;

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;
use rayon::prelude::*;
use rust_decimal::Decimal;

use crate::derive::Facts;
use crate::model::value::Currency;
use crate::text::{Bi, Lang};

pub use account::Account;

/// What an amount is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Commodity(Option<Currency>);

impl Commodity {
    /// The code; `XXX`, as ISO 4217 has it, where no currency is known.
    #[must_use]
    pub fn code(self) -> &'static str {
        self.0.map_or("XXX", Currency::code)
    }

    /// Decimals of the smallest unit.
    #[must_use]
    pub fn minor(self) -> u32 {
        self.0.map_or(2, Currency::minor)
    }

    /// A figure with the decimals of the currency; more where it has more.
    #[must_use]
    pub fn figure(self, value: Decimal) -> String {
        let mut value = value.normalize();
        value.rescale(value.scale().max(self.minor()));
        value.to_string()
    }
}

impl From<Option<Currency>> for Commodity {
    fn from(currency: Option<Currency>) -> Self {
        Self(currency)
    }
}

/// A movement on one account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leg {
    /// The account.
    pub account: Account,
    /// How much; a debit is positive.
    pub amount: Decimal,
    /// In what.
    pub commodity: Commodity,
    /// What all of it was worth in another currency, where it was converted. Never negative.
    pub worth: Option<(Decimal, Commodity)>,
}

/// Movements of one day that add up to nothing, in each currency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Transaction {
    /// The day.
    pub date: NaiveDate,
    /// The order it belongs to.
    pub order: Arc<str>,
    /// Place among the transactions of an order on a day.
    rank: (u8, usize),
    /// Who paid or was paid.
    pub payee: String,
    /// What it is.
    pub text: String,
    /// Bank reference or number.
    pub reference: Option<String>,
    /// What else is known of it, by key.
    pub meta: Vec<(&'static str, String)>,
    /// The movements; never empty, none of them zero.
    pub legs: Vec<Leg>,
}

/// What gendan says that an account holds at the end of the day of the export.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Balance {
    /// The account.
    pub account: Account,
    /// In what.
    pub commodity: Commodity,
    /// How much.
    pub amount: Decimal,
}

/// A record that could not be booked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOut {
    /// Where it stands.
    pub place: String,
    /// Why.
    pub why: String,
}

/// A rate, for display.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Price {
    /// The day.
    pub date: NaiveDate,
    /// One of this …
    pub of: Commodity,
    /// … is so much …
    pub rate: Decimal,
    /// … of the base currency.
    pub base: Commodity,
}

/// How an account is declared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opening {
    /// The day of its first movement.
    pub date: NaiveDate,
    /// In what it moves.
    pub commodities: Vec<Commodity>,
}

/// The whole ledger.
#[derive(Debug, Clone)]
pub struct Journal {
    /// The day of the export.
    pub as_of: NaiveDate,
    /// Language of its texts.
    pub lang: Lang,
    /// Our name.
    pub company: String,
    /// The currency that rates are given in.
    pub base: Commodity,
    /// Accounts that move.
    pub accounts: BTreeMap<Account, Opening>,
    /// What amounts are in, with the most decimals that occur.
    pub commodities: BTreeMap<&'static str, u32>,
    /// By day, order and place.
    pub transactions: Vec<Transaction>,
    /// By day.
    pub prices: Vec<Price>,
    /// By account.
    pub balances: Vec<Balance>,
    /// By place.
    pub left_out: Vec<LeftOut>,
}

impl Journal {
    /// The ledger of all orders as of the day of the facts.
    #[must_use]
    pub fn of(facts: &Facts<'_>, lang: Lang) -> Self {
        let all: Vec<_> = facts.book.orders.par_iter().zip(&facts.orders).collect();
        let books: Vec<work::OrderBook> =
            all.into_par_iter().map(|(order, own)| work::book(facts, order, own, lang)).collect();
        let config = &facts.book.config;
        let company = config.company();
        let names = match lang {
            Lang::Zh => [&company.name_zh, &company.name],
            Lang::En => [&company.name, &company.name_zh],
        };
        let mut journal = Self {
            as_of: facts.as_of,
            lang,
            company: names.into_iter().flatten().next().cloned().unwrap_or_default(),
            base: Commodity(config.base.as_deref().and_then(Currency::parse).or(Some(Currency::CNY))),
            accounts: BTreeMap::new(),
            commodities: BTreeMap::new(),
            transactions: Vec::new(),
            prices: Vec::new(),
            balances: Vec::new(),
            left_out: Vec::new(),
        };
        let mut cash: BTreeMap<Commodity, Decimal> = BTreeMap::new();
        for book in books {
            journal.transactions.extend(book.transactions);
            journal.balances.extend(book.balances);
            journal.left_out.extend(book.left_out);
            for (commodity, amount) in book.cash {
                let sum = cash.entry(commodity).or_default();
                *sum = sum.saturating_add(amount);
            }
        }
        let banks = cash.into_iter().map(|(commodity, amount)| Balance {
            account: work::bank(commodity),
            commodity,
            amount,
        });
        journal.balances.extend(banks);
        journal.transactions.sort_by(|a, b| (a.date, &a.order, a.rank).cmp(&(b.date, &b.order, b.rank)));
        journal.declare();
        let moves = |b: &Balance| {
            journal.accounts.get(&b.account).is_some_and(|o| o.commodities.contains(&b.commodity))
        };
        journal.balances.retain(|b| !b.amount.is_zero() || moves(b));
        journal.balances.sort_by(|a, b| (&a.account, a.commodity).cmp(&(&b.account, b.commodity)));
        journal.rates(facts);
        journal
    }

    fn declare(&mut self) {
        for transaction in &self.transactions {
            for leg in &transaction.legs {
                let opening = self
                    .accounts
                    .entry(leg.account.clone())
                    .or_insert_with(|| Opening { date: transaction.date, commodities: Vec::new() });
                if !opening.commodities.contains(&leg.commodity) {
                    opening.commodities.push(leg.commodity);
                    opening.commodities.sort();
                }
                let decimals = self.commodities.entry(leg.commodity.code()).or_insert(leg.commodity.minor());
                *decimals = (*decimals).max(leg.amount.normalize().scale());
            }
        }
    }

    /// The rates of the currencies that occur, each day's last one.
    fn rates(&mut self, facts: &Facts<'_>) {
        let mut all: BTreeMap<(NaiveDate, Commodity), Decimal> = BTreeMap::new();
        for rate in facts.book.rates.iter().filter(|r| r.date <= facts.as_of) {
            let of = Commodity(Currency::parse(&rate.currency));
            if self.commodities.contains_key(of.code()) && of != self.base {
                all.insert((rate.date, of), rate.rate);
            }
        }
        if !all.is_empty() {
            self.commodities.entry(self.base.code()).or_insert(self.base.minor());
        }
        let base = self.base;
        self.prices = all.into_iter().map(|((date, of), rate)| Price { date, of, rate, base }).collect();
    }

    /// As a file for Beancount.
    #[must_use]
    pub fn beancount(&self) -> String {
        beancount::write(self)
    }

    /// As a file for hledger.
    #[must_use]
    pub fn hledger(&self) -> String {
        hledger::write(self)
    }

    fn say(&self, text: &Bi) -> String {
        text.get(self.lang).to_owned()
    }
}
