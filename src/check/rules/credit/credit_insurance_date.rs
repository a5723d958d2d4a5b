//! `credit-insurance-date`: cover begins after shipment.

use chrono::NaiveDate;

use super::super::prelude::*;
use crate::check::shared::{exams, presented};
use crate::derive::exam::Exam;
use crate::derive::papers::Paper;
use crate::model::document::Insurance;

/// The rule.
pub static RULE: Rule = Rule {
    name: "credit-insurance-date",
    group: Group::Credit,
    class: Class::Document,
    severity: Severity::Error,
    opt_in: false,
    since: "0.2.0",
    source: ("UCP 600 第 28 条 e 款；ISBP 745 K10", "UCP 600 art. 28 e; ISBP 745 K10"),
    title: ("保险晚于装运", "cover begins after shipment"),
    docs: Docs {
        checks: (
            "保险单据的日期不晚于装运日；晚了的，要单据上或交单前出的批单写明责任从装运日或更早开始。只写“仓至仓”不顶用。几批一张保单的，从最早一批算。",
            "The insurance document is dated no later than shipment; if it is later, it or an endorsement made before presentation says that cover begins on or before the day of shipment. \"Warehouse to warehouse\" does not help. One policy for several lots counts from the earliest.",
        ),
        why: (
            "装运时没有保险，路上出事保险公司不赔；银行一看日期就拒。",
            "Goods that left uninsured are not covered, and the date is the first thing a bank looks at.",
        ),
        fix: (
            "请保险公司出批单，写明责任自装运日或更早生效；保险公司肯不肯，看货当时有没有事。不要自己改日期。",
            "Have the insurer endorse the policy: cover effective from the day of shipment or before. Whether it will depends on the goods having been safe then. Never change the date yourself.",
        ),
    },
    example: example!("credit-insurance-date"),
    scope: Scope::Order(check),
};

fn check(case: &Case<'_>, out: &mut Sink<'_>) {
    let mut seen = presented::Seen::default();
    for exam in presented::all(case) {
        for (paper, doc) in presented::insured(exam) {
            if seen.first(exam, paper.whole()) {
                let _ = examine(case, exam, &paper, doc, out);
            }
        }
    }
}

fn examine(
    case: &Case<'_>,
    exam: &Exam<'_>,
    paper: &Paper<'_>,
    doc: &Insurance,
    out: &mut Sink<'_>,
) -> Option<()> {
    let (shipped, proof) = shipment(exam, paper)?;
    let known_by = exam.presented_on().unwrap_or(case.as_of());
    let (from, field) = cover(doc, known_by)?;
    (from > shipped).then_some(())?;
    let name = paper.name();
    let finding = out.report(if field == "effective" || field == "endorsements" {
        bi!(
            "{name} 责任 {from} 才开始，货 {shipped} 已装运",
            "{name}: cover begins on {from}, the goods were shipped on {shipped}"; name
        )
    } else {
        bi!(
            "{name} 出单日 {from}，货 {shipped} 已装运，也没写更早生效",
            "{name} is dated {from}, the goods were shipped on {shipped}, and no earlier cover is stated"; name
        )
    });
    finding
        .at(case.order.origin.place(&paper.path(field)), name)
        .at(case.order.origin.place(&proof), bi!("装运日", "date of shipment"))
        .values([from.to_string(), shipped.to_string()])
        .help(bi!(
            "保单上写了更早的生效日就补登记 effective；没写，请保险公司出批单：责任不晚于 {shipped} 生效",
            "if the policy states an earlier effective date, record it under `effective`; else have the insurer endorse it: cover effective no later than {shipped}"
        ));
    exams::weigh(finding, exam, paper);
    Some(())
}

/// The earliest shipment that the policy covers, and where it stands.
fn shipment(exam: &Exam<'_>, policy: &Paper<'_>) -> Option<(NaiveDate, String)> {
    let mine = policy.printed.shipment.as_deref();
    let transports = exam.papers.transports();
    let dates = transports.iter().filter(|t| !t.paper.printed.is_draft()).filter_map(|t| {
        let own = t.paper.printed.shipment.as_deref();
        (mine.is_none() || own.is_none() || own == mine).then_some(())?;
        let (day, field) = t.shipped?;
        Some((day, t.paper.path(field)))
    });
    dates.min()
}

/// From when cover runs, as known on the day of presentation, and the field that says so. The last endorsement
/// counts, then what the document states, then its date.
fn cover(doc: &Insurance, known_by: NaiveDate) -> Option<(NaiveDate, &'static str)> {
    let endorsed = doc
        .endorsements
        .iter()
        .filter(|e| e.date.is_none_or(|day| day <= known_by))
        .filter_map(|e| Some((e.date, e.effective?)))
        .max_by_key(|(date, _)| *date)
        .map(|(_, effective)| (effective, "endorsements"));
    let field = if doc.paper.date.is_some() { "date" } else { "issued" };
    endorsed.or(doc.effective.map(|day| (day, "effective"))).or(doc.paper.day().map(|day| (day, field)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::document::{Endorsement, Printed};

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn from_when_cover_runs() {
        let mut doc = Insurance {
            paper: Printed { date: Some(day("2026-10-14")), ..Printed::default() },
            ..Insurance::default()
        };
        assert_eq!(cover(&doc, day("2026-10-16")), Some((day("2026-10-14"), "date")));
        doc.endorsements = vec![Endorsement {
            date: Some(day("2026-10-28")),
            effective: Some(day("2026-10-11")),
            text: None,
        }];
        // Not there yet when the papers were first presented.
        assert_eq!(cover(&doc, day("2026-10-16")), Some((day("2026-10-14"), "date")));
        assert_eq!(cover(&doc, day("2026-10-30")), Some((day("2026-10-11"), "endorsements")));
        doc.effective = Some(day("2026-10-12"));
        assert_eq!(cover(&doc, day("2026-10-16")), Some((day("2026-10-12"), "effective")));
    }
}
