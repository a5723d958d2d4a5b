//! `file-too-large`: file too large. The loader speaks while it reads; see [`crate::load`].

use super::super::prelude::*;

/// The rule.
pub static RULE: Rule = Rule {
    name: "file-too-large",
    group: Group::Writing,
    class: Class::Record,
    severity: Severity::Error,
    opt_in: false,
    since: "0.1.0",
    source: ("公司规定", "house rule"),
    title: ("文件太大", "file too large"),
    docs: Docs {
        checks: ("每个 TOML 文件不超过 4 MiB。", "A TOML file has at most 4 MiB."),
        why: (
            "一张订单的数据只有几 KB；太大的文件拖慢所有人。",
            "The data of an order takes a few KB; a huge file slows everybody down.",
        ),
        fix: ("长文写进 notes.md，扫描件放 files/。", "Put long text into notes.md and scans into files/."),
    },
    example: example!("file-too-large"),
    scope: Scope::Load,
};
