//! Reads the content of files from the object store.

use git2::{Odb, Oid};

use super::tree::{Id, Was};
use crate::load::source::MAX_BYTES;

/// One thread's way to the objects.
pub(super) struct Blobs<'r> {
    odb: Odb<'r>,
}

impl<'r> Blobs<'r> {
    pub(super) fn of(repo: &'r git2::Repository) -> Result<Self, git2::Error> {
        Ok(Self { odb: repo.odb()? })
    }

    /// The content; `None` for what is no file, is missing, or is larger than the loader reads.
    pub(super) fn read(&self, was: Was) -> Option<Vec<u8>> {
        let Was::File(id) = was else { return None };
        let id = Oid::from_bytes(&id).ok()?;
        let (size, _) = self.odb.read_header(id).ok()?;
        if u64::try_from(size).map_or(true, |size| size > MAX_BYTES) {
            return None;
        }
        self.odb.read(id).ok().map(|object| object.data().to_vec())
    }

    /// Whether two versions are the same content.
    pub(super) fn same(a: Was, b: Was) -> bool {
        matches!((a, b), (Was::File(a), Was::File(b)) if a == b as Id)
    }
}
