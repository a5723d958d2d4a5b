//! The ledger as a file for hledger, strict: every account and commodity is declared, and balances are asserted.

use std::fmt::Write as _;

use super::text::{code, description, tag};
use super::{Journal, Leg, Transaction};
use crate::bi;

/// Writes the file.
pub(super) fn write(journal: &Journal) -> String {
    let mut out = String::new();
    for text in super::header::lines(journal) {
        let _ = writeln!(out, "; {}", text);
    }
    out.push_str("\ndecimal-mark .\n");
    for (code, decimals) in &journal.commodities {
        // The mark has to be there even where no decimals follow.
        let _ = writeln!(out, "commodity 1.{:0<width$} {code}", "", width = *decimals as usize);
    }
    out.push('\n');
    for account in journal.accounts.keys() {
        let _ = writeln!(out, "account {account}");
    }
    if !journal.prices.is_empty() {
        out.push('\n');
    }
    for price in &journal.prices {
        let (date, of, base) = (price.date, price.of.code(), price.base.code());
        let _ = writeln!(out, "P {date} {of} {} {base}", price.rate);
    }
    for transaction in &journal.transactions {
        out.push('\n');
        put(&mut out, transaction);
    }
    assertions(&mut out, journal);
    for text in super::header::left_out(journal) {
        let _ = write!(out, "\n; {}", text);
    }
    if !journal.left_out.is_empty() {
        out.push('\n');
    }
    out
}

fn put(out: &mut String, transaction: &Transaction) {
    let _ = write!(out, "{} * ", transaction.date);
    // Always a code: a description could start with a bracket.
    let _ = write!(out, "({}) ", code(transaction.reference.as_deref().unwrap_or(&transaction.order)));
    let _ = writeln!(out, "{} | {}", description(&transaction.payee), description(&transaction.text));
    for (key, value) in &transaction.meta {
        let _ = writeln!(out, "    ; {key}: {}", tag(value));
    }
    for leg in &transaction.legs {
        posting(out, leg);
    }
}

fn posting(out: &mut String, leg: &Leg) {
    let _ = write!(out, "    {}  {} {}", leg.account, leg.commodity.figure(leg.amount), leg.commodity.code());
    if let Some((worth, commodity)) = leg.worth {
        let _ = write!(out, " @@ {} {}", commodity.figure(worth), commodity.code());
    }
    out.push('\n');
}

/// A transaction that moves nothing and says what is there.
fn assertions(out: &mut String, journal: &Journal) {
    if journal.balances.is_empty() {
        return;
    }
    let text = journal.say(&bi!("余额核对", "balances"));
    let _ = writeln!(out, "\n{} * (gendan) {text}", journal.as_of);
    for balance in &journal.balances {
        let (account, code) = (&balance.account, balance.commodity.code());
        let none = balance.commodity.figure(rust_decimal::Decimal::ZERO);
        let _ = writeln!(
            out,
            "    {account}  {none} {code} = {} {code}",
            balance.commodity.figure(balance.amount)
        );
    }
}
