//! `toml-leading-zero`: code with a leading zero needs quotes. The loader speaks while it reads; see [`crate::load`].

use super::super::prelude::*;

/// The rule.
pub static RULE: Rule = Rule {
    name: "toml-leading-zero",
    group: Group::Writing,
    class: Class::Record,
    severity: Severity::Error,
    opt_in: false,
    since: "0.1.0",
    source: ("TOML 1.0; 公司规定", "TOML 1.0; house rule"),
    title: ("以 0 开头的编码没有引号", "code with a leading zero needs quotes"),
    docs: Docs {
        checks: (
            "以 0 开头的编码（HS、监管方式、账号）写在引号里。",
            "Codes that start with 0 (HS, customs regime, accounts) stand in quotes.",
        ),
        why: ("不加引号就是数字，开头的 0 会丢。", "Without quotes it is a number and loses its zero."),
        fix: ("加上英文双引号。", "Add straight double quotes."),
    },
    example: example!("toml-leading-zero"),
    scope: Scope::Load,
};
