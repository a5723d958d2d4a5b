//! `toml-unknown-value`: unknown value. The loader speaks while it reads; see [`crate::load`].

use super::super::prelude::*;

/// The rule.
pub static RULE: Rule = Rule {
    name: "toml-unknown-value",
    group: Group::Writing,
    class: Class::Record,
    severity: Severity::Error,
    opt_in: false,
    since: "0.1.0",
    source: ("公司规定", "house rule"),
    title: ("不认识的值", "unknown value"),
    docs: Docs {
        checks: (
            "只能选几个词的字段写的是其中一个。",
            "A key that takes one of a few words has one of them.",
        ),
        why: (
            "“验货”“终检”“final”混着写，就没法统计和比较。",
            "Mixed wordings cannot be counted or compared.",
        ),
        fix: (
            "改成列出的词；中文说法 gendan 会给出对应的词。",
            "Use one of the listed words; for Chinese wordings gendan names the right one.",
        ),
    },
    example: example!("toml-unknown-value"),
    scope: Scope::Load,
};
