//! `lc-rules-clause`: the credit is not under UCP 600.

use super::super::prelude::*;

use crate::check::shared::arrival::{self, Matters};
use crate::model::value::fold::fold;

/// The rule.
pub static RULE: Rule = Rule {
    name: "lc-rules-clause",
    group: Group::Intake,
    class: Class::Risk,
    severity: Severity::Warning,
    opt_in: false,
    since: "0.2.0",
    source: ("UCP 600 第 1 条", "UCP 600 article 1"),
    title: ("信用证没有适用 UCP 600", "the credit is not under UCP 600"),
    docs: Docs {
        checks: (
            "信用证 40E 写 UCP LATEST VERSION、UCP 600 或 eUCP（或条款里写明）。没写的是警告；写 OTHR、ISP 或旧版的，请人看。",
            "Field 40E says UCP LATEST VERSION, UCP 600 or eUCP, or a condition does. Nothing written is a warning; OTHR, ISP or an older edition is for a person to look at.",
        ),
        why: (
            "UCP 只有在信用证写明适用时才适用。没写明，五个银行工作日审单、拒付一次说清这些保护都没有依据。",
            "The UCP apply only where the credit says so. Without them the five banking days and the single notice of refusal have no ground.",
        ),
        fix: (
            "先看原文是不是漏登 40E。真没写，请客户改证加 UCP LATEST VERSION；写 OTHR 的问通知行适用什么规则。",
            "See first whether 40E was left out of the record. If the credit is silent, have UCP LATEST VERSION added; for OTHR ask the advising bank which rules apply.",
        ),
    },
    example: example!("lc-rules-clause"),
    scope: Scope::Order(check),
};

fn check(case: &Case<'_>, out: &mut Sink<'_>) {
    for credit in arrival::credits(case) {
        let written = credit.lc.rules.as_deref();
        let words = fold(written.unwrap_or_default()).replace(' ', "");
        let current =
            words.contains("UCP") && !["UCP500", "UCP400", "1993"].iter().any(|old| words.contains(old));
        let said = |text: &str| fold(text).contains("UCP");
        if current || (written.is_none() && credit.conditions.iter().any(|c| said(c.value))) {
            continue;
        }
        let called = arrival::called(credit);
        let path = credit.path("rules");
        let finding = match written {
            Some(rules) => out.report(bi!(
                "{called} 的 40E 写 {rules}，不是 UCP LATEST VERSION",
                "40E of {called} says {rules}, not UCP LATEST VERSION"; called
            )),
            None => out.report(bi!(
                "{called} 没有登记适用规则（40E）：UCP 600 不自动适用",
                "{called} records no applicable rules (40E): UCP 600 does not apply of itself"; called
            )),
        };
        if written.is_some() {
            finding.judgement();
        }
        finding
            .at(case.order.origin.place(&path), bi!("40E 适用规则", "40E applicable rules"))
            .help(bi!(
                "先看原文是不是漏登、抄错；真的不是，请客户通知开证行在 40E 写 UCP LATEST VERSION，或问通知行适用什么规则",
                "see first whether it was left out or copied wrongly; if not, ask the buyer to have 40E read UCP LATEST VERSION, or ask the advising bank which rules apply"
            ))
            .values([written.unwrap_or_default(), "UCP LATEST VERSION"]);
        arrival::close(case, credit, finding, Matters::UntilPresented);
    }
}
