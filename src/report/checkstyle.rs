//! Checkstyle's XML, which many review bots and editors read: findings by file.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::check::finding::Finding;
use crate::report::escape::xml;
use crate::report::whole::Report;

/// Renders the report. What is settled (waived, history) is information here.
#[must_use]
pub fn document(report: &Report<'_>) -> String {
    let mut files: BTreeMap<String, String> = BTreeMap::new();
    if let Some(unchecked) = report.unchecked.as_ref().filter(|u| u.wrong) {
        let text = report.text(&unchecked.sentence());
        line(files.entry(report.file("gendan.toml")).or_default(), (1, 1), "info", &text, "not-checked");
    }
    for finding in report.findings {
        let (file, row, column) = report.place(finding);
        let severity = severity(finding);
        let text = report.title(finding);
        line(files.entry(file).or_default(), (row, column), severity, &text, finding.rule.name);
    }
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    let _ = writeln!(out, "<checkstyle version=\"{}\">", env!("CARGO_PKG_VERSION"));
    for (file, lines) in files {
        let _ = write!(out, "  <file name=\"{}\">\n{lines}  </file>\n", xml(&file));
    }
    out.push_str("</checkstyle>\n");
    out
}

fn severity(finding: &Finding) -> &'static str {
    if finding.waived.is_some() || finding.past { "info" } else { finding.severity.code() }
}

fn line(out: &mut String, (row, column): (usize, usize), severity: &str, text: &str, rule: &str) {
    let text = xml(text);
    let _ = writeln!(
        out,
        "    <error line=\"{row}\" column=\"{column}\" severity=\"{severity}\" message=\"{text}\" source=\"gendan.{rule}\"/>"
    );
}
