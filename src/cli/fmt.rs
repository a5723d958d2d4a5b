//! `gendan fmt`.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Path, PathBuf};

use clap::Args;
use rayon::prelude::*;

use crate::bi;
use crate::cli::{Common, Failure, Outcome, Surroundings, find_root};
use crate::exchange::disk;
use crate::exchange::fmt::{Change, Left, NotSplit, Schemas, changes, format, split};
use crate::load::discover::{Found, Role, discover, io_reason};
use crate::load::files::Files;
use crate::load::source::MAX_BYTES;
use crate::report::clean;
use crate::text::{Bi, Lang};

/// Options of `fmt`.
#[derive(Debug, Args)]
pub struct FmtArgs {
    /// Files or folders of the data root. Default: all of it
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// Write nothing; show what differs and exit with 1
    #[arg(long)]
    pub check: bool,
    /// Divide orders that stand in one file: documents to docs.toml, money to money.toml
    #[arg(long)]
    pub split: bool,
}

/// Most lines of one file that `--check` shows.
const SHOWN: usize = 20;

/// What became of one file.
enum Done {
    Same,
    /// The old bytes and the new text.
    Differs(Vec<u8>, String),
    Left(Left),
    Unreadable(String),
}

/// Runs the command.
///
/// # Errors
/// When there is no data root, a path is not in it, or writing fails.
pub fn run(
    args: &FmtArgs,
    common: &Common,
    around: &Surroundings,
    out: &mut dyn io::Write,
) -> Result<Outcome, Failure> {
    let root = find_root(common, around)?;
    let root = root.canonicalize().map_err(|e| Failure::io(&root, &e))?;
    let place = Files::folder(&root).map_err(|e| Failure::io(&root, &e))?;
    let found = discover(&place);
    let schemas = Schemas::of(&root);
    let lang = common.lang.langs().first();
    let mut said = Said { out, lang, differ: 0, left: 0 };
    let wanted = wanted(&root, &args.paths, around)?;
    if args.split {
        divide(&root, &found, &wanted, &schemas, args.check, &mut said)?;
    }
    // Dividing made new files.
    let found = if args.split && !args.check { discover(&place) } else { found };
    let files = files(&found, &wanted);
    let count = files.len();
    let done: Vec<(String, Done)> =
        files.into_par_iter().map(|f| (f.clone(), one(&root, &f, &schemas))).collect();
    for (file, done) in done {
        match done {
            Done::Same => {}
            Done::Differs(before, after) if args.check => said.differs(&file, &before, &after)?,
            Done::Differs(_, after) => {
                let path = root.join(&file);
                disk::replace(&path, &after).map_err(|e| Failure::io(Path::new(&file), &e))?;
                said.line(&file)?;
                said.differ += 1;
            }
            Done::Left(left) => said.left(&file, &left)?,
            Done::Unreadable(why) => said.problem(&bi!(
                "{file}：读不了（{why}），没有动",
                "{file}: cannot be read ({why}); left as it is"
            ))?,
        }
    }
    let Said { differ, left, .. } = said;
    let main = match (args.check, differ) {
        (_, 0) => bi!("{count} 个文件，格式都对", "{count} files, all in order"),
        (true, _) => bi!(
            "{count} 个文件，{differ} 个要整理；运行 gendan fmt",
            "{count} files, {differ} to be put in order; run gendan fmt"
        ),
        (false, _) => bi!("{count} 个文件，整理了 {differ} 个", "{count} files, {differ} put in order"),
    };
    let more = match left {
        0 => Bi::default(),
        _ => bi!("；{left} 个读不懂，没有动", "; {left} could not be read and were left as they are"),
    };
    let note = bi!("{main}{more}", "{main}{more}"; main, more);
    Ok(Outcome { failed: left > 0 || (args.check && differ > 0), note: Some(note) })
}

/// The part of the data root that is asked for.
enum Wanted {
    All,
    /// Paths below the root.
    Below(BTreeSet<String>),
}

