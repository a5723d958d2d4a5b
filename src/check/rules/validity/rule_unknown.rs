//! `rule-unknown`: gendan.toml names something that does not exist.

use super::super::prelude::*;
use crate::check::rules;
use crate::model::value::Currency;
use crate::model::value::near::did_you_mean;
use crate::text::Bi;

/// The rule.
pub static RULE: Rule = Rule {
    name: "rule-unknown",
    group: Group::Validity,
    class: Class::Record,
    severity: Severity::Error,
    opt_in: false,
    since: "0.1.0",
    source: ("公司规定", "house rule"),
    title: ("设置里的名字不存在", "unknown name in the configuration"),
    docs: Docs {
        checks: (
            "gendan.toml 里 [rules] 的规则、[calendars] 的日历、languages 的语言、base 的币种都存在。",
            "The rules under [rules], the calendars under [calendars], the languages and the base currency of gendan.toml exist.",
        ),
        why: (
            "规则名写错，想关的没关，想开的没开，没有人会发现。",
            "A mistyped rule stays on although it was to be off, or off although it was to be on, and nobody notices.",
        ),
        fix: ("用 gendan explain all 看所有规则名。", "`gendan explain all` lists the names of the rules."),
    },
    example: example!("rule-unknown"),
    scope: Scope::Book(check),
};

fn check(facts: &Facts<'_>, out: &mut Sink<'_>) {
    let config = &facts.book.config;
    for name in config.configured_rules().keys().filter(|name| rules::find(name).is_none()) {
        let meant = did_you_mean(name, rules::all().map(|r| r.name));
        let help =
            asked(meant, bi!("gendan explain all 列出所有规则名", "`gendan explain all` lists the rules"));
        let place = config.origin.place(&format!("rules.{name}")).key();
        report(bi!("没有“{name}”这条规则", "there is no rule `{name}`"), place, name, help, out);
    }
    for (role, id) in config.calendars.iter().filter(|(_, id)| !facts.book.calendars.contains_key(*id)) {
        let meant = did_you_mean(id, facts.book.calendars.keys().map(String::as_str));
        let help = asked(
            meant,
            bi!("日历文件放在 calendar/{id}-2026.toml", "a calendar stands in calendar/{id}-2026.toml"),
        );
        report(
            bi!("没有“{id}”这个日历", "there is no calendar `{id}`"),
            config.origin.place(&format!("calendars.{role}")),
            id,
            help,
            out,
        );
    }
    for (i, tag) in config.languages.iter().enumerate() {
        if !matches!(tag.as_str(), "zh-CN" | "zh" | "zh-Hans" | "en") {
            let help = bi!("网站有两种语言：zh-CN 和 en", "the site has two languages: zh-CN and en");
            report(
                bi!("没有“{tag}”这种语言", "there is no language `{tag}`"),
                config.origin.place(&format!("languages[{i}]")),
                tag,
                help,
                out,
            );
        }
    }
    if let Some(base) = config.base.as_deref().filter(|base| Currency::parse(base).is_none()) {
        let help = bi!("写 ISO 4217 代码，例如 CNY", "write an ISO 4217 code, like CNY");
        report(
            bi!("本位币“{base}”不是币种代码", "base currency `{base}` is no currency code"),
            config.origin.place("base"),
            base,
            help,
            out,
        );
    }
}

fn asked(meant: Option<&str>, otherwise: Bi) -> Bi {
    meant.map_or(otherwise, |meant| bi!("是不是 {meant}？", "did you mean {meant}?"))
}

fn report(title: Bi, place: crate::check::finding::Place, value: &str, help: Bi, out: &mut Sink<'_>) {
    out.report_on(Subject::Root, title).at(place, bi!("没有", "does not exist")).values([value]).help(help);
}
