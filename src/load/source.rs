//! Bytes of one file, made safe to parse: size, encoding, depth.

use std::ops::Range;

/// Largest TOML file that is read.
pub const MAX_BYTES: u64 = 4 * 1024 * 1024;
/// Deepest nesting that is read.
pub const MAX_DEPTH: usize = 64;
/// Longest dotted key (`a.b.c…`). Far above any real one; dotted keys nest tables, and nesting costs stack.
const MAX_DOTS: usize = 16;

/// Why a file cannot be parsed at all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unreadable {
    /// Not UTF-8, from this byte on.
    NotUtf8(usize),
    /// Nested deeper than [`MAX_DEPTH`], at this place.
    TooDeep(Range<usize>),
}

/// The text of a file, without a byte-order mark: positions are those of the text. For showing; what is parsed
/// comes from [`text`].
pub fn decode(bytes: Vec<u8>) -> Result<String, Unreadable> {
    let bytes = match bytes.strip_prefix(b"\xEF\xBB\xBF") {
        Some(rest) => rest.to_vec(),
        None => bytes,
    };
    String::from_utf8(bytes).map_err(|e| Unreadable::NotUtf8(e.utf8_error().valid_up_to()))
}

/// The text of a file that may be parsed: UTF-8 and nested no deeper than [`MAX_DEPTH`].
pub fn text(bytes: Vec<u8>) -> Result<String, Unreadable> {
    let text = decode(bytes)?;
    match too_deep(&text) {
        Some(place) => Err(Unreadable::TooDeep(place)),
        None => Ok(text),
    }
}

/// What a byte belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Inside {
    /// Keys, punctuation, bare values.
    Code,
    /// A comment.
    Comment,
    /// A string, with its quote and whether it spans lines.
    Text(u8, bool),
}

/// Walks over the text and says of each byte what it belongs to. One pass, no allocation; strings that are
/// not closed end with their line, as the parser sees them.
pub fn scan(text: &str, mut visit: impl FnMut(usize, u8, Inside) -> bool) {
    let bytes = text.as_bytes();
    let mut inside = Inside::Code;
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let triple = || bytes.get(at..at + 3).is_some_and(|t| t.iter().all(|b| *b == byte));
        let mut width = 1;
        match inside {
            Inside::Code => {
                if !visit(at, byte, inside) {
                    return;
                }
                match byte {
                    b'#' => inside = Inside::Comment,
                    b'"' | b'\'' => {
                        let lines = triple();
                        inside = Inside::Text(byte, lines);
                        width = if lines { 3 } else { 1 };
                    }
                    _ => {}
                }
            }
            Inside::Comment => {
                if byte == b'\n' {
                    inside = Inside::Code;
                    if !visit(at, byte, inside) {
                        return;
                    }
                }
            }
            Inside::Text(quote, lines) => {
                if !visit(at, byte, inside) {
                    return;
                }
                if quote == b'"' && byte == b'\\' && (lines || bytes.get(at + 1) != Some(&b'\n')) {
                    width = 2;
                } else if byte == quote && (!lines || triple()) {
                    inside = Inside::Code;
                    // Up to two quotes may end the text itself before the three that close it.
                    let more = |n: usize| {
                        bytes.get(at + 3..at + 3 + n).is_some_and(|q| q.iter().all(|b| *b == quote))
                    };
                    width = match lines {
                        false => 1,
                        true if more(2) => 5,
                        true if more(1) => 4,
                        true => 3,
                    };
                } else if byte == b'\n' && !lines {
                    inside = Inside::Code;
                }
            }
        }
        at += width;
    }
}

/// Where nesting exceeds what the parser may be given.
#[must_use]
pub fn too_deep(text: &str) -> Option<Range<usize>> {
    let (mut depth, mut dots, mut place) = (0usize, 0usize, None);
    scan(text, |at, byte, inside| {
        if inside == Inside::Code {
            match byte {
                b'[' | b'{' => {
                    depth += 1;
                    dots = 0;
                }
                b']' | b'}' => depth = depth.saturating_sub(1),
                b'.' => dots += 1,
                b'\n' | b',' | b'=' => dots = 0,
                _ => {}
            }
            if depth > MAX_DEPTH || dots > MAX_DOTS {
                place = Some(at..at + 1);
                return false;
            }
        }
        true
    });
    place
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_byte_order_mark_is_not_part_of_the_text() {
        assert_eq!(text(b"\xEF\xBB\xBFpo = 1".to_vec()).unwrap(), "po = 1");
    }

    #[test]
    fn nesting_is_bounded_before_the_parser_sees_it() {
        assert!(text(format!("a = {}1{}", "[".repeat(64), "]".repeat(64)).into_bytes()).is_ok());
        assert!(matches!(
            text(b"a = ".iter().copied().chain([b'['; 65]).collect()),
            Err(Unreadable::TooDeep(_))
        ));
        assert!(matches!(text("a.".repeat(100_000).into_bytes()), Err(Unreadable::TooDeep(_))));
        assert!(
            text(b"note = \"1. 2. 3. 4. 5. 6. 7. 8. 9. 10. 11. 12. 13. 14. 15. 16. 17. 18.\"".to_vec())
                .is_ok()
        );
        assert!(text(b"[[a]]\nb = 1\n".repeat(100)).is_ok());
        assert!(text(b"# ..........................................".to_vec()).is_ok());
    }

    #[test]
    fn other_encodings_are_named_by_their_first_bad_byte() {
        assert_eq!(text(b"po = \"\xc4\xfa\"".to_vec()), Err(Unreadable::NotUtf8(6)));
    }
}
