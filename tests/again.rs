#![expect(clippy::unwrap_used, reason = "a test that cannot prepare its files should stop")]
//! A build that takes over what the last one made gives the same bytes as one that makes everything, whatever changed
//! in between; and it makes little.

#[path = "support/repo.rs"]
mod repo;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use repo::{LIN, Repo};

/// A company in a repository, its site, and what was built last.
struct Company {
    repo: Repo,
    _folder: tempfile::TempDir,
    site: PathBuf,
    fresh: PathBuf,
    as_of: String,
}

impl Company {
    /// The example, committed.
    fn new() -> Self {
        let repo = Repo::new();
        copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("data"), repo.path());
        repo.commit(LIN, "2026-11-18T09:00:00+08:00");
        let folder = tempfile::tempdir().unwrap();
        let (site, fresh) = (folder.path().join("site"), folder.path().join("fresh"));
        Self { repo, _folder: folder, site, fresh, as_of: "2026-11-20".to_owned() }
    }

    fn build(&self, out: &Path, more: &[&str]) -> String {
        let run = Command::new(env!("CARGO_BIN_EXE_gendan"))
            .args(["build", "--lang", "en", "--as-of", &self.as_of, "--root"])
            .arg(self.repo.path())
            .arg("--out")
            .arg(out)
            .args(more)
            .output()
            .unwrap();
        let (out, err) = (String::from_utf8_lossy(&run.stdout), String::from_utf8_lossy(&run.stderr));
        assert!(run.status.success(), "{out}{err}");
        out.into_owned()
    }

    /// Builds once more, and says how many files changed. Nothing may differ from a site made from nothing.
    fn again(&self, what: &str) -> usize {
        let said = self.build(&self.site, &[]);
        self.build(&self.fresh, &["--no-cache"]);
        let (site, fresh) = (files(&self.site), files(&self.fresh));
        let names = |site: &BTreeMap<String, Vec<u8>>| site.keys().cloned().collect::<Vec<_>>();
        assert_eq!(names(&site), names(&fresh), "{what}");
        for (path, bytes) in &fresh {
            assert!(site[path] == *bytes, "{what}: {path} is not what a fresh build makes");
        }
        let changed = said.split(" files, ").nth(1).and_then(|rest| rest.split(' ').next());
        changed.and_then(|n| n.parse().ok()).unwrap_or_else(|| files(&self.site).len())
    }

    fn edit(&self, path: &str, change: impl FnOnce(String) -> String) {
        let path = self.repo.path().join(path);
        let before = fs::read_to_string(&path).unwrap_or_default();
        let after = change(before.clone());
        assert_ne!(before, after, "{} was not changed", path.display());
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, after).unwrap();
    }
}

