//! A TOML text cut into statements: blank lines, comments, table headers, and keys with their values.
//!
//! Only for texts that parse.

use crate::load::source::{Inside, scan};

/// One statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Statement {
    /// Nothing.
    Blank,
    /// A comment that has its line to itself, from the `#`.
    Comment(String),
    /// `[table]` or `[[table]]`.
    Header {
        /// From the first bracket to the last.
        text: String,
        /// What follows, from the `#`; may be empty.
        comment: Comment,
    },
    /// `key = value`.
    Pair {
        /// As written.
        key: String,
        /// Blanks between the key and the sign.
        space: usize,
        /// As written; may have several lines.
        value: String,
        /// What follows, from the `#`; may be empty.
        comment: Comment,
    },
}

/// A comment behind something. Two are equal when they say the same.
#[derive(Debug, Clone)]
pub(super) struct Comment {
    /// From the `#`; empty when there is none.
    pub(super) text: String,
    /// The column in which it stood.
    pub(super) column: usize,
}

impl PartialEq for Comment {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl Eq for Comment {}

impl Statement {
    /// Width of the last line without its comment.
    pub(super) fn width(&self) -> usize {
        match self {
            Self::Blank | Self::Comment(_) => 0,
            Self::Header { text, .. } => width(text),
            Self::Pair { key, space, value, .. } => match value.rsplit_once('\n') {
                Some((_, last)) => width(last),
                None => width(key) + space + 2 + width(value),
            },
        }
    }

    /// The comment behind it.
    pub(super) fn comment(&self) -> Option<&Comment> {
        match self {
            Self::Header { comment, .. } | Self::Pair { comment, .. } if !comment.text.is_empty() => {
                Some(comment)
            }
            _ => None,
        }
    }

    /// Appends the lines of the statement; `gap` is the number of blanks before its comment.
    pub(super) fn write(&self, gap: usize, out: &mut String) {
        match self {
            Self::Blank => {}
            Self::Comment(text) | Self::Header { text, .. } => out.push_str(text),
            Self::Pair { key, space, value, .. } => {
                out.push_str(key);
                out.extend(std::iter::repeat_n(' ', *space));
                out.push_str("= ");
                out.push_str(value);
            }
        }
        if let Some(comment) = self.comment() {
            out.extend(std::iter::repeat_n(' ', gap));
            out.push_str(&comment.text);
        }
        out.push('\n');
    }
}

/// Cells that a text takes in a terminal.
pub(super) fn width(text: &str) -> usize {
    unicode_width::UnicodeWidthStr::width(text)
}

/// What each byte belongs to. A byte that [`scan`] steps over belongs to what came before it.
fn classes(text: &str) -> Vec<Inside> {
    let mut classes: Vec<Inside> = Vec::with_capacity(text.len());
    scan(text, |at, _, inside| {
        let before = classes.last().copied().unwrap_or(Inside::Code);
        classes.resize(at, before);
        classes.push(inside);
        true
    });
    let before = classes.last().copied().unwrap_or(Inside::Code);
    classes.resize(text.len(), before);
    classes
}

/// Cuts a text that parses.
pub(super) fn cut(text: &str) -> Vec<Statement> {
    let classes = classes(text);
    let mut statements = Vec::new();
    let (mut start, mut depth) = (0, 0usize);
    for (at, byte) in text.bytes().enumerate() {
        if !matches!(classes.get(at), Some(Inside::Code)) {
            continue;
        }
        match byte {
            b'[' | b'{' => depth += 1,
            b']' | b'}' => depth = depth.saturating_sub(1),
            b'\n' if depth == 0 => {
                statements.push(statement(text, &classes, start, at));
                start = at + 1;
            }
            _ => {}
        }
    }
    if start < text.len() {
        statements.push(statement(text, &classes, start, text.len()));
    }
    statements
}

/// One statement between two places.
fn statement(text: &str, classes: &[Inside], start: usize, end: usize) -> Statement {
    let slice = |from: usize, to: usize| text.get(from..to).unwrap_or_default();
    let code = |byte: u8, from: usize| {
        (from..end).find(|at| {
            matches!(classes.get(*at), Some(Inside::Code)) && text.as_bytes().get(*at) == Some(&byte)
        })
    };
    let whole = slice(start, end).trim();
    if whole.is_empty() {
        return Statement::Blank;
    }
    if whole.starts_with('#') {
        return Statement::Comment(whole.to_owned());
    }
    let hash = last_comment(text, classes, start, end);
    let body_end = hash.unwrap_or(end);
    let comment = Comment {
        text: hash.map(|at| slice(at, end).trim().to_owned()).unwrap_or_default(),
        column: hash.map_or(0, |at| {
            let line = text.get(..at).and_then(|before| before.rfind('\n')).map_or(0, |line| line + 1);
            width(slice(line.max(start), at).trim_start_matches('\u{feff}'))
        }),
    };
    if whole.starts_with('[') {
        return Statement::Header { text: slice(start, body_end).trim().to_owned(), comment };
    }
    let sign = code(b'=', start).unwrap_or(body_end);
    let before = slice(start, sign);
    let key = before.trim();
    let value_start = (sign + 1).min(body_end);
    Statement::Pair {
        key: key.to_owned(),
        space: before.len() - before.trim_end().len(),
        value: value(text, classes, value_start, body_end),
        comment,
    }
}

/// Where the comment behind a statement starts: one that nothing but its own text follows.
fn last_comment(text: &str, classes: &[Inside], start: usize, end: usize) -> Option<usize> {
    let line = text.get(start..end)?.rfind('\n').map_or(start, |at| start + at + 1);
    (line..end)
        .find(|at| text.as_bytes().get(*at) == Some(&b'#') && matches!(classes.get(*at), Some(Inside::Code)))
}

/// A value with line breaks of one character and no blanks at the ends of its lines, quotes excepted.
fn value(text: &str, classes: &[Inside], start: usize, end: usize) -> String {
    let mut out: Vec<u8> = Vec::with_capacity(end - start);
    for at in start..end {
        let Some(byte) = text.as_bytes().get(at).copied() else { break };
        // A line break inside of quotes is part of the text; so is what stands before it.
        if byte == b'\n' && !matches!(classes.get(at), Some(Inside::Text(..))) {
            while matches!(out.last(), Some(b' ' | b'\t' | b'\r')) {
                out.pop();
            }
        }
        out.push(byte);
    }
    String::from_utf8(out).unwrap_or_default().trim_matches([' ', '\t', '\r']).to_owned()
}

/// Every comment of a text, also those inside of lists, without blanks at the end.
pub(super) fn all_comments(text: &str) -> Vec<String> {
    let classes = classes(text);
    let mut found = Vec::new();
    let mut open: Option<usize> = None;
    for (at, byte) in text.bytes().enumerate() {
        match (open, classes.get(at)) {
            (None, Some(Inside::Code)) if byte == b'#' => open = Some(at),
            (Some(start), Some(Inside::Code)) if byte == b'\n' => {
                found.push(text.get(start..at).unwrap_or_default().trim_end().to_owned());
                open = None;
            }
            _ => {}
        }
    }
    found.extend(open.and_then(|start| text.get(start..)).map(|rest| rest.trim_end().to_owned()));
    found
}
