//! What a page's path may be: the same file on every system, and never outside the folder.

use super::WriteError;

/// Names that Windows keeps for devices, whatever their suffix.
const DEVICES: [&str; 22] = [
    "con", "prn", "aux", "nul", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8", "com9",
    "lpt1", "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9",
];

/// Refuses what cannot be a page's path.
pub(super) fn check_path(path: &str) -> Result<(), WriteError> {
    let good = path.len() <= 400 && path.split('/').all(good_name);
    if good { Ok(()) } else { Err(WriteError::BadPath(path.to_owned())) }
}

/// Whether every system takes it for the name of one file: nothing hidden, nothing that leads elsewhere.
pub(crate) fn good_name(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default();
    !name.is_empty()
        && name.len() <= 200
        // Hidden names are ours (the markers); a final dot or blank disappears on Windows.
        && !name.starts_with('.')
        && !name.ends_with(['.', ' '])
        && !name.contains(|c: char| c.is_control() || "\\:*?\"<>|".contains(c))
        && !DEVICES.iter().any(|d| stem.eq_ignore_ascii_case(d))
}
