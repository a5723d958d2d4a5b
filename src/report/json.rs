//! Findings as JSON, for programs. Versioned: within version 1 fields are only added. Amounts are strings.

use serde::Serialize;

use crate::check::finding::{Finding, Region, Spot, Subject};
use crate::check::since::Since;
use crate::report::whole::Unchecked;
use crate::report::{Counts, is_direction, is_nothing};
use crate::text::Bi;

/// The document.
#[derive(Serialize)]
struct Document<'a> {
    version: u32,
    tool: &'static str,
    tool_version: &'static str,
    as_of: String,
    orders: usize,
    rules: usize,
    counts: CountsView,
    #[serde(skip_serializing_if = "Option::is_none")]
    since: Option<SinceView<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    unchecked: Vec<UncheckedView<'a>>,
    findings: Vec<View<'a>>,
}

/// How the findings compare with those of the base (`--since`).
#[derive(Serialize)]
struct SinceView<'a> {
    rev: &'a str,
    base: &'a str,
    new: usize,
    known: usize,
    resolved: Vec<ResolvedView<'a>>,
}

#[derive(Serialize)]
struct ResolvedView<'a> {
    rule: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    order: Option<&'a str>,
    title: Both<'a>,
    fingerprint: &'a str,
}

/// A rule that could not run. It is not checked, never passed.
#[derive(Serialize)]
struct UncheckedView<'a> {
    rule: &'static str,
    /// `shallow`, `no-repository`, `unborn`, `outside-data`, `unreadable`.
    cause: &'static str,
    reason: Both<'a>,
}

#[derive(Serialize)]
struct CountsView {
    errors: usize,
    warnings: usize,
    infos: usize,
    risks: usize,
    waived: usize,
    past: usize,
}

#[derive(Serialize)]
struct Both<'a> {
    zh: &'a str,
    en: &'a str,
}

#[derive(Serialize)]
struct View<'a> {
    rule: &'static str,
    group: &'static str,
    class: &'static str,
    severity: &'static str,
    verdict: &'static str,
    subject: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    order: Option<&'a str>,
    title: Both<'a>,
    values: &'a [String],
    places: Vec<PlaceView<'a>>,
    help: Both<'a>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    edits: Vec<EditView<'a>>,
    source: Both<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    until: Option<String>,
    path: &'a str,
    fingerprint: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    waived: Option<WaivedView<'a>>,
    past: bool,
    /// It stood there before the change that is looked at; only with `--since`.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    known: bool,
}

#[derive(Serialize)]
struct PlaceView<'a> {
    file: &'a str,
    label: Both<'a>,
    #[serde(flatten)]
    region: Option<RegionView>,
}

#[derive(Serialize)]
struct EditView<'a> {
    file: &'a str,
    text: &'a str,
    #[serde(flatten)]
    region: Option<RegionView>,
}

/// Lines and columns from 1; columns count characters.
#[derive(Serialize)]
struct RegionView {
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
}

#[derive(Serialize)]
struct WaivedView<'a> {
    why: &'a str,
    by: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    until: Option<String>,
}

/// Renders all findings of a check.
///
/// # Errors
/// Only when serialisation fails, which the types above do not.
pub fn document(
    findings: &[Finding],
    as_of: chrono::NaiveDate,
    orders: usize,
    rules: usize,
    unchecked: Option<&Unchecked>,
    since: Option<&Since>,
) -> serde_json::Result<String> {
    let Counts { errors, warnings, infos, risks, waived, past } = Counts::of(findings);
    let document = Document {
        version: 1,
        tool: "gendan",
        tool_version: env!("CARGO_PKG_VERSION"),
        as_of: as_of.to_string(),
        orders,
        rules,
        counts: CountsView { errors, warnings, infos, risks, waived, past },
        since: since.map(since_view),
        unchecked: unchecked.map(unchecked_views).unwrap_or_default(),
        findings: findings.iter().map(view).collect(),
    };
    serde_json::to_string_pretty(&document).map(|text| escaped(&text) + "\n")
}

/// A runner reads `##[command]` anywhere in what a step prints; and JSON lets C1 controls, DEL, direction marks and
/// marks without width stand as they are, which a terminal that shows the document would obey. All of them occur
/// only inside strings, where their escapes mean the same.
pub(super) fn escaped(text: &str) -> String {
    let unsafe_in_terminals = |c: char| (c.is_control() && c != '\n') || is_direction(c) || is_nothing(c);
    let text = text.replace("##", "#\\u0023");
    if !text.contains(unsafe_in_terminals) {
        return text;
    }
    text.chars().fold(String::with_capacity(text.len()), |mut out, c| {
        if unsafe_in_terminals(c) {
            out.push_str(&format!("\\u{:04x}", u32::from(c)));
        } else {
            out.push(c);
        }
        out
    })
}

fn since_view(since: &Since) -> SinceView<'_> {
    let Since { rev, base, new, known, resolved } = since;
    SinceView { rev, base, new: *new, known: *known, resolved: resolved.iter().map(resolved_view).collect() }
}

fn resolved_view(finding: &Finding) -> ResolvedView<'_> {
    ResolvedView {
        rule: finding.rule.name,
        order: finding.subject.order().map(|id| &**id),
        title: both(&finding.title),
        fingerprint: &finding.fingerprint,
    }
}

fn unchecked_views(unchecked: &Unchecked) -> Vec<UncheckedView<'_>> {
    let Unchecked { rules, code, why, .. } = unchecked;
    rules.iter().map(|&rule| UncheckedView { rule, cause: code, reason: both(why) }).collect()
}

fn both(text: &Bi) -> Both<'_> {
    Both { zh: &text.zh, en: &text.en }
}

fn region(region: Region) -> RegionView {
    let Region { line, column, end_line, end_column, .. } = region;
    RegionView { line, column, end_line, end_column }
}

fn place(spot: &Spot) -> PlaceView<'_> {
    PlaceView { file: &spot.place.file, label: both(&spot.label), region: spot.region.map(region) }
}

fn subject(subject: &Subject) -> String {
    match subject {
        Subject::Order(id) => format!("orders/{id}"),
        Subject::Customer(id) => format!("customers/{id}"),
        Subject::Supplier(id) => format!("suppliers/{id}"),
        Subject::Forwarder(id) => format!("forwarders/{id}"),
        Subject::Root => "root".to_owned(),
    }
}

fn view(finding: &Finding) -> View<'_> {
    View {
        rule: finding.rule.name,
        group: finding.rule.group.code(),
        class: finding.class.code(),
        severity: finding.severity.code(),
        verdict: finding.verdict.code(),
        subject: subject(&finding.subject),
        order: finding.subject.order().map(|id| &**id),
        title: both(&finding.title),
        values: &finding.values,
        places: finding.spots.iter().map(place).collect(),
        help: both(&finding.help),
        edits: finding
            .edits
            .iter()
            .map(|e| EditView { file: &e.place.file, text: &e.text, region: e.region.map(region) })
            .collect(),
        source: both(&finding.source),
        until: finding.until.map(|d| d.to_string()),
        path: &finding.identity,
        fingerprint: &finding.fingerprint,
        waived: finding.waived.as_ref().map(|w| WaivedView {
            why: &w.why,
            by: &w.by,
            until: w.until.map(|d| d.to_string()),
        }),
        past: finding.past,
        known: finding.known,
    }
}
