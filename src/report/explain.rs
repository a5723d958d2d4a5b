//! `gendan explain`: a rule's documentation in fixed sections. The same text is the rule's page on the site.

use crate::check::rule::{Rule, Scope};
use crate::text::{Lang, StaticBi};

/// The text for one rule in one language.
#[must_use]
pub fn text(rule: &Rule, lang: Lang) -> String {
    let side = |(zh, en): StaticBi| if lang == Lang::Zh { zh } else { en };
    let word = |zh: &'static str, en: &'static str| if lang == Lang::Zh { zh } else { en };
    let (zh, en) = rule.severity.word();
    let mut text = format!(
        "{}\n{} · {} {} · {} {} · {} {}\n",
        side(rule.title),
        rule.name,
        word("级别", "level"),
        side((zh, en)),
        word("类别", "class"),
        rule.class.code(),
        word("自", "since"),
        rule.since,
    );
    let mut section = |title: &str, body: &str| {
        text.push_str(&format!("\n{title}\n  {}\n", body.trim_end().replace('\n', "\n  ")));
    };
    section(word("检查什么", "What it checks"), side(rule.docs.checks));
    section(word("为什么", "Why"), side(rule.docs.why));
    section(word("依据", "Source"), side(rule.source));
    section(
        word("例子（测试里的反例，工具的原样输出）", "Example (the tool's own output on a bad fixture)"),
        example(rule, lang),
    );
    section(word("怎么改", "How to fix"), side(rule.docs.fix));
    let waiver = waiver(rule);
    if !waiver.is_empty() {
        section(word("怎样豁免", "How to waive"), &waiver);
    }
    text
}

/// A waiver to paste into `order.toml`; empty for rules that cannot be waived: what cannot be read, and what
/// is not about an order.
#[must_use]
pub fn waiver(rule: &Rule) -> String {
    if !matches!(rule.scope, Scope::Order(_) | Scope::OrderHistory(_)) {
        return String::new();
    }
    let name = rule.name;
    format!(
        "[[waivers]]\nrule  = \"{name}\"\nat    = \"…\"\nwhy   = \"…\"\nby    = \"…\"\nuntil = \"archived\"\n"
    )
}

/// The expected output holds both languages; this is one of them.
#[must_use]
pub fn example(rule: &Rule, lang: Lang) -> &'static str {
    let (zh, en) = rule.example.split_once(SEPARATOR).unwrap_or((rule.example, ""));
    match lang {
        Lang::Zh => zh.trim(),
        Lang::En => en.trim(),
    }
}

/// Stands between the Chinese and the English rendering in a fixture's expected output.
pub const SEPARATOR: &str = "\n---- en ----\n";
