//! What differs between forges: where the pipeline and the code owners stand, how patterns are written, and what
//! the README says about setting up.

use super::{InitFile, fill};

/// Where the repository will live.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Forge {
    /// github.com or an enterprise server.
    Github,
    /// gitlab.com, 极狐 or self-managed.
    Gitlab,
    /// Gitea.
    Gitea,
    /// Forgejo, which grew out of Gitea.
    Forgejo,
    /// 码云.
    Gitee,
    /// Any other, or none.
    Generic,
}

impl Forge {
    /// All of them.
    pub const ALL: [Self; 6] =
        [Self::Github, Self::Gitlab, Self::Gitea, Self::Forgejo, Self::Gitee, Self::Generic];

    /// As people call it.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Github => "GitHub",
            Self::Gitlab => "GitLab",
            Self::Gitea => "Gitea",
            Self::Forgejo => "Forgejo",
            Self::Gitee => "Gitee 码云",
            Self::Generic => "代码平台",
        }
    }

    /// The value of `kind` in `gendan.toml`; links are made alike for Gitea and Forgejo.
    const fn kind(self) -> Option<&'static str> {
        match self {
            Self::Github => Some("github"),
            Self::Gitlab => Some("gitlab"),
            Self::Gitea | Self::Forgejo => Some("gitea"),
            Self::Gitee => Some("gitee"),
            Self::Generic => None,
        }
    }

    /// `[forge]` of `gendan.toml`. Nothing false is written: the address is for its owner to fill in.
    pub(super) fn section(self) -> String {
        let (off, kind) = self.kind().map_or(("# ", "gitlab"), |kind| ("", kind));
        format!(
            "# 数据放在哪个代码平台：填上 url，页面上才有\"改这里的数据\"和改动的链接\n\
             # Where the repository lives: with its url, pages link to the editor and to changes.\n\
             {off}[forge]\n\
             {off}kind   = \"{kind}\"{pad}# gitlab github gitea gitee\n\
             {off}branch = \"main\"\n\
             # url  = \"https://…/orders\"\n",
            pad = " ".repeat(27_usize.saturating_sub(kind.len() + off.len())),
        )
    }

    /// Where the forge looks for the owners of files.
    pub(super) const fn owners_path(self) -> &'static str {
        match self {
            Self::Github => ".github/CODEOWNERS",
            Self::Gitlab => ".gitlab/CODEOWNERS",
            Self::Gitea | Self::Forgejo | Self::Gitee | Self::Generic => "CODEOWNERS",
        }
    }

    const fn workflow_path(self) -> &'static str {
        match self {
            Self::Github => ".github/workflows/gendan.yml",
            Self::Gitlab => ".gitlab-ci.yml",
            Self::Gitea => ".gitea/workflows/gendan.yml",
            Self::Forgejo => ".forgejo/workflows/gendan.yml",
            Self::Gitee | Self::Generic => "ci/gendan.sh",
        }
    }

    /// Finance owns money and accounts, administrators what the checks themselves are.
    fn owners(self) -> String {
        // Gitea and Forgejo match regular expressions against the whole path; the others take patterns as git does.
        let regular = matches!(self, Self::Gitea | Self::Forgejo);
        let line = |pattern: &str, owner: &str| {
            let pattern = if regular {
                let tail = if pattern.ends_with('/') { ".*" } else { "" };
                let escaped = pattern.trim_start_matches('/').replace('.', "[.]").replace("**", ".*");
                format!("{escaped}{tail}")
            } else {
                pattern.to_owned()
            };
            format!("{pattern} @your-org/{owner}\n")
        };
        let lines = |patterns: &[&str], owner: &str| -> String {
            patterns.iter().map(|pattern| line(pattern, owner)).collect()
        };
        let mut setup = vec!["/gendan.toml", "/people.toml", "/calendar/", "/ci/"];
        match self {
            Self::Github => setup.push("/.github/"),
            Self::Gitlab => setup.extend(["/.gitlab-ci.yml", "/.gitlab/"]),
            Self::Gitea => setup.extend(["/.gitea/", "/CODEOWNERS"]),
            Self::Forgejo => setup.extend(["/.forgejo/", "/CODEOWNERS"]),
            Self::Gitee | Self::Generic => setup.push("/CODEOWNERS"),
        }
        let prices = line("/orders/**/order.toml", "finance");
        fill(
            include_str!("files/data/owners"),
            &[
                ("MONEY", line("/orders/**/money.toml", "finance")),
                ("ACCOUNTS", lines(&["/suppliers/", "/forwarders/"], "finance")),
                ("PRICES", prices.trim_end().to_owned()),
                ("SETUP", lines(&setup, "admins")),
            ],
        )
    }

    /// The part of the README about this forge.
    pub(super) fn readme(self) -> String {
        let text = match self {
            Self::Github => include_str!("files/github/readme.md"),
            Self::Gitlab => include_str!("files/gitlab/readme.md"),
            Self::Gitea | Self::Forgejo => include_str!("files/gitea/readme.md"),
            Self::Gitee | Self::Generic => include_str!("files/ci/readme.md"),
        };
        fill(text, &[("FORGE_NAME", self.name().to_owned()), ("WORKFLOW", self.workflow_path().to_owned())])
    }

    /// The pipeline, its scripts, and the owners of files.
    pub(super) fn files(self) -> Vec<InitFile> {
        let get = || InitFile::new("ci/get-gendan.sh", include_str!("files/ci/get-gendan.sh"));
        let run = || InitFile::new("ci/gendan.sh", include_str!("files/ci/gendan.sh"));
        let mut files = match self {
            Self::Github => vec![
                InitFile::new(self.workflow_path(), include_str!("files/github/check.yml")),
                InitFile::new(
                    ".github/workflows/gendan-comment.yml",
                    include_str!("files/github/comment.yml"),
                ),
                get(),
            ],
            Self::Gitlab => {
                vec![InitFile::new(self.workflow_path(), include_str!("files/gitlab/gitlab-ci.yml"))]
            }
            Self::Gitea | Self::Forgejo => {
                vec![InitFile::new(self.workflow_path(), include_str!("files/gitea/check.yml")), get(), run()]
            }
            Self::Gitee | Self::Generic => vec![get(), run()],
        };
        files.push(InitFile::new(self.owners_path(), self.owners()));
        files
    }
}
