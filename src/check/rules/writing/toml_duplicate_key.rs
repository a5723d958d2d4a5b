//! `toml-duplicate-key`: key given twice. The loader speaks while it reads; see [`crate::load`].

use super::super::prelude::*;

/// The rule.
pub static RULE: Rule = Rule {
    name: "toml-duplicate-key",
    group: Group::Writing,
    class: Class::Record,
    severity: Severity::Error,
    opt_in: false,
    since: "0.1.0",
    source: ("TOML 1.0; 公司规定", "TOML 1.0; house rule"),
    title: ("同一字段写了两次", "key given twice"),
    docs: Docs {
        checks: (
            "一个字段在一单里只写一次；[[…]] 的列表可以分在几个文件里。",
            "A key stands once in an order; lists written [[…]] may be spread over several files.",
        ),
        why: (
            "两个值只能信一个，gendan 不替人选。",
            "Only one of two values can be right, and gendan does not choose.",
        ),
        fix: ("核对后留一个。", "Verify, and keep one."),
    },
    example: example!("toml-duplicate-key"),
    scope: Scope::Load,
};
