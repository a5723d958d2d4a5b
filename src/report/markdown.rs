//! The whole list as Markdown, by order: the summary of a pipeline's step.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::bi;
use crate::check::finding::{Finding, Severity, Subject};
use crate::report::escape;
use crate::report::whole::{Report, is_settled};

/// A step's summary may have 1 MiB; just under that it has been seen to vanish.
const LIMIT: usize = 900 * 1024;
/// For what is said after the last finding.
const RESERVE: usize = 2 * 1024;

/// Renders the report. Orders with the worst findings come first: they stay when the rest does not fit.
#[must_use]
pub fn document(report: &Report<'_>) -> String {
    within(report, LIMIT)
}

fn within(report: &Report<'_>, limit: usize) -> String {
    let mut out = format!("**{}**\n", escape::markdown(&report.text(&report.verdict())));
    if let Some(unchecked) = &report.unchecked {
        let _ = write!(out, "\n{}\n", escape::markdown(&report.text(&unchecked.sentence())));
    }
    let mut subjects: BTreeMap<&Subject, Vec<&Finding>> = BTreeMap::new();
    for finding in report.by_weight() {
        subjects.entry(&finding.subject).or_default().push(finding);
    }
    let mut subjects: Vec<(&Subject, Vec<&Finding>)> = subjects.into_iter().collect();
    // The first finding of each is its worst.
    subjects.sort_by_key(|(_, found)| {
        found.first().map(|f| (is_settled(f), !report.fails(f), std::cmp::Reverse(f.severity)))
    });
    let mut left = report.findings.len();
    'all: for (subject, findings) in subjects {
        let mut heading = format!("\n### {}\n\n", heading(report, subject));
        for finding in findings {
            let item = item(report, finding);
            if out.len() + heading.len() + item.len() + RESERVE > limit {
                break 'all;
            }
            out.push_str(&std::mem::take(&mut heading));
            out.push_str(&item);
            left -= 1;
        }
    }
    if left > 0 {
        let text = bi!(
            "还有 {left} 条没有列出（篇幅有限）：用 --output json=gendan.json 存下全部",
            "{left} more are not listed for want of room: --output json=gendan.json keeps all of them"
        );
        let _ = write!(out, "\n{}\n", escape::markdown(&report.text(&text)));
    }
    out
}

fn heading(report: &Report<'_>, subject: &Subject) -> String {
    let text = match subject {
        Subject::Order(id) => {
            format!("{id} {}", report.orders.get(id).map(String::as_str).unwrap_or_default())
        }
        Subject::Customer(id) => format!("{} {id}", report.word("客户", "Customer")),
        Subject::Supplier(id) => format!("{} {id}", report.word("供应商", "Supplier")),
        Subject::Forwarder(id) => format!("{} {id}", report.word("货代", "Forwarder")),
        Subject::Root => report.word("数据目录", "Data root").to_owned(),
    };
    escape::markdown(&text)
}

fn item(report: &Report<'_>, finding: &Finding) -> String {
    let (zh, en) = finding.severity.word();
    let strong = match finding.severity {
        Severity::Error if report.fails(finding) => "**",
        _ => "",
    };
    let mut out = format!(
        "- {strong}{}{strong} {} {}\n",
        report.word(zh, en),
        escape::code(finding.rule.name),
        escape::markdown(&format!("{}{}", report.text(&finding.title), report.marks(finding))),
    );
    let mut line = |name: &str, text: String| {
        let _ = writeln!(out, "  - {name}{text}");
    };
    for spot in &finding.spots {
        let file = report.file(&spot.place.file);
        let place = spot.region.map_or_else(|| file.clone(), |r| format!("{file}:{}:{}", r.line, r.column));
        let label = escape::markdown(&report.text(&spot.label));
        line("", format!("{} {label}", escape::code(&place)).trim_end().to_owned());
    }
    if !finding.help.is_empty() {
        line(report.word("怎么改：", "How to fix: "), escape::markdown(&report.text(&finding.help)));
    }
    if let Some(day) = finding.until {
        line(report.word("最晚：", "Not after: "), day.to_string());
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::Langs;
    use crate::text::{Bi, Lang};

    #[test]
    fn it_stops_in_time_and_keeps_the_worst() {
        let findings: Vec<Finding> = (0..500)
            .map(|n| {
                let subject = Subject::Order(format!("A{n:03}").into());
                let rule = &crate::check::rules::toml_syntax::RULE;
                let mut finding = Finding::new(rule, subject, Bi::same("报".repeat(100)));
                finding.severity = if n == 499 { Severity::Error } else { Severity::Warning };
                finding
            })
            .collect();
        let report = Report {
            findings: &findings,
            orders: BTreeMap::new(),
            rules: Vec::new(),
            ran: 1,
            as_of: chrono::NaiveDate::default(),
            prefix: String::new(),
            unchecked: None,
            langs: Langs::One(Lang::En),
            fail_on: Severity::Error,
            fail_on_risk: false,
            broken: false,
            since: None,
        };
        let text = within(&report, 20_000);
        assert!(text.len() <= 20_000 && text.len() > 15_000, "{}", text.len());
        assert!(text.contains("### A499\n"), "the worst is kept");
        let items = text.lines().filter(|l| l.starts_with("- ")).count();
        assert!(text.contains(&format!("\n{} more are not listed", 500 - items)), "{items}");
        let whole = document(&report);
        assert_eq!(whole.lines().filter(|l| l.starts_with("- ")).count(), 500);
        assert!(!whole.contains("not listed"));
    }
}
