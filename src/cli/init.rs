//! `gendan init`.

use std::io;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use crate::bi;
use crate::cli::{Common, Failure, Outcome, Surroundings, today};
use crate::exchange::init::{self, Forge, Trouble, Written};
use crate::report::clean;
use crate::text::{Bi, Lang};

/// Options of `init`.
#[derive(Debug, Args)]
pub struct InitArgs {
    /// Folder to make the data repository in: absent, empty, or with no more than .git, README and LICENSE
    #[arg(value_name = "DIR", default_value = ".")]
    pub dir: PathBuf,
    /// Where the repository will live; decides the pipeline. Default: generic, a script for any pipeline
    #[arg(long, value_name = "FORGE")]
    pub forge: Option<ForgeArg>,
}

/// `--forge`.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum ForgeArg {
    /// GitHub
    Github,
    /// GitLab, 极狐
    Gitlab,
    /// Gitea
    Gitea,
    /// Forgejo
    Forgejo,
    /// Gitee 码云
    Gitee,
    /// Any other, or none
    Generic,
}

impl ForgeArg {
    const fn forge(self) -> Forge {
        match self {
            Self::Github => Forge::Github,
            Self::Gitlab => Forge::Gitlab,
            Self::Gitea => Forge::Gitea,
            Self::Forgejo => Forge::Forgejo,
            Self::Gitee => Forge::Gitee,
            Self::Generic => Forge::Generic,
        }
    }
}

/// Runs the command.
///
/// # Errors
/// When the folder is not fit, cannot be written, or the day is implausible. Nothing is then left behind.
pub fn run(
    args: &InitArgs,
    common: &Common,
    around: &Surroundings,
    out: &mut dyn io::Write,
) -> Result<Outcome, Failure> {
    if common.root.is_some() {
        return Err(Failure(bi!(
            "init 不用 --root，直接写文件夹：gendan init 文件夹",
            "init takes no --root, name the folder: gendan init DIR"
        )));
    }
    let as_of = today(common, around, None);
    let forge = args.forge.map_or(Forge::Generic, ForgeArg::forge);
    let files =
        init::files(forge, as_of).map_err(|e| Failure(Bi::same(e.to_string())))?.ok_or_else(|| {
            Failure(bi!(
                "--as-of {as_of} 离现在太远，示例订单写不出来",
                "--as-of {as_of} is too far off to write a sample order for"
            ))
        })?;
    // `a/` and `a` are one folder; a link named with a slash behind it is still a link.
    let dir: PathBuf = around.here.join(&args.dir).components().collect();
    let written = init::look(&dir)
        .and_then(|standing| init::write(&dir, &standing, &files))
        .map_err(|trouble| failure(&args.dir, trouble))?;
    let lang = common.lang.langs().first();
    for text in said(args, &dir, &written) {
        writeln!(out, "{}", clean(text.get(lang)))?;
        if matches!(common.lang, crate::cli::LangArg::Both) && text.get(Lang::En) != text.get(lang) {
            writeln!(out, "{}", clean(text.get(Lang::En)))?;
        }
    }
    Ok(Outcome::default())
}

fn failure(dir: &Path, trouble: Trouble) -> Failure {
    let at = dir.display();
    Failure(match trouble {
        Trouble::Link => bi!(
            "{at} 是符号链接，没有写：直接写它指向的文件夹",
            "{at} is a symbolic link, nothing was written: name the folder it leads to"
        ),
        Trouble::NoFolder => {
            bi!(
                "{at} 是一个文件，没有写：换个名字",
                "{at} is a file, nothing was written: choose another name"
            )
        }
        Trouble::NoName => {
            bi!("{at} 没有文件夹名，没有写", "{at} names no folder, nothing was written")
        }
        Trouble::NotEmpty(names) => {
            let names = names.join(", ");
            bi!(
                "{at} 里已经有东西（{names}），没有写：换一个空文件夹。只有 .git、README、LICENSE 可以先在那里",
                "{at} is not empty ({names}), nothing was written: choose an empty folder. Only .git, README and LICENSE may be there"
            )
        }
        Trouble::Io(path, error) => return Failure::io(&path, &error),
    })
}

/// What was written, what was left, and what comes next.
fn said(args: &InitArgs, dir: &Path, written: &Written) -> Vec<Bi> {
    let mut said = Vec::new();
    let (at, count) = (args.dir.display(), written.files.len());
    said.push(bi!("{at}：写了 {count} 个文件", "{at}: wrote {count} files"));
    for file in &written.left {
        said.push(bi!("{file} 已经有了，没有动", "{file} was there and is left as it is"));
    }
    if args.forge.is_none() {
        said.push(bi!(
            "没有写 --forge，流水线按通用脚本写（ci/gendan.sh）；另有 github gitlab gitea forgejo gitee",
            "without --forge the pipeline is a script for any of them (ci/gendan.sh); others: github gitlab gitea forgejo gitee"
        ));
    }
    let inside = dir.ancestors().skip(1).find(|above| above.join(".git").exists());
    let own = dir.join(".git").exists();
    if let (false, Some(_)) = (own, inside) {
        said.push(bi!(
            "注意：这个文件夹在另一个 git 仓库里面。流水线和审批人文件只在仓库最上层起作用，要用就移上去",
            "Note: this folder lies inside another git repository. Pipelines and code owners work only at its top: move them there"
        ));
    }
    said.push(Bi::default());
    said.push(bi!("接下来：", "Next:"));
    if args.dir != Path::new(".") {
        said.push(Bi::same(format!("  cd -- {}", quoted(&args.dir.to_string_lossy()))));
    }
    said.push(bi!(
        "  把 gendan.toml 里的公司、people.toml 里的人和邮箱换成自己的",
        "  put your own company into gendan.toml, your own people and addresses into people.toml"
    ));
    said.push(Bi::same("  gendan check"));
    said.push(bi!(
        "  gendan build --out public      打开 public/index.html",
        "  gendan build --out public      then open public/index.html"
    ));
    if !own && inside.is_none() {
        said.push(Bi::same("  git init -b main"));
    }
    said.push(bi!(
        "  git add . && git commit -m \"建库\"",
        "  git add . && git commit -m \"Set up the order data\""
    ));
    said.push(bi!(
        "  README.md 写着平台上还要设什么；CONTRIBUTING.md 发给录数据的同事",
        "  README.md says what to set on the forge; CONTRIBUTING.md is for those who record"
    ));
    said
}

/// As a shell takes it.
fn quoted(path: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || "/._-".contains(c);
    if !path.is_empty() && path.chars().all(plain) {
        path.to_owned()
    } else {
        format!("'{}'", path.replace('\'', r"'\''"))
    }
}
