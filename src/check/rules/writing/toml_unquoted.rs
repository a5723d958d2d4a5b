//! `toml-unquoted`: text without quotes. The loader speaks while it reads; see [`crate::load`].

use super::super::prelude::*;

/// The rule.
pub static RULE: Rule = Rule {
    name: "toml-unquoted",
    group: Group::Writing,
    class: Class::Record,
    severity: Severity::Error,
    opt_in: false,
    since: "0.1.0",
    source: ("TOML 1.0; 公司规定", "TOML 1.0; house rule"),
    title: ("文字没有加引号", "text without quotes"),
    docs: Docs {
        checks: (
            "文字和编码写在英文双引号里；数字不带单位。",
            "Text and codes stand in straight double quotes; numbers carry no unit.",
        ),
        why: (
            "TOML 里不加引号的只有数字、日期、true 和 false。",
            "Without quotes TOML knows only numbers, dates, true and false.",
        ),
        fix: (
            "加引号；重量和数量只写数字，单位在字段名里。",
            "Add quotes; weights and quantities are bare numbers, the unit is in the key.",
        ),
    },
    example: example!("toml-unquoted"),
    scope: Scope::Load,
};
