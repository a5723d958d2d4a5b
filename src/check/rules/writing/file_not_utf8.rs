//! `file-not-utf8`: file is not UTF-8. The loader speaks while it reads; see [`crate::load`].

use super::super::prelude::*;

/// The rule.
pub static RULE: Rule = Rule {
    name: "file-not-utf8",
    group: Group::Writing,
    class: Class::Record,
    severity: Severity::Error,
    opt_in: false,
    since: "0.1.0",
    source: ("公司规定", "house rule"),
    title: ("文件不是 UTF-8", "file is not UTF-8"),
    docs: Docs {
        checks: (
            "每个数据文件是 UTF-8 编码（可以带 BOM）。",
            "Every data file is UTF-8, with or without a byte-order mark.",
        ),
        why: (
            "别的编码（常见 GBK）会把中文读成乱码，gendan 不猜。",
            "Other encodings (often GBK) turn Chinese into garbage; gendan does not guess.",
        ),
        fix: ("用编辑器另存为 UTF-8。", "Save the file as UTF-8 in the editor."),
    },
    example: example!("file-not-utf8"),
    scope: Scope::Load,
};
