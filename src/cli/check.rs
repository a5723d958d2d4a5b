//! `gendan check`.

use std::io;
use std::mem::ManuallyDrop;
use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::bi;
use crate::book::Book;
use crate::check::finding::Severity;
use crate::check::{Checked, check};
use crate::cli::source::{AtArgs, open};
use crate::cli::{Common, Failure, Outcome, Runner, Surroundings, broken_setup, output, since, today};
use crate::derive::derive;
use crate::load::Loaded;
use crate::report::human::Human;
use crate::report::whole::{self, Report, Unchecked};
use crate::report::{checkstyle, escape, github, gitlab, json, junit, markdown, prefix, sarif, short};
use crate::text::Bi;

/// Options of `check`.
#[derive(Debug, Args)]
#[command(
    after_help = "Reports for pipelines:\n  gendan check --format auto --output markdown=$GITHUB_STEP_SUMMARY       GitHub Actions\n  gendan check --output gitlab=gl.json --output junit=junit.xml           GitLab\n  gendan check --output sarif=gendan.sarif --output json=gendan.json      code scanning, programs\n\nExit codes: 0 nothing that fails, 1 findings, 2 could not do its work; the format makes no difference."
)]
pub struct CheckArgs {
    /// Data root; the same as --root
    #[arg(value_name = "ROOT")]
    pub dir: Option<PathBuf>,
    /// How to report on standard output
    #[arg(long, value_name = "F", default_value = "human")]
    pub format: Format,
    /// Write a report to a file as well, such as sarif=gendan.sarif; may be given several times
    #[arg(long, value_name = "F=FILE")]
    pub output: Vec<String>,
    /// From which level on findings fail the check
    #[arg(long, value_name = "LEVEL", default_value = "error")]
    pub fail_on: FailOn,
    /// Risks (late, overdue, exposed) fail the check too
    #[arg(long)]
    pub fail_on_risk: bool,
    /// Only findings that the change since REV brought count; those its base (the common ancestor of REV and HEAD)
    /// has too are one number
    #[arg(long, value_name = "REV")]
    pub since: Option<String>,
    /// A past revision instead of the disk
    #[command(flatten)]
    pub at: AtArgs,
    /// End with 0 in spite of findings; with 2 all the same when the check could not do its work
    #[arg(long)]
    pub exit_zero: bool,
}

/// `--format`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// Messages with snippets, for people
    Human,
    /// One line per finding
    Short,
    /// Everything, versioned
    Json,
    /// SARIF 2.1.0, for code scanning
    Sarif,
    /// Annotations of GitHub Actions
    Github,
    /// GitLab's Code Quality report
    Gitlab,
    /// JUnit XML: a suite per order, a case per family of rules
    Junit,
    /// Checkstyle XML
    Checkstyle,
    /// Markdown by order, for the summary of a step
    Markdown,
    /// github under GitHub Actions (not under Gitea's), else human
    Auto,
}

impl Format {
    /// The word that is typed.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Human => "human",
            Self::Short => "short",
            Self::Json => "json",
            Self::Sarif => "sarif",
            Self::Github => "github",
            Self::Gitlab => "gitlab",
            Self::Junit => "junit",
            Self::Checkstyle => "checkstyle",
            Self::Markdown => "markdown",
            Self::Auto => "auto",
        }
    }

    /// What `auto` stands for. Nothing but GitHub Actions is guessed.
    fn resolve(self, runner: Runner) -> Self {
        match (self, runner) {
            (Self::Auto, Runner::Github) => Self::Github,
            (Self::Auto, _) => Self::Human,
            (format, _) => format,
        }
    }
}

/// `--fail-on`.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum FailOn {
    /// Errors
    Error,
    /// Errors and warnings
    Warning,
    /// Anything
    Info,
}

impl FailOn {
    fn severity(self) -> Severity {
        match self {
            Self::Error => Severity::Error,
            Self::Warning => Severity::Warning,
            Self::Info => Severity::Info,
        }
    }
}

