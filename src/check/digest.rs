//! The SHA-256 of a file, read in pieces and never more than a bound.

use crate::load::files::Files;

/// Largest file that is read to compare its digest, bytes. A scan is a few megabytes.
pub const MAX_BYTES: u64 = 256 * 1024 * 1024;

/// The digest in lower-case hexadecimal; `None` when the file cannot be read or is larger than [`MAX_BYTES`].
#[must_use]
pub fn sha256(root: &Files, path: &str) -> Option<String> {
    root.sha256(path, MAX_BYTES)
}
