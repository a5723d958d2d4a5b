//! `credit-bl-clean`: a clause that declares goods or packing defective.

use super::super::prelude::*;

use crate::check::shared::clause::{self, Clause};
use crate::check::shared::exams;
use crate::derive::papers::Paper;

/// The rule.
pub static RULE: Rule = Rule {
    name: "credit-bl-clean",
    group: Group::Credit,
    class: Class::Document,
    severity: Severity::Error,
    opt_in: false,
    since: "0.2.0",
    source: ("UCP 600 第 26、27 条；ISBP 745 E20", "UCP 600 articles 26, 27; ISBP 745 E20"),
    title: ("提单不清洁", "unclean B/L"),
    docs: Docs {
        checks: (
            "提单批注没有明确说货物或包装有缺陷的字样（破、湿、锈、漏、污、短少等），没有“装在甲板上”。“据称装有”“托运人装箱计数”“可能装甲板”“包装可能不足以海运”都没有关系。看不懂的批注列出来请人看。",
            "No clause expressly says that goods or packing are defective (torn, wet, rusty, leaking, stained, short …) or that they are loaded on deck. Said to contain, shipper's load and count, may be carried on deck, and packaging that may not suffice for the voyage are fine. Clauses that are not understood are listed to be read.",
        ),
        why: (
            "不清洁的提单，银行一定拒，而且补不了。",
            "Banks always refuse an unclean bill, and it cannot be cured.",
        ),
        fix: (
            "先看原件的批注抄全没有。装船时就换好破损的货和包装，拿清洁收据；已经签了的，不能用保函换清洁提单骗银行，请客户书面接受。",
            "See whether the clause was copied in full. Replace damaged goods and packing at loading and get a clean receipt. A letter of indemnity for a clean bill deceives the bank: have the buyer accept the clause in writing instead.",
        ),
    },
    example: example!("credit-bl-clean"),
    scope: Scope::Order(check),
};

fn check(case: &Case<'_>, out: &mut Sink<'_>) {
    for exam in &case.exams().all {
        for &(index, bl) in &exam.papers.bl {
            let paper = Paper { key: "bl", index, printed: &bl.paper };
            for (n, clause) in bl.clauses.iter().enumerate() {
                let name = paper.name();
                let (title, sure) = match clause::read(clause) {
                    Clause::Harmless => continue,
                    Clause::Unclean(word) => (
                        bi!("{name} 有不清洁批注“{clause}”（{word}）", "{name} carries an unclean clause: `{clause}` ({word})"; name),
                        Some(true),
                    ),
                    Clause::OnDeck => (
                        bi!("{name} 写明货装甲板：“{clause}”", "{name} says that goods are loaded on deck: `{clause}`"; name),
                        Some(true),
                    ),
                    Clause::Doubtful(word) => (
                        bi!("{name} 的批注要人看是不是说包装有缺陷：“{clause}”（{word}）", "somebody should read a clause of {name}: `{clause}` ({word})"; name),
                        Some(false),
                    ),
                    Clause::Unknown => (
                        bi!("{name} 的批注要人看：“{clause}”", "a clause of {name} to be read: `{clause}`"; name),
                        None,
                    ),
                };
                let finding = exams::say(case, exam, &paper, &format!("clauses[{n}]"), None, title, out);
                finding.values([clause]).until(None).help(bi!(
                    "先看原件批注抄全没有；确实不清洁，请客户书面接受，不能用保函换清洁提单",
                    "see whether the clause was copied in full; if the bill is unclean, have the buyer accept it in writing; never exchange it for a clean one against an indemnity"
                ));
                match sure {
                    Some(true) => {}
                    Some(false) => {
                        finding.severity(Severity::Warning).judgement();
                    }
                    None => {
                        finding.severity(Severity::Info).judgement();
                    }
                }
            }
        }
    }
}
