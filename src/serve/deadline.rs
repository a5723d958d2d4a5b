//! How long to wait for a browser. The only place besides `main.rs` that looks at a clock; nothing that is put out
//! depends on it.

use std::time::{Duration, Instant};

/// A moment after which nobody waits any longer.
#[derive(Debug, Clone, Copy)]
pub(super) struct Deadline {
    from: Instant,
    length: Duration,
}

#[expect(clippy::disallowed_methods, reason = "how long to wait, never what is said")]
impl Deadline {
    /// So far from now.
    pub(super) fn after(length: Duration) -> Self {
        Self { from: Instant::now(), length }
    }

    /// What is left of it; `None` when it has passed.
    pub(super) fn left(self) -> Option<Duration> {
        self.length.checked_sub(self.from.elapsed()).filter(|left| !left.is_zero())
    }
}
