//! `--output F=FILE`: reports written to files besides what is printed.

use std::fs;
use std::io::{self, Write as _};
use std::path::{Component, Path, PathBuf};

use clap::ValueEnum as _;

use crate::bi;
use crate::cli::Failure;
use crate::cli::check::Format;
use crate::model::value::near::did_you_mean;
use crate::report::clean;

/// A report for a file.
#[derive(Debug, PartialEq, Eq)]
pub struct Output {
    /// How to report.
    pub format: Format,
    /// Where to.
    pub file: PathBuf,
}

/// Reads what was typed; files are relative to the folder in which the command was started.
///
/// # Errors
/// When there is no such format, no file is named, or a file is named twice.
pub fn parse(typed: &[String], here: &Path) -> Result<Vec<Output>, Failure> {
    let mut outputs: Vec<Output> = Vec::new();
    for text in typed {
        let shown = clean(text);
        let Some((code, file)) = text.split_once('=').filter(|(_, file)| !file.is_empty()) else {
            return Err(Failure(bi!(
                "--output {shown}：写成 格式=文件，例如 sarif=gendan.sarif",
                "--output {shown}: write FORMAT=FILE, such as sarif=gendan.sarif"
            )));
        };
        let format = format(code)?;
        let file = here.join(file);
        if outputs.iter().any(|known| plain(&known.file) == plain(&file)) {
            return Err(Failure(bi!(
                "--output {shown}：这个文件写了两次，一份报告会盖掉另一份",
                "--output {shown}: this file is named twice, and one report would replace the other"
            )));
        }
        outputs.push(Output { format, file });
    }
    Ok(outputs)
}

fn format(code: &str) -> Result<Format, Failure> {
    // What `auto` picks depends on where it runs; a file has one format.
    let formats = || Format::value_variants().iter().copied().filter(|f| *f != Format::Auto);
    let found = formats().find(|f| f.code() == code);
    found.ok_or_else(|| {
        let shown = clean(code);
        Failure(match did_you_mean(code, formats().map(Format::code)) {
            Some(near) => {
                bi!("没有 {shown} 格式，是不是 {near}？", "no format {shown}; did you mean {near}?")
            }
            None => {
                let all = formats().map(Format::code).collect::<Vec<_>>().join(" ");
                bi!("没有 {shown} 格式，有：{all}", "no format {shown}; there is: {all}")
            }
        })
    })
}

/// A path without `.` and `..`, in the folder it really is: two spellings of one file are one file.
fn plain(path: &Path) -> PathBuf {
    let folder = path.parent().map(|dir| fs::canonicalize(dir).unwrap_or_else(|_| lexical(dir)));
    let name = path.file_name().map(PathBuf::from).unwrap_or_default();
    let whole = folder.unwrap_or_default().join(name);
    fs::canonicalize(&whole).unwrap_or(whole)
}

fn lexical(path: &Path) -> PathBuf {
    path.components().fold(PathBuf::new(), |mut out, part| {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                out.pop();
            }
            part => out.push(part),
        }
        out
    })
}

/// Writes a file whole: whoever reads it meanwhile sees the old one or the new one. What is no ordinary file (a pipe,
/// a device) is written to as it is.
///
/// # Errors
/// When it cannot be written.
pub fn write(file: &Path, text: &[u8]) -> Result<(), Failure> {
    let told = |error: io::Error| Failure::io(file, &error);
    // A link is kept; what it names is replaced.
    let file = &fs::canonicalize(file).unwrap_or_else(|_| file.to_path_buf());
    if fs::metadata(file).is_ok_and(|meta| !meta.is_file() && !meta.is_dir()) {
        return fs::OpenOptions::new()
            .write(true)
            .open(file)
            .and_then(|mut f| f.write_all(text))
            .map_err(told);
    }
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    let temporary = file.with_file_name(format!(".{name}.{}.gendan-new", std::process::id()));
    let written = fs::write(&temporary, text).and_then(|()| fs::rename(&temporary, file));
    written.map_err(|error| {
        let _ = fs::remove_file(&temporary);
        told(error)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(args: &[&str], here: &Path) -> Result<Vec<Output>, String> {
        let args: Vec<String> = args.iter().map(|a| (*a).to_owned()).collect();
        parse(&args, here).map_err(|failure| failure.0.en)
    }

    #[test]
    fn a_file_is_relative_to_where_the_command_was_started() {
        let here = tempfile::tempdir().unwrap();
        let found = typed(&["json=a.json", "sarif=/x/b=c.sarif"], here.path()).unwrap();
        assert_eq!(found[0], Output { format: Format::Json, file: here.path().join("a.json") });
        assert_eq!(found[1], Output { format: Format::Sarif, file: PathBuf::from("/x/b=c.sarif") });
    }

    #[test]
    fn what_cannot_be_meant_is_refused() {
        let here = tempfile::tempdir().unwrap();
        fs::create_dir(here.path().join("sub")).unwrap();
        for (args, said) in [
            (&["sraif=x"][..], "did you mean sarif?"),
            (&["moonshine=x"], "human short json sarif github gitlab junit checkstyle markdown"),
            (&["auto=x"], "no format auto"),
            (&["json"], "FORMAT=FILE"),
            (&["json="], "FORMAT=FILE"),
            (&["json=x", "sarif=x"], "twice"),
            (&["json=x", "sarif=./sub/../x"], "twice"),
            (&["json=no/where/x", "sarif=no/./where/y/../x"], "twice"),
        ] {
            let error = typed(args, here.path()).unwrap_err();
            assert!(error.contains(said), "{args:?}: {error}");
        }
    }

    #[test]
    fn a_file_is_replaced_whole_and_leaves_nothing_beside_it() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("报告.json");
        write(&file, b"old and long").unwrap();
        write(&file, b"new").unwrap();
        assert_eq!(fs::read_to_string(&file).unwrap(), "new");
        assert!(write(&dir.path().join("no/such/x"), b"x").is_err());
        fs::create_dir(dir.path().join("folder")).unwrap();
        assert!(write(&dir.path().join("folder"), b"x").is_err());
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 2, "nothing is left");
    }

    #[cfg(unix)]
    #[test]
    fn links_and_devices_stay_what_they_are() {
        let dir = tempfile::tempdir().unwrap();
        let (file, link) = (dir.path().join("file"), dir.path().join("link"));
        fs::write(&file, "old").unwrap();
        std::os::unix::fs::symlink(&file, &link).unwrap();
        write(&link, b"new").unwrap();
        assert_eq!(fs::read_to_string(&file).unwrap(), "new");
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        let device = dir.path().join("null");
        std::os::unix::fs::symlink("/dev/null", &device).unwrap();
        write(&device, b"x").unwrap();
        assert!(!fs::metadata("/dev/null").unwrap().is_file());
    }
}
