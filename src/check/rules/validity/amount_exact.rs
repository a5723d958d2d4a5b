//! `amount-exact`: number not exact. The loader speaks while it reads; see [`crate::load`].

use super::super::prelude::*;

/// The rule.
pub static RULE: Rule = Rule {
    name: "amount-exact",
    group: Group::Validity,
    class: Class::Record,
    severity: Severity::Error,
    opt_in: false,
    since: "0.1.0",
    source: ("公司规定", "house rule"),
    title: ("数字不精确", "number not exact"),
    docs: Docs {
        checks: (
            "金额、数量、重量是有限的十进制数：整数部分最多 20 位数字、最多 6 位小数，没有 inf、nan、指数、十六进制。",
            "Amounts, quantities and weights are finite decimals of at most 20 digits, 6 of them decimals, without inf, nan, exponent or hexadecimal.",
        ),
        why: (
            "钱和重量按写的每一位计算，不经过浮点数。",
            "Money and weights are computed from the digits as written, never through a float.",
        ),
        fix: ("照单据上的数字写全，例如 13187.00。", "Write the digits as on the paper, like 13187.00."),
    },
    example: example!("amount-exact"),
    scope: Scope::Load,
};
