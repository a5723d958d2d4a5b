//! Git: whether the history can be trusted, what is not committed, who the authors are, and the files beside the data
//! that git and the forge read.

use std::collections::BTreeSet;
use std::path::Path;

use super::{Line, read};
use crate::bi;
use crate::book::Book;
use crate::history::{History, State};
use crate::text::Bi;

pub(super) fn lines(book: &Book, history: &History, top: &Path) -> Vec<Line> {
    let mut lines = vec![state(history)];
    if let Some(head) = &history.head {
        let (short, date) = (&head.short, head.committed);
        lines.push(Line::ok("head", bi!("{short}，{date}", "{short}, {date}")));
    }
    if !matches!(history.state, State::NoRepository | State::Unreadable(_)) {
        lines.push(uncommitted(history));
    }
    if history.state == State::Complete {
        lines.push(authors(book, history));
    }
    lines.push(people(book));
    lines.push(forge(book));
    if history.state != State::NoRepository {
        lines.push(attributes(book, top));
        lines.push(owners(book, top));
    }
    lines
}

fn state(history: &History) -> Line {
    let topic = "git";
    match &history.state {
        State::Complete => {
            let orders = history.orders.len();
            Line::ok(
                topic,
                bi!("历史完整，{orders} 单有记录", "the history is complete; {orders} orders are in it"),
            )
        }
        State::Shallow => Line::problem(
            topic,
            bi!(
                "浅克隆：历史被截断，按历史检查的规则都没有查",
                "a shallow clone: the history is cut off, and rules about it are not checked"
            ),
            bi!(
                "本机：git fetch --unshallow。GitHub Actions：actions/checkout 写 fetch-depth: 0。GitLab CI：GIT_DEPTH: \"0\"",
                "here: git fetch --unshallow. GitHub Actions: fetch-depth: 0 for actions/checkout. GitLab CI: GIT_DEPTH: \"0\""
            ),
        ),
        State::NoRepository => Line::problem(
            topic,
            bi!(
                "不在 git 仓库里：没有人证明谁在哪天写了什么",
                "in no git repository: nothing proves who wrote what and when"
            ),
            bi!("git init && git add -A && git commit", "git init && git add -A && git commit"),
        ),
        State::Unborn => Line::note(
            topic,
            bi!("仓库里还没有提交", "the repository has no commit yet"),
            bi!("git add -A && git commit", "git add -A && git commit"),
        ),
        State::OutsideData => Line::problem(
            topic,
            bi!(
                "数据目录在仓库里，但没有提交过",
                "the data root lies in a repository but was never committed"
            ),
            bi!(
                "git add 数据目录，再提交；看看是不是被 .gitignore 忽略了",
                "git add it and commit; .gitignore may leave it out"
            ),
        ),
        State::Unreadable(why) => Line::problem(
            topic,
            bi!("仓库读不了：{why}", "the repository cannot be read: {why}"),
            bi!("运行 git status，看 git 怎么说", "run git status and see what git says"),
        ),
    }
}

fn uncommitted(history: &History) -> Line {
    let count = history.uncommitted.len();
    if count == 0 {
        return Line::ok("uncommitted", bi!("没有未提交的订单", "no order differs from the last commit"));
    }
    let names = some(history.uncommitted.iter().map(String::as_str));
    Line::note(
        "uncommitted",
        bi!(
            "{count} 单有改动没有提交：{names}",
            "orders with changes that are not committed: {count} ({names})"
        ),
        bi!("提交以后才算记录下来", "what is not committed is not recorded"),
    )
}

/// The first names of a list.
pub(super) fn some<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    let names: Vec<&str> = names.into_iter().collect();
    let more = if names.len() > 8 { " …" } else { "" };
    names.iter().take(8).copied().collect::<Vec<_>>().join(" ") + more
}

fn authors(book: &Book, history: &History) -> Line {
    let unknown: BTreeSet<&str> = history
        .orders
        .values()
        .flat_map(|order| &order.people)
        .map(|person| person.email.as_str())
        .filter(|email| book.person_by_email(email).is_none())
        .collect();
    let count = unknown.len();
    if count == 0 {
        return Line::ok(
            "authors",
            bi!("提交的人都在 people.toml 里", "everybody who committed is in people.toml"),
        );
    }
    let names = some(unknown);
    Line::note(
        "authors",
        bi!(
            "{count} 个提交邮箱不在 people.toml 里：{names}",
            "e-mails of commits that are not in people.toml: {count} ({names})"
        ),
        bi!(
            "写进本人的 emails；同一个人的旧邮箱也可以写进 .mailmap",
            "add them to the person's emails; old ones can also go to .mailmap"
        ),
    )
}

