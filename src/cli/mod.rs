//! The command line: what may be typed, and one file per command that maps it to library calls.
//!
//! Commands return what to print and how to exit; `main.rs` prints and exits.

pub mod archive;
pub mod audience;
pub mod build;
pub mod check;
pub mod completions;
pub mod demo;
pub mod diff;
pub mod digest;
pub mod doc;
pub mod doctor;
pub mod explain;
pub mod export;
pub mod fmt;
pub mod import;
pub mod init;
pub mod kept;
pub mod man;
pub mod migrate;
pub mod new;
pub mod output;
pub mod schema;
pub mod serve;
pub mod since;
pub mod source;
pub mod verify;

use std::io;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::bi;
use crate::check::finding::{Finding, Severity};
use crate::check::rule::Group;
use crate::history::Reading;
use crate::report::Langs;
use crate::text::{Bi, Lang};

/// 跟单: export orders as TOML in git, checked and published as a bilingual static site.
///
/// Orders live as small text files in a git repository. gendan checks them (arithmetic, trade terms, workflow,
/// deadlines), and builds a site that answers: where is the order, is it late, do the papers agree, is the
/// money in.
#[derive(Debug, Parser)]
#[command(name = "gendan", version, max_term_width = 100, arg_required_else_help = true)]
#[command(
    after_help = "Examples:\n  gendan check                     检查当前数据目录 / check the data root\n  gendan build --out public        生成网站 / build the site\n  gendan doc GD26-0117 invoice     做商业发票 / make the commercial invoice\n  gendan export orders -o a.xlsx   导出订单登记表 / the order register as a workbook\n  gendan explain line-amount       解释一条规则 / explain a rule\n\nExit codes: 0 nothing that fails, 1 findings, 2 could not do its work."
)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
    /// Options that every command takes.
    #[command(flatten)]
    pub common: Common,
}

/// Options of every command.
#[derive(Debug, Clone, Args)]
pub struct Common {
    /// Data root. Default: $GENDAN_ROOT, else the nearest folder upwards with a gendan.toml, else ./data
    #[arg(long, global = true, value_name = "DIR")]
    pub root: Option<PathBuf>,
    /// The one "today", YYYY-MM-DD. Default: the local date in the configured time zone
    #[arg(long, global = true, value_name = "DATE")]
    pub as_of: Option<NaiveDate>,
    /// Language of messages
    #[arg(long, global = true, value_name = "LANG", default_value = "zh")]
    pub lang: LangArg,
    /// Neither use nor keep what is remembered: the git history, what the last build made
    #[arg(long, global = true)]
    pub no_cache: bool,
    /// When to use colour
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    pub color: ColorArg,
}

impl Common {
    /// How the history is read; the authors of lines are for pages.
    #[must_use]
    pub fn reading(&self, lines: bool) -> Reading {
        Reading { lines, cache: self.keeps() }
    }

    /// Whether something is remembered from one run to the next.
    #[must_use]
    pub fn keeps(&self) -> bool {
        !self.no_cache
    }
}

/// `--lang`.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum LangArg {
    /// 中文
    #[value(alias = "zh-CN")]
    Zh,
    /// English
    En,
    /// Chinese with the English title below
    Both,
}

impl LangArg {
    /// As the renderers take it.
    #[must_use]
    pub fn langs(self) -> Langs {
        match self {
            Self::Zh => Langs::One(Lang::Zh),
            Self::En => Langs::One(Lang::En),
            Self::Both => Langs::Both,
        }
    }
}

/// `--color`.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum ColorArg {
    /// On a terminal that does not say no
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Make a data repository to start from: configuration, samples, pipeline 新建数据仓库
    Init(init::InitArgs),
    /// Write a new order, customer, supplier or forwarder 新建
    New(Box<new::NewArgs>),
    /// Check the data root and report what is wrong 检查
    Check(check::CheckArgs),
    /// Build the static site 生成网站
    Build(build::BuildArgs),
    /// Show the site on this computer and renew it while files are edited 预览网站
    Serve(serve::ServeArgs),
    /// What a change means: orders, dates, money, deadlines, findings 改动的业务影响
    Diff(diff::DiffArgs),
    /// Make a document from an order: invoice, packing list, draft … 做单据
    Doc(doc::DocArgs),
    /// Export a table, a calendar or a ledger as CSV, XLSX, JSON, ICS … 导出表格和日历
    Export(export::ExportArgs),
    /// Put the complete files of closed orders into an archive that proves itself 归档
    Archive(archive::ArchiveArgs),
    /// Find whatever was changed, is missing or was added in an archive 验证归档
    Verify(verify::VerifyArgs),
    /// Print the morning message for a chat group: what is urgent, at most seven orders 早报
    Digest(digest::DigestArgs),
    /// Explain a rule, or list all of them 解释规则
    Explain(explain::ExplainArgs),
    /// Write JSON Schemas for editors 生成编辑器用的结构说明
    Schema(schema::SchemaArgs),
    /// Write a realistic data root of any size to try out 生成演示数据
    Demo(demo::DemoArgs),
    /// Import data from other systems 导入
    Import(import::ImportArgs),
    /// Put TOML files in order, comments and values kept 整理格式
    Fmt(fmt::FmtArgs),
    /// Bring the data to the format this version writes 升级数据格式
    Migrate(migrate::MigrateArgs),
    /// Say what gendan sees: configuration, git, calendars, publishing 体检
    Doctor(doctor::DoctorArgs),
    /// Write completions for a shell 命令行补全
    Completions(completions::CompletionsArgs),
    /// Write manual pages 手册页
    Man(man::ManArgs),
}

