//! `gendan check`.

use std::io;
use std::mem::ManuallyDrop;
use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::bi;
use crate::check::finding::Severity;
use crate::check::{Checked, check};
use crate::cli::{Common, Failure, Outcome, Surroundings, broken_setup, find_root, today};
use crate::derive::derive;
use crate::history;
use crate::load::{Loaded, load};
use crate::report::human::Human;
use crate::report::{Counts, json, short};

/// Options of `check`.
#[derive(Debug, Args)]
pub struct CheckArgs {
    /// Data root; the same as --root
    #[arg(value_name = "ROOT")]
    pub dir: Option<PathBuf>,
    /// How to report
    #[arg(long, value_name = "F", default_value = "human")]
    pub format: Format,
    /// From which level on findings fail the check
    #[arg(long, value_name = "LEVEL", default_value = "error")]
    pub fail_on: FailOn,
    /// Risks (late, overdue, exposed) fail the check too
    #[arg(long)]
    pub fail_on_risk: bool,
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
    let root = find_root(&common, around)?;
    let Loaded { book, findings } = load(&root).map_err(|e| Failure::io(&root, &e))?;
    // The program ends with this command: the system takes all memory back at once, piece by piece is slow.
    let book = ManuallyDrop::new(book);
    let history = history::read_with(&root, common.reading(false));
    let as_of = today(&common, around, book.config.timezone.as_deref());
    let facts = ManuallyDrop::new(derive(&book, &history, as_of));
    let Checked { findings, rules, .. } = check(&facts, findings);
    let langs = common.lang.langs();
    match args.format {
        Format::Human => {
            let mut human = Human::new(&book.root, langs, around.color);
            for finding in &findings {
                writeln!(out, "{}", human.render(finding))?;
            }
        }
        Format::Short => {
            for finding in &findings {
                write!(out, "{}", short::line(finding, langs))?;
            }
        }
        Format::Json => {
            let text = json::document(&findings, as_of, book.orders.len(), rules)
                .map_err(|e| Failure(crate::text::Bi::same(e.to_string())))?;
            write!(out, "{text}")?;
        }
    }
    let failed = findings.iter().any(|f| f.fails(args.fail_on.severity(), args.fail_on_risk));
    let note = Counts::of(&findings).summary(book.orders.len(), rules);
    if broken_setup(&findings) {
        return Err(Failure(bi!("gendan.toml 有错误，先改好它", "gendan.toml has errors; correct it first")));
    }
    Ok(Outcome { failed, note: Some(note) })
}
