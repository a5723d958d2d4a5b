//! The list of rules, and a page for each: what, why, how to fix, may I ignore it.

use serde::Serialize;

use super::{Class, Field, Html, Level, Link, Section, View};

/// `rules/index.html`.
#[derive(Debug, Clone, Default, Serialize)]
pub struct RulesPage {
    /// `规则`.
    pub title: String,
    /// `142 条规则，现在命中 23 次`.
    pub summary: String,
    /// In the order of the registry.
    pub groups: Vec<RuleGroup>,
}

impl View for RulesPage {
    const TEMPLATE: &'static str = "rules/index.html";

    fn path(&self) -> String {
        Section::Rules.path().to_owned()
    }

    fn data(&self) -> String {
        super::beside(&self.path())
    }

    fn title(&self) -> &str {
        &self.title
    }

    fn section(&self) -> Section {
        Section::Rules
    }
}

/// A family of rules.
#[derive(Debug, Clone, Default, Serialize)]
pub struct RuleGroup {
    /// Prefix, used as an anchor: `docs`.
    pub name: String,
    /// `单据与单据`.
    pub title: String,
    /// Rules, sorted by name.
    pub rules: Vec<RuleRow>,
}

/// One rule in the list.
#[derive(Debug, Clone, Default, Serialize)]
pub struct RuleRow {
    /// `docs-total-gross`.
    pub name: String,
    /// `rules/docs-total-gross.html`.
    pub href: String,
    /// `毛重不一致`.
    pub title: String,
    /// After configuration.
    pub level: Level,
    /// Switched off in `gendan.toml`.
    pub off: bool,
    /// Class.
    pub class: Class,
    /// Findings now.
    pub hits: usize,
}

/// `rules/<name>.html`.
#[derive(Debug, Clone, Default, Serialize)]
pub struct RulePage {
    /// `docs-total-gross`.
    pub name: String,
    /// `毛重不一致`.
    pub title: String,
    /// The title in the other language.
    pub other_title: String,
    /// Level.
    pub level: Level,
    /// Switched off.
    pub off: bool,
    /// Class.
    pub class: Class,
    /// Since version, aliases: `[自: 1.0]`.
    pub facts: Vec<Field>,
    /// `UCP 600 第 14 条 d 款（信用证项下）；海关申报；公司规定`.
    pub source: String,
    /// What it checks, rendered from the rule's docs.
    pub what_html: Html,
    /// Why.
    pub why_html: Html,
    /// How to fix.
    pub fix_html: Html,
    /// Known false alarms; empty = none known.
    pub false_alarms_html: Html,
    /// How to waive: a snippet to paste; empty = cannot be waived.
    pub waive: String,
    /// The bad example, as TOML.
    pub bad: String,
    /// What the tool prints for it.
    pub output: String,
    /// The good example; empty = none.
    pub good: String,
    /// Orders it speaks about now, each leading to the finding.
    pub hits: Vec<Link>,
}

impl View for RulePage {
    const TEMPLATE: &'static str = "rules/rule.html";

    fn path(&self) -> String {
        format!("rules/{}.html", self.name)
    }

    fn data(&self) -> String {
        super::beside(&self.path())
    }

    fn title(&self) -> &str {
        &self.title
    }

    fn section(&self) -> Section {
        Section::Rules
    }
}
