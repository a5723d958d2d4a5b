//! A list of SHA-256 sums as `sha256sum` writes and checks it: one line a file, the digest, two blanks, the name.
//!
//! There is exactly one way to write a list, and [`Sums::read`] takes no other: so a list in which anything at all was
//! changed either names other digests and files, or is no list any more. Names that `sha256sum` would have to escape
//! (`\`, line breaks) are not written by [`super::name`], and are refused here.

use sha2::{Digest, Sha256};

/// The name of an order's list.
pub const FILE: &str = "SHA256SUMS";

/// A SHA-256 in lower-case hexadecimal.
pub type Hex = String;

/// The digest of bytes.
#[must_use]
pub fn sha256(bytes: &[u8]) -> Hex {
    hex(Sha256::digest(bytes).as_slice())
}

/// Bytes in lower-case hexadecimal.
#[must_use]
pub fn hex(bytes: &[u8]) -> Hex {
    use std::fmt::Write as _;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

/// A file with its digest.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Sum {
    /// Relative to the folder in which the list is checked, with `/`.
    pub name: String,
    /// What it should be.
    pub digest: Hex,
}

/// A list: sorted by name; a manifest may have the one before it in front.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sums {
    /// The manifest before this one.
    pub before: Option<Sum>,
    /// Everything else, by name.
    pub files: Vec<Sum>,
}

impl Sums {
    /// A list of files.
    #[must_use]
    pub fn of(before: Option<Sum>, mut files: Vec<Sum>) -> Self {
        files.sort();
        Self { before, files }
    }

    /// All entries, in the order in which they stand.
    pub fn each(&self) -> impl Iterator<Item = &Sum> {
        self.before.iter().chain(&self.files)
    }

    /// The digest of a file.
    #[must_use]
    pub fn digest(&self, name: &str) -> Option<&str> {
        let at = self.files.binary_search_by(|sum| sum.name.as_str().cmp(name)).ok()?;
        self.files.get(at).map(|sum| sum.digest.as_str())
    }

    /// The list as it is written.
    #[must_use]
    pub fn text(&self) -> String {
        self.each().fold(String::new(), |mut text, Sum { name, digest }| {
            text.push_str(digest);
            text.push_str("  ");
            text.push_str(name);
            text.push('\n');
            text
        })
    }

    /// Reads a list. `None` when it is not written exactly as [`Sums::text`] writes it.
    ///
    /// `is_before` says which name is that of another manifest.
    #[must_use]
    pub fn read(bytes: &[u8], is_before: impl Fn(&str) -> bool) -> Option<Self> {
        let text = std::str::from_utf8(bytes).ok()?;
        let mut list = Self::default();
        for (at, line) in text.split_terminator('\n').enumerate() {
            let (digest, name) = line.split_once("  ")?;
            if !is_digest(digest) || !is_plain(name) {
                return None;
            }
            let sum = Sum { name: name.to_owned(), digest: digest.to_owned() };
            if at == 0 && is_before(name) {
                list.before = Some(sum);
                continue;
            }
            if list.files.last().is_some_and(|last| last.name.as_str() >= name) {
                return None;
            }
            list.files.push(sum);
        }
        (!list.files.is_empty() && list.text().as_bytes() == bytes).then_some(list)
    }
}

/// 64 digits in lower case.
#[must_use]
pub fn is_digest(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
}

/// A path that stays in its folder, of names without anything that would have to be escaped.
fn is_plain(path: &str) -> bool {
    path.split('/').all(|part| !matches!(part, "" | "." | "..")) && !path.contains(['\\', '\n', '\r', '\0'])
}

#[cfg(test)]
mod tests {
    use super::*;

    const A: &str = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    fn list(lines: &[&str]) -> Vec<u8> {
        lines.iter().map(|name| format!("{A}  {name}\n")).collect::<String>().into_bytes()
    }

    fn read(bytes: &[u8]) -> Option<Sums> {
        Sums::read(bytes, |name| name.ends_with(".sha256"))
    }

    #[test]
    fn a_list_is_read_as_it_was_written() {
        assert_eq!(sha256(b""), A);
        let sum = |name: &str| Sum { name: name.to_owned(), digest: A.to_owned() };
        let sums = Sums::of(Some(sum("z.sha256")), vec![sum("b  b"), sum("a/水单.pdf")]);
        let text = sums.text();
        assert_eq!(text, format!("{A}  z.sha256\n{A}  a/水单.pdf\n{A}  b  b\n"));
        assert_eq!(read(text.as_bytes()), Some(sums.clone()));
        assert_eq!(sums.digest("b  b"), Some(A));
    }

    #[test]
    fn whatever_is_written_otherwise_is_no_list() {
        assert!(read(&list(&["a", "b"])).is_some());
        for bad in [
            &["b", "a"][..],
            &["a", "a"],
            &["a", "z.sha256", "y.sha256/"],
            &["../a"],
            &["/a"],
            &["a\\b"],
            &["a\rb"],
            &["."],
            &[],
        ] {
            assert_eq!(read(&list(bad)), None, "{bad:?}");
        }
        let good = list(&["a", "b"]);
        let text = String::from_utf8(good.clone()).unwrap();
        let others = [
            text.trim_end().to_owned(),
            text.replace("  ", " *"),
            text.to_uppercase(),
            text.replace('\n', "\r\n"),
            format!("{text}\n"),
            format!("# note\n{text}"),
            format!("\\{text}"),
        ];
        for bad in others {
            assert_eq!(read(bad.as_bytes()), None, "{bad:?}");
        }
    }

    /// Any byte that is changed makes other digests and names, or no list.
    #[test]
    fn no_changed_byte_reads_the_same() {
        let good = list(&["a", "b/c"]);
        let sums = read(&good);
        for at in 0..good.len() {
            for bit in 0..8 {
                let mut bad = good.clone();
                bad[at] ^= 1 << bit;
                assert_ne!(read(&bad), sums, "byte {at}, bit {bit}");
            }
        }
    }
}
