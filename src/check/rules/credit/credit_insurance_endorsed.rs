//! `credit-insurance-endorsed`: the insurance document is not endorsed as the credit asks.

use super::super::prelude::*;
use crate::check::shared::{exams, papers, presented};
use crate::model::value::fold::fold;

/// The rule.
pub static RULE: Rule = Rule {
    name: "credit-insurance-endorsed",
    group: Group::Credit,
    class: Class::Document,
    severity: Severity::Error,
    opt_in: false,
    since: "0.2.0",
    source: ("ISBP 745 K20 至 K22", "ISBP 745 K20 to K22"),
    title: ("保险单据没有按信用证背书", "insurance document not endorsed as the credit asks"),
    docs: Docs {
        checks: (
            "46A 要求背书的，保险单据要背书。登记为 none 的报错；背书方式和信用证写的不一样，请人看。没登记背书的不比。",
            "Where 46A asks for an endorsement the document bears one. Recorded as `none` it is an error; another form than the credit's is for a person to look at. A document without a record of it is not compared.",
        ),
        why: (
            "不背书，索赔的权利还在我们手里，银行和客户拿不到，所以拒。",
            "Without it the right to claim stays with us, and bank and buyer get nothing in hand.",
        ),
        fix: (
            "交单前我们自己在保单背面盖章签字（空白背书）或写明受让人。",
            "Endorse it before presenting: our stamp and signature on the back, in blank or to the party named.",
        ),
    },
    example: example!("credit-insurance-endorsed"),
    scope: Scope::Order(check),
};

fn check(case: &Case<'_>, out: &mut Sink<'_>) {
    let mut seen = presented::Seen::default();
    for exam in presented::all(case) {
        let asked = exam.credit.asked("insurance").find(|d| d.value.endorsed.is_some());
        let Some((asked, due)) = asked.and_then(|d| Some((d, d.value.endorsed.as_deref()?))) else {
            continue;
        };
        for (paper, doc) in presented::insured(exam) {
            let Some(is) = doc.endorsed.as_deref() else { continue };
            let none = fold(is) == "NONE";
            if fold(due) == "NONE" || fold(is) == fold(due) || !seen.first(exam, paper.whole()) {
                continue;
            }
            let (name, has, wants) = (paper.name(), papers::endorsement(is), papers::endorsement(due));
            let finding = out.report(bi!(
                "{name} {has}，信用证要{wants}",
                "{name} is {has}; the credit asks for it to be {wants}"; name, has, wants
            ));
            finding
                .at(case.order.origin.place(&paper.path("endorsed")), name)
                .at(
                    case.order.origin.place(&format!("{}.endorsed", asked.source.path())),
                    bi!("信用证 46A", "46A of the credit"),
                )
                .values([is, due]);
            if none {
                finding.help(bi!(
                    "交单前在保单背面背书（blank 就是盖章签字、不写受让人），再登记",
                    "endorse it on the back before presenting (blank: stamp and signature, no name), then record it"
                ));
            } else {
                finding.severity(Severity::Warning).judgement().help(bi!(
                    "看两种写法是不是一回事；不是就按信用证重新背书",
                    "see whether both mean the same; if not, endorse it as the credit says"
                ));
            }
            exams::weigh(finding, exam, &paper);
        }
    }
}
