//! `toml-wrong-type`: another kind of value is needed. The loader speaks while it reads; see [`crate::load`].

use super::super::prelude::*;

/// The rule.
pub static RULE: Rule = Rule {
    name: "toml-wrong-type",
    group: Group::Writing,
    class: Class::Record,
    severity: Severity::Error,
    opt_in: false,
    since: "0.1.0",
    source: ("公司规定", "house rule"),
    title: ("值的种类不对", "another kind of value is needed"),
    docs: Docs {
        checks: (
            "数字、日期、文字、表各写在该写的地方。",
            "Numbers, dates, text and tables stand where each belongs.",
        ),
        why: ("种类不对的值没法计算和比较。", "A value of another kind cannot be computed or compared."),
        fix: ("按提示改写。", "Rewrite it as suggested."),
    },
    example: example!("toml-wrong-type"),
    scope: Scope::Load,
};
