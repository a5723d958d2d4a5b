//! Findings: what the rules say of the records and the papers, with the places in the files.

use schemars::JsonSchema;
use serde::Serialize;

use super::value::{Day, Version, Words, day};
use super::{Api, Part};
use crate::check::finding::{Finding, Spot, Subject};
use crate::publish::finding::{Sources, anchor_of};

/// One thing that is wrong, or that a person should look at.
#[derive(Debug, Serialize, JsonSchema)]
pub struct FindingDoc<'a> {
    /// Name of the rule; `rules/NAME.json` says what it checks.
    pub rule: &'static str,
    /// `record`, `document` or `risk`.
    pub class: &'static str,
    /// `error`, `warning` or `info`.
    pub severity: &'static str,
    /// `conflict`: the values contradict each other; `judgement`: a person has to look at both.
    pub verdict: &'static str,
    /// What it is about: `order`, `customer`, `supplier`, `forwarder` or `root`.
    pub subject: &'static str,
    /// Its id; null for the data root itself.
    pub id: Option<&'a str>,
    /// What is wrong. The rule alone where the sentence would quote what we pay.
    pub title: Words<'a>,
    /// What to do.
    pub help: Words<'a>,
    /// The article or house rule behind it.
    pub source: Words<'a>,
    /// The values compared, as written, first the one at fault.
    pub values: &'a [String],
    /// Where to look, the first place first.
    pub places: Vec<PlaceDoc<'a>>,
    /// Last day on which the cure still works.
    pub until: Option<Day>,
    /// The same finding in the next run has the same 32 hex digits.
    pub fingerprint: &'a str,
    /// It is history: about an archived order, or a presentation that was cured.
    pub past: bool,
    /// Who accepted it, and why; null where nobody did.
    pub waived: Option<WaivedDoc<'a>>,
    /// Where it stands on a page; null for what no order's page shows.
    pub href: Option<String>,
}

/// A place in a data file.
#[derive(Debug, Serialize, JsonSchema)]
pub struct PlaceDoc<'a> {
    /// The file, relative to the data root.
    pub file: &'a str,
    /// Line, from 1; null for the file as a whole.
    pub line: Option<usize>,
    /// Column in characters, from 1.
    pub column: Option<usize>,
    /// What stands there.
    pub label: Option<Words<'a>>,
}

/// An accepted finding.
#[derive(Debug, Serialize, JsonSchema)]
pub struct WaivedDoc<'a> {
    /// The reason.
    pub why: &'a str,
    /// Who accepted it.
    pub by: &'a str,
    /// Last day on which that holds; null = as long as the order exists.
    pub until: Option<Day>,
}

/// The findings of the book.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(title = "findings")]
pub struct FindingsDoc<'a> {
    /// Version of the document.
    pub version: Version,
    /// Name of its schema: `findings`.
    pub document: &'static str,
    /// The day for which everything was computed.
    pub as_of: Day,
    /// Which part this is of how many, and where the next one lies.
    #[serde(flatten)]
    pub part: Part,
    /// In order of file, place and rule.
    pub findings: Vec<FindingDoc<'a>>,
}

impl<'c, 'a: 'c> Api<'c, 'a> {
    /// One finding. `sources` reads the file where that decides whether the words may be told.
    #[must_use]
    pub fn finding(&self, finding: &'c Finding, sources: &mut Sources<'_>) -> FindingDoc<'c> {
        let told = self.shown.finding(self.ctx, finding, sources);
        let (subject, id) = subject(&finding.subject);
        FindingDoc {
            rule: finding.rule.name,
            class: finding.class.code(),
            severity: finding.severity.code(),
            verdict: finding.verdict.code(),
            subject,
            id,
            title: if told { (&finding.title).into() } else { finding.rule.title.into() },
            help: if told { (&finding.help).into() } else { finding.rule.docs.fix.into() },
            source: (&finding.source).into(),
            values: if told { &finding.values } else { &[] },
            places: finding.spots.iter().map(|spot| place(spot, told)).collect(),
            until: day(finding.until),
            fingerprint: &finding.fingerprint,
            past: finding.past,
            waived: finding.waived.as_ref().map(|w| WaivedDoc {
                why: &w.why,
                by: &w.by,
                until: day(w.until),
            }),
            href: finding.subject.order().map(|id| format!("o/{id}.html#{}", anchor_of(finding))),
        }
    }

    /// The findings about one order.
    #[must_use]
    pub fn findings_of(&self, order: &str) -> Vec<FindingDoc<'c>> {
        let mut sources = Sources::new(&self.ctx.book().root);
        self.ctx.findings.order(order).iter().map(|f| self.finding(f, &mut sources)).collect()
    }
}

fn subject(subject: &Subject) -> (&'static str, Option<&str>) {
    match subject {
        Subject::Order(id) => ("order", Some(id)),
        Subject::Customer(id) => ("customer", Some(id)),
        Subject::Supplier(id) => ("supplier", Some(id)),
        Subject::Forwarder(id) => ("forwarder", Some(id)),
        Subject::Root => ("root", None),
    }
}

fn place(spot: &Spot, told: bool) -> PlaceDoc<'_> {
    PlaceDoc {
        file: &spot.place.file,
        line: spot.region.map(|r| r.line),
        column: spot.region.map(|r| r.column),
        label: if told { Words::from(&spot.label).some() } else { None },
    }
}
