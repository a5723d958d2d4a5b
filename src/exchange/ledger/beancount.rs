//! The ledger as a file for Beancount 3 (2 reads it as well).

use std::fmt::Write as _;

use chrono::Days;

use super::text::quoted;
use super::{Journal, Leg, Transaction};

/// Writes the file.
pub(super) fn write(journal: &Journal) -> String {
    let mut out = String::new();
    for text in super::header::lines(journal) {
        let _ = writeln!(out, "; {}", text);
    }
    let title = super::header::title(journal);
    let _ = writeln!(out, "\noption \"title\" {}", quoted(&title));
    let _ = writeln!(out, "option \"operating_currency\" \"{}\"\n", journal.base.code());
    for (account, opening) in &journal.accounts {
        // Only in these currencies: another one in the account is an error.
        let codes: Vec<&str> = opening.commodities.iter().map(|c| c.code()).collect();
        let _ = writeln!(out, "{} open {account} {}", opening.date, codes.join(","));
    }
    if !journal.prices.is_empty() {
        out.push('\n');
    }
    for price in &journal.prices {
        let (date, of, base) = (price.date, price.of.code(), price.base.code());
        let _ = writeln!(out, "{date} price {of} {} {base}", price.rate);
    }
    for transaction in &journal.transactions {
        out.push('\n');
        put(&mut out, transaction);
    }
    // An assertion holds at the start of its day.
    if let Some(day) = journal.as_of.checked_add_days(Days::new(1)) {
        out.push('\n');
        for balance in &journal.balances {
            let (account, code) = (&balance.account, balance.commodity.code());
            // Exactly: half a cent is tolerated otherwise.
            let _ = writeln!(
                out,
                "{day} balance {account} {} ~ 0 {code}",
                balance.commodity.figure(balance.amount)
            );
        }
    }
    for text in super::header::left_out(journal) {
        let _ = write!(out, "\n; {}", text);
    }
    if !journal.left_out.is_empty() {
        out.push('\n');
    }
    out
}

fn put(out: &mut String, transaction: &Transaction) {
    let (payee, text) = (quoted(&transaction.payee), quoted(&transaction.text));
    let _ = write!(out, "{} * {payee} {text}", transaction.date);
    if is_link(&transaction.order) {
        let _ = write!(out, " ^{}", transaction.order);
    }
    out.push('\n');
    for (key, value) in &transaction.meta {
        let _ = writeln!(out, "  {key}: {}", quoted(value));
    }
    if let Some(reference) = &transaction.reference {
        let _ = writeln!(out, "  ref: {}", quoted(reference));
    }
    for leg in &transaction.legs {
        posting(out, leg);
    }
}

fn posting(out: &mut String, leg: &Leg) {
    let _ = write!(out, "  {} {} {}", leg.account, leg.commodity.figure(leg.amount), leg.commodity.code());
    if let Some((worth, commodity)) = leg.worth {
        let _ = write!(out, " @@ {} {}", commodity.figure(worth), commodity.code());
    }
    out.push('\n');
}

/// Links hold these only.
fn is_link(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'/' | b'.'))
}
