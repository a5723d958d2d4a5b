//! `credit-cert-wording`: a certificate does not state what the credit wants certified.

use std::collections::BTreeSet;

use super::super::prelude::*;
use crate::check::shared::asked;
use crate::check::shared::{exams, presented};
use crate::compare::goods;
use crate::compare::typo;
use crate::derive::exam::Exam;
use crate::derive::papers::Paper;
use crate::model::document::Required;
use crate::model::value::fold::{fold, ws};

/// The rule.
pub static RULE: Rule = Rule {
    name: "credit-cert-wording",
    group: Group::Credit,
    class: Class::Document,
    severity: Severity::Warning,
    opt_in: false,
    since: "0.2.0",
    source: ("ISBP 745 P1 至 P4", "ISBP 745 P1 to P4"),
    title: ("证明的内容可能没写全", "a certificate may not state all that is asked"),
    docs: Docs {
        checks: (
            "46A 写了证明要说什么（THAT、CERTIFYING、STATING、SHOWING 之后的话），证明的正文要说到每一件事，不必逐字照抄。有一件事一半以上的词找不到，或数字找不到，就请人对着看。正文没登记的不比。永远只是请人看。",
            "Where 46A says what is to be certified (behind THAT, CERTIFYING, STATING, SHOWING) the certificate states each fact, not necessarily in the same words. A fact of which more than half the words or a figure are not found is for a person to look at. A certificate whose words are not recorded is not compared. Always a matter for a person.",
        ),
        why: (
            "少写一句就等于没证明那件事，银行拒付。",
            "A sentence left out is a fact not certified, and a bank refuses.",
        ),
        fix: (
            "对着两段文字看；少了就重出，照 46A 的话写最稳。",
            "Read both texts; if something is missing, issue it again, best in the words of 46A.",
        ),
    },
    example: example!("credit-cert-wording"),
    scope: Scope::Order(check),
};

fn check(case: &Case<'_>, out: &mut Sink<'_>) {
    let mut seen = presented::Seen::default();
    for exam in presented::all(case) {
        for asked in asked::answers(exam) {
            let Some(facts) = asked
                .said
                .value
                .text
                .as_deref()
                .filter(|t| t.len() < LONG)
                .map(facts)
                .filter(|f| !f.is_empty())
            else {
                continue;
            };
            for paper in asked.papers().iter().filter(|p| p.key == "certificate") {
                if seen.first(exam, format!("{} {}", paper.whole(), asked.said.source.path())) {
                    let _ = compare(
                        case,
                        exam,
                        (paper, asked.said.value),
                        &facts,
                        &asked.said.source.path(),
                        out,
                    );
                }
            }
        }
    }
}

/// The facts that 46A wants stated: what follows the verb, clause by clause.
fn facts(text: &str) -> Vec<String> {
    const VERBS: &[&str] = &[
        "CERTIFYING THAT",
        "STATING THAT",
        "SHOWING THAT",
        "CONFIRMING THAT",
        "EVIDENCING THAT",
        "DECLARING THAT",
        "CERTIFYING",
        "STATING",
        "CONFIRMING",
        "EVIDENCING",
        "DECLARING",
        "INDICATING",
        "SHOWING",
        "TO THE EFFECT THAT",
        "CERTIFICATE THAT",
        "STATEMENT THAT",
        "DECLARATION THAT",
    ];
    let folded = fold(text);
    let found = VERBS.iter().filter_map(|verb| folded.find(verb).map(|at| (at, at + verb.len())));
    let first = found.min_by_key(|(from, to)| (*from, std::cmp::Reverse(*to)));
    let tail = first.and_then(|(_, to)| folded.get(to..).map(str::to_owned));
    let Some(tail) = tail else { return Vec::new() };
    let parts = tail.replace(" AND THAT ", "; ");
    parts.split([';', '\n']).map(ws).filter(|part| part.split(' ').count() > 1).collect()
}

/// A text that no certificate has.
const LONG: usize = 10_000;

/// What a fact lacks in the words of a certificate: nothing where it is stated.
fn lacks(fact: &str, stated: &str) -> Option<Vec<String>> {
    let (wanted, has) = (goods::tokens(fact), goods::tokens(stated));
    let said: BTreeSet<&str> = has.iter().map(|t| t.text.as_str()).collect();
    let near = |word: &str| {
        said.contains(word) || said.iter().any(|s| stem(s) == stem(word) || typo::is_slip(s, word))
    };
    let words: Vec<_> = wanted.iter().filter(|t| !PLAIN.contains(&t.text.as_str())).collect();
    let missing: Vec<_> = words.iter().filter(|t| !near(&t.text)).collect();
    let figure = missing.iter().any(|t| t.hard);
    let most = missing.len() * 2 > words.len();
    (figure || most).then(|| missing.iter().map(|t| t.text.clone()).collect())
}

