//! `order-id-unique`: order ID used twice. The loader speaks while it reads; see [`crate::load`].

use super::super::prelude::*;

/// The rule.
pub static RULE: Rule = Rule {
    name: "order-id-unique",
    group: Group::Validity,
    class: Class::Record,
    severity: Severity::Error,
    opt_in: false,
    since: "0.1.0",
    source: ("公司规定", "house rule"),
    title: ("订单号重复", "order ID used twice"),
    docs: Docs {
        checks: (
            "订单号（文件夹名）在整个数据目录里唯一，不分大小写。",
            "An order ID (the folder name) is unique in the data root, whatever the case of its letters.",
        ),
        why: (
            "编号就是网页地址，两单同号会互相盖住；编号永不重用。",
            "The ID is the page address: two orders would hide each other. IDs are never reused.",
        ),
        fix: ("给后来的订单换一个号。", "Give the later order another ID."),
    },
    example: example!("order-id-unique"),
    scope: Scope::Load,
};
