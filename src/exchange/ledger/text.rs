//! Texts from the records, made harmless in the two languages. What is replaced is replaced by what looks like it.

use crate::exchange::plain;

/// One line of what can be seen; blanks are single.
pub(super) fn line(text: &str) -> String {
    plain::plain(text).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A string of Beancount, with its quotes.
pub(super) fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in line(text).chars() {
        if matches!(c, '"' | '\\') {
            out.push('\\');
        }
        out.push(c);
    }
    out.push('"');
    out
}

/// A description of hledger: a comment would end it, and `|` separates the payee.
pub(super) fn description(text: &str) -> String {
    line(text).chars().map(|c| wide(c, &[';', '|'])).collect()
}

/// The code before a description.
pub(super) fn code(text: &str) -> String {
    line(text).chars().map(|c| wide(c, &[';', '(', ')'])).collect()
}

/// The value of a tag: a comma would end it. A date in brackets would date a posting.
pub(super) fn tag(text: &str) -> String {
    line(text).chars().map(|c| wide(c, &[',', '[', ']'])).collect()
}

/// The full-width form of a character that would mean something.
fn wide(c: char, meant: &[char]) -> char {
    if !meant.contains(&c) {
        return c;
    }
    char::from_u32(u32::from(c) + 0xfee0).unwrap_or(' ')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_means_anything() {
        assert_eq!(quoted("a \"b\"\\\n\tc\u{0}\u{202e}d"), "\"a \\\"b\\\"\\\\ cd\"");
        assert_eq!(description("x ; y | z\r\n2026-01-01 open"), "x ； y ｜ z 2026-01-01 open");
        assert_eq!(code("(1)"), "（1）");
        assert_eq!(tag("a, b: [2026-01-01]"), "a， b: ［2026-01-01］");
    }
}
