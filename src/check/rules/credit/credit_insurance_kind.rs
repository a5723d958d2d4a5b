//! `credit-insurance-kind`: the insurance document is not of the kind the credit asks for.

use super::super::prelude::*;
use crate::check::shared::{exams, presented};
use crate::derive::exam::Exam;
use crate::model::document::InsuranceKind;
use crate::model::value::fold::fold;

/// The rule.
pub static RULE: Rule = Rule {
    name: "credit-insurance-kind",
    group: Group::Credit,
    class: Class::Document,
    severity: Severity::Error,
    opt_in: false,
    since: "0.2.0",
    source: ("UCP 600 第 28 条 c、d 款", "UCP 600 art. 28 c, d"),
    title: ("保险单据种类不对", "insurance document of the wrong kind"),
    docs: Docs {
        checks: (
            "暂保单一律不收。信用证要保险单（policy）的，交保险凭证或声明不行；要凭证或声明的，交保险单可以。46A 的文字同时写了两种的，哪种都行。没登记种类的不比。",
            "A cover note is never accepted. Where the credit asks for a policy, a certificate or declaration will not do; where it asks for one of those, a policy will. Where the words of 46A name both, either does. A document without a recorded kind is not compared.",
        ),
        why: ("种类不对，银行不看内容就拒。", "The wrong kind is refused whatever it says."),
        fix: (
            "请保险公司换出信用证要的那一种。",
            "Have the insurer issue the kind that the credit asks for.",
        ),
    },
    example: example!("credit-insurance-kind"),
    scope: Scope::Order(check),
};

fn check(case: &Case<'_>, out: &mut Sink<'_>) {
    let mut seen = presented::Seen::default();
    for exam in presented::all(case) {
        for (paper, doc) in presented::insured(exam) {
            let Some(kind) = doc.kind else { continue };
            let policy = policy_only(exam);
            let wrong = match kind {
                InsuranceKind::CoverNote => true,
                InsuranceKind::Policy => false,
                InsuranceKind::Certificate | InsuranceKind::Declaration => policy.is_some(),
            };
            if !wrong || !seen.first(exam, paper.whole()) {
                continue;
            }
            let (name, is) = (paper.name(), word(kind));
            let finding = if kind == InsuranceKind::CoverNote {
                out.report(bi!(
                    "{name} 是暂保单，银行不收",
                    "{name} is a cover note, which no bank accepts"; name
                ))
            } else {
                out.report(bi!(
                    "{name} 是{is}，信用证要保险单",
                    "{name} is a {is}; the credit asks for a policy"; name, is
                ))
            };
            finding.at(case.order.origin.place(&paper.path("kind")), name);
            if let Some(path) = &policy {
                finding.at(case.order.origin.place(path), bi!("信用证 46A", "46A of the credit"));
            }
            finding.values([is.en.as_str(), "policy"]).help(bi!(
                "先看登记的种类对不对；单据确是这样，请保险公司换出保险单",
                "see first whether the recorded kind is right; if it is, have the insurer issue a policy instead"
            ));
            exams::weigh(finding, exam, &paper);
        }
    }
}

fn word(kind: InsuranceKind) -> crate::text::Bi {
    match kind {
        InsuranceKind::Policy => bi!("保险单", "policy"),
        InsuranceKind::Certificate => bi!("保险凭证", "certificate"),
        InsuranceKind::Declaration => bi!("预约保险声明", "declaration under open cover"),
        InsuranceKind::CoverNote => bi!("暂保单", "cover note"),
    }
}

/// Where 46A asks for a policy and names no other kind.
fn policy_only(exam: &Exam<'_>) -> Option<String> {
    let asked = exam.credit.asked("insurance").find(|d| {
        let text = d.value.text.as_deref().map(fold).unwrap_or_default();
        text.contains("POLICY") && !text.contains("CERTIFICATE") && !text.contains("DECLARATION")
    })?;
    Some(asked.source.path())
}
