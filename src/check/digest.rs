//! The SHA-256 of a file, read in pieces and never more than a bound.

use std::io::Read;
use std::path::Path;

use sha2::{Digest, Sha256};

/// Largest file that is read to compare its digest, bytes. A scan is a few megabytes.
pub const MAX_BYTES: u64 = 256 * 1024 * 1024;

/// The digest in lower-case hexadecimal; `None` when the file cannot be read or is larger than [`MAX_BYTES`].
#[must_use]
pub fn sha256(path: &Path) -> Option<String> {
    let file = std::fs::File::open(path).ok()?;
    let about = file.metadata().ok()?;
    if !about.is_file() || about.len() > MAX_BYTES {
        return None;
    }
    let mut hasher = Sha256::new();
    let mut reader = file.take(MAX_BYTES);
    let mut buffer = vec![0; 64 * 1024];
    loop {
        let read = reader.read(&mut buffer).ok()?;
        let Some(part) = buffer.get(..read).filter(|part| !part.is_empty()) else { break };
        hasher.update(part);
    }
    Some(hasher.finalize().iter().map(|byte| format!("{byte:02x}")).collect())
}
