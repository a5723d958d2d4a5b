//! The archive: the complete file of each closed order in a folder of its own, in a form that proves itself with
//! programs every computer has, and that needs neither gendan nor the repository to be read in ten years.
//!
//! ```text
//! README.txt  verify.ps1  style.css     how to check it; listed by the first manifest
//! 2026-08.sha256  2026-08.html          a month: its manifest, and a page that leads to its orders
//! 2026-09.sha256  2026-09.html          the first line of a manifest is the one before it: a chain
//! 2026-09.sha256.tsr                    the place for a time stamp (RFC 3161) of a manifest
//! 2026/GD26-0061/SHA256SUMS             every file of the order
//! 2026/GD26-0061/index.html …           what the order was, in plain words; index.en.html or index.zh.html too
//! 2026/GD26-0061/records/…              the records as they stand: a data root with this order alone
//! 2026/GD26-0061/documents/…            the papers that gendan makes of them
//! 2026/GD26-0061/findings.json  history.json
//! ```
//!
//! An order is filed under the year and month in which it was archived, else closed, else cancelled. Nothing in its
//! folder depends on the day on which the folder is made: pages and findings are those of the [`making::stand`] day.
//! Manifests are only ever added: an order that is filed late gets a further manifest of its month (`2026-08-2.sha256`)
//! at the end of the chain.
//!
//! [`making`] makes the files of an order, [`manifest`] those of a month, [`filing`] and [`shelf`] put them on disk,
//! [`verify`] reads an archive and says what differs.

pub mod filing;
pub mod making;
pub mod manifest;
pub mod name;
pub mod shelf;
pub mod sums;
pub mod verify;

/// How to check an archive; the same in every archive.
const README: &str = include_str!("../../site/archive/README.txt");

/// The check for Windows, which needs nothing installed.
const SCRIPT: &str = include_str!("../../site/archive/verify.ps1");

/// The style of the archive's own pages.
const STYLE: &str = include_str!("../../site/archive/style.css");

/// The name of the style beside the pages.
pub const STYLE_FILE: &str = "style.css";

/// What lies at the top of every archive, by name.
#[must_use]
pub fn guides() -> [(&'static str, Vec<u8>); 3] {
    [("README.txt", windows(README)), (STYLE_FILE, STYLE.into()), ("verify.ps1", windows(SCRIPT))]
}

/// A text as Windows opens it: with a byte-order mark, without which Windows PowerShell 5.1 and older editors take
/// Chinese for something else, and with its line ends.
fn windows(text: &str) -> Vec<u8> {
    format!("\u{feff}{}", text.replace("\r\n", "\n").replace('\n', "\r\n")).into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_for_windows_have_its_mark_and_line_ends() {
        for (name, bytes) in guides().into_iter().filter(|(name, _)| *name != STYLE_FILE) {
            assert!(bytes.starts_with(b"\xEF\xBB\xBF"), "{name}");
            let text = String::from_utf8(bytes).unwrap();
            assert_eq!(text.matches('\n').count(), text.matches("\r\n").count(), "{name}");
            assert!(!text.contains("\r\r"), "{name}");
        }
    }
}
