//! Slips of the pen: two texts one edit apart, two where they are long, with every figure the same. A slip that does
//! not change the meaning is no discrepancy (ISBP 745 A23); another model number is.

use strsim::osa_distance;

/// From this length on two edits are still one slip.
const LONG: usize = 10;

/// True when the texts differ by one slip and no word that holds a digit differs.
#[must_use]
pub fn is_slip(a: &str, b: &str) -> bool {
    let (m, n) = (a.chars().count(), b.chars().count());
    let allowed = if m.max(n) >= LONG { 2 } else { 1 };
    // Two words of three letters share more by chance than by slip. Most pairs differ in length: those cost nothing.
    m.max(n) > 3
        && m.abs_diff(n) <= allowed
        && a != b
        && figures(a).eq(figures(b))
        && osa_distance(a, b) <= allowed
}

/// Words that hold a digit: figures, models, numbers.
fn figures(text: &str) -> impl Iterator<Item = &str> {
    text.split_whitespace().filter(|word| word.chars().any(|c| c.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips() {
        assert!(is_slip("MACHINE", "MASHINE"));
        assert!(is_slip("GENDAN TRADING", "GENDAM TRADING"));
        assert!(is_slip("JEBEL ALI TRADERS", "JEBLE ALI TRADERS"));
        assert!(!is_slip("MODEL 321", "MODEL 123"));
        assert!(!is_slip("MODEL 321", "MODEL 322"));
        assert!(!is_slip("BAGS", "BAGS"));
        assert!(!is_slip("ICC", "TCC"));
        assert!(!is_slip("STEEL", "SLEET"));
    }
}
