//! `waiver-expired`: waiver expired. Spoken by [`crate::check::waiver`].

use super::super::prelude::*;

/// The rule.
pub static RULE: Rule = Rule {
    name: "waiver-expired",
    group: Group::Writing,
    class: Class::Record,
    severity: Severity::Warning,
    opt_in: false,
    since: "0.1.0",
    source: ("公司规定", "house rule"),
    title: ("豁免到期", "waiver expired"),
    docs: Docs {
        checks: ("每条豁免的 until 不早于今天。", "The `until` of a waiver is not before today."),
        why: (
            "到期的豁免不再起作用，原来的提醒又出现。",
            "An expired waiver no longer counts and its finding is back.",
        ),
        fix: (
            "解决原来的问题；确实还要接受就由负责人改 until 并写明理由。",
            "Cure the finding; if it must still be accepted, the person responsible sets a new `until` with the reason.",
        ),
    },
    example: example!("waiver-expired"),
    scope: Scope::Check,
};
