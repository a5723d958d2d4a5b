//! `rate-unreadable`: rate cannot be read. The loader speaks while it reads; see [`crate::load`].

use super::super::prelude::*;

/// The rule.
pub static RULE: Rule = Rule {
    name: "rate-unreadable",
    group: Group::Writing,
    class: Class::Record,
    severity: Severity::Error,
    opt_in: false,
    since: "0.1.0",
    source: ("公司规定", "house rule"),
    title: ("汇率读不了", "rate cannot be read"),
    docs: Docs {
        checks: (
            "rates/<年>.csv 每行是 date,currency,rate,source：日期、ISO 4217 币种、正数、来源。",
            "Each line of rates/<year>.csv is date,currency,rate,source: a date, an ISO 4217 code, a positive number, a source.",
        ),
        why: (
            "没有来源的汇率没人能核对；读错的汇率会改变老板看到的合计。",
            "A rate without a source cannot be verified, and a misread one changes the totals a boss sees.",
        ),
        fix: ("照样子改：2026-11-20,USD,7.1021,ECB。", "Write it like 2026-11-20,USD,7.1021,ECB."),
    },
    example: example!("rate-unreadable"),
    scope: Scope::Load,
};
