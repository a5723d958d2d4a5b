//! `waiver-incomplete`: waiver incomplete. Spoken by [`crate::check::waiver`].

use super::super::prelude::*;

/// The rule.
pub static RULE: Rule = Rule {
    name: "waiver-incomplete",
    group: Group::Writing,
    class: Class::Record,
    severity: Severity::Error,
    opt_in: false,
    since: "0.1.0",
    source: ("公司规定", "house rule"),
    title: ("豁免没写全", "waiver incomplete"),
    docs: Docs {
        checks: ("每条豁免有 rule、why、by、until。", "Every waiver has rule, why, by and until."),
        why: (
            "豁免是有名有姓、有理由、有期限的决定。",
            "A waiver is a decision with a name, a reason and an end.",
        ),
        fix: (
            "补齐：rule 规则名，why 理由，by 谁接受的，until 日期或 \"archived\"。",
            "Complete it: rule, why, by, until (a date or \"archived\").",
        ),
    },
    example: example!("waiver-incomplete"),
    scope: Scope::Check,
};
