//! The rule pages: what, why, how to fix, may I ignore it, and where it speaks now.

use std::collections::BTreeMap;

use crate::check::finding::Finding;
use crate::check::rule::{Group, Rule, Scope};
use crate::check::rules;
use crate::config::RuleState;
use crate::publish::ctx::Ctx;
use crate::publish::finding::{anchor_of, class, level};
use crate::report::explain;
use crate::say;
use crate::site::markdown;
use crate::site::view::{Field, Html, Link, RuleGroup, RulePage, RuleRow, RulesPage};
use crate::text::{Lang, StaticBi};

/// Findings by rule, without waived ones and history: where a rule speaks now.
#[must_use]
pub fn hits(findings: &[Finding]) -> BTreeMap<&'static str, Vec<&Finding>> {
    let mut hits: BTreeMap<&'static str, Vec<&Finding>> = BTreeMap::new();
    for finding in findings.iter().filter(|f| f.waived.is_none() && !f.past) {
        hits.entry(finding.rule.name).or_default().push(finding);
    }
    hits
}

/// The list of rules.
#[must_use]
pub fn index(ctx: &Ctx<'_>, hits: &BTreeMap<&'static str, Vec<&Finding>>) -> RulesPage {
    let mut groups: BTreeMap<Group, Vec<RuleRow>> = BTreeMap::new();
    for rule in rules::all() {
        groups.entry(rule.group).or_default().push(RuleRow {
            name: rule.name.to_owned(),
            href: href(rule.name),
            title: ctx.word(rule.title).to_owned(),
            level: level(severity(ctx, rule)),
            off: is_off(ctx, rule),
            class: class(rule.class),
            hits: hits.get(rule.name).map_or(0, Vec::len),
        });
    }
    let (count, now) = (rules::all().count(), hits.values().map(Vec::len).sum::<usize>());
    RulesPage {
        title: say!(ctx, "规则", "Rules"),
        summary: say!(ctx, "{count} 条规则，现在命中 {now} 次", "{count} rules, {now} hits now"),
        groups: groups
            .into_iter()
            .map(|(group, rules)| RuleGroup {
                name: group.code().to_owned(),
                title: ctx.word(group.title()).to_owned(),
                rules,
            })
            .collect(),
    }
}

/// The page of one rule. At most a hundred places are listed; the count says how many there are.
#[must_use]
pub fn page(ctx: &Ctx<'_>, rule: &Rule, hits: &BTreeMap<&'static str, Vec<&Finding>>) -> RulePage {
    let other = match ctx.lang {
        Lang::Zh => rule.title.1,
        Lang::En => rule.title.0,
    };
    let html = |text: StaticBi| -> Html { markdown::render(ctx.word(text), 2) };
    let found = hits.get(rule.name).map_or(&[][..], Vec::as_slice);
    let looks_at = match rule.scope {
        Scope::Load => say!(ctx, "读文件时", "while files are read"),
        Scope::Order(_) => say!(ctx, "每一单", "every order"),
        Scope::OrderHistory(_) => say!(ctx, "每一单的历史", "the history of every order"),
        Scope::BookHistory(_) => say!(ctx, "整个数据目录的历史", "the history of the whole data root"),
        Scope::Book(_) => say!(ctx, "整个数据目录", "the whole data root"),
        Scope::Check => say!(ctx, "豁免", "waivers"),
    };
    RulePage {
        name: rule.name.to_owned(),
        title: ctx.word(rule.title).to_owned(),
        other_title: other.to_owned(),
        level: level(severity(ctx, rule)),
        off: is_off(ctx, rule),
        class: class(rule.class),
        facts: vec![
            Field::new(say!(ctx, "分组", "Group"), ctx.word(rule.group.title())),
            Field::new(say!(ctx, "检查对象", "Looks at"), looks_at),
            Field::new(say!(ctx, "自", "Since"), rule.since),
            Field::new(say!(ctx, "现在命中", "Hits now"), found.len().to_string()),
        ],
        source: ctx.word(rule.source).to_owned(),
        what_html: html(rule.docs.checks),
        why_html: html(rule.docs.why),
        fix_html: html(rule.docs.fix),
        false_alarms_html: Html::default(),
        waive: explain::waiver(rule),
        bad: String::new(),
        output: explain::example(rule, ctx.lang).to_owned(),
        good: String::new(),
        hits: found
            .iter()
            .take(100)
            .map(|finding| match finding.subject.order() {
                Some(id) => Link::new(&**id, format!("o/{id}.html#{}", anchor_of(finding))),
                None => Link::text(finding.spots.first().map_or("", |s| &s.place.file)),
            })
            .collect(),
    }
}

/// The address of a rule's page.
#[must_use]
pub fn href(name: &str) -> String {
    format!("rules/{name}.html")
}

fn severity(ctx: &Ctx<'_>, rule: &Rule) -> crate::check::finding::Severity {
    match ctx.book().config.rule(rule.name) {
        RuleState::Set(level) => level,
        RuleState::Default | RuleState::Off => rule.severity,
    }
}

fn is_off(ctx: &Ctx<'_>, rule: &Rule) -> bool {
    match ctx.book().config.rule(rule.name) {
        RuleState::Off => true,
        RuleState::Default => rule.opt_in,
        RuleState::Set(_) => false,
    }
}
