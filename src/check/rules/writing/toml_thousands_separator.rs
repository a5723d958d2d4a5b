//! `toml-thousands-separator`: commas in a number. The loader speaks while it reads; see [`crate::load`].

use super::super::prelude::*;

/// The rule.
pub static RULE: Rule = Rule {
    name: "toml-thousands-separator",
    group: Group::Writing,
    class: Class::Record,
    severity: Severity::Error,
    opt_in: false,
    since: "0.1.0",
    source: ("TOML 1.0; 公司规定", "TOML 1.0; house rule"),
    title: ("数字里有逗号", "commas in a number"),
    docs: Docs {
        checks: ("不加引号的数字没有千分位逗号。", "A bare number has no thousands separators."),
        why: (
            "逗号在 TOML 里是列表的分隔，13,187.00 读到 13 就断了。",
            "In TOML a comma separates elements: 13,187.00 ends at 13.",
        ),
        fix: (
            "去掉逗号，或连币种一起加引号：\"USD 13,187.00\"。",
            "Drop the commas, or quote it with its currency: \"USD 13,187.00\".",
        ),
    },
    example: example!("toml-thousands-separator"),
    scope: Scope::Load,
};
