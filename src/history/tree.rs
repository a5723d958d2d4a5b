//! Compares two trees entry by entry, skipping equal subtrees.
//!
//! On the raw bytes of the tree objects: libgit2's own tree diff builds iterators and deltas that nobody here
//! needs and takes about ten times as long.

use std::collections::BTreeMap;
use std::rc::Rc;

use serde::{Deserialize, Serialize};

use git2::{ErrorClass, ErrorCode, ObjectType, Odb, OdbObject, Oid};

/// Deeper folders are not looked into: no order lies there, and a hostile tree must not exhaust the stack.
const MAX_DEPTH: usize = 64;
/// An object id, small and plain.
pub(super) type Id = [u8; ID_LEN];

/// What stood under a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Was {
    /// Nothing.
    Absent,
    /// A file with this content.
    File(Id),
    /// A link or a submodule, which are never read.
    Other,
}

impl Was {
    fn of(entry: Option<Entry<'_>>) -> Self {
        entry.map_or(Self::Absent, |entry| entry.blob().map_or(Self::Other, Self::File))
    }
}

/// Takes a file that differs: the folder it is in, its name, what it was and what it is.
pub(super) type Sink<'s> = dyn FnMut(&[u8], &[u8], Was, Was) + 's;

/// Bytes of a SHA-1 object id; libgit2 refuses to open any other repository.
const ID_LEN: usize = 20;

/// One entry of a tree object.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Entry<'a> {
    mode: &'a [u8],
    pub(super) name: &'a [u8],
    id: &'a [u8],
}

impl Entry<'_> {
    fn is_tree(&self) -> bool {
        self.mode == b"40000"
    }

    fn oid(&self) -> Result<Oid, git2::Error> {
        Oid::from_bytes(self.id)
    }

    /// The file's content; `None` for a symbolic link or a submodule.
    fn blob(&self) -> Option<Id> {
        self.mode.starts_with(b"100").then(|| self.id.try_into().ok()).flatten()
    }
}

/// The position of an entry in a tree: git sorts a folder as if its name ended in a slash.
fn sort_key<'a>(entry: &Entry<'a>) -> impl Iterator<Item = &'a u8> + use<'a> {
    entry.name.iter().chain(if entry.is_tree() { b"/".iter() } else { b"".iter() })
}

/// Splits the first entry off the rest of a tree object.
fn next(rest: &[u8]) -> Result<Option<(Entry<'_>, &[u8])>, git2::Error> {
    if rest.is_empty() {
        return Ok(None);
    }
    let entry = || {
        let space = rest.iter().position(|byte| *byte == b' ')?;
        let (mode, after) = (rest.get(..space)?, rest.get(space + 1..)?);
        let zero = after.iter().position(|byte| *byte == 0)?;
        let (name, after) = (after.get(..zero)?, after.get(zero + 1..)?);
        Some((Entry { mode, name, id: after.get(..ID_LEN)? }, after.get(ID_LEN..)?))
    };
    entry().map(Some).ok_or_else(|| damaged("a tree object is damaged"))
}

fn damaged(message: &str) -> git2::Error {
    git2::Error::new(ErrorCode::GenericError, ErrorClass::Tree, message)
}

/// Reads tree objects. Those of the step before are kept: walking back, the older side of one comparison is
/// the newer side of the next, and the top folders are the large ones.
pub(super) struct Trees<'a> {
    odb: &'a Odb<'a>,
    current: BTreeMap<Oid, Rc<OdbObject<'a>>>,
    previous: BTreeMap<Oid, Rc<OdbObject<'a>>>,
}

impl<'a> Trees<'a> {
    pub(super) fn new(odb: &'a Odb<'a>) -> Self {
        Self { odb, current: BTreeMap::new(), previous: BTreeMap::new() }
    }

    /// Forgets what was read before the last call.
    pub(super) fn step(&mut self) {
        self.previous = std::mem::take(&mut self.current);
    }

