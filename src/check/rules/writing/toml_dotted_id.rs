//! `toml-dotted-id`: dot in an id without quotes. The loader speaks while it reads; see [`crate::load`].

use super::super::prelude::*;

/// The rule.
pub static RULE: Rule = Rule {
    name: "toml-dotted-id",
    group: Group::Writing,
    class: Class::Record,
    severity: Severity::Error,
    opt_in: false,
    since: "0.1.0",
    source: ("TOML 1.0; 公司规定", "TOML 1.0; house rule"),
    title: ("编号里的点没有引号", "dot in an id without quotes"),
    docs: Docs {
        checks: (
            "people.toml 里带点的编号写在引号里：[\"lin.yan\"]。",
            "Ids with a dot in people.toml stand in quotes: [\"lin.yan\"].",
        ),
        why: (
            "没有引号，TOML 把 [lin.yan] 读成 lin 里面的 yan，这个人就找不到。",
            "Without quotes TOML reads [lin.yan] as yan inside lin, and the person is not found.",
        ),
        fix: ("加上引号。", "Add the quotes."),
    },
    example: example!("toml-dotted-id"),
    scope: Scope::Load,
};
