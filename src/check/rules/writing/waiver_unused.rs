//! `waiver-unused`: waiver accepts nothing. Spoken by [`crate::check::waiver`].

use super::super::prelude::*;

/// The rule.
pub static RULE: Rule = Rule {
    name: "waiver-unused",
    group: Group::Writing,
    class: Class::Record,
    severity: Severity::Warning,
    opt_in: false,
    since: "0.1.0",
    source: ("公司规定", "house rule"),
    title: ("豁免没有用上", "waiver accepts nothing"),
    docs: Docs {
        checks: ("每条豁免至少对应一条提醒。", "Every waiver matches at least one finding."),
        why: (
            "没用上的豁免多半写错了规则名或位置，或问题已经解决。",
            "It names the wrong rule or place, or the finding is cured.",
        ),
        fix: (
            "问题解决了就删掉；否则核对 rule 和 at。",
            "Remove it if the finding is cured; else check rule and at.",
        ),
    },
    example: example!("waiver-unused"),
    scope: Scope::Check,
};
