//! Findings for people: message, snippet with carets, what to do, source. Chinese, English, or both.

use std::ops::Range;
use std::sync::Arc;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Patch, Renderer, Snippet};

use crate::check::finding::{Edit, Finding, Region, Severity, Spot};
use crate::check::{locate, rule};
use crate::load::files::Files;
use crate::load::suggest::whole_line;
use crate::report::{Langs, clean};
use crate::text::Lang;

/// Renders findings one after the other; keeps the text of the last file, as findings are in order of files.
pub struct Human<'a> {
    root: &'a Files,
    langs: Langs,
    renderer: Renderer,
    /// Texts of files shown by the finding in hand, and the file they belong to.
    texts: Vec<(Arc<str>, String)>,
}

impl<'a> Human<'a> {
    /// A renderer for the files of a root. `color` writes ANSI styles.
    #[must_use]
    pub fn new(root: &'a Files, langs: Langs, color: bool) -> Self {
        let renderer = if color { Renderer::styled() } else { Renderer::plain() };
        // Titles stand alone and are not wrapped; a narrow terminal wraps them itself.
        let renderer = renderer.decor_style(DecorStyle::Ascii).term_width(1000);
        Self { root, langs, renderer, texts: Vec::new() }
    }

    /// One finding, with a line break at its end.
    pub fn render(&mut self, finding: &Finding) -> String {
        self.load(finding);
        let lang = self.langs.first();
        let mut report = vec![self.main_group(finding, lang)];
        report.extend(self.fix_group(finding, lang));
        let mut text = self.renderer.render(&report);
        text.push('\n');
        text
    }

    fn load(&mut self, finding: &Finding) {
        let files: Vec<Arc<str>> = finding
            .spots
            .iter()
            .map(|s| &s.place.file)
            .chain(finding.edits.iter().map(|e| &e.place.file))
            .map(Arc::clone)
            .collect();
        self.texts.retain(|(file, _)| files.contains(file));
        for file in files {
            if !self.texts.iter().any(|(known, _)| *known == file) {
                let text = locate::text(self.root, &file).unwrap_or_default();
                self.texts.push((file, text));
            }
        }
    }

    fn text(&self, file: &str) -> &str {
        self.texts.iter().find(|(known, _)| &**known == file).map_or("", |(_, text)| text)
    }

    fn main_group<'s>(&'s self, finding: &'s Finding, lang: Lang) -> Group<'s> {
        let level = match finding.severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
            Severity::Info => Level::NOTE,
        };
        let (zh, en) = finding.severity.word();
        let words = |zh: &'static str, en: &'static str| if lang == Lang::Zh { zh } else { en };
        let past = if finding.past { words("（历史）", " (history)") } else { "" };
        let mut group = level
            .with_name(Some(words(zh, en)))
            .primary_title(clean(&format!("{}{past}", finding.title.get(lang))))
            .id(finding.rule.name)
            .elements(std::iter::empty::<annotate_snippets::Message<'_>>());
        for (index, spots) in by_file(&finding.spots).into_iter().enumerate() {
            group = self.snippet(group, &spots, index == 0, lang);
        }
        if self.langs == Langs::Both {
            group = group.element(Level::NOTE.with_name(Some("en")).message(clean(&finding.title.en)));
        }
        if !finding.help.is_empty() && finding.edits.is_empty() {
            let name = words("怎么改", "how to fix");
            group = group.element(Level::HELP.with_name(Some(name)).message(clean(finding.help.get(lang))));
        }
        if let Some(day) = finding.until {
            let name = words("最晚", "not after");
            group = group.element(Level::NOTE.with_name(Some(name)).message(day.to_string()));
        }
        if let Some(waived) = &finding.waived {
            let name = words("已豁免", "waived");
            let text = clean(&format!("{}（{}）", waived.why, waived.by));
            group = group.element(Level::NOTE.with_name(Some(name)).message(text));
        }
        if names_source(finding) {
            let (name, stop) = (words("依据", "source"), words("。", "."));
            let text =
                format!("{}{stop} gendan explain {}", clean(finding.source.get(lang)), finding.rule.name);
            group = group.element(Level::NOTE.with_name(Some(name)).message(text.replace("。 ", "。")));
        }
        group
    }

