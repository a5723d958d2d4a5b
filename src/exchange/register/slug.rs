//! Names that become folder and file names: ASCII, the same on every file system.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Longer names are cut and get a hash, so that paths stay within what every system takes.
const MAX: usize = 64;

/// Device names that Windows does not allow as a file name, with or without an ending.
const RESERVED: [&str; 6] = ["con", "prn", "aux", "nul", "com", "lpt"];

/// The order number as a folder name: letters, digits, `.`, `_` and `-` stay, the rest becomes `-`.
/// `None` when nothing readable remains.
pub(super) fn order(text: &str) -> Option<String> {
    clean(text, |c| c.is_ascii_alphanumeric() || matches!(c, '.' | '_'))
}

/// A party's name as a file name: small letters, digits and `-`. `None` when nothing readable remains.
pub(super) fn party(text: &str) -> Option<String> {
    clean(&text.to_lowercase(), |c| c.is_ascii_alphanumeric())
}

/// The first eight hexadecimal digits of a SHA-256.
pub(super) fn hash8(text: &str) -> String {
    Sha256::digest(text.as_bytes()).iter().take(4).map(|byte| format!("{byte:02x}")).collect()
}

fn clean(text: &str, keep: impl Fn(char) -> bool) -> Option<String> {
    let mut out = String::new();
    for c in text.nfkd().filter(|&c| !is_combining_mark(c)) {
        if keep(c) {
            out.push(c);
        } else if !out.ends_with('-') {
            out.push('-');
        }
    }
    let trimmed = out.trim_matches(['-', '.']);
    if !trimmed.contains(|c: char| c.is_ascii_alphanumeric()) {
        return None;
    }
    let stem = trimmed.split('.').next().unwrap_or(trimmed).to_ascii_lowercase();
    let device = stem.trim_end_matches(|c: char| c.is_ascii_digit());
    if RESERVED.contains(&device) {
        return Some(format!("x-{trimmed}"));
    }
    if trimmed.len() <= MAX {
        return Some(trimmed.to_owned());
    }
    let head: String = trimmed.chars().take(MAX - 9).collect();
    Some(format!("{}-{}", head.trim_end_matches(['-', '.']), hash8(text)))
}

/// The names given so far, unique without regard to case.
#[derive(Debug, Default)]
pub(super) struct Names(BTreeMap<String, Taken>);

/// A name in use: by whom, and the number with which the search for a free one goes on.
#[derive(Debug)]
struct Taken {
    owner: String,
    next: u64,
}

impl Names {
    /// Takes `name`, or with `-2`, `-3` … behind it when another owner has it. Returns the name given, and the
    /// owner who has it already.
    pub(super) fn take(&mut self, name: &str, owner: &str) -> (String, Option<String>) {
        let mut given = name.to_owned();
        let mut first = None;
        if let Some(taken) = self.0.get(&name.to_ascii_lowercase()) {
            first = Some(taken.owner.clone());
            let mut next = taken.next;
            while self.0.contains_key(&given.to_ascii_lowercase()) {
                given = format!("{name}-{next}");
                next += 1;
            }
            if let Some(taken) = self.0.get_mut(&name.to_ascii_lowercase()) {
                taken.next = next;
            }
        }
        self.0.insert(given.to_ascii_lowercase(), Taken { owner: owner.to_owned(), next: 2 });
        (given, first)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_ascii_and_safe() {
        assert_eq!(party("Côte d'Ivoire").as_deref(), Some("cote-d-ivoire"));
        assert_eq!(party("SHANGHAI CO.,LTD.  (KHB)").as_deref(), Some("shanghai-co-ltd-khb"));
        assert_eq!(order("SO/12 34").as_deref(), Some("SO-12-34"));
        assert_eq!(order("../../etc/passwd").as_deref(), Some("etc-passwd"));
        assert_eq!(order("NUL").as_deref(), Some("x-NUL"));
        assert_eq!(order("com1.txt").as_deref(), Some("x-com1.txt"));
        assert_eq!(order("ＡＢ１"), Some("AB1".to_owned()));
        assert_eq!(order("订单"), None);
        assert_eq!(order(""), None);
        let long = order(&"x".repeat(500)).unwrap();
        assert!(long.len() <= MAX && long != order(&"x".repeat(501)).unwrap());
    }

    #[test]
    fn a_second_owner_gets_another_name() {
        let mut names = Names::default();
        assert_eq!(names.take("SO-1", "SO-1"), ("SO-1".to_owned(), None));
        assert_eq!(names.take("so-1", "so/1"), ("so-1-2".to_owned(), Some("SO-1".to_owned())));
        assert_eq!(names.take("so-1-2", "so-1-2").0, "so-1-2-2");
    }
}
