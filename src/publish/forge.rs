//! Links to the forge: a file, its editor, its history, a commit, a merge or pull request. One place knows how each
//! forge writes its addresses. Only `http` and `https` addresses become links, and every part that comes from data is
//! percent-encoded.

use crate::config::{Config, is_web};
use crate::model::setup::ForgeKind;

/// The forge of a data root, as configured. Without a usable address every link is empty.
#[derive(Debug, Clone, Copy)]
pub struct Forge<'a> {
    url: Option<&'a str>,
    kind: ForgeKind,
    branch: &'a str,
    /// `branch` is the id of a commit.
    fixed: bool,
}

impl<'a> Forge<'a> {
    /// The forge of `gendan.toml`.
    #[must_use]
    pub fn of(config: &'a Config) -> Self {
        let forge = config.forge.as_deref();
        let url = forge.and_then(|f| f.url.as_deref()).map(str::trim);
        Self {
            url: url.filter(|url| is_web(url)).map(|url| url.trim_end_matches('/')),
            kind: forge.and_then(|f| f.kind).unwrap_or(ForgeKind::Gitlab),
            branch: forge.and_then(|f| f.branch.as_deref()).unwrap_or("main"),
            fixed: false,
        }
    }

    /// The same, but files as a commit has them.
    #[must_use]
    pub fn on(self, commit: &'a str) -> Self {
        Self { branch: commit, fixed: true, ..self }
    }

    /// A file, at a line. A Markdown file is shown as its source, where lines have numbers.
    #[must_use]
    pub fn file(self, file: &str, line: Option<usize>) -> String {
        let anchor = line.map(|n| format!("#L{n}")).unwrap_or_default();
        self.at("blob", "src/branch", file, &anchor)
    }

    /// The editor of a file.
    #[must_use]
    pub fn edit(self, file: &str) -> String {
        self.at("edit", "_edit", file, "")
    }

    /// Who wrote each line of a file, at a line.
    #[must_use]
    pub fn blame(self, file: &str, line: Option<usize>) -> String {
        let anchor = line.map(|n| format!("#L{n}")).unwrap_or_default();
        self.at("blame", "blame/branch", file, &anchor)
    }

    /// The changes of a file or folder.
    #[must_use]
    pub fn log(self, path: &str) -> String {
        self.at("commits", "commits/branch", path, "")
    }

    /// A commit.
    #[must_use]
    pub fn commit(self, id: &str) -> String {
        self.page(&format!("commit/{}", percent(id)))
    }

    /// The merge or pull request with a number as commit messages have it, `#12` or `!12`. Nothing where the mark is
    /// not the forge's own: `#12` is an issue on GitLab, and a history may have moved from another forge.
    #[must_use]
    pub fn request(self, number: &str) -> String {
        let digits = |mark| {
            let digits: Option<&str> = number.strip_prefix(mark);
            digits.filter(|d| !d.is_empty() && d.len() <= 9 && d.bytes().all(|b| b.is_ascii_digit()))
        };
        let (mark, folder) = match self.kind {
            ForgeKind::Gitlab => ('!', "merge_requests"),
            ForgeKind::Github => ('#', "pull"),
            ForgeKind::Gitea => ('#', "pulls"),
            ForgeKind::Gitee => ('!', "pulls"),
        };
        digits(mark).map(|digits| self.page(&format!("{folder}/{digits}"))).unwrap_or_default()
    }

    /// A page of the repository. GitLab keeps its own pages apart with a dash.
    fn page(self, path: &str) -> String {
        let Some(url) = self.url else { return String::new() };
        let dash = if self.kind == ForgeKind::Gitlab { "-/" } else { "" };
        format!("{url}/{dash}{path}")
    }

    /// A page about a path on the branch: `what`, and what Gitea and Forgejo call it.
    fn at(self, what: &str, gitea: &str, path: &str, anchor: &str) -> String {
        let gitea = if self.fixed { gitea.replace("/branch", "/commit") } else { gitea.to_owned() };
        let what = if self.kind == ForgeKind::Gitea { &gitea } else { what };
        self.page(&format!("{what}/{}/{}{anchor}", percent(self.branch), percent(path)))
    }
}

