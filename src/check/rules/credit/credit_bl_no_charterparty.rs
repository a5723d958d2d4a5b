//! `credit-bl-no-charterparty`: a charter-party bill that the credit does not allow.

use super::super::prelude::*;

use crate::check::shared::exams;
use crate::derive::credit::Credit;
use crate::derive::papers::Paper;
use crate::model::document::BlKind;
use crate::model::value::fold::fold;

/// The rule.
pub static RULE: Rule = Rule {
    name: "credit-bl-no-charterparty",
    group: Group::Credit,
    class: Class::Document,
    severity: Severity::Error,
    opt_in: false,
    since: "0.2.0",
    source: ("UCP 600 第 20 条 a 款 vi 项，第 22 条", "UCP 600 articles 20(a)(vi), 22"),
    title: ("租船提单", "charter-party B/L"),
    docs: Docs {
        checks: (
            "提单是租船提单，或写明受租船合同约束的，信用证要在 46A 或 47A 里写明接受。",
            "A bill that is a charter-party bill, or says it is subject to one, needs the credit to accept it in 46A or 47A.",
        ),
        why: (
            "租船提单背后的合同银行看不到，没写接受就拒。",
            "Banks do not see the charter behind it and refuse unless the credit accepts it.",
        ),
        fix: (
            "换班轮提单，或请客户改证加 “CHARTER PARTY B/L ACCEPTABLE”。",
            "Obtain a liner bill, or have the credit amended with \"CHARTER PARTY B/L ACCEPTABLE\".",
        ),
    },
    example: example!("credit-bl-no-charterparty"),
    scope: Scope::Order(check),
};

fn check(case: &Case<'_>, out: &mut Sink<'_>) {
    for exam in &case.exams().all {
        if allowed(&exam.credit) {
            continue;
        }
        for &(index, bl) in &exam.papers.bl {
            let clause = bl.clauses.iter().position(|c| names(c));
            if bl.kind != Some(BlKind::CharterParty) && clause.is_none() {
                continue;
            }
            let paper = Paper { key: "bl", index, printed: &bl.paper };
            let field = clause.map_or_else(|| "kind".to_owned(), |n| format!("clauses[{n}]"));
            let (name, number) = (paper.name(), exam.credit.number());
            let finding = exams::say(
                case,
                exam,
                &paper,
                &field,
                None,
                bi!(
                    "{name} 是租船提单，信用证 {number} 没有写接受",
                    "{name} is subject to a charter party; credit {number} does not accept that";
                    name
                ),
                out,
            );
            finding.help(bi!(
                "换班轮提单，或请客户改证加 CHARTER PARTY B/L ACCEPTABLE",
                "obtain a liner bill, or have the credit amended with CHARTER PARTY B/L ACCEPTABLE"
            ));
        }
    }
}

fn names(text: &str) -> bool {
    let folded = fold(text).replace('-', " ");
    folded.contains("CHARTER PARTY") || folded.contains("CHARTERPARTY")
}

/// 46A or 47A speaks of charter-party bills without refusing them.
fn allowed(credit: &Credit<'_>) -> bool {
    let asked = credit.documents.iter().filter_map(|d| d.value.text.as_deref());
    let mut texts = asked.chain(credit.conditions.iter().map(|c| c.value)).filter(|text| names(text));
    texts.any(|text| {
        let folded = fold(text);
        !["NOT ACCEPT", "NOT ALLOW", "UNACCEPT", "PROHIBIT", "FORBID", "NOT PERMIT"]
            .iter()
            .any(|no| folded.contains(no))
    })
}
