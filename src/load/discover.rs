//! Which files a data root has, and what each is. Follows no symbolic links: a link may lead out of the root.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::bi;
use crate::check::finding::{Finding, Place, Subject};
use crate::check::rules;
use crate::load::files::{Entry, Files, Kind};
use crate::model::party::PartyKind;

/// A file that makes part of the book.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Role {
    /// `gendan.toml`
    Setup,
    /// `people.toml`
    People,
    /// `calendar/<id>-<year>.toml`
    Calendar,
    /// `rates/<year>.csv`
    Rates,
    /// `customers/<id>.toml` and the like.
    Party(PartyKind),
}

/// The folder of an order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderFolder {
    /// Its name.
    pub id: Arc<str>,
    /// Relative to the root.
    pub folder: Arc<str>,
    /// Its TOML files, relative to the root, by name.
    pub files: Vec<Arc<str>>,
    /// Its `notes.md`.
    pub notes: Option<Arc<str>>,
}

/// What was found.
#[derive(Debug, Default)]
pub struct Found {
    /// Files outside `orders/`.
    pub single: Vec<(Role, Arc<str>)>,
    /// Order folders, by ID.
    pub orders: Vec<OrderFolder>,
    /// Every other file under `orders/`.
    pub attachments: Vec<Arc<str>>,
    /// What is wrong with the files themselves.
    pub findings: Vec<Finding>,
}

/// Walks the root. A folder or file that cannot be read is a finding.
#[must_use]
pub fn discover(root: &Files) -> Found {
    let mut found = Found::default();
    let mut below_orders: Vec<Arc<str>> = Vec::new();
    for Entry { path, kind } in root.entries() {
        match kind {
            Kind::File => {}
            Kind::NotFile => {
                if role(&path).is_some() || (path.starts_with("orders/") && path.ends_with(".toml")) {
                    found.findings.push(no_file(&path));
                }
                continue;
            }
            Kind::Link { outside } => {
                found.findings.push(symlink(&path, outside));
                continue;
            }
            Kind::Module => {
                found.findings.push(module(&path));
                continue;
            }
            Kind::Unnamed => {
                found.findings.push(unnamed(&path));
                continue;
            }
            Kind::Broken(reason) => {
                found.findings.push(unreadable(&path, &reason));
                continue;
            }
        }
        if path.starts_with("orders/") {
            below_orders.push(path);
        } else if let Some(role) = role(&path) {
            found.single.push((role, path));
        } else if path.ends_with(".toml") {
            found.findings.push(misplaced(&path));
        } else if let Some(name) = almost_toml(&path) {
            found.findings.push(misnamed(&path, name));
        }
    }
    group_orders(below_orders, &mut found);
    found
}

fn role(path: &str) -> Option<Role> {
    let mut parts = path.split('/');
    match (parts.next(), parts.next(), parts.next()) {
        (Some("gendan.toml"), None, _) => Some(Role::Setup),
        (Some("people.toml"), None, _) => Some(Role::People),
        (Some("calendar"), Some(name), None) if name.ends_with(".toml") => Some(Role::Calendar),
        (Some("rates"), Some(name), None) if name.ends_with(".csv") => Some(Role::Rates),
        (Some(folder), Some(name), None) if name.ends_with(".toml") => {
            [PartyKind::Customer, PartyKind::Supplier, PartyKind::Forwarder]
                .into_iter()
                .find(|kind| kind.folder() == folder)
                .map(Role::Party)
        }
        _ => None,
    }
}

/// Sorts the files below `orders/` into order folders: a folder that directly holds TOML is an order, and
/// everything below it belongs to it. A folder that groups orders (a year) is none, whatever else lies in it:
/// one stray file there must not hide a year of orders.
fn group_orders(files: Vec<Arc<str>>, found: &mut Found) {
    let homes = homes(&files);
    let mut folders: BTreeMap<String, OrderFolder> = BTreeMap::new();
    for path in files {
        let home = ancestors(&path).find(|dir| homes.contains(*dir));
        let direct = home.is_some_and(|home| parent(&path) == home);
        if let Some(almost) = almost_toml(&path) {
            found.findings.push(misnamed(&path, almost));
        }
        if path.ends_with(".toml") && !direct {
            found.findings.push(misplaced(&path));
            continue;
        }
        let Some(home) = home else {
            if path.ends_with("/notes.md") {
                found.findings.push(misplaced(&path));
            }
            found.attachments.push(path);
            continue;
        };
        let folder = folders.entry(home.to_owned()).or_insert_with(|| OrderFolder {
            id: Arc::from(home.rsplit('/').next().unwrap_or(home)),
            folder: Arc::from(home),
            files: Vec::new(),
            notes: None,
        });
        if direct && path.ends_with(".toml") {
            folder.files.push(path);
        } else if direct && path.ends_with("/notes.md") {
            folder.notes = Some(path);
        } else {
            found.attachments.push(path);
        }
    }
    accept_ids(folders.into_values(), found);
}

