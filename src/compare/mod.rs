//! How two papers' words for the same thing are compared. Each normaliser stands in a file of its own; all answer
//! with an [`Outcome`], and none decides whether a difference matters: "not conflicting" is not "identical"
//! (UCP 600 art. 14 d), so that is for a rule to say.

pub mod address;
pub mod currency;
pub mod figure;
pub mod goods;
pub mod marks;
pub mod name;
pub mod package;
pub mod place;
pub mod quantity;
pub mod reference;
pub mod route;
pub mod term;
pub mod typo;
pub mod vessel;
pub mod wording;

/// How two values compare, from equal to absent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Outcome {
    /// The same to the letter.
    Same,
    /// Spelt differently, the same to a reader: case, abbreviations, units, other names of one port.
    Normalised,
    /// Only hyphens, dots and strokes differ.
    Punctuation,
    /// One slip of the pen apart; no figure or model number differs. A person must look (ISBP 745 A23).
    Typo,
    /// Different.
    Different,
    /// One of them is not there.
    Missing,
}

impl Outcome {
    /// True where a reader takes both for the same.
    #[must_use]
    pub fn agrees(self) -> bool {
        matches!(self, Self::Same | Self::Normalised | Self::Punctuation)
    }

    /// `Missing` where one of the two is absent, else what `compare` says of both.
    #[must_use]
    pub fn of<T>(a: Option<T>, b: Option<T>, compare: impl FnOnce(T, T) -> Self) -> Self {
        match (a, b) {
            (Some(a), Some(b)) => compare(a, b),
            _ => Self::Missing,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn absence_is_no_contradiction() {
        let same = |a: &str, b: &str| if a == b { Outcome::Same } else { Outcome::Different };
        assert_eq!(Outcome::of(Some("a"), None, same), Outcome::Missing);
        assert_eq!(Outcome::of(Some("a"), Some("b"), same), Outcome::Different);
        assert!(Outcome::Punctuation.agrees() && !Outcome::Typo.agrees() && !Outcome::Missing.agrees());
    }
}
