//! JUnit's XML: one suite per order, one case per family of rules. Forges show it as a list of orders with ticks,
//! which people who do not program read well.
//!
//! A case fails only on what fails the check; everything else is told in its output, so that the list is red exactly
//! when the check is. No times: the same data gives the same bytes.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::check::finding::{Finding, Subject};
use crate::check::rule::Group;
use crate::report::escape::xml;
use crate::report::human::Human;
use crate::report::whole::{Report, id};

/// Cases of a suite that failed and that were left out, and the cases.
#[derive(Default)]
struct Suite {
    tests: usize,
    failures: usize,
    skipped: usize,
    cases: String,
}

/// Renders the report; `human` writes the findings, without colours.
pub fn document(report: &Report<'_>, human: &mut Human<'_>) -> String {
    let mut found: BTreeMap<(Option<&str>, Group), Vec<&Finding>> = BTreeMap::new();
    for finding in report.findings {
        let order = order(report, &finding.subject);
        found.entry((order, finding.rule.group)).or_default().push(finding);
    }
    let root = report.word("数据目录", "Data root").to_owned();
    let orders = report.orders.iter().map(|(id, customer)| (Some(&**id), format!("{id} {customer}")));
    let mut suites = String::new();
    let mut sum = Suite::default();
    for (order, name) in std::iter::once((None, root)).chain(orders) {
        let mut suite = Suite::default();
        let mut groups = report.groups(order.is_some());
        groups.extend(found.keys().filter(|key| key.0 == order).map(|key| key.1));
        groups.sort_unstable();
        groups.dedup();
        for group in groups {
            let findings = found.remove(&(order, group)).unwrap_or_default();
            case(&mut suite, report, human, (order.unwrap_or("gendan"), group), &findings);
        }
        let Suite { tests, failures, skipped, cases } = suite;
        let _ = write!(
            suites,
            "  <testsuite name=\"{}\" tests=\"{tests}\" failures=\"{failures}\" errors=\"0\" skipped=\"{skipped}\">\n{cases}  </testsuite>\n",
            xml(name.trim())
        );
        sum.tests += tests;
        sum.failures += failures;
    }
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"gendan\" tests=\"{}\" failures=\"{}\" errors=\"0\">\n{suites}</testsuites>\n",
        sum.tests, sum.failures
    )
}

/// The suite a finding belongs to. One about an order that could not be read is the root's.
fn order<'f>(report: &Report<'_>, subject: &'f Subject) -> Option<&'f str> {
    subject.order().filter(|id| report.orders.contains_key(*id)).map(|id| &**id)
}

fn case(
    suite: &mut Suite,
    report: &Report<'_>,
    human: &mut Human<'_>,
    (class, group): (&str, Group),
    findings: &[&Finding],
) {
    let (zh, en) = group.title();
    let out = &mut suite.cases;
    let _ = write!(out, "    <testcase classname=\"{}\" name=\"{}\"", xml(class), xml(report.word(zh, en)));
    suite.tests += 1;
    let (failing, other): (Vec<&Finding>, Vec<&Finding>) = findings.iter().partition(|f| report.fails(f));
    let unchecked = report
        .unchecked
        .as_ref()
        .filter(|u| report.rules.iter().any(|rule| rule.group == group && u.rules.contains(&rule.name)));
    if failing.is_empty() && other.is_empty() && unchecked.is_none() {
        out.push_str("/>\n");
        return;
    }
    out.push_str(">\n");
    if let Some(unchecked) = unchecked.filter(|_| failing.is_empty()) {
        let _ = writeln!(out, "      <skipped message=\"{}\"/>", xml(&report.text(&unchecked.sentence())));
        suite.skipped += 1;
    }
    if let Some(first) = failing.iter().max_by_key(|f| f.severity) {
        let more = match failing.len() - 1 {
            0 => String::new(),
            n => format!("{}{n}{}", report.word("（另有 ", " (and "), report.word(" 条）", " more)")),
        };
        let message = format!("{}{more}", report.title(first));
        let _ = writeln!(
            out,
            "      <failure type=\"{}\" message=\"{}\">{}</failure>",
            first.severity.code(),
            xml(&message),
            xml(&texts(report, human, &failing))
        );
        suite.failures += 1;
    }
    let mut more = texts(report, human, &other);
    if let Some(unchecked) = unchecked.filter(|_| !failing.is_empty()) {
        let _ = writeln!(more, "{}", report.text(&unchecked.sentence()));
    }
    if !more.is_empty() {
        let _ = writeln!(out, "      <system-out>{}</system-out>", xml(&more));
    }
    out.push_str("    </testcase>\n");
}

fn texts(report: &Report<'_>, human: &mut Human<'_>, findings: &[&Finding]) -> String {
    let mut all = String::new();
    for finding in findings {
        // A party's finding stands in the suite of the root, which does not name the party.
        let who = if finding.subject.order().is_none() { id(&finding.subject) } else { "" };
        let mark = if finding.known { report.word("（之前就有）", "(stood there before)") } else { "" };
        if !who.is_empty() || !mark.is_empty() {
            let _ = writeln!(all, "{}", format!("{who} {mark}").trim());
        }
        all.push_str(&human.render(finding));
        all.push('\n');
    }
    all
}
