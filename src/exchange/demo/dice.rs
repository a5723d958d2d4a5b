//! Deterministic choices: a stream of numbers per thing, so that no thing depends on how many others there are.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

/// What the numbers are for; each has its own streams.
#[derive(Clone, Copy)]
pub(super) enum Kind {
    Order = 1,
    Customer = 2,
    Supplier = 3,
    Rates = 4,
}

/// A source of choices.
pub(super) struct Dice(ChaCha8Rng);

impl Dice {
    /// The choices for the thing of this kind and number.
    pub(super) fn new(seed: u64, kind: Kind, number: u32) -> Self {
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        rng.set_stream(((kind as u64) << 32) | u64::from(number));
        Self(rng)
    }

    /// A number from `low` to `high`, both included.
    pub(super) fn range(&mut self, low: i64, high: i64) -> i64 {
        let span = high.saturating_sub(low).unsigned_abs().saturating_add(1);
        // The bias of the remainder is far below anything visible in made-up data.
        low + i64::try_from(self.0.next_u64() % span).unwrap_or(0)
    }

    /// True in `percent` of a hundred cases.
    pub(super) fn chance(&mut self, percent: i64) -> bool {
        self.range(0, 99) < percent
    }

    /// One of a list; the default for an empty one.
    pub(super) fn pick<T: Copy + Default>(&mut self, list: &[T]) -> T {
        let last = i64::try_from(list.len()).unwrap_or(1).max(1) - 1;
        let at = usize::try_from(self.range(0, last)).unwrap_or(0);
        list.get(at).copied().unwrap_or_default()
    }

    /// One of a list in which each has a weight.
    pub(super) fn weighted<T: Copy>(&mut self, list: &[(T, i64)], otherwise: T) -> T {
        let total: i64 = list.iter().map(|(_, weight)| weight).sum();
        let mut left = self.range(0, total.max(1) - 1);
        for (value, weight) in list {
            if left < *weight {
                return *value;
            }
            left -= weight;
        }
        otherwise
    }
}
