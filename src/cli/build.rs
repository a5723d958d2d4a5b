//! `gendan build`.

use std::io;
use std::path::{Path, PathBuf};

use clap::Args;

use crate::bi;
use crate::check::check;
use crate::cli::audience::{AudienceArg, AudienceParser};
use crate::cli::kept;
use crate::cli::source::{AtArgs, Opened, open};
use crate::cli::{Common, Failure, Outcome, Surroundings, broken_setup, today};
use crate::derive::{Facts, derive};
use crate::load::Loaded;
use crate::publish::audience::Reader;
use crate::publish::customer::{self, Wanted};
use crate::publish::{self, Target};
use crate::report::{Counts, clean};
use crate::text::{Bi, Lang};

/// Options of `build`.
#[derive(Debug, Args)]
pub struct BuildArgs {
    /// Who reads it
    #[arg(long, value_name = "WHO", default_value = "internal", value_parser = AudienceParser)]
    pub audience: AudienceArg,
    /// Output folder; replaced as a whole, what has not changed is taken over. One that holds other files is refused.
    /// Customers get a folder each in it
    #[arg(long, short, value_name = "DIR", default_value = "public")]
    pub out: PathBuf,
    /// Exit with 1 when orders are broken
    #[arg(long)]
    pub strict: bool,
    /// A past revision instead of the disk
    #[command(flatten)]
    pub at: AtArgs,
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
    let Opened { root, loaded: Loaded { book, findings }, history } = open(common, around, &args.at, true)?;
    let as_of = today(common, around, book.config.timezone.as_deref());
    let facts = derive(&book, &history, as_of);
    let checked = check(&facts, findings);
    if broken_setup(&checked.findings) {
        return Err(Failure(bi!(
            "gendan.toml 有错误，没有生成网站；gendan check 说在哪里",
            "gendan.toml has errors, no site was built; gendan check says where"
        )));
    }
    let folder = around.here.join(&args.out);
    let lang = common.lang.langs().first();
    let reader = match &args.audience {
        AudienceArg::Internal => Reader::Internal,
        AudienceArg::Finance => Reader::Finance,
        AudienceArg::Customers => return customers(&facts, Wanted::All, args, &folder, lang, out),
        AudienceArg::Customer(id) => return customers(&facts, Wanted::One(id), args, &folder, lang, out),
    };
    let kept = common.keeps().then(|| kept::list(&root, &folder));
    let target = Target { out: &folder, kept: kept.as_deref() };
    let built = publish::build(&facts, &checked, reader, target).map_err(|e| Failure(e.text()))?;
    let (files, new, at) = (built.files, built.new, args.out.display());
    let text = if new < files {
        bi!(
            "{at}：{files} 个文件，其中 {new} 个有变化，数据日期 {as_of}",
            "{at}: {files} files, {new} of them changed, as of {as_of}"
        )
    } else {
        bi!("{at}：{files} 个文件，数据日期 {as_of}", "{at}: {files} files, as of {as_of}")
    };
    writeln!(out, "{}", text.get(lang))?;
    let note = Counts::of(&checked.findings).summary(book.orders.len(), checked.rules);
    Ok(Outcome { failed: args.strict && built.broken > 0, note: Some(note) })
}

/// Leaks that are listed; the rest is counted.
const LISTED: usize = 20;

/// Builds the trees of customers. A leak fails the command and is named; nothing is written then.
fn customers(
    facts: &Facts<'_>,
    wanted: Wanted<'_>,
    args: &BuildArgs,
    folder: &Path,
    lang: Lang,
    out: &mut dyn io::Write,
) -> Result<Outcome, Failure> {
    let (at, as_of) = (args.out.display(), facts.as_of);
    match customer::build(facts, wanted, folder).map_err(|e| Failure(e.text()))? {
        customer::Outcome::Written { trees, without, removed } => {
            for tree in &trees {
                let (id, folder, files) = (&tree.id, &tree.folder, tree.files);
                let text = bi!(
                    "{at}/{folder}：{id}，{files} 个文件，数据日期 {as_of}",
                    "{at}/{folder}: {id}, {files} files, as of {as_of}"
                );
                writeln!(out, "{}", text.get(lang))?;
            }
            for folder in &removed {
                let text = bi!(
                    "{at}/{folder}：已没有客户用，删掉了",
                    "{at}/{folder}: no customer's any more, removed"
                );
                writeln!(out, "{}", text.get(lang))?;
            }
            let names = without.join(", ");
            let note = (!without.is_empty()).then(|| {
                bi!(
                    "没写 portal、没有页面的客户：{names}",
                    "customers without a portal, and so without pages: {names}"
                )
            });
            Ok(Outcome { failed: false, note })
        }
        customer::Outcome::Leaked(leaks) => {
            let mut note = bi!(
                "给客户的页面里有不该给的内容，什么都没写：",
                "the pages hold what their reader must not see; nothing was written:"
            );
            let mut add = |line: Bi| {
                note.zh = format!("{}\n{}", note.zh, line.zh);
                note.en = format!("{}\n{}", note.en, line.en);
            };
            for leak in leaks.iter().take(LISTED) {
                let (file, word) = (clean(&leak.file), clean(&leak.word));
                let what = Bi::from(leak.what.title());
                add(bi!("{file}：{what}：{word}", "{file}: {what}: {word}"; what));
            }
            if leaks.len() > LISTED {
                let rest = leaks.len().saturating_sub(LISTED);
                add(bi!("另 {rest} 处", "and {rest} more"));
            }
            Ok(Outcome { failed: true, note: Some(note) })
        }
    }
}
