//! `gendan explain`: a rule's documentation in fixed sections. The same text is the rule's page on the site.

use crate::check::rule::{Rule, Scope};
use crate::report::escape;
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
    for (title, body) in sections(rule, lang) {
        text.push_str(&format!("\n{title}\n  {}\n", body.trim_end().replace('\n', "\n  ")));
    }
    text
}

/// The same as Markdown. Examples and waivers are blocks; the rest is text that says what it says.
#[must_use]
pub fn markdown(rule: &Rule, lang: Lang) -> String {
    let mut text = String::new();
    for (index, (title, body)) in sections(rule, lang).into_iter().enumerate() {
        let literal = index == EXAMPLE || index == WAIVER;
        let body = if literal { escape::block(body.trim_end()) } else { prose(&body) };
        text.push_str(&format!("### {title}\n\n{body}\n\n"));
    }
    text.trim_end().to_owned() + "\n"
}

/// The documentation's own words, in which backticks mark what is typed: those parts become code.
fn prose(body: &str) -> String {
    let line = |line: &str| {
        if line.matches('`').count() % 2 == 1 {
            return escape::markdown(line);
        }
        let mut out = String::new();
        for (index, part) in line.split('`').enumerate() {
            match (index % 2, part.trim().is_empty()) {
                (1, false) => out.push_str(&escape::code(part)),
                (1, true) => {}
                // Spaces between text and code are kept; escaping takes them off.
                _ => {
                    let inner = part.trim();
                    let (before, after) = part.split_once(inner).unwrap_or((part, ""));
                    out.push_str(&format!("{before}{}{after}", escape::markdown(inner)));
                }
            }
        }
        out.trim().to_owned()
    };
    body.trim().lines().map(line).collect::<Vec<_>>().join("  \n")
}

/// Which sections are shown letter by letter.
const EXAMPLE: usize = 3;
const WAIVER: usize = 5;

/// Heading and text of each section.
#[must_use]
pub fn sections(rule: &Rule, lang: Lang) -> Vec<(&'static str, String)> {
    let side = |(zh, en): StaticBi| if lang == Lang::Zh { zh } else { en };
    let mut sections = vec![
        (side(("检查什么", "What it checks")), side(rule.docs.checks).to_owned()),
        (side(("为什么", "Why")), side(rule.docs.why).to_owned()),
        (side(("依据", "Source")), side(rule.source).to_owned()),
        (
            side((
                "例子（测试里的反例，工具的原样输出）",
                "Example (the tool's own output on a bad fixture)",
            )),
            example(rule, lang).to_owned(),
        ),
        (side(("怎么改", "How to fix")), side(rule.docs.fix).to_owned()),
    ];
    let waiver = waiver(rule);
    if !waiver.is_empty() {
        sections.push((side(("怎样豁免", "How to waive")), waiver));
    }
    sections
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
