//! Names of accounts: the same in both languages, legal in both, and readable back into the ids they stand for.
//!
//! A part of a name holds ASCII letters, digits and `-`, and starts with a capital or a digit. Ids of parties start
//! with a small letter as a rule, which is written as a capital; those of orders with a capital. Every other
//! character is `-x<hex>-`, at the start `X<hex>-`: `hanse_licht` is `Hanse-x5f-licht`.

use std::fmt;
use std::sync::Arc;

/// What the first letter of an id usually is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// A customer, supplier or forwarder: small.
    Party,
    /// An order: a capital.
    Order,
}

/// A part of an account's name that stands for an id.
#[must_use]
pub fn part(id: &str, style: Style) -> String {
    let mut out = String::with_capacity(id.len());
    let mut rest = id;
    while let Some(c) = rest.chars().next() {
        let after = rest.get(c.len_utf8()..).unwrap_or_default();
        match (out.is_empty(), c) {
            (true, 'x' | 'X') if is_escape(after) => escape(&mut out, c),
            (true, 'a'..='z') if style == Style::Party => out.push(c.to_ascii_uppercase()),
            (true, 'A'..='Z') if style == Style::Order => out.push(c),
            (_, '0'..='9') => out.push(c),
            (true, _) => escape(&mut out, c),
            (false, '-') if after.strip_prefix('x').is_some_and(is_escape) => escape(&mut out, c),
            (false, 'A'..='Z' | 'a'..='z' | '-') => out.push(c),
            (false, _) => escape(&mut out, c),
        }
        rest = after;
    }
    if out.is_empty() { NOBODY.to_owned() } else { out }
}

/// The part where there is no id.
const NOBODY: &str = "X0-";

/// The id that a part stands for.
#[must_use]
pub fn id(part: &str, style: Style) -> String {
    let mut out = String::new();
    let mut rest = part;
    let mut first = true;
    while let Some(c) = rest.chars().next() {
        let mark = if first { "X" } else { "-x" };
        if let Some((c, after)) = rest.strip_prefix(mark).and_then(escaped) {
            out.extend((c != '\0').then_some(c));
            rest = after;
        } else {
            out.push(if first && style == Style::Party { c.to_ascii_lowercase() } else { c });
            rest = rest.get(c.len_utf8()..).unwrap_or_default();
        }
        first = false;
    }
    out
}

fn escape(out: &mut String, c: char) {
    let mark = if out.is_empty() { "X" } else { "-x" };
    out.push_str(&format!("{mark}{:x}-", u32::from(c)));
}

/// `5f-…` → `_` and the rest.
fn escaped(text: &str) -> Option<(char, &str)> {
    let (hex, rest) = text.split_once('-')?;
    let plain = hex.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
    let c = u32::from_str_radix(hex, 16).ok().and_then(char::from_u32).filter(|_| plain)?;
    Some((c, rest))
}

/// What follows an `x` would make it look like the start of an escape, once it is written itself.
fn is_escape(after: &str) -> bool {
    let rest = after.trim_start_matches(|c: char| matches!(c, '0'..='9' | 'a'..='f'));
    rest.len() < after.len() && rest.chars().next().is_some_and(|c| !c.is_ascii_alphanumeric())
}

/// The name of an account.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Account(Arc<str>);

impl Account {
    /// An account of a fixed name.
    #[must_use]
    pub fn named(name: &str) -> Self {
        Self(Arc::from(name))
    }

    /// An account below another.
    #[must_use]
    pub fn below(name: &str, parts: &[&str]) -> Self {
        let mut all = name.to_owned();
        for part in parts {
            all.push(':');
            all.push_str(part);
        }
        Self(Arc::from(all))
    }

    /// The name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Account {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn parts_look_like_the_ids() {
        for (given, style, wanted) in [
            ("hanse-licht", Style::Party, "Hanse-licht"),
            ("3m", Style::Party, "3m"),
            ("GD26-0117", Style::Order, "GD26-0117"),
            ("2026_1", Style::Order, "2026-x5f-1"),
            ("hanse_licht", Style::Party, "Hanse-x5f-licht"),
            ("Hanse", Style::Party, "X48-anse"),
            ("宁波", Style::Party, "X5b81--x6ce2-"),
            ("a:b", Style::Party, "A-x3a-b"),
            ("xanadu", Style::Party, "Xanadu"),
            ("xa-b", Style::Party, "X78-a-b"),
            ("a-x5f-b", Style::Party, "A-x2d-x5f-b"),
            ("", Style::Party, "X0-"),
        ] {
            assert_eq!(part(given, style), wanted);
            assert_eq!(id(wanted, style), given);
        }
    }

    proptest! {
        #[test]
        fn every_id_reads_back(text in "[a-fxX0-9_\\-]{0,8}|\\PC{0,8}", order: bool) {
            let style = if order { Style::Order } else { Style::Party };
            let part = part(&text, style);
            prop_assert_eq!(id(&part, style), text);
            prop_assert!(part.starts_with(|c: char| c.is_ascii_uppercase() || c.is_ascii_digit()), "{}", part);
            prop_assert!(part.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-'), "{}", part);
        }
    }
}
