//! The texts that ship with the tool: the page about the site, and the glossary of the trade.

use serde::Deserialize;

use super::{
    markdown,
    view::{GlossaryPage, Html, Term, TermGroup},
};
use crate::text::Lang;

/// `site/pages/about.<lang>.md`, rendered; its headings are of level 2 as they stand.
#[must_use]
pub fn about_html(lang: Lang) -> Html {
    let text = match lang {
        Lang::Zh => include_str!("../../site/pages/about.zh-CN.md"),
        Lang::En => include_str!("../../site/pages/about.en.md"),
    };
    markdown::render(text, 1)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    group: Vec<Group>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Group {
    zh: String,
    en: String,
    term: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    id: String,
    zh: String,
    en: String,
    #[serde(default)]
    short: String,
    zh_text: String,
    en_text: String,
}

/// The glossary in one language.
///
/// # Errors
/// When the embedded file is not what it should be; a test keeps it so.
pub fn glossary(lang: Lang) -> Result<GlossaryPage, toml::de::Error> {
    let file: File = toml::from_str(include_str!("../../site/pages/glossary.toml"))?;
    let pick = |zh: String, en: String| match lang {
        Lang::Zh => zh,
        Lang::En => en,
    };
    let groups = file
        .group
        .into_iter()
        .map(|group| TermGroup {
            name: pick(group.zh, group.en),
            terms: group
                .term
                .into_iter()
                .map(|t| Term {
                    anchor: t.id,
                    zh: t.zh,
                    en: t.en,
                    short: t.short,
                    text: pick(t.zh_text, t.en_text),
                })
                .collect(),
        })
        .collect();
    Ok(GlossaryPage { title: pick("词汇".to_owned(), "Glossary".to_owned()), groups })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn glossary_explains_each_term_once_in_both_languages() {
        let mut ids = BTreeSet::new();
        let zh = glossary(Lang::Zh).unwrap();
        let en = glossary(Lang::En).unwrap();
        for (z, e) in zh.groups.iter().zip(&en.groups) {
            assert_ne!(z.name, e.name);
            for (z, e) in z.terms.iter().zip(&e.terms) {
                assert!(ids.insert(z.anchor.clone()), "{} twice", z.anchor);
                assert!(
                    z.anchor.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-'),
                    "{}",
                    z.anchor
                );
                assert!(!z.text.is_ascii() && !e.text.is_empty() && z.text != e.text, "{}", z.anchor);
                assert!(
                    z.text.chars().count() <= 120 && e.text.chars().count() <= 260,
                    "{} is long",
                    z.anchor
                );
            }
        }
        assert!(ids.len() >= 60, "{} terms", ids.len());
    }

    #[test]
    fn about_has_the_same_sections_in_both_languages() {
        let count = |lang| about_html(lang).as_str().matches("<h2>").count();
        assert!(count(Lang::Zh) >= 4);
        assert_eq!(count(Lang::Zh), count(Lang::En));
    }
}
