//! What formatting changes in a file, for people: lines with their numbers, and what cannot be seen in words.

use crate::text::Bi;

/// One difference.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// About the file as a whole.
    Whole(Bi),
    /// A line (from 1) is written differently.
    Line(usize, String, String),
    /// A line is taken out. Where it is blank there is no text.
    Removed(usize, String),
    /// A line comes in before this one.
    Added(usize, String),
}

/// The differences between a file and its formatted text.
#[must_use]
pub fn changes(before: &[u8], after: &str) -> Vec<Change> {
    let mut found = Vec::new();
    let mut whole =
        |zh: &str, en: &str| found.push(Change::Whole(Bi { zh: zh.to_owned(), en: en.to_owned() }));
    if before.starts_with(b"\xEF\xBB\xBF") {
        whole("去掉文件开头的 BOM", "the byte-order mark goes");
    }
    if before.windows(2).any(|pair| pair == b"\r\n") {
        whole("换行改成 LF", "line ends become LF");
    }
    if !before.is_empty() && !before.ends_with(b"\n") {
        whole("文件末尾补一个换行", "a line break comes at the end of the file");
    }
    let text = String::from_utf8_lossy(before);
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    let old: Vec<&str> = text.lines().collect();
    let new: Vec<&str> = after.lines().collect();
    let (mut i, mut j) = (0, 0);
    loop {
        match (old.get(i), new.get(j)) {
            (None, None) => return found,
            (Some(a), Some(b)) if a == b => (i, j) = (i + 1, j + 1),
            (Some(a), Some(b)) if bare(a) == bare(b) => {
                found.push(Change::Line(i + 1, (*a).to_owned(), (*b).to_owned()));
                (i, j) = (i + 1, j + 1);
            }
            (Some(a), _) if a.trim().is_empty() || super::schema_line::is_schema(a.trim()) => {
                found.push(Change::Removed(i + 1, (*a).to_owned()));
                i += 1;
            }
            (_, Some(b)) => {
                found.push(Change::Added(i + 1, (*b).to_owned()));
                j += 1;
            }
            (Some(a), None) => {
                found.push(Change::Removed(i + 1, (*a).to_owned()));
                i += 1;
            }
        }
    }
}

fn bare(line: &str) -> String {
    line.split_whitespace().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_change_is_named() {
        let before = "\u{feff}a=1\r\n\r\n\r\n[b]\r\nc = 2";
        let after = "#:schema x\na = 1\n\n[b]\nc = 2\n";
        let found = changes(before.as_bytes(), after);
        assert_eq!(found.iter().filter(|c| matches!(c, Change::Whole(_))).count(), 3);
        assert_eq!(
            found.get(3..),
            Some(
                &[
                    Change::Added(1, "#:schema x".into()),
                    Change::Line(1, "a=1".into(), "a = 1".into()),
                    Change::Removed(3, String::new()),
                ][..]
            )
        );
    }
}
