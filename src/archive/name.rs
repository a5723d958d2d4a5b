//! File names that every system takes. An archive is copied to sticks and disks of any kind; a name that one of them
//! refuses, or takes for another, would lose the file.
//!
//! What cannot be kept is written as `%` and the byte in hexadecimal, as in an address. The list of the order says what
//! the file was called.

use std::collections::BTreeSet;

/// Names that Windows keeps for devices, whatever their ending.
const DEVICES: [&str; 22] = [
    "con", "prn", "aux", "nul", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8", "com9",
    "lpt1", "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9",
];

/// Longest name of a file or folder, bytes.
const LONGEST: usize = 200;

/// Longest path below the folder of an order, bytes: Windows takes 260 characters for all of it.
const LONGEST_PATH: usize = 180;

/// Endings of files that a browser runs instead of showing. Whoever sends an attachment must not be able to run
/// something on the site that holds the archive: such a file opens as text.
const ACTIVE: [&str; 16] = [
    "htm", "html", "shtml", "xht", "xhtml", "svg", "svgz", "xml", "xsl", "xslt", "mht", "mhtml", "js", "mjs",
    "swf", "hta",
];

/// The folder of an order in its year. An ID that no folder can be called, or that would stand where the site has a
/// page, gets a `~`, which no ID has.
#[must_use]
pub fn folder(id: &str) -> String {
    let lower = id.to_ascii_lowercase();
    let page = lower.ends_with(".html") || lower.ends_with(".sha256");
    if page || is_device(&lower) || id.ends_with('.') { format!("{id}~") } else { id.to_owned() }
}

fn is_device(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default();
    DEVICES.iter().any(|device| stem.eq_ignore_ascii_case(device))
}

/// Gives every path a name of its own, also where capitals do not count.
#[derive(Debug, Default)]
pub struct Names {
    taken: BTreeSet<String>,
}

impl Names {
    /// The path under which a file is kept.
    pub fn take(&mut self, path: &str) -> String {
        let mut safe = path.split('/').map(|part| part_of(part, false)).collect::<Vec<_>>().join("/");
        if safe.len() > LONGEST_PATH {
            let digest = super::sums::sha256(path.as_bytes());
            let ending = ending(&safe).to_owned();
            safe = format!("long/{}", digest.get(..16).unwrap_or_default());
            if !ending.is_empty() {
                safe = format!("{safe}.{ending}");
            }
        }
        if ACTIVE.iter().any(|active| ending(&safe).eq_ignore_ascii_case(active)) {
            safe.push_str(".txt");
        }
        if self.taken.insert(safe.to_lowercase()) {
            return safe;
        }
        // Differs in capitals from another, or was called as another had to be.
        let (folder, name) = safe.rsplit_once('/').map_or(("", safe.as_str()), |(dir, name)| (dir, name));
        let base = part_of(name, true);
        let mut count = 1_usize;
        loop {
            let name = if count == 1 { base.clone() } else { format!("{count}-{base}") };
            let whole = if folder.is_empty() { name } else { format!("{folder}/{name}") };
            if self.taken.insert(whole.to_lowercase()) {
                return whole;
            }
            count += 1;
        }
    }
}

/// One name; `escape_first` changes its first letter too.
fn part_of(name: &str, escape_first: bool) -> String {
    let first = escape_first || name.starts_with(['.', '-', ' ']) || is_device(name);
    let last = name.chars().count().saturating_sub(1);
    let mut safe = String::with_capacity(name.len());
    for (at, c) in name.chars().enumerate() {
        let bad = c.is_control()
            || "\\:*?\"<>|".contains(c)
            || crate::report::is_direction(c)
            || crate::report::is_nothing(c)
            || (at == 0 && first)
            || (at == last && matches!(c, '.' | ' '));
        if bad {
            let mut buffer = [0; 4];
            for byte in c.encode_utf8(&mut buffer).bytes() {
                safe.push_str(&format!("%{byte:02X}"));
            }
        } else {
            safe.push(c);
        }
    }
    shorten(safe)
}

/// `pdf`; empty where there is none, or one that is no ending.
fn ending(name: &str) -> &str {
    let end = name.rsplit_once('.').map(|(_, end)| end);
    end.filter(|end| end.len() <= 8 && !end.contains('/')).unwrap_or_default()
}

/// Cut in the middle, the ending kept: it says with which program the file opens.
fn shorten(name: String) -> String {
    if name.len() <= LONGEST {
        return name;
    }
    let ending = ending(&name);
    let digest = super::sums::sha256(name.as_bytes());
    let mark = digest.get(..8).unwrap_or_default();
    let room = LONGEST - ending.len() - mark.len() - 2;
    let cut = (0..=room).rev().find(|at| name.is_char_boundary(*at)).unwrap_or(0);
    let head = name.get(..cut).unwrap_or_default();
    if ending.is_empty() { format!("{head}~{mark}") } else { format!("{head}~{mark}.{ending}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_works_everywhere_is_kept() {
        let mut names = Names::default();
        for name in ["orders/2026/GD26-0061/order.toml", "files/水单 2026-09-11.pdf", "files/100%.pdf"] {
            assert_eq!(names.take(name), name);
        }
    }

    #[test]
    fn other_names_are_written_so_that_they_work() {
        let take = |name| Names::default().take(name);
        assert_eq!(take("files/a:b?.pdf"), "files/a%3Ab%3F.pdf");
        assert_eq!(take("files/a\\b\nc"), "files/a%5Cb%0Ac");
        assert_eq!(take("files/con.pdf"), "files/%63on.pdf");
        assert_eq!(take("files/x. "), "files/x.%20");
        assert_eq!(take("-rf"), "%2Drf");
        assert_eq!(take("files/mail.HTML"), "files/mail.HTML.txt");
        assert_eq!(take("gpj.\u{202e}exe"), "gpj.%E2%80%AEexe");
        let deep = take(&format!("{}/x.pdf", "deep/".repeat(60)));
        assert!(deep.starts_with("long/") && deep.ends_with(".pdf") && deep.len() < 30, "{deep}");
        let long = shorten(format!("{}.pdf", "长".repeat(80)));
        assert!(long.len() <= LONGEST && long.ends_with(".pdf") && long.contains('~'), "{long}");
    }

    #[test]
    fn no_two_files_share_a_name() {
        let mut names = Names::default();
        assert_eq!(names.take("f/A.pdf"), "f/A.pdf");
        assert_eq!(names.take("f/a.pdf"), "f/%61.pdf");
        assert_eq!(names.take("f/%61.pdf"), "f/%2561.pdf");
        assert_eq!(names.take("f/a:b"), "f/a%3Ab");
        assert_eq!(names.take("f/a%3Ab"), "f/%61%3Ab");
        assert_eq!(names.take("f/A:b"), "f/%41%3Ab");
    }

    #[test]
    fn an_order_has_a_folder_everywhere() {
        assert_eq!(folder("GD26-0061"), "GD26-0061");
        assert_eq!(folder("09.HTML"), "09.HTML~");
        assert_eq!(folder("Con"), "Con~");
        assert_eq!(folder("a."), "a.~");
    }
}
