//! `toml-version`: only TOML 1.1 reads this. The loader speaks while it reads; see [`crate::load`].

use super::super::prelude::*;

/// The rule.
pub static RULE: Rule = Rule {
    name: "toml-version",
    group: Group::Writing,
    class: Class::Record,
    severity: Severity::Warning,
    opt_in: false,
    since: "0.1.0",
    source: ("TOML 1.0 与 TOML 1.1 的差别", "differences between TOML 1.0 and TOML 1.1"),
    title: ("只有 TOML 1.1 认的写法", "only TOML 1.1 reads this"),
    docs: Docs {
        checks: (
            "大括号的表写在一行里、最后一项后面没有逗号，时刻写到秒，引号里没有 \\e 和 \\x。",
            "Tables in braces stand on one line without a comma at their end, times have seconds, and text has no \\e and \\x.",
        ),
        why: (
            "gendan 读得了，但编辑器、脚本或别的系统多半还是 TOML 1.0，同一个文件在那里就打不开。",
            "gendan reads it, but editors, scripts and other systems mostly read TOML 1.0, and for them the file is broken.",
        ),
        fix: ("按提示改成老写法，意思不变。", "Write it in the older way that is shown; the meaning stays."),
    },
    example: example!("toml-version"),
    scope: Scope::Load,
};