/// What the surroundings say; filled in by `main.rs`, which alone looks.
#[derive(Debug, Clone)]
pub struct Surroundings {
    /// The folder in which the command was started.
    pub here: PathBuf,
    /// `$GENDAN_ROOT`.
    pub env_root: Option<PathBuf>,
    /// The clock, read once.
    pub now: chrono::DateTime<chrono::Utc>,
    /// The clock, for the one command that outlives a day.
    pub clock: fn() -> chrono::DateTime<chrono::Utc>,
    /// Whether standard output takes colour.
    pub color: bool,
    /// Whether standard output is a terminal.
    pub terminal: bool,
    /// Who reads along.
    pub runner: Runner,
}

/// A runner that takes lines of output for commands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Runner {
    /// None that is known.
    #[default]
    None,
    /// GitHub Actions.
    Github,
    /// Gitea's runner, which says that it is GitHub's and shows no annotations.
    Gitea,
}

/// What a command did.
#[derive(Debug, Default)]
pub struct Outcome {
    /// Findings that fail the command exist: exit code 1.
    pub failed: bool,
    /// For standard error; each line is a message of its own.
    pub note: Option<Bi>,
}

/// Why a command could not do its work: exit code 2.
#[derive(Debug)]
pub struct Failure(pub Bi);

impl Failure {
    /// An input or output error about a path.
    #[must_use]
    pub fn io(path: &Path, error: &io::Error) -> Self {
        let path = path.display();
        let reason = error.kind();
        Self(bi!("{path}：{reason}", "{path}: {reason}"))
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        let reason = error.to_string();
        Self(Bi::same(reason))
    }
}

/// Runs a command; its result goes to `out`.
///
/// # Errors
/// When the command could not do its work.
pub fn run(cli: &Cli, around: &Surroundings, out: &mut dyn io::Write) -> Result<Outcome, Failure> {
    match &cli.command {
        Command::Init(args) => init::run(args, &cli.common, around, out),
        Command::Check(args) => check::run(args, &cli.common, around, out),
        Command::Build(args) => build::run(args, &cli.common, around, out),
        Command::Serve(args) => serve::run(args, &cli.common, around, out),
        Command::Diff(args) => diff::run(args, &cli.common, around, out),
        Command::Doc(args) => doc::run(args, &cli.common, around, out),
        Command::Export(args) => export::run(args, &cli.common, around, out),
        Command::Archive(args) => archive::run(args, &cli.common, around, out),
        Command::Verify(args) => verify::run(args, &cli.common, around, out),
        Command::Digest(args) => digest::run(args, &cli.common, around, out),
        Command::Explain(args) => explain::run(args, &cli.common, out),
        Command::Schema(args) => schema::run(args, &cli.common, around, out),
        Command::Demo(args) => demo::run(args, &cli.common, around, out),
        Command::Import(args) => import::run(args, &cli.common, around, out),
        Command::New(args) => new::run(args, &cli.common, around, out),
        Command::Fmt(args) => fmt::run(args, &cli.common, around, out),
        Command::Migrate(args) => migrate::run(args, &cli.common, around, out),
        Command::Doctor(args) => doctor::run(args, &cli.common, around, out),
        Command::Completions(args) => completions::run(args, out),
        Command::Man(args) => man::run(args, around, out),
    }
}

/// The data root: `--root`, `$GENDAN_ROOT`, the nearest `gendan.toml` upwards, `./data`.
///
/// # Errors
/// When it is no folder, or holds neither `gendan.toml` nor `orders/`: a check of the wrong folder would find
/// nothing wrong.
pub fn find_root(common: &Common, around: &Surroundings) -> Result<PathBuf, Failure> {
    let named = common.root.as_ref().or(around.env_root.as_ref()).map(|root| around.here.join(root));
    let found = named.unwrap_or_else(|| {
        around
            .here
            .ancestors()
            .find(|dir| dir.join("gendan.toml").is_file())
            .map_or_else(|| around.here.join("data"), Path::to_path_buf)
    });
    if found.join("gendan.toml").is_file() || found.join("orders").is_dir() {
        return Ok(found);
    }
    let path = found.display();
    if found.is_dir() {
        return Err(Failure(bi!(
            "{path} 里没有 gendan.toml，也没有 orders/，不是数据目录：用 --root 指定",
            "{path} has neither gendan.toml nor orders/, so it is no data root: name it with --root"
        )));
    }
    Err(Failure(bi!(
        "找不到数据目录 {path}：用 --root 指定，或在有 gendan.toml 的文件夹里运行",
        "no data root at {path}: name it with --root, or run inside a folder that has a gendan.toml"
    )))
}

/// An error in `gendan.toml` puts everything in doubt: levels, calendars, tolerances.
pub(crate) fn broken_setup(findings: &[Finding]) -> bool {
    findings.iter().any(is_in_setup)
}

/// Whether a finding is one of those.
pub(crate) fn is_in_setup(finding: &Finding) -> bool {
    finding.severity == Severity::Error
        && finding.rule.group == Group::Writing
        && finding.spots.first().is_some_and(|s| &*s.place.file == "gendan.toml")
}

/// The one "today": `--as-of`, else the local date in the configured zone.
#[must_use]
pub fn today(common: &Common, around: &Surroundings, zone: Option<&str>) -> NaiveDate {
    common.as_of.unwrap_or_else(|| local_day(around.now, zone))
}

/// The date of a moment in the configured zone.
#[must_use]
pub fn local_day(now: chrono::DateTime<chrono::Utc>, zone: Option<&str>) -> NaiveDate {
    let zone: chrono_tz::Tz = zone.and_then(|z| z.parse().ok()).unwrap_or(chrono_tz::Asia::Shanghai);
    now.with_timezone(&zone).date_naive()
}