/// The folders that are orders: those that directly hold TOML, without the ones that only have orders below.
fn homes(files: &[Arc<str>]) -> BTreeSet<String> {
    let own: BTreeSet<&str> =
        files.iter().filter(|f| f.ends_with("/order.toml")).map(|f| parent(f)).collect();
    let groups: BTreeSet<&str> =
        own.iter().flat_map(|dir| ancestors(dir)).filter(|dir| !own.contains(dir)).collect();
    files
        .iter()
        .filter(|f| f.ends_with(".toml"))
        .map(|f| parent(f))
        .filter(|dir| *dir != "orders" && !groups.contains(dir))
        .map(str::to_owned)
        .collect()
}

/// The folders above a path, outermost first, starting below the root.
fn ancestors(path: &str) -> impl Iterator<Item = &str> {
    path.match_indices('/').filter_map(|(at, _)| path.get(..at))
}

fn parent(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(dir, _)| dir)
}

/// What a file that was meant as TOML should be called: file managers hide endings (`order.toml.txt`), and some
/// systems write them in capitals.
fn almost_toml(path: &str) -> Option<String> {
    let name = path.rsplit('/').next()?;
    let lower = name.to_ascii_lowercase();
    let plain = lower.strip_suffix(".txt").unwrap_or(&lower);
    (plain.ends_with(".toml") && name != plain).then(|| plain.to_owned())
}

/// Refuses folders whose name cannot be an ID, or is another's (also but for case): the ID is the page's
/// address, and two orders at one address would hide each other.
fn accept_ids(folders: impl Iterator<Item = OrderFolder>, found: &mut Found) {
    let mut taken: BTreeMap<String, Arc<str>> = BTreeMap::new();
    for folder in folders {
        let first = folder.files.first().map_or_else(|| Arc::clone(&folder.folder), Arc::clone);
        if !is_id(&folder.id) {
            found.findings.push(bad_id(&folder, &first));
            continue;
        }
        let folded = folder.id.to_ascii_lowercase();
        if let Some(other) = taken.get(&folded) {
            found.findings.push(same_id(&folder, &first, other));
            continue;
        }
        taken.insert(folded, first);
        found.orders.push(folder);
    }
    found.orders.sort_by(|a, b| a.id.cmp(&b.id));
}

/// ASCII letters, digits, `.`, `_` and `-`; starts with a letter or digit; at most 64.
#[must_use]
pub fn is_id(name: &str) -> bool {
    name.len() <= 64
        && name.bytes().next().is_some_and(|b| b.is_ascii_alphanumeric())
        && name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b'-'))
}

fn file_finding(rule: &'static crate::check::rule::Rule, path: &Arc<str>, title: crate::text::Bi) -> Finding {
    let mut finding = Finding::new(rule, Subject::Root, title);
    finding.at(Place::file(path), crate::text::Bi::default());
    finding
}

/// A file or folder that could not be read.
pub fn unreadable(path: &Arc<str>, reason: &str) -> Finding {
    let mut finding = file_finding(
        &rules::file_unreadable::RULE,
        path,
        bi!("读不了 {path}：{reason}", "{path} cannot be read: {reason}"),
    );
    finding.help(bi!(
        "检查文件权限，或重新拉取仓库",
        "check the file's permissions, or fetch the repository again"
    ));
    finding
}

/// A folder, pipe or device under a name that a file should have.
fn no_file(path: &Arc<str>) -> Finding {
    let mut finding = file_finding(
        &rules::file_unreadable::RULE,
        path,
        bi!("{path} 不是文件，没有读", "{path} is not a file and was not read"),
    );
    finding.help(bi!(
        "多半是文件夹起了文件的名字：改名，或把里面的文件移出来",
        "probably a folder with a file's name: rename it, or move the file inside it up"
    ));
    finding
}

