//! Names and e-mails of authors, after `.mailmap`.

use git2::{Mailmap, Signature, Time};

use super::{Person, printable};

/// Gives people the names that `.mailmap` has for them.
pub(super) struct People {
    mailmap: Option<Mailmap>,
}

impl People {
    /// From the text of `.mailmap`. Never from the file that a user's own git configuration may name: the same commit
    /// has the same people on every machine.
    pub(super) fn new(mailmap: Option<&str>) -> Self {
        Self { mailmap: mailmap.and_then(|text| Mailmap::from_buffer(text).ok()) }
    }

    /// The person behind a name and e-mail as a commit has them.
    pub(super) fn resolve(&self, name: &[u8], email: &[u8]) -> Person {
        let (name, email) = (String::from_utf8_lossy(name), String::from_utf8_lossy(email));
        let resolved = self.mailmap.as_ref().and_then(|map| {
            let raw = Signature::new(&name, &email, &Time::new(0, 0)).ok()?;
            let found = map.resolve_signature(&raw).ok()?;
            let text = |bytes: &[u8]| printable(&String::from_utf8_lossy(bytes));
            Some(Person { name: text(found.name_bytes()), email: text(found.email_bytes()) })
        });
        resolved.unwrap_or_else(|| Person { name: printable(&name), email: printable(&email) })
    }
}
