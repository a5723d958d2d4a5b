//! Untrusted Markdown to HTML: notes of an order, remarks of a party, docs of rules, pages of the site.
//!
//! Raw HTML becomes text. Links lead to http, https, mailto or a relative place. Images become their
//! alternative text. Headings are shifted below those of the page. Nothing here writes `style`, `class` or
//! `id`, so a note can neither look like a part of the page nor take the place of an anchor.

use std::borrow::Cow;

use pulldown_cmark::{CodeBlockKind, CowStr, Event, HeadingLevel, Options, Parser, Tag, TagEnd, html};

use super::view::Html;

/// Longer texts are cut: a page must stay loadable whatever somebody pastes into their notes.
pub const MAX_BYTES: usize = 256 * 1024;

/// Renders `text`. Headings continue the page's outline: the first is of level `1 + shift`, and a deeper one goes
/// down by one level at most, so that no level is skipped however the text was written.
#[must_use]
pub fn render(text: &str, shift: u8) -> Html {
    let (text, cut) = bounded(text);
    let text = visible(text);
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH;
    let mut links = Vec::new();
    let mut outline = Outline { shift, open: Vec::new() };
    let events = Parser::new_ext(&text, options).filter_map(|event| neutral(event, &mut outline, &mut links));
    let mut out = String::with_capacity(text.len().saturating_mul(5) / 4);
    html::push_html(&mut out, events);
    if cut {
        out.push_str("<p>…</p>\n");
    }
    Html::trusted(out)
}

fn bounded(text: &str) -> (&str, bool) {
    if text.len() <= MAX_BYTES {
        return (text, false);
    }
    let mut end = MAX_BYTES;
    while !text.is_char_boundary(end) {
        end = end.saturating_sub(1);
    }
    let head = text.get(..end).unwrap_or_default();
    // A line cut in the middle could change meaning (an amount, a negation).
    (head.rfind('\n').and_then(|at| head.get(..at)).unwrap_or(head), true)
}

/// Characters that make text read differently from what it is: controls, and those that reorder or hide.
pub(crate) fn is_deceptive(c: char) -> bool {
    matches!(c,
        '\u{0}'..='\u{8}' | '\u{B}' | '\u{C}' | '\u{E}'..='\u{1F}' | '\u{7F}'..='\u{9F}'
        | '\u{61C}' | '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}'
        | '\u{2060}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}')
}

fn visible(text: &str) -> Cow<'_, str> {
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    if text.contains(is_deceptive) {
        Cow::Owned(text.replace(is_deceptive, "\u{FFFD}"))
    } else {
        Cow::Borrowed(text)
    }
}

fn neutral<'a>(event: Event<'a>, outline: &mut Outline, links: &mut Vec<bool>) -> Option<Event<'a>> {
    Some(match event {
        Event::Html(raw) | Event::InlineHtml(raw) => Event::Text(raw),
        Event::Start(Tag::HtmlBlock) => Event::Start(Tag::Paragraph),
        Event::End(TagEnd::HtmlBlock) => Event::End(TagEnd::Paragraph),
        Event::Start(Tag::Image { .. }) | Event::End(TagEnd::Image) => return None,
        Event::Start(Tag::Link { dest_url, .. }) => {
            let open = open_link(&dest_url);
            links.push(open.is_some());
            open?
        }
        Event::End(TagEnd::Link) => {
            if !links.pop().unwrap_or(false) {
                return None;
            }
            Event::InlineHtml(CowStr::Borrowed("</a>"))
        }
        Event::Start(Tag::Heading { level, .. }) => Event::Start(Tag::Heading {
            level: outline.enter(level),
            id: None,
            classes: Vec::new(),
            attrs: Vec::new(),
        }),
        Event::End(TagEnd::Heading(_)) => Event::End(TagEnd::Heading(outline.level())),
        // Column alignment would be written as a style attribute, which the policy forbids.
        Event::Start(Tag::Table(columns)) => {
            Event::Start(Tag::Table(vec![pulldown_cmark::Alignment::None; columns.len()]))
        }
        Event::Start(Tag::CodeBlock(_)) => Event::Start(Tag::CodeBlock(CodeBlockKind::Indented)),
        other => other,
    })
}

/// Levels as written of the headings that are open: the last one's depth is its level on the page.
struct Outline {
    shift: u8,
    open: Vec<HeadingLevel>,
}

impl Outline {
    fn enter(&mut self, written: HeadingLevel) -> HeadingLevel {
        while self.open.last().is_some_and(|above| *above >= written) {
            self.open.pop();
        }
        self.open.push(written);
        self.level()
    }

    fn level(&self) -> HeadingLevel {
        let level = self.open.len().saturating_add(usize::from(self.shift)).clamp(1, 6);
        HeadingLevel::try_from(level).unwrap_or(HeadingLevel::H6)
    }
}

/// What a link's target is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum LinkKind {
    /// `http:`, `https:` or `mailto:`.
    Absolute,
    /// Below the page's folder.
    Relative,
    /// Anything else.
    Refused,
}

/// Judges a target. Browsers skip blanks and controls inside a scheme, and read `\` as `/`: such targets
/// are refused as a whole rather than repaired.
pub(crate) fn link_kind(href: &str) -> LinkKind {
    if href.is_empty() || href.chars().any(|c| c <= ' ' || c == '\\' || is_deceptive(c)) {
        return LinkKind::Refused;
    }
    let head = href.split(['/', '?', '#']).next().unwrap_or_default();
    if let Some((scheme, _)) = head.split_once(':') {
        let known = ["http", "https", "mailto"].iter().any(|s| scheme.eq_ignore_ascii_case(s));
        return if known { LinkKind::Absolute } else { LinkKind::Refused };
    }
    if href.starts_with('/') { LinkKind::Refused } else { LinkKind::Relative }
}

