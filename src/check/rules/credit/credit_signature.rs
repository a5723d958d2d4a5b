//! `credit-signature`: a document that is signed by its nature is not.

use super::super::prelude::*;
use crate::check::shared::{exams, presented};
use crate::derive::exam::Exam;
use crate::derive::papers::Paper;
use crate::model::value::fold::fold;

/// The rule.
pub static RULE: Rule = Rule {
    name: "credit-signature",
    group: Group::Credit,
    class: Class::Document,
    severity: Severity::Warning,
    opt_in: false,
    since: "0.2.0",
    source: ("UCP 600 第 18 条 a 款 iv 项；ISBP 745 A35、P2", "UCP 600 art. 18 a iv; ISBP 745 A35, P2"),
    title: ("该签字的单据没签", "unsigned document that must be signed"),
    docs: Docs {
        checks: (
            "汇票、证明、运输单据、保险单据、产地证必须签字；发票、装箱单只有信用证要求 signed 才要。只看登记了 signed = false 的；没登记就不说。副本不用签。",
            "Drafts, certificates, transport and insurance documents and certificates of origin are signed; an invoice or a packing list only where the credit asks for a signed one. Only what is recorded as signed = false; without a record nothing is said. Copies need not be signed.",
        ),
        why: ("没签字的证明不算证明。", "An unsigned certificate certifies nothing."),
        fix: (
            "交单前补签、盖章；别人出的单据退回请对方补签。",
            "Sign or stamp it before presenting; have others sign theirs.",
        ),
    },
    example: example!("credit-signature"),
    scope: Scope::Order(check),
};

fn check(case: &Case<'_>, out: &mut Sink<'_>) {
    let mut seen = presented::Seen::default();
    for exam in presented::all(case) {
        let unsigned: Vec<Paper<'_>> =
            exam.papers.each().filter(|p| p.printed.signed == Some(false)).collect();
        for paper in unsigned {
            let Some(asked) = due(exam, &paper) else { continue };
            if !seen.first(exam, paper.whole()) {
                continue;
            }
            let name = paper.name();
            let finding = out.report(if asked.is_some() {
                bi!("{name} 没有签字，信用证要签字的", "{name} is unsigned; the credit asks for a signed one"; name)
            } else {
                bi!("{name} 没有签字，这种单据本身就要签", "{name} is unsigned; by its nature it must be signed"; name)
            });
            finding.at(case.order.origin.place(&paper.path("signed")), name);
            if let Some(path) = asked {
                finding.at(case.order.origin.place(&path), bi!("信用证 46A", "46A of the credit"));
            }
            finding.values(["false", "true"]).help(bi!(
                "签了只是没改登记，就改成 signed = true；没签，交单前补签盖章",
                "if it was signed meanwhile, record signed = true; if not, have it signed before presenting"
            ));
            exams::weigh(finding, exam, &paper);
        }
    }
}

/// Whether a signature is due, and where the credit asks for it.
fn due(exam: &Exam<'_>, paper: &Paper<'_>) -> Option<Option<String>> {
    let asked = exam.credit.asked(paper.key).find(|d| {
        let words = d.value.text.as_deref().map(fold).unwrap_or_default();
        let signed = words.split(|c: char| !c.is_alphanumeric()).any(|w| w == "SIGNED");
        d.value.signed == Some(true) || (d.value.signed.is_none() && signed)
    });
    let asked = asked.map(|d| {
        let field = if d.value.signed.is_some() { "signed" } else { "text" };
        format!("{}.{field}", d.source.path())
    });
    let nature = matches!(
        paper.key,
        "draft" | "certificate" | "bl" | "awb" | "waybill" | "courier" | "insurance" | "origin"
    );
    (nature || asked.is_some()).then_some(asked)
}
