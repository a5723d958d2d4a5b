//! Names and e-mails of authors, after `.mailmap`.

use std::collections::BTreeMap;
use std::path::Path;

use git2::{Mailmap, Oid, Repository, Signature};

use super::open::Source;
use super::{Person, printable};

/// A larger file is no list of names.
const MAX_MAILMAP: u64 = 1 << 20;

/// Everybody seen so far, each once.
pub(super) struct People {
    mailmap: Option<Mailmap>,
    /// (name, e-mail) as in the commit → position in `list`.
    known: BTreeMap<(Vec<u8>, Vec<u8>), usize>,
    list: Vec<Person>,
}

impl People {
    /// Reads `.mailmap` at the top of the work tree, or of the commit that is read. Not the file that a user's own git configuration may name:
    /// the same commit has the same people on every machine.
    pub(super) fn new(source: &Source) -> Self {
        let mailmap = match source.at {
            Some(top) => mailmap_at(&source.repo, top),
            None => mailmap(&source.workdir.join(".mailmap")),
        };
        Self { mailmap, known: BTreeMap::new(), list: Vec::new() }
    }

    /// The person's number.
    pub(super) fn number(&mut self, signature: &Signature<'_>) -> usize {
        let raw = (signature.name_bytes().to_vec(), signature.email_bytes().to_vec());
        if let Some(number) = self.known.get(&raw) {
            return *number;
        }
        let resolved = self.mailmap.as_ref().and_then(|map| map.resolve_signature(signature).ok());
        let person = person(resolved.as_ref().unwrap_or(signature));
        let number = self.list.iter().position(|known| *known == person).unwrap_or_else(|| {
            self.list.push(person);
            self.list.len() - 1
        });
        self.known.insert(raw, number);
        number
    }

    /// The person with a number that [`Self::number`] gave out.
    pub(super) fn get(&self, number: usize) -> Option<&Person> {
        self.list.get(number)
    }
}

fn person(signature: &Signature<'_>) -> Person {
    let text = |bytes: &[u8]| printable(&String::from_utf8_lossy(bytes));
    Person { name: text(signature.name_bytes()), email: text(signature.email_bytes()) }
}

fn mailmap(path: &Path) -> Option<Mailmap> {
    // As git does: a link is not followed, it could point anywhere.
    let meta = path.symlink_metadata().ok()?;
    if !meta.is_file() || meta.len() > MAX_MAILMAP {
        return None;
    }
    Mailmap::from_buffer(&std::fs::read_to_string(path).ok()?).ok()
}

fn mailmap_at(repo: &Repository, top: Oid) -> Option<Mailmap> {
    let tree = repo.find_tree(top).ok()?;
    let entry = tree.get_name(".mailmap")?;
    let (size, _) = repo.odb().ok()?.read_header(entry.id()).ok()?;
    if entry.filemode() & 0o170_000 != 0o100_000
        || u64::try_from(size).map_or(true, |size| size > MAX_MAILMAP)
    {
        return None;
    }
    let blob = repo.find_blob(entry.id()).ok()?;
    Mailmap::from_buffer(std::str::from_utf8(blob.content()).ok()?).ok()
}
