//! `file-unreadable`: file cannot be read. The loader speaks while it reads; see [`crate::load`].

use super::super::prelude::*;

/// The rule.
pub static RULE: Rule = Rule {
    name: "file-unreadable",
    group: Group::Writing,
    class: Class::Record,
    severity: Severity::Error,
    opt_in: false,
    since: "0.1.0",
    source: ("公司规定", "house rule"),
    title: ("文件读不了", "file cannot be read"),
    docs: Docs {
        checks: (
            "数据目录里的每个文件和文件夹都读得到。",
            "Every file and folder of the data root can be read.",
        ),
        why: ("读不到的文件，里面写了什么没人知道。", "Nobody knows what an unreadable file says."),
        fix: ("检查权限，或重新拉取仓库。", "Check permissions, or fetch the repository again."),
    },
    example: example!("file-unreadable"),
    scope: Scope::Load,
};
