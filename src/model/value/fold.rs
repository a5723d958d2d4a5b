//! The two plainest normal forms of a text, on which the others build. What a name, a place or a description is
//! compared by is decided by those who compare it.

use unicode_normalization::UnicodeNormalization;

/// NFKC, trimmed, every run of white space one space.
#[must_use]
pub fn ws(text: &str) -> String {
    let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    // ASCII is its own normal form, and most of what is printed.
    if text.is_ascii() { words(text) } else { words(&text.nfkc().collect::<String>()) }
}

/// [`ws`], upper case, typographic quotes and dashes as in ASCII.
#[must_use]
pub fn fold(text: &str) -> String {
    ws(text).to_uppercase().chars().map(plain).collect()
}

fn plain(c: char) -> char {
    match c {
        '“' | '”' | '„' | '‟' | '«' | '»' => '"',
        '‘' | '’' | '‚' | '‛' | '′' | '`' => '\'',
        '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' => '-',
        _ => c,
    }
}

/// True for the Chinese characters that stand for words.
#[must_use]
pub fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn normal_forms() {
        assert_eq!(ws("A\n  B\u{3000}Ｃ "), "A B C");
        assert_eq!(fold("“Ningbo”"), "\"NINGBO\"");
        assert_eq!(fold("shang–hai’s １２％"), "SHANG-HAI'S 12%");
        assert_eq!(fold(""), "");
    }

    #[test]
    fn chinese_characters() {
        assert!("定金".chars().all(is_han));
        assert!(!"deposit％，".chars().any(is_han));
    }
}