fn people(book: &Book) -> Line {
    if book.people.is_empty() {
        return Line::note(
            "people",
            bi!("没有 people.toml，或里面没有人", "there is no people.toml, or nobody in it"),
            bi!(
                "写上每个人的名字和 git 邮箱，页面才知道谁记录了什么",
                "write names and git e-mails, so that pages can say who recorded what"
            ),
        );
    }
    let silent: Vec<&str> = book
        .people
        .iter()
        .filter(|(_, person)| person.emails.is_empty() && person.left.is_none())
        .map(|(id, _)| id.as_str())
        .collect();
    let (all, count) = (book.people.len(), silent.len());
    if count == 0 {
        return Line::ok("people", bi!("{all} 人，都有 git 邮箱", "{all} people, all with a git e-mail"));
    }
    let names = some(silent);
    Line::note(
        "people",
        bi!("{count} 人没有 git 邮箱：{names}", "people without a git e-mail: {count} ({names})"),
        bi!("在 people.toml 写 emails = [\"…\"]", "write emails = [\"…\"] in people.toml"),
    )
}

fn forge(book: &Book) -> Line {
    let url = book.config.forge.as_deref().and_then(|forge| forge.url.as_deref());
    match url {
        Some(url) if url.starts_with("https://") || url.starts_with("http://") => {
            Line::ok("forge", Bi::same(url))
        }
        Some(url) => Line::note(
            "forge",
            bi!("{url} 不是网址，页面上没有链接", "{url} is no web address; pages have no links"),
            bi!(
                "写 https://…，浏览器里仓库的网址",
                "write https://…, the address of the repository in a browser"
            ),
        ),
        None => Line::note(
            "forge",
            bi!(
                "没有写 [forge]，页面上没有“改这里的数据”的链接",
                "there is no [forge]; pages have no links to edit the data"
            ),
            bi!(
                "在 gendan.toml 写 [forge] 的 kind、url、branch",
                "write kind, url and branch of [forge] in gendan.toml"
            ),
        ),
    }
}

/// A file at the data root, at the top of the repository, or in between.
fn above(book: &Book, top: &Path, names: &[&str]) -> Option<String> {
    book.root
        .place()
        .ancestors()
        .take_while(|dir| dir.starts_with(top))
        .flat_map(|dir| names.iter().map(move |name| dir.join(name)))
        .find_map(|path| read(&path))
}

fn attributes(book: &Book, top: &Path) -> Line {
    let fix = || {
        bi!(
            "加一行：*.toml text eol=lf。不同系统的换行会让每一行都像改过",
            "add the line: *.toml text eol=lf. Else line ends of another system make every line look changed"
        )
    };
    match above(book, top, &[".gitattributes"]) {
        Some(text) if text.contains("eol=lf") => {
            Line::ok(".gitattributes", bi!("换行固定为 LF", "line ends are LF"))
        }
        Some(_) => Line::note(".gitattributes", bi!("没有固定换行", "line ends are not set"), fix()),
        None => Line::note(".gitattributes", bi!("没有这个文件", "there is no such file"), fix()),
    }
}

fn owners(book: &Book, top: &Path) -> Line {
    let places =
        ["CODEOWNERS", ".github/CODEOWNERS", ".gitlab/CODEOWNERS", ".gitea/CODEOWNERS", "docs/CODEOWNERS"];
    match above(book, top, &places) {
        Some(text) if text.contains("money") => {
            Line::ok("CODEOWNERS", bi!("money.toml 有人审", "somebody has to review money.toml"))
        }
        Some(_) => Line::note(
            "CODEOWNERS",
            bi!("没有提到 money.toml", "it does not mention money.toml"),
            bi!("加一行，让财务审 money.toml", "add a line so that finance reviews money.toml"),
        ),
        None => Line::note(
            "CODEOWNERS",
            bi!(
                "没有这个文件：谁都能合并收付款的改动",
                "there is no such file: anybody may merge changes of money"
            ),
            bi!("加一行，让财务审 money.toml", "add a line so that finance reviews money.toml"),
        ),
    }
}
