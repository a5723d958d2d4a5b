//! Makes text from data harmless where a report is read: Markdown, XML, workflow commands, paths in addresses.
//!
//! Whoever writes an order may write anything into it; nothing of that becomes a link, a mention, a tag or a command.

use std::fmt::Write as _;

use crate::report::clean;

/// Parts of a text that forges turn into a link, a mention or a picture are broken up with it. It has no width; an
/// entity, because a reader of the source should see it.
const GAP: &str = "&#8203;";

/// A text as one line of Markdown that shows exactly this text: usable in paragraphs, list items, headings and cells
/// of tables (not inside HTML and not inside code spans).
///
/// Escaping alone is not enough, as forges look for `@name`, `#1` and addresses in the finished page: those are
/// broken up too. An abbreviated commit id is left alone: it links only to a commit of the same repository.
#[must_use]
pub fn markdown(text: &str) -> String {
    let text = clean(text);
    let text = text.trim();
    let mut out = String::with_capacity(text.len() + 16);
    let mut before = ' ';
    let mut number = true;
    for (at, c) in text.char_indices() {
        let rest = text.get(at + c.len_utf8()..).unwrap_or_default();
        let next = rest.chars().next().unwrap_or(' ');
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '~' | '$' | '!' => {
                out.push('\\');
                out.push(c);
            }
            '#' => out.push_str("\\#"),
            // At the start of a line these begin a list, a rule or a heading.
            '-' | '+' | '=' if at == 0 => {
                out.push('\\');
                out.push(c);
            }
            '.' | ')' if number && at > 0 => {
                out.push('\\');
                out.push(c);
            }
            c => out.push(c),
        }
        number &= c.is_ascii_digit();
        if joins(before, c, next, rest) {
            out.push_str(GAP);
        }
        before = c;
    }
    out
}

/// Whether what follows a character would make a link, a mention or a picture of it.
fn joins(before: char, c: char, next: char, rest: &str) -> bool {
    let word = next.is_alphanumeric() || next == '_';
    match c {
        '@' => !next.is_whitespace(),
        // Issues, merge requests, milestones, snippets, labels, epics.
        '#' | '!' | '%' | '$' | '~' | '&' => word,
        // `https://`, `mailto:name`, `:emoji:`; a time of day stays whole.
        ':' => next == '/' || next.is_ascii_alphabetic() || matches!(next, '+' | '-' | '_'),
        // `www.` and `gh-1`.
        'w' | 'W' => next == '.' && before.eq_ignore_ascii_case(&'w') && rest.len() > 1,
        '-' => before.eq_ignore_ascii_case(&'h') && next.is_ascii_digit(),
        _ => false,
    }
}

/// A text as a code span of Markdown, for names of rules and places in files. Not for cells of tables, where a `|`
/// would end the cell.
#[must_use]
pub fn code(text: &str) -> String {
    let text = clean(text);
    let fence = "`".repeat(longest_run(&text) + 1);
    // The spaces are taken off again by the reader; without them a backtick at an end would join the fence.
    if text.starts_with('`') || text.ends_with('`') || text.trim().is_empty() {
        format!("{fence} {text} {fence}")
    } else {
        format!("{fence}{text}{fence}")
    }
}

/// Lines as a fenced block of Markdown.
#[must_use]
pub fn block(text: &str) -> String {
    let fence = "`".repeat(longest_run(text).max(2) + 1);
    let lines: Vec<String> = text.lines().map(clean).collect();
    format!("{fence}text\n{}\n{fence}", lines.join("\n"))
}

fn longest_run(text: &str) -> usize {
    text.split(|c| c != '`').map(str::len).max().unwrap_or(0)
}

/// Lines as the text or attribute of an XML 1.0 document. Characters that XML forbids, and those that turn the
/// direction of writing, become `�`.
#[must_use]
pub fn xml(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    let mut before = ' ';
    for (index, line) in text.split('\n').enumerate() {
        if index > 0 {
            out.push('\n');
            before = '\n';
        }
        for c in clean(line.trim_end_matches('\r')).chars() {
            match c {
                '&' => out.push_str("&amp;"),
                '<' => out.push_str("&lt;"),
                '>' => out.push_str("&gt;"),
                '"' => out.push_str("&quot;"),
                '\'' => out.push_str("&apos;"),
                // A runner reads `##[command]` anywhere in what it is shown.
                '#' if before == '#' => out.push_str("&#35;"),
                '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
                c => out.push(c),
            }
            before = c;
        }
    }
    out
}

/// Text for a terminal that a runner reads along: `##[command]` is broken up.
#[must_use]
pub fn runner(text: &str) -> String {
    let mut before = ' ';
    text.chars().fold(String::with_capacity(text.len()), |mut out, c| {
        if c == '#' && before == '#' {
            out.push(' ');
        }
        out.push(c);
        before = c;
        out
    })
}

