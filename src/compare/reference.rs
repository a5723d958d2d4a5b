//! Numbers of documents: credits, invoices, orders. Spaces and case make no difference; hyphens, strokes and dots are
//! told apart from a real difference, because people leave them out.

use super::Outcome;
use crate::model::value::fold::{fold, ws};

/// Without spaces, upper case.
#[must_use]
pub fn plain(text: &str) -> String {
    fold(text).replace(' ', "")
}

/// Compares two numbers.
#[must_use]
pub fn compare(a: &str, b: &str) -> Outcome {
    if ws(a) == ws(b) {
        return Outcome::Same;
    }
    let (x, y) = (plain(a), plain(b));
    let bare = |text: &str| text.chars().filter(|c| !matches!(c, '-' | '/' | '.' | '_')).collect::<String>();
    if x == y {
        Outcome::Normalised
    } else if bare(&x) == bare(&y) {
        Outcome::Punctuation
    } else {
        Outcome::Different
    }
}

/// True when a text names the number: alone, or among other words (`L/C NO. GSBLC2600417 DATED …`).
#[must_use]
pub fn names(text: &str, number: &str) -> bool {
    let bare = |text: &str| plain(text).chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    let number = bare(number);
    !number.is_empty() && bare(text).contains(&number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers() {
        assert_eq!(compare("GD-2026/01", "GD-2026/01"), Outcome::Same);
        assert_eq!(compare("gd 2026 01", "GD202601"), Outcome::Normalised);
        assert_eq!(compare("GD-2026/01", "GD202601"), Outcome::Punctuation);
        assert_eq!(compare("GD202601", "GD202610"), Outcome::Different);
        assert!(names("DRAWN UNDER L/C NO. GSB-LC 2600417 DATED 16 JULY", "GSBLC2600417"));
        assert!(!names("DRAWN UNDER L/C NO. GSBLC2600471", "GSBLC2600417"));
        assert!(!names("ANY TEXT", "-"));
    }
}
