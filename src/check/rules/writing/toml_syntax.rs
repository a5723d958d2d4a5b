//! `toml-syntax`: line cannot be read. The loader speaks while it reads; see [`crate::load`].

use super::super::prelude::*;

/// The rule.
pub static RULE: Rule = Rule {
    name: "toml-syntax",
    group: Group::Writing,
    class: Class::Record,
    severity: Severity::Error,
    opt_in: false,
    since: "0.1.0",
    source: ("TOML 1.0; 公司规定", "TOML 1.0; house rule"),
    title: ("这一行读不懂", "line cannot be read"),
    docs: Docs {
        checks: ("文件是合乎语法的 TOML。", "The file is well-formed TOML."),
        why: (
            "读不懂的行不作数，旁边的行照常读。",
            "A line that cannot be read does not count; the lines around it do.",
        ),
        fix: (
            "对照相邻的行改；说明文字前面加 #。",
            "Compare with the lines around it; put # before remarks.",
        ),
    },
    example: example!("toml-syntax"),
    scope: Scope::Load,
};
