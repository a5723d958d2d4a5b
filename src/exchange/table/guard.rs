//! Text in a CSV that a spreadsheet would take for something else gets an apostrophe in front: what would be
//! computed (`=1+1`), and what would come back changed (`0012`, 18 digits, `3-4`, `1E10`, `MAR-26`).
//!
//! An apostrophe is what a person types in a spreadsheet to say "text", it can be seen, and it can be undone: one
//! that the text itself begins with is doubled, so whoever takes one leading apostrophe away has the value again.
//! (A tab in front cannot be seen and goes along when the number is copied; `="…"` is a formula.)

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;

/// From this many digits on a spreadsheet shows `1.2E+11`; from sixteen on it loses them.
const SHOWN_DIGITS: usize = 11;

/// The text, with an apostrophe where a spreadsheet would not give it back as it is.
pub(super) fn guard(text: &str) -> Cow<'_, str> {
    if is_formula(text) || text.starts_with('\'') || is_value(text) {
        Cow::Owned(format!("'{text}"))
    } else {
        Cow::Borrowed(text)
    }
}

/// What begins like a formula, after blanks too; spreadsheets of East Asia know the full-width forms.
fn is_formula(text: &str) -> bool {
    text.starts_with(['\t', '\r', '\n'])
        || text.trim_start().starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠', '−'])
}

/// What a spreadsheet reads as a number, a day, a time or a truth value and would write differently.
fn is_value(text: &str) -> bool {
    let text = text.trim();
    let half: String = text.nfkc().collect();
    if half.eq_ignore_ascii_case("true") || half.eq_ignore_ascii_case("false") {
        return true;
    }
    if text.bytes().all(|b| b.is_ascii_digit()) {
        return text.len() > SHOWN_DIGITS || (text.len() > 1 && text.starts_with('0'));
    }
    half.contains(|c: char| c.is_ascii_digit()) && words(&half).all(is_date_word) && half.chars().all(is_part)
}

/// Characters of numbers, days and times, besides the words in them.
fn is_part(c: char) -> bool {
    c.is_alphanumeric() || " .,/-:%$€£¥()+'".contains(c)
}

/// Runs of letters.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty())
}

/// Words that a spreadsheet reads within a day, a time or a number.
fn is_date_word(word: &str) -> bool {
    const MONTHS: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let word = word.to_lowercase();
    matches!(
        &*word,
        "e" | "a" | "p" | "am" | "pm" | "年" | "月" | "日" | "时" | "分" | "秒" | "上午" | "下午"
    ) || (word.len() >= 3 && MONTHS.iter().any(|month| month.starts_with(&*word)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_text() {
        for text in
            ["=1+1", "+86 574", "-3 天", "@SUM(A1)", "\t=1", "\r=1", "  =1", "＝1", "＋1", "－1", "＠a"]
        {
            assert_eq!(guard(text), format!("'{text}"));
        }
    }

    #[test]
    fn what_would_come_back_changed_is_text() {
        let changed = [
            "223120260001234567",
            "123456789012",
            "0012",
            "00",
            "1E10",
            "12e5",
            "1.10",
            "1,000",
            "3-4",
            "2026-11",
            "1/2",
            "12:30",
            "50%",
            "$5",
            "(5)",
            "MAR-26",
            "Sept 2",
            "1 May 2026",
            "TRUE",
            "false",
            "2026年11月",
            "１２３",
            "9 AM",
        ];
        for text in changed {
            assert_eq!(guard(text), format!("'{text}"), "{text}");
        }
    }

    #[test]
    fn what_comes_back_as_it_is_stays() {
        let plain = [
            "GD26-0117",
            "4500091877",
            "12345678901",
            "0",
            "7",
            "EGLV143600117421",
            "0742W",
            "40HQ",
            "No. 5",
            "30% deposit, 70% copy-bl",
            "宁波",
            "LED灯泡 12W",
            "Mary 5",
            "",
            "e",
            "May",
        ];
        for text in plain {
            assert_eq!(guard(text), text);
        }
    }

    #[test]
    fn one_apostrophe_away_is_the_value_again() {
        for text in ["'quoted", "''", "=1", "0012", "plain", ""] {
            let written = guard(text);
            assert_eq!(written.strip_prefix('\'').unwrap_or(&written), text);
        }
    }
}
