//! `toml-key-below-table`: a key of the order stands below a table. The loader speaks while it reads; see [`crate::load`].

use super::super::prelude::*;

/// The rule.
pub static RULE: Rule = Rule {
    name: "toml-key-below-table",
    group: Group::Writing,
    class: Class::Record,
    severity: Severity::Warning,
    opt_in: false,
    since: "0.1.0",
    source: ("TOML 1.0；公司规定", "TOML 1.0; house rule"),
    title: ("整单的字段写到了表的下面", "a key of the order stands below a table"),
    docs: Docs {
        checks: (
            "空行之后只有订单字段（from、to、mode …）的几行，不夹在 [表] 的后面；只在订单自己没有这个字段时提示。单据的表不查。",
            "Lines after a blank one that hold only keys of the order (from, to, mode …) do not follow a [table]; said only where the order itself lacks the key. Tables of documents are not looked at.",
        ),
        why: (
            "TOML 的表没有结尾：后面的字段都归上面的表，装货港就成了某一批的装货港。",
            "A TOML table has no end: the keys that follow belong to it, and the port of the order becomes the port of one shipment.",
        ),
        fix: (
            "整单的字段移到第一个 [表] 之前；确实是这张表的，去掉前面的空行。",
            "Move keys of the order above the first [table]; if they belong to the table, remove the blank line before them.",
        ),
    },
    example: example!("toml-key-below-table"),
    scope: Scope::Load,
};
