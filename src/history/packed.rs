//! The changes of one order as they are kept, in memory as in the file: small, and unpacked only where somebody asks.
//!
//! Ten thousand orders say millions of words about their past; a check looks at one order at a time, and most pages
//! at none. Every text stands once per order; what each step is about comes first, so that who recorded something is
//! told without its words.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::authors::Author;
use super::told::Passed;
use super::trail::What;
use crate::change::{Change, Kind};

/// A part of the bytes that were read or written together.
#[derive(Debug, Clone)]
pub(super) struct Slice {
    bytes: Arc<Vec<u8>>,
    at: Range<usize>,
}

impl Default for Slice {
    fn default() -> Self {
        Self { bytes: Arc::default(), at: 0..0 }
    }
}

impl Slice {
    /// `None` when there are fewer bytes.
    pub(super) fn of(bytes: &Arc<Vec<u8>>, at: Range<usize>) -> Option<Self> {
        bytes.get(at.clone())?;
        Some(Self { bytes: Arc::clone(bytes), at })
    }

    pub(super) fn bytes(&self) -> &[u8] {
        self.bytes.get(self.at.clone()).unwrap_or_default()
    }
}

impl From<Vec<u8>> for Slice {
    fn from(bytes: Vec<u8>) -> Self {
        let at = 0..bytes.len();
        Self { bytes: Arc::new(bytes), at }
    }
}

/// What a step is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Head {
    /// The commit, and for a merge which of the merged commits recorded it.
    pub(super) who: Author,
    pub(super) what: What,
    /// Whether files of the order differ, or only its customer's defaults.
    pub(super) own: bool,
}

/// Its words: positions in the list of texts.
#[derive(Serialize, Deserialize)]
struct Body {
    files: Vec<u32>,
    changes: Vec<Words>,
}

/// One change. Of texts that may be missing, 0 stands for none and the position follows from 1.
#[derive(Serialize, Deserialize)]
struct Words {
    kind: Kind,
    key: u32,
    path: u32,
    before: u32,
    after: u32,
}

/// Texts in the order in which they came, each once.
#[derive(Default)]
struct Texts<'t> {
    at: BTreeMap<&'t str, u32>,
    all: Vec<&'t str>,
}

impl<'t> Texts<'t> {
    fn put(&mut self, text: &'t str) -> u32 {
        *self.at.entry(text).or_insert_with(|| {
            self.all.push(text);
            u32::try_from(self.all.len() - 1).unwrap_or(u32::MAX)
        })
    }

    fn maybe(&mut self, text: Option<&'t str>) -> u32 {
        text.map_or(0, |text| self.put(text).saturating_add(1))
    }
}

/// Packs the steps of an order.
pub(super) fn pack(steps: &[Passed]) -> Slice {
    let heads: Vec<Head> = steps
        .iter()
        .map(|step| Head { who: step.who, what: step.what, own: !step.files.is_empty() })
        .collect();
    let mut texts = Texts::default();
    let names: Vec<Vec<String>> =
        steps.iter().map(|step| step.files.iter().map(|path| super::story::text(path)).collect()).collect();
    let bodies: Vec<Body> = steps
        .iter()
        .zip(&names)
        .map(|(step, names)| Body {
            files: names.iter().map(|name| texts.put(name)).collect(),
            changes: step.changes.iter().map(|change| words(change, &mut texts)).collect(),
        })
        .collect();
    // Writing into memory does not fail; were it to, the order would have no story rather than a wrong one.
    postcard::to_stdvec(&(heads, texts.all, bodies)).unwrap_or_default().into()
}

fn words<'c>(change: &'c Change, texts: &mut Texts<'c>) -> Words {
    Words {
        kind: change.kind,
        key: texts.put(&change.key),
        path: texts.put(&change.path),
        before: texts.maybe(change.before.as_deref()),
        after: texts.maybe(change.after.as_deref()),
    }
}

