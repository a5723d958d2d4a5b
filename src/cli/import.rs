//! `gendan import`.

use std::io;
use std::path::PathBuf;

use clap::{Args, Subcommand};

use crate::cli::{Common, Failure, Outcome, Surroundings};
use crate::exchange::register;

/// Options of `import`.
#[derive(Debug, Args)]
pub struct ImportArgs {
    /// What to import.
    #[command(subcommand)]
    pub what: What,
}

/// Kinds of imports.
#[derive(Debug, Subcommand)]
pub enum What {
    /// An order register: CSV in any dialect, one row a line item 订单登记表
    Register {
        /// The register
        file: PathBuf,
        /// The mapping file: columns, date forms, value translations, words
        #[arg(long, value_name = "MAP.toml")]
        map: PathBuf,
        /// Data root to write into; made when absent
        #[arg(long, value_name = "DIR")]
        into: PathBuf,
    },
}

/// Runs the command.
///
/// # Errors
/// When the register or its mapping file cannot be read, or writing fails.
pub fn run(
    args: &ImportArgs,
    common: &Common,
    around: &Surroundings,
    out: &mut dyn io::Write,
) -> Result<Outcome, Failure> {
    let What::Register { file, map, into } = &args.what;
    let at = |path: &PathBuf| around.here.join(path);
    let outcome = register::import(&at(file), &at(map), &at(into)).map_err(|e| Failure(e.text()))?;
    for line in outcome.lines(common.lang.langs().first()) {
        writeln!(out, "{line}")?;
    }
    Ok(Outcome::default())
}
