//! Syntax of TOML 1.1 that a reader of TOML 1.0 refuses. gendan reads it; the editor, script or ERP next to it
//! may not, and then the file is broken for somebody else.

use std::ops::Range;
use std::sync::Arc;

use crate::bi;
use crate::check::finding::Place;
use crate::check::rules;
use crate::load::decode::Cx;
use crate::load::source::{Inside, scan};
use crate::text::Bi;

/// What TOML 1.0 does not have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Newer {
    /// `{ … }` over several lines.
    Lines,
    /// A comma before `}`.
    Comma,
    /// `\e` or `\xHH`.
    Escape,
    /// `12:30`.
    Time,
}

/// Reports the first use of each kind. To be called for texts that parse cleanly.
pub fn report(cx: &mut Cx<'_>) {
    if !may_hold(cx.text) {
        return;
    }
    for (span, newer) in find(cx.text) {
        say(cx, span, newer);
    }
}

/// A look that costs next to nothing: nearly every file ends here.
fn may_hold(text: &str) -> bool {
    let bytes = text.as_bytes();
    // Once per line: a line of a million braces must not be counted a million times.
    let open_brace = text.lines().any(|line| {
        let line = line.as_bytes();
        let count = |brace: u8| line.iter().filter(|b| **b == brace).count();
        count(b'{') != count(b'}')
    });
    let comma = text.match_indices('}').any(|(at, _)| {
        text.get(..at).is_some_and(|before| before.trim_end_matches([' ', '\t']).ends_with(','))
    });
    open_brace
        || comma
        || text.contains("\\e")
        || text.contains("\\x")
        || text.match_indices(':').any(|(at, _)| short_time(bytes, at))
}

/// True for the colon of `12:30` where no seconds follow, and which is not the colon of a zone.
fn short_time(bytes: &[u8], colon: usize) -> bool {
    let digit = |at: Option<usize>| at.and_then(|at| bytes.get(at)).is_some_and(u8::is_ascii_digit);
    let before = colon.checked_sub(3).and_then(|at| bytes.get(at)).copied().unwrap_or(b'=');
    digit(colon.checked_sub(2))
        && digit(colon.checked_sub(1))
        && digit(Some(colon + 1))
        && digit(Some(colon + 2))
        && bytes.get(colon + 3) != Some(&b':')
        && matches!(before, b'T' | b't' | b' ' | b'\t' | b'=' | b'[' | b',')
}

fn find(text: &str) -> Vec<(Range<usize>, Newer)> {
    let bytes = text.as_bytes();
    let mut found: Vec<(Range<usize>, Newer)> = Vec::new();
    let mut open: Vec<(u8, usize)> = Vec::new();
    let mut last = (b' ', 0);
    let mut add = |span: Range<usize>, newer: Newer| {
        if !found.iter().any(|(_, known)| *known == newer) {
            found.push((span, newer));
        }
    };
    scan(text, |at, byte, inside| {
        match (inside, byte) {
            (Inside::Code, b'{' | b'[') => open.push((byte, at)),
            (Inside::Code, b'}' | b']') => {
                if byte == b'}' && last.0 == b',' {
                    add(last.1..last.1 + 1, Newer::Comma);
                }
                open.pop();
            }
            (Inside::Code, b'\n') => {
                if let Some((b'{', start)) = open.last() {
                    add(*start..*start + 1, Newer::Lines);
                }
            }
            (Inside::Code, b':') if short_time(bytes, at) => add(at - 2..at + 3, Newer::Time),
            (Inside::Text(b'"', _), b'\\') => match bytes.get(at + 1) {
                Some(b'e') => add(at..at + 2, Newer::Escape),
                Some(b'x') => {
                    let digits = bytes.iter().skip(at + 2).take(2).take_while(|b| b.is_ascii_hexdigit());
                    add(at..at + 2 + digits.count(), Newer::Escape);
                }
                _ => {}
            },
            _ => {}
        }
        if inside == Inside::Code && !byte.is_ascii_whitespace() && byte != b'#' {
            last = (byte, at);
        }
        true
    });
    found
}

fn say(cx: &mut Cx<'_>, span: Range<usize>, newer: Newer) {
    let written = cx.text.get(span.clone()).unwrap_or_default().to_owned();
    let (what, help, edit): (Bi, Bi, Option<(Range<usize>, String)>) = match newer {
        Newer::Lines => (
            bi!("大括号里分了行", "a table in braces runs over several lines"),
            bi!(
                "把 {{ … }} 写在一行，或者改成单独的 [表]",
                "write {{ … }} on one line, or make it a [table] of its own"
            ),
            None,
        ),
        Newer::Comma => (
            bi!("大括号里最后一项后面有逗号", "a comma stands after the last part of a table in braces"),
            bi!("删掉这个逗号", "remove the comma"),
            Some((span.clone(), String::new())),
        ),
        Newer::Escape => {
            let code = match written.strip_prefix("\\x") {
                Some(digits) => format!("\\u00{digits}"),
                None => "\\u001B".to_owned(),
            };
            (
                bi!("引号里的 {written} 是新写法", "{written} inside quotes is a new way of writing"),
                bi!("写成 {code}", "write {code}"),
                Some((span.clone(), code)),
            )
        }
        Newer::Time => (
            bi!("时刻 {written} 没有写秒", "the time {written} has no seconds"),
            bi!("写成 {written}:00", "write {written}:00"),
            Some((span.end..span.end, ":00".to_owned())),
        ),
    };
    let file = Arc::clone(&cx.file);
    let title = bi!("{what}，别的 TOML 工具可能读不了", "{what}: other TOML tools may not read it"; what);
    if let Some(finding) = cx.report(
        &rules::toml_version::RULE,
        &span,
        title,
        bi!("TOML 1.1 才有的写法", "only TOML 1.1 has this"),
    ) {
        finding.values([written]).help(help);
        if let Some((at, text)) = edit {
            finding.edit(Place::bytes(&file, at), text);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(text: &str) -> Vec<Newer> {
        assert!(toml::de::DeTable::parse(text).is_ok(), "{text}");
        let found: Vec<Newer> = find(text).into_iter().map(|(_, newer)| newer).collect();
        assert!(found.is_empty() || may_hold(text), "the quick look misses {text}");
        found
    }

    #[test]
    fn only_what_toml_1_0_refuses_counts() {
        assert_eq!(kinds("a = {\n b = 1 }"), [Newer::Lines]);
        assert_eq!(kinds("a = { b = 1, }"), [Newer::Comma]);
        assert_eq!(kinds(r#"a = "\e[0m \x41""#), [Newer::Escape]);
        assert_eq!(kinds("a = 2026-11-03T12:00+08:00\nb = 12:30"), [Newer::Time]);
        assert_eq!(kinds("a = [{ b = 12:30 }]"), [Newer::Time]);
    }

    #[test]
    fn what_toml_1_0_has_is_silent() {
        for text in [
            "a = [\n { b = 1 },\n { b = 2 },\n]",
            "a = { b = [\n 1,\n] }",
            "a = 2026-11-03T12:00:00+08:00\nb = 12:30:00\nc = 2026-11-03 12:00:00.5-07:00",
            r#"a = "\\e \\x41 {" # { ,}
b = '\e \x41 12:30 {,}'"#,
            "a = \"\"\"\n{ 12:30\n,}\"\"\"",
            "a = \"12:30\" # 12:30",
        ] {
            assert_eq!(kinds(text), [], "{text}");
        }
    }
}