    fn snippet<'s>(&'s self, group: Group<'s>, spots: &[&'s Spot], first: bool, lang: Lang) -> Group<'s> {
        let Some(lead) = spots.first() else { return group };
        let file = &*lead.place.file;
        let (text, first_line, from) = window(self.text(file), spots.iter().filter_map(|s| s.region));
        let mut snippet = Snippet::source(text).line_start(first_line).path(clean(file));
        let mut any = false;
        for (index, spot) in spots.iter().enumerate() {
            let Some(span) = spot.region.and_then(|r| within(text, &r, from)) else { continue };
            let kind = if first && index == 0 { AnnotationKind::Primary } else { AnnotationKind::Context };
            let label = clean(spot.label.get(lang));
            let annotation = kind.span(span);
            snippet = snippet.annotation(if label.is_empty() { annotation } else { annotation.label(label) });
            any = true;
        }
        if any { group.element(snippet) } else { group.element(annotate_snippets::Origin::path(clean(file))) }
    }

    /// The offered replacement as a diff.
    fn fix_group<'s>(&'s self, finding: &'s Finding, lang: Lang) -> Option<Group<'s>> {
        let edits: Vec<&Edit> = finding.edits.iter().filter(|e| e.region.is_some()).collect();
        let lead = edits.first()?;
        let edits = || edits.iter().filter(|e| e.place.file == lead.place.file);
        let (text, first_line, from) = window(self.text(&lead.place.file), edits().filter_map(|e| e.region));
        let mut snippet = Snippet::source(text).line_start(first_line);
        for edit in edits() {
            let span = within(text, &edit.region?, from)?;
            snippet = snippet.patch(Patch::new(span, clean_lines(&edit.text)));
        }
        let name = if lang == Lang::Zh { "怎么改" } else { "how to fix" };
        let title = Level::HELP.with_name(Some(name)).secondary_title(clean(finding.help.get(lang)));
        Some(title.element(snippet))
    }
}

/// The whole lines that hold all regions, the number of the first, and its byte in the text: the renderer goes
/// through all of the source that it is given, for every finding.
fn window(text: &str, regions: impl Iterator<Item = Region>) -> (&str, usize, usize) {
    let bounds = regions.fold(None, |all: Option<(usize, usize, usize)>, r| {
        let (start, end, line) = all.unwrap_or((r.start, r.end, r.line));
        Some((start.min(r.start), end.max(r.end), line.min(r.line)))
    });
    let Some((start, end, line)) = bounds else { return ("", 1, 0) };
    let start = whole_line(text, start).start;
    let end = whole_line(text, end).end;
    (text.get(start..end).unwrap_or_default().trim_end_matches('\r'), line, start)
}

/// A region as a range of the window.
fn within(window: &str, region: &Region, from: usize) -> Option<Range<usize>> {
    let span = region.start.checked_sub(from)?..region.end.checked_sub(from)?;
    window.get(span.clone()).map(|_| span)
}

fn clean_lines(text: &str) -> String {
    text.split('\n').map(clean).collect::<Vec<_>>().join("\n")
}

/// Writing mistakes and house rules need no authority; trade rules name theirs.
fn names_source(finding: &Finding) -> bool {
    finding.rule.group != rule::Group::Writing
        && !finding.source.is_empty()
        && finding.source.en != "house rule"
}

/// Spots grouped by file, in the order in which the files are first named.
fn by_file(spots: &[Spot]) -> Vec<Vec<&Spot>> {
    let mut groups: Vec<Vec<&Spot>> = Vec::new();
    for spot in spots {
        match groups.iter_mut().find(|g| g.first().is_some_and(|s| s.place.file == spot.place.file)) {
            Some(group) => group.push(spot),
            None => groups.push(vec![spot]),
        }
    }
    groups
}
