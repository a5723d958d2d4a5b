//! What something was made from, as one number: equal keys mean equal pages.

use std::fmt::{self, Write as _};

/// A digest of everything that some pages depend on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Key([u8; 32]);

impl Key {
    /// The digest of bytes.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Self {
        Self(*blake3::hash(bytes).as_bytes())
    }

    /// The bytes, to keep them.
    #[must_use]
    pub fn bytes(self) -> [u8; 32] {
        self.0
    }

    /// A key that was kept.
    #[must_use]
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }
}

/// Collects what a key is made from. Every part is preceded by its length or its type, so that two different lists
/// never look alike.
#[derive(Debug, Clone, Default)]
pub struct KeyMaker(blake3::Hasher);

impl KeyMaker {
    /// A maker that begins with a name, so that keys of different things differ.
    #[must_use]
    pub fn new(what: &str) -> Self {
        let mut maker = Self::default();
        maker.text(what);
        maker
    }

    /// A text.
    pub fn text(&mut self, text: &str) -> &mut Self {
        self.bytes(text.as_bytes())
    }

    /// Bytes.
    pub fn bytes(&mut self, bytes: &[u8]) -> &mut Self {
        self.number(bytes.len());
        self.0.update(bytes);
        self
    }

    /// A count.
    pub fn number(&mut self, number: usize) -> &mut Self {
        self.0.update(&u64::try_from(number).unwrap_or(u64::MAX).to_le_bytes());
        self
    }

    /// Another key.
    pub fn key(&mut self, key: Key) -> &mut Self {
        self.0.update(&key.0);
        self
    }

    /// A value as `{:?}` writes it. The end is marked: what follows cannot be taken for a part of it.
    pub fn value(&mut self, value: &impl fmt::Debug) -> &mut Self {
        // Writing into a digest cannot fail.
        let _ = write!(Into(&mut self.0), "{value:?}");
        self.0.update(&[0xff]);
        self
    }

    /// The key.
    #[must_use]
    pub fn finish(&self) -> Key {
        Key(*self.0.finalize().as_bytes())
    }
}

struct Into<'a>(&'a mut blake3::Hasher);

impl fmt::Write for Into<'_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.0.update(text.as_bytes());
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_lists_that_read_alike_differ() {
        let key = |parts: &[&str]| {
            let mut maker = KeyMaker::new("");
            parts.iter().for_each(|part| {
                maker.text(part);
            });
            maker.finish()
        };
        assert_ne!(key(&["ab", "c"]), key(&["a", "bc"]));
        assert_ne!(key(&["a", ""]), key(&["a"]));
        assert_eq!(key(&["a", "b"]), key(&["a", "b"]));
    }
}
