//! One thing that differs in an archive, in words.

use crate::bi;
use crate::text::Bi;

/// What differs, and where.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    /// Below the folder that was verified, with `/`; empty: the archive as a whole.
    pub path: String,
    /// What it is.
    pub what: What,
}

/// What differs.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum What {
    /// Its bytes are not those that a list names.
    Changed(String),
    /// A list names it and it is not there.
    Missing(String),
    /// No list names it.
    Added,
    /// A symbolic link in its place.
    Link,
    /// No file: a pipe, a device, a name that is not UTF-8.
    Special,
    /// It could not be read.
    Unreadable(String),
    /// A list that is not written as lists are.
    NoList,
    /// A manifest names another as the one before, whose bytes are others.
    Broken(String),
    /// A manifest names another as the one before, which is not there.
    Gone(String),
    /// Two manifests name the same one as the one before: that one, and the other manifest.
    Fork(String, String),
    /// A second manifest without one before it.
    SecondStart(String),
    /// A manifest that does not list the page of its name.
    Renamed(String),
    /// Two lists name it.
    ListedTwice(String, String),
    /// An unfinished run of `gendan archive`.
    Interrupted,
    /// No manifest has the digest that was asked for.
    NotNewest(String),
}

impl Problem {
    /// A problem with a path.
    pub fn new(path: impl Into<String>, what: What) -> Self {
        Self { path: path.into(), what }
    }

    /// In words, with the path.
    #[must_use]
    pub fn text(&self) -> Bi {
        let path = &self.path;
        let what = match &self.what {
            What::Changed(list) => bi!("改过，和 {list} 记的不一样", "changed: not what {list} says"),
            What::Missing(list) if list.is_empty() => bi!("缺了", "missing"),
            What::Missing(list) => bi!("缺了，{list} 里有它", "missing: {list} names it"),
            What::Added => bi!("多出来的，没有清单列出它", "added: no list names it"),
            What::Link => {
                bi!("是符号链接，不是文件本身，没有读", "a symbolic link, not the file itself; not read")
            }
            What::Special => {
                bi!("不是文件，或名字不是 UTF-8", "not a file, or its name is not UTF-8")
            }
            What::Unreadable(why) => bi!("读不了：{why}", "cannot be read: {why}"),
            What::NoList => {
                bi!("清单被改过，不是原来的写法", "the list was changed: it is not written as it was")
            }
            What::Broken(before) => bi!(
                "链断了：上一份 {before} 不是它当时接的那份，被改过、换过，或换回了旧的",
                "the chain is broken: {before} is not the one this follows; it was changed, swapped, or replaced by an older one"
            ),
            What::Gone(before) => bi!(
                "链断了：上一份 {before} 不在",
                "the chain is broken: {before}, which this follows, is missing"
            ),
            What::Fork(before, other) => bi!(
                "链分叉了：它和 {other} 都接在 {before} 后面",
                "the chain forks: this and {other} both follow {before}"
            ),
            What::SecondStart(first) => bi!(
                "没有写上一份；链已经从 {first} 开始",
                "names no manifest before it; the chain begins with {first} already"
            ),
            What::Renamed(page) => bi!(
                "改过名，或清单被改过：没有列出同名的 {page}",
                "renamed, or its list was changed: it does not name its own page {page}"
            ),
            What::ListedTwice(one, other) if one == other => {
                bi!(
                    "{one} 又列了一次，别的清单里已经有",
                    "listed again in {one}; another list has it already"
                )
            }
            What::ListedTwice(one, other) => {
                bi!("{one} 和 {other} 都列了它", "both {one} and {other} name it")
            }
            What::Interrupted => bi!(
                "上次归档没做完：再运行一次 gendan archive，它会收尾",
                "the last run of gendan archive was interrupted: run it again and it will finish"
            ),
            What::NotNewest(digest) => bi!(
                "没有 SHA-256 是 {digest} 的月度清单：整个换过，或最后几个月被拿走了",
                "no manifest has the SHA-256 {digest}: the archive was replaced, or its last months were taken away"
            ),
        };
        if path.is_empty() {
            return what;
        }
        bi!("{path}：{what}", "{path}: {what}"; what)
    }
}