/// Runs the command.
///
/// # Errors
/// When the data root cannot be read, `gendan.toml` is broken, or writing fails.
pub fn run(
    args: &CheckArgs,
    common: &Common,
    around: &Surroundings,
    out: &mut dyn io::Write,
) -> Result<Outcome, Failure> {
    let mut common = common.clone();
    if args.dir.is_some() {
        common.root.clone_from(&args.dir);
    }
    let outputs = output::parse(&args.output, &around.here)?;
    let mut opened = open(&common, around, &args.at, false)?;
    let Loaded { book, findings } = std::mem::take(&mut opened.loaded);
    // The program ends with this command: the system takes all memory back at once, piece by piece is slow.
    let book = ManuallyDrop::new(book);
    let as_of = today(&common, around, book.config.timezone.as_deref());
    let facts = ManuallyDrop::new(derive(&book, &opened.history, as_of));
    let Checked { mut findings, rules, unchecked } = check(&facts, findings);
    let since = match &args.since {
        Some(rev) => Some(since::compare(
            rev,
            args.at.at.as_deref(),
            &opened,
            as_of,
            common.reading(false),
            &mut findings,
        )?),
        None => None,
    };
    let report = Report {
        findings: &findings,
        orders: whole::orders(&book, common.lang.langs().first()),
        rules: whole::wanted(&book.config),
        ran: rules,
        as_of,
        prefix: prefix::prefix(&opened.root),
        unchecked: Unchecked::of(&unchecked, &opened.history.state),
        langs: common.lang.langs(),
        fail_on: args.fail_on.severity(),
        fail_on_risk: args.fail_on_risk,
        broken: broken_setup(&findings),
        since: since.as_ref(),
    };
    for output in &outputs {
        let mut text = Vec::new();
        print(&report, output.format, &book, false, &mut text)?;
        output::write(&output.file, &text)?;
    }
    let format = args.format.resolve(around.runner);
    match (format, around.runner) {
        // A runner reads what is printed for people too.
        (Format::Human | Format::Short | Format::Markdown, Runner::Github | Runner::Gitea) => {
            let mut text = Vec::new();
            print(&report, format, &book, around.color, &mut text)?;
            write!(out, "{}", escape::runner(&String::from_utf8_lossy(&text)))?;
        }
        _ => print(&report, format, &book, around.color, out)?,
    }
    if report.broken {
        return Err(Failure(bi!("gendan.toml 有错误，先改好它", "gendan.toml has errors; correct it first")));
    }
    let failed = !args.exit_zero && findings.iter().any(|f| report.fails(f));
    Ok(Outcome { failed, note: Some(note(&report, format)) })
}

/// One report.
fn print(
    report: &Report<'_>,
    format: Format,
    book: &Book,
    color: bool,
    out: &mut dyn io::Write,
) -> Result<(), Failure> {
    let (findings, langs) = (report.findings, report.langs);
    let shown = || findings.iter().filter(|finding| !finding.known);
    let whole = |text: serde_json::Result<String>| text.map_err(|e| Failure(Bi::same(e.to_string())));
    let mut human = Human::new(&book.root, langs, color);
    let text = match format {
        // These two are printed finding by finding: there may be many.
        Format::Human | Format::Auto => {
            for finding in shown() {
                writeln!(out, "{}", human.render(finding))?;
            }
            return Ok(());
        }
        Format::Short => {
            for finding in shown() {
                write!(out, "{}", short::line(finding, langs))?;
            }
            return Ok(());
        }
        Format::Json => {
            let unchecked = report.unchecked.as_ref();
            whole(json::document(
                findings,
                report.as_of,
                report.orders.len(),
                report.ran,
                unchecked,
                report.since,
            ))?
        }
        Format::Sarif => whole(sarif::document(report))?,
        Format::Github => github::commands(report),
        Format::Gitlab => whole(gitlab::document(report))?,
        Format::Junit => junit::document(report, &mut Human::new(&book.root, langs, false)),
        Format::Checkstyle => checkstyle::document(report),
        Format::Markdown => markdown::document(report),
    };
    write!(out, "{text}")?;
    Ok(())
}

/// The counts, for standard error. What was not checked is said here to people; other formats say it themselves.
fn note(report: &Report<'_>, format: Format) -> Bi {
    let mut note = report.counts().summary(report.orders.len(), report.ran);
    if let Some(since) = report.since {
        let more = since.summary();
        note = bi!("{note}。{more}", "{note}. {more}"; note, more);
    }
    let told = matches!(format, Format::Human | Format::Short);
    if let Some(unchecked) = report.unchecked.as_ref().filter(|u| told && u.wrong) {
        let more = unchecked.sentence();
        note = bi!("{note}\n{more}", "{note}\n{more}"; note, more);
    }
    note
}
