//! `file-too-deep`: nested too deeply. The loader speaks while it reads; see [`crate::load`].

use super::super::prelude::*;

/// The rule.
pub static RULE: Rule = Rule {
    name: "file-too-deep",
    group: Group::Writing,
    class: Class::Record,
    severity: Severity::Error,
    opt_in: false,
    since: "0.1.0",
    source: ("公司规定", "house rule"),
    title: ("嵌套太深", "nested too deeply"),
    docs: Docs {
        checks: (
            "TOML 嵌套不超过 64 层，带点的字段名不超过 16 段。",
            "TOML nests at most 64 levels, and a dotted key has at most 16 parts.",
        ),
        why: (
            "真实的订单只有三四层；更深的是误打或恶意文件。",
            "Real orders have three or four levels; more is a slip or an attack.",
        ),
        fix: ("删掉多打的 [ 或 {。", "Remove the extra [ or {."),
    },
    example: example!("file-too-deep"),
    scope: Scope::Load,
};
