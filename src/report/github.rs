//! Annotations of GitHub Actions: workflow commands that put findings beside the lines of a change.
//!
//! A step shows ten of each level and drops the rest in silence. So the tenth says how many more there are; the whole
//! list is what `--output markdown=$GITHUB_STEP_SUMMARY` writes.

use std::fmt::Write as _;

use crate::bi;
use crate::check::finding::{Finding, Severity};
use crate::report::escape::{command_property, command_text};
use crate::report::whole::{Report, is_settled};
use crate::text::Bi;

/// Annotations of one level that a step shows.
const SHOWN: usize = 10;

/// The commands, a line each.
#[must_use]
pub fn commands(report: &Report<'_>) -> String {
    let mut out = String::new();
    let open: Vec<&Finding> = report.findings.iter().filter(|f| !is_settled(f)).collect();
    for severity in [Severity::Error, Severity::Warning, Severity::Info] {
        let level: Vec<&Finding> = open.iter().filter(|f| f.severity == severity).copied().collect();
        let notes = if severity == Severity::Info { notes(report) } else { Vec::new() };
        let room = SHOWN - notes.len();
        let shown = if level.len() > room { room - 1 } else { level.len() };
        for finding in level.iter().take(shown) {
            out.push_str(&annotation(report, finding));
        }
        let (more, total) = (level.len() - shown, level.len());
        if more > 0 {
            let text = bi!(
                "另有 {more} 条（共 {total} 条），全部在摘要里",
                "{more} more ({total} in all); the summary has all of them"
            );
            plain(&mut out, severity, &report.text(&text));
        }
        for note in notes {
            plain(&mut out, severity, &report.text(&note));
        }
    }
    out
}

/// What is said besides the findings themselves: what was not checked, and what does not fail.
fn notes(report: &Report<'_>) -> Vec<Bi> {
    let mut notes = Vec::new();
    if let Some(unchecked) = report.unchecked.as_ref().filter(|u| u.wrong) {
        notes.push(unchecked.sentence());
    }
    let counts = report.counts();
    let (waived, past, known) = (counts.waived, counts.past, report.known());
    if waived + past + known > 0 {
        notes.push(bi!(
            "不算失败的：已豁免 {waived}，历史 {past}，之前就有 {known}",
            "not failing: {waived} waived, {past} in history, {known} there before"
        ));
    }
    notes
}

fn annotation(report: &Report<'_>, finding: &Finding) -> String {
    let (file, line, column) = report.place(finding);
    let end = finding.spots.first().and_then(|s| s.region).map_or(line, |r| r.end_line.max(line));
    let id = crate::report::whole::id(&finding.subject);
    let title = format!("{} {id}", finding.rule.name);
    let mut text = report.text(&finding.title);
    if !finding.help.is_empty() {
        let _ = write!(text, "\n{}{}", report.word("怎么改：", "How to fix: "), report.text(&finding.help));
    }
    if let Some(day) = finding.until {
        let _ = write!(text, "\n{}{day}", report.word("最晚：", "Not after: "));
    }
    let mut command = format!("::{} file={}", level(finding.severity), command_property(&file));
    let _ = write!(command, ",line={line},endLine={end},col={column}");
    let _ = writeln!(command, ",title={}::{}", command_property(title.trim()), command_text(&text));
    command
}

fn plain(out: &mut String, severity: Severity, text: &str) {
    let _ = writeln!(out, "::{} title=gendan::{}", level(severity), command_text(text));
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "notice",
    }
}
