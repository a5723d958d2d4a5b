//! `credit-insurance-risks`: a risk that the credit names is not insured.

use super::super::prelude::*;
use crate::check::shared::{exams, presented, terms};
use crate::derive::credit::Said;
use crate::derive::exam::Exam;
use crate::derive::papers::Paper;
use crate::model::document::{Insurance, Required};
use crate::model::value::CargoClauses;
use crate::model::value::fold::fold;

/// The rule.
pub static RULE: Rule = Rule {
    name: "credit-insurance-risks",
    group: Group::Credit,
    class: Class::Document,
    severity: Severity::Error,
    opt_in: false,
    since: "0.2.0",
    source: ("UCP 600 第 28 条 g、h 款；ISBP 745 K18、K19", "UCP 600 art. 28 g, h; ISBP 745 K18, K19"),
    title: ("险别没有保全", "a risk that the credit names is not insured"),
    docs: Docs {
        checks: (
            "信用证点名的险别保单都有。主险：要 ICC(A) 不能是 (B) 或 (C)，更宽的可以；证上要一切险，保单写 ICC(A) 或任何一切险条款都行；要 ICC(A) 而保单写一切险的，请人看。战争险、罢工险要另外写明，ICC(A) 不含。别的险别找不到字样的请人看。保单没登记险别的不比。",
            "Every risk that the credit names is on the document. Clauses: ICC(A) is not answered by (B) or (C), wider cover is; \"all risks\" is answered by ICC(A) or any all-risks clause; ICC(A) answered by \"all risks\" is for a person to look at. War and strikes are to be named: ICC(A) does not include them. Another risk whose words are not found is for a person. A document without recorded risks is not compared.",
        ),
        why: (
            "漏保的险出事不赔，银行逐项对，缺一项就拒。",
            "A risk left out is not covered, and a bank goes through them one by one.",
        ),
        fix: (
            "登记漏抄就补；确实没保，请保险公司出批单加上。",
            "Complete the record if it was left out; if it is not insured, have the insurer add it by endorsement.",
        ),
    },
    example: example!("credit-insurance-risks"),
    scope: Scope::Order(check),
};

fn check(case: &Case<'_>, out: &mut Sink<'_>) {
    let mut seen = presented::Seen::default();
    for exam in presented::all(case) {
        for (paper, doc) in presented::insured(exam) {
            if doc.risks.is_empty() || !seen.first(exam, paper.whole()) {
                continue;
            }
            for asked in exam.credit.asked("insurance").take(10) {
                compare(case, exam, (&paper, doc), asked, out);
            }
        }
    }
}

/// What a line of risks names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Risk {
    /// Institute Cargo Clauses, or a Chinese or general name of the same width.
    Cargo(CargoClauses, Family),
    War,
    Strikes,
}

/// Whose words the clauses are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Family {
    /// Institute Cargo Clauses.
    Institute,
    /// "All risks", Chinese clauses, WPA, FPA.
    Other,
}

/// A line up to what it leaves out: `ICC(A) EXCLUDING STRIKES`.
fn covered(text: &str) -> &str {
    let upper = text.to_ascii_uppercase();
    let words =
        ["EXCLUD", "EXCEPT ", "EXCL.", "NOT COVERING", "WITHOUT WAR", "WITHOUT STRIKE", "不包括", "除外"];
    let end = words.iter().filter_map(|word| upper.find(word)).min();
    end.and_then(|at| text.get(..at)).unwrap_or(text)
}

/// The risks that a line of text names.
fn risks(text: &str) -> Vec<Risk> {
    let (text, folded) = (covered(text), fold(covered(text)));
    let words: Vec<&str> = folded.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
    let word = |list: &[&str]| words.iter().any(|w| list.contains(w));
    let mut all = Vec::new();
    if let Some(clauses) = terms::clauses(text) {
        let institute = word(&["ICC", "INSTITUTE"]) || folded.contains("I.C.C");
        all.push(Risk::Cargo(clauses, if institute { Family::Institute } else { Family::Other }));
    }
    let squeezed: String = folded.chars().filter(|c| c.is_alphanumeric()).collect();
    if word(&["WAR"]) || squeezed.contains("战争") {
        all.push(Risk::War);
    }
    if word(&["STRIKE", "STRIKES", "SRCC", "RIOT", "RIOTS"])
        || squeezed.contains("SRCC")
        || squeezed.contains("罢工")
    {
        all.push(Risk::Strikes);
    }
    all
}