impl Wanted {
    fn takes(&self, path: &str) -> bool {
        match self {
            Self::All => true,
            Self::Below(paths) => paths.iter().any(|asked| {
                path.strip_prefix(asked.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
            }),
        }
    }
}

fn wanted(root: &Path, paths: &[PathBuf], around: &Surroundings) -> Result<Wanted, Failure> {
    let mut below = BTreeSet::new();
    for path in paths {
        let full = around.here.join(path);
        let shown = path.display();
        // Links are resolved, so what leads out of the root is not below it.
        let real = full.canonicalize().map_err(|e| Failure::io(path, &e))?;
        let inside = real.strip_prefix(root).ok().and_then(Path::to_str).map(|p| p.replace('\\', "/"));
        match inside {
            Some(inside) if inside.is_empty() => return Ok(Wanted::All),
            Some(inside) if real.is_dir() || inside.ends_with(".toml") => {
                below.insert(inside);
            }
            Some(_) => {
                return Err(Failure(bi!("{shown} 不是 TOML 文件", "{shown} is no TOML file")));
            }
            None => {
                return Err(Failure(bi!(
                    "{shown} 不在数据目录里，没有动",
                    "{shown} is not in the data root and was left as it is"
                )));
            }
        }
    }
    Ok(if paths.is_empty() { Wanted::All } else { Wanted::Below(below) })
}

/// The TOML files of the root that are data, sorted.
fn files(found: &Found, wanted: &Wanted) -> Vec<String> {
    let single = found.single.iter().filter(|(role, _)| *role != Role::Rates).map(|(_, path)| path);
    let orders = found.orders.iter().flat_map(|order| &order.files);
    let mut files: Vec<String> =
        single.chain(orders).map(ToString::to_string).filter(|path| wanted.takes(path)).collect();
    files.sort();
    files
}

fn read(root: &Path, file: &str) -> Result<Vec<u8>, Done> {
    let path = root.join(file);
    let why = |error: io::Error| Done::Unreadable(io_reason(Some(&error)));
    if std::fs::metadata(&path).map_err(why)?.len() > MAX_BYTES {
        return Err(Done::Left(Left::TooLarge));
    }
    std::fs::read(&path).map_err(why)
}

fn one(root: &Path, file: &str, schemas: &Schemas) -> Done {
    let bytes = match read(root, file) {
        Ok(bytes) => bytes,
        Err(done) => return done,
    };
    match format(&bytes, schemas.wanted(file).as_ref()) {
        Ok(text) if text.as_bytes() == bytes => Done::Same,
        Ok(text) => Done::Differs(bytes, text),
        Err(left) => Done::Left(left),
    }
}

/// Divides the orders that are asked for.
fn divide(
    root: &Path,
    found: &Found,
    wanted: &Wanted,
    schemas: &Schemas,
    check: bool,
    said: &mut Said<'_>,
) -> Result<(), Failure> {
    for order in &found.orders {
        let main = format!("{}/order.toml", order.folder);
        if !wanted.takes(&main) {
            continue;
        }
        let mut files = BTreeMap::new();
        for path in &order.files {
            let name = path.rsplit('/').next().unwrap_or(path).to_owned();
            // What cannot be read is said when it is formatted.
            let Ok(bytes) = read(root, path) else { continue };
            files.insert(name, bytes);
        }
        if files.len() < order.files.len() {
            continue;
        }
        match split(&files, &order.folder, schemas) {
            Ok(written) if written.is_empty() => {}
            Ok(written) if check => {
                let names: Vec<&str> = written.keys().map(String::as_str).collect();
                let names = names.join(" ");
                said.say(&bi!("{main}：要拆成 {names}", "{main}: to be divided into {names}"))?;
                said.differ += 1;
            }
            Ok(written) => {
                // The order's own file last: in between a table stands in two files, which is seen; it is never lost.
                for (name, text) in &written {
                    let below = format!("{}/{name}", order.folder);
                    let path = root.join(&below);
                    let result =
                        if path.exists() { disk::replace(&path, text) } else { disk::create(&path, text) };
                    result.map_err(|e| Failure::io(Path::new(&below), &e))?;
                    said.line(&below)?;
                }
                said.differ += 1;
            }
            // Said when the file is formatted.
            Err(NotSplit::Left(..)) => {}
            Err(NotSplit::Twice(key)) => said.problem(&bi!(
                "{main}：`{key}` 在两个文件里都有，合不起来，没有拆：先留一处",
                "{main}: `{key}` stands in two files and cannot be joined; not divided: keep one first"
            ))?,
            Err(NotSplit::Order(key)) => said.problem(&bi!(
                "{main}：别的文件也有 `{key}`，拆了会换次序，没有拆",
                "{main}: another file has `{key}` too and its order would change; not divided"
            ))?,
        }
    }
    Ok(())
}

/// What was printed so far.
struct Said<'o> {
    out: &'o mut dyn io::Write,
    lang: Lang,
    differ: usize,
    left: usize,
}

impl Said<'_> {
    fn line(&mut self, text: &str) -> io::Result<()> {
        writeln!(self.out, "{}", clean(text))
    }

    fn say(&mut self, text: &Bi) -> io::Result<()> {
        let text = text.get(self.lang).to_owned();
        self.line(&text)
    }

    fn problem(&mut self, text: &Bi) -> io::Result<()> {
        self.left += 1;
        self.say(text)
    }

    fn left(&mut self, file: &str, left: &Left) -> io::Result<()> {
        let text = match left {
            Left::NoToml(line) => bi!(
                "{file}:{line}：不是正确的 TOML，没有动；gendan check 说明怎么改",
                "{file}:{line}: no valid TOML; left as it is. gendan check says how to correct it"
            ),
            Left::NotUtf8(at) => bi!(
                "{file}：不是 UTF-8（第 {at} 个字节起），没有动",
                "{file}: not UTF-8 (from byte {at} on); left as it is"
            ),
            Left::TooDeep => {
                bi!("{file}：嵌套太深，没有动", "{file}: nested too deeply; left as it is")
            }
            Left::TooLarge => {
                bi!("{file}：超过 4 MiB，没有动", "{file}: more than 4 MiB; left as it is")
            }
            Left::Unsafe => bi!(
                "{file}：整理后意思会变，没有动；请把这个文件报给 gendan 的维护者",
                "{file}: would say something else afterwards; left as it is. Please report this file to gendan's makers"
            ),
        };
        self.problem(&text)
    }

    fn differs(&mut self, file: &str, before: &[u8], after: &str) -> io::Result<()> {
        self.differ += 1;
        self.line(file)?;
        let changes = changes(before, after);
        let more = changes.len().saturating_sub(SHOWN);
        for change in changes.into_iter().take(SHOWN) {
            match change {
                Change::Whole(text) => {
                    let text = text.get(self.lang).to_owned();
                    self.line(&std::format!("  * {text}"))?;
                }
                Change::Line(line, old, new) => {
                    self.line(&std::format!("  -{line}: {old}"))?;
                    self.line(&std::format!("  +{line}: {new}"))?;
                }
                Change::Removed(line, old) => self.line(&std::format!("  -{line}: {old}"))?,
                Change::Added(line, new) => self.line(&std::format!("  +{line}: {new}"))?,
            }
        }
        if more > 0 {
            self.say(&bi!("  … 还有 {more} 处", "  … and {more} more"))?;
        }
        Ok(())
    }
}
