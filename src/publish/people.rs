//! The people who have a page of their own: everybody here, and who still owns something open. File names are made from
//! ids that may hold anything.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use sha2::{Digest, Sha256};

use super::ctx::Ctx;
use super::today::involved;
use crate::derive::Facts;
use crate::derive::deadlines::Deadline;
use crate::site::view::Link;

/// File name of the page for what nobody owns.
pub const NOBODY: &str = "unassigned";

/// Pages of people.
#[derive(Debug, Clone, Default)]
pub struct People {
    /// File name without `.html`, by id.
    files: BTreeMap<String, String>,
    /// Something open belongs to nobody.
    pub nobody: bool,
}

impl People {
    /// Everybody who has not left, and everybody who owns something open.
    #[must_use]
    pub fn of(facts: &Facts<'_>, all: &[Deadline]) -> Self {
        let here = facts.book.people.iter().filter(|(_, p)| p.left.is_none_or(|day| day > facts.as_of));
        let mut ids: BTreeSet<&str> = here.map(|(id, _)| id.as_str()).collect();
        let open = all.iter().filter(|d| d.done.is_none() && d.order.is_some());
        ids.extend(open.clone().filter_map(|d| d.owner.as_deref()));
        // Whoever has left may still look after orders with nothing due.
        let ours = facts.each().filter(|(_, own)| own.is_open()).flat_map(|(order, _)| involved(order));
        ids.extend(ours);
        Self {
            files: ids.into_iter().map(|id| (id.to_owned(), file(id))).collect(),
            nobody: open.clone().any(|d| d.owner.is_none()),
        }
    }

    /// Ids of those with a page.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.files.keys().map(String::as_str)
    }

    /// Path of somebody's page below the language's root; nobody's without an id.
    #[must_use]
    pub fn path(&self, id: Option<&str>) -> Option<String> {
        let name = id.map_or(Some(NOBODY), |id| self.files.get(id).map(String::as_str))?;
        Some(format!("today/{name}.html"))
    }

    /// File name of somebody's calendar without its end.
    #[must_use]
    pub fn file(&self, id: &str) -> Option<&str> {
        self.files.get(id).map(String::as_str)
    }

    /// The name, leading to the page where there is one.
    #[must_use]
    pub fn link(&self, ctx: &Ctx<'_>, id: &str) -> Link {
        Link::new(ctx.person(id), self.path(Some(id)).unwrap_or_default())
    }
}

/// Path of the hand-over page of somebody who looks after an open order, below the language's root.
#[must_use]
pub fn handover(id: &str) -> String {
    format!("people/{}.html", file(id))
}

/// Plain ids stay readable; anything else gets a hash, so that two ids never share a file on any system.
fn file(id: &str) -> String {
    let plain = id.len() <= 60
        && id.starts_with(|c: char| c.is_ascii_lowercase())
        && id.ends_with(|c: char| c.is_ascii_lowercase() || c.is_ascii_digit())
        && id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b"._-".contains(&b))
        // Reserved: our own page, names of other calendars, devices of Windows.
        && !RESERVED.contains(&id.split('.').next().unwrap_or_default());
    if plain {
        return id.to_owned();
    }
    let kept: String = id.chars().filter(char::is_ascii_alphanumeric).take(30).collect();
    let mut name = format!("p-{}", kept.to_ascii_lowercase());
    for byte in Sha256::digest(id.as_bytes()).iter().take(6) {
        let _ = write!(name, "{byte:02x}");
    }
    name
}

const RESERVED: [&str; 9] = [NOBODY, "all", "money", "credits", "index", "con", "nul", "prn", "aux"];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn file_names_are_safe_and_do_not_meet() {
        assert_eq!(file("lin.yan"), "lin.yan");
        for id in
            ["Lin.Yan", "../../etc/passwd", "unassigned", "all", "con.x", "林岩", "", "a.", "x/y", "A B"]
        {
            let name = file(id);
            assert!(name.starts_with("p-") && name.len() > 13, "{id} → {name}");
            assert!(name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-'), "{id} → {name}");
        }
        assert_ne!(file("Lin.Yan"), file("lin.Yan"));
        assert!(file(&"x".repeat(500)).len() < 60);
    }
}
