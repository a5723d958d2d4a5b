//! The notes of an order: `notes.md`, read when its page is made, and rendered.

use chrono::NaiveDate;

use super::witness::cut;
use crate::load::files::Files;
use crate::site::markdown;
use crate::site::view::Html;

/// More is never read; what is shown is bounded by [`markdown::MAX_BYTES`], which marks the cut.
const MAX_BYTES: u64 = 10 * 1024 * 1024;

/// Characters of a heading.
const HEADING: usize = 40;

/// The rendered notes; empty when there are none, or the file cannot be read. A symbolic link is not followed, not
/// even in a folder above: it could show any file of the machine.
#[must_use]
pub fn html(root: &Files, file: &str) -> Html {
    text(root, file).map(|text| markdown::render(&text, 2)).unwrap_or_default()
}

/// The newest entry by a day, of notes whose entries begin with their day (`## 2026-11-21 邮件 客户`), with the rest
/// of its heading.
#[must_use]
pub fn newest(root: &Files, file: &str, until: NaiveDate) -> Option<(NaiveDate, String)> {
    let text = text(root, file)?;
    let entries = text.lines().filter_map(|line| {
        let heading = line.strip_prefix('#')?.trim_start_matches('#').trim();
        let (day, rest) = (heading.get(..10)?, heading.get(10..)?);
        let day: NaiveDate = day.parse().ok().filter(|day| *day <= until)?;
        Some((day, rest.trim()))
    });
    // Of one day the first: entries stand newest first.
    let newest = entries.reduce(|best, entry| if entry.0 > best.0 { entry } else { best })?;
    Some((newest.0, cut(newest.1, HEADING)))
}

fn text(root: &Files, file: &str) -> Option<String> {
    let bytes = root.beginning(file, MAX_BYTES)?;
    Some(String::from_utf8_lossy(&bytes).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_entry_is_told_by_its_heading() {
        let dir = tempfile::tempdir().unwrap();
        let text = "# GD26-0117 往来\n## 2026-11-21 邮件 客户\nx\n## 2026-11-21 电话\n## 2026-12-01 later\n### 2026-11-09\n##2026-13-40 no day\n";
        std::fs::write(dir.path().join("notes.md"), text).unwrap();
        let newest =
            |day: &str| newest(&Files::folder(dir.path()).unwrap(), "notes.md", day.parse().unwrap());
        assert_eq!(newest("2026-11-23"), Some(("2026-11-21".parse().unwrap(), "邮件 客户".to_owned())));
        assert_eq!(newest("2026-11-20"), Some(("2026-11-09".parse().unwrap(), String::new())));
        assert_eq!(newest("2026-01-01"), None);
    }

    #[test]
    fn notes_are_rendered_but_neither_links_nor_paths_above_are_followed() {
        let dir = tempfile::tempdir().unwrap();
        std::fs::write(dir.path().join("notes.md"), "# 往来\n\n<b>x</b> **11-27** 付").unwrap();
        let root = Files::folder(dir.path()).unwrap();
        std::fs::create_dir(dir.path().join("sub")).unwrap();
        let sub = Files::folder(&dir.path().join("sub")).unwrap();
        let shown = html(&root, "notes.md");
        assert!(shown.as_str().contains("<strong>11-27</strong>"), "{}", shown.as_str());
        assert!(!shown.as_str().contains("<b>"));
        assert_eq!(html(&root, "missing.md"), Html::default());
        assert_eq!(html(&sub, "../notes.md"), Html::default());
        #[cfg(unix)]
        {
            std::os::unix::fs::symlink(dir.path().join("notes.md"), dir.path().join("link.md")).unwrap();
            assert_eq!(html(&root, "link.md"), Html::default());
        }
    }
}