/// Lines of risks that are asked for: the key, else the words behind COVERING, with the risks they name.
fn asked_lines(asked: &Required) -> Vec<String> {
    if !asked.risks.is_empty() {
        return asked.risks.clone();
    }
    let text = asked.text.as_deref().map(fold).unwrap_or_default();
    let tail = ["COVERING", "COVER", "AGAINST", "INCLUDING"]
        .iter()
        .find_map(|word| text.split_once(word).map(|(_, tail)| tail.to_owned()));
    tail.into_iter().filter(|tail| !risks(tail).is_empty()).collect()
}

/// What is wrong with one asked line.
#[derive(Debug, PartialEq, Eq)]
enum Fault {
    /// The document does not name it.
    Missing(String),
    /// Nobody can tell from the words.
    Unsure(String),
}

fn faults(asked: &[String], printed: &[String]) -> Vec<Fault> {
    let has: Vec<Risk> = printed.iter().flat_map(|line| risks(line)).collect();
    let text: String = printed.iter().map(|l| fold(l)).collect::<Vec<_>>().join(" ");
    let mut all = Vec::new();
    for line in asked {
        let wanted = risks(line);
        for risk in &wanted {
            let fault = match *risk {
                Risk::War if !has.contains(&Risk::War) => Some(Fault::Missing("WAR".into())),
                Risk::Strikes if !has.contains(&Risk::Strikes) => Some(Fault::Missing("STRIKES".into())),
                Risk::Cargo(clauses, family) => cargo(clauses, family, &has, line),
                _ => None,
            };
            all.extend(fault);
        }
        // A risk of another name: its words must be there.
        let plain = fold(line);
        let words = plain.split(|c: char| !c.is_alphanumeric()).filter(|w| w.len() > 3);
        if wanted.is_empty() && words.clone().any(|w| !text.contains(w)) {
            all.push(Fault::Unsure(line.trim().to_owned()));
        }
    }
    all
}

fn cargo(clauses: CargoClauses, family: Family, has: &[Risk], line: &str) -> Option<Fault> {
    let found = has.iter().filter_map(|r| match r {
        Risk::Cargo(c, f) => Some((*c, *f)),
        _ => None,
    });
    let widest = found.max_by_key(|(c, _)| *c);
    match widest {
        None => Some(Fault::Missing(name(clauses, family, line))),
        Some((is, _)) if is < clauses => Some(Fault::Missing(name(clauses, family, line))),
        // "All risks" asked, ICC(A) shown is accepted (ISBP 745 K19); wider Institute clauses are wider.
        Some((_, Family::Institute)) => None,
        Some((_, shown)) if shown == family => None,
        Some((_, _)) => Some(Fault::Unsure(name(clauses, family, line))),
    }
}

fn name(clauses: CargoClauses, family: Family, line: &str) -> String {
    match (family, clauses) {
        (Family::Institute, CargoClauses::A) => "ICC(A)".into(),
        (Family::Institute, CargoClauses::B) => "ICC(B)".into(),
        (Family::Institute, CargoClauses::C) => "ICC(C)".into(),
        (Family::Other, CargoClauses::A) => "ALL RISKS".into(),
        (Family::Other, _) => line.trim().to_owned(),
    }
}

