//! SARIF 2.1.0, what code scanning reads. Optional fields are left out rather than empty; no times, no absolute paths.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use crate::bi;
use crate::check::finding::{Edit, Finding, Region, Severity, Spot};
use crate::check::rule::Rule;
use crate::report::json::escaped;
use crate::report::whole::{Report, is_settled};
use crate::report::{clean, escape, explain};
use crate::text::{Bi, Lang};

/// Results of a run that code scanning keeps.
const RESULTS: usize = 5_000;
/// Characters of a description that it reads.
const DESCRIPTION: usize = 1_024;

/// Renders the log.
///
/// # Errors
/// Only when serialisation fails, which strings and numbers do not.
pub fn document(report: &Report<'_>) -> serde_json::Result<String> {
    let sorted = report.by_weight();
    let kept = sorted.get(..RESULTS).unwrap_or(&sorted);
    let left = sorted.len() - kept.len();
    let mut rules: Vec<&'static Rule> = kept.iter().map(|f| f.rule).collect();
    rules.sort_by_key(|rule| rule.name);
    rules.dedup_by_key(|rule| rule.name);
    let index: BTreeMap<&str, usize> = rules.iter().enumerate().map(|(at, rule)| (rule.name, at)).collect();
    let compared = report.since.is_some() || report.known() > 0;
    let results: Vec<Value> = kept
        .iter()
        .map(|f| result(report, f, index.get(f.rule.name).copied().unwrap_or_default(), compared))
        .collect();
    let log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "gendan",
                "version": env!("CARGO_PKG_VERSION"),
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": rules.iter().map(|rule| descriptor(report, rule)).collect::<Vec<_>>(),
            } },
            "automationDetails": { "id": "gendan/" },
            "language": report.langs.first().tag(),
            "columnKind": "unicodeCodePoints",
            "invocations": [invocation(report, left)],
            "results": results,
            "properties": { "asOf": report.as_of.to_string() },
        }],
    });
    serde_json::to_string_pretty(&log).map(|text| escaped(&text) + "\n")
}

/// How the run went: what was not checked, and what was left out.
fn invocation(report: &Report<'_>, left: usize) -> Value {
    let mut notes = Vec::new();
    if let Some(unchecked) = &report.unchecked {
        let level = if unchecked.wrong { "warning" } else { "note" };
        notes.push(notification("not-checked", level, &report.text(&unchecked.sentence())));
    }
    if left > 0 {
        let text = bi!(
            "另有 {left} 条没有写进来（最多 {RESULTS} 条，重的在前）：用 --output json=gendan.json 存下全部",
            "{left} more results were left out (at most {RESULTS}, the gravest first): --output json=gendan.json keeps all of them"
        );
        notes.push(notification("left-out", "warning", &report.text(&text)));
    }
    let mut invocation = json!({ "executionSuccessful": !report.broken });
    if !notes.is_empty() {
        put(&mut invocation, "toolExecutionNotifications", Value::Array(notes));
    }
    invocation
}

fn notification(id: &str, level: &str, text: &str) -> Value {
    json!({ "descriptor": { "id": id }, "level": level, "message": { "text": message(text) } })
}

fn descriptor(report: &Report<'_>, rule: &Rule) -> Value {
    let side = |text: (&str, &str)| report.text(&Bi { zh: text.0.to_owned(), en: text.1.to_owned() });
    let lang = report.langs.first();
    json!({
        "id": rule.name,
        "name": name(rule.name),
        "shortDescription": { "text": shortened(&side(rule.title)) },
        "fullDescription": { "text": shortened(&side(rule.docs.checks)) },
        "help": { "text": explain::text(rule, lang), "markdown": explain::markdown(rule, lang) },
        "defaultConfiguration": { "level": level(rule.severity) },
        "properties": {
            "tags": [rule.group.code(), rule.class.code()],
            "problem.severity": match rule.severity {
                Severity::Error => "error",
                Severity::Warning => "warning",
                Severity::Info => "recommendation",
            },
        },
    })
}

/// `docs-total-gross` as `DocsTotalGross`: names of rules are written like that.
fn name(rule: &str) -> String {
    let word = |word: &str| {
        let mut chars = word.chars();
        chars.next().map_or_else(String::new, |c| c.to_ascii_uppercase().to_string() + chars.as_str())
    };
    rule.split('-').map(word).collect()
}

fn shortened(text: &str) -> String {
    if text.chars().count() <= DESCRIPTION {
        return text.to_owned();
    }
    text.chars().take(DESCRIPTION - 1).chain(['…']).collect()
}

