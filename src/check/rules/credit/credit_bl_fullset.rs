//! `credit-bl-fullset`: fewer originals of the bill of lading than the credit asks for.

use super::super::prelude::*;

use crate::check::shared::exams;
use crate::load::fields::Originals;

/// The rule.
pub static RULE: Rule = Rule {
    name: "credit-bl-fullset",
    group: Group::Credit,
    class: Class::Document,
    severity: Severity::Error,
    opt_in: false,
    since: "0.2.0",
    source: ("UCP 600 第 20 条 a 款 iv 项", "UCP 600 article 20(a)(iv)"),
    title: ("提单正本不全", "B/L set incomplete"),
    docs: Docs {
        checks: (
            "交单的提单正本份数等于签发的全部正本；信用证只要其中几份的，不少于那几份。",
            "All issued originals of the bill of lading are presented; where the credit asks for some of them, at least so many.",
        ),
        why: (
            "少一份正本，银行就不能控制货物，必然拒付。",
            "With an original missing the bank does not control the goods and will refuse.",
        ),
        fix: (
            "清点手里的正本。在货代或船公司手里的催回来；已经直接寄给客户的，看信用证允不允许（1/3 正本直寄是软条款）。",
            "Count what is in hand and get what lies with the forwarder. If an original went straight to the buyer, see whether the credit says so (one of three sent direct is a soft clause).",
        ),
    },
    example: example!("credit-bl-fullset"),
    scope: Scope::Order(check),
};

fn check(case: &Case<'_>, out: &mut Sink<'_>) {
    for exam in &case.exams().all {
        for paper in exam.papers.kind("bl") {
            let (Some(issued), Some((Some(presented), _))) = (paper.printed.originals, exam.counts(&paper))
            else {
                continue;
            };
            let asked = exam.credit.asked("bl").next();
            let wanted = match asked.and_then(|a| a.value.originals) {
                Some(Originals::Count(n)) => n.min(issued),
                Some(Originals::Full) | None => issued,
            };
            if presented >= wanted {
                continue;
            }
            let (name, number) = (paper.name(), exam.credit.number());
            let finding = exams::say(
                case,
                exam,
                &paper,
                "originals",
                asked.map(|a| a.source.field("originals")).as_ref(),
                bi!(
                    "{name} 签发 {issued} 份正本，只交了 {presented} 份，信用证 {number} 要 {wanted} 份",
                    "{name}: {issued} originals issued, {presented} presented, credit {number} asks for {wanted}";
                    name
                ),
                out,
            );
            finding
                .help(bi!(
                    "先看登记的份数；真少了，找齐全部正本再交，期限内可以补交",
                    "check the counts first; if originals are missing, find and present them while there is time"
                ))
                .values([presented, wanted]);
        }
    }
}
