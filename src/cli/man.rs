//! `gendan man`.

use std::io;
use std::path::PathBuf;

use clap::{Args, Command, CommandFactory};
use clap_mangen::Man;

use crate::bi;
use crate::cli::{Cli, Failure, Outcome, Surroundings};

/// Options of `man`.
#[derive(Debug, Args)]
pub struct ManArgs {
    /// Folder to write a page per command into. Default: the first page goes to standard output
    #[arg(long, short, value_name = "DIR")]
    pub out: Option<PathBuf>,
}

/// Runs the command.
///
/// # Errors
/// When writing fails.
pub fn run(args: &ManArgs, around: &Surroundings, out: &mut dyn io::Write) -> Result<Outcome, Failure> {
    let mut pages = Vec::new();
    let mut command = Cli::command().disable_help_subcommand(true);
    command.build();
    collect(&command, "gendan", &mut pages)?;
    let Some(dir) = &args.out else {
        if let Some((_, page)) = pages.first() {
            out.write_all(page)?;
        }
        return Ok(Outcome::default());
    };
    let dir = around.here.join(dir);
    std::fs::create_dir_all(&dir).map_err(|e| Failure::io(&dir, &e))?;
    for (name, page) in &pages {
        let path = dir.join(name);
        std::fs::write(&path, page).map_err(|e| Failure::io(&path, &e))?;
        writeln!(out, "{name}")?;
    }
    let count = pages.len();
    Ok(Outcome { failed: false, note: Some(bi!("写了 {count} 页手册", "{count} manual pages written")) })
}

/// The page of a command and those of its own commands. No date: the same program gives the same bytes.
fn collect(command: &Command, name: &str, pages: &mut Vec<(String, Vec<u8>)>) -> Result<(), Failure> {
    let mut page = Vec::new();
    Man::new(command.clone()).date("").render(&mut page)?;
    pages.push((format!("{name}.1"), page));
    for inner in command.get_subcommands().filter(|c| !c.is_hide_set() && c.get_name() != "help") {
        collect(inner, &format!("{name}-{}", inner.get_name()), pages)?;
    }
    Ok(())
}
