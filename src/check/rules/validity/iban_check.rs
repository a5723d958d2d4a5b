//! `iban-check`: an account number that is no valid IBAN, or of another country than the bank.

use super::super::prelude::*;
use crate::check::shared::banks;
use crate::model::value::{Bic, Iban, IbanError, iban};

/// The rule.
pub static RULE: Rule = Rule {
    name: "iban-check",
    group: Group::Validity,
    class: Class::Record,
    severity: Severity::Error,
    opt_in: false,
    since: "0.1.0",
    source: ("ISO 13616", "ISO 13616"),
    title: ("IBAN 写错", "IBAN wrong"),
    docs: Docs {
        checks: (
            "公司、往来单位、合同和形式发票上的 iban 长度和校验位对；中国、美国、香港等没有 IBAN，账号写 account；BIC 的国家和 IBAN 的一样（不一样是警告）。",
            "The `iban` of our company, of parties, and on contracts and proformas has the right length and check digits; countries without IBAN (CN, US, HK …) use `account`; the country of the BIC is that of the IBAN (else a warning).",
        ),
        why: (
            "账号错一位，退款汇不到，或汇到别人户上。",
            "With one wrong character a refund does not arrive, or arrives elsewhere.",
        ),
        fix: (
            "照对方的书面资料抄，打电话核对。",
            "Copy it from the other side's paper and verify by telephone.",
        ),
    },
    example: example!("iban-check"),
    scope: Scope::Book(check),
};

fn check(facts: &Facts<'_>, out: &mut Sink<'_>) {
    banks::each(facts.book, |at| {
        let written = at.bank.iban.as_deref().map(|t| (t, "iban"));
        let account = at.bank.account.as_deref().filter(|t| iban::looks_like_iban(t)).map(|t| (t, "account"));
        let Some((text, field)) = written.or(account) else { return };
        match Iban::parse(text) {
            Ok(iban) => countries(at, &iban, out),
            // An account number that only resembles an IBAN is an account number.
            Err(IbanError::NoIbanCountry(_) | IbanError::Shape) if field == "account" => {}
            Err(error) => wrong(at, text, field, error, out),
        }
    });
}

fn wrong(at: &banks::BankAt<'_>, text: &str, field: &str, error: IbanError, out: &mut Sink<'_>) {
    let (why, help) = match error {
        IbanError::Shape => (
            bi!("应是两个字母、两位数字，再接账号", "it starts with two letters and two digits"),
            bi!("没有 IBAN 的账号写 account", "an account number without IBAN is `account`"),
        ),
        IbanError::Checksum => (
            bi!(
                "校验位不对，有一位写错或两位颠倒",
                "its check digits do not fit: a character is wrong or two are swapped"
            ),
            bi!(
                "照对方的书面资料逐位核对，不要改校验位凑数",
                "compare it with the other side's paper, character by character"
            ),
        ),
        IbanError::Length => (
            bi!("长度不是这个国家的", "its length is not that of its country"),
            bi!(
                "照对方的书面资料核对，多半漏了一组数字",
                "compare it with the other side's paper; most often a group is missing"
            ),
        ),
        IbanError::NoIbanCountry([a, b]) => (
            bi!("{a}{b} 没有 IBAN", "{a}{b} has no IBAN"),
            bi!("账号写 account，不写 iban", "write it as `account`, not as `iban`"),
        ),
    };
    out.report_on(at.subject.clone(), bi!("IBAN “{text}”不对：{why}", "IBAN `{text}` is wrong: {why}"; why))
        .at(at.place(field), bi!("{why}", "{why}"; why))
        .values([text])
        .help(help);
}

/// Territories whose banks use the IBAN or the BIC of the country they belong to.
const TOGETHER: [&[&str]; 2] =
    [&["GB", "GG", "IM", "JE"], &["FR", "BL", "GF", "GP", "MF", "MQ", "NC", "PF", "PM", "RE", "WF", "YT"]];

fn countries(at: &banks::BankAt<'_>, iban: &Iban, out: &mut Sink<'_>) {
    let Some(Ok(bic)) = at.bank.bic.as_deref().map(Bic::parse) else { return };
    let (bank, account) = (bic.country(), iban.country());
    if bank == account || TOGETHER.iter().any(|set| set.contains(&bank) && set.contains(&account)) {
        return;
    }
    out.report_on(
        at.subject.clone(),
        bi!(
            "BIC {bic} 是 {bank} 的银行，IBAN 是 {account} 的账号",
            "BIC {bic} is a bank in {bank}, the IBAN an account in {account}"
        ),
    )
    .severity(Severity::Warning)
    .at(at.place("bic"), bi!("{bank}", "{bank}"))
    .at(at.place("iban"), bi!("{account}", "{account}"))
    .values([bank, account])
    .help(bi!(
        "两个里有一个抄错了；付款前打电话核对",
        "one of the two is mistyped; verify by telephone before paying"
    ));
}