/// Words with which anything may be said.
const PLAIN: &[&str] = &[
    "HAVE",
    "HAS",
    "BEEN",
    "BE",
    "WERE",
    "WAS",
    "IS",
    "ARE",
    "THAT",
    "THI",
    "THIS",
    "BY",
    "ON",
    "THEIR",
    "OUR",
    "ALL",
    "SAID",
    "BENEFICIARY",
    "THEY",
    "WE",
    "ITS",
    "OR",
    "FROM",
];

/// The first five letters: MAILED, MAILING.
fn stem(word: &str) -> String {
    word.chars().take(5).collect()
}

fn compare(
    case: &Case<'_>,
    exam: &Exam<'_>,
    (paper, required): (&Paper<'_>, &Required),
    facts: &[String],
    source: &str,
    out: &mut Sink<'_>,
) -> Option<()> {
    let doc = case.order.docs.certificate.get(paper.index)?;
    let text = doc.text.as_deref().filter(|t| t.len() < LONG)?;
    let stated =
        [doc.title.as_deref().unwrap_or_default(), text, paper.printed.goods.as_deref().unwrap_or_default()]
            .join(" ");
    let open: Vec<(&String, Vec<String>)> =
        facts.iter().filter_map(|f| Some((f, lacks(f, &stated)?))).collect();
    let (fact, _) = open.first()?;
    let words = open.iter().flat_map(|(_, w)| w.clone()).collect::<Vec<_>>().join(" ");
    let (name, fact) = (paper.name(), asked::short(fact));
    let finding = out.report(bi!(
        "{name} 请对着 46A 看：要写“{fact}”，没找到 {words}",
        "look at {name} beside 46A: it is to state `{fact}`; not found: {words}"; name
    ));
    finding
        .judgement()
        .at(case.order.origin.place(&paper.path("text")), name)
        .at(case.order.origin.place(&format!("{source}.text")), bi!("信用证 46A", "46A of the credit"))
        .values([ws(text), ws(required.text.as_deref().unwrap_or_default())])
        .help(bi!(
            "两段文字对着看：意思说到了就行；少一件事就重出证明，照 46A 的话写",
            "read both texts: it is enough that each fact is stated; if one is missing, issue the certificate again in the words of 46A"
        ));
    exams::weigh(finding, exam, paper);
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const MAILED: &str = "BENEFICIARY'S CERTIFICATE THAT ONE SET OF COPY DOCUMENTS WAS MAILED TO APPLICANT WITHIN 3 DAYS AFTER SHIPMENT";

    #[test]
    fn facts_of_46a() {
        assert_eq!(
            facts(MAILED),
            ["ONE SET OF COPY DOCUMENTS WAS MAILED TO APPLICANT WITHIN 3 DAYS AFTER SHIPMENT"]
        );
        assert_eq!(
            facts("CERTIFICATE STATING THAT GOODS ARE NEW AND THAT NO WOOD PACKING WAS USED"),
            ["GOODS ARE NEW", "NO WOOD PACKING WAS USED"]
        );
        assert!(facts("CERTIFICATE OF ANALYSIS AND WEIGHT ISSUED BY AN INSPECTION COMPANY").is_empty());
    }

    #[test]
    fn stated_in_other_words() {
        let fact = &facts(MAILED)[0];
        for text in [
            "WE CERTIFY THAT ONE SET OF COPY DOCUMENTS WAS MAILED TO APPLICANT ON 22 SEPTEMBER 2026, WITHIN 3 DAYS AFTER SHIPMENT.",
            "WE HEREBY CERTIFY HAVING MAILED ONE SET OF NON-NEGOTIABLE DOCUMENT COPIES TO THE APPLICANT WITHIN 3 DAYS OF SHIPMENT",
        ] {
            assert_eq!(lacks(fact, text), None, "{text}");
        }
        assert!(lacks(fact, "WE CERTIFY THAT ONE SET OF COPY DOCUMENTS WAS MAILED TO APPLICANT").is_some());
        assert!(lacks("NO WOOD PACKING WAS USED", "GOODS ARE BRAND NEW").is_some());
    }
}