fn copy(from: &Path, to: &Path) {
    for entry in walkdir::WalkDir::new(from).min_depth(1) {
        let entry = entry.unwrap();
        let target = to.join(entry.path().strip_prefix(from).unwrap());
        if entry.file_type().is_dir() {
            fs::create_dir_all(target).unwrap();
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

fn files(site: &Path) -> BTreeMap<String, Vec<u8>> {
    let all = walkdir::WalkDir::new(site).into_iter().map(Result::unwrap);
    all.filter(|entry| entry.file_type().is_file())
        .map(|entry| {
            let path = entry.path().strip_prefix(site).unwrap().to_string_lossy().into_owned();
            (path, fs::read(entry.path()).unwrap())
        })
        .collect()
}

/// The folder of an order of the example.
fn order(company: &Company, id: &str) -> String {
    let root = company.repo.path();
    let found = walkdir::WalkDir::new(root.join("orders")).into_iter().map(Result::unwrap);
    let folder = found.filter(|e| e.file_type().is_dir()).find(|e| e.file_name() == id).unwrap();
    folder.path().strip_prefix(root).unwrap().to_string_lossy().into_owned()
}

#[test]
fn whatever_changes_the_site_is_the_one_a_fresh_build_makes() {
    let mut company = Company::new();
    let all = company.again("the first build");
    assert_eq!(company.again("nothing changed"), 0);

    let first = order(&company, "GD26-0117");
    company
        .edit(&format!("{first}/notes.md"), |text| format!("## 2026-11-19 电话 客户\n说周五付款\n\n{text}"));
    let some = company.again("a note, not committed");
    assert!(some > 0 && some < all / 4, "{some} of {all} files for one note");
    company.repo.commit(LIN, "2026-11-19T01:00:00+08:00");
    let some = company.again("the note is committed");
    assert!(some > 0 && some < all / 2, "{some} of {all} files for one commit");

    company.edit(&format!("{first}/money.toml"), |text| {
        format!("{text}\n[[reminders]]\ndate = 2026-11-19\nhow = \"mail\"\nsaid = \"周五付款\"\n")
    });
    let some = company.again("a reminder");
    assert!(some > 0 && some < all / 4, "{some} of {all} files for one reminder");

    fs::create_dir_all(company.repo.path().join(&first).join("files")).unwrap();
    fs::write(company.repo.path().join(&first).join("files/QC-late.pdf"), "%PDF-1.4\n").unwrap();
    company.again("an attachment");

    company.edit(&format!("{first}/order.toml"), |text| text.replacen("customer", "customre", 1));
    company.again("a misspelt key");
    company.edit(&format!("{first}/order.toml"), |text| text.replacen("customre", "customer", 1));
    company.again("mended");

    let customer = fs::read_dir(company.repo.path().join("customers")).unwrap().next().unwrap().unwrap();
    let customer = format!("customers/{}", customer.file_name().to_string_lossy());
    company.edit(&customer, |text| text.replacen("name", "note = \"改名了\"\nname", 1));
    company.again("a customer");

    company.edit("gendan.toml", |text| text.replacen("name_zh = \"", "name_zh = \"新", 1));
    company.again("the company's name");

    company.edit("people.toml", |text| text.replacen("name_zh = \"", "name_zh = \"新", 1));
    company.again("a person's name");

    company.edit("templates/parts/symbols.html", |_| {
        format!("{}\n", include_str!("../templates/parts/symbols.html").trim_end())
    });
    company.again("a template of the data root");
    fs::remove_dir_all(company.repo.path().join("templates")).unwrap();
    company.again("and without it");

    company.repo.commit(LIN, "2026-11-19T02:00:00+08:00");
    company.again("one commit of all that");

    // The same number of bulk commits, but another one: somebody else wrote the lines.
    let [newest, before] = [0, 1].map(|at| company.repo.git(&["rev-parse", &format!("HEAD~{at}")]));
    fs::write(company.repo.path().join(".git-blame-ignore-revs"), format!("{before}\n")).unwrap();
    company.again("a bulk commit");
    fs::write(company.repo.path().join(".git-blame-ignore-revs"), format!("{newest}\n")).unwrap();
    company.again("another bulk commit");

    let gone = order(&company, "GD26-0124");
    let moved = company.repo.path().join("orders/elsewhere/GD26-0124");
    fs::create_dir_all(moved.parent().unwrap()).unwrap();
    fs::rename(company.repo.path().join(gone), &moved).unwrap();
    company.again("an order moved");
    fs::remove_dir_all(&moved).unwrap();
    company.again("an order gone");

    company.as_of = "2026-11-21".to_owned();
    let some = company.again("the next day");
    assert!(some > 0 && some < all, "{some} of {all} files for one day");
}

#[test]
fn a_file_that_does_not_look_as_it_was_left_is_made_again() {
    let company = Company::new();
    company.again("the first build");
    let page = company.site.join("o/GD26-0117.html");
    let text = fs::read_to_string(&page).unwrap();
    // As long as before: only its time tells.
    fs::write(&page, text.replacen("GD26-0117", "GD26-9999", 1)).unwrap();
    company.again("a page was changed by hand");
    fs::remove_file(&page).unwrap();
    company.again("a page was removed");
    fs::remove_dir_all(&company.site).unwrap();
    company.again("the site was removed");
}

#[test]
fn a_list_that_is_damaged_or_gone_costs_only_time() {
    let company = Company::new();
    let all = company.again("the first build");
    let list = fs::read_dir(company.repo.path().join(".git/gendan"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .find(|path| path.file_name().unwrap().to_string_lossy().starts_with("site-"))
        .unwrap();
    let bytes = fs::read(&list).unwrap();
    for at in [0, 31, 32, bytes.len() / 2, bytes.len() - 1] {
        let mut damaged = bytes.clone();
        damaged[at] ^= 1;
        fs::write(&list, damaged).unwrap();
        assert_eq!(company.again("a damaged list"), all, "byte {at}");
    }
    fs::write(&list, &bytes[..bytes.len() / 2]).unwrap();
    assert_eq!(company.again("half a list"), all);
    assert_eq!(company.again("whole again"), 0);
}

/// A list in the work tree could come with a pull request, and vouch for the forged pages that came with it.
#[test]
fn nothing_in_the_work_tree_is_believed() {
    let company = Company::new();
    company.again("the first build");
    let site = company.repo.path().join("public");
    company.build(&site, &[]);
    let left: Vec<_> = fs::read_dir(company.repo.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .filter(|name| name.contains("gendan-"))
        .collect();
    assert!(left.is_empty(), "{left:?}");
}
