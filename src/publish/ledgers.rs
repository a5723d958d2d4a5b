//! The exports for accounting programs, and the sums that they have to agree with.

use crate::exchange::ledger::{Journal, balances};
use crate::publish::ctx::Ctx;
use crate::publish::exports::{Export, Make};

/// `gendan export hledger`.
pub const HLEDGER: Export = Export {
    name: "hledger",
    title: ("复式账，hledger 用", "Double-entry ledger for hledger"),
    makes: &[Make::Text { format: "journal", make: hledger }],
};

/// `gendan export beancount`.
pub const BEANCOUNT: Export = Export {
    name: "beancount",
    title: ("复式账，Beancount 用", "Double-entry ledger for Beancount"),
    makes: &[Make::Text { format: "beancount", make: beancount }],
};

/// `gendan export balances`.
pub const BALANCES: Export = Export {
    name: "balances",
    title: ("每单的应收应付合计", "What is owed, by order"),
    makes: &[Make::Text { format: "json", make: sums }],
};

fn hledger(ctx: &Ctx<'_>) -> String {
    Journal::of(ctx.facts, ctx.lang).hledger()
}

fn beancount(ctx: &Ctx<'_>) -> String {
    Journal::of(ctx.facts, ctx.lang).beancount()
}

fn sums(ctx: &Ctx<'_>) -> String {
    balances::json(ctx.facts)
}
