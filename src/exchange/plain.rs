//! Text from a data root made fit for files that other programs open: what cannot be seen is taken out, and every
//! line break is one character.

use std::borrow::Cow;

use crate::report::{is_direction, is_nothing};

/// The text without control characters, marks that turn the writing direction or have no width, and characters that
/// XML forbids. Every line break becomes `\n`, a tab a blank.
#[must_use]
pub fn plain(text: &str) -> Cow<'_, str> {
    if !text.chars().any(|c| c != '\n' && is_odd(c)) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\r' => {
                chars.next_if_eq(&'\n');
                out.push('\n');
            }
            // Some programs end a line here too, and would read what follows as a line of its own.
            '\u{85}' | '\u{2028}' | '\u{2029}' => out.push('\n'),
            '\n' => out.push('\n'),
            '\t' => out.push(' '),
            c if is_odd(c) => {}
            c => out.push(c),
        }
    }
    Cow::Owned(out)
}

/// The same on one line.
#[must_use]
pub fn plain_line(text: &str) -> Cow<'_, str> {
    match plain(text) {
        text if text.contains('\n') => Cow::Owned(
            text.split('\n').map(str::trim).filter(|l| !l.is_empty()).collect::<Vec<_>>().join(" "),
        ),
        text => text,
    }
}

fn is_odd(c: char) -> bool {
    c.is_control()
        || is_direction(c)
        || is_nothing(c)
        || matches!(c, '\u{2028}' | '\u{2029}' | '\u{fffe}' | '\u{ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_seen_is_taken_out() {
        assert_eq!(plain("a\0b\u{1b}[31mc\u{202e}d\u{200b}e\u{feff}f\u{ffff}\u{85}"), "ab[31mcdef\n");
        assert!(matches!(plain("中文 two\nlines"), Cow::Borrowed("中文 two\nlines")));
    }

    #[test]
    fn a_line_break_is_one_character() {
        assert_eq!(plain("a\r\nb\rc\u{2028}d\te"), "a\nb\nc\nd e");
        assert_eq!(plain_line("a\r\n  b \n\n c"), "a b c");
    }
}
