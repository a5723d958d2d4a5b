//! `toml-unclosed`: quote or bracket not closed. The loader speaks while it reads; see [`crate::load`].

use super::super::prelude::*;

/// The rule.
pub static RULE: Rule = Rule {
    name: "toml-unclosed",
    group: Group::Writing,
    class: Class::Record,
    severity: Severity::Error,
    opt_in: false,
    since: "0.1.0",
    source: ("TOML 1.0; 公司规定", "TOML 1.0; house rule"),
    title: ("引号或括号没有配对", "quote or bracket not closed"),
    docs: Docs {
        checks: ("每个引号和括号都成对。", "Every quote and bracket is closed."),
        why: ("没配对，后面的行会被读成同一段文字。", "What follows is read as part of the same text."),
        fix: ("在该结束的地方补上。", "Close it where it should end."),
    },
    example: example!("toml-unclosed"),
    scope: Scope::Load,
};