/// What the steps are about, without their words.
pub(super) fn heads(slice: &Slice) -> Vec<Head> {
    postcard::take_from_bytes(slice.bytes()).map(|(heads, _)| heads).unwrap_or_default()
}

/// A step with its words.
pub(super) struct Unpacked {
    pub(super) head: Head,
    pub(super) files: Vec<Arc<str>>,
    pub(super) changes: Vec<Change>,
}

/// The steps of an order.
pub(super) fn unpack(slice: &Slice) -> Vec<Unpacked> {
    type All<'t> = (Vec<Head>, Vec<&'t str>, Vec<Body>);
    let Ok((heads, texts, bodies)) = postcard::from_bytes::<All<'_>>(slice.bytes()) else {
        return Vec::new();
    };
    let text = |at: u32| texts.get(at as usize).copied().unwrap_or_default();
    let maybe = |at: u32| at.checked_sub(1).map(|at| text(at).to_owned());
    let mut paths: BTreeMap<u32, Arc<str>> = BTreeMap::new();
    let mut path = |at: u32| Arc::clone(paths.entry(at).or_insert_with(|| Arc::from(text(at))));
    heads
        .into_iter()
        .zip(bodies)
        .map(|(head, body)| Unpacked {
            head,
            files: body.files.into_iter().map(&mut path).collect(),
            changes: body
                .changes
                .into_iter()
                .map(|words| Change {
                    kind: words.kind,
                    key: text(words.key).to_owned(),
                    path: text(words.path).to_owned(),
                    before: maybe(words.before),
                    after: maybe(words.after),
                })
                .collect(),
        })
        .collect()
}

/// The TOML files of an order now, and who wrote their lines: how many in a row, and who.
pub(super) type Runs = BTreeMap<Vec<u8>, Vec<(u32, Author)>>;

/// Packs them.
pub(super) fn pack_lines(lines: &Runs) -> Slice {
    postcard::to_stdvec(lines).unwrap_or_default().into()
}

/// Unpacks them.
pub(super) fn lines(slice: &Slice) -> Runs {
    postcard::from_bytes(slice.bytes()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_packed_comes_out_again() {
        let change = |key: &str, before: Option<&str>, after: Option<&str>| Change {
            kind: Kind::Plan,
            key: key.to_owned(),
            path: key.replace('A', "0"),
            before: before.map(ToOwned::to_owned),
            after: after.map(ToOwned::to_owned),
        };
        let who = |commit| Author { commit, merged: (commit > 3).then_some(2) };
        let step = |commit, files: &[&[u8]], changes| Passed {
            who: who(commit),
            what: What::Changed,
            files: files.iter().map(|path| path.to_vec()).collect(),
            changes,
        };
        let steps = [
            step(
                3,
                &[b"orders/A/order.toml", b"orders/A/\xff.toml"],
                vec![change("items[A].qty", None, Some("1"))],
            ),
            step(4, &[], vec![change("items[A].qty", Some("1"), Some("")), change("po", Some(""), None)]),
        ];
        let slice = pack(&steps);
        let heads = heads(&slice);
        assert_eq!(
            heads.iter().map(|h| (h.who, h.own)).collect::<Vec<_>>(),
            [(who(3), true), (who(4), false)]
        );
        let told = unpack(&slice);
        assert_eq!(
            told.iter().map(|t| &t.changes).collect::<Vec<_>>(),
            [&steps[0].changes, &steps[1].changes]
        );
        assert_eq!(
            (&*told[0].files[0], &*told[0].files[1]),
            ("orders/A/order.toml", "orders/A/\u{fffd}.toml")
        );
        assert_eq!(told[1].head, heads[1]);
        // Whatever the bytes are, nothing panics.
        let whole = slice.bytes().to_vec();
        for at in 0..whole.len() {
            let mut bytes = whole.clone();
            bytes[at] ^= 0x55;
            let _ = (unpack(&bytes.clone().into()), super::heads(&bytes.into()));
            assert!(unpack(&whole[..at].to_vec().into()).is_empty());
        }
    }
}
