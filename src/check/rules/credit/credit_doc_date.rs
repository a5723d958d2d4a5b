//! `credit-doc-date`: a paper dated after its presentation.

use super::super::prelude::*;

use crate::check::shared::exams;

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
            "交单里每份单据的日期不晚于交单日；早于开证日没有关系。",
            "No paper in a presentation is dated after the day of presentation; a date before the credit was issued is fine.",
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
