use super::*;

fn build(out: &Path, files: &[(&str, &str)]) -> Result<Written, WriteError> {
    let writer = Writer::begin(out)?;
    for (path, text) in files {
        writer.put(path, text.as_bytes())?;
    }
    writer.commit()
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder)
        .unwrap()
        .map(|e| e.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

#[test]
fn writes_replaces_and_leaves_nothing_behind() {
    let dir = tempfile::tempdir().unwrap();
    let out = dir.path().join("deep/public");
    let written = build(&out, &[("index.html", "one"), ("o/A.html", "a")]).unwrap();
    assert_eq!(written, Written { files: 2, bytes: 4, new: 2 });
    assert_eq!(fs::read_to_string(out.join("o/A.html")).unwrap(), "a");
    build(&out, &[("index.html", "two"), ("o/B.html", "b")]).unwrap();
    assert_eq!(fs::read_to_string(out.join("index.html")).unwrap(), "two");
    assert!(!out.join("o/A.html").exists(), "a page that no longer exists stays");
    assert_eq!(names(&out), [MARKER, "index.html", "o"]);
    assert_eq!(names(out.parent().unwrap()), ["public"]);
    assert_eq!(fs::read_to_string(out.join(MARKER)).unwrap(), "gendan site 1\nindex.html\no/B.html\n");
}

#[test]
fn the_old_site_stays_until_commit_and_when_dropped() {
    let dir = tempfile::tempdir().unwrap();
    let out = dir.path().join("public");
    build(&out, &[("index.html", "old")]).unwrap();
    let writer = Writer::begin(&out).unwrap();
    writer.put("index.html", b"new").unwrap();
    assert_eq!(fs::read_to_string(out.join("index.html")).unwrap(), "old");
    drop(writer);
    assert_eq!(fs::read_to_string(out.join("index.html")).unwrap(), "old");
    assert_eq!(names(dir.path()), ["public"]);
}

#[test]
fn a_foreign_folder_is_refused_and_untouched() {
    let dir = tempfile::tempdir().unwrap();
    let out = dir.path().join("home");
    fs::create_dir(&out).unwrap();
    fs::write(out.join("thesis.doc"), "x").unwrap();
    let error = Writer::begin(&out).unwrap_err();
    assert!(
        matches!(&error, WriteError::Foreign { entry, .. } if entry == Path::new("thesis.doc")),
        "{error}"
    );
    assert_eq!(names(&out), ["thesis.doc"]);
    assert_eq!(names(dir.path()), ["home"]);
}

#[test]
fn a_foreign_file_in_our_folder_is_refused() {
    let dir = tempfile::tempdir().unwrap();
    let out = dir.path().join("public");
    build(&out, &[("o/A.html", "a")]).unwrap();
    fs::write(out.join("o/mine.txt"), "x").unwrap();
    let error = build(&out, &[("o/A.html", "b")]).unwrap_err();
    assert!(
        matches!(&error, WriteError::Foreign { entry, .. } if entry == Path::new("o/mine.txt")),
        "{error}"
    );
    assert_eq!(fs::read_to_string(out.join("o/A.html")).unwrap(), "a");
}

#[test]
fn a_file_that_appears_during_the_build_is_not_lost() {
    let dir = tempfile::tempdir().unwrap();
    let out = dir.path().join("public");
    build(&out, &[("a.html", "a")]).unwrap();
    let writer = Writer::begin(&out).unwrap();
    writer.put("a.html", b"b").unwrap();
    fs::write(out.join("mine.txt"), "x").unwrap();
    assert!(matches!(writer.commit(), Err(WriteError::Foreign { .. })));
    assert_eq!(fs::read_to_string(out.join("mine.txt")).unwrap(), "x");
    assert_eq!(fs::read_to_string(out.join("a.html")).unwrap(), "a");
}

#[test]
fn an_empty_folder_is_taken() {
    let dir = tempfile::tempdir().unwrap();
    build(dir.path().join("public").as_path(), &[("a.html", "a")]).unwrap();
    let empty = dir.path().join("empty");
    fs::create_dir(&empty).unwrap();
    build(&empty, &[("a.html", "a")]).unwrap();
    assert!(empty.join("a.html").exists());
}

#[test]
fn paths_cannot_escape() {
    let dir = tempfile::tempdir().unwrap();
    let writer = Writer::begin(&dir.path().join("public")).unwrap();
    for bad in [
        "",
        "/etc/passwd",
        "../x.html",
        "o/../../x.html",
        "o//x.html",
        "./x.html",
        "o/",
        "C:x",
        "a\\b.html",
        "nul.html",
        "o/COM1.txt",
        "a.",
        "a ",
        ".hidden",
        ".gendan-site",
        "a\0b",
        "a\nb",
        "a|b",
        "x/.git/config",
    ] {
        assert!(matches!(writer.put(bad, b"x"), Err(WriteError::BadPath(_))), "{bad:?} was accepted");
    }
    for good in ["o/GD26-0117.html", "en/index.html", "search-data.js", "o/水单.html"] {
        writer.put(good, b"x").unwrap();
    }
    assert!(matches!(writer.put("O/gd26-0117.html", b"x"), Err(WriteError::Twice(_))));
    assert_eq!(names(dir.path()).iter().filter(|n| !n.starts_with(".public")).count(), 0);
}

#[cfg(unix)]
#[test]
fn symbolic_links_are_refused() {
    let dir = tempfile::tempdir().unwrap();
    let target = dir.path().join("target");
    fs::create_dir(&target).unwrap();
    let link = dir.path().join("public");
    std::os::unix::fs::symlink(&target, &link).unwrap();
    assert!(matches!(Writer::begin(&link), Err(WriteError::NotAFolder(_))));

    let out = dir.path().join("site");
    build(&out, &[("a.html", "a")]).unwrap();
    fs::remove_file(out.join("a.html")).unwrap();
    std::os::unix::fs::symlink("/etc/hostname", out.join("a.html")).unwrap();
    assert!(matches!(Writer::begin(&out), Err(WriteError::Foreign { .. })));

    let staging = dir.path().join(".other.gendan-staging");
    std::os::unix::fs::symlink(&target, &staging).unwrap();
    assert!(Writer::begin(&dir.path().join("other")).is_err());
    assert!(target.exists());
}

#[test]
fn leftovers_of_a_killed_build_are_removed_and_the_old_site_comes_back() {
    let dir = tempfile::tempdir().unwrap();
    let out = dir.path().join("public");
    build(&out, &[("a.html", "old")]).unwrap();
    // Killed between the two renames.
    fs::rename(&out, dir.path().join(".public.gendan-old")).unwrap();
    let staging = dir.path().join(".public.gendan-staging");
    fs::create_dir(&staging).unwrap();
    fs::write(staging.join(STAGING_MARKER), MARKER_HEAD).unwrap();
    fs::write(staging.join("half.html"), "half").unwrap();
    let writer = Writer::begin(&out).unwrap();
    assert_eq!(fs::read_to_string(out.join("a.html")).unwrap(), "old");
    assert!(!staging.join("half.html").exists());
    writer.put("a.html", b"new").unwrap();
    writer.commit().unwrap();
    assert_eq!(fs::read_to_string(out.join("a.html")).unwrap(), "new");
    assert_eq!(names(dir.path()), ["public"]);
}

#[test]
fn a_staging_folder_that_is_not_ours_is_kept() {
    let dir = tempfile::tempdir().unwrap();
    let staging = dir.path().join(".public.gendan-staging");
    fs::create_dir(&staging).unwrap();
    fs::write(staging.join("mine.txt"), "x").unwrap();
    assert!(matches!(Writer::begin(&dir.path().join("public")), Err(WriteError::Foreign { .. })));
    assert!(staging.join("mine.txt").exists());
}

#[test]
fn two_builds_do_not_mix() {
    let dir = tempfile::tempdir().unwrap();
    let out = dir.path().join("public");
    let first = Writer::begin(&out).unwrap();
    first.put("a.html", b"a").unwrap();
    assert!(matches!(Writer::begin(&out), Err(WriteError::Busy(_))));
    first.commit().unwrap();
    drop(Writer::begin(&out).unwrap());
}

#[test]
fn many_threads_write_at_once() {
    let dir = tempfile::tempdir().unwrap();
    let out = dir.path().join("public");
    let writer = Writer::begin(&out).unwrap();
    std::thread::scope(|scope| {
        for thread in 0..4 {
            let writer = &writer;
            scope.spawn(move || {
                for n in 0..50 {
                    writer.put(&format!("o/{thread}/{n}.html"), b"12345").unwrap();
                }
            });
        }
    });
    assert_eq!(writer.commit().unwrap(), Written { files: 200, bytes: 1000, new: 200 });
    assert!(out.join("o/3/49.html").exists());
}

#[test]
fn what_a_build_leaves_that_is_killed_while_it_cleans_up_is_known_as_ours() {
    for left in [MARKER, STAGING_MARKER] {
        let dir = tempfile::tempdir().unwrap();
        let out = dir.path().join("public");
        build(&out, &[("a.html", "a")]).unwrap();
        // The order in which a folder is emptied: the marker last.
        let staging = dir.path().join(".public.gendan-staging");
        fs::create_dir(&staging).unwrap();
        fs::write(staging.join(left), MARKER_HEAD).unwrap();
        fs::create_dir(staging.join("o")).unwrap();
        remove_ours(&staging).unwrap();
        assert!(!staging.exists());
        fs::create_dir(&staging).unwrap();
        fs::write(staging.join(left), MARKER_HEAD).unwrap();
        build(&out, &[("a.html", "b")]).unwrap();
        assert_eq!(names(dir.path()), ["public"]);
    }
}

#[test]
fn what_has_not_changed_is_neither_made_nor_written() {
    let dir = tempfile::tempdir().unwrap();
    let (out, list) = (dir.path().join("public"), dir.path().join("list"));
    let build = |page: &str, unit: &str, key: &str| {
        let writer = Writer::begin_again(&out, &list).unwrap();
        writer.put("index.html", page.as_bytes()).unwrap();
        let mut made = false;
        let key = Some(Key::of(key.as_bytes()));
        let put = |files: &Unit<'_>| {
            made = true;
            files.put("o/A.html", unit.as_bytes())
        };
        writer.unit("A", key, put).unwrap();
        (writer.commit().unwrap().new, made)
    };
    assert_eq!(build("one", "a", "1"), (2, true));
    assert_eq!(build("one", "a", "1"), (0, false));
    // Made again, and the bytes are the same.
    assert_eq!(build("one", "a", "2"), (0, true));
    assert_eq!(build("two", "a", "2"), (1, false));
    assert_eq!(build("two", "b", "3"), (1, true));
    assert_eq!(fs::read_to_string(out.join("o/A.html")).unwrap(), "b");
    fs::write(out.join("o/A.html"), "c").unwrap();
    assert_eq!(build("two", "b", "3"), (1, true));
    assert_eq!(fs::read_to_string(out.join("o/A.html")).unwrap(), "b");
    assert_eq!(names(dir.path()), ["list", "public"]);
}
