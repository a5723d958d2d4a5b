//! `gendan export`.

use std::io;
use std::path::PathBuf;

use clap::Args;

use crate::bi;
use crate::check::check;
use crate::cli::source::{AtArgs, Opened, open};
use crate::cli::{Common, Failure, Outcome, Surroundings, broken_setup, today};
use crate::derive::derive;
use crate::load::Loaded;
use crate::model::value::near::did_you_mean;
use crate::publish::audience::Reader;
use crate::publish::ctx::{Ctx, Findings};
use crate::publish::exports::{self, Export, Format};
use crate::text::Lang;

/// Options of `export`.
#[derive(Debug, Args)]
pub struct ExportArgs {
    /// What to export; without it, what there is
    #[arg(value_name = "WHAT")]
    pub what: Option<String>,
    /// csv, xlsx, json, ics …; default: by the ending of FILE, else the first there is
    #[arg(long, value_name = "F")]
    pub format: Option<String>,
    /// File to write; default: standard output
    #[arg(long, short, value_name = "FILE")]
    pub out: Option<PathBuf>,
    /// A past revision instead of the disk
    #[command(flatten)]
    pub at: AtArgs,
}

/// Runs the command.
///
/// # Errors
/// When there is no such export or format, it is binary and would go to a terminal, `gendan.toml` is broken, or it
/// cannot be written.
pub fn run(
    args: &ExportArgs,
    common: &Common,
    around: &Surroundings,
    out: &mut dyn io::Write,
) -> Result<Outcome, Failure> {
    let lang = common.lang.langs().first();
    let Some(what) = &args.what else { return list(lang, out) };
    let export = Export::named(what).ok_or_else(|| unknown(what))?;
    let format = choose(export, args)?;
    if args.out.is_none() && around.terminal && format.is_binary() {
        let (name, code) = (export.name, format.code());
        return Err(Failure(bi!(
            "终端里显示不了 {code}：用 -o {name}.{code} 写进文件",
            "{code} cannot be shown on a terminal: write it to a file with -o {name}.{code}"
        )));
    }
    let Opened { loaded: Loaded { book, findings }, history, .. } = open(common, around, &args.at, false)?;
    let as_of = today(common, around, book.config.timezone.as_deref());
    let facts = derive(&book, &history, as_of);
    let checked = check(&facts, findings);
    if broken_setup(&checked.findings) {
        return Err(Failure(bi!(
            "gendan.toml 有错误，没有导出；gendan check 说在哪里",
            "gendan.toml has errors, nothing was exported; gendan check says where"
        )));
    }
    let found = Findings::of(&checked.findings);
    // Whoever can run this has the files.
    let ctx = Ctx::of(&facts, &found, Reader::Finance, lang);
    let bytes = format.bytes(&ctx).map_err(|e| {
        let code = format.code();
        Failure(bi!("写不成 {code}：{e}", "cannot be written as {code}: {e}"))
    })?;
    match &args.out {
        None => out.write_all(&bytes)?,
        Some(file) => {
            std::fs::write(around.here.join(file), &bytes).map_err(|e| Failure::io(file, &e))?;
        }
    }
    Ok(Outcome::default())
}

/// The format that is asked for, else the one by the ending of the file, else the first.
fn choose(export: &Export, args: &ExportArgs) -> Result<Format, Failure> {
    let formats = export.formats();
    let of = |code: &str| formats.iter().find(|f| f.code().eq_ignore_ascii_case(code)).copied();
    let ending = args.out.as_deref().and_then(|file| file.extension()).and_then(|ending| ending.to_str());
    let found = match (&args.format, ending) {
        (Some(code), _) => of(code),
        (None, ending) => ending.and_then(of).or_else(|| formats.first().copied()),
    };
    found.ok_or_else(|| {
        let codes: Vec<&str> = formats.iter().map(|f| f.code()).collect();
        let (name, asked, codes) = (export.name, args.format.as_deref().unwrap_or_default(), codes.join(" "));
        Failure(bi!("{name} 没有 {asked} 格式，有：{codes}", "{name} has no format {asked}; it has: {codes}"))
    })
}

fn unknown(what: &str) -> Failure {
    let names: Vec<&str> = exports::ALL.iter().map(|e| e.name).collect();
    Failure(match did_you_mean(what, names.iter().copied()) {
        Some(near) => bi!("没有 {what} 可以导出，是不是 {near}？", "no export {what}; did you mean {near}?"),
        None => {
            let names = names.join(" ");
            bi!("没有 {what} 可以导出，有：{names}", "no export {what}; there is: {names}")
        }
    })
}

/// What there is, a line each.
fn list(lang: Lang, out: &mut dyn io::Write) -> Result<Outcome, Failure> {
    for export in exports::ALL {
        let codes: Vec<&str> = export.formats().iter().map(|f| f.code()).collect();
        let title = match lang {
            Lang::Zh => export.title.0,
            Lang::En => export.title.1,
        };
        writeln!(out, "{:<13} {title} ({})", export.name, codes.join(" "))?;
    }
    Ok(Outcome::default())
}
