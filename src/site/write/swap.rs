//! Puts one folder in the place of another.

use std::fs;
use std::io;
use std::path::Path;

/// What became of the old folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Swapped {
    /// The two have exchanged their names: the old one has the new one's now.
    Exchanged,
    /// The old one was moved aside.
    Aside,
    /// There was none.
    Fresh,
}

/// Gives `new` the name of `old`. Where the file system can exchange two names, there is no instant without a site;
/// elsewhere the old one is moved to `aside` first.
pub(super) fn swap(new: &Path, old: &Path, aside: &Path, had_old: bool) -> io::Result<Swapped> {
    if !had_old {
        fs::rename(new, old)?;
        return Ok(Swapped::Fresh);
    }
    if exchange(new, old) {
        return Ok(Swapped::Exchanged);
    }
    fs::rename(old, aside)?;
    if let Err(error) = fs::rename(new, old) {
        fs::rename(aside, old)?;
        return Err(error);
    }
    Ok(Swapped::Aside)
}

/// Exchanges two names at once; `false` where that cannot be done.
#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
fn exchange(one: &Path, other: &Path) -> bool {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE).is_ok()
}

/// Exchanges two names at once; `false` where that cannot be done.
#[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
fn exchange(_: &Path, _: &Path) -> bool {
    false
}
