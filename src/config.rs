//! `gendan.toml`, resolved: every value has a default, and a rule's level is one look-up.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::check::finding::Severity;
use crate::model::origin::Origin;
use crate::model::setup::{Company, Hidden, Offset, RuleLevel, Setup};
use crate::text::Lang;

/// The configuration of a data root.
#[derive(Debug, Clone, Default)]
pub struct Config {
    /// The file as written.
    pub file: Setup,
    /// For naming places; empty when there is no file.
    pub origin: Origin,
}

impl std::ops::Deref for Config {
    type Target = Setup;
    fn deref(&self) -> &Setup {
        &self.file
    }
}

/// The level a rule runs at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RuleState {
    /// Not called.
    Off,
    /// Its own default.
    Default,
    /// Set in `gendan.toml`: every finding of the rule has this level.
    Set(Severity),
}

impl Config {
    /// Languages of the site, the first at the root. Unknown ones are ignored here (a finding says so).
    #[must_use]
    pub fn languages(&self) -> Vec<Lang> {
        let mut langs: Vec<Lang> = Vec::new();
        for tag in &self.languages {
            let lang = match tag.as_str() {
                "zh-CN" | "zh" | "zh-Hans" => Lang::Zh,
                "en" => Lang::En,
                _ => continue,
            };
            if !langs.contains(&lang) {
                langs.push(lang);
            }
        }
        if langs.is_empty() {
            langs = Lang::ALL.to_vec();
        }
        langs
    }

    /// Where the site is published, without a slash at its end; nothing for what is no address of a web page.
    #[must_use]
    pub fn site(&self) -> Option<&str> {
        let site = self.file.site.as_deref()?.trim();
        is_web(site).then(|| site.trim_end_matches('/'))
    }

    /// Our company, empty when not configured.
    #[must_use]
    pub fn company(&self) -> Company {
        self.file.company.as_deref().cloned().unwrap_or_default()
    }

    /// The country of our company.
    #[must_use]
    pub fn home(&self) -> String {
        let written = self.file.company.as_deref().and_then(|c| c.country.clone());
        written.unwrap_or_else(|| "CN".to_owned())
    }

    /// The level of a rule.
    #[must_use]
    pub fn rule(&self, name: &str) -> RuleState {
        match self.rules.get(name).and_then(|r| r.level) {
            None => RuleState::Default,
            Some(level) => level.severity().map_or(RuleState::Off, RuleState::Set),
        }
    }

    /// A number configured for a rule, such as `days`.
    #[must_use]
    pub fn rule_number(&self, rule: &str, key: &str) -> Option<Decimal> {
        self.rules.get(rule)?.numbers.get(key).copied()
    }

    /// A whole number of days configured for a rule.
    #[must_use]
    pub fn rule_days(&self, rule: &str, key: &str, default: i64) -> i64 {
        self.rule_number(rule, key).and_then(|d| i64::try_from(d.trunc().mantissa()).ok()).unwrap_or(default)
    }

    /// Whether the site inside the company leaves something out.
    #[must_use]
    pub fn hides(&self, what: Hidden) -> bool {
        let internal = self.audience.as_deref().and_then(|a| a.internal.as_deref());
        internal.is_some_and(|a| a.hide.contains(&what))
    }

    /// Days after which an open order without a change is stale.
    #[must_use]
    pub fn stale_days(&self) -> i64 {
        let lead = self.leads.as_deref().and_then(|l| l.stale).map_or(14, i64::from);
        self.rule_days("stale-order", "days", lead)
    }

    /// Days that documents take after shipment.
    #[must_use]
    pub fn documents_days(&self) -> i64 {
        self.leads.as_deref().and_then(|l| l.documents).map_or(7, i64::from)
    }

    /// Days a courier takes.
    #[must_use]
    pub fn courier_days(&self) -> i64 {
        self.leads.as_deref().and_then(|l| l.courier).map_or(7, i64::from)
    }

    /// Offsets of derived plans that differ from the defaults.
    #[must_use]
    pub fn offsets(&self) -> &BTreeMap<String, Offset> {
        &self.file.offsets
    }

    /// Configured rules, for the check that they exist.
    #[must_use]
    pub fn configured_rules(&self) -> &BTreeMap<String, RuleLevel> {
        &self.file.rules
    }
}

/// An address of the web that can stand in a link: a space or a control character would end it, or hide where it leads.
#[must_use]
pub fn is_web(url: &str) -> bool {
    let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
    rest.is_some_and(|r| !r.is_empty() && !r.starts_with('/'))
        && !url.contains(|c: char| c.is_whitespace() || c.is_control() || "\"'<>\\`".contains(c))
}
