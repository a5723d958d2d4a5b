//! Which of several voices is the odd one out. Two that agree outweigh one that does not, whoever it is; where
//! nobody outweighs the others, the one that papers are usually held against decides.

/// Who stands against whom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Odd {
    /// The voice that the others are held against.
    pub reference: usize,
    /// Voices that agree with it, without it.
    pub with: Vec<usize>,
    /// Voices that do not.
    pub out: Vec<usize>,
}

/// Splits `count` voices; nothing where there are fewer than two. `rank` is low for the voice that counts in a tie.
#[must_use]
pub fn split(count: usize, rank: impl Fn(usize) -> u8, agree: impl Fn(usize, usize) -> bool) -> Option<Odd> {
    let agrees = |a: usize, b: usize| a == b || agree(a, b);
    let support = |voice: usize| (0..count).filter(|other| agrees(voice, *other)).count();
    let reference = (0..count).min_by_key(|&voice| (usize::MAX - support(voice), rank(voice), voice))?;
    let (with, out): (Vec<usize>, Vec<usize>) =
        (0..count).filter(|v| *v != reference).partition(|v| agrees(reference, *v));
    (count > 1).then_some(Odd { reference, with, out })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn odd(values: &[i32], anchor: usize) -> Option<(usize, Vec<usize>)> {
        let rank = |voice: usize| u8::from(voice != anchor);
        split(values.len(), rank, |a, b| values[a] == values[b]).map(|odd| (odd.reference, odd.out))
    }

    #[test]
    fn two_outweigh_one_and_the_anchor_breaks_a_tie() {
        assert_eq!(odd(&[5, 5, 5], 0), Some((0, vec![])));
        assert_eq!(odd(&[5], 0), None);
        assert_eq!(odd(&[5, 7], 0), Some((0, vec![1])));
        assert_eq!(odd(&[5, 7], 1), Some((1, vec![0])));
        assert_eq!(odd(&[5, 7, 7], 0), Some((1, vec![0])));
        assert_eq!(odd(&[5, 7, 5, 7], 3), Some((3, vec![0, 2])));
        assert_eq!(odd(&[5, 6, 7], 2), Some((2, vec![0, 1])));
    }
}
