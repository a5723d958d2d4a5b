//! `file-symlink`: symbolic link not read. The loader speaks while it reads; see [`crate::load`].

use super::super::prelude::*;

/// The rule.
pub static RULE: Rule = Rule {
    name: "file-symlink",
    group: Group::Writing,
    class: Class::Record,
    severity: Severity::Error,
    opt_in: false,
    since: "0.1.0",
    source: ("公司规定", "house rule"),
    title: ("符号链接没有读", "symbolic link not read"),
    docs: Docs {
        checks: ("数据目录里没有符号链接。", "The data root holds no symbolic links."),
        why: (
            "链接可能指到目录之外，谁改了内容就说不清。",
            "A link may lead out of the root; who changed its content could not be said.",
        ),
        fix: ("用文件本身代替链接。", "Put the file itself in place of the link."),
    },
    example: example!("file-symlink"),
    scope: Scope::Load,
};