    fn read(&mut self, id: Oid) -> Result<Rc<OdbObject<'a>>, git2::Error> {
        if let Some(kept) = self.current.get(&id) {
            return Ok(Rc::clone(kept));
        }
        let object = match self.previous.remove(&id) {
            Some(kept) => kept,
            None => Rc::new(self.odb.read(id)?),
        };
        if object.kind() != ObjectType::Tree {
            return Err(damaged("an object that should be a tree is not one"));
        }
        self.current.insert(id, Rc::clone(&object));
        Ok(object)
    }

    /// The id of the folder at `path` below `tree`, `None` when there is none.
    pub(super) fn descend(&mut self, tree: Oid, path: &[String]) -> Result<Option<Oid>, git2::Error> {
        let mut id = tree;
        for name in path {
            let object = self.read(id)?;
            let mut rest = object.data();
            let mut found = None;
            while let Some((entry, after)) = next(rest)? {
                if entry.is_tree() && entry.name == name.as_bytes() {
                    found = Some(entry.oid()?);
                    break;
                }
                rest = after;
            }
            match found {
                Some(next) => id = next,
                None => return Ok(None),
            }
        }
        Ok(Some(id))
    }

    /// What stands under a name in a folder; `None` for nothing and for a folder.
    pub(super) fn file(&mut self, folder: Oid, name: &[u8]) -> Result<Option<Was>, git2::Error> {
        let object = self.read(folder)?;
        let mut rest = object.data();
        while let Some((entry, after)) = next(rest)? {
            if entry.name == name && !entry.is_tree() {
                return Ok(Some(Was::of(Some(entry))));
            }
            rest = after;
        }
        Ok(None)
    }

    /// Reports each file that differs between two folders.
    /// A file that became a folder is one file gone and the folder's files come, as in `git log --no-renames`.
    pub(super) fn compare(
        &mut self,
        old: Option<Oid>,
        new: Option<Oid>,
        sink: &mut Sink<'_>,
    ) -> Result<(), git2::Error> {
        self.compare_at(old, new, &mut Vec::new(), 0, sink)
    }

    fn compare_at(
        &mut self,
        old: Option<Oid>,
        new: Option<Oid>,
        dir: &mut Vec<u8>,
        depth: usize,
        sink: &mut Sink<'_>,
    ) -> Result<(), git2::Error> {
        if old == new || depth > MAX_DEPTH {
            return Ok(());
        }
        let (old, new) = (self.read_some(old)?, self.read_some(new)?);
        let mut left = old.as_ref().map_or(&[][..], |object| object.data());
        let mut right = new.as_ref().map_or(&[][..], |object| object.data());
        loop {
            (left, right) = skip_equal(left, right)?;
            let (a, b, rest_a, rest_b) = pair(left, right)?;
            (left, right) = (rest_a, rest_b);
            let Some(entry) = b.or(a) else { return Ok(()) };
            if a == b {
                continue;
            }
            if entry.is_tree() {
                let mark = dir.len();
                if mark > 0 {
                    dir.push(b'/');
                }
                dir.extend_from_slice(entry.name);
                let ids = (a.map(|e| e.oid()).transpose()?, b.map(|e| e.oid()).transpose()?);
                self.compare_at(ids.0, ids.1, dir, depth + 1, sink)?;
                dir.truncate(mark);
            } else {
                sink(dir, entry.name, Was::of(a), Was::of(b));
            }
        }
    }

    fn read_some(&mut self, id: Option<Oid>) -> Result<Option<Rc<OdbObject<'a>>>, git2::Error> {
        id.map(|id| self.read(id)).transpose()
    }
}

/// Leaves out the entries with which both begin. In a folder of hundreds of orders one differs, and comparing
/// blocks of bytes is much faster than comparing entries.
fn skip_equal<'s>(left: &'s [u8], right: &'s [u8]) -> Result<(&'s [u8], &'s [u8]), git2::Error> {
    const BLOCK: usize = 64;
    let blocks = left.chunks(BLOCK).zip(right.chunks(BLOCK));
    let equal: usize = blocks.take_while(|(a, b)| a == b).map(|(block, _)| block.len()).sum();
    let mut rest = left;
    while let Some((_, after)) = next(rest)? {
        if left.len() - after.len() > equal {
            break;
        }
        rest = after;
    }
    let skipped = left.len() - rest.len();
    Ok((rest, right.get(skipped..).unwrap_or_default()))
}

/// The next entry of both sides where they have the same place, else of the side that comes first.
type Pair<'l, 'r> = (Option<Entry<'l>>, Option<Entry<'r>>, &'l [u8], &'r [u8]);

fn pair<'s>(left: &'s [u8], right: &'s [u8]) -> Result<Pair<'s, 's>, git2::Error> {
    Ok(match (next(left)?, next(right)?) {
        (None, None) => (None, None, left, right),
        (Some((a, rest)), None) => (Some(a), None, rest, right),
        (None, Some((b, rest))) => (None, Some(b), left, rest),
        (Some((a, rest_a)), Some((b, rest_b))) => {
            if a.name == b.name && a.is_tree() == b.is_tree() {
                (Some(a), Some(b), rest_a, rest_b)
            } else if sort_key(&a).lt(sort_key(&b)) {
                (Some(a), None, rest_a, right)
            } else {
                (None, Some(b), left, rest_b)
            }
        }
    })
}
