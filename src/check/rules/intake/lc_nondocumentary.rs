//! `lc-nondocumentary`: a condition names no document.

use super::super::prelude::*;

use crate::check::shared::arrival::{self, Matters};
use crate::derive::credit::clause::{self, Condition};
use crate::model::value::fold::fold;

/// The rule.
pub static RULE: Rule = Rule {
    name: "lc-nondocumentary",
    group: Group::Intake,
    class: Class::Risk,
    severity: Severity::Info,
    opt_in: false,
    since: "0.2.0",
    source: ("UCP 600 第 14 条 h 款；ISBP 745 A26", "UCP 600 article 14 h; ISBP 745 A26"),
    title: ("非单据条件", "a condition names no document"),
    docs: Docs {
        checks: (
            "47A 里没有点名任何单据的条件列出来：银行不理会它，但单据上的内容不能和它矛盾。讲原产地而信用证要产地证的不列；费用、寄单、溢短装这类不列。",
            "Conditions of 47A that name no document are listed: banks disregard them, but no paper may contradict them. Not listed: origin, where a certificate of origin is asked for; charges, dispatch of papers, more or less.",
        ),
        why: (
            "这种条件不用交单据证明，可是提单或发票上写了相反的内容，照样是不符点。",
            "No paper has to prove such a condition, yet one that says the opposite is a discrepancy.",
        ),
        fix: (
            "不用改证。单据上别主动提这件事；要提就照信用证写。客户真想要证明，请他改证写明哪张单据。",
            "No amendment is needed. Do not mention it on any paper, or mention it as the credit does. If the buyer wants proof, the credit should name the document.",
        ),
    },
    example: example!("lc-nondocumentary"),
    scope: Scope::Order(check),
};

fn check(case: &Case<'_>, out: &mut Sink<'_>) {
    for credit in arrival::credits(case) {
        let applicant = credit.applicant.map(|a| a.value);
        for (n, said) in credit.conditions.iter().enumerate() {
            let text = said.value;
            let answered = fold(text).contains("ORIGIN") && credit.asked("origin").next().is_some();
            if clause::condition(text, applicant) != Condition::Bare || answered {
                continue;
            }
            let (called, n) = (arrival::called(credit), n + 1);
            let finding = out.report(bi!(
                "{called} 47A 第 {n} 条没有点名单据，银行不理会，单据不能和它矛盾：{text}",
                "item {n} of 47A of {called} names no document; banks disregard it, papers must not contradict it: {text}"; called
            ));
            finding
                .judgement()
                .at(arrival::at(case, said), arrival::label(credit, said.source, ("47A", "47A")))
                .help(bi!(
                    "看一遍原文；单据上不提这件事，要提就照它写。需要证明的，请客户改证写明由哪张单据证明",
                    "read it; keep it off the papers, or write it as it stands. If it needs proof, have the credit name the document"
                ))
                .values([text]);
            arrival::close(case, credit, finding, Matters::UntilPresented);
        }
    }
}
