//! Documents as bytes. Compact, keys in the order of the structs, and everything in the data that could turn or hide
//! what a terminal or an editor shows (controls, marks of direction, marks without width) escaped: the text is the
//! same for a program, and cannot deceive a person who looks at the file.

use std::io;

use serde::Serialize;
use serde_json::ser::{CompactFormatter, Formatter, Serializer};

use crate::site::markdown::is_deceptive;

/// A document, with a line break at the end.
///
/// # Errors
/// Never in practice: it is written to memory, and the structs have nothing that JSON cannot say.
pub fn of<T: Serialize>(document: &T) -> serde_json::Result<Vec<u8>> {
    let mut out = Vec::with_capacity(4 * 1024);
    document.serialize(&mut Serializer::with_formatter(&mut out, Plain))?;
    out.push(b'\n');
    Ok(out)
}

/// Compact, with deceptive characters escaped.
struct Plain;

impl Formatter for Plain {
    fn write_string_fragment<W: io::Write + ?Sized>(&mut self, out: &mut W, text: &str) -> io::Result<()> {
        // Nearly every text is plain; the first bytes below are those of everything replaced.
        let plain = |b: &u8| !matches!(b, 0x7F | 0xC2 | 0xD8 | 0xE2 | 0xEF | 0xF3);
        if text.as_bytes().iter().all(plain) || !text.contains(is_hidden) {
            return CompactFormatter.write_string_fragment(out, text);
        }
        let mut start = 0;
        for (at, c) in text.char_indices().filter(|(_, c)| is_hidden(*c)) {
            out.write_all(text.get(start..at).unwrap_or_default().as_bytes())?;
            for unit in c.encode_utf16(&mut [0; 2]) {
                write!(out, "\\u{unit:04x}")?;
            }
            start = at.saturating_add(c.len_utf8());
        }
        out.write_all(text.get(start..).unwrap_or_default().as_bytes())
    }
}

/// Beside what deceives on a page: line breaks that only some programs know, and letters that nobody sees.
fn is_hidden(c: char) -> bool {
    is_deceptive(c) || matches!(c, '\u{AD}' | '\u{2028}' | '\u{2029}' | '\u{E0000}'..='\u{E007F}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hidden_characters_are_escaped_and_mean_the_same() {
        let text = "a\"b\\c\n\u{202e}moc\u{2028}\u{200b}\u{85}\u{e0041}</script>中文";
        let bytes = of(&text).unwrap();
        let written = String::from_utf8(bytes).unwrap();
        assert_eq!(written, "\"a\\\"b\\\\c\\n\\u202emoc\\u2028\\u200b\\u0085\\udb40\\udc41</script>中文\"\n");
        assert_eq!(serde_json::from_str::<String>(&written).unwrap(), text);
    }
}
