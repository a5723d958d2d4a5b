use std::fs;

use chrono::NaiveDate;

use super::disk::{Standing, Trouble, look, write};
use super::{Forge, InitFile, files};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// A place left open would be read as data, or run.
#[test]
fn no_place_in_a_text_stays_open() {
    for forge in Forge::ALL {
        for file in files(forge, day("2026-11-26")).unwrap().unwrap() {
            let open =
                file.text.split('@').skip(1).find(|part| {
                    !part.is_empty() && part.chars().all(|c| c.is_ascii_uppercase() || c == '_')
                });
            assert_eq!(open, None, "{}", file.path);
        }
    }
}

#[test]
fn a_day_far_from_any_trade_gives_nothing() {
    for bad in ["1999-12-31", "2001-01-03", "2099-01-01", "9999-12-31", "0001-01-01"] {
        assert!(files(Forge::Generic, day(bad)).unwrap().is_none(), "{bad}");
    }
    assert!(files(Forge::Generic, NaiveDate::MAX).unwrap().is_none());
    assert!(files(Forge::Generic, NaiveDate::MIN).unwrap().is_none());
    assert!(files(Forge::Generic, day("2001-01-07")).unwrap().is_some());
}

#[test]
fn owners_are_written_as_the_forge_reads_them() {
    let owners = |forge: Forge| {
        let all = files(forge, day("2026-11-26")).unwrap().unwrap();
        all.into_iter().find(|file| file.path.ends_with("CODEOWNERS")).unwrap()
    };
    let github = owners(Forge::Github);
    assert_eq!(github.path, ".github/CODEOWNERS");
    assert!(github.text.contains("\n/orders/**/money.toml @your-org/finance\n"), "{}", github.text);
    assert!(github.text.contains("\n/.github/ @your-org/admins\n"));
    assert_eq!(owners(Forge::Gitlab).path, ".gitlab/CODEOWNERS");
    let gitea = owners(Forge::Gitea);
    assert_eq!(gitea.path, "CODEOWNERS");
    assert!(gitea.text.contains("\norders/.*/money[.]toml @your-org/finance\n"), "{}", gitea.text);
    assert!(gitea.text.contains("\nsuppliers/.* @your-org/finance\n"));
    assert!(gitea.text.contains("\n[.]gitea/.* @your-org/admins\n"));
}

/// A failure in the middle leaves the folder as it was.
#[test]
fn what_cannot_be_finished_is_taken_back() {
    let dir = tempfile::tempdir().unwrap();
    let file = |path: &str| InitFile::new(path, "x");
    let broken = [file("a/b/c.toml"), file("README.md"), file("a/b/c.toml/d")];

    let fresh = dir.path().join("fresh");
    assert!(matches!(write(&fresh, &look(&fresh).unwrap(), &broken), Err(Trouble::Io(..))));
    let deep = dir.path().join("x/y/z");
    assert!(matches!(write(&deep, &look(&deep).unwrap(), &broken), Err(Trouble::Io(..))));
    assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 0, "nothing is left, not even a staging folder");

    fs::create_dir(dir.path().join(".git")).unwrap();
    fs::write(dir.path().join("Readme.md"), "mine").unwrap();
    let standing = look(dir.path()).unwrap();
    assert_eq!(standing, Standing::Fresh(vec![".git".to_owned(), "Readme.md".to_owned()]));
    assert!(write(dir.path(), &standing, &broken).is_err());
    assert_eq!(look(dir.path()).unwrap(), standing);

    let written = write(dir.path(), &standing, &broken[..2]).unwrap();
    assert_eq!(written.left, ["README.md"]);
    assert_eq!(fs::read_to_string(dir.path().join("Readme.md")).unwrap(), "mine");
    assert!(matches!(look(dir.path()), Err(Trouble::NotEmpty(names)) if names == ["a"]));
}
