//! `toml-missing-value`: nothing after the equals sign. The loader speaks while it reads; see [`crate::load`].

use super::super::prelude::*;

/// The rule.
pub static RULE: Rule = Rule {
    name: "toml-missing-value",
    group: Group::Writing,
    class: Class::Record,
    severity: Severity::Error,
    opt_in: false,
    since: "0.1.0",
    source: ("TOML 1.0; 公司规定", "TOML 1.0; house rule"),
    title: ("等号后面没有值", "nothing after the equals sign"),
    docs: Docs {
        checks: ("每个写了的字段都有值。", "Every key that is written has a value."),
        why: (
            "空着看不出是忘了填还是没有。",
            "An empty place does not say whether it was forgotten or does not exist.",
        ),
        fix: (
            "填上，或删掉这一行：没有的就不写。",
            "Fill it in or remove the line: what is absent is not written.",
        ),
    },
    example: example!("toml-missing-value"),
    scope: Scope::Load,
};
