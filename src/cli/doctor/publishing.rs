//! Whether something beside the data puts the site onto a host that anybody can read. Prices, banks and debts of
//! customers stand in the internal site, and pages of a private repository are public on most plans.
//!
//! Looks at names and words in pipeline files; it cannot see the settings of a forge. Hence "may". Names of customers'
//! folders that will not do are told too.

use std::path::Path;

use super::{Line, read};
use crate::bi;
use crate::book::Book;
use crate::model::party::PartyKind;
use crate::publish::customer::portal;

const TOPIC: &str = "publishing";

/// Words of a pipeline that publish, and to whom.
const ACTIONS: &[(&str, &str)] = &[
    ("actions/deploy-pages", "GitHub Pages"),
    ("actions/upload-pages-artifact", "GitHub Pages"),
    ("peaceiris/actions-gh-pages", "GitHub Pages"),
    ("github-pages-deploy-action", "GitHub Pages"),
    ("ghaction-github-pages", "GitHub Pages"),
    ("cloudflare/pages-action", "Cloudflare Pages"),
    ("cloudflare/wrangler-action", "Cloudflare"),
    ("wrangler pages", "Cloudflare Pages"),
    ("actions-netlify", "Netlify"),
    ("netlify deploy", "Netlify"),
    ("vercel-action", "Vercel"),
    ("vercel deploy", "Vercel"),
    ("vercel --prod", "Vercel"),
    ("action-hosting-deploy", "Firebase"),
    ("firebase deploy", "Firebase"),
    ("static-web-apps-deploy", "Azure"),
    ("surge ", "Surge"),
    ("coding-pages", "CODING Pages"),
];

/// Files whose being there means a host.
const FILES: &[(&str, &str)] = &[
    ("CNAME", "GitHub Pages"),
    ("docs/CNAME", "GitHub Pages"),
    ("public/CNAME", "GitHub Pages"),
    ("static/CNAME", "GitHub Pages"),
    ("netlify.toml", "Netlify"),
    ("public/_redirects", "Netlify"),
    ("vercel.json", "Vercel"),
    (".vercel/project.json", "Vercel"),
    ("wrangler.toml", "Cloudflare"),
    ("wrangler.json", "Cloudflare"),
    ("wrangler.jsonc", "Cloudflare"),
    ("firebase.json", "Firebase"),
    ("staticwebapp.config.json", "Azure"),
];

/// Folders of workflows.
const WORKFLOWS: &[&str] = &[".github/workflows", ".gitea/workflows", ".forgejo/workflows"];

pub(super) fn lines(root: &Path, top: &Path) -> Vec<Line> {
    let mut lines = Vec::new();
    for folder in WORKFLOWS {
        let mut files: Vec<_> = std::fs::read_dir(top.join(folder))
            .map(|entries| entries.filter_map(Result::ok).map(|e| e.path()).collect())
            .unwrap_or_default();
        files.sort();
        for path in files {
            let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
            let yaml = name.ends_with(".yml") || name.ends_with(".yaml");
            let Some(text) = read(&path).filter(|_| yaml) else { continue };
            if let Some(host) = publishes(&text) {
                lines.push(found(&format!("{folder}/{name}"), host, &text));
            }
        }
    }
    for name in [".gitlab-ci.yml", ".gitlab-ci.yaml"] {
        let Some(text) = read(&top.join(name)) else { continue };
        if has_pages_job(&text) {
            lines.push(gitlab(name, &text));
        } else if let Some(host) = publishes(&text) {
            lines.push(found(name, host, &text));
        }
    }
    let mut dirs = vec![top];
    if root != top {
        dirs.push(root);
    }
    for dir in dirs {
        for (name, host) in FILES {
            if read(&dir.join(name)).is_some() {
                lines.push(Line::problem(
                    TOPIC,
                    bi!(
                        "{name} 说明有网站放在 {host}：内部网站可能是公开的",
                        "{name} speaks of a site at {host}: the internal site may be public"
                    ),
                    advice(),
                ));
            }
        }
    }
    if lines.is_empty() {
        lines.push(Line::ok(
            TOPIC,
            bi!("没有看到把网站发到公开主机的流水线", "no pipeline was seen that publishes to a public host"),
        ));
    }
    lines
}

/// Customers whose folder has a name that will not do.
pub(super) fn portals(book: &Book) -> Vec<Line> {
    book.of_kind(PartyKind::Customer)
        .filter(|party| party.file.portal.is_some())
        .filter_map(|party| portal::folder(book, party).err())
        .map(|why| {
            Line::problem(
                TOPIC,
                why,
                bi!(
                    "改好以前，gendan build --audience customer 不生成",
                    "until then gendan build --audience customer builds nothing"
                ),
            )
        })
        .collect()
}

