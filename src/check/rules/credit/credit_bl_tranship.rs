//! `credit-bl-tranship`: transhipment where the credit forbids it.

use super::super::prelude::*;

use crate::check::shared::{clause, exams};
use crate::derive::papers::Paper;
use crate::load::fields::Allowed;
use crate::model::value::Mode;

/// The rule.
pub static RULE: Rule = Rule {
    name: "credit-bl-tranship",
    group: Group::Credit,
    class: Class::Document,
    severity: Severity::Error,
    opt_in: false,
    since: "0.2.0",
    source: ("UCP 600 第 20 条 b 至 d 款，第 23 条 c 款", "UCP 600 articles 20(b) to (d), 23(c)"),
    title: ("禁止转运却转运", "transhipment not allowed"),
    docs: Docs {
        checks: (
            "43T 不允许转运的，提单没有写明货物转运；集装箱、拖车、子驳船的货除外，承运人保留转运权利的条款（may）也不算。空运单任何时候都可以转运。",
            "Where 43T forbids transhipment no bill of lading states that the goods are transhipped, except in containers, trailers or LASH barges; a clause by which the carrier only reserves the right counts for nothing. Air waybills may always be transhipped.",
        ),
        why: (
            "散杂货禁止转运而提单写明转运，银行会拒付。",
            "Break-bulk goods that are transhipped against the credit will be refused.",
        ),
        fix: (
            "先看是不是装箱货（装箱货登记 containers）。确实是散杂货转运，请客户改证允许转运，或订直达船。",
            "See whether the goods are in containers (record them). If break-bulk goods are transhipped, have the credit amended, or book a direct vessel.",
        ),
    },
    example: example!("credit-bl-tranship"),
    scope: Scope::Order(check),
};

fn check(case: &Case<'_>, out: &mut Sink<'_>) {
    for exam in &case.exams().all {
        let Some(term) = exam.credit.transhipment.filter(|t| t.value == Allowed::No) else { continue };
        for &(index, bl) in &exam.papers.bl {
            // Goods in containers may be transhipped all the same (art. 20 c ii).
            let boxed = !bl.containers.is_empty() || case.order.mode == Some(Mode::SeaFcl);
            let stated = bl.clauses.iter().position(|c| clause::tranships(c)).filter(|_| !boxed);
            let Some((n, text)) = stated.and_then(|n| Some((n, bl.clauses.get(n)?))) else { continue };
            let paper = Paper { key: "bl", index, printed: &bl.paper };
            let (name, number) = (paper.name(), exam.credit.number());
            let finding = exams::say(
                case,
                exam,
                &paper,
                &format!("clauses[{n}]"),
                Some(&term.source),
                bi!(
                    "{name} 写明转运“{text}”，信用证 {number} 不允许，货又不是装箱的",
                    "{name} states transhipment (`{text}`); credit {number} forbids it, and the goods are not in containers";
                    name
                ),
                out,
            );
            finding.values([text]).until(None).help(bi!(
                "其实是装箱货就登记 containers；真是散杂货转运，请客户改证或书面接受",
                "record `containers` if the goods are in containers; otherwise have the credit amended or the buyer accept in writing"
            ));
        }
    }
}
