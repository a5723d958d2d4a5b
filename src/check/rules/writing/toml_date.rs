//! `toml-date`: date not written as one. The loader speaks while it reads; see [`crate::load`].

use super::super::prelude::*;

/// The rule.
pub static RULE: Rule = Rule {
    name: "toml-date",
    group: Group::Writing,
    class: Class::Record,
    severity: Severity::Error,
    opt_in: false,
    since: "0.1.0",
    source: ("TOML 1.0; 公司规定", "TOML 1.0; house rule"),
    title: ("日期写法不对", "date not written as one"),
    docs: Docs {
        checks: (
            "日期写成 2026-11-07，不加引号，月和日两位，而且真有这一天。",
            "Dates are written 2026-11-07: no quotes, two digits for month and day, and a day that exists.",
        ),
        why: (
            "11/7 可以是 11 月 7 日，也可以是 7 月 11 日；单证上差一天就可能被拒付。",
            "11/7 may be 7 November or 11 July; one day off can mean a refused presentation.",
        ),
        fix: ("写成 年-月-日。", "Write year-month-day."),
    },
    example: example!("toml-date"),
    scope: Scope::Load,
};
