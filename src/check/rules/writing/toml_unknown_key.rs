//! `toml-unknown-key`: unknown key. The loader speaks while it reads; see [`crate::load`].

use super::super::prelude::*;

/// The rule.
pub static RULE: Rule = Rule {
    name: "toml-unknown-key",
    group: Group::Writing,
    class: Class::Record,
    severity: Severity::Error,
    opt_in: false,
    since: "0.1.0",
    source: ("公司规定", "house rule"),
    title: ("不认识的字段", "unknown key"),
    docs: Docs {
        checks: ("每个字段都是这种表里有的。", "Every key is one that its kind of table has."),
        why: (
            "写错的字段不会起作用：以为登记了装船日，其实没有。",
            "A misspelt key does nothing: the shipment seems recorded and is not.",
        ),
        fix: (
            "按提示改成已有的字段；不是数据的话写进 note 或 notes.md。",
            "Use the key that is suggested; what is no data goes to note or notes.md.",
        ),
    },
    example: example!("toml-unknown-key"),
    scope: Scope::Load,
};
