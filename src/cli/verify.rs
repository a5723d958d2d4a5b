//! `gendan verify`.

use std::io;
use std::path::PathBuf;

use clap::Args;

use crate::archive::sums::is_digest;
use crate::archive::verify::{NotVerified, Report, verify};
use crate::bi;
use crate::cli::{Common, Failure, LangArg, Outcome, Surroundings};
use crate::report::clean;
use crate::text::{Bi, Lang};

/// Options of `verify`.
#[derive(Debug, Args)]
pub struct VerifyArgs {
    /// An archive, the folder of one order in it, or the archive/ of a site
    #[arg(value_name = "DIR")]
    pub dir: PathBuf,
    /// SHA-256 of a manifest as it was written down elsewhere: the archive must still contain it
    #[arg(long, value_name = "SHA256", value_parser = digest)]
    pub newest: Option<String>,
}

fn digest(text: &str) -> Result<String, String> {
    let text = text.trim().to_ascii_lowercase();
    if is_digest(&text) { Ok(text) } else { Err("64 hexadecimal digits".to_owned()) }
}

/// Runs the command: every problem a line; 0 nothing differs, 1 something does, 2 something could not be read.
///
/// # Errors
/// When there is nothing to verify, or a part of it could not be read.
pub fn run(
    args: &VerifyArgs,
    common: &Common,
    around: &Surroundings,
    out: &mut dyn io::Write,
) -> Result<Outcome, Failure> {
    let shown = clean(&args.dir.display().to_string());
    let report = verify(&around.here.join(&args.dir), args.newest.as_deref()).map_err(|why| match why {
        NotVerified::Io(error) => Failure::io(&args.dir, &error),
        NotVerified::NoArchive => Failure(bi!(
            "{shown} 里没有 SHA256SUMS，也没有月度清单（2026-09.sha256）：写归档的文件夹，网站的是 archive/",
            "{shown} has neither SHA256SUMS nor a manifest (2026-09.sha256): name the folder of the archive; that of a site is archive/"
        )),
    })?;
    let lang = common.lang.langs().first();
    let both = matches!(common.lang, LangArg::Both);
    for problem in &report.problems {
        let text = problem.text();
        writeln!(out, "{}", clean(text.get(lang)))?;
        if both {
            writeln!(out, "{}", clean(text.get(Lang::En)))?;
        }
    }
    let unread = report.unreadable();
    let note = note(&report);
    if unread > 0 {
        return Err(Failure(bi!(
            "{unread} 处读不了，说不准有没有改过\n{note}",
            "{unread} could not be read: nobody can say whether they differ\n{note}"; note
        )));
    }
    Ok(Outcome { failed: !report.problems.is_empty(), note: Some(note) })
}

fn note(report: &Report) -> Bi {
    let Report { manifests, orders, files, bytes, stamps, pages, problems, .. } = report;
    let n = problems.len();
    let mut lines = vec![if n == 0 {
        bi!(
            "没有不一样：{orders} 单，{manifests} 份月度清单，{files} 个文件，{bytes} 字节",
            "nothing differs: orders {orders}, manifests {manifests}, files {files}, bytes {bytes}"
        )
    } else {
        bi!(
            "有 {n} 处不一样：{orders} 单，{manifests} 份月度清单，{files} 个文件一样",
            "differences: {n}; orders {orders}, manifests {manifests}, files that agree {files}"
        )
    }];
    if let Some(newest) = &report.newest {
        let (name, digest) = (&newest.name, &newest.digest);
        lines.push(bi!(
            "最后一份清单 {name} 的 SHA-256 是 {digest}：和存在别处的对一下，整个换掉的只有这样才看得出",
            "the newest manifest {name} has the SHA-256 {digest}: compare it with what was kept elsewhere; nothing else shows that the whole was replaced"
        ));
    }
    if !stamps.is_empty() {
        let names = stamps.iter().map(|name| clean(name)).collect::<Vec<_>>().join(" ");
        lines.push(bi!(
            "时间戳没有查，README.txt 说怎么查：{names}",
            "time stamps were not checked; README.txt says how: {names}"
        ));
    }
    if *pages > 0 {
        lines.push(bi!(
            "网站自己的 {pages} 个页面不在清单里",
            "pages of the site itself, which no list has: {pages}"
        ));
    }
    let join = |side: fn(&Bi) -> &str| lines.iter().map(side).collect::<Vec<_>>().join("\n");
    Bi { zh: join(|line| &line.zh), en: join(|line| &line.en) }
}