fn compare(
    case: &Case<'_>,
    exam: &Exam<'_>,
    (paper, doc): (&Paper<'_>, &Insurance),
    asked: &Said<&Required>,
    out: &mut Sink<'_>,
) {
    let lines = asked_lines(asked.value);
    let found = faults(&lines, &doc.risks);
    let missing: Vec<&str> = found
        .iter()
        .filter_map(|f| if let Fault::Missing(r) = f { Some(r.as_str()) } else { None })
        .collect();
    let unsure: Vec<&str> =
        found.iter().filter_map(|f| if let Fault::Unsure(r) = f { Some(r.as_str()) } else { None }).collect();
    let printed = doc.risks.join(" + ");
    let wanted = lines.join(" + ");
    let name = paper.name();
    let sure = !missing.is_empty();
    let what = if sure { missing.join(" + ") } else { unsure.join(" + ") };
    if what.is_empty() {
        return;
    }
    let finding = out.report(if sure {
        bi!(
            "{name} 险别 {printed}，信用证要的 {what} 没有",
            "{name} covers {printed}; {what}, which the credit names, is not there"; name
        )
    } else {
        bi!(
            "{name} 险别 {printed}，顶不顶得上信用证要的 {what}，请人看",
            "{name} covers {printed}; see whether that answers {what} of the credit"; name
        )
    });
    let field = if asked.value.risks.is_empty() { "text" } else { "risks" };
    finding
        .at(case.order.origin.place(&paper.path("risks")), name)
        .at(
            case.order.origin.place(&format!("{}.{field}", asked.source.path())),
            bi!("信用证要的险别", "risks that the credit names"),
        )
        .values([printed, wanted])
        .help(bi!(
            "先看保单原件，漏抄就补登记；确实没有，请保险公司出批单加 {what}",
            "look at the policy and complete the record if something was left out; if it is not there, have the insurer add {what} by endorsement"
        ));
    if !sure {
        finding.severity(Severity::Warning).judgement();
    }
    exams::weigh(finding, exam, paper);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(asked: &[&str], printed: &[&str]) -> Vec<Fault> {
        let own = |list: &[&str]| list.iter().map(|s| (*s).to_owned()).collect::<Vec<_>>();
        faults(&own(asked), &own(printed))
    }

    #[test]
    fn risks_against_risks() {
        let missing = |text: &str| vec![Fault::Missing(text.into())];
        let unsure = |text: &str| vec![Fault::Unsure(text.into())];
        assert!(
            found(&["ICC(A)", "WAR", "STRIKES"], &["INSTITUTE CARGO CLAUSES (A)", "WAR AND SRCC"]).is_empty()
        );
        assert_eq!(found(&["ICC(A)", "WAR", "STRIKES"], &["ICC(A)", "WAR"]), missing("STRIKES"));
        assert_eq!(found(&["ALL RISKS + WAR RISK"], &["ICC(A)"]), missing("WAR"));
        assert_eq!(found(&["ICC(A)", "STRIKES"], &["ICC(A) EXCLUDING STRIKES"]), missing("STRIKES"));
        assert!(found(&["ALL RISKS"], &["ICC(A)"]).is_empty());
        assert!(found(&["ALL RISKS"], &["COVERING ALL RISKS AS PER CIC 1/1/1981"]).is_empty());
        assert_eq!(found(&["ICC(A)"], &["ALL RISKS AND WAR RISKS AS PER CIC"]), unsure("ICC(A)"));
        assert_eq!(found(&["ICC(A)"], &["ICC(C)"]), missing("ICC(A)"));
        assert!(found(&["ICC(C)"], &["ICC(A)"]).is_empty());
        assert_eq!(found(&["TPND"], &["ICC(A)"]), unsure("TPND"));
        assert!(found(&["TPND"], &["ICC(A)", "T.P.N.D. / TPND"]).is_empty());
    }

    #[test]
    fn risks_in_the_words_of_46a() {
        let text = |t: &str| Required { text: Some(t.into()), ..Required::default() };
        assert_eq!(
            asked_lines(&text("INSURANCE POLICY FOR 110 PCT COVERING ICC(A), WAR AND STRIKES")),
            [" ICC(A), WAR AND STRIKES"]
        );
        assert!(asked_lines(&text("INSURANCE POLICY COVERING 110 PERCENT OF INVOICE VALUE")).is_empty());
    }
}
