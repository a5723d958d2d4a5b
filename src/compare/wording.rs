//! Two texts side by side, word by word: what one has and the other has not, for a person to look at.

use crate::model::value::fold::fold;

/// A run of words of one text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    /// The words as written.
    pub text: String,
    /// In this text and not in the other.
    pub differs: bool,
}

/// Longest texts that are compared word by word; beyond, the whole text counts as different.
const MOST: usize = 1500;

/// Both texts in runs. Case and punctuation at the ends of words do not count as a difference.
#[must_use]
pub fn diff(a: &str, b: &str) -> (Vec<Run>, Vec<Run>) {
    let (left, right): (Vec<&str>, Vec<&str>) =
        (a.split_whitespace().collect(), b.split_whitespace().collect());
    if left.len().saturating_mul(right.len()) > MOST * MOST {
        return (runs(&left, &vec![false; left.len()]), runs(&right, &vec![false; right.len()]));
    }
    let key = |word: &&str| fold(word).trim_matches(|c: char| !c.is_alphanumeric() && c != '%').to_owned();
    let (x, y): (Vec<String>, Vec<String>) =
        (left.iter().map(key).collect(), right.iter().map(key).collect());
    let (kept_left, kept_right) = common(&x, &y);
    (runs(&left, &kept_left), runs(&right, &kept_right))
}

/// Which words of each belong to the longest common sequence.
fn common(x: &[String], y: &[String]) -> (Vec<bool>, Vec<bool>) {
    let width = y.len() + 1;
    let mut table = vec![0_u32; (x.len() + 1) * width];
    let at = |i: usize, j: usize| i * width + j;
    for i in (0..x.len()).rev() {
        for j in (0..y.len()).rev() {
            table[at(i, j)] = if x[i] == y[j] {
                table[at(i + 1, j + 1)] + 1
            } else {
                table[at(i + 1, j)].max(table[at(i, j + 1)])
            };
        }
    }
    let (mut left, mut right) = (vec![false; x.len()], vec![false; y.len()]);
    let (mut i, mut j) = (0, 0);
    while i < x.len() && j < y.len() {
        if x[i] == y[j] {
            (left[i], right[j]) = (true, true);
            (i, j) = (i + 1, j + 1);
        } else if table[at(i + 1, j)] >= table[at(i, j + 1)] {
            i += 1;
        } else {
            j += 1;
        }
    }
    (left, right)
}

fn runs(words: &[&str], kept: &[bool]) -> Vec<Run> {
    let mut all: Vec<Run> = Vec::new();
    for (word, kept) in words.iter().zip(kept) {
        match all.last_mut().filter(|run| run.differs != *kept) {
            Some(run) => {
                run.text.push(' ');
                run.text.push_str(word);
            }
            None => all.push(Run { text: (*word).to_owned(), differs: !kept }),
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn side_by_side() {
        let (a, b) = diff("PLAIN SUEDE FABRIC", "Plain imitation suede fabric.");
        assert_eq!(a, [Run { text: "PLAIN SUEDE FABRIC".into(), differs: false }]);
        let texts: Vec<(&str, bool)> = b.iter().map(|r| (r.text.as_str(), r.differs)).collect();
        assert_eq!(texts, [("Plain", false), ("imitation", true), ("suede fabric.", false)]);
        assert_eq!(diff("", "A").1, [Run { text: "A".into(), differs: true }]);
    }
}
