//! What a change does, between real revisions: the comment, the kinds, the document, and what is no change.
#![expect(clippy::unwrap_used, reason = "a helper that cannot build its repository fails the test")]

use std::fs;
use std::path::Path;
use std::process::Command;

const ORDER: &str = "customer = \"hanse-licht\"\npo = \"45\"\ncurrency = \"USD\"\nincoterm = \"FOB Ningbo\"\npayment = \"30% deposit, 70% tt before shipment\"\nsigned = 2026-09-01\nship_by = 2026-12-15\n\n[plan]\ninspected = 2026-11-20\n\n[[items]]\nsku = \"A\"\nname = \"LED Bulb\"\nqty = 1000\nprice = 2.00\n";

struct Repo(tempfile::TempDir);

impl Repo {
    fn new() -> Self {
        let repo = Self(tempfile::tempdir().unwrap());
        repo.git(&["init", "-q", "-b", "main"]);
        let base = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/rules/_base");
        for entry in walkdir::WalkDir::new(&base) {
            let entry = entry.unwrap();
            if entry.file_type().is_file() {
                let below = entry.path().strip_prefix(&base).unwrap().to_str().unwrap().to_owned();
                repo.write(&below, &fs::read_to_string(entry.path()).unwrap());
            }
        }
        repo.write("orders/2026/A-1/order.toml", ORDER);
        repo.commit();
        repo
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.0.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn git(&self, args: &[&str]) {
        let who = ["-c", "user.name=Lin", "-c", "user.email=lin@example.com"];
        let done = Command::new("git").args(who).args(args).current_dir(self.0.path()).output().unwrap();
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    }

    fn head(&self) -> String {
        let done =
            Command::new("git").args(["rev-parse", "HEAD"]).current_dir(self.0.path()).output().unwrap();
        String::from_utf8(done.stdout).unwrap().trim().to_owned()
    }

    fn commit(&self) {
        self.git(&["add", "-A"]);
        self.git(&["commit", "-q", "--allow-empty", "-m", "change"]);
    }

    fn diff(&self, args: &[&str]) -> String {
        let mut all = vec!["diff", "--as-of", "2026-11-27"];
        all.extend(args);
        let done = Command::new(env!("CARGO_BIN_EXE_gendan")).args(all).current_dir(self.0.path()).output();
        let done = done.unwrap();
        assert_eq!(done.status.code(), Some(0), "{}", String::from_utf8_lossy(&done.stderr));
        String::from_utf8(done.stdout).unwrap()
    }
}

#[test]
fn another_way_of_writing_is_no_change() {
    let repo = Repo::new();
    repo.write("orders/2026/A-1/order.toml", &format!("# note\n{}", ORDER.replace("2.00", "\"USD 2\"")));
    assert_eq!(repo.diff(&["HEAD"]), "没有业务变化\n");
    assert_eq!(repo.diff(&["HEAD", "--classify"]), "");
    let comment = repo.diff(&["HEAD", "--format", "markdown"]);
    assert_eq!(comment.lines().collect::<Vec<_>>()[1..], ["### ✅ 没有业务变化"], "{comment}");
}

#[test]
fn money_stands_in_its_own_currency_and_a_price_is_contract() {
    let repo = Repo::new();
    let money = "[[received]]\ndate = 2026-11-26\namount = 600.00\nref = \"BR-1\"\n";
    repo.write("orders/2026/A-1/money.toml", money);
    assert_eq!(repo.diff(&["HEAD", "--classify"]), "money\n");
    let text = repo.diff(&["HEAD", "--format", "markdown"]);
    assert!(text.starts_with("<!-- gendan:pr v1 base="), "{text}");
    assert!(text.contains("USD 600.00") && text.contains(r"| USD | 0\.00 | 600\.00 |"), "{text}");
    repo.write("orders/2026/A-1/order.toml", &ORDER.replace("2.00", "3.00"));
    assert_eq!(repo.diff(&["HEAD", "--classify"]), "contract\nmoney\n");
    let json: serde_json::Value = serde_json::from_str(&repo.diff(&["HEAD", "--format", "json"])).unwrap();
    assert_eq!(json["version"], 1);
    assert_eq!(json["orders"][0]["changes"][0]["key"], "items[A].price");
    assert_eq!(json["orders"][0]["changes"][0]["after"], "USD 3.00");
}

#[test]
fn any_two_revisions_compare() {
    let repo = Repo::new();
    repo.write("orders/2026/A-1/docs.toml", "[bl\nnumber = “x”\n[[[");
    repo.commit();
    repo.git(&["mv", "orders/2026/A-1", "orders/A-1"]);
    repo.commit();
    repo.git(&["rm", "-rq", "orders"]);
    repo.commit();
    repo.git(&["rm", "-rq", "."]);
    repo.commit();
    let revisions = ["HEAD", "HEAD~1", "HEAD~2", "HEAD~3", "HEAD~4"];
    for one in revisions {
        for two in revisions {
            for format in ["human", "markdown", "json"] {
                let text = repo.diff(&["--exact", one, two, "--format", format]);
                if one == two && format == "human" {
                    assert_eq!(text, "没有业务变化\n");
                }
            }
        }
    }
    assert!(repo.diff(&["--exact", "HEAD~4", "HEAD~1"]).contains("订单删去"));
}

#[test]
fn a_comment_counts_the_purchase_side() {
    let repo = Repo::new();
    let bought =
        |price: &str| format!("{ORDER}buy = {{ from = \"s\", price = {price}, currency = \"CNY\" }}\n");
    repo.write("orders/2026/A-1/order.toml", &bought("11.77"));
    repo.commit();
    repo.write("orders/2026/A-1/order.toml", &bought("12.34"));
    let comment = repo.diff(&["HEAD", "--format", "markdown"]);
    assert!(comment.contains("采购与付款另有 1 处改动"), "{comment}");
    assert!(!comment.contains("12.34") && !comment.contains("11.77"), "{comment}");
    assert!(repo.diff(&["HEAD"]).contains("12.34"), "who has the data sees it");
    assert_eq!(repo.diff(&["HEAD", "--classify"]), "money\n");
}

#[test]
fn a_routine_change_is_two_lines_and_a_moved_folder_is_routine() {
    let repo = Repo::new();
    let done = format!("{ORDER}\n[actual]\nmaterials = 2026-11-24\n");
    repo.write("orders/2026/A-1/order.toml", &done);
    assert_eq!(repo.diff(&["HEAD", "--classify"]), "routine\n");
    let comment = repo.diff(&["HEAD", "--format", "markdown"]);
    let lines: Vec<&str> = comment.lines().collect();
    assert_eq!(lines.len(), 3, "{comment}");
    assert!(lines[1].starts_with("### ✅ 可以合并 · A") && lines[1].contains("2026"), "{comment}");
    repo.commit();
    repo.git(&["mv", "orders/2026", "orders/2027"]);
    assert_eq!(repo.diff(&["HEAD", "--classify"]), "routine\n");
}

#[test]
fn a_comment_links_to_the_head_folds_what_is_known_and_names_who_has_to_look() {
    let repo = Repo::new();
    let setup = fs::read_to_string(repo.0.path().join("gendan.toml")).unwrap_or_default();
    let forge = "[forge]\nkind = \"gitea\"\nurl = \"https://git.example/t/o\"\nbranch = \"main\"\n";
    repo.write("gendan.toml", &format!("{setup}\n{forge}"));
    repo.write(
        "people.toml",
        "[boss]\nname = \"B\"\nrole = \"boss\"\n[\"sun.li\"]\nname = \"S\"\nrole = \"finance\"\n[gone]\nname = \"G\"\nrole = \"finance\"\nleft = 2026-01-01\n",
    );
    repo.write("orders/2026/A-1/order.toml", &format!("{ORDER}colour = \"red\"\n"));
    repo.commit();
    repo.write("orders/2026/A-1/money.toml", "[[received]]\ndate = 2026-11-26\namount = 600.00\ncolor = 1\n");
    repo.commit();
    let comment = repo.diff(&["HEAD~1", "HEAD", "--format", "markdown"]);
    let head = repo.head();
    let file = format!("https://git.example/t/o/src/commit/{head}/orders/2026/A-1");
    assert!(comment.contains(&format!("[A-1]({file}/money.toml)")), "{comment}");
    assert!(comment.contains(&format!("[**toml-unknown-key**]({file}/money.toml#L4)")), "{comment}");
    let folded = comment.split("原有问题 ").nth(1).unwrap();
    assert!(folded.contains(&format!("{file}/order.toml#L")), "{comment}");
    assert!(
        comment.contains("要看的人 `sun.li`\n"),
        "money alone: not the boss, not who has left\n{comment}"
    );
    // The work tree is no commit: its files are those of the branch.
    repo.write("orders/2026/A-1/order.toml", &ORDER.replace("2.00", "3.00"));
    let comment = repo.diff(&["HEAD", "--format", "markdown"]);
    assert!(comment.contains("https://git.example/t/o/src/branch/main/orders/2026/A-1/"), "{comment}");
    assert!(comment.contains("要看的人 `boss`\n"), "{comment}");
}

#[test]
fn a_comment_fits_into_what_a_forge_takes() {
    let repo = Repo::new();
    for n in 0..400 {
        let text = ORDER.replace("po = \"45\"", &format!("po = \"45-{n}\""));
        repo.write(&format!("orders/2026/B-{n}/order.toml"), &text);
    }
    repo.commit();
    let long = "很长的说明 <b>&</b> @team ".repeat(40);
    for n in 0..400 {
        let text = ORDER.replace("2.00", "3.00").replace("LED Bulb", &long);
        repo.write(&format!("orders/2026/B-{n}/order.toml"), &text);
    }
    let comment = repo.diff(&["HEAD", "--format", "markdown"]);
    assert!(comment.chars().count() <= 60_000, "{}", comment.chars().count());
    assert!(comment.contains("行没有列出") && comment.contains("B-0"), "{comment}");
}
