//! `bic-format`: a bank code that is no BIC.

use super::super::prelude::*;
use crate::check::shared::banks;
use crate::model::value::{Bic, BicError};

/// The rule.
pub static RULE: Rule = Rule {
    name: "bic-format",
    group: Group::Validity,
    class: Class::Record,
    severity: Severity::Error,
    opt_in: false,
    since: "0.1.0",
    source: ("ISO 9362", "ISO 9362"),
    title: ("SWIFT/BIC 写错", "not a BIC"),
    docs: Docs {
        checks: (
            "公司、往来单位、合同和形式发票上的 bic 是 8 或 11 位，第 5、6 位是国家代码。",
            "The `bic` of our company, of parties, and on contracts and proformas has 8 or 11 characters, of which the fifth and sixth are a country.",
        ),
        why: (
            "BIC 错，汇款在路上退回，要一两个星期。",
            "With a wrong BIC the transfer comes back after a week or two.",
        ),
        fix: (
            "照银行的通知抄；8 位和 11 位都可以。",
            "Copy it from the bank's own notice; 8 or 11 characters.",
        ),
    },
    example: example!("bic-format"),
    scope: Scope::Book(check),
};

fn check(facts: &Facts<'_>, out: &mut Sink<'_>) {
    banks::each(facts.book, |at| {
        let Some(text) = at.bank.bic.as_deref() else { return };
        let Err(error) = Bic::parse(text) else { return };
        let why = match &error {
            BicError::Length(n) => {
                bi!("有 {n} 位，应是 8 或 11 位", "it has {n} characters instead of 8 or 11")
            }
            BicError::Shape => bi!(
                "前 4 位应是字母，后面只有字母和数字",
                "the first four are letters, the rest letters and digits"
            ),
            BicError::Country(code) => {
                bi!("第 5、6 位 {code} 不是国家代码", "characters five and six, {code}, are no country")
            }
        };
        out.report_on(
            at.subject.clone(),
            bi!("SWIFT/BIC “{text}”不对：{why}", "BIC `{text}` is wrong: {why}"; why),
        )
        .at(at.place("bic"), bi!("{why}", "{why}"; why))
        .values([text])
        .help(bi!("照银行给的书面资料抄，不要凭记忆", "copy it from the bank's own paper, not from memory"));
    });
}
