//! Kinds of packages. `PACKAGES` on one paper and `CARTONS` on another do not contradict each other.

use super::Outcome;
use crate::model::value::Package;
use crate::model::value::fold::{fold, ws};

/// Compares two kinds of packages. A general word against a particular one is [`Outcome::Normalised`].
#[must_use]
pub fn compare(a: &str, b: &str) -> Outcome {
    if ws(a) == ws(b) {
        return Outcome::Same;
    }
    match (Package::parse(a), Package::parse(b)) {
        (Some(x), Some(y)) if x == y || x.is_general() || y.is_general() => Outcome::Normalised,
        (Some(_), Some(_)) => Outcome::Different,
        _ if fold(a) == fold(b) => Outcome::Normalised,
        _ => Outcome::Different,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds() {
        assert_eq!(compare("CTNS", "CARTONS"), Outcome::Normalised);
        assert_eq!(compare("CT", "PACKAGES"), Outcome::Normalised);
        assert_eq!(compare("CT", "PX"), Outcome::Different);
        assert_eq!(compare("gunny bale", "GUNNY BALE"), Outcome::Normalised);
    }
}
