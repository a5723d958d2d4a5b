//! `credit-doc-date`: a paper dated after its presentation.

use super::super::prelude::*;

use crate::check::shared::exams;
use crate::derive::exam::Exam;
use crate::model::value::fold::fold;

/// The rule.
pub static RULE: Rule = Rule {
    name: "credit-doc-date",
    group: Group::Credit,
    class: Class::Document,
    severity: Severity::Error,
    opt_in: false,
    since: "0.2.0",
    source: ("UCP 600 第 14 条 i 款", "UCP 600 article 14(i)"),
    title: ("单据日期晚于交单日", "paper dated after presentation"),
    docs: Docs {
        checks: (
            "交单里每份单据的日期不晚于交单日；早于开证日没有关系，除非 47A 写明不接受早于开证日的单据。",
            "No paper in a presentation is dated after the day of presentation; a date before the credit was issued is fine unless 47A refuses such papers.",
        ),
        why: (
            "交单当天还不存在的单据，银行不能接受。",
            "A bank cannot take a paper that was not yet issued on the day it was presented.",
        ),
        fix: (
            "先核对两个日期是否登记错。单据真的印了以后的日期，请出具人按实际出具日重出。",
            "First see whether one of the dates was copied wrongly. If the paper really bears a later date, have its issuer issue it again with the true one.",
        ),
    },
    example: example!("credit-doc-date"),
    scope: Scope::Order(check),
};

fn check(case: &Case<'_>, out: &mut Sink<'_>) {
    for exam in &case.exams().all {
        too_early(case, exam, out);
        let Some(presented) = exam.presented_on() else { continue };
        for paper in exam.papers.each() {
            let Some(day) = paper.printed.day().filter(|day| *day > presented) else { continue };
            let field = if paper.printed.date.is_some() { "date" } else { "issued" };
            let name = paper.name();
            let finding = exams::say(
                case,
                exam,
                &paper,
                field,
                None,
                bi!("{name} 日期 {day}，晚于交单日 {presented}", "{name} is dated {day}, after it was presented on {presented}"; name),
                out,
            );
            if let Some(path) = exam.path("date") {
                finding.at(case.order.origin.place(&path), bi!("交单日", "presented"));
            }
            finding
                .help(bi!(
                    "先核对两个日期是否登记错；单据真印了以后的日期，请出具人按实际出具日重出",
                    "first see whether one of the dates was copied wrongly; if the paper really bears it, have the issuer issue it again with the true date"
                ))
                .values([day, presented]);
        }
    }
}

/// 47A refuses papers dated before the credit.
fn too_early(case: &Case<'_>, exam: &Exam<'_>, out: &mut Sink<'_>) {
    let Some(issued) = exam.credit.lc.paper.issued else { return };
    let Some(clause) = exam.credit.conditions.iter().find(|c| refuses_earlier(c.value)) else { return };
    for paper in exam.papers.each() {
        let Some(day) = paper.printed.day().filter(|day| *day < issued) else { continue };
        let field = if paper.printed.date.is_some() { "date" } else { "issued" };
        let name = paper.name();
        exams::say(
            case,
            exam,
            &paper,
            field,
            Some(&clause.source),
            bi!(
                "{name} 日期 {day}，早于开证日 {issued}，47A 不接受",
                "{name} is dated {day}, before the credit of {issued}; 47A does not accept that"; name
            ),
            out,
        )
        .values([day, issued])
        .help(bi!(
            "先核对两个日期是否登记错；单据真是那天出的，请客户改证删去这一条，或请出具人按实际日期另出一份",
            "first see whether one of the dates was copied wrongly; if the paper was issued then, have that clause deleted by amendment, or a new paper issued with its true date"
        ));
    }
}

/// `DOCUMENTS DATED PRIOR TO THE DATE OF THIS CREDIT ARE NOT ACCEPTABLE`.
fn refuses_earlier(text: &str) -> bool {
    let folded = fold(text);
    let has = |words: &[&str]| words.iter().any(|w| folded.contains(w));
    has(&["DATED", "ISSUED", "BEARING A DATE", "BEAR A DATE"])
        && has(&["PRIOR TO", "EARLIER THAN", "BEFORE"])
        && has(&["CREDIT", "L/C", "LC ", "ISSUANCE", "ISSUING DATE", "DATE OF ISSUE"])
        && has(&["NOT ACCEPT", "UNACCEPT", "NOT ALLOWED", "NOT PERMITTED", "NOT BE ", "PROHIBITED"])
        && !has(&["SHIPMENT", "EXCEPT", "B/L DATE", "EXPIRY"])
}

#[cfg(test)]
mod tests {
    use super::refuses_earlier;

    #[test]
    fn papers_before_the_credit() {
        for text in [
            "DOCUMENTS DATED PRIOR TO L/C ISSUANCE DATE NOT ACCEPTABLE",
            "All documents must not be dated prior to the date of this credit.",
            "DOCUMENTS ISSUED EARLIER THAN THE ISSUING DATE OF THE CREDIT ARE PROHIBITED",
        ] {
            assert!(refuses_earlier(text), "{text}");
        }
        for text in [
            "DOCUMENTS DATED PRIOR TO THE DATE OF THIS CREDIT ARE ACCEPTABLE",
            "SHIPMENT PRIOR TO THE DATE OF THIS CREDIT IS NOT ACCEPTABLE",
            "ALL DOCUMENTS MUST NOT SHOW THE CREDIT NUMBER",
        ] {
            assert!(!refuses_earlier(text), "{text}");
        }
    }
}
