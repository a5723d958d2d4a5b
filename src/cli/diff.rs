//! `gendan diff`.

use std::io;
use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::bi;
use crate::book::Book;
use crate::change::Sheet;
use crate::check::check;
use crate::cli::source::{failure, place};
use crate::cli::{Common, Failure, Outcome, Surroundings, find_root, output, today};
use crate::derive::derive;
use crate::diff::{Side, between};
use crate::history::{self, History, NoSnapshot, Reading, Snapshot, State};
use crate::load::files::Files;
use crate::load::source::MAX_BYTES;
use crate::load::{Loaded, load, load_files};
use crate::model::Order;
use crate::report::diff::{human, json, markdown};

/// Options of `diff`.
#[derive(Debug, Args)]
pub struct DiffArgs {
    /// The older revision; compared is its newest common ancestor with HEAD, as a pull request does
    pub base: String,
    /// The newer revision. Default: the files as they lie on disk
    pub head: Option<String>,
    /// Compare with BASE itself, not with the common ancestor
    #[arg(long)]
    pub exact: bool,
    /// How to report
    #[arg(long, value_name = "F", default_value = "human")]
    pub format: DiffFormat,
    /// Only the kinds of decisions, one a line: routine plan money document contract
    #[arg(long)]
    pub classify: bool,
    /// Write to a file
    #[arg(short, long, value_name = "FILE")]
    pub out: Option<PathBuf>,
}

/// `--format`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum DiffFormat {
    /// For people
    Human,
    /// The comment on a pull request
    Markdown,
    /// Everything, versioned
    Json,
}

/// Runs the command.
///
/// # Errors
/// When a revision cannot be read or writing fails. A revision without the data root is an empty one.
pub fn run(
    args: &DiffArgs,
    common: &Common,
    around: &Surroundings,
    out: &mut dyn io::Write,
) -> Result<Outcome, Failure> {
    let root = match &args.head {
        None => find_root(common, around)?,
        Some(_) => place(common, around),
    };
    let newer = args.head.as_deref().unwrap_or("HEAD");
    let base = match args.exact {
        true => Snapshot::at(&root, &args.base),
        // Without a common ancestor there is still something to compare.
        false => match Snapshot::base(&root, &args.base, newer) {
            Err(NoSnapshot::NoBase { shallow: false }) => Snapshot::at(&root, &args.base),
            other => other,
        },
    };
    let reading = common.reading(false);
    let (base, base_name) = commit(base, &args.base, &root, reading)?;
    let (head, head_name) = match &args.head {
        Some(rev) => commit(Snapshot::at(&root, rev), rev, &root, reading)?,
        None => {
            let loaded = load(&root).map_err(|e| Failure::io(&root, &e))?;
            let history = history::read_with(&root, reading);
            let name = history
                .head
                .as_ref()
                .map_or_else(|| "worktree".to_owned(), |h| format!("{}+worktree", h.short));
            ((loaded, history), name)
        }
    };
    let as_of = today(common, around, head.0.book.config.timezone.as_deref());
    let (
        (Loaded { book: old, findings: old_found }, old_history),
        (Loaded { book: new, findings: new_found }, new_history),
    ) = (base, head);
    let (old_facts, new_facts) = (derive(&old, &old_history, as_of), derive(&new, &new_history, as_of));
    let (was, is) = (check(&old_facts, old_found), check(&new_facts, new_found));
    // The work tree may say something else than any commit.
    let commit = args.head.as_ref().and(new_history.head.as_ref()).map(|head| head.id.as_str());
    let diff = between(
        &Side { name: base_name, facts: &old_facts, findings: &was.findings, commit: None },
        &Side { name: head_name, facts: &new_facts, findings: &is.findings, commit },
        &|newer, order| sheet(if newer { &new } else { &old }, order),
    );
    let text = if args.classify {
        let mut kinds: Vec<&str> = diff.kinds.iter().map(|kind| kind.code()).collect();
        kinds.sort_unstable();
        kinds.iter().map(|kind| format!("{kind}\n")).collect()
    } else {
        match args.format {
            DiffFormat::Human => human::text(&diff, common.lang.langs()),
            DiffFormat::Markdown => markdown::comment(&diff, common.lang.langs()),
            DiffFormat::Json => {
                json::document(&diff).map_err(|e| Failure(crate::text::Bi::same(e.to_string())))?
            }
        }
    };
    match &args.out {
        Some(file) => {
            let to = around.here.join(file);
            output::write(&to, text.as_bytes())?;
            let shown = crate::report::clean(&file.display().to_string());
            Ok(Outcome { failed: false, note: Some(bi!("写好了 {shown}", "wrote {shown}")) })
        }
        None => {
            write!(out, "{text}")?;
            Ok(Outcome::default())
        }
    }
}

/// The data of a commit; a commit without the data root has no data.
fn commit(
    found: Result<Snapshot, NoSnapshot>,
    rev: &str,
    root: &std::path::Path,
    reading: Reading,
) -> Result<((Loaded, History), String), Failure> {
    match found {
        Ok(snapshot) => {
            let (history, name) = (snapshot.history(reading), snapshot.head().short.clone());
            Ok(((load_files(Files::commit(snapshot)), history), name))
        }
        Err(NoSnapshot::NoData { commit }) => {
            let name = commit.chars().take(10).collect();
            Ok(((Loaded::default(), History::empty(State::OutsideData)), name))
        }
        Err(why) => Err(failure("diff", rev, root, &why)),
    }
}

/// An order's texts, read again for what they say, with what the customer's defaults add.
fn sheet(book: &Book, order: &Order) -> Sheet {
    let read = |path: &str| {
        let bytes = book.root.read(path, MAX_BYTES).ok()?;
        Some(String::from_utf8_lossy(&bytes).into_owned())
    };
    let texts: Vec<(&str, String)> =
        order.origin.files().iter().filter_map(|path| Some((&**path, read(path)?))).collect();
    let files: Vec<(&str, &str)> = texts.iter().map(|(path, text)| (*path, text.as_str())).collect();
    let mut sheet = Sheet::read(&files);
    let customer = book.customer(order).and_then(|party| read(party.origin.files().first()?));
    sheet.fill(customer.as_deref());
    sheet
}
