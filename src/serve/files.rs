//! Which file of the site an address means. What leads out of the site's folder means none.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use crate::site::write::good_name;

/// What an address means.
#[derive(Debug)]
pub enum Found {
    /// A file, its length, and its media type.
    File(File, u64, &'static str),
    /// A folder that was asked for without the `/` at its end: relative links would lead astray.
    Folder,
    /// Nothing.
    Missing,
}

/// Looks for the file. `path` is what stood in the request.
#[must_use]
pub fn find(root: &Path, path: &str) -> Found {
    let Some((mut names, folder)) = names(path) else { return Found::Missing };
    if folder {
        names.push("index.html".to_owned());
    }
    let Some(at) = walk(root, &names) else { return Found::Missing };
    match open(&at) {
        Ok(Some((file, length))) => {
            Found::File(file, length, media_type(names.last().map_or("", String::as_str)))
        }
        Ok(None) if !folder && fs::symlink_metadata(at.join("index.html")).is_ok_and(|m| m.is_file()) => {
            Found::Folder
        }
        Ok(None) | Err(_) => Found::Missing,
    }
}

/// The names on the way, and whether the path ends with `/`. Only names that a site can have: no `..` however it is
/// written, nothing hidden, no `\`, no drive, no NUL, no device.
fn names(path: &str) -> Option<(Vec<String>, bool)> {
    let path = path.strip_prefix('/')?;
    if path.is_empty() {
        return Some((Vec::new(), true));
    }
    let (path, folder) = path.strip_suffix('/').map_or((path, false), |rest| (rest, true));
    let names: Option<Vec<String>> = path.split('/').map(name).collect();
    Some((names?, folder))
}

/// One name, decoded once.
fn name(written: &str) -> Option<String> {
    let name = percent_encoding::percent_decode_str(written).decode_utf8().ok()?;
    (good_name(&name) && !name.contains('/')).then(|| name.into_owned())
}

/// The place on disk. The site has no links; one that somebody put there is not followed.
fn walk(root: &Path, names: &[String]) -> Option<PathBuf> {
    let mut at = root.to_owned();
    for name in names {
        at.push(name);
        let kind = fs::symlink_metadata(&at).ok()?.file_type();
        if !kind.is_file() && !kind.is_dir() {
            return None;
        }
    }
    Some(at)
}

/// The file with its length; `None` for a folder.
fn open(path: &Path) -> io::Result<Option<(File, u64)>> {
    let file = File::open(path)?;
    let meta = file.metadata()?;
    Ok(meta.is_file().then_some((file, meta.len())))
}

/// The media type by the ending. What is not known is for saving, not for showing.
#[must_use]
pub fn media_type(name: &str) -> &'static str {
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending).to_ascii_lowercase();
    match ending.as_str() {
        "html" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "json" => "application/json; charset=utf-8",
        "xml" => "application/xml; charset=utf-8",
        "svg" => "image/svg+xml; charset=utf-8",
        "ics" => "text/calendar; charset=utf-8",
        "csv" => "text/csv; charset=utf-8",
        "txt" | "md" | "toml" | "ps1" | "sh" => "text/plain; charset=utf-8",
        "xlsx" => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "pdf" => "application/pdf",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "zip" => "application/zip",
        _ if name == "SHA256SUMS" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;

    fn site() -> (tempfile::TempDir, PathBuf) {
        let dir = tempfile::tempdir().unwrap();
        let root = dir.path().join("site");
        fs::create_dir_all(root.join("o/empty")).unwrap();
        fs::create_dir_all(root.join("archive")).unwrap();
        for (path, text) in [
            ("index.html", "home"),
            ("o/GD26-0001.html", "order"),
            ("archive/index.html", "archive"),
            ("c/x", ""),
            ("SHA256SUMS", "sums"),
            ("提单.html", "b/l"),
            (".gendan-site", "marker"),
            ("../secret.html", "secret"),
        ] {
            fs::create_dir_all(root.join(path).parent().unwrap()).unwrap();
            fs::write(root.join(path), text).unwrap();
        }
        (dir, root)
    }

    fn text(root: &Path, path: &str) -> Option<String> {
        match find(root, path) {
            Found::File(mut file, _, _) => {
                let mut text = String::new();
                file.read_to_string(&mut text).unwrap();
                Some(text)
            }
            Found::Folder => Some("→".to_owned()),
            Found::Missing => None,
        }
    }

    #[test]
    fn a_path_means_a_file_and_a_folder_its_index() {
        let (_keep, root) = site();
        for (path, wanted) in [
            ("/", "home"),
            ("/index.html", "home"),
            ("/o/GD26-0001.html", "order"),
            ("/o/GD26%2D0001.html", "order"),
            ("/archive/", "archive"),
            ("/archive", "→"),
            ("/%E6%8F%90%E5%8D%95.html", "b/l"),
            ("/SHA256SUMS", "sums"),
        ] {
            assert_eq!(text(&root, path).as_deref(), Some(wanted), "{path}");
        }
        for missing in
            ["/o/", "/o", "/o/empty", "/no.html", "/index.html/", "/index.html/x", "//", "/o//GD26-0001.html"]
        {
            assert_eq!(text(&root, missing), None, "{missing}");
        }
    }

    #[test]
    fn nothing_outside_and_nothing_hidden_is_found() {
        let (_keep, root) = site();
        for path in [
            "/../secret.html",
            "/o/../../secret.html",
            "/%2e%2e/secret.html",
            "/%2E%2E%2Fsecret.html",
            "/..%2fsecret.html",
            "/..%5csecret.html",
            "/..\\secret.html",
            "/%252e%252e/secret.html",
            "/%c0%ae%c0%ae/secret.html",
            "/./index.html",
            "//etc/passwd",
            "/%2fetc/passwd",
            "/C:/Windows/win.ini",
            "/index.html%00.png",
            "/index.html%0d%0aX: y",
            "/.gendan-site",
            "/%2egendan-site",
            "/nul",
            "secret.html",
            "",
        ] {
            assert_eq!(text(&root, path), None, "{path}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_link_is_not_followed() {
        let (_keep, root) = site();
        std::os::unix::fs::symlink(root.parent().unwrap(), root.join("up")).unwrap();
        std::os::unix::fs::symlink("../secret.html", root.join("leak.html")).unwrap();
        std::os::unix::fs::symlink("index.html", root.join("same.html")).unwrap();
        for path in ["/up/secret.html", "/leak.html", "/same.html", "/up", "/up/"] {
            assert_eq!(text(&root, path), None, "{path}");
        }
    }

    #[test]
    fn text_says_its_encoding_and_the_unknown_is_no_page() {
        for (name, wanted) in [
            ("a.html", "text/html; charset=utf-8"),
            ("search-data.JS", "text/javascript; charset=utf-8"),
            ("feed.xml", "application/xml; charset=utf-8"),
            ("scan", "application/octet-stream"),
            ("a.html.exe", "application/octet-stream"),
        ] {
            assert_eq!(media_type(name), wanted, "{name}");
        }
    }
}