fn open_link(dest: &str) -> Option<Event<'static>> {
    if link_kind(dest) == LinkKind::Refused {
        return None;
    }
    let mut tag = String::from("<a href=\"");
    // Escapes quotes and `&`, percent-encodes the rest; writing to a String cannot fail.
    pulldown_cmark_href(&mut tag, dest);
    tag.push_str("\" rel=\"noopener noreferrer\">");
    Some(Event::InlineHtml(CowStr::from(tag)))
}

fn pulldown_cmark_href(out: &mut String, dest: &str) {
    for c in dest.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("%3C"),
            '>' => out.push_str("%3E"),
            '"' => out.push_str("%22"),
            '\'' => out.push_str("%27"),
            '`' => out.push_str("%60"),
            '[' => out.push_str("%5B"),
            ']' => out.push_str("%5D"),
            '{' => out.push_str("%7B"),
            '}' => out.push_str("%7D"),
            '|' => out.push_str("%7C"),
            '^' => out.push_str("%5E"),
            c if c.is_ascii() => out.push(c),
            c => {
                let mut buffer = [0; 4];
                for byte in c.encode_utf8(&mut buffer).bytes() {
                    out.push_str(&format!("%{byte:02X}"));
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn html(text: &str) -> String {
        render(text, 2).as_str().to_owned()
    }

    #[test]
    fn raw_html_is_text() {
        let out = html("<script>alert(1)</script>\n\nhi <b onclick=x>there</b>");
        assert!(!out.contains("<script") && !out.contains("<b"), "{out}");
        assert!(out.contains("&lt;script&gt;alert(1)&lt;/script&gt;"));
        assert!(out.contains("&lt;b onclick=x&gt;there"));
    }

    #[test]
    fn only_harmless_links_survive() {
        assert_eq!(
            html("[a](https://x.example/?a=1&b=2)"),
            "<p><a href=\"https://x.example/?a=1&amp;b=2\" rel=\"noopener noreferrer\">a</a></p>\n"
        );
        assert_eq!(html("[m](MAILTO:a@b.example)").matches("<a ").count(), 1);
        assert_eq!(
            html("[f](files/水单.pdf)").matches("<a href=\"files/%E6%B0%B4%E5%8D%95.pdf\"").count(),
            1
        );
        for bad in [
            "javascript:alert(1)",
            "JaVaScRiPt:alert(1)",
            "data:text/html,x",
            "vbscript:x",
            "file:///etc/passwd",
            "//evil.example",
            "/etc/passwd",
            "<java\tscript:alert(1)>",
            "\\\\evil\\share",
        ] {
            let out = html(&format!("[x]({bad})"));
            assert!(!out.contains("<a"), "{bad}: {out}");
        }
        // Entities are resolved before the target is judged.
        assert!(!html("[x](javascript&colon;alert(1))").contains("<a"));
        assert!(!html("<javascript:alert(1)>").contains("<a"));
    }

    #[test]
    fn a_refused_link_inside_text_keeps_its_words_and_closes_nothing() {
        assert_eq!(
            html("a [b](javascript:x) c [d](https://e.example)"),
            "<p>a b c <a href=\"https://e.example\" rel=\"noopener noreferrer\">d</a></p>\n"
        );
    }

    #[test]
    fn images_become_their_words() {
        assert_eq!(html("![chart](https://evil.example/t.png)"), "<p>chart</p>\n");
    }

    #[test]
    fn headings_continue_the_outline_of_the_page() {
        assert_eq!(html("# a"), "<h3>a</h3>\n");
        assert_eq!(html("##### a"), "<h3>a</h3>\n");
        let deep = html("# a\n# b\n### c\n###### d\n##### e\n## f\n# g");
        assert_eq!(
            deep,
            "<h3>a</h3>\n<h3>b</h3>\n<h4>c</h4>\n<h5>d</h5>\n<h5>e</h5>\n<h4>f</h4>\n<h3>g</h3>\n"
        );
        let bottom = html("# a\n## b\n### c\n#### d\n##### e\n###### f");
        assert!(bottom.ends_with("<h6>d</h6>\n<h6>e</h6>\n<h6>f</h6>\n"), "{bottom}");
    }

    #[test]
    fn no_style_class_or_id() {
        let out = html("|a|b|\n|:-|-:|\n|1|2|\n\n```rust\nx\n```\n\n# h {#id .c}\n");
        for bad in ["style=", "class=", "id="] {
            assert!(!out.contains(bad), "{bad} in {out}");
        }
        assert!(out.contains("<table>"));
    }

    #[test]
    fn reordering_characters_are_shown() {
        assert_eq!(html("abc\u{202E}def\u{2066}"), "<p>abc\u{FFFD}def\u{FFFD}</p>\n");
    }

    #[test]
    fn long_text_is_cut_at_a_line() {
        let line = "跟单\n\n";
        let out = html(&line.repeat(MAX_BYTES / line.len() + 10));
        assert!(out.ends_with("<p>…</p>\n"));
        assert!(out.len() < MAX_BYTES * 3);
        assert!(!html("short").contains('…'));
    }

    #[test]
    fn deep_nesting_ends() {
        let out = html(&"> ".repeat(50_000));
        assert!(out.matches("<blockquote>").count() == out.matches("</blockquote>").count());
    }
}
