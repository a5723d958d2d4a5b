//! `gendan demo`.

use std::io;
use std::path::PathBuf;

use chrono::NaiveDate;
use clap::Args;

use crate::bi;
use crate::cli::{Common, Failure, Outcome, Surroundings};
use crate::exchange::demo::{self, DemoOptions};

/// Options of `demo`.
#[derive(Debug, Args)]
pub struct DemoArgs {
    /// Folder to write; must be empty or absent
    pub dir: PathBuf,
    /// How many orders
    #[arg(long, value_name = "N", default_value_t = 200)]
    pub orders: u32,
    /// Same seed and number, same bytes
    #[arg(long, value_name = "S", default_value_t = 1)]
    pub seed: u64,
    /// Make it a git repository with dated commits by several people
    #[arg(long)]
    pub git: bool,
}

/// The end of the generated period where `--as-of` says nothing: fixed, so that the same command gives the
/// same bytes next year.
const END: Option<NaiveDate> = NaiveDate::from_ymd_opt(2026, 11, 20);

/// Runs the command.
///
/// # Errors
/// When the folder is not empty or cannot be written.
pub fn run(
    args: &DemoArgs,
    common: &Common,
    around: &Surroundings,
    out: &mut dyn io::Write,
) -> Result<Outcome, Failure> {
    let dir = around.here.join(&args.dir);
    let as_of = common.as_of.or(END).unwrap_or_default();
    let options =
        DemoOptions { orders: args.orders, seed: args.seed, git: args.git, as_of, ..DemoOptions::default() };
    let made = demo::write(&dir, &options).map_err(|e| Failure::io(&args.dir, &e))?;
    let (orders, at) = (made.orders, args.dir.display());
    let text = bi!(
        "{at}：写了 {orders} 单。试试 gendan check --root {at} --as-of {as_of}",
        "{at}: wrote {orders} orders. Try gendan check --root {at} --as-of {as_of}"
    );
    writeln!(out, "{}", text.get(common.lang.langs().first()))?;
    Ok(Outcome::default())
}
