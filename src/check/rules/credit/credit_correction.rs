//! `credit-correction`: a visible correction on somebody else's document is not authenticated.

use super::super::prelude::*;
use crate::check::shared::{exams, presented};
use crate::compare::name;
use crate::derive::exam::Exam;
use crate::derive::papers::Paper;
use crate::model::value::fold::fold;

/// The rule.
pub static RULE: Rule = Rule {
    name: "credit-correction",
    group: Group::Credit,
    class: Class::Document,
    severity: Severity::Warning,
    opt_in: false,
    since: "0.2.0",
    source: ("ISBP 745 A7 至 A9、B16", "ISBP 745 A7 to A9, B16"),
    title: ("更正处没有签章", "correction not authenticated"),
    docs: Docs {
        checks: (
            "运输单据、保险单、产地证、别人出的证明，上面的更正要由出单人（或其代理）盖章并签字或小签；汇票的更正由出票人签。我们自己出的发票、装箱单、证明不用，除非信用证要求认证、签证。只看登记了 authenticated = false 的。",
            "Corrections on transport and insurance documents, certificates of origin and certificates of others are authenticated by whoever issued them, or his agent, with stamp and signature or initials; on a draft by the drawer. Our own invoice, packing list and certificates need none unless the credit has them legalised. Only what is recorded as authenticated = false.",
        ),
        why: (
            "没签章的更正看起来像我们自己改的，银行不认。",
            "An unauthenticated correction looks like ours, and no bank accepts it.",
        ),
        fix: (
            "退回出单人补盖更正章并小签，或请他重出。",
            "Have the issuer stamp and initial it, or issue the document again.",
        ),
    },
    example: example!("credit-correction"),
    scope: Scope::Order(check),
};

fn check(case: &Case<'_>, out: &mut Sink<'_>) {
    let mut seen = presented::Seen::default();
    for exam in presented::all(case) {
        for paper in exam.papers.each() {
            for (n, correction) in paper.printed.corrections.iter().enumerate() {
                let path = paper.path(&format!("corrections[{n}]"));
                if correction.authenticated != Some(false)
                    || !must(exam, &paper)
                    || !seen.first(exam, path.clone())
                {
                    continue;
                }
                let name = paper.name();
                let what = correction.what.as_deref().unwrap_or_default();
                let finding = out.report(bi!(
                    "{name} 的更正“{what}”没有签章",
                    "{name}: the correction `{what}` is not authenticated"; name
                ));
                finding
                    .at(case.order.origin.place(&path), name)
                    .values([what])
                    .help(bi!(
                        "请出单人（或代理）在更正处盖章并小签；补好改成 authenticated = true",
                        "have the issuer or his agent stamp and initial the correction, then record authenticated = true"
                    ));
                exams::weigh(finding, exam, &paper);
            }
        }
    }
}

/// Whether corrections on it must be authenticated.
fn must(exam: &Exam<'_>, paper: &Paper<'_>) -> bool {
    let legalised =
        exam.credit.asked(paper.key).filter_map(|d| d.value.text.as_deref()).map(fold).any(|text| {
            ["LEGALI", "VISAED", "NOTARI", "CERTIFIED BY", "COUNTERSIGNED"]
                .iter()
                .any(|word| text.contains(word))
        });
    match paper.key {
        "bl" | "awb" | "waybill" | "courier" | "insurance" | "origin" | "draft" => true,
        "certificate" => {
            let issuer = paper.printed.issuer.as_deref();
            let own = exam
                .credit
                .beneficiary
                .as_ref()
                .zip(issuer)
                .is_some_and(|(us, who)| name::compare_block(who, us.value).agrees());
            legalised || (issuer.is_some() && !own)
        }
        _ => legalised,
    }
}