/// The text of a workflow command (`::error …::text`). Line breaks that stand in it stay line breaks.
#[must_use]
pub fn command_text(text: &str) -> String {
    let lines: Vec<String> = text.split('\n').map(clean).collect();
    runner(&lines.join("\n")).replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// A property of a workflow command (`file=…`).
#[must_use]
pub fn command_property(text: &str) -> String {
    command_text(&clean(text)).replace(':', "%3A").replace(',', "%2C")
}

/// A relative path as a URI reference: everything but letters, digits and `/-._~` is percent-encoded.
#[must_use]
pub fn uri(path: &str) -> String {
    path.bytes().fold(String::with_capacity(path.len()), |mut uri, byte| {
        if byte.is_ascii_alphanumeric() || b"/-._~".contains(&byte) {
            uri.push(char::from(byte));
        } else {
            let _ = write!(uri, "%{byte:02X}");
        }
        uri
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use pulldown_cmark::{Event, Options, Parser};

    /// What a reader sees of Markdown, and whether there is anything but text.
    fn read(source: &str) -> (String, bool) {
        let mut seen = String::new();
        let mut only_text = true;
        // Forges have everything but typographic quotes and dashes.
        for event in Parser::new_ext(source, Options::all() - Options::ENABLE_SMART_PUNCTUATION) {
            match event {
                Event::Text(text) => seen.push_str(&text),
                Event::Start(tag) => only_text &= matches!(tag, pulldown_cmark::Tag::Paragraph),
                Event::End(_) => {}
                _ => only_text = false,
            }
        }
        (seen, only_text)
    }

    #[test]
    fn markdown_shows_the_text_and_nothing_else() {
        for text in [
            "<script>alert(1)</script>",
            "<!-- gendan:pr -->",
            "[x](javascript:alert(1)) ![i](http://e.example/p.png) [r]: http://e.example",
            "`code` ``` **b** __i__ ~~s~~ $x^2$ $$y$$",
            "# heading",
            "#1 @team gh-12 !3 GH-4",
            "- item",
            "+ item",
            "1. item",
            "12) item",
            "---",
            "===",
            "> quote",
            "a | b | c",
            "https://e.example/?a=b www.e.example a@e.example mailto:a@e.example :tada:",
            "&lt;b&gt; &amp; &#64;",
            "\\[x](y)",
            "    indented",
            "Ä 《汉萨》 15:30 12.5% C&F",
        ] {
            let (seen, only_text) = read(&markdown(text));
            assert!(only_text, "{text} → {}", markdown(text));
            assert_eq!(seen.replace('\u{200b}', ""), text.trim(), "{}", markdown(text));
        }
    }

    #[test]
    fn what_forges_link_is_broken_up() {
        for (text, bad) in [
            ("@team", "@t"),
            ("#12", "#1"),
            ("!12", "!1"),
            ("a@b.example", "@b"),
            ("https://e.example", "://"),
            ("www.e.example", "www."),
            ("GH-12", "H-1"),
            (":tada:", ":t"),
        ] {
            let (seen, _) = read(&markdown(text));
            assert!(!seen.contains(bad), "{seen}");
        }
        assert_eq!(markdown("15:30, 12.5 KG, A-1"), "15:30, 12.5 KG, A-1", "the rest stays as it is");
    }

    #[test]
    fn code_spans_hold_backticks() {
        for text in ["a", "`", "``", "a`b``c", "`a`", " "] {
            let events: Vec<Event<'_>> = Parser::new(&code(text)).map(Event::into_static).collect();
            assert!(
                events.iter().any(|e| matches!(e, Event::Code(c) if c.trim() == text.trim())),
                "{text}: {events:?}"
            );
        }
    }

    #[test]
    fn blocks_hold_fences() {
        let source = block("```\n<b>\n````");
        let starts = Parser::new(&source).filter(|e| matches!(e, Event::Start(_))).count();
        assert_eq!(starts, 1, "{source}");
    }

    #[test]
    fn workflow_commands_are_only_ours() {
        assert_eq!(command_text("100%0A\n::error::x\r\u{1b}[31m"), "100%250A%0A::error::x \u{fffd}[31m");
        assert_eq!(command_property("a,b:c\n%"), "a%2Cb%3Ac %25");
        assert_eq!(command_text("##[add-mask]x ###[y"), "# #[add-mask]x # # #[y");
    }

    #[test]
    fn xml_holds_what_it_may() {
        assert_eq!(
            xml("a\u{0}\u{b}\u{fffe}<&\">\n\u{202e}##[x"),
            "a\u{fffd}\u{fffd}\u{fffd}&lt;&amp;&quot;&gt;\n\u{fffd}#&#35;[x"
        );
    }

    #[test]
    fn paths_become_uris() {
        assert_eq!(uri("orders/单 1%.toml"), "orders/%E5%8D%95%201%25.toml");
    }
}
