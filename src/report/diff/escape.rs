//! Text from data inside Markdown of a forge: shown, never obeyed.

use crate::report::clean;

/// One line of text that stays text: no markup, link, image, HTML, table border or comment end, and nothing that a
/// forge turns into a mention or a reference after rendering.
#[must_use]
pub fn markdown(text: &str) -> String {
    let text = clean(text);
    let mut out = String::with_capacity(text.len() + 8);
    let mut rest = text.chars().peekable();
    let mut last = ' ';
    while let Some(c) = rest.next() {
        match c {
            // A forge looks for these in the rendered text, where an escape no longer shows: a mark without width
            // parts them from what follows.
            '@' | '#' | '!' | '$' | '%' | '&' | '~' | '^' => {
                out.push_str(&format!("&#{};", u32::from(c)));
                if rest
                    .peek()
                    .is_some_and(|next| next.is_alphanumeric() || matches!(next, '"' | '_' | '{' | '['))
                {
                    out.push('\u{2060}');
                }
            }
            ':' if matches!(rest.peek(), Some('/')) => out.push_str(":\u{2060}"),
            '.' if last.eq_ignore_ascii_case(&'w') => out.push_str("\u{2060}."),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '(' | ')' | '{' | '}' | '|' | '"' | '\'' | '=' => {
                out.push_str(&format!("&#{};", u32::from(c)));
            }
            '-' | '+' if !last.is_alphanumeric() => out.push_str(&format!("&#{};", u32::from(c))),
            c => out.push(c),
        }
        last = c;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::markdown;
    use pulldown_cmark::{Event, Options, Parser, Tag};

    #[test]
    fn nothing_in_a_text_is_obeyed() {
        let hostile = [
            "[x](http://evil.example)",
            "![x](y)",
            "<img src=x onerror=1>",
            "<!-- --> -->",
            "a | b |\n|--|",
            "```sh",
            "@boss please #12 !3",
            "**b** _i_ ~~s~~ `c`",
            "https://evil.example www.evil.example",
            "- item",
            "+ x",
            "&lt;b&gt;",
            "[x]: http://evil",
            "# head",
            "</details>",
            "\u{202e}x\u{1b}[31m",
            "--",
            "===",
            "$x$",
            "> q",
        ];
        for text in hostile {
            let row = format!("| a | b |\n|---|---|\n| {} | z |\n\n- {}\n", markdown(text), markdown(text));
            let mut cells = 0;
            for event in Parser::new_ext(&row, Options::all()) {
                match event {
                    Event::Html(_) | Event::InlineHtml(_) | Event::Code(_) | Event::InlineMath(_) => {
                        panic!("{text}: {event:?}")
                    }
                    Event::Start(
                        Tag::Link { .. }
                        | Tag::Image { .. }
                        | Tag::Emphasis
                        | Tag::Strong
                        | Tag::Heading { .. }
                        | Tag::CodeBlock(_)
                        | Tag::Strikethrough
                        | Tag::BlockQuote(_),
                    ) => panic!("{text}: {event:?}"),
                    Event::Start(Tag::TableCell) => cells += 1,
                    _ => {}
                }
            }
            assert_eq!(cells, 4, "{text}");
            let shown = markdown(text);
            for bad in ["@boss", "#12", "!3", "://", "www.", "-->", "<"] {
                assert!(!shown.contains(bad), "{shown}");
            }
        }
        assert_eq!(markdown("USD 30,803.00 2026-11-27"), "USD 30,803.00 2026-11-27");
    }
}
