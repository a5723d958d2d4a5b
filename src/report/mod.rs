//! Findings as text for people and as machine formats. Renderers return text; `main.rs` prints it.

pub mod checkstyle;
pub mod diff;
pub mod escape;
pub mod explain;
pub mod github;
pub mod gitlab;
pub mod human;
pub mod json;
pub mod junit;
pub mod markdown;
pub mod prefix;
pub mod sarif;
pub mod short;
pub mod whole;

use crate::bi;
use crate::check::finding::{Class, Finding, Severity};
use crate::text::{Bi, Lang};

/// In which language findings are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Langs {
    /// Chinese or English.
    One(Lang),
    /// Chinese, with the English title below.
    Both,
}

impl Langs {
    /// The language of the main text.
    #[must_use]
    pub fn first(self) -> Lang {
        match self {
            Self::One(lang) => lang,
            Self::Both => Lang::Zh,
        }
    }
}

/// Makes text from data harmless in a terminal: control characters (escape sequences) and characters that turn
/// the writing direction are shown as `�`; line breaks become spaces.
#[must_use]
pub fn clean(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '\n' | '\t' | '\r' => ' ',
            c if c.is_control() || is_direction(c) || is_nothing(c) => '\u{fffd}',
            c => c,
        })
        .collect()
}

/// Marks without width that part or join nothing a reader sees.
pub(crate) fn is_nothing(c: char) -> bool {
    matches!(c, '\u{200b}' | '\u{2060}' | '\u{feff}' | '\u{00ad}')
}

/// True for characters that turn the writing direction: `moc.live` may read as `evil.com`.
pub(crate) fn is_direction(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}' | '\u{061c}')
}

/// How many findings of each kind there are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Errors of class record and document: what fails a check.
    pub errors: usize,
    /// Warnings of those classes.
    pub warnings: usize,
    /// Information of those classes.
    pub infos: usize,
    /// Risks of any level.
    pub risks: usize,
    /// Accepted by a waiver.
    pub waived: usize,
    /// History: about archived orders and presentations that were cured.
    pub past: usize,
}

impl Counts {
    /// Counts findings; each once.
    #[must_use]
    pub fn of<'a>(findings: impl IntoIterator<Item = &'a Finding>) -> Self {
        let mut counts = Self::default();
        for finding in findings {
            let count = match finding {
                f if f.waived.is_some() => &mut counts.waived,
                f if f.past => &mut counts.past,
                f if f.class == Class::Risk => &mut counts.risks,
                f => match f.severity {
                    Severity::Error => &mut counts.errors,
                    Severity::Warning => &mut counts.warnings,
                    Severity::Info => &mut counts.infos,
                },
            };
            *count += 1;
        }
        counts
    }

    /// One line for the end of a run. Never says "compliant": it says how many checks found no conflict.
    #[must_use]
    pub fn summary(&self, orders: usize, rules: usize) -> Bi {
        let Self { errors, warnings, infos, risks, waived, past } = self;
        let more = match (waived, past) {
            (0, 0) => Bi::default(),
            (waived, 0) => bi!("；已豁免 {waived}", "; {waived} waived"),
            (0, past) => bi!("；历史 {past}", "; {past} in history"),
            (waived, past) => {
                bi!("；已豁免 {waived}，历史 {past}", "; {waived} waived, {past} in history")
            }
        };
        let main = Bi {
            zh: format!(
                "读入 {orders} 单，{rules} 条规则：错误 {errors}，警告 {warnings}，提示 {infos}，风险 {risks}"
            ),
            en: format!(
                "{}, {}: {}, {}, {}, {}",
                count(orders, "order"),
                count(rules, "rule"),
                count(*errors, "error"),
                count(*warnings, "warning"),
                count(*infos, "note"),
                count(*risks, "risk")
            ),
        };
        bi!("{main}{more}", "{main}{more}"; main, more)
    }
}

/// `1 error`, `2 errors`.
fn count(number: usize, word: &str) -> String {
    let ending = if number == 1 { "" } else { "s" };
    format!("{number} {word}{ending}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escape_sequences_and_direction_marks_are_shown_not_obeyed() {
        assert_eq!(clean("a\u{1b}[31mb\u{202e}c\nd"), "a\u{fffd}[31mb\u{fffd}c d");
    }
}
