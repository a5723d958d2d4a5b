//! `toml-fullwidth`: full-width punctuation. The loader speaks while it reads; see [`crate::load`].

use super::super::prelude::*;

/// The rule.
pub static RULE: Rule = Rule {
    name: "toml-fullwidth",
    group: Group::Writing,
    class: Class::Record,
    severity: Severity::Error,
    opt_in: false,
    since: "0.1.0",
    source: ("TOML 1.0; 公司规定", "TOML 1.0; house rule"),
    title: ("用了中文标点", "full-width punctuation"),
    docs: Docs {
        checks: (
            "引号、等号、逗号、括号和数字是半角的；引号里面的文字不受限制。",
            "Quotes, equals signs, commas, brackets and digits are ASCII; text inside quotes is free.",
        ),
        why: (
            "中文输入法打出来的引号和逗号看着一样，TOML 不认。",
            "A Chinese input method types quotes and commas that look alike but are not TOML.",
        ),
        fix: (
            "切到英文输入法重打；gendan 给出改好的一行。",
            "Switch to English input and type again; gendan shows the corrected line.",
        ),
    },
    example: example!("toml-fullwidth"),
    scope: Scope::Load,
};
