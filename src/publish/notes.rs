//! The notes of an order: `notes.md`, read when its page is made, and rendered.

use crate::load::files::Files;
use crate::site::markdown;
use crate::site::view::Html;

/// More is never read; what is shown is bounded by [`markdown::MAX_BYTES`], which marks the cut.
const MAX_BYTES: u64 = 10 * 1024 * 1024;

/// The rendered notes; empty when there are none, or the file cannot be read. A symbolic link is not followed, not
/// even in a folder above: it could show any file of the machine.
#[must_use]
pub fn html(root: &Files, file: &str) -> Html {
    root.beginning(file, MAX_BYTES)
        .map(|bytes| markdown::render(&String::from_utf8_lossy(&bytes), 2))
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

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
