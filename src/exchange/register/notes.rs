//! `notes.md` of an order: what stands in the register and has no key, in its own words.

use super::cell::Note;
use super::report::escape;

/// Under this heading stands what the import kept.
const HEADING: &str = "## 登记表导入 / Register import\n";

/// The notes of an order, or `None` when there are none. `lines` are the order's lines with the name each goes by.
/// What all lines say alike stands once, above them.
pub(super) fn render(lines: &[(String, Vec<Note>)]) -> Option<String> {
    let (_, first) = lines.first()?;
    let common: Vec<&Note> =
        first.iter().filter(|note| lines.iter().all(|(_, notes)| notes.contains(note))).collect();
    let mut out = HEADING.to_owned();
    section(&mut out, common.iter().copied());
    for (name, notes) in lines {
        let own: Vec<&Note> = notes.iter().filter(|note| !common.contains(note)).collect();
        if !own.is_empty() {
            out.push_str(&format!("\n### {}\n", code(name)));
            section(&mut out, own.into_iter());
        }
    }
    (out.len() > HEADING.len()).then_some(out)
}

fn section<'n>(out: &mut String, notes: impl Iterator<Item = &'n Note>) {
    let mut empty = true;
    for note in notes {
        if std::mem::take(&mut empty) {
            out.push('\n');
        }
        out.push_str(&format!("- {}: {}\n", code(&note.column), code(&note.text)));
    }
}

/// Text as a Markdown code span: nothing in it is markup, control characters are written as escapes.
pub(super) fn code(text: &str) -> String {
    let text = escape(text.chars());
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let pad = if text.starts_with(['`', ' ']) || text.ends_with(['`', ' ']) { " " } else { "" };
    if text.is_empty() { "``".to_owned() } else { format!("{fence}{pad}{text}{pad}{fence}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_note_is_markup() {
        assert_eq!(code("See DN-1 (ID#:2)"), "`See DN-1 (ID#:2)`");
        assert_eq!(code("a`b``c"), "```a`b``c```");
        assert_eq!(code("`"), "`` ` ``");
        assert_eq!(code("x\n# y\u{0}\u{202E}"), "`x\\n# y\\u{0}\\u{202e}`");
    }

    #[test]
    fn what_all_lines_say_stands_once() {
        let note = |column: &str, text: &str| Note { column: column.into(), text: text.into() };
        let lines = [
            ("1".to_owned(), vec![note("A", "same"), note("B", "one")]),
            ("2".to_owned(), vec![note("A", "same"), note("B", "two")]),
        ];
        let text = render(&lines).unwrap();
        assert_eq!(
            text,
            format!("{HEADING}\n- `A`: `same`\n\n### `1`\n\n- `B`: `one`\n\n### `2`\n\n- `B`: `two`\n")
        );
        assert_eq!(render(&[("1".to_owned(), Vec::new())]), None);
    }
}
