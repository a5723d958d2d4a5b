//! Slips of the pen: two texts one edit apart, two where they are long, with every figure the same. A slip that does
//! not change the meaning is no discrepancy (ISBP 745 A23); another model number is.

use strsim::generic_damerau_levenshtein;

/// From this length on two edits are still one slip.
const LONG: usize = 10;

/// True when the texts differ by one slip and no word that holds a digit differs.
#[must_use]
pub fn is_slip(a: &str, b: &str) -> bool {
    let longest = a.chars().count().max(b.chars().count());
    let allowed = if longest >= LONG { 2 } else { 1 };
    // Two words of three letters share more by chance than by slip.
    longest > 3 && a != b && figures(a).eq(figures(b)) && within(a, b, allowed)
}

/// Texts longer than this between their common ends are no names: nobody compares them letter by letter.
const MIDDLE: usize = 300;

/// Whether so many edits are enough. Only what lies between the common beginning and end costs time.
fn within(a: &str, b: &str, allowed: usize) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    if a.len().abs_diff(b.len()) > allowed {
        return false;
    }
    let head = a.iter().zip(&b).take_while(|(x, y)| x == y).count();
    let (a, b) = (a.get(head..).unwrap_or_default(), b.get(head..).unwrap_or_default());
    let tail = a.iter().rev().zip(b.iter().rev()).take_while(|(x, y)| x == y).count();
    let (a, b) = (a.get(..a.len() - tail).unwrap_or_default(), b.get(..b.len() - tail).unwrap_or_default());
    a.len().max(b.len()) <= MIDDLE && generic_damerau_levenshtein(a, b) <= allowed
}

/// Words that hold a digit: figures, models, numbers.
fn figures(text: &str) -> impl Iterator<Item = &str> {
    text.split_whitespace().filter(|word| word.chars().any(|c| c.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

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
        let long = "GENDAN TRADING ".repeat(20_000);
        assert!(is_slip(&long, &long.replacen("GENDAN", "GENDAM", 1)));
        assert!(!is_slip(&long, &"TRADING GENDAN ".repeat(20_000)));
    }

    proptest! {
        #[test]
        fn common_ends_change_nothing(a in "[A-C ]{0,12}", b in "[A-C ]{0,12}", head in "[A-C]{0,4}", tail in "[A-C]{0,4}") {
            prop_assert_eq!(is_slip(&a, &b), is_slip(&b, &a));
            for allowed in 1..3 {
                prop_assert_eq!(within(&a, &b, allowed), strsim::damerau_levenshtein(&a, &b) <= allowed);
            }
            let (long, other) = (format!("{head}{a}{tail}"), format!("{head}{b}{tail}"));
            prop_assert!(!within(&a, &b, 2) || within(&long, &other, 2));
        }
    }
}