fn result(report: &Report<'_>, finding: &Finding, rule: usize, compared: bool) -> Value {
    // What is history is shown, and nobody has to act on it.
    let level = if finding.past { "none" } else { level(finding.severity) };
    let mut result = json!({
        "ruleId": finding.rule.name,
        "ruleIndex": rule,
        "kind": if finding.past { "informational" } else { "fail" },
        "level": level,
        "message": { "text": message(&said(report, finding)) },
        "locations": [location(report, finding.spots.first(), false)],
        "partialFingerprints": { "primaryLocationLineHash": finding.fingerprint },
        "properties": properties(finding),
    });
    let related: Vec<Value> = finding
        .spots
        .iter()
        .skip(1)
        .enumerate()
        .map(|(at, spot)| {
            let mut place = location(report, Some(spot), true);
            put(&mut place, "id", json!(at));
            place
        })
        .collect();
    if !related.is_empty() {
        put(&mut result, "relatedLocations", Value::Array(related));
    }
    if let Some(waived) = &finding.waived {
        let (why, by) = (clean(&waived.why), clean(&waived.by));
        let why = match report.langs.first() {
            Lang::Zh => format!("{why}（{by}）"),
            Lang::En => format!("{why} ({by})"),
        };
        let suppression = json!({ "kind": "inSource", "status": "accepted", "justification": why });
        put(&mut result, "suppressions", json!([suppression]));
    }
    if compared {
        put(&mut result, "baselineState", json!(if finding.known { "unchanged" } else { "new" }));
    }
    if let Some(fix) = fix(report, finding) {
        put(&mut result, "fixes", json!([fix]));
    }
    result
}

/// The title with the order in front, what to do, and until when.
fn said(report: &Report<'_>, finding: &Finding) -> String {
    let mut text = report.title(finding);
    if !finding.help.is_empty() {
        text.push_str(&format!(
            "\n{}{}",
            report.word("怎么改：", "How to fix: "),
            report.text(&finding.help)
        ));
    }
    if let Some(day) = finding.until {
        text.push_str(&format!("\n{}{day}", report.word("最晚：", "Not after: ")));
    }
    text
}

fn properties(finding: &Finding) -> Value {
    let mut properties = json!({
        "class": finding.class.code(),
        "verdict": finding.verdict.code(),
        "path": clean(&finding.identity),
        "settled": is_settled(finding),
    });
    if let Some(order) = finding.subject.order() {
        put(&mut properties, "order", json!(clean(order)));
    }
    if let Some(day) = finding.until {
        put(&mut properties, "until", json!(day.to_string()));
    }
    properties
}

/// A place, with what stands there where that is asked for. A finding without one is about the configuration.
fn location(report: &Report<'_>, spot: Option<&Spot>, labelled: bool) -> Value {
    let file = spot.map_or("gendan.toml", |spot| &*spot.place.file);
    let mut physical = json!({ "artifactLocation": { "uri": escape::uri(&report.file(file)) } });
    if let Some(found) = spot.and_then(|spot| spot.region) {
        put(&mut physical, "region", region(&found));
    }
    let mut place = json!({ "physicalLocation": physical });
    if let Some(spot) = spot.filter(|spot| labelled && !spot.label.is_empty()) {
        put(&mut place, "message", json!({ "text": message(&report.text(&spot.label)) }));
    }
    place
}

fn region(region: &Region) -> Value {
    json!({
        "startLine": region.line,
        "startColumn": region.column,
        "endLine": region.end_line,
        "endColumn": region.end_column,
    })
}

/// The offered replacement; only when every part of it has a place.
fn fix(report: &Report<'_>, finding: &Finding) -> Option<Value> {
    let mut files: BTreeMap<&str, Vec<Value>> = BTreeMap::new();
    for Edit { place, text, region: at } in &finding.edits {
        let change = json!({ "deletedRegion": region(at.as_ref()?), "insertedContent": { "text": text } });
        files.entry(&place.file).or_default().push(change);
    }
    let changes: Vec<Value> = files
        .into_iter()
        .map(|(file, replacements)| {
            json!({ "artifactLocation": { "uri": escape::uri(&report.file(file)) }, "replacements": replacements })
        })
        .collect();
    if changes.is_empty() {
        return None;
    }
    let mut fix = json!({ "artifactChanges": changes });
    if !finding.help.is_empty() {
        put(&mut fix, "description", json!({ "text": message(&report.text(&finding.help)) }));
    }
    Some(fix)
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
    }
}

/// A text as SARIF's plain text messages are read: `[text](target)` would be a link, `{0}` a placeholder.
fn message(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let link = text.contains("](");
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        rest = rest.get(c.len_utf8()..).unwrap_or_default();
        match c {
            '[' | ']' | '\\' if link => out.extend(['\\', c]),
            '{' if placeholder(rest).is_some() => {
                let digits = placeholder(rest).unwrap_or_default();
                out.push_str(&format!("{{{{{digits}}}}}"));
                rest = rest.get(digits.len() + 1..).unwrap_or_default();
            }
            c => out.push(c),
        }
    }
    out
}

/// The digits before a `}`.
fn placeholder(rest: &str) -> Option<&str> {
    let (digits, _) = rest.split_once('}')?;
    (!digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit())).then_some(digits)
}

fn put(object: &mut Value, key: &str, value: Value) {
    if let Some(map) = object.as_object_mut() {
        let map: &mut Map<String, Value> = map;
        map.insert(key.to_owned(), value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_hold_neither_links_nor_placeholders() {
        assert_eq!(message("items[0].price {x} { 1 }"), "items[0].price {x} { 1 }");
        assert_eq!(message("[a](http://b) \\"), "\\[a\\](http://b) \\\\");
        assert_eq!(message("{0} {12}{ {3"), "{{0}} {{12}}{ {3");
    }

    #[test]
    fn names_and_descriptions_fit() {
        assert_eq!(name("docs-total-gross"), "DocsTotalGross");
        assert_eq!(shortened(&"单".repeat(2000)).chars().count(), DESCRIPTION);
        assert_eq!(shortened("单"), "单");
    }
}