/// A name that is no UTF-8 cannot be named in a message, a page or an address.
fn unnamed(path: &Arc<str>) -> Finding {
    let mut finding = file_finding(
        &rules::file_unreadable::RULE,
        path,
        bi!("{path} 的文件名不是 UTF-8，没有读", "the name of {path} is not UTF-8; it was not read"),
    );
    finding.help(bi!(
        "给文件改名；从压缩包解出来的中文名多半是 GBK",
        "rename it; Chinese names from an archive are often GBK"
    ));
    finding
}

/// What went wrong with the disk, in words that do not depend on the system.
#[must_use]
pub fn io_reason(error: Option<&std::io::Error>) -> String {
    error.map_or_else(|| "?".to_owned(), |e| e.kind().to_string())
}

/// Another repository inside this one: its files are not those of this revision.
fn module(path: &Arc<str>) -> Finding {
    let title = bi!("{path} 是子模块，没有读", "{path} is a submodule and was not read");
    let mut finding = file_finding(&rules::file_symlink::RULE, path, title);
    finding.help(bi!("把文件本身放进来", "put the files themselves in its place"));
    finding
}

fn symlink(path: &Arc<str>, outside: bool) -> Finding {
    let title = if outside {
        bi!(
            "{path} 是指向数据目录之外的符号链接，没有读",
            "{path} is a symbolic link that leads out of the data root and was not read"
        )
    } else {
        bi!("{path} 是符号链接，没有读", "{path} is a symbolic link and was not read")
    };
    let mut finding = file_finding(&rules::file_symlink::RULE, path, title);
    finding.help(bi!("用文件本身代替链接", "put the file itself in place of the link"));
    finding
}

fn misplaced(path: &Arc<str>) -> Finding {
    let mut finding = file_finding(
        &rules::file_misplaced::RULE,
        path,
        bi!("{path} 不在认识的位置，没有读", "{path} is not where such a file belongs and was not read"),
    );
    finding.help(bi!(
        "订单放 orders/<年>/<订单号>/，客户放 customers/，供应商放 suppliers/，货代放 forwarders/，日历放 calendar/",
        "orders go to orders/<year>/<ID>/, parties to customers/, suppliers/, forwarders/, calendars to calendar/"
    ));
    finding
}

fn misnamed(path: &Arc<str>, name: String) -> Finding {
    let mut finding = file_finding(
        &rules::file_misplaced::RULE,
        path,
        bi!("{path} 不叫 {name}，没有读", "{path} is not called {name} and was not read"),
    );
    finding.help(bi!(
        "改名为 {name}；在资源管理器里先打开“显示文件扩展名”",
        "rename it to {name}; let the file manager show file endings first"
    ));
    finding
}

fn bad_id(folder: &OrderFolder, first: &Arc<str>) -> Finding {
    let id = &folder.id;
    let mut finding = Finding::new(
        &rules::file_order_id::RULE,
        Subject::Root,
        bi!(
            "文件夹 {id} 不能当订单号，这一单没有读",
            "folder {id} cannot be an order ID; the order was not read"
        ),
    );
    finding.at(Place::file(first), crate::text::Bi::default()).values([id.to_string()]).help(bi!(
        "订单号只用英文字母、数字、- _ .，最多 64 个字符；它也是网页地址",
        "an ID takes ASCII letters, digits, - _ . and at most 64 characters; it is also the page's address"
    ));
    finding
}

fn same_id(folder: &OrderFolder, first: &Arc<str>, other: &Arc<str>) -> Finding {
    let id = &folder.id;
    let mut finding = Finding::new(
        &rules::order_id_unique::RULE,
        Subject::Root,
        bi!(
            "订单号 {id} 已经有了（不分大小写），{} 没有读",
            "order ID {id} exists already (case does not count); {} was not read",
            folder.folder
        ),
    );
    finding
        .at(Place::file(first), bi!("没有读", "not read"))
        .at(Place::file(other), bi!("先有的", "the first one"))
        .values([id.to_string()])
        .help(bi!("订单号不能重用：给后来的换一个号", "IDs are never reused: give the later one another"));
    finding
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_addresses() {
        assert!(is_id("GD26-0117") && is_id("SCMS-13.a_b"));
        for bad in ["", ".hidden", "订单1", "a b", "a/b", "../x", &"x".repeat(65)] {
            assert!(!is_id(bad), "{bad}");
        }
    }
}
