//! `file-misplaced`: file in an unknown place. The loader speaks while it reads; see [`crate::load`].

use super::super::prelude::*;

/// The rule.
pub static RULE: Rule = Rule {
    name: "file-misplaced",
    group: Group::Writing,
    class: Class::Record,
    severity: Severity::Warning,
    opt_in: false,
    since: "0.1.0",
    source: ("公司规定", "house rule"),
    title: ("文件不在认识的位置", "file in an unknown place"),
    docs: Docs {
        checks: (
            "数据目录里每个 TOML 文件都在认识的位置：orders、customers、suppliers、forwarders、calendar，或是 gendan.toml、people.toml。",
            "Every TOML file of the data root stands where such files belong: orders, customers, suppliers, forwarders, calendar, or is gendan.toml or people.toml.",
        ),
        why: (
            "放错位置的文件没有人读：以为登记了，其实网站上没有。",
            "A misplaced file is read by nobody: what seems recorded is not on the site.",
        ),
        fix: (
            "把文件移到认识的位置；不是数据就移出数据目录。",
            "Move the file to its place, or out of the data root if it is no data.",
        ),
    },
    example: example!("file-misplaced"),
    scope: Scope::Load,
};
