//! `credit-preshipment-cert`: a certificate of an event before shipment that does not show it was before.

use super::super::prelude::*;
use crate::check::shared::asked;
use crate::check::shared::{exams, presented};
use crate::derive::exam::Exam;
use crate::derive::papers::Paper;
use crate::model::document::Required;
use crate::model::value::fold::fold;
use chrono::NaiveDate;

/// The rule.
pub static RULE: Rule = Rule {
    name: "credit-preshipment-cert",
    group: Group::Credit,
    class: Class::Document,
    severity: Severity::Error,
    opt_in: false,
    since: "0.2.0",
    source: ("ISBP 745 A12", "ISBP 745 A12"),
    title: ("装运前证明看不出是装运前", "a pre-shipment certificate that does not show it"),
    docs: Docs {
        checks: (
            "46A 要装运前的事（PRE-SHIPMENT、BEFORE SHIPMENT、PRIOR TO LOADING 等）的证明，要看得出那件事不晚于装运日：证明的日期、正文里的检验日（inspected），或名称、正文的文字，有一样就行。正文里的日期晚于装运日的，文字再好也报错。",
            "Where 46A wants something before shipment certified (PRE-SHIPMENT, BEFORE SHIPMENT, PRIOR TO LOADING …) the certificate shows that it was no later than shipment: by its date, by the date that its text states (inspected), or by the words of title or text; one of them is enough. A stated date after shipment is an error whatever the words say.",
        ),
        why: (
            "证明出得晚没关系，看不出事情发生在装船前就不行。",
            "A certificate may be issued later, but must show that the event came before.",
        ),
        fix: (
            "请出证机构在证明上写明检验日期，或写 INSPECTED PRIOR TO SHIPMENT（事实如此才能写）。",
            "Have the issuer state the date of inspection, or that it took place before shipment, if so it was.",
        ),
    },
    example: example!("credit-preshipment-cert"),
    scope: Scope::Order(check),
};

fn check(case: &Case<'_>, out: &mut Sink<'_>) {
    let mut seen = presented::Seen::default();
    for exam in presented::all(case) {
        for asked in asked::answers(exam) {
            let text = asked.said.value.text.as_deref().unwrap_or_default();
            if !says_before(text) {
                continue;
            }
            for paper in asked.papers().iter().filter(|p| p.key == "certificate") {
                if seen.first(exam, paper.whole()) {
                    let _ = examine(case, exam, (paper, asked.said.value), &asked.said.source.path(), out);
                }
            }
        }
    }
}

/// Words that put an event before shipment.
fn says_before(text: &str) -> bool {
    const WORDS: &[&str] = &[
        "PRE-SHIPMENT",
        "PRESHIPMENT",
        "PRE SHIPMENT",
        "BEFORE SHIPMENT",
        "PRIOR TO SHIPMENT",
        "PRIOR TO THE SHIPMENT",
        "BEFORE LOADING",
        "PRIOR TO LOADING",
        "BEFORE THE SHIPMENT",
        "AT TIME OF LOADING",
        "DURING LOADING",
        "AT LOADING PORT",
        "AT THE TIME OF LOADING",
    ];
    let folded = fold(text);
    WORDS.iter().any(|word| folded.contains(word))
}

/// Why a certificate does not show it; nothing where it does.
fn after(
    shipped: NaiveDate,
    dated: Option<NaiveDate>,
    inspected: Option<NaiveDate>,
    words: bool,
) -> Option<(NaiveDate, &'static str)> {
    match (inspected, dated) {
        (Some(day), _) => (day > shipped).then_some((day, "inspected")),
        (None, Some(day)) => (day > shipped && !words).then_some((day, "date")),
        (None, None) => None,
    }
}

fn examine(
    case: &Case<'_>,
    exam: &Exam<'_>,
    (paper, required): (&Paper<'_>, &Required),
    source: &str,
    out: &mut Sink<'_>,
) -> Option<()> {
    let doc = case.order.docs.certificate.get(paper.index)?;
    let transports = exam.papers.transports();
    let mine = paper.printed.shipment.as_deref();
    let (shipped, proof) = transports
        .iter()
        .filter(|t| {
            let own = t.paper.printed.shipment.as_deref();
            mine.is_none() || own.is_none() || own == mine
        })
        .filter_map(|t| t.shipped.map(|(day, field)| (day, t.paper.path(field))))
        .min()?;
    let words = [doc.title.as_deref(), doc.text.as_deref()].into_iter().flatten().any(says_before);
    let (day, field) = after(shipped, paper.printed.day(), doc.inspected, words)?;
    let field = if field == "date" && paper.printed.date.is_none() { "issued" } else { field };
    let name = paper.name();
    let finding = out.report(if field == "inspected" {
        bi!(
            "{name} 写的检验日 {day}，货 {shipped} 已装运，信用证要装运前",
            "{name} states {day}; the goods were shipped on {shipped}, and the credit wants it before"; name
        )
    } else {
        bi!(
            "{name} 日期 {day}，货 {shipped} 已装运，也没写明事情在装运前",
            "{name} is dated {day}, the goods were shipped on {shipped}, and nothing says that it was before"; name
        )
    });
    finding
        .at(case.order.origin.place(&paper.path(field)), name)
        .at(case.order.origin.place(&proof), bi!("装运日", "date of shipment"))
        .at(case.order.origin.place(&format!("{source}.text")), bi!("信用证 46A", "46A of the credit"))
        .values([day.to_string(), shipped.to_string(), required.text.clone().unwrap_or_default()])
        .help(bi!(
            "证明上写了检验日就补登记 inspected；没写，检验确在装运前做的，请出证机构重出并写明日期",
            "if the certificate states the date of inspection, record it under `inspected`; else, if it was really before shipment, have the issuer issue it again with the date"
        ));
    exams::weigh(finding, exam, paper);
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn before_or_after() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let shipped = day("2026-10-12");
        assert_eq!(after(shipped, Some(day("2026-10-12")), None, false), None);
        assert_eq!(after(shipped, Some(day("2026-10-13")), Some(day("2026-10-09")), false), None);
        assert_eq!(after(shipped, Some(day("2026-10-13")), None, true), None);
        assert_eq!(after(shipped, Some(day("2026-10-13")), None, false), Some((day("2026-10-13"), "date")));
        assert!(after(shipped, Some(day("2026-10-12")), Some(day("2026-10-14")), true).is_some());
        assert!(says_before("PRE-SHIPMENT INSPECTION CERTIFICATE") && !says_before("INSPECTION CERTIFICATE"));
    }
}
