//! The rules, and where each speaks now.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use super::Api;
use super::finding::FindingDoc;
use super::value::{Day, Version, Words};
use crate::check::finding::Finding;
use crate::check::rule::Rule;
use crate::check::rules;
use crate::config::RuleState;
use crate::publish::finding::Sources;

/// A rule.
#[derive(Debug, Serialize, JsonSchema)]
pub struct RuleDoc {
    /// Its name: stable, never reused.
    pub name: &'static str,
    /// Its title.
    pub title: Words<'static>,
    /// Its group.
    pub group: &'static str,
    /// `record`, `document` or `risk`.
    pub class: &'static str,
    /// `error`, `warning` or `info`, as this company has set it.
    pub severity: &'static str,
    /// This company does not run it.
    pub off: bool,
    /// The version of the tool that brought it.
    pub since: &'static str,
    /// The article or house rule behind it.
    pub source: Words<'static>,
    /// How many findings it has now, without accepted ones and history.
    pub hits: usize,
    /// Its page.
    pub href: String,
}

/// All rules, beside their index.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(title = "rules")]
pub struct RulesDoc {
    /// Version of the document.
    pub version: Version,
    /// Name of its schema: `rules`.
    pub document: &'static str,
    /// The day for which everything was computed.
    pub as_of: Day,
    /// By name.
    pub rules: Vec<RuleDoc>,
}

/// One rule, beside its page.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(title = "rule")]
pub struct RulePageDoc<'a> {
    /// Version of the document.
    pub version: Version,
    /// Name of its schema: `rule`.
    pub document: &'static str,
    /// The day for which everything was computed.
    pub as_of: Day,
    /// The rule.
    pub rule: RuleDoc,
    /// What it checks, in Markdown.
    pub checks: Words<'static>,
    /// Why, in Markdown.
    pub why: Words<'static>,
    /// What to do, in Markdown.
    pub fix: Words<'static>,
    /// Its findings now, the first thousand.
    pub findings: Vec<FindingDoc<'a>>,
}

/// Findings by rule, as [`crate::publish::rules::hits`] groups them.
pub type Hits<'a> = BTreeMap<&'static str, Vec<&'a Finding>>;

impl<'c, 'a: 'c> Api<'c, 'a> {
    /// A rule.
    #[must_use]
    pub fn rule(&self, rule: &Rule, hits: &Hits<'_>) -> RuleDoc {
        let state = self.ctx.book().config.rule(rule.name);
        let severity = if let RuleState::Set(severity) = state { severity } else { rule.severity };
        RuleDoc {
            name: rule.name,
            title: rule.title.into(),
            group: rule.group.code(),
            class: rule.class.code(),
            severity: severity.code(),
            off: state == RuleState::Off,
            since: rule.since,
            source: rule.source.into(),
            hits: hits.get(rule.name).map_or(0, Vec::len),
            href: format!("rules/{}.html", rule.name),
        }
    }

    /// All rules.
    #[must_use]
    pub fn rules(&self, hits: &Hits<'_>) -> RulesDoc {
        let mut all: Vec<RuleDoc> = rules::all().map(|rule| self.rule(rule, hits)).collect();
        all.sort_by_key(|rule| rule.name);
        RulesDoc { version: Version, document: "rules", as_of: self.ctx.as_of().into(), rules: all }
    }

    /// One rule with its findings.
    #[must_use]
    pub fn rule_page(&self, rule: &Rule, hits: &Hits<'c>) -> RulePageDoc<'c> {
        let mut sources = Sources::new(&self.ctx.book().root);
        let found = hits.get(rule.name).map_or(&[][..], Vec::as_slice).iter().take(super::PART);
        RulePageDoc {
            version: Version,
            document: "rule",
            as_of: self.ctx.as_of().into(),
            rule: self.rule(rule, hits),
            checks: rule.docs.checks.into(),
            why: rule.docs.why.into(),
            fix: rule.docs.fix.into(),
            findings: found.map(|f| self.finding(f, &mut sources)).collect(),
        }
    }
}