/// A path for a URL: everything but letters, digits and `/-._~` is percent-encoded.
#[must_use]
pub fn percent(path: &str) -> String {
    use std::fmt::Write as _;
    path.bytes().fold(String::with_capacity(path.len()), |mut url, byte| {
        if byte.is_ascii_alphanumeric() || b"/-._~".contains(&byte) {
            url.push(char::from(byte));
        } else {
            let _ = write!(url, "%{byte:02X}");
        }
        url
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::setup;

    fn config(kind: Option<ForgeKind>, url: &str) -> Config {
        let mut config = Config::default();
        let branch = Some("主/main".to_owned());
        config.file.forge = Some(Box::new(setup::Forge { kind, url: Some(url.to_owned()), branch }));
        config
    }

    /// Each forge writes its addresses in its own way; the request only under its own mark.
    #[test]
    fn each_forge_has_its_own_addresses() {
        let branch = "%E4%B8%BB/main";
        for (kind, file, edit, blame, log, commit, bang, hash) in [
            (
                None,
                "-/blob/B/a%20b#L3",
                "-/edit/B/a%20b",
                "-/blame/B/a%20b#L3",
                "-/commits/B/o",
                "-/commit/c0",
                "-/merge_requests/12",
                "",
            ),
            (
                Some(ForgeKind::Gitlab),
                "-/blob/B/a%20b#L3",
                "-/edit/B/a%20b",
                "-/blame/B/a%20b#L3",
                "-/commits/B/o",
                "-/commit/c0",
                "-/merge_requests/12",
                "",
            ),
            (
                Some(ForgeKind::Github),
                "blob/B/a%20b#L3",
                "edit/B/a%20b",
                "blame/B/a%20b#L3",
                "commits/B/o",
                "commit/c0",
                "",
                "pull/12",
            ),
            (
                Some(ForgeKind::Gitea),
                "src/branch/B/a%20b#L3",
                "_edit/B/a%20b",
                "blame/branch/B/a%20b#L3",
                "commits/branch/B/o",
                "commit/c0",
                "",
                "pulls/12",
            ),
            (
                Some(ForgeKind::Gitee),
                "blob/B/a%20b#L3",
                "edit/B/a%20b",
                "blame/B/a%20b#L3",
                "commits/B/o",
                "commit/c0",
                "pulls/12",
                "",
            ),
        ] {
            let config = config(kind, "https://git.example/t/o/");
            let forge = Forge::of(&config);
            let whole = |rest: &str| match rest {
                "" => String::new(),
                rest => format!("https://git.example/t/o/{}", rest.replace('B', branch)),
            };
            assert_eq!(forge.file("a b", Some(3)), whole(file));
            assert_eq!(forge.edit("a b"), whole(edit));
            assert_eq!(forge.blame("a b", Some(3)), whole(blame));
            assert_eq!(forge.log("o"), whole(log));
            assert_eq!(forge.commit("c0"), whole(commit));
            assert_eq!(forge.request("!12"), whole(bang));
            assert_eq!(forge.request("#12"), whole(hash));
        }
    }

    #[test]
    fn what_is_no_address_of_the_web_or_no_number_makes_no_link() {
        for url in [
            "",
            "javascript:alert(1)",
            "ssh://git@git.example/t/o",
            "git@git.example:t/o",
            "https://",
            "https:///x",
            "https://git.example/\"><script>",
            "https://git.example/a b",
        ] {
            let config = config(Some(ForgeKind::Github), url);
            let forge = Forge::of(&config);
            assert_eq!(forge.file("a", None) + &forge.commit("b") + &forge.request("#1"), "", "{url}");
        }
        assert_eq!(Forge::of(&Config::default()).log("orders"), "");
        let config = config(Some(ForgeKind::Github), "http://git.example/o");
        for number in ["", "#", "12", "#1x", "#-1", "#1234567890", "#１２", "!12"] {
            assert_eq!(Forge::of(&config).request(number), "", "{number}");
        }
    }

    #[test]
    fn paths_in_links_are_encoded() {
        assert_eq!(percent("orders/2026/A 1/水单.pdf"), "orders/2026/A%201/%E6%B0%B4%E5%8D%95.pdf");
        assert_eq!(percent("a\"><script>"), "a%22%3E%3Cscript%3E");
    }
}
