//! `file-order-id`: folder name cannot be an ID. The loader speaks while it reads; see [`crate::load`].

use super::super::prelude::*;

/// The rule.
pub static RULE: Rule = Rule {
    name: "file-order-id",
    group: Group::Writing,
    class: Class::Record,
    severity: Severity::Error,
    opt_in: false,
    since: "0.1.0",
    source: ("公司规定", "house rule"),
    title: ("文件夹名不能当订单号", "folder name cannot be an ID"),
    docs: Docs {
        checks: (
            "订单文件夹和往来单位文件的名字只含英文字母、数字、- _ .，以字母或数字开头，最多 64 个字符。",
            "Names of order folders and party files hold only ASCII letters, digits, - _ ., start with a letter or digit, and have at most 64 characters.",
        ),
        why: ("名字就是编号，也是网页地址。", "The name is the identity and the address of the page."),
        fix: (
            "改文件夹名；中文写进 name_zh 或备注。",
            "Rename the folder; Chinese belongs into name_zh or a note.",
        ),
    },
    example: example!("file-order-id"),
    scope: Scope::Load,
};
