//! `gendan build`.

use std::io;
use std::path::PathBuf;

use clap::Args;

use crate::bi;
use crate::check::check;
use crate::cli::{Common, Failure, Outcome, Surroundings, broken_setup, find_root, today};
use crate::derive::derive;
use crate::history;
use crate::load::{Loaded, load};
use crate::publish;
use crate::report::Counts;

/// Options of `build`.
#[derive(Debug, Args)]
pub struct BuildArgs {
    /// Output folder; replaced as a whole. One that holds other files is refused
    #[arg(long, short, value_name = "DIR", default_value = "public")]
    pub out: PathBuf,
    /// Exit with 1 when orders are broken
    #[arg(long)]
    pub strict: bool,
}

/// Runs the command.
///
/// # Errors
/// When the data root cannot be read, `gendan.toml` is broken, or the site cannot be written.
pub fn run(
    args: &BuildArgs,
    common: &Common,
    around: &Surroundings,
    out: &mut dyn io::Write,
) -> Result<Outcome, Failure> {
    let root = find_root(common, around)?;
    let Loaded { book, findings } = load(&root).map_err(|e| Failure::io(&root, &e))?;
    let history = history::read_with(&root, common.reading(true));
    let as_of = today(common, around, book.config.timezone.as_deref());
    let facts = derive(&book, &history, as_of);
    let checked = check(&facts, findings);
    if broken_setup(&checked.findings) {
        return Err(Failure(bi!(
            "gendan.toml 有错误，没有生成网站；gendan check 说在哪里",
            "gendan.toml has errors, no site was built; gendan check says where"
        )));
    }
    let built =
        publish::build(&facts, &checked, &around.here.join(&args.out)).map_err(|e| Failure(e.text()))?;
    let (files, at) = (built.files, args.out.display());
    let text = bi!("{at}：{files} 个文件，数据日期 {as_of}", "{at}: {files} files, as of {as_of}");
    writeln!(out, "{}", text.get(common.lang.langs().first()))?;
    let note = Counts::of(&checked.findings).summary(book.orders.len(), checked.rules);
    Ok(Outcome { failed: args.strict && built.broken > 0, note: Some(note) })
}