/// Lines without their comments.
fn said(text: &str) -> impl Iterator<Item = &str> {
    text.lines().map(|line| match line.trim_start().starts_with('#') {
        true => "",
        false => line.split(" #").next().unwrap_or(line),
    })
}

fn publishes(text: &str) -> Option<&'static str> {
    said(text).find_map(|line| {
        let line = line.to_ascii_lowercase();
        ACTIONS.iter().find(|(word, _)| line.contains(word)).map(|(_, host)| *host)
    })
}

/// True when every site that the pipeline builds is one for customers.
fn for_customers(text: &str) -> bool {
    let builds: Vec<&str> = said(text).filter(|l| l.contains("gendan") && l.contains(" build")).collect();
    !builds.is_empty()
        && builds.iter().all(|l| l.contains("--audience customer") || l.contains("--audience=customer"))
}

fn found(file: &str, host: &str, text: &str) -> Line {
    if for_customers(text) {
        return Line::note(
            TOPIC,
            bi!(
                "{file} 把给客户的网站发到 {host}：可能谁都能看",
                "{file} publishes a customer's site to {host}: anybody may be able to read it"
            ),
            bi!(
                "给每个客户的目录加密码：猜不到的目录名不是权限",
                "put a password on each customer's folder: a name that nobody guesses is not access control"
            ),
        );
    }
    Line::problem(
        TOPIC,
        bi!(
            "{file} 把网站发到 {host}：内部网站可能是公开的",
            "{file} publishes the site to {host}: the internal site may be public"
        ),
        advice(),
    )
}

fn advice() -> crate::text::Bi {
    bi!(
        "价格、账号、欠款都在里面。私有仓库的 Pages 在多数套餐里也是公开的：改为流水线产物，或放到要登录的服务器",
        "it holds prices, accounts and debts. Pages of a private repository are public on most plans: keep the site as an artifact, or on a server that asks for a login"
    )
}

/// A job named `pages`, or one with `pages: true` or a `pages:` block.
fn has_pages_job(text: &str) -> bool {
    said(text).any(|line| {
        let (indented, line) = (line.starts_with([' ', '\t']), line.trim());
        let key = line.strip_prefix("pages:").or_else(|| line.strip_prefix("\"pages\":"));
        key.is_some_and(|rest| !indented || !rest.contains("false"))
    })
}

fn gitlab(file: &str, text: &str) -> Line {
    let noted = text.lines().filter_map(|line| line.split_once('#')).any(|(_, comment)| {
        let comment = comment.to_lowercase();
        comment.contains("pages")
            && ["访问", "成员", "access", "member"].iter().any(|word| comment.contains(word))
    });
    if noted {
        return Line::note(
            TOPIC,
            bi!(
                "{file} 有 pages 任务，注释说限制了访问：gendan 看不到平台的设置",
                "{file} has a pages job, and a comment says that access is limited: gendan cannot see the forge's settings"
            ),
            bi!(
                "在 设置 → 常规 → 可见性 里确认 Pages 只给项目成员看",
                "make sure in Settings, General, Visibility that only project members can see Pages"
            ),
        );
    }
    if for_customers(text) {
        return found(file, "GitLab Pages", text);
    }
    Line::problem(
        TOPIC,
        bi!(
            "{file} 有 pages 任务：内部网站可能是公开的",
            "{file} has a pages job: the internal site may be public"
        ),
        bi!(
            "在 设置 → 常规 → 可见性 里把 Pages 限为项目成员，并在任务旁写一行注释：# Pages 的访问只给成员",
            "limit Pages to project members in Settings, General, Visibility, and say so beside the job: # access to Pages: members only"
        ),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_publish_nothing() {
        assert_eq!(publishes("# uses: actions/deploy-pages@v4\n"), None);
        assert_eq!(publishes("  - uses: Actions/Deploy-Pages@v4 # x\n"), Some("GitHub Pages"));
        assert_eq!(publishes("run: gendan check # no actions/deploy-pages\n"), None);
    }

    #[test]
    fn a_pages_job_by_name_or_keyword() {
        assert!(has_pages_job("pages:\n  script: [gendan build]\n"));
        assert!(has_pages_job("site:\n  pages: true\n"));
        assert!(has_pages_job("site:\n  pages:\n    publish: public\n"));
        assert!(!has_pages_job("site:\n  pages: false\n# pages:\nmypages:\n  script: x\n"));
    }

    #[test]
    fn only_sites_for_customers_are_milder() {
        assert!(for_customers("- gendan build --audience customer=x\n"));
        assert!(!for_customers("- gendan build --audience customer=x\n- gendan build\n"));
        assert!(!for_customers("- echo\n"));
    }
}
